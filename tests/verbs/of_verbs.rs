//! Options of verbs that were given to the wizard name the verb that takes them.

use crate::Room;

#[test]
fn an_option_of_a_verb_names_the_verb() {
    let room = Room::with(&[]);
    for (args, says) in [
        (
            "--set backend.port=9001",
            "--set is an option of a verb, and stands behind it. Write vapora-tui render --set PATH=VALUE",
        ),
        (
            "--plain --profile solo --set backend.port=9001",
            "--set is an option of a verb",
        ),
        (
            "--set-file security.jwt_secret=key",
            "Write vapora-tui render --set-file PATH=FILE",
        ),
        (
            "--plain --reveal",
            "Write vapora-tui render --reveal or diff --reveal",
        ),
        // Before the verb it would be overlooked.
        (
            "--set backend.port=9001 render --profile solo",
            "--set is an option of a verb, and stands behind it.",
        ),
    ] {
        let done = room.run(args, "");
        assert_eq!((done.code, done.out.as_str()), (2, ""), "{args}");
        assert!(done.err.contains(says), "{args}: {}", done.err);
    }
    assert!(!room.run("--help", "").out.contains("--set"));
}
