//! Reads what a web server answered: the head, and the body as it was before it was packed for the road.
//!
//! In: the bytes of an answer, as an archive keeps them. Out: a [`Head`] and the bytes of the page.
//!
//! Some archives keep the head as it came and the body unpacked; so the body itself is asked whether it is packed.

use crate::packed::{FREE, Packing, Unpacked};
use std::io::{self, BufRead, BufReader, Read};

/// Most bytes of a head.
pub const HEAD: u64 = 64 << 10;

/// Most fields of a head.
const FIELDS: usize = 256;

/// What stands before the body of an answer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// As 200.
    pub status: u16,
    /// Names in lower case, values as they came, in their order.
    pub fields: Vec<(String, String)>,
}

/// A body, as far as it could be read.
#[derive(Debug, Default)]
pub struct Body {
    /// Unpacked.
    pub bytes: Vec<u8>,
    /// Why it ends before its end.
    pub cut: Option<String>,
}

impl Head {
    /// Reads a head and leaves the body unread.
    ///
    /// # Errors
    /// Those of reading; `InvalidData` where there is no head.
    pub fn read(input: &mut impl BufRead) -> io::Result<Head> {
        let mut bytes = Vec::new();
        let mut input = input.take(HEAD);
        loop {
            let from = bytes.len();
            if input.read_until(b'\n', &mut bytes)? == 0 {
                return Err(no_head("it has no end"));
            }
            if bytes[from..].trim_ascii().is_empty() && from > 0 {
                break;
            }
        }
        let mut fields = [httparse::EMPTY_HEADER; FIELDS];
        let mut parsed = httparse::Response::new(&mut fields);
        let lenient = httparse::ParserConfig::default()
            .allow_spaces_after_header_name_in_responses(true)
            .allow_obsolete_multiline_headers_in_responses(true)
            .ignore_invalid_headers_in_responses(true)
            .clone();
        lenient.parse_response(&mut parsed, &bytes).map_err(|error| no_head(&error.to_string()))?;
        let fields = parsed
            .headers
            .iter()
            .map(|field| (field.name.to_ascii_lowercase(), String::from_utf8_lossy(field.value).trim().to_owned()));
        Ok(Head { status: parsed.code.unwrap_or(0), fields: fields.collect() })
    }

    /// The value of a field by its name in lower case.
    pub fn field(&self, name: &str) -> Option<&str> {
        self.fields.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// The body that follows this head, at most `limit` bytes of it. What is broken is cut and says why.
    pub fn body(&self, input: impl BufRead, limit: u64) -> Body {
        let chunked =
            self.field("transfer-encoding").is_some_and(|value| value.to_ascii_lowercase().contains("chunked"));
        let coding = self.field("content-encoding").unwrap_or("").trim().to_ascii_lowercase();
        match chunked {
            true => unpacked(&coding, BufReader::new(Chunks::new(input)), limit),
            false => unpacked(&coding, input, limit),
        }
    }
}

/// The type of a content without its parameters, in lower case, and its charset.
///
/// ```
/// use bilan_archive::http::content_type;
/// assert_eq!(content_type("Text/HTML; charset=\"windows-1251\""), ("text/html".into(), Some("windows-1251".into())));
/// ```
pub fn content_type(value: &str) -> (String, Option<String>) {
    let mut parts = value.split(';');
    let kind = parts.next().unwrap_or("").trim().to_ascii_lowercase();
    let charset = parts.find_map(|part| {
        let (name, value) = part.split_once('=')?;
        let value = value.trim().trim_matches(['"', '\'']);
        (name.trim().eq_ignore_ascii_case("charset") && !value.is_empty()).then(|| value.to_owned())
    });
    (kind, charset)
}

/// A body without its packing; `coding` is what its server said.
pub fn unpacked(coding: &str, input: impl BufRead, limit: u64) -> Body {
    let mut input = match Unpacked::new(input) {
        Ok(input) => input,
        Err(error) => return Body { cut: Some(error.to_string()), ..Body::default() },
    };
    let coding = coding.rsplit(',').next().unwrap_or("").trim();
    match (input.packing(), coding) {
        (Packing::Plain, "br") => held(Bounded::new(brotli_decompressor::Decompressor::new(input, 1 << 14)), limit),
        (Packing::Plain, "deflate") => match input.peek(2) {
            // Servers disagree on whether the two bytes of zlib belong to it.
            Ok([0x78, ..]) => held(Bounded::new(flate2::bufread::ZlibDecoder::new(input)), limit),
            _ => held(Bounded::new(flate2::bufread::DeflateDecoder::new(input)), limit),
        },
        _ => held(input, limit),
    }
}

fn held(input: impl Read, limit: u64) -> Body {
    let mut body = Body::default();
    let mut input = input.take(limit + 1);
    if let Err(error) = input.read_to_end(&mut body.bytes) {
        body.cut = Some(error.to_string());
    }
    if body.bytes.len() as u64 > limit {
        body.bytes.truncate(limit as usize);
        body.cut = Some(format!("the page is longer than {limit} bytes"));
    }
    body
}

fn no_head(why: &str) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, format!("no head of an HTTP answer: {why}"))
}

/// Stops what unpacks without end. How much came in is not known here, so only the size counts.
struct Bounded<R> {
    inner: R,
    out: u64,
}

impl<R: Read> Bounded<R> {
    fn new(inner: R) -> Bounded<R> {
        Bounded { inner, out: 0 }
    }
}

impl<R: Read> Read for Bounded<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.out > FREE {
            let what = format!("the page unpacks to more than {FREE} bytes");
            return Err(io::Error::new(io::ErrorKind::InvalidData, what));
        }
        let n = self.inner.read(out)?;
        self.out += n as u64;
        Ok(n)
    }
}

/// The bytes of a body that came in chunks; as they are when there are none, since some archives join them.
struct Chunks<R> {
    inner: R,
    left: u64,
    begun: bool,
    plain: bool,
    ended: bool,
}

impl<R: BufRead> Chunks<R> {
    fn new(inner: R) -> Chunks<R> {
        Chunks { inner, left: 0, begun: false, plain: false, ended: false }
    }

    /// Reads the line that says how long the next chunk is.
    fn next(&mut self) -> io::Result<()> {
        if !self.begun {
            self.begun = true;
            let head = self.inner.fill_buf()?;
            let line = head.split(|&byte| byte == b'\n').next().unwrap_or(head);
            if size(line).is_none() {
                self.plain = true;
                return Ok(());
            }
        }
        let mut line = Vec::new();
        // The line break that ends a chunk is a line of its own.
        while line.trim_ascii().is_empty() {
            line.clear();
            if (&mut self.inner).take(256).read_until(b'\n', &mut line)? == 0 {
                return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "the last chunk is missing"));
            }
        }
        match size(&line) {
            Some(0) => self.ended = true,
            Some(size) => self.left = size,
            None => return Err(io::Error::new(io::ErrorKind::InvalidData, "a chunk does not say how long it is")),
        }
        Ok(())
    }
}

impl<R: BufRead> Read for Chunks<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if !self.plain && !self.ended && self.left == 0 {
            self.next()?;
        }
        if self.ended || out.is_empty() {
            return Ok(0);
        }
        if self.plain {
            return self.inner.read(out);
        }
        let most = out.len().min(usize::try_from(self.left).unwrap_or(usize::MAX));
        let n = self.inner.read(&mut out[..most])?;
        if n == 0 {
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, "a chunk is cut off"));
        }
        self.left -= n as u64;
        Ok(n)
    }
}

/// `1a3; name=value` as a number.
fn size(line: &[u8]) -> Option<u64> {
    let line = line.trim_ascii();
    let end = line.iter().position(|&byte| matches!(byte, b';' | b' ')).unwrap_or(line.len());
    let digits = std::str::from_utf8(&line[..end]).ok()?;
    (!digits.starts_with('+')).then(|| u64::from_str_radix(digits, 16).ok())?
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write;

    fn answer(head: &str, body: &[u8]) -> (Head, Body) {
        let bytes = [b"HTTP/1.1 200 OK\r\n", head.as_bytes(), b"\r\n", body].concat();
        let mut input = &bytes[..];
        let head = Head::read(&mut input).unwrap();
        let body = head.body(input, 1 << 20);
        (head, body)
    }

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(vec![], flate2::Compression::fast());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    #[test]
    fn a_body_is_read_however_it_was_sent() {
        let text = b"<p>Deux morts.".as_slice();
        let mut deflated = flate2::write::DeflateEncoder::new(vec![], flate2::Compression::fast());
        deflated.write_all(text).unwrap();
        let mut zlib = flate2::write::ZlibEncoder::new(vec![], flate2::Compression::fast());
        zlib.write_all(text).unwrap();
        let packed = gzip(text);
        let chunked = [format!("{:x}\r\n", packed.len()).as_bytes(), &packed[..], b"\r\n0\r\n\r\n"].concat();
        for (head, body) in [
            ("Content-Length: 14\r\n", text),
            ("Content-Encoding: gzip\r\n", &packed),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", &chunked),
            ("Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n", text),
            ("", &packed),
            ("Content-Encoding: deflate\r\n", &deflated.finish().unwrap()),
            ("Content-Encoding: deflate\r\n", &zlib.finish().unwrap()),
            ("Content-Encoding: zstd\r\n", &zstd::encode_all(text, 1).unwrap()),
            // One uncompressed block of brotli: window, length, bytes, end.
            ("Content-Encoding: br\r\n", &[&[0x8B, 0x06, 0x80], text, &[0x03]].concat()),
            ("Transfer-Encoding: chunked\r\n", b"5;x=y\r\n<p>De\r\n9\r\nux morts.\r\n0\r\n\r\n"),
        ] {
            let (_, read) = answer(head, body);
            assert_eq!((String::from_utf8_lossy(&read.bytes).as_ref(), read.cut), ("<p>Deux morts.", None), "{head}");
        }
    }

    #[test]
    fn what_is_cut_says_so_and_keeps_its_beginning() {
        let (_, read) = answer("Transfer-Encoding: chunked\r\n", b"5\r\n<p>De\r\n9\r\nux m");
        assert_eq!((&read.bytes[..], read.cut.as_deref()), (&b"<p>Deux m"[..], Some("a chunk is cut off")));
        let packed = gzip(&b"Deux morts. ".repeat(9000));
        let (_, read) = answer("Content-Encoding: gzip\r\n", &packed[..packed.len() / 2]);
        assert!(!read.bytes.is_empty() && read.cut.unwrap().contains("is cut off at byte"));
        let (_, read) = answer("", &vec![b'a'; (1 << 20) + 1]);
        assert_eq!((read.bytes.len(), read.cut.as_deref()), (1 << 20, Some("the page is longer than 1048576 bytes")));
    }

    #[test]
    fn a_head_that_is_none_is_refused_and_odd_ones_are_read() {
        let mut long = b"HTTP/1.1 200 OK\r\n".to_vec();
        long.resize(1 << 20, b'a');
        for bytes in [&b""[..], b"HTTP/1.1 200 OK\r\n", b"<html>\r\n\r\n", &long] {
            assert_eq!(Head::read(&mut &bytes[..]).unwrap_err().kind(), io::ErrorKind::InvalidData);
        }
        let (head, _) = answer("Content-Type : text/html\r\nX\u{A0}y: z\r\nETag: \"1\"\r\n", b"");
        assert_eq!(
            (head.status, head.field("content-type"), head.field("etag")),
            (200, Some("text/html"), Some("\"1\""))
        );
    }
}
