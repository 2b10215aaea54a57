//! The first question, other profiles, and files: which one, and which profile it stands on.
//! Leaves to others: reading files (`session`), what a folder holds (`folder`).

use std::path::{Path, PathBuf};

use super::command::{self, Command, REMINDER};
use super::dialog::{At, Dialog, Over};
use super::panels::{sentence, told};
use super::{Ending, Options};
use crate::belongs;
use crate::folder;
use crate::problem::{Problem, counted};
use crate::profile;

/// A profile as it is offered: its name, and what is said of it.
type Offer = (String, String);

impl Dialog {
    /// Gets to a profile, by the command line or by asking.
    ///
    /// # Errors
    /// How it ended, when it did.
    pub fn start(&mut self, options: &Options) -> Result<(), Ending> {
        if let Some(name) = &options.profile {
            match profile::known(name, &self.session.profiles) {
                Ok(name) => self.session.choose_profile(&name),
                Err(problem) => {
                    self.talk.say(&sentence(&problem));
                    return Err(Ending::Cannot);
                }
            }
        }
        if let Some(from) = &options.from {
            let file = self.session.here.join(from);
            match self.open_path(&file, true) {
                Ok(Ok(())) => {}
                Ok(Err(problem)) => {
                    self.talk.say(&told(&problem));
                    return Err(Ending::Cannot);
                }
                Err(Over) => return Err(self.over()),
            }
        }
        while self.session.profile().is_none() && !self.leaves {
            if self.ask_start().is_err() {
                return Err(self.over());
            }
        }
        Ok(())
    }

    fn ask_start(&mut self) -> Result<(), Over> {
        let offers = self.plain_profiles();
        self.talk.say("Where does it start?");
        self.tell_offers(&offers);
        let output = self.session.output.clone();
        let mut more = offers.len();
        let mut row = |dialog: &mut Self, text: String| {
            more += 1;
            dialog.talk.say(&format!("{more:>3} {text}"));
            more
        };
        let written = output.exists().then(|| {
            let shown = self.session.shown_path(&output);
            row(
                self,
                format!("open {shown}, the configuration written last"),
            )
        });
        let other = row(self, "open a file or a folder".to_owned());
        let line = self.talk.ask("Number: ").ok_or(Over)?;
        let number = line.trim().parse::<usize>().ok();
        if let Some((name, _)) = number.and_then(|n| offers.get(n.checked_sub(1)?)) {
            self.take_profile(&name.clone());
        } else if number.is_some() && number == written {
            self.open_or_tell(&output)?;
        } else if number == Some(other) {
            self.open("")?;
        } else if let Some((name, _)) = offers.iter().find(|(name, _)| name == line.trim()) {
            self.take_profile(&name.clone());
        } else {
            match command::read(&line) {
                Some(Command::Open(file)) => self.open(&file)?,
                Some(Command::Quit) => self.leaves = true,
                Some(command @ Command::Help) => self.obey(command)?,
                Some(Command::List) => {}
                _ => self
                    .talk
                    .say("First a profile or a file, by its number; quit leaves."),
            }
        }
        Ok(())
    }

    /// The profiles in the order of the shipped ones.
    pub fn plain_profiles(&self) -> Vec<Offer> {
        let profiles = self.session.profiles.iter();
        profiles
            .map(|p| (p.name.clone(), p.summary.clone()))
            .collect()
    }

    fn tell_offers(&mut self, offers: &[Offer]) {
        for (i, (name, summary)) in offers.iter().enumerate() {
            self.talk.say(&format!("{:>3} {name}: {summary}", i + 1));
        }
    }

    /// Asks for a profile; an empty line takes none.
    pub fn ask_profile(&mut self) -> Result<(), Over> {
        let offers = self.plain_profiles();
        self.talk.say("Which profile?");
        self.tell_offers(&offers);
        loop {
            let line = self
                .talk
                .ask("Number (Enter leaves it as it is): ")
                .ok_or(Over)?;
            let typed = line.trim();
            let by_number = typed.parse::<usize>().ok();
            let by_number = by_number.and_then(|n| offers.get(n.checked_sub(1)?));
            let by_name = || offers.iter().find(|(name, _)| name == typed);
            if typed.is_empty() || typed == "back" {
                return Ok(());
            }
            if let Some((name, _)) = by_number.or_else(by_name) {
                self.take_profile(&name.clone());
                return Ok(());
            }
            self.talk
                .say("There is no such profile; choose by number or name.");
        }
    }

    fn take_profile(&mut self, name: &str) {
        self.session.choose_profile(name);
        self.last = None;
    }

    /// `open FILE`; without a name it is asked for.
    pub fn open(&mut self, name: &str) -> Result<(), Over> {
        let asked;
        let name = if name.is_empty() {
            asked = self
                .talk
                .ask("Path of a file or folder (Enter goes back): ")
                .ok_or(Over)?;
            asked.trim()
        } else {
            name
        };
        if name.is_empty() {
            return Ok(());
        }
        let file = self.session.here.join(name);
        let before = self.session.profile().is_some();
        self.open_or_tell(&file)?;
        if before {
            self.tell_standing();
        }
        Ok(())
    }

    fn open_or_tell(&mut self, file: &Path) -> Result<(), Over> {
        if let Err(problem) = self.open_path(file, false)? {
            self.talk.say(&told(&problem));
        }
        Ok(())
    }

    /// Opens a file, or asks which one of a folder.
    fn open_path(&mut self, path: &Path, only_base: bool) -> Result<Result<(), Problem>, Over> {
        if path.is_dir() {
            return match self.choose_in_folder(path)? {
                Ok(Some(file)) => self.open_file(&file, false),
                Ok(None) => Ok(Ok(())),
                Err(problem) => Ok(Err(problem)),
            };
        }
        self.open_file(path, only_base)
    }

    fn choose_in_folder(&mut self, path: &Path) -> Result<Result<Option<PathBuf>, Problem>, Over> {
        let found = match folder::look(path, self.session.schema()) {
            Ok(found) => found,
            Err(problem) => return Ok(Err(problem)),
        };
        let root = self.session.shown_path(&found.root);
        let files = counted(found.files.len(), "configuration");
        self.talk.say(&format!("{root} holds {files}:"));
        if let Some(own) = found.own_files() {
            self.talk.say(&own);
        }
        for (i, candidate) in found.files.iter().enumerate() {
            let meaning = match candidate.meaning.as_str() {
                "" => String::new(),
                meaning => format!(": {meaning}"),
            };
            self.talk
                .say(&format!("{:>3} {}{meaning}", i + 1, candidate.name));
        }
        loop {
            let line = self.talk.ask("Number (Enter opens none): ").ok_or(Over)?;
            let typed = line.trim();
            if typed.is_empty() || typed == "back" {
                return Ok(Ok(None));
            }
            let number = typed.parse::<usize>().ok();
            let chosen = number.and_then(|n| found.files.get(n.checked_sub(1)?));
            match chosen {
                Some(candidate) => return Ok(Ok(Some(candidate.file.clone()))),
                None => self.talk.say("There is no such number."),
            }
        }
    }

    fn open_file(&mut self, file: &Path, only_base: bool) -> Result<Result<(), Problem>, Over> {
        let opened = match self.session.open(file, only_base) {
            Ok(opened) => opened,
            Err(problem) => return Ok(Err(problem)),
        };
        self.at = At::Panels;
        self.last = None;
        self.talk.say(&format!(
            "{} is open: {}.",
            opened.name,
            counted(opened.settings, "setting")
        ));
        if let Some(words) = &opened.foreign {
            let output = self.session.shown_path(&self.session.output);
            let name = &opened.name;
            self.talk.say(&format!(
                "! {words}, so {name} is only a base: write writes to {output}."
            ));
        }
        self.tell_other();
        let mut problems: Vec<&Problem> = opened.problems.iter().collect();
        problems.sort_by_key(|problem| problem.severity);
        for problem in problems {
            self.talk.say(&told(problem));
        }
        if let (Some(named), Some(now)) = (opened.other, self.session.profile()) {
            let differ = format!("The file names profile {named}, {now} is in force.");
            if only_base {
                // Both were named on the command line.
                self.talk.say(&format!("{differ} profile changes it."));
            } else if self.agrees(&format!("{differ} Switch to {named}? yes or no [no]: "))? {
                self.take_profile(&named);
            }
            return Ok(Ok(()));
        }
        while self.session.profile().is_none() {
            let question = match &opened.mode {
                Some(mode) => format!("The file's profile {mode} is not here."),
                None => "The file names no profile.".to_owned(),
            };
            let likeness = self.session.likeness();
            let counts = belongs::sentence(&likeness);
            let offers = likeness.iter().map(|likeness| {
                let profiles = self.session.profiles.iter();
                let summary = profiles
                    .filter(|p| p.name == likeness.profile)
                    .map(|p| &p.summary);
                let summary = summary.map(String::as_str).collect::<String>();
                (likeness.profile.clone(), summary)
            });
            let mut offers: Vec<Offer> = offers.collect();
            let best = offers.first().map(|(name, _)| name.clone());
            // Those that could not be judged can be chosen all the same.
            for offer in self.plain_profiles() {
                if !offers.iter().any(|(name, _)| *name == offer.0) {
                    offers.push(offer);
                }
            }
            self.talk.say(&format!("{question} {counts}."));
            self.tell_offers(&offers);
            let line = self
                .talk
                .ask(&format!(
                    "Which one does it stand on? Number (Enter takes {}): ",
                    best.as_deref().unwrap_or("the first")
                ))
                .ok_or(Over)?;
            let typed = line.trim();
            let number = match typed {
                "" => Some(1),
                typed => typed.parse::<usize>().ok(),
            };
            let chosen = number.and_then(|n| offers.get(n.checked_sub(1)?));
            let chosen = chosen.or_else(|| offers.iter().find(|(name, _)| name == typed));
            match (chosen, command::read(&line)) {
                (Some((name, _)), _) => self.take_profile(&name.clone()),
                (None, Some(Command::Quit)) => {
                    self.leaves = true;
                    return Ok(Ok(()));
                }
                (None, _) => self.talk.say(&format!(
                    "There is no such profile; choose by number or name.\n{REMINDER}"
                )),
            }
        }
        Ok(Ok(()))
    }
}
