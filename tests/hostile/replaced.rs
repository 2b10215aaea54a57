//! A child that holds much memory is replaced while it is idle, and nobody sees it but in what the machine has free.

use std::io;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use vapora_tui::nickel::Confinement;
use vapora_tui::nickel::{Client, Limits, Reply, Slot, Texts};
use vapora_tui::process::Link;
use vapora_tui::workspace::Workspace;

use super::{alone, child, good, put};

/// Children that were started, and the replies to some questions.
fn asked(limits: Limits, profile: &str, text: &str, questions: u64) -> (usize, Vec<Reply>) {
    let folder = tempfile::tempdir().unwrap();
    put(folder.path(), "profiles/mine.ncl", text.as_bytes());
    let started = Arc::new(AtomicUsize::new(0));
    let count = Arc::clone(&started);
    let start = move || -> io::Result<Link> {
        count.fetch_add(1, Ordering::Relaxed);
        child()
    };
    let (said, replies) = mpsc::channel();
    let texts = Texts::read(&Workspace::at(folder.path()));
    let client = Client::within(limits, Box::new(start), texts, move |reply| {
        drop(said.send(reply));
    });
    let mut heard = vec![replies.recv().unwrap()];
    for ticket in 0..questions {
        client.evaluate(Slot::InForce, ticket, Some(profile), &good());
        heard.push(replies.recv().unwrap());
    }
    (started.load(Ordering::Relaxed), heard)
}

fn verdict(reply: &Reply) -> String {
    match reply {
        Reply::Verdict { verdict, .. } => format!("{verdict:?}"),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_child_that_holds_much_is_replaced_and_judges_as_before() {
    let _alone = alone();
    let patience = Duration::from_mins(1);
    let limits = Limits {
        evaluate: patience,
        first: patience,
        memory: 64 << 20,
        ..Limits::default()
    };
    assert_eq!(Limits::default().memory, 128 << 20);
    // The profile keeps what it computed: some 100 MB.
    let greedy = "let big = std.array.generate (fun i => i) 200000 in { backend.port = 9000 + (std.array.length (std.array.map (fun i => i) big)) - (std.array.fold_left (fun acc i => acc + 1) 0 big) }";
    let (started, heard) = asked(limits, "mine", greedy, 2);
    assert!(started >= 2, "{started} started");
    assert_eq!(verdict(&heard[1]), verdict(&heard[2]));
    assert!(
        verdict(&heard[2]).contains("Integer(9000)"),
        "{}",
        verdict(&heard[2])
    );
    assert!(
        matches!(
            heard[0],
            Reply::Schema {
                confined: Confinement::Whole,
                ..
            }
        ) || std::env::var_os("CI").is_none()
    );
}

#[test]
fn a_child_that_holds_little_stays() {
    let _alone = alone();
    let (started, heard) = asked(Limits::default(), "solo", "{}", 3);
    assert_eq!(started, 1);
    assert_eq!(verdict(&heard[1]), verdict(&heard[3]));
}
