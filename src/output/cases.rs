//! What a written or updated file looks like, byte for byte.

use super::roundtrip::{FIELDS, config};
use super::{render, update};
use crate::config::Config;
use crate::input::Format;
use crate::secret::Secret;
use crate::value::Value;

fn with(values: &[(&str, Value)]) -> Config {
    config(
        FIELDS
            .iter()
            .map(|(path, _)| {
                let found = values.iter().find(|(wanted, _)| wanted == path);
                found.map(|(_, value)| value.clone())
            })
            .collect(),
    )
}

fn port(port: i64) -> (&'static str, Value) {
    ("backend.port", Value::Integer(port))
}

fn mode(mode: &str) -> (&'static str, Value) {
    ("mode", Value::Text(mode.to_owned()))
}

fn some() -> Config {
    with(&[
        mode("enterprise"),
        port(8001),
        ("backend.auth.secret", Value::Secret(Secret::new("a\"b"))),
        ("router.limits.factor", Value::Decimal(3.0)),
        (
            "agents.roles.names",
            Value::List(vec![Value::Text("dev".into()), Value::Text(String::new())]),
        ),
    ])
}

#[test]
fn a_new_toml_file() {
    let expected = r#"# VAPORA configuration, profile enterprise, schema 1.2.0.

# Sentence 0, one line.
mode = "enterprise"

[backend]
# Sentence 3, one line.
port = 8001

[backend.auth]
# Sentence 5, one line.
secret = "a\"b"

[router.limits]
# Sentence 10, one line.
factor = 3.0

[agents.roles]
# Sentence 11, one line.
names = ["dev", ""]
"#;
    assert_eq!(render(&some(), Format::Toml, Some("enterprise")), expected);
    let head = render(&some(), Format::Toml, None);
    assert!(head.starts_with("# VAPORA configuration, schema 1.2.0.\n\n"));
}

#[test]
fn a_new_json_file() {
    let expected = r#"{
  "mode": "enterprise",
  "backend": {
    "port": 8001,
    "auth": {
      "secret": "a\"b"
    }
  },
  "router": {
    "limits": {
      "factor": 3.0
    }
  },
  "agents": {
    "roles": {
      "names": [
        "dev",
        ""
      ]
    }
  }
}
"#;
    assert_eq!(render(&some(), Format::Json, Some("enterprise")), expected);
}

#[test]
fn only_what_differs_changes_in_toml() {
    let both = with(&[mode("solo"), port(9001)]);
    for (before, after) in [
        // The same, said in other ways.
        (
            "backend = {port=9_001}\nmode = 'solo'",
            "backend = {port=9_001}\nmode = 'solo'",
        ),
        (
            "mode = \"multiuser\" # note\n[backend]\n  port   =   8001   # why\nown = 1e3\n",
            "mode = \"solo\" # note\n[backend]\n  port   =   9001   # why\nown = 1e3\n",
        ),
        (
            "mode = 'solo'\nbackend.own = 1\nlast.own = 2\n",
            "mode = 'solo'\nbackend.own = 1\n# Sentence 3, one line.\nbackend.port = 9001\nlast.own = 2\n",
        ),
        // A setting without a value goes, with the sentence we once wrote above it; others' comments stay.
        (
            "mode = 'solo'\n# Mine.\n# Sentence 1, one line.\ndebug = true # why\n[backend]\nport = 9001\n",
            "mode = 'solo'\n# Mine.\n# why\n[backend]\nport = 9001\n",
        ),
        (
            "mode = 'solo'\nbackend = { host = 'a', port = 9001, timeout = 3 }\n",
            "mode = 'solo'\nbackend = { port = 9001 }\n",
        ),
        (
            "\u{feff}mode = 'solo'\r\n[backend]\r\n\r\n[other]\r\n",
            "\u{feff}mode = 'solo'\r\n[backend]\r\n# Sentence 3, one line.\r\nport = 9001\r\n\r\n[other]\r\n",
        ),
        (
            "# VAPORA configuration, profile multiuser, schema 1.1.0.\nmode = 'solo'\nbackend.port = 9001\n",
            "# VAPORA configuration, profile solo, schema 1.2.0.\nmode = 'solo'\nbackend.port = 9001\n",
        ),
    ] {
        let found = update(before, &both, Format::Toml, Some("solo")).unwrap();
        assert_eq!(found, after, "from {before}");
        assert_eq!(
            update(&found, &both, Format::Toml, Some("solo")).unwrap(),
            after
        );
    }
}

#[test]
fn only_what_differs_changes_in_json() {
    let both = with(&[mode("solo"), port(9001)]);
    for (before, after) in [
        (
            "{\"backend\":{\"port\":9001.0},\"mode\":\"solo\"}",
            "{\"backend\":{\"port\":9001.0},\"mode\":\"solo\"}",
        ),
        (
            "{\n    \"own\": 1e400,\n    \"backend\": {\n        \"own\": [1,2]\n    }\n}\n",
            "{\n    \"own\": 1e400,\n    \"backend\": {\n        \"own\": [1,2],\n        \"port\": 9001\n    },\n    \"mode\": \"solo\"\n}\n",
        ),
        (
            "{\"mode\": \"solo\", \"debug\": true, \"last\": \"x\", \"backend\": {\"port\": 9001, \"host\": \"a\"}}",
            "{\"mode\": \"solo\", \"backend\": {\"port\": 9001}}",
        ),
        (
            "{}",
            "{\n  \"mode\": \"solo\",\n  \"backend\": {\n    \"port\": 9001\n  }\n}",
        ),
    ] {
        let found = update(before, &both, Format::Json, None).unwrap();
        assert_eq!(found, after, "from {before}");
        assert_eq!(update(&found, &both, Format::Json, None).unwrap(), after);
    }
}

#[test]
fn what_cannot_be_changed_safely_is_refused() {
    let both = with(&[mode("solo"), port(9001)]);
    for (format, before, expected) in [
        (
            Format::Toml,
            "mode = 'solo'\nport = = 1\n",
            "The file cannot be changed: line 2: ",
        ),
        (
            Format::Toml,
            "mode = 1\nmode = 2\n",
            "line 2: mode is given twice.",
        ),
        (
            Format::Toml,
            "[backend.port]\nx = 1\n",
            "backend.port is a section there, but must be a setting.",
        ),
        (
            Format::Toml,
            "mode = { a = 1 }\n",
            "mode is a section there, but must be a setting.",
        ),
        (
            Format::Toml,
            "backend = 3\n",
            "backend is a setting there, but must be a section.",
        ),
        (
            Format::Toml,
            "[[backend]]\nport = 1\n",
            "backend is a setting there, but must be a section.",
        ),
        (
            Format::Json,
            "{\"mode\": 1,}",
            "The file cannot be changed: line 1: ",
        ),
        (
            Format::Json,
            "{\"mode\": 1, \"mode\": 2}",
            "mode is given twice.",
        ),
        (
            Format::Json,
            "{\"backend\": []}",
            "backend is a setting there, but must be a section.",
        ),
        (
            Format::Json,
            "{\"backend\": {\"port\": {}}}",
            "backend.port is a section there, but must be a setting.",
        ),
        (
            Format::Json,
            "[]",
            "The file cannot be changed: line 1: The file does not hold an object.",
        ),
    ] {
        let said = update(before, &both, format, None).unwrap_err().sentence();
        assert!(said.contains(expected), "{before}: {said}");
    }
}
