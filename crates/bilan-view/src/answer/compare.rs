//! Says who says how many, at a date.
//!
//! In: [`Which`], a day, the entry by which the ledger had learned it, and settings. Out: for each subject the latest
//! known figure of each claimant with its age; comparable ones together, and why others are not.

use super::{Answer, AnswerError, Coverage, Places, Statement, Unknown, Which};
use crate::row::Row;
use bilan::claim::{Date, Value};
use bilan::history::{self, Age, Incident, Kinds, Reason, Settings};
use bilan_ledger::{Ledger, LedgerError};
use jiff::civil;
use jiff::tz::TimeZone;
use serde::Serialize;
use serde_json::json;
use utoipa::ToSchema;

/// Who says how many, at a date.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Compare {
    /// Figures that count as of this day or before.
    #[schema(value_type = String)]
    pub on: Date,
    /// Only what the ledger had learned with this entry, when given.
    pub known: Option<u64>,
    /// Running totals at most so many days apart are compared.
    pub within: i64,
    /// Undecided losses are read as this outcome, where somebody chose so.
    pub read_losses_as: Option<String>,
    /// By side and class; each event by itself.
    pub subjects: Vec<Subject>,
    /// Claims whose date leaves open whether they count by then.
    pub undecided: usize,
    /// What the answer rests on.
    pub coverage: Coverage,
}

/// What a group of figures is about.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Subject {
    /// Whose.
    pub side: Option<String>,
    /// Who or what.
    pub counted: String,
    /// It is one event; place and day may still be unknown.
    pub event: bool,
    /// Where the event was.
    pub place: Option<String>,
    /// The day of the event.
    #[schema(value_type = Option<String>)]
    pub day: Option<Date>,
    /// Newest first.
    pub groups: Vec<Group>,
}

/// Figures of which every two may be compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Group {
    /// What happened, as the reader chose to read it.
    pub outcome: String,
    /// A key of `[scope]`.
    pub scope: String,
    /// Newest first.
    pub figures: Vec<Figure>,
    /// The range of claims; `None` when only one voice speaks, or one figure holds all others.
    pub range: Option<Range>,
    /// Pairs of figures that cannot both hold, by their place in `figures`.
    #[schema(value_type = Vec<Vec<usize>>)]
    pub contradictions: Vec<(usize, usize)>,
    /// Why it is not compared with groups before it.
    pub apart: Vec<Apart>,
}

/// A claimant's newest figure on a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Figure {
    /// Days since its as-of day: at least, and at most when that is known.
    #[schema(value_type = Vec<Option<i64>>)]
    pub age: (i64, Option<i64>),
    /// It may be this other figure of the claimant in another word.
    pub rewords: Option<Rewords>,
    /// It may be counted in this higher figure, which the same text tells of the same day.
    #[schema(value_type = Option<String>)]
    pub part: Option<Value>,
    /// What was said.
    #[serde(flatten)]
    pub statement: Statement,
}

/// A figure that may have been told in another word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Rewords {
    /// How many.
    #[schema(value_type = String)]
    pub value: Value,
    /// Its own word.
    pub outcome: String,
}

/// Lowest and highest of comparable figures; places in `figures`. Never a confidence interval.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Range {
    /// All that share the lowest number said.
    pub lowest: Vec<usize>,
    /// All that share the highest number said.
    pub highest: Vec<usize>,
}

/// Why a group stands apart from another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Apart {
    /// The other's place in `groups`.
    pub group: usize,
    /// A name that does not change.
    #[schema(value_type = String)]
    pub reason: &'static str,
    /// What differs, the other's first; the days between them for `too_old`.
    pub between: Vec<String>,
    /// One English phrase.
    pub words: String,
}

/// Compares.
pub fn compare(
    ledger: &Ledger,
    which: &Which,
    on: civil::Date,
    known: Option<u64>,
    settings: &Settings,
) -> Result<Compare, AnswerError> {
    let _look = ledger.look()?;
    let kinds = Kinds::embedded()?;
    if let Some(outcome) = &settings.read_losses_as
        && !["losses", "lost"].iter().any(|open| kinds.reads_as(open, outcome))
    {
        let expected = "losses are read as killed, casualties or destroyed".to_owned();
        return Err(Unknown { field: "read-losses-as", word: outcome.clone(), expected }.into());
    }
    let mut which = which.clone();
    which.filter.known = known;
    let told = super::told(ledger, &which)?;
    let found = history::compare(&told, &kinds, on, known, settings);
    let groups = found.subjects.iter().flat_map(|subject| &subject.groups);
    let figures = groups.flat_map(|group| &group.figures);
    let places = super::places(ledger, figures.map(|known| &known.statement))?;
    Ok(Compare {
        on: Date::day(on),
        known,
        within: settings.tolerance_days,
        read_losses_as: settings.read_losses_as.clone(),
        subjects: found.subjects.iter().map(|subject| Subject::of(subject, &places)).collect(),
        undecided: found.undecided,
        coverage: Coverage::of(ledger)?,
    })
}

/// The last entry of that day; `None` when no entry came later.
pub fn known(ledger: &Ledger, day: civil::Date, zone: &TimeZone) -> Result<Option<u64>, LedgerError> {
    match day.tomorrow().and_then(|next| next.to_zoned(zone.clone())) {
        Ok(next) => ledger.known_before(next.timestamp()),
        // No clock reaches the end of the calendar.
        Err(_) => Ok(None),
    }
}

impl Subject {
    fn of(found: &history::Subject, places: &Places) -> Subject {
        let (place, day) = match &found.incident {
            Some(Incident::Told(place, day)) => (Some(place.clone()), Some(*day)),
            _ => (None, None),
        };
        Subject {
            side: found.side.clone(),
            counted: found.counted.clone(),
            event: found.incident.is_some(),
            place,
            day,
            groups: found.groups.iter().map(|group| Group::of(group, places)).collect(),
        }
    }
}

impl Group {
    fn of(found: &history::Group, places: &Places) -> Group {
        Group {
            outcome: found.outcome.clone(),
            scope: found.scope.clone(),
            figures: found.figures.iter().map(|known| Figure::of(known, places)).collect(),
            range: found
                .range
                .as_ref()
                .map(|range| Range { lowest: range.lowest.clone(), highest: range.highest.clone() }),
            contradictions: found.contradictions.clone(),
            apart: found.apart.iter().map(|(group, reason)| Apart::of(*group, reason)).collect(),
        }
    }
}

impl Figure {
    pub(crate) fn of(found: &history::Known, places: &Places) -> Figure {
        let rewords = found.rewords.clone();
        Figure {
            age: (found.age.least, found.age.most),
            rewords: rewords.map(|(value, outcome)| Rewords { value, outcome }),
            part: found.part,
            statement: Statement::of(&found.statement, places),
        }
    }

    /// Its age in English: "3 days old".
    pub fn age_words(&self) -> String {
        Age { least: self.age.0, most: self.age.1 }.to_string()
    }
}

impl Apart {
    fn of(group: usize, reason: &Reason) -> Apart {
        let between = match reason {
            Reason::TooOld(days) => vec![days.to_string()],
            Reason::OtherOutcome(a, b)
            | Reason::OtherCounted(a, b)
            | Reason::OtherSide(a, b)
            | Reason::OtherScope(a, b)
            | Reason::OtherPlace(a, b)
            | Reason::OnlyIfReadAs(a, b) => vec![a.clone(), b.clone()],
            Reason::OtherStart(a, b) => vec![a.to_string(), b.to_string()],
            Reason::MixedClass(one) | Reason::NotTotals(one) => vec![one.clone()],
            Reason::OtherIncident
            | Reason::PlaceUnknown
            | Reason::IncidentUnknown
            | Reason::DateUnknown
            | Reason::SideUnknown => vec![],
        };
        Apart { group, reason: reason.key(), between, words: reason.to_string() }
    }
}

const COLUMNS: &str = "subject group 'who 'claimant 'voice side counted read_as outcome scope value point low high \
     'place day since first last from to age_least age_most part lowest highest contradicts not_compared texts \
     different_texts translated 'via 'citing contested figures 'documents 'urls";

impl Answer for Compare {
    const COLUMNS: &'static str = COLUMNS;

    fn rows(&self) -> impl Iterator<Item = Row> {
        let mut rows = Vec::new();
        for (s, subject) in self.subjects.iter().enumerate() {
            for (g, group) in subject.groups.iter().enumerate() {
                for (at, figure) in group.figures.iter().enumerate() {
                    let mut row = Row::new();
                    row.insert("subject".into(), json!(s));
                    row.insert("group".into(), json!(g));
                    row.insert("read_as".into(), json!(group.outcome));
                    row.append(&mut figure.statement.row());
                    let end = |ends: fn(&Range) -> &Vec<usize>| group.range.as_ref().map(|r| ends(r).contains(&at));
                    let against = group.contradictions.iter().filter_map(|&(a, b)| match at {
                        _ if at == a => Some(b),
                        _ if at == b => Some(a),
                        _ => None,
                    });
                    let against: Vec<&str> =
                        against.map(|other| group.figures[other].statement.line.voice.as_str()).collect();
                    let apart: Vec<String> =
                        group.apart.iter().map(|apart| format!("group {}: {}", apart.group, apart.words)).collect();
                    for (key, value) in [
                        ("age_least", json!(figure.age.0)),
                        ("age_most", json!(figure.age.1)),
                        ("rewords", json!(figure.rewords)),
                        ("part", json!(figure.part)),
                        ("lowest", json!(end(|range| &range.lowest))),
                        ("highest", json!(end(|range| &range.highest))),
                        ("contradicts", json!(against)),
                        ("not_compared", json!(apart)),
                    ] {
                        row.insert(key.into(), value);
                    }
                    rows.push(row);
                }
            }
        }
        rows.into_iter()
    }

    fn coverage(&self) -> &Coverage {
        &self.coverage
    }
}
