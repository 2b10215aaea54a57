//! Finding: search and its hits, the list of problems, filtered rows, actions by name; key scripts and snapshots.
#![cfg(feature = "tui")]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

use ratatui::style::Modifier;
use stage::{Setup, Stage};

const SIZES: [(u16, u16); 3] = [(80, 24), (120, 36), (60, 16)];

/// Compares the screen with its snapshot, named by what the operator did.
fn snapshot(stage: &Stage, name: &str) {
    let size = stage.app.size;
    insta::assert_snapshot!(
        format!("{name}_{}x{}", size.width, size.height),
        stage.screen()
    );
}

fn enterprise() -> Stage {
    Setup::new(80, 24).profile("enterprise").begin()
}

/// The first line of the pane, which names it.
fn title(stage: &Stage) -> String {
    stage.screen().lines().nth(1).unwrap().to_owned()
}

/// The rows of the pane without borders, as far as they are not empty.
fn rows(stage: &Stage) -> Vec<String> {
    let screen = stage.screen();
    let lines = screen.lines().skip(2);
    let pane = lines.take_while(|line| !line.starts_with('└'));
    pane.map(|line| line.trim_matches(['│', ' ']).to_owned())
        .filter(|line| !line.is_empty())
        .collect()
}

#[test]
fn windows_of_finding() {
    for (width, height) in SIZES {
        let mut stage = Setup::new(width, height).profile("enterprise").begin();
        stage.keys("/");
        snapshot(&stage, "search_empty");
        stage.text("port");
        snapshot(&stage, "search_typed");
        stage.keys("Ctrl+u").text("brake");
        snapshot(&stage, "search_in_help");
        stage.keys("Ctrl+u").text("qqqq");
        snapshot(&stage, "search_nothing");
        stage.keys("Ctrl+u").text("oauth");
        snapshot(&stage, "search_hidden");
        stage.keys("Down Enter");
        snapshot(&stage, "search_hidden_arrived");
        stage.keys("/").text("archi").keys("Enter");
        snapshot(&stage, "search_arrived");
        stage.keys("n");
        snapshot(&stage, "search_next_hit");
        stage.keys("Esc Esc Home Down Enter Down 8 0 Enter !");
        snapshot(&stage, "problems");
        stage.keys("Esc f");
        snapshot(&stage, "filter_changed");
        stage.keys("f");
        snapshot(&stage, "filter_nothing_to_answer");
        stage.keys("f Left");
        snapshot(&stage, "filter_wrong_panels");
        stage.keys("f :");
        snapshot(&stage, "finder_empty");
        stage.text("reset");
        snapshot(&stage, "finder_typed");
        stage.text(" all").keys("Enter");
        snapshot(&stage, "reset_asked");
    }
}

#[test]
fn search_finds_by_prompt_path_name_panel_help_value_and_option() {
    for (typed, first, why) in [
        ("heartbeat", "Heartbeat", ""),
        ("wrkr thr", "Worker threads", ""),
        ("backend.cache", "Cache", "path backend.cache"),
        ("backend_cache_en", "Cache", "name backend_cache_en"),
        ("second brake", "", "help Second brake"),
        ("enterprise", "", "enterprise"),
        ("backend keep", "Keep-alive", ""),
    ] {
        let mut stage = enterprise();
        stage.resize(120, 36).keys("/").text(typed);
        let rows = rows(&stage);
        assert!(rows.len() > 1, "{typed} finds nothing");
        let row = rows[1].trim_start_matches("▸ ");
        assert!(
            row.starts_with(first) && row.contains(why),
            "{typed}: {row}"
        );
    }
}

#[test]
fn a_search_never_finds_a_secret_but_finds_a_reference() {
    let mut stage = Setup::new(120, 36)
        .profile("enterprise")
        .variable(
            "VAPORA__SECURITY__JWT_SECRET",
            "swordfish-swordfish-swordfish-1",
        )
        .variable("VAPORA__DATABASE__URL", "wss://root:swordfish@db:8000")
        .variable("VAPORA__DATABASE__PASSWORD", "${SECRET:db}")
        .begin();
    assert_eq!(stage.app.environment.len(), 3);
    stage.keys("/").text("swordfish").says("Nothing is found");
    stage.keys("Esc /").text("${SECRET").says("${SECRET:db}");
}

#[test]
fn what_was_hit_is_bold_and_underlined() {
    let mut stage = enterprise();
    stage.keys("/").text("port");
    let (buffer, cursor) = stage.buffer();
    let marked = Modifier::BOLD | Modifier::UNDERLINED;
    assert_eq!(buffer[(4, 3)].symbol(), "P");
    for x in 4..8 {
        assert!(buffer[(x, 3)].modifier.contains(marked));
        assert!(buffer[(x, 3)].modifier.contains(Modifier::REVERSED));
    }
    assert!(!buffer[(27, 3)].modifier.contains(Modifier::UNDERLINED));
    let cursor = cursor.unwrap();
    assert_eq!((cursor.x, cursor.y), (8, 2));
}

#[test]
fn search_takes_readline_keys_and_pastes() {
    let mut stage = enterprise();
    stage.keys("/").text("worker thrxx");
    stage.keys("Backspace Backspace").says("/ worker thr ");
    stage.keys("Ctrl+w").says("/ worker ").does_not_say("thr ");
    stage
        .keys("Ctrl+a")
        .text("back")
        .keys("Ctrl+e")
        .says("/ backworker");
    stage.keys("Ctrl+u").paste("keep-\nalive\n");
    stage.says("/ keep- alive").says("▸ Keep-alive");
    stage.keys("Home Ctrl+k").says("110 settings");
}

#[test]
fn enter_goes_to_the_field_and_esc_back_to_where_it_began() {
    let mut stage = Setup::new(60, 16).profile("enterprise").begin();
    stage.keys("Down Down Down Enter End Up");
    let before = stage.screen();
    stage.keys("/").text("recency").keys("Down PageDown Esc");
    assert_eq!(stage.screen(), before);
    stage.keys("d");
    let before = stage.screen();
    stage.keys("/").text("recency").keys("Esc");
    assert_eq!(stage.screen(), before);
    stage.keys("/").text("recency mult").keys("Enter");
    assert_eq!(
        stage.app.input().unwrap().path.as_str(),
        "agents.learning.recency_multiplier"
    );
    assert!(title(&stage).contains("Learning and scoring"));
}

#[test]
fn enter_on_a_hidden_setting_goes_to_the_answer_that_hides_it() {
    let mut stage = enterprise();
    stage.keys("Down Enter").text("/cache").keys("Enter Space");
    assert_eq!(
        stage.app.input().unwrap().path.as_str(),
        "backend.cache.enabled"
    );
    stage.keys("/").text("lifetime").says("(hidden)");
    stage.says("hidden; Enter goes to the answer that hides it");
    stage.keys("Enter");
    assert_eq!(
        stage.app.input().unwrap().path.as_str(),
        "backend.cache.enabled"
    );
    stage.says("Cache lifetime is hidden while Cache is off: change that here.");
    stage.keys("Space /").text("lifetime").keys("Enter");
    assert!(
        stage
            .app
            .input()
            .unwrap()
            .path
            .as_str()
            .starts_with("backend.cache.t")
    );
}

#[test]
fn n_goes_through_the_hits_until_the_search_ends() {
    let mut stage = enterprise();
    stage.keys("/").text("archi").says("3 of 110").keys("Enter");
    stage.says("Hit 1 of 3; Esc ends the search for archi.");
    stage
        .says("n next hit")
        .says("Esc end search")
        .says("Most the architect role");
    stage.keys("n").says("Hit 2 of 3").says("Second brake");
    stage.keys("n").says("Hit 3 of 3");
    stage.keys("n").says("Hit 1 of 3");
    stage.keys("N").says("Hit 3 of 3");
    let there = stage.app.input().unwrap().path.clone();
    stage
        .keys("Esc")
        .says("The search is over; n goes to the next ✗○! again.");
    assert_eq!(stage.app.input().unwrap().path, there);
    stage.says("n next ✗○!").keys("Esc");
    assert!(title(&stage).contains("Panels"));
    stage.keys("n");
    assert_eq!(stage.app.input().unwrap().path.as_str(), "frontend.api_url");
}

#[test]
fn an_answer_ends_the_search_as_the_first_five_minutes_want_it() {
    let mut stage = enterprise();
    stage
        .keys("/")
        .text("archi")
        .keys("Enter Enter Ctrl+u 4 0 0 0 Enter");
    stage.says("$4,000.00").says("n next ✗○!").keys("n");
    assert_eq!(stage.app.input().unwrap().path.as_str(), "frontend.api_url");
}

#[test]
fn a_search_with_one_hit_ends_where_it_arrives() {
    let mut stage = enterprise();
    stage.keys("/").text("brake").says("1 of 110").keys("Enter");
    stage.does_not_say("Hit").says("n next ✗○!").keys("n");
    assert_eq!(stage.app.input().unwrap().path.as_str(), "frontend.api_url");
}

#[test]
fn a_new_search_takes_the_place_of_the_last() {
    let mut stage = enterprise();
    stage
        .keys("/")
        .text("archi")
        .keys("Enter /")
        .text("heartbeat")
        .keys("Enter");
    stage.says("search for heartbeat");
    stage
        .keys("/")
        .text("zzz")
        .keys("Enter")
        .says("Nothing is found");
    stage.keys("Esc n").says("search for heartbeat");
    stage
        .keys("/ Down Enter")
        .does_not_say("Hit")
        .says("n next ✗○!");
}

#[test]
fn the_search_shows_values_of_the_newest_verdict() {
    let mut stage = enterprise();
    stage.keys("Down Enter Down Enter Ctrl+u 9 0 0 1");
    let effects = stage.unanswered("Enter / b a c k e n d . p o r t");
    stage.says("/ backend.port");
    stage.carry_out(effects);
    stage.says("9001").says("/ backend.port");
}

#[test]
fn the_problem_list_holds_every_problem_and_goes_there() {
    let mut stage = Setup::new(80, 24)
        .file(
            "forms/fragments/storage.toml",
            "name = \"broken\"\n[[elements]]\nnope = 1\n",
        )
        .file(
            "config/runtime/vapora.toml",
            "deployment_mode = \"enterprise\"\n[backend]\nprot = 1\n",
        )
        .begin();
    stage.keys("End Up Enter");
    stage.keys("Down Enter Down 8 0 Enter !");
    stage
        .says("backend.prot is not a setting.")
        .says("▸ ✗ Port");
    for (width, height) in SIZES {
        stage.resize(width, height);
        snapshot(&stage, "problems_of_files");
    }
    stage.resize(80, 24);
    let listed = rows(&stage);
    let errors = listed.iter().position(|row| row.contains("! ")).unwrap();
    assert!(
        listed[..errors].iter().all(|row| row.contains("✗ ")),
        "{listed:?}"
    );
    stage.says("An element has no type.").says("storage.toml:2");
    stage.says("80 is below 1024").says("backend.port");
    stage.keys("End").says("Enter say where");
    stage
        .keys("Enter")
        .says("It stands in config/runtime/vapora.toml:3: mend it there");
    stage.keys("Home Enter");
    assert_eq!(stage.app.input().unwrap().path.as_str(), "backend.port");
    stage.keys("! !");
    assert!(stage.app.windows.is_empty());
}

#[test]
fn the_problem_list_holds_what_is_wrong_in_a_profile() {
    let mut stage = Setup::new(80, 24)
        .file("profiles/house.ncl", "{ backend.port = }")
        .profile("house")
        .begin();
    stage.keys("!").says("profiles/house.ncl:1");
    stage
        .keys("Enter")
        .says("It stands in profiles/house.ncl:1: mend it there");
}

#[test]
fn the_problem_list_follows_the_verdict_while_it_is_open() {
    let mut stage = enterprise();
    stage
        .keys("Down Enter Down 8 0 Enter !")
        .says("✗ Port")
        .says("1 error");
    stage.keys("Esc");
    let effects = stage.unanswered("u !");
    stage.says("✗ Port");
    stage.carry_out(effects);
    stage.does_not_say("✗ Port").says("0 errors");
    stage.says("▸ ! API address").keys("Enter");
    assert_eq!(stage.app.input().unwrap().path.as_str(), "frontend.api_url");
}

#[test]
fn n_works_from_windows_too() {
    let mut stage = enterprise();
    stage
        .keys("Down Enter Down 8 0 Enter ! n")
        .says("▸ ! API address");
    stage.keys("N").says("▸ ✗ Port").keys("Esc d n");
    assert!(stage.app.windows.is_empty());
    assert_eq!(stage.app.input().unwrap().path.as_str(), "frontend.api_url");
    stage
        .keys("m n")
        .says("Esc first: this waits for an answer.");
    let mut stage = Setup::new(80, 24).begin();
    stage.keys("n").says("Choose a profile first");
}

#[test]
fn rows_that_are_found_are_gone_through_by_keys() {
    let mut stage = Setup::new(60, 16).profile("enterprise").begin();
    for open in ["/", ":"] {
        stage.keys(open);
        let chosen = |stage: &Stage| {
            let screen = stage.screen();
            let row = screen.lines().position(|line| line.contains("│ ▸"));
            let above = screen.contains("above ↑");
            (row.unwrap(), above)
        };
        let first = chosen(&stage);
        stage.keys("Down Tab");
        assert_eq!(chosen(&stage), (first.0 + 2, false));
        stage.keys("Shift+Tab Up");
        assert_eq!(chosen(&stage), first);
        stage.keys("PageDown PageDown");
        assert!(chosen(&stage).1);
        stage.keys("PageUp PageUp");
        assert_eq!(chosen(&stage), first);
        stage.keys("Esc");
    }
}

#[test]
fn an_empty_problem_list_says_so() {
    let mut stage = Setup::new(80, 24).profile("solo").begin();
    stage
        .keys("!")
        .says("Nothing is wrong, nothing needs an answer, nothing is warned about.");
    stage.keys("Enter Down Esc");
    assert!(stage.app.windows.is_empty());
}

#[test]
fn f_goes_through_all_changed_to_answer_and_wrong() {
    let mut stage = enterprise();
    stage.keys("Down Enter Down 9 0 0 1 Enter Down Down");
    assert_eq!(stage.app.input().unwrap().prompt, "Request timeout");
    stage
        .keys("f")
        .says("1 setting changed by you; f goes on to those to answer.");
    assert!(title(&stage).contains(" Backend · only changed "));
    assert_eq!(rows(&stage).len(), 1);
    assert_eq!(stage.app.input().unwrap().prompt, "Port");
    stage
        .keys("f")
        .says("Nothing in this panel is without an answer.");
    stage.says("Esc shows all rows again, f goes on to those wrong.");
    assert!(title(&stage).contains(" Backend · only to answer "));
    stage.keys("f f").says("All rows again.");
    assert_eq!(stage.app.input().unwrap().prompt, "Request timeout");
    stage.keys("f f Esc").says("All rows again.");
    assert_eq!(stage.app.input().unwrap().prompt, "Request timeout");
}

#[test]
fn under_a_filter_the_cursor_stays_on_its_field() {
    let mut stage = enterprise();
    stage.keys("Down Enter Down 8 0 Enter Down Enter Ctrl+u 0 Enter f f f");
    assert!(title(&stage).contains("only wrong"));
    assert_eq!(rows(&stage).len(), 2);
    stage.keys("Home Enter Ctrl+u 9 0 0 1 Enter");
    assert_eq!(
        stage.app.input().unwrap().prompt,
        "Port",
        "it stays until it is left"
    );
    assert_eq!(rows(&stage).len(), 2);
    stage.keys("Down");
    assert_eq!(stage.app.input().unwrap().prompt, "Worker threads");
    assert_eq!(rows(&stage).len(), 1);
    stage.keys("u").says("Undone");
    assert_eq!(stage.app.input().unwrap().prompt, "Port");
}

#[test]
fn under_a_filter_panels_without_such_rows_are_passed_over() {
    let mut stage = enterprise();
    stage
        .keys("Down Enter Down 9 0 0 1 Enter Esc End Enter")
        .text("9");
    stage.keys("Esc Esc Home f");
    assert!(title(&stage).contains(" Panels · only changed "));
    stage
        .keys("Enter")
        .says("Nothing in this panel is changed by you.");
    assert_eq!(stage.app.panels.at, 0);
    stage.keys("Down Down");
    assert_eq!(stage.app.panel().unwrap().title, "Backend");
    stage
        .says("Esc all rows")
        .keys("Esc")
        .says("All rows again.");
    stage.keys("Esc").says("q leaves.");
}

#[test]
fn searching_past_a_filter_shows_all_rows_again() {
    let mut stage = enterprise();
    stage
        .keys("Down Enter Down 9 0 0 1 Enter f /")
        .text("keep-alive")
        .keys("Enter");
    assert!(!title(&stage).contains("only"));
    assert_eq!(stage.app.input().unwrap().prompt, "Keep-alive");
}

#[test]
fn actions_are_found_by_name_and_done_where_they_can_be() {
    let mut stage = enterprise();
    stage
        .keys(":")
        .text("dif")
        .says("▸ diff")
        .says("What differs from the profile");
    stage.keys("Enter");
    assert!(title(&stage).contains(" Diff "));
    stage.keys(":").text("show all").keys("Enter").says("110");
    stage.keys(":").text("write").keys("Enter");
    stage.says("write is for panels and settings: Esc first.");
    stage.keys("Esc :").text("take left").keys("Enter");
    stage.says("take left works in the differences; d opens them.");
    stage
        .keys(":")
        .text("toggle")
        .says("toggle works on a setting; Enter opens a panel.");
    stage
        .keys("Enter")
        .says("toggle works on a setting; Enter opens a panel.");
    stage.keys(":").text("nothing like it").keys("Enter");
    stage.says("No action is called that");
    stage.keys("Esc");
    assert!(stage.app.windows.is_empty());
}

#[test]
fn w_q_and_wq_do_what_fingers_expect() {
    let mut stage = Setup::new(80, 24).profile("multiuser").on_disk().begin();
    stage
        .keys(":")
        .text("w")
        .keys("Enter")
        .says("Review: nothing is written yet");
    stage.keys("Esc :").text("wq").keys("Enter");
    stage.says("Review: nothing is written yet");
    stage.says("Write in the review writes; after it q leaves.");
    stage
        .keys("Esc Down Enter Down 9 0 0 1 Enter :")
        .text("q")
        .keys("Enter");
    stage.says("Leave?").keys("Esc");
    assert!(!stage.quit);
    stage.keys("u :").text("q").keys("Enter");
    assert!(stage.quit);
}

#[test]
fn before_a_profile_the_finder_leaves_and_the_search_says_what_it_needs() {
    let mut stage = Setup::new(80, 24).begin();
    stage.keys("/").says("Choose a profile first");
    stage.keys(":").text("diff").keys("Enter");
    stage.says("diff needs a profile: choose one here first.");
    stage
        .keys("!")
        .says("Problems")
        .keys("Esc :")
        .text("q")
        .keys("Enter");
    assert!(stage.quit);
}

#[test]
fn resetting_asks_and_is_one_step_of_undo() {
    let mut stage = enterprise();
    stage.keys("Down Enter Down 9 0 0 1 Enter Down 9 Enter");
    stage.keys("Esc Down Down Enter Down 9 0 1 1 Enter Left Up Up");
    let said = stage.app.answers.said().clone();
    assert_eq!(said.answers.len(), 3);
    stage.keys(":").text("reset panel").keys("Enter");
    stage
        .says("2 answers of Backend would be taken back.")
        .keys("Enter");
    assert_eq!(stage.app.answers.said(), &said, "Back has the focus");
    stage.keys(":").text("reset panel").keys("Enter Left Enter");
    stage.says("2 answers taken back; u brings all again.");
    assert_eq!(stage.app.answers.said().answers.len(), 1);
    stage.keys("u").says("Undone: 2 answers here again.");
    assert_eq!(stage.app.answers.said(), &said);
    stage.keys(":").text("reset all").keys("Enter Left Enter");
    stage.says("3 answers taken back").says("●0");
    stage.keys("u").says("●3");
    assert_eq!(stage.app.answers.said(), &said);
    stage.keys("U :").text("reset all").keys("Enter");
    stage.says("There is no answer of all panels to take back.");
}

#[test]
fn nothing_is_searched_while_a_question_waits() {
    let mut stage = enterprise();
    stage
        .keys("m /")
        .says("Esc first: this waits for an answer.");
    stage.keys("!").says("Esc first: this waits for an answer.");
}

#[test]
fn help_in_a_search_is_about_the_hit() {
    let mut stage = enterprise();
    stage
        .keys("/")
        .text("keep-alive")
        .keys("F1")
        .says("backend.keep_alive");
    stage.keys("Esc").says("/ keep-alive");
}

#[test]
fn no_size_panics() {
    let mut stage = enterprise();
    for script in ["/ p o", "Esc !", "Esc :", "r e", "Esc f", "Enter"] {
        stage.keys(script);
        for (width, height) in [(1, 1), (59, 16), (60, 16), (80, 24), (110, 20), (300, 100)] {
            stage.resize(width, height).screen();
        }
        stage.resize(80, 24);
    }
}
