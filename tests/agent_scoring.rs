//! The agents' scores over what the schema and the shipped profiles say, and over what the rules of scoring promise.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::path::Path;

use proptest::prelude::*;
use support::{Judge, PROFILES, overlay};
use vapora_tui::budget::import::{Counters, File, Period, history, metrics, sample, workload};
use vapora_tui::budget::scoring::{Preview, Ranking, Settings, Weights};
use vapora_tui::config::{Config, Origin, Overlay};
use vapora_tui::schema::FieldPath;
use vapora_tui::value::Value;

/// The configuration of a profile with these values instead.
fn with(judge: &Judge, values: &[(&str, Value)]) -> Config {
    let (config, _) = judge.judge("enterprise", &Overlay::new());
    let values = values
        .iter()
        .map(|(path, value)| (FieldPath::new(path), value.clone()))
        .collect();
    config.with_values(&values, &Origin::You)
}

#[test]
fn every_shipped_profile_ranks_the_sample() {
    let judge = Judge::shipped();
    for profile in PROFILES {
        let (config, _) = judge.judge(profile, &Overlay::new());
        for path in Settings::READS {
            assert!(config.value(path).is_some(), "{path} of {profile}");
        }
        let reading = Settings::of(&config);
        assert_eq!(reading.problems, [], "{profile}");
        let settings = reading.settings.unwrap();
        let expected = Weights {
            load: 0.3,
            expertise: 0.5,
            confidence: 0.2,
        };
        assert_eq!(settings.weights, expected);
        assert_eq!((settings.window_days, settings.min_executions), (7, 20));
        let preview = Preview::of(&sample(), &settings, 0);
        assert!(preview.tasks.len() >= 5);
    }
    let (config, _) = judge.judge("enterprise", &Overlay::new());
    let settings = Settings::of(&config).settings.unwrap();
    assert!((settings.recency_multiplier - 3.5).abs() < 1e-12);
    assert_eq!((settings.max_tasks, settings.history_limit), (10, 100));
}

#[test]
fn a_value_that_cannot_be_used_is_named_and_ranks_nobody() {
    let judge = Judge::shipped();
    for (path, value) in [
        ("agents.learning.enabled", Value::Text("maybe".into())),
        ("agents.learning.window_days", Value::Integer(0)),
        ("agents.learning.window_days", Value::Integer(-7)),
        ("agents.learning.window_days", Value::Text("7x".into())),
        ("agents.learning.recency_multiplier", Value::Decimal(0.0)),
        (
            "agents.learning.recency_multiplier",
            Value::Decimal(f64::NAN),
        ),
        ("agents.learning.min_executions", Value::Integer(0)),
        ("agents.learning.history_limit", Value::Decimal(1.5)),
        ("agents.max_concurrent_tasks", Value::Integer(-1)),
        ("agents.scoring.load_weight", Value::Decimal(-0.1)),
        (
            "agents.scoring.expertise_weight",
            Value::Decimal(f64::INFINITY),
        ),
        (
            "agents.scoring.confidence_weight",
            Value::Text("much".into()),
        ),
    ] {
        let reading = Settings::of(&with(&judge, &[(path, value.clone())]));
        assert_eq!(reading.settings, None, "{path} {value}");
        let told: Vec<_> = reading
            .problems
            .iter()
            .map(|p| (p.path.as_ref().unwrap().as_str(), p.sentence()))
            .collect();
        let sentence = format!("Agents cannot be ranked with this value. Correct {path} first.");
        assert_eq!(told, [(path, sentence)], "{value}");
    }
    // The largest that can be typed overflows nothing.
    let most = with(
        &judge,
        &[
            ("agents.learning.window_days", Value::Integer(i64::MAX)),
            ("agents.learning.min_executions", Value::Integer(i64::MAX)),
            ("agents.learning.history_limit", Value::Integer(i64::MAX)),
            ("agents.max_concurrent_tasks", Value::Integer(i64::MAX)),
            ("agents.learning.recency_multiplier", Value::Decimal(1e300)),
        ],
    );
    let settings = Settings::of(&most).settings.unwrap();
    for task in Preview::of(&sample(), &settings, i64::MAX).tasks {
        assert!(task.ranking.agents.iter().all(|a| a.score.is_finite()));
    }
}

#[test]
fn weights_that_do_not_sum_to_one_rank_and_the_scaled_ones_satisfy_the_schema() {
    let judge = Judge::shipped();
    let paths = [
        "agents.scoring.load_weight",
        "agents.scoring.expertise_weight",
        "agents.scoring.confidence_weight",
    ];
    let weighing = |weights: [f64; 3]| {
        let values = paths.iter().zip(weights);
        overlay(values.map(|(path, weight)| (FieldPath::new(path), Value::Decimal(weight))))
    };
    let (config, _) = judge.judge("enterprise", &weighing([0.4, 0.5, 0.2]));
    assert!(!config.problems_at(paths[0]).is_empty());
    let reading = Settings::of(&config);
    assert_eq!(reading.problems.len(), 1);
    let settings = reading.settings.unwrap();
    let scaled = settings.weights.scaled().unwrap();
    let (config, _) = judge.judge(
        "enterprise",
        &weighing([scaled.load, scaled.expertise, scaled.confidence]),
    );
    assert_eq!(
        config.problems_at(paths[0]),
        Vec::<&vapora_tui::problem::Problem>::new()
    );
    assert_eq!(Settings::of(&config).problems, []);
}

fn settings() -> impl Strategy<Value = Settings> {
    let weight = || (0..=1000u32).prop_map(|n| f64::from(n) / 1000.0);
    let numbers = (1..=365u32, 1.0..10.0f64, 1..=200u32, 1..=200u32, 1..=20u32);
    (any::<bool>(), numbers, (weight(), weight(), weight())).prop_map(|(learning, n, w)| Settings {
        learning,
        window_days: n.0,
        recency_multiplier: n.1,
        min_executions: n.2,
        history_limit: n.3,
        max_tasks: n.4,
        weights: Weights {
            load: w.0,
            expertise: w.1,
            confidence: w.2,
        },
    })
}

/// What a file would hold, in thousandths: fails on a number with more decimals.
fn thousandths(part: f64) -> u32 {
    let text = vapora_tui::value::decimal(part);
    let (whole, fraction) = text.split_once('.').unwrap();
    assert!(fraction.len() <= 3, "{text}");
    format!("{whole}{fraction:0<3}").parse().unwrap()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn every_ranking_is_whole_and_its_parts_stay_within_their_weights(settings in settings()) {
        let history = sample();
        for task in Preview::of(&history, &settings, 0).tasks {
            let ranking = task.ranking;
            prop_assert_eq!(ranking.agents.len(), history.agents().len());
            prop_assert_eq!(task.curves.len(), history.agents().len());
            for (place, agent) in ranking.agents.iter().enumerate() {
                prop_assert_eq!(agent.rank, place + 1);
                let weights = settings.weights;
                let slack = 1e-9;
                prop_assert!((-slack..=weights.load + slack).contains(&agent.parts.load));
                prop_assert!((-slack..=weights.expertise + slack).contains(&agent.parts.expertise));
                prop_assert!((-slack..=weights.confidence + slack).contains(&agent.parts.confidence));
                if let Some(above) = place.checked_sub(1).map(|place| &ranking.agents[place]) {
                    prop_assert!(above.score > agent.score - slack);
                }
            }
        }
    }

    #[test]
    fn scaled_weights_sum_to_one_and_keep_their_shares(settings in settings()) {
        let weights = settings.weights;
        if let Some(scaled) = weights.scaled() {
            let parts = [scaled.load, scaled.expertise, scaled.confidence];
            prop_assert_eq!(parts.map(thousandths).iter().sum::<u32>(), 1000);
            for (part, whole) in [
                (scaled.load, weights.load),
                (scaled.expertise, weights.expertise),
                (scaled.confidence, weights.confidence),
            ] {
                prop_assert!((part - whole / weights.sum()).abs() <= 0.001 + 1e-9);
            }
            prop_assert_eq!(scaled.scaled(), Some(scaled));
        } else {
            prop_assert!(weights.sum() <= 0.0);
        }
    }

    #[test]
    fn who_moved_is_exactly_who_stands_elsewhere(before in settings(), after in settings()) {
        let history = sample();
        for task_type in 0..history.task_types().len() {
            let rank = |settings| Ranking::of(&history, task_type, settings, 20_777);
            let (before, after) = (rank(&before), rank(&after));
            let moved = vapora_tui::budget::scoring::moves(&before, &after);
            let stands = |ranking: &Ranking, name: &str| {
                ranking.agents.iter().find(|a| a.name == name).map(|a| a.rank)
            };
            let elsewhere: Vec<_> = after
                .agents
                .iter()
                .filter(|a| stands(&before, &a.name) != Some(a.rank))
                .map(|a| (a.name.clone(), stands(&before, &a.name), Some(a.rank)))
                .collect();
            let told: Vec<_> = moved.iter().map(|m| (m.name.clone(), m.from, m.to)).collect();
            prop_assert_eq!(told, elsewhere);
            for one in &moved {
                prop_assert!(!one.passed.is_empty());
            }
        }
    }

    #[test]
    fn whatever_a_file_holds_it_is_imported_whole_or_refused_with_a_reason(
        at in 0..400usize,
        put in prop_oneof![
            proptest::collection::vec(any::<u8>(), 0..6),
            "[-+0-9.eE\"{},;\n\r#\\[\\]]{0,8}".prop_map(String::into_bytes),
        ],
        cut in 0..12usize,
        which in 0..4usize,
    ) {
        let text = [
            "role,calls_a_day,input_tokens,output_tokens,provider\narchitect,1750,9000,2000,claude\ntesting,1,4000,500,\n",
            "{\"roles\":[{\"role\":\"architect\",\"calls_a_day\":1750,\"input_tokens\":9000,\"output_tokens\":2000}]}",
            "agent,task_type,when,success,seconds,in_flight\na,review,2026-11-20,true,42.5,3\nb,review,2026-11-19T10:00:00Z,false,,\n",
            "vapora_llm_requests_total{provider=\"claude\",role=\"a\"} 700\nvapora_llm_tokens_total{role=\"a\",direction=\"input\"} 7000\n",
        ][which];
        let mut bytes = text.as_bytes().to_vec();
        let at = at.min(bytes.len());
        let end = (at + cut).min(bytes.len());
        bytes.splice(at..end, put);
        let file = File { name: Path::new("f"), bytes: &bytes };
        let period = Period::parse("7d").unwrap();
        let told = [
            workload(&file).value.is_none().then(|| workload(&file).problems),
            history(&file).value.is_none().then(|| history(&file).problems),
            metrics(&Counters::Since { file, period }, None)
                .value
                .is_none()
                .then(|| metrics(&Counters::Since { file, period }, None).problems),
        ];
        for problems in told.into_iter().flatten() {
            prop_assert!(!problems.is_empty());
            for problem in problems {
                prop_assert!(problem.hint.is_some());
                prop_assert!(problem.place.is_some());
            }
        }
    }
}
