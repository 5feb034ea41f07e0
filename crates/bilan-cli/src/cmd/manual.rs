//! Prints completions and the manual page, both made from `args.rs`.
//!
//! In: the definitions of the command line. Out: a script for a shell, or a page for `man`.

use crate::End;
use crate::args::Args;
use anyhow::Result;
use clap::CommandFactory;
use std::io::Write;

/// The completions of a shell.
pub fn completions(shell: clap_complete::Shell) -> Result<End> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Args::command(), "bilan", &mut script);
    super::stdout().write_all(&script)?;
    Ok(End::Done)
}

/// The manual page: the command, then each of its commands.
pub fn man() -> Result<End> {
    let mut out = super::stdout();
    let mut command = Args::command();
    command.build();
    clap_mangen::Man::new(command.clone()).render(&mut out)?;
    for inner in command.get_subcommands().filter(|inner| inner.get_name() != "help") {
        let title = format!("bilan {}", inner.get_name()).to_uppercase();
        writeln!(out, ".SH \"{title}\"")?;
        let man = clap_mangen::Man::new(inner.clone());
        man.render_description_section(&mut out)?;
        man.render_options_section(&mut out)?;
    }
    out.flush()?;
    Ok(End::Done)
}
