//! Reads a whole document: sentences, drafts, speakers, sides, dates, claims.
//!
//! In: the text with its papers, and a pack. Out: claims and refusals in order of place.
//!
//! A bulletin opens with a dated total; the tanks of its third sentence have no date of their own and lean on it. So sides,
//! speakers and dates are settled only when the whole document has been heard.

use super::draft::{Carry, Draft, Drafting};
use super::home::Home;
use super::make::{Made, Merging};
use super::settle::{Settled, Settling};
use super::speaker::Speakers;
use super::sure::Reasons;
use super::{Claim, Date, Refusal, Span};
use crate::clause::{Depth, Mood, Sentence, Setting};
use crate::kinds::Trait;
use crate::mention::{Context, Figure, Item, What};
use crate::pack::{Class, Pack, Shared, hint};
use crate::sentence::{self, Paragraph, Token};

/// Words of a heading that stands alone on its line.
const HEADING: usize = 4;

/// How many sentences a speaker may stand before what he says.
const REACH: usize = 10;

/// Paragraphs that may tell the day of the story.
const LEADS: usize = 3;

/// A paragraph of fewer tokens is a line above them.
const LINE: usize = 12;

/// Lines and paragraphs that may stand there.
const HEAD: usize = 16;

/// Sentences that may say what a story is about, below the lines of a menu.
const ABOUT: usize = 6;

/// Sentences above a table that may say what it tells of.
pub(super) const TITLE: usize = 3;

/// Hints of what the columns of a table may count.
const THINGS: u16 = hint::MATERIEL | hint::PEOPLE;

/// Parts the cells of a row.
const CELL: char = '|';

/// A draft whose words fit worse than this is no claim.
const WEAK: i32 = 3;

/// A sentence that has not been read yet: tokens `first..end`.
pub(super) struct Place {
    first: usize,
    end: usize,
    paragraph: usize,
    hints: u16,
    /// The publisher's own text.
    own: bool,
    /// A figure and something that can happen, or a line of a list.
    live: bool,
    /// A row of a table.
    row: bool,
    /// The number of the first that is live, from this one on.
    next_live: usize,
}

impl Place {
    pub(super) fn has(&self, any: u16) -> bool {
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
    /// Its address, which may tell a country or a party that speaks there.
    pub url: Option<&'p str>,
    /// Doubtful readings are kept, to be learnt from.
    pub doubtful: bool,
}

/// Splits a text into tokens and paragraphs.
pub fn tokens(text: &str, pack: &Pack) -> (Vec<Token>, Vec<Paragraph>) {
    let mut tokens = Vec::new();
    let paragraphs = sentence::paragraphs(text, pack, &mut tokens);
    (tokens, paragraphs)
}

impl<'p> Finding<'p> {
    /// Finds the claims of a document.
    pub fn find(&self, paragraphs: &[Paragraph]) -> (Vec<(Claim, Reasons)>, Vec<Refusal>) {
        let mut refusals = Vec::new();
        let (sentences, mut drafts) = self.drafts(paragraphs, &mut refusals);
        let mut claims = Vec::new();
        if !drafts.is_empty() {
            let events = self.events(&sentences);
            let home = self.home(&sentences, &events);
            self.recount(&sentences, &events, &home, &mut drafts);
            let speakers = Speakers::find(&self.context, self.shared, &sentences, self.published);
            let asides = self.asides(paragraphs, &sentences, &drafts);
            let settled = Settling::settle(self, (&sentences, &asides), &speakers, (&events, &home), drafts);
            claims = self.claims(&sentences, &settled, &home, &mut refusals);
        }
        refusals.sort_by(|a, b| (a.span, &a.reason).cmp(&(b.span, &b.reason)));
        refusals.dedup_by_key(|refusal| refusal.span);
        refusals.retain(|refusal| claims.binary_search_by_key(&refusal.span, |(claim, _)| claim.span).is_err());
        (claims, refusals)
    }

    /// The sentences that could matter, as far as they have to be read.
    pub fn sentences(&self, paragraphs: &[Paragraph]) -> Vec<Sentence<'p>> {
        self.drafts(paragraphs, &mut vec![]).0
    }

    /// The sentences that could matter, with their drafts. Until a document has a draft nobody in it needs to be heard, and
    /// most documents have none: then only figures are looked at, for the reasons why they are no claims.
    fn drafts(&self, paragraphs: &[Paragraph], refusals: &mut Vec<Refusal>) -> (Vec<Sentence<'p>>, Vec<Draft<'p>>) {
        let setting = Setting { pack: self.context.pack, shared: self.shared, published: self.published };
        let places = self.places(paragraphs);
        let mut sentences: Vec<Sentence<'p>> = Vec::with_capacity(places.len());
        let (mut drafts, mut carry, mut ill): (_, Option<Carry>, _) = (Vec::new(), None, false);
        for (number, place) in places.iter().enumerate() {
            let worth = self.worth(&places, number);
            if worth == Depth::Unread {
                continue;
            }
            // Made where it stays: it is large.
            let index = sentences.len();
            sentences.push(Sentence::new(place.first, place.end, place.paragraph, worth));
            let (above, sentence) = sentences.split_at_mut(index);
            let sentence = &mut sentence[0];
            // The head of a table has no figure, and tells what those below count.
            sentence.heads_table = !place.row && places.get(number + 1).is_some_and(|next| next.row);
            let table = place.row || (sentence.heads_table && place.has(hint::OUTCOME | THINGS));
            if place.row {
                // What the columns of a table tell of may stand just above it.
                above.iter_mut().rev().take(TITLE).for_each(|above| above.read(&self.context, setting, Depth::Figures));
            }
            let told = carry.is_some() || !drafts.is_empty() || table;
            if told || self.may_have_figures(place) {
                sentence.read(&self.context, setting, Depth::Figures);
            }
            if worth == Depth::Figures {
                self.refused_figures(sentence, Some(if place.own { "boilerplate" } else { "no_outcome" }), refusals);
                sentences.pop();
                continue;
            }
            if told || self.may_count(sentence) {
                sentence.read(&self.context, setting, Depth::Groups);
            }
            // Those above may have been read only now.
            ill = ill || self.tells_of(&sentences[index.saturating_sub(TITLE)..], Class::Illness) > 0;
            let drafting = Drafting { context: self.context, kinds: &self.shared.kinds, sentences: &sentences, ill };
            let left = drafting.read(index, &mut drafts, &mut carry);
            let sentence = &sentences[index];
            for group in left {
                refusals.push(self.refusal(sentence, sentence.groups[group.group].span, group.reason));
            }
            self.refused_figures(sentence, None, refusals);
        }
        if !drafts.is_empty() {
            for sentence in &mut sentences {
                sentence.read(&self.context, setting, Depth::Groups);
            }
        }
        (sentences, drafts)
    }

    /// The sentences between the others that name a day: "Le car s'est couché samedi soir." gives no figure, and says when.
    /// Those at the head are read, and those beside a figure that has no day of its own.
    fn asides(&self, paragraphs: &[Paragraph], sentences: &[Sentence<'p>], drafts: &[Draft<'p>]) -> Vec<Sentence<'p>> {
        let open = drafts.iter().map(|draft| &sentences[draft.sentence]).filter(|sentence| sentence.dates.is_empty());
        let open: Vec<usize> = open.map(|sentence| sentence.paragraph).collect();
        if open.is_empty() {
            return vec![];
        }
        let setting = Setting { pack: self.context.pack, shared: self.shared, published: self.published };
        let (mut asides, mut ends, mut leads) = (Vec::new(), Vec::new(), 0);
        for (number, paragraph) in paragraphs.iter().enumerate() {
            leads += usize::from(paragraph.end - paragraph.first >= LINE);
            let wanted = (leads <= LEADS && number < HEAD) || open.binary_search(&number).is_ok();
            if paragraph.hints & hint::TIME == 0 || !wanted {
                continue;
            }
            sentence::sentence_ends(self.context.text, self.context.pack, self.context.tokens, paragraph, &mut ends);
            let mut first = paragraph.first;
            for &end in &ends {
                let tokens = &self.context.tokens[first..end];
                // The archive's words may end inside the first sentence.
                let open = first + tokens.partition_point(|token| self.is_own(token.start));
                let tokens = &self.context.tokens[open..end];
                let read = sentences.binary_search_by_key(&open, |sentence| sentence.first).is_ok();
                if sentence::hints(tokens) & hint::TIME != 0 && !read && open < end {
                    let mut aside = Sentence::new(open, end, number, Depth::Figures);
                    aside.read(&self.context, setting, Depth::Figures);
                    asides.extend(Some(aside).filter(|aside| !aside.dates.is_empty()));
                }
                first = end;
            }
        }
        asides
    }

    /// Whether a byte is in the publisher's own text.
    fn is_own(&self, start: u32) -> bool {
        let before = self.boilerplate.partition_point(|span| span.start <= start);
        self.boilerplate[..before].last().is_some_and(|span| start < span.end)
    }

    /// How far a sentence is worth reading: those with a figure and an outcome, and those that go on with a list, wholly;
    /// those just before, where a speaker may begin, for their voices.
    fn worth(&self, places: &[Place], number: usize) -> Depth {
        let place = &places[number];
        let before = number.saturating_sub(1);
        let before_live = || places[before].next_live <= before + REACH;
        match place {
            Place { own: true, .. } if place.has(hint::NUMBER) => Depth::Figures,
            Place { own: true, .. } => Depth::Unread,
            Place { live: true, .. } => Depth::Groups,
            _ if place.has(hint::VOICE | hint::OUTCOME) && before_live() => Depth::Voices,
            _ if place.has(hint::NUMBER) && place.has(hint::PEOPLE) => Depth::Figures,
            // What a story is about its head tells, read once a figure is found.
            _ if number < LEADS || number < ABOUT && place.end - place.first >= LINE => Depth::Voices,
            _ => Depth::Unread,
        }
    }

    /// Whether a sentence may have a figure that counts or is refused, or head a list. An article is refused nowhere and
    /// counts only where something is told, but it may stand in a date.
    fn may_have_figures(&self, place: &Place) -> bool {
        let heads = || {
            let alone = place.end - place.first <= HEADING;
            alone || self.context.tokens[place.end - 1].mark() == Some(':')
        };
        place.has(hint::COUNT)
            || (place.has(hint::ARTICLE) && place.has(hint::TOLD | hint::TIME))
            || (place.has(hint::TOLD) && heads())
    }

    /// Whether a sentence whose figures are found may have a draft, a heading for the next, or a figure to refuse. An
    /// article counts only where an outcome is told.
    fn may_count(&self, sentence: &Sentence<'p>) -> bool {
        let counts = |figure: &&Figure| figure.refused.is_none() && figure.value().is_some();
        let mut figures = sentence.figures.iter().filter(counts).peekable();
        let heads = sentence.items.len() == 1 || sentence.items.last().is_some_and(|item| item.what == What::Mark(':'));
        let open = figures.peek().is_some() || heads;
        let tells = |item: &Item<'_>| {
            self.context.outcome(item).is_some()
                || self.context.counted(item).is_some_and(|(_, _, counted)| counted.outcome.is_some())
        };
        figures.any(|figure| !figure.low.make.article)
            || sentence.items.iter().any(|item| self.context.is(item, Class::None) || (open && tells(item)))
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
            let mut next = 0;
            while let Some(&end) = ends.get(next) {
                let tokens = &self.context.tokens[first..end];
                while let Some(span) = own_text.next_if(|span| span.start <= tokens[0].start) {
                    own_end = own_end.max(span.end);
                }
                let own = tokens[0].start < own_end;
                // " date 2022-11 Douze soldats ont été tués.": the archive's words end inside the first sentence.
                let head = if places.is_empty() { tokens.partition_point(|token| token.start < own_end) } else { 0 };
                let end = if own && head > 0 { first + head } else { end };
                let tokens = &self.context.tokens[first..end];
                next += usize::from(end == ends[next]);
                let whole = ends.len() == 1 && end == paragraph.end && first == paragraph.first;
                let hints = if whole { paragraph.hints } else { sentence::hints(tokens) };
                let figure = hints & hint::NUMBER != 0;
                let row = whole && tokens.iter().any(|token| token.mark() == Some(CELL));
                let colon = tokens[tokens.len() - 1].mark() == Some(':');
                let alone = whole && end - first <= HEADING;
                let heads = ((row || colon || alone) && hints & hint::OUTCOME != 0) || (row && hints & THINGS != 0);
                // Between the head of a table and its rows may stand a line of dashes.
                let follows = |last: &Place| last.end == first || (row && last.row);
                let goes_on = places.last().is_some_and(|last| last.live && follows(last)) && figure;
                let live = !own && (heads || goes_on || (figure && hints & (hint::OUTCOME | hint::MATERIEL) != 0));
                places.push(Place { first, end, paragraph: number, hints, own, live, row, next_live: usize::MAX });
                first = end;
            }
        }
        let mut next_live = usize::MAX;
        for (number, place) in places.iter_mut().enumerate().rev() {
            next_live = if place.live { number } else { next_live };
            place.next_live = next_live;
        }
        places
    }

    /// Whether a day was over for years when the document was published.
    fn is_past(&self, day: Option<Date>) -> bool {
        let years = |date: Date| date.last_day().map(|day| day.year());
        let now = self.published.and_then(years);
        day.and_then(years).zip(now).is_some_and(|(then, now)| then + 1 < now)
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

    /// Makes the claims of settled drafts, in order of place; those that are no claims become refusals.
    fn claims(
        &self,
        sentences: &[Sentence<'p>],
        settled: &[Settled<'p>],
        home: &Home,
        refusals: &mut Vec<Refusal>,
    ) -> Vec<(Claim, Reasons)> {
        let mut places: Vec<(Span, u8, usize)> = Vec::new();
        for (number, Settled { draft, speaker, side, time, .. }) in settled.iter().enumerate() {
            let sentence = &sentences[draft.sentence];
            let span = sentence.groups[draft.group].span;
            let reason = match draft.mood {
                Mood::Unreal => "unreal",
                // "La répression se poursuivra jusqu'en 1981 et fera 2 300 morts": told as if it were to come.
                Mood::Forecast if !self.is_past(time.to) => "forecast",
                _ if draft.score < WEAK => "weak",
                _ => {
                    places.extend((0..side.roots.len()).map(|n| (span, n as u8, number)));
                    continue;
                }
            };
            let forecaster = speaker.as_ref().filter(|_| draft.mood == Mood::Forecast);
            let claimant = forecaster.and_then(|speaker| speaker.id.clone());
            refusals.push(Refusal { claimant, ..self.refusal(sentence, span, reason) });
        }
        places.sort_unstable();
        let soldiers = self.shared.kinds.people(Trait::Armed).unwrap_or_default();
        let play = self.tells_of(sentences, Class::Play);
        let mut merging = Merging::with_room(places.len());
        for (span, n, number) in places {
            let nowhere = home.nowhere;
            let made = Made { sentences, settled: &settled[number], soldiers, n, nowhere, play };
            let reasons = made.reasons();
            if made.is_doubtful(&reasons) && !self.doubtful {
                refusals.push(self.refusal(made.sentence(), span, "weak"));
                continue;
            }
            self.merge(&mut merging, made, reasons);
        }
        merging.claims
    }
}
