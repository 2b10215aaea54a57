//! The finder of actions: a name is typed, Enter does what is chosen where the operator is, or says why not.
//! `:w`, `:q` and `:wq` are what fingers expect: the review, leaving, the review.

use std::fmt;

use nucleo_matcher::Matcher;

use super::action::{Action, Place};
use super::app::App;
use super::fuzzy::{Column, Haystack, Hit, How, Query, matcher};
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::msg::Effect;
use super::search::{found_height, found_step};
use super::typed::Typed;
use super::window::Window;

/// What fingers type for an action, in full.
const SHORT: [(&str, Action); 3] = [
    ("w", Action::Write),
    ("q", Action::Leave),
    ("q!", Action::Leave),
];

const COLUMNS: [Column; 2] = [
    Column {
        weight: 4,
        how: How::Letters,
    },
    Column {
        weight: 1,
        how: How::Words,
    },
];

/// The state of the window.
pub struct Finder {
    pub line: Typed,
    pub query: Query,
    pub actions: Vec<Action>,
    pub cursor: Cursor,
    haystack: Haystack,
    /// The actions in the order of the rows of `haystack`.
    offered: Vec<Action>,
    matcher: Matcher,
}

impl fmt::Debug for Finder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Finder").finish_non_exhaustive()
    }
}

/// The actions that can be asked for by name: not those that only move, nor those of a text being typed.
fn is_offered(action: Action) -> bool {
    let moves = step_of(action).is_some()
        || matches!(
            action,
            Action::Left
                | Action::Right
                | Action::NextPane
                | Action::PreviousPane
                | Action::Open
                | Action::Back
        );
    let typing = matches!(
        action.place(),
        Place::Edit | Place::Editor | Place::Pick | Place::Found
    );
    !moves && !typing && !matches!(action, Action::Finder | Action::HelpInEdit)
}

impl Finder {
    /// All actions, those first that can be done where the operator is.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let offered = Action::ALL.iter().copied().filter(|a| is_offered(*a));
        let mut offered: Vec<Action> = offered.collect();
        // Enter on nothing typed does the first: what leaves and what stops come last.
        let order = |action: &Action| match action.place() {
            Place::Fields
            | Place::Main
            | Place::Diff
            | Place::Output
            | Place::Start
            | Place::Presets
            | Place::Budget
            | Place::Scoring
            | Place::Workload => 0,
            Place::Always => 3,
            Place::Everywhere => 2,
            Place::Found
            | Place::Edit
            | Place::Editor
            | Place::Pick
            | Place::Merge
            | Place::Generations
            | Place::Named => 1,
        };
        offered.sort_by_key(|action| (app.unavailable(*action).is_some(), order(action)));
        let rows = offered
            .iter()
            .map(|action| vec![action.words(), action.sentence().to_owned()]);
        let mut finder = Self {
            line: Typed::new(""),
            query: Query::default(),
            actions: Vec::new(),
            cursor: Cursor::default(),
            haystack: Haystack::new(&COLUMNS, rows),
            offered,
            matcher: matcher(),
        };
        finder.find();
        finder
    }

    pub fn insert(&mut self, text: &str) {
        self.line.insert(text);
        self.find();
    }

    fn find(&mut self) {
        let text = self.line.text().trim();
        self.query = Query::new(text);
        let offered = &self.offered;
        let hits: Vec<Hit> = self.query.find(&self.haystack, &mut self.matcher);
        let meant = SHORT
            .iter()
            .find(|(short, _)| *short == text)
            .map(|(_, action)| *action);
        let exact = offered
            .iter()
            .copied()
            .find(|action| action.words() == text);
        let first = meant.or(exact);
        let found = hits.iter().filter_map(|hit| offered.get(hit.row).copied());
        let others = found.filter(|action| Some(*action) != first);
        self.actions = first.into_iter().chain(others).collect();
        self.cursor = Cursor::default();
    }

    #[must_use]
    pub fn chosen(&self) -> Option<Action> {
        self.actions.get(self.cursor.at).copied()
    }
}

impl App {
    pub(super) fn open_finder(&mut self) {
        let finder = Finder::new(self);
        self.windows.push(Window::Finder(Box::new(finder)));
    }

    pub(super) fn act_in_finder(
        &mut self,
        mut finder: Box<Finder>,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(step) = found_step(action) {
            let height = found_height(list_height(self.size));
            let actions = finder.actions.len();
            finder.cursor.step(step, actions, height, |_| true);
        } else if action == Action::Keep {
            match finder.chosen() {
                Some(chosen) => return self.run_by_name(chosen, effects),
                None => self.say_line("No action is called that; fewer letters find more."),
            }
        } else if finder.line.act(action) {
            finder.find();
        }
        self.windows.push(Window::Finder(finder));
    }

    /// The finder is closed already: the action happens where it was opened.
    fn run_by_name(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match self.unavailable(action) {
            Some(reason) => self.say_line(reason),
            None => self.act(action, effects),
        }
    }
}
