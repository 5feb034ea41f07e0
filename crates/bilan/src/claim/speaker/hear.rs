//! Hears who speaks in one sentence.
//!
//! In: a sentence, and the speakers before it. Out: [`Hit`]s, each with its reach.
//!
//! "La même source ajoute": who that was, the sentences before have said.

use super::names::Names;
use super::{Hit, Reach, Speaker, Stance};
use crate::clause::{Group, Join, Naming, PartyGroup, STATE, Sentence, Verb, VerbKind, root, together};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, Cue, CueClass, Mask, Shared, Tags, TimeClass};

/// Sentences before in which he spoke whom a title alone means.
const TITLED: usize = 3;

pub(super) struct Listening<'a, 'p> {
    pub(super) context: &'a Context<'p>,
    pub(super) shared: &'a Shared,
    pub(super) sentence: &'a Sentence<'p>,
    pub(super) index: usize,
    pub(super) recent: &'a [Speaker],
    pub(super) names: &'a Names,
}

impl Listening<'_, '_> {
    pub(super) fn hits(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for verb in &self.sentence.verbs {
            if !self.is_saying(verb) {
                continue;
            }
            // "…, a dit l'armée, ajoutant que": she goes on.
            let goes_on = hits.last().filter(|_| verb.tags.has(Tags::GERUND) && self.sentence.opens_tail(verb.begin));
            let again = goes_on.map(|hit: &Hit| Hit::new(verb.item, Reach::Right, hit.speaker.clone(), hit.weight));
            let hit = again.or_else(|| self.verb(verb));
            if let Some(mut hit) = hit {
                hit.speaker.stance = self.stance(verb);
                hit.alone = hit.speaker.stance == Stance::Silent;
                hits.push(hit);
            }
        }
        // Who is named with no word of saying beside stands before a colon or in brackets.
        let cues = if self.sentence.may_be(Mask::CUE) { &self.sentence.items[..] } else { &[] };
        for (at, item) in cues.iter().enumerate() {
            if self.context.is_cue(item, CueClass::Preposition) {
                hits.extend(self.preposition(at));
            } else if self.context.is_cue(item, CueClass::Report)
                && !hits.iter().any(|hit: &Hit| hit.speaker.named.1 <= self.sentence.items[at].first)
            {
                hits.extend(self.report(at));
            }
        }
        if !hits.is_empty() {
            hits.extend(self.sentence.groups.iter().filter_map(|group| self.second(group)));
        }
        if !self.sentence.parties.is_empty() {
            hits.extend(self.view());
            hits.extend(self.headline());
            hits.extend(self.bracketed());
            hits.extend(self.signed());
        }
        if !hits.is_empty() {
            self.chain(&mut hits);
        }
        hits.sort_by_key(|hit| hit.item);
        hits
    }

    /// "59 sont captifs, dont 32 seraient morts d'après l'armée": where the part begins that a source right behind it
    /// gives alone; "…, dont 12 enfants, selon l'Unicef" gives all.
    pub(super) fn part_before(&self, at: usize) -> Option<usize> {
        let part = self.sentence.groups.iter().rfind(|group| group.end <= at && group.join == Join::Subset)?;
        let comma = self.sentence.items[part.end..at].iter().any(|item| matches!(item.what, What::Mark(_)));
        (!comma).then_some(part.first)
    }

    /// "…, l'opposition de 400"
    fn second(&self, group: &Group<'_>) -> Option<Hit> {
        let named = self.sentence.second_voice(self.context, group)?;
        let party = self.sentence.parties.iter().find(|party| named.contains(&party.first) && party.speaks());
        let speaker = match party {
            Some(party) => self.speaker(party, named.start),
            None => self.unnamed(named.start, named.end, named.start),
        };
        Some(Hit::new(named.start, Reach::Right, speaker, 11))
    }

    /// "27 civils tués en deux jours (Observatoire)": a source alone in brackets closes the sentence.
    fn bracketed(&self) -> Option<Hit> {
        let items = &self.sentence.items;
        let close = items.iter().rposition(|item| item.what == What::Mark(')')).filter(|&at| at + 2 >= items.len())?;
        let party = self.sentence.parties.iter().find(|party| party.end == close && party.speaks());
        let first = party.map_or(close.checked_sub(1)?, |party| party.first);
        let open = first.checked_sub(1).filter(|&at| items[at].what == What::Mark('('))?;
        let mut speaker = match party {
            Some(party) => self.speaker(party, open),
            None => self.institution_of_state(first, open)?,
        };
        self.carrier(&mut speaker);
        Some(Hit::new(open, Reach::Whole, speaker, 7))
    }

    /// "ministère" alone: the one that spoke before, else one of the country told of.
    fn institution_of_state(&self, noun: usize, at: usize) -> Option<Speaker> {
        let item = &self.sentence.items[noun];
        let kind = self.context.cue(item).and_then(|(_, _, cue)| cue.party.clone()).filter(|kind| kind == STATE)?;
        let some = || Speaker { id: Some(kind), ..self.words(noun, noun + 1, at) };
        Some(self.same_kind(item, at).unwrap_or_else(some))
    }

    /// "La Karsénie perd 17 chars en une journée : la Valdorie": a title that ends with who says so.
    fn signed(&self) -> Option<Hit> {
        let items = &self.sentence.items;
        let party = self.sentence.parties.last().filter(|party| self.index == 0 && party.speaks())?;
        let article = party.first.checked_sub(1).filter(|&at| self.context.is(&items[at], Class::Determiner));
        // "… pendant la nuit — ministère valdorien de la Défense": behind a dash an outlet only signs.
        let outlet = party.root() == Some("media");
        let sign = |at: &usize| items[*at].what == What::Mark(':') || items[*at].what.is_dash() && !outlet;
        let colon = article.unwrap_or(party.first).checked_sub(1).filter(sign)?;
        // "300 morts dans un seul pays : la Valdorie": which it is, and no speaker.
        let which = colon > 0 && self.context.is(&items[colon - 1], Class::Countries);
        let ends = party.end == items.len() && !self.sentence.groups.is_empty();
        (ends && !which).then(|| Hit::new(colon, Reach::Left, self.speaker(party, colon), 8))
    }

    /// "Pour l'ONU, la guerre a fait": of a country it would say who suffers.
    fn view(&self) -> Option<Hit> {
        let items = &self.sentence.items;
        let at = items.iter().take(2).position(|item| self.context.is_cue(item, CueClass::View))?;
        let party = self.sentence.parties.iter().find(|party| (at + 1..=at + 2).contains(&party.first))?;
        let state = party.id.as_deref().is_some_and(|id| self.shared.is_country(id));
        let closed = items.get(party.end).is_some_and(|item| item.what == What::Mark(','));
        (closed && party.speaks() && !state).then(|| Hit::new(at, Reach::Whole, self.speaker(party, at), 7))
    }

    /// "Velkar : « 300 soldats … »"
    fn headline(&self) -> Option<Hit> {
        let items = &self.sentence.items;
        let party = self.sentence.parties.first().filter(|party| party.speaks() && party.first <= 2)?;
        let mark = |at: usize| items.get(at).map(|item| item.what);
        let quote = mark(party.end) == Some(What::Mark(':'))
            && matches!(mark(party.end + 1), Some(What::Mark('\u{ab}' | '"' | '\u{201c}')));
        // "État-major valdorien — pertes de l'ennemi au 3 mai :": a bulletin under its sender's name.
        let bulletin = matches!(mark(party.end), Some(What::Mark('\u{2014}' | '\u{2013}' | '-')))
            && mark(items.len() - 1) == Some(What::Mark(':'))
            && matches!(party.how, Naming::Office | Naming::Name);
        // "ONU : 13 000 personnes tuées": of a country's name nobody knows whether it speaks or suffers.
        let world = || party.id.as_deref().is_some_and(|id| !self.shared.is_country(root(id)));
        let tells = mark(party.end) == Some(What::Mark(':')) && party.first == 0 && !party.armed && world();
        (quote || bulletin || tells).then(|| Hit::new(party.end, Reach::Right, self.speaker(party, party.first), 8))
    }

    /// A word of saying, whatever else it may be.
    fn is_saying(&self, verb: &Verb) -> bool {
        verb.kind == VerbKind::Cue
            || (verb.kind != VerbKind::Outcome && self.context.is_cue(&self.sentence.items[verb.item], CueClass::Verb))
    }

    /// "ne veut pas donner de bilan" is silent; "n'a fait état que de 8 morts" does say it.
    fn stance(&self, verb: &Verb) -> Stance {
        let end = (verb.item + 2).min(self.sentence.items.len());
        let near = self.sentence.items[verb.begin.saturating_sub(3)..end].iter();
        let contests = |(_, _, cue): (u32, Tags, &Cue)| cue.contested.is_some();
        if near.filter(|item| self.context.is(item, Class::Not)).count() > 1 {
            Stance::Silent
        } else if self.context.cue(&self.sentence.items[verb.item]).is_some_and(contests) {
            Stance::Contests
        } else {
            Stance::Gives
        }
    }

    pub(super) fn cue_entry(&self, item: usize) -> (Option<u32>, Option<String>) {
        self.context
            .cue(&self.sentence.items[item])
            .map_or((None, None), |(entry, _, cue)| (Some(entry), cue.said.clone()))
    }

    pub(super) fn speaker(&self, party: &PartyGroup, at: usize) -> Speaker {
        let items = &self.sentence.items;
        // "a précisé son porte-parole"
        let owned = party.first > 0 && self.context.is(&items[party.first - 1], Class::Possessive);
        if owned
            && party.how == Naming::Source
            && party.id.is_none()
            && let Some(before) = self.owner(party.first)
        {
            return before;
        }
        // "le même porte-parole", "le porte-parole du ministère": of whom was spoken before.
        let before = items[..party.first].iter().rev().take(1);
        let behind = items[party.end..].iter().take(3).take_while(|item| item.what == What::Words);
        if party.how == Naming::Source
            && party.id.is_none()
            && before.chain(behind).any(|item| self.context.is_cue(item, CueClass::Same))
            && let Some(before) = self.again(Tags::NONE, at)
        {
            return before;
        }
        if let Some(before) = self.titled(party, at) {
            return before;
        }
        // "le bureau onusien", "l'Observatoire": the one of the UN, or of that kind, that spoke before.
        let alone = party.how == Naming::Office && party.end == party.first + 1 && party.id.as_deref() == party.root();
        // "le Front libre de Mervaux" has a name of its own.
        let named = self.context.is_capital(&items[party.first]);
        let bare = alone || (party.country.is_some() && party.country == party.id && !named);
        let before = || self.recent.iter().rev().find(|speaker| speaker.id.as_deref().map(root) == party.root());
        if bare && let Some(id) = before().and_then(|before| before.id.clone()) {
            let known = PartyGroup { id: Some(id), country: None, how: Naming::Name, ..party.clone() };
            return Speaker { confidence: 75, ..self.speaker(&known, at) };
        }
        let (cue, said) = self.cue_entry(at);
        // "Londres et Washington" speak together.
        let joined = |one: &PartyGroup, two: &PartyGroup| {
            let named = one.how == Naming::Name && two.how == Naming::Name && one.end < two.first;
            let mut between = items[one.end.min(two.first)..two.first].iter();
            named
                && between.next().is_some_and(|item| self.context.is(item, Class::And))
                && between.all(|item| self.context.is(item, Class::Determiner))
        };
        let beside = self.sentence.parties.iter().find(|other| joined(party, other) || joined(other, party));
        let mut id = party.id.clone().filter(|_| !party.private);
        let via = self.told_to(at).and_then(|carrier| carrier.id.clone()).into_iter().collect();
        let mut end = party.end;
        if let (Some(one), Some(two)) = (&party.id, beside.and_then(|other| other.id.as_ref())) {
            id = Some(together([one.as_str(), two.as_str()]));
            end = end.max(beside.map_or(0, |other| other.end));
        }
        // "les services de renseignement valdorien et karsénien"
        let and = items.get(party.end).is_some_and(|item| self.context.is(item, Class::And));
        let other = self.sentence.parties.iter().find(|other| and && other.first == party.end + 1);
        let other = other.filter(|other| other.how == Naming::Adjective && party.how == Naming::Office);
        if let (Some(one), Some(two), Some(other)) = (party.root(), other.and_then(PartyGroup::root), other)
            && one != two
        {
            id = Some(together([one, two]));
            end = other.end;
        }
        Speaker {
            id,
            named: (self.index, items[party.first].first, items[end - 1].end),
            tags: party.tags,
            citing: None,
            stance: Stance::Gives,
            via,
            said,
            cue,
            at: (self.index, at),
            confidence: if party.how == Naming::Source && (party.private || party.id.is_none()) { 70 } else { 92 },
        }
    }

    /// "le porte-parole", "l'élu", and no more: the one who spoke before.
    fn titled(&self, party: &PartyGroup, at: usize) -> Option<Speaker> {
        let items = &self.sentence.items;
        let alone = party.how == Naming::Source && party.id.is_none() && party.end == party.first + 1;
        // "le même porte-parole"
        let same = party.first > 0 && self.context.is_time(&items[party.first - 1], TimeClass::Same);
        let article = party.first.checked_sub(1 + usize::from(same));
        let definite = article.is_some_and(|at| self.context.is(&items[at], Class::Determiner));
        let whose = items.get(party.end).is_some_and(|item| self.context.is(item, Class::Of));
        if !alone || !definite || whose || party.tags.has(Tags::PLURAL) {
            return None;
        }
        let near = |before: &Speaker| before.at.0 + TITLED >= self.index;
        self.named(party.first, at).or_else(|| self.again(party.tags, at).filter(near))
    }

    /// The party behind "à" right behind a word of saying, when it carries what others say.
    pub(super) fn told_to(&self, at: usize) -> Option<&PartyGroup> {
        let items = &self.sentence.items;
        let to = items.get(at + 1).filter(|item| self.context.is(item, Class::To) || self.context.is(item, Class::In));
        let party = self.sentence.parties.iter().find(|party| (at + 2..at + 4).contains(&party.first))?;
        let named = party.id.as_deref().filter(|id| !id.starts_with("?/"));
        let carries = named.is_some_and(|id| self.context.pack.kind_of(self.shared, id).carries);
        (to.is_some() && carries).then_some(party)
    }

    /// Whom "son" stands for: the party on the left in the sentence, else the speaker before.
    pub(super) fn owner(&self, at: usize) -> Option<Speaker> {
        let items = &self.sentence.items;
        let left = self
            .sentence
            .parties
            .iter()
            .rev()
            .find(|party| party.end <= at && party.speaks() && party.how != Naming::Source && party.id.is_some());
        let heads = left
            .filter(|party| !party.first.checked_sub(1).is_some_and(|left| self.context.is(&items[left], Class::In)));
        heads.map(|party| Speaker { confidence: 75, ..self.speaker(party, at) }).or_else(|| self.again(Tags::NONE, at))
    }

    /// The speaker before that a word may mean: "l'organisation" is no ministry.
    pub(super) fn same(&self, word: &Item<'_>, at: usize) -> Option<Speaker> {
        let state = self.context.cue(word).is_some_and(|(_, _, cue)| cue.party.as_deref() == Some(STATE));
        // "Le ministère n'en avoue que 9 000", where an outlet spoke before: the one of the country.
        let before = || self.again(Tags::NONE, at).filter(|before| !state || !self.carries(before));
        self.same_kind(word, at).or_else(before)
    }

    fn carries(&self, speaker: &Speaker) -> bool {
        speaker.id.as_deref().is_some_and(|id| self.context.pack.kind_of(self.shared, id).carries)
    }

    /// The same, where a speaker before is of the kind that the word names.
    pub(super) fn same_kind(&self, word: &Item<'_>, at: usize) -> Option<Speaker> {
        let kind = self.context.cue(word).and_then(|(_, _, cue)| cue.party.as_deref())?;
        let fits = |speaker: &&Speaker| {
            let id = speaker.id.as_deref().unwrap_or_default();
            let state = id.starts_with(STATE) || self.shared.is_country(root(id));
            if kind == STATE { state && id.contains('/') } else { !state && !id.is_empty() }
        };
        self.recent.iter().rev().find(fits).and_then(|before| self.again_as(before, at))
    }

    /// The speaker before, seen from a word that points back at it.
    pub(super) fn again(&self, tags: Tags, at: usize) -> Option<Speaker> {
        // Who only carries is not "il".
        let carries = |speaker: &&Speaker| speaker.id.is_none() && !speaker.via.is_empty();
        let found = self
            .recent
            .iter()
            .rev()
            .filter(|speaker| !carries(speaker))
            .find(|speaker| speaker.tags.agrees(tags))
            .or(self.recent.last().filter(|_| tags == Tags::NONE))?;
        self.again_as(found, at)
    }

    fn again_as(&self, before: &Speaker, at: usize) -> Option<Speaker> {
        let (cue, said) = self.cue_entry(at);
        Some(Speaker {
            at: (self.index, at),
            cue,
            said: said.or(before.said.clone()),
            confidence: before.confidence.min(85),
            ..before.clone()
        })
    }

    /// "le plus récent relevé de l'ONU montrait", "le bilan de la préfecture est de"
    pub(super) fn report(&self, at: usize) -> Option<Hit> {
        let items = &self.sentence.items;
        // "son dernier relevé": of whom was spoken before.
        let own = items[at.saturating_sub(2)..at].iter().any(|item| self.context.is(item, Class::Possessive));
        let mut parties = self.sentence.parties.iter().filter(|party| !self.is_told(party));
        let Some(party) = parties.find(|party| (at..=at + 6).contains(&party.first)) else {
            let before = self.again(Tags::NONE, at).filter(|_| own)?;
            return Some(Hit { counts: true, ..Hit::new(at, Reach::Right, before, 6) });
        };
        let linked = items[(at + 1).min(party.first)..party.first].iter().all(|item| {
            let word = item.what == What::Words
                && (item.senses.is_empty()
                    || self.context.is(item, Class::Of)
                    || self.context.is(item, Class::By)
                    || self.context.is(item, Class::In)
                    || self.context.is(item, Class::Determiner)
                    || self.context.is(item, Class::Adverb)
                    || self.context.is(item, Class::Verb));
            word || matches!(item.what, What::Date(_)) || self.context.is_cue(item, CueClass::Verb)
        });
        // "Douze morts, tel est le bilan donné par X"
        let is = |item: &Item<'_>| self.context.class(item, Class::Be).is_some_and(|(_, tags)| tags.has(Tags::FINITE));
        let reach = if items[at.saturating_sub(4)..at].iter().any(is) { Reach::Whole } else { Reach::Right };
        linked.then(|| Hit { counts: true, ..Hit::new(at, reach, self.speaker(party, at), 7) })
    }

    /// An agency that only carries is no claimant.
    pub(super) fn carrier(&self, speaker: &mut Speaker) {
        let wire = |id: &mut String| self.context.pack.kind_of(self.shared, id).wire;
        if let Some(id) = speaker.id.take_if(wire) {
            speaker.via = vec![id];
            speaker.confidence = speaker.confidence.min(70);
        }
    }
}
