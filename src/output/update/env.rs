//! Which lines of an existing environment file must change. Lines of other variables and comments stay.

use super::Wanted;
use crate::input::env_assignment;
use crate::output::env;
use crate::problem::Problem;

pub(super) fn changed(text: &str, wanted: &Wanted<'_>) -> Result<String, Problem> {
    let eol = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut out = String::with_capacity(text.len() + 256);
    let fields: Vec<_> = wanted.fields().collect();
    let mut written = vec![false; fields.len()];
    for line in text.split_inclusive('\n') {
        let name = env_assignment(line).map(|(name, _)| name);
        let at = name.and_then(|name| {
            fields
                .iter()
                .position(|(field, _)| field.path.environment_name() == name)
        });
        let Some(at) = at else {
            out.push_str(line);
            continue;
        };
        let (field, value) = fields[at];
        let Some(value) = value else {
            continue;
        };
        // Of a name given twice one line is enough.
        if std::mem::replace(&mut written[at], true) {
            continue;
        }
        if wanted.is_said(field, value) {
            out.push_str(line);
            continue;
        }
        let export = if line.trim_start().starts_with("export ") {
            "export "
        } else {
            ""
        };
        out.push_str(export);
        out.push_str(&env::line(field, value)?);
        out.push_str(eol);
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push_str(eol);
    }
    for ((field, value), written) in fields.into_iter().zip(written) {
        if let (Some(value), false) = (value, written) {
            out.push_str(&env::line(field, value)?);
            out.push_str(eol);
        }
    }
    Ok(out)
}
