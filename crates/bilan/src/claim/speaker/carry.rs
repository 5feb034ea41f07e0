//! Carries a speaker on to a sentence that names none.
//!
//! In: a sentence without a word of saying, and who gives what stands before it. Out: who goes on; nobody where the
//! reporter tells of another day or another story.
//!
//! "Voici le décompte du ministère :" hands on over lines and paragraphs; "Samedi, cinq habitants avaient péri" ends it.

use super::{Date, Hit, Reach, Speaker, Speakers};
use crate::clause::{STATE, Sentence, VerbKind};
use crate::mention::{Context, Item, What, When};
use crate::pack::{Class, CueClass, Event, How, Shared, Tags};
use jiff::ToSpan;

/// Days before the report that no longer belong to its story.
const STORY: i64 = 9;

/// Items at the head of a sentence among which its subject stands.
const SUBJECT: usize = 6;

/// "Mi-janvier, une frappe avait tué 46 habitants", "le conflit a fait 370 000 morts depuis 2011": another story, which
/// the reporter tells, whoever spoke before.
pub(super) fn is_history(
    context: &Context<'_>,
    shared: &Shared,
    sentence: &Sentence<'_>,
    published: Option<Date>,
) -> bool {
    let old = || {
        let first = published.and_then(|date| date.first_day()).and_then(|day| day.checked_sub(STORY.days()).ok());
        let days = sentence.items.iter().filter_map(|item| match item.what {
            What::Date(number) => Some(sentence.dates[usize::from(number)].when),
            _ => None,
        });
        let is_old = |when| match when {
            When::At(date) => date.last_day().zip(first).is_some_and(|(last, first)| last < first),
            _ => false,
        };
        days.into_iter().any(is_old)
    };
    // "Depuis 1976, 12 000 personnes ont péri": background, whoever spoke before.
    let since = |item: &Item<'_>| match item.what {
        What::Date(number) => matches!(sentence.dates[usize::from(number)].when, When::Since(_)),
        _ => false,
    };
    if sentence.items.iter().take(3).any(since) || is_older_report(context, sentence) {
        return true;
    }
    let lasting = sentence.verbs.iter().any(|verb| sentence.is_of_lasting(context, verb));
    lasting
        || is_of_war(context, shared, sentence)
        || (!sentence.dates.is_empty() && had_been(context, sentence) && old())
}

/// "La guerre, qui oppose l'armée aux rebelles, a fait", "le conflit valdorien a fait": what lasts is the subject, at the
/// head or behind a date.
fn is_of_war(context: &Context<'_>, shared: &Shared, sentence: &Sentence<'_>) -> bool {
    let lasts = |item: &Item<'_>| {
        let event = context.name(item).filter(|(_, _, name)| name.how == How::Event);
        let event = event.and_then(|(_, _, name)| shared.events.get(&name.id));
        context.is(item, Class::Lasting) || event.is_some_and(Event::lasts)
    };
    let subject = sentence.items.iter().enumerate().take(SUBJECT).find(|(_, item)| lasts(item));
    let Some((at, _)) = subject.filter(|(at, _)| *at > 0 && context.is(&sentence.items[at - 1], Class::Determiner))
    else {
        return false;
    };
    let led = at > 1 && !matches!(sentence.items[at - 2].what, What::Mark(',') | What::Date(_));
    let mut verbs = sentence.verbs.iter().filter(|verb| verb.begin > at && verb.kind == VerbKind::Cause);
    !led && verbs.any(|verb| sentence.clauses.crossed(at, verb.item) == 0)
}

/// "Un précédent bilan donnait 26 morts", "un premier bilan faisait état de": whose it was, nobody says.
fn is_older_report(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    let items = &sentence.items;
    if items.iter().take(4).any(|item| context.is(item, Class::Previous)) {
        return true;
    }
    let report = items.iter().take(4).position(|item| context.is_cue(item, CueClass::Report));
    let some = |report: &usize| items[..*report].iter().any(|item| matches!(item.what, What::Figure(_)));
    report.filter(some).is_some_and(|report| {
        let verb = sentence.verbs.iter().find(|verb| (report + 1..=report + 4).contains(&verb.begin));
        verb.is_some_and(|verb| verb.tags.has(Tags::IMPERFECT))
    })
}

/// "avait tué": what had happened before.
fn had_been(context: &Context<'_>, sentence: &Sentence<'_>) -> bool {
    let had = |item: &Item<'_>| context.class(item, Class::Have).is_some_and(|(_, tags)| tags.has(Tags::IMPERFECT));
    sentence.may_have(Class::Have) && sentence.items.iter().any(had)
}

/// What had happened before, and in a new paragraph what happened on a day of its own, is the reporter's background.
fn is_background(context: &Context<'_>, sentence: &Sentence<'_>, new: bool) -> bool {
    had_been(context, sentence) || (new && sentence.items.iter().any(|item| is_dated(sentence, item)))
}

/// A line of a list.
fn is_item(sentence: &Sentence<'_>) -> bool {
    let first = sentence.items.first().map(|item| item.what);
    matches!(first, Some(What::Mark('-' | '\u{2013}' | '\u{2014}' | '\u{2022}' | '\u{b7}' | '*')))
}

/// "La situation est la suivante :"
fn closes_open(sentence: &Sentence<'_>) -> bool {
    sentence.items.last().is_some_and(|item| item.what == What::Mark(':'))
}

fn is_dated(sentence: &Sentence<'_>, item: &Item<'_>) -> bool {
    let at = |when: &When| matches!(when, When::At(_) | When::Beside(_));
    matches!(item.what, What::Date(number) if at(&sentence.dates[usize::from(number)].when))
}

impl Speakers {
    /// Who goes on from the sentence before.
    pub(super) fn carry(&self, context: &Context<'_>, sentences: &[Sentence<'_>], index: usize) -> Option<Speaker> {
        let (before, sentence) = (&sentences[index - 1], &sentences[index]);
        let near = before.paragraph == sentence.paragraph && before.end == sentence.first;
        // "Voici le décompte du ministère :", "La situation est la suivante :": of what follows.
        let announced = before.groups.is_empty() && self.hits[index - 1].iter().any(|hit| hit.counts);
        let opens = closes_open(before) || announced;
        let listed = is_item(before) && is_item(sentence);
        let told = || self.tells(sentences, index - 1) || opens || listed;
        let next = before.paragraph + 1 == sentence.paragraph && told();
        if !near && !next {
            return None;
        }
        let tells = !sentence.groups.is_empty() || !closes_open(sentence);
        let background = tells && is_background(context, sentence, next && !opens);
        // "Samedi, cinq habitants avaient péri": of another day.
        let first = sentence.items.iter().take(2).any(|item| is_dated(sentence, item));
        let elsewhen = first && had_been(context, sentence);
        let goes_on = |hit: &&Hit| !background || (hit.reach != Reach::Whole && !next && !elsewhen);
        let heard = self.hits[index - 1].iter().rev().filter(|hit| !hit.alone).find(goes_on);
        heard
            .map(|hit| Speaker { confidence: 55, ..hit.speaker.clone() })
            .or_else(|| self.carried[index - 1].clone().filter(|_| !background))
    }

    /// Whether a sentence gives figures, or goes on with who gave those of the sentence before: "Ces données sont
    /// provisoires, rappelle l'état-major."
    fn tells(&self, sentences: &[Sentence<'_>], index: usize) -> bool {
        let before = || {
            let before = index.checked_sub(1).filter(|&before| !sentences[before].groups.is_empty())?;
            self.hits[before].last().map(|hit| &hit.speaker).or(self.carried[before].as_ref())?.id.as_deref()
        };
        // "l'état-major", said in full before, is not placed yet.
        let leaf = |id: &str| id.split_once('/').map(|(_, leaf)| leaf.to_owned());
        let one = |a: &str, b: &str| a == b || (a.starts_with(STATE) && leaf(a) == leaf(b));
        let here = self.hits[index].last().and_then(|hit| hit.speaker.id.as_deref());
        let same = || here.zip(before()).is_some_and(|(here, before)| one(here, before));
        !sentences[index].groups.is_empty() || same()
    }
}
