//! Lays a parsed page out as a list, each node before what it holds, with what is needed to judge it.
//!
//! In: a tree of elements. Out: [`Node`]s; what a node holds is the range up to its `end`.
//!
//! A hundred thousand nodes are judged by how much text they hold and how much of it is links; walked anew for each
//! node that would be the square of the page, so both are summed once.

use super::names;
use dom_query::{Document, NodeData, NodeId, TreeNode};

/// Longest card of another article.
const CARD: usize = 600;

/// An element or a text of the page.
#[derive(Debug)]
pub(super) struct Node {
    pub id: NodeId,
    /// Place of the node that holds it; the first node holds itself.
    pub parent: usize,
    /// One past the last node that it holds.
    pub end: usize,
    pub depth: usize,
    pub kind: Kind,
    /// Bytes of text in it, white space left out.
    pub words: usize,
    /// Those that stand in links.
    pub links: usize,
    /// Those that the article keeps.
    pub kept: usize,
    /// Is not the article's, or nothing to read.
    pub out: bool,
    /// More than half of it were links before anything was left out.
    pub listed: bool,
}

/// What a node is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// An element, by its name.
    Element(String),
    /// A text.
    Text(String),
}

impl Node {
    /// The name of an element, nothing for a text.
    pub fn name(&self) -> &str {
        match &self.kind {
            Kind::Element(name) => name,
            Kind::Text(_) => "",
        }
    }

    /// The words of a text, nothing for an element.
    pub fn text(&self) -> &str {
        match &self.kind {
            Kind::Element(_) => "",
            Kind::Text(text) => text,
        }
    }

    /// Begins and ends a line.
    pub fn is_block(&self) -> bool {
        matches!(self.kind, Kind::Element(_)) && !names::INLINE.has(self.name())
    }
}

/// The nodes of a page in the order of its text.
pub(super) fn nodes(page: &Document) -> Vec<Node> {
    let mut nodes: Vec<Node> = vec![];
    let mut open: Vec<usize> = vec![];
    let mut next = Some(page.root().id);
    while let Some(id) = next {
        let parent = open.last().copied().unwrap_or(0);
        let read = page.tree.query_node(&id, |node| {
            let kind = match &node.data {
                NodeData::Element(element) => Kind::Element(element.name.local.to_string()),
                NodeData::Text { contents } => Kind::Text(contents.to_string()),
                _ => Kind::Element(String::new()),
            };
            (kind, node.first_child, node.next_sibling)
        });
        let Some((kind, first, sibling)) = read else { break };
        let at = nodes.len();
        nodes.push(Node {
            id,
            parent,
            end: at + 1,
            depth: open.len(),
            kind,
            words: 0,
            links: 0,
            kept: 0,
            out: false,
            listed: false,
        });
        if first.is_some() {
            open.push(at);
            next = first;
            continue;
        }
        next = sibling;
        // Nothing follows here: on with what follows its holder.
        while next.is_none() {
            let Some(done) = open.pop() else { break };
            nodes[done].end = nodes.len();
            next = page.tree.query_node(&nodes[done].id, |node| node.next_sibling).flatten();
        }
    }
    for &at in &open {
        nodes[at].end = nodes.len();
    }
    nodes
}

/// Sums words and links from the texts up; a text that is out counts for nothing.
pub(super) fn weigh(page: &Document, nodes: &mut [Node]) {
    let mut link_until = 0;
    let mut out_until = 0;
    for at in 0..nodes.len() {
        let pressed = match nodes[at].name() {
            "" => false,
            "a" => page.tree.query_node_or(&nodes[at].id, false, leads_away),
            _ => at >= link_until && page.tree.query_node_or(&nodes[at].id, false, is_pressable) && is_card(nodes, at),
        };
        let node = &mut nodes[at];
        if pressed {
            link_until = link_until.max(node.end);
        }
        if node.out {
            out_until = out_until.max(node.end);
        }
        node.words = if at < out_until { 0 } else { solid(node.text()) };
        node.links = if at < link_until { node.words } else { 0 };
    }
    for at in (1..nodes.len()).rev() {
        let (words, links) = (nodes[at].words, nodes[at].links);
        let parent = nodes[at].parent;
        nodes[parent].words += words;
        nodes[parent].links += links;
    }
}

/// An address to write to, or a place on the same page, is no other article.
fn leads_away(link: &TreeNode) -> bool {
    let address =
        link.as_element().and_then(|link| link.attrs.iter().find(|attribute| &*attribute.name.local == "href"));
    address.is_some_and(|address| !["#", "mailto:", "tel:"].iter().any(|here| address.value.starts_with(here)))
}

/// The value of an attribute.
pub(super) fn attribute(page: &Document, node: &Node, key: &str) -> Option<String> {
    let read = |node: &TreeNode| {
        let found = node.as_element()?.attrs.iter().find(|attribute| &*attribute.name.local == key)?;
        Some(found.value.to_string())
    };
    page.tree.query_node_or(&node.id, None, read)
}

/// Leads elsewhere by its role or by a script.
fn is_pressable(element: &TreeNode) -> bool {
    let Some(element) = element.as_element() else { return false };
    element.attrs.iter().any(|attribute| match &*attribute.name.local {
        "role" => &*attribute.value == "link",
        "data-href" => !attribute.value.is_empty(),
        "onclick" => attribute.value.contains("location") || attribute.value.contains(".open("),
        _ => false,
    })
}

/// Holds no more than the card of an article does.
fn is_card(nodes: &[Node], at: usize) -> bool {
    nodes[at..nodes[at].end].iter().map(|node| solid(node.text())).sum::<usize>() <= CARD
}

/// Sums what is kept from the texts up.
pub(super) fn sum_kept(nodes: &mut [Node]) {
    for node in nodes.iter_mut().filter(|node| node.text().is_empty()) {
        node.kept = 0;
    }
    for at in (1..nodes.len()).rev() {
        let (kept, parent) = (nodes[at].kept, nodes[at].parent);
        nodes[parent].kept += kept;
    }
}

/// Bytes of a text without its white space.
pub(super) fn solid(text: &str) -> usize {
    text.split_whitespace().map(str::len).sum()
}
