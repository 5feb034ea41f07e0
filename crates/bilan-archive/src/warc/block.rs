//! Reads the block of a record, and not the record behind it.
//!
//! In: unpacked bytes, the length that a record tells of itself. Out: as many bytes, fewer where a record begins in them.
//!
//! A crawler dies in the middle of a word, and what comes next is `WARC/1.0`: so this is looked for before bytes are
//! given, anywhere in a plain archive, and at the heads of members in a packed one.

use crate::packed::{Packing, Unpacked};
use std::io::{self, BufRead, Read};

/// How a record begins.
pub(super) const VERSION: &[u8] = b"WARC/1.";

/// Within so many bytes a record can be known by how it begins.
const WINDOW: usize = 128;

/// The block of a record: so many bytes, or fewer where the next record begins within them.
pub(super) struct Block<'r, R> {
    input: &'r mut Unpacked<R>,
    left: u64,
    /// So many of the next bytes were looked through.
    clear: usize,
    ended: bool,
}

impl<'r, R: BufRead> Block<'r, R> {
    pub(super) fn new(input: &'r mut Unpacked<R>, length: u64) -> Block<'r, R> {
        Block { input, left: length, clear: 0, ended: false }
    }

    /// Bytes that were not taken.
    pub(super) fn left(&self) -> u64 {
        self.left
    }

    /// The next record begins here.
    pub(super) fn ended(&self) -> bool {
        self.ended
    }

    /// Looks for the next record in what comes next. Where each record is packed by itself, it begins with a member.
    fn look(&mut self) -> io::Result<()> {
        let most = usize::try_from(self.left).map_or(WINDOW, |left| left.min(WINDOW));
        // A stream that breaks here gives first what it holds.
        let _ = self.input.peek(most);
        let held = self.input.fill_buf()?;
        let (length, found) = (held.len(), memchr::memmem::find_iter(held, VERSION).find(|&at| is_head(&held[at..])));
        let (packing, member, position) = (self.input.packing(), self.input.member(), self.input.position());
        let found = found.filter(|&at| packing == Packing::Plain || member.unpacked == position + at as u64);
        self.ended = found == Some(0);
        self.clear = found.unwrap_or(if length < WINDOW { length } else { length - WINDOW / 2 });
        Ok(())
    }
}

impl<R: BufRead> Read for Block<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Block<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.left > 0 && self.clear == 0 && !self.ended {
            self.look()?;
        }
        if self.left == 0 || self.ended {
            return Ok(&[]);
        }
        let held = self.input.fill_buf()?;
        let n = usize::try_from(self.left).map_or(held.len(), |left| left.min(held.len()));
        Ok(&held[..n.min(self.clear)])
    }

    fn consume(&mut self, n: usize) {
        self.input.consume(n);
        self.left -= n as u64;
        self.clear -= n;
    }
}

/// `WARC/1.0`, and a field of a record on the next line.
fn is_head(bytes: &[u8]) -> bool {
    let mut lines = bytes.split(|&byte| byte == b'\n').map(<[u8]>::trim_ascii_end);
    let version = lines.next().is_some_and(|line| matches!(line, b"WARC/1.0" | b"WARC/1.1"));
    version && lines.next().is_some_and(|line| line.starts_with(b"WARC-") || line.starts_with(b"Content-"))
}
