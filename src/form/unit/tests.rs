//! Tables of the tests of `unit`.

use proptest::prelude::*;

use super::*;

fn text(s: &str) -> Value {
    Value::Text(s.to_owned())
}

#[test]
fn values_are_shown_in_their_unit() {
    let n = Value::Integer;
    for (unit, kind, value, expected) in [
        (Some(Unit::Dollars), Kind::Integer, n(400_000), "$4,000.00"),
        (
            Some(Unit::Dollars),
            Kind::Integer,
            Value::Decimal(0.5),
            "0.5 cents",
        ),
        (Some(Unit::Dollars), Kind::Integer, text("much"), "much"),
        (Some(Unit::Seconds), Kind::Integer, n(30), "30 s"),
        (Some(Unit::Seconds), Kind::Integer, n(60), "60 s (1 min)"),
        (Some(Unit::Seconds), Kind::Integer, n(75), "75 s"),
        (Some(Unit::Seconds), Kind::Integer, n(600), "600 s (10 min)"),
        (Some(Unit::Seconds), Kind::Integer, n(3_600), "3600 s (1 h)"),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            n(5_400),
            "5400 s (90 min)",
        ),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            n(86_400),
            "86400 s (1 day)",
        ),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            n(172_800),
            "172800 s (2 days)",
        ),
        (Some(Unit::Seconds), Kind::Integer, n(-60), "-60 s"),
        (Some(Unit::Hours), Kind::Integer, n(6), "6 h"),
        (Some(Unit::Days), Kind::Integer, n(1), "1 day"),
        (Some(Unit::Days), Kind::Integer, n(30), "30 days"),
        (Some(Unit::Percent), Kind::Integer, n(75), "75 %"),
        (None, Kind::Decimal, n(3), "3.0"),
        (None, Kind::Bool, Value::Bool(true), "true"),
        (None, Kind::Text, text("a\u{1b}b"), "a\u{241b}b"),
        (None, Kind::Secret, text("swordfish"), "(secret)"),
        (Some(Unit::Seconds), Kind::Integer, text("soon"), "soon"),
    ] {
        assert_eq!(show(unit, kind, &value), expected, "{unit:?} {value:?}");
    }
}

#[test]
fn typed_text_is_read_in_the_unit_that_is_shown() {
    let n = Value::Integer;
    for (unit, kind, typed, expected) in [
        (Some(Unit::Dollars), Kind::Integer, "4000", n(400_000)),
        (Some(Unit::Dollars), Kind::Integer, "$4,000.00", n(400_000)),
        (Some(Unit::Dollars), Kind::Integer, "40.005", text("40.005")),
        (Some(Unit::Dollars), Kind::Integer, "", text("")),
        (Some(Unit::Seconds), Kind::Integer, "60", n(60)),
        (Some(Unit::Seconds), Kind::Integer, "60 s", n(60)),
        (Some(Unit::Seconds), Kind::Integer, "60s", n(60)),
        (Some(Unit::Seconds), Kind::Integer, "10 min", n(600)),
        (Some(Unit::Seconds), Kind::Integer, "1.5 h", n(5_400)),
        (Some(Unit::Seconds), Kind::Integer, "2 days", n(172_800)),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            "0.001 min",
            text("0.001 min"),
        ),
        (Some(Unit::Seconds), Kind::Integer, "s", text("s")),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            "ten min",
            text("ten min"),
        ),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            "60 s (1 min)",
            text("60 s (1 min)"),
        ),
        (
            Some(Unit::Seconds),
            Kind::Integer,
            "9999999999999999 h",
            text("9999999999999999 h"),
        ),
        (Some(Unit::Hours), Kind::Integer, "1 day", n(24)),
        (Some(Unit::Hours), Kind::Integer, "30 min", text("30 min")),
        (Some(Unit::Days), Kind::Integer, "7 days", n(7)),
        (Some(Unit::Percent), Kind::Integer, "75 %", n(75)),
        (Some(Unit::Percent), Kind::Integer, "75%", n(75)),
        (
            Some(Unit::Percent),
            Kind::Integer,
            "75.5 %",
            Value::Decimal(75.5),
        ),
        (
            Some(Unit::Percent),
            Kind::Decimal,
            "75 %",
            Value::Decimal(75.0),
        ),
        (None, Kind::Integer, "60 s", text("60 s")),
        (None, Kind::Text, " a ", text(" a ")),
    ] {
        assert_eq!(read(unit, kind, typed), expected, "{unit:?} {typed:?}");
    }
}

#[test]
fn an_editor_starts_with_what_reads_back() {
    for (unit, value, expected) in [
        (Some(Unit::Dollars), Value::Integer(400_000), "4000.00"),
        (Some(Unit::Dollars), Value::Integer(-5), "-0.05"),
        (Some(Unit::Dollars), text("400000"), "4000.00"),
        (Some(Unit::Dollars), text("4 thousand"), "4 thousand"),
        (Some(Unit::Dollars), Value::Decimal(400_000.5), "4000.005"),
        (Some(Unit::Dollars), Value::Decimal(-0.5), "-0.005"),
        (Some(Unit::Seconds), Value::Integer(600), "600"),
        (None, Value::Bool(true), "true"),
    ] {
        assert_eq!(editable(unit, &value), expected, "{value:?}");
    }
}

#[test]
fn the_file_is_told_from_the_screen_only_where_they_differ() {
    let cents = Value::Integer(400_000);
    for (unit, value, expected) in [
        (Some(Unit::Dollars), &cents, Some("400000 cents")),
        (Some(Unit::Dollars), &text("x"), None),
        (Some(Unit::Seconds), &cents, None),
        (None, &cents, None),
    ] {
        assert_eq!(file_note(unit, value).as_deref(), expected);
    }
}

#[test]
fn ranges_read_in_the_unit_that_is_shown() {
    let bounds = |min, max| Range {
        min,
        max,
        ..Range::default()
    };
    let schemes = Range {
        schemes: ["ws", "wss", "file"].map(str::to_owned).to_vec(),
        ..Range::default()
    };
    let choices = Range {
        choices: vec!["daily".into(), "weekly".into()],
        ..Range::default()
    };
    let (int, dollars) = (Kind::Integer, Some(Unit::Dollars));
    for (unit, kind, allowed, expected) in [
        (
            None,
            int,
            bounds(Some(1024.0), Some(65535.0)),
            "1024 to 65535",
        ),
        (None, int, bounds(Some(1.0), None), "from 1"),
        (None, int, bounds(None, Some(9.0)), "up to 9"),
        (None, int, bounds(None, None), ""),
        (
            Some(Unit::Percent),
            int,
            bounds(Some(0.0), Some(100.0)),
            "0 to 100",
        ),
        (
            None,
            Kind::Decimal,
            bounds(Some(1.0), Some(10.0)),
            "1.0 to 10.0",
        ),
        (dollars, int, bounds(Some(1.0), None), "more than $0.00"),
        (
            dollars,
            int,
            bounds(Some(1.0), Some(500_000.0)),
            "$0.01 to $5,000.00",
        ),
        (dollars, int, bounds(Some(100.0), None), "from $1.00"),
        (None, Kind::Text, schemes, "ws, wss, file"),
        (None, Kind::Text, choices, ""),
        (None, Kind::Bool, bounds(None, None), ""),
    ] {
        assert_eq!(range(unit, kind, &allowed), expected);
    }
}

#[test]
fn words_name_units() {
    for unit in Unit::ALL {
        assert_eq!(Unit::from_word(unit.word()), Some(unit));
    }
    assert_eq!(Unit::from_word("cents"), None);
}

proptest! {
    #[test]
    fn every_number_reads_back_from_its_editor(n: i64, unit in 0..5_usize) {
        let (unit, value) = (Some(Unit::ALL[unit]), Value::Integer(n));
        prop_assert_eq!(read(unit, Kind::Integer, &editable(unit, &value)), value.clone());
        if unit == Some(Unit::Dollars) && n != i64::MIN {
            prop_assert_eq!(read(unit, Kind::Integer, &show(unit, Kind::Integer, &value)), value);
        }
    }

    #[test]
    fn no_typed_text_is_too_strange(typed in "\\PC{0,40}", unit in 0..5_usize) {
        let _ = read(Some(Unit::ALL[unit]), Kind::Integer, &typed);
        let _ = editable(Some(Unit::ALL[unit]), &Value::Text(typed));
    }
}
