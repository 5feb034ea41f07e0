//! Scores found claims against marked ones. Pure: it could move to a crate of its own when another program scores.
//!
//! In: for each document the claims marked by hand and the claims found. Out: a [`Score`], and what was wrong where.
//!
//! "Chacune des deux armées a perdu 100 000 hommes" is two claims on one figure: claims are paired one to one, first
//! where most fields agree, or one good claim would be scored against the other's side.

use std::collections::BTreeMap;

/// The fields that can be judged, in the codebook's order.
pub const FIELDS: [&str; 12] =
    ["value", "outcome", "counted", "side", "claimant", "citing", "stated", "from", "to", "scope", "place", "said"];

/// The fields that make a claim whole.
pub const WHOLE: [&str; 4] = ["value", "outcome", "counted", "side"];

/// The fields that are dates.
const DATES: [&str; 3] = ["stated", "from", "to"];

/// A half-open place in the text.
pub type Place = (usize, usize);

/// A claim marked by hand.
#[derive(Clone, Debug, Default)]
pub struct Marked {
    /// Where its figure stands.
    pub place: Place,
    /// Right answers for each judged field; `None` among them: empty is right. An absent field is not judged.
    pub fields: BTreeMap<&'static str, Vec<Option<String>>>,
    /// Costs nothing when missed and counts nothing when found.
    pub optional: bool,
}

/// A claim that was found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// Where its figure stands, first its own place, then where it is said again.
    pub places: Vec<Place>,
    /// Every field; `None` is empty.
    pub fields: BTreeMap<&'static str, Option<String>>,
    /// How sure the reader was, 0 to 1.
    pub confidence: f64,
}

/// What one document shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairing {
    /// Marked and found, by index, that speak of one figure.
    pub pairs: Vec<(usize, usize)>,
    /// Marked and not found; optional ones are not among them.
    pub missed: Vec<usize>,
    /// Marked where a claim that was found is told again: one claim, which its other place already stands for.
    pub again: Vec<usize>,
    /// Found and not marked.
    pub extra: Vec<usize>,
}

/// Right ones among those counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// How many were right.
    pub right: usize,
    /// How many there were.
    pub of: usize,
}

/// The figures of a whole run.
#[derive(Clone, Debug, Default)]
pub struct Score {
    /// Documents scored.
    pub documents: usize,
    /// Marked claims that should be found.
    pub marked: usize,
    /// Marks beside them on what is told again.
    pub again: usize,
    /// Claims found, without those that met an optional one.
    pub found: usize,
    /// Found with value, outcome, counted and side right.
    pub whole: usize,
    /// The same, and the root of the claimant.
    pub whole_and_claimant: usize,
    /// Found with every judged field right.
    pub every_field: usize,
    /// For each field: right ones among those judged in paired claims.
    pub fields: BTreeMap<&'static str, Tally>,
    /// Dates that were given and are wrong, among judged dates. A date left open is not wrong.
    pub wrong_dates: Tally,
    /// Documents in which nothing is marked, and the claims found in them.
    pub without_toll: (usize, usize),
    /// For each tenth of confidence: claims, sum of confidence, whole ones.
    pub reliability: [(usize, f64, usize); 10],
    /// Sum of squared distances between confidence and being whole.
    squares: f64,
}

impl Marked {
    /// Whether a field is right; `None` when it is not judged.
    pub fn judges(&self, field: &str, found: &Found) -> Option<bool> {
        let right = self.fields.get(field)?;
        let said = found.fields.get(field).and_then(Option::as_deref);
        Some(right.iter().any(|right| right.as_deref() == said))
    }

    /// Whether all of these are right as far as they are judged.
    pub fn all_right(&self, fields: &[&str], found: &Found) -> bool {
        fields.iter().all(|field| self.judges(field, found) != Some(false))
    }

    fn claimant_root_right(&self, found: &Found) -> bool {
        let said = found.fields.get("claimant").and_then(Option::as_deref).map(root);
        let right = |right: &[Option<String>]| right.iter().any(|right| right.as_deref().map(root) == said);
        self.fields.get("claimant").is_none_or(|fields| right(fields))
    }

    /// Whether a whole claim is said here once more: by the codebook the same figure told twice by one claimant is one claim.
    fn is_told_again(&self, found: &Found) -> bool {
        let here = found.places.iter().skip(1).any(|place| overlap(self.place, *place) > 0);
        here && self.all_right(&WHOLE, found)
    }

    fn agreement(&self, found: &Found) -> usize {
        FIELDS.iter().filter(|field| self.judges(field, found) == Some(true)).count()
    }
}

/// The tree's root of each party of a joint one: `UA/general-staff` is `UA`.
fn root(party: &str) -> Vec<&str> {
    party.split('+').map(|party| party.split('/').next().unwrap_or(party)).collect()
}

/// Pairs claims one to one: their places overlap, and of those that do the most agreeing go first.
pub fn pair(marked: &[Marked], found: &[Found]) -> Pairing {
    let mut candidates = Vec::new();
    for (i, mark) in marked.iter().enumerate() {
        for (j, claim) in found.iter().enumerate() {
            let overlap = claim.places.iter().map(|place| overlap(mark.place, *place)).max().unwrap_or(0);
            if overlap > 0 {
                candidates.push((mark.agreement(claim), !mark.optional, overlap, i, j));
            }
        }
    }
    candidates.sort_by(|a, b| (b.0, b.1, b.2).cmp(&(a.0, a.1, a.2)).then((a.3, a.4).cmp(&(b.3, b.4))));
    let (mut marks_left, mut found_left) = (vec![true; marked.len()], vec![true; found.len()]);
    let mut pairs = Vec::new();
    for (_, _, _, i, j) in candidates {
        if marks_left[i] && found_left[j] {
            (marks_left[i], found_left[j]) = (false, false);
            pairs.push((i, j));
        }
    }
    pairs.sort_unstable();
    let left = |left: &[bool]| (0..left.len()).filter(|&i| left[i]).collect::<Vec<_>>();
    let missed = left(&marks_left).into_iter().filter(|&i| !marked[i].optional);
    let told_again = |i: &usize| found.iter().any(|claim| marked[*i].is_told_again(claim));
    let (again, missed) = missed.partition(told_again);
    Pairing { pairs, missed, again, extra: left(&found_left) }
}

fn overlap(a: Place, b: Place) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

impl Score {
    /// Adds a document.
    pub fn add(&mut self, marked: &[Marked], found: &[Found]) -> Pairing {
        let pairing = pair(marked, found);
        self.documents += 1;
        self.marked += marked.iter().filter(|mark| !mark.optional).count() - pairing.again.len();
        self.again += pairing.again.len();
        self.found += pairing.extra.len();
        if marked.is_empty() {
            self.without_toll.0 += 1;
            self.without_toll.1 += found.len();
        }
        for &(i, j) in pairing.pairs.iter().filter(|(i, _)| !marked[*i].optional) {
            self.add_pair(&marked[i], &found[j]);
        }
        for &j in &pairing.extra {
            self.add_confidence(found[j].confidence, false);
        }
        pairing
    }

    fn add_pair(&mut self, mark: &Marked, claim: &Found) {
        let whole = mark.all_right(&WHOLE, claim);
        self.found += 1;
        self.whole += usize::from(whole);
        self.whole_and_claimant += usize::from(whole && mark.claimant_root_right(claim));
        self.every_field += usize::from(mark.all_right(&FIELDS, claim));
        for field in FIELDS {
            let Some(right) = mark.judges(field, claim) else { continue };
            self.fields.entry(field).or_default().add(right);
            if DATES.contains(&field) {
                let given = claim.fields.get(field).is_some_and(Option::is_some);
                self.wrong_dates.add(given && !right);
            }
        }
        self.add_confidence(claim.confidence, whole);
    }

    fn add_confidence(&mut self, confidence: f64, whole: bool) {
        let tenth = &mut self.reliability[((confidence * 10.0) as usize).min(9)];
        *tenth = (tenth.0 + 1, tenth.1 + confidence, tenth.2 + usize::from(whole));
        self.squares += (confidence - f64::from(u8::from(whole))).powi(2);
    }

    /// Precision, recall and F1 for this many right ones; `None` where there is nothing to divide by.
    pub fn rates(&self, right: usize) -> [Option<f64>; 3] {
        let f1 = Tally { right: 2 * right, of: self.found + self.marked };
        [Tally { right, of: self.found }.rate(), Tally { right, of: self.marked }.rate(), f1.rate()]
    }

    /// Mean squared distance between confidence and being whole; 0 is best.
    pub fn brier(&self) -> Option<f64> {
        (self.found > 0).then(|| self.squares / self.found as f64)
    }
}

impl Tally {
    fn add(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    /// Right ones by all; `None` of none.
    pub fn rate(&self) -> Option<f64> {
        (self.of > 0).then(|| self.right as f64 / self.of as f64)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn marked(place: Place, fields: &[(&'static str, &[&str])]) -> Marked {
        let empty = |value: &&str| (!value.is_empty()).then(|| value.to_string());
        let fields = fields.iter().map(|(field, right)| (*field, right.iter().map(empty).collect())).collect();
        Marked { place, fields, optional: false }
    }

    fn found(place: Place, confidence: f64, fields: &[(&'static str, &str)]) -> Found {
        let fields =
            fields.iter().map(|(field, value)| (*field, (!value.is_empty()).then(|| value.to_string()))).collect();
        Found { places: vec![place], fields, confidence }
    }

    #[test]
    fn two_claims_on_one_figure_are_paired_by_their_sides() {
        let marks = [marked((5, 12), &[("side", &["XA"])]), marked((5, 12), &[("side", &["XB"])])];
        let claims = [found((5, 12), 0.9, &[("side", "XB")]), found((5, 12), 0.9, &[("side", "XA")])];
        assert_eq!(pair(&marks, &claims).pairs, [(0, 1), (1, 0)]);
    }

    #[test]
    fn absent_is_not_judged_and_null_must_be_empty() {
        let mark = marked((0, 1), &[("claimant", &[""]), ("side", &["XA", ""])]);
        let claim = found((0, 1), 1.0, &[("claimant", "XB"), ("side", ""), ("place", "XA")]);
        assert_eq!(mark.judges("claimant", &claim), Some(false));
        assert_eq!(mark.judges("side", &claim), Some(true));
        assert_eq!(mark.judges("place", &claim), None);
    }

    #[test]
    fn an_optional_claim_costs_and_counts_nothing() {
        let optional = Marked { optional: true, ..marked((0, 3), &[("value", &["5"])]) };
        let sure = marked((10, 13), &[("value", &["7"])]);
        let claims = [found((0, 3), 0.8, &[("value", "6")]), found((10, 13), 0.8, &[("value", "7")])];
        let mut with = Score::default();
        with.add(&[optional.clone(), sure.clone()], &claims);
        assert_eq!((with.marked, with.found, with.whole), (1, 1, 1));
        let mut without = Score::default();
        let pairing = without.add(&[optional, sure], &claims[1..]);
        assert_eq!((without.marked, without.found, without.whole, pairing.missed.len()), (1, 1, 1, 0));
    }

    #[test]
    fn what_is_told_twice_is_one_claim_unless_it_is_wrong() {
        let marks = [marked((0, 3), &[("value", &["5"])]), marked((10, 13), &[("value", &["5"])])];
        let twice = |value| Found { places: vec![(0, 3), (10, 13)], ..found((0, 3), 0.8, &[("value", value)]) };
        let right = pair(&marks, &[twice("5")]);
        assert_eq!((right.pairs, right.again, right.missed), (vec![(0, 0)], vec![1], vec![]));
        let wrong = pair(&marks, &[twice("6")]);
        assert_eq!((wrong.again, wrong.missed), (vec![], vec![1]));
        let mut score = Score::default();
        score.add(&marks, &[twice("5")]);
        assert_eq!((score.marked, score.again, score.found, score.whole), (1, 1, 1, 1));
    }

    #[test]
    fn the_score_of_a_small_run() {
        let mut score = Score::default();
        let marks = [
            marked((0, 3), &[("value", &["5"]), ("claimant", &["XA/mod"]), ("stated", &["2031-05-04"])]),
            marked((10, 13), &[("value", &["7"]), ("stated", &["2031-05-04"])]),
            marked((20, 23), &[("value", &["9"])]),
        ];
        let claims = [
            found((0, 3), 0.95, &[("value", "5"), ("claimant", "XA"), ("stated", "2031-05-05")]),
            found((10, 12), 0.55, &[("value", "70"), ("stated", "")]),
            found((30, 33), 0.15, &[("value", "1")]),
        ];
        let pairing = score.add(&marks, &claims);
        score.add(&[], &[found((0, 1), 0.0, &[])]);
        assert_eq!(pairing, Pairing { pairs: vec![(0, 0), (1, 1)], missed: vec![2], again: vec![], extra: vec![2] });
        assert_eq!(score.rates(score.whole), [Some(0.25), Some(1.0 / 3.0), Some(2.0 / 7.0)]);
        assert_eq!((score.whole_and_claimant, score.every_field), (1, 0));
        assert_eq!(score.fields["stated"], Tally { right: 0, of: 2 });
        assert_eq!(score.wrong_dates, Tally { right: 1, of: 2 });
        assert_eq!(score.without_toll, (1, 1));
        assert_eq!(score.reliability[9], (1, 0.95, 1));
        let brier = (0.05f64.powi(2) + 0.55f64.powi(2) + 0.15f64.powi(2)) / 4.0;
        assert!((score.brier().unwrap() - brier).abs() < 1e-12);
    }

    #[test]
    fn nothing_marked_and_nothing_found_is_no_number() {
        let mut score = Score::default();
        score.add(&[], &[]);
        assert_eq!(score.rates(0), [None, None, None]);
        assert_eq!(score.brier(), None);
    }
}
