//! Gives history the claims that it asks for.
//!
//! In: a [`Filter`]. Out: [`Appearance`]s, of readings in force only, in any order: history asks for none.
//!
//! "Who says how many tanks?" asks a ledger of a million claims for thirty lines. Their rows lie together, hold numbers
//! and no sentence, and the key of a line is made once for all its claims.

use crate::claims::{Arm, FEW, PAPERS, conditions};
use crate::error::{Because, LedgerError};
use crate::lines::{is_whole, level};
use crate::narrow;
use crate::open::Ledger;
use crate::{Filter, Row};
use bilan::claim::{Date, Partial, Value};
use bilan::history::{Appearance, Incident, Key, Voice};
use jiff::{Timestamp, civil};
use rusqlite::types::{Value as Cell, ValueRef};
use rusqlite::{OptionalExtension, Statement, params_from_iter};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::ops::ControlFlow;
use std::sync::Arc;

/// The claims of some lines at two times.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Since {
    /// As the ledger knew them then.
    pub before: Vec<Appearance>,
    /// As it knows them now.
    pub now: Vec<Appearance>,
}

/// Where a claim stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// What one cites.
    pub figure: String,
    /// The words that name the claimant; `None` where there are none, or where they were redacted.
    pub who: Option<String>,
    /// The document's id, or its hash when it was redacted.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
}

const COLUMNS: &str = "told.line, told.claim, told.entry, told.value, told.stated, told.\"from\", told.\"to\",
    told.published, told.document, told.text, told.start, told.n, told.translated, told.contested, told.citing,
    told.via";

impl Ledger {
    /// The claims that fit, as history needs them; pages (`after`, `limit`) are not for history. Claims of one line
    /// share their key.
    pub fn appearances(&self, filter: &Filter) -> Result<Vec<Appearance>, LedgerError> {
        self.appearances_on(filter, |_| true)
    }

    /// The same, of some lines only: the claims of all others are not read.
    pub fn appearances_on(&self, filter: &Filter, on: impl Fn(&Key) -> bool) -> Result<Vec<Appearance>, LedgerError> {
        self.find_appearances(filter, on).map_err(|because| self.error(because))
    }

    /// The whole claims behind these appearances, by [`Appearance::id`].
    pub fn rows(&self, ids: impl IntoIterator<Item = i64>) -> Result<BTreeMap<i64, Row>, LedgerError> {
        let mut rows = BTreeMap::new();
        for id in ids.into_iter().collect::<BTreeSet<i64>>() {
            let row = self.row(id).map_err(|because| self.error(because))?;
            rows.extend(row.map(|row| (id, row)));
        }
        Ok(rows)
    }

    /// All claims of the lines to which something came, or from which something went, after this entry: as they were
    /// then, and as they are. For [`bilan::history::news`].
    pub fn since(&self, entry: u64) -> Result<Since, LedgerError> {
        self.find_since(entry).map_err(|because| self.error(because))
    }

    fn find_since(&self, entry: u64) -> Result<Since, Because> {
        let mut lines = BTreeSet::new();
        for touched in [
            "SELECT id FROM claim WHERE entry > ?1",
            "SELECT claim.id FROM superseded JOIN claim ON claim.entry = superseded.entry WHERE superseded.later > ?1",
            "SELECT claim.id FROM review JOIN reading ON reading.document = review.document
             JOIN claim ON claim.entry = reading.entry WHERE review.entry > ?1",
        ] {
            // What neighbours tell of a start, a country or the day of an event joins lines: all that differ in these only.
            let query = format!(
                "SELECT DISTINCT other.id FROM (
                     SELECT DISTINCT line FROM told WHERE claim IN ({touched})
                 ) JOIN line ON line.id = line
                 JOIN line AS other ON other.side IS line.side AND other.counted = line.counted
                   AND other.outcome = line.outcome AND other.scope = line.scope AND other.claimant IS line.claimant
                   AND other.voice = line.voice AND other.name IS line.name AND other.place IS line.place
                   AND other.event IS line.event"
            );
            let mut found = self.db.prepare_cached(&query)?;
            let mut rows = found.query([entry as i64])?;
            while let Some(row) = rows.next()? {
                lines.insert(row.get::<_, i64>(0)?);
            }
        }
        let mut keys = self.find_lines(&Filter::default())?;
        keys.retain(|line, _| lines.contains(line));
        let mut of = |known| -> Result<Vec<Appearance>, Because> {
            let filter = Filter { known, ..Filter::default() };
            let query = format!("SELECT {COLUMNS} FROM told WHERE {} AND line = ?", holds(&filter));
            let (mut found, mut words) = (Vec::new(), Words::default());
            for line in &lines {
                let line = vec![Cell::Integer(*line)];
                take(&mut *self.db.prepare_cached(&query)?, line, &mut keys, &mut words, &mut found)?;
            }
            found.sort_unstable_by_key(|told| (told.id, told.entry));
            Ok(found)
        };
        Ok(Since { before: of(Some(entry))?, now: of(None)? })
    }

    /// Where these claims stand, by [`Appearance::id`]: what a list shows, read without unpacking an entry.
    pub fn places(&self, ids: impl IntoIterator<Item = i64>) -> Result<BTreeMap<i64, Place>, LedgerError> {
        let find = || -> rusqlite::Result<BTreeMap<i64, Place>> {
            let mut place = self.db.prepare_cached(
                "SELECT claim.figure, claim.claimant_words, ifnull(document.id, document.hash), document.outlet,
                        document.url
                 FROM claim JOIN document ON document.hash = substr(claim.figure, 1, instr(claim.figure, '@') - 1)
                 WHERE claim.id = ?",
            )?;
            let mut found = BTreeMap::new();
            for id in ids.into_iter().collect::<BTreeSet<i64>>() {
                let place = place.query_row([id], |row| {
                    let (figure, who) = (row.get(0)?, row.get(1)?);
                    Ok(Place { figure, who, document: row.get(2)?, outlet: row.get(3)?, url: row.get(4)? })
                });
                found.extend(place.optional()?.map(|place| (id, place)));
            }
            Ok(found)
        };
        find().map_err(|error| self.error(error))
    }

    /// The last entry before this time, for [`Filter::known`]; `None` when no entry came later.
    pub fn known_before(&self, time: Timestamp) -> Result<Option<u64>, LedgerError> {
        // Without its last letter: a second has no fraction, or one that sorts after it.
        let time = time.strftime("%Y-%m-%dT%H:%M:%S").to_string();
        let later = "SELECT min(number) - 1 FROM entry WHERE time >= ?";
        let later = self.db.prepare_cached(later).and_then(|mut later| later.query_row([time], |row| row.get(0)));
        later.map(|later: Option<i64>| later.map(|last| last as u64)).map_err(|error| self.error(error))
    }

    fn find_appearances(&self, filter: &Filter, on: impl Fn(&Key) -> bool) -> Result<Vec<Appearance>, Because> {
        if !is_whole(&self.db)? {
            // A ledger of an older program, opened to be read only: the same answer, from the entries.
            let mut found = self.read_entries(filter)?;
            found.retain(|told| on(&told.key));
            return Ok(found);
        }
        let mut lines = self.find_lines(filter)?;
        lines.retain(|_, key| on(key));
        let mut found = Vec::new();
        if needs_claims(filter) {
            let mut values = Vec::new();
            let (fits, holds) = (conditions(filter, &mut values), holds(filter));
            let mut words = Words::default();
            let few = narrow::few(&self.db, filter, FEW)?;
            // Most questions ask nothing of the document: it is not looked up then.
            let papers = if fits.contains("reading.") || fits.contains("document.") { PAPERS } else { "" };
            for Arm { table, holds: of, .. } in self.arms(filter, few.as_deref())? {
                let after = filter.after.unwrap_or(0);
                let query = format!(
                    "SELECT {COLUMNS} FROM {table} CROSS JOIN told ON told.claim = claim.id{papers}
                     WHERE {holds}{of}{fits} AND claim.id > {after}"
                );
                take(&mut self.db.prepare(&query)?, values.clone(), &mut lines, &mut words, &mut found)?;
            }
        } else {
            let all = lines.len() > MANY;
            let at = if all { "" } else { " AND line = ?" };
            let query = format!("SELECT {COLUMNS} FROM told WHERE {}{at}", holds(filter));
            let mut select = self.db.prepare_cached(&query)?;
            let mut words = Words::default();
            let each: Vec<Vec<Cell>> = match all {
                true => vec![vec![]],
                false => lines.keys().map(|line| vec![Cell::Integer(*line)]).collect(),
            };
            for line in each {
                take(&mut select, line, &mut lines, &mut words, &mut found)?;
            }
        }
        found.retain(|told| is_between(told, filter));
        Ok(found)
    }

    /// The lines whose subject fits, by id.
    fn find_lines(&self, filter: &Filter) -> Result<BTreeMap<i64, Arc<Key>>, Because> {
        let (fits, values) = narrow::subject(filter);
        let query = format!(
            "SELECT id, side, counted, outcome, scope, voice, claimant, name, place, day, event, country, since
             FROM line WHERE true{fits}"
        );
        let mut select = self.db.prepare_cached(&query)?;
        let mut rows = select.query(params_from_iter(values))?;
        let mut lines = BTreeMap::new();
        while let Some(row) = rows.next()? {
            let broken = || Because::Corrupted("a row of `line` cannot be read".to_owned());
            let date = |column: usize| -> Result<Option<Date>, Because> {
                let text: Option<String> = row.get(column)?;
                text.map(|text| text.parse().map_err(|_| broken())).transpose()
            };
            let text = |column: usize| row.get::<_, Option<String>>(column);
            let (claimant, name) = (text(6)?, text(7)?);
            let voice = match (row.get::<_, String>(5)?.as_str(), claimant, name) {
                ("party", Some(party), _) => Voice::Party(party),
                ("local", Some(party), Some(words)) => Voice::Local(party, words),
                ("outlet", _, Some(outlet)) => Voice::Outlet(outlet),
                ("text", _, Some(hash)) => Voice::Text(hash),
                _ => return Err(broken()),
            };
            let scope: String = row.get(4)?;
            let place = text(8)?;
            let (incident, area) = match (date(9)?, text(10)?, place) {
                (Some(day), _, Some(place)) => (Some(Incident::Told(place, day)), None),
                (_, Some(hash), _) => (Some(Incident::Untold(hash)), None),
                (_, _, place) => (None, place),
            };
            let key = Key {
                side: text(1)?,
                counted: row.get(2)?,
                outcome: row.get(3)?,
                voice,
                scope,
                incident,
                area,
                country: text(11)?,
                since: date(12)?,
            };
            lines.insert(row.get(0)?, Arc::new(key));
        }
        Ok(lines)
    }

    fn read_entries(&self, filter: &Filter) -> Result<Vec<Appearance>, Because> {
        let mut found = Vec::new();
        let every = Filter { limit: None, ..filter.clone() };
        self.find(&every, |row| {
            found.push(row.appearance());
            ControlFlow::Continue(())
        })?;
        Ok(found)
    }
}

/// Lines more than this are not looked up one by one.
const MANY: usize = 2_000;

/// Whether the day of a claim may be one that the filter wants.
fn is_between(told: &Appearance, filter: &Filter) -> bool {
    let day =
        |of: fn(&Date) -> Option<civil::Date>| [told.to, told.stated, told.published].iter().flatten().find_map(of);
    filter.from.is_none_or(|from| day(Date::last_day).is_some_and(|last| last >= from))
        && filter.to.is_none_or(|to| day(Date::first_day).is_some_and(|first| first <= to))
}

/// Whether a filter asks what a line does not tell.
fn needs_claims(filter: &Filter) -> bool {
    filter.place.is_some()
        || filter.document.is_some()
        || filter.figure.is_some()
        || !filter.among.is_empty()
        || filter.points.is_some()
        || filter.words.is_some()
        || filter.reviewed.is_some()
        || filter.doubt.is_some()
        || filter.after.is_some()
}

/// Which rows hold for what the ledger knew, and for who asks.
fn holds(filter: &Filter) -> String {
    let mut holds = match filter.known {
        None => "told.until IS NULL".to_owned(),
        Some(known) => format!("told.entry <= {known} AND ifnull(told.until, {} ) > {known}", i64::MAX),
    };
    if let Some(access) = filter.access {
        let _ = write!(holds, " AND told.access <= {}", level(access));
    }
    holds
}

/// A party and all below it, also as one of several that speak together. '0' is the character after '/': a range, so
/// that the index serves.
pub(crate) fn within(column: &str, n: usize) -> String {
    format!(
        " AND ({column} = ?{n} OR ({column} > ?{n} || '/' AND {column} < ?{n} || '0')
           OR (instr({column}, '+') AND (
               instr('+' || {column} || '+', '+' || ?{n} || '+') OR instr('+' || {column}, '+' || ?{n} || '/'))))"
    )
}

/// Names that come again and again, each kept once.
#[derive(Default)]
struct Words(BTreeSet<Arc<str>>);

impl Words {
    fn share(&mut self, words: &str) -> Arc<str> {
        match self.0.get(words) {
            Some(known) => known.clone(),
            None => {
                let new: Arc<str> = Arc::from(words);
                self.0.insert(new.clone());
                new
            }
        }
    }
}

fn take(
    select: &mut Statement,
    values: Vec<Cell>,
    lines: &mut BTreeMap<i64, Arc<Key>>,
    words: &mut Words,
    found: &mut Vec<Appearance>,
) -> Result<(), Because> {
    let mut rows = select.query(params_from_iter(values))?;
    // Most rows are of the line of the row before.
    let mut last: Option<(i64, Option<Arc<Key>>)> = None;
    while let Some(row) = rows.next()? {
        let line = row.get(0)?;
        let (_, key) = match last.take().filter(|(of, _)| *of == line) {
            Some(same) => last.insert(same),
            None => last.insert((line, lines.get(&line).cloned())),
        };
        let Some(key) = key else { continue };
        let id = row.get(1)?;
        let broken = || Because::Corrupted(format!("the line of claim {id} cannot be read"));
        let date = |column: usize| date(row.get_ref(column)?).map_err(|()| broken());
        let mut share = |column: usize| -> Result<Option<Arc<str>>, Because> {
            Ok(row.get_ref(column)?.as_str_or_null().map_err(|_| broken())?.map(|told| words.share(told)))
        };
        let (contested, citing, via) = (share(13)?, share(14)?, share(15)?);
        let contested = match contested {
            None => Vec::new(),
            Some(json) => {
                let told: Vec<(Option<String>, String)> = serde_json::from_str(&json).map_err(|_| broken())?;
                told.into_iter().map(|(who, how)| (who.map(|who| words.share(&who)), words.share(&how))).collect()
            }
        };
        found.push(Appearance {
            id,
            entry: row.get::<_, i64>(2)? as u64,
            key: key.clone(),
            value: value(row.get_ref(3)?).ok_or_else(broken)?,
            stated: date(4)?,
            from: date(5)?,
            to: date(6)?,
            published: date(7)?,
            document: row.get::<_, i64>(8)? as u64,
            text: row.get::<_, i64>(9)? as u64,
            start: row.get(10)?,
            n: row.get(11)?,
            translated: row.get(12)?,
            contested,
            citing,
            via,
        });
    }
    Ok(())
}

fn value(cell: ValueRef) -> Option<Value> {
    match cell {
        ValueRef::Integer(number) => Some(Value::exact(u64::try_from(number).ok()?)),
        cell => cell.as_str().ok()?.parse().ok(),
    }
}

fn date(cell: ValueRef) -> Result<Option<Date>, ()> {
    match cell {
        ValueRef::Null => Ok(None),
        ValueRef::Integer(day) => {
            let part = |number: i64| u8::try_from(number % 100).map_err(drop);
            let year = i16::try_from(day / 10_000).map_err(drop)?;
            Ok(Some(Date::At(Partial { year: Some(year), month: Some(part(day / 100)?), day: Some(part(day)?) })))
        }
        cell => cell.as_str().map_err(drop)?.parse().map(Some).map_err(drop),
    }
}
