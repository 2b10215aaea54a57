//! What the keys do in the differences: fold, jump, take the left value, compare with something else.
//! Leaves to others: the rows (`diff_screen`), the left column (`comparing`).

use super::action::Action;
use super::app::App;
use super::comparing::Compared;
use super::diff_screen::{DiffScreen, Left, Line, Lines, Spot, diff_height};
use super::filter::Show;
use super::layout::list_height;
use super::main_screen::step_of;
use super::msg::Effect;
use super::window::Window;
use crate::form::deciding;
use crate::problem::counted;
use crate::profile;
use crate::schema::FieldPath;
use crate::value::Value;

impl App {
    pub(super) fn open_diff(&mut self, effects: &mut Vec<Effect>) {
        if self.baseline().is_none() || self.config.is_none() {
            if self.not_judged().is_some() {
                return self.say_not_judged();
            }
            return self.say_line("Nothing to compare yet: choose a profile first.");
        }
        let mut screen = self.last_diff.take().unwrap_or_default();
        screen.let_go();
        match &screen.left {
            Left::Profile(name) if self.profile() == Some(name) => screen.left = Left::Chosen,
            Left::Profile(name) => {
                let name = name.clone();
                self.ask_baseline(&name, effects);
            }
            // It may have been written meanwhile; what was read before shows until it is read again.
            Left::File => {
                effects.extend(self.compared.as_ref().map(Compared::again));
            }
            Left::Chosen => {}
        }
        self.windows.push(Window::Diff(screen));
    }

    pub(super) fn act_in_diff(
        &mut self,
        mut screen: DiffScreen,
        action: Action,
        effects: &mut Vec<Effect>,
    ) {
        let lines = Lines::of(self, &screen);
        let height = diff_height(list_height(self.size));
        let spot = screen.line(&lines).map(Line::spot);
        if let Some(step) = step_of(action) {
            screen.step(&lines, step, height);
        }
        let stays = match (action, &spot) {
            (Action::CloseDiff, _) | (Action::Left, None) => false,
            (Action::Open, Some(Spot::Setting(path))) => !self.jump_to(path),
            (Action::TakeLeft, Some(Spot::Setting(path))) => {
                screen.keep(path);
                self.take_left(&screen.left, path, effects);
                true
            }
            (Action::TakeLeft, Some(Spot::Section(_))) => {
                self.say_line("One setting at a time: choose a row of this section.");
                true
            }
            (Action::ShowAll, _) => {
                screen.turn_all();
                true
            }
            (Action::DiffRows, _) => {
                screen.show_only(screen.next_rows());
                self.say_diff_rows(&screen);
                true
            }
            (_, Some(spot)) => folds(&mut screen, action, spot),
            (_, None) => true,
        };
        self.last_diff = Some(screen.clone());
        if !stays {
            return;
        }
        self.windows.push(Window::Diff(screen.clone()));
        if action == Action::Compare {
            self.open_baselines(&screen.left);
            self.ask_versions(effects);
        }
    }

    /// What `f` made of the rows, in the words that it uses over the panels.
    fn say_diff_rows(&mut self, screen: &DiffScreen) {
        let lines = Lines::of(self, screen);
        let rows = lines.lines.iter().filter(|line| line.path().is_some());
        let settings = counted(rows.count(), "setting");
        let next = self.keymap.key(Action::DiffRows);
        let then = screen.next_rows().word();
        let shown = match screen.show {
            Show::All | Show::ToAnswer => format!("All: {settings}"),
            Show::Changed => format!("Only changed: {settings}"),
            Show::Wrong => format!("Wrong or warned about: {settings}"),
        };
        self.say_line(format!("{shown}; {next} goes on to {then}."));
    }

    /// Leaves the differences for the field; `false`, and why, when it shows nowhere.
    fn jump_to(&mut self, path: &FieldPath) -> bool {
        let goes = self.go_to(path);
        if !goes {
            self.message.notice = Some(self.why_not_shown(path));
        }
        goes
    }

    /// Why a setting shows on no panel.
    pub(super) fn why_not_shown(&self, path: &FieldPath) -> String {
        if self.input_at(path.as_str()).is_none() {
            return format!("{path} is on no panel.");
        }
        match deciding::named(&self.form, path.as_str()) {
            Some(names) => format!("{path} is hidden as things are; {names} decides."),
            None => format!("{path} is hidden as things are."),
        }
    }

    /// What would be in force without the answer.
    fn under(&self, path: &FieldPath) -> Option<&Value> {
        let base = self.answers.said().base.as_ref();
        let shared = self
            .base_profile()
            .and_then(|profile| profile.value(path.as_str()));
        let of_base = base
            .and_then(|base| base.values.get(path))
            .filter(|value| shared != Some(*value));
        let profile = || self.baseline()?.value(path.as_str());
        self.environment.get(path).or(of_base).or_else(profile)
    }

    /// One step of undo that makes a setting what the left column has.
    fn take_left(&mut self, left: &Left, path: &FieldPath, effects: &mut Vec<Effect>) {
        let Some(value) = self
            .left(left)
            .map(|left| left.value(path.as_str()).cloned())
        else {
            return self.say_line("Not judged yet.");
        };
        let (name, title) = (self.name(path), self.left_title(left).to_owned());
        let undo = self.keymap.key(Action::Undo);
        let same = value.as_ref() == self.in_force(path);
        if path.as_str() == profile::MODE {
            return self.take_profile(value.as_ref(), effects);
        }
        let leaf = self.config.as_ref().and_then(|c| c.leaf(path.as_str()));
        if leaf.is_some_and(|leaf| leaf.held) && !same {
            let profile = self.profile().unwrap_or_default();
            return self.say_line(format!(
                "{name} is held by {profile}: the profile forces this value."
            ));
        }
        if self.composition.hidden().contains(path) && !same {
            let why = self.why_not_shown(path);
            self.message.notice = Some(format!("An answer would not count: {why}"));
            return;
        }
        let answered = self.is_changed(path);
        if answered && (value.is_none() || self.under(path) == value.as_ref()) {
            self.answers.say(path, None);
            self.say_line(match &value {
                Some(_) => format!("{name} is what {title} has again; {undo} undoes."),
                None => format!("{title} has no value: your answer is taken back; {undo} undoes."),
            });
            return self.ask(effects);
        }
        if same {
            return self.say_line(format!("{name} is the same on both sides."));
        }
        let Some(value) = value else {
            let origin = leaf.map(|leaf| leaf.origin.to_string()).unwrap_or_default();
            return self.say_line(format!(
                "{title} has no value, and this one is from {origin}, not you."
            ));
        };
        let what = if value.is_clear_secret() {
            format!("the secret of {title} now, not shown")
        } else {
            format!("{} now, as in {title}", self.shown(path, &value))
        };
        self.answers.say(path, Some(value));
        self.say_line(format!("{name} is {what}; {undo} undoes."));
        self.ask(effects);
    }

    /// The mode is the profile's: taking it is choosing that profile.
    fn take_profile(&mut self, mode: Option<&Value>, effects: &mut Vec<Effect>) {
        let known = |name: &&String| self.profiles.iter().any(|known| known.name == **name);
        let name = match mode {
            Some(Value::Text(name)) => Some(name).filter(known),
            _ => None,
        };
        match name {
            Some(name) if self.profile() == Some(name) => {
                self.say_line(format!("The profile is {name} already."));
            }
            Some(name) => {
                self.answers.choose_profile(name);
                let undo = self.keymap.key(Action::Undo);
                self.say_line(format!(
                    "The profile is {name} now, your answers are kept; {undo} undoes."
                ));
                self.ask(effects);
            }
            None => self.say_line("The left column names no profile that is here."),
        }
    }
}

/// Folds, unfolds, goes out to the heading; `false` when there is no further out but to close the window.
fn folds(screen: &mut DiffScreen, action: Action, spot: &Spot) -> bool {
    match (action, spot) {
        (Action::Open | Action::Fold, Spot::Section(section)) => screen.turn(section),
        (Action::Fold, Spot::Setting(path)) if !path.section().is_empty() => {
            screen.turn(path.section());
        }
        (Action::Right, Spot::Section(section)) if !screen.unfolds(section) => {
            screen.turn(section);
        }
        (Action::Left, Spot::Section(section)) if screen.unfolds(section) => screen.turn(section),
        (Action::Left, Spot::Setting(path)) if !path.section().is_empty() => {
            screen.go_to(Spot::Section(path.section().to_owned()));
        }
        (Action::Left, _) => return false,
        _ => {}
    }
    true
}
