//! Panels and fields: moving, opening, editing, switching, going to problems.

use super::action::Action;
use super::app::{App, Focus};
use super::asking::Way;
use super::choice::{self, Choice};
use super::layout::list_height;
use super::list::Step;
use super::msg::Effect;
use super::window::Window;
use crate::check;
use crate::form::{Input, unit};
use crate::schema::{FieldPath, Schema};
use crate::value::{Kind, Value};

/// The list step of an action, when it is one.
#[must_use]
pub fn step_of(action: Action) -> Option<Step> {
    Some(match action {
        Action::Up => Step::Up,
        Action::Down => Step::Down,
        Action::PageUp => Step::PageUp,
        Action::PageDown => Step::PageDown,
        Action::First => Step::First,
        Action::Last => Step::Last,
        _ => return None,
    })
}

impl App {
    pub(super) fn act_in_main(&mut self, action: Action, effects: &mut Vec<Effect>) {
        if let Some(step) = step_of(action) {
            return self.step_in_main(step);
        }
        if self.focus == Focus::Budget && self.act_in_budget_pane(action, effects) {
            return;
        }
        if self.focus == Focus::Scoring && self.act_in_scoring_pane(action, effects) {
            return;
        }
        match action {
            Action::Open | Action::Right if self.focus == Focus::Panels => self.enter_panel(),
            Action::Back if self.hits.take().is_some() => {
                let next = self.keymap.key(Action::NextProblem);
                self.say_line(format!(
                    "The search is over; {next} goes to the next ✗○! again."
                ));
            }
            Action::Back if self.filter.is_on() && self.input().is_none() => self.show_all_rows(),
            Action::Back if self.focus == Focus::Fields && self.budget_pane_was_asked_for() => {
                self.close_budget_pane();
            }
            Action::Back if self.focus == Focus::Fields && self.scoring_pane_was_asked_for() => {
                self.close_scoring_pane();
            }
            Action::Left | Action::Back if self.focus == Focus::Fields => {
                self.focus = Focus::Panels;
                self.filter_again();
            }
            Action::NextPane | Action::PreviousPane => self.next_pane(action == Action::NextPane),
            Action::Back => {
                let leave = self.keymap.key(Action::Leave);
                self.say_line(format!("{leave} leaves."));
            }
            Action::Open | Action::Edit => self.edit_field(None, effects),
            Action::Toggle => self.toggle(effects),
            Action::Reset => self.reset(effects),
            Action::Reveal => self.reveal(effects),
            Action::Filter => self.filter_next(),
            Action::Diff => self.open_diff(effects),
            Action::Output => self.open_output(),
            Action::Budget => self.open_budget(effects),
            Action::Scoring => self.open_scoring(effects),
            Action::ScaleWeights => self.scale_weights(effects),
            Action::SidePane => self.next_side(),
            Action::Profile => self.open_profiles(),
            Action::Generations => self.open_generations(effects),
            Action::Write => self.review(effects),
            Action::Presets => self.open_presets(),
            Action::WriteAndLeave => {
                let leave = self.keymap.key(Action::Leave);
                self.review(effects);
                if self.message.line.is_none() {
                    self.say_line(format!(
                        "Write in the review writes; after it {leave} leaves."
                    ));
                }
            }
            Action::ResetPanel | Action::ResetAll => self.ask_reset(action),
            Action::Certificate => self.open_certificate(),
            _ => {}
        }
    }

    /// From panels to fields, to the budget where it shows, and round again.
    fn next_pane(&mut self, forward: bool) {
        match (self.focus, forward) {
            (Focus::Panels, _) => {
                self.enter_panel();
                if !forward && self.focus == Focus::Fields && self.budget_pane_shows() {
                    self.enter_budget_pane();
                } else if !forward && self.focus == Focus::Fields && self.scoring_pane_shows() {
                    self.enter_scoring_pane();
                }
            }
            (Focus::Fields, true) if self.budget_pane_shows() => self.enter_budget_pane(),
            (Focus::Fields, true) if self.scoring_pane_shows() => self.enter_scoring_pane(),
            (Focus::Budget | Focus::Scoring, false) => {
                self.focus = Focus::Fields;
                self.filter_again();
            }
            (Focus::Fields, _) | (Focus::Budget | Focus::Scoring, true) => {
                self.focus = Focus::Panels;
                self.filter_again();
            }
        }
    }

    fn step_in_main(&mut self, step: Step) {
        let height = list_height(self.size);
        self.filter.moved();
        match self.focus {
            Focus::Panels => {
                let rows: Vec<bool> = (0..self.form.panels.len())
                    .map(|panel| !self.filter.is_on() || self.filtered(panel) > 0)
                    .collect();
                let any = rows.contains(&true);
                self.panels
                    .step(step, rows.len(), height, |panel| !any || rows[panel]);
            }
            Focus::Budget => self.step_role(step, height),
            Focus::Scoring => self.step_agent(step, height),
            Focus::Fields => {
                let height = self.fields_height();
                let rows = self.rows(self.panels.at);
                if let Some(cursor) = self.fields.get_mut(self.panels.at) {
                    cursor.step(step, rows.len(), height, |row| rows[row].is_some());
                }
            }
        }
        self.filter_again();
    }

    fn enter_panel(&mut self) {
        let rows = self.rows(self.panels.at);
        let Some(first) = rows.iter().position(Option::is_some) else {
            if self.filter.is_on() {
                self.message.notice = Some(self.why_empty().join("\n"));
                return;
            }
            return self.say_line("Nothing to set here as things are.");
        };
        self.focus = Focus::Fields;
        let height = self.fields_height();
        if let Some(cursor) = self.fields.get_mut(self.panels.at) {
            if rows.get(cursor.at).is_none_or(Option::is_none) {
                cursor.at = first;
                cursor.offset = 0;
            }
            cursor.show(rows.len(), height);
        }
    }

    /// The value in force of a field.
    #[must_use]
    pub fn in_force(&self, path: &FieldPath) -> Option<&Value> {
        self.config.as_ref()?.value(path.as_str())
    }

    /// What a field is called on the screen.
    pub(super) fn name(&self, path: &FieldPath) -> String {
        let input = self.input_at(path.as_str());
        input.map_or_else(|| path.to_string(), |(_, input)| input.prompt.clone())
    }

    /// A value as it is shown: in the unit of its input, secrets masked.
    #[must_use]
    pub fn shown(&self, path: &FieldPath, value: &Value) -> String {
        let unit = self
            .input_at(path.as_str())
            .and_then(|(_, input)| input.unit);
        let kind = self
            .schema
            .as_ref()
            .and_then(|s| Some(s.get(path.as_str())?.kind));
        match value {
            Value::Bool(on) => if *on { "[x]" } else { "[ ]" }.to_owned(),
            Value::List(items) if items.is_empty() => "[]".to_owned(),
            value if value.is_empty() => "\"\"".to_owned(),
            value => unit::show(unit, kind.unwrap_or(Kind::Text), value),
        }
    }

    /// Says why the focused field cannot be changed, when it cannot.
    pub(super) fn refuses_change(&mut self) -> bool {
        let Some(input) = self.input() else {
            return true;
        };
        let path = input.path.clone();
        if let Some(sentence) = self.not_a_setting(input) {
            self.message.notice = Some(format!("✗ {sentence}"));
            return true;
        }
        let Some(config) = &self.config else {
            self.needs_verdict();
            return true;
        };
        let Some(leaf) = config.leaf(path.as_str()) else {
            self.needs_verdict();
            return true;
        };
        if leaf.held {
            let profile = self.profile().unwrap_or_default().to_owned();
            self.say_line(format!(
                "{path} is held by {profile}: the profile forces this value."
            ));
            return true;
        }
        false
    }

    /// Does the form ask for something that the schema does not know? `false` while there is no schema.
    #[must_use]
    pub fn asks_for_nothing(&self, input: &Input) -> bool {
        let schema = self.schema.as_ref();
        schema.is_some_and(|schema| schema.get(input.path.as_str()).is_none())
    }

    /// Why an input of the form asks for nothing, when it does.
    #[must_use]
    pub fn not_a_setting(&self, input: &Input) -> Option<String> {
        let schema = self
            .schema
            .as_ref()
            .filter(|_| self.asks_for_nothing(input))?;
        let place = self.shown_place(&input.place);
        let (message, hint) = check::unknown_key(input.path.as_str(), schema);
        Some(format!("{message} {hint} The form asks for it at {place}."))
    }

    pub(super) fn begins_number(&self, c: char) -> bool {
        let field = |schema: &Schema| Some(schema.get(self.input()?.path.as_str())?.kind);
        self.windows.is_empty()
            && c.is_ascii_digit()
            && matches!(
                self.schema.as_ref().and_then(|schema| field(schema)),
                Some(Kind::Integer | Kind::Decimal)
            )
    }

    pub(super) fn act_in_edit(&mut self, action: Action, effects: &mut Vec<Effect>) {
        match action {
            Action::Keep => self.keep(effects),
            Action::KeepNext | Action::KeepPrevious => {
                self.keep(effects);
                let step = if action == Action::KeepNext {
                    Step::Down
                } else {
                    Step::Up
                };
                self.step_in_main(step);
            }
            Action::GiveUp => self.give_up(effects),
            action => {
                let typed = self.edit.as_mut().is_some_and(|edit| edit.act(action));
                if typed {
                    self.ask(effects);
                }
            }
        }
    }

    fn keep(&mut self, effects: &mut Vec<Effect>) {
        let Some(edit) = self.edit.take() else { return };
        if edit.is_changed() || (edit.is_typed && self.is_made_unless_said(&edit.path)) {
            if edit.is_clear_secret() {
                self.say_line(
                    "Kept in clear, so the file gets mode 0600; ${SECRET:name} would refer to it.",
                );
            }
            self.keep_answer(&edit.path, edit.value);
        }
        self.ask(effects);
    }

    pub(super) fn give_up(&mut self, effects: &mut Vec<Effect>) {
        let Some(edit) = self.edit.take() else { return };
        if edit.is_changed() {
            self.offer_typed_again(&edit.path, edit.value);
        }
        self.ask(effects);
    }

    pub(super) fn toggle(&mut self, effects: &mut Vec<Effect>) {
        if self.refuses_change() || self.open_source() {
            return;
        }
        match self.way() {
            Some(Way::Switch) => {
                let Some(path) = self.input().map(|input| input.path.clone()) else {
                    return;
                };
                let on = matches!(self.standing(&path), Some(Value::Bool(true)));
                self.answers.say(&path, Some(Value::Bool(!on)));
                self.ask(effects);
            }
            Some(Way::Choice | Way::Multiselect) => self.edit_field(None, effects),
            _ => {
                let edit = self.keymap.key(Action::Open);
                self.say_line(format!("This setting is no switch; {edit} edits it."));
            }
        }
    }

    fn reset(&mut self, effects: &mut Vec<Effect>) {
        let Some(path) = self.input().map(|input| input.path.clone()) else {
            return;
        };
        self.take_back(&path, effects);
    }

    pub(super) fn take_back(&mut self, path: &FieldPath, effects: &mut Vec<Effect>) {
        if !self.is_changed(path) && self.needs_no_secret(path) {
            return self.say_line(format!("{}: what lies under it holds.", self.name(path)));
        }
        if !self.is_changed(path) {
            return self.say_line(format!("{} is not changed by you.", self.name(path)));
        }
        self.answers.say(path, None);
        let undo = self.keymap.key(Action::Undo);
        let name = self.name(path);
        self.say_line(format!(
            "{name} is back to what lies under your answer; {undo} undoes."
        ));
        self.ask(effects);
    }

    fn reveal(&mut self, effects: &mut Vec<Effect>) {
        let Some(path) = self.input().map(|input| input.path.clone()) else {
            return;
        };
        if self.revealed.take().is_some_and(|shown| shown == path) {
            return;
        }
        if self.in_force(&path).is_some_and(Value::is_clear_secret) {
            self.revealed = Some(path);
            effects.push(Effect::HideSecretLater);
        } else {
            self.say_line("Nothing is hidden here.");
        }
    }

    /// A secret that is shown is hidden as soon as its row has no longer the cursor and the keys.
    pub(super) fn hide_left_secret(&mut self) {
        let on_row = self.windows.is_empty()
            && self.input().map(|input| &input.path) == self.revealed.as_ref();
        if !on_row {
            self.revealed = None;
        }
    }

    pub(super) fn open_profiles(&mut self) {
        let items = self
            .profiles
            .iter()
            .map(|profile| (profile.name.clone(), profile.summary.clone()))
            .collect();
        let choice = Choice::new(
            choice::For::Profile,
            "Profile: answers are kept",
            items,
            self.profile(),
        );
        self.windows.push(Window::Choice(choice));
    }
}
