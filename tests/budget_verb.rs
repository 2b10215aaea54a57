//! `budget` with the real program: the figures that were drawn, the same as the core's, every way to end with 1, what is
//! said of wrong inputs, estimates, imported workloads, and the workloads that presets name.
#![cfg(all(feature = "cli", feature = "tui"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

#[path = "budget_verb/importing.rs"]
mod importing;
#[path = "budget_verb/presets.rs"]
mod presets;
mod room;
#[path = "budget_verb/wrong.rs"]
mod wrong;

use std::fs;

use room::{Done, Room};
use serde_json::{Value as Json, json};
use vapora_tui::budget::{Estimate, Figures, Forecast, Inputs, Settings, Start};
use vapora_tui::form::date::Date;
use vapora_tui::workspace::Workspace;

/// The limit that is lowered in the drawn example.
const ARCHITECT: &str = "llm_router.budget_enforcement.role_limits.architect_cents";

impl Room {
    /// Arguments are separated by blanks; a month of 30 days unless they say another.
    fn budget(&self, args: &str) -> Done {
        let start = if args.contains("--start") || args.starts_with("import") {
            ""
        } else {
            " --start 2026-11-01"
        };
        self.run(&format!("budget {args}{start}"))
    }

    fn run(&self, args: &str) -> Done {
        let home = self.path("home");
        let mut command = self.command(args.split_whitespace());
        Done::of(command.env("HOME", home).output().unwrap())
    }

    fn json(&self, args: &str) -> Json {
        let done = self.budget(&format!("{args} --format json"));
        serde_json::from_str(&done.out).unwrap_or_else(|_| panic!("{}{}", done.out, done.err))
    }
}

fn lowered() -> String {
    format!("--profile enterprise --set {ARCHITECT}=400000")
}

#[test]
fn the_figures_that_were_drawn() {
    let room = Room::with(&[]);
    let done = room.budget(&format!("{} --baseline enterprise", lowered()));
    assert_eq!((done.code, done.err.as_str()), (0, ""));
    assert_eq!(
        done.out,
        "\
profile enterprise with 1 setting: November, 30 days, sample load

role       limit a month   forecast  used  reaches 75 %  then    refused
architect      $4,000.00  $3,035.57  75 %  day 19        gemini        0
developer      $3,000.00  $2,260.26  75 %  day 27        gemini        0
reviewer       $2,000.00    $351.00  17 %  –             –             0
testing        $1,000.00    $195.00  19 %  –             –             0
total         $10,000.00  $5,841.83        sample                      0

provider  model                calls   forecast
claude    claude-opus-4-6     31,579  $3,000.01
claude    claude-sonnet-4-6   62,500  $2,250.00
claude    claude-haiku-4-5    57,000    $546.00
gemini    gemini-2.0-flash    30,421     $45.83
total     sample             181,500  $5,841.83

Architect: 75 % reached on day 19; then gemini, quality 0.95 to 0.88.
Developer: 75 % reached on day 27; then gemini, quality 0.93 to 0.88.
Reviewer: at most 17 % of $2,000.00 a month; stays with claude.
Testing: at most 19 % of $1,000.00 a month; stays with claude.
Fallback moves 30,421 calls and saves $2,284.
The calls and tokens are a sample: put your own in the workload.

Against profile enterprise: -$736.60 (-11 %), $6,578 → $5,842
  architect                    -$736.60 (-20 %), $3,772 → $3,036
  claude     claude-opus-4-6   -$750.03 (-20 %), $3,750 → $3,000
  gemini     gemini-2.0-flash  +$13.42 (+41 %), $32 → $46
Architect: threshold 4 days sooner (was day 23); quality 0.95 to 0.88 after.
"
    );
    let readme = include_str!("../README.md");
    assert!(readme.contains(&done.out), "README.md shows another report");
    let plain = room.budget(&format!("{} --baseline enterprise --ascii", lowered()));
    assert!(plain.out.is_ascii());
    assert!(
        plain.out.contains("-$736.60 (-11 %), $6,578 -> $5,842"),
        "{}",
        plain.out
    );
}

/// What the verb says stands in the core's own figures, to the micro-cent.
#[test]
fn the_same_figures_as_the_forecast() {
    let room = Room::with(&[]);
    for profile in ["solo", "multiuser", "enterprise"] {
        let found = room.json(&format!("--profile {profile}"));
        let estimate: Estimate = serde_json::from_value(found["estimate"].clone()).unwrap();
        let inputs = Inputs::read(&Workspace::at("/nowhere"), None);
        let start = Start::month(Date::parse("2026-11-01").unwrap());
        let settings = settings_of(&estimate);
        let workload = inputs.workload(profile).unwrap();
        let forecast = Forecast::of(&settings, workload, &inputs.prices, start);
        assert_eq!(estimate.figures, Figures::of(&forecast), "{profile}");
        assert!(estimate.figures.add_up() && estimate.sample);
        assert_eq!(
            (&found["wrong"], &found["warnings"]),
            (&Json::Null, &json!([]))
        );
    }
}

/// The settings as the estimate keeps them, so that the core forecasts of the same ones.
fn settings_of(estimate: &Estimate) -> Settings {
    use vapora_tui::budget::settings::{Provider, RoleLimit, path};
    use vapora_tui::budget::{Money, Strategy, Window};
    let said = |path: &str| estimate.settings[path].as_str();
    let on = |path: &str| said(path) == "true";
    let provider = |name: &str| Provider {
        name: name.to_owned(),
        on: on(&format!("{}.{name}_enabled", path::PROVIDERS)),
        model: said(&format!("{}.{name}_model", path::PROVIDERS)).to_owned(),
    };
    let role = |role: &str| RoleLimit {
        role: role.to_owned(),
        limit: Money::read_cents(said(&format!("{}.{role}_cents", path::ROLE_LIMITS))),
    };
    Settings {
        tracking: on(path::TRACKING),
        enforcement: on(path::ENFORCEMENT),
        window: Window::from_word(said(path::WINDOW)).unwrap(),
        threshold_percent: said(path::THRESHOLD).parse().unwrap(),
        auto_fallback: on(path::AUTO_FALLBACK),
        strategy: Strategy::from_word(said(path::STRATEGY)).unwrap(),
        providers: ["claude", "openai", "gemini", "ollama"]
            .map(provider)
            .into(),
        chain: said(path::CHAIN).split(", ").map(str::to_owned).collect(),
        roles: ["architect", "developer", "reviewer", "testing"]
            .map(role)
            .into(),
        problems: Vec::new(),
    }
}

#[test]
fn csv_is_one_table_with_money_in_cents() {
    let room = Room::with(&[]);
    let done = room.budget(&format!("{} --baseline enterprise --format csv", lowered()));
    assert_eq!(
        done.out,
        "\
row,name,model,limit_cents,forecast_cents,utilisation_percent,near_day,exceeded_day,then,calls,moved_calls,\
refused_calls,baseline_cents,compared_to_cents,sample
role,architect,,400000,303557.07,75,19,,gemini,52500,20921,0,377217.42,,sample
role,developer,,300000,226026,75,27,,gemini,72000,9500,0,226026,,sample
role,reviewer,,200000,35100,17,,,,27000,0,0,35100,,sample
role,testing,,100000,19500,19,,,,30000,0,0,19500,,sample
model,claude,claude-opus-4-6,,300000.5,,,,,31579,,,375003,,sample
model,claude,claude-sonnet-4-6,,225000,,,,,62500,,,225000,,sample
model,claude,claude-haiku-4-5,,54600,,,,,57000,,,54600,,sample
model,gemini,gemini-2.0-flash,,4582.57,,,,,30421,,,3240.42,,sample
total,,,1000000,584183.07,,,,,181500,30421,0,657843.42,,sample
"
    );
}

#[test]
fn each_source_gives_the_same_configuration() {
    let room = Room::with(&[(
        "ours.toml",
        "deployment_mode = \"enterprise\"\n[llm_router.budget_enforcement.role_limits]\narchitect_cents = 400000\n",
    )]);
    let saved = room.run(&format!("preset save low {}", lowered()));
    assert_eq!(saved.code, 0, "{}", saved.err);
    let expected = room.json(&lowered())["estimate"]["total_cents"].clone();
    assert_eq!(expected, "584183.07");
    for args in ["ours.toml", "--from ours.toml", "--preset low"] {
        let found = room.json(&format!("{args} --baseline {}", "enterprise"));
        assert_eq!(found["estimate"]["total_cents"], expected, "{args}");
        assert_eq!(
            found["baseline"]["total"]["change_cents"], "-73660.35",
            "{args}"
        );
    }
    for baseline in ["preset:low", "ours.toml", "./ours.toml"] {
        let found = room.json(&format!("--profile enterprise --baseline {baseline}"));
        assert_eq!(
            found["baseline"]["total"]["before_cents"], expected,
            "{baseline}"
        );
    }
}

#[test]
fn a_state_or_an_increase_ends_with_one() {
    let room = Room::with(&[]);
    let window = "--set llm_router.budget_enforcement.window=daily";
    // 1,750 calls of $0.095 are $166.25 a day: a limit of $1.00 a day holds 10 of them.
    let refused = format!(
        "--profile multiuser {window} --set llm_router.budget_enforcement.auto_fallback=false --set {ARCHITECT}=100 \
         --workload enterprise"
    );
    let near = "--profile enterprise";
    let quiet = format!(
        "--profile enterprise --set {ARCHITECT}=100000000 --set llm_router.budget_enforcement.role_limits.developer_cents=100000000"
    );
    for (args, code, says) in [
        (
            format!("{near} --fail-on near"),
            1,
            "Fails: architect: threshold reached, day 23.\n",
        ),
        (format!("{near} --fail-on exceeded"), 0, ""),
        (format!("{near} --fail-on refused"), 0, ""),
        (
            format!("{near} --fail-on refused --fail-on near"),
            1,
            "Fails: developer: threshold reached, day 27.\n",
        ),
        (format!("{quiet} --fail-on near"), 0, ""),
        (
            format!("{refused} --fail-on refused"),
            1,
            "Fails: architect: ",
        ),
        (format!("{refused} --fail-on exceeded"), 1, " refused.\n"),
        (
            format!("{near} --baseline enterprise --fail-on-increase 0"),
            0,
            "",
        ),
        (
            format!("{quiet} --baseline enterprise --fail-on-increase 500"),
            1,
            "Fails: The total grows by more than $500.00: +$1,547.07 (+24 %), $6,578 → $8,126.\n",
        ),
        (
            format!("{quiet} --baseline enterprise --fail-on-increase 1547.06"),
            1,
            "more than $1,547.06",
        ),
        (
            format!("{quiet} --baseline enterprise --fail-on-increase 1547.07"),
            0,
            "",
        ),
        (
            format!("{quiet} --baseline enterprise --fail-on-increase 10%"),
            1,
            "more than 10 %",
        ),
        (
            format!("{quiet} --baseline enterprise --fail-on-increase 24%"),
            0,
            "",
        ),
        (
            format!("{} --baseline enterprise --fail-on-increase 0%", lowered()),
            0,
            "",
        ),
    ] {
        let done = room.budget(&args);
        assert_eq!(done.code, code, "{args}: {}{}", done.out, done.err);
        assert!(done.err.contains(says), "{args}: {}", done.err);
    }
}

#[test]
fn where_limits_are_not_applied_it_says_so() {
    let room = Room::with(&[]);
    let done = room.budget("--profile solo --fail-on near");
    assert_eq!(done.code, 0);
    assert!(
        done.err
            .starts_with("warning: Budget enforcement is off, so no limit is ever reached.\n"),
        "{}",
        done.err
    );
}

#[test]
fn an_estimate_is_kept_and_compared_with() {
    let room = Room::with(&[]);
    let done = room.budget("--profile enterprise --save cost.json");
    assert_eq!(done.code, 0, "{}", done.err);
    assert!(
        done.err.contains("Written: cost.json, 119 lines"),
        "{}",
        done.err
    );
    let text = fs::read_to_string(room.path("cost.json")).unwrap();
    let kept = Estimate::read(&room.path("cost.json"), &text).unwrap();
    assert_eq!((kept.profile.as_str(), kept.sample), ("enterprise", true));

    let done = room.budget(&format!("{} --compare-to cost.json", lowered()));
    let (_, since) = done.out.split_once("\nAgainst ").unwrap();
    assert_eq!(
        (done.code, done.err.as_str(), since),
        (
            0,
            "",
            "cost.json: -$736.60 (-11 %), $6,578 → $5,842\n\
             \x20 architect                    -$736.60 (-20 %), $3,772 → $3,036\n\
             \x20 claude     claude-opus-4-6   -$750.03 (-20 %), $3,750 → $3,000\n\
             \x20 gemini     gemini-2.0-flash  +$13.42 (+41 %), $32 → $46\n\
             Architect: limit $4,000.00 instead of $5,000.00; threshold 4 days sooner (was day 23).\n\
             \x20 ~ llm_router.budget_enforcement.role_limits.architect_cents: 500000 -> 400000\n"
        )
    );
    // The estimate counts before the baseline.
    let done = room.budget(&format!(
        "{} --compare-to cost.json --baseline multiuser --fail-on-increase 0",
        lowered()
    ));
    assert_eq!(done.code, 0, "{}", done.err);
    let done = room.budget(&format!(
        "--profile enterprise --set {ARCHITECT}=600000 --compare-to cost.json --fail-on-increase 0"
    ));
    assert_eq!(done.code, 1, "{}", done.err);

    // Other days, another workload: said, since it explains the change.
    let done = room.budget(
        "--profile enterprise --compare-to cost.json --start 2026-12-01 --workload multiuser",
    );
    assert!(
        done.err
            .contains("cost.json: warning: It is about 30 days from 2026-11-01 on.\n")
            && done
                .err
                .contains("It was made with the workload enterprise."),
        "{}",
        done.err
    );

    // The same is not written again; another asks, and nobody can be asked; no other file is replaced.
    let done = room.budget("--profile enterprise --save cost.json");
    assert_eq!(
        (
            done.code,
            fs::read_to_string(room.path("cost.json")).unwrap()
        ),
        (0, text.clone())
    );
    let done = room.budget(&format!("{} --save cost.json", lowered()));
    assert_eq!(done.code, 2, "{}", done.err);
    assert!(done.err.contains("Give --yes"), "{}", done.err);
    assert_eq!(fs::read_to_string(room.path("cost.json")).unwrap(), text);
    let done = room.budget(&format!("{} --save cost.json --yes", lowered()));
    assert_eq!(done.code, 0, "{}", done.err);
    assert_ne!(fs::read_to_string(room.path("cost.json")).unwrap(), text);
    room.file("other.json", "{\"format\": 1}\n");
    let done = room.budget(&format!("{} --save other.json --yes", lowered()));
    assert_eq!(done.code, 2, "{}", done.err);
    let done = room.budget(&format!("{} --save new.json --readonly", lowered()));
    assert_eq!(done.code, 1, "{}", done.err);
    assert!(!room.path("new.json").exists());
}

#[test]
fn prices_are_laid_over_the_others() {
    let price = |input: &str| {
        format!(
            "format = 1\n[[price]]\nprovider = \"gemini\"\nmodel = \"gemini-2.0-flash\"\ninput = {input}\noutput = 0\n\
             date = 2026-11-01\nsource = \"contract\"\n"
        )
    };
    let room = Room::with(&[("free.toml", &price("0"))]);
    let expected = room.json(&lowered());
    let free = room.json(&format!("{} --prices free.toml", lowered()));
    let cents = |json: &Json| json["estimate"]["total_cents"].as_str().unwrap().to_owned();
    assert_eq!(
        (cents(&expected), cents(&free)),
        ("584183.07".to_owned(), "579600.5".to_owned())
    );
    // The operator's own file does the same.
    room.file("home/.config/vapora-tui/prices.toml", price("0"));
    assert_eq!(cents(&room.json(&lowered())), "579600.5");
}
