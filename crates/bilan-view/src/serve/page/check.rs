//! The answer to a sentence that somebody pasted, and claims to review.
//!
//! In: answers, put into words. Out: pages.
//!
//! Of an article of forty figures three are known: each figure stands by itself, the unknown ones too.

use super::{Frame, Line};
use askama::Template;

/// What the ledger knows of a sentence.
#[derive(Template)]
#[template(path = "check.html")]
pub struct CheckPage {
    /// What every page has.
    pub frame: Frame,
    /// As pasted.
    pub text: String,
    /// When it was said, as typed.
    pub published: String,
    /// Something was pasted.
    pub asked: bool,
    /// No pack reads its language.
    pub digits_only: bool,
    /// Its figures.
    pub figures: Vec<CheckedFigure>,
    /// What was and was not read.
    pub coverage: Vec<String>,
}

/// A figure of the sentence.
pub struct CheckedFigure {
    /// As written, quoted.
    pub words: String,
    /// What it says.
    pub value: String,
    /// What it was read as.
    pub read: Option<String>,
    /// Why it was not taken for a claim.
    pub reason: Option<String>,
    /// Who said so.
    pub found: Vec<Hit>,
    /// How many more there are, as words.
    pub more: Option<String>,
    /// Who says otherwise.
    pub otherwise: Vec<Hit>,
}

/// A statement that answers.
pub struct Hit {
    /// Who says so.
    pub who: String,
    /// How many.
    pub value: String,
    /// What it counts.
    pub measure: String,
    /// As of when.
    pub day: String,
    /// How many texts print it.
    pub texts: String,
    /// Its page.
    pub href: Option<String>,
    /// How it stands to the figure asked for.
    pub note: String,
    /// The sentence that says it first.
    pub sentence: Option<String>,
    /// Who doubts, denies or confirms it.
    pub contested: Vec<String>,
}

/// Claims to review, one after the other.
#[derive(Template)]
#[template(path = "review.html")]
pub struct ReviewPage {
    /// What every page has.
    pub frame: Frame,
    /// The claims.
    pub claims: Vec<ToReview>,
    /// Fields that can be corrected: key and label.
    pub fields: Vec<(String, String)>,
    /// Where to come back to.
    pub back: String,
    /// What went wrong with the last one.
    pub wrong: Option<String>,
}

/// A claim to review.
pub struct ToReview {
    /// The claim.
    pub line: Line,
    /// What one cites.
    pub figure: String,
    /// Which claim on the figure.
    pub n: u8,
    /// How sure we are to have read it right.
    pub confidence: String,
    /// What was said of it before.
    pub reviews: Vec<String>,
}
