//! A forecast kept in a file, to be compared with later: its figures, and what they were made of. What is read is not
//! trusted. Leaves to others: reading and writing the file (`store`, `cli`).

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::calendar::MOST_DAYS;
use super::figures::Figures;
use super::forecast::Forecast;
use super::settings::{Enforced, Settings, path};
use crate::problem::Problem;

/// The format that this version writes and reads.
pub const FORMAT: u64 = 1;

/// A saved forecast.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    pub format: u64,
    /// What was forecast, as a person would say it: `profile enterprise`.
    pub configuration: String,
    pub profile: String,
    pub workload: String,
    /// Its calls and tokens were a sample.
    pub sample: bool,
    /// The settings that decided, by path, each as text.
    pub settings: BTreeMap<String, String>,
    #[serde(flatten)]
    pub figures: Figures,
}

impl Estimate {
    #[must_use]
    pub fn of(forecast: &Forecast, configuration: &str, profile: &str, workload: &str) -> Self {
        Self {
            format: FORMAT,
            configuration: configuration.to_owned(),
            profile: profile.to_owned(),
            workload: workload.to_owned(),
            sample: forecast.sample,
            settings: settings(&forecast.settings),
            figures: Figures::of(forecast),
        }
    }

    /// The text of the file, ending in a line feed.
    #[must_use]
    pub fn text(&self) -> String {
        crate::report::text(&self.json())
    }

    #[must_use]
    pub fn json(&self) -> Json {
        // Only keys that are no text could not be written.
        serde_json::to_value(self).unwrap_or_default()
    }

    /// Reads the text of `file`.
    ///
    /// # Errors
    /// A problem when it is no estimate, one of a later version, or one whose figures do not add up.
    pub fn read(file: &Path, text: &str) -> Result<Self, Problem> {
        let refuse = |message: String, hint: &str, line: Option<usize>| {
            Problem::error(message).hint(hint).in_file(file, line)
        };
        const SAVE: &str = "vapora-tui budget --save FILE writes one.";
        let broken = |error: &serde_json::Error| {
            let line = Some(error.line()).filter(|line| *line > 0);
            refuse(
                "It is no estimate, or it is damaged.".to_owned(),
                SAVE,
                line,
            )
        };
        let json: Json = serde_json::from_str(text).map_err(|error| broken(&error))?;
        match json.get("format").and_then(Json::as_u64) {
            Some(FORMAT) => {}
            Some(later) if later > FORMAT => {
                return Err(refuse(
                    format!("It is an estimate of format {later}; this version reads format 1."),
                    "Use the version that wrote it, or a later one.",
                    None,
                ));
            }
            _ => return Err(refuse("It is no estimate.".to_owned(), SAVE, None)),
        }
        let estimate: Self = serde_json::from_str(text).map_err(|error| broken(&error))?;
        let days = estimate.figures.days;
        if !(1..=MOST_DAYS).contains(&days) || !estimate.figures.add_up() {
            return Err(refuse(
                "Its figures do not add up, so it is damaged or was changed.".to_owned(),
                "Save it again from the configuration that it was made of.",
                None,
            ));
        }
        Ok(estimate)
    }

    /// The settings that differ from those of another, with both texts; empty where there is none.
    #[must_use]
    pub fn settings_differ<'e>(&'e self, after: &'e Self) -> Vec<(&'e str, &'e str, &'e str)> {
        let paths = self.settings.keys().chain(
            after
                .settings
                .keys()
                .filter(|path| !self.settings.contains_key(*path)),
        );
        let of = |estimate: &'e Self, path: &String| {
            estimate.settings.get(path).map_or("", String::as_str)
        };
        paths
            .map(|path| (path.as_str(), of(self, path), of(after, path)))
            .filter(|(_, before, after)| before != after)
            .collect()
    }
}

fn settings(settings: &Settings) -> BTreeMap<String, String> {
    let word = |on: bool| on.to_string();
    let mut found: BTreeMap<String, String> = [
        (path::TRACKING, word(settings.tracking)),
        (path::ENFORCEMENT, word(settings.enforcement)),
        (path::WINDOW, settings.window.word().to_owned()),
        (path::THRESHOLD, settings.threshold_percent.to_string()),
        (path::AUTO_FALLBACK, word(settings.auto_fallback)),
        (path::STRATEGY, settings.strategy.word().to_owned()),
        (path::CHAIN, settings.chain.join(", ")),
    ]
    .map(|(path, text)| (path.to_owned(), text))
    .into();
    for provider in &settings.providers {
        found.insert(provider.switch().to_string(), word(provider.on));
        let model = format!("{}.{}_model", path::PROVIDERS, provider.name);
        found.insert(model, provider.model.clone());
    }
    for role in &settings.roles {
        let limit = role.limit.map(super::Money::cents).unwrap_or_default();
        found.insert(role.path().to_string(), limit);
    }
    found
}

/// Is a limit applied at all? Else why not, in a sentence.
#[must_use]
pub fn not_enforced(settings: &Settings) -> Option<&'static str> {
    match settings.enforced() {
        Enforced::On => None,
        Enforced::NotTracked => Some("Cost tracking is off, so no limit is ever reached."),
        Enforced::Off => Some("Budget enforcement is off, so no limit is ever reached."),
    }
}
