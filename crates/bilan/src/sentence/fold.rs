//! Folds letters: case away for the exact key, accents too for the loose one.
//!
//! In: the letters of a word. Out: two hashes, one of the exact lower-case form, one of the form without accents.
//!
//! "tue" and "tué" are two words; "TUES" in a headline may be either, so a form that is unknown as written is looked up
//! once more without its accents.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// What a byte of a text begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Class {
    /// Space, or a control character.
    Blank,
    /// An ASCII letter.
    Letter,
    /// An ASCII digit.
    Digit,
    /// Any other ASCII character.
    Mark,
    /// A character beyond ASCII, of any class.
    Beyond,
}

/// What a byte of a text begins.
#[inline]
pub fn class(byte: u8) -> Class {
    const CLASSES: [Class; 256] = {
        let mut classes = [Class::Beyond; 256];
        let mut byte = 0u8;
        while byte < 0x80 {
            classes[byte as usize] = match byte {
                b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
                b'0'..=b'9' => Class::Digit,
                b'!'..=b'~' => Class::Mark,
                _ => Class::Blank,
            };
            byte += 1;
        }
        classes
    };
    CLASSES[byte as usize]
}

/// Letters below this code point fold by table; two bytes write each.
const TABLE: usize = 0x530;

/// How letters fold, one by one. Made once.
pub struct Alphabet {
    /// The first letters of Unicode.
    letters: [Letter; TABLE],
}

/// The alphabet that every text is read by.
pub fn alphabet() -> &'static Alphabet {
    static ALPHABET: LazyLock<Alphabet> = LazyLock::new(|| Alphabet {
        letters: std::array::from_fn(|code| Letter::of(char::from_u32(code as u32).unwrap_or(' '))),
    });
    &ALPHABET
}

#[derive(Clone, Copy)]
struct Letter {
    /// In lower case.
    lower: Utf8,
    /// In lower case, without accents.
    bare: Utf8,
    kind: Kind,
}

impl Letter {
    fn of(letter: char) -> Letter {
        // A ligature folds to its first letter: both sides of a comparison fold alike.
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        let bare = if (letter as usize) < TABLE { lower.nfd().next().unwrap_or(lower) } else { lower };
        let kind = match letter {
            _ if is_mark(letter) => Kind::Mark,
            _ if letter.is_uppercase() => Kind::Capital,
            _ if letter.is_alphabetic() => Kind::Small,
            _ => Kind::None,
        };
        Letter { lower: Utf8::of(lower), bare: Utf8::of(bare), kind }
    }
}

/// The bytes of a character, the first lowest.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Utf8 {
    bytes: u32,
    len: u8,
}

impl Utf8 {
    fn of(letter: char) -> Utf8 {
        let mut bytes = [0; 4];
        let len = letter.encode_utf8(&mut bytes).len() as u8;
        Utf8 { bytes: u32::from_le_bytes(bytes), len }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Small,
    Capital,
    Mark,
}

/// A word of a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Word {
    /// One past its last byte.
    pub end: usize,
    /// Of its letters.
    pub key: Key,
    /// Whether the first letter is a capital.
    pub capital: bool,
    /// Whether all are, and more than one.
    pub upper: bool,
}

impl Alphabet {
    /// The word that begins at `start`; it has no letters when something else does. Nothing where a letter is not in the
    /// table or carries a mark of its own, and in a very long word: then each must be looked at.
    pub fn word(&self, bytes: &[u8], start: usize) -> Option<Word> {
        let (mut exact, mut loose) = (Folded::EMPTY, Folded::EMPTY);
        let (mut at, mut wide, mut small) = (start, 0, false);
        let mut capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
        loop {
            let run = Run::at(bytes, at);
            exact.extend(run.letters, run.len)?;
            loose.extend(run.letters, run.len)?;
            small |= run.small;
            at += run.len;
            if run.len < BLOCK {
                let letter = match bytes[at..] {
                    [] | [..0x80, ..] => break,
                    [first @ 0xc2..0xe0, second, ..] => {
                        self.letters.get(usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f))?
                    }
                    // Dashes and quotation marks.
                    [0xe2, 0x80, ..] => break,
                    _ => return None,
                };
                match letter.kind {
                    Kind::None => break,
                    Kind::Mark => return None,
                    Kind::Small => small = true,
                    Kind::Capital => capital |= at == start,
                }
                exact.extend(letter.lower.bytes.into(), letter.lower.len.into())?;
                loose.extend(letter.bare.bytes.into(), letter.bare.len.into())?;
                wide += 1;
                at += 2;
            }
        }
        let key = Key { exact: exact.hash(), loose: loose.hash() };
        Some(Word { end: at, key, capital, upper: at - start - wide > 1 && !small })
    }
}

/// The letters of a word that is not very long, in UTF-8; behind them stand zeros.
struct Folded {
    letters: [u8; 5 * BLOCK],
    len: usize,
}

impl Folded {
    const EMPTY: Folded = Folded { letters: [0; 5 * BLOCK], len: 0 };

    /// Adds the lowest `len` bytes; the others are 0. Nothing where there is no room.
    #[inline]
    fn extend(&mut self, letters: u64, len: usize) -> Option<()> {
        self.letters.get_mut(self.len..self.len + BLOCK)?.copy_from_slice(&letters.to_le_bytes());
        self.len += len;
        Some(())
    }

    /// As [`Hash::value`].
    #[inline]
    fn hash(&self) -> u64 {
        let blocks = self.letters.as_chunks::<BLOCK>().0.iter().take(self.len / BLOCK + 1);
        blocks.fold(Hash::EMPTY.full, |hash, block| mix(hash, u64::from_le_bytes(*block)))
    }
}

/// [`Alphabet::word`], where all of it is in ASCII and it is not long, as most are.
#[inline(always)]
pub fn plain_word(bytes: &[u8], start: usize) -> Option<Word> {
    let run = Run::at(bytes, start);
    let (mut hash, mut end, mut small) = (mix(Hash::EMPTY.full, run.letters), start + run.len, run.small);
    if run.len == BLOCK {
        let rest = Run::at(bytes, end);
        if rest.len == BLOCK {
            return None;
        }
        (hash, end, small) = (mix(hash, rest.letters), end + rest.len, small | rest.small);
    }
    if bytes.get(end).is_some_and(|next| !next.is_ascii()) {
        return None;
    }
    let capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
    let upper = capital && !small && end - start > 1;
    Some(Word { end, key: Key { exact: hash, loose: hash }, capital, upper })
}

/// Bytes that are looked at together.
const BLOCK: usize = 8;

/// ASCII letters at the head of a block.
struct Run {
    /// In lower case, the first in the lowest byte.
    letters: u64,
    /// How many.
    len: usize,
    /// Whether one of them is no capital.
    small: bool,
}

impl Run {
    /// The letters of `bytes[at..at + BLOCK]` up to the first byte that is none.
    #[inline]
    fn at(bytes: &[u8], at: usize) -> Run {
        /// This byte, eight times.
        const fn each(byte: u8) -> u64 {
            u64::from_le_bytes([byte; BLOCK])
        }
        let block = match bytes[at..].first_chunk() {
            Some(block) => u64::from_le_bytes(*block),
            None => bytes[at..].iter().rev().fold(0, |block, &byte| block << 8 | u64::from(byte)),
        };
        let lower = block | each(0x20);
        // What is added carries into the high bit of a byte, and never out of it.
        let from_a = (lower & each(0x7f)) + each(0x80 - b'a');
        let past_z = (lower & each(0x7f)) + each(0x7f - b'z');
        let letters = from_a & !past_z & !block & each(0x80);
        let others = letters ^ each(0x80);
        let first_other = others & others.wrapping_neg();
        // The bits below the first other byte; all where there is none.
        let own = (first_other >> 7).wrapping_sub(1);
        let len = others.trailing_zeros() as usize / 8;
        Run { letters: lower & own, len, small: letters & own & (block << 2) != 0 }
    }
}

/// A hash of letters in UTF-8, built block by block.
#[derive(Clone, Copy, Debug)]
pub struct Hash {
    /// Of the blocks that are full.
    full: u64,
    /// The block that is not.
    rest: u64,
    /// How many bytes stand in it.
    len: usize,
}

impl Hash {
    const EMPTY: Hash = Hash { full: 0xcbf2_9ce4_8422_2325, rest: 0, len: 0 };

    /// Adds the lowest `len` bytes; the others are 0.
    #[inline]
    fn extend(&mut self, letters: u64, len: usize) {
        self.rest |= letters << (8 * self.len);
        let sum = self.len + len;
        if sum >= BLOCK {
            self.full = mix(self.full, self.rest);
            self.rest = letters.checked_shr(8 * (BLOCK - self.len) as u32).unwrap_or(0);
        }
        self.len = sum % BLOCK;
    }

    #[inline]
    fn push(&mut self, letter: Utf8) {
        self.extend(letter.bytes.into(), letter.len.into());
    }

    #[inline]
    fn value(self) -> u64 {
        mix(self.full, self.rest)
    }
}

#[inline]
fn mix(hash: u64, block: u64) -> u64 {
    // The last letters of a block reach the high half only, where those of the next must not undo them.
    let product = (hash ^ block).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    product ^ product >> 32
}

/// Two hashes of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Of the lower-case form, accents kept.
    pub exact: u64,
    /// Of the lower-case form without accents.
    pub loose: u64,
}

/// The key of a word that is built letter by letter.
#[derive(Clone, Copy, Debug)]
pub struct Letters {
    exact: Hash,
    loose: Hash,
}

impl Letters {
    /// No letters.
    pub const NONE: Letters = Letters { exact: Hash::EMPTY, loose: Hash::EMPTY };

    /// One more letter.
    pub fn push(mut self, letter: char) -> Letters {
        let Letter { lower, bare, .. } =
            alphabet().letters.get(letter as usize).copied().unwrap_or_else(|| Letter::of(letter));
        self.exact.push(lower);
        self.loose.push(bare);
        self
    }

    /// The key of all of them.
    pub fn key(self) -> Key {
        Key { exact: self.exact.value(), loose: self.loose.value() }
    }
}

/// The base letter and a combining mark as one letter, where Unicode has one.
pub fn join(base: char, mark: char) -> Option<char> {
    compose(base, mark)
}

/// The letter without its accent, in its own case.
pub fn bare(letter: char) -> char {
    letter.nfd().next().unwrap_or(letter)
}

/// Whether the character only changes the letter before it.
pub fn is_mark(letter: char) -> bool {
    letter as u32 >= 0x300 && is_combining_mark(letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The key of a whole word, letter by letter.
    fn key(word: &str) -> Key {
        word.nfc().fold(Letters::NONE, Letters::push).key()
    }

    #[test]
    fn case_falls_and_accents_fall_only_when_loose() {
        assert_eq!(key("TUÉ"), key("tué"));
        assert_ne!(key("tue").exact, key("tué").exact);
        assert_eq!(key("tue").loose, key("tué").loose);
        assert_eq!(key("tue\u{301}"), key("tué"));
    }

    #[test]
    fn the_table_folds_as_the_letters_do() {
        let long = "Réélectionné, abcdefgh, ABCDEFGHijklmnop, abcdefgé, abcdefghé, éabcdefghijklmnopqrstuvwxyz";
        let short = ["tué", "TUÉ", "Œuvre", "s", "Été", "війна", "ЁЛКА", "straße", "a’", "b–", "été «", "az@Z[`{"];
        for text in short.into_iter().chain(long.split(", ")) {
            let found = alphabet().word(text.as_bytes(), 0).unwrap();
            if let Some(plain) = plain_word(text.as_bytes(), 0) {
                assert_eq!(plain, found, "{text}");
            }
            let letters: String = text.chars().take_while(|letter| letter.is_alphabetic()).collect();
            assert_eq!((found.end, found.key), (letters.len(), key(&letters)), "{text}");
            let upper = letters.chars().count() > 1 && letters.chars().all(char::is_uppercase);
            assert_eq!(found.upper, upper, "{text}");
            assert_eq!(found.capital, text.starts_with(char::is_uppercase), "{text}");
        }
        for text in ["tue\u{301}", "漢字", "tu\u{2060}"] {
            assert!(alphabet().word(text.as_bytes(), 0).is_none(), "{text}");
        }
        assert_eq!(alphabet().word("« ".as_bytes(), 0).unwrap().end, 0);
    }
}
