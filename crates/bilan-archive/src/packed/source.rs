//! Counts the bytes that a packed stream is read from, and lets them be looked at before they are taken.
//!
//! In: any reader. Out: the same bytes, their position, and a failure of the reader told apart from a broken stream.
//!
//! A member that lost its end is unpacked on into the next one, until something is wrong there: so the bytes that were
//! taken last are kept, and the next member is looked for among them too.

use std::io::{self, BufRead, Read};

/// How many bytes can be looked at.
const LOOK: usize = 4;

/// How many of the bytes taken last are kept.
const TAIL: usize = 1 << 16;

pub(super) struct Source<R> {
    inner: R,
    /// Looked at, or given back, and not taken yet.
    head: Vec<u8>,
    from: usize,
    /// Taken since the mark.
    tail: Vec<u8>,
    marked: bool,
    position: u64,
    failure: Option<io::Error>,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Source<R> {
        Source { inner, head: Vec::new(), from: 0, tail: Vec::new(), marked: false, position: 0, failure: None }
    }

    /// Bytes taken so far.
    pub(super) fn position(&self) -> u64 {
        self.position
    }

    /// Why the reader beneath failed, if it did.
    pub(super) fn failure(&mut self) -> Option<io::Error> {
        self.failure.take()
    }

    /// The next four bytes, fewer at the end.
    pub(super) fn peek(&mut self) -> io::Result<&[u8]> {
        let held = self.head.len() - self.from;
        if held < LOOK {
            self.head.drain(..self.from);
            self.from = 0;
            (&mut self.inner).take((LOOK - held) as u64).read_to_end(&mut self.head)?;
        }
        let end = self.head.len().min(self.from + LOOK);
        Ok(&self.head[self.from..end])
    }

    /// A member begins here.
    pub(super) fn mark(&mut self) {
        self.tail.clear();
        self.marked = true;
    }

    /// Goes to the first place behind the mark where four bytes are what is looked for, and says whether there is one.
    /// All of them begin with `first`.
    pub(super) fn seek(&mut self, first: u8, mut is: impl FnMut(&[u8]) -> bool) -> io::Result<bool> {
        self.position -= self.tail.len() as u64;
        self.head.splice(..self.from, self.tail.drain(..));
        self.from = 0;
        // The member at the mark is the broken one.
        if !self.peek()?.is_empty() {
            self.consume(1);
        }
        loop {
            self.tail.clear();
            if self.from == self.head.len() {
                let bytes = self.inner.fill_buf()?;
                let passed = memchr::memchr(first, bytes).unwrap_or(bytes.len());
                let end = bytes.is_empty();
                self.inner.consume(passed);
                self.position += passed as u64;
                if end {
                    return Ok(false);
                }
                if passed > 0 {
                    continue;
                }
            }
            let window = self.peek()?;
            if window.len() < LOOK {
                let rest = window.len();
                self.consume(rest);
                return Ok(false);
            }
            if is(window) {
                return Ok(true);
            }
            self.consume(1);
        }
    }

    fn remember(&mut self, n: usize) {
        if self.tail.len() > 2 * TAIL {
            self.tail.drain(..self.tail.len() - TAIL);
        }
        let held = &self.head[self.from..];
        match held.is_empty() {
            false => self.tail.extend(&held[..n.min(held.len())]),
            // They are in the buffer: they are being taken.
            true => {
                let bytes = self.inner.fill_buf().unwrap_or_default();
                self.tail.extend(&bytes[..n.min(bytes.len())]);
            }
        }
    }
}

impl<R: BufRead> Read for Source<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Source<R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.from < self.head.len() {
            return Ok(&self.head[self.from..]);
        }
        match self.inner.fill_buf() {
            Ok(bytes) => Ok(bytes),
            Err(error) => {
                if error.kind() != io::ErrorKind::Interrupted {
                    self.failure = Some(io::Error::new(error.kind(), error.to_string()));
                }
                Err(error)
            }
        }
    }

    fn consume(&mut self, n: usize) {
        if n == 0 {
            return;
        }
        if self.marked {
            self.remember(n);
        }
        self.position += n as u64;
        if self.from < self.head.len() {
            self.from = (self.from + n).min(self.head.len());
        } else {
            self.inner.consume(n);
        }
    }
}
