//! The header and the star follow the preset that the session stands for.

use super::stage::Setup;
use super::{PORT, begun, on, some};

#[test]
fn the_header_follows_another_name() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down Enter").says("· staging-eu ");
    stage.keys(PORT).says("· staging-eu* ");
    stage.keys("p e Ctrl+u").text("prod-eu");
    stage
        .keys("Tab Tab Enter Esc")
        .says("enterprise · prod-eu* ");
    // Once for each answer; what the preset itself said is saved.
    stage.keys("u").says("enterprise · prod-eu  ");
}

#[test]
fn the_star_goes_when_undo_leads_to_what_was_saved() {
    let mut stage = on(Setup::new(80, 24).on_disk(), "enterprise");
    stage.keys(PORT).keys("p s").text("night");
    stage.keys("Tab Tab Tab Enter").says("enterprise · night  ");
    stage.keys("Enter Ctrl+u 9 0 0 3 Enter Esc");
    stage.says("enterprise · night* ");
    stage.keys("u").says("enterprise · night  ");
    // Also over another preset that was loaded meanwhile.
    let mut stage = on(some(80, 24), "enterprise");
    stage.keys(PORT).keys("p s").text("night");
    stage.keys("Tab Tab Tab Enter").says("· night  ");
    stage.keys("p End Enter").says("· staging-eu  ");
    stage.keys("u").says("enterprise · night  ");
    stage.keys("U").says("· staging-eu  ");
}

#[test]
fn one_that_is_deleted_is_not_named_as_if_it_were_there() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down Enter").keys(PORT);
    stage.keys("p Delete").says("shared/staging-eu is deleted");
    stage
        .keys("Esc")
        .says("enterprise · staging-eu (deleted)* ");
    stage
        .keys("p u Esc")
        .says("enterprise · staging-eu* ")
        .does_not_say("(deleted)");
}
