//! `--color` and `--ascii` with every verb, and what a shell offers.

use crate::Room;

const OURS: &str = "deployment_mode = \"solo\"\n[backend]\nport = 80\nprot = 1\n";

#[test]
fn every_verb_takes_the_flags_of_the_program() {
    let room = Room::with(&[("ours.toml", OURS)]);
    for verb in [
        "check ours.toml",
        "render --profile solo",
        "diff solo multiuser",
        "forms check",
        "init there --dry-run",
        "completions bash",
        "man",
    ] {
        let plain = room.run(verb, "");
        for flags in [
            "--color never",
            "--color auto",
            "--ascii",
            "--ascii --color never",
        ] {
            for args in [format!("{verb} {flags}"), format!("{flags} {verb}")] {
                let done = room.run(&args, "");
                assert_eq!(done.code, plain.code, "{args}: {}", done.err);
                assert!(!(done.out + &done.err).contains('\u{1b}'), "{args}");
            }
        }
    }
}

#[test]
fn colour_is_for_problems_and_differences_and_never_for_a_configuration() {
    let room = Room::with(&[("ours.toml", OURS)]);
    let checked = room.run("check ours.toml --color always", "NO_COLOR=1").out;
    assert!(
        checked.starts_with("ours.toml:3: \u{1b}[31merror\u{1b}[0m: backend.port: "),
        "{checked:?}"
    );
    assert!(
        checked.contains("\u{1b}[33mwarning\u{1b}[0m"),
        "{checked:?}"
    );
    let different = room.run("diff solo ours.toml --color always", "").out;
    assert_eq!(
        different,
        "backend\n\u{1b}[33m  ~ port  8001 -> 80\u{1b}[0m\n"
    );
    for args in [
        "render --profile solo",
        "check ours.toml --format json",
        "diff solo ours.toml --format json",
    ] {
        let plain = room.run(args, "").out;
        let coloured = room.run(&format!("{args} --color always"), "").out;
        assert_eq!(coloured, plain, "{args}");
    }
}

#[test]
fn ascii_spells_signs_and_keeps_configurations() {
    let text = "deployment_mode = \"solo\"\n\"näme\" = 1\n[storage]\nbase_path = \"/srv/ö\"\n";
    let room = Room::with(&[("ours.toml", text)]);
    let done = room.run("check ours.toml --ascii --color always", "");
    assert!((done.out.clone() + &done.err).is_ascii(), "{}", done.out);
    assert!(
        done.out.contains("n\\u{e4}me is not a setting"),
        "{}",
        done.out
    );
    assert!(done.out.contains("\u{1b}[33mwarning"), "{:?}", done.out);
    let different = room.run("diff solo ours.toml --ascii", "");
    assert!(different.out.contains("/srv/\\u{f6}"), "{}", different.out);
    let rendered = room.run("render --from ours.toml --ascii", "");
    assert!(rendered.out.contains("\"/srv/ö\""), "{}", rendered.err);
}

#[test]
fn shells_offer_the_choices_there_are() {
    let room = Room::with(&[("profiles/mine.ncl", "# ours\n{}\n"), ("ours.toml", OURS)]);
    for shell in ["bash", "zsh", "fish", "elvish", "powershell"] {
        let script = room.run(&format!("completions {shell}"), "").out;
        assert!(!script.is_empty());
        if ["elvish", "powershell"].contains(&shell) {
            // These complete verbs and options, no values.
            continue;
        }
        for names in [
            ["solo", "multiuser", "enterprise"],
            ["auto", "always", "never"],
            ["human", "json", "human"],
            ["toml", "yaml", "nickel"],
            ["dark", "light", "mono"],
        ] {
            for name in names {
                assert!(script.contains(name), "{shell} {name}");
            }
        }
    }
    // What is not offered is taken all the same.
    let done = room.run("check ours.toml --profile mine", "");
    assert!(
        done.err.contains("profile mine, as --profile says"),
        "{}",
        done.err
    );
}
