//! Compares what names settings with the schema that has them: forms, environment variables, `--set`, unknown keys.
//! Leaves to others: judging values (`nickel`), reading forms (`form`) and files (`input`).

mod form;
mod limits;

use std::collections::{BTreeMap, HashMap};

use crate::clean;
use crate::problem::{self, Problem};
use crate::schema::{Field, FieldPath, Schema};
use crate::secret;
use crate::value::{Kind, Value};

pub use form::{form_against_schema, inputs_against_schema, not_asked};

/// Variables with this beginning set fields.
pub const ENVIRONMENT_PREFIX: &str = "VAPORA__";

/// Longer names are no misspelt setting, and comparing them would take long.
const LONGEST_NAME: usize = 200;
/// So many names are listed before "and 12 more".
const LISTED: usize = 8;

fn listed(names: &[&str]) -> String {
    if names.len() <= LISTED {
        return names.join(", ");
    }
    let rest = names.len() - LISTED;
    format!("{} and {rest} more", names[..LISTED].join(", "))
}

/// What to say about a path that is no setting: the message and the hint, each a sentence. `path` may be
/// anything that was written.
#[must_use]
pub fn unknown_key(path: &str, schema: &Schema) -> (String, String) {
    let shown = shortened(path);
    if let Some(new) = schema.now_called(path) {
        return (
            format!("{shown} has another name now."),
            format!("Use {new}."),
        );
    }
    let paths = || schema.fields().iter().map(|field| field.path.as_str());
    let inside = |section: &str| -> Vec<String> {
        let start = section.len() + 1;
        let mut names: Vec<String> = Vec::new();
        for field in schema.fields() {
            if field.path.is_within(section) && field.path.as_str().len() > start {
                let rest = &field.path.as_str()[start..];
                let name = rest.split('.').next().unwrap_or(rest).to_owned();
                if !names.contains(&name) {
                    names.push(name);
                }
            }
        }
        names
    };
    if !path.is_empty()
        && let Some(first) = paths().find(|known| is_section(known, path))
    {
        return (
            format!("{shown} is a section, not a setting."),
            format!("Name one of its settings, for example {first}."),
        );
    }
    let message = format!("{shown} is not a setting.");
    if path.len() <= LONGEST_NAME {
        if let Some(near) = schema.nearest(path).or_else(|| same_leaf(path, schema)) {
            return (message, format!("Did you mean {near}?"));
        }
        let mut section = path;
        while let Some((outer, _)) = section.rsplit_once('.') {
            section = outer;
            let names = inside(section);
            if !names.is_empty() {
                let names: Vec<&str> = names.iter().map(String::as_str).collect();
                return (message, format!("{section} has {}.", listed(&names)));
            }
        }
    }
    let mut sections: Vec<&str> = Vec::new();
    for known in paths() {
        let section = known.split('.').next().unwrap_or(known);
        if !sections.contains(&section) {
            sections.push(section);
        }
    }
    let hint = format!("Settings begin with {}.", sections.join(", "));
    (message, hint)
}

fn is_section(known: &str, path: &str) -> bool {
    known
        .strip_prefix(path)
        .is_some_and(|rest| rest.starts_with('.'))
}

/// The only setting whose last part is the same: `router.strategy` for `llm_router.routing.strategy`.
fn same_leaf<'s>(path: &str, schema: &'s Schema) -> Option<&'s str> {
    let leaf = path.rsplit('.').next()?;
    let mut found = schema.fields().iter().filter(|f| f.path.leaf() == leaf);
    let first = found.next()?;
    found.next().is_none().then(|| first.path.as_str())
}

/// A name from outside as messages show it.
fn shortened(name: &str) -> String {
    if name.is_empty() {
        return "\"\"".to_owned();
    }
    let mut shown: String = clean::line(name).chars().take(LONGEST_NAME).collect();
    if name.chars().nth(LONGEST_NAME).is_some() {
        shown.push('…');
    }
    shown
}

/// The fields that environment variables set: `VAPORA__LLM_ROUTER__PORT=9003`. Variables that begin so and
/// name no setting are errors; all others are not looked at.
#[must_use]
pub fn environment(
    vars: impl Iterator<Item = (String, String)>,
    schema: &Schema,
) -> (BTreeMap<FieldPath, Value>, Vec<Problem>) {
    let mut values = BTreeMap::new();
    let mut problems = Vec::new();
    let mut index: Option<HashMap<String, &Field>> = None;
    let mut vars: Vec<_> = vars
        .filter(|(name, _)| name.starts_with(ENVIRONMENT_PREFIX))
        .collect();
    // The environment has no order of its own; problems should come in the same one each time.
    vars.sort();
    for (name, text) in vars {
        let index = index.get_or_insert_with(|| {
            let fields = schema.fields().iter();
            fields.map(|f| (f.path.environment_name(), f)).collect()
        });
        match index.get(&name) {
            Some(field) => {
                values.insert(field.path.clone(), field.kind.read(&text));
            }
            None => problems.push(unknown_variable(&name, index)),
        }
    }
    (values, problems)
}

fn unknown_variable(name: &str, known: &HashMap<String, &Field>) -> Problem {
    let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
    names.sort_unstable();
    let near = (name.len() <= LONGEST_NAME)
        .then(|| problem::nearest(name, names.iter().copied()))
        .flatten();
    let hint = match near {
        Some(near) => format!("Did you mean {near}?"),
        None => match names.first() {
            Some(first) => format!("Names are built like {first}; unset it."),
            None => "Unset it.".to_owned(),
        },
    };
    let shown = shortened(name);
    Problem::error(format!("The environment variable {shown} sets no setting.")).hint(hint)
}

/// Reads `path=value` of `--set`, the value in the schema's own unit.
///
/// # Errors
/// A problem when there is no `=`, the path is no setting, or the value is a secret, which a command line
/// would show to everybody on this machine; a reference to one is none.
pub fn set(schema: &Schema, text: &str) -> Result<(FieldPath, Value), Problem> {
    let Some((path, value)) = text.split_once('=') else {
        let shown = shortened(text);
        return Err(Problem::error(format!("--set {shown} gives no value."))
            .hint("Write path=value, for example --set backend.port=9001."));
    };
    let path = path.trim();
    let Some(field) = schema.get(path) else {
        let (message, hint) = unknown_key(path, schema);
        return Err(Problem::error(message).hint(hint));
    };
    if field.kind == Kind::Secret && !secret::is_reference(value) {
        return Err(Problem::error(format!(
            "{path} is a secret, and a command line can be read by others."
        ))
        .hint(format!(
            "Use --set-file {path}=FILE, or a reference such as ${{SECRET:name}}."
        ))
        .at(field.path.clone()));
    }
    Ok((field.path.clone(), field.kind.read(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schema::Range;

    fn field(path: &str, kind: Kind, range: Range) -> Field {
        Field {
            range,
            ..Field::example(path, kind)
        }
    }

    fn in_unit(unit: &str) -> Range {
        Range {
            unit: Some(unit.to_owned()),
            ..Range::default()
        }
    }

    pub(super) fn schema() -> Schema {
        let choices = Range {
            choices: ["daily", "weekly", "monthly"].map(str::to_owned).to_vec(),
            ..Range::default()
        };
        Schema::new(
            "1".to_owned(),
            vec![
                Field::example("backend.host", Kind::Text),
                Field::example("backend.port", Kind::Integer),
                field("backend.timeout", Kind::Integer, in_unit("s")),
                Field::example("backend.cache.enabled", Kind::Bool),
                Field::example("router.port", Kind::Integer),
                field(
                    "router.limits.architect_cents",
                    Kind::Integer,
                    in_unit("cents"),
                ),
                field("router.window", Kind::Text, choices),
                Field::example("router.chain", Kind::List),
                Field::example("database.password", Kind::Secret),
            ],
            vec![("backend.listen".to_owned(), "backend.host".into())],
        )
    }

    #[test]
    fn an_unknown_key_is_told_the_nearest() {
        let long = format!("{} is not a setting. Settings begin", "x".repeat(200) + "…");
        for (path, expected) in [
            (
                "backend.prot",
                "backend.prot is not a setting. Did you mean backend.port?",
            ),
            (
                "backend",
                "backend is a section, not a setting. Name one of its settings, for example backend.host.",
            ),
            (
                "backend.listen",
                "backend.listen has another name now. Use backend.host.",
            ),
            (
                "llm.architect_cents",
                "llm.architect_cents is not a setting. Did you mean router.limits.architect_cents?",
            ),
            (
                "backend.a_new_thing",
                "backend.a_new_thing is not a setting. backend has host, port, timeout, cache.",
            ),
            (
                "elsewhere",
                "elsewhere is not a setting. Settings begin with backend, router, database.",
            ),
            ("", "\"\" is not a setting. Settings begin with"),
            (".", ". is not a setting. Settings begin with"),
            ("a\u{1b}[2Jb", "a\u{241b}[2Jb is not a setting."),
            (&"x".repeat(100_000), &long),
        ] {
            let (message, hint) = unknown_key(path, &schema());
            let said = format!("{message} {hint}");
            assert!(said.starts_with(expected), "{said}");
        }
    }

    #[test]
    fn the_environment_sets_fields_by_their_names() {
        let vars = [
            ("VAPORA__ROUTER__PORT", "9003"),
            ("VAPORA__BACKEND__CACHE__ENABLED", "no"),
            ("VAPORA__ROUTER__CHAIN", "claude, openai"),
            ("VAPORA__DATABASE__PASSWORD", "swordfish"),
            ("VAPORA__BACKEND__PORT", "many"),
            ("VAPORA__BACKEND__PROT", "1"),
            ("VAPORA__X", "1"),
            ("VAPORA_HOME", "/srv"),
            ("PATH", "/bin"),
        ];
        let vars = vars.map(|(name, value)| (name.to_owned(), value.to_owned()));
        let (values, problems) = environment(vars.into_iter(), &schema());
        let shown: Vec<String> = values
            .iter()
            .map(|(path, v)| format!("{path}={v}"))
            .collect();
        assert_eq!(
            shown,
            [
                "backend.cache.enabled=false",
                "backend.port=many",
                "database.password=(secret)",
                "router.chain=claude, openai",
                "router.port=9003"
            ]
        );
        let said: Vec<String> = problems.iter().map(Problem::sentence).collect();
        assert_eq!(
            said,
            [
                "The environment variable VAPORA__BACKEND__PROT sets no setting. \
                 Did you mean VAPORA__BACKEND__PORT?",
                "The environment variable VAPORA__X sets no setting. \
                 Names are built like VAPORA__BACKEND__CACHE__ENABLED; unset it."
            ]
        );
    }

    #[test]
    fn set_takes_a_path_and_a_value() {
        let schema = schema();
        for (text, path, value) in [
            ("backend.port=9001", "backend.port", Value::Integer(9001)),
            (" backend.port = 9001", "backend.port", Value::Integer(9001)),
            (
                "router.limits.architect_cents=400000",
                "router.limits.architect_cents",
                Value::Integer(400_000),
            ),
            (
                "backend.host=a=b",
                "backend.host",
                Value::Text("a=b".into()),
            ),
            ("backend.host=", "backend.host", Value::Text(String::new())),
            ("backend.port=x", "backend.port", Value::Text("x".into())),
            // It names a secret without holding it.
            (
                "database.password=${ENV:DB}",
                "database.password",
                Value::Secret(crate::secret::Secret::new("${ENV:DB}")),
            ),
        ] {
            assert_eq!(set(&schema, text), Ok((path.into(), value)), "{text}");
        }
        for (text, expected) in [
            (
                "backend.port",
                "--set backend.port gives no value. \
                 Write path=value, for example --set backend.port=9001.",
            ),
            (
                "backend.prot=1",
                "backend.prot is not a setting. Did you mean backend.port?",
            ),
            (
                "database.password=swordfish",
                "database.password is a secret, and a command line can be read by others. \
                 Use --set-file database.password=FILE, or a reference such as ${SECRET:name}.",
            ),
        ] {
            assert_eq!(set(&schema, text).unwrap_err().sentence(), expected);
        }
    }
}
