//! Gathers claims into lines, the subject of comparison, and lines into statements, a claimant's acts.
//!
//! In: [`Appearance`]s in any order. Out: [`Line`]s of [`Statement`]s, sorted; the order of arrival leaves no trace.
//!
//! "the general staff: 466 tanks", printed by four papers on three days, is one statement and four appearances. "466"
//! again a month later is another statement: it may repeat the old figure or count anew, and nobody told us which.

use super::days::{as_of, as_of_days};
use super::run::Told;
use super::{Appearance, Days, Kinds, Papers};
use crate::claim::{Claim, Date, Value};
use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::fmt;
use std::panic::resume_unwind;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

/// Who speaks. The reporters of two outlets are two voices, and so are two governors.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Voice {
    /// A party of the tree.
    Party(String),
    /// A local authority known by its words only.
    Local(String, String),
    /// The own voice of an outlet's reporters.
    Outlet(String),
    /// The own voice of a text whose outlet is not known: its hash.
    Text(String),
}

/// Which event a figure belongs to.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Incident {
    /// A place narrower than a country, and the day.
    Told(String, Date),
    /// Place or day is missing, or the place is a whole country, where one day may hold two events: the text's hash
    /// stands in, so that two texts are never taken to mean one event.
    Untold(String),
}

/// The subject of comparison. Two figures of one line can raise and lower each other.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Key {
    /// Whose people or materiel; `None` when not told.
    pub side: Option<String>,
    /// Who or what.
    pub counted: String,
    /// What happened.
    pub outcome: String,
    /// Who says so.
    pub voice: Voice,
    /// A key of `[scope]`.
    pub scope: String,
    /// For the scope `incident` only.
    pub incident: Option<Incident>,
    /// For the other scopes: a place narrower than a country. A town's total is not a fall of the country's.
    pub area: Option<String>,
    /// For the other scopes: the country, as far as told.
    pub country: Option<String>,
    /// The day a running total starts, as far as told. A count since spring is not a fall of the count since winter.
    pub since: Option<Date>,
}

/// All that one voice said on one subject.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line<'a> {
    /// The subject.
    pub key: Arc<Key>,
    /// The later figure can be set against the earlier: running totals of a known side and one class, or tolls of one
    /// event whose place and day are told.
    pub forms_series: bool,
    /// By as-of day, the undated last.
    pub statements: Vec<Statement<'a>>,
}

/// A claimant's act, reported many times: one value on one line, with touching as-of days.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement<'a> {
    /// The line it is on.
    pub line: Arc<Key>,
    /// How many.
    pub value: Value,
    /// The first as-of day told; `None` when no text tells one.
    pub first: Option<Date>,
    /// The last as-of day told.
    pub last: Option<Date>,
    /// For increments: first and last day covered.
    pub covers: Option<(Option<Date>, Option<Date>)>,
    /// The claims, by document and place.
    pub appearances: Vec<&'a Appearance>,
}

impl Statement<'_> {
    /// How many documents print it.
    pub fn texts(&self) -> usize {
        different(self.appearances.iter().map(|appearance| appearance.document))
    }

    /// How many of these differ in their text: a reprint, word for word, is not a second text.
    pub fn different_texts(&self) -> usize {
        different(self.appearances.iter().map(|appearance| appearance.text))
    }

    /// How many documents print it in translation.
    pub fn translated(&self) -> usize {
        let translated = self.appearances.iter().filter(|appearance| appearance.translated);
        different(translated.map(|appearance| appearance.document))
    }

    /// The days that the first as-of day can mean: when the figure was new.
    pub fn first_days(&self) -> Days {
        self.days(self.first)
    }

    /// The days that the last as-of day can mean: how far it is said to reach.
    pub fn last_days(&self) -> Days {
        self.days(self.last)
    }

    /// The one number said without any hedge.
    pub fn exact(&self) -> Option<u64> {
        (self.value == Value::exact(self.value.first)).then_some(self.value.first)
    }

    /// Who doubts, denies or confirms it: `(who, how)`; `None` is the reporter.
    pub fn contested(&self) -> BTreeSet<(Option<&str>, &str)> {
        let contests = self.appearances.iter().flat_map(|appearance| &appearance.contested);
        contests.map(|(who, how)| (who.as_deref(), &**how)).collect()
    }

    /// A day that is not exact is bounded by every text that prints it.
    fn days(&self, date: Option<Date>) -> Days {
        let days = Days::of(date);
        if days.exact().is_some() {
            return days;
        }
        let bounds = self.appearances.iter().filter_map(|appearance| as_of_days(appearance).last);
        Days { last: days.last.into_iter().chain(bounds).min(), ..days }
    }
}

fn different(marks: impl Iterator<Item = u64>) -> usize {
    let mut marks: Vec<u64> = marks.collect();
    marks.sort_unstable();
    marks.dedup();
    marks.len()
}

/// Gathers the claims into lines. The same claims in any order give the same lines.
pub fn lines<'a>(appearances: impl IntoIterator<Item = &'a Appearance>, kinds: &Kinds) -> Vec<Line<'a>> {
    // Claims of one store share their keys: these are told apart without a look at their words.
    let mut shared: Vec<&Appearance> = appearances.into_iter().collect();
    shared.sort_unstable_by_key(|act| Arc::as_ptr(&act.key));
    let mut told: BTreeMap<&Key, Vec<&Appearance>> = BTreeMap::new();
    for acts in shared.chunk_by(|a, b| Arc::ptr_eq(&a.key, &b.key)) {
        told.entry(&acts[0].key).or_default().extend(acts);
    }
    let mut groups: BTreeMap<_, Vec<(&Key, Vec<&Appearance>)>> = BTreeMap::new();
    for (key, acts) in told {
        let (event, _) = Incident::parts(key.incident.as_ref());
        let subject = Key { since: None, country: None, incident: None, ..key.clone() };
        groups.entry((subject, event)).or_default().push((key, acts));
    }
    let mut lines: BTreeMap<Key, Vec<&Appearance>> = BTreeMap::new();
    for group in groups.into_values() {
        let starts = told_days(group.iter().filter_map(|(key, _)| key.since));
        let events = told_days(group.iter().filter_map(|(key, _)| Incident::parts(key.incident.as_ref()).1));
        let countries: BTreeSet<&str> = group.iter().filter_map(|(key, _)| key.country.as_deref()).collect();
        for (key, acts) in group {
            let since = fill(key.since, &starts, vague_for);
            let country = fill(key.country.as_deref(), &countries, |_, _| false).map(str::to_owned);
            let incident = key.incident.clone().map(|incident| match incident {
                Incident::Told(place, day) => Incident::Told(place, fill(Some(day), &events, vague_for).unwrap_or(day)),
                untold => untold,
            });
            lines.entry(Key { since, country, incident, ..key.clone() }).or_default().extend(acts);
        }
    }
    made(lines.into_iter().collect(), kinds)
}

/// With fewer claims a second thread is not worth its start.
const MANY: usize = 10_000;

/// What is told of a line.
type OneLine<'a> = (Key, Vec<&'a Appearance>);

/// Lines know nothing of each other: those of a great subject are made on two threads, the one beginning with the
/// first and the other with the last, until they meet.
fn made<'a>(told: Vec<OneLine<'a>>, kinds: &Kinds) -> Vec<Line<'a>> {
    if told.iter().map(|(_, told)| told.len()).sum::<usize>() < MANY {
        return told.into_iter().map(|(key, told)| Line::new(key, told, kinds)).collect();
    }
    let rest = Mutex::new(VecDeque::from(told));
    let take = |next: fn(&mut VecDeque<OneLine<'a>>) -> Option<OneLine<'a>>| {
        let next = || next(&mut rest.lock().unwrap_or_else(PoisonError::into_inner));
        std::iter::from_fn(next).map(|(key, told)| Line::new(key, told, kinds)).collect::<Vec<_>>()
    };
    let (mut first, last) = thread::scope(|scope| {
        let last = scope.spawn(|| take(VecDeque::pop_back));
        (take(VecDeque::pop_front), last.join().unwrap_or_else(|panic| resume_unwind(panic)))
    });
    first.extend(last.into_iter().rev());
    first
}

impl Key {
    /// The subject of one claim, by itself: start and country are filled in by [`lines`], which sees its neighbours.
    pub fn of(claim: &Claim, papers: &Papers) -> Key {
        let incident = (claim.scope == "incident").then(|| match (&claim.place, day_of_incident(claim)) {
            (Some(place), Some(day)) if place.contains('/') => Incident::Told(place.clone(), day),
            _ => Incident::Untold(papers.text.to_owned()),
        });
        let area = claim.place.clone().filter(|place| incident.is_none() && place.contains('/'));
        Key {
            side: claim.side.clone(),
            counted: claim.counted.clone(),
            outcome: claim.outcome.clone(),
            voice: Voice::of(claim, papers),
            scope: claim.scope.clone(),
            area,
            country: country(claim).filter(|_| incident.is_none()).map(str::to_owned),
            since: start(claim),
            incident,
        }
    }
}

impl Voice {
    /// Whose voice a claim is.
    pub fn of(claim: &Claim, papers: &Papers) -> Voice {
        let words = claim.as_said.get("claimant").map(|words| words.trim());
        match (&claim.claimant, words, papers.outlet) {
            (Some(party), Some(words), _) if party.ends_with("/local") => {
                Voice::Local(party.clone(), words.to_lowercase())
            }
            (Some(party), _, _) => Voice::Party(party.clone()),
            (None, _, Some(outlet)) => Voice::Outlet(outlet.to_owned()),
            (None, _, None) => Voice::Text(papers.text.to_owned()),
        }
    }

    /// The voices may be one: the same, a party and its own institution, or a reporter who repeats somebody.
    pub fn may_be(&self, other: &Voice) -> bool {
        let child = |a: &str, b: &str| a.strip_prefix(b).is_some_and(|rest| rest.starts_with('/'));
        match (self, other) {
            (Voice::Outlet(_) | Voice::Text(_), Voice::Party(_) | Voice::Local(..)) => true,
            (Voice::Party(_) | Voice::Local(..), Voice::Outlet(_) | Voice::Text(_)) => true,
            (Voice::Party(a), Voice::Party(b)) => a == b || child(a, b) || child(b, a),
            (Voice::Party(a), Voice::Local(b, _)) | (Voice::Local(b, _), Voice::Party(a)) => a == b || child(b, a),
            _ => self == other,
        }
    }
}

impl fmt::Display for Voice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Voice::Party(party) => f.write_str(party),
            Voice::Local(party, words) => write!(f, "{party} \"{words}\""),
            Voice::Outlet(outlet) => write!(f, "reporter of {outlet}"),
            Voice::Text(hash) => write!(f, "reporter of text {hash}"),
        }
    }
}

/// The day or days of the event.
fn day_of_incident(claim: &Claim) -> Option<Date> {
    let day = match (claim.from, claim.to) {
        (Some(Date::At(from)), Some(Date::At(to))) if from != to => Date::Between(from, to),
        (from, to) => from.or(to)?,
    };
    day.first_day().map(|_| day)
}

/// The start of a running total.
fn start(claim: &Claim) -> Option<Date> {
    claim.from.filter(|_| claim.scope == "cumulative")
}

/// The country where it happened, for all but single events.
fn country(claim: &Claim) -> Option<&str> {
    let place = claim.place.as_deref().filter(|_| claim.scope != "incident")?;
    place.split('/').next()
}

impl Incident {
    /// What surely tells one event from others, its place or the one text, and its day.
    fn parts(incident: Option<&Incident>) -> (Option<&str>, Option<Date>) {
        match incident {
            Some(Incident::Told(place, day)) => (Some(place), Some(*day)),
            Some(Incident::Untold(text)) => (Some(text), None),
            None => (None, None),
        }
    }
}

/// The days that were told, a vague one as the only other that it may be.
fn told_days(told: impl Iterator<Item = Date>) -> BTreeSet<Date> {
    let told: BTreeSet<Date> = told.collect();
    told.iter().filter_map(|day| fill(Some(*day), &told, vague_for)).collect()
}

/// "since February" may be a vague way to say "since 24 February".
fn vague_for(vague: &Date, day: &Date) -> bool {
    vague.only_day().is_none() && day.only_day().is_some() && vague.compare(day).is_none()
}

/// What is not told is what all neighbours tell, if they agree: this does not depend on who came first.
fn fill<T: Ord + Copy>(told: Option<T>, all: &BTreeSet<T>, may_be: impl Fn(&T, &T) -> bool) -> Option<T> {
    let fits = |one: &&T| told.is_none_or(|told| told != **one && may_be(&told, one));
    let mut fitting = all.iter().filter(fits);
    match (told, fitting.next(), fitting.next()) {
        (_, Some(only), None) => Some(*only),
        (told, _, _) => told,
    }
}

impl<'a> Line<'a> {
    fn new(key: Key, told: Vec<&'a Appearance>, kinds: &Kinds) -> Line<'a> {
        let follows = match key.scope.as_str() {
            "incident" => matches!(key.incident, Some(Incident::Told(..))),
            scope => scope == "cumulative" && key.side.is_some(),
        };
        let forms_series = follows && kinds.forms_series(&key.counted);
        let key = Arc::new(key);
        let mut statements = Vec::new();
        let days = Told::of(&told);
        for (value, slot, acts) in slots(told) {
            let breaks = |before: &Appearance, after: &Appearance| match slot {
                Slot::Run => days.breaks(before, after),
                _ => false,
            };
            let mut rest = acts.as_slice();
            while !rest.is_empty() {
                let run = 1 + rest.windows(2).take_while(|pair| !breaks(pair[0], pair[1])).count();
                statements.push(Statement::new(key.clone(), value, &rest[..run]));
                rest = &rest[run..];
            }
        }
        statements.sort_by_cached_key(order);
        Line { key, forms_series, statements }
    }
}

impl<'a> Statement<'a> {
    fn new(line: Arc<Key>, value: Value, acts: &[&'a Appearance]) -> Statement<'a> {
        let dates = || acts.iter().filter_map(|act| as_of(act));
        let (first, last) = (dates().min(), dates().max());
        let covers = acts.first().and_then(|act| covers(act));
        let mut appearances = acts.to_vec();
        appearances.sort_unstable_by_key(|act| place(act));
        appearances.dedup();
        Statement { line, value, first, last, covers, appearances }
    }
}

/// What must be equal, beside the value, for two claims of a line to be one statement.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Slot {
    /// A full day: one of a run.
    Run,
    /// An increment: both its ends. Ten today and ten tomorrow are two acts.
    Ends(Option<Date>, Option<Date>),
    /// A date that is no full day: the same words for it.
    Vague(Date),
    /// No date at all: the same text. That two undated texts mean one act is a guess, hence a relation.
    Undated(u64),
}

/// The claims of each slot, by as-of day and place.
fn slots(told: Vec<&Appearance>) -> Vec<(Value, Slot, Vec<&Appearance>)> {
    let slot = |act: &Appearance| match (covers(act), as_of(act)) {
        (Some((from, to)), Some(_)) => Slot::Ends(from, to),
        (None, Some(day)) if day.only_day().is_some() => Slot::Run,
        (None, Some(vague)) => Slot::Vague(vague),
        (_, None) => Slot::Undated(act.text),
    };
    // Nearly all claims are bare numbers of full days: these are sorted as two numbers, the others by all there is.
    let plain = |act: &&Appearance| act.value == Value::exact(act.value.first) && slot(act) == Slot::Run;
    let (plain, other): (Vec<&Appearance>, Vec<&Appearance>) = told.into_iter().partition(plain);
    let day = |act: &Appearance| as_of(act).and_then(|date| date.only_day());
    let mut plain: Vec<_> = plain.into_iter().map(|act| (act.value.first, day(act), act)).collect();
    plain.sort_unstable_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then_with(|| place(a.2).cmp(&place(b.2))));
    let plain = plain.chunk_by(|a, b| a.0 == b.0);
    let plain = plain.map(|acts| (acts[0].2.value, Slot::Run, acts.iter().map(|act| act.2).collect()));
    let mut other: Vec<_> = other.into_iter().map(|act| (act.value, slot(act), as_of(act), act)).collect();
    other.sort_unstable_by(|a, b| (a.0, a.1, a.2).cmp(&(b.0, b.1, b.2)).then_with(|| place(a.3).cmp(&place(b.3))));
    let slots = other.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1));
    plain.chain(slots.map(|acts| (acts[0].0, acts[0].1, acts.iter().map(|act| act.3).collect()))).collect()
}

/// The ends of an increment.
fn covers(act: &Appearance) -> Option<(Option<Date>, Option<Date>)> {
    matches!(act.key.scope.as_str(), "period" | "registered").then_some((act.from, act.to.or(act.stated)))
}

/// Where an appearance stands: a total order, so that equal input gives equal output.
fn place(appearance: &Appearance) -> (u64, u32, u8, u64) {
    (appearance.document, appearance.start, appearance.n, appearance.entry)
}

/// By the first as-of day that it can mean, then in full.
fn order(statement: &Statement) -> impl Ord + use<> {
    let first = statement.first_days();
    let text = statement.appearances.first().map(|act| act.text);
    (statement.first.is_none(), first.first.or(first.last), statement.first, statement.covers, statement.value, text)
}
