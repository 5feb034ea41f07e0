//! Prints stretches of a text with words underlined and labelled.
//!
//! In: a text, a stretch of it, marks. Out: numbered lines, each with its underlines and labels.
//!
//! Five labels under one line collide: the one at the right stands highest, and each further left goes below those it
//! would run into, tied to its words by a bar.

use crate::table::Page;
use crate::text::{breaks, char_width, is_shown, width};
use anstyle::Style;
use bilan::claim::Span;

/// Words to underline.
#[derive(Clone, Debug)]
pub struct Mark {
    span: Span,
    label: String,
    style: Style,
    /// The figure itself.
    heavy: bool,
}

impl Mark {
    /// These words, with this label.
    pub fn new(span: Span, label: &str, style: Style) -> Mark {
        Mark { span, label: crate::text::plain(&crate::row::readable(label)), style, heavy: false }
    }

    /// The figure, which all other words are about.
    pub fn figure(span: Span, label: &str, style: Style) -> Mark {
        Mark { heavy: true, ..Mark::new(span, label, style) }
    }
}

/// Prints parts of one text.
pub struct Excerpts<'t> {
    text: &'t str,
    page: Page,
    /// Where each line starts.
    lines: Vec<usize>,
}

/// Letters either side of words that stand outside the sentence.
const AROUND: usize = 40;

impl<'t> Excerpts<'t> {
    /// Of this text.
    pub fn of(text: &'t str, page: Page) -> Excerpts<'t> {
        let lines = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Excerpts { text, page, lines }
    }

    /// The stretch, and short stretches around marks that lie outside it, in the order of the text.
    pub fn show(&self, stretch: Span, marks: &[Mark]) -> String {
        let marks: Vec<Mark> = marks.iter().filter(|mark| !mark.span.of(self.text).is_empty()).cloned().collect();
        let mut stretches = vec![self.clamp(stretch)];
        for mark in &marks {
            let near = self.around(mark.span);
            match stretches.iter_mut().find(|known| near.start < known.end && known.start < near.end) {
                Some(known) if known.start <= mark.span.start && mark.span.end <= known.end => {}
                Some(known) => *known = super::hull(*known, near),
                None => stretches.push(near),
            }
        }
        stretches.sort();
        stretches.retain(|stretch| stretch.start < stretch.end);
        stretches.dedup_by(|next, kept| {
            let touch = next.start <= kept.end;
            if touch {
                *kept = super::hull(*kept, *next);
            }
            touch
        });
        let number = stretches.last().map_or(1, |last| self.line(last.end as usize).to_string().len());
        let mut out = format!("{}\n", self.gutter("", number).trim_end());
        for (i, stretch) in stretches.iter().enumerate() {
            if i > 0 {
                out.push_str(&format!("{}\n", self.page.paint(&format!("{:>number$} ⋮", ""), super::DIM)));
            }
            self.stretch(*stretch, &marks, number, &mut out);
        }
        out
    }

    /// The part of a long sentence that holds these spans.
    pub fn near(&self, sentence: Span, spans: &[Span]) -> Span {
        let held = spans.iter().map(|&span| self.around(span)).reduce(super::hull);
        match held {
            Some(held) if sentence.start < sentence.end => {
                let (start, end) = (held.start.max(sentence.start), held.end.min(sentence.end));
                if start < end { Span { start, end } } else { sentence }
            }
            Some(held) => held,
            None => sentence,
        }
    }

    fn stretch(&self, stretch: Span, marks: &[Mark], number: usize, out: &mut String) {
        let part = stretch.of(self.text);
        let room = self.page.width.saturating_sub(number + 3).max(20);
        let mut base = stretch.start as usize;
        for (i, line) in part.split('\n').enumerate() {
            let mut shown = (i == 0).then(|| self.line(base).to_string()).unwrap_or_default();
            if i > 0 && !line.trim().is_empty() {
                shown = self.line(base).to_string();
            }
            if line.trim().is_empty() {
                base += line.len() + 1;
                continue;
            }
            for (start, end) in breaks(line, room) {
                let piece = Piece::of(line[start..end].trim_end_matches(' '), base + start, marks);
                out.push_str(&format!("{}{}\n", self.gutter(&shown, number), piece.painted(self.page)));
                for below in piece.labels(self.page, room) {
                    out.push_str(&format!("{}{below}\n", self.gutter("", number)));
                }
                shown.clear();
            }
            base += line.len() + 1;
        }
    }

    fn gutter(&self, line: &str, number: usize) -> String {
        format!("{} ", self.page.paint(&format!("{line:>number$} │"), super::DIM))
    }

    /// The number of the line, from 1.
    fn line(&self, at: usize) -> usize {
        self.lines.partition_point(|&start| start <= at)
    }

    /// Some words either side, within the line.
    fn around(&self, span: Span) -> Span {
        let span = self.clamp(span);
        let (before, after) = (&self.text[..span.start as usize], &self.text[span.end as usize..]);
        let edge = |(_, c): &(usize, char)| *c == ' ' || *c == '\n';
        let start = match before.char_indices().rev().take_while(|(_, c)| *c != '\n').nth(AROUND) {
            Some((at, _)) => before[at..].char_indices().find(edge).map_or(at, |(space, _)| at + space + 1),
            None => before.rfind('\n').map_or(0, |at| at + 1),
        };
        let line = after.find('\n').unwrap_or(after.len());
        let end = match after[..line].char_indices().nth(AROUND) {
            Some((at, _)) => after[..at].rfind(' ').unwrap_or(at),
            None => line,
        };
        Span { start: start.min(before.len()) as u32, end: span.end + end as u32 }
    }

    /// Within the text, at whole characters.
    fn clamp(&self, span: Span) -> Span {
        let edge = |at: u32| self.text.floor_char_boundary((at as usize).min(self.text.len())) as u32;
        let start = edge(span.start);
        Span { start, end: edge(span.end).max(start) }
    }
}

/// One printed line and the marks on it.
struct Piece {
    cells: Vec<(char, Option<Style>)>,
    under: Vec<Under>,
}

struct Under {
    start: usize,
    end: usize,
    label: String,
    style: Style,
    heavy: bool,
}

impl Piece {
    fn of(line: &str, base: usize, marks: &[Mark]) -> Piece {
        let mut piece = Piece { cells: vec![], under: vec![] };
        let mut columns = Vec::with_capacity(line.len());
        let mut column = 0;
        for (at, c) in line.char_indices() {
            let at = (base + at) as u32;
            columns.push((at, column));
            let c = if c.is_whitespace() && c != '\u{a0}' && c != '\u{202f}' { ' ' } else { c };
            if c == ' ' || is_shown(c) {
                let mark = marks.iter().find(|mark| mark.span.start <= at && at < mark.span.end);
                piece.cells.push((c, mark.map(|mark| mark.style)));
                column += char_width(c);
            }
        }
        columns.push(((base + line.len()) as u32, column));
        let column = |at: u32| columns.iter().rev().find(|(byte, _)| *byte <= at).map_or(0, |(_, column)| *column);
        for mark in marks {
            let (start, end) = (column(mark.span.start), column(mark.span.end));
            if start >= end {
                continue;
            }
            // A mark that was begun on the line before has its label there.
            let begun = (mark.span.start as usize) < base;
            let label = if begun { String::new() } else { mark.label.clone() };
            match piece.under.iter_mut().find(|under| under.start == start && under.end == end) {
                Some(under) if !under.label.is_empty() => {
                    if !under.label.split(", ").any(|known| known == label) {
                        under.label = format!("{}, {label}", under.label);
                    }
                }
                _ => piece.under.push(Under { start, end, label, style: mark.style, heavy: mark.heavy }),
            }
        }
        piece.under.sort_by_key(|under| (under.start, under.end));
        piece
    }

    fn painted(&self, page: Page) -> String {
        let mut out = String::new();
        for run in self.cells.chunk_by(|a, b| a.1 == b.1) {
            let words: String = run.iter().map(|(c, _)| c).collect();
            out.push_str(&page.paint(&words, run[0].1.unwrap_or_default()));
        }
        out.trim_end().to_owned()
    }

    /// The underlines, then the labels, lowest at the left.
    fn labels(&self, page: Page, room: usize) -> Vec<String> {
        if self.under.is_empty() {
            return vec![];
        }
        let mut lines = vec![Canvas::default()];
        for under in &self.under {
            let line = if under.heavy { "━" } else { "─" };
            lines[0].put(under.start, &line.repeat(under.end - under.start), under.style);
        }
        let mut placed: Vec<(usize, usize)> = Vec::new();
        for (i, under) in self.under.iter().enumerate().rev().filter(|(_, under)| !under.label.is_empty()) {
            let wide = width(&under.label);
            let free_right = placed.is_empty() && !self.under[i + 1..].iter().any(|right| right.end > under.end);
            if free_right && under.end + 1 + wide <= room {
                lines[0].put(under.end + 1, &under.label, under.style);
                placed.push((under.start, 0));
                continue;
            }
            let blocked = placed.iter().filter(|(start, _)| *start <= under.start + wide).map(|(_, row)| row + 1).max();
            let at = blocked.unwrap_or(1).max(1);
            let start = under.start.min(room.saturating_sub(wide));
            while lines.len() <= at {
                lines.push(Canvas::default());
            }
            for line in &mut lines[1..at] {
                line.put(under.start, "│", under.style);
            }
            lines[at].put(start, &under.label, under.style);
            placed.push((under.start, at));
        }
        lines.iter().map(|line| line.painted(page)).collect()
    }
}

/// A line that is written in any order.
#[derive(Default)]
struct Canvas(Vec<(char, Style)>);

impl Canvas {
    fn put(&mut self, at: usize, words: &str, style: Style) {
        let end = at + words.chars().count();
        if self.0.len() < end {
            self.0.resize(end, (' ', Style::new()));
        }
        for (cell, c) in self.0[at..].iter_mut().zip(words.chars()) {
            *cell = (c, style);
        }
    }

    fn painted(&self, page: Page) -> String {
        let runs = self.0.chunk_by(|a, b| a.1 == b.1);
        let painted = runs.map(|run| page.paint(&run.iter().map(|(c, _)| c).collect::<String>(), run[0].1));
        painted.collect::<String>().trim_end().to_owned()
    }
}
