//! Joins a body with its papers into a document.
//!
//! In: a body, what it says of itself, what the caller knows. Out: a [`Document`].
//!
//! A list of files says 2022-03-19, the header line 2021: the list is believed, and the document says that they differ.

use super::{Document, Kind, Months, Remark, id};
use crate::claim::{Date, Span};

/// Most bytes of text in a document; what is longer is cut at a paragraph. A report of 500 pages has two million.
///
/// Text that is nothing but figures costs the reader some four hundred times its size.
pub const TEXT_LIMIT: usize = 4 << 20;

/// Most bytes of an input that are worth keeping as they came.
pub const BYTES_LIMIT: usize = 16 << 20;

/// How far before the limit a paragraph, or else a word, may end the text.
const MARGIN: usize = 1 << 20;

/// What the caller knows of an input.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    /// Name of a text file's document; lines of JSON bring their own.
    pub id: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Language, as `fr` or `fr-BE`.
    pub lang: Option<String>,
    /// Title, put before a body of JSON that has none; a text file keeps its bytes as they are.
    pub title: Option<String>,
    /// Publication date by the caller's list of files: goes before the header line.
    pub listed: Option<Date>,
    /// Publication date of a document that has none.
    pub published: Option<Date>,
    /// Publication date whatever the document says.
    pub force_published: Option<Date>,
    /// Kind of the input, in place of the one that its bytes tell.
    pub kind: Option<Kind>,
    /// Encoding of a page by what came with it, as a server's header.
    pub charset: Option<String>,
    /// Names of months, for dates that are written in letters.
    pub months: Months,
}

/// What a document says of itself.
#[derive(Debug, Default)]
pub(super) struct Papers {
    pub id: Option<String>,
    pub title: Option<String>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub lang: Option<String>,
    /// Publication dates and who tells them, the most believed first.
    pub published: Vec<(&'static str, Date)>,
}

/// A text whose first `title` bytes are the title.
pub(super) struct Text {
    pub text: String,
    pub title: usize,
    pub boilerplate: Vec<Span>,
    pub remarks: Vec<Remark>,
}

impl Text {
    pub(super) fn document(mut self, papers: Papers, given: &Given) -> Document {
        let published = published(&papers.published, given, &mut self.remarks);
        let url = papers.url.or_else(|| given.url.clone());
        let hash = id::of("bilan/document/1", &[url.as_deref().unwrap_or("").as_bytes(), self.text.as_bytes()]);
        Document {
            id: papers.id.unwrap_or_else(|| hash.clone()),
            hash,
            text_hash: id::of("bilan/text/1", &[self.text.as_bytes()]),
            title: self.title as u32,
            text: self.text,
            url,
            outlet: papers.outlet.or_else(|| given.outlet.clone()),
            lang: papers.lang.or_else(|| given.lang.clone()).and_then(|lang| primary(&lang)),
            published,
            boilerplate: self.boilerplate,
            remarks: self.remarks,
        }
    }
}

/// Cuts a text that is longer than a document may be; `cut` says that its end was already lost.
pub(super) fn shorten(text: &mut String, cut: bool, remarks: &mut Vec<Remark>) {
    if !cut && text.len() <= TEXT_LIMIT {
        return;
    }
    let end = text.floor_char_boundary(TEXT_LIMIT.min(text.len()));
    let floor = text.floor_char_boundary(end.saturating_sub(MARGIN));
    let near = &text[floor..end];
    let end = near.rfind('\n').or_else(|| near.rfind(char::is_whitespace)).map_or(end, |at| floor + at);
    text.truncate(end);
    text.shrink_to_fit();
    let words = format!("longer than {} MiB; only the first {end} bytes were read", TEXT_LIMIT >> 20);
    remarks.push(Remark::new("cut", words));
}

fn published(told: &[(&'static str, Date)], given: &Given, remarks: &mut Vec<Remark>) -> Option<Date> {
    let chosen = given.force_published.or_else(|| told.first().map(|(_, date)| *date)).or(given.published)?;
    for (teller, date) in told {
        // 2022-11 and 2022-11-25 agree: the one is only less precise.
        if chosen.compare(date).is_some_and(|order| order.is_ne()) {
            let words = format!("{chosen} is used as publication date, but {teller} says {date}");
            remarks.push(Remark::new("published", words));
        }
    }
    Some(chosen)
}

/// `fr` of `fr-BE`, `FR` or `fr_FR.UTF-8`; nothing of what is no language's name.
fn primary(lang: &str) -> Option<String> {
    let name = lang.trim().split(['-', '_', '.']).next()?.to_ascii_lowercase();
    let good = matches!(name.len(), 2 | 3) && name.bytes().all(|byte| byte.is_ascii_lowercase());
    good.then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> Date {
        text.parse().unwrap()
    }

    #[test]
    fn dates_that_differ_leave_a_remark_and_vaguer_ones_do_not() {
        let mut remarks = vec![];
        let told = [("the list", date("2022-11-25")), ("the header", date("2022-11"))];
        assert_eq!(published(&told, &Given::default(), &mut remarks), Some(date("2022-11-25")));
        assert_eq!(remarks, []);
        let force = Given { force_published: Some(date("2023")), published: Some(date("2020")), ..Given::default() };
        assert_eq!(published(&told[..1], &force, &mut remarks), Some(date("2023")));
        assert_eq!(remarks[0].words, "2023 is used as publication date, but the list says 2022-11-25");
        let fill = Given { published: Some(date("2020")), ..Given::default() };
        assert_eq!(published(&[], &fill, &mut remarks), Some(date("2020")));
        assert_eq!(published(&[], &Given::default(), &mut remarks), None);
    }

    #[test]
    fn a_region_is_no_language() {
        assert_eq!(primary("fr-BE").as_deref(), Some("fr"));
        assert_eq!(primary("FR_fr.UTF-8").as_deref(), Some("fr"));
        assert_eq!(primary(""), None);
        assert_eq!(primary("french"), None);
    }
}
