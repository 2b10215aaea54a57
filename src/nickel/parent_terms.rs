//! What the child said, in the parent's terms: findings become problems, a description becomes the table of fields.

use serde_json::Value as Json;

use super::protocol::{Description, Finding, Weight, from_wire};
use crate::clean;
use crate::problem::Problem;
use crate::schema::{Field, FieldPath, Range, Schema};
use crate::secret;
use crate::value::Kind;

pub fn problem(finding: Finding, schema: &Schema) -> Problem {
    let mut problem = match finding.weight {
        Weight::Error => Problem::error(finding.message),
        Weight::Open => Problem::open(finding.message),
        Weight::Warning => Problem::warning(finding.message),
    };
    problem.message = clean::line(&problem.message);
    problem.hint = finding.hint.map(|hint| clean::line(&hint));
    // The schema knows which texts may be repeated: a value that its sentence leaves out stays out.
    problem.value = finding
        .value
        .filter(|value| problem.message.contains(value));
    if secret::address_holds_password(&problem.message) {
        problem.message = without_quoted(&problem.message);
        problem.value = None;
    }
    if let Some(path) = finding.path.filter(|path| !path.is_empty()) {
        let field = schema.get(&path);
        if field.is_some_and(|field| field.kind == Kind::Secret) {
            problem.message = without_quoted(&problem.message);
            problem.value = None;
        }
        if problem.hint.is_none() && finding.weight == Weight::Open {
            let example = field.and_then(|field| field.range.example.as_ref());
            problem.hint = example.map(|example| format!("Give a value, for example {example}."));
        }
        problem = problem.at(FieldPath::new(&clean::line(&path)));
    }
    if let Some(file) = finding.file {
        problem = problem.in_file(file.as_ref(), finding.line);
    }
    problem
}

/// A name that stands where a secret is given may be that secret, its quotes forgotten: it is not repeated. `line` is
/// what the file says there.
pub fn without_name_for_secret(mut problem: Problem, line: &str, schema: &Schema) -> Problem {
    let secrets = schema
        .fields()
        .iter()
        .filter(|field| field.kind == Kind::Secret);
    let mut names = secrets.filter_map(|field| field.path.as_str().rsplit('.').next());
    if names.any(|name| line.contains(name))
        && let Some(name) = problem.message.split('`').nth(1).map(str::to_owned)
    {
        problem.message = problem.message.replace(&name, secret::MASK);
        problem.hint = problem.hint.map(|hint| hint.replace(&name, secret::MASK));
        problem.value = None;
    }
    problem
}

/// Nickel's own sentences (two values that meet) quote what they are about, whatever it is.
fn without_quoted(message: &str) -> String {
    match (message.find('"'), message.rfind('"')) {
        (Some(first), Some(last)) if first < last => {
            format!(
                "{}{}{}",
                &message[..first],
                secret::MASK,
                &message[last + 1..]
            )
        }
        _ => message.to_owned(),
    }
}

pub fn schema(description: Description, problems: &mut Vec<Problem>) -> Schema {
    let fields = description
        .fields
        .into_iter()
        .map(|described| {
            let path = FieldPath::new(&described.path);
            let range = described.range.unwrap_or_default();
            let word = range.get("kind").and_then(Json::as_str).unwrap_or_default();
            let kind = Kind::from_word(word).unwrap_or_else(|| {
                problems.push(
                    Problem::error(format!("ranges.ncl does not say of which kind {path} is."))
                        .hint("Give it a kind: bool, integer, decimal, text, secret or list.")
                        .at(path.clone()),
                );
                Kind::Text
            });
            let mut limit = |key: &str| {
                let limit = range.get(key)?;
                let number = limit.as_f64().filter(|number| number.is_finite());
                if number.is_none() {
                    problems.push(
                        Problem::error(format!(
                            "The {key} of {path} in ranges.ncl is no number that can be shown."
                        ))
                        .hint("Give it a number of at most 15 digits.")
                        .at(path.clone()),
                    );
                }
                number
            };
            let (min, max) = (limit("min"), limit("max"));
            let adopt = |json: Json| from_wire(json).map(|value| kind.adopt(value));
            Field {
                doc: described.doc,
                default: described.default.and_then(adopt),
                range: Range {
                    min,
                    max,
                    unit: range.get("unit").and_then(Json::as_str).map(str::to_owned),
                    choices: texts(&range, "choices"),
                    schemes: texts(&range, "schemes"),
                    example: range.get("example").cloned().and_then(adopt),
                },
                path,
                kind,
            }
        })
        .collect();
    let renamed = description
        .renamed
        .into_iter()
        .map(|(old, new)| (old, FieldPath::new(&new)))
        .collect();
    Schema::new(description.version, fields, renamed)
}

fn texts(range: &Json, key: &str) -> Vec<String> {
    let items = range.get(key).and_then(Json::as_array);
    items
        .into_iter()
        .flatten()
        .filter_map(Json::as_str)
        .map(str::to_owned)
        .collect()
}
