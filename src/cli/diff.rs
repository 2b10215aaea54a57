//! `diff A B`: two configurations compared by path, each a file or a profile.
//! Leaves to others: comparing (`diff`), reading (`input`), judging (`judge`), printing (`print`, `report`).

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde_json::{Map, Value as Json, json};

use super::args::{self, Format};
use super::check::read;
use super::judge::{self, Judge};
use super::report::{self, Told};
use super::{Answer, Cannot, Place, print, profiles};
use crate::answers::{Base, Said};
use crate::clean;
use crate::config::Config;
use crate::diff::{self, ChangeKind, Diff, Row};
use crate::form::Form;
use crate::input;
use crate::output;
use crate::problem::{Problem, Severity};
use crate::profile::{self, Profile};
use crate::secret::MASK;
use crate::store::Found;
use crate::value::Value;

/// What stands before the name of a profile that must not be taken for a file.
const PROFILE: &str = "profile:";

pub(super) fn run(flags: &args::Diff, place: &Place) -> Result<Answer, Cannot> {
    let starting = judge::start(&place.workspace);
    let (profiles, unread) = profiles(&place.workspace);
    let asked = flags.profile.as_deref();
    let asked = asked.map(|name| profile::usable(name, &profiles, &unread));
    let asked = asked.transpose().map_err(|problem| vec![problem])?;
    let left = Operand::of(&flags.left, &profiles, &unread).map_err(|problem| vec![problem])?;
    let right = Operand::of(&flags.right, &profiles, &unread).map_err(|problem| vec![problem])?;
    let mut judge = starting.ready()?;
    let left = left.opened(&judge, asked.as_deref(), &profiles)?;
    let right = right.opened(&judge, asked.as_deref(), &profiles)?;
    // A file that names no profile means what it says over that of the other side.
    let (of_left, of_right) = (left.profile.clone(), right.profile.clone());
    let left = left.judged(&mut judge, of_right)?;
    let right = right.judged(&mut judge, of_left)?;
    let found = diff::diff(&left.config, &right.config);
    match flags.format {
        Format::Human => {
            print::message(&format!("- {}\n+ {}\n", left.title(), right.title()));
            print::result(&text(&found, flags.reveal)).map_err(|problem| vec![problem])?;
            print::message(&format!("{}.\n", found.counts()));
        }
        Format::Json => {
            print::message(&(left.remark() + &right.remark()));
            let counts = found.counts();
            let json = json!({
                "left": left.json(),
                "right": right.json(),
                "schema": left.config.schema().version,
                "same": found.is_empty(),
                "counts": {
                    "changed": counts.changed,
                    "added": counts.added,
                    "removed": counts.removed,
                    "same": counts.same,
                },
                "changes": found.changes().map(|row| change(row, flags.reveal)).collect::<Vec<_>>(),
            });
            print::result(&report::text(&json)).map_err(|problem| vec![problem])?;
        }
    }
    Ok(if found.is_empty() {
        Answer::Fine
    } else {
        Answer::No
    })
}

/// What was named.
enum Operand {
    Profile(String),
    File(PathBuf, Found),
}

impl Operand {
    /// A file when there is one, else the profile of that name.
    fn of(named: &Path, profiles: &[Profile], unread: &[Problem]) -> Result<Self, Problem> {
        let name = named.to_str();
        if let Some(name) = name.and_then(|name| name.strip_prefix(PROFILE)) {
            return profile::usable(name, profiles, unread).map(Self::Profile);
        }
        let is_profile = |name: &&str| profiles.iter().any(|known| known.name == **name);
        match name.filter(is_profile) {
            Some(name) if !named.is_file() => Ok(Self::Profile(name.to_owned())),
            _ => read(named)
                .map(|found| Self::File(named.to_owned(), found))
                .map_err(|mut problem| {
                    if !named.exists() {
                        problem.message = "There is no such file, and no such profile.".into();
                        problem.hint = Some(format!(
                            "Give the path of a configuration file, or one of {}.",
                            profile::names_of(profiles)
                        ));
                    }
                    problem
                }),
        }
    }

    /// Reads the file.
    ///
    /// # Errors
    /// What is wrong with it, when it could not be read whole: what is missing would show as a difference.
    fn opened(
        self,
        judge: &Judge,
        asked: Option<&str>,
        profiles: &[Profile],
    ) -> Result<Opened, Cannot> {
        let (file, found) = match self {
            Self::Profile(name) => {
                return Ok(Opened {
                    profile: Some(name),
                    file: None,
                });
            }
            Self::File(file, found) => (file, found),
        };
        let opened = input::open(&file, &found.bytes, judge.schema());
        if opened
            .problems
            .iter()
            .any(|problem| problem.severity == Severity::Error)
        {
            return Err(opened.problems);
        }
        let told: Vec<Told> = opened.problems.into_iter().map(Told::by_place).collect();
        print::message(&report::lines(&told));
        let named = |mode: &String| profiles.iter().any(|known| known.name == *mode);
        let profile = asked.map(str::to_owned).or(opened.mode.filter(named));
        Ok(Opened {
            profile,
            file: Some(Base {
                file,
                // As `check` takes it: all that it says is its own.
                profile: None,
                values: opened.values,
            }),
        })
    }
}

/// One side, read.
struct Opened {
    /// The profile itself, or the one that the file is compared over, when it is known.
    profile: Option<String>,
    file: Option<Base>,
}

impl Opened {
    fn judged(self, judge: &mut Judge, others: Option<String>) -> Result<Side, Cannot> {
        let profile = self.profile.or(others);
        let warned = judge.sound(profile.as_deref())?;
        let told: Vec<Told> = warned.into_iter().map(Told::by_place).collect();
        print::message(&report::lines(&told));
        let file = self.file.as_ref().map(|base| base.file.clone());
        let said = Said {
            profile: profile.clone(),
            base: self.file.map(Arc::new),
            ..Said::default()
        };
        // No answers, so nothing that a form could hide.
        let config = judge.compose(&Form::default(), &said, &BTreeMap::new())?;
        Ok(Side {
            file,
            profile,
            config: config.config,
        })
    }
}

/// One side, judged.
struct Side {
    file: Option<PathBuf>,
    profile: Option<String>,
    config: Config,
}

impl Side {
    fn name(&self) -> String {
        let profile = self.profile.as_deref().unwrap_or_default();
        let file = self.file.as_ref().map(|file| file.to_string_lossy());
        clean::line(&file.unwrap_or(profile.into()))
    }

    /// `v.toml, over profile solo; 2 errors`.
    fn title(&self) -> String {
        let mut title = match (&self.file, &self.profile) {
            (None, _) => format!("profile {}", self.name()),
            (Some(_), Some(profile)) => format!("{}, over profile {profile}", self.name()),
            (Some(_), None) => format!(
                "{}, over the schema: it names none that is known",
                self.name()
            ),
        };
        let counts = self.config.counts();
        if self.file.is_some() && counts.block() {
            title = format!("{title}; {}: check tells them", report::summary(counts));
        }
        title
    }

    /// For those who read only the result: which profile was used.
    fn remark(&self) -> String {
        self.file
            .as_ref()
            .map_or_else(String::new, |_| format!("{}\n", self.title()))
    }

    fn json(&self) -> Json {
        let kind = if self.file.is_some() {
            "file"
        } else {
            "profile"
        };
        json!({ "name": self.name(), "kind": kind, "profile": self.profile })
    }
}

/// The differences, grouped by section, signs first and values in a column. Empty when nothing differs.
fn text(found: &Diff, reveal: bool) -> String {
    let names = found.changes().map(|row| row.path.leaf().len()).max();
    let columns = names.unwrap_or(0);
    let mut text = String::new();
    let mut section = "";
    for row in found.changes() {
        let indent = if row.path.section().is_empty() {
            ""
        } else {
            "  "
        };
        if row.path.section() != section {
            section = row.path.section();
            // Writing to a String cannot fail.
            let _ = writeln!(text, "{section}");
        }
        let (left, right) = if reveal {
            (in_clear(row.left), in_clear(row.right))
        } else {
            diff::sides(row.left, row.right, "(none)", shown)
        };
        let values = match row.kind {
            ChangeKind::Added => right,
            ChangeKind::Removed => left,
            ChangeKind::Changed | ChangeKind::Same => format!("{left} -> {right}"),
        };
        let _ = writeln!(
            text,
            "{indent}{} {:columns$}  {values}",
            row.kind.sign(),
            row.path.leaf()
        );
    }
    text
}

/// A value as a line shows it with `--reveal`.
fn in_clear(value: Option<&Value>) -> String {
    match value {
        None => "(none)".to_owned(),
        Some(value) if value.is_clear_secret() => match output::in_clear(value) {
            Json::String(text) => clean::line(&text),
            other => clean::line(&other.to_string()),
        },
        Some(value) => shown(value),
    }
}

/// A value as a line shows it; emptiness is shown as such.
fn shown(value: &Value) -> String {
    match value {
        Value::List(items) if items.is_empty() => "[]".to_owned(),
        value if value.is_empty() => "\"\"".to_owned(),
        value => value.to_string(),
    }
}

fn change(row: &Row, reveal: bool) -> Json {
    let secret = |value: Option<&Value>| value.is_some_and(Value::is_clear_secret);
    let value = if reveal { output::in_clear } else { masked };
    let mut object = json!({
        "path": row.path.as_str(),
        "change": row.kind.word(),
        "left": row.left.map(value),
        "right": row.right.map(value),
    });
    if secret(row.left) || secret(row.right) {
        object["secret"] = true.into();
    }
    object
}

/// A value in its type, without what is secret in it.
fn masked(value: &Value) -> Json {
    match value {
        Value::Bool(b) => (*b).into(),
        Value::Integer(n) => (*n).into(),
        Value::Decimal(n) => (*n).into(),
        value if value.is_clear_secret() && !matches!(value, Value::List(_) | Value::Record(_)) => {
            MASK.into()
        }
        Value::Text(text) => text.as_str().into(),
        Value::Secret(secret) if secret.is_empty() => "".into(),
        Value::Secret(secret) => secret.to_string().into(),
        Value::List(items) => items.iter().map(masked).collect(),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), masked(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}
