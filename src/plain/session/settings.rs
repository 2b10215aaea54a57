//! What is known of single settings and panels: which show, what they are called, how a value reads, what is wrong.
//! Leaves to others: changing them (`session`), the words around them (`panels`, `field`).

use std::path::Path;

use super::Session;
use crate::clean;
use crate::config::Leaf;
use crate::form::{Element, Input, Panel, unit};
use crate::problem::Problem;
use crate::schema::{Field, FieldPath};
use crate::value::Value;

impl Session {
    /// The problems of one setting, the worst first.
    #[must_use]
    pub fn problems_at(&self, path: &FieldPath) -> Vec<&Problem> {
        let here = |problem: &&Problem| problem.path.as_ref() == Some(path);
        let mut found: Vec<&Problem> = self.counted().filter(here).collect();
        found.sort_by_key(|problem| problem.severity);
        found
    }

    /// Does a panel ask for this setting now?
    #[must_use]
    pub fn is_asked(&self, path: &FieldPath) -> bool {
        !self.hidden.contains(path) && self.form.input_at(path.as_str()).is_some()
    }

    /// The inputs of a panel that show now, each with its number; numbers stay when others appear or go.
    #[must_use]
    pub fn inputs(&self, panel: usize) -> Vec<(usize, &Input)> {
        let panel = self.form.panels.get(panel);
        let inputs = panel.into_iter().flat_map(Panel::inputs);
        inputs
            .enumerate()
            .filter(|(_, input)| !self.hidden.contains(&input.path))
            .map(|(i, input)| (i + 1, input))
            .collect()
    }

    /// All elements of a panel, inputs with their number.
    #[must_use]
    pub fn elements(&self, panel: usize) -> Vec<(Option<usize>, &Element)> {
        let mut number = 0;
        let panel = self.form.panels.get(panel);
        let elements = panel.into_iter().flat_map(|panel| &panel.elements);
        elements
            .map(|element| match element {
                Element::Input(_) => {
                    number += 1;
                    (Some(number), element)
                }
                Element::Header(_) | Element::Note(_) => (None, element),
            })
            .collect()
    }

    #[must_use]
    pub fn leaf(&self, path: &FieldPath) -> Option<&Leaf> {
        self.config.as_ref()?.leaf(path.as_str())
    }

    #[must_use]
    pub fn field(&self, path: &FieldPath) -> Option<&Field> {
        self.schema().get(path.as_str())
    }

    /// A value in the unit of its input, secrets masked, an empty one as `""`.
    #[must_use]
    pub fn shown(&self, path: &FieldPath, value: &Value) -> String {
        let input = self.form.input_at(path.as_str()).map(|(_, input)| input);
        match (value, self.field(path)) {
            (Value::List(items), _) if items.is_empty() => "[]".to_owned(),
            (value, _) if value.is_empty() => "\"\"".to_owned(),
            (value, Some(field)) => {
                unit::show(input.and_then(|input| input.unit), field.kind, value)
            }
            (value, None) => value.to_string(),
        }
    }

    /// What a setting is called.
    #[must_use]
    pub fn name(&self, path: &FieldPath) -> String {
        let input = self.form.input_at(path.as_str());
        input.map_or_else(|| path.to_string(), |(_, input)| input.prompt.clone())
    }

    /// A path as the operator would type it.
    #[must_use]
    pub fn shown_path(&self, path: &Path) -> String {
        clean::path(&self.here, path)
    }
}
