//! Writes one thing in one form: JSON with sorted keys and no white space.
//!
//! In: a thing of ours. Out: the words that are hashed and kept.
//!
//! A body has a thousand keys, and a tree of values made only to sort them cost more than all other work on a reading.
//! So JSON is written as it comes, and the members of each object are then put in order in place.

use serde::Serialize;

/// JSON with sorted keys and no white space.
pub(crate) fn canonical(thing: &impl Serialize) -> String {
    // Our own types of strings, whole numbers and lists always become JSON.
    let json = serde_json::to_string(thing).unwrap_or_default();
    sorted(&json).unwrap_or_else(|| by_a_tree(&json))
}

/// The same by way of a tree of values, which also knows what a key means that is not written as it is.
fn by_a_tree(json: &str) -> String {
    let mut value: serde_json::Value = serde_json::from_str(json).unwrap_or_default();
    value.sort_all_objects();
    value.to_string()
}

/// Compact JSON with the keys of all objects sorted; `None` where a key has an escape.
fn sorted(json: &str) -> Option<String> {
    let mut copy = Copy { json: json.as_bytes(), at: 0, to: Vec::with_capacity(json.len()), moved: Vec::new() };
    copy.value()?;
    String::from_utf8(copy.to).ok()
}

struct Copy<'j> {
    json: &'j [u8],
    at: usize,
    to: Vec<u8>,
    /// Room to put members in order.
    moved: Vec<u8>,
}

impl<'j> Copy<'j> {
    fn value(&mut self) -> Option<()> {
        match self.json.get(self.at)? {
            b'{' => self.object(),
            b'[' => self.list(),
            b'"' => self.string().map(drop),
            _ => {
                let rest = &self.json[self.at..];
                let end = rest.iter().position(|byte| matches!(byte, b',' | b']' | b'}')).unwrap_or(rest.len());
                (end > 0).then(|| self.take(end))
            }
        }
    }

    fn object(&mut self) -> Option<()> {
        self.take(1);
        // Each with the place where it begins in what is written.
        let mut members: Vec<(&'j [u8], usize)> = Vec::new();
        let first = self.to.len();
        while *self.json.get(self.at)? != b'}' {
            if *self.json.get(self.at)? == b',' {
                self.at += 1;
            }
            let begin = self.to.len();
            let key = self.string()?;
            if key.contains(&b'\\') {
                return None;
            }
            members.push((key, begin));
            self.take(1);
            self.value()?;
            self.to.push(b',');
        }
        if !members.is_sorted() {
            let mut order: Vec<(&[u8], usize, usize)> = Vec::with_capacity(members.len());
            let ends = members.iter().skip(1).map(|(_, begin)| *begin).chain([self.to.len()]);
            order.extend(members.iter().zip(ends).map(|((key, begin), end)| (*key, *begin, end)));
            order.sort_unstable();
            self.moved.clear();
            order.iter().for_each(|(_, begin, end)| self.moved.extend_from_slice(&self.to[*begin..*end]));
            self.to.truncate(first);
            self.to.extend_from_slice(&self.moved);
        }
        if !members.is_empty() {
            self.to.pop();
        }
        self.take(1);
        Some(())
    }

    fn list(&mut self) -> Option<()> {
        self.take(1);
        while *self.json.get(self.at)? != b']' {
            match *self.json.get(self.at)? {
                b',' => self.take(1),
                _ => self.value()?,
            }
        }
        self.take(1);
        Some(())
    }

    /// Copies a string; gives what is between its quotation marks, as written.
    fn string(&mut self) -> Option<&'j [u8]> {
        let begin = self.at + 1;
        let mut end = begin;
        loop {
            match self.json.get(end)? {
                b'"' => break,
                b'\\' => end += 2,
                _ => end += 1,
            }
        }
        self.take(end + 1 - self.at);
        Some(&self.json[begin..end])
    }

    fn take(&mut self, bytes: usize) {
        let end = (self.at + bytes).min(self.json.len());
        self.to.extend_from_slice(&self.json[self.at..end]);
        self.at = end;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::entry::{Access, take_apart};
    use crate::invented::{Size, War};
    use serde_json::{Value, json};

    #[test]
    fn both_ways_give_one_form() {
        let odd = [
            json!(null),
            json!(-7),
            json!([]),
            json!({}),
            json!([{}, [], "", {"": 0}]),
            json!({"b": {"d": [1, {"z": "}", "a": "]\"\\"}], "c": null}, "a": "\u{0}\n,{é", "ab": true, "a b": [2]}),
            json!({"é": 1, "z": 2, "a\"b": {"y": 1, "x": 2}, "a\\": 3, "a": 4}),
        ];
        for value in odd {
            assert_eq!(canonical(&value), by_a_tree(&value.to_string()), "{value}");
        }
        let war = War::new(Size { days: 2, reprints: 1, translations: 1, articles: 3 }, 7);
        for reading in (0..2).flat_map(|day| war.documents(day)) {
            let body = take_apart(&reading, Access::Internal, None).body;
            let json = serde_json::to_string(&body).expect("JSON");
            assert_eq!(sorted(&json), Some(by_a_tree(&json)));
        }
    }

    #[test]
    fn what_is_cut_is_not_taken_for_whole() {
        let json = json!({"b": [1, {"d": "x", "c": 2}], "a": "y"}).to_string();
        for end in 0..json.len() {
            let cut = sorted(&json[..end]).and_then(|json| serde_json::from_str::<Value>(&json).ok());
            assert_eq!(cut, None, "{end}");
        }
    }
}
