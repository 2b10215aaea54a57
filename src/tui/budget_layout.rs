//! Where the parts of the full budget stand, for a window of a given size. Pure, so that scrolling and drawing agree.

use ratatui::layout::Rect;

/// From this width on the text stands beside the curve.
const BESIDE: u16 = 76;
/// So many rows are left to curve and text, if the roles leave them.
const BELOW: u16 = 11;
/// From this height on curve and text stand below each other.
const STACKED: u16 = 18;
/// A curve that is wider says no more.
const WIDEST: u16 = 72;

/// The parts; one of the two last may miss where there is room for one only.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Parts {
    pub table: Rect,
    pub curve: Option<Rect>,
    pub text: Option<Rect>,
}

/// The parts of the inside of a window, for so many roles. `in_text` chooses where there is room for one.
#[must_use]
pub fn parts(inner: Rect, roles: usize, in_text: bool) -> Parts {
    let wanted = u16::try_from(roles).unwrap_or(u16::MAX).saturating_add(2);
    let most = inner.height.saturating_sub(BELOW).max(3);
    let table = Rect {
        height: wanted.min(most).min(inner.height),
        ..inner
    };
    let gap = u16::from(inner.height > table.height + BELOW - 2);
    let y = table.bottom() + gap;
    let rest = Rect {
        y,
        height: inner.bottom().saturating_sub(y),
        ..inner
    };
    if inner.width >= BESIDE {
        let width = (inner.width / 2).min(WIDEST);
        let text = Rect {
            x: rest.x + width + 1,
            width: rest.width - width - 1,
            ..rest
        };
        return Parts {
            table,
            curve: Some(Rect { width, ..rest }),
            text: Some(text),
        };
    }
    if rest.height >= STACKED {
        let height = rest.height / 2;
        let text = Rect {
            y: rest.y + height,
            height: rest.height - height,
            ..rest
        };
        return Parts {
            table,
            curve: Some(Rect { height, ..rest }),
            text: Some(text),
        };
    }
    Parts {
        table,
        curve: (!in_text).then_some(rest),
        text: in_text.then_some(rest),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles_scroll_before_curve_and_text_lose_their_rows() {
        let inner = |width, height| Rect::new(1, 2, width, height);
        for (size, roles, table, curve, text) in [
            ((78, 17), 4, 6, Some((39, 10)), Some((38, 10))),
            ((78, 17), 40, 6, Some((39, 10)), Some((38, 10))),
            ((58, 8), 4, 3, Some((58, 5)), None),
            ((58, 30), 4, 6, Some((58, 11)), Some((58, 12))),
            ((118, 29), 4, 6, Some((59, 22)), Some((58, 22))),
            ((118, 29), 200, 18, Some((59, 10)), Some((58, 10))),
        ] {
            let found = parts(inner(size.0, size.1), roles, false);
            let of = |part: Option<Rect>| part.map(|part| (part.width, part.height));
            assert_eq!(found.table.height, table, "{size:?} {roles}");
            assert_eq!(
                (of(found.curve), of(found.text)),
                (curve, text),
                "{size:?} {roles}"
            );
        }
        let narrow = parts(inner(58, 8), 4, true);
        assert_eq!((narrow.curve, narrow.text.is_some()), (None, true));
    }
}
