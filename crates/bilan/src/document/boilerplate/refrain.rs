//! Finds the titles of other articles by the line that comes back between them.
//!
//! In: a text. Out: the places where a short line and a title take turns.
//!
//! "Voir la vidéo", a title, "Voir la vidéo", a title: no cue of any language is needed to see that these lines are
//! links. A bulletin whose bullets stand on lines of their own is none: its items are a few words each.

use crate::claim::Span;
use rustc_hash::FxHashMap;

/// A line that comes back is no longer, in bytes.
const SHORT: usize = 40;

/// How often it comes back.
const TIMES: usize = 3;

/// Lines from one to the next.
const APART: usize = 3;

/// Words of a title, where a line of words comes back, and where a bullet does.
const WORDS: (usize, usize) = (5, 8);

/// Where a short line and titles take turns.
pub fn refrains(text: &str) -> Vec<Span> {
    let lines = || {
        let mut start = 0;
        let ends = memchr::memchr_iter(b'\n', text.as_bytes()).chain([text.len()]);
        let lines = ends.map(move |end| text[std::mem::replace(&mut start, end + 1)..end].trim());
        lines.filter(|line| !line.is_empty())
    };
    // Most texts have too few short lines for one to come back.
    if lines().filter(|line| line.len() <= SHORT).take(TIMES).count() < TIMES {
        return vec![];
    }
    let lines: Vec<&str> = lines().collect();
    let mut seen: FxHashMap<&str, Vec<usize>> = FxHashMap::default();
    for (at, line) in lines.iter().enumerate().filter(|(_, line)| line.len() <= SHORT) {
        seen.entry(line).or_default().push(at);
    }
    let mut found = Vec::new();
    for (line, places) in seen.into_iter().filter(|(_, places)| places.len() >= TIMES) {
        let mut first = 0;
        for last in 1..=places.len() {
            if last < places.len() && places[last] - places[last - 1] <= APART {
                continue;
            }
            if last - first >= TIMES {
                found.extend(titles(text, &lines, line, &places[first..last]));
            }
            first = last;
        }
    }
    found
}

/// The lines between those that are the same, and one behind the last, if they are titles.
fn titles(text: &str, lines: &[&str], same: &str, places: &[usize]) -> Option<Span> {
    let (first, last) = (*places.first()?, *places.last()?);
    let between = || lines[first..last].iter().filter(|line| **line != same && line.len() > SHORT / 2);
    let (count, words) = between().fold((0, 0), |(count, words), line| (count + 1, words + line.split(' ').count()));
    let least = if same.contains(char::is_alphabetic) { WORDS.0 } else { WORDS.1 };
    let plain = between().all(|line| !line.ends_with(['.', ':', ';', ',']));
    if !(plain && count + 1 >= places.len() && words >= least * count) {
        return None;
    }
    let behind = lines.get(last + 1).filter(|line| !line.ends_with('.'));
    let start = offset(text, lines[first]);
    let end = behind.map_or(offset(text, lines[last]) + lines[last].len(), |line| offset(text, line) + line.len());
    Some(Span { start: start as u32, end: end as u32 })
}

/// Where a part of a text begins in it.
fn offset(text: &str, part: &str) -> usize {
    part.as_ptr() as usize - text.as_ptr() as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_between_the_same_line_are_links() {
        let text = "Le bilan est de 12 morts.\nVoir la vidéo\nValdorie : 40 morts dans une explosion à Solvar\nVoir la \
                    vidéo\nKarsénie : le président annonce une trêve de dix jours\nVoir la vidéo\nMiravie : les \
                    sauveteurs cherchent encore neuf mineurs";
        let spans = refrains(text);
        assert_eq!(spans.len(), 1);
        assert!(spans[0].of(text).starts_with("Voir la vidéo") && spans[0].of(text).ends_with("mineurs"));
    }

    #[test]
    fn bullets_before_items_are_a_list() {
        let text =
            "Pertes de l'ennemi :\n-\nchars : 12\n-\nvéhicules blindés de combat : 31\n-\navions : 3\n-\ndrones : 9";
        assert!(refrains(text).is_empty());
    }
}
