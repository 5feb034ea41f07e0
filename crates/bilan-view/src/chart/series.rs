//! Draws lines in time: for each measure a scale, for each claimant a line with steps.
//!
//! In: an answer of lines. Out: a [`Chart`].
//!
//! A claimant's figure stands until the claimant gives another, so the line goes on level and then steps; over a gap of
//! more than a week it is broken, because nobody said it stood. "more than 450" is no point: from 450 an arrow goes up.

use super::font::{self, Weight};
use super::paint::{self, Anchor, DASHES, Ink, Paint, RULE, SOFT, TEXT, VOICES, WARN};
use super::scale::{Calendar, Numbers, Unit};
use super::{Caption, Chart, Column, WIDTH};
use crate::answer::{Change, Line, Series, SeriesLine, Told};
use crate::label::Labels;
use bilan::claim::{Bound, Date, Partial, Value};
use bilan::history::GAP_DAYS;
use jiff::civil;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;

/// Whether measures share a scale.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Scales {
    /// Each measure has its own.
    #[default]
    Own,
    /// All that counts the same people or things in one: the reader's choice, and the picture says so.
    One,
}

/// So many pictures of one measure stand under each other.
const PANELS: usize = 6;

/// So many claimants have a line in one of them.
const LINES: usize = 8;

/// So many falls and jumps are explained below.
const NOTES: usize = 10;

/// So many of those counted stand in the title.
const SIDES: usize = 3;

/// With more statements than these a line has no marks of its own.
const MARKS: usize = 60;

const LEFT: f32 = 76.0;
const RIGHT: f32 = 560.0;
const TALL: f32 = 210.0;

/// What is counted: never two of these in one scale unasked.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Measure {
    side: Option<String>,
    counted: String,
    outcome: String,
    scope: String,
    /// Of an event.
    place: Option<String>,
    day: Option<Date>,
    /// The document that tells of an event and not its place or day: of two texts it may be two.
    event: Option<String>,
}

/// The lines of claimants in time.
pub fn series(answer: &Series, labels: &Labels, scales: Scales, caption: &Caption) -> Chart {
    let mut measures: BTreeMap<Measure, Vec<&SeriesLine>> = BTreeMap::new();
    for line in &answer.lines {
        measures.entry(Measure::of(&line.line, scales)).or_default().push(line);
    }
    let statements = |lines: &[&SeriesLine]| lines.iter().map(|line| line.points.len()).sum::<usize>();
    // A scale without a mark tells nothing.
    let (mut measures, undated): (Vec<_>, Vec<_>) = measures.into_iter().partition(|(_, lines)| is_dated(lines));
    let undated = undated.iter().map(|(_, lines)| statements(lines)).sum();
    measures.sort_by_key(|(_, lines)| std::cmp::Reverse(statements(lines)));
    let left_out = measures.len().saturating_sub(PANELS);
    measures.truncate(PANELS);

    let voices: BTreeSet<&str> = measures.iter().flat_map(|(_, lines)| lines).map(|line| &*line.line.voice).collect();
    let voices: Vec<&str> = voices.into_iter().collect();
    let title = title(&measures, labels);
    let below = labels.say(if scales == Scales::One { "chart_one_scale" } else { "chart_own_scale" });
    let parties = answer.lines.iter().flat_map(|line| [line.line.side.clone(), line.line.claimant.clone()]);
    let mut column = Column::headed(&title, below, caption.mark(labels, parties));
    let mut drawing = Drawing { labels, voices, notes: vec![], undated, hidden: 0, signs: BTreeSet::new() };
    if let Some(calendar) = calendar(&measures) {
        measures.iter().for_each(|(measure, lines)| drawing.panel(&mut column, measure, lines, &calendar, scales));
    }
    drawing.signs(&mut column);
    drawing.explain(&mut column);
    let mut method = vec![labels.say("series_method").to_owned()];
    for (key, n) in [("chart_undated", drawing.undated), ("chart_hidden", drawing.hidden), ("chart_left_out", left_out)]
    {
        if n > 0 {
            method.push(labels.fill(key, &[("n", &labels.number(n as u64))]));
        }
    }
    column.caption(labels, caption, &method);
    let description =
        labels.fill("series_described", &[("n", &labels.number(drawing.voices.len() as u64)), ("what", &title)]);
    column.done(title, description)
}

impl Measure {
    fn of(line: &Line, scales: Scales) -> Measure {
        let event = line.scope == "incident";
        Measure {
            side: line.side.clone(),
            counted: line.counted.clone(),
            outcome: if scales == Scales::One { String::new() } else { line.outcome.clone() },
            scope: line.scope.clone(),
            place: line.place.clone().filter(|_| event),
            day: line.day.filter(|_| event),
            event: line.event.clone(),
        }
    }

    fn words(&self, labels: &Labels) -> String {
        let what = match self.outcome.is_empty() {
            true => format!("{}, {}", labels.kind("counted", &self.counted), labels.say("all_outcomes")),
            false => labels.what(&self.counted, &self.outcome),
        };
        let tail = labels.what_of(&self.scope, self.place.as_deref(), self.day.as_ref(), self.event.as_deref());
        format!("{what} · {tail}")
    }
}

fn title(measures: &[(Measure, Vec<&SeriesLine>)], labels: &Labels) -> String {
    // In the order in which they are drawn.
    let mut sides: Vec<String> = vec![];
    for side in measures.iter().map(|(measure, _)| labels.side(measure.side.as_deref())) {
        if !sides.contains(&side) {
            sides.push(side);
        }
    }
    if sides.len() > SIDES {
        sides.truncate(SIDES);
        sides.push("…".to_owned());
    }
    match sides.is_empty() {
        true => labels.say("nothing_to_draw").to_owned(),
        false => labels.fill("series_title", &[("sides", &sides.join(", "))]),
    }
}

/// From the first to the last day that is drawn.
fn calendar(measures: &[(Measure, Vec<&SeriesLine>)]) -> Option<Calendar> {
    let points = || measures.iter().flat_map(|(_, lines)| lines).flat_map(|line| &line.points);
    let first = points().filter_map(|point| days(&point.told).map(|(first, _)| first)).min()?;
    let last = points().filter_map(|point| days(&point.told).map(|(_, last)| last)).max()?;
    Some(Calendar::of(first, last, LEFT + 6.0, RIGHT - 8.0))
}

/// Whether a line has a figure with a day.
fn is_dated(lines: &[&SeriesLine]) -> bool {
    lines.iter().flat_map(|line| &line.points).any(|point| days(&point.told).is_some())
}

/// First and last day of a figure; `None` when its year is not known.
fn days(told: &Told) -> Option<(civil::Date, civil::Date)> {
    let (from, to) = (told.first?.first_day()?, told.last.or(told.first)?.last_day()?);
    (from <= to).then_some((from, to))
}

/// The one day on which it was new, when that is told.
fn day(told: &Told) -> Option<civil::Date> {
    let first = told.first?;
    first.first_day().filter(|day| first.last_day() == Some(*day))
}

struct Drawing<'l> {
    labels: &'l Labels,
    voices: Vec<&'l str>,
    /// Letter and words of each fall and jump.
    notes: Vec<String>,
    undated: usize,
    hidden: usize,
    signs: BTreeSet<Sign>,
}

/// A sign that needs explaining.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sign {
    Exact,
    About,
    Range,
    Ours,
    Open,
    Beside,
    Gap,
}

/// Where a panel draws.
struct Panel<'p> {
    calendar: &'p Calendar,
    numbers: Numbers,
}

impl<'l> Drawing<'l> {
    fn panel(
        &mut self,
        column: &mut Column,
        measure: &Measure,
        lines: &[&'l SeriesLine],
        calendar: &Calendar,
        scales: Scales,
    ) {
        let labels = self.labels;
        column.y += 14.0;
        let whose = labels.side(measure.side.as_deref());
        let heading = labels.fill("whose_what", &[("whose", &whose), ("what", &measure.words(labels))]);
        column.lines(&heading, 14.0, Weight::Bold, TEXT, 2);
        let top = column.y + 16.0;
        let bottom = top + TALL;
        let mut lines: Vec<&SeriesLine> = lines.to_vec();
        lines.sort_by_key(|line| std::cmp::Reverse(line.points.len()));
        for line in lines.iter().skip(LINES) {
            self.hidden += line.points.len();
        }
        lines.truncate(LINES);
        let most = lines.iter().flat_map(|line| &line.points).filter(|point| days(&point.told).is_some());
        let most = most.map(|point| point.told.value.last).max().unwrap_or(1);
        let panel = Panel { calendar, numbers: Numbers::of(most, 4, bottom, top) };
        frame(&mut column.paint, labels, &panel, top, bottom);
        let mut ends: Vec<End> = vec![];
        for line in &lines {
            let name = match scales {
                Scales::Own => labels.speaker(&line.line),
                Scales::One => {
                    format!("{}, {}", labels.speaker(&line.line), labels.kind("outcome", &line.line.outcome))
                }
            };
            let mut said = String::new();
            if let Some(since) = line.line.since.filter(|_| lines.len() > 1) {
                said = labels.fill("since_day", &[("from", &labels.date(&since))]);
            }
            if let Some(end) = self.line(&mut column.paint, line, &panel, &name, &said) {
                ends.push(end);
            }
        }
        let below = ends_of_lines(&mut column.paint, ends, top, bottom);
        column.y = bottom.max(below) + 26.0;
    }

    /// One claimant.
    fn line(&mut self, paint: &mut Paint, line: &SeriesLine, panel: &Panel, name: &str, said: &str) -> Option<End> {
        let labels = self.labels;
        let points = &line.points;
        let voice = self.voices.iter().position(|voice| *voice == line.line.voice).unwrap_or(0);
        let (ink, dash) = (VOICES[voice % VOICES.len()], DASHES[voice / VOICES.len() % DASHES.len()]);
        let dated = |n: &usize| days(&points[*n].told).is_some();
        self.undated += (0..points.len()).filter(|n| !dated(n)).count();
        let all: Vec<usize> = (0..points.len()).filter(dated).collect();
        // Increments, strengths and tolls of events that are not told are points: between two of them nothing was said.
        let connected = line.follows;
        let stands = |n: &usize| connected && day(&points[*n].told).is_some() && points[*n].beside.is_none();
        let spine: Vec<usize> = all.iter().copied().filter(stands).collect();
        let point = |n: usize| {
            let told = &points[n].told;
            let (first, last) = days(told)?;
            Some((panel.calendar.at(first), panel.calendar.at(last), panel.numbers.at(middle(told.value))))
        };
        let last = spine.last().or(all.last()).copied()?;
        paint.named(&format!("{name} {said}"), |paint| {
            // Bands first: the line lies over them. Over a gap neither goes on.
            for (i, n) in spine.iter().enumerate() {
                let next = spine.get(i + 1).filter(|next| !gap(line, *n, **next));
                let until = next.and_then(|next| point(*next)).map(|(x, ..)| x);
                if let Some((x, end, _)) = point(*n) {
                    self.bounds(paint, points[*n].told.value, (x, until.unwrap_or(end).max(x + 7.0)), panel, ink);
                }
            }
            let mut path = String::new();
            let mut before: Option<(f32, f32, usize)> = None;
            for n in &spine {
                let value = points[*n].told.value;
                // Nobody said the middle of a range: there the line pauses, and the band speaks.
                let Some((x, end, y)) = point(*n).filter(|_| value.first == value.last) else {
                    if let (Some((x0, y0, from)), Some((x, ..))) = (before.take(), point(*n)) {
                        let broken = gap(line, from, *n);
                        self.level(paint, &mut path, broken, (x0, y0), x, ink);
                    }
                    continue;
                };
                match before {
                    None => drop(write!(path, "M{x:.1} {y:.1}")),
                    Some((x0, y0, _)) if (x - x0).abs() < 0.3 && (y - y0).abs() < 0.3 => {}
                    Some((x0, y0, from)) => {
                        let broken = gap(line, from, *n);
                        self.level(paint, &mut path, broken, (x0, y0), x, ink);
                        let _ = if broken { write!(path, "M{x:.1} {y:.1}") } else { write!(path, "V{y:.1}") };
                    }
                }
                if end > x + 0.4 {
                    let _ = write!(path, "H{end:.1}");
                }
                before = Some((end.max(x), y, *n));
            }
            if !path.is_empty() {
                paint.path(&path, 2.0, dash, ink);
            }
            let marked = |n: &usize| all.len() <= MARKS || *n == last || points[*n].told.point.is_none();
            for n in all.iter().filter(|n| marked(n)).take(4 * MARKS) {
                let Some((x, end, y)) = point(*n) else { continue };
                let told = &points[*n].told;
                let stands = spine.contains(n) || !connected;
                let name = format!("{name}: {}, {}", labels.value(&told.value), date(labels, told));
                paint.named(&name, |paint| {
                    if day(told).is_none() {
                        paint.line((x, y), (end.max(x + 3.0), y), 1.2, "", ink);
                    }
                    if !spine.contains(n) {
                        self.bounds(paint, told.value, (x - 3.5, x + 3.5), panel, ink);
                    }
                    self.mark(paint, voice, told.value, (x, y), stands, ink);
                });
            }
        });
        self.changes(paint, line, &point, name);
        let (_, x, y) = point(last)?;
        let value = labels.spoken(&points[last].told.value);
        let when = date(labels, &points[last].told);
        Some(End { at: (x, y), voice, ink, name: name.to_owned(), value, said: said.to_owned(), when })
    }

    /// The line goes on level to `x`: whole, or dotted where more than a week is without a word.
    fn level(&mut self, paint: &mut Paint, path: &mut String, broken: bool, (x0, y0): (f32, f32), x: f32, ink: Ink) {
        if broken {
            self.signs.insert(Sign::Gap);
            paint.path(&format!("M{x0:.1} {y0:.1}H{x:.1}"), 1.2, "1.5 4", ink);
        } else {
            let _ = write!(path, "H{x:.1}");
        }
    }

    /// Bands for what was said, hatching for what is ours, arrows for what was left open.
    fn bounds(&mut self, paint: &mut Paint, value: Value, (from, to): (f32, f32), panel: &Panel, ink: Ink) {
        let (low, high) = (panel.numbers.at(value.first), panel.numbers.at(value.last));
        if value.ours {
            self.signs.insert(Sign::Ours);
            paint.hatched((from, high), (to - from, (low - high).max(1.0)), ink);
        } else if value.first != value.last {
            self.signs.insert(Sign::Range);
            let height = (low - high).max(1.0);
            paint.fill(&paint::rectangle((from, high), (to - from, height)), ink, 0.22);
            paint.path(&format!("M{from:.1} {high:.1}H{to:.1}M{from:.1} {low:.1}H{to:.1}"), 1.0, "", ink);
        }
    }

    fn mark(&mut self, paint: &mut Paint, voice: usize, value: Value, (x, y): (f32, f32), stands: bool, ink: Ink) {
        let up = match value.bound {
            Bound::AtLeast | Bound::MoreThan => Some(-1.0),
            Bound::AtMost | Bound::LessThan => Some(1.0),
            Bound::Bare => None,
        };
        if let Some(up) = up {
            self.signs.insert(Sign::Open);
            arrow(paint, (x, y), up, ink);
        }
        if !stands {
            self.signs.insert(Sign::Beside);
            paint.path(&format!("M{:.1} {:.1}l6 6M{:.1} {:.1}l-6 6", x - 3.0, y - 3.0, x + 3.0, y - 3.0), 1.2, "", ink);
        } else if value.about {
            self.signs.insert(Sign::About);
            paint.hollow(&paint::mark(voice, (x, y), 3.6), 1.6, ink);
        } else if value.first == value.last {
            self.signs.insert(Sign::Exact);
            paint.fill(&paint::mark(voice, (x, y), 3.4), ink, 1.0);
        }
    }

    /// Falls and jumps: a letter on the line, and its words below.
    fn changes(
        &mut self,
        paint: &mut Paint,
        line: &SeriesLine,
        point: &impl Fn(usize) -> Option<(f32, f32, f32)>,
        name: &str,
    ) {
        let labels = self.labels;
        let step = |(to, change): (usize, &Change)| (change.from, to, change.relation == "lowers", change.jump);
        let steps = line.points.iter().enumerate().filter_map(|(to, point)| Some(step((to, point.change.as_ref()?))));
        for (from, to, fell, jump) in steps {
            let (true, Some((_, _, before)), Some((x, _, y))) = (fell || jump, point(from), point(to)) else {
                continue;
            };
            let (was, is) = (&line.points[from].told, &line.points[to].told);
            if self.notes.len() > NOTES {
                continue;
            }
            if self.notes.len() == NOTES {
                self.notes.push(labels.say("more_changes").to_owned());
                continue;
            }
            let letter = char::from(b'a' + self.notes.len() as u8);
            let key = if fell { "fall" } else { "jump" };
            self.notes.push(format!(
                "{letter}: {}",
                labels.fill(
                    key,
                    &[
                        ("who", name),
                        ("was", &labels.value(&was.value)),
                        ("is", &labels.value(&is.value)),
                        ("before", &date(labels, was)),
                        ("day", &date(labels, is)),
                    ]
                )
            ));
            paint.line((x, before), (x, y), 3.2, "", WARN);
            let middle = if fell { before.min(y) - 8.0 } else { (before + y) / 2.0 };
            let centre = (x - if fell { 0.0 } else { 12.0 }, middle);
            paint.hollow(&paint::mark(0, centre, 7.0), 1.2, WARN);
            paint.words((centre.0, centre.1 + 3.8), &letter.to_string(), 11.0, Weight::Bold, WARN, Anchor::Middle);
        }
    }

    /// What each sign means, of those drawn.
    fn signs(&mut self, column: &mut Column) {
        let (mut x, mut y) = (16.0, column.y + 22.0);
        let ink = VOICES[0];
        for sign in self.signs.clone() {
            let (key, wide) = match sign {
                Sign::Exact => ("sign_exact", 12.0),
                Sign::About => ("sign_about", 12.0),
                Sign::Range => ("sign_range", 22.0),
                Sign::Ours => ("sign_ours", 22.0),
                Sign::Open => ("sign_open", 12.0),
                Sign::Beside => ("sign_beside", 12.0),
                Sign::Gap => ("sign_gap", 26.0),
            };
            let words = self.labels.say(key);
            let across = wide + 6.0 + font::width(words, 12.0, Weight::Regular) + 20.0;
            if x + across > WIDTH && x > 16.0 {
                (x, y) = (16.0, y + 19.0);
            }
            let centre = (x + 6.0, y - 4.0);
            match sign {
                Sign::Exact => column.paint.fill(&paint::mark(0, centre, 3.6), ink, 1.0),
                Sign::About => column.paint.hollow(&paint::mark(0, centre, 3.6), 1.6, ink),
                Sign::Range => {
                    column.paint.fill(&paint::rectangle((x, y - 10.0), (20.0, 11.0)), ink, 0.22);
                    column.paint.path(&format!("M{x:.1} {:.1}h20m-20 11h20", y - 10.0), 1.0, "", ink);
                }
                Sign::Ours => column.paint.hatched((x, y - 10.0), (20.0, 11.0), ink),
                Sign::Open => {
                    arrow(&mut column.paint, (centre.0, y + 1.0), -1.0, ink);
                    column.paint.fill(&paint::mark(0, (centre.0, y - 0.5), 2.6), ink, 1.0);
                }
                Sign::Beside => {
                    let (x, y) = centre;
                    let cross = format!("M{:.1} {:.1}l6 6M{:.1} {:.1}l-6 6", x - 3.0, y - 3.0, x + 3.0, y - 3.0);
                    column.paint.path(&cross, 1.2, "", ink);
                }
                Sign::Gap => column.paint.path(&format!("M{x:.1} {:.1}h24", y - 4.0), 1.0, "1.5 4", ink),
            }
            column.paint.words((x + wide + 6.0, y), words, 12.0, Weight::Regular, SOFT, Anchor::Start);
            x += across;
        }
        if !self.signs.is_empty() {
            column.y = y;
        }
    }

    fn explain(&self, column: &mut Column) {
        if !self.notes.is_empty() {
            column.y += 6.0;
        }
        for note in &self.notes {
            column.lines(note, 12.0, Weight::Regular, TEXT, 4);
        }
    }
}

/// The end of a line, where its name goes.
struct End {
    at: (f32, f32),
    voice: usize,
    ink: Ink,
    name: String,
    value: String,
    said: String,
    when: String,
}

/// Names stand beside the ends of their lines, pushed apart until none lies over another. Gives where the last one ends.
fn ends_of_lines(paint: &mut Paint, mut ends: Vec<End>, top: f32, bottom: f32) -> f32 {
    const X: f32 = RIGHT + 30.0;
    ends.sort_by(|a, b| a.at.1.total_cmp(&b.at.1));
    let wide = WIDTH - X - 12.0;
    let blocks: Vec<Vec<(String, f32, Weight, Ink)>> = ends
        .iter()
        .map(|end| {
            let mut lines: Vec<_> = font::wrap(&end.name, 12.5, Weight::Bold, wide, 3)
                .into_iter()
                .map(|line| (line, 12.5, Weight::Bold, TEXT))
                .collect();
            let value = format!("{}, {}", end.value, end.when);
            lines.extend(
                font::wrap(&value, 12.0, Weight::Regular, wide, 2)
                    .into_iter()
                    .map(|line| (line, 12.0, Weight::Regular, TEXT)),
            );
            lines.extend(
                font::wrap(&end.said, 12.0, Weight::Regular, wide, 2)
                    .into_iter()
                    .map(|line| (line, 12.0, Weight::Regular, SOFT)),
            );
            lines
        })
        .collect();
    let tall = |block: &Vec<(String, f32, Weight, Ink)>| block.len() as f32 * 15.0 + 5.0;
    let mut tops: Vec<f32> = ends.iter().map(|end| end.at.1 - 10.0).collect();
    // Down from the top, then up from the bottom as far as there is room.
    let mut free = top - 12.0;
    for (y, block) in tops.iter_mut().zip(&blocks) {
        *y = y.max(free);
        free = *y + tall(block);
    }
    let mut floor = bottom + 18.0;
    for (y, block) in tops.iter_mut().zip(&blocks).rev() {
        *y = y.min(floor - tall(block));
        floor = *y;
    }
    // Too many for the panel: they begin at its top and it grows.
    if floor < top - 12.0 {
        let mut free = top - 12.0;
        for (y, block) in tops.iter_mut().zip(&blocks) {
            *y = y.max(free);
            free = *y + tall(block);
        }
    }
    let mut last = bottom;
    for ((end, y), block) in ends.iter().zip(&tops).zip(&blocks) {
        let (x0, y0) = end.at;
        let middle = y + 7.0;
        paint.path(&format!("M{:.1} {y0:.1}L{:.1} {middle:.1}", x0 + 5.0, X - 16.0), 0.7, "", end.ink);
        paint.fill(&paint::mark(end.voice, (X - 9.0, middle), 4.0), end.ink, 1.0);
        let mut base = y + 11.5;
        for (words, size, weight, ink) in block {
            paint.words((X, base), words, *size, *weight, *ink, Anchor::Start);
            base += 15.0;
        }
        last = last.max(base - 8.0);
    }
    last
}

fn frame(paint: &mut Paint, labels: &Labels, panel: &Panel, top: f32, bottom: f32) {
    for tick in panel.numbers.ticks() {
        let y = panel.numbers.at(tick);
        paint.line((LEFT, y), (RIGHT, y), if tick == 0 { 1.2 } else { 0.8 }, "", if tick == 0 { SOFT } else { RULE });
        paint.words((LEFT - 8.0, y + 4.0), &labels.number(tick), 12.0, Weight::Regular, SOFT, Anchor::End);
    }
    let mut free = 0.0;
    for tick in panel.calendar.ticks() {
        let x = panel.calendar.at(tick.day);
        let (year, month, day) = (Some(tick.day.year()), Some(tick.day.month() as u8), Some(tick.day.day() as u8));
        let at = match tick.unit {
            Unit::Day => Partial { year: Some(tick.day.year()), month, day },
            Unit::Month => Partial { year, month, day: None },
            Unit::Year => Partial { year, month: None, day: None },
        };
        paint.line((x, bottom), (x, bottom + 5.0), 1.0, "", SOFT);
        let words = labels.short(&at);
        let half = font::width(&words, 12.0, Weight::Regular) / 2.0;
        if x - half > free {
            paint.words((x, bottom + 19.0), &words, 12.0, Weight::Regular, SOFT, Anchor::Middle);
            free = x + half + 8.0;
        }
    }
    let _ = top;
}

/// An end left open: up from "at least", down from "at most".
fn arrow(paint: &mut Paint, (x, y): (f32, f32), up: f32, ink: Ink) {
    let tip = y + up * 17.0;
    paint.line((x, y), (x, tip), 1.5, "", ink);
    paint.path(
        &format!("M{:.1} {:.1}L{x:.1} {tip:.1}L{:.1} {:.1}", x - 3.6, tip - up * 5.0, x + 3.6, tip - up * 5.0),
        1.5,
        "",
        ink,
    );
}

/// More than a week without a word.
fn gap(line: &SeriesLine, from: usize, to: usize) -> bool {
    if let Some(change) = line.points[to].change.as_ref().filter(|change| change.from == from) {
        return change.gap;
    }
    let last = days(&line.points[from].told).map(|(_, last)| last);
    let first = days(&line.points[to].told).map(|(first, _)| first);
    last.zip(first).is_some_and(|(last, first)| super::scale::days(last, first) > GAP_DAYS)
}

/// The height at which a range is marked: its middle is nobody's figure, so only lines and labels go there.
fn middle(value: Value) -> u64 {
    value.first + (value.last - value.first) / 2
}

fn date(labels: &Labels, told: &Told) -> String {
    labels.as_of(told)
}
