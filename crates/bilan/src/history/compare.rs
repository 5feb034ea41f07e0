//! Sets the latest known figures of all claimants side by side, at a date.
//!
//! In: [`Appearance`]s, a day, and what the ledger knew. Out: a [`Comparison`]: for each subject the figures that may be
//! compared, in groups, the range of their claims, and for every other the reason why not.
//!
//! The "latest known" of a ministry may be half a year old. It is shown with its age and kept apart from this week's
//! figures: 251 days of war lie between the two, not a disagreement. No mean, ratio or sum is ever made of claimants.

use super::days::{Days, as_of_days, between};
use super::line::{Incident, Line, Statement, lines};
use super::reason::{Reason, Settings, apart, of_a_camp, supersedes};
use super::relation::{Relation, relate, rises, rounds};
use super::series::{Beside, Series, told_together};
use super::{Appearance, Kinds};
use crate::claim::Value;
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// Who says how many, at a date.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison<'a> {
    /// Figures that count as of this day or before.
    pub on: civil::Date,
    /// Only what the ledger had learned with this entry, when given.
    pub known: Option<u64>,
    /// What the reader chose.
    pub settings: Settings,
    /// By side and class; each event by itself.
    pub subjects: Vec<Subject<'a>>,
    /// Figures whose date leaves open whether they count as of that day.
    pub undecided: usize,
}

/// What a group of figures is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Subject<'a> {
    /// Whose.
    pub side: Option<String>,
    /// Who or what.
    pub counted: String,
    /// The event, for tolls of one.
    pub incident: Option<Incident>,
    /// Newest first.
    pub groups: Vec<Group<'a>>,
}

/// Figures of which every two may be compared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group<'a> {
    /// What happened, as the reader chose to read it.
    pub outcome: String,
    /// A key of `[scope]`.
    pub scope: String,
    /// Newest first.
    pub figures: Vec<Known<'a>>,
    /// The range of claims; `None` when only one voice speaks, or one figure holds all others.
    pub range: Option<Range>,
    /// Pairs of figures that cannot both hold.
    pub contradictions: Vec<(usize, usize)>,
    /// Why it is not compared with the groups before it, by their place in [`Subject::groups`].
    pub apart: Vec<(usize, Reason)>,
}

/// A claimant's newest figure on a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known<'a> {
    /// What was said.
    pub statement: Statement<'a>,
    /// How old it is on the day asked for.
    pub age: Age,
    /// It may be this other figure of the claimant in another word: `(value, outcome)`.
    pub rewords: Option<(Value, String)>,
    /// It may be counted in this higher figure, which the same text tells of the same line and day.
    pub part: Option<Value>,
}

/// Days since a figure's as-of day, as far as known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Age {
    /// At least.
    pub least: i64,
    /// At most; `None` when unknown.
    pub most: Option<i64>,
}

/// Lowest and highest of comparable figures; places in [`Group::figures`]. Never a confidence interval. What may be a part
/// is neither.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// All that share the lowest number said.
    pub lowest: Vec<usize>,
    /// All that share the highest number said.
    pub highest: Vec<usize>,
}

/// Who says how many, as of `on`, by what the ledger had learned with entry `known`.
pub fn compare<'a>(
    appearances: impl IntoIterator<Item = &'a Appearance>,
    kinds: &Kinds,
    on: civil::Date,
    known: Option<u64>,
    settings: &Settings,
) -> Comparison<'a> {
    let mut undecided = BTreeSet::new();
    let told = appearances.into_iter().filter(|appearance| known.is_none_or(|known| appearance.entry <= known)).filter(
        |appearance| match by(appearance, on) {
            Some(yes) => yes,
            None => {
                undecided.insert((appearance.document, appearance.start, appearance.n));
                false
            }
        },
    );

    // Lines are built from what was known: a figure learned later must leave no trace in the answer.
    let mut subjects: BTreeMap<_, Vec<Statement>> = BTreeMap::new();
    for line in lines(told, kinds) {
        for statement in latest(&line) {
            let key = &*line.key;
            let subject = (key.side.clone(), key.counted.clone(), key.incident.clone());
            subjects.entry(subject).or_default().push(statement.clone());
        }
    }
    let subjects = subjects.into_iter().map(|((side, counted, incident), figures)| {
        let groups = groups(newest(&figures, on, kinds, settings), kinds, settings);
        Subject { side, counted, incident, groups }
    });
    let subjects = subjects.collect();
    Comparison { on, known, settings: settings.clone(), subjects, undecided: undecided.len() }
}

/// One claimant may have several lines that the reader reads as one measure: only the newest figure of these stays.
fn newest<'a>(figures: &[Statement<'a>], on: civil::Date, kinds: &Kinds, settings: &Settings) -> Vec<Known<'a>> {
    let newer = |s: &Statement| figures.iter().any(|other| supersedes(other, s, kinds, settings));
    let rewords = |s: &Statement| figures.iter().find_map(|other| reworded(other, s, kinds, settings));
    let part = |s: &Statement| figures.iter().filter(|whole| is_part(s, whole)).map(|whole| whole.value).max();
    let known =
        |s: &Statement<'a>| Known { age: Age::of(s, on), rewords: rewords(s), part: part(s), statement: s.clone() };
    figures.iter().filter(|s| !newer(s)).map(known).collect()
}

/// The claimant's own figure that `is` may only tell in another word.
fn reworded(was: &Statement, is: &Statement, kinds: &Kinds, settings: &Settings) -> Option<(Value, String)> {
    let later = was.line.voice == is.line.voice && was.first_days().surely_before(&is.first_days());
    let rewords = later && matches!(relate(was, is, kinds, settings), Relation::Rewords { .. });
    rewords.then(|| (was.value, was.line.outcome.clone()))
}

/// "3 012 blessés, dont 842 dans un état critique": one text gives two figures of one line and day, and the lower may be a
/// part of the higher. Nobody's toll is the part, and nobody contradicts it.
fn is_part(part: &Statement, whole: &Statement) -> bool {
    let (days, of) = (part.first_days(), whole.first_days());
    part.line == whole.line
        && part.covers == whole.covers
        && !days.surely_before(&of)
        && !of.surely_before(&days)
        && rises(part, whole)
        && told_together(part, whole)
}

/// Whether the figure counts as of this day or before; `None` when its date leaves that open.
fn by(appearance: &Appearance, on: civil::Date) -> Option<bool> {
    match as_of_days(appearance) {
        Days { last: Some(last), .. } if last <= on => Some(true),
        Days { first: Some(first), .. } if first > on => Some(false),
        _ => None,
    }
}

/// The newest statements of a line: those that no other is known to follow. There are several when the dates do not
/// tell which came last. An undated figure is an older one, and counts only where nothing is dated.
pub fn latest<'l, 'a>(line: &'l Line<'a>) -> Vec<&'l Statement<'a>> {
    let dated = line.statements.iter().any(|statement| statement.first.is_some());
    // A slip of one paper beside the figure that all others print, and an old figure printed late, are not the count.
    let series = Series::of(line).unwrap_or_default();
    let counts = |at: usize| !matches!(series.beside.get(&at), Some(Beside::Fewer | Beside::Late(_)));
    let all = line.statements.iter().enumerate().filter(|(at, _)| counts(*at)).map(|(_, statement)| statement);
    let rest: Vec<_> = all.filter(|statement| statement.first.is_some() == dated).collect();
    // What surely begins before the latest sure beginning is followed by it. Of an event that is not told only a higher
    // figure follows: a lower one may be another event's, or a part.
    let untold = matches!(line.key.incident, Some(Incident::Untold(_)));
    let newest = Days { first: rest.iter().filter_map(|s| s.first_days().first).max(), last: None };
    let later =
        |s: &Statement| rest.iter().any(|other| s.first_days().surely_before(&other.first_days()) && rises(s, other));
    let follows = |s: &Statement| if untold { later(s) } else { s.first_days().surely_before(&newest) };
    let last: Vec<_> = rest.iter().copied().filter(|s| !follows(s)).collect();
    let exact = |s: &Statement| last.iter().any(|other| rounds(s.value, other.value));
    last.iter().copied().filter(|s| !exact(s)).collect()
}

impl Age {
    fn of(statement: &Statement, on: civil::Date) -> Age {
        let days = statement.last_days();
        let since = |day: civil::Date| between(day, on);
        Age { least: days.last.map_or(0, since).max(0), most: days.first.map(since) }
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let days = |n: i64| if n == 1 { "day" } else { "days" };
        match (self.least, self.most) {
            (0, Some(0)) => f.write_str("of that day"),
            (least, Some(most)) if least == most => write!(f, "{least} {} old", days(least)),
            (least, Some(most)) => write!(f, "{least} to {most} days old"),
            (0, None) => f.write_str("age unknown"),
            (least, None) => write!(f, "at least {least} {} old", days(least)),
        }
    }
}

/// Newest first, each figure joins the first group with whose every member it may be compared.
fn groups<'a>(mut figures: Vec<Known<'a>>, kinds: &Kinds, settings: &Settings) -> Vec<Group<'a>> {
    figures.sort_by_cached_key(|known| {
        let days = known.statement.last_days();
        let line = known.statement.line.clone();
        (std::cmp::Reverse((days.last, days.first)), line, known.statement.value)
    });
    // Where one camp of a country speaks, nobody's figure of its fighters tells of which camp they are.
    let divided = figures.iter().any(|known| of_a_camp(&known.statement.line, kinds));
    let apart = |a: &Known, b: &Known| {
        let camps = divided && a.statement.line.voice != b.statement.line.voice;
        apart(&a.statement, &b.statement, kinds, settings).or_else(|| camps.then_some(Reason::SideUnknown))
    };
    let mut groups: Vec<Vec<Known>> = Vec::new();
    for known in figures {
        let fits = |group: &&mut Vec<Known>| group.iter().all(|other| apart(other, &known).is_none());
        match groups.iter_mut().find(fits) {
            Some(group) => group.push(known),
            None => groups.push(vec![known]),
        }
    }
    let reasons: Vec<_> = (0..groups.len()).map(|at| reasons(&groups[..at], &groups[at], &apart)).collect();
    groups.into_iter().zip(reasons).map(|(figures, apart)| Group::new(figures, apart, kinds, settings)).collect()
}

/// Of all pairs of two groups, the most certain and nearest reason: reasons are sorted so.
fn reasons(
    before: &[Vec<Known>],
    group: &[Known],
    apart: &impl Fn(&Known, &Known) -> Option<Reason>,
) -> Vec<(usize, Reason)> {
    let reason = |(at, other): (usize, &Vec<Known>)| {
        let pairs = other.iter().flat_map(|a| group.iter().map(move |b| (a, b)));
        Some((at, pairs.filter_map(|(a, b)| apart(a, b)).min()?))
    };
    before.iter().enumerate().filter_map(reason).collect()
}

impl<'a> Group<'a> {
    fn new(figures: Vec<Known<'a>>, apart: Vec<(usize, Reason)>, kinds: &Kinds, settings: &Settings) -> Group<'a> {
        let line = &figures[0].statement.line;
        let (outcome, scope) = (settings.outcome(&line.outcome, kinds).to_owned(), line.scope.clone());
        let mut contradictions = Vec::new();
        for (i, a) in figures.iter().enumerate() {
            for (j, b) in figures.iter().enumerate().skip(i + 1) {
                let whole = a.part.is_none() && b.part.is_none();
                if whole && relate(&a.statement, &b.statement, kinds, settings) == Relation::Contradicts {
                    contradictions.push((i, j));
                }
            }
        }
        let range = Range::of(&figures);
        Group { outcome, scope, figures, range, contradictions, apart }
    }
}

impl Range {
    fn of(figures: &[Known]) -> Option<Range> {
        let whole: Vec<usize> = (0..figures.len()).filter(|at| figures[*at].part.is_none()).collect();
        let voices: BTreeSet<_> = whole.iter().map(|at| &figures[*at].statement.line.voice).collect();
        let value = |at: &usize| figures[*at].statement.value;
        let lowest = whole.iter().map(|at| value(at).first).min()?;
        let highest = whole.iter().map(|at| value(at).last).max()?;
        let range = Range {
            lowest: whole.iter().copied().filter(|at| value(at).first == lowest).collect(),
            highest: whole.iter().copied().filter(|at| value(at).last == highest).collect(),
        };
        // "hundreds" of one claimant may hold what all others say: then there is nothing from one to another.
        let holds_all = range.lowest.iter().any(|at| range.highest.contains(at));
        (voices.len() > 1 && !holds_all).then_some(range)
    }
}
