//! Takes a text out of the ledger and leaves a tombstone.
//!
//! In: a document, a reason, the role of who decided. Out: an entry; text, words, address and bytes are gone.
//!
//! Two outlets carry one agency's text: the words of both go, for the one would give back the other. Figures, fields
//! and hashes stay, and the chain still holds.

use crate::add::Chain;
use crate::bytes;
use crate::canonical::canonical;
use crate::entry::RedactionBody;
use crate::error::{Because, LedgerError};
use crate::lines;
use crate::open::{Ledger, change};
use crate::tables;
use jiff::Timestamp;
use rusqlite::OptionalExtension;
use std::fs;
use std::path::PathBuf;

/// A text that is out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Redacted {
    /// The tombstone.
    pub entry: u64,
    /// Hashes of the documents that had the text.
    pub documents: Vec<String>,
    /// Files of raw bytes that hold the text still, for other documents came from them too: a file of many articles.
    pub shared: Vec<PathBuf>,
}

impl Ledger {
    /// Takes out the text of a document (by hash or id) with everything that quotes it, in every reading and every
    /// document that has the same text. `None` when there is no such document. A text that is out already gets no
    /// second tombstone, but what a crash left of its bytes is removed.
    pub fn redact(
        &mut self,
        document: &str,
        reason: &str,
        role: &str,
        time: Timestamp,
    ) -> Result<Option<Redacted>, LedgerError> {
        let time = time.to_string();
        let done = self.redact_text(document, reason, role, &time).map_err(|because| self.error(because))?;
        let Some((entry, text)) = done else { return Ok(None) };
        let shared = self.remove_bytes(&text).map_err(|because| self.error(because))?;
        let documents = self.documents_of(&text).map_err(|error| self.error(error))?;
        Ok(Some(Redacted { entry, documents, shared }))
    }

    fn redact_text(
        &self,
        document: &str,
        reason: &str,
        role: &str,
        time: &str,
    ) -> Result<Option<(u64, String)>, Because> {
        // What is freed is overwritten, here and in the log.
        self.db.pragma_update(None, "secure_delete", true)?;
        let change = change(&self.db)?;
        let text = "SELECT text FROM document WHERE hash = ?1 OR id = ?1 ORDER BY entry DESC";
        let text: Option<String> = change.query_row(text, [document], |row| row.get(0)).optional()?;
        let Some(text) = text else { return Ok(None) };
        let done = "SELECT entry FROM redaction WHERE text = ?";
        let done: Option<i64> = change.query_row(done, [&text], |row| row.get(0)).optional()?;
        if let Some(entry) = done {
            return Ok(Some((entry as u64, text)));
        }
        let body = RedactionBody { reason: reason.to_owned(), role: role.to_owned(), text: text.clone() };
        let mut chain = Chain::at_end(&change, time)?;
        let entry = chain.append("redaction", &canonical(&body))?;
        chain.insert(&tables::REDACTION, tables::redaction_row(entry, &body))?;
        for empty in [
            // redaction: the text, and what readings quote of it;
            "UPDATE text SET text = NULL WHERE hash = ?1",
            "UPDATE text SET text = NULL WHERE hash IN (SELECT words FROM reading WHERE text = ?1)",
            // redaction: what people noted of it;
            "UPDATE text SET text = NULL WHERE hash IN (
                 SELECT note FROM review WHERE document IN (SELECT hash FROM document WHERE text = ?1))",
            // redaction: where it came from;
            "UPDATE document SET id = NULL, url = NULL, title = NULL WHERE text = ?1",
            // redaction: the words of its figures,
            "UPDATE claim SET words = NULL, claimant_words = NULL, quote = NULL
             WHERE entry IN (SELECT entry FROM reading WHERE text = ?1)",
            // redaction: taken or not.
            "UPDATE refusal SET words = NULL, because = NULL, quote = NULL
             WHERE entry IN (SELECT entry FROM reading WHERE text = ?1)",
        ] {
            change.execute(empty, [&text])?;
        }
        let entries: Vec<i64> = change
            .prepare("SELECT entry FROM reading WHERE text = ?")?
            .query_map([&text], |row| row.get(0))?
            .collect::<rusqlite::Result<_>>()?;
        for entry in entries {
            lines::again(&change, entry as u64)?;
        }
        lines::mark_whole(&change)?;
        // The index of words is made anew: nothing of the old one stays.
        change.execute_batch("INSERT INTO quotes (quotes) VALUES ('rebuild')")?;
        change.commit()?;
        self.db.query_row("PRAGMA wal_checkpoint (TRUNCATE)", [], |_| Ok(()))?;
        Ok(Some((entry, text)))
    }

    fn documents_of(&self, text: &str) -> rusqlite::Result<Vec<String>> {
        let documents = "SELECT hash FROM document WHERE text = ? ORDER BY entry";
        self.db.prepare_cached(documents)?.query_map([text], |row| row.get(0))?.collect()
    }

    /// Removes the bytes of the text; returns the files left because other documents came from them too.
    fn remove_bytes(&self, text: &str) -> Result<Vec<PathBuf>, Because> {
        let mut shared = Vec::new();
        let mut found = self.db.prepare(
            "SELECT DISTINCT retrieval, retrieval IN (
                 SELECT retrieval FROM reading WHERE retrieval IS NOT NULL
                 AND NOT EXISTS (SELECT 1 FROM redaction WHERE redaction.text = reading.text)) AS shared
             FROM reading WHERE text = ?1 AND retrieval IS NOT NULL",
        )?;
        let mut rows = found.query([text])?;
        while let Some(row) = rows.next()? {
            let file = bytes::place(&self.path, &row.get::<_, String>("retrieval")?);
            if row.get("shared")? {
                shared.extend(file.exists().then_some(file));
                continue;
            }
            match fs::remove_file(file) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => return Err(error.into()),
                _ => {}
            }
        }
        Ok(shared)
    }
}
