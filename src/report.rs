//! Problems as lines for people and as JSON: where, how bad, what, and what to do.
//! Leaves to others: finding problems, and where each belongs (`cli`, `plain`).

use std::collections::HashMap;
use std::fmt::Write as _;

use serde_json::{Value as Json, json};

use crate::clean;
use crate::problem::{Counts, Problem, Severity, counted};

/// Longer paths are cut, as in the sentences about them.
const LONGEST_PATH: usize = 80;

/// A problem with the place shown before it.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    /// A file, a variable or an option; empty for none.
    pub source: String,
    pub line: Option<usize>,
    pub problem: Problem,
}

impl Told {
    /// By the problem's own place.
    #[must_use]
    pub fn by_place(problem: Problem) -> Self {
        let place = problem.place.as_ref();
        Self {
            source: place.map_or_else(String::new, |place| {
                place.file.to_string_lossy().into_owned()
            }),
            line: place.and_then(|place| place.line),
            problem,
        }
    }
}

/// By line, those without one last; on one line the worst first.
pub fn sort(told: &mut [Told]) {
    told.sort_by_key(|told| (told.line.unwrap_or(usize::MAX), told.problem.severity));
}

/// `FILE:12: error: backend.port: 80 is below 1024.` and the hint indented below, each ending in a line feed.
#[must_use]
pub fn lines(told: &[Told]) -> String {
    painted(told, |severity| severity.word().to_owned())
}

/// As [`lines`]; `paint` gives the word of a severity as it is to be shown.
#[must_use]
pub fn painted(told: &[Told], paint: impl Fn(Severity) -> String) -> String {
    let mut text = String::new();
    for Told {
        source,
        line,
        problem,
    } in told
    {
        if !source.is_empty() {
            text.push_str(&clean::line(source));
            if let Some(line) = line {
                text.push(':');
                text.push_str(&line.to_string());
            }
            text.push_str(": ");
        }
        text.push_str(&paint(problem.severity));
        text.push_str(": ");
        if let Some(path) = unsaid_path(problem) {
            text.push_str(&path);
            text.push_str(": ");
        }
        let hint = problem.hint.iter().flat_map(|hint| hint.lines());
        let mut message = problem.message.lines();
        text.push_str(&clean::line(message.next().unwrap_or_default()));
        text.push('\n');
        for more in message.chain(hint) {
            text.push_str("    ");
            text.push_str(&clean::line(more));
            text.push('\n');
        }
    }
    text
}

/// More places than this, told in the same words, are told once.
const FEW: usize = 5;

/// What is told of many places in the same words is told at the first of them, with the number of the others.
#[must_use]
pub fn gathered(told: Vec<Told>) -> Vec<Told> {
    let words = |problem: &Problem| {
        let (message, hint) = (problem.message.clone(), problem.hint.clone());
        (problem.severity, message, hint)
    };
    let mut counts: HashMap<_, usize> = HashMap::new();
    for told in &told {
        *counts.entry(words(&told.problem)).or_default() += 1;
    }
    let mut kept = Vec::new();
    for mut told in told {
        // At the first of many the count is taken; the others find none.
        match counts.get_mut(&words(&told.problem)) {
            Some(count) if *count > FEW => {
                let places = counted(std::mem::take(count) - 1, "more place");
                let hint = told.problem.hint.take();
                let hint = hint.map_or_else(String::new, |hint| format!("{hint}\n"));
                told.problem.hint = Some(format!("{hint}The same at {places}."));
            }
            Some(0) => continue,
            _ => {}
        }
        kept.push(told);
    }
    kept
}

/// The path, unless the sentence begins with it. Names that are none may be of any length.
#[must_use]
pub fn unsaid_path(problem: &Problem) -> Option<String> {
    let path = clean::line(problem.path.as_ref()?.as_str());
    let mut shown: String = path.chars().take(LONGEST_PATH).collect();
    let rest = problem.message.strip_prefix(shown.as_str());
    if rest.is_some_and(|rest| rest.starts_with([' ', '…'])) {
        return None;
    }
    if shown.len() < path.len() {
        shown.push('…');
    }
    Some(shown)
}

/// `2 errors, 1 to answer, 1 warning`.
#[must_use]
pub fn summary(counts: Counts) -> String {
    let plural = |n: usize, word: &str| match n {
        0 => None,
        1 => Some(format!("1 {word}")),
        n => Some(format!("{n} {word}s")),
    };
    let open = (counts.open > 0).then(|| format!("{} to answer", counts.open));
    let parts: Vec<String> = [
        plural(counts.errors, "error"),
        open,
        plural(counts.warnings, "warning"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() {
        return "no problems".to_owned();
    }
    parts.join(", ")
}

/// One problem as JSON. `file` is there only when it is another than the one that was asked about.
#[must_use]
pub fn json(told: &Told, asked: &str) -> Json {
    let problem = &told.problem;
    let mut object = json!({
        "severity": problem.severity.word(),
        "path": problem.path.as_ref().map(crate::path::FieldPath::as_str),
        "line": told.line,
        "message": problem.message,
        "hint": problem.hint,
        "value": value(problem),
    });
    if told.source != asked {
        object["file"] = told.source.as_str().into();
    }
    object
}

/// The value as JSON where it reads as such. A text that the sentence does not repeat may be a password pasted into
/// the wrong field, so it is left out.
fn value(problem: &Problem) -> Option<Json> {
    let shown = problem.value.as_deref()?;
    let harmless = !shown.contains('"') || problem.message.contains(shown);
    harmless.then(|| serde_json::from_str(shown).unwrap_or_else(|_| shown.into()))
}

/// JSON as text, indented, ending in a line feed. What would steer a terminal is escaped.
#[must_use]
pub fn text(json: &Json) -> String {
    let mut text = String::new();
    for c in format!("{json:#}").chars() {
        // Line feeds stand between the values; inside them they are escaped already.
        if c == '\n' || clean::is_clean(c.encode_utf8(&mut [0; 4])) {
            text.push(c);
        } else {
            // Writing to a String cannot fail.
            let _ = write!(text, "\\u{:04x}", u32::from(c));
        }
    }
    text.push('\n');
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(line: Option<usize>, problem: Problem) -> Told {
        Told {
            source: "v.toml".into(),
            line,
            problem,
        }
    }

    #[test]
    fn problems_are_lines() {
        let long = "x".repeat(99);
        let cut = "x".repeat(80);
        let mut all = [
            told(
                Some(9),
                Problem::warning(format!("{cut}… is not.")).at(long.as_str().into()),
            ),
            told(Some(9), Problem::warning("No.").at(long.as_str().into())),
            told(
                Some(8),
                Problem::warning("a\u{241b}b is not.").at("a\u{1b}b".into()),
            ),
            told(None, Problem::warning("Odd.")),
            told(
                Some(3),
                Problem::warning("a.b is not a setting.").at("a.b".into()),
            ),
            told(
                Some(3),
                Problem::error("80 is\u{1b} below.\nMore.")
                    .at("a.port".into())
                    .hint("Use 81.\nOr 82."),
            ),
            told(
                Some(1),
                Problem::open("It needs an answer.").at("a.key".into()),
            ),
        ];
        sort(&mut all);
        let none = Told::by_place(Problem::error("No."));
        assert_eq!(
            lines(&all) + &lines(&[none]),
            "v.toml:1: to answer: a.key: It needs an answer.\n\
             v.toml:3: error: a.port: 80 is\u{241b} below.\n    More.\n    Use 81.\n    Or 82.\n\
             v.toml:3: warning: a.b is not a setting.\n\
             v.toml:8: warning: a\u{241b}b is not.\n\
             v.toml:9: warning: CUT… is not.\n\
             v.toml:9: warning: CUT…: No.\n\
             v.toml: warning: Odd.\n\
             error: No.\n"
                .replace("CUT", &cut)
        );
    }

    #[test]
    fn counts_are_words() {
        for (errors, open, warnings, expected) in [
            (0, 0, 0, "no problems"),
            (1, 0, 0, "1 error"),
            (2, 1, 1, "2 errors, 1 to answer, 1 warning"),
            (0, 2, 3, "2 to answer, 3 warnings"),
        ] {
            let counts = Counts {
                errors,
                open,
                warnings,
            };
            assert_eq!(summary(counts), expected);
        }
    }

    #[test]
    fn values_are_json_unless_they_may_be_a_password() {
        for (message, shown, expected) in [
            ("80 is below 1024.", "80", json!(80)),
            ("$0.00 is not a limit.", "0", json!(0)),
            ("\"80x\" is not a whole number.", "\"80x\"", json!("80x")),
            ("This text is not a name.", "\"sk-ant\"", Json::Null),
            ("It is not a number.", "nan", json!("nan")),
        ] {
            let told = told(None, Problem::error(message).value(shown));
            assert_eq!(json(&told, "v.toml")["value"], expected, "{message}");
        }
    }

    #[test]
    fn json_steers_no_terminal() {
        let json = json!({"a": "\u{9b}31m\u{202e}\u{1b}ü\n"});
        let text = text(&json);
        assert!(text.lines().all(clean::is_clean), "{text}");
        assert_eq!(serde_json::from_str::<Json>(&text).unwrap(), json);
    }
}
