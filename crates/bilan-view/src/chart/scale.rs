//! Places numbers and days on a picture.
//!
//! In: the least and the most. Out: places in pixels, and where the ticks stand.
//!
//! A scale of numbers begins at nought: a rise of one in a thousand must not look like a doubling.

use jiff::civil::Date;

/// Numbers from nought upwards, along a stretch of pixels.
#[derive(Clone, Copy, Debug)]
pub struct Numbers {
    /// The number at the end.
    pub most: u64,
    /// Between two ticks.
    pub step: u64,
    /// Where nought is.
    pub from: f32,
    /// Where `most` is.
    pub to: f32,
}

impl Numbers {
    /// A scale that holds `most`, with about so many ticks.
    pub fn of(most: u64, ticks: u64, from: f32, to: f32) -> Numbers {
        let rough = most.div_ceil(ticks.max(1)).max(1);
        let ten = 10u64.pow(rough.ilog10());
        let step = [1, 2, 5, 10].iter().map(|times| ten.saturating_mul(*times)).find(|step| *step >= rough);
        let step = step.unwrap_or(rough);
        // Something is always drawn: with nought alone the scale goes to one step.
        let most = most.max(1).div_ceil(step).saturating_mul(step);
        Numbers { most, step, from, to }
    }

    /// Where a number stands.
    pub fn at(&self, n: u64) -> f32 {
        // Pixels are no figures: what is printed is always the number itself.
        let share = (n as f64 / self.most as f64).min(1.0) as f32;
        self.from + (self.to - self.from) * share
    }

    /// The numbers with a tick.
    pub fn ticks(&self) -> impl Iterator<Item = u64> + use<> {
        let (step, most) = (self.step, self.most);
        (0..=most / step).map(move |n| n * step)
    }
}

/// Days, along a stretch of pixels.
#[derive(Clone, Copy, Debug)]
pub struct Calendar {
    first: Date,
    last: Date,
    from: f32,
    to: f32,
}

/// A tick of a calendar.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tick {
    /// Its day.
    pub day: Date,
    /// How much of it is printed.
    pub unit: Unit,
}

/// How much of a date is printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    /// Day and month.
    Day,
    /// Month and year.
    Month,
    /// The year.
    Year,
}

impl Calendar {
    /// A scale that holds both days; a single day stands in the middle of a week.
    pub fn of(first: Date, last: Date, from: f32, to: f32) -> Calendar {
        let days = days(first, last).max(0);
        let margin = if days < 6 { (6 - days + 1) / 2 } else { 0 };
        let margin = jiff::Span::new().days(margin);
        Calendar { first: first.saturating_sub(margin), last: last.saturating_add(margin), from, to }
    }

    /// Where a day stands.
    pub fn at(&self, day: Date) -> f32 {
        let share = days(self.first, day) as f64 / self.days().max(1) as f64;
        self.from + (self.to - self.from) * share.clamp(0.0, 1.0) as f32
    }

    fn days(&self) -> i64 {
        days(self.first, self.last)
    }

    /// The days with a tick: every so many days, months or years, at most eight.
    pub fn ticks(&self) -> Vec<Tick> {
        let (last, days, room) = (self.last, self.days(), 8);
        if days <= 70 {
            let every = [1, 2, 7, 14].into_iter().find(|every| days / every < room).unwrap_or(14);
            let day = |n: i64| self.first.saturating_add(jiff::Span::new().days(n * every));
            return (0..=days)
                .map(day)
                .take_while(|day| *day <= last)
                .map(|day| Tick { day, unit: Unit::Day })
                .collect();
        }
        let months = days / 30;
        let every = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600, 1200, 6000, 12000, 24000]
            .into_iter()
            .find(|every| months / every < room)
            .unwrap_or(60_000);
        let unit = if every >= 12 { Unit::Year } else { Unit::Month };
        // Ticks stand on months whose number since the year nought divides by the step.
        let number = |date: Date| i64::from(date.year()) * 12 + i64::from(date.month()) - 1;
        let of = |n: i64| Date::new(i16::try_from(n.div_euclid(12)).ok()?, n.rem_euclid(12) as i8 + 1, 1).ok();
        let start = number(self.first).div_euclid(every) * every;
        (0..64)
            .filter_map(|n| of(start + n * every))
            .filter(|day| *day >= self.first && *day <= last)
            .map(|day| Tick { day, unit })
            .collect()
    }
}

/// Days from one to another.
pub fn days(from: Date, to: Date) -> i64 {
    from.until(to).map_or(0, |span| i64::from(span.get_days()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_few() {
        for most in [0, 1, 7, 40, 816, 14_400, 999_999, 1_200_000, u64::MAX / 3] {
            let scale = Numbers::of(most, 4, 100.0, 0.0);
            let ticks: Vec<u64> = scale.ticks().collect();
            assert!((2..=7).contains(&ticks.len()), "{most}: {ticks:?}");
            assert!(scale.most >= most && scale.at(0) == 100.0 && scale.at(scale.most) == 0.0);
        }
    }

    #[test]
    fn a_calendar_shows_days_then_months_then_years() {
        let of = |first: &str, last: &str| Calendar::of(first.parse().unwrap(), last.parse().unwrap(), 0.0, 600.0);
        for (first, last, unit) in [
            ("2031-05-03", "2031-05-03", Unit::Day),
            ("2031-05-03", "2031-06-01", Unit::Day),
            ("2031-02-24", "2031-11-20", Unit::Month),
            ("2022-02-24", "2032-01-01", Unit::Year),
            ("-009999-01-01", "9999-12-31", Unit::Year),
        ] {
            let calendar = of(first, last);
            let ticks = calendar.ticks();
            assert!((1..=9).contains(&ticks.len()), "{first} {last}: {}", ticks.len());
            assert!(ticks.iter().all(|tick| tick.unit == unit), "{first} {last}");
            let places: Vec<f32> = ticks.iter().map(|tick| calendar.at(tick.day)).collect();
            assert!(places.is_sorted() && places.iter().all(|x| (0.0..=600.0).contains(x)));
        }
    }
}
