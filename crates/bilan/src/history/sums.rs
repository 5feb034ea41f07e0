//! Sets parts against their total, and increments against the difference of two totals.
//!
//! In: [`Line`]s. Out: [`Sum`]s, with what is left over. Nothing is mended: a gap is shown.
//!
//! "531 deaths in 48 hours: 32 new, 499 registered later" is right as it stands, and 531 is no pace of two days. "86
//! rescuers and 56 soldiers were sent" is no sum at all: a narrower class in the same text need not be a part.

use super::Kinds;
use super::days::{as_of, between};
use super::line::{Key, Line, Statement};
use super::retell::At;
use super::series::Series;
use crate::claim::Date;
use std::collections::{BTreeMap, BTreeSet};

/// Parts up to this number are tried in every combination.
const MANY: usize = 12;

/// A class that takes others in begins or leaps at most so many days after their last figure.
const RUN_DAYS: i64 = 7;

/// A piece of arithmetic between figures of one claimant, all said without a hedge.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sum {
    /// A total breaks down into parts. What is left over is not told, or, below zero, told twice.
    Parts {
        /// The whole.
        total: At,
        /// Its parts.
        parts: Vec<At>,
        /// Total less parts.
        rest: i64,
    },
    /// An increment beside the totals at its two ends.
    Increment {
        /// What is said to have come.
        increment: At,
        /// The total before.
        from: At,
        /// The total after.
        to: At,
        /// Difference of the totals less the increment.
        rest: i64,
    },
    /// Classes end, and another grows by what they held: a bulletin merged them.
    Merged {
        /// The last figures of the classes that ended.
        ended: Vec<At>,
        /// The first figure of the class that took them in.
        into: At,
        /// Its rise less what it took in.
        rest: i64,
    },
}

/// All arithmetic between the exact figures of each claimant.
pub fn sums(lines: &[Line], kinds: &Kinds) -> Vec<Sum> {
    let mut found = parts(lines, kinds);
    let increments = increments(lines, &found);
    found.extend(increments);
    found.extend(merged(lines));
    found.sort();
    found
}

/// What parts and their total have in common: a voice and a place, by number; and the days they cover. One text is one
/// breath: figures of different reports of a day may be of different hours.
type Breath = (usize, u64, Option<Date>, Option<Date>);

fn parts(lines: &[Line], kinds: &Kinds) -> Vec<Sum> {
    let voice = |line: &Line| (line.key.voice.clone(), line.key.incident.clone(), line.key.area.clone());
    let voices: BTreeMap<_, usize> = lines.iter().map(voice).zip(0..).collect();
    let voices: Vec<usize> = lines.iter().map(|line| voices[&voice(line)]).collect();
    let mut said: Vec<(Breath, At)> = Vec::new();
    for (at, statement) in exact(lines) {
        let from = statement.covers.and_then(|(from, _)| from);
        said.extend(statement.appearances.iter().map(|told| ((voices[at.0], told.text, from, as_of(told)), at)));
    }
    said.sort_unstable();
    said.dedup();
    // A bulletin that fifty papers print breaks down once.
    let mut whole = BTreeSet::new();
    let mut narrower: BTreeMap<(usize, usize), bool> = BTreeMap::new();
    for breath in said.chunk_by(|a, b| a.0 == b.0).filter(|breath| breath.len() > 1) {
        for &(_, total) in breath {
            // Several breakdowns of one total (by fate, by age) are told apart by what differs from it.
            let mut by_what: BTreeMap<What, Vec<At>> = BTreeMap::new();
            for &(_, part) in breath {
                let is_part = || is_part(&lines[part.0].key, &lines[total.0].key, kinds);
                if *narrower.entry((part.0, total.0)).or_insert_with(is_part) && fits(lines, part, total) {
                    let what = What::differs(&lines[part.0].key, &lines[total.0].key);
                    by_what.entry(what).or_default().push(part);
                }
            }
            whole.extend(by_what.into_iter().map(|(what, parts)| (total, what, parts)));
        }
    }
    let found: BTreeSet<Sum> =
        whole.into_iter().flat_map(|(total, what, parts)| breakdown(lines, total, parts, what, kinds)).collect();
    found.into_iter().collect()
}

/// In what a part is narrower than its total.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Outcome,
    Counted,
    Side,
    Scope,
}

impl What {
    fn differs(part: &Key, total: &Key) -> What {
        match () {
            () if part.outcome != total.outcome => What::Outcome,
            () if part.counted != total.counted => What::Counted,
            () if part.side != total.side => What::Side,
            () => What::Scope,
        }
    }
}

/// Narrower in exactly one respect.
fn is_part(p: &Key, t: &Key, kinds: &Kinds) -> bool {
    let outcome = p.outcome == t.outcome;
    let counted = p.counted == t.counted;
    let side = p.side == t.side;
    let scope = p.scope == t.scope;
    match (outcome, counted, side, scope) {
        (false, true, true, true) => kinds.outcome_within(&p.outcome, &t.outcome),
        (true, false, true, true) => kinds.counted_within(&p.counted, &t.counted),
        (true, true, false, true) => match (&p.side, &t.side) {
            (Some(p), Some(t)) => t.contains('+') && t.split('+').any(|side| side == p),
            _ => false,
        },
        // New ones and ones registered later make up what a period brought.
        (true, true, true, _) => t.scope == "period" && matches!(&*p.scope, "period" | "registered"),
        _ => false,
    }
}

/// Two increments of one class can be whole and part when they cover the same days.
fn fits(lines: &[Line], part: At, total: At) -> bool {
    let (p, t) = (statement(lines, part), statement(lines, total));
    let one_class = What::differs(&p.line, &t.line) == What::Scope;
    part != total && (!one_class || (p.covers == t.covers && number(p) < number(t)))
}

/// The combinations of parts that make the total exactly; when there are none, all parts and what they leave, where
/// they are all that the total is made of.
fn breakdown(lines: &[Line], total: At, parts: Vec<At>, what: What, kinds: &Kinds) -> Vec<Sum> {
    let whole = number(statement(lines, total));
    let sum = |parts: &[At]| parts.iter().map(|part| number(statement(lines, *part))).sum::<i128>();
    let rest = |parts: &[At]| i64::try_from(whole - sum(parts)).unwrap_or(i64::MAX);
    let mut exact = Vec::new();
    if (2..=MANY).contains(&parts.len()) {
        for chosen in 1u32..1 << parts.len() {
            let some: Vec<At> =
                parts.iter().enumerate().filter(|(i, _)| chosen >> i & 1 == 1).map(|(_, part)| *part).collect();
            // A zero changes no sum; it belongs to the breakdown only when all parts do.
            let plain = some.len() == parts.len() || some.iter().all(|part| number(statement(lines, *part)) > 0);
            if some.len() > 1 && plain && rest(&some) == 0 {
                exact.push(Sum::Parts { total, parts: some, rest: 0 });
            }
        }
    }
    if exact.is_empty() && parts.len() > 1 && is_whole(lines, total, &parts, what, kinds) {
        exact.push(Sum::Parts { total, rest: rest(&parts), parts });
    }
    exact
}

/// The killed and the wounded are all casualties, two sides all of their joint toll: what is left over then was told. Of
/// a class of people, or of an increment, only the exact sum shows that others are its parts.
fn is_whole(lines: &[Line], total: At, parts: &[At], what: What, kinds: &Kinds) -> bool {
    let key = |at: &At| &*statement(lines, *at).line;
    match what {
        What::Outcome => {
            let told = |outcome: &String| parts.iter().any(|part| key(part).outcome == *outcome);
            kinds.join.get(&key(&total).outcome).is_some_and(|joined| joined.iter().all(told))
        }
        What::Side => {
            let told = |side: &str| parts.iter().any(|part| key(part).side.as_deref() == Some(side));
            key(&total).side.as_deref().is_some_and(|sides| sides.split('+').all(told))
        }
        What::Counted | What::Scope => false,
    }
}

fn increments(lines: &[Line], sums: &[Sum]) -> Vec<Sum> {
    // A part of an increment is not what the total rose by.
    let parts = sums.iter().filter_map(|sum| match sum {
        Sum::Parts { parts, .. } => Some(parts),
        _ => None,
    });
    let parts: BTreeSet<At> = parts.flatten().copied().collect();
    // Exact running totals by subject and day.
    let mut totals: BTreeMap<_, BTreeMap<_, BTreeSet<At>>> = BTreeMap::new();
    for (l, line) in lines.iter().enumerate().filter(|(_, line)| line.key.scope == "cumulative") {
        let days = totals.entry(subject(&line.key)).or_default();
        for (s, statement) in line.statements.iter().enumerate().filter(|(_, told)| told.exact().is_some()) {
            for day in statement.appearances.iter().filter_map(|told| as_of(told)?.only_day()) {
                days.entry(day).or_default().insert((l, s));
            }
        }
    }
    let mut found = Vec::new();
    for (increment, statement) in exact(lines).filter(|(at, _)| !parts.contains(at)) {
        let Some((Some(from), Some(to))) = statement.covers else { continue };
        let (Some(from), Some(to)) = (from.only_day(), to.only_day()) else { continue };
        let Some(days) = totals.get(&subject(&statement.line)) else { continue };
        let only = |day| days.get(&day).filter(|at| at.len() == 1).and_then(|at| at.first().copied());
        if let (Some(before), Some(after)) = (only(from), only(to))
            && from < to
            && statement.line.scope == "period"
        {
            let rose = number(self::statement(lines, after)) - number(self::statement(lines, before));
            let rest = i64::try_from(rose - number(statement)).unwrap_or(i64::MAX);
            found.push(Sum::Increment { increment, from: before, to: after, rest });
        }
    }
    found
}

fn subject(key: &Key) -> (&super::Voice, &Option<String>, &str, &str, &Option<String>) {
    (&key.voice, &key.side, &key.counted, &key.outcome, &key.area)
}

/// A class that ends while another of the same claimant grows, within a week, by at least what it held, and by more
/// than ten times its usual rise, or begins with at least as much.
fn merged(lines: &[Line]) -> Vec<Sum> {
    let mut families: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    let totals = |line: &Line| line.forms_series && line.key.scope == "cumulative";
    for (l, line) in lines.iter().enumerate().filter(|(_, line)| totals(line)) {
        let key = &*line.key;
        families.entry((&key.voice, &key.side, &key.outcome, &key.area)).or_default().push(l);
    }
    let mut found = Vec::new();
    for family in families.values().filter(|family| family.len() > 1) {
        let mut ends: Vec<(jiff::civil::Date, At)> = family
            .iter()
            .filter_map(|&l| {
                let at = lines[l].statements.iter().rposition(|s| s.last_days().exact().is_some())?;
                Some((lines[l].statements[at].last_days().exact()?, (l, at)))
            })
            .collect();
        ends.sort_unstable();
        for &l in family {
            for (to, day, rose) in leaps(&lines[l]) {
                let after = ends.partition_point(|(end, _)| between(*end, day) > RUN_DAYS);
                let fresh = ends[after..].iter().take_while(|(end, _)| between(*end, day) >= 1);
                let ended: Vec<At> = fresh.map(|(_, at)| *at).filter(|at| at.0 != l).collect();
                let held: i128 = ended.iter().map(|at| number(statement(lines, *at))).sum();
                if held > 0 && rose >= held {
                    let rest = i64::try_from(rose - held).unwrap_or(i64::MAX);
                    found.push(Sum::Merged { ended, into: (l, to), rest });
                }
            }
        }
    }
    found
}

/// Where a line begins or jumps: statement, day, and by how much.
fn leaps(line: &Line) -> Vec<(usize, jiff::civil::Date, i128)> {
    let day = |at: usize| line.statements[at].first_days().exact();
    let mut leaps = Vec::new();
    let Some(series) = Series::of(line) else { return leaps };
    let begins = (0..line.statements.len()).find(|at| !series.beside.contains_key(at));
    leaps.extend(begins.and_then(|at| Some((at, day(at)?, number(&line.statements[at])))));
    for step in series.steps.iter().filter(|step| step.jump) {
        let rose = number(&line.statements[step.to]) - number(&line.statements[step.from]);
        leaps.extend(day(step.to).map(|day| (step.to, day, rose)));
    }
    leaps
}

fn exact<'l, 'a>(lines: &'l [Line<'a>]) -> impl Iterator<Item = (At, &'l Statement<'a>)> {
    let all = lines.iter().enumerate();
    let all = all.flat_map(|(l, line)| line.statements.iter().enumerate().map(move |(s, told)| ((l, s), told)));
    all.filter(|(_, statement)| statement.exact().is_some())
}

fn statement<'l, 'a>(lines: &'l [Line<'a>], at: At) -> &'l Statement<'a> {
    &lines[at.0].statements[at.1]
}

/// Wide enough that no sum or difference of figures can overflow.
fn number(statement: &Statement) -> i128 {
    i128::from(statement.value.first)
}
