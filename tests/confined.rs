//! What the screens say of containment: whether the child is confined, and what a profile that cannot be used is told.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use stage::Setup;
use vapora_tui::nickel::Confinement;

#[test]
fn help_says_whether_the_child_is_confined() {
    let mut stage = Setup::new(80, 24).begin();
    // The evaluator of a stage is a thread, which nothing confines.
    stage
        .keys("F1 End")
        .says("not confined: this kernel has no Landlock");
    stage.keys("Esc");
    stage.app.confined = Some(Confinement::Files);
    stage
        .keys("F1 End")
        .says("confined: no file; the kernel bars no connection");
    stage.keys("Esc");
    stage.app.confined = Some(Confinement::Whole);
    stage
        .keys("F1 End")
        .says("confined: it can open no file and no connection");
}

#[test]
fn a_profile_that_cannot_be_used_says_so_on_the_start_screen_and_spoils_no_other() {
    let mut stage = Setup::new(80, 24)
        .file("profiles/mine.ncl", "# ours\n{\n  backend.port = ,\n}")
        .begin();
    stage.says("solo: 110 settings");
    stage
        .keys("Down Down Down")
        .says("✗ profiles/mine.ncl:3: A value is missing before `,`.");
    stage.keys("Up").says("enterprise: 110 settings");
}
