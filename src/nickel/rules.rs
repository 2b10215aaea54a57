//! The rules across fields, `constraints/errors.ncl` and `constraints/warnings.ncl`, evaluated after the contracts.
//! A rule is asked only when none of the fields it reads has a problem of its own.

use std::collections::HashMap;

use nickel_lang_core::eval::value::NickelValue;
use serde::Deserialize;
use serde_json::Value as Json;

use super::engine::{self, Machine};
use super::finding;
use super::protocol::{Finding, Weight};

/// Where the lists stand, each in a text of its name.
const FOLDER: &str = "assets/schemas/platform/constraints";

/// One rule: its data, and its three functions of the whole configuration.
pub struct Rule {
    weight: Weight,
    path: String,
    reads: Vec<String>,
    holds: NickelValue,
    message: NickelValue,
    hint: NickelValue,
    /// What it saw when it was asked last, and what it said to that.
    seen: Option<Vec<(String, Json)>>,
    said: Option<Finding>,
}

#[derive(Deserialize)]
struct Data {
    path: String,
    reads: Vec<String>,
    #[serde(default)]
    open: bool,
}

/// Reads one list of rules off the schema's entry; a rule that is no rule becomes a finding.
pub fn read(
    machine: &mut Machine,
    entry: &NickelValue,
    list: &str,
    weight: Weight,
    findings: &mut Vec<Finding>,
) -> Vec<Rule> {
    let mut rules = Vec::new();
    let all = match machine.eval(engine::access(entry.clone(), list)) {
        Ok(all) => all,
        Err(error) => {
            machine.reset();
            let mut finding = finding::from_evaluation(machine, "", &error);
            finding.path = None;
            findings.push(finding);
            return rules;
        }
    };
    let file = format!("{FOLDER}/{list}.ncl");
    let Some(array) = all.as_array() else {
        let mut fault = finding::plain(Weight::Error, format!("`{list}` is no list of rules."));
        fault.hint = Some("Write [] when there are none.".into());
        fault.file = Some(file);
        findings.push(fault);
        return rules;
    };
    let items: Vec<NickelValue> = array.iter_with_pending_contracts(all.pos_idx()).collect();
    for (i, item) in items.into_iter().enumerate() {
        if let Some(rule) = rule(machine, item, weight) {
            rules.push(rule);
        } else {
            let message = format!("Rule {} of `{list}` is no rule.", i + 1);
            let mut fault = finding::plain(Weight::Error, message);
            fault.hint = Some("Give it path, reads, holds, message and hint.".into());
            fault.file = Some(file.clone());
            findings.push(fault);
        }
    }
    rules
}

fn rule(machine: &mut Machine, item: NickelValue, weight: Weight) -> Option<Rule> {
    let Ok(record) = machine.eval(item) else {
        machine.reset();
        return None;
    };
    let mut data = serde_json::Map::new();
    let mut functions = [None, None, None];
    for (name, field) in engine::fields(&record) {
        let value = field.value_with_pending_contracts()?;
        match name.as_str() {
            "holds" => functions[0] = Some(value),
            "message" => functions[1] = Some(value),
            "hint" => functions[2] = Some(value),
            _ => {
                data.insert(name, engine::export(machine, value)?);
            }
        }
    }
    let data: Data = serde_json::from_value(data.into()).ok()?;
    let [holds, message, hint] = functions;
    Some(Rule {
        weight: if data.open { Weight::Open } else { weight },
        path: data.path,
        reads: data.reads,
        holds: holds?,
        message: message?,
        hint: hint?,
        seen: None,
        said: None,
    })
}

/// Values of leaves by path.
pub type Values<'a> = HashMap<&'a str, &'a Json>;

/// The findings of all rules that do not hold. A rule sees the fields it says it reads and no other, so while those
/// stay as they are its answer does too.
pub fn ask(machine: &mut Machine, rules: &mut [Rule], values: &Values, found: &mut Vec<Finding>) {
    let broken: Vec<String> = found.iter().filter_map(|f| f.path.clone()).collect();
    let is_broken = |path: &String| {
        broken.iter().any(|b| {
            b == path
                || b.is_empty()
                || path
                    .strip_prefix(b.as_str())
                    .is_some_and(|r| r.starts_with('.'))
        })
    };
    for rule in rules {
        if rule.reads.iter().any(is_broken) {
            continue;
        }
        let seen: Vec<(String, Json)> = rule
            .reads
            .iter()
            .filter_map(|path| Some((path.clone(), (*values.get(path.as_str())?).clone())))
            .collect();
        if rule.seen.as_ref() != Some(&seen) {
            rule.said = rule.judge(machine, &engine::plain(&seen));
            rule.seen = Some(seen);
        }
        found.extend(rule.said.clone());
    }
}

impl Rule {
    fn judge(&self, machine: &mut Machine, config: &NickelValue) -> Option<Finding> {
        let mut call = |function: &NickelValue| {
            machine
                .eval(engine::call(function.clone(), config.clone()))
                .map_err(|error| {
                    machine.reset();
                    finding::from_evaluation(machine, &self.path, &error)
                })
        };
        match call(&self.holds) {
            Ok(holds) if holds.is_bool_true() => None,
            Ok(_) => {
                let mut say = |function| {
                    let said = call(function).ok()?;
                    said.to_nickel_string().map(|text| text.to_string())
                };
                let message = say(&self.message);
                let hint = say(&self.hint).filter(|hint| !hint.is_empty());
                let mut finding = finding::plain(
                    self.weight,
                    message.unwrap_or_else(|| "A rule does not hold.".into()),
                );
                finding.path = Some(self.path.clone());
                finding.hint = hint;
                Some(finding)
            }
            Err(fault) => Some(fault),
        }
    }
}
