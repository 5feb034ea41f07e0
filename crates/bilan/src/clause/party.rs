//! Finds the noun groups that name a party.
//!
//! In: items. Out: [`PartyGroup`]s: an office with its country, a person in a role, a country, a source without a name.
//!
//! "l'état-major général des forces armées ukrainiennes" names one party with two offices and an adjective; "le ministre
//! de la Défense, Lena Orvik" leaves its country to the person.

use super::Setting;
use crate::claim::{Date, Partial};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, CueClass, Data, How, Mask, Person, Tags};
use std::collections::BTreeSet;

/// A party named in the text: items `first..end`.
#[derive(Clone, Debug)]
pub struct PartyGroup {
    /// First item.
    pub first: usize,
    /// One past the last item.
    pub end: usize,
    /// Party id; `?/mod` when the country is to be found in the document, `None` for a source without a name.
    pub id: Option<String>,
    /// Gender and number, for pronouns.
    pub tags: Tags,
    /// How it is named.
    pub how: Naming,
    /// The country beside its name, where its id tells none: "l'ONG valdorienne Témoins".
    pub country: Option<String>,
    /// An armed movement, whose name counts its fighters: "134 houthis".
    pub armed: bool,
    /// Speaks for itself, and for no state: "un habitant de Kiev".
    pub private: bool,
}

/// How a party is named.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Naming {
    /// By a name of its own.
    Name,
    /// By an office.
    Office,
    /// By a person in a role.
    Person,
    /// By an adjective on another noun: names no speaker.
    Adjective,
    /// "des responsables": words only.
    Source,
}

impl PartyGroup {
    fn new(first: usize, end: usize, id: Option<String>, tags: Tags, how: Naming) -> PartyGroup {
        PartyGroup { first, end, id, tags, how, country: None, armed: false, private: false }
    }

    /// The root of its id: a country or a body.
    pub fn root(&self) -> Option<&str> {
        self.id.as_deref().map(root).filter(|root| *root != "?")
    }

    /// The country it tells of: the one beside its name, else its root.
    pub fn country(&self) -> Option<&str> {
        self.country.as_deref().or(self.root())
    }

    /// Whether it can say something: "les miliciens houthis" may, being of a movement; "les forces karséniennes" is an
    /// office, and of "le plateau karsénien" the adjective says nothing.
    pub fn speaks(&self) -> bool {
        self.how != Naming::Adjective || self.id.as_deref().is_some_and(|id| id.contains('/'))
    }
}

/// An institution of a state that is not known yet.
pub const STATE: &str = "?/";

/// What a pack calls those who speak for themselves: witnesses, reporters.
const PRIVATE: &str = "-";

/// The root of a party id.
pub fn root(id: &str) -> &str {
    // Ids are short, and asked for all the time.
    let end = id.bytes().position(|byte| byte == b'/');
    &id[..end.unwrap_or(id.len())]
}

/// Several parties as one: their ids in order, each once, as "XA+XB".
pub fn together<'a>(ids: impl IntoIterator<Item = &'a str>) -> String {
    let ids: BTreeSet<&str> = ids.into_iter().collect();
    Vec::from_iter(ids).join("+")
}

/// Finds the parties of a sentence.
pub fn find_parties(context: &Context<'_>, setting: Setting<'_>, items: &[Item<'_>]) -> Vec<PartyGroup> {
    let mut found = Vec::new();
    let mut at = 0;
    while at < items.len() {
        let item = &items[at];
        let may_name = item.mask.kinds & (Mask::NAME | Mask::CUE) != 0 || context.is_unknown_name(item);
        let group = if may_name { party(context, setting, items, at) } else { None };
        at = group.as_ref().map_or(at + 1, |group| group.end);
        found.extend(group);
    }
    found
}

fn party(context: &Context<'_>, setting: Setting<'_>, items: &[Item<'_>], at: usize) -> Option<PartyGroup> {
    let item = &items[at];
    if item.senses.is_empty() {
        return introduced(context, setting, items, at, at);
    }
    if let Some((_, _, name)) = context.name(item) {
        let single = |id: &str, how| {
            let armed = setting.shared.parties.get(id).is_some_and(|party| party.armed);
            Some(PartyGroup {
                first: at,
                end: at + 1,
                id: Some(id.to_owned()),
                tags: name.tags,
                how,
                country: None,
                armed,
                private: false,
            })
        };
        return match name.how {
            How::Office => Some(office(context, setting, items, at)),
            How::Person => {
                let person = setting.shared.persons.get(&name.id)?;
                let held = || role(person, setting.published).map(str::to_owned);
                // Who holds no office on the day is still of a country.
                let once = || Some(root(&person.roles.last()?.party).to_owned());
                let id = held().or_else(once);
                Some(PartyGroup::new(at, at + 1, id, name.tags, Naming::Person))
            }
            How::Country | How::Metonym | How::Party => single(&name.id, Naming::Name),
            How::Adjective => single(&name.id, Naming::Adjective),
            How::Event | How::Place => None,
        };
    }
    if let Some(group) = institution(context, setting, items, at) {
        return Some(group);
    }
    let same = context.is_cue(item, CueClass::Same);
    if same || context.is_cue(item, CueClass::Source) {
        let class = if same { CueClass::Same } else { CueClass::Source };
        let (_, tags, of) = context.sense(item, |data| match data {
            Data::Cue(cue) if cue.class == class => Some(cue.party.as_deref()),
            _ => None,
        })?;
        // "un colonel": of the army of a state.
        let of = of.filter(|_| !same);
        let mut end = at + 1;
        let mut id = None;
        // "son porte-parole, Igor Stanek": a name behind a comma.
        if matches!(items.get(at + 1).map(|item| item.what), Some(What::Mark(',')))
            && let Some((_, _, name)) =
                items.get(at + 2).and_then(|item| context.name(item)).filter(|(_, _, name)| name.how == How::Person)
        {
            let held = setting.shared.persons.get(&name.id).and_then(|person| role(person, setting.published));
            return Some(PartyGroup::new(at, at + 3, held.map(str::to_owned), name.tags, Naming::Person));
        }
        for (offset, next) in items[at + 1..].iter().enumerate().take(4) {
            if let Some((_, _, name)) = context.name(next) {
                // "le ministère karsénien des Barrages"
                let whose = name.how == How::Adjective
                    || (!same && matches!(name.how, How::Country | How::Metonym | How::Party));
                if whose {
                    id = Some(name.id.clone());
                    end = at + 2 + offset;
                }
                // "le général Igor Stanek": what he is, the pack knows better.
                let person = setting.shared.persons.get(&name.id).filter(|_| name.how == How::Person && of.is_some());
                if let Some(held) = person.and_then(|person| role(person, setting.published)) {
                    (id, end) = (Some(held.to_owned()), at + 2 + offset);
                    return Some(PartyGroup::new(at, end, id, tags, Naming::Person));
                }
                if name.how == How::Office && !same {
                    let inner = office(context, setting, items, at + 1 + offset);
                    (id, end) = (inner.id, inner.end);
                    return Some(PartyGroup::new(at, end, id, tags, Naming::Office));
                }
                break;
            }
            // "le porte-parole de la Commission des digues"
            if let Some(inner) = institution(context, setting, items, at + 1 + offset).filter(|_| !same) {
                return Some(PartyGroup { first: at, tags, ..inner });
            }
            let passes = next.what == What::Words
                && (next.senses.is_empty() || context.is(next, Class::Of) || context.is(next, Class::Determiner));
            if !passes {
                break;
            }
        }
        if let Some(leaf) = of.and_then(|of| of.strip_prefix(STATE)) {
            let country = id.as_deref().filter(|id| setting.shared.is_country(id));
            let whole = country.filter(|_| leaf.is_empty()).map(str::to_owned);
            let part = || Some(format!("{}/{leaf}", country.unwrap_or("?")));
            id = whole.or_else(|| id.clone().filter(|_| country.is_none())).or_else(part);
        }
        if of == Some(PRIVATE) {
            return Some(PartyGroup { private: true, ..PartyGroup::new(at, end, id, tags, Naming::Source) });
        }
        let own = PartyGroup::new(at, end, id, tags, Naming::Source);
        if (own.id.is_none() || of.is_some())
            && let Some(named) = introduced(context, setting, items, at, end)
        {
            return Some(named);
        }
        return Some(own).filter(|own| !same || own.id.is_some());
    }
    None
}

/// An institution whose name the pack does not know, by what it is: "le collectif Avocats d'Ormont", "l'ONG valdorienne
/// Témoins", "la Commission nationale des droits". Without a name or a country the noun points back at one.
fn institution(context: &Context<'_>, setting: Setting<'_>, items: &[Item<'_>], at: usize) -> Option<PartyGroup> {
    let (_, tags, id) = context.sense(&items[at], |data| match data {
        Data::Cue(cue) if cue.class == CueClass::Institution => cue.party.as_deref(),
        _ => None,
    })?;
    let mut named = at > 0 && context.is_capital(&items[at]);
    let (mut end, mut country) = (at + 1, None);
    let mut of = false;
    let joins = |item: &Item<'_>| context.is(item, Class::Of) || context.is(item, Class::By);
    for (next, item) in items.iter().enumerate().skip(at + 1).take(9) {
        let capital = context.is_capital(item);
        if let Some((_, _, name)) = context.name(item) {
            match name.how {
                How::Person => break,
                // "l'association Human Rights Watch": known all the same.
                How::Party if !setting.shared.is_country(root(&name.id)) => {
                    let id = Some(name.id.clone());
                    return Some(PartyGroup::new(at, next + 1, id, tags, Naming::Office));
                }
                // "le bureau des médias du gouvernement valdorien"
                How::Office if of => {
                    let inner = office(context, setting, items, next);
                    return Some(PartyGroup::new(at, inner.end, inner.id, tags, Naming::Office));
                }
                How::Office | How::Event => {}
                _ => country = country.or(Some(root(&name.id))),
            }
        } else if item.what == What::Words && (joins(item) || context.is(item, Class::Determiner)) {
            // "a dit à la chaîne KTV le gouverneur": another noun begins, unlike "le quotidien Le Fanal".
            if !joins(item) && !joins(&items[next - 1]) && !capital {
                break;
            }
            of |= context.is(item, Class::Of);
            continue;
        } else if item.what.is_quote() {
            // "le collectif « Témoins »"
            let opens = next == at + 1 && items.get(next + 1).is_some_and(|item| context.is_capital(item));
            if !opens {
                end += usize::from(named && next == end);
                break;
            }
            continue;
        } else if item.what == What::Words
            && (of
                || capital
                || item.senses.is_empty()
                || items.get(next + 1).is_some_and(|by| context.is(by, Class::By)))
        {
            let verb = context.class(item, Class::Have).or(context.class(item, Class::Be));
            if verb.is_some() || context.is_cue(item, CueClass::Verb) {
                break;
            }
            named |= capital;
        } else {
            break;
        }
        (end, of) = (next + 1, false);
    }
    // Of a state's institution without an entry the state alone is known; "la coalition menée par la Valdorie" is hers.
    let id = match (country, id.strip_prefix(STATE)) {
        (Some(country), Some("")) => country.to_owned(),
        (Some(country), Some(leaf)) => format!("{country}/{leaf}"),
        _ => id.to_owned(),
    };
    // "une chaîne de télévision a annoncé": which, it does not say.
    let some = at > 0 && matches!(items[at - 1].what, What::Figure(_)) && !id.contains('/');
    let some = some && setting.pack.kind_of(setting.shared, &id).carries;
    // "la commission nationale", "l'agence nationale de recherches": the one there is.
    let only = id == STATE && items[at].end > items[at].first + 1;
    let told = named || country.is_some() || some || only;
    let country = country.map(str::to_owned);
    told.then_some(PartyGroup {
        first: at,
        end,
        id: Some(id),
        tags,
        how: Naming::Office,
        country,
        armed: false,
        private: false,
    })
}

/// A name that the pack does not know, with the office behind a comma that says for whom it speaks: "le colonel Tirek
/// Onval, porte-parole de l'armée valdorienne". It may begin with a rank; its name begins at `name`.
fn introduced(
    context: &Context<'_>,
    setting: Setting<'_>,
    items: &[Item<'_>],
    first: usize,
    name: usize,
) -> Option<PartyGroup> {
    let left = first.checked_sub(1).map(|left| &items[left]);
    let led = left.is_some_and(|left| context.is(left, Class::In));
    // "selon l'IBC, l'armée a perdu": with an article it is no person.
    let article = first == name && left.is_some_and(|left| context.is(left, Class::Determiner));
    if led || article || !context.is_unknown_name(items.get(name)?) {
        return None;
    }
    let end = (name..items.len()).take(4).take_while(|&at| context.is_unknown_name(&items[at])).last()? + 1;
    let comma = items.get(end).is_some_and(|item| item.what == What::Mark(','));
    let article = items.get(end + 1).is_some_and(|item| context.is(item, Class::Determiner));
    let at = end + 1 + usize::from(article);
    let title = items.get(at).filter(|item| comma && item.what == What::Words)?;
    let office = context.is_cue(title, CueClass::Source)
        || context.name(title).is_some_and(|(_, _, name)| name.how == How::Office);
    // "Lena Horvath, membre d'Alarm Phone": a title that the pack does not know, of a party.
    let of = !office && items.get(at + 1).is_some_and(|item| context.is(item, Class::Of));
    let at = if of { at + 2 } else { at };
    // "Lena Horvath, de l'OIM": a name, and whose it is.
    let of = of || context.is(title, Class::Of);
    let at = if context.is(title, Class::Of) { end + 2 } else { at };
    items.get(at)?;
    let group = party(context, setting, items, at).filter(|group| (office || of) && group.id.is_some())?;
    // "Globalement, le ministère a affirmé": a word that opens a sentence is no name, unless a comma closes the office.
    let closed = items.get(group.end).is_some_and(|item| item.what == What::Mark(','));
    if first == 0 && end == name + 1 && !closed {
        return None;
    }
    if of && group.how == Naming::Adjective {
        return None;
    }
    Some(PartyGroup { first, how: Naming::Person, ..group })
}

/// An office with its country, and the person who holds it.
fn office(context: &Context<'_>, setting: Setting<'_>, items: &[Item<'_>], at: usize) -> PartyGroup {
    let (_, tags, name) =
        context.name(&items[at]).map_or((0, Tags::NONE, None), |(entry, tags, name)| (entry, tags, Some(name)));
    let leaf = name.map_or("", |name| name.id.as_str());
    let tags = name.map_or(tags, |name| name.tags.with(tags));
    let local = name.is_some_and(|name| name.local);
    let mut country: Option<String> =
        context.inner_country(&items[at]).map(|name| super::party::root(&name.id).to_owned());
    let mut place: Option<String> = None;
    let mut person: Option<&Person> = None;
    let mut end = at + 1;
    let mut next = at + 1;
    let mut unknown = 0;
    while next < items.len() && next < at + 10 {
        let item = &items[next];
        if let Some((_, _, name)) = context.name(item) {
            match name.how {
                How::Person => {
                    person = setting.shared.persons.get(&name.id);
                    end = next + 1;
                    break;
                }
                How::Office if country.is_none() => end = next + 1,
                How::Place if country.is_none() => {
                    country = name.id.split('/').next().map(str::to_owned);
                    place = name.id.split('/').nth(1).map(str::to_owned);
                    end = next + 1;
                }
                // "les secours à l'Agence France-Presse": whom they told is no country.
                How::Party if context.pack.kind_of(setting.shared, &name.id).carries => break,
                How::Adjective | How::Country | How::Metonym | How::Party if country.is_none() => {
                    country = Some(super::party::root(&name.id).to_owned());
                    end = next + 1;
                }
                _ => break,
            }
        } else if context.is(item, Class::Of)
            || context.is(item, Class::Determiner)
            || (next == at + 1 && context.is(item, Class::In))
        {
            // Joins what follows; kept only if something does.
        } else if item.what == What::Mark(',') {
            let person_follows = items
                .get(next + 1)
                .and_then(|item| context.name(item))
                .is_some_and(|(_, _, name)| name.how == How::Person);
            if !person_follows {
                break;
            }
        } else if item.is_unknown() && unknown < 2 {
            unknown += 1;
        } else {
            break;
        }
        next += 1;
    }
    let held = person.and_then(|person| role(person, setting.published));
    let own_root = leaf.contains('/');
    let id = match (&country, held) {
        // "la presse karsénienne": an office with a root of its own speaks for no state.
        _ if own_root => leaf.to_owned(),
        (Some(country), _) if local => match &place {
            Some(place) => format!("{country}/local/{place}"),
            None => format!("{country}/local"),
        },
        (Some(country), Some(held)) if super::party::root(held) == country && leaf.is_empty() => held.to_owned(),
        (Some(country), _) => format!("{country}/{leaf}"),
        (None, Some(held)) => held.to_owned(),
        (None, None) if local => "?/local".to_owned(),
        (None, None) => format!("?/{leaf}"),
    };
    PartyGroup {
        first: at,
        end,
        id: Some(id),
        tags,
        how: if person.is_some() { Naming::Person } else { Naming::Office },
        country: country.filter(|_| own_root),
        armed: false,
        private: false,
    }
}

/// The party that a person speaks for on a day; the last known role when the day is not told.
pub fn role(person: &Person, on: Option<Date>) -> Option<&str> {
    let day = on.and_then(|date| date.last_day());
    let fits = |from: Option<Partial>, to: Option<Partial>| match day {
        Some(day) => {
            from.and_then(|d| d.first_day()).is_none_or(|from| from <= day)
                && to.and_then(|d| d.last_day()).is_none_or(|to| day <= to)
        }
        None => true,
    };
    let current = person.roles.iter().rev().find(|role| fits(role.from, role.to));
    current.map(|role| role.party.as_str())
}
