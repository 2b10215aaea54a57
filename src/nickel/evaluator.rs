//! Judges configurations: the schema's contracts and rules, and the profiles, each compiled when it is first asked for.
//! A profile that cannot be compiled, or never comes to an end, therefore spoils nothing but itself.

use std::collections::{BTreeMap, HashMap};

use nickel_lang_core::eval::value::NickelValue;

use super::describe::describe;
use super::engine::{self, Context, Machine};
use super::finding;
use super::imports::Imports;
use super::protocol::{Description, Finding, JudgedLeaf, SourceText, Weight};
use super::reach::Sections;
use super::rules::{self, Rule};
use super::shape;
use super::texts::{ENTRY, is_nickel, is_profile};

#[derive(Default)]
pub struct Evaluator {
    imports: Imports,
    /// Nickel texts by name, and whether they are shipped.
    shipped: BTreeMap<String, bool>,
    entry: Option<NickelValue>,
    /// The contract of the whole configuration.
    config: Option<NickelValue>,
    pub description: Description,
    positions: HashMap<String, usize>,
    /// A profile that was compiled and not looked at yet.
    compiled: Option<(String, Result<NickelValue, Vec<Finding>>)>,
    /// What counts of each, and what is wrong with it.
    profiles: BTreeMap<String, (Option<NickelValue>, Vec<Finding>)>,
    errors: Vec<Rule>,
    warnings: Vec<Rule>,
    sections: Sections,
    pub findings: Vec<Finding>,
}

impl Evaluator {
    /// Compiles the schema.
    pub fn load(context: &mut Context, texts: &[SourceText]) -> Self {
        let mut evaluator = Self::default();
        for text in texts {
            let id = engine::add(context, &text.name, &text.text);
            evaluator.imports.add(&text.name, id);
            if is_nickel(&text.name) {
                evaluator.shipped.insert(text.name.clone(), text.shipped);
            }
        }
        // Shipped texts are type-checked by a test; a workspace's own always are.
        let own = texts
            .iter()
            .any(|t| !t.shipped && !is_profile(&t.name) && is_nickel(&t.name));
        match evaluator.compile(context, ENTRY, own) {
            Some(Ok(entry)) => evaluator.entry = Some(entry),
            Some(Err(faults)) => {
                // Where an import leads to one that is refused, why that one is.
                let refused = evaluator.imports.all_faults();
                evaluator.findings = if refused.is_empty() { faults } else { refused };
            }
            None => {}
        }
        evaluator
    }

    fn compile(
        &mut self,
        context: &mut Context,
        name: &str,
        typecheck: bool,
    ) -> Option<Result<NickelValue, Vec<Finding>>> {
        let id = self.imports.id(name)?;
        // Shipped texts import only each other.
        let all_shipped = self.shipped.values().all(|shipped| *shipped);
        if !all_shipped {
            let faults = self.imports.faults(context, name);
            if !faults.is_empty() {
                return Some(Err(faults));
            }
        }
        let compiled = engine::prepare(context, id, typecheck);
        Some(compiled.map_err(|error| finding::from_loading(context, error)))
    }

    /// Reads schema and rules off what was compiled.
    pub fn describe(&mut self, machine: &mut Machine) {
        let Some(entry) = self.entry.take() else {
            return;
        };
        self.description = describe(machine, &entry);
        self.errors = rules::read(machine, &entry, "errors", Weight::Error, &mut self.findings);
        self.warnings = rules::read(
            machine,
            &entry,
            "warnings",
            Weight::Warning,
            &mut self.findings,
        );
        let fields = self.description.fields.iter().enumerate();
        self.positions = fields.map(|(i, field)| (field.path.clone(), i)).collect();
        self.config = Some(engine::access(entry, "Config"));
    }

    /// Can this profile be judged by, or is it known that there is none?
    pub fn ready(&self, profile: Option<&str>) -> bool {
        profile
            .is_none_or(|name| self.profiles.contains_key(name) || !self.shipped.contains_key(name))
    }

    /// Compiles a profile, without a machine on the context; [`Evaluator::fit`] must follow.
    pub fn prepare(&mut self, context: &mut Context, name: &str) {
        let own = self.shipped.get(name) == Some(&false);
        let compiled = self.compile(context, name, own);
        self.compiled = compiled.map(|compiled| (name.to_owned(), compiled));
    }

    /// Takes the faults out of the profile that was compiled last.
    pub fn fit(&mut self, machine: &mut Machine) {
        let Some((name, compiled)) = self.compiled.take() else {
            return;
        };
        let fields = self.description.fields.iter();
        let settings: Vec<_> = fields.map(|field| field.path.as_str()).collect();
        let fitted = match compiled {
            // Without a schema nothing is known of its settings.
            Ok(profile) if settings.is_empty() => (Some(profile), Vec::new()),
            Ok(profile) => shape::fit(machine, &profile, &name, &settings),
            Err(faults) => (None, faults),
        };
        self.profiles.insert(name, fitted);
    }

    /// Judges values by path, laid over a profile that is [`Evaluator::ready`].
    pub fn evaluate(
        &mut self,
        machine: &mut Machine,
        profile: Option<&str>,
        values: Vec<(String, serde_json::Value)>,
    ) -> (Vec<JudgedLeaf>, Vec<Finding>) {
        let mut leaves = vec![JudgedLeaf::default(); self.description.fields.len()];
        let Some(contract) = self.config.clone() else {
            // Loading said why.
            return (leaves, Vec::new());
        };
        let mut findings = Vec::new();
        let overlay = engine::overlay(&values);
        let merged = match profile.map(|name| (name, self.profiles.get(name))) {
            None => overlay,
            Some((_, Some((profile, faults)))) => {
                findings.extend(faults.iter().cloned());
                match profile {
                    Some(profile) => engine::merge(profile.clone(), overlay),
                    None => overlay,
                }
            }
            Some((name, None)) => {
                let message = format!("There is no profile text {name}.");
                let mut fault = finding::plain(Weight::Error, message);
                fault.hint = Some("Choose another profile.".into());
                findings.push(fault);
                overlay
            }
        };
        let whole = engine::apply_contract(merged, contract);
        match machine.eval(whole) {
            Ok(whole) => {
                self.sections.walk(machine, &whole, profile, values);
                findings.extend(self.sections.findings().cloned());
                let values = self.sections.leaves().filter_map(|leaf| {
                    let value = leaf.value.as_ref()?;
                    Some((leaf.path.as_str(), value))
                });
                let values = values.collect();
                for rules in [&mut self.errors, &mut self.warnings] {
                    rules::ask(machine, rules, &values, &mut findings);
                }
                for leaf in self.sections.leaves() {
                    if let Some(position) = self.positions.get(&leaf.path) {
                        leaves[*position] = JudgedLeaf {
                            value: leaf.value.clone(),
                            set_by: leaf.layer,
                        };
                    }
                }
            }
            Err(error) => {
                machine.reset();
                let mut fault = finding::of_value(machine, "", &error, true);
                fault.path = None;
                findings.push(fault);
                self.sections.forget();
            }
        }
        (leaves, findings)
    }
}
