//! A schema with a setting of each kind, and what must hold of all that is said about a file.

use vapora_tui::clean;
use vapora_tui::problem::Problem;
use vapora_tui::schema::{Field, Range, Schema};
use vapora_tui::value::{Kind, Value};

pub fn schema() -> Schema {
    let fields = [
        ("deployment_mode", Kind::Text),
        ("backend.host", Kind::Text),
        ("backend.port", Kind::Integer),
        ("backend.auth.enabled", Kind::Bool),
        ("backend.auth.jwt_secret", Kind::Secret),
        ("agents.learning.recency_multiplier", Kind::Decimal),
        ("llm_router.fallback_chain", Kind::List),
    ];
    let fields = fields.map(|(path, kind)| Field {
        path: path.into(),
        kind,
        doc: String::new(),
        default: None,
        range: Range {
            example: Some(Value::Text("an example".into())),
            ..Range::default()
        },
    });
    let renamed = vec![
        ("backend.listen_port".to_owned(), "backend.port".into()),
        ("router".to_owned(), "llm_router".into()),
    ];
    Schema::new("1.2.0".into(), fields.to_vec(), renamed)
}

/// Nothing that a terminal would act on, and never nothing at all.
pub fn can_be_shown(problems: &[Problem]) {
    for problem in problems {
        let sentence = problem.sentence();
        assert!(!sentence.trim().is_empty(), "{problem:?}");
        assert!(clean::is_clean(&sentence), "{problem:?}");
        assert!(!sentence.contains('\n'), "{problem:?}");
    }
}
