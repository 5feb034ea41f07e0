//! Loads the maps, those inside the program and those of a folder.
//!
//! In: TOML. Out: [`Maps`] by name, or what is wrong, with the file and where in it.
//!
//! A column of a field that no claim has would be an empty column for ever, found by nobody: it is refused on loading.

use super::{Column, Table, Words};
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

/// All maps, by name.
#[derive(Clone, Debug)]
pub struct Maps(BTreeMap<String, Map>);

/// How a table looks.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Map {
    /// The name of its file.
    #[serde(skip)]
    pub name: String,
    /// What it is, in one sentence.
    pub about: String,
    /// How it is written.
    #[serde(default)]
    pub form: Form,
    /// What a row is, unless told otherwise.
    #[serde(default)]
    pub unit: Unit,
    /// Only claims whose fields hold one of these words.
    #[serde(default)]
    pub only: BTreeMap<String, Words>,
    /// A second row holds hashtags.
    #[serde(default)]
    pub tags: bool,
    /// A file of classes beside this one.
    pub classes: Option<String>,
    /// The same, read.
    #[serde(skip)]
    pub class: Option<Classes>,
    /// In order.
    #[serde(default, rename = "column")]
    pub columns: Vec<Column>,
    /// How such a table is read.
    pub table: Option<Table>,
}

/// How a table is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Form {
    /// RFC 4180, with a heading.
    #[default]
    Csv,
    /// One object a line.
    Jsonl,
    /// Apache Parquet.
    Parquet,
    /// One JSON-LD object with a graph.
    Jsonld,
}

/// What a row is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Unit {
    /// One figure in one document.
    #[default]
    Report,
    /// What a claimant said once, however many documents print it.
    Statement,
}

/// Classes of another table, by fields of a claim: the first that fits.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Classes {
    /// The text of the file, to be printed beside the table.
    #[serde(skip)]
    pub text: String,
    /// In order.
    #[serde(rename = "class")]
    pub list: Vec<Class>,
}

/// A class.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Class {
    /// Fields of a claim and the words that they must hold.
    pub when: BTreeMap<String, Words>,
    /// What the claim is called there; columns name it `class.<key>`.
    pub set: BTreeMap<String, String>,
}

/// A map that cannot be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct MapError {
    /// The file.
    pub file: String,
    /// What is wrong, and what was expected.
    pub what: String,
}

const EMBEDDED: [(&str, &str); 9] = [
    ("claims.toml", include_str!("../../../../exports/claims.toml")),
    ("model.toml", include_str!("../../../../exports/model.toml")),
    ("model-classes.toml", include_str!("../../../../exports/model-classes.toml")),
    ("ged.toml", include_str!("../../../../exports/ged.toml")),
    ("hxl.toml", include_str!("../../../../exports/hxl.toml")),
    ("schemaorg.toml", include_str!("../../../../exports/schemaorg.toml")),
    ("general-staff-equipment.toml", include_str!("../../../../exports/general-staff-equipment.toml")),
    ("general-staff-personnel.toml", include_str!("../../../../exports/general-staff-personnel.toml")),
    ("published-estimates.toml", include_str!("../../../../exports/published-estimates.toml")),
];

/// Fields of a claim that a map may name; `as_said.…` and `class.…` are open.
const FIELDS: &str = "figure n document text_hash reader words start end char_start char_end value point low high open \
    bounds hedge outcome counted side claimant citing via stated from to scope place said contested blamed \
    confidence.claim confidence.claimant sentence translated title outlet url published lang access why lens clock \
    country claimant_root texts different_texts appearances first_appearance date_prec stated_first stated_last \
    from_first from_last to_first to_last published_first published_last clock_first clock_last";

impl Maps {
    /// The maps inside the program.
    pub fn embedded() -> Result<Maps, MapError> {
        let files = EMBEDDED.iter().map(|(file, text)| ((*file).to_owned(), (*text).to_owned()));
        Maps::of(files.collect(), "exports")
    }

    /// The same, with those of a folder added or in their place.
    pub fn with_dir(dir: &Path) -> Result<Maps, MapError> {
        let failed = |path: &Path, error: &dyn std::fmt::Display| MapError {
            file: path.display().to_string(),
            what: error.to_string(),
        };
        let mut files = BTreeMap::new();
        for entry in fs::read_dir(dir).map_err(|error| failed(dir, &error))? {
            let path = entry.map_err(|error| failed(dir, &error))?.path();
            let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default().to_owned();
            if name.ends_with(".toml") {
                files.insert(name, fs::read_to_string(&path).map_err(|error| failed(&path, &error))?);
            }
        }
        if files.is_empty() {
            return Err(failed(dir, &"no map is here; expected files such as model.toml"));
        }
        let mut maps = Maps::embedded()?;
        // A changed file of classes goes with the map inside the program.
        for (name, text) in EMBEDDED {
            files.entry(name.to_owned()).or_insert_with(|| text.to_owned());
        }
        maps.0.extend(Maps::of(files, &dir.display().to_string())?.0);
        Ok(maps)
    }

    fn of(files: BTreeMap<String, String>, folder: &str) -> Result<Maps, MapError> {
        let of_classes = |name: &str| files.keys().any(|other| *other == format!("{name}-classes.toml"));
        let mut maps = BTreeMap::new();
        for (file, text) in &files {
            let Some(name) = file.strip_suffix(".toml").filter(|name| !name.ends_with("-classes")) else { continue };
            let wrong = |what: String| MapError { file: format!("{folder}/{file}"), what };
            let mut map: Map = toml::from_str(text).map_err(|error| wrong(error.to_string().trim_end().to_owned()))?;
            map.name = name.to_owned();
            if let Some(classes) = &map.classes {
                let text = files.get(classes).ok_or_else(|| wrong(format!("there is no {classes} beside it")))?;
                let mut read: Classes = toml::from_str(text).map_err(|error| MapError {
                    file: format!("{folder}/{classes}"),
                    what: error.to_string().trim_end().to_owned(),
                })?;
                read.text = text.clone();
                map.class = Some(read);
            } else if of_classes(name) {
                return Err(wrong(format!("{name}-classes.toml is beside it and not named by `classes`")));
            }
            map.check().map_err(wrong)?;
            maps.insert(map.name.clone(), map);
        }
        Ok(Maps(maps))
    }

    /// By name; `csv`, `jsonl` and `parquet` are the claims in that form.
    pub fn named(&self, name: &str) -> Option<Map> {
        let form = match name {
            "csv" => Some(Form::Csv),
            "jsonl" => Some(Form::Jsonl),
            "parquet" => Some(Form::Parquet),
            _ => None,
        };
        match form {
            Some(form) => self.0.get("claims").map(|map| Map { form, ..map.clone() }),
            None => self.0.get(name).cloned(),
        }
    }

    /// All of them.
    pub fn iter(&self) -> impl Iterator<Item = &Map> {
        self.0.values()
    }
}

impl Map {
    /// Whether a table can be written from it.
    pub fn writes(&self) -> bool {
        !self.columns.is_empty()
    }

    /// Whether it needs one number of each figure.
    pub fn needs_lens(&self) -> bool {
        let all = self.columns.iter().flat_map(|column| std::iter::once(column).chain(&column.each));
        all.flat_map(|column| &column.of.0).any(|of| of == "lens")
    }

    fn check(&self) -> Result<(), String> {
        let known: BTreeSet<&str> = FIELDS.split_whitespace().collect();
        let open = |of: &str| of.starts_with("as_said.") || of.starts_with("class.");
        let mut names = BTreeSet::new();
        for column in &self.columns {
            let place = |what: String| format!("column \"{}\": {what}", column.name);
            if !names.insert(&column.name) {
                return Err(place("two columns have this name".to_owned()));
            }
            if column.of.0.is_empty() && column.value.is_none() && column.each.is_empty() {
                return Err(place("it says neither `of` which field nor which `value`".to_owned()));
            }
            let fields = column.of.0.iter().chain(column.when.keys());
            if let Some(unknown) = fields.clone().find(|of| !known.contains(of.as_str()) && !open(of)) {
                let known: Vec<&str> = known.iter().copied().collect();
                return Err(place(format!(
                    "no claim has \"{unknown}\"; known: {}, as_said.…, class.…",
                    known.join(", ")
                )));
            }
            // The members of a list have names of their own.
            if let Some(of) = column.of.0.iter().find_map(|of| of.strip_prefix("class.")) {
                let sets = |class: &Class| class.set.contains_key(of);
                if !self.class.as_ref().is_some_and(|classes| classes.list.iter().any(sets)) {
                    return Err(place(format!("no class sets \"{of}\"")));
                }
            }
        }
        if self.columns.is_empty() && self.table.is_none() {
            return Err("it has neither a [[column]] nor a [table]".to_owned());
        }
        let wheres =
            self.only.keys().chain(self.class.iter().flat_map(|classes| &classes.list).flat_map(|c| c.when.keys()));
        if let Some(table) = &self.table {
            table.check()?;
        }
        match wheres.clone().find(|of| !known.contains(of.as_str())) {
            Some(unknown) => Err(format!("no claim has \"{unknown}\"")),
            None => Ok(()),
        }
    }
}
