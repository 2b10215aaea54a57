//! From the key that saves the workload to its file: the plan that is shown, the write, and what follows.
//! Leaves to others: the plan itself (`workload_file`), doing it (`workload_jobs`).

use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::msg::Effect;
use super::question::Press;
use super::sheet::Sheet;
use super::window::Window;
use super::workload_jobs::{Job, News};
use crate::budget::workload::Read;
use crate::plan_text;
use crate::prepare;
use crate::problem::Problem;
use crate::store::{Failed, Outcome, Written};
use crate::workload_file::{LOSES_COMMENTS, Planned};

impl App {
    /// Asks for the plan, unless nothing can be written.
    pub(super) fn plan_workload(&mut self, effects: &mut Vec<Effect>) {
        if let Some(forbidden) = self.facts.caution.forbids() {
            self.message.notice = Some(format!("✗ {forbidden}"));
            return;
        }
        let Some(editor) = self.workload_editor_mut() else {
            return;
        };
        if let Some((row, cell)) = editor.cells().wrong() {
            editor.go(row, cell);
            let role = editor.row().map(|row| row.role().to_owned());
            let role = role.unwrap_or_default();
            self.follow_workload();
            return self.say_line(format!(
                "Not saved: correct {} of {role} first.",
                cell.key()
            ));
        }
        if editor.cells().sample && !editor.is_changed() {
            return self.say_line("These are the sample's figures: give your own first.");
        }
        let (name, workload) = (editor.name.clone(), editor.cells().saved());
        effects.push(Effect::Workload(Job::Plan(name, Box::new(workload))));
    }

    pub(super) fn workload_news(&mut self, news: News) {
        let Some(editor) = self.workload_editor_mut() else {
            return;
        };
        editor.writing = false;
        match news {
            News::Planned(Ok(planned)) => self.workload_planned(*planned),
            News::Planned(Err(problems)) => self.show_problems("Not saved", &problems),
            News::Wrote(planned, wrote) => self.workload_wrote(&planned, wrote),
            News::Imported(wanted, came) => self.workload_imported(&wanted, came),
        }
    }

    /// A plan that is late, since something else was changed meanwhile, is not shown.
    fn workload_planned(&mut self, planned: Planned) {
        let Some(Window::Workload(editor)) = self.windows.last() else {
            return;
        };
        if editor.typing().is_some() || editor.cells().saved() != planned.workload {
            return;
        }
        let name = editor.name.clone();
        if planned.plan.outcome == Outcome::Same {
            return self.say_line("It is saved as it is: nothing changed.");
        }
        let mut lines = vec![
            prepare::summary(&planned.plan, &self.facts.here),
            String::new(),
            format!("Workload {name}, against {}:", planned.against),
        ];
        let changes = planned.changes.iter();
        lines.extend(changes.map(|change| format!("  {}", crate::clean::line(change))));
        if planned.changes.is_empty() {
            lines.push("  No figure changes.".to_owned());
        }
        if planned.loses_comments {
            lines.push(LOSES_COMMENTS.to_owned());
        }
        lines.extend(planned.plan.remarks());
        let planned = Arc::new(planned);
        if let Some(editor) = self.workload_editor_mut() {
            editor.planned = Some(planned);
        }
        let press = Some(("Save workload", Press::WriteWorkload));
        let sheet = Sheet::new("Save the workload: nothing is written yet", lines, press);
        self.windows.push(Window::Sheet(Box::new(sheet)));
    }

    /// The plan was looked at and agreed to.
    pub(super) fn write_workload(&mut self, effects: &mut Vec<Effect>) {
        if let Some(editor) = self.workload_editor_mut()
            && let Some(planned) = editor.planned.take()
        {
            editor.writing = true;
            effects.push(Effect::Workload(Job::Write(planned)));
        }
    }

    fn workload_wrote(&mut self, planned: &Planned, wrote: Result<Written, Failed>) {
        match wrote {
            Ok(written) => {
                let Some(name) = self.workload_editor().map(|editor| editor.name.clone()) else {
                    return;
                };
                let read = Read {
                    workload: planned.workload.clone(),
                    problems: Vec::new(),
                };
                self.budget.inputs.workloads.insert(name, read);
                self.drop_workload();
                let mut said = plan_text::written(&planned.plan, &written, &self.facts.here);
                if let Some(problem) = written.problems.first() {
                    said = format!("! {}", problem.sentence());
                }
                self.message.notice = Some(said);
            }
            Err(failed) => {
                let save = self.keymap.key(Action::SaveWorkload);
                let problem = failed.problem();
                let again = format!("The figures are still here; {save} tries again.");
                let mut lines = vec![self.whole_problem(&problem), String::new()];
                lines.push(again);
                let sheet = Sheet::new("Not saved", lines, None);
                self.windows.push(Window::Sheet(Box::new(sheet)));
            }
        }
    }

    /// What is wrong, line by line.
    pub(super) fn show_problems(&mut self, title: &str, problems: &[Problem]) {
        let lines = problems.iter().map(|problem| {
            let sign = super::theme::sign(problem.severity);
            format!("{sign} {}", self.whole_problem(problem))
        });
        let sheet = Sheet::new(title, lines.collect(), None);
        self.windows.push(Window::Sheet(Box::new(sheet)));
    }
}
