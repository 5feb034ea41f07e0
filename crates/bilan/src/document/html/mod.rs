//! Finds the article of a page, and what the page says of itself.
//!
//! In: bytes or text of HTML, what the caller knows. Out: a [`Document`].
//!
//! The article of a bulletin is a list, that of a flash one sentence, and both stand among the titles of a hundred
//! other articles with figures of their own: a toll in a teaser is no claim of this page, and a toll in a caption is.

mod article;

mod blocks;

mod lines;

mod links;

mod meta;

mod names;

mod notes;

mod slim;

mod table;

mod told;

mod tree;

use super::decode::{decode_as, quieten};
use super::open::NO_TEXT;
use super::papers::{Given, Papers, Text, shorten};
use super::{Document, Remark};
use meta::Meta;
use told::Told;

/// Most bytes of a page that are read.
pub(super) const PAGE_LIMIT: usize = 64 << 20;

/// Below this many bytes the page's own word on its language is better than a guess.
const LINE: usize = 240;

/// The document of a page; `cut` says that its end was lost, `papers` what came beside it.
pub(super) fn document(bytes: Vec<u8>, cut: bool, papers: Papers, given: &Given) -> Result<Document, String> {
    let mut remarks = vec![];
    let charset = given.charset.clone().or_else(|| declared(&bytes));
    let page = decode_as(bytes, cut, charset.as_deref(), given.lang.as_deref(), &mut remarks);
    if cut {
        remarks
            .push(Remark::new("cut", format!("a page of more than {} MiB; the rest was not read", PAGE_LIMIT >> 20)));
    }
    of_text(page, papers, remarks, given)
}

/// The document of a page that is text already.
pub(super) fn of_text(page: String, papers: Papers, remarks: Vec<Remark>, given: &Given) -> Result<Document, String> {
    read(page, false, papers, remarks, given)
}

/// The document of an article that came without its page, as the entry of a feed: all of it is the article.
pub(super) fn of_piece(piece: String, papers: Papers, remarks: Vec<Remark>, given: &Given) -> Result<Document, String> {
    read(piece, true, papers, remarks, given)
}

fn read(
    mut page: String,
    piece: bool,
    mut papers: Papers,
    mut remarks: Vec<Remark>,
    given: &Given,
) -> Result<Document, String> {
    quieten(&mut page, &mut remarks);
    let slim = slim::slim(&page);
    drop(page);
    if slim.dropped > 0 {
        let words =
            format!("{} tags stand too deep or are too many and were left out; their text was read", slim.dropped);
        remarks.push(Remark::new("markup", words));
    }
    let tree = dom_query::Document::from(slim.html);
    let described = slim.data.iter().find_map(|data| meta::article(data));
    let told = described.as_ref().filter(|_| !piece).and_then(Told::of);
    let url = papers.url.as_deref().or(given.url.as_deref());
    let (page, meta) = article::find(tree, piece, told.as_ref(), url, |tree, nodes| {
        Meta::read(tree, nodes, described.as_ref(), url, &given.months)
    });
    let heading = lines::headline(&page.nodes);
    let title = title(papers.title.take().or_else(|| given.title.clone()), heading.as_deref(), &meta);
    let mut body = without_title(lines::text(&page), &title, heading.as_deref());
    if let Some(text) = told.as_ref().and_then(|told| told.instead_of(&body)) {
        remarks.push(Remark::new("markup", "the page shows little of its article; the text in its JSON-LD was read"));
        body = text.to_owned();
    }
    if body.trim().is_empty() {
        return Err(format!("{NO_TEXT}: no article was found in the page"));
    }
    let mut text = if title.is_empty() { body } else { format!("{title}\n\n{body}") };
    shorten(&mut text, false, &mut remarks);
    if let Some(author) = meta.author {
        remarks.push(Remark::new("author", format!("by {}", plain(&author))));
    }
    if let Some(modified) = meta.modified.filter(|day| meta.published.first().is_none_or(|(_, first)| first != day)) {
        remarks.push(Remark::new("modified", format!("changed on {modified}, as the page says")));
    }
    papers.url = papers.url.or_else(|| given.url.clone()).or(meta.url);
    papers.outlet = papers.outlet.or_else(|| given.outlet.clone()).or_else(|| meta.outlet.map(|outlet| plain(&outlet)));
    // Templates say English of every page.
    papers.lang = papers.lang.or_else(|| given.lang.clone()).or(meta.lang.filter(|_| text.len() < LINE));
    papers.published.extend(given.listed.map(|date| ("the list of files", date)));
    papers.published.extend(meta.published);
    Ok(Text { title: title.len().min(text.len()), text, boilerplate: vec![], remarks }.document(papers, given))
}

/// The title that came beside the page; else the headline, where the page's own word on it agrees; else that word.
fn title(told: Option<String>, heading: Option<&str>, meta: &Meta) -> String {
    let told = told.map(|title| plain(&title)).filter(|title| !title.is_empty());
    let named = meta.title.as_deref().map(plain).filter(|title| !title.is_empty());
    let named = named.map(|title| without_outlet(title, meta.outlet.as_deref()));
    told.unwrap_or_else(|| match (named, heading) {
        (Some(named), Some(heading)) if !shares_words(&named, heading) => named,
        (_, Some(heading)) => heading.to_owned(),
        (Some(named), None) => named,
        (None, None) => String::new(),
    })
}

/// One line of plain words. Sites escape their titles twice.
pub(super) fn plain(words: &str) -> String {
    let plain = match words.contains('&') || words.contains('<') {
        true => dom_query::Document::fragment(words).text().to_string(),
        false => words.to_owned(),
    };
    plain.split_whitespace().map(lines::seen).collect::<Vec<_>>().join(" ")
}

fn shares_words(a: &str, b: &str) -> bool {
    let words = |text: &str| -> Vec<String> {
        let words = text.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        let (long, short): (Vec<_>, Vec<_>) = words.filter(|word| !word.is_empty()).partition(|word| word.len() > 3);
        if long.is_empty() { short } else { long }
    };
    let (a, b) = (words(a), words(b));
    let shared = a.iter().filter(|word| b.contains(word)).count();
    shared > 0 && 2 * shared >= b.len() && 3 * shared >= a.len()
}

/// "Le port brûle - Le Courrier" without the outlet's name.
fn without_outlet(title: String, outlet: Option<&str>) -> String {
    let bare = outlet.and_then(|outlet| title.strip_suffix(plain(outlet).as_str()));
    let bare = bare.map(|bare| bare.trim_end()).and_then(|bare| bare.strip_suffix(['-', '–', '—', '|', '·', ':', '•']));
    bare.map(str::trim_end).filter(|bare| !bare.is_empty()).map(str::to_owned).unwrap_or(title)
}

/// The body without the headline, which stands before it already.
fn without_title(body: String, title: &str, heading: Option<&str>) -> String {
    let same =
        |line: &str| line == title || heading.is_some_and(|heading| heading == line && shares_words(title, line));
    let mut at = 0;
    for line in body.split_inclusive('\n').take(6) {
        if same(line.trim()) && !title.is_empty() {
            let rest = body[at + line.len()..].trim_start_matches('\n');
            return format!("{}{rest}", &body[..at]);
        }
        at += line.len();
    }
    body
}

/// The encoding that a page declares of itself.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let head = &bytes[..bytes.len().min(4096)];
    let head: String = head.iter().map(|&byte| char::from(byte).to_ascii_lowercase()).collect();
    let in_meta = head.match_indices("<meta").find_map(|(at, _)| {
        let tag = head[at..].split('>').next()?;
        label(tag.split("charset").nth(1)?)
    });
    in_meta.or_else(|| head.starts_with("<?xml").then(|| label(head.split('>').next()?.split("encoding").nth(1)?))?)
}

/// `="utf-8"` without its signs.
fn label(rest: &str) -> Option<String> {
    let rest = rest.trim_start().strip_prefix('=')?.trim_start().trim_start_matches(['"', '\'']);
    let label = rest.split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '-' | '_' | ':')).next()?;
    (!label.is_empty()).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_encoding_is_declared_in_three_ways() {
        for (page, label) in [
            ("<meta charset=windows-1251>", Some("windows-1251")),
            ("<META http-equiv='x' content=\"text/html; charset=KOI8-U\">", Some("koi8-u")),
            ("<?xml version='1.0' encoding=\"iso-8859-1\"?><html>", Some("iso-8859-1")),
            ("<meta name=x content=y><meta charset = 'utf-8'/>", Some("utf-8")),
            ("<meta charset>", None),
            ("<p>charset=x", None),
        ] {
            assert_eq!(declared(page.as_bytes()).as_deref(), label, "{page}");
        }
    }

    #[test]
    fn a_title_is_the_headline_where_the_papers_agree() {
        let meta = |title: &str| Meta { title: Some(title.into()), ..Meta::default() };
        assert_eq!(title(None, Some("Le port brûle"), &meta("Le port brûle encore")), "Le port brûle");
        assert_eq!(title(None, Some("Le Courrier"), &meta("Le port brûle")), "Le port brûle");
        assert_eq!(title(None, None, &meta("Le port &amp; la mer")), "Le port & la mer");
        assert_eq!(
            title(None, Some("O Opinion"), &meta("Le port brûle - Opinion Critique")),
            "Le port brûle - Opinion Critique"
        );
        let meta_of = Meta { outlet: Some("Le Courrier".into()), ..meta("Le port brûle – Le Courrier") };
        assert_eq!(title(None, None, &meta_of), "Le port brûle");
        assert_eq!(title(Some("Donné".into()), Some("Le port"), &meta("x")), "Donné");
        assert_eq!(without_title("Le port\n\nCorps".into(), "Le port", None), "Corps");
    }
}
