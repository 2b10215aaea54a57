//! Walks an evaluated configuration to its leaves and never stops at the first fault.
//! After every error the machine is reset: its stack would be applied to the next value otherwise.

use nickel_lang_core::eval::value::NickelValue;
use nickel_lang_core::term::MergePriority;
use nickel_lang_core::term::record::Field;
use serde_json::Value as Json;

use super::engine::{self, Machine, OVERLAY_PRIORITY};
use super::finding;
use super::held::{self, Held};
use super::protocol::{Finding, Layer};

/// One leaf as found.
pub struct Leaf {
    pub path: String,
    pub value: Option<Json>,
    pub layer: Option<Layer>,
    pub doc: Option<String>,
}

/// What a walk gathers.
#[derive(Default)]
pub struct Walk {
    pub leaves: Vec<Leaf>,
    pub findings: Vec<Finding>,
    /// Describe instead of judging: doc sentences, and values as they stand, no leaf held against its contract.
    pub describes: bool,
    /// What held its contracts in earlier walks.
    pub held: Held,
    /// How many of the sections around read something outside them.
    pub reading: usize,
}

impl Walk {
    /// Walks a whole configuration.
    pub fn whole(&mut self, machine: &mut Machine, root: NickelValue) {
        match machine.eval(root) {
            Ok(record) => self.record(machine, &record, ""),
            Err(error) => {
                machine.reset();
                self.findings
                    .push(finding::from_evaluation(machine, "", &error));
            }
        }
    }

    fn record(&mut self, machine: &mut Machine, record: &NickelValue, above: &str) {
        for (name, field) in engine::fields(record) {
            let path = if above.is_empty() {
                name
            } else {
                format!("{above}.{name}")
            };
            self.field(machine, &field, path);
        }
    }

    fn section(&mut self, machine: &mut Machine, field: &Field, record: &NickelValue, path: &str) {
        let reads = usize::from(!held::stands_alone(field));
        self.reading += reads;
        self.record(machine, record, path);
        self.reading -= reads;
    }

    /// Walks one field: a leaf, or a section with all below it.
    pub fn field(&mut self, machine: &mut Machine, field: &Field, path: String) {
        let Some(value) = field.value_with_pending_contracts() else {
            if !field.metadata.opt() {
                let mut missing = finding::missing();
                missing.path = Some(path.clone());
                self.findings.push(missing);
            }
            self.leaf(field, path, None);
            return;
        };
        if self.describes {
            let raw = field.value.clone().map(|value| machine.eval(value));
            if let Some(Ok(raw)) = raw
                && !engine::is_record(&raw)
            {
                let json = engine::export(machine, raw);
                self.leaf(field, path, json);
                return;
            }
            machine.reset();
        }
        let typed = layer_of(field) == Layer::Overlay;
        let given = if self.reading == 0 {
            held::given(machine, field)
        } else {
            None
        };
        let known = given
            .as_ref()
            .and_then(|given| self.held.passed(&path, given));
        if known.is_some() {
            self.leaf(field, path, known);
            return;
        }
        match machine.eval(value) {
            Ok(value) if engine::is_record(&value) => self.section(machine, field, &value, &path),
            Ok(value) => {
                let json = match machine.eval_full_for_export(value) {
                    Ok(value) => {
                        let json = serde_json::to_value(&value).ok();
                        if let (Some(given), Some(json)) = (given, &json) {
                            self.held.pass(&path, given, json.clone());
                        }
                        json
                    }
                    Err(error) => {
                        machine.reset();
                        self.findings
                            .push(finding::of_value(machine, &path, &error, typed));
                        raw(machine, field)
                    }
                };
                self.leaf(field, path, json);
            }
            Err(error) => {
                machine.reset();
                self.findings
                    .push(finding::of_value(machine, &path, &error, typed));
                self.below_a_fault(machine, field, path);
            }
        }
    }

    /// A broken section hides nothing: its fields are walked without its contract.
    fn below_a_fault(&mut self, machine: &mut Machine, field: &Field, path: String) {
        let raw = field.value.clone().map(|value| machine.eval(value));
        match raw {
            Some(Ok(value)) if engine::is_record(&value) => {
                self.section(machine, field, &value, &path);
            }
            Some(Ok(value)) => {
                let json = engine::export(machine, value);
                self.leaf(field, path, json);
            }
            Some(Err(_)) | None => {
                machine.reset();
                self.leaf(field, path, None);
            }
        }
    }

    fn leaf(&mut self, field: &Field, path: String, value: Option<Json>) {
        let layer = value.is_some().then(|| layer_of(field));
        let doc = if self.describes {
            field.metadata.doc().map(str::to_owned)
        } else {
            None
        };
        self.leaves.push(Leaf {
            path,
            value,
            layer,
            doc,
        });
    }
}

fn raw(machine: &mut Machine, field: &Field) -> Option<Json> {
    engine::export(machine, field.value.clone()?)
}

/// The merge priority tells who set a value.
fn layer_of(field: &Field) -> Layer {
    match field.metadata.priority() {
        MergePriority::Bottom => Layer::Schema,
        MergePriority::Top => Layer::Forced,
        MergePriority::Numeral(n) if *n == OVERLAY_PRIORITY => Layer::Overlay,
        // As good as forced: no overlay gets through it.
        MergePriority::Numeral(n) if *n > OVERLAY_PRIORITY => Layer::Forced,
        MergePriority::Numeral(_) | MergePriority::Neutral => Layer::Profile,
    }
}
