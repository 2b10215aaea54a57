//! One file that two wizards have open: as it was, as the other one left it, and what was said here.

use std::collections::BTreeMap;
use std::fs;
use std::sync::Arc;

use vapora_tui::claiming::Other;
use vapora_tui::draft::{self, Draft, Header, Kept, State};
use vapora_tui::resume::Resumed;
use vapora_tui::schema::FieldPath;
use vapora_tui::store::Holder;
use vapora_tui::tui::draft_offers::Offers;
use vapora_tui::tui::msg::Msg;
use vapora_tui::value::Value;

use crate::stage::{Setup, Stage};

pub const FILE: &str = "config/runtime/vapora.toml";

/// As both began with it.
pub const OURS: &str = r#"# ours since 2025
deployment_mode = "multiuser"

[backend]
host = "10.0.0.1"
port = 9100
workers = 4
keep_alive = 75
"#;

/// As the other one left it.
pub fn theirs() -> String {
    let text = OURS
        .replace("10.0.0.1", "10.0.0.2")
        .replace("9100", "9300")
        .replace("workers = 4", "workers = 6")
        .replace("keep_alive = 75", "keep_alive = 80");
    format!("# theirs, of today\n{text}request_timeout = 90\n\n[extra]\nown = 1\n")
}

pub fn holder() -> Other {
    Other {
        user: "ops".into(),
        name: "ops on pts/3 (process 4711)".into(),
        sentence: "ops on pts/3 (process 4711), since 2026-11-22 10:02:03 UTC, last key 2026-11-22 10:05 UTC"
            .into(),
    }
}

/// The file opened, and another wizard has it open as well.
pub fn held(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height)
        .file(FILE, OURS)
        .open(FILE)
        .begin_writing(FILE);
    let file = stage.root().join(FILE);
    stage.tell(Msg::Claimed(file, Some(holder())));
    stage
}

/// Four answers over the file, of which the other one knows nothing.
pub fn opened(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height)
        .file(FILE, OURS)
        .open(FILE)
        .begin_writing(FILE);
    stage
        .keys("Down Enter Enter Ctrl+u")
        .text("10.0.0.3")
        .keys("Enter");
    stage.keys("Down 9 2 0 0 Enter Down 5 Enter");
    stage.keys("Down Down Down 5 0 Enter Home");
    stage
}

/// The same, and the other one has written by now.
pub fn changed(width: u16, height: u16) -> Stage {
    let stage = opened(width, height);
    fs::write(stage.root().join(FILE), theirs()).unwrap();
    stage
}

fn draft(state: State) -> Draft {
    Draft {
        file: "/nowhere/a1b2c3.draft".into(),
        header: Header {
            format: 1,
            schema: "1.2.0".into(),
            holder: Holder {
                user: "ops".into(),
                ..Holder::default()
            },
            ..Header::default()
        },
        state,
        last_key: 1_795_255_323_000,
        problems: Vec::new(),
        runs: false,
    }
}

fn kept(values: &[(&str, Value)]) -> BTreeMap<FieldPath, Kept> {
    let values = values.iter();
    values
        .map(|(path, value)| (FieldPath::new(path), Kept::Value(value.clone())))
        .collect()
}

fn take(stage: &mut Stage, kept: State) {
    stage.app.drafts.kept = true;
    let schema = stage.app.schema.clone().unwrap();
    let resumed = Resumed::of(draft(kept), &schema);
    stage.tell(Msg::DraftTaken(Ok(Box::new(resumed))));
}

/// A draft over the file as both began with it; the other one has written by now.
pub fn resumed(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).file(FILE, &theirs()).begin();
    let file = stage.root().join(FILE);
    let base = draft::Base {
        file: file.clone(),
        sha256: Some("00".into()),
        profile: Some("multiuser".into()),
        preset: None,
        values: kept(&[
            ("deployment_mode", Value::Text("multiuser".into())),
            ("backend.host", Value::Text("10.0.0.1".into())),
            ("backend.port", Value::Integer(9100)),
            ("backend.workers", Value::Integer(4)),
            ("backend.keep_alive", Value::Integer(75)),
        ]),
    };
    let left = State {
        profile: Some("multiuser".into()),
        base: Some(Arc::new(base)),
        answers: kept(&[("backend.port", Value::Integer(9200))]),
        output: file,
        output_sha256: Some("00".into()),
        ..State::default()
    };
    take(&mut stage, left);
    stage
}

/// A draft on a profile, of when there was no output file.
pub fn resumed_on_profile(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).on_disk().begin();
    let left = State {
        profile: Some("multiuser".into()),
        answers: kept(&[("backend.port", Value::Integer(9200))]),
        output: stage.root().join(FILE),
        output_sha256: Some(String::new()),
        ..State::default()
    };
    take(&mut stage, left);
    stage
}

/// The file is named at the start, and its draft is found before it is read.
pub fn offered_with_file(width: u16, height: u16) -> Stage {
    let setup = Setup::new(width, height).file(FILE, OURS).open(FILE);
    setup.begin_after(|app, root| {
        let base = draft::Base {
            file: root.join(FILE),
            ..draft::Base::default()
        };
        let left = State {
            profile: Some("multiuser".into()),
            base: Some(Arc::new(base)),
            answers: kept(&[("backend.port", Value::Integer(9200))]),
            output: root.join(FILE),
            ..State::default()
        };
        app.drafts.kept = true;
        let offers = Offers {
            drafts: vec![draft(left)],
            ..Offers::default()
        };
        drop(app.handle(Msg::Drafts(Box::new(offers))));
    })
}
