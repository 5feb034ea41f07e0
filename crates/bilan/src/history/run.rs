//! Says where a run of one figure ends.
//!
//! In: what is told of one line. Out: whether two claims of one figure are one statement, printed on, or two.
//!
//! "466" on Monday and "466" on Wednesday are one statement, unless the same table has 470 on Tuesday: then the count went
//! up and came back.

use super::Appearance;
use super::days::{as_of, between};
use crate::claim::Value;
use jiff::civil;

/// As-of days at most so far apart, with the same value, are one run and one statement.
pub const RUN_GAP: i64 = 3;

/// What a line tells by day, to say where a run ends.
pub(super) struct Told {
    /// Text, day and value, where a text tells several days or values.
    by_text: Vec<(u64, civil::Date, Value)>,
    /// Day, value, and in how many different texts.
    by_day: Vec<(civil::Date, Value, usize)>,
}

impl Told {
    pub(super) fn of(acts: &[&Appearance]) -> Told {
        let days = acts.iter().filter_map(|act| Some((act.text, as_of(act)?.only_day()?, act.value)));
        let (mut by_text, mut all): (Vec<_>, Vec<_>) = (Vec::new(), days.collect());
        // Most texts tell one figure of a line: to find the others, only their marks are sorted.
        let mut texts: Vec<u64> = all.iter().map(|(text, ..)| *text).collect();
        texts.sort_unstable();
        let mut several: Vec<u64> = texts.windows(2).filter(|pair| pair[0] == pair[1]).map(|pair| pair[0]).collect();
        several.dedup();
        if !several.is_empty() {
            by_text.extend(all.extract_if(.., |(text, ..)| several.binary_search(text).is_ok()));
            by_text.sort_unstable();
            by_text.dedup();
            all.extend(&by_text);
            let text = |told: &(u64, civil::Date, Value)| told.0;
            by_text =
                by_text.chunk_by(|a, b| text(a) == text(b)).filter(|told| told.len() > 1).flatten().copied().collect();
        }
        let number = |(_, day, value): &(u64, civil::Date, Value)| {
            (i32::from(day.year()) << 9 | i32::from(day.month()) << 5 | i32::from(day.day()), value.first)
        };
        all.sort_unstable_by(|a, b| number(a).cmp(&number(b)).then_with(|| a.2.cmp(&b.2)));
        let by_day = all.chunk_by(|a, b| (a.1, a.2) == (b.1, b.2)).map(|same| (same[0].1, same[0].2, same.len()));
        Told { by_day: by_day.collect(), by_text }
    }

    /// What is told from one day until before another.
    fn days(&self, from: civil::Date, to: civil::Date) -> &[(civil::Date, Value, usize)] {
        let place = |day| self.by_day.partition_point(|told| told.0 < day);
        &self.by_day[place(from)..place(to)]
    }

    /// A run ends where the days do not touch; where one text itself tells another value between: a table with 100,
    /// 105 and 100 on three days in a row tells a rise and a fall, not a reprint; and where several texts
    /// told another between and several texts, more than tell any other figure of that day, come back to this one.
    pub(super) fn breaks(&self, before: &Appearance, after: &Appearance) -> bool {
        let day = |act| as_of(act).and_then(|date| date.only_day());
        let (Some(from), Some(to), value) = (day(before), day(after), before.value) else { return false };
        if from == to {
            return false;
        }
        if between(from, to) > RUN_GAP {
            return true;
        }
        let later = &self.by_text[self.by_text.partition_point(|(text, day, _)| (*text, *day) <= (after.text, from))..];
        let mut later = later.iter().take_while(|(text, day, _)| (*text, *day) < (after.text, to));
        if later.any(|(_, _, other)| *other != value) {
            return true;
        }
        let (next, last) = (from.tomorrow().unwrap_or(from), to.tomorrow().unwrap_or(to));
        // One paper's slip or rounding between is no other count.
        let count = |(_, other, texts): &(civil::Date, Value, usize)| {
            *other != value && *other == Value::exact(other.first) && *texts > 1
        };
        let texts = |fits: &dyn Fn(&Value) -> bool| {
            self.days(to, last).iter().filter(|told| fits(&told.1)).map(|told| told.2).max().unwrap_or(0)
        };
        let own = texts(&|told| *told == value);
        self.days(next, to).iter().any(count) && own > 1 && own > texts(&|told| *told != value)
    }
}
