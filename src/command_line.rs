//! What was said in the wizard as the one shell command that makes the same file.
//! Leaves to others: what the command does (`cli`), showing and copying it (`tui`).

use std::collections::{BTreeMap, BTreeSet};

use crate::answers::Said;
use crate::clean;
use crate::schema::{FieldPath, Schema};
use crate::value::Value;

/// Everything that decides what the file holds.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub schema: &'a Schema,
    pub said: &'a Said,
    pub environment: &'a BTreeMap<FieldPath, Value>,
    /// Fields that the form hides: their answers do not count.
    pub hidden: &'a BTreeSet<FieldPath>,
    /// The base's file, as the command names it.
    pub from: Option<&'a str>,
    /// The base's preset, as the command names it.
    pub preset: Option<&'a str>,
    /// The workspace, when the command would not find it by itself.
    pub workspace: Option<&'a str>,
    /// Where the file is written.
    pub output: &'a str,
    /// Why, in one line.
    pub note: Option<&'a str>,
}

/// One command, and what has to be there for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Command {
    /// Variables that are set before it: name and value; no value when it is a secret that stands there already.
    pub variables: Vec<(String, Option<String>)>,
    /// Program, verb and options; an option and its value are one group, so that a line breaks only between.
    groups: Vec<Vec<String>>,
    /// Settings read from files that the operator makes, with the names the command gives them.
    pub files: Vec<(FieldPath, String)>,
}

/// The command, or `None` when no command line says the same: without a profile, or with a value that no text is
/// read as.
#[must_use]
pub fn command(wanted: &Wanted) -> Option<Command> {
    let said = wanted.said;
    let profile = said.profile.as_deref()?;
    let mut command = Command {
        variables: Vec::new(),
        groups: vec![vec!["vapora-tui".to_owned(), "render".to_owned()]],
        files: Vec::new(),
    };
    command.option("--workspace", wanted.workspace);
    let base = said.base.as_ref().and_then(|base| base.profile.as_deref());
    // A preset says its profile.
    if wanted.preset.is_none() || base != Some(profile) {
        command.option("--profile", Some(profile));
    }
    command.option("--from", wanted.from);
    command.option("--preset", wanted.preset);
    let counts = |path: &FieldPath| !wanted.hidden.contains(path);
    let answers = said.answers.iter().filter(|(path, _)| counts(path));
    for (path, value) in answers {
        match Spoken::of(wanted.schema, path, value)? {
            Spoken::Text(text) => command.option("--set", Some(&format!("{path}={text}"))),
            Spoken::Hidden => {
                let file = format!("{path}.txt");
                command.option("--set-file", Some(&format!("{path}={file}")));
                command.files.push((path.clone(), file));
            }
        }
    }
    for (path, value) in wanted.environment {
        if said.answers.contains_key(path) && counts(path) {
            continue;
        }
        let text = match Spoken::of(wanted.schema, path, value)? {
            Spoken::Text(text) => Some(text),
            Spoken::Hidden => None,
        };
        command.variables.push((path.environment_name(), text));
    }
    command.option("--output", Some(wanted.output));
    command.option("--note", wanted.note);
    Some(command)
}

/// The command that restores an earlier version of `output`.
#[must_use]
pub fn restore(number: u32, workspace: Option<&str>, output: &str, note: Option<&str>) -> Command {
    let words = ["vapora-tui", "generations", "restore"].map(str::to_owned);
    let mut command = Command {
        variables: Vec::new(),
        groups: vec![words.to_vec(), vec![number.to_string()]],
        files: Vec::new(),
    };
    command.option("--workspace", workspace);
    command.option("--output", Some(output));
    command.option("--note", note);
    command
}

/// A value as a command line says it.
enum Spoken {
    Text(String),
    /// A secret, or a text with characters that do not show.
    Hidden,
}

impl Spoken {
    /// `None` for a value that no text is read as.
    fn of(schema: &Schema, path: &FieldPath, value: &Value) -> Option<Self> {
        if value.is_clear_secret() {
            return Some(Self::Hidden);
        }
        let text = value.editable();
        let kind = schema.get(path.as_str())?.kind;
        if kind.read(&text) != *value {
            return None;
        }
        Some(if clean::is_clean(&text) {
            Self::Text(text)
        } else {
            Self::Hidden
        })
    }
}

impl Command {
    fn option(&mut self, name: &str, value: Option<&str>) {
        self.groups.extend(value.map(|value| match value {
            // Two words would be two options.
            value if value.starts_with('-') => vec![format!("{name}={value}")],
            value => vec![name.to_owned(), value.to_owned()],
        }));
    }

    /// The words as the program gets them, its own name first, without quotes.
    pub fn words(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().flatten().map(String::as_str)
    }

    /// The command on one line, quoted for a POSIX shell.
    #[must_use]
    pub fn line(&self) -> String {
        self.quoted().join(" ")
    }

    /// The command over lines of at most `columns`, where its options let it; each but the last ends in ` \`.
    #[must_use]
    pub fn lines(&self, columns: usize) -> Vec<String> {
        const INDENT: &str = "  ";
        let room = columns.saturating_sub(2);
        let mut lines: Vec<String> = Vec::new();
        for group in self.quoted() {
            match lines.last_mut() {
                None => lines.push(group),
                Some(last) if last.chars().count() + 1 + group.chars().count() <= room => {
                    last.push(' ');
                    last.push_str(&group);
                }
                Some(last) => {
                    last.push_str(" \\");
                    lines.push(format!("{INDENT}{group}"));
                }
            }
        }
        lines
    }

    /// What has to be there before the command is run, a sentence each.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let files = self.files.iter().map(|(path, file)| {
            format!("{file} stands for a file of yours that holds only {path}, mode 0600.")
        });
        let unsaid = self.variables.iter().filter(|(_, value)| value.is_none());
        let variables = unsaid.map(|(name, _)| {
            format!("{name} is taken over from where you are: its value is not shown.")
        });
        files.chain(variables).collect()
    }

    fn quoted(&self) -> Vec<String> {
        let variables = self.variables.iter().map(|(name, value)| match value {
            Some(value) => format!("{name}={}", quoted(value)),
            None => format!("{name}=\"${name}\""),
        });
        let groups = self.groups.iter().map(|group| {
            let words: Vec<String> = group.iter().map(|word| quoted(word)).collect();
            words.join(" ")
        });
        variables.chain(groups).collect()
    }
}

/// A word that a POSIX shell reads as exactly this text.
#[must_use]
pub fn quoted(word: &str) -> String {
    let is_plain = |c: char| c.is_ascii_alphanumeric() || "_-./=:,@%+".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;
    use crate::value::Kind;

    fn schema() -> Schema {
        Schema::example([
            ("backend.port", Kind::Integer),
            ("backend.name", Kind::Text),
            ("backend.chain", Kind::List),
            ("security.jwt_secret", Kind::Secret),
        ])
    }

    fn made(
        answers: &[(&str, Value)],
        environment: &[(&str, Value)],
        hidden: &[&str],
    ) -> Option<Command> {
        let map = |values: &[(&str, Value)]| {
            let values = values.iter().cloned();
            values
                .map(|(path, value)| (FieldPath::new(path), value))
                .collect::<BTreeMap<_, _>>()
        };
        let said = Said {
            profile: Some("solo".into()),
            answers: map(answers),
            ..Said::default()
        };
        command(&Wanted {
            schema: &schema(),
            said: &said,
            environment: &map(environment),
            hidden: &hidden.iter().map(|path| FieldPath::new(path)).collect(),
            from: Some("my file.toml"),
            preset: None,
            workspace: None,
            output: "out.toml",
            note: None,
        })
    }

    fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    #[test]
    fn words_are_quoted_where_a_shell_would_read_them_otherwise() {
        for (word, expected) in [
            ("backend.port=9001", "backend.port=9001"),
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("${SECRET:x}", "'${SECRET:x}'"),
            ("~/v.toml", "'~/v.toml'"),
            ("a\\b\"`*?;&|", "'a\\b\"`*?;&|'"),
        ] {
            assert_eq!(quoted(word), expected);
        }
    }

    #[test]
    fn answers_are_set_and_secrets_come_from_files() {
        let port = ("backend.port", Value::Integer(9001));
        let command = made(
            &[
                port.clone(),
                ("backend.chain", Value::List(vec![text("a, b"), text("c")])),
                (
                    "security.jwt_secret",
                    Value::Secret(Secret::new("swordfish")),
                ),
            ],
            &[("backend.name", text("it's"))],
            &[],
        )
        .unwrap();
        assert_eq!(
            command.line(),
            r#"VAPORA__BACKEND__NAME='it'\''s' vapora-tui render --profile solo --from 'my file.toml' --set 'backend.chain=["a, b","c"]' --set backend.port=9001 --set-file security.jwt_secret=security.jwt_secret.txt --output out.toml"#
        );
        assert_eq!(
            command.notes(),
            [
                "security.jwt_secret.txt stands for a file of yours that holds only security.jwt_secret, mode 0600."
            ]
        );
        assert!(!format!("{command:?}").contains("swordfish"));
    }

    #[test]
    fn what_does_not_count_is_not_said() {
        let port = [("backend.port", Value::Integer(9001))];
        let command = made(&port, &port, &[]).unwrap();
        assert!(command.variables.is_empty(), "{command:?}");
        let command = made(&port, &port, &["backend.port"]).unwrap();
        assert!(!command.line().contains("--set"), "{command:?}");
        assert_eq!(command.variables.len(), 1);
    }

    #[test]
    fn what_no_text_is_read_as_has_no_command() {
        assert_eq!(made(&[("backend.port", text("9001"))], &[], &[]), None);
        assert_eq!(
            made(&[("backend.port", text("80x"))], &[], &[]).map(|c| c.groups.len()),
            Some(5)
        );
        let hidden = made(&[("backend.name", text("a\nb"))], &[], &[]).unwrap();
        assert_eq!(hidden.files.len(), 1);
        let secret = Value::Secret(Secret::new("swordfish"));
        let command = made(&[], &[("security.jwt_secret", secret)], &[]).unwrap();
        let name = "VAPORA__SECURITY__JWT_SECRET";
        assert!(command.line().starts_with(&format!("{name}=\"${name}\" ")));
        assert_eq!(command.notes().len(), 1);
    }

    #[test]
    fn long_commands_break_between_options() {
        let command = made(
            &[
                ("backend.port", Value::Integer(9001)),
                ("backend.name", text("a b")),
            ],
            &[],
            &[],
        )
        .unwrap();
        let lines = command.lines(50);
        assert_eq!(
            lines,
            [
                "vapora-tui render --profile solo \\",
                "  --from 'my file.toml' --set 'backend.name=a b' \\",
                "  --set backend.port=9001 --output out.toml",
            ]
        );
        assert_eq!(command.lines(400), [command.line()]);
    }
}
