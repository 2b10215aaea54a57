//! Key scripts through the real keymap, compared with what the screens showed when they were last looked at.
#![cfg(feature = "tui")]

#[path = "screens/differences.rs"]
mod differences;
mod stage;

use ratatui::style::{Color, Modifier};
use stage::{Setup, Stage};
use vapora_tui::nickel::Reply;
use vapora_tui::problem::Problem;
use vapora_tui::tui::encode::Encoder;
use vapora_tui::tui::msg::Msg;

const SIZES: [(u16, u16); 2] = [(80, 24), (120, 36)];
const ALL_SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];

/// Compares the screen with its snapshot, named by what the operator did.
fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

/// The first five minutes, as drawn.
#[test]
fn first_five_minutes() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).begin();
        snapshot(&stage, "01_start");
        stage.keys("Down Down");
        snapshot(&stage, "02_start_on_enterprise");
        stage.keys("Enter");
        snapshot(&stage, "03_panels");
        stage.keys("Down Enter Down Enter Ctrl+u 8 0");
        snapshot(&stage, "04_port_not_yet");
        stage.keys("Enter");
        snapshot(&stage, "05_port_wrong");
        stage.keys("Enter Ctrl+u 9 0 0 1");
        snapshot(&stage, "06_port_being_mended");
        stage.keys("Enter");
        snapshot(&stage, "07_port_mended");
        stage.keys("Esc Down Down Down Down Down Down Enter Down Down Down Down");
        snapshot(&stage, "08_budget");
        stage.keys("Enter Ctrl+u 4 0 0 0");
        snapshot(&stage, "09_limit_typed");
        stage.keys("Enter n");
        snapshot(&stage, "10_next_problem");
        stage.keys("Enter Ctrl+u").paste("https://vapora.eu.acme\n");
        snapshot(&stage, "11_address_pasted");
        stage.keys("Enter d");
        snapshot(&stage, "12_diff");
        stage.keys("Esc ?");
        snapshot(&stage, "13_help");
    }
}

#[test]
fn review_and_write() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .profile("enterprise")
            .on_disk()
            .begin();
        stage.keys("Down Enter Down 9 0 0 1 Enter w");
        snapshot(&stage, "20_review");
        stage.keys("Tab Enter");
        snapshot(&stage, "21_written");
        let text =
            std::fs::read_to_string(stage.root().join("config/runtime/vapora.toml")).unwrap();
        assert!(text.contains("port = 9001"), "{text}");
        stage.keys("q");
        assert!(stage.quit);
    }
}

#[test]
fn every_kind_of_field() {
    for (width, height) in ALL_SIZES {
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        stage.keys("Down Down Enter Enter");
        snapshot(&stage, "30_select");
        stage.keys("Down Enter Down Space");
        snapshot(&stage, "31_switched_on_shows_more");
        stage
            .keys("Down Down Down Enter")
            .text("swordfish-swordfish");
        snapshot(&stage, "32_secret_typed");
        stage.keys("Enter");
        snapshot(&stage, "33_secret_kept");
        stage
            .keys("s")
            .says("swordfish")
            .keys("s")
            .does_not_say("swordfish");
        stage.keys("Esc End Up Up Up Up Up Up Enter Down Enter");
        snapshot(&stage, "34_list_typed");
    }
}

#[test]
fn windows_and_questions() {
    for (width, height) in ALL_SIZES {
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        stage.keys("Down Enter Down 8 0 Enter m");
        snapshot(&stage, "40_profiles");
        stage.keys("Up Up Enter");
        snapshot(&stage, "41_solo_with_the_answer_kept");
        stage.keys("w");
        snapshot(&stage, "42_review_refuses");
        stage.keys("Tab Enter Esc q");
        snapshot(&stage, "43_leave");
        assert!(!stage.quit);
        stage.keys("Enter q Tab Enter");
        assert!(stage.quit);
    }
}

#[test]
fn small_screens() {
    let mut stage = Setup::new(60, 16).profile("multiuser").begin();
    snapshot(&stage, "50_panels");
    stage.keys("Down Enter");
    snapshot(&stage, "51_fields");
    stage.keys("? ");
    snapshot(&stage, "52_help");
    stage.keys("Esc d");
    snapshot(&stage, "53_diff");
    stage.keys("Esc w");
    snapshot(&stage, "54_review");
    stage.resize(40, 10);
    snapshot(&stage, "55_too_small");
}

/// Every size can be drawn, on every screen.
#[test]
fn no_size_panics() {
    let mut stage = Setup::new(80, 24).begin();
    for script in [
        "",
        "Enter",
        "Down Enter",
        "d",
        "Esc ?",
        "Esc m",
        "Esc w",
        "Esc Enter",
        "Esc q",
    ] {
        stage.keys(script);
        for (width, height) in [
            (1, 1),
            (2, 3),
            (59, 16),
            (60, 15),
            (60, 16),
            (80, 24),
            (110, 20),
            (300, 100),
        ] {
            stage.resize(width, height).screen();
        }
        stage.resize(80, 24);
    }
}

#[test]
fn the_selected_row_is_reversed_and_pointed_at() {
    let stage = Setup::new(80, 24).profile("solo").begin();
    let (buffer, _) = stage.buffer();
    assert_eq!(buffer[(2, 2)].symbol(), "▸");
    assert!(buffer[(4, 2)].modifier.contains(Modifier::REVERSED));
    assert!(!buffer[(4, 3)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn what_is_wrong_is_red_and_has_its_sign() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 8 0 Enter");
    let (buffer, _) = stage.buffer();
    assert_eq!(
        (buffer[(27, 3)].symbol(), buffer[(27, 3)].fg),
        ("✗", Color::Red)
    );
    assert_eq!(
        (buffer[(1, 20)].symbol(), buffer[(1, 20)].fg),
        ("✗", Color::Red)
    );
    stage.keys("Ctrl+u u");
    let (buffer, _) = stage.buffer();
    assert_eq!(buffer[(27, 3)].symbol(), " ");
    assert_eq!(buffer[(1, 20)].fg, Color::Reset);
}

#[test]
fn the_focused_button_is_pointed_at_and_reversed() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.keys("w").says("[ Write 1 file ]  [ Back ]");
    stage.keys("Tab").says("▸[ Write 1 file ]  [ Back ]");
    let (buffer, _) = stage.buffer();
    let row: Vec<u16> = (0..80)
        .filter(|x| buffer[(*x, 18)].symbol() == "▸")
        .collect();
    assert_eq!(row.len(), 1);
    assert!(buffer[(row[0], 18)].modifier.contains(Modifier::REVERSED));
}

#[test]
fn a_review_asked_for_twice_opens_once() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.type_ahead("w w").says("Review");
    assert_eq!(stage.app.windows.len(), 1);
}

#[test]
fn a_review_asked_for_before_the_verdict_opens_with_it() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.keys("Down Enter Down Enter Ctrl+u 8 0");
    stage
        .type_ahead("Enter w")
        .says("Review")
        .says("1 setting is wrong");
}

#[test]
fn a_profile_whose_question_was_lost_is_asked_again() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down");
    drop(stage.unanswered("m Up Up Enter"));
    let ticket = stage.app.ticket;
    let problem = Problem::error("The schema did not answer in time.");
    stage.tell(Msg::Reply(Reply::Lost {
        slot: None,
        ticket,
        problem,
    }));
    stage
        .says("? not judged")
        .keys("9 0 0 1 Enter")
        .does_not_say("? not judged");
    stage.keys("d").says("8001").says("9001").says("solo");
}

/// The review says that n goes there; so it does, and the footer says the same.
#[test]
fn a_refused_review_leads_to_what_is_wrong() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 8 0 Enter Esc w");
    stage
        .says("1 setting is wrong; n goes there.")
        .says("n go there")
        .keys("n")
        .says("▸ Port")
        .does_not_say("Review");
    stage
        .keys("u w n")
        .says("Esc first: this waits for an answer.");
}

#[test]
fn the_footer_says_what_enter_does_on_this_row_and_what_can_be_done_with_it() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("Down Down Enter").says("Enter pick  n next");
    stage
        .keys("Down")
        .says("Enter flip  n next")
        .does_not_say("r reset");
    stage
        .keys("Enter")
        .says("r reset  y copy")
        .does_not_say("s show");
    stage
        .keys("Down Down Down")
        .says("Enter edit  Space pick  / search");
    stage
        .keys("Enter s e c r e t Enter")
        .says("Enter edit  s show  Space pick")
        .keys("s")
        .says("s hide");
}

#[test]
fn leaving_says_how_many_would_be_lost() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter q");
    stage
        .says("Leaving now loses it.")
        .says("Leave and lose it ]");
    stage.keys("Esc Down 9 Enter q");
    stage
        .says("2 answers are not written.")
        .says("Leaving now loses them. Back, and then w, writes them.");
}

/// Bytes are what a slow line feels; unlike times they are the same on every machine.
#[test]
fn moving_and_typing_cost_few_bytes() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    let mut encoder = Encoder::default();
    let mut bytes = |stage: &Stage| {
        let (buffer, cursor) = stage.buffer();
        encoder.frame(buffer, cursor).len()
    };
    bytes(&stage);
    let mut moves = Vec::new();
    for panel in 0..stage.app.form.panels.len() {
        stage.keys("Enter Home");
        bytes(&stage);
        for _ in 1..stage.app.elements(panel).len() {
            stage.keys("Down");
            moves.push(bytes(&stage));
        }
        stage.keys("Esc Down");
        bytes(&stage);
    }
    moves.retain(|bytes| *bytes > 0);
    let (median, p95, most) = quantiles(moves);
    println!("moving one field: median {median}, p95 {p95}, max {most} bytes");
    assert!(p95 <= 350);

    stage.keys("Home Down Enter Down Enter Ctrl+u");
    bytes(&stage);
    let mut typed = Vec::new();
    for _ in 0..20 {
        for key in "9 0 0 1 Backspace Backspace 5 7".split(' ') {
            stage.keys(key);
            typed.push(bytes(&stage));
        }
        stage.keys("Ctrl+u");
        bytes(&stage);
    }
    let (median, p95, most) = quantiles(typed);
    println!("typing a character: median {median}, p95 {p95}, max {most} bytes");
    assert!(median <= 110 && p95 <= 300);
}

fn quantiles(mut values: Vec<usize>) -> (usize, usize, usize) {
    values.sort_unstable();
    let at = |percent: usize| values[(values.len() - 1) * percent / 100];
    (at(50), at(95), at(100))
}
