//! Decides which texts of a page are the article.
//!
//! In: a parsed page. Out: its nodes, each text marked as kept or not.
//!
//! A library of readers' modes finds the article's trunk. It throws away short things that look like trimmings, and a
//! bulletin is made of short things: so what it gives is only where to look, and `blocks` decides line by line.

use super::blocks::{self, Signs};
use super::links::Links;
use super::names;
use super::notes;
use super::table::{self, Row};
use super::told::Told;
use super::tree::{self, Node};
use dom_query::Document;
use dom_smoothie::{Config, Readability};
use std::collections::HashSet;

/// Deepest page that the library is asked about; a deeper one was built to hurt.
const DEPTH: usize = 120;

/// Below this many bytes what the library found is no article.
const SHORT: usize = 140;

/// A page whose texts are marked.
pub(super) struct Marked {
    pub nodes: Vec<Node>,
    /// The rows of its tables.
    pub rows: Vec<Row>,
}

/// Marks the article's texts; `read` sees the page before it is taken apart.
///
/// A `piece` is an article without its page: only what says of itself that it is none goes.
pub(super) fn find<M>(
    page: Document,
    piece: bool,
    told: Option<&Told>,
    url: Option<&str>,
    read: impl FnOnce(&Document, &[Node]) -> M,
) -> (Marked, M) {
    let mut nodes = tree::nodes(&page);
    tree::weigh(&page, &mut nodes);
    let links = Links::of(&page, &nodes, url);
    leave_out(&page, &mut nodes);
    tree::weigh(&page, &mut nodes);
    leave_out_teasers(&mut nodes);
    tree::weigh(&page, &mut nodes);
    let marks = marks(&page, &nodes);
    let rows = table::rows(&page, &nodes);
    let notes = notes::of(&page, &nodes);
    let papers = read(&page, &nodes);
    if piece {
        keep(&mut nodes, |_| true);
        return (Marked { nodes, rows }, papers);
    }
    for node in nodes.iter().filter(|node| node.out) {
        page.tree.remove_from_parent(&node.id);
    }
    let deepest = nodes.iter().map(|node| node.depth).max().unwrap_or(0);
    let trunk = if deepest <= DEPTH { trunk(page) } else { HashSet::new() };
    keep(&mut nodes, |node| trunk.contains(&node.id));
    if nodes.first().is_none_or(|root| root.kept < SHORT) {
        keep(&mut nodes, |_| true);
    }
    let region = region(&nodes, &marks);
    let signs = Signs { rows: &rows, notes: &notes, links: &links, told };
    blocks::mend(&mut nodes, region, &signs);
    (Marked { nodes, rows }, papers)
}

/// Marks what is never the article's, unless most of the page is in it.
fn leave_out(page: &Document, nodes: &mut [Node]) {
    let all = nodes.first().map_or(0, |root| root.words);
    for at in 0..nodes.len() {
        let node = &nodes[at];
        if node.name().is_empty() || matches!(node.name(), "html" | "body" | "article" | "main") {
            continue;
        }
        let sure = names::OUT.has(node.name()) || notes::is_mark(page, nodes, at);
        let small = 3 * node.words < all;
        let out = sure || small && page.tree.query_node_or(&node.id, false, names::is_out);
        let listed = 2 * node.links > node.words;
        (nodes[at].out, nodes[at].listed) = (out, listed);
    }
}

/// Marks the cards of other articles: neighbours that each hold one heading, which is a link.
///
/// A card may carry two sentences of its article, with its figures: the share of links in it tells nothing.
fn leave_out_teasers(nodes: &mut [Node]) {
    let mut headings = vec![0u32; nodes.len()];
    for at in (1..nodes.len()).rev() {
        headings[at] += u32::from(names::HEADINGS.has(nodes[at].name()) && nodes[at].words > 0);
        headings[nodes[at].parent] += headings[at];
    }
    let mut cards: Vec<usize> = vec![];
    for at in 0..nodes.len() {
        let node = &nodes[at];
        if names::HEADINGS.has(node.name()) && node.words > 0 && node.links == node.words {
            let mut card = at;
            while card > 0 && headings[nodes[card].parent] == 1 {
                card = nodes[card].parent;
            }
            cards.push(card);
        }
    }
    let mut beside = vec![0u32; nodes.len()];
    for card in &cards {
        beside[nodes[*card].parent] += 1;
    }
    cards.retain(|card| beside[nodes[*card].parent] > 1);
    // The front page of an outlet is nothing but cards, and so is a live report whose hours are links.
    let all = nodes.first().map_or(0, |root| root.words);
    let sum = |of: fn(&Node) -> usize| cards.iter().map(|card| of(&nodes[*card])).sum::<usize>();
    let (words, links) = (sum(|card| card.words), sum(|card| card.links));
    if 2 * words <= all || 2 * links > words && words < all - SHORT.min(all) {
        for card in cards {
            nodes[card].out = true;
        }
    }
}

/// Elements that say of themselves that they are the article.
fn marks(page: &Document, nodes: &[Node]) -> Vec<usize> {
    let said = |node: &Node| node.words > 0 && page.tree.query_node_or(&node.id, false, names::is_article);
    (0..nodes.len()).filter(|at| !nodes[*at].name().is_empty() && said(&nodes[*at])).collect()
}

/// The texts that the library takes for the article.
fn trunk(page: Document) -> HashSet<dom_query::NodeId> {
    let config = Config { disable_json_ld: true, char_threshold: 250, ..Config::default() };
    let Ok(mut library) = Readability::with_document(page, None, Some(config)) else { return HashSet::new() };
    if library.parse().is_err() {
        return HashSet::new();
    }
    let content = library.doc.select_single("#readability-page-1");
    let inside = content.nodes().iter().flat_map(|root| root.descendants_it());
    inside.filter(|node| node.is_text()).map(|node| node.id).collect()
}

fn keep(nodes: &mut [Node], kept: impl Fn(&Node) -> bool) {
    for node in nodes.iter_mut() {
        node.kept = if node.words > 0 && !node.text().is_empty() && kept(node) { node.words } else { 0 };
    }
    tree::sum_kept(nodes);
}

/// The smallest element that holds nearly all of what is kept, or a larger one that says that it is the article.
fn region(nodes: &[Node], marks: &[usize]) -> usize {
    let Some(all) = nodes.first().map(|root| root.kept) else { return 0 };
    let mut region = 0;
    for (at, node) in nodes.iter().enumerate() {
        // One paragraph may be most of an article, and its table still stands below.
        let holds = node.is_block() && !names::LINES.has(node.name());
        if at < nodes[region].end && holds && 20 * node.kept >= 19 * all {
            region = at;
        }
    }
    let around = |at: &&usize| **at <= region && nodes[region].end <= nodes[**at].end;
    marks.iter().find(around).copied().unwrap_or(region)
}
