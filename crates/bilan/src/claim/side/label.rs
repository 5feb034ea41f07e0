//! Reads whose a figure is off the label, the brackets or the ranks that it stands in.
//!
//! In: a group in its sentence. Out: the party that tells whose, or a side with the words that told it.
//!
//! "Côté karsénien, huit drones", "Forces karséniennes : 130 morts", "douze côté valdorien": no noun tells whose they are.

use super::super::draft::Draft;
use super::super::settle::Settled;
use super::{Siding, Slot, Told, Whose};
use crate::clause::{Group, Join, Naming, PartyGroup, Sentence, Voice};
use crate::mention::{Item, What};
use crate::pack::Class;

/// Items of the label of a line.
const LABEL: usize = 5;

/// Lines of an encyclopedia's box below the names of the two sides.
const BOX: usize = 30;

/// Items inside brackets before a figure.
const BRACKET: usize = 40;

impl<'p> Siding<'_, 'p> {
    /// "Le Soudan (1 870 morts, 40 blessés)": the country right before the brackets around a figure.
    pub(super) fn before_bracket(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<usize> {
        let mark = |at: &usize| match sentence.items[*at].what {
            What::Mark(mark) if matches!(mark, '(' | ')') => Some(mark),
            _ => None,
        };
        let open =
            (0..group.at).rev().take(BRACKET).find(|at| mark(at).is_some()).filter(|at| mark(at) == Some('('))?;
        let named = |party: &PartyGroup| party.end == open && party.how == Naming::Name;
        let number = sentence.parties.iter().position(named)?;
        let id = sentence.parties[number].id.as_deref()?;
        self.shared.is_country(id).then_some(number)
    }

    /// "- Karsénie : 402 morts - Miravie : 151 morts", on one line: the country right before a colon.
    pub(super) fn labelled(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<usize> {
        let colon = group.first.checked_sub(1).filter(|&at| sentence.items[at].what == What::Mark(':'))?;
        let number = sentence.parties.iter().position(|party| party.end == colon && party.how == Naming::Name)?;
        let opens = |at: usize| {
            let what = sentence.items[at].what;
            what.is_dash() || matches!(what, What::Mark('\u{2022}' | ';' | ','))
        };
        let parted = sentence.parties[number].first.checked_sub(1).is_none_or(opens);
        let id = sentence.parties[number].id.as_deref()?;
        (parted && self.shared.is_country(id)).then_some(number)
    }

    /// "le Nigeria avec 31 840 cas": the country right before the word, of those who suffered and of no army it has.
    pub(super) fn has_with(&self, sentence: &Sentence<'p>, group: &Group<'p>, counted: &str) -> Option<usize> {
        let kinds = &self.shared.kinds;
        let people = kinds.is_people(counted) == Some(true) && !kinds.serves(counted);
        let is_with = |at: &usize| self.context.is(&sentence.items[*at], Class::With);
        let with = group.first.checked_sub(1).filter(|_| people).filter(is_with)?;
        let named = |party: &PartyGroup| party.end == with && party.how == Naming::Name;
        let number = sentence.parties.iter().position(named)?;
        let id = sentence.parties[number].id.as_deref()?;
        self.shared.is_country(id).then_some(number)
    }

    /// The party that "dont", right before a group, stands for.
    pub(super) fn whose(&self, sentence: &Sentence<'p>, group: &Group<'p>) -> Option<usize> {
        let of = group.first.checked_sub(2)?;
        let comma =
            sentence.items[of].what == What::Mark(',') && self.context.is(&sentence.items[of + 1], Class::Subset);
        sentence
            .parties
            .iter()
            .position(|party| comma && party.end == of && party.first <= 1 && party.how == Naming::Name)
    }

    /// "Karsénie Valdorie", and below "4 200 hommes", "12 000 hommes": an encyclopedia's box names the two sides once and
    /// gives their figures in that order; of a third figure of a kind it does not tell whose.
    pub(super) fn in_order(&self, draft: &Draft<'p>, settled: &[Settled<'p>]) -> Option<Told> {
        let line = |index: usize| {
            self.sentences[index].verbs.iter().all(|verb| matches!(verb.voice, Voice::Noun | Voice::Bare))
        };
        let sides = |index: usize| line(index).then(|| self.both_alone(index)).flatten();
        let box_of = (draft.sentence.saturating_sub(BOX)..draft.sentence).rev().take_while(|&index| line(index));
        let (head, sides) = box_of.filter_map(|index| Some((index, sides(index)?))).next()?;
        let own = &self.sentences[draft.sentence];
        if !line(draft.sentence) || !own.parties.is_empty() || draft.join == Join::Subset {
            return None;
        }
        let alike = |before: &&Settled<'p>| {
            let other = &before.draft;
            other.sentence > head && (other.outcome, other.counted) == (draft.outcome, draft.counted)
        };
        let before = settled.iter().rev().take_while(|before| before.draft.sentence > head).filter(alike).count();
        // "300 morts, 400 prisonniers" of the second: until a line without a figure nobody goes back to the first.
        let goes_on = |before: &&Settled<'p>| {
            let lines = (before.draft.sentence..draft.sentence).all(|line| !self.sentences[line].groups.is_empty());
            lines && before.draft.sentence > head && before.side.roots == [Some(sides[1].0.clone())]
        };
        let second = usize::from(settled.last().filter(goes_on).is_some());
        Some(match sides.into_iter().nth(before.max(second)) {
            Some((root, words)) => (Slot::Known(root), Some(words), "label"),
            None => (Slot::Untold, None, "label"),
        })
    }

    /// The two sides that a line names, and nothing else, or this line one and that above it the other: "Karsénie
    /// Valdorie", "Drapeau de la Karsénie Drapeau de la Valdorie".
    fn both_alone(&self, index: usize) -> Option<[(String, Whose); 2]> {
        let mut sides = self.sides_alone(index)?;
        if sides.len() == 1 {
            let mut above = index.checked_sub(1).and_then(|above| self.sides_alone(above))?;
            above.append(&mut sides);
            sides = above;
        }
        sides.try_into().ok().filter(|[(first, _), (second, _)]: &[(String, Whose); 2]| first != second)
    }

    /// The sides that a line names, each once, where it holds nothing else.
    fn sides_alone(&self, index: usize) -> Option<Vec<(String, Whose)>> {
        let sentence = &self.sentences[index];
        let named = |at: usize| sentence.parties.iter().any(|party| (party.first..party.end).contains(&at));
        let plain = |at: usize| {
            let item = &sentence.items[at];
            matches!(item.what, What::Mark(_)) || named(at) || self.context.is(item, Class::Determiner)
        };
        let mut sides: Vec<(String, Whose)> = vec![];
        for party in &sentence.parties {
            let root = self.side_of(party).filter(|_| party.how == Naming::Name)?;
            let words = (index, sentence.items[party.first].first, sentence.items[party.end - 1].end);
            if !sides.iter().any(|(known, _)| known == root) {
                sides.push((root.to_owned(), words));
            }
        }
        (!sides.is_empty() && (0..sentence.items.len()).all(plain)).then_some(sides)
    }

    /// "dans les rangs ukrainiens", "côté russe", "côté ennemi", "côté ami"
    pub(super) fn ranks(&self, sentence: &Sentence<'p>, group: &Group<'p>, index: usize) -> Option<Told> {
        // "Forces karséniennes : 130 morts", "– Miravie : onze morts": the label of a line.
        let is_mark = |item: &Item<'p>| matches!(item.what, What::Mark(_));
        // "Mai 2031 : Miravie : …"
        let is_date = |item: &Item<'p>| matches!(item.what, What::Date(_));
        let start = sentence.items.iter().take_while(|item| is_mark(item)).count();
        let colon = |at: usize| sentence.items.get(at).is_some_and(|item| matches!(item.what, What::Mark(':' | '|')));
        let quote = |at: usize| sentence.items.get(at).is_some_and(|item| item.what.is_quote());
        if let Some(number) = sentence.parties.iter().position(|party| {
            let stands = (start..=start + 2).contains(&party.first) && party.end < group.at;
            // "Solvar : l'ennemi a perdu dix chars": a label has no subject beside it.
            let mut behind = sentence.items[party.end.min(group.at)..group.at].iter();
            let mut label = || !behind.any(|item| self.context.is(item, Class::Enemy));
            stands && colon(party.end) && !quote(party.end + 1) && label()
        }) && let Some(root) = self.side_of(&sentence.parties[number])
            && self.shared.is_country(root)
            && (!sentence.items[start..sentence.parties[number].first].iter().any(is_mark)
                || sentence.items[start..sentence.parties[number].first]
                    .iter()
                    .all(|item| is_mark(item) || is_date(item)))
        {
            let party = &sentence.parties[number];
            let words = Some((index, sentence.items[party.first].first, sentence.items[party.end - 1].end));
            return Some((Slot::Known(root.to_owned()), words, "label"));
        }
        // "Pertes ennemies : 240 tués", "Nos pertes : trois tués": one line of a bulletin.
        let label = (start + 1..group.at.min(start + LABEL)).find(|&at| colon(at));
        if let Some(end) = label {
            let words = Some((index, sentence.items[start].first, sentence.items[end].first));
            let any = |class| sentence.items[start..end].iter().any(|item| self.context.is(item, class));
            match (any(Class::Enemy), any(Class::Own)) {
                (true, false) => return Some((Slot::EnemyOfSpeaker, words, "label")),
                (false, true) => return Some((Slot::Speaker, words, "label")),
                _ => {}
            }
        }
        // "120 chez l'adversaire"
        let behind = sentence.items.get(group.end).filter(|item| self.context.is(item, Class::SideOf));
        let enemy = (group.end + 1..group.end + 3)
            .find(|&at| sentence.items.get(at).is_some_and(|item| self.context.is(item, Class::Enemy)));
        if let Some((side, enemy)) = behind.zip(enemy) {
            let words = Some((index, side.first, sentence.items[enemy].end));
            return Some((Slot::EnemyOfSpeaker, words, "ranks"));
        }
        let switch = (0..group.at).rev().find_map(|item| {
            let word = &sentence.items[item];
            let words = Some((index, word.first, sentence.items[(item + 1).min(group.at)].first));
            let enemy = || sentence.items.get(item + 1).is_some_and(|next| self.context.is(next, Class::Enemy));
            match () {
                _ if self.context.is(word, Class::SideOf) && enemy() => Some((Slot::EnemyOfSpeaker, words, "ranks")),
                // A set phrase of its own: "côté ami".
                _ if self.context.is(word, Class::Own) && word.end > word.first + 1 => {
                    Some((Slot::Speaker, words, "ranks"))
                }
                _ => None,
            }
        });
        if switch.is_some() {
            return switch;
        }
        // "Du côté des jihadistes, le bilan s'élève à douze morts": of people of no country.
        let mut sides = (0..group.at).filter(|&item| self.context.is(&sentence.items[item], Class::SideOf));
        let nobody = sides.find(|&item| {
            let behind = sentence.items[item + 1..group.at].iter().take(4);
            let mut behind = behind.take_while(|next| next.what == What::Words);
            let thing = behind.find_map(|next| self.context.counted(next));
            thing.is_some_and(|(.., counted)| counted.side.as_deref() == Some("-"))
        });
        if let Some(item) = nobody {
            let words = Some((index, sentence.items[item].first, sentence.items[item].end));
            return Some((Slot::Nobody, words, "ranks"));
        }
        // "douze côté karsénien": right behind its number.
        let beside = sentence
            .parties
            .iter()
            .find(|party| party.first == group.end + 1 && self.context.is(&sentence.items[group.end], Class::SideOf));
        if let Some((party, root)) = beside.and_then(|party| Some((party, self.side_of(party)?))) {
            let words = Some((index, sentence.items[group.end].first, sentence.items[party.end - 1].end));
            return Some((Slot::Known(root.to_owned()), words, "label"));
        }
        let item = (0..sentence.items.len()).find(|&item| {
            let word = &sentence.items[item];
            (self.context.is(word, Class::Ranks) || self.context.is(word, Class::SideOf))
                && sentence.parties.iter().any(|party| party.first > item && party.first <= item + 3)
        })?;
        let party = sentence.parties.iter().find(|party| party.first > item && party.first <= item + 3)?;
        let root = self.side_of(party)?;
        let ranks = self.context.is(&sentence.items[item], Class::Ranks);
        (ranks || item < group.at).then(|| {
            let words = Some((index, sentence.items[item].first, sentence.items[party.end - 1].end));
            (Slot::Known(root.to_owned()), words, "ranks")
        })
    }
}
