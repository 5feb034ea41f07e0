//! Shows what was read, and what was not.
//!
//! In: the ledger. Out: documents with their readings in force, page by page, and the counts that every answer carries.
//!
//! "No claim of drones" means little when half of the pages had no text: coverage is told with the answer.

use crate::claims::{shown_to, stored_reading, stored_text};
use crate::entry::Access;
use crate::error::{Because, LedgerError};
use crate::lines::is_whole;
use crate::open::Ledger;
use crate::review::access_now;
use crate::tally::{self, Coverage};
use bilan::Reading;
use rusqlite::{OptionalExtension, Row, params};

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

impl Ledger {
    /// The end of the chain; `None` in an empty ledger.
    pub fn head(&self) -> Result<Option<Head>, LedgerError> {
        let last = "SELECT number, hash, time FROM entry ORDER BY number DESC LIMIT 1";
        let head =
            |row: &Row| Ok(Head { entry: count(row, "number")?, hash: row.get("hash")?, time: row.get("time")? });
        self.db.query_row(last, [], head).optional().map_err(|error| self.error(error))
    }

    /// Documents in order of arrival of their readings in force: those whose entry comes after this one, at most so
    /// many, and of these what may be seen by those who may see `access`.
    pub fn documents(&self, after: u64, most: usize, access: Access) -> Result<Vec<DocumentRow>, LedgerError> {
        let list = || -> rusqlite::Result<Vec<DocumentRow>> {
            let mut rows = self.db.prepare_cached(&format!(
                "SELECT document, hash, text_hash, title, outlet, url, published, lang, access, entry, claims,
                        refusals, redacted
                 FROM documents WHERE entry > ? AND access IN ({}) ORDER BY entry LIMIT ?",
                shown_to(access)
            ))?;
            let after = i64::try_from(after).unwrap_or(i64::MAX);
            rows.query_map(params![after, i64::try_from(most).unwrap_or(i64::MAX)], |row| {
                Ok(DocumentRow {
                    id: row.get("document")?,
                    hash: row.get("hash")?,
                    text_hash: row.get("text_hash")?,
                    title: row.get("title")?,
                    outlet: row.get("outlet")?,
                    url: row.get("url")?,
                    published: row.get("published")?,
                    lang: row.get("lang")?,
                    access: access_of(&row.get::<_, String>("access")?),
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
        // A ledger of an older program, opened to be read only, has no counts yet.
        let counted = || {
            Ok(match if is_whole(&self.db)? { tally::kept(&self.db)? } else { None } {
                Some(kept) => kept,
                None => tally::made(&self.db)?,
            })
        };
        counted().map_err(|error: rusqlite::Error| self.error(error))
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
}

fn count(row: &Row, column: &str) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column).map(|count| count as u64)
}

/// The database lets no other word in; one that was forced in is shown to the fewest.
pub(crate) fn access_of(word: &str) -> Access {
    match word {
        "public" => Access::Public,
        "internal" => Access::Internal,
        _ => Access::Restricted,
    }
}
