//! One claim as one document prints it: what history is made from.
//!
//! In: a claim, the document that holds it, and the ledger's entry that brought it. Out: the same, as plain data.

use crate::claim::{Claim, Date};

/// A claim in a document of the ledger.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Appearance {
    /// The number of the entry that brought it: the ledger's own clock.
    pub entry: u64,
    /// The document's id, as people name it.
    pub document: String,
    /// Hash of the document's text: equal for an exact reprint.
    pub text_hash: String,
    /// Who published the document.
    pub outlet: Option<String>,
    /// Where the document was found.
    pub url: Option<String>,
    /// When the document was published.
    pub published: Option<Date>,
    /// What one cites: `<document hash>@<start>+<length>`.
    pub figure: String,
    /// What was said.
    pub claim: Claim,
}
