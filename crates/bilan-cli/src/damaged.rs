//! Finds again what a damaged PDF holds.
//!
//! In: its bytes. Out: the same with a new table of its objects at the end.
//!
//! A PDF is read from its end, where a table tells the place of each object. A file that was cut on its way has no end,
//! and one that went through a mail program has the wrong places; its pages are there all the same.

use memchr::memmem;
use std::collections::BTreeMap;

/// Most objects of a PDF.
const OBJECTS: u64 = 2_000_000;

/// Which pages there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Tree {
    /// Those that the PDF names.
    Own,
    /// Every page that lies in it, as they lie: what names them is lost.
    Made,
}

/// The PDF with a new table; nothing where no object is found.
pub fn mended(bytes: &[u8], tree: Tree) -> Option<Vec<u8>> {
    let mut objects = objects(bytes);
    let next = objects.keys().next_back()? + 1;
    let mut mended = bytes.to_vec();
    mended.extend_from_slice(b"\nendstream\nendobj\n");
    let root = match tree {
        Tree::Own => root(bytes, &objects)?,
        Tree::Made => {
            let kids: Vec<String> = pages(bytes, &objects).map(|page| format!("{page} 0 R")).collect();
            let made = [
                format!("<</Type/Catalog/Pages {} 0 R>>", next + 1),
                format!("<</Type/Pages/Count {}/Kids[{}]>>", kids.len(), kids.join(" ")),
            ];
            for (number, object) in (next..).zip(made) {
                objects.insert(number, mended.len());
                mended.extend_from_slice(format!("{number} 0 obj\n{object}\nendobj\n").as_bytes());
            }
            next
        }
    };
    let at = mended.len();
    let mut table = "xref\n0 1\n0000000000 65535 f \n".to_owned();
    for (number, place) in &objects {
        table += &format!("{number} 1\n{place:010} 00000 n \n");
    }
    let size = objects.keys().next_back()? + 1;
    table += &format!("trailer\n<</Size {size}/Root {root} 0 R>>\nstartxref\n{at}\n%%EOF\n");
    mended.extend_from_slice(table.as_bytes());
    Some(mended)
}

/// Where each object begins, by its number; what comes later replaces what came before.
fn objects(bytes: &[u8]) -> BTreeMap<u64, usize> {
    memmem::find_iter(bytes, b" obj").filter_map(|at| begins(bytes, at)).collect()
}

/// Number and place of the object whose "12 0" ends here.
fn begins(bytes: &[u8], end: usize) -> Option<(u64, usize)> {
    let digits = |end: usize| bytes[..end].iter().rev().take(10).take_while(|byte| byte.is_ascii_digit()).count();
    let space = end - digits(end);
    let space = space.checked_sub(1).filter(|at| *at + 1 < end && bytes[*at] == b' ')?;
    let from = space - digits(space);
    let number: u64 = std::str::from_utf8(&bytes[from..space]).ok()?.parse().ok()?;
    (1..OBJECTS).contains(&number).then_some((number, from))
}

/// The object that names all others.
fn root(bytes: &[u8], objects: &BTreeMap<u64, usize>) -> Option<u64> {
    let named = memmem::rfind_iter(bytes, b"/Root").find_map(|at| {
        let words = std::str::from_utf8(bytes.get(at + 5..(at + 20).min(bytes.len()))?).ok()?;
        words.split_whitespace().next()?.parse().ok()
    });
    named.filter(|root| objects.contains_key(root)).or_else(|| {
        let at = memmem::rfind(bytes, b"/Catalog")?;
        objects.iter().filter(|(_, place)| **place < at).max_by_key(|(_, place)| **place).map(|(number, _)| *number)
    })
}

/// The pages, in the order in which they lie.
fn pages(bytes: &[u8], objects: &BTreeMap<u64, usize>) -> impl Iterator<Item = u64> {
    let mut places: Vec<(usize, u64)> = objects.iter().map(|(number, place)| (*place, *number)).collect();
    places.sort_unstable();
    let ends: Vec<usize> = places.iter().skip(1).map(|(place, _)| *place).chain([bytes.len()]).collect();
    let is_page = |from: usize, end: usize| {
        let dictionary = &bytes[from..memmem::find(&bytes[from..end], b"stream").map_or(end, |length| from + length)];
        memmem::find_iter(dictionary, b"/Type").any(|at| {
            let word = dictionary[at + 5..].trim_ascii_start();
            word.starts_with(b"/Page") && !word.get(5).is_some_and(u8::is_ascii_alphabetic)
        })
    };
    let found: Vec<u64> = places
        .iter()
        .zip(ends)
        .filter(|((from, _), end)| is_page(*from, *end))
        .map(|((_, number), _)| *number)
        .collect();
    found.into_iter()
}
