//! The command that the review shows makes the same file, byte for byte: by its words, and typed into a shell.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;
mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;
use std::process::Command;

use proptest::prelude::*;
use proptest::test_runner::{Config as Cases, TestRunner};
use stage::{Setup, Stage};
use support::{Judge, PROFILES};
use vapora_tui::answers::Said;
use vapora_tui::command_line::{self, Wanted};
use vapora_tui::input::Format;
use vapora_tui::made;
use vapora_tui::output;
use vapora_tui::schema::{Field, FieldPath};
use vapora_tui::value::{Kind, Value};

const PROGRAM: &str = env!("CARGO_BIN_EXE_vapora-tui");
const FILE: &str = "config/runtime/vapora.toml";

/// Runs a line in a POSIX shell that finds the program, in `folder`.
fn shell(folder: &Path, line: &str, variables: &[(&str, &str)]) -> String {
    let path = Path::new(PROGRAM).parent().unwrap();
    let done = Command::new("/bin/sh")
        .args(["-c", line])
        .env_clear()
        .env("PATH", path)
        .envs(variables.iter().copied())
        .current_dir(folder)
        .output()
        .unwrap();
    let err = String::from_utf8(done.stderr).unwrap();
    assert!(done.status.success(), "{line}\n{err}");
    err
}

/// Writes in the wizard, then by the command that the review showed, and compares.
#[track_caller]
fn does_the_same(stage: &mut Stage, variables: &[(&str, &str)]) -> String {
    stage.keys("w").says("Review");
    let Some(command) = stage.app.review_command() else {
        panic!("no command:\n{}", stage.screen());
    };
    let file = stage.app.facts.output.clone();
    let before = fs::read(&file).ok();
    stage.keys("Tab Enter").says("Written");
    let written = fs::read_to_string(&file).unwrap();
    match before {
        Some(before) => fs::write(&file, before).unwrap(),
        None => fs::remove_file(&file).unwrap(),
    }
    shell(stage.root(), &format!("{command} --yes"), variables);
    assert_eq!(fs::read_to_string(&file).unwrap(), written, "{command}");
    command
}

/// The stage's folder must be the nearest workspace for the program too.
fn setup() -> Setup {
    Setup::new(80, 24).file(".typedialog/keep", "")
}

#[test]
fn answers_that_a_shell_would_read_otherwise_come_out_the_same() {
    let mut stage = setup().profile("enterprise").begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter Home Enter Ctrl+u");
    stage.text("10.0.0.7").keys("Enter Esc End Enter End");
    let command = does_the_same(&mut stage, &[]);
    assert_eq!(
        command,
        "vapora-tui render --profile enterprise --set backend.host=10.0.0.7 --set backend.port=9001 --output config/runtime/vapora.toml"
    );
}

#[test]
fn a_file_under_another_profile_and_the_environment_come_out_the_same() {
    let written = {
        let mut stage = setup().profile("multiuser").begin();
        stage.keys("Down Enter Down 9 1 0 0 Enter w Tab Enter");
        fs::read_to_string(stage.root().join(FILE)).unwrap()
    };
    let mut stage = setup()
        .file("it's ours.toml", &written)
        .open("it's ours.toml")
        .variable("VAPORA__BACKEND__WORKERS", "5")
        .begin();
    stage
        .says("multiuser · it's ours.toml")
        .keys("m Down Enter");
    stage.says("enterprise · it's ours.toml");
    let command = does_the_same(&mut stage, &[]);
    assert_eq!(
        command,
        "VAPORA__BACKEND__WORKERS=5 vapora-tui render --profile enterprise --from 'it'\\''s ours.toml' --output config/runtime/vapora.toml"
    );
    let text = fs::read_to_string(stage.root().join(FILE)).unwrap();
    // What the file shares with multiuser follows enterprise now; what was its own stays.
    assert!(
        text.contains("port = 9100") && text.contains("workers = 5"),
        "{text}"
    );
    assert!(text.contains("deployment_mode = \"enterprise\""), "{text}");
    assert!(text.contains("max_connections = 2000"), "{text}");
}

#[test]
fn an_opened_file_is_updated_the_same() {
    let file = "# ours\ndeployment_mode = \"multiuser\"\n[backend] # behind the proxy\nport = 9100\nprot = 1\n";
    let mut stage = setup().file(FILE, file).begin();
    stage.keys("End Up Enter Down Enter Down Enter Ctrl+u 9 2 0 0 Enter");
    does_the_same(&mut stage, &[]);
    let text = fs::read_to_string(stage.root().join(FILE)).unwrap();
    assert!(
        text.contains("# ours\n") && text.contains("prot = 1"),
        "{text}"
    );
}

#[test]
fn secrets_come_from_the_files_and_variables_that_are_named() {
    let secret = "swordfish-swordfish-swordfish-swordfish";
    let mut stage = setup()
        .profile("solo")
        .file("security.jwt_secret.txt", &format!("{secret}\n"))
        .variable("VAPORA__BACKEND__AUTH__OAUTH_CLIENT_SECRET", secret)
        .begin();
    stage
        .keys("End Up Enter Home Down Enter Ctrl+u")
        .text(secret)
        .keys("Enter");
    let variables = [("VAPORA__BACKEND__AUTH__OAUTH_CLIENT_SECRET", secret)];
    let command = does_the_same(&mut stage, &variables);
    assert!(!command.contains("swordfish"), "{command}");
    assert!(
        command.contains(" --set-file security.jwt_secret=security.jwt_secret.txt "),
        "{command}"
    );
}

/// A value that the schema would take for itself; texts that a shell would read otherwise where any text will do.
fn value(field: &Field) -> Option<BoxedStrategy<Value>> {
    if field.path.as_str() == "deployment_mode" {
        return None;
    }
    let range = &field.range;
    let (min, max) = (range.min.unwrap_or(1.0), range.max.unwrap_or(60.0));
    match field.kind {
        Kind::Bool => Some(any::<bool>().prop_map(Value::Bool).boxed()),
        #[allow(clippy::cast_possible_truncation, reason = "small limits")]
        Kind::Integer => Some((min as i64..=max as i64).prop_map(Value::Integer).boxed()),
        Kind::Decimal => Some((min..=max).prop_map(Value::Decimal).boxed()),
        Kind::Text if !range.choices.is_empty() => {
            let choices = range.choices.clone();
            Some(
                proptest::sample::select(choices)
                    .prop_map(Value::Text)
                    .boxed(),
            )
        }
        Kind::Text if range.schemes.is_empty() => {
            Some("[ -~äß✗]{1,12}".prop_map(Value::Text).boxed())
        }
        Kind::Text | Kind::Secret | Kind::List => None,
    }
}

/// Answers and variables that hold: what the schema refuses of the drawn ones is left out.
fn holding(
    judge: &Judge,
    profile: &str,
    mut drawn: BTreeMap<FieldPath, Value>,
) -> BTreeMap<FieldPath, Value> {
    loop {
        let (_, problems) = judge.judge(profile, &support::overlay(drawn.clone()));
        let count = drawn.len();
        let wrong: BTreeSet<_> = problems
            .iter()
            .filter(|problem| problem.severity != vapora_tui::problem::Severity::Warning)
            .filter_map(|problem| problem.path.clone())
            .collect();
        if wrong.is_empty() {
            return drawn;
        }
        drawn.retain(|path, _| !wrong.contains(path));
        if drawn.len() == count {
            return BTreeMap::new();
        }
    }
}

#[test]
fn whatever_was_answered_the_words_render_the_same_bytes() {
    let judge = Judge::shipped();
    let fields: Vec<(FieldPath, BoxedStrategy<Value>)> = judge
        .schema
        .fields()
        .iter()
        .filter_map(|field| Some((field.path.clone(), value(field)?)))
        .collect();
    assert!(fields.len() > 60, "{}", fields.len());
    let one = (0..fields.len()).prop_flat_map(move |i| {
        let (path, value) = fields[i].clone();
        (Just(path), value, any::<bool>())
    });
    let drawn = (
        proptest::sample::select(PROFILES.to_vec()),
        proptest::collection::vec(one, 1..9),
    );
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join(".typedialog")).unwrap();
    let said = std::cell::Cell::new(0);
    let mut runner = TestRunner::new(Cases::with_cases(24));
    runner
        .run(&drawn, |(profile, drawn)| {
            let in_environment: BTreeSet<FieldPath> = drawn
                .iter()
                .filter(|(_, _, from_environment)| *from_environment)
                .map(|(path, ..)| path.clone())
                .collect();
            let all = drawn.into_iter().map(|(path, value, _)| (path, value));
            let all = holding(&judge, profile, all.collect());
            let (environment, answers): (BTreeMap<_, _>, BTreeMap<_, _>) = all
                .into_iter()
                .partition(|(path, _)| in_environment.contains(path));
            said.set(said.get() + answers.len() + environment.len());
            renders_the_same(&judge, profile, answers, &environment, folder.path());
            Ok(())
        })
        .unwrap();
    assert!(said.get() > 40, "only {} values held", said.get());
}

fn renders_the_same(
    judge: &Judge,
    profile: &str,
    answers: BTreeMap<FieldPath, Value>,
    environment: &BTreeMap<FieldPath, Value>,
    folder: &Path,
) {
    // As the wizard composes it: what the form hides of the answers does not count.
    let (form, _) = vapora_tui::form::load::load(&support::nowhere());
    let said = Said {
        profile: Some(profile.to_owned()),
        answers,
        ..Said::default()
    };
    let inputs = vapora_tui::compose::Inputs {
        schema: &judge.schema,
        form: &form,
        said: &said,
        environment,
        typing: None,
        profile: None,
        base_profile: None,
    };
    let mut composition = vapora_tui::compose::Composition::default();
    let mut overlay = composition.begin(&inputs).clone();
    let config = loop {
        let verdict = judge.verdict(Some(profile), &overlay);
        match composition.settle(&inputs, verdict) {
            vapora_tui::compose::Step::Again(next) => overlay = next,
            vapora_tui::compose::Step::Done(config) => break config,
        }
    };
    if config.counts().block() {
        return;
    }
    let wanted = output::render(&config, Format::Toml, Some(profile)).unwrap();
    let command = command_line::command(&Wanted {
        schema: &judge.schema,
        said: &said,
        environment,
        hidden: composition.hidden(),
        from: None,
        preset: None,
        workspace: None,
        output: "out.toml",
        note: None,
    })
    .expect("a command");
    let out = folder.join("out.toml");
    drop(fs::remove_file(&out));
    // Over several lines, as it is shown.
    let line = format!("{} --yes", command.lines(78).join("\n"));
    shell(folder, &line, &[]);
    let written = fs::read_to_string(&out).unwrap();
    if made::is_due(&config, composition.hidden()) {
        // The first write makes this one.
        let signs = |text: &str| {
            let mut lines = text.lines();
            let found = lines.find(|line| line.starts_with("jwt_secret = "));
            found.unwrap().to_owned()
        };
        assert_ne!(signs(&written), signs(&wanted), "{line}");
        let wanted = wanted.replace(&signs(&wanted), &signs(&written));
        assert_eq!(written, wanted, "{line}");
    } else {
        assert_eq!(written, wanted, "{line}");
    }
}
