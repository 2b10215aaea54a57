//! The window that makes a self-signed certificate: names, days and two files are typed, the plan is shown, both files
//! are written, both settings name them. Leaves to others: what may be typed (`made`), the work (`making`).

use std::path::PathBuf;
use std::sync::Arc;

use super::action::Action;
use super::app::{App, Message};
use super::making::Wanted;
use super::msg::Effect;
use super::typed::Typed;
use super::window::Window;
use crate::made::{self, Pair};
use crate::problem::{Problem, counted};
use crate::schema::FieldPath;
use crate::store::{Outcome, Written};
use crate::value::Value;

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Names,
    Days,
    Certificate,
    Key,
    /// The button that goes on: to the plan, or to the files.
    On,
    /// The button that goes back.
    Back,
}

impl Focus {
    /// The lines that are typed, in their order.
    pub const LINES: [Self; 4] = [Self::Names, Self::Days, Self::Certificate, Self::Key];
    const ALL: [Self; 6] = [
        Self::Names,
        Self::Days,
        Self::Certificate,
        Self::Key,
        Self::On,
        Self::Back,
    ];
    const BUTTONS: [Self; 2] = [Self::On, Self::Back];
}

/// How far it is.
#[derive(Clone, Debug)]
pub enum Step {
    /// It is being typed.
    Asking,
    /// The plan was asked for.
    Planning,
    Planned(Arc<Pair>),
    Writing(Arc<Pair>),
}

/// The state of the window.
#[derive(Clone, Debug)]
pub struct CertificateScreen {
    names: Typed,
    days: Typed,
    certificate: Typed,
    key: Typed,
    pub focus: Focus,
    pub step: Step,
}

impl CertificateScreen {
    #[must_use]
    pub fn new(names: &[String]) -> Self {
        Self {
            names: Typed::new(&names.join(", ")),
            days: Typed::new("365"),
            certificate: Typed::new(made::CERTIFICATE_FILE),
            key: Typed::new(made::KEY_FILE),
            focus: Focus::Names,
            step: Step::Asking,
        }
    }

    /// The line that has this focus; a button has none.
    #[must_use]
    pub fn line(&self, focus: Focus) -> Option<&Typed> {
        match focus {
            Focus::Names => Some(&self.names),
            Focus::Days => Some(&self.days),
            Focus::Certificate => Some(&self.certificate),
            Focus::Key => Some(&self.key),
            Focus::On | Focus::Back => None,
        }
    }

    fn line_mut(&mut self) -> Option<&mut Typed> {
        match self.focus {
            Focus::Names => Some(&mut self.names),
            Focus::Days => Some(&mut self.days),
            Focus::Certificate => Some(&mut self.certificate),
            Focus::Key => Some(&mut self.key),
            Focus::On | Focus::Back => None,
        }
    }

    /// The plan, when there is one to be shown.
    #[must_use]
    pub fn pair(&self) -> Option<&Pair> {
        match &self.step {
            Step::Planned(pair) | Step::Writing(pair) => Some(pair),
            Step::Asking | Step::Planning => None,
        }
    }

    #[must_use]
    pub fn is_typing(&self) -> bool {
        matches!(self.step, Step::Asking) && self.line(self.focus).is_some()
    }

    #[must_use]
    pub fn is_writing(&self) -> bool {
        matches!(self.step, Step::Writing(_))
    }

    pub fn insert(&mut self, text: &str) {
        if let Some(line) = self.line_mut() {
            line.insert(text);
        }
    }

    /// What stands in a line is wrong so; `None` when it is right, or no line.
    #[must_use]
    pub fn wrong(&self, focus: Focus) -> Option<Problem> {
        let text = self.line(focus)?.text();
        match focus {
            Focus::Names => made::names(text).err(),
            Focus::Days => made::days(text).err(),
            Focus::Certificate if text.trim().is_empty() => Some(no_file(made::CERTIFICATE_FILE)),
            Focus::Key if text.trim().is_empty() => Some(no_file(made::KEY_FILE)),
            _ => None,
        }
    }

    fn turn(&mut self, forward: bool) {
        let all: &[Focus] = if self.pair().is_some() {
            &Focus::BUTTONS
        } else {
            &Focus::ALL
        };
        let at = all.iter().position(|focus| *focus == self.focus);
        let step = if forward { 1 } else { all.len() - 1 };
        self.focus = all[(at.unwrap_or(0) + step) % all.len()];
    }

    /// Back from the plan to what was typed.
    fn ask_again(&mut self) {
        self.step = Step::Asking;
        self.focus = Focus::On;
    }
}

fn no_file(example: &str) -> Problem {
    Problem::error("It has no file.").hint(format!(
        "Give a path in the workspace or from the root, for example {example}."
    ))
}

impl App {
    /// What is said below the window.
    #[must_use]
    pub fn certificate_help(&self, screen: &CertificateScreen) -> String {
        if let Some(pair) = screen.pair() {
            return if pair.replaces() {
                "What a replaced file holds is gone then: no old version is kept, and undo does not bring it back."
                    .to_owned()
            } else {
                "Nothing is written yet. Everybody may read the certificate, only its owner the key."
                    .to_owned()
            };
        }
        if let Some(problem) = screen.wrong(screen.focus) {
            return format!("✗ {}", problem.sentence());
        }
        match screen.focus {
            Focus::Names => {
                "Host names and IP addresses under which clients reach VAPORA, with commas between."
            }
            Focus::Days => {
                "From now on. Clients refuse it afterwards, so a new one must be made before."
            }
            Focus::Certificate => {
                "What clients must be given to trust it: nobody else has signed it."
            }
            Focus::Key => "Whoever has it can pose as your server: only its owner may read it.",
            Focus::On => {
                "Shows which files would be written and how; nothing is written before that."
            }
            Focus::Back => "Leaves everything as it is.",
        }
        .to_owned()
    }

    pub(super) fn open_certificate(&mut self) {
        if let Some(why) = self.facts.caution.forbids() {
            return self.say_line(why);
        }
        let Some(config) = &self.config else {
            return self.say_line("The values are not judged yet; wait for them.");
        };
        let held = |path: &&str| config.leaf(path).is_some_and(|leaf| leaf.held);
        if let Some(path) = [made::CERTIFICATE, made::KEY]
            .iter()
            .find(|path| held(path))
        {
            let profile = self.profile().unwrap_or_default();
            let line = format!("{path} is held by {profile}: the profile forces this value.");
            return self.say_line(line);
        }
        let screen = CertificateScreen::new(&made::names_in(config));
        self.windows.push(Window::Certificate(Box::new(screen)));
    }

    pub(super) fn act_in_certificate(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let Some(Window::Certificate(screen)) = self.windows.last_mut() else {
            return;
        };
        match action {
            Action::Back | Action::GiveUp if screen.pair().is_some() => screen.ask_again(),
            Action::Back | Action::GiveUp => drop(self.windows.pop()),
            Action::Open if screen.line(screen.focus).is_none() => self.press_certificate(effects),
            Action::Keep
            | Action::KeepNext
            | Action::Open
            | Action::NextPane
            | Action::Down
            | Action::Right => screen.turn(true),
            Action::KeepPrevious | Action::PreviousPane | Action::Up | Action::Left => {
                screen.turn(false);
            }
            Action::First | Action::PageUp if screen.pair().is_none() => {
                screen.focus = Focus::Names;
            }
            Action::First | Action::PageUp => screen.focus = Focus::On,
            Action::Last | Action::PageDown => screen.focus = Focus::Back,
            action => {
                if let Some(line) = screen.line_mut() {
                    line.act(action);
                }
            }
        }
    }

    fn press_certificate(&mut self, effects: &mut Vec<Effect>) {
        let Some(Window::Certificate(screen)) = self.windows.last_mut() else {
            return;
        };
        match (screen.focus, &screen.step) {
            (Focus::Back, Step::Planned(_)) => screen.ask_again(),
            (Focus::Back, _) => drop(self.windows.pop()),
            (_, Step::Planned(pair)) => {
                let pair = Arc::clone(pair);
                screen.step = Step::Writing(Arc::clone(&pair));
                effects.push(Effect::Make(Wanted::Write(pair)));
            }
            (_, Step::Asking) => self.plan_certificate(effects),
            (_, Step::Planning | Step::Writing(_)) => {}
        }
    }

    fn plan_certificate(&mut self, effects: &mut Vec<Effect>) {
        let workspace = self.facts.workspace.clone();
        let Some(Window::Certificate(screen)) = self.windows.last_mut() else {
            return;
        };
        let wrong = Focus::LINES.into_iter().find_map(|focus| {
            let problem = screen.wrong(focus)?;
            Some((focus, problem))
        });
        if let Some((focus, problem)) = wrong {
            // The line says why, as long as it stands there.
            screen.focus = focus;
            return self.say_line(problem.message);
        }
        let (Ok(names), Ok(days)) = (
            made::names(screen.names.text()),
            made::days(screen.days.text()),
        ) else {
            return;
        };
        screen.step = Step::Planning;
        effects.push(Effect::Make(Wanted::Pair {
            names,
            days,
            certificate: workspace.join(screen.certificate.text().trim()),
            key: workspace.join(screen.key.text().trim()),
        }));
    }

    pub(super) fn certificate_planned(&mut self, planned: Result<Box<Pair>, Vec<Problem>>) {
        let Some(screen) = self.planning_certificate() else {
            return;
        };
        match planned {
            Ok(pair) => {
                screen.step = Step::Planned(Arc::new(*pair));
                screen.focus = Focus::Back;
            }
            Err(problems) => {
                screen.step = Step::Asking;
                let told: Vec<String> = problems
                    .iter()
                    .map(|problem| format!("✗ {}", self.whole_problem(problem)))
                    .collect();
                self.message.notice = Some(told.join("\n"));
            }
        }
    }

    /// The window that waits for its plan; it may be closed by now.
    fn planning_certificate(&mut self) -> Option<&mut CertificateScreen> {
        self.windows.iter_mut().find_map(|window| match window {
            Window::Certificate(screen) if matches!(screen.step, Step::Planning) => {
                Some(screen.as_mut())
            }
            _ => None,
        })
    }

    pub(super) fn certificate_written(
        &mut self,
        pair: &Pair,
        written: Result<[Written; 2], Problem>,
        effects: &mut Vec<Effect>,
    ) {
        self.windows
            .retain(|window| !matches!(window, Window::Certificate(screen) if screen.is_writing()));
        let written = match written {
            Ok(written) => written,
            Err(problem) => {
                self.message.notice = Some(format!("✗ {}", self.whole_problem(&problem)));
                return;
            }
        };
        let path = |file: &PathBuf| Value::Text(file.to_string_lossy().into_owned());
        self.answers.say_all(vec![
            (
                FieldPath::from(made::CERTIFICATE),
                path(&pair.certificate.file),
            ),
            (FieldPath::from(made::KEY), path(&pair.key.file)),
        ]);
        let files: Vec<String> = written
            .iter()
            .map(|written| {
                let file = self.shown_path(&written.path);
                format!("{file}, mode {:04o}", written.mode)
            })
            .collect();
        let off = match self.in_force(&"security.tls_enabled".into()) {
            Some(Value::Bool(false)) => " TLS is still off.",
            _ => "",
        };
        let undo = self.keymap.key(Action::Undo);
        let warning = written.iter().flat_map(|written| &written.problems).next();
        let warning = warning.map_or_else(String::new, |problem| format!(" ! {}", problem.message));
        self.message = Message {
            line: Some(format!(
                "Both settings name them; {undo} takes that back, not the files.{off}"
            )),
            notice: Some(format!("Written: {}.{warning}", files.join("; "))),
        };
        self.ask(effects);
    }
}

/// `Write 2 files`, or what would be replaced.
#[must_use]
pub fn on_label(screen: &CertificateScreen) -> String {
    match &screen.step {
        Step::Asking => "Show plan".to_owned(),
        Step::Planning => "Planning…".to_owned(),
        Step::Writing(_) => "Writing…".to_owned(),
        Step::Planned(pair) => {
            let plans = pair.plans();
            let there = plans.iter().filter(|plan| plan.outcome != Outcome::New);
            match there.count() {
                0 => "Write 2 files".to_owned(),
                n => format!("Replace {}", counted(n, "file")),
            }
        }
    }
}
