//! Reads stretches: from one date to another, or so many days that end now.
//!
//! In: items. Out: how many of them, and what they say.
//!
//! "du 3 avril, jour de l'invasion, au 17 mai" is one stretch over an apposition; "entre 1200 et 1900 soldats" is none.

use super::calendar::DAY;
use super::point::{Point, Said, Turn};
use super::{Dating, Item, Look, When};
use crate::claim::{Date, Partial};
use crate::mention::What;
use crate::pack::{Class, Tags, TimeClass};

impl Dating<'_> {
    /// "en 24 heures", "au cours des dernières 48 heures", "ces trois derniers jours".
    pub(super) fn within(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let opens = self.is(items.first(), TimeClass::Within);
        let during = self.is(items.first(), TimeClass::During);
        let mut at = usize::from(opens || during);
        let (mut last, mut count, mut words) = (false, None, 0);
        while let Some(item) = items.get(at) {
            if self.is(Some(item), TimeClass::Last) && !last {
                last = true;
            } else if let Some(n) = self.number(Some(item), 1, 10_000).filter(|_| count.is_none()) {
                count = Some(n as i32);
            } else if words < 2
                && count.is_none()
                && (self.is(Some(item), TimeClass::This) || self.is_class(Some(item), Class::Determiner))
            {
                words += 1;
            } else {
                break;
            }
            at += 1;
        }
        let (unit, tags) = self.time(items.get(at), TimeClass::Unit)?;
        at += 1;
        if !last && self.is(items.get(at), TimeClass::Last) {
            last = true;
            at += 1;
        }
        // "la semaine dernière" is a date; "ces dernières semaines" has no number of days.
        let count = match count {
            Some(count) => count,
            None if last && (opens || during) && !tags.has(Tags::PLURAL) => 1,
            None => return None,
        };
        // "en 24 heures" and "ces dernières 24 heures", but not "pendant 24 heures".
        if !(last || (opens && words == 0)) {
            return None;
        }
        let days = (count.saturating_mul(unit.value).saturating_add(23) / 24).max(1);
        // "les cinq dernières années" looks back from any day.
        let ahead = self.calendar.convention.look == Look::Forward && !last;
        Some(match ahead {
            true => (at, When::Within(-days)),
            // "en 48 heures" begins the day before yesterday, "en deux jours" yesterday.
            false if unit.value == DAY && days > 1 && !last => (at, When::Days(days)),
            false => (at, When::Within(days)),
        })
    }

    /// "du D1 au D2", "entre le D1 et le D2", "13-15 juillet". `head` is what stands at the head of these items.
    pub(super) fn stretch(&self, items: &[Item<'_>], head: Option<Point>) -> Option<(usize, When)> {
        let opens = self.is(items.first(), TimeClass::From);
        let start = usize::from(opens);
        if let Some(found) = self.days_behind_month(items) {
            return Some(found);
        }
        // A bare number is the first day of a stretch only where the second names a month: "13 au 15 juillet".
        let bare = || {
            let lead = usize::from(self.is(items.get(start), TimeClass::On));
            self.open_day(&items[start + lead..]).map(|point| Point { len: point.len + lead, ..point })
        };
        let led = opens && self.is(items.first(), TimeClass::OnDay);
        let head = if opens { self.point(&items[start..], led) } else { head };
        let Point { len, said: from } = head.or_else(bare)?;
        let mut at = start + len;
        if !opens && let Some(found) = self.days_listed(items, at, &from) {
            return Some(found);
        }
        // "du 7 octobre à ce jour" goes on.
        if opens && self.is(items.get(at), TimeClass::ToDate) && from.has_day_or_is_placed() {
            return Some((at + 1, self.calendar.place(&from).map_or(When::Word, When::Since)));
        }
        let mut ends = self.ends(items, at, opens);
        // One pair of commas may be skipped: "du 3 avril, jour de l'invasion, au 17 mai".
        if ends.is_none() && opens && self.is_mark(items.get(at), ',') {
            let close = items[at + 1..].iter().take(12).position(|item| matches!(item.what, What::Mark(',')))?;
            at += close + 2;
            ends = self.ends(items, at, opens);
        }
        let ends = ends?;
        let led = ends > 0 && self.is(items.get(at), TimeClass::OnDay);
        at += ends;
        let hyphen = self.is_hyphened(items.get(at)) || self.is_glued(items.get(at)) && ends > 0;
        let in_digits = || if hyphen && from.has_day() { self.in_digits(&items[at..], true) } else { None };
        let Point { len, said: to } = self.point(&items[at..], led).or_else(in_digits)?;
        at += len;
        let alike =
            (from.has_day() && to.has_day()) || (from.is_month() && to.is_month()) || (from.is_year() && to.is_year());
        let led = led && self.is_led(&items[start..at], opens && self.is(items.first(), TimeClass::OnDay));
        // "2029 au 3 mai 2031"
        let years = from.is_year() && to.has_year();
        let known = from.is_open() && to.is_open() && led || !to.is_open() && (opens || alike || years);
        if !known || (from.is_open() && !to.has_day()) {
            return None;
        }
        match self.calendar.stretch(&from, &to)? {
            (Some(from), Some(to)) => Some((at, When::Stretch(from, to))),
            (None, Some(to)) => Some((at, When::AsOf(to))),
            _ => Some((at, When::Word)),
        }
    }

    /// "le 4 et le 9 août 1944", "les 3, 4 et 5 mars": from the first to the last; "le 3 ou le 4 mars" is one of them. The
    /// last alone has a month: "le 4 mai et le 7 octobre 2031" are two days.
    fn days_listed(&self, items: &[Item<'_>], mut at: usize, from: &Said) -> Option<(usize, When)> {
        if !from.is_open() {
            return None;
        }
        let open_day = |at: usize| {
            let lead = usize::from(self.is_article(items.get(at)));
            Some(lead + self.open_day(items.get(at + lead..)?)?.len)
        };
        while self.is_mark(items.get(at), ',') {
            at += 1 + open_day(at + 1)?;
        }
        let or = self.is_class(items.get(at), Class::Or);
        if !(or || self.is_class(items.get(at), Class::And)) {
            return None;
        }
        let led = self.is(items.get(at + 1), TimeClass::OnDay);
        let Point { len, said: to } = self.point(items.get(at + 1..)?, led)?;
        if !matches!(to, Said::Loose { at, .. } if at.day.is_some() && at.month.is_some()) {
            return None;
        }
        let (Some(Date::At(from)), Some(Date::At(to))) = self.calendar.whole_stretch(from, &to)? else { return None };
        let when = if or { When::At(Date::Between(from, to)) } else { When::Stretch(Date::At(from), Date::At(to)) };
        Some((at + 1 + len, when))
    }

    fn is_article(&self, item: Option<&Item<'_>>) -> bool {
        self.is(item, TimeClass::On) || self.is_class(item, Class::Determiner)
    }

    /// "novembre 19-20": both days behind their month, as a calendar or a translation puts them.
    fn days_behind_month(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let month = self.value(items.first(), TimeClass::Month)? as u8;
        let dash = self.ends(items, 2, false).filter(|_| !self.is(items.get(2), TimeClass::To))?;
        let day = |item: Option<&Item<'_>>| {
            let numeral = self.numeral(item).filter(|numeral| matches!(numeral.make.plain, 1 | 2))?;
            numeral.whole().filter(|day| (1..=31).contains(day)).map(|day| day as u8)
        };
        let last = 2 + dash;
        let (from, to) = (day(items.get(1))?, day(items.get(last))?);
        let year = self.year_behind(items.get(last + 1..)?);
        let len = last + 1 + if year.is_some() { 2 } else { 0 };
        if from >= to || year.is_none() && !self.ends_day(items.get(len)) {
            return None;
        }
        let said = |day| Said::Loose {
            at: Partial { year, month: Some(month), day: Some(day) },
            turn: Turn::None,
            weekday: None,
        };
        match self.calendar.stretch(&said(from), &said(to))? {
            (Some(from), Some(to)) => Some((len, When::Stretch(from, to))),
            _ => Some((len, When::Word)),
        }
    }

    /// Whether an open day is led by a word that makes it a day: "du 13".
    fn is_led(&self, items: &[Item<'_>], led: bool) -> bool {
        led || self.is(items.first(), TimeClass::OnDay)
    }

    /// Length of what stands between the ends of a stretch: "au", "et le"; a hyphen has none.
    fn ends(&self, items: &[Item<'_>], at: usize, opens: bool) -> Option<usize> {
        let item = items.get(at)?;
        if self.is(Some(item), TimeClass::To) && (opens || !self.is_class(Some(item), Class::And)) {
            return Some(1);
        }
        if self.is_mark(Some(item), '-') || self.is_mark(Some(item), '~') || self.is_mark(Some(item), '\u{2013}') {
            return Some(1);
        }
        self.is_hyphened(Some(item)).then_some(0)
    }
}
