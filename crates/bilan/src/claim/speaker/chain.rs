//! Parts a chain of speakers into claimant, citing and via.
//!
//! In: the hits of a sentence. Out: the same hits, each with whom it cites and by whom it came.
//!
//! "…, rapporte une agence citant l'état-major": the staff claims, the agency passes on.

use super::hear::Listening;
use super::{Hit, Speaker};
use crate::pack::CueClass;

impl Listening<'_, '_> {
    /// Whether a party carries what others say: an outlet, or the television of a country.
    fn is_media(&self, id: &str) -> bool {
        self.context.pack.kind_of(self.shared, id).carries
    }

    /// Who cites whom: "a affirmé X, citant l'état-major", "rapporte l'agence Y, citant le ministère".
    pub(super) fn chain(&self, hits: &mut Vec<Hit>) {
        let items = &self.sentence.items;
        for (at, item) in items.iter().enumerate() {
            let carries = self.context.is_cue(item, CueClass::Carrier);
            let cites = self.context.is_cue(item, CueClass::Citing);
            if !(carries || cites) {
                continue;
            }
            let Some(party) = self.sentence.parties.iter().find(|party| party.first > at && party.first <= at + 4)
            else {
                continue;
            };
            let Some(id) = party.id.clone() else { continue };
            let Some(hit) = hits.iter_mut().min_by_key(|hit| hit.item.abs_diff(at)) else { continue };
            if carries {
                hit.speaker.via.push(id);
                continue;
            }
            let media = hit.speaker.id.as_deref().is_some_and(|id| self.is_media(id));
            if media || (hit.speaker.id.is_none() && !hit.speaker.via.is_empty()) {
                hit.speaker.via.extend(hit.speaker.id.take());
                hit.speaker.id = Some(id);
                hit.speaker.named = (self.index, items[party.first].first, items[party.end - 1].end);
            } else {
                hit.speaker.citing = Some((id, items[party.first].first, items[party.end - 1].end));
            }
        }
        // "rapporte TASS" beside a speaker of its own: the agency carries.
        let is_media = |hit: &Hit| !hit.counts && hit.speaker.id.as_deref().is_some_and(|id| self.is_media(id));
        if hits.len() > 1 && hits.iter().any(is_media) && !hits.iter().all(is_media) {
            let carriers: Vec<String> =
                hits.iter().filter(|hit| is_media(hit)).filter_map(|hit| hit.speaker.id.clone()).collect();
            hits.retain(|hit| !is_media(hit));
            for hit in hits.iter_mut() {
                hit.speaker.via.extend(carriers.iter().cloned());
            }
        }
        for hit in hits.iter_mut() {
            if !hit.counts {
                self.carrier(&mut hit.speaker);
            }
            let Speaker { id, via, .. } = &mut hit.speaker;
            via.retain(|carrier| id.as_ref() != Some(carrier));
            // "Il a ajouté, selon KTV": who carried his words before carries them once.
            for carrier in std::mem::take(via) {
                if !via.contains(&carrier) {
                    via.push(carrier);
                }
            }
        }
    }
}
