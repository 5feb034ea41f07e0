//! Says how two statements stand to each other.
//!
//! In: two [`Statement`]s. Out: a [`Relation`], worked out for the question at hand and never stored.
//!
//! "more than 450 tanks" in a paper and "466" in the bulletin of that day are one figure, once rounded. They stay two
//! statements; that the one rounds the other is said beside them.

use super::Kinds;
use super::days::Days;
use super::line::{Incident, Statement, Voice};
use super::reason::{Reason, Settings, apart};
use super::run::RUN_GAP;
use crate::claim::{Bound, Value};
use std::fmt;

/// How a later statement stands to an earlier one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Relation {
    /// The same value from the same or possibly the same voice, at another time or in undated texts.
    Restates,
    /// A round form of a more exact figure, told then or before.
    Rounds,
    /// The same number, of another outcome or class: "losses" printed as "killed".
    Rewords {
        /// The word it had.
        was: String,
        /// The word it has now.
        is: String,
    },
    /// The claimant's own earlier figure was lower; by how many, where both are exact.
    Raises(Option<u64>),
    /// The claimant's own earlier figure was higher. Whether this corrects it, only the claimant can say.
    Lowers(Option<u64>),
    /// A later and higher toll of what may be the same event, by a voice that may be the same.
    MayRevise,
    /// The claimant takes its own figure back.
    Retracts,
    /// Another voice says the same, comparably.
    Agrees,
    /// Comparable, within a day, and what is said leaves no number that fits both.
    Contradicts,
    /// Comparable; a number could fit both.
    Allows,
    /// Comparable, but too many days apart to contradict, or hedged too vaguely to tell.
    Differs,
    /// They may not be compared.
    NotComparable(Reason),
}

impl Relation {
    /// A name that does not change, for programs.
    pub fn key(&self) -> &'static str {
        match self {
            Relation::Restates => "restates",
            Relation::Rounds => "rounds",
            Relation::Rewords { .. } => "rewords",
            Relation::Raises(_) => "raises",
            Relation::Lowers(_) => "lowers",
            Relation::MayRevise => "may_revise",
            Relation::Retracts => "retracts",
            Relation::Agrees => "agrees",
            Relation::Contradicts => "contradicts",
            Relation::Allows => "allows",
            Relation::Differs => "differs",
            Relation::NotComparable(reason) => reason.key(),
        }
    }
}

impl fmt::Display for Relation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Relation::Rewords { was, is } => write!(f, "rewords {was} as {is}:"),
            Relation::Raises(Some(by)) => write!(f, "raises by {by} from"),
            Relation::Lowers(Some(by)) => write!(f, "lowers by {by} from"),
            Relation::MayRevise => f.write_str("may revise"),
            Relation::Agrees => f.write_str("agrees with"),
            Relation::Differs => f.write_str("differs from"),
            Relation::NotComparable(reason) => reason.fmt(f),
            _ => f.write_str(self.key()),
        }
    }
}

/// How `b` stands to `a`. Give the earlier first; two of one day may be asked both ways, as only one rounds the other.
pub fn relate(a: &Statement, b: &Statement, kinds: &Kinds, settings: &Settings) -> Relation {
    retelling(a, b, kinds).unwrap_or_else(|| match a.line == b.line {
        true => on_one_line(a, b),
        false => across(a, b, kinds, settings),
    })
}

/// Whether `b` probably tells the figure of `a` again.
pub(super) fn retelling(a: &Statement, b: &Statement, kinds: &Kinds) -> Option<Relation> {
    if a.line == b.line {
        return match a.value == b.value {
            true if retracts(b) => Some(Relation::Retracts),
            true => Some(Relation::Restates),
            false => round_form(b, a).then_some(Relation::Rounds),
        };
    }
    let (one, other) = (&*a.line, &*b.line);
    let one_fact = one.side == other.side
        && one.scope == other.scope
        && one.area == other.area
        && one.incident == other.incident
        && a.covers == b.covers;
    if one_fact && one.voice.may_be(&other.voice) { retold(a, b, kinds) } else { None }
}

fn on_one_line(a: &Statement, b: &Statement) -> Relation {
    // One text tells of two strikes, or of a town's share of the dead: the lower figure is no fall.
    if matches!(a.line.incident, Some(Incident::Untold(_))) {
        return Relation::NotComparable(Reason::IncidentUnknown);
    }
    match a.covers.is_some() || !a.first_days().surely_before(&b.first_days()) {
        true => Relation::Differs,
        false => change(a.value, b.value),
    }
}

/// From an earlier to a later value of one line. Numbers with the same hedge are compared as said; with different
/// hedges, only what the words leave no doubt about counts: 460 after "more than 450" is no rise.
pub fn change(a: Value, b: Value) -> Relation {
    let exact = |value: Value| value == Value::exact(value.first);
    let by = |more: u64, less: u64| (exact(a) && exact(b)).then(|| more - less);
    if a == b {
        return Relation::Restates;
    }
    let same_hedge = (a.bound, a.about, a.ours) == (b.bound, b.about, b.ours);
    let above = |more: Value, less: Value| match same_hedge {
        true => more.first >= less.first && more.last >= less.last && more != less,
        false => matches!((less.high(), more.low()), (Some(high), Some(low)) if high < low),
    };
    if above(b, a) {
        Relation::Raises(by(b.first, a.first))
    } else if above(a, b) {
        Relation::Lowers(by(a.first, b.first))
    } else {
        Relation::Differs
    }
}

/// What is said leaves no doubt that the second is more.
pub(super) fn rises(a: &Statement, b: &Statement) -> bool {
    matches!(change(a.value, b.value), Relation::Raises(_))
}

fn across(a: &Statement, b: &Statement, kinds: &Kinds, settings: &Settings) -> Relation {
    let (one, other) = (&*a.line, &*b.line);
    match apart(a, b, kinds, settings) {
        Some(reason) => Relation::NotComparable(reason),
        None if a.value == b.value => Relation::Agrees,
        None if one.voice == other.voice || near(a, b, 1) != Some(true) => Relation::Differs,
        None => match (said_bounds(a.value), said_bounds(b.value)) {
            (Some(x), Some(y)) if disjoint(x, y) => Relation::Contradicts,
            (Some(_), Some(_)) => Relation::Allows,
            _ => Relation::Differs,
        },
    }
}

/// One figure told in other words, by a voice that may be the same.
fn retold(a: &Statement, b: &Statement, kinds: &Kinds) -> Option<Relation> {
    let (one, other) = (&*a.line, &*b.line);
    let (outcomes, classes) = ((&*one.outcome, &*other.outcome), (&*one.counted, &*other.counted));
    let same_number = a.value.point().is_some() && a.value.point() == b.value.point();
    let (same_outcome, same_class) = (outcomes.0 == outcomes.1, classes.0 == classes.1);
    let rewords = |(was, is): (&str, &str)| Some(Relation::Rewords { was: was.into(), is: is.into() });
    let told = match (same_outcome, same_class) {
        (true, true) if one.voice == other.voice => None,
        (true, true) if a.value == b.value => Some(Relation::Restates),
        (true, true) => round_form(b, a).then_some(Relation::Rounds),
        _ if !same_number => None,
        // "12 killed, 12 wounded" is no rewording: the words must be able to mean the same people.
        (false, true) if either(outcomes, |x, y| kinds.outcome_within(x, y) || kinds.reads_as(x, y)) => {
            rewords(outcomes)
        }
        (true, false) if either(classes, |x, y| kinds.counted_within(x, y)) => rewords(classes),
        _ => None,
    };
    told.filter(|_| near(a, b, RUN_GAP) == Some(true))
}

/// The one statement is a round form of the other: it is not told before it, and not long after. Without a hedge it
/// must be of the same days: 450 and 458 on two days in a row are a count that rises.
fn round_form(round: &Statement, exact: &Statement) -> bool {
    let days = if round.exact().is_some() { 0 } else { RUN_GAP };
    rounds(round.value, exact.value)
        && !round.first_days().surely_before(&exact.first_days())
        && near(exact, round, days) == Some(true)
}

fn either((a, b): (&str, &str), holds: impl Fn(&str, &str) -> bool) -> bool {
    holds(a, b) || holds(b, a)
}

pub(super) fn near(a: &Statement, b: &Statement, days: i64) -> Option<bool> {
    let runs = |s: &Statement| Days { first: s.first_days().first, last: s.last_days().last };
    let (one, other) = (runs(a), runs(b));
    // Two runs of days that touch are near, however long they are.
    match (a.first_days().exact(), b.first_days().exact()) {
        (Some(_), Some(_)) => Some(one.apart(&other).0 <= days),
        _ => one.within(&other, days),
    }
}

pub(super) fn retracts(statement: &Statement) -> bool {
    let claimant = match &statement.line.voice {
        Voice::Party(party) | Voice::Local(party, _) => Some(party.as_str()),
        Voice::Outlet(_) | Voice::Text(_) => None,
    };
    claimant.is_some() && statement.contested().contains(&(claimant, "denied"))
}

/// Lowest and highest number that the speaker's words allow; `None` when the words give no bounds, as "about" does not
/// and "dozens" does not: bounds of ours contradict nobody.
fn said_bounds(value: Value) -> Option<(u64, u64)> {
    let vague = value.ours || (value.about && value.first == value.last);
    (!vague).then(|| (value.low().unwrap_or(0), value.high().unwrap_or(u64::MAX)))
}

fn disjoint(a: (u64, u64), b: (u64, u64)) -> bool {
    a.1 < b.0 || b.1 < a.0
}

/// Whether `round` is a round form of the exact figure: its last digits are zeros, or a five and zeros, where the exact
/// one's are not; the exact one lies on the side that the hedge names, less than one such step away (half a step where
/// the hedge names no side), and never more than a tenth.
pub fn rounds(round: Value, exact: Value) -> bool {
    let (Some(near), true) = (round.point(), exact == Value::exact(exact.first)) else { return false };
    let exact = exact.first;
    let Some(step) = step(near) else { return false };
    if step <= 1 || exact.is_multiple_of(step) {
        return false;
    }
    let (below, above) = (near.saturating_sub(exact), exact.saturating_sub(near));
    let fits = match round.bound {
        Bound::MoreThan | Bound::AtLeast => below == 0 && above < step,
        Bound::LessThan | Bound::AtMost => above == 0 && below < step,
        Bound::Bare => below.max(above) <= step / 2,
    };
    fits && below.max(above) <= exact / 10
}

/// All numbers that may be a round form of this one, and a few more: the nearest multiples of 5, 10, 50, 100 … on either
/// side.
pub fn round_forms(number: u64) -> impl Iterator<Item = u64> {
    let steps = (0..20).map_while(|power| 10u64.checked_pow(power)).flat_map(|ten| [Some(ten), ten.checked_mul(5)]);
    let forms = steps.flatten().skip(1).flat_map(move |step| {
        let below = number - number % step;
        [Some(below), below.checked_add(step)]
    });
    forms.flatten().filter(move |form| form.abs_diff(number) <= number / 10)
}

/// First and last of the numbers of which this one may be a round form; `None` when it is no round number.
pub fn rounded(number: u64) -> Option<(u64, u64)> {
    let step = step(number).filter(|step| *step > 1)?;
    let (below, above) = (step.min(number / 10), step.min(number / 9 + 1));
    Some((number - below, number.saturating_add(above)))
}

/// The coarsest of 1, 5, 10, 50, 100 … that divides the number.
fn step(number: u64) -> Option<u64> {
    let divides = |step: &u64| number.is_multiple_of(*step);
    let tens = (0..20).map_while(|power| 10u64.checked_pow(power)).take_while(divides).last();
    tens.filter(|_| number > 0).map(|ten| ten.checked_mul(5).filter(divides).unwrap_or(ten))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn value(text: &str) -> Value {
        text.parse().unwrap()
    }

    #[test]
    fn a_round_form_keeps_to_its_hedge() {
        for (round, exact) in
            [(">450", "466"), ("~470", "473"), ("<500", "466"), (">=14000", "14400"), ("14400", "14387")]
        {
            assert!(rounds(value(round), value(exact)), "{round} rounds {exact}");
        }
        for (round, exact) in
            [(">450", "449"), (">450", "500"), ("<450", "466"), ("466", "466"), ("~470", "490"), (">100000", "180001")]
        {
            assert!(!rounds(value(round), value(exact)), "{round} does not round {exact}");
        }
        for extreme in ["0", "18446744073709551615", "10000000000000000000", ">10000000000000000000"] {
            assert!(!rounds(value(extreme), value("18446744073709551615")));
        }
    }

    #[test]
    fn no_round_form_is_missed() {
        for exact in (0..1_200).chain(44_990..45_010) {
            let forms: Vec<u64> = round_forms(exact).collect();
            for round in exact - exact / 10..=exact + exact / 10 {
                let told = |hedge: &&str| rounds(value(&format!("{hedge}{round}")), Value::exact(exact));
                if ["", ">", "<", "~"].iter().any(told) {
                    assert!(forms.contains(&round), "{round} rounds {exact}");
                    let (first, last) = rounded(round).unwrap();
                    assert!((first..=last).contains(&exact), "{round} rounds {exact}");
                }
            }
        }
        assert!(round_forms(u64::MAX).count() < 80 && rounded(u64::MAX).is_some() && rounded(0).is_none());
    }

    #[test]
    fn hedges_that_differ_leave_small_changes_open() {
        assert_eq!(change(value("473"), value("468")), Relation::Lowers(Some(5)));
        assert_eq!(change(value("~14000"), value("~14400")), Relation::Raises(None));
        assert_eq!(change(value(">450"), value("460")), Relation::Differs);
        assert_eq!(change(value(">450"), value("440")), Relation::Lowers(None));
        assert_eq!(change(value("<=400"), value(">500")), Relation::Raises(None));
        assert_eq!(change(value("10..20"), value("15..18")), Relation::Differs);
    }

    #[test]
    fn only_what_was_said_contradicts() {
        assert_eq!(said_bounds(value("[200..999]")), None);
        assert_eq!(said_bounds(value("~14400")), None);
        assert!(disjoint(said_bounds(value("<=1500")).unwrap(), said_bounds(value(">=1816")).unwrap()));
        assert!(!disjoint(said_bounds(value(">=1816")).unwrap(), said_bounds(value("5200")).unwrap()));
    }
}
