//! Finds the day on which a text says that it was written, where its publisher tells none.
//!
//! In: the words of a document, and what is known of its publication. Out: a day, and where the text tells it.
//!
//! "Selon un rapport publié ce mardi 27 février 2029": who writes "ce mardi" writes that day. "Ce dimanche 3 mars 1917" is a
//! story, where the text goes on to later years.

use crate::claim::{Date, Span};
use crate::mention::{Context, Look, When, find_dates, find_numbers, tag};
use crate::pack::{TimeClass, hint};
use crate::sentence::{Paragraph, TokenKind};
use jiff::{ToSpan, civil};

/// The day of writing. No day of the text is later by more than a year, unless the publisher tells the month.
pub fn day_of_writing(
    context: &Context<'_>,
    paragraphs: &[Paragraph],
    published: Option<Date>,
) -> Option<(Date, Span)> {
    if published.is_some_and(|date| date.only_day().is_some()) {
        return None;
    }
    let (mut items, mut numerals, mut dates) = (vec![], vec![], vec![]);
    let mut found: Option<(civil::Date, Span)> = None;
    let mut latest: Option<civil::Date> = None;
    for paragraph in paragraphs.iter().filter(|paragraph| paragraph.hints & hint::TIME != 0) {
        // Only a day without a publisher is weighed against the others.
        if found.is_some() && published.is_some() {
            break;
        }
        tag(context.pack, context.tokens, paragraph.first, paragraph.end, &mut items);
        find_numbers(context, &mut items, &mut numerals);
        find_dates(context, published, Look::Back, &mut items, &numerals, &mut dates);
        for date in &dates {
            let When::At(told) = date.when else { continue };
            latest = latest.max(told.last_day());
            let Some(day) = told.only_day().filter(|_| found.is_none()) else { continue };
            let is = |at: u32, class: TimeClass| {
                let phrase = context.pack.vocabulary.longest(&context.tokens[..date.end as usize], at as usize);
                phrase.is_some_and(|phrase| phrase.mask.times & (1 << class as u64) != 0)
            };
            let year = |at: u32| {
                let token = &context.tokens[at as usize];
                token.kind == TokenKind::Digits && token.end - token.start == 4
            };
            let words = || date.first..date.end;
            let this = words().any(|at| is(at, TimeClass::This)) && words().any(|at| is(at, TimeClass::Weekday));
            let within = match published {
                Some(about) => about.first_day() <= Some(day) && Some(day) <= about.last_day(),
                None => words().any(year),
            };
            if this && within && words().any(|at| context.tokens[at as usize].kind == TokenKind::Digits) {
                found = Some((day, context.span_of(date.first, date.end)));
            }
        }
    }
    let (day, span) = found?;
    let later = published.is_none() && latest > day.checked_add(1.year()).ok();
    (!later).then_some((Date::day(day), span))
}
