//! The verbs and the wizard with YAML, Nickel and environment files: reading, printing, planning, writing.
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod room;

use room::{Done, Room};
use std::fs;
use std::path::Path;

use vapora_tui::workspace::Workspace;

impl Room {
    fn new() -> Self {
        Self::with(&[])
    }

    /// With every shipped schema and profile on disk.
    fn with_schemas() -> Self {
        let room = Self::new();
        let shipped = Workspace::at("/nowhere/at/all");
        for folder in ["assets/schemas", "profiles"] {
            for name in shipped.names(folder, ".ncl") {
                room.file(
                    &name,
                    shipped.source(&name).unwrap().unwrap().text.as_bytes(),
                );
            }
        }
        room
    }

    fn read(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).unwrap()
    }

    /// Arguments are separated by blanks.
    fn run(&self, args: &str) -> Done {
        self.run_in("", args)
    }

    fn run_in(&self, folder: &str, args: &str) -> Done {
        let mut command = self.command(args.split(' '));
        Done::of(command.current_dir(self.path(folder)).output().unwrap())
    }

    /// As [`Room::run`], where it must go well; what it printed.
    fn fine(&self, args: &str) -> String {
        let Done { code, out, err } = self.run(args);
        assert_eq!(code, 0, "{args}\n{out}{err}");
        out
    }
}

const SET: &str = "--set frontend.port=3001 --set llm_router.budget_enforcement.alerts.channels=email,slack --set storage.base_path=/srv/it's";

#[test]
fn what_render_prints_in_any_format_says_the_same() {
    for room in [Room::new(), Room::with_schemas()] {
        let toml = room.fine(&format!("render --profile solo {SET}"));
        for (format, name) in [
            ("json", "v.json"),
            ("yaml", "v.yml"),
            ("nickel", "v.ncl"),
            ("env", "v.env"),
        ] {
            let text = room.fine(&format!("render --profile solo {SET} --format {format}"));
            room.file(name, &text);
            assert_eq!(
                room.fine(&format!("render --from {name}")),
                toml,
                "{format}"
            );
            let checked = room.run(&format!("check {name}"));
            assert_eq!((checked.code, checked.out.as_str()), (0, ""), "{format}");
        }
    }
}

#[test]
fn problems_stand_on_their_lines() {
    let room = Room::with_schemas();
    room.file(
        "v.yaml",
        "deployment_mode: solo\nbackend:\n  port: 80 # low\n  prot: 1\nfrontend: {enable_wasm: yes}\n",
    );
    room.file(
        "v.ncl",
        "(import \"profiles/solo.ncl\")\n& {\n  backend.port = 80,\n  backend.prot = 1,\n  frontend.enable_wasm = \"yes\",\n}\n",
    );
    room.file(
        "v.env",
        "VAPORA__DEPLOYMENT_MODE=solo\n\nVAPORA__BACKEND__PORT=80\nVAPORA__BACKEND__PROT=1\nVAPORA__FRONTEND__ENABLE_WASM=si\n",
    );
    for name in ["v.yaml", "v.ncl", "v.env"] {
        let Done { code, out, .. } = room.run(&format!("check {name}"));
        assert_eq!(code, 1, "{out}");
        for said in [
            format!("{name}:3: error: backend.port: 80 is below 1024"),
            format!("{name}:4: warning: "),
            format!("{name}:5: error: frontend.enable_wasm: "),
        ] {
            assert!(out.contains(&said), "{said}\n{out}");
        }
    }
}

#[test]
fn a_nickel_file_that_cannot_be_evaluated_is_a_problem_with_its_line() {
    let room = Room::new();
    for (text, said) in [
        ("{\n  backend.port = ,\n}\n", "v.ncl:2: error: "),
        (
            "{\n  a = import \"/etc/passwd\" as 'Text,\n}\n",
            "v.ncl:2: error: It imports /etc/passwd",
        ),
        (
            "[1]\n",
            "v.ncl:1: error: The file is no record of settings.",
        ),
    ] {
        room.file("v.ncl", text);
        let Done { code, out, err } = room.run("check v.ncl --profile solo");
        assert!(code == 2 && out.contains(said), "{code}\n{out}{err}");
    }
}

#[test]
fn the_custom_example_is_opened_with_a_profile_and_origins() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/examples");
    let room = Room::new();
    let file = folder.join("custom.ncl");
    let Done { code, out, err } = room.run(&format!("check {}", file.display()));
    assert_eq!(code, 0, "{out}{err}");
    assert!(
        out.contains("custom.ncl"),
        "a placeholder is warned of: {out}"
    );
    let text = room.fine(&format!("render --from {} --format yaml", file.display()));
    assert!(text.contains("deployment_mode: enterprise\n") && text.contains("  port: 9001\n"));
}

#[test]
fn nickel_imports_the_workspace_that_it_lies_in_and_else_stands_alone() {
    let room = Room::with_schemas();
    room.file("vapora/deep/keep", "");
    for (file, import) in [
        ("v.ncl", "import \"./profiles/multiuser.ncl\""),
        (
            "config/runtime/v.ncl",
            "import \"../../profiles/multiuser.ncl\"",
        ),
    ] {
        room.fine(&format!(
            "render --profile multiuser --set backend.port=9001 --output {file} --yes"
        ));
        let text = room.read(file);
        assert!(text.contains(import), "{text}");
        assert!(text.contains("\n    backend.port = 9001,\n"), "{text}");
        assert_eq!(text.matches(" = ").count(), 2, "{text}");
        assert_eq!(
            room.fine(&format!("render --from {file}")),
            room.fine("render --profile multiuser --set backend.port=9001")
        );
    }
    let printed = room
        .run_in("vapora/deep", "render --profile multiuser --format nickel")
        .out;
    assert!(
        printed.contains("import \"../../profiles/multiuser.ncl\""),
        "{printed}"
    );

    let outside = tempfile::tempdir().unwrap();
    let file = outside.path().join("v.ncl");
    room.fine(&format!(
        "render --profile solo --output {} --yes",
        file.display()
    ));
    let text = fs::read_to_string(file).unwrap();
    assert!(
        !text.contains("import \"") && text.contains("  backend = {\n"),
        "{text}"
    );
    fs::remove_file(room.path("profiles/enterprise.ncl")).unwrap();
    let text = room.fine("render --profile solo --format nickel");
    assert!(text.contains("\n# It stands alone. "), "{text}");
}

#[test]
fn a_file_that_is_written_anew_says_what_it_loses_before() {
    let room = Room::new();
    room.file(
        "v.yaml",
        "# ours\ndeployment_mode: solo\nbackend: &b\n  port: 9001 # agreed\n  own: 1\ncopy: *b\n",
    );
    let before = room.read("v.yaml");
    let plan = room.run("render --from v.yaml --set backend.port=9002 --output v.yaml --dry-run");
    assert_eq!(plan.code, 0, "{}", plan.err);
    assert!(
        plan.err
            .contains("\nIt is written anew and loses 2 comments and 1 anchor.\n"),
        "{}",
        plan.err
    );
    assert!(
        plan.err.contains("~ backend.port: 9001 -> 9002"),
        "{}",
        plan.err
    );
    assert_eq!(room.read("v.yaml"), before);
    room.fine("render --from v.yaml --set backend.port=9002 --output v.yaml --yes");
    let after = room.read("v.yaml");
    assert!(after.starts_with("# VAPORA configuration, profile solo, schema 1.2.0.\n"));
    assert!(
        after.contains("  port: 9002\n") && after.contains("  own: 1\n"),
        "{after}"
    );
    assert!(
        after.ends_with("copy:\n  port: 9001\n  own: 1\n"),
        "{after}"
    );
    let again = room.run("render --from v.yaml --output v.yaml --yes");
    assert!(again.err.contains("\n= v.yaml "), "{}", again.err);
}

#[test]
fn nickel_written_by_hand_is_not_replaced_and_our_own_is() {
    let room = Room::new();
    room.file("v.ncl", "{ backend.port = 9001 }\n");
    let Done { code, err, .. } = room.run("render --profile solo --output v.ncl --yes");
    assert_eq!(code, 1);
    assert!(
        err.contains("this Nickel was not written by vapora-tui."),
        "{err}"
    );
    assert_eq!(room.read("v.ncl"), "{ backend.port = 9001 }\n");
    room.fine("render --profile solo --output own.ncl --yes");
    let Done { code, err, .. } =
        room.run("render --profile solo --set backend.port=9001 --output own.ncl --yes");
    assert_eq!(code, 0, "{err}");
    assert!(
        err.contains("It is written anew: what was added to it by hand goes."),
        "{err}"
    );
    assert!(room.read("own.ncl").contains("    port = 9001,\n"));
}

#[test]
fn environment_lines_are_changed_in_place() {
    let room = Room::new();
    room.file(
        ".env",
        "# compose\nCOMPOSE_PROJECT_NAME=vapora\nVAPORA__DEPLOYMENT_MODE=solo\nVAPORA__BACKEND__PORT=9001\n",
    );
    room.fine("render --from .env --set backend.port=9002 --output .env --yes");
    let text = room.read(".env");
    assert!(
        text.starts_with("# compose\nCOMPOSE_PROJECT_NAME=vapora\nVAPORA__DEPLOYMENT_MODE=solo\nVAPORA__BACKEND__PORT=9002\nVAPORA__BACKEND__HOST=127.0.0.1\n"),
        "{text}"
    );
}

#[test]
fn the_name_of_the_file_and_the_format_must_agree() {
    let room = Room::new();
    for (format, file, ending) in [
        ("yaml", "v.toml", "yaml"),
        ("nickel", "v.yaml", "ncl"),
        ("env", "v", "env"),
    ] {
        let Done { code, err, .. } = room.run(&format!(
            "render --profile solo --format {format} --output {file}"
        ));
        assert_eq!(code, 2);
        assert!(err.contains(&format!("End the name in .{ending}")), "{err}");
    }
    room.fine("render --profile solo --format yaml --output v.yml --yes");
}
