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
        const SAVE: &str = "vapora-tui budget --save FILE writes one.";
        let refuse = |message: String, hint: &str, line: Option<usize>| {
            Problem::error(message).hint(hint).in_file(file, line)
        };
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::budget::{Inputs, Money, Start};
    use crate::form::date::Date;
    use crate::workspace::Workspace;

    fn estimate() -> Estimate {
        let inputs = Inputs::read(&Workspace::at("/nowhere"), None);
        let workload = inputs.workload("enterprise").unwrap();
        let start = Start::month(Date::parse("2026-11-01").unwrap());
        let forecast = Forecast::of(&Settings::default(), workload, &inputs.prices, start);
        Estimate::of(&forecast, "profile own", "own", "enterprise")
    }

    fn read(text: &str) -> Result<Estimate, String> {
        Estimate::read(Path::new("e.json"), text).map_err(|problem| problem.sentence())
    }

    #[test]
    fn an_estimate_reads_back_as_it_was() {
        let estimate = estimate();
        assert_eq!(read(&estimate.text()), Ok(estimate));
    }

    #[test]
    fn what_is_damaged_changed_or_newer_is_refused() {
        let estimate = estimate();
        let text = estimate.text();
        let no_sum = "Its figures do not add up, so it is damaged or was changed. Save it again from the \
                      configuration that it was made of.";
        let damaged =
            "It is no estimate, or it is damaged. vapora-tui budget --save FILE writes one.";
        let none = "It is no estimate. vapora-tui budget --save FILE writes one.";
        let mut other = estimate.clone();
        other.figures.total += Money::of_micro_cents(1);
        for (text, expected) in [
            (other.text().as_str(), no_sum),
            (&text.replace("\"days\": 30", "\"days\": 0"), no_sum),
            (&text.replace("\"days\": 30", "\"days\": 400"), no_sum),
            (&text.replace("\"days\": 30", "\"days\": -1"), damaged),
            (
                &text.replace("\"start\": \"2026", "\"start\": \"20x6"),
                damaged,
            ),
            (&text.replace("\"total_cents\"", "\"total\""), damaged),
            (&text[..text.len() / 2], damaged),
            ("", damaged),
            ("{}", none),
            ("[1]", none),
            ("{\"format\": 0}", none),
            (
                "{\"format\": 2}",
                "It is an estimate of format 2; this version reads format 1. Use the version that wrote it, or a later \
                 one.",
            ),
        ] {
            assert_eq!(read(text), Err(expected.to_owned()), "{text}");
        }
        let broken = Estimate::read(Path::new("e.json"), "{\n  \"format\": 1,\n  x").unwrap_err();
        assert_eq!(broken.place.unwrap().line, Some(3));
    }

    #[test]
    fn settings_that_differ_are_named_with_both() {
        let (before, mut after) = (estimate(), estimate());
        after
            .settings
            .insert(path::THRESHOLD.to_owned(), "75".to_owned());
        after.settings.insert("new".to_owned(), "1".to_owned());
        assert_eq!(
            before.settings_differ(&after),
            [(path::THRESHOLD, "80", "75"), ("new", "", "1")]
        );
        assert_eq!(before.settings_differ(&before), []);
    }
}
