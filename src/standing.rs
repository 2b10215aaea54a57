//! What a file that was read is good for: a configuration of VAPORA, somebody else's file, or nothing to be opened.
//! Leaves to others: reading it (`input`), where writing goes then (`writes_to`).

use std::path::Path;

use crate::clean;
use crate::input::{self, Format};
use crate::path::FieldPath;
use crate::problem::{Problem, Severity, counted};
use crate::schema::Schema;

/// Names that are told of those that mean nothing.
const NAMES_SHOWN: usize = 3;

/// What to do instead of opening it.
const HINT: &str = "Name a VAPORA configuration, or begin with a profile.";

/// What a file may be used for.
#[derive(Clone, Debug, PartialEq)]
pub enum Standing {
    /// At least half of its keys are settings, or one of its sections is VAPORA's own: one in which settings are not
    /// outnumbered by keys that mean nothing. It may be written back.
    Ours,
    /// Somebody else's file with a few settings in it: a base at most, never the place to write. The words say so,
    /// as `4 of its 5 keys are no settings of VAPORA`.
    Foreign(String),
    /// A preset: a base, and never the place to write a configuration.
    Preset,
    /// No setting could be read in it, so there is nothing to open. The problem says why.
    Nothing(Problem),
}

impl Standing {
    #[must_use]
    pub fn of(file: &Path, read: &input::Opened, schema: &Schema) -> Self {
        let unknown = unknown(&read.problems, schema);
        let known = read.values.len();
        if known == 0 {
            return Self::Nothing(nothing(file, read, &unknown));
        }
        let own_section = || {
            read.values.keys().any(|path| {
                let section = top(path);
                let within = |path: &&FieldPath| top(path) == section;
                path.as_str() != section
                    && unknown.iter().copied().filter(within).count()
                        <= read.values.keys().filter(within).count()
            })
        };
        if unknown.len() <= known || own_section() {
            return Self::Ours;
        }
        let (of, all) = (unknown.len(), unknown.len() + known);
        Self::Foreign(format!("{of} of its {all} keys are no settings of VAPORA"))
    }
}

impl Standing {
    /// That of a preset, which may well have no answers.
    #[must_use]
    pub fn of_preset(read: &input::Opened) -> Self {
        let mut problems = read.problems.iter();
        match problems.find(|problem| problem.severity == Severity::Error) {
            Some(first) if read.nothing_read() => Self::Nothing(first.clone()),
            _ => Self::Preset,
        }
    }
}

/// The first name of a path.
fn top(path: &FieldPath) -> &str {
    path.as_str().split('.').next().unwrap_or_default()
}

/// The keys that the schema does not know, each section that it does not know being one.
fn unknown<'a>(problems: &'a [Problem], schema: &Schema) -> Vec<&'a FieldPath> {
    let known = |path: &FieldPath| {
        let fields = schema.fields();
        fields
            .iter()
            .any(|field| field.path == *path || field.path.is_within(path.as_str()))
    };
    let warned = problems
        .iter()
        .filter(|problem| problem.severity == Severity::Warning);
    let paths = warned.filter_map(|problem| problem.path.as_ref());
    paths.filter(|path| !known(path)).collect()
}

/// Why a file without a setting has none.
fn nothing(file: &Path, read: &input::Opened, unknown: &[&FieldPath]) -> Problem {
    let errors = read.problems.iter();
    let mut errors = errors.filter(|problem| problem.severity == Severity::Error);
    if let Some(first) = errors.next() {
        return first.clone();
    }
    let names: Vec<String> = unknown
        .iter()
        .take(NAMES_SHOWN)
        .map(|path| clean::line(path.as_str()))
        .collect();
    let more = if unknown.len() > NAMES_SHOWN {
        ", …"
    } else {
        ""
    };
    let names = format!("{}{more}", names.join(", "));
    let message = match unknown.len() {
        0 if read.problems.is_empty() && read.format != Format::Nickel => {
            "It is empty: there is no setting in it.".to_owned()
        }
        0 => "There is no setting in it.".to_owned(),
        1 => format!("Its only key is no setting of VAPORA: {names}."),
        n => format!(
            "None of its {} is a setting of VAPORA: {names}.",
            counted(n, "key")
        ),
    };
    Problem::error(message).hint(HINT).in_file(file, None)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Kind;

    fn schema() -> Schema {
        let fields = [
            "deployment_mode",
            "backend.host",
            "backend.log.level",
            "database.url",
        ];
        Schema::example(fields.map(|path| (path, Kind::Text)))
    }

    fn of(text: &str) -> Standing {
        let file = Path::new("a.toml");
        let read = input::read(file, text.as_bytes(), &schema());
        Standing::of(file, &read, &schema())
    }

    #[test]
    fn a_file_is_ours_by_half_of_its_keys_or_by_one_section() {
        for text in [
            "deployment_mode = \"solo\"\n",
            "deployment_mode = \"solo\"\n[extra]\na = 1\nb = 2\n",
            "[backend]\nhost = \"a\"\nprot = 1\n[x]\n[y]\n[z]\n",
            "x = 1\ny = 1\nz = 1\n[backend.log]\nlevel = \"a\"\n",
        ] {
            assert_eq!(of(text), Standing::Ours, "{text}");
        }
    }

    #[test]
    fn a_file_of_something_else_is_foreign_although_a_name_fits() {
        for (text, words) in [
            (
                "deployment_mode = \"solo\"\n[x]\n[y]\n",
                "2 of its 3 keys are no settings of VAPORA",
            ),
            (
                "[database]\nurl = \"a\"\npool = 1\ntimeout = 1\n[server]\n",
                "3 of its 4 keys are no settings of VAPORA",
            ),
        ] {
            assert_eq!(of(text), Standing::Foreign(words.into()), "{text}");
        }
    }

    #[test]
    fn a_file_without_a_setting_says_why() {
        for (text, words) in [
            ("", "It is empty: there is no setting in it."),
            ("# nothing yet\n", "It is empty: there is no setting in it."),
            ("[backend]\n", "It is empty: there is no setting in it."),
            (
                "[workspace]\nname = 1\n",
                "Its only key is no setting of VAPORA: workspace.",
            ),
            (
                "a = 1\nb = 2\nc = 3\n[d]\n",
                "None of its 4 keys is a setting of VAPORA: a, b, c, ….",
            ),
            ("[backend\nhost = 1\n", "A section's name is not closed."),
        ] {
            let Standing::Nothing(problem) = of(text) else {
                panic!("{text:?} is opened");
            };
            assert!(problem.message.starts_with(words), "{problem:?}");
            assert!(problem.place.is_some() && problem.hint.is_some());
        }
    }
}
