//! One form file: its text as elements in their order, and everything that is wrong inside it.
//! Leaves to others: where the file lies (`find`), panels, conditions, and what one file says of another (`load`).

use std::path::PathBuf;

use toml::de::DeTable;

use crate::form::container;
use crate::form::document::{self, Document, MOST_PROBLEMS};
use crate::form::element::{self, Body, Element};
use crate::form::find::Found;
use crate::form::keys;
use crate::form::replace::{self, Constraints};
use crate::form::surroundings::Surroundings;
use crate::problem::Problem;

/// One file, read but not yet put into panels.
#[derive(Debug)]
pub(super) struct Contents {
    pub name: Option<String>,
    pub description: Option<String>,
    pub file: PathBuf,
    pub elements: Vec<Element>,
}

/// What came of opening a file.
#[derive(Debug)]
pub(super) struct Opened {
    pub contents: Option<Contents>,
    pub problems: Vec<Problem>,
    /// Everything that stands in it was seen.
    pub whole: bool,
}

/// Reads a file's text. Of a broken file only the groups count, and only when it is the main form.
pub(super) fn open(
    found: &Found,
    is_main: bool,
    constraints: &Constraints<'_>,
    surroundings: &Surroundings,
) -> Opened {
    let (document, mut table, broken) = Document::parse(&found.file, &found.text);
    let mut problems = Vec::new();
    if replace::holds_constraint(&found.text) && broken.is_none() {
        constraints.replace(&document, &mut table, &mut problems);
    }
    document.check_keys(&table, "a form", keys::TOP, &mut problems);
    let mut elements = Vec::new();
    let mut beyond = Vec::new();
    let mut all_read = true;
    for table in container::tables(&document, &table, &mut problems) {
        if problems.len() >= MOST_PROBLEMS {
            problems.truncate(MOST_PROBLEMS - 1);
            let message = format!("It has {MOST_PROBLEMS} problems and more.");
            let problem = document.problem(table.span().start, message);
            problems.push(problem.hint("Mend those above first; from here on nothing is read."));
            all_read = false;
            break;
        }
        elements.extend(element::read(
            &document,
            table,
            found.shipped,
            surroundings,
            &mut problems,
            &mut beyond,
        ));
    }
    let whole = broken.is_none() && all_read;
    if let Some(broken) = broken {
        // The other problems follow from this one. An input may have lost its unit or its condition,
        // so of a broken file only the groups of the main form are used.
        problems = vec![broken];
        if !is_main {
            return Opened {
                contents: None,
                problems,
                whole,
            };
        }
        elements.retain(|element| matches!(element.body, Body::Group(_)));
    }
    problems.append(&mut beyond);
    sort(&mut elements);
    Opened {
        contents: Some(contents(&table, found.file.clone(), elements)),
        problems,
        whole,
    }
}

fn contents(table: &DeTable<'_>, file: PathBuf, elements: Vec<Element>) -> Contents {
    Contents {
        name: document::line(table, "name"),
        description: document::line(table, "description"),
        file,
        elements,
    }
}

/// By `order`; an element without one stays behind the element above it, and those above all others count as 0.
fn sort(elements: &mut [Element]) {
    let mut current = 0;
    for element in &mut *elements {
        current = element.order.unwrap_or(current);
        element.order = Some(current);
    }
    elements.sort_by_key(|element| element.order);
}
