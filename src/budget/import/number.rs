//! Numbers and names as files give them, with the sentence for each that cannot be used.

use super::table::shown;
use crate::clean;

/// What a number must be.
#[derive(Clone, Copy, Debug)]
pub(super) struct Count {
    pub name: &'static str,
    pub most: u64,
    pub example: u64,
}

/// Message and hint.
pub(super) type Said = (String, String);

impl Count {
    /// A whole number from 0 to the most that is allowed; `1750.0` and `1.75e3` are whole too.
    pub fn read(&self, text: &str) -> Result<u64, Said> {
        let digits = text.strip_prefix('+').unwrap_or(text);
        if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) {
            // More digits than fit are too many in any case.
            return self.within(digits.parse().unwrap_or(u64::MAX), text);
        }
        let number: f64 = text.parse().map_err(|_| self.said(text, "not a number"))?;
        if !number.is_finite() {
            return Err(self.said(text, "not a number"));
        }
        if number < 0.0 {
            return Err(self.said(text, "less than 0"));
        }
        if number.fract() != 0.0 {
            return Err(self.said(text, "not a whole number"));
        }
        self.within(whole(number), text)
    }

    fn within(&self, number: u64, text: &str) -> Result<u64, Said> {
        if number > self.most {
            return Err(self.said(text, &format!("more than {}", self.most)));
        }
        Ok(number)
    }

    fn said(&self, text: &str, wrong: &str) -> Said {
        let Self {
            name,
            most,
            example,
        } = self;
        (
            format!("{name} is {}, {wrong}.", shown(text)),
            format!("Give a whole number from 0 to {most}, for example {example}."),
        )
    }
}

/// The nearest whole number; what does not fit counts as the largest that does.
#[allow(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "such casts saturate, which is what is wanted"
)]
pub(super) fn whole(number: f64) -> u64 {
    number.round() as u64
}

/// A name of a role, an agent, a provider: not too long, and nothing in it that would not show.
pub(super) fn name(column: &str, text: &str) -> Result<String, Said> {
    const LONGEST: usize = 64;
    let wrong = if text.chars().count() > LONGEST {
        format!("longer than {LONGEST} characters")
    } else if !clean::is_clean(text) {
        "holds a character that does not show".to_owned()
    } else {
        return Ok(text.to_owned());
    };
    Err((
        format!("{column} is {}: {wrong}.", shown(text)),
        "Give a short name of letters and digits, for example reviewer.".to_owned(),
    ))
}
