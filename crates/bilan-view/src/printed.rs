//! Makes words of a document fit to be printed.
//!
//! In: words that nobody vouches for. Out: the same words, harmless to read.
//!
//! A document is hostile: its words may hold characters that turn the line around, so that 12 is read as 21, or a
//! field of a megabyte. What turns the line is printed by its name; markup is escaped where the markup is written.

/// The longest field, in characters.
const BRIEF: usize = 200;

/// Words as they may be printed: characters that turn the line around, and controls, by their name.
pub fn shown(words: &str) -> String {
    let turns = |c: char| matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    let none = |c: char| matches!(c, '\u{FFFE}' | '\u{FFFF}');
    let hidden = |c: char| turns(c) || none(c) || (c.is_control() && !matches!(c, '\n' | '\t' | '\r'));
    if !words.contains(hidden) {
        return words.to_owned();
    }
    let mut printed = String::with_capacity(words.len() + 16);
    for c in words.chars() {
        if hidden(c) {
            printed.push_str(&format!("[U+{:04X}]", u32::from(c)));
        } else {
            printed.push(c);
        }
    }
    printed
}

/// The words of a field as they may be printed: a field of a megabyte is not one that anybody reads.
pub fn brief(words: &str) -> String {
    at_most(words, BRIEF)
}

/// At most so many characters.
pub fn at_most(words: &str, most: usize) -> String {
    match words.char_indices().nth(most) {
        Some((byte, _)) => format!("{}…", shown(&words[..byte])),
        None => shown(words),
    }
}
