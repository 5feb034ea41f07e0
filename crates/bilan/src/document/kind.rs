//! Tells what an input is from its first bytes.
//!
//! In: the first bytes and the name. Out: a [`Kind`], or why the input is none that is read.
//!
//! A feed is saved as `news.html`, a page as `article.txt`: the name decides only where the bytes leave it open.

/// What an input is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Plain text.
    Text,
    /// One object a line, each a document.
    Lines,
    /// JSON over several lines: one object, or an array of them.
    Json,
    /// A page.
    Html,
    /// RSS, Atom or a JSON feed.
    Feed,
    /// `result.json`, as Telegram exports a channel or chats.
    Telegram,
    /// A PDF. Not read by this crate: it takes a process of its own.
    Pdf,
}

/// How much of an input tells its kind.
pub(super) const HEAD: u64 = 4096;

impl Kind {
    /// All kinds by the name that a person types.
    pub const NAMED: [(&'static str, Kind); 7] = [
        ("text", Kind::Text),
        ("jsonl", Kind::Lines),
        ("json", Kind::Json),
        ("html", Kind::Html),
        ("feed", Kind::Feed),
        ("telegram", Kind::Telegram),
        ("pdf", Kind::Pdf),
    ];

    /// Tells the kind from the first bytes, and from the name where they leave it open.
    ///
    /// # Errors
    /// What the input is, when nothing in it can be read.
    pub fn of(name: &str, head: &[u8]) -> Result<Kind, &'static str> {
        let extension = name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let named = |known: &[&str]| known.iter().any(|known| extension.eq_ignore_ascii_case(known));
        if let Some((_, what)) = SIGNATURES.iter().find(|(signature, _)| head.starts_with(signature)) {
            return Err(what);
        }
        if head.get(257..262) == Some(b"ustar") {
            return Err("a tar archive where a document was expected; unpack it first");
        }
        if pdf_start(head).is_some() {
            return Ok(Kind::Pdf);
        }
        let wide = matches!(head, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]);
        if !wide && is_binary(head) {
            return Err(
                "bytes that are no text, as of a program or a picture; expected text, a page, a feed or lines of JSON",
            );
        }
        let json = named(&["json", "jsonl", "ndjson"]);
        if json && wide {
            return Err("JSON in UTF-16; expected UTF-8");
        }
        // Markup is ASCII: without its zeros UTF-16 reads like it.
        let head: Vec<u8> = head.iter().filter(|byte| !wide || !matches!(byte, 0 | 0xFE | 0xFF)).copied().collect();
        let head = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&head).trim_ascii_start();
        match head.first() {
            Some(b'<') => {
                markup(&String::from_utf8_lossy(head), named(&["html", "htm", "xhtml", "xml", "rss", "atom"]))
            }
            Some(b'{' | b'[') if let Some(kind) = object(head, json) => Ok(kind),
            _ if json => Ok(Kind::Lines),
            _ if named(&["html", "htm", "xhtml"]) && head.contains(&b'<') => Ok(Kind::Html),
            _ => Ok(Kind::Text),
        }
    }
}

/// Whether there are more control characters than damage leaves in a text. Of any bytes one in ten is one; NULs count
/// once where many stand together, because tapes and disks fill up with them.
fn is_binary(head: &[u8]) -> bool {
    // Bell to carriage return, and the escape of terminals and of Japanese, stand in texts.
    let is_control = |byte: &&u8| matches!(byte, 1..=6 | 0x0E..=0x1A | 0x1C..=0x1F | 0x7F);
    let held = head.iter().filter(|&&byte| byte != 0).count();
    let controls = head.iter().filter(is_control).count();
    let nuls = head.chunk_by(|a, b| a == b).filter(|run| run[0] == 0).count();
    (controls >= 4 && 30 * controls > held) || (nuls >= 4 && 4 * nuls > held)
}

fn object(head: &[u8], json: bool) -> Option<Kind> {
    let (first, rest) = head.split_first()?;
    let inner = rest.trim_ascii_start();
    let spread = rest[..rest.len() - inner.len()].contains(&b'\n');
    let holds = |words: &str| memchr::memmem::find(head, words.as_bytes()).is_some();
    match (first, inner.first()) {
        (b'{', Some(b'"')) if holds("jsonfeed.org/version/") || holds("jsonfeed.org\\/version\\/") => Some(Kind::Feed),
        (b'{', Some(b'"')) if is_export(head) => Some(Kind::Telegram),
        (b'{', Some(b'"')) if spread => Some(Kind::Json),
        (b'{', Some(b'"')) => Some(Kind::Lines),
        (b'[', Some(b'{')) if json || spread => Some(Kind::Json),
        _ => None,
    }
}

/// `"messages": [` of one chat, `"chats": {` of many.
fn is_export(head: &[u8]) -> bool {
    let opens = |key: &str, sign: u8| {
        memchr::memmem::find_iter(head, key.as_bytes()).any(|at| {
            let rest = head[at + key.len()..].trim_ascii_start();
            rest.strip_prefix(b":").is_some_and(|rest| rest.trim_ascii_start().first() == Some(&sign))
        })
    };
    opens("\"messages\"", b'[') || opens("\"chats\"", b'{')
}

/// The kind by the first element; `named` says that the name is that of a page or a feed.
fn markup(head: &str, named: bool) -> Result<Kind, &'static str> {
    let mut rest = head;
    let mut declared = false;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{FEFF}');
        let end = match rest {
            _ if rest.starts_with("<!--") => rest.find("-->").map(|at| at + 3),
            _ if rest.starts_with("<?") => {
                declared = true;
                rest.find('>').map(|at| at + 1)
            }
            _ if rest.starts_with("<!") => {
                if rest.get(2..14).is_some_and(|words| words.eq_ignore_ascii_case("doctype html")) {
                    return Ok(Kind::Html);
                }
                declared = true;
                // An inner set of entities is in brackets.
                rest.find(['>', '[']).map(|at| {
                    if rest[at..].starts_with('[') { rest.find("]>").map_or(rest.len(), |at| at + 2) } else { at + 1 }
                })
            }
            _ => break,
        };
        match end {
            Some(end) => rest = &rest[end.min(rest.len())..],
            None => return if named { Ok(Kind::Html) } else { Err("markup that is no page and no feed") },
        }
    }
    let name: String =
        rest.chars().skip(1).take_while(|c| c.is_alphanumeric() || matches!(c, ':' | '_' | '-')).collect();
    let name = name.to_ascii_lowercase();
    match name.rsplit(':').next().unwrap_or("") {
        "rss" | "feed" | "rdf" => Ok(Kind::Feed),
        _ if ELEMENTS.contains(&name.as_str()) => Ok(Kind::Html),
        _ if declared => Err("XML that is no page and no feed"),
        _ if named => Ok(Kind::Html),
        _ => Ok(Kind::Text),
    }
}

/// Elements that a page, or a piece of one, begins with.
const ELEMENTS: [&str; 24] = [
    "html",
    "head",
    "body",
    "title",
    "meta",
    "link",
    "script",
    "style",
    "base",
    "div",
    "p",
    "article",
    "section",
    "main",
    "header",
    "nav",
    "table",
    "ul",
    "ol",
    "h1",
    "h2",
    "h3",
    "span",
    "blockquote",
];

/// First bytes of kinds that hold no text that is read here.
const SIGNATURES: [(&[u8], &str); 12] = [
    (b"WARC/", "a WARC archive where a document was expected; unpack what it lies in first"),
    (b"\x1F\x8B", "packed with gzip once more than is unpacked here, or its head is broken; unpack it first"),
    (b"\x28\xB5\x2F\xFD", "packed with zstd once more than is unpacked here, or its head is broken; unpack it first"),
    (b"BZh91AY&SY", "packed with bzip2, which is not unpacked here; unpack it first"),
    (b"\xFD7zXZ\0", "packed with xz, which is not unpacked here; unpack it first"),
    (b"PK\x03\x04", "a zip archive or an office document; unpack it first, or save it as text"),
    (b"7z\xBC\xAF\x27\x1C", "a 7z archive; unpack it first"),
    (b"Rar!\x1A\x07", "a rar archive; unpack it first"),
    (b"SQLite format 3\0", "a database; expected text, a page, a feed or lines of JSON"),
    (b"\x7FELF", "a program; expected text, a page, a feed or lines of JSON"),
    (b"\x89PNG", "a picture; expected text, a page, a feed or lines of JSON"),
    (b"\xFF\xD8\xFF", "a picture; expected text, a page, a feed or lines of JSON"),
];

/// Most bytes before a PDF.
const BEFORE_PDF: usize = 1024;

/// Where a PDF begins: programs that send one leave signs before it, and readers pass them over.
pub fn pdf_start(bytes: &[u8]) -> Option<usize> {
    let at = memchr::memmem::find(&bytes[..bytes.len().min(BEFORE_PDF)], b"%PDF-")?;
    (!bytes[..at].iter().any(|byte| byte.is_ascii_graphic())).then_some(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_goes_before_the_name() {
        for (name, head, kind) in [
            ("a.txt", "<!DOCTYPE HTML PUBLIC \"-//W3C\">", Kind::Html),
            ("a.txt", "\u{FEFF}\n<!-- saved -->\n<?xml version='1.0'?><html xmlns='x'>", Kind::Html),
            ("a.html", "<?xml version='1.0'?><rss version='2.0'>", Kind::Feed),
            ("a", "<!DOCTYPE rss [<!ENTITY a 'b'>]><rss>", Kind::Feed),
            ("a", "<rdf:RDF xmlns='x'>", Kind::Feed),
            ("a", "<feed xmlns='http://www.w3.org/2005/Atom'>", Kind::Feed),
            ("a.html", "Texte <b>seul</b>", Kind::Html),
            ("a", "<p>Un.", Kind::Html),
            ("a.txt", "<sic> Un.", Kind::Text),
            ("a.json", "{\"version\": \"https://jsonfeed.org/version/1.1\"", Kind::Feed),
            (
                "result.json",
                "{\n \"name\": \"Canal\",\n \"type\": \"public_channel\",\n \"messages\": [",
                Kind::Telegram,
            ),
            ("a.txt", "{\"text\":\"messages\"}", Kind::Lines),
            ("a.json", "[{\"text\":\"Un.\"}]", Kind::Json),
            ("a.json", "{\n\"text\":\"Un.\"}", Kind::Json),
            ("a.txt", "[sic] Un.", Kind::Text),
            ("a", "%PDF-1.7", Kind::Pdf),
            ("a", "\r\n \u{FEFF}%PDF-1.7", Kind::Pdf),
            ("a", "Un mot : %PDF-1.7", Kind::Text),
        ] {
            assert_eq!(Kind::of(name, head.as_bytes()), Ok(kind), "{head}");
        }
        let wide: Vec<u8> = "\u{FEFF}<html>".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(Kind::of("a", &wide), Ok(Kind::Html));
        assert!(Kind::of("a", b"<?xml version='1.0'?><kml>").is_err());
    }

    #[test]
    fn any_bytes_are_no_text_and_a_damaged_text_is_one() {
        // Numbers without an order, as packed or compiled bytes are.
        let mut state = 7u32;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        };
        let noise: Vec<u8> = (0..4096).map(|_| next()).collect();
        let numbers: Vec<u8> = (0..1024u32).flat_map(|n| (n * n).to_le_bytes()).collect();
        for (name, bytes) in [("a.txt", &noise[..]), ("a.html", &noise[..300]), ("a.jsonl", &noise), ("a", &numbers)] {
            assert!(Kind::of(name, bytes).is_err_and(|what| what.starts_with("bytes that are no text")), "{name}");
        }
        let (old, _, _) =
            encoding_rs::WINDOWS_1252.encode("Le préfet a déclaré que deux marins étaient morts à l’aube.");
        let padded = [&old[..], &[0; 2000], b"Douze."].concat();
        for text in [&old[..], &padded, b"Un\0deux", b"Un\x1A", b"\0\0\0", b"\x1B[1mDeux\x1B[0m morts.\x0C\x07", b""] {
            assert_eq!(Kind::of("a.txt", text), Ok(Kind::Text));
        }
    }
}
