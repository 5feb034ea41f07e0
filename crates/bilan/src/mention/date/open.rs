//! Reads dates with one side only: since, up to, from then on.
//!
//! In: items. Out: how many of them, and what they say.
//!
//! "depuis l'invasion" begins on a day that only the pack knows, "depuis le début de la saison" on one that nobody does;
//! "2029 et plus." is open, "2029 et plus de 40 soldats" is not.

use super::point::Point;
use super::{Dating, Item, What, When};
use crate::claim::Date;
use crate::pack::{Class, How, TimeClass};

impl Dating<'_> {
    /// "la fin de" opens these items: which third it is.
    pub(super) fn third(&self, items: &[Item<'_>]) -> Option<i32> {
        items.iter().take(3).find_map(|item| self.value(Some(item), TimeClass::Part))
    }

    /// "2029 et après", "2029 et plus.": how many items behind the date.
    pub(super) fn onward(&self, items: &[Item<'_>]) -> Option<usize> {
        let at = usize::from(self.is_class(items.first(), Class::And));
        let next = items.get(at + 1);
        // "le 3 mai et après 18 h": the number is a clock's; "et plus" alone ends what it belongs to.
        let ends = if at == 0 {
            self.numeral(next).is_none()
        } else {
            next.is_none_or(|next| matches!(next.what, What::Mark(_)))
        };
        (self.is(items.get(at), TimeClass::Onward) && ends).then_some(at + 1)
    }

    /// "<= 2019", "≥ 2012".
    pub(super) fn compared(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        // Without the second sign it may be the mark of a quoted line.
        let wide = matches!(items.first()?.what, What::Mark('<' | '>'));
        if wide && !self.is_mark(items.get(1), '=') {
            return None;
        }
        let at = 1 + usize::from(wide);
        let Point { len, said } =
            self.point(&items[at..], false).filter(|found| found.said.has_day() || found.said.is_year())?;
        let date = self.calendar.place(&said)?;
        let when = match items.first()?.what {
            What::Mark('<' | '\u{2264}') => When::Until(date),
            _ => When::Since(date),
        };
        Some((at + len, when))
    }

    /// "depuis trois semaines", "depuis le début de l'invasion", "depuis le séisme du 6 février".
    pub(super) fn since(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let mut at = 1;
        if let Some(count) = self.number(items.get(at), 1, 10_000)
            && let Some(unit) = self.value(items.get(at + 1), TimeClass::Unit)
        {
            let date = self.calendar.ago(count as i32, unit);
            return Some((at + 2, date.map_or(When::Word, When::Since)));
        }
        let passes = |item: Option<&Item<'_>>| {
            self.is_of(item)
                || self.is_class(item, Class::Determiner)
                || [TimeClass::Start, TimeClass::Part, TimeClass::On, TimeClass::Filler]
                    .iter()
                    .any(|&class| self.is(item, class))
        };
        while at < 6 && passes(items.get(at)) && !self.is_class(items.get(at), Class::Scene) {
            at += 1;
        }
        let item = items.get(at)?;
        if let Some((end, entry)) = self.event(item) {
            let len = items.iter().take_while(|item| item.first < end).count();
            return Some((len, When::SinceEvent(entry)));
        }
        if !self.context.is(item, Class::Scene) {
            let start = items[1..at].iter().any(|item| self.is(Some(item), TimeClass::Start));
            return (start && item.what == What::Words).then_some((at + 1, When::SinceSome));
        }
        at += 1;
        // A day that the event is told by: "l'attaque du 7 octobre".
        let of = usize::from(self.is_of(items.get(at)) || self.is(items.get(at), TimeClass::From));
        if of > 0
            && let Some(Point { len, said }) = self.point(&items[at + 1..], self.is(items.get(at), TimeClass::OnDay))
            && let Some(date) = self.calendar.place(&said)
        {
            return Some((at + 1 + len, When::Since(date)));
        }
        Some((at, When::SinceStart))
    }

    /// An event of the pack that the item names, or that begins inside it ("début de l'invasion" before its adjective):
    /// one past its last token, and its entry.
    fn event(&self, item: &Item<'_>) -> Option<(u32, u32)> {
        (item.first..item.end).find_map(|first| {
            let found = self.context.pack.vocabulary.longest(self.context.tokens, first as usize)?;
            let end = first + found.len as u32;
            let named = Item { first, end, senses: found.senses, mask: found.mask, ..*item };
            let (entry, _, name) = self.context.name(&named)?;
            (end >= item.end && name.how == How::Event).then_some((end, entry))
        })
    }
}

/// The day behind a date.
pub(super) fn after(date: Date) -> Option<Date> {
    Some(Date::day(date.last_day()?.tomorrow().ok()?))
}
