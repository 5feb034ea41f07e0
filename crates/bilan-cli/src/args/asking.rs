//! Defines the commands that ask the ledger: `claims`, `compare`, `series`, `check`, `cite`, `export`.
//!
//! In: words of the command line. Out: their flags.

use super::{Chart, Filter, Format, LedgerAt, MapsAt, Packs, Showing};
use bilan::claim::Date;
use clap::{Args as Group, ValueEnum};
use std::path::PathBuf;

/// `bilan claims`
#[derive(Debug, Group)]
pub struct Claims {
    /// One row for what a claimant said once, however many texts print it
    #[arg(long)]
    pub statements: bool,

    #[command(flatten)]
    pub filter: Filter,

    #[command(flatten)]
    pub showing: Showing,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan series`
#[derive(Debug, Group)]
pub struct Series {
    #[command(flatten)]
    pub filter: Filter,

    /// Show every figure of a line, not only where something happens
    #[arg(long)]
    pub all: bool,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,

    /// In the picture, put all outcomes into one scale; killed, casualties and losses count different things
    #[arg(long)]
    pub one_scale: bool,

    #[command(flatten)]
    pub chart: Chart,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan compare`
#[derive(Debug, Group)]
pub struct Compare {
    /// The day for which the latest known figures are wanted; today when not given
    #[arg(long, value_name = "DATE")]
    pub on: Option<Date>,

    /// Only what the ledger had learned by this day
    #[arg(long, value_name = "DATE")]
    pub known: Option<Date>,

    /// Compare running totals that lie at most so many days apart
    #[arg(long, value_name = "DAYS", default_value_t = 7, allow_negative_numbers = true)]
    pub within: u16,

    /// Read losses, which leave the outcome open, as this one, as `killed`
    #[arg(long, value_name = "OUTCOME")]
    pub read_losses_as: Option<String>,

    #[command(flatten)]
    pub filter: Filter,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,

    #[command(flatten)]
    pub chart: Chart,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan check`
#[derive(Debug, Group)]
pub struct Check {
    /// The sentence, or `-` for standard input
    #[arg(value_name = "SENTENCE")]
    pub sentence: String,

    /// Its language, in place of the one found
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,

    /// When it was published: "samedi" is then a day
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,

    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,

    #[command(flatten)]
    pub packs: Packs,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// `bilan cite`
#[derive(Debug, Group)]
pub struct Cite {
    /// The figure, as `wf36qq5fg2ljidyvmfotirzqym@71+3`; the document may be named by its id
    #[arg(value_name = "FIGURE")]
    pub figure: String,

    /// chicago, apa, mla, iso690, wikipedia or bibtex
    #[arg(long, value_name = "STYLE", default_value = "chicago")]
    pub style: String,

    /// One page with the sentence, its source and what the machine decided: text or html
    #[arg(long, value_name = "FORM")]
    pub sheet: Option<Sheet>,

    /// The answer as data, in place of a footnote: jsonl, json or csv
    #[arg(long, value_name = "FORMAT", conflicts_with = "sheet")]
    pub format: Option<Format>,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// The form of a sheet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Sheet {
    Text,
    Html,
}

/// `bilan export`
#[derive(Debug, Group)]
pub struct Export {
    /// csv, jsonl, parquet, model, ged, hxl, schemaorg, or a map of `--maps`
    #[arg(value_name = "FORMAT")]
    pub format: String,

    /// Write into this folder, with a datapackage.json beside the table; else to standard output
    #[arg(long, value_name = "DIR")]
    pub into: Option<PathBuf>,

    /// How the table is written, where the map says otherwise
    #[arg(long, value_name = "FORM")]
    pub form: Option<TableForm>,

    /// A row for each report, or for each statement
    #[arg(long, value_name = "UNIT")]
    pub unit: Option<RowUnit>,

    /// The date that a row counts by
    #[arg(long, value_name = "CLOCK", default_value = "stated")]
    pub clock: RowClock,

    /// The one number of "dozens" or "2,000 to 4,000"; a number that was said is never moved
    #[arg(long, value_name = "LENS")]
    pub lens: Option<RowLens>,

    /// Leave out what is not marked public
    #[arg(long)]
    pub public: bool,

    #[command(flatten)]
    pub filter: Filter,

    #[command(flatten)]
    pub maps: MapsAt,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum TableForm {
    Csv,
    Jsonl,
    Parquet,
    Jsonld,
}

/// What a row of a table is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowUnit {
    Report,
    Statement,
}

/// The date that a row counts by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowClock {
    Stated,
    Published,
    Covers,
}

/// The number of a figure that is no single number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum RowLens {
    Acled,
    Emdat,
    Low,
    High,
}
