//! The conversation: where it stands, what a line means there, and the words that hold everywhere.
//! Leaves to others: lists (`panels`), one setting (`field`), files and profiles (`opening`), writing (`review`).

use super::command::{self, Command, REMINDER};
use super::session::Session;
use super::talk::Talk;
use super::{Ending, Options};
use crate::form::deciding::deciding;
use crate::problem::Counts;
use crate::schema::FieldPath;

/// Where the conversation stands.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum At {
    Panels,
    Panel(usize),
    Field(FieldPath),
    /// Settings that were listed, to be chosen by their number.
    Found(Vec<FieldPath>),
}

/// The input is over.
#[derive(Clone, Copy, Debug)]
pub(super) struct Over;

pub(super) struct Dialog {
    pub talk: Talk,
    pub session: Session,
    pub at: At,
    /// The setting asked for last: `next` goes on behind it.
    pub last: Option<FieldPath>,
    pub leaves: bool,
}

impl Dialog {
    pub fn new(talk: Talk, session: Session) -> Self {
        Self {
            talk,
            session,
            at: At::Panels,
            last: None,
            leaves: false,
        }
    }

    pub fn run(mut self, options: &Options) -> Ending {
        self.talk.say(&format!(
            "{}, plain mode. Answer each question with a number or a word; help lists the words.\n\
             Nothing is written before you have seen it and said yes.",
            options.title
        ));
        if let Some(why) = self.session.caution.forbids() {
            self.talk.say(&why);
        }
        for own in &self.session.overrides {
            self.talk
                .say(&format!("This workspace brings its own {own}."));
        }
        self.tell_other();
        if let Err(ending) = self.start(options) {
            return ending;
        }
        if !self.leaves {
            self.tell_standing();
            self.list();
        }
        while !self.leaves {
            if self.step().is_err() {
                return self.over();
            }
        }
        Ending::Fine
    }

    /// The input ended: nothing is written, and what was said is lost.
    pub fn over(&mut self) -> Ending {
        if !self.session.unsaved() {
            return Ending::Fine;
        }
        let count = self.session.unsaved_answers();
        self.talk.say(&format!(
            "The input ended: nothing was written, {} lost.",
            answers(count, "is", "are")
        ));
        Ending::No
    }

    fn step(&mut self) -> Result<(), Over> {
        if let At::Field(path) = self.at.clone() {
            self.last = Some(path.clone());
            return self.ask_field(&path);
        }
        let prompt = match &self.at {
            At::Panel(panel) => {
                format!(
                    "{}, setting number: ",
                    self.session.form.panels[*panel].title
                )
            }
            At::Found(_) => "Setting number: ".to_owned(),
            At::Panels | At::Field(_) => "Panel number: ".to_owned(),
        };
        let line = self.talk.ask(&prompt).ok_or(Over)?;
        match (command::read(&line), line.trim().parse::<usize>()) {
            (Some(command), _) => self.obey(command),
            (None, Ok(number)) => {
                self.choose(number);
                Ok(())
            }
            (None, Err(_)) => {
                self.talk.say(&format!(
                    "{} is neither a number nor a word that is known here.\n{REMINDER}",
                    line.trim()
                ));
                Ok(())
            }
        }
    }

    fn choose(&mut self, number: usize) {
        match &self.at {
            At::Panels if (1..=self.session.form.panels.len()).contains(&number) => {
                self.enter(number - 1);
            }
            At::Panel(panel) => {
                let mut inputs = self.session.form.panels[*panel].inputs();
                let input = number.checked_sub(1).and_then(|i| inputs.nth(i));
                let path = input.map(|input| input.path.clone());
                drop(inputs);
                match path {
                    Some(path) => self.go_to(path),
                    None => self.talk.say("There is no such number; list shows them."),
                }
            }
            At::Found(paths) if (1..=paths.len()).contains(&number) => {
                self.go_to(paths[number - 1].clone());
            }
            _ => self.talk.say("There is no such number; list shows them."),
        }
    }

    /// Asks for a setting, or for the one that hides it.
    fn go_to(&mut self, path: FieldPath) {
        if self.session.is_asked(&path) {
            self.at = At::Field(path);
            return;
        }
        let form = &self.session.form;
        let deciding: Vec<FieldPath> = deciding(form, path.as_str()).into_iter().cloned().collect();
        let name = self.session.name(&path);
        match deciding
            .into_iter()
            .find(|path| self.session.is_asked(path))
        {
            Some(other) => {
                let text = format!("{name} is not asked for as things are: {other} decides that.");
                self.talk.say(&text);
                self.at = At::Field(other);
            }
            None => self.talk.say(&format!(
                "{path} is on no panel as things are, so nothing can be said about it here."
            )),
        }
    }

    fn enter(&mut self, panel: usize) {
        self.at = At::Panel(panel);
        self.last = None;
        self.list();
    }

    /// Does what a word asks for.
    pub fn obey(&mut self, command: Command) -> Result<(), Over> {
        match command {
            Command::Back => self.back(),
            Command::List => self.list(),
            Command::Next => self.next_problem(),
            Command::Search(words) => self.search(&words),
            Command::Diff => self.diff(),
            Command::Budget => self.budget(),
            Command::Problems => self.problems(),
            Command::Profile => {
                self.ask_profile()?;
                self.tell_standing();
            }
            Command::Open(file) => self.open(&file)?,
            Command::Undo => self.history(false),
            Command::Redo => self.history(true),
            Command::Write(file) => self.write(&file)?,
            Command::Quit => self.quit()?,
            Command::Help => self.help(),
        }
        Ok(())
    }

    fn back(&mut self) {
        match &self.at {
            At::Panels => self.talk.say("These are all panels; quit leaves."),
            At::Field(path) => {
                let panel = self.session.form.input_at(path.as_str());
                self.at = panel.map_or(At::Panels, |(panel, _)| At::Panel(panel));
            }
            At::Panel(_) | At::Found(_) => self.at = At::Panels,
        }
    }

    fn history(&mut self, again: bool) {
        let Some(change) = self.session.history(again) else {
            let what = if again { "do again" } else { "undo" };
            return self.talk.say(&format!("Nothing to {what}."));
        };
        let session = &self.session;
        let line = match &change {
            crate::answers::Change::Answer { path, .. } => {
                change.sentence(again, &session.name(path), |value| {
                    session.shown(path, value)
                })
            }
            change => change.sentence(again, "", ToString::to_string),
        };
        self.talk.say(&line);
        self.session.judge();
        self.tell_standing();
    }

    fn quit(&mut self) -> Result<(), Over> {
        if !self.session.unsaved() {
            self.leaves = true;
            return Ok(());
        }
        let count = self.session.unsaved_answers();
        let what = match count {
            0 => "What was changed since the last write is not written.".to_owned(),
            count => format!("{} not written.", answers(count, "is", "are")),
        };
        self.leaves = self.agrees(&format!("{what} Leave and lose it? yes or no [no]: "))?;
        if !self.leaves {
            self.talk.say("Still here; write writes.");
        }
        Ok(())
    }

    /// A question that only a yes answers with yes.
    pub fn agrees(&mut self, question: &str) -> Result<bool, Over> {
        let line = self.talk.ask(question).ok_or(Over)?;
        Ok(matches!(line.trim(), "y" | "Y" | "yes" | "Yes" | "YES"))
    }

    fn help(&mut self) {
        self.talk
            .say("Every question takes a number of its list or one of these words:");
        for line in command::help() {
            self.talk.say(&line);
        }
        self.talk.say(super::panels::SIGNS);
        self.talk.say(
            "A setting takes its new value on one line; an empty line keeps it, - takes your answer back, and \
             = before a text takes the text as it is, also when it is one of these words.",
        );
    }

    /// Profile, file and what is wrong, in a line or two.
    pub fn tell_standing(&mut self) {
        let session = &self.session;
        let counts = Counts::of(session.counted());
        let profile = session.profile().unwrap_or("none");
        let file = session.answers.said().base.as_ref();
        let file = file.map_or_else(String::new, |base| format!(", file {}", base.name()));
        let standing = if counts.is_empty() {
            "Nothing is wrong, nothing needs an answer.".to_owned()
        } else {
            format!("{counts}.")
        };
        let said = match session.answers.said().answers.len() {
            0 => String::new(),
            n => format!(" {} by you.", answers(n, "", "")),
        };
        let line = format!("Profile {profile}{file}. {standing}{said}");
        self.talk.say(&line);
        self.tell_total();
        self.tell_lost();
    }

    /// Why there is no verdict, when there is none.
    pub fn tell_lost(&mut self) {
        let lost: Vec<String> = self
            .session
            .lost()
            .iter()
            .map(super::panels::told)
            .collect();
        for line in lost {
            self.talk.say(&line);
        }
    }
}

/// `1 answer is`, `2 answers are`; without a verb `2 answers`.
pub(super) fn answers(count: usize, one: &str, many: &str) -> String {
    let text = match count {
        1 => format!("1 answer {one}"),
        n => format!("{n} answers {many}"),
    };
    text.trim_end().to_owned()
}
