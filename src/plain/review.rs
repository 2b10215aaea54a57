//! From `write` to a file: the plan, the texts on request, the question, the outcome. No secret is shown.
//! Leaves to others: the plan (`prepare`) and carrying it out (`store`).

use std::collections::BTreeMap;

use super::command;
use super::dialog::{Dialog, Over};
use super::panels::told;
use super::session::Session;
use super::text_change::changed_lines;
use crate::config::{Config, Origin, Overlay, Verdict};
use crate::files;
use crate::input::{self, Format};
use crate::output;
use crate::plan_text;
use crate::prepare::{self, Prepared};
use crate::problem::{Counts, Problem, counted};
use crate::store::{Failed, Note, Outcome, Plan};

impl Dialog {
    pub fn write(&mut self, name: &str) -> Result<(), Over> {
        if !name.is_empty() {
            let file = self.session.here.join(name);
            self.session.write_to(file);
        }
        self.tell_other();
        let Some(prepared) = self.session.plan() else {
            self.talk.say("Not judged, so there is nothing to write:");
            self.tell_lost();
            return Ok(());
        };
        if let (true, Err(problem)) = (prepared.blocked, &prepared.plan) {
            let file = self.session.shown_path(&prepared.file);
            self.talk.say(&format!(
                "It cannot be written: {file}: {} Nothing was written, your answers are still here; write OTHER \
                 writes elsewhere.",
                problem.message
            ));
            return Ok(());
        }
        if self.session.gone_meanwhile(&prepared) {
            let file = self.session.shown_path(&prepared.file);
            let question = format!(
                "{file} was removed since it was read. Make it anew, without what only the old one held? \
                 yes or no [no]: "
            );
            if !self.agrees(&question)? {
                self.talk
                    .say("Nothing was written; write OTHER writes elsewhere.");
                return Ok(());
            }
            self.session.write_anew();
        }
        if self.session.changed_meanwhile(&prepared) {
            return self.bring_together();
        }
        match self.session.give_secret(&prepared) {
            Ok(None) => self.review(&prepared),
            Ok(Some(given)) => {
                self.talk.say(&format!(
                    "{} undo takes it back. A reference that you give it stays.",
                    given.sentence()
                ));
                // The verdict on it has another plan.
                self.write("")
            }
            Err(problem) => {
                self.talk
                    .say(&format!("It cannot be written: {}", told(&problem)));
                Ok(())
            }
        }
    }

    /// Shows the plan, and asks when it may be written.
    fn review(&mut self, prepared: &Prepared) -> Result<(), Over> {
        self.talk.say("Nothing is written yet.");
        for line in plan(&self.session, prepared).lines() {
            self.talk.say(line);
        }
        let refusal = self.session.refusal();
        let plan = match (&prepared.plan, refusal) {
            (_, Some(why)) => {
                self.talk.say(&format!("It cannot be written: {why}"));
                return Ok(());
            }
            (Err(problem), None) => {
                self.talk
                    .say(&format!("It cannot be written: {}", told(problem)));
                return Ok(());
            }
            (Ok(plan), None) if plan.outcome == Outcome::Same => {
                self.session.is_written(None);
                self.talk
                    .say("Nothing to write: the file says the same already.");
                return Ok(());
            }
            (Ok(plan), None) => plan,
        };
        self.ask_and_write(plan, prepared)
    }

    /// Asks until it is written or not wanted.
    fn ask_and_write(&mut self, plan: &Plan, prepared: &Prepared) -> Result<(), Over> {
        let mut note = Note::default();
        loop {
            let question =
                "Write it? yes, no, lines (what changes), text (all of it) or note WHY [no]: ";
            let line = self.talk.ask(question).ok_or(Over)?;
            match line.trim() {
                "yes" | "y" | "Yes" | "YES" | "Y" => return self.carry_out(plan, &note),
                "lines" => {
                    let (before, after) = texts(&self.session, prepared);
                    self.talk.say_whole(&changed_lines(&before, &after));
                }
                "text" => {
                    let (_, after) = texts(&self.session, prepared);
                    self.talk.say_whole(&after);
                }
                "" | "no" | "n" | "back" => {
                    self.talk.say("Nothing was written.");
                    return Ok(());
                }
                other if other.split_whitespace().next() == Some("note") => {
                    match Note::new(other.trim_start_matches("note")) {
                        Ok(said) => {
                            note = said;
                            self.talk.say(&format!("Kept with the generation: {note}"));
                        }
                        Err(problem) => self.talk.say(&told(&problem)),
                    }
                }
                other => {
                    if command::read(other).is_some() {
                        self.talk
                            .say("Nothing was written; yes or no first, then that word.");
                    } else {
                        self.talk.say("yes, no, lines, text or note WHY, please.");
                    }
                }
            }
        }
    }

    fn carry_out(&mut self, plan: &Plan, note: &Note) -> Result<(), Over> {
        match files::write(plan, note) {
            Ok((written, found)) => {
                self.session.is_written(found);
                let said = plan_text::written(plan, &written, &self.session.here);
                self.talk.say(&format!(
                    "{said} quit leaves; vapora-tui check on it later says whether it still holds."
                ));
                for problem in &written.problems {
                    self.talk.say(&told(problem));
                }
                // Its folder may be there only now.
                self.tell_other();
            }
            Err(Failed::ChangedOnDisk { .. }) => return self.bring_together(),
            Err(failed) => self.talk.say(&format!("x {failed}")),
        }
        Ok(())
    }
}

impl Session {
    /// Why nothing can be written now.
    #[must_use]
    pub fn refusal(&self) -> Option<String> {
        if let Some(why) = self.caution.forbids() {
            return Some(why);
        }
        if let Some(lost) = self.lost().first() {
            return Some(format!("Not judged: {}", lost.sentence()));
        }
        let counts = Counts::of(self.counted());
        if !counts.block() {
            return self.caution.refusal(counts, "next", "problems");
        }
        let asked = |problem: &&Problem| {
            let path = problem.path.as_ref();
            path.is_some_and(|path| self.form.input_at(path.as_str()).is_some())
        };
        let (settings, beside): (Vec<&Problem>, Vec<&Problem>) = self.counted().partition(asked);
        let all = Counts::of(beside);
        let of_file = Counts::of(self.base_problems().iter().filter(|p| !asked(p))).errors;
        let other = (all.errors + all.open).saturating_sub(of_file);
        Counts::of(settings).refusal_beside(of_file, other, "next", "problems")
    }
}

/// The plan in words.
pub(super) fn plan(session: &Session, prepared: &Prepared) -> String {
    let file = match &prepared.plan {
        Ok(plan) => prepare::summary(plan, &session.here),
        Err(_) => session.shown_path(&prepared.file),
    };
    let profile = session.profile().unwrap_or("none");
    let changes = plan_text::changes(prepared, profile, session.baseline(), |path, value| {
        session.shown(path, value)
    });
    format!(
        "{file}\n{changes}Secrets: {}, {} in clear. Problems: {}.\n",
        counted(prepared.references, "reference"),
        prepared.clear_secrets,
        Counts::of(session.counted())
    )
}

/// The text of the file as it is and as it would be, with the mask in place of every known secret.
fn texts(session: &Session, prepared: &Prepared) -> (String, String) {
    let Some(config) = &session.config else {
        return Default::default();
    };
    let format = Format::of(&prepared.file).unwrap_or(Format::Toml);
    let profile = session.profile();
    let masked = config.masked();
    let Some(found) = &prepared.found else {
        let text = prepare::text(
            &session.workspace,
            &prepared.file,
            format,
            None,
            &masked,
            profile,
        );
        return (String::new(), text.unwrap_or_default());
    };
    // It was read as text for the plan already; what the masked values cannot be put into is not shown.
    let text = String::from_utf8_lossy(&found.bytes);
    let now = as_read(session, prepared).masked();
    let before = output::update(&text, &now, format, profile);
    let after = output::update(&text, &masked, format, profile);
    (before.unwrap_or_default(), after.unwrap_or_default())
}

/// The values that the file holds, and no others.
fn as_read(session: &Session, prepared: &Prepared) -> Config {
    let bytes = prepared
        .found
        .as_ref()
        .map_or(&[][..], |found| &found.bytes);
    let read = input::read(&prepared.file, bytes, session.schema());
    let overlay: Overlay = read
        .values
        .into_iter()
        .map(|(path, value)| (path, (value, Origin::You)))
        .collect::<BTreeMap<_, _>>();
    Config::new(session.schema(), &overlay, Verdict::default(), None)
}
