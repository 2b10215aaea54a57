//! Which bytes of an existing JSON file must change.

use std::ops::Range;

use jsonc_parser::ast::{Object, Value as Ast};
use jsonc_parser::common::Ranged;
use jsonc_parser::{CollectOptions, ParseOptions, parse_to_ast};
use serde_json::{Map, Value as Json};

use super::edit::{Edits, Rank};
use super::text::{indent_at, line_start};
use super::{Wanted, in_the_way};
use crate::output::{json, value};
use crate::problem::Problem;
use crate::schema::Field;
use crate::value::Value;

pub(super) fn changed(text: &str, wanted: &Wanted<'_>) -> Result<String, Problem> {
    let broken = || {
        Problem::error("The file cannot be changed: it holds no JSON object.")
            .hint("Move it away, so that a new one is made.")
    };
    // Strictness is judged by `input`; this only finds the places.
    let parsed = parse_to_ast(text, &CollectOptions::default(), &ParseOptions::default());
    let Ok(Some(Ast::Object(root))) = parsed.map(|parsed| parsed.value) else {
        return Err(broken());
    };
    let mut writer = Writer {
        text,
        unit: indent_unit(text, &root),
        edits: Edits::default(),
        added: Vec::new(),
        removed: Vec::new(),
    };
    for (field, value) in wanted.fields() {
        writer.field(&root, field, value, wanted)?;
    }
    Ok(writer.finish().apply(text))
}

/// New members of one object that stands in the file.
struct Added<'a> {
    object: &'a Object<'a>,
    members: Map<String, Json>,
}

struct Writer<'a> {
    text: &'a str,
    unit: String,
    edits: Edits,
    added: Vec<Added<'a>>,
    /// Members that go: the object they are in and where they start.
    removed: Vec<(&'a Object<'a>, usize)>,
}

impl<'a> Writer<'a> {
    fn field(
        &mut self,
        root: &'a Object<'a>,
        field: &Field,
        value: Option<&Value>,
        wanted: &Wanted<'_>,
    ) -> Result<(), Problem> {
        let segments: Vec<&str> = field.path.segments().collect();
        let mut object = root;
        for (depth, segment) in segments.iter().enumerate() {
            let last = depth + 1 == segments.len();
            let Some(member) = object.get(segment) else {
                if let Some(value) = value {
                    self.add(object, &segments[depth..], value);
                }
                return Ok(());
            };
            match &member.value {
                Ast::Object(inner) if !last => object = inner,
                // Where nothing is to be written, nothing is in the way.
                Ast::Object(_) if value.is_none() => return Ok(()),
                Ast::Object(_) => return Err(in_the_way(field.path.as_str(), true)),
                _ if !last => {
                    return match value {
                        Some(_) => Err(in_the_way(&segments[..=depth].join("."), false)),
                        None => Ok(()),
                    };
                }
                found => match value {
                    Some(value) if wanted.is_said(field, value) => {}
                    Some(value) => {
                        let range = found.start()..found.end();
                        let indent = self.indent_of(member.range.start).to_owned();
                        let text =
                            self.nested(&value::json(value), &indent, self.lines(range.clone()));
                        self.edits.replace(range, text);
                    }
                    // Null already means that it is not set.
                    None if matches!(found, Ast::NullKeyword(_)) => {}
                    None => {
                        self.removed.push((object, member.range.start));
                    }
                },
            }
        }
        Ok(())
    }

    fn add(&mut self, object: &'a Object<'a>, segments: &[&str], value: &Value) {
        let place = self
            .added
            .iter()
            .position(|added| std::ptr::eq(added.object, object));
        let place = place.unwrap_or_else(|| {
            self.added.push(Added {
                object,
                members: Map::new(),
            });
            self.added.len() - 1
        });
        json::put(&mut self.added[place].members, segments, value);
    }

    fn finish(mut self) -> Edits {
        for added in std::mem::take(&mut self.added) {
            self.write_added(&added);
        }
        for (object, start) in &self.removed {
            let range = self.member_with_comma(object, *start);
            self.edits.replace(range, String::new());
        }
        self.edits
    }

    fn goes(&self, start: usize) -> bool {
        self.removed.iter().any(|(_, removed)| *removed == start)
    }

    fn write_added(&mut self, added: &Added<'_>) {
        let object = added.object;
        let range = object.range.start..object.range.end;
        let closing = self.indent_of(range.start).to_owned();
        // What is removed leaves its line, so only what stays can be followed by a comma.
        let last = object
            .properties
            .iter()
            .rfind(|member| !self.goes(member.range.start));
        let lines = object.properties.is_empty() || self.lines(range.clone());
        let inner = match object.properties.first() {
            Some(first) if lines => self.indent_of(first.range.start).to_owned(),
            _ => format!("{closing}{}", self.unit),
        };
        let members: Vec<String> = added
            .members
            .iter()
            .map(|(name, value)| {
                let name = Json::String(name.clone());
                format!("{name}: {}", self.nested(value, &inner, lines))
            })
            .collect();
        let (gap, comma_gap) = if lines {
            (format!("\n{inner}"), format!(",\n{inner}"))
        } else {
            (String::new(), ", ".to_owned())
        };
        let members = members.join(&comma_gap);
        if let Some(last) = last {
            let text = format!("{comma_gap}{members}");
            self.edits.insert(last.range.end, Rank::Inside, text);
        } else {
            let end = if lines && object.properties.is_empty() {
                format!("\n{closing}")
            } else {
                String::new()
            };
            let inside = if object.properties.is_empty() {
                range.start + 1..range.end - 1
            } else {
                range.start + 1..range.start + 1
            };
            self.edits.replace(inside, format!("{gap}{members}{end}"));
        }
    }

    /// A value as text, continued on lines indented by `indent` where the file is written over several lines.
    fn nested(&self, value: &Json, indent: &str, lines: bool) -> String {
        let many = match value {
            Json::Object(_) => lines,
            Json::Array(items) => lines && !items.is_empty(),
            _ => false,
        };
        if many {
            json::pretty(value, &self.unit).replace('\n', &format!("\n{indent}"))
        } else {
            value.to_string()
        }
    }

    fn lines(&self, range: Range<usize>) -> bool {
        self.text[range].contains('\n')
    }

    fn indent_of(&self, at: usize) -> &'a str {
        indent_at(self.text, line_start(self.text, at))
    }

    /// A member that goes, up to the next one, or from the end of the one before when it is the last to stay.
    fn member_with_comma(&self, object: &Object<'_>, start: usize) -> Range<usize> {
        let members = &object.properties;
        let place = members
            .iter()
            .position(|member| member.range.start == start)
            .unwrap_or_default();
        if let Some(next) = members.get(place + 1) {
            return start..next.range.start;
        }
        let end = members[place].range.end;
        let stays = members[..place]
            .iter()
            .rfind(|member| !self.goes(member.range.start));
        match stays {
            Some(before) => before.range.end..end,
            None => start..end,
        }
    }
}

/// What one level is indented by: as in the file, else two spaces.
fn indent_unit(text: &str, root: &Object<'_>) -> String {
    let unit = root.properties.first().and_then(|first| {
        let line = text[..first.range.start].rsplit_once('\n')?.1;
        (!line.is_empty() && line.trim().is_empty()).then(|| line.to_owned())
    });
    unit.unwrap_or_else(|| "  ".to_owned())
}
