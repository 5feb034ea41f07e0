//! Says what belongs together in a sentence: noun groups, verbs with their voice and mood, clauses, lists.
//!
//! In: the items of a sentence. Out: a [`Sentence`] whose parts know each other.
//!
//! "42 civils ont été tués et 97 blessés": one verb, two groups, one list; the second group closes itself.

mod echo;
mod group;
mod party;
mod place;
mod tree;
mod verb;

pub use group::{Group, Join, Own, Thing, joined};
pub use party::{Naming, PartyGroup, STATE, role, root, together};
pub use tree::{Clauses, Opened};
pub use verb::{Mood, Verb, VerbKind, Voice};

use crate::claim::{Date, Span, Value};
use crate::mention::{self, Context, DateMention, Figure, Item, Look, Numeral, What};
use crate::pack::{Class, Mask, Pack, Shared};

/// A sentence and its parts. Indexes are item indexes unless said otherwise.
pub struct Sentence<'p> {
    /// Tokens `first..end`.
    pub first: usize,
    /// One past the last token.
    pub end: usize,
    /// Bytes.
    pub span: Span,
    /// Number of the paragraph.
    pub paragraph: usize,
    /// The sentence, item by item.
    pub items: Vec<Item<'p>>,
    /// What any of them may be, at a glance: most questions that are asked of all are answered no.
    pub mask: Mask,
    /// Figures, in order.
    pub figures: Vec<Figure>,
    /// Dates, in order.
    pub dates: Vec<DateMention>,
    /// Figures that became dates: tokens and key of `[refused]`.
    pub taken: Vec<(u32, u32, &'static str)>,
    /// Parties named, in order.
    pub parties: Vec<PartyGroup>,
    /// Verbs and outcomes, in order.
    pub verbs: Vec<Verb>,
    /// Which clause each item is in.
    pub clauses: Clauses,
    /// Noun groups with a figure, in order.
    pub groups: Vec<Group<'p>>,
    /// The rows of a table follow.
    pub heads_table: bool,
    /// How far it has been read; what lies deeper is empty.
    pub depth: Depth,
    /// How far it is worth reading.
    pub worth: Depth,
}

/// How far a sentence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
    /// Not at all.
    Unread,
    /// Only figures and dates, for the reasons why they are no claims.
    Figures,
    /// Who speaks, too.
    Voices,
    /// All.
    Groups,
}

/// What a document gives to each of its sentences.
#[derive(Clone, Copy)]
pub struct Setting<'p> {
    /// The language.
    pub pack: &'p Pack,
    /// Facts without words.
    pub shared: &'p Shared,
    /// Day of publication.
    pub published: Option<Date>,
}

impl<'p> Sentence<'p> {
    /// Whether a word of it may be of this class: where none may, none is looked for.
    pub fn may_have(&self, class: Class) -> bool {
        self.mask.classes & (1 << class as u64) != 0
    }

    /// Whether a word of it may be of one of these kinds, which are bits of [`Mask::kinds`].
    pub fn may_be(&self, kinds: u8) -> bool {
        self.mask.kinds & kinds != 0
    }

    /// Whether a place at its head says where the report was written: "SOLVAR – L'agence …"; "SOLVAR – 5 tués" tells where
    /// they died.
    pub fn is_dateline(&self, at: usize) -> bool {
        let what = |at: usize| self.items.get(at).map(|item| item.what);
        // "MILAN, 4 mai (Agence) – "
        let dated = what(at + 1) == Some(What::Mark(',')) && matches!(what(at + 2), Some(What::Date(_)));
        let sign = at + if dated { 3 } else { 1 };
        at < 2
            && what(sign).is_some_and(|sign| sign.is_dash() || sign == What::Mark('('))
            && !matches!(what(sign + 1), Some(What::Figure(_)))
    }

    /// "le Cachemire pakistanais": the country that an adjective behind a place tells.
    pub fn whose_part(&self, place: usize) -> Option<&str> {
        let beside = |party: &&PartyGroup| party.first == place + 1 && party.how == Naming::Adjective;
        self.parties.iter().find(beside).and_then(PartyGroup::root)
    }

    /// "La guerre a déjà fait 20 000 morts": what lasts is the cause.
    pub fn is_of_lasting(&self, context: &Context<'_>, verb: &Verb) -> bool {
        let before = &self.items[verb.begin.saturating_sub(6)..verb.begin];
        let may = self.may_have(Class::Lasting);
        may && verb.kind == VerbKind::Cause && before.iter().any(|item| context.is(item, Class::Lasting))
    }

    /// Whether a verb that begins at an item opens a tail: right behind a comma or a closing quotation mark, or one word
    /// farther.
    pub fn opens_tail(&self, begin: usize) -> bool {
        let before = self.items[..begin].iter().rev().take(2);
        before.into_iter().any(|item| matches!(item.what, What::Mark(',' | '\u{bb}' | '\u{201d}' | '"')))
    }

    /// The value of the figure at an item, unless it is refused.
    pub fn figure_at(&self, item: usize) -> Option<Value> {
        let What::Figure(figure) = self.items.get(item)?.what else { return None };
        self.figures[figure as usize].value()
    }

    /// Tokens `first..end`, not read yet.
    pub fn new(first: usize, end: usize, paragraph: usize, worth: Depth) -> Sentence<'p> {
        Sentence {
            first,
            end,
            span: Span { start: 0, end: 0 },
            paragraph,
            items: vec![],
            mask: Mask::default(),
            figures: vec![],
            dates: vec![],
            taken: vec![],
            parties: vec![],
            verbs: vec![],
            clauses: Clauses::default(),
            groups: vec![],
            heads_table: false,
            depth: Depth::Unread,
            worth,
        }
    }

    /// Reads on as far as `depth`, and no farther than it is worth.
    pub fn read(&mut self, context: &Context<'p>, setting: Setting<'p>, depth: Depth) {
        let (done, depth) = (self.depth, depth.min(self.worth));
        let reaches = |step| done < step && step <= depth;
        if reaches(Depth::Figures) {
            self.find_mentions(context, setting);
        }
        if reaches(Depth::Voices) {
            self.parties = party::find_parties(context, setting, &self.items);
            self.verbs = verb::find_verbs(context, self);
            self.clauses = Clauses::find(context, self);
        }
        if reaches(Depth::Groups) {
            self.groups = group::find_groups(context, self);
        }
        self.depth = done.max(depth);
    }

    fn find_mentions(&mut self, context: &Context<'p>, setting: Setting<'p>) {
        let mut numerals: Vec<Numeral> = vec![];
        self.span = context.span_of(self.first as u32, self.end as u32);
        self.mask = mention::tag(setting.pack, context.tokens, self.first, self.end, &mut self.items);
        mention::find_numbers(context, &mut self.items, &mut numerals);
        mention::find_dates(context, setting.published, Look::Back, &mut self.items, &numerals, &mut self.dates);
        for date in &self.dates {
            let inside = numerals.iter().filter(|numeral| date.first <= numeral.first && numeral.end <= date.end);
            self.taken.extend(inside.map(|numeral| (numeral.first, numeral.end, mention::refused_in(date, numeral))));
        }
        mention::find_figures(context, &mut self.items, &numerals, &mut self.figures);
    }
}
