//! The command `bilan`.
//!
//! In: the words of the command line. Out: what was asked for on standard output, complaints on standard error, and an
//! exit code, decided here only: 0 done (also with no claim found), 1 a check failed, 2 an error.

mod archive;

mod args;

mod config;

mod fetch;

mod inputs;

mod manifest;

mod names;

mod damaged;

mod pdf;

mod stream;

mod text;

mod table;

mod sheet;

mod row;

mod told;

#[cfg(feature = "parquet")]
mod parquet;

mod news;

mod why;

mod score;

mod cmd;

#[cfg(test)]
mod invented;

/// Loading packs and reading many documents at once is allocation after allocation.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

use args::{Args, Command, Dev, Pack};
use clap::Parser;
use std::io::{self, Write};
use std::process::ExitCode;

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// Everything that was asked for was done.
    Done,
    /// A check was made, and it failed.
    Failed,
    /// Something could not be read; the rest was.
    Incomplete,
}

fn main() -> ExitCode {
    match run(Args::parse()) {
        Ok(End::Done) => ExitCode::SUCCESS,
        Ok(End::Failed) => ExitCode::from(1),
        Ok(End::Incomplete) => ExitCode::from(2),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            complain(&format!("{error:#}"));
            ExitCode::from(2)
        }
    }
}

fn run(args: Args) -> anyhow::Result<End> {
    let page = config::page(args.color);
    match args.command {
        Command::Add(add) => cmd::add::run(add),
        Command::Compare(compare) => cmd::compare::run(compare, page),
        Command::Serve(serve) => cmd::serve::run(serve),
        Command::Demo(demo) => cmd::demo::run(demo),
        Command::Read(read) => cmd::read::run(read, page),
        Command::Why(why) => cmd::why::run(why, page),
        Command::Claims(claims) => cmd::claims::run(claims, page),
        Command::Series(series) => cmd::series::run(series, page),
        Command::Check(check) => cmd::check::run(check, page),
        Command::Cite(cite) => cmd::cite::run(cite),
        Command::Export(export) => cmd::export::run(export),
        Command::Import(import) => cmd::import::run(import),
        Command::Review(review) => cmd::review::run(review, page),
        Command::Redact(redact) => cmd::redact::run(redact),
        Command::Fsck(fsck) => cmd::fsck::run(fsck),
        Command::Dev(Dev::Eval(eval)) => cmd::dev::eval::run(eval, page),
        Command::Dev(Dev::Mentions(mentions)) => cmd::dev::mentions::run(mentions),
        Command::Dev(Dev::Pack(Pack::Check { dir })) => cmd::dev::pack::check(&dir, page),
        Command::Completions(completions) => cmd::manual::completions(completions.shell),
        Command::PdfText => pdf::run().map(|()| End::Done),
        Command::Man => cmd::manual::man(),
    }
}

/// One line on standard error.
pub fn complain(line: &str) {
    // Nowhere is left to say that standard error is closed.
    let _ = writeln!(io::stderr().lock(), "bilan: {}", text::plain(line));
}

/// The reader of our output has gone (`| head`): a reason to stop, not to complain.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == io::ErrorKind::BrokenPipe)
            || cause.downcast_ref::<bilan_view::row::WriteError>().is_some_and(|error| error.is_broken_pipe())
            || cause.downcast_ref::<bilan_view::export::ExportError>().is_some_and(|error| error.is_broken_pipe())
    })
}
