//! Any text as a preset, one's own or a workspace's, and as a file of answers: a problem, never a panic, and only settings
//! that there are. What is read of it is read again from the text that is written of it, without a problem.
#![no_main]

mod schema;

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vapora_tui::preset::{self, Name, Preset, Reading};
use vapora_tui::schema::Schema;

static SCHEMA: LazyLock<Schema> = LazyLock::new(schema::schema);

fuzz_target!(|bytes: &[u8]| {
    let file = Path::new("/srv/vapora/presets/staging-eu.toml");
    let _ = preset::is_preset(bytes);
    for reading in [Reading::AnswerFile, Reading::Preset, Reading::SharedPreset] {
        let read = preset::read(file, bytes, &SCHEMA, reading);
        schema::can_be_shown(&read.problems);
        schema::can_be_shown(&read.unfit);
        let known = |path: &vapora_tui::schema::FieldPath| SCHEMA.get(path.as_str()).is_some();
        assert!(read.answers.keys().all(known), "{read:?}");
        if reading != Reading::Preset {
            let clear = read.answers.values().any(|value| value.is_clear_secret());
            assert!(!clear, "{reading:?} takes a secret in clear");
            continue;
        }
        let again = Preset {
            name: Name::of_file(file),
            description: read.description,
            schema: SCHEMA.version.clone(),
            profile: read.profile,
            workload: read.workload,
            answers: read.answers,
        };
        let text = preset::text(&again);
        assert!(preset::is_preset(text.as_bytes()));
        let back = preset::read(file, text.as_bytes(), &SCHEMA, Reading::Preset);
        assert_eq!(back.problems, [], "{text}");
        assert_eq!(back.answers, again.answers, "{text}");
        assert_eq!(back.profile, again.profile, "{text}");
        assert_eq!(back.workload, again.workload, "{text}");
        assert_eq!(back.description, again.description, "{text}");
    }
});
