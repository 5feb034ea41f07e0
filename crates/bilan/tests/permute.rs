//! Holds the engine to knowing no word: letters permuted in a pack and in its texts alike give the same claims.
//!
//! In: the packs and their examples. Out: each example that is read otherwise once every word is spelt otherwise.
//!
//! "tué" and "tue" must stay one word with and without its accent, so a mark stays on its letter and only the letter
//! changes: é becomes í when e becomes i. A permutation is taken only when each marked letter
//! of the packs goes to one that exists, or spans would move.

#[path = "reading/mod.rs"]
#[allow(dead_code, reason = "shared by tests that take different parts of it")]
mod reading;

use bilan::pack::Packs;
use bilan::{Claim, Reader, Refusal};
use reading::{READER, document, examples, root};
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use toml::{Table, Value};
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::compose;

type Files = BTreeMap<String, String>;

#[test]
fn letters_permuted_in_pack_and_text_alike_give_the_same_claims() {
    let files = files(&root().join("packs"));
    let mut wrong = vec![];
    for seed in [1, 2] {
        let letters = Letters::new(seed, files.values());
        let permuted = files.iter().map(|(name, text)| (name.clone(), letters.file(name, text))).collect();
        let reader = Reader::new(Packs::from_files(permuted).expect("a permuted pack is a pack"));
        for (lang, at, example) in examples(&READER) {
            let published = example.published.as_deref().and_then(|day| day.parse().ok());
            let as_is = READER.read(document(lang, &example.text, published));
            let other = reader.read(document(lang, &letters.of(&example.text), published));
            let claims: Vec<Claim> = as_is.claims.iter().map(|claim| letters.claim(claim)).collect();
            let found: Vec<Claim> = other.claims.iter().cloned().map(without_why).collect();
            if claims != found || as_is.refusals.iter().map(bare).ne(other.refusals.iter().map(bare)) {
                wrong.push(difference(
                    &at,
                    &example.text,
                    &other.document.text,
                    (&claims, &found),
                    (&as_is.refusals, &other.refusals),
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{} are read otherwise:\n{}", wrong.len(), wrong.join("\n"));
}

/// An example that no permutation touches would prove nothing.
#[test]
fn the_permutation_reaches_every_word() {
    let files = files(&root().join("packs"));
    let letters = Letters::new(1, files.values());
    let moved = letters.0.iter().filter(|(from, to)| from != to).count();
    assert!(moved >= 40, "only {moved} letters move");
    let (outcome, text) = (&files["fr/outcome.toml"], &letters.file("fr/outcome.toml", &files["fr/outcome.toml"]));
    for key in ["[[outcome]]", "paradigm = ", "attribute", "killed"] {
        assert!(text.contains(key), "`{key}` is no word of a language, and was permuted");
    }
    let word = |text: &str| text.parse::<Table>().unwrap()["outcome"][0]["word"].clone();
    assert_ne!(word(text), word(outcome));
}

/// Lower and upper case letters without marks, each to another.
struct Letters(BTreeMap<char, char>);

impl Letters {
    /// A permutation of a-z under which every marked letter of these texts stays one letter of as many bytes.
    fn new<'t>(seed: u64, texts: impl Iterator<Item = &'t String>) -> Letters {
        let mut marks: BTreeMap<char, BTreeSet<char>> = ('a'..='z').map(|letter| (letter, BTreeSet::new())).collect();
        for letter in texts.flat_map(|text| text.nfc()).filter(|letter| !letter.is_ascii()) {
            let parts: Vec<char> = letter.to_lowercase().flat_map(|letter| letter.nfd()).collect();
            if let [base, mark] = parts[..] {
                marks.entry(base).or_default().insert(mark);
            }
        }
        let short = |letter: char| letter.len_utf8() == 2;
        let fits = |to: char, marks: &BTreeSet<char>| {
            let upper = to.to_ascii_uppercase();
            marks.iter().all(|&mark| [to, upper].map(|to| compose(to, mark).is_some_and(short)) == [true; 2])
        };
        let mut state = seed.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let mut taken = BTreeMap::new();
        let mut order: Vec<(char, BTreeSet<char>)> =
            marks.into_iter().filter(|(letter, _)| letter.is_ascii()).collect();
        order.sort_by_key(|(_, marks)| std::cmp::Reverse(marks.len()));
        for (letter, marks) in order {
            let free: Vec<char> = ('a'..='z').filter(|to| !taken.values().any(|taken| taken == to)).collect();
            let fitting: Vec<char> = free.into_iter().filter(|to| fits(*to, &marks)).collect();
            state = state.rotate_left(29).wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ 0xA5;
            let to = fitting[(state >> 33) as usize % fitting.len()];
            taken.insert(letter, to);
        }
        let upper = taken.iter().map(|(from, to)| (from.to_ascii_uppercase(), to.to_ascii_uppercase()));
        Letters(upper.chain(taken.clone()).collect())
    }

    fn of(&self, text: &str) -> String {
        let bases = text.nfd().map(|letter| self.0.get(&letter).copied().unwrap_or(letter));
        bases.nfc().collect()
    }

    /// A file of the packs with the words of the language permuted, and nothing else.
    fn file(&self, name: &str, text: &str) -> String {
        let mut table: Table = text.parse().expect("the packs are TOML");
        match name {
            "places.toml" => table.iter_mut().for_each(|(_, country)| self.all(country)),
            "kinds.toml" | "parties.toml" | "events.toml" => {}
            _ => self.table(&mut table),
        }
        table.to_string()
    }

    fn table(&self, table: &mut Table) {
        for (key, value) in table.iter_mut() {
            match (key.as_str(), value) {
                (
                    "word" | "words" | "names" | "metonyms" | "adjective" | "ending" | "text" | "no" | "abbreviations",
                    words,
                ) => self.all(words),
                ("forms", Value::Table(forms)) => {
                    *forms = forms.iter().map(|(ending, tags)| (self.of(ending), tags.clone())).collect();
                }
                ("place", Value::Table(places)) => {
                    *places = places.iter().map(|(id, names)| (self.below(id), names.clone())).collect();
                    places.iter_mut().for_each(|(_, names)| self.all(names));
                }
                ("yes", Value::Array(yes)) => yes.iter_mut().for_each(|yes| match yes {
                    Value::Table(example) => self.table(example),
                    text => self.all(text),
                }),
                (_, Value::Table(inner)) => self.table(inner),
                (_, Value::Array(inner)) => {
                    inner.iter_mut().filter_map(Value::as_table_mut).for_each(|inner| self.table(inner));
                }
                _ => {}
            }
        }
    }

    /// Every string in a value.
    fn all(&self, value: &mut Value) {
        match value {
            Value::String(text) => *text = self.of(text),
            Value::Array(values) => values.iter_mut().for_each(|value| self.all(value)),
            Value::Table(values) => values.iter_mut().for_each(|(_, value)| self.all(value)),
            _ => {}
        }
    }

    /// `UA/Kharkiv`: the country is an id, the town a word.
    fn below(&self, place: &str) -> String {
        match place.split_once('/') {
            Some((country, place)) => format!("{country}/{}", self.of(place)),
            None => place.to_owned(),
        }
    }

    /// `UA/local/kharkiv`: what stands below `local` is a word.
    fn party(&self, party: &str) -> String {
        match party.split_once("/local/") {
            Some((country, place)) => format!("{country}/local/{}", self.of(place)),
            None => party.to_owned(),
        }
    }

    /// What the claim must be in the permuted text.
    fn claim(&self, claim: &Claim) -> Claim {
        let mut claim = without_why(claim.clone());
        claim.as_said.values_mut().for_each(|words| *words = self.of(words));
        claim.contested.iter_mut().for_each(|contest| contest.words = self.of(&contest.words));
        claim.blamed = claim.blamed.map(|words| self.of(&words));
        claim.place = claim.place.map(|place| self.below(&place));
        claim.claimant = claim.claimant.map(|party| self.party(&party));
        claim.citing = claim.citing.map(|party| self.party(&party));
        claim
    }
}

/// The derivation names pack entries by their words and lines: those differ.
fn without_why(mut claim: Claim) -> Claim {
    claim.why.clear();
    claim
}

fn bare(refusal: &Refusal) -> (bilan::claim::Span, &str) {
    (refusal.span, &refusal.reason)
}

fn difference(
    at: &str,
    text: &str,
    permuted: &str,
    claims: (&[Claim], &[Claim]),
    refusals: (&[Refusal], &[Refusal]),
) -> String {
    let mut say = format!("{at}\n  {text}\n  {permuted}");
    let brief = |claims: &[Claim]| claims.iter().map(bilan::brief).collect::<Vec<_>>().join(", ");
    let refused = |refusals: &[Refusal]| refusals.iter().map(|one| one.reason.clone()).collect::<Vec<_>>().join(", ");
    say += &format!("\n  as is:    [{}] refused [{}]", brief(claims.0), refused(refusals.0));
    say += &format!("\n  permuted: [{}] refused [{}]", brief(claims.1), refused(refusals.1));
    for (one, other) in claims.0.iter().zip(claims.1).filter(|(one, other)| one != other) {
        let [one, other] = [one, other].map(|claim| serde_json::to_value(claim).unwrap_or_default());
        for (field, value) in one.as_object().into_iter().flatten().filter(|(field, value)| other[*field] != **value) {
            say += &format!("\n    {field}: {value}, then {}", other[field]);
        }
    }
    say
}

fn files(folder: &Path) -> Files {
    fn walk(folder: &Path, prefix: &str, files: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let name = format!("{prefix}{}", path.file_name().unwrap().to_string_lossy());
            if path.is_dir() {
                walk(&path, &format!("{name}/"), files);
            } else if name.ends_with(".toml") {
                files.insert(name, std::fs::read_to_string(&path).unwrap());
            }
        }
    }
    let mut files = Files::new();
    walk(folder, "", &mut files);
    files
}
