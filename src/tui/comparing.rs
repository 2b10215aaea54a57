//! What the differences compare with: the chosen profile, another one, the written file, an earlier version, any file.
//! Leaves to others: the rows (`diff_screen`), reading files (`files`), judging (`update`).

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::diff_screen::{DiffScreen, Left};
use super::files::Opened;
use super::generations::Work;
use super::msg::Effect;
use super::preset_jobs::Job;
use super::prompt::{self, Prompt};
use super::text::width;
use super::window::Window;
use crate::clean;
use crate::config::{Config, Origin, Overlay, Verdict};
use crate::nickel::Slot;
use crate::preset::Named;
use crate::problem::{Problem, Severity, counted};
use crate::profile::Profile;
use crate::schema::FieldPath;

/// What can be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Baseline {
    Profile(String),
    /// The output file, as it is on disk now.
    Written,
    /// A file that is asked for.
    File,
    /// One of the presets, which are read first.
    Presets,
    Preset(Named),
    /// An earlier version of the output file.
    Generation(u32),
}

/// What a file is read and judged for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// To be compared with.
    Compare,
    /// To be compared with, as this version of the file.
    Generation(u32),
    /// To be restored, as this version.
    Restore(u32),
}

/// A file to compare with: its values in force, over its own profile.
#[derive(Debug)]
pub struct Compared {
    pub file: PathBuf,
    /// Its own name, or that of the version.
    pub name: String,
    pub purpose: Purpose,
    /// The profile it is judged over.
    pub profile: Option<String>,
    /// Does it name that profile itself?
    pub names_profile: bool,
    /// Of reading it.
    pub problems: Vec<Problem>,
    pub ticket: u64,
    overlay: Overlay,
    pub config: Option<Config>,
}

impl Compared {
    /// What was read, to be judged over the profile that it names, else over `now`.
    pub(super) fn new(
        opened: Opened,
        purpose: Purpose,
        (now, profiles): (Option<&str>, &[Profile]),
    ) -> Self {
        let mode = opened.mode.map(|mode| clean::line(&mode));
        let named = mode.filter(|mode| profiles.iter().any(|known| known.name == *mode));
        let name = match purpose {
            Purpose::Compare => opened.base.name(),
            Purpose::Generation(number) | Purpose::Restore(number) => {
                format!("generation {number}")
            }
        };
        let origin = match purpose {
            Purpose::Compare => Origin::of_base(&opened.base),
            _ => Origin::File(name.clone()),
        };
        let values = opened.base.values.into_iter();
        Self {
            name,
            file: opened.base.file,
            purpose,
            names_profile: named.is_some(),
            profile: named.or_else(|| now.map(str::to_owned)),
            problems: opened.problems,
            ticket: 0,
            overlay: values
                .map(|(path, value)| (path, (value, origin.clone())))
                .collect(),
            config: None,
        }
    }

    /// To read it again.
    pub(super) fn again(&self) -> Effect {
        let file = self.file.clone();
        match self.purpose {
            Purpose::Compare => Effect::Compare(file),
            Purpose::Generation(number) | Purpose::Restore(number) => {
                Effect::Generations(Work::Compare(file, number))
            }
        }
    }

    fn found(&self) -> impl Iterator<Item = &Problem> {
        let judged = self.config.iter().flat_map(Config::problems);
        self.problems.iter().chain(judged)
    }
}

impl App {
    /// The configuration in the left column, when it is judged.
    #[must_use]
    pub fn left(&self, left: &Left) -> Option<&Config> {
        match left {
            Left::Chosen => self.baseline(),
            Left::Profile(name) => self.baselines.get(name)?.config.as_ref(),
            Left::File => self.compared.as_ref()?.config.as_ref(),
        }
    }

    /// The title of the left column.
    #[must_use]
    pub fn left_title<'a>(&'a self, left: &'a Left) -> &'a str {
        let name = match left {
            Left::Chosen => self.profile(),
            Left::Profile(name) => Some(name.as_str()),
            Left::File => self.compared.as_ref().map(|file| file.name.as_str()),
        };
        name.unwrap_or("profile")
    }

    /// The version in the left column, when it is one.
    #[must_use]
    pub fn left_version(&self, left: &Left) -> Option<u32> {
        match (left, self.compared.as_ref()?.purpose) {
            (Left::File, Purpose::Generation(number)) => Some(number),
            _ => None,
        }
    }

    /// One sentence on the left column, and a key that changes it: the longest that fits.
    #[must_use]
    pub fn left_sentence(&self, left: &Left, columns: usize) -> String {
        let key = self.keymap.key(Action::Compare);
        let offer = format!("  {key} compares with something else.");
        let mut sentences = Vec::new();
        match (left, &self.compared) {
            (Left::File, Some(file)) => {
                let over = match &file.profile {
                    Some(profile) if file.names_profile => format!("over its profile {profile}"),
                    Some(profile) => format!("over {profile}, for it names no profile"),
                    None => "over the schema".to_owned(),
                };
                let wrong = match file.found().count() {
                    0 => String::new(),
                    n => format!(" ({})", counted(n, "problem")),
                };
                let name = &file.name;
                let path = match file.purpose {
                    Purpose::Compare => self.shown_path(&file.file),
                    Purpose::Generation(_) | Purpose::Restore(_) => {
                        format!("{name} of {}", self.shown_path(&file.file))
                    }
                };
                sentences.push(format!("Left: {path}{wrong}, {over}."));
                sentences.push(format!("Left: {name}{wrong}, {over}."));
                sentences.push(format!("Left: {name}{wrong}."));
            }
            _ => sentences.push(format!("Left: profile {}.", self.left_title(left))),
        }
        sentences.insert(0, format!("{}{offer}", sentences[0]));
        let fits = sentences.iter().position(|text| width(text) <= columns);
        sentences.swap_remove(fits.unwrap_or(sentences.len() - 1))
    }

    /// What is wrong with the left value of a setting.
    #[must_use]
    pub fn left_problem(&self, left: &Left, path: &FieldPath) -> Option<&Problem> {
        let of_file = match left {
            Left::File => self.compared.as_ref(),
            Left::Chosen | Left::Profile(_) => None,
        };
        let read = of_file.iter().flat_map(|file| &file.problems);
        let judged = self.left(left).into_iter().flat_map(Config::problems);
        read.chain(judged)
            .filter(|problem| problem.path.as_ref() == Some(path))
            .min_by_key(|problem| problem.severity)
    }

    /// The settings whose value is wrong here or at the left; they show also where both sides say the same.
    #[must_use]
    pub(super) fn wrong_on_either_side(&self, left: &Left) -> BTreeSet<&FieldPath> {
        let of_file = match left {
            Left::File => self.compared.as_ref(),
            Left::Chosen | Left::Profile(_) => None,
        };
        let read = of_file.iter().flat_map(|file| &file.problems);
        let judged = self.left(left).into_iter().flat_map(Config::problems);
        self.counted()
            .chain(read)
            .chain(judged)
            .filter(|problem| problem.severity == Severity::Error)
            .filter_map(|problem| problem.path.as_ref())
            .collect()
    }

    /// The list behind `c`.
    pub(super) fn open_baselines(&mut self, left: &Left) {
        let mut baselines = Vec::new();
        let mut items = Vec::new();
        let chosen = self.profile().map(str::to_owned);
        let (first, others): (Vec<_>, Vec<_>) = self
            .profiles
            .iter()
            .partition(|profile| Some(&profile.name) == chosen.as_ref());
        for profile in first.into_iter().chain(others) {
            let meaning = if Some(&profile.name) == chosen.as_ref() {
                "the profile chosen".to_owned()
            } else {
                profile.summary.clone()
            };
            baselines.push(Baseline::Profile(profile.name.clone()));
            items.push((profile.name.clone(), meaning));
        }
        baselines.push(Baseline::Presets);
        items.push(("a preset…".to_owned(), self.presets_in_short()));
        if self.facts.output_exists {
            let file = self.shown_path(&self.facts.output);
            baselines.push(Baseline::Written);
            items.push(("written file".to_owned(), format!("{file}, as it is now")));
        }
        baselines.push(Baseline::File);
        items.push(("a file…".to_owned(), "asks for its path".to_owned()));
        for version in self.versions().iter().flat_map(|versions| versions.kept()) {
            baselines.push(Baseline::Generation(version.number));
            let name = format!("generation {}", version.number);
            items.push((name, version.in_short()));
        }
        let now = match left {
            Left::Chosen | Left::Profile(_) => Some(self.left_title(left).to_owned()),
            Left::File => self.compared.as_ref().map(|file| file.name.clone()),
        };
        let purpose = choice::For::Baseline(baselines);
        let choice = Choice::new(purpose, "Compare with", items, now.as_deref());
        self.windows.push(Window::Choice(choice));
    }

    pub(super) fn compare_with(&mut self, baseline: &Baseline, effects: &mut Vec<Effect>) {
        match baseline {
            Baseline::Profile(name) => {
                let left = if self.profile() == Some(name) {
                    Left::Chosen
                } else {
                    Left::Profile(name.clone())
                };
                self.comparing = None;
                self.show_left(left);
                self.ask_baseline(name, effects);
            }
            Baseline::Generation(number) => {
                let file = self.facts.output.clone();
                effects.push(Effect::Generations(Work::Compare(file, *number)));
            }
            Baseline::Presets => self.choose_preset_to_compare(effects),
            Baseline::Preset(named) => {
                effects.push(Effect::Preset(Job::Compare(named.clone())));
            }
            Baseline::Written => effects.push(Effect::Compare(self.facts.output.clone())),
            Baseline::File => {
                let prompt = Prompt::new(
                    prompt::For::Compare,
                    "Compare with a file",
                    prompt::FILES,
                    "",
                );
                self.windows.push(Window::Prompt(Box::new(prompt)));
            }
        }
    }

    fn show_left(&mut self, left: Left) {
        if self
            .windows
            .iter()
            .any(|w| matches!(w, Window::Budget(_) | Window::Scoring))
        {
            return self.compare_budget_with(left);
        }
        for window in &mut self.windows {
            if let Window::Diff(screen) = window {
                screen.let_go();
                screen.left = left;
                self.last_diff = Some(screen.clone());
                return;
            }
        }
    }

    /// Takes a file that was read to be compared with. Until it is judged the earlier left column stays; it stays
    /// altogether when the file cannot be read whole, for what is missing would show as a difference.
    pub(super) fn compared(
        &mut self,
        opened: Result<Box<Opened>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        self.compared_for(opened, Purpose::Compare, effects);
    }

    /// The same for a version of `file`.
    pub(super) fn compared_version(
        &mut self,
        file: &Path,
        number: u32,
        opened: Result<Box<Opened>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        let opened = opened.map(|mut opened| {
            file.clone_into(&mut opened.base.file);
            opened
        });
        self.compared_for(opened, Purpose::Generation(number), effects);
    }

    fn compared_for(
        &mut self,
        opened: Result<Box<Opened>, Problem>,
        purpose: Purpose,
        effects: &mut Vec<Effect>,
    ) {
        let opened = match opened {
            Ok(opened) => *opened,
            Err(problem) => return self.say_not_compared(&problem),
        };
        let mut wrong = opened.problems.iter();
        if let Some(problem) = wrong.find(|problem| problem.severity == Severity::Error) {
            return self.say_not_compared(&problem.clone());
        }
        self.windows.retain(|window| match window {
            Window::Prompt(prompt) => prompt.purpose != prompt::For::Compare,
            _ => true,
        });
        let profiles = (self.profile(), self.profiles.as_slice());
        self.comparing = Some(Compared::new(opened, purpose, profiles));
        self.ask_compared(effects);
    }

    fn say_not_compared(&mut self, problem: &Problem) {
        let place = problem.place.as_ref().map_or_else(String::new, |place| {
            format!("{}: ", self.shown_place(place))
        });
        self.message.notice = Some(format!("✗ Not compared: {place}{}", problem.sentence()));
    }

    /// Asks for the verdict on the file being compared, unless that is the newest question of its slot.
    pub(super) fn ask_compared(&mut self, effects: &mut Vec<Effect>) {
        let newest = self.newest_baseline();
        let Some(file) = self.comparing.as_mut().filter(|file| {
            // Of the questions waiting in a slot only the newest is answered.
            file.ticket == 0 || file.ticket != newest
        }) else {
            return;
        };
        file.ticket = newest + 1;
        effects.push(Effect::Evaluate {
            slot: Slot::Baseline,
            ticket: file.ticket,
            profile: file.profile.clone(),
            overlay: file.overlay.clone(),
        });
    }

    /// Takes the verdict on the file being compared; `false` when it is on something else.
    pub(super) fn judge_compared(&mut self, ticket: u64, verdict: &mut Option<Verdict>) -> bool {
        let Some(schema) = self.schema.clone() else {
            return false;
        };
        let Some(mut file) = self.comparing.take_if(|file| file.ticket == ticket) else {
            return false;
        };
        let verdict = verdict.take().unwrap_or_default();
        file.config = Some(Config::new(&schema, &file.overlay, verdict, None));
        if let Purpose::Restore(number) = file.purpose {
            let found = file.found().cloned().collect();
            self.restore_judged(number, found);
            return true;
        }
        if let Some(problem) = file.found().min_by_key(|problem| problem.severity) {
            let line = problem.place.as_ref().and_then(|place| place.line);
            let place = match (line, &problem.path) {
                (Some(line), _) => format!("{}:{line}", file.name),
                (None, Some(path)) => format!("{}: {path}", file.name),
                (None, None) => file.name.clone(),
            };
            let more = match file.found().count() - 1 {
                0 => String::new(),
                n => format!(" And {n} more."),
            };
            let sign = super::theme::sign(problem.severity);
            self.message.notice = Some(format!("{sign} {place}: {}{more}", problem.message));
        }
        self.compared = Some(file);
        if matches!(self.windows.last(), Some(Window::Generations(list)) if list.compares) {
            self.windows.push(Window::Diff(DiffScreen::default()));
        }
        self.show_left(Left::File);
        true
    }
}
