//! What is said after the file, the answers and what both began with were brought together, case by case.

use std::collections::{BTreeMap, BTreeSet};

use super::*;
use crate::config::{Origin, Verdict};
use crate::input;
use crate::value::{Kind, Value};

const FILE: &str = "v.toml";

fn schema() -> Arc<Schema> {
    Arc::new(Schema::example([
        (MODE, Kind::Text),
        ("s.a", Kind::Integer),
        ("s.b", Kind::Integer),
        ("s.c", Kind::Integer),
    ]))
}

fn of(values: &[(&str, i64)]) -> Values {
    let value = |(path, n): &(&str, i64)| ((*path).into(), Value::Integer(*n));
    values.iter().map(value).collect()
}

fn text(mode: &str, values: &[(&str, i64)]) -> String {
    let lines = values.iter().map(|(path, n)| {
        let name = path.trim_start_matches("s.");
        format!("{name} = {n}\n")
    });
    let head = format!("{MODE} = \"{mode}\"\n[s]\n");
    std::iter::once(head).chain(lines).collect()
}

fn opened(text: &str) -> Opened {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    std::fs::write(&file, text).unwrap();
    let found = store::read(&file).unwrap().unwrap();
    files::of_found(Path::new(FILE), found, &schema())
}

fn config(values: &Values) -> Config {
    let schema = schema();
    let leaves = schema
        .fields()
        .iter()
        .map(|field| (values.get(&field.path).cloned(), None));
    let verdict = Verdict {
        leaves: leaves.collect(),
        problems: Vec::new(),
    };
    let overlay = values
        .iter()
        .map(|(path, value)| (path.clone(), (value.clone(), Origin::You)));
    Config::new(&schema, &overlay.collect(), verdict, None)
}

fn profile(name: &str, n: i64) -> Config {
    let mut values = of(&[("s.a", n), ("s.b", n), ("s.c", n)]);
    values.insert(MODE.into(), Value::Text(name.into()));
    config(&values)
}

/// A case: what was read, what is said over it and comes from variables, what stands there now.
struct Case<'a> {
    read: Option<(&'a str, &'a [(&'a str, i64)])>,
    profile: &'a str,
    answers: &'a [(&'a str, i64)],
    environment: &'a [(&'a str, i64)],
    theirs: (&'a str, &'a [(&'a str, i64)]),
    side: Side,
}

/// What is in force over a file, said and variables, as Nickel would have it.
fn in_force(said: &Said, environment: &Values, profiles: &BTreeMap<&str, Config>) -> Values {
    let name = said.profile.as_deref().unwrap_or_default();
    let base_profile = said.base.as_ref().and_then(|base| base.profile.as_deref());
    let base_profile = base_profile.and_then(|name| profiles.get(name));
    let overlay = crate::config::overlay(
        said,
        environment,
        None,
        &BTreeSet::new(),
        base_profile.filter(|_| said.base.is_some()),
    );
    let mut values: Values = profiles[name]
        .iter()
        .filter_map(|(field, leaf)| Some((field.path.clone(), leaf.value.clone()?)))
        .collect();
    values.extend(overlay.into_iter().map(|(path, (value, _))| (path, value)));
    values
}

/// Conflicts, what was taken over, the answers that are left, and what is in force then.
fn brought_together(case: &Case) -> (usize, usize, Together, Values) {
    let profiles = BTreeMap::from([("one", profile("one", 1)), ("two", profile("two", 2))]);
    let environment = of(case.environment);
    let base = case.read.map(|(mode, values)| {
        Arc::new(Base {
            profile: Some(mode.to_owned()),
            ..opened(&text(mode, values)).base
        })
    });
    let said = Said {
        profile: Some(case.profile.to_owned()),
        base,
        answers: of(case.answers),
    };
    let now = config(&in_force(&said, &environment, &profiles));
    let hidden = BTreeSet::new();
    let base_profile = said.base.as_ref().and_then(|base| base.profile.as_deref());
    let ours = Ours {
        said: &said,
        environment: &environment,
        hidden: &hidden,
        config: &now,
        profile: profiles.get(case.profile),
        base_profile: base_profile.and_then(|name| profiles.get(name)),
    };
    let then = match case.read {
        Some((mode, values)) => Then::Read(opened(&text(mode, values)).found),
        None => Then::of(None, &ours),
    };
    let (base, then_mode, beneath) = match then {
        Then::Read(found) => {
            let read = input::open(Path::new(FILE), &found.bytes, &schema());
            (read.values, read.mode, false)
        }
        Then::Beneath(values) => (values, None, true),
    };
    let changed = Changed {
        opened: opened(&text(case.theirs.0, case.theirs.1)),
        base,
        then_mode,
        beneath,
    };
    let mut merge = changed.merge(&ours);
    let counts = (merge.conflicts().count(), merge.taken().count());
    merge.choose_all(case.side);
    let together = changed.together(&merge, &ours, |name| profiles.contains_key(name));
    let after = in_force(&together.said, &environment, &profiles);
    for row in &merge.rows {
        let wanted = row.side().and_then(|side| row.value(side));
        if let Some(wanted) = wanted {
            assert_eq!(after.get(&row.path), Some(wanted), "{}", row.path);
        }
    }
    (counts.0, counts.1, together, after)
}

#[test]
fn every_decision_is_in_force_afterwards() {
    let plain = Case {
        read: Some(("one", &[("s.a", 10), ("s.b", 10)])),
        profile: "one",
        answers: &[("s.a", 12)],
        environment: &[],
        theirs: ("one", &[("s.a", 10), ("s.b", 11)]),
        side: Side::Theirs,
    };
    let (both, theirs, together, _) = brought_together(&plain);
    assert_eq!((both, theirs), (0, 1));
    assert_eq!(together.said.answers, of(&[("s.a", 12)]));
    assert_eq!(together.saved.answers, of(&[]));

    // The same setting on both sides, each way.
    for (side, a, answers) in [
        (Side::Theirs, 11, &[][..]),
        (Side::Ours, 12, &[("s.a", 12)]),
        (Side::Base, 10, &[("s.a", 10)]),
    ] {
        let case = Case {
            theirs: ("one", &[("s.a", 11), ("s.b", 10)]),
            side,
            ..plain
        };
        let (both, _, together, after) = brought_together(&case);
        assert_eq!(both, 1, "{side:?}");
        assert_eq!(after["s.a"], Value::Integer(a), "{side:?}");
        assert_eq!(together.said.answers, of(answers), "{side:?}");
    }

    // They did what we did: nothing is left to be written.
    let case = Case {
        theirs: ("one", &[("s.a", 12), ("s.b", 10)]),
        ..plain
    };
    let (both, theirs, together, _) = brought_together(&case);
    assert_eq!((both, theirs), (0, 0));
    assert_eq!(together.said, together.saved);
}

#[test]
fn a_setting_that_one_side_removed_falls_to_the_profile() {
    let case = Case {
        read: Some(("one", &[("s.a", 10), ("s.b", 10)])),
        profile: "one",
        answers: &[("s.b", 12)],
        environment: &[],
        theirs: ("one", &[("s.b", 10)]),
        side: Side::Theirs,
    };
    let (_, theirs, _, after) = brought_together(&case);
    assert_eq!((theirs, &after["s.a"]), (1, &Value::Integer(1)));
}

#[test]
fn a_variable_gives_way_to_what_was_decided() {
    let case = Case {
        read: Some(("one", &[("s.a", 10)])),
        profile: "one",
        answers: &[],
        environment: &[("s.a", 13)],
        theirs: ("one", &[("s.a", 11)]),
        side: Side::Theirs,
    };
    let (both, _, together, after) = brought_together(&case);
    assert_eq!((both, &after["s.a"]), (1, &Value::Integer(11)));
    assert_eq!(together.said.answers, of(&[("s.a", 11)]));
}

#[test]
fn another_profile_on_either_side_changes_no_decision() {
    // Theirs alone: taken over with its file.
    let case = Case {
        read: Some(("one", &[("s.a", 10), ("s.b", 1)])),
        profile: "one",
        answers: &[("s.c", 12)],
        environment: &[],
        theirs: ("two", &[("s.a", 10), ("s.b", 1)]),
        side: Side::Theirs,
    };
    let (_, _, together, after) = brought_together(&case);
    assert_eq!(together.said.profile.as_deref(), Some("two"));
    assert_eq!(after["s.b"], Value::Integer(1), "their file says so");
    assert_eq!(together.said.answers, of(&[("s.c", 12)]));

    // Ours alone: what the file shares with its profile follows, what they changed holds.
    let case = Case {
        profile: "two",
        theirs: ("one", &[("s.a", 11), ("s.b", 1)]),
        ..case
    };
    let (_, theirs, together, after) = brought_together(&case);
    assert_eq!(theirs, 1);
    assert_eq!(together.said.profile.as_deref(), Some("two"));
    assert_eq!(after["s.a"], Value::Integer(11));
    assert_eq!(after["s.b"], Value::Integer(2));
    assert_eq!(
        together.saved.profile.as_deref(),
        Some("one"),
        "of the file"
    );
}

#[test]
fn a_file_that_was_not_there_is_compared_with_what_would_be_in_force_without_answers() {
    let case = Case {
        read: None,
        profile: "one",
        answers: &[("s.a", 12), ("s.b", 12)],
        environment: &[],
        theirs: ("one", &[("s.a", 11)]),
        side: Side::Ours,
    };
    let (both, theirs, together, after) = brought_together(&case);
    assert_eq!(
        (both, theirs),
        (1, 0),
        "what it leaves out is the profile's"
    );
    assert_eq!(together.said.answers, of(&[("s.a", 12), ("s.b", 12)]));
    assert_eq!(after["s.c"], Value::Integer(1));
}

#[test]
fn what_became_of_the_file_is_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(FILE);
    let look = || super::look(&file, Then::Beneath(Values::new()), &schema());
    assert!(matches!(look(), Now::Gone));
    for (bytes, words) in [
        (&b"[s\n"[..], "is not closed"),
        (b"", "It is empty"),
        (b"\xff\xfe", "UTF-8"),
        (b"[other]\nx = 1\n", "no setting of VAPORA"),
    ] {
        std::fs::write(&file, bytes).unwrap();
        match look() {
            Now::Unusable(problem) => {
                assert!(problem.message.contains(words), "{problem:?}");
            }
            other => panic!("{other:?}"),
        }
    }
    std::fs::write(&file, text("one", &[("s.a", 1)])).unwrap();
    assert!(matches!(look(), Now::Changed(_)));
    std::fs::remove_file(&file).unwrap();
    std::fs::create_dir(&file).unwrap();
    assert!(matches!(look(), Now::Unusable(_)));
}

#[test]
fn what_is_known_of_the_file_goes_along_with_undo_unless_it_was_written() {
    let base = |n| {
        Arc::new(Base {
            file: FILE.into(),
            profile: None,
            values: of(&[("s.a", n)]),
            preset: None,
        })
    };
    let found = |n| opened(&text("one", &[("s.a", n)])).found;
    let (before, after, written) = (found(1), found(2), found(3));
    let (old, new) = (base(1), base(2));
    let mut known = Known::of(Path::new(FILE), true);
    known.brought_together(Arc::clone(&new), Some(before.clone()), after.clone());
    let mut read = Some(after.clone());
    assert!(!known.follow(Some(&new), Some(&old), &mut read));
    assert_eq!(read, Some(before.clone()));
    assert!(known.follow(Some(&old), Some(&new), &mut read));
    assert_eq!(read, Some(after));
    read = Some(written.clone());
    assert!(!known.follow(Some(&new), Some(&old), &mut read));
    assert_eq!(read, Some(written));
}
