//! Files as they should not be, and what is said of each.

use std::path::Path;

use super::{File, Import, Imported};

mod history;
mod metrics;
mod workload;

fn file<'a>(name: &'a str, bytes: &'a [u8]) -> File<'a> {
    File {
        name: Path::new(name),
        bytes,
    }
}

/// Each problem as `severity place: message hint`.
fn told<T>(import: &Import<T>) -> Vec<String> {
    import
        .problems
        .iter()
        .map(|problem| {
            let place = problem.place.as_ref().map(ToString::to_string);
            let place = place.unwrap_or_default();
            format!(
                "{} {place}: {}",
                problem.severity.word(),
                problem.sentence()
            )
        })
        .collect()
}

fn roles(import: &Import<Imported>) -> Vec<(&str, u64, u64, u64, Option<&str>)> {
    let value = import.value.as_ref();
    value
        .unwrap_or_else(|| panic!("{:?}", told(import)))
        .roles
        .iter()
        .map(|role| {
            (
                role.role.as_str(),
                role.calls_a_day,
                role.input_tokens,
                role.output_tokens,
                role.provider.as_deref(),
            )
        })
        .collect()
}
