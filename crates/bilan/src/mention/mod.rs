//! Finds the words that could matter: figures with hedges, dates, outcomes, things, parties, cues.
//!
//! In: the tokens of a sentence and a pack. Out: [`Item`]s, one after another, that cover the sentence.
//!
//! "des deux côtés" holds a number that is none: phrases are found first, longest first, and numbers are made of what is
//! left.

mod date;
mod figure;
mod number;
mod standalone;

pub use date::{Convention, DateMention, Ends, Look, When, find_dates, refused_in};
pub use figure::{Figure, find_figures};
pub use number::{Make, Numeral, find_numbers};
pub use standalone::{Mention, Said};

use crate::claim::Span;
use crate::pack::{
    Class, Counted, Cue, CueClass, Data, Found, Function, HedgeClass, How, Mask, Name, Outcome, Pack, Sense, Tags,
    TimeClass, hint,
};
use crate::sentence::{Shape, Token, TokenKind};

/// One stretch of a sentence: tokens `first..end`.
#[derive(Clone, Copy, Debug)]
pub struct Item<'p> {
    /// First token.
    pub first: u32,
    /// One past the last token.
    pub end: u32,
    /// What it is.
    pub what: What,
    /// What a phrase of the pack may mean.
    pub senses: &'p [Sense],
    /// Token of a country's adjective inside the name of an office.
    pub gap: Option<u32>,
    /// What it may be, at a glance.
    pub mask: &'p Mask,
}

impl Item<'_> {
    /// A word that the pack does not know.
    pub fn is_unknown(&self) -> bool {
        self.what == What::Words && self.senses.is_empty()
    }
}

/// What an item is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum What {
    /// Words; of the pack when it has senses.
    Words,
    /// A run of digits that no figure or date took.
    Digits,
    /// One mark.
    Mark(char),
    /// Index into the sentence's numerals.
    Numeral(u16),
    /// Index into the sentence's figures.
    Figure(u16),
    /// Index into the sentence's dates.
    Date(u16),
}

impl What {
    /// An opening or closing quotation mark, which is an edge and no wall.
    pub fn is_quote(self) -> bool {
        matches!(
            self,
            What::Mark(
                '"' | '\u{ab}'
                    | '\u{bb}'
                    | '\u{201c}'
                    | '\u{201d}'
                    | '\u{201e}'
                    | '\u{2018}'
                    | '\u{2019}'
                    | '\u{2033}'
                    | '\''
                    | '*'
            )
        )
    }

    /// A dash of any length: it opens an aside, or a line of a list.
    pub fn is_dash(self) -> bool {
        matches!(self, What::Mark('-' | '\u{2013}' | '\u{2014}'))
    }
}

/// What the passes of a sentence share.
#[derive(Clone, Copy)]
pub struct Context<'a> {
    /// The document's text.
    pub text: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// The language.
    pub pack: &'a Pack,
}

impl<'a> Context<'a> {
    /// Bytes of the tokens of an item.
    pub fn span(&self, item: &Item<'_>) -> Span {
        self.span_of(item.first, item.end)
    }

    /// Bytes of tokens `first..end`.
    pub fn span_of(&self, first: u32, end: u32) -> Span {
        match (self.tokens.get(first as usize), self.tokens.get((end as usize).wrapping_sub(1))) {
            (Some(a), Some(b)) if first < end => Span { start: a.start, end: b.end },
            _ => Span { start: 0, end: 0 },
        }
    }

    /// The words of an item.
    pub fn words(&self, item: &Item<'_>) -> &'a str {
        self.span(item).of(self.text)
    }

    /// The first token of an item.
    pub fn token(&self, item: &Item<'_>) -> &'a Token {
        &self.tokens[item.first as usize]
    }

    /// Whether the item begins with a capital.
    pub fn is_capital(&self, item: &Item<'_>) -> bool {
        self.token(item).shape.has(Shape::CAPITAL)
    }

    /// A name that the pack does not know: "Tirek Onval".
    pub fn is_unknown_name(&self, item: &Item<'_>) -> bool {
        item.is_unknown() && self.is_capital(item)
    }

    /// "dans", "en": a preposition of place, and not "du", which only says whose.
    pub fn is_inside(&self, item: &Item<'_>) -> bool {
        self.is(item, Class::In) && !self.is(item, Class::Of)
    }

    /// Whether it is a word of time of this class, though it be a number: "premier".
    pub fn is_time(&self, item: &Item<'_>, class: TimeClass) -> bool {
        self.sense(item, |data| matches!(data, Data::Time(time) if time.class == class).then_some(())).is_some()
    }

    /// Whether its first word alone would be of this class: "de" of "de plus de".
    pub fn begins_with(&self, item: &Item<'_>, class: Class) -> bool {
        let first = item.first as usize;
        let found = self.pack.vocabulary.longest(&self.tokens[..first + 1], first);
        found.is_some_and(|found| found.mask.classes & (1 << class as u64) != 0)
    }

    /// The first sense that `pick` takes, with its entry number and the traits of the form.
    pub fn sense<T>(&self, item: &Item<'_>, pick: impl Fn(&'a Data) -> Option<T>) -> Option<(u32, Tags, T)> {
        let pack: &'a Pack = self.pack;
        item.senses.iter().find_map(|sense| {
            pick(&pack.entries[sense.entry as usize].data).map(|data| (sense.entry, sense.tags, data))
        })
    }

    /// The outcome it may be; a weak one is asked for where it governs.
    pub fn outcome(&self, item: &Item<'_>) -> Option<(u32, Tags, &'a Outcome)> {
        if item.mask.kinds & Mask::OUTCOME == 0 {
            return None;
        }
        self.sense(item, |data| match data {
            Data::Outcome(outcome) if !outcome.weak => Some(outcome),
            _ => None,
        })
    }

    /// The thing it may be.
    pub fn counted(&self, item: &Item<'_>) -> Option<(u32, Tags, &'a Counted)> {
        if item.mask.kinds & Mask::COUNTED == 0 {
            return None;
        }
        self.sense(item, |data| if let Data::Counted(counted) = data { Some(counted) } else { None })
    }

    /// The name it may be. What the pack writes with a capital must have one.
    #[inline]
    pub fn name(&self, item: &Item<'_>) -> Option<(u32, Tags, &'a Name)> {
        // Most items are none.
        if item.mask.kinds & Mask::NAME == 0 { None } else { self.name_of(item) }
    }

    #[inline(never)]
    fn name_of(&self, item: &Item<'_>) -> Option<(u32, Tags, &'a Name)> {
        let pack: &'a Pack = self.pack;
        let capital = self.is_capital(item);
        item.senses.iter().find_map(|sense| match &pack.entries[sense.entry as usize].data {
            Data::Name(name) if capital || !sense.tags.has(Tags::PROPER) => Some((sense.entry, sense.tags, name)),
            _ => None,
        })
    }

    /// The country whose adjective stands inside the name of an office.
    pub fn inner_country(&self, item: &Item<'_>) -> Option<&'a Name> {
        let pack: &'a Pack = self.pack;
        let found = pack.vocabulary.longest(&self.tokens[..item.gap? as usize + 1], item.gap? as usize)?;
        found.senses.iter().find_map(|sense| match &pack.entries[sense.entry as usize].data {
            Data::Name(name) if name.how == How::Adjective => Some(name),
            _ => None,
        })
    }

    /// The country whose name stands inside the name of an event: "le séisme en Miravie".
    pub fn country_in(&self, event: &Item<'_>) -> Option<&'a Name> {
        let pack: &'a Pack = self.pack;
        let (first, end) = (event.first as usize, event.end as usize);
        let mut found = (first..end).filter_map(|at| pack.vocabulary.longest(&self.tokens[..end], at));
        found.find_map(|found| {
            found.senses.iter().find_map(|sense| match &pack.entries[sense.entry as usize].data {
                Data::Name(name) if name.how == How::Country => Some(name),
                _ => None,
            })
        })
    }

    /// Whether it may be a hedge of any kind.
    pub fn is_hedge(&self, item: &Item<'_>) -> bool {
        item.mask.kinds & Mask::HEDGE != 0
    }

    /// Whether it may be a hedge of this class.
    pub fn is_hedge_of(&self, item: &Item<'_>, class: HedgeClass) -> bool {
        let is = |data: &Data| matches!(data, Data::Hedge(hedge) if hedge.class == class);
        self.is_hedge(item) && self.sense(item, |data| is(data).then_some(())).is_some()
    }

    /// The cue it may be.
    pub fn cue(&self, item: &Item<'_>) -> Option<(u32, Tags, &'a Cue)> {
        if item.mask.kinds & Mask::CUE == 0 {
            return None;
        }
        self.sense(item, |data| if let Data::Cue(cue) = data { Some(cue) } else { None })
    }

    /// Whether it may be a cue of this class.
    pub fn is_cue(&self, item: &Item<'_>, class: CueClass) -> bool {
        if item.mask.kinds & Mask::CUE == 0 {
            return false;
        }
        self.sense(item, |data| matches!(data, Data::Cue(cue) if cue.class == class).then_some(())).is_some()
    }

    /// The form's traits, when it may be a word of this class.
    pub fn class(&self, item: &Item<'_>, class: Class) -> Option<(u32, Tags)> {
        if !self.is(item, class) {
            return None;
        }
        self.sense(item, |data| matches!(data, Data::Function(Function { class: c, .. }) if *c == class).then_some(()))
            .map(|(entry, tags, ())| (entry, tags))
    }

    /// Whether it may be a word of this class.
    pub fn is(&self, item: &Item<'_>, class: Class) -> bool {
        item.mask.classes & (1 << class as u64) != 0
    }
}

/// The longest phrase that begins at `tokens[at]` and takes no word from a hedge or an adverb behind it: "a arrêté / au moins
/// 45 personnes" has no "arrêté au" in it, and "sont / d'abord morts" no "sont d'".
#[inline]
fn whole<'p>(pack: &'p Pack, tokens: &[Token], at: usize) -> Option<Found<'p>> {
    let mut found = pack.vocabulary.longest(tokens, at)?;
    // "les forces armées karséniennes" in small letters is no name, and hides none of the words that it is made of.
    while found.mask.kinds & Mask::PROPER != 0 && found.len > 1 && !tokens[at].shape.has(Shape::CAPITAL) {
        let Some(shorter) = pack.vocabulary.longest(&tokens[..at + found.len - 1], at) else { break };
        found = shorter;
    }
    let last = at + found.len - 1;
    if found.len == 1 || last + 1 == tokens.len() {
        return Some(found);
    }
    let taken = |next: &Found<'_>| {
        let adverb = next.mask.kinds & Mask::HEDGE != 0 || next.mask.classes & (1 << Class::Adverb as u64) != 0;
        next.len > 1 && adverb
    };
    let next = pack.vocabulary.longest(tokens, last).filter(taken);
    let rest = next.and_then(|_| pack.vocabulary.longest(&tokens[..last], at));
    rest.filter(|rest| rest.len + 1 == found.len).or(Some(found))
}

/// Tokens of the longest phrase that an adverb may part.
const PARTED: usize = 8;

/// The phrase of an outcome that an adverb behind its first word parts: "souffrent actuellement de la faim".
fn parted<'p>(pack: &'p Pack, tokens: &[Token], at: usize) -> Option<Found<'p>> {
    let adverb = tokens.get(at + 1).filter(|next| next.hints & hint::ADVERB != 0)?;
    let mask = pack.vocabulary.longest(std::slice::from_ref(adverb), 0)?.mask;
    if mask.classes & (1 << Class::Adverb as u64) == 0 {
        return None;
    }
    let mut whole = [tokens[at]; PARTED];
    let rest = tokens[at + 2..].iter().take(PARTED - 1);
    let len = 1 + rest.len();
    whole[1..len].iter_mut().zip(rest).for_each(|(to, token)| *to = *token);
    let found = pack.vocabulary.longest(&whole[..len], 0)?;
    let tells = found.len > 1 && found.gap.is_none() && found.mask.kinds & Mask::OUTCOME != 0;
    tells.then_some(Found { len: found.len + 1, ..found })
}

/// Covers tokens `first..end` with items: the longest phrases, unknown words, digits, marks. Gives what any of them may be.
pub fn tag<'p>(pack: &'p Pack, tokens: &[Token], first: usize, end: usize, items: &mut Vec<Item<'p>>) -> Mask {
    items.clear();
    items.reserve(end - first);
    let mut any = Mask::default();
    let sentence = &tokens[..end];
    let mut at = first;
    while at < end {
        let token = &tokens[at];
        let what = match token.kind {
            TokenKind::Mark => What::Mark(token.mark().unwrap_or(' ')),
            TokenKind::Digits => What::Digits,
            TokenKind::Word => What::Words,
        };
        let mut item = Item { first: at as u32, end: at as u32 + 1, what, senses: &[], gap: None, mask: Mask::NONE };
        if token.kind == TokenKind::Word
            && token.word != 0
            && let Some(found) = parted(pack, sentence, at).or_else(|| whole(pack, sentence, at))
        {
            item.end = (at + found.len) as u32;
            item.senses = found.senses;
            item.gap = found.gap.map(|gap| (at + gap) as u32);
            item.mask = found.mask;
            any = any.or(found.mask);
        }
        at = item.end as usize;
        items.push(item);
    }
    any
}
