//! Unpacks gzip and zstd as they come in.
//!
//! In: bytes, packed or not; their name does not matter. Out: the bytes inside, and where each member began.
//!
//! Ten megabytes may unpack to ten gigabytes, all of it zeros: what grows beyond any text is stopped while it is small.

mod source;

use flate2::bufread::GzDecoder;
use source::Source;
use std::fmt;
use std::io::{self, BufRead, Read};
use zstd::stream::read::Decoder as ZstdDecoder;

/// How many times its packed size a stream may unpack to, once it is larger than [`FREE`]. Text packs to a tenth.
pub const RATIO: u64 = 200;

/// So many bytes are unpacked whatever their packed size.
pub const FREE: u64 = 64 << 20;

/// The longest way back, as a power of two, that a zstd stream may make us keep: 128 MiB.
const WINDOW: u32 = 27;

/// Most bytes of a dictionary at the head of a zstd archive.
const DICTIONARY: u64 = 16 << 20;

/// A stream that breaks so often is no archive with a fault in it.
const MENDS: u32 = 1_000;

const BUFFER: usize = 1 << 16;

/// What is unpacked in one step is lost when the stream breaks in it.
const STEP: usize = 1 << 13;

/// How bytes are packed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Packing {
    /// Not at all, or in a way that is not known here.
    Plain,
    /// One or more members of gzip.
    Gzip,
    /// One or more frames of zstd.
    Zstd,
}

impl Packing {
    /// Tells it from the first four bytes.
    pub fn of(head: &[u8]) -> Packing {
        match head {
            [0x1F, 0x8B, 8, ..] => Packing::Gzip,
            [0x28, 0xB5, 0x2F, 0xFD, ..] | [0x50..=0x5F, 0x2A, 0x4D, 0x18, ..] => Packing::Zstd,
            _ => Packing::Plain,
        }
    }
}

impl fmt::Display for Packing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Packing::Plain => "plain",
            Packing::Gzip => "gzip",
            Packing::Zstd => "zstd",
        })
    }
}

/// Where a member of a packed stream begins; a plain stream is one member.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Member {
    /// In bytes of what came in.
    pub packed: u64,
    /// In bytes of what goes out.
    pub unpacked: u64,
}

/// The bytes inside a packed stream.
///
/// An error of kind `InvalidData` or `UnexpectedEof` says where the stream is broken; what came before is whole. It comes
/// again whenever more is asked for, until [`resume`](Unpacked::resume) looks for another member.
///
/// ```
/// use std::io::Read;
/// let mut text = String::new();
/// bilan_archive::Unpacked::new(&b"Deux morts."[..])?.read_to_string(&mut text)?;
/// assert_eq!(text, "Deux morts.");
/// # Ok::<(), std::io::Error>(())
/// ```
pub struct Unpacked<R> {
    stream: Stream<R>,
    packing: Packing,
    dictionary: Vec<u8>,
    member: Member,
    /// Bytes given so far, those in the buffer left out.
    position: u64,
    /// Why it ended before its end.
    failure: Option<(io::ErrorKind, String)>,
    resumed: u32,
    /// Nothing more is unpacked, wherever another member begins.
    stopped: bool,
    buffer: Vec<u8>,
    from: usize,
}

enum Stream<R> {
    Plain(Source<R>),
    Gzip(Box<GzDecoder<Source<R>>>),
    Zstd(Box<ZstdDecoder<'static, Source<R>>>),
    /// A member has ended, and another may begin.
    Between(Source<R>),
    Ended(Source<R>),
    /// Only while one turns into another, or when the library lost it.
    Gone,
}

impl<R: BufRead> Unpacked<R> {
    /// Begins to unpack.
    ///
    /// # Errors
    /// When the first bytes cannot be read.
    pub fn new(input: R) -> io::Result<Unpacked<R>> {
        let mut source = Source::new(input);
        let packing = Packing::of(source.peek()?);
        let stream = match packing {
            Packing::Plain => Stream::Plain(source),
            _ => Stream::Between(source),
        };
        Ok(Unpacked {
            stream,
            packing,
            dictionary: Vec::new(),
            member: Member::default(),
            position: 0,
            failure: None,
            resumed: 0,
            stopped: false,
            buffer: Vec::new(),
            from: 0,
        })
    }

    /// How it is packed.
    pub fn packing(&self) -> Packing {
        self.packing
    }

    /// The member that the next byte belongs to, once it is in the buffer.
    pub fn member(&self) -> Member {
        self.member
    }

    /// Why it ended before its end, until it is resumed.
    pub fn failure(&self) -> Option<&str> {
        self.failure.as_ref().map(|(_, what)| what.as_str())
    }

    /// Bytes given so far.
    pub fn position(&self) -> u64 {
        self.position
    }

    /// The bytes that come next, `n` of them if there are as many; nothing is consumed.
    ///
    /// # Errors
    /// Those of reading.
    pub fn peek(&mut self, n: usize) -> io::Result<&[u8]> {
        self.fill_buf()?;
        while self.buffer.len() - self.from < n {
            let more = self.fetch()?;
            if more.is_empty() {
                break;
            }
            self.buffer.drain(..self.from);
            self.from = 0;
            self.buffer.extend(more);
        }
        Ok(&self.buffer[self.from..])
    }

    /// Gives back bytes that were read last.
    pub fn unread(&mut self, bytes: &[u8]) {
        self.buffer.splice(..self.from, bytes.iter().copied());
        self.from = 0;
        self.position = self.position.saturating_sub(bytes.len() as u64);
    }

    /// Looks for the next member after one that is broken, and says whether there is one.
    ///
    /// # Errors
    /// When what is behind it cannot be read.
    pub fn resume(&mut self) -> io::Result<bool> {
        self.failure = None;
        if self.stopped || self.packing == Packing::Plain {
            return Ok(false);
        }
        self.consume(self.buffer.len());
        let Some(mut source) = self.take_source() else { return Ok(false) };
        let packing = self.packing;
        let first = if packing == Packing::Gzip { 0x1F } else { 0x28 };
        let found = source.seek(first, |head| match head {
            [0x1F, 0x8B, 8, flags] => packing == Packing::Gzip && flags & 0xE0 == 0,
            [0x28, 0xB5, 0x2F, 0xFD] => packing == Packing::Zstd,
            _ => false,
        });
        self.resumed += 1;
        self.stopped = self.resumed == MENDS;
        let found = found.inspect_err(|_| self.stopped = true)?;
        self.stream = if found { Stream::Between(source) } else { Stream::Ended(source) };
        Ok(found)
    }

    /// Bytes of the buffer. A crawl is made of members of a few kilobytes, and room that stays empty is cleared for each.
    fn room(&self) -> usize {
        if self.packing == Packing::Gzip { STEP } else { BUFFER }
    }

    /// Takes the next bytes into a buffer of their own.
    fn fetch(&mut self) -> io::Result<Vec<u8>> {
        let mut bytes = vec![0; self.room()];
        let held = (self.buffer.len() - self.from) as u64;
        let n = self.unpack(&mut bytes, self.position + held)?;
        bytes.truncate(n);
        Ok(bytes)
    }

    /// Unpacks some bytes of one member; `at` is where they stand in what goes out. 0 at the end.
    fn unpack(&mut self, out: &mut [u8], at: u64) -> io::Result<usize> {
        if let Some((kind, what)) = &self.failure {
            return Err(io::Error::new(*kind, what.clone()));
        }
        let read = self.unpack_some(out, at);
        if let Err(error) = &read
            && error.kind() != io::ErrorKind::Interrupted
        {
            self.failure = Some((error.kind(), error.to_string()));
        }
        read
    }

    fn unpack_some(&mut self, out: &mut [u8], at: u64) -> io::Result<usize> {
        let most = out.len().min(STEP);
        loop {
            let read = match &mut self.stream {
                Stream::Plain(source) => return source.read(out),
                Stream::Gzip(decoder) => decoder.read(&mut out[..most]),
                Stream::Zstd(decoder) => decoder.read(out),
                Stream::Between(_) => {
                    self.begin(at)?;
                    continue;
                }
                Stream::Ended(_) | Stream::Gone => return Ok(0),
            };
            match read {
                Ok(0) => {
                    if let Some(source) = self.take_source() {
                        self.stream = Stream::Between(source);
                    }
                }
                Ok(n) => return self.allow(at + n as u64).map(|()| n),
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.broken(&error)),
            }
        }
    }

    /// Opens the member that begins here, or ends.
    fn begin(&mut self, at: u64) -> io::Result<()> {
        let Some(mut source) = self.take_source() else { return Ok(()) };
        // Tapes and disks fill up with zeros.
        while self.packing == Packing::Gzip && source.position() > 0 && source.peek()?.first() == Some(&0) {
            source.consume(1);
        }
        let packed = source.position();
        let head = source.peek()?;
        if head.is_empty() {
            self.stream = Stream::Ended(source);
            return Ok(());
        }
        if Packing::of(head) != self.packing {
            let what = if is_cut_head(self.packing, head) { "is cut off" } else { "is followed by other bytes" };
            self.stream = Stream::Ended(source);
            return Err(self.fault(io::ErrorKind::InvalidData, &format!("{what} at byte {packed}")));
        }
        let holds_dictionary = packed == 0 && head == [0x5D, 0x2A, 0x4D, 0x18];
        self.member = Member { packed, unpacked: at };
        source.mark();
        if holds_dictionary {
            self.dictionary = match dictionary(&mut source) {
                Ok(dictionary) => dictionary,
                Err(error) => {
                    self.stream = Stream::Ended(source);
                    return Err(error);
                }
            };
            self.stream = Stream::Between(source);
            return Ok(());
        }
        self.stream = match self.packing {
            Packing::Plain => Stream::Plain(source),
            Packing::Gzip => Stream::Gzip(Box::new(GzDecoder::new(source))),
            Packing::Zstd => {
                let mut decoder = ZstdDecoder::with_dictionary(source, &self.dictionary)?.single_frame();
                decoder.window_log_max(WINDOW)?;
                Stream::Zstd(Box::new(decoder))
            }
        };
        Ok(())
    }

    /// Refuses what unpacks to more than any text would.
    fn allow(&mut self, out: u64) -> io::Result<()> {
        let member = out - self.member.unpacked;
        if member <= FREE && out <= FREE {
            return Ok(());
        }
        let read = self.source().map_or(0, Source::position);
        let too_much = |out: u64, read: u64| out > FREE && out / RATIO > read;
        let whole = too_much(out, read);
        if !whole && !too_much(member, read - self.member.packed) {
            return Ok(());
        }
        self.stopped = whole;
        self.end();
        let what = format!("unpacks to more than {RATIO} times its size; stopped at byte {read}, after {out} bytes");
        Err(self.fault(io::ErrorKind::InvalidData, &what))
    }

    fn broken(&mut self, error: &io::Error) -> io::Error {
        let (at, failure) = match self.source_mut() {
            Some(source) => (source.position(), source.failure()),
            None => (0, None),
        };
        self.end();
        if let Some(failure) = failure {
            self.stopped = true;
            return failure;
        }
        match error.kind() {
            io::ErrorKind::UnexpectedEof => {
                self.fault(io::ErrorKind::UnexpectedEof, &format!("is cut off at byte {at}"))
            }
            _ => self.fault(io::ErrorKind::InvalidData, &format!("is broken near byte {at}: {error}")),
        }
    }

    fn fault(&self, kind: io::ErrorKind, what: &str) -> io::Error {
        let from = match self.member.packed {
            0 => String::new(),
            from => format!(" that begins at byte {from}"),
        };
        io::Error::new(kind, format!("the {} stream{from} {what}", self.packing))
    }

    fn end(&mut self) {
        if let Some(source) = self.take_source() {
            self.stream = Stream::Ended(source);
        }
    }

    fn source(&self) -> Option<&Source<R>> {
        match &self.stream {
            Stream::Plain(source) | Stream::Between(source) | Stream::Ended(source) => Some(source),
            Stream::Gzip(decoder) => Some(decoder.get_ref()),
            Stream::Zstd(decoder) => Some(decoder.get_ref()),
            Stream::Gone => None,
        }
    }

    fn source_mut(&mut self) -> Option<&mut Source<R>> {
        match &mut self.stream {
            Stream::Plain(source) | Stream::Between(source) | Stream::Ended(source) => Some(source),
            Stream::Gzip(decoder) => Some(decoder.get_mut()),
            Stream::Zstd(decoder) => Some(decoder.get_mut()),
            Stream::Gone => None,
        }
    }

    fn take_source(&mut self) -> Option<Source<R>> {
        match std::mem::replace(&mut self.stream, Stream::Gone) {
            Stream::Plain(source) | Stream::Between(source) | Stream::Ended(source) => Some(source),
            Stream::Gzip(decoder) => Some(decoder.into_inner()),
            Stream::Zstd(decoder) => Some(decoder.finish()),
            Stream::Gone => None,
        }
    }
}

impl<R: BufRead> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.from == self.buffer.len() && out.len() >= BUFFER {
            let n = self.unpack(out, self.position)?;
            self.position += n as u64;
            return Ok(n);
        }
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Unpacked<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.from == self.buffer.len() {
            let mut buffer = std::mem::take(&mut self.buffer);
            buffer.resize(self.room(), 0);
            self.from = 0;
            // A buffer that is not put back is empty, as it should be after an error.
            let n = self.unpack(&mut buffer, self.position)?;
            buffer.truncate(n);
            self.buffer = buffer;
        }
        Ok(&self.buffer[self.from..])
    }

    fn consume(&mut self, n: usize) {
        let n = n.min(self.buffer.len() - self.from);
        self.from += n;
        self.position += n as u64;
    }
}

/// A file that ends within the first bytes of a member is cut, not followed by something else.
fn is_cut_head(packing: Packing, head: &[u8]) -> bool {
    let magic: &[u8] = match packing {
        Packing::Plain => &[],
        Packing::Gzip => &[0x1F, 0x8B, 8],
        Packing::Zstd => &[0x28, 0xB5, 0x2F, 0xFD],
    };
    head.len() < magic.len() && magic.starts_with(head)
}

/// The dictionary that stands in a frame of its own before the first record of an archive, packed itself or not.
fn dictionary<R: BufRead>(source: &mut Source<R>) -> io::Result<Vec<u8>> {
    let wrong =
        |what: &str| io::Error::new(io::ErrorKind::InvalidData, format!("the dictionary of the zstd stream {what}"));
    let mut head = [0; 8];
    source.read_exact(&mut head)?;
    let length = u64::from(u32::from_le_bytes([head[4], head[5], head[6], head[7]]));
    if length > DICTIONARY {
        return Err(wrong(&format!("has {length} bytes; at most {DICTIONARY} are read")));
    }
    let mut bytes = Vec::new();
    source.take(length).read_to_end(&mut bytes)?;
    if bytes.len() as u64 != length {
        return Err(wrong("is cut off"));
    }
    if Packing::of(&bytes) != Packing::Zstd {
        return Ok(bytes);
    }
    let mut unpacked = Vec::new();
    ZstdDecoder::new(&bytes[..])?
        .take(DICTIONARY)
        .read_to_end(&mut unpacked)
        .map_err(|error| wrong(&error.to_string()))?;
    Ok(unpacked)
}
