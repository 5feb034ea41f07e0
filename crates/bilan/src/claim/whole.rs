//! Lets figures that belong together share what one of them tells: a headline and its story, a part and its whole.
//!
//! In: the settled drafts of a document. Out: the same, with sides and days filled.
//!
//! "36 000 soldats, à savoir 23 000 Valdoriens et 13 000 Karséniens": no word tells whose the 36 000 are; their parts do.

use super::settle::{Settled, Settling};
use super::side::Side;
use super::when::Time;
use crate::clause::together;
use crate::kinds::Trait;

/// Headlines stand in the first sentences.
const HEAD: usize = 2;

impl<'p> Settling<'_, 'p> {
    /// "Séisme : 62 morts", then "62 personnes ont péri mardi, selon la protection civile": a headline says again what
    /// the text below says in full, and borrows who, whose and when from there.
    pub(super) fn echo(&mut self) {
        let heads = self.settled.partition_point(|settled| settled.draft.sentence < HEAD);
        for at in 0..heads {
            let head = &self.settled[at];
            let heard = head.speaker.as_ref().is_some_and(|speaker| speaker.at.0 == head.draft.sentence);
            let body = self.settled[at + 1..].iter().position(|later| !heard && self.says_again(head, later));
            let Some(body) = body.map(|body| at + 1 + body) else { continue };
            let (heads, bodies) = self.settled.split_at_mut(body);
            let (head, body) = (&mut heads[at], &bodies[0]);
            if head.speaker.is_none() {
                head.speaker.clone_from(&body.speaker);
            }
            if !head.time.told {
                let words = std::mem::take(&mut head.time.words);
                head.time = Time { words, ..body.time.clone() };
            }
            let told = |side: &Side| side.words.is_some();
            if head.side.is_open() || (!told(&head.side) && told(&body.side)) {
                head.side = Side { words: None, rule: "headline", ..body.side.clone() };
            }
        }
    }

    /// "30 des 35 drones lancés par la Karsénie": a part is whose the whole is.
    pub(super) fn part_with_whole(&mut self) {
        for whole in 1..self.settled.len() {
            let (part, next) = (&self.settled[whole - 1], &self.settled[whole]);
            let beside = part.draft.sentence == next.draft.sentence && part.draft.group + 1 == next.draft.group;
            if beside && self.group(&part.draft).part_of && part.side.is_open() {
                self.settled[whole - 1].side = Side { score: next.side.score - 1, ..next.side.clone() };
            }
        }
    }

    /// "36 000 soldats, à savoir 23 000 Valdoriens et 13 000 Karséniens": a whole is of all those whose parts it sums.
    pub(super) fn whole_with_parts(&mut self) {
        for whole in 0..self.settled.len().saturating_sub(2) {
            let head = &self.settled[whole];
            let Some(total) = self.value(&head.draft).point().filter(|_| self.group(&head.draft).party.is_none())
            else {
                continue;
            };
            let of_head = |part: &&Settled<'p>| {
                let (head, part, rule) = (&head.draft, &part.draft, part.side.rule);
                part.sentence == head.sentence && part.outcome == head.outcome && rule == "adjective"
            };
            let (mut sum, mut roots) = (0, vec![]);
            for part in self.settled[whole + 1..].iter().take_while(of_head) {
                let (Some(value), [Some(root)]) = (self.value(&part.draft).point(), &part.side.roots[..]) else {
                    break;
                };
                sum += value;
                roots.push(root.clone());
                if sum >= total {
                    break;
                }
            }
            let all = together(roots.iter().map(String::as_str));
            if sum == total && all.contains('+') {
                let side = &mut self.settled[whole].side;
                (side.roots, side.words, side.rule) = (vec![Some(all)], None, "sum");
            }
        }
    }

    fn says_again(&self, head: &Settled<'p>, later: &Settled<'p>) -> bool {
        let kinds = &self.finding.shared.kinds;
        let (one, two) = (&head.draft, &later.draft);
        let value = self.value(one).point().filter(|&n| n > 1);
        let bare = |counted: &str| kinds.is(counted, Trait::Bare);
        two.sentence > one.sentence
            && value.is_some()
            && value == self.value(two).point()
            && one.outcome == two.outcome
            && (one.counted == two.counted || bare(one.counted) || bare(two.counted))
    }
}
