//! Reads the line that an archive writes at the head of a text.
//!
//! In: a text. Out: what the line says, and how far it reaches; the text itself stays as it is.
//!
//! ` date 2022-11 Le ministre a rencontré …`: the line may run on into the article, so each value must prove itself
//! (a date that parses, an address, a language's letters) and only an outlet takes the rest of its line.

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

/// Reads ` date 2022-11 `, then, beside it or on lines of their own, `url`, `lang` and `outlet`; a colon may follow a key.
pub(super) fn header(text: &str) -> Header {
    let mut header = Header::default();
    loop {
        let rest = &text[header.end..];
        let trimmed = rest.trim_start();
        let gap = &rest[..rest.len() - trimmed.len()];
        // A blank line ends the header; before the first key it is only a margin.
        if header.end > 0 && gap.bytes().filter(|&byte| byte == b'\n').count() > 1 {
            break;
        }
        match header.take(trimmed) {
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
    fn take(&mut self, text: &str) -> Option<usize> {
        let after = text.find([' ', '\t', ':'])?;
        let key = &text[..after];
        let rest = text[after..].strip_prefix(':').unwrap_or(&text[after..]);
        let value = rest.trim_start_matches([' ', '\t']);
        if value.len() == rest.len() {
            return None;
        }
        let line = value.split(['\n', '\r']).next()?.trim_end();
        let word = value.split_whitespace().next()?;
        let taken = match key {
            "date" if self.date.is_none() => {
                self.date = Some(word.parse().ok()?);
                word
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
