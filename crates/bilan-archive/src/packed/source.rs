//! Counts the bytes that a packed stream is read from, and lets them be looked at before they are taken.
//!
//! In: any reader. Out: the same bytes, their position, and a failure of the reader told apart from a broken stream.
//!
//! A pipe may hand over one byte at a time, and the first four decide.

use std::io::{self, BufRead, Read};

/// How many bytes can be looked at.
const LOOK: usize = 4;

pub(super) struct Source<R> {
    inner: R,
    /// Looked at and not taken yet.
    head: Vec<u8>,
    from: usize,
    position: u64,
    failure: Option<io::Error>,
}

impl<R: BufRead> Source<R> {
    pub(super) fn new(inner: R) -> Source<R> {
        Source { inner, head: Vec::new(), from: 0, position: 0, failure: None }
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
        self.head.drain(..self.from);
        self.from = 0;
        let missing = LOOK.saturating_sub(self.head.len()) as u64;
        (&mut self.inner).take(missing).read_to_end(&mut self.head)?;
        Ok(&self.head)
    }

    /// Goes on to the first place where these four bytes are what is looked for, and says whether there is one.
    pub(super) fn seek(&mut self, mut is: impl FnMut(&[u8; LOOK]) -> bool) -> io::Result<bool> {
        let Ok(mut window) = <[u8; LOOK]>::try_from(self.peek()?) else { return Ok(false) };
        self.head.clear();
        let mut passed = 0;
        loop {
            if is(&window) {
                self.head = window.to_vec();
                self.position += passed;
                return Ok(true);
            }
            let bytes = self.inner.fill_buf()?;
            let Some(&byte) = bytes.first() else {
                self.position += passed + LOOK as u64;
                return Ok(false);
            };
            self.inner.consume(1);
            window.rotate_left(1);
            window[LOOK - 1] = byte;
            passed += 1;
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
        self.position += n as u64;
        if self.from < self.head.len() {
            self.from = (self.from + n).min(self.head.len());
        } else {
            self.inner.consume(n);
        }
    }
}
