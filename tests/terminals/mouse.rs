//! The mouse: off until it is switched on, and then it does what keys do.

use crossterm::event::{KeyModifiers, MouseButton, MouseEvent, MouseEventKind};
use vapora_tui::tui::msg::Msg;

use crate::stage::{Setup, Stage};

fn mouse(stage: &mut Stage, kind: MouseEventKind, (column, row): (u16, u16)) {
    stage.tell(Msg::Mouse(MouseEvent {
        kind,
        column,
        row,
        modifiers: KeyModifiers::NONE,
    }));
}

/// Where a text stands on the screen, in columns.
#[track_caller]
fn find(stage: &Stage, text: &str) -> (u16, u16) {
    let screen = stage.screen();
    for (y, row) in (0..).zip(screen.lines()) {
        if let Some(at) = row.find(text) {
            return (u16::try_from(row[..at].chars().count()).unwrap(), y);
        }
    }
    panic!("no {text:?} on\n{screen}");
}

#[track_caller]
fn click<'a>(stage: &'a mut Stage, text: &str) -> &'a mut Stage {
    let at = find(stage, text);
    mouse(stage, MouseEventKind::Down(MouseButton::Left), at);
    stage
}

#[track_caller]
fn wheel<'a>(stage: &'a mut Stage, down: bool, text: &str) -> &'a mut Stage {
    let at = find(stage, text);
    let kind = if down {
        MouseEventKind::ScrollDown
    } else {
        MouseEventKind::ScrollUp
    };
    mouse(stage, kind, at);
    stage
}

#[test]
fn it_is_off_until_it_is_switched_on() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    click(&mut stage, "Monitoring").says("▸ Deployment");
    stage
        .keys("M")
        .says("The mouse works here now; M gives it back");
    click(&mut stage, "Monitoring").says("▸ Monitoring");
    stage.keys("M").says("The mouse is the terminal's again");
    click(&mut stage, "Backend  ").says("▸ Monitoring");
    let switched: Vec<&String> = stage
        .effects
        .iter()
        .filter(|e| e.starts_with("Mouse"))
        .collect();
    assert_eq!(switched, ["Mouse(true)", "Mouse(false)"]);
}

#[test]
fn a_click_focuses_a_row_and_a_second_one_opens_it() {
    for (width, height) in [(80, 24), (120, 36)] {
        let mut stage = Setup::new(width, height).begin();
        stage.keys("M");
        click(&mut stage, "enterprise").says("▸ enterprise");
        click(&mut stage, "enterprise").says("┌ Panels");
        click(&mut stage, "Backend  ").says("▸ Backend");
        click(&mut stage, "Backend  ").says("▸ Host");
        click(&mut stage, "Port  ")
            .says("▸ Port")
            .does_not_say("[8001");
        click(&mut stage, "Port  ").says("[8001");
        // What was typed is kept when another row is clicked.
        stage.keys("Ctrl+u 9 0 0 1");
        click(&mut stage, "Host  ")
            .says("▸ Host")
            .says("9001")
            .does_not_say("[9001");
    }
}

#[test]
fn in_a_wide_screen_a_click_takes_the_keys_to_its_list() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("M Down");
    click(&mut stage, "Port  ").says("▸ Port");
    assert!(
        stage
            .app
            .input()
            .is_some_and(|input| input.path.as_str() == "backend.port")
    );
    click(&mut stage, "Monitoring").says("▸ Monitoring");
    assert!(stage.app.input().is_none());
}

#[test]
fn the_wheel_moves_in_the_list_under_it() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("M");
    wheel(&mut stage, true, "Backend");
    assert_eq!(stage.app.panels.at, 3);
    wheel(&mut stage, false, "Backend");
    assert_eq!(stage.app.panels.at, 0);
    stage.keys("Down");
    wheel(&mut stage, true, "Port  ");
    assert_eq!((stage.app.panels.at, stage.app.fields[1].at > 0), (1, true));
    assert!(stage.app.input().is_none(), "the keys stay where they were");
    // The side pane and what is behind a window are not for the wheel.
    wheel(&mut stage, true, "→ yours");
    stage.keys("m");
    wheel(&mut stage, true, "Monitoring");
    assert_eq!(stage.app.panels.at, 1);
}

#[test]
fn in_windows_it_reaches_only_the_front_one() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("M m");
    stage.says("▸ enterprise");
    click(&mut stage, "Backend  ").says("▸ enterprise");
    click(&mut stage, "solo  ").says("▸ solo");
    click(&mut stage, "solo  ").does_not_say("Profile: answers are kept");
    assert_eq!(stage.app.profile(), Some("solo"));
    stage.keys("?");
    wheel(&mut stage, true, "more below").says("more below");
    let (column, row) = (40, 10);
    mouse(&mut stage, MouseEventKind::ScrollDown, (column, row));
    stage.says("3 above");
}

/// A stray click must not write or leave.
#[test]
fn a_button_has_the_focus_first_and_is_pressed_then() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter M q");
    stage.says("▸[ Back ]");
    click(&mut stage, "Leave and lose it").says("▸[ Leave and lose it ]");
    assert!(!stage.quit);
    click(&mut stage, "Leave and lose it");
    assert!(stage.quit);
}

#[test]
fn a_click_on_nothing_does_nothing() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("M Down");
    let before = stage.screen();
    for at in [(0, 0), (79, 23), (5, 21), (200, 90)] {
        mouse(&mut stage, MouseEventKind::Down(MouseButton::Left), at);
        mouse(&mut stage, MouseEventKind::ScrollDown, at);
    }
    stage.keys("Up Down");
    assert_eq!(stage.app.panels.at, 1);
    assert_eq!(stage.screen().lines().nth(3), before.lines().nth(3));
}
