//! What forms leave unsaid of a setting the schema says: an input without help gets the schema's sentence on it.

use super::{Element, Form};
use crate::schema::Schema;

impl Form {
    /// Gives each input without help what the schema says of its setting.
    pub fn take_docs(&mut self, schema: &Schema) {
        let elements = self.panels.iter_mut().flat_map(|panel| &mut panel.elements);
        for element in elements {
            if let Element::Input(input) = element
                && input.help.is_empty()
                && let Some(field) = schema.get(input.path.as_str())
            {
                input.help.clone_from(&field.doc);
            }
        }
    }
}
