//! A keymap as a file: its entries with their lines, and the operator's own entries laid over the shipped ones.
//! Whatever is wrong is told, and there the shipped keys hold.

use std::path::Path;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::action::{Action, Place};
use super::keymap::{Key, Keymap, SHIPPED};
use crate::clean;
use crate::input::Lines;
use crate::problem::{self, Problem};

/// The keys of one action.
#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub action: Action,
    pub keys: Vec<Key>,
    line: usize,
}

/// Reads the entries of a file in its order; problems name their lines.
#[must_use]
pub fn entries(file: &Path, text: &str) -> (Vec<Entry>, Vec<Problem>) {
    let (table, errors) = DeTable::parse_recoverable(text);
    let mut reading = Reading {
        file,
        lines: Lines::new(text),
        entries: Vec::new(),
        problems: Vec::new(),
    };
    for error in &errors {
        let at = error.span().map_or(0, |span| span.start);
        let said = clean::line(error.message());
        reading.warn(at, format!("Not valid TOML: {said}."), "");
    }
    for (word, actions) in table.get_ref() {
        reading.place(word, actions);
    }
    let Reading {
        mut entries,
        problems,
        ..
    } = reading;
    // The parser sorts by name; what the file says first comes first.
    entries.sort_by_key(|entry| entry.line);
    (entries, problems)
}

/// The shipped keymap with the operator's own entries in the place of the shipped ones.
#[must_use]
pub fn own(file: &Path, text: &str) -> (Keymap, Vec<Problem>) {
    let (shipped, _) = entries(Path::new("keymap.toml"), SHIPPED);
    let (mut own, mut problems) = entries(file, text);
    own.retain(|entry| usable(entry, file, &mut problems));
    loop {
        let kept = shipped
            .iter()
            .filter(|entry| own.iter().all(|own| own.action != entry.action));
        let all: Vec<Entry> = kept.chain(&own).cloned().collect();
        let (keymap, clash) = Keymap::of(&all);
        let Some((before, at, key)) = clash else {
            let own = all.len() - own.len();
            problems.extend(hidden(&all, own, &hides(&shipped), file));
            problems.sort_by_key(|problem| problem.place.as_ref().and_then(|place| place.line));
            return (keymap, problems);
        };
        // The shipped ones do not clash with each other, so the later one is the operator's.
        let (one, other) = (&all[before], &all[at]);
        let (first, second) = (one.action.name(), other.action.name());
        let hint = format!("{second} keeps its shipped key; give one of them another key.");
        problems.push(
            Problem::warning(format!("{key} is bound to both {first} and {second}."))
                .hint(hint)
                .in_file(file, Some(other.line)),
        );
        let wrong = other.action;
        own.retain(|entry| entry.action != wrong);
    }
}

/// A key by which one action hides another, behind it.
type Hiding = (Action, Action, Key);

/// The keys that never come through to a place, for another place before it has them.
fn hides(entries: &[Entry]) -> Vec<Hiding> {
    let mut found = Vec::new();
    for front in entries {
        let beneath = front.action.place().beneath();
        for behind in entries
            .iter()
            .filter(|e| beneath.contains(&e.action.place()))
        {
            let keys = front.keys.iter().filter(|key| behind.keys.contains(key));
            found.extend(keys.map(|key| (front.action, behind.action, *key)));
        }
    }
    found
}

/// Warns of the operator's entries, those from `own` on, that hide a key or are hidden, unless the shipped keymap does the same.
fn hidden(all: &[Entry], own: usize, shipped: &[Hiding], file: &Path) -> Vec<Problem> {
    let line = |action: Action| {
        let entry = all.iter().skip(own).find(|entry| entry.action == action);
        entry.map(|entry| entry.line)
    };
    let hiding = hides(all)
        .into_iter()
        .filter(|found| !shipped.contains(found));
    hiding
        .filter_map(|(front, behind, key)| {
            let line = line(front).or_else(|| line(behind))?;
            let (name, place) = (behind.name(), front.place().word());
            let message = format!(
                "{key} of {} hides {key} of {name} in [{place}].",
                front.name()
            );
            let hint =
                format!("Both stay bound; give one of them another key if {name} is wanted there.");
            Some(
                Problem::warning(message)
                    .hint(hint)
                    .in_file(file, Some(line)),
            )
        })
        .collect()
}

/// Says what a key may cost; `false` when it cannot be bound there at all.
fn usable(entry: &Entry, file: &Path, problems: &mut Vec<Problem>) -> bool {
    let name = entry.action.name();
    let place = entry.action.place();
    let mut warn = |message: String, hint: String| {
        let warning = Problem::warning(message).hint(hint);
        problems.push(warning.in_file(file, Some(entry.line)));
    };
    if place == Place::Named {
        let hint = "Take it out; the action finder does it.".to_owned();
        warn(
            format!("{name} takes no key: it is asked for by its name."),
            hint,
        );
        return false;
    }
    if entry.keys.is_empty() {
        let hint = format!("Its shipped key holds; give one, for example {name} = [\"W\"].");
        warn(format!("{name} has no key here."), hint);
        return false;
    }
    for key in &entry.keys {
        if (place.types() || place == Place::Always) && key.types() {
            let hint =
                "The shipped key holds; in an edit only keys that are no characters can be bound.";
            let message = format!("{key} of {name} could not be typed in a value any more.");
            warn(message, hint.to_owned());
            return false;
        }
        if !place.types()
            && let Some(why) = key.claimed_by()
        {
            let hint = "It is bound all the same; another key is safer.".to_owned();
            warn(format!("{key} of {name} may not arrive: {why}."), hint);
        }
    }
    true
}

struct Reading<'a> {
    file: &'a Path,
    lines: Lines,
    entries: Vec<Entry>,
    problems: Vec<Problem>,
}

type Name<'a> = Spanned<std::borrow::Cow<'a, str>>;

impl Reading<'_> {
    fn warn(&mut self, at: usize, message: String, hint: &str) {
        let line = Some(self.lines.at(at));
        let mut warning = Problem::warning(message).in_file(self.file, line);
        warning.hint = Some(hint.to_owned()).filter(|hint| !hint.is_empty());
        self.problems.push(warning);
    }

    fn place(&mut self, word: &Name<'_>, actions: &Spanned<DeValue<'_>>) {
        let place = Place::ALL.into_iter().find(|p| p.word() == word.get_ref());
        let at = word.span().start;
        let (Some(place), DeValue::Table(table)) = (place, actions.get_ref()) else {
            let known = Place::ALL.map(Place::word);
            let hint = match problem::nearest(word.get_ref(), known) {
                Some(near) => format!("Did you mean [{near}]?"),
                None => format!("Places are [{}].", known.join("], [")),
            };
            let word = clean::line(word.get_ref());
            return self.warn(at, format!("[{word}] is no place."), &hint);
        };
        for (name, keys) in table {
            self.action(place, name, keys);
        }
    }

    fn action(&mut self, place: Place, name: &Name<'_>, keys: &Spanned<DeValue<'_>>) {
        let at = name.span().start;
        let word = clean::line(name.get_ref());
        let known = Action::ALL.iter().copied().find(|a| a.name() == word);
        let Some(action) = known.filter(|action| action.place() == place) else {
            let hint = match known {
                Some(action) => format!("It belongs to [{}].", action.place().word()),
                None => meant(place, &word, keys),
            };
            return self.warn(
                at,
                format!("{word} is no action of [{}].", place.word()),
                &hint,
            );
        };
        let mut entry = Entry {
            action,
            keys: Vec::new(),
            line: self.lines.at(at),
        };
        let listed: Vec<&Spanned<DeValue<'_>>> = match keys.get_ref() {
            DeValue::Array(items) => items.iter().collect(),
            _ => vec![keys],
        };
        for item in listed {
            let text = match item.get_ref() {
                DeValue::String(text) => clean::line(text),
                _ => "what is given".to_owned(),
            };
            match Key::parse(&text) {
                Some(key) => entry.keys.push(key),
                None => self.warn(
                    item.span().start,
                    format!("\"{text}\" of {word} is no key."),
                    "A key is one character, or a name such as Up, PageDown or F1, with Ctrl+ or Shift+ before it.",
                ),
            }
        }
        self.entries.push(entry);
    }
}

/// What an unknown name was meant for: the nearest one, else the action that has such a key, else one of those there are.
fn meant(place: Place, word: &str, keys: &Spanned<DeValue<'_>>) -> String {
    let here = || Action::ALL.iter().filter(|action| action.place() == place);
    if let Some(near) = problem::nearest(word, here().map(|action| action.name())) {
        return format!("Did you mean {near}?");
    }
    let given = match keys.get_ref() {
        DeValue::Array(items) => items.iter().collect(),
        _ => vec![keys],
    };
    let given = given.iter().filter_map(|key| match key.get_ref() {
        DeValue::String(text) => Key::parse(text),
        _ => None,
    });
    let shipped = Keymap::shipped();
    let mut of_keys = given.filter_map(|key| Some((key, shipped.action(&[place], key)?)));
    if let Some((key, action)) = of_keys.next() {
        return format!("{key} is {} as shipped: did you mean that?", action.name());
    }
    let names: Vec<&str> = here().map(|action| action.name()).collect();
    format!("Its actions are {}.", names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(problems: &[Problem]) -> Vec<String> {
        problems
            .iter()
            .map(|p| format!("{} {}", p.place.as_ref().unwrap(), p.sentence()))
            .collect()
    }

    #[test]
    fn own_keys_replace_the_shipped_ones() {
        let text = "[main]\nwrite = [\"W\"]\ndiff = \"+\"\n[everywhere]\nup = [\"-\", \"Up\"]\n";
        let (keymap, wrong) = own(Path::new("k"), text);
        assert_eq!(said(&wrong), Vec::<String>::new());
        assert_eq!(keymap.key(Action::Write), "W");
        assert_eq!(keymap.key(Action::Diff), "+");
        assert_eq!(keymap.key(Action::Up), "-");
        assert_eq!(keymap.keys(Action::Write).len(), 1);
        assert_eq!(keymap.key(Action::Leave), "q");
    }

    #[test]
    fn two_actions_can_change_their_keys() {
        let text = "[main]\nwrite = [\"d\"]\ndiff = [\"w\"]\n";
        let (keymap, wrong) = own(Path::new("k"), text);
        assert_eq!(said(&wrong), Vec::<String>::new());
        assert_eq!(
            (keymap.key(Action::Write), keymap.key(Action::Diff)),
            ("d".into(), "w".into())
        );
    }

    /// What is told, and the keys of `write` and `leave` then.
    #[test]
    fn mistakes_are_named_and_the_shipped_keys_hold_there() {
        for (text, expected, write, leave) in [
            (
                "[main]\nwrite = [\"d\"]",
                "k:2 d is bound to both diff and write. write keeps its shipped key; give one of them another key.",
                "w",
                "q",
            ),
            (
                "[everywhere]\nleave = [\"X\"]\nhelp = [\"X\"]",
                "k:3 X is bound to both leave and help. help keeps its shipped key; give one of them another key.",
                "w",
                "X",
            ),
            (
                "[mian]\nwrite = [\"W\"]",
                "k:1 [mian] is no place. Did you mean [main]?",
                "w",
                "q",
            ),
            (
                "[main]\nwriet = [\"W\"]",
                "k:2 wriet is no action of [main]. Did you mean write?",
                "w",
                "q",
            ),
            (
                "[main]\nleave = [\"X\"]",
                "k:2 leave is no action of [main]. It belongs to [everywhere].",
                "w",
                "q",
            ),
            (
                "[everywhere]\nleave = [\"qq\", \"X\"]",
                "k:2 \"qq\" of leave is no key. A key is one character, or a name such as Up, PageDown or F1, with Ctrl+ or Shift+ before it.",
                "w",
                "X",
            ),
            (
                "[main]\nwrite = [\"Ctrl+b\"]",
                "k:2 Ctrl+B of write may not arrive: tmux begins its own keys with it. It is bound all the same; another key is safer.",
                "Ctrl+B",
                "q",
            ),
            (
                "[everywhere]\nleave = [\"A\"]",
                "k:2 A of leave may not arrive: on a slow line a torn arrow or function key ends in it. It is bound all the same; another key is safer.",
                "w",
                "A",
            ),
            (
                "[edit]\nkeep = [\"k\"]",
                "k:2 k of keep could not be typed in a value any more. The shipped key holds; in an edit only keys that are no characters can be bound.",
                "w",
                "q",
            ),
            (
                "[editor]\nline_up = [\"x\"]",
                "k:2 x of line_up could not be typed in a value any more. The shipped key holds; in an edit only keys that are no characters can be bound.",
                "w",
                "q",
            ),
            (
                "[main]\nwrite = [\"k\"]",
                "k:2 k of write hides k of up in [main]. Both stay bound; give one of them another key if up is wanted there.",
                "k",
                "q",
            ),
            (
                "[everywhere]\nleave = [\"i\", \"X\"]",
                "k:2 i of edit hides i of leave in [fields]. Both stay bound; give one of them another key if leave is wanted there.",
                "w",
                "i",
            ),
            (
                "[named]\nreset_all = [\"x\"]",
                "k:2 reset_all takes no key: it is asked for by its name. Take it out; the action finder does it.",
                "w",
                "q",
            ),
            (
                "[main]\nwrite = []",
                "k:2 write has no key here. Its shipped key holds; give one, for example write = [\"W\"].",
                "w",
                "q",
            ),
        ] {
            let (keymap, wrong) = own(Path::new("k"), text);
            assert_eq!(said(&wrong), [expected]);
            assert_eq!(keymap.key(Action::Write), write, "{text}");
            assert_eq!(keymap.key(Action::Leave), leave, "{text}");
        }
    }

    #[test]
    fn an_unknown_name_is_answered_by_its_key_or_by_the_names_there_are() {
        for (text, expected) in [
            (
                "[everywhere]\nquit = [\"q\"]",
                "k:2 quit is no action of [everywhere]. q is leave as shipped: did you mean that?",
            ),
            (
                "[output]\nquit = [\"X\"]",
                "k:2 quit is no action of [output]. Its actions are close_output.",
            ),
        ] {
            let (keymap, wrong) = own(Path::new("k"), text);
            assert_eq!(said(&wrong), [expected]);
            assert_eq!(keymap.key(Action::Leave), "q");
        }
    }

    #[test]
    fn a_clash_that_follows_from_another_is_mended_as_well() {
        // `write` falls back to w, which `diff` has taken.
        let text = "[main]\ndiff = [\"w\"]\nwrite = [\"m\"]\n";
        let (keymap, wrong) = own(Path::new("k"), text);
        assert_eq!(wrong.len(), 2, "{wrong:?}");
        assert_eq!(
            (keymap.key(Action::Write), keymap.key(Action::Diff)),
            ("w".into(), "d".into())
        );
    }

    /// Enter makes a new line in an editor, which hides that it keeps: that is meant, whoever writes it down.
    #[test]
    fn what_the_shipped_keymap_hides_is_no_mistake() {
        let shipped = entries(Path::new("keymap.toml"), SHIPPED).0;
        assert!(!hides(&shipped).is_empty());
        let (_, wrong) = own(Path::new("k"), SHIPPED);
        assert_eq!(said(&wrong), Vec::<String>::new());
    }

    #[test]
    fn broken_toml_is_told_and_the_rest_holds() {
        let (keymap, wrong) = own(Path::new("k"), "= =\n[main]\nwrite = [\"W\"]\n");
        assert!(
            said(&wrong)[0].starts_with("k:1 Not valid TOML"),
            "{wrong:?}"
        );
        assert_eq!(keymap.key(Action::Write), "W");
    }
}
