//! The command line of `budget` and `budget import`.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum, ValueHint};

use super::sources::Sources;

/// Forecasts what a configuration will cost: by role and model, when limits are reached, and what changes
///
/// The configuration is made as render makes it: --profile, --from or FILE or --preset, environment, --set and
/// --set-file. What the agents ask for is the workload: that of the preset or of the profile unless --workload names
/// another; the shipped ones are samples, and every total on one says so. Prices are the shipped ones, the
/// workspace's assets/prices.toml in their place, your own prices.toml over both, --prices over all.
///
/// In JSON and CSV money is decimal text in cents, and days count from 1; day 0 is reached now. An estimate that --save
/// writes holds the figures and the settings that decided; --compare-to reads it.
#[derive(Args, Debug)]
#[command(
    args_conflicts_with_subcommands = true,
    after_help = "Exit status: 0 forecast, 1 a --fail-on or --fail-on-increase holds, or --readonly refuses to save, 2 not forecast, or not
wholly where --fail-on asks.

Examples:
  vapora-tui budget config/runtime/vapora.toml
  vapora-tui budget --profile enterprise --set llm_router.budget_enforcement.role_limits.architect_cents=400000 \\
    --baseline enterprise
  vapora-tui budget config/runtime/vapora.toml --compare-to estimate.json --fail-on refused --fail-on-increase 10%
  vapora-tui budget import metrics.txt --period 7d --workload enterprise"
)]
pub struct Budget {
    #[command(subcommand)]
    pub verb: Option<BudgetVerb>,
    /// The configuration file to forecast, as with --from
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: Option<PathBuf>,
    #[command(flatten)]
    pub sources: Sources,
    /// What the agents ask for: a name in assets/workloads/, or a file [default: the preset's, else the profile's]
    #[arg(long, value_name = "NAME or FILE", value_hint = ValueHint::FilePath)]
    pub workload: Option<PathBuf>,
    /// Prices over all others
    #[arg(long, value_name = "FILE")]
    pub prices: Option<PathBuf>,
    /// Also forecast this and show what changes: a profile, preset:NAME, generation:N, or a file
    #[arg(long, value_name = "NAME or FILE", value_hint = ValueHint::FilePath)]
    pub baseline: Option<PathBuf>,
    /// The first day; a month from it on is forecast [default: the first of this month]
    #[arg(long, value_name = "YYYY-MM-DD")]
    pub start: Option<String>,
    /// Keep the forecast in this file, to compare with later
    #[arg(long, value_name = "ESTIMATE.json")]
    pub save: Option<PathBuf>,
    /// Show what changes since this estimate
    #[arg(long, value_name = "ESTIMATE.json")]
    pub compare_to: Option<PathBuf>,
    /// End with 1 when a role reaches this, or worse; may be repeated
    #[arg(long, value_name = "STATE")]
    pub fail_on: Vec<FailOn>,
    /// End with 1 when the total grows by more than this since --compare-to, else --baseline: dollars, or percent
    #[arg(long, value_name = "500 or 10%")]
    pub fail_on_increase: Option<String>,
    /// How the forecast is printed
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: BudgetFormat,
    /// Replace the file of --save without asking
    #[arg(long, requires = "save")]
    pub yes: bool,
}

/// How a forecast is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum BudgetFormat {
    Human,
    Json,
    Csv,
}

/// What a role may reach.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum FailOn {
    /// The threshold
    Near,
    /// The limit
    Exceeded,
    /// A call that nobody answers
    Refused,
}

#[derive(Debug, Subcommand)]
pub enum BudgetVerb {
    Import(BudgetImport),
}

/// Makes a workload of what was measured: CSV, JSON, or the router's metrics
///
/// CSV and JSON hold a line or an object per role: role, calls_a_day, input_tokens, output_tokens, and provider. Metrics
/// are what the router serves at /metrics: two files, the earlier first, or one with --period since its counters began.
/// What the import does not say (growth, provider, model, what is spent) stays as the workload has it; roles that it
/// does not name stay too, unless they are a sample's. A file is imported whole or not at all.
#[derive(Args, Debug)]
#[command(
    after_help = "Exit status: 0 imported, or nothing to change, 1 refused by you or by --readonly, 2 not imported.

Examples:
  vapora-tui budget import calls.csv --workload enterprise --dry-run
  vapora-tui budget import monday.txt friday.txt --workload enterprise --yes"
)]
pub struct BudgetImport {
    #[arg(value_name = "FILE", value_hint = ValueHint::FilePath)]
    pub file: PathBuf,
    /// Metrics taken later
    #[arg(value_name = "FILE2", value_hint = ValueHint::FilePath)]
    pub later: Option<PathBuf>,
    /// The role of metrics that name none
    #[arg(long, value_name = "ROLE")]
    pub role: Option<String>,
    /// The time that metrics cover: 90m, 24h, 7d
    #[arg(long, value_name = "TIME")]
    pub period: Option<String>,
    /// Write assets/workloads/NAME.toml of the workspace [default: the profile of the configuration written last]
    #[arg(long, value_name = "NAME")]
    pub workload: Option<String>,
    /// Only show the plan
    #[arg(long, conflicts_with = "yes")]
    pub dry_run: bool,
    /// Write without asking
    #[arg(long)]
    pub yes: bool,
}
