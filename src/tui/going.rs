//! Going to a setting: by its path, to the next hit of the search, to the next problem, to the answer that hides it.

use super::action::Action;
use super::app::{App, Focus};
use super::layout::list_height;
use super::window::Window;
use crate::schema::FieldPath;
use crate::value::Value;

/// A setting hidden by one that is hidden itself, and so on: no form nests deeper.
const DEEPEST: usize = 8;

impl App {
    /// Focuses a field, wherever it is; `false` when it is hidden or in no panel.
    pub(super) fn go_to(&mut self, path: &FieldPath) -> bool {
        let Some((panel, _)) = self.input_at(path.as_str()) else {
            return false;
        };
        if self.composition.hidden().contains(path) {
            return false;
        }
        self.let_through(path);
        let rows = self.rows(panel);
        let Some(at) = rows.iter().position(|row| row.as_ref() == Some(path)) else {
            return false;
        };
        let height = list_height(self.size);
        self.panels.go(panel, self.form.panels.len(), height, false);
        self.focus = Focus::Fields;
        let height = self.fields_height();
        self.fields[panel].go(at, rows.len(), height, false);
        self.windows.clear();
        self.filter_again();
        true
    }

    /// Goes to a field or, when it is hidden, to the answer that hides it; a sentence says what was not plain.
    /// `false` with the reason when there is nothing to go to.
    pub(super) fn reach(&mut self, path: &FieldPath) -> (bool, Option<String>) {
        if self.go_to(path) {
            return (true, None);
        }
        let name = self.name(path);
        let Some(hider) = self.hider(path) else {
            let sentence = if self.input_at(path.as_str()).is_some() {
                format!("{name} is hidden as things are.")
            } else {
                format!("{path} is on no panel of this form.")
            };
            return (false, Some(sentence));
        };
        let value = match self.in_force(&hider) {
            Some(Value::Bool(true)) => "on".to_owned(),
            Some(Value::Bool(false)) => "off".to_owned(),
            Some(value) => self.shown(&hider, value),
            None => "without a value".to_owned(),
        };
        let gone = self.go_to(&hider);
        let hider = self.name(&hider);
        let sentence = format!("{name} is hidden while {hider} is {value}: change that here.");
        (gone, Some(sentence))
    }

    /// The visible field whose value hides another.
    fn hider(&self, path: &FieldPath) -> Option<FieldPath> {
        let by_name = |name: &str| {
            let mut inputs = self.form.inputs();
            inputs.find(|(_, input)| input.name == name)
        };
        let value = |name: &str| self.in_force(&by_name(name)?.1.path).cloned();
        let mut hidden = path.clone();
        for _ in 0..DEEPEST {
            let (panel, input) = self.input_at(hidden.as_str())?;
            let panel_when = self.form.panels.get(panel)?.when.as_ref();
            let mut conditions = panel_when.into_iter().chain(&input.when);
            let name = conditions.find_map(|when| when.fails_at(&value))?;
            hidden = by_name(name)?.1.path.clone();
            if !self.composition.hidden().contains(&hidden) {
                return Some(hidden);
            }
        }
        None
    }

    /// Goes to a setting that was searched for; the message says which hit it is.
    pub(super) fn arrive_at_hit(&mut self, path: &FieldPath) {
        if !self.filter.shows(path) {
            self.show_all_rows();
        }
        let (_, told) = self.reach(path);
        let back = self.keymap.key(Action::Back);
        self.message.line = self.hits.as_ref().map(|hits| {
            let (at, of, query) = (hits.at + 1, hits.paths.len(), &hits.query);
            format!("Hit {at} of {of}; {back} ends the search for {query}.")
        });
        // What hides it takes the help's place: the line says which hit it is.
        self.message.notice = told;
    }

    /// The next row of the list of problems, the next hit while a search lasts, else the next problem.
    pub(super) fn next_or_previous(&mut self, forward: bool) {
        if !self.started {
            return self.say_line("Choose a profile first: then this goes to what needs you.");
        }
        if let Some(Window::Problems(list)) = self.windows.last() {
            let step = if forward { Action::Down } else { Action::Up };
            let rows = self.listed_problems().len();
            let (end_row, end) = if forward {
                (rows.saturating_sub(1), "last")
            } else {
                (0, "first")
            };
            if list.cursor.at == end_row {
                return self.say_line(format!("This is the {end} problem of the list."));
            }
            let list = list.clone();
            self.windows.pop();
            return self.act_in_problems(list, step);
        }
        self.go_to_next(forward);
    }

    fn go_to_next(&mut self, forward: bool) {
        let Some(hits) = &mut self.hits else {
            return self.go_to_problem(forward);
        };
        let count = hits.paths.len().max(1);
        hits.at = (hits.at + if forward { 1 } else { count - 1 }) % count;
        if let Some(path) = hits.paths.get(hits.at).cloned() {
            self.arrive_at_hit(&path);
        }
    }

    fn go_to_problem(&mut self, forward: bool) {
        let hidden = self.composition.hidden();
        let inputs = self.form.inputs().map(|(_, input)| &input.path);
        let paths: Vec<FieldPath> = inputs
            .filter(|path| !hidden.contains(*path))
            .cloned()
            .collect();
        let here = match self.input() {
            Some(input) => paths.iter().position(|path| *path == input.path),
            None => None,
        };
        let start = match (here, forward) {
            (Some(here), true) => here + 1,
            (Some(here), false) => here + paths.len() - 1,
            (None, _) => self.first_path_of_panel(&paths),
        };
        let order = (0..paths.len()).map(|i| {
            let i = if forward {
                start + i
            } else {
                start + paths.len() - i
            };
            &paths[i % paths.len()]
        });
        let found = order
            .into_iter()
            .find(|path| self.problem_at(path).is_some())
            .cloned();
        match found {
            Some(path) => {
                self.go_to(&path);
            }
            None if self.config.is_none() => self.say_line("Not judged yet."),
            None => {
                let list = self.keymap.key(Action::Problems);
                let hidden = self.counted().find(|problem| !self.shows(problem)).cloned();
                let line = hidden.map_or_else(
                    || "No setting is wrong, open or warned about.".to_owned(),
                    |problem| {
                        let path = problem.path.as_ref().map(|path| format!("{path}: "));
                        format!(
                            "Not on a panel ({list} lists all): {}{}",
                            path.unwrap_or_default(),
                            problem.message
                        )
                    },
                );
                self.say_line(line);
            }
        }
    }

    fn first_path_of_panel(&self, paths: &[FieldPath]) -> usize {
        let first = self.panel().and_then(|panel| {
            let mut inputs = panel.inputs().map(|input| &input.path);
            inputs.find(|path| !self.composition.hidden().contains(*path))
        });
        first
            .and_then(|first| paths.iter().position(|path| path == first))
            .unwrap_or(0)
    }
}
