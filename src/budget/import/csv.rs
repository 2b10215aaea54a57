//! CSV into rows: commas, semicolons or tabs, with a first line that names the columns.

use ::csv::{ReaderBuilder, StringRecord, Trim};

use super::found::Found;
use super::table::{Row, Shape, shown};
use super::text::Lines;

pub(super) fn rows(text: &str, shape: &Shape, found: &mut Found<'_>) -> Vec<Row> {
    let mut reader = ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .comment(Some(b'#'))
        .delimiter(delimiter(text))
        .trim(Trim::All)
        .from_reader(text.as_bytes());
    let mut lines = Lines::of(text);
    let mut columns: Option<Vec<Option<usize>>> = None;
    let mut rows = Vec::new();
    let mut record = StringRecord::new();
    loop {
        match reader.read_record(&mut record) {
            Ok(true) => {}
            Ok(false) => break,
            Err(error) => {
                let line = error.position().and_then(|at| begin(text, at.byte()));
                found.error(
                    line.map(|byte| lines.at(byte)),
                    "The line is not valid CSV.".to_owned(),
                    &format!("It is written as {}.", shape.example),
                );
                break;
            }
        }
        let byte = record.position().and_then(|at| begin(text, at.byte()));
        let line = lines.at(byte.unwrap_or(text.len()));
        if record.iter().any(|cell| cell.contains('\n')) {
            found.error(
                line,
                "A quote is opened on this line and not closed on it.".to_owned(),
                "Close it, or take it away.",
            );
            break;
        }
        match &columns {
            None => match header(line, &record, shape, found) {
                Some(header) => columns = Some(header),
                None => break,
            },
            Some(columns) => {
                if record.iter().all(str::is_empty) {
                    continue;
                }
                if record.len() == columns.len() {
                    rows.push(row(line, &record, columns, shape));
                } else {
                    found.error(
                        line,
                        format!(
                            "The line has {} columns, the first line names {}.",
                            record.len(),
                            columns.len()
                        ),
                        "Give every line as many; put a text that holds a comma in quotes.",
                    );
                }
            }
        }
    }
    rows
}

/// The sign that the first line which is no comment has most of; a comma when it has none.
fn delimiter(text: &str) -> u8 {
    let header = text
        .lines()
        .find(|line| !line.trim().is_empty() && !line.starts_with('#'))
        .unwrap_or_default();
    let count = |sign: u8| header.bytes().filter(|byte| *byte == sign).count();
    if count(b';') > count(b',') {
        b';'
    } else if count(b'\t') > count(b',') {
        b'\t'
    } else {
        b','
    }
}

/// Where a record really begins: the reader counts the blank lines and comments before it as its own.
fn begin(text: &str, byte: u64) -> Option<usize> {
    let mut at = usize::try_from(byte).ok()?;
    loop {
        let rest = text.get(at..)?;
        let blank = rest.len() - rest.trim_start_matches(['\r', '\n']).len();
        at += blank;
        if !rest[blank..].starts_with('#') {
            return Some(at);
        }
        at += rest[blank..].find('\n')?;
    }
}

/// Which column each place holds; `None` when it cannot be read by.
fn header(
    line: usize,
    record: &StringRecord,
    shape: &Shape,
    found: &mut Found<'_>,
) -> Option<Vec<Option<usize>>> {
    let columns: Vec<Option<usize>> = record.iter().map(|name| shape.place(bare(name))).collect();
    if columns.iter().all(Option::is_none) {
        found.error(
            line,
            "The first line does not name the columns.".to_owned(),
            &format!("Begin with {}.", shape.example),
        );
        return None;
    }
    for (place, name) in record.iter().enumerate() {
        match columns[place] {
            None => shape.unknown(line, name, found),
            Some(column) if columns[..place].contains(&Some(column)) => found.error(
                line,
                format!("The column {} is named twice.", shown(name)),
                "Remove one of them.",
            ),
            Some(_) => {}
        }
    }
    for (place, column) in shape.columns.iter().enumerate() {
        if column.required && !columns.contains(&Some(place)) {
            found.error(
                line,
                format!("The column {} is missing.", column.name),
                &format!("Begin with {}.", shape.example),
            );
        }
    }
    (!found.refuses()).then_some(columns)
}

fn row(line: usize, record: &StringRecord, columns: &[Option<usize>], shape: &Shape) -> Row {
    let mut cells = vec![None; shape.columns.len()];
    for (cell, column) in record.iter().zip(columns) {
        let cell = bare(cell);
        if let (Some(column), false) = (column, cell.is_empty()) {
            cells[*column] = Some(cell.to_owned());
        }
    }
    Row { line, cells }
}

/// A quote after a blank is none to CSV, but hands write it so.
fn bare(cell: &str) -> &str {
    let inside = cell
        .strip_prefix('"')
        .and_then(|cell| cell.strip_suffix('"'));
    inside.unwrap_or(cell).trim()
}
