//! Finds what a ledger is about, and single claims by what one cites.
//!
//! In: nothing, or a figure. Out: subjects by the number of their lines; a claim.
//!
//! A ledger of a million claims is asked for its subjects each time that somebody opens the first page: only the index
//! of lines is walked.

use crate::error::LedgerError;
use crate::lines::is_whole;
use crate::narrow;
use crate::open::Ledger;
use crate::{Access, Filter, Row};
use rusqlite::OptionalExtension;

/// Whose, and who or what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject {
    /// Whose; `None` when not told.
    pub side: Option<String>,
    /// A key of `[counted]`.
    pub counted: String,
    /// Lines of figures: voices, outcomes, kinds of count.
    pub lines: u64,
}

impl Ledger {
    /// All subjects, those with the most lines first.
    pub fn subjects(&self) -> Result<Vec<Subject>, LedgerError> {
        let list = || -> rusqlite::Result<Vec<Subject>> {
            // A ledger of an older program, opened to be read only, has no lines yet.
            let table = if is_whole(&self.db)? { "line" } else { "claim" };
            let group = format!("SELECT side, counted, count(*) FROM {table} GROUP BY 1, 2 ORDER BY 3 DESC, 1, 2");
            let mut rows = self.db.prepare_cached(&group)?;
            let subject = |row: &rusqlite::Row| {
                Ok(Subject { side: row.get(0)?, counted: row.get(1)?, lines: row.get::<_, i64>(2)?.unsigned_abs() })
            };
            rows.query_map([], subject)?.collect()
        };
        list().map_err(|error| self.error(error))
    }

    /// How many claims there are at most: those of readings no longer in force are among them.
    pub fn size(&self) -> Result<u64, LedgerError> {
        let last = "SELECT ifnull(max(id), 0) FROM claim";
        let last: rusqlite::Result<i64> = self.db.query_row(last, [], |row| row.get(0));
        last.map(i64::unsigned_abs).map_err(|error| self.error(error))
    }

    /// Whether at most so many claims fit, as far as one look tells; when in doubt, no.
    pub fn are_few(&self, filter: &Filter, most: usize) -> Result<bool, LedgerError> {
        if self.size()? <= most as u64 {
            return Ok(true);
        }
        narrow::are_few(&self.db, filter, most).map_err(|because| self.error(because))
    }

    /// The newest claims in force that may be seen by those who may see `access`, the newest first.
    pub fn newest(&self, most: usize, access: Option<Access>) -> Result<Vec<Row>, LedgerError> {
        let last = self.size()? as i64;
        // Readings no longer in force leave holes: a stretch that is too thin is made longer.
        let mut stretch = most as i64;
        loop {
            let after = (last - stretch).max(0);
            let mut rows = self.claims(&Filter { after: Some(after), access, ..Filter::default() })?;
            if rows.len() >= most || after == 0 {
                rows.reverse();
                rows.truncate(most);
                return Ok(rows);
            }
            stretch = stretch.saturating_mul(4);
        }
    }

    /// When an entry was added.
    pub fn time_of(&self, entry: u64) -> Result<Option<String>, LedgerError> {
        let time = "SELECT time FROM entry WHERE number = ?";
        let entry = i64::try_from(entry).unwrap_or(i64::MAX);
        let found =
            self.db.prepare_cached(time).and_then(|mut time| time.query_row([entry], |row| row.get(0)).optional());
        found.map_err(|error| self.error(error))
    }

    /// The claim on a figure, as one cites it; of "each", the n-th from 0.
    pub fn claim(&self, figure: &str, n: u8) -> Result<Option<Row>, LedgerError> {
        // The document is found first: there are a few claims in it, and a million beside.
        let Some((document, _)) = figure.rsplit_once('@') else { return Ok(None) };
        let filter =
            Filter { document: Some(document.to_owned()), figure: Some(figure.to_owned()), ..Filter::default() };
        Ok(self.claims(&filter)?.into_iter().find(|row| row.claim.n == n))
    }
}
