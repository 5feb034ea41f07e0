//! Reads the records of a WARC, packed or not.
//!
//! In: the bytes of an archive. Out: one [`Record`] for each text that a server answered, one [`Broken`] for each place
//! that cannot be read, and a count of the records that hold none.
//!
//! A crawler that died leaves half a record, and the one that took over begins in the middle of it. The length that a
//! record tells of itself is then wrong, and the next record stands inside.

mod block;

use crate::http::{self, Head};
use crate::packed::{Packing, Unpacked};
use block::{Block, VERSION};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, Read};

/// Longest line that is nothing but a version.
const LINE: usize = 10;

/// Fields that a head has once.
const ONCE: [&str; 3] = ["warc-type", "warc-record-id", "content-length"];

/// Most bytes of the head of a record.
const HEAD: u64 = 64 << 10;

/// A text that a server answered, as the archive keeps it.
#[derive(Debug, Default)]
pub struct Record {
    /// Its own name, as `<urn:uuid:…>`.
    pub id: Option<String>,
    /// Where it begins.
    pub place: Place,
    /// The address that was asked.
    pub url: Option<String>,
    /// When it was fetched, as the archive writes it: `2031-06-12T08:30:00Z`.
    pub fetched: Option<String>,
    /// As `text/html`, in lower case.
    pub content_type: String,
    /// Encoding by the server's word.
    pub charset: Option<String>,
    /// The head of the answer; empty where the archive keeps none.
    pub head: Head,
    /// The page, unpacked.
    pub body: Vec<u8>,
    /// Why the page ends before its end.
    pub cut: Option<String>,
}

/// Something in an archive that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The name of the record, as far as it has one.
    pub record: Option<String>,
    /// Where the record begins.
    pub place: Place,
    /// Why, and what was expected.
    pub what: String,
}

/// A place in an archive.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// Bytes before it.
    pub byte: u64,
    /// Counted in the unpacked bytes, because no packed member begins there.
    pub unpacked: bool,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "byte {}{}", self.byte, if self.unpacked { " unpacked" } else { "" })
    }
}

/// The records of an archive, in order.
pub struct Records<R> {
    input: Unpacked<R>,
    limit: u64,
    passed: BTreeMap<String, u64>,
    /// The record that was read last, for a stream that breaks behind it.
    last: (Option<String>, Place),
    /// What comes next was not reached in good order.
    lost: bool,
    ended: bool,
}

impl<R: BufRead> Records<R> {
    /// The records of an archive; at most `limit` bytes of a page are held.
    pub fn new(input: Unpacked<R>, limit: u64) -> Records<R> {
        Records { input, limit, passed: BTreeMap::new(), last: (None, Place::default()), lost: false, ended: false }
    }

    /// Records that hold no text, by what they are: `request`, `image/png`, `status 404`.
    pub fn passed(&self) -> &BTreeMap<String, u64> {
        &self.passed
    }

    /// Goes to the next record, and says so when what comes next is none; `None` at the end.
    fn start(&mut self) -> Option<Result<(), Broken>> {
        while !self.ended {
            let head = match self.input.peek(5) {
                Ok(head) => head,
                Err(error) => {
                    let known = self.lost;
                    let member = self.input.member();
                    self.resume();
                    if known {
                        continue;
                    }
                    // The stream breaks behind the last record, or before the first byte of this one.
                    let next = Place { byte: member.packed, unpacked: false };
                    let here = member.unpacked == self.input.position();
                    let (record, place) = if here { (None, next) } else { self.last.clone() };
                    return Some(Err(Broken { record, place, what: error.to_string() }));
                }
            };
            match head {
                [] => self.ended = true,
                [b'W', b'A', b'R', b'C', b'/', ..] => {
                    self.lost = false;
                    return Some(Ok(()));
                }
                [b'\r' | b'\n', ..] => self.input.consume(1),
                _ => {
                    let place = self.place();
                    let known = std::mem::replace(&mut self.lost, true);
                    if skip_line(&mut self.input).is_err() {
                        self.resume();
                    }
                    if !known {
                        let what = "no record begins here; expected `WARC/`, and the next one is looked for".to_owned();
                        return Some(Err(Broken { record: None, place, what }));
                    }
                }
            }
        }
        None
    }

    /// The stream broke: goes on behind that where another member begins.
    fn resume(&mut self) {
        self.lost = true;
        self.ended = !matches!(self.input.resume(), Ok(true));
    }

    fn place(&self) -> Place {
        let (at, member) = (self.input.position(), self.input.member());
        match self.input.packing() {
            Packing::Plain => Place { byte: at, unpacked: false },
            _ if member.unpacked == at => Place { byte: member.packed, unpacked: false },
            _ => Place { byte: at, unpacked: true },
        }
    }

    /// Reads the record that begins here; `None` when it holds no text.
    fn record(&mut self) -> Result<Option<Record>, Broken> {
        let place = self.place();
        self.last = (None, place);
        let fields = match fields(&mut self.input) {
            Ok(fields) => fields,
            Err(what) => {
                let what = self.input.failure().map_or(what, |failure| format!("its head is cut off: {failure}"));
                self.lost = true;
                if self.input.failure().is_some() {
                    self.resume();
                }
                return Err(Broken { record: None, place, what });
            }
        };
        let field = |name: &str| fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
        let id = field("warc-record-id");
        self.last.0.clone_from(&id);
        let broken = |what: String| Broken { record: id.clone(), place, what };
        let Some(length) = field("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            self.lost = true;
            return Err(broken("its head tells no length (`Content-Length`)".to_owned()));
        };
        let mut record = Record {
            id: id.clone(),
            place,
            url: field("warc-target-uri").map(|url| url.trim_matches(['<', '>']).to_owned()),
            fetched: field("warc-date"),
            ..Record::default()
        };
        let mut block = Block::new(&mut self.input, length);
        let kind = field("warc-type").unwrap_or_default();
        let content = open(&mut record, &kind, &field("content-type").unwrap_or_default(), &mut block);
        if let Ok(Content::Text) = content {
            let body = record.head.body(&mut block, self.limit);
            (record.body, record.cut) = (body.bytes, body.cut);
        }
        // What the body left, or all of what holds no text. A stream that breaks tells it itself.
        skip(&mut block);
        let (missing, ended) = (block.left(), block.ended());
        let failure = self.input.failure().map(str::to_owned);
        if failure.is_some() {
            self.resume();
        }
        let short = || match ended {
            true => format!("the next record begins within the {length} bytes of this one"),
            false => format!("the archive ends after {} of the {length} bytes of the record", length - missing),
        };
        let cut = failure.or_else(|| (missing > 0).then(short));
        match (content, cut) {
            (Ok(Content::Text), Some(cut)) if record.body.is_empty() => return Err(broken(cut)),
            (Ok(Content::Text), cut) => record.cut = cut.or(record.cut),
            (Ok(Content::Other(_)) | Err(_), Some(cut)) => return Err(broken(cut)),
            (Err(error), None) => return Err(broken(error.to_string())),
            (Ok(Content::Other(what)), None) => {
                *self.passed.entry(what).or_default() += 1;
                return Ok(None);
            }
        }
        Ok(Some(record))
    }
}

/// What the block of a record is.
enum Content {
    /// A text that can be read.
    Text,
    /// Something else, by its name.
    Other(String),
}

/// Reads what stands before the body, and says what the body is. Fails where an answer has no head.
fn open(record: &mut Record, kind: &str, declared: &str, block: &mut impl BufRead) -> io::Result<Content> {
    match (kind.to_ascii_lowercase().as_str(), http::content_type(declared)) {
        ("response", (outer, _)) if outer == "application/http" => {
            record.head = Head::read(block)?;
            let told = record.head.field("content-type").unwrap_or_default();
            (record.content_type, record.charset) = http::content_type(told);
            if !(200..300).contains(&record.head.status) {
                return Ok(Content::Other(format!("status {}", record.head.status)));
            }
        }
        // Archives of texts and of single files keep no answer, only what was in it.
        ("response" | "resource" | "conversion", (content_type, charset)) => {
            (record.content_type, record.charset) = (content_type, charset);
        }
        (other, _) => return Ok(Content::Other(other.to_owned())),
    }
    Ok(match is_text(&record.content_type) {
        true => Content::Text,
        false => Content::Other(record.content_type.clone()),
    })
}

impl<R: BufRead> Iterator for Records<R> {
    type Item = Result<Record, Broken>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.ended {
            if let Err(broken) = self.start()? {
                return Some(Err(broken));
            }
            match self.record() {
                Ok(Some(record)) => return Some(Ok(record)),
                Ok(None) => {}
                Err(broken) => return Some(Err(broken)),
            }
        }
        None
    }
}

/// Goes to the next line, the next member or the next version: a record may begin with each.
fn skip_line(input: &mut Unpacked<impl BufRead>) -> io::Result<()> {
    let member = input.member();
    loop {
        let bytes = input.fill_buf()?;
        let end = memchr::memchr(b'\n', bytes).map(|at| at + 1);
        let held = &bytes[..end.unwrap_or(bytes.len())];
        let version = memchr::memmem::rfind(held, VERSION).filter(|at| *at > 0);
        let (line, n) = (version.is_some() || end.is_some() || held.is_empty(), version.unwrap_or(held.len()));
        if input.member() != member {
            return Ok(());
        }
        input.consume(n);
        if line {
            return Ok(());
        }
    }
}

fn skip(input: &mut impl BufRead) {
    while let Ok(bytes) = input.fill_buf()
        && !bytes.is_empty()
    {
        let n = bytes.len();
        input.consume(n);
    }
}

/// What a document can be made of.
fn is_text(content_type: &str) -> bool {
    matches!(
        content_type,
        "" | "text/html"
            | "text/plain"
            | "application/xhtml+xml"
            | "application/rss+xml"
            | "application/atom+xml"
            | "application/feed+json"
            | "application/xml"
            | "text/xml"
    )
}

/// The fields of a record's head: names in lower case, values whole; or why they are none.
///
/// Where the next record begins within the head, it is given back.
fn fields(input: &mut Unpacked<impl BufRead>) -> Result<Vec<(String, String)>, String> {
    let mut left = HEAD;
    let (mut fields, mut head) = (Vec::<(String, String)>::new(), Vec::new());
    loop {
        let start = head.len();
        let _ = input.take(left).read_until(b'\n', &mut head);
        left = HEAD - head.len() as u64;
        let line = &head[start..];
        if !line.ends_with(b"\n") {
            return Err(match left {
                0 => format!("its head is longer than {HEAD} bytes"),
                _ => "the archive ends in its head".to_owned(),
            });
        }
        let text = String::from_utf8_lossy(line);
        let text = text.trim_end();
        if start == 0 && text.len() <= LINE {
            continue;
        }
        if text.is_empty() {
            return Ok(fields);
        }
        match (text.starts_with([' ', '\t']), fields.last_mut(), text.split_once(':')) {
            (true, Some((_, value)), _) => {
                value.push(' ');
                value.push_str(text.trim());
            }
            (_, _, Some((name, value))) if start > 0 => {
                let name = name.trim().to_ascii_lowercase();
                if ONCE.contains(&name.as_str()) && fields.iter().any(|(own, _)| *own == name) {
                    give_back(input, &head, start);
                    return Err("the next record begins within its head".to_owned());
                }
                fields.push((name, value.trim().to_owned()));
            }
            _ => {
                give_back(input, &head, start);
                return Err("a line of its head is no `Name: value`".to_owned());
            }
        }
    }
}

/// Gives back what may be the head of the next record: from the last version line in it, or from a line.
fn give_back(input: &mut Unpacked<impl BufRead>, head: &[u8], line: usize) {
    let version = memchr::memmem::rfind(head, VERSION).filter(|at| *at > 0).unwrap_or(line);
    // The whole head would be read once more, and again.
    if version > 0 {
        input.unread(&head[version..]);
    }
}
