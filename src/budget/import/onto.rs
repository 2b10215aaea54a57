//! What was imported as a workload: over the one that is there, which keeps what the import says nothing of; and what
//! changes with it, one figure a line. Leaves to others: writing it (`cli`, `tui`).

use super::workload::{Imported, ImportedRole};
use crate::budget::workload::{Load, Workload};

impl Imported {
    /// A workload of these figures. Growth, model, provider and what is spent stay as `existing` has them where the
    /// import does not say them; roles that it does not name stay too, unless they are only a sample's.
    #[must_use]
    pub fn onto(&self, existing: Option<&Workload>) -> Workload {
        let old = |role: &str| existing.and_then(|existing| existing.role(role));
        let mut roles: Vec<Load> = existing
            .into_iter()
            .flat_map(|existing| {
                let kept = existing.roles.iter();
                kept.filter(|load| {
                    !existing.sample || self.roles.iter().any(|role| role.role == load.role)
                })
            })
            .cloned()
            .collect();
        for role in &self.roles {
            let load = load(role, old(&role.role));
            match roles.iter_mut().find(|known| known.role == role.role) {
                Some(known) => *known = load,
                None => roles.push(load),
            }
        }
        let description = existing.filter(|existing| !existing.sample);
        Workload {
            sample: false,
            description: description.map_or_else(String::new, |old| old.description.clone()),
            roles,
        }
    }
}

fn load(role: &ImportedRole, old: Option<&Load>) -> Load {
    let old = old.cloned().unwrap_or_default();
    let provider = role.provider.clone().or_else(|| old.provider.clone());
    Load {
        role: role.role.clone(),
        calls_a_day: role.calls_a_day,
        input_tokens: role.input_tokens,
        output_tokens: role.output_tokens,
        growth_percent: old.growth_percent,
        // A model is one of its provider's.
        model: old.model.filter(|_| provider == old.provider),
        provider,
        spent: old.spent,
    }
}

/// What differs from `before` to `after`, a role or a figure a line: `~ architect calls_a_day: 1750 -> 1800`.
#[must_use]
pub fn changes(before: Option<&Workload>, after: &Workload) -> Vec<String> {
    let mut lines = Vec::new();
    for load in &after.roles {
        match before.and_then(|before| before.role(&load.role)) {
            None => lines.push(format!("+ {}: {}", load.role, words(load))),
            Some(was) => {
                for ((name, was), (_, is)) in figures(was).into_iter().zip(figures(load)) {
                    if was != is {
                        lines.push(format!("~ {} {name}: {was} -> {is}", load.role));
                    }
                }
            }
        }
    }
    for was in before.into_iter().flat_map(|before| &before.roles) {
        if after.role(&was.role).is_none() {
            lines.push(format!("- {}: {}", was.role, words(was)));
        }
    }
    if before.is_some_and(|before| before.sample) && !after.sample {
        lines.push("- sample".to_owned());
    }
    lines
}

fn figures(load: &Load) -> [(&'static str, String); 7] {
    let text = |text: &Option<String>| text.clone().unwrap_or_else(|| "(none)".to_owned());
    let spent = load.spent.map_or_else(
        || "(none)".to_owned(),
        |spent| format!("{} until {}", spent.amount, spent.until),
    );
    [
        ("calls_a_day", load.calls_a_day.to_string()),
        ("input_tokens", load.input_tokens.to_string()),
        ("output_tokens", load.output_tokens.to_string()),
        ("growth_percent", load.growth_percent.to_string()),
        ("provider", text(&load.provider)),
        ("model", text(&load.model)),
        ("spent", spent),
    ]
}

fn words(load: &Load) -> String {
    let provider = load.provider.as_deref();
    let provider = provider.map_or_else(String::new, |provider| format!(", {provider}"));
    format!(
        "{} calls a day of {} in, {} out{provider}",
        load.calls_a_day, load.input_tokens, load.output_tokens
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::Money;
    use crate::budget::workload::Spent;
    use crate::form::date::Date;

    fn imported(role: &str, calls_a_day: u64, provider: Option<&str>) -> Imported {
        Imported {
            roles: vec![ImportedRole {
                role: role.to_owned(),
                calls_a_day,
                input_tokens: 10,
                output_tokens: 5,
                provider: provider.map(str::to_owned),
                shares: Vec::new(),
                spent_micro_cents: None,
            }],
            period_seconds: None,
        }
    }

    fn existing(sample: bool) -> Workload {
        let load = |role: &str| Load {
            role: role.to_owned(),
            calls_a_day: 1,
            input_tokens: 2,
            output_tokens: 3,
            growth_percent: 5,
            provider: Some("claude".to_owned()),
            model: Some("claude-opus".to_owned()),
            spent: Some(Spent {
                amount: Money::of_cents(100),
                until: Date::parse("2026-11-20").unwrap(),
            }),
        };
        Workload {
            sample,
            description: "ours".to_owned(),
            roles: vec![load("architect"), load("testing")],
        }
    }

    #[test]
    fn what_an_import_does_not_say_stays() {
        let was = existing(false);
        let now = imported("architect", 7, None).onto(Some(&was));
        let architect = now.role("architect").unwrap();
        assert_eq!(
            (
                architect.calls_a_day,
                architect.growth_percent,
                architect.model.as_deref()
            ),
            (7, 5, Some("claude-opus"))
        );
        assert_eq!((now.roles.len(), now.description.as_str()), (2, "ours"));
        assert_eq!(architect.spent, was.roles[0].spent);
        assert_eq!(
            changes(Some(&was), &now),
            [
                "~ architect calls_a_day: 1 -> 7",
                "~ architect input_tokens: 2 -> 10",
                "~ architect output_tokens: 3 -> 5"
            ]
        );
    }

    #[test]
    fn a_model_goes_with_its_provider() {
        let now = imported("architect", 7, Some("openai")).onto(Some(&existing(false)));
        let architect = now.role("architect").unwrap();
        assert_eq!(
            (architect.provider.as_deref(), &architect.model),
            (Some("openai"), &None)
        );
    }

    #[test]
    fn what_is_only_a_sample_goes() {
        let was = existing(true);
        let now = imported("planner", 7, None).onto(Some(&was));
        assert_eq!((now.roles.len(), now.sample), (1, false));
        assert_eq!(
            changes(Some(&was), &now),
            [
                "+ planner: 7 calls a day of 10 in, 5 out",
                "- architect: 1 calls a day of 2 in, 3 out, claude",
                "- testing: 1 calls a day of 2 in, 3 out, claude",
                "- sample"
            ]
        );
        assert_eq!(changes(Some(&now), &now), Vec::<String>::new());
        assert_eq!(changes(None, &now).len(), 1);
    }
}
