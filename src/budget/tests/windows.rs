//! Windows, months and growth, and what was spent already, worked out by hand.

use super::super::calendar::Window;
use super::super::role::When;
use super::super::workload::Spent;
use super::*;

#[test]
fn each_window_starts_at_nothing() {
    // November from Sunday 1: 2 calls of 10 a day, limit 100, threshold 80, then 1. Days of the windows:
    // daily 30 * 1: never above 20.
    // weekly 1, 7, 7, 7, 7, 1: 4 days = 8 calls = 80; 3 days = 6 * 1: 86. 20 + 4 * 86 + 20 = 384.
    // monthly: 8 * 10 = 80 after day 4, 20 * 1 fill up to 100 after day 14; 60 - 28 = 32 refused.
    for (window, spent, refused, near) in [
        (Window::Daily, 600, 0, None),
        // Monday 2 November is day 2: its fourth day is day 5.
        (Window::Weekly, 384, 0, Some(When::Day(4))),
        (Window::Monthly, 100, 32, Some(When::Day(3))),
    ] {
        let forecast = one(&[10, 1], 100, 2, 30, |settings, _| settings.window = window);
        assert_eq!(forecast.total(), micro(spent), "{window:?}");
        assert_eq!(forecast.refused(), refused);
        assert_eq!(forecast.roles[0].firsts.near, near);
    }
    let weekly = one(&[10, 1], 100, 2, 30, |settings, _| {
        settings.window = Window::Weekly;
    });
    let spent: Vec<_> = weekly
        .windows(0)
        .iter()
        .map(|window| window.spent)
        .collect();
    assert_eq!(spent, [20, 86, 86, 86, 86, 20].map(micro));
    assert_eq!(weekly.utilisation(0), Some(86));
    // Sunday 20; Monday to Thursday 20, 40, 60, 80, then 2 a day; Monday 20 again.
    let curve = weekly.curve(0);
    assert_eq!(curve[..9], [20, 20, 40, 60, 80, 82, 84, 86, 20].map(micro));
}

#[test]
fn months_have_28_to_31_days() {
    // 1 call of 10 a day, limit never reached.
    for (start, days) in [
        ("2027-02-01", 28),
        ("2028-02-01", 29),
        ("2026-11-01", 30),
        ("2026-12-01", 31),
    ] {
        let mut settings = settings(&[10]);
        settings.roles = vec![limit("a", 10_000)];
        let workload = Workload {
            roles: vec![load("a", 1)],
            ..Workload::default()
        };
        let forecast = Forecast::of(
            &settings,
            &workload,
            &prices(&[10]),
            Start::month(date(start)),
        );
        assert_eq!(forecast.total(), micro(10 * days), "{start}");
        assert_eq!(forecast.spans.len(), 1);
    }
}

#[test]
fn calls_grow_to_the_percentage_after_each_thirty_days() {
    let grown = |percent, calls| -> Vec<u64> {
        let load = Load {
            growth_percent: percent,
            ..load("a", calls)
        };
        load.calls().take(366).collect()
    };
    // 10 % of 1,000 in 30 days: 1,000, 1,003.3, 1,006.7, 1,010; 1,100 after 30, 1,210 after 60. Half way of the second
    // thirty: 1,155.
    let ten = grown(10, 1000);
    assert_eq!(ten[..4], [1000, 1003, 1007, 1010]);
    assert_eq!((ten[30], ten[45], ten[60]), (1100, 1155, 1210));
    // Half a call counts: 5 % of 100 after 3 days of 30 is 0.5.
    assert_eq!(grown(5, 100)[3], 101);
    let shrunk = grown(-50, 1000);
    assert_eq!((shrunk[15], shrunk[30], shrunk[60]), (750, 500, 250));
    let gone = grown(-100, 1000);
    assert_eq!((gone[15], gone[30], gone[90]), (500, 0, 0));
    assert!(grown(0, 7).iter().all(|calls| *calls == 7));
}

fn spent(amount: u64, until: &str) -> Option<Spent> {
    let until = Date::parse(until)?;
    Some(Spent {
        amount: micro(amount),
        until,
    })
}

#[test]
fn what_is_spent_already_stands_for_the_days_until_then() {
    // Limit 1,000, threshold 800, 2 calls of 10 a day, then 1. Until 10 November 700 are spent: 5 days of 20 reach 800
    // on day 15 (the 11th is day 11); the other 15 days cost 2 each: 30.
    let forecast = one(&[10, 1], 1000, 2, 30, |_, load| {
        load.spent = spent(700, "2026-11-10");
    });
    let role = &forecast.roles[0];
    assert_eq!(role.firsts.near, Some(When::Day(14)));
    assert_eq!(role.spent, micro(700 + 100 + 30));
    assert_eq!(
        (role.already, role.spent_already),
        (Some(micro(700)), micro(700))
    );
    assert_eq!(forecast.served(0, 9).answered(), 0);
    assert_eq!(forecast.served(0, 10).answered(), 2);
    assert_eq!(forecast.curve(0)[8..12], [700, 700, 720, 740].map(micro));
    let by_model: Money = forecast.by_model().iter().map(|of| of.spent).sum();
    assert_eq!(by_model + forecast.spent_already(), forecast.total());
    assert!(forecast.warnings.is_empty());
}

#[test]
fn over_the_threshold_or_the_limit_is_over_now() {
    for (amount, near, exceeded, state) in [
        (
            799,
            Some(When::Day(10)),
            None,
            "below: the next call reaches 809",
        ),
        (800, Some(When::Now), None, "at the threshold"),
        (1000, Some(When::Now), Some(When::Now), "at the limit"),
        (5000, Some(When::Now), Some(When::Now), "far over"),
    ] {
        let forecast = one(&[10, 0], 1000, 2, 30, |_, load| {
            load.spent = spent(amount, "2026-11-10");
        });
        let role = &forecast.roles[0];
        assert_eq!(role.firsts.near, near, "{state}");
        assert_eq!(role.firsts.exceeded, exceeded, "{state}");
        assert_eq!(role.served.refused, 0, "free ones always fit");
    }
    // Over the limit and nothing free: all 40 calls of 20 days are refused, from the first on.
    let refused = one(&[10, 1], 1000, 2, 30, |_, load| {
        load.spent = spent(1000, "2026-11-10");
    });
    assert_eq!(refused.refused(), 40);
    assert_eq!(refused.roles[0].firsts.refused, Some(When::Day(10)));
}

#[test]
fn a_forecast_that_starts_within_a_window_knows_what_was_spent_in_it() {
    let mut settings = settings(&[10, 1]);
    settings.roles = vec![limit("a", 1000)];
    let at = |load: Load| {
        let workload = Workload {
            roles: vec![load],
            ..Workload::default()
        };
        let start = Start::month(date("2026-11-22"));
        Forecast::of(&settings, &workload, &prices(&[10, 1]), start)
    };
    // Until the 21st 780: one day of 20 reaches 800 on day 1; 8 days of 2 until the 30th. December anew: 21 days of 20.
    let until_the_day_before = at(Load {
        spent: spent(780, "2026-11-21"),
        ..load("a", 2)
    });
    let role = &until_the_day_before.roles[0];
    assert_eq!(role.firsts.near, Some(When::Day(0)));
    assert_eq!(
        role.spent,
        micro(20 + 16 + 420),
        "what came before the first day is not in it"
    );
    assert_eq!(until_the_day_before.windows(0)[0].spent, micro(780 + 36));
    // Until the 18th 740: the 19th to the 21st are forecast too, 60, and reach 800 before the first day.
    let earlier = at(Load {
        spent: spent(740, "2026-11-18"),
        ..load("a", 2)
    });
    assert_eq!(earlier.roles[0].firsts.near, Some(When::Now));
    assert_eq!(earlier.roles[0].spent, micro(18 + 420));
    // Until the 24th: three days of the forecast are in it.
    let later = at(Load {
        spent: spent(780, "2026-11-24"),
        ..load("a", 2)
    });
    assert_eq!(later.roles[0].firsts.near, Some(When::Day(3)));
    assert_eq!(later.roles[0].spent, micro(780 + 20 + 10 + 420));
    // Nothing said: it starts at nothing and says so.
    let silent = at(load("a", 2));
    assert_eq!(silent.windows(0)[0].spent, micro(180));
    assert_eq!(
        silent.warnings[0].sentence(),
        "What was spent from 2026-11-01 to 2026-11-21 is not known for a. It counts as nothing, so thresholds come too \
         late; give what was spent in the workload."
    );
    // Of another window: not counted, and told.
    for until in ["2026-10-31", "2026-12-01"] {
        let other = at(Load {
            spent: spent(780, until),
            ..load("a", 2)
        });
        assert_eq!(other.roles[0].already, None);
        assert_eq!(
            other.warnings[0].message,
            format!(
                "What a has spent until {until} is not counted: the running window is 2026-11-01 to 2026-11-30."
            )
        );
    }
}

#[test]
fn a_year_is_366_days_at_most() {
    let forecast = one(&[10, 1], 1_000_000, 1, 999, |_, _| {});
    assert_eq!(forecast.start.days(), 366);
    assert_eq!(forecast.total(), micro(3660));
    assert_eq!(forecast.spans.len(), 13, "1 November to 1 November");
}

#[test]
fn the_largest_figures_there_may_be_neither_overflow_nor_panic() {
    let most = u64::MAX;
    let forecast = one(&[most, most - 1, 0], most, most, 366, |_, load| {
        *load = Load {
            input_tokens: most,
            output_tokens: most,
            growth_percent: i16::MAX,
            spent: Some(Spent {
                amount: Money::of_micro_cents(u128::MAX),
                until: date("2026-11-01"),
            }),
            ..load.clone()
        };
    });
    assert_eq!(forecast.refused(), 0);
    let unlimited = one(&[most], most, most, 366, |settings, load| {
        settings.enforcement = false;
        load.growth_percent = 300;
        load.input_tokens = most;
    });
    assert!(unlimited.total() > micro(most));
    let nothing = one(&[0], 1, 0, 30, |_, load| load.input_tokens = 0);
    assert_eq!(nothing.total(), Money::ZERO);
}
