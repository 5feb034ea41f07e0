//! Reads one day, month or year, or words that stand for one.
//!
//! In: items. Out: a [`Point`]: what is said, before any year is given to it, and how many items say it.
//!
//! What is said and what it must mean are kept apart: the first end of "du 28 février au 3 mars 2022" has no year of its
//! own and takes that of the second.

use super::calendar::{self, DAY, MONTH, WEEK, YEAR};
use super::{Dating, Item, of};
use crate::claim::{Date, Partial};
use crate::mention::What;
use crate::pack::{Class, TimeClass, UnitPlace};
use crate::sentence::{Shape, TokenKind};

/// Words that say a date.
#[derive(Clone, Copy, Debug)]
pub struct Point {
    /// How many items.
    pub len: usize,
    /// What they say.
    pub said: Said,
}

/// What a date says, before it is placed.
#[derive(Clone, Copy, Debug)]
pub enum Said {
    /// Already placed, or out of reach.
    Placed(Option<Date>),
    /// As far as it is told: "2 mars", "le 2", "mars dernier".
    Loose {
        at: Partial,
        turn: Turn,
        /// "samedi 31 août": the year must fit.
        weekday: Option<i8>,
    },
    /// "début mars", "fin 2022".
    Third { third: u8, at: Partial, turn: Turn },
    /// A feast or a season.
    Days { days: Date, year: Option<i16>, turn: Turn },
    /// So many days before a day that the text tells; after it when negative.
    Beside(i32),
    /// So many days after what is named.
    After(i32),
}

/// "dernier", "prochain", "ce".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Turn {
    None,
    Last,
    Next,
    This,
}

/// What the core of a date begins with, where it is no number and no "de".
const HEADS: u64 = of(TimeClass::From)
    | of(TimeClass::Filler)
    | of(TimeClass::This)
    | of(TimeClass::Last)
    | of(TimeClass::Next)
    | of(TimeClass::Ordinal)
    | of(TimeClass::Month)
    | of(TimeClass::Weekday)
    | of(TimeClass::Weekend)
    | of(TimeClass::Unit)
    | of(TimeClass::Days)
    | of(TimeClass::Year)
    | of(TimeClass::Decade)
    | of(TimeClass::Century)
    | of(TimeClass::Sign)
    | of(TimeClass::Part)
    | of(TimeClass::Night)
    | of(TimeClass::Ago)
    | of(TimeClass::Beside)
    | of(TimeClass::AgoBefore)
    | of(TimeClass::AheadBefore);

pub(super) const YEARLESS: Partial = Partial { year: None, month: None, day: None };

pub(super) fn point(len: usize, said: Said) -> Option<Point> {
    (len > 0).then_some(Point { len, said })
}

pub(super) fn loose(len: usize, at: Partial, turn: Turn) -> Option<Point> {
    point(len, Said::Loose { at, turn, weekday: None })
}

pub(super) fn placed(len: usize, date: Option<Date>) -> Option<Point> {
    point(len, Said::Placed(date))
}

impl Dating<'_> {
    /// The date at the head of these items. `led`: the word before makes a bare number a day ("du" 13).
    pub(super) fn point(&self, items: &[Item<'_>], led: bool) -> Option<Point> {
        let (mut at, mut led, mut this) = (0, led, false);
        while at < 4 {
            let item = items.get(at);
            if self.is(item, TimeClass::This) {
                this = true;
            } else if !(self.is(item, TimeClass::On)
                || self.is(item, TimeClass::Filler)
                || self.is_class(item, Class::Determiner))
            {
                break;
            }
            led = self.is(item, TimeClass::OnDay) || (led && at == 0);
            // "la nuit", "le début": the word after the article decides.
            at += 1;
        }
        let rest = &items[at..];
        let head = rest.first()?;
        if head.mask.times & HEADS == 0 && !matches!(head.what, What::Numeral(_)) && !self.is_of(Some(head)) {
            return None;
        }
        let in_time = at > 0 && self.is(items.get(at - 1), TimeClass::On);
        // A number opens some of these only, and a word the others.
        let number = matches!(head.what, What::Numeral(_));
        let found =
            if number { self.numeric(rest, led) } else { self.night(rest, this).or_else(|| self.said_day(rest)) };
        let found = found
            .or_else(|| self.counted(rest))
            .or_else(|| self.ordinal(rest, this))
            .or_else(|| self.unit(rest, this))
            .or_else(|| {
                let word = || self.part(rest).or_else(|| self.on_weekday(rest, this));
                // "dans la matinée été tués" has no summer in it.
                let led = at > 0 && !self.is_after(items.get(at - 1));
                if number { None } else { word().or_else(|| self.feast(rest, this, led)) }
            })
            .or_else(|| self.day_month_year(rest, this))
            .or_else(|| if number { self.year_month_day(rest) } else { None })
            .or_else(|| self.century(rest))
            .or_else(|| self.bare_year(rest, in_time))
            .or_else(|| if led { self.alone(rest) } else { None })?;
        let len = at + found.len;
        let after = usize::from(self.is_after(items.get(len)));
        Some(Point { len: len + after, ..found })
    }

    /// "soir", "matin" after a day; an article there opens something else.
    pub(super) fn is_after(&self, item: Option<&Item<'_>>) -> bool {
        self.is(item, TimeClass::Filler) && !self.is_class(item, Class::Determiner) && !self.is(item, TimeClass::On)
    }

    /// "hier", "demain", "la veille".
    fn said_day(&self, items: &[Item<'_>]) -> Option<Point> {
        if let Some(back) = self.value(items.first(), TimeClass::Ago) {
            return placed(1, self.calendar.ago(back, DAY));
        }
        let back = self.value(items.first(), TimeClass::Beside)?;
        // "la veille du 14 juillet"
        let of = self.is_of(items.get(1)) || self.is(items.get(1), TimeClass::From);
        let beside = of.then(|| self.point(&items[2..], self.is(items.get(1), TimeClass::OnDay))).flatten();
        if let Some(Point { len, said }) = beside.filter(|beside| beside.said.has_day_or_is_placed()) {
            let day = self.calendar.place(&said).and_then(|date| date.only_day());
            return placed(2 + len, day.and_then(|day| calendar::shift(day, -back, DAY)).map(Date::day));
        }
        match self.calendar.convention.look {
            // "au lendemain du séisme"
            super::Look::Back if of && back < 0 => point(1, Said::After(-back)),
            super::Look::Back => point(1, Said::Beside(back)),
            super::Look::Forward => placed(1, self.calendar.ago(back, DAY)),
        }
    }

    /// "dans la nuit de vendredi à samedi", "la nuit du 3 au 4 mars", "la nuit dernière": a night belongs to both days.
    fn night(&self, items: &[Item<'_>], this: bool) -> Option<Point> {
        if !self.is(items.first(), TimeClass::Night) {
            return None;
        }
        let last = self.turn(items.get(1)) == Turn::Last;
        if (this || last) && self.calendar.convention.look == super::Look::Back {
            let both = match (self.calendar.ago(1, DAY)?, self.calendar.ago(0, DAY)?) {
                (Date::At(from), Date::At(to)) => Some(Date::Between(from, to)),
                _ => None,
            };
            return placed(1 + usize::from(last), both);
        }
        let mut at = 1;
        let mut led = false;
        while at < 3 && (self.is_of(items.get(at)) || self.is(items.get(at), TimeClass::From)) {
            led = self.is(items.get(at), TimeClass::OnDay);
            at += 1;
        }
        let from = self.point(&items[at..], led).or_else(|| self.open_day(&items[at..]))?;
        let next = at + from.len;
        let to = (self.is(items.get(next), TimeClass::To))
            .then(|| self.point(&items[next + 1..], self.is(items.get(next), TimeClass::OnDay)))
            .flatten();
        let Some(to) = to else {
            return (!matches!(from.said, Said::Loose { at, .. } if at.day.is_none()) && at > 1)
                .then_some(Point { len: next, ..from });
        };
        let both = match self.calendar.whole_stretch(&from.said, &to.said)? {
            (Some(Date::At(from)), Some(Date::At(to))) => Some(Date::Between(from, to)),
            (_, to) => to,
        };
        placed(next + 1 + to.len, both)
    }

    pub(super) fn turn(&self, item: Option<&Item<'_>>) -> Turn {
        match item {
            Some(_) if self.is(item, TimeClass::Last) => Turn::Last,
            Some(_) if self.is(item, TimeClass::Next) => Turn::Next,
            Some(_) if self.is(item, TimeClass::This) => Turn::This,
            _ => Turn::None,
        }
    }

    /// Number of a day, and how many items it takes: "12", "1er", "premier", "quinze".
    fn day_number(&self, items: &[Item<'_>]) -> Option<(usize, u8)> {
        if let Some(day) = self.number(items.first(), 1, 31).filter(|_| !self.is_heaped(&items[0])) {
            let rank = self.is_rank(items.get(1));
            return Some((1 + usize::from(rank), day as u8));
        }
        let day = self.value(items.first(), TimeClass::Ordinal).filter(|day| (1..=31).contains(day))?;
        Some((1, day as u8))
    }

    /// "6,107,31 août": digits that a comma joins to others are no day.
    fn is_heaped(&self, item: &Item<'_>) -> bool {
        let tokens = &self.context.tokens[..=item.first as usize];
        let [.., left, comma, day] = tokens else { return false };
        let glued = comma.shape.has(Shape::GLUED) && day.shape.has(Shape::GLUED);
        left.kind == TokenKind::Digits && comma.mark() == Some(',') && glued
    }

    /// "er" of "1er".
    pub(super) fn is_rank(&self, item: Option<&Item<'_>>) -> bool {
        let Some(item) = item.filter(|item| self.is_glued(Some(item)) && !item.senses.is_empty()) else { return false };
        self.context
            .sense(item, |data| match data {
                crate::pack::Data::Unit(unit) => (unit.place == UnitPlace::Glued).then_some(()),
                _ => None,
            })
            .is_some()
    }

    /// A day of a month that is not named.
    pub(super) fn open_day(&self, items: &[Item<'_>]) -> Option<Point> {
        let (len, day) = self.day_number(items)?;
        let numeral = self.numeral(items.first());
        if numeral.is_some_and(|n| n.make.article || n.make.plain > 2) {
            return None;
        }
        loose(len, Partial { day: Some(day), ..YEARLESS }, Turn::None)
    }

    /// "le 2", where nothing follows that it could count.
    fn alone(&self, items: &[Item<'_>]) -> Option<Point> {
        let found = self.open_day(items)?;
        self.numeral(items.first())?;
        let next = items.get(found.len);
        let weekday = self.value(next, TimeClass::Weekday);
        if let (Some(weekday), Said::Loose { at, turn, .. }) = (weekday, found.said) {
            return point(found.len + 1, Said::Loose { at, turn, weekday: Some(weekday as i8) });
        }
        self.ends_day(next).then_some(found)
    }

    /// Whether a bare number before this item may be a day: what it could count does not follow.
    pub(super) fn ends_day(&self, next: Option<&Item<'_>>) -> bool {
        let Some(item) = next else { return true };
        match item.what {
            What::Mark(mark) => !matches!(mark, '%' | '\u{b0}' | '/' | ':' | '-'),
            What::Words if self.is_glued(next) => false,
            What::Words => {
                self.context
                    .sense(item, |data| {
                        matches!(
                            data,
                            crate::pack::Data::Function(_) | crate::pack::Data::Cue(_) | crate::pack::Data::Time(_)
                        )
                        .then_some(())
                    })
                    .is_some()
                    && self.time(next, TimeClass::Unit).is_none()
                    && !self.is(next, TimeClass::Century)
            }
            _ => false,
        }
    }

    /// "19 mars 2022", "1er mai", "mars 2022", "mars dernier", "March 19, 2022", "le 15 du mois prochain".
    pub(super) fn day_month_year(&self, items: &[Item<'_>], this: bool) -> Option<Point> {
        let separator = |at: usize| {
            let glued = self.is_glued(items.get(at));
            usize::from(glued && (self.is_mark(items.get(at), '/') || self.is_mark(items.get(at), '-')))
        };
        // "sept. 2029" has no day.
        let day = self.day_number(items).filter(|_| self.number_as_month(items, 0, false, false).is_none());
        let mut at = day.map_or(0, |(len, _)| len);
        if day.is_some() {
            at += separator(at);
        }
        let of = self.is_of(items.get(at))
            || self.is(items.get(at), TimeClass::Filler)
            || self.is(items.get(at), TimeClass::From);
        // "du 4 au 23 le mois prochain"
        let turned =
            || day.is_some() && self.is(items.get(at), TimeClass::On) && self.unit(&items[at + 1..], false).is_some();
        if of || turned() {
            if let Some((_, day)) = day
                && let Some(found) = self.unit(&items[at + 1..], true)
                && let Said::Placed(Some(Date::At(month))) = found.said
                && month.month.is_some()
                && month.day.is_none()
            {
                let date = Partial { day: Some(day), ..month };
                return placed(at + 1 + found.len, date.first_day().map(Date::day));
            }
            at += 1;
        }
        let month = match self.value(items.get(at), TimeClass::Month) {
            Some(month) => month,
            None => self.number_as_month(items, at, day.is_some(), of)?,
        } as u8;
        at += 1;
        let day = day.map(|(_, day)| day);
        at += separator(at);
        // "déc. 2018"
        if self.is_mark(items.get(at), '.') && self.year(items.get(at + 1)).is_some() {
            at += 1;
        }
        let of = usize::from(self.is_of(items.get(at)));
        if let Some(year) = self.year(items.get(at + of)) {
            return loose(at + of + 1, Partial { year: Some(year), month: Some(month), day }, Turn::None);
        }
        // "le 4 juillet, 1995", but "le 4 juillet, 1995 soldats"
        if day.is_some()
            && let Some(year) = self.year_behind(&items[at.min(items.len())..])
        {
            return loose(at + 2, Partial { year: Some(year), month: Some(month), day }, Turn::None);
        }
        if day.is_some()
            && let Some((len, year)) = self.year_in_pairs(&items[at.min(items.len())..])
        {
            return loose(at + len, Partial { year: Some(year), month: Some(month), day }, Turn::None);
        }
        // Month, day and year, in this order.
        if day.is_none()
            && let Some((len, day)) = self.day_number(&items[at..])
        {
            let mut end = at + len;
            end += usize::from(self.is_mark(items.get(end), ',') || self.is_of(items.get(end)));
            if let Some(year) = self.year(items.get(end)) {
                return loose(end + 1, Partial { year: Some(year), month: Some(month), day: Some(day) }, Turn::None);
            }
            if self.context.pack.order == crate::pack::Order::Mdy {
                return loose(at + len, Partial { year: None, month: Some(month), day: Some(day) }, Turn::None);
            }
        }
        let turn = self.turn(items.get(at));
        at += usize::from(turn != Turn::None);
        let turn = if turn == Turn::None && this && day.is_none() { Turn::This } else { turn };
        // A separator with nothing behind it belongs to the sentence.
        let at = if turn == Turn::None && separator(at - 1) > 0 { at - 1 } else { at };
        loose(at, Partial { year: None, month: Some(month), day }, turn)
    }

    /// "12 sept.", "12 sept 2029": a number that may be a month is one behind a day that it does not count on.
    fn number_as_month(&self, items: &[Item<'_>], at: usize, day: bool, of: bool) -> Option<i32> {
        let month = self.value_of_number(items.get(at), TimeClass::Month)?;
        let stop = usize::from(self.is_mark(items.get(at + 1), '.') && self.is_glued(items.get(at + 1)));
        let year = self.year(items.get(at + 1 + stop)).is_some();
        // "deux des sept otages" is no day in September.
        let fits = if day { stop > 0 || year || !of && self.ends_day(items.get(at + 1)) } else { stop > 0 && year };
        fits.then_some(month)
    }

    /// "début mars", "à la fin de l'année", "mi-2023", "en début de semaine".
    fn part(&self, items: &[Item<'_>]) -> Option<Point> {
        let third = self.value(items.first(), TimeClass::Part)? as u8;
        let mut at = 1;
        let mut this = false;
        while at < 4 {
            let item = items.get(at);
            this |= self.is(item, TimeClass::This);
            let passes = self.is_of(item)
                || self.is(item, TimeClass::This)
                || self.is(item, TimeClass::Filler)
                || self.is(item, TimeClass::On)
                || self.is_class(item, Class::Determiner);
            if !passes {
                break;
            }
            at += 1;
        }
        if let Some(year) = self.year(items.get(at)) {
            return point(
                at + 1,
                Said::Third { third, at: Partial { year: Some(year), ..YEARLESS }, turn: Turn::None },
            );
        }
        let rest = &items[at.min(items.len())..];
        if let Some(found) = self.unit(rest, true) {
            let Said::Placed(date) = found.said else { return None };
            return placed(at + found.len, date.and_then(|date| calendar::third_of(third, date)));
        }
        let found = self.day_month_year(rest, this)?;
        match found.said {
            Said::Loose { at: month, turn, .. } if month.day.is_none() => {
                point(at + found.len, Said::Third { third, at: month, turn })
            }
            _ => None,
        }
    }

    /// Whether a unit is a month or longer, so that "fin" and an ordinal divide it.
    pub(super) fn is_long(hours: i32) -> bool {
        hours >= MONTH || hours == WEEK || hours == YEAR
    }
}
