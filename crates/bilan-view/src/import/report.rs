//! Tells what is odd in a table.
//!
//! In: what was met on the way, and the claims. Out: a [`Report`]: doubles, falls, impossible days, days before what is
//! counted began, sources under two names, classes that begin or end, broken rows; each with its line.
//!
//! A fall is one by the rules of history, and not whenever a number is smaller than the one above it: a hedge may leave
//! it open.

use super::grid::Grid;
use bilan::claim::{Claim, Reading};
use bilan::history::{self, Appearance, Kinds, KindsError, Relation, Series};
use jiff::civil;
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a table came to, and what is odd in it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Report {
    /// The map that it was read by.
    pub map: String,
    /// Rows of the table.
    pub rows: usize,
    /// Figures that became claims.
    pub figures: usize,
    /// Lines in time that they make: one a class and source.
    pub lines: usize,
    /// The first day and the last.
    pub days: Option<(String, String)>,
    /// Different days.
    pub different_days: usize,
    /// What is odd, by kind, then by line.
    pub findings: Vec<Finding>,
    #[serde(skip)]
    columns: BTreeMap<String, BTreeSet<civil::Date>>,
    #[serde(skip)]
    sources: BTreeMap<String, String>,
}

/// One odd thing.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Finding {
    /// `broken`, `impossible_day`, `before_start`, `double`, `fall`, `two_names`, `classes_change`, `unknown_column`.
    pub kind: &'static str,
    /// The line, where it is one line's.
    pub line: Option<usize>,
    /// One English sentence.
    pub words: String,
}

impl Report {
    /// Of a table that is about to be read.
    pub fn new(map: &str, grid: &Grid) -> Report {
        Report { map: map.to_owned(), rows: grid.rows.len() + grid.broken.len(), ..Report::default() }
    }

    /// So many of a kind.
    pub fn count(&self, kind: &str) -> usize {
        self.findings.iter().filter(|finding| finding.kind == kind).count()
    }

    pub(super) fn broken(&mut self, line: usize, why: &str) {
        self.find("broken", Some(line), why.to_owned());
    }

    pub(super) fn impossible(&mut self, line: usize, words: String) {
        self.find("impossible_day", Some(line), words);
    }

    pub(super) fn before(&mut self, line: usize, words: String) {
        self.find("before_start", Some(line), words);
    }

    pub(super) fn double(&mut self, line: usize, words: String) {
        self.find("double", Some(line), words);
    }

    pub(super) fn unknown(&mut self, column: &str) {
        self.find("unknown_column", None, format!("the map does not know the column \"{column}\"; it was passed over"));
    }

    pub(super) fn seen(&mut self, column: &str, day: civil::Date) {
        self.columns.entry(column.to_owned()).or_default().insert(day);
    }

    pub(super) fn source(&mut self, name: &str, party: &str) {
        self.sources.insert(name.to_owned(), party.to_owned());
    }

    fn find(&mut self, kind: &'static str, line: Option<usize>, words: String) {
        self.findings.push(Finding { kind, line, words });
    }

    /// Follows the claims through time, and sorts what was found.
    pub(super) fn follow(&mut self, reading: &Reading) -> Result<(), KindsError> {
        let days: BTreeSet<civil::Date> =
            reading.claims.iter().filter_map(|claim| claim.to.and_then(|to| to.only_day())).collect();
        self.different_days = days.len();
        self.days = days.first().zip(days.last()).map(|(first, last)| (first.to_string(), last.to_string()));
        let told: Vec<Appearance> =
            (0..).zip(&reading.claims).map(|(id, claim)| Appearance::of(id, 1, claim, &reading.document)).collect();
        let lines = history::lines(&told, &Kinds::embedded()?);
        self.lines = lines.len();
        let text = &reading.document.text;
        let line_of = |claim: &Claim| 1 + text[..claim.span.start as usize].matches('\n').count();
        for line in &lines {
            for fall in Series::of(line).iter().flat_map(|series| series.falls().cloned().collect::<Vec<_>>()) {
                let (from, to) = (&line.statements[fall.from], &line.statements[fall.to]);
                let claim = to.appearances.first().and_then(|told| reading.claims.get(told.id as usize));
                let by = match fall.change {
                    Relation::Lowers(Some(by)) => format!(" by {by}"),
                    _ => String::new(),
                };
                let counted = claim.and_then(|claim| claim.as_said.get("counted")).unwrap_or(&line.key.counted);
                let words = format!(
                    "{counted} falls{by}, from {} on {} to {} on {}, says {}",
                    from.value,
                    day(from.last),
                    to.value,
                    day(to.first),
                    line.key.voice,
                );
                self.find("fall", claim.map(line_of), words);
            }
        }
        self.classes(&days);
        self.names();
        self.findings.sort();
        Ok(())
    }

    /// Classes that begin after the table does, or end before it does: those of one day are one change.
    fn classes(&mut self, days: &BTreeSet<civil::Date>) {
        let (Some(first), Some(last)) = (days.first().copied(), days.last().copied()) else { return };
        let mut changes: BTreeMap<civil::Date, (Vec<String>, Vec<String>)> = BTreeMap::new();
        if self.columns.len() < 2 {
            return;
        }
        for (column, told) in &self.columns {
            if let Some(begins) = told.first().filter(|begins| **begins > first) {
                changes.entry(*begins).or_default().1.push(column.clone());
            }
            // What ends is gone on the next day that the table has.
            let ends = told.last().filter(|ends| **ends < last);
            if let Some(gone) = ends.and_then(|ends| days.range(ends.tomorrow().unwrap_or(*ends)..).next()) {
                changes.entry(*gone).or_default().0.push(column.clone());
            }
        }
        for (day, (gone, new)) in changes {
            let parts = [("no longer told: ", gone), ("told from then on: ", new)];
            let told = parts.into_iter().filter(|(_, columns)| !columns.is_empty());
            let told: Vec<String> = told.map(|(words, columns)| format!("{words}{}", columns.join(", "))).collect();
            self.find("classes_change", None, format!("{day}: {}", told.join("; ")));
        }
    }

    /// Names that the map gives to one party, or of which one abbreviates the other.
    fn names(&mut self) {
        let names: Vec<(String, String)> = self.sources.clone().into_iter().collect();
        for (i, (one, party)) in names.iter().enumerate() {
            for (other, its) in &names[i + 1..] {
                let (a, b) = (bare(one), bare(other));
                let abbreviated = abbreviates(a, b) || abbreviates(b, a);
                // One name with two carriers is one name.
                if abbreviated || (a != b && a.to_lowercase() == b.to_lowercase()) {
                    let by_map = if party == its { format!("; the map takes both for {party}") } else { String::new() };
                    self.find("two_names", None, format!("\"{one}\" and \"{other}\" may be one source{by_map}"));
                }
            }
        }
    }
}

fn day(date: Option<bilan::claim::Date>) -> String {
    date.map_or("no day".to_owned(), |date| date.to_string())
}

/// The name without what stands in brackets.
fn bare(name: &str) -> &str {
    name.split('(').next().unwrap_or(name).trim()
}

/// Whether the letters are the initials of the name's capitalised words, its first word or not.
fn abbreviates(letters: &str, name: &str) -> bool {
    let short = letters.chars().count() > 1 && letters.chars().all(|c| c.is_uppercase());
    let capitals: Vec<char> =
        name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect();
    let all: String = capitals.iter().collect();
    let rest: String = capitals.iter().skip(1).collect();
    short && capitals.len() > 1 && (letters == all || letters == rest)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_abbreviation_is_known_by_its_initials() {
        let long = "The Centre for Strategic and International Studies";
        assert!(abbreviates("CSIS", long) && !abbreviates("IISS", long) && !abbreviates(long, "CSIS"));
        assert!(!abbreviates("UK MoD", "US DoD") && !abbreviates("A", "Alpha"));
    }
}
