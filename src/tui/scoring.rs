//! How agents are ranked under the configuration in force, kept up with every verdict: the history, the kind of task
//! that shows, who moved against what it is compared with, and the last that held while something is wrong.
//! Leaves to others: figures and words (`budget::scoring`), keys (`scoring_keys`), showing (`draw`).

use super::app::{App, Focus};
use super::copying::Copyable;
use super::layout::WIDE;
use super::list::{Cursor, Step};
use super::msg::Effect;
use super::side_pane::Side;
use super::text::width;
use super::window::Window;
use crate::budget::history_in_use::InUse;
use crate::budget::scoring::{
    Basis, Curve, Moved, Part, Parts, Preview, Ranked, Settings, TaskPreview, Weights, moves, words,
};
use crate::path::FieldPath;

/// The state.
#[derive(Debug, Default)]
pub struct Scoring {
    /// `None` until it was asked for and read.
    history: Option<InUse>,
    reading: bool,
    /// Does the pane stand below the fields?
    pub(super) below: bool,
    /// The kind of task that shows, by its place in the history.
    task: usize,
    /// The agent that is pointed at while the pane or the screen has the keys.
    agent: Option<String>,
    /// The last that could be used, and the profile it was read under.
    held: Option<(Settings, Option<String>)>,
    /// The setting that has been wrong since.
    wrong: Option<FieldPath>,
    shown: Option<Shown>,
}

/// What shows of one kind of task.
#[derive(Debug)]
pub struct Shown {
    pub task: TaskPreview,
    pub settings: Settings,
    pub sample: bool,
    /// Against what it is compared with.
    pub moved: Vec<Moved>,
    /// The weights there; `None` when nothing can be compared.
    before: Option<Weights>,
    /// What it rests on.
    pub notes: Vec<String>,
}

impl Shown {
    /// The move of an agent, when it moved.
    #[must_use]
    pub fn moved(&self, name: &str) -> Option<&Moved> {
        self.moved.iter().find(|moved| moved.name == name)
    }

    /// Who moved and why.
    #[must_use]
    pub fn sentence(&self, moved: &Moved) -> String {
        let before = self.before.unwrap_or(self.settings.weights);
        moved.sentence(&before, &self.settings.weights)
    }

    /// The same, the longest way that has room.
    #[must_use]
    pub fn sentence_within(&self, moved: &Moved, columns: usize) -> String {
        let before = self.before.unwrap_or(self.settings.weights);
        let lengths = moved.lengths(&before, &self.settings.weights);
        let fits = lengths.iter().find(|text| width(text) <= columns);
        let [.., short] = &lengths;
        fits.unwrap_or(short).clone()
    }

    /// Is there something that it is compared with?
    #[must_use]
    pub fn compares(&self) -> bool {
        self.before.is_some()
    }

    /// The agent that moved farthest, the first of them; else the best.
    fn most_moved(&self) -> usize {
        let far = |moved: &&Moved| moved.from.unwrap_or(0).abs_diff(moved.to.unwrap_or(0));
        let farthest = self.moved.iter().rev().max_by_key(far);
        farthest.map_or(0, |moved| self.place(&moved.name).unwrap_or(0))
    }

    fn place(&self, name: &str) -> Option<usize> {
        let mut agents = self.task.ranking.agents.iter();
        agents.position(|agent| agent.name == name)
    }
}

impl Scoring {
    #[must_use]
    pub fn shown(&self) -> Option<&Shown> {
        self.shown.as_ref()
    }

    /// `sample`, or the name of the file that it was read from.
    #[must_use]
    pub fn history_name(&self) -> String {
        self.history.as_ref().map(InUse::name).unwrap_or_default()
    }

    /// Which kind of task shows, counted from 1, and how many there are.
    #[must_use]
    pub fn place(&self) -> (usize, usize) {
        let history = self.history.as_ref();
        let all = history.map_or(0, |used| used.history.task_types().len());
        ((self.task + 1).min(all), all)
    }
}

impl App {
    /// Reads how agents are scored, and ranks them anew: after each verdict, and when what it rests on changed.
    pub(super) fn refresh_scoring(&mut self) {
        let profile = self.profile().map(str::to_owned);
        if let Some(config) = &self.config {
            let reading = Settings::of(config);
            self.scoring.wrong = match reading.settings {
                Some(settings) => {
                    self.scoring.held = Some((settings, profile.clone()));
                    None
                }
                None => reading.problems.into_iter().find_map(|p| p.path),
            };
        }
        self.scoring.shown = self.ranked(profile.as_deref());
    }

    fn ranked(&self, profile: Option<&str>) -> Option<Shown> {
        let used = self.scoring.history.as_ref()?;
        let (settings, of) = self.scoring.held.as_ref()?;
        if self.config.is_none() || of.as_deref() != profile {
            return None;
        }
        let today = i64::from(self.facts.today.number());
        let preview = |settings: &Settings| {
            Preview::of_one(&used.history, self.scoring.task, settings, today)
        };
        let now = preview(settings);
        let before = self.left(self.budget.left());
        let before = before.and_then(|config| Settings::of(config).settings);
        let task = now.tasks.into_iter().next()?;
        let old = before.map(|before| (preview(&before), before.weights));
        let old_task = old.as_ref().and_then(|(old, _)| old.tasks.first());
        let moved = old_task.map(|old| moves(&old.ranking, &task.ranking));
        Some(Shown {
            moved: moved.unwrap_or_default(),
            before: old.map(|(_, weights)| weights),
            task,
            settings: *settings,
            sample: now.sample,
            notes: now.notes,
        })
    }

    /// Asks for the history, each time that the preview opens: one may have been imported meanwhile.
    pub(super) fn read_history(&mut self, effects: &mut Vec<Effect>) {
        if !self.scoring.reading {
            self.scoring.reading = true;
            effects.push(Effect::ReadHistory);
        }
    }

    pub(super) fn history_read(&mut self, used: InUse) {
        self.scoring.reading = false;
        let shown = self.scoring.history.as_ref();
        let task = shown.and_then(|old| old.history.task_types().get(self.scoring.task));
        let mut tasks = used.history.task_types().iter();
        let task = task.and_then(|task| tasks.position(|other| other == task));
        self.scoring.task = task.unwrap_or(0);
        self.scoring.history = Some(used);
        self.refresh_scoring();
    }

    /// The next or the previous kind of task, round and round.
    pub(super) fn turn_task(&mut self, forward: bool) {
        let (_, all) = self.scoring.place();
        if all < 2 {
            return self.say_line("The history has no other kind of task.");
        }
        let step = if forward { 1 } else { all - 1 };
        self.scoring.task = (self.scoring.task + step) % all;
        self.refresh_scoring();
    }

    pub(super) fn step_agent(&mut self, step: Step, height: usize) {
        let at = self.agent_in_focus();
        let Some(shown) = &self.scoring.shown else {
            return;
        };
        let agents = &shown.task.ranking.agents;
        let mut cursor = Cursor { at, offset: 0 };
        cursor.step(step, agents.len(), height, |_| true);
        self.scoring.agent = agents.get(cursor.at).map(|agent| agent.name.clone());
    }

    /// Points at the agent that the line beside the table is about.
    pub(super) fn point_at_agent(&mut self) {
        self.scoring.agent = None;
        let at = self.agent_in_focus();
        let agents = self.scoring.shown.as_ref().map(|s| &s.task.ranking.agents);
        self.scoring.agent = agents.and_then(|agents| Some(agents.get(at)?.name.clone()));
    }

    /// The agent that is told of: the one pointed at, wherever it moves, else the one that moved farthest.
    #[must_use]
    pub fn agent_in_focus(&self) -> usize {
        let Some(shown) = &self.scoring.shown else {
            return 0;
        };
        let pointed = self
            .scoring
            .agent
            .as_ref()
            .filter(|_| self.points_at_agent());
        pointed
            .and_then(|name| shown.place(name))
            .unwrap_or_else(|| shown.most_moved())
    }

    /// The agent that is told of, with its learning curve.
    #[must_use]
    pub fn told_agent(&self) -> Option<(&Ranked, &Curve)> {
        let (shown, at) = (self.scoring.shown.as_ref()?, self.agent_in_focus());
        let agent = shown.task.ranking.agents.get(at)?;
        Some((agent, shown.task.curves.get(at)?))
    }

    /// Is an agent chosen by its row, in the pane or on the screen?
    #[must_use]
    pub fn points_at_agent(&self) -> bool {
        let screen = |window: &Window| matches!(window, Window::Scoring);
        self.focus == Focus::Scoring || self.windows.iter().any(screen)
    }

    /// The weight behind what the agent in focus is told: of the part that moved it, else of its largest part.
    #[must_use]
    pub fn weight_behind(&self) -> Option<FieldPath> {
        let (agent, _) = self.told_agent()?;
        let moved = self.scoring.shown.as_ref()?.moved(&agent.name);
        let largest = || {
            let parts = Parts::ALL.into_iter();
            parts.max_by(|a, b| agent.parts.of(*a).total_cmp(&agent.parts.of(*b)))
        };
        let part = moved.and_then(|moved| moved.cause).or_else(largest)?;
        let [load, expertise, confidence] = Settings::WEIGHTS;
        Some(FieldPath::new(match part {
            _ if agent.basis != Basis::History => load,
            Part::Load => load,
            Part::Expertise => expertise,
            Part::Confidence => confidence,
        }))
    }

    /// Why the ranking is not of what is in force, or why there is none.
    #[must_use]
    pub fn scoring_notice(&self) -> Option<String> {
        let scoring = &self.scoring;
        match (&scoring.wrong, &scoring.shown) {
            (Some(path), Some(_)) => Some(words::held(&self.name(path))),
            (Some(path), None) => Some(words::none_held(&self.name(path))),
            (None, Some(_)) => None,
            (None, None) if scoring.history.is_none() => Some("Reading the history…".to_owned()),
            (None, None) => Some(words::EMPTY.to_owned()),
        }
    }

    /// What is wrong with the workspace's own history: the first of it, and how much there is besides.
    #[must_use]
    pub fn history_problem(&self) -> Option<String> {
        let problems = &self.scoring.history.as_ref()?.problems;
        let (first, rest) = problems.split_first()?;
        let more = match rest.len() {
            0 => String::new(),
            n => format!(" And {n} more."),
        };
        let place = first.place.as_ref();
        let line = place.and_then(|place| place.line);
        let line = line.map_or_else(String::new, |line| format!(" line {line}:"));
        Some(format!("! history.csv,{line} {}{more}", first.message))
    }

    /// The weights in force, when they do not sum to 1.
    #[must_use]
    pub fn unscaled(&self) -> Option<Weights> {
        let (settings, _) = self.scoring.held.as_ref()?;
        let weights = settings.weights;
        (self.scoring.wrong.is_none() && !weights.sum_to_one()).then_some(weights)
    }

    /// The sentence on who moved, and what the score is made of.
    pub(super) fn copyable_of_agent(&self) -> Vec<Copyable> {
        let (Some((agent, _)), Some(shown)) = (self.told_agent(), self.scoring.shown()) else {
            return Vec::new();
        };
        let moved = shown.moved(&agent.name).map(|moved| shown.sentence(moved));
        let texts = moved.into_iter().chain([words::parts(agent)]);
        texts.map(|text| Copyable::new("sentence", text)).collect()
    }

    /// Does the pane show, below the fields or beside them?
    #[must_use]
    pub fn scoring_pane_shows(&self) -> bool {
        if self.size.width >= WIDE {
            self.side == Side::Scoring
        } else {
            self.scoring.below && self.focus != Focus::Panels
        }
    }
}
