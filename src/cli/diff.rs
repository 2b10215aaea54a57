//! `diff A B`: two configurations compared by path, each a file or a profile.
//! Leaves to others: comparing (`diff`), reading (`input`), judging (`judge`), printing (`print`, `report`).

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use serde_json::{Map, Value as Json, json};

use super::args::diff::{self as args, Compared};
use super::args::format::Format;
use super::generation_named::GENERATION;
use super::judge::{self, Judge};
use super::judged_file::{self, Over};
use super::report::{self, Told};
use super::sources::{PRESET, Source, Titled, Under};
use super::unread::{self, Unread};
use super::{Answer, Cannot, Place, one, print, profiles};
use crate::clean;
use crate::config::Config;
use crate::diff::{self, ChangeKind, Diff, Row};
use crate::input::{self, NamedBy};
use crate::output;
use crate::problem::{Counts, Problem};
use crate::profile::{self, Profile};
use crate::schema::FieldPath;
use crate::secret::MASK;
use crate::value::Value;

/// What stands before the name of a profile that must not be taken for a file.
const PROFILE: &str = "profile:";

pub(super) fn run(flags: &args::Diff, place: &Place) -> Result<Answer, Cannot> {
    let over = flags.profile.as_deref();
    compare(&flags.left, &flags.right, over, flags.compared, place)
}

/// Compares what is named as `diff` names it: a file, a profile, `preset:NAME`; files over the profile that is `over`.
///
/// # Errors
/// Why it cannot be compared.
pub(super) fn compare(
    left: &Path,
    right: &Path,
    over: Option<&str>,
    shown: Compared,
    place: &Place,
) -> Result<Answer, Cannot> {
    let starting = judge::start(&place.workspace);
    let (profiles, unread) = profiles(&place.workspace);
    let asked = over.map(|name| profile::usable(name, &profiles, &unread));
    let asked = asked.transpose().map_err(one)?;
    let left = Operand::of(left, place, &profiles, &unread).map_err(one)?;
    let right = Operand::of(right, place, &profiles, &unread).map_err(one)?;
    let mut judge = starting.ready()?;
    let left = left.opened(&judge, place)?;
    let right = right.opened(&judge, place)?;
    let stands = |side: &Opened| side.stands_over(asked.as_deref(), &profiles);
    let (mut of_left, mut of_right) = (stands(&left), stands(&right));
    // A file that names no profile means what it says over that of the other side.
    if of_left.is_none() && of_right.is_none() {
        of_left = left.nearest(&mut judge, &profiles);
    }
    if of_left.is_none() && of_right.is_none() {
        of_right = right.nearest(&mut judge, &profiles);
    }
    let others = |side: &Option<Over>| {
        let name = side.as_ref().and_then(Over::profile);
        name.map_or(Over::Schema, |name| Over::Others(name.to_owned()))
    };
    let over_left = of_left.clone().unwrap_or_else(|| others(&of_right));
    let over_right = of_right.unwrap_or_else(|| others(&of_left));
    let left = left.judged(&mut judge, over_left, &profiles)?;
    let right = right.judged(&mut judge, over_right, &profiles)?;
    let mut found = diff::diff(&left.config, &right.config);
    let missing = unread::leave_out(&mut found, &left.unread, &right.unread);
    match shown.printed.format {
        Format::Human => {
            print::message(&format!("- {}\n+ {}\n", left.title(), right.title()));
            print::text(&text(&found, shown.reveal)).map_err(one)?;
            print::message(&format!("{}.\n{}", found.counts(), unread::told(&missing)));
            print::message(&workloads(&left, &right));
        }
        Format::Json => {
            print::message(&(left.remark() + &right.remark() + &unread::told(&missing)));
            let counts = found.counts();
            let mut json = json!({
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
                "changes": found.changes().map(|row| change(row, shown.reveal)).collect::<Vec<_>>(),
            });
            let names: Vec<&str> = missing.iter().map(FieldPath::as_str).collect();
            json["not_compared"] = names.into();
            if !missing.is_empty() {
                json["same"] = Json::Null;
            }
            print::result(&report::text(&json)).map_err(one)?;
        }
    }
    Ok(if !missing.is_empty() {
        Answer::None
    } else if found.is_empty() {
        Answer::Fine
    } else {
        Answer::No
    })
}

/// One thing that is named as a side of `diff`, judged alone: what it is called, and what is in force there. A file that
/// names no profile stands over `profile`.
///
/// # Errors
/// Why it cannot be judged.
pub(super) fn one_side(
    named: &Path,
    profile: &str,
    judge: &mut Judge,
    place: &Place,
) -> Result<(String, Config), Cannot> {
    let (profiles, unread) = profiles(&place.workspace);
    let side = Operand::of(named, place, &profiles, &unread).map_err(one)?;
    let side = side.opened(judge, place)?;
    let over = side.stands_over(None, &profiles);
    let over = over.unwrap_or_else(|| Over::Others(profile.to_owned()));
    let side = side.judged(judge, over, &profiles)?;
    Ok((side.title(), side.config))
}

/// What was named.
pub(super) enum Operand {
    Profile(String),
    Source(Source),
}

impl Operand {
    /// A preset or generation when it is named as one; a file when there is one, else the profile of that name.
    pub fn of(
        named: &Path,
        place: &Place,
        profiles: &[Profile],
        unread: &[Problem],
    ) -> Result<Self, Problem> {
        let name = named.to_str();
        if let Some(name) = name.and_then(|name| name.strip_prefix(PROFILE)) {
            return profile::usable(name, profiles, unread).map(Self::Profile);
        }
        let is_profile = |name: &&str| profiles.iter().any(|known| known.name == **name);
        match name.filter(is_profile) {
            Some(name) if !named.is_file() => Ok(Self::Profile(name.to_owned())),
            _ => Source::of(named, place)
                .map(Self::Source)
                .map_err(|mut problem| {
                    let special =
                        |name: &str| name.starts_with(PRESET) || name.starts_with(GENERATION);
                    if !named.exists() && !name.is_some_and(special) {
                        problem.message = "There is no such file, and no such profile.".into();
                        problem.hint = Some(format!(
                            "Give the path of a configuration file, or one of {}; preset:NAME names a preset.",
                            profile::names_of(profiles)
                        ));
                    }
                    problem
                }),
        }
    }

    /// Reads the file, and tells what is wrong with it.
    ///
    /// # Errors
    /// What is wrong with it, when nothing of it could be read.
    pub fn opened(self, judge: &Judge, place: &Place) -> Result<Opened, Cannot> {
        let source = match self {
            Self::Profile(name) => return Ok(Opened::Profile(name)),
            Self::Source(source) => source,
        };
        let titled = source.titled();
        let under = source.under(place, judge.schema());
        let Under {
            file,
            opened,
            preset,
        } = under.map_err(one)?;
        if opened.nothing_read() {
            return Err(opened.problems);
        }
        print::tell_by_place(&opened.problems);
        Ok(Opened::File(
            file,
            titled,
            opened,
            preset.and_then(|preset| preset.workload),
        ))
    }
}

/// One side, read.
pub(super) enum Opened {
    Profile(String),
    /// A file, what it is when it is named as something else, and the workload that a preset names.
    File(PathBuf, Option<Titled>, input::Opened, Option<String>),
}

impl Opened {
    /// The profile itself, or the one that is asked for or that the file names.
    pub fn stands_over(&self, asked: Option<&str>, profiles: &[Profile]) -> Option<Over> {
        match self {
            Self::Profile(name) => Some(Over::Named(name.clone(), NamedBy::Mode)),
            Self::File(_, _, opened, _) => Over::said(asked, opened, profiles),
        }
    }

    /// The profile that a file which names none is nearest to, when there is one.
    fn nearest(&self, judge: &mut Judge, profiles: &[Profile]) -> Option<Over> {
        let Self::File(_, _, opened, _) = self else {
            return None;
        };
        let over = Over::nearest(judge, opened, profiles);
        over.profile().is_some().then_some(over)
    }

    pub fn judged(
        self,
        judge: &mut Judge,
        over: Over,
        profiles: &[Profile],
    ) -> Result<Side, Cannot> {
        let warned = judge.sound(over.profile())?;
        let told: Vec<Told> = warned.into_iter().map(Told::by_place).collect();
        print::tell(&told);
        match self {
            Self::Profile(name) => Ok(Side {
                config: judge.alone(name.as_str())?,
                file: None,
                titled: None,
                workload: None,
                unread: Unread::default(),
                counts: Counts::default(),
                over,
            }),
            Self::File(file, titled, opened, workload) => {
                let judged = judged_file::judge(judge, &file, &opened, &over, profiles)?;
                Ok(Side {
                    counts: Counts::of(judged.told.iter().map(|told| &told.problem)),
                    config: judged.config,
                    unread: Unread::of(&opened),
                    file: Some(file),
                    titled,
                    workload,
                    over,
                })
            }
        }
    }
}

/// One side, judged.
pub(super) struct Side {
    file: Option<PathBuf>,
    titled: Option<Titled>,
    /// The workload that a preset names.
    workload: Option<String>,
    over: Over,
    unread: Unread,
    pub config: Config,
    /// What `check` counts of the file over this profile.
    counts: Counts,
}

impl Side {
    fn name(&self) -> String {
        if let Some(titled) = &self.titled {
            return titled.name.clone();
        }
        let profile = self.over.profile().unwrap_or_default();
        let file = self.file.as_ref().map(|file| file.to_string_lossy());
        clean::line(&file.unwrap_or(profile.into()))
    }

    /// `v.toml, over profile solo, which deployment_mode names; 2 errors: check v.toml tells them`.
    pub fn title(&self) -> String {
        if self.file.is_none() {
            return format!("profile {}", self.name());
        }
        let title = format!("{}, over {}", self.name(), self.over.words());
        if self.counts.is_empty() {
            return title;
        }
        let option = match &self.over {
            Over::Asked(name) | Over::Others(name) => format!(" --profile {name}"),
            Over::Named(..) | Over::Nearest(_) | Over::Schema => String::new(),
        };
        let counts = report::summary(self.counts);
        format!(
            "{title}; {counts}: check {}{option} tells them",
            self.name()
        )
    }

    /// For those who read only the result: which profile was used.
    fn remark(&self) -> String {
        self.file
            .as_ref()
            .map_or_else(String::new, |_| format!("{}\n", self.title()))
    }

    /// The workload that its forecast rests on, by name.
    fn workload(&self) -> Option<&str> {
        self.workload.as_deref().or(self.over.profile())
    }

    fn json(&self) -> Json {
        let kind = match (&self.titled, &self.file) {
            (Some(titled), _) => titled.kind,
            (None, Some(_)) => "file",
            (None, None) => "profile",
        };
        let profile = self.over.profile();
        let mut json = json!({ "name": self.name(), "kind": kind, "profile": profile });
        if let Some(workload) = &self.workload {
            json["workload"] = workload.as_str().into();
        }
        json
    }
}

/// That presets rest their forecasts on different workloads: no setting, so it is said beside.
fn workloads(left: &Side, right: &Side) -> String {
    if left.workload.is_none() && right.workload.is_none() || left.workload() == right.workload() {
        return String::new();
    }
    let name = |side: &Side| side.workload().unwrap_or("(none)").to_owned();
    format!("workload: {} -> {}\n", name(left), name(right))
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
        let line = format!(
            "{indent}{} {:columns$}  {values}",
            row.kind.sign(),
            row.path.leaf()
        );
        let _ = writeln!(text, "{}", print::changed(row.kind, &line));
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
pub(super) fn shown(value: &Value) -> String {
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
pub(super) fn masked(value: &Value) -> Json {
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
