//! `forms check [FILE]`: what is wrong with the forms, held against the schema, and which files they are made of.
//! Leaves to others: reading forms (`form`), comparing (`check`), printing (`report`).

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::args::format::Format;
use super::args::forms::FormsCheck;
use super::report::{self, Told};
use super::{Answer, Cannot, Place, answer, caution, judge, one, print};
use crate::check;
use crate::form::Form;
use crate::form::load::load_within;
use crate::form::surroundings::Surroundings;
use crate::problem::{self, Counts, Problem, Severity};
use crate::schema::FieldPath;
use crate::workspace::{Workspace, text};

/// Where the workspace keeps its forms.
const FOLDER: &str = "forms";

/// One form, and the part of it that was asked about.
struct Asked {
    form: Form,
    problems: Vec<Problem>,
    /// Only what stands in this file is told.
    only: Option<PathBuf>,
    /// Is it a form with panels of its own, not a fragment by itself?
    whole: bool,
}

/// A form file of the workspace itself.
struct Own {
    name: String,
    /// The program comes with one of this name.
    replaces: bool,
    /// The form is made of it.
    used: bool,
}

pub(super) fn run(flags: &FormsCheck, place: &Place) -> Result<Answer, Cannot> {
    let starting = judge::start(&place.workspace);
    let file = flags.file.as_ref().map(|file| place.here.join(file));
    let asked = load(place, file.as_deref(), flags.typedialog).map_err(one)?;
    let judge = starting.ready()?;
    let mut problems = judge.sound(None)?;
    let schema = judge.schema();
    problems.extend(asked.problems.iter().cloned());
    problems.extend(check::inputs_against_schema(&asked.form, schema));
    if let Some(only) = &asked.only {
        let root = place.workspace.root();
        problems.retain(|problem| {
            let file = problem.place.as_ref().map(|place| &place.file);
            file.is_none_or(|file| real(&root.join(file)) == *only)
        });
    }
    // What is missing because a file could not be read was not forgotten.
    let complete = asked.whole && !asked.problems.iter().any(blocks);
    let not_asked = complete.then(|| check::not_asked(&asked.form, schema));
    problems.extend(not_asked.as_deref().and_then(forgotten));
    let own = match file {
        None => own_files(&place.workspace, &asked),
        Some(_) => Vec::new(),
    };
    let mut told: Vec<Told> = problems.into_iter().map(|p| tell(p, place)).collect();
    sort(&mut told, &asked.form);
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    let caution = caution(flags.strict);
    match flags.printed.format {
        Format::Human => {
            let told = report::gathered(told);
            let notes = own.iter().map(note).collect::<String>();
            print::text(&notes)
                .and_then(|()| print::problems(&told))
                .map_err(one)?;
            let panels = problem::counted(asked.form.panels.len(), "panel");
            let inputs = problem::counted(asked.form.inputs().count(), "input");
            let summary = caution.summary(counts);
            print::message(&format!("{panels}, {inputs}: {summary}\n"));
        }
        Format::Json => {
            let problems: Vec<_> = told.iter().map(|told| report::json(told, "")).collect();
            let own: Vec<_> = own
                .iter()
                .map(|own| json!({"file": own.name, "replaces_shipped": own.replaces, "used": own.used}))
                .collect();
            let not_asked: Option<Vec<&str>> =
                not_asked.map(|paths| paths.into_iter().map(FieldPath::as_str).collect());
            let json = json!({
                "file": flags.file.as_ref().map(|file| file.to_string_lossy()),
                "schema": schema.version,
                "ok": !caution.blocks(counts),
                "panels": asked.form.panels.len(),
                "inputs": asked.form.inputs().count(),
                "own_files": own,
                "not_asked": not_asked,
                "problems": problems,
            });
            print::result(&report::text(&json)).map_err(one)?;
        }
    }
    Ok(answer(caution, counts))
}

/// The form to judge: the workspace's, when no file is named or it includes that file, else the file's own.
fn load(place: &Place, file: Option<&Path>, typedialog: bool) -> Result<Asked, Problem> {
    let mut surroundings = Surroundings {
        typedialog,
        ..Surroundings::of_process()
    };
    let Some(file) = file else {
        let (form, problems) = load_within(&place.workspace, &surroundings);
        return Ok(Asked {
            form,
            problems,
            only: None,
            whole: true,
        });
    };
    // A file that cannot be read leaves nothing to judge.
    if text::read(file)?.is_none() {
        return Err(Problem::error("There is no such file.")
            .hint("Give the path of a form, for example forms/main.toml.")
            .in_file(file, None));
    }
    let only = real(file);
    if only.starts_with(real(&place.workspace.root().join(FOLDER))) {
        let (form, problems) = load_within(&place.workspace, &surroundings);
        if is_part(&form, &problems, &only, place.workspace.root()) {
            return Ok(Asked {
                form,
                problems,
                only: Some(only),
                whole: false,
            });
        }
    }
    surroundings.main = Some(file.to_owned());
    let (form, problems) = load_within(&place.workspace, &surroundings);
    // A fragment opened alone has its inputs in itself and asks for a part only.
    let whole = form.panels.iter().any(|panel| panel.file != file);
    Ok(Asked {
        form,
        problems,
        only: None,
        whole,
    })
}

/// Does a form have panels, inputs or problems from a file?
fn is_part(form: &Form, problems: &[Problem], file: &Path, root: &Path) -> bool {
    let panels = form.panels.iter().map(|panel| &panel.file);
    let inputs = form.inputs().map(|(_, input)| &input.place.file);
    let wrong = problems.iter().filter_map(|problem| problem.place.as_ref());
    let mut last = None;
    panels
        .chain(inputs)
        .chain(wrong.map(|place| &place.file))
        .any(|part| {
            // Inputs of one file stand together: the disk is asked once for each.
            if last == Some(part) {
                return false;
            }
            last = Some(part);
            real(&root.join(part)) == file
        })
}

/// The file behind all links.
fn real(file: &Path) -> PathBuf {
    fs::canonicalize(file).unwrap_or_else(|_| file.to_owned())
}

fn blocks(problem: &Problem) -> bool {
    problem.severity != Severity::Warning
}

/// One warning with every setting that no panel asks for, a line for each.
fn forgotten(paths: &[&FieldPath]) -> Option<Problem> {
    let (count, verb) = match paths.len() {
        0 => return None,
        1 => ("1 setting".to_owned(), "is"),
        n => (format!("{n} settings"), "are"),
    };
    let mut message = format!("{count} of the schema {verb} in no panel:");
    for path in paths {
        message.push('\n');
        message.push_str(path.as_str());
    }
    Some(
        Problem::warning(message)
            .hint("They keep what profile and file give; --set path=value sets them."),
    )
}

fn own_files(workspace: &Workspace, asked: &Asked) -> Vec<Own> {
    workspace
        .overrides()
        .into_iter()
        .filter(|name| Path::new(name).starts_with(FOLDER))
        .filter(|name| Path::new(name).extension().is_some_and(|e| e == "toml"))
        .map(|name| {
            let root = workspace.root();
            let file = real(&root.join(&name));
            // Neither gives a panel by itself.
            let serves = name.ends_with("/main.toml") || name.ends_with("/constraints.toml");
            Own {
                replaces: workspace.ships(&name),
                used: serves || is_part(&asked.form, &asked.problems, &file, root),
                name,
            }
        })
        .collect()
}

fn note(own: &Own) -> String {
    let name = crate::clean::line(&own.name);
    let what = match (own.replaces, own.used) {
        (true, true) => "it stands in for the shipped one.",
        (false, true) => "it is this workspace's own.",
        (_, false) => "no form includes it.",
    };
    format!("{name}: note: {what}\n")
}

/// With the file as it is called from here; what comes with the program is nowhere on the disk.
fn tell(problem: Problem, place: &Place) -> Told {
    let mut told = Told::by_place(problem);
    if let Some(found) = &told.problem.place {
        let file = found.file.strip_prefix(&place.here).unwrap_or(&found.file);
        let shown = file.to_string_lossy();
        told.source = if found.file.is_relative() {
            format!("(shipped) {shown}")
        } else {
            shown.into_owned()
        };
    }
    told
}

/// Files that give no panel first, then panel by panel, each by line; what has no place last.
fn sort(told: &mut [Told], form: &Form) {
    let mut order: Vec<&Path> = Vec::new();
    for (_, input) in form.inputs() {
        let file = input.place.file.as_path();
        if order.last() != Some(&file) {
            order.push(file);
        }
    }
    told.sort_by_key(|told| {
        let file = told.problem.place.as_ref().map(|place| &place.file);
        let rank = file.map_or(usize::MAX, |file| {
            let found = order.iter().position(|known| known == file);
            found.map_or(0, |i| i + 1)
        });
        let line = told.line.unwrap_or(usize::MAX);
        (rank, line, told.problem.severity)
    });
}
