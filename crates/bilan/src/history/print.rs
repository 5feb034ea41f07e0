//! Prints a history as plain text that does not change with the order of arrival.
//!
//! In: lines, or a comparison. Out: the text that stories expect, the same for the engine and the ledger.

use super::compare::{Comparison, Group, Known, Subject};
use super::line::{Incident, Key, Line, Statement};
use super::reason::Settings;
use super::relation::{Relation, relate};
use super::retell::{At, retellings};
use super::series::{Beside, Series};
use super::sums::{Sum, sums};
use super::{Appearance, Kinds, lines};
use jiff::civil;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Lines, statements, steps, retellings and sums of these claims.
pub fn print_history(appearances: &[Appearance], kinds: &Kinds, settings: &Settings) -> String {
    let lines = lines(appearances, kinds);
    let related = retellings(&lines, kinds);
    let mut text = String::new();
    for (l, line) in lines.iter().enumerate() {
        push(&mut text, 0, &format!("{} | {}", line.key.voice, subject(&line.key)));
        let series = Series::of(line).unwrap_or_default();
        for (s, statement) in line.statements.iter().enumerate() {
            push(&mut text, 1, &told(statement));
            for (who, how) in statement.contested() {
                push(&mut text, 2, &format!("{how} by {}", who.unwrap_or("the reporter")));
            }
            if let Some(beside) = series.beside.get(&s).and_then(|beside| standing(line, *beside)) {
                push(&mut text, 2, &beside);
            }
            for step in series.steps.iter().filter(|step| step.to == s) {
                let mut words = format!("{} {}", step.change, short(&line.statements[step.from]));
                if step.gap {
                    let _ = write!(words, ", after a gap of {} days", step.days);
                }
                if step.jump {
                    words += ", a jump";
                }
                push(&mut text, 2, &words);
            }
            // A series shows its own steps; other lines say what their figures did.
            if series.steps.is_empty() && s > 0 && !line.forms_series {
                let relation = relate(&line.statements[s - 1], statement, kinds, settings);
                if matches!(relation, Relation::Raises(_) | Relation::Lowers(_)) {
                    push(&mut text, 2, &format!("{relation} {}", short(&line.statements[s - 1])));
                }
            }
            for related in related.iter().filter(|related| related.this == (l, s)) {
                let other = &lines[related.other.0].statements[related.other.1];
                let step = series.steps.iter().any(|step| (step.from, step.to) == (related.other.1, s));
                if related.other.0 == l && step && matches!(related.relation, Relation::Restates | Relation::Retracts) {
                    continue;
                }
                let by = match related.other.0 == l {
                    true => String::new(),
                    false => format!(" by {}", other.line.voice),
                };
                push(&mut text, 2, &format!("{} {}{by}", related.relation, short(other)));
            }
        }
    }
    for sum in sums(&lines, kinds) {
        push(&mut text, 0, &arithmetic(&lines, &sum));
    }
    text
}

/// Who says how many at a date.
pub fn print_comparison(comparison: &Comparison) -> String {
    let mut text = String::new();
    let mut head = format!("as of {}", comparison.on);
    if let Some(known) = comparison.known {
        let _ = write!(head, ", as known with entry {known}");
    }
    let _ = write!(head, ", totals at most {} days apart", comparison.settings.tolerance_days);
    if let Some(outcome) = &comparison.settings.read_losses_as {
        let _ = write!(head, ", losses read as {outcome}");
    }
    push(&mut text, 0, &head);
    for subject in &comparison.subjects {
        push(&mut text, 0, &format!("{}{}", whose(subject), event(subject.incident.as_ref())));
        for group in &subject.groups {
            print_group(&mut text, group);
        }
    }
    match comparison.undecided {
        0 => {}
        1 => push(&mut text, 0, "1 claim whose date leaves open whether it counts by then"),
        n => push(&mut text, 0, &format!("{n} claims whose dates leave open whether they count by then")),
    }
    text
}

fn print_group(text: &mut String, group: &Group) {
    push(text, 1, &format!("{}, {}", group.outcome, group.scope));
    for known in &group.figures {
        push(text, 2, &figure(known, &group.outcome));
    }
    let name = |at: &usize| {
        let statement = &group.figures[*at].statement;
        format!("{} ({})", statement.value, statement.line.voice)
    };
    if let Some(range) = &group.range {
        let names = |all: &[usize]| {
            let names: BTreeSet<String> = all.iter().map(name).collect();
            names.into_iter().collect::<Vec<_>>().join(", ")
        };
        push(text, 2, &format!("range of claims: {} to {}", names(&range.lowest), names(&range.highest)));
    }
    for (a, b) in &group.contradictions {
        push(text, 2, &format!("{} contradicts {}", name(a), name(b)));
    }
    for reason in group.apart.iter().map(|(_, reason)| reason).collect::<BTreeSet<_>>() {
        push(text, 2, &reason.to_string());
    }
}

fn figure(known: &Known, outcome: &str) -> String {
    let statement = &known.statement;
    let said = match statement.line.outcome == outcome {
        true => String::new(),
        false => format!(", said: {}", statement.line.outcome),
    };
    let mut words = format!("{} {}, {}{said}", statement.line.voice, short(statement), known.age);
    if let Some((value, outcome)) = &known.rewords {
        let _ = write!(words, ", may be the {outcome} of {value} reworded");
    }
    if let Some(whole) = known.part {
        let _ = write!(words, ", may be counted in {whole}");
    }
    for (who, how) in statement.contested() {
        let _ = write!(words, ", {how} by {}", who.unwrap_or("the reporter"));
    }
    words
}

fn push(text: &mut String, depth: usize, words: &str) {
    let _ = writeln!(text, "{:indent$}{words}", "", indent = depth * 2);
}

fn subject(key: &Key) -> String {
    let side = key.side.as_deref().unwrap_or("?");
    let mut words = format!("{side} {} {} | {}", key.counted, key.outcome, key.scope);
    if let Some(since) = key.since {
        let _ = write!(words, " since {since}");
    }
    if let Some(place) = key.area.as_ref().or(key.country.as_ref()) {
        let _ = write!(words, " in {place}");
    }
    words + &event(key.incident.as_ref())
}

fn whose(subject: &Subject) -> String {
    format!("{} {}", subject.side.as_deref().unwrap_or("?"), subject.counted)
}

fn event(incident: Option<&Incident>) -> String {
    match incident {
        Some(Incident::Told(place, day)) => format!(" in {place}, {day}"),
        Some(Incident::Untold(text)) => format!(" (event not told, text {text})"),
        None => String::new(),
    }
}

/// As `2022-11-15 466`; a run as `2022-11-15/2022-11-17 466`; an increment with both its ends.
fn short(statement: &Statement) -> String {
    let date = |date: Option<crate::claim::Date>| date.map_or("?".into(), |date| date.to_string());
    match statement.covers {
        Some((from, to)) if from != to => format!("{}..{} {}", date(from), date(to), statement.value),
        _ if statement.first != statement.last => {
            format!("{}/{} {}", date(statement.first), date(statement.last), statement.value)
        }
        _ => format!("{} {}", date(statement.first), statement.value),
    }
}

fn told(statement: &Statement) -> String {
    let texts = statement.texts();
    let mut words = format!("{} · {texts} {}", short(statement), if texts == 1 { "text" } else { "texts" });
    if texts > 1 {
        let _ = write!(words, ", {} different", statement.different_texts());
    }
    if statement.translated() > 0 {
        let _ = write!(words, ", {} translated", statement.translated());
    }
    let told = || statement.appearances.iter();
    let via: BTreeSet<&str> = told().filter_map(|act| act.via.as_deref()).flat_map(|via| via.split('+')).collect();
    let citing: BTreeSet<&str> = told().filter_map(|act| act.citing.as_deref()).collect();
    for (word, names) in [("via", via), ("citing", citing)] {
        if !names.is_empty() {
            let _ = write!(words, ", {word} {}", names.into_iter().collect::<Vec<_>>().join(", "));
        }
    }
    words
}

fn standing(line: &Line, beside: Beside) -> Option<String> {
    match beside {
        Beside::Undated => Some("not told as of one day".into()),
        Beside::Hedged => None,
        Beside::Fewer | Beside::SameDay => Some("another figure for the same day".into()),
        Beside::Late(earlier) => Some(format!("printed late: {}", short(&line.statements[earlier]))),
    }
}

fn arithmetic(lines: &[Line], sum: &Sum) -> String {
    let told = |at: &At| &lines[at.0].statements[at.1];
    let named = |at: &At, total: &Key| {
        let key = &told(at).line;
        let differs = [
            (key.counted != total.counted).then_some(key.counted.as_str()),
            (key.outcome != total.outcome).then_some(key.outcome.as_str()),
            (key.side != total.side).then_some(key.side.as_deref().unwrap_or("?")),
            (key.scope != total.scope).then_some(key.scope.as_str()),
        ];
        let differs: Vec<&str> = differs.into_iter().flatten().collect();
        format!("{} {}", told(at).value, differs.join(" ")).trim_end().to_owned()
    };
    let left = |rest: i64, more: &str| match rest {
        0 => "nothing left over".to_owned(),
        1.. => format!("{rest} {more}"),
        _ => format!("{} too many", rest.unsigned_abs()),
    };
    match sum {
        Sum::Parts { total, parts, rest } => {
            let key = &told(total).line;
            let parts: Vec<String> = parts.iter().map(|part| named(part, key)).collect();
            let what = format!("{} {} {}", key.side.as_deref().unwrap_or("?"), key.counted, key.outcome);
            let rest = left(*rest, "not broken down");
            format!("{}: {} {what} = {}; {rest}", key.voice, short(told(total)), parts.join(" + "))
        }
        Sum::Increment { increment, from, to, rest } => {
            let rest = match rest {
                0 => "fits".to_owned(),
                rest => {
                    format!("{} {}", rest.unsigned_abs(), if *rest > 0 { "more than said" } else { "less than said" })
                }
            };
            let (from, to) = (short(told(from)), short(told(to)));
            format!("{}: {} from {from} to {to}: {rest}", told(increment).line.voice, short(told(increment)))
        }
        Sum::Merged { ended, into, rest } => {
            let key = &told(into).line;
            let ended: Vec<String> =
                ended.iter().map(|at| format!("{} {}", told(at).line.counted, short(told(at)))).collect();
            format!("{}: {} {} takes in {}; {rest} more", key.voice, key.counted, short(told(into)), ended.join(" + "))
        }
    }
}

/// The answer to a question of a story: the history, or who says how many on a day.
pub fn answer(
    appearances: &[Appearance],
    kinds: &Kinds,
    on: Option<civil::Date>,
    known: Option<u64>,
    settings: &Settings,
) -> String {
    match on {
        Some(on) => print_comparison(&super::compare(appearances, kinds, on, known, settings)),
        None => print_history(appearances, kinds, settings),
    }
}
