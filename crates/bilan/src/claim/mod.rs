//! Joins mentions into claims, and says who made them.
//!
//! In: groups and clauses of a whole document. Out: [`Claim`]s and [`Refusal`]s, each with the words it rests on.
//!
//! "42 civils ont été tués et 97 blessés": the second figure borrows its thing from the first, its outcome from
//! itself, its speaker from the sentence.

mod borrow;
mod counted;
mod date;
mod draft;
mod event;
mod find;
mod home;
mod host;
mod make;
mod settle;
mod side;
mod speaker;
mod sure;
mod value;
mod when;
mod whole;

pub use date::{Date, DateError, Partial};
pub use find::{Finding, tokens};
pub use host::{Sites, country};
pub use sure::Reasons;
pub use value::{Bound, Value, ValueError};
pub use when::day_of_writing;

use crate::document::{Document, Remark};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::collections::BTreeMap;

/// Bytes `start..end` of the document's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(from = "(u32, u32)", into = "(u32, u32)")]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl From<(u32, u32)> for Span {
    fn from((start, end): (u32, u32)) -> Span {
        Span { start, end }
    }
}

impl From<Span> for (u32, u32) {
    fn from(span: Span) -> (u32, u32) {
        (span.start, span.end)
    }
}

impl Span {
    /// The words at this place; empty when the span does not fit the text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }
}

/// On `stated`, `claimant` (citing `citing`, through `via`) said that `value` `counted` of `side` were `outcome`, from
/// `from` to `to`, in `place`; the document reports it at `span`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Where the figure stands in the text.
    pub span: Span,
    /// 0 for the first claim on this span, 1 for the next: "chacune" makes two.
    pub n: u8,
    /// How many, with its hedge.
    pub value: Value,
    /// What happened: a key of `[outcome]` in `packs/kinds.toml`.
    pub outcome: String,
    /// Who or what: a key of `[counted]`.
    pub counted: String,
    /// Whose: party roots joined by `+` in order, `-` for people of no country, `None` when not told.
    pub side: Option<String>,
    /// The party that gave the figure; `None` is the reporter's own voice.
    pub claimant: Option<String>,
    /// The authority which that voice invokes.
    pub citing: Option<String>,
    /// Carriers: agencies, outlets, networks.
    pub via: Vec<String>,
    /// When it was said.
    pub stated: Option<Date>,
    /// First day that the figure covers.
    pub from: Option<Date>,
    /// Last day that the figure covers, or the day as of which it counts.
    pub to: Option<Date>,
    /// A key of `[scope]`.
    pub scope: String,
    /// Where: `UA`, or `UA/Kharkiv`; only where certain.
    pub place: Option<String>,
    /// A key of `[said]`.
    pub said: String,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<Contest>,
    /// Who is said to have done it, words only.
    pub blamed: Option<String>,
    /// How sure we are to have read it right.
    pub confidence: Confidence,
    /// The sentence.
    pub quote: Quote,
    /// Other places where the same claimant says the same in this document.
    pub also: Vec<Span>,
    /// The words behind each field, by field name.
    pub as_said: BTreeMap<Known, String>,
    /// The places of those words, by field name.
    pub spans: BTreeMap<Known, Vec<Span>>,
    /// The derivation.
    pub why: Vec<Step>,
}

/// Somebody doubts, denies or confirms the figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Contest {
    /// The party; `None` is the reporter.
    pub who: Option<String>,
    /// A key of `[contested]`.
    pub how: String,
    /// The words.
    pub words: String,
    /// Their place.
    pub span: Span,
}

/// Hundredths, 0 to 100: how sure we are to have *read* it right; never about the toll.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Confidence {
    /// Of value, outcome, counted and side together.
    pub claim: u8,
    /// Of the claimant.
    pub claimant: u8,
}

/// The sentence that holds the figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Quote {
    /// Its place.
    pub span: Span,
    /// The document is, or seems, a translation: never offered as the claimant's own words.
    pub translated: bool,
}

/// The name of a field or of a rule of the engine, which is nobody's to free; of a pack entry, or what was read back, a copy.
pub type Known = Cow<'static, str>;

/// One step of a derivation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Step {
    /// The field it decided, or the pass that took it.
    pub field: Known,
    /// The pack entry, as `fr/outcome#tuer`, or the name of the engine's rule.
    pub entry: Known,
    /// Where the pack entry stands, as `packs/fr/outcome.toml:12`; empty for a rule of the engine.
    pub at: Known,
    /// The words that it matched; empty span when none.
    pub span: Span,
}

/// A figure that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Refusal {
    /// Where the figure stands.
    pub span: Span,
    /// A key of `[refused]` in `packs/kinds.toml`.
    pub reason: String,
    /// The words that decided it; the figure's own span when there are none.
    pub because: Span,
    /// Who forecasts, for `forecast`.
    pub claimant: Option<String>,
    /// The sentence.
    pub quote: Span,
}

/// What one reader version made of one document.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reading {
    /// The document as read: its publication date and language are those used.
    pub document: Document,
    /// Hash of engine version, packs and weights.
    pub reader: String,
    /// In order of place.
    pub claims: Vec<Claim>,
    /// In order of place.
    pub refusals: Vec<Refusal>,
    /// What could not be done, and what was assumed.
    pub remarks: Vec<Remark>,
}
