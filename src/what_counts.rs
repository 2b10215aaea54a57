//! Which problems count for what is said now, said once for every way of asking: those of the verdict, those that
//! stay until they are mended outside, those of the open file, and why a verdict is missing.

use crate::config::Config;
use crate::problem::Problem;

/// Where the problems that count stand, in the order in which they are told.
#[derive(Clone, Copy, Debug)]
pub struct WhatCounts<'a> {
    /// The last verdict, when there was one.
    pub judged: Option<&'a Config>,
    /// Of forms, profiles, schema and environment.
    pub standing: &'a [Problem],
    /// Of reading the open file.
    pub of_file: &'a [Problem],
    /// Why what was said last is not judged.
    pub lost: &'a [Problem],
}

impl<'a> WhatCounts<'a> {
    /// Every problem that counts.
    pub fn all(self) -> impl Iterator<Item = &'a Problem> {
        let judged = self.judged.map_or(&[][..], Config::problems).iter();
        judged
            .chain(self.standing)
            .chain(self.of_file)
            .chain(self.lost)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_list_counts_and_none_twice() {
        let lists = ["standing", "of the file", "lost"].map(|name| [Problem::error(name)]);
        let [standing, of_file, lost] = &lists;
        let counts = WhatCounts {
            judged: None,
            standing,
            of_file,
            lost,
        };
        let told: Vec<&str> = counts.all().map(|p| p.message.as_str()).collect();
        assert_eq!(told, ["standing", "of the file", "lost"]);
    }
}
