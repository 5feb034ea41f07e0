//! Follows lines through time: steps, falls, jumps, gaps, and who told a figure again.
//!
//! In: [`Which`]. Out: each line with its figures by day, how each follows the one before, and the arithmetic between
//! them.
//!
//! A paper's "more than 450 tanks" is no figure of the general staff, but it rounds one of its 466: asked for the
//! general staff alone, the answer still says so, because all voices are read and only then one is shown.

use super::{Answer, AnswerError, Coverage, Line, Places, Told, Which};
use crate::row::Row;
use bilan::claim::{Date, Value};
use bilan::history::{self, At, Kinds, Relation, Voice};
use bilan_ledger::Ledger;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Lines in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Series {
    /// By side, class, outcome and voice.
    pub lines: Vec<SeriesLine>,
    /// Parts against totals, increments against differences, classes that were merged.
    pub sums: Vec<Sum>,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// One line in time.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct SeriesLine {
    /// What it is about.
    #[serde(flatten)]
    pub line: Line,
    /// Its figures can be set against each other: running totals of a known side and one class, or tolls of one event.
    pub follows: bool,
    /// Steps that go down.
    pub falls: usize,
    /// Steps that rise much faster than the line does.
    pub jumps: usize,
    /// Steps after a silence.
    pub gaps: usize,
    /// By as-of day, the undated last. Of the texts that print a figure the first is among its `appearances`; `texts`
    /// counts all, and its statement lists them.
    pub points: Vec<Point>,
}

/// A figure of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Point {
    /// What was said.
    #[serde(flatten)]
    pub told: Told,
    /// How it follows the figure before it; `None` for the first, and for what stands beside the count.
    pub change: Option<Change>,
    /// Why it makes no step.
    pub beside: Option<Beside>,
    /// What it tells again.
    pub retells: Vec<Retelling>,
    /// What tells it again.
    pub retold: Vec<Retelling>,
}

/// A step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Change {
    /// `raises`, `lowers`, `restates`, `retracts` or `differs`.
    #[schema(value_type = String)]
    pub relation: &'static str,
    /// By how many, where both are exact.
    pub by: Option<u64>,
    /// The place of the earlier figure in `points`.
    pub from: usize,
    /// Days between the two.
    pub days: i64,
    /// It comes after a silence.
    pub gap: bool,
    /// It rises much faster than the line does.
    pub jump: bool,
}

/// Why a figure makes no step.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Beside {
    /// `undated`, `hedged`, `same_day` or `late`.
    #[schema(value_type = String)]
    pub because: &'static str,
    /// The place of the earlier figure that it prints late.
    pub of: Option<usize>,
}

/// A figure of this or another line that is probably the same one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Retelling {
    /// `restates`, `rounds`, `rewords`, `retracts`, `may_revise`.
    #[schema(value_type = String)]
    pub relation: &'static str,
    /// For `rewords`: the word it had, and the word it has.
    #[schema(value_type = Option<Vec<String>>)]
    pub words: Option<(String, String)>,
    /// Whose.
    pub voice: String,
    /// The party; `None` where no party speaks.
    pub claimant: Option<String>,
    /// Where there is no party: the outlet, or the document where no outlet is known.
    pub told_in: Option<String>,
    /// Somebody else than the reporter said it, whom no party stands for: what they are.
    pub unidentified: Option<String>,
    /// How many.
    #[schema(value_type = String)]
    pub value: Value,
    /// Its first as-of day.
    #[schema(value_type = Option<String>)]
    pub first: Option<Date>,
    /// Where it stands first.
    pub figure: Option<String>,
}

/// A piece of arithmetic between exact figures of one claimant. Nothing is mended: what is left over is shown.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Sum {
    /// `parts`: a whole and its parts; `increment`: the increment, and the totals before and after; `merged`: the
    /// class that took others in, and their last figures.
    #[schema(value_type = String)]
    pub kind: &'static str,
    /// Whose.
    pub voice: String,
    /// The whole, the increment, the class that took in.
    pub whole: Term,
    /// The parts, the totals, the classes that ended.
    pub parts: Vec<Term>,
    /// Whole less parts; difference of totals less increment; rise less what was taken in.
    pub rest: i64,
}

/// A figure in a sum.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Term {
    /// How many.
    #[schema(value_type = String)]
    pub value: Value,
    /// Whose people or materiel.
    pub side: Option<String>,
    /// Who or what.
    pub counted: String,
    /// What happened.
    pub outcome: String,
    /// A key of `[scope]`.
    pub scope: String,
    /// First as-of day.
    #[schema(value_type = Option<String>)]
    pub first: Option<Date>,
    /// Last as-of day.
    #[schema(value_type = Option<String>)]
    pub last: Option<Date>,
}

/// So many texts of each figure are named: a bulletin is printed by twenty papers, every day for three years.
const TEXTS: usize = 1;

/// The lines of the claims that fit. Of a line with one figure there is nothing to follow: only running totals, which may
/// go on, are among them.
pub fn series(ledger: &Ledger, which: &Which) -> Result<Series, AnswerError> {
    Ok(follow(ledger, which, Wish::All)?.0)
}

/// The same lines and figures for a picture, and for a table that ends after so many rows: only the figures of these
/// tell where they stand and who told them again, and there is no arithmetic. To look up four thousand texts that
/// nobody will see takes as long as all the rest.
pub fn series_shown(ledger: &Ledger, which: &Which, rows: usize) -> Result<Series, AnswerError> {
    Ok(follow(ledger, which, Wish::Rows(rows))?.0)
}

/// The line among the claims that fit which holds this claim, and the place of the claim's figure on it, with all texts
/// that print it. `None` when the claim is not among them.
pub fn point(ledger: &Ledger, which: &Which, claim: i64) -> Result<Option<(SeriesLine, usize)>, AnswerError> {
    let (found, at) = follow(ledger, which, Wish::Claim(claim))?;
    Ok(found.lines.into_iter().next().zip(at))
}

/// How much is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wish {
    All,
    /// Of so many figures all, of the others what is drawn.
    Rows(usize),
    /// The line of this claim. One figure is asked for to see who tells it, not what it adds up to.
    Claim(i64),
}

/// The lines, and where the wished claim stands on its own.
fn follow(ledger: &Ledger, which: &Which, wish: Wish) -> Result<(Series, Option<usize>), AnswerError> {
    let _look = ledger.look()?;
    let kinds = Kinds::embedded()?;
    // Who retells may be another voice, and in another word; but not any other voice.
    let mut wider = which.clone();
    let claimant = wider.filter.claimant.take();
    let outcome = wider.filter.outcome.take();
    let told = ledger
        .appearances_on(&wider.filter, |key| claimant.as_ref().is_none_or(|wanted| may_retell(&key.voice, wanted)))?;
    let lines = history::lines(&told, &kinds);
    let related = if wish == Wish::Rows(0) { Retellings::default() } else { Retellings::of(&lines, &kinds) };
    let wanted = |line: &history::Line| {
        let party = match &line.key.voice {
            Voice::Party(party) | Voice::Local(party, _) => Some(party),
            Voice::Outlet(_) | Voice::Text(_) => None,
        };
        outcome.as_ref().is_none_or(|outcome| line.key.outcome == *outcome)
            && claimant.as_ref().is_none_or(|wanted| party.is_some_and(|party| belongs(party, wanted)))
    };
    let holds = |told: &history::Statement| match wish {
        Wish::Claim(id) => told.appearances.iter().any(|act| act.id == id),
        _ => false,
    };
    let mut rows = if let Wish::Rows(rows) = wish { rows } else { usize::MAX };
    let shown = lines.iter().enumerate().filter(|(_, line)| wanted(line));
    let shown = shown.filter(|(_, line)| match wish {
        Wish::Claim(_) => line.statements.iter().any(holds),
        _ => line.statements.len() > 1 || line.forms_series && line.key.scope == "cumulative",
    });
    let shown = shown.map(|(l, line)| {
        let whole = line.statements.len().min(rows);
        rows -= whole;
        Shown { l, line, whole }
    });
    let shown: Vec<Shown> = shown.collect();
    let at = shown.first().and_then(|shown| shown.line.statements.iter().position(holds));
    let sums = if wish == Wish::All { history::sums(&lines, &kinds) } else { vec![] };
    let sums: Vec<_> = sums.into_iter().filter(|sum| wanted(&lines[whole(sum).0])).collect();
    let told = |at: &At| &lines[at.0].statements[at.1];
    // A line is called by the voice of its first figure.
    let of_lines = shown.iter().flat_map(|shown| shown.line.statements.iter().take(shown.whole.max(1)));
    let others = shown.iter().flat_map(|shown| related.beside(shown)).chain(sums.iter().map(whole)).map(|at| told(&at));
    let texts = of_lines.flat_map(|told| {
        let texts = if holds(told) { usize::MAX } else { TEXTS };
        told.appearances.iter().take(texts)
    });
    let texts = texts.chain(others.filter_map(|told| told.appearances.first()));
    let places = ledger.places(texts.map(|act| act.id))?;
    let shown = shown.iter().map(|shown| SeriesLine::of(shown, &lines, &related, &places)).collect();
    let sums = sums.iter().map(|sum| Sum::of(&lines, sum, &places)).collect();
    Ok((Series { lines: shown, sums, coverage: Coverage::of(ledger)? }, at))
}

/// A line that is told.
struct Shown<'l, 'a> {
    /// Its place among all lines.
    l: usize,
    line: &'l history::Line<'a>,
    /// So many of its figures are told with their texts.
    whole: usize,
}

/// A party, all below it, and its half of a joint statement.
fn belongs(party: &str, wanted: &str) -> bool {
    party == wanted
        || party.split('+').any(|one| one.strip_prefix(wanted).is_some_and(|r| r.is_empty() || r.starts_with('/')))
}

/// Whether a voice may tell again what this party or somebody below it says: one of its own, one above it, a reporter.
fn may_retell(voice: &Voice, wanted: &str) -> bool {
    match voice {
        Voice::Outlet(_) | Voice::Text(_) => true,
        // A joint statement belongs to each who makes it.
        Voice::Party(party) | Voice::Local(party, _) => {
            let above = |party: &str| wanted.split('+').any(|one| belongs(one, party));
            belongs(party, wanted) || party.contains('+') || above(party)
        }
    }
}

/// Retellings by either side of them.
#[derive(Default)]
struct Retellings {
    by: BTreeMap<At, Vec<(At, Relation)>>,
    of: BTreeMap<At, Vec<(At, Relation)>>,
}

impl Retellings {
    fn of(lines: &[history::Line], kinds: &Kinds) -> Retellings {
        let (mut by, mut of) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::<_, Vec<_>>::new());
        for related in history::retellings(lines, kinds) {
            by.entry(related.this).or_default().push((related.other, related.relation.clone()));
            of.entry(related.other).or_default().push((related.this, related.relation));
        }
        Retellings { by, of }
    }

    /// What the figures of a line tell again, and what tells them again.
    fn beside(&self, shown: &Shown) -> impl Iterator<Item = At> {
        let of = |all: &'_ BTreeMap<At, Vec<(At, Relation)>>| -> Vec<At> {
            let own = all.range((shown.l, 0)..(shown.l, shown.whole));
            own.flat_map(|(_, told)| told).map(|(at, _)| *at).collect()
        };
        of(&self.by).into_iter().chain(of(&self.of))
    }
}

impl SeriesLine {
    fn of(shown: &Shown, lines: &[history::Line], related: &Retellings, places: &Places) -> SeriesLine {
        let Shown { l, line, whole } = *shown;
        let found = history::Series::of(line);
        let follows = found.is_some();
        let found = found.unwrap_or_default();
        let steps: BTreeMap<usize, &history::Step> = found.steps.iter().map(|step| (step.to, step)).collect();
        let stays = |from: usize, to: usize| steps.get(&to).is_some_and(|step| step.from == from);
        let all = |told: &BTreeMap<At, Vec<(At, Relation)>>, s: usize| -> Vec<Retelling> {
            let all = told.get(&(l, s)).filter(|_| s < whole).into_iter().flatten();
            // A step already says that a figure stayed the same.
            let other = all.filter(|(other, _)| other.0 != l || !(stays(other.1, s) || stays(s, other.1)));
            other.map(|(at, relation)| Retelling::of(&lines[at.0].statements[at.1], relation, places)).collect()
        };
        let point = |(s, statement): (usize, &history::Statement)| Point {
            told: Told::of(statement, places),
            change: steps.get(&s).map(|step| Change::of(step)),
            beside: found.beside.get(&s).map(|beside| Beside::of(*beside)),
            retells: all(&related.by, s),
            retold: all(&related.of, s),
        };
        SeriesLine {
            line: Line::over(&line.statements, places),
            follows,
            falls: found.falls().count(),
            jumps: found.steps.iter().filter(|step| step.jump).count(),
            gaps: found.steps.iter().filter(|step| step.gap).count(),
            points: line.statements.iter().enumerate().map(point).collect(),
        }
    }
}

impl Point {
    /// As a row of the line of this number, after what the line tells.
    fn row(&self, number: usize, line: &Row) -> Row {
        let told_again = |all: &[Retelling]| {
            let all = all.iter().map(|told| format!("{} {} by {}", told.relation, told.value, told.voice));
            json!(all.collect::<Vec<_>>())
        };
        let mut row = Row::new();
        row.insert("line".into(), json!(number));
        row.append(&mut line.clone());
        row.append(&mut self.told.row());
        let change = self.change.as_ref();
        for (key, value) in [
            ("change", json!(change.map(|change| change.relation))),
            ("by", json!(change.and_then(|change| change.by))),
            ("days", json!(change.map(|change| change.days))),
            ("gap", json!(change.map(|change| change.gap))),
            ("jump", json!(change.map(|change| change.jump))),
            ("beside", json!(self.beside.as_ref().map(|beside| beside.because))),
            ("retells", told_again(&self.retells)),
            ("retold", told_again(&self.retold)),
        ] {
            row.insert(key.into(), value);
        }
        row
    }
}

impl Retelling {
    fn of(told: &history::Statement, relation: &Relation, places: &Places) -> Retelling {
        let Line { voice, claimant, told_in, unidentified, .. } = Line::of(told, places);
        Retelling {
            relation: relation.key(),
            words: match relation {
                Relation::Rewords { was, is } => Some((was.clone(), is.clone())),
                _ => None,
            },
            voice,
            claimant,
            told_in,
            unidentified,
            value: told.value,
            first: told.first,
            figure: told.appearances.first().and_then(|act| Some(places.get(&act.id)?.figure.clone())),
        }
    }
}

impl Change {
    fn of(step: &history::Step) -> Change {
        let by = match step.change {
            Relation::Raises(by) | Relation::Lowers(by) => by,
            _ => None,
        };
        let relation = step.change.key();
        Change { relation, by, from: step.from, days: step.days, gap: step.gap, jump: step.jump }
    }
}

impl Beside {
    fn of(beside: history::Beside) -> Beside {
        let (because, of) = match beside {
            history::Beside::Undated => ("undated", None),
            history::Beside::Hedged => ("hedged", None),
            history::Beside::Fewer | history::Beside::SameDay => ("same_day", None),
            history::Beside::Late(earlier) => ("late", Some(earlier)),
        };
        Beside { because, of }
    }
}

fn whole(sum: &history::Sum) -> At {
    match sum {
        history::Sum::Parts { total, .. } => *total,
        history::Sum::Increment { increment, .. } => *increment,
        history::Sum::Merged { into, .. } => *into,
    }
}

impl Sum {
    fn of(lines: &[history::Line], sum: &history::Sum, places: &Places) -> Sum {
        let told = |at: &At| &lines[at.0].statements[at.1];
        let (kind, parts, rest) = match sum {
            history::Sum::Parts { parts, rest, .. } => ("parts", parts.clone(), *rest),
            history::Sum::Increment { from, to, rest, .. } => ("increment", vec![*from, *to], *rest),
            history::Sum::Merged { ended, rest, .. } => ("merged", ended.clone(), *rest),
        };
        let whole = told(&whole(sum));
        let parts = parts.iter().map(|at| Term::of(told(at))).collect();
        Sum { kind, voice: super::statement::voice(whole, places), whole: Term::of(whole), parts, rest }
    }
}

impl Term {
    fn of(told: &history::Statement) -> Term {
        Term {
            value: told.value,
            side: told.line.side.clone(),
            counted: told.line.counted.clone(),
            outcome: told.line.outcome.clone(),
            scope: told.line.scope.clone(),
            first: told.first,
            last: told.last,
        }
    }
}

impl Answer for Series {
    const COLUMNS: &'static str = "line 'who 'claimant 'voice side counted outcome scope 'place day since first last \
         from to value point low high change by days gap jump beside retells retold texts different_texts translated \
         'via 'citing contested figures 'documents 'urls";

    fn rows(&self) -> impl Iterator<Item = Row> {
        self.lines.iter().enumerate().flat_map(|(l, line)| {
            let first = super::row(&line.line);
            line.points.iter().map(move |point| point.row(l, &first))
        })
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}
