//! Says whom figures count where the whole document tells, and not their sentence.
//!
//! In: the drafts of a document, its events and home. Out: the same drafts, some with another key of `[counted]`.
//!
//! "Six soldats ont été tués. Onze sont portés disparus." Eleven soldiers; "l'attaque a fait dix morts" beside five soldiers
//! tells of more than soldiers.

use super::draft::Draft;
use super::find::Finding;
use super::home::Home;
use crate::clause::{Join, Sentence, VerbKind};
use crate::kinds::Trait;
use crate::pack::{Class, Event};

/// How many times the soldiers that a text counts a number may be and still count soldiers.
const WAR: u64 = 50;

/// The same of those who serve nobody.
const MANY: u64 = 4;

/// Sentences behind one that counts soldiers.
const NEAR: usize = 6;

impl<'p> Finding<'p> {
    /// Counts people as what the document is about.
    pub(super) fn recount(
        &self,
        sentences: &[Sentence<'p>],
        events: &[&'p Event],
        home: &Home,
        drafts: &mut [Draft<'p>],
    ) {
        let kinds = &self.shared.kinds;
        if let Some(stateless) = kinds.people(Trait::Stateless).filter(|_| home.migrants) {
            for draft in drafts.iter_mut().filter(|draft| kinds.is(draft.counted, Trait::Bare)) {
                draft.counted = stateless;
            }
        }
        if !events.iter().any(|event| event.has_two_sides()) {
            self.count_no_soldiers(drafts);
        }
        if self.tells_of(sentences, Class::Mine) > 0 {
            self.count_workers(drafts);
        }
        self.count_alike(sentences, drafts);
    }

    /// How often a document names what belongs to a topic.
    pub(super) fn tells_of(&self, sentences: &[Sentence<'p>], topic: Class) -> usize {
        let sentences = sentences.iter().filter(|sentence| sentence.may_have(topic));
        let items = sentences.flat_map(|sentence| &sentence.items);
        items.filter(|item| self.context.is(item, topic)).count()
    }

    /// "Six mineurs sont toujours recherchés" in a text about a mine: no children.
    fn count_workers(&self, drafts: &mut [Draft<'p>]) {
        let Some(bare) = self.shared.kinds.people(Trait::Bare) else { return };
        let works = |entry: u32| self.context.pack.counted(entry).is_some_and(|noun| noun.mine);
        for draft in drafts {
            if draft.thing.and_then(|(_, thing)| thing.entry).is_some_and(works) {
                draft.counted = bare;
            }
        }
    }

    /// "Les sept occupants du car sont indemnes": what the noun means in a war only.
    fn count_no_soldiers(&self, drafts: &mut [Draft<'p>]) {
        let Some(bare) = self.shared.kinds.people(Trait::Bare) else { return };
        for draft in drafts {
            let Some((_, thing)) = &mut draft.thing else { continue };
            let noun = thing.entry.and_then(|entry| self.context.pack.counted(entry));
            if noun.is_some_and(|noun| noun.war) {
                (draft.counted, thing.id, thing.side) = (bare, bare, None);
            }
        }
    }

    /// "Six soldats ont été tués. Onze sont portés disparus.": a text that counts none but soldiers, or none but journalists,
    /// counts them where it does not say whom; not where some of them are, nor what a war cost.
    fn count_alike(&self, sentences: &[Sentence<'p>], drafts: &mut [Draft<'p>]) {
        let kinds = &self.shared.kinds;
        let bare = |draft: &Draft<'p>| {
            draft.thing.is_none_or(|(_, thing)| thing.entry.is_none()) && kinds.is(draft.counted, Trait::Bare)
        };
        let named_people = |draft: &&Draft<'p>| kinds.is_people(draft.counted) == Some(true) && !bare(draft);
        let Some(first) = drafts.iter().position(|draft| named_people(&draft) && draft.join != Join::Subset) else {
            return;
        };
        let theme = drafts[first].counted;
        if !kinds.counted.get(theme).is_some_and(|kind| kind.theme) {
            return;
        }
        // A text counts none but soldiers as long as it has counted nobody else.
        let of_theme = |draft: &&Draft<'p>| draft.counted == theme;
        let others = |draft: &Draft<'p>| named_people(&draft) && draft.counted != theme;
        let end = drafts.iter().position(others).unwrap_or(drafts.len());
        let whole = end == drafts.len();
        let enough = if whole { 2 } else { 1 };
        if first > end || drafts.iter().filter(named_people).filter(of_theme).count() < enough {
            return;
        }
        let reach = if whole { 0..end } else { first..end };
        let value = |of: &Draft<'p>| sentences[of.sentence].groups[of.group].value.point();
        let (mut parted, mut named, mut most) = (vec![false; drafts.len()], vec![false; sentences.len()], 0);
        for draft in drafts.iter().filter(|draft| !bare(draft)) {
            named[draft.sentence] = true;
            most = value(draft).unwrap_or_default().max(most);
            if let Some(whole) = draft.leans.filter(|_| draft.join == Join::Subset) {
                parted[whole] = true;
            }
        }
        // "La guerre a fait 40 000 morts", "Les civils paient un lourd tribut : 900 tués".
        let of_others = |draft: &Draft<'p>| {
            let sentence = &sentences[draft.sentence];
            let at = sentence.groups[draft.group].at;
            let cause = sentence.verbs.iter().rfind(|verb| verb.item < at && verb.kind == VerbKind::Cause);
            let before =
                sentences[draft.sentence.saturating_sub(1)..draft.sentence].iter().flat_map(|before| &before.items);
            let counted = before.chain(&sentence.items[..at]).filter_map(|item| self.context.counted(item));
            let mut others = counted
                .filter(|(_, _, counted)| kinds.is_people(&counted.id) == Some(true) && kinds.is_placed(&counted.id));
            // "Les secours déplorent neuf morts": they count anybody.
            let own = |id: &str| self.context.pack.kind_of(self.shared, id).own;
            let mut before = sentence.parties.iter().filter(|party| party.end <= at);
            // "Cinq soldats ont péri dans une attaque qui a fait dix morts", "le conflit a fait des milliers de morts".
            let apart = draft.leans.is_none() && named[draft.sentence];
            let far = value(draft).is_none_or(|value| value / WAR > most);
            apart
                || far
                || before.any(|party| party.id.as_deref().is_some_and(own))
                || cause.is_some_and(|verb| sentence.is_of_lasting(&self.context, verb))
                || others.any(|(_, _, counted)| !kinds.is(&counted.id, Trait::Bare) && counted.id != theme)
        };
        // Near them, where the text goes on to others.
        let near = |at: usize| {
            let close = |before: &&Draft<'p>| before.sentence + NEAR >= drafts[at].sentence;
            let mut before = drafts[..at].iter().rev().take_while(close);
            whole || before.any(|before| !bare(before) && before.counted == theme)
        };
        // "3 040 morts, et parmi le personnel de santé 171 tués": so many are no medics, nor are those beside them.
        let more = |at: usize| bare(&drafts[at]) && value(&drafts[at]).is_some_and(|value| value / MANY > most);
        if !kinds.serves(theme) && reach.clone().any(more) {
            return;
        }
        // Who serves a state is killed, wounded, missing or captured, and arrests others.
        let suffers = |draft: &Draft<'p>| {
            let kind = kinds.outcome.get(draft.outcome);
            !kinds.serves(theme) || kind.is_some_and(|kind| kind.own || kind.bodily || !kind.reads_as.is_empty())
        };
        let changed: Vec<usize> = reach
            .filter(|&at| {
                near(at) && suffers(&drafts[at]) && bare(&drafts[at]) && !parted[at] && !of_others(&drafts[at])
            })
            .collect();
        for at in changed {
            drafts[at].counted = theme;
        }
    }
}
