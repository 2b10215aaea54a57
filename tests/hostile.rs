//! Hostile workspaces through the real client and the real child: the verdict comes in time, it says what is wrong and
//! what to do, nothing from outside the workspace is in it, and what is good is judged as ever.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "hostile/profiles.rs"]
mod profiles;
#[path = "hostile/replaced.rs"]
mod replaced;
#[path = "hostile/schemas.rs"]
mod schemas;
#[path = "hostile/verb.rs"]
mod verb;

use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::thread;
use std::time::{Duration, Instant};

use vapora_tui::config::{Origin, Overlay};
use vapora_tui::nickel::{CHILD_VERB, Client, Limits, Reply, Slot, Texts};
use vapora_tui::problem::{Problem, Severity};
use vapora_tui::process::{self, Link};
use vapora_tui::profile;
use vapora_tui::schema::FieldPath;
use vapora_tui::secret::Secret;
use vapora_tui::value::Value;
use vapora_tui::workspace::Workspace;

/// Whatever is in the workspace, an answer is there by then.
const DEADLINE: Duration = Duration::from_millis(2_500);

/// Longer is no sentence.
const LONGEST: usize = 500;

/// Stands in a file beside the workspace.
const CANARY: &str = "CANARY-4711";

/// One hostile thing.
struct Row {
    name: &'static str,
    lay: Box<dyn Fn(&Path) + Send + Sync>,
    /// Parts of what is said.
    says: Vec<String>,
    limits: Limits,
}

/// A file of the workspace with this text.
fn row(name: &'static str, file: &'static str, text: impl Into<Vec<u8>>, says: &[&str]) -> Row {
    let text = text.into();
    laid(name, says, move |root| put(root, file, &text))
}

fn laid(name: &'static str, says: &[&str], lay: impl Fn(&Path) + Send + Sync + 'static) -> Row {
    Row {
        name,
        lay: Box::new(lay),
        says: says.iter().map(|&part| part.to_owned()).collect(),
        limits: Limits::default(),
    }
}

fn put(root: &Path, file: &str, text: &[u8]) {
    let file = root.join(file);
    fs::create_dir_all(file.parent().unwrap()).unwrap();
    fs::write(file, text).unwrap();
}

fn child() -> io::Result<Link> {
    process::start(Path::new(env!("CARGO_BIN_EXE_vapora-tui")), CHILD_VERB)
}

/// A client on a workspace, and all it said.
struct Asked {
    client: Client,
    replies: Receiver<Reply>,
    heard: String,
    ticket: u64,
}

impl Asked {
    fn of(workspace: &Workspace, limits: Limits) -> Self {
        let (said, replies) = mpsc::channel();
        let texts = Texts::read(workspace);
        let client = Client::within(limits, Box::new(child), texts, move |reply| {
            drop(said.send(reply));
        });
        Self {
            client,
            replies,
            heard: String::new(),
            ticket: 0,
        }
    }

    /// What is said to one question: its problems, and whether it was judged.
    fn ask(&mut self, profile: &str, overlay: &Overlay) -> (Vec<Problem>, bool) {
        self.ticket += 1;
        self.client
            .evaluate(Slot::InForce, self.ticket, Some(profile), overlay);
        let mut problems = Vec::new();
        loop {
            let reply = self.replies.recv().unwrap();
            write!(self.heard, "{reply:?}").unwrap();
            match reply {
                Reply::Schema { problems: said, .. } => problems.extend(said),
                Reply::Verdict { verdict, .. } => {
                    problems.extend(verdict.problems);
                    return (problems, true);
                }
                Reply::Lost { problem, .. } => {
                    problems.push(problem);
                    return (problems, false);
                }
            }
        }
    }
}

/// Answers under which the shipped profile solo has no error.
fn good() -> Overlay {
    let secret = Value::Secret(Secret::new("0123456789abcdef0123456789abcdef".to_owned()));
    [(FieldPath::new("security.jwt_secret"), (secret, Origin::You))].into()
}

fn is_error(problem: &Problem) -> bool {
    problem.severity != Severity::Warning
}

/// Judges one row; what is not as it should be.
fn judged(row: &Row, overlay: &Overlay, stays_good: bool) -> Vec<String> {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().join("workspace");
    fs::create_dir(&root).unwrap();
    put(
        folder.path(),
        "outside.ncl",
        format!("\"{CANARY}\"").as_bytes(),
    );
    (row.lay)(&root);
    let workspace = Workspace::at(&root);
    let mut found = Vec::new();
    let begun = Instant::now();
    let (_, listed) = profile::all(&workspace);
    let mut asked = Asked::of(&workspace, row.limits);
    let (mut problems, _) = asked.ask("mine", overlay);
    let took = begun.elapsed();
    if took > DEADLINE {
        found.push(format!("it took {took:?}"));
    }
    problems.extend(listed);
    let sentences: Vec<(String, bool)> = problems
        .iter()
        .filter(|problem| problem.place.is_some() || is_error(problem))
        .map(|problem| {
            let place = problem.place.as_ref().map(ToString::to_string);
            let root = format!("{}/", root.display());
            let place = place.unwrap_or_default().replace(&root, "");
            let sentence = format!("{place}: {}", problem.sentence());
            (sentence, problem.hint.is_some())
        })
        .collect();
    let said = |(sentence, hint): &(String, bool)| {
        *hint && row.says.iter().all(|part| sentence.contains(part))
    };
    if !sentences.iter().any(said) {
        found.push(format!(
            "{:?} with a hint is not said by any of {sentences:#?}",
            row.says
        ));
    }
    if let Some((long, _)) = sentences
        .iter()
        .find(|(sentence, _)| sentence.len() > LONGEST)
    {
        found.push(format!(
            "{} bytes are said: {}",
            long.len(),
            &long[..LONGEST / 4]
        ));
    }
    if stays_good {
        let (problems, judged) = asked.ask("solo", &good());
        let wrong: Vec<_> = problems.iter().filter(|p| is_error(p)).collect();
        if !judged || !wrong.is_empty() {
            found.push(format!("solo is judged ({judged}) with {wrong:?}"));
        }
    }
    // The same again is answered at once.
    let again = Instant::now();
    let (_, judged) = asked.ask("mine", overlay);
    if !judged && again.elapsed() > DEADLINE / 5 {
        found.push(format!("asked again, it took {:?}", again.elapsed()));
    }
    for outside in [CANARY, "root:x:0:0", "/root"] {
        if asked.heard.contains(outside) {
            found.push(format!("{outside} is in what was said: {}", asked.heard));
        }
    }
    if std::env::var_os("HOSTILE_TIMES").is_some() {
        println!("{:>6} ms  {}: {sentences:?}", took.as_millis(), row.name);
    }
    found
}

/// Judges a table on as many threads as leave each child a processor.
fn table(rows: &[Row], overlay: &Overlay, stays_good: bool) {
    let next = AtomicUsize::new(0);
    let found = Mutex::new(Vec::new());
    let threads = thread::available_parallelism()
        .map_or(1, usize::from)
        .min(4);
    thread::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|| {
                while let Some(row) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
                    let wrong = judged(row, overlay, stays_good);
                    let lines = wrong.iter().map(|what| format!("{}: {what}", row.name));
                    found.lock().unwrap().extend(lines);
                }
            });
        }
    });
    let found = found.into_inner().unwrap();
    assert!(found.is_empty(), "{}", found.join("\n"));
}

/// Children that compute take a processor each: one test after the other.
static ALONE: Mutex<()> = Mutex::new(());

fn alone() -> MutexGuard<'static, ()> {
    ALONE.lock().unwrap_or_else(PoisonError::into_inner)
}

#[test]
fn hostile_profiles_spoil_only_themselves() {
    let _alone = alone();
    let rows = profiles::rows();
    assert!(rows.len() >= 40, "{} rows", rows.len());
    table(&rows, &good(), true);
}

#[test]
fn hostile_schemas_are_told_in_time() {
    let _alone = alone();
    table(&schemas::rows(), &Overlay::new(), false);
}
