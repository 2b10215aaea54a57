//! An empty workspace in which the program is run with lines as typed.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use tempfile::TempDir;

use crate::terminal::PROGRAM;

pub const FILE: &str = "config/runtime/vapora.toml";

pub struct Room(TempDir);

pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Room {
    pub fn new() -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        // Makes it the nearest workspace, whatever stands in its parents.
        fs::create_dir(room.path(".typedialog")).unwrap();
        room
    }

    pub fn root(&self) -> &Path {
        self.0.path()
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.root().join(name)
    }

    pub fn file(&self, name: &str, text: &str) -> &Self {
        fs::create_dir_all(self.path(name).parent().unwrap()).unwrap();
        fs::write(self.path(name), text).unwrap();
        self
    }

    pub fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    pub fn mode(&self, name: &str) -> u32 {
        fs::metadata(self.path(name)).unwrap().permissions().mode() & 0o777
    }

    /// Runs with arguments and variables, both separated by blanks, and types the lines.
    pub fn run(&self, args: &str, variables: &str, lines: &str) -> Done {
        let mut child = Command::new(PROGRAM)
            .args(args.split_whitespace())
            .env_clear()
            .envs(
                variables
                    .split_whitespace()
                    .map(|v| v.split_once('=').unwrap()),
            )
            .current_dir(self.root())
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        // A program that ended early reads no more; what it said is judged.
        let _ = child.stdin.take().unwrap().write_all(lines.as_bytes());
        let output = child.wait_with_output().unwrap();
        let text = |bytes| {
            let text = String::from_utf8(bytes).unwrap();
            let root = format!("{}/", self.root().display());
            text.replace(&root, "")
        };
        Done {
            code: output.status.code().unwrap(),
            out: text(output.stdout),
            err: text(output.stderr),
        }
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
