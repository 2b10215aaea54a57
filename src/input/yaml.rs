//! YAML text into entries, by the core schema of YAML 1.2: `yes` and `on` are texts, as are dates.
//! Anchors are followed within bounds; tags, merge keys and second documents are refused. Of a broken text what
//! stands before the error is read. Leaves to others: the plain scalars (`scalar`), the sentences (`syntax`).

use std::path::Path;

use granit_parser::{Event, Options, Parser, ScalarStyle, Span};

use super::anchors::Anchors;
use super::lines::{Lines, YamlLines};
use super::tree::{Entry, Node, Shape};
use super::{MAX_DEPTH, scalar, syntax};
use crate::problem::Problem;
use crate::value::Value;

/// The entries of a YAML text; what is wrong with it goes to `problems`. Blank text has none of either.
pub(super) fn entries(file: &Path, text: &str, problems: &mut Vec<Problem>) -> Vec<Entry> {
    let mut options = Options::default();
    options.emit_comments = false;
    let mut reading = Reading {
        file,
        problems,
        open: Vec::new(),
        skipped: None,
        anchors: Anchors::default(),
        root: None,
        documents: 0,
        lines: YamlLines::new(text),
    };
    let lines = Lines::new(text);
    // One event behind the parser: what stands right before an error may have swallowed part of it.
    let mut last = None;
    for event in Parser::new_from_str_with_options(text, options) {
        match event {
            Ok(next) => {
                if let Some((event, span)) = last.replace(next)
                    && !reading.take(event, span)
                {
                    return reading.end();
                }
            }
            Err(error) => {
                if let Some((event, span)) = last.take() {
                    reading.take_before_error(event, span);
                }
                let line = reading.lines.shown(error.marker().line());
                let line = line.min(lines.at(text.len()));
                let problem = syntax::yaml(file, line, error.kind());
                reading.problems.push(problem);
            }
        }
    }
    if let Some((event, span)) = last {
        reading.take(event, span);
    }
    reading.end()
}

/// A list or section whose end has not been seen.
struct Open {
    line: usize,
    anchor: usize,
    tagged: bool,
    holds: Holds,
}

enum Holds {
    Items(Vec<Node>),
    Entries(Vec<Entry>, Option<Key>),
}

/// The name whose value comes next.
enum Key {
    Name(String, usize),
    /// A name that was refused, and with it its value.
    Refused,
}

struct Reading<'a> {
    file: &'a Path,
    problems: &'a mut Vec<Problem>,
    open: Vec<Open>,
    /// The line of what is nested too deep, and how many ends it is from its own.
    skipped: Option<(usize, usize)>,
    anchors: Anchors,
    root: Option<Node>,
    documents: usize,
    lines: YamlLines,
}

impl Reading<'_> {
    /// `false` when nothing more is to be read.
    fn take(&mut self, event: Event<'_>, span: Span) -> bool {
        let line = self.lines.shown(span.start.line());
        if self.skips(&event) {
            return true;
        }
        let tagged = event.tag().is_some();
        if tagged {
            let line = span
                .tag_start()
                .map_or(line, |start| self.lines.shown(start.line()));
            let hint = "Remove the word that starts with !, and put texts in quotes.";
            self.tell("A value has a tag; tags are not read.", hint, line);
        }
        match event {
            Event::DocumentStart(_, version) => {
                self.documents += 1;
                if self.documents > 1 {
                    let hint = "Only the first was read. A configuration is one document.";
                    self.tell("A second document starts here.", hint, line);
                    return false;
                }
                if version.is_some_and(|version| (version.major, version.minor) < (1, 2)) {
                    let problem = Problem::warning("The file is read as YAML 1.2.")
                        .hint("Words such as yes and on are texts there: write true or false.");
                    self.problems.push(problem.in_file(self.file, Some(line)));
                }
            }
            Event::Scalar(text, style, anchor, _) => {
                if self.wants_key() {
                    self.name(&text, style, line, tagged);
                } else {
                    let shape = match style {
                        _ if tagged => Shape::Broken,
                        ScalarStyle::Plain => scalar::plain(&text),
                        _ => Shape::Scalar(Value::Text(text.into_owned())),
                    };
                    self.close(Node { line, shape }, anchor);
                }
            }
            Event::SequenceStart(_, anchor, _) => {
                self.start(line, anchor, tagged, Holds::Items(Vec::new()));
            }
            Event::MappingStart(_, anchor, _) => {
                self.start(line, anchor, tagged, Holds::Entries(Vec::new(), None));
            }
            Event::SequenceEnd | Event::MappingEnd => self.finish(true),
            Event::Alias(anchor) => self.alias(anchor, line),
            _ => {}
        }
        true
    }

    /// A plain text over several lines has most likely run into what follows it.
    fn take_before_error(&mut self, event: Event<'_>, span: Span) {
        let several = span.end.line() > span.start.line();
        match event {
            Event::Scalar(_, ScalarStyle::Plain, ..) if several && !self.wants_key() => {
                let line = self.lines.shown(span.start.line());
                let shape = Shape::Broken;
                self.close(Node { line, shape }, 0);
            }
            event => {
                self.take(event, span);
            }
        }
    }

    /// Is the event inside what is nested too deep?
    fn skips(&mut self, event: &Event<'_>) -> bool {
        let Some((line, depth)) = &mut self.skipped else {
            return false;
        };
        match event {
            Event::SequenceStart(..) | Event::MappingStart(..) => *depth += 1,
            Event::SequenceEnd | Event::MappingEnd => *depth -= 1,
            _ => {}
        }
        if *depth == 0 {
            let node = Node {
                line: *line,
                shape: Shape::TooDeep,
            };
            self.skipped = None;
            self.close(node, 0);
        }
        true
    }

    fn wants_key(&self) -> bool {
        matches!(
            self.open.last().map(|open| &open.holds),
            Some(Holds::Entries(_, None))
        )
    }

    fn name(&mut self, text: &str, style: ScalarStyle, line: usize, tagged: bool) {
        let key = if text == "<<" && style == ScalarStyle::Plain {
            let hint = "YAML 1.2 has no merge keys. Write the settings out.";
            self.tell("The merge key << is not read.", hint, line);
            Key::Refused
        } else if tagged {
            Key::Refused
        } else {
            Key::Name(text.to_owned(), line)
        };
        self.key(key);
    }

    fn key(&mut self, key: Key) {
        if let Some(Open {
            holds: Holds::Entries(_, wanted),
            ..
        }) = self.open.last_mut()
        {
            *wanted = Some(key);
        }
    }

    fn start(&mut self, line: usize, anchor: usize, tagged: bool, holds: Holds) {
        if self.wants_key() {
            let hint = "A name is one word, as in name: value.";
            self.tell("A list or section stands where a name belongs.", hint, line);
        }
        if self.open.len() == MAX_DEPTH {
            self.skipped = Some((line, 1));
            return;
        }
        self.open.push(Open {
            line,
            anchor,
            tagged,
            holds,
        });
    }

    /// Ends the innermost list or section; `whole` when its end was seen.
    fn finish(&mut self, whole: bool) {
        let Some(open) = self.open.pop() else {
            return;
        };
        let shape = match open.holds {
            _ if open.tagged => Shape::Broken,
            // Half a list is no value.
            Holds::Items(_) if !whole => Shape::Broken,
            Holds::Items(items) => Shape::List(items),
            Holds::Entries(mut entries, key) => {
                if let Some(Key::Name(name, line)) = key {
                    let shape = Shape::Broken;
                    let node = Node { line, shape };
                    entries.push(Entry { name, line, node });
                }
                Shape::Section(entries)
            }
        };
        let line = open.line;
        self.close(Node { line, shape }, open.anchor);
    }

    fn alias(&mut self, anchor: usize, line: usize) {
        if self.wants_key() {
            let hint = "A name is one word, as in name: value.";
            self.tell("An alias stands where a name belongs.", hint, line);
            return self.key(Key::Refused);
        }
        let shape = self.anchors.copy(anchor, self.open.len());
        let shape = match shape {
            Ok(shape) => shape,
            Err(refused) => {
                if let Some((message, hint)) = refused {
                    self.tell(message, hint, line);
                }
                Shape::Broken
            }
        };
        self.close(Node { line, shape }, 0);
    }

    /// A whole node: it goes to what it stands in.
    fn close(&mut self, mut node: Node, anchor: usize) {
        if anchor != 0 {
            self.anchors.keep(anchor, &node);
        }
        match self.open.last_mut().map(|open| &mut open.holds) {
            None => self.root = Some(node),
            Some(Holds::Items(items)) => items.push(node),
            Some(Holds::Entries(entries, key)) => match key.take() {
                Some(Key::Name(name, line)) => {
                    // An absent value has no place of its own.
                    if matches!(node.shape, Shape::Null) {
                        node.line = line;
                    }
                    entries.push(Entry { name, line, node });
                }
                Some(Key::Refused) => {}
                // It stands where a name belongs, and that has been said.
                None => *key = Some(Key::Refused),
            },
        }
    }

    fn end(mut self) -> Vec<Entry> {
        if let Some((line, _)) = self.skipped.take() {
            let shape = Shape::TooDeep;
            self.close(Node { line, shape }, 0);
        }
        while !self.open.is_empty() {
            self.finish(false);
        }
        match self.root.take() {
            Some(Node {
                shape: Shape::Section(entries),
                ..
            }) => return entries,
            Some(Node {
                shape: Shape::TooDeep | Shape::Broken | Shape::Null,
                ..
            })
            | None => {}
            Some(node) => {
                let hint = "A configuration is written as section: with indented name: value.";
                self.tell(
                    "The file does not hold sections and settings.",
                    hint,
                    node.line,
                );
            }
        }
        Vec::new()
    }

    fn tell(&mut self, message: &str, hint: &str, line: usize) {
        let problem = Problem::error(message).hint(hint);
        self.problems.push(problem.in_file(self.file, Some(line)));
    }
}
