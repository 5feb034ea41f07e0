//! Makes the claim of a draft, once side, speaker and dates are known.
//!
//! In: a draft and what every pass has found. Out: a [`Claim`] with the words it rests on.
//!
//! The same figure told twice by one claimant is one claim, with the other places beside it.

use super::draft::Draft;
use super::find::Finding;
use super::side::Side;
use super::speaker::Speaker;
use super::when::Time;
use super::{Claim, Confidence, Contest, Quote, Span, Step, Value};
use crate::clause::{Mood, Sentence};
use crate::pack::{Class, How};
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;

/// The same figure told twice by one claimant is one claim, with the other places beside it.
pub(super) fn merge(claims: Vec<Claim>) -> Vec<Claim> {
    let mut kept: Vec<Claim> = Vec::with_capacity(claims.len());
    let mut seen: BTreeMap<(Value, [Option<String>; 5], u8), usize> = BTreeMap::new();
    for claim in claims {
        // "un mort", told twice, may be two.
        if claim.value.point().is_some_and(|n| n <= 1) {
            kept.push(claim);
            continue;
        }
        let [side, claimant] = [&claim.side, &claim.claimant].map(Option::clone);
        let key = [Some(claim.outcome.clone()), Some(claim.counted.clone()), Some(claim.scope.clone()), side, claimant];
        match seen.entry((claim.value, key, claim.n)) {
            Entry::Occupied(first) if kept[*first.get()].may_be_again(&claim) => {
                let first = &mut kept[*first.get()];
                first.also.push(claim.span);
                first.place = first.place.take().or(claim.place);
            }
            Entry::Occupied(_) => kept.push(claim),
            Entry::Vacant(free) => {
                free.insert(kept.len());
                kept.push(claim);
            }
        }
    }
    kept
}

impl Claim {
    /// Whether another place of the text may tell the same: "à Ormont" and no place at all do, two towns do not.
    fn may_be_again(&self, later: &Claim) -> bool {
        let here = self.place.is_none() || later.place.is_none() || self.place == later.place;
        self.span != later.span && here
    }
}

impl<'p> Finding<'p> {
    #[expect(clippy::too_many_arguments, reason = "a claim is made of what every pass has found")]
    pub(super) fn claim(
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
            counted: if side.soldiers { "military" } else { draft.counted }.to_owned(),
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
    pub(super) fn place(&self, sentence: &Sentence<'p>, at: usize) -> Option<(String, Span)> {
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
