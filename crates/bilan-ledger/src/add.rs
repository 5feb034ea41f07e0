//! Adds readings, all of a batch or none of it.
//!
//! In: readings with what is known of their retrieval. Out: how many were new.
//!
//! Two programs add at once, and each may bring the page that the other is adding: what is known is asked again under the
//! writer's lock. While one thread holds it and writes, the others take the next readings apart.

use crate::apart::{Apart, New, each_apart};
use crate::bytes;
use crate::canonical::canonical;
use crate::entry::{self, Access, BatchBody, Parts, Retrieval};
use crate::error::{Because, LedgerError};
use crate::lines::{self, Lines};
use crate::open::{Ledger, change};
use crate::review::{self, access_now};
use crate::tables::{self, Cells, Table};
use bilan::Reading;
use bilan::claim::Span;
use jiff::Timestamp;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};

/// One reading to add. A `&Reading` becomes one without bytes, for internal use.
#[derive(Clone, Copy, Debug)]
pub struct Given<'a> {
    /// What was read.
    pub reading: &'a Reading,
    /// The raw bytes that it was read from.
    pub bytes: Option<&'a [u8]>,
    /// When they were fetched.
    pub fetched: Option<Timestamp>,
    /// Who may see the document from now on; `None`: as before, and a new document is internal.
    pub access: Option<Access>,
}

/// How a batch is added.
#[derive(Clone, Debug)]
pub struct AddOptions {
    /// Now. The ledger never asks a clock.
    pub time: Timestamp,
    /// Keep the raw bytes beside the ledger; else only their hash.
    pub keep_bytes: bool,
    /// Inputs that gave no document.
    pub unreadable: Vec<Unreadable>,
}

/// An input that gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable {
    /// Path or address.
    pub input: String,
    /// Why.
    pub reason: String,
    /// Records of it in which no text was found; `None` where it could not be read.
    pub without_text: Option<u64>,
}

/// What a batch brought.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Documents that the ledger did not know.
    pub documents: usize,
    /// Readings appended; those of known documents now stand for them.
    pub readings: usize,
    /// Readings that were there already.
    pub already: usize,
    /// Readings of texts that were taken out of the ledger; they stay out.
    pub redacted: usize,
    /// Claims of the readings appended.
    pub claims: usize,
    /// Refusals of the readings appended.
    pub refusals: usize,
    /// Known documents that others may see from now on.
    pub access: usize,
    /// Readings left out because they do not fit their text.
    pub unfit: Vec<Unfit>,
}

/// A reading that points outside its text: a fault of the reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unfit {
    /// The document's id.
    pub document: String,
    /// What does not fit.
    pub because: String,
}

impl<'a> From<&'a Reading> for Given<'a> {
    fn from(reading: &'a Reading) -> Given<'a> {
        Given { reading, bytes: None, fetched: None, access: None }
    }
}

impl AddOptions {
    /// Keeps bytes where they are given.
    pub fn at(time: Timestamp) -> AddOptions {
        AddOptions { time, keep_bytes: true, unreadable: Vec::new() }
    }
}

impl Ledger {
    /// Appends the readings that are new. A reading is known when document, publication date, language and reader
    /// version are; then nothing of it is looked at. A batch with nothing new leaves the ledger untouched.
    pub fn add<'a, G: Into<Given<'a>>>(
        &mut self,
        batch: impl IntoIterator<Item = G>,
        options: &AddOptions,
    ) -> Result<Added, LedgerError> {
        let mut added = Added::default();
        let mut new = Vec::new();
        let mut given = 0;
        let mut access = BTreeMap::new();
        for one in batch {
            let one: Given = one.into();
            given += 1;
            access.extend(one.access.map(|access| (one.reading.document.hash.clone(), access)));
            if is_known(&self.db, one.reading).map_err(|error| self.error(error))? {
                added.already += 1;
            } else if let Some(because) = misfit(one.reading) {
                added.unfit.push(Unfit { document: one.reading.document.id.clone(), because });
            } else {
                let retrieval = self.retrieved(&one, options)?;
                new.push(New { reading: one.reading, access: one.access.unwrap_or_default(), retrieval });
            }
        }
        let time = options.time.to_string();
        self.append(new, given, &access, &time, options, added).map_err(|because| self.error(because))
    }

    fn retrieved(&self, one: &Given, options: &AddOptions) -> Result<Option<Retrieval>, LedgerError> {
        let Some(raw) = one.bytes else { return Ok(None) };
        let hash = bytes::hash_of(raw);
        if options.keep_bytes {
            bytes::keep(&self.path, &hash, raw)
                .map_err(|error| LedgerError::new(&bytes::place(&self.path, &hash), error))?;
        }
        let size = raw.len() as u64;
        Ok(Some(Retrieval { fetched: one.fetched.map(|time| time.to_string()), hash, kept: options.keep_bytes, size }))
    }

    fn append(
        &self,
        new: Vec<New>,
        given: u64,
        access: &BTreeMap<String, Access>,
        time: &str,
        options: &AddOptions,
        mut added: Added,
    ) -> Result<Added, Because> {
        // Dropped on any error: then nothing of the batch is there.
        let change = change(&self.db)?;
        let mut fresh = Vec::new();
        let mut keys = BTreeSet::new();
        let redacts = change.prepare("SELECT 1 FROM redaction")?.exists([])?;
        for one in new {
            let document = &one.reading.document;
            if !keys.insert((&document.hash, &one.reading.reader, document.published, &document.lang))
                || is_known(&change, one.reading)?
            {
                added.already += 1;
            } else if redacts && is_redacted(&change, &entry::text_hash(&document.text))? {
                added.redacted += 1;
            } else {
                fresh.push(one);
            }
        }
        let (unreadable, without_text) = unknown_inputs(&change, &options.unreadable)?;
        let unread = unreadable.len() + without_text.len();
        let mut changed = Vec::new();
        for (document, access) in access {
            if access_of(&change, document)?.is_some_and(|now| now != *access) {
                changed.push((document, *access));
            }
        }
        if fresh.is_empty() && unread == 0 && changed.is_empty() {
            return Ok(added);
        }
        let mut chain = Chain::at_end(&change, time)?;
        for (document, access) in changed {
            self.set_access(document, access, &mut chain)?;
            review::again(&change, document)?;
            added.access += 1;
        }
        if fresh.is_empty() && unread == 0 {
            lines::mark_whole(&change)?;
            change.commit()?;
            return Ok(added);
        }
        let batch =
            chain.append_batch(&BatchBody { given, already: added.already as u64, unreadable, without_text })?;
        each_apart(&fresh, |reading, apart| {
            added.documents += usize::from(chain.append_reading(batch, reading, apart)?);
            added.readings += 1;
            added.claims += reading.claims.len();
            added.refusals += reading.refusals.len();
            Ok(())
        })?;
        // After all rows: between two rows it would write out what it gathers.
        change.execute(
            "INSERT INTO quotes (rowid, quote) SELECT id, quote FROM claim WHERE entry > ? ORDER BY id",
            [batch as i64],
        )?;
        lines::mark_whole(&change)?;
        change.commit()?;
        Ok(added)
    }
}

/// The end of the chain, while a batch is being written.
pub(crate) struct Chain<'c> {
    db: &'c Connection,
    time: &'c str,
    number: u64,
    hash: String,
    lines: Lines,
}

impl<'c> Chain<'c> {
    pub(crate) fn at_end(db: &'c Connection, time: &'c str) -> rusqlite::Result<Chain<'c>> {
        let last = "SELECT number, hash FROM entry ORDER BY number DESC LIMIT 1";
        let last = db.query_row(last, [], |row| Ok((row.get::<_, i64>(0)? as u64, row.get(1)?))).optional()?;
        let (number, hash) = last.unwrap_or((0, String::new()));
        Ok(Chain { db, time, number, hash, lines: Lines::default() })
    }

    pub(crate) fn append(&mut self, kind: &str, body: &str) -> rusqlite::Result<u64> {
        let number = self.number + 1;
        let hash = entry::entry_hash(number, kind, self.time, &self.hash, body);
        self.db
            .prepare_cached(
                "INSERT OR ROLLBACK INTO entry (number, kind, time, prev, hash, body) VALUES (?, ?, ?, ?, ?, ?)",
            )?
            .execute(params![number as i64, kind, self.time, self.hash, hash, body])?;
        (self.number, self.hash) = (number, hash);
        Ok(number)
    }

    pub(crate) fn insert(&self, table: &Table, cells: Cells) -> rusqlite::Result<()> {
        self.db.prepare_cached(table.insert())?.execute(params_from_iter(cells))?;
        Ok(())
    }

    fn append_batch(&mut self, body: &BatchBody) -> rusqlite::Result<u64> {
        let number = self.append("batch", &canonical(body))?;
        self.insert(&tables::BATCH, tables::batch_row(number, self.time, body))?;
        for row in tables::unreadable_rows(number, body) {
            self.insert(&tables::UNREADABLE, row)?;
        }
        Ok(number)
    }

    /// True when the document is new.
    fn append_reading(&mut self, batch: u64, reading: &Reading, apart: Apart) -> rusqlite::Result<bool> {
        let number = self.append("reading", &apart.body)?;
        let Parts { body, words } = &apart.parts;
        self.insert_text(&body.text, "article", &reading.document.text)?;
        self.insert_text(&body.words, "words", words)?;
        if let Some(row) = tables::retrieval_row(number, body)
            && !self.exists("SELECT 1 FROM retrieval WHERE hash = ?", &row[0])?
        {
            self.insert(&tables::RETRIEVAL, row)?;
        }
        let earlier = "SELECT max(entry) FROM reading WHERE document = ?";
        let earlier: Option<i64> =
            self.db.prepare_cached(earlier)?.query_row([&reading.document.hash], |row| row.get(0))?;
        if earlier.is_none() {
            self.insert(&tables::DOCUMENT, tables::document_row(number, body, reading, true))?;
        }
        self.insert(&tables::READING, tables::reading_row(number, batch, body))?;
        if let Some(earlier) = earlier {
            self.insert(&tables::SUPERSEDED, tables::superseded_row(earlier as u64, number))?;
            lines::supersede(self.db, earlier as u64, number)?;
        }
        self.insert_all(&tables::CLAIM, number, apart.claims)?;
        let first = self.db.last_insert_rowid() + 1 - reading.claims.len() as i64;
        match earlier {
            // What people say, they say of documents that are known.
            None => self.lines.keep(self.db, number, first, apart.told)?,
            Some(_) => self.lines.keep_known(self.db, number, first, body.access, reading)?,
        }
        self.insert_all(&tables::REFUSAL, number, apart.refusals)?;
        Ok(earlier.is_none())
    }

    /// Rows made before their entry had a number, which is their first cell.
    fn insert_all(&self, table: &Table, entry: u64, rows: Vec<Cells>) -> rusqlite::Result<()> {
        if rows.is_empty() {
            return Ok(());
        }
        let mut insert = self.db.prepare_cached(table.insert())?;
        for mut cells in rows {
            cells[0] = Value::Integer(entry as i64);
            insert.execute(params_from_iter(cells))?;
        }
        Ok(())
    }

    pub(crate) fn insert_text(&self, hash: &str, kind: &str, text: &str) -> rusqlite::Result<()> {
        if !self.exists("SELECT 1 FROM text WHERE hash = ?", hash)? {
            let insert = "INSERT OR ROLLBACK INTO text (hash, kind, text) VALUES (?, ?, ?)";
            self.db.prepare_cached(insert)?.execute([hash, kind, text])?;
        }
        Ok(())
    }

    fn exists(&self, query: &str, key: impl rusqlite::ToSql) -> rusqlite::Result<bool> {
        self.db.prepare_cached(query)?.exists([key])
    }
}

fn is_known(db: &Connection, reading: &Reading) -> rusqlite::Result<bool> {
    let document = &reading.document;
    let published = document.published.map(|date| date.to_string()).unwrap_or_default();
    db.prepare_cached(
        "SELECT 1 FROM reading
         WHERE document = ? AND reader = ? AND ifnull(published, '') = ? AND ifnull(lang, '') = ?",
    )?
    .exists(params![document.hash, reading.reader, published, document.lang.as_deref().unwrap_or_default()])
}

/// Who may see a document that is known.
fn access_of(db: &Connection, document: &str) -> rusqlite::Result<Option<Access>> {
    if let Some(access) = access_now(db, document)? {
        return Ok(Some(access));
    }
    let last = "SELECT access FROM reading WHERE document = ? ORDER BY entry DESC LIMIT 1";
    let last: Option<String> = db.prepare_cached(last)?.query_row([document], |row| row.get(0)).optional()?;
    Ok(last.map(|word| crate::documents::access_of(&word)))
}

fn is_redacted(db: &Connection, text: &str) -> rusqlite::Result<bool> {
    db.prepare_cached("SELECT 1 FROM text WHERE hash = ? AND text IS NULL")?.exists([text])
}

/// Inputs that could not be read, and those without text with their records.
type Unread = (Vec<(String, String)>, Vec<(String, String, u64)>);

/// An input that fails every morning with the same words is told once.
fn unknown_inputs(db: &Connection, given: &[Unreadable]) -> rusqlite::Result<Unread> {
    let mut told = BTreeSet::new();
    let mut unknown = Unread::default();
    let mut known = db.prepare_cached("SELECT 1 FROM unreadable WHERE input = ? AND reason = ? AND records IS ?")?;
    for Unreadable { input, reason, without_text } in given {
        let records = without_text.map(|records| records as i64);
        if !told.insert((input, reason, without_text)) || known.exists(params![input, reason, records])? {
            continue;
        }
        match without_text {
            None => unknown.0.push((input.clone(), reason.clone())),
            Some(records) => unknown.1.push((input.clone(), reason.clone(), *records)),
        }
    }
    Ok(unknown)
}

/// The first place of a reading that is no place of its text.
pub(crate) fn misfit(reading: &Reading) -> Option<String> {
    let text = &reading.document.text;
    let off = |what: &str, span: &Span| {
        let fits = text.get(span.start as usize..span.end as usize).is_some();
        (!fits).then(|| format!("{what} {}..{} is no place of the text", span.start, span.end))
    };
    if text.get(..reading.document.title as usize).is_none() {
        return Some("the title is longer than the text".to_owned());
    }
    if let Some(wrong) = reading.document.boilerplate.iter().find_map(|span| off("boilerplate", span)) {
        return Some(wrong);
    }
    let of_claims = reading.claims.iter().find_map(|claim| {
        off("figure", &claim.span)
            .or_else(|| off("quote", &claim.quote.span))
            .or_else(|| claim.also.iter().find_map(|span| off("also", span)))
            .or_else(|| claim.contested.iter().find_map(|contest| off("contested", &contest.span)))
            .or_else(|| claim.spans.iter().find_map(|(field, spans)| spans.iter().find_map(|span| off(field, span))))
            .or_else(|| claim.why.iter().find_map(|step| off(&step.field, &step.span)))
            .map(|wrong| format!("claim `{}` at {}: {wrong}", claim.value, claim.span.start))
    });
    of_claims.or_else(|| {
        reading.refusals.iter().find_map(|refusal| {
            [("figure", refusal.span), ("reason", refusal.because), ("quote", refusal.quote)]
                .iter()
                .find_map(|(what, span)| off(what, span))
                .map(|wrong| format!("refusal at {}: {wrong}", refusal.span.start))
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use bilan::Document;

    #[test]
    fn a_full_disk_adds_nothing_and_says_so() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = Ledger::create(folder.path().join("bilan.db")).expect("a ledger");
        let options = AddOptions::at(Timestamp::UNIX_EPOCH);
        ledger.add(&[invented("first", 1)], &options).expect("room");
        let pages: i64 = ledger.db.pragma_query_value(None, "page_count", |row| row.get(0)).expect("pages");
        // To SQLite, a file that may not grow is a full disk.
        ledger.db.pragma_update_and_check(None, "max_page_count", pages + 3, |_| Ok(())).expect("a limit");
        let error = ledger.add(&[invented("small", 1), invented("large", 100_000)], &options).expect_err("no room");
        assert!(error.is_full(), "{error}");
        assert_eq!(ledger.documents(0, usize::MAX, Access::Restricted).expect("a list").len(), 1);
        assert_eq!(ledger.fsck(None).expect("a check").wrong, None);
        assert_eq!(ledger.add(&[invented("small", 1)], &options).expect("room for one").readings, 1);
    }

    fn invented(id: &str, length: usize) -> Reading {
        let document = Document {
            id: id.to_owned(),
            hash: id.to_owned(),
            text_hash: id.to_owned(),
            text: "INVENTED ".repeat(length),
            title: 0,
            url: None,
            outlet: None,
            lang: None,
            published: None,
            boilerplate: Vec::new(),
            remarks: Vec::new(),
        };
        Reading { document, reader: "1".to_owned(), claims: Vec::new(), refusals: Vec::new(), remarks: Vec::new() }
    }
}
