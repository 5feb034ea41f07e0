//! Names that pages give to their parts: elements, roles, classes.
//!
//! In: nothing. Out: lists of names of markup. Words that people read are in the packs.
//!
//! `class="js-articleRelated"` says "related" as plainly as `related` does, but `class="correlated"` does not: a name
//! is cut at signs and capitals into words, and only a whole word counts.

use dom_query::TreeNode;

/// Elements inside a line.
pub(super) const INLINE: [&str; 34] = [
    "", "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt",
    "u", "var",
];

/// Elements that are never the article's.
pub(super) const OUT: [&str; 15] = [
    "nav", "noscript", "template", "dialog", "button", "footer", "label", "menu", "audio", "video", "canvas", "object",
    "head", "datalist", "map",
];

/// Roles that are never the article's.
pub(super) const ROLES: [&str; 12] = [
    "navigation",
    "banner",
    "contentinfo",
    "complementary",
    "search",
    "dialog",
    "alertdialog",
    "menu",
    "menubar",
    "toolbar",
    "tablist",
    "alert",
];

/// Words of classes and ids that are never the article's.
pub(super) const CLASSES: [&str; 76] = [
    "ad",
    "ads",
    "advert",
    "advertisement",
    "advertising",
    "sponsor",
    "sponsored",
    "sponsors",
    "outbrain",
    "taboola",
    "promo",
    "promoted",
    "comment",
    "comments",
    "commentlist",
    "disqus",
    "respond",
    "reply",
    "replies",
    "cookie",
    "cookies",
    "consent",
    "gdpr",
    "rgpd",
    "breadcrumb",
    "breadcrumbs",
    "share",
    "sharing",
    "shares",
    "sharedaddy",
    "addtoany",
    "social",
    "socials",
    "related",
    "recirculation",
    "recirc",
    "recommended",
    "recommendations",
    "recommendation",
    "trending",
    "popular",
    "newsletter",
    "newsletters",
    "signup",
    "subscribe",
    "subscription",
    "login",
    "paywall",
    "sidebar",
    "sidebars",
    "pagination",
    "pager",
    "popup",
    "modal",
    "overlay",
    "menu",
    "navbar",
    "nav",
    "navigation",
    "toolbar",
    "masthead",
    "footer",
    "tags",
    "taglist",
    "tagcloud",
    "widget",
    "widgets",
    "skip",
    "feedback",
    "donate",
    "donation",
    "print",
    "copyright",
    "jp",
    "teaser",
    "teasers",
];

/// Elements that are a line however short.
pub(super) const LINES: [&str; 12] =
    ["p", "li", "td", "th", "dd", "dt", "figcaption", "caption", "blockquote", "pre", "cite", "address"];

pub(super) const HEADINGS: [&str; 6] = ["h1", "h2", "h3", "h4", "h5", "h6"];

/// An element that says that it is no part of the article.
pub(super) fn is_out(node: &TreeNode) -> bool {
    let Some(element) = node.as_element() else { return false };
    element.attrs.iter().any(|attribute| {
        let value: &str = &attribute.value;
        match &*attribute.name.local {
            "hidden" => true,
            "aria-hidden" => value == "true",
            "role" => ROLES.contains(&value),
            "class" | "id" => is_out_name(value),
            _ => false,
        }
    })
}

/// A link to a place on a page.
pub(super) fn leads_to_note(link: &TreeNode) -> bool {
    let Some(element) = link.as_element() else { return false };
    element.attrs.iter().any(|attribute| &*attribute.name.local == "href" && attribute.value.contains('#'))
}

fn is_out_name(name: &str) -> bool {
    let words = words(name);
    // Who comments on a match or an event while it lasts is its reporter.
    let live = words.iter().any(|word| word.starts_with("live"));
    words.iter().any(|word| CLASSES.contains(&word.as_str()) && !(live && word.starts_with("comment")))
}

/// An element that says that it is the article's body: by vocabulary, or as `entry-content` does.
pub(super) fn is_article(node: &TreeNode) -> bool {
    let Some(element) = node.as_element() else { return false };
    element.attrs.iter().any(|attribute| {
        let words = match &*attribute.name.local {
            "itemprop" => return attribute.value.split_ascii_whitespace().any(|word| word == "articleBody"),
            "class" | "id" => attribute.value.split_ascii_whitespace().map(words),
            _ => return false,
        };
        words
            .into_iter()
            .any(|words| words.len() == 2 && WHOLE.contains(&words[0].as_str()) && BODY.contains(&words[1].as_str()))
    })
}

const WHOLE: [&str; 5] = ["article", "post", "entry", "story", "news"];

const BODY: [&str; 4] = ["body", "content", "text", "fulltext"];

/// The words of a class or id, in lower case.
pub(super) fn words(name: &str) -> Vec<String> {
    let mut words: Vec<String> = vec![];
    let mut before = ' ';
    for c in name.chars() {
        if !c.is_alphanumeric() {
            before = ' ';
            continue;
        }
        let begins = !before.is_alphanumeric() || c.is_uppercase() && before.is_lowercase();
        match words.last_mut() {
            Some(word) if !begins => word.extend(c.to_lowercase()),
            _ => words.push(c.to_lowercase().collect()),
        }
        before = c;
    }
    words
}
