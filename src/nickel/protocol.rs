//! What parent and child say to each other: a big-endian `u32` length, then that many bytes of JSON, at most 16 MiB.
//! Leaves to others: what the messages mean (`serve`, `client`).

use std::collections::BTreeMap;
use std::io::{self, Read, Write};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::data::Node;
use crate::config::{Overlay, SetBy};
use crate::value::{Value, exact_integer};

/// A longer message is a fault of the sender, not a configuration.
pub const MAX_BYTES: usize = 16 << 20;

/// A Nickel text by its name in the workspace.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct SourceText {
    pub name: String,
    pub text: String,
    /// Compiled in, and so type-checked by a test already.
    pub shipped: bool,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Request {
    Load {
        texts: Vec<SourceText>,
    },
    Describe,
    Evaluate {
        ticket: u64,
        /// The name of a profile's text.
        profile: Option<String>,
        /// Values by dotted path.
        overlay: Vec<(String, Json)>,
    },
    /// As the first request: evaluate this text alone, without a schema.
    Read {
        text: SourceText,
    },
    /// What [`Response::Wants`] asked for, as far as there is such a text.
    Texts {
        texts: Vec<SourceText>,
        /// Names of what is there and may not be read, with why.
        refused: Vec<(String, String)>,
    },
}

/// From what the kernel keeps the child.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confinement {
    /// It has no Landlock.
    No,
    /// From files, but it is too old to know of connections.
    Files,
    /// From files and connections.
    Whole,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Response {
    Loaded {
        findings: Vec<Finding>,
        confined: Confinement,
    },
    Described(Description),
    Evaluated {
        ticket: u64,
        leaves: Vec<JudgedLeaf>,
        findings: Vec<Finding>,
    },
    /// Names of the texts that what is read imports.
    Wants {
        names: Vec<String>,
    },
    Read {
        root: Option<Node>,
        findings: Vec<Finding>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    Error,
    Open,
    Warning,
}

/// A problem as the child found it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Finding {
    pub weight: Weight,
    pub path: Option<String>,
    pub file: Option<String>,
    pub line: Option<usize>,
    pub message: String,
    pub hint: Option<String>,
    pub value: Option<String>,
}

/// One leaf after evaluation.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct JudgedLeaf {
    pub value: Option<Json>,
    pub set_by: Option<Layer>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Layer {
    Schema,
    Profile,
    Forced,
    Overlay,
}

impl From<Layer> for SetBy {
    fn from(layer: Layer) -> Self {
        match layer {
            Layer::Schema => Self::Schema,
            Layer::Profile => Self::Profile,
            Layer::Forced => Self::ProfileForced,
            Layer::Overlay => Self::Overlay,
        }
    }
}

/// The schema as data.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Description {
    pub version: String,
    pub renamed: BTreeMap<String, String>,
    pub fields: Vec<DescribedField>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct DescribedField {
    pub path: String,
    pub doc: String,
    pub default: Option<Json>,
    /// The field's record of `values/ranges.ncl`.
    pub range: Option<Json>,
}

/// Sends one message.
///
/// # Errors
/// When the other side is gone, or the message is longer than [`MAX_BYTES`].
pub fn send(writer: &mut dyn Write, message: &impl Serialize) -> io::Result<()> {
    let mut frame = vec![0; 4];
    serde_json::to_writer(&mut frame, message)?;
    let length = frame.len() - 4;
    if length > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the message is too long",
        ));
    }
    let prefix = u32::try_from(length).map_err(io::Error::other)?;
    frame[..4].copy_from_slice(&prefix.to_be_bytes());
    writer.write_all(&frame)?;
    writer.flush()
}

/// Receives one message; `None` when the other side closed between messages.
///
/// # Errors
/// When the other side breaks off inside a message, or says what is no message.
pub fn receive<T: DeserializeOwned>(reader: &mut dyn Read) -> io::Result<Option<T>> {
    let mut prefix = [0; 4];
    if let Err(error) = reader.read_exact(&mut prefix) {
        return match error.kind() {
            io::ErrorKind::UnexpectedEof => Ok(None),
            _ => Err(error),
        };
    }
    let length = usize::try_from(u32::from_be_bytes(prefix)).map_err(io::Error::other)?;
    if length > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::InvalidData,
            "the message is too long",
        ));
    }
    let mut bytes = vec![0; length];
    reader.read_exact(&mut bytes)?;
    Ok(Some(serde_json::from_slice(&bytes)?))
}

/// The overlay in the child's terms. Secrets go over in clear: the schema judges their length.
#[must_use]
pub fn overlay_to_wire(overlay: &Overlay) -> Vec<(String, Json)> {
    overlay
        .iter()
        .map(|(path, (value, _))| (path.to_string(), to_wire(value)))
        .collect()
}

fn to_wire(value: &Value) -> Json {
    match value {
        Value::Bool(b) => (*b).into(),
        Value::Integer(n) => (*n).into(),
        Value::Decimal(n) => exact_integer(*n).map_or_else(|| (*n).into(), Json::from),
        Value::Text(text) => text.as_str().into(),
        Value::Secret(secret) => secret.expose().into(),
        Value::List(items) => items.iter().map(to_wire).collect(),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), to_wire(value)))
            .collect(),
    }
}

/// A value from the child; `None` for null, which the configuration does not know.
#[must_use]
pub fn from_wire(json: Json) -> Option<Value> {
    Some(match json {
        Json::Null => return None,
        Json::Bool(b) => Value::Bool(b),
        Json::Number(n) => match (n.as_i64(), n.as_f64()) {
            (Some(n), _) => Value::Integer(n),
            (None, Some(n)) => Value::Decimal(n),
            (None, None) => return None,
        },
        Json::String(text) => Value::Text(text),
        Json::Array(items) => Value::List(items.into_iter().filter_map(from_wire).collect()),
        Json::Object(fields) => Value::Record(
            fields
                .into_iter()
                .filter_map(|(name, value)| Some((name, from_wire(value)?)))
                .collect(),
        ),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn messages_cross_whole() {
        let mut wire = Vec::new();
        let request = Request::Evaluate {
            ticket: 7,
            profile: Some("profiles/solo.ncl".into()),
            overlay: vec![("backend.port".into(), 9001.into())],
        };
        send(&mut wire, &request).unwrap();
        let back: Request = receive(&mut wire.as_slice()).unwrap().unwrap();
        assert!(matches!(back, Request::Evaluate { ticket: 7, .. }));
    }

    #[test]
    fn broken_messages_are_errors() {
        let none: Option<Request> = receive(&mut [].as_slice()).unwrap();
        assert!(none.is_none());
        for wire in [
            b"\0\0\0\x05nope".as_slice(),
            b"\0\0\0\x04nope".as_slice(),
            b"\xff\xff\xff\xffnope".as_slice(),
        ] {
            assert!(receive::<Request>(&mut &*wire).is_err());
        }
    }

    #[test]
    fn values_cross_and_come_back() {
        for value in [
            Value::Bool(true),
            Value::Integer(8001),
            Value::Decimal(0.5),
            Value::Text("a".into()),
            Value::List(vec![Value::Text("a".into())]),
        ] {
            assert_eq!(from_wire(to_wire(&value)), Some(value));
        }
        assert_eq!(
            from_wire(to_wire(&Value::Decimal(3.0))),
            Some(Value::Integer(3))
        );
    }
}
