//! `render`: the whole configuration that follows from profile, file or preset, environment and options.
//! Leaves to others: what follows from them (`sources`), the text (`output`), putting it into a file (`write`).

use std::path::Path;

use super::args::render::{Render, Syntax};
use super::report::Told;
use super::sources::{self, Composed};
use super::{Answer, Cannot, Place, caution, one, print, write};
use crate::config::Config;
use crate::input::{ENDINGS, Format};
use crate::prepare;
use crate::problem::{Counts, Problem, counted};
use crate::store::Note;
use crate::value::Value;

pub(super) fn run(flags: &Render, place: &Place) -> Result<Answer, Cannot> {
    fits_ending(flags.format, flags.output.as_deref()).map_err(one)?;
    let note = flags.note.as_deref().map(Note::new).transpose();
    let note = note.map_err(one)?.unwrap_or_default();
    // Where nothing may be written the plan is the same: a secret that is made for it is forgotten with it.
    let output = flags.output.as_deref();
    let Composed {
        mut judge,
        profile,
        config,
        told,
        given,
        read,
        ..
    } = sources::compose(&flags.sources, output, place)?;
    if !told.is_empty() {
        print::tell(&told);
    }
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    let caution = caution(flags.strict);
    if caution.blocks(counts) {
        print::message(&format!("Not rendered: {}.\n", caution.summary(counts)));
        return Ok(Answer::No);
    }
    if let Some(file) = &flags.output {
        let baseline = judge.alone(profile.as_str())?;
        let wanted = write::Wanted {
            config: &config,
            profile: &profile,
            baseline: &baseline,
            note: &note,
            read: read.as_ref(),
        };
        if let Some(given) = &given {
            print::message(&format!("{}\n", given.told()));
        }
        return into_file(flags, file, &wanted, place).map_err(one);
    }
    if let Some(told) = hidden_secrets(&config).filter(|_| !flags.reveal) {
        print::tell(&[told]);
        return Ok(Answer::No);
    }
    let format = flags.format.map_or(Format::Toml, Format::from);
    let text = prepare::printed(
        &place.workspace,
        &place.here,
        format,
        &config,
        Some(&profile),
    );
    print::result(&text.map_err(one)?).map_err(one)?;
    Ok(Answer::Fine)
}

fn into_file(
    flags: &Render,
    file: &Path,
    wanted: &write::Wanted,
    place: &Place,
) -> Result<Answer, Problem> {
    print::tell(&not_told_by_its_name(flags.format, file));
    let ask = write::Ask {
        dry_run: flags.dry_run,
        yes: flags.yes,
    };
    write::run(place, file, wanted, ask)
}

/// Why a configuration is not printed: secrets on stdout end in scrollback, logs and pipes.
fn hidden_secrets(config: &Config) -> Option<Told> {
    let clear = config.iter().filter(|(_, leaf)| {
        let value = leaf.value.as_ref();
        value.is_some_and(Value::is_clear_secret)
    });
    let paths: Vec<&str> = clear.map(|(field, _)| field.path.as_str()).collect();
    if paths.is_empty() {
        return None;
    }
    let count = counted(paths.len(), "secret");
    let message = format!("Not printed: it holds {count} in clear:");
    let message = paths.iter().fold(message, |text, path| text + "\n" + path);
    Some(Told::by_place(Problem::error(message).hint(
        "Write it with --output FILE, which only its owner can read; refer to secrets kept elsewhere, for example \
         ${FILE:/run/secrets/name}; or give --reveal to print them.",
    )))
}

/// A file's name says what is in it.
fn fits_ending(syntax: Option<Syntax>, output: Option<&Path>) -> Result<(), Problem> {
    let (Some(syntax), Some(file)) = (syntax, output) else {
        return Ok(());
    };
    let format = Format::from(syntax);
    if Format::of(file).unwrap_or(Format::Toml) == format {
        return Ok(());
    }
    Err(Problem::error(format!(
        "--format {} does not fit the name of this file.",
        format.word()
    ))
    .hint(format!(
        "End the name in .{}, or leave --format out.",
        format.ending()
    ))
    .in_file(file, None))
}

/// What is written to a file whose name says nothing of it, unless `--format` does.
fn not_told_by_its_name(syntax: Option<Syntax>, file: &Path) -> Vec<Told> {
    if syntax.is_some() || Format::of(file).is_some() {
        return Vec::new();
    }
    let problem = Problem::warning(format!(
        "The name does not end in {ENDINGS}, so it is written as TOML."
    ));
    let hint = "Give it one of these endings, or --format toml if TOML is meant.";
    vec![Told::by_place(problem.hint(hint).in_file(file, None))]
}
