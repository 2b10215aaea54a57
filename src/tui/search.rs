//! The search over all settings: what is typed, what it finds, and where Enter goes. Esc leaves everything as it was.
//! Leaves to others: matching (`fuzzy`), going there and to the next hit (`going`).

use std::fmt;
use std::sync::Arc;

use nucleo_matcher::Matcher;

use super::action::Action;
use super::app::App;
use super::fuzzy::{Column, Haystack, Hit, How, Query, matcher};
use super::layout::list_height;
use super::list::{Cursor, Step};
use super::msg::Effect;
use super::typed::Typed;
use super::window::Window;
use crate::form::{Form, Input, Panel};
use crate::schema::{FieldPath, Schema};

/// What of a setting is searched, in the order of [`COLUMNS`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    Prompt,
    Path,
    Panel,
    Value,
    Name,
    Options,
    Help,
}

impl Part {
    const ALL: [Self; 7] = [
        Self::Prompt,
        Self::Path,
        Self::Panel,
        Self::Value,
        Self::Name,
        Self::Options,
        Self::Help,
    ];

    /// The word before the text that was hit.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Prompt => "prompt",
            Self::Path => "path",
            Self::Panel => "panel",
            Self::Name => "name",
            Self::Value => "value",
            Self::Options => "options",
            Self::Help => "help",
        }
    }

    #[must_use]
    pub fn how(self) -> How {
        COLUMNS[self as usize].how
    }
}

const fn column(weight: u32, how: How) -> Column {
    Column { weight, how }
}

const COLUMNS: [Column; 7] = [
    column(10, How::Letters),
    column(6, How::Letters),
    column(5, How::Words),
    column(5, How::Words),
    column(4, How::Words),
    column(3, How::Words),
    column(2, How::Words),
];

/// The state of the window.
pub struct Search {
    pub line: Typed,
    pub query: Query,
    pub hits: Vec<Hit>,
    pub cursor: Cursor,
    index: Arc<Index>,
    /// The index with the values in force.
    haystack: Haystack,
    matcher: Matcher,
}

/// What is searched whatever is in force, prepared when forms and schema are here: a key must not wait for it.
#[derive(Debug)]
pub struct Index {
    /// The settings, in the order of the rows of `texts`.
    paths: Vec<FieldPath>,
    texts: Haystack,
}

impl Default for Index {
    fn default() -> Self {
        Self::of(&Form::default(), None)
    }
}

impl Index {
    #[must_use]
    pub fn of(form: &Form, schema: Option<&Schema>) -> Self {
        let rows = form.inputs().map(|(panel, input)| {
            let panel = form.panels.get(panel);
            row(panel, input, schema)
        });
        Self {
            paths: form.inputs().map(|(_, input)| input.path.clone()).collect(),
            texts: Haystack::new(&COLUMNS, rows),
        }
    }
}

impl fmt::Debug for Search {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Search").finish_non_exhaustive()
    }
}

/// The hits of the last search, which `n` and `N` go through.
#[derive(Clone, Debug)]
pub struct Hits {
    /// What was typed.
    pub query: String,
    pub paths: Vec<FieldPath>,
    pub at: usize,
}

impl Search {
    /// An empty search, which lists every setting.
    #[must_use]
    pub fn new(app: &App) -> Self {
        let mut search = Self {
            line: Typed::new(""),
            query: Query::default(),
            hits: Vec::new(),
            cursor: Cursor::default(),
            index: Arc::clone(&app.search_index),
            haystack: haystack(app),
            matcher: matcher(),
        };
        search.find();
        search
    }

    /// How many settings are searched.
    #[must_use]
    pub fn settings(&self) -> usize {
        self.haystack.len()
    }

    #[must_use]
    pub fn path(&self, hit: &Hit) -> Option<&FieldPath> {
        self.index.paths.get(hit.row)
    }

    /// The setting that Enter goes to.
    #[must_use]
    pub fn chosen(&self) -> Option<&FieldPath> {
        self.path(self.hits.get(self.cursor.at)?)
    }

    /// What was hit, when it was not the prompt.
    #[must_use]
    pub fn elsewhere(hit: &Hit) -> Option<Part> {
        Part::ALL.get(hit.elsewhere?).copied()
    }

    pub fn insert(&mut self, text: &str) {
        self.line.insert(text);
        self.find();
    }

    fn find(&mut self) {
        self.query = Query::new(self.line.text());
        self.hits = self.query.find(&self.haystack, &mut self.matcher);
        self.cursor = Cursor::default();
    }

    /// Takes the values of a new verdict; the chosen setting stays chosen.
    pub(super) fn refresh(&mut self, app: &App) {
        let chosen = self.chosen().cloned();
        let row = self.cursor;
        self.index = Arc::clone(&app.search_index);
        self.haystack = haystack(app);
        self.find();
        let at = self
            .hits
            .iter()
            .position(|hit| self.path(hit) == chosen.as_ref());
        self.cursor = row;
        let height = found_height(list_height(app.size));
        self.cursor
            .go(at.unwrap_or(0), self.hits.len(), height, true);
    }
}

fn haystack(app: &App) -> Haystack {
    let index = &app.search_index;
    let values = index.paths.iter();
    let values = values.map(|path| searched_value(app, path).unwrap_or_default());
    index.texts.with(Part::Value as usize, values)
}

fn row(panel: Option<&Panel>, input: &Input, schema: Option<&Schema>) -> Vec<String> {
    let panel = panel.map(|panel| format!("{} {}", panel.title, panel.id));
    vec![
        input.prompt.clone(),
        input.path.to_string(),
        panel.unwrap_or_default(),
        // The value in force is put in when it is searched.
        String::new(),
        input.name.clone(),
        options(schema, input),
        input.help.clone(),
    ]
}

/// A value in force as it may be searched and shown; nothing of a secret.
fn searched_value(app: &App, path: &FieldPath) -> Option<String> {
    let value = app.in_force(path)?;
    let open = !value.is_clear_secret() && !value.is_empty();
    open.then(|| app.shown(path, value))
}

/// The choices of a setting, with what they mean.
#[must_use]
pub fn options(schema: Option<&Schema>, input: &Input) -> String {
    let labelled = input.choices.iter().map(|choice| {
        if choice.label.starts_with(&choice.value) {
            choice.label.clone()
        } else {
            format!("{} {}", choice.value, choice.label)
        }
    });
    let field = schema.and_then(|schema| schema.get(input.path.as_str()));
    let bare = field.into_iter().flat_map(|field| &field.range.choices);
    let bare = bare.filter(|value| !input.choices.iter().any(|c| c.value == **value));
    labelled.chain(bare.cloned()).collect::<Vec<_>>().join(", ")
}

/// The line that is typed takes a row.
#[must_use]
pub fn found_height(list: usize) -> usize {
    list.saturating_sub(1)
}

/// The list step of an action in a window where a line is typed.
#[must_use]
pub fn found_step(action: Action) -> Option<Step> {
    Some(match action {
        Action::FoundUp | Action::KeepPrevious => Step::Up,
        Action::FoundDown | Action::KeepNext => Step::Down,
        Action::FoundPageUp => Step::PageUp,
        Action::FoundPageDown => Step::PageDown,
        _ => return None,
    })
}

impl App {
    pub(super) fn open_search(&mut self) {
        if !self.started {
            return self.say_line("Choose a profile first: its settings are what is searched.");
        }
        let search = Search::new(self);
        self.windows.push(Window::Search(Box::new(search)));
    }

    pub(super) fn act_in_search(&mut self, mut search: Box<Search>, action: Action) {
        if let Some(step) = found_step(action) {
            let height = found_height(list_height(self.size));
            let hits = search.hits.len();
            search.cursor.step(step, hits, height, |_| true);
        } else if action == Action::Keep {
            if let Some(path) = search.chosen().cloned() {
                self.hits = None;
                // With one hit there is no next one: the search ends where it arrives.
                if !search.query.is_empty() && search.hits.len() > 1 {
                    self.hits = Some(Hits {
                        query: search.line.text().trim().to_owned(),
                        paths: search
                            .hits
                            .iter()
                            .filter_map(|h| search.path(h).cloned())
                            .collect(),
                        at: search.cursor.at,
                    });
                }
                return self.arrive_at_hit(&path);
            }
            self.say_line("Nothing is found; fewer letters find more.");
        } else if search.line.act(action) {
            search.find();
        }
        self.windows.push(Window::Search(search));
    }

    /// What the search shows as the value of a setting.
    #[must_use]
    pub fn found_value(&self, path: &FieldPath) -> String {
        match self.in_force(path) {
            None if self.config.is_none() => "…".to_owned(),
            None => "–".to_owned(),
            Some(value) if value.is_empty() => "–".to_owned(),
            Some(value) => self.shown(path, value),
        }
    }

    /// The window is taken out: it comes back unless it led somewhere.
    pub(super) fn act_in_finding(
        &mut self,
        window: Window,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        match window {
            Window::Search(search) => self.act_in_search(search, action),
            Window::Finder(finder) => self.act_in_finder(finder, action, effects),
            other => self.windows.push(other),
        }
    }

    /// Windows that show what is in force take the new verdict.
    pub(super) fn refresh_windows(&mut self) {
        let mut windows = std::mem::take(&mut self.windows);
        for window in &mut windows {
            match window {
                Window::Search(search) => search.refresh(self),
                Window::Problems(list) => list.rest(self),
                _ => {}
            }
        }
        self.windows = windows;
    }
}
