//! No silent key: in every window each key of the shipped keymap works, or says where its action works and why not
//! here. Only a key that moves may be silent, at an end: for each window those are named.

use vapora_tui::tui::keymap::SHIPPED;

use crate::presets::{at_the_start as presets_at_the_start, begun as presets};
use crate::stage::Stage;
use crate::tour::{enterprise, start, team, with_files};
use crate::versions::listed;

/// A window: how it begins, the keys that open it, what stands on it, and the keys that are at an end there.
type Open = (
    fn(u16, u16) -> Stage,
    &'static str,
    &'static str,
    &'static str,
);

/// Every key of the keymap, once.
fn keys() -> Vec<String> {
    let table: toml::Table = SHIPPED.parse().unwrap();
    let mut keys: Vec<String> = table
        .values()
        .flat_map(|place| place.as_table().unwrap().values())
        .flat_map(|keys| keys.as_array().unwrap())
        .map(|key| key.as_str().unwrap().to_owned())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

fn opened((begin, way, says, _): Open) -> Stage {
    let mut stage = begin(80, 24);
    // Painting again ends what was said of the way there.
    stage.keys(way).says(says).keys("Ctrl+l");
    stage
}

fn seen(stage: &Stage) -> (String, usize, bool) {
    (stage.screen(), stage.effects.len(), stage.quit)
}

/// Presses every key in the window; after one that only said something the window is still as it was.
fn press_all(window: Open) {
    let mut stage = opened(window);
    let way = window.1;
    for key in keys() {
        let before = seen(&stage);
        stage.keys(&key);
        let after = seen(&stage);
        if window.3.split(' ').any(|end| end == key) {
            assert_eq!(before, after, "{key} is not at an end after {way:?}");
            continue;
        }
        assert_ne!(before, after, "{key} does nothing after {way:?}");
        assert!(
            !after.0.contains("does nothing here"),
            "{key} is for nothing after {way:?}:\n{}",
            after.0
        );
        stage.keys("Ctrl+l");
        if stage.quit || stage.screen() != before.0 {
            stage = opened(window);
        }
    }
}

macro_rules! windows {
    ($($name:ident $begin:ident $way:literal $says:literal $ends:literal;)*) => {
        $(
            #[test]
            fn $name() {
                press_all(($begin, $way, $says, $ends));
            }
        )*
    };
}

windows! {
    start_screen start "Down" "New, from a profile" "";
    panels enterprise "Down Down" "16 panels" "";
    fields enterprise "Down Enter Down 9 0 0 1 Enter" "▸ Port" "";
    edit enterprise "Down Enter Down Enter Left" "[8001" "";
    diff with_files "Down Enter Down 9 0 0 1 Enter Down 1 2 Enter d" "┌ Diff" "";
    diff_heading with_files "Down Enter Down 9 0 0 1 Enter Down 1 2 Enter d Up" "▸backend   4 the same" "Home PageUp Up g k";
    diff_of_nothing enterprise "d" "Nothing differs" "";
    review with_files "Down Enter Down 9 0 0 1 Enter Down 1 2 Enter w Down" "Review: nothing is written yet" "";
    review_on_write with_files "Down Enter Down 9 0 0 1 Enter w Tab" "▸[ Write 1 file ]" "";
    review_on_back enterprise "w Tab Tab Tab" "▸[ Back ]" "";
    problems enterprise "!" "┌ Problems" "Down End G Home PageDown PageUp Up g j k";
    search enterprise "/ p o r t Left" "/ port" "PageUp Shift+Tab Up";
    search_down enterprise "/ e Left Down PageDown" "┌ Search" "";
    finder enterprise ": r e Left Down PageDown PageDown PageDown" "┌ Actions" "Down PageDown Tab";
    help enterprise "? PageDown" "┌ Help" "";
    output enterprise "o PageDown Right" "┌ Output" "";
    output_further enterprise "Down Enter Down o Down Right" "┌ Output" "";
    profiles enterprise "m Home Down" "Profile: answers are kept" "";
    options team "Enter Down Enter e u Left" "[eu" "Home PageUp Up";
    options_in_the_list team "Enter Down Enter Tab Down" "▸ eu-" "Down End G PageDown j";
    ticks team "Enter Enter E Left Down" "[E" "";
    ticks_in_the_list team "Enter Enter Tab Down Down" "2 of 25 ticked" "";
    editor team "Enter Down Down Enter Enter x y z Left" "line 2 of 2" "Down PageDown";
    question enterprise "Down Enter Down 9 0 0 1 Enter q Up" "Leave?" "Home PageUp g";
    prompt start "End Enter a b Left" "[ab" "";
    generations listed "Down" "Earlier versions of" "";
    generations_none enterprise "E" "Earlier versions of" "Down End G Home PageDown PageUp Up g j k";
    restoring listed "Down w Down" "Restore generation 3" "";
    look_first start "Down v Down" "not started yet" "";
    sources enterprise "/ j w t Space s e c r e t Enter Space Down" "from where?" "";
    reference enterprise "/ j w t Space s e c r e t Enter Space Enter Left" "name in the secret store" "";
    certificate enterprise ": c e r t i f i c a t e Enter Down Left" "Self-signed certificate" "";
    certificate_on_button enterprise ": c e r t i f i c a t e Enter Shift+Tab Shift+Tab" "[ Show plan ]" "";
    preset_list presets "p Down" "┌ Presets" "";
    preset_list_at_the_start presets_at_the_start "p Down" "┌ Presets" "";
    preset_list_empty enterprise "p" "┌ Presets" "Down End G Home PageDown PageUp Up g j k";
    preset_name presets "p s a b Left" "[ab" "";
    preset_place presets "p s a b Tab Tab" "▸ (x) mine" "";
    preset_button presets "p s a b Tab Tab Tab" "▸[ Save preset ]" "";
    budget_pane enterprise "Enter b Tab Down" "Enter shows the budget in full" "";
    budget enterprise "b Home Down" "┌ Budget" "";
    budget_text enterprise "b Tab PageDown" "┌ Budget" "";
    workload enterprise "b e Down Right 7 Enter" "┌ Workload" "";
    workload_cell enterprise "b e Down Enter Left" "[2400" "";
    preset_file presets "p > Left" "Export the preset" "";
}

#[test]
fn a_key_that_works_elsewhere_says_where() {
    for (window, key, said) in [
        ("d", "m", "profile is for panels and settings: Esc first."),
        ("!", "c", "compare works in the differences; d opens them."),
        (
            "?",
            "Space",
            "toggle is for panels and settings: Esc first.",
        ),
        ("?", "Tab", "There is one list here"),
        ("o", "K", "move up works in a list to tick from"),
        ("d", "Ctrl+u", "erase to start works while a value is typed"),
    ] {
        let mut stage = enterprise(80, 24);
        stage.keys(window).keys(key).says(said);
    }
    let mut stage = start(80, 24);
    stage
        .keys("? d")
        .says("diff needs a profile: start with one first.");
}
