//! What can be compared is compared, although a setting of one side cannot be read.

use crate::Room;

const LEFT: &str = "deployment_mode = \"solo\"\n[backend]\nport = 9001\n[nats]\nenabled = true\n";

#[test]
fn a_section_that_cannot_be_read_is_left_out_and_named() {
    let room = Room::with(&[
        ("a.toml", LEFT),
        (
            "b.yaml",
            "deployment_mode: solo\nbackend:\n  port: 9002\nnats: [a]\n",
        ),
        (
            "c.yaml",
            "deployment_mode: solo\nbackend:\n  port: 9001\nnats: [a]\n",
        ),
        ("d.toml", &LEFT.replace("[nats]", "[nats")),
    ]);
    let done = room.run("diff a.toml b.yaml", "");
    assert_eq!(
        done.out, "backend\n  ~ port  9001 -> 9002\n",
        "{}",
        done.err
    );
    assert!(done.err.contains("; not compared: nats.\n"), "{}", done.err);
    assert!(
        done.err
            .contains("b.yaml:4: error: nats is a section, not a setting."),
        "{}",
        done.err
    );
    assert_eq!(done.code, 1);
    let done = room.run("diff a.toml b.yaml --format json", "");
    let found: serde_json::Value = serde_json::from_str(&done.out).unwrap();
    assert_eq!(found["not_compared"], serde_json::json!(["nats"]));
    assert_eq!(found["counts"]["changed"], 1);
    // All that could be compared is the same, and nobody knows of the rest.
    let done = room.run("diff a.toml c.yaml", "");
    assert_eq!((done.code, done.out.as_str()), (2, ""), "{}", done.err);
    assert!(done.err.contains("; not compared: nats.\n"), "{}", done.err);
    // Nothing says what is missing here.
    let done = room.run("diff a.toml d.toml", "");
    assert_eq!(done.code, 2);
    assert!(!done.err.contains("not compared"), "{}", done.err);
}
