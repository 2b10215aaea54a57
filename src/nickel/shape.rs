//! The shape of a profile: a record whose sections are records without a priority, and whose other keys are settings.
//! What is not so is left out and said with its line; the rest of the profile counts.

use nickel_lang_core::cache::ImportResolver;
use nickel_lang_core::eval::value::{Container, NickelValue, ValueContentRef};
use nickel_lang_core::identifier::LocIdent;
use nickel_lang_core::position::TermPos;
use nickel_lang_core::term::MergePriority;
use nickel_lang_core::term::record::{Field, RecordData};

use super::engine::{self, Machine};
use super::finding;
use super::protocol::{Finding, Weight};
use crate::problem;

/// The profile with its faults taken out, and those faults. A profile that cannot be evaluated at all is `None`.
pub fn fit(
    machine: &mut Machine,
    profile: &NickelValue,
    name: &str,
    settings: &[&str],
) -> (Option<NickelValue>, Vec<Finding>) {
    let mut shape = Shape {
        settings,
        faults: Vec::new(),
    };
    let fitted = match machine.eval(profile.clone()) {
        Err(error) => {
            machine.reset();
            let mut fault = finding::from_evaluation(machine, "", &error);
            fault.path = None;
            shape.faults.push(fault);
            None
        }
        Ok(record) if engine::is_record(&record) => {
            let fitted = shape.section(machine, &record, "");
            Some(fitted.unwrap_or_else(|| profile.clone()))
        }
        Ok(_) => {
            let mut fault = finding::plain(Weight::Error, "The profile is no record of settings.");
            let hint = "Write for example { backend.port | priority -1 = 8001 }.";
            fault.hint = Some(hint.to_owned());
            shape.faults.push(fault);
            None
        }
    };
    for fault in &mut shape.faults {
        fault.file.get_or_insert_with(|| name.to_owned());
    }
    (fitted, shape.faults)
}

struct Shape<'s> {
    settings: &'s [&'s str],
    faults: Vec<Finding>,
}

impl Shape<'_> {
    /// The section without its faults; `None` when it has none.
    fn section(
        &mut self,
        machine: &mut Machine,
        record: &NickelValue,
        above: &str,
    ) -> Option<NickelValue> {
        let ValueContentRef::Record(Container::Alloc(data)) = record.content_ref() else {
            return None;
        };
        let mut changed = false;
        let mut kept = Vec::new();
        for (id, field) in &data.fields {
            let path = match above {
                "" => id.label().to_owned(),
                _ => format!("{above}.{}", id.label()),
            };
            match self.field(machine, *id, field, &path) {
                Kept::Same => kept.push((*id, field.clone())),
                Kept::Changed(field) => {
                    changed = true;
                    kept.push((*id, field));
                }
                Kept::No => changed = true,
            }
        }
        changed.then(|| {
            NickelValue::record_posless(RecordData::new(
                kept.into_iter().collect(),
                data.attrs,
                None,
            ))
        })
    }

    fn field(&mut self, machine: &mut Machine, id: LocIdent, field: &Field, path: &str) -> Kept {
        let name = id.label();
        if name.contains('.') {
            let message = format!(
                "The name {} holds a dot.",
                finding::cut(&format!("{name:?}"))
            );
            let hint = "Write it without quotes: a dot divides a section from its setting.";
            self.say(machine, id.pos, path, message, hint.to_owned());
            return Kept::No;
        }
        if self.settings.contains(&path) {
            return Kept::Same;
        }
        let within = |setting: &&str| {
            let rest = setting.strip_prefix(path);
            rest.is_some_and(|rest| rest.starts_with('.'))
        };
        let Some(first) = self.settings.iter().copied().find(within) else {
            let hint = match problem::nearest(path, self.settings.iter().copied()) {
                Some(near) => format!("Did you mean {near}?"),
                None => "Take it out.".to_owned(),
            };
            self.say(
                machine,
                id.pos,
                path,
                format!("{} is not a setting.", finding::cut(path)),
                hint,
            );
            return Kept::No;
        };
        let Some(value) = field.value.clone() else {
            return Kept::Same;
        };
        let Ok(value) = machine.eval(value) else {
            // Evaluating the whole says why.
            machine.reset();
            return Kept::Same;
        };
        if !engine::is_record(&value) {
            let message = format!("{path} is a section, not a setting.");
            let hint = format!("Name one of its settings, for example {first}.");
            self.say(machine, id.pos, path, message, hint);
            return Kept::No;
        }
        let mut metadata = field.metadata.clone_inner();
        let plain = matches!(metadata.priority, MergePriority::Neutral);
        if !plain {
            // It would replace the whole section in silence.
            let message = format!("The profile gives the whole section {path} a priority.");
            let hint =
                "Write priorities on single values, for example `port | priority -1 = 8001`.";
            self.say(machine, id.pos, path, message, hint.to_owned());
            metadata.priority = MergePriority::Neutral;
        }
        let section = self.section(machine, &value, path);
        if plain && section.is_none() {
            return Kept::Same;
        }
        Kept::Changed(Field {
            value: section.map(engine::thunk).or_else(|| field.value.clone()),
            metadata: metadata.into(),
            pending_contracts: field.pending_contracts.clone(),
        })
    }

    fn say(&mut self, machine: &Machine, pos: TermPos, path: &str, message: String, hint: String) {
        let mut fault = finding::plain(Weight::Error, message);
        fault.hint = Some(hint);
        fault.path = Some(finding::cut(path));
        let files = machine.import_resolver().files();
        if let Some(span) = pos.as_opt_ref()
            && let Some((file, line)) = finding::in_texts(files, span.src_id, span.start.to_usize())
        {
            fault.file = Some(file);
            fault.line = Some(line);
        }
        self.faults.push(fault);
    }
}

enum Kept {
    Same,
    Changed(Field),
    No,
}
