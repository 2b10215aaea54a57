//! Lists with numbers: panels, the settings of one, what was found, what is wrong, what differs.
//! Leaves to others: what a number does (`dialog`).

use super::command::REMINDER;
use super::dialog::{At, Dialog};
use super::session::Session;
use crate::diff;
use crate::form::{Element, Input, unit};
use crate::plan_text;
use crate::problem::{Counts, Problem, Severity};
use crate::report;
use crate::schema::FieldPath;

/// What the signs before settings mean.
pub(super) const SIGNS: &str = "Signs: x wrong, o needs an answer, ! warning, * answered by you.";

pub(super) fn sign(severity: Severity) -> char {
    match severity {
        Severity::Error => 'x',
        Severity::Open => 'o',
        Severity::Warning => '!',
    }
}

/// A problem with its sign and place.
pub(super) fn told(problem: &Problem) -> String {
    let place = problem.place.as_ref().map(ToString::to_string);
    let places = place.into_iter().chain(report::unsaid_path(problem));
    let mut parts: Vec<String> = places.collect();
    parts.push(sentence(problem));
    let text = parts.join(": ");
    format!("{} {text}", sign(problem.severity))
}

/// Message and hint on one line.
pub(super) fn sentence(problem: &Problem) -> String {
    problem.sentence().replace('\n', " ")
}

impl Dialog {
    /// What can be chosen here, and the words.
    pub fn list(&mut self) {
        let lines = match &self.at {
            At::Panels => panels(&self.session),
            At::Panel(panel) => fields(&self.session, *panel),
            At::Field(_) => Vec::new(),
            At::Found(paths) => found(&self.session, paths),
        };
        for line in lines {
            self.talk.say(&line);
        }
        self.talk.say(REMINDER);
    }

    /// The next setting with a problem, behind the one asked for last.
    pub fn next_problem(&mut self) {
        let session = &self.session;
        let order: Vec<(usize, &FieldPath)> = (0..session.form.panels.len())
            .flat_map(|panel| {
                session
                    .inputs(panel)
                    .into_iter()
                    .map(move |(_, i)| (panel, &i.path))
            })
            .collect();
        let behind = self.last.as_ref().and_then(|last| {
            let at = order.iter().position(|(_, path)| *path == last)?;
            Some(at + 1)
        });
        let start = match (&self.at, behind) {
            (_, Some(behind)) => behind,
            (At::Panel(here), None) => {
                let first = order.iter().position(|(panel, _)| panel == here);
                first.unwrap_or(0)
            }
            _ => 0,
        };
        let found = (0..order.len())
            .map(|i| order[(start + i) % order.len()].1)
            .find(|path| !session.problems_at(path).is_empty())
            .cloned();
        if let Some(path) = found {
            self.at = At::Field(path);
            return;
        }
        let elsewhere: Vec<String> = session.counted().map(told).collect();
        if elsewhere.is_empty() {
            return self
                .talk
                .say("No setting is wrong, open or warned about; write writes.");
        }
        self.talk.say("Not on a panel:");
        for line in elsewhere {
            self.talk.say(&line);
        }
    }

    /// Settings whose name, path, help or value holds all the words.
    pub fn search(&mut self, words: &str) {
        if words.is_empty() {
            return self.talk.say("Search for what? For example: search port.");
        }
        let words: Vec<String> = words.split_whitespace().map(str::to_lowercase).collect();
        let session = &self.session;
        let holds = |input: &Input| {
            let value = session
                .leaf(&input.path)
                .and_then(|leaf| leaf.value.as_ref());
            let value = value.map(|value| session.shown(&input.path, value));
            let text = format!(
                "{} {} {} {}",
                input.prompt,
                input.path,
                input.help,
                value.unwrap_or_default()
            );
            let text = text.to_lowercase();
            words.iter().all(|word| text.contains(word))
        };
        let inputs = session.form.inputs().map(|(_, input)| input);
        let paths = inputs.filter(|input| holds(input)).map(|i| i.path.clone());
        let paths: Vec<FieldPath> = paths.collect();
        if paths.is_empty() {
            return self
                .talk
                .say("Nothing was found; try fewer or other words.");
        }
        self.at = At::Found(paths);
        self.list();
    }

    pub fn problems(&mut self) {
        let mut all: Vec<Problem> = self.session.counted().cloned().collect();
        if all.is_empty() {
            return self.talk.say("Nothing is wrong, nothing needs an answer.");
        }
        all.sort_by_key(|problem| problem.severity);
        let mut paths: Vec<FieldPath> = Vec::new();
        for problem in all {
            let path = problem
                .path
                .clone()
                .filter(|path| self.session.is_asked(path));
            let Some(path) = path else {
                self.talk.say(&format!("    {}", told(&problem)));
                continue;
            };
            let known = paths.iter().position(|known| *known == path);
            let number = known.unwrap_or_else(|| {
                paths.push(path.clone());
                paths.len() - 1
            }) + 1;
            let name = self.session.name(&path);
            self.talk.say(&format!(
                "{number:>3} {} {name}: {}",
                sign(problem.severity),
                sentence(&problem)
            ));
        }
        if !paths.is_empty() {
            self.at = At::Found(paths);
        }
    }

    pub fn diff(&mut self) {
        let session = &self.session;
        let (Some(profile), Some(config)) = (session.baseline(), &session.config) else {
            return self.talk.say("Nothing to compare yet.");
        };
        let diff = diff::diff(profile, config);
        let show = |path: &FieldPath, value: &crate::value::Value| session.shown(path, value);
        let rows: Vec<(FieldPath, String)> = diff
            .changes()
            .map(|row| {
                let (sign, left, right) = plan_text::sides(row.path, row.left, row.right, show);
                (
                    row.path.clone(),
                    format!("{sign} {}: {left} -> {right}", row.path),
                )
            })
            .collect();
        let name = session.profile().unwrap_or_default().to_owned();
        if rows.is_empty() {
            return self
                .talk
                .say(&format!("Nothing differs from profile {name}."));
        }
        self.talk
            .say(&format!("Profile {name} on the left, yours on the right:"));
        for (i, (_, line)) in rows.iter().enumerate() {
            self.talk.say(&format!("{:>3} {line}", i + 1));
        }
        self.at = At::Found(rows.into_iter().map(|(path, _)| path).collect());
    }
}

fn panels(session: &Session) -> Vec<String> {
    let panels = session.form.panels.iter().enumerate();
    panels
        .map(|(i, panel)| {
            let inputs = session.inputs(i);
            let problems = inputs
                .iter()
                .flat_map(|(_, input)| session.problems_at(&input.path));
            let counts = Counts::of(problems);
            let said = &session.answers.said().answers;
            let changed = inputs
                .iter()
                .filter(|(_, i)| said.contains_key(&i.path))
                .count();
            let mut parts = Vec::new();
            let mut part = |count: usize, word: &str| {
                if count > 0 {
                    parts.push(format!("{count} {word}"));
                }
            };
            part(counts.errors, "wrong");
            part(counts.open, "to answer");
            part(
                counts.warnings,
                if counts.warnings == 1 {
                    "warning"
                } else {
                    "warnings"
                },
            );
            part(changed, "by you");
            if inputs.is_empty() {
                parts.push("nothing to set as things are".to_owned());
            }
            let counts = if parts.is_empty() {
                String::new()
            } else {
                format!(": {}", parts.join(", "))
            };
            format!("{:>3} {}{counts}", i + 1, panel.title)
        })
        .collect()
}

fn fields(session: &Session, panel: usize) -> Vec<String> {
    let shown = &session.form.panels[panel];
    let mut lines = vec![format!("{}: {}.", shown.title, shown.summary)];
    for (number, element) in session.elements(panel) {
        match (number, element) {
            (Some(number), Element::Input(input)) => {
                if !session.hidden.contains(&input.path) {
                    lines.push(field_line(session, number, input));
                }
            }
            (_, Element::Header(text)) => lines.push(format!("{text}:")),
            (_, Element::Note(text)) => lines.push(text.clone()),
            (None, Element::Input(_)) => {}
        }
    }
    if session.inputs(panel).is_empty() {
        lines.push("Nothing to set here as things are.".to_owned());
    }
    lines.push(SIGNS.to_owned());
    lines
}

fn found(session: &Session, paths: &[FieldPath]) -> Vec<String> {
    let lines = paths.iter().enumerate().map(|(i, path)| {
        let Some((panel, input)) = session.form.input_at(path.as_str()) else {
            return format!("{:>3}    {path}", i + 1);
        };
        let title = &session.form.panels[panel].title;
        if session.hidden.contains(path) {
            return format!(
                "{:>3}    {title}, {}: not asked for as things are",
                i + 1,
                input.prompt
            );
        }
        field_line_of(session, i + 1, input, &format!("{title}, {}", input.prompt))
    });
    lines.collect()
}

fn field_line(session: &Session, number: usize, input: &Input) -> String {
    field_line_of(session, number, input, &input.prompt)
}

/// `  2 x* Port: 80 [1024 to 65535]`.
fn field_line_of(session: &Session, number: usize, input: &Input, name: &str) -> String {
    let problems = session.problems_at(&input.path);
    let sign = problems
        .first()
        .map_or(' ', |problem| sign(problem.severity));
    let answered = session.answers.get(input.path.as_str()).is_some();
    let answered = if answered { '*' } else { ' ' };
    let value = value_line(session, input);
    format!("{number:>3} {sign}{answered} {name}: {value}")
}

/// The value in force and what is allowed: `80 [1024 to 65535]`.
fn value_line(session: &Session, input: &Input) -> String {
    let leaf = session.leaf(&input.path);
    let value = leaf.and_then(|leaf| leaf.value.as_ref());
    let value = value.map_or_else(|| "(none)".to_owned(), |v| session.shown(&input.path, v));
    let range = session
        .field(&input.path)
        .map(|field| unit::range(input.unit, field.kind, &field.range));
    match range.filter(|range| !range.is_empty()) {
        Some(range) => format!("{value} [{range}]"),
        None => value,
    }
}
