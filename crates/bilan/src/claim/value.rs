//! The value of a claim: an interval of whole things, with how its ends were said.
//!
//! In: a figure and its hedge. Out: one canonical text that prints and parses without loss.
//!
//! "plus de 300 000" is not 300 000: its point is 300 000, its low end 300 001, its high end open. "des centaines" has
//! bounds that are ours, not the speaker's, hence the brackets: `[200..999]`.

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;
use std::str::FromStr;

/// How the ends of a value were said (codebook, section 2).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Bound {
    /// No word about the ends.
    #[default]
    Bare,
    /// "au moins": `>=`.
    AtLeast,
    /// "plus de": `>`.
    MoreThan,
    /// "jusqu'à": `<=`.
    AtMost,
    /// "moins de": `<`.
    LessThan,
}

/// A number of whole things as somebody put it. `low == high` unless a range was said.
///
/// ```
/// use bilan::claim::Value;
/// let value: Value = ">~100".parse().unwrap();
/// assert_eq!(value.point(), Some(100));
/// assert_eq!(value.open(), ["high"]);
/// assert_eq!(value.to_string(), ">~100");
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Value {
    /// How the ends were said.
    pub bound: Bound,
    /// "environ": no bounds are computed.
    pub about: bool,
    /// The bounds are ours (a vague plural such as "des dizaines").
    pub ours: bool,
    /// The lower number said.
    pub first: u64,
    /// The higher number said; equal to `first` unless a range was said.
    pub last: u64,
}

impl Value {
    /// A bare number.
    pub const fn exact(n: u64) -> Value {
        Value { bound: Bound::Bare, about: false, ours: false, first: n, last: n }
    }

    /// The single number that was said, if one was.
    pub fn point(&self) -> Option<u64> {
        (self.first == self.last && !self.ours).then_some(self.first)
    }

    /// The least whole number that the words allow; `None` when open or unknown.
    pub fn low(&self) -> Option<u64> {
        match self.bound {
            Bound::AtMost | Bound::LessThan => None,
            _ if self.about && self.first == self.last => None,
            Bound::MoreThan => Some(self.first.saturating_add(1)),
            _ => Some(self.first),
        }
    }

    /// The greatest whole number that the words allow; `None` when open or unknown.
    pub fn high(&self) -> Option<u64> {
        match self.bound {
            Bound::AtLeast | Bound::MoreThan => None,
            _ if self.about && self.first == self.last => None,
            Bound::LessThan => Some(self.last.saturating_sub(1)),
            _ => Some(self.last),
        }
    }

    /// The ends that were said to be open. An end that is `None` and not open is unknown.
    pub fn open(&self) -> &'static [&'static str] {
        match self.bound {
            Bound::AtLeast | Bound::MoreThan => &["high"],
            Bound::AtMost | Bound::LessThan => &["low"],
            Bound::Bare => &[],
        }
    }

    /// The hedge as one word of the codebook.
    pub fn hedge(&self) -> &'static str {
        match self.bound {
            Bound::AtLeast => "at_least",
            Bound::MoreThan => "more_than",
            Bound::AtMost => "at_most",
            Bound::LessThan => "less_than",
            Bound::Bare if self.ours => "vague",
            Bound::Bare if self.about => "about",
            Bound::Bare if self.first != self.last => "range",
            Bound::Bare => "none",
        }
    }
}

impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self.bound {
            Bound::Bare => "",
            Bound::AtLeast => ">=",
            Bound::MoreThan => ">",
            Bound::AtMost => "<=",
            Bound::LessThan => "<",
        })?;
        if self.about {
            f.write_str("~")?;
        }
        match (self.ours, self.first == self.last) {
            (true, _) => write!(f, "[{}..{}]", self.first, self.last),
            (false, true) => write!(f, "{}", self.first),
            (false, false) => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

/// A value text that cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` is not a value; expected one such as `816`, `>=816`, `~14400`, `10..15` or `[200..999]`")]
pub struct ValueError(String);

impl FromStr for Value {
    type Err = ValueError;

    fn from_str(text: &str) -> Result<Value, ValueError> {
        let wrong = || ValueError(text.to_owned());
        let (bound, rest) =
            [(">=", Bound::AtLeast), ("<=", Bound::AtMost), (">", Bound::MoreThan), ("<", Bound::LessThan)]
                .into_iter()
                .find_map(|(sign, bound)| text.strip_prefix(sign).map(|rest| (bound, rest)))
                .unwrap_or((Bound::Bare, text));
        let (about, rest) = rest.strip_prefix('~').map_or((false, rest), |rest| (true, rest));
        let (ours, rest) = match rest.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            Some(inside) => (true, inside),
            None => (false, rest),
        };
        let number = |digits: &str| -> Result<u64, ValueError> {
            let plain = digits.bytes().all(|b| b.is_ascii_digit());
            if plain { digits.parse().map_err(|_| wrong()) } else { Err(wrong()) }
        };
        let (first, last) = match rest.split_once("..") {
            Some((first, last)) => (number(first)?, number(last)?),
            None if ours => return Err(wrong()),
            None => (number(rest)?, number(rest)?),
        };
        if first > last {
            return Err(wrong());
        }
        Ok(Value { bound, about, ours, first, last })
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Value, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_and_parses_without_loss() {
        for text in [
            "5937",
            ">=816",
            ">300000",
            "<=400",
            "<50",
            "~14400",
            ">~100",
            "2000..4000",
            "~10..15",
            ">=10..20",
            "[200..999]",
            "0",
        ] {
            assert_eq!(text.parse::<Value>().unwrap().to_string(), text);
        }
        for text in ["", "~", "a", "5..4", "[5]", "-3", "1e3", ">= 4", "+4"] {
            assert!(text.parse::<Value>().is_err(), "{text}");
        }
    }

    #[test]
    fn open_ends_are_no_numbers() {
        let over: Value = ">300000".parse().unwrap();
        assert_eq!((over.point(), over.low(), over.high()), (Some(300_000), Some(300_001), None));
        let about: Value = "~14400".parse().unwrap();
        assert_eq!((about.point(), about.low(), about.high(), about.open().len()), (Some(14_400), None, None, 0));
        let vague: Value = "[200..999]".parse().unwrap();
        assert_eq!((vague.point(), vague.low(), vague.high()), (None, Some(200), Some(999)));
    }
}
