//! Shows what was read, and keeps nothing: `bilan read`.
//!
//! In: a job. Out: rows in the order of the inputs, then a line that counts what was read and what was not.

use crate::args::{Read, Show};
use crate::sheet::Sheet;
use crate::stream::{Item, Lost, Origin};
use crate::table::{Column, Page, Row};
use crate::text::plain;
use crate::{End, complain, config, row};
use anyhow::Result;
use bilan::{Reader, Reading};
use bilan_view::row as wire;
use std::io::Write;

/// Reads and shows.
pub fn run(args: Read, page: Page) -> Result<End> {
    let job = config::job(args.sources, &args.packs)?;
    let show = match args.show {
        Show::Claims => wire::Show::Claims,
        Show::Refused => wire::Show::Refused,
        Show::Documents => wire::Show::Documents,
        Show::Groups => return super::groups::run(&job, &args.showing, page),
    };
    let mut out = super::stdout();
    let mut seen = Seen::default();
    if let Some(format) = super::wire_format(args.showing.format) {
        let whole = format == wire::Format::Json;
        if whole {
            write!(out, "{{\"{}\":", name(show))?;
        }
        let mut writer = wire::Writer::new(&mut out, format, show.columns())?;
        job.each_made(
            move |item| (ready(&item, show), item),
            |(ready, item)| {
                let Ok((reading, _)) = seen.count(item) else { return Ok(()) };
                match ready {
                    Some(rows) => rows.iter().try_for_each(|row| writer.row(row))?,
                    None => writer.reading(&reading, show)?,
                }
                Ok(())
            },
        )?;
        writer.finish()?;
        if whole {
            writeln!(out, ",\"coverage\":{}}}", serde_json::to_string(&seen.coverage)?)?;
        }
        out.flush()?;
        // Standard output is the program's; the closing line is for people.
        complain(&seen.coverage.to_string());
        seen.without_date().iter().for_each(|line| complain(line));
        return Ok(seen.end);
    }
    let mut sheet = Sheet::new(columns(show), page);
    job.each(|item| {
        let Ok((reading, _)) = seen.count(item) else { return Ok(()) };
        for row in rows(&job.reader, &reading, show, args.showing.verbose) {
            sheet.add(row, &mut out)?;
        }
        Ok(())
    })?;
    sheet.close(&mut out)?;
    writeln!(out, "{}", seen.coverage)?;
    seen.without_date().iter().try_for_each(|line| writeln!(out, "{}", plain(line)))?;
    out.flush()?;
    Ok(seen.end)
}

/// A document with more rows is written row by row: they are many times as long as its text.
const AT_ONCE: usize = 500;

/// The rows of a document, made on the core that read it; nothing when they are too many to be held.
fn ready(item: &Item, show: wire::Show) -> Option<Vec<wire::Row>> {
    let Item::Reading(reading, _) = item else { return None };
    (reading.claims.len().max(reading.refusals.len()) <= AT_ONCE).then(|| wire::rows(reading, show).collect())
}

/// What a run has seen.
pub struct Seen {
    /// The closing line.
    pub coverage: wire::Coverage,
    /// How the run ends so far.
    pub end: End,
    /// The places of the first documents without date.
    without_date: Vec<String>,
}

impl Default for Seen {
    fn default() -> Seen {
        Seen { coverage: wire::Coverage::default(), end: End::Done, without_date: vec![] }
    }
}

impl Seen {
    /// So many are named of those that lack the same.
    const NAMED: usize = 5;

    /// Counts what became of a document, tells what is wrong with it, and gives back what was read, and of what.
    pub fn count(&mut self, item: Item) -> Result<(Box<Reading>, Origin), Lost> {
        match item {
            Item::Reading(reading, origin) => {
                let before = self.coverage.without_date;
                self.coverage.add(&reading);
                if self.coverage.without_date > before && before < Seen::NAMED {
                    self.without_date.push(origin.place.clone());
                }
                self.end = self.end.max(super::complain_of(&reading, &origin.place));
                Ok((reading, origin))
            }
            Item::Lost(lost) => {
                self.end = self.end.max(super::complain_of_loss(&lost));
                self.coverage.add_loss(lost.loss);
                Err(lost)
            }
        }
    }

    /// Which documents tell no date, and how it can be told; nothing where all of them do.
    pub fn without_date(&self) -> Option<String> {
        let more = self.coverage.without_date - self.without_date.len();
        let and = if more > 0 { format!(" and {more} more") } else { String::new() };
        let named = self.without_date.join(", ");
        let how = "tell it with --published or --manifest, or by a first line such as `date: 2031-09-11`";
        (!named.is_empty()).then(|| format!("without date: {named}{and}; {how}"))
    }
}

fn columns(show: wire::Show) -> &'static [Column] {
    match show {
        wire::Show::Claims => &row::CLAIMS,
        wire::Show::Refused => &row::REFUSED,
        wire::Show::Documents => &row::DOCUMENTS,
    }
}

/// The key of the rows in one object of JSON.
fn name(show: wire::Show) -> &'static str {
    match show {
        wire::Show::Claims => "claims",
        wire::Show::Refused => "refused",
        wire::Show::Documents => "documents",
    }
}

fn rows(reader: &Reader, reading: &Reading, show: wire::Show, sentence: bool) -> Vec<Row> {
    let document = &reading.document;
    match show {
        wire::Show::Claims => {
            reading.claims.iter().map(|claim| row::claim(claim, &document.text, &document.id, sentence)).collect()
        }
        wire::Show::Refused => reading
            .refusals
            .iter()
            .map(|refusal| row::refusal(refusal, &row::reason(reader, &refusal.reason), document, sentence))
            .collect(),
        wire::Show::Documents => {
            let remarks = document.remarks.iter().chain(&reading.remarks).map(|remark| remark.words.clone());
            vec![row::document(document, &remarks.collect::<Vec<_>>(), reading.claims.len(), reading.refusals.len())]
        }
    }
}
