//! What is said around the figures of the budget, on every screen that shows it: title, days and workload, the
//! sentence of the role in focus, warnings. Leaves to others: the sentences themselves (`budget` of the core).

use crate::budget::settings::Enforced;
use crate::budget::{Forecast, changed, headline, sentence};
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::text::{fit_words, fold, width};
use crate::tui::window::Window;

/// `Budget: now against enterprise`.
pub fn title(app: &App) -> String {
    match app.budget.before() {
        Some(_) => format!("Budget: now against {}", app.left_title(app.budget.left())),
        None => "Budget".to_owned(),
    }
}

/// `November, 30 days, sample load`: as much as has room; that it is a sample stays longest.
pub fn remark(app: &App, columns: usize) -> String {
    let Some(forecast) = app.budget.now() else {
        return String::new();
    };
    let load = headline::load(forecast, app.workload_name().unwrap_or_default());
    let full = format!("{}, {load}", forecast.start.words());
    if width(&full) <= columns { full } else { load }
}

/// What stands below the table, the most important first: why figures are not of now, that no limit is applied, what
/// changed for the role in focus or what happens to it, and what is doubtful.
pub fn below(app: &App) -> Vec<String> {
    let mut texts: Vec<String> = app.budget_notice().into_iter().collect();
    let Some(forecast) = app.budget.now() else {
        return texts;
    };
    let all = sentence::of_all(forecast).into_iter();
    if forecast.settings.enforced() != Enforced::On || forecast.has_gaps() {
        texts.extend(all.take(1).map(|sentence| sentence.text));
    }
    texts.push(of_role(app, forecast));
    texts.extend(warning(app));
    texts
}

/// What changed for the role in focus, else what happens to it.
fn of_role(app: &App, forecast: &Forecast) -> String {
    let place = app.role_in_focus();
    if let (Some(before), Some(changes)) = (app.budget.before(), app.budget.changes()) {
        let mut roles = changes.roles.iter();
        let change = roles.find(|change| change.places.1 == Some(place));
        if let Some(changed) = change.and_then(|change| changed::of(before, forecast, change)) {
            return changed.text;
        }
    }
    what_happens(forecast, place)
}

/// What happens to a role.
pub fn what_happens(forecast: &Forecast, place: usize) -> String {
    let sentences = sentence::of_role(forecast, place);
    let texts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
    texts.join(" ")
}

/// The first warning, and how many there are besides.
fn warning(app: &App) -> Option<String> {
    let mut warnings = app.budget_warnings();
    let first = warnings.next()?;
    let more = match warnings.count() {
        0 => String::new(),
        n => format!(" And {n} more."),
    };
    Some(format!("! {}{more}", first.message))
}

/// Texts folded into at most so many lines; each gets at least one before a longer one gets its second.
pub fn lines(texts: &[String], columns: usize, rows: usize) -> Vec<String> {
    let folded: Vec<Vec<String>> = texts.iter().map(|text| fold(text, columns)).collect();
    let mut spare = rows.saturating_sub(folded.len());
    let mut lines = Vec::new();
    for mut part in folded.into_iter().take(rows) {
        let room = 1 + spare;
        if part.len() > room {
            // No word is cut in its middle.
            let rest = part.split_off(room - 1).join(" ");
            part.push(fit_words(&rest, columns));
        }
        spare = room - part.len().max(1).min(room);
        lines.extend(part);
    }
    lines
}

/// The help lines: what happens to the role that is pointed at.
pub fn help(app: &App) -> String {
    match (app.budget_notice(), app.budget.now()) {
        (_, None) => headline::NEEDS_WORKLOAD.to_owned(),
        (Some(notice), _) => notice,
        (None, Some(forecast)) => what_happens(forecast, app.role_in_focus()),
    }
}

/// The line below: where the key for the cause goes, and what the figures are compared with.
pub fn line(app: &App, columns: usize) -> String {
    let [open, compare] = [Action::Open, Action::BudgetAgainst].map(|a| app.keymap.key(a));
    let in_full = matches!(app.windows.last(), Some(Window::Budget(_)));
    if app.budget.now().is_none() {
        let edit = app.keymap.key(Action::EditWorkload);
        return match app.workload_name() {
            Some(_) if in_full => format!("{edit} opens an editor for them."),
            Some(_) => {
                format!("{open} shows the budget in full; there {edit} opens an editor for them.")
            }
            None => String::new(),
        };
    }
    if !in_full {
        return format!("{open} shows the budget in full.");
    }
    let against = format!("{compare} compares with something else.");
    let Some(path) = app.cause_of_role() else {
        return against;
    };
    let name = app.name(&path);
    let texts = [
        format!("{open} goes to {name} ({path}). {against}"),
        format!("{open} goes to {name}. {against}"),
    ];
    let fits = texts.into_iter().find(|text| width(text) <= columns);
    fits.unwrap_or_else(|| format!("{open} goes to {name}."))
}
