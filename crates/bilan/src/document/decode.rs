//! Turns bytes into text, whatever they are.
//!
//! In: bytes. Out: a string, and remarks on what had to be guessed or replaced.
//!
//! One bad byte in a UTF-8 page must not turn every "é" into "Ã©": another encoding is looked for only where the bytes
//! that fail outnumber the letters that do not.

use super::Remark;
use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// How much the encoding is guessed from, counted from the first byte that is not ASCII.
const SAMPLE: usize = 1 << 20;

/// Decodes by byte order mark, as UTF-8, or by detection. `cut` says that the last letter may be half a letter; `lang`
/// helps to tell apart encodings that share their bytes.
pub(super) fn decode(mut bytes: Vec<u8>, cut: bool, lang: Option<&str>, remarks: &mut Vec<Remark>) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(&bytes) {
        bytes.drain(..mark);
        if encoding != UTF_8 {
            remarks.push(Remark::new("encoding", format!("read as {}, as its first bytes say", encoding.name())));
            return with(encoding, &bytes, remarks);
        }
    }
    if cut {
        drop_half_a_letter(&mut bytes);
    }
    match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(wrong) => {
            let bytes = wrong.into_bytes();
            if is_damaged_utf8(&bytes) {
                return with(UTF_8, &bytes, remarks);
            }
            let encoding = guess(&bytes, lang);
            let words = format!("not UTF-8; read as {}, a guess from the bytes", encoding.name());
            remarks.push(Remark::new("encoding", words));
            with(encoding, &bytes, remarks)
        }
    }
}

/// Decodes a page that may declare its encoding. Bytes that are UTF-8 beyond ASCII are UTF-8, whatever was declared.
pub(super) fn decode_as(
    bytes: Vec<u8>,
    cut: bool,
    label: Option<&str>,
    lang: Option<&str>,
    remarks: &mut Vec<Remark>,
) -> String {
    let declared = label.and_then(|label| Encoding::for_label(label.as_bytes()));
    // A page that names UTF-16 in bytes that can be read is not in it.
    let told = declared.filter(|encoding| ![UTF_8, UTF_16LE, UTF_16BE].contains(encoding));
    match told {
        Some(encoding) if Encoding::for_bom(&bytes).is_none() && std::str::from_utf8(&bytes).is_err() => {
            with(encoding, &bytes, remarks)
        }
        _ => {
            if let (None, Some(label)) = (declared, label) {
                let words = format!("the page names an encoding that does not exist: {label}");
                remarks.push(Remark::new("encoding", words));
            }
            decode(bytes, cut, lang, remarks)
        }
    }
}

/// Makes NULs harmless: each becomes a space, so that no byte moves.
pub(super) fn quieten(text: &mut String, remarks: &mut Vec<Remark>) {
    let nuls = text.bytes().filter(|&byte| byte == 0).count();
    if nuls > 0 {
        *text = text.replace('\0', " ");
        remarks.push(Remark::new("nuls", format!("{nuls} NUL bytes were read as spaces")));
    }
}

fn with(encoding: &'static Encoding, bytes: &[u8], remarks: &mut Vec<Remark>) -> String {
    let (text, wrong) = encoding.decode_without_bom_handling(bytes);
    if wrong {
        let words = format!("some bytes are not {} and were replaced", encoding.name());
        remarks.push(Remark::new("encoding", words));
    }
    text.into_owned()
}

fn drop_half_a_letter(bytes: &mut Vec<u8>) {
    let tail = bytes.len().saturating_sub(3);
    if let Some(last) = bytes[tail..].iter().rposition(|byte| byte & 0xC0 == 0xC0) {
        let unfinished = std::str::from_utf8(&bytes[tail + last..]).is_err_and(|wrong| wrong.error_len().is_none());
        if unfinished {
            bytes.truncate(tail + last);
        }
    }
}

fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut letters, mut failures) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        letters += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        failures += usize::from(!chunk.invalid().is_empty());
    }
    letters > failures
}

fn guess(bytes: &[u8], lang: Option<&str>) -> &'static Encoding {
    let start = bytes.iter().position(|byte| !byte.is_ascii()).unwrap_or(0);
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(&bytes[start..bytes.len().min(start + SAMPLE)], true);
    // The detector knows countries, not languages; most two-letter names agree.
    let country = match lang {
        Some("uk") => Some("ua"),
        other => other.filter(|lang| lang.len() == 2 && lang.bytes().all(|byte| byte.is_ascii_lowercase())),
    };
    detector.guess(country.map(str::as_bytes), Utf8Detection::Deny)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(bytes: &[u8]) -> (String, Vec<String>) {
        let mut remarks = vec![];
        let text = decode(bytes.to_vec(), false, None, &mut remarks);
        (text, remarks.into_iter().map(|remark| remark.key).collect())
    }

    #[test]
    fn marks_are_dropped_and_obeyed() {
        assert_eq!(read(b"\xEF\xBB\xBF\xC3\xA9t\xC3\xA9"), ("été".into(), vec![]));
        assert_eq!(read(b"\xFF\xFE\xE9\0t\0"), ("ét".into(), vec!["encoding".into()]));
        assert_eq!(read(b"\xFE\xFF\0\xE9\0t"), ("ét".into(), vec!["encoding".into()]));
    }

    #[test]
    fn old_encodings_are_guessed() {
        let (french, _, _) = encoding_rs::WINDOWS_1252.encode("L’armée a déclaré que 12 soldats ont été tués à l’est.");
        assert!(read(&french).0.contains("déclaré"));
        let (russian, _, _) = encoding_rs::WINDOWS_1251.encode("Погибли двенадцать военных, сообщило министерство.");
        let (text, remarks) = read(&russian);
        assert!(text.contains("двенадцать"), "{text}");
        assert_eq!(remarks, ["encoding"]);
    }

    #[test]
    fn one_bad_byte_costs_one_letter() {
        let mut bytes = "Le général a été tué à midi. ".as_bytes().to_vec();
        bytes.push(0xFF);
        let (text, remarks) = read(&bytes);
        assert_eq!(text, "Le général a été tué à midi. \u{FFFD}");
        assert_eq!(remarks, ["encoding"]);
    }

    #[test]
    fn a_declared_encoding_is_believed_unless_the_bytes_are_utf8() {
        let page = |label: &str, bytes: &[u8]| {
            let mut remarks = vec![];
            let text = decode_as(bytes.to_vec(), false, Some(label), None, &mut remarks);
            (text, remarks.len())
        };
        let (ukrainian, _, _) = encoding_rs::KOI8_U.encode("Їхав");
        assert_eq!(page("koi8-u", &ukrainian), ("Їхав".into(), 0));
        assert_eq!(page("iso-8859-1", "été".as_bytes()), ("été".into(), 0));
        assert_eq!(page("utf-16", b"\xE9t\xE9 tu\xE9").1, 1);
        assert_eq!(page("klingon", "été".as_bytes()), ("été".into(), 1));
    }

    #[test]
    fn a_letter_cut_in_two_is_left_out() {
        for (bytes, text) in [(&b"et\xC3"[..], "et"), (b"\xF0\x9F\x98", ""), (b"a\xC3\xA9", "aé"), (b"", "")] {
            let mut remarks = vec![];
            assert_eq!(decode(bytes.to_vec(), true, None, &mut remarks), text);
            assert!(remarks.is_empty());
        }
    }
}
