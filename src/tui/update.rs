//! Changes the state: keys to actions, actions and replies to what is asked of the outside. Pure, without a clock.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::action::{Action, Place};
use super::app::{App, Baseline, Focus, Message, Wish};
use super::keymap::Key;
use super::layout::{layout, list_height};
use super::msg::{Effect, Msg};
use super::window::Window;
use crate::answers::Change;
use crate::compose::Step;
use crate::config::{Config, Overlay, Verdict};
use crate::form::Element;
use crate::nickel::{Reply, Slot};
use crate::schema::FieldPath;

impl App {
    /// What to ask for before the first message.
    pub fn begin(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        if self.started {
            self.ask(&mut effects);
        } else {
            self.look_at_start_row(&mut effects);
        }
        effects
    }

    /// Takes one message.
    pub fn handle(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = Vec::new();
        match msg {
            Msg::Key(event) => self.key(event, &mut effects),
            Msg::Paste(_) if layout(self.size).is_none() => {}
            Msg::Paste(text) => self.paste(&text, &mut effects),
            Msg::Resize(size) => {
                self.size = size;
                self.keep_in_view();
            }
            Msg::Reply(reply) => self.reply(reply, &mut effects),
            Msg::Opened(opened) => self.opened(opened, &mut effects),
            Msg::Planned(planned) => self.planned(*planned, &mut effects),
            Msg::Wrote(outcome) => self.wrote(outcome),
            Msg::HideSecret => self.revealed = None,
        }
        effects
    }

    fn key(&mut self, event: KeyEvent, effects: &mut Vec<Effect>) {
        if event.kind == KeyEventKind::Release {
            return;
        }
        if event.modifiers.contains(KeyModifiers::ALT) {
            // Alt+key and Esc followed by the key are the same bytes (DESIGN 5).
            self.key(KeyEvent::new(KeyCode::Esc, KeyModifiers::NONE), effects);
            let modifiers = event.modifiers.difference(KeyModifiers::ALT);
            self.key(KeyEvent::new(event.code, modifiers), effects);
            return;
        }
        self.message = Message::default();
        if self.review == Wish::Waits {
            self.review = Wish::None;
        }
        let key = Key::of(event);
        if layout(self.size).is_none() {
            return self.key_unseen(key, effects);
        }
        let typed = match event.code {
            KeyCode::Char(c) if !event.modifiers.contains(KeyModifiers::CONTROL) => Some(c),
            _ => None,
        };
        if self.is_typing() {
            match (
                self.keymap.action(&[Place::Edit, Place::Always], key),
                typed,
            ) {
                (Some(action), _) => self.act(action, effects),
                (None, Some(c)) => self.insert(c.encode_utf8(&mut [0; 4]), effects),
                (None, None) => {}
            }
            return;
        }
        match (self.keymap.action(&self.places(), key), typed) {
            (Some(action), _) => self.act(action, effects),
            (None, Some(c)) if self.begins_number(c) => {
                self.edit_field(Some(c.encode_utf8(&mut [0; 4])), effects);
            }
            (None, Some('z' | 'Z')) => {
                let undo = self.keymap.key(Action::Undo);
                self.say_line(format!("Undo is {undo}."));
            }
            (None, _) => {
                let help = self.keymap.key(Action::Help);
                self.say_line(format!("{key} does nothing here; {help} shows the keys."));
            }
        }
    }

    /// On a screen too small to show anything, only keys that change nothing hold.
    fn key_unseen(&mut self, key: Key, effects: &mut Vec<Effect>) {
        match self.keymap.action(&[Place::Always], key) {
            Some(Action::Interrupt) if self.unsaved() || self.edit.is_some() => {}
            Some(Action::Interrupt) => effects.push(Effect::Quit),
            Some(Action::Suspend) => effects.push(Effect::Suspend),
            Some(Action::Repaint) => effects.push(Effect::Repaint),
            _ => {}
        }
    }

    /// Has a one-line text the keys?
    fn is_typing(&self) -> bool {
        match self.windows.last() {
            Some(window) => matches!(window, Window::Prompt(_)),
            None => self.edit.is_some(),
        }
    }

    /// The places whose bindings hold now.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        match self.windows.last() {
            Some(Window::Diff(_)) => vec![Place::Diff, Place::Everywhere, Place::Always],
            Some(_) => vec![Place::Everywhere, Place::Always],
            None if !self.started => vec![Place::Everywhere, Place::Always],
            None if self.focus == Focus::Panels => {
                vec![Place::Main, Place::Everywhere, Place::Always]
            }
            None => vec![Place::Fields, Place::Main, Place::Everywhere, Place::Always],
        }
    }

    fn insert(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if let Some(Window::Prompt(prompt)) = self.windows.last_mut() {
            prompt.insert(text);
        } else if let Some(edit) = &mut self.edit {
            edit.insert(text);
            self.ask(effects);
        }
    }

    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.is_typing() {
            self.insert(text, effects);
        } else if self.windows.is_empty() && self.input().is_some() {
            // Never run as keys: it is offered as the focused field's value.
            self.edit_field(Some(text), effects);
        } else {
            self.say_line("Pasted text has no place here; open a setting first.");
        }
    }

    fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Repaint => return effects.push(Effect::Repaint),
            Action::Suspend => return effects.push(Effect::Suspend),
            Action::HelpInEdit | Action::Help => return self.open_help(),
            Action::Undo | Action::Redo if self.hides_changes() => {
                let back = self.keymap.key(Action::Back);
                return self.say_line(format!(
                    "{back} first: the change would happen behind this."
                ));
            }
            Action::Undo => return self.undo(effects),
            Action::Redo => return self.redo(effects),
            Action::Leave => return self.leave(effects),
            Action::Interrupt => return self.interrupt(effects),
            _ => {}
        }
        if !self.windows.is_empty() {
            self.act_in_window(action, effects);
        } else if self.edit.is_some() {
            self.act_in_edit(action, effects);
        } else if !self.started {
            self.act_at_start(action, effects);
        } else {
            self.act_in_main(action, effects);
        }
    }

    /// Is a write under way? Its review stays until the outcome is there.
    pub(super) fn is_writing(&self) -> bool {
        matches!(self.windows.last(), Some(Window::Review(review)) if review.writing)
    }

    /// Is a window in front that would not show what undo changes?
    fn hides_changes(&self) -> bool {
        let front = self.windows.last();
        front.is_some_and(|window| !matches!(window, Window::Diff(_)))
    }

    fn leave(&mut self, effects: &mut Vec<Effect>) {
        if self.is_writing() {
            return self.say_line("It is being written.");
        }
        if self.windows.pop().is_some() {
            return;
        }
        if self.started && self.unsaved() {
            let question = super::question::Question::leave(self.unsaved_answers());
            self.windows.push(Window::Question(question));
        } else {
            effects.push(Effect::Quit);
        }
    }

    fn interrupt(&mut self, effects: &mut Vec<Effect>) {
        let asks_to_leave = matches!(
            self.windows.last(),
            Some(Window::Question(question)) if question.is_leave()
        );
        if self.is_writing() {
            self.say_line("It is being written.");
        } else if asks_to_leave {
            effects.push(Effect::Quit);
        } else if self.windows.pop().is_none() {
            if self.edit.is_some() {
                self.give_up(effects);
            } else {
                self.leave(effects);
            }
        }
    }

    /// Asks for the verdict on what is said now, and for the profile alone where it is not known.
    pub(super) fn ask(&mut self, effects: &mut Vec<Effect>) {
        if let Some(profile) = self.profile().map(str::to_owned) {
            self.ask_baseline(&profile, effects);
        }
        let mut composition = std::mem::take(&mut self.composition);
        let schema = self.schema.clone().unwrap_or_default();
        let overlay = composition.begin(&self.inputs(&schema)).clone();
        self.composition = composition;
        self.ask_overlay(overlay, effects);
    }

    fn ask_overlay(&mut self, overlay: Overlay, effects: &mut Vec<Effect>) {
        self.ticket += 1;
        self.settled = false;
        effects.push(Effect::Evaluate {
            slot: Slot::InForce,
            ticket: self.ticket,
            profile: self.profile().map(str::to_owned),
            overlay,
        });
    }

    /// Asks for a profile alone, unless it is known or the newest such question.
    pub(super) fn ask_baseline(&mut self, profile: &str, effects: &mut Vec<Effect>) {
        let newest = self.baselines.values().map(|b| b.ticket).max().unwrap_or(0);
        match self.baselines.get(profile) {
            Some(known) if known.config.is_some() || known.ticket == newest => return,
            _ => {}
        }
        let baseline = Baseline {
            ticket: newest + 1,
            config: None,
        };
        self.baselines.insert(profile.to_owned(), baseline);
        effects.push(Effect::Evaluate {
            slot: Slot::Baseline,
            ticket: newest + 1,
            profile: Some(profile.to_owned()),
            overlay: Overlay::new(),
        });
    }

    fn reply(&mut self, reply: Reply, effects: &mut Vec<Effect>) {
        match reply {
            Reply::Schema {
                schema,
                problems,
                confined,
            } => {
                self.confined = Some(confined);
                if self.schema.is_none() {
                    self.problems.extend(problems);
                    let crossed = crate::check::form_against_schema(&self.form, &schema);
                    self.problems.extend(crossed);
                    let variables = std::mem::take(&mut self.variables);
                    let (environment, wrong) =
                        crate::check::environment(variables.into_iter(), &schema);
                    self.problems.extend(wrong);
                    self.environment = environment;
                }
                self.schema = Some(schema);
                if self.started && !self.environment.is_empty() {
                    self.ask(effects);
                }
                effects.extend(self.open.clone().map(Effect::Open));
            }
            Reply::Verdict {
                slot: Slot::Baseline,
                ticket,
                verdict,
            } => self.judge_baseline(ticket, verdict),
            Reply::Verdict {
                slot: Slot::InForce,
                ticket,
                verdict,
            } => {
                if ticket == self.ticket {
                    self.judge(verdict, effects);
                }
            }
            Reply::Lost { problem, .. } => {
                // Whatever waited went with the child; it is asked again with the next change.
                self.baselines
                    .retain(|_, baseline| baseline.config.is_some());
                self.review = Wish::None;
                self.settled = true;
                self.lost = Some(problem);
            }
        }
    }

    fn judge_baseline(&mut self, ticket: u64, verdict: Verdict) {
        let Some(schema) = &self.schema else { return };
        let known = self.baselines.values_mut().find(|b| b.ticket == ticket);
        if let Some(baseline) = known {
            baseline.config = Some(Config::new(schema, &Overlay::new(), verdict, None));
        }
    }

    fn judge(&mut self, verdict: Verdict, effects: &mut Vec<Effect>) {
        let Some(schema) = self.schema.clone() else {
            return;
        };
        self.lost = None;
        let before = self.composition.hidden().clone();
        let mut composition = std::mem::take(&mut self.composition);
        let step = composition.settle(&self.inputs(&schema), verdict);
        let focused = self.focused_element();
        self.composition = composition;
        match step {
            Step::Again(overlay) => self.ask_overlay(overlay, effects),
            Step::Done(config) => {
                self.config = Some(config);
                self.settled = true;
                if std::mem::replace(&mut self.review, Wish::None) == Wish::Waits {
                    self.review(effects);
                }
            }
        }
        if *self.composition.hidden() != before {
            self.rest_after_hiding(focused);
        }
    }

    /// The name of the focused input of each panel, to find it again when rows come and go.
    fn focused_element(&self) -> Vec<Option<FieldPath>> {
        (0..self.form.panels.len())
            .map(|panel| {
                let at = self.fields.get(panel)?.at;
                match self.elements(panel).get(at)? {
                    Element::Input(input) => Some(input.path.clone()),
                    Element::Header(_) | Element::Note(_) => None,
                }
            })
            .collect()
    }

    fn rest_after_hiding(&mut self, focused: Vec<Option<FieldPath>>) {
        let height = list_height(self.size);
        for (panel, path) in focused.into_iter().enumerate() {
            let rows = self.rows(panel);
            let at = path.and_then(|path| rows.iter().position(|row| row.as_ref() == Some(&path)));
            let Some(mut cursor) = self.fields.get(panel).copied() else {
                continue;
            };
            if let Some(at) = at {
                cursor.go(at, rows.len(), height, true);
            } else {
                let above = rows.iter().take(cursor.at + 1).rposition(Option::is_some);
                let at = above.or_else(|| rows.iter().position(Option::is_some));
                cursor.go(at.unwrap_or(0), rows.len(), height, false);
            }
            self.fields[panel] = cursor;
        }
    }

    fn keep_in_view(&mut self) {
        let height = list_height(self.size);
        let panels = self.form.panels.len();
        self.panels.show(panels, height);
        for panel in 0..panels {
            let rows = self.rows(panel).len();
            self.fields[panel].show(rows, height);
        }
        for window in &mut self.windows {
            if let Window::Help(help) = window {
                help.offset = 0;
            }
        }
    }

    /// The rows of a panel: the field's path, or `None` for a header or note.
    pub(super) fn rows(&self, panel: usize) -> Vec<Option<FieldPath>> {
        self.elements(panel)
            .into_iter()
            .map(|element| match element {
                Element::Input(input) => Some(input.path.clone()),
                Element::Header(_) | Element::Note(_) => None,
            })
            .collect()
    }

    fn undo(&mut self, effects: &mut Vec<Effect>) {
        match self.answers.undo() {
            Some(change) => self.after_history("Undone", &change, false, effects),
            None => self.say_line("Nothing to undo."),
        }
    }

    fn redo(&mut self, effects: &mut Vec<Effect>) {
        match self.answers.redo() {
            Some(change) => self.after_history("Done again", &change, true, effects),
            None => self.say_line("Nothing to do again."),
        }
    }

    fn after_history(
        &mut self,
        done: &str,
        change: &Change,
        forward: bool,
        effects: &mut Vec<Effect>,
    ) {
        let line = match change {
            Change::Answer {
                path,
                before,
                after,
            } => {
                let value = if forward { after } else { before };
                self.go_to(path);
                let name = self.name(path);
                match value {
                    Some(value) => format!("{done}: {name} is {} again.", self.shown(path, value)),
                    None => format!("{done}: {name} is what lies under the answer again."),
                }
            }
            Change::Profile { before, after } => {
                let name = if forward { after } else { before };
                let name = name.as_deref().unwrap_or("none");
                format!("{done}: the profile is {name} again, the answers are kept.")
            }
            Change::Base { before, after } => {
                let base = if forward { after } else { before };
                match base {
                    Some(base) => format!("{done}: {} is open again.", base.name()),
                    None => format!("{done}: no file is open."),
                }
            }
        };
        self.say_line(line);
        self.ask(effects);
    }

    fn open_help(&mut self) {
        if matches!(self.windows.last(), Some(Window::Help(_))) {
            self.windows.pop();
            return;
        }
        let help = super::help::Help::new(self);
        self.windows.push(Window::Help(help));
    }
}
