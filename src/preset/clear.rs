//! The secrets in clear that a preset's text says, and the text without them: a copy carries none unless that was asked for.
//! Leaves to others: finding them (`read`), writing the copy (`keep`).

use toml_edit::{Document, DocumentMut, Item, TableLike};

use crate::problem::{Problem, counted};
use crate::schema::FieldPath;

/// One answer of the text that is a secret in clear, taken or not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clear {
    pub path: FieldPath,
    /// Counted from 1.
    pub(super) line: usize,
    /// Its key as it is written in that line, which may be the last part of one, or an old name.
    pub(super) key: String,
}

/// `1 secret in clear left out`, to be said of a copy.
#[must_use]
pub fn left_out_in_words(clear: &[Clear]) -> Option<String> {
    (!clear.is_empty()).then(|| format!("{} in clear left out", counted(clear.len(), "secret")))
}

/// The text without these answers; everything else stays byte for byte.
///
/// # Errors
/// A problem when it is no TOML: what cannot be read may hold a secret.
pub(super) fn without(text: &str, clear: &[Clear]) -> Result<String, Problem> {
    let no_toml = || {
        Problem::error("It is not valid TOML, so nobody knows which secrets it holds.")
            .hint("Mend the file with an editor; `vapora-tui preset show` tells its problems.")
    };
    let spanned = Document::parse(text).map_err(|_| no_toml())?;
    if clear.is_empty() {
        return Ok(text.to_owned());
    }
    let mut keys = Vec::new();
    if let Some(answers) = spanned.get("answers").and_then(Item::as_table_like) {
        find(
            answers,
            &mut vec!["answers".to_owned()],
            text,
            clear,
            &mut keys,
        );
    }
    let mut document: DocumentMut = text.parse().map_err(|_| no_toml())?;
    for keys in keys {
        remove(document.as_table_mut(), &keys);
    }
    Ok(document.to_string())
}

/// Collects the keys, from the top, that lead to them.
fn find(
    table: &dyn TableLike,
    within: &mut Vec<String>,
    text: &str,
    clear: &[Clear],
    found: &mut Vec<Vec<String>>,
) {
    for (name, item) in table.iter() {
        let span = table.key(name).and_then(toml_edit::Key::span);
        let line = span.map_or(0, |span| 1 + text[..span.start].matches('\n').count());
        within.push(name.to_owned());
        if clear.iter().any(|one| one.line == line && one.key == name) {
            found.push(within.clone());
        } else if let Some(inner) = item.as_table_like() {
            find(inner, within, text, clear, found);
        }
        within.pop();
    }
}

fn remove(table: &mut dyn TableLike, keys: &[String]) {
    match keys {
        [] => {}
        [last] => drop(table.remove(last)),
        [first, rest @ ..] => {
            if let Some(inner) = table.get_mut(first).and_then(Item::as_table_like_mut) {
                remove(inner, rest);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_these_answers_go_however_they_are_written() {
        let text = "format = 1\n\n[answers]\n# first\n\"a.port\" = 1 # stays\n\"a.token\" = \"s1\"\nb = { port = 2, token = \"s2\" }\nc.token = \"s3\"\nc.port = 3\n\n[answers.d]\ntoken = \"s4\"\nport = 4\n";
        let clear = [6, 7, 8, 12].map(|line| Clear {
            path: FieldPath::from("x"),
            line,
            key: if line == 6 { "a.token" } else { "token" }.to_owned(),
        });
        assert_eq!(
            without(text, &clear).unwrap(),
            "format = 1\n\n[answers]\n# first\n\"a.port\" = 1 # stays\nb = { port = 2}\nc.port = 3\n\n[answers.d]\nport = 4\n"
        );
        assert_eq!(without(text, &[]).unwrap(), text);
        assert!(without("format = 1\n\"x", &[]).is_err());
        assert_eq!(
            left_out_in_words(&clear[..1]).as_deref(),
            Some("1 secret in clear left out")
        );
        assert_eq!(left_out_in_words(&[]), None);
    }
}
