//! Writes what `cargo xtask train` learns from: `bilan dev eval --rows`.
//!
//! In: readings with the reasons of their claims, and what was right of them. Out: CSV, one row a found claim.
//!
//! A row holds no word of a text: its document's name, the outcome of the judging, numbers.

use crate::score::{Found, Marked, Pairing, WHOLE};
use bilan::Reading;
use bilan::claim::Reasons;
use std::fmt::Write;

/// Rows of all documents so far.
#[derive(Default)]
pub struct Rows(String);

impl Rows {
    /// Adds a document. A claim that met an optional mark is as right or wrong as any other; one that met none is wrong.
    pub fn add(
        &mut self,
        reading: &Reading,
        reasons: &[Reasons],
        marked: &[Marked],
        found: &[Found],
        pairing: &Pairing,
    ) {
        for (j, (claim, reasons)) in reading.claims.iter().zip(reasons).enumerate() {
            if self.0.is_empty() {
                self.0.push_str("document,right,confidence");
                reasons.named().for_each(|(name, _)| self.put(name));
                self.0.push('\n');
            }
            let mark = pairing.pairs.iter().find(|(_, found)| *found == j).map(|(i, _)| &marked[*i]);
            let right = mark.is_some_and(|mark| mark.all_right(&WHOLE, &found[j]));
            // A name is for telling documents apart; what a table would trip over is no part of it.
            self.0.extend(reading.document.id.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }));
            self.put(u8::from(right));
            self.put(claim.confidence.claim);
            reasons.named().for_each(|(_, value)| self.put(value));
            self.0.push('\n');
        }
    }

    fn put(&mut self, value: impl std::fmt::Display) {
        // Writing to a string cannot fail.
        let _ = write!(self.0, ",{value}");
    }

    /// The table.
    pub fn table(&self) -> &str {
        &self.0
    }
}
