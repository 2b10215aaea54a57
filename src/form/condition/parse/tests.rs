//! Tables of the tests of `parse`.

use proptest::prelude::*;

use super::*;

fn test(field: &str, op: Op, literal: &str, quoted: bool) -> Node {
    Node::Test(Test {
        field: field.to_owned(),
        op,
        literal: literal.to_owned(),
        quoted,
    })
}

#[test]
fn texts_become_trees() {
    for (text, expected) in [
        ("a == b", test("a", Op::Equal, "b", false)),
        ("a=='b c'", test("a", Op::Equal, "b c", true)),
        ("a>=10", test("a", Op::AtLeast, "10", false)),
        (
            "a == my own  value",
            test("a", Op::Equal, "my own  value", false),
        ),
        (
            "a == http://h/?x=1",
            test("a", Op::Equal, "http://h/?x=1", false),
        ),
        ("a == don't", test("a", Op::Equal, "don't", false)),
        ("a == in", test("a", Op::Equal, "in", false)),
        ("a == ''", test("a", Op::Equal, "", true)),
        ("x in a", test("a", Op::In, "x", false)),
        ("((a == b))", test("a", Op::Equal, "b", false)),
    ] {
        assert_eq!(parse(text), Ok(expected), "{text}");
    }
}

#[test]
fn wrong_texts_say_what_to_write() {
    let operators = "expected ==, !=, >, <, >=, <=, contains, startswith, endswith or in after";
    for (text, expected) in [
        ("", "expected a field, found the end".to_owned()),
        ("a", format!("{operators} a, found the end")),
        ("a = b", "= is not read here; write ==".to_owned()),
        ("a ==", "expected a value, found the end".to_owned()),
        ("a == b && c", "&& is not read here; write and".to_owned()),
        ("a == b AND c", "AND is not read here; write and".to_owned()),
        (
            "a == b c == d",
            "expected and, or, or the end, found ==".to_owned(),
        ),
        ("(a == b", "expected ), found the end".to_owned()),
        (
            "a == b)",
            "expected and, or, or the end, found )".to_owned(),
        ),
        ("a == 'b", "a ' is opened and never closed".to_owned()),
        ("a == b and", "expected a field, found the end".to_owned()),
        ("!(a == b)", "! stands alone; write not".to_owned()),
        (
            "'a' == b",
            "\"a\" stands where a field's name is wanted".to_owned(),
        ),
        (
            "x in",
            "expected a field after in, found the end".to_owned(),
        ),
        ("a not in b", format!("{operators} a, found not")),
    ] {
        assert_eq!(parse(text), Err(expected), "{text}");
    }
}

#[test]
fn files_are_looked_for() {
    let file = |path: &str| Node::File {
        path: path.to_owned(),
        there: false,
    };
    let no = |node: Node| Node::Not(Box::new(node));
    for (text, expected) in [
        ("file_exists(/etc/x)", Ok(file("/etc/x"))),
        ("file_exists( /srv/a b )", Ok(file("/srv/a b"))),
        ("file_exists('/a (1)')", Ok(file("/a (1)"))),
        ("!file_exists(/etc/x)", Ok(no(file("/etc/x")))),
        ("not file_exists(x)", Ok(no(file("x")))),
        (
            "a == b and !file_exists(x)",
            Ok(Node::All(vec![
                test("a", Op::Equal, "b", false),
                no(file("x")),
            ])),
        ),
        (
            "file_exists == true",
            Ok(test("file_exists", Op::Equal, "true", false)),
        ),
        ("file_exists()", Err("expected a path, found )".to_owned())),
        ("file_exists(x", Err("expected ), found the end".to_owned())),
    ] {
        assert_eq!(parse(text), expected, "{text}");
    }
}

#[test]
fn typedialog_reads_one_comparison() {
    for (text, expected) in [
        ("a == b", true),
        ("x in a", true),
        ("a == 'b and c'", true),
        ("file_exists(/etc/x)", true),
        ("!file_exists(/etc/x)", true),
        ("a == b and c == d", false),
        ("not a == b", false),
        ("(a == b)", false),
        ("a == b or file_exists(x)", false),
    ] {
        assert_eq!(is_typedialogs(text), expected, "{text}");
    }
}

#[test]
fn depth_and_length_are_limited() {
    let nested = |n: usize| format!("{}a == b{}", "(".repeat(n), ")".repeat(n));
    assert!(parse(&nested(64)).is_ok());
    assert!(parse(&nested(65)).is_err());
    assert!(parse(&nested(2_000)).is_err());
    assert!(parse(&"not ".repeat(1_000)).is_err());
    assert!(parse(&format!("a == {}", "b".repeat(5_000))).is_err());
    assert!(parse(&vec!["a == b"; 300].join(" and ")).is_ok());
}

proptest! {
    #[test]
    fn no_text_is_too_strange(text in "\\PC{0,60}") {
        let _ = parse(&text);
    }

    #[test]
    fn no_mix_of_tokens_is_too_strange(words in proptest::collection::vec(
        prop::sample::select(vec!["a", "==", "(", ")", "not", "and", "or", "in", "'x'", "!", "é"]), 0..20)
    ) {
        let _ = parse(&words.join(" "));
    }
}
