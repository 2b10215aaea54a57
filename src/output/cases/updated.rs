//! What becomes of a file that is there: what changes, what is kept, what is refused.

use super::*;

#[test]
fn only_what_differs_changes_in_environment_lines() {
    let both = with(&[mode("solo"), port(9001)]);
    for (before, after) in [
        (
            "PATH=/bin\nexport VAPORA__MODE='multiuser' # why\n# mine\nVAPORA__OTHER=1\nVAPORA__DEBUG=true\nVAPORA__BACKEND__PORT='9001' # kept",
            "PATH=/bin\nexport VAPORA__MODE=solo\n# mine\nVAPORA__OTHER=1\nVAPORA__BACKEND__PORT='9001' # kept\n",
        ),
        (
            "# VAPORA configuration, schema 1.\r\nVAPORA__MODE=solo\r\n",
            "# VAPORA configuration, profile solo, schema 1.2.0.\r\nVAPORA__MODE=solo\r\nVAPORA__BACKEND__PORT=9001\r\n",
        ),
    ] {
        let found = update(before, &both, Format::Env, Some("solo")).unwrap();
        assert_eq!(found, after, "from {before}");
        assert_eq!(
            update(&found, &both, Format::Env, Some("solo")).unwrap(),
            after
        );
    }
}

#[test]
fn yaml_is_written_anew_and_keeps_what_the_schema_does_not_know() {
    let both = with(&[mode("solo"), port(9001)]);
    let same = "# mine\nbackend: {port: 0x2329} # why\nmode: 'solo'\n";
    assert_eq!(
        update(same, &both, Format::Yaml, Some("solo")).unwrap(),
        same
    );
    let before = "\u{feff}# mine\nown: &o\n- 1.0\n- ~\nbackend:\n  own: {a: *o}\n  port: 1\n  host: gone\nempty.own: {}\nmode: x\n";
    let after = r"# VAPORA configuration, profile solo, schema 1.2.0.

# Sentence 0, one line.
mode: solo

backend:
  # Sentence 3, one line.
  port: 9001
  own:
    a:
    - 1.0
    - null
own:
- 1.0
- null
empty.own: {}
";
    let found = update(before, &both, Format::Yaml, Some("solo")).unwrap();
    assert_eq!(found, format!("\u{feff}{after}"));
    assert_eq!(
        update(&found, &both, Format::Yaml, Some("solo")).unwrap(),
        found
    );
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

#[test]
fn what_cannot_be_written_anew_without_loss_is_refused() {
    let both = with(&[mode("solo"), port(9001)]);
    for (format, before, expected) in [
        (
            Format::Yaml,
            "mode: a\nmode: b\n",
            "line 2: mode is given twice.",
        ),
        (
            Format::Yaml,
            "mode: a\nx: [\n",
            "The file cannot be changed: line 2: ",
        ),
        (
            Format::Yaml,
            "mode: a\nx: !own b\n",
            "line 2: A value has a tag",
        ),
        (
            Format::Yaml,
            "mode: a\nx: 99999999999999999999\n",
            "line 2 holds what cannot be kept exactly.",
        ),
        (
            Format::Yaml,
            "backend: 3\n",
            "backend is a setting there, but must be a section.",
        ),
        (
            Format::Yaml,
            "mode: {a: b}\n",
            "mode is a section there, but must be a setting.",
        ),
        (
            Format::Nickel,
            "{ backend.port = 8001 }\n",
            "this Nickel was not written by vapora-tui.",
        ),
        (
            Format::Env,
            "VAPORA__MODE='a\nb'\n",
            "line 1: The quotes of VAPORA__MODE are not closed.",
        ),
    ] {
        let said = update(before, &both, format, None).unwrap_err().sentence();
        assert!(said.contains(expected), "{before}: {said}");
    }
}
