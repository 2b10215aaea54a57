//! A file that somebody else changed, brought together in lines: what is taken over, and a choice for what both changed.
//! Leaves to others: what follows from it (`meanwhile`), the plan that is shown then (`review`).

use super::dialog::{Dialog, Over};
use super::panels::sentence;
use super::session::Session;
use crate::claiming::SAFE;
use crate::diff;
use crate::meanwhile::{self, Now};
use crate::merge::{Merge, Row, Side};
use crate::problem::counted;

const KEPT: &str = "Nothing was written, your answers are still here.";

impl Dialog {
    /// Says who else has the output file open, once.
    pub(super) fn tell_other(&mut self) {
        let Some(other) = self.session.news_of_others() else {
            return;
        };
        let file = self.session.shown_path(&self.session.output);
        self.talk.say(&format!(
            "! {file} is open in another wizard: {}. {SAFE}",
            other.sentence
        ));
    }

    /// Asks until all is decided, and goes on to the plan; or says what can be done instead.
    pub(super) fn bring_together(&mut self) -> Result<(), Over> {
        let file = self.session.shown_path(&self.session.output);
        let changed = match self.session.look_again() {
            None => return Ok(()),
            Some(Now::Gone) => return self.write(""),
            Some(Now::Unusable(problem)) => {
                let line = problem.place.as_ref().and_then(|place| place.line);
                let line = line.map_or_else(String::new, |line| format!("line {line}: "));
                self.talk.say(&format!(
                    "{file} changed since it was read, and cannot be used now: {line}{} {KEPT}\n\
                     Mend it, or move it away, and then write again; write OTHER writes elsewhere.",
                    sentence(&problem)
                ));
                return Ok(());
            }
            Some(Now::Changed(changed)) => changed,
        };
        let Some(mut merge) = self.session.merge(&changed) else {
            return Ok(());
        };
        if merge.conflicts().chain(merge.taken()).count() > 0 {
            let what = if self.session.had_read() {
                "changed since it was read"
            } else {
                "was made by somebody else meanwhile"
            };
            self.talk.say(&format!("{file} {what}. {KEPT}"));
            self.tell_taken(&merge);
            if !self.choose_sides(&mut merge)? {
                self.talk
                    .say("Nothing was taken over; write asks again, write OTHER writes elsewhere.");
                return Ok(());
            }
        }
        let name = changed.opened.base.name();
        let before = self.session.profile().map(str::to_owned);
        self.session.bring_together(*changed, &merge);
        self.talk.say(&meanwhile::told(&merge, &name));
        if before.as_deref() != self.session.profile() {
            let profile = self.session.profile().unwrap_or("none").to_owned();
            self.talk.say(&format!(
                "The profile is {profile} now, as the file has it."
            ));
        }
        self.write("")
    }

    fn tell_taken(&mut self, merge: &Merge) {
        let rows: Vec<String> = merge
            .taken()
            .map(|row| {
                let [then, theirs, _] = shown(&self.session, row);
                format!("    {}: {then} -> {theirs}", row.path)
            })
            .collect();
        if !rows.is_empty() {
            self.talk
                .say("Only the other side changed, to be taken over:");
        }
        for row in rows {
            self.talk.say(&row);
        }
    }

    fn tell_conflicts(&mut self, merge: &Merge) {
        self.talk
            .say("Both changed, theirs, ours or base for each:");
        let rows: Vec<String> = merge
            .conflicts()
            .enumerate()
            .map(|(i, row)| {
                let [then, theirs, ours] = shown(&self.session, row);
                let chosen = row.side().map(|side| format!(" = {}", side.word()));
                format!(
                    "{:>3} {}: base {then}, theirs {theirs}, ours {ours}{}",
                    i + 1,
                    row.path,
                    chosen.unwrap_or_default()
                )
            })
            .collect();
        for row in rows {
            self.talk.say(&row);
        }
    }

    /// `false` when it was given up.
    fn choose_sides(&mut self, merge: &mut Merge) -> Result<bool, Over> {
        if merge.undecided() == 0 {
            return self.agrees("Take that over and go on? yes or no [no]: ");
        }
        self.tell_conflicts(merge);
        while merge.undecided() > 0 {
            let question = format!(
                "{} to choose, such as 1 theirs or all ours (Enter gives up): ",
                counted(merge.undecided(), "setting")
            );
            let line = self.talk.ask(&question).ok_or(Over)?;
            let words: Vec<&str> = line.split_whitespace().collect();
            match words[..] {
                [] | ["back" | "no"] => return Ok(false),
                ["list"] => self.tell_conflicts(merge),
                ["all", side] => match side_of(side) {
                    Some(side) => merge.choose_all(side),
                    None => self.talk.say("theirs, ours or base, please."),
                },
                [number, side] => {
                    let number = number.parse::<usize>().ok();
                    let row = number.and_then(|n| merge.conflicts().nth(n.checked_sub(1)?));
                    match (row.map(|row| row.path.clone()), side_of(side)) {
                        (Some(path), Some(side)) => merge.choose(&path, side),
                        (None, _) => self.talk.say("There is no such number; list shows them."),
                        (_, None) => self.talk.say("theirs, ours or base, please."),
                    }
                }
                _ => self
                    .talk
                    .say("A number and theirs, ours or base, please, such as 1 theirs."),
            }
        }
        Ok(true)
    }
}

fn side_of(word: &str) -> Option<Side> {
    Side::ALL.into_iter().find(|side| side.word() == word)
}

/// As it was, as theirs, as ours; of secrets only whether they changed.
fn shown(session: &Session, row: &Row) -> [String; 3] {
    let base = row.base.as_ref();
    let side = |side: Side| {
        let show = |value: &_| session.shown(&row.path, value);
        diff::sides(base, row.value(side), "(none)", show)
    };
    [side(Side::Base).0, side(Side::Theirs).1, side(Side::Ours).1]
}
