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

/// The first letters of Unicode.
static LETTERS: LazyLock<Vec<Letter>> = LazyLock::new(|| {
    let letter = |code| {
        let letter = char::from_u32(code).unwrap_or(' ');
        // A ligature folds to its first letter: both sides of a comparison fold alike.
        let lower = letter.to_lowercase().next().unwrap_or(letter);
        let kind = match letter {
            _ if is_mark(letter) => Kind::Mark,
            _ if letter.is_uppercase() => Kind::Capital,
            _ if letter.is_alphabetic() => Kind::Small,
            _ => Kind::None,
        };
        Letter { lower, bare: lower.nfd().next().unwrap_or(lower), kind }
    };
    (0..TABLE as u32).map(letter).collect()
});

#[derive(Clone, Copy)]
struct Letter {
    lower: char,
    /// In lower case, without accents.
    bare: char,
    kind: Kind,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    None,
    Small,
    Capital,
    Mark,
}

/// A word of a text.
#[derive(Clone, Copy, Debug)]
pub struct Word {
    /// One past its last byte.
    pub end: usize,
    /// Of its letters.
    pub key: Key,
    /// How many letters.
    pub letters: u32,
    /// How many of them are capitals.
    pub capitals: u32,
    /// Whether the first is.
    pub first_capital: bool,
}

impl Default for Word {
    /// No letters.
    fn default() -> Word {
        Word { end: 0, key: Key::EMPTY, letters: 0, capitals: 0, first_capital: false }
    }
}

/// The word that begins at `start`; it has no letters when something else does. Nothing where a letter is not in the
/// table or carries a mark of its own: then each must be looked at.
#[inline]
pub fn word(bytes: &[u8], start: usize) -> Option<Word> {
    let mut exact = Key::EMPTY.exact;
    // Until the first accent both hashes are one.
    let mut loose = None;
    let (mut at, mut wide, mut capitals) = (start, 0, 0);
    let mut first_capital = bytes.get(start).is_some_and(u8::is_ascii_uppercase);
    loop {
        match &mut loose {
            None => {
                while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
                    exact = mix(exact, (byte | 0x20) as char);
                    capitals += u32::from(byte < b'a');
                    at += 1;
                }
            }
            Some(loose) => {
                while let Some(&byte) = bytes.get(at).filter(|byte| byte.is_ascii_alphabetic()) {
                    exact = mix(exact, (byte | 0x20) as char);
                    *loose = mix(*loose, (byte | 0x20) as char);
                    capitals += u32::from(byte < b'a');
                    at += 1;
                }
            }
        }
        let letter = match bytes[at..] {
            [] | [..0x80, ..] => break,
            [first @ 0xc2..0xe0, second, ..] => {
                *LETTERS.get(usize::from(first & 0x1f) << 6 | usize::from(second & 0x3f))?
            }
            // Dashes and quotation marks.
            [0xe2, 0x80, ..] => break,
            _ => return None,
        };
        match letter.kind {
            Kind::None => break,
            Kind::Mark => return None,
            Kind::Small => {}
            Kind::Capital => {
                first_capital |= at == start;
                capitals += 1;
            }
        }
        if letter.lower != letter.bare {
            loose.get_or_insert(exact);
        }
        exact = mix(exact, letter.lower);
        loose = loose.map(|loose| mix(loose, letter.bare));
        wide += 1;
        at += 2;
    }
    let letters = (at - start) as u32 - wide;
    Some(Word { end: at, key: Key { exact, loose: loose.unwrap_or(exact) }, letters, capitals, first_capital })
}

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
        Some(letter) => (letter.lower, letter.bare),
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

    /// The key of a whole word, letter by letter.
    fn key(word: &str) -> Key {
        word.nfc().fold(Key::EMPTY, Key::push)
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
        for text in ["tué", "TUÉ", "Œuvre", "s", "Été", "війна", "ЁЛКА", "straße", "a’", "b–", "été «"]
        {
            let found = word(text.as_bytes(), 0).unwrap();
            let letters: String = text.chars().take_while(|letter| letter.is_alphabetic()).collect();
            assert_eq!((found.end, found.key), (letters.len(), key(&letters)), "{text}");
            let capitals = letters.chars().filter(|letter| letter.is_uppercase()).count();
            assert_eq!((found.letters, found.capitals), (letters.chars().count() as u32, capitals as u32), "{text}");
            assert_eq!(found.first_capital, text.starts_with(char::is_uppercase), "{text}");
        }
        for text in ["tue\u{301}", "漢字", "tu\u{2060}"] {
            assert!(word(text.as_bytes(), 0).is_none(), "{text}");
        }
        assert_eq!(word("« ".as_bytes(), 0).unwrap().letters, 0);
    }
}
