//! The shipped data: 110 fields in schema, forms and profiles, each with doc, limits, example and help, and nothing
//! that says otherwise. What is missing is named.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod support;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value as Json;
use support::{Judge, PROFILES, nothing, nowhere, shipped, table};
use vapora_tui::check;
use vapora_tui::config::{Origin, Overlay};
use vapora_tui::form::load::load;
use vapora_tui::form::{Form, Input, InputKind};
use vapora_tui::nickel::protocol::{SourceText, from_wire};
use vapora_tui::nickel::texts::{ENTRY, is_profile};
use vapora_tui::problem::{Problem, Severity};
use vapora_tui::profile;
use vapora_tui::schema::Field;
use vapora_tui::value::{Kind, Value};

/// What may pick a change up.
const TAKES_EFFECT: [&str; 6] = [
    "backend restart",
    "router restart",
    "agents reload",
    "agents restart",
    "frontend restart",
    "restart of all services",
];

/// TypeDialog's element types, and those of VAPORA's own forms.
const TYPES: [&str; 15] = [
    "text",
    "password",
    "confirm",
    "select",
    "multiselect",
    "editor",
    "date",
    "custom",
    "repeatinggroup",
    "number",
    "text_array",
    "boolean",
    "section_header",
    "section",
    "group",
];

/// TypeDialog's keys, and the two of our own at the end.
const KEYS: [&str; 33] = [
    "name",
    "type",
    "prompt",
    "placeholder",
    "help",
    "default",
    "required",
    "options",
    "options_from",
    "min",
    "max",
    "min_selected",
    "max_selected",
    "searchable",
    "min_date",
    "max_date",
    "when",
    "when_false",
    "order",
    "nickel_path",
    "nickel_alias",
    "sensitive",
    "encryption_backend",
    "encryption_config",
    "fragment",
    "min_items",
    "max_items",
    "title",
    "border_top",
    "border_bottom",
    "includes",
    "unit",
    "takes_effect",
];

const TOP_KEYS: [&str; 8] = [
    "name",
    "description",
    "display_mode",
    "locales_path",
    "templates_path",
    "fallback_locale",
    "elements",
    "constraints",
];

/// The cell of a table as a value; `None` when it is empty.
fn cell(text: &str, kind: Kind) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    let json: Json = serde_json::from_str(text).unwrap_or_else(|error| panic!("{text}: {error}"));
    Some(kind.adopt(from_wire(json).unwrap()))
}

/// Values as they compare: secrets too, which print nothing.
fn shown(value: Option<&Value>) -> String {
    match value {
        None => "nothing".to_owned(),
        Some(Value::Secret(secret)) => format!("secret {:?}", secret.expose()),
        Some(value) => format!("{value:?}"),
    }
}

fn said(problems: &[Problem]) -> Vec<String> {
    problems
        .iter()
        .map(|problem| {
            let path = problem.path.as_ref().map_or("-", |path| path.as_str());
            format!("{} {path} {}", problem.severity.word(), problem.sentence())
        })
        .collect()
}

fn shipped_form() -> Form {
    let (form, problems) = load(&nowhere());
    nothing(&said(&problems), "The shipped forms have problems");
    form
}

fn inputs(form: &Form) -> Vec<&Input> {
    form.inputs().map(|(_, input)| input).collect()
}

#[test]
fn the_table_names_110_fields_once() {
    let rows = table("fields.tsv");
    let paths: BTreeSet<_> = rows.iter().map(|row| row["path"].clone()).collect();
    assert_eq!((rows.len(), paths.len()), (110, 110));
}

#[test]
fn the_schema_has_the_fields_of_the_table_in_its_order() {
    let judge = Judge::shipped();
    let rows = table("fields.tsv");
    let mut found = Vec::new();
    for row in &rows {
        let path = &row["path"];
        let Some(field) = judge.schema.get(path) else {
            found.push(format!("{path} is not in the schema"));
            continue;
        };
        if field.kind.word() != row["kind"] {
            found.push(format!(
                "{path} is {}, the table says {}",
                field.kind.word(),
                row["kind"]
            ));
        }
        let (has, wants) = (
            shown(field.default.as_ref()),
            shown(cell(&row["default"], field.kind).as_ref()),
        );
        if has != wants {
            found.push(format!(
                "{path} has the default {has}, the table says {wants}"
            ));
        }
    }
    for field in judge.schema.fields() {
        if !rows.iter().any(|row| row["path"] == field.path.as_str()) {
            found.push(format!("{} is not in the table", field.path));
        }
    }
    nothing(&found, "Schema and table differ");
    let order: Vec<_> = judge
        .schema
        .fields()
        .iter()
        .map(|field| field.path.as_str())
        .collect();
    let wanted: Vec<_> = rows.iter().map(|row| row["path"].as_str()).collect();
    assert_eq!(order, wanted, "the schema's order");
}

#[test]
fn the_forms_ask_for_each_field_once() {
    let form = shipped_form();
    let mut asked: HashMap<&str, usize> = HashMap::new();
    for input in inputs(&form) {
        *asked.entry(input.path.as_str()).or_default() += 1;
    }
    let mut found = Vec::new();
    for row in table("fields.tsv") {
        match asked.remove(row["path"].as_str()) {
            Some(1) => {}
            Some(n) => found.push(format!("{} is asked for {n} times", row["path"])),
            None => found.push(format!("no panel asks for {}", row["path"])),
        }
    }
    found.extend(
        asked
            .keys()
            .map(|path| format!("{path} is asked for and is no field")),
    );
    nothing(&found, "Forms and table differ");
}

#[test]
fn each_profile_states_the_values_of_the_table_and_no_others() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for name in PROFILES {
        let (config, _) = judge.judge(name, &Overlay::new());
        for row in table("fields.tsv") {
            let path = row["path"].as_str();
            let field = judge.schema.get(path).unwrap();
            let leaf = config.leaf(path).unwrap();
            let stated = (leaf.origin == Origin::Profile)
                .then_some(leaf.value.as_ref())
                .flatten();
            let wanted = cell(&row[name], field.kind);
            if shown(stated) != shown(wanted.as_ref()) {
                found.push(format!(
                    "{name} states {} for {path}, the table says {}",
                    shown(stated),
                    shown(wanted.as_ref())
                ));
            }
            if leaf.held {
                found.push(format!("{name} holds {path} by force"));
            }
            if stated.is_none() && shown(leaf.value.as_ref()) != shown(field.default.as_ref()) {
                found.push(format!(
                    "{path} is {} under {name}",
                    shown(leaf.value.as_ref())
                ));
            }
        }
    }
    nothing(&found, "Profiles and table differ");
}

#[test]
fn each_profile_alone_is_right_but_for_its_placeholder() {
    let judge = Judge::shipped();
    nothing(&said(&judge.problems), "Loading the shipped schema");
    for name in PROFILES {
        let (_, problems) = judge.judge(name, &Overlay::new());
        let wrong: Vec<_> = problems
            .iter()
            .filter(|problem| {
                let placeholder = problem.severity == Severity::Warning
                    && problem
                        .path
                        .as_ref()
                        .is_some_and(|path| path.as_str() == "frontend.api_url")
                    && problem.message.contains("is a placeholder");
                !placeholder
            })
            .cloned()
            .collect();
        nothing(&said(&wrong), name);
        let expected = usize::from(name != "solo");
        assert_eq!(problems.len(), expected, "{name}: {:?}", said(&problems));
    }
}

#[test]
fn each_profile_says_in_one_line_what_it_is_for() {
    let (profiles, problems) = profile::all(&nowhere());
    nothing(&said(&problems), "profiles");
    let names: Vec<_> = profiles
        .iter()
        .map(|profile| profile.name.as_str())
        .collect();
    assert_eq!(names, PROFILES);
    for profile in profiles {
        let width = profile.summary.chars().count();
        assert!(
            (10..=62).contains(&width),
            "{}: {}",
            profile.name,
            profile.summary
        );
    }
}

#[test]
fn every_field_has_a_sentence_a_kind_and_an_example() {
    let judge = Judge::shipped();
    let mut docs: HashMap<&str, &Field> = HashMap::new();
    let mut found = Vec::new();
    for field in judge.schema.fields() {
        let (path, doc) = (&field.path, field.doc.as_str());
        let one = doc.ends_with('.')
            && doc.starts_with(|c: char| c.is_uppercase())
            && !doc.contains(". ")
            && !doc.contains('\n')
            && doc.is_ascii();
        if !one {
            found.push(format!("the doc of {path} is not one sentence: {doc:?}"));
        }
        if let Some(other) = docs.insert(doc, field) {
            found.push(format!("{path} and {} have the same doc", other.path));
        }
        if field.range.example.is_none() {
            found.push(format!("ranges.ncl gives no example for {path}"));
        }
        let number = matches!(field.kind, Kind::Integer | Kind::Decimal);
        if number && field.range.min.is_none() {
            found.push(format!("ranges.ncl gives no least value for {path}"));
        }
        if path.as_str().ends_with("_cents") != (field.range.unit.as_deref() == Some("cents")) {
            found.push(format!("{path} and its unit do not go together"));
        }
    }
    nothing(&found, "Fields that are not told whole");
}

#[test]
fn ranges_has_an_entry_for_each_field_and_no_others() {
    let text = &shipped()
        .sources
        .into_iter()
        .find(|s| s.name.ends_with("values/ranges.ncl"))
        .unwrap()
        .text;
    let mut entries = BTreeSet::new();
    for line in text.lines() {
        if let Some((path, _)) = line
            .strip_prefix("  \"")
            .and_then(|rest| rest.split_once('"'))
        {
            assert!(
                entries.insert(path.to_owned()),
                "{path} stands twice in ranges.ncl"
            );
        }
    }
    let fields: BTreeSet<_> = table("fields.tsv")
        .into_iter()
        .map(|row| row["path"].clone())
        .collect();
    assert_eq!(entries, fields);
}

#[test]
fn every_example_passes_its_own_contract() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for field in judge.schema.fields() {
        let Some(example) = field.range.example.clone() else {
            continue;
        };
        let path = field.path.as_str();
        let overlay = support::overlay([(field.path.clone(), example.clone())]);
        // Everything is on under enterprise, so that no rule between fields objects.
        let (config, _) = judge.judge("enterprise", &overlay);
        let wrong = config
            .problems_at(path)
            .into_iter()
            .filter(|p| p.severity != Severity::Warning);
        found.extend(wrong.map(|problem| format!("{path}: {}", problem.sentence())));
        if config.value(path) != Some(&example) {
            found.push(format!("{path} became {}", shown(config.value(path))));
        }
    }
    nothing(&found, "Examples that do not work");
}

/// Values of a kind that the field does not have.
fn of_another_kind(kind: Kind) -> Vec<Value> {
    let text = Value::Text("no such thing".into());
    let list = Value::List(vec![text.clone()]);
    match kind {
        Kind::Bool => vec![text, Value::Integer(1), list],
        Kind::Integer => vec![text, Value::Bool(true), Value::Decimal(2.5), list],
        Kind::Decimal => vec![text, Value::Bool(true), list],
        Kind::Text | Kind::Secret => vec![Value::Integer(5), Value::Bool(true), list],
        Kind::List => vec![
            text,
            Value::Integer(5),
            Value::List(vec![Value::Integer(5)]),
        ],
    }
}

#[test]
fn every_field_refuses_other_kinds_and_says_what_works() {
    let judge = Judge::shipped();
    let mut found = Vec::new();
    for field in judge.schema.fields() {
        for value in of_another_kind(field.kind) {
            let shown = value.to_string();
            let overlay = support::overlay([(field.path.clone(), value)]);
            let (config, _) = judge.judge("enterprise", &overlay);
            let errors: Vec<_> = config
                .problems_at(field.path.as_str())
                .into_iter()
                .filter(|problem| problem.severity == Severity::Error)
                .collect();
            match errors.as_slice() {
                [] => found.push(format!("{} takes {shown}", field.path)),
                [one] if one.hint.is_none() => {
                    found.push(format!("{}: {} has no hint", field.path, one.message));
                }
                [_] => {}
                _ => found.push(format!(
                    "{} says {} things about {shown}",
                    field.path,
                    errors.len()
                )),
            }
        }
    }
    nothing(&found, "Contracts with holes");
}

#[test]
fn every_help_keeps_the_standard() {
    let form = shipped_form();
    let mut helps: HashMap<&str, &Input> = HashMap::new();
    let mut found = Vec::new();
    for input in inputs(&form) {
        let (path, help) = (&input.path, input.help.as_str());
        let mut wrong = |what: &str| found.push(format!("{path}: {what}: {help}"));
        if help.is_empty() || !help.ends_with('.') {
            wrong("is no sentence");
        }
        if !help.is_ascii() {
            wrong("is not ASCII");
        }
        if help.len() > 156 {
            wrong("is longer than 156 columns");
        }
        if help.to_lowercase().contains("configures") {
            wrong("says configures");
        }
        if help
            .to_lowercase()
            .starts_with(&input.prompt.to_lowercase())
        {
            wrong("begins with its prompt");
        }
        if let Some(other) = helps.insert(help, input) {
            wrong(&format!("is that of {} too", other.path));
        }
    }
    nothing(&found, "Help below the standard");
}

#[cfg(feature = "tui")]
#[test]
fn every_help_fits_two_lines_of_78() {
    let form = shipped_form();
    let mut found = Vec::new();
    for input in inputs(&form) {
        let lines = vapora_tui::tui::text::fold(&input.help, 78);
        if lines.len() > 2 {
            found.push(format!(
                "{} takes {} lines: {lines:?}",
                input.path,
                lines.len()
            ));
        }
    }
    nothing(&found, "Help that does not fit");
}

#[test]
fn prompts_are_short_and_each_says_what_takes_effect() {
    let form = shipped_form();
    let mut found = Vec::new();
    for (_, input) in form.inputs() {
        let columns = input.prompt.chars().count();
        if !(1..=22).contains(&columns) {
            found.push(format!(
                "{}: the prompt {:?} has {columns} columns",
                input.path, input.prompt
            ));
        }
        match input.takes_effect.as_deref() {
            Some(effect) if TAKES_EFFECT.contains(&effect) => {}
            other => found.push(format!("{}: takes_effect is {other:?}", input.path)),
        }
    }
    for panel in &form.panels {
        let mut prompts = BTreeSet::new();
        for input in panel.inputs() {
            if !prompts.insert(&input.prompt) {
                found.push(format!("{} asks for {:?} twice", panel.title, input.prompt));
            }
        }
    }
    nothing(&found, "Prompts below the standard");
}

#[test]
fn the_service_that_takes_a_setting_up_is_that_of_its_section() {
    let form = shipped_form();
    let mut found = Vec::new();
    for input in inputs(&form) {
        let effect = input.takes_effect.as_deref().unwrap_or_default();
        let fits = match input.path.segments().next().unwrap() {
            "backend" => effect == "backend restart",
            "agents" => effect.starts_with("agents "),
            "llm_router" => effect == "router restart",
            "frontend" => effect == "frontend restart",
            _ => TAKES_EFFECT.contains(&effect),
        };
        if !fits {
            found.push(format!("{}: {effect}", input.path));
        }
    }
    nothing(&found, "Settings that another service takes up");
}

#[test]
fn panels_have_a_title_and_a_summary_that_fits() {
    let form = shipped_form();
    assert_eq!(form.panels.len(), 16);
    let mut found = Vec::new();
    for panel in &form.panels {
        let columns = panel.summary.chars().count();
        if !(1..=52).contains(&columns) {
            found.push(format!(
                "{}: the summary has {columns} columns",
                panel.title
            ));
        }
        if !(1..=22).contains(&panel.title.chars().count()) {
            found.push(format!("the title {:?} is too long", panel.title));
        }
    }
    nothing(&found, "Panels below the standard");
}

#[test]
fn choices_are_those_of_the_schema() {
    let judge = Judge::shipped();
    let form = shipped_form();
    let mut found = Vec::new();
    for input in inputs(&form) {
        let field = judge.schema.get(input.path.as_str()).unwrap();
        let offered: Vec<_> = input
            .choices
            .iter()
            .map(|choice| choice.value.as_str())
            .collect();
        let selects = matches!(input.kind, InputKind::Select | InputKind::MultiSelect);
        let chosen = !field.range.choices.is_empty();
        if selects != chosen {
            found.push(format!(
                "{} is a select: {selects}, has choices: {chosen}",
                input.path
            ));
        }
        if selects && offered != field.range.choices {
            found.push(format!(
                "{} offers {offered:?} of {:?}",
                input.path, field.range.choices
            ));
        }
        for choice in &input.choices {
            if !choice.label.starts_with(&choice.value) || choice.label.chars().count() > 60 {
                found.push(format!("{}: the label {:?}", input.path, choice.label));
            }
        }
    }
    nothing(&found, "Choices that are not the schema's");
}

#[test]
fn the_forms_fit_the_schema() {
    let judge = Judge::shipped();
    let problems = check::form_against_schema(&shipped_form(), &judge.schema);
    nothing(&said(&problems), "Forms and schema");
}

#[test]
fn units_of_the_schema_are_shown_in_a_unit() {
    let judge = Judge::shipped();
    let form = shipped_form();
    let mut found = Vec::new();
    for input in inputs(&form) {
        let field = judge.schema.get(input.path.as_str()).unwrap();
        if field.range.unit.is_some() != input.unit.is_some() {
            found.push(format!(
                "{}: {:?} in the schema, {:?} in the form",
                input.path, field.range.unit, input.unit
            ));
        }
    }
    nothing(&found, "Units left out");
}

fn form_files(folder: &Path, files: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            form_files(&path, files);
        } else if path.extension().is_some_and(|ending| ending == "toml") {
            files.push(path);
        }
    }
}

#[test]
fn the_forms_use_only_words_of_typedialog() {
    let mut files = Vec::new();
    form_files(
        &Path::new(env!("CARGO_MANIFEST_DIR")).join("forms"),
        &mut files,
    );
    assert_eq!(files.len(), 17);
    let mut found = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).unwrap();
        let form: toml::Table = text.parse().unwrap();
        let name = file.file_name().unwrap().display();
        let unknown = form.keys().filter(|key| !TOP_KEYS.contains(&key.as_str()));
        found.extend(unknown.map(|key| format!("{name}: {key}")));
        for element in form["elements"].as_array().unwrap() {
            let element = element.as_table().unwrap();
            let word = element["type"].as_str().unwrap();
            if !TYPES.contains(&word) {
                found.push(format!("{name}: type = {word:?}"));
            }
            let unknown = element.keys().filter(|key| !KEYS.contains(&key.as_str()));
            found.extend(unknown.map(|key| format!("{name}: {} has {key}", element["name"])));
            for limit in ["min", "max", "default", "required"] {
                if element.contains_key(limit) {
                    found.push(format!(
                        "{name}: {} holds {limit}, which is the schema's",
                        element["name"]
                    ));
                }
            }
            for option in element
                .get("options")
                .and_then(toml::Value::as_array)
                .into_iter()
                .flatten()
            {
                let keys: Vec<_> = option
                    .as_table()
                    .unwrap()
                    .keys()
                    .map(String::as_str)
                    .collect();
                assert_eq!(keys, ["label", "value"], "{name}");
            }
        }
    }
    nothing(&found, "Words that TypeDialog does not know");
}

/// All shipped texts, and an entry that does nothing but look at one of them.
fn entry_that_looks_at(name: &str, how: &str) -> Vec<Problem> {
    let mut texts = shipped();
    let up = "../".repeat(ENTRY.matches('/').count());
    for source in &mut texts.sources {
        source.shipped = false;
        if source.name == ENTRY {
            source.text = format!(
                "{{ version = \"1\", renamed = {{}}, ranges = {{}}, Config = {{}}, warnings = [],\n  \
                 errors = [{{ path = \"\", reads = [], message = fun _ => \"\", hint = fun _ => \"\",\n    \
                 holds = fun _ => {how} (import \"{up}{name}\") true }}] }}"
            );
        }
    }
    let judge = Judge::of(texts);
    let verdict = judge.verdict(None, &Overlay::new());
    [judge.problems.clone(), verdict.problems].concat()
}

fn shipped_names() -> Vec<String> {
    let names: Vec<_> = shipped()
        .sources
        .into_iter()
        .map(|source| source.name)
        .collect();
    assert!(names.len() > 25, "{names:?}");
    names
}

#[test]
fn every_nickel_text_is_type_checked_and_can_be_imported() {
    for name in shipped_names().iter().filter(|name| *name != ENTRY) {
        let problems = entry_that_looks_at(name, "std.seq");
        nothing(&said(&problems), name);
    }
}

#[test]
fn every_composed_configuration_evaluates_whole() {
    let composed: Vec<_> = shipped_names()
        .into_iter()
        .filter(|name| {
            name.contains("configs/vapora-")
                || name.contains("defaults/deployment/")
                || is_profile(name)
        })
        .collect();
    assert_eq!(composed.len(), 9);
    for name in composed {
        nothing(&said(&entry_that_looks_at(&name, "std.deep_seq")), &name);
    }
}

#[test]
fn the_shipped_texts_load_type_checked_without_a_problem() {
    let mut texts = shipped();
    for source in &mut texts.sources {
        source.shipped = false;
    }
    let judge = Judge::of(texts);
    nothing(&said(&judge.problems), "Type-checked schema");
    assert_eq!(judge.schema.len(), 110);
    for name in PROFILES {
        let verdict = judge.verdict(Some(name), &Overlay::new());
        let errors: Vec<_> = verdict
            .problems
            .into_iter()
            .filter(|p| p.severity != Severity::Warning)
            .collect();
        nothing(&said(&errors), name);
    }
}

#[test]
fn a_type_error_deep_in_the_schema_is_found() {
    for (name, text) in [
        (
            "assets/schemas/platform/common/lists.ncl",
            "{ broken : Number = \"text\" }",
        ),
        (
            "profiles/solo.ncl",
            "let port : Number = \"text\" in { backend.port | priority -1 = port }",
        ),
    ] {
        let mut texts = shipped();
        let source: &mut SourceText = texts.sources.iter_mut().find(|s| s.name == name).unwrap();
        text.clone_into(&mut source.text);
        for source in &mut texts.sources {
            source.shipped = false;
        }
        let judge = Judge::of(texts);
        let verdict = judge.verdict(Some("solo"), &Overlay::new());
        let problems = [judge.problems.clone(), verdict.problems].concat();
        let places: Vec<_> = problems
            .iter()
            .filter_map(|p| p.place.as_ref())
            .map(ToString::to_string)
            .collect();
        assert!(
            places.contains(&format!("{name}:1")),
            "{name}: {:?} {places:?}",
            said(&problems)
        );
    }
}

#[test]
fn what_hides_a_field_stands_in_the_same_panel_or_before() {
    let form = shipped_form();
    let mut seen: BTreeMap<&str, &Input> = BTreeMap::new();
    for input in inputs(&form) {
        for name in input
            .when
            .iter()
            .flat_map(vapora_tui::form::condition::Condition::names)
        {
            assert!(seen.contains_key(name), "{} hangs on {name}", input.name);
        }
        seen.insert(&input.name, input);
    }
}
