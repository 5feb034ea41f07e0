//! Shows the ledger in the browser: `bilan serve`.
//!
//! In: a ledger, an address. Out: two pages, until the program is told to stop.

use crate::End;
use crate::args::Serve;
use anyhow::Result;
use bilan_view::serve::{Options, Server};
use std::io::Write;

/// Serves.
pub fn run(args: Serve) -> Result<End> {
    let server = Server::bind(Options { ledger: args.ledger.ledger, listen: args.listen })?;
    let mut out = super::stdout();
    writeln!(out, "http://{}/ shows the ledger; Ctrl-C ends it", server.address())?;
    out.flush()?;
    drop(out);
    server.run()?;
    Ok(End::Done)
}
