//! Files of prices and loads: what is shipped holds no mistake, and a mistake is told with line and key.

use std::path::Path;

use super::*;
use crate::problem::Problem;
use crate::workspace::Workspace;

fn told(problems: &[Problem]) -> Vec<String> {
    let line = |problem: &Problem| problem.place.as_ref().and_then(|place| place.line);
    problems
        .iter()
        .map(|problem| format!("{}: {}", line(problem).unwrap_or(0), problem.sentence()))
        .collect()
}

#[test]
fn what_is_shipped_holds_no_mistake() {
    let prices = Prices::shipped();
    assert_eq!(prices.problems, []);
    // The models of the schema and of the shipped workloads have a price.
    for (provider, model, input, output) in [
        ("claude", "claude-opus", "5", "25"),
        ("claude", "claude-opus-4-8", "5", "25"),
        ("claude", "claude-sonnet-4-6", "3", "15"),
        ("claude", "claude-haiku-4-5", "1", "5"),
        ("openai", "gpt-4", "30", "60"),
        ("gemini", "gemini-flash", "0.1", "0.4"),
        ("ollama", "llama2", "0", "0"),
    ] {
        let price = prices.prices.find(provider, model).unwrap();
        let dollars = |text| Money::of_dollars(text).unwrap();
        assert_eq!(
            (price.input, price.output),
            (dollars(input), dollars(output)),
            "{model}"
        );
        assert!(!price.source.is_empty());
    }
    assert_eq!(prices.prices.find("claude", "gpt-4"), None);
    let nowhere = Workspace::at("/nowhere/at/all");
    for profile in ["solo", "multiuser", "enterprise"] {
        let read = Workload::of_profile(&nowhere, profile).unwrap();
        assert_eq!(read.problems, []);
        assert!(read.workload.sample);
        let roles: Vec<_> = read
            .workload
            .roles
            .iter()
            .map(|load| load.role.as_str())
            .collect();
        assert_eq!(roles, ["architect", "developer", "reviewer", "testing"]);
        for load in &read.workload.roles {
            let (provider, model) = (
                load.provider.as_ref().unwrap(),
                load.model.as_ref().unwrap(),
            );
            assert!(prices.prices.find(provider, model).is_some());
        }
    }
    assert!(Workload::of_profile(&nowhere, "ours").is_none());
}

#[test]
fn mistakes_in_prices_are_told_and_the_rest_is_read() {
    let text = r#"format = 2
colour = 1
[aliases]
big = "m1"
small = 3
[[price]]
provider = "p"
model = "m1"
input = 1.5
output = 1000000000000000000
date = 2026-11-01
source = "s"
[[price]]
provider = "p"
model = "m2"
input = -1
output = nan
qualty = 0.5
quality = 1.5
date = "yesterday"
source = "s"
[[price]]
provider = "p"
model = "m3"
input = 1.5
output = 0
date = 2026-11-01
source = "s"
[[price]]
provider = "p"
model = "m3"
input = 2
output = 2
date = 2026-11-01
source = "s"
[[price]]
provider = "q"
"#;
    let read = Prices::read(Path::new("prices.toml"), text);
    let dollars = "Give dollars from 0 to 1000000, with up to 8 decimals, for example 3.00.";
    assert_eq!(
        told(&read.problems),
        [
            "1: format is 2. This version reads 1.".to_owned(),
            "2: colour is not a key of a file of prices. Known are format, aliases, price.".into(),
            "5: small is 3. Give a text of 1 to 200 bytes, for example \"claude-opus-4-6\".".into(),
            format!("10: output is 1000000000000000000. {dollars}"),
            format!("16: input is -1. {dollars}"),
            format!("17: output is nan. {dollars}"),
            "18: qualty is not a key of a price. Did you mean quality?".into(),
            "19: quality is 1.5. Give a share from 0 to 1 with up to 3 decimals, for example 0.95.".into(),
            "20: date is the text \"yesterday\". Give a day as year-month-day, for example 2026-11-22.".into(),
            "29: p m3 has two prices. The first is used. Remove one of them.".into(),
            "36: This price has no model, input, output, date, source. It is not used until it has.".into(),
        ]
    );
    assert_eq!(read.prices.all().len(), 1);
    assert_eq!(
        read.prices.find("p", "m3").unwrap().input,
        Money::of_dollars("1.5").unwrap()
    );
}

#[test]
fn the_operators_prices_win_model_by_model() {
    let own = "[aliases]\nclaude-opus = \"ours\"\n[[price]]\nprovider = \"claude\"\nmodel = \"ours\"\ninput = 4\n\
               output = 20\ndate = 2026-11-01\nsource = \"contract\"\n";
    let own = Prices::read(Path::new("own.toml"), own);
    assert_eq!(own.problems, []);
    let prices = own.prices.over(Prices::shipped().prices);
    let input = |model| prices.find("claude", model).unwrap().input.dollars();
    assert_eq!(input("claude-opus"), "$4");
    assert_eq!(input("claude-opus-4-6"), "$5");
    assert_eq!(input("claude-sonnet"), "$3");
}

#[test]
fn a_call_is_rounded_up_once() {
    // 1 token at 1 micro-cent and 1 at 2 micro-cents a million: 3 millionths, so 1 micro-cent and not 2.
    let mut price = prices(&[1]).all()[0].clone();
    price.output = micro(2);
    assert_eq!(price.of_call(1, 1), micro(1));
    assert_eq!(price.of_call(0, 0), micro(0));
    assert_eq!(price.of_call(1_000_000, 500_001), micro(3));
}

#[test]
fn mistakes_in_a_workload_are_told_and_the_rest_is_read() {
    let text = r#"description = 3
sampel = true
[roles.a]
calls_a_day = 10
input_tokens = 1000000000000000000
output_tokens = 5
[roles.b]
calls_a_day = -1
input_tokens = 1.5
[roles.c]
calls_a_day = 10
input_tokens = 20
output_tokens = 0
growth_percent = 301
model = "x"
spent = 1.50
[roles.d]
calls_a_day = 1
input_tokens = 20
output_tokens = 5
spent_until = 2026-11-10
[roles."Big One"]
[roles.e]
calls_a_day = 1
input_tokens = 20
output_tokens = 5
spent = 10.25
spent_until = 2026-11-10
"#;
    let read = Workload::read(Path::new("w.toml"), text);
    let whole = "Give a whole number from 0 to 100000000, for example";
    assert_eq!(
        told(&read.problems),
        [
            "1: description is 3. Give a text of 1 to 200 bytes, for example \"a team of ten\".".to_owned(),
            "2: sampel is not a key of a workload. Did you mean sample?".into(),
            format!("5: input_tokens is 1000000000000000000. {whole} 9000."),
            "7: The role b has no output_tokens. Add output_tokens = 9000, with your own number.".into(),
            format!("8: calls_a_day is -1. {whole} 1750."),
            format!("9: input_tokens is 1.5. {whole} 9000."),
            "14: growth_percent is 301. Give a whole number from -100 to 300, for example 5.".into(),
            "15: model stands without provider, so it is not used. Add the provider of the model, for example \
             provider = \"claude\"."
                .into(),
            "16: spent stands without spent_until, so it is not counted. Add the last day that it covers, for example \
             spent_until = 2026-11-22."
                .into(),
            "21: spent_until stands without spent. Add what was spent in the window until then, for example spent = \
             1500.00."
                .into(),
            "22: This is no name of a role. Use 1 to 60 small letters, digits, - and _, for example \
             [roles.architect]."
                .into(),
        ]
    );
    let roles: Vec<_> = read
        .workload
        .roles
        .iter()
        .map(|load| load.role.as_str())
        .collect();
    assert_eq!(roles, ["c", "d", "e"]);
    assert_eq!(read.workload.role("c").unwrap().spent, None);
    let spent = read.workload.role("e").unwrap().spent.unwrap();
    assert_eq!(
        (spent.amount, spent.until),
        (Money::of_cents(1025), date("2026-11-10"))
    );
}

#[test]
fn what_is_no_toml_is_told_with_its_line_and_large_files_are_refused() {
    let text = "[roles.a]\ncalls_a_day = \ninput_tokens = 1\noutput_tokens = 1\n[roles.b]\ncalls_a_day = 1\n\
                input_tokens = 1\noutput_tokens = 1\n";
    let read = Workload::read(Path::new("w.toml"), text);
    assert_eq!(
        told(&read.problems),
        [
            "2: This is not TOML: string values must be quoted, expected literal string. Mend the line; what it says is left out until then."
        ]
    );
    let roles: Vec<_> = read
        .workload
        .roles
        .iter()
        .map(|load| load.role.as_str())
        .collect();
    assert_eq!(roles, ["b"]);
    let read = Workload::read(Path::new("w.toml"), &"# long\n".repeat(200_000));
    assert_eq!(
        read.problems[0].sentence(),
        "It is longer than 1 MiB, so it was not read. Is it the right file?"
    );
    let many: Vec<String> = (0..90).map(|i| format!("k{i} = 1")).collect();
    let read = Prices::read(Path::new("p.toml"), &many.join("\n"));
    assert_eq!(read.problems.len(), 51);
    assert_eq!(read.problems[50].message, "40 more are wrong in this file.");
}
