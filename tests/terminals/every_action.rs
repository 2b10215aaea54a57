//! No dead key: every key of the shipped keymap is pressed where it holds, and something must follow.

use vapora_tui::tui::action::{Action, Place};
use vapora_tui::tui::keymap::SHIPPED;

use crate::merging::merging;
use crate::presets;
use crate::stage::Stage;
use crate::tour::{enterprise, start, team};
use crate::versions::listed;

/// A setting with an answer that is not written.
const ANSWERED: &str = "Down Enter Down 9 0 0 1 Enter";
/// The small form's text of several lines, the cursor on its second line.
const SECOND_LINE: &str = "Enter Down Down Enter Enter x";
const SECRET: &str = "Down Down Enter Down Space Down Down Down Enter s e c r e t Enter";

/// Where an action holds and has something to do.
fn place_of(action: Action) -> (fn(u16, u16) -> Stage, String) {
    let edit = "Down Enter Down Enter";
    let (begin, keys): (fn(u16, u16) -> Stage, &str) = match action {
        Action::LookFirst | Action::PresetsAtStart => (start, ""),
        Action::RestoreGeneration => (listed, "Down"),
        Action::Up => (enterprise, "Down"),
        Action::PageUp | Action::First => (enterprise, "End"),
        Action::Back | Action::Left | Action::Copy => (enterprise, "Enter"),
        Action::HelpInEdit => (enterprise, edit),
        Action::Undo | Action::Reset | Action::ResetPanel | Action::ResetAll => {
            (enterprise, ANSWERED)
        }
        Action::Redo => return (enterprise, format!("{ANSWERED} u")),
        Action::Edit => (enterprise, "Down Enter Down"),
        Action::Toggle => (enterprise, "Down Down Enter Down"),
        Action::Reveal => (enterprise, SECRET),
        Action::FoundUp => (enterprise, "/ Down"),
        Action::FoundPageUp => (enterprise, "/ PageDown"),
        Action::Delete
        | Action::EraseToEnd
        | Action::LineEnd
        | Action::CharRight
        | Action::WordRight => return (enterprise, format!("{edit} Home")),
        Action::LineDown | Action::EditorPageDown => {
            return (team, format!("{SECOND_LINE} PageUp"));
        }
        Action::MoveUp => (team, "Enter Enter Tab Down"),
        Action::CloseOutput => (enterprise, "o"),
        action => match action.place() {
            Place::Merge => (merging, ""),
            Place::Start => (start, ""),
            Place::Budget => (enterprise, "b"),
            Place::Workload => (enterprise, "b e"),
            Place::Generations => (listed, ""),
            Place::Presets => (presets::begun, "p"),
            Place::Diff => return (enterprise, format!("{ANSWERED} d")),
            Place::Scoring => (enterprise, "a"),
            Place::Found => (enterprise, "/"),
            Place::Edit => (enterprise, edit),
            Place::Editor => (team, SECOND_LINE),
            Place::Pick => (team, "Enter Enter Tab"),
            _ => (enterprise, ""),
        },
    };
    (begin, keys.to_owned())
}

/// All that an operator could notice.
fn seen(stage: &Stage) -> (String, usize, bool) {
    (stage.screen(), stage.effects.len(), stage.quit)
}

/// Presses in the place of the action, and says what is seen then; something must have followed.
fn press(action: Action, keys: &str) -> String {
    let name = action.name();
    let (begin, way) = place_of(action);
    let mut stage = begin(80, 24);
    // Painting again ends what was said of the way there: what is said afterwards is said of the key.
    stage.keys(&way).keys("Ctrl+l");
    let holds = stage.app.places();
    let place = action.place();
    let typed = place.types();
    assert!(
        typed || place == Place::Named || holds.contains(&place),
        "{name} does not hold after {way:?}: {holds:?}"
    );
    let before = seen(&stage);
    stage.keys(keys);
    let after = seen(&stage);
    assert_ne!(before, after, "{keys} ({name}) does nothing after {way:?}");
    assert!(
        !after.0.contains("does nothing here"),
        "{keys} ({name}) is not known after {way:?}"
    );
    after.0
}

#[test]
fn every_key_does_something_where_it_holds() {
    let table: toml::Table = SHIPPED.parse().unwrap();
    let mut pressed = 0;
    for action in Action::ALL.iter().copied() {
        if action.place() == Place::Named {
            continue;
        }
        let keys = &table[action.place().word()][action.name()];
        for key in keys.as_array().unwrap() {
            press(action, key.as_str().unwrap());
            pressed += 1;
        }
    }
    let bound: usize = table
        .values()
        .flat_map(|place| place.as_table().unwrap().values())
        .map(|keys| keys.as_array().unwrap().len())
        .sum();
    assert_eq!(pressed, bound, "a key of the keymap was not pressed");
}

#[test]
fn every_named_action_is_done_by_its_name() {
    for (action, said) in [
        (Action::WriteAndLeave, "Review: nothing is written yet"),
        (Action::ResetPanel, "1 answer of Backend"),
        (Action::ResetAll, "1 answer of all panels"),
        (Action::Certificate, "Self-signed certificate"),
    ] {
        let letters = action.words().replace(' ', "_");
        let letters: Vec<String> = letters
            .chars()
            .map(|c| {
                if c == '_' {
                    "Space".to_owned()
                } else {
                    c.to_string()
                }
            })
            .collect();
        let screen = press(action, &format!(": {} Enter", letters.join(" ")));
        assert!(screen.contains(said), "{}: {screen}", action.name());
    }
    let named = Action::ALL.iter().filter(|a| a.place() == Place::Named);
    assert_eq!(named.count(), 4);
}
