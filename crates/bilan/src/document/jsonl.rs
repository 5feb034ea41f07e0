//! Reads one line of JSON as a document.
//!
//! In: a line. Out: a [`Document`], or why there is none.
//!
//! A publication date that cannot be read does not cost the article: it is left out with a remark.

use super::decode::{decode, quieten};
use super::header::{Header, header};
use super::open::NO_TEXT;
use super::papers::{Papers, Text, shorten};
use super::{Document, Given, Remark, html, moment};
use crate::claim::Span;
use serde::Deserialize;

#[derive(Deserialize)]
struct Line {
    id: Option<Id>,
    url: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    title: Option<String>,
    outlet: Option<String>,
    text: Option<String>,
    html: Option<String>,
}

/// Databases number their articles; a number is a name too.
#[derive(Deserialize)]
#[serde(untagged)]
enum Id {
    Name(String),
    Number(serde_json::Number),
}

pub(super) fn document(line: &[u8], given: &Given) -> Result<Document, String> {
    let line = line.trim_ascii_end();
    let mut remarks = vec![];
    let read = match std::str::from_utf8(line) {
        // The mark is dropped here because only the first line of a file has one.
        Ok(line) => serde_json::from_str::<Line>(line.trim_start_matches('\u{FEFF}')),
        Err(_) => serde_json::from_str(&decode(line.to_vec(), false, given.lang.as_deref(), &mut remarks)),
    };
    let line = read.map_err(|wrong| reason(&wrong))?;
    let papers = Papers {
        id: line.id.map(|id| match id {
            Id::Name(name) => name,
            Id::Number(number) => number.to_string(),
        }),
        url: line.url,
        outlet: line.outlet,
        lang: line.lang,
        title: line.title,
        published: line
            .published
            .and_then(|date| published(&date, &mut remarks))
            .map(|date| ("the line of JSON", date))
            .into_iter()
            .collect(),
    };
    match (line.text, line.html) {
        (Some(text), _) => of_text(text, papers, remarks, given),
        (None, Some(page)) => html::of_text(page, papers, remarks, given),
        (None, None) => Err("neither `text` nor `html`; expected one of them".into()),
    }
}

fn of_text(mut body: String, mut papers: Papers, mut remarks: Vec<Remark>, given: &Given) -> Result<Document, String> {
    quieten(&mut body, &mut remarks);
    if body.trim().is_empty() {
        return Err(NO_TEXT.into());
    }
    papers.published.extend(given.listed.map(|date| ("the list of files", date)));
    let title = papers.title.as_deref().or(given.title.as_deref()).unwrap_or("");
    let (mut text, title) = titled(title, body);
    shorten(&mut text, false, &mut remarks);
    let title = title.min(text.len());
    // A text that an archive kept with its header line has it here too; what stands beside the text goes first.
    let Header { end, date, url, outlet, lang } = header(&text, &given.months);
    if text[end..].trim().is_empty() {
        return Err(NO_TEXT.into());
    }
    papers.published.extend(date.map(|date| ("the header line", date)));
    papers.url = papers.url.or(url);
    papers.outlet = papers.outlet.or(outlet);
    papers.lang = papers.lang.or(lang);
    let boilerplate = if end > 0 { vec![Span { start: 0, end: end as u32 }] } else { vec![] };
    Ok(Text { text, title, boilerplate, remarks }.document(papers, given))
}

/// Title, blank line, body; the body alone when it starts with the title. The length is the title's.
fn titled(title: &str, body: String) -> (String, usize) {
    let title = title.trim().replace(['\n', '\r', '\0'], " ");
    if title.is_empty() {
        return (body, 0);
    }
    match body.trim_start().strip_prefix(title.as_str()) {
        Some(rest) => {
            let own_line =
                body.starts_with(title.as_str()) && rest.trim_start_matches([' ', '\t', '\r']).starts_with('\n');
            (body, if own_line { title.len() } else { 0 })
        }
        None => (format!("{title}\n\n{body}"), title.len()),
    }
}

/// A day, or the day of a moment such as `2022-03-19T10:30:00Z`.
fn published(text: &str, remarks: &mut Vec<Remark>) -> Option<crate::claim::Date> {
    let text = text.trim();
    let date = text.parse().or_else(|wrong| moment::standard(text).ok_or(wrong));
    match date {
        Ok(date) => Some(date),
        Err(_) if text.is_empty() => None,
        Err(wrong) => {
            remarks.push(Remark::new("published", format!("left out: {wrong}")));
            None
        }
    }
}

/// What is wrong, in our own words where the parser speaks of its own types, and where in the line.
fn reason(wrong: &serde_json::Error) -> String {
    use serde_json::error::Category;
    let whole = wrong.to_string();
    let what = whole.split(" at line ").next().unwrap_or(&whole);
    let at = wrong.column();
    match wrong.classify() {
        Category::Eof => {
            format!("JSON that ends at column {at}, before its last bracket or quote; expected a whole object")
        }
        Category::Syntax => format!("not JSON: {what} at column {at}; expected an object with `text` or `html`"),
        _ => format!("{what} at column {at}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_header_line_stands_in_a_text_as_in_a_file() {
        let line = br#"{"id": "a", "text": " date 2019-01 84 soldats ont \u00e9t\u00e9 tu\u00e9s."}"#;
        let read = document(line, &Given::default()).unwrap();
        assert_eq!(read.published, "2019-01".parse().ok());
        assert_eq!(read.boilerplate, [Span { start: 0, end: 14 }]);
        let both = br#"{"published": "2019-01-09", "text": " date 2019-01 84 soldats."}"#;
        assert_eq!(document(both, &Given::default()).unwrap().published, "2019-01-09".parse().ok());
    }

    #[test]
    fn a_title_is_not_told_twice() {
        assert_eq!(titled("Titre", "Corps".into()), ("Titre\n\nCorps".into(), 5));
        assert_eq!(titled(" Ti\ntre ", "Corps".into()), ("Ti tre\n\nCorps".into(), 6));
        assert_eq!(titled("Titre", "Titre\nCorps".into()), ("Titre\nCorps".into(), 5));
        assert_eq!(titled("Titre", "Titre et corps".into()), ("Titre et corps".into(), 0));
        assert_eq!(titled("Titre", " \nTitre\nCorps".into()), (" \nTitre\nCorps".into(), 0));
        assert_eq!(titled("  ", "Corps".into()), ("Corps".into(), 0));
    }
}
