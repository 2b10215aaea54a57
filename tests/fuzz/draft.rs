//! Any bytes as a draft: as they are, and each line as a record with its right length and checksum, behind which random
//! bytes would never come. A problem, never a panic, and only settings that there are.
#![no_main]

mod schema;

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use vapora_tui::draft::{Draft, Fitted};
use vapora_tui::schema::Schema;

static SCHEMA: LazyLock<Schema> = LazyLock::new(schema::schema);

fn read(bytes: &[u8]) {
    let file = Path::new("/home/ops/a1b2c3.draft");
    let draft = match Draft::of(file, bytes) {
        Ok(draft) => draft,
        Err(problem) => return schema::can_be_shown(&[problem]),
    };
    schema::can_be_shown(&draft.problems);
    let fitted = Fitted::new(&draft.state, &SCHEMA, file);
    schema::can_be_shown(&fitted.problems);
    assert!(fitted.answers.len() <= draft.state.answers.len());
    let known = |path: &vapora_tui::schema::FieldPath| SCHEMA.get(path.as_str()).is_some();
    assert!(fitted.answers.keys().all(known), "{fitted:?}");
    assert!(fitted.secrets.iter().all(known), "{fitted:?}");
    // What lists and shows drafts.
    let _ = (draft.answers(), draft.last_key(), draft.id());
    let _ = (draft.header.holder.whom(), draft.header.holder.name());
}

fuzz_target!(|bytes: &[u8]| {
    read(bytes);
    let mut journal = Vec::new();
    for line in bytes.split(|byte| *byte == b'\n') {
        let Ok(length) = u32::try_from(line.len()) else {
            return;
        };
        journal.extend(length.to_le_bytes());
        journal.extend(crc32fast::hash(line).to_le_bytes());
        journal.extend(line);
    }
    read(&journal);
});
