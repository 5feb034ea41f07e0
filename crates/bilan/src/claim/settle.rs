//! Gives an office without a country its country, and people without a side theirs.
//!
//! In: a speaker or a side that is still open. Out: the same, settled by what the document names near it.
//!
//! "Le ministère de la Santé" of a report about Miravie is Miravie's, and counts its own people.

use super::draft::Draft;
use super::find::Finding;
use super::speaker::Speaker;
use crate::clause::{Sentence, root};
use crate::pack::{Class, How, Kinds};

impl<'p> Finding<'p> {
    /// An office without a country belongs to the country spoken of; a local one to the country of the place.
    pub(super) fn settle(&self, speaker: &mut Speaker, sentences: &[Sentence<'p>], index: usize) {
        for id in [&mut speaker.id].into_iter().flatten() {
            let Some(leaf) = id.strip_prefix("?/") else { continue };
            let country_of = |root: &str| self.shared.parties.get(root).is_some_and(|party| party.kind == "country");
            // "l'armée de l'air valdorienne", said once in full, is "l'armée de l'air" elsewhere.
            let full = sentences[..=index].iter().rev().chain(&sentences[index + 1..]).flat_map(|s| &s.parties);
            let full = full
                .filter_map(|party| party.id.as_deref())
                .filter_map(|id| id.split_once('/'))
                .find(|(root, tail)| *tail == leaf && country_of(root))
                .map(|(root, _)| root);
            let near = sentences[..=index].iter().rev().take(12).flat_map(|sentence| sentence.parties.iter());
            let countries = near.filter_map(|party| party.root()).filter(|root| country_of(root));
            // The nearest country that is known to have such an office, else the nearest.
            let has = |root: &&str| self.shared.parties.contains_key(&format!("{root}/{leaf}"));
            let country = full.or_else(|| countries.clone().find(has)).or_else(|| countries.clone().next());
            let place = || {
                sentences[..=index].iter().rev().flat_map(|sentence| sentence.items.iter()).find_map(|item| {
                    self.context
                        .name(item)
                        .filter(|(_, _, name)| name.how == How::Place && !name.disputed)
                        .map(|(_, _, name)| root(&name.id).to_owned())
                })
            };
            let anywhere = || {
                sentences
                    .iter()
                    .flat_map(|sentence| &sentence.parties)
                    .filter_map(|party| party.root())
                    .find(|root| self.shared.parties.get(*root).is_some_and(|party| party.kind == "country"))
                    .map(str::to_owned)
            };
            match country.map(str::to_owned).or_else(place).or_else(anywhere) {
                Some(country) if leaf == "local" => {
                    let near =
                        sentences[..=index].iter().rev().take(4).flat_map(|sentence| sentence.items.iter().rev());
                    let town = near
                        .filter_map(|item| self.context.name(item))
                        .find(|(_, _, name)| name.how == How::Place && root(&name.id) == country);
                    let town = town.and_then(|(_, _, name)| name.id.split('/').nth(1));
                    *id = town.map_or(format!("{country}/local"), |town| format!("{country}/local/{town}"));
                }
                Some(country) => *id = format!("{country}/{leaf}"),
                None => *id = format!("?/{leaf}"),
            }
            speaker.confidence = speaker.confidence.min(80);
        }
        if speaker.id.as_deref().is_some_and(|id| id.starts_with("?/")) {
            speaker.id = None;
        }
    }

    /// "les deux pays ont chacun vu": one claim for each.
    pub(super) fn each(&self, sentence: &Sentence<'p>, at: usize) -> Option<Vec<Option<String>>> {
        let each = sentence.items[..at].iter().rposition(|item| self.context.is(item, Class::Each))?;
        let mut roots = Vec::new();
        let mut end = each;
        for party in sentence.parties.iter().rev().filter(|party| party.end <= each) {
            let between = &sentence.items[party.end..end];
            let linked = roots.is_empty() || between.iter().any(|item| self.context.is(item, Class::And));
            match party.root().filter(|_| linked && roots.len() < 2) {
                Some(root) => roots.insert(0, Some(root.to_owned())),
                None => break,
            }
            end = party.first;
        }
        (roots.len() == 2).then_some(roots)
    }

    /// Ministries of health, rescuers and mayors count the people of their own country.
    pub(super) fn own_people(
        &self,
        roots: Vec<Option<String>>,
        score: i32,
        rule: &'static str,
        draft: &Draft<'p>,
        speaker: Option<&Speaker>,
        kinds: &Kinds,
    ) -> (Vec<Option<String>>, i32, &'static str) {
        let people = kinds.is_people(draft.counted).unwrap_or(false)
            && draft.counted != "military"
            && draft.counted != "migrant";
        if !people || !(roots == [None] || rule == "home") {
            return (roots, score, rule);
        }
        let own = speaker.and_then(|speaker| speaker.id.as_deref()).filter(|id| {
            let leaf = id.split('/').nth(1).unwrap_or("");
            let party = self.shared.parties.get(*id).map(|party| party.kind.as_str());
            let kind = party.or(self.context.pack.offices.get(leaf).map(String::as_str)).unwrap_or(leaf);
            matches!(kind, "health" | "local" | "rescue" | "police")
        });
        match own {
            Some(id) => (vec![Some(root(id).to_owned())], score, "own-people"),
            None => (roots, score, rule),
        }
    }
}
