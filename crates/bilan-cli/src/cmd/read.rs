//! Shows what was read, and keeps nothing: `bilan read`.
//!
//! In: a job. Out: rows in the order of the inputs, then a line that counts what was read and what was not.

use crate::args::{Read, Show};
use crate::sheet::Sheet;
use crate::stream::Item;
use crate::table::{Column, Page, Row};
use crate::{End, complain, config, row};
use anyhow::Result;
use bilan::document::Loss;
use bilan::{Reader, Reading};
use bilan_view::row as wire;
use std::io::Write;

/// Reads and shows.
pub fn run(args: Read, page: Page) -> Result<End> {
    let job = config::job(args.sources, &args.packs)?;
    let mut out = super::stdout();
    let mut coverage = wire::Coverage::default();
    let mut end = End::Done;
    let mut count = |item: Item, coverage: &mut wire::Coverage| match item {
        Item::Reading(reading, _) => {
            coverage.add(&reading);
            end = end.max(super::complain_of(&reading.document));
            Some(reading)
        }
        Item::Lost(lost) => {
            end = end.max(super::complain_of_loss(&lost));
            match lost.loss {
                Loss::Unreadable => coverage.add_unreadable(),
                Loss::NoText => coverage.add_without_text(1),
                Loss::Wordless(records) => coverage.add_without_text(records),
            }
            None
        }
    };
    if let Some(format) = super::wire_format(args.showing.format) {
        let whole = format == wire::Format::Json;
        if whole {
            write!(out, "{{\"{}\":", name(args.show))?;
        }
        let mut writer = wire::Writer::new(&mut out, format, wire_show(args.show).columns())?;
        let show = wire_show(args.show);
        job.each_made(
            move |item| (ready(&item, show), item),
            |(ready, item)| {
                let Some(reading) = count(item, &mut coverage) else { return Ok(()) };
                match ready {
                    Some(rows) => rows.iter().try_for_each(|row| writer.row(row))?,
                    None => writer.reading(&reading, show)?,
                }
                Ok(())
            },
        )?;
        writer.finish()?;
        if whole {
            writeln!(out, ",\"coverage\":{}}}", serde_json::to_string(&coverage)?)?;
        }
        out.flush()?;
        // Standard output is the program's; the closing line is for people.
        complain(&coverage.to_string());
        return Ok(end);
    }
    let mut sheet = Sheet::new(columns(args.show), page);
    job.each(|item| {
        let Some(reading) = count(item, &mut coverage) else { return Ok(()) };
        for row in rows(&job.reader, &reading, args.show, args.showing.verbose) {
            sheet.add(row, &mut out)?;
        }
        Ok(())
    })?;
    sheet.close(&mut out)?;
    writeln!(out, "{coverage}")?;
    out.flush()?;
    Ok(end)
}

/// A document with more rows is written row by row: they are many times as long as its text.
const AT_ONCE: usize = 500;

/// The rows of a document, made on the core that read it; nothing when they are too many to be held.
fn ready(item: &Item, show: wire::Show) -> Option<Vec<wire::Row>> {
    let Item::Reading(reading, _) = item else { return None };
    (reading.claims.len().max(reading.refusals.len()) <= AT_ONCE).then(|| wire::rows(reading, show).collect())
}

fn columns(show: Show) -> &'static [Column] {
    match show {
        Show::Claims => &row::CLAIMS,
        Show::Refused => &row::REFUSED,
        Show::Documents => &row::DOCUMENTS,
    }
}

/// The key of the rows in one object of JSON.
fn name(show: Show) -> &'static str {
    match show {
        Show::Claims => "claims",
        Show::Refused => "refused",
        Show::Documents => "documents",
    }
}

fn wire_show(show: Show) -> wire::Show {
    match show {
        Show::Claims => wire::Show::Claims,
        Show::Refused => wire::Show::Refused,
        Show::Documents => wire::Show::Documents,
    }
}

fn rows(reader: &Reader, reading: &Reading, show: Show, sentence: bool) -> Vec<Row> {
    let document = &reading.document;
    match show {
        Show::Claims => {
            reading.claims.iter().map(|claim| row::claim(claim, &document.text, &document.id, sentence)).collect()
        }
        Show::Refused => reading
            .refusals
            .iter()
            .map(|refusal| row::refusal(refusal, &row::reason(reader, &refusal.reason), document, sentence))
            .collect(),
        Show::Documents => {
            let remarks = document.remarks.iter().chain(&reading.remarks).map(|remark| remark.words.clone());
            vec![row::document(document, &remarks.collect::<Vec<_>>(), reading.claims.len(), reading.refusals.len())]
        }
    }
}
