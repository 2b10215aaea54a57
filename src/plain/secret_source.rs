//! The other ways to a secret than typing it: a reference to where it is kept, asked for visibly, or one made here.
//! Leaves to others: the question for the secret itself (`field`), what a name may be (`reference`), making (`made`).

use super::dialog::{Dialog, Over};
use super::panels::sentence;
use crate::made;
use crate::reference::Keeper;
use crate::schema::Field;
use crate::secret::Secret;
use crate::value::{Kind, Value};

/// What the card of a field says of these ways; nothing where there is none.
pub(super) fn ways(field: &Field) -> Vec<String> {
    let path = field.path.as_str();
    if field.kind == Kind::Secret {
        let mut ways = vec![format!(
            "Type refer to name where it is kept instead, for example {}.",
            Keeper::Store.written(&Keeper::Store.proposed(field))
        )];
        if path == made::JWT_SECRET {
            ways.push(format!(
                "Type make for a new one: {} random bytes.",
                made::BYTES
            ));
        }
        return ways;
    }
    if [made::CERTIFICATE, made::KEY].contains(&path) {
        return vec![
            "vapora-tui secret certificate makes a self-signed pair, for solo and tests."
                .to_owned(),
        ];
    }
    Vec::new()
}

impl Dialog {
    /// Asks for a reference; `None` when the operator goes back.
    pub(super) fn ask_reference(&mut self, field: &Field) -> Result<Option<Value>, Over> {
        let keeper = loop {
            let question = "Where is it kept: env, file or store? (Enter goes back) ";
            let line = self.talk.ask(question).ok_or(Over)?;
            let word = line.trim();
            if word.is_empty() || word == "back" {
                return Ok(None);
            }
            match Keeper::ALL.into_iter().find(|k| k.word() == word) {
                Some(keeper) => break keeper,
                None => self.talk.say("env, file or store, please."),
            }
        };
        let proposed = keeper.proposed(field);
        loop {
            let asks = keeper.asks();
            let question = format!("The {asks} (back goes back) [{proposed}]: ");
            let line = self.talk.ask(&question).ok_or(Over)?;
            let name = match line.trim() {
                "back" => return Ok(None),
                "" => &proposed,
                name => name,
            };
            match keeper.refer(name) {
                Ok(reference) => return Ok(Some(Value::Secret(Secret::new(reference)))),
                Err(problem) => self.talk.say(&format!("x {}", sentence(&problem))),
            }
        }
    }

    /// Makes the secret of this field; `None`, and said why, when none is made.
    pub(super) fn make_secret(&mut self, field: &Field) -> Option<Value> {
        if field.path.as_str() != made::JWT_SECRET {
            self.talk.say(
                "This one is given by whoever runs what it opens. Type it, or refer to where it is kept.",
            );
            return None;
        }
        match made::jwt_secret() {
            Ok(secret) => Some(Value::Secret(secret)),
            Err(problem) => {
                self.talk.say(&format!("x {}", sentence(&problem)));
                None
            }
        }
    }
}
