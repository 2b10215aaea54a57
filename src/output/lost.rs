//! What a file loses when it is written anew, as one sentence for the review. Only YAML and Nickel lose anything.

use std::collections::BTreeSet;

use granit_parser::{Event, Options, Parser};

use crate::input::Format;
use crate::problem::counted;

/// What of `before` is not in `after`, which replaces it; `None` when nothing goes.
#[must_use]
pub fn lost(before: &str, after: &str, format: Format) -> Option<String> {
    if before == after || before.trim().is_empty() {
        return None;
    }
    match format {
        Format::Toml | Format::Json | Format::Env => None,
        Format::Nickel => Some("It is written anew: what was added to it by hand goes.".to_owned()),
        Format::Yaml => {
            let (before, after) = (extras(before), extras(after));
            let comments = before.comments.difference(&after.comments).count();
            let mut parts = Vec::new();
            if comments > 0 {
                parts.push(counted(comments, "comment"));
            }
            if before.anchors > 0 {
                parts.push(counted(before.anchors, "anchor"));
            }
            Some(match parts.as_slice() {
                [] => "It is written anew, in the schema's order.".to_owned(),
                parts => format!("It is written anew and loses {}.", parts.join(" and ")),
            })
        }
    }
}

#[derive(Default)]
struct Extras {
    comments: BTreeSet<String>,
    anchors: usize,
}

fn extras(text: &str) -> Extras {
    let mut options = Options::default();
    options.emit_anchor_events = true;
    let mut extras = Extras::default();
    for (event, _) in Parser::new_from_str_with_options(text, options).map_while(Result::ok) {
        match event {
            Event::Comment(comment, _) => {
                extras.comments.insert(comment.trim().to_owned());
            }
            Event::Anchor(..) => extras.anchors += 1,
            _ => {}
        }
    }
    extras
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_anchors_that_go_are_counted() {
        let after = "# VAPORA configuration, schema 1.\n\n# The port.\na: 1\n";
        for (before, format, expected) in [
            ("", Format::Yaml, None),
            (after, Format::Yaml, None),
            ("# mine\na = 2\n", Format::Toml, None),
            (
                "# The port.\na: 2\n",
                Format::Yaml,
                Some("It is written anew, in the schema's order."),
            ),
            (
                "# mine\na: &x 2 # why\nb: *x\n# The port.\n",
                Format::Yaml,
                Some("It is written anew and loses 2 comments and 1 anchor."),
            ),
            (
                "{}",
                Format::Nickel,
                Some("It is written anew: what was added to it by hand goes."),
            ),
        ] {
            assert_eq!(lost(before, after, format).as_deref(), expected, "{before}");
        }
    }
}
