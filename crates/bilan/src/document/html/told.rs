//! Reads the article's text where a page tells it of itself, as `articleBody` of JSON-LD.
//!
//! In: a described article. Out: [`Told`].
//!
//! What is told has no lists and no tables, and often ends early: a line that is not in it may be the toll. So it is
//! never a sieve; it says where the article ends, and it is the article where the page itself shows none.

use super::plain;
use serde_json::Value as Json;

/// Below this many bytes it is a summary.
const SHORT: usize = 400;

/// Letters and digits by which the end is known.
const END: usize = 40;

/// The text of an article, as told.
#[derive(Debug)]
pub(super) struct Told {
    text: String,
    end: String,
}

impl Told {
    /// What an article is told to say, unless that is too short for one.
    pub fn of(article: &Json) -> Option<Told> {
        let body = article.get("articleBody")?.as_str().filter(|body| body.len() >= SHORT)?;
        let body = body.replace("</p>", "\n").replace("<br", "\n<br");
        let lines = body.split(['\n', '\r']).map(plain).filter(|line| !line.is_empty());
        let text = lines.collect::<Vec<_>>().join("\n\n");
        let mut end: Vec<char> = text.chars().rev().filter(|c| c.is_alphanumeric()).take(END).collect();
        end.reverse();
        (end.len() == END).then(|| Told { end: end.into_iter().collect(), text })
    }

    /// The last line of the article, by its letters and digits.
    pub fn ends_with(&self, letters: &str) -> bool {
        letters.ends_with(&self.end)
    }

    /// The text in place of what the page shows, when that is less than half of it.
    pub fn instead_of(&self, shown: &str) -> Option<&str> {
        (2 * shown.len() < self.text.len()).then_some(self.text.as_str())
    }
}
