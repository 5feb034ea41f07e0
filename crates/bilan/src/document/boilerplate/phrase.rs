//! Recognises a phrase however it is typed.
//!
//! In: a phrase of a pack. Out: a pattern to search for, and a look around each place where it is found.
//!
//! "À lire également" comes as "A LIRE ÉGALEMENT", with spaces that do not break and accents apart. The search looks for
//! "galement" only, in ASCII, and the rest is compared letter by letter where that was found.

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

#[derive(Clone, Debug)]
pub(super) struct Phrase {
    /// Its entry in the table.
    pub cue: usize,
    anchor: String,
    /// Folded letters before the anchor, and after it.
    before: Vec<char>,
    after: Vec<char>,
}

/// Shorter runs of ASCII are in too many words.
const RUN: usize = 4;

impl Phrase {
    pub(super) fn new(cue: usize, words: &str) -> Option<Phrase> {
        let words = words.trim();
        let run = longest(words, |c| c.is_ascii_alphanumeric()).filter(|run| run.len() >= RUN);
        let anchor = run.or_else(|| longest(words, |c| !c.is_whitespace()))?;
        let start = anchor.as_ptr() as usize - words.as_ptr() as usize;
        let (before, after) = (&words[..start], &words[start + anchor.len()..]);
        let fold_all = |words: &str| words.chars().filter_map(fold).collect();
        Some(Phrase { cue, anchor: anchor.to_owned(), before: fold_all(before), after: fold_all(after) })
    }

    /// What to search for; the search knows the case of ASCII letters only.
    pub(super) fn patterns(&self) -> Vec<String> {
        let lower = self.anchor.to_lowercase();
        let mut patterns = vec![self.anchor.to_uppercase(), lower.clone()];
        let mut letters = lower.chars();
        patterns.extend(letters.next().map(|first| first.to_uppercase().chain(letters).collect()));
        if self.anchor.is_ascii() {
            patterns = vec![lower];
        }
        patterns.sort_unstable();
        patterns.dedup();
        patterns
    }

    /// The whole phrase around its anchor at `start..end`, when it is there as words of its own.
    pub(super) fn around(&self, text: &str, start: usize, end: usize) -> Option<(usize, usize)> {
        let anchor = text.get(start..end)?;
        let back = along(text[..start].chars().rev(), self.before.iter().rev(), anchor.chars().next()?)?;
        let on = along(text[end..].chars(), self.after.iter(), anchor.chars().next_back()?)?;
        Some((start - back, end + on))
    }
}

/// How many bytes of the text say the folded letters; nothing when they do not, or when a word goes on past them.
fn along<'p>(
    text: impl Iterator<Item = char>,
    mut folded: impl Iterator<Item = &'p char>,
    from: char,
) -> Option<usize> {
    let (mut seen, mut used, mut last) = (0, 0, from);
    for c in text {
        seen += c.len_utf8();
        let Some(letter) = fold(c) else { continue };
        if letter == ' ' && last == ' ' {
            continue;
        }
        match folded.next() {
            Some(&wanted) if wanted == letter => (used, last) = (seen, letter),
            Some(_) => return None,
            None => return (!(letter.is_alphanumeric() && last.is_alphanumeric())).then_some(used),
        }
    }
    folded.next().is_none().then_some(used)
}

/// A letter without case and accent; nothing of what is not seen.
pub(super) fn fold(c: char) -> Option<char> {
    match c {
        'a'..='z' | '0'..='9' | ' ' | '\n' => Some(c),
        'A'..='Z' => Some(c.to_ascii_lowercase()),
        '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' => None,
        '’' | 'ʼ' | '‘' | '`' | '´' => Some('\''),
        '\u{2010}'..='\u{2015}' => Some('-'),
        c if c.is_whitespace() => Some(' '),
        c if canonical_combining_class(c) != 0 => None,
        c => {
            let mut base = None;
            decompose_canonical(c, |part| base = base.or(Some(part)));
            base.unwrap_or(c).to_lowercase().next()
        }
    }
}

fn longest(words: &str, of: impl Fn(char) -> bool) -> Option<&str> {
    words.split(|c| !of(c)).filter(|run| !run.is_empty()).max_by_key(|run| run.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn is_in(words: &str, text: &str) -> bool {
        let phrase = Phrase::new(0, words).unwrap();
        phrase.patterns().iter().any(|pattern| {
            let (haystack, pattern) = (text.to_ascii_lowercase(), pattern.to_ascii_lowercase());
            haystack.match_indices(&pattern).any(|(at, _)| phrase.around(text, at, at + pattern.len()).is_some())
        })
    }

    #[test]
    fn typed_in_many_ways() {
        for text in [
            "à lire également",
            "A LIRE EGALEMENT : suite",
            "À\u{A0}lire  également",
            "(a\u{300} lire e\u{301}galement)",
            "à li\u{AD}re également",
            "VOICI À LIRE ÉGALEMENT",
        ] {
            assert!(is_in("à lire également", text), "{text}");
        }
        for text in ["à lire égalemente", "là lire également", "à lire\négalement", "également"] {
            assert!(!is_in("à lire également", text), "{text}");
        }
        assert!(is_in("l'outlet", "L’outlet"));
        assert!(is_in("© ", "©2022"));
        assert!(is_in("Читайте також", "ЧИТАЙТЕ ТАКОЖ"));
        assert!(is_in("читайте також", "Читайте також: ще"));
    }
}
