//! Which setting lies behind what a forecast says of a role. Leaves to others: the words (`sentence`).

use super::choice::ChosenBy;
use super::forecast::Forecast;
use super::role::Role;
use super::settings::{Provider, limit_path, path};
use crate::path::FieldPath;

/// The setting of the model that a role calls, unless the workload names the model.
pub(super) fn model(forecast: &Forecast, role: &Role) -> Option<String> {
    if role.load.model.is_some() {
        return None;
    }
    let mut providers = forecast
        .settings
        .providers
        .iter()
        .filter(|provider| provider.on);
    let provider = match &role.load.provider {
        Some(name) => providers.find(|provider| provider.name == *name),
        None => providers.next(),
    };
    provider.map(|provider| format!("{}.{}_model", path::PROVIDERS, provider.name))
}

/// The first setting that differs and reaches this role; `None` when it is the workload or a price.
pub(super) fn of_change(
    before: &Forecast,
    after: &Forecast,
    was: &Role,
    is: &Role,
) -> Option<FieldPath> {
    let (b, a) = (&before.settings, &after.settings);
    if was.limit != is.limit {
        return Some(limit_path(is.name()));
    }
    let switches = [
        (b.tracking != a.tracking, path::TRACKING),
        (b.enforcement != a.enforcement, path::ENFORCEMENT),
        (b.window != a.window, path::WINDOW),
        (b.threshold_percent != a.threshold_percent, path::THRESHOLD),
        (b.auto_fallback != a.auto_fallback, path::AUTO_FALLBACK),
    ];
    if let Some((_, path)) = switches.into_iter().find(|(differs, _)| *differs) {
        return Some(path.into());
    }
    for provider in &a.providers {
        let old = b.provider(&provider.name);
        if let Some(path) = old.and_then(|old| provider_differs(old, provider)) {
            return Some(path);
        }
    }
    let by_strategy = is
        .choice
        .is_some_and(|choice| choice.by == ChosenBy::Strategy);
    if b.strategy != a.strategy && by_strategy {
        return Some(path::STRATEGY.into());
    }
    (b.chain != a.chain).then(|| path::CHAIN.into())
}

fn provider_differs(old: &Provider, new: &Provider) -> Option<FieldPath> {
    if old.on != new.on {
        return Some(new.switch());
    }
    (old.model != new.model)
        .then(|| FieldPath::new(&format!("{}.{}_model", path::PROVIDERS, new.name)))
}
