//! What there is to say about a forecast, in lines: providers and models, what changed and by how much, what happens to
//! each role, and what is doubtful. Leaves to others: the sentences (`budget` of the core), where they stand (`draw`).

use super::app::App;
use super::text::{fit, fold, width};
use crate::budget::compare::Comparison;
use crate::budget::settings::Enforced;
use crate::budget::{Change, Forecast, Money, changed, headline, sentence};

/// One line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    pub text: String,
    pub is_head: bool,
}

/// Collects lines of so many columns.
struct Text {
    columns: usize,
    lines: Vec<Line>,
}

impl Text {
    fn head(&mut self, text: &str) {
        if !self.lines.is_empty() {
            self.line(String::new());
        }
        self.lines.push(Line {
            text: fit(text, self.columns),
            is_head: true,
        });
    }

    fn line(&mut self, text: String) {
        self.lines.push(Line {
            text,
            is_head: false,
        });
    }

    fn sentence(&mut self, text: &str) {
        for line in fold(text, self.columns) {
            self.line(line);
        }
    }

    /// Names at the left, figures at the right: on one line when both fit, else on two.
    fn table(&mut self, rows: &[(String, String)]) {
        for (name, figures) in rows {
            let figures = fit(figures, self.columns);
            if width(name) + 1 + width(&figures) <= self.columns {
                let blanks = self.columns.saturating_sub(width(name) + width(&figures));
                self.line(format!("{name}{}{figures}", " ".repeat(blanks)));
            } else {
                let blanks = self.columns.saturating_sub(width(&figures));
                self.line(fit(name, self.columns));
                self.line(format!("{}{figures}", " ".repeat(blanks)));
            }
        }
    }
}

/// All lines of the text, for so many columns.
#[must_use]
pub fn lines(app: &App, columns: usize) -> Vec<Line> {
    let mut text = Text {
        columns,
        lines: Vec::new(),
    };
    if let Some(notice) = app.budget_notice() {
        text.sentence(&notice);
    }
    let Some(forecast) = app.budget.now() else {
        return text.lines;
    };
    for sentence in sentence::of_all(forecast).iter().take(urgent(forecast)) {
        text.sentence(&sentence.text);
    }
    models(&mut text, forecast);
    if let (Some(before), Some(changes)) = (app.budget.before(), app.budget.changes()) {
        let title = app.left_title(app.budget.left());
        text.head(&format!("Against {title}"));
        changes_of(&mut text, before, forecast, changes, app.keymap.arrow());
    }
    text.head("Role by role");
    for place in 0..forecast.roles.len() {
        let sentences = sentence::of_role(forecast, place);
        let parts: Vec<&str> = sentences.iter().map(|s| s.text.as_str()).collect();
        text.sentence(&parts.join(" "));
    }
    about_the_figures(app, &mut text, forecast);
    text.lines
}

/// How many of the sentences on the whole forecast say that figures do not mean what they seem to.
fn urgent(forecast: &Forecast) -> usize {
    let is_off = forecast.settings.enforced() != Enforced::On;
    usize::from(is_off) + usize::from(forecast.has_gaps())
}

fn models(text: &mut Text, forecast: &Forecast) {
    text.head("By provider and model");
    let models = forecast.by_model();
    let figures = |calls: &str, spent: Money| format!("{calls} {:>8}", spent.dollars());
    let mut rows: Vec<(String, String)> = Vec::new();
    for of in models {
        let name = format!("{} {}", of.model.provider, of.model.model);
        let name = crate::clean::line(name.trim_end());
        rows.push((name, figures(&sentence::counted(of.calls), of.spent)));
    }
    if !forecast.spent_already().is_zero() {
        rows.push((
            "spent already".to_owned(),
            figures("", forecast.spent_already()),
        ));
    }
    rows.push(("total".to_owned(), figures("", forecast.total())));
    text.table(&rows);
    if let Some(fallback) = headline::fallback(forecast) {
        text.sentence(&fallback);
    }
}

/// Every change with amount, percentage and both totals, then why.
fn changes_of(
    text: &mut Text,
    before: &Forecast,
    now: &Forecast,
    changes: &Comparison,
    arrow: &str,
) {
    if changes.is_none() {
        text.sentence("Nothing changes.");
        return;
    }
    let row =
        |name: &str, change: Change| (crate::clean::line(name), headline::both(change, arrow));
    let mut rows = vec![row("total", changes.total)];
    let roles = changes.roles.iter().filter(|role| !role.spent.is_none());
    rows.extend(roles.map(|role| row(&role.role, role.spent)));
    let models = changes.models.iter().filter(|model| !model.spent.is_none());
    rows.extend(models.map(|of| row(&format!("{} {}", of.provider, of.model), of.spent)));
    text.table(&rows);
    for role in &changes.roles {
        if let Some(changed) = changed::of(before, now, role) {
            text.sentence(&changed.text);
        }
    }
}

fn about_the_figures(app: &App, text: &mut Text, forecast: &Forecast) {
    text.head("What the figures rest on");
    let load = headline::load(forecast, app.workload_name().unwrap_or_default());
    text.sentence(&format!("{}, {load}.", forecast.start.words()));
    if let Some(workload) = app.workload().filter(|load| !load.description.is_empty()) {
        text.sentence(&crate::clean::line(&workload.description));
    }
    for sentence in sentence::of_all(forecast).iter().skip(urgent(forecast)) {
        text.sentence(&sentence.text);
    }
    for problem in app.budget_warnings() {
        // Of a file it says where; else the sentence names what it is about.
        let said = match &problem.place {
            Some(_) => app.whole_problem(problem),
            None => problem.sentence(),
        };
        text.sentence(&format!("! {said}"));
    }
}
