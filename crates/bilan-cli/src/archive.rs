//! Opens inputs that are packed, or that hold the pages of a crawl.
//!
//! In: the bytes of an input. Out: the bytes inside, or the documents of each record of a WARC.
//!
//! Most records of a crawl are pictures and requests: they are told in one line at its end, and a page that is cut is
//! read as far as it goes.

use crate::stream::{Bytes, Lost, Origin};
use bilan::Document;
use bilan::document::{self, BYTES_LIMIT, Given, Loss, Remark, Unreadable};
use bilan_archive::Unpacked;
use bilan_archive::warc::{Broken, Record, Records};
use std::io::{self, BufRead};

/// Most bytes of a page in an archive.
const PAGE_LIMIT: u64 = 64 << 20;

/// What is inside an input.
pub enum Opened {
    /// One stream of bytes, unpacked.
    Stream(Box<dyn BufRead>),
    /// The records of an archive.
    Archive(Archive),
}

/// The records of a WARC.
pub struct Archive(Box<Records<Box<dyn BufRead>>>);

/// Looks into an input.
///
/// # Errors
/// When its first bytes cannot be read.
pub fn open(input: Box<dyn BufRead>) -> io::Result<Opened> {
    let mut input = Unpacked::new(input)?;
    // A stream that breaks at once fails again where it is read.
    let is_archive = input.peek(5).is_ok_and(|head| head.starts_with(b"WARC/"));
    Ok(match is_archive {
        true => Opened::Archive(Archive(Box::new(Records::new(input, PAGE_LIMIT)))),
        false => Opened::Stream(Box::new(input)),
    })
}

impl Archive {
    /// Hands over every document of the archive in order.
    pub fn each<E>(
        mut self,
        name: &str,
        given: &Given,
        with_bytes: bool,
        mut take: impl FnMut(Result<Document, Lost>, Origin) -> Result<(), E>,
    ) -> Result<(), E> {
        let mut any = false;
        for record in self.0.by_ref() {
            any = true;
            let mut record = match record {
                Ok(record) => record,
                Err(broken) => {
                    take(Err(Lost::from(of_broken(name, &broken))), Origin::default())?;
                    continue;
                }
            };
            let body = Bytes::from(std::mem::take(&mut record.body));
            let origin = Origin {
                bytes: (with_bytes && body.len() <= BYTES_LIMIT).then(|| body.clone()),
                fetched: record.fetched.as_deref().and_then(|time| time.parse().ok()),
                ..Origin::default()
            };
            let url = record.url.clone().or_else(|| given.url.clone());
            let given = Given { id: url.clone(), url, charset: record.charset.clone(), ..given.clone() };
            for document in document::open(name, &body[..], &given) {
                let document = document.map(|document| with_remarks(document, &record));
                let document = document.map_err(|error| Lost::from(of_record(error, &record)));
                take(document, origin.clone())?;
            }
        }
        let passed = self.0.passed();
        if !passed.is_empty() {
            let kinds: Vec<String> = passed.iter().map(|(what, n)| format!("{n} {what}")).collect();
            let all: u64 = passed.values().sum();
            let records = if all == 1 { "1 record holds" } else { &format!("{all} records hold") };
            let what = format!("{records} no text that is read here: {}", kinds.join(", "));
            // What may hold a report all the same.
            let documents = passed.iter().filter(|(what, _)| what.contains("pdf") || what.contains("office"));
            let loss = Loss::Wordless(documents.map(|(_, n)| *n as usize).sum());
            let unreadable = Unreadable { name: name.to_owned(), what, loss, ..Unreadable::default() };
            take(Err(Lost::from(unreadable)), Origin::default())?;
        } else if !any {
            let what = "no text: an archive without a record".to_owned();
            let unreadable = Unreadable { name: name.to_owned(), what, loss: Loss::NoText, ..Unreadable::default() };
            take(Err(Lost::from(unreadable)), Origin::default())?;
        }
        Ok(())
    }
}

fn with_remarks(mut document: Document, record: &Record) -> Document {
    let id = record.id.as_deref().unwrap_or("a record without a name");
    let fetched = record.fetched.as_deref().map_or(String::new(), |time| format!(", fetched {time}"));
    document.remarks.push(Remark::new("record", format!("{id} at {} of the archive{fetched}", record.place)));
    if let Some(cut) = &record.cut {
        let words = format!("only the beginning of the page was read (record at {}): {cut}", record.place);
        document.remarks.push(Remark::new("cut", words));
    }
    document
}

fn of_record(error: Unreadable, record: &Record) -> Unreadable {
    let url = record.url.clone().unwrap_or_default();
    let inner = error.record.map_or(String::new(), |inner| format!(" ({inner})"));
    let cut = record.cut.as_ref().map_or(String::new(), |cut| format!("; {cut}"));
    let what = format!("{url}{inner}: {}{cut}", error.what);
    let record_ = record.id.clone().or(Some("a record".to_owned()));
    Unreadable { record: record_, offset: Some(record.place.byte), what, line: None, ..error }
}

fn of_broken(name: &str, broken: &Broken) -> Unreadable {
    let record = broken.record.clone().or(Some("a record".to_owned()));
    let unpacked = if broken.place.unpacked { " (the offset is of the unpacked bytes)" } else { "" };
    let what = format!("{}{unpacked}", broken.what);
    Unreadable { name: name.to_owned(), record, offset: Some(broken.place.byte), what, ..Unreadable::default() }
}
