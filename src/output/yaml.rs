//! The configuration as a new YAML file. serde-saphyr writes the values, so that readers of YAML 1.1 and 1.2 read
//! the same; the comments go in afterwards, by the lines on which our own reader finds the settings.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::{Map, Value as Json};

use super::{head, json, toml, value};
use crate::config::Config;
use crate::input::{self, Format};
use crate::problem::Problem;

pub(super) fn render(config: &Config, profile: Option<&str>) -> Result<String, Problem> {
    text(json::tree(config), config, profile)
}

/// As [`render`], of values that may hold more than the schema knows.
pub(super) fn text(
    tree: Map<String, Json>,
    config: &Config,
    profile: Option<&str>,
) -> Result<String, Problem> {
    let body = plain(&Json::Object(tree))?;
    let above = comments(&body, config)?;
    let mut out = head(config, profile);
    out.push_str("\n\n");
    for (at, line) in body.lines().enumerate() {
        let above = above.get(&(at + 1));
        // A section of the top level stands apart; the first line does already.
        if at > 0 && above.is_some_and(Vec::is_empty) {
            out.push('\n');
        }
        if let Some(comments) = above {
            let indent = &line[..line.len() - line.trim_start().len()];
            out.push_str(&toml::indented(comments, indent, "\n"));
        }
        out.push_str(line);
        out.push('\n');
    }
    Ok(out)
}

fn plain(tree: &Json) -> Result<String, Problem> {
    let options = serde_saphyr::ser_options! {
        // A text stays on the line of its name.
        prefer_block_scalars: false,
    };
    serde_saphyr::to_string_with_options(tree, options).map_err(|error| {
        let why = crate::clean::line(&error.to_string());
        Problem::error(format!("It cannot be written as YAML: {why}."))
            .hint("Write it as TOML or JSON.")
    })
}

/// The comment lines above each line of `body`; none above a section of the top level.
fn comments(body: &str, config: &Config) -> Result<BTreeMap<usize, Vec<String>>, Problem> {
    let name = Path::new("vapora.yaml");
    let opened = input::read(name, body.as_bytes(), config.schema());
    let mut above = BTreeMap::new();
    for (path, line) in &opened.lines {
        if !path.as_str().contains('.') && config.schema().get(path.as_str()).is_none() {
            above.insert(*line, Vec::new());
        }
    }
    for (field, leaf) in config.iter() {
        let wanted = leaf.value.as_ref().filter(|v| value::is_writable(v));
        if opened.values.get(&field.path) != wanted {
            return Err(super::update::not_as_it_should(&field.path, Format::Yaml));
        }
        if let (Some(line), Some(_)) = (opened.lines.get(&field.path), wanted) {
            above.insert(*line, toml::doc_lines(field));
        }
    }
    Ok(above)
}
