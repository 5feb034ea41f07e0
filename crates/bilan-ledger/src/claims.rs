//! Finds claims by their fields.
//!
//! In: a [`Filter`]. Out: [`Row`]s in the order of arrival, of readings in force only.
//!
//! `claimant = "UA"` means everybody who speaks for Ukraine, the general staff too; `UA/general-staff` means that one
//! alone, and also its half of a joint statement.

use crate::appearances::within;
use crate::entry::{self, ReadingBody};
use crate::error::{Because, LedgerError};
use crate::lines::is_whole;
use crate::narrow;
use crate::open::Ledger;
use crate::review::{Review, access_now, reviews_of, spans};
use crate::tables;
use bilan::Claim;
use bilan::claim::Date;
use bilan::history::{Appearance, Papers};
use jiff::civil;
use rusqlite::types::Value;
use rusqlite::{Connection, OptionalExtension, params_from_iter};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::ops::ControlFlow;

/// Which claims are wanted; an empty filter wants all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filter {
    /// Whose: exactly this set of roots, as `RU` or `RU+UA`, or `-`.
    pub side: Option<String>,
    /// A key of `[outcome]`.
    pub outcome: Option<String>,
    /// A key of `[counted]`.
    pub counted: Option<String>,
    /// A key of `[scope]`.
    pub scope: Option<String>,
    /// A party and all below it.
    pub claimant: Option<String>,
    /// A place and all within it.
    pub place: Option<String>,
    /// The document's id or hash.
    pub document: Option<String>,
    /// The figure, as one cites it.
    pub figure: Option<String>,
    /// Claims whose day may be this one or later. It is the last day that they cover, else that of saying, else that
    /// of publication, the first of these whose year is known; a claim without any fits no filter of days.
    pub from: Option<civil::Date>,
    /// Claims whose day may be this one or earlier.
    pub to: Option<civil::Date>,
    /// Single numbers that were said, one of these; all when there is none.
    pub among: Vec<u64>,
    /// The first and last of the single numbers wanted: for what may be a round form.
    pub points: Option<(u64, u64)>,
    /// Reviewed by a person, or not; a note alone is no review.
    pub reviewed: Option<bool>,
    /// Claims of which we are less sure than this to have read them right, in hundredths.
    pub doubt: Option<u8>,
    /// Words of the sentence, in any order, without regard to accents and capitals.
    pub words: Option<String>,
    /// What the ledger knew when this entry was its last.
    pub known: Option<u64>,
    /// Who will see it: nothing that is for fewer. `None`: who works with the ledger, who sees all.
    pub access: Option<entry::Access>,
    /// Only what comes after the [`Row::id`] of the last page.
    pub after: Option<i64>,
    /// At most so many.
    pub limit: Option<usize>,
}

/// A claim with the papers of its document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// In order of arrival; where the next page starts.
    pub id: i64,
    /// The entry that holds it.
    pub entry: u64,
    /// `<document hash>@<start>+<length>`: what one cites.
    pub figure: String,
    /// The figure as written; `None` when redacted.
    pub words: Option<String>,
    /// The sentence; `None` when redacted.
    pub quote: Option<String>,
    /// What was read, as reviewed.
    pub claim: Claim,
    /// What people said of it, in order.
    pub reviewed: Vec<Review>,
    /// The document's id, or its hash when it was redacted.
    pub document: String,
    /// Hash of url and text.
    pub document_hash: String,
    /// Hash of the text: equal for reprints letter by letter.
    pub text_hash: String,
    /// The document's title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was published, as used by the reading.
    pub published: Option<Date>,
    /// Its language.
    pub lang: Option<String>,
    /// The reader version.
    pub reader: String,
    /// Who may see it.
    pub access: entry::Access,
}

impl Filter {
    /// The fields that are equal or not, by column.
    pub(crate) fn fields(&self) -> [(&'static str, &Option<String>); 4] {
        [("side", &self.side), ("outcome", &self.outcome), ("counted", &self.counted), ("scope", &self.scope)]
    }
}

impl Ledger {
    /// The claims that fit.
    pub fn claims(&self, filter: &Filter) -> Result<Vec<Row>, LedgerError> {
        let mut rows = Vec::new();
        self.each_claim(filter, |row| {
            rows.push(row);
            ControlFlow::Continue(())
        })?;
        Ok(rows)
    }

    /// Hands over the claims that fit, one by one, until told to stop: for more than fit in memory.
    pub fn each_claim(&self, filter: &Filter, take: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), LedgerError> {
        self.find(filter, take).map_err(|because| self.error(because))
    }

    pub(crate) fn find(&self, filter: &Filter, take: impl FnMut(Row) -> ControlFlow<()>) -> Result<(), Because> {
        self.find_among(filter, FEW, take)
    }

    /// The claims that fit, one after the other where a short way leads to at most so many.
    pub(crate) fn find_among(
        &self,
        filter: &Filter,
        few: usize,
        mut take: impl FnMut(Row) -> ControlFlow<()>,
    ) -> Result<(), Because> {
        let mut values = Vec::new();
        let (fits, in_force) = (conditions(filter, &mut values), in_force(filter));
        let few = narrow::few(&self.db, filter, few)?;
        // A page is full after the first of them.
        let stretches = match &few {
            // What people corrected is looked at even where no claim was read so.
            Some(ids) if ids.is_empty() => vec![Some(&ids[..])],
            Some(ids) => ids.chunks(STRETCH).map(Some).collect(),
            None => vec![None],
        };
        let (mut left, mut after, last) = (filter.limit, filter.after.unwrap_or(0), stretches.len());
        // The claims of an entry follow each other: each body is decoded once.
        let mut held = None;
        for (nth, ids) in stretches.into_iter().enumerate() {
            let until = ids.and_then(|ids| ids.last().copied()).filter(|_| nth + 1 < last).unwrap_or(i64::MAX);
            let arms = self.arms(filter, ids)?.into_iter().map(|Arm { id, table, holds }| {
                format!(
                    "SELECT {id}, {COLUMNS} FROM {table}{PAPERS} WHERE {in_force}{holds}{fits}
                     AND claim.id > {after} AND claim.id <= {until}"
                )
            });
            let mut query = format!("{} ORDER BY 1", arms.collect::<Vec<_>>().join(" UNION ALL "));
            if let Some(left) = left {
                let _ = write!(query, " LIMIT {left}");
            }
            let mut statement = self.db.prepare(&query)?;
            let mut rows = statement.query(params_from_iter(&values))?;
            while let Some(row) = rows.next()? {
                left = left.map(|left| left.saturating_sub(1));
                if take(self.decode(row, filter.known, &mut held)?).is_break() {
                    return Ok(());
                }
            }
            if left == Some(0) {
                break;
            }
            after = until;
        }
        Ok(())
    }

    /// The id of the claim that fits and is most doubtful, but none of these.
    pub(crate) fn doubtful(&self, filter: &Filter, but: &BTreeSet<i64>) -> Result<Option<i64>, Because> {
        let mut values = Vec::new();
        let (fits, in_force) = (conditions(filter, &mut values), in_force(filter));
        let few = narrow::few(&self.db, filter, STRETCH)?;
        let arms: Vec<String> = self
            .arms(filter, few.as_deref())?
            .into_iter()
            .map(|Arm { id, table, holds }| {
                format!("SELECT {DOUBT}, {id} FROM {table}{PAPERS} WHERE {in_force}{holds}{fits}")
            })
            .collect();
        let query = format!("{} ORDER BY 1, 2 LIMIT {}", arms.join(" UNION ALL "), but.len() + 1);
        let mut found = self.db.prepare(&query)?;
        let mut rows = found.query(params_from_iter(values))?;
        while let Some(row) = rows.next()? {
            let id = row.get(1)?;
            if !but.contains(&id) {
                return Ok(Some(id));
            }
        }
        Ok(None)
    }

    /// Where claims are found: those that nobody changed, of these ids where a short way leads to them, and those that
    /// somebody did.
    pub(crate) fn arms(&self, filter: &Filter, few: Option<&[i64]>) -> Result<Vec<Arm>, Because> {
        let mut plain = Arm { id: "claim.id", table: "claim", holds: String::new() };
        let mut changed = Arm { id: "claim.id", table: "corrected AS claim", holds: String::new() };
        let words = search(filter);
        if let Some(ids) = few {
            let ids = ids.iter().map(i64::to_string).collect::<Vec<_>>().join(", ");
            let _ = write!(plain.holds, " AND claim.id IN ({ids})");
        } else if let Some(words) = &words {
            // A word that stands everywhere: the index of words gives its claims one by one, in order.
            (plain.id, plain.table) = ("quotes.rowid", "quotes CROSS JOIN claim ON claim.id = quotes.rowid");
            let after = filter.after.unwrap_or(0);
            let _ = write!(plain.holds, " AND quotes MATCH '{words}' AND quotes.rowid > {after}");
            // Of a million claims with the word perhaps none is of the subject: its line tells before it is looked at.
            // What is asked of a line is asked first of all, by the same numbers as in `conditions`. Not `EXISTS`, which
            // SQLite would turn into a join behind the claim.
            let (subject, asked) = narrow::subject(filter);
            if !asked.is_empty() && is_whole(&self.db)? {
                let _ = write!(
                    plain.holds,
                    " AND (SELECT 1 FROM told WHERE told.claim = quotes.rowid
                          AND +told.line IN (SELECT id FROM line WHERE true{subject}) LIMIT 1)"
                );
            }
        }
        if !self.db.prepare_cached("SELECT 1 FROM corrected")?.exists([])? {
            return Ok(vec![plain]);
        }
        let now = |table: &str| match filter.known {
            None => format!("{table}.until IS NULL"),
            Some(known) => format!("{table}.review <= {known} AND ifnull({table}.until, {}) > {known}", i64::MAX),
        };
        plain.holds += &format!(
            " AND NOT EXISTS (SELECT 1 FROM corrected WHERE corrected.id = claim.id AND {})",
            now("corrected")
        );
        changed.holds += &format!(" AND {} AND NOT claim.rejected", now("claim"));
        if let Some(words) = words {
            changed.holds +=
                &format!(" AND EXISTS (SELECT 1 FROM quotes WHERE quotes MATCH '{words}' AND rowid = claim.id)");
        }
        Ok(vec![plain, changed])
    }

    /// A claim by its id, of whatever reading, rejected or not.
    pub(crate) fn row(&self, id: i64) -> Result<Option<Row>, Because> {
        let query = format!("SELECT claim.id, {COLUMNS} FROM claim{PAPERS} WHERE claim.id = ?");
        let mut statement = self.db.prepare_cached(&query)?;
        let mut rows = statement.query([id])?;
        rows.next()?.map(|row| self.decode(row, None, &mut None)).transpose()
    }

    fn decode(&self, row: &rusqlite::Row, known: Option<u64>, held: &mut Option<Held>) -> Result<Row, Because> {
        let entry = row.get::<_, i64>("entry")? as u64;
        let holds = match held.take() {
            Some(held) if held.entry == entry => held,
            _ => {
                let body = stored_reading(&self.db, entry)?;
                let document = &body.reading.document.hash;
                let mut reviews = reviews_of(&self.db, document)?;
                reviews.retain(|review| known.is_none_or(|known| review.entry <= known));
                let access = access_now(&self.db, document)?.unwrap_or(body.access);
                Held { entry, reviews, access, body }
            }
        };
        let nth = row.get::<_, i64>("nth")? as usize;
        let reading = &holds.body.reading;
        let claim = reading.claims.get(nth);
        let claim = claim.ok_or_else(|| Because::Corrupted(format!("entry {entry} has no claim {nth}")))?;
        let figure = tables::figure(&reading.document.hash, claim.span);
        let own = holds.reviews.iter().filter(|review| review.figure == figure && review.n == claim.n);
        let own: Vec<&Review> = own.collect();
        let claim = spans(claim, entry, None, &own).pop().map_or_else(|| claim.clone(), |now| now.claim);
        let found = Row {
            id: row.get(0)?,
            entry,
            figure,
            words: row.get("words")?,
            quote: row.get("quote")?,
            claim,
            reviewed: own.into_iter().cloned().collect(),
            document: reading.document.id.clone(),
            document_hash: reading.document.hash.clone(),
            text_hash: reading.document.text_hash.clone(),
            title: row.get("title")?,
            outlet: reading.document.outlet.clone(),
            url: reading.document.url.clone(),
            published: reading.document.published,
            lang: reading.document.lang.clone(),
            reader: reading.reader.clone(),
            access: holds.access,
        };
        *held = Some(holds);
        Ok(found)
    }
}

/// So many claims are few enough to be looked at one by one.
pub(crate) const FEW: usize = 50_000;

/// How little we are sure of a claim, in the words of the index that gives claims in this order.
const DOUBT: &str = "CASE WHEN claim.confidence < claim.confidence_claimant THEN claim.confidence
    ELSE claim.confidence_claimant END";

/// So many of them at a time.
const STRETCH: usize = if cfg!(test) { 7 } else { 2_000 };

/// A table of claims, and which of its rows hold.
pub(crate) struct Arm {
    /// The claim's id, by which rows come in order.
    pub id: &'static str,
    pub table: &'static str,
    pub holds: String,
}

/// The entry at hand.
struct Held {
    entry: u64,
    reviews: Vec<Review>,
    access: entry::Access,
    body: ReadingBody,
}

impl Row {
    /// As history takes it.
    pub fn appearance(&self) -> Appearance {
        let papers = Papers {
            document: &self.document_hash,
            text: &self.text_hash,
            outlet: self.outlet.as_deref(),
            published: self.published,
        };
        Appearance::of(self.id, self.entry, &self.claim, papers)
    }
}

/// The reading of an entry with its words but without its text; without words too when they were redacted.
pub(crate) fn stored_reading(db: &Connection, entry: u64) -> Result<ReadingBody, Because> {
    let broken = |what: String| Because::Corrupted(format!("entry {entry}: {what}"));
    let body: Option<String> = db
        .prepare_cached("SELECT body FROM entry WHERE number = ? AND kind = 'reading'")?
        .query_row([entry as i64], |row| row.get(0))
        .optional()?;
    let body = body.ok_or_else(|| broken("there is no such reading".to_owned()))?;
    let mut body: ReadingBody = serde_json::from_str(&body).map_err(|error| broken(error.to_string()))?;
    let words = stored_text(db, &body.words)?;
    entry::put_together(&mut body, None, words.as_deref()).map_err(broken)?;
    Ok(body)
}

/// A text beside the chain; `None` when it was redacted.
pub(crate) fn stored_text(db: &Connection, hash: &str) -> Result<Option<String>, Because> {
    let text =
        db.prepare_cached("SELECT text FROM text WHERE hash = ?")?.query_row([hash], |row| row.get(0)).optional();
    text?.ok_or_else(|| Because::Corrupted(format!("text {hash} is missing")))
}

const COLUMNS: &str = "claim.entry, claim.nth, claim.words, claim.quote, document.title";

pub(crate) const PAPERS: &str = " JOIN reading ON reading.entry = claim.entry
    JOIN document ON document.hash = reading.document";

fn in_force(filter: &Filter) -> String {
    match filter.known {
        None => "NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = claim.entry)".to_owned(),
        Some(known) => format!(
            "claim.entry <= {known} AND NOT EXISTS (
                 SELECT 1 FROM superseded WHERE superseded.entry = claim.entry AND later <= {known})"
        ),
    }
}

/// What a filter asks of claims, documents and readings, each part with its `AND`.
pub(crate) fn conditions(filter: &Filter, values: &mut Vec<Value>) -> String {
    let mut query = String::new();
    let mut value = |value: Value| {
        values.push(value);
        values.len()
    };
    for (column, wanted) in filter.fields() {
        if let Some(wanted) = wanted {
            // Not through an index, which would have to be put in order: see `narrow`.
            let _ = write!(query, " AND +claim.{column} = ?{}", value(Value::Text(wanted.clone())));
        }
    }
    for (column, wanted) in [("claimant", &filter.claimant), ("place", &filter.place)] {
        if let Some(wanted) = wanted {
            query += &within(&format!("claim.{column}"), value(Value::Text(wanted.clone())));
        }
    }
    if let Some(figure) = &filter.figure {
        let document = figure.split('@').next().unwrap_or_default().to_owned();
        let (figure, document) = (value(Value::Text(figure.clone())), value(Value::Text(document)));
        let _ = write!(query, " AND reading.document = ?{document} AND claim.figure = ?{figure}");
    }
    if let Some(reviewed) = filter.reviewed {
        let not = if reviewed { "" } else { "NOT " };
        let _ = write!(
            query,
            " AND {not}EXISTS (SELECT 1 FROM review WHERE review.document = reading.document
                 AND review.figure = claim.figure AND review.n = claim.n AND review.verdict <> 'note')"
        );
    }
    if let Some(doubt) = filter.doubt {
        let _ = write!(query, " AND {DOUBT} < {doubt}");
    }
    if let Some(document) = &filter.document {
        let n = value(Value::Text(document.clone()));
        let _ = write!(query, " AND (document.hash = ?{n} OR document.id = ?{n})");
    }
    if !filter.among.is_empty() {
        // A number beyond the database's limit has no point there: nothing fits.
        let numbers = filter.among.iter().filter_map(|number| i64::try_from(*number).ok()).map(|n| n.to_string());
        let _ = write!(query, " AND claim.point IN ({})", numbers.collect::<Vec<_>>().join(", "));
    }
    if let Some((first, last)) = filter.points {
        let bound = |number: u64| Value::Integer(i64::try_from(number).unwrap_or(i64::MAX));
        let (first, last) = (value(bound(first)), value(bound(last)));
        let _ = write!(query, " AND claim.point BETWEEN ?{first} AND ?{last}");
    }
    if let Some(access) = filter.access {
        let _ = write!(
            query,
            " AND ifnull((SELECT access FROM access WHERE access.document = reading.document
                          ORDER BY entry DESC LIMIT 1), reading.access) IN ({})",
            shown_to(access)
        );
    }
    if let Some(from) = filter.from {
        let n = value(Value::Text(from.to_string()));
        let _ = write!(query, " AND coalesce(claim.to_last, claim.stated_last, reading.published_last) >= ?{n}");
    }
    if let Some(to) = filter.to {
        let n = value(Value::Text(to.to_string()));
        let _ = write!(query, " AND coalesce(claim.to_first, claim.stated_first, reading.published_first) <= ?{n}");
    }
    query
}

/// What may be seen by those who may see this much, as SQL has it.
pub(crate) fn shown_to(access: entry::Access) -> &'static str {
    match access {
        entry::Access::Public => "'public'",
        entry::Access::Internal => "'public', 'internal'",
        entry::Access::Restricted => "'public', 'internal', 'restricted'",
    }
}

/// Every word as it stands, for the index of words: what a person types is never read as an operator. Letters, digits
/// and double quotes only. `None` when no word is asked for.
pub(crate) fn search(filter: &Filter) -> Option<String> {
    let words = filter.words.as_deref()?.split(|letter: char| !letter.is_alphanumeric());
    let quoted = words.filter(|word| !word.is_empty()).map(|word| format!("\"{word}\""));
    Some(quoted.collect::<Vec<_>>().join(" ")).filter(|words| !words.is_empty())
}
