//! One setting: what it is, what is allowed, what stands there, and the new value on one line.
//! Leaves to others: judging (`session`), how a value reads in its unit (`form::unit`).

use super::command::{self, Command};
use super::dialog::{At, Dialog, Over};
use super::panels::{sentence, sign};
use super::secret_source::ways;
use super::session::Session;
use crate::config::Origin;
use crate::form::facts::facts;
use crate::form::{Input, unit};
use crate::problem::Severity;
use crate::profile;
use crate::schema::{Field, FieldPath};
use crate::value::{Kind, Value};

/// What a line at the question for a value means.
#[derive(Debug, PartialEq)]
enum Answer {
    Keep,
    Reset,
    Help,
    Command(Command),
    /// Name where a secret is kept.
    Refer,
    /// Make a secret.
    Make,
    Value(Value),
    /// A number that is none of the choices.
    NoChoice,
}

impl Dialog {
    pub fn ask_field(&mut self, path: &FieldPath) -> Result<(), Over> {
        let known = self.session.form.input_at(path.as_str());
        let (Some((panel, input)), Some(field)) = (known, self.session.field(path)) else {
            self.at = At::Panels;
            return Ok(());
        };
        let (input, field) = (input.clone(), field.clone());
        for line in card(&self.session, &input, &field) {
            self.talk.say(&line);
        }
        if path.as_str() == profile::MODE {
            // It shows the profile in force; another mode under this profile would contradict it.
            self.at = At::Panel(panel);
            self.ask_profile()?;
            self.tell_standing();
            return Ok(());
        }
        if self.session.leaf(path).is_some_and(|leaf| leaf.held) {
            let profile = self.session.profile().unwrap_or_default().to_owned();
            self.talk.say(&format!(
                "It is held by {profile}: the profile forces this value."
            ));
            self.at = At::Panel(panel);
            return Ok(());
        }
        while self.at == At::Field(path.clone()) && !self.leaves {
            self.ask_value(&input, &field, panel)?;
        }
        Ok(())
    }

    fn ask_value(&mut self, input: &Input, field: &Field, panel: usize) -> Result<(), Over> {
        let path = &field.path;
        let choices = choices(input, field);
        let answer = if field.kind == Kind::Secret {
            let prompt = "New secret, not shown while typed (Enter keeps, - resets, ? help): ";
            let line = self.talk.ask_hidden(prompt).ok_or(Over)?;
            self.other_way(secret_answer(&line), field)?
        } else {
            let what = if choices.is_empty() {
                "New value"
            } else {
                "Number or value"
            };
            let prompt = format!("{what} (Enter keeps, - resets, ? help, back): ");
            let line = self.talk.ask(&prompt).ok_or(Over)?;
            answer(&line, input, field, &choices)
        };
        match answer {
            Answer::Keep => self.at = At::Panel(panel),
            Answer::Refer | Answer::Make => {}
            Answer::NoChoice => self.talk.say(&format!(
                "Choose 1 to {}, or type the value.",
                choices.len()
            )),
            Answer::Help => {
                for line in long_help(&self.session, input, field) {
                    self.talk.say(&line);
                }
            }
            Answer::Command(command) => {
                let here = self.at.clone();
                self.obey(command)?;
                // Lists of settings leave this one; what only tells something does not.
                if self.at == here && !self.leaves {
                    self.talk.say(&format!("Still at {}.", input.prompt));
                }
            }
            Answer::Reset if self.session.answers.get(path.as_str()).is_none() => {
                self.talk
                    .say(&format!("{} is not changed by you.", input.prompt));
                self.at = At::Panel(panel);
            }
            Answer::Reset => self.change(input, panel, None),
            Answer::Value(value) => {
                let standing = self.session.leaf(path).and_then(|leaf| leaf.value.as_ref());
                if standing == Some(&value) && !self.session.is_made_unless_said(path) {
                    self.talk.say("That is what it is already.");
                    self.at = At::Panel(panel);
                } else {
                    self.change(input, panel, Some(value));
                }
            }
        }
        Ok(())
    }

    /// What a way to a secret other than typing it leads to; back to the question where it leads nowhere.
    fn other_way(&mut self, answer: Answer, field: &Field) -> Result<Answer, Over> {
        let value = match answer {
            Answer::Refer => self.ask_reference(field)?,
            Answer::Make => self.make_secret(field),
            answer => return Ok(answer),
        };
        Ok(value.map_or(answer, Answer::Value))
    }

    /// Says it, and tells what the schema says to it. A wrong value is kept and counted, and asked for again.
    fn change(&mut self, input: &Input, panel: usize, value: Option<Value>) {
        let path = &input.path;
        let hidden = self.session.hidden.clone();
        let resets = value.is_none();
        let in_clear = value.as_ref().is_some_and(Value::is_clear_secret);
        let note = value.as_ref().and_then(|v| unit::file_note(input.unit, v));
        self.session.say(path, value);
        if !self.session.lost().is_empty() {
            self.tell_lost();
            self.talk
                .say("Not judged, kept as you said; undo takes it back.");
            return;
        }
        let problems: Vec<(Severity, String)> = self
            .session
            .problems_at(path)
            .iter()
            .map(|problem| (problem.severity, sentence(problem)))
            .collect();
        let wrong = problems
            .iter()
            .any(|(severity, _)| *severity == Severity::Error);
        if wrong && !resets {
            for (_, text) in &problems {
                self.talk.say(&format!("x {text}"));
            }
            self.talk.say(
                "It is kept and counts as wrong. Type another value; Enter leaves it, - takes it back.",
            );
            return;
        }
        let leaf = self.session.leaf(path).and_then(|leaf| leaf.value.as_ref());
        let shown = leaf.map_or_else(|| "(none)".to_owned(), |v| self.session.shown(path, v));
        let again = if resets { "again" } else { "now" };
        self.talk
            .say(&format!("{} is {shown} {again}.", input.prompt));
        if let Some(note) = note {
            self.talk.say(&format!("The file will hold {note}."));
        }
        if in_clear {
            self.talk.say(
                "Kept in clear, so the file gets mode 0600; ${SECRET:name} would refer to it.",
            );
        }
        for (severity, text) in problems {
            self.talk.say(&format!("{} {text}", sign(severity)));
        }
        self.tell_asked(&hidden);
        self.tell_total();
        self.at = At::Panel(panel);
    }

    /// Which settings came or went by the change.
    fn tell_asked(&mut self, before: &std::collections::BTreeSet<FieldPath>) {
        let now = &self.session.hidden;
        let names = |these: &mut dyn Iterator<Item = &FieldPath>| -> Vec<String> {
            these.map(|path| self.session.name(path)).collect()
        };
        let come = names(&mut before.difference(now));
        let gone = names(&mut now.difference(before));
        for (what, names) in [
            ("Asked for as well now", come),
            ("No longer asked for", gone),
        ] {
            if !names.is_empty() {
                self.talk.say(&format!("{what}: {}.", names.join(", ")));
            }
        }
    }
}

/// What may be chosen: the value and what it is called.
fn choices(input: &Input, field: &Field) -> Vec<(Value, String)> {
    if field.kind == Kind::Bool {
        return vec![
            (Value::Bool(true), "true".to_owned()),
            (Value::Bool(false), "false".to_owned()),
        ];
    }
    if field.kind != Kind::Text {
        return Vec::new();
    }
    let label = |value: &String| {
        let choice = input.choices.iter().find(|choice| choice.value == *value);
        match choice {
            Some(choice) if choice.label.starts_with(value) => choice.label.clone(),
            Some(choice) => format!("{value}  {}", choice.label),
            None => value.clone(),
        }
    };
    let values = field.range.choices.iter();
    values
        .map(|value| (Value::Text(value.clone()), label(value)))
        .collect()
}

fn answer(line: &str, input: &Input, field: &Field, choices: &[(Value, String)]) -> Answer {
    let trimmed = line.trim();
    match trimmed {
        "" => return Answer::Keep,
        "-" | "reset" => return Answer::Reset,
        "?" | "help" => return Answer::Help,
        _ => {}
    }
    if let Some(text) = trimmed.strip_prefix('=') {
        return Answer::Value(unit::read(input.unit, field.kind, text));
    }
    if let Some(command) = command::read(trimmed) {
        return Answer::Command(command);
    }
    if choices.is_empty()
        || choices
            .iter()
            .any(|(value, _)| value.to_string() == trimmed)
    {
        return Answer::Value(unit::read(input.unit, field.kind, trimmed));
    }
    match trimmed.parse::<usize>() {
        Ok(number) => match number.checked_sub(1).and_then(|i| choices.get(i)) {
            Some((value, _)) => Answer::Value(value.clone()),
            None => Answer::NoChoice,
        },
        Err(_) => Answer::Value(unit::read(input.unit, field.kind, trimmed)),
    }
}

/// A secret may look like anything: only the signs that the question names, and the plainest words, are none.
fn secret_answer(line: &str) -> Answer {
    match line {
        "" => Answer::Keep,
        "-" | "reset" => Answer::Reset,
        "?" | "help" => Answer::Help,
        "back" => Answer::Command(Command::Back),
        "quit" => Answer::Command(Command::Quit),
        "refer" => Answer::Refer,
        "make" => Answer::Make,
        secret => Answer::Value(Kind::Secret.read(secret)),
    }
}

/// What the question is about.
fn card(session: &Session, input: &Input, field: &Field) -> Vec<String> {
    let mut lines = vec![format!("{} ({})", input.prompt, input.path)];
    lines.extend(input.help.lines().map(str::to_owned));
    let range = unit::range(input.unit, field.kind, &field.range);
    let example = field.range.example.as_ref();
    let example = example.filter(|_| field.kind != Kind::Bool);
    let example = example.map(|value| unit::show(input.unit, field.kind, value));
    match (range.is_empty(), example) {
        (false, Some(example)) => lines.push(format!("Allowed: {range}; for example {example}.")),
        (false, None) => lines.push(format!("Allowed: {range}.")),
        (true, Some(example)) => lines.push(format!("For example {example}.")),
        (true, None) => {}
    }
    if field.kind == Kind::List {
        lines.push("It is a list; commas separate its items.".to_owned());
    }
    lines.extend(ways(field));
    for (i, (_, label)) in choices(input, field).iter().enumerate() {
        lines.push(format!("{:>3} {label}", i + 1));
    }
    lines.push(standing(session, input));
    for problem in session.problems_at(&input.path) {
        lines.push(format!("{} {}", sign(problem.severity), sentence(problem)));
    }
    lines
}

/// `Now: 9001, from: you; enterprise has 8001.`
fn standing(session: &Session, input: &Input) -> String {
    let path = &input.path;
    let Some(leaf) = session.leaf(path) else {
        return "Not judged yet.".to_owned();
    };
    let profile = session.profile().unwrap_or("the profile");
    let Some(value) = &leaf.value else {
        return "Now: nothing.".to_owned();
    };
    let from = match &leaf.origin {
        Origin::Profile => profile.to_owned(),
        origin => origin.to_string(),
    };
    let mut parts = vec![format!("Now: {}, from: {from}", session.shown(path, value))];
    let theirs = session
        .baseline()
        .and_then(|config| config.value(path.as_str()));
    if let Some(theirs) = theirs.filter(|theirs| *theirs != value) {
        parts.push(format!("{profile} has {}", session.shown(path, theirs)));
    }
    if let Some(note) = unit::file_note(input.unit, value) {
        parts.push(format!("the file holds {note}"));
    }
    format!("{}.", parts.join("; "))
}

fn long_help(session: &Session, input: &Input, field: &Field) -> Vec<String> {
    let mut lines = vec![field.doc.clone(), input.help.clone()];
    let facts = facts(input, field);
    lines.extend(facts.iter().map(|(name, text)| format!("{name}: {text}")));
    if field.kind == Kind::Secret {
        let how = "${ENV:NAME}, ${FILE:path} or ${SECRET:name}";
        lines.push(format!("Refer to one kept elsewhere: {how}"));
    }
    lines.push(standing(session, input));
    lines.retain(|line| !line.is_empty());
    lines.dedup();
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_plainest_words_are_no_secret() {
        for (line, expected) in [
            ("", Answer::Keep),
            ("-", Answer::Reset),
            ("?", Answer::Help),
            ("back", Answer::Command(Command::Back)),
            ("refer", Answer::Refer),
            ("make", Answer::Make),
        ] {
            assert_eq!(secret_answer(line), expected);
        }
        for secret in ["next", " - ", "=a", "open sesame", "1"] {
            assert_eq!(
                secret_answer(secret),
                Answer::Value(Kind::Secret.read(secret))
            );
        }
    }
}
