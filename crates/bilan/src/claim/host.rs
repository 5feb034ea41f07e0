//! Says whose site or channel a document was published on.
//!
//! In: an address and the parties. Out: the party that speaks there.
//!
//! "12 chars ont été détruits" names no source; on the general staff's own channel it is the general staff that says
//! it. A newsroom's site is another thing: there it is the reporter's own voice, which is nobody's.

use super::find::Finding;
use super::speaker::Speaker;
use crate::pack::Shared;

/// Hundredths: nothing in the text says who speaks.
const CONFIDENCE: u8 = 70;

/// The step of a derivation that rests on the address.
pub(super) const STEP: &str = "own-site";

/// The party that speaks at an address, by the longest of its sites and channels that fits.
pub fn host<'s>(url: &str, shared: &'s Shared) -> Option<&'s str> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let address = rest.split(['?', '#']).next().unwrap_or("").to_lowercase();
    let fits = |site: &&String| stands_at(&address, &site.to_lowercase());
    let sites = shared
        .parties
        .values()
        .filter(|party| !shared.kinds.party(&party.kind).carries)
        .flat_map(|party| party.speaks_at.iter().filter(fits).map(|site| (site.len(), party.id.as_str())));
    // Of two parties at one site the first by id, so that the answer is one.
    sites.min_by_key(|(length, id)| (usize::MAX - length, *id)).map(|(_, id)| id)
}

/// The country at the end of a host's name, `FR` of `courrier.fr`; empty where it ends in none.
pub fn country<'s>(url: &str, shared: &'s Shared) -> &'s str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next().unwrap_or("");
    let end = host.rsplit('.').next().filter(|end| end.len() == 2 && end.len() < host.len()).unwrap_or("");
    let key = if end.eq_ignore_ascii_case("uk") { "GB".to_owned() } else { end.to_uppercase() };
    let known = shared.parties.get(&key).filter(|party| shared.is_country(&party.id));
    known.map_or("", |party| party.id.as_str())
}

/// `t.me/canal` holds `t.me/canal/12`, `un.org` holds `news.un.org/fr`, and neither holds `t.me/canal2` or `aun.org`.
fn stands_at(address: &str, site: &str) -> bool {
    let (host, path) = address.split_once('/').unwrap_or((address, ""));
    let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
    let (domain, below) = site.split_once('/').unwrap_or((site, ""));
    let is_host = host == domain || host.strip_suffix(domain).is_some_and(|rest| rest.ends_with('.'));
    // Telegram shows a channel to the web under /s/.
    let path = path.strip_prefix("s/").unwrap_or(path);
    is_host && path.strip_prefix(below).is_some_and(|rest| below.is_empty() || rest.is_empty() || rest.starts_with('/'))
}

impl Finding<'_> {
    /// The speaker of last resort: who publishes the document.
    pub(super) fn host_speaks(&self, sentence: usize) -> Option<Speaker> {
        let id = self.host?.to_owned();
        Some(Speaker {
            id: Some(id),
            named: (sentence, 0, 0),
            tags: Default::default(),
            citing: None,
            via: vec![],
            said: None,
            cue: None,
            at: (sentence, 0),
            confidence: CONFIDENCE,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kinds;
    use crate::pack::Party;

    #[test]
    fn a_site_holds_its_parts_and_no_neighbour() {
        for (address, site, holds) in [
            ("un.org", "un.org", true),
            ("news.un.org/fr/story", "un.org", true),
            ("aun.org/x", "un.org", false),
            ("un.org.example/x", "un.org", false),
            ("un.org:443/x", "un.org", true),
            ("un.org@evil.example/x", "un.org", false),
            ("t.me/canal/12", "t.me/canal", true),
            ("t.me/s/canal", "t.me/canal", true),
            ("t.me/canal2/12", "t.me/canal", false),
            ("t.me/", "t.me/canal", false),
        ] {
            assert_eq!(stands_at(address, site), holds, "{address} at {site}");
        }
    }

    #[test]
    fn an_address_may_end_in_a_country() {
        let party = Party { id: "FR".into(), kind: "country".into(), speaks_at: vec![], armed: false, side: None };
        let mut shared = Shared::default();
        shared.kinds = Kinds::embedded().unwrap();
        shared.parties.insert("FR".to_owned(), party);
        for (url, country) in [
            ("https://www.courrier.fr/a", "FR"),
            ("courrier.FR:443", "FR"),
            ("https://courrier.example/fr", ""),
            ("https://courrier.xx/", ""),
            ("fr", ""),
        ] {
            assert_eq!(super::country(url, &shared), country, "{url}");
        }
    }

    #[test]
    fn a_newsroom_does_not_speak_and_the_nearest_party_does() {
        let party = |id: &str, kind: &str, site: &str| {
            let party =
                Party { id: id.into(), kind: kind.into(), speaks_at: vec![site.into()], armed: false, side: None };
            (id.to_owned(), party)
        };
        let parties = [
            party("UN", "body", "un.org"),
            party("UN/hrmmu", "body", "ukraine.un.org"),
            party("media/courrier", "media", "courrier.example"),
        ];
        let mut shared = Shared::default();
        shared.kinds = Kinds::embedded().unwrap();
        shared.parties.extend(parties);
        assert_eq!(host("https://ukraine.un.org/fr/1?x", &shared), Some("UN/hrmmu"));
        assert_eq!(host("https://www.UN.org/fr", &shared), Some("UN"));
        assert_eq!(host("https://courrier.example/a", &shared), None);
    }
}
