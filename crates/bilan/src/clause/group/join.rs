//! Says how a group is joined to the one before it.
//!
//! In: two groups and what stands between them. Out: a [`Join`].
//!
//! "12 morts, dont 3 enfants": a part, not a member.

use super::super::{Sentence, Verb, VerbKind, Voice};
use super::around::{is_several, thing};
use super::{Group, Join, Thing, is_bracketed};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, Tags};

/// Items between a number and the brackets behind its verb.
const BEHIND: usize = 8;

/// Items between a verb and the figures that it is about.
const NEAR: usize = 3;

/// A number alone, and of those before it: "31 sont portées disparues".
fn bare_before(left: &Group<'_>) -> bool {
    left.is_bare() && !left.article
}

/// "La frappe a tué 12 soldats et 30 civils ont été blessés": the first are told of already, the others have a verb of
/// their own.
fn each_has_a_verb(context: &Context<'_>, sentence: &Sentence<'_>, left: &Group<'_>, right: &Group<'_>) -> bool {
    let finite = |verb: &&Verb| !matches!(verb.voice, Voice::Noun | Voice::Bare);
    let serves = |verb: &&Verb| matches!(verb.kind, VerbKind::Outcome | VerbKind::Cause | VerbKind::Carrier);
    let relative = |at: usize| at > 0 && context.is(&sentence.items[at - 1], Class::Relative);
    let mut before = sentence.verbs.iter().rev().filter(|verb| verb.item < left.first);
    let first =
        before.find(finite).filter(serves).filter(|verb| left.first <= verb.item + NEAR && !relative(verb.begin));
    // An auxiliary alone is a verb too.
    let mut behind = sentence.verbs.iter().filter(|verb| verb.begin >= right.end).filter(finite);
    let second = behind.find(|verb| verb.kind != VerbKind::Carrier).filter(|verb| verb.kind == VerbKind::Outcome);
    let touches = |verb: &Verb| {
        let way = &sentence.items[right.end..verb.begin];
        way.len() < NEAR && way.iter().all(|item| item.what == What::Words && !context.is(item, Class::Relative))
    };
    // "la mort de deux soldats ; cinq autres ont été blessés"
    let stop = sentence.items[left.end..right.at].iter().any(|item| item.what == What::Mark(';'));
    let mut between = sentence.items[left.end..right.at].iter();
    let apart = between.any(|item| context.is(item, Class::Relative) || context.is(item, Class::That));
    !apart && !right.article && (stop || first.is_some()) && second.is_some_and(touches)
}

/// How a group is joined to the one on its left.
pub(super) fn join(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    left: Option<&Group<'_>>,
    group: &Group<'_>,
) -> Join {
    let Some(left) = left.filter(|left| left.end <= group.first) else { return Join::Apart };
    let between = &sentence.items[left.end..group.at];
    let bare = group.thing.is_none() && group.own.is_empty();
    let follows_in = sentence.items.get(group.end).is_some_and(|item| context.is(item, Class::In));
    let mut join = Join::Apart;
    let mut verb = false;
    let mut other = 0;
    // "Trois personnes – deux hommes et une femme –": a dash or a bracket opens the parts.
    let dash = |item: &Item<'_>| item.what.is_dash() || item.what == What::Mark('(');
    let opens = between.iter().find(|item| item.what != What::Words).is_some_and(dash);
    let only_hedges = between.iter().all(|item| dash(item) || context.is_hedge(item));
    if opens
        && only_hedges
        && (left.thing.is_some() || !left.own.is_empty() || left.other)
        && group.thing.is_some()
        && !left.item_line
    {
        return Join::Subset;
    }
    // "8 050 victimes civiles (2 798 morts et 5 252 blessés)": what happened to each part.
    let bracket = matches!(between.first().map(|item| item.what), Some(What::Mark('('))) && only_hedges;
    let counts = left.thing.is_some() || !left.own.is_empty();
    if bracket && counts && !group.own.is_empty() && group.thing.is_none() && !left.item_line {
        return Join::Subset;
    }
    // "31 sont portées disparues (24 hommes et 7 femmes)": brackets behind the verb.
    let open = between.len() <= BEHIND
        && between.iter().rposition(|item| item.what == What::Mark('(')).is_some_and(|at| {
            let plain = |item: &Item<'_>| item.what == What::Words;
            between[..at].iter().all(plain) && between[at + 1..].iter().all(|item| context.is_hedge(item))
        });
    if open && group.thing.is_some() && group.own.is_empty() && (counts || bare_before(left)) && !left.item_line {
        return Join::Subset;
    }
    // "sept bombardiers détruits : trois à hélices et quatre …": a colon opens the parts of what stands before.
    let colon = between.iter().any(|item| item.what == What::Mark(':'));
    if colon && !left.item_line && (left.thing.is_some() || !left.own.is_empty()) && group.own.is_empty() {
        let close = between.len() <= 12 && !sentence.verbs.iter().any(|verb| verb.begin >= group.end);
        if close {
            return Join::Subset;
        }
    }
    // "38 blessés (66 la veille)": another day's figure in brackets.
    let dated = sentence.items.get(group.at + 1).is_some_and(|item| matches!(item.what, What::Date(_)));
    if dated && bare && between.last().is_some_and(|item| item.what == What::Mark('(')) {
        return Join::Instead;
    }
    for (offset, item) in between.iter().enumerate() {
        let at = left.end + offset;
        let hedge = context.is_hedge(item);
        if context.is(item, Class::Subset) || context.is(item, Class::Among) {
            // "huit femmes figurent parmi les 17 victimes": no part is larger than its whole.
            let whole = left.value.point() < group.value.point() && !context.is(item, Class::Subset);
            join = if whole { Join::Apart } else { Join::Subset };
        } else if context.is(item, Class::InsteadOf) {
            // "87 attaques contre l'armée, tuant neuf soldats": against whom.
            let verb = |at: &usize| sentence.verbs.iter().any(|verb| verb.item == *at && verb.voice == Voice::Active);
            let parted = (at + 1..group.at).any(|at| sentence.items[at].what == What::Mark(',') && verb(&(at + 1)));
            join = if parted { Join::Apart } else { Join::Instead };
        } else if item.what == What::Mark('+') {
            join = Join::Increment;
        } else if matches!(item.what, What::Mark(',' | ';'))
            || context.is(item, Class::And)
            || context.is(item, Class::Or)
        {
            if join == Join::Apart {
                join = Join::Member;
            }
        } else if sentence.verbs.iter().any(|verb| verb.begin <= at && at <= verb.item) {
            verb = true;
        } else if !(hedge
            || matches!(item.what, What::Mark(_))
            || context.is(item, Class::Determiner)
            || is_several(context, item)
            || context.is(item, Class::Of)
            || context.is(item, Class::Other)
            || context.is(item, Class::More)
            || context.is(item, Class::Adverb))
        {
            other += 1;
        }
    }
    // "Le nombre de morts a atteint 228, et 72 personnes sont portées disparues": what is measured is told already.
    let measured =
        |verb: &Verb| verb.kind == VerbKind::Measure && verb.item < left.first && left.first <= verb.item + 3;
    let told = left.is_bare() && sentence.verbs.iter().any(measured);
    let closed = told && group.thing.is_some() && sentence.verbs.iter().any(|verb| verb.begin >= group.end);
    // "Solvar (2 décès), Ormont (14)": each in brackets behind its place.
    let listed = other > 0 && other <= NEAR && bare && is_bracketed(sentence, left) && is_bracketed(sentence, group);
    match join {
        Join::Member if listed => Join::Member,
        Join::Member if closed || (!left.item_line && each_has_a_verb(context, sentence, left, group)) => Join::Across,
        Join::Member if left.join == Join::Subset && other > 0 => Join::Across,
        Join::Member if verb => {
            // The word that joins must touch this group: "… ont été tués et 30 blessés".
            // "…, et de 100 000 à 120 000 blessés"
            let of = group.first > 1 && context.is(&sentence.items[group.first - 1], Class::Of);
            let last = &sentence.items[group.first - 1 - usize::from(of)];
            let after_verb = between.first().is_some_and(|item| context.is(item, Class::And))
                && (left.end + 1..group.first).all(|at| {
                    sentence.verbs.iter().any(|verb| verb.begin <= at && at <= verb.item)
                        || context.is(&sentence.items[at], Class::Adverb)
                });
            let touches = after_verb
                || matches!(last.what, What::Mark(',' | ';'))
                || context.is(last, Class::And)
                || context.is(last, Class::Or);
            if touches { Join::Across } else { Join::Apart }
        }
        // "62 civils dans le seul faubourg d'Aure, le 5 février, et de 38 à Ormont"
        Join::Member if other > 6 && !(bare && other <= 12 && follows_in) => Join::Apart,
        Join::Member if other > 0 => {
            let mut last = &sentence.items[group.first.max(1) - 1];
            if context.is(last, Class::Of) && group.first > 1 {
                last = &sentence.items[group.first - 2];
            }
            let touches = last.what == What::Mark(',') || context.is(last, Class::And) || context.is(last, Class::Or);
            if touches { Join::Member } else { Join::Apart }
        }
        Join::Increment | Join::Subset | Join::Instead => join,
        Join::Member => Join::Member,
        _ => Join::Apart,
    }
}

/// "chars - 12", "avions : 3": the thing stands before its number.
pub(super) fn item_before<'p>(
    context: &Context<'p>,
    sentence: &Sentence<'p>,
    left: Option<&Group<'p>>,
    group: &mut Group<'p>,
) {
    let floor = left.map_or(0, |left| left.end);
    let mut at = group.first;
    let mut sign = false;
    let mut steps = 0;
    while at > floor && steps < 8 {
        at -= 1;
        steps += 1;
        let item = &sentence.items[at];
        match item.what {
            What::Mark(':' | '|' | '-' | '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2212}' | '=') => sign = true,
            What::Mark(')' | '(' | '.') => {}
            What::Words if sign => {
                if let Some((entry, counted)) = thing(context, item) {
                    // The first thing of the line names it: "véhicules et citernes - 12".
                    let mut head = (at, entry, counted);
                    while at > floor {
                        at -= 1;
                        match thing(context, &sentence.items[at]) {
                            Some((entry, counted)) => head = (at, entry, counted),
                            None if sentence.items[at].what == What::Words => {}
                            None => break,
                        }
                    }
                    let (item, entry, counted) = head;
                    group.thing = Some(Thing { side: None, outcome: None, ..Thing::new(item, entry, counted) });
                    group.item_line = true;
                    group.first = item;
                    group.stranger = None;
                    return;
                }
                // "Policiers blessés : 6": the noun stands before the participle.
                let tells = context.outcome(item).is_some_and(|(_, tags, _)| tags.has(Tags::PARTICIPLE));
                // "Drones valdoriens abattus : 14", "Maisons entièrement détruites : 340"
                let between = |at: usize| {
                    let item = &sentence.items[at];
                    let plain = item.is_unknown() || context.name(item).is_some() || context.is(item, Class::Adverb);
                    plain && at > floor && thing(context, item).is_none()
                };
                let noun = at.checked_sub(1).filter(|&noun| tells && noun >= floor);
                let noun = noun.map(|noun| noun - usize::from(between(noun)));
                let opens = |noun: usize| noun == floor || sentence.items[noun - 1].what != What::Words;
                let named = noun
                    .filter(|&noun| opens(noun))
                    .and_then(|noun| Some((noun, thing(context, &sentence.items[noun])?)));
                if let Some((noun, (entry, counted))) = named {
                    group.thing = Some(Thing { outcome: None, ..Thing::new(noun, entry, counted) });
                    group.stranger = None;
                    let whose = sentence.parties.iter().position(|party| party.first == noun + 1);
                    group.party = group.party.or(whose);
                }
                if context.outcome(item).is_some() {
                    return;
                }
            }
            _ => return,
        }
    }
}
