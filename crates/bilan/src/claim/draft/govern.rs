//! Chooses the verb that governs each list of figures, and by which arc.
//!
//! In: a sentence with groups and verbs. Out: for each run of groups at most one [`Governed`], or the draft it makes.
//!
//! "L'armée a perdu quarante chars et détruit douze avions": each verb serves one run a side, and the nearest wins.

use super::way::length_cost;
use super::{Draft, Drafting};
use crate::clause::{Group, Join, Mood, Sentence, Verb, VerbKind, Voice, joined};
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class, CueClass, Data, Mask, Outcome, OutcomeId, Role, Tags};
use std::ops::Range;

/// Of a bare number that is lost so many are no people.
const MILLIONS: u64 = 1_000_000;

/// Items between a verb that opens a sentence and its subject.
const INVERTED: usize = 6;

/// Fewer are no force: "l'équipe aligne quatre défenseurs".
const FORCE: u64 = 12;

/// Words between "parmi" and the word that tells what happened.
const AMONG: usize = 5;

/// Words between the verb that puts a figure on a noun and the noun.
const PUT: usize = 6;

#[derive(Clone, Copy)]
pub(super) struct Governed {
    pub(super) verb: usize,
    pub(super) entry: u32,
    pub(super) arc: Arc,
    pub(super) score: i32,
}

/// The best that a verb and its figures may score.
const BEST: i32 = 12;

/// What scores less is not chosen.
const LEAST: i32 = 4;

pub(super) fn context_of(context: &Context<'_>, item: &Item<'_>) -> bool {
    context.is(item, Class::Of)
}

impl<'p> Drafting<'_, 'p> {
    /// The best verb for each run, each verb serving one run a side.
    pub(super) fn govern(&self, sentence: &Sentence<'p>, runs: &[Range<usize>]) -> Vec<Option<Governed>> {
        let mut candidates = Vec::new();
        let tellers: Vec<usize> = (0..sentence.verbs.len()).filter(|&verb| self.tells(sentence, verb)).collect();
        for (number, run) in runs.iter().enumerate() {
            // "38 des 51 drones": the whole suffers nothing.
            if (run.start > 0 && sentence.groups[run.start - 1].part_of) || sentence.groups[run.start].whole {
                continue;
            }
            // "a coûté la vie à 34 civils, dont sept femmes": what governs the whole governs its part through it.
            let whole = (run.start > 0 && sentence.groups[run.start].join == Join::Subset)
                .then(|| sentence.groups[run.start - 1].first);
            for &verb in &tellers {
                if whole.is_some_and(|whole| sentence.verbs[verb].item < whole) {
                    continue;
                }
                if let Some(found) = self.arc(sentence, run.clone(), verb) {
                    candidates.push((found, number));
                }
            }
        }
        // "Les corps de 27 hommes ont été repêchés": who is dead is not rescued.
        let dead = |found: &Governed| self.is_dead(found.entry);
        let bodies: Vec<usize> = candidates
            .iter()
            .filter(|(found, _)| found.arc == Arc::Complement && found.score >= 8 && dead(found))
            .map(|&(_, number)| number)
            .collect();
        candidates.retain(|(found, number)| {
            !bodies.contains(number) || dead(found) || !matches!(found.arc, Arc::Patient | Arc::Subject)
        });
        candidates.sort_by_key(|(found, number)| (-found.score, *number, found.verb));
        let mut chosen = vec![None; runs.len()];
        // "9 des 14 missiles et 61 des 87 drones ont été abattus": one verb for every part.
        let part = |number: usize| sentence.groups[runs[number].start].part_of;
        // "le nombre de déplacés est passé de 560 000 en 2011 à 6 millions": one noun, measured twice.
        let raised = |found: &Governed, number: usize| {
            let lead = sentence.groups[runs[number].start].lead;
            found.arc == Arc::Measure && lead.is_some_and(|lead| self.context.is(&sentence.items[lead], Class::To))
        };
        let mut used: Vec<(usize, bool, usize)> = Vec::new();
        for (found, number) in candidates {
            let after = sentence.verbs[found.verb].item > sentence.groups[runs[number].start].at;
            let mut taken = used.iter().filter(|(verb, side, _)| (*verb, *side) == (found.verb, after));
            let both = |other: usize| {
                let measured = chosen[other].is_some_and(|found: Governed| found.arc == Arc::Measure);
                part(other) && part(number) || measured && raised(&found, number)
            };
            if found.score >= LEAST && chosen[number].is_none() && taken.all(|(_, _, other)| both(*other)) {
                chosen[number] = Some(found);
                used.push((found.verb, after, number));
            }
        }
        chosen
    }

    /// Whether a verb says what happened to others than those of a group that it closes.
    fn tells(&self, sentence: &Sentence<'p>, verb: usize) -> bool {
        let item = sentence.verbs[verb].item;
        // "Trois civils figurent parmi les 22 victimes": the noun counts both.
        let among = |group: &Group<'p>| {
            group.first.checked_sub(1).is_some_and(|left| self.context.is(&sentence.items[left], Class::Among))
        };
        let owner = || sentence.groups.iter().find(|group| group.own.iter().any(|own| own.item == item));
        // A word that may be an outcome, and is taken for something else, is a weak one.
        sentence.items[item].mask.kinds & Mask::OUTCOME != 0 && owner().is_none_or(among)
    }

    /// The arc from a verb that tells to a run of groups, and how well it fits; none where it fits too badly to be chosen.
    fn arc(&self, sentence: &Sentence<'p>, run: Range<usize>, number: usize) -> Option<Governed> {
        let verb = &sentence.verbs[number];
        let (head, tail) = (&sentence.groups[run.start], &sentence.groups[run.end - 1]);
        let (from, to, near) = match verb.begin >= tail.end {
            true => (tail.end, verb.begin, tail),
            false if verb.item < head.first => (verb.item + 1, head.first, head),
            false => return None,
        };
        // "le convoi, qui comptait 250 passagers, a été arrêté": the number is not the subject of what stands outside.
        let clauses = &sentence.clauses;
        let told = |other: &Verb| {
            let here = other.item < head.first && clauses.of(other.item) == clauses.of(tail.at);
            here && matches!(other.voice, Voice::Active | Voice::Passive)
        };
        let inside = verb.begin >= tail.end && clauses.is_relative_beside(tail.at, verb.begin);
        // "Trente élèves qui avaient été enlevés ont été libérés": what happened now is told behind the relative clause. Who was
        // killed has nothing behind it.
        let now = |other: &Verb| {
            let told = sentence.items[other.item].mask.kinds & Mask::OUTCOME != 0;
            let between = |group: &Group<'p>| verb.item < group.at && group.at < other.begin;
            told && other.begin > verb.item
                && clauses.of(other.item) == clauses.of(tail.at)
                && matches!(other.voice, Voice::Active | Voice::Passive)
                && other.mood != Mood::Negated
                && !sentence.groups.iter().any(between)
        };
        let last = || sentence.items[verb.item].senses.iter().any(|sense| self.is_dead(sense.entry));
        let relative = verb.begin >= tail.end && clauses.is_relative_beside(verb.item, tail.at) && !last();
        if inside && sentence.verbs.iter().any(told) || relative && sentence.verbs.iter().any(now) {
            return None;
        }
        let way = self.behind_parts(sentence, from, to)..to;
        if length_cost(&way) > BEST - LEAST {
            return None;
        }
        let senses = sentence.items[verb.item].senses;
        senses
            .iter()
            .filter_map(|sense| {
                let outcome = self.outcome(sense.entry)?;
                // "80 autres ont été perdus": who loses a bare number loses anything.
                let open = head.thing.is_none() && head.stranger.is_none();
                if open && self.is_vague(sense.entry) != senses.iter().any(|other| self.is_vague(other.entry)) {
                    return None;
                }
                let figures = |arc: Arc| outcome.arcs.get(&arc) == Some(&Role::Figures);
                // "comptent 2 500 soldats, 900 en Karsénie": a bare number fits whatever its list does.
                let things = || run.clone().map(|at| &sentence.groups[at]);
                let named = |group: &&Group<'p>| group.thing.is_some() || group.stranger.is_some();
                let some = things().any(|group| named(&group));
                if !things().filter(|group| !some || named(group)).any(|group| self.fits(sentence, group, sense.entry))
                {
                    return None;
                }
                let (base, arc) = if verb.begin >= tail.end {
                    if head.join == Join::Subset
                        && (!self.touches(sentence, tail.end, verb.begin) || self.is_for_whole(sentence, run.start))
                    {
                        return None;
                    }
                    match verb.voice {
                        // "Deux enfants figurent parmi les morts"
                        _ if self.is_among(sentence, verb.item) => (9, Arc::Item),
                        Voice::Passive if figures(Arc::Patient) => (9, Arc::Patient),
                        Voice::Passive | Voice::Active if figures(Arc::Subject) => (9, Arc::Subject),
                        Voice::Bare if figures(Arc::Attribute) => (6, Arc::Attribute),
                        _ => return None,
                    }
                } else {
                    self.arc_before(sentence, verb, head, outcome)?
                };
                // "Les corps de 212 soldats ont été restitués": the verb tells more than the noun.
                let follows = verb.begin >= tail.end && to.saturating_sub(from) <= 2;
                let base = if arc == Arc::Patient && follows { base + 3 } else { base };
                let mut score = base - self.distance(sentence, &way, number, arc, near);
                // "Des centaines de pompiers": at its head "des" is no preposition.
                let opens = |lead: usize| lead == 0 || matches!(sentence.items[lead - 1].what, What::Mark(_));
                if head.lead.filter(|&lead| !opens(lead)).is_some_and(|lead| {
                    let item = &sentence.items[lead];
                    let noun = lead > 0 && self.context.outcome(&sentence.items[lead - 1]).is_some();
                    !context_of(&self.context, item) || (!noun && (arc == Arc::Patient || arc == Arc::Subject))
                }) && !matches!(arc, Arc::Complement | Arc::Measure)
                {
                    score -= 4;
                }
                // "massacrés dans trois sections de la commune": where, and not who.
                let inside = head.lead.is_some_and(|lead| {
                    let lead = &sentence.items[lead];
                    self.context.is_inside(lead) && !self.context.is(lead, Class::To)
                });
                if inside && run.len() == 1 && head.thing.is_none() && head.stranger.is_some() {
                    return None;
                }
                // Of a noun that the pack does not know only a verb close by makes a count.
                if head.thing.is_none() && head.stranger.is_some() {
                    score -= 3;
                    // "on les a tués, les 300 pigeons": said again, of what the pack does not know.
                    let before = verb.item < head.first;
                    if before && !self.touches(sentence, verb.item + 1, head.first) {
                        return None;
                    }
                }
                if head.article && !matches!(arc, Arc::Patient | Arc::Subject | Arc::Object | Arc::Item) {
                    score -= 4;
                }
                // "la mort d'un conducteur" tells of one who is known, "causant la mort d'un conducteur" and "a coûté la vie à
                // un conducteur" that it happened; "la perte d'une école" counts nothing.
                let known = || arc == Arc::Complement && verb.voice != Voice::Active && !is_caused(sentence, verb);
                if head.article && run.len() == 1 && (known() || self.is_building(head)) {
                    return None;
                }
                // "compter" mostly says that somebody counts.
                if outcome.weak {
                    // "Il faudrait 20 000 hommes pour tenir": a purpose.
                    let purpose = verb.tags.has(Tags::INFINITIVE) && verb.begin == verb.item && verb.begin >= tail.end;
                    if purpose {
                        return None;
                    }
                    score -= 3;
                    let few = head.value.point().is_some_and(|n| n < FORCE);
                    // "Parmi les morts, on compte 90 combattants": of those.
                    let among = |other: &Verb| other.item < verb.begin && self.is_among(sentence, other.item);
                    if head.thing.is_none() || head.item_line || few || sentence.verbs.iter().any(among) {
                        return None;
                    }
                }
                // "un avion s'est écrasé" tells of the plane and counts nothing.
                if head.article
                    && arc == Arc::Subject
                    && head.thing.is_some_and(|thing| self.kinds.is_people(thing.id) == Some(false))
                {
                    return None;
                }
                Some(Governed { verb: number, entry: sense.entry, arc, score })
            })
            .max_by_key(|found| found.score)
    }

    /// Verb or noun before its figures.
    fn arc_before(
        &self,
        sentence: &Sentence<'p>,
        verb: &Verb,
        head: &Group<'p>,
        outcome: &Outcome,
    ) -> Option<(i32, Arc)> {
        let figures = |arc: Arc| outcome.arcs.get(&arc) == Some(&Role::Figures);
        let between = &sentence.items[verb.item + 1..head.first];
        let colon = match between.last() {
            Some(item) => matches!(item.what, What::Mark(':' | '|')),
            // "Morts 43": a line of its own.
            None => verb.item == 0 && head.end == sentence.items.len(),
        };
        // "où sont mortes 93 des 96 victimes", "C'est là qu'ont péri", "Ont péri dans l'attaque": a verb that opens its clause.
        let left = verb.begin.checked_sub(1).map(|left| &sentence.items[left]);
        let opens =
            left.is_none_or(|left| self.context.is(left, Class::Relative) || self.context.is(left, Class::That));
        let way = between.len() <= INVERTED && between.iter().all(|item| item.what == What::Words);
        let inverted = opens && (between.is_empty() || left.is_none() && way) && figures(Arc::Subject);
        match verb.voice {
            Voice::Active | Voice::Passive if inverted => Some((9, Arc::Subject)),
            Voice::Active if figures(Arc::Object) => Some((9, Arc::Object)),
            Voice::Passive if figures(Arc::Patient) => Some((if colon { 8 } else { 5 }, Arc::Patient)),
            // "se sont emparés de deux chars"
            Voice::Passive if figures(Arc::Object) => Some((8, Arc::Object)),
            // "Blessés par balle, deux passants": a participle before its noun, at the head of the sentence.
            Voice::Bare if figures(Arc::Attribute) && self.opens_for(sentence, verb, head) => Some((6, Arc::Attribute)),
            Voice::Bare if figures(Arc::Attribute) && colon => {
                (!self.is_of_creatures(sentence, verb.item)).then_some((7, Arc::Attribute))
            }
            // "le nombre de réfugiés ayant perdu la vie a atteint"
            Voice::Active if !(verb.tags.has(Tags::GERUND) && self.counts(sentence, verb.item).is_some()) => None,
            _ => {
                if figures(Arc::Complement) {
                    let only_of = between.iter().all(|item| {
                        // "les corps calcinés de quatorze personnes"
                        let plain = item.is_unknown() && !self.context.is_capital(item);
                        let bare = self.context.outcome(item).is_some_and(|(_, tags, _)| tags.has(Tags::PARTICIPLE));
                        context_of(&self.context, item)
                            || self.context.is(item, Class::Determiner)
                            // "la mort du conducteur et de ses deux passagers"
                            || self.context.is(item, Class::And)
                            // "la mort par asphyxie de quatre enfants"
                            || self.context.is(item, Class::By)
                            || self.context.counted(item).is_some()
                            || self.context.name(item).is_some()
                            || plain
                            || bare
                    });
                    let of = between.iter().any(|item| context_of(&self.context, item))
                        || head.lead.is_some_and(|lead| context_of(&self.context, &sentence.items[lead]))
                        || sentence.items[head.first..head.at].iter().any(|item| context_of(&self.context, item));
                    // "des blessures à 254 autres": the phrase has its own preposition.
                    let of = of
                        || (between.is_empty() && sentence.items[verb.item].first + 1 < sentence.items[verb.item].end);
                    if of && only_of {
                        return Some((10, Arc::Complement));
                    }
                }
                // "Parmi les morts figurent deux enfants"
                if self.is_among(sentence, verb.item) {
                    return Some((9, Arc::Item));
                }
                // "le nombre de soldats tués avoisine"
                if !figures(Arc::Measure) && self.counts(sentence, verb.item).is_none() {
                    return None;
                }
                self.measured(sentence, verb.item, head, colon)
            }
        }
    }

    /// Whether a participle of many heads the sentence, and a comma sets it off from those whom it tells of.
    fn opens_for(&self, sentence: &Sentence<'p>, verb: &Verb, head: &Group<'p>) -> bool {
        let many = verb.tags.has(Tags::PLURAL) && head.value.point().is_none_or(|value| value > 1);
        let first = sentence.items[..verb.item].iter().all(|item| item.what.is_quote());
        let comma = head.first > 0 && sentence.items[head.first - 1].what == What::Mark(',');
        let finite = |other: &Verb| {
            let between = verb.item < other.item && other.item < head.first;
            between && matches!(other.voice, Voice::Active | Voice::Passive)
        };
        many && first && comma && head.thing.is_some() && !sentence.verbs.iter().any(finite)
    }

    /// "le nombre de soldats tués avoisine", "est de", "est porté à": a verb between a noun and the figure that measures it.
    pub(super) fn measured(
        &self,
        sentence: &Sentence<'p>,
        noun: usize,
        head: &Group<'p>,
        colon: bool,
    ) -> Option<(i32, Arc)> {
        // "est estimé entre 200 et 300"
        let range = head.figure.is_some_and(|figure| sentence.figures[figure].high.is_some());
        let told = |verb: &Verb| {
            range && verb.voice == Voice::Passive && self.context.is_cue(&sentence.items[verb.item], CueClass::Verb)
        };
        let measures =
            |verb: &&Verb| noun < verb.item && verb.item < head.at && (verb.kind == VerbKind::Measure || told(verb));
        let hedges = |at: usize| {
            let item = &sentence.items[at];
            let hedge = self.context.sense(item, |data| matches!(data, Data::Hedge(_)).then_some(()));
            let is = self.context.class(item, Class::Be).filter(|_| at + 1 == head.first);
            self.context.is(item, Class::Measure)
                || hedge.is_some_and(|(_, tags, ())| tags.has(Tags::FINITE.with(Tags::PARTICIPLE)))
                || is.is_some_and(|(_, tags)| tags.has(Tags::FINITE))
        };
        let verb = sentence.verbs.iter().rev().find(measures).map(|verb| verb.item);
        match verb.or_else(|| (noun + 1..head.at).rev().find(|&at| hedges(at))) {
            Some(item) if head.first.saturating_sub(item) <= 5 => Some((11, Arc::Measure)),
            _ if self.is_put_at(sentence, noun, head) => Some((10, Arc::Measure)),
            _ if colon => Some((8, Arc::Measure)),
            _ => None,
        }
    }

    /// Whether what is lost may be people or things: "perdre".
    fn is_vague(&self, entry: u32) -> bool {
        self.outcome(entry).is_some_and(|outcome| matches!(outcome.id, OutcomeId::Both { .. }))
    }

    /// "évalue les pertes karséniennes à 900 hommes": a word of saying puts a figure on the noun.
    pub(super) fn is_put_at(&self, sentence: &Sentence<'p>, noun: usize, head: &Group<'p>) -> bool {
        let range = head.figure.is_some_and(|figure| sentence.figures[figure].high.is_some());
        let lead = head.lead.filter(|&lead| self.context.is(&sentence.items[lead], Class::To));
        // "évalue les pertes entre 48 000 et 61 000"
        let Some(to) = lead.or(Some(head.first).filter(|_| range)) else { return false };
        // "porter le nombre": a word of counting that is a verb.
        let form = Tags::FINITE.with(Tags::INFINITIVE).with(Tags::PARTICIPLE).with(Tags::GERUND);
        let puts = |item: &Item<'p>| self.context.class(item, Class::Count).is_some_and(|(_, tags)| tags.has(form));
        let says = |item: &Item<'p>| {
            self.context.is_cue(item, CueClass::Verb) || self.context.is(item, Class::Measure) || puts(item)
        };
        let mut before = sentence.items[noun.saturating_sub(PUT)..noun].iter();
        let mut between = sentence.items[(noun + 1).min(to)..to].iter();
        before.any(says) && between.all(|item| item.what == What::Words && self.context.outcome(item).is_none())
    }

    /// "parmi les morts"
    fn is_among(&self, sentence: &Sentence<'p>, item: usize) -> bool {
        let among = |item: &Item<'p>| self.context.is(item, Class::Among);
        let participle = sentence.verbs.iter().any(|verb| verb.item == item && verb.voice == Voice::Bare);
        // "Parmi les 8 soldats tués figuraient deux officiers"
        let words = |item: &&Item<'p>| matches!(item.what, What::Words | What::Figure(_));
        let mut behind = sentence.items[..item].iter().rev().take(AMONG).take_while(words);
        sentence.items[item.saturating_sub(3)..item].iter().any(among) || participle && behind.any(among)
    }

    /// "a tué ou blessé", "ont été tués, blessés ou portés disparus": several words, one number.
    fn joined_to(&self, sentence: &Sentence<'p>, verb: &Verb) -> Vec<u32> {
        let items = &sentence.items;
        let outcome = |item: &Item<'_>| self.context.outcome(item).map(|(entry, _, _)| entry);
        let joins = |at: usize| self.context.is(&items[at], Class::Or) || self.context.is(&items[at], Class::And);
        // "avoir tué et blessé": one auxiliary for both.
        let left = |at: usize| at.checked_sub(2).filter(|&at| joins(at + 1)).and_then(|at| outcome(&items[at]));
        let shares = |at: &usize| sentence.verbs.iter().any(|other| other.item == *at && other.begin == verb.begin);
        let beside = verb.item.checked_sub(2).filter(|at| verb.begin < *at && shares(at));
        let before = left(verb.begin).or_else(|| beside.and_then(|_| left(verb.item)));
        // "sont mortes ou ont été portées disparues"
        let or = items.get(verb.item + 1).is_some_and(|item| self.context.is(item, Class::Or));
        let second = sentence.verbs.iter().find(|other| other.begin == verb.item + 2 && other.item > other.begin);
        let counts = |other: &Verb| items.get(other.item + 1).is_some_and(|item| matches!(item.what, What::Figure(_)));
        let second = second.filter(|other| or && !counts(other)).and_then(|other| outcome(&items[other.item]));
        let before = before.or(second);
        let after = joined(&self.context, items, verb.item + 1, outcome);
        after.into_iter().map(|own| own.entry).chain(before).collect()
    }

    pub(super) fn governed(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        governed: Option<Governed>,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let found = governed?;
        let group = &sentence.groups[at];
        if matches!(group.join, Join::Increment | Join::Instead)
            || (group.thing.is_none() && group.stranger.is_some() && group.item_line)
        {
            return None;
        }
        // "303 électeurs, soit 33 de plus que": a difference, whatever verb stands before.
        let than = sentence.items.get(group.end).is_some_and(|item| self.context.is(item, Class::That));
        if group.is_bare() && group.more && than {
            return None;
        }
        let verb = &sentence.verbs[found.verb];
        let named = self.counts(sentence, verb.item).filter(|_| found.arc == Arc::Measure && group.thing.is_none());
        let named = named.and_then(|(_, thing)| self.thing_at(sentence, thing?));
        let (counted, thing, cost) = match named {
            Some(thing) => (thing.id, Some((index, thing)), 0),
            None => self.counted(index, group, found.entry, parent, made)?,
        };
        // "le titre perd 6 %, à 37": who loses a bare number loses anything.
        let vague = sentence.items[verb.item].senses.iter().any(|sense| self.is_vague(sense.entry));
        if vague && cost < 0 && found.arc == Arc::Object {
            return None;
        }
        let mut id = self.id_for(found.entry, counted)?;
        // "le groupe détient 58 otages": the noun tells how they are held.
        let held = |id: &str| self.kinds.outcome.get(id).is_some_and(|kind| kind.stays);
        let told = thing.and_then(|(_, thing)| thing.outcome);
        id = told.filter(|told| held(told) && held(id)).unwrap_or(id);
        // "a transféré 151 prisonniers de guerre": prisoners are no force.
        let kind = |id: &str| self.kinds.outcome.get(id);
        let handed = told.and_then(kind).is_some_and(|kind| kind.handed.is_some());
        if handed && kind(id).is_some_and(|kind| kind.standing) {
            return None;
        }
        // "Les pertes de la banque atteignent 340 millions": of money.
        let many = group.value.point().is_some_and(|n| n >= MILLIONS);
        if many && group.is_bare() && thing.is_none() && self.is_vague(found.entry) {
            return None;
        }
        for entry in self.joined_to(sentence, verb) {
            if let Some(joined) = self.id_for(entry, counted).and_then(|second| self.kinds.joined(id, second)) {
                id = joined;
            }
        }
        Some(Draft {
            thing,
            verb: Some(found.verb),
            arc: found.arc,
            score: found.score + cost,
            ..self.draft(index, at, id, found.entry, (index, verb.item), counted)
        })
    }
}

/// "a causé la mort", "provoquant le décès": an outcome that a verb brings about.
fn is_caused(sentence: &Sentence<'_>, noun: &Verb) -> bool {
    let causes = |verb: &Verb| verb.kind == VerbKind::Cause && verb.item + 3 > noun.begin && verb.item < noun.begin;
    sentence.verbs.iter().any(causes)
}
