//! Resolves whose people or materiel a figure counts.
//!
//! In: a draft with its sentence, its speaker and the document's events. Out: a side, the words that told it, and a score.
//!
//! "La Karsénie a perdu 40 chars" and "la Karsénie a détruit 40 chars" differ by the arc of the subject: the side of the one
//! is Russia, of the other anybody but Russia. "l'ennemi" is the enemy of whoever speaks.

mod agent;
mod flight;
mod label;
mod place;
mod resolve;

use super::draft::Draft;
use super::home::{Home, is_worldwide};
use super::settle::Settled;
use crate::clause::{Group, Join, Naming, PartyGroup, Sentence, VerbKind, root, together};
use crate::kinds::Trait;
use crate::mention::{Context, Item, What};
use crate::pack::{Arc, Class, CueClass, Data, Event, How, Shared};

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
    /// That of the head of its list: "six en Valdorie, trois en Karsénie et deux en Miravie", the third leans on the second.
    pub head: &'static str,
    /// The words that tell whose tell that they are soldiers.
    pub soldiers: bool,
}

impl Side {
    /// Nobody tells whose.
    pub fn is_open(&self) -> bool {
        self.roots == [None]
    }
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
    pub events: &'a [&'p Event],
    /// Where the story happens.
    pub home: &'a Home,
}

impl<'p> Siding<'_, 'p> {
    /// The slot of a draft: the nearest word that tells whose.
    fn slot(&self, draft: &Draft<'p>, settled: &[Settled<'p>]) -> Told {
        let kinds = &self.shared.kinds;
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
        // "trois morts et quatorze blessés dans ses rangs": of nobody else's.
        let follows =
            |ranks: usize| sentence.parties.iter().any(|party| (ranks + 1..=ranks + 3).contains(&party.first));
        if let Some(ranks) = self.near(sentence, group, Class::Ranks).filter(|&ranks| !follows(ranks))
            && let Some(root) = self.owner(sentence, ranks).and_then(|owner| self.side_of(&sentence.parties[owner]))
        {
            return (Slot::Known(root.to_owned()), at(ranks), "ranks");
        }
        if let Some(index) = group.party.or_else(|| self.party_of_list(sentence, draft.group))
            && let Some(root) = self.side_of(&sentence.parties[index])
            && !(kinds.is_people(draft.counted) == Some(false) && self.is_maker(root))
        {
            let beside = group.party_beside.and_then(|second| self.side_of(&sentence.parties[second]));
            return (Slot::Known(together([Some(root), beside].into_iter().flatten())), whose(index), "adjective");
        }
        // "le nombre de soldats valdoriens tués", "parmi les soldats valdoriens": the noun stands elsewhere.
        if let Some((index, thing)) = draft
            .thing
            .filter(|(index, thing)| *index == draft.sentence && group.thing.is_none_or(|own| own.item != thing.item))
            && let Some(number) = self.sentences[index].parties.iter().position(|party| party.first == thing.item + 1)
            && let Some(root) = self.side_of(&self.sentences[index].parties[number])
        {
            return (Slot::Known(root.to_owned()), whose(number), "adjective");
        }
        // "contre 22 000 à 26 500 pour la Valdorie": the other side's.
        if group.join == Join::Instead
            && sentence.items.get(group.end).is_some_and(|item| self.context.is_cue(item, CueClass::View))
            && let Some(number) =
                sentence.parties.iter().position(|party| (group.end + 1..group.end + 3).contains(&party.first))
            && let Some(root) = self.side_of(&sentence.parties[number])
        {
            return (Slot::Known(root.to_owned()), whose(number), "contrast");
        }
        if let Some(ours) = group.ours {
            return (Slot::Speaker, at(ours), "own");
        }
        if let Some(enemy) = group.enemy {
            return (Slot::EnemyOfSpeaker, at(enemy), "enemy");
        }
        if let Some((_, thing)) = draft.thing.filter(|(index, _)| *index == draft.sentence) {
            match thing.side {
                // "Les défenseurs karséniens ont éliminé mille occupants": the enemy of who did it.
                Some("enemy") => {
                    let agent = self.by_outcome(draft).filter(|(_, _, rule)| *rule == "agent");
                    return agent.unwrap_or((Slot::EnemyOfSpeaker, at(thing.item), "enemy"));
                }
                Some("own") => return (Slot::Speaker, at(thing.item), "own"),
                Some("-") => return (Slot::Nobody, at(thing.item), "nobody"),
                // "Casques bleus": the noun tells whose.
                Some(root) => return (Slot::Known(root.to_owned()), at(thing.item), "noun"),
                None => {}
            }
        }
        // "Parmi les rescapés, onze enfants": those on board of the boat, wherever they land.
        let people = kinds.is_people(draft.counted) == Some(true);
        if self.home.migrants && people && !kinds.serves(draft.counted) {
            return (Slot::Nobody, None, "migrants");
        }
        if let Some(possessive) = group.possessive {
            let Some(index) = self.owner(sentence, group.at) else {
                return (Slot::Speaker, at(possessive), "possessive");
            };
            if let Some(root) = self.side_of(&sentence.parties[index]) {
                return (Slot::Known(root.to_owned()), whose(index), "possessive");
            }
            return (Slot::Speaker, at(possessive), "possessive");
        }
        // "Côté karsénien, on évalue les pertes infligées aux Valdoriens à 450 morts": whose losses is told nearer.
        let measured = self.by_measure(draft);
        if let Some(found) = measured.as_ref().filter(|(_, _, rule)| *rule == "complement") {
            return found.clone();
        }
        if let Some(found) = self.ranks(sentence, group, draft.sentence) {
            return found;
        }
        if let Some(found) = self.in_order(draft, settled) {
            return found;
        }
        if let Some(number) = self
            .before_bracket(sentence, group)
            .or_else(|| self.labelled(sentence, group))
            .or_else(|| self.has_with(sentence, group, draft.counted))
            && let Some(root) = self.side_of(&sentence.parties[number])
        {
            return (Slot::Known(root.to_owned()), whose(number), "label");
        }
        // "la Karsénie, dont onze ressortissants ont péri"
        if let Some(number) = self.whose(sentence, group)
            && let Some(root) = self.side_of(&sentence.parties[number])
        {
            return (Slot::Known(root.to_owned()), whose(number), "possessive");
        }
        // "26 en Karsénie, 16 en Miravie": a place of its own.
        let left = || {
            let left = draft.leans.and_then(|left| settled.get(left));
            left.is_some_and(|left| matches!(left.side.head, "place" | "home" | "world" | "untold" | "own-people"))
        };
        // "ont péri en Karsénie et 2 500 personnes en Miravie", "106 morts en Karsénie et vingt morts en Miravie"
        let behind = self.right_behind(sentence, group).is_some();
        if (group.is_bare() && group.place.is_some() || people && behind)
            && left()
            && !self.is_away(draft)
            && let Some((country, words)) = self.place(draft.sentence, group)
        {
            return (Slot::Country(country), Some(words), "place");
        }
        if people
            && (draft.leans.is_none() || left())
            && let Some((countries, words)) = self.summed(draft.sentence, draft.group)
        {
            return (Slot::Country(countries), Some(words), "place");
        }
        // "Douze rebelles ont été tués. Cinq d'entre eux …": what happened was told of those before.
        let before = draft.leans.and_then(|left| Some((left, settled.get(left)?)));
        if let Some((left, _)) =
            before.filter(|(_, left)| left.draft.outcome_at == draft.outcome_at && !left.side.is_open())
        {
            return (Slot::SameAs(left), None, "list");
        }
        if let Some(found) = self.by_launch(draft, group) {
            return found;
        }
        if let Some(found) = measured.or_else(|| self.by_outcome(draft)) {
            return found;
        }
        if let Some(left) = self.carried_on(draft, settled) {
            return (Slot::SameAs(left), None, "list");
        }
        // "80 terroristes ont été neutralisés et sept militaires tués": who has a noun of his own is no terrorist.
        let own = people && group.thing.is_some_and(|thing| !thing.weak);
        let named = |left: &Settled<'p>| left.side.rule == "nobody" && own;
        if let Some(leans) = draft.leans.filter(|&left| !settled.get(left).is_some_and(named)) {
            return (Slot::SameAs(leans), None, "list");
        }
        // "1,9 million d'évacués en Asie de l'Est": of many countries.
        let region = || self.near(sentence, group, Class::Region).is_some();
        if people && (region() || is_worldwide(&self.context, sentence)) {
            return (Slot::Untold, None, "world");
        }
        // "la guerre a fait 380 000 morts": of the country that it is fought in, wherever the story happens.
        if let Some(place) = self.of_war(draft) {
            return match place {
                Some(country) => (Slot::Country(country), None, "war"),
                None => (Slot::Untold, None, "untold"),
            };
        }
        // "neuf drones ont été abattus au-dessus de la Karsénie": they came from the other side.
        if kinds.is_sent(draft.counted)
            && kinds.outcome.get(draft.outcome).is_some_and(|kind| !kind.passing && !kind.standing)
            && let Some((country, words)) = self.place(draft.sentence, group)
        {
            return match self.enemy_of(&country) {
                Some(enemy) => (Slot::Known(enemy), Some(words), "sent"),
                None => (Slot::Untold, None, "untold"),
            };
        }
        if self.is_placed(draft) {
            // Where hostages are held is not their country; where people were taken may be.
            let held = self.is_held(draft);
            let taken = held || kinds.is_taken(draft.outcome);
            // Where refugees are is not their country.
            // Soldiers are one army's, wherever two countries meet.
            let one = |country: &str| !(country.contains('+') && kinds.is(draft.counted, Trait::Armed));
            let refuge = self.place(draft.sentence, group).filter(|(country, _)| one(country));
            let flight = self.flight(draft, refuge.as_ref());
            if let Some((country, words)) = self.origin(draft, &flight) {
                return (Slot::Country(country), Some(words), "place");
            }
            let home = self.home.country.as_deref();
            let place = refuge.clone().filter(|(country, _)| !flight.is_refuge(country, home));
            let here = place.as_ref().is_some_and(|(_, words)| words.0 == draft.sentence);
            if !(here || flight.gone)
                && let Some(number) = self.head_country(sentence)
                && let Some(root) = self.side_of(&sentence.parties[number]).filter(|root| !self.fights(root))
            {
                return (Slot::Country(root.to_owned()), whose(number), "place");
            }
            // "Les crues en Afrique australe ont tué 120 personnes": no one country's, unless the sentence names it.
            let before = &sentence.items[..group.first];
            let places = [How::Place, How::Country, How::Metonym];
            let named =
                |item: &Item<'p>| self.context.name(item).is_some_and(|(_, _, name)| places.contains(&name.how));
            let region = |item: &Item<'p>| self.context.is(item, Class::Region);
            if people && !here && before.iter().any(region) && !before.iter().any(named) {
                return (Slot::Untold, None, "world");
            }
            // "103 personnes sont toujours retenues en Karsénie": in a war those who were taken are the other side's.
            let enemy = place.as_ref().filter(|(country, words)| {
                self.fights(country) && words.0 == draft.sentence && self.is_held_at(draft, words.1)
            });
            if let Some((enemy, words)) = enemy.and_then(|(country, words)| Some((self.enemy_of(country)?, *words))) {
                return (Slot::Known(enemy), Some(words), "held");
            }
            if let Some((country, words)) = place.filter(|(country, _)| !(held && self.fights(country))) {
                return (Slot::Country(country), Some(words), "place");
            }
            let there = refuge.as_ref().filter(|(_, words)| words.0 == draft.sentence);
            // "La Miravie accueille 310 000 réfugiés"
            let host = self.head_country(sentence).and_then(|number| self.side_of(&sentence.parties[number]));
            let fled = |country: &String| {
                flight.gone && (there.is_some_and(|(other, _)| other == country) || host == Some(country.as_str()))
            };
            let home = self.home.country.clone().filter(|country| !(fled(country) || taken && self.fights(country)));
            if let Some(country) = home.filter(|_| !self.disputed(draft.sentence)) {
                return (Slot::Country(country), None, "home");
            }
        }
        if let Some((country, words)) = self.launched_from(draft) {
            return (Slot::Country(country), Some(words), "place");
        }
        // People on their way belong to no side.
        if kinds.is(draft.counted, Trait::Stateless) {
            return (Slot::Nobody, None, "migrants");
        }
        // "MIRAVIE", and below "– 119 soldats tués": under whose name they stand.
        match self.section(draft.sentence).filter(|_| kinds.is_people(draft.counted) == Some(true)) {
            Some((country, words)) => (Slot::Known(country), Some(words), "label"),
            None => (Slot::Untold, None, "untold"),
        }
    }

    /// "L'armée a perdu 190 soldats, ce qui porte le total des morts à 23 900": of those of whom the sentence told before.
    fn carried_on(&self, draft: &Draft<'p>, settled: &[Settled<'p>]) -> Option<usize> {
        let people = |draft: &Draft<'p>| self.shared.kinds.is_people(draft.counted) == Some(true);
        let group = &self.sentences[draft.sentence].groups[draft.group];
        let total = draft.arc == Arc::Measure && people(draft) && group.place.is_none();
        let left = settled.len().checked_sub(1).filter(|_| total)?;
        let before = &settled[left];
        let known = before.draft.sentence == draft.sentence && !before.side.is_open() && before.side.rule != "nobody";
        // Of those who fight, or of anybody beside them: "quatre touristes" have no others behind them.
        let armed = self.shared.kinds.is(before.draft.counted, Trait::Armed);
        let wider = self.shared.kinds.counted_within(before.draft.counted, draft.counted);
        (known && armed && (wider || before.draft.counted == draft.counted)).then_some(left)
    }

    /// "Le Burkina voisin a décrété le deuil : treize morts": the country that a sentence opens with.
    fn head_country(&self, sentence: &Sentence<'p>) -> Option<usize> {
        let party = sentence.parties.first().filter(|party| party.first <= 1 && party.how == Naming::Name)?;
        let article = party.first == 1 && self.context.is(&sentence.items[0], Class::Determiner);
        let country = party.id.as_deref().is_some_and(|id| self.shared.is_country(id));
        (article && country).then_some(0)
    }

    /// The country of a war that is said to have cost so many, if it is fought in one; `None` where no war is.
    fn of_war(&self, draft: &Draft<'p>) -> Option<Option<String>> {
        let sentence = &self.sentences[draft.sentence];
        let at = sentence.groups[draft.group].at;
        let cause = sentence.verbs.iter().rfind(|verb| verb.item < at && verb.kind == VerbKind::Cause)?;
        let lasting = sentence.is_of_lasting(&self.context, cause);
        if !lasting {
            return None;
        }
        // A conflict that no place beside it tells is the story's, wherever the sentence before was.
        let Some(event) = self.events.first().filter(|event| event.kind == "war") else {
            let told = sentence.items.iter().any(|item| self.context.name(item).is_some());
            return (!told).then(|| self.home.country.clone());
        };
        Some(match &event.places[..] {
            [only] => Some(root(only).to_owned()),
            _ => None,
        })
    }

    /// Whether the place may tell whose it is: where no states fight, things are of the country too.
    fn is_placed(&self, draft: &Draft<'p>) -> bool {
        let kinds = &self.shared.kinds;
        kinds.is_placed(draft.counted) || (!self.home.war && kinds.is_people(draft.counted) == Some(false))
    }

    /// "enlevés" tells where they were taken if the place stands right behind it; "retenus" where they are.
    fn is_held_at(&self, draft: &Draft<'p>, place: u32) -> bool {
        let (index, outcome) = draft.outcome_at;
        let Data::Outcome(word) = &self.context.pack.entries[draft.outcome_entry as usize].data else { return false };
        let items = &self.sentences[index].items;
        let at = items.iter().position(|item| item.first == place).unwrap_or(outcome);
        let behind = self.sentences[draft.sentence].groups[draft.group].end.max(outcome).min(at);
        let mut between = items[behind..at].iter();
        let apart = between.any(|item| matches!(item.what, What::Figure(_) | What::Mark(_)));
        self.shared.kinds.is_taken(draft.outcome) && (word.held || apart)
    }

    /// "otages": those counted are held somewhere.
    fn is_held(&self, draft: &Draft<'p>) -> bool {
        let outcome = draft.thing.and_then(|(_, thing)| thing.outcome);
        outcome.is_some_and(|held| self.shared.kinds.is_taken(held))
    }

    /// Whether a country fights another one in an event that the document may be about.
    pub(super) fn fights(&self, country: &str) -> bool {
        self.events.iter().any(|event| event.is_fought_by(country))
    }

    /// "12 chars et 4 hélicoptères karséniens": the adjective that closes a list serves the whole list.
    fn party_of_list(&self, sentence: &Sentence<'p>, group: usize) -> Option<usize> {
        let mut at = group + 1;
        while let Some(next) = sentence.groups.get(at).filter(|next| next.join == Join::Member) {
            // "avec 11 tués, devant la Miravie (six)": a country of its own.
            if next.party.is_some_and(|party| sentence.parties[party].first < next.at) {
                return None;
            }
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
        // "les forces karséniennes – armée et milices de Miravie – comptent": what stands between dashes is no subject.
        let dash = |items: &[Item<'_>]| items.iter().any(|item| item.what.is_dash());
        let items = &sentence.items;
        let aside = |party: &PartyGroup| dash(&items[..party.first]) && dash(&items[party.end..at]);
        let owns = |party: &PartyGroup| party.end <= at && party.speaks() && self.side_of(party).is_some();
        let subject = sentence.parties.iter().rposition(|party| owns(party) && !aside(party));
        subject.or_else(|| sentence.parties.iter().rposition(owns))
    }

    /// What side a party is, or stands for: its country, "-" of no country; `None` for those that only speak.
    fn side_of<'s>(&'s self, party: &'s PartyGroup) -> Option<&'s str> {
        let known = self.shared.parties.get(party.id.as_deref()?);
        let root = party.root().filter(|root| self.shared.is_side(root));
        known.and_then(|party| party.side.as_deref()).or(root)
    }

    /// "deux canons karséniens" in a war of others: who made them.
    fn is_maker(&self, root: &str) -> bool {
        self.events.first().is_some_and(|event| event.is_war_of_two() && !event.is_fought_by(root))
    }
}
