//! Says of which whole a number is a part, and whose it is by the name before it.
//!
//! In: a group and those on its left. Out: what it borrows from them.
//!
//! "204 morts dans la province d'Orne (131), celle d'Aure (58)": two parts of one total; "devant la Miravie (895)" is
//! no part, but another country's.

use super::super::{Naming, Sentence};
use super::{Group, Join};
use crate::claim::{Bound, Span, Value};
use crate::mention::{Context, What};
use crate::pack::{Class, Data};

/// The country named right before a bare number, in brackets or not: "devant l'Italie (895)", "; la Miravie, 282".
pub(super) fn country_before(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> Option<usize> {
    let items = &sentence.items;
    if group.figure.is_some_and(|figure| sentence.figures[figure].like_year()) || group.article {
        return None;
    }
    let mark = |at: Option<usize>, marks: &[char]| {
        at.is_some_and(
            |at| matches!(items.get(at).map(|item| item.what), Some(What::Mark(mark)) if marks.contains(&mark)),
        )
    };
    let bracket = is_bracketed(sentence, group);
    let closed = bracket
        || group.end == items.len()
        || mark(Some(group.end), &[',', ';', '.', '|'])
        || context.is(&items[group.end], Class::And);
    let before = group.first - usize::from(mark(group.first.checked_sub(1), &[',', '(']));
    let number = sentence.parties.iter().position(|party| party.end == before && party.how == Naming::Name)?;
    let first = sentence.parties[number].first;
    let head = first - usize::from(first > 0 && context.is(&items[first - 1], Class::Determiner));
    let opens =
        bracket || mark(head.checked_sub(1), &[',', ';']) || (head > 0 && context.is(&items[head - 1], Class::And));
    (closed && opens).then_some(number)
}

/// What the number right before counts, of which this one is a part, where its own unit refused it.
pub(super) fn whole_refused(context: &Context<'_>, sentence: &Sentence<'_>, at: usize) -> Option<usize> {
    let whole = (1..at).rev().find(|&left| matches!(sentence.items[left].what, What::Figure(_)))?;
    let What::Figure(number) = sentence.items[whole].what else { return None };
    let refused = sentence.figures[usize::from(number)].refused.is_some_and(|(reason, ..)| reason == "subject");
    (refused && context.is(&sentence.items[whole - 1], Class::OutOf)).then_some(whole + 1)
}

/// "les 90 000 personnes réunies sont à peu près le même nombre de": value, span and place of the group it repeats.
pub(super) fn equal(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    groups: &[Group<'_>],
    at: usize,
) -> Option<(Value, Span, Option<usize>, usize)> {
    let last = groups.len().checked_sub(1)?;
    let twin = &groups[last];
    let be = (twin.end..at).rev().find(|&item| {
        context.is(&sentence.items[item], Class::Be) || context.is(&sentence.items[item], Class::Measure)
    })?;
    let about = sentence.items[be..at].iter().any(|item| {
        context
            .sense(item, |data| {
                matches!(data, Data::Hedge(hedge) if hedge.class == crate::pack::HedgeClass::About).then_some(())
            })
            .is_some()
    });
    let value = Value {
        about: twin.value.about || about,
        bound: if about { Bound::Bare } else { twin.value.bound },
        ..twin.value
    };
    Some((value, twin.span, twin.figure, last))
}

/// "deux tués sur trois": the second number is a round one and counts nothing of its own.
pub(super) fn is_share(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let items = &sentence.items;
    let out_of = items.get(group.end).is_some_and(|item| context.is(item, Class::OutOf));
    let whole = sentence.figure_at(group.end + 1).and_then(|value| value.point()).filter(|_| out_of);
    let stands_alone = items.get(group.end + 2).is_none_or(|item| {
        item.senses.is_empty() || context.counted(item).is_none() && context.outcome(item).is_none()
    });
    let part = group.value.point();
    // "un sur quatre n'est pas revenu"
    let of_one = group.at > 1
        && context.is(&items[group.at - 1], Class::OutOf)
        && matches!(items[group.at - 2].what, What::Figure(_))
        && group.thing.is_none();
    if of_one && matches!(part, Some(2..=10 | 100 | 1000)) {
        return true;
    }
    // "un enfant sur 12 meurt"
    if group.article && whole.is_some_and(|whole| whole > 1) {
        return true;
    }
    stands_alone
        && whole.is_some_and(|whole| matches!(whole, 2..=10 | 100 | 1000) && part.is_some_and(|part| part < whole))
}

/// "204 morts dans la province d'Orne (131), celle d'Aure (58) et à Morvan (15)": two or more bare numbers in brackets,
/// each behind a name, part the total before them.
pub(super) fn distribute<'p>(context: &Context<'p>, sentence: &Sentence<'p>, groups: &mut [Group<'p>]) {
    let named = |group: &Group<'p>| {
        let before = group.first.checked_sub(2).map(|at| &sentence.items[at]);
        let year = group.figure.is_some_and(|figure| sentence.figures[figure].like_year());
        group.thing.is_none()
            && group.own.is_empty()
            && is_bracketed(sentence, group)
            && !year
            && before.is_some_and(|item| context.is_capital(item))
    };
    let Some(total) = groups.iter().position(|group| group.thing.is_some() || !group.own.is_empty()) else { return };
    let most = groups[total].value.point();
    let parts: Vec<usize> = (total + 1..groups.len())
        .filter(|&at| named(&groups[at]) && groups[at].value.point().is_some_and(|n| most.is_some_and(|most| n < most)))
        .collect();
    if parts.len() > 1 {
        for at in parts {
            groups[at].join = Join::Subset;
            groups[at].stranger = None;
            let name = groups[at].first - 2;
            groups[at].place = context.name(&sentence.items[name]).is_some().then_some(name);
        }
    }
}

/// Whether brackets hold this group alone, with its hedges: "(jusqu'à 265)".
pub(super) fn is_bracketed(sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let mark = |at: usize| sentence.items.get(at).map(|item| item.what);
    group.first > 0 && mark(group.first - 1) == Some(What::Mark('(')) && mark(group.end) == Some(What::Mark(')'))
}
