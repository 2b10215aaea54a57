//! How a verb prints its result: for people or for programs.

use clap::{Args, ValueEnum};

/// What every verb with a result takes; what the result is, the verb may say in its help.
#[derive(Args, Clone, Copy, Debug)]
pub struct Printed {
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: Format,
}

/// How results are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Human,
    Json,
}
