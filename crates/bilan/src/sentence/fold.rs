//! Folds letters: case away for the exact key, accents too for the loose one.
//!
//! In: the letters of a word. Out: two hashes, one of the exact lower-case form, one of the form without accents.
//!
//! "tue" and "tué" are two words; "TUES" in a headline may be either, so a form that is unknown as written is looked up
//! once more without its accents.

use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{compose, is_combining_mark};

/// Letters below this code point fold by table.
const TABLE: usize = 0x530;

/// Lower-case form and accentless form of the first letters of Unicode. A ligature folds to its first letter: both
/// sides of a comparison fold alike.
static LETTERS: LazyLock<Vec<(char, char)>> = LazyLock::new(|| {
    (0..TABLE as u32)
        .map(|code| {
            let letter = char::from_u32(code).unwrap_or(' ');
            let lower = letter.to_lowercase().next().unwrap_or(letter);
            (lower, lower.nfd().next().unwrap_or(lower))
        })
        .collect()
});

/// Two hashes of a word, built letter by letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    /// Of the lower-case form, accents kept.
    pub exact: u64,
    /// Of the lower-case form without accents.
    pub loose: u64,
}

impl Key {
    /// The key of no letters.
    pub const EMPTY: Key = Key { exact: 0xcbf2_9ce4_8422_2325, loose: 0xcbf2_9ce4_8422_2325 };

    /// The key of a whole word.
    pub fn of(word: &str) -> Key {
        word.nfc().fold(Key::EMPTY, |key, letter| key.push(letter))
    }

    /// One more letter.
    #[inline]
    pub fn push(self, letter: char) -> Key {
        if letter.is_ascii() {
            let lower = letter.to_ascii_lowercase();
            return Key { exact: mix(self.exact, lower), loose: mix(self.loose, lower) };
        }
        let (lower, bare) = lower(letter);
        Key { exact: mix(self.exact, lower), loose: mix(self.loose, bare) }
    }
}

/// Lower-case form of a letter, with and without accents.
#[inline]
fn lower(letter: char) -> (char, char) {
    match LETTERS.get(letter as usize) {
        Some(&pair) => pair,
        None => {
            let lower = letter.to_lowercase().next().unwrap_or(letter);
            (lower, lower)
        }
    }
}

/// The base letter and a combining mark as one letter, where Unicode has one.
pub fn join(base: char, mark: char) -> Option<char> {
    compose(base, mark)
}

/// Whether the character only changes the letter before it.
pub fn is_mark(letter: char) -> bool {
    letter as u32 >= 0x300 && is_combining_mark(letter)
}

#[inline]
fn mix(hash: u64, letter: char) -> u64 {
    (hash ^ u64::from(letter as u32)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(29)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_falls_and_accents_fall_only_when_loose() {
        assert_eq!(Key::of("TUÉ"), Key::of("tué"));
        assert_ne!(Key::of("tue").exact, Key::of("tué").exact);
        assert_eq!(Key::of("tue").loose, Key::of("tué").loose);
        assert_eq!(Key::of("tue\u{301}"), Key::of("tué"));
    }
}
