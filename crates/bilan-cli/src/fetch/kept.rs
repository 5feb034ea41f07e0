//! Keeps what was fetched in a WARC, and knows which version of each page it has.
//!
//! In: pages as they were answered. Out: a member of gzip for each at the end of the archive, and the page again when
//! the server says that it has not changed.
//!
//! A run that is stopped leaves half a record. It is passed over, and the next one is added behind it.

use super::{Fetched, Version};
use bilan_archive::Unpacked;
use bilan_archive::warc::{Record, Records};
use flate2::Compression;
use flate2::write::GzEncoder;
use std::collections::HashMap;
use std::fs::{File, OpenOptions};
use std::io::{self, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

/// An archive of what was fetched.
pub(super) struct Kept {
    path: PathBuf,
    file: File,
    limit: u64,
    /// Where the newest version of each page begins.
    pages: HashMap<String, (u64, Version)>,
}

impl Kept {
    /// Opens an archive, or makes one; pages are at most so long.
    pub(super) fn open(path: &Path, limit: u64) -> Result<Kept, String> {
        let failed = |error: io::Error| format!("{}: cannot be kept in: {error}", path.display());
        let file = OpenOptions::new().create(true).read(true).append(true).open(path).map_err(failed)?;
        let mut kept = Kept { path: path.to_owned(), file, limit, pages: HashMap::new() };
        for record in kept.records(0).map_err(failed)?.flatten() {
            if let (Some(url), None, false) = (&record.url, &record.cut, record.place.unpacked) {
                let version = version(&record);
                kept.pages.insert(url.clone(), (record.place.byte, version));
            }
        }
        Ok(kept)
    }

    /// The version of a page that is here.
    pub(super) fn version(&self, url: &str) -> Option<&Version> {
        self.pages.get(url).map(|(_, version)| version)
    }

    /// The page that is here.
    pub(super) fn page(&self, url: &str) -> Result<Fetched, String> {
        let failed = |why: &str| format!("{url}: has not changed, and {} cannot give it: {why}", self.path.display());
        let (at, _) = self.pages.get(url).ok_or_else(|| failed("it is not there"))?;
        let mut records = self.records(*at).map_err(|error| failed(&error.to_string()))?;
        match records.next() {
            Some(Ok(record)) => Ok(Fetched {
                url: url.to_owned(),
                time: record.fetched.as_deref().and_then(|time| time.parse().ok()).unwrap_or_default(),
                head: record.head,
                charset: record.charset,
                body: record.body,
            }),
            Some(Err(broken)) => Err(failed(&broken.what)),
            None => Err(failed("it ends before")),
        }
    }

    /// Adds a page.
    pub(super) fn keep(&mut self, page: &Fetched) -> Result<(), String> {
        let failed = |error: io::Error| format!("{}: cannot be kept in: {error}", self.path.display());
        let at = self.file.seek(SeekFrom::End(0)).map_err(failed)?;
        let member = member(page).map_err(failed)?;
        self.file.write_all(&member).map_err(failed)?;
        self.pages.insert(page.url.clone(), (at, page.version()));
        Ok(())
    }

    fn records(&self, at: u64) -> io::Result<Records<BufReader<File>>> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(at))?;
        Ok(Records::new(Unpacked::new(BufReader::new(file))?, self.limit))
    }
}

fn version(record: &Record) -> Version {
    let field = |name: &str| record.head.field(name).map(str::to_owned);
    Version { tag: field("etag"), modified: field("last-modified") }
}

/// A record of the answer as it is here: unpacked and in one piece.
fn member(page: &Fetched) -> io::Result<Vec<u8>> {
    let mut block = format!("HTTP/1.1 {} -\r\n", page.head.status);
    let road = ["content-encoding", "transfer-encoding", "content-length"];
    for (name, value) in page.head.fields.iter().filter(|(name, _)| !road.contains(&name.as_str())) {
        block += &format!("{name}: {value}\r\n");
    }
    block += "\r\n";
    let length = block.len() + page.body.len();
    let id = bilan::document::id::of("bilan/fetched/1", &[page.url.as_bytes(), page.time.to_string().as_bytes()]);
    let time = page.time.strftime("%Y-%m-%dT%H:%M:%SZ");
    let head = format!(
        "WARC/1.1\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:bilan:{id}>\r\nWARC-Target-URI: {}\r\nWARC-Date: {time}\r\n\
         Content-Type: application/http; msgtype=response\r\nContent-Length: {length}\r\n\r\n",
        page.url
    );
    let mut encoder = GzEncoder::new(Vec::new(), Compression::default());
    for part in [head.as_bytes(), block.as_bytes(), &page.body, b"\r\n\r\n"] {
        encoder.write_all(part)?;
    }
    encoder.finish()
}
