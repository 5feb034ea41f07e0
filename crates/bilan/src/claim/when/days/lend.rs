//! Lends a figure the days of its page.
//!
//! In: the days of a document, and where a figure stands. Out: its day, its start, its period, when it was given out.
//!
//! In a bulletin "Du 15 au 17 février, …" every toll without a day is of these three days, and one that stands behind
//! "le 16" is of the 16th. "samedi", on a page of nobody knows when, is a day that no other one may stand in for.

use super::super::{Time, Timing, take};
use super::{How, LEAD, Past, Told};
use crate::claim::Date;
use crate::clause::Sentence;
use crate::mention::When;
use crate::pack::Event;
use std::cmp::Ordering;

/// Paragraphs below a heading that are of its day.
const BELOW: usize = 3;

/// Days before publication on which news was given out.
const NEWS: i32 = 3;

impl<'p> Timing<'_, 'p> {
    /// Fills the day of an incident that has none, at a token of a sentence.
    pub fn lend(&self, time: &mut Time, index: usize, token: u32) {
        let sentence = &self.sentences[index];
        let near = self.has_day_near(sentence.paragraph, token);
        if let Some((from, to)) = self.period().filter(|&(from, _)| !near && !self.looks_back(index, token, from)) {
            (time.from, time.to, time.scope) = (Some(from), Some(to), "period");
            return;
        }
        if let Some(day) = self.heading(sentence.paragraph, token).filter(|_| !near) {
            (time.from, time.to) = (Some(day), Some(day));
            return;
        }
        let long_ago = if time.old && !near { self.told_before(index, token) } else { None };
        if let Some(day) = long_ago {
            (time.from, time.to) = (Some(take::first_of(day)), Some(take::last_of(day)));
            return;
        }
        if let Some((from, to)) = self.days.span.filter(|&(from, _)| !near && !self.looks_back(index, token, from)) {
            (time.from, time.to) = (Some(take::first_of(from)), Some(take::last_of(to)));
            return;
        }
        // Nobody tells of what has not happened yet.
        let ahead = |day: &Date| time.stated.is_some_and(|stated| stated.compare(day) == Some(Ordering::Less));
        time.from = match self.published.filter(|day| day.only_day().is_some()) {
            None if self.tells_a_word(index) => self.published,
            _ => {
                let main = self.days.main.filter(|_| self.days.main_from <= token);
                self.day_near(sentence.paragraph, token).or(main).filter(|day| !ahead(day))
            }
        };
        time.to = time.from;
    }

    /// The day that heads the paragraph of a figure, or one not far above it.
    fn heading(&self, paragraph: usize, token: u32) -> Option<Date> {
        let before = self.days.heads.partition_point(|head| head.token < token);
        self.days.heads[..before].last().filter(|head| head.paragraph + BELOW >= paragraph).map(|head| head.day)
    }

    /// The time that is told last before a figure of long ago, in its paragraph or the one above.
    fn told_before(&self, index: usize, token: u32) -> Option<Date> {
        let paragraph = self.sentences[index].paragraph;
        let before = self.days.past.partition_point(|told| told.token < token);
        self.days.past[..before].last().filter(|told| told.paragraph + 1 >= paragraph).map(|told| told.day)
    }

    /// Whether a sentence tells a day that nobody can place.
    fn tells_a_word(&self, index: usize) -> bool {
        self.dated[index].iter().any(|date| date.when == When::Word)
    }

    /// Whether a sentence tells, before a figure, a time that is over: "À la bataille de Castelbrun, en 1947, …".
    fn looks_back(&self, index: usize, token: u32, from: Date) -> bool {
        let items = &self.sentences[index].items;
        let over = |day: Date| day.compare(&from) == Some(Ordering::Less);
        let before = self.dated[index].iter().filter(|date| items[date.at].first < token);
        before.into_iter().any(|date| matches!(date.when, When::At(day) if over(day)))
    }

    /// The period of a figure that has no day, in a bulletin that sums one up.
    pub fn period(&self) -> Option<(Date, Date)> {
        let (from, to, token) = self.days.period.filter(|_| !self.war().is_some_and(Event::is_war_of_two))?;
        let first = self.days.main.is_none() || !self.days.main_on_scene && self.days.main_at > token;
        first.then_some((take::first_of(from), take::last_of(to)))
    }

    /// Whether the document tells a day on which something happened.
    pub fn has_day(&self) -> bool {
        self.days.main.is_some()
    }

    /// The day on which the figures of a sentence were said or given out, where it stands in that sentence, or once and
    /// not long ago in its paragraph: "Ce bilan a été dressé jeudi par les secours". `voiced`: somebody else gives them.
    pub fn released(&self, sentence: &Sentence<'p>, voiced: bool) -> Option<Date> {
        let recent = |day: Date| {
            let ago = self.published.and_then(|date| date.only_day()).zip(day.only_day());
            ago.is_some_and(|(today, day)| (1..=NEWS).contains(&(today - day).get_days()))
        };
        // Days stand in the order of the text.
        let until = |token: usize| self.days.said.partition_point(|told| (told.token as usize) < token);
        let above = |paragraph: usize| self.days.said.partition_point(|told| told.paragraph < paragraph);
        let near = match voiced {
            true => until(sentence.first)..until(sentence.end),
            false => above(sentence.paragraph)..above(sentence.paragraph + 1),
        };
        let said = &self.days.said[near];
        let first = said.first()?;
        (said.iter().all(|said| said.day == first.day) && recent(first.day)).then_some(first.day)
    }

    /// Since when it goes on that a document opens with: "La guerre, qui dure depuis mars 2031, …".
    pub fn start(&self) -> Option<Date> {
        let known = self.war().is_some_and(Event::is_war_of_two);
        let since = self.days.since.first().filter(|since| since.sentence < LEAD && since.happens && !known)?;
        // A page that tells of one scene, or first of one day, is about that.
        let before = self.days.main.is_none_or(|_| !self.days.main_on_scene && self.days.main_at > since.token);
        before.then(|| take::start_of(since.day))
    }

    /// Whether a day is told before a figure in its paragraph.
    pub fn has_day_near(&self, paragraph: usize, token: u32) -> bool {
        self.day_near(paragraph, token).is_some()
    }

    fn day_near(&self, paragraph: usize, token: u32) -> Option<Date> {
        let before = self.days.happened.partition_point(|told| told.token < token);
        self.days.happened[..before].last().filter(|told| told.paragraph == paragraph).map(|told| told.day)
    }

    /// Keeps the days that figures may lend, which every figure asks for.
    pub(in crate::claim::when) fn lendable(&mut self) {
        let past = self.sentences.iter().zip(&self.dated).flat_map(|(sentence, dated)| {
            let mut past = Vec::from_iter(dated.iter().filter_map(|date| match date.when {
                When::At(day) if !self.is_recent(day) => Some((sentence.items[date.at].first, day)),
                _ => None,
            }));
            past.sort_unstable_by_key(|(token, _)| *token);
            past.into_iter().map(|(token, day)| Past { token, paragraph: sentence.paragraph, day })
        });
        let past = past.collect();
        let fits = |told: &&Told| told.how == How::OnScene || told.opens || !self.is_later(&told.day);
        let happened = self.days.told.iter().filter(fits).copied().collect();
        (self.days.past, self.days.happened) = (past, happened);
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
}
