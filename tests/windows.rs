//! What the windows answer: rows, buttons, reasons and work under way, each as an operator meets it.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

#[path = "windows/diff_rows.rs"]
mod diff_rows;
#[path = "windows/many_problems.rs"]
mod many_problems;
#[path = "windows/no_setting.rs"]
mod no_setting;
#[path = "windows/output_effect.rs"]
mod output_effect;
#[path = "windows/questions.rs"]
mod questions;
#[path = "windows/review_rows.rs"]
mod review_rows;

use stage::Stage;

const SIZES: [(u16, u16); 2] = [(80, 24), (60, 16)];

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}
