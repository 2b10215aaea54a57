//! Which keys matter where, the most useful first, from the action table and the keymap.
//! Leaves to others: how many of them have room (`footer`).

use crate::tui::action::Action;
use crate::tui::app::{App, Focus};
use crate::tui::asking::Way;
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::filter::Show;
use crate::tui::generations::GenerationsScreen;
use crate::tui::layout::WIDE;
use crate::tui::preset_save::{Row, SaveScreen};
use crate::tui::review::{self, Review};
use crate::tui::text::width;
use crate::tui::window::Window;
use crate::value::Value;

/// A key and what it does here.
pub struct Hint {
    pub keys: String,
    pub label: String,
    /// The way on, the way out and the help stay when room is short.
    pub stays: bool,
}

impl Hint {
    /// With the blanks between key and label, and behind it.
    pub fn columns(&self) -> usize {
        width(&self.keys) + 1 + width(&self.label) + 2
    }
}

/// Makes hints from actions.
#[derive(Clone, Copy)]
struct Of<'a>(&'a App);

impl Of<'_> {
    /// An action's key, and what it does here.
    fn named(self, action: Action, label: &str) -> Hint {
        Hint {
            keys: self.0.keymap.key(action),
            label: label.to_owned(),
            stays: matches!(
                action,
                Action::Open
                    | Action::Keep
                    | Action::KeepText
                    | Action::Back
                    | Action::GiveUp
                    | Action::Leave
                    | Action::Help
                    | Action::HelpInEdit
            ),
        }
    }

    fn key(self, action: Action) -> Hint {
        self.named(action, action.label())
    }

    /// Two keys that move, as one hint.
    fn pair(self, up: Action, down: Action, label: &str) -> Hint {
        let (up, down) = (self.0.keymap.key(up), self.0.keymap.key(down));
        let between = if width(&up) + width(&down) > 2 {
            "/"
        } else {
            ""
        };
        Hint {
            keys: format!("{up}{between}{down}"),
            label: label.to_owned(),
            stays: false,
        }
    }

    fn rows(self, label: &str) -> Hint {
        self.pair(Action::Up, Action::Down, label)
    }

    /// Help by the key that works here: where characters are typed, its sign would be one.
    fn help(self) -> Hint {
        self.key(if self.0.is_typing() {
            Action::HelpInEdit
        } else {
            Action::Help
        })
    }

    /// The copy key, where there is something to copy.
    fn copy(self) -> Option<Hint> {
        let any = !self.0.is_typing() && !self.0.copyable().is_empty();
        any.then(|| self.key(Action::Copy))
    }
}

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
    }
}

/// Windows in which a line is typed and what it finds is chosen from.
fn finding(of: Of, what: &str, enter: &str, nothing: bool) -> Vec<Hint> {
    let mut hints = Vec::new();
    if !nothing {
        hints.push(of.pair(Action::FoundUp, Action::FoundDown, what));
        hints.push(of.named(Action::Keep, enter));
    }
    hints.extend([
        of.key(Action::EraseToStart),
        of.key(Action::GiveUp),
        of.help(),
    ]);
    hints
}

/// Lists to choose or tick from; a long one is searched by typing, Tab goes between line and rows.
fn in_list(app: &App, window: &Window) -> Vec<Hint> {
    let of = Of(app);
    let searched = window.filter().map(|filter| filter.focused);
    let mut hints = match window {
        Window::Multiselect(_) => vec![of.named(Action::Open, "keep"), of.key(Action::Tick)],
        _ => vec![of.rows("choose"), of.named(Action::Open, "take")],
    };
    hints.extend(searched.map(|typing| {
        let label = if typing {
            "to the list"
        } else {
            "to the search"
        };
        of.named(Action::NextPane, label)
    }));
    // Rows move among all rows only.
    let all = window
        .filter()
        .is_none_or(|filter| !filter.focused && filter.line.text().is_empty());
    if all && matches!(window, Window::Multiselect(_)) {
        hints.push(of.pair(Action::MoveUp, Action::MoveDown, "move"));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}

fn in_problems(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = Vec::new();
    if let Some(problem) = app.chosen_problem() {
        let enter = if app.is_asked_for(problem) {
            "go there"
        } else {
            "say where"
        };
        hints.push(of.rows("problem"));
        hints.push(of.named(Action::Open, enter));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Search), of.key(Action::Back), of.help()]);
    hints
}

fn in_generations(app: &App, screen: &GenerationsScreen) -> Vec<Hint> {
    let of = Of(app);
    let mut hints = Vec::new();
    if let Some(version) = app.chosen_version(screen) {
        hints.push(of.rows("version"));
        hints.extend(app.started.then(|| of.named(Action::Open, "diff")));
        hints.extend((!version.present).then(|| of.key(Action::RestoreGeneration)));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}

/// The whole list is on the help: where room is short, comparing and deleting stay.
fn in_presets(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let any = app.chosen_preset().is_some();
    let compares = app.started && any;
    let mut hints = Vec::new();
    hints.extend(any.then(|| of.named(Action::Open, "load")));
    hints.extend(compares.then(|| of.key(Action::ComparePreset)));
    hints.extend(any.then(|| of.key(Action::DeletePreset)));
    hints.extend(app.has_deleted_preset().then(|| of.key(Action::Undo)));
    hints.extend((app.started || any).then(|| of.key(Action::SavePreset)));
    hints.extend(any.then(|| of.key(Action::ChangePreset)));
    hints.extend(any.then(|| of.key(Action::ExportPreset)));
    hints.push(of.key(Action::ImportPreset));
    hints.extend(any.then(|| of.rows("preset")));
    hints.extend(of.copy());
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}

fn in_save(app: &App, screen: &SaveScreen) -> Vec<Hint> {
    let of = Of(app);
    if screen.is_typing() {
        return vec![
            of.named(Action::KeepNext, "next"),
            of.key(Action::EraseToStart),
            of.named(Action::GiveUp, "cancel"),
            of.help(),
        ];
    }
    let mut hints = vec![of.named(Action::NextPane, "next")];
    if matches!(screen.row, Row::Save | Row::Cancel) {
        hints.push(of.named(Action::Open, "press"));
    } else {
        hints.push(of.named(Action::Tick, "choose"));
    }
    hints.extend([of.named(Action::Back, "cancel"), of.help()]);
    hints
}

fn in_review(app: &App, review: &Review) -> Vec<Hint> {
    let of = Of(app);
    let to_write = review
        .restores
        .as_ref()
        .map_or("to Write", |_| "to Restore");
    let (tab, enter) = match review.focus {
        review::Focus::Rows if review.is_same() => ("next", "go there"),
        review::Focus::Rows => (to_write, "go there"),
        review::Focus::Write if review.is_same() => ("to Back", "close"),
        review::Focus::Write if review.has_note() => ("to Note", review.verb()),
        review::Focus::Write => ("to Back", review.verb()),
        review::Focus::Note => {
            return vec![
                of.named(Action::Keep, &format!("keep, {to_write}")),
                of.key(Action::EraseToStart),
                of.named(Action::GiveUp, "leave it as it was"),
                of.help(),
            ];
        }
        review::Focus::Back if review.is_same() => ("next", "back"),
        review::Focus::Back => (to_write, "back"),
    };
    let copy = app.copyable();
    let copy = copy
        .first()
        .map(|first| of.named(Action::Copy, &format!("copy {}", first.what)));
    let mut hints = vec![
        of.rows("row"),
        of.named(Action::NextPane, tab),
        of.named(Action::Open, enter),
    ];
    if review.refusal.is_some() && review.restores.is_none() {
        hints.push(of.named(Action::NextProblem, "go there"));
    }
    hints.extend(copy);
    hints.extend([of.key(Action::Back), of.help()]);
    hints
}

fn in_diff(app: &App, screen: &DiffScreen) -> Vec<Hint> {
    let of = Of(app);
    let lines = Lines::of(app, screen);
    let mut hints = Vec::new();
    match screen.line(&lines) {
        Some(Line::Section(section, _)) => {
            let unfolds = screen.unfolds(section);
            let enter = if unfolds { "fold" } else { "unfold" };
            hints.extend([of.rows("row"), of.named(Action::Open, enter)]);
        }
        Some(Line::Setting(_)) => hints.extend([
            of.rows("row"),
            of.named(Action::Open, "go there"),
            of.key(Action::TakeLeft),
        ]),
        None => {}
    }
    let all = if screen.show == Show::All {
        "only changed"
    } else {
        "show all"
    };
    // The line above names the key that compares.
    hints.extend([
        of.named(Action::ShowAll, all),
        of.named(Action::DiffRows, screen.next_rows().word()),
    ]);
    hints.extend(of.copy());
    hints.extend([
        of.key(Action::Compare),
        of.key(Action::Undo),
        of.key(Action::Back),
        of.help(),
    ]);
    hints
}

/// What `n` does and what Esc ends here: both follow the search and the filter.
fn next_and_out(app: &App) -> (&'static str, Option<&'static str>) {
    match (&app.hits, app.filter.is_on()) {
        (Some(_), _) => ("next hit", Some("end search")),
        (None, true) if app.input().is_none() => ("next ✗○!", Some("all rows")),
        (None, _) => ("next ✗○!", None),
    }
}

/// The next turn of the filter.
fn filter_label(app: &App) -> String {
    match (app.filter.is_on(), app.filter.show.next()) {
        (false, _) => Action::Filter.label().to_owned(),
        (true, Show::All) => "all rows".to_owned(),
        (true, next) => format!("only {}", next.word()),
    }
}

/// What stands beside the fields, where there is room for it.
fn side(app: &App) -> Option<Hint> {
    (app.size.width >= WIDE).then(|| Of(app).key(Action::SidePane))
}

fn on_panels(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let (next, out) = next_and_out(app);
    let filter = filter_label(app);
    let mut hints = vec![
        of.rows("panel"),
        of.key(Action::Open),
        of.named(Action::NextProblem, next),
        of.key(Action::Search),
        of.key(Action::Diff),
        of.key(Action::Write),
        of.key(Action::Profile),
        of.key(Action::Output),
        of.key(Action::Presets),
    ];
    if out != Some(filter.as_str()) {
        hints.push(of.named(Action::Filter, &filter));
    }
    hints.extend(of.copy());
    hints.extend([of.key(Action::Problems), of.key(Action::Finder)]);
    hints.push(of.key(Action::Generations));
    hints.extend(side(app));
    hints.extend(out.map(|out| of.named(Action::Back, out)));
    hints.extend([of.help(), of.key(Action::Leave)]);
    hints
}

fn on_fields(app: &App) -> Vec<Hint> {
    let of = Of(app);
    let (next, out) = next_and_out(app);
    let filter = filter_label(app);
    let back = of.named(Action::Back, out.unwrap_or("panels"));
    let Some(input) = app.input() else {
        return vec![
            of.named(Action::Filter, &filter),
            of.named(Action::NextProblem, next),
            of.key(Action::Search),
            of.key(Action::Diff),
            of.key(Action::Write),
            back,
            of.help(),
        ];
    };
    // Words of one length: from row to row the rest of the line stays where it is, and a slow line carries little.
    let enter = match app.way() {
        Some(Way::Switch) => "flip",
        Some(Way::Choice) => "pick",
        Some(Way::Multiselect) => "tick",
        Some(Way::Line | Way::Editor) | None => "edit",
    };
    let mut hints = vec![of.named(Action::Open, enter)];
    hints.extend(
        app.source_label()
            .map(|label| of.named(Action::Toggle, label)),
    );
    if app
        .in_force(&input.path)
        .is_some_and(Value::is_clear_secret)
    {
        let shown = app.revealed.as_ref() == Some(&input.path);
        let label = if shown { "hide" } else { "show" };
        hints.push(of.named(Action::Reveal, label));
    }
    hints.extend([
        of.named(Action::NextProblem, next),
        of.key(Action::Search),
        of.key(Action::Diff),
        of.key(Action::Write),
    ]);
    if app.is_changed(&input.path) {
        hints.push(of.key(Action::Reset));
    }
    hints.extend(of.copy());
    hints.extend([
        of.key(Action::Undo),
        of.key(Action::Output),
        of.named(Action::Filter, &filter),
        of.key(Action::Profile),
        of.key(Action::Presets),
        of.key(Action::Problems),
        of.key(Action::Finder),
    ]);
    hints.extend(side(app));
    hints.extend([back, of.help()]);
    hints
}
