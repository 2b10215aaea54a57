//! The files that a made secret, or a certificate with its key, is put into: planned to be shown, then written.
//! Leaves to others: the writing itself (`store`), who says yes (`cli`, `tui`).

use std::path::Path;

use super::certificate::Certificate;
use crate::problem::Problem;
use crate::secret::Secret;
use crate::store::{self, Outcome, Plan, Written};

/// A certificate and its key as files to be written.
#[derive(Debug)]
pub struct Pair {
    pub certificate: Plan,
    pub key: Plan,
    pub names: Vec<String>,
    pub days: u32,
    /// The last moment it holds.
    pub until: String,
}

impl Pair {
    /// Plans both; nothing is changed.
    ///
    /// # Errors
    /// A problem for each of the two that cannot be written, or when both are one file.
    pub fn plan(made: &Certificate, certificate: &Path, key: &Path) -> Result<Self, Vec<Problem>> {
        let public = || {
            let found = store::read(certificate)?;
            Plan::new(certificate, found.as_ref(), made.certificate.clone(), false)
        };
        let (public, private) = match (public(), secret_file(key, &made.key)) {
            (Ok(public), Ok(private)) => (public, private),
            (public, private) => {
                let problems = [public.err(), private.err()];
                return Err(problems.into_iter().flatten().collect());
            }
        };
        if public.target == private.target {
            let problem = Problem::error("Certificate and key would be one file.")
                .hint("Name two, for example tls.crt and tls.key.");
            return Err(vec![problem.in_file(key, None)]);
        }
        Ok(Self {
            certificate: public,
            key: private,
            names: made.names.clone(),
            days: made.days,
            until: made.until.clone(),
        })
    }

    /// Both plans, the certificate first.
    #[must_use]
    pub fn plans(&self) -> [&Plan; 2] {
        [&self.certificate, &self.key]
    }

    /// Would a file that is there be replaced? What it holds is then gone.
    #[must_use]
    pub fn replaces(&self) -> bool {
        self.plans().iter().any(|plan| plan.outcome != Outcome::New)
    }

    /// Writes the key, then the certificate. Gives both as written, the certificate first.
    ///
    /// # Errors
    /// A problem when one was not written. A key that is new is removed again then: alone it is of no use.
    pub fn write(&self) -> Result<[Written; 2], Problem> {
        let key = self.key.write().map_err(|failed| failed.problem())?;
        let failed = match self.certificate.write() {
            Ok(certificate) => return Ok([certificate, key]),
            Err(failed) => failed.problem(),
        };
        let is_removed = self.key.outcome == Outcome::New && store::remove(&key.path).is_ok();
        let left = if is_removed {
            "The key was not kept either."
        } else {
            "The key is a new one already, and its certificate is not there: make both again."
        };
        let message = format!("{} {left}", failed.message);
        Err(Problem { message, ..failed })
    }
}

/// Plans a file that holds nothing but this secret and is its owner's alone, mode 0600.
///
/// # Errors
/// A problem when it cannot be written.
pub fn secret_file(file: &Path, secret: &Secret) -> Result<Plan, Problem> {
    let found = store::read(file)?;
    let text = secret.expose();
    let end = if text.ends_with('\n') { "" } else { "\n" };
    Plan::new(file, found.as_ref(), format!("{text}{end}"), true)
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::os::unix::fs::PermissionsExt;
    use std::time::SystemTime;

    use super::*;

    fn made() -> Certificate {
        super::super::certificate(&["localhost".into()], 30, SystemTime::now()).unwrap()
    }

    fn mode(path: &Path) -> u32 {
        path.metadata().unwrap().permissions().mode() & 0o7777
    }

    #[test]
    fn both_are_planned_first_and_only_the_key_is_private() {
        let room = tempfile::tempdir().unwrap();
        let (crt, key) = (
            room.path().join("tls/tls.crt"),
            room.path().join("tls/tls.key"),
        );
        let made = made();
        let pair = Pair::plan(&made, &crt, &key).unwrap();
        assert!(!pair.replaces());
        assert!(!crt.exists() && !key.exists(), "planned only");
        assert_eq!([pair.certificate.mode, pair.key.mode], [0o644, 0o600]);
        let [first, second] = pair.write().unwrap();
        assert_eq!((first.path, second.path), (crt.clone(), key.clone()));
        assert_eq!((mode(&crt), mode(&key)), (0o644, 0o600));
        assert_eq!(fs::read_to_string(&crt).unwrap(), made.certificate);
        assert_eq!(fs::read_to_string(&key).unwrap(), made.key.expose());
        assert!(
            !format!("{pair:?}").contains("PRIVATE"),
            "the plan does not print the key"
        );
        // A second time it says that files are there.
        fs::set_permissions(&key, fs::Permissions::from_mode(0o644)).unwrap();
        let again = Pair::plan(&made, &crt, &key).unwrap();
        assert!(again.replaces());
        assert_eq!(again.key.mode, 0o600);
        let names: Vec<_> = fs::read_dir(crt.parent().unwrap()).unwrap().collect();
        assert_eq!(names.len(), 2, "no old key is kept anywhere");
    }

    #[test]
    fn one_that_cannot_be_written_is_told_before_anything_is() {
        let room = tempfile::tempdir().unwrap();
        let at = |name: &str| room.path().join(name);
        fs::create_dir(at("folder")).unwrap();
        fs::write(at("file"), "").unwrap();
        for (crt, key, count, said) in [
            ("folder", "a.key", 1, "a folder"),
            ("folder", "folder", 2, "a folder"),
            ("a.crt", "file/a.key", 1, ""),
            ("a.crt", "a.crt", 1, "one file"),
        ] {
            let problems = Pair::plan(&made(), &at(crt), &at(key)).unwrap_err();
            assert_eq!(problems.len(), count, "{crt} {key}");
            assert!(problems[0].message.contains(said), "{problems:?}");
        }
        assert!(!at("a.crt").exists() && !at("a.key").exists());
    }

    #[test]
    fn a_key_without_its_certificate_does_not_stay() {
        let room = tempfile::tempdir().unwrap();
        let (crt, key) = (room.path().join("a.crt"), room.path().join("a.key"));
        let pair = Pair::plan(&made(), &crt, &key).unwrap();
        fs::write(&crt, "somebody else's").unwrap();
        let problem = pair.write().unwrap_err();
        assert!(
            problem.message.contains("The key was not kept either."),
            "{problem:?}"
        );
        assert!(!key.exists());
        assert_eq!(fs::read_to_string(&crt).unwrap(), "somebody else's");
    }

    #[test]
    fn a_made_secret_is_its_owners_alone() {
        let room = tempfile::tempdir().unwrap();
        let file = room.path().join("jwt");
        let secret = super::super::jwt_secret().unwrap();
        let plan = secret_file(&file, &secret).unwrap();
        plan.write().unwrap();
        assert_eq!(mode(&file), 0o600);
        assert_eq!(
            fs::read_to_string(&file).unwrap(),
            format!("{}\n", secret.expose())
        );
    }
}
