//! Serves those who work on the reader and its packs: `bilan dev`.
//!
//! In: marked documents, packs. Out: scores and complaints.

pub mod eval;
mod gold;
pub mod pack;
