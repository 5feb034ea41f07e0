//! Any bytes as each kind of input.

use bilan::document::{Given, Kind, open};

/// Each kind is read to its end, and every place in a document is a place of its text.
pub fn documents(bytes: &[u8]) {
    let kinds = Kind::NAMED.map(|(_, kind)| Some(kind));
    for kind in kinds.into_iter().chain([None]) {
        let given = Given { kind, ..Given::default() };
        for document in open("invented", bytes, &given).take(bytes.len() + 2).flatten() {
            assert!(document.text.is_char_boundary(document.title as usize));
            for span in &document.boilerplate {
                assert!(document.text.get(span.start as usize..span.end as usize).is_some(), "{span:?}");
            }
        }
    }
}
