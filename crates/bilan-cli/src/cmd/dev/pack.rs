//! Holds a folder of packs to the examples beside its entries: `bilan dev pack check`.
//!
//! In: a folder. Out: each sentence that is not read as its entry says, with the entry's file and line.

use crate::End;
use crate::config::NO_PACKS;
use crate::table::Page;
use crate::text::{plain, wrap};
use anyhow::{Result, bail};
use bilan::Reader;
use bilan::pack::Packs;
use std::io::Write;
use std::path::Path;

/// Checks.
pub fn check(dir: &Path, page: Page) -> Result<End> {
    if !dir.is_dir() {
        bail!("{}: {NO_PACKS}", dir.display());
    }
    let mut out = super::super::stdout();
    let packs = match Packs::from_dir(dir) {
        Ok(packs) => packs,
        Err(broken) => {
            writeln!(out, "{}", plain(&broken.to_string()))?;
            out.flush()?;
            return Ok(End::Failed);
        }
    };
    let checked = Reader::new(packs).check();
    for broken in &checked.broken {
        writeln!(out, "{}: {}", broken.at, plain(&broken.what))?;
        for line in wrap(&plain(&broken.text), page.width.saturating_sub(4)) {
            writeln!(out, "    {line}")?;
        }
    }
    let tried = super::super::many(checked.tried, "example was", "examples were");
    writeln!(out, "{tried} read, {} otherwise than expected", checked.broken.len())?;
    out.flush()?;
    Ok(if checked.broken.is_empty() { End::Done } else { End::Failed })
}
