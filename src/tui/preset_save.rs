//! The window in which a preset is saved, copied, taken in from a file, or given another name and sentence.
//! Leaves to others: what such a preset holds and how it is written (`preset`), the list behind it (`preset_list`).

use std::collections::BTreeMap;

use super::app::App;
use super::typed::Typed;
use crate::answers::Said;
use crate::config::Config;
use crate::preset::{self, Holds, Loaded, Lost, Name, Whose};
use crate::problem::{Problem, counted};
use crate::schema::FieldPath;
use crate::store::Found;
use crate::value::Value;

/// What is saved.
#[derive(Clone, Debug)]
pub enum Of {
    /// What is set now.
    Present,
    Copy(Box<Loaded>),
    /// A preset of another folder.
    Imported(Box<Loaded>),
    /// It stays, and is called otherwise.
    Change(Box<Loaded>),
}

/// What has the keys.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Row {
    Of,
    Name,
    Description,
    Where,
    Secrets,
    Save,
    Cancel,
}

/// The state of the window.
#[derive(Clone, Debug)]
pub struct SaveScreen {
    pub of: Of,
    /// What else could be saved: the preset that the list points at.
    other: Option<Box<Loaded>>,
    pub name: Typed,
    pub description: Typed,
    /// Name and sentence as they were proposed: another proposal takes their place while nobody changed them.
    pub(super) proposed: (String, String),
    /// Name and sentence of the one that the session stands for.
    stands: (String, String),
    pub whose: Whose,
    pub with_secrets: bool,
    pub row: Row,
    /// What was said when it was asked to be saved, and whether the preset says all of it.
    pub(super) saving: Option<(Said, bool)>,
    /// The file that stands in the way, as it was when it was asked about.
    pub(super) over: Option<Box<Found>>,
}

impl SaveScreen {
    pub(super) fn new(of: Of, name: &str, description: &str, whose: Whose) -> Self {
        Self {
            of,
            other: None,
            name: Typed::new(name),
            description: Typed::new(description),
            proposed: (name.to_owned(), description.to_owned()),
            stands: (name.to_owned(), description.to_owned()),
            whose,
            with_secrets: false,
            row: Row::Name,
            saving: None,
            over: None,
        }
    }

    /// To give this one another name or sentence.
    #[must_use]
    pub(super) fn change(loaded: Loaded) -> Self {
        let (name, what) = (loaded.preset.name.clone(), &loaded.preset.description);
        let (what, whose) = (what.to_string(), loaded.whose.unwrap_or(Whose::Mine));
        Self::new(Of::Change(Box::new(loaded)), name.as_str(), &what, whose)
    }

    #[must_use]
    pub fn title(&self) -> &'static str {
        match self.of {
            Of::Present => "Save as a preset",
            Of::Copy(_) => "Save a copy of a preset",
            Of::Imported(_) => "Save an imported preset",
            Of::Change(_) => "Name and sentence of a preset",
        }
    }

    #[must_use]
    pub fn button(&self) -> &'static str {
        match self.of {
            Of::Change(_) => "Change it",
            _ => "Save preset",
        }
    }

    /// The preset that could be copied instead, or is.
    #[must_use]
    pub fn copy_of(&self) -> Option<&Loaded> {
        match &self.of {
            Of::Copy(loaded) => Some(loaded),
            _ => self.other.as_deref(),
        }
    }

    /// Is there a choice of what is saved?
    #[must_use]
    pub fn has_other(&self) -> bool {
        self.other.is_some()
    }

    #[must_use]
    pub fn is_change(&self) -> bool {
        matches!(self.of, Of::Change(_))
    }

    #[must_use]
    pub fn is_saving(&self) -> bool {
        self.saving.is_some()
    }

    /// Has a line the keys?
    #[must_use]
    pub fn is_typing(&self) -> bool {
        !self.is_saving() && matches!(self.row, Row::Name | Row::Description)
    }

    pub fn insert(&mut self, text: &str) {
        if let Some(line) = self.line() {
            line.insert(text);
        }
    }

    pub(super) fn line(&mut self) -> Option<&mut Typed> {
        match self.row {
            Row::Name => Some(&mut self.name),
            Row::Description => Some(&mut self.description),
            _ => None,
        }
    }

    fn propose(&mut self, name: String, description: String) {
        for (line, (before, now)) in [
            (&mut self.name, (&mut self.proposed.0, name)),
            (&mut self.description, (&mut self.proposed.1, description)),
        ] {
            if line.text() == before {
                *line = Typed::new(&now);
            }
            *before = now;
        }
    }

    /// While nobody touched the sentence it is that of the preset which has the name, else of the one that the session
    /// stands for.
    pub(super) fn propose_sentence(&mut self, there: Option<&str>) {
        if let Of::Present = self.of {
            let sentence = there.unwrap_or(&self.stands.1).to_owned();
            if self.description.text() == self.proposed.1 && self.proposed.1 != sentence {
                self.description = Typed::new(&sentence);
                self.proposed.1 = sentence;
            }
        }
    }

    /// The other thing is saved.
    pub(super) fn turn_of(&mut self) {
        let Some(other) = self.other.take() else {
            return;
        };
        if let Of::Copy(_) = self.of {
            self.of = Of::Present;
            let (name, description) = self.stands.clone();
            self.propose(name, description);
        } else {
            self.propose(copy_name(&other), other.preset.description.to_string());
            self.of = Of::Copy(other.clone());
        }
        self.other = Some(other);
    }
}

/// A name for a copy; the operator is asked when there is one of that too.
fn copy_name(of: &Loaded) -> String {
    let name = format!("{}-copy", of.preset.name);
    Name::new(&name).map_or_else(|_| of.preset.name.to_string(), |name| name.to_string())
}

impl App {
    /// The window that saves: what is set now, or a copy of the preset that the list points at.
    pub(super) fn preset_to_save(&self, chosen: Option<Loaded>) -> Option<SaveScreen> {
        let mine = self
            .presets
            .listed
            .as_ref()
            .is_none_or(|listed| listed.places.folder(Whose::Mine).is_ok());
        let home = if mine { Whose::Mine } else { Whose::Shared };
        let copy = |loaded: Loaded| {
            let whose = loaded.whose.unwrap_or(home);
            let description = loaded.preset.description.to_string();
            let name = copy_name(&loaded);
            SaveScreen::new(Of::Copy(Box::new(loaded)), &name, &description, whose)
        };
        if !self.started {
            return chosen.map(copy);
        }
        self.holds(home, false)?;
        let stands = self.stands_for();
        let (name, description, whose) = match stands {
            Some(stands) => (
                stands.named.name.to_string(),
                stands.description.to_string(),
                stands.named.whose.unwrap_or(home),
            ),
            None => (String::new(), String::new(), home),
        };
        let mut screen = SaveScreen::new(Of::Present, &name, &description, whose);
        screen.other = chosen.map(Box::new);
        Some(screen)
    }

    /// What a preset of what is set now holds; `None` before it is judged.
    pub(super) fn holds(&self, whose: Whose, with_secrets: bool) -> Option<Holds> {
        let profile: &Config = self.baseline()?;
        self.config.as_ref()?;
        let overlay = self.composition.overlay();
        Some(preset::holds(overlay, profile, whose, with_secrets))
    }

    /// What the preset in this window would hold, with what the one that it replaces holds in clear already.
    pub(super) fn holds_of(&self, screen: &SaveScreen) -> Option<Holds> {
        self.holds_over(screen, screen.with_secrets)
    }

    fn holds_over(&self, screen: &SaveScreen, with_secrets: bool) -> Option<Holds> {
        let mut holds = self.holds(screen.whose, with_secrets)?;
        if let (Whose::Mine, Some(old)) = (screen.whose, self.taken_by(screen)) {
            holds.keep_of(self.composition.overlay(), &old.preset);
        }
        Some(holds)
    }

    /// The secrets in clear that only the preset that would be replaced holds.
    pub(super) fn lost_by(&self, screen: &SaveScreen) -> Option<Lost> {
        let old = self.taken_by(screen)?;
        preset::lost(&old.preset, &self.answers_to_save(screen)?)
    }

    /// The answers of what would replace another one.
    pub(super) fn answers_to_save(
        &self,
        screen: &SaveScreen,
    ) -> Option<BTreeMap<FieldPath, Value>> {
        match &screen.of {
            Of::Present => Some(self.holds_of(screen)?.answers),
            Of::Imported(loaded) => Some(taken_in(loaded, screen)),
            // They never replace one.
            Of::Copy(_) | Of::Change(_) => None,
        }
    }

    /// The rows of the window, in their order.
    #[must_use]
    pub fn save_rows(&self, screen: &SaveScreen) -> Vec<Row> {
        let mut rows = Vec::new();
        if screen.has_other() {
            rows.push(Row::Of);
        }
        rows.extend([Row::Name, Row::Description]);
        if !screen.is_change() {
            rows.push(Row::Where);
        }
        if self.clear_to_save(screen) > 0 {
            rows.push(Row::Secrets);
        }
        rows.extend([Row::Save, Row::Cancel]);
        rows
    }

    /// How many secrets in clear could go along, where they may.
    #[must_use]
    pub fn clear_to_save(&self, screen: &SaveScreen) -> usize {
        match (&screen.of, screen.whose) {
            (Of::Present, Whose::Mine) => {
                let without = self.holds_over(screen, false);
                without.map_or(0, |holds| holds.left_out.len())
            }
            (Of::Imported(loaded), Whose::Mine) => loaded.preset.clear_secrets(),
            (Of::Copy(loaded), Whose::Mine) => loaded.clear.len(),
            _ => 0,
        }
    }

    /// What it would hold, in words.
    #[must_use]
    pub fn holds_in_words(&self, screen: &SaveScreen) -> String {
        let profile = |loaded: &Loaded| {
            let profile = loaded.preset.profile.as_deref();
            crate::clean::line(profile.unwrap_or("none"))
        };
        match &screen.of {
            Of::Present => {
                let profile = self.profile().unwrap_or("none");
                let holds = self.holds_of(screen);
                holds.map_or_else(
                    || "…".to_owned(),
                    |holds| holds.words(profile) + &preset::with_workload(self.named_workload()),
                )
            }
            Of::Imported(loaded) => {
                let all = loaded.preset.answers.len();
                let clear = loaded.preset.clear_secrets();
                let (held, secrets) = if takes_secrets(screen) {
                    (all, "")
                } else {
                    (all - clear, "; secrets in clear left out")
                };
                let secrets = if clear > 0 { secrets } else { "" };
                format!(
                    "profile {}, {}{secrets}",
                    profile(loaded),
                    counted(held, "answer")
                )
            }
            Of::Copy(loaded) if !takes_secrets(screen) && !loaded.clear.is_empty() => {
                let held = loaded.preset.answers.values();
                let held = held.filter(|value| !value.is_clear_secret()).count();
                let left_out = preset::left_out_in_words(&loaded.clear).unwrap_or_default();
                let profile = profile(loaded);
                format!("profile {profile}, {}; {left_out}", counted(held, "answer"))
            }
            Of::Copy(loaded) | Of::Change(loaded) => {
                format!("profile {}, {}", profile(loaded), Self::answers_of(loaded))
            }
        }
    }

    /// What is wrong with the name, judged at each key.
    #[must_use]
    pub fn wrong_name(&self, screen: &SaveScreen) -> Option<Problem> {
        let name = match Name::new(screen.name.text().trim()) {
            Ok(name) => name,
            Err(problem) => return Some(problem),
        };
        if !matches!(screen.of, Of::Copy(_) | Of::Change(_)) {
            return None;
        }
        let taken = self.taken_by(screen)?;
        let own = matches!(&screen.of, Of::Change(loaded) if loaded.preset.name == name);
        (!own).then(|| {
            Problem::error(format!("{} is there already.", taken.named())).hint(format!(
                "Choose another name, for example {}.",
                preset::Name::new(&format!("{name}-2")).unwrap_or(name)
            ))
        })
    }

    /// The preset that has this name there.
    #[must_use]
    pub fn taken_by(&self, screen: &SaveScreen) -> Option<&Loaded> {
        let listed = self.presets.listed.as_ref()?;
        listed.find(screen.whose, screen.name.text().trim())
    }

    /// What stands behind the name: what is allowed, or what it would replace.
    #[must_use]
    pub fn beside_name(&self, screen: &SaveScreen) -> String {
        match (self.wrong_name(screen), self.taken_by(screen)) {
            (Some(problem), _) if problem.message.ends_with("already.") => {
                "✗ is there already".to_owned()
            }
            (Some(_), _) if !screen.name.text().is_empty() => "✗ a-z 0-9 - _".to_owned(),
            (None, Some(_)) if !screen.is_change() => "is there: asks first".to_owned(),
            _ => "a-z 0-9 - _".to_owned(),
        }
    }

    /// What is said below the window.
    #[must_use]
    pub fn save_help(&self, screen: &SaveScreen) -> String {
        if let (Row::Name, Some(problem)) = (screen.row, self.wrong_name(screen)) {
            let sign = if screen.name.text().is_empty() {
                ""
            } else {
                "✗ "
            };
            return format!("{sign}{}", problem.sentence());
        }
        match screen.row {
            Row::Of => "What is set now, or the preset that the list points at under another name.",
            Row::Name | Row::Cancel if screen.is_change() => "Its answers stay as they are.",
            Row::Name | Row::Save | Row::Cancel => {
                "A preset holds only what differs from the profile, so it follows the profile."
            }
            Row::Description => "One sentence that tells it from the others in the list; it may be left empty.",
            Row::Where => "Mine is for you alone. Shared lies in the workspace, fit for git: everybody who has it sees it, and it never holds a secret in clear.",
            Row::Secrets => "Without it they are left out and stay unsaved. With it the file is for you alone, mode 0600.",
        }
        .to_owned()
    }
}

/// The answers of a preset that was read from a file, as they would be saved.
pub(super) fn taken_in(loaded: &Loaded, screen: &SaveScreen) -> BTreeMap<FieldPath, Value> {
    let takes = takes_secrets(screen);
    let answers = loaded.preset.answers.iter();
    let answers = answers.filter(|(_, value)| takes || !value.is_clear_secret());
    answers
        .map(|(path, value)| (path.clone(), value.clone()))
        .collect()
}

pub(super) fn takes_secrets(screen: &SaveScreen) -> bool {
    screen.with_secrets && screen.whose == Whose::Mine
}
