//! Presets on the screens: saved, listed, loaded, copied, renamed, deleted and brought back, compared, taken in and out.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "preset_screens/asked.rs"]
mod asked;
#[path = "preset_screens/carried.rs"]
mod carried;
#[path = "preset_screens/lost.rs"]
mod lost;
#[path = "preset_screens/mended.rs"]
mod mended;
#[path = "preset_screens/named.rs"]
mod named;
#[path = "preset_screens/older.rs"]
mod older;
#[path = "terminals/presets.rs"]
mod presets;
#[path = "preset_screens/renamed.rs"]
mod renamed;
#[path = "preset_screens/replaced.rs"]
mod replaced;
#[path = "preset_screens/rows.rs"]
mod rows;
mod stage;

use std::fs;
use std::path::Path;

use insta::assert_snapshot;
use presets::{EU, OLD, at_the_start, begun, settle, some};
use stage::{Setup, Stage};
use vapora_tui::caution::Caution;

fn on(setup: Setup, profile: &str) -> Stage {
    let stage = setup.profile(profile).begin();
    settle(&stage);
    stage
}

/// An answer for the port.
const PORT: &str = "Down Enter Down 9 0 0 2 Enter Esc";

/// The header names the folder of the test.
fn below_the_header(screen: &str) -> &str {
    screen.split_once('\n').unwrap().1
}

fn text(file: &Path) -> String {
    fs::read_to_string(file).unwrap()
}

#[test]
fn none_is_saved_yet() {
    let mut stage = Setup::new(80, 24).on_disk().begin();
    stage.says("a preset…                  none saved yet");
    stage.keys("p");
    assert_snapshot!("empty_at_the_start", below_the_header(&stage.screen()));
    stage
        .keys("s")
        .says("There is nothing to save yet: Esc, start with a profile");
    stage.keys("Enter").says("No preset is saved yet.");
    stage.keys("Esc Down Down Enter p");
    assert_snapshot!("empty", stage.screen());
    for key in ["Enter", "e", "d", "Delete", ">"] {
        stage
            .keys(key)
            .says("No preset is saved yet; s saves what is set now as one.");
    }
    stage
        .keys("u")
        .says("No preset was deleted here; Esc first, to undo answers.");
}

#[test]
fn the_list() {
    let mut stage = begun(80, 24);
    stage.keys("p");
    assert_snapshot!("list", stage.screen());
    stage.keys("Down");
    assert_snapshot!("list_with_problems", stage.screen());
    stage.keys("!");
    assert_snapshot!("problems_of_a_preset", stage.screen());
    stage.keys("Esc Down y").says("Copied the path: ");
    assert!(
        stage
            .effects
            .last()
            .unwrap()
            .contains("presets/staging-eu.toml")
    );
    stage.keys("Tab").says("There is one list here");
    stage.keys("Esc").says("16 panels");
    for (width, height) in [(60, 16), (120, 36)] {
        let mut stage = begun(width, height);
        stage.keys("p Down Down");
        assert_snapshot!(format!("list_{width}x{height}"), stage.screen());
    }
}

#[test]
fn many_presets_scroll() {
    let mut setup = Setup::new(80, 24);
    for n in 0..40 {
        let name = format!("eu-{n:02}");
        setup = setup.file(
            &format!("presets/{name}.toml"),
            &EU.replace("staging-eu", &name),
        );
    }
    let mut stage = on(setup, "enterprise");
    stage.keys("p").says("more below ↓");
    stage.keys("End").says("▸   eu-39").says("more above ↑");
    stage
        .keys("Delete")
        .says("shared/eu-39 is deleted")
        .says("▸   eu-38");
}

#[test]
fn the_start_screen_leads_to_them() {
    let mut stage = at_the_start(80, 24);
    stage.says("3 saved").keys("Down Down Down");
    assert_snapshot!("start", below_the_header(&stage.screen()));
    stage.keys("Enter").says("┌ Presets");
    stage.keys("Esc p").says("┌ Presets").keys("Down Down");
    stage.keys("d").says("There is nothing to compare yet");
    stage.keys("Enter").says("enterprise · staging-eu  ✗0");
    stage.says("preset staging-eu is open: 3 settings.");
    stage
        .keys("Down Enter Down")
        .says("from: preset staging-eu");
    stage.keys("q");
    assert!(stage.quit, "nothing is lost");
}

#[test]
fn what_is_set_is_saved() {
    let mut stage = on(Setup::new(80, 24).on_disk(), "enterprise");
    stage.keys(PORT).keys("p s").text("EU");
    assert_snapshot!("save_wrong_name", stage.screen());
    stage
        .keys("Ctrl+u")
        .text("staging-eu")
        .keys("Tab")
        .text("EU staging, architect limit lowered");
    assert_snapshot!("save", stage.screen());
    // As the first five minutes have it.
    stage.keys("Tab Tab Enter");
    assert_snapshot!("saved", stage.screen());
    let file = stage.own().join("presets/staging-eu.toml");
    assert_eq!(
        text(&file),
        "format = 1\nname = \"staging-eu\"\ndescription = \"EU staging, architect limit lowered\"\nschema = \"1.2.0\"\nprofile = \"enterprise\"\n\n[answers]\n\"backend.port\" = 9002\n"
    );
    // What a preset holds is not lost by leaving, and a command names it.
    stage
        .keys("w")
        .says("--preset staging-eu")
        .does_not_say("--set");
    stage.keys("Esc q");
    assert!(stage.quit);
}

#[test]
fn the_window_at_other_sizes() {
    for (width, height) in [(60, 16), (120, 36)] {
        let mut stage = begun(width, height);
        stage
            .keys(PORT)
            .keys("p Down Down s")
            .text("eu2")
            .keys("Tab");
        assert_snapshot!(format!("save_{width}x{height}"), stage.screen());
    }
}

#[test]
fn a_name_that_is_taken_is_asked_about() {
    let mut stage = begun(80, 24);
    stage
        .keys(PORT)
        .keys("p s")
        .text("staging-eu")
        .keys("Tab Tab Space");
    stage
        .says("is there: asks first")
        .says("(x) shared  presets/staging-eu.toml");
    settle(&stage);
    stage.keys("Tab Enter");
    assert_snapshot!("taken", stage.screen());
    let file = stage.root().join("presets/staging-eu.toml");
    stage.keys("Enter").says("Save as a preset");
    assert_eq!(text(&file), EU, "Back is the harmless answer");
    stage
        .keys("Tab Tab Tab Enter Tab Enter")
        .says("Saved: shared/staging-eu, profile enterprise, 1 answer");
    assert!(text(&file).contains("9002"));
}

#[test]
fn one_that_others_changed_is_told() {
    let mut stage = begun(80, 24);
    stage
        .keys("p Down Down Enter")
        .says("preset staging-eu is open");
    stage.keys(PORT);
    let file = stage.root().join("presets/staging-eu.toml");
    fs::write(&file, EU.replace("9001", "9777")).unwrap();
    // The one that was loaded is proposed, with its sentence and where it lies.
    stage
        .keys("p s")
        .says("[staging-eu")
        .says("[EU staging, architect")
        .says("(x) shared");
    settle(&stage);
    stage
        .keys("Tab Tab Tab Enter")
        .says("Somebody changed it since you loaded it.");
    // And once more, while it is asked.
    fs::write(&file, EU.replace("9001", "9778")).unwrap();
    stage
        .keys("Tab Enter")
        .says("Somebody changed it since you loaded it.");
    assert!(text(&file).contains("9778"));
    stage.keys("Tab Enter").says("Saved: shared/staging-eu");
    assert!(text(&file).contains("9002"));
}

#[test]
fn loading_is_one_step_of_undo() {
    let mut stage = on(some(80, 24), "multiuser");
    stage.keys(PORT).keys("p Down Down Enter Tab Enter");
    assert_snapshot!("loaded", stage.screen());
    stage.keys("u").says("multiuser · new*").says("●1");
    stage.says("Undone: all is as it was before preset staging-eu was loaded.");
    stage.keys("U").says("enterprise · staging-eu  ").says("●0");
    stage.keys("u u").says("multiuser · new ").says("●0");
}

#[test]
fn what_no_longer_fits_is_told() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Enter");
    assert_snapshot!("loaded_with_what_no_longer_fits", stage.screen());
    stage
        .keys("!")
        .says("backend.prot")
        .says("Port")
        .says("Worker threads");
}

#[test]
fn a_profile_that_is_not_here_is_told() {
    let text = EU.replace("\"enterprise\"", "\"berlin\"");
    let begin = || Setup::new(80, 24).file("presets/staging-eu.toml", &text);
    let mut stage = begin().begin();
    stage
        .keys("p Enter")
        .says("The preset's profile berlin is not here: choose one");
    let mut stage = on(begin(), "solo");
    stage
        .keys("p Enter")
        .says("Its profile berlin is not here, so");
}

#[test]
fn deleted_and_brought_back() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down Delete");
    assert_snapshot!("deleted", stage.screen());
    let file = stage.root().join("presets/staging-eu.toml");
    assert!(!file.exists());
    // In another list of the same session too.
    stage.keys("Esc p u").says("shared/staging-eu is back.");
    assert_eq!(text(&file), EU);
    stage.says("▸   staging-eu").says("3 saved");
    // Where its place was taken it is not lost.
    stage.keys("Delete");
    fs::write(&file, OLD).unwrap();
    stage
        .keys("u")
        .says("There is a preset shared/staging-eu already.");
    fs::remove_file(&file).unwrap();
    stage.keys("u").says("shared/staging-eu is back.");
}

#[test]
fn name_and_sentence_are_changed() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down e");
    assert_snapshot!("change", stage.screen());
    stage
        .keys("Ctrl+u")
        .text("old-lab")
        .says("✗ is there already");
    stage
        .keys("Tab Tab Enter")
        .says("shared/old-lab is there already.");
    stage
        .keys("Ctrl+u")
        .text("prod-eu")
        .keys("Tab Ctrl+u")
        .text("Production")
        .keys("Enter Enter");
    stage.says("Changed: shared/prod-eu.").says("prod-eu");
    let folder = stage.root().join("presets");
    assert!(!folder.join("staging-eu.toml").exists());
    let expected = EU
        .replace("staging-eu", "prod-eu")
        .replace("EU staging, architect limit lowered", "Production");
    assert_eq!(text(&folder.join("prod-eu.toml")), expected);
    stage
        .keys("e Tab Tab Enter")
        .says("Name and sentence are as they were.");
}

#[test]
fn a_copy_is_made() {
    let mut stage = begun(80, 24);
    stage.keys("p Down Down s Shift+Tab Space");
    assert_snapshot!("copy", stage.screen());
    stage
        .keys("Tab Tab Tab Tab Enter")
        .says("Copied: mine/staging-eu-copy.");
    let copy = stage.own().join("presets/staging-eu-copy.toml");
    assert_eq!(
        text(&copy),
        EU.replace("\"staging-eu\"", "\"staging-eu-copy\"")
    );
    // Before a profile is chosen there is nothing else to save.
    let mut stage = some(80, 24).begin();
    stage
        .keys("p Down Down s")
        .says("Save a copy of a preset")
        .says("[staging-eu-copy");
    stage
        .keys("Tab Tab Tab Enter")
        .says("Copied: shared/staging-eu-copy.");
}

#[test]
fn secrets_stay_out_unless_they_are_asked_for() {
    let secret = "Ctrl+u s w o r d f i s h - s w o r d f i s h - s w o r d f i s h - 1 2 Enter";
    let mut stage = on(Setup::new(80, 24).on_disk(), "enterprise");
    stage
        .keys("/")
        .text("jwt_secret")
        .keys("Enter Enter")
        .keys(secret);
    stage.keys("Esc p s").text("a");
    assert_snapshot!("save_with_a_secret", stage.screen());
    stage
        .keys("Tab Tab Tab Tab Enter")
        .says("1 secret in clear left out");
    stage.says("it does not hold is unsaved still.");
    let file = stage.own().join("presets/a.toml");
    assert!(!text(&file).contains("swordfish"));
    stage.says("enterprise · a*");
    // With it, the file is for its owner alone.
    stage
        .keys("p s Ctrl+u")
        .text("b")
        .keys("Tab Tab Tab Space Tab Enter");
    stage
        .says("1 secret in clear among them,")
        .says("enterprise · b  ");
    assert!(text(&stage.own().join("presets/b.toml")).contains("swordfish"));
    // Never in a shared one.
    stage
        .keys("p s Ctrl+u")
        .text("c")
        .keys("Tab Tab Space")
        .does_not_say("Secrets ");
    stage.keys("Tab Enter");
    assert!(!text(&stage.root().join("presets/c.toml")).contains("swordfish"));
}

#[test]
fn compared_with_what_is_set() {
    let mut stage = begun(80, 24);
    stage.keys(PORT).keys("p Down Down d");
    assert_snapshot!("differences", stage.screen());
    stage.keys("Esc").says("┌ Presets");
    // Also from the differences.
    stage.keys("Esc d c").says("a preset…").says("3 saved");
    stage.keys("Down Down Down Enter");
    assert_snapshot!("compare_with_a_preset", stage.screen());
    stage
        .keys("Down Down Enter")
        .says("preset staging-eu")
        .says("9001");
}

#[test]
fn readonly_changes_none() {
    let caution = Caution {
        readonly: true,
        ..Caution::default()
    };
    let mut stage = on(some(80, 24).caution(caution), "enterprise");
    stage.keys("p Down Down");
    for key in ["s", "e", "Delete", ">", "<", "u"] {
        stage
            .keys(key)
            .says("Nothing is written: it was started with --readonly.");
    }
    stage.keys("Enter").says("preset staging-eu is open");
}

#[test]
fn in_and_out_as_one_file() {
    let mut stage = begun(80, 24);
    stage
        .keys("p Down Down >")
        .says("[staging-eu.toml")
        .keys("Enter");
    let file = stage.root().join("staging-eu.toml");
    stage
        .says("Write the file?")
        .says("+ staging-eu.toml new file");
    assert!(!file.exists(), "nothing is written before it was shown");
    stage.keys("Tab Enter").says("Exported: staging-eu.toml.");
    assert_eq!(text(&file), EU);
    stage
        .keys("> Enter")
        .says("staging-eu.toml says the same already.");
    fs::write(&file, OLD).unwrap();
    stage
        .keys("> Enter")
        .says("staging-eu.toml holds another preset, which would be gone.");
    stage.keys("Tab Enter").says("Exported: staging-eu.toml.");
    assert_eq!(text(&file), EU);
    stage
        .keys("<")
        .text("nowhere.toml")
        .keys("Enter")
        .says("There is no such file.");
    stage.keys("Ctrl+u").text("staging-eu.toml").keys("Enter");
    stage
        .says("Save an imported preset")
        .says("profile enterprise, 3 answers");
    stage.keys("Tab Tab Space").says("is there: asks first");
    stage
        .keys("Space Tab Enter")
        .says("Saved: mine/staging-eu, profile enterprise, 3 answers.");
    assert_eq!(text(&stage.own().join("presets/staging-eu.toml")), EU);
    fs::write(stage.root().join("other.toml"), "[backend]\nport = 1\n").unwrap();
    stage
        .keys("<")
        .text("other.toml")
        .keys("Enter")
        .says("It is no preset.");
}

#[test]
fn where_it_is_written_stays() {
    let file = "config/runtime/vapora.toml";
    let written = "# Ours.\ndeployment_mode = \"enterprise\"\n\n[backend]\nport = 9100\n";
    let mut stage = some(80, 24).file(file, written).begin();
    stage.keys("End Up Enter").says("vapora.toml is open");
    stage
        .keys("p Down Down Enter")
        .says("preset staging-eu is open");
    stage.keys("w").says("Review").says("9100").says("9001");
    // Somebody else writes meanwhile: what was read of the file is still compared with.
    stage.keys("Esc");
    fs::write(stage.root().join(file), written.replace("9100", "9101")).unwrap();
    stage.keys("w").says("The file changed");
    stage.keys("Esc u").says("enterprise · vapora.toml");
}

#[test]
fn one_saves_and_another_loads() {
    let mut ours = on(Setup::new(80, 24).on_disk(), "enterprise");
    ours.keys(PORT)
        .keys("p s")
        .text("night")
        .keys("Tab Tab Space Tab Enter");
    ours.says("Saved: shared/night, profile enterprise, 1 answer");
    let mut theirs = Setup::new(80, 24).within(ours.root()).begin();
    theirs
        .says("1 saved")
        .keys("p Enter")
        .says("enterprise · night ");
    theirs
        .keys("Down Enter Down")
        .says("9002")
        .says("from: preset night");
    theirs.keys("w").says("--preset shared/night");
}

#[test]
fn the_command_never_names_a_preset_that_says_something_else() {
    let mut stage = begun(80, 24);
    stage
        .keys("p Down Down Enter w")
        .says("--preset shared/staging-eu");
    // Under another name it is still that one.
    stage
        .keys("Esc p e Ctrl+u")
        .text("prod-eu")
        .keys("Tab Tab Enter");
    stage.keys("Esc").says("enterprise · prod-eu ");
    stage.keys("w").says("--preset shared/prod-eu").keys("Esc");
    // Saved over, it says what is set; with one answer taken back nothing does.
    stage.keys(PORT).keys("p s Tab Tab Tab Enter Tab Enter");
    stage.says("Saved: shared/prod-eu").keys("w");
    stage
        .says("--preset shared/prod-eu")
        .does_not_say("--set")
        .keys("Esc");
    stage.keys("Enter r").says("Port is back").keys("w");
    stage.says("Review").does_not_say("--preset");
}

#[test]
fn answers_that_only_a_deleted_preset_held_are_unsaved_again() {
    let mut stage = on(Setup::new(80, 24).on_disk(), "enterprise");
    stage
        .keys(PORT)
        .keys("p s")
        .text("night")
        .keys("Tab Tab Tab Enter");
    stage.says("enterprise · night ");
    stage
        .keys("p Delete Esc")
        .says("enterprise · night (deleted)* ");
    stage
        .keys("w")
        .does_not_say("--preset")
        .says("--set backend.port=9002");
    stage.keys("Esc q").says("Leave?");
    stage.keys("Esc p u").says("mine/night is back.");
    stage.keys("Esc").says("enterprise · night ");
}
