//! What it will cost, on the screen: the header's total, the pane that follows every key, the full screen.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fmt::Write as _;

use stage::{Setup, Stage};
use vapora_tui::tui::signs::Signs;

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::with_settings!({snapshot_path => "snapshots/budget_screens", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("{name}_{}x{}", size.width, size.height), stage.screen());
    });
}

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];

/// The architect's limit in enterprise, the pane open.
fn at_the_limit(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).profile("enterprise").begin();
    stage.keys("/").text("archi").keys("Enter b");
    stage
}

#[test]
fn a_limit_typed_digit_by_digit_moves_the_day_of_its_threshold() {
    for (width, height) in SIZES {
        let mut stage = at_the_limit(width, height);
        snapshot(&stage, "10_pane");
        stage.keys("Enter Ctrl+u");
        snapshot(&stage, "11_nothing_typed");
        for (i, digit) in ["4", "0", "0", "0"].into_iter().enumerate() {
            stage.text(digit);
            snapshot(&stage, &format!("12_typed_{}", i + 1));
        }
        stage.says("day 19").says("$3,036").says("$5,842");
        stage.keys("Enter Tab");
        snapshot(&stage, "13_pane_has_the_keys");
        stage.keys("Down Enter");
        snapshot(&stage, "14_full_screen");
    }
}

/// A panel's field by its path.
fn go_to(stage: &mut Stage, what: &str) {
    stage.keys("/").text(what).keys("Enter");
}

#[test]
fn a_provider_switched_off_leaves_the_chain() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        go_to(&mut stage, "gemini_enabled");
        stage.keys("b Space");
        snapshot(&stage, "20_gemini_off");
        go_to(&mut stage, "claude_enabled");
        stage.keys("Space");
        snapshot(&stage, "21_claude_off_too");
        stage.keys("Tab Enter Tab");
        snapshot(&stage, "22_in_full_the_text");
        stage.keys("End");
        snapshot(&stage, "23_the_end_of_the_text");
    }
}

#[test]
fn limits_that_are_not_applied_are_said_and_not_drawn() {
    for (width, height) in SIZES {
        let mut stage = at_the_limit(width, height);
        go_to(&mut stage, "budget_enforcement.enabled");
        stage.keys("Space");
        stage.says("not enforced").does_not_say("[#");
        snapshot(&stage, "30_not_enforced");
        stage.keys("Tab Enter");
        snapshot(&stage, "31_not_enforced_in_full");
        stage.keys("Esc u");
        go_to(&mut stage, "cost_tracking.enabled");
        stage.keys("Space");
        stage.says("not tracked").does_not_say("[#");
        snapshot(&stage, "32_not_tracked");
    }
}

#[test]
fn while_something_is_wrong_the_last_forecast_that_held_stays() {
    for (width, height) in SIZES {
        let mut stage = at_the_limit(width, height);
        stage.keys("Enter Ctrl+u").text("4000").says("$3,036");
        stage.text("x").says("last est").says("$3,036");
        snapshot(&stage, "40_wrong_while_typing");
        stage.keys("Enter");
        stage.says("last est").says("✗1");
        snapshot(&stage, "41_wrong_and_kept");
        stage.keys("u").does_not_say("last est").says("$3,772");
    }
}

#[test]
fn what_is_spent_so_far_counts_from_the_first_of_the_month() {
    let workload = |spent: &str| {
        format!(
            "format = 1\n[roles.architect]\ncalls_a_day = 100\ninput_tokens = 9000\noutput_tokens = 2000\n\
             provider = \"claude\"\nspent = {spent}\nspent_until = 2026-11-21\n"
        )
    };
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("assets/workloads/enterprise.toml", &workload("3900.00"))
            .profile("enterprise")
            .begin();
        stage.does_not_say("sample");
        stage.keys("/").text("archi").keys("Enter b");
        stage.says("over now");
        snapshot(&stage, "50_over_now");
        stage.keys("Tab Enter");
        snapshot(&stage, "51_over_now_in_full");
    }
}

#[test]
fn a_profile_without_a_workload_says_what_to_do() {
    let profile = "# Summary: ours\nlet e = import \"enterprise.ncl\" in e & { deployment_mode | force = \"enterprise\" }\n";
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("profiles/ours.ncl", profile)
            .profile("ours")
            .begin();
        stage.says("no workload");
        stage.keys("b");
        snapshot(&stage, "60_no_workload");
        stage.keys("Esc Enter b");
        snapshot(&stage, "61_no_workload_in_the_pane");
    }
}

#[test]
fn the_forecast_is_compared_with_any_baseline() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        stage.keys("b c");
        snapshot(&stage, "70_compare_with");
        stage.keys("Down Down Enter Tab PageDown");
        snapshot(&stage, "71_against_another_profile");
        stage.keys("Esc Enter Tab");
        snapshot(&stage, "72_the_panels_have_no_pane");
    }
}

#[test]
fn limits_of_a_week_start_anew_each_monday() {
    for (width, height) in SIZES {
        let mut stage = at_the_limit(width, height);
        stage.keys("Enter Ctrl+u").text("800").keys("Enter");
        go_to(&mut stage, "budget_enforcement.window");
        stage.keys("Space Up Enter Tab Enter");
        stage.says("limit/week");
        snapshot(&stage, "80_weekly");
    }
}

#[test]
fn many_roles_scroll_and_the_chosen_one_shows() {
    let mut workload = "format = 1\nsample = true\n".to_owned();
    for i in 1..=30 {
        let _ = writeln!(
            workload,
            "[roles.a-team-with-a-long-name-{i}]\ncalls_a_day = {i}000\ninput_tokens = 9000\noutput_tokens = 2000\n\
             growth_percent = 20"
        );
    }
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("assets/workloads/enterprise.toml", &workload)
            .profile("enterprise")
            .begin();
        stage.keys("Enter b Tab End");
        snapshot(&stage, "81_many_roles_in_the_pane");
        stage.keys("Enter");
        snapshot(&stage, "82_many_roles_in_full");
    }
}

#[test]
fn the_budget_stands_in_ascii() {
    for (width, height) in SIZES {
        let mut stage = at_the_limit(width, height);
        stage.keys("Tab Enter");
        let (mut buffer, _) = stage.buffer();
        Signs::Ascii.dress(&mut buffer);
        let rows = (0..buffer.area.height).map(|y| {
            let row: String = (0..buffer.area.width)
                .map(|x| buffer[(x, y)].symbol())
                .collect();
            format!("{}\n", row.trim_end())
        });
        let screen: String = rows.collect();
        // The one question mark is the key for help.
        assert!(
            screen.is_ascii() && screen.matches('?').count() == 1,
            "{screen}"
        );
        insta::with_settings!({snapshot_path => "snapshots/budget_screens", prepend_module_to_snapshot => false}, {
            insta::assert_snapshot!(format!("83_ascii_{width}x{height}"), screen);
        });
    }
}

#[test]
fn the_side_pane_goes_from_diff_to_budget_to_output_to_help() {
    let mut stage = Setup::new(120, 36).profile("enterprise").begin();
    stage.keys("v").says("Budget against enterprise");
    stage.keys("v").does_not_say("Budget against enterprise");
    stage.keys("v v v").says("Budget against enterprise");
    // The key of the budget gives the differences back, and takes the side pane again.
    stage.keys("Enter b").says("0 changed");
    stage.keys("b").says("Budget against enterprise");
    // Tab goes round: fields, budget, panels.
    stage.keys("Tab").says("Enter shows the budget in full");
    stage
        .keys("b")
        .says("0 changed")
        .does_not_say("shows the budget in full");
    // On a narrow screen the pane is another one.
    stage.keys("b").resize(80, 24).does_not_say("Budget:");
    stage.keys("v").says("needs 110 columns");
}

#[test]
fn keys_close_the_pane_before_they_go_out() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Enter b").says("Budget: now against enterprise");
    stage.keys("Esc").does_not_say("Budget:").says("1 of 16");
    stage.keys("b b").does_not_say("Budget:");
    stage.keys("b Left").does_not_say("Budget:").says("Panels");
    // Back in the fields it is there again.
    stage.keys("Enter").says("Budget: now against enterprise");
    stage.keys("Tab Tab").says("Panels");
    stage.keys("b").says("By provider and model");
    // A key that is for settings says so.
    stage.keys("Space").says("Esc first");
    stage.keys("b").says("Panels");
}

#[test]
fn a_role_leads_to_its_cause() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("b Down Enter");
    stage.says("role_limits.developer_cents").says("8 of 16");
}

#[test]
fn the_focused_field_shows_above_the_pane() {
    for (width, height) in [(60, 16), (80, 24), (109, 20)] {
        let mut stage = at_the_limit(width, height);
        for _ in 0..14 {
            stage.keys("Down");
            let path = stage.app.input().unwrap().prompt.clone();
            stage.says(&format!("▸ {path}"));
        }
    }
}
