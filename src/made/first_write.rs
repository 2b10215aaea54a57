//! The first write of a solo configuration gives it a secret to sign log-in tokens with: on one machine nothing expands
//! the profile's reference, and whoever knows its text could sign. Leaves to others: making it the operator's answer, and
//! saying so (`cli`, `plain`, `tui`).

use std::collections::BTreeSet;
use std::path::Path;

use super::{JWT_SECRET, jwt_secret};
use crate::config::{Config, Origin};
use crate::input;
use crate::problem::{Problem, Severity};
use crate::profile::MODE;
use crate::schema::{FieldPath, Schema};
use crate::secret::Secret;
use crate::store;
use crate::value::Value;

/// The mode that has no keeper of secrets.
const SOLO: &str = "solo";

/// The secret that a write gives its configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given {
    /// New: the file holds none yet.
    Made(Secret),
    /// The one that the file holds already.
    Kept(Secret),
}

impl Given {
    #[must_use]
    pub fn secret(&self) -> &Secret {
        match self {
            Self::Made(secret) | Self::Kept(secret) => secret,
        }
    }

    /// Where it comes from, and what leaves a reference in its place, for who writes without being asked about it.
    #[must_use]
    pub fn told(&self) -> String {
        let why = self.sentence();
        format!("{why} {JWT_SECRET} set to a reference stays one.")
    }

    /// Where it comes from.
    #[must_use]
    pub fn sentence(&self) -> &'static str {
        match self {
            Self::Made(_) => {
                "This first write makes a JWT secret: solo has no place that keeps one."
            }
            Self::Kept(_) => "This write keeps the JWT secret that the file holds.",
        }
    }
}

/// Does this configuration sign with nothing but the reference of its profile, where nobody keeps what it refers to?
/// Whatever a file, the environment or the operator says is left as it is, the same reference too. An answer for a field
/// of `hidden` would not count.
#[must_use]
pub fn is_due(config: &Config, hidden: &BTreeSet<FieldPath>) -> bool {
    let solo = matches!(config.value(MODE), Some(Value::Text(mode)) if mode == SOLO);
    let of_profile = config.leaf(JWT_SECRET).is_some_and(|leaf| {
        let value = leaf.value.as_ref();
        let refers = matches!(value, Some(Value::Secret(secret)) if secret.reference().is_some());
        leaf.origin == Origin::Profile && !leaf.held && refers
    });
    solo && of_profile && !hidden.contains(JWT_SECRET)
}

/// The secret that writing to `file` gives a configuration that [`is_due`]: the one in it, else a new one. `None` when
/// the file refers to one, or cannot be read: the plan says what is wrong with it. A Nickel file is evaluated: that
/// blocks for two seconds at most.
///
/// # Errors
/// When the system gives no randomness.
pub fn given(file: &Path, schema: &Schema) -> Result<Option<Given>, Problem> {
    let Ok(found) = store::read(file) else {
        return Ok(None);
    };
    let Some(found) = found else {
        return jwt_secret().map(Given::Made).map(Some);
    };
    let read = input::open(file, &found.bytes, schema);
    let is_of_whole =
        |problem: &Problem| problem.severity == Severity::Error && problem.path.is_none();
    match read.values.get(JWT_SECRET) {
        Some(Value::Secret(secret)) if secret.reference().is_some() => Ok(None),
        Some(Value::Secret(secret)) if !secret.is_empty() => Ok(Some(Given::Kept(secret.clone()))),
        _ if read.problems.iter().any(is_of_whole) => Ok(None),
        _ => jwt_secret().map(Given::Made).map(Some),
    }
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::sync::Arc;

    use super::*;
    use crate::config::{Overlay, SetBy, Verdict};
    use crate::value::Kind;

    const REFERENCE: &str = "${SECRET:jwt-secret}";
    const CLEAR: &str = "0123456789abcdefghijklmnopqrstuvwxyz";

    fn schema() -> Arc<Schema> {
        Arc::new(Schema::example([
            (MODE, Kind::Text),
            ("backend.port", Kind::Integer),
            (JWT_SECRET, Kind::Secret),
        ]))
    }

    fn config(mode: &str, secret: Option<&str>, set_by: SetBy, origin: Option<Origin>) -> Config {
        let value = secret.map(|text| Value::Text(text.into()));
        let said = value.clone().zip(origin).into_iter();
        let overlay: Overlay = said.map(|said| (JWT_SECRET.into(), said)).collect();
        let verdict = Verdict {
            leaves: vec![
                (Some(Value::Text(mode.into())), Some(SetBy::Profile)),
                (Some(Value::Integer(8001)), Some(SetBy::Schema)),
                (value, Some(set_by)),
            ],
            problems: Vec::new(),
        };
        Config::new(&schema(), &overlay, verdict, None)
    }

    #[test]
    fn only_the_reference_of_the_profile_of_solo_is_replaced() {
        use SetBy::{Overlay, Profile, ProfileForced, Schema};
        let (reference, other) = (Some(REFERENCE), Some("${FILE:/run/jwt}"));
        let environment = || Some(Origin::Environment("VAPORA__X".into()));
        let file = || Some(Origin::File("v.toml".into()));
        for (mode, secret, set_by, origin, expected) in [
            ("solo", reference, Profile, None, true),
            ("solo", other, Profile, None, true),
            ("multiuser", reference, Profile, None, false),
            ("enterprise", reference, Profile, None, false),
            ("Solo", reference, Profile, None, false),
            ("solo", Some(CLEAR), Profile, None, false),
            ("solo", Some(""), Profile, None, false),
            ("solo", None, Profile, None, false),
            ("solo", reference, Schema, None, false),
            ("solo", reference, ProfileForced, None, false),
            ("solo", reference, Overlay, Some(Origin::You), false),
            ("solo", reference, Overlay, environment(), false),
            ("solo", reference, Overlay, file(), false),
            ("solo", Some(CLEAR), Overlay, Some(Origin::You), false),
        ] {
            let what = format!("{mode} {secret:?} {set_by:?} {origin:?}");
            let config = config(mode, secret, set_by, origin);
            assert_eq!(is_due(&config, &BTreeSet::new()), expected, "{what}");
            let hidden = BTreeSet::from([JWT_SECRET.into()]);
            assert!(!is_due(&config, &hidden), "{what}, hidden");
        }
    }

    #[test]
    fn the_file_says_which_secret_it_is() {
        let room = tempfile::tempdir().unwrap();
        let of = |name: &str, text: Option<&str>| {
            let file = room.path().join(name);
            if let Some(text) = text {
                fs::write(&file, text).unwrap();
            }
            given(&file, &schema()).unwrap()
        };
        let toml = |secret: &str| format!("[security]\njwt_secret = \"{secret}\"\n");
        let json = format!("{{\"security\": {{\"jwt_secret\": \"{CLEAR}\"}}}}");
        let env = format!("VAPORA__SECURITY__JWT_SECRET={CLEAR}\n");
        for (name, text, expected) in [
            ("none.toml", None, Some("made")),
            ("empty.toml", Some(""), Some("made")),
            ("other.toml", Some("[backend]\nport = 9001\n"), Some("made")),
            ("blank.toml", Some(&*toml("")), Some("made")),
            ("clear.toml", Some(&toml(CLEAR)), Some("kept")),
            ("clear.json", Some(&json), Some("kept")),
            ("clear.env", Some(&env), Some("kept")),
            ("refers.toml", Some(&toml(REFERENCE)), None),
            ("env.toml", Some(&toml("${ENV:JWT}")), None),
            ("torn.toml", Some("[security\n"), None),
        ] {
            let given = of(name, text);
            let word = given.as_ref().map(|given| match given {
                Given::Made(_) => "made",
                Given::Kept(_) => "kept",
            });
            assert_eq!(word, expected, "{name}");
            let Some(given) = given else { continue };
            assert_eq!(given.secret().expose() == CLEAR, word == Some("kept"));
            assert!(given.secret().expose().len() >= 32, "{name}");
            assert!(!format!("{given:?}").contains(given.secret().expose()));
        }
        assert_eq!(given(room.path(), &schema()).unwrap(), None, "a folder");
        let twice = [of("none.toml", None), of("none.toml", None)];
        assert_ne!(twice[0], twice[1]);
    }
}
