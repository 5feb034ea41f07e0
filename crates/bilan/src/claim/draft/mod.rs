//! Finds for each figure the word that says what happened, by the arcs that the word allows.
//!
//! In: a sentence with groups and verbs. Out: [`Draft`]s, whose side and speaker are still symbols, and refusals.
//!
//! An arc governs its whole list, so that one verb serves twelve figures; a member that lacks a slot takes its thing from
//! the left, its outcome from the participle that closes the list or else from the left. "42 civils ont été tués et
//! 97 blessés": the second is civilians too.

mod bare;
mod carry;
mod close;
mod govern;
mod mood;
mod table;
mod thing;
mod way;

pub use carry::Carry;
use carry::goes_on;
use govern::Governed;
pub(super) use table::is_row;
use thing::whole_of;

use crate::clause::{Group, Join, Mood, Sentence, Thing, Verb, Voice};
use crate::kinds::{Kinds, Outcome, Trait};
use crate::mention::{Context, What};
use crate::pack::{Arc, Class};

/// More people than ever lived at once: what is counted by so many is paid.
const MANKIND: u64 = 10_000_000_000;

/// What a word scores that surely tells what happened now.
const SURE: i32 = 8;

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

/// What is known while the drafts of a document are made.
pub struct Drafting<'a, 'p> {
    /// Text, tokens and pack.
    pub context: Context<'p>,
    /// Closed words.
    pub kinds: &'p Kinds,
    /// Sentences so far.
    pub sentences: &'a [Sentence<'p>],
    /// They tell of an illness.
    pub ill: bool,
}

/// A figure without a claim.
pub struct Left {
    /// Group of the sentence.
    pub group: usize,
    /// Key of `[refused]`.
    pub reason: &'static str,
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

impl<'p> Drafting<'_, 'p> {
    /// Makes the drafts of sentence `index`. `made` are those of the document so far.
    pub fn read(&self, index: usize, made: &mut Vec<Draft<'p>>, carry: &mut Option<Carry>) -> Vec<Left> {
        let sentence = &self.sentences[index];
        let groups = &sentence.groups;
        if groups.is_empty() {
            // The head of a table stands between the heading and the rows.
            let kept = carry.take().filter(|carry| is_row(sentence) && carry.sentence + 1 == index);
            *carry = self.leave(sentence, index, made, made.len());
            *carry = carry.take().or(kept.map(|kept| Carry { sentence: index, ..kept }));
            return vec![];
        }
        let mut left = Vec::new();
        let runs = runs(groups);
        let governed = self.govern(sentence, &runs);
        let carried = carry
            .take()
            .filter(|carry| carry.sentence + 1 == index && self.follows(index))
            .filter(|_| is_row(sentence) || goes_on(&self.context, sentence));
        let first_made = made.len();
        let litany = self.is_litany(groups);
        let mut draft_of: Vec<Option<usize>> = vec![None; groups.len()];
        let whole = self.whole_before(index, made);
        let mut speaks = false;
        for (number, run) in runs.iter().enumerate() {
            for at in run.clone() {
                let group = &groups[at];
                let part = whole.filter(|_| run.start == 0 && groups[0].join == Join::Apart);
                let parent = self.parent(groups, at, &draft_of).or(part).or_else(|| self.goes_back(index, group, made));
                if let Some(reason) = self.counts_nothing(sentence, at) {
                    left.push(Left { group: at, reason });
                    continue;
                }
                // "par une rescapée et onze témoins": both speak.
                let beside = speaks && group.join == Join::Member && group.own.is_empty();
                speaks = beside || self.speaks(sentence, group);
                if speaks
                    || self.is_made_of(sentence, at)
                    || self.tells_size(sentence, group)
                    || self.is_undone(sentence, group)
                {
                    left.push(Left { group: at, reason: "subject" });
                    continue;
                }
                // An article that counts nothing is no figure, and refused nowhere.
                if self.is_doer(sentence, group) {
                    continue;
                }
                // "Pertes de l'ennemi : – personnel : 900 éliminés": the heading says what the line counts.
                let headed =
                    carried.as_ref().filter(|carry| carry.headed && group.item_line && self.counts_people(group));
                let overtaken = governed[number].is_some_and(|found| self.is_overtaken(sentence, group, found));
                let own = || self.own(sentence, index, at, governed[number], parent, made);
                let verb = || self.governed(sentence, index, at, governed[number], parent, made);
                let draft = || {
                    headed
                        .and_then(|carry| self.carried(index, group, at, carry, made))
                        // "900 (+12) éliminés": of the increment as of its total.
                        .or_else(|| match group.join {
                            Join::Increment => self.leaning(index, group, at, parent, made, false),
                            _ => None,
                        })
                        // "Deux blessés ont été soignés": what happened now may be no outcome.
                        .or_else(|| if overtaken { verb().or_else(own) } else { own().or_else(verb) })
                        .or_else(|| self.closed_by_list(sentence, index, at, run, parent, made))
                        // "ont tué 31 soldats et fait six prisonniers": behind a verb of its own the noun tells what happened.
                        .or_else(|| if group.join == Join::Across { self.alone(index, group, at) } else { None })
                        .or_else(|| {
                            if self.is_told_beside(group, parent, made) { self.alone(index, group, at) } else { None }
                        })
                        .or_else(|| self.leaning(index, group, at, parent, made, part.is_some()))
                        .or_else(|| self.by_column(index, group, at, made))
                        .or_else(|| self.summed(index, group, at, made))
                        .or_else(|| self.likewise(index, group, at, made))
                        // "14 800 blessés", and on the next line "238 prisonniers": a line tells its own.
                        .or_else(|| match &carried {
                            Some(carry) if !carry.headed => self.alone(index, group, at),
                            _ => None,
                        })
                        .or_else(|| carried.as_ref().and_then(|carry| self.carried(index, group, at, carry, made)))
                        .or_else(|| self.alone(index, group, at))
                        .or_else(|| self.numbered(index, group, at))
                        .or_else(|| self.of_some(index, group, at))
                        .or_else(|| self.of_those(index, group, at, made))
                        .or_else(|| if litany { self.contributed(index, at) } else { None })
                        .or_else(|| if litany { self.goes_on_with(index, at, made) } else { None })
                };
                let mut draft = if self.is_case(group) { self.alone(index, group, at) } else { draft() };
                if let Some(draft) = &mut draft {
                    self.name_them(index, group, draft);
                    draft.mood = self.mood(sentence, group, draft);
                    let negated = self.outcome(draft.outcome_entry).and_then(|outcome| outcome.negated.as_deref());
                    if let (Mood::Negated, Some(id)) = (draft.mood, negated) {
                        (draft.outcome, draft.mood) = (id, Mood::Real);
                    }
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
        // "Cinq des neuf victimes sont des femmes": what happened to the whole happened to the part.
        for at in (0..groups.len().saturating_sub(1)).rev() {
            let part = groups[at].part_of && draft_of[at].is_none();
            let Some(right) = draft_of[at + 1].filter(|_| part) else { continue };
            let Some(them) = self.predicate(sentence, &groups[at + 1]) else { continue };
            let whole = Group { thing: Some(them), ..groups[at].clone() };
            if let Some(draft) = self.same_as(index, &whole, at, &made[right]) {
                left.retain(|left| left.group != at);
                draft_of[at] = Some(made.len());
                made.push(Draft { score: 6, mood: made[right].mood, ..draft });
            }
        }
        // "13 des 23 missiles et 40 des 109 drones ont été abattus": what the verb tells of the last part is told of all.
        for at in (0..groups.len().saturating_sub(2)).rev() {
            let parts = groups[at].part_of && groups[at + 2].part_of && groups[at + 2].join == Join::Member;
            let Some(right) = draft_of[at + 2].filter(|_| parts && draft_of[at].is_none()) else { continue };
            if let Some(draft) = self.same_as(index, &groups[at], at, &made[right]) {
                left.retain(|left| left.group != at);
                draft_of[at] = Some(made.len());
                made.push(Draft { score: 6, verb: made[right].verb, mood: made[right].mood, ..draft });
            }
        }
        self.turn(&mut made[first_made..]);
        self.total(&mut made[first_made..]);
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

    /// Why a group counts nobody and nothing, whatever is said of it.
    fn counts_nothing(&self, sentence: &Sentence<'p>, at: usize) -> Option<&'static str> {
        let group = &sentence.groups[at];
        if group.share {
            return Some("share");
        }
        // "18 milliards": more than there are of anybody or anything.
        if group.value.point().or(group.value.low()).is_some_and(|value| value > MANKIND) {
            return Some("money");
        }
        // "Aucun des blessés n'est en danger": who was wounded is told, and no zero.
        let of = sentence.items.get(group.at + 1).is_some_and(|item| self.context.is(item, Class::Of));
        let told = !group.own.is_empty() || group.thing.is_some_and(|thing| thing.outcome.is_some());
        if group.figure.is_none() && told && of {
            return Some("subject");
        }
        if !group.article {
            return None;
        }
        // "abattu avec un missile": by what it was done.
        let with = group.first.checked_sub(1).is_some_and(|at| self.context.is(&sentence.items[at], Class::With));
        if with && group.thing.is_some_and(|thing| self.kinds.is_sent(thing.id)) {
            return Some("subject");
        }
        // "13 bâtiments, dont une école": of a building an article counts nothing.
        if group.join == Join::Subset && self.is_building(group) {
            return Some("no_outcome");
        }
        // "un mort (un passant)": who the one was, and no other.
        let left = at.checked_sub(1).map(|left| &sentence.groups[left])?;
        let bracket = sentence.items.get(left.end).is_some_and(|item| item.what == What::Mark('('));
        (bracket && left.end + 1 == group.first && left.value == group.value).then_some("subject")
    }

    /// "Deux blessés ont succombé": the word that counts them is not what happened now.
    fn is_overtaken(&self, sentence: &Sentence<'p>, group: &Group<'p>, found: Governed) -> bool {
        // "la destruction de trois missiles tirés par l'ennemi"
        let passing = || {
            let own = group.thing.zip(group.own.first()).and_then(|(thing, own)| self.id_for(own.entry, thing.id));
            own.and_then(|id| self.kinds.outcome.get(id)).is_some_and(|kind| kind.passing)
        };
        // "Sur les 47 personnes arrêtées, 39 ont été relâchées", "la moitié des 96 arrêtés": what happened to a part.
        let whole = group.whole
            || group.lead.is_some_and(|lead| {
                let lead = &sentence.items[lead];
                self.context.is(lead, Class::OutOf) || govern::context_of(&self.context, lead)
            });
        let sure = found.score >= SURE;
        match found.arc {
            // "a remis les corps de 110 soldats tombés au combat": the bodies are given back.
            // "la libération de 2 816 personnes détenues": what happens now to those who were held.
            Arc::Complement => {
                let given = || self.are_bodies(found.entry) && self.is_handed(sentence, group, &[Class::HandsOver]);
                let freed = || {
                    let again = self.kind_of(found.entry, None).is_some_and(|kind| kind.yields);
                    self.was_taken(group) && !again && group.join != Join::Subset
                };
                sure && (passing() || given() || freed())
            }
            // "ont relâché 45 soldats capturés en août": what happens to those who were taken.
            Arc::Object => sure && (passing() || self.was_taken(group) && !whole),
            Arc::Patient | Arc::Subject => {
                let taken = self.was_taken(group);
                let open = group.thing.is_none() || taken || self.is_dead(found.entry) || passing();
                // "Les 41 personnes enlevées à Ormont, en Valdorie, ont été relâchées": far, and of nobody else.
                let verb = &sentence.verbs[found.verb];
                let behind = verb.begin >= group.end && verb.mood != Mood::Negated;
                let sure = sure || taken && behind && found.arc == Arc::Patient;
                sure && open && !whole && !self.is_final(group) && !group.own.is_empty()
            }
            _ => false,
        }
    }

    /// Whether a word tells of the dead that may be given back.
    fn are_bodies(&self, entry: u32) -> bool {
        let turns = self.outcome(entry).is_some_and(|outcome| outcome.turn.iter().any(|turn| turn.handed));
        turns && self.is_dead(entry)
    }

    /// "Trois corps ont été repêchés": the dead stay dead, whatever happens to them.
    fn is_final(&self, group: &Group<'p>) -> bool {
        group.own.first().is_some_and(|own| self.is_dead(own.entry) && !self.is_unsure(own.entry))
    }

    /// "Six des élèves enlevés sont morts": what happens to those who were taken tells more than that they were.
    fn was_taken(&self, group: &Group<'p>) -> bool {
        let own = group.own.first().and_then(|own| self.kind_of(own.entry, group.thing));
        own.is_some_and(|kind| kind.yields)
    }

    /// Whether an outcome leaves people dead.
    fn is_dead(&self, entry: u32) -> bool {
        self.kind_of(entry, None).is_some_and(|kind| kind.dead)
    }

    /// What an outcome is when it happens to this thing, or else to people.
    fn kind_of(&self, entry: u32, thing: Option<Thing<'p>>) -> Option<&'p Outcome> {
        let named = thing.and_then(|thing| self.id_for(entry, thing.id));
        let id = named.or_else(|| self.id_for(entry, self.kinds.people(Trait::Bare)?))?;
        self.kinds.outcome.get(id)
    }

    /// "La même source évoque 210 blessés", "Deux autres ont été capturés": of those of the sentence before.
    fn goes_back(&self, index: usize, group: &Group<'p>, made: &[Draft<'p>]) -> Option<usize> {
        let sentence = &self.sentences[index];
        // "À ce chiffre s'ajoutent onze civils": more of the same.
        let adds = sentence.items[..group.first].iter().rev().take(3).any(|item| self.context.is(item, Class::Adds));
        if adds && made.last().is_some_and(|last| last.sentence + 1 == index) && self.follows(index) {
            return made.len().checked_sub(1).map(|last| whole_of(made, last));
        }
        // "Côté rebelle, l'ONG a dénombré 601 combattants": of the other side the same.
        let turns = sentence.items.iter().take(2).any(|item| self.context.is(item, Class::SideOf));
        if turns && made.last().is_some_and(|last| last.sentence + 1 == index) && self.follows(index) {
            return made.len().checked_sub(1).map(|last| whole_of(made, last));
        }
        let mut head = sentence.items.iter().take(4);
        // "51 drones ont été abattus. Dix-huit l'ont été dans le nord."
        let told = |verb: &Verb| verb.begin == group.end && verb.voice == Voice::Passive;
        let things = group.first == 0
            && group.is_bare()
            && !group.article
            && sentence.verbs.iter().any(told)
            && made.last().is_some_and(|last| self.kinds.is_people(last.counted) == Some(false));
        let back = group.other
            || things
            // "Auquel s'ajoutent 120 blessés."
            || sentence.items.first().is_some_and(|item| self.context.is(item, Class::Relative))
            || head.any(|item| {
                self.context.is_cue(item, crate::pack::CueClass::Same) || self.context.is(item, Class::Pronoun)
            });
        let last = made.len().checked_sub(1)?;
        // "deux autres provinces" are none of those who died.
        let stranger = group.stranger.is_some() && group.own.is_empty();
        (group.thing.is_none()
            && !stranger
            && back
            && group.join == Join::Apart
            && made[last].sentence + 1 == index
            && self.follows(index))
        .then(|| whole_of(made, last))
    }

    /// Whether a sentence stands right behind the one read before it.
    fn follows(&self, index: usize) -> bool {
        let rows = || is_row(&self.sentences[index - 1]) && is_row(&self.sentences[index]);
        index > 0 && (self.sentences[index - 1].end == self.sentences[index].first || rows())
    }

    /// "Parmi eux figurent 511 hommes": the total is in the sentence before.
    fn whole_before(&self, index: usize, made: &[Draft<'p>]) -> Option<usize> {
        let sentence = &self.sentences[index];
        let head = sentence.groups.first()?;
        let subset = sentence.items[..head.first].iter().take(4).any(|item| self.context.is(item, Class::Subset));
        // "Au nombre des civils figurent 79 enfants": of what happened the sentence before told.
        let among = sentence.items.iter().take(2).any(|item| self.context.is(item, Class::Among))
            && sentence.items[..head.first].iter().all(|item| self.context.outcome(item).is_none());
        let subset = subset || among;
        let last = made.len().checked_sub(1)?;
        (subset && made[last].sentence + 1 == index && self.follows(index)).then(|| {
            // The first figure of that sentence is the total; its parts come after.
            made.partition_point(|draft| draft.sentence < made[last].sentence)
        })
    }

    /// The draft on the left that a group may borrow from: its neighbour, or the total of which both are parts.
    fn parent(&self, groups: &[Group<'p>], at: usize, draft_of: &[Option<usize>]) -> Option<usize> {
        // "à 87 morts et 310 blessés, contre 71 et 264 la veille": the first with the first, the second with the second.
        let begin = (0..=at).rev().find(|&at| groups[at].join != Join::Member).unwrap_or(at);
        if groups[begin].join == Join::Instead && begin > 0 {
            let list = (0..begin).rev().find(|&at| groups[at].join != Join::Member).unwrap_or(0);
            let end = (begin + 1..groups.len()).find(|&at| groups[at].join != Join::Member).unwrap_or(groups.len());
            if end - begin == begin - list
                && let Some(draft) = draft_of[list + at - begin]
            {
                return Some(draft);
            }
        }
        match groups[at].join {
            // "Huit soldats ont été tués ; trois autres sont blessés."
            Join::Apart if groups[at].stepped => draft_of[at - 1],
            Join::Apart if groups[at].other => draft_of[..at].iter().rev().find_map(|draft| *draft),
            Join::Apart => None,
            Join::Increment | Join::Instead => draft_of[..at].iter().rev().find_map(|draft| *draft),
            // "45 drones et 3 missiles, dont 40 ont été abattus": no part is larger than its whole.
            Join::Subset => {
                let fits = |left: &usize| groups[*left].value.point() >= groups[at].value.point();
                let known = || (0..at).rev().filter(|&left| draft_of[left].is_some());
                known().find(fits).or_else(|| known().next()).and_then(|left| draft_of[left])
            }
            Join::Member | Join::Across => {
                // "12 morts, dont 3 enfants, et 30 blessés": the third goes on with the first.
                let mut left = at - 1;
                // "9 des 14 missiles et 61 des 87 drones": a part goes on with a part; "18 des 22 missiles et quatre drones",
                // with the part that something is told of.
                let told = groups[at].part_of || draft_of[left].is_none();
                if left > 0 && told && groups[left - 1].part_of {
                    left -= 1;
                }
                if groups[at].thing.is_none() {
                    while left > 0 && groups[left].join == Join::Subset {
                        left -= 1;
                    }
                }
                draft_of[left]
            }
        }
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
}
