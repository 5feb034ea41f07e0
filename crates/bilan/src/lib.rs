//! Reads reports and finds every figure that somebody puts on a toll or a force, and who said it.
//!
//! ```text
//! bytes -> document -> sentence -> mention -> clause -> claim -> history
//! ```
//!
//! The crate is pure: no database, network, process or clock. Reading never fails on content.

pub mod document;

pub mod sentence;

pub mod mention;

pub mod clause;

pub mod claim;

pub mod history;

pub mod pack;

pub mod kinds;

mod read;

mod check;

pub use check::{Broken, Checked, brief};
pub use claim::{Claim, Reading, Refusal};
pub use document::Document;
pub use read::Reader;
