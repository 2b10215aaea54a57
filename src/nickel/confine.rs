//! The child confines itself before its first request: little memory, no files, no network, no further processes.
//! A profile may run wild, and need not see this machine.

use std::io;

use landlock::{
    ABI, Access, AccessFs, AccessNet, LandlockStatus, Ruleset, RulesetAttr, RulesetStatus, Scope,
};
use rustix::process::{Resource, Rlimit, Signal, nice, set_parent_process_death_signal, setrlimit};

use super::protocol::Confinement;

/// Address space of the child, in bytes.
const MEMORY: u64 = 1 << 30;
/// How far the child stands back where cores are short: a key is shown before the verdict on it.
const NICE: i32 = 5;

/// Limits this process, then confines this thread and those that it starts. Says how far the kernel confines.
///
/// # Errors
/// When the kernel refuses a limit.
pub fn confine() -> io::Result<Confinement> {
    // A parent that is killed ends no child that computes and does not read.
    set_parent_process_death_signal(Some(Signal::KILL))?;
    limit(Resource::As, MEMORY)?;
    limit(Resource::Core, 0)?;
    limit(Resource::Fsize, 0)?;
    nice(NICE)?;
    let confined = without_files();
    // Only now: confining needs a descriptor of its own. Stdin, stdout and stderr are all that may be open.
    limit(Resource::Nofile, 3)?;
    Ok(confined)
}

/// No further process or thread from here on.
///
/// # Errors
/// When the kernel refuses.
pub fn alone() -> io::Result<()> {
    limit(Resource::Nproc, 0)
}

/// Takes every access to files, to the network and to other processes' sockets and signals from this thread and
/// those that it starts, as far as the kernel knows of them. Connections it knows since Linux 6.7.
#[must_use]
pub fn without_files() -> Confinement {
    // The newest rights the crate knows; of an older kernel, those it has.
    let all = ABI::V9;
    let restricted = Ruleset::default()
        .handle_access(AccessFs::from_all(all))
        .and_then(|rules| rules.handle_access(AccessNet::from_all(all)))
        .and_then(|rules| rules.scope(Scope::from_all(all)))
        .and_then(Ruleset::create)
        .and_then(landlock::RulesetCreated::restrict_self);
    let Ok(status) = restricted else {
        return Confinement::No;
    };
    // Newer rights than the kernel has make the ruleset "partial", so the version tells.
    match (status.ruleset, status.landlock) {
        (RulesetStatus::NotEnforced, _) => Confinement::No,
        (_, LandlockStatus::Available { effective_abi, .. }) if effective_abi >= ABI::V4 => {
            Confinement::Whole
        }
        _ => Confinement::Files,
    }
}

fn limit(resource: Resource, most: u64) -> io::Result<()> {
    let most = Rlimit {
        current: Some(most),
        maximum: Some(most),
    };
    Ok(setrlimit(resource, most)?)
}

#[cfg(test)]
mod tests {
    use std::fs::File;
    use std::net::TcpListener;
    use std::thread;

    use super::*;

    fn must_confine() -> bool {
        std::env::var_os("CI").is_some()
    }

    #[test]
    fn a_confined_thread_opens_nothing() {
        let file = tempfile::NamedTempFile::new().unwrap();
        let path = file.path().to_owned();
        assert!(File::open(&path).is_ok());
        let confined = thread::spawn(move || {
            let confinement = without_files();
            (confinement != Confinement::No).then(|| {
                let opened = [path.as_path(), "/etc/passwd".as_ref(), "/".as_ref()].map(File::open);
                let made = File::create(path.with_extension("new"));
                let listens = TcpListener::bind("127.0.0.1:0");
                let kinds = opened.map(|opened| opened.err().map(|error| error.kind()));
                (
                    confinement,
                    kinds,
                    made.err().map(|error| error.kind()),
                    listens.err().map(|error| error.kind()),
                )
            })
        });
        let denied = Some(io::ErrorKind::PermissionDenied);
        match confined.join().unwrap() {
            Some((confinement, files, made, listens)) => {
                assert_eq!((files, made), ([denied; 3], denied));
                // Where Help says so, it holds.
                assert_eq!(confinement == Confinement::Whole, listens == denied);
                assert!(
                    confinement == Confinement::Whole || !must_confine(),
                    "{confinement:?}"
                );
            }
            // Elsewhere a kernel without Landlock is told of in Help.
            None => assert!(
                !must_confine(),
                "this kernel has no Landlock, so nothing shows that the child is confined"
            ),
        }
        // Only that thread.
        assert!(File::open(file.path()).is_ok());
    }
}
