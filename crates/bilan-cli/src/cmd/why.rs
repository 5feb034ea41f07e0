//! Shows the words behind each claim, and the derivation: `bilan why`.
//!
//! In: a job. Out: each document with its claims explained, in the order of the inputs.

use crate::args::Why;
use crate::stream::Item;
use crate::table::Page;
use crate::{End, config, row, why};
use anyhow::Result;
use std::io::Write;

/// Reads and explains.
pub fn run(args: Why, page: Page) -> Result<End> {
    let job = config::job(args.sources, &args.packs)?;
    let mut out = super::stdout();
    let (mut end, mut first) = (End::Done, true);
    job.each(|item| {
        match item {
            Item::Reading(reading, origin) => {
                end = end.max(super::complain_of(&reading, &origin.place));
                if !std::mem::take(&mut first) {
                    writeln!(out)?;
                }
                out.write_all(why::show(&reading, page, &|key| row::reason(&job.reader, key)).as_bytes())?;
            }
            Item::Lost(lost) => end = end.max(super::complain_of_loss(&lost)),
        }
        Ok(())
    })?;
    out.flush()?;
    Ok(end)
}
