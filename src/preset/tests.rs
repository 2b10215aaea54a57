//! Presets on disk: found, saved, changed and brought back; and whatever a file holds.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::problem::Problem;
use crate::schema::{Field, Schema};
use crate::secret::Secret;
use crate::value::Kind;
use crate::workspace::Workspace;

pub(super) fn schema() -> Schema {
    let fields = [
        ("backend.host", Kind::Text),
        ("backend.port", Kind::Integer),
        ("backend.ratio", Kind::Decimal),
        ("backend.tls", Kind::Bool),
        ("router.chain", Kind::List),
        ("security.key", Kind::Secret),
    ];
    let fields = fields.map(|(path, kind)| Field::example(path, kind));
    let renamed = vec![
        ("backend.listen_port".to_owned(), "backend.port".into()),
        ("routing".to_owned(), "router".into()),
    ];
    Schema::new("1.2.0".into(), fields.to_vec(), renamed)
}

struct Room(tempfile::TempDir);

impl Room {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn places(&self) -> Places {
        let own = self.0.path().join("own");
        Places::new(Some(&own), &Workspace::at(self.0.path().join("work")))
    }

    fn file(&self, name: &str, text: &str) -> std::path::PathBuf {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }

    fn load(&self, name: &str) -> Result<Loaded, Problem> {
        load(&self.places(), &Named::parse(name)?, &schema())
    }
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn preset(called: &str, port: i64) -> Preset {
    Preset {
        name: name(called),
        description: Description::new("EU staging").unwrap(),
        schema: "1.2.0".into(),
        profile: Some("solo".into()),
        workload: None,
        answers: [("backend.port".into(), Value::Integer(port))].into(),
    }
}

fn mode(path: &Path) -> u32 {
    path.metadata().unwrap().permissions().mode() & 0o777
}

#[test]
fn what_is_saved_is_listed_and_loaded() {
    let room = Room::new();
    let places = room.places();
    assert_eq!(list(&places, &schema()), (vec![], vec![]));
    for (called, whose, port) in [
        ("eu", Whose::Shared, 1),
        ("eu", Whose::Mine, 2),
        ("asia", Whose::Shared, 3),
    ] {
        save(&places, whose, &preset(called, port), None).unwrap();
    }
    let (all, problems) = list(&places, &schema());
    let named: Vec<String> = all
        .iter()
        .map(|loaded| loaded.named().to_string())
        .collect();
    assert_eq!(named, ["shared/asia", "mine/eu", "shared/eu"]);
    assert_eq!(problems, []);
    assert!(all.iter().all(|loaded| loaded.all_problems().is_empty()));
    assert_eq!(names(&places).len(), 3);
    let port = |named: &str| {
        let loaded = room.load(named).unwrap();
        let noted = loaded.note.is_some();
        (loaded.preset.answers["backend.port"].clone(), noted)
    };
    assert_eq!(port("eu"), (Value::Integer(2), true));
    assert_eq!(port("mine/eu"), (Value::Integer(2), false));
    assert_eq!(port("shared/eu"), (Value::Integer(1), false));
    assert_eq!(port("asia"), (Value::Integer(3), false));
    assert_eq!(
        room.load("eu").unwrap().note.unwrap(),
        "There are two presets eu; yours is taken. shared/eu names the other."
    );
    for (named, sentence) in [
        ("ue", "There is no preset ue. Did you mean eu?"),
        (
            "mine/asia",
            "There is no preset mine/asia. There is shared/asia.",
        ),
        (
            "something",
            "There is no preset something. `vapora-tui preset list` shows them.",
        ),
    ] {
        assert_eq!(room.load(named).unwrap_err().sentence(), sentence);
    }
    let folder = room.0.path().join("own/presets");
    assert_eq!(
        (mode(&folder), mode(&folder.join("eu.toml"))),
        (0o700, 0o644)
    );
    let base = room.load("asia").unwrap().base();
    assert_eq!(base.name(), "preset asia");
}

#[test]
fn nothing_is_replaced_that_was_not_named_as_it_is() {
    let room = Room::new();
    let places = room.places();
    let saved = save(&places, Whose::Mine, &preset("eu", 1), None).unwrap();
    let refused = save(&places, Whose::Mine, &preset("eu", 2), None).unwrap_err();
    let Refused::Taken { problem, found } = refused else {
        panic!("{refused:?}");
    };
    assert_eq!(
        problem.sentence(),
        "There is a preset mine/eu already. Replace it, or choose another name."
    );
    save(&places, Whose::Mine, &preset("eu", 2), Some(&found)).unwrap();
    // What was loaded first is not what is there now.
    let stale = save(&places, Whose::Mine, &preset("eu", 3), saved.found.as_ref());
    assert!(
        matches!(stale, Err(Refused::Changed { found: Some(_), .. })),
        "{stale:?}"
    );
    assert_eq!(room.load("eu").unwrap().preset, preset("eu", 2));
    let loaded = room.load("eu").unwrap();
    fs::remove_file(&loaded.file).unwrap();
    let gone = save(&places, Whose::Mine, &preset("eu", 3), Some(&loaded.found));
    assert!(
        matches!(gone, Err(Refused::Changed { found: None, .. })),
        "{gone:?}"
    );
    let gone = delete(&loaded);
    assert!(matches!(gone, Err(Refused::Changed { .. })), "{gone:?}");
}

#[test]
fn renaming_keeps_the_rest_of_the_text() {
    let room = Room::new();
    let places = room.places();
    let text = "# Ours.\nformat = 1\nname = \"eu\"\nschema = \"1.1.0\"\nprofile = \"solo\"\n\n[answers]\n\"gone.setting\" = 1\n";
    room.file("work/presets/eu.toml", text);
    let loaded = room.load("eu").unwrap();
    save(&places, Whose::Shared, &preset("taken", 1), None).unwrap();
    let taken = rename(&places, &loaded, &name("taken"));
    assert!(matches!(taken, Err(Refused::Taken { .. })), "{taken:?}");
    assert!(matches!(
        rename(&places, &loaded, &name("eu")),
        Err(Refused::Failed(_))
    ));
    let saved = rename(&places, &loaded, &name("eu-2")).unwrap();
    assert_eq!(saved.problems, []);
    assert!(!loaded.file.exists());
    let now = fs::read_to_string(&saved.file).unwrap();
    assert_eq!(
        now,
        text.replace("\"eu\"", "\"eu-2\"")
            .replace("\"solo\"\n", "\"solo\"\ndescription = \"\"\n")
    );
    let loaded = room.load("eu-2").unwrap();
    let why = Description::new("why").unwrap();
    describe(&places, &loaded, &why).unwrap();
    assert_eq!(room.load("eu-2").unwrap().preset.description, why);
    let stale = describe(&places, &loaded, &why);
    assert!(matches!(stale, Err(Refused::Changed { .. })), "{stale:?}");
    let copy = duplicate(&places, &loaded, Whose::Mine, &name("copy"), &why, false).unwrap();
    assert!(
        fs::read_to_string(copy.file)
            .unwrap()
            .contains("gone.setting")
    );
    assert!(loaded.file.exists());
}

#[test]
fn what_was_deleted_comes_back_as_it_was() {
    let room = Room::new();
    let places = room.places();
    let mut secret = preset("eu", 1);
    let value = Value::Secret(Secret::new("swordfish"));
    secret.answers.insert("security.key".into(), value);
    let saved = save(&places, Whose::Mine, &secret, None).unwrap();
    assert_eq!(saved.mode, 0o600);
    let before = fs::read(&saved.file).unwrap();
    let deleted = delete(&room.load("eu").unwrap()).unwrap();
    assert!(!format!("{deleted:?}").contains("swordfish"));
    assert!(!saved.file.exists());
    put_back(&places, &deleted).unwrap();
    assert_eq!(
        (fs::read(&saved.file).unwrap(), mode(&saved.file)),
        (before, 0o600)
    );
    let again = put_back(&places, &deleted);
    assert!(matches!(again, Err(Refused::Taken { .. })), "{again:?}");
}

#[test]
fn no_shared_preset_holds_a_secret_in_clear() {
    let room = Room::new();
    let places = room.places();
    let mut secret = preset("eu", 1);
    let value = Value::Secret(Secret::new("swordfish"));
    secret.answers.insert("security.key".into(), value);
    let refused = save(&places, Whose::Shared, &secret, None).unwrap_err();
    assert!(refused.problem().message.contains("never holds a secret"));
    save(&places, Whose::Mine, &secret, None).unwrap();
    let mine = room.load("eu").unwrap();
    assert_eq!(mine.preset, secret);
    let description = Description::default();
    let refused = duplicate(
        &places,
        &mine,
        Whose::Shared,
        &name("b"),
        &description,
        true,
    );
    assert!(refused.is_err());
    // One that somebody wrote by hand.
    let text = "format = 1\nprofile = \"solo\"\n[answers]\n\"security.key\" = \"swordfish\"\n";
    let file = room.file("work/presets/hand.toml", text);
    let hand = room.load("hand").unwrap();
    assert!(hand.preset.answers.is_empty());
    assert_eq!(hand.problems.len(), 1, "{:?}", hand.problems);
    assert!(
        hand.problems[0]
            .message
            .contains("everybody who has this workspace")
    );
    let refused = duplicate(
        &places,
        &hand,
        Whose::Shared,
        &name("b"),
        &description,
        true,
    );
    assert!(refused.is_err());
    let (imported, left_out) = import(&file, None, false, &schema()).unwrap();
    assert_eq!((imported.preset.answers.len(), left_out.len()), (0, 1));
    let (imported, left_out) = import(&file, None, true, &schema()).unwrap();
    assert_eq!((imported.preset.answers.len(), left_out.len()), (1, 0));
    assert_eq!(imported.preset.name, name("hand"));
    // Others can read it.
    let open = room.file("own/presets/open.toml", text);
    fs::set_permissions(&open, fs::Permissions::from_mode(0o644)).unwrap();
    let told = room.load("open").unwrap().problems;
    assert_eq!(
        told[0].message,
        "It holds a secret in clear, and others may read it (mode 0644)."
    );
}

#[test]
fn a_preset_that_a_link_brings_in_is_not_the_workspaces() {
    let room = Room::new();
    let elsewhere = room.file("elsewhere.toml", &text(&preset("eu", 1)));
    fs::create_dir_all(room.0.path().join("work/presets")).unwrap();
    let link = room.0.path().join("work/presets/eu.toml");
    std::os::unix::fs::symlink(&elsewhere, &link).unwrap();
    assert!(room.load("eu").is_err());
    let (listed, problems) = list(&room.places(), &schema());
    assert_eq!((listed.len(), problems.len()), (0, 1));
    let found = crate::store::read(&link).unwrap().unwrap();
    let refused = save(
        &room.places(),
        Whose::Shared,
        &preset("eu", 2),
        Some(&found),
    );
    assert!(refused.is_err());
    assert_eq!(
        fs::read_to_string(&elsewhere).unwrap(),
        text(&preset("eu", 1))
    );
}

#[test]
fn one_file_carries_a_preset_elsewhere() {
    let room = Room::new();
    let places = room.places();
    save(&places, Whose::Mine, &preset("eu", 1), None).unwrap();
    let loaded = room.load("eu").unwrap();
    let file = room.0.path().join("out.toml");
    export(&loaded, &file, false).unwrap().write().unwrap();
    assert_eq!(fs::read(&file).unwrap(), loaded.found.bytes);
    let (imported, _) = import(&file, None, true, &schema()).unwrap();
    assert_eq!(imported.preset, loaded.preset);
    let (renamed, _) = import(&file, Some(&name("b")), true, &schema()).unwrap();
    assert_eq!(renamed.preset.name, name("b"));
    let other = room.file("vapora.toml", "[backend]\nport = 1\n");
    assert!(export(&loaded, &other, false).is_err());
    assert!(import(&other, None, true, &schema()).is_err());
    assert!(import(&room.0.path().join("none"), None, true, &schema()).is_err());
}

#[test]
fn a_preset_is_told_from_a_configuration() {
    for (bytes, expected) in [
        (text(&preset("eu", 1)).as_bytes(), true),
        (b"# Ours.\n\nformat=1\n[answers.backend]\nport = 1\n", true),
        (b"\xef\xbb\xbfformat = 9\n[answers]\n", true),
        (b"format = 1\n", false),
        (b"deployment_mode = \"solo\"\n[answers]\n", false),
        (b"\xff", false),
        (b"", false),
    ] {
        assert_eq!(
            is_preset(bytes),
            expected,
            "{:?}",
            String::from_utf8_lossy(bytes)
        );
    }
}

#[test]
fn names_of_an_older_schema_are_followed() {
    let text = "format = 1\nschema = \"1.1.0\"\nprofile = \"solo\"\n[answers]\n\
        \"backend.listen_port\" = 9001\n\"routing.chain\" = [\"a\"]\n\"backend.old\" = 1\n\"backend.tls\" = 3\n";
    let found = read(
        Path::new("eu.toml"),
        text.as_bytes(),
        &schema(),
        Reading::Preset,
    );
    let paths: Vec<&str> = found.answers.keys().map(FieldPath::as_str).collect();
    assert_eq!(paths, ["backend.port", "backend.tls", "router.chain"]);
    let told = |problems: &[Problem]| -> Vec<String> {
        let tell = |p: &Problem| {
            format!(
                "{} {}: {}",
                p.severity.word(),
                p.place.as_ref().unwrap(),
                p.sentence()
            )
        };
        problems.iter().map(tell).collect()
    };
    assert_eq!(
        told(&found.problems),
        [
            "warning eu.toml:5: backend.listen_port is now called backend.port. Its answer is taken over.",
            "warning eu.toml:6: routing.chain is now called router.chain. Its answer is taken over.",
            "warning eu.toml:7: backend.old is no setting of schema 1.2.0. It was saved under schema 1.1.0; its answer is left out. The nearest is backend.tls.",
        ]
    );
    assert_eq!(
        told(&found.unfit),
        ["error eu.toml:8: It wants true or false and is a whole number. Give true or false."]
    );
}

fn any_text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[a-z]{0,8}",
        "\\PC{0,12}",
        Just("a\u{1b}\"\\\n\u{202e}=[]#'".to_owned())
    ]
}

fn any_preset() -> impl Strategy<Value = Preset> {
    let secret = any_text().prop_map(|text| Value::Secret(Secret::new(text)));
    let answers = (
        proptest::option::of(any_text().prop_map(Value::Text)),
        proptest::option::of(prop_oneof![
            any::<i64>().prop_map(Value::Integer),
            any_text().prop_map(Value::Text)
        ]),
        proptest::option::of((-1e300..1e300_f64).prop_map(Value::Decimal)),
        proptest::option::of(any::<bool>().prop_map(Value::Bool)),
        proptest::option::of(
            prop::collection::vec(any_text().prop_map(Value::Text), 0..4).prop_map(Value::List),
        ),
        proptest::option::of(secret),
    );
    ("[a-z0-9][a-z0-9_-]{0,20}", "\\PC{0,40}", answers).prop_map(|(called, why, answers)| {
        let (host, port, ratio, tls, chain, key) = answers;
        let fields = schema();
        let paths = fields.fields().iter().map(|field| field.path.clone());
        let answers = paths.zip([host, port, ratio, tls, chain, key]);
        Preset {
            name: name(&called),
            description: Description::new(&why).unwrap_or_default(),
            schema: "1.2.0".into(),
            profile: Some("solo".into()),
            workload: None,
            answers: answers
                .filter_map(|(path, value)| Some((path, value?)))
                .collect(),
        }
    })
}

proptest! {
    #[test]
    fn save_then_read_gives_the_same_preset(preset in any_preset()) {
        let text = text(&preset);
        let read = read(Path::new("a.toml"), text.as_bytes(), &schema(), Reading::Preset);
        prop_assert_eq!(&read.problems, &vec![], "{}", text);
        prop_assert_eq!(read.preset_name(), Some(preset.name.clone()));
        prop_assert_eq!(&read.description, &preset.description);
        prop_assert_eq!(&read.answers, &preset.answers, "{}", text);
        prop_assert!(is_preset(text.as_bytes()));
        prop_assert_eq!(text.lines().count(), 7 + preset.answers.len());
    }

    #[test]
    fn saved_over_any_other_it_reads_the_same(old in any_preset(), new in any_preset()) {
        let text = text::over(&text(&old), &new).unwrap();
        let read = read(Path::new("a.toml"), text.as_bytes(), &schema(), Reading::Preset);
        prop_assert_eq!(&read.problems, &vec![], "{}", text);
        prop_assert_eq!(read.preset_name(), Some(new.name.clone()));
        prop_assert_eq!(&read.description, &new.description);
        prop_assert_eq!(&read.answers, &new.answers, "{}", text);
    }

    #[test]
    fn whatever_bytes_give_problems_and_never_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        for reading in [Reading::AnswerFile, Reading::Preset, Reading::SharedPreset] {
            drop(read(Path::new("a.toml"), &bytes, &schema(), reading));
        }
        let _ = is_preset(&bytes);
    }

    #[test]
    fn a_preset_with_anything_changed_is_read_as_far_as_it_goes(
        preset in any_preset(),
        cut in any::<prop::sample::Index>(),
        put in prop::collection::vec(any::<u8>(), 0..20),
        drop_bytes in 0_usize..30,
    ) {
        let mut bytes = text(&preset).into_bytes();
        let at = cut.index(bytes.len());
        let end = (at + drop_bytes).min(bytes.len());
        bytes.splice(at..end, put);
        let read = read(Path::new("a.toml"), &bytes, &schema(), Reading::SharedPreset);
        for problem in &read.problems {
            prop_assert!(crate::clean::is_clean(&problem.message), "{:?}", problem);
        }
        prop_assert!(read.answers.values().all(|value| !value.is_clear_secret()));
    }
}
