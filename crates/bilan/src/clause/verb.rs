//! Finds the verbs that matter, with voice and mood.
//!
//! In: items. Out: [`Verb`]s: outcomes, measures, carriers, words of saying.
//!
//! "avaient été tués" is passive, "ont perdu" active, "auraient péri" hearsay, "pourraient mourir" a forecast; in "12
//! soldats tués" the participle has no auxiliary and closes its noun.

use super::Sentence;
use crate::mention::{Context, Item, What};
use crate::pack::{Class, CueClass, Data, Mask, Tags};
use crate::sentence::Shape;

/// A verb, or a noun that says what happened.
#[derive(Clone, Copy, Debug)]
pub struct Verb {
    /// Where it stands.
    pub item: usize,
    /// Where its auxiliaries begin; `item` when there are none.
    pub begin: usize,
    /// What it does.
    pub kind: VerbKind,
    /// Who suffers.
    pub voice: Voice,
    /// How real it is.
    pub mood: Mood,
    /// Traits of the form that carries person and number.
    pub tags: Tags,
}

/// What a verb does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum VerbKind {
    /// Says what happened.
    Outcome,
    /// "s'élever à"
    Measure,
    /// "compter" 12 morts: the subject is whose they are
    Carrier,
    /// "faire" 12 morts: the subject is what did it
    Cause,
    /// A word of saying
    Cue,
    /// Any other known verb
    Other,
}

/// Voice of a verb.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Voice {
    /// "ont tué"
    Active,
    /// "ont été tués"; also "sont morts"
    Passive,
    /// "tués": a participle alone
    Bare,
    /// A noun
    Noun,
}

/// How real a clause is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mood {
    /// Said to have happened.
    Real,
    /// "auraient"
    Hearsay,
    /// "pourraient", "seront"
    Forecast,
    /// "imaginez"
    Unreal,
    /// "n'ont pas"
    Negated,
}

/// Finds verbs and outcomes.
pub fn find_verbs(context: &Context<'_>, sentence: &Sentence<'_>) -> Vec<Verb> {
    let items = &sentence.items[..];
    let mut verbs = Vec::new();
    let pronouns = sentence.may_have(Class::Pronoun);
    for (at, item) in items.iter().enumerate() {
        let verbal = item.mask.kinds & (Mask::OUTCOME | Mask::CUE) != 0 || item.mask.classes & VERBS != 0;
        if item.what != What::Words || !verbal {
            continue;
        }
        let Some((kind, tags)) = kind(context, item) else { continue };
        let form = Tags::FINITE.with(Tags::INFINITIVE).with(Tags::PARTICIPLE).with(Tags::GERUND);
        let plain = !tags.has(form);
        if plain && !matches!(kind, VerbKind::Outcome | VerbKind::Measure) {
            continue;
        }
        let (mut begin, mut be, mut have) = (at, false, false);
        let mut carrier = Tags::NONE;
        let mut nots = 0;
        let mut skipped = 0;
        let mut left = at;
        while left > at.saturating_sub(LONGEST_CHAIN) {
            left -= 1;
            let word = &items[left];
            // "a-t-il dit", "avait, elle, dit"
            let inverted = left + 3 >= at && word.what == What::Words && context.token(word).shape.has(Shape::HYPHEN);
            if inverted || (pronouns && is_set_off(context, items, left)) {
                continue;
            }
            if let Some((_, aux)) = context.class(word, Class::Be) {
                be = true;
                begin = left;
                if aux.has(Tags::FINITE.with(Tags::INFINITIVE)) && !aux.has(Tags::PARTICIPLE) {
                    carrier = aux;
                    break;
                }
            } else if let Some((_, aux)) = context.class(word, Class::Have) {
                have = true;
                begin = left;
                carrier = aux;
                break;
            } else if context.is(word, Class::Not) {
                nots += 1;
            } else if (plain && context.is(word, Class::Determiner))
                || context.is(word, Class::Forecast)
                || context.is(word, Class::Modal)
            {
                break;
            } else if context.is(word, Class::Adverb)
                || context.is(word, Class::Each)
                // "avait auparavant indiqué"
                || context.is(word, Class::Previous)
                || word.what.is_quote()
            {
                continue;
            } else if let Some(first) = aside(context, items, left).filter(|_| !plain) {
                left = first;
            } else if word.is_unknown() && skipped < 1 && !be {
                skipped += 1;
            } else {
                break;
            }
        }
        let participle = tags.has(Tags::PARTICIPLE);
        let voice = match (participle || plain, be, have) {
            // A set phrase bends no word: "sont en captivité", "tués ou blessés".
            (true, false, false) if plain => Voice::Noun,
            (true, false, true) if plain => Voice::Noun,
            (true, true, _) => Voice::Passive,
            (true, false, true) => Voice::Active,
            (true, false, false) if !tags.has(Tags::FINITE) => Voice::Bare,
            // "dit", "fait", "détruit": present or participle; without an auxiliary it is the verb of its clause.
            _ => Voice::Active,
        };
        if !(be || have) {
            begin = at;
        }
        let traits = if carrier == Tags::NONE { tags } else { carrier };
        let bare = if begin < at {
            context
                .class(&items[begin], Class::Have)
                .or(context.class(&items[begin], Class::Be))
                .map_or(tags, |(_, aux)| aux)
        } else {
            tags
        };
        // "pourrait avoir fait": what is over is told with doubt and expected by nobody.
        let over = begin < at && context.class(&items[begin], Class::Have).is_some();
        let modal = bare.has(Tags::INFINITIVE)
            && items[begin.saturating_sub(4)..begin].iter().any(|word| context.is(word, Class::Modal));
        let after = items.get(begin + 1..at).unwrap_or(&[]);
        if nots == 0 {
            let near = items[begin.saturating_sub(1)..begin].iter().chain(after);
            nots = near.filter(|word| context.is(word, Class::Not)).count();
        }
        // "n'a tué que deux soldats" tells of two.
        let only = nots == 1 && items.get(at + 1).is_some_and(|word| context.is(word, Class::That));
        let negated = nots > 0 && !only;
        // "n'a fait que", "ne compte plus" aside, a negation needs its second word or an auxiliary.
        let mood = if modal && over {
            Mood::Hearsay
        } else if modal || (traits.has(Tags::FUTURE) && !traits.has(Tags::PRESENT) && !over) {
            Mood::Forecast
        } else if negated {
            Mood::Negated
        } else if traits.has(Tags::CONDITIONAL) {
            Mood::Hearsay
        } else {
            Mood::Real
        };
        verbs.push(Verb { item: at, begin, kind, voice, mood, tags: if voice == Voice::Bare { tags } else { traits } });
    }
    coordinate(context, items, &mut verbs);
    // "n'a pas confirmé": an auxiliary has nothing of its own.
    for at in (1..verbs.len()).rev() {
        let Verb { begin, item, .. } = verbs[at];
        if begin < item
            && let Some(auxiliary) = verbs[..at].iter().rposition(|verb| verb.item == begin)
        {
            verbs.remove(auxiliary);
        }
    }
    verbs
}

/// So far before a verb its auxiliary may stand, in items.
const LONGEST_CHAIN: usize = 14;

/// Where an aside begins that ends with `items[last]` and stands right behind an auxiliary: "ont *lundi* été tués", "ont,
/// *selon le maire*, péri", "a *dans la matinée* perdu". Behind "sont" only days and what commas set off: in "sont dans des
/// maisons détruites" the participle is the noun's.
fn aside(context: &Context<'_>, items: &[Item<'_>], last: usize) -> Option<usize> {
    /// So long it may be, in items.
    const LONGEST: usize = 9;
    let is_aux = |at: usize| context.is(&items[at], Class::Have) || context.is(&items[at], Class::Be);
    // "ont", "ayant", "été": not "sont".
    let is_have = |at: usize| {
        context.is(&items[at], Class::Have)
            || context.class(&items[at], Class::Be).is_some_and(|(_, tags)| tags.has(Tags::PARTICIPLE))
    };
    let is_day = |at: usize| matches!(items[at].what, What::Date(_));
    if is_day(last) && last > 0 && is_aux(last - 1) {
        return Some(last);
    }
    if items[last].what == What::Mark(',') {
        let first = (last.saturating_sub(LONGEST)..last).rev().find(|&at| items[at].what == What::Mark(','))?;
        let counts = items[first..last].iter().any(|item| matches!(item.what, What::Figure(_) | What::Numeral(_)));
        return (first > 0 && !counts && is_aux(first - 1)).then_some(first);
    }
    // "a donc causé la mort": behind an article stands no verb, and no verb in an aside.
    if context.is(&items[last], Class::Determiner) {
        return None;
    }
    for first in (last.saturating_sub(LONGEST)..=last).rev() {
        let item = &items[first];
        let verb = kind(context, item).is_some_and(|(_, tags)| tags.has(Tags::PARTICIPLE.with(Tags::FINITE)));
        if !(item.what == What::Words || is_day(first)) || verb || is_aux(first) {
            return None;
        }
        if first == 0 || !is_have(first - 1) {
            continue;
        }
        let opens = |class: &Class| context.is(item, *class) || context.begins_with(item, *class);
        if PREPOSITIONS.iter().any(opens) || context.is_cue(item, CueClass::Preposition) {
            return Some(first);
        }
    }
    None
}

/// Classes of words that may open an aside.
const PREPOSITIONS: [Class; 6] = [Class::In, Class::To, Class::By, Class::From, Class::Of, Class::Stop];

/// The mood that an auxiliary alone tells.
fn mood_of(context: &Context<'_>, aux: &Item<'_>) -> Mood {
    match context.class(aux, Class::Have).or(context.class(aux, Class::Be)) {
        Some((_, tags)) if tags.has(Tags::CONDITIONAL) => Mood::Hearsay,
        _ => Mood::Real,
    }
}

/// A pronoun between two commas, or one of these commas.
fn is_set_off(context: &Context<'_>, items: &[Item<'_>], at: usize) -> bool {
    let comma = |at: usize| items.get(at).is_some_and(|item| item.what == What::Mark(','));
    let pronoun = |at: usize| context.is(&items[at], Class::Pronoun) && at > 0 && comma(at - 1) && comma(at + 1);
    (at.saturating_sub(1)..=at + 1).any(pronoun)
}

/// "a éliminé douze assaillants et neutralisé quatre drones": the second participle has the auxiliary of the first.
fn coordinate(context: &Context<'_>, items: &[Item<'_>], verbs: &mut [Verb]) {
    for at in 1..verbs.len() {
        let verb = verbs[at];
        let before = items[..verb.item].iter().rev().find(|item| !item.what.is_quote());
        let joins = before.is_some_and(|item| context.is(item, Class::And) || item.what == What::Mark(','));
        let either = verb.voice == Voice::Active && verb.begin == verb.item && verb.tags.has(Tags::PARTICIPLE);
        if !(verb.voice == Voice::Bare || either) || !joins {
            continue;
        }
        let object = past_aside(&items[verb.item + 1..]).iter().take(4).find_map(|item| match item.what {
            What::Figure(_) | What::Numeral(_) => Some(true),
            What::Mark(',' | '.' | ';') => Some(false),
            _ => None,
        });
        // The auxiliary may stand before a verb that the pack does not know: "ont repoussé l'assaut et détruit neuf chars".
        let begin = (verb.item.saturating_sub(24)..verb.item).rev().find(|&left| {
            context
                .class(&items[left], Class::Have)
                .is_some_and(|(_, tags)| tags.has(Tags::FINITE.with(Tags::INFINITIVE)))
        });
        let passive =
            begin.is_some_and(|begin| items[begin..verb.item].iter().take(3).any(|item| context.is(item, Class::Be)));
        // "ont été extraits de chez eux et exécutés"
        let and = before.is_some_and(|item| context.is(item, Class::And));
        let passed_on = passive && and && verb.voice == Voice::Bare && object != Some(true);
        if let Some(begin) = begin.filter(|_| passed_on) {
            let left = verbs[..at].iter().rev().find(|left| left.begin == begin);
            let mood = left.map_or_else(|| mood_of(context, &items[begin]), |left| left.mood);
            verbs[at] = Verb { voice: Voice::Passive, mood, ..verb };
        } else if let Some(begin) = begin.filter(|_| !passive && object == Some(true)) {
            let left = verbs[..at].iter().rev().find(|left| left.begin == begin);
            let tags = context.class(&items[begin], Class::Have).map_or(verb.tags, |(_, tags)| tags);
            let mood = left.map_or(Mood::Real, |left| left.mood);
            verbs[at] = Verb { begin, voice: Voice::Active, mood, tags, ..verb };
        }
    }
}

/// What stands behind a day between commas: "et abattu, *dans la nuit de samedi à dimanche,* 87 drones".
fn past_aside<'i, 'p>(behind: &'i [Item<'p>]) -> &'i [Item<'p>] {
    match behind {
        [open, day, close, rest @ ..]
            if open.what == What::Mark(',') && matches!(day.what, What::Date(_)) && close.what == What::Mark(',') =>
        {
            rest
        }
        _ => behind,
    }
}

/// Classes that make a verb.
const VERBS: u64 =
    1 << Class::Measure as u64 | 1 << Class::Cause as u64 | 1 << Class::Carrier as u64 | 1 << Class::Verb as u64;

/// The kind of verb that an item is, and the traits of its form.
fn kind(context: &Context<'_>, item: &Item<'_>) -> Option<(VerbKind, Tags)> {
    if let Some((_, tags, _)) = context.outcome(item) {
        return Some((VerbKind::Outcome, tags));
    }
    if let Some((_, tags, _)) = context.cue(item).and_then(|_| {
        context.sense(item, |data| matches!(data, Data::Cue(cue) if cue.class == CueClass::Verb).then_some(()))
    }) {
        return Some((VerbKind::Cue, tags));
    }
    let classes = [
        (Class::Measure, VerbKind::Measure),
        (Class::Cause, VerbKind::Cause),
        (Class::Carrier, VerbKind::Carrier),
        (Class::Verb, VerbKind::Other),
    ];
    for (class, kind) in classes {
        if let Some((_, tags)) = context.class(item, class) {
            return Some((kind, tags));
        }
    }
    // A word that is mostly none is a verb as others are.
    let weak = context.sense(item, |data| if let Data::Outcome(outcome) = data { Some(outcome) } else { None });
    weak.map(|(_, tags, _)| (VerbKind::Other, tags))
}
