//! Amounts of money as whole micro-cents, so that a call's cost is exact and sums lose nothing; and how they read.
//! Rounding is said here and nowhere else: amounts are shown rounded half up, changes half away from zero.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign};

use crate::form::exact;

const MICRO_CENTS_A_CENT: u128 = 1_000_000;
const MICRO_CENTS_A_DOLLAR: u128 = 100 * MICRO_CENTS_A_CENT;

/// An amount of US money, never below zero. Sums stay at the largest amount instead of passing it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Money(u128);

impl Money {
    pub const ZERO: Self = Self(0);

    #[must_use]
    pub const fn of_micro_cents(micro_cents: u128) -> Self {
        Self(micro_cents)
    }

    #[must_use]
    pub const fn of_cents(cents: u64) -> Self {
        // No `u128::from` in a const function.
        Self(cents as u128 * MICRO_CENTS_A_CENT)
    }

    #[must_use]
    pub const fn micro_cents(self) -> u128 {
        self.0
    }

    /// An amount as people type it: `4000`, `$4,000.00`. `None` when it is no amount, below zero or above 10^16 dollars.
    #[must_use]
    pub fn read(typed: &str) -> Option<Self> {
        let cents = exact::cents(typed)?;
        u64::try_from(cents).ok().map(Self::of_cents)
    }

    /// Decimal text of dollars, to the micro-cent: `0.0017`. `None` as for [`Self::read`], and above 9 * 10^10 dollars.
    #[must_use]
    pub fn of_dollars(decimal: &str) -> Option<Self> {
        let micro_cents = exact::scaled(decimal, 100_000_000)?;
        u128::try_from(micro_cents).ok().map(Self)
    }

    /// `$6,578`: rounded to whole dollars.
    #[must_use]
    pub fn dollars(self) -> String {
        grouped(rounded(self.0, MICRO_CENTS_A_DOLLAR))
    }

    /// As decimal text that reads back as the same amount: `4000.00`, `0.0017`.
    #[must_use]
    pub fn decimal(self) -> String {
        let fraction = format!("{:08}", self.0 % MICRO_CENTS_A_DOLLAR);
        let needed = fraction.trim_end_matches('0').len().max(2);
        format!("{}.{}", self.0 / MICRO_CENTS_A_DOLLAR, &fraction[..needed])
    }

    /// As decimal text of cents that reads back as the same amount: `400000`, `657843.42`.
    #[must_use]
    pub fn cents(self) -> String {
        let (whole, rest) = (self.0 / MICRO_CENTS_A_CENT, self.0 % MICRO_CENTS_A_CENT);
        if rest == 0 {
            return whole.to_string();
        }
        let fraction = format!("{rest:06}");
        format!("{whole}.{}", fraction.trim_end_matches('0'))
    }

    /// What [`Self::cents`] wrote; `None` for any other text.
    #[must_use]
    pub fn read_cents(text: &str) -> Option<Self> {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
        let digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !digits(whole) || !digits(fraction) || fraction.len() > 6 {
            return None;
        }
        let whole: u128 = whole.parse().ok()?;
        let fraction: u128 = format!("{fraction:0<6}").parse().ok()?;
        let amount = whole.checked_mul(MICRO_CENTS_A_CENT)?;
        amount.checked_add(fraction).map(Self)
    }

    #[must_use]
    pub fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(u128::from(count)))
    }

    #[must_use]
    pub fn less(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }

    #[must_use]
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }

    /// This share of it: `75` percent of $4,000.00 is $3,000.00. Rounded up to the micro-cent.
    #[must_use]
    pub fn percent(self, percent: u8) -> Self {
        let percent = u128::from(percent);
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        Self(
            whole
                .saturating_mul(percent)
                .saturating_add((rest * percent).div_ceil(100)),
        )
    }

    /// How much of `limit` it is, in whole percent rounded down, so that 100 means reached. `None` of nothing.
    #[must_use]
    pub fn percent_of(self, limit: Self) -> Option<u64> {
        let (part, whole) = fitting(self.0, limit.0);
        let percent = part.checked_mul(100)?.checked_div(whole)?;
        Some(u64::try_from(percent).unwrap_or(u64::MAX))
    }
}

/// Both made smaller alike, so that their product with a small factor does not overflow.
fn fitting(a: u128, b: u128) -> (u128, u128) {
    let shift = 20_u32.saturating_sub(a.max(b).leading_zeros());
    (a >> shift, b >> shift)
}

fn rounded(amount: u128, unit: u128) -> u128 {
    amount / unit + u128::from(amount % unit * 2 >= unit)
}

fn grouped(dollars: u128) -> String {
    let cents = i128::try_from(dollars.saturating_mul(100)).unwrap_or(i128::MAX);
    let text = exact::money(cents);
    text.split_once('.')
        .map_or(text.clone(), |(whole, _)| whole.to_owned())
}

/// `$4,000.00`: rounded to whole cents.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let cents = rounded(self.0, MICRO_CENTS_A_CENT);
        f.pad(&exact::money(i128::try_from(cents).unwrap_or(i128::MAX)))
    }
}

impl Add for Money {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        amounts.fold(Self::ZERO, Add::add)
    }
}

/// An amount before and after.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Change {
    pub before: Money,
    pub after: Money,
}

impl Change {
    #[must_use]
    pub fn is_none(self) -> bool {
        self.before == self.after
    }

    #[must_use]
    pub fn is_less(self) -> bool {
        self.after < self.before
    }

    /// The difference without its sign.
    #[must_use]
    pub fn size(self) -> Money {
        Money(self.after.0.abs_diff(self.before.0))
    }

    /// The difference in whole percent of what was before, with its sign; `None` when that was nothing.
    #[must_use]
    pub fn percent(self) -> Option<i64> {
        let (size, before) = fitting(self.size().0, self.before.0);
        if before == 0 {
            return None;
        }
        let percent = i64::try_from(rounded(size.checked_mul(100)?, before)).unwrap_or(i64::MAX);
        Some(if self.is_less() { -percent } else { percent })
    }

    /// `-$737`, `+$93`, `$0`: in whole dollars, as the sum of the exact amounts has it.
    #[must_use]
    pub fn dollars(self) -> String {
        self.signed(&self.size().dollars())
    }

    fn signed(self, amount: &str) -> String {
        let sign = match (self.is_less(), self.is_none()) {
            (_, true) => "",
            (true, _) => "-",
            (false, _) => "+",
        };
        format!("{sign}{amount}")
    }

    /// `-$736.60`: to the cent.
    #[must_use]
    pub fn cents(self) -> String {
        self.signed(&self.size().to_string())
    }
}

/// `-$737 (-11 %)`; without a percentage when nothing was spent before.
impl fmt::Display for Change {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let amount = self.dollars();
        match self.percent() {
            Some(0) => f.pad(&format!("{amount} (0 %)")),
            Some(percent) => f.pad(&format!("{amount} ({percent:+} %)")),
            None => f.pad(&amount),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn dollars(text: &str) -> Money {
        Money::of_dollars(text).unwrap()
    }

    #[test]
    fn amounts_are_read_exactly_or_not_at_all() {
        for (typed, expected) in [
            ("$4,000.00", Some(Money::of_cents(400_000))),
            ("0", Some(Money::ZERO)),
            ("0.005", None),
            ("-1", None),
            ("NaN", None),
            ("1000000000000000000", None),
        ] {
            assert_eq!(Money::read(typed), expected, "{typed}");
        }
        for (typed, expected) in [
            ("0.0017", Some(170_000)),
            ("0.00000001", Some(1)),
            ("0.000000001", None),
            ("-0.01", None),
            ("1000000000000000000", None),
        ] {
            assert_eq!(
                Money::of_dollars(typed).map(Money::micro_cents),
                expected,
                "{typed}"
            );
        }
    }

    #[test]
    fn amounts_read_back_and_round_half_up() {
        for (text, decimal, cents, whole) in [
            ("5841.8257", "5841.8257", "$5,841.83", "$5,842"),
            ("6578.4342", "6578.4342", "$6,578.43", "$6,578"),
            ("0.5", "0.50", "$0.50", "$1"),
            ("0.49999999", "0.49999999", "$0.50", "$0"),
            ("0.005", "0.005", "$0.01", "$0"),
            ("4000", "4000.00", "$4,000.00", "$4,000"),
            ("0", "0.00", "$0.00", "$0"),
        ] {
            let money = dollars(text);
            assert_eq!(money.decimal(), decimal);
            assert_eq!(money.to_string(), cents);
            assert_eq!(money.dollars(), whole);
            assert_eq!(dollars(&money.decimal()), money);
        }
    }

    #[test]
    fn cents_read_back_exactly() {
        for (dollars_text, text) in [
            ("6578.4342", "657843.42"),
            ("4000", "400000"),
            ("0", "0"),
            ("0.00000001", "0.000001"),
        ] {
            let money = dollars(dollars_text);
            assert_eq!(money.cents(), text);
            assert_eq!(Money::read_cents(text), Some(money));
        }
        let most = Money::of_micro_cents(u128::MAX);
        assert_eq!(Money::read_cents(&most.cents()), Some(most));
        for broken in ["", "-1", "1.", ".5", "1.0000001", "1e3", "1,5", " 1"] {
            assert_eq!(Money::read_cents(broken), None, "{broken:?}");
        }
        assert_eq!(Money::read_cents(&"9".repeat(40)), None);
    }

    #[test]
    fn the_largest_amount_neither_wraps_nor_panics() {
        let most = Money::of_micro_cents(u128::MAX);
        assert_eq!(most + most, most);
        assert_eq!(most.times(u64::MAX), most);
        assert_eq!(most.percent_of(most), Some(100));
        assert_eq!(most.percent(100).percent_of(most), Some(100));
        assert_eq!(most.percent_of(Money::of_micro_cents(1)), None);
        assert!(most.to_string().starts_with('$'));
        assert!(most.dollars().starts_with('$'));
        let change = Change {
            before: most,
            after: Money::ZERO,
        };
        assert_eq!(change.percent(), Some(-100));
    }

    #[test]
    fn changes_read_with_sign_and_percentage() {
        for (before, after, expected) in [
            ("6578.4342", "5841.8257", "-$737 (-11 %)"),
            ("1444", "1537", "+$93 (+6 %)"),
            ("100", "100", "$0 (0 %)"),
            ("0", "12", "+$12"),
            ("0", "0", "$0"),
            ("200", "201", "+$1 (+1 %)"),
            ("1000", "1004", "+$4 (0 %)"),
        ] {
            let change = Change {
                before: dollars(before),
                after: dollars(after),
            };
            assert_eq!(change.to_string(), expected);
        }
        let change = Change {
            before: dollars("6578.4342"),
            after: dollars("5841.8257"),
        };
        assert_eq!(change.cents(), "-$736.61");
    }

    #[test]
    fn shares_and_utilisation() {
        assert_eq!(dollars("4000").percent(75), dollars("3000"));
        assert_eq!(
            Money::of_micro_cents(101).percent(80),
            Money::of_micro_cents(81)
        );
        assert_eq!(dollars("99.99").percent_of(dollars("100")), Some(99));
        assert_eq!(dollars("100").percent_of(dollars("100")), Some(100));
        assert_eq!(dollars("1").percent_of(Money::ZERO), None);
    }
}
