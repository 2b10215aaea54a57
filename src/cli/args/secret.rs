//! The command line of `secret`: what makes secrets and certificates without a screen.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::format::Printed;

/// Makes secrets: one that signs log-in tokens, or a self-signed certificate with its key for solo and tests
#[derive(Debug, Subcommand)]
pub enum SecretVerb {
    Jwt(SecretJwt),
    Certificate(SecretCertificate),
}

/// Makes a secret that signs log-in tokens: 48 random bytes of the system, 64 characters that need no quoting
///
/// Without --output it is printed: it stands on the screen then, or wherever stdout leads. With --output it goes into
/// a file that only its owner may read, and that --set-file takes.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 made, 1 not wanted or --readonly, 2 could not be made.

Example:
  vapora-tui secret jwt --output jwt.txt
  vapora-tui render --profile solo --set-file security.jwt_secret=jwt.txt --output config/runtime/vapora.toml"
)]
#[command(mut_arg("format", |format| format.help("How the result is printed")))]
pub struct SecretJwt {
    /// Write it to this file, mode 0600, instead of printing it
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub output: Option<PathBuf>,
    /// Only show what would be written
    #[arg(long, requires = "output", conflicts_with = "yes")]
    pub dry_run: bool,
    /// Replace a file that is there without asking; the secret in it is gone then
    #[arg(long, requires = "output")]
    pub yes: bool,
    #[command(flatten)]
    pub printed: Printed,
}

/// Makes a certificate that signs itself, with its key, for solo and tests
///
/// Nobody trusts it but who is given its file. What would be written is shown first; new files are written then, files
/// that are there are replaced only after a yes, and what they held is gone.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 written, 1 not wanted or --readonly, 2 could not be made or written.

Example:
  vapora-tui secret certificate --name localhost --name 127.0.0.1 --days 90 \\
    --certificate config/runtime/tls/tls.crt --key config/runtime/tls/tls.key"
)]
#[command(mut_arg("format", |format| format.help("How the result is printed")))]
pub struct SecretCertificate {
    /// A host name, *.NAME or an IP address that it is for. May be repeated
    #[arg(long, value_name = "NAME", required = true)]
    pub name: Vec<String>,
    /// For how many days from now it holds, at most 825
    #[arg(long, value_name = "DAYS", default_value = "365")]
    pub days: String,
    /// The file of the certificate, mode 0644
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub certificate: PathBuf,
    /// The file of the private key, mode 0600
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub key: PathBuf,
    /// Only show what would be written
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Replace files that are there without asking
    #[arg(long)]
    pub yes: bool,
    #[command(flatten)]
    pub printed: Printed,
}
