//! Workloads in CSV and JSON.

use super::super::{MAX_BYTES, workload};
use super::{file, roles, told};

#[track_caller]
fn refused(text: &[u8], expected: &[&str]) {
    let import = workload(&file("w", text));
    assert_eq!(told(&import), expected, "{}", String::from_utf8_lossy(text));
    assert_eq!(import.value, None);
}

const HEAD: &str = "role,calls_a_day,input_tokens,output_tokens,provider\n";

#[test]
fn a_workload_is_read_from_csv_and_json_alike() {
    let expected = [
        ("architect", 1750, 9000, 2000, Some("claude")),
        ("testing", 0, 4000, 500, None),
    ];
    for text in [
        "role,calls_a_day,input_tokens,output_tokens,provider\narchitect,1750,9000,2000,claude\ntesting,0,4000,500,\n",
        // Any order, spreadsheet names, blanks, comments, quotes, no line end.
        "# measured in October\n\nProvider , Output tokens,Calls per day,role,INPUT-TOKENS\n \"claude\" ,2000, 1750,architect,9000\n\n# none yet\n,500,0,testing,4000.0",
        // Carriage returns and the mark of some editors.
        "\u{feff}role,calls_a_day,input_tokens,output_tokens,provider\r\narchitect,1750,9000,2000,claude\r\ntesting,0,4e3,+500,\r\n",
        "role;calls_a_day;input_tokens;output_tokens;provider\narchitect;1750;9000;2000;claude\ntesting;0;4000;500;\n",
        "role\tcalls\ttokens_in\ttokens_out\tprovider\narchitect\t1750\t9000\t2000\tclaude\ntesting\t0\t4000\t500\t\n",
        r#"[{"role":"architect","calls_a_day":1750,"input_tokens":9000,"output_tokens":2000,"provider":"claude"},
            {"role":"testing","calls_a_day":0,"input_tokens":"4000","output_tokens":500.0,"provider":null}]"#,
        r#"{"roles":[{"role":"testing","calls_a_day":0,"input_tokens":4e3,"output_tokens":500},
            {"role":"architect","calls_a_day":1750,"input_tokens":9000,"output_tokens":2000,"provider":"claude"}]}"#,
    ] {
        let import = workload(&file("w", text.as_bytes()));
        assert_eq!(roles(&import), expected, "{text}");
        assert_eq!(told(&import), [""; 0], "{text}");
    }
}

#[test]
fn what_is_not_read_is_told_and_forbids_nothing() {
    let import = workload(&file(
        "w.csv",
        b"role,calls_a_day,input_tokens,output_tokens,provder,cost\narchitect,1,2,3,claude,9\n",
    ));
    assert_eq!(roles(&import), [("architect", 1, 2, 3, None)]);
    assert_eq!(
        told(&import),
        [
            "warning w.csv:1: provder is not read. Is provider meant?",
            "warning w.csv:1: cost is not read. Columns that are read: role, calls_a_day, input_tokens, output_tokens, provider.",
        ]
    );
    let import = workload(&file(
        "w.json",
        b"{\n\"note\": 1,\n\"roles\": [\n{\"role\":\"a\",\"calls_a_day\":1,\n\"input_tokens\":2,\"output_tokens\":3,\n\"modle\":4}\n],\n\"end\": 2}",
    ));
    assert_eq!(roles(&import), [("a", 1, 2, 3, None)]);
    assert_eq!(
        told(&import),
        [
            "warning w.json:2: note is not read. Only the list roles is.",
            "warning w.json:6: modle is not read. Columns that are read: role, calls_a_day, input_tokens, output_tokens, provider.",
            "warning w.json:8: end is not read. Only the list roles is.",
        ]
    );
}

#[test]
fn wrong_numbers_are_named_with_their_line() {
    let ask =
        |example: u64| format!("Give a whole number from 0 to 100000000, for example {example}.");
    for (number, wrong) in [
        ("-5", "-5, less than 0"),
        ("-0.5", "-0.5, less than 0"),
        ("NaN", "NaN, not a number"),
        ("inf", "inf, not a number"),
        ("-inf", "-inf, not a number"),
        ("many", "many, not a number"),
        ("1.5", "1.5, not a whole number"),
        ("100000001", "100000001, more than 100000000"),
        (
            "1000000000000000000",
            "1000000000000000000, more than 100000000",
        ),
        ("1e18", "1e18, more than 100000000"),
        (
            "99999999999999999999999999",
            "99999999999999999999999999, more than 100000000",
        ),
        ("1e400", "1e400, not a number"),
        ("0x10", "0x10, not a number"),
        ("1_000", "1_000, not a number"),
        ("\u{1b}[2J", "\u{241b}[2J, not a number"),
    ] {
        let text = format!("{HEAD}a,1,2,3,\nb,{number},9000,2000,\n");
        refused(
            text.as_bytes(),
            &[&format!("error w:3: calls_a_day is {wrong}. {}", ask(1750))],
        );
        let text = format!("{HEAD}a,1,2,3,\nb,1,2,{number},\n");
        refused(
            text.as_bytes(),
            &[&format!(
                "error w:3: output_tokens is {wrong}. {}",
                ask(2000)
            )],
        );
    }
    for number in ["0", "100000000", "1e8", "1750.0"] {
        let text = format!("{HEAD}b,{number},{number},{number},\n");
        assert_eq!(
            told(&workload(&file("w", text.as_bytes()))),
            [""; 0],
            "{number}"
        );
    }
}

#[test]
fn every_wrong_line_is_named_and_nothing_is_half_imported() {
    refused(
        b"role,calls_a_day,input_tokens,output_tokens\r\n\r\n# note\r\na,1,2,3\r\n,1,2,3\r\na,1,2,3\r\nb,1,2\r\nc,,2,-3\r\nd,1,2,3\r\n",
        &[
            "error w:5: role is missing here. Give its name, for example architect.",
            "error w:6: a is on line 4 already. Give each role once.",
            "error w:7: The line has 3 columns, the first line names 4. Give every line as many; put a text that holds a comma in quotes.",
            "error w:8: calls_a_day is missing here. Give a whole number, for example 1750; 0 if there are none.",
            "error w:8: output_tokens is -3, less than 0. Give a whole number from 0 to 100000000, for example 2000.",
        ],
    );
    refused(
        b"[\n{\"role\":\"a\",\"calls_a_day\":-1,\n\"input_tokens\":2,\"output_tokens\":3},\n7,\n{\"role\":\"b\",\"role\":\"c\",\n\"calls_a_day\":[]},\n{\"role\":\"d\",\"calls_a_day\":true,\"input_tokens\":1,\"output_tokens\":1}\n]",
        &[
            "error w:2: calls_a_day is -1, less than 0. Give a whole number from 0 to 100000000, for example 1750.",
            "error w:4: This is no object. Write { \"roles\": [ … ] }, each an object with role, calls_a_day, input_tokens, output_tokens.",
            "error w:5: role is given twice. Remove one of them.",
            "error w:6: calls_a_day is no single value. Give a number or a text.",
            "error w:7: calls_a_day is true, not a number. Give a whole number from 0 to 100000000, for example 1750.",
        ],
    );
}

#[test]
fn files_that_are_no_tables_are_refused_with_the_reason() {
    let begin = "role,calls_a_day,input_tokens,output_tokens,provider.";
    refused(
        b"",
        &[&format!(
            "error w: The file is empty. It begins with {begin}"
        )],
    );
    refused(
        b"\xef\xbb\xbf \r\n",
        &[&format!(
            "error w: The file is empty. It begins with {begin}"
        )],
    );
    refused(
        HEAD.as_bytes(),
        &[&format!(
            "error w: The file holds no figures. It begins with {begin}"
        )],
    );
    refused(
        b"architect,1750,9000,2000,claude\n",
        &[&format!(
            "error w:1: The first line does not name the columns. Begin with {begin}"
        )],
    );
    refused(
        b"role,calls_a_day,calls,input_tokens\na,1,1,1\n",
        &[
            "error w:1: The column calls is named twice. Remove one of them.",
            &format!("error w:1: The column output_tokens is missing. Begin with {begin}"),
        ],
    );
    refused(
        b"role,calls_a_day,input_tokens,output_tokens\na,\"1,2,3\nb,1,2,3\n",
        &[
            "error w:2: A quote is opened on this line and not closed on it. Close it, or take it away.",
        ],
    );
    refused(
        b"\xff\xfer\0o\0",
        &["error w:1: The file is not UTF-8 text. Save it as UTF-8."],
    );
    refused(
        b"role,calls_a_day\na,\xe4\n",
        &["error w:2: The file is not UTF-8 text. Save it as UTF-8."],
    );
    refused(
        b"role,\na,\0\n",
        &["error w:2: The file holds a zero byte, so it is no text file. Save it as UTF-8 text."],
    );
    let list = "Write { \"roles\": [ … ] }, each an object with role, calls_a_day, input_tokens, output_tokens.";
    refused(
        b"{\"a\": 1}",
        &[
            &format!("error w:1: The object has no list roles. {list}"),
            "warning w:1: a is not read. Only the list roles is.",
        ],
    );
    refused(
        b"{}",
        &[&format!("error w:1: The object has no list roles. {list}")],
    );
    refused(
        b"[]",
        &[&format!(
            "error w: The file holds no figures. It begins with {begin}"
        )],
    );
    refused(
        b"[\n{\"role\": }]",
        &[&format!(
            "error w:2: The file is not valid JSON: expected value. {list}"
        )],
    );
    refused(
        b"[{\"role\":\"a\",\"calls_a_day\":NaN}]",
        &[&format!(
            "error w:1: The file is not valid JSON: expected value. {list}"
        )],
    );
    refused(
        "[".repeat(100_000).as_bytes(),
        &[&format!(
            "error w:1: The file is not valid JSON: recursion limit exceeded. {list}"
        )],
    );
    let long = "x".repeat(65);
    refused(
        format!("{HEAD}{long},1,2,3,\na\u{202e}b,1,2,3,\n").as_bytes(),
        &[
            &format!(
                "error w:2: role is {}…: longer than 64 characters. Give a short name of letters and digits, for example reviewer.",
                "x".repeat(39)
            ),
            "error w:3: role is a\u{fffd}b: holds a character that does not show. Give a short name of letters and digits, for example reviewer.",
        ],
    );
}

#[test]
fn huge_files_are_refused_and_many_problems_are_counted() {
    let huge = vec![b'\n'; MAX_BYTES + 1];
    refused(
        &huge,
        &[
            "error w: The file is 4194305 bytes long; at most 4 MiB are read. Give a shorter stretch of time, or fewer columns.",
        ],
    );
    let wrong = format!("{HEAD}{}", "a,-1,2,3,\n".repeat(100_000));
    let import = workload(&file("w", wrong.as_bytes()));
    let told = told(&import);
    assert_eq!(import.value, None);
    assert_eq!(told.len(), 13);
    assert_eq!(
        told[12],
        "error w: There are 99988 more problems like these. Is it the right file?"
    );
    let roles: Vec<String> = (0..1_001).map(|n| format!("role-{n},1,2,3,\n")).collect();
    refused(
        format!("{HEAD}{}", roles.concat()).as_bytes(),
        &["error w: The file names more than 1000 roles. Is it the right file?"],
    );
}
