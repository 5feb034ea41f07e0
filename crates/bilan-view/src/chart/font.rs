//! Measures words and cuts them to a width, in the font that the pictures carry.
//!
//! In: words and a size. Out: their width in pixels, or lines that fit.
//!
//! Without a font of its own a picture is drawn with whatever the machine has: once that was nothing, and the chart came
//! out without a word and without an error. So every picture is measured and drawn with the same embedded font, Noto
//! Sans, cut down to Latin and Cyrillic (`assets/font/README.md`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// The regular weight.
pub const REGULAR: &[u8] = include_bytes!("../../assets/font/noto-sans-regular.ttf");

/// The bold weight.
pub const BOLD: &[u8] = include_bytes!("../../assets/font/noto-sans-bold.ttf");

/// The name that a picture asks for.
pub const FAMILY: &str = "Noto Sans";

/// Weight of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Weight {
    /// For nearly all.
    Regular,
    /// For headings and values.
    Bold,
}

/// Advances by character, in thousandths of the size.
static WIDTHS: LazyLock<[HashMap<char, f32>; 2]> = LazyLock::new(|| [REGULAR, BOLD].map(advances));

fn advances(font: &[u8]) -> HashMap<char, f32> {
    // A font that cannot be read fails the tests of this module; a picture would only be spaced badly.
    let Ok(face) = ttf_parser::Face::parse(font, 0) else { return HashMap::new() };
    let em = f32::from(face.units_per_em());
    let mut widths = HashMap::new();
    for subtable in face.tables().cmap.into_iter().flat_map(|cmap| cmap.subtables) {
        subtable.codepoints(|code| {
            let Some(c) = char::from_u32(code) else { return };
            let advance = face.glyph_index(c).and_then(|glyph| face.glyph_hor_advance(glyph));
            if let Some(advance) = advance {
                widths.insert(c, f32::from(advance) / em);
            }
        });
    }
    widths
}

/// The font has this character.
pub fn has(c: char) -> bool {
    WIDTHS[0].contains_key(&c)
}

/// Width of words on one line.
pub fn width(words: &str, size: f32, weight: Weight) -> f32 {
    let widths = &WIDTHS[usize::from(weight == Weight::Bold)];
    words.chars().map(|c| widths.get(&c).copied().unwrap_or(0.8) * size).sum()
}

/// Lines no wider than `most`; a word that is wider by itself is cut. At most `lines`, the last one with an ellipsis
/// where words are left over.
pub fn wrap(words: &str, size: f32, weight: Weight, most: f32, lines: usize) -> Vec<String> {
    let mut wrapped: Vec<String> = vec![];
    let mut line = String::new();
    let mut rest = words.split(' ').filter(|word| !word.is_empty());
    let mut next = rest.next().map(str::to_owned);
    while let Some(word) = next.take() {
        let longer = if line.is_empty() { word.clone() } else { format!("{line} {word}") };
        if width(&longer, size, weight) <= most {
            line = longer;
            next = rest.next().map(str::to_owned);
        } else if line.is_empty() {
            let cut = fitting(&word, size, weight, most).max(word.chars().next().map_or(0, char::len_utf8));
            wrapped.push(word[..cut].to_owned());
            next =
                Some(word[cut..].to_owned()).filter(|left| !left.is_empty()).or_else(|| rest.next().map(str::to_owned));
        } else {
            wrapped.push(std::mem::take(&mut line));
            next = Some(word);
        }
        if wrapped.len() >= lines && (next.is_some() || !line.is_empty()) {
            if let Some(last) = wrapped.last_mut() {
                let room = most - width("…", size, weight);
                last.truncate(fitting(last, size, weight, room));
                last.push('…');
            }
            return wrapped;
        }
    }
    if !line.is_empty() {
        wrapped.push(line);
    }
    wrapped
}

/// How many bytes fit.
fn fitting(words: &str, size: f32, weight: Weight, most: f32) -> usize {
    let mut across = 0.0;
    for (byte, c) in words.char_indices() {
        across += width(c.encode_utf8(&mut [0; 4]), size, weight);
        if across > most {
            return byte;
        }
    }
    words.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_font_has_what_our_languages_need() {
        for c in "aàâçéèêëîïôœùûüÿæñßłőşțžŠ АБВГҐДЕЄЁЖЗИІЇЙЫЪЬЭЮЯабвгґдеєёжзиіїйыъьэюя «»“”‘’–—…·×%0123456789\u{202f}"
            .chars()
        {
            assert!(has(c), "{c:?}");
        }
        assert!(width("iiii", 10.0, Weight::Regular) < width("MMMM", 10.0, Weight::Regular));
        assert!(width("tués", 10.0, Weight::Regular) < width("tués", 10.0, Weight::Bold));
    }

    #[test]
    fn lines_fit_and_lose_nothing_until_they_must() {
        let words = "l’état-major général des forces armées ukrainiennes";
        for most in [40.0, 90.0, 200.0] {
            let lines = wrap(words, 12.0, Weight::Regular, most, 99);
            assert!(lines.iter().all(|line| width(line, 12.0, Weight::Regular) <= most), "{lines:?}");
            assert_eq!(lines.concat().replace(' ', ""), words.replace(' ', ""));
        }
        let few = wrap(words, 12.0, Weight::Regular, 90.0, 2);
        assert!(few.len() == 2 && few[1].ends_with('…'), "{few:?}");
        let long = wrap(&"x".repeat(1_000_000), 12.0, Weight::Regular, 90.0, 2);
        assert!(long.len() == 2 && long[1].ends_with('…'));
        assert!(wrap("", 12.0, Weight::Regular, 90.0, 2).is_empty());
    }
}
