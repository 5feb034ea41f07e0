//! Serves those who work on the reader and its packs: `bilan dev`.
//!
//! In: documents, marked ones, packs. Out: mentions, scores and complaints.

mod entries;
pub mod eval;
mod gold;
pub mod mentions;
pub mod pack;
mod rows;
