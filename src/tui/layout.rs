//! Where things stand on a screen of a given size. Pure, so that scrolling and drawing agree.

use ratatui::layout::{Rect, Size};

/// Below this the screen only says what size it needs (DESIGN 5).
pub const LEAST: Size = Size::new(60, 16);
/// From this width on panels, fields and differences stand side by side.
pub const WIDE: u16 = 110;

/// Below this width help texts, made for two lines of 80 columns, get three lines.
const ROOMY: u16 = 80;

/// How wide panels and side pane are where they first show, and where they stop growing.
const PANELS: (u16, u16) = (29, 40);
const SIDE: (u16, u16) = (35, 130);
/// From this width on they grow; up to here the fields get all there is.
const GROWS: u16 = 120;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub header: Rect,
    /// The whole middle, borders included.
    pub pane: Rect,
    /// Two or three lines of help or problem.
    pub help: Rect,
    /// One line of origin or message.
    pub message: Rect,
    pub footer: Rect,
    /// Panels, fields and side pane, when all three show.
    pub wide: Option<[Rect; 3]>,
}

impl Layout {
    /// The same with two lines of help: what is above gets the rest.
    #[must_use]
    pub fn for_review(self) -> Self {
        let spare = self.help.height.saturating_sub(2);
        let mut layout = self;
        layout.pane.height += spare;
        layout.help.y += spare;
        layout.help.height -= spare;
        layout
    }

    /// The pane of a narrow screen with the budget, of so many rows, below the fields.
    #[must_use]
    pub fn above_budget(&self, rows: u16) -> [Rect; 2] {
        let mut above = self.pane;
        above.height = above.height.saturating_sub(rows);
        let below = Rect {
            y: above.bottom(),
            height: self.pane.height - above.height,
            ..self.pane
        };
        [above, below]
    }

    /// The box of the fields.
    #[must_use]
    pub fn fields(&self) -> Rect {
        self.wide.map_or(self.pane, |[_, fields, _]| fields)
    }
}

/// The layout, or `None` when the screen is too small for one.
#[must_use]
pub fn layout(size: Size) -> Option<Layout> {
    if size.width < LEAST.width || size.height < LEAST.height {
        return None;
    }
    let line = |y| Rect::new(0, y, size.width, 1);
    let help = help_height(size.width);
    let pane = Rect::new(0, 1, size.width, size.height - 3 - help);
    let wide = (size.width >= WIDE).then(|| {
        let (first, last) = outer(size.width);
        let fields = size.width - first - last;
        let column = |x, width| Rect::new(x, pane.y, width, pane.height);
        [
            column(0, first),
            column(first, fields),
            column(first + fields, last),
        ]
    });
    Some(Layout {
        header: line(0),
        pane,
        help: Rect::new(1, size.height - 2 - help, size.width - 2, help),
        message: Rect::new(1, size.height - 2, size.width - 2, 1),
        footer: line(size.height - 1),
        wide,
    })
}

/// The columns of panels and side pane: the first is wide enough for its titles soon, the second takes values and text.
fn outer(width: u16) -> (u16, u16) {
    let more = width.saturating_sub(GROWS);
    let panels = (PANELS.0 + more / 8).min(PANELS.1);
    let side = u32::from(SIDE.0) + u32::from(more) * 11 / 20;
    let side = u16::try_from(side).unwrap_or(SIDE.1).min(SIDE.1);
    (panels, side)
}

fn help_height(width: u16) -> u16 {
    if width < ROOMY { 3 } else { 2 }
}

/// The rows that a list in the pane shows.
#[must_use]
pub fn list_height(size: Size) -> usize {
    usize::from(size.height.saturating_sub(5 + help_height(size.width)))
}

/// The rows of the review, whose help never needs a third line.
#[must_use]
pub fn review_height(size: Size) -> usize {
    usize::from(size.height.saturating_sub(7))
}

/// A window of the given inner size in the middle of `area`, borders added, never larger than `area`.
#[must_use]
pub fn middle(area: Rect, width: u16, height: u16) -> Rect {
    let width = (width + 4).min(area.width);
    let height = (height + 2).min(area.height);
    Rect::new(
        area.x + (area.width - width) / 2,
        area.y + (area.height - height) / 2,
        width,
        height,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panes_grow_with_the_screen_up_to_a_limit() {
        for (width, expected) in [
            (110, [29, 46, 35]),
            (120, [29, 56, 35]),
            (160, [34, 69, 57]),
            (200, [39, 82, 79]),
            (300, [40, 130, 130]),
            (u16::MAX, [40, u16::MAX - 170, 130]),
        ] {
            let wide = layout(Size::new(width, 36)).and_then(|layout| layout.wide);
            assert_eq!(
                wide.map(|panes| panes.map(|pane| pane.width)),
                Some(expected)
            );
        }
        assert_eq!(
            layout(Size::new(109, 36)).and_then(|layout| layout.wide),
            None
        );
    }

    #[test]
    fn the_rows_of_the_pane_agree_with_what_is_counted() {
        for size in [
            LEAST,
            Size::new(79, 24),
            Size::new(80, 24),
            Size::new(300, 100),
        ] {
            let layout = layout(size).expect("a layout");
            assert_eq!(usize::from(layout.pane.height - 2), list_height(size));
            assert_eq!(layout.pane.bottom(), layout.help.y);
            assert_eq!(layout.help.bottom(), layout.message.y);
            let review = layout.for_review();
            assert_eq!(usize::from(review.pane.height - 2), review_height(size));
            assert_eq!(
                (review.pane.bottom(), review.help.bottom()),
                (review.help.y, layout.message.y)
            );
        }
    }
}
