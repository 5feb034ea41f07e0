//! Says how sure we are to have read a claim right.
//!
//! In: the reasons by which a draft was made and settled. Out: [`Confidence`], a probability in hundredths.
//!
//! A figure whose side nobody tells is wrong two times in three, however well its words fit: most claims name one. So
//! the weights are not set by hand: they are the log-odds of a logistic regression of "value, outcome, counted and side
//! are right" over these reasons, on the 1,655 claims that the reader found in invented twins of real pages; measured on
//! documents left out, the Brier score is 0.157, against 0.189 for a constant and 0.198 for the formula before.

use super::Confidence;
use super::make::Made;
use crate::pack::Arc;

/// Log-odds, in hundredths, with no reason for or against.
const BASE: i32 = 123;

/// For each point by which the words fit better than [`MEAN`].
const FIT: i32 = 13;

/// The usual fit of draft and side together.
const MEAN: i32 = 9;

/// More than this is not told apart.
const BEST: i32 = 12;

/// The rule that told the side.
const SIDES: [(&str, i32); 9] = [
    ("adjective", 45),
    ("enemy", 42),
    ("nobody", 38),
    ("list", 23),
    ("own-soldiers", 21),
    ("untold", -19),
    ("home", -36),
    ("agent", -40),
    ("complement", -40),
];

/// Nobody tells whose.
const OPEN: i32 = -174;

/// "Un mort": an article may be no count.
const ONE: i32 = -79;

/// A running total, often of another measure.
const TOTAL: i32 = -42;

/// Who hedges counts.
const HEDGED: i32 = 22;

/// The account of a speaker goes on.
const CARRIED: i32 = 50;

/// A people named by nationality may be its soldiers.
const NATIONALITY: i32 = -29;

/// Of a claim without a speaker: that the reporter's own voice was heard right.
const REPORTER: u8 = 75;

impl Made<'_, '_> {
    /// How sure of the claim, and of its claimant.
    pub(super) fn confidence(&self) -> Confidence {
        let (draft, side) = (&self.settled.draft, &self.settled.side);
        let speaker = self.settled.speaker.as_ref();
        let told = i32::from(self.root().is_some()) * 2 - 1;
        let fit = (draft.score + side.score + told).min(BEST) - MEAN;
        let arc = match draft.arc {
            Arc::Item => 99,
            Arc::Object => 37,
            Arc::Subject => 35,
            Arc::Patient => -14,
            Arc::Measure => -46,
            _ => 0,
        };
        let if_so = |so: bool, weight: i32| if so { weight } else { 0 };
        let odds = BASE
            + FIT * fit
            + arc
            + SIDES.iter().find(|(rule, _)| *rule == side.rule).map_or(0, |(_, weight)| *weight)
            + if_so(self.root().is_none(), OPEN)
            + if_so(self.group().value.point() == Some(1), ONE)
            + if_so(self.settled.time.scope == "cumulative", TOTAL)
            + if_so(self.hedge().is_some(), HEDGED)
            + if_so(speaker.is_some_and(|speaker| speaker.cue.is_none()), CARRIED)
            + if_so(draft.thing.is_some_and(|(_, thing)| thing.entry.is_none()), NATIONALITY);
        let share = 100.0 / (1.0 + (-f64::from(odds) / 100.0).exp());
        Confidence {
            claim: (share.round() as u8).clamp(1, 99),
            claimant: speaker.map_or(REPORTER, |speaker| speaker.confidence),
        }
    }
}
