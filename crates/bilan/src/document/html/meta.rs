//! Reads what a page says of itself.
//!
//! In: a parsed page and what its JSON-LD describes. Out: [`Meta`], each date with its teller, the most trusted first.
//!
//! A page names its date in five places and they may differ: the first is believed, and a remark tells of the others.

use super::tree::Node;
use crate::claim::Date;
use crate::document::moment::{self, Months};
use dom_query::{Document, TreeNode};
use serde_json::Value as Json;

/// The papers of a page.
#[derive(Debug, Default)]
pub(super) struct Meta {
    pub title: Option<String>,
    pub outlet: Option<String>,
    pub author: Option<String>,
    pub lang: Option<String>,
    pub url: Option<String>,
    pub published: Vec<(&'static str, Date)>,
    pub modified: Option<Date>,
}

/// Longest piece of JSON-LD that is read.
const DATA: usize = 1 << 20;

/// Keys of `<meta>` by what they tell, the most common first.
const PUBLISHED: [&str; 16] = [
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.issued",
    "dcterms.date",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "cxenseparse:recs:publishtime",
];
const MODIFIED: [&str; 4] = ["last-modified", "dcterms.modified", "dc.date.modified", "datemodified"];
const AUTHOR: [&str; 5] = ["author", "dc.creator", "dcterms.creator", "parsely-author", "article:author"];

impl Meta {
    /// Reads the papers of a page; `article` is what its JSON-LD describes, `url` where it was found.
    pub fn read(page: &Document, nodes: &[Node], article: Option<&Json>, url: Option<&str>, months: &Months) -> Meta {
        let read = |text: &str| moment::day(text, months);
        let (mut meta, mut modified) = (Meta::default(), vec![]);
        if let Some(article) = article {
            let text = |key: &str| article.get(key).and_then(words);
            meta.title = text("headline").or_else(|| text("name"));
            meta.outlet = article.get("publisher").and_then(name);
            meta.author = article.get("author").and_then(name);
            meta.lang = article.get("inLanguage").and_then(name);
            meta.tell("JSON-LD", text("datePublished").as_deref().and_then(read));
            modified.push(text("dateModified").as_deref().and_then(read));
        }
        let tags = Tags::of(page, nodes);
        let first = |keys: &[&str]| keys.iter().find_map(|key| tags.get(key));
        let date = |keys: &[&str]| first(keys).and_then(read);
        meta.title = meta.title.or_else(|| first(&["og:title", "twitter:title"]).map(str::to_owned));
        meta.outlet = meta.outlet.or_else(|| first(&["og:site_name", "application-name"]).map(str::to_owned));
        meta.tell("OpenGraph", date(&["article:published_time", "og:article:published_time", "og:published_time"]));
        modified.push(date(&["article:modified_time", "og:article:modified_time", "og:updated_time"]));
        let (shown, changed) = tags.times(read);
        meta.tell("<time>", shown);
        modified.push(changed);
        meta.tell("<meta>", date(&PUBLISHED));
        modified.push(date(&MODIFIED));
        meta.author = meta.author.or_else(|| first(&AUTHOR).filter(|name| !name.contains("://")).map(str::to_owned));
        meta.lang = tags.lang.clone().or(meta.lang).or_else(|| first(&["og:locale"]).map(str::to_owned));
        meta.url = tags.canonical.clone().or_else(|| first(&["og:url"]).map(str::to_owned));
        meta.url = meta.url.filter(|url| url.starts_with("https://") || url.starts_with("http://"));
        let url = url.map(str::to_owned).or_else(|| meta.url.clone());
        meta.tell("the address", url.as_deref().and_then(date_of_address));
        meta.modified = modified.into_iter().flatten().next();
        meta
    }

    fn tell(&mut self, teller: &'static str, date: Option<Date>) {
        self.published.extend(date.map(|date| (teller, date)));
    }
}

/// `<meta>`, `<time>` and `<link>` of a page.
struct Tags {
    meta: Vec<(String, String)>,
    /// What a `<time>` says, and what it is the time of.
    times: Vec<(String, String)>,
    canonical: Option<String>,
    lang: Option<String>,
}

impl Tags {
    fn of(page: &Document, nodes: &[Node]) -> Tags {
        let mut tags = Tags { meta: vec![], times: vec![], canonical: None, lang: None };
        let mut out_until = 0;
        for (at, node) in nodes.iter().enumerate() {
            if node.out && node.name() != "head" {
                out_until = out_until.max(node.end);
            }
            match node.name() {
                "meta" => {
                    let [key, name, item, content] = read(page, node, ["property", "name", "itemprop", "content"]);
                    let key = key.or(name).or(item.clone());
                    if let (Some(key), Some(content)) = (key, content) {
                        tags.meta.push((key.to_lowercase(), content));
                    }
                }
                "time" if at >= out_until => {
                    let [datetime, item] = read(page, node, ["datetime", "itemprop"]);
                    tags.times.extend(datetime.map(|datetime| (item.unwrap_or_default(), datetime)));
                }
                "link" => {
                    let [rel, href] = read(page, node, ["rel", "href"]);
                    if rel.is_some_and(|rel| rel == "canonical") {
                        tags.canonical = tags.canonical.take().or(href);
                    }
                }
                "html" => [tags.lang] = read(page, node, ["lang"]),
                _ => {}
            }
        }
        tags
    }

    fn get(&self, key: &str) -> Option<&str> {
        let found = self.meta.iter().find(|(name, content)| name == key && !content.trim().is_empty())?;
        Some(found.1.trim())
    }

    /// The first time of publication, or else the first time at all; and the first of a change.
    fn times(&self, read: impl Fn(&str) -> Option<Date>) -> (Option<Date>, Option<Date>) {
        let of = |what: &str| self.times.iter().find(|(item, _)| item == what).and_then(|(_, time)| read(time));
        let first = || self.times.iter().find(|(item, _)| item != "dateModified").and_then(|(_, time)| read(time));
        (of("datePublished").or_else(first), of("dateModified"))
    }
}

fn read<const N: usize>(page: &Document, node: &Node, keys: [&str; N]) -> [Option<String>; N] {
    let value = |node: &TreeNode, key: &str| {
        let found = node.as_element()?.attrs.iter().find(|attribute| &*attribute.name.local == key)?;
        Some(found.value.to_string())
    };
    page.tree.query_node_or(&node.id, [const { None }; N], |node| keys.map(|key| value(node, key)))
}

/// The article among the things that a piece of JSON-LD describes.
pub(super) fn article(data: &str) -> Option<Json> {
    if data.len() > DATA {
        return None;
    }
    // Pages break the lines of their strings.
    let data: String = data.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    let data = serde_json::from_str::<Json>(data.trim()).ok()?;
    let mut things: Vec<&Json> = match &data {
        Json::Array(things) => things.iter().collect(),
        thing => vec![thing],
    };
    let inner = things.iter().filter_map(|thing| thing.get("@graph")?.as_array()).flatten().collect::<Vec<_>>();
    things.extend(inner);
    let mut article = things.iter().find(|thing| is_article(thing)).map(|thing| (*thing).clone())?;
    // Who is described elsewhere in the graph is named here by an id.
    for key in ["publisher", "author"] {
        if let Some(id) = article.get(key).and_then(|who| who.get("@id"))
            && let Some(who) = things.iter().find(|thing| thing.get("@id") == Some(id))
        {
            article[key] = (*who).clone();
        }
    }
    Some(article)
}

fn is_article(thing: &Json) -> bool {
    let kinds = match thing.get("@type") {
        Some(Json::Array(kinds)) => kinds.iter().filter_map(Json::as_str).collect(),
        Some(Json::String(kind)) => vec![kind.as_str()],
        _ => vec![],
    };
    kinds.iter().any(|kind| ["Article", "Posting", "Report"].iter().any(|end| kind.ends_with(end)))
}

fn words(value: &Json) -> Option<String> {
    value.as_str().map(str::trim).filter(|words| !words.is_empty()).map(str::to_owned)
}

/// A name, the name of a thing, or the names of several.
fn name(value: &Json) -> Option<String> {
    match value {
        Json::Array(values) => {
            let names: Vec<String> =
                values.iter().take(8).filter_map(|value| words(value).or_else(|| name(value))).collect();
            (!names.is_empty()).then(|| names.join(", "))
        }
        Json::Object(thing) => thing.get("name").and_then(words),
        value => words(value),
    }
}

/// `/2022/03/19/`, `/2022/03/`, `2022-03-19`, `20220319` in an address.
fn date_of_address(url: &str) -> Option<Date> {
    let path = url.split_once("://").map_or(url, |(_, rest)| rest).split_once('/')?.1;
    let parts: Vec<&str> = path.split(['?', '#']).next()?.split('/').collect();
    let number = |text: &str, width: usize| text.len() == width && text.bytes().all(|byte| byte.is_ascii_digit());
    for (at, part) in parts.iter().enumerate() {
        let next = |ahead: usize| parts.get(at + ahead).copied().unwrap_or("");
        if number(part, 4) && number(next(1), 2) {
            let month = format!("{part}-{}", next(1));
            let day = format!("{month}-{}", next(2));
            let found = moment::standard(if number(next(2), 2) { &day } else { &month });
            if found.is_some() {
                return found;
            }
        }
        let day = part.get(..10).filter(|day| day.as_bytes()[4] == b'-').and_then(moment::standard);
        let plain = part.get(..8).filter(|day| number(day, 8) && part.len() == 8).and_then(moment::standard);
        if let Some(found) = day.or(plain) {
            return Some(found);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_addresses() {
        for (url, date) in [
            ("https://a.example/2022/03/19/titre", Some("2022-03-19")),
            ("https://a.example/fr/2022/03/titre.html", Some("2022-03")),
            ("https://a.example/news/2022-03-19-titre", Some("2022-03-19")),
            ("https://a.example/20220319/titre", Some("2022-03-19")),
            ("https://a.example/8698000", None),
            ("https://a.example/12/34/5678", None),
            ("https://2022-03-19.example/", None),
            ("https://a.example/2022/13/01/", None),
            ("https://a.example/é-2022-é", None),
        ] {
            assert_eq!(date_of_address(url), date.and_then(|date| date.parse().ok()), "{url}");
        }
    }

    #[test]
    fn the_article_is_found_among_other_things() {
        let graph = "{\"@graph\":[{\"@type\":\"WebSite\"},{\"@type\":[\"NewsArticle\"],\"headline\":\"T\\u00e9\"}]}";
        assert_eq!(article(graph).unwrap()["headline"], "Té");
        let graph = serde_json::json!({"@graph": [
            {"@type": "Organization", "@id": "#o", "name": "Le Courrier inventé"},
            {"@type": "Article", "publisher": {"@id": "#o"}, "author": {"@id": "#nobody"}},
        ]});
        let found = article(&graph.to_string()).unwrap();
        assert_eq!((name(&found["publisher"]).as_deref(), name(&found["author"])), (Some("Le Courrier inventé"), None));
        assert!(article("[{\"@type\":\"ItemList\",\"itemListElement\":[{\"@type\":\"NewsArticle\"}]}]").is_none());
        assert!(article("{\"@type\":\"BlogPosting\",\"headline\":\"a\nb\"}").is_some());
        assert!(article("{").is_none());
        assert!(article(&"[".repeat(100_000)).is_none());
        let authors = serde_json::json!([{"name": "A"}, "B", {"@id": "x"}]);
        assert_eq!(name(&authors).as_deref(), Some("A, B"));
    }
}
