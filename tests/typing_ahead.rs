//! An operator who knows the way types faster than the schema is read: nothing of it is lost, nothing runs as a command.

#[path = "stage/mod.rs"]
mod stage;

use stage::Setup;
use vapora_tui::tui::form_arrives::Forms;
use vapora_tui::tui::msg::Msg;

#[test]
fn an_edit_before_the_first_verdict_waits_for_it() {
    let mut stage = Setup::new(80, 24).begin();
    stage
        .type_ahead("Enter Down Enter Down Enter Ctrl+u 8 0 Enter")
        .says("▸ Port                   ✗ 80 ")
        .says("80 is below 1024");
}

#[test]
fn letters_typed_into_it_are_no_commands() {
    let mut stage = Setup::new(80, 24).begin();
    stage.type_ahead("Down Down Enter Down Enter Down Enter Ctrl+u q u Enter");
    assert!(!stage.quit);
    stage.says("▸ Port                   ✗ qu ");
}

#[test]
fn they_are_dropped_by_the_key_that_stops() {
    let mut stage = Setup::new(80, 24).begin();
    stage
        .type_ahead("Enter Down Enter Down Enter 8 0 Ctrl+c")
        .says("The keys typed ahead are dropped.")
        .says("▸ Port                     8001");
}

/// A thousand forms come after the first frame.
#[test]
fn keys_before_the_forms_wait_for_them() {
    let mut stage = Setup::new(80, 24).begin();
    let form = std::mem::take(&mut stage.app.form);
    assert!(!form.panels.is_empty());
    stage.app.forms = Forms::Follow;
    stage.type_ahead("Enter Down Enter");
    stage.says("keys typed ahead: waiting for the schema…");
    stage.tell(Msg::Form(Box::new(form), Vec::new()));
    stage.says("▸ Host");
}
