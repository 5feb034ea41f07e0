//! Derives the rows of the tables from an entry.
//!
//! In: a decoded body with its text. Out: rows in the order of the columns named here.
//!
//! Adding writes these rows and `fsck` derives them again: one description serves both, so that the tables cannot say
//! another thing than the chain.

use crate::canonical::canonical;
use crate::entry::{AccessBody, BatchBody, ReadingBody, RedactionBody, ReviewBody};
use bilan::claim::{Date, Span};
use bilan::{Claim, Reading, Refusal};
use rusqlite::types::Value;
use std::sync::OnceLock;

/// The values of one row, in the order of [`Table::columns`].
pub(crate) type Cells = Vec<Value>;

/// A table of rows that follow from entries.
pub(crate) struct Table {
    pub name: &'static str,
    pub columns: &'static [&'static str],
    /// The first column by which rows are found; the rows of one key stand in the order of `nth`.
    pub key: &'static str,
    /// Several rows have one key.
    pub many: bool,
    /// Written once: half of the time of an insert would go into its words.
    insert: OnceLock<String>,
}

pub(crate) static BATCH: Table = Table {
    name: "batch",
    columns: &["entry", "time", "given", "already"],
    key: "entry",
    many: false,
    insert: OnceLock::new(),
};
pub(crate) static UNREADABLE: Table = Table {
    name: "unreadable",
    columns: &["entry", "nth", "input", "reason", "records"],
    key: "entry",
    many: true,
    insert: OnceLock::new(),
};
pub(crate) static RETRIEVAL: Table = Table {
    name: "retrieval",
    columns: &["hash", "entry", "size", "kept"],
    key: "hash",
    many: false,
    insert: OnceLock::new(),
};
pub(crate) static DOCUMENT: Table = Table {
    name: "document",
    columns: &["hash", "entry", "id", "url", "outlet", "title", "text_hash", "text"],
    key: "hash",
    many: false,
    insert: OnceLock::new(),
};
pub(crate) static READING: Table = Table {
    name: "reading",
    columns: &[
        "entry",
        "batch",
        "document",
        "published",
        "published_first",
        "published_last",
        "lang",
        "reader",
        "access",
        "length",
        "claims",
        "refusals",
        "text",
        "words",
        "retrieval",
        "fetched",
    ],
    key: "entry",
    many: false,
    insert: OnceLock::new(),
};
pub(crate) static SUPERSEDED: Table =
    Table { name: "superseded", columns: &["entry", "later"], key: "entry", many: false, insert: OnceLock::new() };
pub(crate) static CLAIM: Table = Table {
    name: "claim",
    columns: &[
        "entry",
        "nth",
        "figure",
        "start",
        "end",
        "n",
        "words",
        "value",
        "point",
        "low",
        "high",
        "open",
        "hedge",
        "outcome",
        "counted",
        "side",
        "claimant",
        "claimant_words",
        "citing",
        "via",
        "stated",
        "stated_first",
        "stated_last",
        "from",
        "from_first",
        "from_last",
        "to",
        "to_first",
        "to_last",
        "scope",
        "place",
        "said",
        "contested",
        "confidence",
        "confidence_claimant",
        "quote",
        "translated",
    ],
    key: "entry",
    many: true,
    insert: OnceLock::new(),
};
pub(crate) static REFUSAL: Table = Table {
    name: "refusal",
    columns: &["entry", "nth", "figure", "start", "end", "words", "reason", "because", "claimant", "quote"],
    key: "entry",
    many: true,
    insert: OnceLock::new(),
};
pub(crate) static REDACTION: Table = Table {
    name: "redaction",
    columns: &["entry", "text", "reason", "role"],
    key: "entry",
    many: false,
    insert: OnceLock::new(),
};

pub(crate) static REVIEW: Table = Table {
    name: "review",
    columns: &["entry", "document", "figure", "n", "field", "verdict", "fields", "note", "role", "time"],
    key: "entry",
    many: false,
    insert: OnceLock::new(),
};
pub(crate) static ACCESS: Table = Table {
    name: "access",
    columns: &["entry", "document", "access"],
    key: "entry",
    many: false,
    insert: OnceLock::new(),
};

/// Every table whose rows follow from entries.
pub(crate) static DERIVED: [&Table; 11] =
    [&BATCH, &UNREADABLE, &RETRIEVAL, &DOCUMENT, &READING, &SUPERSEDED, &CLAIM, &REFUSAL, &REDACTION, &REVIEW, &ACCESS];

impl Table {
    pub(crate) fn insert(&self) -> &str {
        self.insert.get_or_init(|| {
            let marks = vec!["?"; self.columns.len()].join(", ");
            format!("INSERT OR ROLLBACK INTO {} ({}) VALUES ({marks})", self.name, self.list())
        })
    }

    /// The rows of a key.
    pub(crate) fn select(&self) -> String {
        let order = if self.many { " ORDER BY nth" } else { "" };
        format!("SELECT {} FROM {} WHERE {} = ?{order}", self.list(), self.name, self.key)
    }

    fn list(&self) -> String {
        self.columns.iter().map(|column| format!("\"{column}\"")).collect::<Vec<_>>().join(", ")
    }
}

/// What one cites: it survives a change of packs.
pub(crate) fn figure(document: &str, span: Span) -> String {
    format!("{document}@{}+{}", span.start, span.end.saturating_sub(span.start))
}

pub(crate) fn batch_row(entry: u64, time: &str, batch: &BatchBody) -> Cells {
    vec![int(entry), text(time), int(batch.given), int(batch.already)]
}

pub(crate) fn unreadable_rows(entry: u64, batch: &BatchBody) -> Vec<Cells> {
    let broken = batch.unreadable.iter().map(|(input, reason)| (input, reason, None));
    let wordless = batch.without_text.iter().map(|(input, reason, records)| (input, reason, Some(*records)));
    let cells = |(nth, (input, reason, records)): (usize, (&String, &String, Option<u64>))| {
        vec![int(entry), int(nth as u64), text(input), text(reason), number(records)]
    };
    broken.chain(wordless).enumerate().map(cells).collect()
}

pub(crate) fn retrieval_row(entry: u64, body: &ReadingBody) -> Option<Cells> {
    let bytes = body.retrieval.as_ref()?;
    Some(vec![text(&bytes.hash), int(entry), int(bytes.size), int(bytes.kept.into())])
}

/// `told` is false when the words were redacted.
pub(crate) fn document_row(entry: u64, body: &ReadingBody, reading: &Reading, told: bool) -> Cells {
    let document = &reading.document;
    let title = document.text.get(..document.title as usize).filter(|title| !title.is_empty());
    vec![
        text(&document.hash),
        int(entry),
        some(told.then_some(&document.id)),
        some(document.url.as_deref()),
        some(document.outlet.as_deref()),
        some(title),
        text(&document.text_hash),
        text(&body.text),
    ]
}

pub(crate) fn reading_row(entry: u64, batch: u64, body: &ReadingBody) -> Cells {
    let Reading { document, reader, claims, refusals, .. } = &body.reading;
    let mut cells = vec![int(entry), int(batch), text(&document.hash)];
    cells.extend(date(document.published.as_ref()));
    cells.extend([
        some(document.lang.as_deref()),
        text(reader),
        text(body.access.as_str()),
        int(body.length),
        int(claims.len() as u64),
        int(refusals.len() as u64),
        text(&body.text),
        text(&body.words),
        some(body.retrieval.as_ref().map(|bytes| &bytes.hash)),
        some(body.retrieval.as_ref().and_then(|bytes| bytes.fetched.as_deref())),
    ]);
    cells
}

pub(crate) fn superseded_row(entry: u64, later: u64) -> Cells {
    vec![int(entry), int(later)]
}

pub(crate) fn redaction_row(entry: u64, redaction: &RedactionBody) -> Cells {
    vec![int(entry), text(&redaction.text), text(&redaction.reason), text(&redaction.role)]
}

pub(crate) fn review_row(entry: u64, time: &str, review: &ReviewBody) -> Cells {
    vec![
        int(entry),
        text(&review.document),
        text(&review.figure),
        int(review.n.into()),
        some(review.field.as_deref()),
        text(review.verdict.as_str()),
        text(canonical(&review.fields)),
        some(review.note.as_deref()),
        text(&review.role),
        text(time),
    ]
}

pub(crate) fn access_row(entry: u64, access: &AccessBody) -> Cells {
    vec![int(entry), text(&access.document), text(access.access.as_str())]
}

/// `told` is false when the words were redacted.
pub(crate) fn claim_row(entry: u64, nth: usize, claim: &Claim, reading: &Reading, told: bool) -> Cells {
    let (document, value) = (&reading.document, &claim.value);
    let words = |span: Span| some(told.then(|| span.of(&document.text)));
    let mut cells = Vec::with_capacity(CLAIM.columns.len());
    cells.extend([
        int(entry),
        int(nth as u64),
        text(figure(&document.hash, claim.span)),
        int(claim.span.start.into()),
        int(claim.span.end.into()),
        int(claim.n.into()),
        words(claim.span),
        text(value.to_string()),
        number(value.point()),
        number(value.low()),
        number(value.high()),
        some(value.open().first().copied()),
        text(value.hedge()),
        text(&claim.outcome),
        text(&claim.counted),
        some(claim.side.as_deref()),
        some(claim.claimant.as_deref()),
        some(claim.as_said.get("claimant")),
        some(claim.citing.as_deref()),
        list(claim.via.iter().map(String::as_str)),
    ]);
    cells.extend(date(claim.stated.as_ref()));
    cells.extend(date(claim.from.as_ref()));
    cells.extend(date(claim.to.as_ref()));
    cells.extend([
        text(&claim.scope),
        some(claim.place.as_deref()),
        text(&claim.said),
        list(claim.contested.iter().map(|contest| contest.how.as_str())),
        int(claim.confidence.claim.into()),
        int(claim.confidence.claimant.into()),
        words(claim.quote.span),
        int(claim.quote.translated.into()),
    ]);
    cells
}

/// `told` is false when the words were redacted.
pub(crate) fn refusal_row(entry: u64, nth: usize, refusal: &Refusal, reading: &Reading, told: bool) -> Cells {
    let document = &reading.document;
    let words = |span: Span| some(told.then(|| span.of(&document.text)));
    vec![
        int(entry),
        int(nth as u64),
        text(figure(&document.hash, refusal.span)),
        int(refusal.span.start.into()),
        int(refusal.span.end.into()),
        words(refusal.span),
        text(&refusal.reason),
        words(refusal.because),
        some(refusal.claimant.as_deref()),
        words(refusal.quote),
    ]
}

/// A number of ours: a count or a place, far below the database's limit.
fn int(number: u64) -> Value {
    Value::Integer(number as i64)
}

fn text(words: impl Into<String>) -> Value {
    Value::Text(words.into())
}

fn some(words: Option<impl Into<String>>) -> Value {
    words.map_or(Value::Null, |words| Value::Text(words.into()))
}

/// A number that somebody said. One beyond the database's limit stands in `value` only.
fn number(said: Option<u64>) -> Value {
    said.and_then(|said| i64::try_from(said).ok()).map_or(Value::Null, Value::Integer)
}

fn list<'a>(items: impl Iterator<Item = &'a str>) -> Value {
    let joined = items.collect::<Vec<_>>().join("+");
    if joined.is_empty() { Value::Null } else { Value::Text(joined) }
}

/// The text of a date, and the first and last ISO day that it can mean.
fn date(date: Option<&Date>) -> [Value; 3] {
    [
        some(date.map(Date::to_string)),
        some(date.and_then(Date::first_day).map(|day| day.to_string())),
        some(date.and_then(Date::last_day).map(|day| day.to_string())),
    ]
}
