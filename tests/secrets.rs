//! Secrets: referred to, typed or made; a certificate of one's own; what is told of a secret in clear, and to whom.
#![cfg(all(feature = "tui", feature = "cli"))]
#![allow(clippy::unwrap_used, reason = "a test may fail")]

mod stage;

#[path = "secrets/certificates.rs"]
mod certificates;
#[path = "secrets/clear.rs"]
mod clear;
#[path = "secrets/sources.rs"]
mod sources;
#[path = "secrets/verbs.rs"]
mod verbs;
