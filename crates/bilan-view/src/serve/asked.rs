//! What one request asks for, and what it may be told.
//!
//! In: path, query and headers. Out: words by name, the reader's language, a ledger, and the page's frame.
//!
//! A form sends every field, most of them empty: empty is "any", and leaves the addresses that we print.

use super::guard::Leave;
use super::page::Frame;
use super::room::Room;
use crate::answer::{AnswerError, Wanted, Which};
use crate::chart::Caption;
use crate::label::Labels;
use axum::http::StatusCode;
use bilan_ledger::{Ledger, LedgerError};

/// A request on its way to an answer.
pub struct Asked<'a> {
    /// The ledger, open.
    pub ledger: &'a Ledger,
    /// What all requests share.
    pub room: &'a Room,
    /// What the sender may do.
    pub leave: Leave,
    /// The reader's language.
    pub labels: &'static Labels,
    /// The language, when the address asks for it.
    pub chosen: Option<&'static str>,
    /// The path, as sent.
    pub path: String,
    /// The part of the path that names a thing, decoded.
    pub name: String,
    /// The query, decoded.
    pub query: Pairs,
    /// What a form posted, decoded.
    pub form: Pairs,
}

/// Names and words, in the order of sending.
pub type Pairs = Vec<(String, String)>;

/// An answer, before it is sent.
pub struct Made {
    /// Its media type.
    pub kind: &'static str,
    /// The name under which a browser saves it.
    pub file: Option<String>,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// Why there is no answer: a status, a label, and words for its blank.
pub struct NoPage(pub StatusCode, pub &'static str, pub String);

impl Made {
    /// A page.
    pub fn html(text: String) -> Made {
        Made { kind: "text/html; charset=utf-8", file: None, bytes: text.into_bytes() }
    }
}

impl Asked<'_> {
    /// A word of the query, without spaces around it; empty when there is none.
    pub fn get(&self, name: &str) -> &str {
        word(&self.query, name)
    }

    /// A word of the form.
    pub fn posted(&self, name: &str) -> &str {
        word(&self.form, name)
    }

    /// A number of the query.
    pub fn number<N: std::str::FromStr>(&self, name: &str) -> Result<Option<N>, NoPage> {
        match self.get(name) {
            "" => Ok(None),
            words => words.parse().map(Some).map_err(|_| self.wrong(name, words)),
        }
    }

    /// A day of the query.
    pub fn day(&self, name: &str) -> Result<Option<jiff::civil::Date>, NoPage> {
        match self.get(name) {
            "" => Ok(None),
            words => words
                .parse()
                .map(Some)
                .map_err(|_| NoPage(StatusCode::BAD_REQUEST, "bad_day", self.labels.quoted(words))),
        }
    }

    /// A word of the query that cannot be read.
    pub fn wrong(&self, name: &str, words: &str) -> NoPage {
        NoPage(StatusCode::BAD_REQUEST, "bad_request", format!("{name} {}", self.labels.quoted(words)))
    }

    /// The claims that the query wants.
    pub fn which(&self) -> Result<Which, NoPage> {
        let some = |name: &str| Some(self.get(name).to_owned()).filter(|word| !word.is_empty());
        let wanted = Wanted {
            side: some("side"),
            outcome: some("outcome"),
            counted: some("counted"),
            claimant: some("claimant"),
            from: some("from"),
            to: some("to"),
            place: some("place"),
            document: some("document"),
            words: some("words"),
        };
        let mut filter =
            wanted.filter().map_err(|unknown| NoPage(StatusCode::BAD_REQUEST, "bad_request", unknown.to_string()))?;
        filter.scope = some("scope");
        Ok(Which::of(filter, !self.leave.whole))
    }

    /// The frame of a page.
    pub fn frame(&self) -> Frame {
        let here = query(&self.path, self.query.iter().filter(|(name, _)| name != "lang"));
        Frame {
            labels: self.labels,
            chosen: self.chosen,
            here,
            section: self.path.split('/').nth(1).unwrap_or_default().split('.').next().unwrap_or_default().to_owned(),
            invented: self.room.options.invented,
            may_write: self.leave.write,
        }
    }

    /// This view in another form: the same query under another path.
    pub fn also(&self, path: &str) -> String {
        let lang = self.chosen.map(|code| ("lang".to_owned(), code.to_owned()));
        let kept = self.query.iter().filter(|(name, _)| name != "lang").cloned().chain(lang).collect::<Vec<_>>();
        query(path, kept.iter())
    }

    /// What stands under a picture.
    pub fn caption(&self, coverage: &crate::answer::Coverage) -> Result<Caption, NoPage> {
        Ok(Caption::of(self.ledger, coverage, self.labels, self.room.options.invented)?)
    }

    /// Today, where the command says what day it is.
    pub fn today(&self) -> jiff::civil::Date {
        (self.room.options.now)().date()
    }
}

fn word<'p>(pairs: &'p Pairs, name: &str) -> &'p str {
    pairs.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value.trim())
}

/// A path with a query; words that are empty leave it.
pub fn query<'p>(path: &str, pairs: impl Iterator<Item = &'p (String, String)>) -> String {
    let mut words = form_urlencoded::Serializer::new(String::new());
    for (name, value) in pairs.filter(|(_, value)| !value.trim().is_empty()) {
        words.append_pair(name, value.trim());
    }
    match words.finish() {
        words if words.is_empty() => path.to_owned(),
        words => format!("{path}?{words}"),
    }
}

impl From<LedgerError> for NoPage {
    fn from(error: LedgerError) -> NoPage {
        let status =
            if error.is_locked() { StatusCode::SERVICE_UNAVAILABLE } else { StatusCode::INTERNAL_SERVER_ERROR };
        NoPage(status, "failed", error.to_string())
    }
}

impl From<AnswerError> for NoPage {
    fn from(error: AnswerError) -> NoPage {
        match error {
            AnswerError::Ledger(error) => error.into(),
            AnswerError::Unknown(unknown) => NoPage(StatusCode::BAD_REQUEST, "bad_request", unknown.to_string()),
            other => NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", other.to_string()),
        }
    }
}

impl From<askama::Error> for NoPage {
    fn from(error: askama::Error) -> NoPage {
        NoPage(StatusCode::INTERNAL_SERVER_ERROR, "failed", error.to_string())
    }
}
