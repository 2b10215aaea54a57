//! The rules across fields, `constraints/errors.ncl` and `constraints/warnings.ncl`, evaluated after the contracts.
//! A rule is asked only when none of the fields it reads has a problem of its own.

use nickel_lang_core::eval::value::NickelValue;
use serde::Deserialize;

use super::engine::{self, Machine};
use super::finding;
use super::protocol::{Finding, Weight};

/// One rule: its data, and its three functions of the whole configuration.
pub struct Rule {
    weight: Weight,
    path: String,
    reads: Vec<String>,
    holds: NickelValue,
    message: NickelValue,
    hint: NickelValue,
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
    let items: Vec<NickelValue> = all.as_array().map_or_else(Vec::new, |array| {
        array.iter_with_pending_contracts(all.pos_idx()).collect()
    });
    for (i, item) in items.into_iter().enumerate() {
        match rule(machine, item, weight) {
            Some(rule) => rules.push(rule),
            None => findings.push(finding::plain(
                Weight::Error,
                format!("Rule {} of `{list}` is no rule: it needs path, reads, holds, message and hint.", i + 1),
            )),
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
    })
}

/// The findings of all rules that do not hold for `config`.
pub fn ask(machine: &mut Machine, rules: &[Rule], config: &NickelValue, found: &mut Vec<Finding>) {
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
        match machine.eval(engine::call(rule.holds.clone(), config.clone())) {
            Ok(holds) if holds.is_bool_true() => {}
            Ok(_) => {
                let mut say = |function: &NickelValue| {
                    engine::export(machine, engine::call(function.clone(), config.clone()))
                        .and_then(|json| json.as_str().map(str::to_owned))
                };
                let message = say(&rule.message);
                let hint = say(&rule.hint).filter(|hint| !hint.is_empty());
                let mut finding = finding::plain(
                    rule.weight,
                    message.unwrap_or_else(|| "A rule does not hold.".into()),
                );
                finding.path = Some(rule.path.clone());
                finding.hint = hint;
                found.push(finding);
            }
            Err(error) => {
                machine.reset();
                let mut finding = finding::from_evaluation(machine, &rule.path, &error);
                finding.weight = Weight::Error;
                found.push(finding);
            }
        }
    }
}
