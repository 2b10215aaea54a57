//! How things look. `draw` marks cells with the styles below, each the mark of one role; a [`Theme`] says how a role
//! is shown. Every look also stands without colour: signs and reverse video carry the meaning.

use ratatui::buffer::Cell;
use ratatui::style::{Color, Modifier, Style};

use crate::problem::Severity;

/// The selected row's name.
pub const SELECTED: Style = Style::new().add_modifier(Modifier::REVERSED);
/// Titles, and what the eye should find first.
pub const STRONG: Style = Style::new().add_modifier(Modifier::BOLD);
/// Ranges, origins, key hints.
pub const QUIET: Style = Style::new().fg(Color::DarkGray);
/// The characters that a search hit.
pub const FOUND: Style = Style::new().add_modifier(Modifier::BOLD.union(Modifier::UNDERLINED));
pub const CHANGED: Style = Style::new().fg(Color::Cyan);

/// The sign of a changed field.
pub const CHANGED_SIGN: &str = "●";
/// The sign before the selected row, and before the focused button.
pub const POINTER: &str = "▸";

#[must_use]
pub fn severity(severity: Severity) -> Style {
    match severity {
        Severity::Error => Style::new().fg(Color::Red),
        Severity::Open => Style::new().fg(Color::Magenta),
        Severity::Warning => Style::new().fg(Color::Yellow),
    }
}

#[must_use]
pub fn sign(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "✗",
        Severity::Open => "○",
        Severity::Warning => "!",
    }
}

/// What a part of the screen is, as far as its look tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Selected,
    Strong,
    Quiet,
    Changed,
    Error,
    Open,
    Warning,
}

impl Role {
    pub const ALL: [Self; 7] = [
        Self::Selected,
        Self::Strong,
        Self::Quiet,
        Self::Changed,
        Self::Error,
        Self::Open,
        Self::Warning,
    ];

    /// The name in a theme file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Selected => "selected",
            Self::Strong => "strong",
            Self::Quiet => "quiet",
            Self::Changed => "changed",
            Self::Error => "error",
            Self::Open => "open",
            Self::Warning => "warning",
        }
    }

    /// The style with which `draw` marks it.
    #[must_use]
    pub fn mark(self) -> Style {
        match self {
            Self::Selected => SELECTED,
            Self::Strong => STRONG,
            Self::Quiet => QUIET,
            Self::Changed => CHANGED,
            Self::Error => severity(Severity::Error),
            Self::Open => severity(Severity::Open),
            Self::Warning => severity(Severity::Warning),
        }
    }
}

/// How each role is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Theme([Style; 7]);

impl Default for Theme {
    /// As marked: the look on a dark background.
    fn default() -> Self {
        Self(Role::ALL.map(Role::mark))
    }
}

impl Theme {
    #[must_use]
    pub fn style(&self, role: Role) -> Style {
        self.0[role as usize]
    }

    /// Shows a role so; the selected row stays reversed, whatever is said.
    pub fn set(&mut self, role: Role, style: Style) {
        self.0[role as usize] = match role {
            Role::Selected => style.add_modifier(Modifier::REVERSED),
            _ => style,
        };
    }

    /// The same without any colour.
    #[must_use]
    pub fn without_colours(&self) -> Self {
        Self(self.0.map(|style| Style {
            fg: None,
            bg: None,
            ..style
        }))
    }

    /// Shows a marked cell as its roles are to be shown.
    pub fn dress(&self, cell: &mut Cell) {
        let marked = cell.modifier;
        let role = Role::ALL
            .into_iter()
            .find(|role| role.mark().fg.is_some_and(|fg| fg == cell.fg));
        let mut style = Style::new();
        if marked.contains(Modifier::BOLD) {
            style = style.patch(self.style(Role::Strong));
        }
        if let Some(role) = role {
            style = style.patch(self.style(role));
        }
        if marked.contains(Modifier::REVERSED) {
            style = style.patch(self.style(Role::Selected));
        }
        let other = marked.difference(Modifier::BOLD | Modifier::REVERSED);
        cell.fg = style.fg.unwrap_or(Color::Reset);
        cell.bg = style.bg.unwrap_or(Color::Reset);
        cell.modifier = other | style.add_modifier;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_have_marks_of_their_own() {
        for (i, role) in Role::ALL.into_iter().enumerate() {
            assert_eq!(role as usize, i);
            for other in &Role::ALL[..i] {
                assert_ne!(role.mark(), other.mark(), "{role:?} and {other:?}");
            }
        }
    }

    #[test]
    fn a_cell_is_shown_as_its_roles() {
        let mut theme = Theme::default();
        theme.set(Role::Error, Style::new().fg(Color::Blue));
        theme.set(Role::Selected, Style::new().bg(Color::Green));
        for (mark, expected) in [
            (Style::new(), Style::new()),
            (Role::Error.mark(), Style::new().fg(Color::Blue)),
            (
                Role::Error.mark().reversed(),
                Style::new().fg(Color::Blue).bg(Color::Green).reversed(),
            ),
            (STRONG.underlined(), Style::new().bold().underlined()),
        ] {
            let mut cell = Cell::EMPTY;
            cell.set_style(mark);
            theme.dress(&mut cell);
            let mut wanted = Cell::EMPTY;
            wanted.set_style(expected);
            assert_eq!(cell, wanted, "{mark:?}");
        }
    }

    #[test]
    fn without_colours_the_selected_row_is_still_reversed() {
        let theme = Theme::default().without_colours();
        let mut cell = Cell::EMPTY;
        cell.set_style(Role::Error.mark().reversed());
        theme.dress(&mut cell);
        assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset));
        assert_eq!(cell.modifier, Modifier::REVERSED);
    }
}
