//! Themes as files: the shipped ones, and reading one of the operator's own. A mistake in it is told with its line,
//! and what it does not say rightly stays as in the theme it stands on.

use std::path::Path;

use ratatui::style::{Color, Style};
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::theme::{Role, Theme};
use crate::clean;
use crate::input::Lines;
use crate::problem::{self, Problem};

/// The shipped themes by name.
pub const SHIPPED: [(&str, &str); 3] = [
    ("dark", include_str!("../../assets/themes/dark.toml")),
    ("light", include_str!("../../assets/themes/light.toml")),
    ("mono", include_str!("../../assets/themes/mono.toml")),
];

/// The theme that another one stands on, said by its file.
const INHERITS: &str = "inherits";

const MODIFIERS: [&str; 4] = ["bold", "dim", "underlined", "reversed"];

const COLOURS: [(&str, Color); 16] = [
    ("black", Color::Black),
    ("red", Color::Red),
    ("green", Color::Green),
    ("yellow", Color::Yellow),
    ("blue", Color::Blue),
    ("magenta", Color::Magenta),
    ("cyan", Color::Cyan),
    ("gray", Color::Gray),
    ("dark-gray", Color::DarkGray),
    ("light-red", Color::LightRed),
    ("light-green", Color::LightGreen),
    ("light-yellow", Color::LightYellow),
    ("light-blue", Color::LightBlue),
    ("light-magenta", Color::LightMagenta),
    ("light-cyan", Color::LightCyan),
    ("white", Color::White),
];

/// A shipped theme; a test proves that its file holds no mistake.
#[must_use]
pub fn shipped(name: &str) -> Option<Theme> {
    let (_, text) = SHIPPED.iter().find(|(known, _)| *known == name)?;
    Some(read(Path::new(name), text).0)
}

/// Reads a theme; the warnings name file and line, and everything else of the file holds.
#[must_use]
pub fn read(file: &Path, text: &str) -> (Theme, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading {
        file,
        lines: Lines::new(text),
        problems: Vec::new(),
    };
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        let said = clean::line(error.message());
        reading.warn(at, format!("Not valid TOML: {said}."), String::new());
    }
    let table = table.get_ref();
    let mut theme = reading.base(table);
    for (name, value) in table {
        if name.get_ref() == INHERITS {
            continue;
        }
        let role = Role::ALL
            .into_iter()
            .find(|role| role.name() == name.get_ref());
        match role {
            Some(role) => {
                let style = reading.style(value);
                theme.set(role, style);
            }
            None => reading.unknown(
                name.span().start,
                "thing that a theme colours",
                name.get_ref(),
                &Role::ALL.map(Role::name),
            ),
        }
    }
    (theme, reading.problems)
}

struct Reading<'a> {
    file: &'a Path,
    lines: Lines,
    problems: Vec<Problem>,
}

impl Reading<'_> {
    fn warn(&mut self, at: usize, message: String, hint: String) {
        let line = Some(self.lines.at(at));
        let mut warning = Problem::warning(message).in_file(self.file, line);
        warning.hint = Some(hint).filter(|hint| !hint.is_empty());
        self.problems.push(warning);
    }

    fn unknown(&mut self, at: usize, what: &str, name: &str, known: &[&str]) {
        let hint = match problem::nearest(name, known.iter().copied()) {
            Some(near) => format!("Did you mean {near}?"),
            None => format!("Known are {}.", known.join(", ")),
        };
        let name = clean::line(name);
        self.warn(at, format!("{name} is no {what}."), hint);
    }

    fn base(&mut self, table: &DeTable<'_>) -> Theme {
        let Some(value) = table.get(INHERITS) else {
            return Theme::default();
        };
        let name = value.get_ref().as_str().unwrap_or_default();
        let known = SHIPPED.map(|(name, _)| name);
        if !known.contains(&name) {
            self.unknown(value.span().start, "shipped theme", name, &known);
        }
        // The shipped themes inherit nothing, so this comes to an end.
        shipped(name).unwrap_or_default()
    }

    fn style(&mut self, value: &Spanned<DeValue<'_>>) -> Style {
        let at = value.span().start;
        match value.get_ref() {
            DeValue::String(name) => self
                .colour(at, name)
                .map_or(Style::new(), |c| Style::new().fg(c)),
            DeValue::Table(table) => {
                let mut style = Style::new();
                for (name, value) in table {
                    style = self.part(style, name, value);
                }
                style
            }
            _ => {
                let hint = "Give a colour, for example \"red\", or { fg = \"red\", bold = true }.";
                self.warn(at, "This is no look.".to_owned(), hint.to_owned());
                Style::new()
            }
        }
    }

    fn part(
        &mut self,
        style: Style,
        name: &Spanned<std::borrow::Cow<'_, str>>,
        value: &Spanned<DeValue<'_>>,
    ) -> Style {
        let at = value.span().start;
        let name = (name.span().start, name.get_ref().as_ref());
        match (name.1, value.get_ref()) {
            ("fg" | "bg", DeValue::String(colour)) => match (self.colour(at, colour), name.1) {
                (Some(colour), "fg") => style.fg(colour),
                (Some(colour), _) => style.bg(colour),
                (None, _) => style,
            },
            ("bold", DeValue::Boolean(true)) => style.bold(),
            ("dim", DeValue::Boolean(true)) => style.dim(),
            ("underlined", DeValue::Boolean(true)) => style.underlined(),
            ("reversed", DeValue::Boolean(true)) => style.reversed(),
            (modifier, DeValue::Boolean(false)) if MODIFIERS.contains(&modifier) => style,
            ("fg" | "bg", _) => {
                let hint = "Give a colour, for example \"red\".".to_owned();
                self.warn(at, format!("{} takes a colour.", name.1), hint);
                style
            }
            (modifier, _) if MODIFIERS.contains(&modifier) => {
                self.warn(
                    at,
                    format!("{modifier} takes true or false."),
                    String::new(),
                );
                style
            }
            (other, _) => {
                let known = [&["fg", "bg"][..], &MODIFIERS].concat();
                self.unknown(name.0, "part of a look", other, &known);
                style
            }
        }
    }

    fn colour(&mut self, at: usize, name: &str) -> Option<Color> {
        let found = COLOURS.iter().find(|(known, _)| *known == name);
        if found.is_none() {
            self.unknown(at, "colour", name, &COLOURS.map(|(name, _)| name));
        }
        found.map(|(_, colour)| *colour)
    }
}

#[cfg(test)]
mod tests {
    use ratatui::style::Modifier;

    use super::*;

    #[test]
    fn shipped_themes_hold_no_mistake_and_say_every_role() {
        for (name, text) in SHIPPED {
            let (theme, wrong) = read(Path::new(name), text);
            assert_eq!(wrong, [], "{name}");
            for role in Role::ALL {
                assert!(text.contains(&format!("\n{} = ", role.name())), "{name}");
            }
            let selected = theme.style(Role::Selected);
            assert!(selected.add_modifier.contains(Modifier::REVERSED), "{name}");
        }
        assert_eq!(shipped("dark"), Some(Theme::default()));
        let mono = shipped("mono").unwrap();
        assert_eq!(mono, mono.without_colours());
    }

    #[test]
    fn mistakes_are_told_with_their_line_and_the_rest_holds() {
        for (text, expected) in [
            (
                "error = \"redd\"",
                "theme.toml:1: redd is no colour. Did you mean red?",
            ),
            (
                "\nerorr = \"red\"",
                "theme.toml:2: erorr is no thing that a theme colours. Did you mean error?",
            ),
            (
                "\n\nopen = 7",
                "theme.toml:3: This is no look. Give a colour, for example \"red\", or { fg = \"red\", bold = true }.",
            ),
            (
                "open = { bold = 1 }",
                "theme.toml:1: bold takes true or false.",
            ),
            (
                "open = { blink = true }",
                "theme.toml:1: blink is no part of a look. Known are fg, bg, bold, dim, underlined, reversed.",
            ),
            (
                "inherits = \"lite\"",
                "theme.toml:1: lite is no shipped theme. Known are dark, light, mono.",
            ),
        ] {
            let text = format!("{text}\nchanged = \"green\"\n");
            let (theme, wrong) = read(Path::new("theme.toml"), &text);
            let said: Vec<String> = wrong
                .iter()
                .map(|p| format!("{}: {}", p.place.as_ref().unwrap(), p.sentence()))
                .collect();
            assert_eq!(said, [expected]);
            assert_eq!(theme.style(Role::Changed), Style::new().fg(Color::Green));
        }
        let (theme, wrong) = read(Path::new("theme.toml"), "= =\nchanged = \"green\"\n");
        assert!(wrong[0].message.starts_with("Not valid TOML"), "{wrong:?}");
        assert_eq!(theme.style(Role::Changed), Style::new().fg(Color::Green));
    }

    #[test]
    fn a_theme_stands_on_the_one_it_inherits() {
        let (theme, wrong) = read(Path::new("t"), "inherits = \"light\"\nopen = \"blue\"");
        assert_eq!(wrong, []);
        assert_eq!(theme.style(Role::Open).fg, Some(Color::Blue));
        let light = shipped("light").unwrap();
        assert_eq!(theme.style(Role::Warning), light.style(Role::Warning));
    }
}
