//! Reads a document with the packs: the one entry point of the engine.
//!
//! In: a [`Document`] and [`Packs`]. Out: a [`Reading`]. Never fails on content, never reads a clock.

use crate::claim::Reading;
use crate::document::Document;
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
    pub fn read(&self, document: Document) -> Reading {
        Reading { document, reader: self.version.to_string(), claims: vec![], refusals: vec![], remarks: vec![] }
    }
}
