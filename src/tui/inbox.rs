//! What wakes the loop, and the way in for the threads beside it.

use std::sync::mpsc::{self, Receiver, Sender};

use super::msg::Msg;
use crate::nickel::Reply;

/// What wakes the loop.
pub enum Event {
    Msg(Box<Msg>),
    /// The writer gave the terminal all of what it was sent at once, a frame most often.
    FrameSent,
    Signal(i32),
    /// The terminal is gone.
    HungUp,
    /// The guard ended unasked.
    GuardLost,
}

impl Event {
    pub(super) fn message(msg: Msg) -> Self {
        Self::Msg(Box::new(msg))
    }
}

impl std::fmt::Debug for Event {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Event")
    }
}

/// The sending half for the Nickel client, made before the loop so that the child loads while forms are read.
#[derive(Debug)]
pub struct Inbox {
    pub(super) sender: Sender<Event>,
    pub(super) receiver: Receiver<Event>,
}

impl Default for Inbox {
    fn default() -> Self {
        let (sender, receiver) = mpsc::channel();
        Self { sender, receiver }
    }
}

impl Inbox {
    /// Takes messages of other threads into the loop.
    pub fn messages(&self) -> impl FnMut(Msg) + Send + 'static {
        let sender = self.sender.clone();
        move |msg| drop(sender.send(Event::message(msg)))
    }

    /// Takes replies of the Nickel client into the loop.
    pub fn replies(&self) -> impl FnMut(Reply) + Send + 'static {
        let sender = self.sender.clone();
        move |reply| drop(sender.send(Event::message(Msg::Reply(reply))))
    }
}
