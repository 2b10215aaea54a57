//! The table of roles: limit, forecast, gauge, when the threshold is reached and what then; and the total.
//! Serves the pane below the fields and the full screen. Leaves to others: the narrow side pane (`budget_side`).

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::budget_gauge::{LONGEST, SHORTEST, gauge};
use super::put;
use crate::budget::role::{Role, When};
use crate::budget::settings::Enforced;
use crate::budget::{Forecast, Money, Window, sentence};
use crate::tui::app::App;
use crate::tui::list::Cursor;
use crate::tui::text::width;
use crate::tui::theme;

/// No name of a role gets more columns, on a screen of so many columns.
const MOST_NAME: [(usize, usize); 2] = [(100, 40), (0, 16)];

/// What stands in the row of a role.
pub struct Cells {
    pub name: String,
    pub limit: String,
    pub spent: String,
    pub reaches: String,
    pub then: String,
}

impl Cells {
    pub fn of(forecast: &Forecast, role: &Role) -> Self {
        let none = || "–".to_owned();
        Self {
            name: role.name().to_owned(),
            limit: role.limit.map_or_else(none, Money::dollars),
            spent: match role.gap {
                Some(_) => "?".to_owned(),
                None => role.spent.dollars(),
            },
            reaches: match role.firsts.near {
                Some(When::Now) => "over now".to_owned(),
                Some(day @ When::Day(_)) => day.to_string(),
                None => none(),
            },
            then: sentence::then(forecast, role).unwrap_or_default(),
        }
    }
}

/// The gauge of a role, or in its place why there is none.
pub fn bar(forecast: &Forecast, place: usize, columns: usize) -> String {
    let settings = &forecast.settings;
    let reached = |role: &Role| role.firsts.near.is_some();
    match (settings.enforced(), forecast.utilisation(place)) {
        (Enforced::On, Some(percent)) => {
            let reached = forecast.roles.get(place).is_some_and(reached);
            gauge(percent, settings.threshold_percent, reached, columns)
        }
        (Enforced::On, None) => "no limit".to_owned(),
        (Enforced::NotTracked, _) => "not tracked".to_owned(),
        (Enforced::Off, _) => "not enforced".to_owned(),
    }
}

/// `limit`, or `limit/week`.
fn limit_head(forecast: &Forecast) -> String {
    match forecast.settings.window {
        Window::Monthly => "limit".to_owned(),
        window => format!("limit/{}", window.noun()),
    }
}

/// Where the columns begin and end.
struct Columns {
    name: usize,
    /// Where the amounts end.
    limit: usize,
    spent: usize,
    gauge: usize,
    bar: usize,
    reaches: usize,
    then: usize,
    head_reaches: String,
}

impl Columns {
    fn of(forecast: &Forecast, rows: &[Cells], inner: usize) -> Self {
        let longest = |texts: &mut dyn Iterator<Item = &str>| texts.map(width).max().unwrap_or(0);
        let name = longest(&mut rows.iter().map(|row| row.name.as_str()));
        let most = MOST_NAME.into_iter().find(|(columns, _)| inner >= *columns);
        let name = name.clamp(9, most.map_or(9, |(_, most)| most));
        let head = limit_head(forecast);
        let limits = forecast.limits().dollars();
        let mut all = rows.iter().map(|row| row.limit.as_str());
        let limit = longest(&mut all).max(width(&head)).max(width(&limits));
        let total = forecast.total().dollars();
        let mut all = rows.iter().map(|row| row.spent.as_str());
        let spent = longest(&mut all).max("forecast".len()).max(width(&total));
        let limit = 1 + name + 2 + limit;
        let spent = limit + 2 + spent;
        let gauge = spent + 1;
        let percent = forecast.settings.threshold_percent;
        let then = longest(&mut rows.iter().map(|row| row.then.as_str())).max("then".len());
        let heads = [format!("reaches {percent} %"), format!("at {percent} %")];
        let room = |head: &String| {
            let reaches = width(head).max("over now".len());
            inner.saturating_sub(gauge + 1 + reaches + 2 + then + 1)
        };
        let [long, short] = heads;
        let head_reaches = if room(&long) >= LONGEST { long } else { short };
        let bar = room(&head_reaches).min(LONGEST);
        let bar = if bar < SHORTEST { 0 } else { bar };
        let reaches = gauge + bar + usize::from(bar > 0);
        Self {
            name,
            limit,
            spent,
            gauge,
            bar,
            reaches,
            then: reaches + width(&head_reaches).max("over now".len()) + 2,
            head_reaches,
        }
    }
}

/// The rows of the table for so many roles: with head and total.
pub fn height(roles: usize) -> usize {
    roles + 2
}

/// Draws head, roles and total; where room is short the total goes, and roles scroll so that the chosen one shows.
pub fn table(app: &App, forecast: &Forecast, area: Rect, buffer: &mut Buffer) {
    let inner = usize::from(area.width);
    let cells = forecast.roles.iter().map(|role| Cells::of(forecast, role));
    let cells: Vec<Cells> = cells.collect();
    let columns = Columns::of(forecast, &cells, inner);
    let mut put_at = |x: usize, y: u16, text: &str, room: usize, style: Style| {
        let room = room.min(inner.saturating_sub(x));
        let x = area.x + u16::try_from(x).unwrap_or(area.width);
        put(buffer, x, y, text, room, style);
    };
    let right = |text: &str, end: usize| end.saturating_sub(width(text));
    let quiet = theme::QUIET;
    let head = limit_head(forecast);
    put_at(1, area.y, "role", columns.name, quiet);
    put_at(right(&head, columns.limit), area.y, &head, inner, quiet);
    let word = "forecast";
    put_at(right(word, columns.spent), area.y, word, inner, quiet);
    let on = forecast.settings.enforced() == Enforced::On;
    if on {
        put_at(columns.reaches, area.y, &columns.head_reaches, inner, quiet);
        put_at(columns.then, area.y, "then", inner, quiet);
    }
    let total_shows = area.height >= 3;
    let shown = usize::from(area.height.saturating_sub(1 + u16::from(total_shows)));
    let chosen = app.role_in_focus();
    let mut cursor = Cursor {
        at: chosen,
        offset: 0,
    };
    cursor.show(cells.len(), shown);
    let rows = cells.iter().enumerate().skip(cursor.offset).take(shown);
    let mut y = area.y;
    for (i, row) in rows {
        y += 1;
        let is_chosen = i == chosen;
        let style = if is_chosen && app.steps_roles() {
            theme::SELECTED
        } else {
            Style::new()
        };
        if is_chosen {
            put_at(0, y, theme::POINTER, 1, Style::new());
        }
        put_at(1, y, &row.name, columns.name, style);
        put_at(
            right(&row.limit, columns.limit),
            y,
            &row.limit,
            inner,
            Style::new(),
        );
        put_at(
            right(&row.spent, columns.spent),
            y,
            &row.spent,
            inner,
            Style::new(),
        );
        if columns.bar > 0 || !on {
            let bar = bar(forecast, i, columns.bar);
            put_at(columns.gauge, y, &bar, inner, Style::new());
        }
        if on {
            put_at(columns.reaches, y, &row.reaches, inner, Style::new());
            put_at(columns.then, y, &row.then, inner, Style::new());
        }
    }
    if total_shows {
        let y = area.bottom() - 1;
        let (limits, total) = (forecast.limits().dollars(), forecast.total().dollars());
        put_at(1, y, "total", columns.name, theme::STRONG);
        put_at(
            right(&limits, columns.limit),
            y,
            &limits,
            inner,
            Style::new(),
        );
        put_at(
            right(&total, columns.spent),
            y,
            &total,
            inner,
            theme::STRONG,
        );
        let room = inner.saturating_sub(columns.spent + 4);
        put_at(
            columns.spent + 3,
            y,
            &beside_the_total(app, forecast, room),
            room,
            Style::new(),
        );
    }
}

/// `was $6,578: -$737 (-11 %)   0 calls refused`: as much as has room; refused calls come first when there are any.
fn beside_the_total(app: &App, forecast: &Forecast, columns: usize) -> String {
    let refused = forecast.refused();
    let calls = format!("{} refused", sentence::counted(refused));
    let change = change(app);
    let mut texts = vec![match &change {
        Some(change) => format!("{change}   {calls}"),
        None => calls.clone(),
    }];
    match change {
        Some(_) if refused > 0 => texts.push(calls),
        Some(change) => texts.push(change),
        None => {}
    }
    let changes = app.budget.changes();
    texts.extend(changes.map(|changes| changes.total.to_string()));
    let fits = texts.iter().position(|text| width(text) <= columns);
    texts.swap_remove(fits.unwrap_or(texts.len() - 1))
}

/// What changed of the total against what it is compared with.
pub fn change(app: &App) -> Option<String> {
    let changes = app.budget.changes()?;
    let total = changes.total;
    Some(if total.is_none() {
        format!("as in {}", app.left_title(app.budget.left()))
    } else {
        format!("was {}: {total}", total.before.dollars())
    })
}
