//! Writes the rows of claims that a ledger keeps.
//!
//! In: a ledger and a filter. Out: the same rows as when the documents were read.
//!
//! The ledger finds claims without their texts, and character offsets need the text: it is fetched once for the claims
//! of one document, which follow each other. A text that was taken out leaves nulls.

use super::{Rows, WriteError, Writer};
use bilan::document::Document;
use bilan_ledger::{Filter, Ledger, LedgerError, Row as Kept};
use std::io::Write;

/// Why the rows of a ledger are not written.
#[derive(Debug, thiserror::Error)]
pub enum KeptError {
    /// The ledger could not be read.
    #[error(transparent)]
    Ledger(#[from] LedgerError),
    /// The rows could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Claims asked for at once: few enough to hold, enough that asking costs nothing.
const AT_ONCE: usize = 1000;

impl<W: Write> Writer<W> {
    /// Writes the claims of a ledger that fit, and says how many. Memory stays flat.
    pub fn claims(&mut self, ledger: &Ledger, filter: &Filter) -> Result<usize, KeptError> {
        let mut written = 0;
        let mut filter = filter.clone();
        let mut left = filter.limit.unwrap_or(usize::MAX);
        loop {
            filter.limit = Some(left.min(AT_ONCE));
            let found = ledger.claims(&filter)?;
            for group in found.chunk_by(|a, b| a.entry == b.entry) {
                let Some(first) = group.first() else { continue };
                let document = document(ledger, first)?;
                let rows = Rows::of(&document, &first.reader);
                group.iter().try_for_each(|kept| self.row(&rows.claim(&kept.claim)))?;
            }
            written += found.len();
            left -= found.len();
            filter.after = found.last().map(|kept| kept.id);
            if found.len() < AT_ONCE || left == 0 {
                return Ok(written);
            }
        }
    }
}

/// The document with the date and language of this reading, which need not be the last one.
fn document(ledger: &Ledger, kept: &Kept) -> Result<Document, LedgerError> {
    let (text, title) = match ledger.document(&kept.document_hash)? {
        Some(document) => (document.reading.document.text, document.reading.document.title),
        None => Default::default(),
    };
    Ok(Document {
        id: kept.document.clone(),
        hash: kept.document_hash.clone(),
        text_hash: kept.text_hash.clone(),
        text,
        title,
        url: kept.url.clone(),
        outlet: kept.outlet.clone(),
        lang: kept.lang.clone(),
        published: kept.published,
        boilerplate: vec![],
        remarks: vec![],
    })
}
