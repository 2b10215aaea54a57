//! The spend of a role as a curve over the days, with threshold and limit as lines: dots of an eighth of a cell where
//! the terminal has them, a star a cell where not. Labels carry the meaning, no colour.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::put;
use crate::budget::settings::Enforced;
use crate::budget::{Forecast, Money, sentence};
use crate::tui::text::width;
use crate::tui::theme;

/// Dots of a cell: two columns, four rows.
const DOTS: [[u32; 2]; 4] = [[0x01, 0x08], [0x02, 0x10], [0x04, 0x20], [0x40, 0x80]];
const EMPTY: u32 = 0x2800;
/// Columns between two labels of the days.
const APART: u16 = 5;

/// How high an amount stands, in `0..=most`.
fn level(amount: Money, top: Money, most: usize) -> usize {
    // Both smaller alike, so that the product fits.
    let shift = 32_u32.saturating_sub(top.micro_cents().max(amount.micro_cents()).leading_zeros());
    let (amount, top) = (amount.micro_cents() >> shift, top.micro_cents() >> shift);
    let most_wide = u128::try_from(most).unwrap_or(0);
    match (amount * most_wide).checked_div(top) {
        Some(level) => usize::try_from(level).unwrap_or(most).min(most),
        None => 0,
    }
}

/// Draws the curve of a role into `area`, which has at least four rows.
pub fn curve(forecast: &Forecast, place: usize, area: Rect, buffer: &mut Buffer) {
    let Some(role) = forecast.roles.get(place) else {
        return;
    };
    let title = format!("{}, spent by day", sentence::capital(role.name()));
    put(
        buffer,
        area.x + 1,
        area.y,
        &title,
        usize::from(area.width) - 2,
        theme::STRONG,
    );
    let settings = &forecast.settings;
    let enforced = settings.enforced() == Enforced::On;
    let limit = role.limit.filter(|_| enforced && role.gap.is_none());
    let threshold = limit.and_then(|_| role.threshold(settings.threshold_percent));
    let points = forecast.curve(place);
    let highest = points.iter().copied().max().unwrap_or_default();
    let top = highest.max(limit.unwrap_or_default());
    let near = threshold
        .map(|amount| format!("{} %", settings.threshold_percent) + " " + &amount.dollars());
    let lines = [
        limit.map(|limit| (limit, format!("limit {}", limit.dollars()), "─")),
        threshold
            .zip(near)
            .map(|(amount, label)| (amount, label, ".")),
        limit.is_none().then(|| (highest, highest.dollars(), " ")),
    ];
    let labels = lines
        .iter()
        .flatten()
        .map(|(_, label, _)| width(label))
        .max();
    let label_columns = u16::try_from(labels.unwrap_or(0)).unwrap_or(0).max(3);
    let left = area.x + 1 + label_columns + 1;
    let plot = Rect {
        x: left,
        y: area.y + 1,
        width: area.right().saturating_sub(left + 1),
        height: area.height.saturating_sub(2),
    };
    if plot.width < 4 || plot.height == 0 {
        return;
    }
    let rows = usize::from(plot.height);
    let most = rows * 4 - 1;
    let mut labelled = vec![false; rows];
    for (amount, label, sign) in lines.into_iter().flatten() {
        let row = (most - level(amount, top, most)) / 4;
        if std::mem::replace(&mut labelled[row], true) {
            continue;
        }
        let y = plot.y + u16::try_from(row).unwrap_or(0);
        let text = format!("{label:>columns$}", columns = usize::from(label_columns));
        put(
            buffer,
            area.x + 1,
            y,
            &text,
            usize::from(label_columns),
            theme::QUIET,
        );
        for x in plot.left()..plot.right() {
            put(buffer, x, y, sign, 1, theme::QUIET);
        }
    }
    dots(&points, top, plot, buffer);
    days(points.len(), area.x + 1, plot, buffer);
}

fn dots(points: &[Money], top: Money, plot: Rect, buffer: &mut Buffer) {
    let (columns, rows) = (usize::from(plot.width), usize::from(plot.height));
    let most = rows * 4 - 1;
    let last = points.len().saturating_sub(1);
    let mut cells = vec![0_u32; columns * rows];
    let mut before: Option<usize> = None;
    for x in 0..columns * 2 {
        let day = (x * last + columns) / (columns * 2 - 1).max(1);
        let Some(point) = points.get(day.min(last)) else {
            return;
        };
        let now = level(*point, top, most);
        // A steep day leaves no gap; where a window ends the curve begins anew.
        let from = before
            .filter(|before| *before < now)
            .map_or(now, |before| before + 1);
        for level in from..=now {
            let y = most - level;
            cells[y / 4 * columns + x / 2] |= DOTS[y % 4][x % 2];
        }
        before = Some(now);
    }
    for (i, bits) in cells.into_iter().enumerate().filter(|(_, bits)| *bits > 0) {
        let sign = char::from_u32(EMPTY + bits).unwrap_or('*').to_string();
        let x = plot.x + u16::try_from(i % columns).unwrap_or(0);
        let y = plot.y + u16::try_from(i / columns).unwrap_or(0);
        buffer.set_string(x, y, sign, Style::reset());
    }
}

/// The numbers of days below the plot: the first, the last, and round ones between.
fn days(count: usize, label: u16, plot: Rect, buffer: &mut Buffer) {
    let y = plot.bottom();
    put(buffer, label, y, "day", 3, theme::QUIET);
    let last = count.saturating_sub(1).max(1);
    let span = usize::from(plot.width) - 1;
    let at = |day: usize| plot.x + u16::try_from((day - 1) * span / last).unwrap_or(0);
    let apart = |step: usize| span * step / last >= usize::from(APART);
    let step = [5, 10, 20, 50, 100].into_iter().find(|step| apart(*step));
    let step = step.unwrap_or(count.max(1));
    let round = (step..count).step_by(step);
    let mut free = 0;
    let end = at(count.max(1));
    for day in std::iter::once(1).chain(round).chain([count]) {
        let text = day.to_string();
        let columns = u16::try_from(text.len()).unwrap_or(1);
        // The last day's number ends with the plot.
        let x = at(day).min(plot.right().saturating_sub(columns));
        let last_needs = u16::try_from(count.to_string().len()).unwrap_or(1) + 1;
        if x < free || (day != count && x + columns + last_needs > end) {
            continue;
        }
        put(buffer, x, y, &text, text.len(), theme::QUIET);
        free = x + columns + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_stand_as_high_as_their_share() {
        let money = Money::of_micro_cents;
        for (amount, top, expected) in [
            (0, 100, 0),
            (50, 100, 20),
            (100, 100, 40),
            (200, 100, 40),
            (7, 0, 0),
            (u128::MAX, u128::MAX, 40),
            (u128::MAX / 2, u128::MAX, 19),
        ] {
            assert_eq!(
                level(money(amount), money(top), 40),
                expected,
                "{amount} of {top}"
            );
        }
    }
}
