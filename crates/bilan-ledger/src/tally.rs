//! Counts what the ledger holds, so that no answer has to.
//!
//! In: the entries since the last count. Out: one row of `tally`.
//!
//! Every answer ends with what was and was not read. Counted anew, that took longer in a ledger of a million claims than
//! the answer itself.

use rusqlite::{Connection, OptionalExtension, params_from_iter};

/// What was and was not read; counts of documents are those of readings in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Coverage {
    /// Documents in the ledger.
    pub documents: u64,
    /// Without text: of them, and records that gave none.
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
    /// Inputs that could not be read.
    pub unreadable: u64,
}

/// The counts of some readings, in the order of [`Coverage`].
const COUNTS: &str = "SELECT count(*), ifnull(sum(length = 0), 0), ifnull(sum(lang IS NULL), 0),
    ifnull(sum(published IS NULL), 0),
    ifnull(sum(EXISTS (SELECT 1 FROM redaction WHERE redaction.text = reading.text)), 0),
    ifnull(sum(claims), 0), ifnull(sum(refusals), 0)";

const IN_FORCE: &str = "NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry)";

/// The counts as they stand in the table, which are those up to the entry of `derived`; `None` where none are kept.
pub(crate) fn kept(db: &Connection) -> rusqlite::Result<Option<Coverage>> {
    let row = "SELECT documents, without_text, without_pack, without_date, redacted, claims, refusals, unreadable
               FROM tally";
    db.prepare_cached(row)?.query_row([], |row| coverage(row, row.get(7)?)).optional()
}

/// The counts made anew from all rows.
pub(crate) fn made(db: &Connection) -> rusqlite::Result<Coverage> {
    let unreadable = unreadable(db, 0)?;
    let counted =
        db.query_row(&format!("{COUNTS} FROM reading WHERE {IN_FORCE}"), [], |row| coverage(row, unreadable))?;
    Ok(Coverage { without_text: counted.without_text + without_text(db, i64::MAX)?, ..counted })
}

/// Counts what came after the entry of the last count; all of it where there is none, or where a text was taken out.
pub(crate) fn count(db: &Connection, since: i64) -> rusqlite::Result<()> {
    let redacted = db.prepare_cached("SELECT 1 FROM redaction WHERE entry > ?")?.exists([since])?;
    let now = match kept(db)?.filter(|_| !redacted) {
        None => cells(&made(db)?),
        Some(last) => {
            let sums = |which: &str| -> rusqlite::Result<Coverage> {
                let query = format!("{COUNTS} FROM {which}");
                db.prepare_cached(&query)?.query_row([since], |row| coverage(row, 0))
            };
            let came = sums(&format!("reading WHERE entry > ?1 AND {IN_FORCE}"))?;
            let went = sums("superseded JOIN reading USING (entry) WHERE later > ?1 AND entry <= ?1")?;
            let came = Coverage {
                unreadable: unreadable(db, since)?.unsigned_abs(),
                without_text: came.without_text + without_text(db, i64::MAX)?,
                ..came
            };
            let went = Coverage { without_text: went.without_text + without_text(db, since)?, ..went };
            let all = cells(&last).into_iter().zip(cells(&came)).zip(cells(&went));
            all.map(|((last, came), went)| last + came - went).collect()
        }
    };
    // derived: one row stands.
    db.execute_batch("DELETE FROM tally")?;
    let insert = "INSERT INTO tally (documents, without_text, without_pack, without_date, redacted, claims, refusals,
                  unreadable) VALUES (?, ?, ?, ?, ?, ?, ?, ?)";
    db.prepare_cached(insert)?.execute(params_from_iter(now))?;
    Ok(())
}

/// Inputs that could not be read, after an entry.
fn unreadable(db: &Connection, since: i64) -> rusqlite::Result<i64> {
    let count = "SELECT count(*) FROM unreadable WHERE entry > ? AND records IS NULL";
    db.prepare_cached(count)?.query_row([since], |row| row.get(0))
}

/// Records without text in inputs that gave no document, as last met up to an entry: a channel of pictures grows.
fn without_text(db: &Connection, until: i64) -> rusqlite::Result<u64> {
    let sum = "SELECT ifnull(sum(records), 0) FROM unreadable AS met WHERE entry <= ?1 AND records IS NOT NULL
               AND NOT EXISTS (SELECT 1 FROM unreadable AS later WHERE later.input = met.input
                 AND later.records IS NOT NULL AND later.entry > met.entry AND later.entry <= ?1)";
    db.prepare_cached(sum)?.query_row([until], |row| row.get(0)).map(i64::unsigned_abs)
}

/// What is wrong with the counts.
pub(crate) fn check(db: &Connection) -> rusqlite::Result<Option<&'static str>> {
    let rows: i64 = db.query_row("SELECT count(*) FROM tally", [], |row| row.get(0))?;
    let right = rows == 1 && kept(db)? == Some(made(db)?);
    Ok((!right).then_some("`tally` counts another thing than the ledger holds"))
}

fn coverage(row: &rusqlite::Row, unreadable: i64) -> rusqlite::Result<Coverage> {
    let count = |column: usize| row.get::<_, i64>(column).map(i64::unsigned_abs);
    Ok(Coverage {
        documents: count(0)?,
        without_text: count(1)?,
        without_pack: count(2)?,
        without_date: count(3)?,
        redacted: count(4)?,
        claims: count(5)?,
        refusals: count(6)?,
        unreadable: unreadable.unsigned_abs(),
    })
}

fn cells(counted: &Coverage) -> Vec<i64> {
    let Coverage { documents, without_text, without_pack, without_date, redacted, claims, refusals, unreadable } =
        *counted;
    [documents, without_text, without_pack, without_date, redacted, claims, refusals, unreadable]
        .map(|count| count as i64)
        .to_vec()
}
