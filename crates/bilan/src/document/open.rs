//! Opens an input and gives its documents one by one.
//!
//! In: a name, bytes, what the caller knows. Out: a [`Document`] or an [`Unreadable`] for each one inside.
//!
//! A file of a gigabyte may be one line: nothing is held beyond one document, and what is too long is passed over.

use super::decode::{decode, quieten};
use super::header::{Header, header};
use super::kind::{HEAD, Kind};
use super::objects::{Found, Objects};
use super::papers::{Given, Papers, TEXT_LIMIT, Text, shorten};
use super::{Document, Remark, feed, html, jsonl, telegram};
use crate::claim::Span;
use std::fmt;
use std::io::{self, BufRead, Chain, Cursor, Read};

/// Opens an input: text, a page, a feed, an export, JSON or lines of it. The name helps where the content leaves it
/// open, and names the input in errors.
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
        Ok(_) => (State::of(name, &head, given), None),
        Err(failure) => match State::of(name, &head, given) {
            state @ (State::Text | State::Html) if breaks_off(&failure, &head) => (state, Some(failure)),
            _ => (State::Failed, Some(failure)),
        },
    };
    let input = Cursor::new(head).chain(input);
    let several = matches!(state, State::Lines { .. } | State::Objects(..) | State::Feed(_));
    let (name, given) = (name.to_owned(), given.clone());
    Documents { name, given, input, state, several, failure, line: 0, buffer: Vec::new() }
}

/// The documents of one input, in order.
pub struct Documents<R> {
    name: String,
    given: Given,
    input: Chain<Cursor<Vec<u8>>, R>,
    state: State,
    /// It may hold more than one document.
    several: bool,
    failure: Option<io::Error>,
    /// The line of JSON that was read last.
    line: u64,
    buffer: Vec<u8>,
}

/// An input, or a document within one, that gave no text.
#[derive(Clone, Debug, Default, PartialEq, Eq, thiserror::Error)]
pub struct Unreadable {
    /// Name of the input.
    pub name: String,
    /// The line, from 1.
    pub line: Option<u64>,
    /// The record of an archive, by its own name.
    pub record: Option<String>,
    /// Where the record begins, in bytes of the input.
    pub offset: Option<u64>,
    /// Why, and what was expected.
    pub what: String,
    /// What it means for what was asked.
    pub loss: Loss,
}

/// What is lost with something that gave no text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Loss {
    /// Something that could not be read.
    #[default]
    Unreadable,
    /// A document in which no text was found.
    NoText,
    /// Nothing: so many records that carry no words, as pictures do.
    Wordless(usize),
}

impl Unreadable {
    /// The input, and the line, the record or the byte in it.
    pub fn place(&self) -> String {
        let mut place = one_line(&self.name);
        if let Some(line) = self.line {
            place += &format!(":{line}");
        }
        match (&self.record, self.offset) {
            (Some(record), Some(offset)) => place += &format!(" ({}, byte {offset})", one_line(record)),
            (Some(record), None) => place += &format!(" ({})", one_line(record)),
            (None, Some(offset)) => place += &format!(" (byte {offset})"),
            (None, None) => {}
        }
        place
    }
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.place(), one_line(&self.what))
    }
}

/// Longest line of JSON: a full document with every letter escaped.
pub(super) const LINE_LIMIT: usize = 64 << 20;

/// A buffer larger than this is given back after its line.
const BUFFER: usize = 1 << 20;

/// What is said of an input that holds nothing.
pub(super) const NO_TEXT: &str = "no text";

/// What is left to give.
enum State {
    /// One plain text.
    Text,
    /// One page.
    Html,
    /// Lines of JSON; whether one of them held anything.
    Lines {
        any: bool,
    },
    /// Objects of JSON, or the messages of an export.
    Objects(Box<Objects>, telegram::Chats),
    /// The entries of a feed, once it is read.
    Feed(Option<feed::Entries>),
    /// A kind that is known and not read.
    NotRead(&'static str),
    Failed,
    Done,
}

impl State {
    fn of(name: &str, head: &[u8], given: &Given) -> State {
        let kind = match given.kind {
            Some(kind) => Ok(kind),
            None => Kind::of(name, head),
        };
        match kind {
            Ok(Kind::Text) => State::Text,
            Ok(Kind::Lines) => State::Lines { any: false },
            Ok(Kind::Json) => State::Objects(Box::new(Objects::all()), telegram::Chats::default()),
            Ok(Kind::Html) => State::Html,
            Ok(Kind::Feed) => State::Feed(None),
            Ok(Kind::Telegram) => State::Objects(Box::new(Objects::under("messages")), telegram::Chats::default()),
            Ok(Kind::Pdf) => State::NotRead("a PDF, which is not read here; expected its text"),
            Err(what) => State::NotRead(what),
        }
    }
}

impl<R: BufRead> Iterator for Documents<R> {
    type Item = Result<Document, Unreadable>;

    fn next(&mut self) -> Option<Self::Item> {
        match &mut self.state {
            State::Done => None,
            State::Text => {
                self.state = State::Done;
                let text = self.text();
                Some(self.broken_off(text))
            }
            State::Html => {
                self.state = State::Done;
                let page = self.page();
                Some(self.broken_off(page))
            }
            State::Lines { any } => {
                let any = *any;
                self.next_line(any)
            }
            State::Objects(..) => self.next_object(),
            State::Feed(_) => self.next_entry(),
            State::NotRead(what) => {
                let what = *what;
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
    /// Where people find the document that was given last: the input, with its line, or with the document's own id where
    /// the input holds several and has no lines.
    pub fn place(&self, document: &Document) -> String {
        match (self.several, self.line) {
            (false, _) => one_line(&self.name),
            (true, 0) => one_line(&format!("{} ({})", self.name, document.id)),
            (true, line) => one_line(&format!("{}:{line}", self.name)),
        }
    }

    /// The whole input up to a limit, and whether more was passed over.
    fn whole(&mut self, limit: usize) -> Result<(Vec<u8>, bool), Unreadable> {
        let mut bytes = Vec::new();
        let mut rest = 0;
        (&mut self.input)
            .take(limit as u64)
            .read_to_end(&mut bytes)
            .and_then(|_| io::copy(&mut self.input, &mut io::sink()).map(|passed| rest = passed))
            .or_else(|failure| match breaks_off(&failure, &bytes) {
                true => {
                    self.failure = Some(failure);
                    Ok(())
                }
                false => Err(self.failed(&failure)),
            })?;
        Ok((bytes, rest > 0))
    }

    /// What was read of a text whose bytes break off is kept, and says so.
    fn broken_off(&mut self, document: Result<Document, Unreadable>) -> Result<Document, Unreadable> {
        let Some(failure) = self.failure.take() else { return document };
        let mut document = document.map_err(|_| self.failed(&failure))?;
        document.remarks.push(Remark::new("cut", format!("only its beginning was read: {failure}")));
        Ok(document)
    }

    fn page(&mut self) -> Result<Document, Unreadable> {
        let (bytes, cut) = self.whole(html::PAGE_LIMIT)?;
        let papers = Papers { id: self.given.id.clone(), ..Papers::default() };
        html::document(bytes, cut, papers, &self.given).map_err(|what| self.unreadable(&what))
    }

    fn next_object(&mut self) -> Option<Result<Document, Unreadable>> {
        loop {
            let State::Objects(objects, chats) = &mut self.state else { return None };
            let found = match objects.next(&mut self.input) {
                Ok(Some(found)) => found,
                Ok(None) => {
                    let (wordless, any) = (chats.wordless(), objects.any());
                    let is_export = objects.is_export();
                    self.state = State::Done;
                    return match (wordless, any) {
                        (Some(what), _) => Some(Err(Unreadable { loss: what.1, ..self.unreadable(&what.0) })),
                        (None, true) => None,
                        (None, false) if is_export => Some(Err(self.unreadable("no messages"))),
                        (None, false) => Some(Err(self.unreadable(NO_TEXT))),
                    };
                }
                Err(failure) => {
                    self.state = State::Done;
                    return Some(Err(self.failed(&failure)));
                }
            };
            let (bytes, facts, offset) = match found {
                Found::Object { bytes, facts, offset } => (bytes, facts, offset),
                Found::Broken { what, offset } => {
                    let unreadable = self.unreadable(&what);
                    return Some(Err(Unreadable { offset: Some(offset), ..unreadable }));
                }
            };
            let read = match facts {
                Some(facts) => chats.document(&bytes, &facts, &self.given).transpose(),
                None => Some(jsonl::document(&bytes, &self.given).map_err(|what| (String::new(), what))),
            };
            let Some(read) = read else { continue };
            return Some(read.map_err(|(record, what)| {
                let record = (!record.is_empty()).then_some(record);
                Unreadable { offset: Some(offset), record, ..self.unreadable(&what) }
            }));
        }
    }

    fn next_entry(&mut self) -> Option<Result<Document, Unreadable>> {
        if let State::Feed(None) = self.state {
            let entries = self
                .whole(html::PAGE_LIMIT)
                .and_then(|(bytes, cut)| feed::entries(bytes, cut, &self.given).map_err(|what| self.unreadable(&what)));
            match entries {
                Ok(entries) => self.state = State::Feed(Some(entries)),
                Err(unreadable) => {
                    self.state = State::Done;
                    return Some(Err(unreadable));
                }
            }
        }
        let State::Feed(Some(entries)) = &mut self.state else { return None };
        let Some(entry) = entries.next(&self.given) else {
            self.state = State::Done;
            return None;
        };
        Some(entry.map_err(|broken| {
            let unreadable = self.unreadable(&broken.what);
            Unreadable { record: broken.record, offset: broken.offset, ..unreadable }
        }))
    }

    fn text(&mut self) -> Result<Document, Unreadable> {
        let (bytes, cut) = self.whole(TEXT_LIMIT)?;
        let mut remarks = vec![];
        let mut text = decode(bytes, cut, self.given.lang.as_deref(), &mut remarks);
        quieten(&mut text, &mut remarks);
        shorten(&mut text, cut, &mut remarks);
        let header = header(&text, &self.given.months);
        if text[header.end..].trim().is_empty() {
            return Err(self.unreadable(NO_TEXT));
        }
        Ok(with_header(text, header, remarks, &self.given))
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
                let what = format!("a line of more than {} MiB; expected one document a line", LINE_LIMIT >> 20);
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
        let loss = if what.starts_with(NO_TEXT) { Loss::NoText } else { Loss::Unreadable };
        Unreadable { name: self.name.clone(), line, what: what.to_owned(), loss, ..Unreadable::default() }
    }

    fn failed(&self, failure: &io::Error) -> Unreadable {
        self.unreadable(&format!("cannot be read: {failure}"))
    }
}

/// The document of a text and the line that an archive wrote at its head.
pub(super) fn with_header(text: String, header: Header, remarks: Vec<Remark>, given: &Given) -> Document {
    let listed = given.listed.map(|date| ("the list of files", date));
    let papers = Papers {
        id: given.id.clone(),
        title: None,
        url: given.url.clone().or(header.url),
        outlet: given.outlet.clone().or(header.outlet),
        lang: given.lang.clone().or(header.lang),
        published: listed.into_iter().chain(header.date.map(|date| ("the header line", date))).collect(),
    };
    let boilerplate = match header.end {
        0 => vec![],
        end => vec![Span { start: 0, end: end as u32 }],
    };
    let title = title(&text, header.end, given.title.as_deref());
    Text { text, title, boilerplate, remarks }.document(papers, given)
}

/// Longest first line that is a title.
const TITLE: usize = 200;

/// Length of the title of a plain text: a first line of its own that is no sentence, with a blank line after it.
///
/// A text after an archive's header has none: the title would not stand at its head, where spans are counted from.
fn title(text: &str, header: usize, told: Option<&str>) -> usize {
    let line = text.lines().next().unwrap_or("");
    let rest = text[line.len()..].trim_start_matches('\r');
    let own = line.trim_end() == line && !line.is_empty() && rest.starts_with('\n');
    if told.is_some_and(|told| told == line) && own {
        return line.len();
    }
    let blank = rest.strip_prefix('\n').is_some_and(|rest| rest.starts_with(['\n', '\r']));
    let bare = line.trim_end_matches(['»', '”', '"', ')']);
    let sentence = bare.ends_with(['.', '…', ':', ';', ',']) || line.starts_with(char::is_whitespace);
    let body = rest.trim();
    let fits = line.len() <= TITLE && line.contains(char::is_alphabetic) && body.len() > line.len();
    if header == 0 && own && blank && !sentence && fits { line.len() } else { 0 }
}

/// Whether bytes end because their packing is cut or broken, after some were read. A disk that fails is no such thing.
fn breaks_off(failure: &io::Error, read: &[u8]) -> bool {
    !read.is_empty() && matches!(failure.kind(), io::ErrorKind::UnexpectedEof | io::ErrorKind::InvalidData)
}

/// Outside words go to a terminal: no line break, no control sequence.
fn one_line(words: &str) -> String {
    words.chars().map(|c| if c.is_control() { '\u{FFFD}' } else { c }).collect()
}
