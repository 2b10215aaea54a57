//! The records of a draft as JSON: the header, and what changed. Read as input that anybody may have written.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value as Json, json};

use super::state::{Base, Open, State};
use super::withheld::Kept;
use crate::answers::OfPreset;
use crate::budget::workload;
use crate::nickel::protocol::from_wire;
use crate::preset::{Name, Named};
use crate::schema::FieldPath;
use crate::store::Holder;
use crate::value::Value;

/// The format of the records.
pub const FORMAT: u32 = 1;

/// The first record.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Header {
    pub format: u32,
    /// Version of the schema.
    #[serde(default)]
    pub schema: String,
    #[serde(default, serialize_with = "lossy")]
    pub workspace: PathBuf,
    /// Where it would be written.
    #[serde(default, serialize_with = "lossy")]
    pub output: PathBuf,
    #[serde(default)]
    pub output_sha256: Option<String>,
    #[serde(default)]
    pub profile: Option<String>,
    #[serde(flatten)]
    pub holder: Holder,
}

/// JSON holds no other bytes than UTF-8.
fn lossy<S: serde::Serializer>(path: &Path, to: S) -> Result<S::Ok, S::Error> {
    to.serialize_str(&path.to_string_lossy())
}

/// What changed from one state to the next, at `at` (milliseconds since 1970).
#[must_use]
pub fn change(before: &State, now: &State, at: u64) -> Json {
    let mut record = Map::new();
    record.insert("at".into(), at.into());
    if before.profile != now.profile {
        record.insert("profile".into(), json!(now.profile));
    }
    if before.workload != now.workload {
        record.insert("workload".into(), json!(now.workload));
    }
    if before.base != now.base {
        let base = now.base.as_deref().map_or(Json::Null, base_to_json);
        record.insert("base".into(), base);
    }
    let set = now
        .answers
        .iter()
        .filter(|(path, kept)| before.answers.get(*path) != Some(kept))
        .map(|(path, kept)| (path.to_string(), kept_to_json(kept)));
    let taken_back = before
        .answers
        .keys()
        .filter(|path| !now.answers.contains_key(*path))
        .map(|path| (path.to_string(), Json::Null));
    let answers: Map<String, Json> = set.chain(taken_back).collect();
    if !answers.is_empty() {
        record.insert("answers".into(), answers.into());
    }
    if before.open != now.open {
        let open = |open: &Open| json!({ "path": open.path.as_str(), "text": open.text });
        let open = now.open.as_ref().map_or(Json::Null, open);
        record.insert("open".into(), open);
    }
    if (&before.output, &before.output_sha256) != (&now.output, &now.output_sha256) {
        let output = json!({ "file": now.output.to_string_lossy(), "sha256": now.output_sha256 });
        record.insert("output".into(), output);
    }
    record.into()
}

/// Applies a record; the names of what could not be read are added to `wrong`. Gives when it was made.
pub fn apply(state: &mut State, record: Json, wrong: &mut Vec<String>) -> Option<u64> {
    let Json::Object(record) = record else {
        wrong.push("a record that is no object".to_owned());
        return None;
    };
    let mut at = None;
    for (name, value) in record {
        let read = match name.as_str() {
            "at" => value.as_u64().map(|moment| at = Some(moment)),
            "profile" => match value {
                Json::Null | Json::String(_) => {
                    state.profile = text(value);
                    Some(())
                }
                _ => None,
            },
            "workload" => match value {
                Json::Null => {
                    state.workload = None;
                    Some(())
                }
                value => text(value)
                    .filter(|name| workload::is_name(name))
                    .map(|name| state.workload = Some(name)),
            },
            "base" => match value {
                Json::Null => {
                    state.base = None;
                    Some(())
                }
                value => base_of(value, wrong).map(|base| state.base = Some(Arc::new(base))),
            },
            "answers" => {
                apply_answers(&mut state.answers, value, wrong);
                Some(())
            }
            "open" => match value {
                Json::Null => {
                    state.open = None;
                    Some(())
                }
                value => open_of(value).map(|open| state.open = Some(open)),
            },
            "output" => file_and_hash(&value).map(|(file, sha256)| {
                state.output = file;
                state.output_sha256 = sha256;
            }),
            // Of a later version; what is known is read.
            _ => Some(()),
        };
        if read.is_none() {
            wrong.push(name);
        }
    }
    at
}

fn apply_answers(answers: &mut BTreeMap<FieldPath, Kept>, json: Json, wrong: &mut Vec<String>) {
    let Json::Object(changes) = json else {
        return wrong.push("answers".to_owned());
    };
    for (path, json) in changes {
        let key = FieldPath::new(&path);
        match json {
            Json::Null => drop(answers.remove(&key)),
            json => match kept_of(json) {
                Some(kept) => drop(answers.insert(key, kept)),
                None => wrong.push(path),
            },
        }
    }
}

fn kept_to_json(kept: &Kept) -> Json {
    match kept {
        Kept::Secret => json!({ "secret": true }),
        Kept::Value(value) => json!({ "value": value_to_json(value) }),
    }
}

fn kept_of(json: Json) -> Option<Kept> {
    let Json::Object(mut fields) = json else {
        return None;
    };
    if fields.contains_key("secret") {
        return Some(Kept::Secret);
    }
    from_wire(fields.remove("value")?).map(Kept::Value)
}

fn value_to_json(value: &Value) -> Json {
    match value {
        Value::Bool(b) => json!(b),
        Value::Integer(n) => json!(n),
        Value::Decimal(n) => json!(n),
        Value::Text(text) => json!(text),
        // What is kept of a secret became a text before.
        Value::Secret(secret) => json!(secret.reference()),
        Value::List(items) => items.iter().map(value_to_json).collect(),
        Value::Record(fields) => fields
            .iter()
            .map(|(name, value)| (name.clone(), value_to_json(value)))
            .collect::<Map<_, _>>()
            .into(),
    }
}

fn base_to_json(base: &Base) -> Json {
    let values: Map<String, Json> = base
        .values
        .iter()
        .map(|(path, kept)| (path.to_string(), kept_to_json(kept)))
        .collect();
    let mut json = json!({ "file": base.file.to_string_lossy(), "sha256": base.sha256, "profile": base.profile, "values": values });
    if let Some(preset) = &base.preset {
        json["preset"] =
            json!({ "name": preset.name, "named": preset.named, "workload": preset.workload });
    }
    json
}

fn base_of(mut json: Json, wrong: &mut Vec<String>) -> Option<Base> {
    let (file, sha256) = file_and_hash(&json)?;
    let fields = json.as_object_mut()?;
    let profile = fields.remove("profile").and_then(text);
    let mut values = BTreeMap::new();
    if let Some(json) = fields.remove("values") {
        apply_answers(&mut values, json, wrong);
    }
    let preset = fields.get("preset").and_then(preset_of);
    Some(Base {
        file,
        sha256,
        profile,
        values,
        preset,
    })
}

/// What is no name of a preset names none.
fn preset_of(json: &Json) -> Option<OfPreset> {
    let name = Name::new(json.get("name")?.as_str()?).ok()?;
    let named = json.get("named").and_then(Json::as_str);
    let named = named.and_then(|named| Named::parse(named).ok());
    Some(OfPreset {
        name: name.to_string(),
        named: named.map(|named| named.to_string()),
        workload: json
            .get("workload")
            .and_then(Json::as_str)
            .filter(|name| workload::is_name(name))
            .map(str::to_owned),
    })
}

fn open_of(json: Json) -> Option<Open> {
    let Json::Object(mut fields) = json else {
        return None;
    };
    Some(Open {
        path: fields.get("path")?.as_str()?.into(),
        text: fields.remove("text").and_then(text),
    })
}

fn file_and_hash(json: &Json) -> Option<(PathBuf, Option<String>)> {
    let file = json.get("file")?.as_str()?.into();
    let sha256 = json.get("sha256").and_then(Json::as_str).map(str::to_owned);
    Some((file, sha256))
}

fn text(json: Json) -> Option<String> {
    match json {
        Json::String(text) => Some(text),
        _ => None,
    }
}
