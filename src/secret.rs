//! A secret text: it can be held, compared and handed on, and it never prints itself.
//! Leaves to others: where secrets are asked for (`tui`) and written (`output`).

use std::{fmt, io};

use rustix::process::{Resource, Rlimit, setrlimit};
use zeroize::Zeroizing;

/// What a secret shows as, everywhere.
pub const MASK: &str = "(secret)";

/// What a reference may begin with behind `${`.
const KINDS: [&str; 3] = ["ENV:", "FILE:", "SECRET:"];

/// A secret value, wiped from memory when dropped. `Debug` and `Display` print [`MASK`]; there is no `Serialize`.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(Zeroizing<String>);

impl Secret {
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self(Zeroizing::new(text.into()))
    }

    /// The clear text. Only the places listed in `tests/layers.rs` may call this.
    #[must_use]
    pub fn expose(&self) -> &str {
        &self.0
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The text when it only refers to a secret kept elsewhere, and so may be shown.
    #[must_use]
    pub fn reference(&self) -> Option<&str> {
        is_reference(&self.0).then_some(self.0.as_str())
    }
}

/// `${ENV:NAME}`, `${FILE:path}` or `${SECRET:name}`: names a secret without holding it.
#[must_use]
pub fn is_reference(text: &str) -> bool {
    let Some(inner) = text
        .strip_prefix("${")
        .and_then(|rest| rest.strip_suffix('}'))
    else {
        return false;
    };
    KINDS.iter().any(|kind| {
        inner
            .strip_prefix(kind)
            .is_some_and(|name| !name.is_empty() && !name.contains(['{', '}']))
    })
}

/// Is this a reference, or the beginning of one that is still being typed?
#[must_use]
pub fn begins_reference(text: &str) -> bool {
    let Some(inner) = text.strip_prefix("${") else {
        return false;
    };
    is_reference(text)
        || KINDS.iter().any(|kind| {
            let name = inner.strip_prefix(kind);
            kind.starts_with(inner) || name.is_some_and(|name| !name.contains(['{', '}']))
        })
}

/// Does this address carry a password (`scheme://user:password@host`)? Such a text is a secret as a whole.
#[must_use]
pub fn address_holds_password(text: &str) -> bool {
    let Some((_, rest)) = text.split_once("://") else {
        return false;
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    authority
        .rsplit_once('@')
        .and_then(|(user, _)| user.split_once(':'))
        .is_some_and(|(_, password)| !password.is_empty() && !is_reference(password))
}

/// From here on no fault of this process, or of one that it starts, writes its memory to disk.
///
/// # Errors
/// When the kernel refuses the limit.
pub fn never_dump_memory() -> io::Result<()> {
    let none = Rlimit {
        current: Some(0),
        maximum: Some(0),
    };
    Ok(setrlimit(Resource::Core, none)?)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(MASK)
    }
}

impl fmt::Display for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.reference().unwrap_or(MASK))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_never_prints_itself() {
        let secret = Secret::new("hunter2hunter2");
        assert_eq!(format!("{secret} {secret:?}"), "(secret) (secret)");
        let reference = Secret::new("${SECRET:jwt-secret}");
        assert_eq!(reference.to_string(), "${SECRET:jwt-secret}");
    }

    #[test]
    fn references_are_told_from_secrets() {
        for (text, expected) in [
            ("${ENV:JWT}", true),
            ("${FILE:/run/secrets/jwt}", true),
            ("${SECRET:jwt-secret}", true),
            ("${SECRET:}", false),
            ("${OTHER:x}", false),
            ("x${ENV:JWT}", false),
            ("${ENV:A}${ENV:B}", false),
            ("", false),
        ] {
            assert_eq!(is_reference(text), expected, "{text}");
        }
        for (text, expected) in [
            ("${", true),
            ("${ENV:JW", true),
            ("${ENV:}", false),
            ("${OT", false),
            ("${ENV:JWT}", true),
            ("${ENV:JWT}secret", false),
            ("secret", false),
        ] {
            assert_eq!(begins_reference(text), expected, "{text}");
        }
    }

    #[test]
    fn a_password_in_an_address_is_seen() {
        for (text, expected) in [
            ("ws://surrealdb:8000", false),
            ("ws://root:secret@surrealdb:8000", true),
            ("ws://root@surrealdb:8000", false),
            ("ws://root:${ENV:PASSWORD}@surrealdb:8000", false),
            ("https://host/a:b@c", false),
        ] {
            assert_eq!(address_holds_password(text), expected, "{text}");
        }
    }
}
