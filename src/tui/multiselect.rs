//! A list to tick several from. Rows stand in the order of the options as long as the value does; once another order
//! was chosen, the ticked rows stand first in theirs. What is kept is the ticked rows from top to bottom.

use super::list::{Cursor, Step};
use super::list_filter::{self, ListFilter};
use crate::form::Input;
use crate::schema::FieldPath;
use crate::value::Value;

/// One option, or a member of the value that is none.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub value: Value,
    /// The value as text.
    pub name: String,
    pub label: String,
    pub ticked: bool,
    /// Is it among the options?
    pub known: bool,
}

/// The state of the list.
#[derive(Debug)]
pub struct Multiselect {
    pub path: FieldPath,
    pub title: String,
    pub rows: Vec<Row>,
    /// Stands among [`Self::left`].
    pub cursor: Cursor,
    pub filter: Option<ListFilter>,
    /// The answer as it stands in the window.
    pub value: Value,
    before: Option<Value>,
    least: Option<usize>,
    most: Option<usize>,
    /// The members ticked at the start, in their order.
    first: Vec<Value>,
}

impl Multiselect {
    /// The options, as value and label, with the members of `now` ticked.
    #[must_use]
    pub fn new(input: &Input, options: Vec<(String, String)>, now: Option<&Value>) -> Self {
        let members = members(now);
        let mut rows: Vec<Row> = options
            .into_iter()
            .map(|(name, label)| {
                let value = Value::Text(name.clone());
                Row {
                    ticked: members.contains(&value),
                    value,
                    name,
                    label,
                    known: true,
                }
            })
            .collect();
        let in_order: Vec<&Value> = rows
            .iter()
            .filter(|row| row.ticked)
            .map(|row| &row.value)
            .collect();
        if in_order != members.iter().collect::<Vec<_>>() {
            rows = in_their_order(rows, &members);
        }
        let mut list = Self {
            path: input.path.clone(),
            title: input.prompt.clone(),
            rows,
            cursor: Cursor::default(),
            filter: input.searchable.then(ListFilter::default),
            value: Value::List(Vec::new()),
            before: now.cloned(),
            least: input.bounds.min_selected,
            most: input.bounds.max_selected,
            first: Vec::new(),
        };
        list.first = list.ticked();
        list.read();
        list
    }

    fn ticked(&self) -> Vec<Value> {
        let ticked = self.rows.iter().filter(|row| row.ticked);
        ticked.map(|row| row.value.clone()).collect()
    }

    /// As long as nothing is ticked otherwise, the value stays as it is, also a broken one.
    fn read(&mut self) {
        let ticked = self.ticked();
        self.value = match &self.before {
            Some(before) if ticked == self.first => before.clone(),
            _ => Value::List(ticked),
        };
    }

    /// Is this another answer than stood before?
    #[must_use]
    pub fn is_changed(&self) -> bool {
        match &self.before {
            Some(before) => *before != self.value,
            None => self.ticked() != self.first,
        }
    }

    /// The rows that the filter leaves, as places among all.
    #[must_use]
    pub fn left(&self) -> Vec<usize> {
        let texts = self
            .rows
            .iter()
            .map(|row| [row.name.as_str(), row.label.as_str()]);
        list_filter::left(self.filter.as_ref(), texts)
    }

    pub fn step(&mut self, step: Step, height: usize) {
        let rows = self.left().len();
        self.cursor.step(step, rows, height, |_| true);
    }

    /// Ticks or unticks the chosen row.
    ///
    /// # Errors
    /// The sentence that says why it cannot be ticked.
    pub fn tick(&mut self) -> Result<(), String> {
        let Some(at) = self.left().get(self.cursor.at).copied() else {
            return Err("No row is left to tick: erase some of what was typed.".to_owned());
        };
        let full = self.most.is_some_and(|most| self.ticked().len() >= most);
        if let Some(most) = self.most.filter(|_| full && !self.rows[at].ticked) {
            return Err(format!("At most {most} here: untick another one first."));
        }
        self.rows[at].ticked = !self.rows[at].ticked;
        self.read();
        Ok(())
    }

    /// Moves the chosen row up or down by one, and the cursor with it.
    ///
    /// # Errors
    /// The sentence that says why nothing moves.
    pub fn shift(&mut self, up: bool, height: usize) -> Result<(), String> {
        if self.left().len() < self.rows.len() {
            return Err("Erase what was typed first: rows move among all rows.".to_owned());
        }
        let (at, last) = (self.cursor.at, self.rows.len().saturating_sub(1));
        let to = if up {
            at.checked_sub(1)
        } else {
            Some(at + 1).filter(|to| *to <= last)
        };
        let Some(to) = to else {
            return Err(format!(
                "It stands {} already.",
                if up { "first" } else { "last" }
            ));
        };
        self.rows.swap(at, to);
        self.step(if up { Step::Up } else { Step::Down }, height);
        self.read();
        Ok(())
    }

    /// How many are ticked, and how many may be: `2 of 5 ticked, 1 to 3`.
    #[must_use]
    pub fn count(&self) -> String {
        let ticked = format!("{} of {} ticked", self.ticked().len(), self.rows.len());
        match (self.least.filter(|least| *least > 0), self.most) {
            (None, None) => ticked,
            (Some(least), None) => format!("{ticked}, at least {least}"),
            (None, Some(most)) => format!("{ticked}, at most {most}"),
            (Some(least), Some(most)) if least == most => format!("{ticked}, {most} wanted"),
            (Some(least), Some(most)) => format!("{ticked}, {least} to {most}"),
        }
    }
}

/// The members of a value; a broken one is its only member.
fn members(now: Option<&Value>) -> Vec<Value> {
    match now {
        Some(Value::List(items)) => items.clone(),
        Some(other) if !other.is_empty() => vec![other.clone()],
        _ => Vec::new(),
    }
}

/// The members first, in their order and as often as they stand there, then the options that are none.
fn in_their_order(mut rows: Vec<Row>, members: &[Value]) -> Vec<Row> {
    let mut sorted: Vec<Row> = Vec::new();
    for member in members {
        let known = rows.iter().position(|row| row.value == *member);
        if let Some(at) = known {
            sorted.push(rows.remove(at));
            continue;
        }
        let again = sorted.iter().any(|row| row.value == *member);
        let label = if again {
            "stands here twice"
        } else {
            "not among the options"
        };
        sorted.push(Row {
            name: member.to_string(),
            value: member.clone(),
            label: label.to_owned(),
            ticked: true,
            known: false,
        });
    }
    sorted.extend(rows);
    sorted
}

/// The rows of a list window that show at once in a pane of so many: its frame stands inside that of the pane, and
/// the filter takes a line.
#[must_use]
pub fn rows_shown(pane: usize, filtered: bool) -> usize {
    pane.saturating_sub(2 + usize::from(filtered)).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::form::{Bounds, InputKind, WhenFalse};
    use crate::problem::FilePlace;

    fn input(least: Option<usize>, most: Option<usize>) -> Input {
        Input {
            name: "chain".into(),
            kind: InputKind::MultiSelect,
            prompt: "Chain".into(),
            help: String::new(),
            placeholder: None,
            path: "chain".into(),
            unit: None,
            takes_effect: None,
            choices: Vec::new(),
            options_from: None,
            searchable: false,
            bounds: Bounds {
                min_selected: least,
                max_selected: most,
                ..Bounds::default()
            },
            default: None,
            required: None,
            sensitive: false,
            encryption: None,
            custom_type: None,
            nickel_alias: None,
            when: None,
            when_false: WhenFalse::Leave,
            place: FilePlace::new(std::path::Path::new("forms/a.toml"), None),
        }
    }

    fn list(now: &[&str], most: Option<usize>) -> Multiselect {
        let options = ["a", "b", "c"].map(|name| (name.to_owned(), name.to_owned()));
        let now = Value::List(
            now.iter()
                .map(|text| Value::Text((*text).to_owned()))
                .collect(),
        );
        Multiselect::new(&input(None, most), options.to_vec(), Some(&now))
    }

    fn names(list: &Multiselect) -> String {
        let row = |row: &Row| format!("{}{}", row.name, if row.ticked { "+" } else { "" });
        list.rows.iter().map(row).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn rows_stand_in_the_order_of_the_options_until_another_was_chosen() {
        for (now, expected) in [
            (&[][..], "a b c"),
            (&["a", "c"], "a+ b c+"),
            (&["c", "a"], "c+ a+ b"),
            (&["x", "b"], "x+ b+ a c"),
            (&["a", "a"], "a+ a+ b c"),
        ] {
            let list = list(now, None);
            assert_eq!(names(&list), expected);
            assert!(!list.is_changed());
        }
    }

    #[test]
    fn ticking_keeps_the_order_and_moving_changes_it() {
        let mut list = list(&["a", "c"], None);
        list.step(Step::Down, 9);
        list.tick().unwrap();
        assert_eq!(list.value.to_string(), "a, b, c");
        list.shift(true, 9).unwrap();
        assert_eq!(
            (list.value.to_string().as_str(), list.cursor.at),
            ("b, a, c", 0)
        );
        assert!(list.shift(true, 9).unwrap_err().contains("first"));
        list.tick().unwrap();
        assert_eq!(list.value.to_string(), "a, c");
        assert!(!list.is_changed(), "what is ticked is what was");
    }

    #[test]
    fn no_more_is_ticked_than_the_form_allows() {
        let mut list = list(&["a", "b"], Some(2));
        list.step(Step::Last, 9);
        assert_eq!(
            list.tick().unwrap_err(),
            "At most 2 here: untick another one first."
        );
        list.step(Step::First, 9);
        list.tick().unwrap();
        list.step(Step::Last, 9);
        list.tick().unwrap();
        assert_eq!(list.value.to_string(), "b, c");
        assert_eq!(list.count(), "2 of 3 ticked, at most 2");
    }

    #[test]
    fn a_broken_value_stays_until_something_is_ticked() {
        let broken = Value::Integer(4);
        let options = vec![("a".to_owned(), "a".to_owned())];
        let mut list = Multiselect::new(&input(Some(1), None), options, Some(&broken));
        assert_eq!((names(&list).as_str(), list.is_changed()), ("4+ a", false));
        assert_eq!(list.value, broken);
        list.tick().unwrap();
        assert_eq!(list.value, Value::List(vec![]));
        assert_eq!(list.count(), "0 of 2 ticked, at least 1");
    }
}
