//! Finds the figures and dates of a document by themselves, without asking what they are of.
//!
//! In: a [`Document`] and the [`Convention`] its dates keep. Out: [`Mention`]s, in order of the text.
//!
//! Claims need whole things; a mention may be "1,2", "deux tiers" or "-5". A number inside a date is a mention too, with
//! the reason why it counts nothing.

use super::{
    Context, Convention, DateMention, Ends, Figure, Item, Numeral, When, find_dates, find_figures, find_numbers,
    refused_in, tag,
};
use crate::claim::{Bound, Date};
use crate::document::Document;
use crate::pack::{Pack, Shared, hint};
use crate::read::Reader;
use crate::sentence::{hints, paragraphs, sentence_ends};
use jiff::{ToSpan, civil};
use serde::Serialize;

/// A figure or a date of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Mention<'d> {
    /// Id of the document.
    pub document: &'d str,
    /// What it says.
    #[serde(flatten)]
    pub said: Said,
    /// The words.
    pub text: &'d str,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// What a mention says.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "lowercase")]
pub enum Said {
    /// A number or a range.
    Figure {
        /// The least number said; `None` when open or not told.
        low: Option<f64>,
        /// The greatest number said; `None` when open or not told.
        high: Option<f64>,
        /// The number, when one was said.
        point: Option<f64>,
        /// One word of the codebook.
        hedge: &'static str,
        /// Key of `[refused]`, when it is no count of things.
        #[serde(skip_serializing_if = "Option::is_none")]
        refused: Option<&'static str>,
    },
    /// A day, a month, a year, or a stretch.
    Date {
        /// First day; `None` when open or not known.
        from: Option<Date>,
        /// Last day; `None` when open or not known.
        to: Option<Date>,
    },
}

impl Reader {
    /// The figures and dates of a document, in order of the text. Nothing in a language that no pack reads.
    pub fn mentions<'d>(&self, document: &'d Document, convention: impl Into<Convention>) -> Vec<Mention<'d>> {
        let lang = document.lang.as_deref().unwrap_or("");
        let Some(pack) = self.packs().langs.get(lang) else { return vec![] };
        let mut tokens = vec![];
        let paragraphs = paragraphs(&document.text, pack, &mut tokens);
        let context = Context { text: &document.text, tokens: &tokens, pack };
        let mut finder = Finder::new(context, &self.packs().shared, document, convention.into());
        let mut ends = vec![];
        for paragraph in paragraphs.iter().filter(|paragraph| paragraph.hints & HINTS != 0) {
            sentence_ends(&document.text, pack, &tokens, paragraph, &mut ends);
            let mut first = paragraph.first;
            for &end in &ends {
                if hints(&tokens[first..end]) & HINTS != 0 {
                    finder.sentence(first, end);
                }
                first = end;
            }
        }
        finder.mentions
    }
}

/// A sentence without any of these holds no figure and no date.
const HINTS: u16 = hint::COUNT | hint::ARTICLE | hint::TIME;

/// The work of one document; its buffers serve every sentence.
struct Finder<'a, 'd> {
    context: Context<'a>,
    shared: &'a Shared,
    document: &'d Document,
    convention: Convention,
    items: Vec<Item<'a>>,
    numerals: Vec<Numeral>,
    dates: Vec<DateMention>,
    figures: Vec<Figure>,
    mentions: Vec<Mention<'d>>,
}

impl<'a, 'd> Finder<'a, 'd> {
    fn new(context: Context<'a>, shared: &'a Shared, document: &'d Document, convention: Convention) -> Finder<'a, 'd> {
        Finder {
            context,
            shared,
            document,
            convention,
            items: vec![],
            numerals: vec![],
            dates: vec![],
            figures: vec![],
            mentions: vec![],
        }
    }

    /// Finds what stands in tokens `first..end`.
    fn sentence(&mut self, first: usize, end: usize) {
        let context = self.context;
        tag(context.pack, context.tokens, first, end, &mut self.items);
        find_numbers(&context, &mut self.items, &mut self.numerals);
        let published = self.document.published;
        find_dates(&context, published, self.convention, &mut self.items, &self.numerals, &mut self.dates);
        find_figures(&context, &mut self.items, &self.numerals, &mut self.figures);

        let first = self.mentions.len();
        let (document, shared) = (self.document, self.shared);
        let mention = |first: u32, end: u32, said: Said| {
            let span = context.span_of(first, end);
            Mention { document: &document.id, said, text: span.of(&document.text), start: span.start, end: span.end }
        };
        for date in &self.dates {
            let ends = days(date.when, context.pack, shared, published, self.convention.ends);
            let (from, to) = (ends.0.map(Date::day), ends.1.map(Date::day));
            self.mentions.push(mention(date.first, date.end, Said::Date { from, to }));
            // Who looks for a day finds it behind "depuis" and "avant" as well.
            if let When::Since(bare) | When::Until(bare) | When::Before(bare) = date.when
                && date.bare > date.first
            {
                let (from, to) = (bare.first_day().map(Date::day), bare.last_day().map(Date::day));
                self.mentions.push(mention(date.bare, date.end, Said::Date { from, to }));
            }
            let begins = self.numerals.partition_point(|numeral| numeral.first < date.first);
            for numeral in self.numerals[begins..].iter().take_while(|numeral| numeral.end <= date.end) {
                let value = numeral.decimal();
                let refused = Some(refused_in(date, numeral));
                let said = Said::Figure { low: value, high: value, point: value, hedge: "none", refused };
                self.mentions.push(mention(numeral.first, numeral.end, said));
            }
        }
        for figure in &self.figures {
            if is_name(figure) {
                continue;
            }
            self.mentions.push(mention(figure.first, figure.end, said(figure)));
            // Who looks for a number finds it at the ends of a range as well.
            for end in figure.high.iter().flat_map(|high| [&figure.low, high]) {
                let value = end.decimal();
                let refused = figure.refused.map(|(reason, ..)| reason);
                let said = Said::Figure { low: value, high: value, point: value, hedge: "none", refused };
                self.mentions.push(mention(end.first, end.end, said));
            }
        }
        self.mentions[first..].sort_by_key(|mention| (mention.start, std::cmp::Reverse(mention.end)));
    }
}

/// Digits that are part of a name: nobody would call them a figure.
fn is_name(figure: &Figure) -> bool {
    figure.refused.is_some_and(|(reason, ..)| matches!(reason, "model_name" | "phone" | "rank"))
}

/// The ends of a figure as they were said.
fn said(figure: &Figure) -> Said {
    let article = figure.low.make.article && figure.high.is_none();
    let refused = figure.refused.map(|(reason, ..)| reason).or(article.then_some("article"));
    if let Some((low, high)) = figure.low.vague {
        let (low, high) = (Some(low as f64), Some(high as f64));
        return Said::Figure { low, high, point: None, hedge: "vague", refused };
    }
    let (first, last) = (figure.low.decimal(), figure.high.map_or(figure.low.decimal(), |high| high.decimal()));
    let point = if figure.high.is_none() { first } else { None };
    let step = if figure.low.decimals == 0 { 1.0 } else { 0.0 };
    let (low, high, hedge) = match figure.bound {
        Bound::AtLeast => (first, None, "at_least"),
        Bound::MoreThan => (first.map(|first| first + step), None, "more_than"),
        Bound::AtMost => (None, last, "at_most"),
        Bound::LessThan => (None, last.map(|last| last - step), "less_than"),
        Bound::Bare if figure.high.is_some() => (first, last, if figure.about { "about" } else { "range" }),
        Bound::Bare if figure.about => (None, None, "about"),
        Bound::Bare => (first, last, "none"),
    };
    Said::Figure { low, high, point, hedge, refused }
}

/// First and last day; `None` when open or not known.
type Days = (Option<civil::Date>, Option<civil::Date>);

/// First and last day of what a date says.
fn days(when: When, pack: &Pack, shared: &Shared, published: Option<Date>, ends: Ends) -> Days {
    let today = || published.and_then(|date| date.last_day());
    match when {
        When::At(date) | When::AsOf(date) => (date.first_day(), date.last_day()),
        When::Since(date) => (date.first_day(), None),
        When::SinceEvent(_) => (when.since(pack, shared).and_then(|date| date.first_day()), None),
        When::Until(date) => (None, date.last_day()),
        When::Before(date) => (None, date.first_day().and_then(|day| day.checked_sub(1.day()).ok())),
        When::Stretch(from, to) => (from.first_day(), to.last_day()),
        When::Within(days) | When::Days(days) => {
            let other = today().and_then(|today| today.checked_sub(i64::from(days).days()).ok());
            if days < 0 { (today(), other) } else { (other, today()) }
        }
        When::ToDate if ends == Ends::Out => (None, today().and_then(|today| today.yesterday().ok())),
        When::ToDate => (None, today()),
        // Alone, a day beside another is beside that of publication.
        When::Beside(days) if days > 0 => {
            let day = today().and_then(|today| today.checked_sub(i64::from(days).days()).ok());
            (day, day)
        }
        When::Beside(_) | When::After(_) | When::SinceStart | When::SinceSome | When::Word => (None, None),
    }
}
