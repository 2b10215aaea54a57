//! How much is proved: all of it with `PROOF_COUNTS=full`, else a sample that takes about a minute.

pub fn full() -> bool {
    std::env::var("PROOF_COUNTS").is_ok_and(|counts| counts == "full")
}

/// At most `most` of these, spread over all of them.
pub fn spread<T>(all: Vec<T>, most: usize) -> Vec<T> {
    let count = all.len();
    if count <= most {
        return all;
    }
    let taken = |n: &usize| n * most / count != (n + 1) * most / count;
    let all = all.into_iter().enumerate();
    all.filter(|(n, _)| taken(n)).map(|(_, one)| one).collect()
}
