//! Opens an input and gives its documents one by one.
//!
//! In: a name, bytes, what the caller knows. Out: a [`Document`] or an [`Unreadable`] for each one inside.
//!
//! A file of a gigabyte may be one line: nothing is held beyond one document, and what is too long is passed over.

use super::decode::{decode, quieten};
use super::header::header;
use super::papers::{Given, Papers, TEXT_LIMIT, Text, shorten};
use super::{Document, Remark, jsonl};
use crate::claim::Span;
use std::fmt;
use std::io::{self, BufRead, Chain, Cursor, Read};

/// Opens an input: plain text, or lines of JSON. The name helps where the content leaves it open, and names the input
/// in errors.
///
/// ```
/// use bilan::document::{open, Given};
/// let input = "{\"text\":\"Un incendie a fait deux morts.\"}\nbroken\n";
/// let mut documents = open("invented.jsonl", input.as_bytes(), &Given::default());
/// assert_eq!(documents.next().unwrap().unwrap().text, "Un incendie a fait deux morts.");
/// assert!(documents.next().unwrap().unwrap_err().to_string().starts_with("invented.jsonl:2: "));
/// assert!(documents.next().is_none());
/// ```
pub fn open<R: BufRead>(name: &str, mut input: R, given: &Given) -> Documents<R> {
    let mut head = Vec::new();
    let (state, failure) = match (&mut input).take(HEAD).read_to_end(&mut head) {
        Ok(_) => (State::of(name, &head), None),
        Err(failure) => (State::Failed, Some(failure)),
    };
    let input = Cursor::new(head).chain(input);
    Documents { name: name.to_owned(), given: given.clone(), input, state, failure, line: 0, buffer: Vec::new() }
}

/// The documents of one input, in order.
pub struct Documents<R> {
    name: String,
    given: Given,
    input: Chain<Cursor<Vec<u8>>, R>,
    state: State,
    failure: Option<io::Error>,
    /// The line of JSON that was read last.
    line: u64,
    buffer: Vec<u8>,
}

/// An input, or a document within one, that gave no text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub struct Unreadable {
    /// Name of the input.
    pub name: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The record of an archive, by its own name.
    pub record: Option<String>,
    /// Why, and what was expected.
    pub what: String,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&one_line(&self.name))?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        if let Some(record) = &self.record {
            write!(f, " ({})", one_line(record))?;
        }
        write!(f, ": {}", one_line(&self.what))
    }
}

/// How much of an input tells its kind.
const HEAD: u64 = 4096;

/// Longest line of JSON: a full document with every letter escaped.
const LINE_LIMIT: usize = 4 * TEXT_LIMIT;

/// A buffer larger than this is given back after its line.
const BUFFER: usize = 1 << 20;

/// What is left to give.
enum State {
    /// One plain text.
    Text,
    /// Lines of JSON; whether one of them held anything.
    Lines {
        any: bool,
    },
    /// A kind that is known and not read. HTML, WARC and packed files get states of their own here.
    NotRead(&'static str),
    Failed,
    Done,
}

impl State {
    /// Tells the kind from the first bytes, and from the name where they leave it open.
    fn of(name: &str, head: &[u8]) -> State {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let json = ["json", "jsonl", "ndjson"].iter().any(|known| extension.eq_ignore_ascii_case(known));
        if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
            return State::NotRead(what);
        }
        if json && matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) {
            return State::NotRead("JSON in UTF-16; expected UTF-8");
        }
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
        let opens = |tag: &str| head.get(..tag.len()).is_some_and(|start| start.eq_ignore_ascii_case(tag.as_bytes()));
        if opens("<!doctype html") || opens("<html") || opens("<?xml") {
            return State::NotRead(
                "a page or feed in HTML or XML, which is not read yet; expected text or lines of JSON",
            );
        }
        let (first, rest) = head.split_first().map_or((0, head), |(first, rest)| (*first, rest));
        let inner = rest.trim_ascii_start();
        let spread = rest[..rest.len() - inner.len()].contains(&b'\n');
        let object = first == b'{' && inner.first() == Some(&b'"');
        let array = json && first == b'[' && inner.first() == Some(&b'{');
        if array || (object && spread) {
            State::NotRead("JSON over several lines; expected one object a line")
        } else if object || json {
            State::Lines { any: false }
        } else {
            State::Text
        }
    }
}

/// First bytes of kinds that hold no plain text.
const SIGNATURES: [(&[u8], &str); 9] = [
    (b"WARC/", "a WARC archive, which is not read yet"),
    (b"\x1F\x8B", "packed with gzip, which is not read yet"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd, which is not read yet"),
    (b"%PDF-", "a PDF, which is not read yet"),
    (b"PK\x03\x04", "a zip archive or an office document; expected text or lines of JSON"),
    (b"SQLite format 3\0", "a database; expected text or lines of JSON"),
    (b"\x7FELF", "a program; expected text or lines of JSON"),
    (b"\x89PNG", "a picture; expected text or lines of JSON"),
    (b"\xFF\xD8\xFF", "a picture; expected text or lines of JSON"),
];

impl<R: BufRead> Iterator for Documents<R> {
    type Item = Result<Document, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match self.state {
            State::Done => None,
            State::Text => {
                self.state = State::Done;
                Some(self.text())
            }
            State::Lines { any } => self.next_line(any),
            State::NotRead(what) => {
                self.state = State::Done;
                Some(Err(self.unreadable(what)))
            }
            State::Failed => {
                self.state = State::Done;
                let failure = self.failure.take()?;
                Some(Err(self.failed(&failure)))
            }
        }
    }
}

impl<R: BufRead> Documents<R> {
    fn text(&mut self) -> Result<Document, Unreadable> {
        let mut bytes = Vec::new();
        let mut rest = 0;
        (&mut self.input)
            .take(TEXT_LIMIT as u64)
            .read_to_end(&mut bytes)
            .and_then(|_| io::copy(&mut self.input, &mut io::sink()).map(|passed| rest = passed))
            .map_err(|failure| self.failed(&failure))?;
        let mut remarks = vec![];
        let mut text = decode(bytes, rest > 0, self.given.lang.as_deref(), &mut remarks);
        quieten(&mut text, &mut remarks);
        shorten(&mut text, rest > 0, &mut remarks);
        let header = header(&text);
        if text[header.end..].trim().is_empty() {
            return Err(self.unreadable("no text"));
        }
        Ok(self.with_header(text, header, remarks))
    }

    fn with_header(&self, text: String, header: super::header::Header, remarks: Vec<Remark>) -> Document {
        let given = &self.given;
        let listed = given.listed.map(|date| ("the list of files", date));
        let papers = Papers {
            id: given.id.clone(),
            url: given.url.clone().or(header.url),
            outlet: given.outlet.clone().or(header.outlet),
            lang: given.lang.clone().or(header.lang),
            published: listed.into_iter().chain(header.date.map(|date| ("the header line", date))).collect(),
        };
        let boilerplate = match header.end {
            0 => vec![],
            end => vec![Span { start: 0, end: end as u32 }],
        };
        let title = given.title.as_deref().map_or(0, |title| {
            let own_line = text.strip_prefix(title).is_some_and(|rest| rest.starts_with(['\n', '\r']));
            if own_line { title.len() } else { 0 }
        });
        Text { text, title, boilerplate, remarks }.document(papers, given)
    }

    fn next_line(&mut self, mut any: bool) -> Option<Result<Document, Unreadable>> {
        loop {
            let line = self.read_line();
            let long = match line {
                Ok(Some(long)) => long,
                Ok(None) => {
                    self.state = State::Done;
                    return (!any).then(|| Err(Unreadable { line: None, ..self.unreadable("no text") }));
                }
                Err(failure) => {
                    self.state = State::Done;
                    return Some(Err(self.failed(&failure)));
                }
            };
            if !long && self.buffer.trim_ascii().is_empty() {
                continue;
            }
            any = true;
            self.state = State::Lines { any };
            if long {
                let what = format!("a line of more than {} MiB; expected a shorter one", LINE_LIMIT >> 20);
                return Some(Err(self.unreadable(&what)));
            }
            let document = jsonl::document(&self.buffer, &self.given).map_err(|what| self.unreadable(&what));
            if self.buffer.capacity() > BUFFER {
                self.buffer = Vec::new();
            }
            return Some(document);
        }
    }

    /// Reads a line into the buffer and says whether it was too long to hold; `None` at the end.
    fn read_line(&mut self) -> io::Result<Option<bool>> {
        self.buffer.clear();
        let read = (&mut self.input).take(LINE_LIMIT as u64).read_until(b'\n', &mut self.buffer)?;
        if read == 0 {
            return Ok(None);
        }
        self.line += 1;
        let mut long = false;
        if read == LINE_LIMIT && self.buffer.last() != Some(&b'\n') {
            long = self.input.skip_until(b'\n')? > 1;
        }
        if long {
            self.buffer = Vec::new();
        }
        Ok(Some(long))
    }

    fn unreadable(&self, what: &str) -> Unreadable {
        let line = (self.line > 0).then_some(self.line);
        Unreadable { name: self.name.clone(), line, record: None, what: what.to_owned() }
    }

    fn failed(&self, failure: &io::Error) -> Unreadable {
        self.unreadable(&format!("cannot be read: {failure}"))
    }
}

/// Outside words go to a terminal: no line break, no control sequence.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
