//! Parses the files of the packs, on two cores where there are two.
//!
//! In: names and texts of files. Out: [`Files`], each table as it is written.
//!
//! `fr/names.toml` is a third of everything: the longest file goes first, or one core would wait for the other.

use super::super::entries::*;
use super::super::inflection::Inflection;
use super::{Kinds, Order, PackError};
use crate::document::boilerplate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use toml::Spanned;

/// Names and texts, as `fr/outcome.toml`.
pub type Texts<'t> = BTreeMap<&'t str, &'t str>;

/// Every file, parsed. What is absent is empty.
#[derive(Default)]
pub struct Files<'t> {
    pub shared: SharedFile,
    pub kinds: Kinds,
    pub places: BTreeMap<String, PlacesOfCountry>,
    pub langs: BTreeMap<&'t str, LangFiles<'t>>,
}

impl<'t> Files<'t> {
    fn of(&mut self, lang: &'t str) -> &mut LangFiles<'t> {
        self.langs.entry(lang).or_default()
    }
}

/// The files of one language.
#[derive(Default)]
pub struct LangFiles<'t> {
    pub inflection: Inflection,
    pub names: Option<Read<'t, NamesFile>>,
    pub boilerplate: boilerplate::Table,
    pub entries: Vec<Read<'t, EntriesFile>>,
}

/// A file, with what it takes to tell the line of an entry.
pub struct Read<'t, T> {
    pub name: &'t str,
    pub lines: Lines,
    pub content: T,
}

/// One file of any kind.
enum File<'t> {
    Shared(SharedFile),
    Kinds(Kinds),
    Places(BTreeMap<String, PlacesOfCountry>),
    Inflection(Inflection),
    Names(Read<'t, NamesFile>),
    Boilerplate(boilerplate::Table),
    Entries(Box<Read<'t, EntriesFile>>),
    /// Beside the known ones: hashed, not read.
    Unknown,
}

/// Parses all of them. Of several errors the first by name of file is told.
pub fn parse<'t>(texts: &Texts<'t>) -> Result<Files<'t>, PackError> {
    let mut longest: Vec<(&str, &str)> = texts.iter().map(|(&name, &text)| (name, text)).collect();
    longest.sort_by_key(|(_, text)| std::cmp::Reverse(text.len()));
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = vec![];
        while let Some(&(name, text)) = longest.get(next.fetch_add(1, Ordering::Relaxed)) {
            done.push((name, file(name, text)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        // Without a second thread the first does it all.
        let second = std::thread::Builder::new().spawn_scoped(scope, work).ok();
        let mut done = work();
        match second.map(|second| second.join()) {
            Some(Ok(more)) => done.extend(more),
            Some(Err(panic)) => std::panic::resume_unwind(panic),
            None => {}
        }
        done
    });
    done.sort_unstable_by_key(|(name, _)| *name);
    let mut files = Files::default();
    for (name, file) in done {
        let lang = name.split_once('/').map_or("", |(lang, _)| lang);
        match file? {
            File::Shared(more) => {
                files.shared.party.extend(more.party);
                files.shared.person.extend(more.person);
                files.shared.event.extend(more.event);
            }
            File::Kinds(kinds) => files.kinds = kinds,
            File::Places(places) => files.places = places,
            File::Inflection(inflection) => files.of(lang).inflection = inflection,
            File::Names(names) => files.of(lang).names = Some(names),
            File::Boilerplate(table) => files.of(lang).boilerplate = table,
            File::Entries(entries) => files.of(lang).entries.push(*entries),
            File::Unknown => {}
        }
    }
    Ok(files)
}

fn file<'t>(name: &'t str, text: &'t str) -> Result<File<'t>, PackError> {
    Ok(match name.split_once('/') {
        None => match name {
            "parties.toml" | "events.toml" => File::Shared(table(name, text)?),
            "kinds.toml" => File::Kinds(table(name, text)?),
            "places.toml" => File::Places(table(name, text)?),
            _ => File::Unknown,
        },
        Some((_, "inflection.toml")) => File::Inflection(table(name, text)?),
        Some((_, "names.toml")) => File::Names(read(name, text)?),
        Some((_, "boilerplate.toml")) => File::Boilerplate(table(name, text)?),
        Some(_) => File::Entries(Box::new(read(name, text)?)),
    })
}

fn read<'t, T: DeserializeOwned>(name: &'t str, text: &str) -> Result<Read<'t, T>, PackError> {
    Ok(Read { name, lines: Lines::of(text), content: table(name, text)? })
}

fn table<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, PackError> {
    toml::from_str(text).map_err(|error| PackError {
        file: format!("packs/{name}"),
        line: error.span().map_or(0, |span| Lines::of(text).at(span.start)),
        what: error.message().to_owned(),
    })
}

/// Where the lines of a file begin: an entry asks for its line, and a file has thousands.
pub struct Lines(Vec<usize>);

impl Lines {
    pub fn of(text: &str) -> Lines {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect())
    }

    pub fn at(&self, at: usize) -> usize {
        1 + self.0.partition_point(|&start| start <= at)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SharedFile {
    pub party: Vec<Party>,
    pub person: Vec<Person>,
    pub event: Vec<Event>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct PlacesOfCountry {
    pub regions: Vec<String>,
    pub towns: Vec<String>,
    pub disputed: Vec<String>,
    pub names: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
pub struct EntriesFile {
    pub outcome: Vec<Spanned<Outcome>>,
    pub counted: Vec<Spanned<Counted>>,
    pub cue: Vec<Spanned<Cue>>,
    pub function: Vec<Spanned<Function>>,
    pub number: Vec<Spanned<Number>>,
    pub hedge: Vec<Spanned<Hedge>>,
    pub unit: Vec<Spanned<Unit>>,
    pub time: Vec<Spanned<Time>>,
    pub example: Vec<Example>,
    pub abbreviations: Vec<String>,
    pub grouping: Vec<char>,
    pub decimal: Option<char>,
    pub order: Option<Order>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamesFile {
    pub country: Vec<Spanned<NamesOf>>,
    pub party: Vec<Spanned<NamesOf>>,
    pub office: Vec<Spanned<NamesOf>>,
    pub person: Vec<Spanned<NamesOf>>,
    pub event: Vec<Spanned<NamesOf>>,
    pub place: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamesOf {
    #[serde(alias = "key")]
    pub id: String,
    #[serde(alias = "words")]
    pub names: Vec<String>,
    pub metonyms: Vec<String>,
    pub adjective: Vec<String>,
    pub gender: Option<String>,
    pub number: Option<String>,
    pub kind: Option<String>,
    pub local: bool,
}
