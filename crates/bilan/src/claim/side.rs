//! Resolves whose people or materiel a figure counts.
//!
//! In: a draft with its sentence, its speaker and the document's events. Out: a side, the words that told it, and a score.
//!
//! "La Karsénie a perdu 40 chars" and "la Karsénie a détruit 40 chars" differ by the arc of the subject: the side of the one
//! is Russia, of the other anybody but Russia. "l'ennemi" is the enemy of whoever speaks.

use super::arc::Draft;
use super::speaker::Speaker;
use crate::clause::{Group, Join, Sentence, VerbKind, Voice, root};
use crate::mention::{Context, What};
use crate::pack::{Arc, Class, Data, Event, How, Kinds, Role, Shared};

/// A side while its speaker or event is not known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Slot {
    /// Named.
    Known(String),
    /// The speaker's own.
    Speaker,
    /// The speaker's enemy.
    EnemyOfSpeaker,
    /// Another than the agent.
    OtherThan(String),
    /// People of the place.
    Country(String),
    /// Both sides of the event.
    Sides,
    /// As the draft it leans on.
    SameAs(usize),
    /// People of no country.
    Nobody,
    /// Not told.
    Untold,
}

/// Sentence and tokens of the words that tell whose.
pub type Whose = (usize, u32, u32);

/// A slot, the words that tell it, and the name of the rule.
pub type Told = (Slot, Option<Whose>, &'static str);

/// A resolved side.
#[derive(Clone, Debug)]
pub struct Side {
    /// As in a claim; two for "chacune".
    pub roots: Vec<Option<String>>,
    /// What tells it.
    pub words: Option<Whose>,
    /// How sure, to be added to the draft's score.
    pub score: i32,
    /// Name of the rule.
    pub rule: &'static str,
}

/// What a document tells about sides.
pub struct Siding<'a, 'p> {
    /// Text, tokens, pack.
    pub context: Context<'p>,
    /// Facts.
    pub shared: &'p Shared,
    /// All sentences.
    pub sentences: &'a [Sentence<'p>],
    /// Events that the document can be about, most likely first.
    pub events: Vec<&'p Event>,
}

impl<'p> Siding<'_, 'p> {
    /// The slot of a draft: the nearest word that tells whose.
    pub fn slot(&self, draft: &Draft<'p>, kinds: &Kinds, made: &[Draft<'p>]) -> Told {
        let sentence = &self.sentences[draft.sentence];
        let group = &sentence.groups[draft.group];
        let at = |item: usize| Some((draft.sentence, sentence.items[item].first, sentence.items[item].end));
        let whose = |index: usize| {
            let party = &sentence.parties[index];
            Some((draft.sentence, sentence.items[party.first].first, sentence.items[party.end - 1].end))
        };
        if let Some(both) = group.both.or_else(|| self.near(sentence, group, Class::BothSides)) {
            return (Slot::Sides, at(both), "both-sides");
        }
        if let Some(index) = group.party.or_else(|| self.party_of_list(sentence, draft.group))
            && let Some(root) = sentence.parties[index].root()
        {
            let beside = group.party_beside.and_then(|second| sentence.parties[second].root());
            let mut roots = [Some(root), beside].into_iter().flatten().collect::<Vec<_>>();
            roots.sort_unstable();
            roots.dedup();
            return (Slot::Known(roots.join("+")), whose(index), "adjective");
        }
        // "le nombre de soldats valdoriens tués", "parmi les soldats valdoriens": the noun stands elsewhere.
        if let Some((index, thing)) = draft
            .thing
            .filter(|(index, thing)| *index == draft.sentence && group.thing.is_none_or(|own| own.item != thing.item))
            && let Some(number) = self.sentences[index].parties.iter().position(|party| party.first == thing.item + 1)
            && let Some(root) = self.sentences[index].parties[number].root()
        {
            return (Slot::Known(root.to_owned()), whose(number), "adjective");
        }
        if let Some(ours) = group.ours {
            return (Slot::Speaker, at(ours), "own");
        }
        if let Some(enemy) = group.enemy {
            return (Slot::EnemyOfSpeaker, at(enemy), "enemy");
        }
        if let Some((_, thing)) = draft.thing.filter(|(index, _)| *index == draft.sentence) {
            match thing.side {
                Some("enemy") => return (Slot::EnemyOfSpeaker, at(thing.item), "enemy"),
                Some("own") => return (Slot::Speaker, at(thing.item), "own"),
                Some("-") => return (Slot::Nobody, at(thing.item), "nobody"),
                _ => {}
            }
        }
        if let Some(possessive) = group.possessive {
            let Some(index) = self.owner(sentence, group.at) else {
                return (Slot::Speaker, at(possessive), "possessive");
            };
            if let Some(root) = sentence.parties[index].root() {
                return (Slot::Known(root.to_owned()), whose(index), "possessive");
            }
            return (Slot::Speaker, at(possessive), "possessive");
        }
        if let Some(found) = self.ranks(sentence, group, draft.sentence) {
            return found;
        }
        if let Some(found) = self.by_outcome(draft, kinds) {
            return found;
        }
        if let Some(leans) = draft.leans
            && made.get(leans).is_some()
        {
            return (Slot::SameAs(leans), None, "list");
        }
        let people = kinds.is_people(draft.counted).unwrap_or(false);
        if ((people && draft.counted != "military" && draft.counted != "migrant") || draft.counted == "building")
            && let Some((country, words)) = self.place(draft.sentence, group)
        {
            return (Slot::Country(country), Some(words), "place");
        }
        (Slot::Untold, None, "untold")
    }

    /// "12 chars et 4 hélicoptères karséniens": the adjective that closes a list serves the whole list.
    fn party_of_list(&self, sentence: &Sentence<'p>, group: usize) -> Option<usize> {
        let mut at = group + 1;
        while let Some(next) = sentence.groups.get(at).filter(|next| next.join == Join::Member) {
            if next.party.is_some() {
                return next.party;
            }
            if !next.own.is_empty() {
                return None;
            }
            at += 1;
        }
        None
    }

    /// A word of a class in the clause of the group.
    fn near(&self, sentence: &Sentence<'p>, group: &Group<'p>, class: Class) -> Option<usize> {
        (group.end..sentence.items.len())
            .take(8)
            .take_while(|&item| !matches!(sentence.items[item].what, What::Mark(',' | ';' | '.') | What::Figure(_)))
            .find(|&item| self.context.is(&sentence.items[item], class))
    }

    /// The party that "leurs" and "ses" stand for: the subject on the left.
    fn owner(&self, sentence: &Sentence<'p>, at: usize) -> Option<usize> {
        sentence.parties.iter().rposition(|party| party.end <= at && party.speaks() && party.root().is_some())
    }

    /// "dans les rangs ukrainiens", "côté russe"
    fn ranks(&self, sentence: &Sentence<'p>, group: &Group<'p>, index: usize) -> Option<Told> {
        let item = (0..sentence.items.len()).find(|&item| {
            let word = &sentence.items[item];
            (self.context.is(word, Class::Ranks) || self.context.is(word, Class::SideOf))
                && sentence.parties.iter().any(|party| party.first > item && party.first <= item + 3)
        })?;
        let party = sentence.parties.iter().find(|party| party.first > item && party.first <= item + 3)?;
        let root = party.root()?;
        let ranks = self.context.is(&sentence.items[item], Class::Ranks);
        (ranks || item < group.at).then(|| {
            let words = Some((index, sentence.items[item].first, sentence.items[party.end - 1].end));
            (Slot::Known(root.to_owned()), words, "ranks")
        })
    }

    /// The arcs of the outcome's word: subject of "perdre", agent of "détruire", complement of "pertes".
    fn by_outcome(&self, draft: &Draft<'p>, kinds: &Kinds) -> Option<Told> {
        let (index, item) = draft.outcome_at;
        let sentence = &self.sentences[index];
        let Data::Outcome(outcome) = &self.context.pack.entries[draft.outcome_entry as usize].data else { return None };
        let words = |party: usize| {
            let party = &sentence.parties[party];
            Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end))
        };
        let verb = sentence.verbs.iter().find(|verb| verb.item == item);
        let voice = verb.map_or(Voice::Noun, |verb| verb.voice);
        let begin = verb.map_or(item, |verb| verb.begin);
        // "les pertes de combat de la Russie", "les pertes russes"
        if voice == Voice::Noun || voice == Voice::Bare {
            let mut at = item + 1;
            while at < sentence.items.len() && at < item + 7 {
                if let Some(number) = sentence.parties.iter().position(|party| party.first == at) {
                    if let Some(root) = sentence.parties[number].root()
                        && voice == Voice::Noun
                    {
                        return Some((Slot::Known(root.to_owned()), words(number), "complement"));
                    }
                    break;
                }
                let word = &sentence.items[at];
                if self.context.is(word, Class::Enemy) {
                    return Some((Slot::EnemyOfSpeaker, Some((index, word.first, word.end)), "enemy"));
                }
                let passes = word.what == What::Words
                    && (word.senses.is_empty()
                        || self.context.is(word, Class::Of)
                        || self.context.is(word, Class::Determiner));
                if !passes {
                    break;
                }
                at += 1;
            }
            // "Les pertes valdoriennes, tués et blessés confondus, atteignent"
            if draft.arc == Arc::Measure
                && let Some(number) =
                    sentence.parties.iter().rposition(|party| party.end <= item && party.end + 3 >= item)
                && let Some(root) = sentence.parties[number].root()
            {
                return Some((Slot::Known(root.to_owned()), words(number), "complement"));
            }
            if item > 0 && (self.context.is(&sentence.items[item - 1], Class::Own)) {
                return Some((
                    Slot::Speaker,
                    Some((index, sentence.items[item - 1].first, sentence.items[item].end)),
                    "own",
                ));
            }
        }
        let subject = outcome.arcs.get(&Arc::Subject).copied();
        if voice == Voice::Bare
            && let Some(found) = self.passed_on(sentence, index, item, draft, kinds)
        {
            return Some(found);
        }
        if voice == Voice::Active || voice == Voice::Noun {
            let mut number = self.subject_of(sentence, begin);
            if let Some(word) = self
                .enemy_subject(sentence, begin)
                .filter(|&word| number.is_none_or(|number| sentence.parties[number].end <= word))
            {
                let words = Some((index, sentence.items[word].first, sentence.items[word].end));
                match subject {
                    Some(Role::Side) => return Some((Slot::EnemyOfSpeaker, words, "enemy")),
                    Some(Role::Agent) if voice == Voice::Active => return Some((Slot::Speaker, words, "agent")),
                    _ => number = None,
                }
            }
            match (subject, number) {
                (Some(Role::Side), Some(number)) => {
                    if let Some(root) = sentence.parties[number].root() {
                        return Some((Slot::Known(root.to_owned()), words(number), "subject"));
                    }
                }
                (Some(Role::Agent), Some(number)) if voice == Voice::Active => {
                    if let Some(root) = sentence.parties[number].root() {
                        return self.other_than(root, draft, kinds, words(number));
                    }
                }
                _ => {}
            }
            if let Some(found) = self.passed_on(sentence, index, item, draft, kinds) {
                return Some(found);
            }
            if number.is_none()
                && let Some(word) =
                    (begin.saturating_sub(3)..begin).rev().find(|&at| self.context.is(&sentence.items[at], Class::Own))
            {
                let words = Some((index, sentence.items[word].first, sentence.items[word].end));
                match subject {
                    Some(Role::Side) => return Some((Slot::Speaker, words, "own")),
                    Some(Role::Agent) if voice == Voice::Active => return Some((Slot::EnemyOfSpeaker, words, "agent")),
                    _ => {}
                }
            }
        }
        // "par les forces ukrainiennes"
        if matches!(voice, Voice::Passive | Voice::Bare) && subject.is_some() {
            let by = (item + 1..sentence.items.len())
                .take(14)
                .find(|&at| self.context.is(&sentence.items[at], Class::By))?;
            if let Some(enemy) =
                (by + 1..sentence.items.len()).take(3).find(|&at| self.context.is(&sentence.items[at], Class::Enemy))
            {
                let words = Some((index, sentence.items[enemy].first, sentence.items[enemy].end));
                let slot = if subject == Some(Role::Side) { Slot::EnemyOfSpeaker } else { Slot::Speaker };
                return Some((slot, words, "enemy"));
            }
            let number = sentence.parties.iter().position(|party| party.first > by && party.first <= by + 6)?;
            let direct = sentence.items[by + 1..sentence.parties[number].first]
                .iter()
                .all(|word| !matches!(word.what, What::Figure(_) | What::Mark(',' | ';')));
            if let Some(root) = sentence.parties[number].root().filter(|_| direct) {
                if subject == Some(Role::Side) {
                    return Some((Slot::Known(root.to_owned()), words(number), "subject"));
                }
                return self.other_than(root, draft, kinds, words(number));
            }
        }
        None
    }

    fn other_than(&self, root: &str, draft: &Draft<'p>, kinds: &Kinds, words: Option<Whose>) -> Option<Told> {
        // Civilians are the people of the place they were in, whoever fired.
        let civilian = kinds.is_people(draft.counted).unwrap_or(false) && draft.counted != "military";
        if civilian && self.place(draft.sentence, &self.sentences[draft.sentence].groups[draft.group]).is_some() {
            return None;
        }
        Some((Slot::OtherThan(root.to_owned()), words, "agent"))
    }

    /// The party that is the subject of a verb that begins at this item.
    fn subject_of(&self, sentence: &Sentence<'p>, begin: usize) -> Option<usize> {
        // "affirme avoir éliminé": the subject of the verb above.
        if let Some(above) = sentence
            .verbs
            .iter()
            .find(|verb| verb.kind == VerbKind::Cue && verb.item + 1 == begin && verb.voice == Voice::Active)
        {
            return self.subject_of(sentence, above.begin);
        }
        let number = sentence.parties.iter().rposition(|party| party.end <= begin && party.root().is_some())?;
        let party = &sentence.parties[number];
        let between = &sentence.items[party.end..begin];
        let clear = between.iter().enumerate().all(|(offset, item)| {
            let at = party.end + offset;
            !matches!(item.what, What::Mark(';' | ':' | '.') | What::Figure(_))
                && !self.context.is(item, Class::That)
                && !sentence
                    .verbs
                    .iter()
                    .any(|verb| verb.item == at && matches!(verb.voice, Voice::Active | Voice::Passive))
        });
        (clear && between.len() <= 20).then_some(number)
    }

    /// "L'armée a subi la perte de", "compte 900 blessés", "a fait dix prisonniers": the subject of a verb that only
    /// passes its object on.
    fn passed_on(
        &self,
        sentence: &Sentence<'p>,
        index: usize,
        item: usize,
        draft: &Draft<'p>,
        kinds: &Kinds,
    ) -> Option<Told> {
        let national = draft.counted == "military" || kinds.is_people(draft.counted) == Some(false);
        let clause = sentence.clauses.of(item);
        let verb = sentence.verbs.iter().rev().find(|verb| {
            verb.item < item
                && sentence.clauses.of(verb.item) == clause
                && !matches!(verb.voice, Voice::Noun | Voice::Bare)
        })?;
        let owns = verb.kind == VerbKind::Carrier || self.context.is(&sentence.items[verb.item], Class::Carrier);
        if !(owns || verb.kind == VerbKind::Cause) || verb.voice != Voice::Active || !national {
            return None;
        }
        let number = self.subject_of(sentence, verb.begin)?;
        let party = &sentence.parties[number];
        let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
        let root = party.root()?;
        if owns {
            Some((Slot::Known(root.to_owned()), words, "subject"))
        } else {
            self.other_than(root, draft, kinds, words)
        }
    }

    fn enemy_subject(&self, sentence: &Sentence<'p>, begin: usize) -> Option<usize> {
        (0..begin).rev().take(6).find(|&at| self.context.is(&sentence.items[at], Class::Enemy))
    }

    /// The undisputed country of the place where it happened: in the sentence, or in those just before.
    fn place(&self, index: usize, group: &Group<'p>) -> Option<(String, Whose)> {
        if let Some(item) = group.place {
            let sentence = &self.sentences[index];
            if let Some((_, _, name)) = self.context.name(&sentence.items[item]) {
                return (!name.disputed).then(|| {
                    (root(&name.id).to_owned(), (index, sentence.items[item].first, sentence.items[item].end))
                });
            }
        }
        for back in 0..4 {
            let Some(number) = index.checked_sub(back) else { break };
            match self.place_in(number, (back == 0).then_some(group.at)) {
                Found::Country(country, words) => return Some((country, words)),
                Found::Disputed => return None,
                Found::Nothing => {}
            }
        }
        None
    }

    fn place_in(&self, index: usize, near: Option<usize>) -> Found {
        let sentence = &self.sentences[index];
        let mut best: Option<(usize, Found)> = None;
        for (at, item) in sentence.items.iter().enumerate() {
            let Some((_, _, name)) = self.context.name(item) else { continue };
            let found = match name.how {
                How::Event => match self.shared.events.get(&name.id).map(|event| &event.places[..]) {
                    Some([country]) => Found::Country(root(country).to_owned(), (index, item.first, item.end)),
                    _ => continue,
                },
                How::Metonym => {
                    // "à Ormont", "l'incendie de Port-Miral"
                    let before = at.checked_sub(1).map(|left| &sentence.items[left]);
                    let inside = before.is_some_and(|left| self.context.is(left, Class::In))
                        || (before.is_some_and(|left| self.context.is(left, Class::Of))
                            && at > 1
                            && self.context.is(&sentence.items[at - 2], Class::Scene));
                    if !inside {
                        continue;
                    }
                    Found::Country(root(&name.id).to_owned(), (index, item.first, item.end))
                }
                How::Place if name.disputed => Found::Disputed,
                How::Place => Found::Country(root(&name.id).to_owned(), (index, item.first, item.end)),
                How::Country => {
                    let lead = at.checked_sub(1).map(|left| &sentence.items[left]);
                    let inside = lead.is_some_and(|left| self.context.is(left, Class::In))
                        || (lead.is_some_and(|left| self.context.is(left, Class::Determiner))
                            && at > 1
                            && self.context.is(&sentence.items[at - 2], Class::In));
                    if !inside {
                        continue;
                    }
                    Found::Country(root(&name.id).to_owned(), (index, item.first, item.end))
                }
                _ => continue,
            };
            let distance = near.map_or(at, |near| near.abs_diff(at));
            if best.as_ref().is_none_or(|(known, _)| distance < *known) {
                best = Some((distance, found));
            }
        }
        best.map_or(Found::Nothing, |(_, found)| found)
    }

    /// Turns a slot into a side, once the speaker is known.
    pub fn resolve(
        &self,
        slot: &Slot,
        speaker: Option<&Speaker>,
        sides: &[Option<Side>],
    ) -> (Vec<Option<String>>, i32) {
        let one = |root: Option<String>, score| (vec![root], score);
        match slot {
            Slot::Known(root) => one(Some(root.clone()), 2),
            Slot::Nobody => one(Some("-".to_owned()), 1),
            Slot::Country(country) => one(Some(country.clone()), 0),
            Slot::Untold => one(None, 0),
            Slot::SameAs(draft) => match sides.get(*draft).and_then(|side| side.as_ref()) {
                Some(side) => (side.roots.clone(), side.score - 1),
                None => one(None, -1),
            },
            Slot::Speaker => one(
                speaker
                    .and_then(|speaker| speaker.id.as_deref())
                    .map(root)
                    .filter(|root| *root != "?")
                    .map(str::to_owned),
                1,
            ),
            Slot::EnemyOfSpeaker => {
                let own = speaker.and_then(|speaker| speaker.id.as_deref()).map(root);
                one(own.and_then(|own| self.enemy_of(own)), 0)
            }
            Slot::OtherThan(agent) => one(self.enemy_of(agent), 0),
            Slot::Sides => {
                let sides = self.events.iter().find(|event| event.sides.len() == 2).map(|event| {
                    let mut sides = event.sides.clone();
                    sides.sort();
                    sides.join("+")
                });
                one(sides, 0)
            }
        }
    }

    /// Soldiers whose side nobody tells are those of the army that counts them, or of the country it happened in; not
    /// where two states fight and either could be meant.
    pub fn own_soldiers(
        &self,
        roots: Vec<Option<String>>,
        score: i32,
        rule: &'static str,
        draft: &Draft<'p>,
        speaker: Option<&Speaker>,
    ) -> (Vec<Option<String>>, i32, &'static str) {
        let suffers =
            matches!(draft.outcome, "killed" | "wounded" | "missing" | "captured" | "killed_or_missing" | "casualties");
        if roots != [None]
            || draft.counted != "military"
            || !suffers
            || self.events.iter().any(|event| event.sides.len() == 2)
        {
            return (roots, score, rule);
        }
        let country = |id: &str| {
            self.shared.parties.get(root(id)).is_some_and(|party| party.kind == "country").then(|| root(id).to_owned())
        };
        let own = speaker.and_then(|speaker| speaker.id.as_deref()).and_then(country);
        let group = &self.sentences[draft.sentence].groups[draft.group];
        match own.or_else(|| self.place(draft.sentence, group).map(|(country, _)| country)) {
            Some(root) => (vec![Some(root)], score - 1, "own-soldiers"),
            None => (roots, score, rule),
        }
    }

    /// The other side of the event that this side fights in.
    fn enemy_of(&self, own: &str) -> Option<String> {
        let event = self.events.iter().find(|event| event.sides.iter().any(|side| side == own))?;
        let mut others = event.sides.iter().filter(|side| *side != own);
        let other = others.next()?.clone();
        others.next().is_none().then_some(other)
    }
}

enum Found {
    Country(String, Whose),
    Disputed,
    Nothing,
}
