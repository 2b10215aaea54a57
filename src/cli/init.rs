//! `init DIR`: writes the shipped files out, and after an upgrade says what became of each.
//! Leaves to others: comparing (`init` of the core), replacing files (`store`).

use std::fmt::Write as _;

use serde_json::json;
use similar::TextDiff;

use super::args::format::Format;
use super::args::init::Init;
use super::report;
use super::write::{self, Ask};
use super::{Answer, Cannot, Place, one, print};
use crate::clean;
use crate::init::{self, Decision, Entry, State};
use crate::problem::{self, Problem};
use crate::store::Plan;

/// The word that stands for every file that both changed.
const ALL: &str = "all";

pub(super) fn run(flags: &Init, place: &Place) -> Result<Answer, Cannot> {
    let folder = place.here.join(&flags.folder);
    let entries = init::compare(&folder)?;
    let decisions = decisions(flags, &entries)?;
    let mut plans: Vec<Plan> = Vec::new();
    let mut wrong = Vec::new();
    for (entry, decision) in entries.iter().zip(&decisions) {
        match entry.plans(*decision) {
            Ok(more) => plans.extend(more),
            Err(problem) => wrong.push(problem),
        }
    }
    if !wrong.is_empty() {
        return Err(wrong);
    }
    let told: Vec<(&Entry, Option<Decision>)> = entries.iter().zip(decisions).collect();
    match flags.printed.format {
        Format::Human => print::text(&human(&told, flags.diff)),
        Format::Json => print::result(&machine(&told, plans.len(), flags.diff)),
    }
    .map_err(one)?;
    let waiting = told
        .iter()
        .any(|(entry, decision)| entry.state == State::Both && decision.is_none());
    let ask = Ask {
        dry_run: flags.dry_run,
        yes: flags.yes,
    };
    if !plans.is_empty() && !ask.dry_run {
        let files = if plans.len() == 1 { "file" } else { "files" };
        print::message(&format!(
            "{} {files} to write in {}.\n",
            plans.len(),
            shown(flags)
        ));
        if !write::agreed(ask, place).map_err(one)? {
            return Ok(Answer::No);
        }
        for plan in &plans {
            plan.write().map_err(|failed| one(failed.problem()))?;
        }
        print::message(&format!("Written: {} {files}.\n", plans.len()));
    }
    Ok(if waiting { Answer::No } else { Answer::Fine })
}

fn shown(flags: &Init) -> String {
    clean::line(&flags.folder.to_string_lossy())
}

/// What --keep and --take say about each entry.
fn decisions(flags: &Init, entries: &[Entry]) -> Result<Vec<Option<Decision>>, Cannot> {
    let undecided = |entry: &&Entry| entry.state == State::Both;
    let mut wrong = Vec::new();
    for (option, names) in [("--keep", &flags.keep), ("--take", &flags.take)] {
        for name in names.iter().filter(|name| *name != ALL) {
            match entries.iter().find(|entry| entry.name == *name) {
                Some(entry) if entry.state == State::Both => {}
                // Nothing else would be done to it.
                Some(entry) if option == "--keep" && entry.state == State::Yours => {}
                Some(entry) => wrong.push(
                    Problem::error(format!("{option} {name}: there is nothing to decide."))
                        .hint(format!("It is {}.", word(entry.state))),
                ),
                None => wrong.push(unknown(option, name, entries)),
            }
        }
    }
    let decide = |entry: &Entry| {
        let named = |names: &[String]| names.contains(&entry.name);
        let all = |names: &[String]| names.iter().any(|name| name == ALL);
        match (named(&flags.keep), named(&flags.take)) {
            (true, true) => Err(Problem::error(format!(
                "--keep and --take both name {}.",
                entry.name
            ))
            .hint("Leave one of them out.")),
            (true, false) => Ok(Some(Decision::Keep)),
            (false, true) => Ok(Some(Decision::Take)),
            (false, false) => match (all(&flags.keep), all(&flags.take)) {
                (true, true) => Err(Problem::error(
                    "--keep all and --take all exclude each other.",
                )
                .hint("Leave one of them out.")),
                (true, false) => Ok(Some(Decision::Keep)),
                (false, true) => Ok(Some(Decision::Take)),
                (false, false) => Ok(None),
            },
        }
    };
    let mut decisions = Vec::new();
    for entry in entries {
        match Some(entry).filter(undecided).map_or(Ok(None), decide) {
            Ok(decision) => decisions.push(decision),
            Err(problem) => {
                wrong.push(problem);
                break;
            }
        }
    }
    if wrong.is_empty() {
        return Ok(decisions);
    }
    Err(wrong)
}

fn unknown(option: &str, name: &str, entries: &[Entry]) -> Problem {
    let names = entries.iter().map(|entry| entry.name.as_str());
    let hint = match problem::nearest(name, names) {
        Some(nearest) => format!("The nearest is {nearest}."),
        None => "Name a file as the report of init does.".to_owned(),
    };
    Problem::error(format!(
        "{option} {}: no such file is shipped.",
        clean::line(name)
    ))
    .hint(hint)
}

/// What a state is called in JSON.
fn word(state: State) -> &'static str {
    match state {
        State::New => "new",
        State::Same => "as shipped",
        State::Upgraded => "changed by the upgrade",
        State::Yours => "changed by you",
        State::Both => "changed by both",
        State::Gone => "no longer shipped",
    }
}

/// What is done about a file, in words.
fn done(entry: &Entry, decision: Option<Decision>) -> &'static str {
    match (entry.state, decision) {
        (State::New, _) => "written",
        (State::Upgraded, _) => "renewed",
        (State::Yours, _) => "kept",
        (State::Both, Some(Decision::Keep)) => "kept, and noted as seen",
        (State::Both, Some(Decision::Take)) => "taken; yours stays beside it as .yours",
        (State::Both, None) => "waits for --keep or --take",
        (State::Same | State::Gone, _) => "left alone",
    }
}

fn sign(state: State) -> char {
    match state {
        State::New => '+',
        State::Same => '=',
        State::Upgraded => '~',
        State::Yours => ' ',
        State::Both => '!',
        State::Gone => '-',
    }
}

/// Files that need saying one by one, and the counts of all.
fn human(told: &[(&Entry, Option<Decision>)], with_diff: bool) -> String {
    let mut text = String::new();
    let fresh = told.iter().all(|(entry, _)| entry.state == State::New);
    for (entry, decision) in told {
        let quiet = entry.state == State::Same || fresh;
        if quiet {
            continue;
        }
        let from = entry.version.as_ref().map_or_else(String::new, |version| {
            format!(" (written by {})", clean::line(version))
        });
        // Writing to a String cannot fail.
        let _ = writeln!(
            text,
            "{} {}: {}{from}, {}{}",
            sign(entry.state),
            clean::line(&entry.name),
            word(entry.state),
            done(entry, *decision),
            lines(entry).map_or_else(String::new, |(more, fewer)| format!(
                " (shipped against yours: +{more} -{fewer} lines)"
            ))
        );
        if with_diff {
            text.push_str(&difference(entry));
        }
    }
    let count = |state| {
        told.iter()
            .filter(|(entry, _)| entry.state == state)
            .count()
    };
    let counts: Vec<String> = [
        State::New,
        State::Same,
        State::Upgraded,
        State::Yours,
        State::Both,
        State::Gone,
    ]
    .into_iter()
    .filter(|state| count(*state) > 0)
    .map(|state| format!("{} {}", count(state), word(state)))
    .collect();
    let _ = writeln!(text, "{} files: {}.", told.len(), counts.join(", "));
    text
}

fn machine(told: &[(&Entry, Option<Decision>)], plans: usize, with_diff: bool) -> String {
    let files: Vec<_> = told
        .iter()
        .map(|(entry, decision)| {
            let mut file = json!({
                "file": entry.name,
                "state": word(entry.state),
                "since": entry.version,
                "done": done(entry, *decision),
            });
            if with_diff && entry.texts.is_some() {
                file["diff"] = difference(entry).into();
            }
            file
        })
        .collect();
    report::text(&json!({
        "version": env!("CARGO_PKG_VERSION"),
        "files": files,
        "to_write": plans,
    }))
}

/// Lines that the shipped text has more, and fewer, than the operator's.
fn lines(entry: &Entry) -> Option<(usize, usize)> {
    let (yours, shipped) = entry.texts.as_ref()?;
    let diff = TextDiff::from_lines(yours.as_str(), *shipped);
    let count = |tag| {
        diff.iter_all_changes()
            .filter(|change| change.tag() == tag)
            .count()
    };
    Some((
        count(similar::ChangeTag::Insert),
        count(similar::ChangeTag::Delete),
    ))
}

fn difference(entry: &Entry) -> String {
    let Some((yours, shipped)) = &entry.texts else {
        return String::new();
    };
    let diff = TextDiff::from_lines(yours.as_str(), *shipped);
    let text = diff
        .unified_diff()
        .context_radius(2)
        .header(&format!("{} (yours)", entry.name), "shipped")
        .to_string();
    text.lines().map(|line| clean::line(line) + "\n").collect()
}
