//! One file of the forms folder: which names may be included, opening it, its elements in their order.
//! Leaves to others: panels, conditions, and what one file says of another (`load`).

use std::path::PathBuf;

use toml::Spanned;
use toml::de::DeValue;

use crate::clean;
use crate::form::document::{self, Document};
use crate::form::element::{self, Body, Element};
use crate::form::keys;
use crate::problem::{self, FilePlace, Problem};
use crate::workspace::Workspace;

/// The folder that include paths are relative to.
const FOLDER: &str = "forms";
pub(super) const MAIN: &str = "main.toml";

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
    /// The file that was read or tried, when there is one.
    pub file: Option<PathBuf>,
    pub problems: Vec<Problem>,
    /// Everything that stands in it was seen.
    pub whole: bool,
}

impl Opened {
    fn refused(problem: Problem) -> Self {
        Self {
            contents: None,
            file: problem.place.as_ref().map(|place| place.file.clone()),
            problems: vec![problem],
            whole: false,
        }
    }
}

/// Reads a file by its name inside the forms folder. `place` is where it was asked for.
pub(super) fn open(workspace: &Workspace, name: &str, place: Option<&FilePlace>) -> Opened {
    let source = match workspace.source(&format!("{FOLDER}/{name}")) {
        Ok(Some(source)) => source,
        Ok(None) => return Opened::refused(missing(workspace, name, place)),
        Err(problem) => return Opened::refused(problem),
    };
    let (document, table, broken) = Document::parse(&source.file, &source.text);
    let mut problems = Vec::new();
    document.check_keys(&table, "a form", keys::TOP, &mut problems);
    let tables = match table.get("elements").map(Spanned::get_ref) {
        Some(DeValue::Array(tables)) => tables.iter().as_slice(),
        _ => &[],
    };
    let mut elements: Vec<Element> = tables
        .iter()
        .filter_map(|table| element::read(&document, table, &mut problems))
        .collect();
    let whole = broken.is_none();
    if let Some(broken) = broken {
        // The other problems follow from this one. An input may have lost its unit or its condition,
        // so of a broken file only the groups of the main form are used.
        if name != MAIN {
            return Opened::refused(broken);
        }
        problems = vec![broken];
        elements.retain(|element| matches!(element.body, Body::Group(_)));
    }
    sort(&mut elements);
    Opened {
        contents: Some(Contents {
            name: document::line(&table, "name"),
            description: document::line(&table, "description"),
            file: source.file.clone(),
            elements,
        }),
        file: Some(source.file.clone()),
        problems,
        whole,
    }
}

fn missing(workspace: &Workspace, name: &str, place: Option<&FilePlace>) -> Problem {
    let wanted = format!("{FOLDER}/{name}");
    let problem = Problem::error(format!("{wanted} is not there."));
    let Some(place) = place else {
        return problem
            .hint("Write the main form there.")
            .in_file(&workspace.root().join(&wanted), None);
    };
    let names = workspace.names(FOLDER, ".toml");
    let hint = match problem::nearest(&wanted, names.iter().map(String::as_str)) {
        Some(near) => format!("Did you mean {}?", near.trim_start_matches("forms/")),
        None => "Write that file, or take it out of includes.".to_owned(),
    };
    Problem {
        place: Some(place.clone()),
        ..problem.hint(hint)
    }
}

/// By `order`; an element without one stays behind the element above it.
fn sort(elements: &mut [Element]) {
    let mut current = i64::MIN;
    for element in &mut *elements {
        current = element.order.unwrap_or(current);
        element.order = Some(current);
    }
    elements.sort_by_key(|element| element.order);
}

/// The name of an included file inside the forms folder.
pub(super) fn inside(include: &str) -> Result<String, String> {
    let shown = clean::line(include);
    if include.starts_with('/') {
        return Err(format!("{shown} is an absolute path."));
    }
    if !clean::is_clean(include) || include.contains('\\') {
        return Err(format!("{shown} is not a path that can be shown."));
    }
    let parts: Vec<&str> = include
        .split('/')
        .filter(|part| !matches!(*part, "" | "."))
        .collect();
    if parts.contains(&"..") {
        return Err(format!("{shown} leaves its folder with \"..\"."));
    }
    let stem = parts.last().and_then(|name| name.strip_suffix(".toml"));
    if stem.is_none_or(str::is_empty) {
        return Err(format!("{shown} is not a .toml file."));
    }
    Ok(parts.join("/"))
}
