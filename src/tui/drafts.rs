//! What is kept of unsaved answers while they are typed, and whether it is safe.
//! Leaves to others: writing it (`draft::Keeper`), the drafts found at the start (`draft_offers`), going on with one
//! (`draft_resuming`).

use std::collections::BTreeMap;
use std::sync::Arc;

use super::app::App;
use super::draft_offers::Offers;
use super::window::Window;
use crate::answers::Base;
use crate::draft::{self, Draft, Kept, News, State};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::store::Found;

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
    pub(super) hashes: Vec<(Arc<Base>, String)>,
    /// A draft is being taken.
    pub(super) taking: bool,
    /// A draft to be taken as soon as forms and schema are here.
    pub(super) wished: Option<Draft>,
    /// The text that was being typed, to go on with as soon as the first verdict is here.
    pub(super) half_typed: Option<(FieldPath, String)>,
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
        let said = self.without_given(self.answers.said());
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
            workload: self.chosen_workload().map(str::to_owned),
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
}
