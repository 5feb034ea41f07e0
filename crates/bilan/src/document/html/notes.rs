//! Finds the notes of an article, and the marks in its text that lead to them.
//!
//! In: a parsed page. Out: [`Note`]s.
//!
//! "[3] dont 58 à l'hôpital" may stand below the titles of ten other articles: that its mark leads to it, and that it
//! leads back, tells that it is the article's.

use super::names;
use super::tree::{self, Node};
use dom_query::Document;
use std::collections::HashMap;

/// Longest mark of a note, and longest note.
const MARK: usize = 8;
const NOTE: usize = 1500;

/// A note that a mark leads to.
#[derive(Debug)]
pub(super) struct Note {
    /// Place of the link in the text.
    pub mark: usize,
    /// Place of the element that holds the note, and one past the last node that it holds.
    pub at: usize,
    pub end: usize,
}

/// The notes of a page that lead back to its text.
pub(super) fn of(page: &Document, nodes: &[Node]) -> Vec<Note> {
    let here =
        |at: usize| tree::attribute(page, &nodes[at], "href").and_then(|to| to.strip_prefix('#').map(str::to_owned));
    let links = (0..nodes.len()).filter(|at| nodes[*at].name() == "a");
    let leading: Vec<(usize, String)> = links.filter_map(|at| Some((at, here(at)?))).collect();
    if leading.is_empty() {
        return vec![];
    }
    let named = |at: usize| ["id", "name"].iter().find_map(|key| Some((tree::attribute(page, &nodes[at], key)?, at)));
    let places: HashMap<String, usize> =
        (0..nodes.len()).rev().filter(|at| !nodes[*at].name().is_empty()).filter_map(named).collect();
    let note = |(mark, to): &(usize, String)| {
        let mut at = *places.get(to)?;
        while at > 0 && !nodes[at].is_block() {
            at = nodes[at].parent;
        }
        let end = nodes[at].end;
        let from = leading.partition_point(|(link, _)| *link < at);
        let back = leading[from..].iter().take_while(|(link, _)| *link < end).any(|(_, to)| places.contains_key(to));
        let short = solid(nodes, *mark) <= MARK && (1..=NOTE).contains(&nodes[at].words);
        (short && back && !(at..end).contains(mark)).then_some(Note { mark: *mark, at, end })
    };
    leading.iter().filter_map(note).collect()
}

/// The small "3" of "9³" that leads to a note at the foot of the page: it would make 93 of it.
pub(super) fn is_mark(page: &Document, nodes: &[Node], at: usize) -> bool {
    let raised = |at: usize| nodes[at].name() == "sup";
    let leads =
        |at: usize| nodes[at].name() == "a" && page.tree.query_node_or(&nodes[at].id, false, names::leads_to_note);
    let holds = |held: &dyn Fn(usize) -> bool| {
        (at + 1..nodes[at].end).any(|inner| held(inner) && nodes[inner].words == nodes[at].words)
    };
    nodes[at].words > 0 && nodes[at].words <= MARK && (raised(at) && holds(&leads) || leads(at) && holds(&raised))
}

/// Bytes of text, whether it is out or not.
fn solid(nodes: &[Node], at: usize) -> usize {
    nodes[at..nodes[at].end].iter().map(|node| tree::solid(node.text())).sum()
}
