//! Cuts the objects out of JSON that runs over many lines.
//!
//! In: a stream. Out: [`Found`] objects one at a time, with the byte each begins at.
//!
//! An export of a channel is one object of a gigabyte, and where the disk was full it lacks its last bracket: brackets
//! are counted here, and only one message is held and parsed.

use super::open::LINE_LIMIT;
use std::io::{self, BufRead};

/// Something between brackets.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// One object. The facts are those of the object that holds the list it stands in.
    Object { bytes: Vec<u8>, facts: Option<Facts>, offset: u64 },
    /// What is wrong, and where.
    Broken { what: String, offset: u64 },
}

/// What the holder of a list says of itself before the list begins.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Facts {
    pub name: String,
    pub kind: String,
    pub id: String,
}

/// Longest name or number outside of an object that is read.
const WORD: usize = 1024;

/// Deepest nesting outside of an object.
const DEPTH: usize = 64;

/// Counts brackets.
pub(super) struct Objects {
    /// Objects count only in the list under this key.
    under: Option<&'static str>,
    levels: Vec<Level>,
    /// A string that has begun.
    string: Option<Vec<u8>>,
    escaped: bool,
    /// The last string or number.
    word: Vec<u8>,
    object: Option<Object>,
    offset: u64,
    any: bool,
    done: bool,
}

/// A bracket that is open outside of the objects.
#[derive(Default)]
struct Level {
    list: bool,
    /// The objects in it count.
    counts: bool,
    key: Option<String>,
    facts: Facts,
}

/// An object that has begun.
struct Object {
    start: u64,
    depth: usize,
    bytes: Vec<u8>,
    long: bool,
}

impl Objects {
    /// Objects at the top, or in a list at the top.
    pub fn all() -> Objects {
        Objects {
            under: None,
            levels: vec![],
            string: None,
            escaped: false,
            word: vec![],
            object: None,
            offset: 0,
            any: false,
            done: false,
        }
    }

    /// Objects in each list under this key.
    pub fn under(key: &'static str) -> Objects {
        Objects { under: Some(key), ..Objects::all() }
    }

    /// An object, or its beginning, was found.
    pub fn any(&self) -> bool {
        self.any
    }

    /// Only lists under a key count.
    pub fn is_export(&self) -> bool {
        self.under.is_some()
    }

    /// The next object; `None` at the end.
    pub fn next(&mut self, input: &mut impl BufRead) -> io::Result<Option<Found>> {
        while !self.done {
            let buffer = input.fill_buf()?;
            if buffer.is_empty() {
                self.done = true;
                return Ok(self.end());
            }
            let mut found = None;
            let mut used = 0;
            for &byte in buffer {
                used += 1;
                self.offset += 1;
                found = self.byte(byte);
                if found.is_some() {
                    break;
                }
            }
            input.consume(used);
            if found.is_some() {
                self.any = true;
                return Ok(found);
            }
        }
        Ok(None)
    }

    fn byte(&mut self, byte: u8) -> Option<Found> {
        if let Some(object) = &mut self.object {
            if object.bytes.len() < LINE_LIMIT {
                object.bytes.push(byte);
            } else {
                object.long = true;
            }
        }
        if let Some(string) = &mut self.string {
            if !self.escaped && byte == b'"' {
                self.word = self.string.take().unwrap_or_default();
                self.fact();
            } else {
                self.escaped = !self.escaped && byte == b'\\';
                if self.object.is_none() && string.len() < WORD {
                    string.push(byte);
                }
            }
            return None;
        }
        match byte {
            b'"' => self.string = Some(vec![]),
            b'{' | b'[' => self.open(byte == b'['),
            b'}' | b']' => return self.close(),
            _ if self.object.is_some() => {}
            b':' => {
                let key = String::from_utf8_lossy(&self.word).into_owned();
                self.word.clear();
                if let Some(level) = self.levels.last_mut() {
                    level.key = Some(key);
                }
            }
            b',' => {
                self.fact();
                if let Some(level) = self.levels.last_mut() {
                    level.key = None;
                }
            }
            _ if !byte.is_ascii_whitespace() && self.word.len() < WORD => self.word.push(byte),
            _ => {}
        }
        None
    }

    fn open(&mut self, list: bool) {
        if let Some(object) = &mut self.object {
            object.depth += 1;
            return;
        }
        let counts = match self.under {
            None => self.levels.is_empty() || (self.levels.len() == 1 && self.levels[0].list),
            Some(_) => self.levels.last().is_some_and(|level| level.counts),
        };
        if !list && counts {
            self.object = Some(Object { start: self.offset - 1, depth: 1, bytes: vec![b'{'], long: false });
        } else if self.levels.len() < DEPTH {
            let key = self.levels.last().and_then(|level| level.key.as_deref());
            let counts = list && self.under.is_some() && key == self.under;
            self.levels.push(Level { list, counts, ..Level::default() });
        }
        self.word.clear();
    }

    fn close(&mut self) -> Option<Found> {
        let Some(object) = &mut self.object else {
            self.fact();
            self.word.clear();
            self.levels.pop();
            return None;
        };
        object.depth -= 1;
        if object.depth > 0 {
            return None;
        }
        let object = self.object.take()?;
        if object.long {
            let what = format!("an object of more than {} MiB; expected one document in each", LINE_LIMIT >> 20);
            return Some(Found::Broken { what, offset: object.start });
        }
        let holder = self.levels.len().checked_sub(2).and_then(|at| self.levels.get(at));
        let facts = self.under.map(|_| holder.map(|holder| holder.facts.clone()).unwrap_or_default());
        Some(Found::Object { bytes: object.bytes, facts, offset: object.start })
    }

    /// Keeps the word just read when it is one of the facts.
    fn fact(&mut self) {
        let Some(level) = self.levels.last_mut().filter(|level| !level.list && self.object.is_none()) else { return };
        let fact = match level.key.as_deref() {
            Some("name") => &mut level.facts.name,
            Some("type") => &mut level.facts.kind,
            Some("id") => &mut level.facts.id,
            _ => return,
        };
        if fact.is_empty() {
            let quoted = [b"\"", &self.word[..], b"\""].concat();
            *fact = serde_json::from_slice(&quoted).unwrap_or_default();
        }
    }

    fn end(&mut self) -> Option<Found> {
        let cut = |what: &str| Some(format!("{what}; what stands before it was read"));
        let (what, offset) = match self.object.take() {
            Some(object) => (cut("the object that begins here has no end"), object.start),
            None if !self.levels.is_empty() || self.string.is_some() => {
                (cut("the JSON ends before its last bracket"), self.offset)
            }
            None => (None, 0),
        };
        self.any |= what.is_some();
        what.map(|what| Found::Broken { what, offset })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(mut objects: Objects, json: &str) -> Vec<Found> {
        let mut input = json.as_bytes();
        std::iter::from_fn(|| objects.next(&mut input).unwrap()).collect()
    }

    fn texts(found: &[Found]) -> Vec<&str> {
        let mut texts = vec![];
        for found in found {
            texts.push(match found {
                Found::Object { bytes, .. } => std::str::from_utf8(bytes).unwrap(),
                Found::Broken { what, .. } => what.split(';').next().unwrap(),
            });
        }
        texts
    }

    #[test]
    fn objects_stand_alone_in_lists_and_after_each_other() {
        let one = "{\n\"a\": {\"b\": \"}\\\"]\"}}";
        assert_eq!(texts(&all(Objects::all(), one)), [one]);
        assert_eq!(texts(&all(Objects::all(), "[{\"a\":1},\n {\"b\":[{}]}]")), ["{\"a\":1}", "{\"b\":[{}]}"]);
        assert_eq!(texts(&all(Objects::all(), "{\"a\":1}\n{\"b\":2}")), ["{\"a\":1}", "{\"b\":2}"]);
        assert!(all(Objects::all(), "[1, \"a\"]").is_empty());
    }

    #[test]
    fn messages_come_with_the_facts_of_their_chat() {
        let json = "{\"x\":{\"id\":9},\"chats\":{\"list\":[{\"name\":\"C\\u00e9\",\"type\":\"public_channel\",\"id\":12,\
                    \"messages\":[{\"id\":1,\"messages\":[{}]}]},{\"name\":\"B\",\"messages\":[{\"id\":2}]}]}}";
        let found = all(Objects::under("messages"), json);
        assert_eq!(texts(&found), ["{\"id\":1,\"messages\":[{}]}", "{\"id\":2}"]);
        let Found::Object { facts: Some(facts), offset, .. } = &found[0] else { panic!("{found:?}") };
        assert_eq!((facts.name.as_str(), facts.kind.as_str(), facts.id.as_str()), ("Cé", "public_channel", "12"));
        assert_eq!(json.as_bytes()[*offset as usize..][..7], *b"{\"id\":1");
    }

    #[test]
    fn what_is_cut_is_told_and_the_rest_is_found() {
        let cut = "the object that begins here has no end";
        let ends = "the JSON ends before its last bracket";
        assert_eq!(texts(&all(Objects::all(), "[{\"a\":1},{\"b\":\"")), ["{\"a\":1}", cut]);
        assert_eq!(texts(&all(Objects::all(), "[{\"a\":1}")), ["{\"a\":1}", ends]);
        assert_eq!(texts(&all(Objects::all(), &"[".repeat(100_000))), [ends]);
        assert_eq!(texts(&all(Objects::all(), "]}]}{\"a\":1}")), ["{\"a\":1}"]);
    }
}
