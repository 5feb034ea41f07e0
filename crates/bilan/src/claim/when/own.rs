//! Says which of several dates of a sentence is a figure's.
//!
//! In: a sentence with several figures and several dates. Out: the date of one of them.
//!
//! "72 morts en 2011 et 186 le 4 février 2016": each has what stands right behind it; "En 2029, 17 mineurs sont morts, et
//! en 2030 le coup de grisou en a tué 29": each has what stands before it.

use super::{Dated, Timing};
use crate::claim::draft::Draft;
use crate::clause::{Join, Sentence, Verb, VerbKind, Voice};
use crate::mention::{Item, What, When};
use crate::pack::{Class, CueClass, Tags, TimeClass};
use crate::sentence::Shape;

/// Items between a figure and the date that is its own.
const NEAR: usize = 8;

impl<'p> Timing<'_, 'p> {
    /// The item of the date that is the own one of the figure at an item, where a sentence tells of several days and gives
    /// several figures.
    pub(super) fn own_date(&self, index: usize, figure: usize) -> Option<usize> {
        let sentence = &self.sentences[index];
        let days = || self.dated[index].iter().filter(|date| matches!(date.when, When::At(day) if !self.is_ahead(day)));
        let figures = || sentence.groups.iter().filter(|group| group.figure.is_some() && !group.article);
        // "condamné mercredi pour l'attentat qui a fait 39 morts en 2026": one figure, whose day is not the sentence's.
        let single = figures().count() < 2;
        if days().count() < 2 || single && self.dated[index].iter().any(|date| date.on_scene) {
            return None;
        }
        let own = figures().find(|group| group.at == figure)?;
        let behind = days().map(|date| date.at).filter(|&at| at >= own.end && at <= own.end + NEAR).min();
        if let Some(at) = behind.filter(|&at| self.is_beside(sentence, own.end, at)) {
            return Some(at);
        }
        if single {
            return None;
        }
        // One that stands right behind another figure is the other's.
        let others = |at: usize| figures().any(|group| group.end <= at && self.is_beside(sentence, group.end, at));
        let before = days().filter(|date| date.at < figure && !date.on_scene).map(|date| date.at).max()?;
        let before = self.first_of_row(sentence, before);
        let scene = self.dated[index].first().is_some_and(|date| date.on_scene);
        let first = figures().any(|group| group.at < before);
        (first && !scene && !others(before) && !self.says(sentence, before)).then_some(before)
    }

    /// The item of the stretch that is the own one of the figure at an item, where a sentence tells of several: "74 morts
    /// en 24 heures, ce qui porte à 28 289 le bilan depuis le 1er mars".
    pub(super) fn own_stretch(&self, index: usize, figure: usize) -> Option<usize> {
        let sentence = &self.sentences[index];
        let stretch = |date: &&Dated| is_stretch(date.when) && !self.measures(sentence, date.at);
        let mut all: Vec<usize> = self.dated[index].iter().filter(stretch).map(|date| date.at).collect();
        let figures = || sentence.groups.iter().filter(|group| group.figure.is_some() && !group.article);
        if all.len() < 2 || figures().count() < 2 {
            return None;
        }
        all.sort_unstable();
        let own = figures().find(|group| group.at == figure)?;
        let behind = all.iter().copied().find(|&at| at >= own.end);
        // "118 morts et 203 blessés depuis le 26 juin": of both.
        let next = figures().map(|group| group.at).filter(|&at| at >= own.end).min().unwrap_or(usize::MAX);
        let list = |at: usize| {
            let between = &sentence.items[own.end..at];
            let joined = between.iter().all(|item| !matches!(item.what, What::Mark(mark) if mark != ','));
            let finite = |verb: &&Verb| matches!(verb.voice, Voice::Active | Voice::Passive);
            joined && !sentence.verbs.iter().filter(finite).any(|verb| (own.end..at).contains(&verb.item))
        };
        behind.filter(|&at| at < next || list(at)).or_else(|| all.iter().copied().rfind(|&at| at < figure)).or(behind)
    }

    /// Whether a date stands right behind the figure that ends at an item: "186 le 4 février", "71 (2019)", "cinq pêcheurs
    /// ont été tués lundi".
    fn is_beside(&self, sentence: &Sentence<'p>, end: usize, at: usize) -> bool {
        let between = &sentence.items[end..at];
        let bracket = matches!(between, [item] if item.what == What::Mark('('));
        // "ont" of "ont été tués" is a verb too.
        let happens = |at: usize| {
            let spans = |verb: &Verb| verb.kind == VerbKind::Outcome && (verb.begin..=verb.item).contains(&at);
            sentence.verbs.iter().any(spans)
        };
        let parts = |number: usize| {
            let item = &sentence.items[end + number];
            matches!(item.what, What::Mark(_) | What::Figure(_) | What::Date(_))
                || self.context.is(item, Class::And)
                || self.context.is(item, Class::Relative)
                || sentence.verbs.iter().any(|verb| verb.item == end + number && !happens(end + number))
        };
        bracket || !(0..between.len()).any(parts)
    }

    /// "juin, juillet et août": the first of dates that stand in a row.
    fn first_of_row(&self, sentence: &Sentence<'p>, at: usize) -> usize {
        let joins = |item: &Item<'p>| item.what == What::Mark(',') || self.context.is(item, Class::And);
        let mut first = at;
        while first >= 2 && joins(&sentence.items[first - 1]) && matches!(sentence.items[first - 2].what, What::Date(_))
        {
            first -= 2;
        }
        first
    }

    /// Whether a word of saying stands right before a date.
    fn says(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        at > 0 && self.context.is_cue(&sentence.items[at - 1], CueClass::Verb)
    }

    /// "contre 22 à la même période en 2030": as long as that of the figure before, in another year.
    pub(super) fn is_same_stretch(&self, sentence: &Sentence<'p>, draft: &Draft<'p>) -> bool {
        let group = &sentence.groups[draft.group];
        let behind = sentence.items[group.end..].iter().take(NEAR);
        group.join == Join::Instead && behind.into_iter().any(|item| self.context.is_time(item, TimeClass::Same))
    }

    /// Whether a figure is told of one scene, "un séisme", or of many, "les accidents", "contre six en 2029", "ont péri en
    /// 2029", but not "avaient péri en 2029"; `None` where nothing tells.
    pub fn is_of_one_scene(&self, sentence: &Sentence<'p>, draft: &Draft<'p>) -> Option<bool> {
        let items = if sentence.may_have(Class::Scene) { &sentence.items[..] } else { &[] };
        let scenes = items.iter().filter(|item| !self.context.is(item, Class::Lasting));
        // "la Mission des Nations unies" is a name.
        let name = |item: &Item<'_>| {
            self.context.token(item).shape.has(Shape::CAPITAL) && item.first as usize > sentence.first
        };
        let mut many = None;
        for item in scenes.filter(|item| !name(item)) {
            match self.context.class(item, Class::Scene) {
                Some((_, tags)) if !tags.has(Tags::PLURAL) => return Some(true),
                Some(_) => many = Some(false),
                None => {}
            }
        }
        let here = sentence.span == self.sentences[draft.sentence].span;
        let verb = draft.verb.filter(|_| here).map(|verb| sentence.verbs[verb]);
        let past =
            verb.is_some_and(|verb| matches!(verb.voice, Voice::Active | Voice::Passive) && !self.had(sentence, &verb));
        if past || draft.join == Join::Instead { Some(false) } else { many }
    }
}

/// What a figure is counted over.
pub(super) fn is_stretch(when: When) -> bool {
    matches!(
        when,
        When::Within(_)
            | When::Days(_)
            | When::Since(_)
            | When::SinceEvent(_)
            | When::SinceStart
            | When::SinceSome
            | When::Stretch(..)
    )
}
