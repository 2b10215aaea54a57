//! How things look. Every look also stands without colour: signs and reverse video carry the meaning.

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
