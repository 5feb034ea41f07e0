//! Reads documents on all cores and hands the readings back in the order of the inputs.
//!
//! In: inputs and a [`Reader`]. Out: one [`Item`] after the other.
//!
//! A folder of a gigabyte must not lie in memory because its first document is slow: the queue of places is bounded,
//! and whoever opens documents waits when it is full.

use crate::archive::{self, Opened};
use crate::fetch::{Fetcher, Manners};
use crate::inputs::{self, Input};
use crate::manifest::{Listed, Manifest};
use crate::pdf;
use anyhow::Result;
use bilan::document::{self, BYTES_LIMIT, Given, Kind, Loss, Remark, Unreadable};
use bilan::{Document, Reader, Reading};
use bilan_ledger::Access;
use jiff::Timestamp;
use std::collections::HashMap;
use std::io::{BufRead, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};

/// The bytes of an input, shared by its documents.
pub type Bytes = Arc<[u8]>;

/// What became of one document, or of an input that gave none.
#[derive(Debug)]
pub enum Item {
    /// What was read, and where it came from.
    Reading(Box<Reading>, Origin),
    /// What could not be read.
    Lost(Lost),
}

/// Where a document came from.
#[derive(Clone, Debug, Default)]
pub struct Origin {
    /// As people find it again: the path as typed, and its line or its id where the file holds several.
    pub place: String,
    /// The bytes of its file, where the job keeps them.
    pub bytes: Option<Bytes>,
    /// When they were fetched.
    pub fetched: Option<Timestamp>,
    /// Who may see it, where the list of files says so.
    pub access: Option<Access>,
}

/// Something that gave no document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lost {
    /// Path or address, with its line.
    pub input: String,
    /// Why, and what was expected.
    pub reason: String,
    /// What is lost with it.
    pub loss: Loss,
}

impl Lost {
    /// One line for people.
    pub fn line(&self) -> String {
        format!("{}: {}", self.input, self.reason)
    }

    fn of(line: &str, loss: Loss) -> Lost {
        let (input, reason) = line.split_once(": ").unwrap_or((line, ""));
        Lost { input: input.to_owned(), reason: reason.to_owned(), loss }
    }
}

impl From<Unreadable> for Lost {
    fn from(unreadable: Unreadable) -> Lost {
        Lost { input: unreadable.place(), reason: unreadable.what, loss: unreadable.loss }
    }
}

/// What to read, and with what.
pub struct Job {
    /// As typed.
    pub paths: Vec<PathBuf>,
    /// What is known of the documents.
    pub given: Given,
    /// What is known of each file.
    pub manifest: Manifest,
    /// How addresses are asked.
    pub manners: Manners,
    /// What reads them.
    pub reader: Reader,
    /// Hand over the bytes of each file that holds one document.
    pub with_bytes: bool,
}

impl Job {
    /// Reads everything; stops early when `take` fails.
    pub fn each(&self, take: impl FnMut(Item) -> Result<()>) -> Result<()> {
        self.each_made(|item| item, take)
    }

    /// As [`Job::each`], for what `make` makes of each item, on all cores: whoever takes them is one alone.
    pub fn each_made<T: Send + 'static>(
        &self,
        make: impl Fn(Item) -> T + Clone + Send + 'static,
        mut take: impl FnMut(T) -> Result<()>,
    ) -> Result<()> {
        std::thread::scope(|scope| {
            let (queue, places) = sync_channel::<Receiver<T>>(2 * rayon::current_num_threads());
            let lost = make.clone();
            scope.spawn(move || self.open_all(&queue, make));
            for place in places {
                let none = || Item::Lost(Lost::of("a document was lost: please report it", Loss::Unreadable));
                take(place.recv().unwrap_or_else(|_| lost(none())))?;
            }
            Ok(())
        })
    }

    fn open_all<T: Send + 'static>(
        &self,
        queue: &SyncSender<Receiver<T>>,
        make: impl Fn(Item) -> T + Clone + Send + 'static,
    ) {
        // The other end closes when nobody wants more: then there is nothing to tell.
        let _: Result<(), SendError<_>> = self.open_each(|document, origin| {
            let (done, place) = sync_channel(1);
            queue.send(place)?;
            match document {
                Ok(document) => {
                    let (reader, make) = (self.reader.clone(), make.clone());
                    rayon::spawn(move || {
                        let _ = done.send(make(read(&reader, document, origin)));
                    });
                }
                Err(lost) => drop(done.send(make(Item::Lost(lost)))),
            }
            Ok(())
        });
    }

    /// Hands over every document in order, none read yet.
    pub fn open_each<E>(&self, take: impl FnMut(Result<Document, Lost>, Origin) -> Result<(), E>) -> Result<(), E> {
        let mut opening = Opening { job: self, fetcher: None, names: HashMap::new(), take };
        inputs::find(&self.paths).try_for_each(|input| opening.each(input))
    }

    /// What is known of an input before it is opened.
    fn given(&self, input: &Input) -> (Given, Origin) {
        let path = match input {
            Input::File(path) => Some(path),
            Input::Stdin | Input::Url(_) => None,
        };
        let id = path.and_then(|path| stem(path));
        let listed = path.and_then(|path| self.manifest.of(path)).cloned().unwrap_or_default();
        let Listed { url, outlet, published, fetched, lang, access } = listed;
        let given = self.given.clone();
        let given = Given {
            id,
            url: url.or(given.url),
            outlet: outlet.or(given.outlet),
            lang: given.lang.or(lang),
            listed: published,
            ..given
        };
        (given, Origin { fetched, access, ..Origin::default() })
    }
}

/// Opens one input after the other.
struct Opening<'j, T> {
    job: &'j Job,
    /// The first address opens the network.
    fetcher: Option<Fetcher>,
    /// Files by what their documents are called.
    names: HashMap<String, String>,
    take: T,
}

impl<T, E> Opening<'_, T>
where
    T: FnMut(Result<Document, Lost>, Origin) -> Result<(), E>,
{
    fn each(&mut self, input: Result<Input, String>) -> Result<(), E> {
        let opened = input.and_then(|input| {
            let (opened, given, origin) = self.open(&input)?;
            Ok((input.name(), opened, given, origin))
        });
        match opened {
            Ok((name, opened, given, origin)) => self.each_in(opened, &name, &given, origin),
            Err(line) => (self.take)(Err(Lost::of(&line, Loss::Unreadable)), Origin::default()),
        }
    }

    /// Opens an input and says what is known of it.
    fn open(&mut self, input: &Input) -> Result<(Opened<'static>, Given, Origin), String> {
        let (mut given, mut origin) = self.job.given(input);
        let bytes: Box<dyn BufRead> = match input {
            Input::Url(url) => {
                let fetcher = match &mut self.fetcher {
                    Some(fetcher) => fetcher,
                    none => none.insert(Fetcher::new(self.job.manners.clone())?),
                };
                let page = fetcher.get(url)?;
                given.id = Some(page.url.clone());
                given.url = given.url.or(Some(page.url));
                given.charset = page.charset;
                origin.fetched = Some(page.time);
                Box::new(Cursor::new(page.body))
            }
            _ => input.open()?,
        };
        let opened = archive::open(bytes).map_err(|error| format!("{}: cannot be read: {error}", input.name()))?;
        Ok((opened, given, origin))
    }

    /// Hands over every document of an input.
    fn each_in(&mut self, opened: Opened, name: &str, given: &Given, origin: Origin) -> Result<(), E> {
        match opened {
            Opened::Stream(opened) => self.each_of(opened, name, given, origin),
            Opened::Archive(archive) => archive.each(name, given, self.job.with_bytes, &mut self.take),
            Opened::Tar(tar) => tar.each(name, |member| match member {
                Ok((name, opened)) => {
                    let given = Given { id: stem(Path::new(name)), ..given.clone() };
                    self.each_in(opened, name, &given, origin.clone())
                }
                Err(lost) => (self.take)(Err(lost), Origin::default()),
            }),
        }
    }

    /// Hands over every document of one stream of bytes.
    fn each_of(
        &mut self,
        mut opened: Box<dyn BufRead + '_>,
        name: &str,
        given: &Given,
        mut origin: Origin,
    ) -> Result<(), E> {
        let with_bytes = self.job.with_bytes;
        // What cannot be read fails again, and is then told.
        let head = opened.fill_buf().unwrap_or_default();
        if given.kind == Some(Kind::Pdf) || (given.kind.is_none() && document::pdf_start(head).is_some()) {
            let (document, bytes) = of_pdf(name, opened, given);
            let document = document.map(|document| self.named(document, name, given)).map_err(Lost::from);
            return (self.take)(
                document,
                Origin { bytes: bytes.filter(|_| with_bytes), place: name.to_owned(), ..origin },
            );
        }
        let (bytes, opened) = match with_bytes {
            true => whole(opened, origin.fetched.is_some()),
            false => (None, opened),
        };
        origin.bytes = bytes;
        let mut documents = document::open(name, opened, given);
        while let Some(document) = documents.next() {
            let document = document.map(|document| self.named(document, name, given)).map_err(Lost::from);
            let place = document.as_ref().map_or(String::new(), |document| documents.place(document));
            (self.take)(document, Origin { place, ..origin.clone() })?;
        }
        Ok(())
    }

    /// A text file is called by its name without folder and ending, a second one of that name by its path; lines of JSON
    /// bring their own.
    fn named(&mut self, mut document: Document, file: &str, given: &Given) -> Document {
        if given.id.as_ref() == Some(&document.id) {
            let first = self.names.entry(document.id.clone()).or_insert_with(|| file.to_owned());
            if first != file {
                document.id = file.to_owned();
            }
        }
        document
    }
}

/// The name of a file without its folder and ending.
fn stem(path: &Path) -> Option<String> {
    path.file_stem().map(|stem| stem.to_string_lossy().into_owned())
}

/// The document of a PDF, and its bytes.
fn of_pdf(name: &str, opened: Box<dyn BufRead + '_>, given: &Given) -> (Result<Document, Unreadable>, Option<Bytes>) {
    let wrong = |what: String| Unreadable { name: name.to_owned(), what, ..Unreadable::default() };
    let mut bytes = Vec::new();
    match opened.take(pdf::LIMIT as u64 + 1).read_to_end(&mut bytes) {
        Ok(_) if bytes.len() <= pdf::LIMIT => {}
        Ok(_) => {
            return (Err(wrong(format!("a PDF of more than {} MiB; expected a smaller one", pdf::LIMIT >> 20))), None);
        }
        Err(error) => return (Err(wrong(format!("cannot be read: {error}"))), None),
    }
    let kept = (bytes.len() <= BYTES_LIMIT).then(|| Bytes::from(bytes.as_slice()));
    let read = pdf::pages(bytes).map_err(wrong).and_then(|pdf| {
        let mut document = document::printed(name, &pdf.pages, given)?;
        if pdf.damaged {
            let words = "a damaged PDF; the pages that were found in it were read, and others may be lost";
            document.remarks.push(Remark::new("cut", words));
        }
        Ok(document)
    });
    (read, kept)
}

/// The bytes of an input that holds one document, and the same to read. Lines of JSON carry texts and not pages, and a
/// file longer than any document is not held for its bytes. What was `fetched` is kept whatever it holds: a feed forgets.
fn whole<'i>(opened: Box<dyn BufRead + 'i>, fetched: bool) -> (Option<Bytes>, Box<dyn BufRead + 'i>) {
    let (mut opened, mut bytes) = (opened, Vec::new());
    let short =
        (&mut opened).take(BYTES_LIMIT as u64 + 1).read_to_end(&mut bytes).is_ok() && bytes.len() <= BYTES_LIMIT;
    let one = fetched || matches!(Kind::of("", &bytes[..bytes.len().min(4096)]), Ok(Kind::Text | Kind::Html));
    let held: Bytes = bytes.into();
    let kept = (short && one).then(|| held.clone());
    // What failed to be read fails again, and is then told.
    (kept, Box::new(Cursor::new(held).chain(opened)))
}

/// Reading never panics; if it does after all, the other documents must not pay for it.
fn read(reader: &Reader, document: Document, origin: Origin) -> Item {
    let input = origin.place.clone();
    match catch_unwind(AssertUnwindSafe(|| reader.read(document))) {
        Ok(reading) => Item::Reading(Box::new(reading), origin),
        Err(_) => {
            let reason = "the reader broke on this document; please report it".to_owned();
            Item::Lost(Lost { input, reason, loss: Loss::Unreadable })
        }
    }
}
