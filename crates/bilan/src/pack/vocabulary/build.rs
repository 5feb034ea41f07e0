//! Numbers the words of a pack and grows the trie of its phrases.
//!
//! In: phrases with their senses, one after the other. Out: a [`Vocabulary`].
//!
//! "tue" and "tué" are alike without accents: a text in capitals means either, so their letters get a number of their own
//! that stands for both.

use super::{Index, LOOSE, Node, Sense, Vocabulary, edge, hint, mixed};
use crate::pack::mask::Mask;
use crate::pack::tags::Tags;
use crate::sentence::{Key, Shape, Token, TokenKind};
use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// Numbers words and grows the trie, phrase by phrase.
pub struct Builder {
    words: Table<Numbers>,
    /// Words that differ in their accents only: the one without any first, then in the order of the pack.
    alike: Vec<Vec<u32>>,
    hints: Vec<u16>,
    /// For each word: how often it stands in a phrase.
    uses: Vec<u32>,
    /// For each word: its node, 0 when no phrase begins with it.
    starts: Vec<u32>,
    edges: Table<u32>,
    /// Still without senses and masks, in the order in which they came.
    nodes: Vec<Node>,
    /// For each node: bits of the kinds of entries that end there.
    kinds: Vec<u16>,
    /// Each sense with the node it belongs to, and whether the phrase is written with a capital.
    ends: Vec<(u32, bool, Sense)>,
    /// For each word: the number of the set that it is in, 0 when it is in none.
    sets: Vec<u32>,
    /// By the first word of a set: its number, and whether its words are known.
    named: BTreeMap<String, (u32, bool)>,
    /// Of the phrase that is being added.
    tokens: Vec<Token>,
}

impl Builder {
    /// A builder with room for about so many phrases; it grows when there are more.
    pub fn with_room(phrases: usize) -> Builder {
        let mut builder = Builder {
            words: Table::with_room(phrases),
            alike: vec![],
            hints: Vec::with_capacity(phrases),
            uses: Vec::with_capacity(phrases),
            starts: Vec::with_capacity(phrases),
            edges: Table::with_room(phrases),
            nodes: Vec::with_capacity(phrases),
            kinds: Vec::with_capacity(phrases),
            ends: Vec::with_capacity(phrases),
            sets: Vec::with_capacity(phrases),
            named: BTreeMap::new(),
            tokens: vec![],
        };
        // The number of no word, and the root.
        builder.hints.push(0);
        builder.uses.push(0);
        builder.starts.push(0);
        builder.sets.push(0);
        builder.nodes.push(Node::default());
        builder.kinds.push(0);
        builder
    }

    /// Adds the words of a phrase that has no sense, for a hint on the rarest.
    pub fn hint(&mut self, phrase: &str, hint: u16) {
        let known = self.hints.len();
        self.split(phrase);
        self.hints[known..].fill(hint::NO_SENSE);
        if let Some(rarest) = self.rarest() {
            self.hints[rarest] |= hint;
        }
    }

    /// Splits a phrase into words by the rule that splits texts, and numbers them.
    fn split(&mut self, phrase: &str) {
        self.tokens.clear();
        let is_set = |part: &&str| part.starts_with('<');
        if !phrase.split(' ').any(|part| is_set(&part)) {
            return self.number(phrase);
        }
        for part in phrase.split(' ') {
            match part.strip_prefix('<').and_then(|part| part.strip_suffix('>')) {
                Some(name) => {
                    let word = self.set_of(name);
                    let (kind, shape) = (TokenKind::Word, Shape::default());
                    self.tokens.push(Token { start: 0, end: 0, word, kind, shape, hints: 0 });
                }
                None => self.number(part),
            }
        }
    }

    /// The number of a set, by its first word.
    fn set_of(&mut self, name: &str) -> u32 {
        if let Some(&(number, _)) = self.named.get(name) {
            return number;
        }
        let number = self.hints.len() as u32;
        self.grow();
        self.named.insert(name.to_owned(), (number, false));
        number
    }

    /// Room for one more number.
    fn grow(&mut self) {
        self.hints.push(0);
        self.uses.push(0);
        self.starts.push(0);
        self.sets.push(0);
    }

    /// Adds a word to the set of this name; whether it is one word, and in no other set.
    pub fn join(&mut self, name: &str, word: &str) -> bool {
        let set = self.set_of(name);
        self.named.insert(name.to_owned(), (set, true));
        self.split(word);
        let [Token { kind: TokenKind::Word, word, .. }] = self.tokens[..] else { return false };
        let of = &mut self.sets[word as usize];
        let free = *of == 0 || *of == set;
        *of = set;
        free
    }

    /// A set that phrases name and nothing defines.
    pub fn unknown_set(&self) -> Option<&str> {
        self.named.iter().find(|(_, (_, known))| !known).map(|(name, _)| name.as_str())
    }

    /// Numbers the words of a phrase without sets.
    fn number(&mut self, phrase: &str) {
        let Builder { words, alike, hints, uses, starts, sets, tokens, .. } = self;
        let number = |key: Key, _| {
            let mut number = words.at(key.exact).exact;
            if number == 0 {
                number = hints.len() as u32;
                words.at(key.exact).exact = number;
                join(&mut words.at(key.loose).loose, number, key.exact == key.loose, alike);
                hints.push(0);
                uses.push(0);
                starts.push(0);
                sets.push(0);
            }
            uses[number as usize] += 1;
            (number, 0)
        };
        crate::sentence::split_by(phrase, 0, phrase.len(), number, tokens);
        tokens.retain(|token| token.kind != TokenKind::Mark);
    }

    /// The word of the phrase that was split which stands in the fewest others, and of these the longest.
    fn rarest(&self) -> Option<usize> {
        let words = self.tokens.iter().filter(|token| token.kind == TokenKind::Word);
        let uses = |token: &Token| self.uses[token.word as usize];
        words.max_by_key(|token| (Reverse(uses(token)), token.end - token.start)).map(|token| token.word as usize)
    }

    /// The longest word of the phrase that was split.
    fn longest(&self) -> Option<usize> {
        let words = self.tokens.iter().filter(|token| token.kind == TokenKind::Word);
        words.max_by_key(|token| token.end - token.start).map(|token| token.word as usize)
    }

    /// Adds a phrase.
    pub fn add(&mut self, phrase: &str, sense: Sense, hint: u16) {
        self.split(phrase);
        let Builder { starts, tokens, .. } = self;
        // A phrase begins with a word.
        if tokens.first().is_none_or(|token| token.kind != TokenKind::Word) {
            return;
        }
        let before = if hint & hint::OFFICE != 0 { Node::BEFORE_OFFICE } else { 0 };
        let (mut node, mut last) = (0, 0);

        for token in &self.tokens {
            if token.kind == TokenKind::Word {
                last = token.word as usize;
            }
            let set = if token.end == 0 { Node::BEFORE_SET } else { 0 };
            self.nodes[node as usize].traits |= before | set;
            self.nodes[node as usize].next |= Node::bit(token.word);
            let below = if node == 0 { &mut starts[last] } else { self.edges.at(edge(node, token.word)) };
            if *below == 0 {
                *below = self.nodes.len() as u32;
                self.nodes.push(Node::default());
                self.kinds.push(0);
            }
            node = *below;
        }
        if node == 0 {
            return;
        }
        // The rarest of its words wakes a sentence, to which the longest is near: "de" of "fort de" is in every one.
        let longest = self.longest().unwrap_or(last);
        self.hints[longest] |= hint;
        self.kinds[node as usize] |= hint;
        self.nodes[node as usize].traits |= if hint & hint::OFFICE != 0 { Node::OFFICE } else { 0 };
        self.ends.push((node, phrase.starts_with(char::is_uppercase), sense));
    }

    /// The finished vocabulary. Senses of one phrase stand in the order of the pack, those with a capital first; `mask` adds
    /// to the mask of a phrase what they are.
    pub fn build(self, mask: impl Fn(Mask, &[Sense]) -> Mask) -> Vocabulary {
        let Builder { mut words, alike, mut hints, starts, edges, nodes, kinds, ends, sets, .. } = self;
        let (of_nodes, senses) = senses(nodes.len(), &ends);
        let mut masks = Masks::default();
        // Where each node goes: that of a word to the word's number, so that nothing stands between the two.
        let mut moved = vec![0; nodes.len()];
        for (word, &start) in starts.iter().enumerate().filter(|(_, start)| **start != 0) {
            moved[start as usize] = word as u32;
        }
        let mut placed = vec![Node::default(); starts.len()];
        for (at, mut node) in nodes.into_iter().enumerate().skip(1) {
            let of_node = &senses[of_nodes[at].clone()];
            node.senses = of_nodes[at].start as u32;
            node.len = u8::try_from(of_node.len()).unwrap_or(u8::MAX);
            node.mask = masks.number(mask(Mask { hints: kinds[at], ..Mask::default() }, of_node));
            match moved[at] {
                0 => {
                    moved[at] = placed.len() as u32;
                    placed.push(node);
                }
                word => placed[word as usize] = node,
            }
        }
        let edges = Index::of(
            edges.len,
            edges.iter().map(|(key, node)| {
                let (above, word) = ((key >> 32) as usize, key as u32);
                (mixed(edge(moved[above], word)), moved[node as usize])
            }),
        );
        let first_union = hints.len() as u32;
        for alike in &alike {
            let union = alike.iter().fold(0, |bits, &word| bits | hints[word as usize]);
            // A phrase of the publisher's is known however its accents are typed.
            alike.iter().for_each(|&word| hints[word as usize] |= union & hint::OWN);
            hints.push(union);
        }
        for numbers in words.values_mut().filter(|numbers| numbers.loose & ALIKE != 0) {
            numbers.loose = first_union + (numbers.loose ^ ALIKE);
        }
        let members = alike.into_iter().map(Vec::into_boxed_slice).collect();
        let several = |numbers: &Numbers| numbers.exact != 0 && ![0, numbers.exact].contains(&numbers.loose);
        let several = words.iter().filter(|(_, numbers)| several(numbers));
        let alike = Index::of(several.clone().count(), several.map(|(key, numbers)| (key, numbers.loose)));
        let number = |Numbers { exact, loose }| if exact != 0 { exact } else { loose | LOOSE };
        let words = Index::of(words.len, words.iter().map(|(key, numbers)| (key, number(numbers))));
        Vocabulary { words, alike, edges, first_union, members, hints, sets, nodes: placed, senses, masks: masks.all }
    }
}

/// The senses of each of so many nodes, as ranges of all of them: in the order of the pack, those with a capital first.
fn senses(nodes: usize, ends: &[(u32, bool, Sense)]) -> (Vec<Range<usize>>, Vec<Sense>) {
    let mut ranges = vec![0..0; nodes];
    for &(node, ..) in ends {
        ranges[node as usize].end += 1;
    }
    let mut sum = 0;
    for range in &mut ranges {
        // Room for them; `end` follows as they come.
        (*range, sum) = (sum..sum, sum + range.end);
    }
    let mut senses = vec![Sense { entry: 0, tags: Tags::NONE }; ends.len()];
    for capital in [true, false] {
        let own: Vec<usize> = ranges.iter().map(|range| range.end).collect();
        for &(node, _, sense) in ends.iter().filter(|end| end.1 == capital) {
            let (own, range) = (own[node as usize], &mut ranges[node as usize]);
            // One form of an entry may have many traits.
            match senses[own..range.end].iter_mut().find(|known| known.entry == sense.entry) {
                Some(known) => known.tags = known.tags.with(sense.tags),
                None => {
                    senses[range.end] = sense;
                    range.end += 1;
                }
            }
        }
    }
    (ranges, senses)
}

/// What phrases may be, each once.
#[derive(Default)]
struct Masks {
    all: Vec<Mask>,
    numbers: HashMap<Mask, u16>,
}

impl Masks {
    /// The number of a mask.
    fn number(&mut self, mask: Mask) -> u16 {
        *self.numbers.entry(mask).or_insert_with(|| {
            self.all.push(mask);
            // A few hundred; no pack can tell so many kinds apart.
            u16::try_from(self.all.len() - 1).unwrap_or(u16::MAX)
        })
    }
}

/// Set in what letters without accents stand for while phrases are added; the rest is an index into words that are alike.
const ALIKE: u32 = 1 << 31;

/// Adds a new word to those with the same letters without accents; `bare` when it has none.
fn join(loose: &mut u32, word: u32, bare: bool, alike: &mut Vec<Vec<u32>>) {
    if *loose == 0 {
        *loose = word;
        return;
    }
    if *loose & ALIKE == 0 {
        alike.push(vec![*loose]);
        *loose = ALIKE | (alike.len() - 1) as u32;
    }
    let words = &mut alike[(*loose ^ ALIKE) as usize];
    words.insert(if bare { 0 } else { words.len() }, word);
}

/// What some letters may be; 0 is no word.
#[derive(Clone, Copy, Default)]
struct Numbers {
    /// Word with exactly these letters.
    exact: u32,
    /// Word for these letters when accents are not told.
    loose: u32,
}

/// Values by hash, in one piece of memory; a key that is absent has the default. No key is 0.
struct Table<T> {
    /// A power of two of which at most half is taken: most questions end at the first slot.
    slots: Vec<(u64, T)>,
    len: usize,
}

impl<T: Copy + Default> Table<T> {
    /// Room for so many keys before it grows.
    fn with_room(len: usize) -> Table<T> {
        Table { slots: vec![(0, T::default()); (len.max(1) * 2).next_power_of_two()], len: 0 }
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

    /// Keys with their values.
    fn iter(&self) -> impl Iterator<Item = (u64, T)> + Clone {
        self.slots.iter().copied().filter(|(key, _)| *key != 0)
    }

    fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.slots.iter_mut().map(|(_, value)| value)
    }

    /// The slot of this key, or the free one where it would go.
    fn place(&self, key: u64) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = ((key ^ (key >> 32)).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 20) as usize & mask;
        while self.slots[at].0 != key && self.slots[at].0 != 0 {
            at = (at + 1) & mask;
        }
        at
    }
}
