//! Lists the figures and dates of documents, whatever they are of: `bilan dev mentions`.
//!
//! In: a job. Out: a line of JSON for each mention, in the order of the inputs and of their texts.
//!
//! A document in a language that no pack reads gives no line, as one without figures does: only the closing line tells
//! them apart.

use crate::args::{Lines, Look, Mentions};
use crate::{End, complain, config};
use anyhow::Result;
use bilan::mention;
use std::io::Write;

/// Finds and lists.
pub fn run(args: Mentions) -> Result<End> {
    let Lines::Jsonl = args.format;
    let look = match args.look {
        Look::Back => mention::Look::Back,
        Look::Forward => mention::Look::Forward,
    };
    let job = config::job(args.sources, &args.packs)?;
    let langs = &job.reader.packs().langs;
    let mut out = super::super::stdout();
    let (mut end, mut without_pack) = (End::Done, 0);
    job.open_each(|document, _| -> Result<()> {
        match document {
            Ok(document) => {
                without_pack += usize::from(!document.lang.as_ref().is_some_and(|lang| langs.contains_key(lang)));
                for mention in job.reader.mentions(&document, look) {
                    writeln!(out, "{}", serde_json::to_string(&mention)?)?;
                }
            }
            Err(line) => {
                complain(&line);
                end = End::Incomplete;
            }
        }
        Ok(())
    })?;
    out.flush()?;
    if without_pack > 0 {
        complain(&format!("{} without pack", super::super::many(without_pack, "document", "documents")));
    }
    Ok(end)
}
