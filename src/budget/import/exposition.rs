//! Samples of VAPORA's own metrics in a Prometheus text; the lines of other programs are passed over.
//! Leaves to others: what the samples mean (`metrics`).

use super::found::Found;

/// What the names of VAPORA's metrics of language models begin with.
pub(super) const OURS: &str = "vapora_llm_";

/// Does it look like what a server gives at `/metrics`, and not like a table?
#[must_use]
pub fn is_metrics(bytes: &[u8]) -> bool {
    bytes.split(|byte| *byte == b'\n').any(|line| {
        [&b"# HELP "[..], b"# TYPE ", OURS.as_bytes()]
            .iter()
            .any(|sign| line.starts_with(sign))
    })
}

/// One sample line.
#[derive(Debug, PartialEq)]
pub(super) struct Sample {
    pub line: usize,
    pub name: String,
    /// Sorted by name; a label with an empty text counts as absent.
    pub labels: Vec<(String, String)>,
    pub value: f64,
    /// Seconds since 1970, when the line says when it was taken.
    pub taken: Option<f64>,
}

impl Sample {
    pub fn label(&self, name: &str) -> Option<&str> {
        let (_, text) = self.labels.iter().find(|(label, _)| label == name)?;
        Some(text)
    }
}

/// The samples in the order of the text; lines that cannot be read go to `found`.
pub(super) fn samples(text: &str, found: &mut Found<'_>) -> Vec<Sample> {
    // OpenMetrics ends with this sign and counts in seconds, the older format in milliseconds.
    let per_second = if text.trim_end().ends_with("# EOF") {
        1.0
    } else {
        1_000.0
    };
    let mut samples = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let line = line.trim();
        if !line.starts_with(OURS) {
            continue;
        }
        match sample(number, line) {
            Ok(mut sample) => {
                sample.taken = sample.taken.map(|taken| taken / per_second);
                samples.push(sample);
            }
            Err(wrong) => found.error(
                number,
                format!("{wrong} here."),
                "A sample is written as vapora_llm_requests_total{provider=\"claude\",role=\"architect\"} 1750.",
            ),
        }
    }
    samples
}

fn sample(line: usize, text: &str) -> Result<Sample, &'static str> {
    let end = text
        .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == ':'))
        .ok_or("A value is missing")?;
    let (name, rest) = text.split_at(end);
    let mut labels = Vec::new();
    let rest = match rest.trim_start().strip_prefix('{') {
        Some(inside) => read_labels(inside, &mut labels)?,
        None if rest.starts_with([' ', '\t']) => rest,
        None => return Err("The name of a metric holds a sign that is not allowed"),
    };
    labels.retain(|(_, text)| !text.is_empty());
    labels.sort();
    if labels.windows(2).any(|pair| pair[0].0 == pair[1].0) {
        return Err("A label is given twice");
    }
    // Behind the sign stands an exemplar, which is no part of the count.
    let numbers = rest.split(" # ").next().unwrap_or_default();
    let mut words = numbers.split_whitespace();
    let value = words.next().ok_or("A value is missing")?;
    let value = value.parse().map_err(|_| "The value is no number")?;
    let taken = match words.next() {
        Some(taken) => Some(taken.parse().map_err(|_| "The time is no number")?),
        None => None,
    };
    if words.next().is_some() {
        return Err("More than a value and a time stands");
    }
    Ok(Sample {
        line,
        name: name.to_owned(),
        labels,
        value,
        taken,
    })
}

/// Reads `name="text",…}` and gives what stands behind.
fn read_labels<'t>(
    mut rest: &'t str,
    labels: &mut Vec<(String, String)>,
) -> Result<&'t str, &'static str> {
    loop {
        rest = rest.trim_start();
        if let Some(behind) = rest.strip_prefix('}') {
            return Ok(behind);
        }
        let (name, behind) = rest.split_once('=').ok_or("A label is not complete")?;
        let name = name.trim();
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
        if name.is_empty() || !name.chars().all(plain) {
            return Err("The name of a label holds a sign that is not allowed");
        }
        let quoted = behind
            .trim_start()
            .strip_prefix('"')
            .ok_or("The text of a label does not stand in quotes")?;
        let (text, behind) = quoted_text(quoted)?;
        labels.push((name.to_owned(), text));
        let behind = behind.trim_start();
        rest = match behind.strip_prefix(',') {
            Some(next) => next,
            None if behind.starts_with('}') => behind,
            None => return Err("A comma or a closing brace is missing"),
        };
    }
}

/// Reads up to the closing quote, with its three escapes.
fn quoted_text(rest: &str) -> Result<(String, &str), &'static str> {
    let mut text = String::new();
    let mut signs = rest.char_indices();
    while let Some((at, sign)) = signs.next() {
        match sign {
            '"' => return Ok((text, &rest[at + 1..])),
            '\\' => match signs.next() {
                Some((_, 'n')) => text.push('\n'),
                Some((_, escaped @ ('\\' | '"'))) => text.push(escaped),
                _ => return Err("A backslash is not followed by a known escape"),
            },
            other => text.push(other),
        }
    }
    Err("The text of a label is not closed")
}
