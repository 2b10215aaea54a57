//! A figure: what was measured, its samples, its limits, and the table of all.

use std::fmt::Write as _;

/// Which number of the samples a limit is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Number {
    Median,
    P95,
    P99,
    Max,
}

impl Number {
    const ALL: [Self; 4] = [Self::Median, Self::P95, Self::P99, Self::Max];

    fn word(self) -> &'static str {
        match self {
            Self::Median => "median",
            Self::P95 => "p95",
            Self::P99 => "p99",
            Self::Max => "max",
        }
    }

    /// The nearest rank of sorted samples.
    fn of(self, sorted: &[f64]) -> f64 {
        let percent = match self {
            Self::Median => 50,
            Self::P95 => 95,
            Self::P99 => 99,
            Self::Max => 100,
        };
        let rank = (sorted.len() * percent).div_ceil(100).max(1);
        sorted[rank - 1]
    }
}

/// One row of the table.
#[derive(Debug)]
pub struct Figure {
    what: String,
    unit: &'static str,
    samples: Vec<f64>,
    limits: Vec<(Number, f64)>,
    instead: Option<String>,
}

impl Figure {
    pub fn new(what: impl Into<String>, unit: &'static str, mut samples: Vec<f64>) -> Self {
        samples.sort_by(f64::total_cmp);
        Self {
            what: what.into(),
            unit,
            samples,
            limits: Vec::new(),
            instead: None,
        }
    }

    /// A figure that could not be had, and why.
    pub fn not_measured(what: impl Into<String>, why: impl Into<String>) -> Self {
        Self {
            instead: Some(format!("not measured: {}", why.into())),
            ..Self::new(what, "", Vec::new())
        }
    }

    pub fn at_most(mut self, number: Number, limit: f64) -> Self {
        self.limits.push((number, limit));
        self
    }

    fn is_over(&self) -> bool {
        let over = |(number, limit): &(Number, f64)| number.of(&self.samples) > *limit;
        self.limits.iter().any(over)
    }

    fn cells(&self) -> [String; 8] {
        let number = |value: f64| {
            if self.unit == "bytes" || value >= 1000.0 {
                format!("{value:.0}")
            } else {
                format!("{value:.2}")
            }
        };
        let several = self.samples.len() > 1;
        let shown = Number::ALL.map(|kind| match kind {
            _ if self.samples.is_empty() => String::new(),
            Number::Median => number(Number::Median.of(&self.samples)),
            kind if several => number(kind.of(&self.samples)),
            _ => String::new(),
        });
        let limits: Vec<String> = self
            .limits
            .iter()
            .map(|(kind, limit)| {
                let kind = if several { kind.word() } else { "" };
                format!("{kind} ≤ {limit}").trim_start().to_owned()
            })
            .collect();
        let verdict = match self.limits.as_slice() {
            [] => "",
            _ if self.is_over() => "OVER",
            _ => "ok",
        };
        let what = match self.unit {
            "" => self.what.clone(),
            unit => format!("{}, {unit}", self.what),
        };
        let [median, p95, p99, max] = shown;
        let count = self.samples.len().to_string();
        [
            what,
            count,
            median,
            p95,
            p99,
            max,
            limits.join(", "),
            verdict.to_owned(),
        ]
    }
}

/// The table, as Markdown.
pub fn table(figures: &[Figure]) -> String {
    let head = ["figure", "n", "median", "p95", "p99", "max", "limit", ""].map(str::to_owned);
    let measured = figures.iter().filter(|figure| figure.instead.is_none());
    let rows: Vec<[String; 8]> = std::iter::once(head)
        .chain(measured.map(Figure::cells))
        .collect();
    let width = |column: usize| rows.iter().map(|row| row[column].chars().count()).max();
    let widths: Vec<usize> = (0..8).map(|column| width(column).unwrap_or(0)).collect();
    let mut text = String::new();
    for (i, row) in rows.iter().enumerate() {
        for (column, (cell, width)) in row.iter().zip(&widths).enumerate() {
            // Numbers stand right.
            let _ = match column {
                1..=5 => write!(text, "| {cell:>width$} "),
                _ => write!(text, "| {cell:<width$} "),
            };
        }
        text.push_str("|\n");
        if i == 0 {
            for width in &widths {
                let _ = write!(text, "|{}", "-".repeat(width + 2));
            }
            text.push_str("|\n");
        }
    }
    for figure in figures {
        if let Some(why) = &figure.instead {
            let _ = writeln!(text, "\n{}: {why}", figure.what);
        }
    }
    text
}
