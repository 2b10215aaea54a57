//! Worked rankings: the arithmetic stands beside each.

use super::history::{Agent, History, NamedRun};
use super::moment::Moment;
use super::rank::{Basis, Part, Ranking};
use super::settings::Settings;
use super::weights::Weights;
use super::{Preview, Trend, moves};

/// VAPORA's defaults.
pub(super) fn settings() -> Settings {
    Settings {
        learning: true,
        window_days: 7,
        recency_multiplier: 3.0,
        min_executions: 20,
        history_limit: 100,
        max_tasks: 4,
        weights: Weights {
            load: 0.3,
            expertise: 0.5,
            confidence: 0.2,
        },
    }
}

fn agent(name: &str, in_flight: Option<u32>) -> Agent {
    Agent {
        name: name.to_owned(),
        in_flight,
    }
}

/// `good` successes and then failures up to `all`, every one on the same day.
fn runs(agent: &str, task_type: &str, day: i64, good: usize, all: usize) -> Vec<NamedRun> {
    (0..all)
        .map(|place| NamedRun {
            agent: agent.to_owned(),
            task_type: task_type.to_owned(),
            when: Moment::of_day(day),
            success: place < good,
            seconds: None,
        })
        .collect()
}

fn history(agents: Vec<Agent>, groups: &[Vec<NamedRun>]) -> History {
    History::new(agents, groups.concat(), false)
}

fn ranking(history: &History, settings: &Settings) -> Ranking {
    Ranking::of(history, 0, settings, 100)
}

fn order(ranking: &Ranking) -> Vec<&str> {
    ranking
        .agents
        .iter()
        .map(|agent| agent.name.as_str())
        .collect()
}

#[track_caller]
fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn a_score_is_the_seeds_formula() {
    // Day 100 is today: 6 of 10 today weigh 3 each, 10 of 10 a fortnight ago e^-2 = 0.135335283237 each.
    // expertise = (6 x 3 + 10 x 0.135335283237) / (10 x 3 + 10 x 0.135335283237) = 19.353352832 / 31.353352832
    // confidence = min(1, 20 / 20) = 1; load = 2 / 4, so 1 / (1 + 0.5) = 0.666666667
    // score = 0.3 x 0.666666667 + 0.5 x 0.617265704 + 0.2 x 1
    let history = history(
        vec![agent("a", Some(2))],
        &[runs("a", "t", 100, 6, 10), runs("a", "t", 86, 10, 10)],
    );
    let ranking = ranking(&history, &settings());
    let a = &ranking.agents[0];
    assert_eq!((a.rank, a.executions, a.basis), (1, 20, Basis::History));
    near(a.success_rate.unwrap(), 0.8);
    near(a.load.unwrap(), 0.5);
    near(a.raw.load, 2.0 / 3.0);
    near(a.raw.expertise, 19.353_352_832_366 / 31.353_352_832_366);
    near(a.raw.confidence, 1.0);
    near(a.parts.load, 0.2);
    near(a.parts.confidence, 0.2);
    near(
        a.score,
        0.4 + 0.5 * (19.353_352_832_366 / 31.353_352_832_366),
    );
    near(a.score, a.parts.total());
}

#[test]
fn confidence_grows_to_one_with_twenty_executions() {
    for (executions, expected) in [(1, 0.05), (10, 0.5), (19, 0.95), (20, 1.0), (40, 1.0)] {
        let history = history(vec![], &[runs("a", "t", 100, executions, executions)]);
        let ranking = ranking(&history, &settings());
        near(ranking.agents[0].raw.confidence, expected);
    }
}

#[test]
fn only_the_latest_executions_are_read() {
    // 30 failures long ago, then 100 successes: the failures are beyond the limit.
    let history = history(
        vec![],
        &[runs("a", "t", 10, 0, 30), runs("a", "t", 90, 100, 100)],
    );
    let read = |limit| {
        let mut settings = settings();
        settings.history_limit = limit;
        let ranking = ranking(&history, &settings);
        (ranking.agents[0].executions, ranking.agents[0].success_rate)
    };
    assert_eq!(read(100), (100, Some(1.0)));
    assert_eq!(read(125), (125, Some(0.8)));
    assert_eq!(read(1_000).0, 130);
}

#[test]
fn an_agent_without_history_is_ranked_by_load_alone() {
    let history = history(
        vec![agent("new", Some(0)), agent("poor", Some(4))],
        &[runs("poor", "t", 100, 0, 1)],
    );
    let ranking = ranking(&history, &settings());
    // new: 0.3 x 1. poor: 0.3 x 0.5 + 0.5 x 0 + 0.2 x 1 / 20 = 0.16.
    assert_eq!(order(&ranking), ["new", "poor"]);
    near(ranking.agents[0].score, 0.3);
    near(ranking.agents[1].score, 0.16);
    assert_eq!(
        ranking.agents[0].basis.note(),
        Some("no history: ranked by load alone")
    );
    assert_eq!(ranking.agents[0].success_rate, None);
    assert_eq!(ranking.agents[1].basis.note(), None);
}

#[test]
fn with_learning_off_only_load_counts() {
    let history = history(
        vec![agent("busy", Some(4)), agent("idle", Some(0))],
        &[runs("busy", "t", 100, 20, 20)],
    );
    let mut settings = settings();
    assert_eq!(order(&ranking(&history, &settings)), ["busy", "idle"]);
    settings.learning = false;
    let off = ranking(&history, &settings);
    assert_eq!(order(&off), ["idle", "busy"]);
    assert!(
        off.agents
            .iter()
            .all(|agent| agent.basis == Basis::LearningOff)
    );
    let preview = Preview::of(&history, &settings, 100);
    assert_eq!(
        preview.notes,
        ["Learning is off: agents are ranked by load alone."]
    );
}

#[test]
fn equal_scores_stand_by_load_then_by_name() {
    let mut settings = settings();
    settings.weights.load = 0.0;
    let history = history(
        vec![
            agent("c", Some(1)),
            agent("b", Some(2)),
            agent("a", Some(2)),
            agent("d", None),
        ],
        &[
            runs("a", "t", 1, 1, 1),
            runs("b", "t", 1, 1, 1),
            runs("c", "t", 1, 1, 1),
            runs("d", "t", 1, 1, 1),
        ],
    );
    assert_eq!(order(&ranking(&history, &settings)), ["d", "c", "a", "b"]);
}

/// `steady` is better proven, `fresh` better of late.
fn two() -> History {
    history(
        vec![agent("fresh", Some(0)), agent("steady", Some(0))],
        &[
            runs("steady", "t", 100, 9, 10),
            runs("steady", "t", 80, 10, 10),
            runs("fresh", "t", 100, 10, 10),
            runs("fresh", "t", 86, 0, 10),
        ],
    )
}

#[test]
fn who_moves_and_why_is_told() {
    let history = two();
    let mut after = settings();
    let before = ranking(&history, &after);
    // fresh: 30 / (30 + 1.353352832) = 0.956835; steady: (27 + 0.574326) / (30 + 0.574326) = 0.901878.
    assert_eq!(order(&before), ["fresh", "steady"]);
    // Without the bonus and with a year's window a day's age hardly matters: 0.51 against 0.95.
    after.window_days = 365;
    after.recency_multiplier = 1.0;
    let now = ranking(&history, &after);
    assert_eq!(order(&now), ["steady", "fresh"]);
    let found = moves(&before, &now);
    let told: Vec<String> = found.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "steady from 2 to 1, past fresh: expertise 0.45 to 0.47",
            "fresh from 1 to 2, behind steady: expertise 0.48 to 0.25",
        ]
    );
    assert_eq!(found[0].cause, Some(Part::Expertise));
    assert_eq!(moves(&now, &now), []);
}

#[test]
fn the_part_that_moved_an_agent_is_found_among_those_it_passed() {
    // quick: idle, 5 of 10. good: full, 10 of 10, both with confidence 0.5.
    let history = history(
        vec![agent("good", Some(4)), agent("quick", Some(0))],
        &[
            runs("good", "t", 100, 10, 10),
            runs("quick", "t", 100, 5, 10),
        ],
    );
    let mut after = settings();
    let before = ranking(&history, &after);
    // good: 0.15 + 0.5 + 0.1; quick: 0.3 + 0.25 + 0.1.
    assert_eq!(order(&before), ["good", "quick"]);
    after.weights = Weights {
        load: 0.6,
        expertise: 0.2,
        confidence: 0.2,
    };
    // good: 0.3 + 0.2 + 0.1; quick: 0.6 + 0.1 + 0.1. For quick load rose by 0.15 more than for good, expertise
    // fell by 0.15 less: of equal ones the part that rose is named.
    let now = ranking(&history, &after);
    let told: Vec<String> = moves(&before, &now)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "quick from 2 to 1, past good: load 0.30 to 0.60",
            "good from 1 to 2, behind quick: expertise 0.50 to 0.20",
        ]
    );
}

#[test]
fn an_agent_that_stood_still_while_others_lost_is_told_so() {
    let history = history(
        vec![agent("often", Some(0)), agent("rare", Some(0))],
        &[
            runs("often", "t", 100, 9, 20),
            runs("rare", "t", 100, 10, 10),
        ],
    );
    let mut after = settings();
    after.weights = Weights {
        load: 0.1,
        expertise: 0.1,
        confidence: 0.8,
    };
    after.min_executions = 10;
    // rare: 0.1 + 0.1 + 0.8; often: 0.1 + 0.045 + 0.8.
    let before = ranking(&history, &after);
    assert_eq!(order(&before), ["rare", "often"]);
    // rare: 0.1 + 0.1 + 0.4; often as before.
    after.min_executions = 20;
    let now = ranking(&history, &after);
    let told: Vec<String> = moves(&before, &now)
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "often from 2 to 1, past rare: rare lost more by confidence",
            "rare from 1 to 2, behind often: confidence 0.80 to 0.40",
        ]
    );
}

#[test]
fn agents_that_come_and_go_are_told() {
    let with = |names: &[&str]| {
        let agents = names.iter().map(|name| agent(name, Some(0))).collect();
        ranking(&history(agents, &[runs("z", "t", 100, 0, 1)]), &settings())
    };
    let told: Vec<String> = moves(&with(&["a", "b"]), &with(&["b", "c"]))
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        told,
        [
            "b from 3 to 2: others came or went",
            "c is new, at 3",
            "a is gone, was at 2"
        ]
    );
}

#[test]
fn the_shipped_sample_shows_each_thing_once_at_least() {
    let history = crate::budget::import::sample();
    assert!(history.is_sample());
    assert!(history.agents().len() >= 12, "{}", history.agents().len());
    assert!(history.task_types().len() >= 5);
    let days: Vec<i64> = history.runs().iter().map(|run| run.when.day()).collect();
    let span = days.iter().max().unwrap() - days.iter().min().unwrap() + 1;
    assert_eq!(span, 60);
    // It is seen from its own last day, whatever today is.
    let preview = Preview::of(&history, &settings(), 1_000_000);
    assert_eq!(preview.seen_from, *days.iter().max().unwrap());
    assert!(preview.sample);
    assert_eq!(preview.notes.len(), 2, "{:?}", preview.notes);
    let trends: Vec<Option<Trend>> = preview
        .tasks
        .iter()
        .flat_map(|task| task.curves.iter().map(super::Curve::trend))
        .collect();
    for trend in [
        None,
        Some(Trend::Improving),
        Some(Trend::Stable),
        Some(Trend::Declining),
    ] {
        assert!(trends.contains(&trend), "{trend:?}");
    }
    let all = || preview.tasks.iter().flat_map(|task| &task.ranking.agents);
    assert!(all().any(|agent| agent.basis == Basis::NoHistory));
    assert!(
        all().any(|agent| agent.executions == 100),
        "the limit never bites"
    );
    assert!(all().any(|agent| (1..20).contains(&agent.executions)));
    // Turning each knob moves somebody.
    let moved = |change: &dyn Fn(&mut Settings)| {
        let mut changed = settings();
        change(&mut changed);
        let now = Preview::of(&history, &changed, 0);
        let moved = now.moves_since(&preview);
        assert!(!moved.is_empty());
    };
    moved(&|s| {
        s.weights = Weights {
            load: 0.6,
            expertise: 0.2,
            confidence: 0.2,
        }
    });
    moved(&|s| {
        s.weights = Weights {
            load: 0.1,
            expertise: 0.8,
            confidence: 0.1,
        }
    });
    moved(&|s| s.window_days = 60);
    moved(&|s| s.recency_multiplier = 1.0);
    moved(&|s| s.min_executions = 200);
    moved(&|s| s.max_tasks = 1);
    moved(&|s| s.history_limit = 10);
}
