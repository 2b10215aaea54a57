//! Changes the state: keys to actions, actions and replies to what is asked of the outside. Pure, without a clock.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use super::action::{Action, Place};
use super::app::{App, Focus, Message, Wish};
use super::keymap::Key;
use super::layout::layout;
use super::msg::{Effect, Msg};
use super::preset_jobs::Job;
use super::window::Window;

impl App {
    /// What to ask for before the first message.
    pub fn begin(&mut self) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.tell_own_problems();
        if self.started {
            self.ask(&mut effects);
        } else {
            self.look_at_start_row(&mut effects);
        }
        self.claim_output(&mut effects);
        effects.push(Effect::Preset(Job::Count));
        effects
    }

    /// Takes one message.
    pub fn handle(&mut self, msg: Msg) -> Vec<Effect> {
        let mut effects = Vec::new();
        self.note_answer(&msg);
        match msg {
            Msg::Key(event) => self.key(event, &mut effects),
            Msg::Mouse(event) => {
                self.copying = None;
                self.mouse(event, &mut effects);
            }
            Msg::Paste(_) if layout(self.size).is_none() => {}
            Msg::Paste(text) => self.paste(&text, &mut effects),
            Msg::Resize(size) => {
                self.size = size;
                self.keep_in_view();
            }
            Msg::Reply(reply) => self.reply(reply, &mut effects),
            Msg::Form(form, problems) => self.form_arrived(*form, problems, &mut effects),
            Msg::Opened(opened) => self.opened(opened, &mut effects),
            Msg::Compared(opened) => self.compared(opened, &mut effects),
            Msg::Folder(found) => self.folder(found),
            Msg::Planned(planned) => self.planned(*planned, &mut effects),
            Msg::Output(text) => self.output_made(text),
            Msg::Wrote(outcome) => self.wrote(outcome, &mut effects),
            Msg::HideSecret => self.revealed = None,
            Msg::Drafts(offers) => self.drafts_found(*offers),
            Msg::DraftNews(news) => self.draft_news(news),
            Msg::DraftTaken(taken) => self.draft_taken(taken, &mut effects),
            Msg::LookedUnder(looked) => self.looked_under(*looked, &mut effects),
            Msg::DraftDropped(dropped) => self.draft_dropped(dropped),
            Msg::Generations(news) => self.generations_news(news, &mut effects),
            Msg::Made(made) => self.made(made, &mut effects),
            Msg::LookedAgain(now) => self.looked_again(now, &mut effects),
            Msg::Claimed(file, other) => self.claimed(&file, other),
            Msg::Workload(news) => self.workload_news(*news),
            Msg::History(used) => self.history_read(*used),
            Msg::Presets(done) => self.preset_news(*done, &mut effects),
        }
        self.claim_output(&mut effects);
        self.go_on_with_drafts(&mut effects);
        self.look_under_drafts(&mut effects);
        self.go_on_with_presets(&mut effects);
        self.type_ahead(&mut effects);
        self.hide_left_secret();
        self.refresh_output(&mut effects);
        self.note_asked(&effects);
        effects
    }

    pub(super) fn key(&mut self, event: KeyEvent, effects: &mut Vec<Effect>) {
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
        self.begin_anew();
        let key = Key::of(event);
        if layout(self.size).is_none() {
            return self.key_unseen(key, effects);
        }
        if self.waits_its_turn(event, effects) {
            return;
        }
        self.key_now(event, key, effects);
        self.keep_early(event);
    }

    fn key_now(&mut self, event: KeyEvent, key: Key, effects: &mut Vec<Effect>) {
        let typed = match event.code {
            KeyCode::Char(c) if !event.modifiers.contains(KeyModifiers::CONTROL) => Some(c),
            _ => None,
        };
        if self.is_typing() {
            match (self.action_while_typing(key, typed), typed) {
                (Some(action), _) => self.act(action, effects),
                (None, Some(c)) => self.insert(c.encode_utf8(&mut [0; 4]), effects),
                (None, None) => self.say_why_not(key),
            }
            return;
        }
        match (self.keymap.action(&self.places(), key), typed) {
            (Some(action), _) => self.act(action, effects),
            (None, Some(c)) if self.begins_number(c) => {
                self.edit_field(Some(c.encode_utf8(&mut [0; 4])), effects);
            }
            (None, Some(c)) if self.begins_figure(c) => {
                self.type_in_workload(c.encode_utf8(&mut [0; 4]));
            }
            (None, Some('z' | 'Z')) => {
                let undo = self.keymap.key(Action::Undo);
                self.say_line(format!("Undo is {undo}."));
            }
            (None, _) => self.say_why_not(key),
        }
    }

    /// What was said of the input before, and what it still waited for, is over with the next.
    fn begin_anew(&mut self) {
        self.message = Message::default();
        self.presets.differs = None;
        if self.review == Wish::Waits {
            self.review = Wish::None;
        }
    }

    /// On a screen too small to show anything, only keys that change nothing hold, and those that leave: it says so,
    /// and shows the question whether to leave.
    fn key_unseen(&mut self, key: Key, effects: &mut Vec<Effect>) {
        let asks = matches!(self.windows.last(), Some(Window::Question(q)) if q.is_leave());
        let places = [Place::Always, Place::Everywhere];
        match self.keymap.action(&places, key) {
            Some(Action::Interrupt | Action::Leave) if self.is_writing() => {}
            Some(Action::Interrupt | Action::Leave) if asks || !self.would_lose() => {
                effects.push(Effect::Quit);
            }
            Some(Action::Interrupt | Action::Leave) => self.ask_to_leave(),
            Some(Action::Back) if asks => drop(self.windows.pop()),
            Some(Action::Suspend) => effects.push(Effect::Suspend),
            Some(Action::Repaint) => effects.push(Effect::Repaint),
            _ => {}
        }
    }

    /// The places whose bindings hold now.
    #[must_use]
    pub fn places(&self) -> Vec<Place> {
        self.places_over(&self.windows)
    }

    /// The places whose bindings hold when these windows stand over the panels.
    pub(super) fn places_over(&self, windows: &[Window]) -> Vec<Place> {
        let place = match windows.last() {
            Some(Window::Diff(_)) => Place::Diff,
            Some(Window::Multiselect(_) | Window::SavePreset(_)) => Place::Pick,
            Some(Window::Output(_)) => Place::Output,
            Some(Window::LookFirst(_)) => Place::Start,
            Some(Window::Merge(_)) => Place::Merge,
            Some(Window::Generations(_)) => Place::Generations,
            Some(Window::Presets(_)) => Place::Presets,
            Some(Window::Budget(_)) => Place::Budget,
            Some(Window::Scoring) => Place::Scoring,
            Some(Window::Workload(_)) => Place::Workload,
            Some(_) => Place::Everywhere,
            None if !self.started => Place::Start,
            None if self.focus != Focus::Fields => Place::Main,
            None => Place::Fields,
        };
        let beneath = place.beneath().iter().copied();
        std::iter::once(place).chain(beneath).collect()
    }

    fn insert(&mut self, text: &str, effects: &mut Vec<Effect>) {
        if self.insert_in_window(text, effects) {
            return;
        }
        if let Some(edit) = &mut self.edit {
            edit.insert(text);
            self.ask(effects);
        }
    }

    fn paste(&mut self, text: &str, effects: &mut Vec<Effect>) {
        self.begin_anew();
        if self.is_typing() {
            self.insert(text, effects);
        } else if self.begins_figure('0') {
            self.type_in_workload(text);
        } else if self.windows.is_empty() && self.input().is_some() {
            // Never run as keys: it is offered as the focused field's value.
            self.edit_field(Some(text), effects);
            if matches!(self.windows.last(), Some(Window::Choice(_))) {
                self.say_line("Choose one of these; pasted text has no place here.");
            }
        } else if self.windows.is_empty() {
            self.say_line("Pasted text has no place here; open a setting first.");
        } else {
            self.say_line("Pasted text has no place here.");
        }
    }

    pub(super) fn act(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if action != Action::Copy {
            self.copying = None;
        }
        match action {
            Action::Copy => return self.copy(effects),
            Action::Mouse => return self.switch_mouse(effects),
            Action::Repaint => return effects.push(Effect::Repaint),
            Action::Suspend => return effects.push(Effect::Suspend),
            Action::HelpInEdit | Action::Help => return self.open_help(),
            Action::Undo if matches!(self.windows.last(), Some(Window::Presets(_))) => {
                return self.bring_preset_back(effects);
            }
            Action::Undo | Action::Redo
                if matches!(self.windows.last(), Some(Window::Workload(_))) =>
            {
                return self.act_in_workload(action, effects);
            }
            Action::Undo | Action::Redo if self.hides_changes() => {
                let back = self.keymap.key(Action::Back);
                return self.say_line(format!(
                    "{back} first: the change would happen behind this."
                ));
            }
            Action::NextProblem | Action::PreviousProblem if self.refused_review() => {
                return self.next_or_previous(action == Action::NextProblem);
            }
            Action::Problems | Action::Finder if self.is_writing() => {
                return self.say_line("It is being written.");
            }
            Action::Problems if matches!(self.windows.last(), Some(Window::Review(r)) if r.restores.is_none()) =>
            {
                return self.open_problems();
            }
            Action::Search | Action::Problems | Action::NextProblem | Action::PreviousProblem
                if self.in_the_middle() =>
            {
                let back = self.keymap.key(Action::Back);
                return self.say_line(format!("{back} first: this waits for an answer."));
            }
            Action::Search => return self.open_search(),
            Action::NextProblem | Action::PreviousProblem => {
                return self.next_or_previous(action == Action::NextProblem);
            }
            Action::Problems => return self.open_problems(),
            Action::Finder => return self.open_finder(),
            Action::Undo => return self.undo(effects),
            Action::Redo => return self.redo(effects),
            Action::Leave => return self.leave(effects),
            Action::Interrupt => return self.interrupt(effects),
            _ => {}
        }
        if let Some(reason) = self.nothing_for(action) {
            return self.say_line(reason);
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
        match self.windows.last() {
            Some(Window::Review(review)) => review.writing,
            Some(Window::Certificate(screen)) => screen.is_writing(),
            Some(Window::SavePreset(screen)) => screen.is_saving(),
            Some(Window::Workload(editor)) => editor.writing,
            _ => false,
        }
    }

    /// Does a window in front wait for an answer that a jump would leave open?
    fn in_the_middle(&self) -> bool {
        matches!(
            self.windows.last(),
            Some(
                Window::Choice(_)
                    | Window::Question(_)
                    | Window::Review(_)
                    | Window::Draft(_)
                    | Window::Merge(_)
                    | Window::Certificate(_)
                    | Window::SavePreset(_)
                    | Window::Workload(_)
                    | Window::Sheet(_)
            )
        )
    }

    /// A review that is off says that this key goes to what is wrong.
    fn refused_review(&self) -> bool {
        matches!(self.windows.last(), Some(Window::Review(review)) if review.refusal.is_some() && review.restores.is_none() && !review.writing)
    }

    /// Is a window in front that would not show what undo changes?
    fn hides_changes(&self) -> bool {
        let front = self.windows.last();
        front.is_some_and(|window| {
            !matches!(
                window,
                Window::Diff(_) | Window::Output(_) | Window::Budget(_) | Window::Scoring
            )
        })
    }

    fn leave(&mut self, effects: &mut Vec<Effect>) {
        if self.is_writing() {
            return self.say_line("It is being written.");
        }
        if self.answers_in_window() {
            return self.give_up_window(effects);
        }
        if matches!(self.windows.last(), Some(Window::Workload(_))) {
            return self.close_workload();
        }
        if self.windows.pop().is_some() {
            return;
        }
        if self.started && self.unsaved() {
            self.ask_to_leave();
        } else {
            effects.push(Effect::Quit);
        }
    }

    /// Would leaving lose answers, or one that is being given?
    fn would_lose(&self) -> bool {
        (self.started && self.unsaved())
            || self.edit.is_some()
            || self.answers_in_window()
            || self.has_unsaved_workload()
    }

    fn ask_to_leave(&mut self) {
        let write = self.keymap.key(Action::Write);
        let ask = if self.drafts.safe() {
            super::question::Question::leave_draft
        } else {
            super::question::Question::leave
        };
        let question = ask(self.unsaved_answers(), &write);
        self.windows.push(Window::Question(question));
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
        } else if self.answers_in_window() {
            self.give_up_window(effects);
        } else if matches!(self.windows.last(), Some(Window::Workload(_))) {
            self.act_in_workload(Action::Back, effects);
        } else if self.windows.pop().is_none() {
            if self.edit.is_some() {
                self.give_up(effects);
            } else {
                self.leave(effects);
            }
        }
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
