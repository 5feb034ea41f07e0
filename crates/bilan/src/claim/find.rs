//! Reads a whole document: sentences, drafts, speakers, sides, dates, claims.
//!
//! In: the text with its papers, and a pack. Out: claims and refusals in order of place.
//!
//! A bulletin opens with a dated total; the tanks of its third sentence have no date of their own and lean on it. So sides,
//! speakers and dates are settled only when the whole document has been heard.

use super::arc::{Carry, Draft, Drafting};
use super::side::{Side, Siding, Slot};
use super::speaker::{Speaker, Speakers};
use super::when::{Time, Timing};
use super::{Claim, Confidence, Contest, Date, Quote, Refusal, Span, Step, Value};
use crate::clause::{Depth, Join, Mood, Sentence, Setting, root};
use crate::mention::Context;
use crate::pack::hint;
use crate::pack::{Class, Event, How, Kinds, Pack, Shared};
use crate::sentence::{self, Paragraph, Token};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// How many sentences a speaker may stand before what he says.
const REACH: usize = 10;

/// A sentence that has not been read yet: tokens `first..end`.
struct Place {
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
    fn has(&self, any: u8) -> bool {
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
            let speakers = Speakers::find(&self.context, self.shared, &sentences);
            claims = self.claims(&sentences, &drafts, &speakers, &mut refusals);
        }
        refusals.sort_by_key(|refusal| (refusal.span, refusal.reason.clone()));
        refusals.dedup_by_key(|refusal| refusal.span);
        refusals.retain(|refusal| !claims.iter().any(|claim| claim.span == refusal.span));
        (claims, refusals)
    }

    fn is_boilerplate(&self, start: usize) -> bool {
        self.boilerplate.iter().any(|span| (span.start as usize) <= start && start < span.end as usize)
    }

    /// The sentences that could matter: those with a figure and an outcome, those that go on with a list, and those just
    /// before, where a speaker may begin.
    fn sentences(&self, paragraphs: &[Paragraph], refusals: &mut Vec<Refusal>) -> Vec<Sentence<'p>> {
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
    fn places(&self, paragraphs: &[Paragraph]) -> Vec<Place> {
        let mut places: Vec<Place> = Vec::new();
        let mut ends = Vec::new();
        for (number, paragraph) in paragraphs.iter().enumerate() {
            if paragraph.hints & (hint::NUMBER | hint::OUTCOME | hint::VOICE) == 0 {
                continue;
            }
            sentence::sentence_ends(self.context.text, self.context.pack, self.context.tokens, paragraph, &mut ends);
            let mut first = paragraph.first;
            for &end in &ends {
                let tokens = &self.context.tokens[first..end];
                let hints = if ends.len() == 1 { paragraph.hints } else { sentence::hints(self.context.pack, tokens) };
                let own = self.is_boilerplate(tokens[0].start as usize);
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

    /// Events that the document can be about: in course when it was published, their sides or places named most.
    fn events(&self, sentences: &[Sentence<'p>]) -> Vec<&'p Event> {
        let mut named: BTreeMap<&str, i32> = BTreeMap::new();
        let mut told: BTreeMap<&str, i32> = BTreeMap::new();
        for sentence in sentences {
            for party in &sentence.parties {
                if let Some(root) = party.root()
                    && let Some((id, _)) = self.shared.parties.get_key_value(root)
                {
                    *named.entry(id).or_default() += 1;
                }
            }
            for item in &sentence.items {
                if let Some((_, _, name)) = self.context.name(item) {
                    match name.how {
                        How::Event => *told.entry(name.id.as_str()).or_default() += 3,
                        How::Place => *named.entry(root(&name.id)).or_default() += 1,
                        _ => {}
                    }
                }
            }
        }
        let day = self.published.and_then(|date| date.last_day());
        let mut events: Vec<(i32, &'p Event)> = self
            .shared
            .events
            .values()
            .filter(|event| {
                // Most events are of other wars than the document's.
                event.sides.iter().chain(&event.places).any(|root| named.contains_key(root.as_str()))
                    || told.contains_key(event.id.as_str())
            })
            .filter(|event| {
                let begun = |day| event.from.and_then(|from| from.first_day()).is_none_or(|from| from <= day);
                let lasts = |day: jiff::civil::Date| {
                    let grace = event
                        .to
                        .and_then(|to| to.last_day())
                        .and_then(|to| to.checked_add(jiff::Span::new().days(30)).ok());
                    grace.is_none_or(|to| day <= to)
                };
                day.is_none_or(|day| begun(day) && lasts(day))
            })
            .filter_map(|event| {
                let sides = event.sides.iter().filter(|side| named.contains_key(side.as_str())).count();
                let count: i32 =
                    event.sides.iter().chain(&event.places).filter_map(|root| named.get(root.as_str())).sum();
                let told = told.get(event.id.as_str()).copied().unwrap_or(0);
                let score = count + told + if sides >= 2 { 10 } else { 0 };
                (score > 0).then_some((score, event))
            })
            .collect();
        events.sort_by_key(|(score, event)| (-score, std::cmp::Reverse(event.from), &event.id));
        events.into_iter().map(|(_, event)| event).collect()
    }

    fn claims(
        &self,
        sentences: &[Sentence<'p>],
        drafts: &[Draft<'p>],
        speakers: &Speakers,
        refusals: &mut Vec<Refusal>,
    ) -> Vec<Claim> {
        let kinds: &Kinds = &self.shared.kinds;
        let events = self.events(sentences);
        let siding = Siding { context: self.context, shared: self.shared, sentences, events: events.clone() };
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
            let words = words.or_else(|| match slot {
                Slot::SameAs(leans) => sides.get(leans).and_then(|side| side.as_ref()).and_then(|side| side.words),
                _ => None,
            });
            sides.push(Some(Side { roots, words, score, rule }));
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
                let day = incident.filter(|(index, _)| *index <= draft.sentence || draft.sentence == 0);
                (time.from, time.to) = (day.map(|(_, day)| day), day.map(|(_, day)| day));
            }
            told.push((speaker, time));
        }
        let mut claims: Vec<Claim> = Vec::new();
        for (number, draft) in drafts.iter().enumerate() {
            let sentence = &sentences[draft.sentence];
            let group = &sentence.groups[draft.group];
            let (speaker, time) = &told[number];
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
            let side =
                sides[number].clone().unwrap_or(Side { roots: vec![None], words: None, score: 0, rule: "untold" });
            for (n, root) in side.roots.iter().enumerate() {
                claims.push(self.claim(sentences, draft, speaker.as_ref(), time, &side, root.clone(), n as u8));
            }
        }
        claims.sort_by_key(|claim| (claim.span, claim.n));
        merge(claims)
    }

    /// An office without a country belongs to the country spoken of; a local one to the country of the place.
    fn settle(&self, speaker: &mut Speaker, sentences: &[Sentence<'p>], index: usize) {
        for id in [&mut speaker.id].into_iter().flatten() {
            let Some(leaf) = id.strip_prefix("?/") else { continue };
            let near = sentences[..=index].iter().rev().take(12).flat_map(|sentence| sentence.parties.iter().rev());
            let country = near
                .filter_map(|party| party.root())
                .find(|root| self.shared.parties.get(*root).is_some_and(|party| party.kind == "country"));
            let place = || {
                sentences[..=index].iter().rev().flat_map(|sentence| sentence.items.iter()).find_map(|item| {
                    self.context
                        .name(item)
                        .filter(|(_, _, name)| name.how == How::Place && !name.disputed)
                        .map(|(_, _, name)| root(&name.id).to_owned())
                })
            };
            let anywhere = || {
                sentences
                    .iter()
                    .flat_map(|sentence| &sentence.parties)
                    .filter_map(|party| party.root())
                    .find(|root| self.shared.parties.get(*root).is_some_and(|party| party.kind == "country"))
                    .map(str::to_owned)
            };
            match country.map(str::to_owned).or_else(place).or_else(anywhere) {
                Some(country) if leaf == "local" => {
                    let near =
                        sentences[..=index].iter().rev().take(4).flat_map(|sentence| sentence.items.iter().rev());
                    let town = near
                        .filter_map(|item| self.context.name(item))
                        .find(|(_, _, name)| name.how == How::Place && root(&name.id) == country);
                    let town = town.and_then(|(_, _, name)| name.id.split('/').nth(1));
                    *id = town.map_or(format!("{country}/local"), |town| format!("{country}/local/{town}"));
                }
                Some(country) => *id = format!("{country}/{leaf}"),
                None => *id = format!("?/{leaf}"),
            }
            speaker.confidence = speaker.confidence.min(80);
        }
        if speaker.id.as_deref().is_some_and(|id| id.starts_with("?/")) {
            speaker.id = None;
        }
    }

    /// "les deux pays ont chacun vu": one claim for each.
    fn each(&self, sentence: &Sentence<'p>, at: usize) -> Option<Vec<Option<String>>> {
        let each = sentence.items[..at].iter().rposition(|item| self.context.is(item, Class::Each))?;
        let mut roots = Vec::new();
        let mut end = each;
        for party in sentence.parties.iter().rev().filter(|party| party.end <= each) {
            let between = &sentence.items[party.end..end];
            let linked = roots.is_empty() || between.iter().any(|item| self.context.is(item, Class::And));
            match party.root().filter(|_| linked && roots.len() < 2) {
                Some(root) => roots.insert(0, Some(root.to_owned())),
                None => break,
            }
            end = party.first;
        }
        (roots.len() == 2).then_some(roots)
    }

    /// Ministries of health, rescuers and mayors count the people of their own country.
    fn own_people(
        &self,
        roots: Vec<Option<String>>,
        score: i32,
        rule: &'static str,
        draft: &Draft<'p>,
        speaker: Option<&Speaker>,
        kinds: &Kinds,
    ) -> (Vec<Option<String>>, i32, &'static str) {
        let people = kinds.is_people(draft.counted).unwrap_or(false)
            && draft.counted != "military"
            && draft.counted != "migrant";
        if roots != [None] || !people {
            return (roots, score, rule);
        }
        let own = speaker.and_then(|speaker| speaker.id.as_deref()).filter(|id| {
            let leaf = id.split('/').nth(1).unwrap_or("");
            let party = self.shared.parties.get(*id).map(|party| party.kind.as_str());
            let kind = party.or(self.context.pack.offices.get(leaf).map(String::as_str)).unwrap_or(leaf);
            matches!(kind, "health" | "local" | "rescue" | "police")
        });
        match own {
            Some(id) => (vec![Some(root(id).to_owned())], score, "own-people"),
            None => (roots, score, rule),
        }
    }

    /// Dates that a figure borrows: a list's, or the period of the bulletin that the same speaker opened.
    #[expect(clippy::too_many_arguments, reason = "what a figure may borrow from is spread over the document")]
    fn lean(
        &self,
        time: &mut Time,
        draft: &Draft<'p>,
        drafts: &[Draft<'p>],
        told: &[(Option<Speaker>, Time)],
        sentences: &[Sentence<'p>],
        speaker: Option<&Speaker>,
        opened: Option<&Time>,
        war: bool,
    ) {
        let national = draft.counted == "military" || self.shared.kinds.is_people(draft.counted) == Some(false);
        match draft.join {
            Join::Increment => {
                time.scope = "period";
                time.from = None;
                time.to = time.stated;
                if let Some(day) = time.stated.and_then(|date| date.only_day())
                    && let Ok(before) = day.yesterday()
                {
                    time.from = Some(Date::day(before));
                }
                return;
            }
            _ if time.scope.is_empty() && sentences[draft.sentence].groups[draft.group].more => time.scope = "period",
            _ => {}
        }
        if let Some((_, left)) = draft.leans.and_then(|leans| told.get(leans)) {
            if !time.told && (left.told || !left.scope.is_empty()) && time.scope != "standing" {
                (time.from, time.to, time.told) = (left.from, left.to, left.told);
                if time.scope.is_empty() {
                    time.scope = left.scope;
                }
            }
            if draft.sentence != drafts[draft.leans.unwrap_or(0)].sentence && time.stated == self.published {
                time.stated = left.stated;
            }
        }
        if !time.told
            && (time.scope.is_empty() || time.scope == "cumulative")
            && let Some(period) = opened
        {
            (time.from, time.scope) = (period.from, "cumulative");
            time.to = if period.stated == time.stated { period.to } else { time.stated };
        }
        if time.scope.is_empty() {
            let institution = speaker.and_then(|speaker| speaker.id.as_deref()).is_some();
            let incident = time.told || self.has_place(&sentences[draft.sentence]);
            time.scope = if national && institution && !incident && war { "cumulative" } else { "incident" };
            if time.scope == "cumulative" && time.to.is_none() {
                time.to = time.stated;
            }
        }
    }

    fn has_place(&self, sentence: &Sentence<'p>) -> bool {
        sentence.items.iter().any(|item| self.context.name(item).is_some_and(|(_, _, name)| name.how == How::Place))
    }

    #[expect(clippy::too_many_arguments, reason = "a claim is made of what every pass has found")]
    fn claim(
        &self,
        sentences: &[Sentence<'p>],
        draft: &Draft<'p>,
        speaker: Option<&Speaker>,
        time: &Time,
        side: &Side,
        root_of_side: Option<String>,
        n: u8,
    ) -> Claim {
        let sentence = &sentences[draft.sentence];
        let group = &sentence.groups[draft.group];
        let text = self.context.text;
        let mut as_said = BTreeMap::new();
        let mut spans: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        let mut why = Vec::new();
        let mut note = |field: &str, span: Span| {
            if span.start < span.end {
                as_said.entry(field.to_owned()).or_insert_with(|| span.of(text).to_owned());
                spans.entry(field.to_owned()).or_default().push(span);
            }
        };
        let entry = |entry: u32| {
            let entry = &self.context.pack.entries[entry as usize];
            (entry.id.clone(), entry.at.clone())
        };
        let mut step = |field: &str, (id, at): (String, String), span: Span| {
            why.push(Step { field: field.to_owned(), entry: id, at, span });
        };
        if let Some((hedge, first, end)) = group.figure.and_then(|figure| sentence.figures[figure].hedge) {
            let span = self.context.span_of(first, end);
            note("hedge", span);
            step("value", entry(hedge), span);
        } else {
            step("value", ("number".into(), String::new()), group.span);
        }
        let (at_sentence, at_item) = draft.outcome_at;
        let outcome_span = self.context.span(&sentences[at_sentence].items[at_item]);
        note("outcome", outcome_span);
        step("outcome", entry(draft.outcome_entry), outcome_span);
        step("outcome", (format!("arc-{:?}", draft.arc).to_lowercase(), String::new()), group.span);
        match draft.thing {
            Some((index, thing)) => {
                let span = self.context.span(&sentences[index].items[thing.item]);
                note("counted", span);
                step("counted", thing.entry.map_or(("people-by-name".into(), String::new()), entry), span);
            }
            None => step("counted", ("by-the-outcome".into(), String::new()), outcome_span),
        }
        if let Some((_, first, end)) = side.words {
            let span = self.context.span_of(first, end);
            note("side", span);
            step("side", (side.rule.to_owned(), String::new()), span);
        } else {
            step("side", (side.rule.to_owned(), String::new()), Span { start: 0, end: 0 });
        }
        if let Some(speaker) = speaker {
            let span = self.context.span_of(speaker.named.1, speaker.named.2);
            note("claimant", span);
            let cue = speaker.cue.map_or(("carried".into(), String::new()), entry);
            let (index, item) = speaker.at;
            step("claimant", cue, self.context.span(&sentences[index].items[item]));
            if let Some((_, first, end)) = &speaker.citing {
                note("citing", self.context.span_of(*first, *end));
            }
        }
        for &(field, first, end) in &time.words {
            let span = self.context.span_of(first, end);
            note(field, span);
            step(field, ("date".into(), String::new()), span);
        }
        let place = self.place(sentence, group.at);
        if let Some((_, span)) = &place {
            note("place", *span);
        }
        let said = match (draft.mood, speaker.and_then(|speaker| speaker.said.clone())) {
            (Mood::Hearsay, _) => "conditional".to_owned(),
            (_, Some(said)) => said,
            _ => "asserted".to_owned(),
        };
        let denied = draft.mood == Mood::Negated;
        let contested = if denied {
            let who = speaker.and_then(|speaker| speaker.id.clone());
            let verb = draft.verb.map_or(outcome_span, |verb| {
                let verb = sentence.verbs[verb];
                Span {
                    start: self.context.span(&sentence.items[verb.begin]).start,
                    end: self.context.span(&sentence.items[verb.item]).end,
                }
            });
            vec![Contest { who, how: "denied".into(), words: verb.of(text).to_owned(), span: verb }]
        } else {
            vec![]
        };
        let score = draft.score + side.score + if root_of_side.is_some() { 1 } else { -1 };
        let confidence = Confidence {
            claim: (38 + 5 * score).clamp(5, 98) as u8,
            claimant: speaker.map_or(75, |speaker| speaker.confidence),
        };
        Claim {
            span: group.span,
            n,
            value: group.value,
            outcome: draft.outcome.to_owned(),
            counted: draft.counted.to_owned(),
            side: root_of_side,
            claimant: speaker.and_then(|speaker| speaker.id.clone()).filter(|_| !denied),
            citing: speaker.and_then(|speaker| speaker.citing.clone()).map(|(id, ..)| id),
            via: speaker.map(|speaker| speaker.via.clone()).unwrap_or_default(),
            stated: time.stated,
            from: time.from,
            to: time.to,
            scope: time.scope.to_owned(),
            place: place.map(|(id, _)| id),
            said,
            contested,
            blamed: None,
            confidence,
            quote: Quote { span: sentence.span, translated: false },
            also: vec![],
            as_said,
            spans,
            why,
        }
    }

    /// Where: the nearest place of the sentence that stands after a preposition.
    fn place(&self, sentence: &Sentence<'p>, at: usize) -> Option<(String, Span)> {
        let mut best: Option<(usize, String, Span)> = None;
        for (index, item) in sentence.items.iter().enumerate() {
            let Some((_, _, name)) = self.context.name(item) else { continue };
            let lead =
                sentence.items[index.saturating_sub(2)..index].iter().any(|item| self.context.is(item, Class::In));
            if !(matches!(name.how, How::Place) || (name.how == How::Country && lead)) {
                continue;
            }
            let distance = index.abs_diff(at);
            if best.as_ref().is_none_or(|(known, ..)| distance < *known) {
                best = Some((distance, name.id.clone(), self.context.span(item)));
            }
        }
        best.map(|(_, id, span)| (id, span))
    }
}

/// The same figure told twice by one claimant is one claim, with the other places beside it.
fn merge(claims: Vec<Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    let mut seen: BTreeMap<(Value, [Option<String>; 6], u8), usize> = BTreeMap::new();
    for claim in claims {
        // "un mort", told twice, may be two.
        if claim.value.point().is_some_and(|n| n <= 1) {
            kept.push(claim);
            continue;
        }
        let words = [&claim.side, &claim.claimant, &claim.place].map(Option::clone);
        let [side, claimant, place] = words;
        let key = [
            Some(claim.outcome.clone()),
            Some(claim.counted.clone()),
            Some(claim.scope.clone()),
            side,
            claimant,
            place,
        ];
        match seen.entry((claim.value, key, claim.n)) {
            Entry::Occupied(first) if kept[*first.get()].span != claim.span => kept[*first.get()].also.push(claim.span),
            Entry::Occupied(_) => kept.push(claim),
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(claim);
            }
        }
    }
    kept
}
