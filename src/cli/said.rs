//! What the command line says about single settings.
//! Leaves to others: judging the values (`judge`).

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{self, Read};
use std::os::fd::OwnedFd;
use std::path::Path;

use rustix::event::{PollFd, PollFlags, Timespec, poll};
use rustix::fs::{Mode, OFlags};
use rustix::io::Errno;
use zeroize::Zeroizing;

use super::print;
use crate::check;
use crate::clean;
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

pub use crate::environment::settings as environment;

/// Longer texts of `--set-file` are no setting.
const MAX_BYTES: usize = 64 << 10;

/// Seconds after which it is said what is waited for.
const PATIENCE: i64 = 2;

/// Answers, each with the option that gave it.
pub type Answers = BTreeMap<FieldPath, (Value, &'static str)>;

/// Reads `--set path=value` and `--set-file path=FILE`. Of one path the last `--set` counts.
///
/// # Errors
/// Every option that cannot be used: unknown paths, secrets in `--set`, files that cannot be read, a path in both.
pub fn answers(
    schema: &Schema,
    set: &[String],
    set_file: &[String],
) -> Result<Answers, Vec<Problem>> {
    let mut answers = Answers::new();
    let mut problems = Vec::new();
    for text in set {
        match check::set(schema, text) {
            Ok((path, value)) if value.is_clear_secret() => problems.push(
                Problem::error(
                    "The address holds a password, and a command line can be read by others.",
                )
                .hint(format!(
                    "Use --set-file {path}=FILE, or ${{SECRET:name}} in place of the password."
                ))
                .at(path),
            ),
            Ok((path, value)) => drop(answers.insert(path, (value, "--set"))),
            Err(problem) => problems.push(problem),
        }
    }
    for text in set_file {
        match from_file(schema, text) {
            Ok((path, _)) if matches!(answers.get(&path), Some((_, "--set"))) => problems.push(
                Problem::error("--set and --set-file both give it.")
                    .hint("Leave one of them out.")
                    .at(path),
            ),
            Ok((path, value)) => drop(answers.insert(path, (value, "--set-file"))),
            Err(problem) => problems.push(problem),
        }
    }
    if problems.is_empty() {
        return Ok(answers);
    }
    Err(problems)
}

fn from_file(schema: &Schema, text: &str) -> Result<(FieldPath, Value), Problem> {
    let Some((path, file)) = text.split_once('=').filter(|(_, file)| !file.is_empty()) else {
        let shown: String = clean::line(text).chars().take(80).collect();
        return Err(
            Problem::error(format!("--set-file {shown} names no file.")).hint(
                "Write path=FILE, for example --set-file security.jwt_secret=/run/secrets/jwt.",
            ),
        );
    };
    let path = path.trim();
    let Some(field) = schema.get(path) else {
        let (message, hint) = check::unknown_key(path, schema);
        return Err(Problem::error(message).hint(hint));
    };
    let file = Path::new(file);
    let refuse = |message: &str, hint: &str| {
        Problem::error(message)
            .hint(hint)
            .at(field.path.clone())
            .in_file(file, None)
    };
    let bytes = read(file).map_err(|error| {
        refuse(
            &format!("It cannot be read: {error}."),
            "Name a text file that this user may read.",
        )
    })?;
    if bytes.len() > MAX_BYTES {
        return Err(refuse(
            "It is longer than 64 KiB.",
            "Name a file that holds only the value.",
        ));
    }
    let text = std::str::from_utf8(&bytes).map_err(|_| {
        refuse(
            "It is not UTF-8 text.",
            "Name a file that holds the value as UTF-8 text.",
        )
    })?;
    let text = text
        .strip_suffix('\n')
        .map_or(text, |text| text.strip_suffix('\r').unwrap_or(text));
    Ok((field.path.clone(), field.kind.read(text)))
}

/// Any file will do, a pipe of the shell's `<(…)` too. Whoever writes into a pipe may take long, but the operator is
/// told what is waited for.
fn read(file: &Path) -> io::Result<Zeroizing<Vec<u8>>> {
    // Room for all of it at once: growing would leave copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(MAX_BYTES + 2));
    let most = u64::try_from(MAX_BYTES + 1).unwrap_or(u64::MAX);
    open(file)?.take(most).read_to_end(&mut bytes)?;
    Ok(bytes)
}

/// Opening a pipe waits for the one who writes, so it is opened without, and then waited for.
fn open(file: &Path) -> io::Result<File> {
    let flags = OFlags::RDONLY | OFlags::CLOEXEC | OFlags::NONBLOCK | OFlags::NOCTTY;
    let opened = rustix::fs::open(file, flags, Mode::empty())?;
    let patience = Timespec {
        tv_sec: PATIENCE,
        tv_nsec: 0,
    };
    if !is_ready(&opened, Some(&patience))? {
        print::message(&format!(
            "Waiting for {}: nobody has written to it yet.\n",
            clean::line(&file.to_string_lossy())
        ));
        is_ready(&opened, None)?;
    }
    rustix::fs::fcntl_setfl(&opened, OFlags::empty())?;
    Ok(File::from(opened))
}

/// Is there something to read, or the end of it, within this time?
fn is_ready(file: &OwnedFd, within: Option<&Timespec>) -> io::Result<bool> {
    loop {
        match poll(&mut [PollFd::new(file, PollFlags::IN)], within) {
            Ok(ready) => return Ok(ready > 0),
            Err(Errno::INTR) => {}
            Err(error) => return Err(error.into()),
        }
    }
}
