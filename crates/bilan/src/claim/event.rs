//! Says which war, operation or disaster a document is about.
//!
//! In: the sentences of a document and its publication date. Out: events, the likeliest first.
//!
//! A report rarely names its war: the parties and places that it names do.

use super::find::Finding;
use crate::clause::{Sentence, root};
use crate::pack::{Event, How};
use std::collections::{BTreeMap, BTreeSet};

/// Days that a report may come after the end of what it is about.
const GRACE: i64 = 45;

impl<'p> Finding<'p> {
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
            for item in &sentence.items {
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
        // Most events are of other wars than the document's, and are not looked at.
        let near = named.keys().flat_map(|root| self.shared.events_of(root)).map(String::as_str);
        let near: BTreeSet<&str> = near.chain(told.keys().copied()).collect();
        let mut events: Vec<(i32, &'p Event)> = near
            .into_iter()
            .filter_map(|id| self.shared.events.get(id))
            .filter(|event| !event.named || told.contains_key(event.id.as_str()))
            .filter(|event| {
                let begun = |day| event.from.and_then(|from| from.first_day()).is_none_or(|from| from <= day);
                let lasts = |day: jiff::civil::Date| {
                    // A disaster without an end is over, a war is not.
                    let end = event.to.or(event.from.filter(|_| !event.lasts())).and_then(|to| to.last_day());
                    let grace = end.and_then(|to| to.checked_add(jiff::Span::new().days(GRACE)).ok());
                    grace.is_none_or(|to| day <= to)
                };
                day.is_none_or(|day| begun(day) && lasts(day))
            })
            .filter_map(|event| {
                let sides = event.sides.iter().filter(|side| named.contains_key(side.as_str())).count();
                let count: i32 =
                    event.sides.iter().chain(&event.places).filter_map(|root| named.get(root.as_str())).sum();
                let told = told.get(event.id.as_str()).copied().unwrap_or(0);
                let score = count + told + if sides >= 2 { 10 } else { 0 };
                (score > 0).then_some((score, event))
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
