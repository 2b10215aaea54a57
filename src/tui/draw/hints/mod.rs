//! Which keys matter where, the most useful first. What a window needs a line or two for stands here, the rest in a
//! file of its own. Leaves to others: how many of them have room (`footer`).

mod budget;
mod diff;
mod finding;
mod generations;
mod hint;
mod list;
mod main;
mod preset_save;
mod presets;
mod problems;
mod review;
mod scoring;
mod workload;

pub use hint::Hint;

use budget::{in_budget, on_pane};
use diff::in_diff;
use finding::finding;
use generations::in_generations;
use hint::Of;
use list::in_list;
use main::{on_fields, on_panels};
use preset_save::in_save;
use presets::in_presets;
use problems::in_problems;
use review::in_review;
use scoring::{in_scoring, on_scoring_pane};
use workload::in_workload;

use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::window::Window;

/// The hints for what is in front.
pub fn hints(app: &App) -> Vec<Hint> {
    let of = Of(app);
    match app.windows.last() {
        Some(window) => in_window(app, window),
        None if !app.started => vec![
            of.rows("choose"),
            of.named(Action::Open, "start"),
            of.key(Action::LookFirst),
            of.key(Action::PresetsAtStart),
            of.help(),
            of.key(Action::Leave),
        ],
        None if app.edit.is_some() => vec![
            of.key(Action::Keep),
            of.key(Action::KeepNext),
            of.key(Action::GiveUp),
            of.key(Action::EraseToStart),
            of.help(),
        ],
        None if app.focus == Focus::Panels => on_panels(app),
        None if app.focus == Focus::Budget => on_pane(app),
        None if app.focus == Focus::Scoring => on_scoring_pane(app),
        None => on_fields(app),
    }
}

fn in_window(app: &App, window: &Window) -> Vec<Hint> {
    let of = Of(app);
    match window {
        Window::Diff(screen) => in_diff(app, screen),
        Window::Help(_) => vec![
            of.rows("scroll"),
            of.key(Action::PageDown),
            of.key(Action::Back),
        ],
        Window::Certificate(screen) if screen.is_typing() => vec![
            of.named(Action::Keep, "next"),
            of.key(Action::EraseToStart),
            of.key(Action::GiveUp),
            of.help(),
        ],
        Window::Question(_) | Window::Certificate(_) => vec![
            of.named(Action::NextPane, "next"),
            of.named(Action::Open, "press"),
            of.key(Action::Back),
            of.help(),
        ],
        Window::Review(review) => in_review(app, review),
        Window::Prompt(_) => vec![
            of.named(Action::Keep, "take"),
            of.key(Action::EraseToStart),
            of.key(Action::GiveUp),
            of.help(),
        ],
        Window::Choice(_) | Window::Multiselect(_) => in_list(app, window),
        Window::Editor(_) => vec![
            of.key(Action::KeepText),
            of.key(Action::NewLine),
            of.key(Action::GiveUp),
            of.key(Action::EraseToStart),
            of.help(),
        ],
        Window::Output(_) => vec![of.rows("line"), of.named(Action::Open, "go there")]
            .into_iter()
            .chain(of.copy())
            .chain([of.key(Action::Undo), of.key(Action::Back), of.help()])
            .collect(),
        Window::Draft(_) => vec![
            of.rows("row"),
            of.named(Action::NextPane, "next"),
            of.named(Action::Open, "press"),
            of.key(Action::Back),
            of.help(),
        ],
        Window::Merge(_) => vec![
            of.key(Action::TakeTheirs),
            of.key(Action::TakeOurs),
            of.key(Action::TakeBase),
            of.pair(Action::AllTheirs, Action::AllOurs, "all"),
            of.named(Action::Open, "go on"),
            of.key(Action::Back),
            of.help(),
        ],
        Window::Generations(screen) => in_generations(app, screen),
        Window::Presets(_) => in_presets(app),
        Window::SavePreset(screen) => in_save(app, screen),
        Window::LookFirst(_) => vec![
            of.rows("row"),
            of.named(Action::Open, "start with it"),
            of.key(Action::Back),
            of.help(),
        ],
        Window::Search(search) => finding(of, "hit", "go there", search.hits.is_empty()),
        Window::Finder(finder) => finding(of, "action", "do it", finder.actions.is_empty()),
        Window::Problems(_) => in_problems(app),
        Window::Budget(screen) => in_budget(app, screen),
        Window::Scoring => in_scoring(app),
        Window::Workload(editor) => in_workload(app, editor),
        Window::Sheet(_) => vec![
            of.rows("scroll"),
            of.named(Action::NextPane, "next"),
            of.named(Action::Open, "press"),
            of.key(Action::Back),
            of.help(),
        ],
    }
}
