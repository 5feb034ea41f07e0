//! Reads a document with the packs: the one entry point of the engine.
//!
//! In: a [`Document`] and [`Packs`]. Out: a [`Reading`]. Never fails on content, never reads a clock.
//!
//! A document in a language without a pack gives no claim and a remark: silence must never look like absence.

use crate::claim::{Finding, Reading, tokens};
use crate::document::{self, Document, Remark};
use crate::mention::Context;
use crate::pack::Packs;
use std::sync::Arc;

/// A reader version: engine, packs and weights. Cheap to clone, shared between threads.
#[derive(Clone)]
pub struct Reader {
    packs: Arc<Packs>,
    version: Arc<str>,
}

impl Reader {
    /// A reader with these packs.
    pub fn new(packs: Packs) -> Reader {
        let version = packs.version().into();
        Reader { packs: Arc::new(packs), version }
    }

    /// Hash of engine version, packs and weights, base32.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// The packs it reads with.
    pub fn packs(&self) -> &Packs {
        &self.packs
    }

    /// Finds the claims of a document. Same document, same reader: same reading.
    pub fn read(&self, mut document: Document) -> Reading {
        let mut remarks = Vec::new();
        if document.lang.is_none() {
            let known: Vec<&str> = self.packs.langs.keys().map(String::as_str).collect();
            document.lang = document::language(&document.text, &known);
        }
        let pack = document.lang.as_ref().and_then(|lang| self.packs.langs.get(lang));
        let Some(pack) = pack else {
            let known: Vec<&str> = self.packs.langs.keys().map(String::as_str).collect();
            remarks.push(Remark::new(
                "language",
                format!("no pack reads this document's language; packs: {}", known.join(", ")),
            ));
            return Reading { document, reader: self.version.to_string(), claims: vec![], refusals: vec![], remarks };
        };
        let own = pack.boilerplate.find(&document.text);
        document.boilerplate.extend(own);
        document.boilerplate.sort();
        document.boilerplate.dedup();
        let (tokens, paragraphs) = tokens(&document.text, pack);
        let finding = Finding {
            context: Context { text: &document.text, tokens: &tokens, pack },
            shared: &self.packs.shared,
            published: document.published,
            boilerplate: &document.boilerplate,
        };
        let (claims, refusals) = finding.find(&paragraphs);
        Reading { reader: self.version.to_string(), claims, refusals, remarks, document }
    }
}
