//! What is said about a name that the schema does not know, and the name that was probably meant.

use std::collections::{BTreeMap, BTreeSet};

use super::Format;
use crate::clean;
use crate::problem::{self, Problem};
use crate::schema::{FieldPath, Schema};

/// Longer names are cut in messages.
const MOST_SHOWN: usize = 80;

/// The warning about one setting or section in a file that the schema does not know. It has no place yet.
#[must_use]
pub fn unknown(path: &str, format: Format, schema: &Schema) -> Problem {
    Names::of(schema).unknown(path, format)
}

/// Every name that may be meant, by where it stands and by its last part. Made once for a file: it may hold thousands
/// of keys that are none.
#[derive(Debug)]
pub(super) struct Names<'a> {
    pub(super) sections: BTreeSet<&'a str>,
    all: BTreeSet<&'a str>,
    /// Last part and whole name of what stands in a section; the top level is the section without a name.
    inside: BTreeMap<&'a str, Vec<(&'a str, &'a str)>>,
    by_last: BTreeMap<&'a str, Vec<&'a str>>,
}

impl<'a> Names<'a> {
    pub(super) fn of(schema: &'a Schema) -> Self {
        let sections = sections(schema);
        let fields = schema.fields().iter().map(|field| field.path.as_str());
        let all: BTreeSet<&str> = fields.chain(sections.iter().copied()).collect();
        let mut inside: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let mut by_last: BTreeMap<_, Vec<_>> = BTreeMap::new();
        for known in all.iter().copied() {
            let (section, last) = known.rsplit_once('.').unwrap_or(("", known));
            inside.entry(section).or_default().push((last, known));
            if !section.is_empty() {
                by_last.entry(last).or_default().push(known);
            }
        }
        Self {
            sections,
            all,
            inside,
            by_last,
        }
    }

    /// The warning about a name that is none of these. It has no place yet.
    pub(super) fn unknown(&self, path: &str, format: Format) -> Problem {
        let kept = match format {
            // Nickel is only ever written anew.
            Format::Nickel => "It has no place in what is written.",
            _ => "It is kept as it is when the file is written.",
        };
        let hint = match self.meant(path) {
            Some(meant) => format!("Did you mean {meant}? {kept}"),
            None => kept.to_owned(),
        };
        Problem::warning(format!("{} is not a setting.", shown(path)))
            .at(FieldPath::new(path))
            .hint(hint)
    }

    /// A name in the same section first: in a long path a wrong last part weighs too little to tell.
    fn meant(&self, path: &str) -> Option<&'a str> {
        let (section, name) = path.rsplit_once('.').unwrap_or(("", path));
        if !section.is_empty() && !self.sections.contains(section) {
            return problem::nearest(path, self.all.iter().copied());
        }
        let siblings = self.inside.get(section).map_or(&[][..], Vec::as_slice);
        let near = problem::nearest(name, siblings.iter().map(|(last, _)| *last));
        if let Some(near) = near {
            let meant = siblings.iter().find(|(last, _)| *last == near);
            return meant.map(|(_, known)| *known);
        }
        // The name may be right and the section forgotten or another.
        match self.by_last.get(name).map(Vec::as_slice) {
            Some([only]) => Some(*only),
            _ => None,
        }
    }
}

/// Every section that holds settings, at any depth.
pub(super) fn sections(schema: &Schema) -> BTreeSet<&str> {
    let mut sections = BTreeSet::new();
    for field in schema.fields() {
        let mut path = field.path.as_str();
        while let Some((section, _)) = path.rsplit_once('.') {
            sections.insert(section);
            path = section;
        }
    }
    sections
}

/// A path with one more name. A name that itself holds a dot is quoted, so that it is never taken for two.
pub(super) fn join(section: &str, name: &str) -> String {
    let name = if name.is_empty() || name.contains(['.', '"']) {
        format!("{name:?}")
    } else {
        name.to_owned()
    };
    if section.is_empty() {
        name
    } else {
        format!("{section}.{name}")
    }
}

/// A path from a file as it may be shown.
pub(super) fn shown(path: &str) -> String {
    let clean = clean::line(path);
    if clean.chars().count() <= MOST_SHOWN {
        return clean;
    }
    let start: String = clean.chars().take(MOST_SHOWN).collect();
    format!("{start}…")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::value::Kind;

    #[test]
    fn the_name_that_was_meant_is_found() {
        let fields = [
            "deployment_mode",
            "backend.host",
            "backend.port",
            "backend.auth.token_lifetime",
            "llm_router.budget_enforcement.near_threshold_percent",
        ]
        .map(|path| (path, Kind::Text));
        let schema = Schema::example(fields);
        let names = Names::of(&schema);
        for (path, expected) in [
            ("backend.prot", Some("backend.port")),
            ("bakend", Some("backend")),
            ("bakend.port", Some("backend.port")),
            ("llm_router.budget_enforcement.zzz", None),
            ("token_lifetime", Some("backend.auth.token_lifetime")),
            (
                "backend.token_lifetime",
                Some("backend.auth.token_lifetime"),
            ),
            ("deploymentmode", Some("deployment_mode")),
            ("\"backend.port\"", Some("backend.port")),
            ("somethingelse", None),
        ] {
            assert_eq!(names.meant(path), expected, "{path}");
        }
        assert_eq!(
            unknown("backend.prot", Format::Nickel, &schema).sentence(),
            "backend.prot is not a setting. Did you mean backend.port? It has no place in what is written."
        );
        assert_eq!(
            unknown("backend.prot", Format::Toml, &schema).sentence(),
            "backend.prot is not a setting. Did you mean backend.port? It is kept as it is when the file is written."
        );
        assert_eq!(
            unknown("backend.prot", Format::Nickel, &schema).sentence(),
            "backend.prot is not a setting. Did you mean backend.port? It has no place in what is written."
        );
    }
}
