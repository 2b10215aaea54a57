//! The words that every prompt understands, as one table for reading them and for their help.

/// What a word asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Command {
    Back,
    List,
    Next,
    Search(String),
    Diff,
    Budget,
    Problems,
    Profile,
    Open(String),
    Undo,
    Redo,
    Write(String),
    Quit,
    Help,
}

/// A word, what may follow it, and what it does.
struct Word {
    name: &'static str,
    operand: &'static str,
    sentence: &'static str,
    make: fn(&str) -> Command,
}

const WORDS: [Word; 14] = [
    Word {
        name: "back",
        operand: "",
        sentence: "one step back: from a setting to its panel, from a panel to all panels",
        make: |_| Command::Back,
    },
    Word {
        name: "list",
        operand: "",
        sentence: "what can be chosen here, again; an empty line does the same",
        make: |_| Command::List,
    },
    Word {
        name: "next",
        operand: "",
        sentence: "the next setting that is wrong, needs an answer or is warned about",
        make: |_| Command::Next,
    },
    Word {
        name: "search",
        operand: "WORDS",
        sentence: "settings whose name, path, help or value holds all the words",
        make: |rest| Command::Search(rest.to_owned()),
    },
    Word {
        name: "diff",
        operand: "",
        sentence: "what differs from the profile",
        make: |_| Command::Diff,
    },
    Word {
        name: "budget",
        operand: "",
        sentence: "what it will cost, when limits are reached, and what changes against the profile",
        make: |_| Command::Budget,
    },
    Word {
        name: "problems",
        operand: "",
        sentence: "everything that is wrong, open or warned about",
        make: |_| Command::Problems,
    },
    Word {
        name: "profile",
        operand: "",
        sentence: "another profile; answers are kept",
        make: |_| Command::Profile,
    },
    Word {
        name: "open",
        operand: "FILE",
        sentence: "a file, or a folder to choose one from; its values lie under the answers",
        make: |rest| Command::Open(rest.to_owned()),
    },
    Word {
        name: "undo",
        operand: "",
        sentence: "takes the last step back",
        make: |_| Command::Undo,
    },
    Word {
        name: "redo",
        operand: "",
        sentence: "does it again",
        make: |_| Command::Redo,
    },
    Word {
        name: "write",
        operand: "[FILE]",
        sentence: "shows what would be written, then asks; with a FILE, there instead",
        make: |rest| Command::Write(rest.to_owned()),
    },
    Word {
        name: "quit",
        operand: "",
        sentence: "leaves; asks when something would be lost",
        make: |_| Command::Quit,
    },
    Word {
        name: "help",
        operand: "",
        sentence: "these words, and what the signs mean; ? does the same",
        make: |_| Command::Help,
    },
];

/// The one-line reminder.
pub const REMINDER: &str =
    "Say: back next search diff budget problems profile open undo write quit help.";

/// Reads a line as a command; `None` when it is none.
#[must_use]
pub fn read(line: &str) -> Option<Command> {
    let line = line.trim();
    match line {
        "" => return Some(Command::List),
        "?" => return Some(Command::Help),
        _ => {}
    }
    let (word, rest) = line.split_once(' ').unwrap_or((line, ""));
    let rest = rest.trim();
    let known = WORDS.iter().find(|known| known.name == word)?;
    (rest.is_empty() || !known.operand.is_empty()).then(|| (known.make)(rest))
}

/// Every word with what it does, one a line.
#[must_use]
pub fn help() -> Vec<String> {
    let shown = |word: &Word| match word.operand {
        "" => format!("  {}: {}.", word.name, word.sentence),
        operand => format!("  {} {operand}: {}.", word.name, word.sentence),
    };
    WORDS.iter().map(shown).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        for (line, expected) in [
            ("back", Some(Command::Back)),
            (" back ", Some(Command::Back)),
            ("", Some(Command::List)),
            ("?", Some(Command::Help)),
            (
                "search  near limit",
                Some(Command::Search("near limit".into())),
            ),
            ("write", Some(Command::Write(String::new()))),
            ("open a b.toml", Some(Command::Open("a b.toml".into()))),
            ("back to the start", None),
            ("Back", None),
            ("9003", None),
        ] {
            assert_eq!(read(line), expected, "{line:?}");
        }
    }

    #[test]
    fn the_reminder_names_words_that_are_read() {
        let words = REMINDER.trim_start_matches("Say: ").trim_end_matches('.');
        for word in words.split(' ') {
            assert!(read(word).is_some(), "{word}");
        }
        assert_eq!(help().len(), WORDS.len());
    }
}
