//! Counts what was read and what was not, so that silence never looks like absence.
//!
//! In: each reading, and each input that gave none. Out: the closing line, and the same as JSON.

use bilan::claim::Reading;
use bilan::document::Loss;
use serde::Serialize;
use std::fmt;

/// The closing line of a run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Coverage {
    /// Documents with a text, in a language that a pack reads.
    pub read: usize,
    /// Documents in which no text was found.
    pub without_text: usize,
    /// Documents in a language that no pack reads.
    pub without_pack: usize,
    /// Documents among those read whose publication date is unknown.
    pub without_date: usize,
    /// Inputs that could not be read at all.
    pub unreadable: usize,
    /// Claims found.
    pub claims: usize,
    /// Figures seen and not taken.
    pub refused: usize,
}

impl Coverage {
    /// Counts a document.
    pub fn add(&mut self, reading: &Reading) {
        let document = &reading.document;
        self.claims += reading.claims.len();
        self.refused += reading.refusals.len();
        if document.text.trim().is_empty() {
            self.without_text += 1;
        // A language may be told and known to no pack: the reader remarks on it.
        } else if document.lang.is_none() || reading.remarks.iter().any(|remark| remark.key == "language") {
            self.without_pack += 1;
        } else {
            self.read += 1;
            self.without_date += usize::from(document.published.is_none());
        }
    }

    /// Counts an input that gave no document.
    pub fn add_loss(&mut self, loss: Loss) {
        match loss {
            Loss::Unreadable => self.unreadable += 1,
            Loss::NoText => self.without_text += 1,
            Loss::Wordless(records) => self.without_text += records,
        }
    }
}

impl std::ops::AddAssign for Coverage {
    fn add_assign(&mut self, other: Coverage) {
        self.read += other.read;
        self.without_text += other.without_text;
        self.without_pack += other.without_pack;
        self.without_date += other.without_date;
        self.unreadable += other.unreadable;
        self.claims += other.claims;
        self.refused += other.refused;
    }
}

impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |n: usize, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        write!(f, "{}", many(self.claims, "claim", "claims"))?;
        write!(f, " and {}", many(self.refused, "refused figure", "refused figures"))?;
        write!(f, " in {}", many(self.read, "document", "documents"))?;
        for (n, what) in [
            (self.without_date, "without date"),
            (self.without_text, "not read: without text"),
            (self.without_pack, "not read: in another language"),
            (self.unreadable, "unreadable"),
        ] {
            if n > 0 {
                write!(f, "; {n} {what}")?;
            }
        }
        Ok(())
    }
}
