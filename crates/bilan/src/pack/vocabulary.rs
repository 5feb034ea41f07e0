//! The words and phrases of a pack, numbered, with what each may mean.
//!
//! In: phrases with their senses. Out: a word number per token, and the longest phrase at a place.
//!
//! "véhicules blindés de transport de troupes" is one thing, and "transport de troupes" inside it none: the longest
//! phrase wins. A form that is known only without its accents stands for every word it may be.

use super::mask::Mask;
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
    pub mask: &'v Mask,
}

/// Words and phrases of one language. Built once, then only read.
#[derive(Default)]
pub struct Vocabulary {
    /// By the hash of a word's letters: the number of the word with exactly these, or [`LOOSE`] and the number for them when
    /// accents are not told.
    words: Index,
    /// The number for letters without accents, where a word has exactly these and another number stands for both.
    alike: Index,
    /// By node above and word, as one key: the node below.
    edges: Index,
    /// The first number that stands for other words (a form without accents).
    first_union: u32,
    /// From that number on: those words.
    members: Vec<Box<[u32]>>,
    /// For each word number: bits of the kinds of entries that its phrases belong to.
    hints: Vec<u16>,
    /// For each word number: the number of its set, which stands in phrases for any of its words.
    sets: Vec<u32>,
    /// The trie: first the node of each word number, where a phrase may begin, then those below.
    nodes: Vec<Node>,
    senses: Vec<Sense>,
    /// What phrases may be; few differ.
    masks: Vec<Mask>,
}

/// A place in the trie: four of them stand in one line of the cache, since most of a text's time goes into waiting for it.
#[derive(Clone, Copy, Default)]
struct Node {
    /// One bit for each word that goes on from here, some sharing one: most words that follow do not.
    next: u64,
    /// The first sense of the phrase that ends here.
    senses: u32,
    /// Index of what the phrases that end here may be.
    mask: u16,
    /// How many senses; none when no phrase ends here.
    len: u8,
    traits: u8,
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

/// Set where letters are those of no word; the rest is the number that they have when accents are not told.
const LOOSE: u32 = 1 << 31;

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
    /// An adverb of one word, which may stand inside a phrase.
    pub const ADVERB: u16 = 16384;
    /// Stands in no phrase that has a sense.
    pub const NO_SENSE: u16 = 4096;
}

impl Vocabulary {
    /// The number of a word; 0 when unknown. A word in capitals has lost its accents.
    #[inline]
    pub fn word(&self, key: Key, upper: bool) -> u32 {
        let found = self.words.get(key.exact);
        if found & LOOSE == 0 && !upper && found != 0 {
            return found;
        }
        if key.exact == key.loose {
            return self.loose(found, key);
        }
        if found != 0 && found & LOOSE == 0 {
            return found;
        }
        self.loose(self.words.get(key.loose), key)
    }

    /// The number of letters whose accents are not told, where `found` is what they are as they stand.
    fn loose(&self, found: u32, key: Key) -> u32 {
        if found & LOOSE != 0 || found == 0 {
            return found & !LOOSE;
        }
        match self.alike.get(key.loose) {
            0 => found,
            alike => alike,
        }
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
        let senses = &self.senses[node.senses as usize..][..node.len as usize];
        Some(Found { len: end.len as usize, gap, senses, mask: &self.masks[node.mask as usize] })
    }

    /// Where the longest phrase ends; nothing where a word may be several or one of a set, or a country's adjective may
    /// stand inside.
    #[inline(always)]
    fn longest_of_one(&self, tokens: &[Token], at: usize, word: u32) -> Option<End> {
        if word >= self.first_union {
            return None;
        }
        let (mut node, mut len, mut best) = (word, 1, End::NONE);
        loop {
            let here = &self.nodes[node as usize];
            if here.len > 0 {
                best = End { node, len, gap: 0 };
            }
            // Most words stand alone.
            let Some(token) = self.next_of(here, tokens, at + len as usize) else { break };
            let several = token.kind == TokenKind::Word && token.word >= self.first_union;
            if several || here.passes(token) || self.in_set(here, token) {
                return None;
            }
            node = if token.word == 0 { 0 } else { self.edges.get(mixed(edge(node, token.word))) };
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
            self.walk(tokens, at, End { node: word, len: 1, gap: 0 }, &mut best);
        } else {
            for &member in self.members(word) {
                self.walk(tokens, at, End { node: member, len: 1, gap: 0 }, &mut best);
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
        if here.len > 0 && whole && best.len < len {
            *best = reached;
        }
        let Some(token) = self.next_of(here, tokens, at + len as usize) else { return };
        let below = |word: u32| {
            let node = if here.next & Node::bit(word) == 0 { 0 } else { self.edges.get(mixed(edge(node, word))) };
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

/// Node and word as one key.
#[inline]
fn edge(node: u32, word: u32) -> u64 {
    u64::from(node) << 32 | u64::from(word)
}

/// A hash of an edge.
#[inline]
fn mixed(edge: u64) -> u64 {
    let product = u128::from(edge ^ 0x9e37_79b9_7f4a_7c15) * 0xa076_1d64_78bd_642f;
    (product >> 64) as u64 ^ product as u64
}

/// Numbers by key, a hash, in little memory: whoever reads waits for it more than for anything else. Of a key only 32
/// bits are kept beside its place, so of a thousand million unknown words less than one is taken for another.
#[derive(Default)]
struct Index {
    /// Part of a key, and its number; 0 where there is none. A power of two, of which at most half are taken: most
    /// questions end at the first.
    slots: Vec<(u32, u32)>,
}

impl Index {
    /// Of so many keys, each once; no number is 0.
    fn of(len: usize, numbers: impl Iterator<Item = (u64, u32)>) -> Index {
        let mut slots = vec![(0, 0); (len * 2 + 1).next_power_of_two()];
        let mask = slots.len() - 1;
        for (key, number) in numbers {
            let (mut at, part) = Index::place(key);
            while slots[at & mask].1 != 0 {
                at += 1;
            }
            slots[at & mask] = (part, number);
        }
        Index { slots }
    }

    /// The number of a key; 0 when it has none.
    #[inline]
    fn get(&self, key: u64) -> u32 {
        let mask = self.slots.len().wrapping_sub(1);
        let (mut at, part) = Index::place(key);
        while let Some(&(known, number)) = self.slots.get(at & mask) {
            if known == part || number == 0 {
                return number;
            }
            at += 1;
        }
        0
    }

    /// Where a key is looked for, and the part of it that is kept: the half that the last letters of a word reach.
    #[inline]
    fn place(key: u64) -> (usize, u32) {
        (key as usize & 0xffff_ffff, (key >> 32) as u32)
    }
}
