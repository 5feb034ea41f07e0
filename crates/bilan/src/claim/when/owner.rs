//! Says whose a date is: of what happened, of the saying, or of another thing in the sentence.
//!
//! In: a sentence, its items, one of its dates. Out: an [`Owner`], or that the date is none of the figure's.
//!
//! "le séisme de mardi a fait 62 morts, a annoncé jeudi le gouvernement": Tuesday is the quake's, Thursday the saying's.

use super::Timing;
use super::days::{is_day, lasts};
use crate::claim::draft::Draft;
use crate::claim::{Date, Partial};
use crate::clause::{Join, Opened, Sentence, Verb, VerbKind, Voice};
use crate::mention::{Item, What, When};
use crate::pack::{Class, CueClass, How, Tags, TimeClass};

/// Days of what is too long to speak in.
const MONTHS: i32 = 60;

/// Items between a contrasted figure and its date: "contre 22 à la même période en 2030".
const CONTRAST: usize = 6;

/// Items from a noun to its verb.
const NEAR: usize = 3;

/// Items from an auxiliary to its verb, at most.
const AUXILIARY: usize = 8;

/// Whose a date is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    /// When it was said.
    Saying,
    /// When it happened.
    Figure,
}

impl<'p> Timing<'_, 'p> {
    /// "un précédent bilan, fourni le 8 août": the date of a report is when its figures were said.
    pub(super) fn of_report(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let mut participle = false;
        for left in (0..at).rev().take(6) {
            let item = &sentence.items[left];
            if self.context.is_cue(item, CueClass::Report)
                || self.context.is(item, Class::Count)
                || self.context.is(item, Class::Previous)
            {
                return participle;
            }
            participle |=
                item.what == What::Words && (item.senses.is_empty() || self.context.is_cue(item, CueClass::Verb));
            let finite = sentence
                .verbs
                .iter()
                .any(|verb| verb.item == left && matches!(verb.voice, Voice::Active | Voice::Passive));
            if finite || !matches!(item.what, What::Words | What::Mark(',')) || self.context.outcome(item).is_some() {
                return false;
            }
        }
        false
    }

    /// Whether a date says when a scene was: "le séisme de mardi", "l'explosion survenue jeudi soir", "l'immeuble touché
    /// mardi par un missile".
    pub(super) fn on_scene(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let finite = |left: usize| {
            let mut verbs = sentence.verbs.iter().filter(|verb| verb.item == left);
            verbs.any(|verb| matches!(verb.voice, Voice::Active | Voice::Passive))
        };
        let by = sentence.items.get(at + 1).is_some_and(|item| self.context.is(item, Class::By));
        let struck = |item: &Item<'p>| {
            let told = self.context.is_cue(item, CueClass::Verb) || self.context.is_cue(item, CueClass::Report);
            // "deux autres le 7 juin par des tirs"
            let other = self.context.is(item, Class::Other);
            item.what == What::Words && !told && !other && !finite(at - 1)
        };
        let blow = |item: &Item<'p>| self.context.is(item, Class::Scene) || self.context.counted(item).is_some();
        let behind = sentence.items.iter().skip(at + 2).take(4);
        if by && at > 0 && struck(&sentence.items[at - 1]) && behind.into_iter().any(blow) {
            return true;
        }
        for left in (0..at).rev().take(6) {
            let item = &sentence.items[left];
            if self.context.is(item, Class::Scene) {
                return true;
            }
            let apposed = left + 1 == at && item.what == What::Mark(',');
            let words = item.what == What::Words && !finite(left) && self.context.outcome(item).is_none();
            if !words && !apposed {
                return false;
            }
        }
        false
    }

    /// "depuis le début du conflit en 2001", "la guerre déclenchée en mars 2031": the date of a start, and the token where
    /// its words begin.
    pub(super) fn begins(&self, sentence: &Sentence<'p>, at: usize) -> Option<u32> {
        // "la rupture de 1988" only says which.
        let which = at > 0 && self.context.is(&sentence.items[at - 1], Class::Of) && self.is_year(sentence, at);
        let since = self.since(sentence, at).filter(|_| !which).map(|since| sentence.items[since].first);
        since.or_else(|| self.begun(sentence, at))
    }

    /// The item that opens the stretch which a date begins: "depuis la reprise des combats, le 27 septembre".
    pub(super) fn since(&self, sentence: &Sentence<'p>, at: usize) -> Option<usize> {
        for (steps, left) in (0..at).rev().take(14).enumerate() {
            let item = &sentence.items[left];
            match item.what {
                // "depuis le déclenchement d'un assaut le 12 janvier"
                What::Figure(number) if sentence.figures[usize::from(number)].low.make.article => {}
                What::Date(number) => {
                    let when = sentence.dates[number as usize].when;
                    let close = steps < 6 && matches!(when, When::SinceEvent(_) | When::SinceStart);
                    return close.then_some(left);
                }
                What::Words => {}
                What::Mark(',') if left + 1 == at => {}
                _ => return None,
            }
            if self.context.is_time(item, TimeClass::Since) {
                return Some(left);
            }
        }
        None
    }

    /// "la guerre déclenchée en mars 2031": a date that begins what lasts.
    fn begun(&self, sentence: &Sentence<'p>, at: usize) -> Option<u32> {
        let participle =
            at.checked_sub(1).filter(|&left| self.context.is_time(&sentence.items[left], TimeClass::Begun))?;
        let aux = |item: &Item<'p>| self.context.is(item, Class::Have) || self.context.is(item, Class::Be);
        let lasting = |item: &Item<'p>| self.context.is(item, Class::Lasting);
        let (before, after) = (&sentence.items[participle.saturating_sub(6)..participle], &sentence.items[at..]);
        let bare = !before.iter().rev().take(2).any(aux);
        let near = before.iter().any(lasting) || (participle == 0 && after.iter().take(8).any(lasting));
        (bare && near).then_some(sentence.items[at].first)
    }

    /// "l'accident le plus grave depuis 2031", "du siècle": the date measures it, and is none of its figure's.
    pub(super) fn measures(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let What::Date(number) = sentence.items[at].what else { return false };
        let when = sentence.dates[usize::from(number)].when;
        let age = matches!(when, When::At(date) if is_age(date));
        let opens = match when {
            When::Since(_) | When::SinceEvent(_) | When::SinceStart | When::SinceSome => Some(at),
            _ if age => Some(at),
            _ => self.since(sentence, at),
        };
        let Some(opens) = opens else { return false };
        // "le plus grave", "l'un des plus graves"
        let led = |at: usize| {
            let words = &sentence.items[..at];
            let is = |item: Option<&Item<'p>>, class: Class| item.is_some_and(|item| self.context.is(item, class));
            let one = at > 1 && matches!(words[at - 2].what, What::Figure(_));
            is(words.last(), Class::Determiner) || (one && is(words.last(), Class::Of))
        };
        (opens.saturating_sub(8)..opens).any(|at| {
            let item = &sentence.items[at];
            // "la région la plus touchée, avec 300 tués depuis janvier": since then they were killed.
            let counted = || sentence.items[at..opens].iter().any(|item| matches!(item.what, What::Figure(_)));
            // "pour la première fois depuis": a phrase leads itself.
            let led = || led(at) || item.end > item.first + 1;
            (self.context.is_time(item, TimeClass::Extreme) && led() && !counted())
                || !age && self.context.is(item, Class::Not)
                || !age && self.context.is_time(item, TimeClass::Ordinal) && item.what == What::Words
        })
    }

    /// "la plus meurtrière depuis celle de 2028, qui avait fait 44 morts", but not "depuis 2028 a fait 44 morts", where
    /// the verb is that of what was measured.
    pub(super) fn tells_of(&self, sentence: &Sentence<'p>, at: usize, figure: usize) -> bool {
        let same = sentence.clauses.of(at) == sentence.clauses.of(figure);
        at < figure && !(same && sentence.verbs.iter().any(|verb| verb.begin == at + 1))
    }

    /// A night is told of what happened in it, unless a word of saying stands right before it.
    pub(super) fn is_night(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let said = at > 0 && self.context.is_cue(&sentence.items[at - 1], CueClass::Verb);
        let What::Date(number) = sentence.items[at].what else { return false };
        let when = sentence.dates[usize::from(number)].when;
        !said && matches!(when, When::At(night @ Date::Between(..)) if is_day(night))
    }

    /// A semester, a year: nobody speaks in it, unless "rapportait fin 2030".
    fn is_long(&self, sentence: &Sentence<'p>, at: usize, saying: usize) -> bool {
        let What::Date(number) = sentence.items[at].what else { return false };
        let When::At(date) = sentence.dates[usize::from(number)].when else { return false };
        (lasts(date, MONTHS) && at != saying + 1) || self.is_year(sentence, at)
    }

    fn is_year(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let What::Date(number) = sentence.items[at].what else { return false };
        matches!(sentence.dates[usize::from(number)].when, When::At(Date::At(Partial { month: None, .. })))
    }

    /// A date that dates another noun: "le début de la guerre au milieu du printemps".
    pub(super) fn anchors(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        let before = at.checked_sub(1).map(|left| &sentence.items[left]);
        before.is_some_and(|item| {
            let start = match item.what {
                What::Date(number) => {
                    matches!(sentence.dates[number as usize].when, When::SinceEvent(_) | When::SinceStart)
                }
                _ => false,
            };
            start
                || self.context.is(item, Class::Scene)
                || self.context.name(item).is_some_and(|(_, _, name)| name.how == How::Event)
                || self.context.is_cue(item, CueClass::Report)
        })
    }

    /// "54 blessés lundi, contre 171 dimanche": what stands behind the other figure is the other's, and its only date.
    pub(super) fn of_contrast(&self, sentence: &Sentence<'p>, draft: &Draft<'p>, at: usize) -> bool {
        let dates = |number: usize, at: usize| {
            let group = &sentence.groups[number];
            let own = || sentence.items[group.end..at].iter().all(|item| item.what == What::Words);
            let verb = || sentence.verbs.iter().any(|verb| (group.end..at).contains(&verb.item));
            group.join == Join::Instead && (group.end..=group.end + CONTRAST).contains(&at) && own() && !verb()
        };
        let dated = |number: usize| self.dated[draft.sentence].iter().any(|date| dates(number, date.at));
        if dated(draft.group) {
            return !dates(draft.group, at);
        }
        (0..sentence.groups.len()).any(|number| dates(number, at))
    }

    /// A date behind another verb, or one that only says which: "la rupture de 1988".
    pub(super) fn elsewhere(
        &self,
        sentence: &Sentence<'p>,
        draft: &Draft<'p>,
        at: usize,
        figure: usize,
        saying: Option<usize>,
    ) -> bool {
        let year_only = self.is_year(sentence, at);
        let of = at > 0 && self.context.is(&sentence.items[at - 1], Class::Of);
        // "la même période de 2029", "le séisme de 2029"
        let same = at > 1 && self.context.is_time(&sentence.items[at - 2], TimeClass::Same);
        let alone = sentence.items[at].end - sentence.items[at].first == 1;
        // "Pendant la mousson de 2016, 3 400 personnes ont péri": when, and not which.
        let opens = at < figure
            && sentence
                .items
                .first()
                .is_some_and(|item| !self.context.is(item, Class::Determiner) && item.what == What::Words)
            && sentence.items.get(at + 1).is_some_and(|item| item.what == What::Mark(','));
        let of = of && !same && !opens && (at > figure || !alone || !self.on_scene(sentence, at));
        let (low, high) = (at.min(figure), at.max(figure));
        let here = sentence.span == self.sentences[draft.sentence].span;
        // "850 cas ont été relevés entre le 3 et le 29": a noun that tells has a verb of its own.
        let beside = || {
            let end = sentence.groups[draft.group].end;
            let near = |verb: &&Verb| (end..end + NEAR).contains(&verb.begin) && verb.voice == Voice::Passive;
            sentence.verbs.iter().find(near).copied()
        };
        let own =
            draft.verb.filter(|_| here).map(|verb| sentence.verbs[verb]).or_else(|| if here { beside() } else { None });
        // "tuant 19 personnes et en blessant 108 en 24 heures": in one breath.
        let within = matches!(sentence.items[at].what, What::Date(number)
            if matches!(sentence.dates[usize::from(number)].when, When::Within(_) | When::Days(_)));
        let gerund = own.is_some_and(|own| own.tags.has(Tags::GERUND));
        let finite = |index: usize| {
            let item = &sentence.items[index];
            // Verbs stand in the order of their items.
            let verbs = &sentence.verbs[sentence.verbs.partition_point(|verb| verb.item < index)..];
            let outcome = |verb: &Verb| verb.begin <= index && verb.kind == VerbKind::Outcome;
            // "3 ont été tués et 17 ont été blessés en 24 heures"
            if within && verbs.iter().take_while(|verb| verb.item <= index + AUXILIARY).any(outcome) {
                return false;
            }
            let breath = |verb: &Verb| gerund && verb.tags.has(Tags::GERUND) && verb.kind == VerbKind::Outcome;
            let aux = self.context.class(item, Class::Have).or(self.context.class(item, Class::Be));
            aux.is_some_and(|(_, tags)| tags.has(Tags::FINITE))
                || verbs
                    .iter()
                    .take_while(|verb| verb.item == index)
                    .any(|verb| verb.begin == index && verb.voice == Voice::Active && !breath(verb))
        };
        let mut between = if at > figure { low + 1..high } else { 0..0 };
        let others = between.any(|index| {
            own.is_none_or(|own| !(own.begin <= index && index <= own.item))
                && saying.is_none_or(|saying| index.abs_diff(saying) > 2)
                // "les frappes" are no verb.
                && finite(index)
                && !self.context.is(&sentence.items[index], Class::Scene)
        });
        // ", fondée en 1981,": of the one before it.
        let comma = |item: Option<&Item<'p>>| item.is_some_and(|item| item.what == What::Mark(','));
        let aside = year_only
            && at > 1
            && comma(sentence.items.get(at - 2))
            && comma(sentence.items.get(at + 1))
            && self.context.outcome(&sentence.items[at - 1]).is_none();
        aside || (year_only && of) || others
    }

    /// Whether a date belongs to the word of saying: nearer to it than to the figure, or in its clause.
    pub(super) fn owner(&self, sentence: &Sentence<'p>, at: usize, figure: usize, saying: Option<usize>) -> Owner {
        let Some(saying) = saying else {
            // "celui-ci a affirmé lundi que 79 soldats …"
            let said = |left: &usize| self.context.is_cue(&sentence.items[*left], CueClass::Verb);
            if at.checked_sub(1).filter(said).is_some() && at < figure {
                return Owner::Saying;
            }
            // "Solvar a publié ses pertes le 9 septembre, quand …": the time of the clause above.
            return Owner::Figure;
        };
        // "ont péri en 2014, selon l'agence": nobody speaks in a year, nor before the word that names the source.
        let names = !self.context.is_cue(&sentence.items[saying], CueClass::Verb);
        if self.is_long(sentence, at, saying) || (names && at < saying && figure < at) {
            return Owner::Figure;
        }
        let clauses = &sentence.clauses;
        let (of_date, of_saying, of_figure) = (clauses.of(at), clauses.of(saying), clauses.of(figure));
        if of_date == of_saying && of_date != of_figure {
            return Owner::Saying;
        }
        let mut up = Some(of_saying);
        while let Some(clause) = up {
            if clause == of_date && clauses.opened(of_saying) == Opened::While {
                return Owner::Saying;
            }
            up = clauses.parent(clause);
        }
        if of_date == of_figure && of_date != of_saying {
            return Owner::Figure;
        }
        let helps = |item: usize| sentence.verbs.iter().any(|verb| verb.begin <= item && item < verb.item);
        let verbs = sentence.verbs.iter().filter(|verb| !matches!(verb.voice, Voice::Noun) && !helps(verb.item));
        let nearest = verbs.min_by_key(|verb| verb.item.abs_diff(at)).map(|verb| verb.item);
        if at.abs_diff(saying) <= 2 || nearest == Some(saying) { Owner::Saying } else { Owner::Figure }
    }
}

/// A decade or a century.
pub(super) fn is_age(date: Date) -> bool {
    let Date::Between(from, to) = date else { return false };
    matches!((from.year, to.year), (Some(from), Some(to)) if to.saturating_sub(from) >= 9)
}
