//! Reads a side off what the outcome's word does: its subject, its object, its agent.
//!
//! In: a draft and its sentence. Out: a slot, the words that told it, and the rule.
//!
//! "L'armée a abattu douze drones": the drones are another's than the army's.

use super::super::draft::Draft;
use super::{Siding, Slot, Told, Whose};
use crate::clause::{Group, Naming, Sentence, Verb, VerbKind, Voice};
use crate::kinds::Trait;
use crate::mention::{Item, What};
use crate::pack::{Arc, Class, Data, Role, Tags};

/// Words between a count and the verb that measures it: "le bilan du séisme qui a frappé … est passé à".
const COUNTED: usize = 20;

/// Words between the losses and the figure put on them.
const LOSSES: usize = 12;

impl<'p> Siding<'_, 'p> {
    /// "les pertes karséniennes dépasseraient 900 morts", "nos pertes sont de 40 tués": the owner of what is measured.
    pub(super) fn by_measure(&self, draft: &Draft<'p>) -> Option<Told> {
        let index = draft.sentence;
        let sentence = &self.sentences[index];
        let group = &sentence.groups[draft.group];
        let measures = |verb: &&Verb| {
            verb.kind == VerbKind::Measure || self.context.is(&sentence.items[verb.item], Class::Measure)
        };
        let measure = sentence.verbs.iter().rfind(|verb| {
            verb.item < group.at && group.first <= verb.item + 3 && !matches!(verb.voice, Voice::Noun | Voice::Bare)
        });
        let Some(measure) = measure.filter(measures) else { return self.of_losses(index, group.first) };
        let noun = (0..measure.begin).rev().take(COUNTED).find(|&at| {
            let item = &sentence.items[at];
            self.context.is(item, Class::Count)
                || self.context.outcome(item).is_some_and(|(_, _, outcome)| outcome.arcs.contains_key(&Arc::Measure))
        });
        let Some(noun) = noun else {
            if let Some(found) = self.of_losses(index, group.first) {
                return Some(found);
            }
            // "La Miravie a dépassé les 15 000 morts"
            let subject = self.subject_of(sentence, measure.begin, false);
            let number = subject.filter(|&number| sentence.parties[number].how == Naming::Name)?;
            let party = &sentence.parties[number];
            // "le séisme qui a frappé le nord de la Miravie a dépassé": of what stands there.
            let of = party.first > 0 && self.context.is(&sentence.items[party.first - 1], Class::Of);
            let root = self.side_of(party).filter(|root| !of && self.shared.is_country(root))?;
            let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
            return Some((Slot::Known(root.to_owned()), words, "subject"));
        };
        let word = |at: usize| Some((index, sentence.items[at].first, sentence.items[noun].end));
        if let Some(before) = noun.checked_sub(1).filter(|&at| self.context.is(&sentence.items[at], Class::Own)) {
            return Some((Slot::Speaker, word(before), "own"));
        }
        // "Les troupes karséniennes ont reculé. Leurs pertes atteignent …"
        if noun > 0 && self.context.is(&sentence.items[noun - 1], Class::Possessive) {
            let own = self.owner(sentence, noun).and_then(|party| self.side_of(&sentence.parties[party]));
            let before = || {
                let before = index.checked_sub(1).map(|before| &self.sentences[before])?;
                before.parties.iter().find(|party| self.side_of(party).is_some()).and_then(|party| self.side_of(party))
            };
            if let Some(root) = own.or_else(before) {
                return Some((Slot::Known(root.to_owned()), word(noun - 1), "complement"));
            }
        }
        let party = sentence.parties.iter().position(|party| party.first > noun && party.end <= measure.begin);
        if let Some(number) = party
            && let Some(root) = self.side_of(&sentence.parties[number])
        {
            let linked = sentence.items[noun + 1..sentence.parties[number].first].iter().all(|item| {
                item.what == What::Words && (item.senses.is_empty() || !self.context.is(item, Class::That))
            });
            // "le bilan de l'ONU" is the count of who counts; "les pertes de l'armée" are the army's.
            let party = &sentence.parties[number];
            // "le bilan de la frappe karsénienne" and "de l'attaque au missile karsénien" tell who fired, "les pertes au Tarn"
            // where.
            let before = &sentence.items[party.first - 1];
            let fired = || sentence.items[noun + 1..party.first].iter().any(|item| self.context.is(item, Class::Scene));
            let close = if self.context.is(&sentence.items[noun], Class::Count) {
                party.how == Naming::Adjective && self.context.counted(before).is_some() && !fired()
            } else {
                !self.context.is(before, Class::In)
            };
            if linked && close {
                let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
                return Some((Slot::Known(root.to_owned()), words, "complement"));
            }
        }
        None
    }

    /// "évaluait les pertes karséniennes à 120 000 morts": whose losses a figure is put on.
    fn of_losses(&self, index: usize, before: usize) -> Option<Told> {
        let sentence = &self.sentences[index];
        let near = (0..before).rev().take(LOSSES);
        let mut near = near.take_while(|&at| matches!(sentence.items[at].what, What::Words | What::Date(_)));
        let noun = near.find(|&at| {
            let outcome = self.context.outcome(&sentence.items[at]);
            outcome.is_some_and(|(_, _, outcome)| outcome.arcs.contains_key(&Arc::Measure))
        })?;
        // "les pertes infligées aux Valdoriens", "subies par les Valdoriens": dealt or suffered, they are theirs.
        let item = |at: usize| &sentence.items[at];
        let bare = |at| sentence.verbs.iter().any(|verb| verb.item == at && verb.voice == Voice::Bare);
        let participle = |at| bare(at) || item(at).is_unknown() && !self.context.is_capital(item(at));
        let dealt = sentence.items.len() > noun + 1 && participle(noun + 1);
        let any = |at, of: &[Class]| of.iter().any(|&class| self.context.is(item(at), class));
        let of = |at: usize| {
            let to = || dealt && (at == noun + 1 || any(at, &[Class::To, Class::In, Class::By]));
            any(at, &[Class::Of, Class::Determiner]) || to()
        };
        let party = sentence.parties.iter().find(|party| {
            (noun + 1..=noun + 4).contains(&party.first) && party.end <= before && (noun + 1..party.first).all(of)
        })?;
        let root = self.side_of(party)?;
        let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
        Some((Slot::Known(root.to_owned()), words, "complement"))
    }

    /// "Quatorze drones lancés par la Karsénie ont été abattus": of who launched them, whatever happened then.
    pub(super) fn by_launch(&self, draft: &Draft<'p>, group: &Group<'p>) -> Option<Told> {
        let own = group.own.first().filter(|own| own.entry != draft.outcome_entry)?;
        let Data::Outcome(outcome) = &self.context.pack.entries[own.entry as usize].data else { return None };
        let thing = group.thing.filter(|_| outcome.arcs.get(&Arc::Subject) == Some(&Role::Side))?;
        let launched = outcome.takes.iter().any(|take| take == thing.id);
        let draft = Draft { outcome_entry: own.entry, outcome_at: (draft.sentence, own.item), ..draft.clone() };
        self.by_outcome(&draft).filter(|(_, _, rule)| launched && *rule == "subject")
    }

    /// The arcs of the outcome's word: subject of "perdre", agent of "détruire", complement of "pertes".
    pub(super) fn by_outcome(&self, draft: &Draft<'p>) -> Option<Told> {
        let (index, item) = draft.outcome_at;
        let sentence = &self.sentences[index];
        let Data::Outcome(outcome) = &self.context.pack.entries[draft.outcome_entry as usize].data else { return None };
        let words = |party: usize| {
            let party = &sentence.parties[party];
            Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end))
        };
        let verb = sentence.verbs.iter().find(|verb| verb.item == item);
        let voice = verb.map_or(Voice::Noun, |verb| verb.voice);
        let begin = verb.map_or(item, |verb| verb.begin);
        // "les pertes de combat de la Russie", "les pertes russes"
        if voice == Voice::Noun || voice == Voice::Bare {
            let mut at = item + 1;
            while at < sentence.items.len() && at < item + 7 {
                if let Some(number) = sentence.parties.iter().position(|party| party.first == at) {
                    if let Some(root) = self.side_of(&sentence.parties[number])
                        && voice == Voice::Noun
                    {
                        return Some((Slot::Known(root.to_owned()), words(number), "complement"));
                    }
                    break;
                }
                let word = &sentence.items[at];
                if self.context.is(word, Class::Enemy) {
                    return Some((Slot::EnemyOfSpeaker, Some((index, word.first, word.end)), "enemy"));
                }
                let passes = word.what == What::Words
                    && (word.senses.is_empty()
                        || self.context.is(word, Class::Of)
                        || self.context.is(word, Class::Determiner));
                if !passes {
                    break;
                }
                at += 1;
            }
            // "Les pertes valdoriennes, tués et blessés confondus, atteignent"
            if draft.arc == Arc::Measure
                && let Some(number) =
                    sentence.parties.iter().rposition(|party| party.end <= item && party.end + 3 >= item)
                && let Some(root) = self.side_of(&sentence.parties[number])
            {
                return Some((Slot::Known(root.to_owned()), words(number), "complement"));
            }
            if item > 0 && (self.context.is(&sentence.items[item - 1], Class::Own)) {
                return Some((
                    Slot::Speaker,
                    Some((index, sentence.items[item - 1].first, sentence.items[item].end)),
                    "own",
                ));
            }
        }
        // "ont fui la Valdorie": of the country that they left.
        if outcome.arcs.get(&Arc::Object) == Some(&Role::Side)
            && let Some(number) = sentence.parties.iter().position(|party| (item + 1..item + 4).contains(&party.first))
            && let Some(root) = self.side_of(&sentence.parties[number])
        {
            return Some((Slot::Known(root.to_owned()), words(number), "object"));
        }
        let subject = outcome.arcs.get(&Arc::Subject).copied();
        if voice == Voice::Bare
            && let Some(found) = self.passed_on(sentence, index, item, draft)
        {
            return Some(found);
        }
        if voice == Voice::Active || voice == Voice::Noun {
            let national = self.shared.kinds.is_armed(draft.counted);
            let mut number = self.subject_of(sentence, begin, national);
            if let Some(word) = self
                .enemy_subject(sentence, begin)
                .filter(|&word| number.is_none_or(|number| sentence.parties[number].end <= word))
            {
                let words = Some((index, sentence.items[word].first, sentence.items[word].end));
                match subject {
                    Some(Role::Side) => return Some((Slot::EnemyOfSpeaker, words, "enemy")),
                    Some(Role::Agent) if voice == Voice::Active => return Some((Slot::Speaker, words, "agent")),
                    _ => number = None,
                }
            }
            match (subject, number) {
                (Some(Role::Side), Some(number)) => {
                    if let Some(root) = self.side_of(&sentence.parties[number]) {
                        return Some((Slot::Known(root.to_owned()), words(number), "subject"));
                    }
                }
                (Some(Role::Agent), Some(number)) if voice == Voice::Active => {
                    if let Some(root) = self.side_of(&sentence.parties[number]) {
                        return self.other_than(root, draft, words(number));
                    }
                }
                _ => {}
            }
            if let Some(found) = self.passed_on(sentence, index, item, draft) {
                return Some(found);
            }
            if number.is_none()
                && let Some(word) =
                    (begin.saturating_sub(3)..begin).rev().find(|&at| self.context.is(&sentence.items[at], Class::Own))
            {
                let words = Some((index, sentence.items[word].first, sentence.items[word].end));
                match subject {
                    Some(Role::Side) => return Some((Slot::Speaker, words, "own")),
                    Some(Role::Agent) if voice == Voice::Active => return Some((Slot::EnemyOfSpeaker, words, "agent")),
                    _ => {}
                }
            }
        }
        // "par les forces ukrainiennes"
        if matches!(voice, Voice::Passive | Voice::Bare) && subject.is_some() {
            // "depuis le début de la guerre, qui a été lancée par la Karsénie": by whom another verb says.
            let other = |at: usize| {
                let verb = sentence.verbs.iter().any(|verb| verb.item == at && verb.voice == Voice::Passive);
                verb || self.context.is(&sentence.items[at], Class::Relative)
            };
            let by = (item + 1..sentence.items.len())
                .take(14)
                .take_while(|&at| !other(at))
                .find(|&at| self.context.is(&sentence.items[at], Class::By))?;
            if let Some(enemy) =
                (by + 1..sentence.items.len()).take(3).find(|&at| self.context.is(&sentence.items[at], Class::Enemy))
            {
                let words = Some((index, sentence.items[enemy].first, sentence.items[enemy].end));
                let slot = if subject == Some(Role::Side) { Slot::EnemyOfSpeaker } else { Slot::Speaker };
                return Some((slot, words, "enemy"));
            }
            let number = sentence.parties.iter().position(|party| party.first > by && party.first <= by + 6)?;
            let direct = sentence.items[by + 1..sentence.parties[number].first]
                .iter()
                .all(|word| !matches!(word.what, What::Figure(_) | What::Mark(',' | ';')));
            if let Some(root) = self.side_of(&sentence.parties[number]).filter(|_| direct) {
                if subject == Some(Role::Side) {
                    return Some((Slot::Known(root.to_owned()), words(number), "subject"));
                }
                return self.other_than(root, draft, words(number));
            }
        }
        None
    }

    fn other_than(&self, root: &str, draft: &Draft<'p>, words: Option<Whose>) -> Option<Told> {
        // Civilians are the people of the place they were in, whoever fired.
        let civilian = !self.shared.kinds.is_armed(draft.counted);
        if civilian && self.place(draft.sentence, &self.sentences[draft.sentence].groups[draft.group]).is_some() {
            return None;
        }
        // Who has no known enemy tells nothing of whom he hit; hostages are not of those who hold them.
        (self.fights(root) && !self.is_held(draft)).then(|| (Slot::OtherThan(root.to_owned()), words, "agent"))
    }

    /// The party that is the subject of a verb that begins at this item.
    fn subject_of(&self, sentence: &Sentence<'p>, begin: usize, national: bool) -> Option<usize> {
        if let Some(above) = self.above(sentence, begin) {
            return self.subject_of(sentence, above.begin, national);
        }
        let begin = self.managed(sentence, begin).unwrap_or(begin);
        let number = sentence.parties.iter().rposition(|party| party.end <= begin && self.side_of(party).is_some())?;
        let party = &sentence.parties[number];
        let between = &sentence.items[party.end..begin];
        let clear = between.iter().enumerate().all(|(offset, item)| {
            let at = party.end + offset;
            !matches!(item.what, What::Mark(';' | ':' | '.') | What::Figure(_))
                && !self.context.is(item, Class::That)
                && !sentence
                    .verbs
                    .iter()
                    .any(|verb| verb.item == at && matches!(verb.voice, Voice::Active | Voice::Passive))
        });
        (clear && between.len() <= 20 && self.heads(sentence, number, national)).then_some(number)
    }

    /// "a également réussi à détruire": the auxiliary of a verb that the pack does not know, above an infinitive.
    fn managed(&self, sentence: &Sentence<'p>, begin: usize) -> Option<usize> {
        let items = &sentence.items;
        let verb = sentence.verbs.iter().find(|verb| verb.begin == begin && verb.tags.has(Tags::INFINITIVE))?;
        let led = begin.checked_sub(2).filter(|_| verb.begin == verb.item)?;
        let to = self.context.is(&items[led + 1], Class::To);
        let unknown = items[led].is_unknown() && !self.context.is_capital(&items[led]);
        let aux = |at: &usize| [Class::Have, Class::Be].iter().any(|&class| self.context.is(&items[*at], class));
        (led.saturating_sub(3)..led).rev().find(aux).filter(|_| to && unknown)
    }

    /// "affirme avoir éliminé douze chars et n'avoir perdu que": the verb above an infinitive, or above the one it is joined to.
    fn above<'s>(&self, sentence: &'s Sentence<'p>, begin: usize) -> Option<&'s Verb> {
        let says = |verb: &&Verb| verb.kind == VerbKind::Cue && verb.voice == Voice::Active;
        let not = |at: &usize| self.context.is(&sentence.items[*at], Class::Not);
        let before = (0..begin).rev().find(|at| !not(at))?;
        if let Some(above) = sentence.verbs.iter().filter(says).find(|verb| verb.item == before) {
            return Some(above);
        }
        let infinitive = |at: usize| {
            let aux = self.context.class(&sentence.items[at], Class::Have);
            aux.is_some_and(|(_, tags)| tags.has(Tags::INFINITIVE))
        };
        let left = sentence.verbs.iter().rfind(|verb| verb.item < before && verb.voice == Voice::Active)?;
        let joined =
            self.context.is(&sentence.items[before], Class::And) && infinitive(begin) && infinitive(left.begin);
        if joined { self.above(sentence, left.begin) } else { None }
    }

    /// Whether a party is the head of its noun phrase, or owns those who are: "les troupes de Solvar", but not "les
    /// intempéries au sud de la Karsénie", "le plateau karsénien".
    fn heads(&self, sentence: &Sentence<'p>, number: usize, national: bool) -> bool {
        let party = &sentence.parties[number];
        let acts = |item: &Item<'p>| {
            let military = self.context.counted(item).is_some_and(|(_, _, counted)| {
                self.shared.kinds.is(&counted.id, Trait::Armed) || counted.side.is_some()
            });
            military
                || self.context.is(item, Class::Scene)
                || self.context.name(item).is_some()
                || self.context.is_capital(item)
                || self.context.outcome(item).is_some()
                || self.context.counted(item).is_some()
        };
        let Some(before) = party.first.checked_sub(1) else { return true };
        let left = &sentence.items[before];
        // "le plateau karsénien" does nothing; "la brigade karsénienne" may have.
        if party.how == Naming::Adjective {
            return national || acts(left) || left.what != What::Words;
        }
        if self.context.is_inside(left) {
            return false;
        }
        if self.context.is(left, Class::Of) {
            return before
                .checked_sub(1)
                .is_some_and(|at| acts(&sentence.items[at]) && !self.context.is(&sentence.items[at], Class::In));
        }
        true
    }

    /// "L'armée a subi la perte de", "compte 900 blessés", "a fait dix prisonniers": the subject of a verb that only
    /// passes its object on.
    fn passed_on(&self, sentence: &Sentence<'p>, index: usize, item: usize, draft: &Draft<'p>) -> Option<Told> {
        let national = self.shared.kinds.is_armed(draft.counted);
        let clause = sentence.clauses.of(item);
        let verb = sentence.verbs.iter().rev().find(|verb| {
            verb.item < item
                && sentence.clauses.of(verb.item) == clause
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
        })?;
        // "a décrété le deuil": the auxiliary of a verb that the pack does not know, with another object.
        let next = |at: usize| sentence.items.get(verb.item + at);
        let unknown = next(1).is_some_and(Item::is_unknown);
        let figures = |next: &Item<'p>| {
            // "a réussi à détruire"
            let to = self.context.is(next, Class::To);
            matches!(next.what, What::Figure(_)) || self.context.is_hedge(next) && !to
        };
        if unknown && !next(2).is_some_and(figures) {
            return None;
        }
        let owns = verb.kind == VerbKind::Carrier || self.context.is(&sentence.items[verb.item], Class::Carrier);
        if !(owns || verb.kind == VerbKind::Cause) || verb.voice != Voice::Active || !(national || owns) {
            return None;
        }
        let number = self.subject_of(sentence, verb.begin, national)?;
        // "La Karsénie compte 300 morts": a country has its dead, an agency counts those of others.
        let country = |id: &str| self.shared.is_country(id);
        if !national && !sentence.parties[number].id.as_deref().is_some_and(country) {
            return None;
        }
        let party = &sentence.parties[number];
        let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
        let root = self.side_of(party)?;
        if owns { Some((Slot::Known(root.to_owned()), words, "subject")) } else { self.other_than(root, draft, words) }
    }

    fn enemy_subject(&self, sentence: &Sentence<'p>, begin: usize) -> Option<usize> {
        (0..begin).rev().take(6).find(|&at| self.context.is(&sentence.items[at], Class::Enemy))
    }
}
