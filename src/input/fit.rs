//! Holds what a file says against the schema's table: values for known settings, problems for everything else.
//! Leaves to others: judging the values themselves (the schema, through `nickel`).

use std::collections::BTreeMap;
use std::path::Path;

use super::head::NamedBy;
use super::tree::{Entry, Node, Shape};
use super::{Format, MAX_DEPTH, Opened, unknown};
use crate::problem::Problem;
use crate::profile::MODE;
use crate::schema::{Field, FieldPath, Schema};
use crate::value::{Kind, Value};

pub(super) fn fit(
    file: &Path,
    format: Format,
    schema: &Schema,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
) -> Opened {
    let mut fit = Fit {
        file,
        schema,
        names: unknown::Names::of(schema),
        renamed: Vec::new(),
        opened: Opened {
            format,
            values: BTreeMap::new(),
            lines: BTreeMap::new(),
            mode: None,
            named_by: NamedBy::Mode,
            problems,
        },
    };
    fit.section("", entries);
    // Only now is it known which new names the file gives as well.
    for (old, new, entry) in std::mem::take(&mut fit.renamed) {
        fit.renamed_entry(&old, &new, entry);
    }
    fit.opened
}

/// Message and hint for values nested too deep.
pub(super) fn too_deep() -> (String, String) {
    (
        format!("Values are nested deeper than {MAX_DEPTH} levels here."),
        "A configuration has at most four levels: is it the right file?".to_owned(),
    )
}

struct Fit<'a> {
    file: &'a Path,
    schema: &'a Schema,
    names: unknown::Names<'a>,
    renamed: Vec<(String, FieldPath, Entry)>,
    opened: Opened,
}

impl Fit<'_> {
    fn section(&mut self, section: &str, entries: Vec<Entry>) {
        let mut first_lines: BTreeMap<String, usize> = BTreeMap::new();
        for entry in entries {
            let path = unknown::join(section, &entry.name);
            if let Some(first) = first_lines.get(&entry.name) {
                let problem = Problem::error(format!("{} is given twice.", shown(&path))).hint(
                    format!("The one of line {first} is used. Remove the other."),
                );
                self.tell(problem, None, entry.line);
                continue;
            }
            first_lines.insert(entry.name.clone(), entry.line);
            self.entry(path, entry);
        }
    }

    fn entry(&mut self, path: String, entry: Entry) {
        if path == MODE
            && let Shape::Scalar(Value::Text(mode)) = &entry.node.shape
        {
            self.opened.mode = Some(mode.clone());
        }
        let schema = self.schema;
        if matches!(entry.node.shape, Shape::Broken) {
            if schema.get(&path).is_some() {
                let lines = &mut self.opened.lines;
                lines.entry(FieldPath::new(&path)).or_insert(entry.line);
            }
            return;
        }
        if let Some(field) = schema.get(&path) {
            self.setting(field, entry);
        } else if self.names.sections.contains(path.as_str()) {
            self.known_section(&path, entry);
        } else if let Some((_, new)) = schema.renamed.iter().find(|(old, _)| *old == path) {
            self.renamed.push((path, new.clone(), entry));
        } else if self.leads_to_renamed(&path)
            && let Shape::Section(entries) = entry.node.shape
        {
            self.section(&path, entries);
        } else {
            let mut problem = self.names.unknown(&path, self.opened.format);
            problem.place = None;
            self.tell(problem, None, entry.line);
        }
    }

    /// A section that exists only in old names.
    fn leads_to_renamed(&self, path: &str) -> bool {
        self.schema
            .renamed
            .iter()
            .any(|(old, _)| FieldPath::new(old).is_within(path))
    }

    fn known_section(&mut self, path: &str, entry: Entry) {
        self.opened
            .lines
            .entry(FieldPath::new(path))
            .or_insert(entry.line);
        match entry.node.shape {
            Shape::Section(entries) => self.section(path, entries),
            Shape::Null => {
                let problem = Problem::warning(format!("{path} is null."))
                    .hint("It counts as not given. Remove the line.");
                self.tell(problem, Some(path), entry.line);
            }
            Shape::TooDeep => {
                let (message, hint) = too_deep();
                self.tell(Problem::error(message).hint(hint), Some(path), entry.line);
            }
            _ => {
                let example = self
                    .schema
                    .fields()
                    .iter()
                    .find(|field| field.path.is_within(path))
                    .map_or(path, |field| field.path.as_str());
                let problem = Problem::error(format!("{path} is a section, not a setting."))
                    .hint(format!("Its settings stand inside it, such as {example}."));
                self.tell(problem, Some(path), entry.line);
            }
        }
    }

    fn setting(&mut self, field: &Field, entry: Entry) {
        let path = &field.path;
        if self.opened.values.contains_key(path) {
            return;
        }
        // Known even when the value is refused, so that "must be given" can be placed.
        self.opened.lines.entry(path.clone()).or_insert(entry.line);
        if matches!(entry.node.shape, Shape::Section(_)) {
            let hint = match example(field) {
                Some(example) => format!("Give it one value, for example {example}."),
                None => "Give it one value.".to_owned(),
            };
            let problem = Problem::error(format!("{path} is a setting, not a section.")).hint(hint);
            self.tell(problem, Some(path.as_str()), entry.line);
            return;
        }
        if matches!(entry.node.shape, Shape::Null) {
            let problem = Problem::warning(format!("{path} is null."))
                .hint("It counts as not given. Remove the line, or give a value.");
            self.tell(problem, Some(path.as_str()), entry.line);
            return;
        }
        let is_number = matches!(entry.node.shape, Shape::NotFinite(_) | Shape::TooLarge(_));
        if field.kind == Kind::Secret && is_number {
            self.no_text(field, entry.line);
            return;
        }
        let Some(value) = self.value(field, entry.node) else {
            return;
        };
        let value = field.kind.adopt(value);
        if field.kind == Kind::Secret && !matches!(value, Value::Secret(_)) {
            self.no_text(field, entry.line);
            return;
        }
        self.opened.values.insert(path.clone(), value);
    }

    /// A secret of the wrong type is refused: kept as it is it would be shown, and it may be the password.
    fn no_text(&mut self, field: &Field, line: usize) {
        let path = field.path.as_str();
        let problem = Problem::error(format!("{path} is not a text."))
            .hint("Put it in quotes; it was not read.");
        self.tell(problem, Some(path), line);
    }

    /// The value of a setting or of a list's item; `None` when it was refused, which has then been said.
    fn value(&mut self, field: &Field, node: Node) -> Option<Value> {
        let path = &field.path;
        let (message, hint, written) = match node.shape {
            Shape::Scalar(value) => return Some(value),
            Shape::List(items) => return self.list(field, items),
            Shape::Section(entries) => {
                let mut record = Vec::new();
                for entry in entries {
                    let value = self.value(field, entry.node)?;
                    record.push((entry.name, value));
                }
                return Some(Value::Record(record));
            }
            Shape::Null | Shape::Broken => return None,
            Shape::TooDeep => {
                let (message, hint) = too_deep();
                (message, hint, None)
            }
            Shape::NotFinite(written) => (
                format!("{path} holds what is no number."),
                number_hint(field),
                Some(written),
            ),
            Shape::TooLarge(written) => (
                format!("{path} holds a number too large to be kept exactly."),
                number_hint(field),
                Some(written),
            ),
        };
        let mut problem = Problem::error(message).hint(hint);
        if field.kind != Kind::Secret {
            problem.value = written.map(|written| shown(&written));
        }
        self.tell(problem, Some(path.as_str()), node.line);
        None
    }

    fn list(&mut self, field: &Field, items: Vec<Node>) -> Option<Value> {
        let path = &field.path;
        let mut values = Vec::new();
        for item in items {
            if matches!(item.shape, Shape::Null) {
                let problem = Problem::warning(format!("{path} holds null."))
                    .hint("That item is left out. Remove it.");
                self.tell(problem, Some(path.as_str()), item.line);
                continue;
            }
            values.push(self.value(field, item)?);
        }
        Some(Value::List(values))
    }

    fn renamed_entry(&mut self, old: &str, new: &FieldPath, entry: Entry) {
        let line = entry.line;
        let both = self.opened.values.contains_key(new);
        let hint = if both {
            format!("{new} is given too, so {old} is ignored. Remove it.")
        } else {
            format!("Its value is taken over. Once the file is written, {old} can be removed.")
        };
        let problem = Problem::warning(format!("{} is now called {new}.", shown(old))).hint(hint);
        self.tell(problem, Some(new.as_str()), line);
        let schema = self.schema;
        if let Some(field) = schema.get(new.as_str()) {
            self.setting(field, entry);
        } else if let Shape::Section(entries) = entry.node.shape {
            self.opened.lines.entry(new.clone()).or_insert(line);
            self.section(new.as_str(), entries);
        }
    }

    fn tell(&mut self, mut problem: Problem, path: Option<&str>, line: usize) {
        problem.path = path.map(FieldPath::new).or(problem.path);
        self.opened
            .problems
            .push(problem.in_file(self.file, Some(line)));
    }
}

fn number_hint(field: &Field) -> String {
    match example(field) {
        Some(example) => format!("Give a value such as {example}."),
        None => "Give another value.".to_owned(),
    }
}

/// One value that works, as it would be shown.
fn example(field: &Field) -> Option<String> {
    let value = field.range.example.as_ref().or(field.default.as_ref())?;
    Some(value.to_string()).filter(|text| !text.is_empty())
}

fn shown(path: &str) -> String {
    unknown::shown(path)
}
