//! Writes the rows of claims that a ledger keeps.
//!
//! In: a ledger and a filter. Out: the same rows as when the documents were read.
//!
//! The ledger finds claims without their texts, and character offsets need the text: it is fetched once for the claims
//! of one document, which follow each other: a table of ten years is one document. A text that was taken out leaves
//! nulls.

use super::{Row, Rows};
use bilan::document::Document;
use bilan_ledger::{Filter, Ledger, LedgerError, Review, Row as Kept};
use serde_json::{Value as Json, json};
use std::ops::ControlFlow;

/// Hands over the rows of the claims that fit, one by one. Held in memory are the claims of one document at a time.
pub fn each_row<E: From<LedgerError>>(
    ledger: &Ledger,
    filter: &Filter,
    mut take: impl FnMut(&Kept, Row) -> Result<(), E>,
) -> Result<(), E> {
    let mut held: Vec<Kept> = Vec::new();
    let mut hand_over = |held: &mut Vec<Kept>| -> Result<(), E> {
        let Some(first) = held.first() else { return Ok(()) };
        let document = document(ledger, first)?;
        let rows = Rows::of(&document, &first.reader);
        held.iter().try_for_each(|kept| {
            let mut row = rows.claim(&kept.claim);
            if !kept.reviewed.is_empty() {
                row.insert("reviewed".to_owned(), reviews(kept));
            }
            take(kept, row)
        })?;
        held.clear();
        Ok(())
    };
    let mut failed = Ok(());
    ledger.each_claim(filter, |kept| {
        if held.last().is_some_and(|last| last.entry != kept.entry) {
            failed = hand_over(&mut held);
        }
        held.push(kept);
        if failed.is_ok() { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
    })?;
    failed?;
    hand_over(&mut held)
}

/// What people said of the claim; the claim's own keys have it already.
pub(crate) fn reviews(kept: &Kept) -> Json {
    kept.reviewed.iter().map(review).collect()
}

fn review(review: &Review) -> Json {
    json!({ "verdict": review.verdict.as_str(), "field": review.field, "role": review.role, "time": review.time,
            "note": review.note })
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
