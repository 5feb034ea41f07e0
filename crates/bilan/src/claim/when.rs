//! Resolves when a figure was said and what it covers.
//!
//! In: a draft, its sentence, its speaker. Out: stated, from, to and scope.
//!
//! "Ormont a affirmé samedi que … à ce jour": Saturday belongs to the saying. "depuis le début de la guerre au
//! milieu du printemps": the second date dates the start, it is no end.

use super::draft::Draft;
use super::speaker::Speaker;
use super::{Date, Partial};
use crate::clause::{Join, Opened, Sentence, Voice};
use crate::mention::{Context, DateMention, Item, What, When};
use crate::pack::{Class, CueClass, Data, Event, How, TimeClass};
use jiff::ToSpan;

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
    /// The dates of each sentence, those of a scene first.
    dated: Vec<Vec<Dated>>,
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
}

impl<'a, 'p> Timing<'a, 'p> {
    /// Looks where the dates of a document stand.
    pub fn new(
        context: Context<'p>,
        shared: &'p crate::pack::Shared,
        sentences: &'a [Sentence<'p>],
        published: Option<Date>,
        events: &'a [&'p Event],
    ) -> Timing<'a, 'p> {
        let timing = Timing { context, shared, sentences, published, events, dated: vec![] };
        let dated = sentences.iter().map(|sentence| timing.dates_of(sentence)).collect();
        Timing { dated, ..timing }
    }

    /// "a revu jeudi le bilan du séisme de mardi": the day of the scene comes first, whatever stands first.
    fn dates_of(&self, sentence: &Sentence<'p>) -> Vec<Dated> {
        let mut dated: Vec<Dated> = sentence
            .items
            .iter()
            .enumerate()
            .filter_map(|(at, item)| match item.what {
                What::Date(number) => {
                    Some(Dated { number: usize::from(number), at, on_scene: self.on_scene(sentence, at) })
                }
                _ => None,
            })
            .collect();
        dated.sort_by_key(|date| (!date.on_scene, date.number));
        dated
    }

    /// Dates of a draft.
    pub fn time(&self, draft: &Draft<'p>, speaker: Option<&Speaker>) -> Time {
        let at = self.sentences[draft.sentence].groups[draft.group].at;
        self.time_at(draft, draft.sentence, at, speaker)
    }

    /// Dates of a draft whose figures stand, or whose heading stands, at an item of a sentence.
    pub fn time_at(&self, draft: &Draft<'p>, index: usize, figure: usize, speaker: Option<&Speaker>) -> Time {
        let sentence = &self.sentences[index];
        let mut time = Time { scope: "", ..Time::default() };
        let saying = speaker.filter(|speaker| speaker.at.0 == index).map(|speaker| speaker.at.1);
        let mut start = None;
        let of_scene = self.dated[index].first().is_some_and(|date| date.on_scene);
        for &Dated { number, at, on_scene } in &self.dated[index] {
            let date = &sentence.dates[number];
            if let (When::At(day), Some(since)) = (date.when, self.begins(sentence, at)) {
                start = Some((day, since, date.end));
                continue;
            }
            let contrast = index == draft.sentence && self.of_contrast(sentence, draft, at);
            if contrast || self.anchors(sentence, at) || self.elsewhere(sentence, draft, at, figure, saying) {
                continue;
            }
            let own = match on_scene {
                true => Owner::Figure,
                false if self.of_report(sentence, at) => Owner::Saying,
                false => self.owner(sentence, at, figure, saying),
            };
            // Of two days, one of which is the scene's, the later one is when it was told.
            let told_later = matches!(date.when, When::At(day) if time.from.zip(time.to).is_some_and(|(from, _)| {
                from.compare(&day) == Some(std::cmp::Ordering::Less)
            }));
            let own = if of_scene && told_later && time.stated.is_none() { Owner::Saying } else { own };
            self.take(&mut time, date, own, saying);
        }
        // "depuis le début de l'invasion": the start is the event's own.
        if time.from.is_none()
            && let Some((date, first, end)) = self.since_event(sentence)
        {
            time.from = Some(date);
            time.scope = if time.scope.is_empty() { "cumulative" } else { time.scope };
            time.words.push(("from", first, end));
            time.told = true;
        }
        if let Some((day, first, end)) = start
            && !time.from.is_some_and(|from| day.holds(from))
        {
            (time.from, time.to, time.scope, time.told) = (Some(day), None, "cumulative", true);
            time.words.push(("from", first, end));
        }
        if time.stated.is_none() && !time.old {
            time.stated = self.published;
        }
        self.finish(&mut time, draft, sentence);
        time
    }

    /// The day of what the document tells of: a full day at its head that stands on a scene ("le séisme de mardi"), else
    /// the first that no word of saying takes.
    pub fn incident(&self) -> Option<Date> {
        let days = |index: usize| {
            let sentence: &Sentence<'p> = &self.sentences[index];
            let full = |item: &crate::mention::Item<'p>| match item.what {
                What::Date(number) => match sentence.dates[number as usize].when {
                    When::At(day @ (Date::At(Partial { day: Some(_), .. }) | Date::Between(..))) => Some(day),
                    _ => None,
                },
                _ => None,
            };
            sentence.items.iter().enumerate().filter_map(move |(at, item)| Some((at, full(item)?)))
        };
        let head = self.sentences.len().min(8);
        let of_scene = (0..head).find_map(|index| {
            days(index).find(|&(at, _)| self.on_scene(&self.sentences[index], at)).map(|(_, day)| day)
        });
        of_scene.or_else(|| {
            (0..head).find_map(|index| {
                let sentence = &self.sentences[index];
                let happens = sentence
                    .items
                    .iter()
                    .any(|item| self.context.is(item, Class::Scene) || self.context.outcome(item).is_some());
                let free = |at: usize| {
                    let said = sentence.items[at.saturating_sub(2)..at]
                        .iter()
                        .any(|item| self.context.is_cue(item, CueClass::Verb));
                    !said && !self.anchors(sentence, at)
                };
                days(index).find(|&(at, _)| happens && free(at)).map(|(_, day)| day)
            })
        })
    }

    /// "un précédent bilan, fourni le 8 août": the date of a report is when its figures were said.
    fn of_report(&self, sentence: &Sentence<'p>, at: usize) -> bool {
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

    /// Whether a date says when a scene was: "le séisme de mardi", "l'explosion survenue jeudi soir".
    fn on_scene(&self, sentence: &Sentence<'p>, at: usize) -> bool {
        for left in (0..at).rev().take(6) {
            let item = &sentence.items[left];
            if self.context.is(item, Class::Scene) {
                return true;
            }
            let finite = sentence
                .verbs
                .iter()
                .any(|verb| verb.item == left && matches!(verb.voice, Voice::Active | Voice::Passive));
            if item.what != What::Words || finite || self.context.outcome(item).is_some() {
                return false;
            }
        }
        false
    }

    /// "depuis le début du conflit en 2001", "depuis l'opération lancée le 11 janvier": the date of the start, and the
    /// token where its words begin.
    fn begins(&self, sentence: &Sentence<'p>, at: usize) -> Option<u32> {
        for (steps, left) in (0..at).rev().take(8).enumerate() {
            let item = &sentence.items[left];
            match item.what {
                What::Date(number) => {
                    let when = sentence.dates[number as usize].when;
                    let close = steps < 6 && matches!(when, When::SinceEvent(_) | When::SinceStart);
                    return close.then_some(item.first);
                }
                What::Words => {}
                // "depuis la reprise des combats, le 27 septembre"
                What::Mark(',') if left + 1 == at => {}
                _ => return None,
            }
            if self
                .context
                .sense(item, |data| matches!(data, Data::Time(time) if time.class == TimeClass::Since).then_some(()))
                .is_some()
            {
                let scene =
                    |item: &Item<'p>| self.context.is(item, Class::Scene) || self.context.is(item, Class::Lasting);
                return sentence.items[left..at].iter().any(scene).then_some(item.first);
            }
        }
        None
    }

    /// A date that dates another noun: "le début de la guerre au milieu du printemps".
    fn anchors(&self, sentence: &Sentence<'p>, at: usize) -> bool {
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
    fn of_contrast(&self, sentence: &Sentence<'p>, draft: &Draft<'p>, at: usize) -> bool {
        let dates = |number: usize, at: usize| {
            let group = &sentence.groups[number];
            group.join == Join::Instead && group.end <= at && at <= group.end + 1
        };
        let dated = |number: usize| self.dated[draft.sentence].iter().any(|date| dates(number, date.at));
        if dated(draft.group) {
            return !dates(draft.group, at);
        }
        (0..sentence.groups.len()).any(|number| dates(number, at))
    }

    /// A date behind another verb, or one that only says which: "la rupture de 1988".
    fn elsewhere(
        &self,
        sentence: &Sentence<'p>,
        draft: &Draft<'p>,
        at: usize,
        figure: usize,
        saying: Option<usize>,
    ) -> bool {
        let date = match sentence.items[at].what {
            What::Date(number) => sentence.dates[number as usize],
            _ => return true,
        };
        let year_only = matches!(date.when, When::At(Date::At(Partial { month: None, .. })));
        let of = at > 0 && self.context.is(&sentence.items[at - 1], Class::Of);
        let (low, high) = (at.min(figure), at.max(figure));
        let own = draft
            .verb
            .filter(|_| sentence.span == self.sentences[draft.sentence].span)
            .map(|verb| sentence.verbs[verb]);
        let finite = |index: usize| {
            let item = &sentence.items[index];
            let aux = self.context.class(item, Class::Have).or(self.context.class(item, Class::Be));
            aux.is_some_and(|(_, tags)| tags.has(crate::pack::Tags::FINITE))
                || sentence
                    .verbs
                    .iter()
                    .any(|verb| verb.item == index && verb.begin == index && verb.voice == Voice::Active)
        };
        let others = (low + 1..high)
            .filter(|&index| own.is_none_or(|own| !(own.begin <= index && index <= own.item)))
            .filter(|&index| saying.is_none_or(|saying| index.abs_diff(saying) > 2))
            .filter(|&index| finite(index))
            .count();
        (year_only && of) || (others > 0 && at > figure)
    }

    /// Whether a date belongs to the word of saying: nearer to it than to the figure, or in its clause.
    fn owner(&self, sentence: &Sentence<'p>, at: usize, figure: usize, saying: Option<usize>) -> Owner {
        let Some(saying) = saying else {
            // "Solvar a publié ses pertes le 9 septembre, quand …": the time of the clause above.
            return Owner::Figure;
        };
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
        let verbs = sentence.verbs.iter().filter(|verb| !matches!(verb.voice, Voice::Noun));
        let nearest = verbs.min_by_key(|verb| verb.item.abs_diff(at)).map(|verb| verb.item);
        if at.abs_diff(saying) <= 2 || nearest == Some(saying) { Owner::Saying } else { Owner::Figure }
    }

    fn take(&self, time: &mut Time, date: &DateMention, owner: Owner, saying: Option<usize>) {
        let mut keep = |field: &'static str| time.words.push((field, date.first, date.end));
        match (date.when, owner) {
            (When::At(day), Owner::Saying) => {
                time.stated = Some(day);
                keep("stated");
            }
            (When::At(day), Owner::Figure) if time.from.is_none() => {
                time.from = Some(day);
                time.to = Some(day);
                // "En 1987, un séisme avait fait 900 morts": told of another time, by nobody knows whom and when.
                let year = self.published.and_then(|date| date.first_day()).map(|day| day.year());
                let long_ago = day.last_day().zip(year).is_some_and(|(day, year)| day.year() < year);
                if long_ago && saying.is_none() {
                    time.scope = "incident";
                    time.old = true;
                    time.told = true;
                    keep("from");
                    return;
                }
                time.scope = if matches!(day, Date::At(Partial { day: Some(_), .. }) | Date::Between(..)) {
                    "incident"
                } else {
                    "period"
                };
                time.told = true;
                keep("from");
            }
            (When::SinceEvent(_) | When::SinceStart, _) => {
                let event = match date.when {
                    When::SinceEvent(_) => date.when.since(self.context.pack, self.shared),
                    _ => self.war().and_then(|event| event.from).map(Date::At),
                };
                if let Some(start) = event {
                    (time.from, time.scope, time.told) = (Some(start), "cumulative", true);
                    time.to = None;
                    keep("from");
                }
            }
            (When::Since(day), _) => {
                (time.from, time.scope, time.told) = (Some(day), "cumulative", true);
                time.to = None;
                keep("from");
            }
            (When::Until(day) | When::Before(day) | When::AsOf(day), _) => {
                time.to = Some(day);
                if time.scope.is_empty() || time.scope == "incident" {
                    time.scope = "cumulative";
                }
                time.told = true;
                keep("to");
            }
            (When::Stretch(from, to), _) => {
                (time.from, time.to, time.scope, time.told) = (Some(from), Some(to), "cumulative", true);
                keep("from");
                keep("to");
            }
            (When::Within(days), _) => {
                time.scope = "period";
                time.told = true;
                keep("from");
                let end = time.stated.or(self.published).and_then(|date| date.only_day());
                if let Some(end) = end {
                    time.to = Some(Date::day(end));
                    time.from = end.checked_sub(i64::from(days).days()).ok().map(Date::day);
                }
            }
            (When::ToDate, _) => {
                if time.scope.is_empty() {
                    time.scope = "cumulative";
                }
                keep("to");
            }
            _ => {}
        }
    }

    /// "depuis le début de l'invasion", "la guerre": the start of the event in focus.
    fn since_event(&self, sentence: &Sentence<'p>) -> Option<(Date, u32, u32)> {
        let since = sentence.items.iter().position(|item| {
            self.context
                .sense(item, |data| matches!(data, Data::Time(time) if time.class == TimeClass::Since).then_some(()))
                .is_some()
        });
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
            Some(id) => self.events.iter().find(|event| event.id == id)?,
            None => self.war()?,
        };
        let item = &sentence.items[at];
        Some((Date::At(event.from?), sentence.items[since.unwrap_or(at)].first, item.end))
    }

    /// What began when "it began": the war that the document is about, and not its latest battle.
    fn war(&self) -> Option<&'p Event> {
        let first = self.events.first()?;
        let within = |event: &&&'p Event| event.kind == "war" && event.sides == first.sides;
        self.events.iter().find(within).or(self.events.first()).copied()
    }

    fn finish(&self, time: &mut Time, draft: &Draft<'p>, sentence: &Sentence<'p>) {
        let rate = sentence.items.iter().any(|item| self.context.is(item, Class::Rate));
        if rate {
            time.scope = "rate";
        }
        let default = match &self.context.pack.entries[draft.outcome_entry as usize].data {
            Data::Outcome(outcome) => outcome.scope.as_deref(),
            _ => None,
        };
        if time.scope.is_empty() {
            time.scope = match default {
                Some("standing") => "standing",
                Some("cumulative") => "cumulative",
                Some("period") => "period",
                _ => "",
            };
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
        if lasting && matches!(time.scope, "" | "cumulative") {
            time.scope = "cumulative";
            time.told = true;
            let war = self.war().filter(|event| event.kind == "war");
            time.from = time.from.or(war.and_then(|event| event.from).map(Date::At));
        }
        if time.scope == "cumulative" && time.to.is_none() {
            time.to = time.stated;
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Owner {
    Saying,
    Figure,
}
