//! Decides line by line what is kept around the article's trunk.
//!
//! In: nodes, the region of the trunk, what the page tells of its article. Out: the same nodes, their texts marked.
//!
//! A toll stands in a line as short as "Suivez-nous": so nothing goes for being short. It goes for where its links
//! lead, for what it stands over, for standing behind the end; and behind the end only without a digit.

use super::links::Links;
use super::names;
use super::notes::Note;
use super::table::Row;
use super::told::Told;
use super::tree::{self, Node};
use std::collections::HashSet;

/// Percent of a block that may be links, inside the article and before it.
const LINKS: usize = 72;
const LINKS_BEFORE: usize = 30;

/// A block of so many bytes is a paragraph, whatever its element.
const PARAGRAPH: usize = 60;

/// A heading of so many bytes is one too.
const LEAD: usize = 100;

/// Most blocks between the title and the article.
const BEFORE: usize = 40;

/// What a publisher says of itself in one paragraph is no longer.
const NOTICE: usize = 240;

/// Longest label before the title of another article, and the fewest words of a title.
const LABEL: usize = 60;
const TITLE: usize = 2;

/// A line about a page's own address is no longer.
const ADDRESS: usize = 60;

/// What a page tells of its parts.
pub(super) struct Signs<'p> {
    pub rows: &'p [Row],
    pub notes: &'p [Note],
    pub links: &'p Links,
    pub told: Option<&'p Told>,
}

/// Texts of one line or paragraph.
struct Block {
    /// The element that holds them.
    at: usize,
    texts: Vec<usize>,
    words: usize,
    links: usize,
    kept: usize,
    chosen: bool,
    /// A note that stands apart.
    note: bool,
}

/// Looks again at each block of the region, and between the title and the region.
pub(super) fn mend(nodes: &mut [Node], region: usize, signs: &Signs) {
    let mut blocks = blocks(nodes, signs.rows);
    choose(nodes, &mut blocks, region);
    choose_notes(nodes, &mut blocks, region, signs.notes);
    leave_out_again(nodes, &mut blocks);
    leave_out_behind(nodes, &mut blocks, signs.told);
    leave_out_closing(nodes, &mut blocks, signs.links);
    leave_out_headings(nodes, &mut blocks, region);
    for node in nodes.iter_mut() {
        node.kept = 0;
    }
    for at in blocks.iter().filter(|block| block.chosen).flat_map(|block| &block.texts) {
        nodes[*at].kept = nodes[*at].words;
    }
    tree::sum_kept(nodes);
}

/// The texts of the page, block by block; a row of a table is one.
fn blocks(nodes: &[Node], rows: &[Row]) -> Vec<Block> {
    let mut blocks: Vec<Block> = vec![];
    let mut holder = vec![0; nodes.len()];
    let mut rows = rows.iter().peekable();
    for (at, node) in nodes.iter().enumerate() {
        while rows.next_if(|row| row.end <= at).is_some() {}
        let row = rows.peek().filter(|row| row.at <= at);
        holder[at] = match row {
            Some(row) => row.at,
            None if node.is_block() => at,
            None => holder[node.parent],
        };
        if node.words == 0 || node.text().is_empty() {
            continue;
        }
        let new = blocks.last().is_none_or(|last| last.at != holder[at]);
        if new {
            blocks.push(Block {
                at: holder[at],
                texts: vec![],
                words: 0,
                links: 0,
                kept: 0,
                chosen: false,
                note: false,
            });
        }
        if let Some(block) = blocks.last_mut() {
            block.texts.push(at);
            block.words += node.words;
            block.links += node.links;
            block.kept += node.kept;
        }
    }
    blocks
}

/// Chooses by place, length and share of links.
fn choose(nodes: &[Node], blocks: &mut [Block], region: usize) {
    let range = region..nodes[region].end;
    let title = blocks.iter().rposition(|block| block.at < region && nodes[block.at].name() == "h1");
    let first = blocks.iter().position(|block| range.contains(&block.at)).unwrap_or(blocks.len());
    let before = title.filter(|title| first - title <= BEFORE).map_or(0..0, |title| title + 1..first);
    for (number, block) in blocks.iter_mut().enumerate() {
        let links = 100 * block.links / block.words.max(1);
        let long = block.words >= PARAGRAPH;
        block.chosen = if range.contains(&block.at) {
            let only_a_date = block.texts.iter().all(|text| nodes[nodes[*text].parent].name() == "time");
            let line = long || names::LINES.has(nodes[block.at].name());
            let elsewhere = block.is_address(nodes) || block.is_pointer(nodes);
            let data = nodes[block.at].name() == "tr";
            (links <= LINKS || data) && !only_a_date && !elsewhere && (2 * block.kept >= block.words || line)
        } else if before.contains(&number) {
            links <= LINKS_BEFORE && long
        } else {
            2 * block.kept >= block.words && links <= LINKS_BEFORE
        };
    }
}

/// Chooses the notes outside the region that its text leads to.
fn choose_notes(nodes: &[Node], blocks: &mut [Block], region: usize, notes: &[Note]) {
    let range = region..nodes[region].end;
    for note in notes.iter().filter(|note| range.contains(&note.mark) && !range.contains(&note.at)) {
        let from = blocks.partition_point(|block| block.at < note.at);
        for block in blocks[from..].iter_mut().take_while(|block| block.at < note.end) {
            (block.chosen, block.note) = (true, true);
        }
    }
}

/// A paragraph that stands twice stands once for wide windows and once for narrow ones.
fn leave_out_again(nodes: &[Node], blocks: &mut [Block]) {
    let mut met = HashSet::new();
    for block in blocks.iter_mut().filter(|block| block.chosen && block.words >= PARAGRAPH) {
        block.chosen = met.insert(block.letters(nodes));
    }
}

/// What stands behind the end that the page tells of.
fn leave_out_behind(nodes: &[Node], blocks: &mut [Block], told: Option<&Told>) {
    let Some(told) = told else { return };
    let ends = |block: &Block| block.chosen && told.ends_with(&block.letters(nodes));
    let Some(end) = blocks.iter().rposition(ends) else { return };
    for block in &mut blocks[end + 1..] {
        block.chosen &= block.has_digit(nodes) || names::CAPTIONS.has(nodes[block.at].name());
    }
}

/// What stands below the article: the publisher on itself, lines with links beside that, lists of other articles.
fn leave_out_closing(nodes: &[Node], blocks: &mut [Block], links: &Links) {
    let entries: Vec<bool> = blocks.iter().map(|block| block.is_entry(nodes, links)).collect();
    let is_entry = |at: usize| entries.get(at).copied().unwrap_or(false);
    let mut begun = false;
    for at in (0..blocks.len()).rev() {
        let block = &mut blocks[at];
        if !block.chosen || block.note {
            continue;
        }
        let listed = is_entry(at) && (is_entry(at + 1) || at > 0 && is_entry(at - 1));
        let own = links.has_own(block.at, nodes[block.at].end);
        let said = own && block.words <= NOTICE || begun && block.links > 0 && block.words <= LEAD;
        let signed = block.first(nodes).starts_with('©');
        if !(listed || signed || said && !block.has_digit(nodes)) {
            return;
        }
        begun = true;
        block.chosen = false;
    }
}

/// A heading goes with what it stands over.
fn leave_out_headings(nodes: &[Node], blocks: &mut [Block], region: usize) {
    let range = region..nodes[region].end;
    let mut below = None;
    for block in blocks.iter_mut().rev() {
        if names::HEADINGS.has(nodes[block.at].name()) && !(block.chosen && block.words >= LEAD) {
            let over = |below: usize| (block.at..below).any(|at| nodes[at].out && is_card(nodes, at));
            block.chosen = range.contains(&block.at) && below.is_some_and(|(at, kept)| kept && !over(at));
        }
        below = Some((block.at, block.chosen));
    }
}

/// Links to other articles, with a heading among them.
fn is_card(nodes: &[Node], at: usize) -> bool {
    nodes[at].listed && nodes[at..nodes[at].end].iter().any(|node| names::HEADINGS.has(node.name()))
}

/// A link of several words: a number or a name leads to a source.
fn is_title(node: &Node) -> bool {
    let words = node.text().split_whitespace().filter(|word| word.contains(char::is_alphabetic));
    node.links > 0 && node.links == node.words && words.count() >= TITLE
}

impl Block {
    fn letters(&self, nodes: &[Node]) -> String {
        let texts = self.texts.iter().flat_map(|at| nodes[*at].text().chars());
        texts.filter(|c| c.is_alphanumeric()).collect()
    }

    fn has_digit(&self, nodes: &[Node]) -> bool {
        self.texts.iter().any(|at| nodes[*at].text().contains(|c: char| c.is_numeric()))
    }

    fn first<'n>(&self, nodes: &'n [Node]) -> &'n str {
        self.texts.first().map_or("", |at| nodes[*at].text().trim_start())
    }

    /// Nothing but a label with a colon, and a link of several words: "Чит. також: У Міравії…".
    fn is_pointer(&self, nodes: &[Node]) -> bool {
        let (label, title) = self.texts.split_at(self.texts.partition_point(|at| nodes[*at].links == 0));
        let ends = label.last().is_some_and(|at| nodes[*at].text().trim_end().ends_with([':', '：']));
        let is_label = label.iter().all(|at| !nodes[*at].text().contains(|c: char| c.is_numeric()));
        ends && is_label
            && !title.is_empty()
            && self.words - self.links <= LABEL
            && title.iter().all(|at| is_title(&nodes[*at]))
    }

    /// An entry of a list of articles: a title to press, and perhaps a sentence on it.
    ///
    /// What goes on behind a link in small letters, with a colon or with a number is one statement with it.
    fn is_entry(&self, nodes: &[Node], links: &Links) -> bool {
        let end = nodes[self.at].end;
        let mut texts = self.texts.iter().skip_while(|at| !nodes[**at].text().contains(char::is_alphanumeric));
        let opens = texts.next().is_some_and(|at| is_title(&nodes[*at]));
        let rest: String = texts.map(|at| nodes[*at].text()).collect();
        let goes_on = rest.trim_start().starts_with([':', '：'])
            || rest.chars().find(|c| c.is_alphanumeric()).is_some_and(|c| c.is_lowercase() || c.is_numeric());
        nodes[self.at].name() == "li" && opens && !goes_on && !links.has_elsewhere(self.at, end)
    }

    /// A label and the page's own address.
    fn is_address(&self, nodes: &[Node]) -> bool {
        self.words <= ADDRESS && self.texts.iter().any(|at| nodes[*at].text().contains("://"))
    }
}
