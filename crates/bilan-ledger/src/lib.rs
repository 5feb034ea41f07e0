//! Keeps every reading for good, in one SQLite file that only grows.
//!
//! In: [`bilan::Reading`]s. Out: the same readings, claims that fit a [`Filter`], and the first thing wrong with the file.
//!
//! The same article comes back every morning: the same reading adds nothing. A newer reader reads it otherwise: that
//! reading is appended and shown, the older one stays. The article must be taken out by law: its words lie beside the
//! chain, so they go and the chain still holds.

mod hash;

mod canonical;

mod entry;

mod tables;

mod bytes;

mod open;

mod apart;

mod add;

mod claims;

mod lines;

mod narrow;

mod tally;

mod appearances;

mod documents;

mod review;

mod told;

mod subjects;

mod redact;

mod fsck;

mod error;

#[cfg(test)]
#[path = "../tests/war/invented.rs"]
#[allow(dead_code, reason = "the war's own tests ask for its truth")]
mod invented;

pub use add::{AddOptions, Added, Given, Unfit, Unreadable};
pub use appearances::{Place, Since};
pub use claims::{Filter, Row};
pub use documents::{DocumentRow, Head, Kept};
pub use entry::{Access, Verdict};
pub use error::LedgerError;
pub use fsck::{Fsck, Wrong};
pub use open::{Ledger, Look};
pub use redact::Redacted;
pub use review::{REVIEWED, Review, Reviewed, Reviewing};
pub use subjects::Subject;
pub use tally::Coverage;
pub use told::{Column, Known};
