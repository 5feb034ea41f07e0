//! Tells how much of what was given was read.
//!
//! In: the counts of a ledger. Out: the closing line of every answer, and the same as JSON.

use bilan_ledger::{Ledger, LedgerError};
use serde::Serialize;
use std::fmt;
use utoipa::ToSchema;

/// What the ledger holds, and what was not read. Counts of documents are those of readings in force.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Coverage {
    /// Documents.
    pub documents: u64,
    /// Claims.
    pub claims: u64,
    /// Figures seen and not taken.
    pub refused: u64,
    /// Documents without a publication date.
    pub without_date: u64,
    /// Documents, and records of other inputs, in which no text was found.
    pub without_text: u64,
    /// Documents in a language that no pack reads.
    pub without_pack: u64,
    /// Documents whose text was taken out.
    pub redacted: u64,
    /// Inputs that could not be read.
    pub unreadable: u64,
}

impl Coverage {
    /// Of this ledger.
    pub fn of(ledger: &Ledger) -> Result<Coverage, LedgerError> {
        let counted = ledger.coverage()?;
        Ok(Coverage {
            documents: counted.documents,
            claims: counted.claims,
            refused: counted.refusals,
            without_date: counted.without_date,
            without_text: counted.without_text,
            without_pack: counted.without_pack,
            redacted: counted.redacted,
            unreadable: counted.unreadable,
        })
    }
}

/// "145 claims and 199 refused figures in 12 documents; 1 not read: without text"
impl fmt::Display for Coverage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let many = |n: u64, one: &str, more: &str| format!("{n} {}", if n == 1 { one } else { more });
        write!(f, "{}", many(self.claims, "claim", "claims"))?;
        write!(f, " and {}", many(self.refused, "refused figure", "refused figures"))?;
        write!(f, " in {}", many(self.documents, "document", "documents"))?;
        for (n, what) in [
            (self.without_date, "without date"),
            (self.without_text, "not read: without text"),
            (self.without_pack, "not read: in another language"),
            (self.redacted, "taken out"),
            (self.unreadable, "unreadable"),
        ] {
            if n > 0 {
                write!(f, "; {n} {what}")?;
            }
        }
        Ok(())
    }
}
