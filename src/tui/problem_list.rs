//! The list of all problems: of settings, files, forms and profiles. It follows each verdict while it is open.

use super::action::Action;
use super::app::App;
use super::layout::list_height;
use super::list::Cursor;
use super::main_screen::step_of;
use super::text::{fit_left, width};
use super::window::Window;
use crate::problem::{FilePlace, Problem};
use crate::schema::FieldPath;

/// Columns of the names in the list on a screen of this width.
#[must_use]
pub fn name_columns(screen: u16) -> u16 {
    (screen / 5).clamp(22, 44)
}

/// The state of the window.
#[derive(Clone, Debug, Default)]
pub struct ProblemList {
    pub cursor: Cursor,
    /// The chosen problem, to find it again after a verdict.
    chosen: Option<(Option<FieldPath>, String)>,
}

impl ProblemList {
    /// Finds the chosen problem again, else stays on its row.
    pub(super) fn rest(&mut self, app: &App) {
        let problems = app.listed_problems();
        let height = list_height(app.size);
        let again = self.chosen.as_ref().and_then(|chosen| {
            let same =
                |problem: &&&Problem| (&problem.path, &problem.message) == (&chosen.0, &chosen.1);
            let exact = problems.iter().position(|problem| same(&problem));
            // The same setting may be wrong in another way now.
            exact.or_else(|| {
                problems
                    .iter()
                    .position(|p| p.path.is_some() && p.path == chosen.0)
            })
        });
        let last = problems.len().saturating_sub(1);
        let at = again.unwrap_or(self.cursor.at.min(last));
        self.cursor.go(at, problems.len(), height, true);
        self.remember(&problems);
    }

    fn remember(&mut self, problems: &[&Problem]) {
        let chosen = problems.get(self.cursor.at);
        self.chosen = chosen.map(|problem| (problem.path.clone(), problem.message.clone()));
    }
}

impl App {
    /// Every problem that counts: the worst first, those of settings in the order of the form, then the others. Those of
    /// the operator's own files follow, which count nowhere.
    #[must_use]
    pub fn listed_problems(&self) -> Vec<&Problem> {
        if let Some(problems) = self.problems_of_preset() {
            return problems;
        }
        let mut problems: Vec<&Problem> = self.counted().collect();
        let place = |problem: &Problem| {
            let path = problem.path.as_ref()?;
            self.place_of(path)
        };
        problems.sort_by_cached_key(|problem| {
            let place = place(problem);
            (problem.severity, place.is_none(), place)
        });
        problems.extend(&self.own_problems);
        problems
    }

    /// The problem that the list points at, when it is in front.
    #[must_use]
    pub fn chosen_problem(&self) -> Option<&Problem> {
        let Some(Window::Problems(list)) = self.windows.last() else {
            return None;
        };
        self.listed_problems().get(list.cursor.at).copied()
    }

    /// What a problem is listed under: its setting's prompt, else where it stands.
    #[must_use]
    pub fn problem_name(&self, problem: &Problem) -> String {
        match (&problem.path, &problem.place) {
            (Some(path), _) if self.input_at(path.as_str()).is_some() => self.name(path),
            (_, Some(place)) => self.short_place(place, usize::from(name_columns(self.size.width))),
            (Some(path), None) => path.to_string(),
            (None, None) => "–".to_owned(),
        }
    }

    /// A place in a file, its path as from where the program was started.
    #[must_use]
    pub fn shown_place(&self, place: &FilePlace) -> String {
        let file = self.shown_path(&place.file);
        match place.line {
            Some(line) => format!("{file}:{line}"),
            None => file,
        }
    }

    /// A place in so many columns: folders go first, whole, and the file's own name stays.
    #[must_use]
    pub fn short_place(&self, place: &FilePlace, columns: usize) -> String {
        let whole = self.shown_place(place);
        if width(&whole) <= columns {
            return whole;
        }
        let parts = whole.match_indices('/').map(|(at, _)| &whole[at..]);
        let short = parts.clone().find(|part| width(part) < columns);
        let own_name = whole.rsplit('/').next().unwrap_or(&whole);
        match short.filter(|part| part.len() > 1) {
            Some(part) => format!("…{part}"),
            None => fit_left(own_name, columns),
        }
    }

    /// Does a field of the form ask for what this problem is about?
    #[must_use]
    pub fn is_asked_for(&self, problem: &Problem) -> bool {
        let path = problem.path.as_ref();
        path.is_some_and(|path| self.input_at(path.as_str()).is_some())
    }

    pub(super) fn open_problems(&mut self) {
        if matches!(self.windows.last(), Some(Window::Problems(_))) {
            self.windows.pop();
            return;
        }
        let mut list = ProblemList::default();
        list.rest(self);
        self.windows.push(Window::Problems(list));
    }

    pub(super) fn act_in_problems(&mut self, mut list: ProblemList, action: Action) {
        let problems = self.listed_problems();
        if let Some(step) = step_of(action) {
            let (rows, height) = (problems.len(), list_height(self.size));
            list.cursor.step(step, rows, height, |_| true);
            list.remember(&problems);
        } else if action == Action::Left {
            return;
        } else if action == Action::Open {
            let Some(problem) = problems.get(list.cursor.at).map(|p| (*p).clone()) else {
                return self.windows.push(Window::Problems(list));
            };
            if self.go_to_listed(&problem) {
                return;
            }
        }
        self.windows.push(Window::Problems(list));
    }

    /// `false` when a problem is nowhere on the panels; the message says where it is mended.
    fn go_to_listed(&mut self, problem: &Problem) -> bool {
        let of_preset = self.problems_of_preset().is_some();
        let on_panel = problem.path.as_ref();
        let on_panel = on_panel.filter(|_| !of_preset && self.is_asked_for(problem));
        let Some(path) = on_panel.cloned() else {
            let place = problem.place.as_ref();
            self.message.notice = Some(match (place, &problem.path) {
                (Some(place), _) => self.where_mended(problem, place),
                (None, Some(path)) => format!("{path} is on no panel of this form."),
                (None, None) => "It belongs to no setting.".to_owned(),
            });
            return false;
        };
        if !self.started {
            self.say_line("Choose a profile first: then this goes to the setting.");
            return false;
        }
        let (gone, told) = self.reach(&path);
        self.message.notice = told;
        gone
    }
}
