//! What a terminal can show and what the operator wants of it: theme, colours or none, signs or ASCII.
//! Worn by the finished screen, just before it becomes bytes; nothing that draws knows of it.

use ratatui::buffer::{Buffer, Cell};
use ratatui::style::Color;

use super::signs::Signs;
use super::theme::Theme;
use super::theme_file;

/// When there are colours.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Colours {
    /// Unless `NO_COLOR` says something, or the terminal is known to have none.
    #[default]
    Auto,
    Always,
    Never,
}

/// What the command line says of looks.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    pub colours: Colours,
    pub ascii: bool,
    /// The name of a shipped theme, or a file.
    pub theme: Option<String>,
}

/// How the screen looks.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Look {
    pub theme: Theme,
    pub signs: Signs,
    /// Without them no cell keeps one, whoever marked it.
    pub colourless: bool,
}

impl Look {
    /// The look for this terminal. `own` is the theme that the operator brought or named, when there is one;
    /// `variable` reads the environment.
    #[must_use]
    pub fn of(
        wanted: &Wanted,
        own: Option<Theme>,
        variable: impl Fn(&str) -> Option<String>,
    ) -> Self {
        let variable = |name| variable(name).filter(|value| !value.is_empty());
        let term = variable("TERM").unwrap_or_default();
        let colourless = match wanted.colours {
            Colours::Always => false,
            Colours::Never => true,
            Colours::Auto => variable("NO_COLOR").is_some() || is_colourless(&term),
        };
        let theme = match own {
            Some(own) if colourless => own.without_colours(),
            Some(own) => own,
            None => {
                let light = || variable("COLORFGBG").is_some_and(|said| is_light(&said));
                let name = match colourless {
                    true => "mono",
                    false if light() => "light",
                    false => "dark",
                };
                theme_file::shipped(name).unwrap_or_default()
            }
        };
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"]
            .into_iter()
            .find_map(variable);
        let signs = if wanted.ascii || !locale.is_some_and(|locale| is_utf8(&locale)) {
            Signs::Ascii
        } else if term == "linux" {
            Signs::Console
        } else {
            Signs::All
        };
        Self {
            theme,
            signs,
            colourless,
        }
    }

    /// Dresses a finished screen.
    pub fn dress(&self, screen: &mut Buffer) {
        for cell in &mut screen.content {
            if !is_plain(cell) {
                self.theme.dress(cell);
                if self.colourless {
                    (cell.fg, cell.bg) = (Color::Reset, Color::Reset);
                }
            }
        }
        self.signs.dress(screen);
    }
}

fn is_plain(cell: &Cell) -> bool {
    cell.modifier.is_empty() && cell.fg == Color::Reset && cell.bg == Color::Reset
}

/// The names of terminals that have no colours: DEC's, and those whose name says so.
fn is_colourless(term: &str) -> bool {
    let dec = term
        .strip_prefix("vt")
        .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
    dec || term.ends_with("-m") || term.ends_with("-mono")
}

/// `COLORFGBG` is the text's colour and the background's, by number: `0;15`, or `0;default;15`.
fn is_light(said: &str) -> bool {
    let background = said.rsplit(';').next();
    matches!(background, Some("7" | "15"))
}

fn is_utf8(locale: &str) -> bool {
    let locale = locale.to_ascii_lowercase();
    locale.contains("utf-8") || locale.contains("utf8")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn look(wanted: &Wanted, variables: &str) -> Look {
        let variables: Vec<(&str, &str)> = variables
            .split_whitespace()
            .filter_map(|pair| pair.split_once('='))
            .collect();
        Look::of(wanted, None, |name| {
            let found = variables.iter().find(|(known, _)| *known == name)?;
            Some(found.1.to_owned())
        })
    }

    #[test]
    fn colours_go_with_no_color_the_flag_and_the_terminal() {
        for (colours, variables, expected) in [
            (Colours::Auto, "TERM=xterm-256color", false),
            (Colours::Auto, "TERM=xterm NO_COLOR=1", true),
            (Colours::Auto, "TERM=xterm NO_COLOR=no", true),
            (Colours::Auto, "TERM=xterm NO_COLOR=", false),
            (Colours::Auto, "TERM=vt220", true),
            (Colours::Auto, "TERM=vte-256color", false),
            (Colours::Auto, "TERM=linux-m", true),
            (Colours::Always, "TERM=vt100 NO_COLOR=1", false),
            (Colours::Never, "TERM=xterm", true),
        ] {
            let wanted = Wanted {
                colours,
                ..Wanted::default()
            };
            let look = look(&wanted, variables);
            assert_eq!(look.colourless, expected, "{colours:?} {variables}");
            assert_eq!(look.theme == look.theme.without_colours(), expected);
        }
    }

    #[test]
    fn signs_go_with_the_locale_the_flag_and_the_console() {
        for (ascii, variables, expected) in [
            (false, "LANG=en_US.UTF-8", Signs::All),
            (false, "LANG=C.utf8", Signs::All),
            (false, "", Signs::Ascii),
            (false, "LANG=C", Signs::Ascii),
            (false, "LANG=de_DE.ISO-8859-1", Signs::Ascii),
            (false, "LC_ALL=C LANG=en_US.UTF-8", Signs::Ascii),
            (false, "LC_ALL=C LC_CTYPE=C.UTF-8", Signs::Ascii),
            (false, "LC_ALL= LC_CTYPE=C.UTF-8 LANG=C", Signs::All),
            (false, "LC_CTYPE=C LANG=en_US.UTF-8", Signs::Ascii),
            (true, "LANG=en_US.UTF-8", Signs::Ascii),
            (false, "LANG=en_US.UTF-8 TERM=linux", Signs::Console),
            (false, "LANG=C TERM=linux", Signs::Ascii),
        ] {
            let wanted = Wanted {
                ascii,
                ..Wanted::default()
            };
            assert_eq!(
                look(&wanted, variables).signs,
                expected,
                "{ascii} {variables}"
            );
        }
    }

    #[test]
    fn the_theme_follows_the_background_that_the_terminal_names() {
        let theme = |variables| look(&Wanted::default(), variables).theme;
        let shipped = |name| theme_file::shipped(name).unwrap();
        assert_eq!(theme(""), shipped("dark"));
        assert_eq!(theme("COLORFGBG=15;0"), shipped("dark"));
        assert_eq!(theme("COLORFGBG=0;15"), shipped("light"));
        assert_eq!(theme("COLORFGBG=0;default;7"), shipped("light"));
        assert_eq!(theme("COLORFGBG=0;15 NO_COLOR=1"), shipped("mono"));
    }

    #[test]
    fn an_own_theme_loses_its_colours_only() {
        let (own, _) =
            theme_file::read("t".as_ref(), "error = { fg = \"blue\", underlined = true }");
        let look = Look::of(&Wanted::default(), Some(own), |name| {
            (name == "NO_COLOR").then(|| "1".to_owned())
        });
        let error = look.theme.style(crate::tui::theme::Role::Error);
        assert_eq!(error, ratatui::style::Style::new().underlined());
    }
}
