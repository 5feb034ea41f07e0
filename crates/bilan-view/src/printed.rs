//! Makes words of a document fit to be printed.
//!
//! In: words that nobody vouches for. Out: the same words, harmless to read.
//!
//! A document is hostile: its words may hold characters that turn the line around, so that 12 is read as 21, or a
//! field of a megabyte. What turns the line is printed by its name; markup is escaped where the markup is written.

/// The longest field, in characters.
const BRIEF: usize = 200;

/// A sentence in a list: "3 012" stays on one line.
pub fn unbroken(words: &str) -> String {
    let mut printed = String::with_capacity(words.len() + 8);
    let (mut rest, mut digit) = (words, false);
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        let three = rest.chars().take_while(char::is_ascii_digit).take(4).count() == 3;
        let within = c == ' ' && digit && three;
        printed.push(if within { '\u{a0}' } else { c });
        digit = c.is_ascii_digit();
    }
    printed
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_stays_on_one_line() {
        assert_eq!(unbroken("3 012 blessés, 1 234 567 en 2031"), "3\u{a0}012 blessés, 1\u{a0}234\u{a0}567 en 2031");
        assert_eq!(unbroken("12 morts, 4 0120, a 012"), "12 morts, 4 0120, a 012");
    }
}
