//! Says where paragraphs and sentences end, and which paragraphs are worth reading.
//!
//! In: the text of a document. Out: tokens, [`Paragraph`]s with hints, sentences as ranges of tokens.
//!
//! Five sentences in a hundred hold both a figure and something that happened. The rest is only listened to: who speaks
//! there may still be speaking in the next.

use super::words::{self, Shape, Token, TokenKind};
use crate::pack::{Pack, hint};

/// A line of the text: tokens `first..end`.
#[derive(Clone, Copy, Debug)]
pub struct Paragraph {
    /// First token.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// First byte.
    pub start: usize,
    /// One past the last byte.
    pub stop: usize,
    /// Union of the hints of its words.
    pub hints: u16,
}

/// Splits the text into paragraphs of tokens.
pub fn paragraphs(text: &str, pack: &Pack, tokens: &mut Vec<Token>) -> Vec<Paragraph> {
    let mut found = Vec::new();
    tokens.reserve(text.len() / 5);
    let mut start = 0;
    while start < text.len() {
        let stop = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let first = tokens.len();
        words::split(text, start, stop, &pack.vocabulary, tokens);
        if tokens.len() > first {
            let hints = hints(&tokens[first..]);
            found.push(Paragraph { first, end: tokens.len(), start, stop, hints });
        }
        start = stop + 1;
    }
    found
}

/// Union of the hints of some words.
pub fn hints(tokens: &[Token]) -> u16 {
    tokens.iter().fold(0, |hints, token| hints | token.hints)
}

/// A sentence of more tokens is cut, at a comma where it has one: a text without full stops costs no more than another.
const LONGEST: usize = 1_000;

/// Ends of the sentences of a paragraph, as token indexes.
pub fn sentence_ends(text: &str, pack: &Pack, tokens: &[Token], paragraph: &Paragraph, ends: &mut Vec<usize>) {
    ends.clear();
    let mut at = paragraph.first;
    let (mut begin, mut pause) = (at, at);
    while at < paragraph.end {
        let mark = tokens[at].mark();
        at += 1;
        let stops = match mark {
            Some(',' | ';' | ':') => {
                pause = at;
                false
            }
            Some('.' | '!' | '?' | '\u{2026}') => true,
            _ => false,
        };
        if at - begin >= LONGEST {
            begin = if pause > begin { pause } else { at };
            ends.push(begin);
        }
        if !stops {
            continue;
        }
        // What closes a quotation closes it with the sentence.
        while let Some(mark) = tokens[..paragraph.end].get(at).and_then(Token::mark) {
            let glued = tokens[at].shape.has(Shape::GLUED);
            let closes = matches!(mark, '\u{bb}' | '\u{201d}' | ')' | ']');
            if !(closes || glued && matches!(mark, '"' | '.' | '!' | '?')) {
                break;
            }
            at += 1;
        }
        let Some(next) = tokens[..paragraph.end].get(at) else { break };
        let opens = match next.kind {
            TokenKind::Word => next.shape.has(Shape::CAPITAL),
            TokenKind::Digits => true,
            TokenKind::Mark => matches!(
                next.mark(),
                Some('\u{ab}' | '\u{201c}' | '"' | '\u{2013}' | '\u{2014}' | '-' | '\u{2022}' | '(')
            ),
        };
        if opens && !next.shape.has(Shape::GLUED) && !is_abbreviated(text, pack, tokens, paragraph.first, at - 1) {
            if at > begin {
                ends.push(at);
            }
            begin = at;
        }
    }
    if ends.last() != Some(&paragraph.end) {
        ends.push(paragraph.end);
    }
}

/// Whether the full stop at `tokens[at]` belongs to the word before it.
fn is_abbreviated(text: &str, pack: &Pack, tokens: &[Token], first: usize, at: usize) -> bool {
    if at <= first || tokens[at].mark() != Some('.') {
        return false;
    }
    let before = &tokens[at - 1];
    if before.kind != TokenKind::Word {
        return false;
    }
    let word = before.of(text);
    let initial = before.shape.has(Shape::CAPITAL) && word.chars().count() == 1;
    initial || (before.hints & hint::SHORT != 0 && pack.abbreviations.iter().any(|known| known == word))
}
