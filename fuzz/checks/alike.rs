//! Any two texts as copies of each other.

use bilan::document::alike::{Groups, Signature};

/// A text is like itself, and resemblance has no direction.
pub fn alike(bytes: &[u8]) {
    let (a, b) = bytes.split_at(bytes.len() / 2);
    let [a, b] = [a, b].map(|bytes| Signature::of(&String::from_utf8_lossy(bytes), &[]));
    let mut groups = Groups::default();
    for signature in [&a, &b, &a] {
        groups.add(signature.clone());
    }
    if a.is_some() {
        assert_eq!(groups.resemblance(0, 2), Some(1.0));
        assert!(groups.groups().iter().any(|group| group.contains(&0) && group.contains(&2)));
    }
    assert_eq!(groups.resemblance(0, 1), groups.resemblance(1, 0));
}
