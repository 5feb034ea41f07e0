//! Finds texts that are copies of each other, but for a paragraph, a headline or some words.
//!
//! In: texts. Out: a [`Signature`] of each, of a fixed size, and the groups of those that resemble each other.
//!
//! Two bulletins of one office differ in every figure and in nothing else: words are taken five at a time, so a figure
//! changes five of them, and the bulletins of two days are not alike. Signatures are kept for years: every constant
//! here is part of their format, and a golden one stands in the tests.

use crate::claim::Span;
use twox_hash::XxHash3_64;

/// Numbers in a signature.
const SIZE: usize = 128;

/// Words in a shingle.
const SHINGLE: usize = 5;

/// Numbers of a band: texts that share one are compared.
const ROWS: usize = 2;

/// Texts are alike from here on: half of what stands in either stands in both. At 0.44 articles that only share some
/// sentences begin to be taken for copies; `cargo xtask bench` counts them.
pub const ALIKE: f64 = 0.5;

/// The least of each of 128 hashes over a text's runs of five words.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Signature([u32; SIZE]);

impl Signature {
    /// The signature of a text, places left out that are not the article's; `None` when there is no word in it.
    ///
    /// Case, punctuation and line breaks do not count. A text of fewer than five words is one run.
    ///
    /// ```
    /// use bilan::document::alike::Signature;
    /// let of = |text| Signature::of(text, &[]);
    /// assert_eq!(of("Un incendie a fait DEUX morts."), of("un incendie a fait deux morts"));
    /// assert_eq!(of("…"), None);
    /// ```
    pub fn of(text: &str, without: &[Span]) -> Option<Signature> {
        let mut least = [u32::MAX; SIZE];
        let mut words = Words::default();
        let mut from = 0;
        for span in without {
            let (start, end) = (span.start as usize, span.end as usize);
            words.add(text.get(from..start).unwrap_or(""), &mut least);
            from = from.max(end);
        }
        words.add(text.get(from..).unwrap_or(""), &mut least);
        words.finish(&mut least).then_some(Signature(least))
    }

    /// About how much of what stands in either of two texts stands in both, from 0 to 1; give or take 0.05.
    pub fn resemblance(&self, other: &Signature) -> f64 {
        self.shared(other) as f64 / SIZE as f64
    }

    fn shared(&self, other: &Signature) -> usize {
        self.0.iter().zip(&other.0).filter(|(a, b)| a == b).count()
    }

    /// What texts share that are compared: a band is two numbers of 128.
    fn band(&self, number: usize) -> [u32; ROWS] {
        let at = number * ROWS;
        std::array::from_fn(|row| self.0[at + row])
    }
}

impl std::fmt::Display for Signature {
    /// 1,024 hexadecimal digits.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        self.0.iter().try_for_each(|least| write!(f, "{least:08x}"))
    }
}

/// The last words of a text under way.
#[derive(Default)]
struct Words {
    /// Each with a space behind it.
    run: String,
    /// Where each word of the run ends.
    ends: std::collections::VecDeque<usize>,
    hashed: bool,
}

impl Words {
    fn add(&mut self, text: &str, least: &mut [u32; SIZE]) {
        for word in text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
            if self.ends.len() == SHINGLE {
                let first = self.ends.pop_front().unwrap_or(0);
                self.run.drain(..first);
                self.ends.iter_mut().for_each(|end| *end -= first);
            }
            self.run.extend(word.chars().flat_map(char::to_lowercase));
            self.run.push(' ');
            self.ends.push_back(self.run.len());
            if self.ends.len() == SHINGLE {
                self.hash(least);
            }
        }
    }

    /// Whether there was any word.
    fn finish(mut self, least: &mut [u32; SIZE]) -> bool {
        if !self.hashed && !self.ends.is_empty() {
            self.hash(least);
        }
        self.hashed
    }

    fn hash(&mut self, least: &mut [u32; SIZE]) {
        self.hashed = true;
        let hash = XxHash3_64::oneshot(self.run.as_bytes());
        for (least, (factor, term)) in least.iter_mut().zip(&FUNCTIONS) {
            *least = (*least).min((hash.wrapping_mul(*factor).wrapping_add(*term) >> 32) as u32);
        }
    }
}

/// An odd factor and a term for each hash, from a generator that anyone can run again (SplitMix64 from 0).
const FUNCTIONS: [(u64, u64); SIZE] = {
    let mut functions = [(0, 0); SIZE];
    let mut state = 0u64;
    let mut at = 0;
    while at < SIZE {
        functions[at] = (split_mix(&mut state) | 1, split_mix(&mut state));
        at += 1;
    }
    functions
};

const fn split_mix(state: &mut u64) -> u64 {
    *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
    let mut z = *state;
    z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    z ^ (z >> 31)
}

/// Texts gathered into groups: two are in one when they are alike, or told to be one, or both so with a third.
///
/// The groups do not depend on the order in which texts come. A text takes half a kilobyte.
#[derive(Debug, Default)]
pub struct Groups {
    signatures: Vec<Option<Signature>>,
    /// The text above each in its group; the topmost stands above itself.
    above: Vec<usize>,
}

impl Groups {
    /// Adds a text and gives its number, from 0. A text without words is alike to none.
    pub fn add(&mut self, signature: Option<Signature>) -> usize {
        self.signatures.push(signature);
        self.above.push(self.above.len());
        self.above.len() - 1
    }

    /// Puts two texts into one group, whatever stands in them.
    pub fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.root(a), self.root(b));
        // The first is on top, so that the numbers of groups are those of their first texts.
        self.above[a.max(b)] = a.min(b);
    }

    /// How much two texts resemble each other; `None` when one has no words.
    pub fn resemblance(&self, a: usize, b: usize) -> Option<f64> {
        Some(self.signatures[a].as_ref()?.resemblance(self.signatures[b].as_ref()?))
    }

    /// The groups of more than one text, each in the order of its numbers.
    pub fn groups(&mut self) -> Vec<Vec<usize>> {
        for number in 0..SIZE / ROWS {
            let banded = self.signatures.iter().enumerate();
            let mut texts: Vec<_> =
                banded.filter_map(|(text, signature)| Some((signature.as_ref()?.band(number), text))).collect();
            texts.sort_unstable();
            texts.chunk_by(|(a, _), (b, _)| a == b).filter(|sharing| sharing.len() > 1).for_each(|s| self.gather(s));
        }
        let mut groups = vec![vec![]; self.above.len()];
        for number in 0..self.above.len() {
            groups[self.root(number)].push(number);
        }
        groups.retain(|group| group.len() > 1);
        groups
    }

    /// Joins those of some texts that are alike. Thousands of copies may be among them: one that is known to belong to
    /// a group is compared with none of it.
    fn gather(&mut self, texts: &[([u32; ROWS], usize)]) {
        let mut seen: Vec<Vec<usize>> = vec![];
        for &(_, text) in texts {
            let (mut home, mut others) = (vec![], vec![]);
            for members in seen {
                let root = self.root(members[0]);
                if root == self.root(text) || members.iter().any(|&member| self.alike(member, text)) {
                    self.join(root, text);
                    home = if home.is_empty() { members } else { [home, members].concat() };
                } else {
                    others.push(members);
                }
            }
            home.push(text);
            others.push(home);
            seen = others;
        }
    }

    fn alike(&self, a: usize, b: usize) -> bool {
        self.resemblance(a, b).is_some_and(|share| share >= ALIKE)
    }

    fn root(&mut self, mut number: usize) -> usize {
        while self.above[number] != number {
            self.above[number] = self.above[self.above[number]];
            number = self.above[number];
        }
        number
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A text of its own for each number.
    fn words(seed: u64, n: usize) -> Vec<String> {
        let mut state = seed.wrapping_mul(1 << 20);
        (0..n).map(|_| format!("m{}", split_mix(&mut state) % 5_000)).collect()
    }

    #[test]
    fn copies_are_found_and_bulletins_of_two_days_are_not_copies() {
        let text = |words: &[String]| Signature::of(&words.join(" "), &[]);
        let whole = words(1, 400);
        let mut changed = whole.clone();
        (0..400).step_by(100).for_each(|at| changed[at] = "autre".into());
        let bulletin = |day: u64| -> Vec<String> {
            let figures = words(day, 60);
            figures.into_iter().flat_map(|figure| ["chars".into(), "ennemis".into(), figure]).collect()
        };
        let mut groups = Groups::default();
        for words in [&whole[..], &whole[60..], &changed, &words(2, 400), &bulletin(3), &bulletin(4)] {
            groups.add(text(words));
        }
        assert_eq!(groups.groups(), [vec![0, 1, 2]]);
        assert!(groups.resemblance(0, 2).is_some_and(|share| (0.8..0.98).contains(&share)));
        groups.join(3, 5);
        assert_eq!(groups.groups(), [vec![0, 1, 2], vec![3, 5]]);
    }

    #[test]
    fn thousands_of_versions_of_one_text_take_no_square_of_time() {
        let mut groups = Groups::default();
        let mut text = words(7, 60);
        for n in 0..3_000 {
            text[n % 60] = format!("v{n}");
            groups.add(Signature::of(&text.join(" "), &[]));
        }
        assert_eq!(groups.groups()[0].len(), 3_000, "each is like the one before");
    }

    proptest! {
        #[test]
        fn groups_do_not_depend_on_the_order(order in Just((0..12usize).collect::<Vec<_>>()).prop_shuffle()) {
            let of = |number: usize| {
                let mut text = words(number as u64 / 4, 80);
                text.rotate_left(number % 4 * 12);
                Signature::of(&text.join(" "), &[])
            };
            let mut told: Vec<Vec<usize>> = {
                let mut groups = Groups::default();
                for &number in &order { groups.add(of(number)); }
                groups.groups().into_iter().map(|group| group.into_iter().map(|at| order[at]).collect()).collect()
            };
            told.iter_mut().for_each(|group| group.sort());
            told.sort();
            prop_assert_eq!(told, [vec![0, 1, 2, 3], vec![4, 5, 6, 7], vec![8, 9, 10, 11]]);
        }

        #[test]
        fn any_text_and_any_spans_give_a_signature_or_none(text in ".{0,200}", spans in prop::collection::vec((0u32..300, 0u32..300), 0..4)) {
            let spans: Vec<Span> = spans.into_iter().map(|(start, end)| Span { start, end }).collect();
            let _ = Signature::of(&text, &spans);
            prop_assert_eq!(Signature::of(&text, &[]).is_some(), text.chars().any(char::is_alphanumeric));
        }
    }
}
