//! Keeps each claim on its line, so that a question about one subject touches only its lines.
//!
//! In: readings as they are added. Out: rows of `line` and `told`, which can be thrown away and made again.
//!
//! What a claim by itself tells of its line never depends on its neighbours; so a row is written once with its claim,
//! and a late article about an early day disturbs nothing. What does depend on neighbours (runs, starts that others
//! tell) is worked out when somebody asks.

use crate::claims::stored_reading;
use crate::entry::Access;
use crate::error::{Because, LedgerError};
use crate::open::{Ledger, change};
use crate::review::{Review, access_now, reviews_of, spans};
use crate::{tables, tally};
use bilan::claim::{Claim, Date, Value as Said};
use bilan::history::{Appearance, Incident, Key, Voice, mark};
use bilan::{Document, Reading};
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::OnceLock;

/// Raised when rows are made in another way: older ones are then made again.
const RULES: i64 = 2;

const LINE: &str = "INSERT OR IGNORE INTO line
    (id, side, counted, outcome, scope, voice, claimant, name, place, day, event, country, since)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

const TOLD: &str = "INSERT INTO told
    (line, claim, entry, until, access, value, stated, \"from\", \"to\", published, document, text, start, n, translated,
     contested, citing, via)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";

impl Ledger {
    /// Makes the lines of all claims and the counts again. Nothing else is touched; no answer changes.
    pub fn rebuild(&mut self) -> Result<(), LedgerError> {
        rebuild(&self.db).map_err(|because| self.error(because))
    }
}

/// Makes the lines and the counts when they are missing, or made by other rules.
pub(crate) fn make_whole(db: &Connection) -> Result<(), Because> {
    if !is_whole(db)? {
        return rebuild(db);
    }
    if tally::kept(db)?.is_none() {
        let change = change(db)?;
        tally::count(&change, 0)?;
        change.commit()?;
    }
    Ok(())
}

/// Whether the lines hold all claims.
pub(crate) fn is_whole(db: &Connection) -> rusqlite::Result<bool> {
    let made = "SELECT count(*) FROM sqlite_schema WHERE name IN ('derived', 'corrected')";
    if db.prepare_cached(made)?.query_row([], |row| row.get::<_, i64>(0))? < 2 {
        return Ok(false);
    }
    let last = "SELECT rules, entry, (SELECT ifnull(max(number), 0) FROM entry) FROM derived";
    let last = db.prepare_cached(last)?.query_row([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?))).optional()?;
    Ok(last.is_some_and(|(rules, entry, head): (i64, i64, i64)| rules == RULES && entry == head))
}

fn rebuild(db: &Connection) -> Result<(), Because> {
    let change = change(db)?;
    // derived: every row follows from the claims.
    change.execute_batch("DELETE FROM told; DELETE FROM line; DELETE FROM corrected; DELETE FROM tally;")?;
    let mut lines = Lines::default();
    let mut readings = change.prepare("SELECT entry FROM reading ORDER BY entry")?;
    let mut rows = readings.query([])?;
    while let Some(row) = rows.next()? {
        keep_stored(&change, &mut lines, row.get::<_, i64>(0)? as u64)?;
    }
    drop(rows);
    drop(readings);
    mark_whole(&change)?;
    change.commit()?;
    Ok(())
}

/// Says that lines and counts hold all up to the end of the chain.
pub(crate) fn mark_whole(db: &Connection) -> rusqlite::Result<()> {
    let since = "SELECT entry FROM derived";
    let since = db.prepare_cached(since)?.query_row([], |row| row.get(0)).optional()?;
    tally::count(db, since.unwrap_or(0))?;
    // derived: one row stands.
    db.execute_batch("DELETE FROM derived")?;
    db.prepare_cached("INSERT INTO derived (rules, entry) SELECT ?, ifnull(max(number), 0) FROM entry")?
        .execute([RULES])?;
    Ok(())
}

/// The lines of an entry's claims again, from what the entry still says.
pub(crate) fn again(db: &Connection, entry: u64) -> Result<(), Because> {
    let claims = "claim IN (SELECT id FROM claim WHERE entry = ?1)";
    let lines = format!("SELECT DISTINCT line FROM told WHERE {claims}");
    let lines: Vec<i64> =
        db.prepare(&lines)?.query_map([entry as i64], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    // derived: a line may quote the words of a local authority; without a claim it goes.
    db.execute(&format!("DELETE FROM told WHERE {claims}"), [entry as i64])?;
    db.execute("DELETE FROM corrected WHERE id IN (SELECT id FROM claim WHERE entry = ?1)", [entry as i64])?;
    keep_stored(db, &mut Lines::default(), entry)?;
    for line in lines {
        let gone = "DELETE FROM line WHERE id = ?1 AND NOT EXISTS (SELECT 1 FROM told WHERE line = ?1)";
        db.prepare_cached(gone)?.execute([line])?;
    }
    Ok(())
}

fn keep_stored(db: &Connection, lines: &mut Lines, entry: u64) -> Result<(), Because> {
    let Some(first) = first_claim(db, entry)? else { return Ok(()) };
    let body = stored_reading(db, entry)?;
    made(db, entry, first, body.access, &body.reading)?.try_for_each(|made| lines.insert(db, made))?;
    Ok(())
}

/// The id of an entry's first claim.
pub(crate) fn first_claim(db: &Connection, entry: u64) -> rusqlite::Result<Option<i64>> {
    let first = "SELECT id FROM claim WHERE entry = ? AND nth = 0";
    db.prepare_cached(first)?.query_row([entry as i64], |row| row.get(0)).optional()
}

/// A later reading takes the place of this one.
pub(crate) fn supersede(db: &Connection, entry: u64, later: u64) -> rusqlite::Result<()> {
    for end in [
        // derived: when a row ends follows from the reading that came later.
        "UPDATE told SET until = ?2 WHERE claim IN (SELECT id FROM claim WHERE entry = ?1) AND until IS NULL",
        "UPDATE corrected SET until = ?2 WHERE id IN (SELECT id FROM claim WHERE entry = ?1) AND until IS NULL",
    ] {
        db.prepare_cached(end)?.execute([entry as i64, later as i64])?;
    }
    Ok(())
}

/// The lines met so far: most claims are on one that is there.
#[derive(Default)]
pub(crate) struct Lines {
    known: BTreeSet<i64>,
}

impl Lines {
    /// Writes what the claims of a new document tell; they are numbered from `first`.
    pub(crate) fn keep(&mut self, db: &Connection, entry: u64, first: i64, told: Vec<Told>) -> rusqlite::Result<()> {
        let numbered = told.into_iter().zip(first..).map(|(told, id)| told.numbered(id, entry, None));
        self.write(db, numbered)
    }

    /// The same of a document that was read before, with all that people said of it.
    pub(crate) fn keep_known(
        &mut self,
        db: &Connection,
        entry: u64,
        first: i64,
        access: Access,
        reading: &Reading,
    ) -> rusqlite::Result<()> {
        made(db, entry, first, access, reading)?.try_for_each(|made| self.insert(db, made))
    }

    fn insert(&mut self, db: &Connection, made: Made) -> rusqlite::Result<()> {
        self.write(db, made.told.into_iter())?;
        for corrected in made.corrected {
            db.prepare_cached(corrected_insert())?.execute(params_from_iter(corrected))?;
        }
        Ok(())
    }

    fn write(&mut self, db: &Connection, told: impl Iterator<Item = Told>) -> rusqlite::Result<()> {
        let mut insert = db.prepare_cached(TOLD)?;
        for Told { line, line_cells, cells } in told {
            if self.known.insert(line) {
                db.prepare_cached(LINE)?.execute(params_from_iter(line_cells))?;
            }
            insert.execute(params_from_iter(cells))?;
        }
        Ok(())
    }
}

/// The rows that one claim makes, in the order of their columns.
#[derive(Default)]
pub(crate) struct Made {
    claim: i64,
    told: Vec<Told>,
    corrected: Vec<Vec<Value>>,
}

/// The row of `told` that a claim makes, and that of its line.
pub(crate) struct Told {
    line: i64,
    line_cells: Vec<Value>,
    cells: Vec<Value>,
}

impl Told {
    /// What a claim tells, before it has a number in the ledger.
    pub(crate) fn of(claim: &Claim, document: &Document, access: Access) -> Told {
        let told = Appearance::of(0, 0, claim, document);
        let mut line_cells = line_cells(&told.key);
        let line = line_id(&line_cells[1..]);
        line_cells[0] = Value::Integer(line);
        Told { line, line_cells, cells: told_cells(line, &told, access, claim) }
    }

    fn numbered(mut self, claim: i64, entry: u64, until: Option<u64>) -> Told {
        let until = until.map_or(Value::Null, |until| Value::Integer(until as i64));
        let numbers = [Value::Integer(claim), Value::Integer(entry as i64), until];
        self.cells.iter_mut().skip(1).zip(numbers).for_each(|(cell, number)| *cell = number);
        self
    }
}

/// The rows of a reading, with all that people said of its figures.
pub(crate) fn made<'r>(
    db: &Connection,
    entry: u64,
    first: i64,
    access: Access,
    reading: &'r Reading,
) -> rusqlite::Result<impl Iterator<Item = Made> + use<'r>> {
    let document = &reading.document;
    let until = "SELECT later FROM superseded WHERE entry = ?";
    let until: Option<i64> = db.prepare_cached(until)?.query_row([entry as i64], |row| row.get(0)).optional()?;
    let access = access_now(db, &document.hash)?.unwrap_or(access);
    let reviews = reviews_of(db, &document.hash)?;
    let mut words = BTreeMap::new();
    if !reviews.is_empty() {
        let mut kept = db.prepare_cached("SELECT id, words, quote FROM claim WHERE entry = ?")?;
        let kept = kept.query_map([entry as i64], |row| Ok((row.get(0)?, (row.get(1)?, row.get(2)?))))?;
        words = kept.collect::<rusqlite::Result<BTreeMap<i64, (Value, Value)>>>()?;
    }
    Ok(reading.claims.iter().zip(first..).enumerate().map(move |(nth, (claim, id))| {
        let figure = tables::figure(&document.hash, claim.span);
        let own: Vec<&Review> =
            reviews.iter().filter(|review| review.figure == figure && review.n == claim.n).collect();
        let mut made = Made { claim: id, ..Made::default() };
        let until = until.map(|until| until as u64);
        if own.is_empty() {
            made.told.push(Told::of(claim, document, access).numbered(id, entry, until));
            return made;
        }
        for span in spans(claim, entry, until, &own) {
            if !span.rejected {
                made.told.push(Told::of(&span.claim, document, access).numbered(id, span.from, span.until));
            }
            if span.rejected || span.claim != *claim {
                let mut row = tables::claim_row(entry, nth, &span.claim, reading, false);
                if let Some((words, quote)) = words.get(&id) {
                    for (name, value) in [("words", words), ("quote", quote)] {
                        if let Some(at) = tables::CLAIM.columns.iter().position(|column| *column == name) {
                            row[at] = value.clone();
                        }
                    }
                }
                let head = [
                    Value::Integer(id),
                    Value::Integer(span.from as i64),
                    span.until.map_or(Value::Null, |until| Value::Integer(until as i64)),
                    Value::Integer(span.rejected.into()),
                ];
                made.corrected.push(head.into_iter().chain(row).collect());
            }
        }
        made
    }))
}

fn corrected_insert() -> &'static str {
    static INSERT: OnceLock<String> = OnceLock::new();
    INSERT.get_or_init(|| {
        let columns = tables::CLAIM.columns;
        let names: Vec<String> = columns.iter().map(|column| format!("\"{column}\"")).collect();
        let marks = vec!["?"; columns.len() + 4].join(", ");
        format!("INSERT INTO corrected (id, review, until, rejected, {}) VALUES ({marks})", names.join(", "))
    })
}

/// The columns of `told`; claim and entry are still to come.
fn told_cells(line: i64, told: &Appearance, access: Access, claim: &Claim) -> Vec<Value> {
    let int = |number: u64| Value::Integer(number as i64);
    let some = |words: Option<&str>| words.map_or(Value::Null, |words| Value::Text(words.to_owned()));
    let contests: Vec<(&Option<String>, &String)> =
        claim.contested.iter().map(|contest| (&contest.who, &contest.how)).collect();
    let contested = (!contests.is_empty()).then(|| serde_json::to_string(&contests).unwrap_or_default());
    vec![
        Value::Integer(line),
        Value::Integer(told.id),
        int(told.entry),
        Value::Null,
        Value::Integer(level(access)),
        value(told.value),
        day(told.stated),
        day(told.from),
        day(told.to),
        day(told.published),
        int(told.document),
        int(told.text),
        int(told.start.into()),
        int(told.n.into()),
        int(told.translated.into()),
        some(contested.as_deref()),
        some(told.citing.as_deref()),
        some(told.via.as_deref()),
    ]
}

/// How many rows the claims of an entry make, or what is wrong with these.
pub(crate) fn check(
    db: &Connection,
    made: impl Iterator<Item = Made>,
) -> rusqlite::Result<Result<(u64, u64), &'static str>> {
    let (mut told, mut corrected) = (0, 0);
    for made in made {
        let found = rows(db, "SELECT * FROM told WHERE claim = ? ORDER BY entry", made.claim)?;
        if found.len() != made.told.len() || found.iter().zip(&made.told).any(|(found, made)| *found != made.cells) {
            return Ok(Err("`told` says another thing than its claims"));
        }
        for told in &made.told {
            if rows(db, "SELECT * FROM line WHERE id = ?", told.line)? != [&told.line_cells[..]] {
                return Ok(Err("`line` says another thing than its claims"));
            }
        }
        if rows(db, "SELECT * FROM corrected WHERE id = ? ORDER BY review", made.claim)? != made.corrected {
            return Ok(Err("`corrected` says another thing than the reviews"));
        }
        told += made.told.len() as u64;
        corrected += made.corrected.len() as u64;
    }
    Ok(Ok((told, corrected)))
}

fn rows(db: &Connection, query: &str, key: i64) -> rusqlite::Result<Vec<Vec<Value>>> {
    let mut select = db.prepare_cached(query)?;
    let width = select.column_count();
    select.query_map([key], |row| (0..width).map(|column| row.get(column)).collect())?.collect()
}

/// What stands there beside so many rows of all claims.
pub(crate) fn stray(db: &Connection, told: u64, corrected: u64) -> rusqlite::Result<Option<&'static str>> {
    let count = |table: &str| -> rusqlite::Result<u64> {
        db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).map(|n| n as u64)
    };
    if count("told")? != told {
        return Ok(Some("`told` has rows of no claim"));
    }
    if count("corrected")? != corrected {
        return Ok(Some("`corrected` has rows of no review"));
    }
    let idle = "SELECT 1 FROM line WHERE NOT EXISTS (SELECT 1 FROM told WHERE told.line = line.id)";
    Ok(db.prepare(idle)?.exists([])?.then_some("`line` has a row without claims"))
}

/// The columns of `line`; the id is still to come.
fn line_cells(key: &Key) -> Vec<Value> {
    let text = |words: &str| Value::Text(words.to_owned());
    let some = |words: Option<&str>| words.map_or(Value::Null, text);
    let (voice, claimant, name) = match &key.voice {
        Voice::Party(party) => ("party", Some(party.as_str()), None),
        Voice::Local(party, words) => ("local", Some(party.as_str()), Some(words.as_str())),
        Voice::Outlet(outlet) => ("outlet", None, Some(outlet.as_str())),
        Voice::Text(hash) => ("text", None, Some(hash.as_str())),
    };
    let (place, day, event) = match &key.incident {
        Some(Incident::Told(place, day)) => (Some(place.as_str()), Some(day.to_string()), None),
        Some(Incident::Untold(hash)) => (None, None, Some(hash.as_str())),
        None => (key.area.as_deref(), None, None),
    };
    vec![
        Value::Null,
        some(key.side.as_deref()),
        text(&key.counted),
        text(&key.outcome),
        text(&key.scope),
        text(voice),
        some(claimant),
        some(name),
        some(place),
        some(day.as_deref()),
        some(event),
        some(key.country.as_deref()),
        some(key.since.map(|since| since.to_string()).as_deref()),
    ]
}

fn line_id(cells: &[Value]) -> i64 {
    let mut name = String::new();
    for cell in cells {
        match cell {
            Value::Text(words) => {
                name.push_str(&words.len().to_string());
                name.push(':');
                name.push_str(words);
            }
            _ => name.push('-'),
        }
    }
    mark(&name) as i64
}

/// A number said as it is; else the text of the value.
fn value(said: Said) -> Value {
    match i64::try_from(said.first) {
        Ok(number) if said == Said::exact(said.first) => Value::Integer(number),
        _ => Value::Text(said.to_string()),
    }
}

/// A full day as 20220319; another date as its text.
fn day(date: Option<Date>) -> Value {
    let number = |date: Date| match date {
        Date::At(at) => Some((i64::from(at.year?) * 100 + i64::from(at.month?)) * 100 + i64::from(at.day?)),
        Date::Between(..) => None,
    };
    match date {
        None => Value::Null,
        Some(date) => number(date).map_or_else(|| Value::Text(date.to_string()), Value::Integer),
    }
}

/// The number of an access: the higher, the fewer may see it.
pub(crate) fn level(access: Access) -> i64 {
    match access {
        Access::Public => 0,
        Access::Internal => 1,
        Access::Restricted => 2,
    }
}
