//! Lines out and lines in: stdout in ASCII without escapes, stdin a line at a time.
//! Leaves to others: what is said (`dialog` and the rooms of it).

use std::io::{self, BufRead, IsTerminal, Read, Write};

use zeroize::Zeroizing;

use super::fold::{columns, fold};
use super::hidden::{self, Hidden};
use crate::ascii::ascii;
use crate::clean;

/// Longer lines are nothing that anybody types.
const LONGEST_LINE: usize = 64 << 10;

/// What was read.
#[derive(Debug)]
enum Heard {
    Line(Zeroizing<String>),
    /// Nothing that can be an answer; the sentence says why.
    No(&'static str),
    End,
}

/// The conversation. When stdout is gone it is over, as when stdin ends.
#[derive(Debug)]
pub struct Talk {
    terminal: bool,
    gone: bool,
}

impl Talk {
    /// Starts talking; on a terminal the signals that end the program are watched from now on.
    ///
    /// # Errors
    /// When signals cannot be watched.
    pub fn begin() -> io::Result<Self> {
        let terminal = io::stdin().is_terminal();
        if terminal {
            hidden::watch_signals(|text| drop(print(text)))?;
        }
        let gone = false;
        Ok(Self { terminal, gone })
    }

    /// Says lines, folded between words.
    pub fn say(&mut self, text: &str) {
        let text = ascii(text);
        let mut out = String::with_capacity(text.len() + 1);
        // Asked each time: a window may be drawn wider meanwhile.
        let columns = columns();
        for line in text.split('\n').flat_map(|line| fold(line, columns)) {
            out.push_str(line.trim_end());
            out.push('\n');
        }
        self.print(&out);
    }

    /// Says lines as they are, however long.
    pub fn say_whole(&mut self, text: &str) {
        self.print(&ascii(text));
    }

    fn print(&mut self, text: &str) {
        self.gone |= print(text).is_err();
    }

    /// Asks for one line; `None` at the end of the input.
    pub fn ask(&mut self, prompt: &str) -> Option<String> {
        let line = self.line(prompt, false)?;
        // A script that answers is seen beside its questions, as on a terminal.
        if !self.terminal {
            self.print(&format!("{}\n", ascii(&line)));
        }
        Some(line.to_string())
    }

    /// Asks for one line that is shown nowhere.
    pub fn ask_hidden(&mut self, prompt: &str) -> Option<Zeroizing<String>> {
        let hidden = Hidden::begin();
        let line = self.line(prompt, true);
        drop(hidden);
        if !self.terminal {
            self.print("\n");
        }
        line
    }

    fn line(&mut self, prompt: &str, secret: bool) -> Option<Zeroizing<String>> {
        loop {
            self.print(&ascii(prompt));
            if self.gone {
                return None;
            }
            match read() {
                Heard::Line(line) => {
                    hidden::line_read();
                    return Some(line);
                }
                Heard::No(why) if secret => self.say(&format!("\n{why} Nothing was kept.")),
                Heard::No(why) => self.say(why),
                Heard::End => {
                    self.print("\n");
                    return None;
                }
            }
        }
    }
}

fn print(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()
}

fn read() -> Heard {
    // Room for a whole line at once: growing would leave copies of a secret behind.
    let mut bytes = Zeroizing::new(Vec::with_capacity(4 << 10));
    let most = u64::try_from(LONGEST_LINE).unwrap_or(u64::MAX);
    let read = io::stdin().lock().take(most).read_until(b'\n', &mut bytes);
    match read {
        Ok(0) | Err(_) => return Heard::End,
        Ok(n) if n == LONGEST_LINE => return Heard::No("That line is too long to be an answer."),
        Ok(_) => {}
    }
    let line = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    match std::str::from_utf8(line) {
        Err(_) => Heard::No("That line is not UTF-8 text; type it again."),
        Ok(line) if !clean::is_clean(line) => {
            Heard::No("That line holds keys that are no text, such as arrows; type it again.")
        }
        Ok(line) => Heard::Line(Zeroizing::new(line.to_owned())),
    }
}
