//! Splits text into tokens and gives each word its number in the vocabulary.
//!
//! In: text. Out: [`Token`]s: words, runs of digits, single marks.
//!
//! Words split at apostrophes and hyphens, digits at letters, in every language alike: "qu’au" is two words, "Su-34" a
//! word and digits that are joined to it, what stands behind the "http" of an address one word. What an apostrophe or a
//! hyphen means is for the packs, whose phrases are split by the same rule.

use super::fold::{self, Alphabet, Class, Key, Letters, Word};
use crate::pack::{Vocabulary, hint};

/// A word, a run of digits or a mark, as bytes `start..end` of the text.
#[derive(Clone, Copy, Debug)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
    /// Number of the word in the vocabulary; 0 when unknown. For a mark, its code point.
    pub word: u32,
    /// Word, digits or mark.
    pub kind: TokenKind,
    /// How it is written.
    pub shape: Shape,
    /// Bits of what phrases with this word may be.
    pub hints: u16,
}

/// What a token is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenKind {
    /// Letters.
    Word,
    /// ASCII digits.
    Digits,
    /// One punctuation character, or the end of a line.
    Mark,
}

/// How a token is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Shape(u8);

impl Shape {
    /// Begins with a capital.
    pub const CAPITAL: Shape = Shape(1);
    /// All capitals, more than one letter.
    pub const UPPER: Shape = Shape(2);
    /// Touches the token before it.
    pub const GLUED: Shape = Shape(4);
    /// Joined to the word before it by a hyphen.
    pub const HYPHEN: Shape = Shape(8);
    /// Joined to the word before it by an apostrophe.
    pub const ELIDED: Shape = Shape(16);

    /// Whether it has this trait.
    #[inline]
    pub fn has(self, other: Shape) -> bool {
        self.0 & other.0 != 0
    }

    fn with(self, other: Shape, yes: bool) -> Shape {
        if yes { Shape(self.0 | other.0) } else { self }
    }
}

impl Token {
    /// Set in the number of a run of up to four digits; the rest is its value.
    pub const DIGITS: u32 = 1 << 30;

    /// The words of the text.
    pub fn of<'t>(&self, text: &'t str) -> &'t str {
        text.get(self.start as usize..self.end as usize).unwrap_or("")
    }

    /// The mark, when it is one.
    pub fn mark(&self) -> Option<char> {
        (self.kind == TokenKind::Mark).then(|| char::from_u32(self.word)).flatten()
    }
}

/// Appends the tokens of `text[from..to]`. `to` lies on a character.
pub fn split(text: &str, from: usize, to: usize, vocabulary: &Vocabulary, tokens: &mut Vec<Token>) {
    let number = |key, upper| {
        let word = vocabulary.word(key, upper);
        (word, vocabulary.hints(word))
    };
    split_by(text, from, to, number, tokens);
}

/// [`split`] with another way to number the words: `number` takes the key of a word and whether it is in capitals, and
/// gives its number and its hints.
pub(crate) fn split_by(
    text: &str,
    from: usize,
    to: usize,
    mut number: impl FnMut(Key, bool) -> (u32, u16),
    tokens: &mut Vec<Token>,
) {
    let alphabet = fold::alphabet();
    let bytes = &text.as_bytes()[..to];
    let mut at = from;
    let mut last_end = usize::MAX;
    let mut joined = Shape::default();
    while let Some(&byte) = bytes.get(at) {
        let start = at;
        let shape = joined.with(Shape::GLUED, last_end == start);
        match fold::class(byte) {
            Class::Blank => {
                at += 1;
                joined = Shape::default();
                continue;
            }
            Class::Letter | Class::Beyond => {
                let word = match fold::plain_word(bytes, at) {
                    Some(word) => word,
                    None => word_beyond(alphabet, text, at, to),
                };
                if word.end == start {
                    // Not a letter: a blank or a mark beyond ASCII.
                    let Some(letter) = text[at..to].chars().next() else { break };
                    at += letter.len_utf8();
                    joined = Shape::default();
                    if !letter.is_whitespace() && !is_invisible(letter) {
                        tokens.push(mark(start, at, letter, last_end == start));
                        last_end = at;
                    }
                    continue;
                }
                at = word.end;
                let shape = shape.with(Shape::CAPITAL, word.capital).with(Shape::UPPER, word.upper);
                let (word, hints) = number(word.key, word.upper);
                tokens.push(Token { start: start as u32, end: at as u32, word, kind: TokenKind::Word, shape, hints });
                last_end = at;
                joined = match bytes.get(at) {
                    // What stands behind most words joins nothing.
                    Some(b' ') => {
                        at += 1;
                        Shape::default()
                    }
                    _ => joiner(text, at, to, &mut at),
                };
            }
            Class::Digit => {
                let mut value = 0;
                while at < to && bytes[at].is_ascii_digit() {
                    value = if at - start < 4 { 10 * value + u32::from(bytes[at] - b'0') } else { 0 };
                    at += 1;
                }
                // Digits are no word, but a name may hold a few: "France 24".
                let word = if value == 0 { 0 } else { Token::DIGITS | value };
                let (start, end, kind) = (start as u32, at as u32, TokenKind::Digits);
                tokens.push(Token { start, end, word, kind, shape, hints: hint::NUMBER | hint::COUNT });
                last_end = at;
                joined = hyphen(text, at, to, &mut at);
            }
            Class::Mark => {
                joined = Shape::default();
                let address = if byte == b':' { address(&bytes[at..]) } else { 0 };
                if address > 0 {
                    at += address;
                    let (start, end, kind) = (start as u32, at as u32, TokenKind::Word);
                    tokens.push(Token { start, end, word: 0, kind, shape, hints: 0 });
                } else {
                    at += 1;
                    tokens.push(mark(start, at, byte as char, last_end == start));
                }
                last_end = at;
            }
        }
    }
}

/// The word at `at`, where not all of it is plain.
#[inline(never)]
fn word_beyond(alphabet: &Alphabet, text: &str, at: usize, to: usize) -> Word {
    alphabet.word(&text.as_bytes()[..to], at).unwrap_or_else(|| word_slowly(text, at, to))
}

/// The word at `at`, where a letter is made of several characters or stands far out in Unicode.
fn word_slowly(text: &str, mut at: usize, to: usize) -> Word {
    let bytes = text.as_bytes();
    let (mut all, mut base) = (Letters::NONE, None);
    let (mut letters, mut capitals, mut first) = (0, 0, false);
    for letter in text[at..to].chars() {
        if !letter.is_alphabetic() && !fold::is_mark(letter) {
            break;
        }
        at += letter.len_utf8();
        if let Some((before, held)) = base.take() {
            // A combining mark changes the letter before it; the key is rebuilt from there.
            if fold::is_mark(letter) {
                let whole: char = fold::join(held, letter).unwrap_or(held);
                all = Letters::push(before, whole);
                base = Some((before, whole));
                continue;
            }
        }
        let capital = letter.is_uppercase();
        first |= letters == 0 && capital;
        letters += 1;
        capitals += u32::from(capital);
        if at < to && (0xcc..=0xcd).contains(&bytes[at]) {
            base = Some((all, letter));
        }
        all = all.push(letter);
    }
    Word { end: at, key: all.key(), capital: first, upper: letters > 1 && capitals == letters }
}

/// Length of what stands behind the scheme of an address, "://example.org/2031/06/12-morts": nothing in it is told.
fn address(bytes: &[u8]) -> usize {
    if !bytes.starts_with(b"://") {
        return 0;
    }
    let within = |byte: &&u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b'<' | b'>' | b'|');
    let long = bytes.iter().take_while(within).count();
    let closes = |byte: &&u8| matches!(byte, b'.' | b',' | b';' | b':' | b'!' | b'?' | b')' | b']' | b'\'');
    long - bytes[..long].iter().rev().take_while(closes).count()
}

/// Marks without width that some sites sow into text.
fn is_invisible(letter: char) -> bool {
    matches!(letter, '\u{200b}'..='\u{200f}' | '\u{feff}' | '\u{ad}' | '\u{2060}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// The end of a line between two cells, as a bar.
pub fn bar(at: usize) -> Token {
    mark(at, at + 1, '|', false)
}

fn mark(start: usize, end: usize, letter: char, glued: bool) -> Token {
    Token {
        start: start as u32,
        end: end as u32,
        word: letter as u32,
        kind: TokenKind::Mark,
        shape: Shape::default().with(Shape::GLUED, glued),
        hints: 0,
    }
}

/// Steps over an apostrophe or a hyphen that joins this word to the next.
fn joiner(text: &str, at: usize, to: usize, next: &mut usize) -> Shape {
    let after = match text.as_bytes()[at..to] {
        [] => return Shape::default(),
        [b'\'' | b'`', ..] => at + 1,
        // U+02BC, U+2018, U+2019
        [0xca, 0xbc, ..] => at + 2,
        [0xe2, 0x80, 0x98 | 0x99, ..] => at + 3,
        _ => return hyphen(text, at, to, next),
    };
    step(text, after, to, next, char::is_alphabetic, Shape::ELIDED)
}

/// Steps over a hyphen that joins this token to the next.
fn hyphen(text: &str, at: usize, to: usize, next: &mut usize) -> Shape {
    let after = match text.as_bytes()[at..to] {
        [b'-', ..] => at + 1,
        // U+2010, U+2011
        [0xe2, 0x80, 0x90 | 0x91, ..] => at + 3,
        _ => return Shape::default(),
    };
    step(text, after, to, next, char::is_alphanumeric, Shape::HYPHEN)
}

/// Steps to `after` when what stands there is joined.
fn step(text: &str, after: usize, to: usize, next: &mut usize, joins: fn(char) -> bool, shape: Shape) -> Shape {
    if !text[after..to].chars().next().is_some_and(joins) {
        return Shape::default();
    }
    *next = after;
    shape
}
