//! The command line of `draft`.

use clap::{Args, Subcommand};

use super::format::Format;

/// Drafts: what was typed in the wizard and not written yet, kept for the next start
#[derive(Debug, Subcommand)]
pub enum DraftVerb {
    List(DraftList),
    Show(DraftOne),
    Discard(DraftDiscard),
}

/// Lists the drafts of this user, the latest first: whose, when, how many answers, on which profile and file
#[derive(Args, Debug)]
pub struct DraftList {
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Shows what one draft holds, without its secrets: they are in no draft
#[derive(Args, Debug)]
pub struct DraftOne {
    /// As `draft list` names it
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// Removes one draft for good; refused while the wizard that keeps it still runs
#[derive(Args, Debug)]
pub struct DraftDiscard {
    /// As `draft list` names it
    #[arg(value_name = "ID")]
    pub id: String,
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}
