//! Cuts a sentence into clauses that know their parent.
//!
//! In: items and verbs. Out: for each item its clause; for two items how many clause borders lie between them.
//!
//! "Solvar a publié ses pertes le 9 septembre, quand la ministre a dit que 2 318 soldats étaient morts" has
//! three clauses; the date of the first is the time of the second.

use super::Sentence;
use super::verb::{Mood, Verb, VerbKind, Voice};
use crate::mention::{Context, Item, What};
use crate::pack::{Class, Tags};

/// What opened a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opened {
    /// The head of the sentence, or a semicolon.
    Main,
    /// "que"
    That,
    /// "qui"
    Relative,
    /// "lorsque"
    While,
    /// A bracket or a dash.
    Aside,
}

/// Clauses of a sentence.
#[derive(Debug, Default)]
pub struct Clauses {
    of: Vec<u16>,
    all: Vec<Clause>,
}

#[derive(Clone, Copy, Debug)]
struct Clause {
    parent: Option<u16>,
    opened: Opened,
    unreal: bool,
    /// Where a word stands that expects, and the comma or "et" before it.
    forecast: Option<(u32, u32)>,
    /// Where its first verb with an object or a subject stands.
    told: Option<u32>,
}

impl Clause {
    const MAIN: Clause = Clause { parent: None, opened: Opened::Main, unreal: false, forecast: None, told: None };
}

/// Classes that open a clause, or say of the one they stand in that it has not happened. Most sentences have none.
const OPENS: u64 = 1 << Class::That as u64
    | 1 << Class::Relative as u64
    | 1 << Class::While as u64
    | 1 << Class::Unreal as u64
    | 1 << Class::If as u64
    | 1 << Class::Forecast as u64;

/// These, and the auxiliaries of verbs that may end one.
const TURNS: u64 = OPENS | 1 << Class::Be as u64 | 1 << Class::Have as u64;

/// Whether the next verb behind "si" is in the perfect: "si trois corps ont été retirés, dix manquent"; or in the past, and
/// nobody supposes anything: "si l'armée avait avoué 44 morts, l'hôpital en comptait 60".
fn has_happened(context: &Context<'_>, items: &[Item<'_>], verbs: &[Verb], at: usize) -> bool {
    let supposes = Tags::CONDITIONAL.with(Tags::FUTURE);
    let supposed = || verbs.iter().any(|verb| verb.begin > at && verb.tags.has(supposes));
    let next = verbs.iter().find(|verb| verb.begin > at && verb.begin < at + 10 && verb.begin < verb.item);
    next.and_then(|verb| {
        let item = &items[verb.begin];
        context.class(item, Class::Have).or(context.class(item, Class::Be))
    })
    .is_some_and(|(_, tags)| tags.has(Tags::PRESENT) || (tags.has(Tags::IMPERFECT) && !supposed()))
}

/// The comma behind "si" where what is only supposed ends: what follows is told plainly.
fn only_supposed(context: &Context<'_>, items: &[Item<'_>], verbs: &[Verb], at: usize) -> Option<usize> {
    let end = (at + 2..items.len()).find(|&at| items[at].what == What::Mark(','))?;
    let mut behind = verbs.iter().filter(|verb| verb.begin > end && verb.tags.has(Tags::FINITE)).peekable();
    let open = Tags::CONDITIONAL.with(Tags::FUTURE);
    let is = |item: &Item<'_>| {
        context.class(item, Class::Be).is_some_and(|(_, tags)| tags.has(Tags::FINITE) && !tags.has(open))
    };
    if behind.peek().is_none() && !items[end..].iter().any(is) {
        return None;
    }
    let plain = behind.all(|verb| !verb.tags.has(open) || verb.tags.has(Tags::PRESENT));
    plain.then_some(end)
}

/// Whether a verb with a person of its own begins here.
fn is_finite(context: &Context<'_>, items: &[Item<'_>], verbs: &[Verb], at: usize) -> bool {
    let aux = context.class(&items[at], Class::Have).or(context.class(&items[at], Class::Be));
    let bends = |tags: Tags| tags.has(Tags::FINITE) && !tags.has(Tags::PARTICIPLE);
    aux.is_some_and(|(_, tags)| bends(tags)) || verbs.iter().any(|verb| verb.begin == at && bends(verb.tags))
}

impl Clauses {
    /// Cuts the sentence.
    pub fn find(context: &Context<'_>, sentence: &Sentence<'_>) -> Clauses {
        let (items, verbs) = (&sentence.items[..], &sentence.verbs[..]);
        let mut clauses = Clauses { of: vec![], all: vec![Clause::MAIN] };
        let parts = |item: &Item<'_>| matches!(item.what, What::Mark('(' | ';'));
        if sentence.mask.classes & OPENS != 0 || items.iter().any(parts) {
            clauses.cut(context, items, verbs);
        }
        // Who asks tells nothing.
        let asks = |at: &usize| items[*at].what == What::Mark('?');
        let cell = |at: usize| at > 0 && items[at - 1].what == What::Mark('|');
        if (0..items.len()).rev().take(3).find(asks).is_some_and(|at| !cell(at)) {
            clauses.all.iter_mut().for_each(|clause| clause.unreal = true);
        }
        clauses
    }

    /// Cuts a sentence that may have more than one clause, or one that tells what has not happened.
    fn cut(&mut self, context: &Context<'_>, items: &[Item<'_>], verbs: &[Verb]) {
        self.of.reserve_exact(items.len());
        let mut current = 0u16;
        let mut verbs_in = 0;
        let mut said = false;
        let mut supposed: Option<(usize, u16)> = None;
        let tells =
            |verb: &Verb| verb.kind == VerbKind::Measure || matches!(verb.voice, Voice::Active | Voice::Passive);
        // Verbs stand in the order of their items.
        let mut verbs_left = verbs;
        for (at, item) in items.iter().enumerate() {
            if let Some((_, parent)) = supposed.take_if(|(end, _)| *end == at) {
                current = parent;
            }
            let is_verb = verbs_left.first().is_some_and(|verb| verb.item == at);
            let verb_here = verbs_left.first().filter(|_| is_verb);
            verbs_left = &verbs_left[usize::from(is_verb)..];
            let turns = matches!(item.what, What::Mark('(' | ')' | ';' | ','));
            if !(is_verb || turns || item.mask.classes & TURNS != 0) {
                self.of.push(current);
                continue;
            }
            let opens = match item.what {
                What::Mark('(') => Some(Opened::Aside),
                What::Words if context.is(item, Class::That) => Some(Opened::That),
                What::Words if context.is(item, Class::Relative) => Some(Opened::Relative),
                What::Words if context.is(item, Class::While) => Some(Opened::While),
                _ => None,
            };
            if let Some(opened) = opens {
                current = self.open(current, opened);
                verbs_in = 0;
            } else if item.what == What::Mark(')') {
                let mut up = Some(current);
                while let Some(clause) = up {
                    up = self.all[clause as usize].parent;
                    if self.all[clause as usize].opened == Opened::Aside {
                        current = up.unwrap_or(0);
                        break;
                    }
                }
            } else if item.what == What::Mark(';') {
                current = self.push(Clause::MAIN);
                verbs_in = 0;
            } else if item.what == What::Mark(',')
                && self.all[current as usize].opened == Opened::Relative
                && verbs_in > 0
            {
                current = self.all[current as usize].parent.unwrap_or(0);
            }
            // "neuf civils qui faisaient la queue ont été tués": the second verb is not the relative clause's.
            let finite = is_finite(context, items, verbs, at);
            let joined = at > 0 && [Class::And, Class::Or].iter().any(|&class| context.is(&items[at - 1], class));
            if finite && said && !joined && self.all[current as usize].opened == Opened::Relative {
                current = self.all[current as usize].parent.unwrap_or(0);
            }
            said = match opens {
                Some(Opened::Relative) => items.get(at + 1).is_some_and(|next| next.senses.is_empty()),
                Some(_) => false,
                None => said || finite,
            };
            verbs_in +=
                usize::from(is_verb) + usize::from(context.is(item, Class::Be) || context.is(item, Class::Have));
            let supposes = context.is(item, Class::If) && !has_happened(context, items, verbs, at);
            // "Si l'on considère l'année, le nombre des morts est de 111": what is supposed ends at the comma.
            let end = if supposes { only_supposed(context, items, verbs, at) } else { None };
            if let Some(end) = end {
                let parent = current;
                current = self.open(parent, Opened::While);
                self.all[current as usize].unreal = true;
                supposed = Some((end, parent));
            } else if context.is(item, Class::Unreal) || supposes {
                self.all[current as usize].unreal = true;
            }
            // "pourrait avoir fait": what is over is no forecast.
            let over = || {
                verbs.iter().any(|verb| {
                    (at + 1..at + 4).contains(&verb.begin)
                        && verb.begin < verb.item
                        && context.is(&items[verb.begin], Class::Have)
                })
            };
            if context.is(item, Class::Forecast)
                && !over()
                && !verbs.iter().any(|verb| verb.begin <= at && at <= verb.item && verb.kind != VerbKind::Outcome)
            {
                let apart = |item: &Item<'_>| item.what == What::Mark(',') || context.is(item, Class::And);
                let apart = items[..at].iter().rposition(apart).unwrap_or(0);
                self.all[current as usize].forecast.get_or_insert((at as u32, apart as u32));
            } else if verb_here.is_some_and(tells) {
                self.all[current as usize].told.get_or_insert(at as u32);
            }
            self.of.push(current);
        }
    }

    fn open(&mut self, parent: u16, opened: Opened) -> u16 {
        let above = self.all[parent as usize];
        // What stands in a relative clause has happened, whatever the clause above expects.
        let forecast = above.forecast.filter(|_| opened == Opened::That);
        self.push(Clause { parent: Some(parent), opened, unreal: above.unreal, forecast, told: None })
    }

    fn push(&mut self, clause: Clause) -> u16 {
        self.all.push(clause);
        (self.all.len() - 1) as u16
    }

    /// Clause of an item.
    pub fn of(&self, item: usize) -> u16 {
        self.of.get(item).copied().unwrap_or(0)
    }

    /// The clause that this clause depends on.
    pub fn parent(&self, clause: u16) -> Option<u16> {
        self.all.get(clause as usize)?.parent
    }

    /// What opened it.
    pub fn opened(&self, clause: u16) -> Opened {
        self.all.get(clause as usize).map_or(Opened::Main, |clause| clause.opened)
    }

    /// Whether the first item stands in a relative clause that the second is outside of.
    pub fn is_relative_beside(&self, inside: usize, outside: usize) -> bool {
        self.of(inside) != self.of(outside) && self.opened(self.of(inside)) == Opened::Relative
    }

    /// Borders between the clauses of two items.
    pub fn crossed(&self, a: usize, b: usize) -> i32 {
        let (a, b) = (self.of(a), self.of(b));
        let up = |clause: u16| std::iter::successors(Some(clause), |&clause| self.parent(clause));
        for (steps, clause) in up(a).enumerate() {
            if let Some(other) = up(b).position(|c| c == clause) {
                return (steps + other) as i32;
            }
        }
        (up(a).count() + up(b).count()) as i32
    }

    /// The mood that the clause of an item has from its own and higher words.
    pub fn mood(&self, item: usize) -> Mood {
        let clause = self.all.get(self.of(item) as usize).copied().unwrap_or(Clause::MAIN);
        // "le bilan atteint 2 300 morts, et l'on redoute des répliques": told before anything is expected.
        let item = item as u32;
        let told = |at: u32| clause.told.filter(|told| *told < at);
        let expected = |(at, apart)| at < item || told(at).is_none_or(|told| item > told && item > apart);
        if clause.unreal {
            Mood::Unreal
        } else if clause.forecast.is_some_and(expected) {
            Mood::Forecast
        } else {
            Mood::Real
        }
    }
}
