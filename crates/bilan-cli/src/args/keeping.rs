//! Defines the commands that look after the ledger: `review`, `redact`, `fsck`.
//!
//! In: words of the command line. Out: their flags.

use super::{Filter, LedgerAt};
use clap::Args as Group;
use std::path::PathBuf;

/// `bilan review`
#[derive(Debug, Group)]
pub struct Review {
    /// The figure, as `bilan claims --format jsonl` has it; without it, the claim that is least sure to be read right
    pub figure: Option<String>,

    /// Which claim on this figure, from 0
    #[arg(long, value_name = "N", default_value_t = 0, requires = "figure", allow_negative_numbers = true)]
    pub nth: u8,

    /// It is right, or its FIELD is
    #[arg(long, value_name = "FIELD", num_args = 0..=1, default_missing_value = "", requires = "figure")]
    pub accept: Option<String>,

    /// It should be this; several times for several fields; `side=` for "not told"
    #[arg(long, value_name = "FIELD=VALUE", requires = "figure")]
    pub correct: Vec<String>,

    /// It is no claim
    #[arg(long, requires = "figure", conflicts_with_all = ["accept", "correct"])]
    pub reject: bool,

    /// What else there is to say
    #[arg(long, value_name = "TEXT", requires = "figure")]
    pub note: Option<String>,

    /// Who reviews: a role, not a name
    #[arg(long, value_name = "ROLE", env = "BILAN_ROLE", default_value = "reviewer")]
    pub role: String,

    /// Only claims of which we are less sure than this, 0 to 1
    #[arg(long, value_name = "P", allow_negative_numbers = true)]
    pub below: Option<f64>,

    /// List what was said so far, first the reviews that fit no claim any more
    #[arg(long, conflicts_with = "figure")]
    pub list: bool,

    /// Write the documents whose every claim is reviewed, for `bilan dev eval`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["figure", "list"])]
    pub gold: Option<PathBuf>,

    #[command(flatten)]
    pub filter: Filter,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan redact`
#[derive(Debug, Group)]
pub struct Redact {
    /// The document's id or hash
    pub document: String,

    /// Why; it stays in the ledger: name nobody
    #[arg(long, value_name = "TEXT")]
    pub reason: String,

    /// Who decided: a role, not a name
    #[arg(long, value_name = "ROLE", env = "BILAN_ROLE")]
    pub role: String,

    /// Do not ask
    #[arg(long)]
    pub yes: bool,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan fsck`
#[derive(Debug, Group)]
pub struct Fsck {
    /// The hash that the last entry had when you wrote it down
    #[arg(long, value_name = "HASH")]
    pub head: Option<String>,

    /// First make the lines again, by which questions find their claims; nothing else is touched
    #[arg(long)]
    pub rebuild: bool,

    #[command(flatten)]
    pub ledger: LedgerAt,
}
