//! What is written reads back as it was, and what was in a file stays there: properties over random configurations.

use std::path::Path;
use std::sync::Arc;

use proptest::prelude::*;

use super::{render, update};
use crate::config::{Config, Origin, Overlay, SetBy, Verdict};
use crate::input::{self, Format};
use crate::schema::{Field, Schema};
use crate::secret::Secret;
use crate::value::{Kind, Value};

pub(super) const FIELDS: [(&str, Kind); 14] = [
    ("mode", Kind::Text),
    ("debug", Kind::Bool),
    ("backend.host", Kind::Text),
    ("backend.port", Kind::Integer),
    ("backend.auth.enabled", Kind::Bool),
    ("backend.auth.secret", Kind::Secret),
    ("backend.auth.deep.factor", Kind::Decimal),
    ("backend.timeout", Kind::Integer),
    ("router.chain", Kind::List),
    ("router.limits.cents", Kind::Integer),
    ("router.limits.factor", Kind::Decimal),
    ("agents.roles.names", Kind::List),
    ("agents.roles.count", Kind::Integer),
    ("last", Kind::Text),
];

fn schema() -> Arc<Schema> {
    let fields = FIELDS.iter().enumerate().map(|(n, (path, kind))| Field {
        doc: format!("Sentence {n}, one line."),
        ..Field::example(path, *kind)
    });
    Arc::new(Schema::new("1.2.0".into(), fields.collect(), vec![]))
}

pub(super) fn config(values: Vec<Option<Value>>) -> Config {
    let leaves = values.into_iter().map(|value| (value, None)).collect();
    let verdict = Verdict {
        leaves,
        problems: vec![],
    };
    Config::new(&schema(), &Overlay::new(), verdict, None)
}

/// The same values, each said by the operator.
pub(super) fn answered(config: &Config) -> Config {
    let overlay: Overlay = config
        .iter()
        .filter_map(|(field, leaf)| {
            let value = leaf.value.clone()?;
            Some((field.path.clone(), (value, Origin::You)))
        })
        .collect();
    let verdict = Verdict {
        leaves: config
            .iter()
            .map(|(_, leaf)| {
                (
                    leaf.value.clone(),
                    leaf.value.is_some().then_some(SetBy::Overlay),
                )
            })
            .collect(),
        problems: vec![],
    };
    Config::new(config.schema(), &overlay, verdict, None)
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        any::<String>(),
        Just("# no comment\n[no.section]\nno = \"key\"".to_owned()),
        Just("'''\r\n\"\"\"\\".to_owned()),
        prop::sample::select(TRAPS.as_slice()).prop_map(str::to_owned),
    ]
}

/// Texts that some reader of YAML or sh takes for something else.
const TRAPS: [&str; 32] = [
    "yes",
    "no",
    "on",
    "Off",
    "y",
    "N",
    "true",
    "True",
    "null",
    "~",
    "",
    " ",
    "1:30",
    "2024-01-01",
    "=",
    "<<",
    "012",
    "0x1F",
    "0o17",
    "1_000",
    "1e3",
    ".5",
    ".inf",
    ".NaN",
    "a: b",
    "a #b",
    "- a",
    "trailing ",
    " leading",
    "*alias",
    "it's $HOME `x` \"y\" \\",
    "${SECRET:a}",
];

fn any_value(kind: Kind) -> BoxedStrategy<Option<Value>> {
    let value = match kind {
        Kind::Bool => any::<bool>().prop_map(Value::Bool).boxed(),
        Kind::Integer => any::<i64>().prop_map(Value::Integer).boxed(),
        Kind::Decimal => (any::<f64>())
            .prop_filter("a number", |n| n.is_finite())
            .prop_map(Value::Decimal)
            .boxed(),
        Kind::Text => any_text().prop_map(Value::Text).boxed(),
        Kind::Secret => any_text()
            .prop_map(|text| Value::Secret(Secret::new(text)))
            .boxed(),
        Kind::List => prop::collection::vec(any_text().prop_map(Value::Text), 0..4)
            .prop_map(Value::List)
            .boxed(),
    };
    prop::option::weighted(0.8, value).boxed()
}

fn any_config() -> impl Strategy<Value = Config> {
    FIELDS
        .iter()
        .map(|(_, kind)| any_value(*kind))
        .collect::<Vec<_>>()
        .prop_map(config)
}

/// Files as people write them: every way to spell a section, comments everywhere, unknown things between.
const TOML_FILES: [&str; 10] = [
    "",
    "# only a comment",
    "mode = \"solo\" # trailing\n# before backend\n[backend]\n# the port\nport = 1 # why 1\n\n# the end\n",
    "# head\nbackend.port = 1\n# between\nbackend.auth.enabled = true\nmode = \"x\"\nunknown.key = 1\n",
    "backend = { port = 1, auth = { enabled = true }, extra = \"kept\" } # inline\nrouter = {}\n[other]\n# in other\nx = 1",
    "# head\n\n# about auth\n[backend.auth]\nenabled = false\n# loose\n\n[[things]]\nname = \"a\"\n# in things\n[[things]]\nname = \"b\"\n",
    "[router]\n  # indented\n  chain = [\n    \"a\", # first\n    # own line\n    \"b\",\n  ] # after\n  [router.limits]\n    cents = 0x10\n    # tail\n",
    "[backend]\r\n# carriage\r\nport = 1\r\n\r\n[agents.roles]\r\nnames = ['x']\r\n# end\r\n",
    "[a]\ntext = \"\"\"\n# no comment\n[backend]\n\"\"\"\n# yes\n[backend]\n[backend.auth.deep]\nfactor = 2\n",
    "\"mode\" = 'solo'\n\"back.end\".port = 5\n[\"agents\".roles] # header comment\ncount = 1_000\n",
];

const JSON_FILES: [&str; 7] = [
    "",
    "{}",
    "{\"mode\": \"x\", \"unknown\": 1.10, \"backend\": {}}",
    "{\n  \"zzz\": [1, {\"a\": null}],\n  \"backend\": {\n    \"port\": 1,\n    \"auth\": {}\n  },\n  \"last\": null\n}\n",
    "{\n    \"router\": {\"chain\": [\"a\"], \"limits\": {\"cents\": 5, \"factor\": 1e3}},\n    \"mode\": \"m\"\n}",
    "{\n\t\"agents\": {\n\t\t\"roles\": {\n\t\t\t\"count\": 1,\n\t\t\t\"names\": [\n\t\t\t\t\"x\"\n\t\t\t]\n\t\t}\n\t}\n}\n",
    "{\r\n  \"debug\": true,\r\n  \"big\": 123456789012345678901234567890\r\n}\r\n",
];

const YAML_FILES: [&str; 5] = [
    "",
    "{}",
    "# head\nmode: x # why\nunknown: [1, {a: null}]\nbackend: {}\n",
    "zzz:\n- 1\nbackend:\n  port: 1\n  extra: kept\n  auth:\nlast:\n",
    "---\r\nagents: &a\r\n  roles: {count: 1, names: [x]}\r\nzzz: *a\r\n",
];

fn values_of(config: &Config) -> Vec<(String, Value)> {
    let mut values: Vec<(String, Value)> = config
        .iter()
        .filter_map(|(field, leaf)| Some((field.path.to_string(), leaf.value.clone()?)))
        .collect();
    values.sort_by(|a, b| a.0.cmp(&b.0));
    values
}

fn read_back(text: &str, format: Format) -> Vec<(String, Value)> {
    let name = format!("a.{}", format.ending());
    input::read(Path::new(&name), text.as_bytes(), &schema())
        .values
        .into_iter()
        .map(|(path, value)| (path.to_string(), value))
        .collect()
}

/// The comments of a TOML file, by the marks this test gives them: all its comments are made of words.
fn comments(text: &str) -> Vec<&str> {
    [
        "# only a comment",
        "# trailing",
        "# before backend",
        "# the port",
        "# the end",
        "# head",
        "# between",
        "# inline",
        "# in other",
        "# about auth",
        "# loose",
        "# in things",
        "# indented",
        "# first",
        "# own line",
        "# after",
        "# tail",
        "# carriage",
        "# end",
        "# yes",
        "# header comment",
    ]
    .into_iter()
    .filter(|comment| text.contains(comment))
    .collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_rendered_reads_back(config in any_config(), profile in prop::option::of("[a-z]{1,8}")) {
        for format in [Format::Toml, Format::Json, Format::Yaml] {
            let text = render(&config, format, profile.as_deref()).unwrap();
            prop_assert_eq!(read_back(&text, format), values_of(&config), "{}", text);
            prop_assert_eq!(update(&text, &config, format, profile.as_deref()).unwrap(), text);
        }
    }

    #[test]
    fn an_updated_toml_file_says_the_new_and_keeps_the_rest(config in any_config(), n in 0..TOML_FILES.len()) {
        let old = TOML_FILES[n];
        let new = update(old, &config, Format::Toml, None).unwrap();
        prop_assert_eq!(read_back(&new, Format::Toml), values_of(&config), "{}", new);
        if !old.is_empty() {
            prop_assert_eq!(comments(&new), comments(old), "{}", new);
        }
        for kept in ["extra = \"kept\"", "unknown.key = 1", "[[things]]\nname = \"b\"", "\"back.end\".port = 5"] {
            prop_assert_eq!(new.contains(kept), old.contains(kept), "{}", new);
        }
        prop_assert_eq!(update(&new, &config, Format::Toml, None).unwrap(), new);
    }

    #[test]
    fn environment_lines_read_back_or_are_refused(first in any_config(), second in any_config()) {
        if let Ok(text) = render(&first, Format::Env, None) {
            prop_assert_eq!(read_back(&text, Format::Env), values_of(&first), "{}", text);
            if let Ok(new) = update(&text, &second, Format::Env, None) {
                prop_assert_eq!(read_back(&new, Format::Env), values_of(&second), "{}", new);
            }
        }
    }

    #[test]
    fn an_updated_yaml_file_says_the_new_and_keeps_unknown_keys(config in any_config(), n in 0..YAML_FILES.len()) {
        let old = YAML_FILES[n];
        let new = update(old, &config, Format::Yaml, None).unwrap();
        prop_assert_eq!(read_back(&new, Format::Yaml), values_of(&config), "{}", new);
        for kept in ["unknown:", "zzz:", "extra: kept"] {
            prop_assert_eq!(new.contains(kept), old.contains(kept), "{}", new);
        }
        prop_assert_eq!(update(&new, &config, Format::Yaml, None).unwrap(), new);
    }

    #[test]
    fn an_updated_json_file_says_the_new_and_keeps_the_rest(config in any_config(), n in 0..JSON_FILES.len()) {
        let old = JSON_FILES[n];
        let new = update(old, &config, Format::Json, None).unwrap();
        prop_assert_eq!(read_back(&new, Format::Json), values_of(&config), "{}", new);
        for kept in ["\"unknown\": 1.10", "\"zzz\": [1, {\"a\": null}]", "123456789012345678901234567890"] {
            prop_assert_eq!(new.contains(kept), old.contains(kept), "{}", new);
        }
        prop_assert_eq!(update(&new, &config, Format::Json, None).unwrap(), new);
    }

    #[test]
    fn one_changed_value_changes_one_place(first in any_config(), second in any_config()) {
        for format in [Format::Toml, Format::Json, Format::Yaml] {
            let text = render(&first, format, None).unwrap();
            let new = update(&text, &second, format, None).unwrap();
            prop_assert_eq!(read_back(&new, format), values_of(&second), "{}", new);
        }
    }
}
