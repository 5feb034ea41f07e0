//! Finds dates, as precisely as they are said, looking back from the day of publication.
//!
//! In: items with numerals. Out: the same items, with dates in place of their words, and [`DateMention`]s.
//!
//! "du 3 avril, jour de l'invasion, au 17 mai" is one stretch over an apposition. "samedi" is the last
//! Saturday; under a publication date that is only a month it stays a word. No year is invented.

mod calendar;
mod numeric;
mod period;
mod point;

use super::number::Numeral;
use super::{Context, Item, What};
use crate::claim::Date;
use crate::pack::{Class, Data, How, Mask, Pack, Shared, Tags, Time, TimeClass, hint};
use crate::sentence::Shape;
use calendar::Calendar;
use point::{Point, Said};

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
    /// "depuis l'invasion de …": pack entry of the event's name
    SinceEvent(u32),
    /// "depuis le début du conflit": an event that is not named
    SinceStart,
    /// "depuis le début de la saison": what nothing dates
    SinceSome,
    /// "jusqu'au 12 septembre"
    Until(Date),
    /// "avant le 12 septembre"
    Before(Date),
    /// "au 29 mai", "arrêté au 30 août"
    AsOf(Date),
    /// "du 24 février au 19 mars"
    Stretch(Date, Date),
    /// "la veille", "trois jours plus tard": so many days before a day that the text tells; after it when negative
    Beside(i32),
    /// "trois jours après" the attack, "au lendemain de" it: so many days after what is named
    After(i32),
    /// "en 24 heures": so many days that end now; that begin now when negative
    Within(i32),
    /// "à ce jour"
    ToDate,
    /// Words that name a day which the publication date does not reach: "samedi" under a month
    Word,
}

impl When {
    /// The day a stretch without an end begins, where it is told or the event is known.
    pub fn since(&self, pack: &Pack, shared: &Shared) -> Option<Date> {
        match *self {
            When::Since(date) => Some(date),
            When::SinceEvent(entry) => match &pack.entries.get(entry as usize)?.data {
                Data::Name(name) => shared.events.get(&name.id)?.from.map(Date::At),
                _ => None,
            },
            _ => None,
        }
    }
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
    let Some(base) = items.first().map(|item| item.first) else { return };
    let bits = bits_of(context, items, numerals, base);
    let dating = Dating { context, calendar: Calendar { published, look }, numerals, bits, base };
    if dating.bits.is_empty() {
        return;
    }
    let mut kept = 0;
    let mut at = 0;
    while at < items.len() {
        // A date is short; what is looked at for it stays short as well.
        let window = &items[at..items.len().min(at + WINDOW)];
        let found = if dating.has(&items[at], START) { dating.date(window) } else { None };
        match found {
            Some((len, when)) if len > 0 && dates.len() < usize::from(u16::MAX) => {
                let (first, end) = (items[at].first, items[at + len - 1].end);
                items[kept] = Item {
                    first,
                    end,
                    what: What::Date(dates.len() as u16),
                    senses: &[],
                    gap: None,
                    mask: Mask::default(),
                };
                dates.push(DateMention { first, end, when });
                at += len;
            }
            _ => {
                if kept < at {
                    items[kept] = items[at];
                }
                at += 1;
            }
        }
        kept += 1;
    }
    items.truncate(kept);
}

/// Why a numeral inside a date is no count of things: a key of `[refused]`.
pub fn refused_in(date: &DateMention, numeral: &Numeral) -> &'static str {
    match date.when {
        When::Within(_) => "duration",
        _ if numeral.make.plain == 4 => "year",
        _ => "date",
    }
}

/// The classes of the items that have the core of a date in or near them: a month, a weekday, a unit, a number written as a day or
/// a year is. What leads a date is in every sentence; the core is not, and far from it nothing is looked at.
fn bits_of(context: &Context<'_>, items: &[Item<'_>], numerals: &[Numeral], base: u32) -> Vec<u64> {
    let end = items.last().map_or(base, |item| item.end);
    // Most sentences have no core, and then nothing is kept.
    let mut bits = vec![];
    let core = |at: usize| match items[at].what {
        What::Numeral(number) => {
            let make = numerals[usize::from(number)].make;
            let joined = items.get(at + 1).is_some_and(|next| {
                let shape = context.token(next).shape;
                (matches!(next.what, What::Mark('/' | '.' | '-' | '\u{2013}')) && shape.has(Shape::GLUED))
                    || shape.has(Shape::HYPHEN)
            });
            // "le 2": a small number is a day only after such a word, or beside a month, which is a core itself.
            let led = || at > 0 && classes(&items[at - 1]) & of(TimeClass::OnDay) != 0;
            !make.article && (make.plain == 4 || make.wreck || joined || led())
        }
        What::Words => items[at].mask.hints & hint::TIME != 0,
        _ => false,
    };
    let mut done = 0;
    for at in 0..items.len() {
        if !core(at) {
            continue;
        }
        bits.resize((end - base) as usize, 0);
        let from = done.max(at.saturating_sub(LEAD));
        done = items.len().min(at + TAIL);
        for item in &items[from..done.max(from)] {
            let own = &mut bits[(item.first - base) as usize];
            if *own == 0 {
                *own = classes(item);
            }
        }
        for item in &items[at.saturating_sub(LEAD)..=at] {
            bits[(item.first - base) as usize] |= START;
        }
    }
    bits
}

/// One bit for each class that the item may be of; a numeral has one of its own.
fn classes(item: &Item<'_>) -> u64 {
    let bit = |yes, bit| if yes { bit } else { 0 };
    let is = |class| item.mask.classes & (1 << class as u64) != 0;
    item.mask.times
        | bit(matches!(item.what, What::Numeral(_)), NUMERAL)
        | bit(is(Class::Of), OF)
        | bit(is(Class::Determiner), DETERMINER)
}

/// Words that may stand before the core of a date: "au cours des", "dans la nuit du".
const LEAD: usize = 5;

/// Words that may stand behind the core of a date, up to the next core.
const TAIL: usize = 10;

/// Items that one date may be read from.
const WINDOW: usize = 32;

/// What the parts of a date are read with.
struct Dating<'a> {
    context: &'a Context<'a>,
    calendar: Calendar,
    numerals: &'a [Numeral],
    /// For each token that an item begins with: the classes it may be of, one bit each.
    bits: Vec<u64>,
    /// First token.
    base: u32,
}

/// The bit of a class.
const fn of(class: TimeClass) -> u64 {
    1 << class as u64
}

/// Bits of words that are no words of a date.
const OF: u64 = 1 << 63;
const DETERMINER: u64 = 1 << 62;
const NUMERAL: u64 = 1 << 61;
/// A date may begin here.
const START: u64 = 1 << 60;

impl<'a> Dating<'a> {
    fn has(&self, item: &Item<'_>, bit: u64) -> bool {
        self.bits.get((item.first - self.base) as usize).is_some_and(|bits| bits & bit != 0)
    }

    fn time(&self, item: Option<&Item<'_>>, class: TimeClass) -> Option<(&'a Time, Tags)> {
        let item = item.filter(|item| self.has(item, of(class)))?;
        let context: &Context<'a> = self.context;
        let (_, tags, time) = context.sense(item, |data| match data {
            Data::Time(time) if time.class == class => Some(time),
            _ => None,
        })?;
        Some((time, tags))
    }

    fn value(&self, item: Option<&Item<'_>>, class: TimeClass) -> Option<i32> {
        self.time(item, class).map(|(time, _)| time.value)
    }

    fn is(&self, item: Option<&Item<'_>>, class: TimeClass) -> bool {
        item.is_some_and(|item| self.has(item, of(class)))
    }

    fn is_class(&self, item: Option<&Item<'_>>, class: Class) -> bool {
        item.is_some_and(|item| match class {
            Class::Of => self.has(item, OF),
            Class::Determiner => self.has(item, DETERMINER),
            _ => !item.senses.is_empty() && self.context.is(item, class),
        })
    }

    fn is_of(&self, item: Option<&Item<'_>>) -> bool {
        self.is_class(item, Class::Of)
    }

    fn is_mark(&self, item: Option<&Item<'_>>, mark: char) -> bool {
        item.is_some_and(|item| item.what == What::Mark(mark))
    }

    fn numeral(&self, item: Option<&Item<'_>>) -> Option<&'a Numeral> {
        match item?.what {
            What::Numeral(number) => self.numerals.get(number as usize),
            _ => None,
        }
    }

    fn is_hyphened(&self, item: Option<&Item<'_>>) -> bool {
        item.is_some_and(|item| self.context.token(item).shape.has(Shape::HYPHEN))
    }

    fn is_glued(&self, item: Option<&Item<'_>>) -> bool {
        item.is_some_and(|item| self.context.token(item).shape.has(Shape::GLUED))
    }

    fn number(&self, item: Option<&Item<'_>>, low: u64, high: u64) -> Option<u64> {
        let numeral = self.numeral(item)?;
        numeral.whole().filter(|n| (low..=high).contains(n) && !numeral.about)
    }

    fn year(&self, item: Option<&Item<'_>>) -> Option<i16> {
        let numeral = self.numeral(item)?;
        (numeral.make.plain == 4).then(|| self.number(item, 1800, 2099)).flatten().map(|year| year as i16)
    }

    /// The date at the head of these items, with the words that lead it: how many items, and what it says.
    fn date(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
        let first = items.first()?;
        if !self.has(first, u64::MAX ^ (OF | START)) {
            return None;
        }
        let from = self.is(Some(first), TimeClass::From);
        // Most of what may lead a date leads none.
        let point = if from { None } else { self.point(items, false) };
        if let Some(found) = self.within(items) {
            return Some(found);
        }
        if self.is(Some(first), TimeClass::ToDate) {
            return Some((1, When::ToDate));
        }
        if let Some(found) = self.stretch(items, point) {
            return Some(found);
        }
        for (class, make) in [
            (TimeClass::Since, When::Since as fn(Date) -> When),
            (TimeClass::Until, When::Until),
            (TimeClass::Before, When::Before),
            (TimeClass::AsOf, When::AsOf),
        ] {
            if !self.is(Some(first), class) {
                continue;
            }
            if let Some(Point { len, said }) = self.point(&items[1..], self.is(Some(first), TimeClass::OnDay)) {
                let end = self.is_end(&items[1..]);
                let make = match class {
                    TimeClass::AsOf if !said.has_day() => When::At,
                    // "avant la fin de l'année" reaches to its last day.
                    TimeClass::Before if end => When::Until,
                    _ => make,
                };
                return Some((len + 1, self.calendar.place(&said).map_or(When::Word, make)));
            }
            if class == TimeClass::Since
                && let Some(found) = self.since(items)
            {
                return Some(found);
            }
        }
        if self.is(Some(first), TimeClass::After)
            && let Some(Point { len, said }) = self.point(&items[1..], self.is(Some(first), TimeClass::OnDay))
        {
            let after = |date: Date| Some(Date::day(date.last_day()?.tomorrow().ok()?));
            let date =
                self.calendar.place(&said).and_then(|date| if said.has_day() { Some(date) } else { after(date) });
            return Some((len + 1, date.map_or(When::Word, When::Since)));
        }
        let Point { len, said } = if from { self.point(items, false)? } else { point? };
        let date = self.calendar.place(&said);
        // "le 3 mai et après 18 h": the number is a clock's.
        if self.is(items.get(len), TimeClass::Onward) && self.numeral(items.get(len + 1)).is_none() {
            return Some((len + 1, date.map_or(When::Word, When::Since)));
        }
        let when = match said {
            Said::Beside(days) => When::Beside(days),
            Said::After(days) => When::After(days),
            _ => date.map_or(When::Word, When::At),
        };
        Some((len, when))
    }

    /// "la fin de" opens these items.
    fn is_end(&self, items: &[Item<'_>]) -> bool {
        let part = items.iter().take(3).find_map(|item| self.value(Some(item), TimeClass::Part));
        part == Some(3)
    }

    /// "depuis trois semaines", "depuis le début de l'invasion", "depuis le séisme du 6 février".
    fn since(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
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

    /// "en 24 heures", "au cours des dernières 48 heures", "ces trois derniers jours".
    fn within(&self, items: &[Item<'_>]) -> Option<(usize, When)> {
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
                && (self.is(Some(item), TimeClass::This) || self.has(item, DETERMINER))
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
        let ahead = self.calendar.look == Look::Forward && !last;
        Some((at, When::Within(if ahead { -days } else { days })))
    }

    /// "du D1 au D2", "entre le D1 et le D2", "13-15 juillet". `head` is what stands at the head of these items.
    fn stretch(&self, items: &[Item<'_>], head: Option<Point>) -> Option<(usize, When)> {
        let opens = self.is(items.first(), TimeClass::From);
        let start = usize::from(opens);
        // A bare number is the first day of a stretch only where the second names a month: "13 au 15 juillet".
        let bare = || {
            let lead = usize::from(self.is(items.get(start), TimeClass::On));
            self.open_day(&items[start + lead..]).map(|point| Point { len: point.len + lead, ..point })
        };
        let led = opens && self.is(items.first(), TimeClass::OnDay);
        let head = if opens { self.point(&items[start..], led) } else { head };
        let Point { len, said: from } = head.or_else(bare)?;
        let mut at = start + len;
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
        let Point { len, said: to } = self.point(&items[at..], led)?;
        at += len;
        let alike =
            (from.has_day() && to.has_day()) || (from.is_month() && to.is_month()) || (from.is_year() && to.is_year());
        let led = led && self.is_led(&items[start..at], opens && self.is(items.first(), TimeClass::OnDay));
        let known = from.is_open() && to.is_open() && led || !to.is_open() && (opens || alike);
        if !known || (from.is_open() && !to.has_day()) {
            return None;
        }
        match self.calendar.stretch(&from, &to)? {
            (Some(from), Some(to)) => Some((at, When::Stretch(from, to))),
            (None, Some(to)) => Some((at, When::AsOf(to))),
            _ => Some((at, When::Word)),
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
        (!opens && self.is_hyphened(Some(item))).then_some(0)
    }
}

impl Said {
    /// A day of a month that is not named.
    fn is_open(&self) -> bool {
        matches!(self, Said::Loose { at, .. } if at.month.is_none() && at.day.is_some())
    }

    fn is_year(&self) -> bool {
        matches!(self, Said::Loose { at, .. } | Said::Third { at, .. } if at.year.is_some() && at.month.is_none())
    }

    fn is_month(&self) -> bool {
        matches!(self, Said::Loose { at, .. } if at.month.is_some() && at.day.is_none())
    }

    fn has_day(&self) -> bool {
        match self {
            Said::Loose { at, .. } => at.day.is_some(),
            Said::Placed(date) => date.is_some_and(|date| date.only_day().is_some()),
            Said::Beside(_) => true,
            _ => false,
        }
    }
}
