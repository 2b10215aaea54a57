//! A walk through every screen and window: what each test of terminals looks at.

use std::fs;

use vapora_tui::nickel::Reply;
use vapora_tui::problem::Problem;
use vapora_tui::tui::msg::Msg;

use crate::own_files::with_keymap;
use crate::presets;
use crate::stage::{Setup, Stage};

/// How a stop is reached from the stop before.
#[derive(Clone, Copy)]
pub enum Way {
    Keys(&'static str),
    Do(fn(&mut Stage)),
}

use Way::{Do, Keys};

/// The name of a stop, the way there, and what the screen says there at 80x24.
type Stop = (&'static str, Way, &'static str);

/// A beginning, and the stops from there on.
type Leg = (fn(u16, u16) -> Stage, &'static [Stop]);

const LEGS: [Leg; 11] = [
    (start, FIRST),
    (enterprise, FINDING),
    (with_files, DIFFERENCES),
    (team, KINDS),
    (start, LOOKING),
    (provisioning, FOLDER),
    (own_files, OWN_FILES),
    (enterprise, UNJUDGED),
    (with_files, WRITING),
    (presets::begun, PRESETS),
    (enterprise, COST),
];

const FIRST: &[Stop] = &[
    ("start", Keys(""), "New, from a profile"),
    ("prompt", Keys("End Enter / s r v"), "Open a file"),
    ("panels", Keys("Esc Home Down Down Enter"), "16 panels"),
    ("fields", Keys("Down Enter Down"), "▸ Port"),
    ("edit", Keys("Enter Ctrl+u 8 0"), "[80"),
    ("wrong", Keys("Enter"), "▸ Port"),
    ("help", Keys("?"), "Schema's default"),
    ("help_below", Keys("PageDown"), "17 above ↑, "),
    ("choice", Keys("Esc Esc Down Enter Enter"), "▾"),
    (
        "secret",
        Keys("Esc Down Enter Down Space Down Down Down Enter s e c r e t s e c r e t"),
        "*****",
    ),
    ("kept", Keys("Enter"), "(secret)"),
    ("revealed", Keys("s"), "secretsecret"),
    ("profiles", Keys("m"), "Profile: answers are kept"),
    ("diff", Keys("Esc d"), "┌ Diff"),
    ("diff_all", Keys("a PageDown"), "┌ Diff"),
    (
        "review_refused",
        Keys("Esc w"),
        "Review: nothing is written yet",
    ),
    ("question", Keys("Esc q"), "Leave?"),
    (
        "review",
        Keys("Esc Esc Up Enter Home Down u u u u w"),
        "Review: nothing is written yet",
    ),
];

const FINDING: &[Stop] = &[
    ("search_empty", Keys("/"), "110 settings"),
    ("search", Keys("a r c h i"), "▸ Architect"),
    ("search_arrived", Keys("Enter"), "Hit 1 of 3"),
    ("search_nothing", Keys("/ q q q q"), "Nothing is found"),
    ("problems", Keys("Esc Esc !"), "┌ Problems"),
    ("finder", Keys("Esc :"), "┌ Actions"),
    ("finder_typed", Keys("r e s e t"), "reset panel"),
    (
        "finder_nothing",
        Keys("Ctrl+u q q q q"),
        "No action is called that",
    ),
    ("filter", Keys("Esc 4 0 0 0 Enter f"), "only changed"),
    ("filter_empty", Keys("f"), "Nothing in this panel"),
    ("filter_panels", Keys("f Left"), "only wrong"),
    (
        "reset_asked",
        Keys("Esc : r e s e t Space a l l Enter"),
        "Reset?",
    ),
    ("mouse", Keys("Esc M"), "mouse"),
    ("side", Keys("M v"), "side pane needs 110 columns"),
    ("output", Keys("v v v v o"), "┌ Output"),
    ("review_command", Keys("Esc w End"), "--output"),
];

const DIFFERENCES: &[Stop] = &[
    (
        "diff_folded",
        Keys("Down Enter Down 9 0 0 1 Enter d"),
        "5 the same",
    ),
    ("diff_unfolded", Keys("Up Enter"), "all its settings show"),
    ("diff_baselines", Keys("c"), "Compare with"),
    ("diff_profile", Keys("Down Enter"), "Left: profile solo"),
    (
        "diff_file_asked",
        Keys("c End Enter"),
        "Compare with a file",
    ),
    (
        "diff_file",
        Keys("b a r e . t o m l Enter"),
        "Left: bare.toml",
    ),
];

const KINDS: &[Stop] = &[
    ("kinds", Keys("Enter"), "First day"),
    ("ticks", Keys("Enter"), "2 of 25 ticked"),
    ("ticks_searched", Keys("E U - w e s t"), "[EU-west"),
    ("ticks_in_the_list", Keys("Tab Space"), "1 of 25 ticked"),
    ("choice_searched", Keys("Esc Down Enter"), "▸ eu-north-1: "),
    ("editor", Keys("Esc Down Enter Enter x"), "line 2 of 2"),
    (
        "date",
        Keys("Esc Down Enter Ctrl+u 2 0 2 6 - 0 2 - 3"),
        "not yet YYYY-MM-DD",
    ),
    ("items", Keys("Esc Down Down Enter"), "item 1 of 1"),
    ("order", Keys("Esc Down Enter K"), "3 of 4 ticked"),
];

const LOOKING: &[Stop] = &[
    ("look_first", Keys("Down Down v"), "not started yet"),
    ("look_help", Keys("?"), "What it is"),
];

const COST: &[Stop] = &[
    ("budget_pane", Keys("/ a r c h i Enter b"), "reaches 75 %"),
    ("budget_typing", Keys("Enter Ctrl+u 4 0 0 0"), "day 19"),
    ("budget_wrong", Keys("x"), "last est"),
    ("budget_role", Keys("Backspace Enter Tab Down"), "in full"),
    ("budget", Keys("Enter"), "By provider and model"),
    ("budget_text", Keys("Tab End"), "The calls and tokens"),
    ("budget_against", Keys("c"), "Compare with"),
];

const FOLDER: &[Stop] = &[
    (
        "folder",
        Do(|stage| {
            // The folder on disk has another name each time.
            stage.app.facts.workspace = "/srv/vapora".into();
            stage.app.facts.output = "/srv/vapora/config/runtime/vapora.toml".into();
            // It is claimed with the next message.
            let size = stage.app.size;
            stage.resize(size.width, size.height);
        }),
        "Open a file of vapora/provisioning",
    ),
    ("proposal", Keys("Enter"), "The file names no profile"),
];

const OWN_FILES: &[Stop] = &[("own_problems", Keys(""), "m is bound to both")];

const UNJUDGED: &[Stop] = &[
    (
        "lost",
        Do(|stage| {
            let ticket = stage.app.ticket;
            let problem = Problem::error("The schema did not answer in time.");
            stage.tell(Msg::Reply(Reply::Lost {
                slot: None,
                ticket,
                problem,
            }));
        }),
        "? not judged",
    ),
    (
        "loading",
        Do(|stage| {
            stage.app.lost = None;
            stage.app.config = None;
            stage.keys("Down Enter");
        }),
        "…",
    ),
];

const WRITING: &[Stop] = &[
    (
        "review_of_changes",
        Keys("w"),
        "~ config/runtime/vapora.toml",
    ),
    ("written", Keys("Tab Enter"), "Written"),
    (
        "file_changed",
        Do(|stage| {
            let file = stage.root().join(FILE);
            let text = fs::read_to_string(&file).unwrap();
            fs::write(&file, text.replace("port = 8001", "port = 9300")).unwrap();
            stage.keys("Down Enter Down 9 0 0 1 Enter w");
        }),
        "The file changed",
    ),
    ("both_changed", Keys("Left Left Enter"), "Both changed"),
];

const PRESETS: &[Stop] = &[
    (
        "presets",
        Keys("Down Enter Down 9 0 0 2 Enter p Down"),
        "old-lab",
    ),
    ("preset_save", Keys("Down s"), "Save as a preset"),
    ("preset_copy", Keys("Shift+Tab Space"), "[staging-eu-copy"),
    (
        "preset_taken",
        Keys("Space Tab Ctrl+u n i g h t - s h i f t Tab Tab Tab Enter"),
        "Replace the preset?",
    ),
    (
        "preset_over_answers",
        Keys("Esc Esc Enter"),
        "Load the preset?",
    ),
    ("preset_loaded", Keys("Left Enter"), "staging-eu is open"),
];

const FILE: &str = "config/runtime/vapora.toml";

pub fn start(width: u16, height: u16) -> Stage {
    Setup::new(width, height).begin()
}

pub fn enterprise(width: u16, height: u16) -> Stage {
    Setup::new(width, height).profile("enterprise").begin()
}

pub fn with_files(width: u16, height: u16) -> Stage {
    Setup::new(width, height)
        .profile("enterprise")
        .file(FILE, "deployment_mode = \"multiuser\"\n")
        .file("bare.toml", "[backend]\nport = 80\n")
        .begin()
}

/// The small form with a field of every kind.
pub fn team(width: u16, height: u16) -> Stage {
    let files = [
        (
            "assets/schemas/platform/configs/main.ncl",
            include_str!("../fixtures/kinds/assets/schemas/platform/configs/main.ncl"),
        ),
        (
            "forms/main.toml",
            include_str!("../fixtures/kinds/forms/main.toml"),
        ),
        (
            "forms/fragments/team.toml",
            include_str!("../fixtures/kinds/forms/fragments/team.toml"),
        ),
        (
            "profiles/team.ncl",
            include_str!("../fixtures/kinds/profiles/team.ncl"),
        ),
    ];
    let setup = Setup::new(width, height).profile("team");
    let add = |so_far: Setup, (name, text): (&str, &str)| so_far.file(name, text);
    files.into_iter().fold(setup, add).begin()
}

/// A VAPORA repository opened by its `provisioning/`.
fn provisioning(width: u16, height: u16) -> Stage {
    Setup::new(width, height)
        .file(
            "vapora/provisioning/config/runtime/vapora.toml",
            "[backend]\nport = 9100\n",
        )
        .file(
            "vapora/provisioning/config/runtime/vapora.custom.toml",
            "deployment_mode = \"solo\"\n",
        )
        .open("vapora/provisioning")
        .begin()
}

fn own_files(width: u16, height: u16) -> Stage {
    with_keymap(Setup::new(width, height))
}

/// Walks and looks at every stop.
pub fn walk(width: u16, height: u16, mut look: impl FnMut(&mut Stage, &str)) {
    stops(width, height, |stage, (name, ..)| look(stage, name));
}

fn stops(width: u16, height: u16, mut look: impl FnMut(&mut Stage, Stop)) {
    for (begin, stops) in LEGS {
        let mut stage = begin(width, height);
        for stop in stops {
            match stop.1 {
                Keys(keys) => {
                    stage.keys(keys);
                }
                Do(what) => what(&mut stage),
            }
            look(&mut stage, *stop);
        }
    }
}

/// The stops are what their names say.
#[test]
fn the_walk_comes_through_every_screen() {
    stops(80, 24, |stage, (_, _, said)| {
        stage.says(said);
    });
}
