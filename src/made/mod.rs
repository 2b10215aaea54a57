//! Secrets made here: random ones that sign, and self-signed certificates with their keys, for solo and tests.
//! Leaves to others: references to secrets kept elsewhere (`reference`), who asks for one (`cli`, `plain`, `tui`).

mod certificate;
mod files;
mod first_write;
mod hosts;
mod random;

pub use certificate::{Certificate, DAYS, days, make as certificate, names};
pub use files::{Pair, secret_file};
pub use first_write::{Given, given, is_due};
pub use hosts::names_in;
pub use random::{BYTES, CHARACTERS, jwt_secret};

/// The setting that a random secret is made for. Any other is given by whoever runs what it opens.
pub const JWT_SECRET: &str = "security.jwt_secret";

/// The settings that name a certificate and its key.
pub const CERTIFICATE: &str = "security.tls_cert_path";
pub const KEY: &str = "security.tls_key_path";

/// Where both are proposed to lie in a workspace.
pub const CERTIFICATE_FILE: &str = "config/runtime/tls/tls.crt";
pub const KEY_FILE: &str = "config/runtime/tls/tls.key";
