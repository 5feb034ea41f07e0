//! Says whether two statements may be compared, and if not, why.
//!
//! In: two [`Statement`]s and [`Settings`]. Out: nothing when they may, else a [`Reason`].
//!
//! A general staff's "losses" and a ministry's "killed" are not the same measure. A reader may choose to take the one
//! for the other; then the answer says so, because the choice is the reader's and not the claimant's.
//!
//! "200 militiamen killed", says the army; "twelve of ours", say the militia: both are soldiers of one country, and
//! neither figure tells of which camp. That they differ is no contradiction.

use super::Kinds;
use super::days::Days;
use super::line::{Incident, Key, Statement, Voice};
use super::relation::rises;
use crate::claim::Date;
use std::fmt;

/// What the reader chose. Every answer names it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    /// As-of days of two running totals may differ by so many days.
    pub tolerance_days: i64,
    /// Read an undecided outcome (`losses`, `lost`) as this one, where the kinds allow it.
    pub read_losses_as: Option<String>,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { tolerance_days: 7, read_losses_as: None }
    }
}

impl Settings {
    /// The outcome as the reader chose to read it.
    pub fn outcome<'k>(&'k self, outcome: &'k str, kinds: &Kinds) -> &'k str {
        match &self.read_losses_as {
            Some(chosen) if kinds.reads_as(outcome, chosen) => chosen,
            _ => outcome,
        }
    }
}

/// Why two figures are not compared. In order: first what differs for certain, last what is unknown.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Reason {
    /// So many days lie between their as-of days, at least.
    TooOld(i64),
    /// Other things happened.
    OtherOutcome(String, String),
    /// Other people or materiel.
    OtherCounted(String, String),
    /// Another side's, or a joint count of two.
    OtherSide(String, String),
    /// A running total beside an increment.
    OtherScope(String, String),
    /// Running totals with different starts.
    OtherStart(Date, Date),
    /// Different places, or a place and the country around it.
    OtherPlace(String, String),
    /// Two events.
    OtherIncident,
    /// A place is missing, or a local authority does not say whether it counts more than its own.
    PlaceUnknown,
    /// Place or day is missing or too wide to tell the event.
    IncidentUnknown,
    /// A date is missing or too vague to say whether they are near enough in time.
    DateUnknown,
    /// Nobody told whose people or materiel, or of which camp of a country that fights itself.
    SideUnknown,
    /// The class gathers different things.
    MixedClass(String),
    /// Neither running totals nor tolls of one event.
    NotTotals(String),
    /// The first outcome would have to be read as the second.
    OnlyIfReadAs(String, String),
}

impl Reason {
    /// A name that does not change, for programs.
    pub fn key(&self) -> &'static str {
        match self {
            Reason::TooOld(_) => "too_old",
            Reason::OtherOutcome(..) => "other_outcome",
            Reason::OnlyIfReadAs(..) => "only_if_read_as",
            Reason::OtherCounted(..) => "other_counted",
            Reason::OtherSide(..) => "other_side",
            Reason::OtherScope(..) => "other_scope",
            Reason::OtherStart(..) => "other_start",
            Reason::OtherPlace(..) => "other_place",
            Reason::PlaceUnknown => "place_unknown",
            Reason::OtherIncident => "other_incident",
            Reason::IncidentUnknown => "incident_unknown",
            Reason::DateUnknown => "date_unknown",
            Reason::SideUnknown => "side_unknown",
            Reason::MixedClass(_) => "mixed_class",
            Reason::NotTotals(_) => "not_totals",
        }
    }
}

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let not = "not comparable:";
        match self {
            Reason::TooOld(days) => write!(f, "too old to compare: {days} days apart"),
            Reason::OnlyIfReadAs(outcome, other) => write!(f, "comparable only if {outcome} is read as {other}"),
            Reason::OtherOutcome(a, b)
            | Reason::OtherCounted(a, b)
            | Reason::OtherSide(a, b)
            | Reason::OtherScope(a, b)
            | Reason::OtherPlace(a, b) => write!(f, "{not} {a} / {b}"),
            Reason::OtherStart(a, b) => write!(f, "{not} since {a} / since {b}"),
            Reason::PlaceUnknown => f.write_str("unknown whether they are of the same place"),
            Reason::OtherIncident => write!(f, "{not} two events"),
            Reason::IncidentUnknown => f.write_str("unknown whether it is the same event"),
            Reason::DateUnknown => f.write_str("unknown whether they are near enough in time"),
            Reason::SideUnknown => f.write_str("unknown whose they are"),
            Reason::MixedClass(class) => write!(f, "{not} {class} may be different things"),
            Reason::NotTotals(scope) => write!(f, "{not} {scope} figures are neither totals nor of one event"),
        }
    }
}

/// Why the two may not be compared; `None` when they may: the same measure, and either running totals near enough in
/// time or tolls of the same event. What differs for certain comes before what is unknown; what a setting could
/// change comes last.
pub fn apart(a: &Statement, b: &Statement, kinds: &Kinds, settings: &Settings) -> Option<Reason> {
    let (one, other) = (&*a.line, &*b.line);
    let read_as = match same_measure(one, other, kinds, settings) {
        Ok(read_as) => read_as,
        Err(reason) => return Some(reason),
    };
    let near = match one.scope.as_str() {
        "incident" => same_incident(one, other),
        "cumulative" => same_total(one, other).and_then(|()| near(a.last_days(), b.last_days(), settings)),
        scope => Err(Reason::NotTotals(scope.into())),
    };
    near.err().or(read_as)
}

/// Side, class, scope and outcome; `Ok` may still hold the choice that the reader would have to make.
fn same_measure(a: &Key, b: &Key, kinds: &Kinds, settings: &Settings) -> Result<Option<Reason>, Reason> {
    if a.counted != b.counted {
        return Err(Reason::OtherCounted(a.counted.clone(), b.counted.clone()));
    }
    if let (Some(one), Some(other)) = (&a.side, &b.side)
        && one != other
    {
        return Err(Reason::OtherSide(one.clone(), other.clone()));
    }
    if a.scope != b.scope {
        return Err(Reason::OtherScope(a.scope.clone(), b.scope.clone()));
    }
    let (one, other) = (settings.outcome(&a.outcome, kinds), settings.outcome(&b.outcome, kinds));
    let read_as = match one == other {
        true => None,
        false if kinds.reads_as(one, other) => Some(Reason::OnlyIfReadAs(one.into(), other.into())),
        false if kinds.reads_as(other, one) => Some(Reason::OnlyIfReadAs(other.into(), one.into())),
        false => return Err(Reason::OtherOutcome(one.into(), other.into())),
    };
    if !kinds.forms_series(&a.counted) {
        return Err(Reason::MixedClass(a.counted.clone()));
    }
    // One event names its people by itself; a total of nobody's does not.
    if a.scope != "incident" && (a.side.is_none() || b.side.is_none()) {
        return Err(Reason::SideUnknown);
    }
    if a.voice != b.voice && (of_a_camp(a, kinds) || of_a_camp(b, kinds)) {
        return Err(Reason::SideUnknown);
    }
    Ok(read_as)
}

/// Whether an armed group counts the fighters or the materiel of the country in which it fights: the country does not
/// tell of which camp they are. Its people are those of all camps.
pub(super) fn of_a_camp(key: &Key, kinds: &Kinds) -> bool {
    match (&key.side, &key.voice) {
        (Some(side), Voice::Party(party) | Voice::Local(party, _)) => {
            !kinds.is_placed(&key.counted) && kinds.is_camp_of(party, side)
        }
        _ => false,
    }
}

/// One text may tell of several events and name the place of none: only one voice's own figures stay together then.
fn same_incident(a: &Key, b: &Key) -> Result<(), Reason> {
    match (&a.incident, &b.incident) {
        (Some(Incident::Untold(one)), Some(Incident::Untold(other))) if one == other && a.voice == b.voice => Ok(()),
        (Some(Incident::Told(place, day)), Some(Incident::Told(elsewhere, other))) => match place == elsewhere {
            true if day == other => Ok(()),
            // "in the night to the 12th", "on the 12th"
            true if day.compare(other).is_none() => Err(Reason::IncidentUnknown),
            _ => Err(Reason::OtherIncident),
        },
        _ => Err(Reason::IncidentUnknown),
    }
}

fn same_total(a: &Key, b: &Key) -> Result<(), Reason> {
    if let (Some(one), Some(other)) = (a.since, b.since)
        && one.compare(&other).is_some_and(|order| order.is_ne())
    {
        return Err(Reason::OtherStart(one, other));
    }
    match (&a.area, &b.area) {
        (Some(one), Some(other)) if one == other => Ok(()),
        (None, None) => match (&a.country, &b.country) {
            (Some(one), Some(other)) if one != other => Err(Reason::OtherPlace(one.clone(), other.clone())),
            _ if a.voice != b.voice && (local(&a.voice) || local(&b.voice)) => Err(Reason::PlaceUnknown),
            _ => Ok(()),
        },
        (one, other) => match (one.as_ref().or(a.country.as_ref()), other.as_ref().or(b.country.as_ref())) {
            (Some(one), Some(other)) => Err(Reason::OtherPlace(one.clone(), other.clone())),
            _ => Err(Reason::PlaceUnknown),
        },
    }
}

fn local(voice: &Voice) -> bool {
    match voice {
        Voice::Local(..) => true,
        Voice::Party(party) => party.split('/').nth(1) == Some("local"),
        Voice::Outlet(_) | Voice::Text(_) => false,
    }
}

/// Whether the two are figures of one voice and one measure as the reader reads it: only the later of them is its
/// latest known.
pub fn supersedes(later: &Statement, earlier: &Statement, kinds: &Kinds, settings: &Settings) -> bool {
    let (one, other) = (&*later.line, &*earlier.line);
    let same_subject = || match one.scope.as_str() {
        // Of an event that is not told a lower figure may be another event's, or a part.
        "incident" => {
            same_incident(one, other).is_ok()
                && (matches!(one.incident, Some(Incident::Told(..))) || rises(earlier, later))
        }
        _ => same_total(one, other).is_ok(),
    };
    one.voice == other.voice
        && earlier.first_days().surely_before(&later.first_days())
        && same_measure(one, other, kinds, settings) == Ok(None)
        && same_subject()
}

fn near(a: Days, b: Days, settings: &Settings) -> Result<(), Reason> {
    match a.within(&b, settings.tolerance_days) {
        Some(true) => Ok(()),
        Some(false) => Err(Reason::TooOld(a.apart(&b).0)),
        None => Err(Reason::DateUnknown),
    }
}
