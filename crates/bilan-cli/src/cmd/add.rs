//! Reads into the ledger: `bilan add`.
//!
//! In: a job. Out: entries at the end of the chain, and a line that counts what was new.
//!
//! A folder of a gigabyte is added in batches; each is there whole or not at all, and what was added before a failure
//! stays: the same command again adds only the rest.

use super::read::Seen;
use crate::args::{self, Add};
use crate::news::Told;
use crate::stream::Origin;
use crate::text::plain;
use crate::{End, complain, config};
use anyhow::Result;
use bilan::Reading;
use bilan::document::Loss;
use bilan_ledger::{Access, AddOptions, Added, Given, Ledger, Unreadable};
use bilan_view::row::Coverage;
use std::io::Write;

/// A batch ends at so many documents, or so many bytes of text.
const DOCUMENTS: usize = 2_000;
const BYTES: usize = 32 << 20;

#[derive(Default)]
struct Batch {
    readings: Vec<(Box<Reading>, Origin)>,
    unreadable: Vec<Unreadable>,
    bytes: usize,
}

/// Reads and adds.
pub fn run(args: Add) -> Result<End> {
    let mut job = config::job(args.sources, &args.packs)?;
    job.with_bytes = true;
    let mut ledger = Ledger::open_or_create(&args.ledger.ledger)?;
    let told = args.new.then(|| Told::open(&ledger)).transpose()?;
    let how = How { keep_bytes: !args.no_bytes, access: args.access.map(access) };
    let (mut batch, mut total, mut seen) = (Batch::default(), Added::default(), Seen::default());
    job.each(|item| {
        match seen.count(item) {
            Ok((reading, origin)) => {
                batch.bytes += reading.document.text.len() + origin.bytes.as_ref().map_or(0, |bytes| bytes.len());
                batch.readings.push((reading, origin));
            }
            Err(lost) => {
                let without_text = match lost.loss {
                    Loss::Unreadable => None,
                    Loss::NoText => Some(1),
                    Loss::Wordless(records) => Some(records as u64),
                };
                batch.unreadable.push(Unreadable { input: lost.input, reason: lost.reason, without_text });
            }
        }
        if batch.readings.len() >= DOCUMENTS || batch.bytes >= BYTES {
            append(&mut ledger, std::mem::take(&mut batch), how, &mut total)?;
        }
        Ok(())
    })?;
    append(&mut ledger, batch, how, &mut total)?;
    for unfit in &total.unfit {
        complain(&format!(
            "{}: not added: {}; this is a fault of the reader, please report it",
            unfit.document, unfit.because
        ));
        seen.end = End::Incomplete;
    }
    let mut out = super::stdout();
    writeln!(out, "{}", summary(&total, &seen.coverage))?;
    seen.without_date().iter().try_for_each(|line| writeln!(out, "{}", plain(line)))?;
    match ledger.head()? {
        Some(head) => writeln!(out, "{}: entry {}, head {}", args.ledger.ledger.display(), head.entry, head.hash)?,
        None => writeln!(out, "{}: empty", args.ledger.ledger.display())?,
    }
    if let Some(told) = told {
        told.tell(&ledger, &mut out)?;
    }
    out.flush()?;
    Ok(seen.end)
}

/// How documents are added.
#[derive(Clone, Copy)]
struct How {
    keep_bytes: bool,
    access: Option<Access>,
}

fn access(typed: args::Access) -> Access {
    match typed {
        args::Access::Public => Access::Public,
        args::Access::Internal => Access::Internal,
        args::Access::Restricted => Access::Restricted,
    }
}

fn append(ledger: &mut Ledger, batch: Batch, how: How, total: &mut Added) -> Result<()> {
    if batch.readings.is_empty() && batch.unreadable.is_empty() {
        return Ok(());
    }
    let time = config::now();
    let options = AddOptions { keep_bytes: how.keep_bytes, unreadable: batch.unreadable, ..AddOptions::at(time) };
    let given = || {
        batch.readings.iter().map(|(reading, origin)| Given {
            reading,
            bytes: origin.bytes.as_deref(),
            fetched: origin.fetched,
            access: origin.access.or(how.access),
        })
    };
    let added = super::patiently(ledger, |ledger| ledger.add(given(), &options))?;
    total.documents += added.documents;
    total.readings += added.readings;
    total.already += added.already;
    total.redacted += added.redacted;
    total.claims += added.claims;
    total.refusals += added.refusals;
    total.access += added.access;
    total.unfit.extend(added.unfit);
    Ok(())
}

fn summary(added: &Added, seen: &Coverage) -> String {
    let again = added.readings - added.documents.min(added.readings);
    let mut parts = vec![
        super::many(added.documents, "new document", "new documents"),
        super::many(added.claims, "claim", "claims"),
        super::many(added.refusals, "refused figure", "refused figures"),
    ];
    for (n, what) in [
        (again, "read anew"),
        (added.already, "known already"),
        (added.redacted, "taken out before, and stay out"),
        (added.access, "seen by others from now on"),
        (seen.without_date, "without date"),
        (seen.without_text, "not read: without text"),
        (seen.without_pack, "not read: in another language"),
        (seen.unreadable, "unreadable"),
    ] {
        if n > 0 {
            parts.push(format!("{n} {what}"));
        }
    }
    parts.join("; ")
}
