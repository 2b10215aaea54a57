//! A stage for the screens: the real state, keymap, forms and evaluator, driven by key scripts, without a terminal.
//! Replies are waited for after each key, so that a script always sees what an operator sees at rest.
#![allow(dead_code, reason = "each test file uses its part of the stage")]

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{self, Receiver};
use std::time::Duration;

use crossterm::event::{KeyCode, KeyEvent, KeyModifiers};
use ratatui::buffer::Buffer;
use ratatui::layout::{Position, Rect, Size};
use vapora_tui::budget;
use vapora_tui::caution::Caution;
use vapora_tui::form::{self, date::Date, load::load};
use vapora_tui::meanwhile;
use vapora_tui::nickel::{Client, Reply, Texts, serve};
use vapora_tui::prepare::prepare;
use vapora_tui::preset::Places;
use vapora_tui::process::Link;
use vapora_tui::profile;
use vapora_tui::resume::Resumed;
use vapora_tui::tui::app::{App, Facts, Start};
use vapora_tui::tui::draw::draw;
use vapora_tui::tui::files;
use vapora_tui::tui::generations::News;
use vapora_tui::tui::keymap::Keymap;
use vapora_tui::tui::making::Made;
use vapora_tui::tui::msg::{Effect, Msg};
use vapora_tui::tui::workload_jobs;
use vapora_tui::workspace::Workspace;

/// Longer than any reply takes, so that a lost one fails the test instead of hanging it.
const PATIENCE: Duration = Duration::from_secs(20);

/// 2026-11-22 12:00:00 UTC.
pub const NOW: i64 = 1_795_348_800;

/// The same as a day.
pub const TODAY: &str = "2026-11-22";

pub struct Stage {
    pub app: App,
    client: Client,
    replies: Receiver<Reply>,
    folder: Option<tempfile::TempDir>,
    /// The operator's own folder.
    own: PathBuf,
    pub quit: bool,
    /// What the last plan would have written, and what was.
    pub effects: Vec<String>,
}

/// How a stage begins.
pub struct Setup {
    size: Size,
    profile: Option<String>,
    open: Option<String>,
    variables: Vec<(String, String)>,
    texts: BTreeMap<String, String>,
    on_disk: bool,
    caution: Caution,
    root: Option<PathBuf>,
}

impl Setup {
    pub fn new(width: u16, height: u16) -> Self {
        Self {
            size: Size::new(width, height),
            profile: None,
            open: None,
            variables: Vec::new(),
            texts: BTreeMap::new(),
            on_disk: false,
            caution: Caution::default(),
            root: None,
        }
    }

    pub fn profile(mut self, name: &str) -> Self {
        self.profile = Some(name.to_owned());
        self
    }

    /// `--readonly` and `--strict`.
    pub fn caution(mut self, caution: Caution) -> Self {
        self.caution = caution;
        self
    }

    /// A workspace in a real folder, where files can be opened and written.
    pub fn on_disk(mut self) -> Self {
        self.on_disk = true;
        self
    }

    /// In the folder of another stage, which stays.
    pub fn within(mut self, root: &Path) -> Self {
        self.root = Some(root.to_owned());
        self
    }

    /// A file of the workspace.
    pub fn file(mut self, name: &str, text: &str) -> Self {
        self.texts.insert(name.to_owned(), text.to_owned());
        self.on_disk = true;
        self
    }

    pub fn open(mut self, name: &str) -> Self {
        self.open = Some(name.to_owned());
        self
    }

    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    pub fn begin(self) -> Stage {
        self.begin_with(None, |_, _| {})
    }

    /// With something that reaches the state before all else.
    pub fn begin_after(self, first: impl FnOnce(&mut App, &Path)) -> Stage {
        self.begin_with(None, first)
    }

    /// As `vapora-tui FILE`, which opens it and names it as output.
    pub fn begin_writing(self, output: &str) -> Stage {
        self.begin_with(Some(output), |_, _| {})
    }

    fn begin_with(self, named: Option<&str>, first: impl FnOnce(&mut App, &Path)) -> Stage {
        let folder = self.on_disk.then(|| tempfile::tempdir().expect("a folder"));
        let root = match (&self.root, &folder) {
            (Some(root), _) => root.clone(),
            (None, Some(folder)) => folder.path().to_owned(),
            (None, None) => PathBuf::from("/srv/vapora"),
        };
        for (name, text) in &self.texts {
            let file = root.join(name);
            std::fs::create_dir_all(file.parent().expect("a parent")).expect("folders");
            std::fs::write(file, text).expect("a file");
        }
        let own = match &self.root {
            Some(root) => root.join("other/.config/vapora-tui"),
            None => root.join(".config/vapora-tui"),
        };
        let workspace = Workspace::at(&root);
        let (sender, replies) = mpsc::channel();
        let client = Client::start(
            Box::new(start_thread),
            Texts::read(&workspace),
            move |reply| {
                drop(sender.send(reply));
            },
        );
        let (form, problems) = load(&workspace);
        let mut problems = form::warned(problems);
        let (profiles, wrong) = profile::all(&workspace);
        problems.extend(wrong);
        let output = named.map_or_else(|| workspace.output_file(), |name| root.join(name));
        let app = App::new(Start {
            facts: Facts {
                caution: self.caution,
                title: "vapora-tui 0.1.0 for VAPORA 1.2.0".into(),
                whom: "ops@bastion1".into(),
                output_named: named.is_some(),
                output_exists: output.exists(),
                workspace: root.clone(),
                here: root.clone(),
                output,
                overrides: workspace.overrides(),
                today: Date::parse(TODAY).expect("a day"),
            },
            form,
            form_follows: false,
            profiles,
            variables: self.variables,
            problems,
            keymap: Keymap::shipped(),
            own_problems: Vec::new(),
            profile: self.profile,
            open: self.open.map(|name| root.join(name)),
            budget: budget::Inputs::read(&workspace, Some(&own)),
            size: self.size,
        });
        let mut stage = Stage {
            app,
            client,
            replies,
            folder,
            own,
            quit: false,
            effects: Vec::new(),
        };
        first(&mut stage.app, &root);
        let effects = stage.app.begin();
        stage.perform(effects);
        stage.rest();
        stage
    }
}

/// A child on a thread of the test.
fn start_thread() -> std::io::Result<Link> {
    let (their_reader, our_writer) = std::io::pipe()?;
    let (our_reader, their_writer) = std::io::pipe()?;
    std::thread::Builder::new()
        .stack_size(serve::STACK_BYTES)
        .spawn(move || {
            let (mut reader, mut writer) = (their_reader, their_writer);
            drop(serve::serve(&mut reader, &mut writer));
        })?;
    Ok(Link::to_thread(Box::new(our_reader), Box::new(our_writer)))
}

impl Stage {
    pub fn own(&self) -> &Path {
        &self.own
    }

    pub fn root(&self) -> &Path {
        self.folder.as_ref().expect("a stage on disk").path()
    }

    /// Presses keys by their names, each at rest: `"Down Enter Ctrl+u 8 0 Enter"`.
    pub fn keys(&mut self, script: &str) -> &mut Self {
        for name in script.split_whitespace() {
            self.press(key(name));
        }
        self
    }

    /// Presses keys faster than anything is answered: all of them first, then what they asked for.
    pub fn type_ahead(&mut self, script: &str) -> &mut Self {
        let effects = self.unanswered(script);
        self.carry_out(effects)
    }

    /// Presses keys and gives what they asked for, undone.
    pub fn unanswered(&mut self, script: &str) -> Vec<Effect> {
        let keys = script.split_whitespace().map(key);
        keys.flat_map(|event| self.app.handle(Msg::Key(event)))
            .collect()
    }

    /// Does what keys asked for, and waits for the answers.
    pub fn carry_out(&mut self, effects: Vec<Effect>) -> &mut Self {
        self.perform(effects);
        self.rest();
        self
    }

    /// Types a text, a key a character.
    pub fn text(&mut self, text: &str) -> &mut Self {
        for c in text.chars() {
            self.press(KeyEvent::new(KeyCode::Char(c), KeyModifiers::NONE));
        }
        self
    }

    pub fn paste(&mut self, text: &str) -> &mut Self {
        self.tell(Msg::Paste(text.to_owned()));
        self
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Self {
        self.tell(Msg::Resize(Size::new(width, height)));
        self
    }

    fn press(&mut self, event: KeyEvent) {
        self.tell(Msg::Key(event));
    }

    pub fn tell(&mut self, msg: Msg) {
        let effects = self.app.handle(msg);
        self.perform(effects);
        self.rest();
    }

    fn perform(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            let msg = match effect {
                Effect::Evaluate {
                    slot,
                    ticket,
                    profile,
                    overlay,
                } => {
                    self.client
                        .evaluate(slot, ticket, profile.as_deref(), &overlay);
                    continue;
                }
                Effect::Open(file) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    Msg::opening(&file, &schema)
                }
                Effect::Compare(file) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    Msg::Compared(files::open(&file, &schema).map(Box::new))
                }
                Effect::Plan {
                    file,
                    profile,
                    config,
                    baseline,
                } => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    let (profile, baseline) = (profile.as_deref(), baseline.as_deref());
                    let mut planned = prepare(&workspace, &file, &config, profile, baseline);
                    if let Ok(plan) = &mut planned.plan {
                        plan.owner = "ops:ops".into();
                    }
                    Msg::Planned(Box::new(planned))
                }
                Effect::Output(wanted) => Msg::Output(wanted.make()),
                Effect::Write(plan, note) => Msg::Wrote(files::write(&plan, &note)),
                Effect::Generations(work) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    let mut news = work.done(&schema, NOW);
                    if let News::Planned(Ok(restoration)) = &mut news
                        && let Ok(plan) = &mut restoration.prepared.plan
                    {
                        plan.owner = "ops:ops".into();
                    }
                    Msg::Generations(news)
                }
                Effect::Make(wanted) => {
                    let mut made = wanted.work();
                    if let Made::Planned(Ok(pair)) = &mut made {
                        // Other users and other days than of whoever runs the tests.
                        for plan in [&mut pair.certificate, &mut pair.key] {
                            plan.owner = "ops:ops".into();
                        }
                        pair.until = "2027-11-22 10:02:03 UTC".into();
                    }
                    Msg::Made(made)
                }
                Effect::LookAgain(file, then) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    Msg::LookedAgain(meanwhile::look(&file, *then, &schema))
                }
                Effect::LookUnder(draft) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    Msg::LookedUnder(Box::new(Resumed::of(*draft, &schema)))
                }
                Effect::Preset(job) => {
                    let schema = self.app.schema.clone().unwrap_or_default();
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    job.done(&Places::new(Some(&self.own), &workspace), &schema)
                }
                Effect::Workload(job) => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    let mut msg = job.done(&workspace);
                    if let Msg::Workload(news) = &mut msg
                        && let workload_jobs::News::Planned(Ok(planned)) = &mut **news
                    {
                        planned.plan.owner = "ops:ops".into();
                    }
                    msg
                }
                Effect::ReadHistory => {
                    let workspace = Workspace::at(&self.app.facts.workspace);
                    Msg::History(Box::new(budget::history_in_use::InUse::of(&workspace)))
                }
                Effect::Quit => {
                    self.quit = true;
                    continue;
                }
                other => {
                    self.effects.push(format!("{other:?}"));
                    continue;
                }
            };
            let effects = self.app.handle(msg);
            self.perform(effects);
        }
    }

    /// Waits until every question is answered.
    fn rest(&mut self) {
        while self.asks() {
            let reply = self.replies.recv_timeout(PATIENCE).expect("a reply");
            let effects = self.app.handle(Msg::Reply(reply));
            self.perform(effects);
        }
    }

    fn asks(&self) -> bool {
        let app = &self.app;
        let in_force = app.ticket > 0 && !app.settled;
        let newest = app
            .baselines
            .values()
            .max_by_key(|baseline| baseline.ticket);
        let compares = app.comparing.is_some();
        app.schema.is_none() || in_force || compares || newest.is_some_and(|b| b.config.is_none())
    }

    pub fn buffer(&self) -> (Buffer, Option<Position>) {
        let Size { width, height } = self.app.size;
        let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
        let cursor = draw(&self.app, &mut buffer);
        (buffer, cursor)
    }

    /// The screen as text; the last line says where the cursor stands, when it shows.
    pub fn screen(&self) -> String {
        let (buffer, cursor) = self.buffer();
        let mut out = String::new();
        for y in 0..buffer.area.height {
            let row: String = (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect();
            out.push_str(row.trim_end());
            out.push('\n');
        }
        if let Some(at) = cursor {
            let _ = writeln!(out, "cursor at column {}, row {}", at.x, at.y);
        }
        out
    }

    /// Does the screen say this?
    #[track_caller]
    pub fn says(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            screen.contains(text),
            "the screen does not say {text:?}:\n{screen}"
        );
        self
    }

    #[track_caller]
    pub fn does_not_say(&mut self, text: &str) -> &mut Self {
        let screen = self.screen();
        assert!(
            !screen.contains(text),
            "the screen says {text:?}:\n{screen}"
        );
        self
    }
}

fn key(name: &str) -> KeyEvent {
    let (name, modifiers) = match name.strip_prefix("Ctrl+") {
        Some(name) if !name.is_empty() => (name, KeyModifiers::CONTROL),
        _ => (name, KeyModifiers::NONE),
    };
    let code = match name {
        "Up" => KeyCode::Up,
        "Down" => KeyCode::Down,
        "Left" => KeyCode::Left,
        "Right" => KeyCode::Right,
        "PageUp" => KeyCode::PageUp,
        "PageDown" => KeyCode::PageDown,
        "Home" => KeyCode::Home,
        "End" => KeyCode::End,
        "Enter" => KeyCode::Enter,
        "Tab" => KeyCode::Tab,
        "Shift+Tab" => KeyCode::BackTab,
        "Esc" => KeyCode::Esc,
        "Backspace" => KeyCode::Backspace,
        "Delete" => KeyCode::Delete,
        "Space" => KeyCode::Char(' '),
        "F1" => KeyCode::F(1),
        name => {
            let mut chars = name.chars();
            let c = chars.next().expect("a key");
            assert!(chars.next().is_none(), "{name} is no key");
            KeyCode::Char(c)
        }
    };
    KeyEvent::new(code, modifiers)
}
