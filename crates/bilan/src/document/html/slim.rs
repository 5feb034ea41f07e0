//! Makes a page small and tame before it is parsed.
//!
//! In: a page. Out: the same page without scripts, styles and most attributes, and its JSON-LD apart.
//!
//! 50 MB of attributes on one tag, or a hundred thousand nested tags, cost a parser of HTML the square of their number.
//! Here each byte is looked at once; tags that stand too deep or come too late go, and their text stays.

use super::names::Names;

/// Deepest nesting: pages of the press stay under 60.
const DEPTH: usize = 200;

/// Most elements of a page.
const ELEMENTS: usize = 200_000;

/// Longest value of an attribute that is worth keeping.
const VALUE: usize = 4096;

/// Attributes that say what an element is, whose it is, when it was.
static ATTRIBUTES: Names = Names::new(
    "class id role hidden aria-hidden itemprop itemtype property name content datetime href rel lang type title \
     style colspan rowspan data-href onclick",
);

/// Longest name of an attribute that is worth keeping.
const KEY: usize = 12;

/// Elements whose content is no text of the page: everything up to their end tag goes.
static SILENT: Names = Names::new("script style iframe noembed noframes noscript textarea select svg");

/// Elements that change how words look and not what they belong to.
static LOOKS: Names = Names::new("b i em strong font u s small big tt code nobr strike wbr plaintext mark abbr");

/// Elements without content and without words.
static PICTURES: Names = Names::new("img source input track embed param area frame col");

static VOID: Names = Names::new("br hr meta link base");

/// Elements that end where another of them begins.
static ITEMS: Names = Names::new("p li dt dd tr td th thead tbody tfoot option");

/// Elements that hold nothing open.
static INLINE: Names = Names::new("a span time cite q sup sub label button var kbd bdi");

/// Elements that an end tag does not reach across, unless it is a table's.
static WALLS: Names = Names::new("table td th caption object marquee template applet");

/// Tags of tables.
static TABLE: Names = Names::new("table thead tbody tfoot tr td th caption");

/// Those among them that a parser takes for elements when they have no end.
static OPTIONAL: Names = Names::new("select svg");

/// A page as it may be parsed.
#[derive(Debug, Default)]
pub(super) struct Slim {
    pub html: String,
    /// What stands in `<script type="application/ld+json">`.
    pub data: Vec<String>,
    /// Tags left out because they stood too deep or came too late.
    pub dropped: usize,
    /// Elements whose end tag does not come any more: it is looked for once.
    endless: Vec<&'static str>,
}

/// Takes a page apart, tag by tag.
pub(super) fn slim(page: &str) -> Slim {
    let mut out = Slim { html: String::with_capacity(page.len() / 2), ..Slim::default() };
    let mut open: Vec<Open> = vec![];
    let mut elements = 0;
    let mut at = 0;
    while let Some(next) = page[at..].find('<').map(|next| at + next) {
        out.html.push_str(&page[at..next]);
        let rest = &page[next..];
        at = next
            + match rest.as_bytes().get(1) {
                Some(b'!' | b'?') => comment(rest),
                Some(b'/') if is_letter(rest, 2) => {
                    let tag = Tag::read(rest, 2);
                    out.end(&tag, &mut open);
                    tag.length
                }
                Some(_) if is_letter(rest, 1) => {
                    let tag = Tag::read(rest, 1);
                    let length = out.start(&tag, rest, &mut open, elements);
                    elements += 1;
                    length
                }
                _ => {
                    out.html.push_str("&lt;");
                    1
                }
            };
    }
    out.html.push_str(&page[at..]);
    out
}

struct Open {
    name: String,
    wall: bool,
    inline: bool,
}

impl Slim {
    /// Writes a start tag, or passes over the element; how far it reaches.
    fn start(&mut self, tag: &Tag, rest: &str, open: &mut Vec<Open>, elements: usize) -> usize {
        let name = tag.name.as_str();
        if let Some(silent_name) = SILENT.find(name) {
            let optional = OPTIONAL.has(name);
            if optional && (tag.closed || self.endless.contains(&silent_name)) {
                return tag.length;
            }
            let (inner, length) = silent(&rest[tag.length..], name);
            if optional && inner == length {
                self.endless.push(silent_name);
                return tag.length;
            }
            if name == "script"
                && tag.value("type").is_some_and(|kind| kind.eq_ignore_ascii_case("application/ld+json"))
            {
                self.data.push(rest[tag.length..tag.length + inner].to_owned());
            }
            self.html.push(' ');
            return tag.length + length;
        }
        if LOOKS.has(name) || PICTURES.has(name) {
            return tag.length;
        }
        if name == "title" {
            let (inner, length) = silent(&rest[tag.length..], name);
            let words = rest[tag.length..tag.length + inner].replace('<', "&lt;");
            self.html.push_str(&format!("<title>{words}</title>"));
            return tag.length + length;
        }
        let (void, inline) = (VOID.has(name), INLINE.has(name));
        if !inline && !void {
            while open.last().is_some_and(|last| last.name == "p" || ITEMS.has(name) && last.name == name) {
                open.pop();
            }
        }
        if elements >= ELEMENTS || (!void && open.len() >= DEPTH) {
            self.dropped += 1;
            self.html.push('\n');
            return tag.length;
        }
        self.html.push('<');
        self.html.push_str(name);
        for (key, value) in &tag.attributes {
            let value = value.unwrap_or("");
            if *key == "style" {
                if is_hidden(value) {
                    self.html.push_str(" hidden");
                }
            } else if value.len() <= VALUE {
                self.html.push(' ');
                self.html.push_str(key);
                self.html.push_str("=\"");
                self.html.push_str(&value.replace('"', "&quot;"));
                self.html.push('"');
            }
        }
        self.html.push('>');
        if !void {
            open.push(Open { name: tag.name.clone(), wall: WALLS.has(name), inline });
        }
        tag.length
    }

    fn end(&mut self, tag: &Tag, open: &mut Vec<Open>) {
        let name = tag.name.as_str();
        if LOOKS.has(name) || PICTURES.has(name) || SILENT.has(name) {
            return;
        }
        let (table, inline) = (TABLE.has(name), INLINE.has(name));
        for place in (0..open.len()).rev() {
            if open[place].name == name {
                open.truncate(place);
                break;
            }
            if (open[place].wall && !table) || (inline && !open[place].inline) {
                break;
            }
        }
        self.html.push_str("</");
        self.html.push_str(name);
        self.html.push('>');
    }
}

struct Tag<'p> {
    name: String,
    /// Those that are worth keeping, and `style`.
    attributes: Vec<(&'static str, Option<&'p str>)>,
    length: usize,
    closed: bool,
}

impl<'p> Tag<'p> {
    /// Reads the tag whose name begins at `at`.
    fn read(text: &'p str, at: usize) -> Tag<'p> {
        let bytes = text.as_bytes();
        let ends_name = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let end = bytes[at..].iter().position(ends_name).map_or(text.len(), |length| at + length);
        let mut tag = Tag { name: text[at..end].to_ascii_lowercase(), attributes: vec![], length: 0, closed: false };
        let mut at = end;
        loop {
            while bytes.get(at).is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'/') {
                tag.closed = bytes[at] == b'/';
                at += 1;
            }
            match bytes.get(at) {
                None => break,
                Some(b'>') => {
                    at += 1;
                    break;
                }
                Some(_) => at = tag.attribute(text, at),
            }
            tag.closed = false;
        }
        tag.length = at;
        tag
    }

    /// Reads the attribute at `at`; where it ends.
    fn attribute(&mut self, text: &'p str, at: usize) -> usize {
        let bytes = text.as_bytes();
        let ends_key = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=');
        // A key may begin with "=".
        let end = bytes[at + 1..].iter().position(ends_key).map_or(text.len(), |length| at + 1 + length);
        let key = &text[at..end];
        let spaces = |from: usize| from + bytes[from..].iter().take_while(|byte| byte.is_ascii_whitespace()).count();
        let equals = spaces(end);
        let (value, end) = if bytes.get(equals) == Some(&b'=') {
            let start = spaces(equals + 1);
            match bytes.get(start) {
                Some(quote @ (b'"' | b'\'')) => {
                    let close = memchr::memchr(*quote, &bytes[start + 1..]).map(|length| start + 1 + length);
                    let close = close.unwrap_or(text.len());
                    (text.get(start + 1..close), (close + 1).min(text.len()))
                }
                _ => {
                    let length = bytes[start..].iter().position(|byte| byte.is_ascii_whitespace() || *byte == b'>');
                    let close = length.map_or(text.len(), |length| start + length);
                    (text.get(start..close), close)
                }
            }
        } else {
            (None, end)
        };
        let known = if key.len() <= KEY { ATTRIBUTES.find(&key.to_ascii_lowercase()) } else { None };
        if let Some(key) = known.filter(|key| self.attributes.iter().all(|(other, _)| other != key)) {
            self.attributes.push((key, value));
        }
        end
    }

    fn value(&self, key: &str) -> Option<&'p str> {
        self.attributes.iter().find(|(other, _)| *other == key)?.1
    }
}

fn is_letter(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(u8::is_ascii_alphabetic)
}

/// Length of `<!-- … -->`, `<!doctype …>` or `<?…>`.
fn comment(text: &str) -> usize {
    if text.starts_with("<!--") {
        // `<!-->` and `<!--->` are whole comments.
        let whole = [">", "->"].iter().find(|end| text[4..].starts_with(*end)).map(|end| 4 + end.len());
        return whole.or_else(|| text[4..].find("-->").map(|at| at + 7)).unwrap_or(text.len());
    }
    text.find('>').map_or(text.len(), |at| at + 1)
}

/// How far the content of a silent element reaches, and its end tag with it.
fn silent(text: &str, name: &str) -> (usize, usize) {
    let bytes = text.as_bytes();
    let mut at = 0;
    while let Some(next) = memchr::memmem::find(&bytes[at..], b"</").map(|next| at + next) {
        let after = next + 2 + name.len();
        let ends = |byte: &u8| byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>');
        let named = bytes.get(next + 2..after).is_some_and(|found| found.eq_ignore_ascii_case(name.as_bytes()));
        if named && bytes.get(after).is_none_or(ends) {
            return (next, text[next..].find('>').map_or(text.len(), |end| next + end + 1));
        }
        at = next + 2;
    }
    (text.len(), text.len())
}

/// The style of an element that is not shown.
fn is_hidden(style: &str) -> bool {
    let style: String =
        style.chars().take(VALUE).filter(|c| !c.is_whitespace()).map(|c| c.to_ascii_lowercase()).collect();
    style.contains("display:none") || style.contains("visibility:hidden")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_text_goes_and_what_says_something_stays() {
        let page = "<!DOCTYPE html><!-- c --><DIV onfocus='a>b' Class=\"x\" style=\"Display : none\">A<b>b</b> 1 < 2\
                    <script type='application/ld+json'>{\"a\":\"</b>\"}</script><style>p{}</style>\
                    <img src=data:x>é<br/></DIV><p>";
        let out = slim(page);
        assert_eq!(out.html, "<div class=\"x\" hidden>Ab 1 &lt; 2  é<br></div><p>");
        assert_eq!(out.data, ["{\"a\":\"</b>\"}"]);
        assert_eq!(out.dropped, 0);
    }

    #[test]
    fn broken_tags_end_with_the_page() {
        for page in ["<", "<p", "<p class", "<p class=", "<p class='é", "</", "</p", "<!--", "<!", "<script>é", "a<1"]
        {
            let out = slim(page);
            assert!(out.html.len() <= page.len() + 12, "{page}: {}", out.html);
        }
        assert_eq!(slim("a<1 b").html, "a&lt;1 b");
        assert_eq!(slim("<title>1 < 2</title>a").html, "<title>1 &lt; 2</title>a");
    }

    #[test]
    fn nesting_is_bounded_and_text_stays() {
        for tag in ["div", "span", "a", "td", "table><tr><td", "span><div></span", "div><table><tr><td></div"] {
            let page = format!("<{tag}>x").repeat(20_000);
            let out = slim(&page);
            assert_eq!(out.html.matches('x').count(), 20_000, "{tag}");
            assert!(tag == "td" || out.dropped > 10_000, "{tag}: {}", out.dropped);
        }
        assert_eq!(slim(&"<p>x<li>y".repeat(10_000)).dropped, 0);
    }
}
