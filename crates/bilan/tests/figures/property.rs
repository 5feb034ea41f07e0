//! Any number written in French words, in digits, or in both reads back as itself.

use super::READER;
use bilan::mention::{Context, Numeral, find_numbers, tag};
use bilan::sentence::{Token, split};

/// Numbers tried: few in a debug build, ten million in a release build.
const TRIED: u64 = if cfg!(debug_assertions) { 3_000 } else { 10_000_000 };

/// A splitmix64 generator.
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

const UNITS: [&str; 17] = [
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize",
];
const SCALES: [(u64, &str); 6] = [
    (1_000_000_000_000_000_000, "trillion"),
    (1_000_000_000_000_000, "billiard"),
    (1_000_000_000_000, "billion"),
    (1_000_000_000, "milliard"),
    (1_000_000, "million"),
    (1_000, "mille"),
];

/// 1 to 99, as in France or as in Switzerland.
fn below_hundred(n: u64, swiss: bool) -> String {
    let unit = |n: u64| UNITS[n as usize].to_owned();
    let (tens, rest) = (n / 10, n % 10);
    let after = |tens: &str, rest: u64| match rest {
        0 => tens.to_owned(),
        1 => format!("{tens} et un"),
        11 => format!("{tens} et onze"),
        rest if rest <= 16 => format!("{tens}-{}", UNITS[rest as usize]),
        rest => format!("{tens}-dix-{}", UNITS[rest as usize - 10]),
    };
    match tens {
        0 => unit(n),
        1 if n <= 16 => unit(n),
        1 => format!("dix-{}", unit(rest)),
        2..=6 => after(["vingt", "trente", "quarante", "cinquante", "soixante"][tens as usize - 2], rest),
        7 if swiss => after("septante", rest),
        8 if swiss => after("huitante", rest),
        9 if swiss => after("nonante", rest),
        7 => after("soixante", n - 60),
        _ if n == 80 => "quatre-vingts".to_owned(),
        _ if n == 81 || n == 91 => format!("quatre-vingt-{}", unit(n - 80)),
        _ => after("quatre-vingt", n - 80),
    }
}

fn below_thousand(n: u64, swiss: bool) -> String {
    let (hundreds, rest) = (n / 100, n % 100);
    let head = match (hundreds, rest) {
        (0, _) => return below_hundred(rest, swiss),
        (1, _) => "cent".to_owned(),
        (n, 0) => format!("{} cents", UNITS[n as usize]),
        (n, _) => format!("{} cent", UNITS[n as usize]),
    };
    if rest == 0 { head } else { format!("{head} {}", below_hundred(rest, swiss)) }
}

/// The number in words; parts in digits where `mixed` says so.
fn words(n: u64, swiss: bool, mut mixed: impl FnMut() -> bool) -> String {
    let mut part = |n: u64| if mixed() { n.to_string() } else { below_thousand(n, swiss) };
    if n == 0 {
        return UNITS[0].to_owned();
    }
    let mut rest = n;
    let mut text = vec![];
    for (scale, name) in SCALES {
        let count = rest / scale;
        rest %= scale;
        match (count, name) {
            (0, _) => {}
            (1, "mille") => text.push("mille".to_owned()),
            (count, "mille") => text.push(format!("{} mille", part(count))),
            (count, name) => text.push(format!("{} {name}{}", part(count), if count > 1 { "s" } else { "" })),
        }
    }
    if rest > 0 {
        text.push(part(rest));
    }
    text.join(" ")
}

fn grouped(n: u64, separator: &str) -> String {
    let digits = n.to_string();
    let head = (digits.len() + 2) % 3 + 1;
    let mut text = digits[..head].to_owned();
    for group in digits.as_bytes()[head..].chunks(3) {
        text.push_str(separator);
        text.extend(group.iter().map(|&byte| byte as char));
    }
    text
}

/// The whole numbers of a line, exactly: a mention is a float and would blur the last digits.
fn read(line: &str, tokens: &mut Vec<Token>, numerals: &mut Vec<Numeral>) -> Option<u64> {
    let pack = &READER.packs().langs["fr"];
    tokens.clear();
    split(line, 0, line.len(), &pack.vocabulary, tokens);
    let mut items = vec![];
    tag(pack, tokens, 0, tokens.len(), &mut items);
    find_numbers(&Context { text: line, tokens, pack }, &mut items, numerals);
    match numerals[..] {
        [numeral] if items.len() == 1 => numeral.whole(),
        _ => None,
    }
}

#[test]
fn any_number_reads_back_as_itself() {
    let mut random = Random(20_31);
    let (mut tokens, mut numerals) = (vec![], vec![]);
    for _ in 0..TRIED {
        // All sizes alike, and not only the nineteen digits of most numbers.
        let n = match random.below(65) {
            64 => u64::MAX,
            bits => random.next() & ((1u64 << bits) - 1).max(0xf),
        };
        let line = match random.below(6) {
            0 => n.to_string(),
            1 => grouped(n, [" ", "\u{a0}", "\u{202f}", "\u{2009}", ".", "'", "\u{2019}"][random.below(7) as usize]),
            2 => words(n, true, || false),
            3 => words(n, false, || random.below(2) == 0),
            4 => words(n, false, || false).replace('-', " "),
            _ => words(n, false, || false).replace(' ', "-"),
        };
        assert_eq!(read(&line, &mut tokens, &mut numerals), Some(n), "`{line}`");
    }
}
