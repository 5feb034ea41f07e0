//! Checks a sentence against the ledger: who said so, where, when, and who says otherwise.
//!
//! In: a sentence, read by the engine. Out: for each of its figures what the ledger knows, the number first: over
//! outcomes and sides, for "920 soldiers killed" may be what an army lost; over rounding, for "more than 450" may be 466;
//! and then what is near, for 1,500 may be "at least 1,518".
//!
//! A number that the reader could not tell the sense of is looked for all the same, and a ledger that knows nothing says
//! so: silence is not a denial.

use super::compare::Figure;
use super::{Answer, AnswerError, Coverage, Statement, Which};
use crate::row::Row;
use bilan::Reader;
use bilan::claim::{Claim, Date, Value};
use bilan::document::{Given, open};
use bilan::history::{self, Appearance, Incident, Kinds, Settings};
use bilan_ledger::{Filter, Ledger};
use jiff::civil;
use serde::Serialize;
use serde_json::json;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// What the ledger knows of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Check {
    /// As it was given.
    pub sentence: String,
    /// The day for which others' figures are told.
    #[schema(value_type = String)]
    pub on: Date,
    /// No pack reads its language: its digits were looked for.
    pub digits_only: bool,
    /// Its figures, in order.
    pub figures: Vec<Checked>,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// One figure of the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Checked {
    /// As written.
    pub words: String,
    /// What it says.
    #[schema(value_type = String)]
    pub value: Value,
    /// What it was read as; `None` when the sense was not told.
    pub read: Option<ReadAs>,
    /// Why it was not taken for a claim.
    pub reason: Option<String>,
    /// Statements with this number, the nearest first.
    pub found: Vec<Found>,
    /// How many more there are.
    pub more: usize,
    /// The latest known figures of the same subject that are not among them.
    pub otherwise: Vec<Figure>,
}

/// What a figure of the sentence was read as.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct ReadAs {
    /// What happened.
    pub outcome: String,
    /// Who or what.
    pub counted: String,
    /// Whose.
    pub side: Option<String>,
    /// Who says so.
    pub claimant: Option<String>,
    /// A key of `[scope]`.
    pub scope: String,
    /// First day covered.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// Last day covered.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
}

/// A statement with the number of the sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Found {
    /// `same`; `same_number` with another hedge; `rounds`: the sentence rounds it; `rounded`: it rounds the sentence;
    /// `near`: another number of the same subject, a tenth away at most.
    #[schema(value_type = String)]
    pub number: &'static str,
    /// Fields that differ: `outcome`, `counted`, `side`, `claimant`.
    #[schema(value_type = Vec<String>)]
    pub differs: Vec<&'static str>,
    /// The sentence that says it first.
    pub sentence: Option<String>,
    /// What was said.
    #[serde(flatten)]
    pub statement: Statement,
}

/// So many statements of a figure are told.
const TOLD: usize = 10;

/// So many of them with another number that is near.
const NEAR: usize = 3;

/// Numbers below this are equal by chance, where something else differs too.
const TELLING: u64 = 100;

/// Figures of these were looked at and are counts of something all the same.
const COUNTS: [&str; 5] = ["no_outcome", "subject", "weak", "unreal", "forecast"];

/// What the ledger knows of this sentence. `given` says what is known of it; `on` is the day for which others' figures
/// are told where the sentence itself names none.
pub fn check(
    ledger: &Ledger,
    reader: &Reader,
    sentence: &str,
    given: &Given,
    on: civil::Date,
    which: &Which,
) -> Result<Check, AnswerError> {
    let _look = ledger.look()?;
    let kinds = Kinds::embedded()?;
    let document = open("sentence", sentence.as_bytes(), given).next();
    let reading = document.and_then(Result::ok).map(|document| reader.read(document));
    let (mut figures, mut digits_only) = (Vec::new(), true);
    let mut seen = BTreeSet::new();
    if let Some(reading) = &reading {
        let text = &reading.document.text;
        digits_only = reading.remarks.iter().any(|remark| remark.key == "language");
        for claim in &reading.claims {
            seen.insert(claim.value);
            let words = claim.span.of(text).to_owned();
            figures.push(Asked {
                start: claim.span.start,
                words,
                value: claim.value,
                claim: Some(claim),
                reason: None,
            });
        }
        for refusal in reading.refusals.iter().filter(|refusal| COUNTS.contains(&refusal.reason.as_str())) {
            let words = refusal.span.of(text);
            for value in numbers(words).into_iter().filter(|value| seen.insert(*value)) {
                let (words, reason) = (words.to_owned(), Some(refusal.reason.clone()));
                figures.push(Asked { start: refusal.span.start, words, value, claim: None, reason });
            }
        }
    }
    if digits_only {
        let all = numbers(sentence).into_iter().filter(|value| seen.insert(*value));
        let asked = |value: Value| Asked { start: 0, words: value.to_string(), value, claim: None, reason: None };
        figures.extend(all.map(asked));
    }
    figures.sort_by_key(|asked| asked.start);
    let look = Look { ledger, kinds: &kinds, which, on };
    let checked = figures.into_iter().map(|asked| look.up(asked)).collect::<Result<_, _>>()?;
    Ok(Check {
        sentence: sentence.to_owned(),
        on: Date::day(on),
        digits_only,
        figures: checked,
        coverage: Coverage::of(ledger)?,
    })
}

/// Whole numbers as digits, with their thousands apart or not.
fn numbers(text: &str) -> Vec<Value> {
    let mut found = Vec::new();
    let letters: Vec<char> = text.chars().collect();
    let mut at = 0;
    while at < letters.len() {
        let joined = at > 0 && (letters[at - 1].is_alphanumeric() || letters[at - 1] == '-');
        if !letters[at].is_ascii_digit() || joined {
            at += 1;
            continue;
        }
        let mut digits = String::new();
        while at < letters.len() {
            let three = |from: usize| letters.get(from..from + 3).is_some_and(|d| d.iter().all(char::is_ascii_digit));
            let apart = matches!(letters[at], ' ' | '\u{a0}' | '\u{202f}' | '.' | ',' | '\'' | '\u{2019}');
            let more = letters.get(at + 4).is_some_and(char::is_ascii_digit);
            if letters[at].is_ascii_digit() {
                digits.push(letters[at]);
            } else if !(apart && three(at + 1) && !more) {
                break;
            }
            at += 1;
        }
        found.extend(digits.parse::<u64>().ok().map(Value::exact));
    }
    found
}

/// A figure of the sentence.
struct Asked<'c> {
    start: u32,
    words: String,
    value: Value,
    claim: Option<&'c Claim>,
    reason: Option<String>,
}

/// Where figures are looked up.
struct Look<'l> {
    ledger: &'l Ledger,
    kinds: &'l Kinds,
    which: &'l Which,
    on: civil::Date,
}

impl Look<'_> {
    fn up(&self, asked: Asked) -> Result<Checked, AnswerError> {
        let Look { ledger, kinds, which, on } = *self;
        let Asked { words, value, claim, reason, .. } = asked;
        let mut told: Vec<Appearance> = Vec::new();
        let mut ask = |filter: Filter| -> Result<(), AnswerError> {
            let (mut more, mut less) = (super::told(ledger, &Which { filter })?, std::mem::take(&mut told));
            if more.len() < less.len() {
                (more, less) = (less, more);
            }
            // A number is told by few, a subject by a hundred thousand: these stay where they are.
            let few: BTreeSet<i64> = less.iter().map(|told| told.id).collect();
            let both: BTreeSet<i64> = more.iter().map(|told| told.id).filter(|id| few.contains(id)).collect();
            more.extend(less.into_iter().filter(|told| !both.contains(&told.id)));
            told = more;
            Ok(())
        };
        if let Some(point) = value.point() {
            let among = history::round_forms(point).chain([point]).collect();
            ask(Filter { among, ..which.filter.clone() })?;
            if let Some(exact) = history::rounded(point) {
                ask(Filter { points: Some(exact), ..which.filter.clone() })?;
            }
        }
        if let Some(claim) = claim {
            let (side, counted) = (claim.side.clone(), Some(claim.counted.clone()));
            ask(Filter { side, counted, ..which.filter.clone() })?;
        }
        let lines = history::lines(&told, kinds);
        let mut found: Vec<(&'static str, Vec<&'static str>, &history::Statement)> = Vec::new();
        for statement in lines.iter().flat_map(|line| &line.statements) {
            let Some(number) = same_number(value, statement.value) else { continue };
            let differs = claim.map(|claim| differs(claim, statement)).unwrap_or_default();
            if claim.is_none_or(|claim| is_near(number, &differs, claim, statement, kinds)) {
                found.push((number, differs, statement));
            }
        }
        let newest = |statement: &history::Statement| std::cmp::Reverse(statement.last_days().last);
        found.sort_by_key(|(number, differs, statement)| {
            let subject = differs.iter().filter(|field| **field != "claimant").count();
            let nearness = NUMBERS.iter().position(|known| known == number);
            let away = statement.value.point().zip(value.point()).map(|(a, b)| a.abs_diff(b));
            (subject, nearness, away.filter(|_| *number == "near"), differs.len(), newest(statement))
        });
        // Of each line the nearest, for a daily count has ten a week.
        let mut near: BTreeSet<&history::Key> = BTreeSet::new();
        found.retain(|(number, _, told)| *number != "near" || near.len() < NEAR && near.insert(&told.line));
        let more = found.len().saturating_sub(TOLD);
        found.truncate(TOLD);
        let same: BTreeSet<i64> =
            found.iter().flat_map(|(_, _, statement)| &statement.appearances).map(|told| told.id).collect();

        let day = claim.and_then(|claim| claim.to.or(claim.stated)).and_then(|date| date.last_day());
        let settings = Settings::default();
        let compared = claim.map(|claim| {
            // A sentence torn out of its article seldom says whether it counts a day or a war.
            let vague = claim.scope == "incident" && !claim.place.as_ref().is_some_and(|place| place.contains('/'));
            let outcome = |told: &&Appearance| related(&told.key.outcome, &claim.outcome, kinds);
            let scope = |told: &&Appearance| told.key.scope == claim.scope || (vague && told.key.scope == "cumulative");
            let of = told.iter().filter(outcome).filter(scope);
            history::compare(of, kinds, day.unwrap_or(on), None, &settings)
        });
        let others = compared.iter().flat_map(|compared| &compared.subjects);
        let others = others.filter(|subject| match (&subject.incident, claim) {
            (Some(Incident::Told(_, day)), Some(claim)) => claim.from == Some(*day) || claim.to == Some(*day),
            (Some(Incident::Untold(_)), _) => false,
            _ => true,
        });
        let others = others.flat_map(|subject| &subject.groups).flat_map(|group| &group.figures);
        let others: Vec<_> =
            others.filter(|known| !known.statement.appearances.iter().any(|told| same.contains(&told.id))).collect();

        let statements = found.iter().map(|(_, _, statement)| *statement);
        let places = super::places(ledger, statements.chain(others.iter().map(|known| &known.statement)))?;
        let mut all = Vec::new();
        for (number, differs, statement) in found {
            let first = statement.appearances.first().map(|told| told.id);
            let sentence = ledger.rows(first)?.into_values().next().and_then(|row| row.quote);
            all.push(Found { number, differs, sentence, statement: Statement::of(statement, &places) });
        }
        Ok(Checked {
            words,
            value,
            read: claim.map(ReadAs::of),
            reason,
            found: all,
            more,
            otherwise: others.iter().map(|known| Figure::of(known, &places)).collect(),
        })
    }
}

impl ReadAs {
    fn of(claim: &Claim) -> ReadAs {
        ReadAs {
            outcome: claim.outcome.clone(),
            counted: claim.counted.clone(),
            side: claim.side.clone(),
            claimant: claim.claimant.clone(),
            scope: claim.scope.clone(),
            from: claim.from,
            to: claim.to,
        }
    }
}

/// How a number can stand to that of the sentence, the nearest first.
const NUMBERS: [&str; 5] = ["same", "same_number", "rounds", "rounded", "near"];

/// How the number of the sentence stands to one of the ledger; `None` when it is quite another.
fn same_number(asked: Value, known: Value) -> Option<&'static str> {
    match () {
        () if asked == known => Some("same"),
        () if asked.point().is_some() && asked.point() == known.point() => Some("same_number"),
        () if history::rounds(asked, known) => Some("rounds"),
        () if history::rounds(known, asked) => Some("rounded"),
        () if is_a_tenth_away(asked, known) => Some("near"),
        () => None,
    }
}

fn is_a_tenth_away(a: Value, b: Value) -> bool {
    a.point().zip(b.point()).is_some_and(|(a, b)| a.abs_diff(b) <= a / 10)
}

fn differs(claim: &Claim, statement: &history::Statement) -> Vec<&'static str> {
    let key = &statement.line;
    let voice = key.voice.to_string();
    let other_side = matches!((&claim.side, &key.side), (Some(a), Some(b)) if a != b);
    let related = |a: &str, b: &str| a == b || a.starts_with(&format!("{b}/")) || b.starts_with(&format!("{a}/"));
    let other_voice = claim.claimant.as_ref().is_some_and(|claimant| !related(claimant, &voice));
    [
        ("side", other_side),
        ("outcome", claim.outcome != key.outcome),
        ("counted", claim.counted != key.counted),
        ("claimant", other_voice),
    ]
    .into_iter()
    .filter_map(|(field, other)| other.then_some(field))
    .collect()
}

/// Whether a statement with this number may be what the sentence means. Small numbers are equal by chance.
fn is_near(number: &str, differs: &[&str], claim: &Claim, statement: &history::Statement, kinds: &Kinds) -> bool {
    let (outcome, counted) = (&statement.line.outcome, &statement.line.counted);
    let of = claim.counted == *counted
        || kinds.counted_within(&claim.counted, counted)
        || kinds.counted_within(counted, &claim.counted);
    let outcome = related(&claim.outcome, outcome, kinds);
    let side = !differs.contains(&"side");
    let said = claim.value.first;
    match number {
        "same" | "same_number" => {
            let others = u32::from(!side) + u32::from(!outcome);
            of && (others == 0 || said >= TELLING * 10u64.pow(others - 1))
        }
        _ => of && outcome && side,
    }
}

/// Outcomes that can be told of the same people or things.
fn related(a: &str, b: &str, kinds: &Kinds) -> bool {
    let nests = |narrow: &str, wide: &str| kinds.outcome_within(narrow, wide) || kinds.reads_as(narrow, wide);
    a == b || nests(a, b) || nests(b, a)
}

impl Answer for Check {
    const COLUMNS: &'static str = "'asked asked_value number differs 'who 'claimant 'voice side counted outcome scope \
         value point low high 'place day since first last from to texts different_texts translated 'via 'citing \
         contested 'sentence figures 'documents 'urls";

    fn rows(&self) -> impl Iterator<Item = Row> {
        let mut rows = Vec::new();
        for figure in &self.figures {
            let mut add = |number: &str, differs: &[&str], sentence: &Option<String>, statement: &Statement| {
                let mut row = Row::new();
                row.insert("asked".into(), json!(figure.words));
                row.insert("asked_value".into(), json!(figure.value));
                row.insert("number".into(), json!(number));
                row.insert("differs".into(), json!(differs));
                row.append(&mut statement.row());
                row.insert("sentence".into(), json!(sentence));
                rows.push(row);
            };
            for found in &figure.found {
                add(found.number, &found.differs, &found.sentence, &found.statement);
            }
            for other in &figure.otherwise {
                add("otherwise", &[], &None, &other.statement);
            }
        }
        rows.into_iter()
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_found_in_any_grouping() {
        let found = |text: &str| numbers(text).iter().map(|value| value.first).collect::<Vec<_>>();
        assert_eq!(found("14 400, 14.400 and 14,400; 14400"), [14400, 14400, 14400, 14400]);
        assert_eq!(found("466 tanks, 1.5 km, T-72, 12"), [466, 1, 5, 12]);
        assert_eq!(found("1 234 567"), [1_234_567]);
        assert_eq!(found(""), [] as [u64; 0]);
        assert_eq!(found("99999999999999999999999"), [] as [u64; 0]);
    }
}
