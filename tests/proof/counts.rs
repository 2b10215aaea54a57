//! How often a proof repeats: shortened for every run, in full when `PROOF_COUNTS=full` asks for it.

pub fn of(shortened: usize, full: usize) -> usize {
    match std::env::var("PROOF_COUNTS").as_deref() {
        Ok("full") => full,
        Err(_) | Ok("") => shortened,
        Ok(other) => panic!("PROOF_COUNTS is `{other}`; it may be `full`, or not set"),
    }
}
