//! `generations list|show|diff|restore`: the earlier versions of the output file, as on the screen.
//! Leaves to others: comparing (`diff`), the plan (`restore`), asking (`write`), writing (`store`).

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use serde_json::{Value as Json, json};

use super::args::format::Format;
use super::args::generations::{
    GenerationsDiff, GenerationsList, GenerationsRestore, GenerationsShow, GenerationsVerb,
};
use super::columns::columns;
use super::generation_named::{Named, output, short};
use super::judge::{self, Judge};
use super::judged_file::{self, Over};
use super::report::{self, Told};
use super::{Answer, Cannot, Place, answer, caution, diff, one, print, profiles, write};
use crate::claiming;
use crate::clean;
use crate::earlier::{self, Version, Versions};
use crate::input;
use crate::output as texts;
use crate::plan_text;
use crate::prepare;
use crate::problem::{Counts, Problem, counted};
use crate::restore::{self, Restoration};
use crate::store::{self, Outcome, Plan, Written};

pub(super) fn run(verb: &GenerationsVerb, place: &Place) -> Result<Answer, Cannot> {
    match verb {
        GenerationsVerb::List(flags) => list(flags, place),
        GenerationsVerb::Show(flags) => show(flags, place),
        GenerationsVerb::Diff(flags) => compare(flags, place),
        GenerationsVerb::Restore(flags) => bring_back(flags, place),
    }
}

fn list(flags: &GenerationsList, place: &Place) -> Result<Answer, Cannot> {
    let most = store::most_kept().map_err(one)?;
    let file = output(flags.of.file.as_deref(), place);
    // Without a schema there is a list all the same.
    let judge = judge::start(&place.workspace).ready().ok();
    let schema = judge.as_ref().map(|judge| &**judge.schema());
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    let now = now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(0));
    let found = earlier::versions(&file, schema, now);
    match flags.printed.format {
        Format::Human => {
            print::text(&table(&found)).map_err(one)?;
            print::message(&remark(&found, &clean::path(&place.here, &file), most));
            print::tell_by_place(&found.problems);
        }
        Format::Json => {
            let versions: Vec<Json> = found.versions.iter().map(version).collect();
            let problems = found.problems.iter().map(Problem::sentence);
            let json = json!({
                "file": lossy(&file),
                "most_kept": most,
                "generations": versions,
                "problems": problems.collect::<Vec<_>>(),
            });
            print::result(&report::text(&json)).map_err(one)?;
        }
    }
    Ok(answer(caution(false), Counts::of(&found.problems)))
}

/// A version a line, in columns.
fn table(found: &Versions) -> String {
    let cells = |version: &Version| {
        let lines = version
            .lines
            .map_or("unreadable".to_owned(), |lines| counted(lines, "line"));
        [
            format!(
                "{} {}",
                if version.present { '*' } else { ' ' },
                version.number
            ),
            version.when().to_owned(),
            version.who().to_owned(),
            version.profile().unwrap_or("-").to_owned(),
            lines,
            version
                .mode
                .map_or_else(|| "-".to_owned(), |mode| format!("{mode:04o}")),
            version.note().to_owned(),
        ]
    };
    let rows: Vec<[String; 7]> = found.versions.iter().map(cells).collect();
    columns(&rows)
}

fn remark(found: &Versions, file: &str, most: usize) -> String {
    let kept = found.kept().count();
    let held = match found.versions.first() {
        Some(first) if first.present => format!("* is what {file} holds now; "),
        _ => format!("{file} is not there; "),
    };
    match kept {
        0 => format!("{held}no earlier version is kept: a write over a file keeps it.\n"),
        kept => format!(
            "{held}{} kept, at most {most} ({} says how many).\n",
            counted(kept, "earlier version"),
            store::MOST_KEPT
        ),
    }
}

fn version(version: &Version) -> Json {
    let about = version.about.as_ref();
    json!({
        "number": version.number,
        "present": version.present,
        "when": about.map(|about| about.when.as_str()),
        "who": about.map(|about| about.who.as_str()),
        "profile": version.profile(),
        "note": about.map(|about| about.note.text()),
        "by_other_means": about.map(|about| about.found),
        "lines": version.lines,
        "mode": version.mode.map(|mode| format!("{mode:04o}")),
        "changed_after": version.changed,
        "file": lossy(&version.file),
    })
}

fn lossy(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

/// What was named, and its text: also of what the file holds now.
fn found(number: u32, file: &Path, place: &Place) -> Result<(PathBuf, store::Found), Problem> {
    let named = Named {
        number,
        of: file.to_owned(),
    };
    let all = store::generations::list(file);
    if all.present == Some(number)
        && let Some(found) = store::read(file)?
    {
        return Ok((short(file, place), found));
    }
    named.found(place)
}

fn show(flags: &GenerationsShow, place: &Place) -> Result<Answer, Cannot> {
    let file = output(flags.version.of.file.as_deref(), place);
    let (lies_in, found) = found(flags.version.number, &file, place).map_err(one)?;
    let text = if flags.reveal {
        String::from_utf8(found.bytes).ok()
    } else {
        let judge = judge::start(&place.workspace).ready()?;
        match std::str::from_utf8(&found.bytes)
            .map(|text| texts::masked(&lies_in, text, judge.schema()))
        {
            Ok(Ok(text)) => Some(text),
            Ok(Err(problem)) => {
                let why = Problem::error(format!(
                    "Not printed: its secrets cannot be told from the rest. {}",
                    problem.message
                ));
                let hint = "Give --reveal to print it as it is, secrets in clear.";
                print::tell(&[Told::by_place(why.hint(hint).in_file(&lies_in, None))]);
                return Ok(Answer::No);
            }
            Err(_) => None,
        }
    };
    let Some(text) = text else {
        let problem = Problem::error("It is not UTF-8 text, so it is not printed.");
        return Err(one(problem
            .hint("It can be restored, and copied by hand.")
            .in_file(&lies_in, None)));
    };
    let text = match flags.printed.format {
        Format::Human => text,
        Format::Json => report::text(&json!({
            "number": flags.version.number,
            "file": lossy(&lies_in),
            "mode": format!("{:04o}", found.mode),
            "text": text,
        })),
    };
    print::result(&text).map_err(one)?;
    Ok(Answer::Fine)
}

fn compare(flags: &GenerationsDiff, place: &Place) -> Result<Answer, Cannot> {
    let file = output(flags.of.file.as_deref(), place);
    let present = store::generations::list(&file).present;
    let side = |number: u32| {
        if present == Some(number) {
            return short(&file, place);
        }
        let of = file.clone();
        Named { number, of }.word()
    };
    let right = flags.right.map_or_else(|| short(&file, place), side);
    diff::compare(&side(flags.left), &right, None, flags.compared, place)
}

fn bring_back(flags: &GenerationsRestore, place: &Place) -> Result<Answer, Cannot> {
    let note = restore::note(flags.version.number, &flags.note).map_err(one)?;
    let file = output(flags.version.of.file.as_deref(), place);
    // Without a schema it cannot be judged; restoring must be possible then too.
    let judge = judge::start(&place.workspace).ready();
    let schema = judge.as_ref().map(|judge| Arc::clone(judge.schema()));
    let restoration = restore::restore(&file, flags.version.number, &schema.unwrap_or_default());
    let restoration = restoration.map_err(one)?;
    let (told, counts) = judged(&restoration, judge, place);
    print::tell(&told);
    let held = claiming::warning(&file).map(Told::by_place);
    print::tell(&held.into_iter().collect::<Vec<_>>());
    let plan = match &restoration.prepared.plan {
        Ok(plan) => plan,
        Err(problem) => {
            print::tell(&[Told::by_place(problem.clone())]);
            return Ok(Answer::No);
        }
    };
    let here = place.here.as_path();
    print::message(&format!(
        "{}\n{}{}",
        prepare::summary(plan, here),
        changes(&restoration),
        wrong(counts)
    ));
    let done = |written: Option<&Written>| report_json(flags, &restoration, plan, written, &told);
    let same = plan.outcome == Outcome::Same;
    let ask = write::Ask {
        dry_run: flags.dry_run,
        yes: flags.yes,
    };
    if flags.dry_run || same || !write::agreed(ask, place).map_err(one)? {
        done(None)?;
        let answered = flags.dry_run || same;
        return Ok(if answered { Answer::Fine } else { Answer::No });
    }
    let written = plan
        .write_noted(&note)
        .map_err(|failed| one(failed.problem()))?;
    let said = plan_text::written(plan, &written, here);
    print::message(&format!("{said}\n"));
    print::tell_by_place(&written.problems);
    done(Some(&written))?;
    Ok(Answer::Fine)
}

/// What `check` would say of it. That there is no verdict is said too: restoring needs none.
fn judged(
    restoration: &Restoration,
    judge: Result<Judge, Cannot>,
    place: &Place,
) -> (Vec<Told>, Counts) {
    let told = match judge.and_then(|judge| told(restoration, judge, place)) {
        Ok(told) => told,
        Err(problems) => problems.into_iter().map(Told::by_place).collect(),
    };
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    (told, counts)
}

fn told(restoration: &Restoration, mut judge: Judge, place: &Place) -> Result<Vec<Told>, Cannot> {
    let (profiles, _) = profiles(&place.workspace);
    let opened = &restoration.opened;
    let file = &short(&opened.base.file, place);
    let read = input::open(file, &opened.found.bytes, judge.schema());
    let over = Over::said(None, &read, &profiles)
        .unwrap_or_else(|| Over::nearest(&mut judge, &read, &profiles));
    let judged = judged_file::judge(&mut judge, file, &read, &over, &profiles)?;
    Ok(judged.told)
}

/// What is wrong with it does not keep it from being restored: the operator decides.
fn wrong(counts: Counts) -> String {
    if !counts.block() {
        return String::new();
    }
    let summary = report::summary(counts);
    format!("The schema finds {summary} in it, told above; it can be restored all the same.\n")
}

/// What changes, one setting a line.
fn changes(restoration: &Restoration) -> String {
    let prepared = &restoration.prepared;
    if prepared.against_file {
        return plan_text::changes(prepared, "", None, |_, value| value.to_string());
    }
    let settings = counted(restoration.opened.base.values.len(), "setting");
    format!("The file is not there now; this makes it again, with {settings}.\n")
}

fn report_json(
    flags: &GenerationsRestore,
    restoration: &Restoration,
    plan: &Plan,
    written: Option<&Written>,
    told: &[Told],
) -> Result<(), Cannot> {
    if flags.printed.format == Format::Human {
        return Ok(());
    }
    let file = lossy(&plan.file);
    let problems: Vec<Json> = told.iter().map(|told| report::json(told, &file)).collect();
    let changes = restoration.prepared.changes.iter();
    let paths: Vec<&str> = changes.map(|(path, ..)| path.as_str()).collect();
    let json = json!({
        "file": file,
        "restored": restoration.number,
        "written": written.is_some(),
        "same": plan.outcome == Outcome::Same,
        "generation": written.and_then(|written| written.generation),
        "lines": plan.lines,
        "mode": format!("{:04o}", plan.mode),
        "changed": paths,
        "problems": problems,
    });
    print::result(&report::text(&json)).map_err(one)
}
