//! Three states of the same settings brought together: what both began with, what somebody else made of it, and ours.
//! Leaves to others: where the three come from (`draft`, the output file), asking about conflicts (`tui`).

use std::collections::BTreeMap;

use crate::schema::FieldPath;
use crate::value::Value;

/// Which of the three holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    Base,
    Theirs,
    Ours,
}

impl Side {
    pub const ALL: [Self; 3] = [Self::Base, Self::Theirs, Self::Ours];

    /// `base`, `theirs`, `ours`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Base => "base",
            Self::Theirs => "theirs",
            Self::Ours => "ours",
        }
    }
}

/// What became of a setting.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    /// Nobody changed it, or both in the same way.
    Same,
    /// Only they changed it.
    Theirs,
    /// Only we changed it.
    Ours,
    /// Both did, and not alike: somebody must choose. `None` until then.
    Conflict(Option<Side>),
}

/// One setting in its three states; `None` where it has no value.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    pub path: FieldPath,
    pub base: Option<Value>,
    pub theirs: Option<Value>,
    pub ours: Option<Value>,
    pub fate: Fate,
}

impl Row {
    #[must_use]
    pub fn value(&self, side: Side) -> Option<&Value> {
        match side {
            Side::Base => self.base.as_ref(),
            Side::Theirs => self.theirs.as_ref(),
            Side::Ours => self.ours.as_ref(),
        }
    }

    /// The side that holds, when that is decided.
    #[must_use]
    pub fn side(&self) -> Option<Side> {
        match self.fate {
            Fate::Same | Fate::Ours => Some(Side::Ours),
            Fate::Theirs => Some(Side::Theirs),
            Fate::Conflict(chosen) => chosen,
        }
    }
}

/// Values by path.
pub type Values = BTreeMap<FieldPath, Value>;

/// All settings that any of the three names, in the order of their paths.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Merge {
    pub rows: Vec<Row>,
}

impl Merge {
    #[must_use]
    pub fn of(base: &Values, theirs: &Values, ours: &Values) -> Self {
        let mut paths: Vec<&FieldPath> = base
            .keys()
            .chain(theirs.keys())
            .chain(ours.keys())
            .collect();
        paths.sort();
        paths.dedup();
        let rows = paths.into_iter().map(|path| {
            let [base, theirs, ours] = [base, theirs, ours].map(|side| side.get(path).cloned());
            let fate = if theirs == ours || (base == theirs && base == ours) {
                Fate::Same
            } else if base == ours {
                Fate::Theirs
            } else if base == theirs {
                Fate::Ours
            } else {
                Fate::Conflict(None)
            };
            Row {
                path: path.clone(),
                base,
                theirs,
                ours,
                fate,
            }
        });
        Self {
            rows: rows.collect(),
        }
    }

    /// The rows somebody must choose about, chosen or not.
    pub fn conflicts(&self) -> impl Iterator<Item = &Row> {
        self.rows
            .iter()
            .filter(|row| matches!(row.fate, Fate::Conflict(_)))
    }

    /// How many conflicts nobody chose about yet.
    #[must_use]
    pub fn undecided(&self) -> usize {
        self.conflicts().filter(|row| row.side().is_none()).count()
    }

    /// The rows that only they changed.
    pub fn taken(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.fate == Fate::Theirs)
    }

    /// The rows that only we changed.
    pub fn kept(&self) -> impl Iterator<Item = &Row> {
        self.rows.iter().filter(|row| row.fate == Fate::Ours)
    }

    /// Decides about one conflict; other rows stay as they are.
    pub fn choose(&mut self, path: &FieldPath, side: Side) {
        self.decide(side, |row| row.path == *path);
    }

    /// Decides about all conflicts.
    pub fn choose_all(&mut self, side: Side) {
        self.decide(side, |_| true);
    }

    fn decide(&mut self, side: Side, of: impl Fn(&Row) -> bool) {
        for row in self.rows.iter_mut().filter(|row| of(row)) {
            if let Fate::Conflict(chosen) = &mut row.fate {
                *chosen = Some(side);
            }
        }
    }

    /// The values that hold; an undecided setting is not among them.
    #[must_use]
    pub fn values(&self) -> Values {
        self.rows
            .iter()
            .filter_map(|row| Some((row.path.clone(), row.value(row.side()?)?.clone())))
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn value(n: Option<i64>) -> Option<Value> {
        n.map(Value::Integer)
    }

    fn values(n: Option<i64>) -> Values {
        value(n)
            .into_iter()
            .map(|value| ("a".into(), value))
            .collect()
    }

    #[test]
    fn each_case_of_three_values_has_its_fate() {
        let conflict = Fate::Conflict(None);
        for (base, theirs, ours, fate, held) in [
            (Some(1), Some(1), Some(1), Fate::Same, Some(1)),
            (Some(1), Some(2), Some(2), Fate::Same, Some(2)),
            (Some(1), Some(2), Some(1), Fate::Theirs, Some(2)),
            (Some(1), Some(1), Some(2), Fate::Ours, Some(2)),
            (Some(1), Some(2), Some(3), conflict, None),
            (None, Some(2), None, Fate::Theirs, Some(2)),
            (None, None, Some(2), Fate::Ours, Some(2)),
            (None, Some(2), Some(2), Fate::Same, Some(2)),
            (None, Some(2), Some(3), conflict, None),
            (Some(1), None, Some(1), Fate::Theirs, None),
            (Some(1), Some(1), None, Fate::Ours, None),
            (Some(1), None, None, Fate::Same, None),
            (Some(1), None, Some(2), conflict, None),
            (Some(1), Some(2), None, conflict, None),
        ] {
            let merge = Merge::of(&values(base), &values(theirs), &values(ours));
            assert_eq!(merge.rows[0].fate, fate, "{base:?} {theirs:?} {ours:?}");
            assert_eq!(merge.values(), values(held), "{base:?} {theirs:?} {ours:?}");
        }
        assert_eq!(
            Merge::of(&values(None), &values(None), &values(None)).rows,
            []
        );
    }

    #[test]
    fn choosing_decides_conflicts_and_nothing_else() {
        let of = |a, b| {
            Values::from([
                ("a".into(), Value::Integer(a)),
                ("b".into(), Value::Integer(b)),
            ])
        };
        let mut merge = Merge::of(&of(1, 1), &of(2, 2), &of(3, 1));
        assert_eq!(
            (
                merge.undecided(),
                merge.taken().count(),
                merge.kept().count()
            ),
            (1, 1, 0)
        );
        merge.choose(&"b".into(), Side::Ours);
        assert_eq!(merge.rows[1].side(), Some(Side::Theirs));
        for (side, a) in [(Side::Base, 1), (Side::Theirs, 2), (Side::Ours, 3)] {
            merge.choose_all(side);
            assert_eq!((merge.undecided(), merge.values()), (0, of(a, 2)));
        }
    }

    fn any_values() -> impl Strategy<Value = Values> {
        prop::collection::btree_map("[a-d]", 0..3_i64, 0..4).prop_map(|values| {
            let entry = |(path, n): (String, i64)| (FieldPath::new(&path), Value::Integer(n));
            values.into_iter().map(entry).collect()
        })
    }

    proptest! {
        #[test]
        fn who_alone_changed_something_gets_all_of_it(base in any_values(), other in any_values()) {
            prop_assert_eq!(Merge::of(&base, &other, &base).values(), other.clone());
            prop_assert_eq!(Merge::of(&base, &base, &other).values(), other.clone());
            prop_assert_eq!(Merge::of(&base, &other, &other).values(), other);
        }

        #[test]
        fn both_sides_see_the_same_conflicts(base in any_values(), a in any_values(), b in any_values()) {
            let paths = |merge: Merge| merge.conflicts().map(|row| row.path.clone()).collect::<Vec<_>>();
            prop_assert_eq!(paths(Merge::of(&base, &a, &b)), paths(Merge::of(&base, &b, &a)));
        }
    }
}
