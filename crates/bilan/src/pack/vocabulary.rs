//! The words and phrases of a pack, numbered, with what each may mean.
//!
//! In: phrases with their senses. Out: a word number per token, and the longest phrase at a place.
//!
//! "véhicules blindés de transport de troupes" is one thing, and "transport de troupes" inside it none: the longest
//! phrase wins. A form that is known only without its accents stands for every word it may be.

use super::tags::Tags;
use crate::sentence::{Key, Token, TokenKind};
use std::collections::BTreeMap;

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
}

/// Words and phrases of one language. Built once, then only read.
#[derive(Default)]
pub struct Vocabulary {
    slots: Box<[Slot]>,
    edges: Box<[Edge]>,
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

#[derive(Clone, Copy, Default)]
struct Slot {
    key: u64,
    /// Word with exactly these letters.
    exact: u32,
    /// Word for these letters when accents are not told.
    loose: u32,
}

#[derive(Clone, Copy, Default)]
struct Edge {
    /// Node above and word, as one key; 0 is free.
    key: u64,
    node: u32,
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
    pub const PEOPLE: u8 = 64;
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
        if self.slots.is_empty() {
            return 0;
        }
        let exact = self.slot(key.exact);
        if exact.exact != 0 && !upper {
            return exact.exact;
        }
        if key.exact == key.loose {
            return if exact.loose != 0 { exact.loose } else { exact.exact };
        }
        if exact.exact != 0 {
            return exact.exact;
        }
        self.slot(key.loose).loose
    }

    #[inline]
    fn slot(&self, key: u64) -> Slot {
        let mask = self.slots.len() - 1;
        let mut at = spread(key) as usize & mask;
        loop {
            let slot = self.slots[at];
            if slot.key == key || slot.key == 0 {
                return slot;
            }
            at = (at + 1) & mask;
        }
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
                *best = Some(Found { len, gap, senses: &self.senses[from as usize..to as usize] });
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
        let key = u64::from(node) << 32 | u64::from(word);
        let mask = self.edges.len() - 1;
        let mut at = spread(key) as usize & mask;
        loop {
            let edge = self.edges[at];
            if edge.key == key {
                return Some(edge.node);
            }
            if edge.key == 0 {
                return None;
            }
            at = (at + 1) & mask;
        }
    }
}

fn spread(key: u64) -> u64 {
    (key ^ (key >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20
}

/// Collects phrases, then numbers them.
#[derive(Default)]
pub struct Builder {
    phrases: BTreeMap<Vec<String>, (Vec<Sense>, u8)>,
}

impl Builder {
    /// Adds a phrase. It is split into words by the rule that splits texts.
    pub fn add(&mut self, phrase: &str, sense: Sense, hint: u8) {
        let words = split_phrase(phrase);
        if words.is_empty() {
            return;
        }
        let (senses, hints) = self.phrases.entry(words).or_default();
        *hints |= hint;
        match senses.iter_mut().find(|known| known.entry == sense.entry) {
            Some(known) => known.tags = known.tags.with(sense.tags),
            None => senses.push(sense),
        }
    }

    /// The finished vocabulary.
    pub fn build(self) -> Vocabulary {
        let mut exact: BTreeMap<u64, u32> = BTreeMap::new();
        let mut loose: BTreeMap<u64, Vec<u32>> = BTreeMap::new();
        let mut hints: Vec<u8> = vec![0];
        let mut edges: BTreeMap<(u32, u32), u32> = BTreeMap::new();
        let mut nodes: Vec<Vec<Sense>> = vec![vec![]];
        let mut offices = vec![false];
        for (words, (senses, hint)) in &self.phrases {
            let mut node = 0;
            for word in words {
                let key = Key::of(word);
                let number = *exact.entry(key.exact).or_insert_with(|| {
                    hints.push(0);
                    let number = hints.len() as u32 - 1;
                    loose.entry(key.loose).or_default().push(number);
                    number
                });
                // Any word of the phrase may be the one that a text shows first; the rarest would do, the last is near.
                if std::ptr::eq(word, words.last().unwrap_or(word)) {
                    hints[number as usize] |= hint;
                }
                node = *edges.entry((node, number)).or_insert_with(|| {
                    nodes.push(vec![]);
                    offices.push(false);
                    nodes.len() as u32 - 1
                });
            }
            nodes[node as usize].extend(senses);
            offices[node as usize] |= hint & hint::OFFICE != 0;
        }
        let mut members: Vec<Box<[u32]>> = vec![Box::default(); hints.len()];
        let mut slots: BTreeMap<u64, (u32, u32)> = exact.iter().map(|(&key, &word)| (key, (word, 0))).collect();
        for (key, words) in loose {
            let number = match words[..] {
                [one] => one,
                _ => {
                    let union = words.iter().fold(0, |bits, &word| bits | hints[word as usize]);
                    hints.push(union);
                    members.push(words.into());
                    hints.len() as u32 - 1
                }
            };
            slots.entry(key).or_insert((0, 0)).1 = number;
        }
        let mut flat = Vec::new();
        let nodes = nodes
            .into_iter()
            .map(|senses| {
                let from = flat.len() as u32;
                flat.extend(senses);
                (from, flat.len() as u32)
            })
            .collect();
        Vocabulary { slots: open(slots), edges: open_edges(edges), members, hints, nodes, offices, senses: flat }
    }
}

/// The words of a phrase, split as a text is.
fn split_phrase(phrase: &str) -> Vec<String> {
    let mut tokens = Vec::new();
    crate::sentence::split(phrase, 0, phrase.len(), &Vocabulary::default(), &mut tokens);
    let words = tokens.iter().filter(|token| token.kind == TokenKind::Word);
    words.map(|token| token.of(phrase).to_owned()).collect()
}

fn open(entries: BTreeMap<u64, (u32, u32)>) -> Box<[Slot]> {
    let mut slots = vec![Slot::default(); (entries.len().max(1) * 3).next_power_of_two()].into_boxed_slice();
    let mask = slots.len() - 1;
    for (key, (exact, loose)) in entries {
        let mut at = spread(key) as usize & mask;
        while slots[at].key != 0 {
            at = (at + 1) & mask;
        }
        slots[at] = Slot { key, exact, loose };
    }
    slots
}

fn open_edges(entries: BTreeMap<(u32, u32), u32>) -> Box<[Edge]> {
    let mut edges = vec![Edge::default(); (entries.len().max(1) * 3).next_power_of_two()].into_boxed_slice();
    let mask = edges.len() - 1;
    for ((above, word), node) in entries {
        let key = u64::from(above) << 32 | u64::from(word);
        let mut at = spread(key) as usize & mask;
        while edges[at].key != 0 {
            at = (at + 1) & mask;
        }
        edges[at] = Edge { key, node };
    }
    edges
}
