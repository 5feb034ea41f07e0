//! Shows the ledger in the browser: `bilan serve`.
//!
//! In: a ledger, an address, a token. Out: pages and an API, until the program is told to stop.
//!
//! The token never stands on the command line, where every user of the machine could read it.

use crate::End;
use crate::args::{Serve, Serving};
use anyhow::{Context, Result};
use bilan_view::serve::{Options, Server, Token};
use std::io::Write;
use std::path::PathBuf;

/// Serves.
pub fn run(args: Serve) -> Result<End> {
    let public = args.public;
    let server = Server::bind(Options { public, ..options(&args.serving, args.ledger.ledger)? })?;
    shown(server, &args.serving, "shows the ledger")
}

/// What every served ledger has in common.
pub fn options(serving: &Serving, ledger: PathBuf) -> Result<Options> {
    let words = match &serving.token_file {
        Some(file) => {
            let words = std::fs::read_to_string(file).with_context(|| format!("{}: cannot be read", file.display()))?;
            Some((file.display().to_string(), words))
        }
        None => std::env::var("BILAN_TOKEN").ok().map(|words| ("$BILAN_TOKEN".to_owned(), words)),
    };
    let token = words.map(|(place, words)| Token::new(&words).context(place)).transpose()?;
    Ok(Options {
        ledger,
        listen: serving.listen,
        token,
        public: false,
        rate: serving.rate,
        invented: false,
        now: jiff::Zoned::now,
    })
}

/// Says where, and serves until told to stop.
pub fn shown(server: Server, serving: &Serving, what: &str) -> Result<End> {
    if serving.log_json {
        tracing_subscriber::fmt().json().flatten_event(true).with_writer(std::io::stderr).init();
    }
    let mut out = super::stdout();
    writeln!(out, "http://{}/ {what}; Ctrl-C ends it", server.address())?;
    out.flush()?;
    drop(out);
    server.run()?;
    Ok(End::Done)
}
