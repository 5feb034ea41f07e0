//! Follows one line through time: rises, falls, jumps, gaps.
//!
//! In: a [`Line`] of running totals. Out: its [`Series`]: the statements that make the steps, and those that stand
//! beside them, each with the reason.
//!
//! A paper prints "466" on the 20th, five days after the bulletin, when the tally stands at 490. Read as a figure of the
//! 20th, it is a fall that nobody announced. A fall is only a fall when the count goes on from there.

use super::days::between;
use super::line::{Line, RUN_GAP, Statement};
use super::relation::{Relation, change};
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};

/// A step over more days than this is a gap.
pub const GAP_DAYS: i64 = 7;

/// A rise is a jump when it is more than so many times the median daily rise of its series.
pub const JUMP: u64 = 10;

/// A line's running totals in time. Numbers are places in [`Line::statements`].
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
    /// Another figure for the same day stands in more texts, or in as many.
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
    let exact: BTreeSet<civil::Date> = spine
        .iter()
        .filter(|(at, _)| statements[*at].exact().is_some())
        .flat_map(|(at, day)| [Some(*day), statements[*at].last_days().exact()])
        .flatten()
        .collect();
    spine.retain(|&(at, day)| {
        let near = |other: Option<&civil::Date>| other.is_some_and(|other| between(day, *other).abs() <= RUN_GAP);
        let hedged = statements[at].exact().is_none()
            && (near(exact.range(..=day).next_back()) || near(exact.range(day..).next()));
        if hedged {
            beside.insert(at, Beside::Hedged);
        }
        !hedged
    });
}

/// Of several figures that begin on one day, the one in most different texts is the count; with as many, none is.
fn leave_same_day(statements: &[Statement], spine: &mut Spine, beside: &mut BTreeMap<usize, Beside>) {
    let mut kept = Spine::new();
    for day in spine.chunk_by(|a, b| a.1 == b.1) {
        let texts = |at: usize| statements[at].different_texts();
        let most = day.iter().map(|(at, _)| texts(*at)).max().unwrap_or(0);
        let alone = day.iter().filter(|(at, _)| texts(*at) == most).count() == 1;
        for &(at, day) in day {
            match alone && texts(at) == most {
                true => kept.push((at, day)),
                false => drop(beside.insert(at, Beside::SameDay)),
            }
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

fn told_together(a: &Statement, b: &Statement) -> bool {
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
            let change = change(statements[from].value, statements[to].value);
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
