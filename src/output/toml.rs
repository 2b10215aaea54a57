//! The configuration as a new TOML file.

use super::{head, value};
use crate::clean;
use crate::config::Config;
use crate::schema::Field;
use crate::value::Value;

/// The fields of one table, and the tables inside it.
#[derive(Default)]
struct Table<'a> {
    path: String,
    own: Vec<(&'a Field, &'a Value)>,
    inner: Vec<Table<'a>>,
}

pub(super) fn render(config: &Config, profile: Option<&str>) -> String {
    let mut root = Table::default();
    for (field, leaf) in config.iter() {
        if let Some(value) = leaf
            .value
            .as_ref()
            .filter(|value| value::is_writable(value))
        {
            root.at(field.path.section()).own.push((field, value));
        }
    }
    let mut out = head(config, profile);
    out.push('\n');
    root.write(&mut out);
    out
}

impl<'a> Table<'a> {
    fn at(&mut self, section: &str) -> &mut Table<'a> {
        if section.is_empty() {
            return self;
        }
        let mut table = self;
        for (end, _) in section
            .match_indices('.')
            .chain(std::iter::once((section.len(), "")))
        {
            let path = &section[..end];
            let place = table.inner.iter().position(|inner| inner.path == path);
            let place = place.unwrap_or_else(|| {
                table.inner.push(Table {
                    path: path.to_owned(),
                    ..Table::default()
                });
                table.inner.len() - 1
            });
            table = &mut table.inner[place];
        }
        table
    }

    fn write(&self, out: &mut String) {
        if !self.own.is_empty() {
            out.push('\n');
            if !self.path.is_empty() {
                out.push_str(&header(&self.path));
                out.push('\n');
            }
            for (field, value) in &self.own {
                out.push_str(&setting(field, value, "", "\n"));
            }
        }
        for inner in &self.inner {
            inner.write(out);
        }
    }
}

/// `[backend.auth]`
pub(super) fn header(section: &str) -> String {
    let keys: Vec<String> = section.split('.').map(value::key).collect();
    format!("[{}]", keys.join("."))
}

/// A setting under its last name, with its sentence above; `eol` ends each line.
fn setting(field: &Field, value: &Value, indent: &str, eol: &str) -> String {
    setting_named(&value::key(field.path.leaf()), field, value, indent, eol)
}

/// As [`setting`], under the key given.
pub(super) fn setting_named(
    key: &str,
    field: &Field,
    value: &Value,
    indent: &str,
    eol: &str,
) -> String {
    let mut lines = doc_lines(field);
    lines.push(format!("{key} = {}", value::toml(value)));
    indented(&lines, indent, eol)
}

/// Whole lines, each behind `indent` and ended by `eol`.
pub(super) fn indented(lines: &[String], indent: &str, eol: &str) -> String {
    lines
        .iter()
        .flat_map(|line| [indent, line.as_str(), eol])
        .collect()
}

/// The comment lines above a setting.
pub(super) fn doc_lines(field: &Field) -> Vec<String> {
    clean::lines(&field.doc)
        .lines()
        .map(|line| format!("# {line}").trim_end().to_owned())
        .collect()
}
