//! What goes out: results on stdout, messages on stderr. A reader that has read enough is no fault.

use std::io::{self, ErrorKind, Write};

use crate::problem::Problem;

/// Prints a result.
///
/// # Errors
/// A problem when stdout cannot take it, such as a full disk; a closed pipe is none.
pub fn result(text: &str) -> Result<(), Problem> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != ErrorKind::BrokenPipe => Err(Problem::error(format!(
            "The result cannot be printed: {error}."
        ))
        .hint("Mend what stdout leads to, or write with --output.")),
        _ => Ok(()),
    }
}

/// Prints a message. When stderr is closed nobody wants it.
pub fn message(text: &str) {
    let mut out = io::stderr().lock();
    drop(out.write_all(text.as_bytes()).and_then(|()| out.flush()));
}
