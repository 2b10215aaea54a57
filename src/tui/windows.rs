//! What the keys do in the windows.

use super::action::Action;
use super::app::App;
use super::choice;
use super::layout::list_height;
use super::main_screen::step_of;
use super::msg::Effect;
use super::multiselect::rows_shown;
use super::preset_jobs::Job;
use super::prompt;
use super::question::Press;
use super::sheet::Sheet;
use super::window::Window;
use crate::value::Value;

impl App {
    /// The front window gets the action; it is taken out while it works, so that it may change everything else.
    pub(super) fn act_in_window(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if self.is_writing() {
            return self.say_line("It is being written.");
        }
        match self.windows.last() {
            Some(Window::Multiselect(_) | Window::Editor(_)) => {
                return self.act_in_field_window(action, effects);
            }
            Some(Window::Output(_)) => return self.act_in_output(action),
            Some(Window::Workload(_)) => return self.act_in_workload(action, effects),
            Some(Window::LookFirst(_)) => return self.act_in_look_first(action, effects),
            Some(Window::Certificate(_)) => return self.act_in_certificate(action, effects),
            Some(_) if self.takes_source(action) => return self.take_source(effects),
            Some(Window::SavePreset(_)) => return self.act_in_save(action, effects),
            _ => {}
        }
        let noting = self.is_noting();
        let Some(mut window) = self.windows.pop() else {
            return;
        };
        if let Window::Merge(screen) = window {
            return self.act_in_merge(*screen, action, effects);
        }
        let closes = match action {
            Action::Back | Action::GiveUp if !noting => true,
            Action::Left if matches!(window, Window::Help(_) | Window::Choice(_)) => true,
            _ => match &mut window {
                Window::Help(help) => {
                    let height = list_height(self.size);
                    help.scroll(action, height, usize::from(self.size.width));
                    false
                }
                Window::Choice(choice) => self.act_in_choice(choice, action, effects),
                Window::Question(question) if action == Action::Open => {
                    let press = question.pressed();
                    self.press(press, effects);
                    true
                }
                Window::Question(question) => {
                    question.act(action);
                    false
                }
                Window::Sheet(sheet) => self.act_in_sheet(sheet, action, effects),
                Window::Prompt(prompt) => {
                    if action == Action::Keep {
                        let text = prompt.line.text().trim().to_owned();
                        self.answer_prompt(prompt.purpose, &text, effects)
                    } else {
                        prompt.line.act(action);
                        false
                    }
                }
                Window::Scoring => return self.act_in_scoring(action, effects),
                Window::Budget(screen) => {
                    return self.act_in_budget(screen.clone(), action, effects);
                }
                Window::Diff(diff) => return self.act_in_diff(diff.clone(), action, effects),
                Window::Review(review) => self.act_in_review(review, action, effects),
                Window::Problems(list) => return self.act_in_problems(list.clone(), action),
                Window::Search(_) | Window::Finder(_) => {
                    return self.act_in_finding(window, action, effects);
                }
                Window::Draft(screen) => self.act_in_draft(screen, action, effects),
                Window::Generations(screen) => self.act_in_generations(screen, action, effects),
                Window::Presets(list) => self.act_in_presets(list, action, effects),
                Window::Multiselect(_)
                | Window::Editor(_)
                | Window::Output(_)
                | Window::Merge(_)
                | Window::Certificate(_)
                | Window::SavePreset(_)
                | Window::Workload(_)
                | Window::LookFirst(_) => false,
            },
        };
        if !closes {
            self.windows.push(window);
        }
    }

    /// `true` when the list may close.
    fn act_in_choice(
        &mut self,
        choice: &mut choice::Choice,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        match (step_of(action), action) {
            (Some(step), _) => {
                let filtered = choice.filter.is_some();
                choice.step(step, rows_shown(list_height(self.size), filtered));
                false
            }
            (None, Action::Open) => {
                self.take_choice(choice, effects);
                true
            }
            (None, Action::NextPane | Action::PreviousPane) => {
                if let Some(filter) = &mut choice.filter {
                    filter.focused = !filter.focused;
                }
                false
            }
            (None, action) => {
                if let Some(filter) = &mut choice.filter
                    && filter.line.act(action)
                {
                    choice.cursor = super::list::Cursor::default();
                }
                false
            }
        }
    }

    /// `true` when the text may close.
    fn act_in_sheet(
        &mut self,
        sheet: &mut Sheet,
        action: Action,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if action == Action::Open {
            self.press(sheet.question.pressed(), effects);
            return true;
        }
        let (lines, rows) = self.sheet_text(sheet);
        sheet.act(action, lines.len(), rows);
        false
    }

    fn take_choice(&mut self, choice: &choice::Choice, effects: &mut Vec<Effect>) {
        if let choice::For::Baseline(all) = &choice.purpose {
            if let Some(baseline) = all.get(choice.cursor.at) {
                self.compare_with(baseline, effects);
            }
        } else if let Some(chosen) = choice.chosen().map(str::to_owned) {
            self.choose(&choice.purpose, chosen, effects);
        }
    }

    fn choose(&mut self, purpose: &choice::For, chosen: String, effects: &mut Vec<Effect>) {
        match purpose {
            choice::For::Field(path) => {
                let already = matches!(self.in_force(path), Some(Value::Text(t)) if *t == chosen);
                if !already {
                    self.answers.say(path, Some(Value::Text(chosen)));
                }
            }
            choice::For::Baseline(_) | choice::For::Secret(_) => return,
            choice::For::Workload => return self.take_workload(&chosen),
            choice::For::Folder(files) => {
                let file = files.iter().find(|(name, _)| *name == chosen);
                effects.extend(file.map(|(_, file)| Effect::Open(file.clone())));
                return;
            }
            choice::For::Profile => {
                let kept = match self.answers.said().answers.len() {
                    0 => "nothing was answered yet".to_owned(),
                    1 => "1 answer is kept".to_owned(),
                    n => format!("{n} answers are kept"),
                };
                self.answers.choose_profile(&chosen);
                self.say_line(format!(
                    "The profile is {chosen} now, {kept}; d shows what is yours."
                ));
            }
        }
        self.ask(effects);
    }

    fn press(&mut self, press: Press, effects: &mut Vec<Effect>) {
        match press {
            Press::Nothing => {}
            Press::Leave => effects.push(Effect::Quit),
            Press::Discard => effects.extend([Effect::ForgetDraft, Effect::Quit]),
            Press::DropDraft(file) => {
                self.windows.clear();
                effects.push(Effect::DropDraft(file));
            }
            Press::BringTogether => self.bring_together(effects),
            Press::SaveElsewhere => self.ask_where(),
            Press::WriteAnew => self.write_anew(effects),
            Press::LoadPreset => self.load_preset(effects),
            Press::ReplacePreset => self.replace_preset(effects),
            Press::DiscardWorkload => self.drop_workload(),
            Press::WriteWorkload => self.write_workload(effects),
            Press::Export => self.export_as_planned(effects),
            Press::Reset(paths) => self.reset_all(&paths, effects),
        }
    }

    fn ask_where(&mut self) {
        let prompt = prompt::Prompt::new(
            prompt::For::SaveElsewhere,
            "Save elsewhere",
            "A new file: .toml, .json, .yaml, .ncl or .env. Enter goes to its review.",
            &self.facts.output.to_string_lossy(),
        );
        self.windows.push(Window::Prompt(Box::new(prompt)));
    }

    /// `true` when the prompt may close.
    fn answer_prompt(
        &mut self,
        purpose: prompt::For,
        text: &str,
        effects: &mut Vec<Effect>,
    ) -> bool {
        if let prompt::For::Reference(keeper) = purpose {
            return self.keep_reference(keeper, text, effects);
        }
        if let prompt::For::ImportWorkload | prompt::For::ImportOver | prompt::For::ImportRole =
            purpose
        {
            self.answer_import(purpose, text, effects);
            return false;
        }
        if text.is_empty() {
            let back = self.keymap.key(Action::GiveUp);
            self.say_line(format!("A path, please; {back} goes back."));
            return false;
        }
        let file = self.facts.workspace.join(text);
        match purpose {
            // It closes when the file is open: a path that is wrong can be mended.
            prompt::For::Open => {
                effects.push(Effect::Open(file));
                return false;
            }
            prompt::For::Compare => {
                effects.push(Effect::Compare(file));
                return false;
            }
            prompt::For::Reference(_)
            | prompt::For::ImportWorkload
            | prompt::For::ImportOver
            | prompt::For::ImportRole => {}
            prompt::For::ExportPreset => {
                self.export_preset(file, effects);
                return false;
            }
            prompt::For::ImportPreset => {
                effects.push(Effect::Preset(Job::Import(file)));
                return false;
            }
            prompt::For::SaveElsewhere => {
                self.facts.output = file;
                self.loaded = None;
                self.review(effects);
            }
        }
        true
    }
}
