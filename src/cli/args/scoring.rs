//! The command line of `scoring`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueHint};

use super::format::Printed;
use super::sources::Sources;

/// Ranks agents per kind of task as the configuration would, and says who moved and why
///
/// The score is load weight x 1 / (1 + load) + expertise weight x expertise + confidence weight x confidence. Expertise
/// is the success rate in which recent executions count more, confidence min(1, n / min_executions). Agents without
/// history count by load alone. What agents did is read from --history, else from assets/history/history.csv of the workspace, else from the
/// sample that comes with the program; what rests on it is marked sample.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 ranked, 1 ranked, and the configuration has errors or settings to answer, 2 not ranked.

Examples:
  vapora-tui scoring --profile enterprise --task code-review
  vapora-tui scoring --from config/runtime/vapora.toml --set agents.scoring.load_weight=0.5 \\
    --set agents.scoring.expertise_weight=0.3 --format json
  vapora-tui scoring import executions.csv --dry-run"
)]
#[command(mut_arg("format", |format| format.help("How the rankings are printed")))]
pub struct Scoring {
    #[command(subcommand)]
    pub verb: Option<ScoringVerb>,
    #[command(flatten)]
    pub sources: Sources,
    /// What agents did: CSV or JSON, one execution a line or object
    #[arg(long, value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub history: Option<PathBuf>,
    /// Only this kind of task [default: all]
    #[arg(long, value_name = "TYPE")]
    pub task: Option<String>,
    /// Who moved is said against this: a file, a profile, preset:NAME or generation:N [default: the profile]
    #[arg(long, value_name = "X")]
    pub baseline: Option<PathBuf>,
    #[command(flatten)]
    pub printed: Printed,
}

#[derive(Debug, Subcommand)]
pub enum ScoringVerb {
    Import(ScoringImport),
}

/// Makes a file of executions the history of the workspace: assets/history/history.csv
///
/// CSV with the columns agent, task_type, when, success, and seconds and in_flight where they are known; or JSON with a
/// list executions of such objects. A file with a wrong line is not imported at all, and each wrong line is named.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 imported, 1 refused (wrong lines, a no, --readonly), 2 not imported."
)]
pub struct ScoringImport {
    /// A file of executions: CSV or JSON
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Only show the plan
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
}
