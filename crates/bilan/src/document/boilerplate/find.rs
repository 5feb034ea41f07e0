//! Decides which paragraphs are boilerplate, from the cues in them.
//!
//! In: a text and its hits. Out: spans.
//!
//! A page that lost its line breaks is one paragraph: a line longer than a paragraph is judged sentence by sentence, so
//! that an appeal at its end does not take the article with it.

use super::{Hit, Kind, Table};
use crate::claim::Span;

/// A line longer than this is no paragraph.
const PARAGRAPH: usize = 600;

/// A sentence longer than this is cut, so that a text without full stops costs no more than another.
const SENTENCE: usize = 1200;

/// Longest title of another article.
const TITLE: usize = 160;

/// Most titles under one heading.
const TITLES: usize = 8;

/// A paragraph with cues in it.
#[derive(Clone, Copy, Debug)]
struct Found {
    start: usize,
    end: usize,
    /// Its place among the paragraphs.
    index: usize,
    state: State,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    /// The whole paragraph is boilerplate, and says something of those beside it.
    Whole,
    /// A part that is boilerplate, a teaser, a line: says nothing of those beside it.
    Part,
    /// One cue that needs company; `own` when the end of the document is company enough.
    Waiting { own: bool },
}

pub(super) fn find(table: &Table, text: &str) -> Vec<Span> {
    let hits = table.hits(text);
    if hits.is_empty() {
        return vec![];
    }
    let (mut found, count) = judge(text, &hits);
    close(&mut found, count);
    // Down the page, then up it, so that an appeal spreads in both directions.
    for at in 1..found.len() {
        spread(&mut found, at, at - 1);
    }
    for at in (1..found.len()).rev() {
        spread(&mut found, at - 1, at);
    }
    found
        .iter()
        .filter(|paragraph| paragraph.is_taken())
        .map(|paragraph| Span { start: paragraph.start as u32, end: paragraph.end as u32 })
        .collect()
}

impl Found {
    fn is_taken(&self) -> bool {
        !matches!(self.state, State::Waiting { .. })
    }
}

/// Takes what an outlet says of itself where only boilerplate follows.
fn close(found: &mut [Found], count: usize) {
    let mut next = count;
    for paragraph in found.iter_mut().rev() {
        if paragraph.state == (State::Waiting { own: true }) && paragraph.index + 1 == next {
            paragraph.state = State::Whole;
        }
        if !paragraph.is_taken() || paragraph.index + 1 < next {
            return;
        }
        next = paragraph.index;
    }
}

/// Takes a paragraph that waits for company beside one that is boilerplate.
fn spread(found: &mut [Found], at: usize, beside: usize) {
    let is_beside = found[at].index.abs_diff(found[beside].index) == 1;
    if !found[at].is_taken() && is_beside && found[beside].state == State::Whole {
        found[at].state = State::Whole;
    }
}

/// The paragraphs with cues, and the number of all paragraphs.
fn judge(text: &str, hits: &[Hit]) -> (Vec<Found>, usize) {
    let (mut found, mut hits, mut count) = (vec![], hits, 0);
    let mut titles = Titles::default();
    for (index, paragraph) in paragraphs(text).enumerate() {
        count = index + 1;
        let inside = hits.partition_point(|hit| hit.start < paragraph.end);
        let (own, rest) = hits.split_at(inside);
        hits = rest;
        // A cue that a cut runs through says nothing.
        let fits = |hit: &&Hit| paragraph.start <= hit.start && hit.end <= paragraph.end;
        let own: Vec<Hit> = own.iter().filter(fits).copied().collect();
        let parts = weigh(text, &paragraph, &own, index);
        if own.is_empty() && titles.take(text, &paragraph) {
            found.push(Found { start: paragraph.start, end: paragraph.end, index, state: State::Part });
        } else {
            titles = Titles::under(text, &paragraph, &own);
        }
        found.extend(parts);
    }
    (found, count)
}

/// What the cues of one paragraph make of it.
fn weigh(text: &str, paragraph: &Paragraph, hits: &[Hit], index: usize) -> Vec<Found> {
    let &Paragraph { start, end, .. } = paragraph;
    let mut parts: Vec<(usize, usize)> = vec![];
    let mut waiting: Vec<Hit> = vec![];
    let mut appeal = 0;
    for hit in hits {
        let part = match hit.kind {
            Kind::Teaser => teaser(text, paragraph, hit),
            Kind::Line => (is_bare(&text[start..hit.start]) && is_bare(&text[hit.end..end])).then_some((start, end)),
            _ if is_quoted(&text[start..hit.start]) => None,
            Kind::Alone => Some(sentence(text, paragraph, hit.start)),
            Kind::Joined | Kind::Own | Kind::Beside => {
                waiting.push(*hit);
                None
            }
        };
        let Some((from, to)) = part else { continue };
        if hit.kind != Kind::Alone && (from, to) == (start, end) {
            return vec![Found { start, end, index, state: State::Part }];
        }
        if parts.last().is_none_or(|last| last.1 <= from) {
            parts.push((from, to));
            appeal += if hit.kind == Kind::Alone { to - from } else { 0 };
        }
    }
    // A sentence that is boilerplate already is no company for the rest of its paragraph.
    waiting.retain(|hit| !parts.iter().any(|part| (part.0..part.1).contains(&hit.start)));
    let mut joined = waiting.iter().filter(|hit| hit.kind != Kind::Beside).map(|hit| hit.cue);
    let company = joined.next().is_some_and(|first| appeal > 0 || joined.any(|cue| cue != first));
    if company || 2 * appeal >= end - start {
        vec![Found { start, end, index, state: State::Whole }]
    } else if parts.is_empty() && !waiting.is_empty() {
        let own = waiting.iter().any(|hit| hit.kind == Kind::Own);
        vec![Found { start, end, index, state: State::Waiting { own } }]
    } else {
        parts.iter().map(|&(start, end)| Found { start, end, index, state: State::Part }).collect()
    }
}

/// The teaser that a cue opens: at the head of a paragraph, or after a sentence when a colon follows.
fn teaser(text: &str, paragraph: &Paragraph, hit: &Hit) -> Option<(usize, usize)> {
    let before = text[paragraph.start..hit.start].trim_end();
    if is_bare(before) {
        return Some((paragraph.start, paragraph.end));
    }
    let after_sentence = before.ends_with(ends_sentence) || before.ends_with(closes);
    let colon = text[hit.end..paragraph.end].trim_start().starts_with(':');
    (after_sentence && colon).then(|| (hit.start, sentence(text, paragraph, hit.start).1))
}

/// Titles of other articles under a heading.
#[derive(Default)]
struct Titles {
    left: usize,
    /// A blank line stands above the first title; another one ends them.
    apart: Option<bool>,
}

impl Titles {
    fn under(text: &str, paragraph: &Paragraph, hits: &[Hit]) -> Titles {
        let is_heading = hits.iter().any(|hit| {
            hit.kind == Kind::Teaser
                && is_bare(&text[paragraph.start..hit.start])
                && is_bare(&text[hit.end..paragraph.end])
        });
        Titles { left: if is_heading { TITLES } else { 0 }, apart: None }
    }

    fn take(&mut self, text: &str, paragraph: &Paragraph) -> bool {
        let words = &text[paragraph.start..paragraph.end];
        let is_title = words.len() <= TITLE && !words.ends_with(['.', '…', ':', ';', ',']);
        let goes_on = match self.apart {
            None => true,
            Some(apart) => !apart && !paragraph.after_blank,
        };
        if self.left == 0 || !is_title || !goes_on {
            return false;
        }
        self.left -= 1;
        self.apart = Some(self.apart.unwrap_or(paragraph.after_blank));
        true
    }
}

/// A line, or a sentence of a line that is too long for a paragraph; without the space around it.
#[derive(Clone, Copy, Debug)]
struct Paragraph {
    start: usize,
    end: usize,
    after_blank: bool,
}

fn paragraphs(text: &str) -> impl Iterator<Item = Paragraph> + '_ {
    let mut line = 0..0;
    let (mut after_blank, mut is_long) = (false, false);
    std::iter::from_fn(move || {
        loop {
            if line.is_empty() {
                if line.end == text.len() {
                    return None;
                }
                let end = text[line.end..].find('\n').map_or(text.len(), |at| line.end + at + 1);
                line = line.end..end;
                is_long = line.len() > PARAGRAPH;
                if text[line.clone()].trim().is_empty() {
                    after_blank = true;
                    line.start = line.end;
                    continue;
                }
            }
            let rest = &text[line.clone()];
            let length = if is_long { sentence_length(rest) } else { rest.len() };
            let piece = &rest[..length];
            let start = line.start + (length - piece.trim_start().len());
            let end = line.start + piece.trim_end().len();
            line.start += length;
            if start < end {
                return Some(Paragraph { start, end, after_blank: std::mem::take(&mut after_blank) });
            }
        }
    })
}

/// The sentence around a place of a paragraph. Good enough to tell whether it is the greater part of it.
fn sentence(text: &str, paragraph: &Paragraph, place: usize) -> (usize, usize) {
    let mut start = paragraph.start;
    loop {
        let rest = &text[start..paragraph.end];
        let end = start + sentence_length(rest);
        if place < end || end == paragraph.end {
            return (start, start + rest[..end - start].trim_end().len());
        }
        start = end;
    }
}

/// Length of the first sentence with the space after it; never 0 unless the text is empty.
fn sentence_length(text: &str) -> usize {
    let mut after_end = false;
    let mut after_space = false;
    for (at, c) in text.char_indices() {
        if after_space && !c.is_whitespace() || at > SENTENCE {
            return at;
        }
        if c.is_whitespace() {
            after_space = after_end;
        } else if !(after_end && closes(c)) {
            after_end = ends_sentence(c);
        }
    }
    text.len()
}

fn ends_sentence(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。')
}

fn closes(c: char) -> bool {
    matches!(c, '»' | '”' | '"' | ')' | ']' | '’')
}

/// No letter and no digit: bullets, brackets, colons.
fn is_bare(words: &str) -> bool {
    !words.contains(char::is_alphanumeric)
}

/// A quotation is open where these words end: somebody speaks, and not the publisher.
fn is_quoted(words: &str) -> bool {
    let mut depth = 0i32;
    let (mut straight, mut low) = (false, false);
    for c in words.chars() {
        match c {
            '„' => low = true,
            '“' if low => low = false,
            '«' | '“' => depth += 1,
            '»' | '”' => depth = (depth - 1).max(0),
            '"' => straight = !straight,
            _ => {}
        }
    }
    depth > 0 || straight || low
}
