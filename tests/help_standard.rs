//! The standard for help and problems, over every field of the shipped forms: what `tests/data.rs` leaves out of it.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use support::{Judge, nothing, nowhere, overlay};
use vapora_tui::form::load::load;
use vapora_tui::form::{Form, unit};
use vapora_tui::problem::{Problem, Severity};
use vapora_tui::schema::Field;
use vapora_tui::secret::Secret;
use vapora_tui::value::{Kind, Value};

fn shipped_form() -> Form {
    let (form, problems) = load(&nowhere());
    assert_eq!(problems, []);
    form
}

/// Words of a text, in lower case, without what stands around them.
fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

#[test]
fn every_help_says_what_it_does_and_what_to_weigh() {
    let mut found = Vec::new();
    for (_, input) in shipped_form().inputs() {
        let help = &input.help;
        let sentences = help.split_inclusive(". ").count();
        if sentences < 2 {
            found.push(format!("{}: one sentence only: {help}", input.path));
        }
        let first = help.split(". ").next().unwrap_or_default();
        if words(first).len() < 4 {
            found.push(format!(
                "{}: too short to say anything: {first}",
                input.path
            ));
        }
    }
    nothing(&found, "Help that says half");
}

/// The prompt stands beside its help; a sentence that only turns it round says nothing.
#[test]
fn no_help_repeats_its_prompt() {
    let mut found = Vec::new();
    for (_, input) in shipped_form().inputs() {
        let prompt = words(&input.prompt);
        let help = words(&input.help);
        let first = &help[..help.len().min(prompt.len() + 1)];
        let without_article: Vec<&String> = first
            .iter()
            .filter(|word| !["the", "a", "an"].contains(&word.as_str()))
            .collect();
        if without_article
            .iter()
            .zip(&prompt)
            .filter(|(a, b)| **a == *b)
            .count()
            == prompt.len()
        {
            found.push(format!("{} ({}): {}", input.path, input.prompt, input.help));
        }
    }
    nothing(&found, "Help that begins with its prompt");
}

/// Limits and defaults come from the schema and stand in their own column; typed into a text they grow old.
#[test]
fn no_help_types_a_limit_or_a_default() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for (_, input) in shipped_form().inputs() {
        let field = judge.schema.get(input.path.as_str()).unwrap();
        let bounds = [field.range.min, field.range.max].into_iter().flatten();
        let mut numbers: Vec<String> = bounds
            .filter_map(vapora_tui::value::exact_integer)
            .map(|n| n.to_string())
            .collect();
        if let Some(Value::Integer(n)) = field.default {
            numbers.push(n.to_string());
        }
        for word in words(&input.help) {
            if numbers.contains(&word) {
                found.push(format!("{} types {word}: {}", input.path, input.help));
            }
        }
    }
    nothing(&found, "Help with a number of the schema in it");
}

/// Values of the right kind that are not allowed, as far as the schema has limits.
fn not_allowed(field: &Field) -> Vec<Value> {
    let number = |n: f64| match field.kind {
        Kind::Decimal => Value::Decimal(n),
        _ => vapora_tui::value::exact_integer(n).map_or(Value::Decimal(n), Value::Integer),
    };
    let odd = || Value::Text("no such thing".into());
    let range = &field.range;
    let mut wrong = Vec::new();
    wrong.extend(range.min.map(|min| number(min - 1.0)));
    wrong.extend(range.max.map(|max| number(max + 1.0)));
    if !range.choices.is_empty() || !range.schemes.is_empty() {
        wrong.push(match field.kind {
            Kind::List => Value::List(vec![odd()]),
            _ => odd(),
        });
    }
    if !range.schemes.is_empty() {
        let gopher = Value::Text("gopher://x:70".into());
        wrong.push(match field.kind {
            Kind::List => Value::List(vec![gopher]),
            _ => gopher,
        });
    }
    wrong.push(match field.kind {
        Kind::Bool | Kind::Integer | Kind::Decimal => odd(),
        Kind::Text => Value::Text("tab\there".into()),
        Kind::Secret => Value::Secret(Secret::new("tab\there")),
        Kind::List => Value::List(vec![Value::Text("tab\there".into())]),
    });
    wrong
}

/// Everything a problem must name: what is allowed, where that can be said shortly, and one value that works.
fn unnamed(form: &Form, field: &Field, problem: &Problem) -> Vec<String> {
    let said = problem.sentence();
    let (_, input) = form.input_at(field.path.as_str()).unwrap();
    let mut missing = Vec::new();
    let mut must = |texts: &[String]| {
        if !texts.iter().any(|text| said.contains(text.as_str())) {
            missing.push(texts[0].clone());
        }
    };
    if field.kind == Kind::Bool {
        must(&["true or false".into()]);
    }
    if let Some(example) = &field.range.example {
        // One entry of a list stands for it.
        let one = match example {
            Value::List(items) => items.first().unwrap_or(example),
            other => other,
        };
        let written = one.to_string();
        let example = match one {
            Value::Secret(secret) => secret.reference().unwrap_or_default().to_owned(),
            _ => unit::editable(input.unit, one),
        };
        must(&[example, written.trim_end_matches(".0").to_owned()]);
    }
    let bounds = [field.range.min, field.range.max];
    let dollars = input.unit == Some(unit::Unit::Dollars);
    for bound in bounds.into_iter().flatten().filter(|_| !dollars) {
        must(&[vapora_tui::value::exact_integer(bound)
            .map_or_else(|| bound.to_string(), |n| n.to_string())]);
    }
    missing
}

#[test]
fn every_problem_names_what_is_allowed_and_one_value_that_works() {
    let judge = Judge::shipped();
    let form = shipped_form();
    let mut found = Vec::new();
    let mut asked = 0;
    for field in judge.schema.fields() {
        for value in not_allowed(field) {
            let shown = value.to_string();
            let (config, _) = judge.judge("enterprise", &overlay([(field.path.clone(), value)]));
            let problems = config.problems_at(field.path.as_str());
            let Some(problem) = problems.iter().find(|p| p.severity == Severity::Error) else {
                found.push(format!("{} takes {shown}", field.path));
                continue;
            };
            asked += 1;
            for missing in unnamed(&form, field, problem) {
                found.push(format!(
                    "{} given {shown} does not name {missing}: {}",
                    field.path,
                    problem.sentence()
                ));
            }
            if !problem.message.ends_with('.') || !problem.sentence().ends_with('.') {
                found.push(format!(
                    "{}: no sentence: {}",
                    field.path,
                    problem.sentence()
                ));
            }
        }
    }
    assert!(asked >= 190, "only {asked} problems were looked at");
    nothing(&found, "Problems that leave an operator alone");
}

/// An amount that no whole number of cents stands for is told apart from one that no file can hold.
#[test]
fn amounts_that_cannot_be_are_told_apart() {
    let judge = Judge::shipped();
    let path = "llm_router.budget_enforcement.role_limits.architect_cents";
    let (_, input) = shipped_form()
        .input_at(path)
        .map(|(i, input)| (i, input.clone()))
        .unwrap();
    for (typed, expected) in [
        (
            "40.005",
            "\"40.005\" holds a part of a cent. Give at most two decimals, for example 5000.00.",
        ),
        (
            "$1,000.999",
            "\"$1,000.999\" holds a part of a cent. Give at most two decimals, for example 5000.00.",
        ),
        (
            "99999999999999999999",
            "\"99999999999999999999\" is more than a file can hold exactly. Give more than $0.00",
        ),
        (
            "92233720368547758.07",
            "is more than a file can hold exactly. Give more than $0.00",
        ),
        (
            "four",
            "\"four\" is not an amount of money. Give more than $0.00",
        ),
        ("0", "$0.00 is not a limit. Give more than $0.00"),
    ] {
        let value = unit::read(input.unit, Kind::Integer, typed);
        let (config, _) = judge.judge("enterprise", &overlay([(path.into(), value)]));
        let problems = config.problems_at(path);
        let said = problems
            .first()
            .map(|problem| problem.sentence())
            .unwrap_or_default();
        assert!(said.contains(expected), "{typed}: {said}");
    }
}
