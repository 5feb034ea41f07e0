//! Fills in the form of a list as it was sent.
//!
//! In: the query of an address. Out: the form.

use super::asked::Asked;
use super::page::{Choice, Filters};

/// The form of the list of claims.
pub fn filters(asked: &Asked) -> Filters {
    let choices = |field: &str| {
        let choice = |(key, label): (String, String)| Choice { chosen: key == asked.get(field), key, label };
        asked.labels.kinds(field).into_iter().map(choice).collect()
    };
    let word = |name: &str| asked.get(name).to_owned();
    let fields = ["side", "outcome", "counted", "claimant", "from", "to", "place", "document", "words"];
    Filters {
        side: word("side"),
        outcome: choices("outcome"),
        counted: choices("counted"),
        claimant: word("claimant"),
        from: word("from"),
        to: word("to"),
        place: word("place"),
        document: word("document"),
        words: word("words"),
        any: fields.iter().any(|field| !asked.get(field).is_empty()),
    }
}
