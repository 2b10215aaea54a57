//! `draft list`, `draft show ID`, `draft discard ID`: what the start screen does with drafts, without a screen.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::args::draft::DraftVerb;
use super::args::format::Format;
use super::{Answer, Cannot, Place, one, print};
use crate::clean;
use crate::draft::{self, Draft, Kept};
use crate::problem::{Problem, counted};
use crate::report;
use crate::secret::MASK;

pub(super) fn run(verb: &DraftVerb, place: &Place) -> Result<Answer, Cannot> {
    let folder = draft::folder().ok_or_else(|| {
        vec![
            Problem::error("This user has no home, so no drafts are kept.")
                .hint("Set HOME or XDG_STATE_HOME."),
        ]
    })?;
    match verb {
        DraftVerb::List(flags) => list(&folder, flags.format, place),
        DraftVerb::Show(flags) => show(&folder, &flags.id, flags.printed.format, place),
        DraftVerb::Discard(flags) => discard(&folder, &flags.id, flags.printed.format, place),
    }
}

fn list(folder: &Path, format: Format, place: &Place) -> Result<Answer, Cannot> {
    let (drafts, problems) = draft::all(folder);
    let text = match format {
        Format::Human if drafts.is_empty() => "No draft on this host.\n".to_owned(),
        Format::Human => drafts.iter().map(|draft| line(draft, place)).collect(),
        Format::Json => {
            let drafts: Vec<Json> = drafts.iter().map(summary).collect();
            let problems: Vec<Json> = problems.iter().map(|p| json!(p.sentence())).collect();
            report::text(&json!({ "drafts": drafts, "problems": problems }))
        }
    };
    print::result(&text).map_err(one)?;
    if format == Format::Human {
        print::tell_by_place(&problems);
    }
    Ok(if problems.is_empty() {
        Answer::Fine
    } else {
        Answer::No
    })
}

/// `a1b2c3  2026-11-21 10:02 UTC  enterprise, 4 answers  ops@bastion1  config/runtime/vapora.toml`, and who works on it.
fn line(draft: &Draft, place: &Place) -> String {
    let profile = clean::line(draft.state.profile.as_deref().unwrap_or("no profile"));
    let answers = counted(draft.answers(), "answer");
    let holder = &draft.header.holder;
    let mut line = format!(
        "{}  {}  {profile}, {answers}  {}  {}\n",
        draft.id(),
        draft.last_key(),
        holder.whom(),
        clean::path(&place.here, file_of(draft)),
    );
    if draft.runs {
        let _ = writeln!(line, "        {} works on it", holder.name());
    }
    line
}

fn file_of(draft: &Draft) -> &Path {
    match &draft.state.base {
        Some(base) => &base.file,
        None => &draft.state.output,
    }
}

fn summary(draft: &Draft) -> Json {
    let holder = &draft.header.holder;
    json!({
        "id": draft.id(),
        "workspace": lossy(&draft.header.workspace),
        "profile": draft.state.profile,
        "file": draft.state.base.as_ref().map(|base| lossy(&base.file)),
        "file_changed": draft.base_changed(),
        "output": lossy(&draft.state.output),
        "answers": draft.answers(),
        "user": holder.user,
        "host": holder.host,
        "tty": holder.tty,
        "pid": holder.pid,
        "running": draft.runs,
        "since": draft::moment(holder.since),
        "last_key": draft.last_key(),
        "problems": draft.problems.iter().map(Problem::sentence).collect::<Vec<_>>(),
    })
}

fn lossy(path: &Path) -> String {
    path.to_string_lossy().into_owned()
}

fn show(folder: &Path, id: &str, format: Format, place: &Place) -> Result<Answer, Cannot> {
    let file = named(folder, id)?;
    let gone = || Problem::error("The draft is gone.").in_file(&file, None);
    let draft = draft::read(&file)
        .and_then(|draft| draft.ok_or_else(gone))
        .map_err(one)?;
    let text = match format {
        Format::Human => whole(&draft, place),
        Format::Json => {
            let mut json = summary(&draft);
            json["answers"] = answers(&draft);
            json["typing"] = json!(draft.state.open.as_ref().map(|open| json!({
                "path": open.path.as_str(),
                "text": open.text,
            })));
            report::text(&json)
        }
    };
    print::result(&text).map_err(one)?;
    if format == Format::Human {
        print::tell_by_place(&draft.problems);
    }
    Ok(Answer::Fine)
}

fn answers(draft: &Draft) -> Json {
    let answers = draft.state.answers.iter().map(|(path, kept)| {
        let value = match kept {
            Kept::Value(value) => json!(value.to_string()),
            Kept::Secret => json!(MASK),
        };
        (path.to_string(), value)
    });
    Json::Object(answers.collect())
}

fn whole(draft: &Draft, place: &Place) -> String {
    let mut text = line(draft, place);
    for (path, kept) in &draft.state.answers {
        let value = match kept {
            Kept::Value(value) => value.to_string(),
            Kept::Secret => format!("{MASK}, to be entered again"),
        };
        let _ = writeln!(text, "  {} = {value}", clean::line(path.as_str()));
    }
    if let Some(open) = &draft.state.open {
        let typed = open.text.as_deref().map_or(MASK.to_owned(), clean::line);
        let path = clean::line(open.path.as_str());
        let _ = writeln!(text, "  {path} = {typed} (being typed)");
    }
    text
}

fn discard(folder: &Path, id: &str, format: Format, place: &Place) -> Result<Answer, Cannot> {
    if place.readonly {
        return Err(vec![
            Problem::error("--readonly: nothing is removed.").hint("Leave --readonly out."),
        ]);
    }
    let file = named(folder, id)?;
    if let Err(problem) = draft::discard(&file) {
        print::tell_by_place(&[problem]);
        return Ok(Answer::No);
    }
    let text = match format {
        Format::Human => format!("Discarded: {}\n", clean::line(id)),
        Format::Json => report::text(&json!({ "discarded": id })),
    };
    print::result(&text).map_err(one)?;
    Ok(Answer::Fine)
}

fn named(folder: &Path, id: &str) -> Result<PathBuf, Cannot> {
    draft::named(folder, id).map_err(one)
}
