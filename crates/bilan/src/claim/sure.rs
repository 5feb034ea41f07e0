//! Says how sure we are to have read a claim right.
//!
//! In: the reasons by which a draft was made and settled. Out: [`Confidence`], a probability in hundredths.
//!
//! A figure whose side nobody tells is wrong two times in three, however well its words fit: most claims name one. So
//! the weights are not set by hand: they are the log-odds of a logistic regression of "value, outcome, counted and side
//! are right" over these reasons, printed by `cargo xtask train`. `DESIGN.md` says what they are worth.

use super::Confidence;
use super::draft::is_row;
use super::make::Made;
use crate::clause::Join;
use crate::pack::Arc;

/// How much each reason weighs, in hundredths of log-odds for each point of it; in the order of [`REASONS`].
const WEIGHTS: [(&str, i32); REASONS.len()] = [
    ("base", 130),
    ("fit", 18),
    ("arc-item", 44),
    ("arc-object", 45),
    ("arc-subject", 65),
    ("side-complement", -97),
    ("side-mourned", -70),
    ("open", -174),
    ("few", -29),
    ("many", -13),
    ("stateless", 28),
    ("speaker", 28),
    ("thing-elsewhere", -99),
    ("item-line", 53),
    ("play", -70),
    ("play-much", 33),
    ("stranger", -67),
    ("join-subset", 18),
    ("join-instead", 22),
    ("side-own-soldiers", -81),
    ("side-world", 112),
    ("other-noun", -56),
    ("side-home", -52),
    ("place-elsewhere", -25),
    ("article", -88),
];

/// What a reason looks at.
type Told = fn(&Made<'_, '_>) -> i32;

/// Everything that speaks for or against a claim; what gained nothing on documents left out is not here.
const REASONS: [(&str, Told); 25] = [
    ("base", |_| 1),
    ("fit", |made| made.settled.draft.score - MEAN),
    ("arc-item", |made| made.is_by(Arc::Item)),
    ("arc-object", |made| made.is_by(Arc::Object)),
    ("arc-subject", |made| made.is_by(Arc::Subject)),
    ("side-complement", |made| made.is_told_by("complement")),
    ("side-mourned", |made| made.is_told_by("mourned")),
    // Nobody tells whose.
    ("open", |made| is(made.root().is_none())),
    ("few", |made| is(made.group().value.point().is_some_and(|point| point < 10))),
    ("many", |made| is(made.group().value.point().is_some_and(|point| point >= 1000))),
    ("stateless", |made| is(made.root() == Some("-"))),
    // Who names a source counts.
    ("speaker", |made| is(made.settled.speaker.is_some())),
    // Of a table the head counts as here.
    ("thing-elsewhere", |made| {
        let elsewhere = made.settled.draft.thing.is_some_and(|(at, _)| at != made.settled.draft.sentence);
        is(elsewhere && !is_row(made.sentence()))
    }),
    ("item-line", |made| is(made.group().item_line)),
    // "Privé de six blessés, l'entraîneur …": a match, an exercise, a re-enactment.
    ("play", |made| is(made.play > 1)),
    ("play-much", |made| is(made.play > 4)),
    ("stranger", |made| is(made.group().stranger.is_some())),
    ("join-subset", |made| is(made.settled.draft.join == Join::Subset)),
    ("join-instead", |made| is(made.settled.draft.join == Join::Instead)),
    ("side-own-soldiers", |made| made.is_told_by("own-soldiers")),
    ("side-world", |made| made.is_told_by("world")),
    ("other-noun", |made| is(made.settled.draft.thing.is_some_and(|(_, thing)| thing.weak))),
    ("side-home", |made| made.is_told_by("home")),
    // The country is told in another sentence.
    ("place-elsewhere", |made| {
        let words = made.settled.side.words;
        is(made.settled.side.rule == "place" && words.is_some_and(|(at, ..)| at != made.settled.draft.sentence))
    }),
    // "Un mort": an article may be no count.
    ("article", |made| is(made.group().article)),
];

/// The usual score of a draft.
const MEAN: i32 = 8;

/// Hundredths below which a reading is refused: of those below, one in three is right on documents left out.
const DOUBT: u8 = 38;

/// Of a claim without a speaker: that the reporter's own voice was heard right.
const REPORTER: u8 = 75;

/// What spoke for and against a claim when it was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reasons([i8; REASONS.len()]);

impl Reasons {
    /// The name of each reason and its value, 0 or 1 or a small sum; the same names in the same order for all claims.
    pub fn named(&self) -> impl Iterator<Item = (&'static str, i8)> {
        REASONS.iter().map(|(name, _)| *name).zip(self.0)
    }

    /// Hundredths that the claim is right.
    fn share(&self) -> u8 {
        let odds: i32 = WEIGHTS.iter().zip(self.0).map(|((_, weight), value)| weight * i32::from(value)).sum();
        let share = 100.0 / (1.0 + (-f64::from(odds) / 100.0).exp());
        (share.round() as u8).clamp(1, 99)
    }
}

fn is(so: bool) -> i32 {
    i32::from(so)
}

impl Made<'_, '_> {
    /// What speaks for and against it.
    pub(super) fn reasons(&self) -> Reasons {
        Reasons(REASONS.map(|(_, told)| told(self).clamp(-99, 99) as i8))
    }

    /// Whether it is more likely wrong than right by far: a wrong claim costs more than a missed one.
    pub(super) fn is_doubtful(&self, reasons: &Reasons) -> bool {
        // A text that names no country leaves the side open, and there is nothing to doubt in that.
        let open = self.nowhere && self.root().is_none();
        !open && reasons.share() < DOUBT
    }

    /// How sure of the claim, and of its claimant.
    pub(super) fn confidence(&self, reasons: &Reasons) -> Confidence {
        let speaker = self.settled.speaker.as_ref();
        Confidence { claim: reasons.share(), claimant: speaker.map_or(REPORTER, |speaker| speaker.confidence) }
    }

    fn is_by(&self, arc: Arc) -> i32 {
        is(self.settled.draft.arc == arc)
    }

    fn is_told_by(&self, rule: &str) -> i32 {
        is(self.settled.side.rule == rule)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_reason_has_its_weight() {
        let names = |of: &mut dyn Iterator<Item = &'static str>| of.collect::<Vec<_>>();
        let weighed = names(&mut WEIGHTS.iter().map(|(name, _)| *name));
        assert_eq!(weighed, names(&mut REASONS.iter().map(|(name, _)| *name)));
    }

    #[test]
    fn reasons_add_up() {
        let mut reasons = Reasons([0; REASONS.len()]);
        assert_eq!(reasons.share(), 50);
        reasons.0[0] = 1;
        let share = |odds: i32| (100.0 / (1.0 + (-f64::from(odds) / 100.0).exp())).round() as u8;
        assert_eq!(reasons.share(), share(WEIGHTS[0].1));
        reasons.0[1] = -3;
        assert_eq!(reasons.share(), share(WEIGHTS[0].1 - 3 * WEIGHTS[1].1));
        reasons.0 = [99; REASONS.len()];
        assert!((1..=99).contains(&reasons.share()));
    }
}
