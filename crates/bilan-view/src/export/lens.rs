//! Chooses the one number of a figure that is not one.
//!
//! In: a [`Value`]. Out: a number, or none where the chosen rule has none.
//!
//! "des centaines" is 100 to one data set and 200 to another. The choice is the reader's, is named with the table, and
//! never moves a number that was said: "plus de 340" stays 340.

use bilan::claim::Value;

/// A rule for figures that are no single number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lens {
    /// As ACLED: dozens are 12, hundreds 100.
    Acled,
    /// As EM-DAT: hundreds are 200, thousands 2,000, a range its middle.
    Emdat,
    /// The lowest number that the words name.
    Low,
    /// The highest number that the words name.
    High,
}

impl Lens {
    /// As it is asked for.
    pub fn name(self) -> &'static str {
        match self {
            Lens::Acled => "acled",
            Lens::Emdat => "emdat",
            Lens::Low => "low",
            Lens::High => "high",
        }
    }

    /// The one number.
    pub fn point(self, value: &Value) -> Option<u64> {
        if let Some(point) = value.point() {
            return Some(point);
        }
        let vague = value.ours.then_some((value.first, value.last));
        match (self, vague) {
            (Lens::Acled, Some((20, 99))) => Some(12),
            (Lens::Acled, Some((200, 999))) => Some(100),
            (Lens::Acled, _) => None,
            (Lens::Emdat, Some((200, 999))) => Some(200),
            (Lens::Emdat, Some((2000, 9999))) => Some(2000),
            (Lens::Emdat, Some(_)) => None,
            (Lens::Emdat, None) => Some(value.first + (value.last - value.first) / 2),
            (Lens::Low, _) => Some(value.first),
            (Lens::High, _) => Some(value.last),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_said_is_never_moved() {
        for (text, said) in [("5937", 5937), (">300000", 300_000), ("~100", 100), (">~100", 100), ("<50", 50)] {
            for lens in [Lens::Acled, Lens::Emdat, Lens::Low, Lens::High] {
                assert_eq!(lens.point(&text.parse().unwrap()), Some(said), "{text} by {}", lens.name());
            }
        }
    }

    #[test]
    fn each_rule_has_its_own_hundreds() {
        let points = |text: &str| {
            [Lens::Acled, Lens::Emdat, Lens::Low, Lens::High].map(|lens| lens.point(&text.parse().unwrap()))
        };
        assert_eq!(points("[20..99]"), [Some(12), None, Some(20), Some(99)]);
        assert_eq!(points("[200..999]"), [Some(100), Some(200), Some(200), Some(999)]);
        assert_eq!(points("[2000..9999]"), [None, Some(2000), Some(2000), Some(9999)]);
        assert_eq!(points("2000..4001"), [None, Some(3000), Some(2000), Some(4001)]);
    }
}
