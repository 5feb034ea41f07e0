//! Finds the tables of a page that hold data, and lays out their rows.
//!
//! In: a parsed page. Out: [`Row`]s, each with its cells by column.
//!
//! "Nord" stands beside two rows, "15" under two columns, and a cell without a word is a cell: where one is passed
//! over, the next figure slips under another heading, and the missing are counted among the dead.

use super::tree::{self, Node};
use dom_query::Document;

/// Most columns that are told apart.
const COLUMNS: usize = 40;

/// A cell of more bytes, or of two paragraphs, holds a part of the page: the table is its layout.
const CELL: usize = 1500;
const PARAGRAPH: usize = 60;

/// A link of so many words is the title of an article.
const TITLE: usize = 5;

/// A row of data.
#[derive(Debug)]
pub(super) struct Row {
    /// Place of the `tr`, and one past the last node that it holds.
    pub at: usize,
    pub end: usize,
    /// The cell that begins in each column; none where a cell before or above reaches.
    pub cells: Vec<Option<usize>>,
}

/// The rows of all tables of data, in the order of the page.
pub(super) fn rows(page: &Document, nodes: &[Node]) -> Vec<Row> {
    let mut holds_table = vec![false; nodes.len()];
    let is_table = |at: &usize| nodes[*at].name() == "table" && nodes[*at].words > 0;
    for table in (0..nodes.len()).filter(is_table) {
        let mut at = table;
        while at > 0 && !holds_table[nodes[at].parent] {
            at = nodes[at].parent;
            holds_table[at] = true;
        }
    }
    let tables = (0..nodes.len()).filter(|at| is_table(at) && !holds_table[*at]);
    let grids = tables.map(|table| grid(page, nodes, table)).filter(|rows| is_data(nodes, rows));
    grids.flatten().collect()
}

/// The rows of a table that say something.
fn grid(page: &Document, nodes: &[Node], table: usize) -> Vec<Row> {
    let mut rows = vec![];
    // How many rows more the cell of each column reaches down.
    let mut reach = [0usize; COLUMNS];
    for at in (table..nodes[table].end).filter(|at| nodes[*at].name() == "tr") {
        let mut cells = vec![];
        let mut below = [0usize; COLUMNS];
        for cell in held(nodes, at).filter(|cell| matches!(nodes[*cell].name(), "td" | "th") && !nodes[*cell].out) {
            while reach.get(cells.len()).is_some_and(|rows| *rows > 0) {
                cells.push(None);
            }
            let (first, width) = (cells.len(), span(page, &nodes[cell], "colspan"));
            cells.push(Some(cell));
            cells.extend((1..width.min(COLUMNS.saturating_sub(first))).map(|_| None));
            let down = span(page, &nodes[cell], "rowspan") - 1;
            below.iter_mut().take(cells.len()).skip(first).for_each(|rows| *rows = down);
        }
        let covered = reach.iter().rposition(|rows| *rows > 0).map_or(0, |last| last + 1);
        cells.resize(cells.len().max(covered), None);
        for (rows, new) in reach.iter_mut().zip(below) {
            *rows = rows.saturating_sub(1).max(new);
        }
        if nodes[at].words > 0 {
            rows.push(Row { at, end: nodes[at].end, cells });
        }
    }
    rows
}

/// What an element holds itself.
fn held(nodes: &[Node], at: usize) -> impl Iterator<Item = usize> {
    let end = nodes[at].end;
    let inside = move |at: usize| Some(at).filter(|at| *at < end);
    std::iter::successors(inside(at + 1), move |at| inside(nodes[*at].end))
}

/// How many columns or rows a cell takes.
fn span(page: &Document, cell: &Node, key: &str) -> usize {
    tree::attribute(page, cell, key).and_then(|value| value.trim().parse().ok()).unwrap_or(1).clamp(1, 1000)
}

/// The rows are no layout of a page and no list of other articles.
fn is_data(nodes: &[Node], rows: &[Row]) -> bool {
    let cells = |row: &Row| row.cells.iter().flatten().copied().filter(|at| nodes[*at].words > 0).collect::<Vec<_>>();
    let is_link = |at: &usize| nodes[*at].links == nodes[*at].words;
    let is_title = |at: &usize| is_link(at) && words(nodes, *at) >= TITLE;
    let titled = rows.iter().filter(|row| cells(row).iter().any(is_title)).count();
    rows.iter().any(|row| row.cells.len() > 1)
        && rows.iter().flat_map(cells).all(|at| !is_prose(nodes, at))
        && !rows.iter().flat_map(cells).all(|at| is_link(&at))
        && 2 * titled <= rows.len()
}

fn words(nodes: &[Node], at: usize) -> usize {
    nodes[at..nodes[at].end]
        .iter()
        .filter(|node| node.words > 0)
        .map(|node| node.text().split_whitespace().count())
        .sum()
}

fn is_prose(nodes: &[Node], cell: usize) -> bool {
    let paragraphs = held(nodes, cell).filter(|at| nodes[*at].is_block() && nodes[*at].words >= PARAGRAPH);
    nodes[cell].words > CELL || paragraphs.take(2).count() == 2
}
