//! A walk through every screen and window: what each test of terminals looks at.

use crate::stage::{Setup, Stage};

/// The name of a stop, and the keys that lead there from the stop before.
pub const STOPS: [(&str, &str); 17] = [
    ("start", ""),
    ("prompt", "End Enter / s r v"),
    ("panels", "Esc Home Down Down Enter"),
    ("fields", "Down Enter Down"),
    ("edit", "Enter Ctrl+u 8 0"),
    ("wrong", "Enter"),
    ("help", "?"),
    ("help_below", "PageDown"),
    ("choice", "Esc Esc Down Enter Enter"),
    (
        "secret",
        "Esc Down Enter Down Space Down Down Down Enter s e c r e t s e c r e t",
    ),
    ("kept", "Enter"),
    ("profiles", "m"),
    ("diff", "Esc d"),
    ("diff_all", "a PageDown"),
    ("review_refused", "Esc w"),
    ("question", "Esc q"),
    ("review", "Esc Esc Up Enter Home Down u u u u w"),
];

/// Walks and looks at every stop.
pub fn walk(width: u16, height: u16, mut look: impl FnMut(&mut Stage, &str)) {
    let mut stage = Setup::new(width, height).begin();
    for (name, keys) in STOPS {
        stage.keys(keys);
        look(&mut stage, name);
    }
}

/// The stops are what their names say.
#[test]
fn the_walk_comes_through_every_screen() {
    walk(80, 24, |stage, name| {
        let said = match name {
            "start" => "New, from a profile",
            "prompt" => "Open a file",
            "panels" => "16 panels",
            "fields" | "wrong" => "▸ Port",
            "edit" => "[80",
            "help" => "Schema's default",
            "help_below" => "17 above ↑, ",
            "choice" => "▾",
            "secret" => "*****",
            "kept" => "(secret)",
            "profiles" => "Profile: answers are kept",
            "diff" | "diff_all" => "┌ Diff",
            "review_refused" | "review" => "Review: nothing is written yet",
            "question" => "Leave?",
            other => panic!("{other}"),
        };
        stage.says(said);
    });
}
