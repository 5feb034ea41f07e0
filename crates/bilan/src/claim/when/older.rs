//! Tells the figures that were given before the report, nobody says when.
//!
//! In: a draft and its sentence, and once settled its days. Out: whether the day of publication is not when it was said.
//!
//! "Un précédent bilan donnait 16 morts", "une frappe avait fait 46 morts mi-janvier": no date of saying is told, and that
//! of the report is not it.

use super::{Time, Timing};
use crate::claim::draft::Draft;
use crate::clause::{Sentence, Verb};
use crate::pack::{Class, Tags};
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
        let had = |verb: &Verb| {
            let aux = self.context.class(&sentence.items[verb.begin], Class::Have);
            aux.is_some_and(|(_, tags)| tags.has(Tags::IMPERFECT))
        };
        let kinds = &self.shared.kinds.outcome;
        let bodily = kinds.get(draft.outcome).is_some_and(|kind| kind.bodily);
        let pluperfect = match (saying, own) {
            // "a ajouté que douze soldats avaient péri": that is how others' words are told.
            (Some(saying), _) => sentence.verbs.iter().any(|verb| verb.item == saying && had(verb)),
            (None, Some(verb)) => bodily && had(&sentence.verbs[verb]),
            (None, None) => false,
        };
        let clause = sentence.clauses.of(figure);
        let previous = || {
            let before = sentence.items[..figure].iter().enumerate().rev().take(8);
            before
                .into_iter()
                .any(|(at, item)| self.context.is(item, Class::Previous) && sentence.clauses.of(at) == clause)
        };
        pluperfect || previous()
    }

    /// Takes the day of publication from what happened long before it: that is told again.
    pub fn leave_history(&self, time: &mut Time, voiced: bool) {
        let told = time.words.iter().any(|(field, ..)| *field == "stated");
        let days = match (time.scope, voiced) {
            _ if told => return,
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
