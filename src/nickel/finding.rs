//! Turns Nickel's errors into findings: path, place, message, notes as the hint, value.

use nickel_lang_core::cache::ImportResolver;
use nickel_lang_core::error::{Error, EvalErrorData, EvalErrorKind, IntoDiagnostics};
use nickel_lang_core::eval::callstack::StackElem;
use nickel_lang_core::eval::value::NickelValue;
use nickel_lang_core::files::{FileId, Files};
use nickel_lang_core::position::{PosIdx, PosTable, RawSpan};

use super::engine::{Context, Machine, ROOT};
use super::plain_words::{self, CORRECT, Words};
use super::protocol::{Finding, Weight};
use super::texts::is_profile;

/// Longer values are cut in messages.
const VALUE_COLUMNS: usize = 60;

pub fn plain(weight: Weight, message: impl Into<String>) -> Finding {
    Finding {
        weight,
        path: None,
        file: None,
        line: None,
        message: message.into(),
        hint: None,
        value: None,
    }
}

/// What went wrong while a value was evaluated that a text gave.
pub fn from_evaluation(machine: &Machine, path: &str, error: &EvalErrorData) -> Finding {
    of_value(machine, path, error, false)
}

/// What went wrong while a value was evaluated; `typed` when the operator gave it, and so no text.
pub fn of_value(machine: &Machine, path: &str, error: &EvalErrorData, typed: bool) -> Finding {
    let files = machine.import_resolver().files();
    let mut finding = match &error.error {
        EvalErrorKind::BlameError {
            evaluated_arg,
            label,
        } => {
            let said = label.diagnostics.iter().rev().find(|d| !d.is_empty());
            let notes = said.and_then(|d| notes(&d.notes));
            let words = match said.and_then(|d| d.message.as_deref()) {
                Some(message) => Words {
                    message: sentence(message),
                    hint: None,
                },
                None => plain_words::contract(&one_line(&label.typ.to_string())),
            };
            let mut finding = plain(Weight::Error, words.message);
            finding.hint = notes.or(words.hint);
            finding.value = evaluated_arg.as_ref().map(shown);
            place(&mut finding, files, &error.ctxt.pos_table, label.arg_pos);
            finding
        }
        EvalErrorKind::MissingFieldDef { .. } => missing(),
        EvalErrorKind::MergeIncompatibleArgs {
            left_arg,
            right_arg,
            ..
        } => {
            let mut finding = plain(
                Weight::Error,
                format!(
                    "Two values of the same priority meet: {} and {}.",
                    shown(left_arg),
                    shown(right_arg)
                ),
            );
            finding.hint = Some("Give one of them another priority, or take it out.".into());
            place(
                &mut finding,
                files,
                &error.ctxt.pos_table,
                right_arg.pos_idx(),
            );
            // The profile can be mended, the schema need not be.
            if finding
                .file
                .as_deref()
                .is_some_and(|file| !is_profile(file))
            {
                place(
                    &mut finding,
                    files,
                    &error.ctxt.pos_table,
                    left_arg.pos_idx(),
                );
            }
            finding
        }
        other => {
            let data = EvalErrorData {
                ctxt: error.ctxt.clone(),
                error: other.clone(),
            };
            diagnosed(&mut files.clone(), data)
                .into_iter()
                .next()
                .unwrap_or_else(|| plain(Weight::Error, "It cannot be evaluated."))
        }
    };
    if finding.file.is_none() && !typed {
        // Where no text holds the value, a profile may have called what failed.
        let calls = error.ctxt.call_stack.0.iter().rev();
        let place = calls
            .filter_map(|call| {
                let (StackElem::Fun(at)
                | StackElem::App(at)
                | StackElem::Var { pos: at, .. }
                | StackElem::Field { pos_access: at, .. }) = call;
                let span = error.ctxt.pos_table.get(*at).into_opt()?;
                in_texts(files, span.src_id, span.start.to_usize())
            })
            .find(|(file, _)| is_profile(file));
        (finding.file, finding.line) = place.unzip();
    }
    // Of a schema's text an operator knows nothing.
    let known = finding
        .file
        .as_deref()
        .is_some_and(|file| !file.starts_with("assets/"));
    if known && finding.weight == Weight::Error {
        finding.hint.get_or_insert_with(|| CORRECT.to_owned());
    }
    finding.path = Some(path.to_owned());
    finding
}

/// A required field that nothing gives a value.
pub fn missing() -> Finding {
    plain(Weight::Open, "It needs an answer.")
}

/// What went wrong while a text was loaded.
pub fn from_loading(context: &Context, error: Error) -> Vec<Finding> {
    diagnosed(&mut context.import_resolver.files().clone(), error)
}

fn diagnosed(files: &mut Files, error: impl IntoDiagnostics) -> Vec<Finding> {
    error
        .into_diagnostics(files)
        .into_iter()
        .map(|diagnostic| {
            let ours = diagnostic.labels.iter().find_map(|label| {
                let place = in_texts(files, label.file_id, label.range.start)?;
                Some((label, place))
            });
            let Some((label, (file, line))) = ours else {
                let mut finding = plain(Weight::Error, sentence(&diagnostic.message));
                finding.hint = notes(&diagnostic.notes);
                return finding;
            };
            let source = files.source(label.file_id);
            let (at, end) = (label.range.start, label.range.end);
            let words = plain_words::of(&diagnostic.message, &label.message, source, at, end);
            let words = words.unwrap_or_else(|| Words {
                message: sentence(&told(&diagnostic.message, &label.message)),
                hint: None,
            });
            let mut finding = plain(Weight::Error, words.message);
            let hint = words.hint.or_else(|| notes(&diagnostic.notes));
            finding.hint = Some(hint.unwrap_or_else(|| CORRECT.to_owned()));
            finding.file = Some(file);
            finding.line = Some(line);
            finding
        })
        .collect()
}

/// Nickel's message with what it writes beside the place, where that says more.
fn told(message: &str, beside: &str) -> String {
    let message = message.split_whitespace().collect::<Vec<_>>().join(" ");
    let more = !matches!(beside, "" | "here" | "this expression");
    if more {
        return format!("{message}: {beside}");
    }
    message
}

/// Nickel's own messages begin small, end without a stop, and name the folder that exists in memory only.
fn sentence(message: &str) -> String {
    let message = one_line(message);
    if message.ends_with('.') {
        return message;
    }
    let mut chars = message.chars();
    let first = chars.next().map(|c| c.to_uppercase().to_string());
    format!("{}{}.", first.unwrap_or_default(), chars.as_str())
}

fn notes(notes: &[String]) -> Option<String> {
    let notes: Vec<_> = notes.iter().map(|note| sentence(note)).collect();
    (!notes.is_empty()).then(|| notes.join(" "))
}

fn one_line(text: &str) -> String {
    let text = text.trim_end().replace('\n', " ");
    text.replace(&format!("{ROOT}/"), "")
}

fn place(finding: &mut Finding, files: &Files, table: &PosTable, position: PosIdx) {
    let Some(RawSpan { src_id, start, .. }) = table.get(position).into_opt() else {
        return;
    };
    if let Some((file, line)) = in_texts(files, src_id, start.to_usize()) {
        finding.file = Some(file);
        finding.line = Some(line);
    }
}

/// File and line of a position inside one of our texts; the standard library says nothing to an operator.
pub fn in_texts(files: &Files, id: FileId, start: usize) -> Option<(String, usize)> {
    let name = files.name(id).to_string_lossy().into_owned();
    let ours = name.strip_prefix(ROOT)?.strip_prefix('/')?;
    let before = files.source(id).get(..start)?;
    let line = before.bytes().filter(|byte| *byte == b'\n').count() + 1;
    Some((ours.to_owned(), line))
}

pub fn shown(value: &NickelValue) -> String {
    // Printing a long text whole takes long.
    if let Some(text) = value.to_nickel_string()
        && text.len() > 4 * VALUE_COLUMNS
    {
        let start: String = text.to_string().chars().take(VALUE_COLUMNS).collect();
        return cut(&format!("{start:?} "));
    }
    cut(&value.to_string())
}

/// A text that fits into a sentence.
pub fn cut(text: &str) -> String {
    if text.chars().count() <= VALUE_COLUMNS {
        return text.to_owned();
    }
    let cut: String = text.chars().take(VALUE_COLUMNS).collect();
    format!("{cut}…")
}
