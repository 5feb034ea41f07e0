//! Turns byte offsets into character offsets without walking the text for each.
//!
//! In: a text, once. Out: for any byte, the characters before it.
//!
//! A bulletin of 16 MiB with 100,000 figures: counting from the start for each would take hours.

use bilan::claim::Span;

/// One mark for so many bytes: small beside the text, and a short walk from the nearest mark.
const STRIDE: usize = 256;

/// The characters of one text. A character is a Unicode scalar value, as in Python.
pub struct Characters<'t> {
    text: &'t [u8],
    /// Characters before each multiple of [`STRIDE`].
    marks: Vec<u32>,
}

impl<'t> Characters<'t> {
    /// Walks the text once.
    pub fn of(text: &'t str) -> Characters<'t> {
        let text = text.as_bytes();
        let mut before = 0;
        let marks = text
            .chunks(STRIDE)
            .map(|chunk| {
                let mark = before;
                before += starts(chunk);
                mark
            })
            .collect();
        Characters { text, marks }
    }

    /// How many characters begin before this byte; all of them past the end.
    pub fn before(&self, byte: u32) -> u32 {
        let byte = (byte as usize).min(self.text.len());
        // The end of a text of whole strides has no mark of its own: walk from the last one.
        let mark = (byte / STRIDE).min(self.marks.len().saturating_sub(1));
        self.marks.get(mark).copied().unwrap_or(0) + starts(&self.text[mark * STRIDE..byte])
    }

    /// First character, and one past the last.
    pub fn span(&self, span: Span) -> (u32, u32) {
        (self.before(span.start), self.before(span.end))
    }
}

/// Bytes that begin a character.
fn starts(bytes: &[u8]) -> u32 {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count() as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_counting() {
        for text in ["", "a", "été", "євро — 14 тис. 🕊", &"é".repeat(128), &"aé€🕊".repeat(700), &"x".repeat(512)]
        {
            let characters = Characters::of(text);
            for (n, (byte, _)) in text.char_indices().enumerate() {
                assert_eq!(characters.before(byte as u32), n as u32, "byte {byte} of {} bytes", text.len());
            }
            let all = text.chars().count() as u32;
            assert_eq!(characters.before(text.len() as u32), all);
            assert_eq!(characters.before(u32::MAX), all, "past the end");
        }
    }
}
