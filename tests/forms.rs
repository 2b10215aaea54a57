//! Wrong forms, one folder each: the problems must read exactly as `expected.txt` says, and what was right
//! must still load, as `outline.txt` says. `UPDATE_EXPECT=1` writes both anew, to be read before they are kept.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use vapora_tui::form::condition::Condition;
use vapora_tui::form::load::{load, load_within};
use vapora_tui::form::surroundings::Surroundings;
use vapora_tui::form::{Element, Form, Input, WhenFalse};
use vapora_tui::problem::Problem;
use vapora_tui::workspace::Workspace;

fn cases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/forms");
    let mut cases: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    cases.sort();
    cases
}

/// One problem a line, files shown from the case's folder.
fn rendered(problems: &[Problem], case: &Path) -> String {
    let mut text = String::new();
    for problem in problems {
        let place = problem.place.as_ref().map(ToString::to_string);
        let place = place.unwrap_or_default();
        writeln!(
            text,
            "{} {place} {}",
            problem.severity.word(),
            problem.sentence()
        )
        .unwrap();
    }
    text.replace(&format!("{}/", case.display()), "")
}

/// One line a panel, one a line of it.
fn outline(form: &Form) -> String {
    let mut text = format!("{}\n", form.name);
    for panel in &form.panels {
        let hidden = if panel.when.is_some() { " (when)" } else { "" };
        writeln!(
            text,
            "{}: {}: {}{hidden}",
            panel.id, panel.title, panel.summary
        )
        .unwrap();
        for element in &panel.elements {
            match element {
                Element::Header(title) => writeln!(text, "  # {title}").unwrap(),
                Element::Note(note) => writeln!(text, "  > {note}").unwrap(),
                Element::Input(input) => {
                    let names: Vec<_> = input.when.iter().flat_map(Condition::names).collect();
                    write!(text, "  {} {:?} {}", input.name, input.kind, input.path).unwrap();
                    if !names.is_empty() {
                        write!(text, " when {}", names.join(", ")).unwrap();
                    }
                    if let Some(unit) = input.unit {
                        write!(text, " in {}", unit.word()).unwrap();
                    }
                    for choice in &input.choices {
                        write!(text, " [{}|{}]", choice.value, choice.label).unwrap();
                    }
                    text.push_str(&extras(input));
                    text.push('\n');
                }
            }
        }
    }
    text
}

/// What only some inputs have.
fn extras(input: &Input) -> String {
    let bounds = &input.bounds;
    let dates = (bounds.min_date, bounds.max_date);
    let mut found = vec![
        ("from", input.options_from.clone()),
        ("min", bounds.min.map(|n| n.to_string())),
        ("max", bounds.max.map(|n| n.to_string())),
        ("at least", bounds.min_selected.map(|n| n.to_string())),
        ("at most", bounds.max_selected.map(|n| n.to_string())),
        ("since", dates.0.map(|date| date.to_string())),
        ("until", dates.1.map(|date| date.to_string())),
        ("default", input.default.as_ref().map(ToString::to_string)),
        ("example", input.placeholder.clone()),
        ("required", input.required.map(|b| b.to_string())),
        ("encrypted by", input.encryption.clone()),
        ("alias", input.nickel_alias.clone()),
    ];
    let flags = [
        ("searchable", input.searchable),
        ("sensitive", input.sensitive),
        (
            "default when hidden",
            input.when_false == WhenFalse::Default,
        ),
    ];
    found.extend(
        flags
            .into_iter()
            .map(|(name, on)| (name, on.then(String::new))),
    );
    let found = found.into_iter().filter_map(|(name, value)| {
        let value = value?;
        Some(format!("; {name} {value}").trim_end().to_owned())
    });
    found.collect()
}

/// A case's form. A folder `search` in it stands in `TYPEDIALOG_FRAGMENT_PATH`.
fn loaded(case: &Path) -> (Form, Vec<Problem>) {
    let search = Some(case.join("search")).filter(|folder| folder.is_dir());
    let surroundings = Surroundings {
        search: search.into_iter().collect(),
        environment: |name| {
            let known = ["VAPORA_HOST", "HOME"].contains(&name);
            known.then(|| format!("value-of-{name}"))
        },
        ..Surroundings::none()
    };
    load_within(&Workspace::at(case), &surroundings)
}

#[test]
fn every_wrong_form_is_told_what_is_wrong_and_the_rest_loads() {
    let cases = cases();
    assert!(cases.len() >= 20, "the fixtures are missing");
    for case in cases {
        let (form, problems) = loaded(&case);
        for (file, found) in [
            ("expected.txt", rendered(&problems, &case)),
            ("outline.txt", outline(&form)),
        ] {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(case.join(file), &found).unwrap();
            }
            let expected = fs::read_to_string(case.join(file)).unwrap();
            assert_eq!(found, expected, "{}/{file}", case.display());
        }
    }
}

/// A workspace whose main form includes `fragments/chain-1.toml`, which includes the next, and so on.
fn chain(folder: &Path, length: usize) -> Workspace {
    let forms = folder.join("forms");
    fs::create_dir_all(forms.join("fragments")).unwrap();
    let input = |n: usize| {
        format!(
            "[[elements]]\nname = \"chain_{n}\"\ntype = \"text\"\nprompt = \"P\"\n\
             nickel_path = [\"t\", \"c{n}\"]\n"
        )
    };
    let group = |n: usize| {
        format!(
            "[[elements]]\ntype = \"group\"\nincludes = [\"fragments/chain-{n}.toml\"]\n\
             when = \"chain_{} == 1\"\n",
            n - 1
        )
    };
    fs::write(forms.join("main.toml"), input(0) + &group(1)).unwrap();
    for n in 1..=length {
        let next = if n < length {
            group(n + 1)
        } else {
            String::new()
        };
        let text = input(n) + &next;
        fs::write(forms.join(format!("fragments/chain-{n}.toml")), text).unwrap();
    }
    Workspace::at(folder)
}

#[test]
fn fragments_nest_sixteen_deep_and_no_deeper() {
    let folder = tempfile::tempdir().unwrap();
    let (form, problems) = load(&chain(folder.path(), 16));
    assert_eq!(problems, []);
    assert_eq!(form.inputs().count(), 17);
    let (form, problems) = load(&chain(folder.path(), 40));
    assert_eq!(form.inputs().count(), 17);
    assert_eq!(
        rendered(&problems, folder.path()),
        "error forms/fragments/chain-16.toml:8 fragments/chain-17.toml is included more than 16 \
         files deep. Include it from a file further out.\n"
    );
}

#[test]
fn a_file_too_large_is_a_problem_and_the_rest_loads() {
    let folder = tempfile::tempdir().unwrap();
    let workspace = chain(folder.path(), 1);
    let large = folder.path().join("forms/fragments/chain-1.toml");
    fs::write(large, " ".repeat(5 << 20)).unwrap();
    let (form, problems) = load(&workspace);
    assert_eq!(form.inputs().count(), 1);
    assert_eq!(
        rendered(&problems, folder.path()),
        "error forms/fragments/chain-1.toml It is 5 MiB long; at most 4 MiB are read.\n"
    );
}

#[test]
fn the_same_form_loads_the_same_way_each_time() {
    for case in cases() {
        let (first, again) = (loaded(&case), loaded(&case));
        assert_eq!(outline(&first.0), outline(&again.0));
        assert_eq!(first.1, again.1);
    }
}
