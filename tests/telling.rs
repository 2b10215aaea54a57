//! What is wrong outside the values: told with its place and what to do, whole, and never in the way of writing where
//! only a form is wrong.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};
use vapora_tui::nickel::Reply;
use vapora_tui::problem::{Problem, Severity};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];
const MAIN: &str = "forms/main.toml";
const OUTPUT: &str = "config/runtime/vapora.toml";

/// A form of one panel with a line that is wrong, and an unknown setting.
const FORM: &str = "\
name = \"small\"

[[elements]]
name = \"port\"
nickel_path = [\"backend\", \"port\"]
type = \"text\"
prompt = \"Port\"

[[elements]]
name = \"prot\"
nickel_path = [\"backend\", \"prot\"]
type = \"text\"
prompt = \"Prot\"

[[elements]]
name = \"odd\"
type = \"no-such-type\"
prompt = \"Odd\"
";

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

/// The screen as one text, blanks folded: what is told over several lines is found in it.
#[track_caller]
fn tells(stage: &Stage, text: &str) {
    let screen = stage.screen();
    let told = screen.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(told.contains(text), "{text}\n{screen}");
}

/// The schema is the only judge of values.
#[test]
fn a_wrong_form_is_warned_of_and_forbids_no_writing() {
    let mut stage = Setup::new(80, 24).file(MAIN, FORM).profile("solo").begin();
    let of_form: Vec<&Problem> = stage.app.problems.iter().collect();
    let placed = of_form.iter().filter(|problem| problem.place.is_some());
    assert!(placed.count() >= 2, "{of_form:?}");
    for problem in of_form {
        assert_eq!(problem.severity, Severity::Warning, "{problem:?}");
    }
    stage.keys("!").says("forms/main.toml:").does_not_say("✗ ");
    stage.keys("Esc w Tab Enter").says("Written: ");
    assert!(stage.root().join(OUTPUT).is_file());
}

#[test]
fn the_start_screen_says_both_what_a_profile_is_and_what_is_wrong_beside_it() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).file(MAIN, FORM).begin();
        tells(
            &stage,
            "solo: 110 settings, nothing is wrong, nothing needs an answer.",
        );
        tells(&stage, "problems, listed by !; first forms/main.toml:");
        stage.keys("Down");
        tells(&stage, "multiuser: 110 settings, 0 errors");
        // The folder has another name each time.
        stage.app.facts.workspace = "/srv/vapora".into();
        stage.app.facts.output = "/srv/vapora/config/runtime/vapora.toml".into();
        snapshot(&stage, "start_with_a_wrong_form");
        stage.keys("!").says("Problems");
    }
}

#[test]
fn a_lost_schema_is_named_with_its_file_wherever_one_asks() {
    for (width, height) in SIZES {
        for started in [false, true] {
            let setup = Setup::new(width, height);
            let setup = if started {
                setup.profile("solo")
            } else {
                setup
            };
            let mut stage = setup.begin();
            stage.app.config = None;
            stage.app.baselines.clear();
            stage.tell(vapora_tui::tui::msg::Msg::Reply(Reply::Lost {
                slot: None,
                ticket: 0,
                problem: lost(),
            }));
            tells(
                &stage,
                "assets/schemas/vapora/main.ncl: The schema computes without end, or needs more than 1 GiB of memory.",
            );
            tells(
                &stage,
                "Mend it and start again, or move it away: the shipped one counts then.",
            );
            snapshot(&stage, if started { "lost_panels" } else { "lost_start" });
            if started {
                for key in ["d", "o", "w"] {
                    stage.keys(key);
                    tells(
                        &stage,
                        "Not judged: assets/schemas/vapora/main.ncl: The schema computes without end, or needs more than 1 GiB of memory.",
                    );
                    tells(
                        &stage,
                        "Mend it and start again, or move it away: the shipped one counts then.",
                    );
                    stage.does_not_say("wait");
                }
                snapshot(&stage, "lost_said");
            }
        }
    }
}

/// As the child's client says it; `tests/pty` shows it in full.
fn lost() -> Problem {
    Problem::error("The schema computes without end, or needs more than 1 GiB of memory.")
        .hint("Mend it and start again, or move it away: the shipped one counts then.")
        .in_file("assets/schemas/vapora/main.ncl".as_ref(), None)
}

/// A form that says nothing of a setting leaves it to the schema.
#[test]
fn a_setting_without_help_shows_what_the_schema_says() {
    let mut stage = Setup::new(80, 24).file(MAIN, FORM).profile("solo").begin();
    stage.keys("Enter");
    let doc = {
        let schema = stage.app.schema.clone().unwrap();
        schema.get("backend.port").unwrap().doc.clone()
    };
    assert!(!doc.is_empty());
    tells(&stage, &doc);
    snapshot(&stage, "help_of_the_schema");
    stage.keys("?");
    tells(&stage, &doc);
}

#[test]
fn a_file_that_says_the_same_has_nothing_to_write() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).on_disk().profile("solo").begin();
        stage.keys("w Tab Enter");
        let written = fs::read(stage.root().join(OUTPUT)).unwrap();
        stage.keys("w");
        stage.says("the same already");
        stage.does_not_say("1 file");
        stage
            .does_not_say("Write puts")
            .says("[ Nothing to write ]");
        tells(
            &stage,
            "The file says the same already: there is nothing to write.",
        );
        snapshot(&stage, "nothing_to_write");
        stage.keys("Tab Enter");
        stage.does_not_say("Review").says("Nothing to write");
        assert_eq!(fs::read(stage.root().join(OUTPUT)).unwrap(), written);
    }
}

/// Past the start screen it is said once; on it, while it stands.
#[test]
fn several_mistakes_in_own_files_are_counted_and_the_list_is_named() {
    let text = "[everywhere]\nquit = [\"q\"]\n[mian]\n[main]\nwriet = [\"W\"]\ndiff = [\"qq\"]\nwrite = []\n";
    let file = std::path::Path::new("~/.config/vapora-tui/keymap.toml");
    let (_, wrong) = vapora_tui::tui::keymap_file::own(file, text);
    assert_eq!(wrong.len(), 6, "{wrong:?}");
    for (width, height) in SIZES {
        for started in [false, true] {
            let setup = Setup::new(width, height);
            let setup = if started {
                setup.profile("solo")
            } else {
                setup
            };
            let mut stage = setup.begin();
            stage.app.own_problems.clone_from(&wrong);
            let effects = stage.app.begin();
            stage.carry_out(effects);
            tells(
                &stage,
                "! 6 problems, listed by !; first …/keymap.toml:2: quit is no action of [everywhere].",
            );
            snapshot(&stage, if started { "own_started" } else { "own_start" });
            stage.keys("!");
            tells(&stage, "q is leave as shipped: did you mean that?");
        }
    }
}

/// The secret shows as long as its row has the cursor, and ten seconds at most.
#[test]
fn a_shown_secret_is_hidden_by_time_and_when_its_row_is_left() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage
        .keys("/")
        .text("jwt secret")
        .keys("Enter Esc Enter Ctrl+u");
    stage.text("swordfish-swordfish-swordfish-1").keys("Enter");
    stage.does_not_say("swordfish");
    for leaves in [
        "Down Up",
        "Up Down",
        "Esc Enter",
        "Esc",
        "/ Esc",
        "d Esc",
        "s",
    ] {
        stage.keys("s").says("swordfish");
        assert_eq!(stage.effects.last().unwrap(), "HideSecretLater");
        stage.keys(leaves).does_not_say("swordfish");
        if leaves == "Esc" {
            stage.keys("Enter");
        }
        stage.keys("/").text("jwt secret").keys("Enter Esc");
    }
    stage.keys("s").says("swordfish");
    stage.tell(vapora_tui::tui::msg::Msg::HideSecret);
    stage.does_not_say("swordfish");
    stage.keys("s").says("swordfish");
}
