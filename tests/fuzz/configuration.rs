//! Any bytes as a configuration file of each format: a problem, never a panic, and only settings that there are.
#![no_main]

mod schema;

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vapora_tui::input;
use vapora_tui::schema::Schema;

static SCHEMA: LazyLock<Schema> = LazyLock::new(schema::schema);

fuzz_target!(|bytes: &[u8]| {
    for name in ["a.toml", "a.json", "a.yaml", "a.env", "a.conf"] {
        let opened = input::read(Path::new(name), bytes, &SCHEMA);
        schema::can_be_shown(&opened.problems);
        let known = |path: &vapora_tui::schema::FieldPath| SCHEMA.get(path.as_str()).is_some();
        assert!(opened.values.keys().all(known), "{name}: {opened:?}");
        let last = bytes.split(|byte| *byte == b'\n').count();
        let inside = |line: &usize| (1..=last).contains(line);
        assert!(opened.lines.values().all(inside), "{name}: {opened:?}");
    }
});
