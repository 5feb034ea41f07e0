//! Says where thoughts end, and what the words are.
//!
//! In: the text of a document. Out: paragraphs of [`Token`]s, and sentences as ranges of them.
//!
//! "gén. Dupont", "1er", "24.02": a full stop ends a sentence only before a capital, a quote or a line's end, and never
//! after an abbreviation of the pack.

mod fold;
mod grid;
mod row;
mod split;
mod words;

pub use fold::Key;
pub use split::{Paragraph, hints, paragraphs, sentence_ends};
pub(crate) use words::split_by;
pub use words::{Shape, Token, TokenKind, split};
