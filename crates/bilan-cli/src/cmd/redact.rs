//! Takes a text out of the ledger: `bilan redact`.
//!
//! In: a document, a reason, a role. Out: a tombstone, and what could not be removed.
//!
//! It cannot be undone, so a person at a terminal is asked, and a script says `--yes`.

use crate::args::Redact;
use crate::text::plain;
use crate::{End, config};
use anyhow::{Result, bail};
use bilan_ledger::Ledger;
use std::io::{self, IsTerminal, Write};

/// Takes out.
pub fn run(args: Redact) -> Result<End> {
    if args.reason.trim().is_empty() || args.role.trim().is_empty() {
        bail!("a tombstone has a reason and a role; both stay in the ledger");
    }
    let mut ledger = Ledger::open(&args.ledger.ledger)?;
    let Some(kept) = ledger.document(&args.document)? else {
        bail!("{}: the ledger knows no document of this id or hash", args.document);
    };
    let (id, hash) = (&kept.reading.document.id, &kept.reading.document.hash);
    if !args.yes && !kept.redacted {
        if !io::stdin().is_terminal() {
            bail!("nobody can be asked here: --yes takes out the text of {id} for good");
        }
        let mut ask = io::stderr().lock();
        write!(ask, "take out the text of {} for good, with its bytes and all that quotes it? [y/N] ", plain(id))?;
        ask.flush()?;
        let mut answer = String::new();
        io::stdin().read_line(&mut answer)?;
        if !matches!(answer.trim(), "y" | "Y" | "yes") {
            bail!("nothing was taken out");
        }
    }
    let time = config::now();
    let redacted = super::patiently(&mut ledger, |ledger| ledger.redact(hash, &args.reason, &args.role, time))?;
    let Some(redacted) = redacted else { bail!("{}: the ledger no longer knows this document", args.document) };
    let mut out = super::stdout();
    let documents = super::many(redacted.documents.len(), "document", "documents");
    writeln!(out, "{}: the text of {documents} is out, entry {}", args.ledger.ledger.display(), redacted.entry)?;
    for file in &redacted.shared {
        writeln!(out, "{}: left, for other documents came from it too; it still holds the text", file.display())?;
    }
    out.flush()?;
    Ok(End::Done)
}
