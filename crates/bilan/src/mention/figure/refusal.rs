//! Says why a figure is no count of things.
//!
//! In: a figure and the items around it. Out: a key of `[refused]` and the tokens that decided it.
//!
//! "Su-34", "vol 171" and "155 mm" name; "25 et 90 %" share their unit; a "groupe de 12" is twelve people and a "groupe
//! 12" is a name.

use super::Figure;
use crate::mention::{Context, Item, What};
use crate::pack::{Class, CueClass, Data, How, Mask, Unit, UnitPlace};
use crate::sentence::{Shape, TokenKind};

/// Letters of a model's name, as "Falcon9"; a label is longer.
const LABEL: usize = 6;

type Refused = (&'static str, u32, u32);

fn unit<'a>(context: &Context<'a>, item: &Item<'_>, place: UnitPlace) -> Option<&'a Unit> {
    if item.mask.kinds & Mask::UNIT == 0 {
        return None;
    }
    let (_, _, unit) = context.sense(item, |data| match data {
        Data::Unit(unit) if unit.place == place => Some(unit),
        _ => None,
    })?;
    // A capital in the pack is a capital in the text: "G 20", but "vol 171".
    let capital = unit.word.all().iter().all(|word| word.starts_with(char::is_uppercase));
    (!capital || context.is_capital(item)).then_some(unit)
}

/// Why the figure is no count of things, as far as its own neighbourhood tells.
pub fn refusal(context: &Context<'_>, before: &[Item<'_>], after: &[Item<'_>], figure: &Figure) -> Option<Refused> {
    let own = (figure.first, figure.end);
    let make = figure.low.make;
    let because = |reason, (first, end)| Some((reason, first, end));
    if make.phone {
        return because("phone", own);
    }
    if make.wreck || figure.high.is_some_and(|high| high.make.wreck) {
        return because("wreck", own);
    }
    if let Some(note) = note_mark(context, before, after, figure) {
        return because("rank", note);
    }
    if shares_month(context, before, after, figure) {
        return because("date", own);
    }
    joined_before(context, before, after, figure)
        .or_else(|| unit_after(context, after))
        .or_else(|| unit_before(context, before))
        .or_else(|| {
            let token = context.tokens[figure.first as usize];
            let words = after.first().is_some_and(|item| item.what == What::Words);
            let reason = match () {
                _ if make.negative => "negative",
                _ if make.divisor > 0 => "share",
                // "06 militaires": bulletins write small counts with two digits.
                _ if make.plain > 1 && token.of(context.text).starts_with('0') && !(make.plain == 2 && words) => {
                    "unit_name"
                }
                _ if figure.value().is_none() => "decimal",
                _ => return None,
            };
            because(reason, own)
        })
}

/// "[6]", "[A 1]", "( 4 )": a footnote's number, and the tokens of its brackets.
fn note_mark(context: &Context<'_>, before: &[Item<'_>], after: &[Item<'_>], figure: &Figure) -> Option<(u32, u32)> {
    let apart = |item: &Item<'_>| !context.token(item).shape.has(Shape::GLUED);
    let own = context.tokens[figure.first as usize];
    if let (Some(open), Some(close)) = (before.last(), after.first())
        && (open.what, close.what) == (What::Mark('('), What::Mark(')'))
        && own.kind == TokenKind::Digits
        && apart(close)
        && !own.shape.has(Shape::GLUED)
        && figure.low.make.plain == 1
    {
        return Some((open.first, close.end));
    }
    let close = after.first().filter(|item| item.what == What::Mark(']'))?;
    let open = before.iter().rev().take(2).find(|item| item.what == What::Mark('['))?;
    Some((open.first, close.end))
}

/// "les 14 et 19 septembre": a day whose month stands behind the next.
fn shares_month(context: &Context<'_>, before: &[Item<'_>], after: &[Item<'_>], figure: &Figure) -> bool {
    let [joint, date, ..] = after else { return false };
    let joined = joint.what == What::Mark(',') || context.is(joint, Class::And);
    let day = figure.high.is_none() && figure.low.whole().is_some_and(|day| (1..=31).contains(&day));
    let led = before.last().is_some_and(|item| context.is(item, Class::Determiner));
    let dated = matches!(date.what, What::Date(_)) && context.token(date).kind == TokenKind::Digits;
    dated && joined && day && led
}

/// Letters, digits and signs that touch the figure from the left: "T-72", "€1000", "4/5", "15:30", "3-1".
fn joined_before(context: &Context<'_>, before: &[Item<'_>], after: &[Item<'_>], figure: &Figure) -> Option<Refused> {
    let token = context.tokens[figure.first as usize];
    if token.kind != TokenKind::Digits {
        return None;
    }
    let whole = |reason| Some((reason, figure.first.saturating_sub(1), figure.end));
    let touches = token.shape.has(Shape::HYPHEN) || token.shape.has(Shape::GLUED);
    let last = before.last();
    if let Some(previous) = (figure.first as usize).checked_sub(1).map(|at| context.tokens[at]) {
        match (previous.kind, previous.mark()) {
            // "Valdorie145 000 soldats": a table lost its border.
            (TokenKind::Word, _) if touches && last.is_some_and(|item| is_label(context, item, after, figure)) => {}
            // "15h30": the letters are a unit of the digits before them.
            (TokenKind::Word, _) if touches => {
                let clock = last.filter(|item| context.token(item).shape.has(Shape::GLUED));
                let unit = clock.and_then(|item| unit(context, item, UnitPlace::After));
                return whole(unit.map_or("model_name", |unit| unit.reason.key()));
            }
            (TokenKind::Digits, _) if touches => return whole("score"),
            (_, Some('/')) if touches && after_digits(context, before) => return whole("share"),
            (_, Some(':')) if touches && after_digits(context, before) => return whole("clock"),
            (_, Some(mark)) if is_money(mark) => return whole("money"),
            _ => {}
        }
    }
    // "la départementale D 911", "la RN 7": letters in capitals that mean nothing else.
    let code = |item: &Item<'_>| {
        let token = context.token(item);
        let upper = token.shape.has(Shape::UPPER) || token.end - token.start == 1 && token.shape.has(Shape::CAPITAL);
        token.kind == TokenKind::Word && upper && token.end - token.start < 3 && item.end - item.first == 1
    };
    let plain = |item: &Item<'_>| item.what == What::Words && !context.token(item).shape.has(Shape::UPPER);
    if let [.., before, letters] = before
        && code(letters)
        && plain(before)
        && (letters.senses.is_empty() || context.token(letters).end - context.token(letters).start == 1)
        && after.first().is_none_or(|next| context.counted(next).is_none())
    {
        return whole("unit_name");
    }
    // "15 h 30": a number right after a clock's unit.
    if let Some(item) = last
        && figure.low.make.plain == 2
        && matches!(before.len().checked_sub(2).map(|at| before[at].what), Some(What::Figure(_)))
        && unit(context, item, UnitPlace::After).is_some_and(|unit| unit.reason.key() == "clock")
    {
        return whole("clock");
    }
    let right = |at: usize| after.get(at).map(|item| (item.what, context.token(item)));
    if let (Some((What::Mark(mark), sign)), Some((What::Numeral(_), next))) = (right(0), right(1))
        // "19 :30": before a colon the blank is lost or not.
        && (sign.shape.has(Shape::GLUED) || mark == ':')
        && next.shape.has(Shape::GLUED)
    {
        let reason = match mark {
            '/' => "share",
            ':' => "clock",
            _ => return None,
        };
        return Some((reason, figure.first, figure.end));
    }
    // "3-1": two numbers that fall.
    let score = right(0).is_some_and(|(what, next)| {
        matches!(what, What::Numeral(_)) && next.shape.has(Shape::HYPHEN) && next.kind == TokenKind::Digits
    });
    // "0-2": none to two of anything is said in words.
    let nil = figure.high.is_some() && figure.low.whole() == Some(0) && figure.end - figure.first == 2;
    (score || nil).then_some(("score", figure.first, figure.end))
}

/// A name that lost the blank behind it, and no model: a country's, or a long one before thousands or before a thing.
fn is_label(context: &Context<'_>, item: &Item<'_>, after: &[Item<'_>], figure: &Figure) -> bool {
    let country = || context.name(item).is_some_and(|(_, _, name)| name.how == How::Country);
    let long = || context.words(item).chars().count() > LABEL;
    let told = |next: &Item<'_>| context.counted(next).is_some() || context.outcome(next).is_some();
    let thing = || after.first().is_some_and(told);
    country() || long() && (figure.low.make.plain == 0 && context.is_capital(item) || thing())
}

/// Whether the mark before the figure touches digits on its left.
fn after_digits(context: &Context<'_>, before: &[Item<'_>]) -> bool {
    let Some(mark) = before.last() else { return false };
    let left = before.len().checked_sub(2).map(|at| before[at].what);
    (context.token(mark).shape.has(Shape::GLUED) || mark.what == What::Mark(':'))
        && matches!(left, Some(What::Figure(_)))
}

/// A unit after the figure: "%", "km", "milliards d'euros", "24 longues heures".
fn unit_after(context: &Context<'_>, after: &[Item<'_>]) -> Option<Refused> {
    let next = after.first()?;
    let glued = context.token(next).shape.has(Shape::GLUED);
    // "la rue des 27-Martyrs"
    if context.token(next).shape.has(Shape::HYPHEN) && context.is_capital(next) {
        return Some(("model_name", next.first, next.end));
    }
    if let What::Mark(mark) = next.what {
        return match mark {
            '%' | '\u{2030}' => Some(("percent", next.first, next.end)),
            '\u{b0}' => Some(("temperature", next.first, next.end)),
            mark if is_money(mark) => Some(("money", next.first, next.end)),
            _ => None,
        };
    }
    // "231véhicules ont été brûlés": a blank was lost.
    let counted = glued && (context.counted(next).is_some_and(|(_, _, counted)| !counted.weak));
    if glued && !counted && context.tokens[next.first as usize].kind == TokenKind::Word {
        let unit = unit(context, next, UnitPlace::Glued).or_else(|| unit(context, next, UnitPlace::After));
        return Some((unit.map_or("model_name", |unit| unit.reason.key()), next.first, next.end));
    }
    let of = usize::from(context.is(next, Class::Of));
    for (at, item) in after.iter().enumerate().skip(of).take(2) {
        if let Some(unit) = unit(context, item, UnitPlace::After) {
            let elided = context.tokens.get(item.end as usize).is_some_and(|token| token.shape.has(Shape::ELIDED));
            if elided {
                return None;
            }
            let per = after
                .get(at + 1)
                .is_some_and(|mark| mark.what == What::Mark('/') && context.token(mark).shape.has(Shape::GLUED));
            let reason = if per && unit.reason.key() == "distance" { "speed" } else { unit.reason.key() };
            return Some((reason, item.first, item.end));
        }
        if let What::Mark(mark) = item.what
            && is_money(mark)
        {
            return Some(("money", item.first, item.end));
        }
        // One word may stand between: "24 longues heures", "les vingt dernières minutes".
        let ordinal = context.sense(item, |data| matches!(data, Data::Time(_)).then_some(())).is_some();
        // "31 à Ormont et 16 en province": a place, and no unit.
        let inside = context.is(item, Class::In);
        // "deux autres provinces"
        let more = context.is(item, Class::More) || context.is(item, Class::Other);
        if item.what != What::Words || inside || !(item.senses.is_empty() || ordinal || more) {
            break;
        }
    }
    None
}

/// A word before the figure that makes it a name: "vol 171", "no 12", "magnitude de 7".
fn unit_before(context: &Context<'_>, before: &[Item<'_>]) -> Option<Refused> {
    for item in before.iter().rev().take(3) {
        if let Some(unit) = unit(context, item, UnitPlace::Before) {
            return Some((unit.reason.key(), item.first, item.end));
        }
        if !matches!(item.what, What::Mark('\u{b0}' | '\u{ba}' | '.')) {
            break;
        }
    }
    None
}

fn is_money(mark: char) -> bool {
    matches!(mark, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20cf}')
}

/// "25 et 90 %", "13, 15 et 17 ans": a unit serves every number of the row that it closes.
pub fn share(context: &Context<'_>, items: &[Item<'_>], figures: &mut [Figure]) {
    if figures.len() < 2 || !figures.iter().any(|figure| figure.refused.is_some_and(|(reason, ..)| shares(reason))) {
        return;
    }
    let mut held: Option<(usize, Refused)> = None;
    for at in (0..items.len()).rev() {
        match items[at].what {
            What::Figure(number) => {
                let figure = &mut figures[number as usize];
                if let (None, Some((right, refused))) = (figure.refused, held)
                    && right == at + 2
                {
                    figure.refused = Some(refused);
                }
                held = figure.refused.filter(|(reason, ..)| shares(reason)).map(|refused| (at, refused));
            }
            _ if held.is_none() => {}
            What::Mark(',') => {}
            What::Words if context.is(&items[at], Class::And) || context.is(&items[at], Class::Or) => {}
            _ => held = None,
        }
    }
}

/// Items between a number and the round one that it is told of, as in "12 cas pour 100 000".
const PER: usize = 3;

/// "12 cas pour 100 000 habitants": a rate, and no toll of either.
pub fn per_many(context: &Context<'_>, items: &[Item<'_>], figures: &mut [Figure]) {
    let round = |figure: &Figure| {
        let value = figure.low.whole().filter(|_| figure.high.is_none()).unwrap_or(0);
        value >= 1_000 && 10u64.pow(value.ilog10()) == value
    };
    if figures.len() < 2 || !figures.iter().any(round) {
        return;
    }
    for at in 2..items.len() {
        let What::Figure(number) = items[at].what else { continue };
        let many = &figures[number as usize];
        if !round(many) || !context.is_cue(&items[at - 1], CueClass::View) {
            continue;
        }
        let because = Some(("share", items[at - 1].first, many.end));
        let few = items[..at - 1].iter().rev().take(PER).find_map(|item| match item.what {
            What::Figure(few) => Some(few),
            _ => None,
        });
        if let Some(few) = few {
            figures[number as usize].refused = because;
            figures[few as usize].refused = because;
        }
    }
}

fn shares(reason: &str) -> bool {
    matches!(reason, "percent" | "age" | "money" | "distance" | "temperature" | "duration" | "unit_name")
}
