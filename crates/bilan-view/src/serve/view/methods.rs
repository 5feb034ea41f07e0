//! Shows how figures are read and compared, and how programs ask.
//!
//! In: the codebook, and the description of the API. Out: pages.
//!
//! A reader who meets "losses (word left open)" wants to know what that means before any figure: every closed word of a
//! page leads to its row of the codebook.

use super::super::api;
use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{WordsPage, coverage};
use crate::answer::Coverage;
use askama::Template;
use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd};
use std::collections::BTreeSet;
use std::fmt::Write;
use std::sync::LazyLock;

/// The codebook as HTML. It is ours: no document has a word in it.
static CODEBOOK: LazyLock<String> = LazyLock::new(|| html(include_str!("../../../../../CODEBOOK.md")));

/// How well reading works, as far as measured: the same words as in the folder of these measurements.
static ACCURACY: LazyLock<String> = LazyLock::new(|| html(include_str!("../../../../../accuracy/README.md")));

/// The codebook, what was read, and how well reading works as far as measured.
pub fn methods(asked: &Asked) -> Result<Made, NoPage> {
    let labels = asked.labels;
    let page = WordsPage {
        title: labels.say("view_methods").to_owned(),
        lead: ["methods_lead", "methods_accuracy", "methods_reviews"].map(|key| labels.say(key).to_owned()).to_vec(),
        body: format!("{}\n{}", *CODEBOOK, *ACCURACY),
        lang: "en",
        coverage: coverage(labels, &Coverage::of(asked.ledger)?),
        frame: asked.frame(),
    };
    Ok(Made::html(page.render()?))
}

/// The API in words.
pub fn api_page(asked: &Asked) -> Result<Made, NoPage> {
    let labels = asked.labels;
    let page = WordsPage {
        title: "API".into(),
        lead: vec![labels.say("api_lead").to_owned()],
        body: api::in_words(),
        lang: "en",
        coverage: vec![],
        frame: asked.frame(),
    };
    Ok(Made::html(page.render()?))
}

/// Markdown of ours as HTML: headings one step lower, a place to link to at every heading and every defined word, and no
/// link to a file that a browser could not open.
fn html(markdown: &str) -> String {
    let rows = first_cells(markdown);
    let mut defined = BTreeSet::new();
    let (mut cell, mut dropped) = (false, false);
    let mut events = Vec::new();
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        let event = match event {
            // The page has its own heading.
            Event::Start(Tag::Heading { level, .. }) => {
                Event::Start(Tag::Heading { level: lower(level), id: None, classes: vec![], attrs: vec![] })
            }
            Event::End(TagEnd::Heading(level)) => Event::End(TagEnd::Heading(lower(level))),
            Event::Start(Tag::TableRow) => {
                cell = true;
                event
            }
            Event::End(TagEnd::TableCell) => {
                cell = false;
                event
            }
            // A word is defined in its row; one without a row where it is named first.
            Event::Code(word)
                if is_word(&word) && (cell || !rows.contains(&*word)) && defined.insert(word.to_string()) =>
            {
                Event::InlineHtml(CowStr::from(format!("<code id=\"{word}\">{word}</code>")))
            }
            Event::Start(Tag::Link { ref dest_url, .. }) if !dest_url.starts_with("https://") => {
                dropped = true;
                continue;
            }
            Event::End(TagEnd::Link) if dropped => {
                dropped = false;
                continue;
            }
            Event::Html(words) | Event::InlineHtml(words) => Event::Text(words),
            other => other,
        };
        events.push(event);
    }
    let mut page = String::new();
    pulldown_cmark::html::push_html(&mut page, events.into_iter());
    // A table wider than a phone scrolls by itself, by hand and by key.
    page.replace("<table>", "<div class=\"wide\" tabindex=\"0\" role=\"group\" aria-label=\"table\"><table>")
        .replace("</table>", "</table></div>")
}

/// The words that have a row of their own.
fn first_cells(markdown: &str) -> BTreeSet<String> {
    let mut rows = BTreeSet::new();
    let mut cell = false;
    for event in Parser::new_ext(markdown, Options::ENABLE_TABLES) {
        match event {
            Event::Start(Tag::TableRow) => cell = true,
            Event::End(TagEnd::TableCell) => cell = false,
            Event::Code(word) if cell && is_word(&word) => drop(rows.insert(word.to_string())),
            _ => {}
        }
    }
    rows
}

fn lower(level: HeadingLevel) -> HeadingLevel {
    match level {
        HeadingLevel::H1 | HeadingLevel::H2 => HeadingLevel::H2,
        HeadingLevel::H3 => HeadingLevel::H3,
        _ => HeadingLevel::H4,
    }
}

fn is_word(word: &str) -> bool {
    !word.is_empty() && word.bytes().all(|b| b.is_ascii_lowercase() || b == b'_')
}

/// Writes words as they may stand in HTML.
pub fn escaped(words: &str) -> String {
    let mut safe = String::new();
    for c in words.chars() {
        match c {
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '&' => safe.push_str("&amp;"),
            '"' => safe.push_str("&quot;"),
            c => {
                let _ = write!(safe, "{c}");
            }
        }
    }
    safe
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_closed_word_has_a_place_in_the_methods() {
        let kinds: toml::Table = toml::from_str(include_str!("../../../../../packs/kinds.toml")).unwrap();
        for table in ["outcome", "counted", "scope", "said", "contested", "refused"] {
            for word in kinds[table].as_table().unwrap().keys() {
                assert!(CODEBOOK.contains(&format!("id=\"{word}\"")), "{table} {word}");
            }
        }
    }

    #[test]
    fn markup_is_shown_and_links_to_files_are_words() {
        let page = html("a <script>x</script> [b](packs/c.toml) [d](https://example.invalid/)");
        assert!(
            !page.contains("<script") && !page.contains("packs/c.toml") && page.contains("https://example.invalid/")
        );
    }
}
