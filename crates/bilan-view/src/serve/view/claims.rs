//! Lists claims, finds them by words, lists documents, and shows one with its claims marked.
//!
//! In: filters, or a document's id. Out: a page of claims, or a document.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{
    ClaimsPage, DocumentLine, DocumentPage, DocumentsPage, Forms, brief, count, coverage, line_of,
};
use super::super::wanted::filters;
use super::compare::all;
use super::review::in_words;
use crate::answer;
use crate::row::Format;
use askama::Template;
use axum::http::StatusCode;
use bilan_ledger::{Access, Filter};

/// Claims on a page.
const PAGE: usize = 50;

/// Documents on a page.
const DOCUMENTS: usize = 100;

/// Claims in a file that a browser asks for; more come by pages, or from the command.
const FILE: usize = 10_000;

/// The list of claims.
pub fn claims(asked: &Asked) -> Result<Made, NoPage> {
    let (labels, frame) = (asked.labels, asked.frame());
    let mut which = asked.which()?;
    which.filter.after = asked.number("after")?;
    // One more than a page holds tells whether there is a next one.
    which.filter.limit = Some(PAGE + 1);
    let mut rows = asked.ledger.claims(&which.filter)?;
    let more = rows.len() > PAGE;
    rows.truncate(PAGE);
    let after = rows.last().filter(|_| more).map(|row| row.id.to_string());
    let next = after.map(|after| {
        let kept = asked.query.iter().filter(|(name, _)| name != "after" && name != "lang").cloned();
        let kept: Vec<_> = kept.chain([("after".to_owned(), after)]).collect();
        frame.link(&super::super::asked::query("/claims", kept.iter()))
    });
    let lines: Vec<_> = rows.iter().map(|row| line_of(labels, row)).collect();
    let count = match more || which.filter.after.is_some() {
        true => labels.fill("shown", &[("n", &labels.number(lines.len() as u64))]),
        false => count(labels, lines.len()),
    };
    let page = ClaimsPage {
        filters: filters(asked),
        lines,
        count,
        next,
        coverage: coverage(labels, &answer::Coverage::of(asked.ledger)?),
        forms: Forms::of(asked, "/claims", &["csv", "json"]),
        frame,
    };
    Ok(Made::html(page.render()?))
}

/// The same as a table.
pub fn claims_file(asked: &Asked) -> Result<Made, NoPage> {
    let mut which = asked.which()?;
    which.filter.after = asked.number("after")?;
    which.filter.limit = Some(asked.number::<usize>("limit")?.map_or(FILE, |limit| limit.min(FILE)));
    let (kind, format) = match asked.name.as_str() {
        "csv" => ("text/csv; charset=utf-8", Format::Csv),
        "json" => ("application/json", Format::Json),
        "jsonl" => ("application/x-ndjson", Format::Jsonl),
        _ => return Err(NoPage(StatusCode::NOT_FOUND, "not_found", String::new())),
    };
    let mut bytes = Vec::new();
    answer::write_claims(asked.ledger, &which, &mut bytes, format)?;
    Ok(Made { kind, file: Some(format!("bilan-claims.{}", asked.name)), bytes })
}

/// The list of documents.
pub fn documents(asked: &Asked) -> Result<Made, NoPage> {
    let (labels, frame) = (asked.labels, asked.frame());
    let (found, next) = page_of_documents(asked, DOCUMENTS)?;
    let next = next.map(|after| frame.link(&format!("/documents?after={after}")));
    let line = |row: &bilan_ledger::DocumentRow| DocumentLine {
        href: frame.link(&format!("/document/{}", row.hash)),
        title: brief(row.title.as_deref().unwrap_or(&row.id)),
        outlet: row.outlet.as_deref().map(brief),
        published: row.published.as_ref().map(|date| date.parse().map_or(brief(date), |date| labels.date(&date))),
        lang: row.lang.clone(),
        claims: labels.number(row.claims),
        refused: labels.number(row.refusals),
        redacted: row.redacted,
    };
    let page = DocumentsPage {
        lines: found.iter().map(line).collect(),
        next,
        coverage: coverage(labels, &answer::Coverage::of(asked.ledger)?),
        forms: Forms::at(asked, vec![("JSON".into(), asked.also("/api/v1/documents"))]),
        frame,
    };
    Ok(Made::html(page.render()?))
}

/// So many documents, from where the query says, and where the next page starts: the entry of a reading in force.
pub fn page_of_documents(asked: &Asked, most: usize) -> Result<(Vec<bilan_ledger::DocumentRow>, Option<u64>), NoPage> {
    let access = all(asked).filter.access.unwrap_or(Access::Restricted);
    let after = asked.number::<u64>("after")?.unwrap_or(0);
    // One more than a page holds tells whether there is a next one.
    let mut page = asked.ledger.documents(after, most.saturating_add(1), access)?;
    let more = page.len() > most;
    page.truncate(most);
    let next = page.last().filter(|_| more).map(|row| row.entry);
    Ok((page, next))
}

/// A document with its claims.
pub fn document(asked: &Asked) -> Result<Made, NoPage> {
    let which = all(asked);
    let kept = asked.ledger.document(&asked.name)?.filter(|kept| which.may_see(kept.access));
    let kept = kept.ok_or_else(|| NoPage(StatusCode::NOT_FOUND, "no_document", String::new()))?;
    let mut frame = asked.frame();
    frame.here = format!("/document/{}", kept.reading.document.hash);
    let only_sentences = !asked.leave.whole && kept.access != Access::Public;
    let mut reading = kept.reading;
    let hash = reading.document.hash.clone();
    let file = |form: &str| (form.to_uppercase(), frame.link(&format!("/claims.{form}?document={hash}")));
    let forms = Forms::at(asked, ["csv", "json"].map(file).to_vec());
    // As reviewed: what a person rejected is no claim.
    let rows = asked.ledger.claims(&Filter { document: Some(hash.clone()), ..which.filter })?;
    let rejected = reading.claims.len().saturating_sub(rows.len());
    reading.claims = rows.iter().map(|row| row.claim.clone()).collect();
    let said = |row: &bilan_ledger::Row| row.reviewed.iter().map(|said| in_words(asked.labels, said)).collect();
    let mut page = DocumentPage::of(frame, &reading, only_sentences, forms);
    page.tell_reviews(rows.iter().map(|row| (&row.claim, said(row))).collect(), rejected);
    Ok(Made::html(page.render()?))
}
