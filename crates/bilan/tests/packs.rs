//! Holds every file of the packs to its examples: one named test a file, `cargo test --test packs fr/outcome`.
//!
//! In: `packs/**/*.toml`, found by walking. Out: each sentence that is read otherwise, with its line. `BILAN_BLESS=1`
//! prints, for each, the example that would assert today's answer as a known gap.
//!
//! A gap is written down with its reason, and its answer asserted: the day that it is mended, the test says so.

#[path = "reading/mod.rs"]
#[allow(dead_code, reason = "shared by tests that take different parts of it")]
mod reading;

use bilan::{Broken, brief};
use libtest_mimic::{Arguments, Failed, Trial};
use reading::{READER, document, examples, root};
use std::collections::{BTreeMap, BTreeSet};
use std::process::ExitCode;

fn main() -> ExitCode {
    let arguments = Arguments::from_args();
    let files: BTreeSet<String> = examples(&READER).into_iter().map(|(_, at, _)| file_of(&at).to_owned()).collect();
    let boilerplate = READER.packs().langs.keys().map(|lang| format!("packs/{lang}/boilerplate.toml"));
    let mut broken: BTreeMap<String, Vec<Broken>> = BTreeMap::new();
    if !arguments.list {
        for one in READER.check().broken {
            broken.entry(file_of(&one.at).to_owned()).or_default().push(one);
        }
    }
    let mut trials: Vec<Trial> = files
        .into_iter()
        .chain(boilerplate)
        .map(|file| {
            let broken = broken.remove(&file).unwrap_or_default();
            let name = file.trim_start_matches("packs/").trim_end_matches(".toml").to_owned();
            Trial::test(name, move || told(&broken))
        })
        .collect();
    // A file that the walk forgot must not take its failures with it.
    trials.push(Trial::test("every broken example stands in a known file", move || match broken.is_empty() {
        true => Ok(()),
        false => Err(format!("{:?}", broken.keys()).into()),
    }));
    trials.push(Trial::test("every gap has a reason", gaps));
    libtest_mimic::run(&arguments, trials).exit_code()
}

fn file_of(at: &str) -> &str {
    match at.rsplit_once(':') {
        Some((file, _)) => file,
        None => at,
    }
}

/// All that is wrong in a file, most readable first: where, the sentence, what was expected and read.
fn told(broken: &[Broken]) -> Result<(), Failed> {
    if broken.is_empty() {
        return Ok(());
    }
    let mut say = format!("{} examples do not hold", broken.len());
    for one in broken {
        say += &format!("\n{}\n  {}\n  {}", line_of(one), one.text, one.what);
    }
    match std::env::var_os("BILAN_BLESS") {
        Some(_) => say += &blessed(broken),
        None => say += "\n(BILAN_BLESS=1 prints them as known gaps)",
    }
    Err(say.into())
}

/// An entry knows its line; for an example the sentence is looked up.
fn line_of(one: &Broken) -> String {
    let source = std::fs::read_to_string(root().join(file_of(&one.at))).unwrap_or_default();
    let escaped = toml::Value::from(one.text.as_str()).to_string();
    let at = match one.text.is_empty() {
        true => None,
        false => source.find(&one.text).or_else(|| source.find(escaped.trim_matches('"'))),
    };
    match at {
        Some(at) => format!("{}:{}", file_of(&one.at), 1 + source[..at].matches('\n').count()),
        None => one.at.clone(),
    }
}

/// The examples as they would have to be, to assert what is read today.
fn blessed(broken: &[Broken]) -> String {
    let all = examples(&READER);
    let mut say = String::from("\n\nas known gaps, once each has a reason:");
    for one in broken {
        let Some((lang, at, example)) = all.iter().find(|(_, at, example)| *at == one.at && example.text == one.text)
        else {
            continue;
        };
        let published = example.published.as_deref().and_then(|day| day.parse().ok());
        let reading = READER.read(document(lang, &one.text, published));
        let claims: Vec<String> = reading.claims.iter().map(brief).collect();
        let quoted = |text: &str| toml::Value::from(text).to_string();
        let mut keys = vec![format!("text = {}", quoted(&one.text))];
        keys.extend(example.published.as_deref().map(|day| format!("published = {}", quoted(day))));
        keys.push(format!("claims = [{}]", claims.iter().map(|claim| quoted(claim)).collect::<Vec<_>>().join(", ")));
        keys.push("gap = \"…\"".into());
        say += &match at.contains(':') {
            true => format!("\n{}\n  {{ {} }},", line_of(one), keys.join(", ")),
            false => format!("\n{}\n[[example]]\n{}\n", line_of(one), keys.join("\n")),
        };
    }
    say
}

fn gaps() -> Result<(), Failed> {
    let open = examples(&READER);
    let open = open.iter().filter(|(_, _, example)| example.gap.as_deref().is_some_and(|why| why.trim().len() < 10));
    let open: Vec<String> = open.map(|(_, at, example)| format!("{at}: {}", example.text)).collect();
    match open.is_empty() {
        true => Ok(()),
        false => Err(format!("a gap says why, in a sentence:\n{}", open.join("\n")).into()),
    }
}
