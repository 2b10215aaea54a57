//! The budget under the shipped profiles: settings taken out of the configuration in force, the figures that were drawn,
//! files of a workspace in place of the shipped ones, and a forecast of the largest size that is promised.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::fs;
use std::sync::{Mutex, OnceLock, PoisonError};

use serde_json::{Value as Json, json};
use support::{Judge, PROFILES, nowhere};
use vapora_tui::budget::role::When;
use vapora_tui::budget::settings::{Enforced, RoleLimit};
use vapora_tui::budget::workload::Load;
use vapora_tui::budget::{
    Comparison, Forecast, Money, Prices, Settings, Start, Strategy, Window, Workload, changed,
    sentence,
};
use vapora_tui::form::date::Date;
use vapora_tui::workspace::Workspace;

fn settings(profile: &str, values: &Json) -> Settings {
    static JUDGE: OnceLock<Mutex<Judge>> = OnceLock::new();
    let judge = JUDGE.get_or_init(|| Mutex::new(Judge::shipped()));
    let judge = judge.lock().unwrap_or_else(PoisonError::into_inner);
    Settings::of(&judge.judge_json(profile, values).0)
}

fn november() -> Start {
    Start::month(Date::parse("2026-11-01").unwrap())
}

fn forecast(profile: &str, values: &Json) -> Forecast {
    let workload = Workload::of_profile(&nowhere(), profile).unwrap().workload;
    let prices = Prices::of(&nowhere()).prices;
    Forecast::of(&settings(profile, values), &workload, &prices, november())
}

fn told(problems: &[vapora_tui::problem::Problem]) -> Vec<String> {
    let path = |problem: &vapora_tui::problem::Problem| problem.path.clone().unwrap().to_string();
    problems
        .iter()
        .map(|problem| format!("{}: {}", path(problem), problem.sentence()))
        .collect()
}

#[test]
fn the_settings_of_each_profile() {
    for (profile, enforced, threshold, strategy, chain) in [
        (
            "solo",
            Enforced::Off,
            80,
            Strategy::Balanced,
            &["claude"][..],
        ),
        (
            "multiuser",
            Enforced::On,
            80,
            Strategy::Balanced,
            &["claude"],
        ),
        (
            "enterprise",
            Enforced::On,
            75,
            Strategy::CostAware,
            &["claude", "openai", "gemini", "ollama"],
        ),
    ] {
        let found = settings(profile, &json!({}));
        assert_eq!(found.problems, [], "{profile}");
        assert_eq!(found.enforced(), enforced, "{profile}");
        assert_eq!(
            (found.threshold_percent, found.strategy),
            (threshold, strategy)
        );
        assert_eq!((found.window, found.auto_fallback), (Window::Monthly, true));
        assert_eq!(found.chain, chain);
        let limits: Vec<_> = found
            .roles
            .iter()
            .map(|role| (role.role.as_str(), role.limit.unwrap().dollars()))
            .collect();
        let expected = [
            ("architect", "$5,000"),
            ("developer", "$3,000"),
            ("reviewer", "$2,000"),
            ("testing", "$1,000"),
        ];
        assert_eq!(
            limits,
            expected.map(|(role, limit)| (role, limit.to_owned()))
        );
        let providers: Vec<_> = found
            .providers
            .iter()
            .map(|provider| (provider.name.as_str(), provider.model.as_str()))
            .collect();
        assert_eq!(
            providers,
            [
                ("claude", "claude-opus"),
                ("openai", "gpt-4"),
                ("gemini", "gemini-2.0-flash"),
                ("ollama", "llama2")
            ]
        );
        assert_eq!(
            found
                .providers
                .iter()
                .filter(|provider| provider.on)
                .count(),
            if profile == "enterprise" { 4 } else { 1 }
        );
    }
}

#[test]
fn the_figures_that_were_drawn() {
    // The arithmetic stands beside the code, in budget/tests/worked.rs.
    let before = forecast("enterprise", &json!({}));
    let architect = "llm_router.budget_enforcement.role_limits.architect_cents";
    let after = forecast("enterprise", &json!({ architect: 400_000 }));
    let spent: Vec<_> = after
        .roles
        .iter()
        .map(|role| role.spent.dollars())
        .collect();
    assert_eq!(spent, ["$3,036", "$2,260", "$351", "$195"]);
    let near: Vec<_> = after.roles.iter().map(|role| role.firsts.near).collect();
    assert_eq!(near, [Some(When::Day(18)), Some(When::Day(26)), None, None]);
    assert_eq!(
        (after.total().dollars(), after.limits().dollars()),
        ("$5,842".into(), "$10,000".into())
    );
    assert_eq!(
        (before.total().dollars(), before.limits().dollars()),
        ("$6,578".into(), "$11,000".into())
    );
    assert_eq!(
        Comparison::of(&before, &after).total.to_string(),
        "-$737 (-11 %)"
    );
    assert_eq!((after.refused(), after.sample), (0, true));
    let changed = changed::of_role(&before, &after, "architect").unwrap();
    assert_eq!(
        changed.text,
        "Architect: threshold 4 days sooner (was day 23); quality 0.95 to 0.88 after."
    );
    assert_eq!(changed.cause.unwrap().as_str(), architect);
    let words: Vec<_> = (0..4)
        .flat_map(|role| sentence::of_role(&after, role))
        .map(|found| found.text)
        .collect();
    assert_eq!(
        words,
        [
            "Architect: 75 % reached on day 19; then gemini, quality 0.95 to 0.88.",
            "Developer: 75 % reached on day 27; then gemini, quality 0.93 to 0.88.",
            "Reviewer: at most 17 % of $2,000.00 a month; stays with claude.",
            "Testing: at most 19 % of $1,000.00 a month; stays with claude.",
        ]
    );
    assert_eq!(after.warnings, []);
}

#[test]
fn every_shipped_profile_has_a_forecast_without_a_warning() {
    for profile in PROFILES {
        let found = forecast(profile, &json!({}));
        assert_eq!(found.warnings, [], "{profile}");
        assert!(!found.has_gaps() && found.total() > Money::ZERO && found.refused() == 0);
    }
    let solo = forecast("solo", &json!({}));
    assert_eq!(
        sentence::of_all(&solo)[0].text,
        "Budget enforcement is off: no limit stops anything."
    );
}

#[test]
fn settings_that_are_wrong_are_told_and_the_rest_stands() {
    let limits = "llm_router.budget_enforcement";
    let found = settings(
        "enterprise",
        &json!({
            format!("{limits}.window"): "yearly",
            format!("{limits}.near_threshold_percent"): 180,
            format!("{limits}.role_limits.architect_cents"): -5,
            format!("{limits}.role_limits.testing_cents"): 0,
            format!("{limits}.role_limits.reviewer_cents"): i64::MAX,
            "llm_router.routing.strategy": "best",
            "llm_router.routing.fallback_chain": ["gpt-4", "openai", "cohere", "claude"],
        }),
    );
    let (cannot, until) = ("The budget cannot use this value.", "until it is mended");
    assert_eq!(
        told(&found.problems),
        [
            format!("{limits}.window: {cannot} The forecast goes by monthly {until}."),
            format!("llm_router.routing.strategy: {cannot} The forecast goes by balanced {until}."),
            format!("{limits}.near_threshold_percent: {cannot} The forecast goes by 80 % {until}."),
            "llm_router.routing.fallback_chain: The chain names no provider with cohere. The budget skips it; known are \
             claude, openai, gemini, ollama."
                .to_owned(),
            format!(
                "{limits}.role_limits.architect_cents: {cannot} architect is left out of the forecast {until}, for \
                 example with 500000."
            ),
            format!(
                "{limits}.role_limits.testing_cents: {cannot} testing is left out of the forecast {until}, for example \
                 with 500000."
            ),
        ]
    );
    assert_eq!(found.chain, ["openai", "claude"]);
    let workload = Workload::of_profile(&nowhere(), "enterprise")
        .unwrap()
        .workload;
    let forecast = Forecast::of(&found, &workload, &Prices::shipped().prices, november());
    // developer: the chain holds nothing cheaper than sonnet, so it stays: 72,000 * 0.036 = 2,592 of 3,000.
    let spent: Vec<_> = forecast
        .roles
        .iter()
        .map(|role| role.spent.dollars())
        .collect();
    assert_eq!(spent, ["$0", "$2,592", "$351", "$0"]);
    assert!(forecast.has_gaps());
    assert_eq!(
        sentence::of_all(&forecast)[0].text,
        "The total is without architect, testing."
    );
}

#[test]
fn a_workspace_overrides_prices_and_workloads_file_by_file() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = Workspace::at(folder.path());
    assert_eq!(workspace.overrides(), Vec::<String>::new());
    fs::create_dir_all(folder.path().join("assets/workloads")).unwrap();
    let load = "[roles.architect]\ncalls_a_day = 1\ninput_tokens = 1\noutput_tokens = 1\nprovider = \"x\"\n";
    fs::write(folder.path().join("assets/workloads/ours.toml"), load).unwrap();
    let price =
        "[[price]]\nprovider = \"claude\"\nmodel = \"claude-opus\"\ninput = 1\noutput = x\n";
    fs::write(folder.path().join("assets/prices.toml"), price).unwrap();
    assert_eq!(
        workspace.overrides(),
        ["assets/prices.toml", "assets/workloads/ours.toml"]
    );
    let ours = Workload::of_profile(&workspace, "ours").unwrap();
    assert_eq!(
        (
            ours.problems.len(),
            ours.workload.roles.len(),
            ours.workload.sample
        ),
        (0, 1, false)
    );
    assert!(
        Workload::of_profile(&workspace, "solo")
            .unwrap()
            .workload
            .sample
    );
    let prices = Prices::of(&workspace);
    assert!(prices.prices.all().is_empty());
    let place = prices.problems[0].place.as_ref().unwrap();
    assert!(
        place.to_string().ends_with("assets/prices.toml:1"),
        "{place}"
    );
    // What cannot be read at all leaves the shipped prices, and is told.
    fs::remove_file(folder.path().join("assets/prices.toml")).unwrap();
    fs::create_dir(folder.path().join("assets/prices.toml")).unwrap();
    let prices = Prices::of(&workspace);
    assert_eq!(prices.problems.len(), 1);
    assert!(prices.prices.find("claude", "claude-opus").is_some());
}

/// The largest forecast that has a promised time: made of public parts, as the benchmark makes it.
#[test]
fn two_hundred_roles_over_a_leap_year() {
    let mut wide = settings("enterprise", &json!({}));
    let shipped = Workload::of_profile(&nowhere(), "enterprise")
        .unwrap()
        .workload;
    let mut workload = Workload::default();
    wide.roles.clear();
    for i in 0_i16..200 {
        let load = &shipped.roles[usize::try_from(i).unwrap() % 4];
        let role = format!("{}-{i}", load.role);
        wide.roles.push(RoleLimit {
            role: role.clone(),
            limit: Some(Money::of_cents(400_000)),
        });
        workload.roles.push(Load {
            role,
            growth_percent: i % 20,
            ..load.clone()
        });
    }
    let start = Start::days_from(Date::parse("2028-01-01").unwrap(), 366);
    let forecast = Forecast::of(&wide, &workload, &Prices::shipped().prices, start);
    assert_eq!((forecast.roles.len(), forecast.spans.len()), (200, 12));
    let models: Money = forecast.by_model().iter().map(|of| of.spent).sum();
    assert_eq!(models, forecast.total());
    assert_eq!(forecast.curve(199).len(), 366);
}
