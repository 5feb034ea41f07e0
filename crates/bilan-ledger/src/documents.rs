//! Shows what was read, and what was not.
//!
//! In: the ledger. Out: documents with their readings in force, and the counts that every answer carries.
//!
//! "No claim of drones" means little when half of the pages had no text: coverage is told with the answer.

use crate::claims::{stored_reading, stored_text};
use crate::entry::Access;
use crate::error::{Because, LedgerError};
use crate::open::Ledger;
use crate::review::access_now;
use bilan::Reading;
use rusqlite::{OptionalExtension, Row};

/// The last entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its number.
    pub entry: u64,
    /// Its hash: note it elsewhere, and `fsck` finds a tail that was cut.
    pub hash: String,
    /// When it was added.
    pub time: String,
}

/// A document in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DocumentRow {
    /// The caller's id, or the hash when it was redacted.
    pub id: String,
    /// Hash of url and text.
    pub hash: String,
    /// Hash of the text.
    pub text_hash: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Publication date used, as text.
    pub published: Option<String>,
    /// Language used.
    pub lang: Option<String>,
    /// Who may see it.
    pub access: Access,
    /// The entry of the reading in force.
    pub entry: u64,
    /// Claims of that reading.
    pub claims: u64,
    /// Refusals of that reading.
    pub refusals: u64,
    /// Its text was taken out.
    pub redacted: bool,
}

/// A document with its reading in force.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// The entry of the reading.
    pub entry: u64,
    /// Who may see it.
    pub access: Access,
    /// When its bytes were fetched.
    pub fetched: Option<String>,
    /// Hash of its bytes.
    pub bytes: Option<String>,
    /// Exactly as it was added; without text and words when redacted.
    pub reading: Reading,
    /// Its text was taken out.
    pub redacted: bool,
}

/// What was and was not read; counts of documents are those of readings in force.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Documents in the ledger.
    pub documents: u64,
    /// Of them, without text.
    pub without_text: u64,
    /// In a language that no pack reads.
    pub without_pack: u64,
    /// Without publication date.
    pub without_date: u64,
    /// Taken out.
    pub redacted: u64,
    /// Claims in force.
    pub claims: u64,
    /// Refusals in force.
    pub refusals: u64,
    /// Inputs that gave no document: reason, how many.
    pub unreadable: Vec<(String, u64)>,
    /// The same, batch by batch.
    pub batches: Vec<Batch>,
}

/// What one call of `add` brought.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// Its entry.
    pub entry: u64,
    /// When.
    pub time: String,
    /// Readings given.
    pub given: u64,
    /// Of them, known before.
    pub already: u64,
    /// Readings appended.
    pub readings: u64,
    /// Of them, without text.
    pub without_text: u64,
    /// In a language that no pack reads.
    pub without_pack: u64,
    /// Without publication date.
    pub without_date: u64,
    /// Inputs that gave no document.
    pub unreadable: u64,
}

impl Ledger {
    /// The end of the chain; `None` in an empty ledger.
    pub fn head(&self) -> Result<Option<Head>, LedgerError> {
        let last = "SELECT number, hash, time FROM entry ORDER BY number DESC LIMIT 1";
        let head =
            |row: &Row| Ok(Head { entry: count(row, "number")?, hash: row.get("hash")?, time: row.get("time")? });
        self.db.query_row(last, [], head).optional().map_err(|error| self.error(error))
    }

    /// All documents, in order of arrival of their readings in force.
    pub fn documents(&self) -> Result<Vec<DocumentRow>, LedgerError> {
        let list = || -> rusqlite::Result<Vec<DocumentRow>> {
            let mut rows = self.db.prepare_cached(
                "SELECT document, hash, text_hash, title, outlet, url, published, lang, access, entry, claims,
                        refusals, redacted
                 FROM documents ORDER BY entry",
            )?;
            rows.query_map([], |row| {
                Ok(DocumentRow {
                    id: row.get("document")?,
                    hash: row.get("hash")?,
                    text_hash: row.get("text_hash")?,
                    title: row.get("title")?,
                    outlet: row.get("outlet")?,
                    url: row.get("url")?,
                    published: row.get("published")?,
                    lang: row.get("lang")?,
                    access: access(&row.get::<_, String>("access")?),
                    entry: count(row, "entry")?,
                    claims: count(row, "claims")?,
                    refusals: count(row, "refusals")?,
                    redacted: row.get("redacted")?,
                })
            })?
            .collect()
        };
        list().map_err(|error| self.error(error))
    }

    /// A document by its hash or by the caller's id; of several with one id, the last that came.
    pub fn document(&self, id: &str) -> Result<Option<Kept>, LedgerError> {
        self.find_document(id).map_err(|because| self.error(because))
    }

    /// What was and was not read.
    pub fn coverage(&self) -> Result<Coverage, LedgerError> {
        self.count_coverage().map_err(|error| self.error(error))
    }

    pub(crate) fn find_document(&self, id: &str) -> Result<Option<Kept>, Because> {
        let entry: Option<i64> = self
            .db
            .prepare_cached(
                "SELECT max(reading.entry) FROM reading JOIN document ON document.hash = reading.document
                 WHERE document.hash = ?1 OR document.id = ?1",
            )?
            .query_row([id], |row| row.get(0))?;
        let Some(entry) = entry else { return Ok(None) };
        let mut body = stored_reading(&self.db, entry as u64)?;
        let text = stored_text(&self.db, &body.text)?;
        let redacted = text.is_none();
        body.reading.document.text = text.unwrap_or_default();
        let (fetched, bytes) = body.retrieval.map(|bytes| (bytes.fetched, bytes.hash)).unzip();
        let fetched = fetched.flatten();
        let access = access_now(&self.db, &body.reading.document.hash)?.unwrap_or(body.access);
        Ok(Some(Kept { entry: entry as u64, access, fetched, bytes, reading: body.reading, redacted }))
    }

    fn count_coverage(&self) -> rusqlite::Result<Coverage> {
        let mut coverage = self.db.query_row(
            "SELECT count(*) AS documents, ifnull(sum(length = 0), 0) AS without_text,
                    ifnull(sum(lang IS NULL), 0) AS without_pack, ifnull(sum(published IS NULL), 0) AS without_date,
                    ifnull(sum(EXISTS (SELECT 1 FROM redaction WHERE redaction.text = reading.text)), 0) AS redacted,
                    ifnull(sum(claims), 0) AS claims, ifnull(sum(refusals), 0) AS refusals
             FROM reading WHERE NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry)",
            [],
            |row| {
                Ok(Coverage {
                    documents: count(row, "documents")?,
                    without_text: count(row, "without_text")?,
                    without_pack: count(row, "without_pack")?,
                    without_date: count(row, "without_date")?,
                    redacted: count(row, "redacted")?,
                    claims: count(row, "claims")?,
                    refusals: count(row, "refusals")?,
                    ..Coverage::default()
                })
            },
        )?;
        let reasons = "SELECT reason, count(*) AS inputs FROM unreadable GROUP BY reason ORDER BY inputs DESC, reason";
        let mut reasons = self.db.prepare_cached(reasons)?;
        let reasons = reasons.query_map([], |row| Ok((row.get("reason")?, count(row, "inputs")?)))?;
        coverage.unreadable = reasons.collect::<rusqlite::Result<_>>()?;
        let mut batches = self.db.prepare_cached("SELECT * FROM coverage ORDER BY batch")?;
        let batches = batches.query_map([], |row| {
            Ok(Batch {
                entry: count(row, "batch")?,
                time: row.get("time")?,
                given: count(row, "given")?,
                already: count(row, "already")?,
                readings: count(row, "readings")?,
                without_text: count(row, "without_text")?,
                without_pack: count(row, "without_pack")?,
                without_date: count(row, "without_date")?,
                unreadable: count(row, "unreadable")?,
            })
        })?;
        coverage.batches = batches.collect::<rusqlite::Result<_>>()?;
        Ok(coverage)
    }
}

fn count(row: &Row, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|count| count as u64)
}

/// The database lets no other word in; one that was forced in is shown to the fewest.
pub(crate) fn access(word: &str) -> Access {
    match word {
        "public" => Access::Public,
        "internal" => Access::Internal,
        _ => Access::Restricted,
    }
}
