//! Writes figures, dates and hedges as French newspapers do, each its own way.
//!
//! In: draws. Out: words.
//!
//! One house writes `14 400` with a thin blank, another `14.400`, a third plain: an article keeps to its house.

use super::random::Random;

/// How a house groups thousands.
pub const GROUPINGS: [&str; 5] = [" ", "\u{a0}", "\u{202f}", ".", ""];

const HEDGES: [&str; 9] =
    ["au moins", "plus de", "environ", "près de", "quelque", "moins de", "jusqu'à", "un peu plus de", "autour de"];

const WORDS: [&str; 20] = [
    "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize", "quatorze",
    "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf", "vingt", "trente",
];

/// Names of the months.
pub const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

/// A figure, now and then rounded, in words or with a hedge.
pub fn figure(random: &mut Random, low: u64, high: u64, hedged: bool, grouping: &str) -> String {
    let mut number = random.sized(low, high);
    if number >= 1_000 && random.chance(1, 2) {
        number -= number % 100;
    }
    let digits = match number {
        2..=19 if random.chance(1, 2) => WORDS[number as usize - 2].to_string(),
        20 if random.chance(1, 2) => "vingt".to_string(),
        30 if random.chance(1, 2) => "trente".to_string(),
        _ => grouped(number, grouping),
    };
    if hedged && random.chance(1, 2) { format!("{} {digits}", random.pick(&HEDGES)) } else { digits }
}

/// The number with its thousands apart.
pub fn grouped(number: u64, grouping: &str) -> String {
    if number < 1_000 {
        number.to_string()
    } else {
        format!("{}{grouping}{:03}", grouped(number / 1_000, grouping), number % 1_000)
    }
}

/// As `3,4`.
pub fn decimal(random: &mut Random) -> String {
    format!("{},{}", random.between(1, 48), random.between(1, 9))
}

/// As `1er mars`.
pub fn day(random: &mut Random) -> String {
    let (day, month) = (random.between(1, 28), random.pick(&MONTHS));
    if day == 1 { format!("1er {month}") } else { format!("{day} {month}") }
}

/// As `14 h 30` or `14h30`.
pub fn clock(random: &mut Random) -> String {
    let (hour, minute) = (random.between(0, 23), random.between(0, 11) * 5);
    if random.chance(1, 2) { format!("{hour} h {minute:02}") } else { format!("{hour}h{minute:02}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_grouped_at_every_size() {
        assert_eq!(grouped(999, " "), "999");
        assert_eq!(grouped(14_400, "."), "14.400");
        assert_eq!(grouped(1_002_003, "\u{202f}"), "1\u{202f}002\u{202f}003");
    }

    #[test]
    fn figures_keep_their_bounds_and_differ() {
        let mut random = Random::new(1);
        let seen: std::collections::BTreeSet<u64> = (0..1_000).map(|_| random.sized(1_000, 900_000)).collect();
        assert!(seen.iter().all(|number| (1_000..=900_000).contains(number)));
        assert!(seen.len() > 900, "{} different of 1000", seen.len());
    }
}
