//! The rows of a panel that show, and the field that has the cursor or is asked about.
//! Leaves to others: moving the cursors (`main_screen`), where they rest when rows come and go (`resting`).

use std::collections::HashMap;

use super::app::{App, Focus};
use super::diff_screen::Lines;
use super::window::Window;
use crate::form::{Element, Form, Input, Panel};
use crate::schema::FieldPath;

impl App {
    #[must_use]
    pub fn panel(&self) -> Option<&Panel> {
        self.form.panels.get(self.panels.at)
    }

    /// The input that asks for a field, with the number of its panel.
    #[must_use]
    pub fn input_at(&self, path: &str) -> Option<(usize, &Input)> {
        let (panel, element) = *self.places.get(path)?;
        match self.form.panels.get(panel)?.elements.get(element)? {
            Element::Input(input) => Some((panel, input)),
            Element::Header(_) | Element::Note(_) => None,
        }
    }

    /// The elements of a panel that show now.
    #[must_use]
    pub fn elements(&self, panel: usize) -> Vec<&Element> {
        let hidden = self.composition.hidden();
        let elements: Vec<&Element> = self
            .form
            .panels
            .get(panel)
            .into_iter()
            .flat_map(|panel| &panel.elements)
            .filter(|element| match element {
                Element::Input(input) => {
                    !hidden.contains(&input.path) && self.filter.shows(&input.path)
                }
                Element::Header(_) => true,
                Element::Note(_) => !self.filter.is_on(),
            })
            .collect();
        if !self.filter.is_on() {
            return elements;
        }
        // A header without a row says nothing.
        let next = elements.iter().skip(1).map(Some).chain([None]);
        let kept = elements.iter().zip(next).filter(|(element, next)| {
            matches!(element, Element::Input(_)) || matches!(next, Some(Element::Input(_)))
        });
        kept.map(|(element, _)| *element).collect()
    }

    /// Where the input of a field stands: panel and place in it.
    #[must_use]
    pub fn place_of(&self, path: &FieldPath) -> Option<(usize, usize)> {
        self.places.get(path).copied()
    }

    /// The focused field, when fields have the keys.
    #[must_use]
    pub fn input(&self) -> Option<&Input> {
        if self.focus != Focus::Fields {
            return None;
        }
        let cursor = self.fields.get(self.panels.at)?;
        match self.elements(self.panels.at).get(cursor.at)? {
            Element::Input(input) => Some(input),
            Element::Header(_) | Element::Note(_) => None,
        }
    }

    /// The field that help is about: the row of the window in front that lists settings, else the focused one.
    #[must_use]
    pub fn asked_about(&self) -> Option<&Input> {
        if let Some(path) = self.output_path() {
            return self.input_at(path.as_str()).map(|(_, input)| input);
        }
        if let Some(input) = self.looked_at_input() {
            return Some(input);
        }
        let screen = match self.windows.last() {
            Some(Window::Diff(screen)) => screen,
            Some(Window::Search(search)) => {
                return self.input_at(search.chosen()?.as_str()).map(|(_, i)| i);
            }
            Some(Window::Problems(_)) => {
                let path = self.chosen_problem()?.path.as_ref()?;
                return self.input_at(path.as_str()).map(|(_, i)| i);
            }
            _ => return self.input(),
        };
        let lines = Lines::of(self, screen);
        let path = screen.line(&lines)?.path()?;
        self.input_at(path.as_str()).map(|(_, input)| input)
    }

    /// Is this field being edited?
    #[must_use]
    pub fn edits(&self, path: &FieldPath) -> bool {
        self.typed().is_some_and(|(typed, _)| typed == path)
    }
}

/// Panel and place in it of the input that asks for each field.
pub(super) fn places(form: &Form) -> HashMap<FieldPath, (usize, usize)> {
    let mut places = HashMap::new();
    for (i, panel) in form.panels.iter().enumerate() {
        for (j, element) in panel.elements.iter().enumerate() {
            if let Element::Input(input) = element {
                places.insert(input.path.clone(), (i, j));
            }
        }
    }
    places
}
