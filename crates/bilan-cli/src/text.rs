//! Measures, cuts and wraps text for a page of fixed width.
//!
//! In: any text, also hostile. Out: text of a known width without control characters.
//!
//! A letter is not a column: "東" takes two, a combining accent none; and a page that holds an escape sequence must not
//! recolour the reader's terminal.

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

/// Columns that the text takes.
pub fn width(text: &str) -> usize {
    UnicodeWidthStr::width(text)
}

/// Columns that one character takes.
pub fn char_width(c: char) -> usize {
    UnicodeWidthChar::width(c).unwrap_or(0)
}

/// On one line: white space becomes one space, control and direction characters go.
pub fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_whitespace() && !is_bound(c) {
            if !out.is_empty() && !out.ends_with(' ') {
                out.push(' ');
            }
        } else if is_shown(c) {
            out.push(c);
        }
    }
    out.truncate(out.trim_end_matches(' ').len());
    out
}

/// On as many lines as it has: control and direction characters go, line breaks stay.
pub fn shown(text: &str) -> String {
    text.chars().filter(|c| *c == '\n' || is_shown(*c)).collect()
}

/// Whether a character may reach the page.
pub fn is_shown(c: char) -> bool {
    !c.is_control()
        && !matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

/// Spaces that hold a number together.
fn is_bound(c: char) -> bool {
    matches!(c, '\u{a0}' | '\u{202f}')
}

/// At most `room` columns; what was cut ends in an ellipsis. A number is kept or dropped, never cut: "plus de 14…" would
/// be another one.
pub fn cut(text: &str, room: usize) -> String {
    if width(text) <= room {
        return text.to_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        if used + char_width(c) + 1 > room {
            break;
        }
        used += char_width(c);
        out.push(c);
    }
    if text[out.len()..].trim_start().starts_with(|c: char| c.is_ascii_digit()) {
        let part = |c: char| c.is_ascii_digit() || c.is_whitespace() || matches!(c, '.' | ',');
        let before = out.trim_end_matches(part).len();
        // Not where the digits belong to a name, as in `report-2031`.
        if before == 0 || out[before..].starts_with(char::is_whitespace) {
            out.truncate(before);
        }
    }
    out.truncate(out.trim_end().len());
    if room > 0 {
        out.push('…');
    }
    out
}

/// Exactly `room` columns, when the text is not wider.
pub fn pad(text: &str, room: usize, right: bool) -> String {
    let blank = " ".repeat(room.saturating_sub(width(text)));
    if right { format!("{blank}{text}") } else { format!("{text}{blank}") }
}

/// Lines of at most `room` columns, broken at spaces where there are any.
pub fn wrap(text: &str, room: usize) -> Vec<String> {
    breaks(text, room).into_iter().map(|(start, end)| text[start..end].trim_end().to_owned()).collect()
}

/// Where [`wrap`] breaks: byte ranges that cover the text.
pub fn breaks(text: &str, room: usize) -> Vec<(usize, usize)> {
    let room = room.max(2);
    let (mut lines, mut start, mut used, mut space) = (Vec::new(), 0, 0, None);
    for (at, c) in text.char_indices() {
        if used + char_width(c) > room && c != ' ' {
            let end = space.filter(|&end| end > start).unwrap_or(at);
            lines.push((start, end));
            used = width(&text[end..at]);
            (start, space) = (end, None);
        }
        used += char_width(c);
        if c == ' ' {
            space = Some(at + 1);
        }
    }
    if start < text.len() {
        lines.push((start, text.len()));
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_fit_and_lose_nothing() {
        let text = "Le gouverneur a compté au moins 12 000 déplacés, dont 東京東京東京東京東京東京 et un-mot-sans-espace-du-tout.";
        for room in [2, 7, 20, 200] {
            assert!(wrap(text, room).iter().all(|line| width(line) <= room), "{room}");
            assert_eq!(breaks(text, room).iter().map(|&(a, b)| &text[a..b]).collect::<String>(), text);
        }
        assert!(wrap("", 10).is_empty());
    }

    #[test]
    fn a_cut_ends_in_an_ellipsis() {
        assert_eq!(cut("abcdef", 6), "abcdef");
        assert_eq!(cut("abc def", 5), "abc…");
        assert_eq!(cut("東京都", 4), "東…");
        assert_eq!(cut("plus de 14 400", 11), "plus de…");
        assert_eq!(cut("plus de 14 400 hommes", 18), "plus de 14 400 ho…");
        assert_eq!(cut("14 400 000", 8), "…");
        assert_eq!(cut("report-2031", 10), "report-20…");
    }
}
