//! Puts a statement of history into plain data.
//!
//! In: a [`history::Statement`]. Out: a [`Statement`] with stable keys, the same in every answer.
//!
//! A figure in the reporter's own voice has no claimant: `claimant` is null, and `voice` names the outlet, or the
//! document where no outlet is known. A hash of a text would name nobody. Nor has one that the reporter has from somebody
//! whom no party stands for: `unidentified` then tells what they are.

use super::{Places, somebody};
use crate::row::Row;
use bilan::claim::{Date, Value};
use bilan::history::{self, Incident, Voice};
use bilan_ledger::Place;
use serde::Serialize;
use std::collections::BTreeSet;
use utoipa::ToSchema;

/// A claimant's act: one value on one line, with touching as-of days, in one text or many.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Statement {
    /// What it is about, and whose it is.
    #[serde(flatten)]
    pub line: Line,
    /// What was said, and where.
    #[serde(flatten)]
    pub told: Told,
}

/// The subject of comparison: what is equal for all figures of a line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Line {
    /// The party; `None` is the reporter's own voice.
    pub claimant: Option<String>,
    /// Whose voice it is, also where there is no party.
    pub voice: String,
    /// Where there is no party: the outlet, or the document where no outlet is known.
    pub told_in: Option<String>,
    /// Somebody else than the reporter said it, whom no party stands for: the words for what they are, empty where these
    /// would name a person.
    pub unidentified: Option<String>,
    /// Whose people or materiel.
    pub side: Option<String>,
    /// Who or what.
    pub counted: String,
    /// What happened, as said.
    pub outcome: String,
    /// A key of `[scope]`.
    pub scope: String,
    /// Where, when it is told and shared by the line.
    pub place: Option<String>,
    /// The day of the event, for the toll of one.
    #[schema(value_type = Option<String>)]
    pub day: Option<Date>,
    /// The document that tells of an event and not its place or day.
    pub event: Option<String>,
    /// The start of a running total.
    #[schema(value_type = Option<String>)]
    pub since: Option<Date>,
}

/// One figure of a line, and the texts that print it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Told {
    /// Who said it, in the words of the first text that names them; a private person is not named.
    pub who: Option<String>,
    /// How many, in canonical text.
    #[schema(value_type = String)]
    pub value: Value,
    /// The single number said.
    pub point: Option<u64>,
    /// The least that the words allow.
    pub low: Option<u64>,
    /// The most that the words allow.
    pub high: Option<u64>,
    /// First as-of day told.
    #[schema(value_type = Option<String>)]
    pub first: Option<Date>,
    /// Last as-of day told.
    #[schema(value_type = Option<String>)]
    pub last: Option<Date>,
    /// First day covered by an increment.
    #[schema(value_type = Option<String>)]
    pub from: Option<Date>,
    /// Last day covered by an increment.
    #[schema(value_type = Option<String>)]
    pub to: Option<Date>,
    /// Documents that print it.
    pub texts: usize,
    /// How many of these differ in their text.
    pub different_texts: usize,
    /// How many are translations.
    pub translated: usize,
    /// Carriers.
    pub via: Vec<String>,
    /// Authorities invoked.
    pub citing: Vec<String>,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<Contest>,
    /// Where it stands.
    pub appearances: Vec<Appearance>,
}

/// Somebody doubts, denies or confirms a figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Contest {
    /// The party; `None` is the reporter.
    pub who: Option<String>,
    /// A key of `[contested]`.
    pub how: String,
}

/// One place where a statement stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, ToSchema)]
pub struct Appearance {
    /// What one cites.
    pub figure: String,
    /// 0 for the first claim on this figure.
    pub n: u8,
    /// The document's id.
    pub document: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When it was published.
    #[schema(value_type = Option<String>)]
    pub published: Option<Date>,
    /// It is a translation.
    pub translated: bool,
}

/// The columns of a statement's row.
pub const COLUMNS: &str = "'who 'claimant 'voice side counted outcome scope value point low high 'place day since \
     first last from to texts different_texts translated 'via 'citing contested figures 'documents 'urls";

impl Statement {
    /// As plain data.
    pub(crate) fn of(told: &history::Statement, places: &Places) -> Statement {
        Statement { line: Line::of(told, places), told: Told::of(told, places) }
    }

    /// As a row: its places as lists.
    pub fn row(&self) -> Row {
        let mut row = super::row(&self.line);
        row.append(&mut self.told.row());
        row
    }
}

impl Line {
    /// The line of a statement.
    pub(crate) fn of(told: &history::Statement, places: &Places) -> Line {
        let line = &*told.line;
        let (place, day) = match &line.incident {
            Some(Incident::Told(place, day)) => (Some(place.clone()), Some(*day)),
            Some(Incident::Untold(_)) => (None, None),
            None => (line.area.clone().or_else(|| line.country.clone()), None),
        };
        Line {
            claimant: match &line.voice {
                Voice::Party(party) | Voice::Local(party, _) => Some(party.clone()),
                Voice::Outlet(_) | Voice::Text(_) => None,
            },
            voice: voice(told, places),
            told_in: told_in(told, places),
            unidentified: unidentified(told, places),
            side: line.side.clone(),
            counted: line.counted.clone(),
            outcome: line.outcome.clone(),
            scope: line.scope.clone(),
            place,
            day,
            event: match &line.incident {
                Some(Incident::Untold(hash)) => Some(document(told, places, hash)),
                _ => None,
            },
            since: line.since,
        }
    }

    /// The line that all these statements are on: several people whom no party stands for are no one.
    pub(crate) fn over(told: &[history::Statement], places: &Places) -> Line {
        let line = Line::of(&told[0], places);
        if told[1..].iter().all(|told| unidentified(told, places) == line.unidentified) {
            return line;
        }
        let voice = format!("{} in {}", somebody::named(""), line.told_in.as_deref().unwrap_or_default());
        Line { unidentified: Some(String::new()), voice, ..line }
    }
}

impl Told {
    /// What a statement says.
    pub(crate) fn of(told: &history::Statement, places: &Places) -> Told {
        let claims = || told.appearances.iter();
        let names = |all: BTreeSet<&str>| all.into_iter().map(str::to_owned).collect();
        let contest = |(who, how): (Option<&str>, &str)| Contest { who: who.map(str::to_owned), how: how.to_owned() };
        let (from, to) = told.covers.unwrap_or_default();
        Told {
            who: match unidentified(told, places) {
                Some(role) => Some(role).filter(|role| !role.is_empty()),
                None => claims().find_map(|claim| places.get(&claim.id)?.who.clone()),
            },
            value: told.value,
            point: told.value.point(),
            low: told.value.low(),
            high: told.value.high(),
            first: told.first,
            last: told.last,
            from,
            to,
            texts: told.texts(),
            different_texts: told.different_texts(),
            translated: told.translated(),
            via: names(claims().filter_map(|claim| claim.via.as_deref()).flat_map(|via| via.split('+')).collect()),
            citing: names(claims().filter_map(|claim| claim.citing.as_deref()).collect()),
            contested: told.contested().into_iter().map(contest).collect(),
            appearances: claims().filter_map(|claim| Some(Appearance::of(claim, places.get(&claim.id)?))).collect(),
        }
    }

    /// As a row: its places as lists.
    pub fn row(&self) -> Row {
        let mut row = super::row(self);
        row.remove("appearances");
        let all = |of: fn(&Appearance) -> Option<&String>| {
            let all: BTreeSet<&String> = self.appearances.iter().filter_map(of).collect();
            serde_json::json!(all)
        };
        row.insert("figures".into(), all(|at| Some(&at.figure)));
        row.insert("documents".into(), all(|at| Some(&at.document)));
        row.insert("urls".into(), all(|at| at.url.as_ref()));
        row
    }
}

impl Appearance {
    fn of(told: &history::Appearance, place: &Place) -> Appearance {
        Appearance {
            figure: place.figure.clone(),
            n: told.n,
            document: place.document.clone(),
            outlet: place.outlet.clone(),
            url: place.url.clone(),
            published: told.published,
            translated: told.translated,
        }
    }
}

/// Whose voice it is: the reporter of an outlet, or of a document whose outlet is not known, when nobody is named.
pub(crate) fn voice(told: &history::Statement, places: &Places) -> String {
    match (told_in(told, places), unidentified(told, places)) {
        (Some(told_in), Some(role)) => format!("{} in {told_in}", somebody::named(&role)),
        (Some(told_in), None) => format!("the reporter of {told_in}"),
        (None, _) => told.line.voice.to_string(),
    }
}

/// The outlet or the document, where no party speaks.
fn told_in(told: &history::Statement, places: &Places) -> Option<String> {
    match &told.line.voice {
        Voice::Outlet(outlet) => Some(outlet.clone()),
        Voice::Text(hash) => Some(document(told, places, hash)),
        Voice::Party(_) | Voice::Local(..) => None,
    }
}

/// Who spoke, where a text has it from somebody whom no party stands for: the first role that a text tells.
fn unidentified(told: &history::Statement, places: &Places) -> Option<String> {
    let reporter = matches!(told.line.voice, Voice::Outlet(_) | Voice::Text(_));
    let words = told.appearances.iter().filter(|_| reporter).filter_map(|act| places.get(&act.id)?.who.as_deref());
    words.map(somebody::role).max_by_key(|role| !role.is_empty()).map(str::to_owned)
}

/// The first document of a statement; the hash of its text where it is not looked up.
fn document(told: &history::Statement, places: &Places, hash: &str) -> String {
    let first = told.appearances.first().and_then(|first| places.get(&first.id));
    first.map_or(hash, |place| &place.document).to_owned()
}
