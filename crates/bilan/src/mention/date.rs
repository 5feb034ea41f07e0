//! Finds dates, as precisely as they are said, looking back from the day of publication.
//!
//! In: items with numerals. Out: the same items, with dates in place of their words, and [`DateMention`]s.
//!
//! "du 24 février, date du début de l'invasion, au 19 mars" is one stretch over an apposition. "samedi" is the last
//! Saturday; under a publication date that is only a month it stays a word. No year is invented.

use super::number::Numeral;
use super::{Context, Item, What};
use crate::claim::{Date, Partial};
use crate::pack::{Class, Data, How, Tags, Time, TimeClass};
use crate::sentence::{Shape, TokenKind};
use jiff::ToSpan;
use jiff::civil;

/// Which way a date without a year looks from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Look {
    /// News: "samedi" is the last Saturday.
    #[default]
    Back,
    /// Plans: "samedi" is the next Saturday.
    Forward,
}

/// A date in the text.
#[derive(Clone, Copy, Debug)]
pub struct DateMention {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What it says.
    pub when: When,
}

/// What a date says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum When {
    /// "le 21 septembre"
    At(Date),
    /// "depuis le 24 février"
    Since(Date),
    /// "jusqu'au 12 septembre"
    Until(Date),
    /// "au 29 mai", "arrêté au 30 août"
    AsOf(Date),
    /// "du 24 février au 19 mars"
    Stretch(Date, Date),
    /// "en 24 heures": so many days that end now
    Within(i32),
    /// "à ce jour"
    ToDate,
    /// Words that name a day which the publication date does not reach: "samedi" under a month
    Word,
}

/// Finds the dates of a sentence.
pub fn find_dates<'p>(
    context: &Context<'_>,
    published: Option<Date>,
    look: Look,
    items: &mut Vec<Item<'p>>,
    numerals: &[Numeral],
    dates: &mut Vec<DateMention>,
) {
    dates.clear();
    let dating = Dating { context, published, look, numerals };
    let mut kept = 0;
    let mut at = 0;
    while at < items.len() {
        match dating.date(&items[at..]) {
            Some((len, when)) if len > 0 => {
                let (first, end) = (items[at].first, items[at + len - 1].end);
                items[kept] = Item { first, end, what: What::Date(dates.len() as u16), senses: &[], gap: None };
                dates.push(DateMention { first, end, when });
                at += len;
            }
            _ => {
                items[kept] = items[at];
                at += 1;
            }
        }
        kept += 1;
    }
    items.truncate(kept);
}

struct Dating<'a> {
    context: &'a Context<'a>,
    published: Option<Date>,
    look: Look,
    numerals: &'a [Numeral],
}

impl<'a> Dating<'a> {
    fn time(&self, item: Option<&Item<'_>>, class: TimeClass) -> Option<(&'a Time, Tags)> {
        let context: &Context<'a> = self.context;
        let (_, tags, time) = context.sense(item?, |data| match data {
            Data::Time(time) if time.class == class => Some(time),
            _ => None,
        })?;
        Some((time, tags))
    }

    fn is(&self, item: Option<&Item<'_>>, class: TimeClass) -> bool {
        self.time(item, class).is_some()
    }

    fn numeral(&self, item: Option<&Item<'_>>) -> Option<&Numeral> {
        match item?.what {
            What::Numeral(number) => self.numerals.get(number as usize),
            _ => None,
        }
    }

    fn number(&self, item: Option<&Item<'_>>, low: u64, high: u64) -> Option<u64> {
        let numeral = self.numeral(item)?;
        let joined = self.context.tokens[numeral.first as usize].shape.has(Shape::HYPHEN);
        numeral.whole().filter(|n| !joined && (low..=high).contains(n))
    }

    fn year(&self, item: Option<&Item<'_>>) -> Option<i16> {
        let numeral = self.numeral(item)?;
        (numeral.make.plain == 4).then(|| self.number(item, 1000, 2999)).flatten().map(|year| year as i16)
    }

    /// The date at the head of these items, with the words that lead it: how many items, and what it says.
    fn date(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let first = items.first()?;
        if matches!(first.what, What::Mark(_) | What::Digits) {
            return None;
        }
        // "en 24 heures", "au cours des dernières 48 heures", "ces trois derniers jours"
        if let Some(found) = self.within(items) {
            return Some(found);
        }
        if self.is(Some(first), TimeClass::ToDate) {
            return Some((1, When::ToDate));
        }
        // "du D1 … au D2", "entre le D1 et le D2"
        if self.is(Some(first), TimeClass::From)
            && let Some(found) = self.stretch(items)
        {
            return Some(found);
        }
        for (class, make) in [
            (TimeClass::Since, When::Since as fn(Date) -> When),
            (TimeClass::Until, When::Until),
            (TimeClass::AsOf, When::AsOf),
        ] {
            if self.is(Some(first), class)
                && let Some((len, day)) = self.day(&items[1..])
            {
                return Some((len + 1, day.map_or(When::Word, make)));
            }
        }
        let lead = usize::from(self.is(Some(first), TimeClass::On));
        let (len, day) = self.day(&items[lead..])?;
        Some((len + lead, day.map_or(When::Word, When::At)))
    }

    fn within(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let mut at = 0;
        let opens = self.is(items.first(), TimeClass::Within);
        if opens {
            at += 1;
        }
        let mut last = false;
        let mut count = None;
        let mut dates = 0;
        while let Some(item) = items.get(at) {
            if self.is(Some(item), TimeClass::Last) && !last {
                last = true;
            } else if let Some(n) = self.number(Some(item), 1, 10_000).filter(|_| count.is_none()) {
                count = Some(n as i32);
            } else if dates == 0
                && (self.is(Some(item), TimeClass::This) || self.context.is(item, Class::Determiner))
                && count.is_none()
            {
                dates += 1;
            } else {
                break;
            }
            at += 1;
        }
        let (unit, tags) = self.time(items.get(at), TimeClass::Unit)?;
        at += 1;
        last |= self.is(items.get(at), TimeClass::Last);
        if last && self.is(items.get(at), TimeClass::Last) {
            at += 1;
        }
        // "la semaine dernière" is a date; "ces trois dernières semaines" a stretch up to now.
        let single = count.is_none() && !tags.has(Tags::PLURAL);
        if !opens && (!last || single) {
            return None;
        }
        if opens && count.is_none() && !last {
            return None;
        }
        // `value` is in hours, so that a day is 24.
        let hours = unit.value * count.unwrap_or(1);
        Some((at, When::Within(((hours + 23) / 24).max(1))))
    }

    fn stretch(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let (from_len, from) = self.day(&items[1..])?;
        let mut at = 1 + from_len;
        // One pair of commas may be skipped: "du 24 février, date du début de l'invasion, au 19 mars".
        if matches!(items.get(at).map(|item| item.what), Some(What::Mark(','))) {
            let close = items[at + 1..].iter().take(12).position(|item| matches!(item.what, What::Mark(',')))?;
            at += close + 2;
        }
        if !(self.is(items.get(at), TimeClass::To) || self.is(items.get(at), TimeClass::AsOf)) {
            return None;
        }
        let (to_len, to) = self.day(&items[at + 1..])?;
        at += 1 + to_len;
        match (from, to) {
            (Some(from), Some(to)) => Some((at, When::Stretch(from, to))),
            (None, Some(to)) => Some((at, When::AsOf(to))),
            _ => None,
        }
    }

    /// A day, a month, a year or a weekday at the head of these items. `Some((len, None))`: a date that cannot be placed.
    fn day(&self, items: &[Item<'_>]) -> Option<(usize, Option<Date>)> {
        let mut at = 0;
        while at < 3 && (self.is(items.get(at), TimeClass::Filler) || self.is(items.get(at), TimeClass::This)) {
            at += 1;
        }
        let this = at > 0 && self.is(items.get(at - 1), TimeClass::This);
        // "la nuit de vendredi à samedi": the night belongs to both; its last day stands for it in sorting.
        if self.is(items.get(at), TimeClass::Night) {
            let mut rest = at + 1;
            while rest < at + 3
                && items
                    .get(rest)
                    .is_some_and(|item| self.context.is(item, Class::Of) || self.is(Some(item), TimeClass::From))
            {
                rest += 1;
            }
            if let Some((a_len, a)) = self.plain_day(&items[rest..], false)
                && items
                    .get(rest + a_len)
                    .is_some_and(|item| self.is(Some(item), TimeClass::To) || self.context.is(item, Class::To))
                && let Some((b_len, b)) = self.plain_day(&items[rest + a_len + 1..], false)
            {
                let both = a.zip(b).and_then(|(a, b)| match (a, b) {
                    (Date::At(a), Date::At(b)) => Some(Date::Between(a, b)),
                    _ => None,
                });
                return Some((rest + a_len + 1 + b_len, both.or(b)));
            }
        }
        self.plain_day(&items[at..], this).map(|(len, day)| (len + at, day))
    }

    fn plain_day(&self, items: &[Item<'_>], this: bool) -> Option<(usize, Option<Date>)> {
        let first = items.first();
        // "hier", "la veille"
        if let Some((time, _)) = self.time(first, TimeClass::Ago) {
            let day = self
                .published
                .and_then(|published| published.only_day())
                .and_then(|day| day.checked_sub(i64::from(time.value).days()).ok());
            return Some((1, day.map(Date::day)));
        }
        // "il y a trois semaines", "trois jours plus tôt"
        let before = usize::from(self.is(first, TimeClass::AgoBefore));
        let mut at = before;
        while items.get(at).is_some_and(|item| {
            before == 1
                && item.what == What::Words
                && self.numeral(Some(item)).is_none()
                && at < 2
                && self.time(Some(item), TimeClass::Unit).is_none()
        }) {
            at += 1;
        }
        if let Some(count) = self.number(items.get(at), 1, 10_000)
            && let Some((unit, _)) = self.time(items.get(at + 1), TimeClass::Unit)
            && (before == 1 || self.is(items.get(at + 2), TimeClass::AgoAfter))
        {
            return Some((at + 3 - before, self.ago(count as i32, unit.value)));
        }
        // "la semaine dernière", "le mois dernier", "l'an dernier"
        if let Some((unit, _)) = self.time(first, TimeClass::Unit)
            && self.is(items.get(1), TimeClass::Last)
        {
            return Some((2, self.last(unit.value)));
        }
        let mut at = 0;
        let weekday = self.time(first, TimeClass::Weekday).map(|(time, _)| time.value as i8);
        if weekday.is_some() {
            at = 1;
            if self.is(items.get(at), TimeClass::Last) {
                at += 1;
            }
        }
        // "19 mars 2022", "1er mai", "début mars", "fin du mois"
        let part = self.time(items.get(at), TimeClass::Part).map(|(time, _)| time.value);
        let day = self.number(items.get(at), 1, 31).map(|day| (day as u8, 1)).filter(|_| part.is_none());
        let mut skip = at + usize::from(part.is_some());
        if let Some((_, len)) = day {
            skip += len;
            if self.is(items.get(skip), TimeClass::First) && self.context.token(&items[skip]).shape.has(Shape::GLUED) {
                skip += 1;
            }
        }
        if part.is_some()
            && items
                .get(skip)
                .is_some_and(|item| self.context.is(item, Class::Of) || self.is(Some(item), TimeClass::Filler))
        {
            skip += 1;
        }
        if let Some((month, _)) = self.time(items.get(skip), TimeClass::Month) {
            let mut end = skip + 1;
            let year = self.year(items.get(end));
            if year.is_some() {
                end += 1;
            } else if self.is(items.get(end), TimeClass::Last) || self.is(items.get(end), TimeClass::This) {
                end += 1;
            }
            let partial = Partial { year, month: Some(month.value as u8), day: day.map(|(day, _)| day) };
            return Some((end, self.place(partial, part)));
        }
        if part.is_some()
            && let Some((unit, _)) = self.time(items.get(skip), TimeClass::Unit)
            && self.is(items.get(skip + 1), TimeClass::Last)
        {
            return Some((skip + 2, self.last(unit.value)));
        }
        if let Some(year) = self.year(items.get(skip)).filter(|_| part.is_some()) {
            return Some((skip + 1, self.place(Partial { year: Some(year), month: None, day: None }, None)));
        }
        if let Some(weekday) = weekday {
            let night = usize::from(self.is(items.get(at), TimeClass::Filler));
            let _ = this;
            return Some((at + night, self.weekday(weekday)));
        }
        if let Some(found) = self.numeric(items) {
            return Some(found);
        }
        // A bare year, when the next word is nothing it could count.
        let year = self.year(first)?;
        let counts = items.get(1).is_some_and(|item| {
            self.context.counted(item).is_some()
                || self.context.outcome(item).is_some()
                || self.context.is(item, Class::Other)
        });
        (!counts).then_some((1, Some(Date::At(Partial { year: Some(year), month: None, day: None }))))
    }

    /// "2022-03-19", "19/03/2022", "19.03.2022"
    fn numeric(&self, items: &[Item<'_>]) -> Option<(usize, Option<Date>)> {
        let item = items.first()?;
        self.numeral(Some(item))?;
        let start = self.context.tokens[item.first as usize].start as usize;
        let text = &self.context.text[start..];
        let len = text
            .bytes()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit() || matches!(byte, b'-' | b'/' | b'.'))
            .count();
        let parts: Vec<&str> = text[..len].split(['-', '/', '.']).filter(|part| !part.is_empty()).collect();
        let (year, month, day) = match parts[..] {
            [y, m, d] if y.len() == 4 => (y, m, d),
            [d, m, y] if y.len() == 4 => (y, m, d),
            _ => return None,
        };
        let partial = Partial { year: year.parse().ok(), month: month.parse().ok(), day: day.parse().ok() };
        partial.first_day()?;
        let end = start + len;
        let count = items.iter().take_while(|item| (self.context.span(item).start as usize) < end).count();
        Some((count, Some(Date::At(partial))))
    }

    /// A weekday seen from the day of publication; unknown when that is no day.
    fn weekday(&self, weekday: i8) -> Option<Date> {
        let published = self.published?.only_day()?;
        let want = civil::Weekday::from_monday_one_offset(weekday).ok()?;
        let day = match self.look {
            Look::Back => published.weekday().since(want),
            Look::Forward => -want.since(published.weekday()),
        };
        let day = match self.look {
            Look::Forward if day == 0 => -7,
            _ => day,
        };
        published.checked_sub(i64::from(day).days()).ok().map(Date::day)
    }

    /// Gives a date without a year its year, and a part of a month its days.
    fn place(&self, mut partial: Partial, part: Option<i32>) -> Option<Date> {
        if partial.year.is_none() {
            let (first, last) = (self.published.and_then(|p| p.first_day()), self.published.and_then(|p| p.last_day()));
            if let (Some(first), Some(last)) = (first, last) {
                let at = |year: i16| Partial { year: Some(year), ..partial };
                let year = match self.look {
                    Look::Back => (last.year() - 4..=last.year())
                        .rev()
                        .find(|&year| at(year).first_day().is_some_and(|day| day <= last)),
                    Look::Forward => (first.year()..=first.year() + 4)
                        .find(|&year| at(year).last_day().is_some_and(|day| day >= first)),
                };
                partial.year = year;
            }
        }
        if partial.day.is_some() && partial.year.is_some() && partial.first_day().is_none() {
            return None;
        }
        if let Some(part) = part
            && partial.day.is_none()
            && partial.month.is_some()
        {
            let last = partial.last_day().map_or(28, |day| day.day() as u8);
            let (from, to) = match part {
                1 => (1, 10),
                2 => (11, 20),
                _ => (21, last),
            };
            return Some(Date::Between(Partial { day: Some(from), ..partial }, Partial { day: Some(to), ..partial }));
        }
        Some(Date::At(partial))
    }

    fn ago(&self, count: i32, hours: i32) -> Option<Date> {
        let published = self.published?;
        if hours >= 24 * 365 {
            let day = published.first_day()?;
            return Some(Date::At(Partial { year: Some(day.year() - count as i16), month: None, day: None }));
        }
        if hours >= 24 * 28 {
            let day = published.first_day()?.checked_sub(i64::from(count).months()).ok()?;
            return Some(Date::At(Partial { year: Some(day.year()), month: Some(day.month() as u8), day: None }));
        }
        let days = count * hours / 24;
        let day = published.only_day()?.checked_sub(i64::from(days).days()).ok()?;
        Some(Date::day(day))
    }

    /// The week, month or year before the one of publication.
    fn last(&self, hours: i32) -> Option<Date> {
        let published = self.published?;
        if hours >= 24 * 28 {
            return self.ago(1, hours);
        }
        let day = published.only_day()?;
        if hours >= 24 * 7 {
            let monday = day.checked_sub(i64::from(day.weekday().to_monday_zero_offset() + 7).days()).ok()?;
            let sunday = monday.checked_add(6.days()).ok()?;
            return Some(Date::Between(Partial::day(monday), Partial::day(sunday)));
        }
        None
    }

    #[allow(dead_code)]
    fn event(&self, item: &Item<'_>) -> bool {
        self.context.name(item).is_some_and(|(_, _, name)| name.how == How::Event)
            || self.context.tokens[item.first as usize].kind == TokenKind::Word
    }
}
