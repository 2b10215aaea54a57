//! What a shell offers for an option that takes a name: the shipped names. Any other text is taken too, for a
//! workspace has names of its own. Leaves to others: whether there is such a thing (`profile`, `tui`).

use std::ffi::OsStr;

use clap::builder::{PossibleValue, StringValueParser, TypedValueParser};
use clap::{Arg, Command, Error};

/// The names of the shipped profiles: a completion script runs nothing, so it knows no others.
pub const PROFILES: Offered = Offered(&["solo", "multiuser", "enterprise"]);
/// The themes that are known by name; a theme may also be a file.
pub const THEMES: Offered = Offered(&["dark", "light", "mono"]);

/// Takes any text and offers these.
#[derive(Clone, Copy, Debug)]
pub struct Offered(&'static [&'static str]);

impl TypedValueParser for Offered {
    type Value = String;

    fn parse_ref(
        &self,
        command: &Command,
        option: Option<&Arg>,
        value: &OsStr,
    ) -> Result<String, Error> {
        StringValueParser::new().parse_ref(command, option, value)
    }

    fn possible_values(&self) -> Option<Box<dyn Iterator<Item = PossibleValue> + '_>> {
        Some(Box::new(self.0.iter().map(PossibleValue::new)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::profile;
    use crate::workspace::Workspace;

    #[test]
    fn the_profiles_that_are_offered_are_the_shipped_ones() {
        let (shipped, _) = profile::all(&Workspace::at("/nowhere/at/all"));
        let names: Vec<&str> = shipped.iter().map(|profile| &*profile.name).collect();
        assert_eq!(PROFILES.0, names);
    }
}
