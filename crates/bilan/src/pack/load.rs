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
use crate::document::boilerplate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;
use std::path::Path;
use toml::Spanned;

/// What the program carries.
const EMBEDDED: &[(&str, &str)] = &include!(concat!(env!("OUT_DIR"), "/packs.rs"));

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
#[allow(missing_docs)]
pub struct Shared {
    pub parties: BTreeMap<String, Party>,
    pub persons: BTreeMap<String, Person>,
    pub events: BTreeMap<String, Event>,
    pub kinds: Kinds,
}

/// The closed words of a claim.
#[derive(Default, Debug, Deserialize)]
#[allow(missing_docs)]
pub struct Kinds {
    pub outcome: BTreeMap<String, Kind>,
    pub counted: BTreeMap<String, Kind>,
    pub join: BTreeMap<String, Vec<String>>,
    pub scope: BTreeMap<String, String>,
    pub said: BTreeMap<String, String>,
    pub contested: BTreeMap<String, String>,
    pub refused: BTreeMap<String, String>,
}

/// What a closed word belongs to.
#[derive(Debug, Deserialize)]
pub struct Kind {
    /// `people`, `materiel` or `both`.
    pub of: String,
}

impl Kinds {
    /// Whether what is counted are people; `None` for an unknown id.
    pub fn is_people(&self, counted: &str) -> Option<bool> {
        self.counted.get(counted).map(|kind| kind.of == "people")
    }

    /// The one outcome that two said of one figure make.
    pub fn joined(&self, a: &str, b: &str) -> Option<&str> {
        if a == b {
            return self.outcome.get_key_value(a).map(|(key, _)| key.as_str());
        }
        let both = |parts: &Vec<String>| parts.iter().any(|part| part == a) && parts.iter().any(|part| part == b);
        self.join.iter().find(|(_, parts)| both(parts)).map(|(id, _)| id.as_str())
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
    /// Kind of each office, as `health`.
    pub offices: BTreeMap<String, String>,
    /// Order of a date in digits.
    pub order: Order,
    /// Whole sentences with their claims: file and example.
    pub examples: Vec<(String, Example)>,
}

/// Order of day, month and year in a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "lowercase")]
#[allow(missing_docs)]
pub enum Order {
    #[default]
    Dmy,
    Mdy,
    Ymd,
}

/// An entry that cannot be loaded.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {what}")]
pub struct PackError {
    /// As `packs/fr/outcome.toml`.
    pub file: String,
    /// From 1.
    pub line: usize,
    /// What is wrong, and what was expected.
    pub what: String,
}

type Files = BTreeMap<String, String>;

impl Packs {
    /// The packs inside the program.
    pub fn embedded() -> Result<Packs, PackError> {
        Packs::from_files(EMBEDDED.iter().map(|(name, text)| (name.to_string(), text.to_string())).collect())
    }

    /// The packs of a folder, in place of the embedded ones.
    pub fn from_dir(dir: &Path) -> Result<Packs, PackError> {
        fn walk(dir: &Path, prefix: &str, files: &mut Files) -> Result<(), PackError> {
            let wrong =
                |error: std::io::Error| PackError { file: dir.display().to_string(), line: 0, what: error.to_string() };
            for entry in std::fs::read_dir(dir).map_err(wrong)? {
                let path = entry.map_err(wrong)?.path();
                let name = format!("{prefix}{}", path.file_name().unwrap_or_default().to_string_lossy());
                if path.is_dir() {
                    walk(&path, &format!("{name}/"), files)?;
                } else if name.ends_with(".toml") {
                    files.insert(name, std::fs::read_to_string(&path).map_err(wrong)?);
                }
            }
            Ok(())
        }
        let mut files = Files::new();
        walk(dir, "", &mut files)?;
        Packs::from_files(files)
    }

    /// The packs in these files, named as `fr/outcome.toml`.
    pub fn from_files(files: Files) -> Result<Packs, PackError> {
        let mut hasher = blake3::Hasher::new();
        for part in std::iter::once(concat!("bilan/reader/1 ", env!("CARGO_PKG_VERSION")))
            .chain(files.iter().flat_map(|(name, text)| [name.as_str(), text.as_str()]))
        {
            hasher.update(&(part.len() as u64).to_le_bytes());
            hasher.update(part.as_bytes());
        }
        let version = crate::document::id::text_of(hasher.finalize().as_bytes(), 26);
        let shared = shared(&files)?;
        let names: std::collections::BTreeSet<&str> =
            files.keys().filter_map(|name| name.split_once('/')).map(|(lang, _)| lang).collect();
        if names.is_empty() {
            return Err(PackError {
                file: "packs".into(),
                line: 0,
                what: "no language folder, expected one such as `fr/`".into(),
            });
        }
        let langs = names
            .into_iter()
            .map(|lang| Ok((lang.to_owned(), Loading::new(lang, &files, &shared)?.finish(&shared)?)))
            .collect::<Result<_, PackError>>()?;
        Ok(Packs { version, shared, langs })
    }

    /// Hash of the engine's version and the content of all files, base32.
    pub fn version(&self) -> &str {
        &self.version
    }
}

/// A file of the packs as a table; empty when absent.
fn table<T: DeserializeOwned + Default>(files: &Files, name: &str) -> Result<T, PackError> {
    let Some(text) = files.get(name) else { return Ok(T::default()) };
    toml::from_str(text).map_err(|error| PackError {
        file: format!("packs/{name}"),
        line: error.span().map_or(0, |span| line(text, span.start)),
        what: error.message().to_owned(),
    })
}

fn line(text: &str, at: usize) -> usize {
    1 + text.bytes().take(at).filter(|&byte| byte == b'\n').count()
}

/// Where the lines of a file begin: an entry asks for its line, and a file has thousands.
struct Lines(Vec<usize>);

impl Lines {
    fn of(text: &str) -> Lines {
        Lines(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1).collect())
    }

    fn at(&self, at: usize) -> usize {
        1 + self.0.partition_point(|&start| start <= at)
    }
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct SharedFile {
    party: Vec<Party>,
    person: Vec<Person>,
    event: Vec<Event>,
}

fn shared(files: &Files) -> Result<Shared, PackError> {
    let parties: SharedFile = table(files, "parties.toml")?;
    let events: SharedFile = table(files, "events.toml")?;
    Ok(Shared {
        parties: parties.party.into_iter().map(|party| (party.id.clone(), party)).collect(),
        persons: parties.person.into_iter().map(|person| (person.key.clone(), person)).collect(),
        events: events.event.into_iter().map(|event| (event.id.clone(), event)).collect(),
        kinds: table(files, "kinds.toml")?,
    })
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct PlacesOfCountry {
    regions: Vec<String>,
    towns: Vec<String>,
    disputed: Vec<String>,
    names: Vec<String>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct EntriesFile {
    outcome: Vec<Spanned<Outcome>>,
    counted: Vec<Spanned<Counted>>,
    cue: Vec<Spanned<Cue>>,
    function: Vec<Spanned<Function>>,
    number: Vec<Spanned<Number>>,
    hedge: Vec<Spanned<Hedge>>,
    unit: Vec<Spanned<Unit>>,
    time: Vec<Spanned<Time>>,
    example: Vec<Example>,
    abbreviations: Vec<String>,
    grouping: Vec<char>,
    decimal: Option<char>,
    order: Option<Order>,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NamesFile {
    country: Vec<Spanned<NamesOf>>,
    party: Vec<Spanned<NamesOf>>,
    office: Vec<Spanned<NamesOf>>,
    person: Vec<Spanned<NamesOf>>,
    event: Vec<Spanned<NamesOf>>,
    place: BTreeMap<String, Vec<String>>,
}

#[derive(Default, Clone, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct NamesOf {
    #[serde(alias = "key")]
    id: String,
    #[serde(alias = "words")]
    names: Vec<String>,
    metonyms: Vec<String>,
    adjective: Vec<String>,
    gender: Option<String>,
    number: Option<String>,
    kind: Option<String>,
    local: bool,
}

/// A pack while its files are read.
struct Loading<'f> {
    lang: &'f str,
    files: &'f Files,
    inflection: Inflection,
    builder: Builder,
    entries: Vec<Entry>,
    abbreviations: Vec<String>,
    grouping: Vec<char>,
    decimal: char,
    offices: BTreeMap<String, String>,
    order: Order,
    examples: Vec<(String, Example)>,
    /// Classes of materiel.
    materiel: std::collections::BTreeSet<String>,
}

/// Where an entry stands.
#[derive(Clone)]
struct Spot<'f> {
    name: &'f str,
    line: usize,
}

impl Spot<'_> {
    fn wrong(&self, what: impl Into<String>) -> PackError {
        PackError { file: format!("packs/{}", self.name), line: self.line, what: what.into() }
    }
}

impl<'f> Loading<'f> {
    fn new(lang: &'f str, files: &'f Files, shared: &Shared) -> Result<Loading<'f>, PackError> {
        let inflection = table(files, &format!("{lang}/inflection.toml"))?;
        let mut loading = Loading {
            lang,
            files,
            inflection,
            builder: Builder::default(),
            entries: vec![],
            abbreviations: vec![],
            grouping: vec![],
            decimal: '\0',
            materiel: shared
                .kinds
                .counted
                .iter()
                .filter(|(_, kind)| kind.of != "people")
                .map(|(id, _)| id.clone())
                .collect(),
            offices: BTreeMap::new(),
            order: Order::default(),
            examples: vec![],
        };
        let own = format!("{lang}/");
        for name in files.keys().filter(|name| name.starts_with(&own)) {
            if !matches!(&name[own.len()..], "inflection.toml" | "names.toml" | "boilerplate.toml") {
                loading.entries_of(name)?;
            }
        }
        Ok(loading)
    }

    fn entries_of(&mut self, name: &'f str) -> Result<(), PackError> {
        let text = &self.files[name];
        let file: EntriesFile = table(self.files, name)?;
        let lines = Lines::of(text);
        let spot = |at: std::ops::Range<usize>| Spot { name, line: lines.at(at.start) };
        macro_rules! take {
            ($field:ident, $kind:ident, $hint:expr) => {
                for entry in file.$field {
                    let spot = spot(entry.span());
                    let mut entry = entry.into_inner();
                    let hint: u8 = $hint(&entry);
                    let examples = entry.examples();
                    let (words, paradigm) = (entry.word.clone(), entry.paradigm.clone());
                    self.add(spot, words.all(), paradigm.as_deref(), Data::$kind(entry), examples, hint)?;
                }
            };
        }
        take!(outcome, Outcome, |_: &Outcome| hint::OUTCOME);
        let materiel = self.materiel.clone();
        take!(counted, Counted, |entry: &Counted| {
            if materiel.contains(&entry.id) || entry.outcome.is_some() { hint::MATERIEL } else { hint::PEOPLE }
        });
        take!(cue, Cue, |_: &Cue| hint::VOICE);
        take!(function, Function, |entry: &Function| if entry.class == Class::None { hint::NUMBER } else { 0 });
        take!(number, Number, |entry: &Number| match entry.class {
            NumberClass::Join | NumberClass::Several | NumberClass::Point => 0,
            _ => hint::NUMBER,
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
            | TimeClass::Start
            | TimeClass::ToDate => hint::TIME,
            // One word that opens a stretch; the last of several is in every sentence.
            TimeClass::Since if entry.word.all().iter().all(|word| !word.contains(' ')) => hint::TIME,
            _ => 0,
        });
        self.examples.extend(file.example.into_iter().map(|example| (name.to_owned(), example)));
        self.abbreviations.extend(file.abbreviations);
        self.grouping.extend(file.grouping);
        self.decimal = file.decimal.unwrap_or(self.decimal);
        self.order = file.order.unwrap_or(self.order);
        Ok(())
    }

    fn add(
        &mut self,
        spot: Spot<'_>,
        words: &[String],
        paradigm: Option<&str>,
        data: Data,
        examples: Examples,
        hint: u8,
    ) -> Result<u32, PackError> {
        let entry = self.entries.len() as u32;
        let Some(first) = words.first() else { return Err(spot.wrong("an entry without a word")) };
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
        for word in words {
            let named = matches!(data, Data::Name(_)) && word.starts_with(char::is_uppercase);
            let fixed = if named { fixed.with(Tags::PROPER) } else { fixed };
            for (form, tags) in self.inflection.forms(word, paradigm).map_err(|what| spot.wrong(what))? {
                if only == Tags::NONE || tags.has(only) {
                    self.builder.add(&form, Sense { entry, tags: tags.with(fixed) }, hint);
                }
            }
        }
        let stem = spot.name.trim_end_matches(".toml");
        let id = format!("{stem}#{first}");
        self.entries.push(Entry { id, at: format!("packs/{}:{}", spot.name, spot.line), data, examples });
        Ok(entry)
    }

    /// Adds the names of parties, events and places, and closes the pack.
    fn finish(mut self, shared: &Shared) -> Result<Pack, PackError> {
        let name = format!("{}/names.toml", self.lang);
        if let Some((key, text)) = self.files.get_key_value(&name) {
            let file: NamesFile = table(self.files, key)?;
            let lines = Lines::of(text);
            let groups = [
                (How::Country, file.country),
                (How::Party, file.party),
                (How::Office, file.office),
                (How::Person, file.person),
                (How::Event, file.event),
            ];
            for (how, names) in groups {
                for entry in names {
                    let spot = Spot { name: key, line: lines.at(entry.span().start) };
                    self.names_of(spot, how, entry.into_inner(), shared)?;
                }
            }
            self.places(key, file.place)?;
        }
        let file = format!("{}/boilerplate.toml", self.lang);
        let boilerplate = match self.files.get(&file) {
            Some(_) => table(self.files, &file)?,
            None => boilerplate::Table::default(),
        };
        Ok(Pack {
            lang: self.lang.to_owned(),
            vocabulary: self.builder.build(),
            entries: self.entries,
            abbreviations: self.abbreviations,
            boilerplate,
            grouping: self.grouping,
            decimal: if self.decimal == '\0' { '.' } else { self.decimal },
            offices: self.offices,
            order: self.order,
            examples: self.examples,
        })
    }

    fn names_of(&mut self, spot: Spot<'_>, how: How, names: NamesOf, shared: &Shared) -> Result<(), PackError> {
        let known = match how {
            How::Person => shared.persons.contains_key(&names.id),
            How::Event => shared.events.contains_key(&names.id),
            How::Country | How::Party => shared.parties.contains_key(&names.id),
            _ => true,
        };
        if !known {
            return Err(spot.wrong(format!("`{}` is not in parties.toml or events.toml", names.id)));
        }
        let mut traits = [&names.gender, &names.number].into_iter().flatten().cloned().collect::<Vec<_>>().join(" ");
        if let (How::Person, Some(person)) = (how, shared.persons.get(&names.id)) {
            traits = format!("{} sg", person.gender.as_deref().unwrap_or(""));
        }
        let tags = Tags::parse(&traits).map_err(|word| spot.wrong(format!("`{word}` is no trait")))?;
        let name = |how, tags| Name { id: names.id.clone(), how, tags, local: names.local, disputed: false };
        let with =
            |how, words: &[String], tags| (!words.is_empty()).then(|| (Data::Name(name(how, tags)), words.to_vec()));
        let adjective_tags = |at: usize| match (names.adjective.len(), at) {
            (4, 0) => "m sg",
            (4, 1) => "f sg",
            (4, 2) => "m pl",
            (4, 3) => "f pl",
            (2, 0) => "sg",
            (2, 1) => "pl",
            _ => "",
        };
        for (data, words) in
            [with(how, &names.names, tags), with(How::Metonym, &names.metonyms, tags)].into_iter().flatten()
        {
            let office = if how == How::Office { hint::OFFICE } else { 0 };
            self.add(spot.clone(), &words, None, data, Examples::default(), hint::VOICE | office)?;
        }
        if let (How::Office, Some(kind)) = (how, names.kind.clone()) {
            self.offices.insert(names.id.clone(), kind);
        }
        if !names.adjective.is_empty() {
            let data = Data::Name(name(How::Adjective, Tags::NONE));
            let hint = hint::VOICE | hint::ADJECTIVE;
            let entry = self.add(spot.clone(), &names.adjective[..1], None, data, Examples::default(), hint)?;
            for (at, form) in names.adjective.iter().enumerate() {
                let tags = Tags::parse(adjective_tags(at)).unwrap_or_default();
                self.builder.add(form, Sense { entry, tags }, hint);
            }
        }
        Ok(())
    }

    fn places(&mut self, names_file: &str, spellings: BTreeMap<String, Vec<String>>) -> Result<(), PackError> {
        let countries: BTreeMap<String, PlacesOfCountry> = table(self.files, "places.toml")?;
        let spot = Spot { name: "places.toml", line: 1 };
        let mut spelled: BTreeMap<&str, &[String]> =
            spellings.iter().map(|(id, names)| (id.as_str(), &names[..])).collect();
        for (country, places) in &countries {
            let sure = places.regions.iter().chain(&places.towns).map(|place| (place, false));
            for (place, disputed) in sure.chain(places.disputed.iter().map(|place| (place, true))) {
                let disputed = disputed || places.disputed.contains(place);
                let id = format!("{country}/{place}");
                let mut words = vec![place.clone()];
                words.extend(spelled.remove(id.as_str()).into_iter().flatten().cloned());
                let data = Data::Name(Name { id, how: How::Place, tags: Tags::NONE, local: false, disputed });
                self.add(spot.clone(), &words, None, data, Examples::default(), 0)?;
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
