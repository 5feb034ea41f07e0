//! Says whose site or channel a document was published on.
//!
//! In: an address and the parties. Out: the party that speaks there.
//!
//! "12 chars ont été détruits" names no source; on the general staff's own channel it is the general staff that says
//! it. A newsroom's site is another thing: there it is the reporter's own voice, which is nobody's.

use super::speaker::{Speaker, Stance};
use crate::kinds::{Kinds, Table};
use crate::pack::{Party, Shared};

/// Hundredths: nothing in the text says who speaks.
const CONFIDENCE: u8 = 70;

/// The step of a derivation that rests on the address.
pub(super) const STEP: &str = "own-site";

/// The sites and channels of the parties that speak for themselves, by domain: an address is asked for in every document.
#[derive(Default)]
pub struct Sites {
    of: Table<Vec<Site>>,
}

struct Site {
    /// The channel behind the domain, `canal` of `t.me/canal`.
    below: String,
    party: String,
}

impl Sites {
    /// The sites of parties, but for those that carry what others say.
    pub fn of(parties: &Table<Party>, kinds: &Kinds) -> Sites {
        let mut sites = Sites::default();
        for party in parties.values().filter(|party| !kinds.party(&party.kind).carries) {
            for site in &party.speaks_at {
                let site = site.to_lowercase();
                let (domain, below) = site.split_once('/').unwrap_or((&site, ""));
                let site = Site { below: below.to_owned(), party: party.id.clone() };
                sites.of.entry(domain.to_owned()).or_default().push(site);
            }
        }
        // Of two parties at one site the first by id, so that the answer is one.
        sites
            .of
            .values_mut()
            .for_each(|at| at.sort_by(|a, b| (b.below.len(), &a.party).cmp(&(a.below.len(), &b.party))));
        sites
    }

    /// The party that speaks at an address, by the longest of its sites and channels that fits: `t.me/canal` holds
    /// `t.me/canal/12`, `un.org` holds `news.un.org/fr`, and neither holds `t.me/canal2` or `aun.org`.
    pub fn host(&self, url: &str) -> Option<&str> {
        let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
        let address = rest.split(['?', '#']).next().unwrap_or("").to_lowercase();
        let (host, path) = address.split_once('/').unwrap_or((&address, ""));
        let host = host.rsplit('@').next().unwrap_or(host).split(':').next().unwrap_or(host);
        // Telegram shows a channel to the web under /s/.
        let path = path.strip_prefix("s/").unwrap_or(path);
        let holds = |site: &&Site| {
            let rest = path.strip_prefix(site.below.as_str());
            rest.is_some_and(|rest| site.below.is_empty() || rest.is_empty() || rest.starts_with('/'))
        };
        let mut domains = std::iter::successors(Some(host), |domain| domain.split_once('.').map(|(_, rest)| rest));
        domains.find_map(|domain| self.of.get(domain)?.iter().find(holds)).map(|site| site.party.as_str())
    }
}

/// The country at the end of a host's name, `FR` of `courrier.fr`; empty where it ends in none.
pub fn country<'s>(url: &str, shared: &'s Shared) -> &'s str {
    let host = url.split_once("://").map_or(url, |(_, rest)| rest).split(['/', '?', '#', ':']).next().unwrap_or("");
    let end = host.rsplit('.').next().filter(|end| end.len() == 2 && end.len() < host.len()).unwrap_or("");
    let key = if end.eq_ignore_ascii_case("uk") { "GB".to_owned() } else { end.to_uppercase() };
    let known = shared.parties.get(&key).filter(|party| shared.is_country(&party.id));
    known.map_or("", |party| party.id.as_str())
}

/// The speaker of last resort: who publishes the document.
pub(super) fn speaks(host: &str, sentence: usize) -> Speaker {
    Speaker {
        id: Some(host.to_owned()),
        named: (sentence, 0, 0),
        tags: Default::default(),
        citing: None,
        stance: Stance::Gives,
        via: vec![],
        said: None,
        cue: None,
        at: (sentence, 0),
        confidence: CONFIDENCE,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::kinds::Kinds;
    use crate::pack::Party;

    fn sites(parties: &[(&str, &str, &str)]) -> Sites {
        let party = |&(id, kind, site): &(&str, &str, &str)| {
            let speaks_at = if site.is_empty() { vec![] } else { vec![site.to_owned()] };
            (
                id.to_owned(),
                Party { id: id.into(), kind: kind.into(), speaks_at, armed: false, side: None, place: None },
            )
        };
        Sites::of(&parties.iter().map(party).collect(), &Kinds::embedded().unwrap())
    }

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
            assert_eq!(sites(&[("UN", "body", site)]).host(address).is_some(), holds, "{address} at {site}");
        }
    }

    #[test]
    fn an_address_may_end_in_a_country() {
        let party =
            Party { id: "FR".into(), kind: "country".into(), speaks_at: vec![], armed: false, side: None, place: None };
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
        let sites = sites(&[
            ("UN", "body", "un.org"),
            ("UN/hrmmu", "body", "ukraine.un.org"),
            ("UN/office", "body", "un.org/office"),
            ("UN/twin", "body", "un.org"),
            ("media/courrier", "media", "courrier.example"),
        ]);
        assert_eq!(sites.host("https://ukraine.un.org/fr/1?x"), Some("UN/hrmmu"));
        assert_eq!(sites.host("https://www.UN.org/fr"), Some("UN"));
        assert_eq!(sites.host("https://www.un.org/office/1"), Some("UN/office"));
        assert_eq!(sites.host("https://courrier.example/a"), None);
    }
}
