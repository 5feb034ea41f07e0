//! Defines the flags that several commands share: inputs, packs, ledger, filters, formats.
//!
//! In: words of the command line. Out: groups of flags that a command takes in whole.

use bilan::claim::Date;
use bilan::document::Kind;
use clap::{Args as Group, ValueEnum};
use std::path::PathBuf;

/// Reports, and what is known of them.
#[derive(Debug, Group)]
pub struct Sources {
    /// Files, folders, addresses as https://…, or `-` for standard input
    #[arg(value_name = "PATH", required_unless_present = "manifest")]
    pub paths: Vec<PathBuf>,

    /// List of files with what is known of them: CSV with path, url, outlet, published, fetched, lang, access
    #[arg(long, value_name = "FILE")]
    pub manifest: Option<PathBuf>,

    /// Kind of all inputs, in place of the one their bytes tell: text, html, jsonl, json, feed, telegram, pdf
    #[arg(long = "as", value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,

    /// Address that all inputs come from, as of an exported channel
    #[arg(long, value_name = "URL")]
    pub url: Option<String>,

    /// Language of all documents, in place of the one found
    #[arg(long, value_name = "LANG")]
    pub lang: Option<String>,

    /// Publication date of documents that tell none
    #[arg(long, value_name = "DATE")]
    pub published: Option<Date>,

    /// Publication date of all documents, whatever they tell
    #[arg(long, value_name = "DATE", conflicts_with = "published")]
    pub force_published: Option<Date>,

    #[command(flatten)]
    pub fetching: Fetching,
}

/// How addresses are asked.
#[derive(Debug, Group)]
#[command(next_help_heading = "Addresses")]
pub struct Fetching {
    /// What we call ourselves; robots.txt is asked for the first word of it
    #[arg(long, value_name = "WORDS", value_parser = clap::builder::NonEmptyStringValueParser::new())]
    pub user_agent: Option<String>,

    /// Proxy, as http://proxy:3128, in place of $HTTPS_PROXY and $HTTP_PROXY
    #[arg(long, value_name = "URL")]
    pub proxy: Option<String>,

    /// Ask addresses of this machine and of private networks too
    #[arg(long)]
    pub allow_private: bool,

    /// Keep what is fetched in this WARC (.warc.gz), and fetch again only what has changed
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
}

/// The words the reader knows.
#[derive(Debug, Group)]
pub struct Packs {
    /// Folder of packs, in place of those inside the program
    #[arg(long, value_name = "DIR")]
    pub packs: Option<PathBuf>,
}

/// Where the ledger lies.
#[derive(Debug, Group)]
pub struct LedgerAt {
    /// The ledger
    #[arg(long, value_name = "FILE", env = "BILAN_LEDGER", default_value = "bilan.db")]
    pub ledger: PathBuf,
}

/// What of a reading is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Show {
    Claims,
    Refused,
    Documents,
    /// Copies of one text, and versions of one page
    Groups,
}

/// How it is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    Table,
    Jsonl,
    Json,
    Csv,
}

/// How rows are shown.
#[derive(Debug, Group)]
pub struct Showing {
    /// How it is written
    #[arg(long, value_name = "FORMAT", default_value = "table")]
    pub format: Format,

    /// Add the sentence under each row of a table
    #[arg(short, long)]
    pub verbose: bool,
}

/// A picture of the answer.
#[derive(Debug, Group)]
pub struct Chart {
    /// Draw the answer into this file, .svg or .png
    #[arg(long, value_name = "FILE")]
    pub chart: Option<PathBuf>,

    /// Language of the picture, en or fr; that of $LANG when not given
    #[arg(long, value_name = "LANG")]
    pub chart_lang: Option<String>,
}

/// Which claims: all that is given must hold.
#[derive(Debug, Group)]
#[command(next_help_heading = "Which claims")]
pub struct Filter {
    /// Whose people or materiel, as `RU`
    #[arg(long, value_name = "PARTY")]
    pub side: Option<String>,

    /// What happened, as `killed`
    #[arg(long, value_name = "OUTCOME")]
    pub outcome: Option<String>,

    /// Who or what, as `civilian`
    #[arg(long, value_name = "COUNTED")]
    pub counted: Option<String>,

    /// Who says so, with all that belong to it: `UA` holds `UA/general-staff`
    #[arg(long, value_name = "PARTY")]
    pub claimant: Option<String>,

    /// Covering this day or a later one
    #[arg(long, value_name = "DATE")]
    pub from: Option<String>,

    /// Covering this day or an earlier one
    #[arg(long, value_name = "DATE")]
    pub to: Option<String>,

    /// Where, as `UA` or `UA/Kharkiv`
    #[arg(long, value_name = "PLACE")]
    pub place: Option<String>,

    /// In the document of this id
    #[arg(long, value_name = "ID")]
    pub document: Option<String>,

    /// With these words in the sentence, whatever their accents and capitals
    #[arg(long, value_name = "WORDS", alias = "text")]
    pub words: Option<String>,
}

/// Who may see a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Access {
    /// Everybody
    Public,
    /// Those who work with the ledger
    Internal,
    /// Leaves the ledger in no form
    Restricted,
}

/// How the columns of tables stand to claims.
#[derive(Debug, Group)]
pub struct MapsAt {
    /// Folder of column maps, added to those inside the program, or in their place where names are equal
    #[arg(long, value_name = "DIR")]
    pub maps: Option<PathBuf>,
}

fn kind(name: &str) -> Result<Kind, String> {
    let known = Kind::NAMED.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let names = Kind::NAMED.map(|(name, _)| name).join(", ");
    known.ok_or_else(|| format!("expected one of {names}"))
}
