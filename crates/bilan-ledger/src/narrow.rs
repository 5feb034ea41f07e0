//! Finds a short way to claims that fit, where there is one.
//!
//! In: a [`Filter`]. Out: the ids of a few claims among which are all that fit, or nothing.
//!
//! "Tanks of XB near Castelbrun" fits twelve claims of a million. Read in their order, all of them would be looked at;
//! sorted by subject, a list of half a million tanks would be put in order to show its first fifty. So the way is chosen
//! by looking: where some fields of the question leave few claims, these are looked at, and else the claims are read in
//! their order until the page is full.

use crate::Filter;
use crate::appearances::within;
use crate::claims::search;
use crate::error::Because;
use crate::lines::is_whole;
use rusqlite::types::Value;
use rusqlite::{Connection, params_from_iter};

/// One way: a query of ids, and its values.
type Way = (String, Vec<Value>);

/// The ids of claims among which are all that fit, in order, when some way leads to at most so many; corrections by
/// people are not considered.
pub(crate) fn few(db: &Connection, filter: &Filter, most: usize) -> Result<Option<Vec<i64>>, Because> {
    let mut few: Option<Vec<i64>> = None;
    for (query, mut values) in ways(db, filter)? {
        values.push(Value::Integer(filter.after.unwrap_or(0)));
        let query = format!("SELECT id FROM ({query}) WHERE id > ?{} LIMIT {}", values.len(), most + 1);
        let mut found = db.prepare_cached(&query)?;
        let ids = found.query_map(params_from_iter(values), |row| row.get(0))?;
        let mut ids = ids.collect::<rusqlite::Result<Vec<i64>>>()?;
        if ids.len() <= most {
            ids.sort_unstable();
            ids.dedup();
            // What fits lies on every way.
            few = Some(match few {
                None => ids,
                Some(few) => few.into_iter().filter(|id| ids.binary_search(id).is_ok()).collect(),
            });
        }
    }
    Ok(few)
}

/// Whether some way leads to at most so many: they are counted, and none is taken.
pub(crate) fn are_few(db: &Connection, filter: &Filter, most: usize) -> Result<bool, Because> {
    for (query, mut values) in ways(db, filter)? {
        values.push(Value::Integer(filter.after.unwrap_or(0)));
        let more = format!("SELECT 1 FROM ({query}) WHERE id > ?{} LIMIT 1 OFFSET {most}", values.len());
        if !db.prepare_cached(&more)?.exists(params_from_iter(values))? {
            return Ok(true);
        }
    }
    Ok(false)
}

/// The places in the ledger that are this one or within it.
pub(crate) fn places(db: &Connection, wanted: &str) -> rusqlite::Result<Vec<String>> {
    let query = format!("{PLACES} SELECT place FROM known WHERE place IS NOT NULL{}", within("place", 1));
    db.prepare_cached(&query)?.query_map([wanted], |row| row.get(0))?.collect()
}

/// All places, from one to the next through their index.
pub(crate) const PLACES: &str = "WITH RECURSIVE known (place) AS (
    SELECT min(place) FROM claim WHERE place IS NOT NULL
    UNION ALL SELECT (SELECT min(claim.place) FROM claim WHERE claim.place > known.place) FROM known
    WHERE known.place IS NOT NULL)";

fn ways(db: &Connection, filter: &Filter) -> Result<Vec<Way>, Because> {
    let mut ways = Vec::new();
    if let Some(words) = search(filter) {
        ways.push(("SELECT rowid AS id FROM quotes WHERE quotes MATCH ?1".to_owned(), vec![Value::Text(words)]));
    }
    let (subject, values) = subject(filter);
    if !values.is_empty() && is_whole(db)? {
        let of = "SELECT told.claim AS id FROM line CROSS JOIN told ON told.line = line.id WHERE true";
        ways.push((format!("{of}{subject}"), values));
    }
    if let Some(place) = &filter.place {
        let values: Vec<Value> = places(db, place)?.into_iter().map(Value::Text).collect();
        let marks = (1..=values.len()).map(|n| format!("?{n}")).collect::<Vec<_>>().join(", ");
        // More places than a question can name are no short way.
        if values.len() < 1_000 {
            ways.push((format!("SELECT id FROM claim WHERE place IN ({marks})"), values));
        }
    }
    ways.extend(days(filter));
    Ok(ways)
}

/// What a filter asks of a line, each part with its `AND`.
pub(crate) fn subject(filter: &Filter) -> (String, Vec<Value>) {
    let mut query = String::new();
    let mut values = Vec::new();
    for (column, wanted) in filter.fields() {
        if let Some(wanted) = wanted {
            values.push(Value::Text(wanted.clone()));
            query += &format!(" AND {column} = ?{}", values.len());
        }
    }
    if let Some(wanted) = &filter.claimant {
        values.push(Value::Text(wanted.clone()));
        query += &within("line.claimant", values.len());
    }
    (query, values)
}

/// Claims that tell one day are found by it; the few others have to be looked at.
fn days(filter: &Filter) -> Option<Way> {
    let last = "coalesce(to_last, stated_last)";
    let day = |day: jiff::civil::Date| Value::Text(day.to_string());
    let (one, values) = match (filter.from, filter.to) {
        (None, None) => return None,
        (Some(from), None) => (format!("{last} >= ?1"), vec![day(from)]),
        (None, Some(to)) => (format!("{last} <= ?1"), vec![day(to)]),
        (Some(from), Some(to)) => (format!("{last} BETWEEN ?1 AND ?2"), vec![day(from), day(to)]),
    };
    let many = "coalesce(to_first, stated_first, '') IS NOT coalesce(to_last, stated_last, '-')";
    Some((format!("SELECT id FROM claim WHERE {one} UNION ALL SELECT id FROM claim WHERE {many}"), values))
}

#[cfg(test)]
mod tests {
    use super::few;
    use crate::invented::{Size, War};
    use crate::{Access, AddOptions, Filter, Ledger, Reviewing, Row, Verdict};
    use std::ops::ControlFlow;

    fn filters() -> Vec<Filter> {
        let word = |word: &str| Some(word.to_owned());
        let day = |day: &str| Some(day.parse().expect("a day"));
        let all = Filter::default;
        vec![
            all(),
            Filter { side: word("XB"), ..all() },
            Filter { side: word("XA"), counted: word("tank"), outcome: word("lost"), ..all() },
            Filter { side: word("none"), ..all() },
            Filter { claimant: word("XC"), ..all() },
            Filter { claimant: word("XA/general-staff"), counted: word("drone"), ..all() },
            Filter { place: word("XB"), ..all() },
            Filter { place: word("XB/nowhere"), ..all() },
            Filter { words: word("tank"), ..all() },
            Filter { words: word("tank'; staff"), side: word("XB"), ..all() },
            Filter { from: day("2031-01-03"), ..all() },
            Filter { to: day("2031-01-02"), counted: word("ship"), ..all() },
            Filter { from: day("2031-01-02"), to: day("2031-01-03"), words: word("tank"), ..all() },
            Filter { scope: word("incident"), ..all() },
            Filter { counted: word("missile"), access: Some(Access::Internal), ..all() },
        ]
    }

    /// What a filter asks, asked of each claim by itself.
    fn fits(filter: &Filter, row: &Row) -> bool {
        let claim = &row.claim;
        let is =
            |wanted: &Option<String>, has: Option<&str>| wanted.as_deref().is_none_or(|wanted| has == Some(wanted));
        let within = |wanted: &Option<String>, has: &Option<String>| {
            let below = |wanted: &str, has: &str| has == wanted || has.starts_with(&format!("{wanted}/"));
            wanted.as_ref().is_none_or(|wanted| has.as_ref().is_some_and(|has| below(wanted, has)))
        };
        let day = claim.to.or(claim.stated).and_then(|date| date.only_day());
        let quote = row.quote.clone().unwrap_or_default().to_lowercase();
        let words = filter.words.as_deref().unwrap_or_default().split(|c: char| !c.is_alphanumeric());
        is(&filter.side, claim.side.as_deref())
            && is(&filter.counted, Some(&claim.counted))
            && is(&filter.outcome, Some(&claim.outcome))
            && is(&filter.scope, Some(&claim.scope))
            && within(&filter.claimant, &claim.claimant)
            && within(&filter.place, &claim.place)
            && filter.from.is_none_or(|from| day.is_some_and(|day| day >= from))
            && filter.to.is_none_or(|to| day.is_some_and(|day| day <= to))
            && words
                .filter(|word| !word.is_empty())
                .all(|word| quote.split(|c: char| !c.is_alphanumeric()).any(|w| w == word))
    }

    fn found(ledger: &Ledger, filter: &Filter, few: usize) -> Vec<i64> {
        let mut ids = Vec::new();
        let take = |row: Row| {
            ids.push(row.id);
            ControlFlow::Continue(())
        };
        ledger.find_among(filter, few, take).expect("an answer");
        ids
    }

    #[test]
    fn the_short_way_and_the_long_one_lead_to_the_same_claims() {
        let folder = tempfile::tempdir().expect("a folder");
        let mut ledger = Ledger::create(folder.path().join("bilan.db")).expect("a ledger");
        let war = War::new(Size { days: 4, reprints: 1, translations: 1, articles: 3 }, 7);
        let readings: Vec<_> = (0..4).flat_map(|day| war.documents(day)).collect();
        let time = "2031-06-01T08:00:00Z".parse().expect("a time");
        ledger.add(&readings, &AddOptions::at(time)).expect("added");
        let all = |ledger: &Ledger| ledger.claims(&Filter::default()).expect("all claims");
        let said = |row: &Row, verdict, field: Option<&str>, value: Option<&str>| Reviewing {
            figure: row.figure.clone(),
            n: 0,
            verdict,
            field: field.map(str::to_owned),
            value: value.map(str::to_owned),
            note: None,
        };
        let rows = all(&ledger);
        let reviews: Vec<_> =
            rows.iter().step_by(41).map(|row| said(row, Verdict::Correct, Some("side"), Some("XA"))).collect();
        let moved = said(&rows[5], Verdict::Correct, Some("place"), Some("XB/nowhere"));
        let dated = said(&rows[9], Verdict::Correct, Some("to"), Some("2031-01-04"));
        let gone = said(&rows[3], Verdict::Reject, None, None);
        for reviewed in [false, true] {
            if reviewed {
                let reviews = [&reviews[..], &[moved.clone(), dated.clone(), gone.clone()]].concat();
                ledger.review(&reviews, "desk", time).expect("reviewed");
            }
            let rows = all(&ledger);
            assert!(rows.len() > 400, "{}", rows.len());
            for filter in filters() {
                let expected: Vec<i64> = rows.iter().filter(|row| fits(&filter, row)).map(|row| row.id).collect();
                for most in [0, 100, 50_000] {
                    assert_eq!(found(&ledger, &filter, most), expected, "{filter:?}, at most {most}, {reviewed}");
                    for limit in [1, 9] {
                        let page = |after| Filter { after, limit: Some(limit), ..filter.clone() };
                        let (first, at) = (found(&ledger, &page(None), most), limit.min(expected.len()));
                        assert_eq!(first, expected[..at], "{filter:?}");
                        let next = found(&ledger, &page(first.last().copied()), most);
                        assert_eq!(next, expected[at..expected.len().min(at + limit)], "{filter:?} after {first:?}");
                    }
                }
                let mut told = ledger.appearances(&filter).expect("appearances");
                told.sort_by_key(|told| told.id);
                assert_eq!(told.iter().map(|told| told.id).collect::<Vec<_>>(), expected, "{filter:?}");
            }
        }
        for filter in filters() {
            for most in [0, 9, 100, 50_000] {
                let counted = super::are_few(&ledger.db, &filter, most).expect("a count");
                assert_eq!(counted, few(&ledger.db, &filter, most).expect("a way").is_some(), "{filter:?} {most}");
            }
        }
        let tanks = Filter { counted: Some("tank".into()), ..Filter::default() };
        assert!(
            few(&ledger.db, &tanks, 10).expect("a way").is_none()
                && few(&ledger.db, &tanks, 500).expect("a way").is_some()
        );
    }
}
