//! The words and phrases of a pack, numbered, with what each may mean.
//!
//! In: phrases with their senses. Out: a word number per token, and the longest phrase at a place.
//!
//! "véhicules blindés de transport de troupes" is one thing, and "transport de troupes" inside it none: the longest
//! phrase wins. A form that is known only without its accents stands for every word it may be.

use super::load::Mask;
use super::tags::Tags;
use crate::sentence::{Key, Token, TokenKind};

mod build;

pub use build::Builder;

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
    /// What they may be, at a glance.
    pub mask: Mask,
}

/// Words and phrases of one language. Built once, then only read.
#[derive(Default)]
pub struct Vocabulary {
    /// By the hash of a word's letters.
    words: Table<Numbers>,
    /// For each word number: the node below the root, 0 when no phrase begins with it.
    starts: Vec<u32>,
    /// By node above and word, as one key: the node below, where it is not the root that is above.
    edges: Table<u32>,
    /// The first number that stands for other words (a form without accents).
    first_union: u32,
    /// From that number on: those words.
    members: Vec<Box<[u32]>>,
    /// For each word number: bits of the kinds of entries that its phrases belong to.
    hints: Vec<u16>,
    /// For each word number: the number of its set, which stands in phrases for any of its words.
    sets: Vec<u32>,
    /// The trie.
    nodes: Vec<Node>,
    senses: Vec<Sense>,
}

/// A place in the trie.
#[derive(Clone, Copy, Default)]
struct Node {
    /// Range of the senses of the phrase that ends here.
    from: u32,
    to: u32,
    traits: u8,
    /// What the phrases that end here may be.
    mask: Mask,
    /// One bit for each word that goes on from here, some sharing one: most words that follow do not.
    next: u64,
}

impl Node {
    /// A phrase that ends here names an office.
    const OFFICE: u8 = 2;
    /// A phrase that goes on from here names an office.
    const BEFORE_OFFICE: u8 = 4;
    /// A set goes on from here.
    const BEFORE_SET: u8 = 8;

    #[inline]
    fn has(&self, of: u8) -> bool {
        self.traits & of != 0
    }

    /// Whether the token is a country's adjective, which the name of an office goes on behind.
    #[inline]
    fn passes(&self, token: &Token) -> bool {
        self.has(Node::BEFORE_OFFICE) && token.hints & hint::ADJECTIVE != 0
    }

    #[inline]
    fn bit(word: u32) -> u64 {
        1 << (word.wrapping_mul(0x9e37_79b9) >> 26)
    }
}

/// Where a phrase ends.
#[derive(Clone, Copy)]
struct End {
    /// 0 for none.
    node: u32,
    /// How many tokens.
    len: u32,
    /// Which of them is a country's adjective inside the name of an office; 0 for none.
    gap: u32,
}

impl End {
    const NONE: End = End { node: 0, len: 0, gap: 0 };
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
    pub const NUMBER: u16 = 1;
    /// An outcome.
    pub const OUTCOME: u16 = 2;
    /// A class of materiel.
    pub const MATERIEL: u16 = 4;
    /// A party, a cue or a reset.
    pub const VOICE: u16 = 8;
    /// People who are counted.
    pub const PEOPLE: u16 = 128;
    /// The name of an office: a country's adjective may stand inside it.
    pub const OFFICE: u16 = 16;
    /// A country's adjective.
    pub const ADJECTIVE: u16 = 32;
    /// Can be part of a date.
    pub const TIME: u16 = 64;
    /// Stands in a number that is no article, or in "no": where it is missing there is none.
    pub const COUNT: u16 = 256;
    /// An article that may be a number.
    pub const ARTICLE: u16 = 512;
    /// Stands in an outcome or in a thing that tells one: where it is missing nothing has happened.
    pub const TOLD: u16 = 1024;
    /// Stands in a phrase of the publisher's own.
    pub const OWN: u16 = 2048;
    /// May be an abbreviation.
    pub const SHORT: u16 = 8192;
    /// Stands in no phrase that has a sense.
    pub const NO_SENSE: u16 = 4096;
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

    /// Bits of the kinds of entries that phrases with this word belong to.
    #[inline]
    pub fn hints(&self, word: u32) -> u16 {
        self.hints.get(word as usize).copied().unwrap_or(0)
    }

    /// The longest phrase that begins at `tokens[at]`.
    #[inline(always)]
    pub fn longest(&self, tokens: &[Token], at: usize) -> Option<Found<'_>> {
        let word = tokens.get(at).filter(|token| token.kind == TokenKind::Word)?.word;
        let end = self.longest_of_one(tokens, at, word).unwrap_or_else(|| self.longest_of_some(tokens, at, word));
        if end.node == 0 {
            return None;
        }
        let node = &self.nodes[end.node as usize];
        let gap = if end.gap > 0 { Some(end.gap as usize) } else { None };
        Some(Found { len: end.len as usize, gap, senses: self.senses_of(node), mask: node.mask })
    }

    /// Where the longest phrase ends; nothing where a word may be several or one of a set, or a country's adjective may
    /// stand inside.
    #[inline(always)]
    fn longest_of_one(&self, tokens: &[Token], at: usize, word: u32) -> Option<End> {
        if word >= self.first_union {
            return None;
        }
        let (mut node, mut len, mut best) = (self.start(word), 1, End::NONE);
        loop {
            let here = &self.nodes[node as usize];
            if here.from < here.to {
                best = End { node, len, gap: 0 };
            }
            // Most words stand alone.
            let Some(token) = self.next_of(here, tokens, at + len as usize) else { break };
            let several = token.kind == TokenKind::Word && token.word >= self.first_union;
            if several || here.passes(token) || self.in_set(here, token) {
                return None;
            }
            node = if token.word == 0 { 0 } else { self.edges.get(edge(node, token.word)) };
            if node == 0 {
                break;
            }
            len += 1;
        }
        Some(best)
    }

    #[inline(never)]
    fn longest_of_some(&self, tokens: &[Token], at: usize, word: u32) -> End {
        let mut best = End::NONE;
        if word < self.first_union {
            self.walk(tokens, at, End { node: self.start(word), len: 1, gap: 0 }, &mut best);
        } else {
            for &member in self.members(word) {
                self.walk(tokens, at, End { node: self.start(member), len: 1, gap: 0 }, &mut best);
            }
        }
        best
    }

    /// Goes on from a node that is reached; from 0, which nothing reaches, there is nothing to find.
    fn walk(&self, tokens: &[Token], at: usize, reached: End, best: &mut End) {
        let End { node, len, gap } = reached;
        if node == 0 {
            return;
        }
        let here = &self.nodes[node as usize];
        let whole = gap == 0 || (here.has(Node::OFFICE) && gap + 1 < len);
        if here.from < here.to && whole && best.len < len {
            *best = reached;
        }
        let Some(token) = self.next_of(here, tokens, at + len as usize) else { return };
        let below = |word: u32| {
            let node = if here.next & Node::bit(word) == 0 { 0 } else { self.edges.get(edge(node, word)) };
            End { node, len: len + 1, gap }
        };
        let members = if token.kind == TokenKind::Word { self.members(token.word) } else { &[] };
        if members.is_empty() && token.word != 0 {
            self.walk(tokens, at, below(token.word), best);
        }
        if token.kind == TokenKind::Digits {
            return;
        }
        if here.passes(token) && gap == 0 {
            self.walk(tokens, at, End { node, len: len + 1, gap: len }, best);
        }
        for &member in members {
            self.walk(tokens, at, below(member), best);
        }
        if here.has(Node::BEFORE_SET) {
            let words = if members.is_empty() { std::slice::from_ref(&token.word) } else { members };
            for set in words.iter().map(|&word| self.set_of(word)).filter(|&set| set != 0) {
                self.walk(tokens, at, below(set), best);
            }
        }
    }

    /// The token at `at`, where a phrase may go on with it.
    #[inline]
    fn next_of<'t>(&self, here: &Node, tokens: &'t [Token], at: usize) -> Option<&'t Token> {
        let token = tokens.get(at).filter(|token| here.next != 0 && token.kind != TokenKind::Mark)?;
        let goes_on = here.next & Node::bit(token.word) != 0 || token.word >= self.first_union;
        (goes_on || here.passes(token) || self.in_set(here, token)).then_some(token)
    }

    #[inline]
    fn senses_of(&self, node: &Node) -> &[Sense] {
        &self.senses[node.from as usize..node.to as usize]
    }

    #[inline]
    fn start(&self, word: u32) -> u32 {
        self.starts.get(word as usize).copied().unwrap_or(0)
    }

    /// The set that a word is in; 0 when none.
    #[inline]
    fn set_of(&self, word: u32) -> u32 {
        self.sets.get(word as usize).copied().unwrap_or(0)
    }

    /// Whether a set may go on from here, and the token is of one.
    #[inline]
    fn in_set(&self, here: &Node, token: &Token) -> bool {
        here.has(Node::BEFORE_SET) && self.set_of(token.word) != 0
    }

    /// The words that a number stands for, when it is no word itself.
    #[inline]
    fn members(&self, word: u32) -> &[u32] {
        let union = word.checked_sub(self.first_union).and_then(|at| self.members.get(at as usize));
        union.map_or(&[], |members| members)
    }
}

#[inline]
fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// Values by hash, in one piece of memory; a key that is absent has the default. No key is 0.
struct Table<T> {
    /// A power of two of which at most half is taken: most questions end at the first slot.
    slots: Vec<(u64, T)>,
    len: usize,
}

impl<T: Copy + Default> Default for Table<T> {
    fn default() -> Table<T> {
        Table::with_room(0)
    }
}

impl<T: Copy + Default> Table<T> {
    /// Room for so many keys before it grows.
    fn with_room(len: usize) -> Table<T> {
        Table { slots: vec![(0, T::default()); (len.max(1) * 2).next_power_of_two()], len: 0 }
    }

    #[inline]
    fn get(&self, key: u64) -> T {
        self.slots[self.place(key)].1
    }

    /// The value of a key, to change; the default when it is new.
    fn at(&mut self, key: u64) -> &mut T {
        if (self.len + 1) * 2 > self.slots.len() {
            let mut wider = Table::with_room(self.slots.len().max(1 << 13));
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

    fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().map(|(_, value)| value)
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
