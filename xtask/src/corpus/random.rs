//! Draws numbers that are the same for the same seed, on every machine and for ever.
//!
//! In: a seed. Out: numbers and choices (SplitMix64, public domain).
//!
//! Written here, in ten lines: a crate may change its stream with a version, and every measurement with it.

/// A stream of draws.
pub struct Random(u64);

impl Random {
    /// The stream of this seed.
    pub fn new(seed: u64) -> Random {
        Random(seed)
    }

    fn draw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut bits = self.0;
        bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        bits ^ (bits >> 31)
    }

    /// One of `low..=high`.
    pub fn between(&mut self, low: u64, high: u64) -> u64 {
        low + ((u128::from(self.draw()) * u128::from(high - low + 1)) >> 64) as u64
    }

    /// True `part` times in `whole`.
    pub fn chance(&mut self, part: u64, whole: u64) -> bool {
        self.between(1, whole) <= part
    }

    /// One of these; they must not be none.
    pub fn pick<'a, T>(&mut self, of: &'a [T]) -> &'a T {
        &of[self.between(0, of.len() as u64 - 1) as usize]
    }

    /// A number of any size up to `high`, small ones as often as large ones.
    pub fn sized(&mut self, low: u64, high: u64) -> u64 {
        let digits = self.between(u64::from(low.max(1).ilog10()), u64::from(high.ilog10())) as u32;
        let (from, to) = (10u64.pow(digits).max(low), (10u64.pow(digits) * 10 - 1).min(high));
        self.between(from, to.max(from))
    }
}
