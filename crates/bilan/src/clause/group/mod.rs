//! Finds the noun groups that hold a figure, and the lists they form.
//!
//! In: items, figures, parties. Out: [`Group`]s: figure, thing, owner, the participle that closes it, and how it is
//! joined to the group on its left.
//!
//! "plus de 40 000 de leurs hommes tués ou blessés" is one group that two words close; "12 tués" offers nothing to the
//! right; in "une partie des plus de 60 000 réservistes" the number is the whole, not the part.

mod around;
mod join;
mod one;
mod part;

pub use around::joined;
use around::{lead, read_left, read_right};
use join::{item_before, join};
use one::{
    goes_on_with_one, introduces, is_named, is_of_something, is_somebody, is_source, suffers, suffers_alone, tells_one,
};
use part::{country_before, distribute, equal, is_bracketed, is_share, whole_refused};

use super::Sentence;
use super::Verb;
use crate::claim::{Span, Value};
use crate::mention::{Context, What};
use crate::pack::{Class, Counted, CueClass, How};

/// Items between an article and the number of those whom it opens: "une petite colonne d'environ 70 pompiers".
const MEMBERS: usize = 6;

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
    /// An article before a collective: "une poignée d'hommes".
    pub handful: bool,
    /// The whole of the next group: "sur les 60 passagers, neuf".
    pub whole: bool,
    /// Its closing words stand beside it: "300 hommes, tués ou blessés".
    pub apposed: bool,
    /// A share of a round number: "deux tués sur trois".
    pub share: bool,
}

impl Group<'_> {
    /// A number, and no word of its own that says what it counts.
    pub fn is_bare(&self) -> bool {
        self.thing.is_none() && self.stranger.is_none() && self.own.is_empty()
    }
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

impl<'p> Thing<'p> {
    /// What a noun of the pack names.
    pub fn new(item: usize, entry: u32, counted: &'p Counted) -> Thing<'p> {
        Thing {
            item,
            entry: Some(entry),
            id: &counted.id,
            side: counted.side.as_deref(),
            outcome: counted.outcome.as_deref(),
            weak: counted.weak,
        }
    }

    /// Those whom their own name counts: "douze Karséniens".
    fn named(item: usize, id: &'p str) -> Thing<'p> {
        Thing { item, entry: None, id, side: None, outcome: None, weak: false }
    }
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
    if sentence.figures.is_empty() && !sentence.may_have(Class::None) && !sentence.may_have(Class::Equal) {
        return vec![];
    }
    let mut groups: Vec<Group<'p>> = Vec::with_capacity(sentence.figures.len());
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
        // "neuf (9) personnes": said twice, counted once.
        if at > 1 && sentence.figure_at(at - 2) == Some(value) && in_brackets(sentence, at) {
            continue;
        }
        // "un détachement de 80 soldats": the article counts the detachment, and nobody.
        if article && members(context, sentence, at).is_some() {
            continue;
        }
        let mut group = blank(at, value, span, figure, article);
        read_right(context, sentence, &mut group);
        read_left(context, sentence, &mut group);
        let open = (at.saturating_sub(MEMBERS)..at).find(|&open| members(context, sentence, open) == Some(at));
        if let Some(open) = open {
            (group.first, group.lead) = (open, lead(context, sentence, open));
        }
        // "pas de quoi", "un silence de mort": of what the pack does not know none or one is no count.
        if group.thing.is_none() && is_of_something(context, sentence, &group) {
            continue;
        }
        // "« … », a confié un rescapé": who speaks is not counted.
        let tells = |verb: &Verb| verb.item + 1 == at && sentence.opens_tail(verb.begin);
        let teller = at > 0 && context.is_cue(&sentence.items[at - 1], CueClass::Verb);
        let no_count = || {
            teller && sentence.verbs.iter().any(tells)
                || is_source(context, sentence, at)
                || is_somebody(context, sentence, &group)
        };
        if article && no_count() {
            continue;
        }
        // "21 points (474)": the number in brackets counts what stands before.
        if group.is_bare()
            && in_brackets(sentence, at)
            && groups.last().is_some_and(|left| left.end <= at && at <= left.end + 2)
        {
            group.stranger = groups.last().and_then(|left| left.stranger);
        }
        // "Sur 8 400 bêtes, 600 sont mortes": a part of what is no count of people.
        if group.is_bare() {
            group.stranger = whole_refused(context, sentence, at);
        }
        // "l'un a perdu une main" tells of one counted before.
        if group.article && at > 0 && context.is(&sentence.items[at - 1], Class::Determiner) {
            continue;
        }
        let led = group.lead.is_some_and(|lead| {
            context.is(&sentence.items[lead], Class::Of) || context.is(&sentence.items[lead], Class::In)
        });
        let led = led && !tells_one(context, sentence, &group);
        let bare = group.thing.is_none() && group.own.is_empty();
        let alone = || suffers_alone(sentence, &group) || suffers(context, sentence, &group);
        if group.article && bare && !led && (alone() || goes_on_with_one(context, sentence, groups.last(), &group)) {
            // "un est mort, treize restent introuvables": one of those counted before.
            group.article = false;
        } else if group.article
            && (led
                || bare
                || group.handful
                || is_named(context, sentence, &group)
                || introduces(context, sentence, groups.last(), &group))
        {
            continue;
        }
        // "un nombre de victimes plus élevé": an article before a count.
        if group.article && sentence.items.get(at + 1).is_some_and(|item| context.is(item, Class::Count)) {
            continue;
        }
        group.share = is_share(context, sentence, &group);
        group.join = join(context, sentence, groups.last(), &group);
        // "31 blessés dans une attaque contre un foyer": an article is no older figure.
        if group.article && group.join == Join::Instead {
            continue;
        }
        // "26 sont retenus en Karsénie, 16 en Miravie": each its own place.
        if group.is_bare() && sentence.items.get(group.end).is_some_and(|item| context.is(item, Class::In)) {
            let is_place = |at: &usize| {
                let how = context.name(&sentence.items[*at]).map(|(_, _, name)| name.how);
                matches!(how, Some(How::Place | How::Country | How::Metonym))
            };
            group.place = (group.end + 1..sentence.items.len()).take(2).find(is_place);
        }
        // "devant l'Italie (895)", "la Miravie, 282": of each country its own.
        if group.is_bare()
            && (!groups.is_empty() || is_bracketed(sentence, &group))
            && let Some(party) = country_before(context, sentence, &group)
        {
            group.party = Some(party);
            group.join = if groups.is_empty() { Join::Apart } else { Join::Member };
        }
        // "onze d'entre elles dans la panique": a part of those before, here or in the sentence before.
        if sentence.items.get(group.end).is_some_and(|item| context.is(item, Class::Subset)) && bare {
            group.other = true;
            if !groups.is_empty() && group.join != Join::Apart {
                group.join = Join::Subset;
            }
        }
        // "118 chars ont été endommagés, 143 abandonnés et 611 récupérés": of those on the left.
        // "et 2 100 gravement endommagés"
        let adverb = sentence.items.get(group.end).is_some_and(|item| context.is(item, Class::Adverb));
        let closes = group.end + usize::from(adverb);
        if group.is_bare()
            && matches!(group.join, Join::Member | Join::Across)
            && let Some(entry) = sentence.items.get(closes).and_then(|item| around::closes_bare(context, item))
        {
            group.own.push(Own { item: closes, entry });
            group.end = closes + 1;
        }
        group.stepped = groups.last().is_some_and(|left| {
            left.end + 1 == group.at
                && left.thing.is_none()
                && left.own.is_empty()
                && context.is(&sentence.items[left.end], Class::To)
        });
        let before = sentence.items[group.first.max(1) - 1].what;
        group.dashed = group.join == Join::Subset && (before.is_dash() || before == What::Mark('('));
        if group.thing.is_none() && group.own.is_empty() && group.join != Join::Increment {
            item_before(context, sentence, groups.last(), &mut group);
        }
        groups.push(group);
    }
    distribute(context, sentence, &mut groups);
    // "Sur les 60 passagers, neuf n'ont pas survécu": the whole suffers nothing and lends its noun.
    for at in 1..groups.len() {
        // "Des trois otages, deux ont été tués"
        let comma = sentence.items.get(groups[at - 1].end).is_some_and(|item| item.what == What::Mark(','));
        let out_of = groups[at - 1].lead.is_some_and(|lead| {
            let opens = lead == 0 && comma && context.is(&sentence.items[lead], Class::Of);
            opens || context.is(&sentence.items[lead], Class::OutOf)
        });
        let bare = groups[at].thing.is_none() && groups[at].stranger.is_none();
        if out_of && bare && matches!(groups[at].join, Join::Member | Join::Apart) && groups[at - 1].own.is_empty() {
            (groups[at].thing, groups[at].party) = (groups[at - 1].thing, groups[at - 1].party);
            groups[at].stranger = groups[at - 1].stranger;
            (groups[at].join, groups[at - 1].whole) = (Join::Apart, true);
        }
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

/// "un groupe de douze touristes", "une colonne d'environ 70 pompiers": the number of the members, where an article opens
/// the name of what they make up.
fn members(context: &Context<'_>, sentence: &Sentence<'_>, article: usize) -> Option<usize> {
    let items = &sentence.items;
    let What::Figure(opening) = items[article].what else { return None };
    if !sentence.figures[usize::from(opening)].low.make.article {
        return None;
    }
    let of = (article + 2..items.len().min(article + 4)).find(|&at| context.is(&items[at], Class::Of));
    let of = of.filter(|&of| items[article + 1..of].iter().all(|item| item.what == What::Words))?;
    let passed = |at: &usize| context.is_hedge(&items[*at]) || context.is(&items[*at], Class::Determiner);
    let number = (of + 1..items.len().min(of + 4)).find(|at| !passed(at))?;
    let What::Figure(index) = items.get(number)?.what else { return None };
    let figure = &sentence.figures[usize::from(index)];
    let thing = |at: usize| items.get(at).and_then(|item| around::thing(context, item));
    // "un navire de 150 passagers" is one ship; "une famille de cinq personnes" is five.
    let one = thing(article + 1).is_some_and(|(_, counted)| !counted.weak);
    // "une ville de 95 000 habitants" is large.
    let members = thing(number + 1).is_some_and(|(_, counted)| !counted.dwells);
    let counts = figure.refused.is_none() && !figure.low.make.article && members;
    // "une salve de 27 drones": the noun itself tells what happened.
    let told = items[article + 1..of].iter().any(|item| context.outcome(item).is_some());
    (counts && !one && !told).then_some(number)
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
        handful: false,
        whole: false,
        share: false,
        apposed: false,
    }
}

/// Whether brackets hold this item alone.
pub(super) fn in_brackets(sentence: &Sentence<'_>, at: usize) -> bool {
    let mark = |at: usize| sentence.items.get(at).map(|item| item.what);
    at > 0 && mark(at - 1) == Some(What::Mark('(')) && mark(at + 1) == Some(What::Mark(')'))
}
