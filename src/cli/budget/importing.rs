//! `budget import`: what was measured becomes a workload of the workspace; the plan shows each figure that changes.
//! Leaves to others: reading the figures (`budget::import`), the write (`saving`, `store`).

use std::fmt::Write as _;
use std::path::Path;

use super::super::args::budget::BudgetImport;
use super::super::{Answer, Cannot, Place, judge, one, print, write as asking};
use super::saving::write;
use crate::budget::import::{self, Counters, File, Import, Imported, Period, is_metrics};
use crate::budget::workload;
use crate::clean;
use crate::files;
use crate::problem::Problem;
use crate::store::{self, Outcome};
use crate::workload_file::{self, LOSES_COMMENTS, Planned};

pub(super) fn run(flags: &BudgetImport, place: &Place) -> Result<Answer, Cannot> {
    let name = name(flags.workload.as_deref(), place)?;
    let period = flags.period.as_deref().map(Period::parse).transpose();
    let Import { value, problems } = read(flags, period.map_err(one)?).map_err(one)?;
    let Some(imported) = value else {
        print::tell_by_place(&problems);
        return Err(one(
            Problem::error("Nothing was imported.").hint("Mend the file, then import it again.")
        ));
    };
    print::tell_by_place(&problems);
    let Planned {
        plan,
        against,
        changes,
        loses_comments,
        ..
    } = workload_file::plan(&place.workspace, &name, |existing| imported.onto(existing))?;
    let mut text = format!("Workload {name}, against {against}:\n");
    for line in &changes {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {line}");
    }
    if changes.is_empty() {
        text += "  No figure changes.\n";
    }
    print::text(&text).map_err(one)?;
    if loses_comments {
        print::message(&format!("{LOSES_COMMENTS}\n"));
    }
    if !flags.dry_run && place.readonly {
        print::tell_by_place(&[crate::caution::readonly()]);
        return Ok(Answer::No);
    }
    let asked = flags.yes || flags.dry_run;
    if plan.outcome == Outcome::New && !asked {
        // A new file stands in for the shipped sample, so that too is asked.
        let ask = asking::Ask {
            dry_run: false,
            yes: false,
        };
        let agreed = asking::agreed(ask, place).map_err(one)?;
        if !agreed {
            return Ok(Answer::No);
        }
    }
    write(&plan, flags.dry_run, flags.yes, place)
}

fn read(flags: &BudgetImport, period: Option<Period>) -> Result<Import<Imported>, Problem> {
    let first = bytes(&flags.file)?;
    let file = File {
        name: &flags.file,
        bytes: &first,
    };
    let role = flags.role.as_deref();
    if let Some(later) = &flags.later {
        let second = bytes(later)?;
        let later = File {
            name: later,
            bytes: &second,
        };
        let counters = Counters::Between {
            earlier: file,
            later,
            period,
        };
        return Ok(import::metrics(&counters, role));
    }
    if is_metrics(&first) {
        let period = period.ok_or_else(|| {
            Problem::error("Nothing says how long these counters counted.")
                .hint("State it, for example --period 7d, or give a second file that was taken later.")
                .in_file(&flags.file, None)
        })?;
        return Ok(import::metrics(&Counters::Since { file, period }, role));
    }
    for (flag, given) in [("--role", role.is_some()), ("--period", period.is_some())] {
        if given {
            return Err(
                Problem::error(format!("{flag} is for metrics, and this is a table."))
                    .hint("Leave it out: a table names each role, with its calls a day.")
                    .in_file(&flags.file, None),
            );
        }
    }
    Ok(import::workload(&file))
}

fn bytes(file: &Path) -> Result<Vec<u8>, Problem> {
    let found = store::read(file)?.ok_or_else(|| {
        Problem::error("There is no such file.")
            .hint("Give CSV, JSON, or what the router serves at /metrics.")
            .in_file(file, None)
    })?;
    Ok(found.bytes.clone())
}

/// The workload that is meant: the one that is named, else that of the profile which the workspace's configuration has.
fn name(said: Option<&str>, place: &Place) -> Result<String, Cannot> {
    if let Some(name) = said {
        if workload::is_name(name) {
            return Ok(name.to_owned());
        }
        let shown: String = clean::line(name).chars().take(60).collect();
        return Err(one(Problem::error(format!(
            "{shown} is no name of a workload."
        ))
        .hint(
            "Use 1 to 60 small letters, digits, - and _, for example enterprise.",
        )));
    }
    let output = place.workspace.output_file();
    let missing = || {
        one(Problem::error("Nothing says which workload this is.").hint(
            "Name it with --workload; the profile's own has its name, for example --workload enterprise.",
        ))
    };
    let Some(found) = store::read(&output).map_err(one)? else {
        return Err(missing());
    };
    let judge = judge::start(&place.workspace).ready()?;
    let (opened, _) = files::read(&output, &found, judge.schema());
    let mode = opened.mode.filter(|mode| workload::is_name(mode));
    mode.ok_or_else(missing)
}
