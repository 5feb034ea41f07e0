//! Says which names of places do not tell where it happened.
//!
//! In: a name in its sentence. Out: yes or no.
//!
//! "Le bilan publié à Ormont fait état de 40 noyés dans les provinces de Miravie": nobody drowned at Ormont.

use super::{Naming, PartyGroup, Sentence, root};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, CueClass, HedgeClass, How, Name};

/// Words between a word of saying and the city where it was said.
const SAID: usize = 8;

/// Items between a bracket and the city whose time it gives.
const CLOCK: usize = 6;

impl<'p> Sentence<'p> {
    /// Whether a name is where somebody sits, spoke or looks at his clock, a person's, or the end of a way.
    pub fn is_told_from(&self, context: &Context<'p>, at: usize) -> bool {
        self.is_seat(context, at)
            || self.is_where_said(context, at)
            || self.is_of_clock(at)
            || self.is_of_person(context, at)
            || self.is_part_of_name(context, at)
            || self.is_on_the_way(context, at)
    }

    /// "la ligne entre Ormont et Port-Miral": between towns of two countries either may be meant.
    fn is_on_the_way(&self, context: &Context<'p>, at: usize) -> bool {
        let items = &self.items;
        let between = |at: usize| at > 0 && context.is_hedge_of(&items[at - 1], HedgeClass::Between);
        let joined = |at: usize| items.get(at).is_some_and(|item| context.is(item, Class::And));
        let other = match () {
            _ if between(at) && joined(at + 1) => at + 2,
            _ if at > 2 && joined(at - 1) && between(at - 2) => at - 2,
            _ => return false,
        };
        let Some((.., own)) = context.name(&items[at]).filter(|(.., name)| name.how != How::Country) else {
            return false;
        };
        let apart = |item: &Item<'p>| {
            let abroad = |name: &Name| name.how != How::Country && root(&name.id) != root(&own.id);
            context.name(item).is_some_and(|(.., name)| abroad(name))
        };
        items.get(other).is_some_and(apart)
    }

    /// "l'ONG, basée à Solvar", "l'OIM à Solvar"
    fn is_seat(&self, context: &Context<'p>, at: usize) -> bool {
        // "ont été tués par les rebelles à Solvar": where they did it.
        let acts = |party: &PartyGroup| {
            let mut before = (party.first.saturating_sub(3)..party.first).rev();
            let by = before.find(|&at| context.is(&self.items[at], Class::By));
            by.and_then(|by| by.checked_sub(1)).is_some_and(|did| context.outcome(&self.items[did]).is_some())
        };
        let named = |party: &PartyGroup| matches!(party.how, Naming::Office | Naming::Name);
        let speaks = |party: &PartyGroup| party.end + 1 == at && named(party) && !acts(party);
        self.items[at.saturating_sub(3)..at].iter().any(|item| context.is(item, Class::Seat))
            || (context.is(&self.items[at.saturating_sub(1)], Class::In) && self.parties.iter().any(speaks))
    }

    /// "une estimation avancée mardi à Solvar par un émissaire", "joint depuis Solvar": a city behind a word of saying.
    fn is_where_said(&self, context: &Context<'p>, at: usize) -> bool {
        let inside = at > 0 && context.is(&self.items[at - 1], Class::In);
        let city = context.name(&self.items[at]).is_some_and(|(_, _, name)| name.how == How::Metonym);
        let says = |item: &Item<'p>| context.is_cue(item, CueClass::Verb);
        let passes = |item: &&Item<'p>| match item.what {
            What::Date(_) => true,
            What::Words => context.outcome(item).is_none() && !context.is(item, Class::That),
            _ => false,
        };
        let mut before = self.items[..at].iter().rev().take(SAID).take_while(passes);
        city && inside && before.any(says)
    }

    /// "à 9 h 40 (7 h 40 à Solvar)": whose time it is.
    pub fn is_of_clock(&self, at: usize) -> bool {
        let open = (at.saturating_sub(CLOCK)..at).rev().find(|&at| self.items[at].what == What::Mark('('));
        let clock = |item: &Item<'p>| match item.what {
            What::Figure(number) => {
                self.figures[usize::from(number)].refused.is_some_and(|(why, ..)| matches!(why, "clock" | "duration"))
            }
            _ => false,
        };
        open.is_some_and(|open| self.items[open..at].iter().any(clock))
    }

    /// "la ville de Solvar Lindo": another place's name begins alike.
    fn is_part_of_name(&self, context: &Context<'p>, at: usize) -> bool {
        let item = &self.items[at];
        let place = context.name(item).is_some_and(|(_, _, name)| matches!(name.how, How::Place | How::Metonym));
        let goes_on = self.items.get(at + 1).is_some_and(|next| context.is_unknown_name(next));
        place && item.end - item.first == 1 && goes_on
    }

    /// "un chef surnommé Ti Solvar"
    fn is_of_person(&self, context: &Context<'p>, at: usize) -> bool {
        let before = at.checked_sub(1).filter(|&before| before > 0).map(|before| &self.items[before]);
        before.is_some_and(|item| context.is_unknown_name(item))
    }
}
