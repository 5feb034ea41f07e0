//! Prints the derivation of a claim as a tree: field, its value, the words, the entry that read them.
//!
//! In: a claim. Out: lines with pack entries as `packs/fr/outcome.toml:12`.

use crate::row;
use crate::table::Page;
use crate::text::{cut, pad, plain, width};
use bilan::claim::{Claim, Step};

/// The tree of one claim.
pub fn show(claim: &Claim, text: &str, page: Page) -> String {
    let fields = fields(claim);
    let mut branches: Vec<(&str, &str, Vec<&Step>)> = Vec::new();
    for (name, value) in &fields {
        branches.push((name, value, claim.why.iter().filter(|step| step.field == *name).collect()));
    }
    for step in &claim.why {
        if !branches.iter().any(|(name, _, _)| *name == step.field) {
            let steps = claim.why.iter().filter(|other| other.field == step.field).collect();
            branches.push((&step.field, "", steps));
        }
    }
    branches.retain(|(_, value, steps)| !value.is_empty() || !steps.is_empty());
    let label = branches.iter().map(|(name, _, _)| width(&row::readable(name))).max().unwrap_or(0);
    let words = |step: &Step| match step.span.of(text) {
        "" => String::new(),
        words => format!("\"{}\"", cut(&plain(words), 36)),
    };
    let quoted = branches.iter().flat_map(|(_, _, steps)| steps).map(|step| width(&words(step))).max().unwrap_or(0);
    let steps = || branches.iter().flat_map(|(_, _, steps)| steps);
    let entry = steps().filter(|step| !step.at.is_empty()).map(|step| width(&step.entry)).max().unwrap_or(0);
    let place = steps().map(|step| width(&step.at)).max().unwrap_or(0);
    // The place of an entry is what one came for: it goes to a line of its own before it is cut.
    let narrow = 8 + quoted + 2 + entry + 2 + place > page.width;

    let mut out = String::new();
    for (i, (name, value, steps)) in branches.iter().enumerate() {
        let last = i + 1 == branches.len();
        let stem = if last { "└─" } else { "├─" };
        let line = format!("  {stem} {} {}", pad(&row::readable(name), label, false), plain(value));
        out.push_str(&format!("{}\n", cut(line.trim_end(), page.width)));
        for (j, step) in steps.iter().enumerate() {
            let bar = if last { " " } else { "│" };
            let stem = if j + 1 == steps.len() { "└─" } else { "├─" };
            let read = format!("{}  {}", pad(&plain(&step.entry), entry, false), step.at);
            let lines = match (narrow, words(step).as_str()) {
                (true, "") => vec![format!("  {bar}  {stem} {read}")],
                (true, words) => vec![format!("  {bar}  {stem} {words}"), format!("  {bar}     {read}")],
                (false, words) => vec![format!("  {bar}  {stem} {}  {read}", pad(words, quoted, false))],
            };
            for line in lines {
                out.push_str(&format!("{}\n", page.paint(&cut(line.trim_end(), page.width), super::DIM)));
            }
        }
    }
    out
}

/// The fields of a claim in the codebook's order, with what was made of each.
fn fields(claim: &Claim) -> Vec<(&'static str, String)> {
    let date = |date: &Option<bilan::claim::Date>| date.as_ref().map(row::date).unwrap_or_default();
    let words = |words: &Option<String>| words.clone().unwrap_or_default();
    let hedge = Some(claim.value.hedge()).filter(|hedge| *hedge != "none").unwrap_or("").to_owned();
    vec![
        ("value", claim.value.to_string()),
        ("hedge", hedge),
        ("outcome", claim.outcome.clone()),
        ("counted", claim.counted.clone()),
        ("side", words(&claim.side)),
        ("claimant", words(&claim.claimant)),
        ("citing", words(&claim.citing)),
        ("via", claim.via.join(", ")),
        ("stated", date(&claim.stated)),
        ("from", date(&claim.from)),
        ("to", date(&claim.to)),
        ("scope", claim.scope.clone()),
        ("place", words(&claim.place)),
        ("said", claim.said.clone()),
        ("blamed", words(&claim.blamed)),
        (
            "confidence",
            format!("{} % of the claim, {} % of the claimant", claim.confidence.claim, claim.confidence.claimant),
        ),
    ]
}
