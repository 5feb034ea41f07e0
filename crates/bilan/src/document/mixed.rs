//! Tells which paragraphs of a document are in which language.
//!
//! In: a text, its language, the packs' languages. Out: [`Piece`]s in order, each in one language or in none.
//!
//! A ministry posts in two languages under each other, and a French page quotes a paragraph of English: the one is read
//! twice, the other is told. A line is too little to go by: only paragraphs count, and a line stays with those around it,
//! unless it is a sentence in words of the document's language.
//! To detect a language costs more than to read a paragraph, so whoever has read its words already says that it is plain.

use super::language::{is_told, language};
use crate::claim::Span;

/// Fewest bytes of a paragraph whose language is asked.
const PARAGRAPH: usize = 160;

/// Fewest bytes of a sentence that may be in the document's language again.
const SENTENCE: usize = 60;

/// Paragraphs of one language, one after the other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where they stand.
    pub span: Span,
    /// Language of a pack; `None` when no pack reads them.
    pub lang: Option<String>,
    /// Paragraphs in it that were long enough to tell.
    pub paragraphs: usize,
}

/// The pieces of a text whose language as a whole is `main`; one piece when nothing mixes. `is_plain` says of the line
/// that begins at a byte that it is in that language for certain.
pub fn pieces(text: &str, main: &str, packs: &[&str], is_plain: impl Fn(usize) -> bool) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = vec![];
    let mut start = 0;
    while start < text.len() {
        let stop = memchr::memchr(b'\n', &text.as_bytes()[start..]).map_or(text.len(), |at| start + at);
        let end = text.len().min(stop + 1);
        let paragraph = text[start..stop].trim();
        let long = paragraph.len() >= PARAGRAPH;
        let plain = paragraph.len() >= SENTENCE && is_plain(start);
        let foreign = if long && !plain { told(paragraph, main, packs) } else { None };
        let counts = usize::from(plain || foreign.is_some());
        let goes_on = |last: &Piece| match &foreign {
            Some(lang) => last.lang == *lang,
            None => !plain || last.lang.as_deref() == Some(main),
        };
        match pieces.last_mut().filter(|last| goes_on(last)) {
            Some(last) => {
                last.span.end = end as u32;
                last.paragraphs += counts;
            }
            None => {
                let lang = foreign.unwrap_or_else(|| Some(main.to_owned()));
                pieces.push(Piece { span: Span { start: start as u32, end: end as u32 }, lang, paragraphs: counts });
            }
        }
        start = end;
    }
    pieces
}

/// The language of a paragraph where it can be told: outer `None` where it cannot.
fn told(paragraph: &str, main: &str, packs: &[&str]) -> Option<Option<String>> {
    let found = language(paragraph, packs);
    if found.as_deref() == Some(main) {
        return Some(found);
    }
    // Another language must be plain: names and figures alone look like any.
    is_told(paragraph, packs).then_some(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    const FRENCH: &str = "Selon le ministère de la Défense, les combats de la nuit ont fait douze morts parmi les soldats, \
                          et vingt autres hommes ont été blessés près du fleuve, où les combats durent toujours.";
    const ENGLISH: &str = "According to the ministry of defence the fighting of last night left twelve soldiers dead, \
                           and twenty others were wounded close to the river, where the fighting is still going on.";

    #[test]
    fn two_languages_under_each_other_are_two_pieces() {
        let text = format!("{FRENCH}\n\nMorts : 12\n\n{ENGLISH}\nDead: 12\n{ENGLISH}\n");
        let found = pieces(&text, "fr", &["fr", "en"], |_| false);
        let short: Vec<_> = found.iter().map(|piece| (piece.lang.as_deref(), piece.paragraphs)).collect();
        assert_eq!(short, [(Some("fr"), 1), (Some("en"), 2)]);
        assert_eq!(found[1].span.of(&text), format!("{ENGLISH}\nDead: 12\n{ENGLISH}\n"));
        assert_eq!(pieces(&text, "fr", &["fr"], |_| false)[1].lang, None);
        assert_eq!(pieces(&text, "fr", &["fr"], |_| true).len(), 1);
        let back = "Selon le ministère, douze soldats sont morts près du fleuve.";
        let text = format!("{FRENCH}\n{ENGLISH}\nDead: 12\n{back}\nMorts : 12\n");
        let found = pieces(&text, "fr", &["fr"], |start| text[start..].starts_with("Selon"));
        assert_eq!(found.len(), 3);
        assert_eq!(found[2].span.of(&text), format!("{back}\nMorts : 12\n"), "a sentence comes back to the language");
    }

    #[test]
    fn a_paragraph_with_names_of_no_language_is_told_too() {
        let names = "According to the Valdorian ministry of defence, 340 Karsenian soldiers were killed on 3 May near \
                     Castelbrun. The road to the north stays closed, and the rain goes on in the valley of the Lonn.";
        let text = format!("{FRENCH}\n\n{names}\n\n{FRENCH}");
        assert_eq!(pieces(&text, "fr", &["fr"], |_| false).len(), 3);
    }

    #[test]
    fn one_language_is_one_piece() {
        let text = format!("{FRENCH}\n12 / 41 (+3) Kharkiv Dnipro Odessa\n{FRENCH}");
        assert_eq!(pieces(&text, "fr", &["fr", "en"], |_| false).len(), 1);
        assert_eq!(pieces("", "fr", &["fr"], |_| false), []);
    }
}
