//! Holds a pack to its own examples.
//!
//! In: a [`Reader`] with its packs. Out: every example whose sentence is not read as it says.
//!
//! An example lists all the claims of its sentence: one claim too many is as wrong as one too few. A known gap asserts
//! today's wrong answer with its reason, so that the day it is mended shows.

use crate::claim::{Claim, Reading};
use crate::document::{Document, id};
use crate::pack::Example;
use crate::read::Reader;

/// An example that a pack does not keep.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// As `packs/fr/outcome.toml:12`, or the file of the example.
    pub at: String,
    /// The sentence.
    pub text: String,
    /// What is wrong: what was expected, and what was read.
    pub what: String,
}

/// How many examples were tried, and which do not hold.
#[derive(Debug, Clone, Default)]
pub struct Checked {
    /// Sentences read.
    pub tried: usize,
    /// Those that were read otherwise.
    pub broken: Vec<Broken>,
}

impl Reader {
    /// Reads every example of every pack.
    pub fn check(&self) -> Checked {
        let mut checked = Checked::default();
        for pack in self.packs().langs.values() {
            let mut try_one = |at: &str, example: &Example| {
                checked.tried += 1;
                if let Err(what) = self.holds(&pack.lang, example) {
                    checked.broken.push(Broken { at: at.to_owned(), text: example.text.clone(), what });
                }
            };
            for entry in &pack.entries {
                for example in &entry.examples.yes {
                    try_one(&entry.at, example);
                }
                for text in &entry.examples.no {
                    try_one(&entry.at, &Example { text: text.clone(), ..Example::default() });
                }
            }
            for (file, example) in &pack.examples {
                try_one(&format!("packs/{file}"), example);
            }
            for broken in pack.boilerplate.check() {
                checked.broken.push(Broken {
                    at: format!("packs/{}/boilerplate.toml", pack.lang),
                    text: String::new(),
                    what: broken,
                });
            }
        }
        checked
    }

    fn holds(&self, lang: &str, example: &Example) -> Result<(), String> {
        let published = example.published.as_deref().map(str::parse).transpose();
        let published = published.map_err(|error| format!("{error}"))?;
        let document = Document {
            id: "example".into(),
            hash: id::of("bilan/document/1", &[b"", example.text.as_bytes()]),
            text_hash: id::of("bilan/text/1", &[example.text.as_bytes()]),
            text: example.text.clone(),
            title: 0,
            url: None,
            outlet: None,
            lang: Some(lang.to_owned()),
            published,
            boilerplate: vec![],
            remarks: vec![],
        };
        let reading = self.read(document);
        let wanted: Vec<&str> = example.claims.iter().map(String::as_str).collect();
        let mut missing = Vec::new();
        let mut left: Vec<&Claim> = reading.claims.iter().collect();
        for want in &wanted {
            match left.iter().position(|claim| says(claim, want)) {
                Some(at) => drop(left.remove(at)),
                None => missing.push(*want),
            }
        }
        let refused = example.refused.iter().filter(|want| !is_refused(&reading, want)).map(String::as_str);
        missing.extend(refused);
        let extra: Vec<String> = left.iter().map(|claim| format!("{} {}", brief(claim), days(claim))).collect();
        if missing.is_empty() && extra.is_empty() {
            return Ok(());
        }
        Err(format!("not read: [{}]; read instead: [{}]", missing.join(", "), extra.join(", ")))
    }
}

/// A claim as `killed military RU 12 by UA`.
pub fn brief(claim: &Claim) -> String {
    let by = claim.claimant.as_ref().map(|claimant| format!(" by {claimant}")).unwrap_or_default();
    format!("{} {} {} {}{by}", claim.outcome, claim.counted, claim.side.as_deref().unwrap_or("?"), claim.value)
}

/// Its dates and scope, as `stated 2031-06-12 from none to none scope incident`.
fn days(claim: &Claim) -> String {
    let named = [("stated", &claim.stated), ("from", &claim.from), ("to", &claim.to)];
    let told = named.map(|(name, date)| format!("{name} {}", date.map_or("none".to_owned(), |date| date.to_string())));
    format!("{} scope {}", told.join(" "), claim.scope)
}

/// Whether a claim is as an example says: `killed military RU 12 by UA from 2031-06-11 scope period`. What the example
/// does not name may be anything; `none` is nothing.
fn says(claim: &Claim, want: &str) -> bool {
    let words: Vec<&str> = want.split(' ').collect();
    let side = claim.side.as_deref().unwrap_or("?");
    let same =
        format!("{} {} {side} {}", claim.outcome, claim.counted, claim.value) == words[..words.len().min(4)].join(" ");
    let date = |date: &Option<crate::claim::Date>| date.map(|date| date.to_string());
    let named = words.get(4..).unwrap_or_default().chunks(2).all(|pair| {
        let found = match pair[0] {
            "by" => claim.claimant.clone(),
            "stated" => date(&claim.stated),
            "from" => date(&claim.from),
            "to" => date(&claim.to),
            "scope" => Some(claim.scope.clone()),
            // By whom.
            "denied" => {
                let denial = claim.contested.iter().find(|contest| contest.how == pair[0]);
                denial.and_then(|contest| contest.who.clone())
            }
            _ => return false,
        };
        pair.get(1) == Some(&found.as_deref().unwrap_or("none"))
    });
    same && named
}

fn is_refused(reading: &Reading, want: &str) -> bool {
    let (reason, words) = want.split_once(' ').unwrap_or((want, ""));
    let text = &reading.document.text;
    reading.refusals.iter().any(|refusal| refusal.reason == reason && refusal.span.of(text).contains(words))
}
