//! Defines the commands that read documents: `read`, `why`, `add`, `import`.
//!
//! In: words of the command line. Out: their flags.

use super::{Access, LedgerAt, MapsAt, Packs, Show, Showing, Sources};
use bilan::claim::Date;
use clap::Args as Group;
use std::path::PathBuf;

/// `bilan read`
#[derive(Debug, Group)]
pub struct Read {
    #[command(flatten)]
    pub sources: Sources,

    /// What of the reading is shown
    #[arg(long, value_name = "WHAT", default_value = "claims")]
    pub show: Show,

    #[command(flatten)]
    pub showing: Showing,

    #[command(flatten)]
    pub packs: Packs,
}

/// `bilan why`
#[derive(Debug, Group)]
pub struct Why {
    #[command(flatten)]
    pub sources: Sources,

    #[command(flatten)]
    pub packs: Packs,
}

/// `bilan add`
#[derive(Debug, Group)]
pub struct Add {
    #[command(flatten)]
    pub sources: Sources,

    /// Keep only the hash of the files, not their bytes
    #[arg(long)]
    pub no_bytes: bool,

    /// Show what came since the last time this was asked: new statements, and those that more texts tell
    #[arg(long)]
    pub new: bool,

    /// Who may see these documents from now on; without it, new ones are internal and known ones stay as they are
    #[arg(long, value_name = "WHO")]
    pub access: Option<Access>,

    #[command(flatten)]
    pub ledger: LedgerAt,

    #[command(flatten)]
    pub packs: Packs,
}

/// `bilan import`
#[derive(Debug, Group)]
pub struct Import {
    /// Tables: CSV, a JSON array of objects, or lines of JSON objects
    #[arg(value_name = "FILE", required = true)]
    pub files: Vec<PathBuf>,

    /// The map of their columns; the one that fits when not given
    #[arg(long, value_name = "NAME")]
    pub map: Option<String>,

    /// Only tell what is odd; keep nothing
    #[arg(long)]
    pub dry_run: bool,

    /// How many odd things of a kind are told one by one
    #[arg(long, value_name = "N", default_value_t = 20, allow_negative_numbers = true)]
    pub tell: usize,

    /// Where the tables were found
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Who keeps them
    #[arg(long, value_name = "NAME")]
    pub outlet: Option<String>,

    /// When they were published
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,

    #[command(flatten)]
    pub maps: MapsAt,

    #[command(flatten)]
    pub ledger: LedgerAt,
}
