//! Writes claims, refusals and documents as rows for other programs.
//!
//! In: a reading. Out: JSON objects whose keys and order are stable, and the same as JSON Lines, one array or CSV.
//!
//! Each row stands alone: it carries its sentence and the papers of its document, because a row travels without them.

mod characters;
mod columns;
mod coverage;
mod group;
mod kept;
mod write;

pub use characters::Characters;
pub use columns::{Column, Columns, harmless, words};
pub use coverage::Coverage;
pub use group::{Member, Part};
pub use kept::each_row;
pub(crate) use kept::reviews;
pub use write::{Format, Show, WriteError, Writer, rows};

use bilan::claim::Date;
use bilan::claim::{Claim, Contest, Reading, Refusal, Span};
use bilan::document::{Document, page_breaks};
use serde_json::{Map, Value as Json, json};

/// A JSON object with its keys in the order of writing.
pub type Row = Map<String, Json>;

/// The rows of one document: walks its text once, then answers for any number of claims.
pub struct Rows<'d> {
    document: &'d Document,
    reader: &'d str,
    characters: Characters<'d>,
    /// Where the pages of a printed document end.
    breaks: Vec<u32>,
}

impl<'d> Rows<'d> {
    /// For a document and the version that read it.
    pub fn of(document: &'d Document, reader: &'d str) -> Rows<'d> {
        Rows { document, reader, characters: Characters::of(&document.text), breaks: page_breaks(&document.text) }
    }

    /// The claim as the design's section 7 has it, then `n` and the document's papers.
    pub fn claim(&self, claim: &Claim) -> Row {
        let text = &self.document.text;
        let mut row = self.figure(claim.span);
        let mut set = |key: &str, value: Json| row.insert(key.to_owned(), value);
        set("value", json!(claim.value.to_string()));
        set("point", json!(claim.value.point()));
        set("low", json!(claim.value.low()));
        set("high", json!(claim.value.high()));
        set("open", json!(claim.value.open()));
        set("bounds", json!(if claim.value.ours { "ours" } else { "said" }));
        set("hedge", json!(claim.value.hedge()));
        set("outcome", json!(claim.outcome));
        set("counted", json!(claim.counted));
        set("side", json!(claim.side));
        set("claimant", json!(claim.claimant));
        set("citing", json!(claim.citing));
        set("via", json!(claim.via));
        set("stated", json!(claim.stated));
        set("from", json!(claim.from));
        set("to", json!(claim.to));
        set("scope", json!(claim.scope));
        set("place", json!(claim.place));
        set("said", json!(claim.said));
        set("contested", claim.contested.iter().map(contest).collect());
        set("blamed", json!(claim.blamed));
        set(
            "confidence",
            json!({"claim": share(claim.confidence.claim), "claimant": share(claim.confidence.claimant)}),
        );
        let quote = claim.quote.span;
        set(
            "quote",
            json!({"text": quoted(text, quote), "start": quote.start, "end": quote.end, "translated": claim.quote.translated}),
        );
        set("also", json!(claim.also));
        set("as_said", json!(claim.as_said));
        set("spans", json!(claim.spans));
        set("why", claim.why.iter().map(|step| step.entry.as_ref()).collect());
        set("n", json!(claim.n));
        self.papers(&mut row);
        row
    }

    /// The figure, the reason why it was not taken, and the papers.
    pub fn refusal(&self, refusal: &Refusal) -> Row {
        let text = &self.document.text;
        let mut row = self.figure(refusal.span);
        let mut set = |key: &str, value: Json| row.insert(key.to_owned(), value);
        let (because, quote) = (refusal.because, refusal.quote);
        set("reason", json!(refusal.reason));
        set("because", json!({"text": quoted(text, because), "start": because.start, "end": because.end}));
        set("claimant", json!(refusal.claimant));
        set("quote", json!({"text": quoted(text, quote), "start": quote.start, "end": quote.end}));
        self.papers(&mut row);
        row
    }

    /// What every figure has: its id, its words and where they stand.
    fn figure(&self, span: Span) -> Row {
        let mut row = Row::new();
        let mut set = |key: &str, value: Json| row.insert(key.to_owned(), value);
        let words = quoted(&self.document.text, span);
        let (char_start, char_end) = words.map(|_| self.characters.span(span)).unzip();
        set("figure", json!(figure(self.document, span)));
        set("document", json!(self.document.id));
        set("text_hash", json!(self.document.text_hash));
        set("reader", json!(self.reader));
        set("words", json!(words));
        set("start", json!(span.start));
        set("end", json!(span.end));
        set("char_start", json!(char_start));
        set("char_end", json!(char_end));
        set("page", json!(self.page(span)));
        row
    }

    /// The page that a place is on, from 1; `None` in a document without pages.
    fn page(&self, span: Span) -> Option<usize> {
        (!self.breaks.is_empty()).then(|| 1 + self.breaks.partition_point(|end| *end < span.start))
    }

    fn papers(&self, row: &mut Row) {
        let Document { url, outlet, published, .. } = self.document;
        row.insert("title".into(), json!(title(self.document)));
        row.insert("outlet".into(), json!(outlet));
        row.insert("url".into(), json!(url));
        row.insert("published".into(), json!(published));
    }
}

/// What one cites: `<document hash>@<start>+<length>`. It survives a change of packs.
pub fn figure(document: &Document, span: Span) -> String {
    format!("{}@{}+{}", document.hash, span.start, span.end.saturating_sub(span.start))
}

/// The title at the head of the text, if there is one.
pub fn title(document: &Document) -> Option<&str> {
    document.text.get(..document.title as usize).map(str::trim).filter(|title| !title.is_empty())
}

/// One claim as JSON. For many claims of one document take [`Rows`], which walks the text once.
pub fn claim_json(document: &Document, reader: &str, claim: &Claim) -> Row {
    Rows::of(document, reader).claim(claim)
}

/// One refused figure as JSON. For many of one document take [`Rows`].
pub fn refusal_json(document: &Document, reader: &str, refusal: &Refusal) -> Row {
    Rows::of(document, reader).refusal(refusal)
}

/// The papers of a document, how much was found in it, and what could not be done. Not its text.
pub fn document_json(reading: &Reading) -> Row {
    let document = &reading.document;
    let mut row = Row::new();
    let mut set = |key: &str, value: Json| row.insert(key.to_owned(), value);
    set("document", json!(document.id));
    set("hash", json!(document.hash));
    set("text_hash", json!(document.text_hash));
    set("reader", json!(reading.reader));
    set("title", json!(title(document)));
    set("outlet", json!(document.outlet));
    set("url", json!(document.url));
    set("lang", json!(document.lang));
    set("published", json!(document.published));
    set("bytes", json!(document.text.len()));
    set("characters", json!(Characters::of(&document.text).before(u32::MAX)));
    set("boilerplate", json!(document.boilerplate));
    set("claims", json!(reading.claims.len()));
    set("refused", json!(reading.refusals.len()));
    set("remarks", json!(document.remarks.iter().chain(&reading.remarks).collect::<Vec<_>>()));
    row
}

/// [`document_json`] with how precisely the publication date is known, and the text.
pub fn whole_document_json(reading: &Reading) -> Row {
    let mut row = document_json(reading);
    let precision = reading.document.published.map(|date| match date {
        Date::Between(..) => "stretch",
        Date::At(at) if at.year.is_none() => "no_year",
        Date::At(at) if at.day.is_some() => "day",
        Date::At(at) if at.month.is_some() => "month",
        Date::At(_) => "year",
    });
    row.insert("precision".into(), json!(precision));
    row.insert("text".into(), json!(reading.document.text));
    row
}

/// The words at a place; `None` when they are not at hand: a text that was taken out is not an empty text.
fn quoted(text: &str, span: Span) -> Option<&str> {
    text.get(span.start as usize..span.end as usize)
}

fn contest(contest: &Contest) -> Json {
    json!({"who": contest.who, "how": contest.how, "words": contest.words, "span": contest.span})
}

/// Hundredths as a number of 0 to 1, so that 97 prints as 0.97.
fn share(hundredths: u8) -> f64 {
    f64::from(hundredths.min(100)) / 100.0
}
