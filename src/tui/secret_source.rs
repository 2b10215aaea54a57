//! Where a secret comes from: kept elsewhere and referred to, typed, or made here. The list that asks, the line for a
//! reference's name, and what becomes of each. Leaves to others: what a name may be (`reference`), making (`making`).

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::making::Wanted;
use super::msg::Effect;
use super::prompt::{self, Prompt};
use super::window::Window;
use crate::made;
use crate::problem::Problem;
use crate::reference::Keeper;
use crate::schema::{Field, FieldPath};
use crate::secret::Secret;
use crate::value::{Kind, Value};

const TYPE: &str = "Type it";
const MAKE: &str = "Make one";

/// What is kept of a name that a reference is made of, or why it is none.
#[must_use]
pub fn reference_help(keeper: Keeper, typed: &str) -> String {
    match keeper.refer(typed) {
        Ok(reference) => format!("The file will hold {reference} and nothing secret."),
        Err(problem) => format!("✗ {}", problem.sentence()),
    }
}

/// The setting's name at this keeper: the one in force, else the proposed one.
fn name_at(keeper: Keeper, field: &Field, now: Option<&Value>) -> String {
    let in_force = match now {
        Some(Value::Secret(secret)) => secret.reference(),
        Some(Value::Text(text)) => Some(text.as_str()),
        _ => None,
    };
    in_force
        .and_then(|reference| keeper.inside(reference))
        .unwrap_or_else(|| keeper.proposed(field))
}

impl App {
    /// What Space does on the focused row, when a secret or a certificate can be had there.
    #[must_use]
    pub fn source_label(&self) -> Option<&'static str> {
        let path = self.input()?.path.as_str();
        let field = self.schema.as_ref()?.get(path)?;
        if field.kind == Kind::Secret {
            return Some("pick");
        }
        [made::CERTIFICATE, made::KEY]
            .contains(&path)
            .then_some("make")
    }

    /// Asks where the focused secret comes from; `false` when the focused setting is none.
    pub(super) fn open_source(&mut self) -> bool {
        let field = self
            .input()
            .and_then(|input| self.schema.as_ref()?.get(input.path.as_str()))
            .cloned();
        let Some(field) = field.filter(|_| self.source_label().is_some()) else {
            return false;
        };
        if field.kind != Kind::Secret {
            self.open_certificate();
            return true;
        }
        let now = self.standing(&field.path);
        let refers = Keeper::ALL.into_iter().find(|keeper| {
            let reference = now.map(Value::to_string);
            reference.is_some_and(|reference| keeper.inside(&reference).is_some())
        });
        let mut items: Vec<(String, String)> = Keeper::ALL
            .iter()
            .map(|keeper| {
                let name = name_at(*keeper, &field, now);
                let reference = crate::clean::line(&keeper.written(&name));
                (keeper.title().to_owned(), reference)
            })
            .collect();
        items.push((TYPE.into(), "hidden; the file gets mode 0600".into()));
        if field.path.as_str() == made::JWT_SECRET {
            let bytes = made::BYTES;
            let what = format!("{bytes} random bytes; the file gets mode 0600");
            items.push((MAKE.into(), what));
        }
        let title = format!("{}: from where?", self.name(&field.path));
        let at = refers.map(Keeper::title);
        let choice = Choice::new(choice::For::Secret(field.path), &title, items, at);
        self.windows.push(Window::Choice(choice));
        true
    }

    /// The setting that the list in front asks about.
    fn asked_source(&self) -> Option<FieldPath> {
        match self.windows.last()? {
            Window::Choice(Choice {
                purpose: choice::For::Secret(path),
                ..
            }) => Some(path.clone()),
            _ => None,
        }
    }

    /// Is the list of sources in front, and this takes its row?
    pub(super) fn takes_source(&self, action: Action) -> bool {
        action == Action::Open && self.asked_source().is_some()
    }

    pub(super) fn take_source(&mut self, effects: &mut Vec<Effect>) {
        let (Some(path), Some(Window::Choice(choice))) = (self.asked_source(), self.windows.last())
        else {
            return;
        };
        let keeper = Keeper::ALL
            .into_iter()
            .find(|keeper| Some(keeper.title()) == choice.chosen());
        if let Some(keeper) = keeper {
            // The list stays under it: Esc goes back to it.
            return self.ask_name(keeper, &path);
        }
        let makes = choice.chosen() == Some(MAKE);
        self.windows.pop();
        if makes {
            effects.push(Effect::Make(Wanted::Secret(path)));
        } else {
            self.edit_field(None, effects);
        }
    }

    fn ask_name(&mut self, keeper: Keeper, path: &FieldPath) {
        let schema = self.schema.clone().unwrap_or_default();
        let Some(field) = schema.get(path.as_str()) else {
            return;
        };
        let name = name_at(keeper, field, self.standing(path));
        let title = format!("{}: {}", self.name(path), keeper.asks());
        let prompt = Prompt::new(prompt::For::Reference(keeper), &title, "", &name);
        self.windows.push(Window::Prompt(Box::new(prompt)));
    }

    /// Keeps the reference to a name that was typed; `true` when the line may close.
    pub(super) fn keep_reference(
        &mut self,
        keeper: Keeper,
        typed: &str,
        effects: &mut Vec<Effect>,
    ) -> bool {
        let reference = match keeper.refer(typed) {
            Ok(reference) => reference,
            // It stands in the help already.
            Err(problem) => {
                self.say_line(format!("Not kept. {}", problem.message));
                return false;
            }
        };
        let Some(path) = self.asked_source() else {
            return true;
        };
        self.windows.pop();
        let value = Value::Secret(Secret::new(reference.clone()));
        if self.standing(&path) == Some(&value) && !self.is_made_unless_said(&path) {
            self.say_line(format!("It is {reference} already."));
            return true;
        }
        let undo = self.keymap.key(Action::Undo);
        self.say_line(format!("Kept: {reference}; {undo} undoes."));
        self.keep_answer(&path, value);
        self.ask(effects);
        true
    }

    pub(super) fn secret_made(
        &mut self,
        path: &FieldPath,
        secret: Result<Secret, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        match secret {
            Ok(secret) => {
                let (show, undo) = (Action::Reveal, Action::Undo);
                let [show, undo] = [show, undo].map(|action| self.keymap.key(action));
                self.say_line(format!(
                    "Made. It is in clear, so the file gets mode 0600; {show} shows it, {undo} undoes."
                ));
                self.keep_answer(path, Value::Secret(secret));
                self.ask(effects);
            }
            Err(problem) => self.message.notice = Some(format!("✗ {}", problem.sentence())),
        }
    }
}
