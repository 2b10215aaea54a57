//! A workspace of a given number of fields, made up like the shipped one: sections of twenty fields of every kind
//! with contracts, limits, help sentences, rules between fields, and three profiles.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// Fields of one section, and so of one panel.
pub const SECTION: usize = 20;

/// What a field may hold, with its range in `ranges.ncl`'s words, a default, and a value for a profile.
struct Kind {
    form: &'static str,
    range: &'static str,
    contract: &'static str,
    default: &'static str,
    value: &'static str,
}

/// The kinds, in the order in which they follow each other in a section.
const KINDS: [Kind; 5] = [
    Kind {
        form: "number",
        range: "kind = \"integer\", min = 1024, max = 65535, example = 8001",
        contract: "Within 1024 65535",
        default: "8001",
        value: "9001",
    },
    Kind {
        form: "text",
        range: "kind = \"text\", example = \"a\"",
        contract: "Filled",
        default: "\"127.0.0.1\"",
        value: "\"0.0.0.0\"",
    },
    Kind {
        form: "confirm",
        range: "kind = \"bool\", example = true",
        contract: "Bool",
        default: "false",
        value: "true",
    },
    Kind {
        form: "select",
        range: "kind = \"text\", choices = [\"low\", \"middle\", \"high\"], example = \"low\"",
        contract: "OneOf [\"low\", \"middle\", \"high\"]",
        default: "\"low\"",
        value: "\"high\"",
    },
    Kind {
        form: "number",
        range: "kind = \"integer\", min = 1, unit = \"s\", example = 30",
        contract: "Within 1 1000000",
        default: "30",
        value: "60",
    },
];

const CONTRACTS: &str = r#"
let contract = fun check =>
  %contract/custom% (fun _label value =>
    let said = check value in
    if said == "" then 'Ok value else 'Error { message = said, notes = ["Use another value."] })
in
let Within = fun min max => contract (fun value =>
  if !(std.is_number value) then "It is no number."
  else if value < min || value > max then
    "%{std.to_string value} is not %{std.to_string min} to %{std.to_string max}."
  else "")
in
let Filled = contract (fun value =>
  if !(std.is_string value) then "It is no text." else if value == "" then "It is empty." else "")
in
let OneOf = fun choices => contract (fun value =>
  if std.array.any (fun choice => choice == value) choices then "" else "It is none of the choices.")
in
"#;

/// The path of a field.
pub fn path(field: usize) -> String {
    format!(
        "section_{:03}.field_{:02}",
        field / SECTION,
        field % SECTION
    )
}

/// Writes the workspace.
pub fn make(folder: &Path, fields: usize) {
    let write = |name: &str, text: &str| {
        let file = folder.join(name);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, text).unwrap();
    };
    write("assets/schemas/platform/configs/main.ncl", &schema(fields));
    // A share of the fields is set by each profile, as in the shipped ones.
    for (name, every) in [("solo", 10), ("multiuser", 5), ("enterprise", 2)] {
        write(&format!("profiles/{name}.ncl"), &profile(fields, every));
    }
    let mut main = "name = \"Scale\"\ndescription = \"Many panels.\"\n".to_owned();
    for section in 0..fields.div_ceil(SECTION) {
        let name = format!("section_{section:03}");
        let _ = write!(
            main,
            "\n[[elements]]\nname = \"{name}\"\ntype = \"group\"\nincludes = [\"fragments/{name}.toml\"]\n"
        );
        let text = fragment(section, fields);
        write(&format!("forms/fragments/{name}.toml"), &text);
    }
    write("forms/main.toml", &main);
}

fn of_section(section: usize, fields: usize) -> impl Iterator<Item = (usize, &'static Kind)> {
    let first = section * SECTION;
    (first..fields.min(first + SECTION)).map(|field| (field, &KINDS[field % KINDS.len()]))
}

fn schema(fields: usize) -> String {
    let mut ranges = String::new();
    let mut config = String::new();
    let mut rules = String::new();
    for section in 0..fields.div_ceil(SECTION) {
        let _ = writeln!(config, "    section_{section:03} | {{");
        for (field, kind) in of_section(section, fields) {
            let _ = writeln!(ranges, "    \"{}\" = {{ {} }},", path(field), kind.range);
            let _ = writeln!(
                config,
                "      field_{:02} | {} | doc \"Setting {field} of the platform.\" | default = {},",
                field % SECTION,
                kind.contract,
                kind.default
            );
        }
        let _ = writeln!(config, "    }} | default = {{}},");
        // As many rules between fields as the shipped schema has for its size: about one for four fields.
        for rule in 0..SECTION / 4 {
            let (one, other) = (section * SECTION, section * SECTION + 5 * (rule % 4));
            if other >= fields || one == other {
                continue;
            }
            let (one, other) = (path(one), path(other));
            let _ = writeln!(
                rules,
                "    {{ path = \"{one}\", reads = [\"{one}\", \"{other}\"], holds = fun c => c.{one} != c.{other} + {}, \
                 message = fun c => \"%{{std.to_string c.{one}}} follows the other.\", hint = fun c => \"Choose another.\" }},",
                rule + 1
            );
        }
    }
    format!(
        "{CONTRACTS}{{\n  version = \"1\", renamed = {{}},\n  ranges = {{\n{ranges}  }},\n  \
         Config = {{\n{config}  }},\n  errors = [\n{rules}  ],\n  warnings = [],\n}}\n"
    )
}

fn profile(fields: usize, every: usize) -> String {
    let mut text = "{\n".to_owned();
    for section in 0..fields.div_ceil(SECTION) {
        let _ = writeln!(text, "  section_{section:03} = {{");
        for (field, kind) in of_section(section, fields).filter(|(field, _)| field % every == 0) {
            let _ = writeln!(
                text,
                "    field_{:02} | priority -1 = {},",
                field % SECTION,
                kind.value
            );
        }
        text.push_str("  },\n");
    }
    text.push_str("}\n");
    text
}

fn fragment(section: usize, fields: usize) -> String {
    let mut text = format!(
        "name = \"Section {section:03}\"\ndescription = \"twenty settings of part {section}\"\n"
    );
    for (field, kind) in of_section(section, fields) {
        let [section, name] = path(field)
            .split('.')
            .map(str::to_owned)
            .collect::<Vec<_>>()
            .try_into()
            .unwrap();
        let _ = write!(
            text,
            "\n[[elements]]\nname = \"{section}_{name}\"\ntype = \"{}\"\nprompt = \"Setting {field}\"\n\
             help = \"What part {section} does with its setting {field} while it runs. Higher is faster and takes \
             more memory; lower is slower.\"\nnickel_path = [\"{section}\", \"{name}\"]\ntakes_effect = \"restart\"\n",
            kind.form
        );
        if kind.form == "select" {
            text.push_str("options = [{ value = \"low\", label = \"Low\" }, { value = \"middle\", label = \"Middle\" }, { value = \"high\", label = \"High\" }]\n");
        }
    }
    text
}
