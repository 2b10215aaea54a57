//! The parent's side: keeps the child, asks one thing at a time, keeps only the newest question of each slot,
//! and starts a new child when one died or did not answer in time, but not before the input changes.

use std::io;
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use serde_json::Value as Json;

use super::parent_terms::{problem, schema};
use super::protocol::{
    Finding, JudgedLeaf, Request, Response, from_wire, overlay_to_wire, receive, send,
};
use super::texts::{Texts, profile_text};
use crate::config::{Overlay, Verdict};
use crate::problem::Problem;
use crate::process::Link;
use crate::schema::Schema;

/// Wall clock for loading texts and for one evaluation (DESIGN 4).
const LOAD_LIMIT: Duration = Duration::from_secs(5);
const EVALUATE_LIMIT: Duration = Duration::from_secs(2);

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
    /// The texts are loaded; problems are those of texts and schema.
    Schema {
        schema: Arc<Schema>,
        problems: Vec<Problem>,
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

enum Message {
    Ask(Question),
    /// From the reader thread of the child with this number.
    Said(u64, io::Result<Option<Response>>),
    Stop,
}

struct Question {
    slot: Slot,
    ticket: u64,
    profile: Option<String>,
    overlay: Vec<(String, Json)>,
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
        let (messages, inbox) = mpsc::channel();
        let worker = Worker {
            starter,
            texts,
            on_reply: Box::new(on_reply),
            messages: messages.clone(),
            child: None,
            number: 0,
            schema: None,
            waiting: Vec::new(),
        };
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

/// What the child was asked last, and until when it may take.
struct Asked {
    what: What,
    until: Instant,
}

enum What {
    Load,
    Describe { findings: Vec<Finding> },
    Verdict { slot: Slot, ticket: u64 },
}

struct Worker {
    starter: Starter,
    texts: Texts,
    on_reply: Box<dyn FnMut(Reply) + Send>,
    messages: Sender<Message>,
    child: Option<(Link, Option<Asked>)>,
    /// Counts the children, so that the last words of a dead one are not taken for the next one's.
    number: u64,
    schema: Option<Arc<Schema>>,
    waiting: Vec<Question>,
}

impl Worker {
    fn run(mut self, inbox: &Receiver<Message>) {
        self.start_child();
        loop {
            let until = self
                .child
                .as_ref()
                .and_then(|(_, asked)| Some(asked.as_ref()?.until));
            let message = match until {
                None => inbox.recv().ok(),
                Some(until) => {
                    match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                        Ok(message) => Some(message),
                        Err(RecvTimeoutError::Disconnected) => None,
                        Err(RecvTimeoutError::Timeout) => {
                            self.lose("The schema did not answer in time.");
                            continue;
                        }
                    }
                }
            };
            match message {
                None | Some(Message::Stop) => return,
                Some(Message::Ask(question)) => {
                    self.waiting.retain(|waiting| waiting.slot != question.slot);
                    self.waiting.push(question);
                    if self.child.is_none() {
                        self.start_child();
                    }
                }
                Some(Message::Said(number, said)) if number == self.number => match said {
                    Ok(Some(response)) => self.take(response),
                    Ok(None) | Err(_) => self.lose("The schema's process ended."),
                },
                Some(Message::Said(..)) => {}
            }
            self.ask_next();
        }
    }

    fn start_child(&mut self) {
        match (self.starter)() {
            Ok(mut link) => {
                self.number += 1;
                let (number, messages) = (self.number, self.messages.clone());
                let mut reader = link.take_reader();
                thread::spawn(move || {
                    loop {
                        let said = receive::<Response>(&mut *reader);
                        let more = matches!(said, Ok(Some(_)));
                        if messages.send(Message::Said(number, said)).is_err() || !more {
                            return;
                        }
                    }
                });
                self.child = Some((link, None));
                let texts = self.texts.sources.clone();
                self.request(&Request::Load { texts }, What::Load, LOAD_LIMIT);
            }
            Err(error) => self.lose(&format!("The schema's process cannot be started: {error}.")),
        }
    }

    fn request(&mut self, request: &Request, what: What, limit: Duration) {
        let Some((link, asked)) = &mut self.child else {
            return;
        };
        *asked = Some(Asked {
            what,
            until: Instant::now() + limit,
        });
        if send(&mut link.writer, request).is_err() {
            self.lose("The schema's process ended.");
        }
    }

    fn ask_next(&mut self) {
        let idle = matches!(&self.child, Some((_, None)));
        if !idle || self.schema.is_none() || self.waiting.is_empty() {
            return;
        }
        let Question {
            slot,
            ticket,
            profile,
            overlay,
        } = self.waiting.remove(0);
        let request = Request::Evaluate {
            ticket,
            profile,
            overlay,
        };
        self.request(&request, What::Verdict { slot, ticket }, EVALUATE_LIMIT);
    }

    fn take(&mut self, response: Response) {
        let asked = self.child.as_mut().and_then(|(_, asked)| asked.take());
        match (asked, response) {
            (
                Some(Asked {
                    what: What::Load, ..
                }),
                Response::Loaded { findings },
            ) => {
                self.request(&Request::Describe, What::Describe { findings }, LOAD_LIMIT);
            }
            (
                Some(Asked {
                    what: What::Describe { findings },
                    ..
                }),
                Response::Described(description),
            ) => {
                let mut problems = self.texts.problems.clone();
                let schema = Arc::new(schema(description, &mut problems));
                problems.extend(
                    findings
                        .into_iter()
                        .map(|finding| problem(finding, &schema)),
                );
                self.schema = Some(Arc::clone(&schema));
                (self.on_reply)(Reply::Schema { schema, problems });
            }
            (
                Some(Asked {
                    what: What::Verdict { slot, ticket },
                    ..
                }),
                Response::Evaluated {
                    ticket: answered,
                    leaves,
                    findings,
                },
            ) if ticket == answered => {
                let verdict = self.verdict(leaves, findings);
                (self.on_reply)(Reply::Verdict {
                    slot,
                    ticket,
                    verdict,
                });
            }
            (asked, _) => {
                if let Some((_, under_way)) = &mut self.child {
                    *under_way = asked;
                }
                self.lose("The schema's process answered what was not asked.");
            }
        }
    }

    fn verdict(&self, leaves: Vec<JudgedLeaf>, findings: Vec<Finding>) -> Verdict {
        let schema = self.schema.clone().unwrap_or_default();
        Verdict {
            leaves: leaves
                .into_iter()
                .map(|leaf| (leaf.value.and_then(from_wire), leaf.set_by.map(Into::into)))
                .collect(),
            problems: findings
                .into_iter()
                .map(|finding| problem(finding, &schema))
                .collect(),
        }
    }

    /// Ends the child and says over which question it was lost. Nothing is asked again until the input changes.
    fn lose(&mut self, why: &str) {
        let asked = self.child.take().and_then(|(_, asked)| asked);
        self.number += 1;
        self.schema = None;
        let (slot, ticket) = match asked.map(|asked| asked.what) {
            Some(What::Verdict { slot, ticket }) => (Some(slot), ticket),
            _ => (
                None,
                self.waiting.last().map_or(0, |question| question.ticket),
            ),
        };
        self.waiting.clear();
        let problem = Problem::error(why).hint(
            "Values keep their last verdict; take the last change back (u) or try another value.",
        );
        (self.on_reply)(Reply::Lost {
            slot,
            ticket,
            problem,
        });
    }
}
