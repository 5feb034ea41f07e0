//! Reads the line that an archive writes at the head of a text.
//!
//! In: a text. Out: what the line says, and how far it reaches; the text itself stays as it is.
//!
//! ` date 2022-11 Le ministre a rencontré …`: the line may run on into the article, so each value must prove itself
//! (a date that parses, an address, a language's letters) and only an outlet takes the rest of its line. A person writes
//! `Date : 11 septembre 2031`: a month in letters is a date where nothing else stands on the line.

use super::moment::{self, Months};
use crate::claim::Date;

/// What the archive wrote; `end` is 0 when it wrote nothing.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub end: usize,
    pub date: Option<Date>,
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub lang: Option<String>,
}

/// Longest name of an outlet: what is longer is a sentence.
const OUTLET: usize = 80;

/// Reads ` date 2022-11 `, then, beside it or on lines of their own, `url`, `lang` and `outlet`; a colon may follow a key,
/// which may then be written in capitals.
pub(super) fn header(text: &str, months: &Months) -> Header {
    let mut header = Header::default();
    loop {
        let rest = &text[header.end..];
        let trimmed = rest.trim_start();
        let gap = &rest[..rest.len() - trimmed.len()];
        // A blank line ends the header; before the first key it is only a margin.
        if header.end > 0 && gap.bytes().filter(|&byte| byte == b'\n').count() > 1 {
            break;
        }
        match header.take(trimmed, months) {
            Some(length) => header.end += gap.len() + length,
            None => break,
        }
    }
    // The article begins where the margin after the last value ends.
    if header.end > 0 {
        header.end += text[header.end..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
    }
    header
}

impl Header {
    /// Takes one key and its value from the head of the text; its length when both are good.
    fn take(&mut self, text: &str, months: &Months) -> Option<usize> {
        const BLANKS: [char; 4] = [' ', '\t', '\u{a0}', '\u{202f}'];
        let after = text.find([' ', '\t', '\u{a0}', '\u{202f}', ':'])?;
        let (key, rest) = text.split_at(after);
        let (key, rest) = match rest.trim_start_matches(BLANKS).strip_prefix(':') {
            Some(rest) => (key.to_ascii_lowercase(), rest),
            None => (key.to_owned(), rest),
        };
        let value = rest.trim_start_matches(BLANKS);
        if value.len() == rest.len() {
            return None;
        }
        let line = value.split(['\n', '\r']).next()?.trim_end();
        let word = value.split_whitespace().next()?;
        let taken = match key.as_str() {
            "date" if self.date.is_none() => {
                let (date, taken) = match word.parse() {
                    Ok(date) => (date, word),
                    Err(_) => (moment::line(line, months)?, line),
                };
                self.date = Some(date);
                taken
            }
            "url" if self.url.is_none() && (word.starts_with("https://") || word.starts_with("http://")) => {
                self.url = Some(word.to_owned());
                word
            }
            "lang" if self.lang.is_none() && self.end > 0 && is_language(word) => {
                self.lang = Some(word.to_owned());
                word
            }
            "outlet" if self.outlet.is_none() && self.end > 0 && !line.is_empty() && line.len() <= OUTLET => {
                self.outlet = Some(line.to_owned());
                line
            }
            _ => return None,
        };
        Some(text.len() - value.len() + taken.len())
    }
}

fn is_language(word: &str) -> bool {
    matches!(word.len(), 2 | 3) && word.bytes().all(|byte| byte.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(text: &str) -> Header {
        super::header(text, &Months::default())
    }

    #[test]
    fn a_month_may_be_written_in_letters_on_a_line_of_its_own() {
        let months = Months::new([("septembre".into(), 9)]);
        for line in [
            "date: 11 septembre 2031",
            "Date : 11 septembre 2031",
            "DATE\u{a0}: jeudi 11 sept. 2031",
            "date 11 septembre 2031",
            "Date : 2031-09-11",
        ] {
            let text = format!("{line}\n\nTexte");
            let read = super::header(&text, &months);
            assert_eq!((read.date, &text[read.end..]), ("2031-09-11".parse().ok(), "\n\nTexte"), "{line}");
        }
        assert_eq!(super::header("date : septembre 2031\nTexte", &months).date, "2031-09".parse().ok());
        for line in
            ["date 11 septembre 2031 Le ministre", "Date 11 septembre 2031", "date : 31 septembre 2031", "date: hier"]
        {
            assert_eq!(super::header(line, &months), Header::default(), "{line}");
        }
    }

    #[test]
    fn the_line_may_run_on_into_the_article() {
        let text = " date 2022-11 Le ministre parle.";
        let read = header(text);
        assert_eq!(read.date, "2022-11".parse().ok());
        assert_eq!(&text[read.end..], "Le ministre parle.");
    }

    #[test]
    fn forms() {
        let cases = [
            ("date: 2022-11-09\n\nTexte", "\n\nTexte"),
            ("\n\tdate 2022\tTexte", "Texte"),
            ("date 2022-11-09\r\nTexte", "\r\nTexte"),
            ("url https://inventé.example/a date 2022-11 Texte", "Texte"),
            ("date 2022-11\noutlet Le Courrier inventé\nlang fr\nTexte", "\nTexte"),
        ];
        for (text, rest) in cases {
            assert_eq!(&text[header(text).end..], rest, "{text:?}");
        }
        let read = header("date 2022-11\noutlet Le Courrier inventé\nlang fr\nTexte");
        assert_eq!(read.outlet.as_deref(), Some("Le Courrier inventé"));
        assert_eq!(read.lang.as_deref(), Some("fr"));
    }

    #[test]
    fn an_article_is_no_header() {
        for text in [
            "",
            "date",
            "date ",
            "date limite fixée",
            "Date 2022-11 Texte",
            "date 2022-13 Texte",
            "outlet store burns",
            "lang fr",
            "url demain",
            "dated 2022-11",
        ] {
            assert_eq!(header(text), Header::default(), "{text:?}");
        }
        // After a blank line the article has begun.
        assert_eq!(header("date 2022-11\n\noutlet Texte").outlet, None);
        assert_eq!(header("date 2022-11 date 2023 Texte").date, "2022-11".parse().ok());
    }
}
