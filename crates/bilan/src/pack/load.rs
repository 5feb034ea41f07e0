//! Reads the files of the packs and joins them into vocabularies.
//!
//! In: names and contents of files. Out: [`Packs`].
//!
//! Names of parties and places are shared facts, their wording is a language's: "Kryvyï Rih" and "Kryvyi Rih" are one
//! town, so a language adds spellings to what `places.toml` knows.

use super::entries::*;
use super::inflection::Inflection;
use super::tags::Tags;
use super::vocabulary::{Builder, Sense, Vocabulary, hint};
use crate::claim::{Sites, Span};
use crate::document::boilerplate;
use crate::kinds::{Kinds, Measure, PartyKind, Table, Trait};
use crate::sentence::{Paragraph, Token};
use parse::{EntriesFile, Files, LangFiles, NamesOf, PlacesOfCountry, Read, SetOf, SharedFile, Text, Texts, line};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

mod lines;
mod parse;

/// What the program carries: name, TOML, and the same as JSON.
const EMBEDDED: &[(&str, &str, &str)] = &include!(concat!(env!("OUT_DIR"), "/packs.rs"));

/// Every pack that the reader knows, and the facts they share.
pub struct Packs {
    version: String,
    /// Facts without words.
    pub shared: Shared,
    /// By language.
    pub langs: BTreeMap<String, Pack>,
}

/// Parties, persons, events and kinds: facts that no language owns.
#[derive(Default)]
#[allow(missing_docs, reason = "each field is the file or table of its name")]
pub struct Shared {
    pub parties: Table<Party>,
    pub persons: Table<Person>,
    pub events: Table<Event>,
    /// Ids of events, by the roots of their sides and places.
    events_of: Table<Vec<String>>,
    pub kinds: Kinds,
    pub sites: Sites,
}

impl Shared {
    /// Ids of the events that have this root among their sides or places.
    pub fn events_of(&self, root: &str) -> &[String] {
        self.events_of.get(root).map_or(&[], |ids| ids)
    }

    /// Whether a root is a country's.
    pub fn is_country(&self, root: &str) -> bool {
        self.parties.get(root).is_some_and(|party| self.kinds.party(&party.kind).country)
    }

    /// Whether a root can be whose people or materiel a figure counts.
    pub fn is_side(&self, root: &str) -> bool {
        self.parties.get(root).is_some_and(|party| self.kinds.party(&party.kind).side)
    }

    fn of(file: SharedFile, kinds: Kinds) -> Shared {
        let mut events_of: Table<Vec<String>> = Table::default();
        for event in &file.event {
            for root in event.sides.iter().chain(&event.places) {
                events_of.entry(root.clone()).or_default().push(event.id.clone());
            }
        }
        let parties = file.party.into_iter().map(|party| (party.id.clone(), party)).collect();
        Shared {
            events_of,
            sites: Sites::of(&parties, &kinds),
            parties,
            persons: file.person.into_iter().map(|person| (person.key.clone(), person)).collect(),
            events: file.event.into_iter().map(|event| (event.id.clone(), event)).collect(),
            kinds,
        }
    }
}

/// One language.
pub struct Pack {
    /// As `fr`.
    pub lang: String,
    /// Words and phrases.
    pub vocabulary: Vocabulary,
    /// What they mean.
    pub entries: Vec<Entry>,
    /// Ends of words that close no sentence.
    pub abbreviations: Vec<String>,
    /// The publisher's own text.
    pub boilerplate: boilerplate::Table,
    /// Marks that group digits by three.
    pub grouping: Vec<char>,
    /// Mark before decimals.
    pub decimal: char,
    /// Key of `[counted]` for a people: "douze Karséniens".
    pub bare: String,
    /// Key of `[counted]` for the fighters of a movement: "douze houthis".
    pub armed: String,
    /// Kind of each office, as `health`.
    pub offices: Table<String>,
    /// Order of a date in digits.
    pub order: Order,
    /// Whole sentences with their claims: file and example.
    pub examples: Vec<(String, Example)>,
}

/// Order of day, month and year in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs, reason = "each field is the file or table of its name")]
pub enum Order {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// An entry that cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}{}: {what}", match line { 0 => String::new(), line => format!(":{line}") })]
pub struct PackError {
    /// As `packs/fr/outcome.toml`.
    pub file: String,
    /// From 1; 0 where the whole file is wrong.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub what: String,
}

impl Pack {
    /// The publisher's own text. Few words stand in a phrase that proves one, and only what is around these is searched.
    pub fn own_text(&self, text: &str, tokens: &[Token], paragraphs: &[Paragraph]) -> Vec<Span> {
        let proves = |tokens: &[Token], at: usize| {
            let (first, last) = (at.saturating_sub(boilerplate::LONGEST), at + boilerplate::LONGEST);
            let (first, last) = (tokens[first], tokens[last.min(tokens.len() - 1)]);
            self.boilerplate.is_in(text, first.start as usize, last.end as usize)
        };
        let mut near = paragraphs.iter().filter(|paragraph| paragraph.hints & hint::OWN != 0);
        let proved = near.any(|paragraph| {
            let tokens = &tokens[paragraph.first..paragraph.end];
            (0..tokens.len()).any(|at| tokens[at].hints & hint::OWN != 0 && proves(tokens, at))
        });
        if proved || self.boilerplate.has_sign(text) { self.boilerplate.find(text) } else { vec![] }
    }

    /// What an entry counts, if it is of a noun.
    pub fn counted(&self, entry: u32) -> Option<&Counted> {
        match &self.entries[entry as usize].data {
            Data::Counted(counted) => Some(counted),
            _ => None,
        }
    }

    /// What an institution is: by its own entry, else by its office ("XA/health" is a ministry of health).
    pub fn kind_of(&self, shared: &Shared, id: &str) -> PartyKind {
        let known = shared.parties.get(id).map(|party| party.kind.as_str());
        let kind = |leaf| self.offices.get(id).or_else(|| self.offices.get(leaf)).map_or(leaf, String::as_str);
        let office = || id.split('/').nth(1).map(kind);
        known.or_else(office).map(|kind| shared.kinds.party(kind)).unwrap_or_default()
    }
}

impl Packs {
    /// The packs inside the program.
    pub fn embedded() -> Result<Packs, PackError> {
        Packs::from_texts(&EMBEDDED.iter().map(|&(name, toml, json)| (name, Text { toml, json: Some(json) })).collect())
    }

    /// The packs of a folder, in place of the embedded ones.
    pub fn from_dir(dir: &Path) -> Result<Packs, PackError> {
        fn walk(dir: &Path, prefix: &str, files: &mut BTreeMap<String, String>) -> Result<(), PackError> {
            let at = |file: &str| format!("packs/{file}").trim_end_matches('/').to_owned();
            let wrong =
                |file: &str, error: std::io::Error| PackError { file: at(file), line: 0, what: error.to_string() };
            for entry in std::fs::read_dir(dir).map_err(|error| wrong(prefix, error))? {
                let path = entry.map_err(|error| wrong(prefix, error))?.path();
                let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
                if path.is_dir() {
                    walk(&path, &format!("{name}/"), files)?;
                } else if name.ends_with(".toml") {
                    let text = std::fs::read_to_string(&path).map_err(|error| wrong(&name, error))?;
                    files.insert(name, text);
                }
            }
            Ok(())
        }
        let mut files = BTreeMap::new();
        walk(dir, "", &mut files)?;
        Packs::from_files(files)
    }

    /// The packs in these files, named as `fr/outcome.toml`.
    pub fn from_files(files: BTreeMap<String, String>) -> Result<Packs, PackError> {
        let texts = files.iter().map(|(name, toml)| (name.as_str(), Text { toml, json: None }));
        Packs::from_texts(&texts.collect())
    }

    fn from_texts(texts: &Texts) -> Result<Packs, PackError> {
        let mut hasher = blake3::Hasher::new();
        for part in std::iter::once(concat!("bilan/reader/1 ", env!("CARGO_PKG_VERSION")))
            .chain(texts.iter().flat_map(|(name, text)| [*name, text.toml]))
        {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let version = crate::document::id::text_of(hasher.finalize().as_bytes(), 26);
        let Files { shared, kinds, places, langs } = parse::parse(texts)?;
        let shared = Shared::of(shared, kinds);
        if langs.is_empty() {
            return Err(PackError {
                file: "packs".into(),
                line: 0,
                what: "no language folder, expected one such as `fr/`".into(),
            });
        }
        let bytes = texts.values().map(|text| text.toml.len()).sum();
        let langs = langs
            .into_iter()
            .map(|(lang, files)| Ok((lang.to_owned(), Loading::with_room(bytes).pack(lang, files, &shared, &places)?)))
            .collect::<Result<_, PackError>>()?;
        Ok(Packs { version, shared, langs })
    }

    /// Hash of the engine's version and the content of all files, base32.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// A pack while its files are joined.
struct Loading {
    inflection: Inflection,
    builder: Builder,
    entries: Vec<Entry>,
    abbreviations: Vec<String>,
    grouping: Vec<char>,
    decimal: Option<char>,
    offices: Table<String>,
    order: Order,
    examples: Vec<(String, Example)>,
    /// Classes of materiel.
    materiel: BTreeSet<String>,
}

/// Where an entry stands.
struct Spot<'f> {
    name: &'f str,
    line: usize,
}

impl Spot<'_> {
    fn wrong(&self, what: impl Into<String>) -> PackError {
        PackError { file: format!("packs/{}", self.name), line: self.line, what: what.into() }
    }
}

impl Loading {
    /// With room for what so many bytes of TOML hold: what grows is moved, and the memory it leaves is paid for as well.
    fn with_room(bytes: usize) -> Loading {
        Loading {
            inflection: Inflection::default(),
            builder: Builder::with_room(bytes / 32),
            entries: Vec::with_capacity(bytes / 96),
            abbreviations: vec![],
            grouping: vec![],
            decimal: None,
            offices: Table::default(),
            order: Order::default(),
            examples: vec![],
            materiel: BTreeSet::new(),
        }
    }

    fn pack(
        mut self,
        lang: &str,
        files: LangFiles<'_>,
        shared: &Shared,
        places: &BTreeMap<String, PlacesOfCountry>,
    ) -> Result<Pack, PackError> {
        self.inflection = files.inflection;
        let counted = shared.kinds.counted.iter();
        self.materiel = counted.filter(|(_, kind)| kind.of != Measure::People).map(|(id, _)| id.clone()).collect();
        for file in files.entries {
            self.entries_of(file)?;
        }
        if let Some(Read { name, placed: (lines, file) }) = files.names {
            let groups = [
                (How::Country, "country", file.country),
                (How::Party, "party", file.party),
                (How::Office, "office", file.office),
                (How::Person, "person", file.person),
                (How::Event, "event", file.event),
            ];
            for (how, array, names) in groups {
                for (at, entry) in names.into_iter().enumerate() {
                    let spot = Spot { name, line: line(&lines, array, at) };
                    self.names_of(&spot, how, entry, shared)?;
                }
            }
            self.places(name, &file.place, places)?;
        }
        if let Some(name) = self.builder.unknown_set() {
            return Err(
                Spot { name: lang, line: 1 }.wrong(format!("no set begins with `{name}`, which a phrase names"))
            );
        }
        for word in &self.abbreviations {
            self.builder.hint(word, hint::SHORT);
        }
        for words in files.boilerplate.proofs() {
            self.builder.hint(words, hint::OWN);
        }
        let vocabulary = self.builder.build(|mask, senses| mask.with(senses, &self.entries));
        Ok(Pack {
            lang: lang.to_owned(),
            vocabulary,
            entries: self.entries,
            abbreviations: self.abbreviations,
            boilerplate: files.boilerplate,
            grouping: self.grouping,
            decimal: self.decimal.unwrap_or('.'),
            bare: shared.kinds.people(Trait::Bare).unwrap_or_default().to_owned(),
            armed: shared.kinds.people(Trait::Armed).unwrap_or_default().to_owned(),
            offices: self.offices,
            order: self.order,
            examples: self.examples,
        })
    }

    fn entries_of(&mut self, file: Read<'_, EntriesFile>) -> Result<(), PackError> {
        let Read { name, placed: (lines, file) } = file;
        macro_rules! take {
            ($field:ident, $kind:ident, $hint:expr) => {
                for (at, mut entry) in file.$field.into_iter().enumerate() {
                    let spot = Spot { name, line: line(&lines, stringify!($field), at) };
                    let hint: u16 = $hint(&entry);
                    let examples = entry.examples();
                    let (words, paradigm) = (entry.word.clone(), entry.paradigm.clone());
                    self.add(&spot, words.all(), paradigm.as_deref(), Data::$kind(entry), examples, hint)?;
                }
            };
        }
        take!(outcome, Outcome, |_: &Outcome| hint::OUTCOME | hint::TOLD);
        let materiel = self.materiel.clone();
        take!(counted, Counted, |entry: &Counted| {
            match entry.outcome {
                Some(_) => hint::MATERIEL | hint::TOLD,
                None if materiel.contains(&entry.id) => hint::MATERIEL,
                None => hint::PEOPLE,
            }
        });
        // "pour" stands everywhere, and lets nobody speak without a party beside it.
        take!(cue, Cue, |entry: &Cue| if entry.class == CueClass::View { 0 } else { hint::VOICE });
        take!(function, Function, |entry: &Function| match entry.class {
            Class::None => hint::NUMBER | hint::COUNT,
            Class::Adverb => hint::ADVERB,
            _ => 0,
        });
        take!(number, Number, |entry: &Number| match entry.class {
            NumberClass::Join | NumberClass::Several | NumberClass::Point => 0,
            NumberClass::One => hint::NUMBER | hint::ARTICLE,
            _ => hint::NUMBER | hint::COUNT,
        });
        take!(hedge, Hedge, |_: &Hedge| 0);
        take!(unit, Unit, |_: &Unit| 0);
        take!(time, Time, |entry: &Time| match entry.class {
            TimeClass::Month
            | TimeClass::Weekday
            | TimeClass::Unit
            | TimeClass::Weekend
            | TimeClass::Days
            | TimeClass::Ago
            | TimeClass::Beside
            | TimeClass::Century
            | TimeClass::Start
            | TimeClass::ToDate => hint::TIME,
            // One word that opens a stretch; the last of several is in every sentence.
            TimeClass::Since if entry.word.all().iter().all(|word| !word.contains(' ')) => hint::TIME,
            _ => 0,
        });
        for (at, set) in file.set.iter().enumerate() {
            self.set(&Spot { name, line: line(&lines, stringify!(set), at) }, set)?;
        }
        self.examples.extend(file.example.into_iter().map(|example| (name.to_owned(), example)));
        self.abbreviations.extend(file.abbreviations);
        self.grouping.extend(file.grouping);
        self.decimal = file.decimal.or(self.decimal);
        self.order = file.order.unwrap_or(self.order);
        Ok(())
    }

    /// Words that a phrase may have one of: `<maison>` is any word of the set that begins with "maison".
    fn set(&mut self, spot: &Spot<'_>, set: &SetOf) -> Result<(), PackError> {
        let Some(name) = set.word.first() else { return Err(spot.wrong("a set without a word")) };
        for word in &set.word {
            let forms = match &set.paradigm {
                Some(paradigm) => self.inflection.forms(word, paradigm).map_err(|what| spot.wrong(what))?,
                None => vec![(word.clone(), Tags::NONE)],
            };
            for (form, _) in forms {
                if !self.builder.join(name, &form) {
                    return Err(spot.wrong(format!("`{form}` is more than one word, or in another set")));
                }
            }
        }
        Ok(())
    }

    fn add<'w>(
        &mut self,
        spot: &Spot<'_>,
        words: impl IntoIterator<Item = &'w String>,
        paradigm: Option<&str>,
        data: Data,
        examples: Examples,
        hint: u16,
    ) -> Result<u32, PackError> {
        let entry = self.entries.len() as u32;
        let only = match &data {
            Data::Outcome(Outcome { only: Some(only), .. }) => {
                Tags::parse(only).map_err(|word| spot.wrong(format!("`{word}` is no trait")))?
            }
            _ => Tags::NONE,
        };
        let fixed = match &data {
            Data::Function(Function { tags: Some(tags), .. }) => {
                Tags::parse(tags).map_err(|word| spot.wrong(format!("`{word}` is no trait")))?
            }
            _ => Tags::NONE,
        };
        let mut first = None;
        for word in words {
            first.get_or_insert(word);
            let named = matches!(data, Data::Name(_)) && word.starts_with(char::is_uppercase);
            let fixed = if named { fixed.with(Tags::PROPER) } else { fixed };
            let Some(paradigm) = paradigm else {
                if only == Tags::NONE {
                    self.builder.add(word, Sense { entry, tags: fixed }, hint);
                }
                continue;
            };
            for (form, tags) in self.inflection.forms(word, paradigm).map_err(|what| spot.wrong(what))? {
                if only == Tags::NONE || tags.has(only) {
                    self.builder.add(&form, Sense { entry, tags: tags.with(fixed) }, hint);
                }
            }
        }
        let Some(first) = first else { return Err(spot.wrong("an entry without a word")) };
        // Thousands of names: joined, not formatted.
        let id = [spot.name.strip_suffix(".toml").unwrap_or(spot.name), "#", first].concat();
        let at = ["packs/", spot.name, ":", &spot.line.to_string()].concat();
        self.entries.push(Entry { id, at, data, examples });
        Ok(entry)
    }

    fn names_of(&mut self, spot: &Spot<'_>, how: How, names: NamesOf, shared: &Shared) -> Result<(), PackError> {
        let known = match how {
            How::Person => shared.persons.contains_key(&names.id),
            How::Event => shared.events.contains_key(&names.id),
            How::Country | How::Party => shared.parties.contains_key(&names.id),
            _ => true,
        };
        if !known {
            return Err(spot.wrong(format!("`{}` is not in parties.toml or events.toml", names.id)));
        }
        let traits = match (how, shared.persons.get(&names.id)) {
            (How::Person, Some(person)) => [person.gender.as_deref(), Some("sg")],
            _ => [names.gender.as_deref(), names.number.as_deref()],
        };
        let mut tags = Tags::NONE;
        for words in traits.into_iter().flatten() {
            tags = tags.with(Tags::parse(words).map_err(|word| spot.wrong(format!("`{word}` is no trait")))?);
        }
        let name = |how, tags| Name { id: names.id.clone(), how, tags, local: names.local, disputed: false };
        let adjective_tags = |at: usize| match (names.adjective.len(), at) {
            (4, 0) => "m sg",
            (4, 1) => "f sg",
            (4, 2) => "m pl",
            (4, 3) => "f pl",
            (2, 0) => "sg",
            (2, 1) => "pl",
            _ => "",
        };
        for (how, words, tags) in [(how, &names.names, tags), (How::Metonym, &names.metonyms, tags)] {
            if !words.is_empty() {
                let hint = hint::VOICE | if how == How::Office { hint::OFFICE } else { 0 };
                self.add(spot, words, None, Data::Name(name(how, tags)), Examples::default(), hint)?;
            }
        }
        if let (How::Office, Some(kind)) = (how, &names.kind) {
            self.offices.insert(names.id.clone(), kind.clone());
        }
        if !names.adjective.is_empty() {
            let data = Data::Name(name(How::Adjective, Tags::NONE));
            let hint = hint::VOICE | hint::ADJECTIVE;
            let entry = self.add(spot, &names.adjective[..1], None, data, Examples::default(), hint)?;
            for (at, form) in names.adjective.iter().enumerate() {
                let tags = Tags::parse(adjective_tags(at)).unwrap_or_default();
                self.builder.add(form, Sense { entry, tags }, hint);
            }
        }
        Ok(())
    }

    fn places(
        &mut self,
        names_file: &str,
        spellings: &BTreeMap<String, Vec<String>>,
        countries: &BTreeMap<String, PlacesOfCountry>,
    ) -> Result<(), PackError> {
        let spot = Spot { name: "places.toml", line: 1 };
        let mut spelled: BTreeMap<&str, &[String]> =
            spellings.iter().map(|(id, names)| (id.as_str(), &names[..])).collect();
        for (country, places) in countries {
            let sure = places.regions.iter().chain(&places.towns).map(|place| (place, false));
            for (place, disputed) in sure.chain(places.disputed.iter().map(|place| (place, true))) {
                let disputed = disputed || places.disputed.contains(place);
                let id = [country, "/", place].concat();
                let words = std::iter::once(place).chain(spelled.remove(id.as_str()).unwrap_or_default());
                let data = Data::Name(Name { id, how: How::Place, tags: Tags::NONE, local: false, disputed });
                self.add(&spot, words, None, data, Examples::default(), 0)?;
            }
        }
        match spelled.first_key_value() {
            Some((id, _)) => {
                Err(Spot { name: names_file, line: 1 }.wrong(format!("place `{id}` is not in places.toml")))
            }
            None => Ok(()),
        }
    }
}
