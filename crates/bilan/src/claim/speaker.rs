//! Says who gives each figure.
//!
//! In: the sentences of a document in order. Out: for any item of any sentence its [`Speaker`].
//!
//! "Il a précisé que la Karsénie avait perdu douze navires": the speaker is in the sentence before, and is masculine, so
//! it is "le commandement" and not "la Karsénie". Only words of saying count: where paragraphs break does not.

use crate::clause::{Naming, PartyGroup, Sentence, Verb, VerbKind, Voice};
use crate::mention::{Context, What};
use crate::pack::{Class, CueClass, Shared, Tags};

/// Somebody who gives a figure.
#[derive(Clone, Debug)]
pub struct Speaker {
    /// Party id; `None` when only words tell.
    pub id: Option<String>,
    /// Sentence and tokens of the words that name it.
    pub named: (usize, u32, u32),
    /// Gender and number.
    pub tags: Tags,
    /// The authority it invokes.
    pub citing: Option<(String, u32, u32)>,
    /// Who carries its words.
    pub via: Vec<String>,
    /// Key of `[said]` that the word of saying gives.
    pub said: Option<String>,
    /// Pack entry of the word of saying.
    pub cue: Option<u32>,
    /// Sentence and item of the word of saying.
    pub at: (usize, usize),
    /// Hundredths.
    pub confidence: u8,
}

/// Which items a word of saying governs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Reach {
    /// What follows: "a déclaré que …"
    Right,
    /// What stands before: "…, a déclaré X"
    Left,
    /// The sentence: "Selon X, …"
    Whole,
}

#[derive(Clone, Debug)]
struct Hit {
    item: usize,
    reach: Reach,
    speaker: Speaker,
    weight: i32,
    /// A count of the speaker's own: an agency that counts is the claimant.
    counts: bool,
}

/// Who speaks, sentence by sentence.
#[derive(Default)]
pub struct Speakers {
    hits: Vec<Vec<Hit>>,
    /// Speaker that a sentence without a word of saying goes on with.
    carried: Vec<Option<Speaker>>,
}

impl Speakers {
    /// Listens to a document.
    pub fn find(context: &Context<'_>, shared: &Shared, sentences: &[Sentence<'_>]) -> Speakers {
        let mut speakers = Speakers::default();
        let own = letterhead(context, shared, sentences);
        let mut recent: Vec<Speaker> = Vec::new();
        let mut quoting = false;
        for (index, sentence) in sentences.iter().enumerate() {
            let listening = Listening { context, shared, sentence, index, recent: &recent };
            let back = sentence.items.iter().position(|item| context.is_cue(item, CueClass::Back)).filter(|&at| at < 3);
            let reset = sentence.items.iter().take(6).any(|item| context.is_cue(item, CueClass::Reset));
            let mut hits = listening.hits();
            let begins_quoting = quoting;
            for item in &sentence.items {
                match item.what {
                    What::Mark('\u{ab}' | '\u{201c}') => quoting = true,
                    What::Mark('\u{bb}' | '\u{201d}') => quoting = false,
                    _ => {}
                }
            }
            if let (Some(_), Some(hit), true) = (back, hits.first(), index > 0) {
                // "C'est ce qu'a annoncé X": X gave what the sentence before says.
                let hit = Hit { reach: Reach::Whole, weight: 6, ..hit.clone() };
                if speakers.hits[index - 1].is_empty() {
                    speakers.hits[index - 1].push(hit);
                }
            }
            let mut carried = None;
            if hits.is_empty() && !reset && index > 0 {
                let before = &sentences[index - 1];
                let near = before.paragraph == sentence.paragraph && before.end == sentence.first;
                if begins_quoting {
                    carried = recent
                        .last()
                        .cloned()
                        .map(|speaker| Speaker { confidence: speaker.confidence.min(75), ..speaker });
                } else if near {
                    carried = speakers.hits[index - 1]
                        .iter()
                        .rev()
                        .find(|hit| hit.reach == Reach::Right || hit.reach == Reach::Left)
                        .map(|hit| Speaker { confidence: 55, ..hit.speaker.clone() })
                        .or_else(|| speakers.carried[index - 1].clone());
                }
            }
            let mut subject = None;
            if hits.is_empty()
                && let Some(party) = sentence
                    .parties
                    .iter()
                    .find(|party| party.speaks() && party.how != Naming::Source && party.first <= 3)
            {
                // Who is named at the head of a sentence is who "il" is in the next.
                subject = Some(Speaker { confidence: 70, ..listening.speaker(party, party.first) });
            }
            if reset {
                recent.clear();
                hits.clear();
            }
            recent.extend(subject);
            for hit in &hits {
                recent.push(hit.speaker.clone());
            }
            let from = recent.len().saturating_sub(6);
            recent.drain(..from);
            speakers.hits.push(hits);
            speakers.carried.push(carried.or_else(|| own.clone().filter(|_| !reset)));
        }
        speakers
    }

    /// Who gives what stands at this item; `None` is the reporter.
    pub fn at(&self, sentence: &Sentence<'_>, index: usize, item: usize) -> Option<Speaker> {
        let hits = self.hits.get(index)?;
        let best = hits
            .iter()
            .filter_map(|hit| {
                let between = hits.iter().filter(|other| {
                    let (low, high) = (item.min(hit.item), item.max(hit.item));
                    low < other.item && other.item < high && other.item != hit.item
                });
                let cost = 3 * between.count() as i32 + sentence.clauses.crossed(hit.item, item).min(4) / 2;
                let fits = match hit.reach {
                    Reach::Right => hit.item < item,
                    Reach::Left => item < hit.item,
                    Reach::Whole => true,
                };
                // A source named in the middle serves what follows it only when nobody else does.
                let stray = hit.reach == Reach::Left && item > hit.item && hits.len() == 1;
                match (fits, stray) {
                    (true, _) => Some((hit.weight - cost, hit)),
                    (false, true) => Some((hit.weight - 5 - cost, hit)),
                    _ => None,
                }
            })
            .max_by_key(|(score, hit)| (*score, std::cmp::Reverse(hit.item.abs_diff(item))));
        match best {
            Some((score, hit)) if score > 2 => {
                let confidence = (i32::from(hit.speaker.confidence) + 2 * (score - 8).min(0)).clamp(20, 99) as u8;
                Some(Speaker { confidence, ..hit.speaker.clone() })
            }
            _ => self.carried.get(index)?.clone(),
        }
    }

    /// Whether anybody is heard in a sentence.
    pub fn is_heard(&self, index: usize) -> bool {
        self.hits.get(index).is_some_and(|hits| !hits.is_empty())
    }
}

/// The institution whose own bulletin this is: its name alone at the head, and a word for what it gives out beside it.
fn letterhead(context: &Context<'_>, shared: &Shared, sentences: &[Sentence<'_>]) -> Option<Speaker> {
    let (index, sentence) = sentences.iter().enumerate().take(2).find(|(_, sentence)| {
        let Some(party) = sentence.parties.first() else { return false };
        let rest = sentence.items.len() - (party.end - party.first);
        party.speaks() && rest <= 2 && sentence.verbs.is_empty() && sentence.figures.is_empty()
    })?;
    let bulletin = sentences.iter().take(3).any(|sentence| {
        sentence.verbs.iter().all(|verb| verb.voice == Voice::Noun)
            && sentence.items.iter().take(3).any(|item| context.is_cue(item, CueClass::Report))
    });
    let listening = Listening { context, shared, sentence, index, recent: &[] };
    let party = sentence.parties.first()?;
    bulletin.then(|| Speaker { confidence: 75, ..listening.speaker(party, party.first) })
}

struct Listening<'a, 'p> {
    context: &'a Context<'p>,
    shared: &'a Shared,
    sentence: &'a Sentence<'p>,
    index: usize,
    recent: &'a [Speaker],
}

impl Listening<'_, '_> {
    fn hits(&self) -> Vec<Hit> {
        let mut hits = Vec::new();
        for verb in &self.sentence.verbs {
            if self.is_saying(verb) {
                hits.extend(self.verb(verb));
            }
        }
        for (at, item) in self.sentence.items.iter().enumerate() {
            if self.context.is_cue(item, CueClass::Preposition) {
                hits.extend(self.preposition(at));
            } else if self.context.is_cue(item, CueClass::Report)
                && !hits.iter().any(|hit: &Hit| hit.speaker.named.1 <= self.sentence.items[at].first)
            {
                hits.extend(self.report(at));
            }
        }
        if let Some(hit) = self.headline() {
            hits.push(hit);
        }
        self.chain(&mut hits);
        hits.sort_by_key(|hit| hit.item);
        hits
    }

    /// "Velkar : « 300 soldats … »"
    fn headline(&self) -> Option<Hit> {
        let items = &self.sentence.items;
        let party = self.sentence.parties.first().filter(|party| party.speaks() && party.first <= 2)?;
        let colon = items.get(party.end).is_some_and(|item| matches!(item.what, What::Mark(':')));
        let quote =
            items.get(party.end + 1).is_some_and(|item| matches!(item.what, What::Mark('\u{ab}' | '"' | '\u{201c}')));
        (colon && quote).then(|| Hit {
            item: party.end,
            reach: Reach::Right,
            speaker: self.speaker(party, party.first),
            weight: 8,
            counts: false,
        })
    }

    /// A word of saying, whatever else it may be.
    fn is_saying(&self, verb: &Verb) -> bool {
        verb.kind == VerbKind::Cue
            || (verb.kind != VerbKind::Outcome && self.context.is_cue(&self.sentence.items[verb.item], CueClass::Verb))
    }

    fn cue_entry(&self, item: usize) -> (Option<u32>, Option<String>) {
        self.context
            .cue(&self.sentence.items[item])
            .map_or((None, None), |(entry, _, cue)| (Some(entry), cue.said.clone()))
    }

    fn speaker(&self, party: &PartyGroup, at: usize) -> Speaker {
        let items = &self.sentence.items;
        let (cue, said) = self.cue_entry(at);
        // "Londres et Washington" speak together.
        let beside = self.sentence.parties.iter().find(|other| {
            other.first == party.end + 1
                && other.how == Naming::Name
                && party.how == Naming::Name
                && self.context.is(&items[party.end], Class::And)
        });
        let mut id = party.id.clone();
        let mut end = party.end;
        if let (Some(one), Some(two)) = (&party.id, beside.and_then(|other| other.id.as_ref())) {
            let mut both = [one.as_str(), two.as_str()];
            both.sort_unstable();
            id = Some(both.join("+"));
            end = party.end + 2;
        }
        Speaker {
            id,
            named: (self.index, items[party.first].first, items[end - 1].end),
            tags: party.tags,
            citing: None,
            via: vec![],
            said,
            cue,
            at: (self.index, at),
            confidence: if party.how == Naming::Source && party.id.is_none() { 70 } else { 92 },
        }
    }

    /// The speaker before, seen from a word that points back at it.
    fn again(&self, tags: Tags, at: usize) -> Option<Speaker> {
        let found = self
            .recent
            .iter()
            .rev()
            .find(|speaker| speaker.tags.agrees(tags))
            .or(self.recent.last().filter(|_| tags == Tags::NONE))?;
        let (cue, said) = self.cue_entry(at);
        Some(Speaker {
            at: (self.index, at),
            cue,
            said: said.or(found.said.clone()),
            confidence: found.confidence.min(85),
            ..found.clone()
        })
    }

    fn verb(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        let at = verb.item;
        if verb.voice == Voice::Bare {
            return self.bare(verb);
        }
        let passive = verb.voice == Voice::Passive;
        let that = items[at + 1..].iter().take(8).position(|item| self.context.is(item, Class::That));
        // "a ajouté X", "a-t-il ajouté"
        let mut after = at + 1;
        while after < items.len()
            && after < at + 4
            && (self.context.is(&items[after], Class::Adverb)
                || self.context.is(&items[after], Class::Determiner)
                || matches!(items[after].what, What::Date(_)))
        {
            after += 1;
        }
        let by = items.get(at + 1).is_some_and(|item| self.context.is(item, Class::By));
        let inverted = self
            .sentence
            .parties
            .iter()
            .find(|party| party.speaks() && (party.first == after || party.first == after + 1))
            .filter(|party| {
                let direct = items[after..party.first].iter().all(|item| {
                    self.context.is(item, Class::Determiner) || (passive && self.context.is(item, Class::By))
                });
                direct && that != Some(0)
            });
        if passive {
            // "sont estimées à 9 000 soldats par le ministère"
            let near = by || items[at + 1..].iter().take(9).any(|item| self.context.is(item, Class::By));
            let by =
                near.then(|| items[at + 1..].iter().take(9).position(|item| self.context.is(item, Class::By)))??;
            let first = at + 1 + by + 1;
            let party = self
                .sentence
                .parties
                .iter()
                .find(|party| party.speaks() && party.first >= first && party.first <= first + 2)?;
            return Some(Hit {
                item: at,
                reach: Reach::Whole,
                speaker: self.speaker(party, at),
                weight: 9,
                counts: false,
            });
        }
        let subject = (!passive).then(|| self.subject(verb)).flatten();
        if let Some(party) = inverted {
            // With a subject of its own before the verb, what follows is its object: "a accusé la Russie".
            let object = subject.is_some() && !self.begins_tail(verb);
            if !object {
                let colon = items.get(party.end).is_some_and(|item| matches!(item.what, What::Mark(':')));
                let reach = if colon || self.that_after(party.end) { Reach::Right } else { Reach::Left };
                return Some(Hit { item: at, reach, speaker: self.speaker(party, at), weight: 11, counts: false });
            }
        }
        let pronoun_after = items.get(at + 1).and_then(|item| self.context.class(item, Class::Pronoun));
        let pronoun_inside = items[verb.begin..at].iter().find_map(|item| self.context.class(item, Class::Pronoun));
        if let Some((_, tags)) = pronoun_after.or(pronoun_inside).filter(|_| subject.is_none()) {
            return Some(Hit {
                item: at,
                reach: Reach::Left,
                speaker: self.again(tags, at)?,
                weight: 10,
                counts: false,
            });
        }
        if let Some(party) = subject {
            // "…, l'état-major a dit mercredi.": nothing follows that it could govern.
            let figure =
                |items: &[crate::mention::Item<'_>]| items.iter().any(|item| matches!(item.what, What::Figure(_)));
            let tail = that.is_none() && !figure(&items[at..]) && figure(&items[..party.first]);
            let reach = if tail { Reach::Left } else { Reach::Right };
            return Some(Hit { item: at, reach, speaker: self.speaker(party, at), weight: 10, counts: false });
        }
        if self.begins_tail(verb) && that != Some(0) {
            // "« … », a annoncé sur les réseaux sociaux le président valdorien"
            let stop = items[at + 1..].iter().take(9).position(|item| {
                matches!(item.what, What::Figure(_) | What::Mark(',' | '.' | ';')) || self.context.is(item, Class::That)
            });
            let limit = at + 1 + stop.unwrap_or(9);
            if let Some(party) =
                self.sentence.parties.iter().find(|party| party.speaks() && party.first > at && party.first < limit)
            {
                return Some(Hit {
                    item: at,
                    reach: Reach::Left,
                    speaker: self.speaker(party, at),
                    weight: 10,
                    counts: false,
                });
            }
        }
        let before = items[..verb.begin].iter().enumerate().rev().take(3);
        for (_, item) in before {
            if let Some((_, tags)) = self.context.class(item, Class::Pronoun) {
                return Some(Hit {
                    item: at,
                    reach: Reach::Right,
                    speaker: self.again(tags, at)?,
                    weight: 10,
                    counts: false,
                });
            }
            if self.context.is_cue(item, CueClass::Same) {
                let left = self.begins_tail(verb);
                let reach = if left { Reach::Left } else { Reach::Right };
                return Some(Hit { item: at, reach, speaker: self.again(Tags::NONE, at)?, weight: 9, counts: false });
            }
        }
        if items.get(after).is_some_and(|item| self.context.is_cue(item, CueClass::Same)) {
            return Some(Hit {
                item: at,
                reach: Reach::Left,
                speaker: self.again(Tags::NONE, at)?,
                weight: 9,
                counts: false,
            });
        }
        self.stranger(verb, that.is_some())
    }

    /// "un bilan fourni par le ministère": a participle serves only the report it stands on.
    fn bare(&self, verb: &Verb) -> Option<Hit> {
        let items = &self.sentence.items;
        let by = items.get(verb.item + 1).is_some_and(|item| self.context.is(item, Class::By));
        let report = items[verb.item.saturating_sub(3)..verb.item]
            .iter()
            .any(|item| self.context.is_cue(item, CueClass::Report) || self.context.is(item, Class::Count));
        let party = self
            .sentence
            .parties
            .iter()
            .find(|party| party.speaks() && party.first > verb.item && party.first <= verb.item + 3)?;
        (by && report).then(|| Hit {
            item: verb.item,
            reach: Reach::Whole,
            speaker: self.speaker(party, verb.item),
            weight: 9,
            counts: false,
        })
    }

    /// Whether the verb opens what follows a comma or a closing quotation mark: a tail.
    fn begins_tail(&self, verb: &Verb) -> bool {
        self.sentence.items[..verb.begin]
            .iter()
            .rev()
            .take(2)
            .any(|item| matches!(item.what, What::Mark(',' | '\u{bb}' | '\u{201d}' | '"')))
    }

    fn that_after(&self, at: usize) -> bool {
        self.sentence.items[at..].iter().take(3).any(|item| self.context.is(item, Class::That))
    }

    /// The party that is the subject of a verb: the nearest on its left with no other verb between. What stands between
    /// two commas is passed over: "L'AFP, citant l'état-major, rapporte".
    fn subject(&self, verb: &Verb) -> Option<&PartyGroup> {
        let items = &self.sentence.items;
        let left = self.sentence.parties.iter().rev().filter(|party| party.end <= verb.begin);
        for party in left.filter(|party| party.speaks() || self.heads_nothing(party)).take(4) {
            let between = &items[party.end..verb.begin];
            // "la ministre de la Défense, Lena Orvik, a indiqué": a comma inside the name wants one behind it.
            let inner =
                items[party.first..party.end].iter().filter(|item| matches!(item.what, What::Mark(','))).count();
            let mut commas = inner;
            let mut clear = between.len() <= 28;
            for (offset, item) in between.iter().enumerate() {
                let at = party.end + offset;
                let verb_between = self
                    .sentence
                    .verbs
                    .iter()
                    .any(|other| other.item == at && !matches!(other.voice, Voice::Noun | Voice::Bare));
                match item.what {
                    What::Mark(',') => commas += 1,
                    What::Mark('.' | ';' | ':' | '\u{bb}' | '\u{201d}') | What::Figure(_) => clear = false,
                    _ if verb_between && commas % 2 == 0 => clear = false,
                    _ if self.context.is(item, Class::That) || self.context.is(item, Class::Pronoun) => clear = false,
                    _ => {}
                }
            }
            if !clear {
                return None;
            }
            let by = party.first > 0 && self.context.is(&items[party.first - 1], Class::By);
            if commas % 2 == 0 && !by {
                return Some(party);
            }
        }
        None
    }

    /// An adjective whose noun the pack does not know: "les services russes".
    fn heads_nothing(&self, party: &PartyGroup) -> bool {
        let items = &self.sentence.items;
        party.first > 0 && items[party.first - 1].senses.is_empty() && items[party.first - 1].what == What::Words
    }

    /// A name that the pack does not know, before or after a word of saying.
    fn stranger(&self, verb: &Verb, that: bool) -> Option<Hit> {
        let items = &self.sentence.items;
        let unknown = |at: usize| {
            let item = &items[at];
            item.what == What::Words && item.senses.is_empty() && self.context.is_capital(item)
        };
        let make = |first: usize, end: usize, reach| {
            let (cue, said) = self.cue_entry(verb.item);
            let speaker = Speaker {
                id: None,
                named: (self.index, items[first].first, items[end - 1].end),
                tags: Tags::SINGULAR,
                citing: None,
                via: vec![],
                said,
                cue,
                at: (self.index, verb.item),
                confidence: 60,
            };
            Some(Hit { item: verb.item, reach, speaker, weight: 8, counts: false })
        };
        let after = verb.item + 1;
        if self.begins_tail(verb) && after < items.len() && unknown(after) {
            let end = (after..items.len()).take_while(|&at| unknown(at)).last()? + 1;
            return make(after, end, Reach::Left);
        }
        if verb.begin > 0 && unknown(verb.begin - 1) && that {
            let first = (0..verb.begin).rev().take_while(|&at| unknown(at)).last()?;
            return make(first, verb.begin, Reach::Right);
        }
        None
    }

    /// "selon X", "d'après un décompte de X", "selon la même source"
    fn preposition(&self, at: usize) -> Option<Hit> {
        let items = &self.sentence.items;
        let opens = at == 0
            || (at <= 2
                && items[..at].iter().all(|item| {
                    matches!(item.what, What::Mark(_))
                        || self.context.is(item, Class::Adverb)
                        || self.context.is(item, Class::And)
                }));
        let reach = if opens { Reach::Whole } else { Reach::Left };
        let weight = if opens { 8 } else { 11 };
        for (next, item) in items.iter().enumerate().skip(at + 1).take(8) {
            if let Some(party) =
                self.sentence.parties.iter().find(|party| party.first == next && (party.speaks() || next > at + 1))
            {
                let mut speaker = self.speaker(party, at);
                let report = items[at..next].iter().any(|item| self.context.is_cue(item, CueClass::Report));
                self.carrier(&mut speaker, report);
                return Some(Hit { item: at, reach, speaker, weight, counts: report });
            }
            let named = items.get(next + 1).is_some_and(|item| self.context.is(item, Class::Of));
            if self.context.is_cue(item, CueClass::Same) && !named {
                return Some(Hit { item: at, reach, speaker: self.again(Tags::NONE, at)?, weight, counts: false });
            }
            if let Some((_, tags)) = self.context.class(item, Class::Pronoun) {
                return Some(Hit { item: at, reach, speaker: self.again(tags, at)?, weight, counts: false });
            }
            if matches!(item.what, What::Mark(',' | '.' | ';'))
                || self
                    .sentence
                    .verbs
                    .iter()
                    .any(|verb| verb.item == next && !matches!(verb.voice, Voice::Noun | Voice::Bare))
            {
                // "selon Jean Dupont, …": words only.
                let first = at + 1;
                if next > first {
                    let (cue, said) = self.cue_entry(at);
                    let speaker = Speaker {
                        id: None,
                        named: (self.index, items[first].first, items[next - 1].end),
                        tags: Tags::NONE,
                        citing: None,
                        via: vec![],
                        said,
                        cue,
                        at: (self.index, at),
                        confidence: 60,
                    };
                    return Some(Hit { item: at, reach, speaker, weight, counts: false });
                }
                return None;
            }
        }
        None
    }

    /// "le plus récent relevé de l'ONU montrait", "le bilan de la préfecture est de"
    fn report(&self, at: usize) -> Option<Hit> {
        let items = &self.sentence.items;
        let party = self.sentence.parties.iter().find(|party| party.first > at && party.first <= at + 6)?;
        let linked = items[at + 1..party.first].iter().all(|item| {
            let word = item.what == What::Words
                && (item.senses.is_empty()
                    || self.context.is(item, Class::Of)
                    || self.context.is(item, Class::By)
                    || self.context.is(item, Class::Determiner)
                    || self.context.is(item, Class::Adverb));
            word || self.context.is_cue(item, CueClass::Verb)
        });
        linked.then(|| Hit { item: at, reach: Reach::Right, speaker: self.speaker(party, at), weight: 7, counts: true })
    }

    /// An agency that only carries is no claimant; its own count makes it one.
    fn carrier(&self, speaker: &mut Speaker, report: bool) {
        let Some(id) = speaker.id.clone() else { return };
        let agency = self.shared.parties.get(&id).is_some_and(|party| party.kind == "agency");
        if agency && !report {
            speaker.via = vec![id];
            speaker.id = None;
            speaker.confidence = speaker.confidence.min(70);
        }
    }

    /// Who cites whom: "a affirmé X, citant l'état-major", "rapporte l'agence Y, citant le ministère".
    fn chain(&self, hits: &mut Vec<Hit>) {
        let items = &self.sentence.items;
        for (at, item) in items.iter().enumerate() {
            let carries = self.context.is_cue(item, CueClass::Carrier);
            let cites = self.context.is_cue(item, CueClass::Citing);
            if !(carries || cites) {
                continue;
            }
            let Some(party) = self.sentence.parties.iter().find(|party| party.first > at && party.first <= at + 4)
            else {
                continue;
            };
            let Some(id) = party.id.clone() else { continue };
            let Some(hit) = hits.iter_mut().min_by_key(|hit| hit.item.abs_diff(at)) else { continue };
            if carries {
                hit.speaker.via.push(id);
                continue;
            }
            let media = hit.speaker.id.as_deref().is_some_and(|id| id.starts_with("media"));
            if media || (hit.speaker.id.is_none() && !hit.speaker.via.is_empty()) {
                hit.speaker.via.extend(hit.speaker.id.take());
                hit.speaker.id = Some(id);
                hit.speaker.named = (self.index, items[party.first].first, items[party.end - 1].end);
            } else {
                hit.speaker.citing = Some((id, items[party.first].first, items[party.end - 1].end));
            }
        }
        // "rapporte TASS" beside a speaker of its own: the agency carries.
        let is_media = |hit: &Hit| hit.speaker.id.as_deref().is_some_and(|id| id.starts_with("media"));
        if hits.len() > 1 && hits.iter().any(is_media) && !hits.iter().all(is_media) {
            let carriers: Vec<String> =
                hits.iter().filter(|hit| is_media(hit)).filter_map(|hit| hit.speaker.id.clone()).collect();
            hits.retain(|hit| !is_media(hit));
            for hit in hits.iter_mut() {
                hit.speaker.via.extend(carriers.iter().cloned());
            }
        }
        for hit in hits.iter_mut() {
            if !hit.counts
                && hit
                    .speaker
                    .id
                    .as_deref()
                    .is_some_and(|id| self.shared.parties.get(id).is_some_and(|party| party.kind == "agency"))
            {
                self.carrier(&mut hit.speaker, false);
            }
        }
    }
}
