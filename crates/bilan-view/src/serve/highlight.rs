//! Cuts a text where its marks begin and end.
//!
//! In: a text and marks, which may overlap, touch, repeat or not fit. Out: paragraphs of pieces that follow each other
//! without gap or overlap, each with the marks that lie over it.
//!
//! In "14 civils, dont 5 enfants, ont été tués" one participle serves two claims and one sentence holds three figures:
//! marks cannot nest like elements, so each piece names all that covers it. Nothing is ever found by its words: a text
//! that repeats a figure ten times is marked where the span says, and nowhere else.

use bilan::claim::Span;
use std::collections::BTreeSet;

/// Something to show at a place of the text.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Mark {
    /// Where.
    pub span: Span,
    /// What.
    pub kind: Kind,
}

/// What a mark means. The first in order decides where a piece links to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The figure of a claim, by its number on the page.
    Figure(usize),
    /// Another place where the same claim is made.
    Also(usize),
    /// A figure not taken, by its number on the page.
    Refused(usize),
    /// Words that filled a field, by the field's name.
    Role(String),
    /// The publisher's own text.
    Boilerplate,
    /// What may be shown when the whole text may not.
    Shown,
}

/// A line of the text that is not blank.
#[derive(Debug, PartialEq, Eq)]
pub struct Paragraph {
    /// Where it stands.
    pub span: Span,
    /// In order; together they are the paragraph, or what may be shown of it.
    pub pieces: Vec<Piece>,
}

/// Words under the same marks.
#[derive(Debug, PartialEq, Eq)]
pub struct Piece {
    /// The bytes of the text.
    pub span: Span,
    /// What lies over them, without repetition, in order.
    pub kinds: Vec<Kind>,
    /// The marks that begin here: an anchor belongs on the first piece of a figure only.
    pub begins: Vec<Kind>,
}

/// Cuts the text. With `only_shown`, pieces that no [`Kind::Shown`] covers are left out.
pub fn cut(text: &str, marks: Vec<Mark>, only_shown: bool) -> Vec<Paragraph> {
    let fits = |mark: &Mark| mark.span.start < mark.span.end && !mark.span.of(text).is_empty();
    // Sorted and without repetition: the claimant of a bulletin is the claimant of each of its thousand figures.
    let marks: Vec<Mark> = BTreeSet::from_iter(marks.into_iter().filter(fits)).into_iter().collect();
    let mut edges: Vec<u32> = marks.iter().flat_map(|mark| [mark.span.start, mark.span.end]).collect();
    edges.sort_unstable();
    edges.dedup();

    let mut paragraphs = Vec::new();
    let mut open: Vec<&Mark> = Vec::new();
    let (mut next_mark, mut next_edge, mut at) = (0, 0, 0u32);
    for line in text.split_inclusive('\n') {
        let span = Span { start: at, end: at + line.trim_end_matches(['\n', '\r']).len() as u32 };
        let mut pieces = Vec::new();
        while at < span.end {
            while edges.get(next_edge).is_some_and(|edge| *edge <= at) {
                next_edge += 1;
            }
            let end = edges.get(next_edge).map_or(span.end, |edge| (*edge).min(span.end));
            open.retain(|mark| mark.span.end > at);
            while let Some(mark) = marks.get(next_mark).filter(|mark| mark.span.start <= at) {
                if mark.span.end > at {
                    open.push(mark);
                }
                next_mark += 1;
            }
            let over = |begin: bool| -> Vec<Kind> {
                let kinds = open.iter().filter(|mark| !begin || mark.span.start == at).map(|mark| mark.kind.clone());
                BTreeSet::from_iter(kinds).into_iter().collect()
            };
            let piece = Piece { span: Span { start: at, end }, kinds: over(false), begins: over(true) };
            if !only_shown || piece.kinds.contains(&Kind::Shown) {
                pieces.push(piece);
            }
            at = end;
        }
        at = span.start + line.len() as u32;
        if pieces.iter().any(|piece| !piece.span.of(text).trim().is_empty()) {
            paragraphs.push(Paragraph { span, pieces });
        }
    }
    paragraphs
}

/// At most so many characters of the sentence, around the figure: what may travel without its article.
pub fn excerpt(text: &str, sentence: Span, figure: Span, most: usize) -> Span {
    let words = sentence.of(text);
    if words.chars().count() <= most || figure.start < sentence.start || figure.end > sentence.end {
        let cut = words.char_indices().nth(most).map_or(words.len(), |(byte, _)| byte);
        return Span { start: sentence.start, end: sentence.start + cut as u32 };
    }
    let before = Span { start: sentence.start, end: figure.start }.of(text);
    let back = before.char_indices().rev().nth(most / 2).map_or(0, |(byte, _)| byte);
    let start = sentence.start + back as u32;
    let rest = Span { start, end: sentence.end }.of(text);
    let end = rest.char_indices().nth(most).map_or(rest.len(), |(byte, _)| byte);
    Span { start, end: start + end as u32 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mark(start: u32, end: u32, kind: Kind) -> Mark {
        Mark { span: Span { start, end }, kind }
    }

    fn role(field: &str) -> Kind {
        Kind::Role(field.into())
    }

    /// Each piece as its words, then the marks over it.
    fn drawn(text: &str, marks: Vec<Mark>) -> Vec<String> {
        let piece = |piece: &Piece| {
            let kinds: Vec<String> = piece.kinds.iter().map(|kind| format!("{kind:?}")).collect();
            format!("{}|{}", piece.span.of(text), kinds.join(" "))
        };
        cut(text, marks, false).iter().flat_map(|paragraph| paragraph.pieces.iter().map(piece)).collect()
    }

    #[test]
    fn overlapping_marks_are_cut_where_they_cross() {
        let marks = vec![
            mark(0, 6, role("side")),
            mark(3, 9, Kind::Figure(1)),
            mark(3, 9, Kind::Figure(1)),
            mark(3, 5, role("hedge")),
        ];
        assert_eq!(
            drawn("abcdefghij", marks),
            [
                "abc|Role(\"side\")",
                "de|Figure(1) Role(\"hedge\") Role(\"side\")",
                "f|Figure(1) Role(\"side\")",
                "ghi|Figure(1)",
                "j|"
            ]
        );
    }

    #[test]
    fn a_mark_over_two_paragraphs_lies_over_both_and_begins_once() {
        let paragraphs = cut("ab\n\ncd\r\n", vec![mark(1, 6, Kind::Figure(0))], false);
        let begins: Vec<usize> = paragraphs.iter().flat_map(|p| &p.pieces).map(|piece| piece.begins.len()).collect();
        assert_eq!((paragraphs.len(), begins), (2, vec![0, 1, 0]));
    }

    #[test]
    fn the_pieces_are_the_text_whatever_the_marks() {
        let text = "été — 14 <b>civils</b>,\n\n dont 5 enfants\u{202e}\n";
        for seed in 0..2000u32 {
            // Spans of any size, many of which do not fit the text or cut a character in two.
            let number = |n: u32| seed.wrapping_mul(2_654_435_761).rotate_left(n * 7) % (text.len() as u32 + 5);
            let marks = (0..4).map(|n| mark(number(n), number(n + 4), Kind::Figure(n as usize))).collect();
            let paragraphs = cut(text, marks, false);
            let lines: Vec<String> = paragraphs
                .iter()
                .map(|p| p.pieces.iter().map(|piece| piece.span.of(text)).collect::<String>())
                .collect();
            assert_eq!(lines, text.lines().filter(|line| !line.trim().is_empty()).collect::<Vec<_>>());
        }
    }

    #[test]
    fn only_what_may_be_shown_is_shown() {
        let marks = vec![mark(3, 6, Kind::Shown), mark(4, 5, Kind::Figure(0))];
        let paragraphs = cut("abcdefgh\nijk", marks, true);
        let words: String = paragraphs[0].pieces.iter().map(|piece| piece.span.of("abcdefgh\nijk")).collect();
        assert_eq!((paragraphs.len(), words.as_str()), (1, "def"));
    }

    #[test]
    fn an_excerpt_holds_its_figure_and_is_short() {
        let text = format!("{} 14 {}", "é".repeat(400), "à".repeat(400));
        let sentence = Span { start: 0, end: text.len() as u32 };
        let figure = Span { start: 801, end: 803 };
        let found = excerpt(&text, sentence, figure, 300);
        assert_eq!(found.of(&text).chars().count(), 300);
        assert!(found.start <= figure.start && figure.end <= found.end);
        assert_eq!(excerpt("court 14.", Span { start: 0, end: 9 }, Span { start: 6, end: 8 }, 300).end, 9);
        assert_eq!(excerpt("x", Span { start: 0, end: 9 }, Span { start: 6, end: 8 }, 300).end, 0);
    }
}
