//! Importing into the editor of the workload: which file, over which time, for which role, and what came of it.
//! Leaves to others: reading it (`workload_jobs`), what it says (`budget::import`).

use std::path::PathBuf;

use super::action::Action;
use super::app::App;
use super::msg::Effect;
use super::prompt::{self, Prompt};
use super::window::Window;
use super::workload_jobs::{Came, Job, Over, Wanted};
use crate::budget::cells::Cells;
use crate::budget::import::Period;
use crate::budget::workload;
use crate::problem::counted;

impl App {
    pub(super) fn ask_what_to_import(&mut self) {
        self.ask_for_import(
            prompt::For::ImportWorkload,
            "Import a workload",
            "CSV, JSON, or what the router serves at /metrics; a path in the workspace or from the root.",
        );
    }

    fn ask_for_import(&mut self, purpose: prompt::For, title: &str, help: &str) {
        let prompt = Prompt::new(purpose, title, help, "");
        self.windows.push(Window::Prompt(Box::new(prompt)));
    }

    /// A line of the three was given: the prompt closes when the file was read.
    pub(super) fn answer_import(
        &mut self,
        purpose: prompt::For,
        text: &str,
        effects: &mut Vec<Effect>,
    ) {
        if text.is_empty() {
            return self.say_line("Something has to be given here.");
        }
        let workspace = self.facts.workspace.clone();
        let Some(editor) = self.workload_editor_mut() else {
            return;
        };
        let mut wanted = match (purpose, editor.wanted.take()) {
            (prompt::For::ImportOver | prompt::For::ImportRole, Some(wanted)) => wanted,
            _ => Wanted {
                file: workspace.join(text),
                over: None,
                role: None,
            },
        };
        match purpose {
            prompt::For::ImportOver => wanted.over = Some(over(text, &workspace.join(text))),
            prompt::For::ImportRole => {
                if !workload::is_name(text) {
                    editor.wanted = Some(wanted);
                    return self.say_line(
                        "A role has 1 to 60 small letters, digits, - and _, for example architect.",
                    );
                }
                wanted.role = Some(text.to_owned());
            }
            _ => {}
        }
        if let Some(Over::Later(later, period)) = &mut wanted.over
            && let Some((path, last)) = text.rsplit_once(' ')
            && purpose == prompt::For::ImportOver
            && let Ok(found) = Period::parse(last)
        {
            *later = workspace.join(path.trim());
            *period = Some(found);
        }
        editor.wanted = Some(wanted.clone());
        effects.push(Effect::Workload(Job::Import(wanted)));
    }

    /// All that is asked first stands behind what it came to.
    pub(super) fn workload_imported(&mut self, wanted: &Wanted, came: Came) {
        if !matches!(self.windows.last(), Some(Window::Prompt(_))) {
            // Nobody waits for it any more.
            return;
        }
        match came {
            // The line stays, so that it can be mended.
            Came::NotRead(problem) => self.say_line(problem.sentence()),
            Came::NeedsPeriod => {
                self.close_prompt();
                self.ask_for_import(
                    prompt::For::ImportOver,
                    "How long did these counters count?",
                    "A period, for example 7d; or a second file that was taken later, where its samples have no time with the period behind it: later.prom 7d.",
                );
            }
            Came::NeedsRole => {
                self.close_prompt();
                self.ask_for_import(
                    prompt::For::ImportRole,
                    "Whose counters are these?",
                    "They name no role: give the one whose calls they are, for example architect.",
                );
            }
            Came::All(import) => {
                self.close_prompt();
                let file = self.shown_path(&wanted.file);
                let now = self.workload_editor().map(|e| e.cells().workload());
                let Some(imported) = &import.value else {
                    return self.show_problems("Nothing was imported", &import.problems);
                };
                let cells = Cells::of(&imported.onto(now.as_ref()));
                let cells = self.with_limited_roles(cells);
                if let Some(editor) = self.workload_editor_mut() {
                    editor.wanted = None;
                    editor.change(cells);
                }
                self.follow_workload();
                let roles = counted(imported.roles.len(), "role");
                let [undo, save] = [Action::Undo, Action::SaveWorkload].map(|a| self.keymap.key(a));
                if !import.problems.is_empty() {
                    self.show_problems("Imported, with warnings", &import.problems);
                }
                self.say_line(format!(
                    "Imported {roles} from {file}; {undo} undoes it, {save} saves."
                ));
            }
        }
    }
}

/// A period, else a file.
fn over(text: &str, file: &std::path::Path) -> Over {
    Period::parse(text).map_or_else(|_| Over::Later(PathBuf::from(file), None), Over::Period)
}
