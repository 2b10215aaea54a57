//! What holds for every forecast, tried on many small ones; and the closed form against calls one by one.

use proptest::prelude::*;

use super::super::calendar::Window;
use super::super::role::Firsts;
use super::super::workload::Spent;
use super::*;

/// A small world: up to four providers, three roles, 70 days.
#[derive(Clone, Debug)]
struct World {
    settings: Settings,
    costs: Vec<u64>,
    workload: Workload,
    start: Start,
}

impl World {
    fn forecast(&self) -> Forecast {
        Forecast::of(
            &self.settings,
            &self.workload,
            &prices(&self.costs),
            self.start,
        )
    }
}

fn load_of() -> impl Strategy<Value = Load> {
    let spent = proptest::option::weighted(0.3, (0_u64..200, 0_i32..25));
    (0_u64..12, -30_i16..60, 0..6_usize, spent).prop_map(|(calls, growth, prefers, spent)| Load {
        growth_percent: growth,
        provider: NAMES.get(prefers).map(|name| (*name).to_owned()),
        spent: spent.map(|(amount, day)| Spent {
            amount: micro(amount),
            until: date("2026-11-01").plus(day),
        }),
        ..load("", calls)
    })
}

fn world() -> impl Strategy<Value = World> {
    let roles = proptest::collection::vec((load_of(), 1_u64..160), 1..4);
    let providers = proptest::collection::vec((0_u64..14, any::<bool>()), 4);
    let chain = proptest::sample::subsequence(NAMES.to_vec(), 0..=4).prop_shuffle();
    let windows = proptest::sample::select(Window::ALL.to_vec());
    let days = (0_i32..40, 1_u16..70);
    (
        roles,
        providers,
        chain,
        windows,
        0_u8..=100,
        any::<bool>(),
        days,
    )
        .prop_map(
            |(roles, providers, chain, window, threshold, fallback, (first, days))| {
                let costs: Vec<u64> = providers.iter().map(|(cost, _)| *cost).collect();
                let mut settings = settings(&costs);
                for (provider, (_, on)) in settings.providers.iter_mut().zip(&providers) {
                    provider.on = *on;
                }
                settings.chain = chain.into_iter().map(str::to_owned).collect();
                settings.window = window;
                settings.threshold_percent = threshold;
                settings.auto_fallback = fallback;
                let mut workload = Workload::default();
                for (i, (load, of)) in roles.into_iter().enumerate() {
                    let role = format!("r{i}");
                    settings.roles.push(limit(&role, of));
                    workload.roles.push(Load { role, ..load });
                }
                let start = Start::days_from(date("2026-11-01").plus(first), days);
                World {
                    settings,
                    costs,
                    workload,
                    start,
                }
            },
        )
}

/// Only this provider is on.
fn only(world: &mut World, name: &str) {
    for provider in &mut world.settings.providers {
        provider.on = provider.name == name;
    }
}

/// The spend and the refused calls of one role, call by call, as the rule is written.
fn call_by_call(world: &World, forecast: &Forecast, place: usize) -> (u128, u64) {
    let role = &forecast.roles[place];
    let choice = role.choice.unwrap();
    let limit = role.limit.unwrap().micro_cents();
    let percent = u128::from(world.settings.threshold_percent);
    let cost =
        |offer: Option<super::super::choice::Offer>| offer.map(|offer| offer.cost.micro_cents());
    let calls: Vec<u64> = role
        .load
        .calls()
        .take(usize::from(world.start.days()))
        .collect();
    let (mut total, mut refused, mut spent) = (0, 0, 0);
    let mut window = None;
    let already = role.already.and(role.load.spent);
    let one_call = |spent: &mut u128| -> Option<u128> {
        let chosen = if *spent * 100 < percent * limit {
            cost(choice.normal)
        } else if *spent < limit {
            cost(choice.near).or(cost(choice.normal))
        } else {
            None
        };
        let fitting = |cost: &u128| *spent + cost <= limit;
        let cost = chosen
            .filter(fitting)
            .or_else(|| cost(choice.exceeded).filter(|cost| *cost == 0 || fitting(cost)))?;
        *spent += cost;
        Some(cost)
    };
    for (day, calls) in calls.iter().enumerate() {
        let today = world.start.date_of(u16::try_from(day).unwrap());
        let first = world.settings.window.first(today);
        if window != Some(first) {
            spent = 0;
            if let (None, Some(already)) = (window, already) {
                spent = already.amount.micro_cents();
                if already.until >= today {
                    total += spent;
                }
                let mut between = already.until.plus(1);
                while between < today {
                    for _ in 0..role.load.calls_a_day {
                        one_call(&mut spent);
                    }
                    between = between.plus(1);
                }
            }
            window = Some(first);
        }
        if already.is_some_and(|already| today <= already.until) {
            continue;
        }
        for _ in 0..*calls {
            match one_call(&mut spent) {
                Some(cost) => total += cost,
                None => refused += 1,
            }
        }
    }
    (total, refused)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn the_closed_form_is_the_same_as_call_by_call(world in world()) {
        let forecast = world.forecast();
        for (place, role) in forecast.roles.iter().enumerate() {
            let expected = call_by_call(&world, &forecast, place);
            prop_assert_eq!((role.spent.micro_cents(), role.served.refused), expected);
        }
    }

    #[test]
    fn no_role_passes_its_limit(world in world()) {
        let forecast = world.forecast();
        for (place, role) in forecast.roles.iter().enumerate() {
            // What is spent already may be over it.
            let most = role.limit.unwrap().max(role.already.unwrap_or_default());
            for window in forecast.windows(place) {
                prop_assert!(window.spent <= most);
            }
            for spent in forecast.curve(place) {
                prop_assert!(spent <= most);
            }
        }
    }

    #[test]
    fn below_every_threshold_a_higher_limit_changes_nothing(mut world in world(), more in 1_u64..500, few in 0_u64..3) {
        // Most worlds would reach one.
        for load in &mut world.workload.roles {
            load.calls_a_day = load.calls_a_day.min(few);
            load.spent = None;
        }
        for role in &mut world.settings.roles {
            role.limit = role.limit.map(|limit| limit.times(40));
        }
        world.settings.threshold_percent |= 64;
        world.settings.threshold_percent = world.settings.threshold_percent.min(100);
        let before = world.forecast();
        prop_assume!(before.roles.iter().all(|role| role.firsts == Firsts::default()));
        for role in &mut world.settings.roles {
            role.limit = role.limit.map(|limit| limit + micro(more));
        }
        let after = world.forecast();
        for (place, (was, is)) in before.roles.iter().zip(&after.roles).enumerate() {
            prop_assert_eq!(was.served, is.served);
            prop_assert_eq!(was.spent, is.spent);
            prop_assert_eq!(before.curve(place), after.curve(place));
        }
    }

    #[test]
    fn a_dearer_price_never_lowers_the_cost_of_the_same_provider(mut world in world(), more in 1_u64..9) {
        only(&mut world, "claude");
        for role in &mut world.settings.roles {
            role.limit = Some(micro(100_000));
        }
        let before = world.forecast();
        world.costs[0] += more;
        let after = world.forecast();
        prop_assert_eq!((before.refused(), after.refused()), (0, 0));
        prop_assert!(after.total() >= before.total());
        for (was, is) in before.roles.iter().zip(&after.roles) {
            prop_assert!(is.spent >= was.spent);
        }
    }

    #[test]
    fn with_one_provider_a_higher_limit_never_refuses_more(mut world in world(), more in 1_u64..50) {
        only(&mut world, "claude");
        let before = world.forecast();
        for role in &mut world.settings.roles {
            role.limit = role.limit.map(|limit| limit + micro(more));
        }
        let after = world.forecast();
        for (was, is) in before.roles.iter().zip(&after.roles) {
            prop_assert!(is.served.refused <= was.served.refused);
        }
    }

    #[test]
    fn totals_are_the_sums_of_their_parts(world in world()) {
        let forecast = world.forecast();
        let roles: Money = forecast.roles.iter().map(|role| role.spent).sum();
        prop_assert_eq!(forecast.total(), roles);
        let models: Money = forecast.by_model().iter().map(|of| of.spent).sum();
        prop_assert_eq!(forecast.total(), models + forecast.spent_already());
        for (place, role) in forecast.roles.iter().enumerate() {
            let days = 0..world.start.days();
            let day = |day| forecast.spent_on(place, day).map(|of| of.spent).sum::<Money>();
            prop_assert_eq!(role.spent, role.spent_already + days.clone().map(day).sum());
            let refused: u64 = days.map(|day| forecast.served(place, day).refused).sum();
            prop_assert_eq!(role.served.refused, refused);
            let windows: u64 = forecast.windows(place).iter().map(|window| window.refused).sum();
            prop_assert_eq!(windows, refused);
        }
    }

    #[test]
    fn with_fallback_and_ollama_in_the_chain_nothing_is_refused(mut world in world()) {
        world.costs[3] = 0;
        world.settings.auto_fallback = true;
        world.settings.providers[3].on = true;
        world.settings.chain.retain(|name| name != "ollama");
        world.settings.chain.push("ollama".into());
        prop_assert_eq!(world.forecast().refused(), 0);
    }

    #[test]
    fn what_is_written_reads_back(world in world(), sample in any::<bool>(), text in "[ -~]{0,40}") {
        let workload = Workload {
            sample,
            description: text.trim().to_owned(),
            ..world.workload
        };
        let read = Workload::read(std::path::Path::new("w.toml"), &workload.text());
        prop_assert_eq!(read.problems, vec![]);
        prop_assert_eq!(read.workload, workload);
    }

    #[test]
    fn no_text_makes_reading_fail(text in ".{0,200}") {
        let file = std::path::Path::new("x.toml");
        for text in [text.clone(), format!("[roles.a]\n{text}"), format!("[[price]]\n{text}")] {
            drop(Workload::read(file, &text));
            drop(Prices::read(file, &text));
        }
    }
}
