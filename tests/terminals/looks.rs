//! Looks: ASCII, no colours, themes. The screens are those of every other terminal, dressed.

use std::path::Path;

use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier};
use vapora_tui::tui::encode::Encoder;
use vapora_tui::tui::keymap::Keymap;
use vapora_tui::tui::look::{Look, Wanted};
use vapora_tui::tui::signs::Signs;
use vapora_tui::tui::theme::Role;
use vapora_tui::tui::theme_file;

use crate::stage::{Setup, Stage};
use crate::tour;

/// The look that these variables make.
fn look(variables: &[(&str, &str)]) -> Look {
    Look::of(&Wanted::default(), None, |name| {
        let found = variables.iter().find(|(known, _)| *known == name)?;
        Some(found.1.to_owned())
    })
}

fn ascii() -> Look {
    look(&[("TERM", "xterm"), ("LC_ALL", "C")])
}

fn colourless() -> Look {
    look(&[("TERM", "xterm"), ("LANG", "C.UTF-8"), ("NO_COLOR", "1")])
}

/// As the program begins on a terminal of this look.
fn wear(stage: &mut Stage, look: &Look) {
    stage.app.keymap = Keymap::shipped().in_words(!look.signs.have_arrows());
}

fn dressed(stage: &Stage, look: &Look) -> Buffer {
    let (mut buffer, _) = stage.buffer();
    look.dress(&mut buffer);
    buffer
}

fn text(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width)
            .map(|x| buffer[(x, y)].symbol())
            .collect();
        out.push_str(row.trim_end());
        out.push('\n');
    }
    out
}

/// Letters for looks, a cell each: `r` reversed, `b` bold, `B` both, `#` coloured, `.` plain.
fn looks(buffer: &Buffer) -> String {
    let mut out = String::new();
    for y in 0..buffer.area.height {
        let row: String = (0..buffer.area.width)
            .map(|x| {
                let cell = &buffer[(x, y)];
                let bold = cell.modifier.contains(Modifier::BOLD);
                let reversed = cell.modifier.contains(Modifier::REVERSED);
                match (
                    cell.fg == Color::Reset && cell.bg == Color::Reset,
                    bold,
                    reversed,
                ) {
                    (false, ..) => '#',
                    (true, true, true) => 'B',
                    (true, true, false) => 'b',
                    (true, false, true) => 'r',
                    (true, false, false) => '.',
                }
            })
            .collect();
        out.push_str(row.trim_end_matches('.'));
        out.push('\n');
    }
    out
}

#[test]
fn in_ascii_every_byte_of_every_frame_is_ascii() {
    let look = ascii();
    for (width, height) in [(80, 24), (120, 36), (60, 16)] {
        let mut encoder = Encoder::default();
        tour::walk(width, height, |stage, name| {
            wear(stage, &look);
            let (_, cursor) = stage.buffer();
            let bytes = encoder.frame(dressed(stage, &look), cursor);
            assert!(!bytes.is_empty(), "{name} changes nothing");
            let foreign: Vec<u8> = bytes.iter().copied().filter(|b| *b >= 0x80).collect();
            assert!(foreign.is_empty(), "{name} {width}x{height}: {foreign:x?}");
        });
    }
}

/// The tour again, with the snapshots to look at.
#[test]
fn ascii_screens() {
    let look = ascii();
    tour::walk(80, 24, |stage, name| {
        wear(stage, &look);
        insta::assert_snapshot!(format!("ascii_{name}"), text(&dressed(stage, &look)));
    });
}

#[test]
fn in_ascii_the_legend_says_the_signs_that_show() {
    let look = ascii();
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    wear(&mut stage, &look);
    let shown = text(&dressed(&stage, &look));
    assert!(
        shown.contains("o needs an answer   * changed by you   x wrong   ! warning"),
        "{shown}"
    );
    stage.keys("Down Enter Down Enter Ctrl+u 8 0 Enter");
    let shown = text(&dressed(&stage, &look));
    assert!(shown.contains("> Port                   x 80"), "{shown}");
    assert!(shown.contains("x1 !1 o0 *1"), "{shown}");
}

/// No value of the tour holds such a letter: a `?` would be a sign that nobody mapped.
#[test]
fn in_ascii_every_sign_that_is_drawn_has_its_own() {
    let look = ascii();
    for (width, height) in [(80, 24), (120, 36)] {
        tour::walk(width, height, |stage, name| {
            let (drawn, _) = stage.buffer();
            let shown = dressed(stage, &look);
            for (drawn, shown) in drawn.content.iter().zip(&shown.content) {
                let sign = drawn.symbol();
                assert!(sign.is_ascii() || shown.symbol() != "?", "{name}: {sign}");
            }
        });
    }
}

/// What a value holds beyond ASCII shows as one `?` a character.
#[test]
fn in_ascii_other_letters_of_values_are_question_marks() {
    let look = ascii();
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage
        .keys("Down Enter Enter Ctrl+u")
        .text("größe")
        .keys("Enter");
    let shown = text(&dressed(&stage, &look));
    assert!(shown.contains("gr??e"), "{shown}");
}

#[test]
fn on_the_linux_console_boxes_stay_and_other_signs_are_ascii() {
    let look = look(&[("TERM", "linux"), ("LANG", "en_US.UTF-8")]);
    assert_eq!(look.signs, Signs::Console);
    tour::walk(80, 24, |stage, name| {
        let shown = text(&dressed(stage, &look));
        assert!(shown.contains('┌'), "{name}");
        for sign in ['✗', '○', '●', '▸', '▾', '…', '›', '–'] {
            assert!(!shown.contains(sign), "{name}: {sign}");
        }
    });
}

/// The codes of `ESC [ … m` in a frame.
fn graphics(bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes).into_owned();
    let mut found = Vec::new();
    for part in text.split("\x1b[").skip(1) {
        let end = part.find(|c: char| c.is_ascii_alphabetic()).unwrap();
        if part[end..].starts_with('m') {
            found.extend(part[..end].split(';').map(str::to_owned));
        }
    }
    found
}

#[test]
fn without_colours_no_frame_has_a_colour_and_the_selection_is_reversed() {
    let look = colourless();
    let mut encoder = Encoder::default();
    let mut all = Vec::new();
    tour::walk(80, 24, |stage, name| {
        let buffer = dressed(stage, &look);
        for cell in &buffer.content {
            assert_eq!((cell.fg, cell.bg), (Color::Reset, Color::Reset), "{name}");
        }
        let reversed = buffer
            .content
            .iter()
            .any(|cell| cell.modifier.contains(Modifier::REVERSED));
        // A text that is typed has the cursor instead; help, an empty list and an editor have nothing to choose.
        let chosen = ![
            "prompt",
            "help",
            "help_below",
            "look_help",
            "search_nothing",
            "finder_nothing",
            "filter_empty",
            "editor",
            "items",
            "preset_save",
        ]
        .contains(&name);
        assert!(reversed || !chosen, "{name}: nothing is reversed");
        let (_, cursor) = stage.buffer();
        let bytes = encoder.frame(buffer, cursor);
        assert!(!bytes.windows(3).any(|part| part == b"\x1b[;"), "{name}");
        all.extend(graphics(&bytes));
    });
    all.sort();
    all.dedup();
    // What was searched for is underlined.
    let plain = ["", "0", "1", "4", "7"];
    let other: Vec<&String> = all
        .iter()
        .filter(|code| !plain.contains(&code.as_str()))
        .collect();
    assert!(
        other.is_empty(),
        "more than reset, bold, underline and reverse: {other:?}"
    );
    assert!(all.contains(&"7".to_owned()) && all.contains(&"1".to_owned()));
}

#[test]
fn looks_without_colours() {
    let look = colourless();
    tour::walk(80, 24, |stage, name| {
        let buffer = dressed(stage, &look);
        let shown = format!("{}\n{}", text(&buffer), looks(&buffer));
        insta::assert_snapshot!(format!("no_color_{name}"), shown);
    });
}

/// The colours that each theme brings to the screen with a mistake on it.
#[test]
fn themes_show_roles_in_their_colours() {
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down Enter Ctrl+u 8 0 Enter");
    for (name, error, quiet) in [
        ("dark", Color::Red, Color::DarkGray),
        ("light", Color::Red, Color::DarkGray),
        ("mono", Color::Reset, Color::Reset),
    ] {
        let look = Look {
            theme: theme_file::shipped(name).unwrap(),
            ..Look::default()
        };
        let buffer = dressed(&stage, &look);
        let sign = &buffer[(27, 3)];
        assert_eq!((sign.symbol(), sign.fg), ("✗", error), "{name}");
        let range = buffer
            .content
            .iter()
            .filter(|cell| cell.fg == Color::DarkGray)
            .count();
        assert_eq!(range > 0, quiet == Color::DarkGray, "{name}");
        assert!(
            buffer[(4, 3)].modifier.contains(Modifier::REVERSED),
            "{name}"
        );
    }
}

#[test]
fn an_own_theme_is_worn() {
    let (theme, wrong) = theme_file::read(
        Path::new("theme.toml"),
        "error = { fg = \"light-red\", underlined = true }\nselected = { bg = \"blue\" }\n",
    );
    assert_eq!(wrong, []);
    let look = Look {
        theme,
        ..Look::default()
    };
    assert_eq!(look.theme.style(Role::Quiet).fg, Some(Color::DarkGray));
    let mut stage = Setup::new(80, 24).profile("enterprise").begin();
    stage.keys("Down Enter Down Enter Ctrl+u 8 0 Enter");
    let buffer = dressed(&stage, &look);
    let sign = &buffer[(27, 3)];
    assert_eq!(
        (sign.fg, sign.modifier),
        (Color::LightRed, Modifier::UNDERLINED)
    );
    let chosen = &buffer[(4, 3)];
    assert_eq!(
        (chosen.bg, chosen.modifier),
        (Color::Blue, Modifier::REVERSED)
    );
}
