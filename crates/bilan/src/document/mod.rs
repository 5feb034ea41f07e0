//! Finds the article in the bytes: its text, language and papers.
//!
//! In: bytes and what the caller knows of them. Out: [`Document`]s whose `text` every span points into.
//!
//! A text file may open with the archive's own line (` date 2022-11 `) and close with the publisher's appeal: the one
//! is papers, the other is boilerplate, and a figure in either is no claim.

mod open;

mod kind;

mod decode;

mod header;

mod jsonl;

mod objects;

mod telegram;

mod feed;

mod printed;

mod papers;

mod html;

mod moment;

mod language;

mod mixed;

pub mod alike;

pub mod boilerplate;

pub mod id;

pub use kind::{Kind, pdf_start};
pub use language::{language, looks_like};
pub use mixed::{Piece, pieces};
pub use moment::{Months, bare};
pub use open::{Documents, Loss, Unreadable, open};
pub use papers::{BYTES_LIMIT, Given, TEXT_LIMIT};
pub use printed::{PAGE_BREAK, page_breaks, printed};

use crate::claim::{Date, Span};
use serde::{Deserialize, Serialize};

/// One retrieved text with its papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Document {
    /// The caller's id, or the document's hash.
    pub id: String,
    /// Hash of url and text.
    pub hash: String,
    /// Hash of the text.
    pub text_hash: String,
    /// Title, blank line, body. All spans are bytes of this.
    pub text: String,
    /// Length in bytes of the title at the head of `text`; 0 when there is none.
    pub title: u32,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Language of the pack used, as `fr`; `None` when no pack reads it.
    pub lang: Option<String>,
    /// When it was published, as precisely as known.
    pub published: Option<Date>,
    /// Places that are the publisher's own text, not the article's.
    pub boilerplate: Vec<Span>,
    /// What was assumed or could not be done.
    pub remarks: Vec<Remark>,
}

/// Something the reader should know about a document; never an error.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Remark {
    /// One of a closed set of short keys: `encoding`, `nuls`, `markup`, `cut`, `excerpt` of what was done to the bytes;
    /// `published`, `modified`, `author`, `forwarded` of the papers; `language`, `mixed`, `dense` of what was not read.
    pub key: String,
    /// One sentence.
    pub words: String,
}

impl Remark {
    /// A remark under one of the closed keys.
    pub fn new(key: &str, words: impl Into<String>) -> Remark {
        Remark { key: key.to_owned(), words: words.into() }
    }
}
