//! The tables of a form file that are elements, in every spelling: `[[elements]]`, `[elements.Field]`, `[[fields]]`, `[[items]]`.
//! Leaves to others: what a table means (`element`).

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::form::document::{Document, MOST_PROBLEMS};
use crate::problem::Problem;

/// The lists that hold elements; the last two are of older forms.
pub(super) const LISTS: [&str; 3] = ["elements", "fields", "items"];
/// Sub-tables that TypeDialog's generator puts an element into.
const WRAPPERS: [&str; 2] = ["Field", "Item"];

/// All elements in the order of the file, whichever list they stand in.
pub(super) fn tables<'d, 't>(
    document: &Document<'_>,
    form: &'d DeTable<'t>,
    problems: &mut Vec<Problem>,
) -> Vec<&'d Spanned<DeValue<'t>>> {
    let mut tables: Vec<_> = LISTS
        .iter()
        .filter_map(|list| form.get(*list)?.get_ref().as_array())
        .flat_map(|items| items.iter())
        .filter_map(|table| unwrapped(document, table, problems))
        .collect();
    tables.sort_by_key(|table| table.span().start);
    tables
}

fn unwrapped<'d, 't>(
    document: &Document<'_>,
    table: &'d Spanned<DeValue<'t>>,
    problems: &mut Vec<Problem>,
) -> Option<&'d Spanned<DeValue<'t>>> {
    let keys = table.get_ref().as_table()?;
    let Some((wrapper, inner)) = WRAPPERS
        .iter()
        .find_map(|wrapper| Some((wrapper, keys.get(*wrapper)?)))
    else {
        return Some(table);
    };
    let other = keys.iter().find(|(key, _)| key.get_ref() != wrapper);
    let (at, message) = match (inner.get_ref(), other) {
        (DeValue::Table(_), None) => return Some(inner),
        (DeValue::Table(_), Some((key, _))) => (
            key.span().start,
            format!("An element with [elements.{wrapper}] holds other keys too."),
        ),
        (_, _) => (inner.span().start, format!("{wrapper} is no table.")),
    };
    if problems.len() < MOST_PROBLEMS {
        let hint = format!("Put all keys below [elements.{wrapper}], or directly in [[elements]].");
        problems.push(document.problem(at, message).hint(hint));
    }
    None
}
