//! Reads the files of a tar archive, one after the other.
//!
//! In: unpacked bytes. Out: one [`Member`] for each file, with its name; one [`Broken`] for each place that is none.
//!
//! An archive tells the length of each file before its bytes, and a hostile one tells any: a file is read where it lies,
//! as far as it goes, and nothing of it is held here. A name has a limit.

use std::io::{self, BufRead, Read};

/// Everything in a tar stands in blocks of so many bytes.
pub const BLOCK: usize = 512;

/// Longest name of a file, and longest list of what a head of 512 bytes has no room for.
const NAME: u64 = 64 << 10;

/// The files of an archive, in order.
pub struct Members<R> {
    input: R,
    /// Bytes taken so far.
    position: u64,
    /// Bytes of the file that was given last, which its reader has not taken.
    left: u64,
    /// Zeros behind it, up to the next block.
    padding: u64,
    /// Something is wrong here and was told.
    lost: bool,
    /// A block of zeros was met, which closes an archive; another one may stand behind it.
    closed: bool,
    ended: bool,
}

/// A file of an archive; it reads itself where it lies.
pub struct Member<'m, R> {
    /// Its path, with `/` between folders.
    pub name: String,
    /// Where its head begins, in unpacked bytes.
    pub offset: u64,
    size: u64,
    members: &'m mut Members<R>,
}

/// A place in an archive that is no file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// Where it is, in unpacked bytes.
    pub offset: u64,
    /// Why, and what was expected.
    pub what: String,
}

/// Whether these bytes begin with the head of a file in a tar archive: it carries the sum of its own bytes.
pub fn is_tar(bytes: &[u8]) -> bool {
    bytes.first_chunk().is_some_and(|head| Head(head).is_good())
}

impl<R: BufRead> Members<R> {
    /// The files of an archive.
    pub fn new(input: R) -> Members<R> {
        Members { input, position: 0, left: 0, padding: 0, lost: false, closed: false, ended: false }
    }

    /// The next file, `None` at the end. What was left of the one before is passed over; folders and links are too.
    #[expect(clippy::should_implement_trait, reason = "a file borrows the archive that it lies in")]
    pub fn next(&mut self) -> Option<Result<Member<'_, R>, Broken>> {
        match self.find() {
            Ok(Some((name, offset, size))) => {
                (self.left, self.padding) = (size, padding(size));
                Some(Ok(Member { name, offset, size, members: self }))
            }
            Ok(None) => None,
            Err(broken) => Some(Err(broken)),
        }
    }

    /// Name, place and length of the next file.
    fn find(&mut self) -> Result<Option<(String, u64, u64)>, Broken> {
        let mut told = Told::default();
        while !self.ended {
            self.pass(self.left.saturating_add(self.padding))?;
            (self.left, self.padding) = (0, 0);
            let offset = self.position;
            let mut block = [0; BLOCK];
            match self.fill(&mut block)? {
                0 => {
                    self.ended = true;
                    if !self.closed && !self.lost {
                        let what = "the archive ends without its end; files may be missing".to_owned();
                        return Err(Broken { offset, what });
                    }
                }
                BLOCK if block == [0; BLOCK] => self.closed = true,
                BLOCK if Head(&block).is_good() => {
                    (self.lost, self.closed) = (false, false);
                    let head = Head(&block);
                    let size = told.size.unwrap_or(head.size());
                    match head.kind() {
                        b'L' | b'x' if head.size() > NAME => {
                            let what = format!("the name of a file has {} bytes; at most {NAME} are read", head.size());
                            (self.left, self.padding) = (head.size(), padding(head.size()));
                            return Err(Broken { offset, what });
                        }
                        kind @ (b'L' | b'x') => {
                            let mut list = vec![0; head.size() as usize];
                            let n = self.fill(&mut list)?;
                            self.padding = padding(head.size());
                            told.take(kind, &list[..n]);
                        }
                        b'0' | b'7' | 0 => {
                            let name = told.name.unwrap_or_else(|| head.name());
                            // Archives of the first form know a folder by its name only.
                            if !name.ends_with('/') {
                                return Ok(Some((name, offset, size)));
                            }
                            told = Told::default();
                        }
                        // A folder, a link or a device, which have no bytes, or what one program tells another.
                        kind => {
                            let empty = (b'1'..=b'6').contains(&kind);
                            (self.left, self.padding) = if empty { (0, 0) } else { (size, padding(size)) };
                            told = Told::default();
                        }
                    }
                }
                n if !std::mem::replace(&mut self.lost, true) => {
                    let what = match n {
                        BLOCK => "no file begins here; the next one is looked for",
                        _ => "the archive ends in the head of a file",
                    };
                    return Err(Broken { offset, what: what.to_owned() });
                }
                _ => {}
            }
        }
        Ok(None)
    }

    fn pass(&mut self, n: u64) -> Result<(), Broken> {
        let passed = io::copy(&mut (&mut self.input).take(n), &mut io::sink());
        let passed = passed.map_err(|error| self.failed(&error))?;
        self.position += passed;
        // Who reads the file is told where it ends; of one that nobody reads it does not matter.
        self.ended |= passed < n;
        Ok(())
    }

    /// Fills a block, less of it at the end.
    fn fill(&mut self, block: &mut [u8]) -> Result<usize, Broken> {
        let mut filled = 0;
        while filled < block.len() {
            match self.input.read(&mut block[filled..]) {
                Ok(0) => break,
                Ok(n) => filled += n,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(self.failed(&error)),
            }
        }
        self.position += filled as u64;
        Ok(filled)
    }

    /// Nothing behind it is in its place.
    fn failed(&mut self, error: &io::Error) -> Broken {
        self.ended = true;
        Broken { offset: self.position, what: error.to_string() }
    }
}

impl<R: BufRead> Read for Member<'_, R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let n = self.fill_buf()?.read(out)?;
        self.consume(n);
        Ok(n)
    }
}

impl<R: BufRead> BufRead for Member<'_, R> {
    fn fill_buf(&mut self) -> io::Result<&[u8]> {
        if self.members.left == 0 {
            return Ok(&[]);
        }
        // Who reads the file tells why it breaks off: that is told once.
        let Members { input, left, ended, .. } = &mut *self.members;
        let held = input.fill_buf().inspect_err(|error| *ended |= error.kind() != io::ErrorKind::Interrupted)?;
        if held.is_empty() {
            *ended = true;
            let what = format!("the archive ends after {} of the {} bytes of the file", self.size - *left, self.size);
            return Err(io::Error::new(io::ErrorKind::UnexpectedEof, what));
        }
        let n = usize::try_from(*left).map_or(held.len(), |left| left.min(held.len()));
        Ok(&held[..n])
    }

    fn consume(&mut self, n: usize) {
        self.members.input.consume(n);
        self.members.position += n as u64;
        self.members.left -= n as u64;
    }
}

/// What stands before the head of a file and is said of it.
#[derive(Default)]
struct Told {
    name: Option<String>,
    size: Option<u64>,
}

impl Told {
    fn take(&mut self, kind: u8, list: &[u8]) {
        if kind == b'L' {
            self.name = Some(text(list));
            return;
        }
        // `30 path=reports/a.txt`, a line each; the number is the length of the line.
        let mut rest = list;
        while let Some(blank) = rest.iter().position(|&byte| byte == b' ') {
            let length = std::str::from_utf8(&rest[..blank]).ok().and_then(|length| length.parse::<usize>().ok());
            let Some(line) = length.filter(|&length| length > blank).and_then(|length| rest.get(blank + 1..length))
            else {
                return;
            };
            let value = |key: &[u8]| line.strip_prefix(key).map(|value| text(value.trim_ascii_end()));
            self.name = value(b"path=").or(self.name.take());
            self.size = value(b"size=").and_then(|size| size.parse().ok()).or(self.size);
            rest = &rest[blank + 1 + line.len()..];
        }
    }
}

/// The head of a file.
struct Head<'b>(&'b [u8; BLOCK]);

impl Head<'_> {
    /// It carries the sum of its bytes, with blanks in place of the sum.
    fn is_good(&self) -> bool {
        let sum = self.0[..148].iter().chain(&self.0[156..]).map(|&byte| u64::from(byte)).sum::<u64>();
        self.0[0] != 0 && octal(&self.0[148..156]) == Some(sum + 8 * u64::from(b' '))
    }

    fn kind(&self) -> u8 {
        self.0[156]
    }

    fn size(&self) -> u64 {
        let field = &self.0[124..136];
        match field[0] & 0x80 {
            0 => octal(field).unwrap_or(0),
            // What has no room in eleven digits is written in bytes.
            _ => field[4..].iter().fold(0, |size, &byte| size << 8 | u64::from(byte)),
        }
    }

    fn name(&self) -> String {
        let (name, prefix) = (text(&self.0[..100]), text(&self.0[345..500]));
        // Only this form has room for folders there; GNU's, `ustar` and a blank, keeps times in it.
        match &self.0[257..263] == b"ustar\0" && !prefix.is_empty() {
            true => format!("{prefix}/{name}"),
            false => name,
        }
    }
}

/// Digits up to a blank or a NUL.
fn octal(field: &[u8]) -> Option<u64> {
    let mut digits = field.iter().skip_while(|&&byte| byte == b' ').take_while(|&&byte| !matches!(byte, 0 | b' '));
    let mut any = false;
    let number = digits.try_fold(0u64, |number, &digit| {
        any = true;
        matches!(digit, b'0'..=b'7').then(|| number << 3 | u64::from(digit - b'0'))
    });
    number.filter(|_| any)
}

/// Up to its first NUL.
fn text(bytes: &[u8]) -> String {
    let end = memchr::memchr(0, bytes).unwrap_or(bytes.len());
    String::from_utf8_lossy(&bytes[..end]).into_owned()
}

/// Zeros behind so many bytes, up to the next block.
fn padding(size: u64) -> u64 {
    (BLOCK as u64 - size % BLOCK as u64) % BLOCK as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The head of a file and its bytes, in blocks.
    fn file(name: &str, kind: u8, bytes: &[u8]) -> Vec<u8> {
        let mut head = [0; BLOCK];
        head[..name.len()].copy_from_slice(name.as_bytes());
        head[124..135].copy_from_slice(format!("{:011o}", bytes.len()).as_bytes());
        head[156] = kind;
        head[257..263].copy_from_slice(b"ustar\0");
        sum(&mut head);
        let mut blocks = [&head[..], bytes].concat();
        blocks.resize(blocks.len().next_multiple_of(BLOCK), 0);
        blocks
    }

    fn sum(head: &mut [u8]) {
        head[148..156].fill(b' ');
        let sum: u64 = head.iter().map(|&byte| u64::from(byte)).sum();
        head[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
    }

    /// Names with what they hold, or the error of reading it; places that are no file, with what is said of them.
    fn read(archive: &[u8]) -> Vec<(String, String)> {
        let mut members = Members::new(archive);
        let mut all = vec![];
        while let Some(member) = members.next() {
            all.push(match member {
                Ok(mut member) => {
                    let mut text = String::new();
                    let read = member.read_to_string(&mut text);
                    let wrong = read.map_or_else(|error| format!("!{error}"), |_| String::new());
                    (member.name.clone(), text + &wrong)
                }
                Err(broken) => (broken.offset.to_string(), broken.what),
            });
        }
        all
    }

    fn told(all: &[(String, String)]) -> Vec<(&str, &str)> {
        all.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect()
    }

    #[test]
    fn files_come_with_their_names() {
        let long = "d/".repeat(90) + "long.txt";
        let pax = format!("{} path={long}\n", long.len() + 10);
        assert_eq!(pax.len(), long.len() + 10);
        let archive = [
            file("d/", b'5', b""),
            file("d/a.txt", b'0', b"Deux morts."),
            file("link", b'2', b""),
            file("././@LongLink", b'L', [long.as_bytes(), b"\0"].concat().as_slice()),
            file("d/cut", b'0', b"Un."),
            file("pax", b'x', pax.as_bytes()),
            file("d/cut", b'0', b"Trois."),
            file("empty.txt", 0, b""),
            vec![0; 2 * BLOCK],
            // One archive behind another.
            file("last.txt", b'0', &[b'x'; BLOCK]),
            vec![0; BLOCK],
        ]
        .concat();
        assert!(is_tar(&archive) && !is_tar(&[b'x'; 1024]) && !is_tar(b"") && !is_tar(&[0; 1024]));
        let all = read(&archive);
        let last = "x".repeat(BLOCK);
        let expected =
            [("d/a.txt", "Deux morts."), (&long, "Un."), (&long, "Trois."), ("empty.txt", ""), ("last.txt", &last)];
        assert_eq!(told(&all), expected);
    }

    #[test]
    fn what_is_broken_is_told_once_and_the_rest_is_read() {
        let [a, b] = ["a.txt", "b.txt"].map(|name| file(name, b'0', b"Un."));
        let noise = vec![b'#'; 3 * BLOCK];
        let archive = [&a[..], &noise, &b].concat();
        assert_eq!(
            told(&read(&archive)),
            [
                ("a.txt", "Un."),
                ("1024", "no file begins here; the next one is looked for"),
                ("b.txt", "Un."),
                ("3584", "the archive ends without its end; files may be missing"),
            ]
        );
        let cut = &archive[..BLOCK + 2];
        assert_eq!(told(&read(cut)), [("a.txt", "Un!the archive ends after 2 of the 3 bytes of the file")]);
        assert_eq!(told(&read(&archive[..BLOCK - 1])), [("0", "the archive ends in the head of a file")]);
    }

    #[test]
    fn an_archive_that_lies_is_bounded() {
        let mut endless = file("a.txt", b'0', b"Un.");
        endless[124..136].fill(0xFF);
        sum(&mut endless[..BLOCK]);
        let all = read(&endless);
        assert_eq!(all.len(), 1);
        assert!(all[0].1.contains("the archive ends after 512 of the 18446744073709551615 bytes"), "{all:?}");
        let name = file("long", b'L', &vec![b'd'; 1 << 20]);
        let all = read(&[name, file("b.txt", b'0', b"Un."), vec![0; BLOCK]].concat());
        assert!(all[0].1.contains("at most 65536 are read"), "{all:?}");
        assert_eq!(told(&all[1..]), [("b.txt", "Un.")]);
    }
}
