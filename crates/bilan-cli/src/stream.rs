//! Reads documents on all cores and hands the readings back in the order of the inputs.
//!
//! In: inputs and a [`Reader`]. Out: one [`Item`] after the other.
//!
//! A folder of a gigabyte must not lie in memory because its first document is slow: the queue of places is bounded,
//! and whoever opens documents waits when it is full.

use crate::inputs::{self, Input};
use anyhow::Result;
use bilan::document::{self, Given, TEXT_LIMIT};
use bilan::{Document, Reader, Reading};
use std::io::{BufRead, Cursor, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, SendError, SyncSender, sync_channel};

/// The bytes of an input, shared by its documents.
pub type Bytes = Arc<[u8]>;

/// What became of one document, or of an input that gave none.
#[derive(Debug)]
pub enum Item {
    /// What was read, and from which bytes where the job keeps them.
    Reading(Box<Reading>, Option<Bytes>),
    /// One line that says what could not be read, and why.
    Unreadable(String),
}

/// What to read, and with what.
pub struct Job {
    /// As typed.
    pub paths: Vec<PathBuf>,
    /// What is known of the documents.
    pub given: Given,
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
                let made = place.recv();
                take(made.unwrap_or_else(|_| lost(Item::Unreadable("a document was lost; please report it".into()))))?;
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
        let _: Result<(), SendError<_>> = self.open_each(|document, bytes| {
            let (done, place) = sync_channel(1);
            queue.send(place)?;
            match document {
                Ok(document) => {
                    let (reader, make) = (self.reader.clone(), make.clone());
                    rayon::spawn(move || {
                        let _ = done.send(make(read(&reader, document, bytes)));
                    });
                }
                Err(line) => drop(done.send(make(Item::Unreadable(line)))),
            }
            Ok(())
        });
    }

    /// A text file is called by its name without folder and ending; lines of JSON bring their own.
    fn given(&self, input: &Input) -> Given {
        let stem = match input {
            Input::File(path) => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()),
            Input::Stdin => None,
        };
        Given { id: stem, ..self.given.clone() }
    }

    /// Hands over every document in order, none read yet.
    pub fn open_each<E>(
        &self,
        mut take: impl FnMut(Result<Document, String>, Option<Bytes>) -> Result<(), E>,
    ) -> Result<(), E> {
        for input in inputs::find(&self.paths) {
            let (input, opened) = match input.and_then(|input| Ok((input.open()?, input))) {
                Ok((opened, input)) => (input, opened),
                Err(line) => {
                    take(Err(line), None)?;
                    continue;
                }
            };
            let (bytes, opened) = if self.with_bytes { whole(opened) } else { (None, opened) };
            for document in document::open(&input.name(), opened, &self.given(&input)) {
                take(document.map_err(|error| error.to_string()), bytes.clone())?;
            }
        }
        Ok(())
    }
}

/// The bytes of an input that holds one document, and the same to read. Lines of JSON carry texts and not pages, and a
/// file longer than any document is not held for its bytes.
fn whole(opened: Box<dyn BufRead>) -> (Option<Bytes>, Box<dyn BufRead>) {
    let (mut opened, mut bytes) = (opened, Vec::new());
    let short = (&mut opened).take(TEXT_LIMIT as u64 + 1).read_to_end(&mut bytes).is_ok() && bytes.len() <= TEXT_LIMIT;
    let lines = bytes.trim_ascii_start().starts_with(b"{");
    let held: Bytes = bytes.into();
    let kept = (short && !lines).then(|| held.clone());
    // What failed to be read fails again, and is then told.
    (kept, Box::new(Cursor::new(held).chain(opened)))
}

/// Reading never panics; if it does after all, the other documents must not pay for it.
fn read(reader: &Reader, document: Document, bytes: Option<Bytes>) -> Item {
    let name = document.id.clone();
    match catch_unwind(AssertUnwindSafe(|| reader.read(document))) {
        Ok(reading) => Item::Reading(Box::new(reading), bytes),
        Err(_) => Item::Unreadable(format!("{name}: the reader broke on this document; please report it")),
    }
}
