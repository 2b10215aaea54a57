//! The output is made beside the loop: what a key changes asks for it, its answer shows it.

use vapora_tui::tui::msg::{Effect, Msg};

use crate::stage::{Setup, Stage};

fn asked(effects: &[Effect]) -> usize {
    let output = |effect: &&Effect| matches!(effect, Effect::Output(_));
    effects.iter().filter(output).count()
}

fn begun() -> Stage {
    Setup::new(80, 24).profile("enterprise").on_disk().begin()
}

#[test]
fn the_key_asks_and_the_answer_shows() {
    let mut stage = begun();
    let effects = stage.unanswered("Down Enter Down o");
    assert_eq!(asked(&effects), 1);
    stage
        .says("Output: vapora.toml")
        .does_not_say("port = 8001");
    stage.carry_out(effects).says("▸  port = 8001");
}

#[test]
fn one_text_is_made_at_a_time() {
    let mut stage = begun();
    let effects = stage.unanswered("o");
    let more = stage.unanswered("Down Up Right");
    assert_eq!((asked(&effects), asked(&more)), (1, 0));
    stage.carry_out(effects);
    assert_eq!(asked(&stage.unanswered("Down")), 0, "nothing changed");
}

/// The workspace goes away behind the screens: no key notices, only what was asked for does.
#[test]
fn no_key_looks_at_the_disk() {
    let mut stage = begun();
    stage.app.facts.output = stage.root().join("vapora.ncl");
    let with = |stage: &mut Stage| {
        let effects = stage.unanswered("o");
        let made = effects.into_iter().find_map(|effect| match effect {
            Effect::Output(wanted) => Some(wanted.make()),
            _ => None,
        });
        made.unwrap()
    };
    let text = with(&mut stage);
    let lines = text.lines.len();
    stage.app.handle(Msg::Output(text));
    stage.says(&format!("{lines} lines"));
}

#[test]
fn a_secret_of_the_file_stands_in_no_debug_text() {
    let mut stage = Setup::new(80, 24)
        .profile("enterprise")
        .file(
            "config/runtime/vapora.toml",
            "deployment_mode = \"enterprise\"\nown = \"hunter2\"\n",
        )
        .begin_writing("config/runtime/vapora.toml");
    let effects = stage.unanswered("o");
    assert!(!format!("{effects:?}").contains("hunter2"));
}
