//! The words of the form format: which element types and keys are read, which are refused, which are ours alone.
//! Leaves to others: reading the values (`element`), what follows from them (`load`).

use crate::form::model::InputKind;

/// What stands behind `type = "…"`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Type {
    Input(InputKind),
    Header,
    Note,
    Group,
    /// Known to TypeDialog and not read here, with what to use instead.
    Refused(&'static str),
}

/// A type of which only the name is known.
pub(super) const CUSTOM: &str = "custom";

pub(super) const TYPES: [(&str, Type); 15] = [
    ("text", Type::Input(InputKind::Text)),
    ("password", Type::Input(InputKind::Password)),
    ("confirm", Type::Input(InputKind::Confirm)),
    ("boolean", Type::Input(InputKind::Confirm)),
    ("select", Type::Input(InputKind::Select)),
    ("number", Type::Input(InputKind::Number)),
    ("text_array", Type::Input(InputKind::TextArray)),
    ("multiselect", Type::Input(InputKind::MultiSelect)),
    ("editor", Type::Input(InputKind::Editor)),
    ("date", Type::Input(InputKind::Date)),
    (CUSTOM, Type::Input(InputKind::Text)),
    ("section_header", Type::Header),
    ("section", Type::Note),
    ("group", Type::Group),
    (
        "repeatinggroup",
        Type::Refused("Use type = \"text_array\" for a list of texts."),
    ),
];

impl Type {
    pub fn of(word: &str) -> Option<Self> {
        TYPES
            .iter()
            .find(|(name, _)| *name == word)
            .map(|(_, found)| *found)
    }

    /// The keys an element of this type may have.
    pub fn keys(self) -> &'static [(&'static str, Shape)] {
        match self {
            Self::Input(_) | Self::Refused(_) => INPUT,
            Self::Header => HEADER,
            Self::Note => NOTE,
            Self::Group => GROUP,
        }
    }

    /// How messages call an element of this type.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Input(_) | Self::Refused(_) => "an input",
            Self::Header => "a section_header",
            Self::Note => "a section",
            Self::Group => "a group",
        }
    }
}

/// What a key's value must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Text,
    Flag,
    Whole,
    Number,
    /// A text, a number, or true or false.
    Scalar,
    /// A day, as a text or as TOML writes dates.
    Date,
    Texts,
    Options,
    Elements,
    Table,
    Any,
}

impl Shape {
    /// What messages say is wanted of this key.
    pub fn wanted(self, key: &str) -> &'static str {
        match self {
            Self::Texts if key == "includes" => {
                "a list of texts, for example [\"fragments/backend.toml\"]"
            }
            Self::Text => "a text in quotes",
            Self::Flag => "true or false",
            Self::Whole => "a whole number",
            Self::Number => "a number",
            Self::Scalar => "a text, a number, true or false",
            Self::Date => "a day, for example \"2026-01-31\"",
            Self::Table => "a table",
            Self::Texts => "a list of texts, for example [\"backend\", \"port\"]",
            Self::Options => {
                "a list of texts or of { value, label }, for example [\"daily\", \"weekly\"]"
            }
            Self::Elements => "a list of tables, each begun with [[elements]]",
            Self::Any => "any value",
        }
    }
}

pub(super) const TOP: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("description", Shape::Text),
    ("display_mode", Shape::Text),
    ("locales_path", Shape::Text),
    ("templates_path", Shape::Text),
    ("fallback_locale", Shape::Text),
    ("elements", Shape::Elements),
    ("fields", Shape::Elements),
    ("items", Shape::Elements),
    ("constraints", Shape::Table),
];

const INPUT: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("type", Shape::Text),
    ("prompt", Shape::Text),
    ("help", Shape::Text),
    ("description", Shape::Text),
    ("nickel_path", Shape::Texts),
    ("unit", Shape::Text),
    ("takes_effect", Shape::Text),
    ("options", Shape::Options),
    ("when", Shape::Text),
    ("placeholder", Shape::Text),
    ("default", Shape::Scalar),
    ("required", Shape::Flag),
    ("sensitive", Shape::Flag),
    ("order", Shape::Whole),
    ("min", Shape::Number),
    ("max", Shape::Number),
    ("min_selected", Shape::Whole),
    ("max_selected", Shape::Whole),
    ("min_date", Shape::Date),
    ("max_date", Shape::Date),
    ("options_from", Shape::Text),
    ("searchable", Shape::Flag),
    ("when_false", Shape::Text),
    ("display_mode", Shape::Text),
    ("nickel_alias", Shape::Text),
    ("custom_type", Shape::Text),
    ("encryption_backend", Shape::Text),
    ("encryption_config", Shape::Any),
    ("border_top", Shape::Any),
    ("border_bottom", Shape::Any),
];

const HEADER: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("type", Shape::Text),
    ("title", Shape::Text),
    ("description", Shape::Text),
    ("order", Shape::Whole),
    ("border_top", Shape::Any),
    ("border_bottom", Shape::Any),
];

const NOTE: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("type", Shape::Text),
    ("title", Shape::Text),
    ("content", Shape::Text),
    ("description", Shape::Text),
    ("order", Shape::Whole),
    ("border_top", Shape::Any),
    ("border_bottom", Shape::Any),
];

const GROUP: &[(&str, Shape)] = &[
    ("name", Shape::Text),
    ("type", Shape::Text),
    ("title", Shape::Text),
    ("description", Shape::Text),
    ("includes", Shape::Texts),
    ("when", Shape::Text),
    ("order", Shape::Whole),
    ("border_top", Shape::Any),
    ("border_bottom", Shape::Any),
    ("display_mode", Shape::Text),
];

/// A key that TypeDialog knows and that is not read where it stands: what is wrong, and what to do instead.
pub(super) fn misplaced(key: &str) -> Option<(&'static str, &'static str)> {
    const REPEATING: &str = "belongs to a repeatinggroup, which is not read by this version";
    Some(match key {
        "fragment" => (REPEATING, "Use a group with includes."),
        "min_items" | "max_items" | "default_items" | "unique" => (REPEATING, "Take it out."),
        "when" => (
            "is not read here",
            "Put it on each input, or on a group that includes them.",
        ),
        _ => return None,
    })
}

/// A key of ours, and what TypeDialog does without it.
pub(super) fn ours(key: &str) -> Option<&'static str> {
    Some(match key {
        "unit" => "It asks in the schema's own unit, for example in cents.",
        "takes_effect" => "It does not say what picks a change up.",
        _ => return None,
    })
}

/// A type that stands in no document of TypeDialog, only in forms of its sister projects, with the one that does.
pub(super) fn sister(word: &str) -> Option<&'static str> {
    Some(match word {
        "number" | "text_array" => "text",
        "boolean" => "confirm",
        _ => return None,
    })
}
