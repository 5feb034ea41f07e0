//! Says which war, operation or disaster a document is about.
//!
//! In: the sentences of a document and its publication date. Out: events, the likeliest first.
//!
//! A report rarely names its war: the parties and places that it names do.

use super::find::Finding;
use crate::clause::{Sentence, root};
use crate::kinds::Trait;
use crate::pack::{Class, Event, How, Mask};
use jiff::civil;
use std::collections::BTreeMap;

/// Days that a report may come after the end of what it is about.
const GRACE: i64 = 45;

/// The kind of what happens to the same country again and again.
const DISASTER: &str = "disaster";

/// Sentences that say what a story is about.
const ABOUT: usize = 3;

impl<'p> Finding<'p> {
    /// A quake or a flood, where nobody counts soldiers: whatever war is fought in that country, this is not about it.
    fn is_of_disaster(&self, sentences: &[Sentence<'p>]) -> bool {
        let head = sentences.iter().take(ABOUT).flat_map(|sentence| &sentence.items);
        let mut counted = sentences.iter().flat_map(|sentence| &sentence.groups).filter_map(|group| group.thing);
        let kinds = &self.shared.kinds;
        head.into_iter().any(|item| self.context.is(item, Class::Disaster))
            && !counted.any(|thing| kinds.is(thing.id, Trait::Armed))
    }

    /// Events that the document can be about: in course when it was published, their sides or places named most.
    pub(super) fn events(&self, sentences: &[Sentence<'p>]) -> Vec<&'p Event> {
        let mut named: BTreeMap<&str, i32> = BTreeMap::new();
        let mut told: BTreeMap<&str, i32> = BTreeMap::new();
        for sentence in sentences {
            for party in &sentence.parties {
                if let Some(root) = party.country()
                    && let Some((id, _)) = self.shared.parties.get_key_value(root)
                {
                    *named.entry(id).or_default() += 1;
                }
            }
            let named_in = if sentence.may_be(Mask::NAME) { &sentence.items[..] } else { &[] };
            for item in named_in {
                if let Some((_, _, name)) = self.context.name(item) {
                    match name.how {
                        How::Event => *told.entry(name.id.as_str()).or_default() += 3,
                        How::Place => *named.entry(root(&name.id)).or_default() += 1,
                        _ => {}
                    }
                }
            }
        }
        let day = self.published.and_then(|date| date.last_day());
        let disaster = self.is_of_disaster(sentences);
        // Most events are of other wars than the document's, and are not looked at; of the others most are over.
        let near = named.keys().flat_map(|root| self.shared.events_of(root)).map(String::as_str);
        let near = near.chain(told.keys().copied()).filter_map(|id| self.shared.events.get(id));
        let mut near: Vec<&'p Event> = match day {
            Some(day) => near.filter(in_course(day)).collect(),
            // Nobody knows which "séisme au Maroc" it is.
            None => near.filter(|event| event.lasts() || event.kind != DISASTER).collect(),
        };
        near.sort_unstable_by(|a, b| a.id.cmp(&b.id));
        near.dedup_by(|a, b| a.id == b.id);
        let mut events: Vec<(i32, &'p Event)> = near
            .into_iter()
            .filter(|event| !(event.named || disaster && event.lasts()) || told.contains_key(event.id.as_str()))
            .filter_map(|event| {
                let sides = event.sides.iter().filter(|side| named.contains_key(side.as_str())).count();
                let count: i32 =
                    event.sides.iter().chain(&event.places).filter_map(|root| named.get(root.as_str())).sum();
                let told = told.get(event.id.as_str()).copied().unwrap_or(0);
                let score = count + told + if sides >= 2 { 10 } else { 0 };
                // Of a document without a date one side alone tells no war that is over.
                let open = day.is_some() || event.to.is_none() || !event.has_two_sides();
                let told = open || sides >= 2 || told > 0;
                (score > 0 && told).then_some((score, event))
            })
            .collect();
        // A battle that is not named is not what the document is about: its war is.
        let wars: Vec<&[String]> =
            events.iter().filter(|(_, event)| event.is_war_of_two()).map(|(_, event)| &event.sides[..]).collect();
        events.retain(|(_, event)| {
            event.kind == "war" || told.contains_key(event.id.as_str()) || !wars.contains(&&event.sides[..])
        });
        events.sort_by_key(|(score, event)| (-score, std::cmp::Reverse(event.from), &event.id));
        events.into_iter().map(|(_, event)| event).collect()
    }
}

/// Whether an event is in course on a day, or ended shortly before. A disaster without an end is over, a war is not.
fn in_course(day: civil::Date) -> impl Fn(&&Event) -> bool {
    let since = day.checked_sub(jiff::Span::new().days(GRACE)).unwrap_or(civil::Date::MIN);
    move |event| {
        let end = event.to.or(event.from.filter(|_| !event.lasts())).and_then(|to| to.last_day());
        let begun = event.from.and_then(|from| from.first_day()).is_none_or(|from| from <= day);
        begun && end.is_none_or(|end| since <= end)
    }
}
