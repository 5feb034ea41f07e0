//! Resolves the symbols of sides, once the speaker is known.
//!
//! In: a slot and the speaker. Out: roots of parties, with a score.
//!
//! "L'ennemi a perdu 300 hommes" means another side in each mouth.

use super::super::draft::Draft;
use super::super::speaker::Speaker;
use super::{Side, Siding, Slot};
use crate::clause::root;
use crate::pack::{Arc, Data, Event};

impl<'p> Siding<'_, 'p> {
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
        let suffers = self.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.own);
        if roots != [None] || draft.counted != "military" || !suffers {
            return (roots, score, rule);
        }
        let either = |country: &str| {
            self.events.iter().any(|event| event.sides.len() == 2 && event.sides.iter().any(|side| side == country))
        };
        let country = |id: &str| {
            self.shared.parties.get(root(id)).is_some_and(|party| party.kind == "country").then(|| root(id).to_owned())
        };
        let own = speaker.and_then(|speaker| speaker.id.as_deref()).and_then(country);
        let group = &self.sentences[draft.sentence].groups[draft.group];
        let Data::Outcome(outcome) = &self.context.pack.entries[draft.outcome_entry as usize].data else {
            return (roots, score, rule);
        };
        // "l'armée annonce la mort de deux réservistes": its own; of the enemy it announces the elimination.
        let mourned = own.is_some() && draft.arc == Arc::Complement && !outcome.enemy;
        let here = || self.place(draft.sentence, group).map(|(country, _)| country).or(self.home.country.clone());
        match own.or_else(here) {
            Some(root) if mourned || !either(&root) => (vec![Some(root)], score - 1, "own-soldiers"),
            _ => (roots, score, rule),
        }
    }

    /// "les pertes karséniennes dépassent 900 morts", "neuf morts côté ami": in a war the bare number counts soldiers.
    pub fn soldiers(&self, draft: &Draft<'p>, rule: &str) -> bool {
        let at_war = self.events.first().is_some_and(|event| event.sides.len() == 2);
        let of_army = matches!(rule, "complement" | "own" | "ranks" | "subject" | "enemy");
        draft.thing.is_none()
            && draft.counted == "person"
            && at_war
            && of_army
            && self.shared.kinds.outcome.get(draft.outcome).is_some_and(|kind| kind.own || kind.bodily)
    }

    /// What an army at war says was shot down, destroyed or eliminated, by nobody named, is the enemy's: of its own it says
    /// "perdu".
    pub fn announced(
        &self,
        roots: Vec<Option<String>>,
        score: i32,
        rule: &'static str,
        draft: &Draft<'p>,
        speaker: Option<&Speaker>,
    ) -> (Vec<Option<String>>, i32, &'static str) {
        let Data::Outcome(outcome) = &self.context.pack.entries[draft.outcome_entry as usize].data else {
            return (roots, score, rule);
        };
        let id = speaker.and_then(|speaker| speaker.id.as_deref()).filter(|_| roots == [None] && outcome.enemy);
        let army = id.filter(|id| {
            let leaf = id.split('/').nth(1).and_then(|leaf| self.context.pack.offices.get(leaf)).map(String::as_str);
            let kind = self.shared.parties.get(*id).map(|party| party.kind.as_str());
            matches!(kind.or(leaf), Some("military" | "ministry"))
        });
        // Against armed groups the enemy is of no country.
        let groups = || self.home.groups.then(|| "-".to_owned());
        match army.and_then(|id| self.enemy_of(root(id)).or_else(groups)) {
            Some(enemy) => (vec![Some(enemy)], score - 1, "announced"),
            None => (roots, score, rule),
        }
    }

    /// The other side of the event that this side fights in.
    fn enemy_of(&self, own: &str) -> Option<String> {
        let fights = |event: &&&Event| event.sides.len() == 2 && event.sides.iter().any(|side| side == own);
        let event = self.events.iter().find(fights)?;
        let mut others = event.sides.iter().filter(|side| *side != own);
        let other = others.next()?.clone();
        others.next().is_none().then_some(other)
    }
}
