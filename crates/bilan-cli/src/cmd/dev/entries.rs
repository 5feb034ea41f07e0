//! Tells what each pack entry and each rule did to the claims that were found: `bilan dev eval --entries`.
//!
//! In: readings with what was right of them. Out: a table, the busiest first.
//!
//! An entry that touched the figures of one document only was fitted to its sentence, or has yet to prove itself.

use crate::score::{Found, Marked, Pairing, WHOLE};
use bilan::Reading;
use std::collections::{BTreeMap, BTreeSet};

/// What entries did.
#[derive(Default)]
pub struct Entries {
    by_name: BTreeMap<String, Entry>,
}

#[derive(Default)]
struct Entry {
    claims: usize,
    whole: usize,
    documents: BTreeSet<String>,
}

impl Entries {
    /// Adds a document. Claims that met an optional one are not judged.
    pub fn add(&mut self, reading: &Reading, marked: &[Marked], found: &[Found], pairing: &Pairing) {
        for (j, claim) in reading.claims.iter().enumerate() {
            let mark = pairing.pairs.iter().find(|(_, found)| *found == j).map(|(i, _)| &marked[*i]);
            if mark.is_some_and(|mark| mark.optional) {
                continue;
            }
            let whole = mark.is_some_and(|mark| mark.all_right(&WHOLE, &found[j]));
            let names: BTreeSet<&str> = claim.why.iter().map(|step| step.entry.as_ref()).collect();
            for name in names {
                let entry = self.by_name.entry(name.to_owned()).or_default();
                entry.claims += 1;
                entry.whole += usize::from(whole);
                entry.documents.insert(reading.document.id.clone());
            }
        }
    }

    /// The table.
    pub fn table(&self) -> String {
        let mut entries: Vec<(&String, &Entry)> = self.by_name.iter().collect();
        entries.sort_by_key(|(name, entry)| (std::cmp::Reverse(entry.claims), *name));
        let width = entries.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0).max(5);
        let mut out = format!("\n{:width$}  claims  documents  whole\n", "entry");
        for (name, entry) in entries {
            let share = entry.whole as f64 / entry.claims as f64;
            let documents = entry.documents.len();
            out.push_str(&format!("{name:width$}  {:6}  {documents:9}  {share:.3}\n", entry.claims));
        }
        out
    }
}
