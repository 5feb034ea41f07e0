//! What the files of a pack may hold.
//!
//! In: tables of TOML. Out: [`Entry`]s, each with the file and line it stands in, so that a claim can say what it rests on.
//!
//! An outcome entry does not say in which order words stand; it says which arc of the word holds the figures and whose
//! its other arcs are. "perdre" and "détruire" differ in one word: the subject of the one is the side, of the other the
//! agent.

mod counted;
mod cue;
mod facts;
mod figure;
mod function;
mod outcome;
mod time;

pub use counted::{Counted, How, Name};
pub use cue::{Cue, CueClass};
pub use facts::{Event, Party, Person, RoleHeld};
pub use figure::{Hedge, HedgeClass, HedgePlace, Number, NumberClass, Reason, Unit, UnitPlace};
pub use function::{Class, Function};
pub use outcome::{Arc, Outcome, OutcomeId, Role, Turn};
pub use time::{Time, TimeClass};

use serde::Deserialize;

/// One entry of a pack.
#[derive(Debug)]
pub struct Entry {
    /// As `fr/outcome#tuer`.
    pub id: String,
    /// As `packs/fr/outcome.toml:12`.
    pub at: String,
    /// What it says.
    pub data: Data,
    /// Sentences that must give claims, and sentences that must not.
    pub examples: Examples,
}

/// What an entry says.
#[derive(Debug)]
#[allow(missing_docs, reason = "each variant is the type that it holds")]
pub enum Data {
    Outcome(Outcome),
    Counted(Counted),
    Name(Name),
    Cue(Cue),
    Function(Function),
    Number(Number),
    Hedge(Hedge),
    Unit(Unit),
    Time(Time),
}

/// One word or several.
#[derive(Debug, Clone, Deserialize)]
#[serde(untagged)]
pub enum Words {
    /// `word = "tuer"`
    One(String),
    /// `word = ["tuer", "abattre"]`
    Many(Vec<String>),
}

impl Words {
    /// All of them.
    pub fn all(&self) -> &[String] {
        match self {
            Words::One(word) => std::slice::from_ref(word),
            Words::Many(words) => words,
        }
    }
}

/// Sentences beside an entry; all invented.
#[derive(Debug, Default, Clone)]
pub struct Examples {
    /// Sentence and its claims.
    pub yes: Vec<Example>,
    /// Sentences without a claim.
    pub no: Vec<String>,
}

/// A sentence or a short article with all its claims.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Example {
    /// Invented.
    pub text: String,
    /// As `killed military RU 12`, with `by UA/mod` where the claimant is what the example is about.
    #[serde(default)]
    pub claims: Vec<String>,
    /// As `year 2031`.
    #[serde(default)]
    pub refused: Vec<String>,
    /// Publication date of the text.
    pub published: Option<String>,
    /// Why today's wrong answer is asserted.
    pub gap: Option<String>,
}

macro_rules! entry {
    ($kind:ident, $($examples:tt)*) => {
        impl $kind {
            /// Takes the examples out of the entry.
            pub(super) fn examples(&mut self) -> Examples {
                entry!(@ self $($examples)*)
            }
        }
    };
    (@ $this:ident examples) => { Examples { yes: std::mem::take(&mut $this.yes), no: std::mem::take(&mut $this.no) } };
    (@ $this:ident none) => { Examples::default() };
}
entry!(Outcome, examples);
entry!(Counted, examples);
entry!(Cue, examples);
entry!(Function, examples);
entry!(Number, none);
entry!(Hedge, none);
entry!(Unit, none);
entry!(Time, none);
