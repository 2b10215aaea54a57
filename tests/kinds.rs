//! Each way of asking for a field, driven by keys to the file that is written, over a small form and schema of its own.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use std::fs;

use stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(60, 16), (80, 24), (120, 36)];
const FILE: &str = "config/runtime/vapora.toml";

/// The small form, at one of its fields.
fn at(field: usize, width: u16, height: u16) -> Stage {
    team(width, height).begin_at(field)
}

fn team(width: u16, height: u16) -> Setup {
    Setup::new(width, height)
        .file(
            "assets/schemas/platform/configs/main.ncl",
            include_str!("fixtures/kinds/assets/schemas/platform/configs/main.ncl"),
        )
        .file(
            "forms/main.toml",
            include_str!("fixtures/kinds/forms/main.toml"),
        )
        .file(
            "forms/fragments/team.toml",
            include_str!("fixtures/kinds/forms/fragments/team.toml"),
        )
        .file(
            "profiles/team.ncl",
            include_str!("fixtures/kinds/profiles/team.ncl"),
        )
        .profile("team")
}

trait BeginAt {
    fn begin_at(self, field: usize) -> Stage;
}

impl BeginAt for Setup {
    fn begin_at(self, field: usize) -> Stage {
        let mut stage = self.begin();
        stage.keys("Enter");
        for _ in 0..field {
            stage.keys("Down");
        }
        stage
    }
}

const REGIONS: usize = 0;
const HOME: usize = 1;
const NOTICE: usize = 2;
const SINCE: usize = 3;
const CONTACT: usize = 4;
const HOSTS: usize = 5;
const STEPS: usize = 6;

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

/// Writes, and gives the file's text.
fn written(stage: &mut Stage) -> String {
    stage.keys("w Tab Enter").says("Written");
    fs::read_to_string(stage.root().join(FILE)).unwrap()
}

#[track_caller]
fn writes(stage: &mut Stage, line: &str) {
    let text = written(stage);
    assert!(text.contains(line), "{line:?} is not in:\n{text}");
}

#[test]
fn the_small_form_has_every_kind_and_no_problem() {
    for (width, height) in SIZES {
        let stage = at(REGIONS, width, height);
        assert_eq!(stage.app.problems, []);
        snapshot(&stage, "every_kind");
    }
}

#[test]
fn several_are_ticked_and_written_in_their_order() {
    for (width, height) in SIZES {
        let mut stage = at(STEPS, width, height);
        stage.keys("Enter");
        snapshot(&stage, "steps");
        stage.keys("Down Down Space").says("4 of 4 ticked");
        stage.keys("K K K").says("It stands first already.");
        stage.keys("J");
        snapshot(&stage, "steps_moved");
        stage.keys("Enter").says("build, sign, test, ship");
        writes(
            &mut stage,
            "steps = [\"build\", \"sign\", \"test\", \"ship\"]",
        );
    }
}

#[test]
fn a_long_list_is_searched_by_typing() {
    for (width, height) in SIZES {
        let mut stage = at(REGIONS, width, height);
        stage.keys("Enter");
        snapshot(&stage, "regions");
        stage.text("EU-west").keys("Down Down Space");
        snapshot(&stage, "regions_searched");
        stage
            .says("3 of 25 ticked, 2 to 4")
            .keys("Ctrl+u")
            .text("nowhere")
            .says("Nothing matches.")
            .keys("Space")
            .says("No row is left to tick")
            .keys("Enter")
            .says("eu-north-1, eu-west-1, e");
        writes(
            &mut stage,
            "regions = [\"eu-north-1\", \"eu-west-1\", \"eu-west-3\"]",
        );
    }
}

#[test]
fn how_many_may_be_ticked_is_said_and_the_schema_judges() {
    let mut stage = at(REGIONS, 80, 24);
    stage.keys("Enter Space").says("not yet 2 to 4 choices");
    stage
        .keys("Down Space")
        .says("not yet: No region is chosen.");
    stage.keys("Enter").says("✗ No region is chosen.").keys("u");
    stage
        .keys("Enter Space Enter")
        .says("Kept, though the form asks for 2 to 4 choices.")
        .does_not_say("✗ No");
    stage
        .keys("Enter")
        .text("us-")
        .keys("Space Down Space Down Space")
        .says("4 of 25 ticked")
        .keys("Down Space")
        .says("At most 4 here: untick another one first.");
    // In the list, keys are keys again.
    stage.keys("Tab k Space Space Tab").text("x").says("us-x");
    stage
        .keys("Esc")
        .says("The earlier value is back; U brings the typed text again.");
    stage.keys("U").says("us-east-1, us-east-2, us-west-1");
}

#[test]
fn rows_move_only_among_all_rows() {
    let mut stage = at(REGIONS, 80, 24);
    stage.keys("Enter").text("dublin").keys("Tab K");
    stage.says("Erase what was typed first: rows move among all rows.");
    stage.keys("Tab Ctrl+w Tab Down K Enter");
    stage.says("eu-west-1, eu-north-1");
}

#[test]
fn members_that_are_no_option_are_kept_and_marked() {
    let file = "[team]\nsteps = [\"bild\", \"test\", \"test\"]\n";
    for (width, height) in SIZES {
        let mut stage = team(width, height)
            .file("old.toml", file)
            .open("old.toml")
            .begin_at(STEPS);
        stage.keys("Enter");
        snapshot(&stage, "unknown_members");
        stage.keys("Esc").does_not_say("The earlier value is back");
        stage
            .keys("Enter Down Down Space Enter")
            .says("bild, test ");
        writes(&mut stage, "steps = [\"bild\", \"test\"]");
    }
}

#[test]
fn a_select_offers_what_an_earlier_answer_allows() {
    for (width, height) in SIZES {
        let mut stage = at(HOME, width, height);
        stage.keys("Enter");
        snapshot(&stage, "home_among_the_regions");
        stage.text("dub").keys("Enter").says("eu-west-1 ▾");
        stage
            .keys("Up Enter")
            .text("dublin")
            .keys("Space Enter Down");
        stage
            .keys("Enter")
            .says("eu-west-1   not among the options")
            .keys("Down Enter")
            .says("eu-north-1 ▾");
        writes(&mut stage, "home = \"eu-north-1\"");
    }
}

#[test]
fn a_select_with_nothing_to_offer_says_which_field_comes_first() {
    let mut stage = at(REGIONS, 80, 24);
    stage.keys("Enter Space Down Space Enter Down Enter");
    stage.says("Answer Regions first (in Team): nothing chosen there is offered here.");
    assert!(stage.app.windows.is_empty());
}

#[test]
fn a_search_that_leaves_nothing_takes_nothing() {
    let mut stage = at(HOME, 80, 24);
    stage.keys("Enter").text("zzz").keys("Enter");
    stage.says("Nothing matches.").keys("Tab j Esc");
    assert!(!stage.app.unsaved());
}

#[test]
fn a_text_of_several_lines_is_typed_and_written() {
    for (width, height) in SIZES {
        let mut stage = at(NOTICE, width, height);
        stage.keys("Enter Enter").text("Second line.");
        stage.keys("Enter").text("Third");
        snapshot(&stage, "notice");
        stage
            .says("line 3 of 3, column 6")
            .keys("Up Up Down Home Delete")
            .text("s")
            .keys("PageDown End")
            .text("!")
            .keys("Tab")
            .says("Welcome.  +2 lines");
        writes(&mut stage, r#"notice = "Welcome.\nsecond line.\nThird!""#);
    }
}

#[test]
fn an_editor_judges_at_each_key_and_scrolls() {
    for (width, height) in SIZES {
        let mut stage = at(NOTICE, width, height);
        let long = "a line that is longer than any window, ".repeat(5);
        stage
            .keys("Enter")
            .paste(&format!("\r\n{long}\r\n\t\x1b[31mtab and escape"));
        snapshot(&stage, "notice_pasted");
        stage.keys("Up End");
        snapshot(&stage, "notice_to_the_side");
        for _ in 0..30 {
            stage.keys("Enter");
        }
        stage.says("not yet: The notice has more than 6 lines.");
        stage.keys("PageUp");
        snapshot(&stage, "notice_too_long");
        stage.keys("Esc").says("The earlier value is back");
        stage.keys("U").says("✗ The notice has more than 6 lines.");
        stage.keys("u").says("Welcome.").does_not_say("✗ The");
    }
}

#[test]
fn ctrl_c_and_help_work_in_an_editor() {
    let mut stage = at(NOTICE, 80, 24);
    stage
        .keys("Enter q")
        .says("Welcome.q")
        .keys("F1")
        .says("Shown to everyone");
    stage.keys("Esc").says("Welcome.q").keys("Ctrl+c");
    stage
        .says("The earlier value is back")
        .does_not_say("Welcome.q");
    assert!(!stage.quit && stage.app.windows.is_empty());
}

#[test]
fn a_date_is_judged_as_typed() {
    for (width, height) in SIZES {
        let mut stage = at(SINCE, width, height);
        stage
            .keys("Enter Ctrl+u")
            .text("2026-02-3")
            .says("not yet YYYY-MM-DD");
        snapshot(&stage, "date");
        stage.text("0").says("not yet YYYY-MM-DD");
        stage
            .keys("Backspace Backspace")
            .text("28")
            .does_not_say("not yet");
        stage.keys("Home Delete Delete Delete Delete").text("2025");
        stage.says("not yet 2026-01-01 to 2026-12-31");
        stage
            .keys("Down")
            .says("Kept, though the form asks for 2026-01-01");
        writes(&mut stage, "since = \"2025-02-28\"");
    }
}

#[test]
fn a_custom_field_is_a_text_and_its_help_names_the_type() {
    let mut stage = at(CONTACT, 80, 24);
    stage.keys("?").says("Form's type             custom");
    stage.keys("Esc Enter Ctrl+u").text("rota").keys("Enter");
    writes(&mut stage, "contact = \"rota\"");
    let fragment = include_str!("fixtures/kinds/forms/fragments/team.toml");
    let named = fragment.replace(
        "type = \"custom\"",
        "type = \"custom\"\ncustom_type = \"PhoneOrRota\"",
    );
    let mut stage = team(80, 24)
        .file("forms/fragments/team.toml", &named)
        .begin_at(CONTACT);
    stage.keys("?").says("Form's type             PhoneOrRota");
    assert!(stage.app.problems.is_empty(), "{:?}", stage.app.problems);
}

#[test]
fn a_list_of_texts_is_typed_one_item_a_line() {
    for (width, height) in SIZES {
        let mut stage = at(HOSTS, width, height);
        stage.keys("Enter Enter").text("build, 2");
        snapshot(&stage, "hosts");
        stage.says("item 2 of 2").keys("Enter Enter Tab");
        writes(&mut stage, "hosts = [\"build-1\", \"build, 2\"]");
        stage.keys("Enter Tab").does_not_say("Kept");
        stage
            .paste("a\nb\n")
            .says("item 3 of 3")
            .keys("Tab")
            .says("a, b");
    }
}

#[test]
fn an_address_with_a_password_in_a_list_shows_as_stars() {
    let file = "[team]\nhosts = [\"ssh://root:swordfish@build-2\", \"build-3\"]\n";
    let mut stage = team(80, 24)
        .file("old.toml", file)
        .open("old.toml")
        .begin_at(HOSTS);
    stage
        .keys("Enter")
        .says("build-3")
        .says("****")
        .does_not_say("swordfish")
        .keys("Enter")
        .text("build-4")
        .keys("Tab o")
        .says("hosts = [\"(secret)\", \"build-3\", \"build-4\"]")
        .does_not_say("swordfish");
    stage.keys("Esc w Tab Enter").says("Written");
    let text = fs::read_to_string(stage.root().join(FILE)).unwrap();
    assert!(text.contains("swordfish"), "{text}");
}

#[test]
fn a_list_that_lines_cannot_hold_is_typed_in_its_row() {
    let file = "[team]\nhosts = [\"\", \"b\"]\n";
    let mut stage = team(80, 24)
        .file("old.toml", file)
        .open("old.toml")
        .begin_at(HOSTS);
    stage.keys("Enter").says("[[\"\",\"b\"]").keys("Esc");
    assert!(!stage.app.unsaved());
}

#[test]
fn paste_on_a_list_to_tick_from_changes_nothing() {
    let mut stage = at(STEPS, 80, 24);
    stage
        .paste("build\nship")
        .says("pasted text has no place here");
    stage.keys("Enter");
    assert!(!stage.app.unsaved());
}

#[test]
fn a_switch_back_to_what_the_profile_has_stays_an_answer_and_says_so() {
    let mut stage = at(7, 80, 24);
    stage.keys("Space Space").says("●1").keys("r").says("●0");
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.keys("Down Enter Down Down Down Down Down Down Space Space");
    stage.says("from: you, as solo has it");
}

#[test]
fn help_says_what_the_form_asks_for() {
    let mut stage = at(REGIONS, 120, 36);
    stage
        .keys("?")
        .says("The form asks for       2 to 4 choices");
    stage.keys("Esc Down ?").says("Offered by");
    stage.says("the answer to Regions (team.regions)");
    stage
        .keys("Esc Down Down ?")
        .says("2026-01-01 to 2026-12-31");
    stage.keys("Esc v v v");
    snapshot(&stage, "help_beside");
}
