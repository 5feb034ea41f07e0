//! Writes claims as the tables that others work with: `bilan export`.
//!
//! In: a format, filters, choices. Out: a table on standard output, or in a folder with its description.
//!
//! A folder gets whole files only: each is written beside its place and moved there at the end.

use crate::args::{Export, MapsAt, RowClock, RowLens, RowUnit, TableForm};
use crate::{End, complain};
use anyhow::{Context, Result, bail};
use bilan_ledger::{Access, Ledger};
use bilan_view::export::{self, Choices, Clock, Csv, Exported, Jsonl, Jsonld, Lens, Sink};
use bilan_view::map::{Form, Map, Maps, Unit};
use serde_json::Value as Json;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

/// Exports.
pub fn run(args: Export) -> Result<End> {
    let maps = maps(&args.maps)?;
    let mut map = maps.named(&args.format).with_context(|| {
        let known: Vec<&str> = maps.iter().filter(|map| map.writes()).map(|map| map.name.as_str()).collect();
        format!("format \"{}\" is unknown; known: csv, jsonl, parquet, {}", args.format, known.join(", "))
    })?;
    if let Some(form) = args.form {
        map.form = match form {
            TableForm::Csv => Form::Csv,
            TableForm::Jsonl => Form::Jsonl,
            TableForm::Parquet => Form::Parquet,
            TableForm::Jsonld => Form::Jsonld,
        };
    }
    let choices = Choices {
        unit: args.unit.map(|unit| match unit {
            RowUnit::Report => Unit::Report,
            RowUnit::Statement => Unit::Statement,
        }),
        clock: match args.clock {
            RowClock::Stated => Clock::Stated,
            RowClock::Published => Clock::Published,
            RowClock::Covers => Clock::Covers,
        },
        lens: args.lens.map(|lens| match lens {
            RowLens::Acled => Lens::Acled,
            RowLens::Emdat => Lens::Emdat,
            RowLens::Low => Lens::Low,
            RowLens::High => Lens::High,
        }),
        access: if args.public { Access::Public } else { Access::Internal },
    };
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let which = super::which(&ledger, args.filter)?;
    let done = match &args.into {
        None => {
            let mut sink = sink(&map, BufWriter::new(io::stdout()))?;
            let done = export::export(&ledger, &which.filter, &map, &choices, sink.as_mut())?;
            sink.finish()?;
            done
        }
        Some(folder) => {
            into(folder, &map, &choices, |sink| export::export(&ledger, &which.filter, &map, &choices, sink))?
        }
    };
    tell(&map, &choices, &done, args.into.as_deref());
    Ok(End::Done)
}

/// The maps inside the program, with those of the folder that was named.
pub fn maps(at: &MapsAt) -> Result<Maps> {
    Ok(match &at.maps {
        Some(dir) => Maps::with_dir(dir)?,
        None => Maps::embedded()?,
    })
}

fn sink<W: Write + Send + 'static>(map: &Map, to: W) -> Result<Box<dyn Sink>> {
    Ok(match map.form {
        Form::Csv => Box::new(Csv::new(to, map)?),
        Form::Jsonl => Box::new(Jsonl::new(to, map)),
        Form::Jsonld => Box::new(Jsonld::new(to, map)?),
        #[cfg(feature = "parquet")]
        Form::Parquet => Box::new(crate::parquet::Parquet::new(to, map)?),
        #[cfg(not(feature = "parquet"))]
        Form::Parquet => bail!("this bilan was built without Parquet; build it with the feature `parquet`"),
    })
}

/// Writes the table, its classes and its description into a folder.
fn into(
    folder: &Path,
    map: &Map,
    choices: &Choices,
    fill: impl FnOnce(&mut dyn Sink) -> Result<Exported, export::ExportError>,
) -> Result<Exported> {
    fs::create_dir_all(folder).with_context(|| format!("{}: cannot make this folder", folder.display()))?;
    let ending = match map.form {
        Form::Csv => "csv",
        Form::Jsonl => "jsonl",
        Form::Parquet => "parquet",
        Form::Jsonld => "jsonld",
    };
    let file = format!("{}.{ending}", map.name);
    let described = folder.join("datapackage.json");
    let older = older(&described)?;
    let table = Part::begin(folder.join(&file))?;
    let mut sink = sink(map, BufWriter::new(table.file()?))?;
    let done = fill(sink.as_mut())?;
    sink.finish()?;
    let package = export::package(older.as_ref(), export::resource(map, &file, choices, &done));
    let package = Part::written(described, &(serde_json::to_string_pretty(&package)? + "\n"))?;
    let classes = match (&map.classes, &map.class) {
        (Some(name), Some(classes)) => Some(Part::written(folder.join(name), &classes.text)?),
        _ => None,
    };
    // The description last: it never tells of a table that is not there.
    for part in [Some(table), classes, Some(package)].into_iter().flatten() {
        part.end()?;
    }
    Ok(done)
}

/// The package that is there already.
fn older(path: &Path) -> Result<Option<Json>> {
    match fs::read_to_string(path) {
        Err(_) => Ok(None),
        Ok(text) => match serde_json::from_str::<Json>(&text) {
            Ok(older) if older.get("name").is_some_and(|name| name == "bilan") => Ok(Some(older)),
            _ => bail!("{}: this is not a package of bilan; name another folder", path.display()),
        },
    }
}

/// A file that is written beside its place; dropped before its end it leaves nothing.
struct Part {
    beside: PathBuf,
    place: PathBuf,
}

impl Part {
    fn begin(place: PathBuf) -> Result<Part> {
        let mut name = std::ffi::OsString::from(".");
        name.push(place.file_name().unwrap_or_default());
        name.push(format!(".{}.part", std::process::id()));
        Ok(Part { beside: place.with_file_name(name), place })
    }

    fn written(place: PathBuf, text: &str) -> Result<Part> {
        let part = Part::begin(place)?;
        part.file()?.write_all(text.as_bytes()).with_context(|| part.place.display().to_string())?;
        Ok(part)
    }

    fn file(&self) -> Result<File> {
        File::create(&self.beside).with_context(|| format!("{}: cannot be written", self.place.display()))
    }

    fn end(self) -> Result<()> {
        fs::rename(&self.beside, &self.place).with_context(|| format!("{}: cannot be written", self.place.display()))
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        // Gone already when it was moved to its place.
        let _ = fs::remove_file(&self.beside);
    }
}

fn tell(map: &Map, choices: &Choices, done: &Exported, folder: Option<&Path>) {
    let mut line = super::many(done.rows, "row", "rows");
    if let Some(lens) = choices.lens.filter(|_| map.needs_lens()) {
        line.push_str(&format!("; lens {}", lens.name()));
    }
    let left_out: usize = done.left_out.values().sum();
    if left_out > 0 {
        line.push_str(&format!("; {} left out", super::many(left_out, "claim", "claims")));
    }
    complain(&format!("{line}; in all {}", done.coverage));
    let mut reasons: Vec<_> = done.left_out.iter().collect();
    reasons.sort_by_key(|(reason, n)| (std::cmp::Reverse(**n), (*reason).clone()));
    for (reason, n) in reasons {
        complain(&format!("left out: {n}: {reason}"));
    }
    if let Some(classes) = &map.classes {
        match folder {
            Some(folder) => complain(&format!("the classes are in {}", folder.join(classes).display())),
            None => complain(&format!("the classes are those of {classes}; --into DIR writes them beside the table")),
        }
    }
}
