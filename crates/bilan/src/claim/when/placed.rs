//! Places days that are told from other days.
//!
//! In: the sentences of a document, with those between them that only tell a day. Out: a day for "la veille".
//!
//! "Le tir a fait 12 morts mercredi. La veille, …" is Tuesday, whenever it was published; without a day before it, it is
//! the day before publication. "trois jours après l'effondrement" tells the day of the collapse, from that of its sentence.

use crate::claim::Date;
use crate::clause::Sentence;
use crate::mention::When;
use jiff::{ToSpan, civil};

/// Days before publication after which a day is history.
const NEWS: i32 = 60;

/// A day told in full, where it is told.
struct Told {
    token: u32,
    paragraph: usize,
    day: civil::Date,
}

/// The days of a document, in the order of its text.
pub(super) struct Placed {
    told: Vec<Told>,
    published: Option<civil::Date>,
    /// Some day of it is not long ago.
    any_news: bool,
}

impl Placed {
    pub fn new(sentences: &[Sentence<'_>], asides: &[Sentence<'_>], published: Option<Date>) -> Placed {
        let mut placed = Placed { told: vec![], published: published.and_then(|date| date.only_day()), any_news: false };
        let mut all: Vec<&Sentence<'_>> = sentences.iter().chain(asides).collect();
        all.sort_by_key(|sentence| sentence.first);
        for sentence in all {
            for number in 0..sentence.dates.len() {
                let date = &sentence.dates[number];
                if let When::At(day) = placed.when(sentence, number)
                    && let Some(day) = day.only_day()
                {
                    placed.any_news |= placed.is_news(day);
                    placed.told.push(Told { token: date.first, paragraph: sentence.paragraph, day });
                }
            }
        }
        placed
    }

    /// What a date says; a day beside another that is known is a day.
    pub fn when(&self, sentence: &Sentence<'_>, number: usize) -> When {
        let date = &sentence.dates[number];
        let When::Beside(back) = date.when else { return date.when };
        let before = self.told.partition_point(|told| told.token < date.first);
        let near = self.told[..before].iter().rev().take_while(|told| told.paragraph + 1 >= sentence.paragraph);
        let near = near.into_iter().find(|told| self.is_news(told.day) || !self.any_news);
        let base = near.map(|told| told.day).or(self.published.filter(|_| back > 0));
        let day = base.and_then(|base| base.checked_sub(i64::from(back).days()).ok());
        day.map_or(When::Word, |day| When::At(Date::day(day)))
    }

    /// The day of what a sentence says happened so many days before: "fouillaient lundi, trois jours après". Where a day
    /// stands behind it, that is the day.
    pub fn before(&self, sentence: &Sentence<'_>, number: usize, days: i32) -> Option<Date> {
        let at = sentence.dates[number].first;
        let own = |told: &&Told| (sentence.first..sentence.end).contains(&(told.token as usize));
        let (before, behind) = self.told.split_at(self.told.partition_point(|told| told.token < at));
        if behind.first().is_some_and(|told| own(&told)) {
            return None;
        }
        let base = before.iter().rfind(own).map(|told| told.day).or(self.published)?;
        base.checked_sub(i64::from(days).days()).ok().map(Date::day)
    }

    fn is_news(&self, day: civil::Date) -> bool {
        self.published.is_none_or(|published| (0..=NEWS).contains(&(published - day).get_days()))
    }
}
