//! An evaluator inside the test's own process: the real child's loop on a thread, talked to by the real client.
//! `Judge::judge` asks and waits. Each test crate that says `mod support;` gets its own.

#![allow(dead_code, reason = "no test crate uses all of it")]

use std::collections::BTreeMap;
use std::io;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use serde_json::Value as Json;
use vapora_tui::config::{Config, Origin, Overlay, Verdict};
use vapora_tui::nickel::protocol::from_wire;
use vapora_tui::nickel::{Client, Limits, Reply, Slot, Texts, serve};
use vapora_tui::problem::Problem;
use vapora_tui::process::Link;
use vapora_tui::schema::{FieldPath, Schema};
use vapora_tui::value::Value;
use vapora_tui::workspace::Workspace;

/// The profiles that are shipped.
pub const PROFILES: [&str; 3] = ["solo", "multiuser", "enterprise"];

/// A machine that is busy with other things would miss the client's own limits.
const LIMITS: Limits = Limits {
    load: PATIENCE,
    load_own: PATIENCE,
    evaluate: PATIENCE,
    first: PATIENCE,
    without: PATIENCE,
    memory: u64::MAX,
};

const PATIENCE: Duration = Duration::from_mins(1);

/// A workspace that overrides nothing.
pub fn nowhere() -> Workspace {
    Workspace::at("/nowhere/at/all")
}

/// The shipped texts, as the program reads them.
pub fn shipped() -> Texts {
    Texts::read(&nowhere())
}

/// Starts an evaluator on a thread.
pub fn evaluator() -> io::Result<Link> {
    let (mut asked, asking) = io::pipe()?;
    let (answers, mut answering) = io::pipe()?;
    thread::Builder::new()
        .stack_size(serve::STACK_BYTES)
        .spawn(move || serve::serve(&mut asked, &mut answering))?;
    Ok(Link::to_thread(Box::new(answers), Box::new(asking)))
}

/// The values of one file, laid over the profile.
pub fn overlay(values: impl IntoIterator<Item = (FieldPath, Value)>) -> Overlay {
    values
        .into_iter()
        .map(|(path, value)| (path, (value, Origin::You)))
        .collect()
}

/// One loaded set of texts that can be asked again and again.
pub struct Judge {
    client: Client,
    replies: Receiver<Reply>,
    ticket: AtomicU64,
    pub schema: Arc<Schema>,
    /// What was found while loading.
    pub problems: Vec<Problem>,
}

impl Judge {
    pub fn shipped() -> Self {
        Self::of(shipped())
    }

    pub fn of(texts: Texts) -> Self {
        let (sender, replies) = mpsc::channel();
        let client = Client::within(LIMITS, Box::new(evaluator), texts, move |reply| {
            drop(sender.send(reply));
        });
        match replies.recv().unwrap() {
            Reply::Schema {
                schema, problems, ..
            } => Self {
                client,
                replies,
                ticket: AtomicU64::new(0),
                schema,
                problems,
            },
            other => panic!("{other:?}"),
        }
    }

    /// What the evaluator says, and waits for it.
    pub fn verdict(&self, profile: Option<&str>, overlay: &Overlay) -> Verdict {
        let asked = self.ticket.fetch_add(1, Ordering::Relaxed);
        self.client.evaluate(Slot::InForce, asked, profile, overlay);
        loop {
            match self.replies.recv().unwrap() {
                Reply::Verdict {
                    ticket, verdict, ..
                } if ticket == asked => return verdict,
                Reply::Lost { problem, .. } => panic!("{problem:?} over {overlay:?}"),
                Reply::Verdict { .. } | Reply::Schema { .. } => {}
            }
        }
    }

    /// The configuration in force and its problems.
    pub fn judge(&self, profile: &str, overlay: &Overlay) -> (Config, Vec<Problem>) {
        let verdict = self.verdict(Some(profile), overlay);
        let config = Config::new(&self.schema, overlay, verdict, None);
        let problems = config.problems().to_vec();
        (config, problems)
    }

    /// As [`Judge::judge`], for values written as JSON.
    pub fn judge_json(&self, profile: &str, values: &Json) -> (Config, Vec<Problem>) {
        self.judge(profile, &self.overlay_of(values))
    }

    /// A JSON object of dotted paths, in the kinds of the schema.
    pub fn overlay_of(&self, values: &Json) -> Overlay {
        overlay(values.as_object().unwrap().iter().map(|(path, json)| {
            let field = self
                .schema
                .get(path)
                .unwrap_or_else(|| panic!("no field {path}"));
            let value = from_wire(json.clone()).unwrap();
            (field.path.clone(), field.kind.adopt(value))
        }))
    }
}

/// A table of tab-separated columns below `tests/reference`: its lines by the names in its first.
pub fn table(name: &str) -> Vec<BTreeMap<String, String>> {
    let file = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/reference")
        .join(name);
    let text = std::fs::read_to_string(file).unwrap();
    let mut lines = text.lines();
    let head: Vec<&str> = lines.next().unwrap().split('\t').collect();
    lines
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            assert_eq!(cells.len(), head.len(), "{name}: {line}");
            let cells = cells.into_iter().map(str::to_owned);
            head.iter()
                .map(|name| (*name).to_owned())
                .zip(cells)
                .collect()
        })
        .collect()
}

/// Fails with all that was found, one a line.
pub fn nothing(found: &[String], rule: &str) {
    assert!(found.is_empty(), "{rule}:\n  {}", found.join("\n  "));
}
