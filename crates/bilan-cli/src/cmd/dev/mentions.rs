//! Lists the figures and dates of documents, whatever they are of: `bilan dev mentions`.
//!
//! In: a job. Out: a line of JSON for each mention, in the order of the inputs and of their texts.
//!
//! A document in a language that no pack reads gives no line, as one without figures does: only the closing line tells
//! them apart.

use crate::args::{Ends, Lines, Look, Mentions};
use crate::{End, complain, config};
use anyhow::Result;
use bilan::{document, mention};
use std::io::Write;

/// Finds and lists.
pub fn run(args: Mentions) -> Result<End> {
    let Lines::Jsonl = args.format;
    let look = match args.look {
        Look::Back => mention::Look::Back,
        Look::Forward => mention::Look::Forward,
    };
    let ends = match args.ends {
        Ends::In => mention::Ends::In,
        Ends::Out => mention::Ends::Out,
    };
    let convention = mention::Convention { look, ends };
    let job = config::job(args.sources, &args.packs)?;
    let known: Vec<&str> = job.reader.packs().langs.keys().map(String::as_str).collect();
    let mut out = super::super::stdout();
    let (mut end, mut without_pack) = (End::Done, 0);
    job.open_each(|document, _| -> Result<()> {
        match document {
            Ok(mut document) => {
                document.lang = document.lang.or_else(|| document::language(&document.text, &known));
                without_pack += usize::from(!document.lang.as_deref().is_some_and(|lang| known.contains(&lang)));
                for mention in job.reader.mentions(&document, convention) {
                    writeln!(out, "{}", serde_json::to_string(&mention)?)?;
                }
            }
            Err(lost) => end = end.max(super::super::complain_of_loss(&lost)),
        }
        Ok(())
    })?;
    out.flush()?;
    if without_pack > 0 {
        complain(&format!("{} in another language", super::super::many(without_pack, "document", "documents")));
    }
    Ok(end)
}
