//! An INVENTED war of three years: what was said, who printed it, and what a history of it must find.
//!
//! In: a size and a seed. Out: a day's documents at a time, as readings, and the truth behind them.
//!
//! The general staff of Valdorie (XA) counts what Karsénie (XB) lost, the ministry of Karsénie counts what Valdorie lost,
//! and the ministry of Miravie (XC) gives a minimum for both, every day. Two hundred papers reprint the bulletins,
//! translate them, pick figures out, round them, call losses killed, print yesterday's, and get digits wrong.

#![allow(clippy::needless_range_loop, reason = "claimants, classes and days are numbers here, in every table")]

use bilan::Reading;
use bilan::claim::{Claim, Confidence, Date, Quote, Span, Step, Value};
use bilan::document::{Document, id};
use jiff::ToSpan;
use jiff::civil;
use std::collections::BTreeMap;

/// The classes that every bulletin counts; the first is people.
pub const CLASSES: [&str; 15] = [
    "military",
    "tank",
    "armoured_vehicle",
    "artillery",
    "mlrs",
    "air_defence",
    "aircraft",
    "helicopter",
    "drone",
    "missile",
    "vehicle",
    "ship",
    "special_equipment",
    "submarine",
    "building",
];

/// Who counts, and whose losses.
pub const CLAIMANTS: [(&str, &str); 3] = [("XA/general-staff", "XB"), ("XB/mod", "XA"), ("XC/mod", "XB")];

/// How much of it.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Days of war.
    pub days: usize,
    /// Papers that print a bulletin as it is, each day and claimant.
    pub reprints: usize,
    /// Papers that translate it.
    pub translations: usize,
    /// Papers that take three figures out of it.
    pub articles: usize,
}

/// The papers.
pub const OUTLETS: usize = 200;

/// The war and its truth.
pub struct War {
    size: Size,
    seed: u64,
    /// What each claimant says of each class on each day; `None` on a day without bulletin.
    said: Vec<Vec<Vec<Option<Value>>>>,
    /// Where a count goes down: claimant, class, day, by how many.
    pub falls: Vec<(usize, usize, usize, u64)>,
    /// Days on which what Miravie says cannot hold beside what Valdorie says, and of which class.
    pub contradictions: Vec<(usize, usize)>,
}

/// A generator of numbers: the same seed gives the same war everywhere.
pub struct Chance(u64);

impl Chance {
    fn of(seed: u64, what: u64) -> Chance {
        Chance(seed ^ what.wrapping_mul(0x9E37_79B9_7F4A_7C15))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// Below `n`.
    fn below(&mut self, n: u64) -> u64 {
        self.next() % n.max(1)
    }
}

/// How many of a class are lost on a usual day.
const PACE: [u64; 15] = [900, 9, 20, 30, 2, 2, 1, 1, 60, 3, 80, 1, 5, 1, 4];

impl War {
    pub fn new(size: Size, seed: u64) -> War {
        let mut chance = Chance::of(seed, 1);
        let mut said = vec![vec![vec![None; size.days]; CLASSES.len()]; CLAIMANTS.len()];
        let mut falls = Vec::new();
        let mut contradictions = Vec::new();
        for claimant in 0..2 {
            for class in 0..CLASSES.len() {
                let mut total = 10 * PACE[class];
                // Slow classes stand still for weeks; the last rows of the table are the slowest.
                let slow = if PACE[class] == 1 { 9 } else { 1 };
                let mut last: Vec<u64> = Vec::new();
                for day in 0..size.days {
                    let rise = if chance.below(slow) == 0 { chance.below(2 * PACE[class] + 1) } else { 0 };
                    // A correction: never back to a figure of these days, which would be that figure printed again.
                    let back = PACE[class] * 2 + 3;
                    let corrects = PACE[class] > 1 && day > 20 && chance.below(400) == 0 && total > 5 * back;
                    let corrected = total.saturating_sub(back);
                    if corrects && !last.iter().rev().take(9).any(|earlier| *earlier == corrected) {
                        falls.push((claimant, class, day, total - corrected));
                        total = corrected;
                    } else {
                        total += rise;
                    }
                    last.push(total);
                    // Ten days without a bulletin, once.
                    let silent = day > 60 && (day / 10) == 7 + claimant;
                    said[claimant][class][day] = (!silent).then(|| Value::exact(total));
                }
                // A fall into the silence shows when it ends; it is not what is planted here.
                falls.retain(|(c, k, day, _)| (*c, *k) != (claimant, class) || said[claimant][class][*day].is_some());
            }
        }
        for class in 0..CLASSES.len() {
            for day in 0..size.days {
                let Some(told) = said[0][class][day] else {
                    said[2][class][day] = Some(least(Chance::of(seed, 7).below(9)));
                    continue;
                };
                let minimum = told.first * 3 / 4;
                said[2][class][day] = Some(least(minimum));
                if PACE[class] > 4 && day > 30 && chance.below(300) == 0 {
                    // "no more than nine tenths of it": it cannot hold, and is no fall of its own minimum.
                    said[2][class][day] = Some(format!("<={}", told.first * 9 / 10).parse().unwrap_or(told));
                    contradictions.push((class, day));
                }
            }
        }
        War { size, seed, said, falls, contradictions }
    }

    /// The day of this number.
    pub fn date(&self, day: usize) -> civil::Date {
        civil::date(2031, 1, 1).saturating_add((day as i64).days())
    }

    /// What the claimant's bulletin says that day.
    pub fn said(&self, claimant: usize, class: usize, day: usize) -> Option<Value> {
        self.said[claimant][class][day]
    }

    /// The documents of a day.
    pub fn documents(&self, day: usize) -> Vec<Reading> {
        let mut documents = Vec::new();
        for claimant in 0..CLAIMANTS.len() {
            if self.said(claimant, 0, day).is_some() {
                self.bulletin(claimant, day, &mut documents);
            }
        }
        documents
    }

    fn bulletin(&self, claimant: usize, day: usize, documents: &mut Vec<Reading>) {
        let (name, _) = CLAIMANTS[claimant];
        let mut chance = Chance::of(self.seed, (1000 + day * CLAIMANTS.len() + claimant) as u64);
        let told = |class: usize| Figure { class, value: self.said[claimant][class][day], as_of: day, ..Figure::new() };
        let all: Vec<Figure> = (0..CLASSES.len()).map(told).collect();
        let head = format!("INVENTED. Bulletin of {name}, {}.", self.date(day));
        documents.push(self.document(claimant, day, &head, name, &all));
        let first = chance.below(OUTLETS as u64) as usize;
        for nth in 0..self.size.reprints {
            documents.push(self.document(claimant, day, &head, &outlet(first + nth), &all));
        }
        for nth in 0..self.size.translations {
            let figures: Vec<Figure> = all.iter().map(|figure| Figure { translated: true, ..*figure }).collect();
            let outlet = outlet(first + self.size.reprints + nth);
            documents.push(self.document(
                claimant,
                day,
                &format!("INVENTED, {outlet}, translated."),
                &outlet,
                &figures,
            ));
        }
        for nth in 0..self.size.articles {
            let outlet = outlet(first + self.size.reprints + self.size.translations + nth);
            let figures: Vec<Figure> =
                (0..3).map(|at| self.figure(claimant, day, (nth * 3 + at) % 15, &mut chance)).collect();
            let head = format!("INVENTED, {outlet}, article {nth} of {}.", self.date(day));
            documents.push(self.document(claimant, day, &head, &outlet, &figures));
        }
    }

    /// A figure of a bulletin as an article gives it.
    fn figure(&self, claimant: usize, day: usize, class: usize, chance: &mut Chance) -> Figure {
        let told = Figure { class, value: self.said[claimant][class][day], as_of: day, ..Figure::new() };
        let Some(value) = told.value.filter(|value| *value == Value::exact(value.first)) else { return told };
        let number = value.first;
        let near = |value: u64| {
            let days = day.saturating_sub(9)..(day + 10).min(self.size.days);
            days.into_iter().any(|day| self.said[claimant][class][day] == Some(Value::exact(value)))
        };
        match chance.below(20) {
            // "more than 450 tanks"
            0..=2 if number > 100 && !number.is_multiple_of(50) => {
                Figure { value: format!(">{}", number / 50 * 50).parse().ok(), ..told }
            }
            // "about 450 tanks", in the paper's own voice
            3 if number > 100 && !number.is_multiple_of(10) => {
                Figure { value: format!("~{}", number / 10 * 10).parse().ok(), own_voice: true, ..told }
            }
            // One digit is wrong; two papers that make the same slip on one day would stand against the bulletin.
            4 if number > 100 => {
                let mut digits = number.to_string().into_bytes();
                let at = chance.below(digits.len() as u64) as usize;
                digits[at] = b'1' + chance.below(9) as u8;
                let wrong = String::from_utf8(digits).ok().and_then(|digits| digits.parse::<u64>().ok());
                match wrong.filter(|wrong| *wrong != number && !near(*wrong)) {
                    Some(wrong) => Figure { value: Some(Value::exact(wrong)), ..told },
                    None => told,
                }
            }
            // A figure of last week, told as of today.
            5 if day > 7 => {
                let since = &self.said[claimant][class][day - 6..(day + 10).min(self.size.days)];
                match self.said[claimant][class][day - 7].filter(|old| !since.contains(&Some(*old))) {
                    Some(old) => Figure { value: Some(old), ..told },
                    None => told,
                }
            }
            // "killed" for "losses"
            6 if class == 0 => Figure { killed: true, ..told },
            _ => told,
        }
    }

    fn document(&self, claimant: usize, day: usize, head: &str, outlet: &str, figures: &[Figure]) -> Reading {
        let (claimant, side) = CLAIMANTS[claimant];
        let mut text = format!("{head}\n\n");
        let mut places = Vec::new();
        for figure in figures {
            let Some(value) = figure.value else { continue };
            let quote = text.len() as u32;
            let words = value.to_string();
            text += &format!("According to {claimant}, {side} lost ");
            let start = text.len() as u32;
            text += &format!("{words} of {} in all.\n", CLASSES[figure.class]);
            let span = Span { start, end: start + words.len() as u32 };
            places.push((figure, value, span, Span { start: quote, end: text.len() as u32 - 1 }));
        }
        let published = Some(Date::day(self.date(day)));
        let name = format!("{outlet}-{}-{claimant}-{}", self.date(day), head.len());
        let document = Document {
            hash: id::of("bilan/document/1", &[name.as_bytes(), text.as_bytes()]),
            text_hash: id::of("bilan/text/1", &[text.as_bytes()]),
            title: head.len() as u32,
            url: Some(format!("https://invented.example/{name}")),
            outlet: Some(outlet.to_owned()),
            lang: Some("fr".into()),
            published,
            boilerplate: vec![],
            remarks: vec![],
            id: name,
            text,
        };
        let claims = places.into_iter().map(|(figure, value, span, quote)| Claim {
            span,
            n: 0,
            value,
            outcome: match (CLASSES[figure.class], figure.killed) {
                ("military", true) => "killed".into(),
                ("military", false) => "losses".into(),
                _ => "lost".into(),
            },
            counted: CLASSES[figure.class].into(),
            side: Some(side.into()),
            claimant: (!figure.own_voice).then(|| claimant.into()),
            citing: None,
            via: vec![],
            stated: published,
            from: Some(Date::day(self.date(0))),
            to: Some(Date::day(self.date(figure.as_of))),
            scope: "cumulative".into(),
            place: Some(side.into()),
            said: "asserted".into(),
            contested: vec![],
            blamed: None,
            confidence: Confidence { claim: 95, claimant: 95 },
            quote: Quote { span: quote, translated: figure.translated },
            also: vec![],
            as_said: [("claimant".into(), claimant.to_owned()), ("side".into(), side.to_owned())].into(),
            spans: BTreeMap::from([("claimant".into(), vec![span]), ("outcome".into(), vec![quote])]),
            why: ["outcome", "counted", "side", "claimant"]
                .map(|field| Step {
                    field: field.into(),
                    entry: "xx/invented#entry".into(),
                    at: "packs/xx/invented.toml:12".into(),
                    span,
                })
                .into(),
        });
        Reading { claims: claims.collect(), document, reader: "reader-1".into(), refusals: vec![], remarks: vec![] }
    }
}

#[derive(Clone, Copy)]
struct Figure {
    class: usize,
    value: Option<Value>,
    as_of: usize,
    own_voice: bool,
    killed: bool,
    translated: bool,
}

impl Figure {
    fn new() -> Figure {
        Figure { class: 0, value: None, as_of: 0, own_voice: false, killed: false, translated: false }
    }
}

fn least(number: u64) -> Value {
    format!(">={number}").parse().unwrap_or(Value::exact(number))
}

fn outlet(nth: usize) -> String {
    format!("paper-{:03}", nth % OUTLETS)
}
