//! A file of answers: a profile and what is said about single settings, in the shape of a preset.
//! Leaves to others: reading that shape (`preset`), judging the values (`nickel`), what they are laid over (`config`).

use std::collections::BTreeMap;
use std::path::Path;

use crate::preset::{self, Reading};
use crate::problem::Problem;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

/// One file as an example, for help and hints.
pub const EXAMPLE: &str = "profile = \"enterprise\"\n\n[answers]\n\"llm_router.port\" = 9003\n\
\"security.jwt_secret\" = \"${FILE:/run/secrets/jwt}\"\n";

/// What a file of answers says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct AnswerFile {
    pub profile: Option<String>,
    pub answers: BTreeMap<FieldPath, Value>,
    /// The line of each answer, counted from 1.
    pub lines: BTreeMap<FieldPath, usize>,
    pub problems: Vec<Problem>,
}

/// Reads the bytes of `file`. Values are in the schema's units. Never fails whole: what is wrong stands in
/// `problems` (no TOML, unknown keys and paths, sections, paths given twice, secrets in clear), each with its line.
/// Settings that have another name now are only warned of.
#[must_use]
pub fn read(file: &Path, bytes: &[u8], schema: &Schema) -> AnswerFile {
    let read = preset::read(file, bytes, schema, Reading::AnswerFile);
    AnswerFile {
        profile: read.profile,
        answers: read.answers,
        lines: read.lines,
        problems: read.problems,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Kind;
    use toml::de::DeTable;

    fn schema() -> Schema {
        Schema::example([
            ("backend.port", Kind::Integer),
            ("backend.ratio", Kind::Decimal),
            ("backend.url", Kind::Text),
            ("router.chain", Kind::List),
            ("router.port", Kind::Integer),
            ("security.key", Kind::Secret),
        ])
    }

    fn told(text: &str) -> Vec<String> {
        let found = read(Path::new("a.toml"), text.as_bytes(), &schema());
        let line = |p: &Problem| p.place.as_ref().and_then(|place| place.line).unwrap_or(0);
        let tell = |p: &Problem| format!("{}: {}", line(p), p.sentence());
        found.problems.iter().map(tell).collect()
    }

    #[test]
    fn answers_take_the_kind_of_their_setting() {
        let text = "format = 1\nname = \"eu\"\nprofile = \"solo\"\n[answers]\n\"backend.port\" = 9003\n\
                    \"backend.ratio\" = 3\nrouter.chain = [\"a\", \"b\"]\n\
                    \"security.key\" = \"${FILE:/run/key}\"\n";
        let found = read(Path::new("a.toml"), text.as_bytes(), &schema());
        assert_eq!(found.problems, []);
        assert_eq!(found.profile.as_deref(), Some("solo"));
        let shown: Vec<String> = found
            .answers
            .iter()
            .map(|(path, value)| format!("{}: {path} = {value}", found.lines[path]))
            .collect();
        assert_eq!(
            shown,
            [
                "5: backend.port = 9003",
                "6: backend.ratio = 3.0",
                "7: router.chain = a, b",
                "8: security.key = ${FILE:/run/key}",
            ]
        );
    }

    #[test]
    fn every_fault_is_told_with_its_line() {
        for (text, expected) in [
            (
                "[answers]\n\"backend.prot\" = 1\n",
                "2: backend.prot is not a setting. Did you mean backend.port?",
            ),
            (
                "[answers]\nbackend = 1\n",
                "2: backend is a section, not a setting. Name one of its settings, for example backend.port.",
            ),
            (
                "\n[answers]\n\"security.key\" = \"swordfish\"\n",
                "3: It is a secret in clear, and this file is kept. Refer to it, for example \
                 \"${FILE:/run/secrets/name}\", or give it to vapora-tui render with --set-file security.key=FILE.",
            ),
            (
                "[answers]\n\"backend.url\" = \"ws://a:swordfish@b\"\n",
                "2: It is a secret in clear, and this file is kept.",
            ),
            (
                "[answers]\n\"backend.port\" = 1\n[answers.backend]\nport = 2\n",
                "4: It is answered twice. Take one of them out.",
            ),
            (
                "[answers]\n\"backend.port\" = { a = 1 }\n",
                "2: It is no single value.",
            ),
            ("answers = 3\n", "1: answers is no table."),
            ("profile = 3\n", "1: profile is no text."),
            (
                "answer = {}\n",
                "1: answer means nothing in a file of answers. Did you mean answers?",
            ),
            (
                "[backend]\nport = 1\n",
                "1: backend means nothing in a file of answers. Settings stand below [answers].",
            ),
            ("profile = \n", "1: "),
        ] {
            let told = told(text);
            assert!(told.len() == 1 && told[0].starts_with(expected), "{told:?}");
            assert!(!told[0].contains("swordfish"), "{told:?}");
        }
        let latin = read(Path::new("a.toml"), b"\xff", &schema());
        assert_eq!(latin.problems[0].message, "The file is not UTF-8 text.");
    }

    #[test]
    fn the_example_is_one() {
        let (table, errors) = DeTable::parse_recoverable(EXAMPLE);
        assert!(errors.is_empty() && table.get_ref().contains_key("answers"));
    }
}
