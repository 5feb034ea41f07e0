//! Says who gives each figure.
//!
//! In: the sentences of a document in order. Out: for any item of any sentence its [`Speaker`].
//!
//! "Il a précisé que la Karsénie avait perdu douze navires": the speaker is in the sentence before, and is masculine, so
//! it is "le commandement" and not "la Karsénie". Only words of saying count: where paragraphs break does not.

mod carry;
mod chain;
mod cue;
mod hear;
mod names;
mod office;
mod preposition;
mod quotes;
mod unnamed;

use carry::is_history;
use hear::Listening;
use names::Names;
pub(super) use office::Offices;
use quotes::Quotes;

use super::Date;
use crate::clause::{Naming, PartyGroup, STATE, Sentence, Voice, root};
use crate::mention::{Context, Item, What};
use crate::pack::{CueClass, Mask, Shared, Tags};

/// Hundredths: the most that is given to an office whose country stands elsewhere.
pub const OFFICE: u8 = 80;

/// What somebody does with a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stance {
    /// Puts it forward.
    Gives,
    /// "n'a pas confirmé la mort de": says nothing of it.
    Silent,
    /// "a démenti la mort de": the word of saying tells what, of the figure of another.
    Contests,
}

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
    /// What it does with the figure.
    pub stance: Stance,
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
    /// The part that begins here, right before it: "…, dont 32 seraient morts d'après X"
    Part(usize),
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
    /// Nobody goes on with it: "n'a pas donné de bilan", and under a figure "(selon la Valdorie)".
    alone: bool,
}

impl Hit {
    fn new(item: usize, reach: Reach, speaker: Speaker, weight: i32) -> Hit {
        Hit { item, reach, speaker, weight, counts: false, alone: false }
    }
}

/// Who speaks, sentence by sentence.
pub struct Speakers {
    hits: Vec<Vec<Hit>>,
    /// Speaker that a sentence without a word of saying goes on with.
    carried: Vec<Option<Speaker>>,
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
    let listening = Listening { context, shared, sentence, index, recent: &[], names: &Names::default() };
    let party = sentence.parties.first()?;
    bulletin.then(|| Speaker { confidence: 75, ..listening.speaker(party, party.first) })
}

/// The institution whose report this is: between brackets before the dash of a date line, and no agency.
fn date_line(context: &Context<'_>, shared: &Shared, sentences: &[Sentence<'_>]) -> Option<Speaker> {
    let mut heads = sentences.iter().enumerate().take(3);
    heads.find_map(|(index, sentence)| {
        let mark = |at: usize, marks: &[char]| {
            matches!(sentence.items.get(at).map(|item| item.what), Some(What::Mark(mark)) if marks.contains(&mark))
        };
        let party = sentence.parties.iter().find(|party| {
            let bracketed = party.first > 0 && mark(party.first - 1, &['(']) && mark(party.end, &[')']);
            bracketed && mark(party.end + 1, &['-', '\u{2013}', '\u{2014}']) && party.end < 12
        })?;
        let id = party.id.as_deref().filter(|id| !context.pack.kind_of(shared, id).carries)?;
        let state = shared.is_country(id) || id.starts_with(STATE);
        let listening = Listening { context, shared, sentence, index, recent: &[], names: &Names::default() };
        (!state).then(|| Speaker { confidence: 75, ..listening.speaker(party, party.first) })
    })
}

/// "Dans son rapport publié mardi, le Comité brosse": right behind the comma that ends what the sentence opens with.
fn opens(sentence: &Sentence<'_>, party: &PartyGroup) -> bool {
    let comma = party.first.checked_sub(2).filter(|&at| sentence.items[at].what == What::Mark(','));
    let other = |at: usize| sentence.items[..at].iter().any(|item| item.what == What::Mark(','));
    comma.is_some_and(|at| !other(at)) && sentence.groups.is_empty()
}

impl Speakers {
    /// Listens to a document.
    pub fn find(
        context: &Context<'_>,
        shared: &Shared,
        sentences: &[Sentence<'_>],
        published: Option<Date>,
    ) -> Speakers {
        let (hits, carried) = (Vec::with_capacity(sentences.len()), Vec::with_capacity(sentences.len()));
        let mut speakers = Speakers { hits, carried };
        let own = letterhead(context, shared, sentences).or_else(|| date_line(context, shared, sentences));
        let mut recent: Vec<Speaker> = Vec::new();
        let mut names = Names::default();
        let mut quotes = Quotes::default();
        for (index, sentence) in sentences.iter().enumerate() {
            let listening = Listening { context, shared, sentence, index, recent: &recent, names: &names };
            let cues = if sentence.may_be(Mask::CUE) { &sentence.items[..] } else { &[] };
            let back = cues.iter().take(3).any(|item| context.is_cue(item, CueClass::Back));
            let reset = cues.iter().take(6).any(|item| context.is_cue(item, CueClass::Reset));
            let mut hits = listening.hits();
            let mut learned = listening.bearers(&hits);
            learned.extend(listening.short_names());
            let (begins_quoting, quoted) = quotes.read(sentence, index);
            if let Some((first, close)) = quoted
                && let Some(hit) = hits.iter().find(|hit| hit.item > close && hit.reach == Reach::Left)
            {
                // "« Nous comptons 12 morts. Aucun survivant », a dit X": all that is quoted is X's.
                let nobody = |hits: &&mut Vec<Hit>| hits.iter().all(|hit| hit.speaker.id.is_none());
                for before in speakers.hits[first..].iter_mut().filter(nobody) {
                    // "selon de premières données": inside his words, nobody else's.
                    before.clear();
                    before.push(Hit { reach: Reach::Whole, weight: 6, ..hit.clone() });
                }
            }
            // "Ce bilan a été dressé par X": a sentence without a figure.
            let of_report =
                |item: &Item<'_>| context.is_cue(item, CueClass::Report) || context.is_cue(item, CueClass::Same);
            let told_of = sentence.groups.is_empty() && cues.iter().take(3).any(of_report);
            // "8 000 morts", and on a line of its own "(selon la Valdorie)"
            let bracketed = sentence.groups.is_empty()
                && cues.first().is_some_and(|item| item.what == What::Mark('('))
                && cues.get(1).is_some_and(|item| context.is_cue(item, CueClass::Preposition));
            hits.iter_mut().for_each(|hit| hit.alone |= bracketed);
            let back = back || bracketed || (told_of && hits.first().is_some_and(|hit| hit.reach == Reach::Whole));
            if let (true, Some(hit), true) = (back, hits.first(), index > 0) {
                // "C'est ce qu'a annoncé X": X gave what the sentence before says.
                let hit = Hit { reach: Reach::Whole, weight: 6, ..hit.clone() };
                if speakers.hits[index - 1].is_empty() {
                    speakers.hits[index - 1].push(hit);
                }
            }
            let goes_on = hits.is_empty() && !reset && index > 0 && !is_history(context, shared, sentence, published);
            let mut carried = match goes_on {
                true if begins_quoting => {
                    let last = recent.last().cloned();
                    last.map(|speaker| Speaker { confidence: speaker.confidence.min(75), ..speaker })
                }
                true => speakers.carry(context, sentences, index),
                false => None,
            };
            // "L'Uruguay a pour sa part perdu": of another actor the reporter tells.
            let turns = sentence.parties.iter().find(|party| party.speaks() && party.first <= 1);
            let turns = turns.filter(|_| !begins_quoting).and_then(|party| party.root());
            carried.take_if(|speaker| {
                turns.is_some_and(|other| speaker.id.as_deref().is_some_and(|id| root(id) != other))
            });
            let mut subject = None;
            if hits.is_empty()
                && let Some(party) = sentence
                    .parties
                    .iter()
                    .find(|party| {
                        party.speaks() && party.how != Naming::Source && (party.first <= 3 || opens(sentence, party))
                    })
                    .filter(|party| !listening.is_where(party))
            {
                // Who is named at the head of a sentence is who "il" is in the next.
                subject = Some(Speaker { confidence: 70, ..listening.speaker(party, party.first) });
            }
            if reset {
                recent.clear();
                hits.clear();
            }
            recent.extend(subject);
            // "selon un bilan provisoire": nobody whom "il" could mean.
            let told = hits.iter().filter(|hit| hit.weight != preposition::BARE);
            recent.extend(told.map(|hit| hit.speaker.clone()));
            names.extend(learned);
            let from = recent.len().saturating_sub(6);
            recent.drain(..from);
            speakers.hits.push(hits);
            speakers.carried.push(carried.or_else(|| own.clone().filter(|_| !reset)));
        }
        speakers
    }

    /// Who gives what stands at this item; `None` is the reporter.
    pub fn at(&self, sentence: &Sentence<'_>, index: usize, item: usize) -> Option<Speaker> {
        let best = self.heard(sentence, index, item, |_| true);
        best.or_else(|| self.carried.get(index)?.clone())
    }

    /// Who gives a figure that somebody else contests: "a démenti le bilan de douze morts publié par l'ONU".
    pub fn author(&self, sentence: &Sentence<'_>, index: usize, item: usize) -> Option<Speaker> {
        self.heard(sentence, index, item, |speaker| speaker.stance == Stance::Gives)
    }

    fn heard(
        &self,
        sentence: &Sentence<'_>,
        index: usize,
        item: usize,
        wanted: impl Fn(&Speaker) -> bool,
    ) -> Option<Speaker> {
        let hits = self.hits.get(index)?;
        let best = hits
            .iter()
            .filter(|hit| wanted(&hit.speaker))
            .filter_map(|hit| {
                let between = hits.iter().filter(|other| {
                    let (low, high) = (item.min(hit.item), item.max(hit.item));
                    low < other.item && other.item < high && other.item != hit.item
                });
                let cost = 3 * between.count() as i32 + sentence.clauses.crossed(hit.item, item).min(4) / 2;
                let fits = match hit.reach {
                    Reach::Right => hit.item < item,
                    Reach::Left => item < hit.item,
                    Reach::Part(first) => first <= item && item < hit.item,
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
            _ => None,
        }
    }

    /// Whether anybody is heard in a sentence.
    pub fn is_heard(&self, index: usize) -> bool {
        self.hits.get(index).is_some_and(|hits| !hits.is_empty())
    }
}
