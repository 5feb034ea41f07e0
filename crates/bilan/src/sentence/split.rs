//! Says where paragraphs and sentences end, and which paragraphs are worth reading.
//!
//! In: the text of a document. Out: tokens, [`Paragraph`]s with hints, sentences as ranges of tokens.
//!
//! Five sentences in a hundred hold both a figure and something that happened. The rest is only listened to: who speaks
//! there may still be speaking in the next.

use super::fold;
use super::grid;
use super::row::{Table, is_cells};
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
    /// A row of cells, in which no full stop ends a thought.
    pub row: bool,
}

/// Splits the text into paragraphs of tokens.
pub fn paragraphs(text: &str, pack: &Pack, tokens: &mut Vec<Token>) -> Vec<Paragraph> {
    let mut found = Vec::new();
    tokens.reserve(text.len() / 5);
    let (mut start, mut table) = (0, Table::default());
    while start < text.len() {
        let mut stop = line_end(text, start);
        let rows = if stop - start <= grid::CELL { grid::rows(text, start) } else { vec![] };
        for cells in &rows {
            let first = tokens.len();
            for cell in cells {
                if tokens.len() > first {
                    tokens.push(words::bar(cell.start - 1));
                }
                words::split(text, cell.start, cell.end, &pack.vocabulary, tokens);
                stop = cell.end;
            }
            let hints = hints(&tokens[first..]);
            found.push(Paragraph { first, end: tokens.len(), start: cells[0].start, stop, hints, row: true });
        }
        if !rows.is_empty() {
            start = stop + 1;
            continue;
        }
        if is_cells(&text[start..stop]) {
            stop = table.row_end(text, start, stop);
        }
        // "les défenses aériennes", and on the next line "russes ont abattu 9 missiles": cut by the width of a page.
        while goes_on(&text[start..stop], &text[(stop + 1).min(text.len())..]) {
            stop = line_end(text, stop + 1);
        }
        let first = tokens.len();
        words::split(text, start, stop, &pack.vocabulary, tokens);
        if tokens.len() > first {
            let hints = hints(&tokens[first..]);
            found.push(Paragraph { first, end: tokens.len(), start, stop, hints, row: false });
        }
        start = stop + 1;
    }
    found
}

/// A line that was cut by the width of its page is longer, in bytes.
const WIDTH: usize = 40;

/// Where the line ends that a byte stands in.
fn line_end(text: &str, start: usize) -> usize {
    memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at)
}

/// Whether a line goes on in the next: it ends in a letter or a comma, and the next begins with a small letter and is no
/// line of a list or of a table.
fn goes_on(line: &str, next: &str) -> bool {
    // Few lines do, so this is asked first.
    if !next.chars().next().is_some_and(char::is_lowercase) {
        return false;
    }
    let last = line.rsplit('\n').next().unwrap_or_default();
    let open = last.chars().next_back().is_some_and(|last| last.is_alphabetic() || last == ',');
    let listed = || {
        let next = &next.as_bytes()[..line_end(next, 0)];
        memchr::memchr2(b'|', b':', next).is_some()
            || [" - ", " \u{2013} ", " \u{2014} "]
                .iter()
                .any(|dash| memchr::memmem::find(next, dash.as_bytes()).is_some())
    };
    open && last.len() >= WIDTH && !listed()
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
    if paragraph.row {
        ends.push(paragraph.end);
        return;
    }
    let mut at = paragraph.first;
    let (mut begin, mut pause) = (at, at);
    while at < paragraph.end {
        // Most tokens are words, and of a word only the count matters.
        let cut = paragraph.end.min((begin + LONGEST).max(at + 1));
        let words = tokens[at..cut].iter().position(|token| token.kind == TokenKind::Mark);
        at = words.map_or(cut, |words| at + words + 1);
        let mark = words.and(tokens[at - 1].mark());
        if let Some(',' | ';' | ':') = mark {
            pause = at;
        }
        if at - begin >= LONGEST {
            begin = if pause > begin { pause } else { at };
            ends.push(begin);
        }
        if !matches!(mark, Some('.' | '!' | '?' | '\u{2026}')) {
            continue;
        }
        let token = &tokens[at - 1];
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
        // "… de la Santé.La dengue": a line lost its end.
        let lost = || token.mark() == Some('.') && is_lost(text, tokens, paragraph.first, at);
        if opens
            && (!next.shape.has(Shape::GLUED) || lost())
            && !is_abbreviated(text, pack, tokens, paragraph.first, at - 1)
        {
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

/// Whether words of small letters stand before the full stop before `tokens[at]` and behind it: an abbreviation has no such
/// two.
fn is_lost(text: &str, tokens: &[Token], first: usize, at: usize) -> bool {
    let Some(before) = at.checked_sub(2).filter(|&before| before >= first).map(|before| &tokens[before]) else {
        return false;
    };
    let next = &tokens[at];
    // "L'armée": with its apostrophe.
    let plain = |letter: char| letter.is_lowercase() || matches!(letter, '\'' | '\u{2019}');
    let small = |token: &Token| token.of(text).chars().skip(1).all(plain);
    let long = |token: &Token, least| token.of(text).chars().count() >= least;
    let least = if before.shape.has(Shape::CAPITAL) { 4 } else { 3 };
    let words = before.kind == TokenKind::Word && next.kind == TokenKind::Word;
    words && small(before) && small(next) && long(before, least) && long(next, 2)
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
    // "dec. 2018": an accent may be missing.
    let is = |known: &String| known == word || known.chars().map(fold::bare).eq(word.chars());
    initial || (before.hints & hint::SHORT != 0 && pack.abbreviations.iter().any(is))
}
