//! Finds the earlier toll that a later one may revise, where no line holds both.
//!
//! In: [`Line`]s. Out: [`Related`] pairs of [`Relation::MayRevise`].
//!
//! "Un premier bilan, mercredi, faisait état de 296 morts", says the reporter, and the ministry says 1 437 on Thursday:
//! the first names neither who counted nor the place, so the two are on two lines. They are told in one text of the same
//! days of the same people; that it is one event is likely and not certain, and so says the relation.

use super::Kinds;
use super::days::{Days, as_of_days, between};
use super::line::{Incident, Line, Statement, Voice};
use super::relation::{Relation, rises};
use super::retell::{At, Related};
use super::series::GAP_DAYS;
use jiff::civil;
use std::collections::BTreeMap;

/// A toll of one event, as one of its texts tells it.
#[derive(Clone, Copy)]
struct Toll<'l, 'a> {
    at: At,
    told: &'l Statement<'a>,
    /// The day as of which it counts.
    day: civil::Date,
    /// The days on which it happened.
    event: Days,
}

/// Who tells both: one text, or one party in several.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Teller<'l> {
    Text(u64),
    Party(&'l Voice),
}

/// Which tolls may revise which. Parts and other events are lower than a toll or of its own day: only what rises from
/// one day to a later one counts, and of each day the highest figure.
pub(super) fn revisions(lines: &[Line], kinds: &Kinds) -> Vec<Related> {
    let mut told: BTreeMap<_, Vec<Toll>> = BTreeMap::new();
    for (l, line) in lines.iter().enumerate() {
        let key = &*line.key;
        let (Some(side), true) = (&key.side, key.incident.is_some() && kinds.is_placed(&key.counted)) else { continue };
        for (s, statement) in line.statements.iter().enumerate() {
            for act in &statement.appearances {
                let event = Days {
                    first: act.from.and_then(|from| from.first_day()),
                    last: act.to.and_then(|to| to.last_day()),
                };
                let (Some(day), Some(_), Some(_)) = (as_of_days(act).exact(), event.first, event.last) else {
                    continue;
                };
                let toll = Toll { at: (l, s), told: statement, day, event };
                let measure = (side, &key.counted, &key.outcome);
                told.entry((measure, Teller::Text(act.text))).or_default().push(toll);
                if matches!(key.voice, Voice::Party(_) | Voice::Local(..)) {
                    told.entry((measure, Teller::Party(&key.voice))).or_default().push(toll);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    for mut tolls in told.into_values().filter(|tolls| tolls.len() > 1) {
        tolls.sort_by_key(|toll| (toll.day, toll.at));
        let reach = |to: civil::Date| tolls.partition_point(|toll| between(toll.day, to) > GAP_DAYS);
        for this in &tolls {
            let near = &tolls[reach(this.day)..];
            let before = near.iter().take_while(|toll| toll.day < this.day);
            let same_day = near.iter().filter(|toll| toll.day == this.day);
            let is_highest = same_day.into_iter().all(|toll| !may_be_one(toll, this) || !rises(this.told, toll.told));
            let other =
                before.filter(|toll| may_be_one(toll, this) && !in_series(toll, this) && rises(toll.told, this.told));
            if let Some(other) = other.max_by_key(|toll| (toll.day, toll.told.value, toll.at)).filter(|_| is_highest) {
                found.insert(this.at, other.at);
            }
        }
    }
    found.into_iter().map(|(this, other)| Related { other, this, relation: Relation::MayRevise }).collect()
}

/// The voices and the events may be one.
fn may_be_one(a: &Toll, b: &Toll) -> bool {
    let (one, other) = (&*a.told.line, &*b.told.line);
    let places = match (&one.incident, &other.incident) {
        (Some(Incident::Told(place, _)), Some(Incident::Told(elsewhere, _))) => place == elsewhere,
        _ => true,
    };
    places && one.voice.may_be(&other.voice) && a.event.apart(&b.event).0 == 0
}

/// A series holds both already, and says how the later follows.
fn in_series(a: &Toll, b: &Toll) -> bool {
    a.told.line == b.told.line && matches!(a.told.line.incident, Some(Incident::Told(..)))
}
