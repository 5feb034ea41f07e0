//! Reads the words around a figure: its thing, its participles and adjectives, its preposition.
//!
//! In: the items of a sentence and the place of a figure. Out: the group, filled to the right and to the left.
//!
//! "12 soldats de la garde blessés": the words between belong to the noun.

use super::super::Sentence;
use super::super::party::Naming;
use super::{Group, Own, Thing, in_brackets};
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class, CueClass, Data, HedgeClass, How, NumberClass, Role, Tags, hint};

/// Reads thing, owner and closing words to the right of the number.
pub(super) fn read_right<'p>(context: &Context<'p>, sentence: &Sentence<'p>, group: &mut Group<'p>) {
    let items = &sentence.items;
    let mut at = group.at + 1;
    // "douze (12) soldats"
    if in_brackets(sentence, at + 1) && sentence.figure_at(at + 1) == Some(group.value) {
        at += 3;
    }
    let mut of = false;
    let mut passed = 0;
    while at < items.len() && passed <= 4 {
        let item = &items[at];
        match item.what {
            what if what.is_quote() => {
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
        // "porté à 309 celui des soldats tués"
        if group.thing.is_none() && group.own.is_empty() && context.is(item, Class::Count) && at == group.at + 1 {
            at += 1;
            continue;
        }
        let also_thing = group.thing.is_none() && context.counted(item).is_some();
        if let Some(index) = sentence.parties.iter().position(|party| party.first == at).filter(|_| !also_thing) {
            let party = &sentence.parties[index];
            let adjective = party.how == Naming::Adjective;
            if adjective && context.is_capital(item) && group.thing.is_none() && context.counted(item).is_none() {
                group.thing = Some(Thing::named(at, &context.pack.bare));
            } else if party.armed && party.how == Naming::Name && at == group.at + 1 && !group.article {
                group.thing = Some(Thing::named(at, &context.pack.armed));
                group.party = Some(index);
                (group.end, at) = (party.end, party.end);
                continue;
            } else if group.thing.is_none() && group.own.is_empty() && !of {
                // "trois motoneigistes canadiens": whose they are, whatever they are.
                if !(adjective && group.stranger.is_some_and(|stranger| stranger + 1 == at)) {
                    break;
                }
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
        // "deux accidents d'avion", "43 tirs", "600 brebis", "deux ONG": counted, and nobody who suffers.
        let classes = [Class::Scene, Class::Creature, Class::Countries];
        let other = classes.iter().any(|&class| context.is(item, class));
        if (other || context.is_cue(item, CueClass::Institution))
            && group.thing.is_none()
            && group.own.is_empty()
            && context.counted(item).is_none()
            && closing(context, item, group).is_none()
        {
            group.stranger = Some(at);
            break;
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
            // "une traction Salarié blessé": another line begins.
            let begins = group.article && group.stranger.is_some() && context.is_capital(item);
            if begins || !group.own.is_empty() && !of {
                break;
            }
            group.thing = Some(Thing::new(at, entry, counted));
            group.end = at + 1;
            if of_several(context, items, group) {
                at = group.end - 1;
            }
            // "policiers valdoriens": who could speak is counted here.
            if let Some(index) = sentence.parties.iter().position(|party| party.first == at && party.id.is_some()) {
                group.party = Some(index);
                group.end = sentence.parties[index].end;
                at = group.end - 1;
            }
        } else if let Some(entry) =
            closing(context, item, group).filter(|_| !is_of_one(context, item, group, of || passed > 0))
        {
            // "trente parents des victimes": those of whom somebody is.
            if of && (group.thing.is_some() || group.stranger.is_some()) {
                break;
            }
            group.own.push(Own { item: at, entry });
            group.end = at + 1;
            if group.own.len() == 1 && closed_further(context, items, group, at + 1) {
                at = group.end - 1;
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
    if group.is_bare() && group.party.is_none() {
        group.party = nationality_behind(context, sentence, group.end);
    }
    if group.is_bare()
        && let Some(own) = measured_behind(context, items, group)
    {
        group.own.push(own);
    }
    // "383 000 hommes, tués et blessés": the words stand beside the noun.
    let apart = items.get(group.end).is_some_and(|item| matches!(item.what, What::Mark(',' | '(')));
    if apart
        && group.thing.is_some()
        && group.own.is_empty()
        && let Some(entry) = items.get(group.end + 1).and_then(|item| closing(context, item, group))
    {
        let (first, end) = (group.end + 1, group.end);
        group.own.push(Own { item: first, entry });
        group.apposed = closed_further(context, items, group, first + 1);
        if !group.apposed {
            (group.own, group.end) = (vec![], end);
        }
    }
    // "12 000 victimes parmi les soldats karséniens", "douze blessés du côté des policiers": the noun comes after.
    let among =
        |item: &Item<'_>| [Class::Among, Class::SideOf, Class::Ranks].iter().any(|&class| context.is(item, class));
    if group.thing.is_none()
        && !group.own.is_empty()
        && items.get(group.end).is_some_and(among)
        && let Some(at) = (group.end + 1..items.len()).take(2).find(|&at| context.counted(&items[at]).is_some())
        && let Some((entry, counted)) = thing(context, &items[at])
    {
        group.thing = Some(Thing { outcome: None, ..Thing::new(at, entry, counted) });
        group.stranger = None;
        group.party = sentence.parties.iter().position(|party| party.first == at + 1);
        group.end = group.party.map_or(at + 1, |number| sentence.parties[number].end);
    }
    // "une poignée d'hommes", "une part des soldats": the article counts the handful.
    let of_stranger = |near: usize| {
        group.stranger.zip(group.thing).is_some_and(|(stranger, thing)| {
            let between = items.get(stranger + 1..thing.item).unwrap_or_default();
            between.iter().take(near).any(|item| context.is(item, Class::Of))
        })
    };
    group.handful = group.article && of_stranger(1);
    // "34 fournisseurs attitrés des combattants", "dix appels de locataires": neither are soldiers those nor tenants these.
    let people = |thing: Thing<'_>| items[thing.item].mask.hints & hint::PEOPLE != 0;
    if !group.article && group.thing.is_some_and(people) && of_stranger(2) {
        group.thing = None;
    }
    if group.thing.is_some_and(|thing| group.stranger.is_none_or(|stranger| stranger < thing.item)) {
        group.stranger = None;
    }
}

/// "227 sont karséniens, 61 des Miraviens et 18 valdoriens": of which country those are who have no noun.
fn nationality_behind(context: &Context<'_>, sentence: &Sentence<'_>, end: usize) -> Option<usize> {
    let is = |at: usize, of: &[Class]| {
        sentence.items.get(at).is_some_and(|item| of.iter().any(|&class| context.is(item, class)))
    };
    let verb = end + usize::from(is(end, &[Class::Be]));
    let at = verb + usize::from(is(verb, &[Class::Of, Class::Determiner]));
    sentence.parties.iter().position(|party| party.first == at && party.how == Naming::Adjective)
}

/// "40 hommes, femmes et enfants", "900 civils et soldats": one number of several kinds of people counts people.
fn of_several<'p>(context: &Context<'p>, items: &[Item<'_>], group: &mut Group<'p>) -> bool {
    let Some(first) = &mut group.thing else { return false };
    let more = joined(context, items, group.end, |item| {
        let plain = context.outcome(item).is_none();
        context.counted(item).filter(|_| plain).map(|(entry, _, _)| entry)
    });
    let Some(last) = more.last() else { return false };
    let id = |own: &Own| context.pack.counted(own.entry).map_or("", |counted| &counted.id);
    // Beside people of no kind the first tells: "journalistes et techniciens".
    let bare = context.pack.bare.as_str();
    if first.id != bare && more.iter().any(|own| id(own) != first.id && id(own) != bare) {
        (first.id, first.side) = (bare, None);
    }
    group.end = last.item + 1;
    true
}

/// "tués ou blessés", "tués, blessés et disparus": one number, several words. `at` is right behind the first.
fn closed_further(context: &Context<'_>, items: &[Item<'_>], group: &mut Group<'_>, at: usize) -> bool {
    let mut more = joined(context, items, at, |item| closing(context, item, group));
    // "a fait 900 morts et blessé 400 personnes": the last word has a number of its own.
    let counts = |item: &Item<'_>| matches!(item.what, What::Figure(_)) || context.is_hedge(item);
    more.pop_if(|last| items.get(last.item + 1).is_some_and(counts));
    let Some(last) = more.last() else { return false };
    group.end = last.item + 1;
    group.own.append(&mut more);
    true
}

/// The words that a comma and at last "et" or "ou" join to the one that ends before `at`; none where no such word comes.
pub fn joined(
    context: &Context<'_>,
    items: &[Item<'_>],
    mut at: usize,
    told: impl Fn(&Item<'_>) -> Option<u32>,
) -> Vec<Own> {
    let mut found = vec![];
    while let Some(entry) = items.get(at + 1).and_then(&told) {
        let last = context.is(&items[at], Class::Or) || context.is(&items[at], Class::And);
        if !last && items[at].what != What::Mark(',') {
            break;
        }
        found.push(Own { item: at + 1, entry });
        if last {
            return found;
        }
        at += 2;
    }
    vec![]
}

/// A word of the pack that may stand as an adjective inside a group.
fn only_adjective(context: &Context<'_>, item: &Item<'_>) -> bool {
    context.sense(item, |data| matches!(data, Data::Time(_) | Data::Unit(_) | Data::Hedge(_)).then_some(())).is_none()
        && context.outcome(item).is_some_and(|(_, tags, _)| tags.has(Tags::PARTICIPLE))
}

/// "évalue à 374 520 (+750) les pertes karséniennes": the noun of what is measured comes after.
fn measured_behind(context: &Context<'_>, items: &[Item<'_>], group: &Group<'_>) -> Option<Own> {
    let before = &items[group.at.saturating_sub(4)..group.at];
    let to = before.iter().any(|item| context.is(item, Class::To) || context.is(item, Class::Measure));
    let mark = |at: usize, mark: char| items.get(at).is_some_and(|item| item.what == What::Mark(mark));
    let mut at = group.at + 1;
    if mark(at, '(') && mark(at + 1, '+') && mark(at + 3, ')') {
        at += 4;
    }
    let article = items.get(at).is_some_and(|item| context.is(item, Class::Determiner));
    let (entry, tags, outcome) = items.get(at + 1).filter(|_| to && article).and_then(|item| context.outcome(item))?;
    let noun = !tags.has(Tags::FINITE.with(Tags::PARTICIPLE).with(Tags::INFINITIVE));
    let counts = outcome.thing.is_some() && outcome.arcs.contains_key(&Arc::Measure);
    (noun && counts).then_some(Own { item: at + 1, entry })
}

/// "plusieurs" centaines
pub(super) fn is_several(context: &Context<'_>, item: &Item<'_>) -> bool {
    let several = |data: &Data| matches!(data, Data::Number(number) if number.class == NumberClass::Several);
    !context.is(item, Class::Of) && context.sense(item, |data| several(data).then_some(())).is_some()
}

pub(super) fn thing<'p>(context: &Context<'p>, item: &Item<'_>) -> Option<(u32, &'p crate::pack::Counted)> {
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

/// "31 passagers du ferry touché": behind another noun a participle of one is not theirs.
fn is_of_one(context: &Context<'_>, item: &Item<'_>, group: &Group<'_>, apart: bool) -> bool {
    let many = group.value.point().is_none_or(|value| value > 1);
    let one = context
        .outcome(item)
        .is_some_and(|(_, tags, _)| tags.has(Tags::PARTICIPLE) && tags.has(Tags::SINGULAR) && !tags.has(Tags::PLURAL));
    apart && many && one
}

/// The outcome entry of a participle right behind a number that counts what stands before it.
pub(super) fn closes_bare(context: &Context<'_>, item: &Item<'_>) -> Option<u32> {
    let (entry, tags, _) = context.sense(item, |data| match data {
        Data::Outcome(outcome) => (outcome.arcs.get(&Arc::Attribute) == Some(&Role::Figures)).then_some(()),
        _ => None,
    })?;
    (tags.has(Tags::PARTICIPLE) && !tags.has(Tags::FINITE)).then_some(entry)
}

/// Hedges, articles and the preposition to the left of the number.
pub(super) fn read_left(context: &Context<'_>, sentence: &Sentence<'_>, group: &mut Group<'_>) {
    let items = &sentence.items;
    while group.first > 0 {
        let item = &items[group.first - 1];
        let hedge = context.is_hedge(item);
        let quote = item.what.is_quote();
        let word = context.is(item, Class::Determiner) || context.is(item, Class::Other) || is_several(context, item);
        if context.is(item, Class::Possessive) {
            group.possessive = Some(group.first - 1);
        } else if context.is(item, Class::Own) {
            group.ours = Some(group.first - 1);
        } else if !(hedge || quote || word) || context.is(item, Class::And) || context.is(item, Class::Or) {
            break;
        }
        group.first -= 1;
        // "près de 900 soldats": before a number it is a hedge, and no place; "à" may open the end of a range.
        let about = context.is_hedge_of(item, HedgeClass::About);
        if !about && (context.is(item, Class::Of) || context.is(item, Class::In)) {
            group.lead = Some(group.first);
        }
    }
    group.lead = group.lead.or(lead(context, sentence, group.first));
}

/// The preposition right before an item.
pub(super) fn lead(context: &Context<'_>, sentence: &Sentence<'_>, first: usize) -> Option<usize> {
    let leads = [Class::Of, Class::In, Class::By, Class::Among, Class::Some, Class::OutOf, Class::To];
    first.checked_sub(1).filter(|&before| leads.iter().any(|&class| context.is(&sentence.items[before], class)))
}
