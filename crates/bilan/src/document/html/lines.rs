//! Writes the kept texts of a page as lines.
//!
//! In: nodes. Out: text; a blank line between paragraphs, none between the items of a list or the rows of a table.
//!
//! A bulletin is a table as often as a list: a row is one line, so that "Chars" stays beside its 3 500.

use super::article::Marked;
use super::tree::Node;
use std::borrow::Cow;
use std::ops::Range;

/// Stands between the cells of a row.
const CELL: &str = " | ";

/// What stands between two lines.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    None,
    Line,
    Blank,
}

/// The kept texts, line by line.
pub(super) fn text(page: &Marked) -> String {
    let nodes = &page.nodes;
    let mut out = Lines::new();
    let mut from = 0;
    for row in &page.rows {
        out.read(nodes, from..row.at);
        if nodes[row.at].kept > 0 {
            out.row(
                &row.cells
                    .iter()
                    .map(|cell| cell.map_or(String::new(), |at| self::cell(nodes, at)))
                    .collect::<Vec<_>>(),
            );
        }
        from = row.end;
    }
    out.read(nodes, from..nodes.len());
    out.text
}

/// What a cell says, on one line.
fn cell(nodes: &[Node], at: usize) -> String {
    let mut out = Lines::new();
    out.read(nodes, at..nodes[at].end);
    let mut line = String::new();
    for part in out.text.lines().filter(|part| !part.is_empty()) {
        // "12" over "500" are two figures, and "12 500" is one.
        let apart = if line.ends_with(is_digit) && part.starts_with(is_digit) { "; " } else { " " };
        line.push_str(if line.is_empty() { "" } else { apart });
        line.push_str(part);
    }
    line.replace('|', "¦")
}

/// The headline: the only `<h1>` with words, or the one nearest before the first text that is kept.
pub(super) fn headline(nodes: &[Node]) -> Option<String> {
    let headings = || nodes.iter().enumerate().filter(|(_, node)| node.name() == "h1" && node.words > 0);
    let first = nodes.iter().position(|node| node.kept > 0 && !node.text().is_empty()).unwrap_or(nodes.len());
    let (at, node) = headings().rfind(|(at, _)| *at <= first).or_else(|| headings().next())?;
    let words =
        nodes[at..node.end].iter().filter(|node| node.words > 0).flat_map(|node| node.text().split_whitespace());
    let title = words.map(seen).collect::<Vec<_>>().join(" ");
    (!title.is_empty()).then_some(title)
}

/// A text as it grows.
struct Lines {
    text: String,
    gap: Gap,
    space: bool,
    cell: bool,
    /// The edge of something raised, as an exponent.
    raised: bool,
    /// Elements that the next node may stand in.
    open: Vec<usize>,
}

impl Lines {
    fn new() -> Lines {
        Lines { text: String::new(), gap: Gap::None, space: false, cell: false, raised: false, open: vec![] }
    }

    /// Writes what is kept of some nodes.
    fn read(&mut self, nodes: &[Node], range: Range<usize>) {
        for at in range {
            let node = &nodes[at];
            while let Some(done) = self.open.pop_if(|last| nodes[*last].end <= at) {
                self.boundary(&nodes[done]);
            }
            if node.kept == 0 && node.name() != "br" {
                continue;
            }
            if node.text().is_empty() {
                self.boundary(node);
                self.open.push(at);
            } else {
                self.words(node.text(), in_pre(nodes, at));
            }
        }
    }

    /// Writes a row of a table.
    fn row(&mut self, cells: &[String]) {
        self.gap = self.gap.max(Gap::Line);
        self.apart("");
        self.text.push_str(cells.join(CELL).trim());
        self.gap = Gap::Line;
    }

    fn boundary(&mut self, node: &Node) {
        let gap = match node.name() {
            "br" | "li" | "tr" | "dt" | "dd" | "caption" | "thead" | "tbody" | "tfoot" => Gap::Line,
            "td" | "th" => {
                self.cell = true;
                Gap::None
            }
            "sup" => {
                self.raised = true;
                Gap::None
            }
            _ if !node.is_block() => Gap::None,
            _ => Gap::Blank,
        };
        self.gap = self.gap.max(gap);
    }

    /// Writes what stands before the next words: the gap, or else the sign given.
    fn apart(&mut self, sign: &str) {
        self.text.push_str(match self.gap {
            _ if self.text.is_empty() => "",
            Gap::Blank => "\n\n",
            Gap::Line => "\n",
            Gap::None => sign,
        });
        (self.gap, self.space, self.cell, self.raised) = (Gap::None, false, false, false);
    }

    fn ends_in_digit(&self) -> bool {
        self.text.ends_with(is_digit)
    }

    fn words(&mut self, text: &str, pre: bool) {
        if pre {
            for (number, line) in text.lines().enumerate() {
                if number > 0 {
                    self.gap = self.gap.max(Gap::Line);
                }
                self.words(line, false);
            }
            return;
        }
        let starts_apart = text.starts_with(char::is_whitespace);
        for (number, word) in text.split_whitespace().enumerate() {
            self.apart(match number {
                0 if self.cell => CELL,
                0 if !starts_apart && !self.space => match word.starts_with(is_digit) {
                    // 10⁶ is not 106.
                    true if self.raised && self.ends_in_digit() => " ",
                    _ => "",
                },
                _ => " ",
            });
            self.text.push_str(&seen(word));
        }
        self.space |= text.ends_with(char::is_whitespace);
    }
}

fn is_digit(c: char) -> bool {
    c.is_ascii_digit()
}

/// A word without signs that show nothing.
pub(super) fn seen(word: &str) -> Cow<'_, str> {
    if word.contains(is_unseen) { word.replace(is_unseen, "").into() } else { word.into() }
}

/// Shows nothing, and would cut a word in two: soft hyphens, marks of direction and of joining.
fn is_unseen(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}' | '\0')
}

fn in_pre(nodes: &[Node], at: usize) -> bool {
    nodes[nodes[at].parent].name() == "pre"
}
