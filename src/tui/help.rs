//! The help window: what is known of the focused setting, then every key.

use super::action::{Action, Place};
use super::app::App;
use super::form_bounds;
use super::text::{fold, pad, width};
use crate::form::Input;
use crate::form::facts::facts;
use crate::nickel::Confinement;
use crate::problem::Severity;

/// Columns of keys and names.
const LEFT: usize = 22;

/// The state of the window: what it says, and how far it is scrolled.
#[derive(Clone, Debug)]
pub struct Help {
    parts: Vec<Part>,
    pub offset: usize,
}

#[derive(Clone, Debug)]
enum Part {
    Head(String),
    Text(String),
    /// A key or a name, and what it means.
    Pair(String, String),
}

impl Help {
    /// Help for what is focused now.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let mut parts = setting(app);
        parts.extend(own_files(app));
        for place in Place::ALL {
            parts.push(Part::Text(String::new()));
            parts.push(Part::Head(place.title().to_owned()));
            for action in Action::ALL.iter().filter(|a| a.place() == place) {
                let keys = app.keymap.presses(*action);
                parts.push(Part::Pair(keys.join(" "), action.sentence().to_owned()));
            }
        }
        parts.extend(signs());
        parts.extend(containment(app));
        Self { parts, offset: 0 }
    }

    /// Help for what is focused now, without the keys, for the side pane.
    #[must_use]
    pub fn beside(app: &App) -> Self {
        let mut parts = setting(app);
        if app.asked_about().is_none()
            && let Some(panel) = app.panel()
        {
            parts = vec![
                Part::Head(panel.title.clone()),
                Part::Text(format!("{}.", panel.summary)),
            ];
        }
        Self { parts, offset: 0 }
    }

    /// Lines of so many columns, names above what they mean; the flag says which are heads.
    #[must_use]
    pub fn narrow_lines(&self, columns: usize) -> Vec<(String, bool)> {
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Head(text) => {
                    lines.extend(fold(text, columns).into_iter().map(|line| (line, true)));
                }
                Part::Text(text) => {
                    lines.extend(fold(text, columns).into_iter().map(|line| (line, false)));
                    lines.push((String::new(), false));
                }
                Part::Pair(name, text) => {
                    let short = format!("{name}: {text}");
                    if width(&short) <= columns {
                        lines.push((short, false));
                        continue;
                    }
                    lines.push((format!("{name}:"), false));
                    let folded = fold(text, columns.saturating_sub(2));
                    lines.extend(folded.iter().map(|line| (format!("  {line}"), false)));
                }
            }
        }
        lines
    }

    /// The lines for a screen of this width.
    #[must_use]
    pub fn lines(&self, screen: usize) -> Vec<String> {
        let columns = screen.saturating_sub(4).max(LEFT + 20);
        let mut lines = Vec::new();
        for part in &self.parts {
            match part {
                Part::Head(text) => lines.push(text.clone()),
                Part::Text(text) if text.is_empty() => lines.push(String::new()),
                Part::Text(text) => {
                    lines.extend(
                        fold(text, columns - 2)
                            .iter()
                            .map(|line| format!("  {line}")),
                    );
                }
                Part::Pair(left, right) => {
                    let mut left = pad(left, LEFT.max(width(left)));
                    for line in fold(right, columns - LEFT - 4) {
                        lines.push(format!("  {left}  {line}"));
                        left = pad("", LEFT);
                    }
                }
            }
        }
        lines
    }

    /// Scrolls, never past the end.
    pub fn scroll(&mut self, action: Action, height: usize, screen: usize) {
        let last = self.lines(screen).len().saturating_sub(height);
        self.offset = match action {
            Action::Up => self.offset.saturating_sub(1),
            Action::Down => self.offset + 1,
            Action::PageUp => self.offset.saturating_sub(height),
            Action::PageDown => self.offset + height,
            Action::First => 0,
            Action::Last => last,
            _ => self.offset,
        }
        .min(last);
    }
}

/// What the signs of all screens mean.
fn signs() -> Vec<Part> {
    let meanings = [
        ("✗ ○ !", "Wrong, needs an answer, warned about"),
        (
            "●",
            "Changed by you; behind a file's name, * says that it is not written",
        ),
        (
            "~ + -",
            "In the differences: on both sides, only at the right, only at the left",
        ),
        ("▾", "A list to choose from"),
        ("…", "Not judged yet"),
        (
            "…abc abc…",
            "The text begins before this, goes on behind it",
        ),
        ("›", "The text goes on"),
        ("–", "No value"),
        ("␉ ␊", "In a value: a tab, a line break"),
    ];
    let pairs = meanings.map(|(sign, meaning)| Part::Pair(sign.into(), meaning.into()));
    let head = [Part::Text(String::new()), Part::Head("Signs".into())];
    head.into_iter().chain(pairs).collect()
}

/// What keeps a profile that runs wild from this machine.
fn containment(app: &App) -> Vec<Part> {
    let sentence = match app.confined {
        None => return Vec::new(),
        Some(Confinement::Whole) => "confined: it can open no file and no connection",
        Some(Confinement::Files) => "confined: no file; the kernel bars no connection",
        Some(Confinement::No) => "not confined: this kernel has no Landlock",
    };
    vec![
        Part::Text(String::new()),
        Part::Head("This machine".into()),
        Part::Pair("Schema's process".into(), sentence.into()),
    ]
}

/// The setting whose answer says which choices are offered.
fn offered_by(app: &App, input: &Input) -> String {
    let Some(name) = &input.options_from else {
        return String::new();
    };
    let earlier = app.form.inputs().find(|(_, other)| other.name == *name);
    earlier.map_or_else(String::new, |(_, earlier)| {
        format!("the answer to {} ({})", earlier.prompt, earlier.path)
    })
}

/// What is wrong in the operator's own keymap and theme.
fn own_files(app: &App) -> Vec<Part> {
    if app.own_problems.is_empty() {
        return Vec::new();
    }
    let mut parts = vec![
        Part::Text(String::new()),
        Part::Head("Your own files".to_owned()),
    ];
    parts.extend(app.own_problems.iter().map(|problem| {
        let place = problem.place.as_ref();
        let place = place.map_or_else(String::new, |place| format!("{place}: "));
        Part::Text(format!("! {place}{}", problem.sentence()))
    }));
    parts
}

fn setting(app: &App) -> Vec<Part> {
    let (Some(input), Some(schema)) = (app.asked_about(), &app.schema) else {
        let calm =
            "Values are judged by the schema at every key; nothing is written before its review.";
        return vec![Part::Head("vapora-tui".into()), Part::Text(calm.into())];
    };
    let Some(field) = schema.get(input.path.as_str()) else {
        return vec![
            Part::Head(format!("{}   {}", input.prompt, input.path)),
            Part::Text(app.not_a_setting(input).unwrap_or_default()),
        ];
    };
    let mut parts = vec![
        Part::Head(format!("{}   {}", input.prompt, input.path)),
        Part::Text(input.help.clone()),
    ];
    let mut fact = |name: &str, text: String| {
        if !text.is_empty() {
            parts.push(Part::Pair(name.to_owned(), text));
        }
    };
    if let Some(problem) = app.problem_at(&input.path) {
        let what = match problem.severity {
            Severity::Error => "Wrong",
            Severity::Open => "To answer",
            Severity::Warning => "Warning",
        };
        fact(what, problem.sentence());
    }
    fact("What it is", field.doc.clone());
    let (allowed, other): (Vec<_>, Vec<_>) = facts(input, field)
        .into_iter()
        .partition(|(name, _)| ["Kind", "Form's type", "Allowed", "Choices"].contains(name));
    for (name, text) in allowed {
        fact(name, text);
    }
    // What the form wants stands behind what the schema allows.
    let wanted = form_bounds::asked(input).unwrap_or_default();
    fact("The form asks for", wanted);
    fact("Offered by", offered_by(app, input));
    for (name, text) in other {
        fact(name, text);
    }
    let line = input.place.line.map(|line| format!(":{line}"));
    let file = app.shown_path(&input.place.file);
    fact("Form", file + &line.unwrap_or_default());
    parts
}
