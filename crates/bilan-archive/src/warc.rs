//! Reads the records of a WARC, packed or not.
//!
//! In: the bytes of an archive. Out: one [`Record`] for each text that a server answered, one [`Broken`] for each place
//! that cannot be read, and a count of the records that hold none.
//!
//! A crawler that died leaves half a record, and the one that took over begins in the middle of it. The length that a
//! record tells of itself is then wrong, and the next record stands inside.

use crate::http::{self, Head};
use crate::packed::{Packing, Unpacked};
use std::collections::BTreeMap;
use std::fmt;
use std::io::{self, BufRead, Read};

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
        let mut block = (&mut self.input).take(length);
        let kind = field("warc-type").unwrap_or_default();
        let content = open(&mut record, &kind, &field("content-type").unwrap_or_default(), &mut block);
        if let Ok(Content::Text) = content {
            let body = record.head.body(&mut block, self.limit);
            (record.body, record.cut) = (body.bytes, body.cut);
        }
        // What the body left, or all of what holds no text. A stream that breaks tells it itself.
        skip(&mut block);
        let missing = block.limit();
        let failure = self.input.failure().map(str::to_owned);
        if failure.is_some() {
            self.resume();
        }
        let short = || format!("the archive ends after {} of the {length} bytes of the record", length - missing);
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
        self.give_back(&mut record, length);
        Ok(Some(record))
    }

    /// Gives back the record that begins inside a plain body, and all behind it.
    fn give_back(&mut self, record: &mut Record, length: u64) {
        let coded = ["content-encoding", "transfer-encoding"].iter().any(|name| record.head.field(name).is_some());
        if coded || self.input.packing() != Packing::Plain || record.body.len() as u64 >= self.limit {
            return;
        }
        let mut lines = memchr::memmem::find_iter(&record.body, b"\nWARC/1.").map(|at| at + 1);
        let Some(at) = lines.find(|&at| is_head(&record.body[at..])) else { return };
        let rest = record.body.split_off(at);
        self.input.unread(&rest);
        record.cut = Some(format!("the next record begins within the {length} bytes of this one"));
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

/// Goes to the next line, or to the next member: a record may begin with either.
fn skip_line(input: &mut Unpacked<impl BufRead>) -> io::Result<()> {
    let member = input.member();
    loop {
        let bytes = input.fill_buf()?;
        let (line, n) = match memchr::memchr(b'\n', bytes) {
            Some(at) => (true, at + 1),
            None => (bytes.is_empty(), bytes.len()),
        };
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
fn fields(input: &mut Unpacked<impl BufRead>) -> Result<Vec<(String, String)>, String> {
    let mut left = HEAD;
    let (mut fields, mut line) = (Vec::<(String, String)>::new(), Vec::new());
    let mut first = true;
    loop {
        line.clear();
        let _ = input.take(left).read_until(b'\n', &mut line);
        left -= line.len() as u64;
        if !line.ends_with(b"\n") {
            return Err(match left {
                0 => format!("its head is longer than {HEAD} bytes"),
                _ => "the archive ends in its head".to_owned(),
            });
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim_end();
        if std::mem::take(&mut first) {
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
            (_, _, Some((name, value))) => fields.push((name.trim().to_ascii_lowercase(), value.trim().to_owned())),
            (_, _, None) => {
                // It may be the first line of the next record.
                input.unread(&line);
                return Err("a line of its head is no `Name: value`".to_owned());
            }
        }
    }
}

/// `WARC/1.0`, and a field of a record on the next line.
fn is_head(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    let version = lines.next().is_some_and(|line| matches!(line, b"WARC/1.0" | b"WARC/1.1"));
    version && lines.next().is_some_and(|line| line.starts_with(b"WARC-") || line.starts_with(b"Content-"))
}
