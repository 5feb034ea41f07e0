//! Holds the French reader to its claims whatever stands around them: the same sentence with a word more tells the same.
//!
//! In: the examples of the packs that are one sentence with claims. Out: those that are read otherwise once an aside stands
//! behind the auxiliary, a hedge before the figure, or another clause before or behind the sentence.
//!
//! "Douze civils ont été tués" was read, and "ont à l'aube été tués" was not: an example shows one wording of a frame, and
//! a reader that knows only that wording looks as good on its examples as one that knows the frame.

#[path = "reading/mod.rs"]
#[allow(dead_code, reason = "shared by tests that take different parts of it")]
mod reading;

use bilan::Claim;
use reading::{READER, document, examples};
use std::fmt::Write;

/// Of a hundred examples so many may be read otherwise: some change their sense with the word ("réfuté", "en moyenne").
const MOST: usize = 4;

/// Behind "ont", "a", "avaient".
const ASIDES: &[&str] = &[
    "sans doute",
    "lundi",
    "dans la nuit",
    "à l’aube",
    "alors",
    "toutefois",
    "depuis lors",
    "en quelques heures",
    "selon la même source",
    "une nouvelle fois",
    "en effet",
];

/// Before a figure in digits or words, with what it adds to the value.
const HEDGES: &[(&str, &str)] = &[("au moins", ">="), ("plus de", ">"), ("environ", "~"), ("près de", "~")];

/// Before the sentence.
const BEFORE: &[&str] =
    &["Par ailleurs, ", "Quelques heures plus tôt, ", "L’émotion est vive, car ", "Dans la capitale, "];

/// In place of its full stop.
const BEHIND: &[&str] = &[
    " alors que la nuit tombait.",
    ", tandis que la pluie redoublait.",
    ", ce qui a suscité une vive émotion.",
    "[4].",
    " ; une enquête est ouverte.",
];

/// What a claim says: its value, outcome, counted and side.
type Told = (String, String, String, Option<String>);

fn told(claim: &Claim) -> Told {
    let side = claim.side.clone();
    (claim.value.to_string(), claim.outcome.clone(), claim.counted.clone(), side)
}

fn read(text: &str) -> Vec<Told> {
    let mut claims: Vec<Told> = READER.read(document("fr", text, None)).claims.iter().map(told).collect();
    claims.sort();
    claims
}

/// Examples of one sentence with their claims.
fn sentences() -> Vec<(String, Vec<Claim>)> {
    let several = |text: &str| [". ", "! ", "? ", ": ", "; ", "\n", "«"].iter().any(|mark| text.contains(mark));
    let french = examples(&READER).into_iter().filter(|(lang, _, example)| *lang == "fr" && example.gap.is_none());
    let whole = french.map(|(_, _, example)| example.text.trim().to_owned());
    let one = whole.filter(|text| text.ends_with('.') && text.len() < 200 && !several(text));
    let read = one.map(|text| {
        let claims = READER.read(document("fr", &text, None)).claims;
        (text, claims)
    });
    read.filter(|(_, claims)| !claims.is_empty()).collect()
}

/// Fails where more are read otherwise than may be; `change` gives the changed text and what it should tell.
fn holds(what: &str, change: impl Fn(&str, &[Claim]) -> Option<(String, Vec<Told>)>) {
    let (mut all, mut wrong, mut say) = (0, 0, String::new());
    for (text, claims) in sentences() {
        let Some((changed, mut expected)) = change(&text, &claims) else { continue };
        expected.sort();
        all += 1;
        let found = read(&changed);
        if found != expected {
            wrong += 1;
            writeln!(say, "{changed}\n  expected {expected:?}\n  found    {found:?}").expect("a string grows");
        }
    }
    assert!(all > 300, "{what}: only {all} examples were changed");
    assert!(wrong * 100 <= all * MOST, "{what}: {wrong} of {all} are read otherwise:\n{say}");
}

/// The sentence as it goes on behind a comma.
fn lower(text: &str) -> Option<String> {
    let first = text.split([' ', '\'', '\u{2019}']).next()?;
    let small =
        ["L", "D", "Le", "La", "Les", "Un", "Une", "Des", "Plus", "Environ", "Quelque", "Au", "Près", "Trois", "Douze"];
    small.contains(&first).then(|| text[..1].to_lowercase() + &text[1..])
}

/// The byte behind an auxiliary that a participle follows.
fn behind_auxiliary(text: &str) -> Option<usize> {
    let words: Vec<&str> = text.split(' ').collect();
    let participle = |word: &str| {
        let word = word.trim_end_matches(['.', ',']);
        word.starts_with(char::is_lowercase)
            && ["é", "ée", "és", "ées", "i", "is", "u", "us"].iter().any(|end| word.ends_with(end))
    };
    let at = (0..words.len()).find(|&at| {
        let next = at + 1 + usize::from(words.get(at + 1) == Some(&"été"));
        ["ont", "a", "avaient", "avait", "auraient", "aurait"].contains(&words[at])
            && words.get(next).is_some_and(|word| participle(word))
    })?;
    Some(words[..=at].join(" ").len())
}

#[test]
fn an_aside_behind_the_auxiliary_changes_nothing() {
    for aside in ASIDES {
        holds(aside, |text, claims| {
            let at = behind_auxiliary(text)?;
            Some((format!("{} {aside}{}", &text[..at], &text[at..]), claims.iter().map(told).collect()))
        });
    }
}

#[test]
fn a_hedge_changes_the_bound_only() {
    // What stands before a figure that is known already, and before another number, takes no hedge.
    let held = |before: &str| {
        let last =
            before.split([' ', '\'', '\u{2019}']).rfind(|word| !word.is_empty()).unwrap_or_default().to_lowercase();
        let small =
            ["les", "ces", "des", "ses", "leurs", "aux", "nos", "mes", "de", "dont", "autres", "l", "d", "un", "une"];
        small.contains(&last.as_str()) || before.ends_with(['\'', '\u{2019}', '(', '-'])
    };
    for (hedge, sign) in HEDGES {
        holds(hedge, |text, claims| {
            let [claim] = claims else { return None };
            let (value, at) = (claim.value.to_string(), claim.span.start as usize);
            let plain = value.parse::<u64>().is_ok_and(|value| value > 1) && !held(&text[..at]);
            if !plain {
                return None;
            }
            let (_, outcome, counted, side) = told(claim);
            let changed = match at {
                0 => format!("{}{} {}{}", hedge[..1].to_uppercase(), &hedge[1..], text[..1].to_lowercase(), &text[1..]),
                _ => format!("{}{hedge} {}", &text[..at], &text[at..]),
            };
            Some((changed, vec![(format!("{sign}{value}"), outcome, counted, side)]))
        });
    }
}

#[test]
fn what_stands_before_changes_nothing() {
    for before in BEFORE {
        holds(before, |text, claims| Some((format!("{before}{}", lower(text)?), claims.iter().map(told).collect())));
    }
}

#[test]
fn what_stands_behind_changes_nothing() {
    for behind in BEHIND {
        holds(behind, |text, claims| {
            Some((format!("{}{behind}", text.strip_suffix('.')?), claims.iter().map(told).collect()))
        });
    }
}
