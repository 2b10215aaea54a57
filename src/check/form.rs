//! A form held against the schema: paths, kinds, choices and units of its inputs, and the fields it forgets.
//! Leaves to others: what stands in form files (`form`).

use std::collections::HashSet;

use super::{limits, listed, unknown_key};
use crate::form::unit::Unit;
use crate::form::{Form, Input, InputKind};
use crate::problem::{Problem, Severity};
use crate::schema::{Field, FieldPath, Schema};
use crate::value::Kind;

/// So many problems are told; a form with more belongs to another schema.
const MOST: usize = 200;

/// What a form that offers less than the schema takes is told.
const NARROWER: &str = "Leave it so if fewer are meant, or add the others, or use type = \"text\".";

/// Does the form ask for what the schema has, in the way the schema has it? Problems name the input's file and
/// line; schema fields that no panel asks for are one warning.
#[must_use]
pub fn form_against_schema(form: &Form, schema: &Schema) -> Vec<Problem> {
    let mut problems = inputs_against_schema(form, schema);
    let forgotten: Vec<&str> = not_asked(form, schema)
        .into_iter()
        .map(FieldPath::as_str)
        .collect();
    if !forgotten.is_empty() {
        let problem = Problem::warning(format!("No panel asks for {}.", listed(&forgotten)))
            .hint("They keep what profile and file give; --set path=value sets them.");
        problems.push(problem);
    }
    problems
}

/// As [`form_against_schema`], looking only at what the form asks for.
#[must_use]
pub fn inputs_against_schema(form: &Form, schema: &Schema) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (_, input) in form.inputs() {
        if problems.len() >= MOST {
            let message = format!("There are {MOST} problems and more.");
            problems.push(about(input, message, "Mend those above first.".to_owned()));
            break;
        }
        let path = input.path.as_str();
        match schema.get(path) {
            None => {
                let (message, hint) = unknown_key(path, schema);
                problems.push(about(input, message, hint));
            }
            Some(field) => {
                problems.extend(misfits(input, field));
                problems.extend(limits::differences(input, field));
            }
        }
    }
    problems
}

/// The fields of the schema that no input asks for, in schema order.
#[must_use]
pub fn not_asked<'s>(form: &Form, schema: &'s Schema) -> Vec<&'s FieldPath> {
    let asked: HashSet<&str> = form.inputs().map(|(_, i)| i.path.as_str()).collect();
    let paths = schema.fields().iter().map(|field| &field.path);
    paths
        .filter(|path| !asked.contains(path.as_str()))
        .collect()
}

pub(super) fn about(input: &Input, message: String, hint: String) -> Problem {
    Problem::error(message)
        .hint(hint)
        .in_file(&input.place.file, input.place.line)
}

pub(super) fn warning(input: &Input, message: String, hint: &str) -> Problem {
    Problem {
        severity: Severity::Warning,
        ..about(input, message, hint.to_owned())
    }
}

fn misfits(input: &Input, field: &Field) -> Vec<Problem> {
    let mut problems = Vec::new();
    let path = &field.path;
    if input.kind == InputKind::Text && field.kind == Kind::Secret {
        let message = format!("{path} is a secret, and the form asks for it in clear.");
        let hint = "Use type = \"password\", or add sensitive = true.";
        problems.push(about(input, message, hint.to_owned()));
    } else if !fits(input.kind, field.kind) {
        let message = format!(
            "{path} is {}, and the form asks for it as {}.",
            noun(field),
            type_word(input.kind)
        );
        let hint = format!("Use type = \"{}\".", type_word(best(field)));
        problems.push(about(input, message, hint));
    } else if input.kind.chooses() {
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
        let fitting = Unit::ALL
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
        InputKind::Select | InputKind::Editor | InputKind::Date => kind == Kind::Text,
        InputKind::Number => matches!(kind, Kind::Integer | Kind::Decimal),
        InputKind::TextArray | InputKind::MultiSelect => kind == Kind::List,
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
        InputKind::MultiSelect => "multiselect",
        InputKind::Editor => "editor",
        InputKind::Date => "date",
        InputKind::Number => "number",
        InputKind::TextArray => "text_array",
    }
}

pub(super) fn noun(field: &Field) -> &'static str {
    match field.kind {
        Kind::Bool => "true or false",
        Kind::Integer => "a whole number",
        Kind::Decimal => "a decimal number",
        Kind::Text => "a text",
        Kind::Secret => "a secret",
        Kind::List => "a list of texts",
    }
}

/// Only an option that the schema refuses is wrong: a form may offer less than the schema takes, and that is told
/// because other values, of files and `--set`, are judged right all the same.
fn choices_misfit(input: &Input, field: &Field) -> Option<Problem> {
    let allowed = &field.range.choices;
    if allowed.is_empty() {
        // A list may hold any texts; which are worth offering, the form knows.
        if input.kind == InputKind::MultiSelect {
            return None;
        }
        let message = format!(
            "{} is a select, and the schema takes other texts too.",
            field.path
        );
        return Some(warning(input, message, NARROWER));
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
    let message = format!("The {} of {} {message}.", type_word(input.kind), field.path);
    if extra.is_empty() {
        return Some(warning(input, message, NARROWER));
    }
    let hint = format!("The schema has {}.", allowed.join(", "));
    Some(about(input, message, hint))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::super::tests::schema;
    use super::*;
    use crate::form::{Bounds, Choice, Element, Panel, WhenFalse};
    use crate::problem::FilePlace;

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
            options_from: None,
            searchable: false,
            bounds: Bounds::default(),
            default: None,
            required: None,
            sensitive: kind == InputKind::Password,
            encryption: None,
            custom_type: None,
            nickel_alias: None,
            when: None,
            when_false: WhenFalse::Leave,
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

    fn errors(element: Element) -> String {
        let found: Vec<String> = form_against_schema(&form(vec![element]), &schema())
            .iter()
            .filter(|problem| problem.severity == Severity::Error)
            .inspect(|problem| assert_eq!(problem.place.as_ref().unwrap().line, Some(7)))
            .map(Problem::sentence)
            .collect();
        found.join(" | ")
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
            ("router.window", Select, None, &["daily", "weekly"], ""),
            ("backend.host", Select, None, &["a"], ""),
        ] {
            assert_eq!(errors(input(path, kind, unit, choices)), expected);
        }
    }

    #[test]
    fn a_form_that_offers_less_is_only_told() {
        for (path, choices, message) in [
            ("router.window", &["daily", "weekly", "monthly"][..], None),
            (
                "router.window",
                &["daily", "weekly"],
                Some("The select of router.window does not offer monthly."),
            ),
            (
                "backend.host",
                &["a"],
                Some("backend.host is a select, and the schema takes other texts too."),
            ),
        ] {
            let form = form(vec![input(path, InputKind::Select, None, choices)]);
            let found = inputs_against_schema(&form, &schema());
            let expected = message.map(|message| {
                Problem::warning(message)
                    .hint(NARROWER)
                    .in_file(Path::new("forms/a.toml"), Some(7))
            });
            assert_eq!(found, expected.into_iter().collect::<Vec<_>>());
        }
    }

    #[test]
    fn further_kinds_are_held_against_the_schema() {
        use InputKind::{Date, Editor, MultiSelect, Text};
        for (path, kind, choices, expected) in [
            ("backend.host", Editor, &[][..], ""),
            ("backend.host", Date, &[], ""),
            ("router.chain", MultiSelect, &["a", "b"][..], ""),
            (
                "database.password",
                Text,
                &[],
                "database.password is a secret, and the form asks for it in clear. \
                 Use type = \"password\", or add sensitive = true.",
            ),
            (
                "database.password",
                Editor,
                &[],
                "database.password is a secret, and the form asks for it as editor. \
                 Use type = \"password\".",
            ),
            (
                "backend.port",
                MultiSelect,
                &["a"],
                "backend.port is a whole number, and the form asks for it as multiselect. \
                 Use type = \"number\".",
            ),
        ] {
            assert_eq!(errors(input(path, kind, None, choices)), expected);
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
        let all = paths.map(|path| {
            let secret = path == "database.password";
            let kind = if secret {
                InputKind::Password
            } else {
                InputKind::Text
            };
            input(path, kind, None, &[])
        });
        assert_eq!(form_against_schema(&form(all.collect()), &schema), []);
    }
}
