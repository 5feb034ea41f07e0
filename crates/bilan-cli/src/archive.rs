//! Opens inputs that are packed, or that hold other files or the pages of a crawl.
//!
//! In: the bytes of an input. Out: the bytes inside, the files of a tar, or the documents of each record of a WARC.
//!
//! Most records of a crawl are pictures and requests: they are told in one line at its end, and a page that is cut is
//! read as far as it goes. What was unpacked once is not unpacked again: ten kilobytes of zeros may hold ten thousand
//! such files, each as small.

use crate::inputs;
use crate::stream::{Bytes, Lost, Origin};
use bilan::Document;
use bilan::document::{self, BYTES_LIMIT, Given, Loss, Remark, Unreadable};
use bilan_archive::tar::{self, Members};
use bilan_archive::warc::{Broken, Record, Records};
use bilan_archive::{Packing, Unpacked};
use std::io::{self, BufRead};

/// Most bytes of a page in an archive.
const PAGE_LIMIT: u64 = 64 << 20;

/// Said of a place that cannot be found in the packed bytes.
const UNPACKED: &str = " (the offset is of the unpacked bytes)";

/// What is inside an input.
pub enum Opened<'i> {
    /// One stream of bytes, unpacked.
    Stream(Box<dyn BufRead + 'i>),
    /// The records of an archive.
    Archive(Archive<'i>),
    /// The files of an archive.
    Tar(Box<Tar<'i>>),
}

/// The records of a WARC.
pub struct Archive<'i>(Box<Records<Box<dyn BufRead + 'i>>>);

/// The files of a tar.
pub struct Tar<'i> {
    members: Members<Unpacked<Box<dyn BufRead + 'i>>>,
    packing: Packing,
}

/// Looks into an input.
///
/// # Errors
/// When its first bytes cannot be read.
pub fn open<'i>(input: Box<dyn BufRead + 'i>) -> io::Result<Opened<'i>> {
    let mut input = Unpacked::new(input)?;
    // A stream that breaks here gives first what it holds, and fails again where it is read.
    let _ = input.peek(tar::BLOCK);
    let head = input.fill_buf().unwrap_or_default();
    let (is_archive, is_tar) = (head.starts_with(b"WARC/"), tar::is_tar(head));
    Ok(match (is_archive, is_tar) {
        (true, _) => Opened::Archive(Archive(Box::new(Records::new(input, PAGE_LIMIT)))),
        (_, true) => Opened::Tar(Box::new(Tar { packing: input.packing(), members: Members::new(input) })),
        _ => Opened::Stream(Box::new(input)),
    })
}

impl Tar<'_> {
    /// Hands over every file of the archive in order, opened, under the archive's name and its own. What a folder hides
    /// is left out.
    pub fn each<E>(
        self,
        archive: &str,
        mut take: impl FnMut(Result<(&str, Opened), Lost>) -> Result<(), E>,
    ) -> Result<(), E> {
        let Tar { mut members, packing } = self;
        let wrong = |name: &str, what: &str| Unreadable {
            name: name.to_owned(),
            what: what.to_owned(),
            ..Unreadable::default()
        };
        let mut any = false;
        while let Some(member) = members.next() {
            let member = match member {
                Ok(member) if member.name.split('/').any(inputs::is_left_out) => continue,
                Ok(member) => member,
                Err(broken) => {
                    let what = format!("{}{}", broken.what, if packing == Packing::Plain { "" } else { UNPACKED });
                    let unreadable = wrong(archive, &what);
                    take(Err(Lost::from(Unreadable { offset: Some(broken.offset), ..unreadable })))?;
                    continue;
                }
            };
            any = true;
            let name = format!("{archive}/{}", member.name.trim_start_matches("./"));
            let opened = match packing {
                Packing::Plain => open(Box::new(member)),
                _ => Ok(Opened::Stream(Box::new(member))),
            };
            match opened {
                Ok(Opened::Tar(_)) => {
                    take(Err(Lost::from(wrong(&name, "a tar archive inside another; unpack it first"))))
                }
                Ok(opened) => take(Ok((&name, opened))),
                Err(error) => take(Err(Lost::from(wrong(&name, &format!("cannot be read: {error}"))))),
            }?;
        }
        if !any {
            let nothing = wrong(archive, "no text: an archive without a file");
            take(Err(Lost::from(Unreadable { loss: Loss::NoText, ..nothing })))?;
        }
        Ok(())
    }
}

impl Archive<'_> {
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
                let place = document.as_ref().map_or(String::new(), |document| format!("{name} ({})", document.id));
                take(document, Origin { place, ..origin.clone() })?;
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
    let unpacked = if broken.place.unpacked { UNPACKED } else { "" };
    let what = format!("{}{unpacked}", broken.what);
    Unreadable { name: name.to_owned(), record, offset: Some(broken.place.byte), what, ..Unreadable::default() }
}
