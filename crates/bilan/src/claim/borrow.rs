//! Gives a figure the dates that it borrows.
//!
//! In: the time of a draft, and those of its list and of its speaker's bulletin. Out: the same time, filled.
//!
//! A bulletin says its period once, above twelve classes of materiel.

use super::Date;
use super::draft::Draft;
use super::settle::{Settled, Settling};
use super::side::Side;
use super::speaker::Speaker;
use super::when::Time;
use crate::clause::Join;
use crate::pack::{Arc, Event};
use std::cmp::Ordering;

/// No single day of a war kills so many.
const TOTAL: u64 = 1000;

/// So few are an incident.
const FEW: u64 = 3;

/// Days in which a war is young.
const EARLY: i32 = 90;

impl<'p> Settling<'_, 'p> {
    /// Dates that a figure borrows: a list's, or the period of the bulletin that the same speaker opened.
    pub(super) fn lean(&self, time: &mut Time, draft: &Draft<'p>, speaker: Option<&Speaker>) {
        if draft.join == Join::Increment {
            // "(+12)" adds to the day before.
            let yesterday = time.stated.and_then(|date| date.only_day()).and_then(|day| day.yesterday().ok());
            (time.scope, time.from, time.to) = ("period", yesterday.map(Date::day), time.stated);
            return;
        }
        // "7 562 blindés (+10)": what an increment is printed beside is the total.
        let total = self.sentences[draft.sentence].groups.get(draft.group + 1);
        if total.is_some_and(|next| next.join == Join::Increment) && !(time.told && time.scope == "cumulative") {
            let start = self.timing.war().filter(|event| event.is_war_of_two()).and_then(|event| event.from);
            (time.scope, time.from, time.to) = ("cumulative", start.map(Date::At), time.stated);
            return;
        }
        if time.scope.is_empty() && self.group(draft).more {
            time.scope = "period";
        }
        // "ont tué 138 000 soldats et détruit 298 avions": one breath, one total.
        let beside = || {
            self.settled.last().filter(|last| last.time.scope == "cumulative" && last.draft.sentence == draft.sentence)
        };
        if let Some(left) = draft.leans.and_then(|left| self.settled.get(left)).or_else(beside) {
            let from_list = !time.told && (left.time.told || !left.time.scope.is_empty());
            if from_list && time.scope != "standing" {
                (time.from, time.to, time.told) = (left.time.from, left.time.to, left.time.told);
                if time.scope.is_empty() {
                    time.scope = left.time.scope;
                }
            }
            if draft.sentence != left.draft.sentence && time.stated == self.finding.published {
                time.stated = left.time.stated;
            }
        }
        let bodily = self.finding.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.bodily);
        // "103 sont toujours retenus, dont 33 morts": as many as died until it was said.
        let held = |last: &&Settled<'p>| last.time.scope == "standing" && last.draft.sentence == draft.sentence;
        if draft.join == Join::Subset && bodily && self.settled.last().filter(held).is_some() {
            (time.scope, time.to, time.told) = ("cumulative", time.stated, true);
        }
        if let Some(before) = self.settled.last().filter(|last| time.again && last.draft.sentence == draft.sentence) {
            time.repeat(&before.time);
        }
        let opened = speaker.and_then(|speaker| self.opened(speaker));
        if let Some(opened) = opened.filter(|_| !time.told && matches!(time.scope, "" | "cumulative")) {
            let period = &opened.time;
            // After the day's losses the bulletin goes on with the thousands of the whole war.
            let period = Some(period)
                .filter(|period| period.scope == "cumulative" || !self.is_many(draft) || self.timing.war().is_none());
            if let Some(period) = period {
                (time.from, time.scope) = (period.from, period.scope);
                let same = period.stated == time.stated || period.scope == "period";
                time.to = if same { period.to } else { time.stated };
            }
        }
        let sentence = &self.sentences[draft.sentence];
        let first = sentence.items[self.group(draft).at].first;
        let open = time.scope.is_empty() && !time.told && bodily;
        let many = self.value(draft).point().is_none_or(|n| n > FEW);
        if let Some(since) = self.timing.since_at(sentence.paragraph, first).filter(|_| open && many) {
            (time.scope, time.from, time.to) = ("cumulative", Some(since), time.stated);
        }
        // What the page opens with goes on: "les marches qui agitent le pays depuis mars".
        let started = self.timing.start().filter(|_| open && many && time.scope.is_empty());
        if let Some(start) = started.filter(|_| !self.timing.has_day_near(sentence.paragraph, first)) {
            (time.scope, time.from, time.to) = ("cumulative", Some(start), time.stated);
        }
        // Where the page tells no day, its totals go on.
        if time.scope.is_empty() && open && !self.timing.has_day() {
            let total = self.first_told.map(|first| &self.settled[first]);
            if let Some(total) = total.filter(|total| total.time.scope == "cumulative") {
                (time.scope, time.from, time.to) = ("cumulative", total.time.from, time.stated);
            }
        }
        if time.scope == "cumulative" && time.from.is_none() {
            let later = |start: &Date| time.to.is_none_or(|to| start.compare(&to) != Some(Ordering::Greater));
            time.from = self.timing.start().filter(later);
        }
        if time.scope.is_empty() {
            time.scope = if self.is_running(time, draft, speaker.is_some()) { "cumulative" } else { "incident" };
            if time.scope == "cumulative" && time.to.is_none() {
                time.to = time.stated;
                let event = self.timing.events.first();
                let named = event.filter(|event| {
                    time.from.is_none() && (event.named || self.is_early(event, draft, speaker.is_some()))
                });
                time.from = time.from.or(named.and_then(|event| event.from).map(Date::At));
            }
        }
    }

    /// A running total of a war runs from its start, which no report repeats; and a thousand dead of a war are its total,
    /// whatever day stands beside them: "fin novembre, leur décompte s'établissait à 38 200 morts".
    pub(super) fn since_the_war(&self, time: &mut Time, draft: &Draft<'p>, side: &Side) {
        let mut roots = side.roots.iter().flatten().flat_map(|joint| joint.split('+'));
        let war = self.timing.war().filter(|event| event.is_war_of_two());
        let war = war.filter(|event| roots.all(|root| event.is_fought_by(root)));
        let Some(from) = war.and_then(|event| event.from) else { return };
        let start = Date::At(from);
        // "depuis le début de la guerre, fin février", in a document without a year: the war's own start has one.
        if time.scope == "cumulative" && time.from.is_some_and(|day| day.may_be_of_some_year(&from)) {
            time.from = Some(start);
        }
        if !self.is_many(draft) {
            return;
        }
        let later = |day: &Date| start.compare(day) == Some(Ordering::Less);
        let kinds = &self.finding.shared.kinds.outcome;
        let bodily = kinds.get(draft.outcome).is_some_and(|kind| kind.bodily);
        let counted = time.from.filter(|day| bodily && time.from == time.to && later(day));
        match (time.scope, time.from, counted) {
            ("cumulative", None, _) => time.from = Some(start),
            ("incident", _, Some(day)) => (time.from, time.to, time.scope) = (Some(start), Some(day), "cumulative"),
            _ => {}
        }
    }

    fn is_many(&self, draft: &Draft<'p>) -> bool {
        let value = self.value(draft);
        value.point().or(value.low()).is_some_and(|n| n >= TOTAL)
    }

    /// A running total of a war, though nothing says since when: too many for one day, or "les pertes s'élèvent à". An army
    /// that tells of seventeen drones tells of last night.
    fn is_running(&self, time: &Time, draft: &Draft<'p>, voiced: bool) -> bool {
        let war = self.timing.events.first().filter(|event| event.kind == "war" || event.kind == "operation");
        let total = || self.is_many(draft) || draft.arc == Arc::Measure;
        war.is_some_and(|war| !time.told && (total() || self.is_early(war, draft, voiced)))
    }

    /// In its first weeks all that is counted of a war is counted since it began: "Le ministère fait état de 74 tués".
    fn is_early(&self, war: &Event, draft: &Draft<'p>, voiced: bool) -> bool {
        let today = self.finding.published.and_then(|day| day.last_day());
        let start = war.from.and_then(|from| from.first_day());
        let early = today.zip(start).is_some_and(|(today, start)| (0..=EARLY).contains(&(today - start).get_days()));
        let sentence = &self.sentences[draft.sentence];
        let first = sentence.items[self.group(draft).at].first;
        let value = self.value(draft);
        let some = value.point().or(value.low()).is_some_and(|n| n > FEW);
        let once = self.timing.is_of_one_scene(sentence, draft) == Some(true);
        // "reconnaît la mort de six soldats et fait état de 19 blessés": of the same day.
        let beside = self.settled.last().filter(|last| last.draft.sentence == draft.sentence);
        let once = once || beside.is_some_and(|last| last.time.scope == "incident" && last.time.from.is_some());
        early
            && !once
            && some
            && (voiced || self.timing.reports(sentence))
            && !self.timing.has_day_near(sentence.paragraph, first)
    }

    /// "Le bilan a été dressé jeudi": of Thursday is a figure beside it for which no other day is told.
    pub(super) fn release(&self, time: &mut Time, draft: &Draft<'p>, speaker: Option<&Speaker>) {
        let (told, published) = (time.words.iter().any(|(field, ..)| *field == "stated"), self.finding.published);
        if told || time.old || time.stated != published || draft.join == Join::Instead {
            return;
        }
        let Some(day) = self.timing.released(&self.sentences[draft.sentence], speaker.is_some()) else { return };
        if time.from.is_some_and(|from| day.compare(&from) == Some(Ordering::Less)) {
            return;
        }
        time.stated = Some(day);
        if time.to == published {
            time.to = Some(day);
        }
    }
}
