//! Finds dates, as precisely as they are said, looking back from the day of publication.
//!
//! In: items with numerals. Out: the same items, with dates in place of their words, and [`DateMention`]s.
//!
//! "du 3 avril, jour de l'invasion, au 17 mai" is one stretch over an apposition. "samedi" is the last
//! Saturday; under a publication date that is only a month it stays a word. No year is invented.

mod calendar;
mod feast;
mod numeric;
mod open;
mod period;
mod point;
mod stretch;
mod weekday;
mod year;

use super::number::{Make, Numeral};
use super::{Context, Item, What};
use crate::claim::Date;
use crate::pack::{Class, Data, Mask, Pack, Shared, Tags, Time, TimeClass, hint};
use crate::sentence::{Shape, Token};
use calendar::Calendar;
use open::after;
use point::{Point, Said, Turn};

/// Which way a date without a year looks from the day of publication.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Look {
    /// News: "samedi" is the last Saturday.
    #[default]
    Back,
    /// Plans: "samedi" is the next Saturday.
    Forward,
}

/// What a text leaves to habit when it tells dates.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct Convention {
    /// Which way a date without a year looks.
    pub look: Look,
    /// Whether a stretch holds the date that ends it.
    pub ends: Ends,
}

/// Whether a stretch holds the date that ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Ends {
    /// News: "du 4 au 23" holds the 23rd.
    #[default]
    In,
    /// Bookings and half-open calendars: it ends on the 22nd, and "de 2014 à la fin de 2018" with that year.
    Out,
}

impl From<Look> for Convention {
    fn from(look: Look) -> Convention {
        Convention { look, ..Convention::default() }
    }
}

/// A date in the text.
#[derive(Clone, Copy, Debug)]
pub struct DateMention {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// First token behind the word that makes a stretch of a date: "le 15 mai" of "avant le 15 mai".
    pub bare: u32,
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
    /// "en quatre jours": so many days, of which the day of saying is the last
    Days(i32),
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

/// "dans la nuit du (dimanche) 13 au (lundi) 14 juin": what an agency sets in brackets belongs to the date.
fn unwrap_weekdays(context: &Context<'_>, items: &mut Vec<Item<'_>>) {
    let wrapped = |three: &[Item<'_>]| {
        (three[0].what, three[2].what) == (What::Mark('('), What::Mark(')'))
            && context.is_time(&three[1], TimeClass::Weekday)
    };
    while let Some(open) = items.windows(3).position(wrapped) {
        items.remove(open + 2);
        items.remove(open);
    }
}

/// Finds the dates of a sentence.
pub fn find_dates<'p>(
    context: &Context<'_>,
    published: Option<Date>,
    convention: impl Into<Convention>,
    items: &mut Vec<Item<'p>>,
    numerals: &[Numeral],
    dates: &mut Vec<DateMention>,
) {
    dates.clear();
    // Most sentences have no core, and far from one nothing is looked at.
    let next_core = |items: &[Item<'_>], from: usize| {
        let core = (from..items.len()).find(|&at| is_core(context, items, numerals, at));
        core.map_or((items.len(), items.len()), |core| (opening(items, from, core), core))
    };
    if next_core(items, 0).1 == items.len() {
        return;
    }
    unwrap_weekdays(context, items);
    let (mut open, mut core) = next_core(items, 0);
    let line = &context.tokens[items[0].first as usize..items[items.len() - 1].end as usize];
    let calendar = Calendar { published, convention: convention.into() };
    let dating = Dating { context, calendar, numerals, line };
    let (mut kept, mut at) = (0, 0);
    while at < items.len() {
        if core < at {
            (open, core) = next_core(items, at);
        }
        if at < open {
            if kept < at {
                items.copy_within(at..open, kept);
            }
            (kept, at) = (kept + open - at, open);
            continue;
        }
        // A date is short; what is looked at for it stays short as well.
        let window = &items[at..items.len().min(at + WINDOW)];
        match dating.date(window) {
            Some((len, when)) if len > 0 && dates.len() < usize::from(u16::MAX) => {
                let (first, end) = (items[at].first, items[at + len - 1].end);
                let opens = len > 1 && items[at].mask.times & OPENERS != 0;
                let bare = if opens { items[at + 1].first } else { first };
                items[kept] =
                    Item { first, end, what: What::Date(dates.len() as u16), senses: &[], gap: None, mask: Mask::NONE };
                dates.push(DateMention { first, end, bare, when });
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
        When::Within(_) | When::Days(_) => "duration",
        _ if numeral.make.plain == 4 => "year",
        _ => "date",
    }
}

/// What a number word says as a word of dates.
fn time_of_number(context: &Context<'_>, item: &Item<'_>, class: TimeClass) -> Option<i32> {
    if !matches!(item.what, What::Numeral(_)) {
        return None;
    }
    let (.., value) = context.sense(item, |data| match data {
        Data::Time(time) if time.class == class => Some(time.value),
        _ => None,
    })?;
    Some(value)
}

/// Whether the item may be the core of a date: a month, a weekday, a unit, a number written as a day or a year is. What leads
/// a date is in every sentence; the core is not.
#[inline]
fn is_core(context: &Context<'_>, items: &[Item<'_>], numerals: &[Numeral], at: usize) -> bool {
    match items[at].what {
        What::Words => items[at].mask.hints & hint::TIME != 0,
        What::Numeral(number) => is_core_in_digits(context, items, &numerals[usize::from(number)].make, at),
        _ => false,
    }
}

fn is_core_in_digits(context: &Context<'_>, items: &[Item<'_>], make: &Make, at: usize) -> bool {
    let joined = items.get(at + 1).is_some_and(|next| {
        let shape = context.token(next).shape;
        // "12/03", "90s"
        let onward = matches!(next.what, What::Mark('/' | '.' | '-' | '\u{2013}'))
            || next.mask.times & of(TimeClass::Decade) != 0;
        onward && shape.has(Shape::GLUED) || shape.has(Shape::HYPHEN)
    });
    // "le 2": a small number is a day only after such a word, or beside a month, which is a core itself.
    let led = || at > 0 && items[at - 1].mask.times & of(TimeClass::OnDay) != 0;
    let month = || time_of_number(context, &items[at], TimeClass::Month).is_some();
    !make.article && (make.plain == 4 || make.wreck || joined || led() || month())
}

/// Where a date around this core may begin: behind the last word that is no word of a date, "tués" in "12 ont été tués
/// mardi".
fn opening(items: &[Item<'_>], from: usize, core: usize) -> usize {
    let from = from.max(core.saturating_sub(LEAD));
    let lead = &items[from..core];
    if lead.iter().any(|item| item.mask.times & OVER != 0) {
        return from;
    }
    let is_other = |item: &Item<'_>| {
        let classes = (1 << Class::Of as u64) | (1 << Class::Determiner as u64);
        let Mask { kinds, classes: of, times, .. } = *item.mask;
        item.what == What::Words && times == 0 && of & classes == 0 && kinds & Mask::UNIT == 0
    };
    lead.iter().rposition(is_other).map_or(from, |other| from + other + 1)
}

/// Words that may stand before the core of a date: "au cours des", "dans la nuit du".
const LEAD: usize = 5;

/// Behind these any word may follow: "depuis l'invasion", "il y a environ trois semaines".
const OVER: u64 = of(TimeClass::Since) | of(TimeClass::AgoBefore) | of(TimeClass::AheadBefore);

/// These make a stretch of the date behind them: "depuis", "jusqu'à", "avant".
const OPENERS: u64 = of(TimeClass::Since) | of(TimeClass::Until) | of(TimeClass::Before);

/// Items that one date may be read from.
const WINDOW: usize = 32;

/// What the parts of a date are read with.
struct Dating<'a> {
    context: &'a Context<'a>,
    calendar: Calendar,
    numerals: &'a [Numeral],
    /// Everything that was said.
    line: &'a [Token],
}

/// The bit of a class.
const fn of(class: TimeClass) -> u64 {
    1 << class as u64
}

impl<'a> Dating<'a> {
    fn time(&self, item: Option<&Item<'_>>, class: TimeClass) -> Option<(&'a Time, Tags)> {
        let item = item.filter(|item| self.is(Some(item), class))?;
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

    /// The same for a word that is a number as well: "sept", "quinzaine". Who asks knows that no number is meant.
    fn value_of_number(&self, item: Option<&Item<'_>>, class: TimeClass) -> Option<i32> {
        self.value(item, class).or_else(|| time_of_number(self.context, item?, class))
    }

    fn is(&self, item: Option<&Item<'_>>, class: TimeClass) -> bool {
        item.is_some_and(|item| item.mask.times & of(class) != 0)
    }

    fn is_class(&self, item: Option<&Item<'_>>, class: Class) -> bool {
        item.is_some_and(|item| self.context.is(item, class))
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
        match first.what {
            What::Mark('<' | '>' | '\u{2264}' | '\u{2265}') => return self.compared(items),
            What::Numeral(_) => {}
            _ if first.mask.times == 0 && !self.is_class(Some(first), Class::Determiner) => return None,
            _ => {}
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
                let end = self.third(&items[1..]) == Some(3);
                let make = match class {
                    TimeClass::AsOf if !said.has_day() => When::At,
                    // "avant la fin de l'année" reaches to its last day.
                    TimeClass::Before if end => When::Until,
                    _ => make,
                };
                // "depuis samedi", where nobody knows which: since then all the same.
                let unknown = if class == TimeClass::Since { When::SinceSome } else { When::Word };
                return Some((len + 1, self.calendar.place(&said).map_or(unknown, make)));
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
            // "après le début de mars" begins with its first day, as "après le 3" does with the 3rd.
            let holds = said.has_day() || self.third(&items[1..]) == Some(1);
            let date = self.calendar.place(&said).and_then(|date| if holds { Some(date) } else { after(date) });
            return Some((len + 1, date.map_or(When::Word, When::Since)));
        }
        let Point { len, said } = if from { self.point(items, false)? } else { point? };
        let date = self.calendar.place(&said);
        if let Some(onward) = self.onward(&items[len..]) {
            return Some((len + onward, date.map_or(When::Word, When::Since)));
        }
        let when = match said {
            Said::Beside(days) => When::Beside(days),
            Said::After(days) => When::After(days),
            _ => date.map_or(When::Word, When::At),
        };
        Some((len, when))
    }
}

impl Said {
    /// A day of a month that is not named.
    fn is_open(&self) -> bool {
        matches!(self, Said::Loose { at, .. } if at.month.is_none() && at.day.is_some())
    }

    /// A day, a month or a part of one that takes its year from elsewhere.
    fn is_yearless(&self) -> bool {
        matches!(self, Said::Loose { at, turn: Turn::None, .. } | Said::Third { at, turn: Turn::None, .. } if at.year.is_none())
    }

    fn is_year(&self) -> bool {
        matches!(self, Said::Loose { at, .. } | Said::Third { at, .. } if at.year.is_some() && at.month.is_none())
    }

    fn has_year(&self) -> bool {
        matches!(self, Said::Loose { at, .. } if at.year.is_some())
    }

    fn is_month(&self) -> bool {
        matches!(self, Said::Loose { at, .. } | Said::Third { at, .. } if at.month.is_some() && at.day.is_none())
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
