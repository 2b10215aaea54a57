//! The line above a long list that leaves only the rows in which what is typed occurs.

use super::typed::Typed;

/// The state of the line.
#[derive(Clone, Debug)]
pub struct ListFilter {
    pub line: Typed,
    /// Do keys go into the line, rather than to the rows? They do from the start.
    pub focused: bool,
}

impl Default for ListFilter {
    fn default() -> Self {
        Self {
            line: Typed::new(""),
            focused: true,
        }
    }
}

impl ListFilter {
    /// Does every typed word occur in one of these texts, in whatever case?
    #[must_use]
    pub fn admits(&self, texts: &[&str]) -> bool {
        let texts: Vec<String> = texts.iter().map(|text| text.to_lowercase()).collect();
        self.line
            .text()
            .to_lowercase()
            .split_whitespace()
            .all(|word| texts.iter().any(|text| text.contains(word)))
    }
}

/// The rows that a filter leaves, as places among all rows.
pub fn left<'t>(
    filter: Option<&ListFilter>,
    rows: impl Iterator<Item = [&'t str; 2]>,
) -> Vec<usize> {
    rows.enumerate()
        .filter(|(_, texts)| filter.is_none_or(|filter| filter.admits(texts)))
        .map(|(i, _)| i)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_must_occur_in_whatever_case() {
        for (typed, expected) in [
            ("", true),
            ("EU", true),
            ("eu north", true),
            ("north eu", true),
            ("eu south", false),
            ("sweden", true),
        ] {
            let mut filter = ListFilter::default();
            filter.line.insert(typed);
            assert_eq!(
                filter.admits(&["eu-north-1", "Stockholm, Sweden"]),
                expected,
                "{typed}"
            );
        }
    }
}
