//! How many earlier versions are kept: as the environment says, for the wizard and the verbs alike.

use std::ffi::OsStr;

use super::generations::KEPT;
use crate::clean;
use crate::problem::Problem;

/// The variable that says it.
pub const VARIABLE: &str = "VAPORA_TUI_GENERATIONS";

/// More would only fill the disk.
const MOST: usize = 1_000;

/// How many earlier versions a write leaves: those of `VAPORA_TUI_GENERATIONS`, else 20.
///
/// # Errors
/// A problem when the variable holds anything but a number from 1 to 1000.
pub fn most_kept() -> Result<usize, Problem> {
    of(std::env::var_os(VARIABLE).as_deref())
}

fn of(said: Option<&OsStr>) -> Result<usize, Problem> {
    let Some(said) = said else { return Ok(KEPT) };
    let number = said.to_str().and_then(|text| text.trim().parse().ok());
    number
        .filter(|number| (1..=MOST).contains(number))
        .ok_or_else(|| {
            let shown = clean::line(&said.to_string_lossy());
            Problem::error(format!(
                "{VARIABLE} says how many earlier versions are kept, and {shown:?} is no such number."
            ))
            .hint(format!(
                "Give 1 to {MOST}, for example 50, or unset it: then {KEPT} are kept."
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_from_one_on_or_a_sentence() {
        for (said, expected) in [
            (None, Some(20)),
            (Some("1"), Some(1)),
            (Some(" 50 "), Some(50)),
            (Some("1000"), Some(1000)),
            (Some("0"), None),
            (Some("1001"), None),
            (Some("-3"), None),
            (Some(""), None),
            (Some("many\u{1b}[2J"), None),
        ] {
            let found = of(said.map(OsStr::new));
            if let Err(problem) = &found {
                let sentence = problem.sentence();
                assert!(
                    sentence.contains("Give 1 to 1000, for example 50"),
                    "{sentence}"
                );
                assert!(clean::is_clean(&sentence), "{sentence:?}");
            }
            assert_eq!(found.ok(), expected, "{said:?}");
        }
    }
}
