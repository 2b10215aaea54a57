//! Every ending, many times: the terminal as it was found, the process gone within 2 s, no spinning, no orphan.

use std::panic::catch_unwind;
use std::time::Instant;

use crate::counts;
use crate::every_ending::{FAST, OTHERS};

/// `PROOF_COUNTS=full cargo test --test proof -- --ignored every_ending_many_times --nocapture`
#[test]
#[ignore = "takes minutes"]
fn every_ending_many_times() {
    let count = counts::of(2, 20);
    let mut failed = Vec::new();
    for (name, ending) in FAST.into_iter().chain(OTHERS) {
        let from = Instant::now();
        let good = (0..count).filter(|_| catch_unwind(ending).is_ok()).count();
        println!(
            "{name}: {good} of {count}, {:.1?} each",
            from.elapsed() / u32::try_from(count).unwrap()
        );
        if good < count {
            failed.push(name);
        }
    }
    assert!(failed.is_empty(), "not always as it should be: {failed:?}");
}
