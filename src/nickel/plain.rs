//! The child's side of reading one file: asks for what it imports, evaluates it without a schema, and walks the
//! result to plain data with lines. A value that cannot be had is a finding; the rest counts.

use std::io::{self, Read, Write};

use nickel_lang_core::cache::ImportResolver;
use nickel_lang_core::eval::VirtualMachine;
use nickel_lang_core::eval::value::NickelValue;
use nickel_lang_core::files::FileId;
use nickel_lang_core::identifier::LocIdent;
use nickel_lang_core::position::{PosTable, TermPos};
use nickel_lang_core::term::record::Field;
use serde_json::{Number, Value as Json};

use super::data::{Entry, MAX_DEPTH, MAX_VALUES, Node, Shape};
use super::engine::{self, Context, Machine};
use super::finding;
use super::imports::Imports;
use super::protocol::{Finding, Request, Response, SourceText, Weight, receive, send};

/// Answers [`Request::Read`].
///
/// # Errors
/// When a message is broken off, or is not what was asked for.
pub fn serve(reader: &mut dyn Read, writer: &mut dyn Write, text: &SourceText) -> io::Result<()> {
    let mut context = engine::context();
    let mut imports = Imports::default();
    let id = engine::add(&mut context, &text.name, &text.text);
    imports.add(&text.name, id);
    let mut new = vec![text.name.clone()];
    loop {
        let wanted = imports.wanted(&mut context, &new);
        if wanted.is_empty() {
            break;
        }
        let names: Vec<String> = wanted.into_iter().collect();
        send(
            writer,
            &Response::Wants {
                names: names.clone(),
            },
        )?;
        let Some(Request::Texts { texts, refused }) = receive(reader)? else {
            return Err(io::Error::other("texts were asked for"));
        };
        new = texts.iter().map(|text| text.name.clone()).collect();
        for text in texts {
            imports.add(
                &text.name,
                engine::add(&mut context, &text.name, &text.text),
            );
        }
        for (name, why) in refused {
            imports.refuse(name, why);
        }
        if new.is_empty() {
            break;
        }
    }
    let faults = imports.faults(&mut context, &text.name);
    let (root, findings) = if faults.is_empty() {
        evaluate(&mut context, id)
    } else {
        (None, faults)
    };
    send(writer, &Response::Read { root, findings })
}

fn evaluate(context: &mut Context, id: FileId) -> (Option<Node>, Vec<Finding>) {
    let value = match engine::prepare(context, id, true) {
        Ok(value) => value,
        Err(error) => return (None, finding::from_loading(context, error)),
    };
    let table = context.pos_table.clone();
    let mut machine = VirtualMachine::new(context);
    let mut walk = Walk {
        table,
        id,
        findings: Vec::new(),
        values: 0,
    };
    let root = walk.value(&mut machine, value, 1, "", 0);
    if walk.values > MAX_VALUES {
        let message = format!("It comes to more than {MAX_VALUES} values.");
        let mut finding = finding::plain(Weight::Error, message);
        finding.hint =
            Some("A configuration has a few hundred: look for a list that is computed.".into());
        return (None, vec![finding]);
    }
    (Some(root), walk.findings)
}

struct Walk {
    table: PosTable,
    /// The file whose lines count.
    id: FileId,
    findings: Vec<Finding>,
    values: usize,
}

impl Walk {
    fn value(
        &mut self,
        machine: &mut Machine,
        value: NickelValue,
        above: usize,
        path: &str,
        depth: usize,
    ) -> Node {
        self.values += 1;
        if depth > MAX_DEPTH || self.values > MAX_VALUES {
            let shape = Shape::TooDeep;
            return Node { line: above, shape };
        }
        let value = match machine.eval(value) {
            Ok(value) => value,
            Err(error) => {
                machine.reset();
                let finding = finding::from_evaluation(machine, path, &error);
                self.findings.push(finding);
                let shape = Shape::Broken;
                return Node { line: above, shape };
            }
        };
        let position = self.table.get(value.pos_idx());
        let line = self.line(machine, position).unwrap_or(above);
        let shape = if engine::is_record(&value) {
            Shape::Section(self.record(machine, &value, line, path, depth))
        } else if let Some(items) = value.as_array() {
            let items: Vec<NickelValue> =
                items.iter_with_pending_contracts(value.pos_idx()).collect();
            let items = items
                .into_iter()
                .map(|item| self.value(machine, item, line, path, depth + 1));
            Shape::List(items.collect())
        } else {
            self.scalar(machine, value, line, path)
        };
        Node { line, shape }
    }

    fn record(
        &mut self,
        machine: &mut Machine,
        record: &NickelValue,
        above: usize,
        path: &str,
        depth: usize,
    ) -> Vec<Entry> {
        let mut entries = Vec::new();
        for (name, field) in engine::named_fields(record) {
            let label = name.label().to_owned();
            let path = match path {
                "" => label.clone(),
                _ => format!("{path}.{label}"),
            };
            if field.metadata.not_exported() {
                continue;
            }
            // What has no value yet is for the schema to ask.
            let Some(value) = field.value_with_pending_contracts() else {
                continue;
            };
            let line = self.name_line(machine, name).unwrap_or(above);
            let mut node = self.value(machine, value, line, &path, depth + 1);
            if node.shape == Shape::Broken {
                node.shape = self.without_contract(machine, &field, line, &path, depth);
            }
            entries.push(Entry {
                name: label,
                line: self.name_line(machine, name).unwrap_or(node.line),
                node,
            });
        }
        entries.sort_by_key(|entry| entry.line);
        entries
    }

    /// A value that breaks its contract is still what the file says.
    fn without_contract(
        &mut self,
        machine: &mut Machine,
        field: &Field,
        line: usize,
        path: &str,
        depth: usize,
    ) -> Shape {
        if field.pending_contracts.is_empty() {
            return Shape::Broken;
        }
        let Some(value) = field.value.clone() else {
            return Shape::Broken;
        };
        let said = self.findings.len();
        let node = self.value(machine, value, line, path, depth + 1);
        if node.shape == Shape::Broken {
            self.findings.truncate(said);
        }
        node.shape
    }

    fn scalar(
        &mut self,
        machine: &mut Machine,
        value: NickelValue,
        line: usize,
        path: &str,
    ) -> Shape {
        let written = finding::shown(&value);
        let exported = machine.eval_full_for_export(value);
        let shape = match exported.map(|value| (serde_json::to_value(&value), value)) {
            Ok((Ok(Json::Null), _)) => Some(Shape::Null),
            Ok((Ok(Json::Bool(b)), _)) => Some(Shape::Bool(b)),
            Ok((Ok(Json::String(text)), _)) => Some(Shape::Text(text)),
            Ok((Ok(Json::Number(number)), _)) if fits(&number) => Some(Shape::Number(number)),
            Ok((_, value)) if value.as_number().is_some() => Some(Shape::TooLarge(written)),
            Ok(_) => None,
            Err(_) => {
                machine.reset();
                None
            }
        };
        shape.unwrap_or_else(|| {
            let message = "It is no plain value; a function, for example, cannot be written.";
            let mut finding = finding::plain(Weight::Error, message);
            let hint = "Write a text, a number, true, false, a list or a record.";
            finding.hint = Some(hint.to_owned());
            finding.path = Some(path.to_owned());
            let files = machine.import_resolver().files();
            finding.file = finding::in_texts(files, self.id, 0).map(|(file, _)| file);
            finding.line = Some(line);
            self.findings.push(finding);
            Shape::Broken
        })
    }

    fn name_line(&self, machine: &Machine, name: LocIdent) -> Option<usize> {
        self.line(machine, name.pos)
    }

    /// The line of a position, when it lies in the file that was asked about.
    fn line(&self, machine: &Machine, position: TermPos) -> Option<usize> {
        let span = position.as_opt_ref()?;
        if span.src_id != self.id {
            return None;
        }
        let files = machine.import_resolver().files();
        finding::in_texts(files, span.src_id, span.start.to_usize()).map(|(_, line)| line)
    }
}

/// Is it an `i64`, or no integer at all?
fn fits(number: &Number) -> bool {
    number.is_i64() || number.as_f64().is_some_and(|n| n.fract() != 0.0)
}
