//! Finds for each figure the word that says what happened, by the arcs that the word allows.
//!
//! In: a sentence with groups and verbs. Out: [`Draft`]s, whose side and speaker are still symbols, and refusals.
//!
//! An arc governs its whole list, so that one verb serves twelve figures; a member that lacks a slot takes its thing from
//! the left, its outcome from the participle that closes the list or else from the left. "42 civils ont été tués et
//! 97 blessés": the second is civilians too.

use crate::clause::{Group, Join, Mood, Sentence, Thing, Verb, VerbKind, Voice};
use crate::mention::{Context, What};
use crate::pack::{Arc, Class, Data, Kinds, Outcome, OutcomeId, Role, Tags};

/// A claim whose side, speaker and dates are not resolved yet.
#[derive(Clone, Debug)]
pub struct Draft<'p> {
    /// Index of the sentence.
    pub sentence: usize,
    /// Index of its group.
    pub group: usize,
    /// Key of `[outcome]`.
    pub outcome: &'p str,
    /// Pack entry that told it.
    pub outcome_entry: u32,
    /// Sentence and item of the word that told it.
    pub outcome_at: (usize, usize),
    /// Key of `[counted]`.
    pub counted: &'p str,
    /// Sentence, item and entry of the word that told it; `None` when the outcome's own word counts people.
    pub thing: Option<(usize, Thing<'p>)>,
    /// Index of the verb that governs it, in its sentence.
    pub verb: Option<usize>,
    /// By which arc.
    pub arc: Arc,
    /// How well the words fit, in small integers.
    pub score: i32,
    /// The draft, in order of making, that it leans on: list neighbour or total.
    pub leans: Option<usize>,
    /// How it is joined to that.
    pub join: Join,
    /// Sentence and item of the heading that governs its list.
    pub heading: Option<(usize, usize)>,
    /// How real it is.
    pub mood: Mood,
}

/// What a list leaves for a sentence without a verb that goes on with it.
#[derive(Clone, Debug)]
pub struct Carry {
    /// Entry and place of the governing word.
    pub entry: u32,
    /// Sentence and item.
    pub at: (usize, usize),
    /// Last draft of the list.
    pub draft: Option<usize>,
    /// Last sentence of the list.
    pub sentence: usize,
}

/// What is known while the drafts of a document are made.
pub struct Drafting<'a, 'p> {
    /// Text, tokens and pack.
    pub context: Context<'p>,
    /// Closed words.
    pub kinds: &'p Kinds,
    /// Sentences so far.
    pub sentences: &'a [Sentence<'p>],
}

/// A figure without a claim.
pub struct Left {
    /// Group of the sentence.
    pub group: usize,
    /// Key of `[refused]`.
    pub reason: &'static str,
}

/// Key of `[counted]`, sentence and noun that tell it, and what that adds to the score.
type Counting<'p> = (&'p str, Option<(usize, Thing<'p>)>, i32);

#[derive(Clone, Copy)]
struct Governed {
    verb: usize,
    entry: u32,
    arc: Arc,
    score: i32,
}

impl<'p> Drafting<'_, 'p> {
    fn outcome(&self, entry: u32) -> Option<&'p Outcome> {
        match &self.context.pack.entries[entry as usize].data {
            Data::Outcome(outcome) => Some(outcome),
            _ => None,
        }
    }

    /// The id of an outcome for a thing, if it can happen to it.
    fn id_for(&self, entry: u32, counted: &str) -> Option<&'p str> {
        let outcome = self.outcome(entry)?;
        let people = self.kinds.is_people(counted)?;
        let id: &'p str = match &outcome.id {
            OutcomeId::One(id) => id,
            OutcomeId::Both { people: id, .. } if people => id,
            OutcomeId::Both { materiel: id, .. } => id,
        };
        let of = &self.kinds.outcome.get(id)?.of;
        let fits = of == "both" || (of == "people") == people;
        let measure = if people { "people" } else { "materiel" };
        let taken = outcome.takes.is_empty() || outcome.takes.iter().any(|take| take == counted || take == measure);
        if !(fits && taken) {
            return None;
        }
        let turned = outcome.turn.iter().find(|turn| turn.beside.is_none() && turn.of.iter().any(|of| of == counted));
        Some(turned.map_or(id, |turn| turn.to.as_str()))
    }

    /// Makes the drafts of sentence `index`. `made` are those of the document so far.
    pub fn read(&self, index: usize, made: &mut Vec<Draft<'p>>, carry: &mut Option<Carry>) -> Vec<Left> {
        let sentence = &self.sentences[index];
        let groups = &sentence.groups;
        let mut left = Vec::new();
        let runs = runs(groups);
        let governed = self.govern(sentence, &runs);
        let carried = carry
            .take()
            .filter(|carry| carry.sentence + 1 == index && self.follows(index) && goes_on(&self.context, sentence));
        let first_made = made.len();
        let mut draft_of: Vec<Option<usize>> = vec![None; groups.len()];
        let whole = self.whole_before(index, made);
        for (number, run) in runs.iter().enumerate() {
            for at in run.clone() {
                let group = &groups[at];
                let part = whole.filter(|_| run.start == 0 && groups[0].join == Join::Apart);
                let parent = self.parent(groups, at, &draft_of).or(part).or_else(|| self.goes_back(index, group, made));
                // "Deux blessés ont succombé": the word that counts them is not what happened now.
                let overtaken = governed[number].is_some_and(|found| {
                    matches!(found.arc, Arc::Patient | Arc::Subject)
                        && found.score >= 8
                        && group.thing.is_none()
                        && !group.own.is_empty()
                });
                let mut draft = None
                    .or_else(|| if overtaken { None } else { self.own(sentence, index, at, parent, made) })
                    .or_else(|| self.governed(sentence, index, at, governed[number], parent, made))
                    .or_else(|| self.closed_by_list(sentence, index, at, run, made))
                    // "ont tué 31 soldats et fait six prisonniers": behind a verb of its own the noun tells what happened.
                    .or_else(|| if group.join == Join::Across { self.alone(index, group, at) } else { None })
                    .or_else(|| self.leaning(index, group, at, parent, made, part.is_some()))
                    .or_else(|| carried.as_ref().and_then(|carry| self.carried(index, group, at, carry)))
                    .or_else(|| self.alone(index, group, at));
                if let Some(draft) = &mut draft {
                    draft.mood = self.mood(sentence, group, draft);
                    if draft.leans.is_none() {
                        draft.leans = parent;
                    }
                    draft.join = group.join;
                    draft_of[at] = Some(made.len());
                    made.push(draft.clone());
                } else if !group.article {
                    let reason = match group {
                        Group { copies: Some(_), .. } => continue,
                        Group { thing: None, stranger: Some(_), .. } => "subject",
                        _ if group.figure.is_some_and(|figure| sentence.figures[figure].like_year())
                            && group.thing.is_none() =>
                        {
                            "year"
                        }
                        _ => "no_outcome",
                    };
                    left.push(Left { group: at, reason });
                }
            }
        }
        self.turn(&mut made[first_made..]);
        *carry = self.leave(sentence, index, made, first_made).or_else(|| {
            // A line that the pack cannot read does not end the list.
            carried.map(|carry| Carry {
                sentence: index,
                draft: if made.len() > first_made { Some(made.len() - 1) } else { carry.draft },
                ..carry
            })
        });
        left
    }

    /// "La même source évoque 210 blessés", "Deux autres ont été capturés": of those of the sentence before.
    fn goes_back(&self, index: usize, group: &Group<'p>, made: &[Draft<'p>]) -> Option<usize> {
        let sentence = &self.sentences[index];
        let mut head = sentence.items.iter().take(4);
        let back = group.other
            || head.any(|item| {
                self.context.is_cue(item, crate::pack::CueClass::Same) || self.context.is(item, Class::Pronoun)
            });
        let last = made.len().checked_sub(1)?;
        (group.thing.is_none()
            && back
            && group.join == Join::Apart
            && made[last].sentence + 1 == index
            && self.follows(index))
        .then_some(last)
    }

    /// Whether a sentence stands right behind the one read before it.
    fn follows(&self, index: usize) -> bool {
        index > 0 && self.sentences[index - 1].end == self.sentences[index].first
    }

    /// "Parmi eux figurent 511 hommes": the total is in the sentence before.
    fn whole_before(&self, index: usize, made: &[Draft<'p>]) -> Option<usize> {
        let sentence = &self.sentences[index];
        let head = sentence.groups.first()?;
        let subset = sentence.items[..head.first].iter().take(4).any(|item| self.context.is(item, Class::Subset));
        let last = made.len().checked_sub(1)?;
        (subset && made[last].sentence + 1 == index && self.follows(index)).then(|| {
            // The first figure of that sentence is the total; its parts come after.
            made.iter().position(|draft| draft.sentence == made[last].sentence).unwrap_or(last)
        })
    }

    /// The draft on the left that a group may borrow from: its neighbour, or the total of which both are parts.
    fn parent(&self, groups: &[Group<'p>], at: usize, draft_of: &[Option<usize>]) -> Option<usize> {
        match groups[at].join {
            Join::Apart => None,
            Join::Increment | Join::Instead | Join::Subset => draft_of[..at].iter().rev().find_map(|draft| *draft),
            Join::Member | Join::Across => {
                // "12 morts, dont 3 enfants, et 30 blessés": the third goes on with the first.
                let mut left = at - 1;
                if groups[at].thing.is_none() {
                    while left > 0 && groups[left].join == Join::Subset {
                        left -= 1;
                    }
                }
                draft_of[left]
            }
        }
    }

    /// The best verb for each run, each verb serving one run a side.
    fn govern(&self, sentence: &Sentence<'p>, runs: &[std::ops::Range<usize>]) -> Vec<Option<Governed>> {
        let mut candidates = Vec::new();
        for (number, run) in runs.iter().enumerate() {
            // "38 des 51 drones": the whole suffers nothing.
            if run.start > 0 && sentence.groups[run.start - 1].part_of {
                continue;
            }
            for verb in 0..sentence.verbs.len() {
                if let Some(found) = self.arc(sentence, run.clone(), verb) {
                    candidates.push((found, number));
                }
            }
        }
        candidates.sort_by_key(|(found, number)| (-found.score, *number, found.verb));
        let mut chosen = vec![None; runs.len()];
        let mut used: Vec<(usize, bool)> = Vec::new();
        for (found, number) in candidates {
            let after = sentence.verbs[found.verb].item > sentence.groups[runs[number].start].at;
            if found.score >= 4 && chosen[number].is_none() && !used.contains(&(found.verb, after)) {
                chosen[number] = Some(found);
                used.push((found.verb, after));
            }
        }
        chosen
    }

    /// The arc from a verb to a run of groups, and how well it fits.
    fn arc(&self, sentence: &Sentence<'p>, run: std::ops::Range<usize>, number: usize) -> Option<Governed> {
        let verb = &sentence.verbs[number];
        if verb.kind != VerbKind::Outcome
            || sentence.groups.iter().any(|group| group.own.iter().any(|own| own.item == verb.item))
        {
            return None;
        }
        let (head, tail) = (&sentence.groups[run.start], &sentence.groups[run.end - 1]);
        let senses = sentence.items[verb.item].senses;
        senses
            .iter()
            .filter_map(|sense| {
                let outcome = self.outcome(sense.entry)?;
                let figures = |arc: Arc| outcome.arcs.get(&arc) == Some(&Role::Figures);
                let mut things = run.clone().map(|at| &sentence.groups[at]);
                if !things.any(|group| self.fits(sentence, group, sense.entry)) {
                    return None;
                }
                let (base, arc, from, to, near) = if verb.begin >= tail.end {
                    if head.join == Join::Subset && !self.touches(sentence, tail.end, verb.begin) {
                        return None;
                    }
                    let (base, arc) = match verb.voice {
                        Voice::Passive if figures(Arc::Patient) => (9, Arc::Patient),
                        Voice::Passive | Voice::Active if figures(Arc::Subject) => (9, Arc::Subject),
                        Voice::Bare if figures(Arc::Attribute) => (6, Arc::Attribute),
                        _ => return None,
                    };
                    (base, arc, tail.end, verb.begin, tail)
                } else if verb.item < head.first {
                    let (base, arc) = self.arc_before(sentence, verb, head, outcome)?;
                    (base, arc, verb.item + 1, head.first, head)
                } else {
                    return None;
                };
                // "Les corps de 212 soldats ont été restitués": the verb tells more than the noun.
                let follows = verb.begin >= tail.end && to.saturating_sub(from) <= 2;
                let base = if arc == Arc::Patient && follows { base + 3 } else { base };
                let mut score = base - self.distance(sentence, from, to, number, arc, near);
                if head.lead.is_some_and(|lead| {
                    let item = &sentence.items[lead];
                    let noun = lead > 0 && self.context.outcome(&sentence.items[lead - 1]).is_some();
                    !context_of(&self.context, item) || (!noun && (arc == Arc::Patient || arc == Arc::Subject))
                }) && !matches!(arc, Arc::Complement | Arc::Measure)
                {
                    score -= 4;
                }
                if head.article && !matches!(arc, Arc::Patient | Arc::Subject | Arc::Object) {
                    score -= 4;
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

    /// Whether a group may be what an outcome happened to.
    fn fits(&self, sentence: &Sentence<'p>, group: &Group<'p>, entry: u32) -> bool {
        match (group.thing, group.stranger) {
            (Some(_), _) => self.thing_for(sentence, group, entry).is_some(),
            (None, stranger) => stranger.is_none(),
        }
    }

    /// The meaning of the group's noun that the outcome can happen to: "hommes" are soldiers when lost.
    fn thing_for(&self, sentence: &Sentence<'p>, group: &Group<'p>, entry: u32) -> Option<Thing<'p>> {
        let thing = group.thing?;
        let mut meanings: Vec<Thing<'p>> = match sentence.items.get(thing.item).filter(|_| thing.entry.is_some()) {
            Some(item) => {
                let counted = item.senses.iter().filter_map(|sense| {
                    match &self.context.pack.entries[sense.entry as usize].data {
                        Data::Counted(counted) => Some(Thing {
                            item: thing.item,
                            entry: Some(sense.entry),
                            id: &counted.id,
                            side: counted.side.as_deref(),
                            outcome: counted.outcome.as_deref(),
                            weak: counted.weak,
                        }),
                        _ => None,
                    }
                });
                counted.collect()
            }
            // A people named by nationality is sent and lost as soldiers.
            None => vec![thing, Thing { id: "military", weak: true, ..thing }],
        };
        // "leurs hommes", "nos hommes": somebody's, so soldiers.
        let owned = group.possessive.is_some() || group.ours.is_some();
        meanings.sort_by_key(|thing| thing.weak != owned);
        meanings.into_iter().find(|thing| self.id_for(entry, thing.id).is_some())
    }

    /// No comma, dash or bracket between two places.
    fn touches(&self, sentence: &Sentence<'p>, from: usize, to: usize) -> bool {
        sentence.items[from..to]
            .iter()
            .all(|item| !matches!(item.what, What::Mark(',' | ')' | '\u{2013}' | '\u{2014}' | '-' | ';')))
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
        let colon = between.last().is_some_and(|item| matches!(item.what, What::Mark(':')));
        match verb.voice {
            Voice::Active if figures(Arc::Object) => Some((9, Arc::Object)),
            Voice::Passive if figures(Arc::Patient) => Some((if colon { 8 } else { 5 }, Arc::Patient)),
            // "se sont emparés de deux chars"
            Voice::Passive if figures(Arc::Object) => Some((8, Arc::Object)),
            Voice::Bare if figures(Arc::Attribute) && colon => Some((7, Arc::Attribute)),
            Voice::Noun | Voice::Bare => {
                if figures(Arc::Complement) {
                    let only_of = between.iter().all(|item| {
                        context_of(&self.context, item)
                            || self.context.is(item, Class::Determiner)
                            || self.context.name(item).is_some()
                    });
                    let of = between.iter().any(|item| context_of(&self.context, item))
                        || head.lead.is_some_and(|lead| context_of(&self.context, &sentence.items[lead]))
                        || sentence.items[head.first..head.at].iter().any(|item| context_of(&self.context, item));
                    if of && only_of {
                        return Some((10, Arc::Complement));
                    }
                }
                // "Parmi les morts figurent deux enfants"
                let among = verb.item.saturating_sub(2)..verb.item;
                if sentence.items[among].iter().any(|item| self.context.is(item, Class::Among)) {
                    return Some((9, Arc::Item));
                }
                // "le nombre de soldats tués avoisine"
                if !figures(Arc::Measure) && self.counts(sentence, verb.item).is_none() {
                    return None;
                }
                let measure = sentence
                    .verbs
                    .iter()
                    .rev()
                    .find(|other| verb.item < other.item && other.item < head.at && other.kind == VerbKind::Measure)
                    .map(|other| other.item)
                    .or_else(|| {
                        (verb.item + 1..head.at).rev().find(|&at| {
                            let item = &sentence.items[at];
                            let hedge = self.context.sense(item, |data| matches!(data, Data::Hedge(_)).then_some(()));
                            self.context.is(item, Class::Measure)
                                || hedge.is_some_and(|(_, tags, ())| tags.has(Tags::FINITE.with(Tags::PARTICIPLE)))
                                || (at + 1 == head.first
                                    && self
                                        .context
                                        .class(item, Class::Be)
                                        .is_some_and(|(_, tags)| tags.has(Tags::FINITE)))
                        })
                    });
                match measure {
                    Some(item) if head.first.saturating_sub(item) <= 5 => Some((11, Arc::Measure)),
                    _ if colon => Some((8, Arc::Measure)),
                    _ => None,
                }
            }
            _ => None,
        }
    }

    /// The noun of counting that a word completes: "le nombre de civils tués". Its item, and that of the thing.
    fn counts(&self, sentence: &Sentence<'p>, item: usize) -> Option<(usize, Option<usize>)> {
        let count =
            (item.saturating_sub(10)..item).rev().find(|&at| self.context.is(&sentence.items[at], Class::Count))?;
        let of = sentence.items.get(count + 1).is_some_and(|item| context_of(&self.context, item));
        let thing = (count + 1..item).find(|&at| self.context.counted(&sentence.items[at]).is_some());
        of.then_some((count, thing))
    }

    /// "Parmi les soldats engagés, trente et un ont été tués": the noun that a bare number is a part of.
    fn among(&self, sentence: &Sentence<'p>, before: usize) -> Option<Thing<'p>> {
        let among = (0..before).rev().find(|&at| self.context.is(&sentence.items[at], Class::Among))?;
        self.thing_at(
            sentence,
            (among + 1..before.min(among + 4)).find(|&at| self.context.counted(&sentence.items[at]).is_some())?,
        )
    }

    fn thing_at(&self, sentence: &Sentence<'p>, item: usize) -> Option<Thing<'p>> {
        let (entry, _, counted) = self.context.counted(&sentence.items[item])?;
        Some(Thing {
            item,
            entry: Some(entry),
            id: &counted.id,
            side: counted.side.as_deref(),
            outcome: None,
            weak: counted.weak,
        })
    }

    /// What stands between a word and its figures, as a penalty.
    fn distance(
        &self,
        sentence: &Sentence<'p>,
        from: usize,
        to: usize,
        verb: usize,
        arc: Arc,
        near: &Group<'p>,
    ) -> i32 {
        let mut cost = 0;
        let mut commas = 0;
        for at in from..to {
            let item = &sentence.items[at];
            match item.what {
                What::Mark(',') => commas += 1,
                What::Mark(';') => cost += 3,
                What::Figure(_) => cost += 1,
                _ => {}
            }
        }
        for (number, other) in sentence.verbs.iter().enumerate() {
            let inside = other.item >= from && other.item < to && number != verb;
            let counts = match other.voice {
                Voice::Noun => 0,
                Voice::Bare => 1,
                _ if arc == Arc::Measure && other.kind == VerbKind::Measure => 0,
                _ => 3,
            };
            cost += if inside { counts } else { 0 };
        }
        cost += commas.min(3);
        cost += 3 * sentence.clauses.crossed(sentence.verbs[verb].item, near.at).min(3);
        cost + (to.saturating_sub(from) as i32 - 8).max(0) / 4
    }

    fn draft(
        &self,
        sentence: usize,
        group: usize,
        outcome: &'p str,
        entry: u32,
        at: (usize, usize),
        counted: &'p str,
    ) -> Draft<'p> {
        Draft {
            sentence,
            group,
            outcome,
            outcome_entry: entry,
            outcome_at: at,
            counted,
            thing: None,
            verb: None,
            arc: Arc::Attribute,
            score: 0,
            leans: None,
            join: Join::Apart,
            heading: None,
            mood: Mood::Real,
        }
    }

    /// Who or what a group counts: its thing, its neighbour's, or what the outcome's word says.
    fn counted(
        &self,
        index: usize,
        group: &Group<'p>,
        entry: u32,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Counting<'p>> {
        let sentence = &self.sentences[index];
        if group.thing.is_some() {
            let thing = self.thing_for(sentence, group, entry)?;
            return Some((thing.id, Some((index, thing)), 0));
        }
        let outcome = self.outcome(entry)?;
        if let Some(thing) = self.among(sentence, group.first).filter(|thing| self.id_for(entry, thing.id).is_some()) {
            return Some((thing.id, Some((index, thing)), 0));
        }
        if let Some(left) = parent.map(|parent| &made[parent])
            && group.stranger.is_none()
            && self.id_for(entry, left.counted).is_some()
        {
            return Some((left.counted, left.thing, 0));
        }
        if let Some(thing) = &outcome.thing {
            return Some((thing, None, 0));
        }
        if group.stranger.is_some() {
            return None;
        }
        // A bare number: people are what most words of harm count.
        self.id_for(entry, "person").map(|_| ("person", None, -2))
    }

    /// A group that closes itself.
    fn own(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        parent: Option<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
        let own = group.own.first()?;
        let (counted, thing, cost) = self.counted(index, group, own.entry, parent, made)?;
        let mut id = self.id_for(own.entry, counted)?;
        if let Some(second) = group.own.get(1).and_then(|own| self.id_for(own.entry, counted)) {
            id = self.kinds.joined(id, second)?;
        }
        let verb = sentence.verbs.iter().position(|verb| verb.item == own.item);
        Some(Draft {
            thing,
            verb,
            score: 10 + cost,
            ..self.draft(index, at, id, own.entry, (index, own.item), counted)
        })
    }

    fn governed(
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
        let verb = &sentence.verbs[found.verb];
        let named = self.counts(sentence, verb.item).filter(|_| found.arc == Arc::Measure && group.thing.is_none());
        let named = named.and_then(|(_, thing)| self.thing_at(sentence, thing?));
        let (counted, thing, cost) = match named {
            Some(thing) => (thing.id, Some((index, thing)), 0),
            None => self.counted(index, group, found.entry, parent, made)?,
        };
        let mut id = self.id_for(found.entry, counted)?;
        // "a tué ou blessé": two words, one number.
        for (near, far) in [(verb.begin.wrapping_sub(1), verb.begin.wrapping_sub(2)), (verb.item + 1, verb.item + 2)] {
            let joins = sentence
                .items
                .get(near)
                .is_some_and(|item| self.context.is(item, Class::Or) || self.context.is(item, Class::And));
            if joins
                && let Some((entry, _, _)) = sentence.items.get(far).and_then(|item| self.context.outcome(item))
                && let Some(joined) = self.id_for(entry, counted).and_then(|second| self.kinds.joined(id, second))
            {
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

    /// "12 chars et 3 avions détruits": the participle that closes the list.
    fn closed_by_list(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        at: usize,
        run: &std::ops::Range<usize>,
        made: &[Draft<'p>],
    ) -> Option<Draft<'p>> {
        let group = &sentence.groups[at];
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
        group.thing?;
        let closing = sentence.groups[at + 1..run.end].iter().find(|right| !right.own.is_empty())?;
        let own = closing.own.first()?;
        closing.thing?;
        let thing = self.thing_for(sentence, group, own.entry)?;
        let id = self.id_for(own.entry, thing.id)?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 7,
            ..self.draft(index, at, id, own.entry, (index, own.item), thing.id)
        })
    }

    /// A subset, an increment or an older figure has the outcome of what it leans on; so has a last member.
    fn leaning(
        &self,
        index: usize,
        group: &Group<'p>,
        at: usize,
        parent: Option<usize>,
        made: &[Draft<'p>],
        part: bool,
    ) -> Option<Draft<'p>> {
        let left = &made[parent?];
        if group.stranger.is_some() && group.thing.is_none() {
            return None;
        }
        let own = self.thing_for(&self.sentences[index], group, left.outcome_entry);
        if group.thing.is_some() && own.is_none() {
            return None;
        }
        let (counted, thing) = own.map_or((left.counted, left.thing), |thing| (thing.id, Some((index, thing))));
        let id = self.id_for(left.outcome_entry, counted)?;
        let score = match group.join {
            Join::Subset | Join::Increment => 8,
            _ if part => 7,
            Join::Instead => 7,
            Join::Member => 6,
            // "12 soldats ont été tués, 3 avions …": a verb between, so the word on the left has been used up.
            Join::Across if group.thing.is_some() => 4,
            _ => return None,
        };
        Some(Draft {
            thing,
            leans: parent,
            score,
            verb: None,
            arc: left.arc,
            ..self.draft(index, at, id, left.outcome_entry, left.outcome_at, counted)
        })
    }

    /// A line or a sentence without a verb goes on with the list before it.
    fn carried(&self, index: usize, group: &Group<'p>, at: usize, carry: &Carry) -> Option<Draft<'p>> {
        let thing = self.thing_for(&self.sentences[index], group, carry.entry)?;
        let id = self.id_for(carry.entry, thing.id)?;
        let draft = self.draft(index, at, id, carry.entry, carry.at, thing.id);
        Some(Draft {
            thing: Some((index, thing)),
            arc: Arc::Item,
            score: 7,
            leans: carry.draft,
            heading: Some(carry.at),
            ..draft
        })
    }

    /// A thing that tells its own outcome: "12 otages".
    fn alone(&self, index: usize, group: &Group<'p>, at: usize) -> Option<Draft<'p>> {
        let thing = group.thing?;
        let outcome = thing.outcome?;
        Some(Draft {
            thing: Some((index, thing)),
            score: 6,
            ..self.draft(index, at, outcome, thing.entry?, (index, thing.item), thing.id)
        })
    }

    /// The mood of the clause, of the governing verb, and of a verb that only passes its object on.
    fn mood(&self, sentence: &Sentence<'p>, group: &Group<'p>, draft: &Draft<'p>) -> Mood {
        let clause = sentence.clauses.mood(group.at);
        if clause != Mood::Real {
            return clause;
        }
        // "500 prisonniers devrait avoir lieu": a modal with its infinitive is the verb of the clause.
        let modal = (0..sentence.items.len()).any(|at| {
            self.context.is(&sentence.items[at], Class::Modal)
                && sentence.clauses.of(at) == sentence.clauses.of(group.at)
                && sentence.items[at + 1..].iter().take(3).enumerate().any(|(offset, item)| {
                    let aux = self.context.class(item, Class::Have).or(self.context.class(item, Class::Be));
                    let verb = sentence.verbs.iter().find(|verb| verb.item == at + 1 + offset);
                    aux.is_some_and(|(_, tags)| tags.has(Tags::INFINITIVE))
                        || verb.is_some_and(|verb| verb.tags.has(Tags::INFINITIVE))
                })
        });
        if modal && draft.verb.is_none_or(|verb| sentence.verbs[verb].mood != Mood::Hearsay) {
            return Mood::Forecast;
        }
        let governing = draft.verb.map(|verb| sentence.verbs[verb]).filter(|verb| verb.mood != Mood::Real);
        let carrying = sentence.verbs.iter().rev().find(|verb| {
            verb.item < group.at
                && sentence.clauses.of(verb.item) == sentence.clauses.of(group.at)
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
                && verb.kind != VerbKind::Cue
        });
        let after = sentence.verbs.iter().find(|verb| {
            verb.item >= group.end
                && sentence.clauses.of(verb.item) == sentence.clauses.of(group.at)
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
                && verb.kind != VerbKind::Cue
        });
        match governing.or(carrying.copied()).or(after.copied().filter(|_| draft.verb.is_none())) {
            Some(verb) if verb.mood == Mood::Negated && group.value.last == 0 => Mood::Real,
            Some(verb) => verb.mood,
            None => Mood::Real,
        }
    }

    /// "a perdu 300 hommes et compte 900 blessés": losses beside wounded are killed.
    fn turn(&self, drafts: &mut [Draft<'p>]) {
        let outcomes: Vec<&str> = drafts.iter().map(|draft| draft.outcome).collect();
        for draft in drafts {
            let Some(outcome) = self.outcome(draft.outcome_entry) else { continue };
            let turn = outcome.turn.iter().find(|turn| {
                let fits = turn.of.is_empty() || turn.of.iter().any(|of| of == draft.counted);
                fits && turn.beside.as_ref().is_some_and(|beside| outcomes.contains(&beside.as_str()))
            });
            let people = self.kinds.is_people(draft.counted).unwrap_or(false);
            if let Some(turn) = turn
                && self
                    .kinds
                    .outcome
                    .get(&turn.to)
                    .is_some_and(|kind| (kind.of == "people") == people || kind.of == "both")
            {
                draft.outcome = &turn.to;
            }
        }
    }

    /// What the next sentence may go on with: the governing word of a list, or a heading that ends in a colon.
    fn leave(&self, sentence: &Sentence<'p>, index: usize, made: &[Draft<'p>], first: usize) -> Option<Carry> {
        if let Some((number, draft)) =
            made.iter().enumerate().skip(first).rev().find(|(_, draft)| draft.arc != Arc::Item)
        {
            return Some(Carry {
                entry: draft.outcome_entry,
                at: draft.outcome_at,
                draft: Some(number),
                sentence: index,
            });
        }
        let ends = sentence.items.last().is_some_and(|item| matches!(item.what, What::Mark(':')));
        let verb = sentence.verbs.iter().find(|verb| verb.kind == VerbKind::Outcome).filter(|_| ends)?;
        let (entry, _, _) = self.context.outcome(&sentence.items[verb.item])?;
        Some(Carry { entry, at: (index, verb.item), draft: None, sentence: index })
    }
}

fn context_of(context: &Context<'_>, item: &crate::mention::Item<'_>) -> bool {
    context.is(item, Class::Of)
}

/// Runs of groups that one arc may govern.
fn runs(groups: &[Group<'_>]) -> Vec<std::ops::Range<usize>> {
    let mut runs: Vec<std::ops::Range<usize>> = Vec::new();
    for (at, group) in groups.iter().enumerate() {
        match runs.last_mut() {
            Some(run) if group.join == Join::Member => run.end = at + 1,
            _ => runs.push(at..at + 1),
        }
    }
    runs
}

/// A sentence without a finite verb that begins with a figure, or a line of a list.
fn goes_on(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    let Some(head) = sentence.groups.first() else { return false };
    let verbless = sentence.verbs.iter().all(|verb| matches!(verb.voice, Voice::Noun | Voice::Bare));
    let begins = sentence.items[..head.first]
        .iter()
        .all(|item| matches!(item.what, What::Mark(_)) || context.is(item, Class::And));
    // A short line of its own with a sign before its figure is a line of a list, whatever it counts.
    let line = sentence.items.len() <= 16
        && sentence.items[..head.first]
            .iter()
            .any(|item| matches!(item.what, What::Mark('-' | '\u{2013}' | '\u{2014}' | ':' | '\u{2022}')));
    verbless && (head.item_line || begins || line)
}
