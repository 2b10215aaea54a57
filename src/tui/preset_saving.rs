//! From the button of the window that saves a preset to the file: what is asked for, what stands in the way, what follows.
//! Leaves to others: the work (`preset_jobs`), the window and its keys.

use super::app::App;
use super::msg::Effect;
use super::preset_jobs::Job;
use super::preset_save::{Of, Row, SaveScreen, taken_in, takes_secrets};
use super::question::{Press, Question};
use super::window::Window;
use crate::preset::{Description, Holds, Loaded, Lost, Name, Named, Preset, Refused, Saved, Whose};
use crate::store::Found;

impl App {
    /// What stands in the way is asked about.
    pub(super) fn press_save(&mut self, screen: SaveScreen, effects: &mut Vec<Effect>) {
        self.save_over(screen, None, effects);
    }

    fn save_over(
        &mut self,
        mut screen: SaveScreen,
        over: Option<Box<Found>>,
        effects: &mut Vec<Effect>,
    ) {
        if let Some(problem) = self.wrong_name(&screen) {
            screen.row = Row::Name;
            self.put_save(screen);
            return self.say_preset_problem(&problem);
        }
        let name = Name::new(screen.name.text().trim());
        let description = Description::new(screen.description.text());
        let (name, description) = match (name, description) {
            (Ok(name), Ok(description)) => (name, description),
            (Err(problem), _) => {
                screen.row = Row::Name;
                self.put_save(screen);
                return self.say_preset_problem(&problem);
            }
            (_, Err(problem)) => {
                screen.row = Row::Description;
                self.put_save(screen);
                return self.say_preset_problem(&problem);
            }
        };
        let kept = over.as_ref().and_then(|_| self.sentence_kept(&screen));
        let description = kept.unwrap_or(description);
        let mut says_all = false;
        let job = match &screen.of {
            Of::Copy(of) => Job::Copy {
                of: of.clone(),
                whose: screen.whose,
                name,
                description,
                with_secrets: takes_secrets(&screen),
            },
            Of::Change(of) if of.preset.name == name && of.preset.description == description => {
                self.windows.pop();
                return self.say_line("Name and sentence are as they were.");
            }
            Of::Change(of) => Job::Change {
                of: of.clone(),
                name,
                description,
            },
            Of::Imported(of) => Job::Save {
                whose: screen.whose,
                preset: Box::new(Preset {
                    name,
                    description,
                    answers: taken_in(of, &screen),
                    ..of.preset.clone()
                }),
                over,
            },
            Of::Present => {
                let holds = self.holds_of(&screen);
                let (Some(holds), Some(schema)) = (holds, &self.schema) else {
                    return self.say_not_judged();
                };
                says_all = self.says_all(&holds);
                Job::Save {
                    whose: screen.whose,
                    preset: Box::new(Preset {
                        name,
                        description,
                        schema: schema.version.clone(),
                        profile: self.profile().map(str::to_owned),
                        workload: self.named_workload().map(str::to_owned),
                        answers: holds.answers,
                    }),
                    over,
                }
            }
        };
        screen.saving = Some((self.answers.said().clone(), says_all));
        self.put_save(screen);
        effects.push(Effect::Preset(job));
    }

    /// Does such a preset say everything that the operator said?
    fn says_all(&self, holds: &Holds) -> bool {
        let profile = self.baseline();
        let under = |path: &str| profile.and_then(|profile| profile.value(path));
        let mut answers = self.answers.said().answers.iter();
        let answered = answers.all(|(path, value)| {
            holds.answers.get(path) == Some(value) || under(path.as_str()) == Some(value)
        });
        answered && holds.left_out.is_empty() && self.again().next().is_none()
    }

    /// The question was answered: what stands in the way is replaced.
    pub(super) fn replace_preset(&mut self, effects: &mut Vec<Effect>) {
        if let Some(Window::SavePreset(screen)) = self.windows.last() {
            let mut screen = (**screen).clone();
            let over = screen.over.take();
            self.save_over(screen, over, effects);
        }
    }

    /// What is typed is there still, and may be saved otherwise.
    pub(super) fn is_not_saved(&mut self) {
        if let Some(Window::SavePreset(screen)) = self.windows.last_mut() {
            screen.saving = None;
            screen.over = None;
            screen.row = Row::Name;
        }
    }

    pub(super) fn preset_saved(&mut self, saved: Result<Saved, Refused>) {
        let Some(Window::SavePreset(screen)) = self.windows.last() else {
            return;
        };
        let screen = (**screen).clone();
        match saved {
            Ok(saved) => self.saved_as_preset(&screen, saved),
            Err(Refused::Taken { found, .. }) => {
                let loaded = self.changed_since(&screen, &found);
                let since = loaded.then_some("you loaded it");
                self.ask_to_replace(&screen, Some(found), since);
            }
            Err(Refused::Changed { found, .. }) => {
                let found_now = found.as_deref();
                let loaded = found_now.is_some_and(|found| self.changed_since(&screen, found));
                let since = if loaded {
                    "you loaded it"
                } else {
                    "it was asked about"
                };
                self.ask_to_replace(&screen, found, Some(since));
            }
            Err(Refused::Failed(problem)) => {
                self.is_not_saved();
                self.say_preset_problem(&problem);
            }
        }
    }

    fn saved_as_preset(&mut self, screen: &SaveScreen, saved: Saved) {
        let listed = self.presets.listed.as_ref();
        let found = listed.and_then(|l| l.presets.iter().find(|one| one.file == saved.file));
        let named = found.map_or_else(
            || Named {
                whose: Some(screen.whose),
                name: Name::of_file(&saved.file),
            },
            Loaded::named,
        );
        let description = found.map(|one| one.preset.description.clone());
        let holds = self.holds_in_words(screen);
        let mut line = format!("Saved: {named}, {holds}.");
        if let (Of::Present, Some((said, says_all))) = (&screen.of, &screen.saving) {
            self.windows.clear();
            if let Some(found) = found.cloned() {
                self.base_mended(&found);
            }
            let description = description.unwrap_or_default();
            let all = says_all.then(|| said.clone());
            self.now_stands_for(named, description, saved.found, all);
            if !says_all {
                line = format!("{line} What it does not hold is unsaved still.");
            }
        } else {
            self.windows.pop();
            self.point_at(&named);
        }
        self.say_saved(line, &saved.problems);
    }

    /// The sentence of the preset that would be replaced, where none was typed and none taken away.
    fn sentence_kept(&self, screen: &SaveScreen) -> Option<Description> {
        let typed = screen.description.text();
        let untouched = match screen.of {
            Of::Present => typed == screen.proposed.1,
            _ => typed.trim().is_empty() && screen.proposed.1.is_empty(),
        };
        let there = self.taken_by(screen).filter(|_| untouched)?;
        let kept = there.preset.description.clone();
        (!kept.as_str().is_empty()).then_some(kept)
    }

    /// Did somebody change the preset that the session stands for?
    fn changed_since(&self, screen: &SaveScreen, found: &Found) -> bool {
        self.stands_for().is_some_and(|stands| {
            let same = stands.named.whose == Some(screen.whose)
                && stands.named.name.as_str() == screen.name.text().trim();
            let then = stands.found.as_ref();
            same && then.is_some_and(|then| then.fingerprint.sha256 != found.fingerprint.sha256)
        })
    }

    /// `since`: somebody changed it since then.
    fn ask_to_replace(
        &mut self,
        screen: &SaveScreen,
        found: Option<Box<Found>>,
        since: Option<&str>,
    ) {
        let mut lines = Vec::new();
        let name = format!("{}/{}", screen.whose.word(), screen.name.text().trim());
        match (self.taken_by(screen), &found) {
            (Some(there), Some(_)) => {
                let what = there.preset.description.as_str();
                let what = if what.is_empty() { "no sentence" } else { what };
                lines.push(format!("{name} is there: {what}"));
                let profile = there.preset.profile.as_deref().unwrap_or("none");
                lines.push(format!(
                    "Profile {}, {}, changed {}.",
                    crate::clean::line(profile),
                    Self::answers_of(there),
                    there.modified()
                ));
            }
            (_, None) => lines.push(format!("{name} was removed since it was asked about.")),
            (None, Some(_)) => lines.push(format!("{name} is there already.")),
        }
        if let (Some(since), Some(_)) = (since, &found) {
            lines.push(format!("Somebody changed it since {since}."));
        }
        lines.extend(found.as_ref().and_then(|_| self.left_out_of(screen)));
        let lost = found.as_ref().and_then(|_| self.lost_by(screen));
        let (title, button) = if let Some(lost) = &lost {
            lines.push(format!("It {}", lost.words()));
            lines.push(self.how_kept(screen, lost));
            (
                "Replace the preset?",
                format!("Replace it, lose {}", lost.count()),
            )
        } else if found.is_some() {
            lines.push(match self.sentence_kept(screen) {
                Some(_) => "What it holds now would be gone, but its sentence stays.".to_owned(),
                None => {
                    "What it holds now would be gone; your answers stay in any case.".to_owned()
                }
            });
            ("Replace the preset?", "Replace it".to_owned())
        } else {
            ("The preset is gone", "Save anew".to_owned())
        };
        self.is_not_saved();
        if let Some(Window::SavePreset(screen)) = self.windows.last_mut() {
            screen.over = found;
        }
        self.windows.push(Window::Question(Question {
            title: title.into(),
            lines,
            buttons: vec![
                (button, Press::ReplacePreset),
                ("Back".into(), Press::Nothing),
            ],
            at: 1,
        }));
    }

    /// What to do so that secrets of the preset that would be replaced stay.
    fn how_kept(&self, screen: &SaveScreen, lost: &Lost) -> String {
        let here = match &screen.of {
            Of::Present => self.holds_of(screen).map(|holds| holds.left_out),
            Of::Imported(of) => Some(of.preset.answers.keys().cloned().collect()),
            Of::Copy(_) | Of::Change(_) => None,
        };
        let here = here.unwrap_or_default();
        let it = if lost.paths().len() == 1 {
            "it"
        } else {
            "them"
        };
        if lost.paths().iter().all(|path| here.contains(path)) {
            format!("To keep {it}: Back, and tick Secrets.")
        } else {
            format!("To keep {it}: Back, and give another name.")
        }
    }

    /// A preset was read from a file, to be saved here.
    pub(super) fn ask_to_import(&mut self, loaded: Loaded) {
        self.close_prompt();
        let name = loaded.preset.name.to_string();
        let description = loaded.preset.description.to_string();
        let told = loaded.problems.iter().chain(&loaded.unfit).next().cloned();
        let screen = SaveScreen::new(
            Of::Imported(Box::new(loaded)),
            &name,
            &description,
            Whose::Mine,
        );
        self.windows.push(Window::SavePreset(Box::new(screen)));
        if let Some(problem) = told {
            self.say_preset_problem(&problem);
        }
    }
}
