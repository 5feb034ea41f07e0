//! Finds the figures that are probably one figure, told again.
//!
//! In: [`Line`]s. Out: [`Related`] pairs: restated, rounded, reworded, retracted,
//! and the tolls that a later one may revise.
//!
//! Two hundred papers print each figure of a daily bulletin, most as it is, some rounded, some under another word. To
//! set every statement against every other would take as long as the war: only those are compared that are of one
//! subject, and there only the ones that share their number or lie next to each other in time.

use super::Kinds;
use super::days::{Days, between};
use super::line::{Incident, Line, Voice};
use super::relation::{Relation, retelling, rounds};
use super::revise::revisions;
use super::run::RUN_GAP;
use crate::claim::{Date, Value};
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// A statement, by its line and its place on the line.
pub type At = (usize, usize);

/// Two statements, and how the one retells the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Related {
    /// The one that was there first, or is the more exact.
    pub other: At,
    /// The one that retells it.
    pub this: At,
    /// How `this` stands to `other`.
    pub relation: Relation,
}

/// Which figures are probably one figure, told again: restated, rounded, reworded, retracted, perhaps revised. Each statement is set
/// against the one before it with the same value on its line, however old, and against all near in time whose voice
/// may be the same. Never a pair of two claimants: their agreement or contradiction belongs to a date.
pub fn retellings(lines: &[Line], kinds: &Kinds) -> Vec<Related> {
    let mut found = again(lines, kinds);
    let mut rounded: BTreeMap<(At, usize), (Days, At)> = BTreeMap::new();
    for (at_a, at_b) in candidates(lines) {
        let (a, b) = (&lines[at_a.0].statements[at_a.1], &lines[at_b.0].statements[at_b.1]);
        for (other, was, this, is) in [(at_a, a, at_b, b), (at_b, b, at_a, a)] {
            match retelling(was, is, kinds) {
                Some(Relation::Rounds) => {
                    // Of several exact figures on a line, the newest is the one that was rounded.
                    let best = rounded.entry((this, other.0)).or_insert((was.first_days(), other));
                    *best = (*best).max((was.first_days(), other));
                }
                Some(relation) if other == at_a => found.push(Related { other, this, relation }),
                _ => {}
            }
        }
    }
    let rounded = rounded.into_iter();
    found.extend(rounded.map(|((this, _), (_, other))| Related { other, this, relation: Relation::Rounds }));
    found.extend(revisions(lines, kinds));
    found.sort_by_key(|related| (related.this, related.other));
    found
}

/// The same value again on one line, however late.
fn again(lines: &[Line], kinds: &Kinds) -> Vec<Related> {
    let mut found = Vec::new();
    for (l, line) in lines.iter().enumerate() {
        let mut before: BTreeMap<Value, usize> = BTreeMap::new();
        for (s, statement) in line.statements.iter().enumerate() {
            if let Some(earlier) = before.insert(statement.value, s)
                && statement.covers.is_none()
            {
                let relation = retelling(&line.statements[earlier], statement, kinds);
                found.extend(relation.map(|relation| Related { other: (l, earlier), this: (l, s), relation }));
            }
        }
    }
    found
}

/// A statement that could tell another's figure again: its days are known.
struct Told<'l> {
    at: At,
    value: Value,
    /// Its first and last day.
    days: (civil::Date, civil::Date),
    line: usize,
    voice: &'l Voice,
}

/// What two statements of one figure share for certain.
type Fact<'l> = (&'l Option<String>, &'l str, &'l Option<String>, &'l Option<Incident>, Covers);

type Covers = Option<(Option<Date>, Option<Date>)>;

/// Pairs that may be one figure, the earlier first.
fn candidates(lines: &[Line]) -> BTreeSet<(At, At)> {
    let mut facts: BTreeMap<Fact, Vec<Told>> = BTreeMap::new();
    for (l, line) in lines.iter().enumerate() {
        let key = &*line.key;
        let mut by_covers: BTreeMap<Covers, Vec<Told>> = BTreeMap::new();
        for (s, statement) in line.statements.iter().enumerate() {
            let (first, last) = (statement.first_days(), statement.last_days());
            if let (Some(first), Some(last)) = (first.first, last.last) {
                let told = Told { at: (l, s), value: statement.value, days: (first, last), line: l, voice: &key.voice };
                by_covers.entry(statement.covers).or_default().push(told);
            }
        }
        for (covers, told) in by_covers {
            facts.entry((&key.side, &key.scope, &key.area, &key.incident, covers)).or_default().extend(told);
        }
    }
    let mut pairs = BTreeSet::new();
    for mut told in facts.into_values() {
        told.sort_unstable_by_key(|one| (one.value.first, one.days.0, one.at));
        for same in told.chunk_by(|a, b| a.value.first == b.value.first) {
            let again = |a: &Told, b: &Told| a.line != b.line || a.value != b.value;
            sweep(&same.iter().collect::<Vec<_>>(), &again, &mut pairs);
        }
        let class = |one: &Told| (&*lines[one.line].key.outcome, &*lines[one.line].key.counted);
        told.sort_unstable_by(|a, b| (class(a), a.days.0, a.at).cmp(&(class(b), b.days.0, b.at)));
        for class in told.chunk_by(|a, b| class(a) == class(b)) {
            let round = |a: &Told, b: &Told| rounds(a.value, b.value) || rounds(b.value, a.value);
            sweep(&class.iter().collect::<Vec<_>>(), &round, &mut pairs);
        }
    }
    pairs
}

/// Pairs near in time whose voices may be one: of two reporters only the same one, so that two hundred papers are not
/// set against each other.
fn sweep(told: &[&Told], fits: &impl Fn(&Told, &Told) -> bool, pairs: &mut BTreeSet<(At, At)>) {
    let (parties, reporters): (Vec<&Told>, Vec<&Told>) =
        told.iter().partition(|one| matches!(one.voice, Voice::Party(_) | Voice::Local(..)));
    let mut take = |a: &Told, b: &Told| {
        if a.voice.may_be(b.voice) && fits(a, b) {
            let (a, b) = if (a.days.0, a.at) <= (b.days.0, b.at) { (a.at, b.at) } else { (b.at, a.at) };
            pairs.insert((a, b));
        }
    };
    for (i, a) in parties.iter().enumerate() {
        reach(a, &parties[i + 1..]).for_each(|b| take(a, b));
        reach(a, &reporters[reporters.partition_point(|b| b.days.0 < a.days.0)..]).for_each(|b| take(a, b));
    }
    let mut by_voice: BTreeMap<&Voice, Vec<&Told>> = BTreeMap::new();
    for b in &reporters {
        reach(b, &parties[parties.partition_point(|a| a.days.0 <= b.days.0)..]).for_each(|a| take(b, a));
        by_voice.entry(b.voice).or_default().push(b);
    }
    for own in by_voice.values() {
        for (i, a) in own.iter().enumerate() {
            reach(a, &own[i + 1..]).for_each(|b| take(a, b));
        }
    }
}

/// Those that begin before `a` is out of reach; they are sorted by their first day.
fn reach<'t, 'l>(a: &Told, after: &'t [&'t Told<'l>]) -> impl Iterator<Item = &'t Told<'l>> {
    let end = a.days.1;
    after.iter().take_while(move |b| between(end, b.days.0) <= RUN_GAP).copied()
}
