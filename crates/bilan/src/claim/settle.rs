//! Settles the drafts of a document: who gives each, whose it is, which days it covers.
//!
//! In: drafts in order, who is heard, the document's events and home. Out: [`Settled`] drafts, ready to be claims.
//!
//! A bulletin opens with a dated total; the tanks of its third sentence have no date of their own and lean on it. So
//! nothing is settled before the whole document has been heard, and each draft sees those before it.

use super::draft::Draft;
use super::find::Finding;
use super::home::Home;
use super::side::{Side, Siding};
use super::speaker::{Offices, Speaker, Speakers, Stance};
use super::when::{Time, Timing};
use super::{Date, Value, host};
use crate::clause::{Group, Join, Sentence};
use crate::pack::{Class, Data, Event};
use rustc_hash::FxHashMap;

/// Days after which what was said is no news.
const RECENT: i32 = 3;

/// Items from a figure to the ranks in which so many fell.
const RANKS: usize = 8;

/// A draft whose symbols have become names.
pub(super) struct Settled<'p> {
    pub draft: Draft<'p>,
    /// Who puts the figure forward.
    pub speaker: Option<Speaker>,
    /// Who contests it, and by which word.
    pub contests: Option<Speaker>,
    pub side: Side,
    pub time: Time,
}

/// What is known while the drafts of a document are settled.
pub(super) struct Settling<'a, 'p> {
    pub finding: &'a Finding<'p>,
    pub sentences: &'a [Sentence<'p>],
    pub speakers: &'a Speakers,
    pub siding: Siding<'a, 'p>,
    pub timing: Timing<'a, 'p>,
    /// The party whose site or channel the document was published on.
    pub host: Option<&'p str>,
    /// Countries of offices.
    offices: Offices<'a, 'p>,
    /// Those before.
    pub settled: Vec<Settled<'p>>,
    /// The first of them whose days are told.
    pub first_told: Option<usize>,
    /// What each speaker has given.
    voices: FxHashMap<String, Given>,
    /// The first that each word of saying gave, by its sentence and item.
    words: FxHashMap<(usize, usize), usize>,
}

/// What a speaker has given, among those settled.
struct Given {
    first: usize,
    /// The last running total with a period that he opened.
    opened: Option<usize>,
}

impl<'a, 'p> Settling<'a, 'p> {
    /// Settles every draft, in order.
    pub fn settle(
        finding: &'a Finding<'p>,
        (sentences, asides): (&'a [Sentence<'p>], &[Sentence<'p>]),
        speakers: &'a Speakers,
        (events, home): (&'a [&'p Event], &'a Home),
        drafts: Vec<Draft<'p>>,
    ) -> Vec<Settled<'p>> {
        let (context, shared) = (finding.context, finding.shared);
        let timing = Timing::new(finding, (sentences, asides), events);
        let siding = Siding { context, shared, sentences, events, home };
        let host = finding.url.and_then(|url| shared.sites.host(url));
        let mut settling = Settling {
            finding,
            sentences,
            speakers,
            siding,
            timing,
            host,
            offices: Offices::new(finding, sentences, home),
            settled: Vec::with_capacity(drafts.len()),
            first_told: None,
            voices: FxHashMap::default(),
            words: FxHashMap::default(),
        };
        for draft in drafts {
            let next = settling.next(draft);
            settling.remember(&next);
            settling.settled.push(next);
        }
        settling.echo();
        settling.part_with_whole();
        settling.whole_with_parts();
        settling.settled
    }

    /// Keeps what those that come later ask of the next one.
    fn remember(&mut self, next: &Settled<'p>) {
        let number = self.settled.len();
        self.first_told = self.first_told.or(Some(number).filter(|_| next.time.told));
        let Some(speaker) = &next.speaker else { return };
        self.words.entry(speaker.at).or_insert(number);
        let Some(id) = &speaker.id else { return };
        // Few voices give most figures.
        if !self.voices.contains_key(id) {
            self.voices.insert(id.clone(), Given { first: number, opened: None });
        }
        let Some(given) = self.voices.get_mut(id).filter(|_| next.time.told) else { return };
        // "dont 1 140 en 24 heures": what a total opened no increment closes.
        match next.time.scope {
            "cumulative" => given.opened = Some(number),
            "period" => given.opened = given.opened.or(Some(number)),
            _ => {}
        }
    }

    fn next(&self, draft: Draft<'p>) -> Settled<'p> {
        let voice = self.speaker(&draft);
        let side = self.siding.side(&draft, voice.as_ref(), &self.settled);
        let said = self.said(voice.as_ref());
        let at = (draft.sentence, self.group(&draft).at);
        let mut time = self.timing.time(&draft, at, voice.as_ref(), said);
        if let Some(heading) = draft.heading.filter(|_| !time.told) {
            let of_heading = self.timing.time(&draft, heading, voice.as_ref(), said);
            time = Time { words: vec![], ..of_heading };
        }
        self.lean(&mut time, &draft, voice.as_ref());
        self.since_the_war(&mut time, &draft, &side);
        if time.scope == "incident" && time.from.is_none() && draft.join != Join::Instead {
            let first = self.sentences[draft.sentence].items[at.1].first;
            self.timing.lend(&mut time, draft.sentence, first);
        }
        self.release(&mut time, &draft, voice.as_ref());
        self.timing.leave_history(&mut time, voice.is_some());
        let (speaker, contests) = match voice.as_ref().map_or(Stance::Gives, |voice| voice.stance) {
            Stance::Gives => (voice, None),
            Stance::Silent => (self.author(&draft), None),
            Stance::Contests => (self.author(&draft), voice),
        };
        Settled { draft, speaker, contests, side, time }
    }

    /// Who gives a figure that somebody else contests, or says nothing of.
    fn author(&self, draft: &Draft<'p>) -> Option<Speaker> {
        let sentence = &self.sentences[draft.sentence];
        let mut author = self.speakers.author(sentence, draft.sentence, sentence.groups[draft.group].at)?;
        self.offices.place(&mut author, draft.sentence);
        Some(author)
    }

    /// Who gives a figure: whoever is heard where it stands, else at its heading, else at the head of its list, else who
    /// publishes the document.
    fn speaker(&self, draft: &Draft<'p>) -> Option<Speaker> {
        let sentence = &self.sentences[draft.sentence];
        let heard = self.speakers.is_heard(draft.sentence);
        let here = || self.speakers.at(sentence, draft.sentence, sentence.groups[draft.group].at);
        let mut speaker = match draft.heading.filter(|_| !heard) {
            Some((index, item)) => self.speakers.at(&self.sentences[index], index, item),
            None => here(),
        };
        speaker.take_if(|speaker| self.only_has(speaker, draft));
        if speaker.is_none() && !heard {
            speaker = draft.leans.and_then(|left| self.settled.get(left)?.speaker.clone());
            speaker = speaker.or_else(|| self.host.map(|host| host::speaks(host, draft.sentence)));
        }
        if let Some(speaker) = &mut speaker {
            self.offices.place(speaker, draft.sentence);
        }
        speaker
    }

    /// The day on which a speaker spoke, where the document told it before: "a annoncé mercredi le ministre. […] a-t-il ajouté".
    fn said(&self, speaker: Option<&Speaker>) -> Option<Date> {
        let speaker = speaker?;
        let same_word = self.words.get(&speaker.at).copied();
        let same_voice = speaker.id.as_ref().and_then(|id| self.voices.get(id)).map(|given| given.first);
        let first = same_word.into_iter().chain(same_voice).min()?;
        let before = Some(&self.settled[first]).filter(|first| !first.time.old)?;
        let day = before.time.stated.filter(|stated| stated.only_day().is_some())?;
        let ago = self.finding.published?.only_day()? - day.only_day()?;
        (0..=RECENT).contains(&ago.get_days()).then_some(day)
    }

    /// The last running total with a period that a speaker opened.
    pub(super) fn opened(&self, speaker: &Speaker) -> Option<&Settled<'p>> {
        let opened = self.voices.get(speaker.id.as_deref()?)?.opened?;
        Some(&self.settled[opened])
    }

    /// "la mission compte 900 soldats", "compterait 900 morts dans ses rangs": it has them, and gives no figure.
    fn only_has(&self, speaker: &Speaker, draft: &Draft<'p>) -> bool {
        let entry = speaker.cue.and_then(|cue| self.finding.context.pack.entries.get(cue as usize));
        let holds = entry.is_some_and(|entry| matches!(&entry.data, Data::Cue(cue) if cue.holds));
        let standing = || self.finding.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.standing);
        let ranks = || {
            let mut behind = self.sentences[draft.sentence].items[self.group(draft).end..].iter().take(RANKS);
            behind.any(|item| self.finding.context.is(item, Class::Ranks))
        };
        holds && (standing() || ranks())
    }

    pub(super) fn group(&self, draft: &Draft<'p>) -> &'a Group<'p> {
        &self.sentences[draft.sentence].groups[draft.group]
    }

    pub(super) fn value(&self, draft: &Draft<'p>) -> Value {
        self.group(draft).value
    }
}
