//! Tells the figures that were given before the report, nobody says when.
//!
//! In: a draft and its sentence, and once settled its days. Out: whether the day of publication is not when it was said.
//!
//! "Un précédent bilan donnait 16 morts", "une frappe avait fait 46 morts mi-janvier": no date of saying is told, and that
//! of the report is not it.

use super::{Time, Timing};
use crate::claim::draft::Draft;
use crate::clause::{Sentence, Verb, Voice};
use crate::mention::Item;
use crate::pack::{Class, CueClass, Tags, TimeClass};
use jiff::ToSpan;

/// Days before publication after which what happened is no news.
const NEWS: i64 = 30;

/// Days before publication after which a count is no news, whoever gives it.
const COUNTS: i64 = 366;

impl<'p> Timing<'_, 'p> {
    /// Whether the words around a figure say that it was given before.
    pub(super) fn is_older(
        &self,
        sentence: &Sentence<'p>,
        draft: &Draft<'p>,
        figure: usize,
        saying: Option<usize>,
    ) -> bool {
        let own = draft.verb.filter(|_| sentence.span == self.sentences[draft.sentence].span);
        let kinds = &self.shared.kinds.outcome;
        let bodily = kinds.get(draft.outcome).is_some_and(|kind| kind.bodily);
        let pluperfect = match (saying, own) {
            // "a ajouté que douze soldats avaient péri": that is how others' words are told.
            (Some(saying), _) => sentence.verbs.iter().any(|verb| verb.item == saying && self.had(sentence, verb)),
            (None, Some(verb)) => bodily && self.had(sentence, &sentence.verbs[verb]),
            (None, None) => false,
        };
        let clause = sentence.clauses.of(figure);
        let previous = || {
            let before = sentence.items[..figure].iter().enumerate().rev().take(8);
            before
                .into_iter()
                .any(|(at, item)| self.context.is(item, Class::Previous) && sentence.clauses.of(at) == clause)
        };
        pluperfect || previous() || self.was_reported(sentence, figure) || self.is_stepped(sentence, draft)
    }

    /// "Un premier bilan faisait état de douze morts", but not "fait état".
    fn was_reported(&self, sentence: &Sentence<'p>, figure: usize) -> bool {
        let items = &sentence.items[..figure];
        let first = |at: usize| {
            let report = items
                .get(at + 1)
                .is_some_and(|item| self.context.is_cue(item, CueClass::Report) || self.context.is(item, Class::Count));
            report && self.context.is_time(&items[at], TimeClass::Ordinal)
        };
        let contrast = |at: usize| {
            let alone = !sentence.groups.iter().any(|group| group.at < at && group.figure.is_some());
            self.context.is(&items[at], Class::InsteadOf) && alone
        };
        let was = |item: &Item<'p>| item.senses.iter().any(|sense| sense.tags.has(Tags::IMPERFECT));
        let told = |at: usize| first(at) && items[at..].iter().any(was);
        (0..figure).any(|at| told(at) || (at + 3 >= figure && contrast(at)))
    }

    /// "est passé de 22 à 31": the one it was, and "et non 110".
    fn is_stepped(&self, sentence: &Sentence<'p>, draft: &Draft<'p>) -> bool {
        let here = sentence.span == self.sentences[draft.sentence].span;
        here && sentence.groups.get(draft.group + 1).is_some_and(|next| next.stepped)
    }

    /// "avait tué", "étaient morts".
    pub(super) fn had(&self, sentence: &Sentence<'p>, verb: &Verb) -> bool {
        let item = &sentence.items[verb.begin];
        let aux = self
            .context
            .class(item, Class::Have)
            .or(self.context.class(item, Class::Be).filter(|_| verb.begin < verb.item && verb.voice == Voice::Active));
        aux.is_some_and(|(_, tags)| tags.has(Tags::IMPERFECT))
    }

    /// Takes the day of publication from what happened long before it: that is told again.
    pub fn leave_history(&self, time: &mut Time, voiced: bool) {
        let told = time.words.iter().any(|(field, ..)| *field == "stated");
        let days = match (time.scope, voiced) {
            _ if told || time.from.zip(time.to).is_some_and(|ends| self.period() == Some(ends)) => return,
            ("incident" | "period", false) => NEWS,
            ("incident" | "period", true) => COUNTS,
            _ => return,
        };
        let since = self.published.and_then(|date| date.first_day()).and_then(|day| day.checked_sub(days.days()).ok());
        let last = time.to.or(time.from).and_then(|date| date.last_day());
        if last.zip(since).is_some_and(|(last, since)| last < since) {
            time.stated = None;
        }
    }
}
