//! Drafts as they are found at a start, and one whose file somebody else changed meanwhile.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use vapora_tui::draft::{self, Draft, Header, Kept, Open, State};
use vapora_tui::resume::Resumed;
use vapora_tui::schema::FieldPath;
use vapora_tui::store::Holder;
use vapora_tui::tui::draft_offers::Offers;
use vapora_tui::tui::msg::Msg;
use vapora_tui::value::Value;

use crate::stage::{Setup, Stage};

pub const FILE: &str = "config/runtime/vapora.toml";

/// As somebody else left it.
pub const THEIRS: &str = r#"deployment_mode = "multiuser"

[backend]
host = "10.0.0.2"
port = 9300
workers = 6
keep_alive = 80
"#;

fn text(text: &str) -> Value {
    Value::Text(text.into())
}

fn kept(values: &[(&str, Value)]) -> BTreeMap<FieldPath, Kept> {
    let values = values.iter();
    values
        .map(|(path, value)| (FieldPath::new(path), Kept::Value(value.clone())))
        .collect()
}

/// A draft of another host, on a profile alone.
pub fn on_profile() -> Draft {
    let mut answers = kept(&[
        ("backend.port", Value::Integer(9001)),
        ("frontend.api_url", text("https://vapora.eu.acme")),
    ]);
    answers.insert("security.jwt_secret".into(), Kept::Secret);
    Draft {
        file: "/nowhere/a1b2c3.draft".into(),
        header: Header {
            format: 1,
            schema: "1.2.0".into(),
            workspace: "/srv/vapora".into(),
            holder: Holder {
                user: "ops".into(),
                host: "bastion2.acme".into(),
                tty: "pts/3".into(),
                pid: 4711,
                since: 1_795_255_023_000,
                ..Holder::default()
            },
            ..Header::default()
        },
        state: State {
            profile: Some("enterprise".into()),
            answers,
            open: Some(Open {
                path: "backend.workers".into(),
                text: Some("1".into()),
            }),
            output: "/srv/vapora/config/runtime/vapora.toml".into(),
            ..State::default()
        },
        last_key: 1_795_255_323_000,
        problems: Vec::new(),
        runs: false,
    }
}

/// A draft over the file as it was before somebody else changed it.
pub fn on_file(root: &Path) -> Draft {
    let mut draft = on_profile();
    draft.state = State {
        profile: Some("multiuser".into()),
        base: Some(Arc::new(draft::Base {
            file: root.join(FILE),
            sha256: Some("00".into()),
            profile: Some("multiuser".into()),
            values: kept(&[
                ("deployment_mode", text("multiuser")),
                ("backend.host", text("10.0.0.1")),
                ("backend.port", Value::Integer(9100)),
                ("backend.workers", Value::Integer(4)),
            ]),
            preset: None,
        })),
        answers: kept(&[
            ("backend.host", text("10.0.0.3")),
            ("backend.port", Value::Integer(9200)),
            ("backend.max_connections", Value::Integer(50)),
        ]),
        output: root.join(FILE),
        ..State::default()
    };
    draft
}

/// The start screen with these drafts.
pub fn offered(width: u16, height: u16, drafts: Vec<Draft>) -> Stage {
    let mut stage = Setup::new(width, height).begin();
    stage.app.drafts.kept = true;
    stage.tell(Msg::Drafts(Box::new(Offers {
        drafts,
        ..Offers::default()
    })));
    stage
}

/// A draft is taken, and what follows is on the screen.
pub fn take(stage: &mut Stage, draft: Draft) {
    stage.app.drafts.kept = true;
    let schema = stage.app.schema.clone().unwrap();
    let resumed = Resumed::of(draft, &schema);
    stage.tell(Msg::DraftTaken(Ok(Box::new(resumed))));
}

/// The choice between the file's values and the draft's.
pub fn merging(width: u16, height: u16) -> Stage {
    let mut stage = Setup::new(width, height).file(FILE, THEIRS).begin();
    let draft = on_file(stage.root());
    take(&mut stage, draft);
    stage
}
