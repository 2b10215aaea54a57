//! `budget`: what a configuration will cost, and what changes against another one or against an earlier estimate.
//! Leaves to others: figures and words (`budget` of the core), where workload and prices come from (`given`), what ends
//! it with 1 (`gate`), programs' formats (`shapes`), keeping an estimate (`saving`), importing workloads (`importing`).

mod gate;
mod given;
mod importing;
mod saving;
mod shapes;

use std::fmt::Write as _;

use super::args::budget::{Budget, BudgetFormat, BudgetVerb};
use super::sources::{self, Composed};
use super::{Answer, Cannot, Place, diff, one, print};
use crate::budget::estimate::{Estimate, not_enforced};
use crate::budget::{Comparison, Forecast, Settings, report};
use crate::path::FieldPath;
use crate::problem::{Problem, Severity, counted};
use crate::report::Told;
use gate::{Gate, Verdict};
use given::Given;

pub(super) fn run(flags: &Budget, place: &Place) -> Result<Answer, Cannot> {
    if let Some(BudgetVerb::Import(flags)) = &flags.verb {
        return importing::run(flags, place);
    }
    let gate = Gate::of(flags).map_err(one)?;
    let start = given::start(flags.start.as_deref()).map_err(one)?;
    let earlier = flags.compare_to.as_deref().map(saving::read).transpose();
    let earlier = earlier.map_err(one)?;
    let sources = given::sources(flags).map_err(one)?;
    let composed = sources::compose(&sources, None, place)?;
    let given = Given::read(flags, &composed, place)?;
    let Composed {
        mut judge,
        profile,
        config,
        told,
        ..
    } = composed;
    let baseline = flags.baseline.as_deref();
    let baseline = baseline.map(|named| diff::one_side(named, &profile, &mut judge, place));
    let baseline = baseline.transpose()?;
    tell(told);
    let settings = Settings::of(&config);
    let of =
        |settings: &Settings| Forecast::of(settings, &given.workload, &given.inputs.prices, start);
    let forecast = of(&settings);
    let before = baseline
        .as_ref()
        .map(|(_, config)| of(&Settings::of(config)));
    let warnings = warnings(&given, &forecast);
    print::tell_by_place(&warnings);
    let titled = given::configuration(&sources, &profile);
    let now = Estimate::of(&forecast, &titled, &profile, &given.name);
    let shown = Shown {
        forecast: &forecast,
        now: &now,
        wrong: unusable(&settings),
        warnings: &warnings,
        before: before
            .as_ref()
            .zip(baseline.as_ref().map(|(name, _)| name.as_str())),
        earlier: earlier.as_ref().zip(flags.compare_to.as_deref()),
    };
    shown.warn();
    match flags.format {
        BudgetFormat::Human => print::text(&shown.text()).map_err(one)?,
        BudgetFormat::Json => print::result(&shapes::json(&shown)).map_err(one)?,
        BudgetFormat::Csv => print::result(&shapes::csv(&shown).map_err(one)?).map_err(one)?,
    }
    if let Some(path) = shown.wrong {
        let saved = flags.save.as_ref().map_or("", |_| " It was not saved.");
        print::message(&format!(
            "{path} is wrong, so this is no forecast of the configuration.{saved}\n"
        ));
        return Ok(Answer::None);
    }
    let of_baseline = before
        .as_ref()
        .and_then(|before| unusable(&before.settings));
    if let (Some(path), Some((_, name))) = (of_baseline, shown.before) {
        print::message(&format!(
            "{path} of {name} is wrong, so that is no comparison.\n"
        ));
        return Ok(Answer::None);
    }
    let saved = match &flags.save {
        Some(file) => saving::save(&now, file, flags.yes, place)?,
        None => Answer::Fine,
    };
    if gate.asks_for_state()
        && let Some(why) = not_enforced(&settings)
    {
        print::tell_by_place(&[Problem::warning(why).hint(
            "--fail-on near and exceeded find nothing; --fail-on-increase watches the total.",
        )]);
    }
    Ok(match gate.verdict(&shown) {
        Verdict::Holds(why) => {
            for why in why {
                print::message(&format!("Fails: {why}\n"));
            }
            Answer::No
        }
        Verdict::NotKnown(why) => {
            print::message(&format!("{why}\n"));
            Answer::None
        }
        Verdict::Passes => saved,
    })
}

/// Everything that is printed.
struct Shown<'a> {
    forecast: &'a Forecast,
    now: &'a Estimate,
    /// The setting because of which it is no forecast of what is in force.
    wrong: Option<&'a FieldPath>,
    warnings: &'a [Problem],
    /// The forecast of the baseline, and its name.
    before: Option<(&'a Forecast, &'a str)>,
    /// An estimate, and its file.
    earlier: Option<(&'a Estimate, &'a std::path::Path)>,
}

impl Shown<'_> {
    fn against_baseline(&self) -> Option<Comparison> {
        let (before, _) = self.before?;
        Some(Comparison::of(before, self.forecast))
    }

    fn since_estimate(&self) -> Option<Comparison> {
        let (earlier, _) = self.earlier?;
        Some(Comparison::of_figures(&earlier.figures, &self.now.figures))
    }

    /// What an increase is measured against: the estimate, else the baseline.
    fn measured(&self) -> Option<Comparison> {
        self.since_estimate().or_else(|| self.against_baseline())
    }

    fn text(&self) -> String {
        let mut text = report::forecast(self.forecast, &self.now.configuration, &self.now.workload);
        if let Some((before, name)) = self.before {
            text.push('\n');
            text += &report::changes_between(before, self.forecast, name);
        }
        if let (Some(comparison), Some((earlier, file))) = (self.since_estimate(), self.earlier) {
            text.push('\n');
            let against = shapes::file_name(file);
            text += &report::changes(&comparison, &against, |_| None);
            for (path, was, is) in earlier.settings_differ(self.now) {
                // Writing to a String cannot fail.
                let _ = writeln!(text, "  ~ {path}: {was} -> {is}");
            }
        }
        text
    }

    /// What makes an estimate another thing than this forecast.
    fn warn(&self) {
        let Some((earlier, file)) = self.earlier else {
            return;
        };
        let mut problems = Vec::new();
        let (was, is) = (&earlier.figures, &self.now.figures);
        let warning = |message: String, hint: String| {
            Problem::warning(message).hint(hint).in_file(file, None)
        };
        if (was.start, was.days) != (is.start, is.days) {
            problems.push(warning(
                format!("It is about {} days from {} on.", was.days, was.start),
                format!(
                    "The totals say more over the same days: give --start {}.",
                    was.start
                ),
            ));
        }
        if (&earlier.workload, earlier.sample) != (&self.now.workload, self.now.sample) {
            problems.push(warning(
                format!(
                    "It was made with the workload {}.",
                    crate::clean::line(&earlier.workload)
                ),
                "Part of the change is that of the workload.".to_owned(),
            ));
        }
        print::tell_by_place(&problems);
    }
}

/// The setting because of which there is no forecast of what is in force.
fn unusable(settings: &Settings) -> Option<&FieldPath> {
    settings
        .problems
        .iter()
        .find_map(|problem| problem.path.as_ref())
}

/// What is wrong in the sources: what decides about money in full, the rest as a number.
fn tell(told: Vec<Told>) {
    let elsewhere = |told: &Told| {
        told.problem
            .path
            .as_ref()
            .is_some_and(|path| !decides(path))
    };
    let (rest, here): (Vec<Told>, Vec<Told>) = told.into_iter().partition(elsewhere);
    print::tell(&here);
    let errors = rest
        .iter()
        .filter(|told| told.problem.severity != Severity::Warning)
        .count();
    if errors > 0 {
        print::message(&format!(
            "{} elsewhere: no part of the forecast, check or render tells more.\n",
            counted(errors, "problem")
        ));
    }
}

fn decides(path: &FieldPath) -> bool {
    [
        "llm_router.budget_enforcement",
        "llm_router.providers",
        "llm_router.routing",
        "llm_router.cost_tracking",
    ]
    .iter()
    .any(|section| path.is_within(section))
}

/// What is doubtful about the figures; a setting that is wrong is told as the schema has it too.
fn warnings(given: &Given, forecast: &Forecast) -> Vec<Problem> {
    let read = given.problems.iter().chain(&given.inputs.problems);
    let mut all: Vec<Problem> = read.chain(&forecast.warnings).cloned().collect();
    let mut known = Vec::new();
    all.retain(|problem| {
        let new = !known.contains(problem);
        known.push(problem.clone());
        new
    });
    all
}
