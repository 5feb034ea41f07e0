//! Parses the files of the packs.
//!
//! In: names and texts of files. Out: [`Files`], each table as it is written.
//!
//! What travels inside the program was parsed when it was built, and is read from JSON. A folder of packs is TOML, and
//! only TOML can tell where it is wrong.

use super::super::entries::*;
use super::super::inflection::Inflection;
use super::lines::{Lines, Placed, lines};
use super::{Order, PackError};
use crate::document::boilerplate;
use crate::kinds::Kinds;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// Texts by name, as `fr/outcome.toml`.
pub type Texts<'t> = BTreeMap<&'t str, Text<'t>>;

/// A file.
#[derive(Clone, Copy)]
pub struct Text<'t> {
    pub toml: &'t str,
    /// The same as [`Placed`], where the build has made it.
    pub json: Option<&'t str>,
}

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

/// A file and its name.
pub struct Read<'t, T> {
    pub name: &'t str,
    pub placed: Placed<T>,
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

/// Parses all of them, in order of their names.
pub fn parse<'t>(texts: &Texts<'t>) -> Result<Files<'t>, PackError> {
    let mut files = Files::default();
    for (&name, &text) in texts {
        let lang = name.split_once('/').map_or("", |(lang, _)| lang);
        match file(name, text)? {
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

fn file<'t>(name: &'t str, text: Text<'t>) -> Result<File<'t>, PackError> {
    Ok(match name.split_once('/') {
        None => match name {
            "parties.toml" | "events.toml" => File::Shared(placed(name, text)?.1),
            "kinds.toml" => File::Kinds(placed(name, text)?.1),
            "places.toml" => File::Places(placed(name, text)?.1),
            _ => File::Unknown,
        },
        Some((_, "inflection.toml")) => File::Inflection(placed(name, text)?.1),
        Some((_, "names.toml")) => File::Names(Read { name, placed: placed(name, text)? }),
        Some((_, "boilerplate.toml")) => File::Boilerplate(placed(name, text)?.1),
        Some(_) => File::Entries(Box::new(Read { name, placed: placed(name, text)? })),
    })
}

fn placed<T: DeserializeOwned>(name: &str, Text { toml, json }: Text<'_>) -> Result<Placed<T>, PackError> {
    if let Some(placed) = json.and_then(|json| serde_json::from_str(json).ok()) {
        return Ok(placed);
    }
    let tables = toml::from_str(toml).map_err(|error| PackError {
        file: format!("packs/{name}"),
        line: error.span().map_or(0, |span| 1 + toml.bytes().take(span.start).filter(|byte| *byte == b'\n').count()),
        what: error.message().to_owned(),
    })?;
    Ok((lines(toml), tables))
}

/// The line of a table of the array of that name; 0 where it stands under no header.
pub fn line(lines: &Lines, array: &str, at: usize) -> usize {
    lines.get(array).and_then(|lines| lines.get(at)).copied().unwrap_or(0)
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
    pub outcome: Vec<Outcome>,
    pub counted: Vec<Counted>,
    pub cue: Vec<Cue>,
    pub function: Vec<Function>,
    pub number: Vec<Number>,
    pub hedge: Vec<Hedge>,
    pub unit: Vec<Unit>,
    pub time: Vec<Time>,
    pub set: Vec<SetOf>,
    pub example: Vec<Example>,
    pub abbreviations: Vec<String>,
    pub grouping: Vec<char>,
    pub decimal: Option<char>,
    pub order: Option<Order>,
}

/// Words that may stand for each other in phrases, which name the first.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SetOf {
    pub word: Vec<String>,
    pub paradigm: Option<String>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct NamesFile {
    pub country: Vec<NamesOf>,
    pub party: Vec<NamesOf>,
    pub office: Vec<NamesOf>,
    pub person: Vec<NamesOf>,
    pub event: Vec<NamesOf>,
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

#[cfg(test)]
mod tests {
    use super::super::EMBEDDED;
    use super::*;

    #[test]
    fn what_the_program_carries_is_read_from_json_and_says_the_same() {
        for &(name, toml, json) in EMBEDDED {
            let (lines, tables): Placed<toml::Table> = serde_json::from_str(json).unwrap();
            assert_eq!(tables, toml::from_str(toml).unwrap(), "{name}");
            // Not by way of the TOML, which would do too.
            assert!(file(name, Text { toml: "?", json: Some(json) }).is_ok(), "{name}");
            for (array, lines) in lines {
                let header = |line: usize| toml.lines().nth(line - 1).is_some_and(|line| line.contains(&array));
                assert_eq!(tables[&array].as_array().map(Vec::len), Some(lines.len()), "{name}: {array}");
                assert!(lines.into_iter().all(header), "{name}: {array}");
            }
        }
    }
}
