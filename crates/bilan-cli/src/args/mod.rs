//! Defines what can be typed: commands, flags and their help. Completions and the man page come from here too.
//!
//! In: the words of the command line. Out: [`Args`], typed but not yet resolved (see `config.rs`).
//!
//! A wrong date (`--published 2022-13-01`) is refused here, before any file is opened.

mod asking;
mod common;
mod dev;
mod keeping;
mod reading;
mod serving;

pub use asking::*;
pub use common::*;
pub use dev::*;
pub use keeping::*;
pub use reading::*;
pub use serving::*;

use clap::{Parser, Subcommand, ValueEnum};

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

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_definitions_hold_together() {
        Args::command().debug_assert();
    }
}
