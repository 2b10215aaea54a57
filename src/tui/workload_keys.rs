//! What the keys do in the editor of the workload: from cell to cell, typing, undo, another workload, leaving.
//! Leaves to others: the state (`workload_editor`), saving and importing (`workload_saving`, `workload_import`).

use super::action::Action;
use super::app::App;
use super::choice::{self, Choice};
use super::main_screen::step_of;
use super::msg::Effect;
use super::question::{Press, Question};
use super::sheet::Sheet;
use super::window::Window;
use super::workload_editor::WorkloadEditor;
use crate::budget::cells::Cells;
use crate::budget::{Settings, sentence};
use crate::problem::counted;

/// Rows of the forecast that always show.
const LEAST_FORECAST: usize = 3;

impl App {
    /// The editor, when it is among the windows.
    #[must_use]
    pub fn workload_editor(&self) -> Option<&WorkloadEditor> {
        self.windows.iter().find_map(|window| match window {
            Window::Workload(editor) => Some(&**editor),
            _ => None,
        })
    }

    pub(super) fn workload_editor_mut(&mut self) -> Option<&mut WorkloadEditor> {
        self.windows.iter_mut().find_map(|window| match window {
            Window::Workload(editor) => Some(&mut **editor),
            _ => None,
        })
    }

    /// Opens the editor of the workload in use; where there is none, of a new one.
    pub(super) fn open_workload(&mut self) {
        let Some(name) = self.workload_name().map(str::to_owned) else {
            return self.say_line("What agents ask for follows the profile: choose one first.");
        };
        if self.config.is_none() {
            return self.say_not_judged();
        }
        let cells = self.workload().map(Cells::of).unwrap_or_default();
        let cells = self.with_limited_roles(cells);
        let editor = WorkloadEditor::new(&name, cells, self.facts.today);
        self.windows.push(Window::Workload(Box::new(editor)));
        self.follow_workload();
    }

    /// Roles that have a limit can be given figures too.
    pub(super) fn with_limited_roles(&self, cells: Cells) -> Cells {
        let settings = self.config.as_ref().map(Settings::of).unwrap_or_default();
        cells.with_roles(settings.roles.iter().map(|role| role.role.as_str()))
    }

    /// The forecast of what the editor says now.
    pub(super) fn follow_workload(&mut self) {
        let edited = self.workload_editor().map(|editor| {
            let role = editor.row().map(|row| row.role().to_owned());
            (editor.cells().workload(), role)
        });
        let (workload, role) = match edited {
            Some((workload, role)) => (Some(workload), role),
            None => (None, None),
        };
        self.budget.edited = workload;
        self.refresh_budget();
        let mut roles = self.budget.now().into_iter().flat_map(|now| &now.roles);
        let at = role.and_then(|role| roles.position(|other| other.name() == role));
        if let Some(at) = at {
            self.budget.role = at;
        }
    }

    /// Is a figure changed and not saved?
    pub(super) fn has_unsaved_workload(&self) -> bool {
        self.workload_editor()
            .is_some_and(WorkloadEditor::is_changed)
    }

    pub(super) fn act_in_workload(&mut self, action: Action, effects: &mut Vec<Effect>) {
        let height = self.workload_rows();
        let typing = self.is_typing();
        let Some(editor) = self.workload_editor_mut() else {
            return;
        };
        match action {
            Action::Keep if typing => editor.keep(),
            Action::KeepNext | Action::KeepPrevious if typing => {
                editor.keep();
                editor.next(action == Action::KeepNext);
            }
            Action::GiveUp | Action::Back if typing => editor.give_up(),
            action if typing => editor.type_action(action),
            Action::Undo | Action::Redo => {
                if !editor.turn_back(action == Action::Undo) {
                    let what = if action == Action::Undo {
                        "There is nothing to undo in this window."
                    } else {
                        "There is nothing to do again in this window."
                    };
                    return self.say_line(what);
                }
            }
            Action::NextPane | Action::PreviousPane => editor.next(action == Action::NextPane),
            Action::Left | Action::Right => editor.across(action == Action::Right),
            Action::Open if editor.cells().rows.is_empty() => {
                let import = self.keymap.key(Action::ImportWorkload);
                return self.say_line(format!(
                    "There is no role here; {import} imports a workload with its roles."
                ));
            }
            Action::Open => editor.begin(None),
            Action::SaveWorkload => return self.plan_workload(effects),
            Action::ImportWorkload => return self.ask_what_to_import(),
            Action::ChooseWorkload => return self.choose_workload(),
            Action::Back => return self.close_workload(),
            action => {
                if let Some(step) = step_of(action) {
                    editor.step(step, height);
                }
            }
        }
        self.follow_workload();
    }

    /// Types into the cell; a digit begins that.
    pub(super) fn type_in_workload(&mut self, text: &str) {
        if let Some(editor) = self.workload_editor_mut() {
            if editor.typing().is_some() {
                editor.insert(text);
            } else {
                editor.begin(Some(text));
            }
            self.follow_workload();
        }
    }

    /// Does this character begin a figure?
    pub(super) fn begins_figure(&self, c: char) -> bool {
        let front = self.windows.last();
        (c.is_ascii_digit() || c == '-')
            && matches!(front, Some(Window::Workload(editor)) if !editor.cells().rows.is_empty())
    }

    /// Goes back to the budget; what is not saved is asked about.
    pub(super) fn close_workload(&mut self) {
        if !self.has_unsaved_workload() {
            return self.drop_workload();
        }
        let rows = self
            .workload_editor()
            .map_or(0, WorkloadEditor::changed_rows);
        let save = self.keymap.key(Action::SaveWorkload);
        self.windows.push(Window::Question(Question {
            title: "Leave the workload?".into(),
            lines: vec![
                format!("{} changed and not saved.", changed(rows)),
                format!("Discard loses that. Back, and then {save}, saves it."),
            ],
            buttons: vec![
                ("Discard".into(), Press::DiscardWorkload),
                ("Back".into(), Press::Nothing),
            ],
            at: 1,
        }));
    }

    /// Closes the editor; the workload counts as it is saved.
    pub(super) fn drop_workload(&mut self) {
        let editor = |window: &Window| matches!(window, Window::Workload(_));
        if let Some(at) = self.windows.iter().position(editor) {
            self.windows.truncate(at);
        }
        self.follow_workload();
    }

    fn choose_workload(&mut self) {
        if self.has_unsaved_workload() {
            let [save, undo] = [Action::SaveWorkload, Action::Undo].map(|a| self.keymap.key(a));
            return self.say_line(format!(
                "Figures are changed and not saved: {save} saves them, {undo} undoes them."
            ));
        }
        let profile = self.profile();
        let workloads = self.budget.inputs.workloads.iter();
        let items = workloads.map(|(name, read)| {
            let own = if profile == Some(name) {
                "the profile's own, "
            } else {
                ""
            };
            let sample = if read.workload.sample { "sample, " } else { "" };
            let roles = counted(read.workload.roles.len(), "role");
            (name.clone(), format!("{own}{sample}{roles}"))
        });
        let items: Vec<_> = items.collect();
        if items.is_empty() {
            return self.say_line("There is no other workload.");
        }
        let now = self.workload_name().map(str::to_owned);
        let choice = Choice::new(choice::For::Workload, "Workload", items, now.as_deref());
        self.windows.push(Window::Choice(choice));
    }

    /// Another workload is used, and edited.
    pub(super) fn take_workload(&mut self, name: &str) {
        self.drop_workload();
        let own = self.profile() == Some(name);
        self.use_workload((!own || self.named_workload().is_some()).then_some(name));
        self.open_workload();
        self.say_line(format!("The workload is {} now.", crate::clean::line(name)));
    }

    /// How many roles the editor shows: the forecast below keeps head, one role and total.
    #[must_use]
    pub fn workload_rows(&self) -> usize {
        let height = super::layout::list_height(self.size);
        let rows = self.workload_editor().map_or(0, |e| e.cells().rows.len());
        rows.min(height.saturating_sub(LEAST_FORECAST + 1)).max(1)
    }

    /// The text of a sheet in lines, and how many of them show.
    #[must_use]
    pub fn sheet_text(&self, sheet: &Sheet) -> (Vec<String>, usize) {
        let columns = usize::from(self.size.width).saturating_sub(4);
        let lines = sheet.question.lines.iter();
        let folded = lines.flat_map(|line| {
            if line.is_empty() {
                vec![String::new()]
            } else {
                super::text::fold(line, columns)
            }
        });
        let rows = super::layout::list_height(self.size).saturating_sub(1);
        (folded.collect(), rows)
    }

    /// The help lines: what is wrong with the cell, or what it is.
    #[must_use]
    pub fn workload_help(&self, editor: &WorkloadEditor) -> String {
        let cell = editor.cell();
        match editor.row() {
            None => "No role has a limit, and none is in this workload.".to_owned(),
            Some(row) => match row.problem(cell) {
                Some(problem) => format!("✗ {}", problem.sentence()),
                None => cell.help(),
            },
        }
    }

    /// The line below: what happens to the role with these figures.
    #[must_use]
    pub fn workload_line(&self, editor: &WorkloadEditor, columns: usize) -> String {
        let (Some(row), Some(forecast)) = (editor.row(), self.budget.now()) else {
            return String::new();
        };
        let model = row.load().model.as_ref();
        let model = model.map_or_else(String::new, |model| format!("   model {model}"));
        let place = forecast.roles.iter().position(|r| r.name() == row.role());
        let said = place.map_or_else(String::new, |place| {
            let sentences = sentence::of_role(forecast, place);
            let first = sentences.first();
            first.map_or_else(String::new, |sentence| sentence.text.clone())
        });
        let whole = format!("{said}{model}");
        if super::text::width(&whole) <= columns {
            whole
        } else {
            super::text::fit_words(&said, columns)
        }
    }
}

fn changed(rows: usize) -> String {
    match rows {
        1 => "The figures of 1 role are".to_owned(),
        n => format!("The figures of {n} roles are"),
    }
}
