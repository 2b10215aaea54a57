//! References to secrets kept elsewhere: where they can be kept, the name proposed for a setting, what a name may be.
//! Leaves to others: telling a reference from a secret (`secret`), asking for one (`tui`, `plain`).

use crate::problem::Problem;
use crate::schema::Field;
use crate::secret;
use crate::value::Value;

/// Where a secret is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeper {
    Environment,
    File,
    Store,
}

/// More than any system takes as a name.
const LONGEST: usize = 1024;

impl Keeper {
    pub const ALL: [Self; 3] = [Self::Environment, Self::File, Self::Store];

    /// What it is called.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Environment => "Environment",
            Self::File => "File",
            Self::Store => "Secret store",
        }
    }

    /// What is asked for.
    #[must_use]
    pub fn asks(self) -> &'static str {
        match self {
            Self::Environment => "name of the environment variable",
            Self::File => "whole path of the file",
            Self::Store => "name in the secret store",
        }
    }

    /// One word for it, as plain mode asks for it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Environment => "env",
            Self::File => "file",
            Self::Store => "store",
        }
    }

    fn tag(self) -> &'static str {
        match self {
            Self::Environment => "ENV",
            Self::File => "FILE",
            Self::Store => "SECRET",
        }
    }

    /// The reference as the file holds it, whether or not the name may be one: `${ENV:NAME}`.
    #[must_use]
    pub fn written(self, name: &str) -> String {
        format!("${{{}:{name}}}", self.tag())
    }

    /// The name that this setting's secret would have there.
    #[must_use]
    pub fn proposed(self, field: &Field) -> String {
        let in_store = || match &field.range.example {
            Some(Value::Secret(secret)) => Self::Store.inside(secret.reference()?),
            Some(Value::Text(text)) => Self::Store.inside(text),
            _ => None,
        };
        let in_store = || in_store().unwrap_or_else(|| field.path.leaf().replace('_', "-"));
        match self {
            Self::Environment => field.path.environment_name(),
            Self::File => format!("/run/secrets/{}", in_store()),
            Self::Store => in_store(),
        }
    }

    /// The name in a whole reference of this kind.
    #[must_use]
    pub fn inside(self, reference: &str) -> Option<String> {
        if !secret::is_reference(reference) {
            return None;
        }
        let inner = reference.strip_prefix("${")?.strip_suffix('}')?;
        let name = inner.strip_prefix(self.tag())?.strip_prefix(':')?;
        Some(name.to_owned())
    }

    /// The reference to a name that was typed, alone or as the whole reference.
    ///
    /// # Errors
    /// A problem that says what a name is there, when this is none.
    pub fn refer(self, typed: &str) -> Result<String, Problem> {
        let typed = typed.trim();
        let name = self.inside(typed).unwrap_or_else(|| typed.to_owned());
        let fits = match self {
            Self::Environment => is_variable(&name),
            Self::File => is_whole_path(&name),
            Self::Store => is_stored_name(&name),
        };
        if fits && name.len() <= LONGEST {
            return Ok(self.written(&name));
        }
        let (message, hint) = match self {
            Self::Environment => (
                "That is no name of an environment variable.",
                "Use letters, digits and _, no digit first, for example JWT_SECRET.",
            ),
            Self::File => (
                "That is no whole path of a file.",
                "Begin with / and use neither blanks nor braces, for example /run/secrets/jwt.",
            ),
            Self::Store => (
                "That is no name of a secret.",
                "Use letters, digits and . _ - / only, for example jwt-secret.",
            ),
        };
        Err(Problem::error(message).hint(hint))
    }
}

fn is_variable(name: &str) -> bool {
    !name.starts_with(|c: char| c.is_ascii_digit())
        && !name.is_empty()
        && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}

fn is_whole_path(name: &str) -> bool {
    let of_one = |c: char| !c.is_whitespace() && !c.is_control() && !matches!(c, '{' | '}');
    name.starts_with('/') && !name.ends_with('/') && name.chars().all(of_one)
}

fn is_stored_name(name: &str) -> bool {
    let of_one = |c: char| c.is_ascii_alphanumeric() || ".-_/".contains(c);
    name.starts_with(|c: char| c.is_ascii_alphanumeric())
        && !name.ends_with('/')
        && name.chars().all(of_one)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Range;
    use crate::value::Kind;

    #[test]
    fn only_names_that_can_be_are_referred_to() {
        use Keeper::{Environment, File, Store};
        for (keeper, typed, expected) in [
            (Environment, "JWT_SECRET", Some("${ENV:JWT_SECRET}")),
            (Environment, " _x9 ", Some("${ENV:_x9}")),
            (Environment, "${ENV:JWT}", Some("${ENV:JWT}")),
            (Environment, "${FILE:/x}", None),
            (Environment, "9X", None),
            (Environment, "A-B", None),
            (Environment, "A B", None),
            (Environment, "Ä", None),
            (Environment, "", None),
            (File, "/run/secrets/jwt", Some("${FILE:/run/secrets/jwt}")),
            (File, "run/secrets/jwt", None),
            (File, "/run/secrets/", None),
            (File, "/", None),
            (File, "/a b", None),
            (File, "/a}b", None),
            (Store, "jwt-secret", Some("${SECRET:jwt-secret}")),
            (Store, "vapora/jwt.v2", Some("${SECRET:vapora/jwt.v2}")),
            (Store, "-jwt", None),
            (Store, "jwt/", None),
            (Store, "a:b", None),
            (Store, "", None),
        ] {
            let found = keeper.refer(typed);
            assert_eq!(found.as_deref().ok(), expected, "{keeper:?} {typed:?}");
            match found {
                Ok(reference) => assert!(secret::is_reference(&reference)),
                Err(problem) => assert!(problem.sentence().contains("for example")),
            }
        }
        assert!(Store.refer(&"a".repeat(LONGEST + 1)).is_err());
    }

    #[test]
    fn names_are_proposed_and_can_be_taken() {
        let field = |example: Option<&str>| Field {
            range: Range {
                example: example.map(|text| Kind::Secret.read(text)),
                ..Range::default()
            },
            ..Field::example("security.jwt_secret", Kind::Secret)
        };
        for (example, expected) in [
            (None, "jwt-secret"),
            (Some("${SECRET:vapora-jwt}"), "vapora-jwt"),
            (Some("${ENV:X}"), "jwt-secret"),
        ] {
            let field = field(example);
            let proposed = Keeper::ALL.map(|keeper| keeper.proposed(&field));
            assert_eq!(proposed[0], "VAPORA__SECURITY__JWT_SECRET");
            assert_eq!(proposed[1], format!("/run/secrets/{expected}"));
            assert_eq!(proposed[2], expected);
            for (keeper, name) in Keeper::ALL.iter().zip(&proposed) {
                assert_eq!(keeper.refer(name).unwrap(), keeper.written(name));
            }
        }
    }
}
