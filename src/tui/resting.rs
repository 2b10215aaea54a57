//! Where the cursors rest when rows come and go: on their own field, else on the nearest one above.

use super::app::App;
use super::layout::list_height;
use super::search::found_height;
use super::window::Window;
use crate::form::Element;
use crate::schema::FieldPath;

impl App {
    /// The name of the focused input of each panel, to find it again when rows come and go.
    pub(super) fn focused_element(&self) -> Vec<Option<FieldPath>> {
        (0..self.form.panels.len())
            .map(|panel| {
                let at = self.fields.get(panel)?.at;
                match self.elements(panel).get(at)? {
                    Element::Input(input) => Some(input.path.clone()),
                    Element::Header(_) | Element::Note(_) => None,
                }
            })
            .collect()
    }

    pub(super) fn rest_after_hiding(&mut self, focused: Vec<Option<FieldPath>>) {
        let height = self.fields_height();
        for (panel, path) in focused.into_iter().enumerate() {
            let rows = self.rows(panel);
            let at = path.and_then(|path| rows.iter().position(|row| row.as_ref() == Some(&path)));
            let Some(mut cursor) = self.fields.get(panel).copied() else {
                continue;
            };
            if let Some(at) = at {
                cursor.go(at, rows.len(), height, true);
            } else {
                let above = rows.iter().take(cursor.at + 1).rposition(Option::is_some);
                let at = above.or_else(|| rows.iter().position(Option::is_some));
                cursor.go(at.unwrap_or(0), rows.len(), height, false);
            }
            self.fields[panel] = cursor;
        }
    }

    pub(super) fn keep_in_view(&mut self) {
        let height = list_height(self.size);
        self.leave_hidden_budget();
        self.leave_hidden_scoring();
        let fields = self.fields_height();
        let panels = self.form.panels.len();
        self.panels.show(panels, height);
        for panel in 0..panels {
            let rows = self.rows(panel).len();
            self.fields[panel].show(rows, fields);
        }
        for window in &mut self.windows {
            match window {
                Window::Help(help) => help.offset = 0,
                Window::Search(search) => {
                    search.cursor.show(search.hits.len(), found_height(height));
                }
                Window::Finder(finder) => {
                    finder
                        .cursor
                        .show(finder.actions.len(), found_height(height));
                }
                _ => {}
            }
        }
        self.refresh_windows();
    }

    /// The rows of a panel: the field's path, or `None` for a header or note.
    pub(super) fn rows(&self, panel: usize) -> Vec<Option<FieldPath>> {
        self.elements(panel)
            .into_iter()
            .map(|element| match element {
                Element::Input(input) => Some(input.path.clone()),
                Element::Header(_) | Element::Note(_) => None,
            })
            .collect()
    }
}
