//! What a configuration is made from on the command line.

use std::path::PathBuf;

use clap::Args;

use crate::cli::choices;

/// Profile, file or preset, and single settings; the environment comes from outside.
#[derive(Args, Clone, Debug)]
pub struct Sources {
    /// The profile to start from [default: the one that --preset or the deployment_mode of --from names]
    #[arg(long, value_name = "NAME", value_parser = choices::PROFILES, hide_possible_values = true)]
    pub profile: Option<String>,
    /// Take over the values of this file: TOML, JSON, YAML, Nickel or environment lines, or a preset
    #[arg(long, value_name = "FILE")]
    pub from: Option<PathBuf>,
    /// Take over the answers of this preset; mine/NAME or shared/NAME names one exactly
    #[arg(long, value_name = "NAME")]
    pub preset: Option<String>,
    /// One setting, in the schema's unit; no secrets. May be repeated; the last of one path counts
    #[arg(long, value_name = "PATH=VALUE")]
    pub set: Vec<String>,
    /// One setting, or secret, read from a text file; its last line feed is dropped. May be repeated
    #[arg(long, value_name = "PATH=FILE")]
    pub set_file: Vec<String>,
}
