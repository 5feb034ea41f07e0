//! Defines what can be typed: commands, flags and their help. Completions and the man page come from here too.
//!
//! In: the words of the command line. Out: [`Args`], typed but not yet resolved (see `config.rs`).
//!
//! A wrong date (`--published 2022-13-01`) is refused here, before any file is opened.

use bilan::claim::Date;
use bilan::document::Kind;
use clap::{Args as Group, Parser, Subcommand, ValueEnum};
use std::path::PathBuf;

/// Reads reports, finds every figure put on a toll or a force, and keeps who said it.
#[derive(Debug, Parser)]
#[command(name = "bilan", version, about, max_term_width = 100, arg_required_else_help = true)]
pub struct Args {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,

    /// Colour: auto (on a terminal without NO_COLOR), always, never
    #[arg(
        long,
        global = true,
        value_name = "WHEN",
        default_value = "auto",
        hide_possible_values = true,
        hide_default_value = true
    )]
    pub color: When,
}

/// When to use colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum When {
    Auto,
    Always,
    Never,
}

/// The commands, in the order of the help page.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read reports and keep their claims in the ledger
    Add(Add),
    /// Show who says how many: the latest known figure of each, with its age
    Compare(Compare),
    /// Show the ledger in the browser: claims, and documents with their claims marked
    Serve(Serve),
    /// Show an invented war in the browser, to try everything out
    Demo(Demo),
    /// Read reports and show their claims, keeping nothing
    Read(Read),
    /// Show the words that each claim rests on, and how it was found
    Why(Why),
    /// List the claims of the ledger, or what each claimant said
    Claims(Claims),
    /// Follow figures through time: steps, falls, jumps, gaps
    Series(Series),
    /// Look a sentence up: who said this number, of what, and who says otherwise
    Check(Check),
    /// Write the footnote of a figure, and a sheet with all that one needs to check it
    Cite(Cite),
    /// Write claims as the tables that others work with
    Export(Export),
    /// Read tables that others keep into the ledger, and tell what is odd in them
    Import(Import),
    /// Review claims: accept, correct, reject, note
    Review(Review),
    /// Take a text out of the ledger, and leave a tombstone
    Redact(Redact),
    /// Check that the ledger is whole and unchanged
    Fsck(Fsck),
    /// Tools for those who work on bilan
    #[command(subcommand)]
    Dev(Dev),
    /// Print the completions of a shell
    Completions(Completions),
    /// Print the manual page
    Man,
    /// Read a PDF from standard input and print its pages: what this program asks of itself
    #[command(name = crate::pdf::COMMAND, hide = true)]
    PdfText,
}

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

fn kind(name: &str) -> Result<Kind, String> {
    let known = Kind::NAMED.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
    let names = Kind::NAMED.map(|(name, _)| name).join(", ");
    known.ok_or_else(|| format!("expected one of {names}"))
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
    #[arg(long, value_name = "DAYS", default_value_t = 7)]
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

/// `bilan review`
#[derive(Debug, Group)]
pub struct Review {
    /// The figure, as `bilan claims --format jsonl` has it; without it, the claim that is least sure to be read right
    pub figure: Option<String>,

    /// Which claim on this figure, from 0
    #[arg(long, value_name = "N", default_value_t = 0, requires = "figure")]
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
    #[arg(long, value_name = "P")]
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

/// How the columns of tables stand to claims.
#[derive(Debug, Group)]
pub struct MapsAt {
    /// Folder of column maps, added to those inside the program, or in their place where names are equal
    #[arg(long, value_name = "DIR")]
    pub maps: Option<PathBuf>,
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
    #[arg(long, value_name = "N", default_value_t = 20)]
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

/// `bilan serve`
#[derive(Debug, Group)]
pub struct Serve {
    #[command(flatten)]
    pub serving: Serving,

    /// Beyond this machine, let people without the token see claims and their sentences
    #[arg(long)]
    pub public: bool,

    #[command(flatten)]
    pub ledger: LedgerAt,
}

/// How a page is served.
#[derive(Debug, Group)]
pub struct Serving {
    /// Address and port
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1:8700")]
    pub listen: std::net::SocketAddr,

    /// File with the token that lets its holder write, and see whole texts from elsewhere; or $BILAN_TOKEN
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,

    /// Requests a second from one address; beyond this machine 20 when not given
    #[arg(long, value_name = "N")]
    pub rate: Option<u32>,

    /// Log requests on standard error as lines of JSON
    #[arg(long)]
    pub log_json: bool,
}

/// `bilan demo`
#[derive(Debug, Group)]
pub struct Demo {
    #[command(flatten)]
    pub serving: Serving,

    /// Keep the ledger of the demonstration in this file, which must not exist, and serve nothing
    #[arg(long, value_name = "FILE")]
    pub keep: Option<PathBuf>,
}

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

    /// Fail when F1 of whole claims is lower, as `0.9`
    #[arg(long, value_name = "F1")]
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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_hold_together() {
        Args::command().debug_assert();
    }
}
