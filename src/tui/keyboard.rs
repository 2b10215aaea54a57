//! Reads the terminal's events on a thread of its own and sends what they mean: keys, texts, the mouse.
//! Leaves to others: what belongs together (`torn`, `burst`), what a key does (`update`).

use std::sync::mpsc::Sender;
use std::thread;
use std::time::Instant;

use crossterm::event::{self, Event as TerminalEvent};

use super::burst::Burst;
use super::inbox::Event;
use super::msg::Msg;
use super::torn::Torn;

/// Starts reading; ends when nobody listens or the terminal is gone.
pub(super) fn read(events: &Sender<Event>) {
    let keyboard = Keyboard {
        events: events.clone(),
        begin: Instant::now(),
        torn: Torn::default(),
        burst: Burst::default(),
    };
    thread::spawn(move || keyboard.run());
}

struct Keyboard {
    events: Sender<Event>,
    begin: Instant,
    torn: Torn,
    burst: Burst,
}

/// Nobody listens any more.
struct Gone;

impl Keyboard {
    fn run(mut self) {
        while let Ok(true) = self.step() {}
    }

    /// Takes one event, or what is held back and waits no longer; `false` when the terminal is gone.
    fn step(&mut self) -> Result<bool, Gone> {
        if let Some(wait) = self.torn.waits()
            && !event::poll(wait).unwrap_or(true)
        {
            let over = self.torn.let_go(self.begin.elapsed());
            self.pass(over)?;
            self.let_go()?;
            return Ok(true);
        }
        let event = event::read();
        let at = self.begin.elapsed();
        match event {
            Ok(TerminalEvent::Key(key)) => {
                let keys = self.torn.take(key, at);
                self.pass(keys)?;
            }
            Ok(TerminalEvent::Paste(text)) => {
                let before = self.torn.pasted(at);
                self.pass(before)?;
                self.pass(vec![Msg::Paste(text)])?;
            }
            Ok(TerminalEvent::Mouse(mouse)) => {
                let before = self.torn.finish();
                self.pass(before)?;
                self.pass(vec![Msg::Mouse(mouse)])?;
            }
            // Sizes come by their signal, which needs no reader that is at rest; focus is nobody's business.
            Ok(
                TerminalEvent::Resize(..) | TerminalEvent::FocusGained | TerminalEvent::FocusLost,
            ) => {}
            Err(_) => {
                drop(self.events.send(Event::HungUp));
                return Ok(false);
            }
        }
        // What is there already came with it.
        if let Some(wait) = self.burst.waits()
            && !event::poll(wait).unwrap_or(false)
        {
            self.let_go()?;
        }
        Ok(true)
    }

    /// Keys that came together may be a text; everything else ends such a text.
    fn pass(&mut self, msgs: Vec<Msg>) -> Result<(), Gone> {
        for msg in msgs {
            match msg {
                Msg::Key(key) => {
                    let over = self.burst.push(key, self.begin.elapsed());
                    self.send_all(over)?;
                }
                other => {
                    let over = self.burst.end();
                    self.send_all(over)?;
                    self.send(other)?;
                }
            }
        }
        Ok(())
    }

    fn let_go(&mut self) -> Result<(), Gone> {
        let msgs = self.burst.take();
        self.send_all(msgs)
    }

    fn send_all(&self, msgs: Vec<Msg>) -> Result<(), Gone> {
        msgs.into_iter().try_for_each(|msg| self.send(msg))
    }

    fn send(&self, msg: Msg) -> Result<(), Gone> {
        self.events.send(Event::message(msg)).map_err(|_| Gone)
    }
}
