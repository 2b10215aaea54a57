//! Environment lines, `NAME=value`, into entries: those whose name sets a setting; other variables are not looked at.
//! Values are unquoted as POSIX sh does, without expanding anything.

use std::collections::HashMap;
use std::path::Path;

use super::tree::{Entry, Node, Shape};
use super::unknown;
use crate::check::ENVIRONMENT_PREFIX;
use crate::problem::Problem;
use crate::schema::{Field, Schema};

/// The entries of an environment file; what is wrong with its lines goes to `problems`.
pub(super) fn entries(
    file: &Path,
    text: &str,
    schema: &Schema,
    problems: &mut Vec<Problem>,
) -> Vec<Entry> {
    let known: HashMap<String, &Field> = schema
        .fields()
        .iter()
        .map(|field| (field.path.environment_name(), field))
        .collect();
    let mut root = Vec::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, line) in text.lines().enumerate() {
        let Some((name, written)) = assignment(line) else {
            continue;
        };
        if !name.starts_with(ENVIRONMENT_PREFIX) {
            continue;
        }
        let line = at + 1;
        let Some(field) = known.get(name) else {
            let shown = unknown::shown(name);
            let problem = Problem::warning(format!("{shown} sets no setting."))
                .hint("It is kept as it is when the file is written.");
            problems.push(problem.in_file(file, Some(line)));
            continue;
        };
        let shape = if let Some(value) = unquoted(written) {
            Shape::Scalar(field.kind.read(&value))
        } else {
            let problem = Problem::error(format!("The quotes of {name} are not closed."))
                .hint("Write the value on one line, in 'single quotes'.");
            problems.push(problem.in_file(file, Some(line)));
            Shape::Broken
        };
        if let Some(before) = seen.insert(name, line) {
            let problem = Problem::warning(format!("{name} is given twice.")).hint(format!(
                "Line {line} counts, as in a shell. Remove this one."
            ));
            problems.push(problem.in_file(file, Some(before)));
        }
        let segments: Vec<&str> = field.path.segments().collect();
        put(&mut root, &segments, Node { line, shape });
    }
    root
}

/// Name and value as written, when the line is an assignment.
pub(crate) fn assignment(line: &str) -> Option<(&str, &str)> {
    let line = line.trim_start();
    let line = line.strip_prefix("export ").unwrap_or(line).trim_start();
    let (name, written) = line.split_once('=')?;
    let is_name = |c: char| c.is_ascii_alphanumeric() || c == '_';
    let starts_right = name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_');
    (starts_right && name.chars().all(is_name)).then_some((name, written))
}

/// The value that sh would read; `None` when a quote is not closed, or the line goes on in the next.
fn unquoted(written: &str) -> Option<String> {
    let mut value = String::new();
    let mut rest = written.trim_end_matches('\r').chars();
    while let Some(c) = rest.next() {
        match c {
            '\'' => loop {
                match rest.next()? {
                    '\'' => break,
                    c => value.push(c),
                }
            },
            '"' => loop {
                match rest.next()? {
                    '"' => break,
                    '\\' => match rest.next()? {
                        c @ ('"' | '\\' | '$' | '`') => value.push(c),
                        c => value.extend(['\\', c]),
                    },
                    c => value.push(c),
                }
            },
            '\\' => value.push(rest.next()?),
            // A comment behind the value, or another word.
            c if c.is_whitespace() => break,
            c => value.push(c),
        }
    }
    Some(value)
}

fn put(entries: &mut Vec<Entry>, segments: &[&str], node: Node) {
    let line = node.line;
    match segments {
        [] => {}
        [name] => {
            entries.retain(|entry| entry.name != *name);
            entries.push(Entry {
                name: (*name).to_owned(),
                line,
                node,
            });
        }
        [name, rest @ ..] => {
            let place = entries.iter().position(|entry| entry.name == *name);
            let place = place.unwrap_or_else(|| {
                let shape = Shape::Section(Vec::new());
                entries.push(Entry {
                    name: (*name).to_owned(),
                    line,
                    node: Node { line, shape },
                });
                entries.len() - 1
            });
            if let Shape::Section(inner) = &mut entries[place].node.shape {
                put(inner, rest, node);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_unquoted_as_sh_does() {
        for (written, expected) in [
            ("plain", Some("plain")),
            ("", Some("")),
            ("''", Some("")),
            ("'a b' # why", Some("a b")),
            ("'${SECRET:x}'", Some("${SECRET:x}")),
            (r#""a\"b\\c\$d\n""#, Some(r#"a"b\c$d\n"#)),
            (r"a\ b", Some("a b")),
            ("'it'\\''s'", Some("it's")),
            ("a\r", Some("a")),
            ("'open", None),
            ("\"open\\", None),
            ("a\\", None),
        ] {
            assert_eq!(unquoted(written).as_deref(), expected, "{written}");
        }
    }

    #[test]
    fn only_assignments_are_looked_at() {
        for (line, expected) in [
            ("A=1", Some(("A", "1"))),
            ("  export A='x y'", Some(("A", "'x y'"))),
            ("A = 1", None),
            ("# A=1", None),
            ("1A=1", None),
            ("echo a=b", None),
            ("", None),
        ] {
            assert_eq!(assignment(line), expected, "{line}");
        }
    }
}
