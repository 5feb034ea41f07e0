//! Names that pages give to their parts: elements, roles, classes.
//!
//! In: nothing. Out: lists of names of markup. Words that people read are in the packs.
//!
//! `class="js-articleRelated"` says "related" as plainly as `related` does, but `class="correlated"` does not: a name
//! is cut at signs and capitals into words, and only a whole word counts.

use dom_query::TreeNode;
use std::collections::HashSet;
use std::sync::OnceLock;

/// A list of names, in lower case.
pub(super) struct Names {
    words: &'static str,
    set: OnceLock<HashSet<&'static str>>,
}

impl Names {
    /// Of words with spaces between them.
    pub const fn new(words: &'static str) -> Names {
        Names { words, set: OnceLock::new() }
    }

    /// One of them is this.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    /// The one that is this.
    pub fn find(&self, name: &str) -> Option<&'static str> {
        self.set.get_or_init(|| self.words.split_whitespace().collect()).get(name).copied()
    }
}

/// Elements inside a line.
pub(super) static INLINE: Names = Names::new(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd mark q rp rt ruby s samp small \
    span strong sub sup time tt u var",
);

/// Elements that are never the article's.
pub(super) static OUT: Names =
    Names::new("nav noscript template dialog button footer label menu audio video canvas object head datalist map");

/// Roles that are never the article's.
pub(super) static ROLES: Names = Names::new(
    "navigation banner contentinfo complementary search dialog alertdialog menu menubar toolbar tablist alert",
);

/// Words of classes and ids that are never the article's.
pub(super) static CLASSES: Names = Names::new(
    "ad ads advert advertisement advertising sponsor sponsored sponsors outbrain taboola promo promoted \
    comment comments commentlist disqus respond reply replies cookie cookies consent gdpr rgpd breadcrumb \
    breadcrumbs share sharing shares sharedaddy addtoany social socials related recirculation recirc \
    recommended recommendations recommendation trending popular newsletter newsletters signup subscribe \
    subscription login paywall sidebar sidebars pagination pager popup modal overlay menu navbar nav \
    navigation toolbar masthead footer tags taglist tagcloud widget widgets skip feedback donate donation \
    print copyright jp teaser teasers",
);

/// Elements that are a line however short.
pub(super) static LINES: Names = Names::new("p li tr td th dd dt figcaption caption blockquote pre cite address");

/// Those of them that stand at a picture or a table.
pub(super) static CAPTIONS: Names = Names::new("figcaption caption tr td th");

/// Words of addresses that lead to the publisher itself, or to where its programs are had.
pub(super) static OWN: Names = Names::new(
    "contact contacts subscribe subscriptions newsletter newsletters abo abonnement abonnements donate donation \
    login signin signup register privacy terms cookies advertise apps itunes play feedback",
);

pub(super) static HEADINGS: Names = Names::new("h1 h2 h3 h4 h5 h6");

/// An element that says that it is no part of the article.
pub(super) fn is_out(node: &TreeNode) -> bool {
    let Some(element) = node.as_element() else { return false };
    element.attrs.iter().any(|attribute| {
        let value: &str = &attribute.value;
        match &*attribute.name.local {
            "hidden" => true,
            "aria-hidden" => value == "true",
            "role" => ROLES.has(value),
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
    words.iter().any(|word| CLASSES.has(word) && !(live && word.starts_with("comment")))
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
        words.into_iter().any(|words| words.len() == 2 && WHOLE.has(&words[0]) && BODY.has(&words[1]))
    })
}

static WHOLE: Names = Names::new("article post entry story news");

static BODY: Names = Names::new("body content text fulltext");

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
