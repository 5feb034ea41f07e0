//! Reads one line of JSON as a document.
//!
//! In: a line. Out: a [`Document`], or why there is none.
//!
//! A publication date that cannot be read does not cost the article: it is left out with a remark.

use super::decode::{decode, quieten};
use super::papers::{Papers, Text, shorten};
use super::{Document, Given, Remark};
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
    let mut body = match (line.text, line.html) {
        (Some(text), _) => text,
        (None, Some(_)) => return Err("`html` is not read yet; expected `text`".into()),
        (None, None) => return Err("neither `text` nor `html`; expected one of them".into()),
    };
    quieten(&mut body, &mut remarks);
    if body.trim().is_empty() {
        return Err("no text".into());
    }
    let papers = Papers {
        id: line.id.map(|id| match id {
            Id::Name(name) => name,
            Id::Number(number) => number.to_string(),
        }),
        url: line.url,
        outlet: line.outlet,
        lang: line.lang,
        published: line
            .published
            .and_then(|date| published(&date, &mut remarks))
            .map(|date| ("the line of JSON", date))
            .into_iter()
            .chain(given.listed.map(|date| ("the list of files", date)))
            .collect(),
    };
    let title = line.title.as_deref().or(given.title.as_deref()).unwrap_or("");
    let (mut text, title) = titled(title, body);
    shorten(&mut text, false, &mut remarks);
    let title = title.min(text.len());
    Ok(Text { text, title, boilerplate: vec![], remarks }.document(papers, given))
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
    let date = text.parse().or_else(|wrong| text.split(['T', ' ']).next().unwrap_or("").parse().map_err(|_| wrong));
    match date {
        Ok(date) => Some(date),
        Err(_) if text.is_empty() => None,
        Err(wrong) => {
            remarks.push(Remark::new("published", format!("left out: {wrong}")));
            None
        }
    }
}

/// The error without the line number within the line, which is always 1.
fn reason(wrong: &serde_json::Error) -> String {
    let whole = wrong.to_string();
    let what = whole.split(" at line ").next().unwrap_or(&whole);
    format!("{what} at column {}", wrong.column())
}

#[cfg(test)]
mod tests {
    use super::*;

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
