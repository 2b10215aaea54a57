//! The forms, when they come after the first frame: they take their place, and what waited for them is asked.

use std::sync::Arc;

use super::app::App;
use super::focused::places;
use super::list::Cursor;
use super::msg::Effect;
use super::search::Index;
use crate::check;
use crate::form::{self, Form};
use crate::problem::Problem;

/// Are the forms here?
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Forms {
    Read,
    /// They are still being read.
    Follow,
}

impl Forms {
    pub(super) fn of(follows: bool) -> Self {
        if follows { Self::Follow } else { Self::Read }
    }

    #[must_use]
    pub fn follow(self) -> bool {
        self == Self::Follow
    }
}

impl App {
    pub(super) fn form_arrived(
        &mut self,
        form: Form,
        problems: Vec<Problem>,
        effects: &mut Vec<Effect>,
    ) {
        self.set_form(form);
        self.problems.extend(problems);
        self.forms = Forms::Read;
        self.cross_check();
        if self.started && self.schema.is_some() {
            // Which fields are hidden is known only now.
            self.ask(effects);
        }
    }

    fn set_form(&mut self, form: Form) {
        self.places = places(&form);
        self.fields = form.panels.iter().map(|_| Cursor::default()).collect();
        self.form = form;
    }

    /// Form against schema, once both are here.
    pub(super) fn cross_check(&mut self) {
        if self.forms.follow() {
            return;
        }
        if let Some(schema) = &self.schema {
            let crossed = check::form_against_schema(&self.form, schema);
            self.problems.extend(form::warned(crossed));
            self.form.take_docs(schema);
            self.search_index = Arc::new(Index::of(&self.form, Some(schema)));
        }
    }
}
