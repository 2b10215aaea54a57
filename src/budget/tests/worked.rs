//! Cases worked out by hand: each state and boundary, choices and strategies, and the figures that were drawn for the
//! enterprise profile.

use super::super::choice::{ChosenBy, Gap};
use super::super::role::When;
use super::super::settings::Strategy;
use super::*;

/// Micro-cents of an amount in dollars.
fn dollars(text: &str) -> Money {
    Money::of_dollars(text).unwrap()
}

fn counts(forecast: &Forecast) -> ([u64; 3], u64) {
    let role = &forecast.roles[0];
    (role.served.calls, role.served.refused)
}

#[test]
fn each_state_and_boundary_in_one_window() {
    // Threshold 80 %. Costs a call: claude 10, ollama as given. Calls on one day; limit; answered; refused; spent.
    type Row = (&'static str, &'static [u64], u64, u64, ([u64; 3], u64), u64);
    let rows: [Row; 12] = [
        // 7 calls = 70 of 100: below 80.
        ("normal", &[10, 1], 100, 7, ([7, 0, 0], 0), 70),
        // 8 calls = 80: the call that reaches the threshold is still a normal one.
        ("at the threshold", &[10, 1], 100, 8, ([8, 0, 0], 0), 80),
        // The ninth is at 80 >= 80: near, so the cheaper one: 81.
        ("near", &[10, 1], 100, 9, ([8, 1, 0], 0), 81),
        // 80 + 20 * 1 = 100: the limit itself may be spent.
        ("to the limit", &[10, 1], 100, 28, ([8, 20, 0], 0), 100),
        // 100 >= 100: exceeded; 1 does not fit, so the rest is refused.
        ("refused", &[10, 1], 100, 30, ([8, 20, 0], 2), 100),
        // A free one always fits: near at 80, all others by it.
        ("free", &[10, 0], 100, 30, ([8, 22, 0], 0), 80),
        // 10, 6, 3: near is the next cheaper, 6: 80 + 3 * 6 = 98. Then 104 would pass, and 3 does not fit in 2.
        ("next cheaper", &[10, 6, 3], 100, 30, ([8, 3, 0], 19), 98),
        // 10, 7, 2: 80 + 2 * 7 = 94; 101 would pass, so exceeded: 3 * 2 = 100.
        (
            "cheapest that fits",
            &[10, 7, 2],
            100,
            30,
            ([8, 2, 3], 17),
            100,
        ),
        // 10, 7, 0: after 94 the free one takes all others.
        (
            "cheapest is free",
            &[10, 7, 0],
            100,
            30,
            ([8, 2, 20], 0),
            94,
        ),
        // A dearer provider of the chain is never a fallback: 8 at 10 = 80, near stays with 10: 100.
        ("nothing cheaper", &[10, 60], 100, 30, ([10, 0, 0], 20), 100),
        // Limit 25, threshold 20: 2 calls = 20 reach it; then 5 * 1.
        ("odd limit", &[10, 1], 25, 30, ([2, 5, 0], 23), 25),
        // Limit 7: the first call of 10 would pass it, which is exceeded at once. 6 calls reach the threshold of 5.6
        // rounded up: there 1 is also the next cheaper, and it fits once more.
        ("too dear at once", &[10, 1], 7, 30, ([0, 1, 6], 23), 7),
    ];
    for (what, costs, of, calls, expected, spent) in rows {
        let forecast = one(costs, of, calls, 1, |_, _| {});
        assert_eq!(counts(&forecast), expected, "{what}");
        assert_eq!(forecast.total(), micro(spent), "{what}");
    }
}

#[test]
fn the_call_that_reaches_the_threshold_exactly_is_the_last_normal_one() {
    // Threshold of 101 at 80 %: 80.8, that is 81 micro-cents. 8 calls = 80 are below it, 9 = 90 are not.
    let forecast = one(&[10, 1], 101, 9, 1, |_, _| {});
    assert_eq!(counts(&forecast), ([9, 0, 0], 0));
    assert_eq!(forecast.roles[0].firsts.near, Some(When::Day(0)));
    assert_eq!(forecast.roles[0].firsts.exceeded, None);
}

#[test]
fn a_higher_limit_can_serve_fewer_calls() {
    // 100: 8 dear calls = 80 reach the threshold, 20 cheap ones fill up to 100: 28.
    // 101: the threshold is 80.8, so a ninth dear call goes to 90, and 11 cheap ones fill up to 101: 20.
    let low = one(&[10, 1], 100, 40, 1, |_, _| {});
    let high = one(&[10, 1], 101, 40, 1, |_, _| {});
    assert_eq!(counts(&low), ([8, 20, 0], 12));
    assert_eq!(counts(&high), ([9, 11, 0], 20));
}

#[test]
fn fallback_off_stays_and_refuses_at_the_limit() {
    // 10 calls = 100; no cheaper one is taken at 80, the 11th is refused although ollama would be free.
    let forecast = one(&[10, 0], 100, 30, 1, |settings, _| {
        settings.auto_fallback = false;
    });
    assert_eq!(counts(&forecast), ([10, 0, 0], 20));
    let role = &forecast.roles[0];
    assert_eq!(role.firsts.near, Some(When::Day(0)));
    assert_eq!(role.firsts.exceeded, Some(When::Day(0)));
    assert_eq!((role.moved(), role.saved), (0, Money::ZERO));
}

#[test]
fn what_fallback_moved_and_saved() {
    // 10, 7, 2 of 100: 2 calls moved to 7 save 3 each, 3 calls moved to 2 save 8 each: 30.
    let forecast = one(&[10, 7, 2], 100, 30, 1, |_, _| {});
    assert_eq!(forecast.roles[0].moved(), 5);
    assert_eq!(forecast.saved(), micro(30));
    // By model, the dearest first: 80, 14, 6.
    let found: Vec<_> = forecast
        .by_model()
        .iter()
        .map(|of| (of.model.provider.clone(), of.calls, of.spent))
        .collect();
    assert_eq!(
        found,
        [
            ("claude".to_owned(), 8, micro(80)),
            ("openai".to_owned(), 2, micro(14)),
            ("gemini".to_owned(), 3, micro(6)),
        ]
    );
}

#[test]
fn thresholds_of_nothing_and_all() {
    // 0 %: every call is near at once, so all go to the cheaper one: 30.
    let at_once = one(&[10, 1], 100, 30, 1, |settings, _| {
        settings.threshold_percent = 0;
    });
    assert_eq!(counts(&at_once), ([0, 30, 0], 0));
    assert_eq!(at_once.roles[0].firsts.near, Some(When::Day(0)));
    // 100 %: 10 dear calls = 100; threshold and limit are reached together, and 1 does not fit any more.
    let at_the_end = one(&[10, 1], 100, 30, 1, |settings, _| {
        settings.threshold_percent = 100;
    });
    assert_eq!(counts(&at_the_end), ([10, 0, 0], 20));
}

#[test]
fn limits_are_applied_only_while_tracking_and_enforcement_are_on() {
    for (tracking, enforcement) in [(false, true), (true, false), (false, false)] {
        let forecast = one(&[10, 1], 100, 30, 1, |settings, _| {
            (settings.tracking, settings.enforcement) = (tracking, enforcement);
        });
        assert_eq!(counts(&forecast), ([30, 0, 0], 0));
        assert_eq!(forecast.total(), micro(300));
        assert_eq!(
            forecast.roles[0].firsts,
            super::super::role::Firsts::default()
        );
        assert_eq!(forecast.utilisation(0), None);
    }
}

#[test]
fn providers_that_are_off_or_outside_the_chain_are_no_fallback() {
    // gemini at 1 is off: near is openai at 5: 80 + 4 * 5 = 100.
    let off = one(&[10, 5, 1], 100, 30, 1, |settings, _| {
        settings.providers[2].on = false;
    });
    assert_eq!(counts(&off), ([8, 4, 0], 18));
    assert_eq!(
        off.warnings[0].sentence(),
        "The chain names gemini, which is off and is skipped. Leave it out, or turn it on under providers."
    );
    assert_eq!(
        off.warnings[0].path.as_ref().unwrap().as_str(),
        "llm_router.routing.fallback_chain"
    );
    // gemini at 1 is on and not in the chain: the same.
    let outside = one(&[10, 5, 1], 100, 30, 1, |settings, _| {
        drop(settings.chain.pop());
    });
    assert_eq!(counts(&outside), ([8, 4, 0], 18));
    assert!(outside.warnings.is_empty());
    // An empty chain: the same provider to the limit.
    let empty = one(&[10, 5, 1], 100, 30, 1, |settings, _| {
        settings.chain.clear();
    });
    assert_eq!(counts(&empty), ([10, 0, 0], 20));
    // The chosen provider stands outside the chain: above 80 the chain's 5, then none fits.
    let chosen = one(&[10, 5], 100, 30, 1, |settings, _| {
        drop(settings.chain.remove(0));
    });
    assert_eq!(counts(&chosen), ([8, 4, 0], 18));
}

#[test]
fn without_a_provider_every_call_is_refused() {
    let forecast = one(&[10], 100, 30, 1, |settings, _| {
        settings.providers[0].on = false;
    });
    assert_eq!(counts(&forecast), ([0, 0, 0], 30));
    assert_eq!(forecast.total(), Money::ZERO);
}

#[test]
fn strategies_choose_where_the_workload_prefers_nobody() {
    // Cost a call in micro-cents and quality: claude 10 cents .95, openai 60 cents .97, gemini 0.2 cents .88,
    // ollama free .75. Balanced is quality * 100 / (cents + 1): 95 / 11 = 8.6; 97 / 61 = 1.6; 88 / 1.2 = 73.3; 75 / 1 = 75.
    let costs = [10_000_000, 60_000_000, 200_000, 0];
    let qualities = [950, 970, 880, 750];
    for (strategy, ollama, expected) in [
        (Strategy::CostAware, true, "ollama"),
        (Strategy::CostAware, false, "gemini"),
        (Strategy::Performance, true, "openai"),
        (Strategy::Balanced, true, "ollama"),
        // Without ollama 73.3 is the most.
        (Strategy::Balanced, false, "gemini"),
    ] {
        let mut settings = settings(&costs);
        settings.strategy = strategy;
        settings.providers[3].on = ollama;
        settings.chain.clear();
        settings.roles = vec![limit("a", u64::MAX)];
        let prices: Prices = prices(&costs)
            .all()
            .iter()
            .zip(qualities)
            .map(|(price, quality)| Price {
                quality: Some(quality),
                ..price.clone()
            })
            .collect();
        let workload = Workload {
            roles: vec![Load {
                provider: None,
                ..load("a", 1)
            }],
            ..Workload::default()
        };
        let forecast = Forecast::of(&settings, &workload, &prices, november());
        let choice = forecast.roles[0].choice.unwrap();
        assert_eq!(
            forecast.models[choice.normal.unwrap().model].provider,
            expected
        );
        assert_eq!(choice.by, ChosenBy::Strategy);
    }
}

#[test]
fn a_preferred_provider_that_is_off_leaves_it_to_the_strategy_and_says_so() {
    let forecast = one(&[10, 5], 100, 1, 1, |settings, _| {
        settings.providers[0].on = false;
        settings.chain.remove(0);
        settings.strategy = Strategy::CostAware;
    });
    assert_eq!(forecast.total(), micro(5));
    assert_eq!(
        forecast.warnings[0].sentence(),
        "a prefers claude, which is off; the strategy cost_aware decides. Turn it on, or change the workload."
    );
    let path = forecast.warnings[0].path.as_ref().unwrap();
    assert_eq!(path.as_str(), "llm_router.providers.claude_enabled");
    let unknown = one(&[10, 5], 100, 1, 1, |_, load| {
        load.provider = Some("claud\u{1b}".into());
    });
    assert_eq!(
        unknown.warnings[0].message,
        "a prefers claud␛, which is no provider; the strategy balanced decides."
    );
}

#[test]
fn a_missing_price_or_limit_leaves_a_gap_and_never_a_silent_zero() {
    let missing = one(&[10, 5], 100, 30, 1, |settings, _| {
        settings.providers[0].model = "x".into();
    });
    assert_eq!(missing.roles[0].gap, Some(Gap::NoPrice));
    assert!(missing.has_gaps());
    assert_eq!(
        missing.warnings[0].sentence(),
        "No price is known for claude x. Did you mean m? Else give its price in your file of prices, with provider, \
         model, input and output."
    );
    // A fallback without a price is left out and told; the role itself is forecast.
    let fallback = one(&[10, 5], 100, 30, 1, |settings, _| {
        settings.providers[1].model = "x".into();
    });
    assert_eq!(counts(&fallback), ([10, 0, 0], 20));
    assert_eq!(fallback.warnings.len(), 1);
    let unlimited = one(&[10, 5], 100, 30, 1, |settings, _| {
        settings.roles[0].limit = None;
    });
    assert_eq!(unlimited.roles[0].gap, Some(Gap::NoLimit));
    assert_eq!(unlimited.total(), Money::ZERO);
}

#[test]
fn roles_that_only_one_side_knows_are_told() {
    let mut settings = settings(&[10]);
    settings.roles = vec![limit("a", 100)];
    let workload = Workload {
        roles: vec![load("b", 30)],
        ..Workload::default()
    };
    let forecast = Forecast::of(
        &settings,
        &workload,
        &prices(&[10]),
        Start::days_from(date("2026-11-01"), 1),
    );
    let names: Vec<_> = forecast
        .roles
        .iter()
        .map(super::super::role::Role::name)
        .collect();
    assert_eq!(names, ["a", "b"]);
    // Nobody stops b: 30 * 10.
    assert_eq!(forecast.total(), micro(300));
    let told: Vec<_> = forecast
        .warnings
        .iter()
        .map(|warning| warning.message.as_str())
        .collect();
    assert_eq!(
        told,
        [
            "The workload says nothing of a.",
            "The configuration has no limit for b."
        ]
    );
}

#[test]
fn old_prices_are_warned_of_when_they_are_used() {
    let mut settings = settings(&[10, 5]);
    settings.roles = vec![limit("a", 100)];
    let workload = Workload {
        roles: vec![load("a", 1)],
        ..Workload::default()
    };
    let at = |start: &str| {
        let start = Start::days_from(date(start), 1);
        Forecast::of(&settings, &workload, &prices(&[10, 5]), start).warnings
    };
    // Prices of 2026-11-01: 180 days later is 30 April 2027.
    let told = |start: &str| -> usize {
        at(start)
            .iter()
            .filter(|warning| warning.message.contains("days old"))
            .count()
    };
    assert_eq!(told("2027-04-30"), 0);
    assert_eq!(told("2027-05-01"), 2);
    assert_eq!(
        at("2027-05-01")[0].sentence(),
        "The price of claude m is of 2026-11-01, more than 180 days old. Check it against your contract, and give it \
         with its date in your file of prices."
    );
}

/// The enterprise profile's settings that decide about money.
fn enterprise(architect: u64) -> Settings {
    let provider = |(name, model): (&str, &str)| Provider {
        name: name.into(),
        on: true,
        model: model.into(),
    };
    let roles = [
        ("architect", architect),
        ("developer", 300_000),
        ("reviewer", 200_000),
        ("testing", 100_000),
    ];
    Settings {
        threshold_percent: 75,
        strategy: Strategy::CostAware,
        providers: [
            ("claude", "claude-opus"),
            ("openai", "gpt-4"),
            ("gemini", "gemini-2.0-flash"),
            ("ollama", "llama2"),
        ]
        .map(provider)
        .to_vec(),
        chain: NAMES.map(str::to_owned).to_vec(),
        roles: roles
            .map(|(role, cents)| RoleLimit {
                role: role.into(),
                limit: Some(Money::of_cents(cents)),
            })
            .to_vec(),
        ..Settings::default()
    }
}

fn shipped(architect: u64) -> Forecast {
    let workspace = crate::workspace::Workspace::at("/nowhere/at/all");
    let read = Workload::of_profile(&workspace, "enterprise").unwrap();
    Forecast::of(
        &enterprise(architect),
        &read.workload,
        &Prices::shipped().prices,
        november(),
    )
}

#[test]
fn the_figures_that_were_drawn_for_enterprise() {
    // A call: architect 9,000 * 5 + 2,000 * 25 = $0.095, on gemini 9,000 * .1 + 2,000 * .4 = $0.0017; developer
    // 6,000 * 3 + 1,200 * 15 = $0.036, on gemini $0.00108; reviewer 8,000 * 1 + 1,000 * 5 = $0.013; testing $0.0065.
    let after = shipped(400_000);
    // architect: $3,000 / 0.095 = 31,578.9, so 31,579 calls = $3,000.005, reached on day 19 (1,750 a day: 18.05).
    // 52,500 - 31,579 = 20,921 calls on gemini = $35.5657.
    let architect = &after.roles[0];
    assert_eq!(architect.served.calls, [31_579, 20_921, 0]);
    assert_eq!(architect.spent, dollars("3035.5707"));
    assert_eq!(architect.firsts.near, Some(When::Day(18)));
    // developer: $2,250 / 0.036 = 62,500 calls exactly, day 27 (26.04); 9,500 * 0.00108 = $10.26.
    let developer = &after.roles[1];
    assert_eq!(developer.served.calls, [62_500, 9_500, 0]);
    assert_eq!(developer.spent, dollars("2260.26"));
    assert_eq!(developer.firsts.near, Some(When::Day(26)));
    // reviewer 27,000 * 0.013, testing 30,000 * 0.0065.
    assert_eq!(after.roles[2].spent, dollars("351"));
    assert_eq!(after.roles[3].spent, dollars("195"));
    assert_eq!(after.total(), dollars("5841.8307"));
    assert_eq!((after.limits(), after.refused()), (dollars("10000"), 0));
    assert!(after.sample);
    // At $5,000: $3,750 / 0.095 = 39,474 calls = $3,750.03, day 23 (22.56); 13,026 * 0.0017 = $22.1442.
    let before = shipped(500_000);
    assert_eq!(before.roles[0].spent, dollars("3772.1742"));
    assert_eq!(before.roles[0].firsts.near, Some(When::Day(22)));
    assert_eq!(before.total(), dollars("6578.4342"));
    let comparison = super::super::Comparison::of(&before, &after);
    assert_eq!(comparison.total.to_string(), "-$737 (-11 %)");
    assert_eq!(
        (before.total().dollars(), after.total().dollars()),
        ("$6,578".into(), "$5,842".into())
    );
    assert!(after.warnings.is_empty(), "{:?}", after.warnings);
}
