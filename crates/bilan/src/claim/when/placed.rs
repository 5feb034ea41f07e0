//! Places days that are told from other days.
//!
//! In: the sentences of a document, with those between them that only tell a day. Out: a day for "la veille".
//!
//! "Le tir a fait 12 morts mercredi. La veille, …" is Tuesday, whenever it was published; without a day before it, it is
//! the day before publication. "trois jours après l'effondrement" tells the day of the collapse, from that of its sentence.
//! And on a page of history "le 14 juin" is in the year that it told before.

use crate::claim::{Date, Partial};
use crate::clause::Sentence;
use crate::mention::{Context, DateMention, What, When};
use crate::sentence::Token;
use jiff::{ToSpan, civil};
use std::collections::{BTreeMap, BTreeSet};

/// Days before publication after which a day is history.
const NEWS: i32 = 60;

/// Days after which a day alone is of the next month.
const LATE: i32 = 20;

/// Items of a line that opens a year of a chronicle.
const HEADING: usize = 8;

/// Dates that may tell that a page is of history.
const OPENING: usize = 4;

/// A day told in full, where it is told.
#[derive(Clone, Copy)]
struct Told {
    token: u32,
    paragraph: usize,
    day: civil::Date,
}

/// The days of a document, in the order of its text.
pub(super) struct Placed {
    told: Vec<Told>,
    /// The years of days that are written without one on a page of history, by where they stand.
    years: BTreeMap<u32, i16>,
    /// Dates of the report itself, where they stand: "PORT-MIRAL, 3 mai 2031 (Agence)".
    datelines: BTreeSet<u32>,
    /// Days of a month that is not named, where they stand: "le 31".
    alone: BTreeSet<u32>,
    published: Option<civil::Date>,
    /// Those days that are not long ago.
    news: Vec<Told>,
}

impl Placed {
    pub fn new(
        context: &Context<'_>,
        (sentences, asides): (&[Sentence<'_>], &[Sentence<'_>]),
        published: Option<Date>,
    ) -> Placed {
        let mut all: Vec<&Sentence<'_>> = sentences.iter().chain(asides).collect();
        all.sort_by_key(|sentence| sentence.first);
        let mut years = Placed::years_of_history(context, &all, published);
        years.extend(Placed::years_of_sections(context, &all));
        let published = published.and_then(|date| date.only_day());
        let dates = all.iter().flat_map(|sentence| &sentence.dates);
        // Nobody who tells of today writes its year.
        let of_report = |date: &&DateMention| match date.when {
            When::At(day) => {
                published.is_some()
                    && day.only_day() == published
                    && year_of(date.when).is_some_and(|year| is_written(context, date, year))
            }
            _ => false,
        };
        let alone = dates.clone().filter(|date| is_alone(context, date)).map(|date| date.first).collect();
        let datelines = dates.filter(of_report).map(|date| date.first).collect();
        let mut placed = Placed { told: vec![], years, datelines, alone, published, news: vec![] };
        for sentence in all {
            for number in 0..sentence.dates.len() {
                let date = &sentence.dates[number];
                if let When::At(day) = placed.when(sentence, number)
                    && let Some(day) = day.only_day()
                {
                    let told = Told { token: date.first, paragraph: sentence.paragraph, day };
                    placed.news.extend(Some(told).filter(|_| placed.is_news(day)));
                    placed.told.push(told);
                }
            }
        }
        placed
    }

    /// What a date says; a day beside another that is known is a day.
    pub fn when(&self, sentence: &Sentence<'_>, number: usize) -> When {
        let date = &sentence.dates[number];
        if self.datelines.contains(&date.first) {
            return When::Word;
        }
        let When::Beside(back) = date.when else { return self.in_its_month(sentence, date) };
        // "ce jour-là" is the day told last, however long ago.
        let told = if back == 0 || self.news.is_empty() { &self.told } else { &self.news };
        let near = before(told, date).filter(|told| told.paragraph + 1 >= sentence.paragraph);
        let base = near.map(|told| told.day).or(self.published.filter(|_| back > 0));
        let day = base.and_then(|base| base.checked_sub(i64::from(back).days()).ok());
        day.map_or(When::Word, |day| When::At(Date::day(day)))
    }

    /// The years of a document that opens with a day of long ago, or was published nobody knows when.
    fn years_of_history(
        context: &Context<'_>,
        sentences: &[&Sentence<'_>],
        published: Option<Date>,
    ) -> BTreeMap<u32, i16> {
        let dates = || sentences.iter().flat_map(|sentence| &sentence.dates);
        let written = |date: &DateMention| year_of(date.when).filter(|&year| is_written(context, date, year));
        let told = |date: &&DateMention| match date.when {
            When::At(Date::At(Partial { month, .. })) => month.is_some(),
            When::Stretch(..) => true,
            _ => false,
        };
        let opens = dates().take(OPENING).find(told).and_then(written);
        let since = published.and_then(|date| date.first_day()).map(|day| day.year() - 1);
        if since.is_some_and(|since| opens.is_none_or(|year| year >= since)) {
            return BTreeMap::new();
        }
        let (mut years, mut last) = (BTreeMap::new(), None);
        for date in dates() {
            last = Some(date).filter(told).and_then(written).or(last);
            let day = match date.when {
                When::At(Date::At(Partial { month: Some(_), day: Some(day), .. })) if written(date).is_none() => day,
                _ => continue,
            };
            if let Some(year) = last.filter(|_| is_written(context, date, day.into())) {
                years.insert(date.first, year);
            }
        }
        years
    }

    /// "2029 : Valdorie", "2024 : Miravie": in a chronicle what stands below a year is in it.
    fn years_of_sections(context: &Context<'_>, sentences: &[&Sentence<'_>]) -> BTreeMap<u32, i16> {
        let headed = |(at, sentence): (usize, &&Sentence<'_>)| {
            let first = sentence.items.iter().find(|item| !matches!(item.what, What::Mark(_)))?;
            let What::Date(number) = first.what else { return None };
            let When::At(Date::At(Partial { year: Some(year), month: None, .. })) =
                sentence.dates[usize::from(number)].when
            else {
                return None;
            };
            let other = |near: Option<&&Sentence<'_>>| near.is_none_or(|near| near.paragraph != sentence.paragraph);
            let alone =
                other(sentences.get(at + 1)) && other(at.checked_sub(1).and_then(|before| sentences.get(before)));
            let short = sentence.items.len() <= HEADING && sentence.groups.is_empty();
            (alone && short).then_some((at, year))
        };
        let heads: Vec<(usize, i16)> = sentences.iter().enumerate().filter_map(headed).collect();
        let mut years = BTreeMap::new();
        if heads.iter().all(|(_, year)| Some(*year) == heads.first().map(|(_, first)| *first)) {
            return years;
        }
        for (number, &(at, year)) in heads.iter().enumerate() {
            let end = heads.get(number + 1).map_or(sentences.len(), |(next, _)| *next);
            for date in sentences[at + 1..end].iter().flat_map(|sentence| &sentence.dates) {
                let month = matches!(
                    date.when,
                    When::At(
                        Date::At(Partial { month: Some(_), .. }) | Date::Between(Partial { month: Some(_), .. }, _)
                    )
                );
                if month && year_of(date.when).is_none_or(|year| !is_written(context, date, year)) {
                    years.insert(date.first, year);
                }
            }
        }
        years
    }

    /// "Le 29 décembre, …. Le 31, …": a day alone is in the month of the day before it.
    fn in_its_month(&self, sentence: &Sentence<'_>, date: &DateMention) -> When {
        let When::At(Date::At(Partial { day: Some(day), .. })) = date.when else { return self.in_its_year(date) };
        if !self.alone.contains(&date.first) {
            return self.in_its_year(date);
        }
        let near = before(&self.told, date).filter(|told| told.paragraph + 1 >= sentence.paragraph);
        let near = near.and_then(|told| {
            let here = told.day.with().day(day as i8).build().ok()?;
            // "le 30 janvier …, le 2"
            if (told.day - here).get_days() > LATE { here.checked_add(1.month()).ok() } else { Some(here) }
        });
        let known = near.filter(|&day| self.published.is_none_or(|published| day <= published));
        known.map_or(self.in_its_year(date), |day| When::At(Date::day(day)))
    }

    fn in_its_year(&self, date: &DateMention) -> When {
        match (self.years.get(&date.first), date.when) {
            (Some(&year), When::At(Date::At(at))) => When::At(Date::At(Partial { year: Some(year), ..at })),
            (Some(&year), When::At(Date::Between(from, to))) if from.year == to.year => {
                let within = |at: Partial| Partial { year: Some(year), ..at };
                When::At(Date::Between(within(from), within(to)))
            }
            _ => date.when,
        }
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
        let base = before.last().filter(own).map(|told| told.day).or(self.published)?;
        base.checked_sub(i64::from(days).days()).ok().map(Date::day)
    }

    fn is_news(&self, day: civil::Date) -> bool {
        self.published.is_none_or(|published| (0..=NEWS).contains(&(published - day).get_days()))
    }
}

/// The day told last before a date.
fn before<'t>(told: &'t [Told], date: &DateMention) -> Option<&'t Told> {
    told[..told.partition_point(|told| told.token < date.first)].last()
}

fn year_of(when: When) -> Option<i16> {
    match when {
        When::At(Date::At(at) | Date::Between(_, at)) | When::Stretch(_, Date::At(at)) => at.year,
        _ => None,
    }
}

/// "le 31": an article and a number.
fn is_alone(context: &Context<'_>, date: &DateMention) -> bool {
    let day = match date.when {
        When::At(Date::At(Partial { day: Some(day), .. })) => day,
        _ => return false,
    };
    let last = DateMention { first: date.end - 1, ..*date };
    date.end - date.first <= 2 && is_written(context, &last, day.into())
}

/// Whether the number of a year or a day stands in the words of a date.
fn is_written(context: &Context<'_>, date: &DateMention, number: i16) -> bool {
    let tokens: &[Token] = &context.tokens[date.first as usize..date.end as usize];
    let words = |token: &Token| context.text.get(token.start as usize..token.end as usize);
    tokens.iter().any(|token| words(token).and_then(|word| word.parse().ok()) == Some(number))
}
