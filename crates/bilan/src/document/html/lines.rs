//! Writes the kept texts of a page as lines.
//!
//! In: nodes. Out: text; a blank line between paragraphs, none between the items of a list or the rows of a table.
//!
//! A bulletin is a table as often as a list: a row is one line, so that "Chars" stays beside its 3 500.

use super::tree::Node;
use std::borrow::Cow;

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
pub(super) fn text(nodes: &[Node]) -> String {
    let mut out = Lines { text: String::new(), gap: Gap::None, space: false, cell: false, raised: false };
    let mut open: Vec<usize> = vec![];
    for (at, node) in nodes.iter().enumerate() {
        while open.last().is_some_and(|last| nodes[*last].end <= at) {
            if let Some(done) = open.pop() {
                out.boundary(nodes, done);
            }
        }
        if node.kept == 0 && node.name() != "br" {
            continue;
        }
        if node.text().is_empty() {
            out.boundary(nodes, at);
            open.push(at);
        } else {
            out.words(node.text(), in_pre(nodes, at));
        }
    }
    out.text
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

struct Lines {
    text: String,
    gap: Gap,
    space: bool,
    cell: bool,
    /// The edge of something raised, as an exponent.
    raised: bool,
}

impl Lines {
    fn boundary(&mut self, nodes: &[Node], at: usize) {
        let gap = match nodes[at].name() {
            "br" | "li" | "tr" | "dt" | "dd" | "caption" => Gap::Line,
            "td" | "th" => {
                self.cell = true;
                Gap::None
            }
            "sup" => {
                self.raised = true;
                Gap::None
            }
            _ if !nodes[at].is_block() => Gap::None,
            _ if in_cell(nodes, at) => {
                self.space = true;
                Gap::None
            }
            _ => Gap::Blank,
        };
        self.gap = self.gap.max(gap);
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
            let apart = match self.gap {
                _ if self.text.is_empty() => "",
                Gap::Blank => "\n\n",
                Gap::Line => "\n",
                Gap::None if self.cell => CELL,
                Gap::None if number > 0 || starts_apart || self.space => " ",
                // 10⁶ is not 106.
                Gap::None if self.raised && self.ends_in_digit() && word.starts_with(is_digit) => " ",
                Gap::None => "",
            };
            self.text.push_str(apart);
            self.text.push_str(&seen(word));
            (self.gap, self.space, self.cell, self.raised) = (Gap::None, false, false, false);
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

/// A block in a cell of a table does not break the row.
fn in_cell(nodes: &[Node], mut at: usize) -> bool {
    while at > 0 {
        at = nodes[at].parent;
        match nodes[at].name() {
            "td" | "th" => return true,
            "table" | "body" => return false,
            _ => {}
        }
    }
    false
}
