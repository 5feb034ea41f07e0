//! Says what belongs together in a sentence: noun groups, verbs with their voice and mood, clauses, lists.
//!
//! In: the items of a sentence. Out: a [`Sentence`] whose parts know each other.
//!
//! "42 civils ont été tués et 97 blessés": one verb, two groups, one list; the second group closes itself.

mod group;
mod party;
mod tree;
mod verb;

pub use group::{Group, Join, Own, Thing};
pub use party::{Naming, PartyGroup, role, root};
pub use tree::{Clauses, Opened};
pub use verb::{Mood, Verb, VerbKind, Voice};

use crate::claim::{Date, Span, Value};
use crate::mention::{self, Context, DateMention, Figure, Item, Look, Numeral, What};
use crate::pack::{Pack, Shared};

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
}

/// How far a sentence is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Depth {
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
    /// Whether a place at its head says where the report was written: "SOLVAR – L'agence …"; "SOLVAR – 5 tués" tells where
    /// they died.
    pub fn is_dateline(&self, at: usize) -> bool {
        let what = |at: usize| self.items.get(at).map(|item| item.what);
        at < 2
            && matches!(what(at + 1), Some(What::Mark('-' | '\u{2013}' | '\u{2014}' | '(')))
            && !matches!(what(at + 2), Some(What::Figure(_)))
    }

    /// The value of the figure at an item, unless it is refused.
    pub fn figure_at(&self, item: usize) -> Option<Value> {
        let What::Figure(figure) = self.items.get(item)?.what else { return None };
        self.figures[figure as usize].value()
    }

    /// Reads tokens `first..end` as far as `depth`.
    pub fn read(
        context: &Context<'p>,
        setting: Setting<'p>,
        first: usize,
        end: usize,
        paragraph: usize,
        depth: Depth,
    ) -> Sentence<'p> {
        let mut items = Vec::with_capacity(end - first);
        let (mut numerals, mut figures, mut dates): (Vec<Numeral>, Vec<Figure>, Vec<DateMention>) = Default::default();
        mention::tag(setting.pack, context.tokens, first, end, &mut items);
        mention::find_numbers(context, &mut items, &mut numerals);
        mention::find_dates(context, setting.published, Look::Back, &mut items, &numerals, &mut dates);
        let taken = dates
            .iter()
            .flat_map(|date| {
                numerals
                    .iter()
                    .filter(move |numeral| date.first <= numeral.first && numeral.end <= date.end)
                    .map(move |numeral| (date, numeral))
            })
            .map(|(date, numeral)| (numeral.first, numeral.end, mention::refused_in(date, numeral)))
            .collect();
        mention::find_figures(context, &mut items, &numerals, &mut figures);
        let (mut parties, mut verbs, mut clauses) = (vec![], vec![], Clauses::default());
        if depth > Depth::Figures {
            parties = party::find_parties(context, setting, &items);
            verbs = verb::find_verbs(context, &items);
            clauses = Clauses::find(context, &items, &verbs);
        }
        let mut sentence = Sentence {
            first,
            end,
            span: context.span_of(first as u32, end as u32),
            paragraph,
            items,
            figures,
            dates,
            taken,
            parties,
            verbs,
            clauses,
            groups: vec![],
        };
        if depth == Depth::Groups {
            sentence.groups = group::find_groups(context, &mut sentence);
        }
        sentence
    }
}
