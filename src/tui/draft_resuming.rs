//! A draft taken up again: its answers over its file as that is now, and the field open that was being typed.
//! Leaves to others: taking it and reading the file (`resume`), choosing what holds (`merge_screen`).

use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::merge_screen::{self, MergeScreen};
use super::msg::Effect;
use super::window::Window;
use crate::answers::{Answers, Base, Said};
use crate::draft::{Draft, State};
use crate::files::Opened;
use crate::form::unit;
use crate::merge::Values;
use crate::problem::{Problem, counted};
use crate::resume::{self, Resumed, Under};
use crate::schema::FieldPath;
use crate::value::Value;

impl App {
    /// Takes a draft up, when that can be done here.
    pub(super) fn take_draft(&mut self, draft: &Draft, effects: &mut Vec<Effect>) {
        if self.schema.is_none() || self.forms.follow() {
            self.drafts.wished = Some(draft.clone());
            return self.say_line("The schema is being read; then the draft goes on.");
        }
        let profile = draft.state.profile.as_ref();
        if let Some(name) = profile.filter(|name| !self.profiles.iter().any(|p| p.name == **name)) {
            let name = crate::clean::line(name);
            self.say_line(format!(
                "Its profile {name} is not here: put it back, then start again."
            ));
            return;
        }
        if std::mem::replace(&mut self.drafts.taking, true) {
            return;
        }
        if draft.runs {
            let holder = draft.header.holder.name();
            self.say_line(format!(
                "{holder} is asked to let go; that takes two seconds at most."
            ));
        }
        effects.push(Effect::TakeDraft(draft.file.clone()));
    }

    /// Forms, schema and verdict may be here now.
    pub(super) fn go_on_with_drafts(&mut self, effects: &mut Vec<Effect>) {
        if self.drafts.offers.wait_for_file && self.open.is_none() {
            let offers = std::mem::take(&mut self.drafts.offers);
            self.drafts_found(offers);
        }
        if self.started
            && self.config.is_some()
            && let Some((path, text)) = self.drafts.half_typed.take()
        {
            self.type_again(&path, &text, effects);
        }
        if self.schema.is_none() || self.forms.follow() {
            return;
        }
        let front = matches!(self.windows.last(), Some(Window::Draft(_)));
        // Whoever closed its window meanwhile wants it no more.
        if let Some(draft) = self.drafts.wished.take().filter(|_| front) {
            self.take_draft(&draft, effects);
        }
    }

    /// A draft was taken: it goes on, or there is something to choose first.
    pub(super) fn draft_taken(
        &mut self,
        taken: Result<Box<Resumed>, Problem>,
        effects: &mut Vec<Effect>,
    ) {
        self.drafts.taking = false;
        let mut resumed = match taken {
            Ok(resumed) => resumed,
            Err(problem) => {
                self.message.notice = Some(format!("✗ {}", problem.sentence()));
                return;
            }
        };
        // Its name is another now; should this stop here, it is offered by that.
        let id = resumed.draft.header.clone();
        let offers = &mut self.drafts.offers.drafts;
        if let Some(offer) = offers.iter_mut().find(|offer| offer.header == id) {
            *offer = resumed.draft.clone();
        }
        self.windows.clear();
        self.count_what_was_typed(&mut resumed);
        if let Under::Changed(opened, merge) = &resumed.under
            && merge.rows.iter().any(|row| {
                row.fate != crate::merge::Fate::Same && row.fate != crate::merge::Fate::Ours
            })
        {
            let now = match opened.base.preset {
                Some(_) => "preset now",
                None => "the file now",
            };
            let screen = MergeScreen::new(
                format!("{} changed since the draft was kept", opened.base.name()),
                ["then".into(), now.into(), "your draft".into()],
                merge.clone(),
                merge_screen::For::Draft(resumed),
            );
            return self.windows.push(Window::Merge(Box::new(screen)));
        }
        let answers = resumed.fitted.answers.clone();
        self.go_on_with(*resumed, answers, effects);
    }

    /// Goes on where the draft ended, with these of its answers.
    pub(super) fn go_on_with(
        &mut self,
        resumed: Resumed,
        answers: Values,
        effects: &mut Vec<Effect>,
    ) {
        let Resumed {
            draft,
            fitted,
            unheard,
            under,
            output,
        } = resumed;
        let state = &draft.state;
        let mut problems = [draft.problems.clone(), fitted.problems].concat();
        let (workload, unknown) = self.workload_of_draft(state);
        problems.extend(unknown);
        // What it stands on now is what was read of the output, where that is the same file.
        let mut read = None;
        let base = match under {
            Under::Nothing => None,
            Under::Same(opened) | Under::Changed(opened, _) => {
                read = (opened.base.file == state.output).then(|| opened.found.clone());
                Some(self.base_of_draft(*opened, state))
            }
            Under::Gone(problem) => {
                problems.push(problem);
                let then = state.base.as_deref();
                let base = Arc::new(Base {
                    file: then.map(|base| base.file.clone()).unwrap_or_default(),
                    profile: then.and_then(|base| base.profile.clone()),
                    values: fitted.base,
                    preset: then.and_then(|base| base.preset.clone()),
                });
                let hash = then.and_then(|base| base.sha256.clone());
                self.drafts
                    .hashes
                    .extend(hash.map(|hash| (Arc::clone(&base), hash)));
                self.stands_on_preset(&base, None);
                Some(base)
            }
        };
        if !self.facts.output_named {
            self.facts.output.clone_from(&state.output);
        }
        if self.facts.output == state.output {
            self.facts.output_exists = output.is_some();
            self.knew_output(read, output, state.output_sha256.as_deref());
        }
        let said = Said {
            profile: state.profile.clone(),
            base,
            answers: Values::new(),
        };
        self.begin_with(said.clone(), effects);
        self.answers = Answers::start(Said { answers, ..said });
        self.use_workload(workload.as_deref());
        let reset = self.keymap.key(Action::Reset);
        let again = fitted.secrets.iter().map(|path| enter_again(path, &reset));
        self.drafts.again = again.collect();
        self.drafts
            .offers
            .drafts
            .retain(|offer| offer.file != draft.file);
        effects.push(Effect::AdoptDraft(draft.file.clone()));
        // A wizard that was asked to let go has ended by now.
        self.claims.look_again();
        self.ask(effects);
        let count = counted(draft.answers(), "answer");
        let when = draft.last_key();
        self.say_line(if unheard {
            format!(
                "Taken over: {count}. The other wizard did not react; it keeps nothing any more."
            )
        } else {
            format!("The draft of {when} goes on: {count}.")
        });
        let open = fitted.open.and_then(|open| Some((open.path, open.text?)));
        self.drafts.half_typed = open;
        if let Some(problem) = problems.first() {
            let more = match problems.len() {
                1 => String::new(),
                n => format!(" And {} more.", n - 1),
            };
            self.message.notice = Some(format!("! {}{more}", problem.sentence()));
        }
    }

    /// The workload that it names; the warning when that is not there, so that it is not used.
    fn workload_of_draft(&self, state: &State) -> (Option<String>, Option<Problem>) {
        let Some(name) = &state.workload else {
            return (None, None);
        };
        let profile = state.profile.as_deref().unwrap_or_default();
        match self.budget.inputs.in_use(Some(name), profile) {
            (_, Some(unknown)) => (None, Some(unknown)),
            (name, None) => (Some(name), None),
        }
    }

    fn base_of_draft(&mut self, opened: Opened, state: &State) -> Arc<Base> {
        let known = |mode: &String| self.profiles.iter().any(|p| p.name == *mode);
        let profile = opened.mode.filter(known);
        let profile = profile.or_else(|| state.base.as_ref()?.profile.clone());
        let base = Arc::new(Base {
            profile,
            ..opened.base
        });
        self.drafts.opened(&base, &opened.found);
        self.opened.push((Arc::clone(&base), opened.problems));
        self.stands_on_preset(&base, Some(&opened.found));
        base
    }

    /// The text of a draft's open field as the answer that it would be; `None` for what is no setting.
    fn as_typed(&self, path: &FieldPath, text: &str) -> Option<Value> {
        let kind = self.schema.as_ref()?.get(path.as_str())?.kind;
        let unit = self
            .input_at(path.as_str())
            .and_then(|(_, input)| input.unit);
        Some(unit::read(unit, kind, text))
    }

    /// A draft's choice between three values takes what was being typed for what it says.
    pub(super) fn count_what_was_typed(&self, resumed: &mut Resumed) {
        let open = resumed.fitted.open.as_ref();
        let typed = open.and_then(|open| {
            let value = self.as_typed(&open.path, open.text.as_deref()?)?;
            Some((open.path.clone(), value))
        });
        if let Some((path, value)) = typed {
            resumed.count_typed(path, value);
        }
    }

    /// The field that was open is open again, with the text as it was typed.
    fn type_again(&mut self, path: &FieldPath, text: &str, effects: &mut Vec<Effect>) {
        let message = self.message.clone();
        // A key that was faster has the field or a window: the text is kept as the answer.
        let free = self.edit.is_none() && self.windows.is_empty();
        let opened = free && self.go_to(path) && {
            self.edit_field(Some(text), effects);
            self.typed().is_some_and(|(typed, _)| typed == path)
        };
        if !opened && let Some(value) = self.as_typed(path, text) {
            self.answers.say(path, Some(value));
            self.ask(effects);
        }
        self.message = message;
    }

    /// What is left of a draft when its conflicts are decided.
    pub(super) fn merged(&mut self, screen: MergeScreen, effects: &mut Vec<Effect>) {
        match screen.purpose {
            merge_screen::For::Draft(mut resumed) => {
                resumed.drop_typed_unless_ours(&screen.merge);
                let answers = resume::answers(&resumed.fitted.answers, &screen.merge);
                self.go_on_with(*resumed, answers, effects);
            }
            merge_screen::For::File(changed) => {
                self.brought_together(*changed, &screen.merge, effects);
            }
        }
    }
}

fn enter_again(path: &FieldPath, reset: &str) -> Problem {
    Problem::open("A secret was entered here, and drafts hold no secrets.")
        .hint(format!(
            "Enter it again, or {reset} leaves what lies under it."
        ))
        .at(path.clone())
}
