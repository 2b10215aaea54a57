//! The lines below the pane: a notice, the focused problem, or help. Leaves to others: how many rows they get (`below`).

use ratatui::style::Style;

use crate::diff;
use crate::problem::{Problem, Severity, counted};
use crate::profile::Profile;
use crate::schema::FieldPath;
use crate::tui::action::Action;
use crate::tui::app::App;
use crate::tui::diff_screen::{DiffScreen, Line, Lines};
use crate::tui::filter::Show;
use crate::tui::prompt;
use crate::tui::review::{Focus, Page, Review, Row};
use crate::tui::secret_source::reference_help;
use crate::tui::start_screen::StartRow;
use crate::tui::text::{fold, fold_into};
use crate::tui::theme;
use crate::tui::window::Window;

/// A notice, the focused problem, or help.
pub struct Help {
    text: String,
    pub style: Style,
}

impl Help {
    pub fn of(app: &App) -> Self {
        let (text, style) = help_text(app);
        Self { text, style }
    }

    /// The text in so many rows. It may bring a second part, which begins a line and gets what the first leaves.
    pub fn lines(&self, columns: usize, rows: usize) -> Vec<String> {
        let (first, second) = self.parts();
        let mut lines = fold_into(first, columns, rows);
        if rows > lines.len() {
            let left = rows - lines.len();
            lines.extend(fold_into(second, columns, left));
        }
        lines
    }

    /// Do so many rows hold the first part?
    pub fn fits(&self, columns: usize, rows: usize) -> bool {
        fold(self.parts().0, columns).len() <= rows
    }

    fn parts(&self) -> (&str, &str) {
        self.text.split_once('\n').unwrap_or((&self.text, ""))
    }
}

/// Said on the start screen where nothing else is.
const CALM: &str = "Nothing is written before you have seen it and said so.";

fn help_text(app: &App) -> (String, Style) {
    if let Some(notice) = &app.message.notice {
        return (notice.clone(), Style::new());
    }
    if let Some((path, _)) = app.windows.last().and_then(Window::answer) {
        let input = app.input_at(path.as_str());
        return (
            input.map_or_else(String::new, |(_, input)| input.help.clone()),
            Style::new(),
        );
    }
    if let Some(window) = app.windows.last() {
        return (window_help(app, window), Style::new());
    }
    if !app.started {
        return (start_help(app), Style::new());
    }
    if let Some(lost) = &app.lost {
        return (loose(app, lost), theme::severity(lost.severity));
    }
    if app.focus == crate::tui::app::Focus::Budget {
        return (super::budget_words::help(app), Style::new());
    }
    if app.focus == crate::tui::app::Focus::Scoring {
        return (super::scoring_words::help(app), Style::new());
    }
    let Some(input) = app.input() else {
        return panel_help(app);
    };
    if let Some(sentence) = app.not_a_setting(input) {
        let style = theme::severity(Severity::Error);
        return (format!("✗ {sentence}"), style);
    }
    match app.problem_at(&input.path) {
        Some(problem) if !app.edits(&input.path) => problem_text(problem),
        _ => (input.help.clone(), Style::new()),
    }
}

fn problem_text(problem: &Problem) -> (String, Style) {
    let sign = theme::sign(problem.severity);
    let text = format!("{sign} {}", problem.sentence());
    (text, theme::severity(problem.severity))
}

fn start_help(app: &App) -> String {
    let judged_by = app.problems.iter().chain(&app.lost);
    let beside: Vec<&Problem> = judged_by.chain(&app.own_problems).collect();
    let row = app.start_rows().get(app.start.at).cloned();
    let told = match row {
        Some(StartRow::Profile(i)) => profile_help(app, &app.profiles[i], beside.is_empty()),
        Some(StartRow::Draft(_)) => Some(
            "What was typed and not written; nothing is done before you have looked at it."
                .to_owned(),
        ),
        Some(StartRow::Presets) => {
            Some("The list of presets: one that is loaded brings its profile along.".to_owned())
        }
        Some(StartRow::Output) => {
            Some("Opens what was written last; its values go over its profile's.".to_owned())
        }
        _ => Some("Asks for a path; the file's values go over its profile's.".to_owned()),
    };
    match (told, app.worst_of(&beside)) {
        (None, Some(worst)) => worst,
        (None, None) => CALM.to_owned(),
        (Some(told), None) if told.contains('\n') => told,
        (Some(told), None) => format!("{told}\n{CALM}"),
        (Some(told), Some(worst)) => format!("{}\n{worst}", told.trim_end()),
    }
}

/// What is known of a profile; `None` while nothing is. What it says of itself comes along where its row cuts that and
/// there is room.
fn profile_help(app: &App, profile: &Profile, roomy: bool) -> Option<String> {
    let name = &profile.name;
    if let Some(problem) = app.unusable(name) {
        return Some(format!("{}\n", loose(app, problem)));
    }
    let judged = app.baselines.get(name)?.config.as_ref();
    let Some(config) = judged else {
        return app.lost.is_none().then(|| format!("{name}: …"));
    };
    let settings = config.schema().len();
    let counts = config.counts();
    let standing = if counts.is_empty() {
        "nothing is wrong, nothing needs an answer".to_owned()
    } else {
        counts.to_string()
    };
    if roomy && super::start::cuts_summary(app, profile) {
        let summary = profile.summary.trim_end_matches('.');
        return Some(format!(
            "{name}: {summary}. {settings} settings, {standing}.\n"
        ));
    }
    Some(format!("{name}: {settings} settings, {standing}."))
}

fn window_help(app: &App, window: &Window) -> String {
    let (open, back) = (app.keymap.key(Action::Open), app.keymap.key(Action::Back));
    match window {
        Window::Diff(screen) => diff_help(app, screen),
        Window::Review(review) => review_help(app, review),
        Window::Help(_) => "The setting in focus first, then every key.".into(),
        Window::Multiselect(_) | Window::Editor(_) => String::new(),
        Window::Output(_) => match app.output_path() {
            Some(path) => setting_help(app, path),
            // The file is read at the review only.
            None if app.facts.output_exists && app.loaded.is_none() => format!(
                "{} is there already: written into it, this keeps its comments and its order. Secrets are masked here only.",
                app.output_name()
            ),
            None => {
                let write = app.keymap.key(Action::Write);
                format!("What {write} would write, as things are. Secrets are masked here only.")
            }
        },
        Window::Draft(screen) => app.draft_help(screen),
        Window::Presets(_) => app.preset_help(),
        Window::Budget(_) => super::budget_words::help(app),
        Window::Scoring => super::scoring_words::help(app),
        Window::SavePreset(screen) => app.save_help(screen),
        Window::Workload(editor) => app.workload_help(editor),
        Window::Sheet(_) => format!(
            "{open} presses the button that ▸ points at; {back} goes back and nothing is written."
        ),
        Window::Merge(screen) => match screen.chosen() {
            Some(row) => setting_help(app, &row.path),
            None => String::new(),
        },
        Window::Generations(screen) => super::generations::about(app, screen),
        Window::LookFirst(_) => {
            let problem = app.looked_at().and_then(|(_, config)| {
                let path = &app.looked_at_input()?.path;
                config?
                    .problems_at(path.as_str())
                    .first()
                    .map(|problem| problem_text(problem).0)
            });
            let input = app.looked_at_input().map(|input| input.help.clone());
            problem.or(input).unwrap_or_default()
        }
        Window::Choice(choice) => match super::pick::cut_item(choice, app.size.width) {
            Some(whole) => format!("{whole}\n{open} takes it; {back} leaves everything as it is."),
            None => format!("{open} takes the chosen one; {back} leaves everything as it is."),
        },
        Window::Question(_) => {
            format!("{open} presses the button that ▸ points at; {back} goes back.")
        }
        Window::Prompt(prompt) => match prompt.purpose {
            prompt::For::Reference(keeper) => reference_help(keeper, prompt.line.text()),
            _ => prompt.help.clone(),
        },
        Window::Certificate(screen) => app.certificate_help(screen),
        Window::Search(search) => {
            let chosen = search.chosen().and_then(|path| app.input_at(path.as_str()));
            chosen.map_or_else(String::new, |(_, input)| input.help.clone())
        }
        Window::Problems(_) => match app.chosen_problem() {
            Some(problem) => problem_text(problem).0,
            None => "The list follows every key: what becomes wrong appears here.".into(),
        },
        Window::Finder(finder) => match finder.chosen() {
            Some(action) => match app.unavailable_behind(action) {
                Some(reason) => format!("{}.\n{reason}", action.sentence()),
                None => format!("{}.", action.sentence()),
            },
            None => String::new(),
        },
    }
}

/// A row in full, what Write does, or why it does nothing.
fn review_help(app: &App, review: &Review) -> String {
    const WRITES: &str =
        "Write puts exactly this on disk: the old file, if any, becomes a generation.";
    const NOTE: &str =
        "Why it is written, in one line. It is kept with the generation and shown in its list.";
    if review.focus == Focus::Rows {
        return match Page::of(app, review).rows.get(review.cursor.at) {
            Some(Row::Change((path, before, after))) => {
                let (before, after) = diff::sides(before.as_ref(), after.as_ref(), "–", |value| {
                    app.shown(path, value)
                });
                format!("{path}:\n{before} {} {after}", app.keymap.arrow())
            }
            _ => "The command line that makes the same file without a screen.".to_owned(),
        };
    }
    match &review.refusal {
        Some(why) => format!("✗ {why}"),
        None if review.is_same() => {
            "The file says the same already: there is nothing to write.".to_owned()
        }
        None if review.focus == Focus::Note => NOTE.to_owned(),
        None => match &review.restores {
            Some(restores) => super::review::restores(restores),
            None => WRITES.to_owned(),
        },
    }
}

fn diff_help(app: &App, screen: &DiffScreen) -> String {
    let lines = Lines::of(app, screen);
    let row = match screen.line(&lines) {
        None => {
            let nothing = match screen.show {
                Show::Wrong => "Nothing is wrong or warned about",
                _ => "Nothing differs",
            };
            return format!(
                "{nothing}; {} shows all settings.",
                app.keymap.key(Action::ShowAll)
            );
        }
        Some(Line::Section(section, 0)) => return format!("{section}: all its settings show."),
        Some(Line::Section(section, folded)) => {
            let settings = counted(*folded, "setting");
            let what = match screen.show {
                Show::Wrong => "not wrong",
                _ => "the same on both sides",
            };
            return format!("{section}: {settings} {what}, folded away.");
        }
        Some(Line::Setting(row)) => row,
    };
    let left = app.left_problem(&screen.left, row.path);
    match (app.problem_at(row.path), left) {
        (Some(problem), _) => problem_text(problem).0,
        (None, Some(problem)) => {
            format!(
                "{}: {}",
                app.left_title(&screen.left),
                problem_text(problem).0
            )
        }
        (None, None) => {
            let schema = app.schema.as_ref();
            let field = schema.and_then(|schema| schema.get(row.path.as_str()));
            let doc = field.map_or("", |field| field.doc.as_str());
            match super::diff::in_full(app, row, app.size.width) {
                Some(values) => format!("{}: {doc}\n{values}", row.path),
                None => format!("{}: {doc}", row.path),
            }
        }
    }
}

/// The problem of a setting, else what it is.
fn setting_help(app: &App, path: &FieldPath) -> String {
    match app.problem_at(path) {
        Some(problem) => problem_text(problem).0,
        None => app
            .schema
            .as_ref()
            .and_then(|schema| schema.get(path.as_str()))
            .map_or_else(String::new, |field| format!("{path}: {}", field.doc)),
    }
}

fn panel_help(app: &App) -> (String, Style) {
    let loose_problems = app.counted().filter(|problem| !app.shows(problem));
    let loose_problem = loose_problems.min_by_key(|problem| problem.severity);
    if let Some(problem) = loose_problem {
        return (loose(app, problem), theme::severity(problem.severity));
    }
    let legend = "○ needs an answer   ● changed by you   ✗ wrong   ! warning";
    match app.panel() {
        Some(panel) => (
            format!("{}: {}.\n{legend}", panel.title, panel.summary),
            Style::new(),
        ),
        None => ("The form has no panel.".into(), Style::new()),
    }
}

fn loose(app: &App, problem: &Problem) -> String {
    let sign = theme::sign(problem.severity);
    format!("{sign} {}", app.whole_problem(problem))
}
