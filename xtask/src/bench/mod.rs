//! Measures speed and memory of a release build on one core.
//!
//! In: a checkout. Out: a table.

use crate::checkout::Checkout;
use anyhow::{Result, bail};

/// Builds release, then measures.
pub fn run(_: &Checkout, _: bool) -> Result<()> {
    bail!("nothing is measured yet");
}
