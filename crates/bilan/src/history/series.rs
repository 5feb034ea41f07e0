//! Follows one line through time: rises, falls, jumps, gaps.
//!
//! In: a [`Line`] of running totals, or of the tolls of one event. Out: its [`Series`]: the statements that make the steps, and those that stand
//! beside them, each with the reason.
//!
//! A paper prints "466" on the 20th, five days after the bulletin, when the tally stands at 490. Read as a figure of the
//! 20th, it is a fall that nobody announced. A fall is only a fall when the count goes on from there.

use super::days::{as_of, between};
use super::line::{Line, Statement};
use super::relation::{Relation, change, retracts};
use super::run::RUN_GAP;
use crate::claim::Value;
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// A step over more days than this is a gap.
pub const GAP_DAYS: i64 = 7;

/// A rise is a jump when it is more than so many times the median daily rise of its series.
pub const JUMP: u64 = 10;

/// A line's running totals, or the tolls of one event, in time. Numbers are places in [`Line::statements`].
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Series {
    /// From each statement to the next.
    pub steps: Vec<Step>,
    /// Statements that make no step, and why.
    pub beside: BTreeMap<usize, Beside>,
}

/// From one statement of a series to the next.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The earlier statement.
    pub from: usize,
    /// The later statement.
    pub to: usize,
    /// Days between them.
    pub days: i64,
    /// `Raises`, `Lowers`, or `Differs` where the hedges leave it open.
    pub change: Relation,
    /// More than [`GAP_DAYS`] days are without a figure.
    pub gap: bool,
    /// It rises much faster than the series does.
    pub jump: bool,
}

/// Why a statement makes no step.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Beside {
    /// It has no full as-of day.
    Undated,
    /// It is hedged, and the claimant gives an exact figure in the same days.
    Hedged,
    /// Another figure for the same day stands in more texts.
    Fewer,
    /// Another figure for the same day stands in as many texts.
    SameDay,
    /// It is this earlier figure, printed late: the count never went back to it.
    Late(usize),
}

impl Series {
    /// The series of a line; `None` when its figures cannot be set against each other.
    pub fn of(line: &Line) -> Option<Series> {
        if !line.forms_series {
            return None;
        }
        let statements = &line.statements;
        let mut beside = BTreeMap::new();
        let mut spine = dated(statements, &mut beside);
        leave_hedged(statements, &mut spine, &mut beside);
        leave_fewer(statements, &mut spine, &mut beside);
        leave_same_day(statements, &mut spine, &mut beside);
        leave_late(statements, &mut spine, &mut beside);
        Some(Series { steps: steps(statements, &spine), beside })
    }

    /// The steps that go down.
    pub fn falls(&self) -> impl Iterator<Item = &Step> {
        self.steps.iter().filter(|step| matches!(step.change, Relation::Lowers(_)))
    }
}

type Spine = Vec<(usize, civil::Date)>;

fn dated(statements: &[Statement], beside: &mut BTreeMap<usize, Beside>) -> Spine {
    let mut spine = Spine::new();
    for (at, statement) in statements.iter().enumerate() {
        match statement.first_days().exact() {
            Some(day) => spine.push((at, day)),
            None => drop(beside.insert(at, Beside::Undated)),
        }
    }
    spine
}

/// "more than 450" beside 466 adds nothing to the count; alone, it is the count.
fn leave_hedged(statements: &[Statement], spine: &mut Spine, beside: &mut BTreeMap<usize, Beside>) {
    // By first day, how far the runs of exact figures reach that began by then.
    let mut exact: Vec<(civil::Date, civil::Date)> = Vec::new();
    for (at, day) in spine.iter().filter(|(at, _)| statements[*at].exact().is_some()) {
        let last = statements[*at].last_days().exact().unwrap_or(*day);
        let reach = exact.last().map_or(last, |(_, reach)| last.max(*reach));
        exact.push((*day, reach));
    }
    spine.retain(|&(at, day)| {
        let begun = exact.partition_point(|(first, _)| between(day, *first) <= RUN_GAP);
        let near = begun.checked_sub(1).is_some_and(|at| between(exact[at].1, day) <= RUN_GAP);
        let hedged = near && statements[at].exact().is_none();
        if hedged {
            beside.insert(at, Beside::Hedged);
        }
        !hedged
    });
}

/// A figure in fewer texts than tell, that same day, the figure which had stood before: the slip of a paper on a day
/// when the count did not move.
fn leave_fewer(statements: &[Statement], spine: &mut Spine, beside: &mut BTreeMap<usize, Beside>) {
    let told_on = |at: usize, day: civil::Date| {
        let told = statements[at].appearances.iter();
        let told = told.filter(|act| as_of(act).and_then(|date| date.only_day()) == Some(day));
        told.map(|act| act.text).collect::<BTreeSet<u64>>().len()
    };
    let mut standing: Vec<usize> = Vec::new();
    spine.retain(|&(at, day)| {
        standing.retain(|earlier| statements[*earlier].last_days().exact().is_some_and(|last| last >= day));
        let texts = statements[at].different_texts();
        let begins = |earlier: usize| statements[earlier].first_days().exact() == Some(day);
        let fewer = standing.iter().any(|earlier| !begins(*earlier) && told_on(*earlier, day) > texts);
        match fewer {
            true => drop(beside.insert(at, Beside::Fewer)),
            false => standing.push(at),
        }
        !fewer
    });
}

/// Of several figures that begin on one day, the one in most different texts is the count; of as many, the only one
/// that is new, for the others are old ones printed again. Else none is.
fn leave_same_day(statements: &[Statement], spine: &mut Spine, beside: &mut BTreeMap<usize, Beside>) {
    let mut kept = Spine::new();
    let mut seen: BTreeMap<Value, usize> = BTreeMap::new();
    for day in spine.chunk_by(|a, b| a.1 == b.1) {
        let texts = |at: usize| statements[at].different_texts();
        let most = day.iter().map(|(at, _)| texts(*at)).max().unwrap_or(0);
        let first: Vec<usize> = day.iter().map(|(at, _)| *at).filter(|at| texts(*at) == most).collect();
        let earlier = |at: usize| seen.get(&statements[at].value).copied();
        let new: Vec<usize> = first.iter().copied().filter(|at| earlier(*at).is_none()).collect();
        let count = if new.is_empty() { &first } else { &new };
        let mut next = None;
        for &(at, day) in day {
            let why = match (count.contains(&at), first.contains(&at), earlier(at)) {
                (true, ..) if count.len() == 1 => {
                    next = Some((at, day));
                    continue;
                }
                (false, true, Some(earlier)) => Beside::Late(earlier),
                (false, false, _) => Beside::Fewer,
                _ => Beside::SameDay,
            };
            beside.insert(at, why);
        }
        if let Some((at, day)) = next {
            kept.push((at, day));
            seen.insert(statements[at].value, at);
        }
    }
    *spine = kept;
}

/// A figure that goes back to an earlier one, while the next goes on from where the count had been, is that earlier
/// one, printed late; unless one text tells it right after the higher one, as a table does.
fn leave_late(statements: &[Statement], spine: &mut Spine, beside: &mut BTreeMap<usize, Beside>) {
    let mut kept: Spine = Vec::new();
    let mut seen = BTreeMap::new();
    for (i, &(at, day)) in spine.iter().enumerate() {
        let value = statements[at].value;
        let next = spine[i + 1..].iter().map(|(next, _)| statements[*next].value).find(|next| *next != value);
        let back = kept.last().zip(seen.get(&value)).filter(|((before, _), _)| {
            let before = &statements[*before];
            let went_on = next.is_some_and(|next| next.first >= before.value.first);
            value.first < before.value.first && went_on && !told_together(before, &statements[at])
        });
        match back {
            Some((_, earlier)) => drop(beside.insert(at, Beside::Late(*earlier))),
            None => {
                kept.push((at, day));
                seen.insert(value, at);
            }
        }
    }
    *spine = kept;
}

/// One text tells both.
pub(super) fn told_together(a: &Statement, b: &Statement) -> bool {
    let texts: BTreeSet<u64> = a.appearances.iter().map(|act| act.text).collect();
    b.appearances.iter().any(|act| texts.contains(&act.text))
}

fn steps(statements: &[Statement], spine: &Spine) -> Vec<Step> {
    let mut steps: Vec<Step> = spine
        .windows(2)
        .map(|pair| {
            let [(from, before), (to, after)] = [pair[0], pair[1]];
            let days = between(before, after);
            // A run that reaches to the eve leaves no gap: the claimant said the same all along.
            let silent = statements[from].last_days().exact().map_or(days, |last| between(last, after));
            let change = match change(statements[from].value, statements[to].value) {
                Relation::Restates if retracts(&statements[to]) => Relation::Retracts,
                change => change,
            };
            Step { from, to, days, change, gap: silent > GAP_DAYS, jump: false }
        })
        .collect();
    // Rises per day in thousandths, so that slow series have a median too.
    let pace = |step: &Step| match step.change {
        Relation::Raises(Some(by)) => Some(by.saturating_mul(1000) / step.days.max(1).unsigned_abs()),
        _ => None,
    };
    let mut paces: Vec<u64> = steps.iter().filter_map(pace).collect();
    if paces.len() >= 8 {
        paces.sort_unstable();
        let median = paces[paces.len() / 2];
        steps.iter_mut().for_each(|step| step.jump = pace(step).is_some_and(|pace| pace > median * JUMP));
    }
    steps
}
