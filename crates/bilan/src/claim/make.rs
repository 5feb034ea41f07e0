//! Makes the claim of a draft, once side, speaker and dates are known.
//!
//! In: a draft and what every pass has found. Out: a [`Claim`] with the words it rests on.
//!
//! The same figure told twice by one claimant is one claim, with the other places beside it.

use super::find::Finding;
use super::settle::Settled;
use super::sure::Reasons;
use super::{Claim, Confidence, Contest, Known, Quote, Span, Step, Value};
use crate::clause::{Group, Join, Mood, Sentence, Verb};
use crate::pack::{Class, Data, How};
use rustc_hash::FxHashMap;
use std::collections::BTreeMap;
use std::collections::hash_map::Entry;

/// The stance of who says that it did not happen.
const DENIED: &str = "denied";

/// What a claim is made of.
pub(super) struct Made<'a, 'p> {
    pub sentences: &'a [Sentence<'p>],
    pub settled: &'a Settled<'p>,
    /// What soldiers are called.
    pub soldiers: &'p str,
    /// Which of its sides.
    pub n: u8,
    /// No country is named anywhere.
    pub nowhere: bool,
    /// Words of games and exercises in the document.
    pub play: usize,
}

impl<'a, 'p> Made<'a, 'p> {
    pub(super) fn sentence(&self) -> &'a Sentence<'p> {
        &self.sentences[self.settled.draft.sentence]
    }

    /// Entry and tokens of the words that hedge the figure.
    pub(super) fn hedge(&self) -> Option<(u32, u32, u32)> {
        self.group().figure.and_then(|figure| self.sentence().figures[figure].hedge)
    }

    pub(super) fn group(&self) -> &'a Group<'p> {
        &self.sentence().groups[self.settled.draft.group]
    }

    pub(super) fn root(&self) -> Option<&'a str> {
        self.settled.side.roots.get(usize::from(self.n)).and_then(Option::as_deref)
    }

    /// Of an army's losses a bare number counts soldiers.
    fn counted(&self) -> &'p str {
        if self.settled.side.soldiers { self.soldiers } else { self.settled.draft.counted }
    }

    /// Nobody puts a figure forward by denying it.
    fn claimant(&self) -> Option<&'a str> {
        let denies = self.settled.draft.mood == Mood::Negated;
        self.settled.speaker.as_ref().and_then(|speaker| speaker.id.as_deref()).filter(|_| !denies)
    }
}

/// Claims while they are merged, in order of place.
pub(super) struct Merging<'a, 'p> {
    pub claims: Vec<(Claim, Reasons)>,
    seen: FxHashMap<Same<'a, 'p>, usize>,
}

impl Merging<'_, '_> {
    /// Room for so many claims: they are large, and few are told twice.
    pub(super) fn with_room(claims: usize) -> Self {
        Merging { claims: Vec::with_capacity(claims), seen: FxHashMap::default() }
    }
}

/// Claims that are alike in these are one.
type Same<'a, 'p> = (Value, [&'p str; 2], &'static str, [Option<&'a str>; 2], u8);

impl Claim {
    /// Whether it may be of the same days: two incidents have two, as have two periods, and a total is told on many.
    fn may_be_of(&self, from: Option<super::Date>) -> bool {
        let days = self.from.zip(from).filter(|_| matches!(self.scope.as_str(), "incident" | "period"));
        days.is_none_or(|(one, other)| matches!(one.compare(&other), None | Some(std::cmp::Ordering::Equal)))
    }

    /// Whether another place of the text may tell the same: "à Ormont" and no place at all do, two towns do not.
    fn may_be_again(&self, later: Span, place: Option<&str>) -> bool {
        let here = self.place.as_deref().is_none_or(|known| place.is_none_or(|place| place == known));
        self.span != later && here
    }
}

impl<'p> Finding<'p> {
    /// Adds a claim, or its place to the one that says the same: in a document that repeats itself most are never made.
    pub(super) fn merge<'a>(&self, into: &mut Merging<'a, 'p>, made: Made<'a, 'p>, reasons: Reasons) {
        let (sentence, group) = (made.sentence(), made.group());
        let place = self.place(sentence, group);
        let number = into.claims.len();
        // "un mort", told twice, may be two.
        if group.value.point().is_none_or(|n| n > 1) {
            let what = [made.settled.draft.outcome, made.counted()];
            let whose = [made.root(), made.claimant()];
            let key = (group.value, what, made.settled.time.scope, whose, made.n);
            let place = place.map(|(id, _)| id);
            match into.seen.entry(key) {
                Entry::Occupied(first) => {
                    let first = &mut into.claims[*first.get()].0;
                    // "95 contre 95" are two.
                    let beside = made.settled.draft.join == Join::Instead && first.quote.span == sentence.span;
                    if !beside && first.may_be_again(group.span, place) && first.may_be_of(made.settled.time.from) {
                        first.also.push(group.span);
                        first.place = first.place.take().or_else(|| place.map(str::to_owned));
                        return;
                    }
                }
                Entry::Vacant(free) => {
                    free.insert(number);
                }
            }
        }
        let confidence = made.confidence(&reasons);
        into.claims.push((self.claim(&made, place, confidence), reasons));
    }

    fn claim(&self, made: &Made<'_, 'p>, place: Option<(&'p str, Span)>, confidence: Confidence) -> Claim {
        let &Made { sentences, settled: Settled { draft, speaker, side, time, .. }, n, .. } = made;
        let speaker = speaker.as_ref();
        let (sentence, group) = (made.sentence(), made.group());
        let text = self.context.text;
        let mut as_said = BTreeMap::new();
        let mut spans: BTreeMap<Known, Vec<Span>> = BTreeMap::new();
        let mut why = Vec::with_capacity(8);
        let mut note = |field: &'static str, span: Span| {
            if span.start < span.end {
                as_said.entry(field.into()).or_insert_with(|| span.of(text).to_owned());
                spans.entry(field.into()).or_insert_with(|| Vec::with_capacity(1)).push(span);
            }
        };
        let entry = |entry: u32| -> (Known, Known) {
            let entry = &self.context.pack.entries[entry as usize];
            (entry.id.clone().into(), entry.at.clone().into())
        };
        let rule = |rule: &'static str| -> (Known, Known) { (rule.into(), "".into()) };
        let mut step = |field: &'static str, (entry, at): (Known, Known), span: Span| {
            why.push(Step { field: field.into(), entry, at, span });
        };
        if let Some((hedge, first, end)) = made.hedge() {
            let span = self.context.span_of(first, end);
            note("hedge", span);
            step("value", entry(hedge), span);
        } else {
            step("value", rule("number"), group.span);
        }
        let (at_sentence, at_item) = draft.outcome_at;
        let outcome_span = self.context.span(&sentences[at_sentence].items[at_item]);
        note("outcome", outcome_span);
        step("outcome", entry(draft.outcome_entry), outcome_span);
        step("outcome", rule(draft.arc.rule()), group.span);
        match draft.thing {
            Some((index, thing)) => {
                let span = self.context.span(&sentences[index].items[thing.item]);
                note("counted", span);
                step("counted", thing.entry.map_or(rule("people-by-name"), entry), span);
            }
            None => step("counted", rule("by-the-outcome"), outcome_span),
        }
        if let Some((_, first, end)) = side.words {
            let span = self.context.span_of(first, end);
            note("side", span);
            step("side", rule(side.rule), span);
        } else {
            step("side", rule(side.rule), Span { start: 0, end: 0 });
        }
        if speaker.is_some_and(|speaker| speaker.named.1 == speaker.named.2) {
            step("claimant", rule(super::host::STEP), Span { start: 0, end: 0 });
        } else if let Some(speaker) = speaker {
            let span = self.context.span_of(speaker.named.1, speaker.named.2);
            note("claimant", span);
            let cue = speaker.cue.map_or(rule("carried"), entry);
            let (index, item) = speaker.at;
            step("claimant", cue, self.context.span(&sentences[index].items[item]));
            if let Some((_, first, end)) = &speaker.citing {
                note("citing", self.context.span_of(*first, *end));
            }
        }
        for &(field, first, end) in &time.words {
            let span = self.context.span_of(first, end);
            note(field, span);
            step(field, rule("date"), span);
        }
        if let Some((_, span)) = place {
            note("place", span);
        }
        let said = match (draft.mood, speaker.and_then(|speaker| speaker.said.clone())) {
            (Mood::Hearsay, _) => "conditional".to_owned(),
            (_, Some(said)) => said,
            _ => "asserted".to_owned(),
        };
        let contested = self.contest(made, outcome_span).into_iter().collect();
        Claim {
            span: group.span,
            n,
            value: group.value,
            outcome: draft.outcome.to_owned(),
            counted: made.counted().to_owned(),
            side: made.root().map(str::to_owned),
            claimant: made.claimant().map(str::to_owned),
            citing: speaker.and_then(|speaker| speaker.citing.clone()).map(|(id, ..)| id),
            via: speaker.map(|speaker| speaker.via.clone()).unwrap_or_default(),
            stated: time.stated,
            from: time.from,
            to: time.to,
            scope: time.scope.to_owned(),
            place: place.map(|(id, _)| id.to_owned()),
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

    /// Who says that it did not happen, or not so: by a word of saying, or by a verb that is denied.
    fn contest(&self, made: &Made<'_, 'p>, outcome: Span) -> Option<Contest> {
        let Settled { draft, speaker, contests, .. } = made.settled;
        let (who, how, span) = match contests {
            Some(voice) => {
                let Data::Cue(cue) = &self.context.pack.entries[voice.cue? as usize].data else { return None };
                let (index, item) = voice.at;
                (Some(voice), cue.contested.as_deref()?, self.context.span(&made.sentences[index].items[item]))
            }
            None if draft.mood == Mood::Negated => {
                let sentence = made.sentence();
                let words = |verb: Verb| Span {
                    end: self.context.span(&sentence.items[verb.item]).end,
                    ..self.context.span(&sentence.items[verb.begin])
                };
                let span = draft.verb.map(|verb| words(sentence.verbs[verb])).unwrap_or(outcome);
                (speaker.as_ref(), DENIED, span)
            }
            None => return None,
        };
        let words = span.of(self.context.text).to_owned();
        Some(Contest { who: who.and_then(|who| who.id.clone()), how: how.to_owned(), words, span })
    }

    /// Where: the nearest place of the sentence that stands after a preposition. In "106 morts en Karsénie et vingt morts en
    /// Miravie" what stands right behind the words of a group is nearer than what stands before them.
    fn place(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<(&'p str, Span)> {
        let mut best: Option<(usize, &'p str, Span)> = None;
        for (index, item) in sentence.items.iter().enumerate() {
            let Some((_, _, name)) = self.context.name(item) else { continue };
            let lead =
                sentence.items[index.saturating_sub(2)..index].iter().any(|item| self.context.is(item, Class::In));
            if !(matches!(name.how, How::Place) || (name.how == How::Country && lead)) {
                continue;
            }
            let distance =
                if index < group.at { group.at - index } else { index.saturating_sub(group.end.max(group.at)) };
            if best.as_ref().is_none_or(|(known, ..)| distance < *known) {
                best = Some((distance, &name.id, self.context.span(item)));
            }
        }
        best.map(|(_, id, span)| (id, span))
    }
}
