//! Keeps what people say of claims, and shows claims as people have them.
//!
//! In: a figure, a verdict, a role. Out: an entry, and from then on the claim as reviewed.
//!
//! A person has read "816 tués" as the wounded; next year a new reader reads the page otherwise. The person's word stands
//! on the figure and the field, not on the reading: it holds for the new one too. When the new reader finds no claim on
//! the figure, the review is shown as one that no longer fits, and is not lost.

use crate::add::Chain;
use crate::canonical::canonical;
use crate::entry::{Access, AccessBody, ReviewBody, Verdict};
use crate::error::{Because, LedgerError};
use crate::hash::hash;
use crate::lines;
use crate::open::{Ledger, change};
use crate::tables;
use crate::{Filter, Kept, Row};
use bilan::Claim;
use bilan::history::Kinds;
use bilan::pack::Packs;
use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension};
use std::collections::{BTreeMap, BTreeSet};
use std::str::FromStr;

/// The fields that a person can correct.
pub const REVIEWED: [&str; 10] =
    ["value", "outcome", "counted", "side", "claimant", "stated", "from", "to", "scope", "place"];

/// What a person says, to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reviewing {
    /// `<document hash>@<start>+<length>`.
    pub figure: String,
    /// Which claim on this figure, from 0.
    pub n: u8,
    /// What of it.
    pub verdict: Verdict,
    /// The field accepted or corrected; `None`: the claim as a whole.
    pub field: Option<String>,
    /// What it should be, for `correct`; `None`: not told.
    pub value: Option<String>,
    /// Why; may quote the document.
    pub note: Option<String>,
}

/// What a person said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Review {
    /// Its entry.
    pub entry: u64,
    /// Hash of the document.
    pub document: String,
    /// The figure.
    pub figure: String,
    /// Which claim on this figure.
    pub n: u8,
    /// What of it.
    pub verdict: Verdict,
    /// The field accepted or corrected; `None`: the claim as a whole.
    pub field: Option<String>,
    /// What holds since, by field.
    pub fields: BTreeMap<String, Option<String>>,
    /// Why; `None` too when it was redacted.
    pub note: Option<String>,
    /// Who: a role, not a name.
    pub role: String,
    /// When.
    pub time: String,
    /// A claim of a reading in force stands there.
    pub fits: bool,
}

/// A document as reviewed.
#[derive(Clone, Debug, PartialEq)]
pub struct Reviewed {
    /// The document, with its reading in force.
    pub kept: Kept,
    /// Its claims as they now stand, without the rejected.
    pub claims: Vec<Claim>,
    /// How many claims nobody has reviewed.
    pub open: usize,
}

impl Ledger {
    /// Keeps what a person says, all of it or nothing. An error names a figure that no claim stands on, a field that
    /// cannot be corrected, or a value that the field cannot have.
    pub fn review(&mut self, said: &[Reviewing], role: &str, time: Timestamp) -> Result<(), LedgerError> {
        let time = time.to_string();
        self.keep_reviews(said, role, &time).map_err(|because| self.error(because))
    }

    /// What was said of the claims of a document (by hash or id), or of all, in order.
    pub fn reviews(&self, document: Option<&str>) -> Result<Vec<Review>, LedgerError> {
        let find = || -> rusqlite::Result<Vec<Review>> {
            let Some(document) = document else { return reviews(&self.db, "true", "") };
            let known = "review.document IN (SELECT hash FROM document WHERE hash = ?1 OR id = ?1)";
            reviews(&self.db, known, document)
        };
        find().map_err(|error| self.error(error))
    }

    /// The claims on a figure in the reading in force, the rejected too.
    pub fn claims_on(&self, figure: &str) -> Result<Vec<Row>, LedgerError> {
        self.find_on(figure).map_err(|because| self.error(because))
    }

    /// Of the claims that fit, the one of which we are least sure to have read it right, but none of these.
    pub fn least_sure(&self, filter: &Filter, but: &BTreeSet<i64>) -> Result<Option<Row>, LedgerError> {
        let find = || -> Result<Option<Row>, Because> {
            let id = self.doubtful(filter, but)?;
            Ok(id.map(|id| self.row(id)).transpose()?.flatten())
        };
        find().map_err(|because| self.error(because))
    }

    /// The documents of which people reviewed a claim, in order.
    pub fn reviewed(&self) -> Result<Vec<Reviewed>, LedgerError> {
        let find = || -> Result<Vec<Reviewed>, Because> {
            let mut documents = self.db.prepare("SELECT document FROM review GROUP BY document ORDER BY min(entry)")?;
            let documents: Vec<String> = documents.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
            let reviewed = documents.iter().map(|document| self.reviewed_document(document));
            reviewed.filter_map(Result::transpose).collect()
        };
        find().map_err(|because| self.error(because))
    }

    fn reviewed_document(&self, document: &str) -> Result<Option<Reviewed>, Because> {
        let Some(kept) = self.find_document(document)? else { return Ok(None) };
        let reviews = reviews_of(&self.db, document)?;
        let (mut claims, mut open) = (Vec::new(), 0);
        for claim in &kept.reading.claims {
            let figure = tables::figure(document, claim.span);
            let own = reviews.iter().filter(|review| review.figure == figure && review.n == claim.n);
            let own: Vec<&Review> = own.collect();
            open += usize::from(own.iter().all(|review| review.verdict == Verdict::Note));
            let now = spans(claim, kept.entry, None, &own).pop().filter(|now| !now.rejected);
            claims.extend(now.map(|now| now.claim));
        }
        Ok(Some(Reviewed { kept, claims, open }))
    }

    fn keep_reviews(&self, said: &[Reviewing], role: &str, time: &str) -> Result<(), Because> {
        let kinds = Kinds::embedded().map_err(|error| Because::Review(error.to_string()))?;
        let change = change(&self.db)?;
        let mut chain = Chain::at_end(&change, time)?;
        for one in said {
            let (document, claim) = self.claim_on(one)?;
            self.check_party(one)?;
            let fields = one.fields(&claim, &kinds).map_err(Because::Review)?;
            let note = one.note.as_ref().map(|note| hash("bilan/text/1", &[note.as_bytes()]));
            if let (Some(note), Some(words)) = (&note, &one.note) {
                chain.insert_text(note, "words", words)?;
            }
            let body = ReviewBody {
                document,
                field: one.field.clone(),
                fields,
                figure: one.figure.clone(),
                n: one.n,
                note,
                role: role.to_owned(),
                verdict: one.verdict,
            };
            let entry = chain.append("review", &canonical(&body))?;
            chain.insert(&tables::REVIEW, tables::review_row(entry, time, &body))?;
            again(&change, &body.document)?;
        }
        lines::mark_whole(&change)?;
        change.commit()?;
        Ok(())
    }

    fn find_on(&self, figure: &str) -> Result<Vec<Row>, Because> {
        let ids = "SELECT claim.id FROM claim JOIN reading ON reading.entry = claim.entry
                   WHERE reading.document = ?1 AND claim.figure = ?2
                     AND NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = claim.entry)
                   ORDER BY claim.n";
        let document = figure.split('@').next().unwrap_or_default();
        let mut ids = self.db.prepare_cached(ids)?;
        let ids: Vec<i64> = ids.query_map([document, figure], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
        ids.into_iter().filter_map(|id| self.row(id).transpose()).collect()
    }

    /// The claim that is reviewed, as it now stands.
    fn claim_on(&self, one: &Reviewing) -> Result<(String, Claim), Because> {
        match self.find_on(&one.figure)?.into_iter().find(|row| row.claim.n == one.n) {
            Some(row) => Ok((row.document_hash, row.claim)),
            None => Err(Because::Review(format!("no claim stands on the figure {} (claim {})", one.figure, one.n))),
        }
    }

    /// Whoever or wherever a claim is corrected to is of the tree of parties, or some reading tells it: a slip of the pen
    /// would be a party from then on.
    fn check_party(&self, one: &Reviewing) -> Result<(), Because> {
        let (Verdict::Correct, Some(field), Some(value)) = (one.verdict, one.field.as_deref(), one.value.as_deref())
        else {
            return Ok(());
        };
        let expected = match field {
            "side" => "the code of a country as `UA`, several as `RU+UA`, `-` for people of no country, or nothing",
            "claimant" => "the code of a party as `UA` or `UA/general-staff`, several with a `+`, or nothing",
            "place" => "the code of a country as `UA`, a place in it as `UA/Kharkiv`, or nothing",
            _ => return Ok(()),
        };
        let shared = Packs::embedded().map_err(|error| Because::Review(error.to_string()))?.shared;
        let is_party = |id: &str| {
            let root = id.split('/').next().unwrap_or_default();
            match field {
                "side" => id == "-" || shared.is_side(id),
                "claimant" => shared.parties.contains_key(root),
                _ => shared.is_country(root),
            }
        };
        let told = || self.db.prepare(&format!("SELECT 1 FROM claim WHERE {field} = ?"))?.exists([value]);
        if value.is_empty() || value.split('+').all(is_party) || told()? {
            return Ok(());
        }
        Err(Because::Review(format!("`{value}` is no {field} that is known; expected {expected}")))
    }

    pub(crate) fn set_access(&self, document: &str, access: Access, chain: &mut Chain) -> rusqlite::Result<()> {
        let body = AccessBody { access, document: document.to_owned() };
        let entry = chain.append("access", &canonical(&body))?;
        chain.insert(&tables::ACCESS, tables::access_row(entry, &body))
    }
}

/// The lines of all readings of a document again.
pub(crate) fn again(db: &Connection, document: &str) -> Result<(), Because> {
    let mut entries = db.prepare_cached("SELECT entry FROM reading WHERE document = ? ORDER BY entry")?;
    let entries: Vec<i64> = entries.query_map([document], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    entries.into_iter().try_for_each(|entry| lines::again(db, entry as u64))
}

impl Reviewing {
    /// What holds from now on.
    fn fields(&self, claim: &Claim, kinds: &Kinds) -> Result<BTreeMap<String, Option<String>>, String> {
        let known = |field: &str| match REVIEWED.contains(&field) {
            true => Ok(()),
            false => Err(format!("`{field}` is no field to review; expected one of {}", REVIEWED.join(", "))),
        };
        let as_is = |field: &str| (field.to_owned(), get(claim, field));
        match (self.verdict, &self.field) {
            (Verdict::Accept, None) => Ok(REVIEWED.iter().map(|field| as_is(field)).collect()),
            (Verdict::Accept, Some(field)) => known(field).map(|()| BTreeMap::from([as_is(field)])),
            (Verdict::Correct, Some(field)) => {
                known(field)?;
                let value = self.value.as_deref().filter(|value| !value.is_empty());
                let words: Option<Vec<&str>> = match field.as_str() {
                    "outcome" => Some(kinds.outcomes()),
                    "counted" => Some(kinds.classes()),
                    "scope" => Some(kinds.scopes()),
                    _ => None,
                };
                if let Some(words) = words
                    && !value.is_some_and(|value| words.contains(&value))
                {
                    return Err(format!(
                        "`{}` is no {field}; expected one of {}",
                        value.unwrap_or(""),
                        words.join(", ")
                    ));
                }
                set(&mut claim.clone(), field, value)?;
                Ok(BTreeMap::from([(field.clone(), value.map(str::to_owned))]))
            }
            (Verdict::Correct, None) => Err("a correction names its field".to_owned()),
            (Verdict::Reject, Some(_)) => Err("a claim is rejected as a whole; correct the field".to_owned()),
            (Verdict::Reject, None) => Ok(BTreeMap::new()),
            (Verdict::Note, _) if self.note.is_none() => Err("a note has words".to_owned()),
            (Verdict::Note, _) => Ok(BTreeMap::new()),
        }
    }
}

/// A stretch of the ledger's own time in which a claim stands as it is.
pub(crate) struct Span {
    pub from: u64,
    pub until: Option<u64>,
    pub claim: Claim,
    pub rejected: bool,
}

/// How a claim stands, from the reading that brought it to the one that took its place, by the reviews of its figure.
pub(crate) fn spans(claim: &Claim, entry: u64, until: Option<u64>, reviews: &[&Review]) -> Vec<Span> {
    let mut spans = vec![Span { from: entry, until, claim: claim.clone(), rejected: false }];
    for review in reviews.iter().filter(|review| until.is_none_or(|until| review.entry < until)) {
        let Some(last) = spans.last_mut() else { break };
        let (claim, rejected) = reviewed(&last.claim, last.rejected, review);
        if (&claim, rejected) == (&last.claim, last.rejected) {
            continue;
        }
        if review.entry < entry {
            (last.claim, last.rejected) = (claim, rejected);
        } else {
            last.until = Some(review.entry);
            spans.push(Span { from: review.entry, until, claim, rejected });
        }
    }
    spans
}

fn reviewed(claim: &Claim, rejected: bool, review: &Review) -> (Claim, bool) {
    let mut claim = claim.clone();
    for (field, value) in &review.fields {
        // It could be set when it was kept; a value that no longer can be read changes nothing.
        let _ = set(&mut claim, field, value.as_deref());
    }
    let rejected = match (review.verdict, &review.field) {
        (Verdict::Reject, _) => true,
        (Verdict::Accept, None) | (Verdict::Correct, _) => false,
        _ => rejected,
    };
    (claim, rejected)
}

fn get(claim: &Claim, field: &str) -> Option<String> {
    let date = |date: &Option<bilan::claim::Date>| date.as_ref().map(ToString::to_string);
    match field {
        "value" => Some(claim.value.to_string()),
        "outcome" => Some(claim.outcome.clone()),
        "counted" => Some(claim.counted.clone()),
        "side" => claim.side.clone(),
        "claimant" => claim.claimant.clone(),
        "stated" => date(&claim.stated),
        "from" => date(&claim.from),
        "to" => date(&claim.to),
        "scope" => Some(claim.scope.clone()),
        "place" => claim.place.clone(),
        _ => None,
    }
}

fn set(claim: &mut Claim, field: &str, value: Option<&str>) -> Result<(), String> {
    fn read<T: FromStr<Err: std::fmt::Display>>(value: &str) -> Result<T, String> {
        value.parse().map_err(|error: T::Err| error.to_string())
    }
    let needed = || value.map(str::to_owned).ok_or_else(|| format!("`{field}` cannot be empty"));
    let some = value.map(str::to_owned);
    match field {
        "value" => claim.value = read(&needed()?)?,
        "outcome" => claim.outcome = needed()?,
        "counted" => claim.counted = needed()?,
        "side" => claim.side = some,
        "claimant" => claim.claimant = some,
        "stated" => claim.stated = value.map(read).transpose()?,
        "from" => claim.from = value.map(read).transpose()?,
        "to" => claim.to = value.map(read).transpose()?,
        "scope" => claim.scope = needed()?,
        "place" => claim.place = some,
        _ => return Err(format!("`{field}` is no field")),
    }
    Ok(())
}

/// All reviews of a document, in order.
pub(crate) fn reviews_of(db: &Connection, document: &str) -> rusqlite::Result<Vec<Review>> {
    reviews(db, "review.document = ?1", document)
}

fn reviews(db: &Connection, which: &str, document: &str) -> rusqlite::Result<Vec<Review>> {
    let mut found = db.prepare_cached(&format!(
        "SELECT review.entry, document, figure, n, verdict, field, fields, text.text, role, time, EXISTS (
             SELECT 1 FROM reading JOIN claim ON claim.entry = reading.entry
             WHERE reading.document = review.document AND claim.figure = review.figure AND claim.n = review.n
               AND NOT EXISTS (SELECT 1 FROM superseded WHERE superseded.entry = reading.entry))
         FROM review LEFT JOIN text ON text.hash = review.note
         WHERE ifnull(?1, '') = ?1 AND {which} ORDER BY review.entry"
    ))?;
    let reviews = found.query_map([document], |row| {
        Ok(Review {
            entry: row.get::<_, i64>(0)? as u64,
            document: row.get(1)?,
            figure: row.get(2)?,
            n: row.get(3)?,
            verdict: Verdict::of(row.get_ref(4)?.as_str()?),
            field: row.get(5)?,
            fields: serde_json::from_str(&row.get::<_, String>(6)?).unwrap_or_default(),
            note: row.get(7)?,
            role: row.get(8)?,
            time: row.get(9)?,
            fits: row.get(10)?,
        })
    })?;
    reviews.collect()
}

/// Who may see a document since somebody changed it.
pub(crate) fn access_now(db: &Connection, document: &str) -> rusqlite::Result<Option<Access>> {
    let last = "SELECT access FROM access WHERE document = ? ORDER BY entry DESC LIMIT 1";
    let word: Option<String> = db.prepare_cached(last)?.query_row([document], |row| row.get(0)).optional()?;
    Ok(word.map(|word| crate::documents::access_of(&word)))
}
