//! Wrong inputs: what is said, and that nothing is printed that might be taken for an answer.

use crate::Room;

#[test]
fn wrong_inputs_end_with_two_and_say_what_to_do() {
    let room = Room::with(&[
        ("broken.json", "{"),
        ("later.json", "{\"format\": 7}"),
        ("empty.toml", "format = 1\n"),
        (
            "prices.toml",
            "format = 1\n[[price]]\nprovider = \"claude\"\nmodel = \"x\"\ninput = -1\n",
        ),
    ]);
    for (args, says) in [
        (
            "--start 2026-13-01",
            "--start 2026-13-01 is no date.\n    Give year, month and day, for example --start 2026-12-01.",
        ),
        (
            "--fail-on-increase 500",
            "Give --compare-to ESTIMATE.json, or --baseline with a profile or file.",
        ),
        (
            "--fail-on-increase ten --baseline solo",
            "--fail-on-increase ten is neither an amount of dollars nor a percentage.",
        ),
        (
            "--fail-on sometimes",
            "[possible values: near, exceeded, refused]",
        ),
        (
            "--workload nterprise",
            "No workload is called nterprise.\n    Did you mean enterprise? There are enterprise, multiuser, solo;",
        ),
        (
            "--workload none.toml",
            "none.toml: error: There is no such file.",
        ),
        (
            "--workload empty.toml",
            "empty.toml: error: It holds no role.",
        ),
        (
            "--prices none.toml",
            "none.toml: error: There is no such file.",
        ),
        ("--prices prices.toml", "prices.toml:5: error:"),
        (
            "--compare-to none.json",
            "Give a file that vapora-tui budget --save wrote.",
        ),
        (
            "--compare-to broken.json",
            "broken.json:1: error: It is no estimate, or it is damaged.",
        ),
        (
            "--compare-to later.json",
            "It is an estimate of format 7; this version reads format 1.",
        ),
        (
            "--baseline nterprise",
            "There is no such file, and no such profile.",
        ),
        (
            "a.toml --from b.toml",
            "Two files are named, and only one can be forecast.",
        ),
        (
            "--from a.toml --preset b",
            "Leave out the file or --preset.",
        ),
        ("--preset none", "There is no preset none."),
        ("--set llm_router.prt=1", "Did you mean"),
        ("--yes", "--save"),
    ] {
        let done = room.budget(&format!("--profile enterprise {args}"));
        assert_eq!(
            (done.code, done.out.as_str()),
            (2, ""),
            "{args}: {}",
            done.err
        );
        assert!(done.err.contains(says), "{args}: {}", done.err);
    }
    let done = room.budget("");
    assert!(
        done.code == 2 && done.err.contains("No profile is given."),
        "{}",
        done.err
    );
}

#[test]
fn a_wrong_setting_is_no_forecast_of_what_is_in_force() {
    let room = Room::with(&[]);
    let window = "--set llm_router.budget_enforcement.window=yearly";
    let done = room.budget(&format!(
        "--profile enterprise {window} --fail-on refused --save e.json"
    ));
    assert_eq!(done.code, 2);
    assert!(
        done.err.contains("--set: error: llm_router.budget_enforcement.window: \"yearly\" is not one of")
            && done.err.ends_with(
                "llm_router.budget_enforcement.window is wrong, so this is no forecast of the configuration. It was not \
                 saved.\n"
            ),
        "{}",
        done.err
    );
    assert!(!room.path("e.json").exists());
    assert_eq!(
        room.json(&format!("--profile enterprise {window}"))["wrong"],
        "llm_router.budget_enforcement.window"
    );
    // What decides nothing about money is only counted.
    let done = room.budget("--profile enterprise --set backend.port=80 --fail-on refused");
    assert_eq!(
        (done.code, done.err.as_str()),
        (
            0,
            "1 problem elsewhere: no part of the forecast, check or render tells more.\n"
        )
    );
}

#[test]
fn a_role_without_a_price_is_never_a_zero() {
    let room = Room::with(&[(
        "assets/workloads/ours.toml",
        "format = 1\n[roles.architect]\ncalls_a_day = 10\ninput_tokens = 10\noutput_tokens = 10\nprovider = \"claude\"\n\
         model = \"claude-unheard-of\"\n[roles.testing]\ncalls_a_day = 1000\ninput_tokens = 4000\noutput_tokens = 500\n",
    )]);
    let args = "--profile enterprise --workload ours";
    let done = room.budget(args);
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err
            .contains("warning: No price is known for claude claude-unheard-of."),
        "{}",
        done.err
    );
    let row = done
        .out
        .lines()
        .find(|line| line.starts_with("architect"))
        .unwrap();
    assert!(row.contains("  ?  "), "{row}");
    assert!(
        done.out.contains("at least $") && done.out.contains("The total is without architect."),
        "{}",
        done.out
    );
    let done = room.budget(&format!("{args} --fail-on refused"));
    assert_eq!(done.code, 2);
    assert!(
        done.err
            .ends_with("Whether it fails is not known: a role has no forecast.\n"),
        "{}",
        done.err
    );
    let csv = room.budget(&format!("{args} --format csv")).out;
    assert!(csv.contains("role,architect,,500000,,"), "{csv}");
}

#[test]
fn a_profile_of_ones_own_without_a_workload_is_told_what_to_do() {
    let room = Room::with(&[("profiles/lab.ncl", "# A lab.\nimport \"multiuser.ncl\"\n")]);
    let done = room.budget("--profile lab");
    assert_eq!((done.code, done.out.as_str()), (2, ""), "{}", done.err);
    assert!(
        done.err.contains("No workload is called lab")
            && done.err.contains("assets/workloads/lab.toml")
            && done.err.contains("--workload"),
        "{}",
        done.err
    );
    assert_eq!(room.budget("--profile lab --workload multiuser").code, 0);
}
