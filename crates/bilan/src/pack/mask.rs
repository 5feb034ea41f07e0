//! Tells at a glance what a phrase may be.
//!
//! In: the senses of a phrase. Out: a [`Mask`].
//!
//! "les forces armées" in small letters is no name: a phrase that is nothing but a name with a capital has a bit of its own.

use super::entries::{Data, Entry};
use super::tags::Tags;
use super::vocabulary::Sense;

/// What a phrase may be, at a glance: most questions that are asked of a word are answered no.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Mask {
    /// Bits of [`Mask::OUTCOME`] and the like.
    pub kinds: u8,
    /// Its hints, bits of [`super::hint`].
    pub hints: u16,
    /// One bit for each class of words that build sentences.
    pub classes: u64,
    /// One bit for each class of words of a date.
    pub times: u64,
}

impl Mask {
    /// An outcome.
    pub const OUTCOME: u8 = 1;
    /// Who or what is counted.
    pub const COUNTED: u8 = 2;
    /// A name.
    pub const NAME: u8 = 4;
    /// A word of saying.
    pub const CUE: u8 = 8;
    /// A hedge.
    pub const HEDGE: u8 = 16;
    /// A word of a number.
    pub const NUMBER: u8 = 32;
    /// A unit.
    pub const UNIT: u8 = 64;
    /// Nothing but a name that is written with a capital.
    pub const PROPER: u8 = 128;

    /// Nothing that the pack knows.
    pub const NONE: &Mask = &Mask { kinds: 0, hints: 0, classes: 0, times: 0 };

    /// What either may be.
    pub fn or(self, other: &Mask) -> Mask {
        Mask {
            kinds: self.kinds | other.kinds,
            hints: self.hints | other.hints,
            classes: self.classes | other.classes,
            times: self.times | other.times,
        }
    }

    /// With what these senses are.
    pub(super) fn with(self, senses: &[Sense], entries: &[Entry]) -> Mask {
        let data = |sense: &Sense| &entries[sense.entry as usize].data;
        let proper = |sense: &Sense| matches!(data(sense), Data::Name(_)) && sense.tags.has(Tags::PROPER);
        let only = if !senses.is_empty() && senses.iter().all(proper) { Mask::PROPER } else { 0 };
        senses.iter().fold(Mask { kinds: self.kinds | only, ..self }, |mut mask, sense| {
            match data(sense) {
                Data::Outcome(_) => mask.kinds |= Mask::OUTCOME,
                Data::Counted(_) => mask.kinds |= Mask::COUNTED,
                Data::Name(_) => mask.kinds |= Mask::NAME,
                Data::Cue(_) => mask.kinds |= Mask::CUE,
                Data::Hedge(_) => mask.kinds |= Mask::HEDGE,
                Data::Function(function) => mask.classes |= 1 << function.class as u64,
                Data::Number(_) => mask.kinds |= Mask::NUMBER,
                Data::Unit(_) => mask.kinds |= Mask::UNIT,
                Data::Time(time) => mask.times |= 1 << time.class as u64,
            }
            mask
        })
    }
}
