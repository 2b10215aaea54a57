//! Histories in CSV and JSON.

use super::super::history;
use super::{file, told};

#[test]
fn a_history_is_read_from_csv_and_json_alike() {
    for text in [
        "agent,task_type,when,success,seconds,in_flight\nb,review,2026-11-20,true,42.5,3\na,review,2026-11-19T10:00:00Z,false,,\nidle,,,,,0\n",
        "\u{feff}Agent ID;Task;Day;Outcome;Duration;in flight\r\nb;review;2026-11-20;OK;42.5;3\r\na;review;2026-11-19 10:00:00 UTC;failed;;\r\nidle;;;;;0\r\n",
        r#"{"executions":[{"agent":"b","task_type":"review","day":"2026-11-20","success":true,"seconds":42.5,"in_flight":3},
            {"agent":"a","task_type":"review","time":"2026-11-19T10:00:00Z","success":false},{"agent":"idle","in_flight":0}]}"#,
    ] {
        let import = history(&file("h", text.as_bytes()));
        assert_eq!(told(&import), [""; 0], "{text}");
        let history = import.value.unwrap();
        let agents: Vec<_> = history
            .agents()
            .iter()
            .map(|a| (a.name.as_str(), a.in_flight))
            .collect();
        assert_eq!(
            agents,
            [("a", None), ("b", Some(3)), ("idle", Some(0))],
            "{text}"
        );
        assert_eq!(history.task_types(), ["review"]);
        let runs: Vec<_> = history
            .runs()
            .iter()
            .map(|r| (r.agent, r.success, r.seconds))
            .collect();
        assert_eq!(runs, [(0, false, None), (1, true, Some(42.5))], "{text}");
        assert!(!history.is_sample());
        // 2026-11-20 is day 20777; ages count from today, or from the last day when that is later.
        assert_eq!(
            (history.seen_from(0), history.seen_from(30_000)),
            (20_777, 30_000)
        );
    }
}

#[test]
fn every_wrong_line_of_a_history_is_named() {
    let import = history(&file(
        "h.csv",
        b"agent,task_type,when,success,seconds,in_flight\n\
          a,review,2026-02-30,true,,\n\
          a,review,2026-11-20,maybe,,\n\
          a,review,2026-11-20,true,-1,\n\
          a,review,2026-11-20,true,NaN,\n\
          a,review,2026-11-20,true,1e18,\n\
          a,,2026-11-20,true,,\n\
          ,review,2026-11-20,true,,\n\
          a,review,2026-11-20T10:00:00Z,true,,2\n\
          a,review,2026-11-20T11:00:00+01:00,false,,3\n\
          a,review,2026-11-20,true,,-1\n",
    ));
    assert_eq!(import.value, None);
    assert_eq!(
        told(&import),
        [
            "error h.csv:2: when is 2026-02-30, neither a day nor a moment. Write 2026-11-21 or 2026-11-21T10:30:00Z.",
            "error h.csv:3: success is maybe, neither true nor false. Write true or false.",
            "error h.csv:4: seconds is -1, not how long a task takes. Give a number from 0 to 31622400, for example 42.5, or leave it out.",
            "error h.csv:5: seconds is NaN, not how long a task takes. Give a number from 0 to 31622400, for example 42.5, or leave it out.",
            "error h.csv:6: seconds is 1e18, not how long a task takes. Give a number from 0 to 31622400, for example 42.5, or leave it out.",
            "error h.csv:7: task_type is missing here. Write for example code-review.",
            "error h.csv:8: agent is missing here. Write for example developer-1.",
            "error h.csv:10: a holds 3 tasks here, and 2 on line 9. in_flight is what it holds now: give it once, or everywhere alike.",
            "error h.csv:10: This execution is on line 9 already. Give each execution once.",
            "error h.csv:11: in_flight is -1, less than 0. Give a whole number from 0 to 100000, for example 3.",
        ]
    );
    // On one day the same may happen twice.
    let twice = b"agent,task_type,when,success\na,t,2026-11-20,true\na,t,2026-11-20,true\n";
    assert_eq!(history(&file("h", twice)).value.unwrap().runs().len(), 2);
    let agents: Vec<String> = (0..501)
        .map(|n| format!("a{n},t,2026-11-20,true\n"))
        .collect();
    let agents = agents.concat();
    let many = format!("agent,task_type,when,success\n{agents}");
    assert_eq!(
        told(&history(&file("h", many.as_bytes()))),
        ["error h: The file names 501 agents; at most 500 are read. Is the right column read?"]
    );
}
