//! What the live budget takes: the forecast itself, a key until the budget on the screen follows, and the bytes of it.

use std::hint::black_box;
use std::path::Path;
use std::time::{Duration, Instant};

use vapora_tui::budget::settings::{Provider, RoleLimit};
use vapora_tui::budget::workload::Load;
use vapora_tui::budget::{Forecast, Inputs, Money, Settings, Start, Workload};
use vapora_tui::form::date::Date;
use vapora_tui::workspace::Workspace;

use crate::figure::{Figure, Number};
use crate::terminal::{BACKSPACE, CTRL_U, ENTER, Terminal};
use crate::typing::milliseconds;
use crate::{Counts, wizard};

/// Between two keys; nobody types faster, and the verdict of the one before is in.
const BETWEEN_KEYS: Duration = Duration::from_millis(6);
/// A key's frame and its verdict's are out when nothing came for so long.
const KEY_DONE: Duration = Duration::from_millis(20);

pub fn budget(counts: &Counts, folder: &Path) -> Vec<Figure> {
    let mut figures = forecasts(counts);
    let mut terminal = wizard(folder, "enterprise");
    terminal.press("/", "Search");
    terminal.press("archi", "architect_cents");
    terminal.press(ENTER, "▸ Architect");
    terminal.press("b", "Budget against enterprise");
    figures.push(
        Figure::new(
            "key to updated budget on the screen",
            "ms",
            keys(counts, &mut terminal),
        )
        .at_most(Number::P95, 10.0),
    );
    figures.push(
        Figure::new(
            "typed digit with the budget open",
            "bytes",
            bytes(counts, &mut terminal),
        )
        .at_most(Number::P95, 600.0),
    );
    figures
}

/// A digit more and its removal: both move limit, total and what changed.
fn keys(counts: &Counts, terminal: &mut Terminal) -> Vec<f64> {
    terminal.press(ENTER, "[5000.00");
    terminal.press(&format!("{CTRL_U}4000"), "of $10,000/mo");
    let mut taken = Vec::new();
    for _ in 0..counts.keys / 2 {
        for (key, total) in [("5", "of $46,005/mo"), (BACKSPACE, "of $10,000/mo")] {
            terminal.drain(BETWEEN_KEYS);
            let sent = terminal.send(key);
            taken.push(milliseconds(sent, terminal.wait_for(total)));
        }
    }
    taken
}

fn bytes(counts: &Counts, terminal: &mut Terminal) -> Vec<f64> {
    let mut bytes = Vec::new();
    for amount in ["4000", "2500", "6125", "3999"].iter().cycle() {
        terminal.send(CTRL_U);
        terminal.drain(KEY_DONE);
        for digit in amount.chars() {
            terminal.send(&digit.to_string());
            bytes.push(terminal.drain(KEY_DONE) as f64);
        }
        if bytes.len() >= counts.keys / 5 {
            break;
        }
    }
    bytes
}

fn forecasts(counts: &Counts) -> Vec<Figure> {
    let inputs = Inputs::read(&Workspace::at("/"), None);
    let of = |roles: usize, days: u16, samples: usize| -> Vec<f64> {
        let (settings, workload) = (settings(roles), workload(roles));
        let start = Start::days_from(Date::EPOCH.plus(20_819), days);
        let once = || {
            let begun = Instant::now();
            black_box(Forecast::of(
                black_box(&settings),
                &workload,
                &inputs.prices,
                start,
            ));
            begun.elapsed().as_secs_f64() * 1e6
        };
        (0..samples).map(|_| once()).collect()
    };
    vec![
        Figure::new(
            "forecast of 4 roles, 31 days, 4 providers",
            "µs",
            of(4, 31, counts.keys),
        )
        .at_most(Number::P95, 200.0),
        Figure::new(
            "forecast of 200 roles, 366 days",
            "µs",
            of(200, 366, counts.keys / 10),
        )
        .at_most(Number::P95, 20_000.0),
    ]
}

fn name(i: usize) -> String {
    format!("role-{i}")
}

fn settings(roles: usize) -> Settings {
    let providers = [
        ("claude", "claude-opus"),
        ("openai", "gpt-4"),
        ("gemini", "gemini-2.0-flash"),
        ("ollama", "llama2"),
    ];
    let provider = |(name, model): (&str, &str)| Provider {
        name: name.to_owned(),
        on: true,
        model: model.to_owned(),
    };
    Settings {
        threshold_percent: 75,
        providers: providers.map(provider).into(),
        chain: providers.map(|(name, _)| name.to_owned()).into(),
        roles: (0..roles)
            .map(|i| RoleLimit {
                role: name(i),
                limit: Some(Money::of_cents(400_000)),
            })
            .collect(),
        ..Settings::default()
    }
}

fn workload(roles: usize) -> Workload {
    Workload {
        roles: (0..roles)
            .map(|i| Load {
                role: name(i),
                calls_a_day: 1000 + 10 * i as u64,
                input_tokens: 9000,
                output_tokens: 2000,
                growth_percent: 5,
                provider: Some("claude".to_owned()),
                ..Load::default()
            })
            .collect(),
        ..Workload::default()
    }
}
