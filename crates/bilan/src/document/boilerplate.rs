//! Finds the publisher's own text: appeals, teasers of other articles, lines on newsletters, cookies and rights.
//!
//! In: a text and a pack's cues. Out: the places that are not the article.
//!
//! "Nous renouvelons notre campagne et demandons au gouvernement d'aller plus loin" is a minister's sentence or an
//! outlet's: it is boilerplate only beside "Pour signer la pétition, cliquez ici". So cues that could be the article's
//! own words count together, or beside a paragraph that is boilerplate already.

mod find;

mod phrase;

use crate::claim::Span;
use aho_corasick::{AhoCorasick, AhoCorasickBuilder, AhoCorasickKind, Input};
use phrase::Phrase;
use serde::Deserialize;

/// The cues of a language, ready to search.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(try_from = "Sheet")]
pub struct Table {
    cues: Vec<Cue>,
    phrases: Vec<Phrase>,
    /// The phrases that each pattern of `search` opens up.
    anchored: Vec<Vec<usize>>,
    /// Phrases without a letter, as "©".
    signs: Vec<String>,
    /// Nothing to search for in an empty table.
    search: Option<AhoCorasick>,
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
    /// A phrase without a letter or sign to search for.
    pub fn new(cues: Vec<Cue>) -> Result<Table, String> {
        let mut phrases = vec![];
        let mut patterns: Vec<String> = vec![];
        let mut anchored: Vec<Vec<usize>> = vec![];
        for (cue, entry) in cues.iter().enumerate() {
            for words in &entry.words {
                let phrase = Phrase::new(cue, words).ok_or_else(|| {
                    format!("cue `{}`: `{words}` holds nothing to search for; expected words", entry.id)
                })?;
                for pattern in phrase.patterns() {
                    let at = patterns.iter().position(|known| *known == pattern).unwrap_or_else(|| {
                        patterns.push(pattern);
                        anchored.push(vec![]);
                        patterns.len() - 1
                    });
                    anchored[at].push(phrases.len());
                }
                phrases.push(phrase);
            }
        }
        // A transition table: one load for each byte of text, and most texts hold no cue.
        let search = AhoCorasickBuilder::new()
            .kind(Some(AhoCorasickKind::DFA))
            .ascii_case_insensitive(true)
            .build(&patterns)
            .map_err(|wrong| wrong.to_string())?;
        let words = cues.iter().flat_map(|cue| &cue.words).map(|words| words.trim());
        let signs = words.filter(|words| !words.contains(char::is_alphabetic)).map(str::to_owned).collect();
        Ok(Table { cues, phrases, anchored, signs, search: Some(search) })
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
        let Some(search) = &self.search else { return false };
        search.find_overlapping_iter(Input::new(text).range(from..to)).any(|found| {
            let mut phrases = self.anchored[found.pattern().as_usize()].iter().map(|&phrase| &self.phrases[phrase]);
            phrases.any(|phrase| {
                self.cues[phrase.cue].kind != Kind::Beside && phrase.around(text, found.start(), found.end()).is_some()
            })
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
        for found in self.search.iter().flat_map(|search| search.find_overlapping_iter(text)) {
            for &phrase in &self.anchored[found.pattern().as_usize()] {
                let phrase = &self.phrases[phrase];
                if let Some((start, end)) = phrase.around(text, found.start(), found.end()) {
                    hits.push(Hit { start, end, cue: phrase.cue, kind: self.cues[phrase.cue].kind });
                }
            }
        }
        hits.sort_unstable_by_key(|hit| (hit.start, hit.end, hit.cue));
        hits.dedup();
        hits
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
