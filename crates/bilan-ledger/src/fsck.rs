//! Finds the first thing wrong with a ledger.
//!
//! In: a ledger, and a head noted elsewhere. Out: what was checked, and what is wrong first.
//!
//! A tail that was cut leaves a chain that holds: only a head that somebody noted can tell. A text that was taken out
//! with a tombstone is redacted, not broken.

use crate::add::misfit;
use crate::bytes;
use crate::entry::{self, BatchBody, ReadingBody, RedactionBody, Retrieval, ReviewBody, entry_hash};
use crate::error::{Because, LedgerError};
use crate::hash::hash;
use crate::lines;
use crate::open::{Ledger, SCHEMA};
use crate::tables::{self, Cells, DERIVED, Table};
use crate::tally;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::fmt;

/// What a check of the whole ledger found.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Fsck {
    /// Entries that hold.
    pub entries: u64,
    /// Hash of the last entry that holds: note it elsewhere.
    pub head: Option<String>,
    /// Readings whose text was taken out with a tombstone.
    pub redacted: u64,
    /// The first thing wrong.
    pub wrong: Option<Wrong>,
    /// What could not be checked, one sentence each.
    pub unchecked: Vec<String>,
}

/// Something wrong.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wrong {
    /// The entry where it shows; `None` when it concerns the file.
    pub entry: Option<u64>,
    /// One sentence.
    pub what: String,
}

impl fmt::Display for Wrong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.entry {
            Some(entry) => write!(f, "entry {entry}: {}", self.what),
            None => f.write_str(&self.what),
        }
    }
}

impl Ledger {
    /// Checks file, schema, chain, texts, spans, rows, bytes and index; and that `head` is in the chain.
    pub fn fsck(&self, head: Option<&str>) -> Result<Fsck, LedgerError> {
        let mut report = Fsck::default();
        let checked = self.check(head, &mut report).and_then(|()| self.check_index(&mut report));
        match checked {
            Ok(()) => {}
            Err(Stop::Wrong(wrong)) => report.wrong = Some(wrong),
            Err(Stop::Failed(because)) => return Err(self.error(because)),
        }
        Ok(report)
    }

    fn check(&self, head: Option<&str>, report: &mut Fsck) -> Result<(), Stop> {
        // One transaction: an adder at work is not seen.
        let view = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred)?;
        let file: String = view.query_row("PRAGMA integrity_check (1)", [], |row| row.get(0))?;
        if file != "ok" {
            // SQLite names the database on a line of its own; what is wrong stands on the next.
            let what = file.lines().find(|line| !line.starts_with("***")).unwrap_or(&file);
            return wrong(None, format!("the file is damaged: {what}; restore a copy"));
        }
        check_schema(&view)?;
        let lines = lines::is_whole(&view)?;
        if !lines {
            report.unchecked.push("the lines: `bilan fsck --rebuild` makes them again".to_owned());
        }
        let mut walk = Walk { ledger: self, db: &view, batch: 0, counts: BTreeMap::new(), lines, report };
        let met = walk.chain(head)?;
        walk.strays()?;
        match head {
            Some(head) if !met => {
                wrong(None, format!("no entry has the hash {head}: the end was cut, or it is another ledger"))
            }
            _ => Ok(()),
        }
    }

    /// The index of words against the sentences; SQLite asks for the writer's lock to look.
    fn check_index(&self, report: &mut Fsck) -> Result<(), Stop> {
        let look = "INSERT INTO quotes (quotes, rank) VALUES ('integrity-check', 1)";
        match self.db.execute_batch(look).map_err(Because::from) {
            Ok(()) => {}
            Err(Because::ReadOnly | Because::Locked) => {
                report.unchecked.push("the index of words: the ledger cannot be written now".to_owned());
            }
            Err(because) => return wrong(None, format!("the index of words does not fit the sentences: {because}")),
        }
        Ok(())
    }
}

/// Why a check ends early.
enum Stop {
    Wrong(Wrong),
    Failed(Because),
}

impl From<rusqlite::Error> for Stop {
    fn from(error: rusqlite::Error) -> Stop {
        match error.into() {
            because @ (Because::Locked | Because::ReadOnly | Because::Full) => Stop::Failed(because),
            because => Stop::Wrong(Wrong { entry: None, what: because.to_string() }),
        }
    }
}

fn wrong<T>(entry: Option<u64>, what: impl Into<String>) -> Result<T, Stop> {
    Err(Stop::Wrong(Wrong { entry, what: what.into() }))
}

/// A trigger that was dropped, a view that says another thing.
fn check_schema(db: &Connection) -> Result<(), Stop> {
    let fresh = Connection::open_in_memory()?;
    let version: i64 = db.pragma_query_value(None, "user_version", |row| row.get(0))?;
    for step in SCHEMA.iter().take(version as usize) {
        fresh.execute_batch(step)?;
    }
    let (found, expected) = (schema(db)?, schema(&fresh)?);
    for (name, sql) in &expected {
        match found.get(name) {
            None => return wrong(None, format!("the schema lacks {name}")),
            Some(other) if other != sql => return wrong(None, format!("the schema has another {name}")),
            Some(_) => {}
        }
    }
    match found.keys().find(|name| !expected.contains_key(*name)) {
        Some(name) => wrong(None, format!("the schema has {name}, which is not ours")),
        None => Ok(()),
    }
}

fn schema(db: &Connection) -> rusqlite::Result<BTreeMap<String, String>> {
    // Names that SQLite gives itself, as the statistics of ANALYZE, are no part of it.
    let all =
        "SELECT type || ' ' || name, ifnull(sql, '') FROM sqlite_schema WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\'";
    db.prepare(all)?.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?.collect()
}

struct Walk<'w> {
    ledger: &'w Ledger,
    db: &'w Connection,
    /// The last entry of kind `batch`.
    batch: u64,
    /// Rows that follow from the entries so far, by table.
    counts: BTreeMap<&'static str, u64>,
    /// The lines are made, and are checked.
    lines: bool,
    report: &'w mut Fsck,
}

impl Walk<'_> {
    /// Follows the chain; true when it met `head`.
    fn chain(&mut self, head: Option<&str>) -> Result<bool, Stop> {
        let db = self.db;
        let mut met = false;
        let mut prev = String::new();
        let mut entries = db.prepare("SELECT number, kind, time, prev, hash, body FROM entry ORDER BY number")?;
        let mut rows = entries.query([])?;
        while let Some(row) = rows.next()? {
            let expected = self.report.entries + 1;
            let number = row.get::<_, i64>(0)? as u64;
            if number != expected {
                return wrong(Some(expected), format!("is missing; the next one is {number}"));
            }
            let at = Some(number);
            let read = (row.get::<_, String>(1), row.get::<_, String>(2), row.get::<_, String>(3));
            let (Ok(kind), Ok(time), Ok(before)) = read else { return wrong(at, "is no text") };
            let (Ok(own), Ok(body)) = (row.get::<_, String>(4), row.get::<_, String>(5)) else {
                return wrong(at, "is no text");
            };
            if before != prev {
                return wrong(at, "does not carry the hash of the entry before it");
            }
            if entry_hash(number, &kind, &time, &before, &body) != own {
                return wrong(at, "its hash is not that of its content");
            }
            match kind.as_str() {
                "batch" => self.batch(number, &time, &decode(number, &body)?)?,
                "reading" => self.reading(number, decode(number, &body)?)?,
                "redaction" => self.redaction(number, &decode(number, &body)?)?,
                "review" => self.review(number, &time, &decode(number, &body)?)?,
                "access" => {
                    let row = tables::access_row(number, &decode(number, &body)?);
                    self.expect(number, &tables::ACCESS, number, vec![row])?;
                }
                _ => {}
            }
            met |= head == Some(&own);
            self.report.entries = number;
            self.report.head = Some(own.clone());
            prev = own;
        }
        Ok(met)
    }

    fn batch(&mut self, number: u64, time: &str, body: &BatchBody) -> Result<(), Stop> {
        self.batch = number;
        self.expect(number, &tables::BATCH, number, vec![tables::batch_row(number, time, body)])?;
        self.expect(number, &tables::UNREADABLE, number, tables::unreadable_rows(number, body))
    }

    fn redaction(&mut self, number: u64, body: &RedactionBody) -> Result<(), Stop> {
        self.expect(number, &tables::REDACTION, number, vec![tables::redaction_row(number, body)])
    }

    fn review(&mut self, number: u64, time: &str, body: &ReviewBody) -> Result<(), Stop> {
        self.expect(number, &tables::REVIEW, number, vec![tables::review_row(number, time, body)])?;
        if let Some(note) = &body.note {
            let article = "SELECT text FROM document WHERE hash = ?";
            let article: Option<String> =
                self.db.prepare_cached(article)?.query_row([&body.document], |row| row.get(0)).optional()?;
            let Some(article) = article else { return wrong(Some(number), "it reviews no document of the ledger") };
            self.text(number, note, &article)?;
        }
        Ok(())
    }

    fn count(&self, table: &str) -> u64 {
        self.counts.get(table).copied().unwrap_or(0)
    }

    fn reading(&mut self, number: u64, mut body: ReadingBody) -> Result<(), Stop> {
        let text = self.text(number, &body.text, &body.text)?;
        let words = self.text(number, &body.words, &body.text)?;
        if text.is_some() != words.is_some() {
            return wrong(Some(number), "its text and its words are not redacted together");
        }
        let told = text.is_some();
        self.report.redacted += u64::from(!told);
        if let Err(what) = entry::put_together(&mut body, text, words.as_deref()) {
            return wrong(Some(number), what);
        }
        let reading = &body.reading;
        if let Some(what) = told.then(|| misfit(reading)).flatten() {
            return wrong(Some(number), what);
        }
        if let Some(row) = tables::retrieval_row(number, &body) {
            self.expect_first(number, &tables::RETRIEVAL, row)?;
        }
        if let Some(retrieval) = body.retrieval.as_ref().filter(|retrieval| retrieval.kept) {
            if told { self.bytes(number, retrieval)? } else { self.no_bytes(number, retrieval)? }
        }
        self.expect_first(number, &tables::DOCUMENT, tables::document_row(number, &body, reading, told))?;
        self.expect(number, &tables::READING, number, vec![tables::reading_row(number, self.batch, &body)])?;
        let earlier: Option<i64> = self
            .db
            .prepare_cached("SELECT max(entry) FROM reading WHERE document = ? AND entry < ?")?
            .query_row((&reading.document.hash, number as i64), |row| row.get(0))?;
        if let Some(earlier) = earlier {
            let row = tables::superseded_row(earlier as u64, number);
            self.expect(number, &tables::SUPERSEDED, earlier as u64, vec![row])?;
        }
        let claims = reading.claims.iter().enumerate();
        let claims = claims.map(|(nth, claim)| tables::claim_row(number, nth, claim, reading, told)).collect();
        self.expect(number, &tables::CLAIM, number, claims)?;
        if self.lines
            && let Some(first) = lines::first_claim(self.db, number)?
        {
            match lines::check(self.db, lines::made(self.db, number, first, body.access, reading)?)? {
                Ok((told, corrected)) => {
                    *self.counts.entry("told").or_default() += told;
                    *self.counts.entry("corrected").or_default() += corrected;
                }
                Err(what) => {
                    return wrong(Some(number), format!("{what}; `bilan fsck --rebuild` makes the lines again"));
                }
            }
        }
        let refusals = reading.refusals.iter().enumerate();
        let refusals =
            refusals.map(|(nth, refusal)| tables::refusal_row(number, nth, refusal, reading, told)).collect();
        self.expect(number, &tables::REFUSAL, number, refusals)
    }

    /// A text beside the chain; `None` when it was redacted by way of `article`.
    fn text(&self, number: u64, name: &str, article: &str) -> Result<Option<String>, Stop> {
        let found = self
            .db
            .prepare_cached("SELECT text FROM text WHERE hash = ?")?
            .query_row([name], |row| row.get::<_, Option<String>>(0))
            .optional();
        let Ok(found) = found else { return wrong(Some(number), format!("text {name} is no text")) };
        match found {
            None => wrong(Some(number), format!("text {name} is missing")),
            Some(Some(text)) if hash("bilan/text/1", &[text.as_bytes()]) != name => {
                wrong(Some(number), format!("text {name} was changed"))
            }
            Some(Some(text)) => Ok(Some(text)),
            Some(None) => {
                let tombstone = "SELECT 1 FROM redaction WHERE text = ?";
                if self.db.prepare_cached(tombstone)?.exists([article])? {
                    Ok(None)
                } else {
                    wrong(Some(number), format!("text {name} was emptied without a redaction"))
                }
            }
        }
    }

    fn bytes(&mut self, number: u64, retrieval: &Retrieval) -> Result<(), Stop> {
        let folder = bytes::folder(&self.ledger.path);
        if !folder.is_dir() {
            // A ledger is often passed on without its bytes.
            let told = format!("the raw bytes: {} is not here", folder.display());
            if !self.report.unchecked.contains(&told) {
                self.report.unchecked.push(told);
            }
            return Ok(());
        }
        match bytes::check(&self.ledger.path, &retrieval.hash) {
            Some(what) => wrong(Some(number), what),
            None => Ok(()),
        }
    }

    /// A redaction that was killed before it had removed the bytes.
    fn no_bytes(&self, number: u64, retrieval: &Retrieval) -> Result<(), Stop> {
        if !bytes::place(&self.ledger.path, &retrieval.hash).exists() {
            return Ok(());
        }
        let shared = "SELECT 1 FROM reading WHERE retrieval = ?
                      AND NOT EXISTS (SELECT 1 FROM redaction WHERE redaction.text = reading.text)";
        if self.db.prepare_cached(shared)?.exists([&retrieval.hash])? {
            return Ok(());
        }
        wrong(Some(number), "its text is redacted and its bytes are still there; redact it again")
    }

    /// The rows of a key are these and no others.
    fn expect(&mut self, number: u64, table: &'static Table, key: u64, expected: Vec<Cells>) -> Result<(), Stop> {
        let found = self.rows(table, Value::Integer(key as i64));
        let Ok(found) = found else { return wrong(Some(number), format!("its rows in `{}` are no text", table.name)) };
        if found.len() != expected.len() {
            let (has, should) = (found.len(), expected.len());
            return wrong(Some(number), format!("`{}` has {has} rows of it, it makes {should}", table.name));
        }
        for (found, expected) in found.iter().zip(&expected) {
            compare(number, table, found, expected)?;
        }
        *self.counts.entry(table.name).or_default() += expected.len() as u64;
        Ok(())
    }

    /// The row of a thing that several entries may name stands with the first of them.
    fn expect_first(&mut self, number: u64, table: &'static Table, expected: Cells) -> Result<(), Stop> {
        let found = self.rows(table, expected[0].clone());
        let Ok(found) = found else { return wrong(Some(number), format!("its row in `{}` is no text", table.name)) };
        let Some(found) = found.into_iter().next() else {
            return wrong(Some(number), format!("`{}` lacks its row", table.name));
        };
        match (&found[1], &expected[1]) {
            (Value::Integer(first), Value::Integer(this)) if first < this => return Ok(()),
            _ => compare(number, table, &found, &expected)?,
        }
        *self.counts.entry(table.name).or_default() += 1;
        Ok(())
    }

    fn rows(&self, table: &Table, key: Value) -> rusqlite::Result<Vec<Cells>> {
        let mut select = self.db.prepare_cached(&table.select())?;
        let width = table.columns.len();
        select.query_map([key], |row| (0..width).map(|column| row.get(column)).collect())?.collect()
    }

    /// Rows that follow from no entry, and texts that none names.
    fn strays(&self) -> Result<(), Stop> {
        for table in DERIVED {
            let found: i64 =
                self.db.query_row(&format!("SELECT count(*) FROM {}", table.name), [], |row| row.get(0))?;
            let expected = self.counts.get(table.name).copied().unwrap_or(0);
            if found as u64 != expected {
                return wrong(None, format!("`{}` has {found} rows, the entries make {expected}", table.name));
            }
        }
        if self.lines
            && let Some(what) = lines::stray(self.db, self.count("told"), self.count("corrected"))?
        {
            return wrong(None, format!("{what}; `bilan fsck --rebuild` makes the lines again"));
        }
        if self.lines
            && let Some(what) = tally::check(self.db)?
        {
            return wrong(None, format!("{what}; `bilan fsck --rebuild` counts again"));
        }
        for table in ["claim", "refusal"] {
            let odd = format!(
                "SELECT id FROM (SELECT id, row_number() OVER (ORDER BY entry, nth) AS place FROM {table})
                 WHERE id <> place LIMIT 1"
            );
            if let Some(id) = self.db.query_row(&odd, [], |row| row.get::<_, i64>(0)).optional()? {
                return wrong(None, format!("`{table}.id` {id} is not in order of arrival"));
            }
        }
        let text: Option<String> = self
            .db
            .query_row(
                "SELECT hash FROM text EXCEPT SELECT text FROM reading EXCEPT SELECT words FROM reading
                 EXCEPT SELECT note FROM review LIMIT 1",
                [],
                |row| row.get(0),
            )
            .optional()?;
        match text {
            Some(text) => wrong(None, format!("no entry names the text {text}")),
            None => Ok(()),
        }
    }
}

fn decode<T: DeserializeOwned>(number: u64, body: &str) -> Result<T, Stop> {
    serde_json::from_str(body).or_else(|error| wrong(Some(number), format!("its body cannot be read: {error}")))
}

fn compare(number: u64, table: &Table, found: &Cells, expected: &Cells) -> Result<(), Stop> {
    match table.columns.iter().zip(found.iter().zip(expected)).find(|(_, (found, expected))| found != expected) {
        Some((column, (found, expected))) => {
            let (found, expected) = (shown(found), shown(expected));
            wrong(Some(number), format!("`{}.{column}` says {found}, the entry says {expected}", table.name))
        }
        None => Ok(()),
    }
}

fn shown(value: &Value) -> String {
    match value {
        Value::Null => "nothing".to_owned(),
        Value::Integer(number) => number.to_string(),
        Value::Real(number) => number.to_string(),
        Value::Text(text) => format!("`{text}`"),
        Value::Blob(_) => "bytes".to_owned(),
    }
}
