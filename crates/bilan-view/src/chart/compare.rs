//! Draws who says how many, at a date.
//!
//! In: an answer of figures side by side. Out: a [`Chart`]: under each measure the claimants, each with a mark on a scale of that measure.
//!
//! "[20 000..99 999]" is drawn hatched, because these ends are ours; "between 2,000 and 4,000" as a bar from end to end;
//! "about 950" hollow, without ends, because nobody said any. Bars from nought would make an area of the dead, and hide
//! that a figure has two ends; so a claim is a mark on a line.

use super::font::{self, Weight};
use super::paint::{self, Anchor, Ink, Paint, RULE, SOFT, TEXT, VOICES, WARN};
use super::scale::Numbers;
use super::{Caption, Chart, Column, WIDTH};
use crate::answer::{Compare, Figure, Group, Subject};
use crate::label::Labels;
use bilan::claim::{Bound, Value};

/// So many measures are drawn.
const GROUPS: usize = 12;

/// So many claimants under each.
const FIGURES: usize = 14;

const LEFT: f32 = 286.0;
const RIGHT: f32 = 620.0;

/// The latest known figures, with the age of each.
pub fn compare(comparison: &Compare, labels: &Labels, caption: &Caption) -> Chart {
    let sides: std::collections::BTreeSet<_> =
        comparison.subjects.iter().map(|subject| subject.side.as_deref()).collect();
    let sides: Vec<String> = sides.into_iter().take(3).map(|side| labels.side(side)).collect();
    let day = labels.date(&comparison.on);
    let title = match sides.is_empty() {
        true => labels.say("nothing_to_draw").to_owned(),
        false => labels.fill("compare_title", &[("sides", &sides.join(", ")), ("day", &day)]),
    };
    let tolerance = labels.number(comparison.within.unsigned_abs());
    let mut below = labels.fill("compare_below", &[("days", &tolerance)]);
    if let Some(outcome) = &comparison.read_losses_as {
        below.push(' ');
        below.push_str(&labels.fill("read_losses_as", &[("outcome", &labels.kind("outcome", outcome))]));
    }
    let parties = comparison.subjects.iter().map(|subject| subject.side.clone());
    let mut column = Column::headed(&title, &below, caption.mark(labels, parties));
    let groups: Vec<(&Subject, &Group)> = comparison
        .subjects
        .iter()
        .flat_map(|subject| subject.groups.iter().map(move |group| (subject, group)))
        .collect();
    let mut hidden = 0;
    for (subject, group) in groups.iter().take(GROUPS) {
        hidden += group.figures.len().saturating_sub(FIGURES);
        draw(&mut column, labels, subject, group);
    }
    column.y += 4.0;
    let mut method = vec![labels.say("compare_method").to_owned()];
    let left_out = groups.len().saturating_sub(GROUPS);
    for (key, n) in [("chart_hidden", hidden), ("chart_left_out", left_out), ("undecided", comparison.undecided)] {
        if n > 0 {
            method.push(labels.fill(key, &[("n", &labels.number(n as u64))]));
        }
    }
    column.caption(labels, caption, &method);
    let figures = groups.iter().map(|(_, group)| group.figures.len()).sum::<usize>();
    let described = labels.fill("compare_described", &[("n", &labels.number(figures as u64)), ("what", &title)]);
    column.done(title, described)
}

fn draw(column: &mut Column, labels: &Labels, subject: &Subject, group: &Group) {
    column.y += 16.0;
    // Not set beside the newest: told in words, and drawn fainter.
    let apart = group.apart.first();
    let ink = if apart.is_some() { VOICES[5] } else { VOICES[0] };
    column.lines(&labels.group(subject, group), 14.0, Weight::Bold, TEXT, 2);
    if let Some(reason) = apart {
        column.lines(
            &labels.apart(reason),
            12.0,
            Weight::Regular,
            if reason.reason == "only_if_read_as" { TEXT } else { SOFT },
            2,
        );
    }
    let top = column.y + 8.0;
    let most = group.figures.iter().map(|figure| figure.statement.told.value.last).max().unwrap_or(1);
    let numbers = Numbers::of(most, 4, LEFT, RIGHT);
    let behind = column.paint.clone();
    column.paint = Paint::default();
    column.y = top;
    for told in group.figures.iter().take(FIGURES) {
        figure(column, labels, told, &numbers, ink);
    }
    let bottom = column.y + 4.0;
    let rows = std::mem::replace(&mut column.paint, behind);
    for tick in numbers.ticks() {
        let x = numbers.at(tick);
        column.paint.line(
            (x, top),
            (x, bottom),
            if tick == 0 { 1.2 } else { 0.8 },
            "",
            if tick == 0 { SOFT } else { RULE },
        );
        column.paint.words((x, bottom + 15.0), &labels.number(tick), 12.0, Weight::Regular, SOFT, Anchor::Middle);
    }
    column.paint.append(rows);
    column.y = bottom + 17.0;
    for (a, b) in group.contradictions.iter().take(4) {
        let name = |at: usize| {
            let statement = &group.figures[at].statement;
            format!("{} ({})", labels.value(&statement.told.value), labels.speaker(&statement.line))
        };
        let words = labels.fill("cannot_both", &[("a", &name(*a)), ("b", &name(*b))]);
        column.lines(&words, 12.0, Weight::Regular, WARN, 3);
    }
}

fn figure(column: &mut Column, labels: &Labels, figure: &Figure, numbers: &Numbers, ink: Ink) {
    let (line, told) = (&figure.statement.line, &figure.statement.told);
    let name = font::wrap(&labels.speaker(line), 12.5, Weight::Bold, LEFT - 36.0, 2);
    let value = labels.spoken(&told.value);
    let when = format!("{}, {}", labels.as_of(told), labels.age(figure.age));
    let when = font::wrap(&when, 12.0, Weight::Regular, LEFT - 36.0, 2);
    let top = column.y;
    let (mut y, middle) = (top, top + 14.0);
    for line in &name {
        y += 16.0;
        column.paint.words((16.0, y), line, 12.5, Weight::Bold, TEXT, Anchor::Start);
    }
    for line in &when {
        y += 15.0;
        column.paint.words((16.0, y), line, 12.0, Weight::Regular, SOFT, Anchor::Start);
    }
    column.y = y + 8.0;
    let spoken = format!("{}: {value}", labels.speaker(line));
    column.paint.named(&spoken, |paint| {
        let end = mark(paint, told.value, numbers, middle, ink);
        let words = font::wrap(&value, 13.0, Weight::Bold, 170.0, 2);
        let wide = words.iter().map(|line| font::width(line, 13.0, Weight::Bold)).fold(0.0, f32::max);
        // Where there is no room on the right the value stands on the left of its mark.
        let first = numbers.at(told.value.first);
        let (x, anchor) = match end + 10.0 + wide > WIDTH - 12.0 && first - 14.0 - wide > LEFT {
            true => (first - 14.0, Anchor::End),
            false => ((end + 10.0).min(WIDTH - 12.0 - wide), Anchor::Start),
        };
        for (n, line) in words.iter().enumerate() {
            paint.clear((x, middle + 4.5 + 15.0 * n as f32), line, 13.0, anchor);
            paint.words((x, middle + 4.5 + 15.0 * n as f32), line, 13.0, Weight::Bold, TEXT, anchor);
        }
    });
}

/// Draws a value; gives where it ends on the right.
fn mark(paint: &mut Paint, value: Value, numbers: &Numbers, y: f32, ink: Ink) -> f32 {
    let (low, high) = (numbers.at(value.first), numbers.at(value.last));
    if value.ours {
        paint.hatched((low, y - 6.0), ((high - low).max(2.0), 12.0), ink);
    } else if value.first != value.last {
        paint.fill(&paint::rectangle((low, y - 5.0), ((high - low).max(2.0), 10.0)), ink, 0.3);
        paint.path(&format!("M{low:.1} {:.1}v14M{high:.1} {:.1}v14", y - 7.0, y - 7.0), 2.0, "", ink);
    } else if value.about {
        paint.hollow(&paint::mark(0, (low, y), 5.0), 2.0, ink);
    } else {
        paint.fill(&paint::mark(0, (low, y), 5.0), ink, 1.0);
    }
    let across = match value.bound {
        Bound::AtLeast | Bound::MoreThan => 1.0,
        Bound::AtMost | Bound::LessThan => -1.0,
        Bound::Bare => return high + 5.0,
    };
    let from = if across > 0.0 { high } else { low };
    let tip = from + across * 22.0;
    paint.line((from, y), (tip, y), 2.0, "", ink);
    let head =
        format!("M{:.1} {:.1}L{tip:.1} {y:.1}L{:.1} {:.1}", tip - across * 6.0, y - 4.5, tip - across * 6.0, y + 4.5);
    paint.path(&head, 2.0, "", ink);
    tip.max(high + 5.0)
}
