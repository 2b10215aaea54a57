//! The sentences, each in the case that it is for.

use super::super::compare::Comparison;
use super::super::sentence::{Sentence, of_all, of_role, share, then};
use super::super::workload::Spent;
use super::super::{calendar::Window, changed};
use super::*;

/// Each text with the last part of the setting that it leads to.
fn words(sentences: &[Sentence]) -> Vec<(&str, &str)> {
    sentences
        .iter()
        .map(|sentence| {
            let leaf = sentence.cause.as_ref().map_or("", |path| path.leaf());
            (sentence.text.as_str(), leaf)
        })
        .collect()
}

#[test]
fn a_role_is_told_what_happens_and_why() {
    // Limit 100 micro-cents reads $0.00; larger figures are in the tests of changes.
    let quiet = one(&[10, 1], 10_000_000_000, 1, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&quiet, 0)),
        [(
            "A: at most 0 % of $100.00 a month; stays with claude.",
            "a_cents"
        )]
    );
    assert_eq!(then(&quiet, &quiet.roles[0]), None);
    let near = one(&[10, 0], 100, 2, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&near, 0)),
        [("A: 80 % reached on day 4; then openai.", "a_cents")]
    );
    assert_eq!(then(&near, &near.roles[0]).as_deref(), Some("openai"));
    let refused = one(&[10, 1], 100, 2, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&refused, 0)),
        [
            ("A: 80 % reached on day 4; then openai.", "a_cents"),
            (
                "Limit reached on day 14; 32 calls refused, no provider of the chain still fits.",
                "fallback_chain"
            ),
        ]
    );
    let alone = one(&[10], 100, 2, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&alone, 0))[0],
        (
            "A: 80 % reached on day 4; claude stays, the chain has nothing cheaper.",
            "fallback_chain"
        )
    );
    assert_eq!(then(&alone, &alone.roles[0]).as_deref(), Some("refused"));
    let off = one(&[10, 0], 100, 2, 30, |settings, _| {
        settings.auto_fallback = false;
    });
    assert_eq!(
        words(&of_role(&off, 0)),
        [
            (
                "A: 80 % reached on day 4; fallback is off, so claude stays until the limit.",
                "auto_fallback"
            ),
            (
                "Limit reached on day 5; 50 calls refused, fallback is off.",
                "auto_fallback"
            ),
        ]
    );
    let weekly = one(&[10, 0], 100, 2, 30, |settings, _| {
        settings.window = Window::Weekly;
    });
    assert_eq!(
        words(&of_role(&weekly, 0)),
        [(
            "A: 80 % reached on day 5 (in 4 of 6 weeks); then openai.",
            "a_cents"
        )]
    );
    let three = one(&[10, 7, 0], 100, 2, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&three, 0)),
        [
            ("A: 80 % reached on day 4; then openai.", "a_cents"),
            ("Limit reached on day 6; then gemini.", "a_cents"),
        ]
    );
    let over = one(&[10, 0], 100, 2, 30, |_, load| {
        load.spent = Some(Spent {
            amount: micro(100),
            until: date("2026-11-10"),
        });
    });
    assert_eq!(
        words(&of_role(&over, 0)),
        [
            ("A: over 80 % now; then openai.", "a_cents"),
            ("Limit reached now; then openai.", "a_cents")
        ]
    );
}

#[test]
fn what_is_off_or_missing_is_said_plainly() {
    for (tracking, enforcement, role, all, cause) in [
        (
            true,
            false,
            "A: stays with claude; enforcement is off, so no limit is applied.",
            "Budget enforcement is off: no limit stops anything.",
            "llm_router.budget_enforcement.enabled",
        ),
        (
            false,
            true,
            "A: stays with claude; cost tracking is off, so no limit is applied.",
            "Cost tracking is off: nobody sums what is spent, so no limit stops anything.",
            "llm_router.cost_tracking.enabled",
        ),
    ] {
        let forecast = one(&[10], 100, 1, 1, |settings, _| {
            (settings.tracking, settings.enforcement) = (tracking, enforcement);
        });
        for (found, text) in [(of_role(&forecast, 0), role), (of_all(&forecast), all)] {
            assert_eq!(found[0].text, text);
            assert_eq!(found[0].cause.as_ref().unwrap().as_str(), cause);
        }
    }
    let none = one(&[10], 100, 2, 30, |settings, _| {
        settings.providers[0].on = false;
    });
    assert_eq!(
        words(&of_role(&none, 0)),
        [(
            "A: no provider is on, so all 60 calls are refused.",
            "providers"
        )]
    );
    let idle = one(&[10], 100, 0, 30, |_, _| {});
    assert_eq!(
        words(&of_role(&idle, 0)),
        [("A: no calls in the workload.", "")]
    );
    let unpriced = one(&[10], 100, 1, 1, |settings, _| {
        settings.providers[0].model = "x".into();
    });
    assert_eq!(
        words(&of_role(&unpriced, 0)),
        [(
            "A: no forecast, the price of its model is not known.",
            "claude_model"
        )]
    );
    assert_eq!(words(&of_all(&unpriced)), [("The total is without a.", "")]);
    let unlimited = one(&[10], 100, 1, 1, |settings, _| {
        settings.roles[0].limit = None;
    });
    assert_eq!(
        words(&of_role(&unlimited, 0)),
        [("A: no forecast, its limit is missing or wrong.", "a_cents")]
    );
    let unknown = one(&[10], 100, 1, 1, |settings, _| settings.roles.clear());
    assert_eq!(
        words(&of_role(&unknown, 0)),
        [(
            "A: stays with claude; the configuration has no limit for it.",
            ""
        )]
    );
    assert_eq!(of_role(&unknown, 7), []);
}

#[test]
fn a_change_is_told_with_its_cause() {
    type Change = fn(&mut Settings, &mut Load);
    let rows: [(Change, Change, &str, &str); 9] = [
        (
            |s, _| s.roles[0] = limit("a", 500),
            |s, _| s.roles[0] = limit("a", 400),
            "A: threshold 4 days sooner (was day 20).",
            "a_cents",
        ),
        (
            |_, _| {},
            |s, _| s.threshold_percent = 40,
            "A: threshold 2 days sooner (was day 4).",
            "near_threshold_percent",
        ),
        (
            |_, _| {},
            |s, _| s.window = Window::Daily,
            "A: threshold not reached (was day 4).",
            "window",
        ),
        (
            |_, _| {},
            |s, _| s.auto_fallback = false,
            "A: 18 more calls refused (32 before, 50 now).",
            "auto_fallback",
        ),
        (
            |_, _| {},
            |s, _| s.providers[1].on = false,
            "A: 18 more calls refused (32 before, 50 now).",
            "openai_enabled",
        ),
        (
            |_, _| {},
            |s, _| s.enforcement = false,
            "A: threshold not reached (was day 4).",
            "enabled",
        ),
        (
            |_, _| {},
            |_, l| {
                l.spent = Some(Spent {
                    amount: micro(90),
                    until: date("2026-11-01"),
                });
            },
            "A: threshold over now (was day 4).",
            "",
        ),
        (
            |s, _| s.roles[0] = limit("a", 5000),
            |s, _| s.roles[0] = limit("a", 6000),
            "A: the limit is $0.00 instead of $0.00; nothing else changes.",
            "a_cents",
        ),
        (
            |s, _| s.roles[0] = limit("a", 5000),
            |s, l| {
                s.roles[0] = limit("a", 5000);
                l.calls_a_day = 3;
            },
            "A: +$0.00 (+50 %).",
            "",
        ),
    ];
    for (before, after, text, cause) in rows {
        let forecast = |change: Change| {
            one(&[10, 1], 100, 2, 30, |settings, load| {
                change(settings, load);
            })
        };
        let (before, after) = (forecast(before), forecast(after));
        let found = changed::of_role(&before, &after, "a").unwrap();
        assert_eq!(words(&[found]), [(text, cause)]);
    }
    let same = one(&[10, 1], 100, 2, 30, |_, _| {});
    assert_eq!(changed::of_role(&same, &same, "a"), None);
    assert!(Comparison::of(&same, &same).is_none());
}

#[test]
fn a_higher_limit_that_serves_fewer_is_explained() {
    // As in the worked case, in cents: 100 serves 28 calls, 101 serves 20.
    let costs = [10_000_000, 1_000_000];
    let low = one(&costs, 100_000_000, 40, 1, |_, _| {});
    let high = one(&costs, 101_000_000, 40, 1, |_, _| {});
    assert_eq!(
        changed::of_role(&low, &high, "a").unwrap().text,
        "A: limit $1.01 serves 20 calls where $1.00 served 28: claude answers 9 before 80 %, not 8, and less is left \
         for openai."
    );
}

#[test]
fn roles_and_models_that_come_and_go_are_in_the_comparison() {
    let before = one(&[10, 1], 100, 2, 30, |_, _| {});
    let after = one(&[10, 1], 100, 2, 30, |settings, load| {
        settings.roles[0].role = "b".into();
        load.role = "b".into();
        load.provider = Some("openai".into());
    });
    let comparison = Comparison::of(&before, &after);
    // openai: 60 calls of 1; before 80 with claude and 20 with openai.
    assert_eq!(comparison.total.size(), micro(40));
    assert_eq!(comparison.total.percent(), Some(-40));
    let models: Vec<_> = comparison
        .models
        .iter()
        .map(|model| {
            (
                model.provider.as_str(),
                model.spent.before,
                model.spent.after,
            )
        })
        .collect();
    assert_eq!(
        models,
        [
            ("openai", micro(20), micro(60)),
            ("claude", micro(80), micro(0))
        ]
    );
    let roles: Vec<_> = comparison
        .roles
        .iter()
        .map(|role| (role.role.as_str(), role.places))
        .collect();
    assert_eq!(roles, [("b", (None, Some(0))), ("a", (Some(0), None))]);
    assert_eq!(
        changed::of_role(&before, &after, "b").unwrap().text,
        "B: new, +$0.00."
    );
    assert_eq!(
        changed::of_role(&before, &after, "a").unwrap().text,
        "A: gone, -$0.00."
    );
}

#[test]
fn qualities_read_as_shares() {
    for (thousandths, text) in [
        (950, "0.95"),
        (900, "0.90"),
        (875, "0.875"),
        (1000, "1.00"),
        (5, "0.005"),
    ] {
        assert_eq!(share(thousandths), text);
    }
}
