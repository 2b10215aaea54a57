//! How often a proof repeats: shortened for every run, in full when `PROOF_COUNTS=full` asks for it.

pub fn full() -> bool {
    match std::env::var("PROOF_COUNTS").as_deref() {
        Ok("full") => true,
        Err(_) | Ok("") => false,
        Ok(other) => panic!("PROOF_COUNTS is `{other}`; it may be `full`, or not set"),
    }
}

pub fn of(shortened: usize, full_count: usize) -> usize {
    if full() { full_count } else { shortened }
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
