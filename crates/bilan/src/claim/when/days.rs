//! Keeps the days on which things happened, and lends a figure the one that it is of.
//!
//! In: the sentences of a document, and those between them that only tell a day. Out: a day for a place in the text.
//!
//! A page of four accidents has four days, told before each toll; a page of one quake has one, told in its first lines,
//! and the day on which its count was raised is no day of the quake.

use super::Timing;
use crate::claim::{Date, Partial};
use crate::clause::Sentence;
use crate::mention::{Item, What, When};
use crate::pack::{Class, CueClass, Event};
use std::cmp::Ordering;

/// Sentences that tell it first.
const LEAD: usize = 3;

/// Sentences that can tell what the document is about.
const HEAD: usize = 10;

/// Days from the first to the last of the shortest month.
const MONTH: i32 = 27;

/// A bulletin sums up no more.
const YEAR: i32 = 366;

/// Days before publication after which a day is history.
const RECENT: i64 = 60;

/// The days of a document, in the order of its text.
#[derive(Default)]
pub(super) struct Days {
    told: Vec<Told>,
    /// Days from which on something is told to go on.
    since: Vec<Told>,
    /// That of what the document tells of.
    main: Option<Date>,
    /// Ends of the week or month that a bulletin sums up.
    period: Option<(Date, Date)>,
}

/// A day on which something happened, where it is told.
#[derive(Clone, Copy)]
struct Told {
    token: u32,
    paragraph: usize,
    /// Number of the sentence, those aside counted.
    sentence: usize,
    day: Date,
    /// What it is told from.
    how: How,
    /// Its sentence has a scene or an outcome.
    happens: bool,
    /// Its sentence gives a count.
    reports: bool,
    /// It opens its paragraph: "Le 6 juin, un convoi est tombé dans une embuscade."
    opens: bool,
}

/// What a day is told from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum How {
    /// A scene: "le séisme de mardi".
    OnScene,
    /// What has passed since: "trois jours après l'effondrement".
    Passed,
    /// Another day, which it comes after: "le lendemain".
    Later,
    /// Nothing but itself.
    Itself,
}

impl<'p> Timing<'_, 'p> {
    /// Finds the days that no word of saying takes.
    pub(super) fn days(&self, asides: &[Sentence<'p>]) -> Days {
        let mut sentences: Vec<&Sentence<'p>> = self.sentences.iter().chain(asides).collect();
        sentences.sort_by_key(|sentence| sentence.first);
        let (mut told, mut since) = (Vec::new(), Vec::new());
        for (number, sentence) in sentences.iter().enumerate() {
            let happens = sentence
                .items
                .iter()
                .any(|item| self.context.is(item, Class::Scene) || self.context.outcome(item).is_some());
            for (at, item) in sentence.items.iter().enumerate() {
                let plain = |day: Date, how: How| Told {
                    token: item.first,
                    paragraph: sentence.paragraph,
                    sentence: number,
                    day,
                    how,
                    happens,
                    reports: false,
                    opens: false,
                };
                told.extend(self.day_of_event(sentence, item).map(|day| plain(day, How::OnScene)));
                since.extend(self.goes_on_from(sentence, at).map(|day| plain(day, How::Itself)));
                let Some((day, how)) = self.full_day(sentence, item) else { continue };
                let on_scene = self.on_scene(sentence, at);
                let how = if on_scene { How::OnScene } else { how };
                // "depuis l'entrée des rebelles, le 26 janvier": from then on, and not on that day.
                let begins = self.since(sentence, at).is_some();
                if !begins && (on_scene || self.is_free(sentence, at)) && !self.is_ahead(day) {
                    let (token, paragraph) = (item.first, sentence.paragraph);
                    let reports = !on_scene && self.reports(sentence);
                    let opens = !reports && at < 2 && self.opens_paragraph(sentence);
                    told.push(Told { token, paragraph, sentence: number, day, how, happens, reports, opens });
                }
            }
        }
        let main = self.main_day(&told);
        let lead = sentences.iter().take(LEAD).flat_map(|sentence| &sentence.dates);
        let period = lead.filter_map(|date| self.summed_up(date.when)).next();
        Days { told, since, main, period }
    }

    /// The day of what the document tells of: the first at its head that stands on a scene, else the first on which
    /// something happens, else the first that is no history.
    fn main_day(&self, told: &[Told]) -> Option<Date> {
        let fits = |told: &Told| {
            [
                (8, self.is_recent(told.day)),
                (6, told.how == How::OnScene),
                (5, told.how == How::Passed),
                (-6, told.how == How::Later),
                (3, told.happens),
                (2, !told.reports),
                (2, told.sentence < LEAD),
                (2, told.sentence < HEAD),
            ]
            .into_iter()
            .map(|(weight, holds)| if holds { weight } else { 0 })
            .sum::<i32>()
        };
        // Of days that fit alike the first is meant.
        told.iter().rev().max_by_key(|told| fits(told)).map(|told| told.day)
    }

    /// "Du 15 au 17 février, les pompiers ont …", "En novembre": a stretch that ended not long ago.
    fn summed_up(&self, when: When) -> Option<(Date, Date)> {
        let ends = match when {
            When::Stretch(from, to) => (from, to),
            // "la semaine dernière" says when, and sums nothing up.
            When::At(date @ (Date::Between(..) | Date::At(Partial { month: Some(_), .. }))) if lasts(date, MONTH) => {
                (date, date)
            }
            _ => return None,
        };
        let (first, last) = ends.0.first_day().zip(ends.1.last_day())?;
        let (ago, long) = ((self.published?.first_day()? - last).get_days(), (last - first).get_days());
        ((0..RECENT).contains(&i64::from(ago)) && long <= YEAR).then_some(ends)
    }

    /// The period of a figure that has no day, in a bulletin that sums one up.
    pub fn period(&self) -> Option<(Date, Date)> {
        self.days.period.filter(|_| self.days.main.is_none() && !self.war().is_some_and(Event::is_war_of_two))
    }

    /// Whether the document tells a day on which something happened.
    pub fn has_day(&self) -> bool {
        self.days.main.is_some()
    }

    /// The day of a figure that has none of its own.
    pub fn day_at(&self, paragraph: usize, token: u32) -> Option<Date> {
        let before = self.days.told.partition_point(|told| told.token < token);
        let near = self.days.told[..before].iter().rev().take_while(|told| told.paragraph == paragraph);
        let near = near.into_iter().find(|told| told.how == How::OnScene || told.opens || !self.is_later(&told.day));
        near.map(|told| told.day).or(self.days.main)
    }

    /// Since when a figure is counted that has no day of its own: "depuis le putsch du 3 mai, le pays est en proie à la
    /// violence. 890 civils ont été tués".
    pub fn since_at(&self, paragraph: usize, token: u32) -> Option<Date> {
        let last = |told: &[Told]| {
            let before = told.partition_point(|told| told.token < token);
            told[..before].last().filter(|told| told.paragraph == paragraph).map(|told| (told.token, told.day))
        };
        let (since, day) = last(&self.days.since)?;
        let later = last(&self.days.told).is_some_and(|(told, _)| told > since);
        (!later).then_some(day)
    }

    fn goes_on_from(&self, sentence: &Sentence<'p>, at: usize) -> Option<Date> {
        let What::Date(number) = sentence.items[at].what else { return None };
        match self.placed.when(sentence, usize::from(number)) {
            When::Since(day) if !self.measures(sentence, at) => Some(day),
            When::At(day) if self.since(sentence, at).is_some() && !self.measures(sentence, at) => Some(day),
            _ => None,
        }
    }

    /// Whether a day comes after what the document tells of.
    pub(super) fn is_later(&self, day: &Date) -> bool {
        let ends = self.days.main.and_then(|main| main.first_day()).zip(day.first_day());
        let near = ends.is_some_and(|(main, day)| i64::from((day - main).get_days()) <= RECENT);
        near && self.days.main.is_some_and(|main| main.compare(day) == Some(Ordering::Less))
    }

    fn opens_paragraph(&self, sentence: &Sentence<'p>) -> bool {
        let tokens = &self.context.tokens[sentence.first.saturating_sub(1)..=sentence.first];
        let between = self.context.text.get(tokens[0].end as usize..tokens[tokens.len() - 1].start as usize);
        sentence.first == 0 || between.is_some_and(|between| between.contains('\n'))
    }

    fn is_ahead(&self, day: Date) -> bool {
        self.published.is_some_and(|published| published.compare(&day) == Some(Ordering::Less))
    }

    /// Whether a sentence gives a count: its day is the day of counting.
    pub(super) fn reports(&self, sentence: &Sentence<'p>) -> bool {
        sentence.items.iter().any(|item| {
            self.context.is(item, Class::Measure)
                || (self.context.is(item, Class::Carrier) && !self.context.is(item, Class::Have))
                || self.context.is(item, Class::Count)
                || self.context.is(item, Class::Previous)
                || self.context.is_cue(item, CueClass::Report)
        })
    }

    /// The day of a late attack or disaster that is called by its name, "l'ouragan Mira", where its sentence tells none.
    fn day_of_event(&self, sentence: &Sentence<'p>, item: &Item<'p>) -> Option<Date> {
        let (_, _, name) = self.context.name(item).filter(|(_, _, name)| name.how == crate::pack::How::Event)?;
        let event = self.shared.events.get(&name.id).filter(|event| !event.lasts())?;
        let day = event.from.map(Date::At).filter(|day| is_day(*day) && self.is_recent(*day))?;
        let dated = (0..sentence.dates.len())
            .any(|number| matches!(self.placed.when(sentence, number), When::At(day) if is_day(day)));
        let opens_war = self.events.iter().any(|war| war.lasts() && war.from == event.from);
        (!dated && !opens_war).then_some(day)
    }

    fn is_recent(&self, day: Date) -> bool {
        let today = self.published.and_then(|date| date.first_day());
        today.zip(day.first_day()).is_none_or(|(today, day)| i64::from((today - day).get_days()) <= RECENT)
    }

    /// A day, a night, a weekend, and what it is told from.
    fn full_day(&self, sentence: &Sentence<'p>, item: &Item<'p>) -> Option<(Date, How)> {
        let What::Date(number) = item.what else { return None };
        let number = usize::from(number);
        let how = match sentence.dates[number].when {
            When::After(days) => return Some((self.placed.before(sentence, number, days)?, How::Passed)),
            When::Beside(days) if days < 0 => How::Later,
            _ => How::Itself,
        };
        match self.placed.when(sentence, number) {
            When::At(date) => is_day(date).then_some((date, how)),
            _ => None,
        }
    }

    /// Whether no word of saying takes a date: one right before it, or, where it opens its sentence, the first verb.
    fn is_free(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let says = |item: &Item<'p>| self.context.is_cue(item, CueClass::Verb);
        let tells =
            |item: &Item<'p>| says(item) || self.context.outcome(item).is_some() || self.context.is(item, Class::Verb);
        let (before, after) = sentence.items.split_at(at);
        let opens = !before.iter().any(|item| item.what == What::Words);
        let said =
            before.iter().rev().take(2).any(says) || (opens && after.iter().find(|item| tells(item)).is_some_and(says));
        !said && !self.anchors(sentence, at)
    }
}

/// A day, a night, a weekend: no month and no season.
pub(super) fn is_day(date: Date) -> bool {
    !lasts(date, 4) && date.last_day().is_some()
}

/// Whether it lasts so many days.
fn lasts(date: Date, days: i32) -> bool {
    let ends = date.first_day().zip(date.last_day());
    ends.is_some_and(|(first, last)| (last - first).get_days() >= days)
}
