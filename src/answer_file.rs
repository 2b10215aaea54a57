//! A file of answers: a profile and what is said about single settings, in the shape of a preset.
//! Leaves to others: judging the values (`nickel`), what they are laid over (`config`).

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::check;
use crate::clean;
use crate::input::{Lines, MAX_BYTES};
use crate::problem::{self, Problem};
use crate::schema::{FieldPath, Schema};
use crate::value::{Kind, Value};

/// The keys that a preset may have beside its answers; only the profile means something here.
const KEYS: [&str; 6] = [
    "format",
    "name",
    "description",
    "schema",
    "profile",
    "answers",
];

/// One file as an example, for help and hints.
pub const EXAMPLE: &str = "profile = \"enterprise\"\n\n[answers]\n\"llm_router.port\" = 9003\n\
\"security.jwt_secret\" = \"${FILE:/run/secrets/jwt}\"\n";

/// What a file of answers says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerFile {
    pub profile: Option<String>,
    pub answers: BTreeMap<FieldPath, Value>,
    /// The line of each answer, counted from 1.
    pub lines: BTreeMap<FieldPath, usize>,
    pub problems: Vec<Problem>,
}

/// Reads the bytes of `file`. Values are in the schema's units. Never fails whole: what is wrong stands in
/// `problems` (no TOML, unknown keys and paths, sections, paths given twice, secrets in clear), each with its line.
#[must_use]
pub fn read(file: &Path, bytes: &[u8], schema: &Schema) -> AnswerFile {
    let mut reader = Reader {
        file,
        schema,
        lines: Lines::new(""),
        found: AnswerFile::default(),
    };
    let text = match std::str::from_utf8(bytes) {
        Ok(text) if bytes.len() <= MAX_BYTES => text,
        Ok(_) => return reader.refused("It is longer than 4 MiB.", "Is it the right file?"),
        Err(_) => return reader.refused("It is not UTF-8 text.", "Save it as UTF-8."),
    };
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    reader.lines = Lines::new(text);
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let at = error.span().map_or(0, |span| span.start);
        let message = format!("It is not TOML: {}.", clean::line(error.message()));
        reader.problem(at, Problem::error(message).hint("Mend this line."));
    }
    reader.table(table.get_ref());
    reader.found
}

struct Reader<'a> {
    file: &'a Path,
    schema: &'a Schema,
    lines: Lines,
    found: AnswerFile,
}

impl Reader<'_> {
    fn refused(mut self, message: &str, hint: &str) -> AnswerFile {
        let problem = Problem::error(message).hint(hint).in_file(self.file, None);
        self.found.problems.push(problem);
        self.found
    }

    fn problem(&mut self, at: usize, problem: Problem) {
        let line = self.lines.at(at);
        let problem = problem.in_file(self.file, Some(line));
        self.found.problems.push(problem);
    }

    fn table(&mut self, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let (at, name) = (key.span().start, key.get_ref().as_ref());
            match (name, value.get_ref()) {
                ("profile", DeValue::String(name)) => {
                    self.found.profile = Some(name.clone().into_owned());
                }
                ("profile", _) => self.problem(
                    at,
                    Problem::error("profile is no text.").hint("Write profile = \"enterprise\"."),
                ),
                ("answers", DeValue::Table(answers)) => self.answers("", answers),
                ("answers", _) => self.problem(
                    at,
                    Problem::error("answers is no table.")
                        .hint("Write [answers] on a line of its own, and the settings below it."),
                ),
                (name, _) if KEYS.contains(&name) => {}
                (name, _) => self.unknown_key(at, name),
            }
        }
    }

    fn unknown_key(&mut self, at: usize, name: &str) {
        let message = format!("{} means nothing in a file of answers.", clean::line(name));
        let hint = if self.schema.get(name).is_some() || is_section(self.schema, name) {
            "Settings stand below [answers].".to_owned()
        } else if let Some(near) = problem::nearest(name, KEYS) {
            format!("Did you mean {near}?")
        } else {
            "It has profile and [answers].".to_owned()
        };
        self.problem(at, Problem::error(message).hint(hint));
    }

    /// Both `"llm_router.port" = 9003` and `[answers.llm_router]` with `port = 9003`.
    fn answers(&mut self, section: &str, table: &DeTable<'_>) {
        for (key, value) in in_order(table) {
            let at = key.span().start;
            let name = key.get_ref().as_ref();
            let path = match section {
                "" => name.to_owned(),
                section => format!("{section}.{name}"),
            };
            match (self.schema.get(&path), value.get_ref()) {
                (None, DeValue::Table(inner)) if is_section(self.schema, &path) => {
                    self.answers(&path, inner);
                }
                (None, _) => {
                    let (message, hint) = check::unknown_key(&path, self.schema);
                    self.problem(at, Problem::error(message).hint(hint));
                }
                (Some(field), _) => {
                    let (path, kind) = (field.path.clone(), field.kind);
                    self.answer(at, path, kind, value);
                }
            }
        }
    }

    fn answer(&mut self, at: usize, path: FieldPath, kind: Kind, said: &Spanned<DeValue<'_>>) {
        let Some(value) = value(said.get_ref()) else {
            let problem = Problem::error("It is no single value.")
                .hint("Give a text, a number, true, false or a list of texts.");
            return self.problem(at, problem.at(path));
        };
        let value = kind.adopt(value);
        if value.is_clear_secret() {
            let hint = format!(
                "Refer to it, for example \"${{FILE:/run/secrets/name}}\", or give it to \
                 vapora-tui render with --set-file {path}=FILE."
            );
            let problem = Problem::error("It is a secret in clear, and this file is kept.");
            return self.problem(at, problem.hint(hint).at(path));
        }
        if self.found.answers.contains_key(&path) {
            let problem = Problem::error("It is answered twice.").hint("Take one of them out.");
            return self.problem(at, problem.at(path));
        }
        let line = self.lines.at(at);
        self.found.lines.insert(path.clone(), line);
        self.found.answers.insert(path, value);
    }
}

/// As written; the parser sorts by name.
fn in_order<'t, 'd>(
    table: &'t DeTable<'d>,
) -> Vec<(&'t Spanned<Cow<'d, str>>, &'t Spanned<DeValue<'d>>)> {
    let mut entries: Vec<_> = table.iter().collect();
    entries.sort_by_key(|(key, _)| key.span().start);
    entries
}

fn is_section(schema: &Schema, path: &str) -> bool {
    let mut fields = schema.fields().iter();
    fields.any(|field| field.path.as_str() != path && field.path.is_within(path))
}

/// A single value or a list of them; numbers that no setting could hold stay the text they are.
fn value(said: &DeValue<'_>) -> Option<Value> {
    Some(match said {
        DeValue::String(text) => Value::Text(text.clone().into_owned()),
        DeValue::Boolean(on) => Value::Bool(*on),
        DeValue::Integer(n) => i64::from_str_radix(n.as_str(), n.radix())
            .map_or_else(|_| Value::Text(n.to_string()), Value::Integer),
        DeValue::Float(n) => match n.as_str().parse::<f64>() {
            Ok(n) if n.is_finite() => Value::Decimal(n),
            _ => Value::Text(n.as_str().to_owned()),
        },
        DeValue::Datetime(date) => Value::Text(date.to_string()),
        DeValue::Array(items) => {
            let items: Option<Vec<Value>> = items.iter().map(|i| value(i.get_ref())).collect();
            Value::List(items?)
        }
        DeValue::Table(_) => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Field, Range};

    fn schema() -> Schema {
        let field = |path: &str, kind| Field {
            path: path.into(),
            kind,
            doc: String::new(),
            default: None,
            range: Range::default(),
        };
        let fields = vec![
            field("backend.port", Kind::Integer),
            field("backend.ratio", Kind::Decimal),
            field("backend.url", Kind::Text),
            field("router.chain", Kind::List),
            field("router.port", Kind::Integer),
            field("security.key", Kind::Secret),
        ];
        Schema::new("1".into(), fields, vec![])
    }

    fn told(text: &str) -> Vec<String> {
        let found = read(Path::new("a.toml"), text.as_bytes(), &schema());
        let line = |p: &Problem| p.place.as_ref().and_then(|place| place.line).unwrap_or(0);
        let tell = |p: &Problem| format!("{}: {}", line(p), p.sentence());
        found.problems.iter().map(tell).collect()
    }

    #[test]
    fn answers_take_the_kind_of_their_setting() {
        let text = "format = 1\nname = \"eu\"\nprofile = \"solo\"\n[answers]\n\"backend.port\" = 9003\n\
                    \"backend.ratio\" = 3\nrouter.chain = [\"a\", \"b\"]\n\
                    \"security.key\" = \"${FILE:/run/key}\"\n";
        let found = read(Path::new("a.toml"), text.as_bytes(), &schema());
        assert_eq!(found.problems, []);
        assert_eq!(found.profile.as_deref(), Some("solo"));
        let shown: Vec<String> = found
            .answers
            .iter()
            .map(|(path, value)| format!("{}: {path} = {value}", found.lines[path]))
            .collect();
        assert_eq!(
            shown,
            [
                "5: backend.port = 9003",
                "6: backend.ratio = 3.0",
                "7: router.chain = a, b",
                "8: security.key = ${FILE:/run/key}",
            ]
        );
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        for (text, expected) in [
            (
                "[answers]\n\"backend.prot\" = 1\n",
                "2: backend.prot is not a setting. Did you mean backend.port?",
            ),
            (
                "[answers]\nbackend = 1\n",
                "2: backend is a section, not a setting. Name one of its settings, for example backend.port.",
            ),
            (
                "\n[answers]\n\"security.key\" = \"swordfish\"\n",
                "3: It is a secret in clear, and this file is kept. Refer to it, for example \
                 \"${FILE:/run/secrets/name}\", or give it to vapora-tui render with --set-file security.key=FILE.",
            ),
            (
                "[answers]\n\"backend.url\" = \"ws://a:swordfish@b\"\n",
                "2: It is a secret in clear, and this file is kept.",
            ),
            (
                "[answers]\n\"backend.port\" = 1\n[answers.backend]\nport = 2\n",
                "4: It is answered twice. Take one of them out.",
            ),
            (
                "[answers]\n\"backend.port\" = { a = 1 }\n",
                "2: It is no single value.",
            ),
            ("answers = 3\n", "1: answers is no table."),
            ("profile = 3\n", "1: profile is no text."),
            (
                "answer = {}\n",
                "1: answer means nothing in a file of answers. Did you mean answers?",
            ),
            (
                "[backend]\nport = 1\n",
                "1: backend means nothing in a file of answers. Settings stand below [answers].",
            ),
            ("profile = \n", "1: It is not TOML: "),
        ] {
            let told = told(text);
            assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
            assert!(!told[0].contains("swordfish"), "{told:?}");
        }
        let latin = read(Path::new("a.toml"), b"\xff", &schema());
        assert_eq!(latin.problems[0].message, "It is not UTF-8 text.");
    }

    #[test]
    fn the_example_is_one() {
        let (table, errors) = DeTable::parse_recoverable(EXAMPLE);
        assert!(errors.is_empty() && table.get_ref().contains_key("answers"));
    }
}
