//! Lays out claims and documents for people.
//!
//! In: claims and documents as the ledger keeps them. Out: pages as HTML, in the reader's language.
//!
//! A document is hostile: its words may be markup, an address that runs, or characters that turn the line around so
//! that 12 is read as 21. Markup is escaped by the templates, addresses other than http(s) stay words, and what turns
//! the line is printed by its name.

mod document;
mod line;
#[cfg(test)]
mod tests;

pub use document::DocumentPage;
pub use line::{Line, Told};

use super::label::Labels;
use askama::Template;

/// The longest sentence that travels without its article (codebook, section 6).
const SENTENCE: usize = 300;

/// The longest field, in characters.
const BRIEF: usize = 200;

/// What every page has.
pub struct Frame {
    /// The words of the page.
    pub labels: &'static Labels,
    /// The language asked for in the address, to be kept in every link.
    pub chosen: Option<&'static str>,
    /// Path and query of this page without the language, for the switch.
    pub here: String,
}

/// The list of claims.
#[derive(Template)]
#[template(path = "claims.html")]
pub struct ClaimsPage {
    /// What every page has.
    pub frame: Frame,
    /// The filters.
    pub filters: Filters,
    /// The claims.
    pub lines: Vec<Line>,
    /// How many there are in all, when known, as words.
    pub count: String,
    /// Where the list goes on.
    pub next: Option<String>,
    /// What was and was not read: silence must never look like absence.
    pub coverage: Vec<String>,
}

/// The filters as they stand in the form.
#[derive(Default)]
pub struct Filters {
    /// Whose.
    pub side: String,
    /// What happened.
    pub outcome: Vec<Choice>,
    /// Who or what.
    pub counted: Vec<Choice>,
    /// Who says.
    pub claimant: String,
    /// Said from this day.
    pub from: String,
    /// Said until this day.
    pub to: String,
    /// Where.
    pub place: String,
    /// The document's id or hash.
    pub document: String,
    /// Words of the sentence.
    pub words: String,
    /// Any of them is set.
    pub any: bool,
}

/// A choice of a filter.
pub struct Choice {
    /// What the address says.
    pub key: String,
    /// What people read.
    pub label: String,
    /// It is the one chosen.
    pub chosen: bool,
}

/// A page that says one thing: there is nothing here, or it could not be shown.
#[derive(Template)]
#[template(path = "message.html")]
pub struct MessagePage {
    /// What every page has.
    pub frame: Frame,
    /// What is the matter.
    pub words: String,
}

impl Frame {
    fn say<'k>(&'k self, key: &'k str) -> &'k str {
        self.labels.say(key)
    }

    /// A path of ours, in the language chosen.
    pub fn link(&self, path: &str) -> String {
        self.chosen.map_or_else(|| path.to_owned(), |code| with_language(path, code))
    }

    /// This page in each language: address, code, name, and whether it is the one shown.
    fn languages(&self) -> Vec<(String, &'static str, &'static str, bool)> {
        let shown = self.labels.code();
        Labels::languages().map(|(code, name)| (with_language(&self.here, code), code, name, code == shown)).collect()
    }
}

/// "3 claims".
pub fn count(labels: &Labels, n: usize) -> String {
    labels.fill(if n == 1 { "one_claim" } else { "claims" }, &[("n", &labels.number(n as u64))])
}

/// Words as they may be printed: characters that turn the line around, and controls, by their name.
pub fn shown(words: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let hidden = |c: char| turns(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    if !words.contains(hidden) {
        return words.to_owned();
    }
    let mut printed = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        if hidden(c) {
            printed.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            printed.push(c);
        }
    }
    printed
}

/// The words of a field as they may be printed: a field of a megabyte is not one that anybody reads.
pub fn brief(words: &str) -> String {
    match words.char_indices().nth(BRIEF) {
        Some((byte, _)) => format!("{}…", shown(&words[..byte])),
        None => shown(words),
    }
}

fn with_language(path: &str, code: &str) -> String {
    let (path, place) = path.split_once('#').map_or((path, String::new()), |(path, place)| (path, format!("#{place}")));
    let joint = if path.contains('?') { '&' } else { '?' };
    format!("{path}{joint}lang={code}{place}")
}
