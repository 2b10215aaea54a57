//! Compares what names settings with the schema that has them: forms, environment variables, `--set`, unknown keys.
//! Leaves to others: judging values (`nickel`), reading forms (`form`) and files (`input`).

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::clean;
use crate::form::{Form, Input, InputKind};
use crate::problem::{self, Problem};
use crate::schema::{Field, FieldPath, Schema};
use crate::value::{Kind, Value};

/// Variables with this beginning set fields.
pub const ENVIRONMENT_PREFIX: &str = "VAPORA__";

/// Longer names are no misspelt setting, and comparing them would take long.
const LONGEST_NAME: usize = 200;
/// So many names are listed before "and 12 more".
const LISTED: usize = 8;

/// Does the form ask for what the schema has, in the way the schema has it? Errors name the input's file and
/// line; schema fields that no panel asks for are one warning.
#[must_use]
pub fn form_against_schema(form: &Form, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut asked = HashSet::new();
    for (_, input) in form.inputs() {
        let path = input.path.as_str();
        asked.insert(path);
        match schema.get(path) {
            None => {
                let (message, hint) = unknown_key(path, schema);
                problems.push(about(input, message, hint));
            }
            Some(field) => problems.extend(misfits(input, field)),
        }
    }
    let forgotten: Vec<&str> = schema
        .fields()
        .iter()
        .map(|field| field.path.as_str())
        .filter(|path| !asked.contains(path))
        .collect();
    if !forgotten.is_empty() {
        let problem = Problem::warning(format!("No panel asks for {}.", listed(&forgotten)))
            .hint("They keep what profile and file give; --set path=value sets them.");
        problems.push(problem);
    }
    problems
}

fn about(input: &Input, message: String, hint: String) -> Problem {
    Problem::error(message)
        .hint(hint)
        .in_file(&input.place.file, input.place.line)
}

fn misfits(input: &Input, field: &Field) -> Vec<Problem> {
    let mut problems = Vec::new();
    let path = &field.path;
    if !fits(input.kind, field.kind) {
        let message = format!(
            "{path} is {}, and the form asks for it as {}.",
            noun(field),
            type_word(input.kind)
        );
        let hint = format!("Use type = \"{}\".", type_word(best(field)));
        problems.push(about(input, message, hint));
    } else if input.kind == InputKind::Select {
        problems.extend(choices_misfit(input, field));
    }
    let range = field.range.unit.as_deref();
    if let Some(unit) = input.unit
        && range != Some(unit.in_schema())
    {
        let message = format!(
            "{path} is shown in {}, and the schema has it {}.",
            unit.word(),
            range.map_or("without a unit".to_owned(), |unit| format!("in {unit}"))
        );
        let fitting = crate::form::unit::Unit::ALL
            .into_iter()
            .find(|unit| range == Some(unit.in_schema()));
        let hint = match fitting {
            Some(unit) => format!("Use unit = \"{}\".", unit.word()),
            None => "Take unit out.".to_owned(),
        };
        problems.push(about(input, message, hint));
    }
    problems
}

fn fits(input: InputKind, kind: Kind) -> bool {
    match input {
        InputKind::Text => true,
        InputKind::Password => kind == Kind::Secret,
        InputKind::Confirm => kind == Kind::Bool,
        InputKind::Select => kind == Kind::Text,
        InputKind::Number => matches!(kind, Kind::Integer | Kind::Decimal),
        InputKind::TextArray => kind == Kind::List,
    }
}

fn best(field: &Field) -> InputKind {
    match field.kind {
        Kind::Bool => InputKind::Confirm,
        Kind::Integer | Kind::Decimal => InputKind::Number,
        Kind::Text if field.range.choices.is_empty() => InputKind::Text,
        Kind::Text => InputKind::Select,
        Kind::Secret => InputKind::Password,
        Kind::List => InputKind::TextArray,
    }
}

fn type_word(kind: InputKind) -> &'static str {
    match kind {
        InputKind::Text => "text",
        InputKind::Password => "password",
        InputKind::Confirm => "confirm",
        InputKind::Select => "select",
        InputKind::Number => "number",
        InputKind::TextArray => "text_array",
    }
}

fn noun(field: &Field) -> &'static str {
    match field.kind {
        Kind::Bool => "true or false",
        Kind::Integer => "a whole number",
        Kind::Decimal => "a decimal number",
        Kind::Text => "a text",
        Kind::Secret => "a secret",
        Kind::List => "a list of texts",
    }
}

fn choices_misfit(input: &Input, field: &Field) -> Option<Problem> {
    let allowed = &field.range.choices;
    if allowed.is_empty() {
        let message = format!(
            "{} is a select, and the schema names no choices.",
            field.path
        );
        let hint = "Use type = \"text\", or name the choices in the schema.";
        return Some(about(input, message, hint.to_owned()));
    }
    let offered = || input.choices.iter().map(|choice| choice.value.as_str());
    let missing: Vec<&str> = allowed
        .iter()
        .map(String::as_str)
        .filter(|choice| !offered().any(|other| other == *choice))
        .collect();
    let extra: Vec<&str> = offered()
        .filter(|choice| !allowed.iter().any(|other| other == choice))
        .collect();
    let message = match (missing.is_empty(), extra.is_empty()) {
        (true, true) => return None,
        (false, true) => format!("does not offer {}", listed(&missing)),
        (true, false) => format!("offers {}, which the schema refuses", listed(&extra)),
        (false, false) => format!(
            "does not offer {}, and offers {}, which the schema refuses",
            listed(&missing),
            listed(&extra)
        ),
    };
    let message = format!("The select of {} {message}.", field.path);
    let hint = format!("The schema has {}.", allowed.join(", "));
    Some(about(input, message, hint))
}

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
    if let Some((_, new)) = schema.renamed.iter().find(|(old, _)| old == path) {
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
/// A problem when there is no `=`, the path is no setting, or the field is a secret, which a command line
/// would show to everybody on this machine.
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
    if field.kind == Kind::Secret {
        return Err(Problem::error(format!(
            "{path} is a secret, and a command line can be read by others."
        ))
        .hint(format!("Use --set-file {path}=FILE."))
        .at(field.path.clone()));
    }
    Ok((field.path.clone(), field.kind.read(value)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::unit::Unit;
    use crate::form::{Choice, Element, Panel};
    use crate::problem::{FilePlace, Severity};
    use crate::schema::Range;
    use std::path::Path;

    fn field(path: &str, kind: Kind, range: Range) -> Field {
        Field {
            path: path.into(),
            kind,
            doc: String::new(),
            default: None,
            range,
        }
    }

    fn in_unit(unit: &str) -> Range {
        Range {
            unit: Some(unit.to_owned()),
            ..Range::default()
        }
    }

    fn schema() -> Schema {
        let choices = Range {
            choices: ["daily", "weekly", "monthly"].map(str::to_owned).to_vec(),
            ..Range::default()
        };
        Schema::new(
            "1".to_owned(),
            vec![
                field("backend.host", Kind::Text, Range::default()),
                field("backend.port", Kind::Integer, Range::default()),
                field("backend.timeout", Kind::Integer, in_unit("s")),
                field("backend.cache.enabled", Kind::Bool, Range::default()),
                field("router.port", Kind::Integer, Range::default()),
                field(
                    "router.limits.architect_cents",
                    Kind::Integer,
                    in_unit("cents"),
                ),
                field("router.window", Kind::Text, choices),
                field("router.chain", Kind::List, Range::default()),
                field("database.password", Kind::Secret, Range::default()),
            ],
            vec![("backend.listen".to_owned(), "backend.host".into())],
        )
    }

    fn input(path: &str, kind: InputKind, unit: Option<Unit>, choices: &[&str]) -> Element {
        let choice = |text: &&str| Choice {
            value: (*text).to_owned(),
            label: (*text).to_owned(),
        };
        Element::Input(Box::new(Input {
            name: path.to_owned(),
            kind,
            prompt: path.to_owned(),
            help: String::new(),
            placeholder: None,
            path: path.into(),
            unit,
            takes_effect: None,
            choices: choices.iter().map(choice).collect(),
            when: None,
            place: FilePlace::new(Path::new("forms/a.toml"), Some(7)),
        }))
    }

    fn form(elements: Vec<Element>) -> Form {
        let panel = Panel {
            id: "a".into(),
            title: "A".into(),
            summary: String::new(),
            file: "forms/a.toml".into(),
            when: None,
            elements,
        };
        Form {
            name: "A".into(),
            panels: vec![panel],
        }
    }

    #[test]
    fn inputs_are_held_against_the_schema() {
        use InputKind::{Confirm, Number, Password, Select, Text, TextArray};
        let all = ["daily", "weekly", "monthly"];
        for (path, kind, unit, choices, expected) in [
            ("backend.port", Number, None, &[][..], ""),
            ("backend.port", Text, None, &[], ""),
            ("backend.timeout", Number, Some(Unit::Seconds), &[], ""),
            ("backend.timeout", Number, None, &[], ""),
            ("router.window", Select, None, &all, ""),
            ("router.window", Text, None, &[], ""),
            ("router.chain", TextArray, None, &[], ""),
            ("database.password", Password, None, &[], ""),
            ("backend.cache.enabled", Confirm, None, &[], ""),
            (
                "backend.prot",
                Number,
                None,
                &[],
                "backend.prot is not a setting. Did you mean backend.port?",
            ),
            (
                "backend.port",
                Confirm,
                None,
                &[],
                "backend.port is a whole number, and the form asks for it as confirm. \
                 Use type = \"number\".",
            ),
            (
                "router.window",
                Password,
                None,
                &[],
                "router.window is a text, and the form asks for it as password. \
                 Use type = \"select\".",
            ),
            (
                "backend.timeout",
                Number,
                Some(Unit::Hours),
                &[],
                "backend.timeout is shown in hours, and the schema has it in s. \
                 Use unit = \"seconds\".",
            ),
            (
                "backend.port",
                Number,
                Some(Unit::Dollars),
                &[],
                "backend.port is shown in dollars, and the schema has it without a unit. \
                 Take unit out.",
            ),
            (
                "router.window",
                Select,
                None,
                &["daily", "yearly", "monthly"],
                "The select of router.window does not offer weekly, and offers yearly, which the \
                 schema refuses. The schema has daily, weekly, monthly.",
            ),
            (
                "router.window",
                Select,
                None,
                &["daily", "weekly"],
                "The select of router.window does not offer monthly. \
                 The schema has daily, weekly, monthly.",
            ),
            (
                "backend.host",
                Select,
                None,
                &["a"],
                "backend.host is a select, and the schema names no choices. \
                 Use type = \"text\", or name the choices in the schema.",
            ),
        ] {
            let form = form(vec![input(path, kind, unit, choices)]);
            let found: Vec<String> = form_against_schema(&form, &schema())
                .iter()
                .filter(|problem| problem.severity == Severity::Error)
                .inspect(|problem| assert_eq!(problem.place.as_ref().unwrap().line, Some(7)))
                .map(Problem::sentence)
                .collect();
            assert_eq!(found.join(" | "), expected);
        }
    }

    #[test]
    fn fields_that_no_panel_asks_for_are_one_warning() {
        let schema = schema();
        let asked = ["backend.port", "router.window"];
        let elements = asked.map(|path| input(path, InputKind::Text, None, &[]));
        let problems = form_against_schema(&form(elements.into()), &schema);
        assert_eq!(problems.len(), 1);
        assert_eq!(problems[0].severity, Severity::Warning);
        assert_eq!(
            problems[0].message,
            "No panel asks for backend.host, backend.timeout, backend.cache.enabled, router.port, \
             router.limits.architect_cents, router.chain, database.password."
        );
        let none = form_against_schema(&Form::default(), &schema);
        assert!(none[0].message.ends_with("router.chain and 1 more."));
        let paths = schema.fields().iter().map(|f| f.path.as_str());
        let all = paths.map(|path| input(path, InputKind::Text, None, &[]));
        assert_eq!(form_against_schema(&form(all.collect()), &schema), []);
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
                 Use --set-file database.password=FILE.",
            ),
        ] {
            assert_eq!(set(&schema, text).unwrap_err().sentence(), expected);
        }
    }
}
