//! Lays a figure out on one page, to be filed beside the article that uses it.
//!
//! In: a [`Cite`]. Out: the sheet as text, and as one HTML file without script that needs nothing else.
//!
//! A person who checks the figure in a year asks: which words, whose, from where, and what did the machine add? The
//! sheet answers in this order.

use super::{Cite, Style};
use crate::label::Labels;
use askama::Template;
use bilan::claim::Value;
use serde_json::Value as Json;

/// The sheet as a page.
#[derive(Template)]
#[template(path = "sheet.html")]
struct Page<'c> {
    cite: &'c Cite,
    claim: String,
    before: String,
    after: String,
    words: String,
    papers: Vec<(&'static str, String)>,
    link: Option<&'c str>,
    decided: Vec<(&'static str, String)>,
    notes: Vec<String>,
    footnotes: Vec<(&'static str, String)>,
}

impl Cite {
    /// As one HTML file.
    pub fn sheet_html(&self) -> Result<String, askama::Error> {
        let (before, words, after) = self.marked();
        Page {
            cite: self,
            claim: self.claim_words(),
            before,
            words,
            after,
            papers: self.papers(),
            link: self
                .source
                .papers
                .url
                .as_deref()
                .filter(|url| url.starts_with("https://") || url.starts_with("http://")),
            decided: self.decisions(),
            notes: self.notes(),
            footnotes: self.footnotes(),
        }
        .render()
    }

    /// As plain text; lines are as long as what they say.
    pub fn sheet_text(&self) -> String {
        let mut out = format!("{}\n\n", self.claim_words());
        let (before, words, after) = self.marked();
        match words.is_empty() {
            true => out.push_str("The text was taken out of the ledger.\n\n"),
            false => out.push_str(&format!("{before}>>{words}<<{after}\n\n")),
        }
        for (heading, pairs) in [("Source", self.papers()), ("Read as", self.decisions())] {
            out.push_str(&format!("{heading}\n"));
            let widest = pairs.iter().map(|(label, _)| label.len()).max().unwrap_or(0);
            out.extend(pairs.iter().map(|(label, value)| format!("  {label:widest$}  {value}\n")));
            out.push('\n');
        }
        out.extend(self.notes().iter().map(|note| format!("{note}\n")));
        out
    }

    /// The paragraph before the figure, its words, and the rest.
    fn marked(&self) -> (String, String, String) {
        let Some(context) = &self.context else { return Default::default() };
        let at = context.sentence.char_indices().nth(context.at).map_or(context.sentence.len(), |(byte, _)| byte);
        let (head, tail) = context.sentence.split_at(at);
        let rest = tail.strip_prefix(context.words.as_str()).unwrap_or(tail);
        (format!("{}{head}", context.before), context.words.clone(), format!("{rest}{}", context.after))
    }

    fn papers(&self) -> Vec<(&'static str, String)> {
        let source = &self.source;
        let papers = [
            ("title", source.papers.title.clone()),
            ("outlet", source.papers.outlet.clone()),
            ("published", source.papers.published.as_ref().map(ToString::to_string)),
            ("language", source.papers.lang.clone()),
            ("link", source.papers.url.clone()),
            ("fetched", source.fetched.clone()),
            ("copy", source.bytes.as_ref().map(|hash| format!("bytes {hash}, beside the ledger"))),
            ("document", Some(format!("{} ({})", source.papers.document, source.papers.hash))),
            ("text", Some(source.papers.text_hash.clone())),
            ("figure", Some(self.figure.clone())),
            (
                "ledger",
                Some(match &source.added {
                    Some(added) => format!("entry {}, added {added}", source.entry),
                    None => format!("entry {}", source.entry),
                }),
            ),
            ("reader", Some(source.reader.clone())),
        ];
        papers.into_iter().filter_map(|(label, value)| Some((label, value?))).collect()
    }

    fn decisions(&self) -> Vec<(&'static str, String)> {
        let told = |decision: &super::Decision| {
            let label = match decision.field {
                "value" => "how many",
                "outcome" => "what happened",
                "counted" => "who or what",
                "side" => "whose",
                "claimant" => "who says so",
                "stated" => "said on",
                "said" => "how it is said",
                field => field,
            };
            let labels = Labels::choose(Some("en"), None);
            let value = match (&decision.value, decision.field) {
                (Some(value), "value") => value.parse::<Value>().map_or(value.clone(), |value| labels.value(&value)),
                (Some(value), field @ ("counted" | "outcome" | "scope" | "said")) => labels.kind(field, value),
                (Some(value), _) => value.replace('_', " "),
                (None, "claimant") if self.unidentified => "somebody whom no party stands for".to_owned(),
                (None, "claimant") => "nobody is named: the reporter's own voice".to_owned(),
                (None, _) => "not told".to_owned(),
            };
            let words = match &decision.words {
                Some(words) => format!(", from “{words}”"),
                None => String::new(),
            };
            (label, format!("{value}{words}"))
        };
        self.decided.iter().map(told).collect()
    }

    fn notes(&self) -> Vec<String> {
        let claim = self.claims.first();
        let share = |key: &str| {
            let share = claim.and_then(|claim| claim.get("confidence")?.get(key)?.as_f64()).unwrap_or(0.0);
            format!("{:.0} %", share * 100.0)
        };
        let mut notes = vec![format!(
            "Sure to have read the claim right: {}; who says so: {}. This is never about the toll.",
            share("claim"),
            share("claimant")
        )];
        let reviews = claim.and_then(|claim| claim.get("reviewed")?.as_array()).into_iter().flatten();
        let said = |review: &Json| {
            let told = |key: &str| review.get(key).and_then(Json::as_str).unwrap_or("").to_owned();
            let what = [told("verdict"), told("field")].join(" ");
            format!("A person reviewed it: {}, as {}, on {}.", what.trim(), told("role"), told("time"))
        };
        notes.extend(reviews.map(said));
        if notes.len() == 1 {
            notes.push("No person has reviewed this reading.".to_owned());
        }
        if self.translated() {
            notes.push("The text is, or seems, a translation: these are not the claimant's own words.".to_owned());
        }
        if self.claims.len() > 1 {
            notes.push(format!("{} claims rest on this figure; the first is shown.", self.claims.len()));
        }
        notes.push("A claim as a document reports it: bilan records who says what, never who is right.".to_owned());
        notes.push(self.coverage.to_string());
        notes
    }

    fn footnotes(&self) -> Vec<(&'static str, String)> {
        Style::ALL.iter().map(|(name, style)| (*name, self.footnote(*style))).collect()
    }
}
