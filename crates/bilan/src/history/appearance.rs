//! One claim as one document prints it, as far as history needs it.
//!
//! In: a claim and the papers of its document. Out: its [`Key`] and a few numbers, without a word of the text.
//!
//! A million claims of a war are some hundred lines. Each claim carries its line as a shared key, and document and text
//! as marks: to set them beside each other nothing has to be unpacked, compared by letters or copied.

use super::line::Key;
use crate::claim::{Claim, Date, Value};
use crate::document::Document;
use std::sync::Arc;

/// A claim in a document of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// Where the store finds the whole claim again; it tells nothing else.
    pub id: i64,
    /// The number of the entry that brought it: the ledger's own clock.
    pub entry: u64,
    /// The line, as far as this claim by itself tells it.
    pub key: Arc<Key>,
    /// How many.
    pub value: Value,
    /// When it was said.
    pub stated: Option<Date>,
    /// First day that the figure covers.
    pub from: Option<Date>,
    /// Last day that the figure covers, or the day as of which it counts.
    pub to: Option<Date>,
    /// When the document was published.
    pub published: Option<Date>,
    /// The document: a [`mark`] of its hash.
    pub document: u64,
    /// Its text: a [`mark`] of the text's hash, equal for an exact reprint.
    pub text: u64,
    /// First byte of the figure in the text.
    pub start: u32,
    /// 0 for the first claim on this figure.
    pub n: u8,
    /// The document is a translation.
    pub translated: bool,
    /// Who doubts, denies or confirms it, and how; `None` is the reporter.
    pub contested: Vec<(Option<Arc<str>>, Arc<str>)>,
    /// The authority which the voice invokes.
    pub citing: Option<Arc<str>>,
    /// Carriers, joined by `+`.
    pub via: Option<Arc<str>>,
}

/// What history asks of a document.
#[derive(Clone, Copy, Debug)]
pub struct Papers<'d> {
    /// A name that no other document has: its hash.
    pub document: &'d str,
    /// A name that only exact reprints share: the hash of its text.
    pub text: &'d str,
    /// Who published it.
    pub outlet: Option<&'d str>,
    /// When.
    pub published: Option<Date>,
}

impl<'d> From<&'d Document> for Papers<'d> {
    fn from(document: &'d Document) -> Papers<'d> {
        Papers {
            document: &document.hash,
            text: &document.text_hash,
            outlet: document.outlet.as_deref(),
            published: document.published,
        }
    }
}

impl Appearance {
    /// A claim of a document, learned with this entry.
    pub fn of<'d>(id: i64, entry: u64, claim: &Claim, papers: impl Into<Papers<'d>>) -> Appearance {
        let papers = papers.into();
        let share = |words: &String| Arc::from(words.as_str());
        Appearance {
            id,
            entry,
            key: Arc::new(Key::of(claim, &papers)),
            value: claim.value,
            stated: claim.stated,
            from: claim.from,
            to: claim.to,
            published: papers.published,
            document: mark(papers.document),
            text: mark(papers.text),
            start: claim.span.start,
            n: claim.n,
            translated: claim.quote.translated,
            contested: claim.contested.iter().map(|told| (told.who.as_ref().map(share), share(&told.how))).collect(),
            citing: claim.citing.as_ref().map(share),
            via: (!claim.via.is_empty()).then(|| Arc::from(claim.via.join("+"))),
        }
    }
}

/// A short name of a name: equal for equal ones, and in practice only for these. Of a million names, two share a mark
/// once in forty million ledgers.
pub fn mark(name: &str) -> u64 {
    let hash = blake3::hash(name.as_bytes());
    let (first, _) = hash.as_bytes().split_at(8);
    first.iter().fold(0, |mark, byte| mark << 8 | u64::from(*byte))
}
