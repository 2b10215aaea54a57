//! What a plain YAML scalar is in the core schema of YAML 1.2: null, a bool, a number or a text.

use super::toml;
use super::tree::Shape;
use crate::value::Value;

pub(super) fn plain(text: &str) -> Shape {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Shape::Null,
        "true" | "True" | "TRUE" => return Shape::Scalar(Value::Bool(true)),
        "false" | "False" | "FALSE" => return Shape::Scalar(Value::Bool(false)),
        _ => {}
    }
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    if matches!(unsigned, ".inf" | ".Inf" | ".INF") || matches!(text, ".nan" | ".NaN" | ".NAN") {
        return Shape::NotFinite(text.to_owned());
    }
    let based = |digits: &str, radix: u32| {
        let all = !digits.is_empty() && digits.chars().all(|c| c.is_digit(radix));
        all.then(|| i64::from_str_radix(digits, radix))
    };
    let integer = if let Some(digits) = text.strip_prefix("0x") {
        based(digits, 16)
    } else if let Some(digits) = text.strip_prefix("0o") {
        based(digits, 8)
    } else if !unsigned.is_empty() && unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        Some(text.parse())
    } else {
        None
    };
    match integer {
        Some(Ok(n)) => Shape::Scalar(Value::Integer(n)),
        Some(Err(_)) => Shape::TooLarge(text.to_owned()),
        None if is_decimal(unsigned) => toml::decimal(text),
        None => Shape::Scalar(Value::Text(text.to_owned())),
    }
}

/// `1.5`, `.5`, `5.`, `1e9`, without a sign before it.
fn is_decimal(text: &str) -> bool {
    let (digits, exponent) = match text.split_once(['e', 'E']) {
        Some((digits, exponent)) => (digits, Some(exponent)),
        None => (text, None),
    };
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let exponent_is_whole = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && are_digits(digits)
    });
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    exponent_is_whole
        && are_digits(whole)
        && are_digits(fraction)
        && !(whole.is_empty() && fraction.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_core_schema_decides() {
        let text = |text: &str| format!("{:?}", Shape::Scalar(Value::Text(text.to_owned())));
        let value = |value: Value| format!("{:?}", Shape::Scalar(value));
        for (plain_text, expected) in [
            ("", "Null".to_owned()),
            ("~", "Null".to_owned()),
            ("Null", "Null".to_owned()),
            ("nUll", text("nUll")),
            ("TRUE", value(Value::Bool(true))),
            ("yes", text("yes")),
            ("on", text("on")),
            ("012", value(Value::Integer(12))),
            ("0o14", value(Value::Integer(12))),
            ("0xC", value(Value::Integer(12))),
            ("0x", text("0x")),
            ("0o8", text("0o8")),
            ("+7", value(Value::Integer(7))),
            ("-7", value(Value::Integer(-7))),
            ("-", text("-")),
            ("1:30", text("1:30")),
            ("1_000", text("1_000")),
            ("2024-01-01", text("2024-01-01")),
            ("=", text("=")),
            ("3.0", value(Value::Decimal(3.0))),
            ("-.5e1", value(Value::Decimal(-5.0))),
            ("5.", value(Value::Decimal(5.0))),
            ("1e3", value(Value::Decimal(1000.0))),
            (".", text(".")),
            ("1e", text("1e")),
            ("e1", text("e1")),
            ("inf", text("inf")),
            (".inf", "NotFinite(\".inf\")".to_owned()),
            ("-.INF", "NotFinite(\"-.INF\")".to_owned()),
            (".NaN", "NotFinite(\".NaN\")".to_owned()),
            ("1e999", "TooLarge(\"1e999\")".to_owned()),
            (
                "9223372036854775808",
                "TooLarge(\"9223372036854775808\")".to_owned(),
            ),
        ] {
            assert_eq!(format!("{:?}", plain(plain_text)), expected, "{plain_text}");
        }
    }
}
