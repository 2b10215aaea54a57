//! Where in an existing TOML file a section takes new settings: under its header, beside its dotted keys, in its
//! braces, or under a header of its own that the file does not have yet.

use toml_edit::{InlineTable, Item, Table, TableLike, Value as Toml};

use super::in_the_way;
use super::text::{line_end, line_start};
use crate::problem::Problem;

/// The place for new settings of one section.
#[derive(Debug)]
pub(super) enum Home {
    /// Whole lines, their keys under `prefix`. With `before_section` a header follows directly.
    Lines {
        at: usize,
        prefix: Vec<String>,
        before_section: bool,
    },
    /// Inside `{ }`, their keys under `prefix`.
    Braces {
        at: usize,
        prefix: Vec<String>,
        empty: bool,
    },
    /// A new header with its settings.
    Section { at: usize },
}

/// Where headers and settings of one document stand.
pub(super) struct Outline<'a> {
    text: &'a str,
    root: &'a Table,
    /// Starts of all headers, ascending.
    headers: Vec<usize>,
    /// Ends of all headers and values, ascending.
    ends: Vec<usize>,
}

/// The table whose header or braces hold the keys.
enum Owner<'a> {
    Header(&'a Table),
    Braces(&'a InlineTable),
}

impl<'a> Outline<'a> {
    pub fn new(text: &'a str, root: &'a Table) -> Self {
        let mut outline = Self {
            text,
            root,
            headers: Vec::new(),
            ends: Vec::new(),
        };
        let mut seen = Seen::default();
        seen.table(root);
        seen.headers.sort_unstable();
        seen.ends.sort_unstable();
        outline.headers = seen.headers;
        outline.ends = seen.ends;
        outline
    }

    /// # Errors
    /// A problem when a value stands where the section belongs.
    pub fn home(&self, section: &str) -> Result<Home, Problem> {
        let segments: Vec<&str> = section.split('.').filter(|name| !name.is_empty()).collect();
        let mut owner = Owner::Header(self.root);
        let mut table: &dyn TableLike = self.root;
        let mut prefix: Vec<String> = Vec::new();
        let mut known = 0;
        for segment in &segments {
            let dotted = match table.get(segment) {
                None | Some(Item::None) => break,
                Some(Item::Table(inner)) => {
                    if !inner.is_dotted() {
                        owner = Owner::Header(inner);
                    }
                    table = inner;
                    inner.is_dotted()
                }
                Some(Item::Value(Toml::InlineTable(inner))) => {
                    if !inner.is_dotted() {
                        owner = Owner::Braces(inner);
                    }
                    table = inner;
                    inner.is_dotted()
                }
                Some(_) => return Err(in_the_way(&segments[..=known].join("."), false)),
            };
            known += 1;
            if dotted {
                prefix.push((*segment).to_owned());
            } else {
                prefix.clear();
            }
        }
        let unknown = &segments[known..];
        let deeper = |prefix: &[String]| -> Vec<String> {
            let unknown = unknown.iter().map(|name| (*name).to_owned());
            prefix.iter().cloned().chain(unknown).collect()
        };
        Ok(match owner {
            Owner::Braces(braces) => {
                let start = braces.span().unwrap_or_default().start;
                let end = values_end(braces);
                Home::Braces {
                    at: end.unwrap_or(start + 1),
                    prefix: deeper(&prefix),
                    empty: end.is_none(),
                }
            }
            Owner::Header(_) if !prefix.is_empty() => Home::Lines {
                at: line_end(self.text, values_end(table).unwrap_or(self.text.len())),
                prefix: deeper(&prefix),
                before_section: false,
            },
            Owner::Header(holder) if unknown.is_empty() => self.own_lines(holder, section),
            Owner::Header(holder) => Home::Section {
                at: self.behind(holder),
            },
        })
    }

    fn own_lines(&self, table: &Table, section: &str) -> Home {
        let lines = |at: usize, before_section: bool| Home::Lines {
            at,
            prefix: Vec::new(),
            before_section,
        };
        if let Some(end) = values_end(table) {
            // An implied table has no values of its own, so these lines are under its header.
            return lines(line_end(self.text, end), false);
        }
        if section.is_empty() {
            let Some(first) = self.headers.first() else {
                return lines(self.text.len(), false);
            };
            let above = self.with_comments(*first);
            // A comment at the very start is the file's own, not the section's.
            let at = if above == 0 {
                line_start(self.text, *first)
            } else {
                above
            };
            return lines(at, true);
        }
        if table.is_implicit() {
            let mut seen = Seen::default();
            seen.table(table);
            let first = seen.headers.into_iter().min().unwrap_or(self.text.len());
            return Home::Section {
                at: self.with_comments(first),
            };
        }
        let header = table.span().unwrap_or_default();
        lines(line_end(self.text, header.end), false)
    }

    /// Behind everything of this section, before the comments of the next.
    fn behind(&self, table: &Table) -> usize {
        let mut seen = Seen::default();
        seen.table(table);
        let last = seen.ends.into_iter().max().unwrap_or(0);
        if std::ptr::eq(table, self.root) {
            return self.text.len();
        }
        self.headers
            .iter()
            .find(|start| **start >= last)
            .map_or(self.text.len(), |next| self.with_comments(*next))
    }

    /// The start of a header's line, or of the comment lines that stand directly above it.
    fn with_comments(&self, header: usize) -> usize {
        let floor = self
            .ends
            .iter()
            .rev()
            .find(|end| **end <= header)
            .map_or(0, |end| line_end(self.text, *end));
        let mut at = line_start(self.text, header);
        while at > floor {
            let above = line_start(self.text, at - 1);
            if !self.text[above..at].trim_start().starts_with('#') {
                break;
            }
            at = above;
        }
        at
    }
}

/// The end of the last value that stands under this table's own header or in its own braces.
fn values_end(table: &dyn TableLike) -> Option<usize> {
    table
        .iter()
        .filter_map(|(_, item)| match item {
            Item::Value(Toml::InlineTable(inner)) if inner.is_dotted() => values_end(inner),
            Item::Value(value) => value.span().map(|span| span.end),
            Item::Table(inner) if inner.is_dotted() => values_end(inner),
            Item::Table(_) | Item::ArrayOfTables(_) | Item::None => None,
        })
        .max()
}

/// Headers and ends of a table and everything in it.
#[derive(Default)]
struct Seen {
    headers: Vec<usize>,
    ends: Vec<usize>,
}

impl Seen {
    fn table(&mut self, table: &Table) {
        if let Some(span) = table.span()
            && !table.is_implicit()
            && !span.is_empty()
        {
            self.headers.push(span.start);
            self.ends.push(span.end);
        }
        for (_, item) in table {
            match item {
                Item::Table(inner) => self.table(inner),
                Item::ArrayOfTables(tables) => tables.iter().for_each(|inner| self.table(inner)),
                Item::Value(value) => self.ends.extend(value.span().map(|span| span.end)),
                Item::None => {}
            }
        }
    }
}
