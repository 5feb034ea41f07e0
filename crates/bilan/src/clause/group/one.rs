//! Says whether an article counts one.
//!
//! In: a group whose number is "un", "une" or "aucun". Out: whether somebody is counted.
//!
//! "Un plombier de 58 ans est mort" counts one; "un mort, un retraité resté chez lui" counts him once, and "un
//! journaliste, Stan Orvik," is a person and no toll.

use super::super::{Sentence, Verb, VerbKind, Voice};
use super::Group;
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class, CueClass, How, Role, Tags, TimeClass};

/// Items from a number of a list to the next.
const LISTED: usize = 6;

/// Items from a word of saying to the last of those who say it.
const TAIL: usize = 12;

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

/// "fait état d'un mort", "la mort d'un soldat", "a coûté la vie à un soldat": one, and it happened to it.
pub(super) fn tells_one(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let Some(lead) = group.lead.filter(|&lead| lead > 0) else { return false };
    let told = context.outcome(&sentence.items[lead - 1]);
    let told = told.filter(|(_, _, outcome)| outcome.arcs.get(&Arc::Complement) == Some(&Role::Figures));
    if !context.is(&sentence.items[lead], Class::Of) {
        let does = |verb: &Verb| verb.item + 1 == lead && verb.voice == Voice::Active;
        return told.is_some() && group.thing.is_some() && sentence.verbs.iter().any(does);
    }
    let counts = told.is_some_and(|(_, _, outcome)| outcome.thing.is_some());
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

/// "selon une rescapée", "…, ont indiqué un élu et un infirmier", "…, a dit Onval Tirek, un cadre du ministère": one who
/// tells, not one of those he tells of.
pub(super) fn is_source(context: &Context<'_>, sentence: &Sentence<'_>, at: usize) -> bool {
    let items = &sentence.items;
    let Some(before) = at.checked_sub(1).map(|before| &items[before]) else { return false };
    if context.is_cue(before, CueClass::Preposition) {
        return true;
    }
    let tail = |verb: &&Verb| verb.kind == VerbKind::Cue && verb.item < at && sentence.opens_tail(verb.begin);
    let Some(says) = sentence.verbs.iter().rfind(tail) else { return false };
    let between = &items[says.item + 1..at];
    let counts = |item: &Item<'_>| match item.what {
        What::Figure(number) => !sentence.figures[usize::from(number)].low.make.article,
        _ => context.is(item, Class::That) || context.outcome(item).is_some(),
    };
    let told = between.iter().any(counts);
    let named = sentence.parties.iter().any(|party| (says.item + 1..at).contains(&party.first))
        || between.iter().any(|item| context.is_unknown_name(item));
    let comma = |at: usize| items[at].what == What::Mark(',');
    let joined = named && (context.is(before, Class::And) && at > 1 && !comma(at - 2) || comma(at - 1));
    let alone = at - says.item <= TAIL && !items[at + 1..].iter().any(|item| context.is(item, Class::That));
    joined && alone && !told
}

/// "la kamikaze était une écolière", "un cinquième décès", "Tirek Onval, un prisonnier relâché", "un rescapé a raconté", "des
/// voisins portent un blessé": one of whom something else is told.
pub(super) fn is_somebody(context: &Context<'_>, sentence: &Sentence<'_>, group: &Group<'_>) -> bool {
    let items = &sentence.items;
    let at = group.at;
    let name = |at: usize| context.is_unknown_name(&items[at]);
    // "un « mort » se relève": somebody who plays one.
    if !group.is_bare()
        && items.get(at + 1).is_some_and(|item| context.is_time(item, TimeClass::Ordinal) || item.what.is_quote())
    {
        return true;
    }
    if let Some(before) = at.checked_sub(1) {
        let is = context.class(&items[before], Class::Be).is_some_and(|(_, tags)| tags.has(Tags::FINITE));
        let apposed = at > 2 && items[before].what == What::Mark(',') && name(before - 1) && name(before - 2);
        let alone = group.thing.is_none() && !group.own.is_empty();
        let carried = alone && items[before].is_unknown() && !context.is_capital(&items[before]);
        if is || apposed || carried {
            return true;
        }
    }
    // "une blessée du quartier raconte": one who tells.
    let verb = sentence.verbs.iter().find(|verb| verb.begin >= group.end && verb.voice != Voice::Noun);
    let near = |verb: &Verb| {
        let plain = |item: &Item<'_>| item.what == What::Words && !context.is(item, Class::Relative);
        verb.begin - group.end < TAIL && items[group.end..verb.begin].iter().all(plain)
    };
    if !group.own.is_empty() && verb.is_some_and(|verb| verb.kind == VerbKind::Cue && near(verb)) {
        return true;
    }
    // Whoever has a verb of his own that tells of no harm.
    let has = items.get(group.end).and_then(|item| context.class(item, Class::Have));
    let has = has.is_some_and(|(_, tags)| tags.has(Tags::FINITE));
    let next = items.get(group.end + 1);
    let said = next.is_some_and(|item| {
        item.what == What::Words
            && (item.senses.is_empty() || context.is_cue(item, CueClass::Verb))
            && context.outcome(item).is_none()
    });
    group.thing.is_none() && !group.own.is_empty() && has && said
}

/// "deux à Ormont, une à Solvar et une à Karsa": in a list of bare numbers, each behind a place, one more.
pub(super) fn goes_on_with_one(
    context: &Context<'_>,
    sentence: &Sentence<'_>,
    left: Option<&Group<'_>>,
    group: &Group<'_>,
) -> bool {
    let placed = |end: usize| {
        let inside = sentence.items.get(end).is_some_and(|item| context.is(item, Class::In));
        inside && sentence.items.get(end + 1).is_some_and(|item| context.is_capital(item))
    };
    let near = |left: &Group<'_>| left.is_bare() && placed(left.end) && group.at <= left.end + LISTED;
    let before = group.at.checked_sub(1).map(|at| &sentence.items[at]);
    let joined = before.is_some_and(|item| item.what == What::Mark(',') || context.is(item, Class::And));
    joined && placed(group.end) && left.is_some_and(near)
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
