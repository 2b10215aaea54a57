//! The list of presets: name, whose, profile, answers, when, what for; a sign where something is wrong with one.

use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::Style;

use super::{beyond, frame, pointed, put};
use crate::clean;
use crate::preset::Loaded;
use crate::tui::app::App;
use crate::tui::preset_list::{PresetList, rows_shown};
use crate::tui::text::{fit, fit_words, fold, pad, width};
use crate::tui::theme;

/// Columns of a row: of name and profile as many as they need; what has none is not shown.
struct Columns {
    name: usize,
    profile: usize,
    date: usize,
    what: usize,
}

const WHOSE: usize = 7;
const ANSWERS: usize = 8;
/// `2026-11-21`, and with the time.
const DAY: usize = 10;
const MOMENT: usize = 20;
/// The sentence keeps so many beside the time, which gives way to it first.
const LEAST_WHAT: usize = 20;
/// Fewer of it say nothing: the whole sentence stands below the list, of the one that is pointed at.
const FEWEST_WHAT: usize = 8;

impl Columns {
    fn of(presets: &[Loaded], inner: usize) -> Self {
        let longest = |text: &dyn Fn(&Loaded) -> usize| presets.iter().map(text).max().unwrap_or(0);
        let name = longest(&|one| one.preset.name.as_str().len());
        let profile = longest(&|one| width(&profile(one)));
        // Pointer, sign, and a gap behind each column.
        let fixed = 5 + 1 + WHOSE + 1 + ANSWERS;
        let room = inner.saturating_sub(fixed);
        let profile = profile.clamp(7, 11.max(room / 6));
        let name = name.clamp(4, 20.max(room / 3));
        let room = room.saturating_sub(name + profile + 3);
        let date = if room > MOMENT + LEAST_WHAT {
            MOMENT
        } else if room >= DAY {
            DAY
        } else {
            0
        };
        let what = room.saturating_sub(date + usize::from(date > 0));
        Self {
            name,
            profile,
            date,
            what: if what < FEWEST_WHAT { 0 } else { what },
        }
    }

    fn line(&self, [name, whose, profile, answers, date, what]: [&str; 6]) -> String {
        let column = |text: &str, columns: usize| pad(&fit(text, columns), columns);
        let mut line = format!(
            "{} {} {} {}",
            column(name, self.name),
            column(whose, WHOSE),
            column(profile, self.profile),
            column(answers, ANSWERS),
        );
        if self.date > 0 {
            line = format!("{line} {}", column(date, self.date));
        }
        if self.what == 0 {
            return line;
        }
        format!("{line} {}", fit_words(what, self.what))
    }
}

fn profile(loaded: &Loaded) -> String {
    clean::line(loaded.preset.profile.as_deref().unwrap_or("none"))
}

pub fn window(app: &App, list: &PresetList, area: Rect, buffer: &mut Buffer) {
    let presets = app.preset_rows();
    let inner = frame(buffer, area, "Presets", &app.presets_remark());
    let columns = usize::from(inner.width);
    if presets.is_empty() {
        return empty(app, inner, buffer);
    }
    let widths = Columns::of(presets, columns);
    let head = widths.line(["name", "whose", "profile", "answers", "changed", "what for"]);
    put(
        buffer,
        inner.x + 5,
        inner.y,
        &head,
        columns - 6,
        theme::QUIET,
    );
    let height = rows_shown(usize::from(inner.height));
    let mut cursor = list.cursor;
    cursor.show(presets.len(), height);
    let shown = presets.iter().enumerate().skip(cursor.offset).take(height);
    for (y, (i, loaded)) in (inner.y + 1..inner.bottom()).zip(shown) {
        let (pointer, style) = pointed(i == cursor.at);
        put(buffer, inner.x + 1, y, pointer, 1, Style::new());
        let problems = loaded.problems.iter().chain(&loaded.unfit);
        if let Some(worst) = problems.map(|problem| problem.severity).min() {
            let sign = theme::sign(worst);
            put(buffer, inner.x + 3, y, sign, 1, theme::severity(worst));
        }
        let modified = loaded.modified();
        let line = widths.line([
            loaded.preset.name.as_str(),
            loaded.whose.map_or("", |whose| whose.word()),
            &profile(loaded),
            &format!("{:>4}", loaded.preset.answers.len()),
            modified
                .get(..widths.date.min(modified.len()))
                .unwrap_or(""),
            loaded.preset.description.as_str(),
        ]);
        put(buffer, inner.x + 5, y, line.trim_end(), columns - 6, style);
    }
    beyond(buffer, area, cursor.beyond(presets.len(), height));
}

/// None is saved: what a preset is, and how one comes to be.
fn empty(app: &App, inner: Rect, buffer: &mut Buffer) {
    let columns = usize::from(inner.width).saturating_sub(6);
    let mut y = inner.y;
    for text in app.no_presets() {
        for line in fold(&text, columns) {
            put(buffer, inner.x + 3, y, &line, columns, Style::new());
            y += 1;
        }
        y += 1;
    }
}
