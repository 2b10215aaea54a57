//! A workspace in a temporary folder that is the current one, and the program run in it.
//! What one test crate needs besides it adds to `Room` and `Done` itself.

use std::fs;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub struct Room(TempDir);

pub struct Done {
    pub code: i32,
    pub out: String,
    pub err: String,
}

impl Room {
    /// With these files.
    pub fn with(files: &[(&str, &str)]) -> Self {
        let room = Self(tempfile::tempdir().unwrap());
        // Makes it the nearest workspace, whatever stands in its parents.
        fs::create_dir(room.path(".typedialog")).unwrap();
        for (name, text) in files {
            room.file(name, text);
        }
        room
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Writes a file, and the folders above it.
    pub fn file(&self, name: &str, text: impl AsRef<[u8]>) -> PathBuf {
        let path = self.path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    /// The program with nothing of this environment and nobody to ask.
    pub fn command<'a>(&self, args: impl IntoIterator<Item = &'a str>) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vapora-tui"));
        command
            .args(args)
            .env_clear()
            .current_dir(self.0.path())
            .stdin(Stdio::null());
        command
    }
}

impl Done {
    pub fn of(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap(),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }
}
