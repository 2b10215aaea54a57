//! Exact arithmetic on decimal text: amounts and durations never pass through a float.
//! Leaves to others: which unit a field has and how it is worded (`unit`).

/// More digits than any `i64` has, and few enough that the products below fit an `i128`.
const MAX_DIGITS: usize = 18;

/// Decimal text times `factor`, when it is a plain number and the product is whole and fits: `1.5` × 3600 = 5400.
#[must_use]
pub fn scaled(text: &str, factor: i64) -> Option<i64> {
    let (negative, digits) = match text.strip_prefix('-') {
        Some(rest) => (true, rest),
        None => (false, text),
    };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let mut mantissa: i128 = 0;
    if whole.is_empty() && fraction.is_empty()
        || whole.trim_start_matches('0').len() > MAX_DIGITS + 1
        || fraction.len() > MAX_DIGITS
    {
        return None;
    }
    for c in whole.chars().chain(fraction.chars()) {
        mantissa = mantissa * 10 + i128::from(c.to_digit(10)?);
    }
    let divisor = 10_i128.pow(u32::try_from(fraction.len()).ok()?);
    let product = mantissa.checked_mul(i128::from(factor))?;
    if product % divisor != 0 {
        return None;
    }
    let result = product / divisor;
    i64::try_from(if negative { -result } else { result }).ok()
}

/// Cents from an amount as people type it: `4000`, `4000.00`, `$4,000.00`, `-$5`. No more than two decimals;
/// commas only between groups of three.
#[must_use]
pub fn cents(typed: &str) -> Option<i64> {
    let typed = typed.trim();
    let (sign, rest) = match typed.strip_prefix('-') {
        Some(rest) => ("-", rest),
        None => ("", typed),
    };
    let amount = rest.trim_start_matches(' ');
    let amount = amount.strip_prefix('$').unwrap_or(amount).trim();
    let (whole, fraction) = amount.split_once('.').unwrap_or((amount, ""));
    if fraction.len() > 2 || !grouped_by_three(whole) {
        return None;
    }
    scaled(&format!("{sign}{}.{fraction}", whole.replace(',', "")), 100)
}

fn grouped_by_three(whole: &str) -> bool {
    let mut groups = whole.split(',');
    let first = groups.next().unwrap_or_default();
    !whole.contains(',') || (1..=3).contains(&first.len()) && groups.all(|g| g.len() == 3)
}

/// Cents as an amount in dollars without sign of money or grouping: `400000` is `4000.00`.
#[must_use]
pub fn amount<C: Into<i128>>(cents: C) -> String {
    let cents = cents.into();
    let sign = if cents < 0 { "-" } else { "" };
    let cents = cents.unsigned_abs();
    format!("{sign}{}.{:02}", cents / 100, cents % 100)
}

/// Cents as money: `400000` is `$4,000.00`.
#[must_use]
pub fn money<C: Into<i128>>(cents: C) -> String {
    let cents = cents.into();
    let plain = amount(cents);
    let plain = plain.trim_start_matches('-');
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, "00"));
    let mut grouped = String::new();
    for (i, digit) in whole.chars().enumerate() {
        if i > 0 && (whole.len() - i) % 3 == 0 {
            grouped.push(',');
        }
        grouped.push(digit);
    }
    let sign = if cents < 0 { "-" } else { "" };
    format!("{sign}${grouped}.{fraction}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn products_are_exact_or_refused() {
        for (text, factor, expected) in [
            ("1.5", 3600, Some(5400)),
            ("0.1", 60, Some(6)),
            ("0.01", 60, None),
            ("-2", 60, Some(-120)),
            (".5", 2, Some(1)),
            ("5.", 1, Some(5)),
            (".", 1, None),
            ("", 1, None),
            ("-", 1, None),
            ("--1", 1, None),
            ("1e3", 1, None),
            ("٣", 1, None),
            ("9223372036854775807", 1, Some(i64::MAX)),
            ("9223372036854775808", 1, None),
            ("-9223372036854775808", 1, Some(i64::MIN)),
            ("99999999999999999999999999999999999999999", 100, None),
        ] {
            assert_eq!(scaled(text, factor), expected, "{text} x {factor}");
        }
    }

    #[test]
    fn amounts_are_read_to_the_cent() {
        for (typed, expected) in [
            ("4000", Some(400_000)),
            ("4000.00", Some(400_000)),
            ("$4,000.00", Some(400_000)),
            ("4,000", Some(400_000)),
            (" $ 4000 ", Some(400_000)),
            ("1,234,567.8", Some(123_456_780)),
            ("-$5.01", Some(-501)),
            ("$0.29", Some(29)),
            (".5", Some(50)),
            ("4000.001", None),
            ("4000.000", None),
            ("4,00", None),
            ("4000,00", None),
            (",000", None),
            ("4.000,00", None),
            ("$", None),
            ("", None),
            ("$$4", None),
            ("four", None),
            ("92233720368547758.07", Some(i64::MAX)),
            ("92233720368547758.08", None),
        ] {
            assert_eq!(cents(typed), expected, "{typed:?}");
        }
    }

    #[test]
    fn amounts_are_shown_as_money() {
        for (cents, expected) in [
            (400_000, "$4,000.00"),
            (0, "$0.00"),
            (5, "$0.05"),
            (99_999, "$999.99"),
            (123_456_789, "$1,234,567.89"),
            (-501, "-$5.01"),
        ] {
            assert_eq!(money(i64::from(cents)), expected);
        }
        assert_eq!(amount(i64::MIN), "-92233720368547758.08");
    }
}
