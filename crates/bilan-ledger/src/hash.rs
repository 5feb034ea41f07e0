//! Names things by their content.
//!
//! In: a tag and fields. Out: 52 letters of base32.
//!
//! Each field is preceded by its length, so that ("ab", "c") and ("a", "bc") are two things.

use bilan::document::id::text_of;

/// BLAKE3 over the tag and the fields, each with its length before it. Its first 26 letters are what
/// [`bilan::document::id::of`] makes of the same: a text has one name in claims and, longer, in the chain.
pub(crate) fn hash(tag: &str, fields: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in std::iter::once(&tag.as_bytes()).chain(fields) {
        hasher.update(&(field.len() as u64).to_le_bytes());
        hasher.update(field);
    }
    text_of(hasher.finalize().as_bytes(), 52)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(hash("t", &[b"ab", b"c"]), hash("t", &[b"a", b"bc"]));
        assert_ne!(hash("t", &[b"a"]), hash("ta", &[]));
        assert_eq!(hash("t", &[]).len(), 52);
    }

    #[test]
    fn the_engine_gives_the_same_name_in_short() {
        let (long, short) =
            (hash("bilan/text/1", &[b"INVENTED"]), bilan::document::id::of("bilan/text/1", &[b"INVENTED"]));
        assert_eq!(long[..26], short);
    }
}
