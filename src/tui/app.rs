//! The whole state of the screens: what was said, what is in force, and where the operator is.
//! Leaves to others: changing it (`update` and the screens), showing it (`draw`), doing what it asks for (`run`).

use std::collections::{BTreeMap, HashMap};
use std::fmt;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ratatui::layout::Size;

use super::ahead::Ahead;
use super::bringing_together::Bringing;
use super::budget::Budget;
use super::claims::Claims;
use super::comparing::Compared;
use super::copying::Turn;
use super::diff_screen::DiffScreen;
use super::drafts::Drafts;
use super::edit::Edit;
use super::filter::Filter;
use super::first_write::FirstWrite;
use super::focused::places;
use super::form_arrives::Forms;
use super::generations::Generations;
use super::keymap::Keymap;
use super::list::Cursor;
use super::output_screen::OutputText;
use super::presets::Presets;
use super::scoring::Scoring;
use super::search::{Hits, Index};
use super::side_pane::Side;
use super::under_way::Reading;
use super::window::Window;
use crate::answers::{Answers, Base, Said};
use crate::budget;
use crate::caution::Caution;
use crate::clean;
use crate::compose::{Composition, Inputs};
use crate::config::Config;
use crate::files::History;
use crate::form::Form;
use crate::form::date::Date;
use crate::nickel::Confinement;
use crate::problem::Problem;
use crate::profile::Profile;
use crate::schema::{FieldPath, Schema};
use crate::store::Found;
use crate::value::Value;
use crate::writes_to::WritesTo;

/// What the program knows of where it runs.
#[derive(Clone, Debug)]
pub struct Facts {
    /// What may be written at all.
    pub caution: Caution,
    /// `vapora-tui 0.1.0 for VAPORA 1.2.0`.
    pub title: String,
    /// `ops@bastion1`.
    pub whom: String,
    pub workspace: PathBuf,
    /// The folder the program was started in: paths below it are shown from there.
    pub here: PathBuf,
    /// Where the configuration is written.
    pub output: PathBuf,
    /// Was `output` named on the command line? Then opening another file does not change it.
    pub output_named: bool,
    /// Is there something at `output` already?
    pub output_exists: bool,
    /// Files of the workspace that stand in for shipped ones.
    pub overrides: Vec<String>,
    /// The day it was started.
    pub today: Date,
}

/// What is read before the first screen.
pub struct Start {
    pub facts: Facts,
    /// Empty while it follows.
    pub form: Form,
    /// Are the forms still being read? Then they come as a message.
    pub form_follows: bool,
    pub profiles: Vec<Profile>,
    /// The variables that may set fields; they are read when the schema is known.
    pub variables: Vec<(String, String)>,
    pub problems: Vec<Problem>,
    pub keymap: Keymap,
    /// Of the operator's own keymap and theme.
    pub own_problems: Vec<Problem>,
    /// The profile to begin with, past the start screen.
    pub profile: Option<String>,
    /// The file to open when the schema is known.
    pub open: Option<PathBuf>,
    /// Prices and workloads.
    pub budget: budget::Inputs,
    pub size: Size,
}

/// Which of the two lists has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Focus {
    Panels,
    Fields,
    /// The budget below or beside the fields.
    Budget,
    /// The ranking of agents below or beside the fields.
    Scoring,
}

/// A review that was asked for and is not there yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    None,
    /// It waits for the verdict on the last key.
    Waits,
    /// Its plan is being prepared.
    Planned,
}

/// A profile alone, to compare with.
#[derive(Debug)]
pub struct Baseline {
    pub ticket: u64,
    pub config: Option<Config>,
}

/// The line above the footer, and the two help lines when they are taken.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Message {
    pub line: Option<String>,
    pub notice: Option<String>,
}

/// The state.
pub struct App {
    pub facts: Facts,
    pub size: Size,
    pub form: Form,
    pub forms: Forms,
    pub profiles: Vec<Profile>,
    pub environment: BTreeMap<FieldPath, Value>,
    pub variables: Vec<(String, String)>,
    pub open: Option<PathBuf>,
    /// Of forms, profiles, schema and environment; they stay until they are mended outside.
    pub problems: Vec<Problem>,
    pub keymap: Keymap,
    /// Of the operator's own keymap and theme: they are told, and count for nothing else.
    pub own_problems: Vec<Problem>,

    pub schema: Option<Arc<Schema>>,
    pub answers: Answers,
    pub composition: Composition,
    pub config: Option<Config>,
    /// The child is gone over the last question; values are of the verdict before.
    pub lost: Option<Problem>,
    /// Does the kernel keep the child from all files? `None` until it said so.
    pub confined: Option<Confinement>,
    /// The last question asked, and whether it was answered.
    pub ticket: u64,
    pub settled: bool,
    pub baselines: BTreeMap<String, Baseline>,

    /// The file in the left column of the differences, and the one that is being judged to take its place.
    pub compared: Option<Compared>,
    pub comparing: Option<Compared>,
    /// The differences as they were left.
    pub last_diff: Option<DiffScreen>,

    /// Windows over the panels, the last in front.
    pub windows: Vec<Window>,
    pub started: bool,
    pub start: Cursor,
    pub focus: Focus,
    pub panels: Cursor,
    /// One cursor per panel.
    pub fields: Vec<Cursor>,
    /// Panel and place in it of the input that asks for a field: looked up at every row of every frame.
    pub(super) places: HashMap<FieldPath, (usize, usize)>,
    /// Which rows show.
    pub filter: Filter,
    pub(super) search_index: Arc<Index>,
    /// The hits of the last search, while it lasts.
    pub hits: Option<Hits>,
    pub edit: Option<Edit>,
    pub side: Side,
    /// As of the last verdict at which it showed.
    pub output_text: OutputText,
    pub revealed: Option<FieldPath>,
    pub message: Message,
    /// Keys that wait for the first verdict.
    pub(super) ahead: Ahead,
    /// What a further press of the copy key gives.
    pub(super) copying: Option<Turn>,
    /// Does the program have the mouse?
    pub mouse: bool,

    pub opened: History,
    /// The question which profile the open file stands on, while the profiles are judged for it.
    pub proposal: Option<String>,
    /// The file that is being read.
    pub(super) reading: Option<Reading>,
    /// `w` was pressed before the last verdict was here, or its plan is being prepared.
    pub review: Wish,
    pub(super) first_write: FirstWrite,
    /// What was said when the plan under way was asked for.
    pub planned_for: Option<Said>,
    /// What was said when it was last written or opened.
    pub saved: Said,
    /// The output file as last read or written.
    pub loaded: Option<Found>,
    /// Which opened files took the output over, for undo.
    pub(super) writes_to: WritesTo,
    /// The file that was opened just now: what is wrong in it is told with the verdict.
    pub(super) to_tell: Option<Arc<Base>>,
    pub drafts: Drafts,
    pub(super) generations: Generations,
    pub(super) bringing: Bringing,
    pub(super) claims: Claims,
    pub presets: Presets,
    pub budget: Budget,
    pub scoring: Scoring,
}

/// Without what is in them: variables and texts being typed may be secrets.
impl fmt::Debug for Start {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Start").finish_non_exhaustive()
    }
}

impl fmt::Debug for App {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("App").finish_non_exhaustive()
    }
}

impl App {
    #[must_use]
    pub fn new(start: Start) -> Self {
        let places = places(&start.form);
        let said = Said {
            profile: start.profile,
            ..Said::default()
        };
        let fields = start
            .form
            .panels
            .iter()
            .map(|_| Cursor::default())
            .collect();
        let bringing = Bringing::of(&start.facts);
        Self {
            facts: start.facts,
            size: start.size,
            form: start.form,
            forms: Forms::of(start.form_follows),
            profiles: start.profiles,
            environment: BTreeMap::new(),
            variables: start.variables,
            open: start.open,
            problems: start.problems,
            keymap: start.keymap,
            own_problems: start.own_problems,
            schema: None,
            started: said.profile.is_some(),
            saved: said.clone(),
            answers: Answers::start(said),
            composition: Composition::default(),
            config: None,
            lost: None,
            confined: None,
            ticket: 0,
            settled: false,
            baselines: BTreeMap::new(),
            compared: None,
            comparing: None,
            last_diff: None,
            windows: Vec::new(),
            start: Cursor::default(),
            focus: Focus::Panels,
            panels: Cursor::default(),
            fields,
            places,
            filter: Filter::default(),
            search_index: Arc::default(),
            hits: None,
            edit: None,
            side: Side::default(),
            output_text: OutputText::default(),
            revealed: None,
            message: Message::default(),
            ahead: Ahead::default(),
            copying: None,
            mouse: false,
            opened: Vec::new(),
            proposal: None,
            reading: None,
            review: Wish::None,
            first_write: FirstWrite::default(),
            planned_for: None,
            loaded: None,
            writes_to: WritesTo::default(),
            to_tell: None,
            drafts: Drafts::default(),
            generations: Generations::default(),
            bringing,
            claims: Claims::default(),
            presets: Presets::default(),
            budget: Budget::of(start.budget),
            scoring: Scoring::default(),
        }
    }

    #[must_use]
    pub fn profile(&self) -> Option<&str> {
        self.answers.said().profile.as_deref()
    }

    /// The profile alone, when it was judged.
    #[must_use]
    pub fn baseline(&self) -> Option<&Config> {
        self.baselines.get(self.profile()?)?.config.as_ref()
    }

    /// The profile that the base was written on, alone, when it was judged.
    pub(super) fn base_profile(&self) -> Option<&Config> {
        let profile = self.answers.said().base.as_ref()?.profile.as_ref()?;
        self.baselines.get(profile)?.config.as_ref()
    }

    /// How many answers are not as they were written or opened.
    #[must_use]
    pub fn unsaved_answers(&self) -> usize {
        let (said, saved) = (self.answers.said(), &self.saved);
        self.without_given(said)
            .unsaved_since(&self.without_given(saved))
    }

    /// Is there something that is not written yet? A secret that the first write gives does not count: it gives one
    /// whenever it comes.
    #[must_use]
    pub fn unsaved(&self) -> bool {
        let (said, saved) = (self.answers.said(), &self.saved);
        self.without_given(said) != self.without_given(saved)
    }

    pub(super) fn inputs<'a>(&'a self, schema: &'a Arc<Schema>) -> Inputs<'a> {
        let typing = self.typed();
        Inputs {
            schema,
            form: &self.form,
            said: self.answers.said(),
            environment: &self.environment,
            typing,
            profile: self.baseline(),
            base_profile: self.base_profile(),
        }
    }

    /// The output file's own name.
    #[must_use]
    pub fn output_name(&self) -> String {
        let name = self.facts.output.file_name().unwrap_or_default();
        clean::line(&name.to_string_lossy())
    }

    /// A path as an operator would type it from where the program was started.
    #[must_use]
    pub fn shown_path(&self, path: &Path) -> String {
        clean::path(&self.facts.here, path)
    }

    /// Did the operator say something about this field?
    #[must_use]
    pub fn is_changed(&self, path: &FieldPath) -> bool {
        self.answers.get(path.as_str()).is_some()
    }

    pub fn say_line(&mut self, line: impl Into<String>) {
        self.message = Message {
            line: Some(line.into()),
            notice: None,
        };
    }
}
