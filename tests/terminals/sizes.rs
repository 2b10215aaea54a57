//! Every size: nothing panics, what is too small says so, and every screen has been looked at in the smallest size.

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::{Rect, Size};
use vapora_tui::tui::draw::draw;
use vapora_tui::tui::layout::LEAST;
use vapora_tui::tui::msg::Msg;

use crate::stage::Stage;
use crate::tour;

/// All widths and heights up to one above what makes a difference, and some larger ones.
fn sizes() -> Vec<Size> {
    let mut sizes = Vec::new();
    for width in 1..=130 {
        for height in 1..=40 {
            // Where nothing but the room for one sentence changes, and where only rows are added, one of many will do.
            let is_near = |at: u16, least: u16| at.abs_diff(least) <= 1;
            let is_small = width < LEAST.width || height < LEAST.height;
            let edge = (is_near(width, LEAST.width) && height <= 20)
                || (is_near(height, LEAST.height) && width >= 50)
                || is_near(width, 110)
                || (width < 4 && height < 4);
            let every = if is_small { 67 } else { 43 };
            if edge || (width + height * 2) % every == 0 {
                sizes.push(Size::new(width, height));
            }
        }
    }
    for width in [150, 200, 255, 256, 299, 300] {
        for height in [1, 16, 50, 99, 100] {
            sizes.push(Size::new(width, height));
        }
    }
    sizes
}

fn draw_at(stage: &mut Stage, size: Size) -> Buffer {
    let effects = stage.app.handle(Msg::Resize(size));
    assert!(effects.is_empty());
    let mut buffer = Buffer::empty(Rect::new(0, 0, size.width, size.height));
    let cursor = draw(&stage.app, &mut buffer);
    if let Some(at) = cursor {
        assert!(at.x < size.width && at.y < size.height, "{at} at {size}");
    }
    buffer
}

fn said(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let rows = buffer.content.chunks(width);
    let rows = rows.map(|row| row.iter().map(Cell::symbol).collect::<String>());
    let rows: Vec<String> = rows.map(|row| row.trim().to_owned()).collect();
    rows.join(" ").trim().to_owned()
}

#[test]
fn every_screen_is_drawn_at_every_size() {
    let sizes = sizes();
    let mut drawn = 0;
    let mut turn = 0;
    tour::walk(80, 24, |stage, _| {
        // The sizes go round: each stop draws a third of them, the next stop another.
        for size in sizes.iter().skip(turn % 3).step_by(3) {
            draw_at(stage, *size);
            drawn += 1;
        }
        turn += 1;
        stage.resize(80, 24);
    });
    println!("{drawn} screens");
    assert!(drawn > 5_000);
}

#[test]
fn below_the_least_size_one_sentence_says_what_is_needed() {
    tour::walk(80, 24, |stage, name| {
        for size in [
            Size::new(59, 16),
            Size::new(60, 15),
            Size::new(20, 5),
            Size::new(300, 15),
        ] {
            let said = said(&draw_at(stage, size));
            // The question whether to leave is asked here too.
            let asks = name == "question";
            let wanted = match (asks, size.width) {
                (false, 20) => "vapora-tui needs 60x16; this is 20x5.".to_owned(),
                (false, width) => format!(
                    "vapora-tui needs 60x16; this is {width}x{}. Nothing is lost: make the window larger.",
                    size.height
                ),
                (true, _) => "3 answers are not written.".to_owned(),
            };
            assert!(said.starts_with(&wanted), "{name}: {said}");
            assert!(asks || said.ends_with(" leaves."), "{name}: {said}");
        }
        let fits = said(&draw_at(stage, LEAST));
        assert!(!fits.contains("vapora-tui needs"), "{name}: {fits}");
        stage.resize(80, 24);
    });
}

/// The screens that no other test has looked at in the least size.
const LEAST_ONLY: [&str; 9] = [
    "start", "edit", "wrong", "choice", "secret", "profiles", "diff_all", "question", "written",
];

/// Those that no other test has looked at but at 80x24.
const BOTH: [&str; 11] = [
    "prompt",
    "revealed",
    "finder_nothing",
    "filter_panels",
    "ticks_in_the_list",
    "folder",
    "proposal",
    "own_problems",
    "lost",
    "loading",
    "file_changed",
];

#[test]
fn screens_of_the_least_size() {
    tour::walk(LEAST.width, LEAST.height, |stage, name| {
        if LEAST_ONLY.contains(&name) || BOTH.contains(&name) {
            insta::assert_snapshot!(format!("least_{name}"), stage.screen());
        }
    });
}

#[test]
fn screens_of_a_wide_size() {
    tour::walk(120, 36, |stage, name| {
        if BOTH.contains(&name) {
            insta::assert_snapshot!(format!("wide_{name}"), stage.screen());
        }
    });
}

/// The footer of every window holds its way out and its help, in every size, and is never cut.
#[test]
fn every_footer_holds_the_way_out_and_the_help() {
    for (width, height) in [(LEAST.width, LEAST.height), (80, 24), (120, 36)] {
        tour::walk(width, height, |stage, name| {
            let screen = stage.screen();
            let footer = screen.lines().nth(usize::from(height) - 1).unwrap();
            let out = ["Esc ", "q leave", "Ctrl+Q leave"];
            assert!(
                out.iter().any(|hint| footer.contains(hint)),
                "{name}: {footer}"
            );
            let is_help = name == "help" || name == "help_below" || name == "look_help";
            let help = ["? keys", "F1 help"];
            assert!(
                is_help || help.iter().any(|hint| footer.contains(hint)),
                "{name}: {footer}"
            );
            assert!(!footer.contains('›'), "{name}: {footer}");
        });
    }
}
