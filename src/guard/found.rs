//! The modes of a terminal as they were found, to be put back byte for byte, and as a line for another process.
//! Leaves to others: when they are put back.

use std::io;
use std::os::fd::AsFd;

use rustix::termios::{
    ControlModes, InputModes, LocalModes, OptionalActions, OutputModes, QueueSelector,
    SpecialCodeIndex as Code, Termios, tcflush, tcgetattr, tcsetattr,
};

/// Every special code that Linux knows.
const CODES: [Code; 17] = [
    Code::VINTR,
    Code::VQUIT,
    Code::VERASE,
    Code::VKILL,
    Code::VEOF,
    Code::VTIME,
    Code::VMIN,
    Code::VSWTC,
    Code::VSTART,
    Code::VSTOP,
    Code::VSUSP,
    Code::VEOL,
    Code::VREPRINT,
    Code::VDISCARD,
    Code::VWERASE,
    Code::VLNEXT,
    Code::VEOL2,
];

/// Four sets of modes and the special codes.
const NUMBERS: usize = 4 + CODES.len();

/// What a raw mode changes, as it was before: modes of input, output, control and line, and the special codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Found([u32; NUMBERS]);

/// What the program made of the modes that it found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// Every key comes at once and as it is.
    Raw,
    /// Lines, of which only the line feed is shown.
    Silent,
}

impl Made {
    pub fn of(self, modes: &mut Termios) {
        match self {
            Self::Raw => modes.make_raw(),
            Self::Silent => {
                modes.local_modes.remove(LocalModes::ECHO);
                modes.local_modes.insert(LocalModes::ECHONL);
            }
        }
    }
}

impl Found {
    /// The modes of this terminal now.
    ///
    /// # Errors
    /// When it is no terminal, or gone.
    pub fn of(terminal: impl AsFd) -> io::Result<Self> {
        Ok(Self::from(&tcgetattr(terminal)?))
    }

    /// Numbers with blanks between them.
    #[must_use]
    pub fn line(&self) -> String {
        let numbers: Vec<String> = self.0.iter().map(u32::to_string).collect();
        numbers.join(" ")
    }

    /// What [`Found::line`] said; `None` for anything else.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let numbers: Vec<u32> = line
            .split(' ')
            .map(|number| number.parse().ok())
            .collect::<Option<_>>()?;
        Some(Self(numbers.try_into().ok()?))
    }

    /// Puts the modes back where the terminal still has what was made of them, and throws away what was typed for a
    /// program that is gone; `false` when somebody set other modes since, who keeps them.
    ///
    /// # Errors
    /// When the terminal is gone.
    pub fn put_back(&self, terminal: impl AsFd, made: Made) -> io::Result<bool> {
        let now = tcgetattr(&terminal)?;
        if !self.is_below(&now, made) {
            return Ok(false);
        }
        tcflush(&terminal, QueueSelector::IFlush)?;
        tcsetattr(&terminal, OptionalActions::Now, &self.over(now))?;
        Ok(true)
    }

    /// Is this what was made of these modes?
    fn is_below(&self, now: &Termios, made: Made) -> bool {
        let mut wanted = self.over(now.clone());
        made.of(&mut wanted);
        let modes = |of: &Termios| (of.input_modes, of.output_modes, of.local_modes);
        modes(&wanted) == modes(now)
    }

    fn over(&self, mut modes: Termios) -> Termios {
        let [input, output, control, local, codes @ ..] = self.0;
        modes.input_modes = InputModes::from_bits_retain(input);
        modes.output_modes = OutputModes::from_bits_retain(output);
        modes.control_modes = ControlModes::from_bits_retain(control);
        modes.local_modes = LocalModes::from_bits_retain(local);
        for (code, value) in CODES.into_iter().zip(codes) {
            modes.special_codes[code] = u8::try_from(value).unwrap_or_default();
        }
        modes
    }
}

impl From<&Termios> for Found {
    fn from(modes: &Termios) -> Self {
        let sets = [
            modes.input_modes.bits(),
            modes.output_modes.bits(),
            modes.control_modes.bits(),
            modes.local_modes.bits(),
        ];
        let mut numbers = [0; NUMBERS];
        let codes = CODES.map(|code| u32::from(modes.special_codes[code]));
        for (number, value) in numbers.iter_mut().zip(sets.into_iter().chain(codes)) {
            *number = value;
        }
        Self(numbers)
    }
}

#[cfg(test)]
mod tests {
    use portable_pty::{MasterPty, PtyPair, PtySize, native_pty_system};

    use super::*;

    fn terminal() -> (PtyPair, std::fs::File) {
        let pty = native_pty_system().openpty(PtySize::default()).unwrap();
        let name = pty.master.tty_name().unwrap();
        let tty = std::fs::File::options()
            .read(true)
            .write(true)
            .open(name)
            .unwrap();
        (pty, tty)
    }

    fn all(master: &dyn MasterPty) -> String {
        format!("{:?}", master.get_termios())
    }

    #[test]
    fn modes_survive_their_line_and_come_back_byte_for_byte() {
        let (pty, tty) = terminal();
        let mut odd = tcgetattr(&tty).unwrap();
        odd.local_modes.remove(LocalModes::ECHOK);
        odd.input_modes.insert(InputModes::IXOFF);
        odd.special_codes[Code::VEOL2] = 7;
        odd.special_codes[Code::VERASE] = 8;
        tcsetattr(&tty, OptionalActions::Now, &odd).unwrap();
        let before = all(&*pty.master);
        let found = Found::of(&tty).unwrap();
        assert_eq!(Found::parse(&found.line()), Some(found));
        for made in [Made::Raw, Made::Silent] {
            let mut now = odd.clone();
            made.of(&mut now);
            tcsetattr(&tty, OptionalActions::Now, &now).unwrap();
            assert_ne!(all(&*pty.master), before);
            assert!(found.put_back(&tty, made).unwrap());
            assert_eq!(all(&*pty.master), before);
            // A second time there is nothing to put back.
            assert!(!found.put_back(&tty, made).unwrap());
            assert_eq!(all(&*pty.master), before);
        }
    }

    /// As a shell does for the line it reads.
    #[test]
    fn modes_that_somebody_else_set_stay() {
        let (pty, tty) = terminal();
        let found = Found::of(&tty).unwrap();
        let mut shell = tcgetattr(&tty).unwrap();
        shell
            .local_modes
            .remove(LocalModes::ICANON | LocalModes::ECHO);
        tcsetattr(&tty, OptionalActions::Now, &shell).unwrap();
        let before = all(&*pty.master);
        for made in [Made::Raw, Made::Silent] {
            assert!(!found.put_back(&tty, made).unwrap());
            assert_eq!(all(&*pty.master), before);
        }
    }

    #[test]
    fn another_line_is_no_modes() {
        let (_pty, tty) = terminal();
        let line = Found::of(&tty).unwrap().line();
        for wrong in [
            "",
            "1 2 3",
            &line.replace(' ', "  "),
            &format!("{line} 1"),
            &format!("-{line}"),
        ] {
            assert_eq!(Found::parse(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn what_is_no_terminal_has_no_modes() {
        assert!(Found::of(tempfile::tempfile().unwrap()).is_err());
    }
}
