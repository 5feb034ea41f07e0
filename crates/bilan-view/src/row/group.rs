//! Writes groups of documents that are one text, or one page.
//!
//! In: a document and what it is to the first of its group. Out: a row with stable keys.
//!
//! Which of two copies was there first is not known from their texts: the first is the one that was published first, as
//! far as they tell, and no more is said.

use super::{Columns, Row};
use bilan::claim::Date;
use serde_json::json;

/// A document of a group.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// From 1, in the order of their first documents.
    pub group: usize,
    /// What it is in the group.
    pub part: Part,
    /// About how much of what stands in either of it and the first stands in both, from 0 to 1.
    pub resemblance: Option<f64>,
    /// The caller's id.
    pub document: String,
    /// Hash of address and text.
    pub hash: String,
    /// Hash of the text.
    pub text_hash: String,
    /// Its title.
    pub title: Option<String>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Where it was found.
    pub url: Option<String>,
    /// When.
    pub published: Option<Date>,
}

/// What a document is in its group.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Part {
    /// Published first, as far as the documents tell.
    First,
    /// The same text, byte for byte.
    Same,
    /// The same address with another text.
    Revision,
    /// Mostly the same text.
    Alike,
}

impl Part {
    /// Its key.
    pub fn key(self) -> &'static str {
        match self {
            Part::First => "first",
            Part::Same => "same",
            Part::Revision => "revision",
            Part::Alike => "alike",
        }
    }
}

impl Member {
    /// As a row.
    pub fn row(&self) -> Row {
        let mut row = Row::new();
        let mut set = |key: &str, value: serde_json::Value| row.insert(key.to_owned(), value);
        set("group", json!(self.group));
        set("part", json!(self.part.key()));
        set("resemblance", json!(self.resemblance.map(|share| (share * 100.0).round() / 100.0)));
        set("document", json!(self.document));
        set("hash", json!(self.hash));
        set("text_hash", json!(self.text_hash));
        set("title", json!(self.title));
        set("outlet", json!(self.outlet));
        set("url", json!(self.url));
        set("published", json!(self.published));
        row
    }

    /// The columns of a table of members.
    pub fn columns() -> Columns {
        Columns::list("group part resemblance 'document hash text_hash 'title 'outlet 'url published")
    }
}
