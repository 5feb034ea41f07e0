//! Reads a whole document: sentences, drafts, speakers, sides, dates, claims.
//!
//! In: the text with its papers, and a pack. Out: claims and refusals in order of place.
//!
//! A bulletin opens with a dated total; the tanks of its third sentence have no date of their own and lean on it. So sides,
//! speakers and dates are settled only when the whole document has been heard.

use super::draft::{Carry, Draft, Drafting};
use super::home::Home;
use super::make::{Made, Merging};
use super::side::{Side, Siding, Slot};
use super::speaker::{Speaker, Speakers};
use super::when::{Time, Timing};
use super::{Claim, Date, Refusal, Span};
use crate::clause::{Depth, Join, Mood, Sentence, Setting, root};
use crate::mention::Context;
use crate::pack::hint;
use crate::pack::{Event, Kinds, Pack, Shared};
use crate::sentence::{self, Paragraph, Token};
use std::collections::BTreeMap;

/// How many sentences a speaker may stand before what he says.
const REACH: usize = 10;

/// A sentence that has not been read yet: tokens `first..end`.
pub(super) struct Place {
    first: usize,
    end: usize,
    paragraph: usize,
    hints: u8,
    /// The publisher's own text.
    own: bool,
    /// A figure and something that can happen, or a line of a list.
    live: bool,
}

impl Place {
    pub(super) fn has(&self, any: u8) -> bool {
        self.hints & any != 0
    }
}

/// A document while it is read.
pub struct Finding<'p> {
    /// Text, tokens, pack.
    pub context: Context<'p>,
    /// Facts.
    pub shared: &'p Shared,
    /// Day of publication.
    pub published: Option<Date>,
    /// The publisher's own text.
    pub boilerplate: &'p [Span],
    /// The party whose site or channel it was published on.
    pub host: Option<&'p str>,
}

/// Splits a text into tokens and paragraphs.
pub fn tokens(text: &str, pack: &Pack) -> (Vec<Token>, Vec<Paragraph>) {
    let mut tokens = Vec::new();
    let paragraphs = sentence::paragraphs(text, pack, &mut tokens);
    (tokens, paragraphs)
}

impl<'p> Finding<'p> {
    /// Finds the claims of a document.
    pub fn find(&self, paragraphs: &[Paragraph]) -> (Vec<Claim>, Vec<Refusal>) {
        let mut refusals = Vec::new();
        let sentences = self.sentences(paragraphs, &mut refusals);
        let kinds = &self.shared.kinds;
        let drafting = Drafting { context: self.context, kinds, sentences: &sentences };
        let mut drafts = Vec::new();
        let mut carry: Option<Carry> = None;
        for (index, sentence) in sentences.iter().enumerate() {
            let left = drafting.read(index, &mut drafts, &mut carry);
            for group in left {
                refusals.push(self.refusal(sentence, sentence.groups[group.group].span, group.reason));
            }
            self.refused_figures(sentence, None, &mut refusals);
        }
        let mut claims = Vec::new();
        if !drafts.is_empty() {
            let events = self.events(&sentences);
            let home = self.home(&sentences, &events);
            for draft in drafts.iter_mut().filter(|draft| home.migrants && draft.counted == "person") {
                draft.counted = "migrant";
            }
            let speakers = Speakers::find(&self.context, self.shared, &sentences);
            claims = self.claims(&sentences, &drafts, &speakers, events, home, &mut refusals);
        }
        refusals.sort_by(|a, b| (a.span, &a.reason).cmp(&(b.span, &b.reason)));
        refusals.dedup_by_key(|refusal| refusal.span);
        refusals.retain(|refusal| claims.binary_search_by_key(&refusal.span, |claim| claim.span).is_err());
        (claims, refusals)
    }

    /// The sentences that could matter: those with a figure and an outcome, those that go on with a list, and those just
    /// before, where a speaker may begin.
    pub fn sentences(&self, paragraphs: &[Paragraph], refusals: &mut Vec<Refusal>) -> Vec<Sentence<'p>> {
        let setting = Setting { pack: self.context.pack, shared: self.shared, published: self.published };
        let places = self.places(paragraphs);
        let mut sentences = Vec::new();
        for (number, place) in places.iter().enumerate() {
            let depth = if place.own {
                if !place.has(hint::NUMBER) {
                    continue;
                }
                Depth::Figures
            } else if place.live {
                Depth::Groups
            } else if place.has(hint::VOICE | hint::OUTCOME)
                && places[number.saturating_sub(1)..].iter().take(REACH + 1).any(|next| next.live)
            {
                Depth::Voices
            } else if place.has(hint::NUMBER) && place.has(hint::PEOPLE) {
                Depth::Figures
            } else {
                continue;
            };
            let sentence = Sentence::read(&self.context, setting, place.first, place.end, place.paragraph, depth);
            if depth == Depth::Figures {
                self.refused_figures(&sentence, Some(if place.own { "boilerplate" } else { "no_outcome" }), refusals);
            } else {
                sentences.push(sentence);
            }
        }
        sentences
    }

    /// Every sentence of the paragraphs that say anything, with the hints of its words.
    pub(super) fn places(&self, paragraphs: &[Paragraph]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut ends = Vec::new();
        // Spans of the publisher's own text that begin before the sentence at hand; they are in order.
        let (mut own_text, mut own_end) = (self.boilerplate.iter().peekable(), 0);
        for (number, paragraph) in paragraphs.iter().enumerate() {
            if paragraph.hints & (hint::NUMBER | hint::OUTCOME | hint::VOICE) == 0 {
                continue;
            }
            sentence::sentence_ends(self.context.text, self.context.pack, self.context.tokens, paragraph, &mut ends);
            let mut first = paragraph.first;
            for &end in &ends {
                let tokens = &self.context.tokens[first..end];
                let hints = if ends.len() == 1 { paragraph.hints } else { sentence::hints(self.context.pack, tokens) };
                while let Some(span) = own_text.next_if(|span| span.start <= tokens[0].start) {
                    own_end = own_end.max(span.end);
                }
                let own = tokens[0].start < own_end;
                let figure = hints & hint::NUMBER != 0;
                let heads = tokens[tokens.len() - 1].mark() == Some(':') && hints & hint::OUTCOME != 0;
                let goes_on = places.last().is_some_and(|last| last.live && last.end == first) && figure;
                let live = !own && (heads || goes_on || (figure && hints & (hint::OUTCOME | hint::MATERIEL) != 0));
                places.push(Place { first, end, paragraph: number, hints, own, live });
                first = end;
            }
        }
        places
    }

    fn refusal(&self, sentence: &Sentence<'p>, span: Span, reason: &str) -> Refusal {
        Refusal { span, reason: reason.to_owned(), because: span, claimant: None, quote: sentence.span }
    }

    /// Figures that count nothing by themselves, and all others for the reason why their sentence was not read on.
    fn refused_figures(&self, sentence: &Sentence<'p>, others: Option<&str>, refusals: &mut Vec<Refusal>) {
        for figure in &sentence.figures {
            let span = self.context.span_of(figure.first, figure.end);
            match figure.refused {
                _ if figure.low.make.article => {}
                Some((reason, first, end)) => {
                    refusals.push(Refusal {
                        because: self.context.span_of(first, end),
                        ..self.refusal(sentence, span, reason)
                    });
                }
                None => refusals.extend(others.map(|reason| self.refusal(sentence, span, reason))),
            }
        }
        for &(first, end, reason) in &sentence.taken {
            refusals.push(self.refusal(sentence, self.context.span_of(first, end), reason));
        }
    }

    pub(super) fn claims(
        &self,
        sentences: &[Sentence<'p>],
        drafts: &[Draft<'p>],
        speakers: &Speakers,
        events: Vec<&'p Event>,
        home: Home,
        refusals: &mut Vec<Refusal>,
    ) -> Vec<Claim> {
        let kinds: &Kinds = &self.shared.kinds;
        let siding = Siding { context: self.context, shared: self.shared, sentences, events: events.clone(), home };
        let timing =
            Timing { context: self.context, shared: self.shared, sentences, published: self.published, events };
        let incident = timing.incident();
        let war = timing.events.first().is_some_and(|event| event.kind == "war" || event.kind == "operation");
        // The last running total with a period that each speaker opened.
        let mut opened: BTreeMap<String, usize> = BTreeMap::new();
        let mut sides: Vec<Option<Side>> = Vec::with_capacity(drafts.len());
        let mut told: Vec<(Option<Speaker>, Time)> = Vec::with_capacity(drafts.len());
        for draft in drafts {
            let sentence = &sentences[draft.sentence];
            let group = &sentence.groups[draft.group];
            let mut speaker = speakers.at(sentence, draft.sentence, group.at);
            if let Some((index, item)) = draft.heading.filter(|_| !speakers.is_heard(draft.sentence)) {
                speaker = speakers.at(&sentences[index], index, item);
            }
            // A line of a list has the speaker of the list.
            if let Some(leans) = draft.leans.filter(|_| speaker.is_none() && !speakers.is_heard(draft.sentence)) {
                speaker = told.get(leans).and_then(|(speaker, _): &(Option<Speaker>, Time)| speaker.clone());
            }
            if speaker.is_none() && !speakers.is_heard(draft.sentence) {
                speaker = self.host_speaks(draft.sentence);
            }
            if let Some(speaker) = &mut speaker {
                self.settle(speaker, sentences, draft.sentence);
            }
            let (slot, words, rule) = siding.slot(draft, kinds, drafts);
            let (mut roots, mut score) = siding.resolve(&slot, speaker.as_ref(), &sides);
            if let Some(each) = self.each(sentence, group.at) {
                (roots, score) = (each, 2);
            }
            let (roots, score, rule) = self.own_people(roots, score, rule, draft, speaker.as_ref(), kinds);
            // "a reconnu la mort de onze soldats": one admits the loss of one's own.
            let admits = speaker.as_ref().and_then(|speaker| speaker.cue).is_some_and(
                |cue| matches!(&self.context.pack.entries[cue as usize].data, crate::pack::Data::Cue(cue) if cue.own),
            );
            let own = speaker.as_ref().and_then(|speaker| speaker.id.as_deref()).map(root);
            let (roots, score, rule) = match own {
                Some(own) if admits && roots == [None] => (vec![Some(own.to_owned())], score, "admits"),
                _ => (roots, score, rule),
            };
            let (roots, score, rule) = siding.own_soldiers(roots, score, rule, draft, speaker.as_ref());
            let (roots, score, rule) = siding.announced(roots, score, rule, draft, speaker.as_ref());
            let words = words.or_else(|| match slot {
                Slot::SameAs(leans) => sides.get(leans).and_then(|side| side.as_ref()).and_then(|side| side.words),
                _ => None,
            });
            let inherits = |leans: usize| sides[leans].as_ref().is_some_and(|side| side.soldiers);
            let soldiers = siding.soldiers(draft, rule)
                || matches!(slot, Slot::SameAs(leans) if draft.thing.is_none() && draft.counted == "person" && inherits(leans));
            sides.push(Some(Side { roots, words, score, rule, soldiers }));
            let mut time = timing.time(draft, speaker.as_ref());
            if let Some((index, item)) = draft.heading.filter(|_| !time.told) {
                let of_heading = timing.time_at(draft, index, item, speaker.as_ref());
                time = Time { words: vec![], ..of_heading };
            }
            let period = speaker.as_ref().and_then(|speaker| opened.get(speaker.id.as_deref()?));
            let period = period.map(|&at| &told[at].1);
            self.lean(&mut time, draft, drafts, &told, sentences, speaker.as_ref(), period, war);
            if time.told
                && time.scope == "cumulative"
                && let Some(id) = speaker.as_ref().and_then(|speaker| speaker.id.clone())
            {
                opened.insert(id, told.len());
            }
            if time.scope == "incident" && time.from.is_none() && draft.join != Join::Instead {
                (time.from, time.to) = (incident, incident);
            }
            told.push((speaker, time));
        }
        self.echo(sentences, drafts, &mut told, &mut sides);
        let mut merging = Merging::default();
        let mut places: Vec<(Span, u8, usize)> = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let sentence = &sentences[draft.sentence];
            let group = &sentence.groups[draft.group];
            let (speaker, _) = &told[number];
            let reason = match draft.mood {
                Mood::Unreal => Some("unreal"),
                Mood::Forecast => Some("forecast"),
                _ if draft.score < 3 => Some("weak"),
                _ => None,
            };
            if let Some(reason) = reason {
                let claimant = speaker.as_ref().and_then(|speaker| speaker.id.clone()).filter(|_| reason == "forecast");
                refusals.push(Refusal { claimant, ..self.refusal(sentence, group.span, reason) });
                continue;
            }
            let roots = sides[number].as_ref().map_or(1, |side| side.roots.len());
            places.extend((0..roots).map(|n| (group.span, n as u8, number)));
        }
        places.sort_unstable();
        let untold = Side { roots: vec![None], words: None, score: 0, rule: "untold", soldiers: false };
        for (_, n, number) in places {
            let (draft, (speaker, time)) = (&drafts[number], &told[number]);
            let side = sides[number].as_ref().unwrap_or(&untold);
            self.merge(&mut merging, Made { sentences, draft, speaker: speaker.as_ref(), time, side, n });
        }
        merging.claims
    }
}
