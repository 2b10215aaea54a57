//! A bar that says how much of its limit a role spends, with the threshold marked: signs only, no colour.

/// Columns that a bar has at most and at least, its brackets included.
pub const LONGEST: usize = 20;
pub const SHORTEST: usize = 8;

/// `[##############|...]`: `percent` of the limit, the mark at `threshold` percent. The bar touches the mark exactly when
/// the threshold is reached.
pub fn gauge(percent: u64, threshold: u8, reached: bool, columns: usize) -> String {
    let cells = columns.saturating_sub(2).max(1);
    let at = |percent: u64| usize::try_from(percent.min(100)).unwrap_or(100) * cells;
    let mark = ((at(u64::from(threshold)) + 50) / 100).min(cells - 1);
    let filled = at(percent) / 100;
    let filled = if reached {
        filled.max(mark)
    } else {
        filled.min(mark)
    };
    let cell = |i: usize| match i {
        _ if i == mark => '|',
        _ if i < filled => '#',
        _ => '.',
    };
    std::iter::once('[')
        .chain((0..cells).map(cell))
        .chain([']'])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bar_touches_the_mark_when_the_threshold_is_reached() {
        for (percent, threshold, reached, columns, expected) in [
            (75, 75, true, 20, "[##############|...]"),
            (74, 75, false, 20, "[#############.|...]"),
            (17, 75, false, 20, "[###...........|...]"),
            (19, 75, false, 20, "[###...........|...]"),
            (0, 75, false, 20, "[..............|...]"),
            (90, 75, true, 20, "[##############|#..]"),
            (100, 75, true, 20, "[##############|###]"),
            (300, 75, true, 20, "[##############|###]"),
            (40, 0, true, 10, "[|##.....]"),
            (99, 100, false, 10, "[#######|]"),
            (100, 100, true, 10, "[#######|]"),
            (50, 75, false, 3, "[|]"),
        ] {
            assert_eq!(gauge(percent, threshold, reached, columns), expected);
        }
    }
}
