//! The thread that writes a draft: it takes the newest state, at most 250 ms after the first unsaved key, and nothing
//! that shows or judges ever waits for it.

use std::path::PathBuf;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::json;

use super::record::{self, FORMAT, Header};
use super::state::State;
use super::{folder, journal};
use crate::problem::Problem;
use crate::store::{self, Append, Holder, Refused};

/// From the first unsaved key to the write: with the write itself well under 250 ms.
const DELAY: Duration = Duration::from_millis(150);

/// A longer journal is written anew, as one state.
const LONGEST: u64 = 256 << 10;

/// What became of the draft.
#[derive(Clone, Debug, PartialEq)]
pub enum News {
    /// The disk refuses it; tried again with the next change.
    Refused(Problem),
    /// It is kept again.
    Kept,
    /// Another wizard took it: this one writes no more of it.
    Taken,
}

#[derive(Default)]
struct Wanted {
    /// `None`: nothing is unsaved, so there is no draft.
    state: Option<State>,
    last_key: u64,
    /// When the first change came that is not written.
    since: Option<Instant>,
    /// How often something was wanted, and how much of it is done.
    asked: u64,
    done: u64,
    /// A draft of before that is carried on.
    adopted: Option<PathBuf>,
    file: Option<PathBuf>,
    /// The last write was refused.
    refused: bool,
    now: bool,
    stop: bool,
}

#[derive(Default)]
struct Shared {
    wanted: Mutex<Wanted>,
    changed: Condvar,
}

impl Shared {
    fn lock(&self) -> MutexGuard<'_, Wanted> {
        self.wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The writing side, as the loop holds it. Dropping it writes what is left, and waits a moment for it.
pub struct Keeper {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Keeper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Keeper")
    }
}

impl Keeper {
    /// Starts the thread. `tell` hears when the draft is refused, kept again or taken.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(
        folder: PathBuf,
        workspace: PathBuf,
        tell: impl FnMut(News) + Send + 'static,
    ) -> std::io::Result<Self> {
        let shared = Arc::new(Shared::default());
        let mut writer = Writer {
            folder,
            workspace,
            journal: None,
            adopted: None,
            written: State::default(),
            gone: false,
            refused: false,
            tell: Box::new(tell),
        };
        let own = Arc::clone(&shared);
        thread::Builder::new()
            .name("draft".into())
            .spawn(move || writer.work(&own))?;
        Ok(Self { shared })
    }

    /// Hands over what is unsaved now. Returns at once.
    pub fn note(&self, state: Option<State>) {
        let mut wanted = self.shared.lock();
        if wanted.state == state {
            return;
        }
        wanted.state = state;
        wanted.last_key = store::milliseconds();
        wanted.since.get_or_insert_with(Instant::now);
        wanted.asked += 1;
        self.shared.changed.notify_all();
    }

    /// Carries on a draft that was taken: the next write replaces it, with nothing unsaved it is removed.
    pub fn adopt(&self, file: PathBuf, state: Option<State>) {
        let mut wanted = self.shared.lock();
        wanted.adopted = Some(file);
        wanted.state = state;
        wanted.last_key = store::milliseconds();
        wanted.since.get_or_insert_with(Instant::now);
        wanted.asked += 1;
        self.shared.changed.notify_all();
    }

    /// Writes what is left now, and waits so long for it at most. `false` when it is not on disk by then.
    pub fn flush(&self, limit: Duration) -> bool {
        let mut wanted = self.shared.lock();
        if std::mem::take(&mut wanted.refused) {
            wanted.asked += 1;
        }
        if wanted.done != wanted.asked {
            wanted.now = true;
            self.shared.changed.notify_all();
        }
        let (wanted, _) = self
            .shared
            .changed
            .wait_timeout_while(wanted, limit, |wanted| wanted.done != wanted.asked)
            .unwrap_or_else(PoisonError::into_inner);
        wanted.done == wanted.asked
    }

    /// The file of the draft, when there is one.
    #[must_use]
    pub fn file(&self) -> Option<PathBuf> {
        self.shared.lock().file.clone()
    }
}

/// How long a keeper that nobody flushed before, as in a panic, holds up the end for the disk.
const PATIENCE: Duration = Duration::from_millis(300);

impl Drop for Keeper {
    fn drop(&mut self) {
        self.flush(PATIENCE);
        self.shared.lock().stop = true;
        self.shared.changed.notify_all();
    }
}

struct Writer {
    folder: PathBuf,
    workspace: PathBuf,
    journal: Option<Append>,
    /// The file that the next journal replaces.
    adopted: Option<PathBuf>,
    /// What the journal says.
    written: State,
    /// Another wizard has it.
    gone: bool,
    refused: bool,
    tell: Box<dyn FnMut(News) + Send>,
}

impl Writer {
    fn work(&mut self, shared: &Shared) {
        let mut wanted = shared.lock();
        loop {
            if wanted.done == wanted.asked {
                if wanted.stop {
                    return;
                }
                wanted = wait(shared, wanted, None);
                continue;
            }
            let due = wanted.since.map(|since| since + DELAY);
            let left = due.map(|due| due.saturating_duration_since(Instant::now()));
            if let Some(left) = left.filter(|left| !left.is_zero() && !wanted.now && !wanted.stop) {
                wanted = wait(shared, wanted, Some(left));
                continue;
            }
            let (state, last_key, asked) = (wanted.state.clone(), wanted.last_key, wanted.asked);
            let adopted = wanted.adopted.take();
            wanted.since = None;
            wanted.now = false;
            drop(wanted);
            self.carry_out(state.as_ref(), last_key, adopted);
            wanted = shared.lock();
            wanted.done = asked;
            wanted.refused = self.refused;
            wanted.file = self
                .journal
                .as_ref()
                .map(|journal| journal.path().to_owned());
            shared.changed.notify_all();
        }
    }

    fn carry_out(&mut self, state: Option<&State>, last_key: u64, adopted: Option<PathBuf>) {
        if adopted.is_some() {
            // What this wizard had of its own before is not wanted any more.
            if let Some(own) = self.journal.take() {
                drop(own.remove());
            }
            self.gone = false;
            self.adopted = adopted;
        }
        let done = match state {
            None => self.remove(),
            Some(_) if self.gone => Ok(()),
            Some(state) => self.write(state, last_key),
        };
        match done {
            Ok(()) if std::mem::take(&mut self.refused) => (self.tell)(News::Kept),
            Ok(()) => {}
            Err(Refused::Taken) => {
                self.gone = true;
                self.journal = None;
                (self.tell)(News::Taken);
            }
            Err(Refused::Failed(problem)) => {
                if !std::mem::replace(&mut self.refused, true) {
                    (self.tell)(News::Refused(problem));
                }
            }
        }
    }

    fn remove(&mut self) -> Result<(), Refused> {
        self.gone = false;
        self.written = State::default();
        let own = self.journal.take().map_or(Ok(()), Append::remove);
        let adopted = self
            .adopted
            .take()
            .map_or(Ok(()), |file| store::remove(&file));
        own.and(adopted).map_err(Refused::Failed)
    }

    fn write(&mut self, state: &State, at: u64) -> Result<(), Refused> {
        let anew = state.hides_what_was_kept(&self.written);
        if let Some(journal) = &mut self.journal
            && !anew
            && journal.length() < LONGEST
        {
            let change = record::change(&self.written, state, at);
            if let Some(bytes) = journal::record(&change) {
                journal.add(&bytes)?;
                self.written = state.clone();
                return Ok(());
            }
        }
        let bytes = self.whole(state, at)?;
        let made = match (&self.journal, &self.adopted) {
            (Some(journal), _) if !journal.is_ours() => return Err(Refused::Taken),
            (Some(journal), _) => Append::replace(journal.path(), &bytes),
            (None, Some(file)) => Append::replace(file, &bytes),
            (None, None) => Append::create(&folder::new_file(&self.folder), &bytes),
        };
        self.journal = Some(made.map_err(Refused::Failed)?);
        self.adopted = None;
        self.written = state.clone();
        Ok(())
    }

    /// Header and one record that says all.
    fn whole(&self, state: &State, at: u64) -> Result<Vec<u8>, Refused> {
        let header = Header {
            format: FORMAT,
            schema: state.schema.clone(),
            workspace: self.workspace.clone(),
            output: state.output.clone(),
            output_sha256: state.output_sha256.clone(),
            profile: state.profile.clone(),
            holder: Holder::this(),
        };
        let all = record::change(&State::default(), state, at);
        let records = [journal::record(&json!(header)), journal::record(&all)];
        match records {
            [Some(header), Some(all)] => Ok([header, all].concat()),
            _ => Err(Refused::Failed(
                Problem::error("What was typed is too long for a draft: more than 1 MiB.")
                    .hint("Write it, or shorten the longest text."),
            )),
        }
    }
}

fn wait<'s>(
    shared: &'s Shared,
    wanted: MutexGuard<'s, Wanted>,
    limit: Option<Duration>,
) -> MutexGuard<'s, Wanted> {
    match limit {
        None => shared
            .changed
            .wait(wanted)
            .unwrap_or_else(PoisonError::into_inner),
        Some(limit) => {
            let woken = shared.changed.wait_timeout(wanted, limit);
            woken.unwrap_or_else(PoisonError::into_inner).0
        }
    }
}
