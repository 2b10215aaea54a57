//! The room of plain mode: empty, and the program is run in it with lines as typed.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;

use crate::fed::fed;
pub use crate::room::{Done, Room};

pub const FILE: &str = "config/runtime/vapora.toml";

impl Room {
    pub fn new() -> Self {
        Self::with(&[])
    }

    pub fn root(&self) -> PathBuf {
        self.path("")
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Runs with arguments and variables, both separated by blanks, and types the lines.
    pub fn run(&self, args: &str, variables: &str, lines: &str) -> Done {
        let mut command = self.command(args.split_whitespace());
        let variables = variables.split_whitespace();
        command.envs(variables.map(|variable| variable.split_once('=').unwrap()));
        let mut done = Done::of(fed(&mut command, lines));
        let root = self.root().display().to_string();
        for text in [&mut done.out, &mut done.err] {
            *text = text.replace(&root, "");
        }
        done
    }

    /// A conversation that starts from a profile or file by `args`.
    pub fn talk(&self, args: &str, lines: &str) -> Done {
        self.run(&format!("--plain {args}"), "", lines)
    }
}

impl Done {
    #[track_caller]
    pub fn says(&self, text: &str) -> &Self {
        // A sentence may be folded.
        let unfolded = self.out.replace('\n', " ");
        assert!(
            self.out.contains(text) || unfolded.contains(text),
            "{text:?} is not said:\n{}{}",
            self.out,
            self.err
        );
        self
    }

    #[track_caller]
    pub fn does_not_say(&self, text: &str) -> &Self {
        assert!(!self.out.contains(text), "{text:?} is said:\n{}", self.out);
        self
    }

    #[track_caller]
    pub fn ends(&self, code: i32) -> &Self {
        assert_eq!(self.code, code, "{}{}", self.out, self.err);
        self
    }

    /// Printable ASCII and line feeds, no longer than a line printer's line.
    #[track_caller]
    pub fn is_plain(&self) -> &Self {
        for line in self.out.lines() {
            assert!(line.bytes().all(|b| (b' '..=b'~').contains(&b)), "{line:?}");
            assert!(line.len() <= 132, "{line}");
        }
        self
    }
}
