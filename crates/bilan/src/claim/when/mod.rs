//! Resolves when a figure was said and what it covers.
//!
//! In: a draft, its sentence, its speaker. Out: stated, from, to and scope.
//!
//! "Ormont a affirmé samedi que … à ce jour": Saturday belongs to the saying. "depuis le début de la guerre au
//! milieu du printemps": the second date dates the start, it is no end.

mod days;
mod older;
mod own;
mod owner;
mod placed;
mod take;
mod written;

pub use written::day_of_writing;

use super::draft::Draft;
use super::speaker::Speaker;
use super::{Date, Partial};
use crate::clause::{Sentence, VerbKind, Voice};
use crate::mention::{Context, DateMention, What, When};
use crate::pack::{Class, CueClass, Data, Event, How, Mask, TimeClass};
use days::Days;
use owner::Owner;
use placed::Placed;
use std::cmp::Ordering;
use take::Kind;

/// Items between a figure and a word that says that it is still so.
const STILL: usize = 6;

/// When a figure was said, and what it covers.
#[derive(Clone, Debug, Default)]
pub struct Time {
    /// When it was said.
    pub stated: Option<Date>,
    /// First day covered.
    pub from: Option<Date>,
    /// Last day covered.
    pub to: Option<Date>,
    /// Key of `[scope]`.
    pub scope: &'static str,
    /// Tokens of the words, by field.
    pub words: Vec<(&'static str, u32, u32)>,
    /// Told of another time than the report's.
    pub old: bool,
    /// The period was told, not assumed.
    pub told: bool,
    /// So many days that end when it was said.
    pub(super) within: Option<When>,
    /// Of the stretch of the figure before it, in the year that it tells.
    pub(super) again: bool,
}

/// What a document tells about time.
pub struct Timing<'a, 'p> {
    /// Text, tokens, pack.
    pub context: Context<'p>,
    /// Facts.
    pub shared: &'p crate::pack::Shared,
    /// All sentences.
    pub sentences: &'a [Sentence<'p>],
    /// Day of publication.
    pub published: Option<Date>,
    /// Events that the document can be about.
    pub events: &'a [&'p Event],
    /// Days that are told from others.
    placed: Placed,
    /// The dates of each sentence, those of a scene first.
    dated: Vec<Vec<Dated>>,
    /// The days on which things happened.
    days: Days,
}

/// A date where it stands.
#[derive(Clone, Copy)]
struct Dated {
    /// Index into the sentence's dates.
    number: usize,
    /// Its item.
    at: usize,
    /// It says when a scene was: "le séisme de mardi".
    on_scene: bool,
    /// What it says, where the document tells what it is told from.
    when: When,
}

impl<'a, 'p> Timing<'a, 'p> {
    /// Looks where the dates of a document stand.
    pub fn new(
        finding: &super::find::Finding<'p>,
        (sentences, asides): (&'a [Sentence<'p>], &[Sentence<'p>]),
        events: &'a [&'p Event],
    ) -> Timing<'a, 'p> {
        let (context, shared, published) = (finding.context, finding.shared, finding.published);
        let (dated, days, placed) = (vec![], Days::default(), Placed::new(&context, (sentences, asides), published));
        let timing = Timing { context, shared, sentences, published, events, placed, dated, days };
        let dated = sentences.iter().map(|sentence| timing.dates_of(sentence)).collect();
        let timing = Timing { dated, ..timing };
        let mut timing = Timing { days: timing.days(asides), ..timing };
        timing.lendable();
        timing
    }

    /// "a revu jeudi le bilan du séisme de mardi": the day of the scene comes first, whatever stands first.
    fn dates_of(&self, sentence: &Sentence<'p>) -> Vec<Dated> {
        if sentence.dates.is_empty() {
            return vec![];
        }
        let mut dated: Vec<Dated> = sentence
            .items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| match item.what {
                What::Date(number) => {
                    let number = usize::from(number);
                    let when = self.placed.when(sentence, number);
                    Some(Dated { number, at, on_scene: self.on_scene(sentence, at), when })
                }
                _ => None,
            })
            .collect();
        dated.sort_by_key(|date| (!date.on_scene, date.number));
        dated
    }

    /// Dates of a draft whose figures stand, or whose heading stands, at an item of a sentence. `said`: when its speaker
    /// has spoken before.
    pub fn time(
        &self,
        draft: &Draft<'p>,
        (index, figure): (usize, usize),
        speaker: Option<&Speaker>,
        said: Option<Date>,
    ) -> Time {
        let sentence = &self.sentences[index];
        let mut time = Time { scope: "", ..Time::default() };
        let saying = speaker.filter(|speaker| speaker.at.0 == index).map(|speaker| speaker.at.1);
        // How far from the figure the day stands on which it was counted.
        let (mut start, mut counted) = (None, None);
        if let Some(day) = self.attacked_on(sentence, figure) {
            (time.from, time.to, time.scope, time.told) = (Some(day), Some(day), "incident", true);
        }
        let of_scene = time.told || self.dated[index].first().is_some_and(|date| date.on_scene);
        let older = self.is_older(sentence, draft, figure, saying);
        // The lines of a bulletin have no date of their own.
        let dated = &self.dated[index];
        let one = if dated.is_empty() { None } else { self.is_of_one_scene(sentence, draft) };
        let chosen = if dated.is_empty() { None } else { self.own_date(index, figure) };
        let stretch = if dated.is_empty() { None } else { self.own_stretch(index, figure) };
        for &Dated { number, at, on_scene, when } in dated {
            let date = &DateMention { when, ..sentence.dates[number] };
            if own::is_stretch(when) && stretch.is_some_and(|own| own != at) {
                continue;
            }
            // "la plus meurtrière depuis celle de 2028, qui avait fait 44 morts": only what stands behind it is of 2028.
            let measures = self.measures(sentence, at);
            let date = &match date.when {
                When::Since(day) if measures => DateMention { when: When::At(day), ..*date },
                _ => *date,
            };
            let told_of =
                || matches!(date.when, When::At(day) if !owner::is_age(day)) && self.tells_of(sentence, at, figure);
            if measures && !told_of() {
                continue;
            }
            if let (When::At(day), Some(since), false) = (date.when, self.begins(sentence, at), measures) {
                start = Some((day, since, date.end));
                continue;
            }
            let contrast = index == draft.sentence && self.of_contrast(sentence, draft, at);
            let anchors = matches!(date.when, When::At(_)) && self.anchors(sentence, at);
            let elsewhere = || chosen != Some(at) && self.elsewhere(sentence, draft, at, figure, saying);
            if contrast || anchors || elsewhere() {
                continue;
            }
            let own = match on_scene {
                true => Owner::Figure,
                false if self.is_night(sentence, at) => Owner::Figure,
                false if self.of_report(sentence, at) => Owner::Saying,
                false => self.owner(sentence, at, figure, saying),
            };
            // Of two days, one of which is the scene's, the later one is when it was told.
            let told_later = matches!(date.when, When::At(day) if time.from.zip(time.to).is_some_and(|(from, _)| {
                from.compare(&day) == Some(Ordering::Less)
            }));
            let own = if of_scene && told_later && time.stated.is_none() { Owner::Saying } else { own };
            // "Samedi matin, le bilan était de 28 morts": the mine blew up on Friday.
            let counted_later = !on_scene
                && matches!(date.when, When::At(day) if self.is_later(&day) && day.only_day().is_some())
                && self.is_count(sentence, draft, at);
            if counted_later && time.stated.is_some() && counted.is_some_and(|before| before <= at.abs_diff(figure)) {
                continue;
            }
            let own = if counted_later { Owner::Saying } else { own };
            counted = if counted_later { Some(at.abs_diff(figure)) } else { counted };
            // "dimanche et lundi": from the first to the second.
            let joined = at >= 2
                && self.context.is(&sentence.items[at - 1], Class::And)
                && matches!(sentence.items[at - 2].what, What::Date(_));
            if let (When::At(day), true, Owner::Figure) = (date.when, joined && time.from.is_some(), own) {
                let first = time.from.and_then(|from| from.first_day());
                // "le 4 mai et le 7 octobre 2023": of two days in no order each is another's.
                if first.zip(day.last_day()).is_some_and(|(first, last)| first <= last) {
                    time.to = Some(day);
                    time.words.push(("to", date.first, date.end));
                }
                continue;
            }
            if chosen.is_some_and(|chosen| chosen != at) && own == Owner::Figure && matches!(date.when, When::At(_)) {
                continue;
            }
            let lasting =
                sentence.items[at.saturating_sub(4)..at].iter().any(|item| self.context.is(item, Class::Lasting));
            self.take(&mut time, date, own, saying, Kind { lasting, one, older });
        }
        // "depuis le début de l'invasion": the start is the event's own.
        if time.from.is_none()
            && let Some((event, first, end)) = self.since_event(sentence)
        {
            time.from = event.from.map(Date::At);
            time.scope = if time.scope.is_empty() { "cumulative" } else { time.scope };
            // "la guerre d'Aure a fait 120 000 morts": it is over.
            let over = event
                .to
                .map(Date::At)
                .filter(|to| self.published.is_none_or(|day| to.compare(&day) == Some(Ordering::Less)));
            time.to = time.to.or(over.filter(|_| event.lasts()));
            time.words.push(("from", first, end));
            time.told = true;
        }
        if let Some((day, first, end)) = start
            && !time.from.is_some_and(|from| day.holds(from))
        {
            (time.from, time.to, time.scope, time.told) = (Some(day), None, "cumulative", true);
            time.words.push(("from", first, end));
        }
        time.old |= time.stated.is_none() && older;
        if time.stated.is_none() && !time.old {
            time.stated = said.or(self.published);
        }
        // "En avril, six personnes avaient péri": one event, told again.
        let month = matches!(time.from, Some(Date::At(Partial { month: Some(_), day: None, .. })));
        if time.scope == "period" && time.old && month && time.from == time.to {
            time.scope = "incident";
        }
        time.again = index == draft.sentence && self.is_same_stretch(sentence, draft);
        time.look_back();
        self.finish(&mut time, draft, sentence);
        time
    }

    /// A count, and nothing that happens: "le bilan était de 28 morts", "47 corps ont été retirés".
    fn is_count(&self, sentence: &Sentence<'p>, draft: &Draft<'p>, at: usize) -> bool {
        // What can be given back was found, and died before.
        let entry = &self.context.pack.entries[draft.outcome_entry as usize];
        let bodies = matches!(&entry.data, Data::Outcome(outcome) if outcome.turn.iter().any(|turn| turn.handed));
        let verb = draft.verb.map(|verb| self.sentences[draft.sentence].verbs[verb]);
        let happens = verb.is_some_and(|verb| {
            verb.kind == VerbKind::Cause
                || (verb.kind == VerbKind::Outcome && matches!(verb.voice, Voice::Active | Voice::Passive))
        });
        let says = || {
            let before = sentence.items[at.saturating_sub(3)..at].iter();
            before.into_iter().any(|item| self.context.is_cue(item, CueClass::Verb))
        };
        bodies || (!happens && (self.reports(sentence) || says()))
    }

    /// "depuis le début de l'invasion", "la guerre": the start of the event in focus.
    fn since_event(&self, sentence: &Sentence<'p>) -> Option<(&'p Event, u32, u32)> {
        let since = sentence.items.iter().position(|item| item.mask.times & (1 << TimeClass::Since as u64) != 0);
        if since.is_none() && !sentence.may_be(Mask::NAME) {
            return None;
        }
        let (at, named) = match since {
            Some(since) => (since..sentence.items.len()).take(6).find_map(|at| {
                let item = &sentence.items[at];
                if let Some((_, _, name)) = self.context.name(item).filter(|(_, _, name)| name.how == How::Event) {
                    return Some((at, Some(name.id.as_str())));
                }
                self.context.is(item, Class::Scene).then_some((at, None))
            })?,
            None => sentence.items.iter().enumerate().find_map(|(at, item)| {
                self.context
                    .name(item)
                    .filter(|(_, _, name)| name.how == How::Event)
                    .map(|(_, _, name)| (at, Some(name.id.as_str())))
            })?,
        };
        let event = match named {
            // A war that is over is not what the document is about, and has its days.
            Some(id) => {
                let past = self.shared.events.get(id).filter(|event| event.lasts());
                self.events.iter().copied().find(|event| event.id == id).or(past)?
            }
            None => self.war()?,
        };
        event.from?;
        let item = &sentence.items[at];
        Some((event, sentence.items[since.unwrap_or(at)].first, item.end))
    }

    /// What began when "it began": the war that the document is about, and not its latest battle.
    pub fn war(&self) -> Option<&'p Event> {
        let first = self.events.first()?;
        let within = |event: &&&'p Event| event.kind == "war" && event.sides == first.sides;
        self.events.iter().find(within).or(self.events.first()).copied()
    }

    /// Whether a word of the clause says that what is told is so when it is said.
    fn is_still_so(&self, draft: &Draft<'p>, sentence: &Sentence<'p>) -> bool {
        if sentence.span != self.sentences[draft.sentence].span {
            return false;
        }
        let group = &sentence.groups[draft.group];
        let behind =
            sentence.items[group.end..].iter().take(STILL).take_while(|item| !matches!(item.what, What::Mark(_)));
        let before =
            sentence.items[..group.at].iter().rev().take(STILL / 2).take_while(|item| item.what == What::Words);
        before.chain(behind).any(|item| self.context.is_time(item, TimeClass::Still))
    }

    fn finish(&self, time: &mut Time, draft: &Draft<'p>, sentence: &Sentence<'p>) {
        if sentence.may_have(Class::Rate) && sentence.items.iter().any(|item| self.context.is(item, Class::Rate)) {
            time.scope = "rate";
        }
        let default = match &self.context.pack.entries[draft.outcome_entry as usize].data {
            Data::Outcome(outcome) => outcome.scope.as_deref(),
            _ => None,
        };
        let kind = self.shared.kinds.outcome.get(draft.outcome);
        let default = default.or(kind.is_some_and(|kind| kind.standing).then_some("standing"));
        // "Sur 251 personnes enlevées le 7 mai, 103 sont toujours retenues": so many now.
        if kind.is_some_and(|kind| kind.stays) && self.is_still_so(draft, sentence) {
            (time.scope, time.from, time.to, time.told) = ("standing", None, None, true);
            time.words.retain(|(field, ..)| *field == "stated");
            time.stated = time.stated.or(self.published);
        }
        if time.scope.is_empty() {
            time.scope = match default {
                Some("standing") => "standing",
                Some("cumulative") => "cumulative",
                Some("period") => "period",
                _ => "",
            };
        }
        // "confrontés depuis 2029 …, malgré 4 800 soldats": as many as there are now.
        if (time.scope, default) == ("cumulative", Some("standing")) {
            (time.scope, time.from, time.to) = ("standing", None, None);
        }
        if matches!((time.scope, default), ("period" | "incident", Some("cumulative" | "standing"))) {
            time.scope = if default == Some("standing") { "standing" } else { "cumulative" };
            if time.scope == "cumulative" {
                time.to = None;
            }
        }
        // "dans la guerre … à ce jour": a running total of a war runs from its start.
        if time.scope == "cumulative"
            && time.from.is_none()
            && sentence.may_have(Class::Lasting)
            && let Some(event) = self.war()
            && let Some(scene) = sentence.items.iter().position(|item| self.context.is(item, Class::Lasting))
        {
            let span = &sentence.items[scene];
            time.from = event.from.map(Date::At);
            time.words.push(("from", span.first, span.end));
            time.told = true;
        }
        // "La guerre a déjà fait 20 000 morts": what lasts is counted from its start.
        let lasting = sentence.verbs.iter().any(|verb| sentence.is_of_lasting(&self.context, verb));
        // "Le 24 juin 1859 […] La bataille aurait fait 5 000 morts": one of a day long ago is over.
        let then = self.days.long_ago.filter(|day| day.only_day().is_some() && time.from.is_none());
        if let Some(day) = then.filter(|_| lasting && matches!(time.scope, "" | "cumulative")) {
            (time.from, time.to, time.scope, time.told) = (Some(day), Some(day), "incident", true);
        } else if lasting && matches!(time.scope, "" | "cumulative") {
            time.scope = "cumulative";
            time.told = true;
            let war = self.war().filter(|event| event.kind == "war");
            time.from = time.from.or(war.and_then(|event| event.from).map(Date::At));
        }
        if time.scope == "cumulative" && time.to.is_none() {
            time.to = time.stated;
        }
        if time.scope == "standing" && time.from.is_none() {
            let moment = self.days.long_ago.or(time.stated);
            (time.from, time.to) = (moment, moment);
        }
    }
}
