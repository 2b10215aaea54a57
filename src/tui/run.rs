//! The loop: events in, effects done on threads of their own, frames out. Nothing in it blocks but waiting for events.

use std::collections::VecDeque;
use std::io;
use std::path::PathBuf;
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use ratatui::buffer::Buffer;
use ratatui::layout::{Rect, Size};
use signal_hook::consts::{SIGCONT, SIGTERM, SIGTSTP, SIGWINCH};

use super::app::{App, Start};
use super::clipboard::{self, Between};
use super::draw::draw;
use super::encode::Encoder;
use super::files;
use super::inbox::{Event, Inbox};
use super::keeping::{self, Keeping};
use super::keyboard;
use super::look::Look;
use super::msg::{Effect, Msg};
use super::terminal;
use super::watches;
use crate::budget::history_in_use::InUse;
use crate::claiming::Claiming;
use crate::guard::link as guarded;
use crate::meanwhile;
use crate::nickel::Client;
use crate::prepare::prepare;
use crate::preset::Places;
use crate::resume::{Resumed, resume};
use crate::schema::Schema;
use crate::workspace::Workspace;

/// How long a shown secret stays (DESIGN 5).
const REVEAL: Duration = Duration::from_secs(10);

/// How many guards are started after the first: something that ends each of them would end the next.
const MORE_GUARDS: usize = 3;

/// How the wizard ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ending {
    /// By the operator.
    Left,
    /// It could not begin; the sentence says why.
    Refused(String),
    /// By this signal.
    Signal(i32),
    HungUp,
    /// By another wizard, which goes on with the draft; the sentence says whose.
    TakenOver(String),
}

/// Runs the wizard until it ends; the terminal is given back whatever happens.
///
/// # Errors
/// When the terminal cannot be taken, or threads cannot be started.
pub fn run(start: Start, look: Look, client: Client, inbox: Inbox) -> io::Result<Ending> {
    let Inbox { sender, receiver } = inbox;
    watches::signals(&sender)?;
    let before_frame = terminal::enter()?;
    watches::hang_up(&sender);
    let frames = watches::writer(&sender);
    let mut screen = Loop {
        app: App::new(start),
        look,
        client,
        sender,
        receiver,
        frames,
        before_frame,
        guards: 0,
        encoder: Encoder::default(),
        dirty: true,
        questions: Vec::new(),
        under_way: 0,
        between: Between::of(|name| std::env::var(name).ok()),
        resumed: false,
        hide_secret_at: None,
        later: VecDeque::new(),
        ending: None,
        keeping: Keeping::default(),
        claiming: Arc::default(),
    };
    screen.keep_drafts();
    // The keyboard is read only after the first frame: starting its reader is slower than drawing.
    let first = screen.app.begin();
    screen.draw();
    keyboard::read(&screen.sender);
    screen.perform(first);
    screen.ask();
    screen.look_for_drafts();
    let ending = screen.run();
    match ending {
        Ending::Left | Ending::Refused(_) | Ending::Signal(_) | Ending::TakenOver(_) => {
            terminal::leave_in_time();
        }
        Ending::HungUp => terminal::abandon(),
    }
    guarded::dismiss();
    Ok(ending)
}

struct Loop {
    app: App,
    look: Look,
    client: Client,
    sender: Sender<Event>,
    receiver: Receiver<Event>,
    frames: Sender<Vec<u8>>,
    /// What goes out with the next frame: it takes the terminal.
    before_frame: &'static [u8],
    /// How many guards were started.
    guards: usize,
    encoder: Encoder,
    dirty: bool,
    questions: Vec<Effect>,
    /// How much of what was sent the writer has not taken yet.
    under_way: usize,
    between: Between,
    /// It came back from its own stop, of which a signal will tell as well.
    resumed: bool,
    hide_secret_at: Option<Instant>,
    /// What came while a frame was waited for.
    later: VecDeque<Event>,
    ending: Option<Ending>,
    keeping: Keeping,
    /// Shared with the threads that look at it.
    claiming: Arc<Mutex<Claiming>>,
}

impl Loop {
    fn run(mut self) -> Ending {
        loop {
            let Some(event) = self.next() else {
                return self.end(Ending::HungUp);
            };
            self.take(event);
            while let Ok(event) = self.receiver.try_recv() {
                self.take(event);
            }
            if let Some(ending) = self.ending.take() {
                return self.end(ending);
            }
            self.draw();
            self.ask();
        }
    }

    /// Asks the child only when the frame is on its way: it would take the processor that draws.
    fn ask(&mut self) {
        for question in std::mem::take(&mut self.questions) {
            if let Effect::Evaluate {
                slot,
                ticket,
                profile,
                overlay,
            } = question
            {
                self.client
                    .evaluate(slot, ticket, profile.as_deref(), &overlay);
            }
        }
    }

    fn keep_drafts(&mut self) {
        let sender = self.sender.clone();
        let tell = move |msg| drop(sender.send(Event::message(msg)));
        self.keeping = Keeping::start(&mut self.app, tell);
    }

    fn look_for_drafts(&self) {
        if let Some(look) = self.keeping.look(&self.app) {
            self.aside(look);
        }
    }

    /// What was typed is on disk before the terminal is waited for, whatever ended this.
    fn end(self, ending: Ending) -> Ending {
        match (ending, self.keeping.end()) {
            (Ending::Signal(SIGTERM), Some(who)) => Ending::TakenOver(format!(
                "{who} took this session over. What you typed is in its draft."
            )),
            (ending, _) => ending,
        }
    }

    fn next(&mut self) -> Option<Event> {
        if let Some(event) = self.later.pop_front() {
            return Some(event);
        }
        let Some(at) = self.hide_secret_at else {
            return self.receiver.recv().ok();
        };
        match self
            .receiver
            .recv_timeout(at.saturating_duration_since(Instant::now()))
        {
            Ok(event) => Some(event),
            Err(mpsc::RecvTimeoutError::Timeout) => {
                self.hide_secret_at = None;
                Some(Event::message(Msg::HideSecret))
            }
            Err(mpsc::RecvTimeoutError::Disconnected) => None,
        }
    }

    fn take(&mut self, event: Event) {
        match event {
            Event::Msg(msg) => {
                self.dirty = true;
                let effects = self.app.handle(*msg);
                self.perform(effects);
                self.keeping.note(&self.app);
            }
            Event::FrameSent => {
                self.under_way -= 1;
                // Not before the first frame, which it would delay.
                if self.guards == 0 {
                    self.start_guard();
                }
            }
            Event::GuardLost => self.start_guard(),
            Event::Signal(SIGCONT) => self.go_on(),
            Event::Signal(SIGWINCH) => {
                // The terminal may have cut what it shows, also when it is back at the size it had.
                self.encoder.forget();
                self.take(Event::message(Msg::Resize(terminal::size())));
            }
            Event::Signal(SIGTSTP) => self.suspend(),
            Event::Signal(signal) => self.ending = Some(Ending::Signal(signal)),
            Event::HungUp => self.ending = Some(Ending::HungUp),
        }
    }

    fn draw(&mut self) {
        if !self.dirty || self.under_way > 0 {
            return;
        }
        self.dirty = false;
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = draw(&self.app, &mut buffer);
        self.look.dress(&mut buffer);
        let mut bytes = std::mem::take(&mut self.before_frame).to_vec();
        bytes.extend(self.encoder.frame(buffer, cursor));
        self.send(bytes);
    }

    fn start_guard(&mut self) {
        if self.guards <= MORE_GUARDS {
            self.guards += 1;
            let sender = self.sender.clone();
            guarded::start(move || drop(sender.send(Event::GuardLost)));
        }
    }

    fn send(&mut self, bytes: Vec<u8>) {
        if !bytes.is_empty() && self.frames.send(bytes).is_ok() {
            self.under_way += 1;
        }
    }

    /// After a stop that was not asked for here: whoever had the terminal meanwhile may have left it as a shell does.
    fn go_on(&mut self) {
        if std::mem::take(&mut self.resumed) {
            return self.repaint();
        }
        match terminal::enter_again() {
            Ok(bytes) => self.send(bytes.to_vec()),
            Err(_) => self.ending = Some(Ending::HungUp),
        }
        self.take_mouse_again();
        self.repaint();
    }

    fn take_mouse_again(&mut self) {
        if self.app.mouse {
            self.send(terminal::mouse(true).to_vec());
        }
    }

    fn repaint(&mut self) {
        self.encoder.forget();
        self.app.size = terminal::size();
        self.dirty = true;
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match effect {
                Effect::Evaluate { .. } => self.questions.push(effect),
                Effect::Open(file) => {
                    let schema = self.schema();
                    self.aside(move || Msg::opening(&file, &schema));
                }
                Effect::Compare(file) => {
                    let schema = self.schema();
                    self.aside(move || Msg::Compared(files::open(&file, &schema).map(Box::new)));
                }
                Effect::Plan {
                    file,
                    profile,
                    config,
                    baseline,
                } => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    self.aside(move || {
                        let (profile, baseline) = (profile.as_deref(), baseline.as_deref());
                        let planned = prepare(&workspace, &file, &config, profile, baseline);
                        Msg::Planned(Box::new(planned))
                    });
                }
                Effect::Output(wanted) => self.aside(move || Msg::Output(wanted.make())),
                Effect::Write(plan, note) => {
                    self.aside(move || Msg::Wrote(files::write(&plan, &note)));
                }
                Effect::LookAgain(file, then) => {
                    let schema = self.schema();
                    self.aside(move || Msg::LookedAgain(meanwhile::look(&file, *then, &schema)));
                }
                Effect::Claim(file) => self.claim(file),
                Effect::HideSecretLater => self.hide_secret_at = Some(Instant::now() + REVEAL),
                Effect::Copy(text) => self.send(clipboard::sequence(&text, self.between)),
                Effect::Mouse(on) => self.send(terminal::mouse(on).to_vec()),
                Effect::TakeDraft(file) => {
                    let schema = self.schema();
                    self.aside(move || Msg::DraftTaken(resume(&file, &schema).map(Box::new)));
                }
                Effect::Generations(work) => {
                    let schema = self.schema();
                    self.aside(move || Msg::Generations(work.done(&schema, seconds_now())));
                }
                Effect::LookUnder(draft) => {
                    let schema = self.schema();
                    self.aside(move || Msg::LookedUnder(Box::new(Resumed::of(*draft, &schema))));
                }
                Effect::AdoptDraft(file) => self.keeping.adopt(file, &self.app),
                Effect::DropDraft(file) => {
                    self.aside(move || Msg::DraftDropped(keeping::drop_draft(file)));
                }
                Effect::Preset(job) => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    let schema = self.schema();
                    self.aside(move || job.done(&Places::of(&workspace), &schema));
                }
                Effect::Workload(job) => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    self.aside(move || job.done(&workspace));
                }
                Effect::ReadHistory => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    self.aside(move || Msg::History(Box::new(InUse::of(&workspace))));
                }
                Effect::ForgetDraft => self.keeping.forget(&mut self.app),
                Effect::Make(wanted) => self.aside(move || Msg::Made(wanted.work())),
                Effect::Repaint => self.repaint(),
                Effect::Suspend => self.suspend(),
                Effect::Quit => self.ending = Some(Ending::Left),
            }
        }
    }

    fn claim(&self, file: PathBuf) {
        let claiming = Arc::clone(&self.claiming);
        self.aside(move || {
            let mut claiming = claiming.lock().unwrap_or_else(PoisonError::into_inner);
            let other = claiming.claim(&file);
            Msg::Claimed(file, other)
        });
    }

    fn schema(&self) -> Arc<Schema> {
        self.app.schema.clone().unwrap_or_default()
    }

    fn aside(&self, work: impl FnOnce() -> Msg + Send + 'static) {
        let sender = self.sender.clone();
        thread::spawn(move || drop(sender.send(Event::message(work()))));
    }

    /// Gives the terminal back and stops the process group, as a shell expects of Ctrl+Z.
    fn suspend(&mut self) {
        if !has_shell() {
            self.app
                .say_line("Not suspended: no shell started this, so none could bring it back.");
            self.dirty = true;
            return;
        }
        if !self.wait_for_frame() {
            return self
                .app
                .say_line("Not suspended: the terminal takes nothing.");
        }
        self.keeping.before_a_stop();
        terminal::leave_in_time();
        let stopped = rustix::process::kill_current_process_group(rustix::process::Signal::STOP);
        // Stopped here until fg.
        let again = terminal::enter().map(|bytes| self.before_frame = bytes);
        self.resumed = stopped.is_ok();
        self.take_mouse_again();
        self.repaint();
        if let Err(error) = stopped {
            self.app.say_line(format!("Not suspended: {error}."));
        }
        if again.is_err() {
            self.ending = Some(Ending::HungUp);
        }
    }

    /// The frame under way must not come after the terminal is given back. `false` when the terminal takes none.
    fn wait_for_frame(&mut self) -> bool {
        let until = Instant::now() + terminal::PATIENCE;
        while self.under_way > 0 {
            match self
                .receiver
                .recv_timeout(until.saturating_duration_since(Instant::now()))
            {
                Ok(Event::FrameSent) => self.under_way -= 1,
                Ok(event) => self.later.push_back(event),
                Err(_) => return false,
            }
        }
        true
    }
}

/// Since 1970.
fn seconds_now() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH);
    now.map_or(0, |now| i64::try_from(now.as_secs()).unwrap_or(0))
}

/// A process whose parent is in another session would stop for ever.
fn has_shell() -> bool {
    use rustix::process::{getpgid, getppid, getsid};
    let Some(parent) = getppid() else {
        return false;
    };
    let same_session = getsid(Some(parent)).ok() == getsid(None).ok();
    let other_group = getpgid(Some(parent)).ok() != getpgid(None).ok();
    same_session && other_group
}
