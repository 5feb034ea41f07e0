//! Tells where the links of a page lead.
//!
//! In: a parsed page, its address. Out: [`Links`].
//!
//! A list of links at the end of an article is its sources or other articles of the outlet: the host tells which.

use super::names;
use super::tree::{Node, attribute};
use dom_query::Document;

/// Links of a page by where they lead, as places of their nodes in order.
#[derive(Debug, Default)]
pub(super) struct Links {
    /// To the publisher itself, and not to what it reports.
    own: Vec<usize>,
    /// To the site of somebody else.
    elsewhere: Vec<usize>,
}

impl Links {
    /// The links of a page; `url` is where it was found, else the page may say so.
    pub fn of(page: &Document, nodes: &[Node], url: Option<&str>) -> Links {
        let named = |name: &str| {
            let tags = nodes.iter().filter(|node| node.name() == name);
            tags.filter_map(|node| Some((attribute(page, node, "rel"), attribute(page, node, "href")?)))
                .collect::<Vec<_>>()
        };
        let canonical = named("link").into_iter().find(|(rel, _)| rel.as_deref() == Some("canonical"));
        let site = url.map(str::to_owned).or(canonical.map(|(_, href)| href));
        let site = site.as_deref().and_then(host).map(bare);
        let mut links = Links::default();
        for (at, node) in nodes.iter().enumerate().filter(|(_, node)| node.name() == "a") {
            let Some(address) = attribute(page, node, "href") else { continue };
            if is_own(&address) {
                links.own.push(at);
            }
            if host(&address).is_some_and(|host| site.is_some_and(|site| bare(host) != site)) {
                links.elsewhere.push(at);
            }
        }
        links
    }

    /// One of the nodes from `at` up to `end` leads to the publisher.
    pub fn has_own(&self, at: usize, end: usize) -> bool {
        is_between(&self.own, at, end)
    }

    /// One of them leads to somebody else.
    pub fn has_elsewhere(&self, at: usize, end: usize) -> bool {
        is_between(&self.elsewhere, at, end)
    }
}

fn is_between(links: &[usize], at: usize, end: usize) -> bool {
    links.get(links.partition_point(|link| *link < at)).is_some_and(|link| *link < end)
}

/// The host of a whole address.
fn host(address: &str) -> Option<&str> {
    let rest = address.split_once("://").map(|(_, rest)| rest).or_else(|| address.strip_prefix("//"))?;
    rest.split(['/', '?', '#', ':']).next()
}

fn bare(host: &str) -> &str {
    host.strip_prefix("www.").unwrap_or(host)
}

/// Leads to the publisher, by the first word of its host or the last part of its path; or only works the page.
fn is_own(address: &str) -> bool {
    if address.starts_with("javascript:") {
        return true;
    }
    let host = host(address).unwrap_or("");
    let path = address.split("://").last().unwrap_or("").split(['?', '#']).next().unwrap_or("");
    let last = path.trim_end_matches('/').split('/').skip(usize::from(!host.is_empty())).last().unwrap_or("");
    let last = last.split('.').next().unwrap_or("").to_lowercase();
    names::OWN.has(&last) || host.split('.').next().is_some_and(|first| names::OWN.has(first))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_publisher() {
        for (address, own) in [
            ("https://c.example/contact/", true),
            ("/newsletter.php?x=/a", true),
            ("https://apps.apple.com/fr/app/x/id1", true),
            ("javascript:window.print()", true),
            ("https://contact.example", true),
            ("https://c.example/", false),
            ("https://c.example/contact/nato-russia", false),
            ("/monde/52-morts", false),
            ("", false),
        ] {
            assert_eq!(is_own(address), own, "{address}");
        }
        assert_eq!(host("//www.c.example/a").map(bare), Some("c.example"));
    }
}
