//! Says whether an article counts one.
//!
//! In: a group whose number is "un", "une" or "aucun". Out: whether somebody is counted.
//!
//! "Un plombier de 58 ans est mort" counts one; "un mort, un retraité resté chez lui" counts him once, and "un
//! journaliste, Stan Orvik," is a person and no toll.

use super::super::{Sentence, VerbKind, Voice};
use super::Group;
use crate::mention::{Context, What};
use crate::pack::{Arc, Class, How, Role};

/// "pas de quoi", "un silence de mort": none or one of what the pack does not know is no count.
pub(super) fn is_of_something(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let follows = |at: usize| sentence.items.get(at).filter(|item| item.what == What::Words);
    if group.figure.is_none() {
        let verb = |at: usize| sentence.verbs.iter().any(|verb| verb.begin == at || verb.item == at);
        let clause = follows(group.at + 1).is_none_or(|item| {
            verb(group.at + 1) || [Class::Not, Class::Of, Class::Among].iter().any(|&class| context.is(item, class))
        });
        return group.own.is_empty() && !clause;
    }
    let of = |stranger: usize| follows(stranger + 1).is_some_and(|item| context.is(item, Class::Of));
    group.article
        && group.value.point() == Some(1)
        && group
            .stranger
            .is_some_and(|stranger| of(stranger) && group.own.first().is_some_and(|own| stranger < own.item))
}

/// A bare "un" or "une" that is the subject of an outcome right behind it.
pub(super) fn suffers_alone(sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    sentence.verbs.iter().any(|verb| {
        verb.kind == VerbKind::Outcome
            && matches!(verb.voice, Voice::Active | Voice::Passive)
            && (group.end..=group.end + 1).contains(&verb.begin)
    })
}

/// "Un plombier de 58 ans est mort": somebody of whom the pack knows no more, and what happened to him close by.
pub(super) fn suffers(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let items = &sentence.items;
    let Some(noun) = group.stranger.filter(|&at| at == group.at + 1 && items[at].senses.is_empty()) else {
        return false;
    };
    let verb = sentence.verbs.iter().find(|verb| verb.begin > noun && verb.kind == VerbKind::Outcome);
    let Some(verb) = verb.filter(|verb| verb.begin < noun + 6) else { return false };
    let between = &items[noun + 1..verb.begin];
    let plain = between.iter().all(|item| item.what != What::Mark(',') && !context.is(item, Class::That));
    let age = between.iter().any(|item| matches!(item.what, What::Figure(_)));
    let passive = verb.voice == Voice::Passive;
    !context.is_capital(&items[noun]) && plain && passive && (between.is_empty() || age)
}

/// "fait état d'un mort", "la mort d'un soldat": one, and it happened to it.
pub(super) fn tells_one(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let Some(lead) = group.lead.filter(|&lead| context.is(&sentence.items[lead], Class::Of)) else { return false };
    let noun = lead.checked_sub(1).and_then(|at| context.outcome(&sentence.items[at]));
    let counts = noun.is_some_and(|(_, _, outcome)| {
        outcome.thing.is_some() && outcome.arcs.get(&Arc::Complement) == Some(&Role::Figures)
    });
    (counts && group.thing.is_some()) || (group.thing.is_none() && !group.own.is_empty())
}

/// "un journaliste, Stan Orvik,": who is named is no count.
pub(super) fn is_named(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let items = &sentence.items;
    let end = group.stranger.map_or(group.end, |noun| group.end.max(noun + 1));
    let comma = (end..items.len()).take(2).find(|&at| items[at].what == What::Mark(','));
    let name = comma.and_then(|comma| items.get(comma + 1)).filter(|item| item.what == What::Words);
    name.is_some_and(|item| {
        let person = context.name(item).is_some_and(|(_, _, name)| name.how == How::Person);
        person || (item.senses.is_empty() && context.is_capital(item))
    })
}

/// "un mort, un retraité resté chez lui", "le suspect, un homme de 33 ans": the second says who the first was.
pub(super) fn introduces(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    left: Option<&Group<'_>>,
    group: &Group<'_>,
) -> bool {
    let items = &sentence.items;
    if group.at > 2
        && items[group.at - 1].what == What::Mark(',')
        && [Class::Determiner, Class::By].iter().any(|&class| context.is(&items[group.at - 3], class))
        && items[group.at - 2].what == What::Words
        && context.name(&items[group.at - 2]).is_none()
        && !(group.at > 3 && context.is(&items[group.at - 4], Class::In))
        && left.is_none_or(|left| left.end < group.at - 1)
    {
        return true;
    }
    let Some(left) = left.filter(|left| left.value.point() == Some(1) && !left.own.is_empty()) else { return false };
    let comma = left.end + 1 == group.at && sentence.items[left.end].what == What::Mark(',');
    comma && group.own.is_empty() && group.thing.is_some()
}
