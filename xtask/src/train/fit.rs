//! Fits a logistic regression.
//!
//! In: the values of each row that are not 0, and whether it was right. Out: one weight for each column.
//!
//! A reason that was right in all its three claims would weigh without end; so large weights cost something (ridge), all
//! but the first, which holds how many are right where nothing speaks for or against.

/// What a weight costs: as if so many claims spoke against it.
const RIDGE: f64 = 4.0;

/// Newton's steps; on such data six are enough.
const STEPS: usize = 30;

/// A row: columns with their values, and whether it was right.
pub type Seen = (Vec<(usize, f64)>, bool);

/// Weights as log-odds, by Newton's method.
pub fn fit(rows: &[Seen], columns: usize) -> Vec<f64> {
    let mut weights = vec![0.0; columns];
    for _ in 0..STEPS {
        let mut slope: Vec<f64> = weights.iter().map(|weight| -RIDGE * weight).collect();
        let mut bend = vec![vec![0.0; columns]; columns];
        for (at, row) in bend.iter_mut().enumerate() {
            row[at] = if at == 0 { 1e-9 } else { RIDGE };
        }
        slope[0] = 0.0;
        for (values, right) in rows {
            let odds: f64 = values.iter().map(|(at, value)| weights[*at] * value).sum();
            let share = 1.0 / (1.0 + (-odds).exp());
            for (at, value) in values {
                slope[*at] += value * (f64::from(u8::from(*right)) - share);
                for (other, beside) in values {
                    bend[*at][*other] += value * beside * share * (1.0 - share);
                }
            }
        }
        let step = solve(bend, slope);
        weights.iter_mut().zip(&step).for_each(|(weight, step)| *weight += step);
        if step.iter().all(|step| step.abs() < 1e-6) {
            break;
        }
    }
    weights
}

/// Solves `bend * step = slope` for a matrix that is symmetric and positive, by elimination.
fn solve(mut bend: Vec<Vec<f64>>, mut slope: Vec<f64>) -> Vec<f64> {
    let n = slope.len();
    for at in 0..n {
        let pivot = bend[at].clone();
        let known = slope[at];
        for below in at + 1..n {
            let factor = bend[below][at] / pivot[at];
            if factor != 0.0 {
                bend[below].iter_mut().zip(&pivot).skip(at).for_each(|(cell, above)| *cell -= factor * above);
                slope[below] -= factor * known;
            }
        }
    }
    for at in (0..n).rev() {
        let known: f64 = (at + 1..n).map(|after| bend[at][after] * slope[after]).sum();
        slope[at] = (slope[at] - known) / bend[at][at];
    }
    slope
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(base: (usize, usize), with: (usize, usize)) -> Vec<Seen> {
        let some = |values: &[(usize, f64)], (right, of): (usize, usize)| -> Vec<Seen> {
            (0..of).map(|number| (values.to_vec(), number < right)).collect()
        };
        [some(&[(0, 1.0)], base), some(&[(0, 1.0), (1, 1.0)], with)].concat()
    }

    fn share(odds: f64) -> f64 {
        1.0 / (1.0 + (-odds).exp())
    }

    #[test]
    fn shares_that_are_known_come_back() {
        let weights = fit(&rows((3000, 10_000), (9000, 10_000)), 2);
        assert!((share(weights[0]) - 0.3).abs() < 0.002, "{weights:?}");
        assert!((share(weights[0] + weights[1]) - 0.9).abs() < 0.002, "{weights:?}");
    }

    #[test]
    fn what_is_always_right_does_not_weigh_without_end() {
        let weights = fit(&rows((50, 100), (3, 3)), 2);
        assert!(weights[1] > 0.1 && weights[1] < 3.0, "{weights:?}");
        let many = fit(&rows((50, 100), (300, 300)), 2);
        assert!(many[1] > weights[1] && many[1] < 8.0, "{many:?}");
    }

    #[test]
    fn a_reason_that_no_row_has_weighs_nothing() {
        let weights = fit(&rows((30, 100), (70, 100)), 3);
        assert_eq!(weights[2], 0.0);
        assert!(weights.iter().all(|weight| weight.is_finite()));
    }
}
