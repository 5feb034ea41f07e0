//! Writes a reading as the body of an entry, and reads it back.
//!
//! In: a reading. Out: JSON with sorted keys that quotes nothing, and beside it the text and the quoted words.
//!
//! A body is hashed for ever, a text may have to go. So "le général X" of `as_said`, the address of the page and the
//! name of the file leave the body and lie beside it under their hash; the body alone is still a reading, without words.

use crate::canonical::canonical;
use crate::hash::hash;
use bilan::Reading;
use bilan::claim::{Contest, Known};
use bilan::document::Remark;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::fmt;

/// Who may see a document beyond this machine.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Access {
    /// Everybody.
    Public,
    /// Those who work with the ledger.
    #[default]
    Internal,
    /// Leaves the ledger in no form.
    Restricted,
}

impl Access {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Access::Public => "public",
            Access::Internal => "internal",
            Access::Restricted => "restricted",
        }
    }
}

impl fmt::Display for Access {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// The body of an entry of kind `reading`. `text` and `words` are hashes.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(crate) struct ReadingBody {
    pub access: Access,
    /// Bytes of text after the title, without white space around; kept so that coverage survives a redaction.
    pub length: u64,
    pub reading: Reading,
    pub retrieval: Option<Retrieval>,
    pub text: String,
    pub words: String,
}

/// The raw bytes that a document came from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Retrieval {
    pub fetched: Option<String>,
    pub hash: String,
    pub kept: bool,
    pub size: u64,
}

/// The body of an entry of kind `batch`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct BatchBody {
    pub already: u64,
    pub given: u64,
    pub unreadable: Vec<(String, String)>,
    /// Inputs that were read and hold no text, with their records.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub without_text: Vec<(String, String, u64)>,
}

/// The body of an entry of kind `redaction`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct RedactionBody {
    pub reason: String,
    pub role: String,
    pub text: String,
}

/// The body of an entry of kind `review`. It quotes nothing: a note lies beside the chain.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct ReviewBody {
    pub document: String,
    pub field: Option<String>,
    /// What holds from now on, by field; `None` is "not told".
    pub fields: BTreeMap<String, Option<String>>,
    pub figure: String,
    pub n: u8,
    /// Hash of the note.
    pub note: Option<String>,
    pub role: String,
    pub verdict: Verdict,
}

/// What a person says of a claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// As read.
    Accept,
    /// Otherwise than read.
    Correct,
    /// No claim at all.
    Reject,
    /// Something to say, and nothing to change.
    Note,
}

impl Verdict {
    /// As it is written.
    pub fn as_str(self) -> &'static str {
        match self {
            Verdict::Accept => "accept",
            Verdict::Correct => "correct",
            Verdict::Reject => "reject",
            Verdict::Note => "note",
        }
    }

    /// The database lets no other word in; one that was forced in changes nothing.
    pub(crate) fn of(word: &str) -> Verdict {
        let all = [Verdict::Accept, Verdict::Correct, Verdict::Reject];
        all.into_iter().find(|verdict| verdict.as_str() == word).unwrap_or(Verdict::Note)
    }
}

/// The body of an entry of kind `access`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct AccessBody {
    pub access: Access,
    pub document: String,
}

/// A reading taken apart; its text stays with it.
pub(crate) struct Parts {
    pub body: ReadingBody,
    pub words: String,
}

/// What a reading quotes, in the order of the reading.
#[derive(Default, Serialize, Deserialize)]
struct Words {
    claims: Vec<ClaimWords>,
    id: String,
    document_remarks: Vec<String>,
    remarks: Vec<String>,
    url: Option<String>,
}

#[derive(Default, Serialize, Deserialize)]
struct ClaimWords {
    as_said: BTreeMap<Known, String>,
    blamed: Option<String>,
    contested: Vec<String>,
}

/// Takes a reading apart into its body and what lies beside it.
pub(crate) fn take_apart(reading: &Reading, access: Access, retrieval: Option<Retrieval>) -> Parts {
    let mut reading = reading.clone();
    let text = std::mem::take(&mut reading.document.text);
    let words = canonical(&take_words(&mut reading));
    let length = text.get(reading.document.title as usize..).unwrap_or(&text).trim().len() as u64;
    let body = ReadingBody { access, length, reading, retrieval, text: text_hash(&text), words: text_hash(&words) };
    Parts { body, words }
}

/// Puts text and words back; what was redacted stays empty.
pub(crate) fn put_together(body: &mut ReadingBody, text: Option<String>, words: Option<&str>) -> Result<(), String> {
    if let Some(text) = text {
        body.reading.document.text = text;
    }
    if let Some(words) = words {
        put_words(&mut body.reading, serde_json::from_str(words).map_err(|error| format!("words: {error}"))?);
    }
    Ok(())
}

/// What names a text, and the words that a reading quotes.
pub(crate) fn text_hash(text: &str) -> String {
    hash("bilan/text/1", &[text.as_bytes()])
}

/// What the chain holds fast: the entry and everything before it.
pub(crate) fn entry_hash(number: u64, kind: &str, time: &str, prev: &str, body: &str) -> String {
    let number = number.to_string();
    hash("bilan/entry/1", &[number.as_bytes(), kind.as_bytes(), time.as_bytes(), prev.as_bytes(), body.as_bytes()])
}

fn take_words(reading: &mut Reading) -> Words {
    let document = &mut reading.document;
    let id = std::mem::replace(&mut document.id, document.hash.clone());
    Words {
        id,
        url: document.url.take(),
        document_remarks: take_remarks(&mut document.remarks),
        remarks: take_remarks(&mut reading.remarks),
        claims: reading
            .claims
            .iter_mut()
            .map(|claim| ClaimWords {
                as_said: std::mem::take(&mut claim.as_said),
                blamed: claim.blamed.take(),
                contested: claim.contested.iter_mut().map(|contest| std::mem::take(&mut contest.words)).collect(),
            })
            .collect(),
    }
}

fn put_words(reading: &mut Reading, words: Words) {
    reading.document.id = words.id;
    reading.document.url = words.url;
    put_remarks(&mut reading.document.remarks, words.document_remarks);
    put_remarks(&mut reading.remarks, words.remarks);
    for (claim, words) in reading.claims.iter_mut().zip(words.claims) {
        claim.as_said = words.as_said;
        claim.blamed = words.blamed;
        for (Contest { words: place, .. }, words) in claim.contested.iter_mut().zip(words.contested) {
            *place = words;
        }
    }
}

fn take_remarks(remarks: &mut [Remark]) -> Vec<String> {
    remarks.iter_mut().map(|remark| std::mem::take(&mut remark.words)).collect()
}

fn put_remarks(remarks: &mut [Remark], words: Vec<String>) {
    for (remark, words) in remarks.iter_mut().zip(words) {
        remark.words = words;
    }
}
