//! Room on the screens: what matters is whole, at any size, and what is cut says so.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use ratatui::buffer::{Buffer, Cell};
use ratatui::layout::Rect;
use stage::{Setup, Stage};
use vapora_tui::form::load::load;
use vapora_tui::problem::Problem;
use vapora_tui::tui::draw::draw;
use vapora_tui::tui::keymap::Keymap;
use vapora_tui::tui::keymap_file;
use vapora_tui::tui::look::Look;
use vapora_tui::tui::signs::Signs;
use vapora_tui::workspace::Workspace;

const LEAST: (u16, u16) = (60, 16);

fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

/// The screen as one text without line ends, blanks folded: what is told over several lines is found in it.
fn told(stage: &Stage) -> String {
    let screen = stage.screen();
    screen.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[track_caller]
fn tells(stage: &Stage, text: &str) {
    let told = told(stage);
    assert!(told.contains(text), "{text}\n{}", stage.screen());
}

/// The folder of a workspace on disk has another name each time; a snapshot shows always the same.
fn renamed(stage: &mut Stage) {
    let facts = &mut stage.app.facts;
    facts.workspace = "/srv/vapora".into();
    facts.here = "/srv/vapora".into();
    facts.output = "/srv/vapora/config/runtime/vapora.toml".into();
}

/// A profile that is no Nickel, with more to say of itself than a row holds.
const BROKEN: &str =
    "# One that goes on for a long time and says so in one sentence longer than any row of it
{ backend.port =
";

#[test]
fn every_help_is_whole_in_the_least_size() {
    let (form, _) = load(&Workspace::at("/srv/vapora"));
    let mut stage = Setup::new(LEAST.0, LEAST.1).profile("enterprise").begin();
    let mut seen = 0;
    for panel in 0..form.panels.len() {
        stage.keys("Enter Home");
        for _ in 0..stage.app.elements(panel).len() {
            if let Some(input) = stage.app.input()
                && stage.app.problem_at(&input.path).is_none()
            {
                tells(&stage, &input.help);
                tells(&stage, "from: ");
                seen += 1;
            }
            stage.keys("Down");
        }
        stage.keys("Esc Down");
    }
    assert!(seen > 100, "{seen}");
}

#[test]
fn a_problem_is_whole_in_the_least_size_and_nothing_moves() {
    let mut stage = Setup::new(LEAST.0, LEAST.1).profile("enterprise").begin();
    stage.keys("Down Enter Down");
    let before = stage.screen();
    let place = |screen: &str| screen.lines().position(|line| line.contains("▸ Port"));
    stage.keys("8 0 Enter");
    tells(
        &stage,
        "Use 1024 to 65535, for example 8001, the number VAPORA documents.",
    );
    assert_eq!(place(&before), place(&stage.screen()));
    snapshot(&stage, "wrong");
}

#[test]
fn why_a_secret_is_none_yet_is_told_in_a_whole_sentence() {
    for (width, height) in [LEAST, (80, 24), (160, 40)] {
        let mut stage = Setup::new(width, height).profile("solo").begin();
        stage
            .keys("/")
            .text("jwt secret")
            .keys("Enter Enter Ctrl+u a b c");
        stage.says("not yet: The secret has fewer than 32 characters.");
        let screen = stage.screen();
        let line = screen
            .lines()
            .find(|line| line.contains("not yet"))
            .unwrap();
        assert!(line.ends_with('.'), "{line}");
        snapshot(&stage, "secret_not_yet");
    }
}

#[test]
fn a_profile_that_cannot_be_used_says_so_in_its_row_and_why_below() {
    for (width, height) in [LEAST, (80, 24), (120, 36)] {
        let mut stage = Setup::new(width, height)
            .file("profiles/broken.ncl", BROKEN)
            .begin();
        stage
            .keys("Down Down Down")
            .says("▸ broken      ✗ cannot be used");
        let why = stage.app.unusable("broken").unwrap().sentence();
        tells(&stage, &why);
        renamed(&mut stage);
        snapshot(&stage, "start_with_a_broken_profile");
        stage.keys("Up").says("  broken      ✗ cannot be used");
        // The longest that the program says of a profile.
        let endless =
            Problem::error("It computes without end, or needs more than 1 GiB of memory.")
                .hint("Mend its loop or growth and start again, or choose another profile.")
                .in_file("profiles/endless.ncl".as_ref(), None);
        stage.app.problems.push(endless);
        tells(&stage, "✗ profiles/endless.ncl: It computes without end");
        tells(&stage, "start again, or choose another profile.");
    }
}

/// More profiles than rows: the chosen row always shows, also the last one.
#[test]
fn a_long_start_screen_scrolls() {
    let mut setup = Setup::new(LEAST.0, LEAST.1);
    for i in 1..9 {
        setup = setup.file(&format!("profiles/own{i}.ncl"), "# one of many\n{}\n");
    }
    let mut stage = setup.begin();
    stage.says("▸ solo").says("more below ↓");
    stage
        .keys("End")
        .says("▸ a file or folder…")
        .says("more above ↑");
    renamed(&mut stage);
    snapshot(&stage, "start_scrolled");
    tells(
        &stage,
        "This workspace brings its own profiles/own1.ncl and 7 more.",
    );
}

#[test]
fn the_summaries_of_all_panels_are_whole() {
    let (form, _) = load(&Workspace::at("/srv/vapora"));
    let stage = Setup::new(80, 24).profile("enterprise").begin();
    for panel in &form.panels {
        assert!(stage.screen().contains(&panel.summary), "{}", panel.summary);
    }
}

#[test]
fn wide_panels_count_what_they_mark_and_panes_grow() {
    let mut stage = Setup::new(110, 24)
        .profile("enterprise")
        .file(
            "b.toml",
            "deployment_mode = \"enterprise\"\n[agents.learning]\nscoring_window = 1\n",
        )
        .begin();
    stage.keys("Down Enter Down 8 0 Enter Down 1 2 Enter");
    for (width, height) in [(110, 24), (120, 36), (160, 40), (200, 50), (300, 60)] {
        stage.resize(width, height);
        stage.says("✗1●2│").says("!1│");
        stage.keys("v v v v");
        if width > 120 {
            snapshot(&stage, "wide");
        }
    }
    // What 36 columns cut is whole.
    stage.resize(200, 50);
    stage
        .keys("v v")
        .says("# Profile this installation follows: solo, multiuser or enterprise.");
}

fn at(stage: &mut Stage, width: u16, height: u16) -> String {
    stage.resize(width, height);
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    draw(&stage.app, &mut buffer);
    let rows = buffer.content.chunks(usize::from(width));
    let rows = rows.map(|row| row.iter().map(Cell::symbol).collect::<String>());
    let rows: Vec<String> = rows.map(|row| row.trim().to_owned()).collect();
    rows.join(" ").trim().to_owned()
}

#[test]
fn a_screen_too_small_says_its_size_first_and_how_to_leave() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    for (width, height, expected) in [
        (
            300,
            1,
            "vapora-tui needs 60x16; this is 300x1. Nothing is lost: make the window larger. q or Ctrl+C leaves.",
        ),
        (59, 1, "vapora-tui needs 60x16; this is 59x1. q leaves."),
        (
            40,
            10,
            "vapora-tui needs 60x16; this is 40x10. Nothing is lost: make the window larger. q or Ctrl+C leaves.",
        ),
        (30, 1, "Needs 60x16; q leaves."),
        (20, 1, "60x16; q leaves"),
        (12, 1, "Needs 60x16"),
        (5, 1, "60x16"),
        (11, 2, "60x16; q leaves"),
    ] {
        assert_eq!(at(&mut stage, width, height), expected);
    }
}

#[test]
fn a_screen_too_small_is_left_by_its_keys() {
    for key in ["q", "Ctrl+c"] {
        let mut stage = Setup::new(40, 5).profile("solo").begin();
        stage.keys(key);
        assert!(stage.quit, "{key}");
        // Answers that would be lost are asked about where nothing but a sentence has room.
        let mut stage = Setup::new(80, 24).profile("solo").begin();
        stage.keys("Down Enter Down 9 0 0 1 Enter Enter 7");
        stage.resize(50, 4).keys(key);
        assert!(!stage.quit, "{key}");
        tells(&stage, "Leaving now loses that: q again leaves, Esc stays.");
        stage.keys("Esc x Enter w");
        tells(&stage, "vapora-tui needs 60x16");
        stage.resize(80, 24).says("[90017").says("cursor");
        stage.resize(50, 4).keys(key).keys(key);
        assert!(stage.quit, "{key}");
    }
    // A screen that grows again shows the question as ever.
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage.keys("Down Enter Down 9 0 0 1 Enter");
    stage.resize(50, 4).keys("q").resize(80, 24);
    stage.says("Leave?").says("1 answer is not written.");
}

fn ascii(stage: &mut Stage) -> String {
    stage.app.keymap = Keymap::shipped().in_words(true);
    let (mut buffer, _) = stage.buffer();
    let look = Look {
        signs: Signs::Ascii,
        ..Look::default()
    };
    look.dress(&mut buffer);
    let rows = buffer.content.chunks(usize::from(buffer.area.width));
    let rows = rows.map(|row| row.iter().map(Cell::symbol).collect::<String>());
    let rows: Vec<String> = rows.map(|row| row.trim_end().to_owned()).collect();
    rows.join("\n")
}

#[test]
fn in_ascii_an_arrow_is_no_comparison_and_an_ellipsis_no_full_stop() {
    for (width, height) in [LEAST, (80, 24), (120, 36)] {
        let mut stage = Setup::new(width, height).begin();
        let shown = ascii(&mut stage);
        assert!(shown.contains("a file or folder..  "), "{shown}");
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        stage.keys("Down Enter Down 9 0 0 1 Enter");
        if width < 72 {
            stage.keys("d");
        }
        let shown = ascii(&mut stage);
        assert!(!shown.contains("8001 > 9001"), "{shown}");
        assert_eq!(shown.contains("8001 -> 9001"), width != 80, "{shown}");
        for line in shown.lines().filter(|line| line.starts_with('|')) {
            assert!(
                line.len() == usize::from(width) && line.ends_with('|'),
                "{line}"
            );
        }
        insta::assert_snapshot!(format!("ascii_diff_{width}x{height}"), shown);
    }
}

#[test]
fn the_output_beside_the_fields_follows_the_focused_one_in_every_format() {
    for name in ["out.toml", "out.json", "out.yaml", "out.ncl", "out.env"] {
        let mut stage = Setup::new(120, 36)
            .profile("enterprise")
            .on_disk()
            .begin_writing(name);
        stage.keys("v v End Enter End");
        let screen = stage.screen();
        let marked = screen
            .lines()
            .find(|line| line.contains("│▸  "))
            .unwrap_or_default();
        let line = marked.to_lowercase();
        assert!(line.contains("backup_inte"), "{name}\n{screen}");
        stage.keys("o");
        let screen = stage.screen().to_lowercase();
        assert!(
            screen.contains("│▸") && screen.contains("backup_interval"),
            "{name}\n{screen}"
        );
    }
}

/// A setting without a value stands on no line: the pane shows where it would stand, and marks none.
#[test]
fn the_output_of_a_setting_without_a_line_shows_its_neighbours() {
    let mut stage = Setup::new(120, 36)
        .profile("open")
        .file(
            "profiles/open.ncl",
            "# asks for a secret\n{ deployment_mode = \"solo\" }\n",
        )
        .begin();
    stage.keys("v v /").text("jwt secret").keys("Enter");
    stage.says("[security]").does_not_say("│▸ ");
}

#[test]
fn a_wrong_value_has_a_row_also_where_both_sides_say_the_same() {
    for (width, height) in [LEAST, (80, 24), (120, 36)] {
        let mut stage = Setup::new(width, height)
            .profile("enterprise")
            .file("b.toml", "deployment_mode = \"enterprise\"\n[backend]\nport = 80\n")
            .file("profiles/bad.ncl", "# has a wrong port\n(import \"enterprise.ncl\") & { deployment_mode | force = \"enterprise\", backend.port | force = 80 }\n")
            .begin();
        stage.keys("Down Enter Down 8 0 Enter d").says("✗ 8001");
        stage.keys("c End Enter").text("b.toml").keys("Enter");
        stage.says("✗ 80").says("0 changed, 110 the same");
        snapshot(&stage, "diff_same_and_wrong");
        // Against another profile too, with what is folded counted right.
        stage.keys("c Down Enter").says("✗ 8001");
    }
}

fn with_own_files(width: u16, height: u16) -> Stage {
    let text = "[main]\nwrite = [\"W\"]\ndiff = [\"m\"]\n[everywhere]\nleave = [\"Ctrl+q\"]\n";
    let (keymap, mut problems) =
        keymap_file::own("~/.config/vapora-tui/keymap.toml".as_ref(), text);
    let long = Problem::warning(
        "A colour is called by a name that no terminal has ever known, which is why it is left out of everything that is drawn here.",
    );
    let long = long.hint("Give one of the sixteen names, a number from 0 to 255, or three pairs of digits such as #aa00ff; the last word is END.");
    problems.push(long.in_file("~/.config/vapora-tui/theme.toml".as_ref(), Some(12)));
    let mut stage = Setup::new(width, height).profile("solo").begin();
    stage.app.keymap = keymap;
    stage.app.own_problems = problems;
    stage
}

#[test]
fn what_is_wrong_in_own_files_is_read_whole_in_the_list_of_problems() {
    for (width, height) in [LEAST, (80, 24), (120, 36)] {
        let mut stage = with_own_files(width, height);
        stage.keys("!").says("…/keymap.toml:3");
        tells(&stage, "m is bound to both profile and diff.");
        let sentences: Vec<String> = stage
            .app
            .own_problems
            .iter()
            .map(Problem::sentence)
            .collect();
        for sentence in &sentences[..2] {
            tells(&stage, sentence);
            stage.keys("Down");
        }
        // Longer than the lines below hold: it is told in the window.
        stage.says("END.");
        snapshot(&stage, "own_problem_in_the_list");
        stage.keys("Enter");
        tells(&stage, "It stands in");
        assert_eq!(stage.app.counted().count(), 0);
    }
}
