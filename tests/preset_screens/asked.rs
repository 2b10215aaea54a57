//! What is asked before anything gives way to a preset.

use super::{PORT, on, some};

#[test]
fn unsaved_answers_give_way_only_when_asked() {
    let mut stage = on(some(80, 24), "multiuser");
    stage.app.drafts.kept = true;
    stage.keys(PORT).keys("p Down Down Enter");
    insta::assert_snapshot!("load_over_answers", stage.screen());
    // Esc and the first Enter are harmless: answers and draft are still there.
    for key in ["Esc", "Enter Enter", "Enter Esc"] {
        stage.keys(key).says("┌ Presets");
        assert!(stage.app.draft_state().is_some());
    }
    stage
        .keys("Enter Tab Enter")
        .says("enterprise · staging-eu ");
    stage.keys("u").says("multiuser · new*").says("●1");
    assert!(stage.app.draft_state().is_some());
}
