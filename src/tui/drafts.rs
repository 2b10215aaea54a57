//! What is kept of unsaved answers while they are typed, and the drafts that were found: offered, taken up, discarded.
//! Leaves to others: writing them (`draft::Keeper`), the window of one draft (`draft_screen`), conflicts (`merge_screen`).

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use super::action::Action;
use super::app::App;
use super::draft_screen::DraftScreen;
use super::merge_screen::{self, MergeScreen};
use super::msg::Effect;
use super::window::Window;
use crate::answers::{Answers, Base, Said};
use crate::draft::{self, Draft, Kept, News, State};
use crate::files::Opened;
use crate::merge::Values;
use crate::problem::{Problem, counted};
use crate::resume::{self, Resumed, Under};
use crate::schema::{FieldPath, Schema};
use crate::store::Found;

/// The drafts that were found at the start.
#[derive(Debug, Default)]
pub struct Offers {
    /// Of this workspace, the latest first.
    pub drafts: Vec<Draft>,
    /// How many others there are, of other workspaces.
    pub elsewhere: usize,
    /// How many cannot be read.
    pub unreadable: usize,
    /// They are offered when the file named at the start is open.
    pub wait_for_file: bool,
}

impl Offers {
    /// Looks into the folder. Drafts of this very process are none to be offered.
    #[must_use]
    pub fn read(folder: &Path, workspace: &Path) -> Self {
        let (mut drafts, problems) = draft::all(folder);
        drafts.retain(|draft| !draft.header.holder.is_this_process());
        let all = drafts.len();
        drafts.retain(|draft| draft.header.workspace == workspace);
        Self {
            elsewhere: all - drafts.len(),
            drafts,
            unreadable: problems.len(),
            wait_for_file: false,
        }
    }
}

/// What the screens know of drafts.
#[derive(Debug, Default)]
pub struct Drafts {
    /// Is there a place where answers are kept while they are typed?
    pub kept: bool,
    pub offers: Offers,
    /// Why they are not kept just now.
    pub trouble: Option<Problem>,
    /// Another wizard has this one's draft.
    pub taken: bool,
    /// Fields whose secret was in no draft: each as the problem that stands there until it is answered.
    pub again: Vec<Problem>,
    /// Checksums of the files that were opened.
    hashes: Vec<(Arc<Base>, String)>,
    /// A draft is being taken.
    taking: bool,
    /// A draft to be taken as soon as forms and schema are here.
    wished: Option<Draft>,
    /// The text that was being typed, to go on with as soon as the first verdict is here.
    half_typed: Option<(FieldPath, String)>,
}

impl Drafts {
    /// Are unsaved answers safe on disk?
    #[must_use]
    pub fn safe(&self) -> bool {
        self.kept && self.trouble.is_none() && !self.taken
    }

    pub(super) fn opened(&mut self, base: &Arc<Base>, found: &Found) {
        let hash = draft::hex(&found.fingerprint.sha256);
        self.hashes.push((Arc::clone(base), hash));
    }

    fn hash(&self, base: &Arc<Base>) -> Option<String> {
        let mut known = self.hashes.iter().rev();
        let found = known.find(|(opened, _)| Arc::ptr_eq(opened, base));
        found.map(|(_, hash)| hash.clone())
    }
}

impl App {
    /// What would be lost if the program ended now; `None` for nothing.
    #[must_use]
    pub fn draft_state(&self) -> Option<State> {
        if !self.started || !self.drafts.kept {
            return None;
        }
        let nowhere = Schema::default();
        let schema = self.schema.as_deref().unwrap_or(&nowhere);
        let half_typed = self.drafts.half_typed.as_ref();
        let half_typed = half_typed.map(|(path, text)| (path, text.clone()));
        let open = self
            .typed_text()
            .or(half_typed)
            .map(|(path, text)| draft::Open {
                path: path.clone(),
                text: draft::typed(&text, schema.get(path.as_str())),
            });
        let ticked = self.ticked();
        let again: Vec<&FieldPath> = self.again().filter_map(|p| p.path.as_ref()).collect();
        if !self.unsaved() && open.is_none() && ticked.is_none() && again.is_empty() {
            return None;
        }
        let said = self.answers.said();
        let mut answers: BTreeMap<FieldPath, Kept> = again
            .into_iter()
            .map(|path| (path.clone(), Kept::Secret))
            .collect();
        let spoken = said.answers.iter().chain(ticked);
        answers.extend(spoken.map(|(path, value)| {
            let kept = Kept::of(value, schema.get(path.as_str()));
            (path.clone(), kept)
        }));
        let loaded = self.output_then();
        Some(State {
            schema: schema.version.clone(),
            profile: said.profile.clone(),
            base: said
                .base
                .as_ref()
                .map(|base| Arc::new(draft::Base::of(base, self.drafts.hash(base), schema))),
            answers,
            open,
            output: self.facts.output.clone(),
            output_sha256: loaded,
        })
    }

    /// The text being typed into a setting, when it is another than stood there.
    fn typed_text(&self) -> Option<(&FieldPath, String)> {
        if let Some(edit) = self.edit.as_ref().filter(|edit| edit.is_changed()) {
            return Some((&edit.path, edit.text().to_owned()));
        }
        self.windows.iter().find_map(|window| match window {
            Window::Editor(editor) if editor.is_changed() => {
                Some((&editor.path, editor.lines().join("\n")))
            }
            _ => None,
        })
    }

    /// What is ticked in an open list, as the answer that it would be.
    fn ticked(&self) -> Option<(&FieldPath, &crate::value::Value)> {
        self.windows.iter().find_map(|window| match window {
            Window::Multiselect(list) if list.is_changed() => Some((&list.path, &list.value)),
            _ => None,
        })
    }

    /// The secrets that are still to be entered again.
    pub fn again(&self) -> impl Iterator<Item = &Problem> {
        self.drafts.again.iter().filter(|problem| {
            let path = problem.path.as_ref();
            path.is_some_and(|path| !self.is_changed(path))
        })
    }

    /// The operator does without a secret that was to be entered again; `false` when none was.
    pub(super) fn needs_no_secret(&mut self, path: &FieldPath) -> bool {
        let before = self.drafts.again.len();
        self.drafts
            .again
            .retain(|problem| problem.path.as_ref() != Some(path));
        self.drafts.again.len() != before
    }

    /// The drafts of this workspace are known now.
    pub(super) fn drafts_found(&mut self, offers: Offers) {
        self.drafts.offers = offers;
        let count = self.drafts.offers.drafts.len();
        if count == 0 {
            return;
        }
        let busy = !self.windows.is_empty() || self.edit.is_some() || self.unsaved();
        self.drafts.offers.wait_for_file = !self.started && self.open.is_some();
        if self.drafts.offers.wait_for_file {
            return;
        }
        if !self.started {
            let last = self.keymap.key(Action::Last);
            let count = counted(count, "draft");
            // A notice of somebody else at work stays.
            self.message.line = Some(format!("{count} to continue with: {last} goes there."));
            return;
        }
        let found = self.drafts.offers.drafts.iter();
        let Some(draft) = found
            .into_iter()
            .find(|draft| self.is_of_this(draft))
            .cloned()
        else {
            return;
        };
        if busy {
            return self.say_line("A draft of this is kept: the start screen offers it next time.");
        }
        let screen = DraftScreen::unasked(draft);
        self.windows.push(Window::Draft(Box::new(screen)));
    }

    /// Is it a draft of what the command line named?
    fn is_of_this(&self, draft: &Draft) -> bool {
        let state = &draft.state;
        let base = self.answers.said().base.as_ref().map(|base| &base.file);
        match (self.open.as_ref().or(base), &state.base) {
            (Some(file), Some(base)) => base.file == *file,
            (Some(file), None) => state.output == *file,
            (None, Some(_)) => false,
            (None, None) => {
                state.profile.as_deref() == self.profile() && state.output == self.facts.output
            }
        }
    }

    /// What became of the draft of this session.
    pub(super) fn draft_news(&mut self, news: News) {
        match news {
            News::Refused(problem) => {
                self.say_line("The draft is tried again with each change.");
                self.message.notice = Some(format!(
                    "! No draft: if this ends, what you typed is lost. {}",
                    problem.sentence()
                ));
                self.drafts.trouble = Some(problem);
            }
            News::Kept => {
                self.drafts.trouble = None;
                self.say_line("What you type is kept in a draft again.");
            }
            News::Taken => {
                self.drafts.taken = true;
                self.message.notice = Some(
                    "! Another wizard took this draft over: what you type here is not kept any more. Leave this one, or write."
                        .to_owned(),
                );
            }
        }
    }

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
            let holder = draft.header.holder.sentence();
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
        let resumed = match taken {
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

    /// The field that was open is open again, with the text as it was typed.
    fn type_again(&mut self, path: &FieldPath, text: &str, effects: &mut Vec<Effect>) {
        let message = self.message.clone();
        // A key that was faster has the field or a window: the text is kept as the answer.
        let free = self.edit.is_none() && self.windows.is_empty();
        let opened = free && self.go_to(path) && {
            self.edit_field(Some(text), effects);
            self.typed().is_some_and(|(typed, _)| typed == path)
        };
        if !opened {
            let kind = self
                .schema
                .as_ref()
                .and_then(|schema| Some(schema.get(path.as_str())?.kind));
            if let Some(kind) = kind {
                self.answers.say(path, Some(kind.read(text)));
                self.ask(effects);
            }
        }
        self.message = message;
    }

    /// A draft was removed, or could not be.
    pub(super) fn draft_dropped(&mut self, dropped: Result<PathBuf, Problem>) {
        match dropped {
            Ok(file) => {
                self.drafts.offers.drafts.retain(|draft| draft.file != file);
                let rows = self.start_rows().len();
                self.start.show(rows, rows);
                self.say_line("The draft is discarded.");
            }
            Err(problem) => self.message.notice = Some(format!("✗ {}", problem.sentence())),
        }
    }

    /// What is left of a draft when its conflicts are decided.
    pub(super) fn merged(&mut self, screen: MergeScreen, effects: &mut Vec<Effect>) {
        match screen.purpose {
            merge_screen::For::Draft(resumed) => {
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
