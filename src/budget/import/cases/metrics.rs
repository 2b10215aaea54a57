//! Prometheus metrics.

use super::super::{Counters, Import, Imported, MAX_BYTES, Period, is_metrics, metrics};
use super::{file, roles, told};

const COUNTERS: &str = "\
# HELP vapora_llm_requests_total Calls.
# TYPE vapora_llm_requests_total counter
vapora_llm_requests_total{provider=\"claude\",role=\"architect\"} 700
vapora_llm_requests_total{provider=\"gemini\",role=\"architect\"} 1.3e3
vapora_llm_tokens_total{provider=\"claude\",role=\"architect\",direction=\"input\"} 7000000
vapora_llm_tokens_total{provider=\"gemini\",role=\"architect\",direction=\"input\"} 11000000
vapora_llm_tokens_total{provider=\"claude\",role=\"architect\",direction=\"output\"} 4000001
vapora_llm_cost_cents_total{provider=\"claude\",role=\"architect\"} 123.4567891
vapora_llm_cost_cents_total{provider=\"gemini\",role=\"architect\"} 1
vapora_llm_request_duration_seconds_sum{provider=\"claude\"} NaN
process_cpu_seconds_total 17 1 2 3 what
";

fn week() -> Period {
    Period::parse("7d").unwrap()
}

fn since(text: &str, role: Option<&str>) -> Import<Imported> {
    let counters = Counters::Since {
        file: file("m.prom", text.as_bytes()),
        period: week(),
    };
    metrics(&counters, role)
}

fn between(earlier: &str, later: &str, period: Option<Period>) -> Import<Imported> {
    let counters = Counters::Between {
        earlier: file("1.prom", earlier.as_bytes()),
        later: file("2.prom", later.as_bytes()),
        period,
    };
    metrics(&counters, None)
}

#[test]
fn counters_of_a_stated_period_become_figures_of_a_day_and_a_call() {
    for text in [
        COUNTERS.to_owned(),
        format!("\u{feff}{}", COUNTERS.replace('\n', "\r\n")),
    ] {
        let import = since(&text, None);
        // 2,000 calls in 7 days: 285.7 a day. 18,000,000 / 2,000 tokens in, 4,000,001 / 2,000 = 2,000.0005 out.
        assert_eq!(
            roles(&import),
            [("architect", 286, 9000, 2000, Some("gemini"))]
        );
        assert_eq!(told(&import), [""; 0]);
        let value = import.value.unwrap();
        assert_eq!(value.period_seconds, Some(604_800));
        let role = &value.roles[0];
        // 124.4567891 cents, to the micro-cent.
        assert_eq!(role.spent_micro_cents, Some(124_456_789));
        let shares: Vec<_> = role
            .shares
            .iter()
            .map(|s| (s.provider.as_str(), s.calls))
            .collect();
        assert_eq!(shares, [("gemini", 1300), ("claude", 700)]);
    }
}

#[test]
fn counters_without_a_role_are_refused_or_counted_for_the_one_that_is_named() {
    let text = COUNTERS.replace(",role=\"architect\"", "");
    let import = since(&text, None);
    assert_eq!(import.value, None);
    assert_eq!(
        told(&import),
        [
            "error m.prom:3: 7 counters without a role label: nothing says which role made these calls. Name the role that all of them belong to, for example --role architect, or let the router label its metrics."
        ]
    );
    // An empty label is none.
    assert_eq!(
        since(&COUNTERS.replace("\"architect\"", "\"\""), None).value,
        None
    );
    let named = since(&text, Some(" developer "));
    assert_eq!(
        roles(&named),
        [("developer", 286, 9000, 2000, Some("gemini"))]
    );
    assert_eq!(told(&named), [""; 0]);
    assert_eq!(
        told(&since(COUNTERS, Some("developer"))),
        [
            "warning m.prom: Every counter names its role: --role developer does nothing. Leave it out."
        ]
    );
    assert_eq!(since(&text, Some("a\u{202e}b")).value, None);
}

#[test]
fn of_two_files_the_difference_counts_and_a_restart_is_noticed() {
    let later = COUNTERS
        .replace(" 700\n", " 1400\n")
        .replace(" 1.3e3\n", " 300\n")
        .replace(" 7000000\n", " 9000000\n")
        .replace(" 11000000\n", " 1000000\n");
    let import = between(COUNTERS, &later, Some(week()));
    // claude 1,400 - 700 = 700 calls; gemini began anew: 300. 2,000,000 + 1,000,000 tokens in; none out in between.
    assert_eq!(
        roles(&import),
        [("architect", 143, 3000, 0, Some("claude"))]
    );
    assert_eq!(
        told(&import),
        [
            "warning 2.prom:4: 2 counters are lower than in the first file: counting began anew. What was counted before the restart is not in the figures. If the files are swapped, give the earlier first."
        ]
    );
    // A counter that only the second has began at 0; one that only the first has is told.
    let other = COUNTERS.replace("architect", "developer");
    let import = between(&other, COUNTERS, Some(week()));
    assert_eq!(
        roles(&import),
        [("architect", 286, 9000, 2000, Some("gemini"))]
    );
    assert_eq!(
        told(&import),
        [
            "warning 2.prom: 7 counters of the first file are not here any more. What they counted since then is not in the figures."
        ]
    );
    // The same file twice.
    let import = between(COUNTERS, COUNTERS, Some(week()));
    assert_eq!(roles(&import), [("architect", 0, 0, 0, None)]);
    assert_eq!(
        told(&import),
        ["warning 2.prom:3: architect made no call in the period. It counts as 0 calls a day."]
    );
}

#[test]
fn two_files_may_say_themselves_how_much_time_lies_between() {
    let at = |time: &str, calls: u32| {
        format!(
            "vapora_llm_requests_total{{role=\"a\"}} {calls} {time}\nvapora_llm_tokens_total{{role=\"a\",direction=\"input\"}} {calls} {time}\n"
        )
    };
    // One day in milliseconds, and in the seconds of OpenMetrics.
    let import = between(&at("1000000000000", 5), &at("1000086400000", 25), None);
    assert_eq!(roles(&import), [("a", 20, 1, 0, None)]);
    assert_eq!(import.value.unwrap().period_seconds, Some(86_400));
    let open = |time: &str, calls| format!("{}# EOF\n", at(time, calls));
    let import = between(&open("1000000000.5", 5), &open("1000086400.5", 25), None);
    assert_eq!(roles(&import), [("a", 20, 1, 0, None)]);
    for (earlier, later, period, expected) in [
        (
            at("", 5),
            at("", 25),
            None,
            "error 2.prom: Nothing says how much time lies between the two files. State it, for example --period 7d.",
        ),
        (
            at("2000", 5),
            at("1000", 25),
            Some(week()),
            "error 2.prom: The second file was taken no later than the first. Give the earlier file first.",
        ),
        (
            at("1000", 5),
            at("1001", 25),
            None,
            "error 2.prom: Between the two files lie less than a second or more than 366 days. Give files that are some days apart, or state the time: --period 7d.",
        ),
    ] {
        let import = between(&earlier, &later, period);
        assert_eq!(import.value, None);
        assert_eq!(told(&import), [expected]);
    }
    // What is wrong in either file forbids it.
    let import = between("vapora_llm_requests_total -1", COUNTERS, Some(week()));
    assert_eq!(import.value, None);
    assert!(
        told(&import)[0].starts_with("error 1.prom:1: "),
        "{:?}",
        told(&import)
    );
}

#[test]
fn wrong_counters_are_named_with_their_line() {
    let good = "vapora_llm_requests_total{role=\"a\"} 1\nvapora_llm_tokens_total{role=\"a\",direction=\"in\"} 1\n";
    let written = "A sample is written as vapora_llm_requests_total{provider=\"claude\",role=\"architect\"} 1750.";
    for (line, expected) in [
        ("vapora_llm_requests_total{role=\"b\"} -1", "The counter vapora_llm_requests_total is -1.0, less than 0. A counter counts up from 0, to 1e15 at most.".to_owned()),
        ("vapora_llm_requests_total{role=\"b\"} NaN", "The counter vapora_llm_requests_total is NaN, not a number. A counter counts up from 0, to 1e15 at most.".to_owned()),
        ("vapora_llm_cost_cents_total{role=\"b\"} +Inf", "The counter vapora_llm_cost_cents_total is inf, not a number. A counter counts up from 0, to 1e15 at most.".to_owned()),
        ("vapora_llm_tokens_total{role=\"a\",direction=\"out\"} 1000000000000000000", "The counter vapora_llm_tokens_total is 1e18, more than anybody counts. A counter counts up from 0, to 1e15 at most.".to_owned()),
        ("vapora_llm_requests_total{role=\"a\"} 7", "This counter is on line 1 already. Each counter stands once in a file: give one scrape at a time.".to_owned()),
        ("vapora_llm_tokens_total{role=\"a\"} 7", "The tokens carry no direction label. Tokens are counted apart: direction=\"input\" and direction=\"output\".".to_owned()),
        ("vapora_llm_tokens_total{role=\"a\",direction=\"up\"} 7", "direction is up, not input or output. Tokens are counted apart: direction=\"input\" and direction=\"output\".".to_owned()),
        ("vapora_llm_requests_to", format!("A value is missing here. {written}")),
        ("vapora_llm_requests_total", format!("A value is missing here. {written}")),
        ("vapora_llm_requests_total{role=\"b\"}", format!("A value is missing here. {written}")),
        ("vapora_llm_requests_total{role=\"b\"} x", format!("The value is no number here. {written}")),
        ("vapora_llm_requests_total{role=\"b\"} 1 soon", format!("The time is no number here. {written}")),
        ("vapora_llm_requests_total{role=\"b\"} 1 2 3", format!("More than a value and a time stands here. {written}")),
        ("vapora_llm_requests_total{role=\"b} 1", format!("The text of a label is not closed here. {written}")),
        ("vapora_llm_requests_total{role=b} 1", format!("The text of a label does not stand in quotes here. {written}")),
        ("vapora_llm_requests_total{role} 1", format!("A label is not complete here. {written}")),
        ("vapora_llm_requests_total{role=\"b\" provider=\"c\"} 1", format!("A comma or a closing brace is missing here. {written}")),
        ("vapora_llm_requests_total{role=\"b\",role=\"c\"} 1", format!("A label is given twice here. {written}")),
        ("vapora_llm_requests_total{ro-le=\"b\"} 1", format!("The name of a label holds a sign that is not allowed here. {written}")),
        ("vapora_llm_requests_total{role=\"\\x\"} 1", format!("A backslash is not followed by a known escape here. {written}")),
        ("vapora_llm_requests-total 1", format!("The name of a metric holds a sign that is not allowed here. {written}")),
    ] {
        let import = since(&format!("{good}{line}\n"), None);
        assert_eq!(told(&import), [format!("error m.prom:3: {expected}")], "{line}");
        assert_eq!(import.value, None, "{line}");
    }
}

#[test]
fn label_texts_may_hold_what_separates_them() {
    let text = "vapora_llm_requests_total{instance=\"a},{\\\"b\\\\\",role=\"x\",} 7 # {trace=\"1\"} 0.5\n\
                vapora_llm_requests_total{instance=\"other\", role=\"x\" }\t7\n\
                vapora_llm_tokens_total{role=\"x\",direction=\"output\"} 28\n";
    assert_eq!(roles(&since(text, None)), [("x", 2, 0, 2, None)]);
}

#[test]
fn figures_that_cannot_be_worked_out_are_refused() {
    let calls = |n: &str| format!("vapora_llm_requests_total{{role=\"a\"}} {n}\n");
    let tokens =
        |n: &str| format!("vapora_llm_tokens_total{{role=\"a\",direction=\"input\"}} {n}\n");
    let cents = |n: &str| format!("vapora_llm_cost_cents_total{{role=\"a\"}} {n}\n");
    let none = "error m.prom: The file holds none of the counters vapora_llm_requests_total, vapora_llm_tokens_total and vapora_llm_cost_cents_total. Give what the router serves at /metrics.";
    for (text, expected) in [
        (String::new(), none),
        ("up 1\n".to_owned(), none),
        ("\"role\",\"calls\"\n".to_owned(), none),
        (
            tokens("5"),
            "error m.prom:1: a has tokens or costs and no calls, so a call cannot be worked out. vapora_llm_requests_total of this role is needed too.",
        ),
        (
            cents("5"),
            "error m.prom:1: a has tokens or costs and no calls, so a call cannot be worked out. vapora_llm_requests_total of this role is needed too.",
        ),
        (
            calls("5"),
            "error m.prom:1: a has calls and no tokens, so they would seem to cost nothing. vapora_llm_tokens_total of this role is needed too; the router counts them when llm_router.cost_tracking.track_tokens is on.",
        ),
        (
            calls("1e15") + &tokens("1e15"),
            "error m.prom:1: a: calls_a_day is 142857142857143, more than 100000000. Give a whole number from 0 to 100000000, for example 1750.",
        ),
        (
            calls("1") + &tokens("1e9"),
            "error m.prom:1: a: input_tokens is 1000000000, more than 100000000. Give a whole number from 0 to 100000000, for example 9000.",
        ),
        (
            calls("7") + &tokens("7") + &cents("1e12"),
            "error m.prom:1: a has cost more than a billion dollars. Is vapora_llm_cost_cents_total counted in cents?",
        ),
    ] {
        let import = since(&text, None);
        assert_eq!(import.value, None, "{text}");
        assert!(
            told(&import).contains(&expected.to_owned()),
            "{text} {:?}",
            told(&import)
        );
    }
    // Nothing that happened rounds to nothing.
    let rare = since(&(calls("2") + &tokens("1")), None);
    assert_eq!(roles(&rare), [("a", 1, 1, 0, None)]);
    assert_eq!(
        told(&rare),
        ["warning m.prom:1: a made less than one call in two days. It counts as 1 call a day."]
    );
    let huge = "x".repeat(MAX_BYTES + 1);
    assert!(told(&since(&huge, None))[0].contains("at most 4 MiB are read"));
}

#[test]
fn metrics_are_told_from_tables() {
    for (text, expected) in [
        (COUNTERS, true),
        ("\nvapora_llm_requests_total 1", true),
        ("# TYPE up gauge\r\nup 1\r\n", true),
        ("# measured in October\nrole,calls_a_day\n", false),
        ("{\"roles\": []}", false),
        ("", false),
    ] {
        assert_eq!(is_metrics(text.as_bytes()), expected, "{text}");
    }
}
