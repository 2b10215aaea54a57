//! A file of answers: written, refused, or why not.

use crate::terminal::Terminal;
use crate::typed::{FILE, Room};

const ANSWERS: &str = r#"name = "eu"
profile = "enterprise"

[answers]
"llm_router.port" = 9003
"llm_router.budget_enforcement.role_limits.architect_cents" = 400000
"frontend.api_url" = "https://vapora.acme.eu"
"security.jwt_secret" = "${FILE:/run/secrets/jwt}"
"#;

#[test]
fn the_plan_is_shown_and_written_with_yes() {
    let room = Room::new();
    room.file("a.toml", ANSWERS);
    let done = room.run("--plain --answers a.toml --yes", "", "");
    done.ends(0);
    assert!(done.out.is_empty(), "{}", done.out);
    for said in [
        "+ config/runtime/vapora.toml   new file, ",
        "4 settings differ from profile enterprise:",
        "  ~ llm_router.port: 8003 -> 9003",
        "architect_cents: $5,000.00 -> $4,000.00",
        "Written: config/runtime/vapora.toml, ",
    ] {
        assert!(done.err.contains(said), "{said}\n{}", done.err);
    }
    let text = room.read(FILE);
    for line in [
        "port = 9003",
        "architect_cents = 400000",
        "\"${FILE:/run/secrets/jwt}\"",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
    let again = room.run("--plain --answers a.toml", "", "");
    again.ends(0);
    assert!(again.err.contains("the same already"), "{}", again.err);
}

#[test]
fn flags_count_over_the_file() {
    let room = Room::new();
    room.file(
        "a.toml",
        "profile = \"solo\"\n[answers]\n\"backend.port\" = 9001\n",
    );
    room.file("base.toml", "[backend]\nport = 9002\nworkers = 3\n");
    let done = room.run(
        "--plain --answers a.toml --profile multiuser --from base.toml --output out.toml --yes",
        "",
        "",
    );
    done.ends(0);
    let text = room.read("out.toml");
    for line in [
        "deployment_mode = \"multiuser\"",
        "port = 9001",
        "workers = 3",
    ] {
        assert!(text.contains(line), "{line}\n{text}");
    }
}

#[test]
fn nobody_there_and_no_yes_says_which_flag_answers() {
    let room = Room::new();
    room.file("a.toml", ANSWERS);
    let done = room.run("--plain --answers a.toml", "", "y\n");
    done.ends(2);
    for said in [
        "new file",
        "nobody can be asked without a terminal.",
        "Give --yes to write.",
    ] {
        assert!(done.err.contains(said), "{said}\n{}", done.err);
    }
    assert!(!room.path(FILE).exists());
}

#[test]
fn on_a_terminal_it_asks() {
    for (typed, code, written) in [("y\r", 0, true), ("\r", 1, false), ("\x04", 1, false)] {
        let room = Room::new();
        room.file("a.toml", ANSWERS);
        let args = ["--plain", "--answers", "a.toml"];
        let mut terminal = Terminal::start((80, 24), &room.root(), &args);
        terminal.wait_for("Write it? [y/N]");
        terminal.send(typed);
        assert_eq!(terminal.exit_code(), code, "{typed:?}");
        assert_eq!(room.path(FILE).exists(), written, "{typed:?}");
    }
}

#[test]
fn what_is_wrong_is_told_with_its_line_and_nothing_is_written() {
    let room = Room::new();
    room.file(
        "profiles/holding.ncl",
        "{ deployment_mode = \"solo\", backend.port | force = 8111, security.jwt_secret = \"${ENV:JWT}\" }",
    );
    room.file("broken.toml", "[backend\n");
    for (text, args, code, said) in [
        (
            "profile = \"solo\"\n[answers]\n\"backend.port\" = 80\n",
            "",
            1,
            "a.toml:3: error: backend.port: 80 is below 1024",
        ),
        (
            "profile = \"solo\"\n[answers]\n\"backend.port\" = 80\n",
            "",
            1,
            "Not written: 1 error.\n",
        ),
        (
            "profile = \"holding\"\n[answers]\n\"backend.port\" = 9001\n",
            "",
            1,
            "a.toml:3: error: backend.port: Profile holding holds it at 8111.",
        ),
        (
            "profile = \"solo\"\n[answers]\n\"backend.prot\" = 1\n",
            "",
            2,
            "a.toml:3: error: backend.prot is not a setting.\n    Did you mean backend.port?",
        ),
        (
            "profile = \"solo\"\n[answers]\n\"database.password\" = \"swordfish\"\n",
            "",
            2,
            "a.toml:3: error: database.password: It is a secret in clear, and this file is kept.\n    \
             Refer to it, for example \"${FILE:/run/secrets/name}\", or give it to vapora-tui render with \
             --set-file database.password=FILE.",
        ),
        (
            "[answers]\n",
            "",
            2,
            "error: No profile is given.\n    Write profile = \"NAME\" into it",
        ),
        (
            "profile = \"sollo\"\n",
            "",
            2,
            "error: There is no profile sollo.\n    Did you mean solo?",
        ),
        ("profile = ", "", 2, "a.toml:1: error: "),
        (
            "profile = \"solo\"\n",
            "--from none.toml",
            2,
            "none.toml: error: There is no such file.",
        ),
        (
            "profile = \"solo\"\n",
            "--from broken.toml",
            2,
            "broken.toml:1: error: ",
        ),
        (
            "profile = \"solo\"\n",
            "--output .",
            2,
            "error: It is a folder",
        ),
    ] {
        room.file("a.toml", text);
        let done = room.run(&format!("--plain --answers a.toml --yes {args}"), "", "");
        assert!(done.err.contains(said), "{text:?}\n{}", done.err);
        assert!(!done.err.contains("swordfish"), "{}", done.err);
        done.ends(code);
    }
    let none = room.run("--plain --answers none.toml --yes", "", "");
    none.ends(2);
    for said in [
        "none.toml: error: There is no such file.",
        "\"llm_router.port\" = 9003",
    ] {
        assert!(none.err.contains(said), "{}", none.err);
    }
    assert!(!room.path(FILE).exists());
}

#[test]
fn an_answer_that_is_not_asked_for_is_left_out_and_told() {
    let room = Room::new();
    room.file(
        "a.toml",
        "profile = \"solo\"\n[answers]\n\"security.tls_enabled\" = false\n\"security.tls_cert_path\" = \"/etc/tls.crt\"\n",
    );
    let done = room.run("--plain --answers a.toml --yes", "", "");
    done.ends(0);
    assert!(
        done.err
            .contains("a.toml:4: warning: security.tls_cert_path: It is left out"),
        "{}",
        done.err
    );
    assert!(!room.read(FILE).contains("/etc/tls.crt"));
}

#[test]
fn yes_and_answers_belong_together() {
    let room = Room::new();
    for args in ["--yes", "--plain --yes", "--answers a.toml"] {
        let done = room.run(args, "", "");
        done.ends(2);
        assert!(done.err.contains("required arguments"), "{}", done.err);
    }
}
