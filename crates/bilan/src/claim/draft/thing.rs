//! Says who or what a figure counts, and which outcome can happen to it.
//!
//! In: a group and the entry of an outcome. Out: a key of `[counted]` with the noun that told it, a key of `[outcome]`.
//!
//! "Parmi les soldats, douze blessés": the noun stands before its figure; "pertes: 300": a bare number counts people.

use super::govern::context_of;
use super::{Draft, Drafting};
use crate::clause::{Group, Join, Sentence, Thing, Verb, VerbKind, Voice};
use crate::kinds::Trait;
use crate::mention::{Item, What};
use crate::pack::{Class, Counted, Data, Mask, Outcome, OutcomeId, Tags};

/// Items from those whom a noun names to what they do now.
const UNDONE: usize = 6;

/// Key of `[counted]`, sentence and noun that tell it, and what that adds to the score.
type Counting<'p> = (&'p str, Option<(usize, Thing<'p>)>, i32);

/// Parts of parts: a list in which each line is a part of the one above it is no tree.
const PARTS: usize = 32;

/// "Vingt morts, dont trois enfants": what follows goes on with the whole.
pub(super) fn whole_of(made: &[Draft<'_>], at: usize) -> usize {
    let whole = |&at: &usize| made[at].leans.filter(|&left| made[at].join == Join::Subset && left < at);
    std::iter::successors(Some(at), whole).take(PARTS).last().unwrap_or(at)
}

impl<'p> Drafting<'_, 'p> {
    pub(super) fn outcome(&self, entry: u32) -> Option<&'p Outcome> {
        match &self.context.pack.entries[entry as usize].data {
            Data::Outcome(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// The pack's own word for what a group counts.
    pub(super) fn noun(&self, group: &Group<'p>) -> Option<&'p Counted> {
        self.context.pack.counted(group.thing?.entry?)
    }

    /// The id of an outcome for a thing, if it can happen to it.
    pub(super) fn id_for(&self, entry: u32, counted: &str) -> Option<&'p str> {
        let outcome = self.outcome(entry)?;
        let people = self.kinds.is_people(counted)?;
        let id: &'p str = match &outcome.id {
            OutcomeId::One(id) => id,
            OutcomeId::Both { people: id, .. } if people => id,
            OutcomeId::Both { materiel: id, .. } => id,
        };
        let measure = if people { "people" } else { "materiel" };
        let taken = outcome.takes.is_empty() || outcome.takes.iter().any(|take| take == counted || take == measure);
        if !(self.kinds.befalls(id, people) && taken) {
            return None;
        }
        let turned = outcome.turn.iter().find(|turn| turn.beside.is_none() && turn.of.iter().any(|of| of == counted));
        Some(turned.map_or(id, |turn| turn.to.as_str()))
    }

    /// Whether a group may be what an outcome happened to.
    pub(super) fn fits(&self, sentence: &Sentence<'p>, group: &Group<'p>, entry: u32) -> bool {
        match (group.thing, group.stranger) {
            (Some(_), _) => self.thing_for(sentence, group, entry).is_some(),
            (None, stranger) => {
                self.outcome(entry).is_some_and(|outcome| outcome.kin.is_empty())
                    && stranger.is_none_or(|at| sentence.items[at].senses.is_empty() && self.is_bodily(entry))
            }
        }
    }

    /// Whether only a body suffers this outcome: "douze horlogers ont été tués" counts people, whatever they are.
    pub(super) fn is_bodily(&self, entry: u32) -> bool {
        self.outcome(entry).filter(|outcome| outcome.takes.is_empty()).is_some_and(
            |outcome| matches!(&outcome.id, OutcomeId::One(id) if self.kinds.outcome.get(id).is_some_and(|kind| kind.bodily)),
        )
    }

    /// The meaning of the group's noun that the outcome can happen to: "hommes" are soldiers when lost.
    pub(super) fn thing_for(&self, sentence: &Sentence<'p>, group: &Group<'p>, entry: u32) -> Option<Thing<'p>> {
        let thing = group.thing?;
        let mut meanings: Vec<Thing<'p>> = match sentence.items.get(thing.item).filter(|_| thing.entry.is_some()) {
            Some(item) => {
                let pack = self.context.pack;
                let meaning = |entry| Some(Thing::new(thing.item, entry, pack.counted(entry)?));
                item.senses.iter().filter_map(|sense| meaning(sense.entry)).collect()
            }
            // A people named by nationality is sent and lost as soldiers.
            None => {
                let soldiers = self.kinds.people(Trait::Armed).map(|id| Thing { id, weak: true, ..thing });
                std::iter::once(thing).chain(soldiers).collect()
            }
        };
        let fits = |thing: &Thing<'p>| self.id_for(entry, thing.id).is_some() && self.is_kin(entry, thing);
        // "hommes, femmes et enfants": together they are none of them; "militaires et policiers" who are sent are a force.
        let mixed = !meanings.iter().any(|meaning| meaning.id == thing.id);
        if mixed && fits(&thing) && meanings.iter().any(|meaning| self.kinds.is_people(meaning.id) == Some(true)) {
            return Some(thing);
        }
        // "leurs hommes", "nos hommes": somebody's, so soldiers.
        let owned = group.possessive.is_some() || group.ours.is_some();
        meanings.sort_by_key(|thing| thing.weak != owned);
        meanings.into_iter().find(fits)
    }

    /// Whether a group counts things that stand where they are.
    pub(super) fn is_building(&self, group: &Group<'p>) -> bool {
        group.thing.is_some_and(|thing| self.kinds.is_placed(thing.id) && self.kinds.is_people(thing.id) == Some(false))
    }

    /// "Quarante pompiers sont engagés": of those who are hired nobody counts a force.
    fn is_kin(&self, entry: u32, thing: &Thing<'p>) -> bool {
        let Some(outcome) = self.outcome(entry) else { return true };
        let noun = thing.entry.and_then(|noun| self.context.pack.counted(noun));
        let is_in = |kins: &[String]| noun.and_then(|noun| noun.kin.as_ref()).is_some_and(|kin| kins.contains(kin));
        // "deux suspects sont recherchés": nobody misses them.
        let spared = is_in(&outcome.spares);
        let taken = || is_in(&outcome.kin) || outcome.takes.iter().any(|take| take == thing.id);
        !spared && (outcome.kin.is_empty() || taken())
    }

    /// "Neuf civils ont péri à Ormont (61 000 habitants)": how large a place is, and nobody to whom anything happened.
    pub(super) fn tells_size(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let items = &sentence.items;
        let dwells = group.own.is_empty() && self.noun(group).is_some_and(|noun| noun.dwells);
        let Some(before) = group.first.checked_sub(1).filter(|_| dwells) else { return false };
        let plain = |item: &Item<'p>| {
            item.what == What::Words && self.context.outcome(item).is_none() && self.context.counted(item).is_none()
        };
        let verb = |at: usize| sentence.verbs.iter().any(|verb| verb.begin <= at && at <= verb.item);
        // "une agglomération de plus de": the hedge may begin with the preposition.
        let of = group.lead.filter(|&lead| lead == before && context_of(&self.context, &items[lead]));
        let noun = match of {
            Some(lead) => lead.checked_sub(1),
            None => Some(before).filter(|_| self.context.begins_with(&items[group.first], Class::Of)),
        };
        if noun.is_some_and(|noun| plain(&items[noun]) && !verb(noun) && !self.context.is(&items[noun], Class::Count)) {
            return true;
        }
        let place = before.checked_sub(1).is_some_and(|at| plain(&items[at]) && self.context.is_capital(&items[at]));
        let closed = items.get(group.end).is_none_or(|item| matches!(item.what, What::Mark(_)));
        place && closed && matches!(items[before].what, What::Mark('(' | ','))
    }

    /// "Cent dix victimes ont porté plainte", "25 000 réfugiés sont rentrés": what they do shows that the noun tells of what
    /// is over, or never was.
    pub(super) fn is_undone(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let thing = group.own.is_empty() && self.noun(group).is_some_and(|noun| noun.unsure);
        let own = !group.own.is_empty() && group.own.iter().all(|own| self.is_unsure(own.entry));
        let undoes = |item: &Item<'p>| self.context.is(item, Class::Undoes);
        // "45 000 déplacés par les violences": what did it.
        let ends = |item: &Item<'p>| self.context.is(item, Class::Relative) || self.context.is(item, Class::By);
        let words = |item: &&Item<'p>| item.what == What::Words && !ends(item);
        let behind = sentence.items[group.end..].iter().take(UNDONE).take_while(words);
        let before = sentence.items[..group.first].iter().rev().take(2).take_while(words);
        (thing || own) && behind.chain(before).any(undoes)
    }

    /// "un film apporté par une rescapée": one who does something is no toll.
    pub(super) fn is_doer(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let by =
            group.first.checked_sub(1).filter(|&by| group.article && self.context.is(&sentence.items[by], Class::By));
        let done = |verb: &Verb| matches!(verb.voice, Voice::Bare | Voice::Passive) && by == Some(verb.item + 1);
        sentence.verbs.iter().any(done)
            || by.is_some_and(|by| by > 0 && sentence.items[by - 1].is_unknown() && !group.own.is_empty())
    }

    /// "un corps de 700 soldats": what is made of those who are counted.
    pub(super) fn is_made_of(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let group = &sentence.groups[at];
        let next = || sentence.groups.get(at + 1).is_some_and(|next| next.first <= group.end + 1);
        let of = || sentence.items.get(group.end).is_some_and(|item| context_of(&self.context, item));
        group.article && of() && next()
    }

    /// "…, ont affirmé dimanche un infirmier et un médecin", "des récits donnés par une rescapée", "deux ont dit avoir fui":
    /// who speaks suffers nothing.
    pub(super) fn speaks(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let items = &sentence.items;
        if !sentence.may_be(Mask::CUE) {
            return false;
        }
        let says = |verb: &&Verb| {
            verb.kind == VerbKind::Cue
                && !self.context.is(&items[verb.item], Class::Carrier)
                && verb.voice != Voice::Noun
        };
        let small = |item: &Item<'p>| {
            let words = [Class::Adverb, Class::Determiner].iter().any(|&class| self.context.is(item, class));
            words || matches!(item.what, What::Date(_))
        };
        let left = (0..group.first).rev().find(|&at| !small(&items[at]));
        let told = |verb: &Verb| {
            let tail = verb.voice == Voice::Active && group.article && sentence.opens_tail(verb.begin);
            tail && left == Some(verb.item)
        };
        let by = left.filter(|&left| self.context.is(&items[left], Class::By));
        let given = |verb: &Verb| verb.voice != Voice::Active && by == Some(verb.item + 1);
        let subject = |verb: &Verb| {
            let many = if group.value.point() == Some(1) { Tags::SINGULAR } else { Tags::PLURAL };
            let near = (group.end..group.end + 3).contains(&verb.begin);
            near && group.is_bare()
                && verb.voice == Voice::Active
                && verb.tags.has(Tags::FINITE)
                && verb.tags.has(many)
                && items[group.end..verb.begin].iter().all(|item| item.what == What::Words)
        };
        sentence.verbs.iter().filter(says).any(|verb| told(verb) || given(verb) || subject(verb))
    }

    /// Whether those whom an outcome names may live, or be at home again.
    pub(super) fn is_unsure(&self, entry: u32) -> bool {
        self.outcome(entry).is_some_and(|outcome| outcome.unsure)
    }

    /// "20 étaient des enfants": the noun behind the verb says who they were.
    pub(super) fn predicate(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<Thing<'p>> {
        let items = &sentence.items;
        let is = (group.end..items.len())
            .take(2)
            .find(|&at| self.context.class(&items[at], Class::Be).is_some_and(|(_, tags)| tags.has(Tags::FINITE)))?;
        let led = |item: &Item<'p>| self.context.is(item, Class::Determiner) || context_of(&self.context, item);
        let noun = items.get(is + 1).filter(|item| led(item)).map(|_| is + 2)?;
        items.get(noun).and_then(|item| self.context.counted(item)).and_then(|_| self.thing_at(sentence, noun))
    }

    /// A bare number of people counts those whom its predicate names.
    pub(super) fn name_them(&self, index: usize, group: &Group<'p>, draft: &mut Draft<'p>) {
        let people = |id: &str| self.kinds.is_people(id) == Some(true);
        // "un tiers des 300 victimes étaient des enfants": of a part.
        let part = group.lead.is_some_and(|lead| context_of(&self.context, &self.sentences[index].items[lead]));
        let open = group.thing.is_none() && group.stranger.is_none() && !part && people(draft.counted);
        let them = self.predicate(&self.sentences[index], group).filter(|them| open && people(them.id));
        if let Some(them) = them {
            (draft.counted, draft.thing) = (them.id, Some((index, them)));
        }
    }

    /// The noun of counting that a word completes: "le nombre de civils tués". Its item, and that of the thing.
    pub(super) fn counts(&self, sentence: &Sentence<'p>, item: usize) -> Option<(usize, Option<usize>)> {
        let count =
            (item.saturating_sub(10)..item).rev().find(|&at| self.context.is(&sentence.items[at], Class::Count))?;
        // "le nombre réel de soldats tués"
        let adjective = sentence.items.get(count + 1).is_some_and(Item::is_unknown);
        let next = sentence.items.get(count + 1 + usize::from(adjective));
        let of = next.is_some_and(|item| context_of(&self.context, item));
        let thing = (count + 1..item).find(|&at| self.context.counted(&sentence.items[at]).is_some());
        of.then_some((count, thing))
    }

    /// "Parmi les soldats engagés, trente et un ont été tués": the noun that a bare number is a part of.
    pub(super) fn among(&self, sentence: &Sentence<'p>, before: usize) -> Option<Thing<'p>> {
        let among = (0..before).rev().find(|&at| self.context.is(&sentence.items[at], Class::Among))?;
        self.thing_at(
            sentence,
            (among + 1..before.min(among + 4)).find(|&at| self.context.counted(&sentence.items[at]).is_some())?,
        )
    }

    pub(super) fn thing_at(&self, sentence: &Sentence<'p>, item: usize) -> Option<Thing<'p>> {
        let (entry, _, counted) = self.context.counted(&sentence.items[item])?;
        Some(Thing::new(item, entry, counted))
    }

    /// "trois militaires, dont deux Valdoriens et un Miravien": a nationality parts the soldiers, and names nobody else.
    pub(super) fn is_parted(&self, index: usize, group: &Group<'p>, left: &Draft<'p>) -> bool {
        let nationality = |group: &Group<'p>| group.thing.is_some_and(|thing| thing.entry.is_none());
        let parted = || {
            let before = &self.sentences[left.sentence].groups[left.group];
            left.sentence == index && nationality(before) && left.thing.is_some_and(|(_, thing)| thing.entry.is_some())
        };
        nationality(group) && (matches!(group.join, Join::Subset | Join::Apart) || parted())
    }

    /// Who or what a group counts: its thing, its neighbour's, or what the outcome's word says.
    pub(super) fn counted(
        &self,
        index: usize,
        group: &Group<'p>,
        entry: u32,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Counting<'p>> {
        let sentence = &self.sentences[index];
        if let Some(left) = parent.map(|parent| &made[parent]).filter(|left| self.is_parted(index, group, left))
            && self.id_for(entry, left.counted).is_some()
        {
            return Some((left.counted, left.thing, 0));
        }
        if group.thing.is_some() {
            let thing = self.thing_for(sentence, group, entry)?;
            return Some((thing.id, Some((index, thing)), 0));
        }
        let outcome = self.outcome(entry)?;
        // "a frappé 310 journalistes, dont 74 ont été tués": of those, whatever happened to the others.
        if group.join == Join::Subset && group.is_bare() && parent.is_none() {
            let before = sentence.groups.iter().rfind(|before| before.end <= group.first);
            let thing = before.and_then(|before| self.thing_for(sentence, before, entry));
            if let Some(thing) = thing {
                return Some((thing.id, Some((index, thing)), 0));
            }
        }
        if let Some(thing) = self.among(sentence, group.first).filter(|thing| self.id_for(entry, thing.id).is_some()) {
            return Some((thing.id, Some((index, thing)), 0));
        }
        // "31 963 ménages sinistrés […] 51 décès": nobody counts dead households.
        let dies = |left: &Draft<'p>| !(self.is_bodily(entry) && self.kinds.is_group(left.counted));
        // "12 policiers blessés et 57 interpellations": nobody says that policemen were arrested.
        let act = outcome.act && group.join != Join::Subset;
        // "un homme tué et cinq blessés": nobody says that they were men.
        let alone = |left: &Draft<'p>| {
            let one = &self.sentences[left.sentence].groups[left.group];
            let kind = self.kinds.counted.get(left.counted);
            one.article && !group.article && group.join != Join::Subset && kind.is_some_and(|kind| kind.alone)
        };
        if let Some(left) = parent.map(|parent| &made[parent]).filter(|_| !act)
            && group.stranger.is_none()
            && dies(left)
            && !alone(left)
            && self.id_for(entry, left.counted).is_some()
        {
            return Some((left.counted, left.thing, 0));
        }
        if let Some(stranger) = group.stranger {
            // "six cents brebis": a word that the pack knows, and no people.
            if !sentence.items[stranger].senses.is_empty() {
                return None;
            }
            return self.kinds.people(Trait::Bare).filter(|_| self.is_bodily(entry)).map(|bare| (bare, None, -2));
        }
        // "dit en avoir tué 108": of those counted just before.
        let last = made.len().checked_sub(1).map(|last| &made[whole_of(made, last)]);
        if let Some(left) = last.filter(|left| left.sentence + 1 >= index && self.thereof(sentence, group))
            && self.id_for(entry, left.counted).is_some()
        {
            return Some((left.counted, left.thing, 0));
        }
        if let Some(thing) = &outcome.thing {
            return Some((thing, None, 0));
        }
        // A bare number: people are what most words of harm count.
        let bare = self.kinds.people(Trait::Bare)?;
        self.id_for(entry, bare).map(|_| (bare, None, -2))
    }
}
