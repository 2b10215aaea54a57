//! The first line of a file that this program wrote: it names the profile that the file stands on, which is not always
//! the one that its mode names. Leaves to others: writing the line (`output`).

use crate::profile::MODE;
use crate::schema::Schema;

/// How the line begins.
pub const HEAD: &str = "# VAPORA configuration, ";

/// What stands between the words, as `output` writes them.
pub const PROFILE: &str = "profile ";
pub const SCHEMA: &str = ", schema ";

/// What names the profile of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NamedBy {
    FirstLine,
    Mode,
    /// It is a preset, which says its profile.
    Preset,
}

impl NamedBy {
    /// `deployment_mode`.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::FirstLine => "its first line",
            Self::Mode => MODE,
            Self::Preset => "the preset",
        }
    }
}

/// The operator's own profile that the first line names. Shipped profiles are named by their mode as well, and a mode
/// that was changed by hand then counts more than a line that nobody reads.
pub(super) fn own_profile(text: &str, schema: &Schema) -> Option<String> {
    let line = text.lines().next()?.strip_prefix(HEAD)?;
    let (name, _) = line.strip_prefix(PROFILE)?.rsplit_once(SCHEMA)?;
    let modes = schema.get(MODE).map(|field| &field.range.choices);
    let is_mode = modes.is_some_and(|modes| modes.iter().any(|mode| mode == name));
    (!name.is_empty() && !is_mode).then(|| name.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::{Field, Range};
    use crate::value::Kind;

    #[test]
    fn an_own_profile_is_named_by_the_first_line() {
        let mode = Field {
            range: Range {
                choices: ["solo", "enterprise"].map(str::to_owned).to_vec(),
                ..Range::default()
            },
            ..Field::example(MODE, Kind::Text)
        };
        let schema = Schema::new("1".into(), vec![mode], vec![]);
        for (text, expected) in [
            (
                "# VAPORA configuration, profile ours, schema 1.2.0.\n",
                Some("ours"),
            ),
            (
                "# VAPORA configuration, profile ours, schema 1.2.0.\r\na = 1\r\n",
                Some("ours"),
            ),
            (
                "# VAPORA configuration, profile a, schema b, schema 1.\n",
                Some("a, schema b"),
            ),
            (
                "# VAPORA configuration, profile solo, schema 1.2.0.\n",
                None,
            ),
            ("# VAPORA configuration, schema 1.2.0.\n", None),
            ("# VAPORA configuration, profile ours\n", None),
            ("# VAPORA configuration, profile , schema 1.\n", None),
            (
                "\n# VAPORA configuration, profile ours, schema 1.2.0.\n",
                None,
            ),
            ("# profile ours, schema 1.2.0.\n", None),
            ("", None),
        ] {
            assert_eq!(own_profile(text, &schema).as_deref(), expected, "{text:?}");
        }
    }
}
