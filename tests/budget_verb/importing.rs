//! `budget import`: the plan first, whole or not at all, into the workspace.

use std::fs;

use crate::Room;

const FILE: &str = "assets/workloads/enterprise.toml";

const CSV: &str = "role,calls_a_day,input_tokens,output_tokens,provider\narchitect,1800,9000,2000,\ntesting,10,20,30,openai\n";

const METRICS: &str = "# TYPE vapora_llm_requests_total counter
vapora_llm_requests_total{provider=\"claude\",role=\"architect\"} 7000
vapora_llm_tokens_total{provider=\"claude\",role=\"architect\",direction=\"input\"} 63000000
vapora_llm_tokens_total{provider=\"claude\",role=\"architect\",direction=\"output\"} 14000000
";

#[test]
fn a_table_is_shown_written_and_used() {
    let room = Room::with(&[("calls.csv", CSV)]);
    let plan = "\
Workload enterprise, against the sample enterprise:
  ~ architect calls_a_day: 1750 -> 1800
  ~ testing calls_a_day: 1000 -> 10
  ~ testing input_tokens: 4000 -> 20
  ~ testing output_tokens: 500 -> 30
  ~ testing provider: claude -> openai
  ~ testing model: claude-haiku-4-5 -> (none)
  - developer: 2400 calls a day of 6000 in, 1200 out, claude
  - reviewer: 900 calls a day of 8000 in, 1000 out, claude
  - sample
";
    let done = room.budget("import calls.csv --workload enterprise --dry-run");
    assert_eq!((done.code, done.out.as_str()), (0, plan), "{}", done.err);
    assert!(!room.path(FILE).exists());
    // Nobody can be asked; nothing is written where nothing may be.
    let done = room.budget("import calls.csv --workload enterprise");
    assert!(
        done.code == 2 && done.err.contains("Give --yes to write"),
        "{}",
        done.err
    );
    let done = room.run("--readonly budget import calls.csv --workload enterprise --yes");
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(!room.path(FILE).exists());
    let done = room.budget("import calls.csv --workload enterprise --yes");
    assert_eq!(done.code, 0, "{}", done.err);
    assert_eq!(
        fs::read_to_string(room.path(FILE)).unwrap(),
        "\
format = 1

[roles.architect]
calls_a_day = 1800
input_tokens = 9000
output_tokens = 2000
provider = \"claude\"
model = \"claude-opus-4-6\"

[roles.testing]
calls_a_day = 10
input_tokens = 20
output_tokens = 30
provider = \"openai\"
"
    );
    let done = room.budget("--profile enterprise");
    assert!(
        done.out
            .starts_with("profile enterprise: November, 30 days, load enterprise\n")
            && !done.out.contains("sample"),
        "{}",
        done.out
    );
    // Again it changes nothing; roles of one's own stay.
    let done = room.budget("import calls.csv --workload enterprise --yes");
    assert!(
        done.code == 0 && done.out.contains("No figure changes."),
        "{}{}",
        done.out,
        done.err
    );
    room.file(
        "more.csv",
        "role,calls_a_day,input_tokens,output_tokens\nplanner,1,2,3\n",
    );
    let done = room.budget("import more.csv --workload enterprise --yes");
    assert_eq!(
        (done.code, done.out.as_str()),
        (
            0,
            "Workload enterprise, against the workload enterprise:\n  + planner: 1 calls a day of 2 in, 3 out\n"
        )
    );
    assert!(
        fs::read_to_string(room.path(FILE))
            .unwrap()
            .contains("[roles.architect]")
    );
}

#[test]
fn metrics_of_one_file_need_a_period_and_of_two_files_not() {
    let room = Room::with(&[
        ("week.txt", METRICS),
        (
            "later.txt",
            &METRICS
                .replace("7000", "14000")
                .replace("63000000", "126000000")
                .replace("14000000", "28000000"),
        ),
        (
            "bare.txt",
            "vapora_llm_requests_total 5\nvapora_llm_tokens_total{direction=\"input\"} 5\n",
        ),
    ]);
    let done = room.budget("import week.txt --workload team --dry-run");
    assert!(
        done.code == 2 && done.err.contains("State it, for example --period 7d"),
        "{}",
        done.err
    );
    for args in ["week.txt --period 7d", "week.txt later.txt --period 7d"] {
        let done = room.budget(&format!("import {args} --workload team --dry-run"));
        assert_eq!(
            (done.code, done.out.as_str()),
            (
                0,
                "Workload team, against nothing:\n  + architect: 1000 calls a day of 9000 in, 2000 out, claude\n"
            ),
            "{}",
            done.err
        );
    }
    let done = room.budget("import bare.txt --period 7d --workload team --dry-run");
    assert!(
        done.code == 2
            && done.out.is_empty()
            && done
                .err
                .contains("bare.txt:1: error: 2 counters without a role label"),
        "{}",
        done.err
    );
    let done =
        room.budget("import bare.txt --period 7d --role architect --workload team --dry-run");
    assert!(
        done.out.contains("+ architect:"),
        "{}{}",
        done.out,
        done.err
    );
}

#[test]
fn what_is_wrong_names_its_line_and_nothing_is_half_imported() {
    let room = Room::with(&[
        (
            "bad.csv",
            "role,calls_a_day,input_tokens,output_tokens\narchitect,1,2,3\ntesting,many,2,3\n",
        ),
        ("good.csv", CSV),
        (FILE, "format = 1\ncolour = 1\n"),
    ]);
    for (args, says) in [
        ("bad.csv --workload team", "bad.csv:3: error:"),
        (
            "none.csv --workload team",
            "none.csv: error: There is no such file.",
        ),
        ("good.csv --workload Team", "Team is no name of a workload."),
        (
            "good.csv --workload team --period 7",
            "7 is not a period from 1s to 366d.",
        ),
        (
            "good.csv --workload team --period 7d",
            "--period is for metrics, and this is a table.",
        ),
        (
            "good.csv --workload team --role a",
            "--role is for metrics, and this is a table.",
        ),
        ("good.csv", "Nothing says which workload this is."),
        (
            "good.csv --workload enterprise",
            "what they mean would be lost",
        ),
    ] {
        let done = room.budget(&format!("import {args} --yes"));
        assert_eq!(
            (done.code, done.out.as_str()),
            (2, ""),
            "{args}: {}",
            done.err
        );
        assert!(done.err.contains(says), "{args}: {}", done.err);
    }
    assert!(!room.path("assets/workloads/team.toml").exists());
}

#[test]
fn the_workload_is_that_of_the_configuration_written_last() {
    let room = Room::with(&[
        ("calls.csv", CSV),
        (
            "config/runtime/vapora.toml",
            "deployment_mode = \"multiuser\"\n",
        ),
    ]);
    let done = room.budget("import calls.csv --dry-run");
    assert!(
        done.out
            .starts_with("Workload multiuser, against the sample multiuser:"),
        "{}{}",
        done.out,
        done.err
    );
}
