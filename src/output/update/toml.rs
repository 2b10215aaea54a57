//! Which bytes of an existing TOML file must change: values that differ, settings that are missing or gone.
//! Leaves to others: where a section takes new settings (`home`).

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::Range;

use toml_edit::{Document, Item, Value as Toml};

use super::edit::{Edits, Rank};
use super::home::{Home, Outline};
use super::text::{ends_blank, indent_at, inline_member, line_end, line_start};
use super::{Wanted, in_the_way};
use crate::output::{toml, value};
use crate::problem::Problem;
use crate::schema::Field;
use crate::value::Value;

/// Where a setting stands in the file.
struct Found<'a> {
    value: &'a Toml,
    span: Range<usize>,
    /// In a table in braces, so not on a line of its own.
    inline: bool,
}

/// The settings of one section that the file lacks.
type Missing<'a> = Vec<(&'a str, Vec<(&'a Field, &'a Value)>)>;

pub(super) fn changed(text: &str, wanted: &Wanted<'_>) -> Result<String, Problem> {
    let text = without_inline(text, wanted)?;
    Ok(edits(&text, wanted)?.apply(&text))
}

fn parse(text: &str) -> Result<Document<&str>, Problem> {
    Document::parse(text).map_err(|error| {
        Problem::error("The file cannot be changed: it is not valid TOML.").hint(format!(
            "{}. Correct it, then write again.",
            crate::clean::line(error.message())
        ))
    })
}

/// Takes settings without a value out of tables in braces, one at a time: each moves the commas of the others.
fn without_inline<'a>(text: &'a str, wanted: &Wanted<'_>) -> Result<Cow<'a, str>, Problem> {
    let mut text = Cow::Borrowed(text);
    for (field, value) in wanted.fields() {
        if value.is_some() {
            continue;
        }
        let member = match find(&parse(&text)?, field, wanted, None)? {
            Place::Found(found) if found.inline => inline_member(&text, &found.span),
            _ => continue,
        };
        let mut shorter = text.into_owned();
        shorter.replace_range(member, "");
        text = Cow::Owned(shorter);
    }
    Ok(text)
}

fn edits(text: &str, wanted: &Wanted<'_>) -> Result<Edits, Problem> {
    let document = parse(text)?;
    let mut writer = Writer {
        text,
        eol: if text.contains("\r\n") { "\r\n" } else { "\n" },
        edits: Edits::default(),
        new_sections: BTreeSet::new(),
        filled: BTreeSet::new(),
    };
    let mut missing: Missing<'_> = Vec::new();
    for (field, value) in wanted.fields() {
        match (find(&document, field, wanted, value)?, value) {
            (Place::Said, _) | (Place::Nowhere, None) => {}
            (Place::Found(found), Some(value)) => writer.replace(&found, value),
            (Place::Found(found), None) => writer.remove(&found, field),
            (Place::Nowhere, Some(value)) => {
                let section = field.path.section();
                match missing.iter_mut().find(|(name, _)| *name == section) {
                    Some((_, fields)) => fields.push((field, value)),
                    None => missing.push((section, vec![(field, value)])),
                }
            }
        }
    }
    let outline = Outline::new(text, document.as_table());
    for (section, fields) in missing {
        let home = outline.home(section)?;
        writer.add(section, &home, &fields);
    }
    Ok(writer.edits)
}

enum Place<'a> {
    Said,
    Found(Found<'a>),
    Nowhere,
}

fn find<'a>(
    document: &'a Document<&str>,
    field: &Field,
    wanted: &Wanted<'_>,
    value: Option<&Value>,
) -> Result<Place<'a>, Problem> {
    let mut item = document.as_item();
    let mut inline = false;
    for segment in field.path.segments() {
        inline |= matches!(item, Item::Value(_));
        match item.as_table_like().and_then(|table| table.get(segment)) {
            Some(inner) => item = inner,
            None => return Ok(Place::Nowhere),
        }
    }
    if value.is_some_and(|value| wanted.is_said(field, value)) {
        return Ok(Place::Said);
    }
    match item {
        Item::None => Ok(Place::Nowhere),
        Item::Value(found) if !found.is_inline_table() => Ok(Place::Found(Found {
            value: found,
            span: found.span().unwrap_or_default(),
            inline,
        })),
        // Where nothing is to be written, nothing is in the way.
        _ if value.is_none() => Ok(Place::Nowhere),
        _ => Err(in_the_way(field.path.as_str(), true)),
    }
}

struct Writer<'a> {
    text: &'a str,
    eol: &'static str,
    edits: Edits,
    /// Where new sections were put already.
    new_sections: BTreeSet<usize>,
    /// Empty tables in braces that have been given something.
    filled: BTreeSet<usize>,
}

impl Writer<'_> {
    fn replace(&mut self, found: &Found<'_>, value: &Value) {
        let comments = comments_inside(self.text, found);
        if !comments.is_empty() {
            let start = line_start(self.text, found.span.start);
            let lifted = self.comment_lines(start, &comments);
            self.edits.insert(start, Rank::Inside, lifted);
        }
        self.edits.replace(found.span.clone(), value::toml(value));
    }

    fn remove(&mut self, found: &Found<'_>, field: &Field) {
        let start = line_start(self.text, found.span.start);
        let end = line_end(self.text, found.span.end);
        let mut kept = comments_inside(self.text, found);
        let behind = self.text[found.span.end..end].trim();
        if behind.starts_with('#') {
            kept.push(behind.to_owned());
        }
        let kept = self.comment_lines(start, &kept);
        // Our own sentence above would be taken for the next setting's.
        let start = without_doc(self.text, start, field);
        self.edits.replace(start..end, kept);
    }

    fn comment_lines(&self, line_start: usize, comments: &[String]) -> String {
        toml::indented(comments, indent_at(self.text, line_start), self.eol)
    }

    fn add(&mut self, section: &str, home: &Home, fields: &[(&Field, &Value)]) {
        match home {
            Home::Lines {
                at,
                prefix,
                before_section,
            } => {
                let indent = indent_at(self.text, line_start(self.text, at.saturating_sub(1)));
                let indent = if *before_section { "" } else { indent };
                let mut lines = self.settings(prefix, indent, fields);
                if *before_section {
                    lines.push_str(self.eol);
                }
                self.insert(*at, Rank::Inside, lines);
            }
            Home::Braces { at, prefix, empty } => {
                let members: Vec<String> = fields
                    .iter()
                    .map(|(field, value)| {
                        format!("{} = {}", dotted(prefix, field), value::toml(value))
                    })
                    .collect();
                let members = members.join(", ");
                let text = match (*empty, self.filled.insert(*at)) {
                    (true, true) => format!(" {members} "),
                    _ => format!(", {members}"),
                };
                self.edits.insert(*at, Rank::Inside, text);
            }
            Home::Section { at } => {
                let first = self.new_sections.insert(*at);
                let at_end = *at == self.text.len();
                let blank_before = ends_blank(&self.text[..*at]);
                let mut block = String::new();
                if if first { !blank_before } else { at_end } {
                    block.push_str(self.eol);
                }
                block.push_str(&toml::header(section));
                block.push_str(self.eol);
                block.push_str(&self.settings(&[], "", fields));
                if !at_end {
                    block.push_str(self.eol);
                }
                self.insert(*at, Rank::NewSection, block);
            }
        }
    }

    fn settings(&self, prefix: &[String], indent: &str, fields: &[(&Field, &Value)]) -> String {
        fields
            .iter()
            .map(|(field, value)| {
                toml::setting_named(&dotted(prefix, field), field, value, indent, self.eol)
            })
            .collect()
    }

    fn insert(&mut self, at: usize, rank: Rank, text: String) {
        // A last line without its line feed would run into what is added.
        if at == self.text.len() && !self.text.ends_with('\n') && self.filled.insert(usize::MAX) {
            self.edits
                .insert(at, Rank::EndOfLastLine, self.eol.to_owned());
        }
        self.edits.insert(at, rank, text);
    }
}

fn dotted(prefix: &[String], field: &Field) -> String {
    prefix
        .iter()
        .map(String::as_str)
        .chain([field.path.leaf()])
        .map(value::key)
        .collect::<Vec<_>>()
        .join(".")
}

/// The comments between the items of a list, which goes as a whole.
fn comments_inside(text: &str, found: &Found<'_>) -> Vec<String> {
    let Some(array) = found.value.as_array() else {
        return Vec::new();
    };
    let mut comments = Vec::new();
    let mut from = found.span.start;
    let items = array.iter().filter_map(Toml::span);
    let end = found.span.end..found.span.end;
    for item in items.chain(std::iter::once(end)) {
        for line in text[from..item.start].lines() {
            if let Some(hash) = line.find('#') {
                comments.push(line[hash..].trim_end().to_owned());
            }
        }
        from = item.end;
    }
    comments
}

fn without_doc(text: &str, start: usize, field: &Field) -> usize {
    let mut above = start;
    for line in toml::doc_lines(field).iter().rev() {
        let previous = line_start(text, above.saturating_sub(1));
        if above == 0 || text[previous..above].trim() != line {
            return start;
        }
        above = previous;
    }
    above
}
