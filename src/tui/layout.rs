//! Where things stand on a screen of a given size. Pure, so that scrolling and drawing agree.

use ratatui::layout::{Rect, Size};

/// Below this the screen only says what size it needs (DESIGN 5).
pub const LEAST: Size = Size::new(60, 16);
/// From this width on panels, fields and differences stand side by side.
pub const WIDE: u16 = 110;

const PANELS_WIDTH: u16 = 27;
const SIDE_WIDTH: u16 = 36;

/// The parts of the screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    pub header: Rect,
    /// The whole middle, borders included.
    pub pane: Rect,
    /// Two lines of help or problem.
    pub help: Rect,
    /// One line of origin or message.
    pub message: Rect,
    pub footer: Rect,
    /// Panels, fields and side pane, when all three show.
    pub wide: Option<[Rect; 3]>,
}

impl Layout {
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
    let pane = Rect::new(0, 1, size.width, size.height - 5);
    let wide = (size.width >= WIDE).then(|| {
        let fields = size.width - PANELS_WIDTH - SIDE_WIDTH;
        let column = |x, width| Rect::new(x, pane.y, width, pane.height);
        [
            column(0, PANELS_WIDTH),
            column(PANELS_WIDTH, fields),
            column(PANELS_WIDTH + fields, SIDE_WIDTH),
        ]
    });
    Some(Layout {
        header: line(0),
        pane,
        help: Rect::new(1, size.height - 4, size.width - 2, 2),
        message: Rect::new(1, size.height - 2, size.width - 2, 1),
        footer: line(size.height - 1),
        wide,
    })
}

/// The rows that a list in the pane shows.
#[must_use]
pub fn list_height(size: Size) -> usize {
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
