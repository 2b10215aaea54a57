//! A Nickel context that keeps the parsed schema and profiles, and the few terms built by hand.
//! Leaves to others: walking results (`walk`), turning errors into findings (`finding`).

use nickel_lang_core::cache::{CacheHub, InputFormat, SourcePath};
use nickel_lang_core::error::{Error, NullReporter};
use nickel_lang_core::eval::cache::CacheImpl;
use nickel_lang_core::eval::cache::lazy::ThunkData;
use nickel_lang_core::eval::value::{Container, NickelValue, ValueContentRef};
use nickel_lang_core::eval::{VirtualMachine, VmContext};
use nickel_lang_core::files::FileId;
use nickel_lang_core::identifier::LocIdent;
use nickel_lang_core::label::Label;
use nickel_lang_core::position::PosIdx;
use nickel_lang_core::term::record::{Field, FieldMetadata, RecordAttrs, RecordData};
use nickel_lang_core::term::{
    BinaryOp, MergePriority, Number, RuntimeContract, Term, UnaryOp, make,
};
use serde::Deserialize;
use serde_json::Value as Json;

pub type Context = VmContext<CacheHub, CacheImpl>;
pub type Machine<'a> = VirtualMachine<'a, CacheHub, CacheImpl>;

/// The texts live under this folder, which exists in memory only.
pub const ROOT: &str = "/texts-handed-over";

/// The priority of the overlay: above every plain and numbered value of a profile, below `force` (DESIGN 2).
pub const OVERLAY_PRIORITY: i64 = 1000;

/// A context without output of its own: `std.trace` must not reach the terminal.
pub fn context() -> Context {
    let mut context = VmContext::new(CacheHub::new(), std::io::sink(), NullReporter {});
    // A machine needs the library also where no text could be compiled. It is a part of the crate and has no faults.
    drop(
        context
            .import_resolver
            .prepare_stdlib(&mut context.pos_table),
    );
    context
}

/// The language that the ending of a text's name says: Nickel, or data that Nickel reads by itself.
pub fn language(name: &str) -> InputFormat {
    let known = InputFormat::from_path(name);
    known
        .filter(|format| *format != InputFormat::Text)
        .unwrap_or_default()
}

/// Makes a text importable under its name.
pub fn add(context: &mut Context, name: &str, text: &str) -> FileId {
    let path = SourcePath::Path(format!("{ROOT}/{name}").into(), language(name));
    context
        .import_resolver
        .sources
        .add_string(path, text.to_owned())
}

/// Parses, checks and compiles a text; what comes back is evaluated once and shared.
pub fn prepare(context: &mut Context, id: FileId, typecheck: bool) -> Result<NickelValue, Error> {
    if typecheck {
        context.prepare_eval(id)
    } else {
        context.prepare_eval_only(id)
    }
}

pub fn access(record: NickelValue, field: &str) -> NickelValue {
    make::op1(UnaryOp::RecordAccess(LocIdent::from(field)), record)
}

pub fn merge(left: NickelValue, right: NickelValue) -> NickelValue {
    make::op2(BinaryOp::Merge(Label::default().into()), left, right)
}

pub fn apply_contract(value: NickelValue, contract: NickelValue) -> NickelValue {
    RuntimeContract::new(contract, Label::default()).apply(value, PosIdx::NONE)
}

pub fn call(function: NickelValue, argument: NickelValue) -> NickelValue {
    NickelValue::term_posless(Term::app(function, argument))
}

/// The fields of an evaluated record, in its own order.
pub fn fields(record: &NickelValue) -> Vec<(String, Field)> {
    let named = named_fields(record).into_iter();
    named
        .map(|(name, field)| (name.label().to_owned(), field))
        .collect()
}

/// As [`fields`], with the place of each name.
pub fn named_fields(record: &NickelValue) -> Vec<(LocIdent, Field)> {
    match record.content_ref() {
        ValueContentRef::Record(Container::Alloc(data)) => data
            .fields
            .iter()
            .map(|(name, field)| (*name, field.clone()))
            .collect(),
        _ => Vec::new(),
    }
}

pub fn is_record(value: &NickelValue) -> bool {
    matches!(value.content_ref(), ValueContentRef::Record(_))
}

/// Evaluates to plain data.
pub fn export(machine: &mut Machine, value: NickelValue) -> Option<Json> {
    if let Ok(value) = machine.eval_full_for_export(value) {
        return serde_json::to_value(&value).ok();
    }
    machine.reset();
    None
}

/// Dotted paths with values as one record, every leaf at [`OVERLAY_PRIORITY`]. No Nickel text is made of them.
pub fn overlay(values: &[(String, Json)]) -> NickelValue {
    let priority = MergePriority::Numeral(Number::from(OVERLAY_PRIORITY));
    record(values, &priority)
}

/// Dotted paths with values as one plain record, without contracts. Reading a field of a record under contract
/// applies the contract again at each reading, so what is read often is read from here.
pub fn plain(values: &[(String, Json)]) -> NickelValue {
    record(values, &MergePriority::Neutral)
}

fn record(values: &[(String, Json)], priority: &MergePriority) -> NickelValue {
    let mut root = Branch::default();
    for (path, value) in values {
        let Ok(value) = NickelValue::deserialize(value) else {
            continue;
        };
        let mut branch = &mut root;
        for name in path.split('.') {
            branch = branch.child(name);
        }
        branch.leaf = Some(value);
    }
    root.into_record(priority)
}

/// The machine takes fields that are no constants for thunks.
pub fn thunk(value: NickelValue) -> NickelValue {
    if value.is_constant() {
        return value;
    }
    NickelValue::thunk_posless(ThunkData::new(value.into()))
}

#[derive(Default)]
struct Branch {
    leaf: Option<NickelValue>,
    children: Vec<(String, Branch)>,
}

impl Branch {
    fn child(&mut self, name: &str) -> &mut Self {
        // Paths come sorted, so the last child is mostly the one.
        let known = self.children.iter().rposition(|(n, _)| n == name);
        let at = known.unwrap_or_else(|| {
            self.children.push((name.to_owned(), Self::default()));
            self.children.len() - 1
        });
        &mut self.children[at].1
    }

    fn into_record(self, priority: &MergePriority) -> NickelValue {
        let fields = self.children.into_iter().map(|(name, mut child)| {
            let field = match child.leaf.take() {
                Some(value) => Field {
                    value: Some(thunk(value)),
                    metadata: FieldMetadata {
                        priority: priority.clone(),
                        ..FieldMetadata::default()
                    }
                    .into(),
                    pending_contracts: Vec::new(),
                },
                None => Field::from(thunk(child.into_record(priority))),
            };
            (LocIdent::from(name.as_str()), field)
        });
        NickelValue::record_posless(RecordData::new(
            fields.collect(),
            RecordAttrs::default(),
            None,
        ))
    }
}
