//! Which profile a file stands on: the one that it differs from least, with the count for each.
//! Leaves to others: judging the profiles (`nickel`), a mode that names one (`input`), asking (`plain`, `tui`).

use std::collections::BTreeMap;
use std::fmt::Write as _;

use crate::config::Config;
use crate::problem::counted;
use crate::profile::MODE;
use crate::schema::FieldPath;
use crate::value::Value;

/// How far a file is from one profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Likeness {
    pub profile: String,
    /// Settings that the file gives and the profile has otherwise.
    pub differ: usize,
    /// Settings that the file gives.
    pub of: usize,
}

impl Likeness {
    /// `12 of 40 settings differ`.
    #[must_use]
    pub fn words(&self) -> String {
        let of = counted(self.of, "setting");
        match self.differ {
            0 => format!("none of {of} differs"),
            1 => format!("1 of {of} differs"),
            n => format!("{n} of {of} differ"),
        }
    }
}

/// Every profile with its count, the fewest differences first; of equals the one that is offered first.
/// What the file does not say follows the profile, so only what it says counts, and never the mode.
#[must_use]
pub fn likeness<'a>(
    values: &BTreeMap<FieldPath, Value>,
    profiles: impl IntoIterator<Item = (&'a str, &'a Config)>,
) -> Vec<Likeness> {
    let said = || values.iter().filter(|(path, _)| path.as_str() != MODE);
    let of = said().count();
    let mut found: Vec<Likeness> = profiles
        .into_iter()
        .map(|(name, profile)| Likeness {
            profile: name.to_owned(),
            differ: said()
                .filter(|(path, value)| profile.value(path.as_str()) != Some(value))
                .count(),
            of,
        })
        .collect();
    found.sort_by_key(|likeness| likeness.differ);
    found
}

/// `12 settings differ from enterprise, 40 from multiuser, 71 from solo`; empty without a profile.
#[must_use]
pub fn sentence(found: &[Likeness]) -> String {
    let Some((first, rest)) = found.split_first() else {
        return String::new();
    };
    let verb = if first.differ == 1 {
        "differs"
    } else {
        "differ"
    };
    let mut text = format!(
        "{} {verb} from {}",
        counted(first.differ, "setting"),
        first.profile
    );
    for other in rest {
        // Writing to a String cannot fail.
        let _ = write!(text, ", {} from {}", other.differ, other.profile);
    }
    text
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::config::{SetBy, Verdict};
    use crate::schema::Schema;
    use crate::value::Kind;

    fn schema() -> Arc<Schema> {
        let paths = ["deployment_mode", "backend.host", "backend.port"];
        Arc::new(Schema::example(paths.map(|path| (path, Kind::Text))))
    }

    fn profile(values: [&str; 3]) -> Config {
        let leaf = |text: &str| (Some(Value::Text(text.into())), Some(SetBy::Profile));
        let verdict = Verdict {
            leaves: values.map(leaf).to_vec(),
            problems: Vec::new(),
        };
        Config::new(&schema(), &BTreeMap::new(), verdict, None)
    }

    fn file(values: &[(&str, &str)]) -> BTreeMap<FieldPath, Value> {
        values
            .iter()
            .map(|(path, text)| (FieldPath::new(path), Value::Text((*text).into())))
            .collect()
    }

    #[test]
    fn the_profile_with_the_fewest_differences_is_first() {
        let solo = profile(["solo", "localhost", "1"]);
        let team = profile(["team", "0.0.0.0", "2"]);
        let farm = profile(["farm", "0.0.0.0", "3"]);
        let all = [("solo", &solo), ("team", &team), ("farm", &farm)];
        for (values, expected) in [
            (
                &[("backend.host", "0.0.0.0"), ("backend.port", "3")][..],
                "0 settings differ from farm, 1 from team, 2 from solo",
            ),
            // Of equals the first offered.
            (
                &[("backend.port", "9")],
                "1 setting differs from solo, 1 from team, 1 from farm",
            ),
            // A mode that names none of them says nothing, and what the file leaves out is the profile's.
            (
                &[("deployment_mode", "lab"), ("backend.port", "2")],
                "0 settings differ from team, 1 from solo, 1 from farm",
            ),
            (&[], "0 settings differ from solo, 0 from team, 0 from farm"),
        ] {
            let found = likeness(&file(values), all.iter().copied());
            assert_eq!(sentence(&found), expected);
        }
        assert_eq!(sentence(&likeness(&file(&[]), [])), "");
    }

    #[test]
    fn a_count_reads_as_a_phrase() {
        for (differ, of, expected) in [
            (0, 3, "none of 3 settings differs"),
            (1, 1, "1 of 1 setting differs"),
            (12, 40, "12 of 40 settings differ"),
        ] {
            let profile = "solo".to_owned();
            let likeness = Likeness {
                profile,
                differ,
                of,
            };
            assert_eq!(likeness.words(), expected);
        }
    }
}
