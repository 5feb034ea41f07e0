//! Reads documents with claims marked by hand.
//!
//! In: a JSONL file; each line has `file` (relative to it) or `text`, what is known of the document, and `claims`.
//! Out: documents with marks placed in the document's own text.
//!
//! Some hands count bytes and some count letters. The marked words decide: `start..end` is whichever of the two gives
//! them back, and it is an error when neither does.

use crate::score::{FIELDS, Marked};
use bilan::Document;
use bilan::document::{self, Given};
use serde::Deserialize;
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// A document and what is marked in it.
pub struct Gold {
    /// As it will be read.
    pub document: Document,
    /// By hand, in the document's text.
    pub claims: Vec<Marked>,
}

#[derive(Deserialize)]
struct Line {
    id: Option<String>,
    file: Option<String>,
    text: Option<String>,
    lang: Option<String>,
    published: Option<String>,
    claims: Vec<Map<String, Json>>,
}

/// Keys of a marked claim that are no field.
const BESIDE: [&str; 6] = ["figure", "start", "end", "alt", "optional", "note"];

/// Every line, or why it cannot be used.
pub fn read(path: &Path) -> Result<Vec<Result<Gold, String>>, String> {
    let lines = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let lines = lines.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    let read =
        lines.map(|(number, line)| gold(path, line).map_err(|why| format!("{}:{}: {why}", path.display(), number + 1)));
    Ok(read.collect())
}

fn gold(path: &Path, line: &str) -> Result<Gold, String> {
    let line: Line = serde_json::from_str(line).map_err(|error| format!("no marked document: {error}"))?;
    let given = Given {
        id: line.id.clone(),
        lang: line.lang.clone(),
        force_published: line
            .published
            .as_ref()
            .map(|day| day.parse())
            .transpose()
            .map_err(|error| format!("{error}"))?,
        ..Given::default()
    };
    let (source, document) = match (&line.file, &line.text) {
        (Some(file), None) => {
            let file = path.parent().unwrap_or(Path::new("")).join(file);
            let bytes = fs::read(&file).map_err(|error| format!("{}: {error}", file.display()))?;
            let document = only(&file.display().to_string(), &bytes, &given)?;
            (String::from_utf8_lossy(&bytes).into_owned(), document)
        }
        (None, Some(text)) => {
            let wrapped = serde_json::json!({"id": line.id, "text": text}).to_string();
            (text.clone(), only("text.jsonl", wrapped.as_bytes(), &given)?)
        }
        _ => return Err("expected either `file` or `text`".into()),
    };
    let marked = line.claims.iter().map(|claim| mark(claim, &source, &document.text));
    Ok(Gold { claims: marked.collect::<Result<_, _>>()?, document })
}

fn only(name: &str, bytes: &[u8], given: &Given) -> Result<Document, String> {
    let mut documents = document::open(name, bytes, given);
    let first = documents.next().ok_or_else(|| format!("{name}: holds no document"))?;
    first.map_err(|error| error.to_string())
}

fn mark(claim: &Map<String, Json>, source: &str, text: &str) -> Result<Marked, String> {
    let figure =
        claim.get("figure").and_then(Json::as_str).ok_or("a claim has no `figure`, the words of its number")?;
    if let Some(key) = claim.keys().find(|key| !FIELDS.contains(&key.as_str()) && !BESIDE.contains(&key.as_str())) {
        return Err(format!(
            "`{key}` is no field of a claim; expected one of {}, {}",
            FIELDS.join(", "),
            BESIDE.join(", ")
        ));
    }
    let number = |key: &str| claim.get(key).and_then(Json::as_u64).map(|n| n as usize);
    let start = match (number("start"), number("end")) {
        (Some(start), Some(end)) => in_bytes(source, figure, start, end)
            .ok_or_else(|| format!("\"{figure}\" does not stand at {start}..{end}, in bytes or in characters"))?,
        _ => source.find(figure).ok_or_else(|| format!("\"{figure}\" does not stand in the text"))?,
    };
    let start = moved(source, text, start, figure)
        .ok_or_else(|| format!("\"{figure}\" was lost when the document was opened"))?;
    let other = |field: &str| claim.get("alt").and_then(|alt| alt.get(field)).and_then(Json::as_array);
    let mut fields = BTreeMap::new();
    for field in FIELDS {
        let Some(value) = claim.get(field) else { continue };
        let values = std::iter::once(value).chain(other(field).into_iter().flatten());
        let values = values.map(answer).collect::<Result<Vec<_>, _>>()?;
        fields.insert(field, values.into_iter().map(|value| value.map(|value| in_order(field, value))).collect());
    }
    let optional = claim.get("optional").and_then(Json::as_bool).unwrap_or(false);
    Ok(Marked { place: (start, start + figure.len()), fields, optional })
}

/// Joint sides and claimants are sets: their parties in order.
fn in_order(field: &str, value: String) -> String {
    if !matches!(field, "side" | "claimant") || !value.contains('+') {
        return value;
    }
    let mut parties: Vec<&str> = value.split('+').collect();
    parties.sort_unstable();
    parties.join("+")
}

/// A right answer: text, a number, or nothing, which is written as null or as "".
fn answer(value: &Json) -> Result<Option<String>, String> {
    match value {
        Json::Null => Ok(None),
        Json::String(text) => Ok((!text.is_empty()).then(|| text.clone())),
        Json::Number(number) => Ok(Some(number.to_string())),
        other => Err(format!("{other} is no answer; expected text or null")),
    }
}

fn in_bytes(source: &str, figure: &str, start: usize, end: usize) -> Option<usize> {
    if source.get(start..end) == Some(figure) {
        return Some(start);
    }
    let at = source.char_indices().nth(start)?.0;
    source[at..].starts_with(figure).then_some(at)
}

/// Where a place of the source is in the text: both are the same, or one holds the other, or else the figure is the
/// same one of its kind in both.
fn moved(source: &str, text: &str, start: usize, figure: &str) -> Option<usize> {
    if let Some(before) = text.find(source) {
        return Some(before + start);
    }
    if let Some(before) = source.find(text).filter(|_| !text.is_empty()) {
        return start.checked_sub(before).filter(|at| text[*at..].starts_with(figure));
    }
    let nth = source.match_indices(figure).position(|(at, _)| at == start)?;
    text.match_indices(figure).nth(nth).map(|(at, _)| at)
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    const SOURCE: &str = "date 2031-05\n\nÀ l'été, 12 morts puis 12 blessés.";

    fn object(claim: Json) -> Map<String, Json> {
        claim.as_object().unwrap().clone()
    }

    #[test]
    fn bytes_and_letters_are_told_apart_by_the_words() {
        let bytes = SOURCE.rfind("12").unwrap();
        let letters = SOURCE[..bytes].chars().count();
        assert_ne!(bytes, letters);
        for start in [bytes, letters] {
            assert_eq!(in_bytes(SOURCE, "12", start, start + 2), Some(bytes));
        }
        let wrong = object(json!({"figure": "12", "start": 0, "end": 2}));
        assert!(mark(&wrong, SOURCE, SOURCE).unwrap_err().contains("does not stand at 0..2"));
    }

    #[test]
    fn a_mark_follows_its_figure_into_the_text() {
        let (first, second) = (SOURCE.find("12").unwrap(), SOURCE.rfind("12").unwrap());
        let body = &SOURCE[14..];
        assert_eq!(moved(SOURCE, body, second, "12"), body.rfind("12"));
        assert_eq!(moved(body, SOURCE, body.find("12").unwrap(), "12"), Some(first));
        assert_eq!(moved(SOURCE, "À l'été,\n12 morts\npuis 12 blessés.", second, "12"), Some(26));
    }

    #[test]
    fn a_misspelt_field_is_refused() {
        let claim = object(json!({"figure": "12", "outcom": "killed"}));
        assert!(mark(&claim, SOURCE, SOURCE).unwrap_err().starts_with("`outcom` is no field"));
    }

    #[test]
    fn other_right_answers_stand_beside_the_first() {
        let claim = object(json!({"figure": "12", "side": "XA", "alt": {"side": ["", "XB"]}, "claimant": null}));
        let marked = mark(&claim, SOURCE, SOURCE).unwrap();
        assert_eq!(marked.fields["side"], [Some("XA".into()), None, Some("XB".into())]);
        assert_eq!(marked.fields["claimant"], [None]);
        assert!(!marked.fields.contains_key("place"));
    }
}
