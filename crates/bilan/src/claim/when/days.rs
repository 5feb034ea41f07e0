//! Keeps the days on which things happened.
//!
//! In: the sentences of a document, and those between them that only tell a day. Out: its days, where they are told.
//!
//! A page of four accidents has four days, told before each toll; a page of one quake has one, told in its first lines,
//! and the day on which its count was raised is no day of the quake.

mod lend;

use super::Timing;
use crate::claim::{Date, Partial};
use crate::clause::{Group, Sentence};
use crate::mention::{Item, What, When};
use crate::pack::{Class, CueClass, Data, Event, Mask, Tags, TimeClass};
use std::cmp::Ordering;

/// Sentences that tell it first.
const LEAD: usize = 3;

/// Sentences behind which a day is no longer that of what stands above it.
const LATE: usize = 6;

/// Sentences that can tell what the document is about.
const HEAD: usize = 10;

/// Days from the first to the last of the shortest month.
const MONTH: i32 = 27;

/// Days of more than two months.
const MONTHS: i32 = 62;

/// A bulletin sums up no more.
const YEAR: i32 = 366;

/// Words of "au cours de ce week-end".
const WORDS: u32 = 5;

/// Items of a line that heads the paragraphs below it.
const HEADING: usize = 6;

/// Words beside a date that stands alone: "Date :".
const BOX: usize = 2;

/// Days before publication after which a day is history.
const RECENT: i32 = 60;

/// The days of a document, in the order of its text.
#[derive(Default)]
pub(super) struct Days {
    told: Vec<Told>,
    /// Those of them that a figure behind them may be of: not the later day on which it was counted.
    happened: Vec<Told>,
    /// Days of long ago, whoever tells them.
    past: Vec<Past>,
    /// Days that head the paragraphs below them, as in a chronology.
    heads: Vec<Past>,
    /// Days from which on something is told to go on.
    since: Vec<Told>,
    /// Days on which something was said or given out.
    said: Vec<Told>,
    /// That of what the document tells of.
    main: Option<Date>,
    /// Where something is told to have happened on it; beyond the text where nothing is.
    main_at: u32,
    /// Where it is told too late to be the day of what stands before it.
    main_from: u32,
    /// It is the day of a scene.
    main_on_scene: bool,
    /// That day, on a page that tells of nothing newer and was published long after.
    pub(super) long_ago: Option<Date>,
    /// Ends of what a page of history is about: "Date : 12 mars – 7 mai 1954".
    span: Option<(Date, Date)>,
    /// Ends of the week, month or year that a bulletin sums up, and where they are told.
    period: Option<(Date, Date, u32)>,
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
    /// Its sentence has a toll of its own.
    counts: bool,
    /// It opens its paragraph: "Le 6 juin, un convoi est tombé dans une embuscade."
    opens: bool,
}

/// A day of long ago, where it is told.
struct Past {
    token: u32,
    paragraph: usize,
    day: Date,
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
        let (mut told, mut since, mut said) = (Vec::new(), Vec::new(), Vec::new());
        for (number, sentence) in sentences.iter().enumerate() {
            if sentence.dates.is_empty() && !sentence.may_be(Mask::NAME) {
                continue;
            }
            let happens = (sentence.may_have(Class::Scene) || sentence.may_be(Mask::OUTCOME))
                && sentence
                    .items
                    .iter()
                    .any(|item| self.context.is(item, Class::Scene) || self.context.outcome(item).is_some());
            let counts = sentence.groups.iter().any(|group| self.may_be_toll(sentence, group));
            for (at, item) in sentence.items.iter().enumerate() {
                if !matches!(item.what, What::Date(_)) && item.mask.kinds & Mask::NAME == 0 {
                    continue;
                }
                let plain = |day: Date, how: How| Told {
                    token: item.first,
                    paragraph: sentence.paragraph,
                    sentence: number,
                    day,
                    how,
                    happens,
                    reports: false,
                    counts,
                    opens: false,
                };
                told.extend(self.day_of_event(sentence, item).map(|day| plain(day, How::OnScene)));
                since.extend(self.goes_on_from(sentence, at).map(|day| plain(day, How::Itself)));
                let Some((day, how)) = self.full_day(sentence, item).filter(|_| !self.is_planned(sentence, at)) else {
                    continue;
                };
                let on_scene = self.on_scene(sentence, at);
                let how = if on_scene { How::OnScene } else { how };
                // "depuis l'entrée des rebelles, le 26 janvier": from then on, and not on that day.
                let begins = self.since(sentence, at).is_some();
                if !begins && !on_scene && self.is_of_saying(sentence, at) {
                    said.push(plain(day, how));
                }
                if !begins && (on_scene || self.is_free(sentence, at)) && !self.is_ahead(day) {
                    let (token, paragraph) = (item.first, sentence.paragraph);
                    let reports = !on_scene && self.reports(sentence);
                    let opens = !reports && at < 2 && self.opens_paragraph(sentence);
                    told.push(Told { token, paragraph, sentence: number, day, how, happens, reports, counts, opens });
                }
            }
        }
        let main = self.main_day(&told);
        let main_at = main.filter(|told| told.happens).map_or(u32::MAX, |told| told.token);
        let main_on_scene = main.is_some_and(|told| told.how == How::OnScene);
        // "Jeudi dernier, trois autres avaient été tués": told at the end, it is no day of those at the head.
        let behind = |told: &Told| match told.how {
            How::Itself => told.sentence >= LATE || told.sentence >= LEAD && told.counts,
            How::OnScene => told.sentence >= LATE && told.counts,
            _ => false,
        };
        let late = main.filter(|told| behind(told));
        let main_from = late.map_or(0, |told| told.token);
        let main = main.map(|main| self.exact(main, &told));
        let long_ago = main.filter(|_| self.published.is_some() && !told.iter().any(|told| self.is_recent(told.day)));
        let period = sentences.iter().take(LEAD).find_map(|sentence| self.summed_up_in(sentence));
        let span = sentences.iter().take(HEAD).find_map(|sentence| self.alone_in(sentence));
        let heads = self.heads(&sentences);
        Days {
            told,
            heads,
            since,
            said,
            main,
            main_at,
            main_from,
            main_on_scene,
            long_ago,
            span,
            period,
            ..Days::default()
        }
    }

    /// Whether a figure may be a toll: "à 30 kilomètres" is none, nor "tués par deux tireurs".
    fn may_be_toll(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> bool {
        let people = group.thing.is_some_and(|thing| self.shared.kinds.is_people(thing.id) == Some(true));
        let by = group.lead.is_some_and(|lead| self.context.is(&sentence.items[lead], Class::By));
        group.figure.is_some() && !group.article && !by && (people || !group.own.is_empty() || group.is_bare())
    }

    /// "Mai 2029, Miravie", alone on its line, and further down "Novembre 2027, Karsénie": one such line may date the page.
    fn heads(&self, sentences: &[&Sentence<'p>]) -> Vec<Past> {
        let names = |item: &Item<'p>| match item.what {
            What::Words => {
                let joins = [Class::In, Class::Of, Class::Determiner].iter().any(|&class| self.context.is(item, class));
                joins || self.context.name(item).is_some() || self.context.is_unknown_name(item)
            }
            What::Date(_) | What::Mark(_) => true,
            _ => false,
        };
        let heads = sentences.iter().filter_map(|sentence| {
            let [date] = sentence.dates.as_slice() else { return None };
            let When::At(day) = date.when else { return None };
            let short = sentence.items.len() <= HEADING && sentence.items.iter().all(names);
            let alone = short && self.opens_paragraph(sentence);
            alone.then_some(Past { token: date.first, paragraph: sentence.paragraph, day })
        });
        let heads = Vec::from_iter(heads);
        if heads.len() > 1 { heads } else { vec![] }
    }

    /// The day of what the document tells of: the first at its head that stands on a scene, else the first on which
    /// something happens, else the first that is no history.
    fn main_day<'t>(&self, told: &'t [Told]) -> Option<&'t Told> {
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
        told.iter().rev().max_by_key(|told| fits(told))
    }

    /// "ce week-end", and further on "a cédé dimanche": it was on Sunday.
    fn exact(&self, main: &Told, told: &[Told]) -> Date {
        let weekend = |at: u32| {
            let found = self.context.pack.vocabulary.longest(self.context.tokens, at as usize);
            let senses = found.map_or(&[][..], |found| found.senses);
            let data = |entry: u32| &self.context.pack.entries[entry as usize].data;
            senses.iter().any(|sense| matches!(data(sense.entry), Data::Time(time) if time.class == TimeClass::Weekend))
        };
        if !matches!(main.day, Date::Between(..)) || !(main.token..main.token + WORDS).any(weekend) {
            return main.day;
        }
        let within =
            |told: &&Told| told.day.only_day().is_some() && main.day.holds(told.day) && told.happens && !told.reports;
        told.iter().find(within).map_or(main.day, |told| told.day)
    }

    /// A stretch that stands alone in its line, behind a word at most.
    fn alone_in(&self, sentence: &Sentence<'p>) -> Option<(Date, Date)> {
        let words = sentence.items.iter().filter(|item| item.what == What::Words).count();
        let mut stretches = sentence.dates.iter().filter_map(|date| match date.when {
            When::Stretch(from, to) => Some((from, to)),
            _ => None,
        });
        stretches.next().filter(|_| words <= BOX && sentence.dates.len() == 1 && sentence.verbs.is_empty())
    }

    fn summed_up_in(&self, sentence: &Sentence<'p>) -> Option<(Date, Date, u32)> {
        sentence.items.iter().enumerate().find_map(|(at, item)| {
            let What::Date(number) = item.what else { return None };
            // "l'attaque du 7 mai 2029" is no year.
            let (from, to) =
                self.summed_up(sentence.dates[usize::from(number)].when).filter(|_| !self.anchors(sentence, at))?;
            let counts = || sentence.groups.iter().any(|group| group.figure.is_some() && !group.article);
            if lasts(from, MONTHS) && !counts() {
                return None;
            }
            Some((from, to, item.first))
        })
    }

    /// "Du 15 au 17 février, les pompiers ont …", "En novembre": a stretch that ended not long ago.
    fn summed_up(&self, when: When) -> Option<(Date, Date)> {
        let ends = match when {
            When::Stretch(from, to) => (from, to),
            // "la semaine dernière" says when, and sums nothing up.
            When::At(date) if lasts(date, MONTH) => (date, date),
            _ => return None,
        };
        let (first, last) = ends.0.first_day().zip(ends.1.last_day())?;
        let (ago, long) = ((self.published?.first_day()? - last).get_days(), (last - first).get_days());
        // A year is summed up within the next one.
        let late = if long > MONTHS { YEAR } else { RECENT };
        ((0..late).contains(&ago) && long <= YEAR).then_some(ends)
    }

    /// Whether a document tells of what happened on one day, before this one: a count that goes up is then no running total.
    pub(super) fn is_of_one_day(&self, day: Date) -> bool {
        let before = |main: Date| matches!(main.compare(&day), Some(Ordering::Less | Ordering::Equal));
        let lasts = self.events.first().is_some_and(|event| event.lasts());
        self.days.main.is_some_and(before) && self.days.since.is_empty() && !lasts
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
        let near = ends.is_some_and(|(main, day)| (day - main).get_days() <= RECENT);
        near && self.days.main.is_some_and(|main| main.compare(day) == Some(Ordering::Less))
    }

    fn opens_paragraph(&self, sentence: &Sentence<'p>) -> bool {
        let tokens = &self.context.tokens[sentence.first.saturating_sub(1)..=sentence.first];
        let between = self.context.text.get(tokens[0].end as usize..tokens[tokens.len() - 1].start as usize);
        sentence.first == 0 || between.is_some_and(|between| between.contains('\n'))
    }

    pub(super) fn is_ahead(&self, day: Date) -> bool {
        self.published.is_some_and(|published| published.compare(&day) == Some(Ordering::Less))
    }

    /// Whether a sentence gives a count: its day is the day of counting.
    pub fn reports(&self, sentence: &Sentence<'p>) -> bool {
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
        let (event, day) = self.event_of_a_day(item).filter(|(_, day)| self.is_recent(*day))?;
        let dated = (0..sentence.dates.len())
            .any(|number| matches!(self.placed.when(sentence, number), When::At(day) if is_day(day)));
        let opens_war = self.events.iter().any(|war| war.lasts() && war.from == event.from);
        (!dated && !opens_war).then_some(day)
    }

    fn event_of_a_day(&self, item: &Item<'p>) -> Option<(&'p Event, Date)> {
        let (_, _, name) = self.context.name(item).filter(|(_, _, name)| name.how == crate::pack::How::Event)?;
        let event = self.shared.events.get(&name.id).filter(|event| !event.lasts())?;
        event.from.map(Date::At).filter(|day| is_day(*day)).map(|day| (event, day))
    }

    /// The day of the attack that a figure is told of by name: "l'attaque du 7 mai a fait 46 morts", but not "après
    /// l'attaque du 7 mai, l'offensive a fait 900 morts".
    pub(super) fn attacked_on(&self, sentence: &Sentence<'p>, figure: usize) -> Option<Date> {
        if !sentence.may_be(Mask::NAME) {
            return None;
        }
        let between = sentence.items[..figure].iter().enumerate().rev();
        let scene = |item: &Item<'p>| self.context.is(item, Class::Scene) && self.context.name(item).is_none();
        let mut near = between.take_while(|(_, item)| !scene(item) && !matches!(item.what, What::Date(_)));
        let (at, event, day) =
            near.find_map(|(at, item)| self.event_of_a_day(item).map(|(event, day)| (at, event, day)))?;
        (event.kind == "attack" && self.since(sentence, at).is_none()).then_some(day)
    }

    pub(super) fn is_recent(&self, day: Date) -> bool {
        let today = self.published.and_then(|date| date.first_day());
        today.zip(day.first_day()).is_none_or(|(today, day)| (today - day).get_days() <= RECENT)
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

    /// "est prévu dimanche", "sera enterré mercredi": a day that is still to come.
    fn is_planned(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let future = |item: &Item<'p>| {
            let aux = self.context.class(item, Class::Be).or(self.context.class(item, Class::Have));
            aux.is_some_and(|(_, tags)| tags.has(Tags::FUTURE))
        };
        let before = sentence.items[at.saturating_sub(6)..at].iter().rev();
        before
            .take_while(|item| item.what == What::Words)
            .any(|item| self.context.is_time(item, TimeClass::Planned) || future(item))
    }

    /// Whether a day is that of saying: "a annoncé jeudi", "un rapport rendu public lundi".
    fn is_of_saying(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let cue =
            |item: &Item<'p>| self.context.is_cue(item, CueClass::Verb) || self.context.is_cue(item, CueClass::Report);
        let right_before = sentence.items[..at].iter().rev().take(2).any(cue);
        right_before || self.of_report(sentence, at) || !self.is_free(sentence, at)
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

/// A day, a night, a weekend: no month and no season. One without a year is a day.
pub(super) fn is_day(date: Date) -> bool {
    // A leap year stands in where no year is known.
    let placed = |at: Partial| Partial { year: at.year.or(Some(2024)), ..at };
    let (from, to) = match date {
        Date::At(at) => (at, at),
        Date::Between(from, to) => (from, to),
    };
    let ends = placed(from).first_day().zip(placed(to).last_day());
    ends.is_some_and(|(first, last)| (0..4).contains(&(last - first).get_days()))
}

/// Whether it lasts so many days.
pub(super) fn lasts(date: Date, days: i32) -> bool {
    let ends = date.first_day().zip(date.last_day());
    ends.is_some_and(|(first, last)| (last - first).get_days() >= days)
}
