//! Finds the publisher's own text: appeals, teasers of other articles, lines on newsletters, cookies and rights.
//!
//! In: a text and a pack's cues. Out: the places that are not the article.
//!
//! "Nous renouvelons notre campagne et demandons au gouvernement d'aller plus loin" is a minister's sentence or an
//! outlet's: it is boilerplate only beside "Pour signer la pétition, cliquez ici". So cues that could be the article's
//! own words count together, or beside a paragraph that is boilerplate already.

mod find;
mod phrase;
mod refrain;

pub use refrain::refrains;

use crate::claim::Span;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Input, Match};
use phrase::Phrase;
use rustc_hash::FxHashMap;
use serde::Deserialize;
use std::sync::OnceLock;

/// Most words and marks of a phrase.
pub const LONGEST: usize = 12;

/// The cues of a language, ready to search.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Sheet")]
pub struct Table {
    cues: Vec<Cue>,
    phrases: Vec<Phrase>,
    /// Phrases without a letter, as "©".
    signs: Vec<String>,
    /// Made when a text is first searched: most texts hold no cue, and it takes a good part of a start.
    search: OnceLock<Search>,
}

/// What all phrases are searched with at once.
#[derive(Clone, Debug)]
struct Search {
    /// The phrases that each pattern opens up.
    anchored: Vec<Vec<usize>>,
    /// Nothing to search for in an empty table.
    automaton: Option<AhoCorasick>,
}

/// One entry of `boilerplate.toml`.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Cue {
    /// Its name.
    pub id: String,
    /// What it takes to make a paragraph boilerplate.
    pub kind: Kind,
    /// The phrases that are this cue. Case, accents, kinds of space, apostrophe and hyphen do not matter.
    pub words: Vec<String>,
    /// Paragraphs that are boilerplate because of it.
    pub yes: Vec<String>,
    /// Paragraphs of articles that come close.
    pub no: Vec<String>,
}

/// What a cue proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Kind {
    /// Its sentence is boilerplate, and the paragraph with it when that is the greater part.
    Alone,
    /// The paragraph is, beside another cue or a paragraph that is boilerplate.
    Joined,
    /// As joined; alone it is enough at the end of the document: the outlet speaks of itself.
    Own,
    /// Only beside a paragraph that is boilerplate: who speaks to the reader there is the outlet.
    Beside,
    /// At the head of a line: names another article, or stands above the titles of some.
    Teaser,
    /// Is the whole line.
    Line,
}

/// The file as written.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    cue: Vec<Cue>,
}

impl TryFrom<Sheet> for Table {
    type Error = String;

    fn try_from(sheet: Sheet) -> Result<Table, String> {
        Table::new(sheet.cue)
    }
}

impl Table {
    /// The table of these cues.
    ///
    /// # Errors
    /// A phrase without a letter or sign to search for, or of too many words.
    pub fn new(cues: Vec<Cue>) -> Result<Table, String> {
        let mut phrases = vec![];
        for (cue, entry) in cues.iter().enumerate() {
            for words in &entry.words {
                let is_mark = |letter: char| !letter.is_alphanumeric() && !letter.is_whitespace();
                let count: usize = words.split_whitespace().map(|word| 1 + word.matches(is_mark).count()).sum();
                if count > LONGEST {
                    return Err(format!(
                        "cue `{}`: `{words}` has too many words; expected {LONGEST} with its marks",
                        entry.id
                    ));
                }
                phrases.push(Phrase::new(cue, words).ok_or_else(|| {
                    format!("cue `{}`: `{words}` holds nothing to search for; expected words", entry.id)
                })?);
            }
        }
        let words = cues.iter().flat_map(|cue| &cue.words).map(|words| words.trim());
        let signs = words.filter(|words| !words.contains(char::is_alphabetic)).map(str::to_owned).collect();
        Ok(Table { cues, phrases, signs, search: OnceLock::new() })
    }

    /// The entries, as written.
    pub fn cues(&self) -> &[Cue] {
        &self.cues
    }

    /// The phrases that prove something where they stand: without any of them a text holds no boilerplate.
    pub fn proofs(&self) -> impl Iterator<Item = &str> {
        self.cues.iter().filter(|cue| cue.kind != Kind::Beside).flat_map(|cue| &cue.words).map(String::as_str)
    }

    /// Whether one of them stands in these bytes.
    pub fn is_in(&self, text: &str, from: usize, to: usize) -> bool {
        self.phrases_in(Input::new(text).range(from..to)).any(|(phrase, found)| {
            self.cues[phrase.cue].kind != Kind::Beside && phrase.around(text, found.start(), found.end()).is_some()
        })
    }

    /// The phrases that may stand in a text, each with the place of its anchor.
    fn phrases_in<'t>(&'t self, text: Input<'t>) -> impl Iterator<Item = (&'t Phrase, Match)> {
        let Search { anchored, automaton } = self.search.get_or_init(|| Search::of(&self.phrases));
        let found = automaton.iter().flat_map(move |automaton| automaton.find_overlapping_iter(text.clone()));
        found.flat_map(move |found| {
            anchored[found.pattern().as_usize()].iter().map(move |&phrase| (&self.phrases[phrase], found))
        })
    }

    /// Whether one that has no word, and so is in no vocabulary, stands in the text.
    pub fn has_sign(&self, text: &str) -> bool {
        self.signs.iter().any(|sign| memchr::memmem::find(text.as_bytes(), sign.as_bytes()).is_some())
    }

    /// The places that are boilerplate, in order and apart from each other.
    pub fn find(&self, text: &str) -> Vec<Span> {
        find::find(self, text)
    }

    /// What the entries' own examples say against them, one line each; nothing when all hold.
    ///
    /// Every paragraph of a `yes` is taken whole, and not without its entry: else the example proves nothing.
    pub fn check(&self) -> Vec<String> {
        let mut wrong = vec![];
        for (at, cue) in self.cues.iter().enumerate() {
            let mut others = self.cues.clone();
            others.remove(at);
            let others = Table::new(others).unwrap_or_default();
            let mut say = |what: String| wrong.push(format!("cue `{}`: {what}", cue.id));
            if cue.yes.is_empty() || cue.no.is_empty() {
                say("expected examples in `yes` and in `no`".into());
            }
            for text in &cue.yes {
                let lines: Vec<&str> = text.lines().collect();
                if self.taken(text) != lines {
                    say(format!("yes {text:?}: took only {:?}", self.taken(text)));
                }
                if others.taken(text) == lines {
                    say(format!("yes {text:?}: taken without this entry too"));
                }
            }
            for text in cue.no.iter().filter(|text| !self.find(text).is_empty()) {
                say(format!("no {text:?}: took {:?}", self.taken(text)));
            }
        }
        wrong
    }

    fn taken<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.find(text).iter().map(|span| span.of(text)).collect()
    }

    /// The cues at hand, in order of place.
    fn hits(&self, text: &str) -> Vec<Hit> {
        let mut hits = vec![];
        for (phrase, found) in self.phrases_in(Input::new(text)) {
            if let Some((start, end)) = phrase.around(text, found.start(), found.end()) {
                hits.push(Hit { start, end, cue: phrase.cue, kind: self.cues[phrase.cue].kind });
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.cue));
        hits.dedup();
        hits
    }
}

impl Search {
    fn of(phrases: &[Phrase]) -> Search {
        let mut at: FxHashMap<String, usize> = FxHashMap::default();
        let (mut patterns, mut anchored): (Vec<String>, Vec<Vec<usize>>) = (vec![], vec![]);
        for (number, phrase) in phrases.iter().enumerate() {
            for pattern in phrase.patterns() {
                let at = *at.entry(pattern).or_insert_with_key(|pattern| {
                    patterns.push(pattern.clone());
                    anchored.push(vec![]);
                    anchored.len() - 1
                });
                anchored[at].push(number);
            }
        }
        // A transition table: one load for each byte of text. It is too large only for more phrases than a pack has, and
        // then the library takes another way.
        let build = |kind| AhoCorasickBuilder::new().kind(kind).ascii_case_insensitive(true).build(&patterns).ok();
        Search { anchored, automaton: build(Some(AhoCorasickKind::DFA)).or_else(|| build(None)) }
    }
}

/// A cue at a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Hit {
    start: usize,
    end: usize,
    cue: usize,
    kind: Kind,
}
