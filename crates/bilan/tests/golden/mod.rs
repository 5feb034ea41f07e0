//! Compares a reading with the claims that a careful reader marked.
//!
//! In: marked claims and traps, and a [`Reading`]. Out: one line for each claim, right or wrong, and the counts.
//!
//! "Chacune des deux armées a perdu 100 000 hommes" is two claims on one figure: they are paired one to one, first
//! where most fields agree.

use bilan::claim::Span;
use bilan::{Claim, Reading};
use serde_json::{Map, Value};
use std::collections::BTreeMap;
use std::fmt::Write;

/// The fields that can be judged.
const FIELDS: [&str; 13] = [
    "value", "outcome", "counted", "side", "claimant", "citing", "via", "stated", "from", "to", "scope", "place",
    "said",
];

/// Those that make a claim whole.
const WHOLE: [&str; 4] = ["value", "outcome", "counted", "side"];

/// What is marked in one document.
pub struct Golden {
    claims: Vec<Mark>,
    traps: Vec<Mark>,
}

struct Mark {
    figure: String,
    span: Span,
    /// Right answers by field, `""` for empty; an absent field is not judged.
    right: BTreeMap<String, Vec<String>>,
    optional: bool,
}

/// How a reading compares.
#[derive(Debug, Default)]
pub struct Judged {
    /// Marked claims that must be found.
    pub marked: usize,
    /// Found with value, outcome, counted and side right.
    pub whole: usize,
    /// Found with every judged field right.
    pub every: usize,
    /// Not marked.
    pub extra: usize,
    /// One line for each claim and trap, in order of place.
    pub lines: Vec<String>,
}

impl Judged {
    /// Every claim with every judged field right, none beside them.
    pub fn is_perfect(&self) -> bool {
        self.every == self.marked && self.extra == 0
    }
}

impl Golden {
    /// From `claim` or `claims`, and `refused`. `source` is the file whose bytes the marks count, `text` the document's.
    pub fn new(marked: &Value, source: &str, text: &str) -> Result<Golden, String> {
        let head = match source.find(text) {
            Some(head) => head,
            None => return Err("the document's text is no part of its file".into()),
        };
        let all = |keys: &[&str]| -> Result<Vec<Mark>, String> {
            let list = keys.iter().find_map(|key| marked.get(*key)?.as_array());
            list.into_iter().flatten().filter_map(Value::as_object).map(|mark| Mark::new(mark, text, head)).collect()
        };
        Ok(Golden { claims: all(&["claim", "claims"])?, traps: all(&["refused"])? })
    }

    /// Compares.
    pub fn judge(&self, reading: &Reading) -> Judged {
        let found: Vec<BTreeMap<&str, String>> = reading.claims.iter().map(fields).collect();
        let pairs = self.pairs(reading, &found);
        let mut judged =
            Judged { marked: self.claims.iter().filter(|mark| !mark.optional).count(), ..Judged::default() };
        let mut lines: Vec<(u32, String)> = vec![];
        for (at, claim) in reading.claims.iter().enumerate() {
            let mark = pairs.iter().find(|(_, found)| *found == at).map(|(mark, _)| &self.claims[*mark]);
            let wrong = mark.map(|mark| mark.wrong(&found[at])).unwrap_or_default();
            let is_whole = !wrong.iter().any(|(field, _)| WHOLE.contains(field));
            let word = match mark {
                None => "extra",
                Some(mark) if mark.optional => "free",
                Some(_) if wrong.is_empty() => "right",
                Some(_) if is_whole => "whole",
                Some(_) => "wrong",
            };
            judged.extra += usize::from(word == "extra");
            judged.every += usize::from(word == "right");
            judged.whole += usize::from(matches!(word, "right" | "whole"));
            let mut line = format!("{word:<6} {}", line(claim, &reading.document.text, &found[at]));
            for (field, right) in wrong {
                write!(line, "\n         {field} should be {right}").expect("a string grows");
            }
            lines.push((claim.span.start, line));
        }
        for (at, mark) in self.claims.iter().enumerate() {
            if !mark.optional && !pairs.iter().any(|(marked, _)| *marked == at) {
                lines.push((mark.span.start, format!("missed {}", mark.line())));
            }
        }
        for refusal in &reading.refusals {
            let words = refusal.span.of(&reading.document.text);
            let trap = self.traps.iter().find(|trap| overlap(trap.span, refusal.span) > 0);
            let right = trap.and_then(|trap| trap.right.get("reason"));
            let mut line = format!("       {words}@{} refused: {}", refusal.span.start, refusal.reason);
            if let Some(right) = right.filter(|right| !right.contains(&refusal.reason)) {
                write!(line, "\n         reason should be {}", right.join(" or ")).expect("a string grows");
            }
            lines.push((refusal.span.start, line));
        }
        lines.sort();
        judged.lines = lines.into_iter().map(|(_, line)| line).collect();
        judged
    }

    fn pairs(&self, reading: &Reading, found: &[BTreeMap<&str, String>]) -> Vec<(usize, usize)> {
        let mut candidates = vec![];
        for (i, mark) in self.claims.iter().enumerate() {
            for (j, claim) in reading.claims.iter().enumerate() {
                let places = std::iter::once(&claim.span).chain(&claim.also);
                let overlap = places.map(|place| overlap(mark.span, *place)).max().unwrap_or(0);
                if overlap > 0 {
                    candidates.push((mark.wrong(&found[j]).len(), mark.optional, u32::MAX - overlap, i, j));
                }
            }
        }
        candidates.sort_unstable();
        let mut pairs: Vec<(usize, usize)> = vec![];
        for (.., i, j) in candidates {
            if pairs.iter().all(|(mark, claim)| *mark != i && *claim != j) {
                pairs.push((i, j));
            }
        }
        pairs
    }
}

impl Mark {
    fn new(mark: &Map<String, Value>, text: &str, head: usize) -> Result<Mark, String> {
        let figure = mark.get("figure").and_then(Value::as_str).ok_or("a mark has no `figure`")?.to_owned();
        let start = mark.get("start").and_then(Value::as_u64).ok_or_else(|| format!("`{figure}` has no `start`"))?;
        let start = (start as usize).checked_sub(head).ok_or_else(|| format!("`{figure}` is before the text"))?;
        let span = Span { start: start as u32, end: (start + figure.len()) as u32 };
        if span.of(text) != figure {
            return Err(format!("`{figure}` does not stand at {}", start + head));
        }
        let answer = |value: &Value| match value {
            Value::Array(parts) => parts.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("+"),
            value => value.as_str().unwrap_or_default().to_owned(),
        };
        let mut right = BTreeMap::new();
        for (key, value) in mark {
            match key.as_str() {
                "figure" | "start" | "end" | "alt" | "optional" | "note" => continue,
                "reason" => {}
                field if FIELDS.contains(&field) => {}
                _ => return Err(format!("`{figure}`: `{key}` is no field")),
            }
            let others = mark.get("alt").and_then(|alt| alt.get(key)).and_then(Value::as_array);
            right.insert(key.clone(), std::iter::once(value).chain(others.into_iter().flatten()).map(answer).collect());
        }
        let optional = mark.get("optional").and_then(Value::as_bool).unwrap_or(false);
        Ok(Mark { figure, span, right, optional })
    }

    fn wrong(&self, found: &BTreeMap<&str, String>) -> Vec<(&'static str, String)> {
        let judged = FIELDS.iter().filter_map(|field| Some((*field, self.right.get(*field)?)));
        judged
            .filter(|(field, right)| !right.contains(&found[field]))
            .map(|(field, right)| (field, right.iter().map(|right| shown(right)).collect::<Vec<_>>().join(" or ")))
            .collect()
    }

    fn line(&self) -> String {
        let first = |field: &str| self.right.get(field).map_or("…", |right| shown(&right[0]));
        let mut line = format!("{}@{}", self.figure, self.span.start);
        for field in WHOLE {
            line += &format!(" {}", first(field));
        }
        line
    }
}

fn shown(answer: &str) -> &str {
    if answer.is_empty() { "empty" } else { answer }
}

fn overlap(a: Span, b: Span) -> u32 {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

fn fields(claim: &Claim) -> BTreeMap<&'static str, String> {
    let text = |field: &Option<String>| field.clone().unwrap_or_default();
    let date = |field: &Option<bilan::claim::Date>| field.map(|date| date.to_string()).unwrap_or_default();
    BTreeMap::from([
        ("value", claim.value.to_string()),
        ("outcome", claim.outcome.clone()),
        ("counted", claim.counted.clone()),
        ("side", text(&claim.side)),
        ("claimant", text(&claim.claimant)),
        ("citing", text(&claim.citing)),
        ("via", claim.via.join("+")),
        ("stated", date(&claim.stated)),
        ("from", date(&claim.from)),
        ("to", date(&claim.to)),
        ("scope", claim.scope.clone()),
        ("place", text(&claim.place)),
        ("said", claim.said.clone()),
    ])
}

/// Everything of a claim but its derivation.
fn line(claim: &Claim, text: &str, fields: &BTreeMap<&str, String>) -> String {
    let mut line = format!("{}@{}", claim.span.of(text).replace('\n', " "), claim.span.start);
    for field in WHOLE {
        line += &format!(" {}", if fields[field].is_empty() { "?" } else { &fields[field] });
    }
    for field in FIELDS.iter().filter(|field| !WHOLE.contains(field) && !fields[**field].is_empty()) {
        line += &format!(" {field}={}", fields[field]);
    }
    for contest in &claim.contested {
        line += &format!(" {}={}", contest.how, contest.who.as_deref().unwrap_or("reporter"));
    }
    if let Some(blamed) = &claim.blamed {
        line += &format!(" blamed={blamed:?}");
    }
    for also in &claim.also {
        line += &format!(" also@{}", also.start);
    }
    if claim.quote.translated {
        line += " translated";
    }
    line += &format!(" sure={}/{}", claim.confidence.claim, claim.confidence.claimant);
    for (field, words) in &claim.as_said {
        line += &format!(" {field}:{words:?}");
    }
    line
}
