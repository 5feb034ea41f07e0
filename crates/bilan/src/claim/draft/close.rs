//! Makes the drafts of figures that no verb governs: by their own word, by their list, or alone.
//!
//! In: a group and its neighbours. Out: a draft with its score.
//!
//! "12 chars et 3 avions détruits": the participle that closes the list serves every member.

use super::govern::Governed;
use super::{Draft, Drafting};
use crate::clause::{Group, Join, Own, Sentence, Verb, VerbKind, Voice};
use crate::kinds::Trait;
use crate::mention::{Item, What};
use crate::pack::{Arc, Class, Tags};

/// Classes of materiel in one breath that make a list of losses.
const LITANY: usize = 3;

/// Words between "cas de" and the illness.
const REACH: usize = 4;

/// "otages": the noun tells what happened.
fn thing_tells(group: &Group<'_>) -> bool {
    group.thing.is_some_and(|thing| thing.outcome.is_some())
}

impl<'p> Drafting<'_, 'p> {
    /// A group that closes itself.
    pub(super) fn own(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        governed: Option<Governed>,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
        // "dix victimes grièvement blessées": the surer word tells.
        let unsure = |own: &Own| self.is_unsure(own.entry) && group.own.len() > 1;
        let owns: Vec<Own> =
            group.own.iter().filter(|own| !unsure(own)).map(|own| self.fitting(sentence, group, own)).collect();
        let own = owns.first()?;
        // "a perdu 300 hommes, tués ou blessés": the verb says who the men are.
        let governed = governed.filter(|_| group.apposed);
        let (teller, told) =
            governed.map_or((own.entry, own.item), |found| (found.entry, sentence.verbs[found.verb].item));
        let (counted, thing, cost) = self.counted(index, group, teller, parent, made)?;
        let mut id = self.id_for(own.entry, counted)?;
        for second in owns[1..].iter().filter_map(|own| self.id_for(own.entry, counted)) {
            id = self.kinds.joined(id, second)?;
        }
        let verb = sentence.verbs.iter().position(|verb| verb.item == own.item);
        Some(Draft {
            thing,
            verb: governed.map(|found| found.verb).or(verb),
            arc: governed.map_or(Arc::Attribute, |found| found.arc),
            score: 10 + cost,
            ..self.draft(index, at, id, teller, (index, told), counted)
        })
    }

    /// A closing word in the meaning that fits: "300 policiers mobilisés", "300 pompiers mobilisés".
    fn fitting(&self, sentence: &Sentence<'p>, group: &Group<'p>, own: &Own) -> Own {
        let fits = |entry: &u32| self.outcome(*entry).is_some() && self.fits(sentence, group, *entry);
        let known = Some(own.entry).filter(|entry| group.thing.is_none() || fits(entry));
        let strong = |entry: &u32| self.outcome(*entry).is_some_and(|outcome| !outcome.weak);
        let senses = sentence.items[own.item].senses.iter().map(|sense| sense.entry);
        let entry = known.or_else(|| senses.filter(strong).find(fits)).unwrap_or(own.entry);
        Own { entry, ..*own }
    }

    /// "12 chars et 3 avions détruits": the participle that closes the list.
    pub(super) fn closed_by_list(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        run: &std::ops::Range<usize>,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
        // "22 morts, dont huit femmes, et six disparus": a part has the word of its whole.
        if group.join == Join::Subset && parent.is_some() {
            return None;
        }
        // "est passé de 12 à 19 morts"
        if group.thing.is_none()
            && group.own.is_empty()
            && let Some(right) = sentence.groups.get(at + 1).filter(|right| right.stepped)
            && let Some(own) = right.own.first()
        {
            let (counted, thing, _) = self.counted(index, right, own.entry, None, made)?;
            let id = self.id_for(own.entry, counted)?;
            return Some(Draft { thing, score: 6, ..self.draft(index, at, id, own.entry, (index, own.item), counted) });
        }
        group.thing.filter(|_| !self.is_busy(sentence, group))?;
        let closing = sentence.groups[at + 1..run.end].iter().find(|right| !right.own.is_empty())?;
        let own = closing.own.first()?;
        closing.thing?;
        // "à 224 le nombre des otages et à 309 celui des soldats tués": each has its own.
        let counts = &sentence.items[group.end..closing.first];
        if thing_tells(group) && counts.iter().any(|item| self.context.is(item, Class::Count)) {
            return None;
        }
        let thing = self.thing_for(sentence, group, own.entry)?;
        let id = self.id_for(own.entry, thing.id)?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 7,
            ..self.draft(index, at, id, own.entry, (index, own.item), thing.id)
        })
    }

    /// A subset, an increment or an older figure has the outcome of what it leans on; so has a last member.
    pub(super) fn leaning(
        &self,
        index: usize,
        group: &Group<'p>,
        at: usize,
        parent: Option<usize>,
        made: &[Draft<'p>],
        part: bool,
    ) -> Option<Draft<'p>> {
        let left = &made[parent?];
        // "11 blessés, dont 4 graves": in a part of people, a word that the pack does not know says which.
        let which = group.join == Join::Subset && self.kinds.is_people(left.counted) == Some(true);
        if (group.stranger.is_some() && group.thing.is_none() && !which) || self.is_busy(&self.sentences[index], group)
        {
            return None;
        }
        let score = match group.join {
            Join::Subset | Join::Increment => 8,
            _ if part => 7,
            Join::Instead => 7,
            Join::Member => 6,
            Join::Apart if left.sentence != index => 6,
            // "a été ramené de 31 à 28"
            Join::Apart if group.stepped => 6,
            // "a fait 900 morts et chassé 400 000 personnes": what the verb before it says nobody knows.
            Join::Across if self.is_object(index, group) => return None,
            // "12 soldats ont été tués, 3 avions …": a verb between, so the word on the left has been used up.
            Join::Across if group.thing.is_some() => 4,
            // "26 sont retenus en Karsénie, 16 en Miravie", "14 y sont morts l'an passé, 35 en 2001"
            Join::Across if group.is_bare() && self.is_set(index, group) => 4,
            // "19 civils ont péri lundi et huit autres mardi"
            Join::Across if group.other && group.own.is_empty() => 4,
            _ => return None,
        };
        let draft = self.same_as(index, group, at, left)?;
        Some(Draft { leans: parent, score, ..draft })
    }

    /// "46 soldats morts, sept prisonniers et seize disparus": beside a noun with a word of its own each tells its own.
    pub(super) fn is_told_beside(&self, group: &Group<'p>, left: Option<usize>, made: &[Draft<'p>]) -> bool {
        let told = |left: &Draft<'p>| {
            let left = &self.sentences[left.sentence].groups[left.group];
            !left.own.is_empty() || thing_tells(left)
        };
        group.join == Join::Member && thing_tells(group) && left.is_some_and(|left| told(&made[left]))
    }

    /// Whether a participle stands right before a number, as its verb.
    fn is_object(&self, index: usize, group: &Group<'p>) -> bool {
        let sentence = &self.sentences[index];
        let before = |verb: &Verb| {
            let joined = verb.item > 0 && self.context.is(&sentence.items[verb.item - 1], Class::And);
            joined && verb.voice != Voice::Noun && verb.item + 1 == group.first
        };
        sentence.verbs.iter().any(before)
    }

    /// What happened to those on the left happened to these: its noun, or theirs.
    pub(super) fn same_as(&self, index: usize, group: &Group<'p>, at: usize, left: &Draft<'p>) -> Option<Draft<'p>> {
        let parted = self.is_parted(index, group, left);
        // "21 380 réfugiés ont été enregistrés, portant le total à 84 215 personnes"
        let alone = self.outcome(left.outcome_entry).is_none();
        // "a perdu quatorze personnes, dont huit soldats": a part of people are people.
        let are_people = |id: &str| self.kinds.is_people(id) == Some(true);
        let subset = group.join == Join::Subset || group.join == Join::Member && left.join == Join::Subset;
        let part = subset && are_people(left.counted);
        let fits = |id: &str| (alone && self.kinds.is(id, Trait::Bare)) || (part && are_people(id));
        let people = || group.thing.filter(|thing| fits(thing.id));
        let own = self.thing_for(&self.sentences[index], group, left.outcome_entry).or_else(people);
        let own = own.filter(|_| !parted);
        if group.thing.is_some() && own.is_none() && !parted {
            return None;
        }
        let (counted, thing) = own.map_or((left.counted, left.thing), |thing| (thing.id, Some((index, thing))));
        // "douze otages ont été remis, dont deux Valdoriennes": what the noun alone told.
        let told = self.outcome(left.outcome_entry).is_none().then_some(left.outcome);
        // "tués ou blessés" tells more than its first word.
        let same = (counted == left.counted).then_some(left.outcome);
        // "a récupéré 27 migrants, dont trois femmes": what the word takes it takes with its parts.
        let among = (part && are_people(counted)).then_some(left.outcome);
        let id = same.or_else(|| self.id_for(left.outcome_entry, counted)).or(told).or(among)?;
        let draft = self.draft(index, at, id, left.outcome_entry, left.outcome_at, counted);
        Some(Draft { thing, arc: left.arc, ..draft })
    }

    /// Whether a group is what another verb tells of: "2 000 personnes se sont rassemblées" goes on with no list.
    pub(super) fn is_busy(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        // "Quatorze avaient tenté de", "les deux femmes s'étaient mêlées": an auxiliary whose verb the pack does not know.
        let aux = (group.end..sentence.items.len()).take(3).find(|&at| {
            let item = &sentence.items[at];
            let aux = self.context.class(item, Class::Have).or(self.context.class(item, Class::Be));
            aux.is_some_and(|(_, tags)| tags.has(Tags::FINITE))
        });
        let stranger = aux.is_some_and(|aux| {
            sentence.items[group.end..aux]
                .iter()
                .all(|item| item.what == What::Words && !self.context.is(item, Class::That))
                && !sentence.verbs.iter().any(|verb| verb.begin <= aux && aux <= verb.item)
                && sentence.items.get(aux + 1).is_some_and(Item::is_unknown)
        });
        if stranger && group.own.is_empty() {
            return true;
        }
        group.own.is_empty()
            && sentence.verbs.iter().any(|verb| {
                verb.kind == VerbKind::Other
                    && !matches!(verb.voice, Voice::Noun)
                    && (group.end..group.end + 3).contains(&verb.begin)
                    && sentence.items[group.end..verb.begin].iter().all(|item| {
                        // "six civils, parmi lesquels figurent": what follows tells of a part.
                        let opens = [Class::That, Class::Subset].iter().any(|&class| self.context.is(item, class));
                        item.what == What::Words && !opens
                    })
            })
    }

    /// "Et la liste s'allonge : 4 chars, 9 blindés, 31 obusiers": materiel counted class by class. "40 des 109 drones" is a
    /// part and its whole, and no list.
    pub(super) fn is_litany(&self, groups: &[Group<'p>]) -> bool {
        let materiel = |group: &&Group<'p>| {
            let named = group.thing.filter(|thing| thing.entry.is_some());
            named.is_some_and(|thing| self.kinds.is_people(thing.id) == Some(false))
        };
        // "La Chine en détient le plus, suivie de la Karsénie (20) et de la Miravie (19)": country by country.
        let country = |group: &&Group<'p>| group.is_bare() && group.party.is_some();
        let many = groups.iter().filter(materiel).count() >= LITANY || groups.iter().filter(country).count() > 1;
        many && !groups.iter().any(|group| group.part_of)
    }

    /// "Plus de 500 soldats : Valdorie (950), Miravie (613)": who sends how many to a force.
    pub(super) fn contributed(&self, index: usize, at: usize) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        let (head, group) = (&sentence.groups[0], &sentence.groups[at]);
        let thing = head.thing.filter(|thing| self.kinds.serves(thing.id) && head.own.is_empty())?;
        let colon = sentence.items.get(head.end..group.first)?.iter().any(|item| item.what == What::Mark(':'));
        let told = sentence.items.iter().any(|item| self.context.outcome(item).is_some());
        let force = self.kinds.force().filter(|_| colon && !told && group.is_bare() && group.party.is_some())?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 6,
            arc: Arc::Item,
            ..self.draft(index, at, force, thing.entry?, (index, thing.item), thing.id)
        })
    }

    /// A list of materiel or of countries goes on with what was just told.
    pub(super) fn goes_on_with(&self, index: usize, at: usize, made: &[Draft<'p>]) -> Option<Draft<'p>> {
        let near = made.partition_point(|draft| draft.sentence + 2 < index);
        let last = near + made[near..].iter().rposition(|draft| draft.join != Join::Increment)?;
        let known = self.sentences[index].groups[at].stranger.is_none();
        let left = Some(&made[last]).filter(|_| known)?;
        let draft = self.same_as(index, &self.sentences[index].groups[at], at, left)?;
        Some(Draft { leans: Some(last), score: 5, arc: Arc::Item, ..draft })
    }

    /// A thing that tells its own outcome: "12 otages".
    pub(super) fn alone(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let thing = group.thing?;
        let outcome = thing.outcome.filter(|_| !self.is_other_case(index, group))?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 6,
            ..self.draft(index, at, outcome, thing.entry?, (index, thing.item), thing.id)
        })
    }

    /// "Le nombre de réfugiés a atteint 212 000": a thing that tells its own outcome, and whose number is told.
    pub(super) fn numbered(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let sentence = &self.sentences[index];
        if group.thing.is_some() || group.stranger.is_some() || group.join != Join::Apart {
            return None;
        }
        let told =
            |at: &usize| self.context.counted(&sentence.items[*at]).is_some_and(|(_, _, of)| of.outcome.is_some());
        let noun = (0..group.first).rev().find(told)?;
        let (_, found) = self.counts(sentence, noun + 1)?;
        self.measured(sentence, noun, group, false).filter(|_| found == Some(noun))?;
        let thing = self.thing_at(sentence, noun)?;
        let named = Group { thing: Some(thing), ..group.clone() };
        Some(Draft { arc: Arc::Measure, ..self.alone(index, &named, at)? })
    }

    /// "2 455 cas": of an illness, whatever else the sentence tells.
    pub(super) fn is_case(&self, group: &Group<'p>) -> bool {
        // "neuf décès de cas confirmés"
        let told = |item: usize| group.own.iter().any(|own| own.item <= item);
        self.noun(group).is_some_and(|noun| noun.ill) && !group.thing.is_some_and(|thing| told(thing.item))
    }

    /// "79 cas de fraude", "un cas", or "79 cas" where no illness is told of.
    fn is_other_case(&self, index: usize, group: &Group<'p>) -> bool {
        if !self.is_case(group) {
            return false;
        }
        let illness = |item: &Item<'p>| self.context.is(item, Class::Illness);
        let behind = &self.sentences[index].items[group.end..];
        let of = behind.first().is_some_and(|item| self.context.is(item, Class::Of));
        let mut named = behind.iter().skip(1).take_while(|item| item.what == What::Words).take(REACH);
        let none = group.article || group.value.point() == Some(0);
        none || !self.ill || of && !named.any(illness)
    }
}
