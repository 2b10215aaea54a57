//! What a new file looks like, byte for byte.

mod updated;

use super::roundtrip::{FIELDS, answered, config};
use super::{Imports, over_imports, render, update};
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

fn new(config: &Config, format: Format) -> String {
    render(config, format, Some("enterprise")).unwrap()
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
    assert_eq!(new(&some(), Format::Toml), expected);
    let head = render(&some(), Format::Toml, None).unwrap();
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
    assert_eq!(new(&some(), Format::Json), expected);
}

#[test]
fn a_new_yaml_file() {
    let expected = r#"# VAPORA configuration, profile enterprise, schema 1.2.0.

# Sentence 0, one line.
mode: enterprise

backend:
  # Sentence 3, one line.
  port: 8001
  auth:
    # Sentence 5, one line.
    secret: a"b

router:
  limits:
    # Sentence 10, one line.
    factor: 3.0

agents:
  roles:
    # Sentence 11, one line.
    names:
    - dev
    - ""
"#;
    assert_eq!(new(&some(), Format::Yaml), expected);
}

#[test]
fn a_new_nickel_file() {
    let expected = r#"# VAPORA configuration, profile enterprise, schema 1.2.0.
# It stands alone. In a folder made by vapora-tui init it would import schema and profile instead.
{
  # Sentence 0, one line.
  mode = "enterprise",

  backend = {
    # Sentence 3, one line.
    port = 8001,
    auth = {
      # Sentence 5, one line.
      secret = "a\"b",
    },
  },

  router = {
    limits = {
      # Sentence 10, one line.
      factor = 3.0,
    },
  },

  agents = {
    roles = {
      # Sentence 11, one line.
      names = ["dev", ""],
    },
  },
}
"#;
    assert_eq!(new(&some(), Format::Nickel), expected);
}

#[test]
fn a_new_nickel_file_over_a_workspace() {
    let imports = Imports {
        helpers: "../h.ncl".into(),
        schema: "../s.ncl".into(),
        profile: Some("../p %{x}.ncl".into()),
    };
    let config = with(&[mode("a%{b}\u{1b}\n"), port(1)]);
    let expected = r#"# VAPORA configuration, schema 1.2.0.
# It builds on the schema and the profile of its workspace; the last record holds what was answered.
let helpers = import "../h.ncl" in
helpers.compose_config
  (import "../s.ncl")
  (import "../p \%{x}.ncl")
  {
    # Sentence 0, one line.
    mode = "a\%{b}\u{1b}\n",
    # Sentence 3, one line.
    backend.port = 1,
  }
"#;
    let answered = answered(&config);
    assert_eq!(over_imports(&answered, None, &imports), expected);
    let none = over_imports(&config, None, &imports);
    assert!(none.ends_with("\n  {}\n"), "{none}");
}

#[test]
fn new_environment_lines() {
    let expected = r#"# VAPORA configuration, profile enterprise, schema 1.2.0.
# For `set -a; . FILE`, systemd and Compose. `docker run --env-file` would keep the quotes.

VAPORA__MODE=enterprise
VAPORA__BACKEND__PORT=8001
VAPORA__BACKEND__AUTH__SECRET='a"b'
VAPORA__ROUTER__LIMITS__FACTOR=3.0
VAPORA__AGENTS__ROLES__NAMES='["dev",""]'
"#;
    assert_eq!(new(&some(), Format::Env), expected);
    let broken = render(&with(&[mode("a\nb")]), Format::Env, None).unwrap_err();
    assert_eq!(
        broken.sentence(),
        "mode holds a line break or another control character, which no environment file can hold. Write the configuration as TOML, JSON, YAML or Nickel."
    );
}
