//! The command line of `draft`.

use clap::{Args, Subcommand};

use super::format::Printed;

/// Drafts: what was typed in the wizard and not written yet, kept for the next start
#[derive(Debug, Subcommand)]
pub enum DraftVerb {
    /// Lists the drafts of this user, the latest first: whose, when, how many answers, on which profile and file
    List(Printed),
    /// Shows what one draft holds, without its secrets: they are in no draft
    Show(DraftOne),
    /// Removes one draft for good; refused while the wizard that keeps it still runs
    Discard(DraftOne),
}

/// Which draft.
#[derive(Args, Debug)]
pub struct DraftOne {
    /// As `draft list` names it
    #[arg(value_name = "ID")]
    pub id: String,
    #[command(flatten)]
    pub printed: Printed,
}
