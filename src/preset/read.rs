//! Reads the text of a preset, or of a file of answers, which has the same shape. What it says is not trusted.
//! Leaves to others: opening files (`store`), judging the values (`nickel`).

use std::collections::BTreeMap;
use std::path::Path;

use super::clear::Clear;
use super::fit;
use super::name::{Description, Name};
use crate::budget::workload;
use crate::check;
use crate::clean;
use crate::input;
use crate::input::tree::{Entry, Node, Shape};
use crate::problem::{self, Problem};
use crate::schema::{Field, FieldPath, Schema};
use crate::value::{Kind, Value};

/// The format that this version writes and reads.
pub const FORMAT: i64 = 1;

/// Larger files are refused: a preset of every setting has a few KiB.
const MAX_BYTES: usize = 1 << 20;

/// Further mistakes of one file are counted and not told.
const MOST_PROBLEMS: usize = 50;

/// The keys beside the answers.
const KEYS: [&str; 7] = [
    "format",
    "name",
    "description",
    "schema",
    "profile",
    "workload",
    "answers",
];

/// What the text is read as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reading {
    /// Only `profile` and `[answers]` mean something; it is kept, so it holds no secret in clear.
    AnswerFile,
    /// A preset that may hold secrets in clear.
    Preset,
    /// A preset of a workspace: it goes where the workspace goes, so it holds no secret in clear.
    SharedPreset,
}

impl Reading {
    fn noun(self) -> &'static str {
        match self {
            Self::AnswerFile => "a file of answers",
            Self::Preset | Self::SharedPreset => "a preset",
        }
    }

    /// What is said of a secret in clear that is not taken.
    fn refused(self, path: &FieldPath) -> Option<Problem> {
        let refer = "Refer to it, for example \"${FILE:/run/secrets/name}\"";
        let (message, hint) = match self {
            Self::Preset => return None,
            Self::AnswerFile => (
                "It is a secret in clear, and this file is kept.",
                format!("{refer}, or give it to vapora-tui render with --set-file {path}=FILE."),
            ),
            Self::SharedPreset => (
                "It is a secret in clear, and everybody who has this workspace has it.",
                format!("{refer}; it was not read, and should be changed where it is used."),
            ),
        };
        Some(Problem::error(message).hint(hint).at(path.clone()))
    }
}

/// What could be read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Read {
    /// As it is written; it need not be a preset's name.
    pub name: Option<String>,
    pub description: Description,
    /// The version of the schema that it was saved under.
    pub schema: Option<String>,
    pub profile: Option<String>,
    /// The name of a workload; it need not be there.
    pub workload: Option<String>,
    /// In the kinds of their settings where they fit, under today's names.
    pub answers: BTreeMap<FieldPath, Value>,
    /// The line of each answer, counted from 1.
    pub lines: BTreeMap<FieldPath, usize>,
    pub problems: Vec<Problem>,
    /// Answers whose kind is not their setting's. They are read as they are, and the schema says so too.
    pub unfit: Vec<Problem>,
    /// Secrets in clear that were not taken, because they may not stand there.
    pub withheld: Vec<FieldPath>,
    /// Every secret in clear that the text says, taken or not.
    pub clear: Vec<Clear>,
}

/// Reads the bytes of `file`. Values are in the schema's units. Never fails whole: what is wrong stands in
/// `problems`, each with its line.
#[must_use]
pub fn read(file: &Path, bytes: &[u8], schema: &Schema, reading: Reading) -> Read {
    let mut reader = Reader {
        file,
        schema,
        reading,
        other: false,
        found: Read::default(),
        renamed: Vec::new(),
        more: 0,
    };
    if bytes.len() > MAX_BYTES {
        let message = format!(
            "The file is {} bytes long; at most 1 MiB is read.",
            bytes.len()
        );
        let hint = "A preset has a few hundred lines: is it the right file?";
        let problem = Problem::error(message).hint(hint).in_file(file, None);
        reader.found.problems.push(problem);
        return reader.found;
    }
    let entries = input::toml_entries(file, bytes, &mut reader.found.problems);
    reader.table(entries);
    let line = |problem: &Problem| problem.place.as_ref().and_then(|place| place.line);
    reader.found.problems.sort_by_key(line);
    if reader.more > 0 {
        let more = problem::counted(reader.more, "further problem");
        let problem = Problem::error(format!("There are {more}."));
        let problem = problem.hint("Is it the right file?").in_file(file, None);
        reader.found.problems.push(problem);
    }
    reader.found
}

struct Reader<'a> {
    file: &'a Path,
    schema: &'a Schema,
    reading: Reading,
    /// Was it saved under an older schema, or a newer one?
    other: bool,
    found: Read,
    /// Answers under an old name: only at the end it is known which are answered under the new one too.
    renamed: Vec<(String, FieldPath, Entry)>,
    more: usize,
}

impl Reader<'_> {
    fn problem(&mut self, line: usize, problem: Problem) {
        if self.found.problems.len() >= MOST_PROBLEMS {
            self.more += 1;
            return;
        }
        let problem = problem.in_file(self.file, Some(line));
        self.found.problems.push(problem);
    }

    fn wrong(&mut self, line: usize, message: impl Into<String>, hint: impl Into<String>) {
        self.problem(line, Problem::error(message).hint(hint));
    }

    fn table(&mut self, entries: Vec<Entry>) {
        let mut format = None;
        let mut answers = Vec::new();
        for entry in entries {
            let line = entry.line;
            match entry.name.as_str() {
                "answers" => match entry.node.shape {
                    Shape::Section(entries) => answers = entries,
                    Shape::Broken => {}
                    _ => self.wrong(
                        line,
                        "answers is no table.",
                        "Write [answers] on a line of its own, and the settings below it.",
                    ),
                },
                "profile" => self.found.profile = self.text(entry, "\"enterprise\""),
                // Beside the answers only presets say something.
                name if KEYS.contains(&name) && self.reading == Reading::AnswerFile => {}
                "format" => format = Some((line, entry.node.shape)),
                "name" => self.found.name = self.text(entry, "\"staging-eu\""),
                "description" => self.description(entry),
                "workload" => self.workload(entry),
                "schema" => self.version(entry),
                // Of a line that is no TOML that is said already.
                "" if self.is_told(line) => {}
                name => {
                    let name = name.to_owned();
                    self.unknown_key(line, &name);
                }
            }
        }
        if self.reading != Reading::AnswerFile && !self.knows(format.as_ref()) {
            return;
        }
        self.section("", answers);
        for (old, new, entry) in std::mem::take(&mut self.renamed) {
            self.renamed(&old, &new, entry);
        }
    }

    /// Is something wrong with this line already?
    fn is_told(&self, line: usize) -> bool {
        let mut places = self
            .found
            .problems
            .iter()
            .filter_map(|one| one.place.as_ref());
        places.any(|place| place.line == Some(line))
    }

    /// Is this a format that can be read?
    fn knows(&mut self, format: Option<&(usize, Shape)>) -> bool {
        match format {
            Some((_, Shape::Scalar(Value::Integer(FORMAT)) | Shape::Broken)) => true,
            None => {
                let problem = Problem::warning("It does not say its format, so it is read as 1.");
                self.problem(1, problem.hint("Write format = 1 on its first line."));
                true
            }
            Some((line, Shape::Scalar(Value::Integer(format)))) if *format > FORMAT => {
                self.wrong(
                    *line,
                    format!("It is a preset of format {format}; this version reads format 1."),
                    "Open it with the version that wrote it, or a later one.",
                );
                false
            }
            Some((line, _)) => {
                self.wrong(
                    *line,
                    "It says no format that there is.",
                    "Write format = 1.",
                );
                false
            }
        }
    }

    fn text(&mut self, entry: Entry, example: &str) -> Option<String> {
        match entry.node.shape {
            Shape::Scalar(Value::Text(text)) => Some(text),
            Shape::Broken => None,
            _ => {
                let name = entry.name;
                let hint = format!("Write {name} = {example}.");
                self.wrong(entry.line, format!("{name} is no text."), hint);
                None
            }
        }
    }

    fn description(&mut self, entry: Entry) {
        let line = entry.line;
        let Some(text) = self.text(entry, "\"EU staging\"") else {
            return;
        };
        self.found.description = Description::read(&text);
        if let Err(problem) = Description::new(&text) {
            let hint = problem.hint.unwrap_or_default();
            self.problem(line, Problem::warning(problem.message).hint(hint));
        }
    }

    fn workload(&mut self, entry: Entry) {
        let line = entry.line;
        let Some(name) = self.text(entry, "\"enterprise\"") else {
            return;
        };
        if workload::is_name(&name) {
            self.found.workload = Some(name);
            return;
        }
        let problem = Problem::warning("workload is no name of a workload, so it is not used.");
        self.problem(
            line,
            problem.hint("Write one of small letters, digits, - and _, or take the line out."),
        );
    }

    fn version(&mut self, entry: Entry) {
        let line = entry.line;
        let Some(version) = self.text(entry, &format!("\"{}\"", self.schema.version)) else {
            return;
        };
        let shown: String = clean::line(&version).chars().take(20).collect();
        let now = &self.schema.version;
        match fit::age(&version, now) {
            fit::Age::Same => {}
            fit::Age::Older => self.other = true,
            fit::Age::Newer => {
                self.other = true;
                let message = format!("It was saved under schema {shown}; this is schema {now}.");
                let problem =
                    Problem::warning(message).hint("What this schema does not know is left out.");
                self.problem(line, problem);
            }
            fit::Age::Unknown => {
                let message = format!("schema = \"{shown}\" is no version.");
                let problem = Problem::warning(message);
                self.problem(line, problem.hint(format!("Write schema = \"{now}\".")));
            }
        }
        self.found.schema = Some(version);
    }

    fn unknown_key(&mut self, line: usize, name: &str) {
        let shown: String = clean::line(name).chars().take(80).collect();
        let shown = if shown.is_empty() { "\"\"" } else { &shown };
        let message = format!("{shown} means nothing in {}.", self.reading.noun());
        let hint = if self.schema.get(name).is_some() || is_section(self.schema, name) {
            "Settings stand below [answers].".to_owned()
        } else if let Some(near) = problem::nearest(name, KEYS) {
            format!("Did you mean {near}?")
        } else if self.reading == Reading::AnswerFile {
            "It has profile and [answers].".to_owned()
        } else {
            format!("It has {}.", KEYS.join(", "))
        };
        self.wrong(line, message, hint);
    }

    /// Both `"llm_router.port" = 9003` and `[answers.llm_router]` with `port = 9003`.
    fn section(&mut self, section: &str, entries: Vec<Entry>) {
        let schema = self.schema;
        for entry in entries {
            let path = match section {
                "" => entry.name.clone(),
                section => format!("{section}.{}", entry.name),
            };
            if let Some(field) = schema.get(&path) {
                self.answer(field, entry);
            } else if let Some(new) = schema.now_called(&path) {
                self.renamed.push((path, new, entry));
            } else if self.leads_on(&path)
                && let Shape::Section(entries) = entry.node.shape
            {
                self.section(&path, entries);
            } else {
                self.unknown_setting(&path, entry.line);
            }
        }
    }

    fn leads_on(&self, path: &str) -> bool {
        let mut renamed = self.schema.renamed.iter();
        is_section(self.schema, path) || renamed.any(|(old, _)| FieldPath::new(old).is_within(path))
    }

    fn unknown_setting(&mut self, path: &str, line: usize) {
        // Looking for the name that was meant takes its time.
        if self.found.problems.len() >= MOST_PROBLEMS {
            self.more += 1;
            return;
        }
        let problem = if self.other && !is_section(self.schema, path) {
            let shown: String = clean::line(path).chars().take(80).collect();
            let now = &self.schema.version;
            let message = format!("{shown} is no setting of schema {now}.");
            let then = self.found.schema.as_deref().unwrap_or_default();
            let then: String = clean::line(then).chars().take(20).collect();
            let near = self.schema.nearest(path);
            let near = near.map_or_else(String::new, |near| format!(" The nearest is {near}."));
            Problem::warning(message).hint(format!(
                "It was saved under schema {then}; its answer is left out.{near}"
            ))
        } else {
            let (message, hint) = check::unknown_key(path, self.schema);
            Problem::error(message).hint(hint)
        };
        self.problem(line, problem.at(FieldPath::new(path)));
    }

    fn renamed(&mut self, old: &str, new: &FieldPath, entry: Entry) {
        let schema = self.schema;
        let section = matches!(entry.node.shape, Shape::Section(_));
        if schema.get(new.as_str()).is_none() && !(section && is_section(schema, new.as_str())) {
            return self.unknown_setting(old, entry.line);
        }
        let both = self.found.answers.contains_key(new);
        let hint = if both {
            format!("{new} is answered too, so {old} is ignored. Take it out.")
        } else {
            "Its answer is taken over.".to_owned()
        };
        let old: String = clean::line(old).chars().take(80).collect();
        let problem = Problem::warning(format!("{old} is now called {new}."));
        self.problem(entry.line, problem.hint(hint).at(new.clone()));
        if both && let Some(field) = schema.get(new.as_str()) {
            let value = self.value(field, entry.node);
            let value = value.map(|value| field.kind.adopt(value));
            return self.note_clear(field, entry.line, &entry.name, value.as_ref());
        }
        if let Some(field) = schema.get(new.as_str()) {
            self.answer(field, entry);
        } else if let Shape::Section(entries) = entry.node.shape {
            self.section(new.as_str(), entries);
        }
    }

    /// Notes a secret in clear; whatever stands where a secret should, and is none, may be the password.
    fn note_clear(&mut self, field: &Field, line: usize, key: &str, value: Option<&Value>) {
        let clear = match value {
            Some(value) => {
                value.is_clear_secret()
                    || field.kind == Kind::Secret && !matches!(value, Value::Secret(_))
            }
            None => field.kind == Kind::Secret,
        };
        if clear {
            self.found.clear.push(Clear {
                path: field.path.clone(),
                line,
                key: key.to_owned(),
            });
        }
    }

    fn answer(&mut self, field: &Field, entry: Entry) {
        let (line, path) = (entry.line, &field.path);
        let value = self.value(field, entry.node);
        let value = value.map(|value| field.kind.adopt(value));
        self.note_clear(field, line, &entry.name, value.as_ref());
        let Some(value) = value else {
            return;
        };
        if field.kind == Kind::Secret && !matches!(value, Value::Secret(_)) {
            // Kept as it is it would be shown, and it may be the password.
            let problem = Problem::error("It is not a text.");
            let problem = problem.hint("Put it in quotes; it was not read.");
            return self.problem(line, problem.at(path.clone()));
        }
        if value.is_clear_secret()
            && let Some(problem) = self.reading.refused(path)
        {
            self.found.withheld.push(path.clone());
            return self.problem(line, problem);
        }
        if self.found.answers.contains_key(path) {
            let problem = Problem::error("It is answered twice.").hint("Take one of them out.");
            return self.problem(line, problem.at(path.clone()));
        }
        if let Some(problem) = fit::unfit(field, &value)
            && self.found.unfit.len() < MOST_PROBLEMS
        {
            let problem = problem.in_file(self.file, Some(line));
            self.found.unfit.push(problem);
        }
        self.found.lines.insert(path.clone(), line);
        self.found.answers.insert(path.clone(), value);
    }

    /// A single value or a list of them.
    fn value(&mut self, field: &Field, node: Node) -> Option<Value> {
        let (message, hint) = match node.shape {
            Shape::Scalar(value) => return Some(value),
            Shape::List(items) => {
                let items: Option<Vec<Value>> = items
                    .into_iter()
                    .map(|item| match item.shape {
                        Shape::Scalar(value) => Some(value),
                        _ => None,
                    })
                    .collect();
                match items {
                    Some(items) => return Some(Value::List(items)),
                    None => ("It is no list of single values.", "a list of texts"),
                }
            }
            Shape::NotFinite(_) => ("It holds what is no number.", "a number"),
            Shape::TooLarge(_) => ("It is a number too large to be kept exactly.", "a number"),
            Shape::Null | Shape::Section(_) | Shape::TooDeep => (
                "It is no single value.",
                "a text, a number, true, false or a list of texts",
            ),
            Shape::Broken => return None,
        };
        let problem = Problem::error(message).hint(format!("Give {hint}."));
        self.problem(node.line, problem.at(field.path.clone()));
        None
    }
}

impl Read {
    /// The name that it says it has, when it is one.
    #[must_use]
    pub fn preset_name(&self) -> Option<Name> {
        Name::new(self.name.as_deref()?).ok()
    }
}

fn is_section(schema: &Schema, path: &str) -> bool {
    let mut fields = schema.fields().iter();
    fields.any(|field| field.path.as_str() != path && field.path.is_within(path))
}
