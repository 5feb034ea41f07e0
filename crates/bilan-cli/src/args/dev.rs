//! Defines the commands of those who work on bilan itself: `dev`, and `completions`.
//!
//! In: words of the command line. Out: their flags.

use super::{Packs, Sources};
use clap::{Args as Group, Subcommand, ValueEnum};
use std::path::PathBuf;

/// `bilan dev`
#[derive(Debug, Subcommand)]
pub enum Dev {
    /// Score the reader against claims marked by hand
    Eval(Eval),
    /// List the figures and dates of reports, whatever they are of
    Mentions(Mentions),
    /// Work on packs
    #[command(subcommand)]
    Pack(Pack),
}

/// `bilan dev eval`
#[derive(Debug, Group)]
pub struct Eval {
    /// One marked document a line; `file` is relative to this file
    #[arg(value_name = "GOLD.jsonl")]
    pub gold: PathBuf,

    /// List each miss, each wrong field and each extra with its sentence
    #[arg(long)]
    pub misses: bool,

    /// Tell for each pack entry and rule how many claims it touched, in how many documents, and how many were right
    #[arg(long)]
    pub entries: bool,

    /// Write for each found claim, doubtful ones too, whether it was right and why it was believed, for `cargo xtask train`
    #[arg(long, value_name = "FILE.csv")]
    pub rows: Option<PathBuf>,

    /// Fail when F1 of whole claims is lower, as `0.9`
    #[arg(long, value_name = "F1", allow_negative_numbers = true)]
    pub at_least: Option<f64>,

    #[command(flatten)]
    pub packs: Packs,
}

/// `bilan dev mentions`
#[derive(Debug, Group)]
pub struct Mentions {
    #[command(flatten)]
    pub sources: Sources,

    /// Where a day without a date lies: before the publication date, as in news, or after it
    #[arg(long, value_name = "WAY", default_value = "back")]
    pub look: Look,

    /// Whether a stretch holds the date that ends it, as in news: "du 4 au 23" the 23rd
    #[arg(long, value_name = "HOW", default_value = "in")]
    pub ends: Ends,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "jsonl")]
    pub format: Lines,

    #[command(flatten)]
    pub packs: Packs,
}

/// Which way dates look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Look {
    Back,
    Forward,
}

/// Whether a stretch holds the date that ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Ends {
    In,
    Out,
}

/// Mentions are for programs only.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Lines {
    Jsonl,
}

/// `bilan dev pack`
#[derive(Debug, Subcommand)]
pub enum Pack {
    /// Run the examples that stand beside the entries of a folder of packs
    Check {
        /// The folder
        #[arg(value_name = "DIR")]
        dir: PathBuf,
    },
}

/// `bilan completions`
#[derive(Debug, Group)]
pub struct Completions {
    /// The shell
    #[arg(value_name = "SHELL")]
    pub shell: clap_complete::Shell,
}
