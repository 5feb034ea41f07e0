//! Gives a figure the dates that it borrows.
//!
//! In: the time of a draft, and those of its list and of its speaker's bulletin. Out: the same time, filled.
//!
//! A bulletin says its period once, above twelve classes of materiel.

use super::Date;
use super::draft::Draft;
use super::find::Finding;
use super::side::Side;
use super::speaker::Speaker;
use super::when::Time;
use crate::clause::{Join, Sentence};
use crate::pack::{Arc, Class, How};

impl<'p> Finding<'p> {
    /// Dates that a figure borrows: a list's, or the period of the bulletin that the same speaker opened.
    #[expect(clippy::too_many_arguments, reason = "what a figure may borrow from is spread over the document")]
    pub(super) fn lean(
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
            let sentence = &sentences[draft.sentence];
            let incident = time.told || self.has_place(sentence) || self.has_scene(sentence);
            // No single day of a war kills a thousand, and "les pertes s'élèvent à" counts from its start.
            let point = sentence.groups[draft.group].value.point().or(sentence.groups[draft.group].value.low());
            let total = !time.told && (draft.arc == Arc::Measure || point.is_some_and(|n| n >= 1000));
            let running = (national && institution && !incident) || total;
            time.scope = if running && war { "cumulative" } else { "incident" };
            if time.scope == "cumulative" && time.to.is_none() {
                time.to = time.stated;
            }
        }
    }

    /// "Séisme : 62 morts", then "62 personnes ont péri mardi, selon la protection civile": a headline says again what
    /// the text below says in full, and borrows who, whose and when from there.
    pub(super) fn echo(
        &self,
        sentences: &[Sentence<'p>],
        drafts: &[Draft<'p>],
        told: &mut [(Option<Speaker>, Time)],
        sides: &mut [Option<Side>],
    ) {
        let value = |draft: &Draft<'p>| sentences[draft.sentence].groups[draft.group].value;
        for at in 0..drafts.len() {
            let draft = &drafts[at];
            if draft.sentence > 1 || told[at].0.as_ref().is_some_and(|speaker| speaker.at.0 == draft.sentence) {
                continue;
            }
            let again = |later: &Draft<'p>| {
                let (one, two) = (value(draft), value(later));
                later.sentence > draft.sentence
                    && one.point().is_some_and(|n| n > 1)
                    && one.point() == two.point()
                    && draft.outcome == later.outcome
                    && (draft.counted == later.counted || draft.counted == "person" || later.counted == "person")
            };
            let Some(body) = (at + 1..drafts.len()).find(|&later| again(&drafts[later])) else { continue };
            if told[at].0.is_none() {
                told[at].0 = told[body].0.clone();
            }
            if !told[at].1.told {
                let words = std::mem::take(&mut told[at].1.words);
                told[at].1 = Time { words, ..told[body].1.clone() };
            }
            let open = |side: &Option<Side>| side.as_ref().is_none_or(|side| side.words.is_none());
            if open(&sides[at]) && !open(&sides[body]) || sides[at].as_ref().is_some_and(|side| side.roots == [None]) {
                sides[at] = sides[body].clone().map(|side| Side { words: None, rule: "headline", ..side });
            }
        }
    }

    /// "dans l'attaque": one event, where a war is none.
    fn has_scene(&self, sentence: &Sentence<'p>) -> bool {
        sentence.items.iter().any(|item| self.context.is(item, Class::Scene) && !self.context.is(item, Class::Lasting))
    }

    fn has_place(&self, sentence: &Sentence<'p>) -> bool {
        sentence.items.iter().any(|item| self.context.name(item).is_some_and(|(_, _, name)| name.how == How::Place))
    }
}
