//! The editor of the workload: cells, the forecast that follows them, saving with its plan, importing, undo.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};
use vapora_tui::caution::Caution;

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::with_settings!({snapshot_path => "snapshots/workload_screens", prepend_module_to_snapshot => false}, {
        insta::assert_snapshot!(format!("{name}_{}x{}", size.width, size.height), stage.screen());
    });
}

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];

/// Where the workload of enterprise is saved.
const FILE: &str = "assets/workloads/enterprise.toml";

/// The editor of enterprise's sample.
fn editor(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height)
        .on_disk()
        .profile("enterprise")
        .begin();
    stage.keys("b e");
    stage
}

#[test]
fn the_forecast_follows_each_key_and_a_wrong_figure_counts_for_nothing() {
    for (width, height) in SIZES {
        let mut stage = editor(width, height);
        stage.says("Workload enterprise").says("$6,578");
        snapshot(&stage, "10_opened");
        stage.keys("s").says("These are the sample's figures");
        // A digit begins.
        stage.keys("1").says("[1").does_not_say("$6,578");
        snapshot(&stage, "11_typing");
        stage.text("000000000").says("calls_a_day is 1000000000.");
        snapshot(&stage, "12_too_many");
        stage.keys("Enter").says("calls_a_day is 1000000000.");
        stage.keys("Down").says("✗1000000000");
        stage
            .keys("s")
            .says("Not saved: correct calls_a_day of architect first.");
        snapshot(&stage, "13_wrong_and_refused");
        stage
            .keys("Enter Ctrl+u")
            .text("1750")
            .keys("Enter")
            .says("$6,578");
        // A look at a cell is no change.
        stage.keys("Down Enter Enter");
        stage
            .keys("Esc Esc")
            .does_not_say("Leave the workload?")
            .says("Panels");
    }
}

#[test]
fn what_is_spent_so_far_is_over_now() {
    for (width, height) in SIZES {
        let mut stage = editor(width, height);
        stage.keys("Right Right Right Right Right");
        stage.text("3900").says("over now");
        snapshot(&stage, "20_spent_so_far");
        stage.keys("Tab").says("▸2026-11-22").keys("Enter Ctrl+u");
        stage.text("x").says("spent_until is x.");
        snapshot(&stage, "21_no_day");
        stage.keys("Esc").says("over now").does_not_say("is x");
        stage
            .keys("Left Enter Ctrl+u Enter")
            .does_not_say("over now");
        stage.does_not_say("2026-11-22");
    }
}

#[test]
fn saving_shows_its_plan_and_what_is_saved_is_no_sample() {
    for (width, height) in SIZES {
        let mut stage = editor(width, height);
        stage.text("2000").keys("Tab").text("8000").keys("Enter s");
        stage
            .says("nothing is written yet")
            .says("calls_a_day: 1750 -> 2000");
        snapshot(&stage, "30_the_plan");
        let file = stage.root().join(FILE);
        assert!(!file.exists());
        // The button that goes back is the one that is pointed at.
        stage.keys("Enter").says("not saved");
        assert!(!file.exists());
        stage
            .keys("s Tab Enter")
            .does_not_say("sample")
            .says("Written: ");
        snapshot(&stage, "31_saved");
        let text = fs::read_to_string(&file).unwrap();
        assert!(
            text.contains("calls_a_day = 2000\ninput_tokens = 8000"),
            "{text}"
        );
        assert!(!text.contains("sample"), "{text}");
        stage.keys("e s").says("It is saved as it is");
        // Somebody else changes it: the next plan is against what is there now.
        fs::write(&file, text.replace("= 2000\ninput", "= 1999\ninput")).unwrap();
        stage.keys("s").says("calls_a_day: 1999 -> 2000");
        fs::write(&file, "format = 1\n[roles.architect]\ncalls_a_day = -1\n").unwrap();
        stage
            .keys("Esc s")
            .says("Not saved")
            .says("enterprise.toml:2");
        snapshot(&stage, "32_mistakes_in_the_file");
        stage.keys("End").says("would be lost");
        stage.keys("Esc");
    }
}

#[test]
fn leaving_with_unsaved_figures_asks() {
    for (width, height) in SIZES {
        let mut stage = editor(width, height);
        stage
            .text("2000")
            .keys("Enter Esc")
            .says("Leave the workload?");
        snapshot(&stage, "40_leave");
        stage.keys("Enter").says("Workload enterprise");
        for key in ["q", "Ctrl+c"] {
            stage.keys(key).says("Leave the workload?").keys("Esc");
        }
        assert!(!stage.quit);
        stage.keys("m").says("Figures are changed and not saved");
        stage.keys("Esc Left Enter").says("Budget: now against");
        stage.says("$6,578");
    }
}

#[test]
fn readonly_edits_and_saves_nothing() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .caution(caution)
            .on_disk()
            .profile("enterprise")
            .begin();
        stage
            .keys("b e")
            .text("2000")
            .keys("Enter s")
            .says("--readonly");
        snapshot(&stage, "50_readonly");
        assert!(!stage.root().join(FILE).exists());
    }
}

#[test]
fn undo_goes_back_to_the_cell_that_it_changes() {
    let mut stage = editor(80, 24);
    stage
        .text("2000")
        .keys("Tab")
        .text("8000")
        .keys("Enter Down Down");
    stage.keys("u").says("▸9000");
    stage.keys("u").says("▸1750").does_not_say("not saved");
    stage
        .keys("u")
        .says("There is nothing to undo in this window.");
    stage.keys("U U").says("▸8000").says("2000");
    stage
        .keys("U")
        .says("There is nothing to do again in this window.");
    // What was undone is gone with another change.
    stage
        .keys("u 5 Enter U")
        .says("There is nothing to do again");
}

#[test]
fn another_workload_is_chosen_by_its_name() {
    let team = "format = 1\n[roles.architect]\ncalls_a_day = 10\ninput_tokens = 9000\noutput_tokens = 2000\n";
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("assets/workloads/team.toml", team)
            .profile("enterprise")
            .begin();
        stage
            .keys("b e m")
            .says("the profile's own, sample, 4 roles");
        snapshot(&stage, "60_choose");
        stage.keys("End Enter").says("Workload team");
        snapshot(&stage, "61_another");
        assert_eq!(stage.app.named_workload(), Some("team"));
        stage.keys("m Home Enter").says("Workload enterprise");
        assert_eq!(stage.app.named_workload(), None);
    }
}

#[test]
fn where_there_is_no_workload_one_is_made() {
    let profile = "# Summary: ours\nlet e = import \"enterprise.ncl\" in e & { deployment_mode | force = \"enterprise\" }\n";
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("profiles/ours.ncl", profile)
            .profile("ours")
            .begin();
        stage.keys("b").says("e opens an editor for them.");
        stage.keys("Enter").says("Workload ours");
        stage
            .text("100")
            .keys("Tab")
            .text("9000")
            .keys("Tab")
            .text("2000")
            .keys("Enter");
        snapshot(&stage, "70_a_new_one");
        stage.keys("s").says("against nothing");
        stage.keys("Tab Enter").does_not_say("no workload");
        assert!(stage.root().join("assets/workloads/ours.toml").exists());
    }
}

const CSV: &str = "role,calls_a_day,input_tokens,output_tokens,provider\narchitect,100,9000,2000,claude\nplanner,7,10,5,gemini\n";

const METRICS: &str = "vapora_llm_requests_total{provider=\"claude\"} 700\n\
    vapora_llm_tokens_total{provider=\"claude\",direction=\"input\"} 7000\n\
    vapora_llm_tokens_total{provider=\"claude\",direction=\"output\"} 1400\n";

#[test]
fn an_import_fills_the_cells_whole_or_not_at_all() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("load.csv", CSV)
            .file("bad.csv", &CSV.replace("7,10,5", "-7,x,5"))
            .profile("enterprise")
            .begin();
        stage.keys("b e <");
        snapshot(&stage, "80_which_file");
        stage
            .text("nowhere.csv")
            .keys("Enter")
            .says("There is no such file.");
        stage.keys("Ctrl+u").text("bad.csv").keys("Enter");
        stage.says("Nothing was imported").says("bad.csv:3");
        snapshot(&stage, "81_problems_by_line");
        stage.keys("Enter").says("$6,578").does_not_say("not saved");
        stage
            .keys("<")
            .text("load.csv")
            .keys("Enter")
            .says("Imported 2 roles");
        snapshot(&stage, "82_imported");
        stage
            .says("planner")
            .says("not saved")
            .does_not_say("sample");
        stage.keys("u").does_not_say("planner").says("$6,578");
        stage
            .keys("U s")
            .says("+ planner")
            .keys("End")
            .says("- sample");
    }
}

#[test]
fn metrics_are_asked_for_their_time_and_role() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height)
            .file("one.prom", METRICS)
            .file(
                "two.prom",
                &METRICS
                    .replace(" 700\n", " 2100\n")
                    .replace(" 7000\n", " 21000\n")
                    .replace(" 1400\n", " 4200\n"),
            )
            .profile("enterprise")
            .begin();
        stage
            .keys("b e <")
            .text("one.prom")
            .keys("Enter")
            .says("How long");
        snapshot(&stage, "90_how_long");
        stage.keys("Enter").says("Something has to be given here.");
        stage.text("7d").keys("Enter").says("Whose counters");
        snapshot(&stage, "91_whose");
        stage.text("Not A Role").keys("Enter").says("A role has");
        stage
            .keys("Ctrl+u")
            .text("architect")
            .keys("Enter")
            .says("Imported 1 role");
        // 700 calls in 7 days.
        stage.says("100").keys("u");
        stage.keys("<").text("one.prom").keys("Enter");
        stage
            .text("two.prom 7d")
            .keys("Enter")
            .text("architect")
            .keys("Enter");
        // 1400 more in 7 days.
        stage.says("Imported 1 role").says("▸200");
    }
}
