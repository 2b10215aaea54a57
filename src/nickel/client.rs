//! The parent's side: a handle that asks, the limits a child is given, and what comes back.
//! Leaves to others: keeping children, and whom to blame for the loss of one (`worker`).

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Sender};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::protocol::{Confinement, Response, overlay_to_wire};
use super::texts::{Texts, profile_text};
use super::worker::Worker;
use crate::config::{Overlay, Verdict};
use crate::problem::Problem;
use crate::process::Link;
use crate::schema::Schema;

/// What a child may take, and when it is given up.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// Wall clock for loading the shipped schema, and one that the workspace replaces in part.
    pub load: Duration,
    pub load_own: Duration,
    /// Wall clock for one evaluation.
    pub evaluate: Duration,
    /// As `evaluate`, for a workspace's profile until it was judged by once; loading before it counts.
    pub first: Duration,
    /// Wall clock for judging without that profile after it, a new child included.
    pub without: Duration,
    /// Bytes of memory above which an idle child gives way to a new one.
    pub memory: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            load: Duration::from_secs(5),
            load_own: Duration::from_secs(2),
            evaluate: Duration::from_secs(2),
            // Together with what follows within 2.5 s.
            first: Duration::from_millis(1400),
            without: Duration::from_millis(800),
            memory: 128 << 20,
        }
    }
}

/// What a question is for. A newer question replaces a waiting one of the same slot only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The configuration in force.
    InForce,
    /// Another configuration to compare with.
    Baseline,
}

/// What comes back.
#[derive(Debug)]
pub enum Reply {
    /// The texts are loaded; problems are those of texts and schema. Comes once, also when children are replaced.
    Schema {
        schema: Arc<Schema>,
        problems: Vec<Problem>,
        /// From what the kernel keeps the child.
        confined: Confinement,
    },
    Verdict {
        slot: Slot,
        ticket: u64,
        verdict: Verdict,
    },
    /// The child died or was too slow over this question.
    Lost {
        slot: Option<Slot>,
        ticket: u64,
        problem: Problem,
    },
}

/// Starts a child and gives the pipes to it.
pub type Starter = Box<dyn FnMut() -> io::Result<Link> + Send>;

pub(super) enum Message {
    Ask(Question),
    /// From the reader thread of the child with this number.
    Said(u64, io::Result<Option<Response>>),
    Stop,
}

#[derive(Clone)]
pub(super) struct Question {
    pub(super) slot: Slot,
    pub(super) ticket: u64,
    pub(super) profile: Option<String>,
    pub(super) overlay: Vec<(String, Json)>,
    pub(super) begun: Instant,
}

/// A handle on the thread that talks to the child. Dropping it ends thread and child.
#[derive(Debug)]
pub struct Client {
    messages: Sender<Message>,
}

impl Client {
    /// Starts the thread; it loads the texts at once and calls `on_reply` from its own thread.
    #[must_use]
    pub fn start(
        starter: Starter,
        texts: Texts,
        on_reply: impl FnMut(Reply) + Send + 'static,
    ) -> Self {
        Self::within(Limits::default(), starter, texts, on_reply)
    }

    /// As [`Client::start`], with other limits.
    #[must_use]
    pub fn within(
        limits: Limits,
        starter: Starter,
        texts: Texts,
        on_reply: impl FnMut(Reply) + Send + 'static,
    ) -> Self {
        let (messages, inbox) = mpsc::channel();
        let worker = Worker::new(limits, starter, texts, Box::new(on_reply), messages.clone());
        thread::spawn(move || worker.run(&inbox));
        Self { messages }
    }

    /// Asks for a verdict. Replies carry the ticket; a newer question of the slot drops this one if it still waits.
    pub fn evaluate(&self, slot: Slot, ticket: u64, profile: Option<&str>, overlay: &Overlay) {
        let question = Question {
            slot,
            ticket,
            profile: profile.map(profile_text),
            overlay: overlay_to_wire(overlay),
            begun: Instant::now(),
        };
        // The thread outlives every handle.
        drop(self.messages.send(Message::Ask(question)));
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        drop(self.messages.send(Message::Stop));
    }
}
