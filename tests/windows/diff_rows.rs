//! `f` in the differences goes through the rows as it does over the panels.

use crate::stage::{Setup, Stage};
use crate::{SIZES, snapshot};

/// A wrong answer, a right one, and what the profile is warned about; the differences are open.
fn opened(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).profile("enterprise").begin();
    stage.keys("Down Enter Down 8 0 Enter Down 1 2 Enter d");
    stage
}

#[test]
fn f_shows_what_is_wrong_then_all_then_what_differs() {
    for (width, height) in SIZES {
        let mut stage = opened(width, height);
        snapshot(&stage, "diff_rows_changed");
        stage
            .keys("f")
            .says("Diff · only wrong")
            .says("2 settings; f goes on to all.");
        snapshot(&stage, "diff_rows_wrong");
        stage
            .keys("f")
            .says("Diff · all")
            .says("All: 110 settings; f goes on to changed.");
        stage.keys("f").says("Only changed: 2 settings");
    }
}

#[test]
fn without_anything_wrong_the_window_says_so() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.keys("d f");
    let wrong = stage.app.counted().count();
    assert_eq!(wrong, 0);
    stage
        .says("Nothing is wrong or warned about.")
        .keys("Down")
        .says("There is no row here; a shows all settings, Esc goes back.");
}

#[test]
fn the_key_and_the_footer_agree() {
    let mut stage = opened(120, 36);
    for (label, title) in [("f wrong", "only wrong"), ("f all", "Diff · all")] {
        stage.says(label).keys("f").says(title);
    }
    stage.says("f changed");
}
