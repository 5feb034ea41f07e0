//! Runs what those who work on bilan need: the gate, the synthetic corpus, the measurements.
//!
//! `cargo xtask test` is the gate; `cargo xtask help` lists the rest.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command for people at a terminal")]

mod bench;
mod checkout;
mod corpus;
mod test;
mod train;

use checkout::Checkout;
use clap::{Parser, Subcommand};
use std::path::PathBuf;
use std::process::ExitCode;

/// Tasks of the people who work on bilan.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Args {
    #[command(subcommand)]
    task: Task,
}

#[derive(Subcommand)]
enum Task {
    /// Check format, lints, documentation and tests: the gate of every change
    Test {
        /// Also install what is missing (apt-get, pip, npm) and run every part
        #[arg(long)]
        all: bool,
        /// Run these parts alone, with what they need
        #[arg(long, value_name = "PART")]
        only: Vec<String>,
    },
    /// Write invented French news of any size, the same for the same seed
    Corpus(corpus::Args),
    /// Measure speed and memory of a release build on one core
    Bench {
        /// Smaller inputs: a minute instead of ten
        #[arg(long)]
        fast: bool,
        /// Only this table, as `ledger` or `serve`
        #[arg(long, value_name = "TABLE")]
        only: Option<String>,
    },
    /// Learn the weights of confidence from claims that were judged
    Train(train::Args),
    /// Measure what is kept of real pages, beside trafilatura
    Pages {
        /// A folder of pages with `pages.jsonl`: file, url, with, without
        #[arg(value_name = "DIR")]
        folder: PathBuf,
        /// A Python that has trafilatura
        #[arg(long, value_name = "FILE", default_value = "python3")]
        python: PathBuf,
    },
}

fn main() -> ExitCode {
    let checkout = Checkout::here();
    let done = match Args::parse().task {
        Task::Test { all, only } => test::run(&checkout, all, &only),
        Task::Corpus(args) => corpus::write(&args).map(|()| true),
        Task::Train(args) => train::run(&checkout, &args).map(|()| true),
        Task::Pages { folder, python } => bench::pages(&checkout, &folder, &python).map(|()| true),
        Task::Bench { fast, only } => bench::run(&checkout, fast, only.as_deref()).map(|()| true),
    };
    match done {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::from(1),
        Err(error) => {
            eprintln!("error: {error:#}");
            ExitCode::from(2)
        }
    }
}
