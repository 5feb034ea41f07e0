//! Names things by what they hold.
//!
//! In: a domain and fields. Out: 26 letters.
//!
//! Fields carry their lengths, so that url "ab" with text "c" is another document than url "a" with text "bc".

/// BLAKE3 over a domain and length-prefixed fields: 130 bits in base32, lower case.
///
/// The domain names what is hashed and the version of its making, as `bilan/document/1`.
pub fn of(domain: &str, fields: &[&[u8]]) -> String {
    let mut hasher = blake3::Hasher::new();
    for field in [domain.as_bytes()].iter().chain(fields) {
        hasher.update(&(field.len() as u64).to_le_bytes()).update(field);
    }
    text_of(hasher.finalize().as_bytes(), 26)
}

/// The first letters of bytes in base32 (RFC 4648), lower case, without padding.
pub fn text_of(bytes: &[u8], letters: usize) -> String {
    const LETTERS: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let byte = |at: usize| bytes.get(at).copied().unwrap_or(0);
    let most = (bytes.len() * 8).div_ceil(5);
    (0..letters.min(most))
        .map(|letter| {
            let (at, shift) = (letter * 5 / 8, letter * 5 % 8);
            let pair = u16::from_be_bytes([byte(at), byte(at + 1)]);
            char::from(LETTERS[usize::from(pair >> (11 - shift) & 31)])
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_as_the_standard_has_it() {
        for (bytes, letters) in [("", ""), ("f", "my"), ("fo", "mzxq"), ("foo", "mzxw6"), ("foobar", "mzxw6ytboi")] {
            assert_eq!(text_of(bytes.as_bytes(), 26), letters);
        }
        assert_eq!(text_of(b"foobar", 3), "mzx");
    }

    #[test]
    fn fields_do_not_run_together() {
        assert_ne!(of("t", &[b"ab", b"c"]), of("t", &[b"a", b"bc"]));
        assert_ne!(of("t", &[b"a"]), of("u", &[b"a"]));
        assert_eq!(of("t", &[b"a"]).len(), 26);
    }
}
