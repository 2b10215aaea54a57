//! What a preset may be called and what it is for, as checked texts; and which one a command line names.

use std::cmp::Ordering;
use std::fmt;
use std::path::Path;

use super::places::Whose;
use crate::clean;
use crate::problem::Problem;

/// Characters.
const LONGEST_NAME: usize = 60;
const LONGEST_DESCRIPTION: usize = 160;

/// A preset's name: `[a-z0-9][a-z0-9-_]*`, at most 60 characters.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Name(String);

/// As people count: `p4` before `p30`.
impl Ord for Name {
    fn cmp(&self, other: &Self) -> Ordering {
        natural(&self.0)
            .cmp(natural(&other.0))
            .then_with(|| self.0.cmp(&other.0))
    }
}

impl PartialOrd for Name {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A name's characters in their order, a run of digits as one number: so long without leading zeros, then its digits.
fn natural(name: &str) -> impl Iterator<Item = (u8, usize, &str)> {
    let is_digit = |c: char| c.is_ascii_digit();
    name.split_inclusive(|_: char| true)
        .enumerate()
        .filter_map(move |(at, one)| {
            // Names are ASCII, so the place counts bytes too.
            let first = *one.as_bytes().first()?;
            if !first.is_ascii_digit() {
                return Some((first, 0, one));
            }
            if name[..at].ends_with(is_digit) {
                return None;
            }
            let run = &name[at..];
            let run = run.split(|c| !is_digit(c)).next()?;
            let number = run.trim_start_matches('0');
            Some((b'0', number.len(), number))
        })
}

impl Name {
    /// # Errors
    /// A problem that says what is allowed and gives one name that works.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let allowed = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
        let begins = text.starts_with(|c: char| c.is_ascii_lowercase() || c.is_ascii_digit());
        if begins && text.len() <= LONGEST_NAME && text.chars().all(allowed) {
            return Ok(Self(text.to_owned()));
        }
        let shown: String = clean::line(text).chars().take(LONGEST_NAME).collect();
        let message = if text.is_empty() {
            "A preset needs a name.".to_owned()
        } else if text.len() > LONGEST_NAME && text.chars().all(allowed) {
            format!(
                "The name has {} characters; at most {LONGEST_NAME} are allowed.",
                text.len()
            )
        } else {
            format!("{shown} is no name for a preset.")
        };
        let proposal = Self::near(text).map_or("staging-eu".to_owned(), |name| name.0);
        Err(Problem::error(message).hint(format!(
            "Use a-z, 0-9, - and _, and begin with a letter or digit, for example {proposal}."
        )))
    }

    /// The name that a text is nearest to: `EU staging` is `eu-staging`.
    #[must_use]
    pub fn near(text: &str) -> Option<Self> {
        let mut name = String::new();
        for c in text.trim().chars().flat_map(char::to_lowercase) {
            let fits = c.is_ascii_lowercase() || c.is_ascii_digit() || "-_".contains(c);
            match c {
                c if fits => name.push(c),
                _ if !name.ends_with('-') => name.push('-'),
                _ => {}
            }
        }
        let name: String = name
            .trim_start_matches(['-', '_'])
            .chars()
            .take(LONGEST_NAME)
            .collect();
        let name = name.trim_end_matches('-');
        (!name.is_empty()).then(|| Self(name.to_owned()))
    }

    /// The name nearest to that of a file.
    #[must_use]
    pub fn of_file(file: &Path) -> Self {
        let stem = file.file_stem().unwrap_or_default().to_string_lossy();
        Self::near(&stem).unwrap_or_else(|| Self("preset".to_owned()))
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// One line that says what a preset is for; it may be empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Description(String);

impl Description {
    /// # Errors
    /// A problem when it is more than one line of visible text, or longer than 160 characters.
    pub fn new(text: &str) -> Result<Self, Problem> {
        let text = text.trim();
        let example = "for example: EU staging, architect limit lowered.";
        if !clean::is_clean(text) {
            return Err(Problem::error("A description is one line of plain text.")
                .hint(format!("Leave line feeds and tabs out, {example}")));
        }
        let length = text.chars().count();
        if length > LONGEST_DESCRIPTION {
            return Err(Problem::error(format!(
                "The description has {length} characters; at most {LONGEST_DESCRIPTION} are kept."
            ))
            .hint(format!("Say it shorter, {example}")));
        }
        Ok(Self(text.to_owned()))
    }

    /// As read from a file: what cannot stand is made fit.
    pub(super) fn read(text: &str) -> Self {
        let text: String = clean::line(text.trim())
            .chars()
            .take(LONGEST_DESCRIPTION)
            .collect();
        Self(text.trim_end().to_owned())
    }

    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Description {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A preset as the command line names it: `staging-eu`, or `mine/staging-eu` and `shared/staging-eu` for one exactly.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub whose: Option<Whose>,
    pub name: Name,
}

impl Named {
    /// # Errors
    /// A problem when the name is none.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (whose, name) = match text.split_once('/') {
            Some((word, name)) => match Whose::from_word(word) {
                Some(whose) => (Some(whose), name),
                None => (None, text),
            },
            None => (None, text),
        };
        let name = Name::new(name).map_err(|mut problem| {
            if text.contains(['/', '.']) {
                let hint = problem.hint.take().unwrap_or_default();
                problem.hint = Some(format!("{hint} A file is named with --from."));
            }
            problem
        })?;
        Ok(Self { whose, name })
    }
}

impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.whose {
            Some(whose) => write!(f, "{}/{}", whose.word(), self.name),
            None => write!(f, "{}", self.name),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_in_names_count_by_value() {
        let sorted = [
            "4",
            "10",
            "a",
            "a-2",
            "a-10",
            "a2b3",
            "a2b20",
            "a010",
            "a10",
            "a11",
            "ab",
            "p4",
            "p30",
            "p99999999999999999999999",
            "p100000000000000000000000",
        ];
        let mut names: Vec<Name> = sorted.iter().map(|n| Name::new(n).unwrap()).collect();
        names.reverse();
        names.sort();
        assert_eq!(names.iter().map(Name::as_str).collect::<Vec<_>>(), sorted);
    }

    #[test]
    fn a_name_is_one_or_a_near_one_is_proposed() {
        for (text, expected) in [
            ("staging-eu", Ok("staging-eu")),
            ("0", Ok("0")),
            ("a_b-c9", Ok("a_b-c9")),
            (
                "",
                Err(
                    "A preset needs a name. Use a-z, 0-9, - and _, and begin with a letter or digit, for example staging-eu.",
                ),
            ),
            (
                "EU Staging",
                Err(
                    "EU Staging is no name for a preset. Use a-z, 0-9, - and _, and begin with a letter or digit, for example eu-staging.",
                ),
            ),
            (
                "-x",
                Err(
                    "-x is no name for a preset. Use a-z, 0-9, - and _, and begin with a letter or digit, for example x.",
                ),
            ),
            (
                "../up",
                Err(
                    "../up is no name for a preset. Use a-z, 0-9, - and _, and begin with a letter or digit, for example up.",
                ),
            ),
            (
                "a\u{1b}[m",
                Err(
                    "a\u{241b}[m is no name for a preset. Use a-z, 0-9, - and _, and begin with a letter or digit, for example a-m.",
                ),
            ),
            (
                "größe",
                Err(
                    "größe is no name for a preset. Use a-z, 0-9, - and _, and begin with a letter or digit, for example gr-e.",
                ),
            ),
        ] {
            let found = Name::new(text).map_err(|problem| problem.sentence());
            let found = found.as_ref().map(Name::as_str).map_err(String::as_str);
            assert_eq!(found, expected, "{text:?}");
        }
        assert!(Name::new(&"a".repeat(60)).is_ok());
        let long = Name::new(&"a".repeat(61)).unwrap_err();
        assert_eq!(
            long.message,
            "The name has 61 characters; at most 60 are allowed."
        );
    }

    #[test]
    fn every_proposal_is_a_name() {
        for text in ["..", "///", "A", "--", "_x", " Ein Name! ", &"Ü".repeat(99)] {
            if let Some(name) = Name::near(text) {
                assert_eq!(Name::new(name.as_str()).unwrap(), name, "{text:?}");
            }
        }
        assert_eq!(Name::near("///"), None);
    }

    #[test]
    fn a_description_is_one_visible_line() {
        for (text, expected) in [
            ("", Some("")),
            (" EU staging ", Some("EU staging")),
            ("two\nlines", None),
            ("\u{1b}[31m", None),
            ("a\u{202e}b", None),
        ] {
            let found = Description::new(text).ok();
            assert_eq!(
                found.as_ref().map(Description::as_str),
                expected,
                "{text:?}"
            );
        }
        assert!(Description::new(&"ä".repeat(160)).is_ok());
        assert!(Description::new(&"ä".repeat(161)).is_err());
        let read = Description::read(&"a\n".repeat(200));
        assert_eq!(read.as_str().chars().count(), 160);
        assert_eq!(Description::new(read.as_str()).unwrap(), read);
    }

    #[test]
    fn one_exactly_or_by_its_name() {
        for (text, expected) in [
            ("eu", Some((None, "eu"))),
            ("mine/eu", Some((Some(Whose::Mine), "eu"))),
            ("shared/eu", Some((Some(Whose::Shared), "eu"))),
            ("theirs/eu", None),
            ("./eu", None),
            ("shared/", None),
        ] {
            let found = Named::parse(text).ok();
            let found = found
                .as_ref()
                .map(|named| (named.whose, named.name.as_str()));
            assert_eq!(found, expected, "{text}");
        }
        let hint = |text| Named::parse(text).unwrap_err().hint.unwrap();
        assert!(hint("Ab").ends_with("for example ab."), "{}", hint("Ab"));
        assert!(
            Named::parse("a.toml")
                .unwrap_err()
                .sentence()
                .ends_with("A file is named with --from.")
        );
    }
}
