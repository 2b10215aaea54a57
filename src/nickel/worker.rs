//! Keeps the child: asks one thing at a time, keeps only the newest question of each slot, and starts a new child when
//! one died, did not answer in time or holds too much memory. What a child was lost over is not asked again before the
//! input changes, and a profile it was lost over spoils only itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use super::client::{Limits, Message, Question, Reply, Slot, Starter};
use super::lost;
use super::parent_terms::{problem, schema};
use super::protocol::{
    Confinement, Finding, JudgedLeaf, Request, Response, from_wire, receive, send,
};
use super::texts::{Texts, is_profile};
use crate::config::Verdict;
use crate::problem::Problem;
use crate::process::Link;
use crate::schema::Schema;

impl Question {
    /// Nothing but the number differs.
    fn same(&self, other: &Self) -> bool {
        self.slot == other.slot && self.profile == other.profile && self.overlay == other.overlay
    }
}

/// What the child was asked last, and until when it may take.
struct Asked {
    what: What,
    until: Instant,
}

enum What {
    Load,
    Describe {
        findings: Vec<Finding>,
        confined: Confinement,
    },
    Verdict(Question),
}

struct Child {
    link: Link,
    loaded: bool,
    asked: Option<Asked>,
}

pub(super) struct Worker {
    limits: Limits,
    starter: Starter,
    texts: Texts,
    on_reply: Box<dyn FnMut(Reply) + Send>,
    messages: Sender<Message>,
    child: Option<Child>,
    /// Counts the children, so that the last words of a dead one are not taken for the next one's.
    number: u64,
    schema: Option<Arc<Schema>>,
    waiting: Vec<Question>,
    /// The workspace's profiles that were judged by.
    proven: BTreeSet<String>,
    /// Those that a child was lost over at the first try; judged is without them, and their problem is said.
    blamed: BTreeMap<String, Problem>,
    /// The last question of each slot over which a child was lost: it is not asked again until it is another.
    refused: Vec<(Question, Problem)>,
    /// The workspace's schema does not load; nothing asked can change that.
    hopeless: Option<Problem>,
    /// Until when a question must be answered without its profile.
    hurry: Option<Instant>,
}

impl Worker {
    pub(super) fn new(
        limits: Limits,
        starter: Starter,
        texts: Texts,
        on_reply: Box<dyn FnMut(Reply) + Send>,
        messages: Sender<Message>,
    ) -> Self {
        Self {
            limits,
            starter,
            texts,
            on_reply,
            messages,
            child: None,
            number: 0,
            schema: None,
            waiting: Vec::new(),
            proven: BTreeSet::new(),
            blamed: BTreeMap::new(),
            refused: Vec::new(),
            hopeless: None,
            hurry: None,
        }
    }

    pub(super) fn run(mut self, inbox: &Receiver<Message>) {
        self.start_child();
        loop {
            let asked = self.child.as_ref().and_then(|child| child.asked.as_ref());
            let message = match asked.map(|asked| asked.until) {
                None => inbox.recv().ok(),
                Some(until) => {
                    match inbox.recv_timeout(until.saturating_duration_since(Instant::now())) {
                        Ok(message) => Some(message),
                        Err(RecvTimeoutError::Disconnected) => None,
                        Err(RecvTimeoutError::Timeout) => {
                            self.lose("The schema did not answer in time.");
                            self.ask_next();
                            continue;
                        }
                    }
                }
            };
            match message {
                None | Some(Message::Stop) => return,
                Some(Message::Ask(question)) => self.hear(question),
                Some(Message::Said(number, said)) if number == self.number => match said {
                    Ok(Some(response)) => self.take(response),
                    Ok(None) | Err(_) => self.lose("The schema's process ended."),
                },
                Some(Message::Said(..)) => {}
            }
            self.ask_next();
        }
    }

    fn hear(&mut self, question: Question) {
        self.waiting.retain(|waiting| waiting.slot != question.slot);
        let refused = self.refused.iter().find(|(lost, _)| lost.same(&question));
        let known = self.hopeless.as_ref().or(refused.map(|(_, why)| why));
        if let Some(problem) = known.cloned() {
            self.say_lost(&question, problem);
            return;
        }
        self.refused.retain(|(lost, _)| lost.slot != question.slot);
        self.waiting.push(question);
        if self.child.is_none() {
            self.start_child();
        }
    }

    fn start_child(&mut self) {
        // The one before it goes first: two may be more than there is memory for.
        self.child = None;
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
                self.child = Some(Child {
                    link,
                    loaded: false,
                    asked: None,
                });
                let mut texts = self.texts.sources.clone();
                texts.retain(|text| !self.blamed.contains_key(&text.name));
                let limit = if self.own_schema().is_empty() {
                    self.limits.load
                } else {
                    self.limits.load_own
                };
                let until = self.until(limit);
                self.request(&Request::Load { texts }, What::Load, until);
            }
            Err(error) => self.lose(&format!("The schema's process cannot be started: {error}.")),
        }
    }

    fn request(&mut self, request: &Request, what: What, until: Instant) {
        let Some(child) = &mut self.child else {
            return;
        };
        child.asked = Some(Asked { what, until });
        if send(&mut child.link.writer, request).is_err() {
            self.lose("The schema's process ended.");
        }
    }

    fn ask_next(&mut self) {
        let idle = self
            .child
            .as_ref()
            .is_some_and(|child| child.loaded && child.asked.is_none());
        if !idle || self.waiting.is_empty() {
            return;
        }
        // What is in force comes first.
        let first = self
            .waiting
            .iter()
            .position(|waiting| waiting.slot == Slot::InForce);
        let question = self.waiting.remove(first.unwrap_or(0));
        let profile = question.profile.clone();
        let request = Request::Evaluate {
            ticket: question.ticket,
            profile: profile.filter(|profile| !self.blamed.contains_key(profile)),
            overlay: question.overlay.clone(),
        };
        let limit = if self.suspect(&question).is_some() {
            let left = self.limits.first.saturating_sub(question.begun.elapsed());
            left.max(self.limits.first / 4)
        } else {
            self.limits.evaluate
        };
        let until = self.until(limit);
        self.request(&request, What::Verdict(question), until);
    }

    fn until(&self, limit: Duration) -> Instant {
        let until = Instant::now() + limit;
        self.hurry.map_or(until, |hurry| hurry.min(until))
    }

    fn take(&mut self, response: Response) {
        let Some(child) = &mut self.child else { return };
        match (child.asked.take(), response) {
            (
                Some(Asked {
                    what: What::Load,
                    until,
                }),
                Response::Loaded { findings, confined },
            ) => {
                if self.schema.is_some() {
                    // The texts are the same, and so is what they describe.
                    child.loaded = true;
                } else {
                    let what = What::Describe { findings, confined };
                    self.request(&Request::Describe, what, until);
                }
            }
            (
                Some(Asked {
                    what: What::Describe { findings, confined },
                    ..
                }),
                Response::Described(description),
            ) => {
                child.loaded = true;
                let mut problems = self.texts.problems.clone();
                let schema = Arc::new(schema(description, &mut problems));
                problems.extend(
                    findings
                        .into_iter()
                        .map(|finding| problem(finding, &schema)),
                );
                self.schema = Some(Arc::clone(&schema));
                (self.on_reply)(Reply::Schema {
                    schema,
                    problems,
                    confined,
                });
            }
            (
                Some(Asked {
                    what: What::Verdict(question),
                    ..
                }),
                Response::Evaluated {
                    ticket: answered,
                    leaves,
                    findings,
                },
            ) if question.ticket == answered => {
                self.hurry = None;
                let mut verdict = self.verdict(leaves, findings);
                if let Some(profile) = &question.profile {
                    match self.blamed.get(profile) {
                        Some(problem) => verdict.problems.insert(0, problem.clone()),
                        None => drop(self.proven.insert(profile.clone())),
                    }
                }
                (self.on_reply)(Reply::Verdict {
                    slot: question.slot,
                    ticket: question.ticket,
                    verdict,
                });
                self.make_room();
            }
            (asked, _) => {
                child.asked = asked;
                self.lose("The schema's process answered what was not asked.");
            }
        }
    }

    /// An idle child that holds much gives way to a new one: only the end of a process gives memory back.
    fn make_room(&mut self) {
        let resident = self.child.as_ref().and_then(|child| child.link.resident());
        if self.waiting.is_empty() && resident.is_some_and(|bytes| bytes > self.limits.memory) {
            self.start_child();
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

    /// Ends the child and says over which question it was lost. Nothing is asked again until the input changes; what
    /// else was asked is.
    fn lose(&mut self, why: &str) {
        let asked = self.child.take().and_then(|child| child.asked);
        self.number += 1;
        match asked.map(|asked| asked.what) {
            Some(What::Verdict(question)) => {
                if let Some(profile) = self.suspect(&question) {
                    // Judged without it, the question tells whether it was the profile.
                    let problem = lost::profile(&profile);
                    self.blamed.insert(profile, problem);
                    self.hurry = Some(Instant::now() + self.limits.without);
                    if self.waiting.iter().all(|other| other.slot != question.slot) {
                        self.waiting.push(question);
                    }
                } else {
                    let hurried = self.hurry.take().is_some();
                    let own = self.own_schema();
                    let counts =
                        |name: &&str| self.is_own(name) && !self.blamed.contains_key(*name);
                    let profile = question.profile.as_deref().filter(counts);
                    let blamed = question
                        .profile
                        .as_ref()
                        .and_then(|name| self.blamed.get(name));
                    let problem = match blamed {
                        // There was too little time to show that the rest is well.
                        Some(problem) if hurried && own.is_empty() => problem.clone(),
                        _ => lost::question(why, profile, &own),
                    };
                    self.refused.push((question.clone(), problem.clone()));
                    self.say_lost(&question, problem);
                }
                if !self.waiting.is_empty() {
                    self.start_child();
                }
            }
            // Nothing was asked: the next question starts another.
            None if self.schema.is_some() && self.waiting.is_empty() => {}
            // The new child had little time; the next one has more.
            _ if self.hurry.take().is_some() => {
                for question in std::mem::take(&mut self.waiting) {
                    let profile = question.profile.as_ref();
                    let blamed = profile
                        .and_then(|profile| self.blamed.get(profile))
                        .cloned();
                    let problem = blamed.unwrap_or_else(|| lost::question(why, None, &[]));
                    self.say_lost(&question, problem);
                }
            }
            what => {
                let problem = lost::schema(why, &self.own_schema());
                if what.is_some() && !self.own_schema().is_empty() {
                    self.hopeless = Some(problem.clone());
                }
                let ticket = self.waiting.last().map_or(0, |question| question.ticket);
                self.waiting.clear();
                (self.on_reply)(Reply::Lost {
                    slot: None,
                    ticket,
                    problem,
                });
            }
        }
    }

    fn say_lost(&mut self, question: &Question, problem: Problem) {
        (self.on_reply)(Reply::Lost {
            slot: Some(question.slot),
            ticket: question.ticket,
            problem,
        });
    }

    /// The profile of this question, when it is the workspace's and nothing is known of it yet.
    fn suspect(&self, question: &Question) -> Option<String> {
        let name = question.profile.as_ref()?;
        let unknown = !self.proven.contains(name) && !self.blamed.contains_key(name);
        (unknown && self.is_own(name)).then(|| name.clone())
    }

    fn is_own(&self, name: &str) -> bool {
        let mut sources = self.texts.sources.iter();
        sources.any(|text| text.name == name && !text.shipped)
    }

    /// The workspace's schema texts in place of shipped ones.
    fn own_schema(&self) -> Vec<&str> {
        let sources = self.texts.sources.iter();
        let own = sources.filter(|text| !text.shipped && !is_profile(&text.name));
        own.map(|text| text.name.as_str()).collect()
    }
}
