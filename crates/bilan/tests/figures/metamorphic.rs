//! The same text in other clothes gives the same mentions.

use super::{READER, document};
use bilan::mention::{Look, Said};
use unicode_normalization::UnicodeNormalization;

/// Invented.
const TEXTS: &[&str] = &[
    "Au moins 14 400 soldats sont morts depuis le 3 mars, dont « près de 1 200 » à l'est.",
    "L'armée a perdu entre 40 et 60 000 hommes, quatre-vingt-dix-sept chars et un millier de véhicules.",
    "Le bilan est passé de 12 000 à 20 000 morts l'été dernier ; plus d'une centaine d'enfants ont été blessés.",
    "Le 1er août 2029, à 15 h 30, 1 234 567 déplacés ; 2,5 millions d'euros ; un séisme de magnitude 7,8.",
    "Dans la nuit du 3 au 4 février, des dizaines de milliers d'habitants ont fui en 24 heures.",
    "Soixante et onze blessés, deux millions trois cent mille réfugiés, 25 % des 3 500 logements.",
];

fn said(text: &str) -> Vec<Said> {
    let document = document("fr", text, Some("2031-05-21"));
    let mentions = READER.mentions(&document, Look::Back);
    for mention in &mentions {
        assert_eq!(&text[mention.start as usize..mention.end as usize], mention.text);
    }
    mentions.into_iter().map(|mention| mention.said).collect()
}

fn same(change: impl Fn(&str) -> String) {
    for text in TEXTS {
        let plain = said(text);
        assert!(plain.len() >= 3, "{text}: {plain:?}");
        let changed = change(text);
        assert_eq!(said(&changed), plain, "{changed}");
    }
}

/// Exchanges the blank before three digits that follow digits.
fn regrouped(text: &str, separator: char) -> String {
    let letters: Vec<char> = text.chars().collect();
    let digit = |at: usize| letters.get(at).is_some_and(char::is_ascii_digit);
    let groups = |at: usize| {
        letters[at] == ' ' && at > 0 && digit(at - 1) && (1..=3).all(|ahead| digit(at + ahead)) && !digit(at + 4)
    };
    (0..letters.len()).map(|at| if groups(at) { separator } else { letters[at] }).collect()
}

#[test]
fn every_blank_in_a_number_is_alike() {
    for blank in ['\u{a0}', '\u{202f}', '\u{2009}', '\u{2007}', '\u{2005}'] {
        same(|text| regrouped(text, blank));
    }
}

#[test]
fn points_and_apostrophes_group_as_blanks_do() {
    for mark in ['.', '\'', '\u{2019}'] {
        same(|text| regrouped(text, mark));
    }
}

#[test]
fn apostrophes_and_quotes_are_alike() {
    same(|text| text.replace('\'', "\u{2019}"));
    same(|text| text.replace("« ", "\"").replace(" »", "\""));
    same(|text| text.replace("« ", "\u{201c}").replace(" »", "\u{201d}"));
}

#[test]
fn composed_and_decomposed_letters_are_alike() {
    same(|text| text.nfd().collect());
}

#[test]
fn a_headline_in_capitals_says_the_same() {
    same(str::to_uppercase);
}

#[test]
fn no_bytes_break_it() {
    let pieces = [
        "12",
        " ",
        "-",
        "/",
        ".",
        ",",
        "mille",
        "cent",
        "et",
        "de",
        "du",
        "au",
        "le",
        "3",
        "mars",
        "avant",
        "après",
        "jours",
        "depuis",
        "entre",
        "million",
        "demi",
        "une",
        "dizaine",
        "0",
        "99999999999999999999999",
        "\u{301}",
        "é",
        "%",
        "«",
        "semaine",
        "dernière",
        "premier",
        "2022",
        "'",
        "fin",
        "à",
        "31",
        "février",
        "sept",
        "quinzaine",
        "siècle",
        "T3",
        "30/4",
        "<=",
        "en",
    ];
    let mut state = 7u64;
    for _ in 0..4000 {
        let mut text = String::new();
        for _ in 0..24 {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            text.push_str(pieces[(state >> 33) as usize % pieces.len()]);
            if !(state >> 20).is_multiple_of(3) {
                text.push(' ');
            }
        }
        for look in [Look::Back, Look::Forward] {
            for published in [None, Some("2031-05-21"), Some("2031-05"), Some("2031")] {
                for mention in READER.mentions(&document("fr", &text, published), look) {
                    assert_eq!(text.get(mention.start as usize..mention.end as usize), Some(mention.text));
                }
            }
        }
    }
}
