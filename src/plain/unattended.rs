//! Without anybody there: a file of answers in, the plan out, written when told so. Messages go to stderr.
//! Leaves to others: reading the answers (`answer_file`), judging (`session`).

use std::io::{self, BufRead, IsTerminal};
use std::path::Path;

use super::session::Session;
use super::{Ending, Options, message, review, tell};
use crate::answer_file::{self, AnswerFile};
use crate::caution;
use crate::claiming;
use crate::config::{Leaf, Origin};
use crate::files;
use crate::meanwhile;
use crate::plan_text;
use crate::prepare::Prepared;
use crate::problem::{Counts, Problem};
use crate::profile;
use crate::report::{self, Told};
use crate::store::{self, Failed, Note, Outcome};
use crate::unheard;

/// Answers by the file, shows the plan, asks or takes `--yes`, writes.
pub fn run(mut session: Session, options: &Options, file: &Path) -> Ending {
    match answered(&mut session, options, file) {
        Err(problems) => {
            tell(problems);
            Ending::Cannot
        }
        Ok(answers) => finish(&mut session, options, file, &answers),
    }
}

/// Says everything that the files and options say.
fn answered(
    session: &mut Session,
    options: &Options,
    file: &Path,
) -> Result<AnswerFile, Vec<Problem>> {
    let one = |problem: Problem| vec![problem];
    let found = store::read(&session.here.join(file)).map_err(one)?;
    let found = found.ok_or_else(|| {
        let problem = Problem::error("There is no such file.").in_file(file, None);
        let example = answer_file::EXAMPLE.trim_end().replace('\n', "\n  ");
        one(problem.hint(format!(
            "Give --answers the path of a file of answers, for example:\n  {example}"
        )))
    })?;
    let answers = answer_file::read(file, &found.bytes, session.schema());
    if Counts::of(&answers.problems).errors > 0 {
        return Err(answers.problems);
    }
    tell(answers.problems.clone());
    let named = options.profile.as_ref().or(answers.profile.as_ref());
    if let Some(name) = named {
        let name = profile::known(name, &session.profiles).map_err(one)?;
        session.choose_profile(&name);
    }
    if let Some(from) = &options.from {
        let from = session.here.join(from);
        let opened = session.open(&from, true).map_err(one)?;
        let wrong = opened
            .problems
            .iter()
            .any(|p| p.path.is_none() && p.severity == crate::problem::Severity::Error);
        if wrong {
            return Err(opened.problems);
        }
    }
    if session.profile().is_none() {
        let problem = Problem::error("No profile is given.").in_file(file, None);
        return Err(one(problem.hint(format!(
            "Write profile = \"NAME\" into it, or give --profile, with one of {}.",
            profile::names_of(&session.profiles)
        ))));
    }
    for (path, value) in &answers.answers {
        session.answers.say(path, Some(value.clone()));
    }
    session.judge();
    match session.lost() {
        [] => Ok(answers),
        lost => Err(lost.to_vec()),
    }
}

fn finish(session: &mut Session, options: &Options, file: &Path, answers: &AnswerFile) -> Ending {
    let told = problems(session, file, answers);
    message(&report::lines(&told));
    let counts = Counts::of(told.iter().map(|told| &told.problem));
    let caution = options.caution;
    if caution.blocks(counts) {
        message(&format!("Not written: {}.\n", caution.summary(counts)));
        return Ending::No;
    }
    let Some(prepared) = session.plan() else {
        return Ending::Cannot;
    };
    tell(claiming::warning(&prepared.file).into_iter().collect());
    if session.changed_meanwhile(&prepared) {
        tell(vec![meanwhile::changed_in_the_run(&prepared.file)]);
        return Ending::No;
    }
    let prepared = match with_secret(session, prepared) {
        Ok(prepared) => prepared,
        Err(ending) => return ending,
    };
    let shown = review::plan(session, &prepared);
    let plan = match prepared.plan {
        Ok(plan) => plan,
        Err(problem) => {
            tell(vec![problem]);
            return Ending::Cannot;
        }
    };
    message(&shown);
    if plan.outcome == Outcome::Same {
        return Ending::Fine;
    }
    if caution.readonly {
        tell(vec![caution::readonly()]);
        return Ending::No;
    }
    if !options.yes {
        if !io::stdin().is_terminal() {
            let problem =
                Problem::error("Nothing was written: nobody can be asked without a terminal.");
            tell(vec![problem.hint("Give --yes to write.")]);
            return Ending::Cannot;
        }
        message("Write it? [y/N] ");
        if !says_yes() {
            message("Nothing was written.\n");
            return Ending::No;
        }
    }
    match files::write(&plan, &Note::default()) {
        Ok((written, _)) => {
            let said = plan_text::written(&plan, &written, &session.here);
            message(&format!("{said}\n"));
            tell(written.problems);
            Ending::Fine
        }
        Err(failed @ Failed::ChangedOnDisk { .. }) => {
            tell(vec![failed.problem().hint(meanwhile::RUN_AGAIN)]);
            Ending::No
        }
        Err(failed) => {
            tell(vec![failed.problem()]);
            Ending::Cannot
        }
    }
}

/// The plan with the secret that a first write gives, as it is judged with it.
fn with_secret(session: &mut Session, prepared: Prepared) -> Result<Prepared, Ending> {
    match session.give_secret(&prepared) {
        Ok(None) => return Ok(prepared),
        Ok(Some(given)) => message(&format!("{}\n", given.told())),
        Err(problem) => {
            tell(vec![problem]);
            return Err(Ending::Cannot);
        }
    }
    if let Some(why) = session.refusal() {
        message(&format!("Not written: {why}\n"));
        return Err(Ending::No);
    }
    session.plan().ok_or(Ending::Cannot)
}

/// Everything that is wrong, each where it was said.
fn problems(session: &Session, file: &Path, answers: &AnswerFile) -> Vec<Told> {
    let said = session.answers.said();
    let hidden = said
        .answers
        .keys()
        .filter(|path| session.hidden.contains(*path));
    let mut all: Vec<Problem> = hidden
        .map(|path| unheard::not_asked(path, &session.form))
        .collect();
    if let (Some(config), Some(profile)) = (&session.config, session.profile()) {
        all.extend(unheard::held(config, said, session.environment(), profile));
    }
    all.extend(session.counted().cloned());
    let tell = |problem: Problem| {
        let Some(path) = problem.path.clone().filter(|_| problem.place.is_none()) else {
            return Told::by_place(problem);
        };
        let line = answers.lines.get(&path).copied();
        let origin = session.leaf(&path).map(|leaf: &Leaf| &leaf.origin);
        let source = match (line, origin, &said.base) {
            (Some(_), ..) => file.to_string_lossy().into_owned(),
            (None, Some(Origin::Environment(name)), _) => name.clone(),
            (None, Some(Origin::File(_) | Origin::Preset(_)), Some(base)) => {
                base.file.to_string_lossy().into_owned()
            }
            _ => format!("profile {}", session.profile().unwrap_or_default()),
        };
        Told {
            source,
            line,
            problem,
        }
    };
    let mut told: Vec<Told> = all.into_iter().map(tell).collect();
    report::sort(&mut told);
    told
}

fn says_yes() -> bool {
    let mut line = String::new();
    let read = io::stdin().lock().read_line(&mut line);
    read.is_ok() && matches!(line.trim(), "y" | "Y" | "yes" | "Yes" | "YES")
}
