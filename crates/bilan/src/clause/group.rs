//! Finds the noun groups that hold a figure, and the lists they form.
//!
//! In: items, figures, parties. Out: [`Group`]s: figure, thing, owner, the participle that closes it, and how it is
//! joined to the group on its left.
//!
//! "plus de 40 000 de leurs hommes tués ou blessés" is one group that two words close; "12 tués" offers nothing to the
//! right; in "une partie des plus de 60 000 réservistes" the number is the whole, not the part.

use super::Sentence;
use super::party::Naming;
use crate::claim::{Bound, Span, Value};
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class, Data, How, Role, Tags};

/// A noun group with a figure: items `first..end`.
#[derive(Clone, Debug)]
pub struct Group<'p> {
    /// Where the number stands.
    pub at: usize,
    /// First item, with hedges and articles.
    pub first: usize,
    /// One past the last item.
    pub end: usize,
    /// How many.
    pub value: Value,
    /// Bytes of the number.
    pub span: Span,
    /// Index into the sentence's figures; `None` for "aucun".
    pub figure: Option<usize>,
    /// "un", "une": counts only when something happens to it.
    pub article: bool,
    /// Who or what is counted.
    pub thing: Option<Thing<'p>>,
    /// An unknown noun right after the number.
    pub stranger: Option<usize>,
    /// Words that close the group with an outcome.
    pub own: Vec<Own>,
    /// Index into the sentence's parties: an adjective or a complement.
    pub party: Option<usize>,
    /// A second one joined to it: "russes et ukrainiens".
    pub party_beside: Option<usize>,
    /// Item of a place that is its complement.
    pub place: Option<usize>,
    /// Item of "leurs", "ses".
    pub possessive: Option<usize>,
    /// "des deux côtés"
    pub both: Option<usize>,
    /// "ennemis"
    pub enemy: Option<usize>,
    /// "nos"
    pub ours: Option<usize>,
    /// "autres"
    pub other: bool,
    /// "nouveaux", "supplémentaires"
    pub more: bool,
    /// How it is joined to the group on its left.
    pub join: Join,
    /// Preposition before it.
    pub lead: Option<usize>,
    /// The thing stands before the number, as in a list: "chars - 12".
    pub item_line: bool,
    /// A part of the next group: "38 des 51 drones".
    pub part_of: bool,
    /// Set off by a dash or a bracket: it says again, in parts, what stands before.
    pub dashed: bool,
    /// Reached from the group on its left: "de 12 à 19 morts".
    pub stepped: bool,
    /// Group whose value it repeats: "le même nombre de".
    pub copies: Option<usize>,
}

/// Who or what is counted.
#[derive(Clone, Copy, Debug)]
pub struct Thing<'p> {
    /// Where the word stands.
    pub item: usize,
    /// Pack entry; `None` for a people named by nationality.
    pub entry: Option<u32>,
    /// Key of `[counted]`.
    pub id: &'p str,
    /// `enemy`, `own` or `-`.
    pub side: Option<&'p str>,
    /// An outcome that the word alone tells: "otages".
    pub outcome: Option<&'p str>,
    /// Counts only beside an outcome.
    pub weak: bool,
}

/// A word that closes a group with an outcome.
#[derive(Clone, Copy, Debug)]
pub struct Own {
    /// Where it stands.
    pub item: usize,
    /// Pack entry.
    pub entry: u32,
}

/// How a group is joined to the one on its left.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Join {
    /// Not at all.
    Apart,
    /// Comma, "et", "ou".
    Member,
    /// A verb lies between: "ont été tués et 30 blessés".
    Across,
    /// "dont", "parmi lesquels"
    Subset,
    /// "(+6)"
    Increment,
    /// "au lieu de", "contre"
    Instead,
}

/// Finds the groups of a sentence.
pub fn find_groups<'p>(context: &Context<'p>, sentence: &mut Sentence<'p>) -> Vec<Group<'p>> {
    let mut groups: Vec<Group<'p>> = Vec::new();
    for at in 0..sentence.items.len() {
        let item = &sentence.items[at];
        let (value, span, figure, article) = match item.what {
            What::Figure(index) => {
                let figure = &sentence.figures[index as usize];
                let Some(value) = figure.value().filter(|_| figure.refused.is_none()) else { continue };
                (value, context.span(item), Some(index as usize), figure.low.make.article)
            }
            What::Words if context.is(item, Class::None) => (Value::exact(0), context.span(item), None, false),
            What::Words if context.is(item, Class::Equal) => {
                let Some(twin) = equal(context, sentence, &groups, at) else { continue };
                let mut group = blank(at, twin.0, twin.1, twin.2, false);
                group.copies = Some(twin.3);
                read_right(context, sentence, &mut group);
                groups.push(group);
                continue;
            }
            _ => continue,
        };
        let mut group = blank(at, value, span, figure, article);
        read_right(context, sentence, &mut group);
        read_left(context, sentence, &mut group);
        let led = group.lead.is_some_and(|lead| {
            context.is(&sentence.items[lead], Class::Of) || context.is(&sentence.items[lead], Class::In)
        });
        if group.article && (led || (group.thing.is_none() && group.own.is_empty())) {
            continue;
        }
        group.join = join(context, sentence, groups.last(), &group);
        group.stepped = groups.last().is_some_and(|left| {
            left.end + 1 == group.at
                && left.thing.is_none()
                && left.own.is_empty()
                && context.is(&sentence.items[left.end], Class::To)
        });
        group.dashed = group.join == Join::Subset
            && matches!(sentence.items[group.first.max(1) - 1].what, What::Mark('\u{2013}' | '\u{2014}' | '-' | '('));
        if group.thing.is_none() && group.own.is_empty() && group.join != Join::Increment {
            item_before(context, sentence, groups.last(), &mut group);
        }
        groups.push(group);
    }
    // "38 des 51 drones": the part has the noun of the whole.
    for at in (1..groups.len()).rev() {
        if groups[at - 1].part_of && groups[at - 1].thing.is_none() {
            let whole = groups[at].clone();
            let part = &mut groups[at - 1];
            (part.thing, part.party, part.party_beside, part.stranger) =
                (whole.thing, whole.party, whole.party_beside, None);
        }
    }
    groups
}

fn blank<'p>(at: usize, value: Value, span: Span, figure: Option<usize>, article: bool) -> Group<'p> {
    Group {
        at,
        first: at,
        end: at + 1,
        value,
        span,
        figure,
        article,
        thing: None,
        stranger: None,
        own: vec![],
        party: None,
        party_beside: None,
        part_of: false,
        dashed: false,
        stepped: false,
        place: None,
        possessive: None,
        both: None,
        enemy: None,
        ours: None,
        other: false,
        more: false,
        join: Join::Apart,
        lead: None,
        item_line: false,
        copies: None,
    }
}

/// "les 90 000 personnes réunies sont à peu près le même nombre de": value, span and place of the group it repeats.
fn equal(
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

/// Reads thing, owner and closing words to the right of the number.
fn read_right<'p>(context: &Context<'p>, sentence: &Sentence<'p>, group: &mut Group<'p>) {
    let items = &sentence.items;
    let mut at = group.at + 1;
    let mut of = false;
    let mut passed = 0;
    while at < items.len() && passed <= 4 {
        let item = &items[at];
        match item.what {
            What::Mark(mark) if crate::mention::is_quote(mark) => {
                at += 1;
                continue;
            }
            What::Words => {}
            What::Figure(_) if of && group.thing.is_none() && group.own.is_empty() => {
                group.part_of = true;
                break;
            }
            _ => break,
        }
        // "estime à 3 000 le nombre de soldats tués": the noun comes after.
        if group.thing.is_none()
            && group.own.is_empty()
            && context.is(item, Class::Determiner)
            && items.get(at + 1).is_some_and(|next| context.is(next, Class::Count))
        {
            at += 2;
            continue;
        }
        let also_thing = group.thing.is_none() && context.counted(item).is_some();
        if let Some(index) = sentence.parties.iter().position(|party| party.first == at).filter(|_| !also_thing) {
            let party = &sentence.parties[index];
            let adjective = party.how == Naming::Adjective;
            if adjective && context.is_capital(item) && group.thing.is_none() && context.counted(item).is_none() {
                group.thing =
                    Some(Thing { item: at, entry: None, id: "person", side: None, outcome: None, weak: false });
            } else if group.thing.is_none() && group.own.is_empty() && !of {
                break;
            }
            if (adjective || of) && party.how != Naming::Source && group.party.is_none() {
                group.party = Some(index);
                group.end = party.end;
                at = party.end;
                (of, passed) = (false, 0);
                // "soldats valdoriens et karséniens"
                let joins = items.get(at).is_some_and(|item| context.is(item, Class::And));
                if joins
                    && let Some(second) = sentence
                        .parties
                        .iter()
                        .position(|other| other.first == at + 1 && other.how == party.how && adjective)
                {
                    group.party_beside = Some(second);
                    group.end = sentence.parties[second].end;
                    at = group.end;
                }
                continue;
            }
            if context.counted(item).is_none() {
                break;
            }
        }
        if context.is(item, Class::BothSides) {
            group.both = Some(at);
            group.end = at + 1;
        } else if context.is(item, Class::Enemy) && group.thing.is_some() {
            group.enemy = Some(at);
            group.end = at + 1;
        } else if context.is(item, Class::Of) && !of {
            of = true;
            at += 1;
            continue;
        } else if of && context.is(item, Class::Possessive) {
            group.possessive = Some(at);
            at += 1;
            continue;
        } else if of && context.is(item, Class::Own) {
            group.ours = Some(at);
            at += 1;
            continue;
        } else if of && context.is(item, Class::Determiner) {
            at += 1;
            continue;
        } else if of && group.thing.is_some() && context.name(item).is_some_and(|(_, _, name)| name.how == How::Place) {
            group.place = Some(at);
            group.end = at + 1;
        } else if let Some((entry, counted)) = thing(context, item).filter(|_| group.thing.is_none()) {
            if !group.own.is_empty() && !of {
                break;
            }
            group.thing = Some(Thing {
                item: at,
                entry: Some(entry),
                id: &counted.id,
                side: counted.side.as_deref(),
                outcome: counted.outcome.as_deref(),
                weak: counted.weak,
            });
            group.end = at + 1;
            // "policiers valdoriens": who could speak is counted here.
            if let Some(index) = sentence.parties.iter().position(|party| party.first == at && party.id.is_some()) {
                group.party = Some(index);
                group.end = sentence.parties[index].end;
                at = group.end - 1;
            }
        } else if let Some(entry) = closing(context, item, group) {
            if of && group.thing.is_some() {
                break;
            }
            group.own.push(Own { item: at, entry });
            group.end = at + 1;
            // "tués ou blessés", "tués et blessés": one number, two words.
            let joins =
                items.get(at + 1).is_some_and(|item| context.is(item, Class::Or) || context.is(item, Class::And));
            if joins
                && group.own.len() == 1
                && let Some(next) = items.get(at + 2)
                && let Some(entry) = closing(context, next, group)
            {
                group.own.push(Own { item: at + 2, entry });
                group.end = at + 3;
                at += 2;
            }
        } else if context.is(item, Class::Other) {
            group.other = true;
            group.end = at + 1;
        } else if context.is(item, Class::More) {
            group.more = true;
            group.end = at + 1;
        } else if item.senses.is_empty()
            || context.is(item, Class::Adverb)
            || only_adjective(context, item)
            || (of && context.counted(item).is_some())
        {
            if group.thing.is_none() && group.own.is_empty() && group.stranger.is_none() && item.senses.is_empty() {
                group.stranger = Some(at);
            }
            if context.is_capital(item) && !of {
                break;
            }
            passed += 1;
            at += 1;
            of = false;
            continue;
        } else {
            break;
        }
        (of, passed) = (false, 0);
        at += 1;
    }
    if group.thing.is_some_and(|thing| group.stranger.is_none_or(|stranger| stranger < thing.item)) {
        group.stranger = None;
    }
}

/// A word of the pack that may stand as an adjective inside a group.
fn only_adjective(context: &Context<'_>, item: &Item<'_>) -> bool {
    context.sense(item, |data| matches!(data, Data::Time(_) | Data::Unit(_) | Data::Hedge(_)).then_some(())).is_none()
        && context.outcome(item).is_some_and(|(_, tags, _)| tags.has(Tags::PARTICIPLE))
}

fn thing<'p>(context: &Context<'p>, item: &Item<'_>) -> Option<(u32, &'p crate::pack::Counted)> {
    context.counted(item).map(|(entry, _, counted)| (entry, counted))
}

/// The outcome entry by which this word closes the group.
fn closing(context: &Context<'_>, item: &Item<'_>, group: &Group<'_>) -> Option<u32> {
    let (entry, _, _) = context.sense(item, |data| match data {
        Data::Outcome(outcome) if outcome.arcs.get(&Arc::Attribute) == Some(&Role::Figures) => {
            // A word that counts nobody itself needs a thing before it.
            let closes = group.thing.is_some() || outcome.thing.is_some() || group.other;
            closes.then_some(())
        }
        _ => None,
    })?;
    let sense = item.senses.iter().find(|sense| sense.entry == entry)?;
    let verb =
        sense.tags.has(Tags::FINITE.with(Tags::INFINITIVE).with(Tags::GERUND)) && !sense.tags.has(Tags::PARTICIPLE);
    (!verb).then_some(entry)
}

/// Hedges, articles and the preposition to the left of the number.
fn read_left(context: &Context<'_>, sentence: &Sentence<'_>, group: &mut Group<'_>) {
    let items = &sentence.items;
    while group.first > 0 {
        let item = &items[group.first - 1];
        let hedge = context.is_hedge(item);
        let quote = matches!(item.what, What::Mark(mark) if crate::mention::is_quote(mark));
        let word = context.is(item, Class::Determiner) || context.is(item, Class::Other);
        if context.is(item, Class::Possessive) {
            group.possessive = Some(group.first - 1);
        } else if context.is(item, Class::Own) {
            group.ours = Some(group.first - 1);
        } else if !(hedge || quote || word) || context.is(item, Class::And) || context.is(item, Class::Or) {
            break;
        }
        group.first -= 1;
        if context.is(item, Class::Of) || context.is(item, Class::In) {
            group.lead = Some(group.first);
        }
    }
    if group.lead.is_none() && group.first > 0 {
        let before = &items[group.first - 1];
        let leads = [Class::Of, Class::In, Class::By, Class::Among, Class::Some, Class::OutOf, Class::To];
        if leads.iter().any(|&class| context.is(before, class)) {
            group.lead = Some(group.first - 1);
        }
    }
}

/// How a group is joined to the one on its left.
fn join(context: &Context<'_>, sentence: &Sentence<'_>, left: Option<&Group<'_>>, group: &Group<'_>) -> Join {
    let Some(left) = left.filter(|left| left.end <= group.first) else { return Join::Apart };
    let between = &sentence.items[left.end..group.at];
    let mut join = Join::Apart;
    let mut verb = false;
    let mut other = 0;
    // "Trois personnes – deux hommes et une femme –": a dash or a bracket opens the parts.
    let dash = |item: &Item<'_>| matches!(item.what, What::Mark('\u{2013}' | '\u{2014}' | '-' | '('));
    let opens = between.iter().find(|item| item.what != What::Words).is_some_and(dash);
    let only_hedges = between.iter().all(|item| dash(item) || context.is_hedge(item));
    if opens && only_hedges && left.thing.is_some() && group.thing.is_some() && !left.item_line {
        return Join::Subset;
    }
    for (offset, item) in between.iter().enumerate() {
        let at = left.end + offset;
        let hedge = context.is_hedge(item);
        if context.is(item, Class::Subset) || context.is(item, Class::Among) {
            join = Join::Subset;
        } else if context.is(item, Class::InsteadOf) {
            join = Join::Instead;
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
            || context.is(item, Class::Of)
            || context.is(item, Class::Other)
            || context.is(item, Class::More)
            || context.is(item, Class::Adverb))
        {
            other += 1;
        }
    }
    match join {
        Join::Member if left.join == Join::Subset && other > 0 => Join::Across,
        Join::Member if verb => {
            // The word that joins must touch this group: "… ont été tués et 30 blessés".
            let last = &sentence.items[group.first - 1];
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
        Join::Member if other > 6 => Join::Apart,
        Join::Member if other > 0 => {
            let last = &sentence.items[group.first.max(1) - 1];
            let touches = last.what == What::Mark(',') || context.is(last, Class::And) || context.is(last, Class::Or);
            if touches { Join::Member } else { Join::Apart }
        }
        Join::Increment | Join::Subset | Join::Instead => join,
        Join::Member => Join::Member,
        _ => Join::Apart,
    }
}

/// "chars - 12", "avions : 3": the thing stands before its number.
fn item_before<'p>(context: &Context<'p>, sentence: &Sentence<'p>, left: Option<&Group<'p>>, group: &mut Group<'p>) {
    let floor = left.map_or(0, |left| left.end);
    let mut at = group.first;
    let mut sign = false;
    let mut steps = 0;
    while at > floor && steps < 8 {
        at -= 1;
        steps += 1;
        let item = &sentence.items[at];
        match item.what {
            What::Mark(':' | '-' | '\u{2013}' | '\u{2014}' | '\u{2012}' | '\u{2212}' | '=') => sign = true,
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
                    group.thing = Some(Thing {
                        item,
                        entry: Some(entry),
                        id: &counted.id,
                        side: None,
                        outcome: None,
                        weak: counted.weak,
                    });
                    group.item_line = true;
                    group.first = item;
                    group.stranger = None;
                    return;
                }
                if context.outcome(item).is_some() {
                    return;
                }
            }
            _ => return,
        }
    }
}
