//! Names parties and places as people do.
//!
//! In: an id of the party tree, and a language. Out: words: `XB/mod` is "Ministry of Defence (Karsenia)".
//!
//! Ids are for programs. French names are those of the French pack, so that a party is called what the press calls it;
//! English has its own list. What has no name in a list is called by its id, spelt out: `ngo/osint-group` is "osint group".

use super::Labels;
use crate::printed::brief;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Names of one language.
#[derive(Default)]
struct Names {
    parties: BTreeMap<String, String>,
    offices: BTreeMap<String, String>,
    places: BTreeMap<String, String>,
}

static NAMES: LazyLock<BTreeMap<&str, Names>> = LazyLock::new(|| {
    let english: Names = toml::from_str::<Plain>(include_str!("../../labels/names.en.toml")).unwrap_or_default().into();
    let mut french: Names =
        toml::from_str::<Pack>(include_str!("../../../../packs/fr/names.toml")).unwrap_or_default().into();
    let ours = toml::from_str::<Plain>(include_str!("../../labels/names.fr.toml")).unwrap_or_default();
    french.parties.extend(ours.party);
    french.offices.extend(ours.office);
    BTreeMap::from([("en", english), ("fr", french)])
});

/// A list of ours.
#[derive(Default, Deserialize)]
struct Plain {
    party: BTreeMap<String, String>,
    office: BTreeMap<String, String>,
}

/// The names of a language pack; the first name of each is the one that people use.
#[derive(Default, Deserialize)]
#[serde(default)]
struct Pack {
    country: Vec<Named>,
    party: Vec<Named>,
    office: Vec<Named>,
    place: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
struct Named {
    id: String,
    #[serde(alias = "words")]
    names: Vec<String>,
}

impl From<Plain> for Names {
    fn from(plain: Plain) -> Names {
        Names { parties: plain.party, offices: plain.office, places: BTreeMap::new() }
    }
}

impl From<Pack> for Names {
    fn from(pack: Pack) -> Names {
        let first = |entries: Vec<Named>| {
            let mut names = BTreeMap::new();
            for entry in entries {
                if let Some(name) = entry.names.into_iter().next() {
                    names.entry(entry.id).or_insert(name);
                }
            }
            names
        };
        let mut parties = first(pack.country);
        parties.extend(first(pack.party));
        let places = pack.place.into_iter().filter_map(|(id, names)| Some((id, names.into_iter().next()?)));
        Names { parties, offices: first(pack.office), places: places.collect() }
    }
}

impl Labels {
    /// A party, or several that speak together.
    pub fn party(&self, id: &str) -> String {
        id.split('+').map(|id| self.one_party(id)).collect::<Vec<_>>().join(" + ")
    }

    /// Whose: a party, people of no country, or not told.
    pub fn side(&self, side: Option<&str>) -> String {
        match side {
            None => self.say("side_untold").to_owned(),
            Some("-") => self.say("side_nobody").to_owned(),
            Some(side) => self.party(side),
        }
    }

    /// A place: its own name, and the country around it.
    pub fn place(&self, place: &str) -> String {
        let named = NAMES.get(self.code()).and_then(|names| names.places.get(place));
        match place.split_once('/') {
            Some((country, own)) => {
                format!("{} ({})", named.map_or_else(|| brief(own), |name| capital(name)), self.party(country))
            }
            None => self.party(place),
        }
    }

    fn one_party(&self, id: &str) -> String {
        let names = NAMES.get(self.code());
        let known = |id: &str| names.and_then(|names| names.parties.get(id)).cloned();
        if let Some(name) = known(id) {
            return capital(&name);
        }
        let Some((root, rest)) = id.split_once('/') else { return brief(id) };
        if let Some(place) = rest.strip_prefix("local/") {
            return self.fill("local_of", &[("place", &brief(place)), ("country", &self.one_party(root))]);
        }
        let office = names.and_then(|names| names.offices.get(rest)).cloned();
        let office = capital(&office.unwrap_or_else(|| brief(&rest.replace(['/', '-'], " "))));
        match root {
            "ngo" | "media" | "igo" => office,
            _ => format!("{office} ({})", known(root).unwrap_or_else(|| brief(root))),
        }
    }
}

fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(code: &str, id: &str) -> String {
        Labels::choose(Some(code), None).party(id)
    }

    #[test]
    fn parties_are_named_in_the_reader_s_language() {
        assert_eq!(named("en", "UA"), "Ukraine");
        assert_eq!(named("fr", "RU"), "Russie");
        assert_eq!(named("en", "RU+UA"), "Russia + Ukraine");
        assert_eq!(named("en", "XB/mod"), "Ministry of Defence (Karsenia)");
        assert_eq!(named("fr", "FR/general-staff"), "État-major général (France)");
        assert_eq!(named("en", "XC/local/Tamarindal"), "Local authority of Tamarindal (Miravia)");
        assert_eq!(named("en", "ngo/no-such-group"), "No such group");
        assert_eq!(named("en", "<b>"), "<b>");
        assert_eq!(named("fr", "BE/military"), "Armée (Belgique)");
        assert_eq!(named("fr", "ngo"), "Une ONG");
        let place = |code| Labels::choose(Some(code), None).place("MA/Atlas Mountains of Morocco");
        assert_eq!(
            (place("fr").as_str(), place("en").as_str()),
            ("Haut Atlas (Maroc)", "Atlas Mountains of Morocco (Morocco)")
        );
    }

    #[test]
    fn every_country_has_a_name_in_every_language() {
        let parties: toml::Table = toml::from_str(include_str!("../../../../packs/parties.toml")).unwrap();
        for party in parties["party"].as_array().unwrap() {
            let id = party["id"].as_str().unwrap();
            if party["kind"].as_str() == Some("country") {
                for code in ["en", "fr"] {
                    assert!(NAMES[code].parties.contains_key(id), "{code} has no name for {id}");
                }
            }
        }
    }
}
