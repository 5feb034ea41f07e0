//! Resolves the symbols of sides, once the speaker is known.
//!
//! In: a draft, its speaker, the drafts settled before it. Out: its [`Side`].
//!
//! "L'ennemi a perdu 300 hommes" means another side in each mouth; and where no word tells whose the dead are, the one
//! who counts them may: a ministry of health counts its own.

use super::super::draft::Draft;
use super::super::settle::Settled;
use super::super::speaker::{OFFICE, Speaker};
use super::{Side, Siding, Slot};
use crate::clause::{Naming, root, together};
use crate::kinds::{PartyKind, Trait};
use crate::mention::What;
use crate::pack::{Arc, Class, Data, How, Outcome};

/// A draft whose side no word tells, and what may tell it all the same.
struct Open<'a, 'p> {
    draft: &'a Draft<'p>,
    outcome: &'p Outcome,
    /// Who gives the figure.
    id: Option<&'a str>,
    what: PartyKind,
    /// The text names its country.
    sure: bool,
    cue: Option<u32>,
}

/// How many sentences back the topic may stand.
const TOPIC: usize = 2;

/// A root, what it adds to the score, and the name of the rule.
type Found = (String, i32, &'static str);

impl<'p> Siding<'_, 'p> {
    /// Whose people or things a draft counts.
    pub fn side(&self, draft: &Draft<'p>, speaker: Option<&Speaker>, settled: &[Settled<'p>]) -> Side {
        let (slot, words, rule) = self.slot(draft, settled);
        let left = match slot {
            Slot::SameAs(left) => settled.get(left).map(|left| &left.side),
            _ => None,
        };
        let mut side =
            Side { words: words.or(left.and_then(|left| left.words)), rule, ..self.resolve(&slot, speaker, left) };
        if let Some(each) = self.each(draft) {
            (side.roots, side.score) = (each, 2);
        }
        if side.is_open() || matches!(rule, "home" | "place") {
            let found = self.open(draft, speaker).and_then(|open| {
                let counts = self.own_people(&open);
                let told = || {
                    let told = self.admitted(&open).or_else(|| self.own_soldiers(&open));
                    let topic = || if rule == "untold" { self.topic(&open, settled) } else { None };
                    told.or_else(|| self.announced(&open))
                        .or_else(|| self.only_army(&open))
                        .or_else(topic)
                        .or_else(|| self.counted_own(&open))
                };
                // What the document's country only lets suppose, who counts tells better.
                // An army admits its own, wherever they fell.
                let army = || self.admitted(&open).filter(|_| open.what.fights);
                match rule {
                    "home" => army().or(counts),
                    // "2 900 morts en Turquie et 1 200 en Syrie, selon l'agence turque": not its own.
                    "place" => army().or(counts.filter(|_| open.sure && !self.is_told_beside(open.draft))),
                    _ => counts.or_else(told),
                }
            });
            let found = found.or_else(|| if side.is_open() { self.hostages(draft, settled) } else { None });
            if let Some((root, score, rule)) = found {
                (side.roots, side.score, side.rule) = (vec![Some(root)], side.score + score, rule);
            }
        }
        side.head = left.filter(|_| side.rule == "list").map_or(side.rule, |left| left.head);
        let left = left.is_some_and(|left| left.soldiers);
        let army = speaker.and_then(|speaker| speaker.id.as_deref());
        let at_war = self.events.first().is_some_and(|event| event.has_two_sides());
        let army = at_war && army.is_some_and(|id| self.context.pack.kind_of(self.shared, id).fights);
        // "le nombre de Libanais tués": a people by its name is no army.
        let people = side.words.is_some_and(|(index, first, _)| {
            self.sentences[index].parties.iter().any(|party| {
                let item = &self.sentences[index].items[party.first];
                item.first == first && party.how == Naming::Adjective && self.context.is_capital(item)
            })
        });
        let counts = || {
            left || (self.counts_soldiers(draft, side.rule) && !(people && side.rule == "complement"))
                || (army && side.rule == "admits")
        };
        side.soldiers = match self.shared.kinds.is(draft.counted, Trait::Bare) {
            true => self.is_of_armed_group(draft) || draft.thing.is_none() && counts(),
            false => self.may_be_soldiers(draft) && self.counts_soldiers(draft, side.rule),
        };
        side
    }

    /// Turns a slot into a side, once the speaker is known.
    fn resolve(&self, slot: &Slot, speaker: Option<&Speaker>, left: Option<&Side>) -> Side {
        let own =
            || speaker.and_then(|speaker| speaker.id.as_deref()).map(root).filter(|root| self.shared.is_side(root));
        let (root, score) = match slot {
            Slot::Known(root) => (Some(root.clone()), 2),
            Slot::Nobody => (Some("-".to_owned()), 1),
            Slot::Country(country) => (Some(country.clone()), 0),
            Slot::Untold => (None, 0),
            Slot::SameAs(_) => match left {
                Some(left) => return Side { score: left.score - 1, ..left.clone() },
                None => (None, -1),
            },
            Slot::Speaker => (own().map(str::to_owned), 1),
            Slot::EnemyOfSpeaker => (own().and_then(|own| self.enemy_of(own)), 0),
            Slot::OtherThan(agent) => (self.enemy_of(agent), 0),
            Slot::Sides => {
                let war = self.events.iter().find(|event| event.has_two_sides());
                (war.map(|war| together(war.sides.iter().map(String::as_str))), 0)
            }
        };
        Side { roots: vec![root], words: None, score, rule: "untold", head: "untold", soldiers: false }
    }

    fn open<'a>(&self, draft: &'a Draft<'p>, speaker: Option<&'a Speaker>) -> Option<Open<'a, 'p>> {
        let Data::Outcome(outcome) = &self.context.pack.entries[draft.outcome_entry as usize].data else { return None };
        let id = speaker.and_then(|speaker| speaker.id.as_deref());
        let what = id.map(|id| self.context.pack.kind_of(self.shared, id)).unwrap_or_default();
        let sure = speaker.is_some_and(|speaker| speaker.confidence > OFFICE);
        Some(Open { draft, outcome, id, what, sure, cue: speaker.and_then(|speaker| speaker.cue) })
    }

    /// Ministries of health, rescuers and mayors count the people of their own country.
    fn own_people(&self, open: &Open<'_, '_>) -> Option<Found> {
        let counted = open.draft.counted;
        let people = self.shared.kinds.is_people(counted) == Some(true) && self.shared.kinds.is_placed(counted);
        // Where no states fight, who governs counts his own people too.
        let peace = !self.events.iter().any(|event| event.has_two_sides());
        let governs = |id: &str| open.what.governs && peace && !self.is_abroad(open.draft, root(id));
        let counts = |id: &&str| open.what.own || governs(id);
        let own = open.id.filter(|id| people && self.shared.is_country(root(id))).filter(counts)?;
        Some((root(own).to_owned(), 0, "own-people"))
    }

    /// Whether the country stands right behind those who are counted.
    fn is_told_beside(&self, draft: &Draft<'p>) -> bool {
        let sentence = &self.sentences[draft.sentence];
        self.right_behind(sentence, &sentence.groups[draft.group]).is_some()
    }

    /// "Le président karsénien a affirmé que les combats en Miravie avaient fait 700 victimes": of another country.
    fn is_abroad(&self, draft: &Draft<'p>, own: &str) -> bool {
        let sentence = &self.sentences[draft.sentence];
        sentence.items.iter().enumerate().any(|(at, item)| {
            let inside = at > 0 && self.context.is(&sentence.items[at - 1], Class::In);
            let name = self.context.name(item).filter(|_| inside);
            name.is_some_and(|(_, _, name)| match name.how {
                How::Place => name.disputed || root(&name.id) != own,
                How::Country => root(&name.id) != own,
                _ => false,
            })
        })
    }

    /// "L'armée a porté à 40 le nombre des civils tués": where nothing else tells, a state that counts the dead counts its
    /// own; of the enemy it says "éliminés".
    fn counted_own(&self, open: &Open<'_, '_>) -> Option<Found> {
        let draft = open.draft;
        let suffers = self.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.bodily);
        let people = self.shared.kinds.is_people(draft.counted) == Some(true);
        let own = open.id.map(root).filter(|root| self.shared.is_country(root))?;
        let abroad = self.is_abroad(draft, own);
        (suffers && people && !open.outcome.enemy && !abroad).then(|| (own.to_owned(), -2, "mourned"))
    }

    /// "a reconnu la mort de onze soldats": one admits the loss of one's own.
    fn admitted(&self, open: &Open<'_, '_>) -> Option<Found> {
        let admits = matches!(&self.context.pack.entries[open.cue? as usize].data, Data::Cue(cue) if cue.own);
        let own = open.id.map(root).filter(|own| admits && self.shared.is_side(own))?;
        Some((own.to_owned(), 0, "admits"))
    }

    /// Soldiers whose side nobody tells are those of the army that counts them, or of the country it happened in; not
    /// where two states fight and either could be meant.
    fn own_soldiers(&self, open: &Open<'_, '_>) -> Option<Found> {
        let draft = open.draft;
        if !self.shared.kinds.is(draft.counted, Trait::Armed) {
            return None;
        }
        let suffers = self.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.own);
        // Of the enemy one says "éliminés".
        let suffers = suffers && !open.outcome.enemy && draft.arc != Arc::Object;
        let own = open.id.map(root).filter(|root| suffers && self.shared.is_country(root));
        // "la coalition publie chaque soir : 130 rebelles tués": an army in a country that is not its own.
        let away = own.zip(self.home.country.as_deref()).is_some_and(|(own, home)| own != home && open.what.fights);
        let own = own.filter(|_| !away || draft.arc == Arc::Complement).map(str::to_owned);
        // "l'armée annonce la mort de deux réservistes": its own; of the enemy it announces the elimination.
        let mourned = own.is_some() && draft.arc == Arc::Complement && !open.outcome.enemy;
        let group = &self.sentences[draft.sentence].groups[draft.group];
        let here = || self.place(draft.sentence, group).map(|(country, _)| country).or(self.home.country.clone());
        let country = own.or_else(here)?;
        // In a war of two others either side may be meant.
        let others = self.events.first().is_some_and(|event| event.has_two_sides() && !event.is_fought_by(&country));
        (mourned || !(others || self.fights(&country))).then_some((country, -1, "own-soldiers"))
    }

    /// What an army at war says was shot down, destroyed or eliminated, by nobody named, is the enemy's: of its own it says
    /// "perdu".
    fn announced(&self, open: &Open<'_, '_>) -> Option<Found> {
        let army = open.id.filter(|_| open.outcome.enemy && open.what.fights)?;
        // Against armed groups the enemy is of no country.
        let groups = || self.home.groups.then(|| "-".to_owned());
        let enemy = self.enemy_of(root(army)).or_else(groups)?;
        Some((enemy, -1, "announced"))
    }

    /// "Le retrait coûte cher à l'armée karsénienne : 480 soldats abattus par jour": the one army that the sentence names
    /// beside who speaks.
    fn only_army(&self, open: &Open<'_, '_>) -> Option<Found> {
        if !self.shared.kinds.is(open.draft.counted, Trait::Armed) {
            return None;
        }
        let sentence = &self.sentences[open.draft.sentence];
        let at = sentence.groups[open.draft.group].at;
        sentence.items[..at].iter().find(|item| item.what == What::Mark(':'))?;
        let own = open.id.map(root);
        let parties = sentence.parties.iter().filter(|party| party.end <= at && self.side_of(party).is_some());
        let mut roots = parties.filter_map(|party| party.root()).filter(|root| Some(*root) != own);
        let first = roots.next()?;
        roots.all(|other| other == first).then(|| (first.to_owned(), -1, "only-army"))
    }

    /// "Nous connaissons les noms de 900 soldats tués": soldiers whose side nobody tells are those that the same voice
    /// told of just before.
    fn topic(&self, open: &Open<'_, '_>, settled: &[Settled<'p>]) -> Option<Found> {
        let armed = |draft: &Draft<'_>| self.shared.kinds.is(draft.counted, Trait::Armed);
        let near = |before: &&Settled<'p>| before.draft.sentence + TOPIC >= open.draft.sentence;
        let before = settled.iter().rev().take_while(near).filter(|before| armed(&before.draft));
        // "47 terroristes": their own noun tells whose they are, and of nobody else.
        let named = |before: &&Settled<'p>| before.side.words.is_some() && before.side.rule != "nobody";
        let mut roots = before.filter(named).map(|before| {
            let voice = before.speaker.as_ref().and_then(|speaker| speaker.id.as_deref());
            (before.side.roots.first().cloned().flatten(), voice)
        });
        let (root, voice) = roots.next().filter(|_| armed(open.draft))?;
        let same = |id: Option<&str>| id.is_none() || open.id.is_none() || id == open.id;
        let agree = same(voice) && roots.all(|(other, voice)| other == root && same(voice));
        root.filter(|_| agree).map(|root| (root, -2, "topic"))
    }

    /// "Cent trente otages sont toujours captifs": of those who were taken, as the document told before.
    fn hostages(&self, draft: &Draft<'p>, settled: &[Settled<'p>]) -> Option<Found> {
        let taken = |draft: &Draft<'p>| self.is_held(draft) || self.shared.kinds.is_taken(draft.outcome);
        let people = |draft: &Draft<'p>| self.shared.kinds.is_people(draft.counted) == Some(true);
        let one = self.sentences[draft.sentence].groups[draft.group].article;
        let before = settled.iter().rev().filter(|_| !one && self.is_held(draft));
        let mut before = before.filter(|before| taken(&before.draft) && people(&before.draft));
        let root = before.find_map(|before| before.side.roots.first().cloned().flatten())?;
        Some((root, -1, "topic"))
    }

    /// "dix membres de l'Armée de l'Ouest", "les 300 morts de l'armée": people of those who bear arms.
    fn is_of_armed_group(&self, draft: &Draft<'p>) -> bool {
        let sentence = &self.sentences[draft.sentence];
        let Some(party) = sentence.groups[draft.group].party.map(|party| &sentence.parties[party]) else {
            return false;
        };
        let Some(id) = party.id.as_deref() else { return false };
        let armed = self.shared.parties.get(id).is_some_and(|party| party.armed);
        armed || (party.how == Naming::Office && self.context.pack.kind_of(self.shared, id).fights)
    }

    /// "hommes": the noun also means soldiers.
    fn may_be_soldiers(&self, draft: &Draft<'p>) -> bool {
        let Some((index, thing)) = draft.thing.filter(|(_, thing)| thing.entry.is_some() && !thing.weak) else {
            return false;
        };
        let mut meanings = self.sentences[index].items[thing.item]
            .senses
            .iter()
            .filter_map(|sense| self.context.pack.counted(sense.entry));
        meanings.any(|noun| noun.weak && self.shared.kinds.is(&noun.id, Trait::Armed))
    }

    /// "les pertes karséniennes dépassent 900 morts", "neuf morts côté ami": in a war the bare number counts soldiers.
    fn counts_soldiers(&self, draft: &Draft<'p>, rule: &str) -> bool {
        let at_war = || self.events.first().is_some_and(|event| event.has_two_sides());
        let of_army = matches!(rule, "complement" | "own" | "subject" | "enemy" | "possessive") && at_war();
        let kind = self.shared.kinds.outcome.get(draft.outcome);
        // "1 200 pertes karséniennes"
        let losses = rule == "adjective" && at_war() && kind.is_some_and(|kind| !kind.reads_as.is_empty());
        rule == "ranks" || losses || of_army && kind.is_some_and(|kind| kind.own || kind.bodily)
    }

    /// "les deux pays ont chacun vu": one claim for each.
    fn each(&self, draft: &Draft<'p>) -> Option<Vec<Option<String>>> {
        let sentence = &self.sentences[draft.sentence];
        let at = sentence.groups[draft.group].at;
        let each = sentence.items[..at].iter().rposition(|item| self.context.is(item, Class::Each))?;
        let mut roots = Vec::new();
        let mut end = each;
        for party in sentence.parties.iter().rev().filter(|party| party.end <= each) {
            let between = &sentence.items[party.end..end];
            let linked = roots.is_empty() || between.iter().any(|item| self.context.is(item, Class::And));
            match self.side_of(party).filter(|_| linked && roots.len() < 2) {
                Some(root) => roots.insert(0, Some(root.to_owned())),
                None => break,
            }
            end = party.first;
        }
        (roots.len() == 2).then_some(roots)
    }

    /// The other side of the event that this side fights in.
    pub(super) fn enemy_of(&self, own: &str) -> Option<String> {
        let event = self.events.iter().find(|event| event.is_fought_by(own))?;
        let mut others = event.sides.iter().filter(|side| *side != own);
        let other = others.next()?.clone();
        others.next().is_none().then_some(other)
    }
}
