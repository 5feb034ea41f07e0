//! The words and phrases of a pack, numbered, with what each may mean.
//!
//! In: phrases with their senses. Out: a word number per token, and the longest phrase at a place.
//!
//! "véhicules blindés de transport de troupes" is one thing, and "transport de troupes" inside it none: the longest
//! phrase wins. A form that is known only without its accents stands for every word it may be.

use super::tags::Tags;
use crate::sentence::{Key, Token, TokenKind};
use std::ops::Range;

/// What a phrase may mean: an entry of the pack, and the form it was met in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sense {
    /// Index into the pack's entries.
    pub entry: u32,
    /// Traits of the form.
    pub tags: Tags,
}

/// A phrase found in the text: `senses` of tokens `at..at + len`.
#[derive(Clone, Copy, Debug)]
pub struct Found<'v> {
    /// How many tokens.
    pub len: usize,
    /// Which of them is a country's adjective inside the name of an office: "le ministère russe de la Défense".
    pub gap: Option<usize>,
    /// What they may mean.
    pub senses: &'v [Sense],
    /// The place in the trie where the phrase ends; senses that are equal share it.
    pub node: u32,
}

/// Words and phrases of one language. Built once, then only read.
#[derive(Default)]
pub struct Vocabulary {
    /// By the hash of a word's letters.
    words: Table<Numbers>,
    /// By node above and word, as one key: the node below. The root is below nothing, so 0 is none.
    edges: Table<u32>,
    /// For each word number: other word numbers that it may stand for (a form without accents).
    members: Vec<Box<[u32]>>,
    /// For each word number: bits of the kinds of entries that its phrases belong to.
    hints: Vec<u8>,
    /// For each node of the trie: range of its senses.
    nodes: Vec<(u32, u32)>,
    /// For each node: whether a phrase that ends there names an office.
    offices: Vec<bool>,
    senses: Vec<Sense>,
}

/// What some letters may be; 0 is no word.
#[derive(Clone, Copy, Default)]
struct Numbers {
    /// Word with exactly these letters.
    exact: u32,
    /// Word for these letters when accents are not told.
    loose: u32,
}

/// A paragraph is worth reading when its words have certain hints.
pub mod hint {
    /// Can be part of a number.
    pub const NUMBER: u8 = 1;
    /// An outcome.
    pub const OUTCOME: u8 = 2;
    /// A class of materiel.
    pub const MATERIEL: u8 = 4;
    /// A party, a cue or a reset.
    pub const VOICE: u8 = 8;
    /// People who are counted.
    pub const PEOPLE: u8 = 128;
    /// The name of an office: a country's adjective may stand inside it.
    pub const OFFICE: u8 = 16;
    /// A country's adjective.
    pub const ADJECTIVE: u8 = 32;
    /// Can be part of a date.
    pub const TIME: u8 = 64;
}

impl Vocabulary {
    /// The number of a word; 0 when unknown. A word in capitals has lost its accents.
    #[inline]
    pub fn word(&self, key: Key, upper: bool) -> u32 {
        let exact = self.words.get(key.exact);
        if exact.exact != 0 && !upper {
            return exact.exact;
        }
        if key.exact == key.loose {
            return if exact.loose != 0 { exact.loose } else { exact.exact };
        }
        if exact.exact != 0 {
            return exact.exact;
        }
        self.words.get(key.loose).loose
    }

    /// The senses of every place where a phrase may end.
    pub fn ends(&self) -> impl Iterator<Item = &[Sense]> {
        self.nodes.iter().map(|&(from, to)| &self.senses[from as usize..to as usize])
    }

    /// Bits of the kinds of entries that phrases with this word belong to.
    #[inline]
    pub fn hints(&self, word: u32) -> u8 {
        self.hints.get(word as usize).copied().unwrap_or(0)
    }

    /// The longest phrase that begins at `tokens[at]`.
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<Found<'_>> {
        let mut best = None;
        self.walk(tokens, at, 0, 0, None, &mut best);
        best
    }

    fn walk<'v>(
        &'v self,
        tokens: &[Token],
        at: usize,
        node: u32,
        len: usize,
        gap: Option<usize>,
        best: &mut Option<Found<'v>>,
    ) {
        if len > 0 {
            let (from, to) = self.nodes[node as usize];
            let whole = gap.is_none_or(|gap| self.offices[node as usize] && gap + 1 < len);
            if from < to && whole && best.is_none_or(|found| found.len < len) {
                *best = Some(Found { len, gap, senses: &self.senses[from as usize..to as usize], node });
            }
        }
        let Some(token) = tokens.get(at + len) else { return };
        if token.kind != TokenKind::Word || token.word == 0 {
            return;
        }
        if let Some(next) = self.edge(node, token.word) {
            self.walk(tokens, at, next, len + 1, gap, best);
        }
        if len > 0 && gap.is_none() && self.hints(token.word) & hint::ADJECTIVE != 0 {
            self.walk(tokens, at, node, len + 1, Some(len), best);
        }
        for &member in self.members.get(token.word as usize).map_or(&[][..], |members| members) {
            if let Some(next) = self.edge(node, member) {
                self.walk(tokens, at, next, len + 1, gap, best);
            }
        }
    }

    #[inline]
    fn edge(&self, node: u32, word: u32) -> Option<u32> {
        Some(self.edges.get(edge(node, word))).filter(|&below| below != 0)
    }
}

#[inline]
fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// Values by hash, in one piece of memory; a key that is absent has the default. No key is 0.
#[derive(Default)]
struct Table<T> {
    /// None, or a power of two of which at most a third is taken: most questions end at the first slot.
    slots: Vec<(u64, T)>,
    len: usize,
}

impl<T: Copy + Default> Table<T> {
    /// Room for so many keys before it grows.
    fn with_room(len: usize) -> Table<T> {
        Table { slots: vec![(0, T::default()); (len.max(1) * 3).next_power_of_two()], len: 0 }
    }

    #[inline]
    fn get(&self, key: u64) -> T {
        if self.slots.is_empty() { T::default() } else { self.slots[self.place(key)].1 }
    }

    /// The value of a key, to change; the default when it is new.
    fn at(&mut self, key: u64) -> &mut T {
        if (self.len + 1) * 3 > self.slots.len() {
            let mut wider = Table::with_room((self.len + 1) * 2);
            for (key, value) in self.slots.drain(..).filter(|(key, _)| *key != 0) {
                *wider.at(key) = value;
            }
            *self = wider;
        }
        let place = self.place(key);
        if self.slots[place].0 == 0 {
            self.slots[place].0 = key;
            self.len += 1;
        }
        &mut self.slots[place].1
    }

    /// The slot of this key, or the free one where it would go.
    #[inline]
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = ((key ^ (key >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        at
    }
}

/// Collects phrases, then numbers them.
#[derive(Default)]
pub struct Builder {
    /// The words of every phrase, each followed by [`BREAK`].
    spelled: String,
    phrases: Vec<Phrase>,
    /// Of the phrase that is being added.
    tokens: Vec<Token>,
}

/// A phrase with one of its senses.
struct Phrase {
    /// Its first letters: two phrases seldom need a longer look to be put in order.
    first: u64,
    /// In [`Builder::spelled`].
    words: Range<usize>,
    sense: Sense,
    hint: u8,
}

/// Ends a word: it sorts before every letter, as the shorter of two lists of words does.
const BREAK: char = '\0';

impl Builder {
    /// Adds a phrase. It is split into words by the rule that splits texts.
    pub fn add(&mut self, phrase: &str, sense: Sense, hint: u8) {
        self.tokens.clear();
        crate::sentence::split(phrase, 0, phrase.len(), &Vocabulary::default(), &mut self.tokens);
        let from = self.spelled.len();
        for word in self.tokens.iter().filter(|token| token.kind == TokenKind::Word) {
            self.spelled.push_str(word.of(phrase));
            self.spelled.push(BREAK);
        }
        let words = from..self.spelled.len();
        if !words.is_empty() {
            let mut first = [0; 8];
            let shown = words.len().min(8);
            first[..shown].copy_from_slice(&self.spelled.as_bytes()[from..from + shown]);
            self.phrases.push(Phrase { first: u64::from_be_bytes(first), words, sense, hint });
        }
    }

    /// The finished vocabulary. Words and senses are numbered in the order of the phrases' spelling; equal phrases keep
    /// the order of the pack, for the place in `spelled` tells it.
    pub fn build(self) -> Vocabulary {
        let Builder { spelled, mut phrases, .. } = self;
        phrases.sort_unstable_by(|a, b| {
            let longer = || spelled[a.words.clone()].cmp(&spelled[b.words.clone()]);
            a.first.cmp(&b.first).then_with(longer).then(a.words.start.cmp(&b.words.start))
        });
        let mut words: Table<Numbers> = Table::with_room(phrases.len() / 2);
        let mut loose: Vec<(u64, u32)> = vec![];
        let mut hints: Vec<u8> = vec![0];
        let mut edges: Table<u32> = Table::with_room(phrases.len());
        let mut offices = vec![false];
        // Senses with the node they belong to, and where those of the phrase at hand begin.
        let mut ends: Vec<(u32, Sense)> = Vec::with_capacity(phrases.len());
        let mut own = 0;
        let (mut before, mut node, mut last) = ("", 0, 0);
        for phrase in &phrases {
            let spelling = &spelled[phrase.words.clone()];
            if spelling != before {
                (before, node, own) = (spelling, 0, ends.len());
                for word in spelling.split_terminator(BREAK) {
                    let key = key(word);
                    let number = &mut words.at(key.exact).exact;
                    if *number == 0 {
                        *number = hints.len() as u32;
                        loose.push((key.loose, *number));
                        hints.push(0);
                    }
                    last = *number;
                    let below = edges.at(edge(node, last));
                    if *below == 0 {
                        *below = offices.len() as u32;
                        offices.push(false);
                    }
                    node = *below;
                }
            }
            // Any word of the phrase may be the one that a text shows first; the rarest would do, the last is near.
            hints[last as usize] |= phrase.hint;
            offices[node as usize] |= phrase.hint & hint::OFFICE != 0;
            match ends[own..].iter_mut().find(|(_, known)| known.entry == phrase.sense.entry) {
                Some((_, known)) => known.tags = known.tags.with(phrase.sense.tags),
                None => ends.push((node, phrase.sense)),
            }
        }
        let mut members: Vec<Box<[u32]>> = vec![Box::default(); hints.len()];
        loose.sort_unstable();
        for alike in loose.chunk_by(|a, b| a.0 == b.0) {
            let number = match alike {
                [(_, one)] => *one,
                _ => {
                    let union = alike.iter().fold(0, |bits, &(_, word)| bits | hints[word as usize]);
                    hints.push(union);
                    members.push(alike.iter().map(|&(_, word)| word).collect());
                    hints.len() as u32 - 1
                }
            };
            words.at(alike[0].0).loose = number;
        }
        // Phrases that differ in capitals end at one node and need not be neighbours. The sort is stable.
        ends.sort_by_key(|&(node, _)| node);
        let mut nodes = Vec::with_capacity(offices.len());
        let mut from = 0;
        for node in 0..offices.len() as u32 {
            let to = from + ends[from..].iter().take_while(|(at, _)| *at == node).count();
            nodes.push((from as u32, to as u32));
            from = to;
        }
        let senses = ends.into_iter().map(|(_, sense)| sense).collect();
        Vocabulary { words, edges, members, hints, nodes, offices, senses }
    }
}

/// [`Key::of`], without composing what cannot be decomposed: before U+0300 every letter is whole.
fn key(word: &str) -> Key {
    match word.chars().all(|letter| letter < '\u{300}') {
        true => word.chars().fold(Key::EMPTY, Key::push),
        false => Key::of(word),
    }
}
