//! Taking back all answers of a panel, or all there are: only by name, only when asked, one step of undo.

use super::action::Action;
use super::app::App;
use super::msg::Effect;
use super::question::Question;
use super::window::Window;
use crate::problem::counted;
use crate::schema::FieldPath;

impl App {
    pub(super) fn ask_reset(&mut self, action: Action) {
        let (what, paths) = if action == Action::ResetPanel {
            let Some(panel) = self.panel() else {
                return self.say_line("The form has no panel.");
            };
            let paths = panel.inputs().map(|input| input.path.clone());
            (format!("of {}", panel.title), paths.collect())
        } else {
            let paths: Vec<FieldPath> = self.answers.said().answers.keys().cloned().collect();
            ("of all panels".to_owned(), paths)
        };
        let paths: Vec<FieldPath> = paths
            .into_iter()
            .filter(|path| self.is_changed(path))
            .collect();
        if paths.is_empty() {
            return self.say_line(format!("There is no answer {what} to take back."));
        }
        let undo = self.keymap.key(Action::Undo);
        let question = Question::reset(&what, paths, &undo);
        self.windows.push(Window::Question(question));
    }

    pub(super) fn reset_all(&mut self, paths: &[FieldPath], effects: &mut Vec<Effect>) {
        self.answers.take_back(paths);
        let undo = self.keymap.key(Action::Undo);
        let count = counted(paths.len(), "answer");
        self.say_line(format!(
            "{count} taken back; {undo} brings {} again.",
            if paths.len() == 1 { "it" } else { "all" }
        ));
        self.ask(effects);
    }
}
