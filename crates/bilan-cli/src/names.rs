//! Finds codes by what people call them: "Soudan" is `SD`, "tués" is `killed`.
//!
//! In: a field and a word as typed. Out: the codes that are called so, in any language of the pages, or those whose names
//! begin so.
//!
//! Codes are what claims are made of, and nobody knows them by heart. A name that two parties share is no answer: then
//! both are shown.

use anyhow::Result;
use bilan::history::Kinds;
use bilan::pack::Packs;
use bilan_ledger::{Column, Ledger};
use bilan_view::label::Labels;

/// So many words of a ledger are looked through.
const TOLD: usize = 10_000;

/// So many codes are shown.
const SHOWN: usize = 8;

/// The codes of one field, with their names.
pub struct Names(Vec<Named>);

struct Named {
    code: String,
    /// In the reader's language first.
    names: Vec<String>,
}

impl Names {
    /// The codes that a field can have, by the tree of parties, the closed lists, and what the ledger tells.
    pub fn of(field: &str, ledger: &Ledger) -> Result<Names> {
        let mut languages: Vec<&Labels> =
            Labels::languages().map(|(code, _)| Labels::choose(Some(code), None)).collect();
        let own = labels(None).code();
        languages.sort_by_key(|labels| labels.code() != own);
        let kinds = |codes: Vec<&str>| codes.into_iter().map(str::to_owned).collect();
        let known = Kinds::embedded()?;
        let codes: Vec<String> = match field {
            "outcome" => kinds(known.outcomes()),
            "counted" => kinds(known.classes()),
            "scope" => kinds(known.scopes()),
            "side" => parties(ledger, Column::Side)?,
            "claimant" => parties(ledger, Column::Claimant)?,
            "place" => parties(ledger, Column::Place)?,
            _ => vec![],
        };
        let is_party = matches!(field, "side" | "claimant" | "place");
        let name = |labels: &&Labels, code: &str| match field {
            "place" => labels.place(code),
            _ if is_party => labels.party(code),
            _ => labels.kind(field, code),
        };
        let named = codes.into_iter().map(|code| {
            let names = languages.iter().map(|labels| name(labels, &code)).collect();
            Named { code, names }
        });
        Ok(Names(named.collect()))
    }

    /// The codes that are called so, whatever the capitals and accents.
    pub fn called(&self, word: &str) -> Vec<&str> {
        let word = folded(word);
        self.0.iter().filter(|named| named.all().any(|name| folded(name) == word)).map(|n| n.code.as_str()).collect()
    }

    /// Codes with their names: those that are called so, else those that have a word which begins so; nothing where
    /// neither is.
    pub fn near(&self, word: &str) -> Option<String> {
        let word = folded(word);
        let begins = |name: &str| folded(name).split(|c: char| !c.is_alphanumeric()).any(|own| own.starts_with(&word));
        let is = |name: &str| folded(name) == word;
        let whole: Vec<&Named> = self.0.iter().filter(|named| named.all().any(is)).collect();
        let near = || self.0.iter().filter(|named| named.all().any(begins)).collect();
        let near = if whole.is_empty() { near() } else { whole };
        let more = near.len().saturating_sub(SHOWN);
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        let shown: Vec<String> = near.iter().take(SHOWN).map(|named| named.to_string()).collect();
        (!shown.is_empty()).then(|| shown.join(", ") + &and)
    }

    /// A code with its name, where it has one.
    pub fn named(&self, code: &str) -> String {
        self.0.iter().find(|named| named.code == code).map_or_else(|| code.to_owned(), Named::to_string)
    }
}

impl Named {
    fn all(&self) -> impl Iterator<Item = &str> {
        self.names.iter().chain([&self.code]).map(String::as_str)
    }
}

impl std::fmt::Display for Named {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self.names.first().filter(|name| folded(name) != folded(&self.code)) {
            Some(name) => write!(f, "{} ({name})", self.code),
            None => f.write_str(&self.code),
        }
    }
}

/// The words of the language that was chosen, else of `$LANG`.
pub fn labels(chosen: Option<&str>) -> &'static Labels {
    let told = |name: &&str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let locale = ["LC_ALL", "LC_MESSAGES", "LANG"].iter().find_map(told);
    let locale = locale.map(|locale| locale.split(['_', '.']).next().unwrap_or_default().to_owned());
    Labels::choose(chosen.or(locale.as_deref()), None)
}

/// Of the tree, and of the ledger.
fn parties(ledger: &Ledger, column: Column) -> Result<Vec<String>> {
    let shared = Packs::embedded()?.shared;
    let fits = |id: &&String| match column {
        Column::Side => shared.is_side(id),
        Column::Place => shared.is_country(id),
        _ => true,
    };
    let mut codes: Vec<String> = shared.parties.keys().filter(fits).cloned().collect();
    codes.extend(ledger.told(column, TOLD)?.words);
    codes.sort_unstable();
    codes.dedup();
    Ok(codes)
}

/// Small letters without accents.
fn folded(word: &str) -> String {
    bilan::document::bare(word.trim())
}
