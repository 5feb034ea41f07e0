//! Describes tables for programs that read them by themselves: a Frictionless `datapackage.json`.
//!
//! In: a [`Map`] and what its export came to. Out: the JSON of a resource, and of the package around it.
//!
//! A table that travels alone is taken for the truth: the package says what the figures are, by which lens, what was
//! left out and what was not read.

use super::{Choices, Exported};
use crate::map::{Form, Kind, Map, Unit};
use serde_json::{Value as Json, json};

/// What every export says of itself.
const WHAT: &str = "Reported claims as documents print them: a convenience sample, and never a count of what happened. \
                    It says who says what, never who is right.";

/// The description of one table.
pub fn resource(map: &Map, file: &str, choices: &Choices, done: &Exported) -> Json {
    let (format, mediatype) = match map.form {
        Form::Csv => ("csv", "text/csv"),
        Form::Jsonl => ("jsonl", "application/jsonl"),
        Form::Parquet => ("parquet", "application/vnd.apache.parquet"),
        Form::Jsonld => ("jsonld", "application/ld+json"),
    };
    let mut resource = json!({
        "name": map.name, "path": file, "title": map.about, "description": WHAT, "format": format,
        "mediatype": mediatype, "encoding": "utf-8",
        "bilan": {
            "unit": match choices.unit.unwrap_or(map.unit) { Unit::Report => "report", Unit::Statement => "statement" },
            "lens": choices.lens.filter(|_| map.needs_lens()).map(|lens| lens.name()),
            "access": choices.access.as_str(), "left_out": done.left_out, "coverage": done.coverage,
        },
    });
    if let (Form::Csv | Form::Jsonl | Form::Parquet, Some(object)) = (map.form, resource.as_object_mut()) {
        let fields: Vec<Json> = map
            .columns
            .iter()
            .map(|column| {
                let list = if column.kind == Kind::List { " Several are joined by \"; \" in CSV." } else { "" };
                let about = format!("{}{list}", column.about);
                json!({"name": column.name, "type": column.kind.frictionless(), "description": about.trim()})
            })
            .collect();
        object.insert("profile".into(), json!("tabular-data-resource"));
        object.insert("rows".into(), json!(done.rows));
        object.insert("schema".into(), json!({"fields": fields, "missingValues": [""]}));
        if map.tags {
            // The row of hashtags is no row of data.
            object.insert("dialect".into(), json!({"commentRows": [2]}));
        }
    }
    resource
}

/// The package with this table in it; tables of other names that an older package tells stay.
pub fn package(older: Option<&Json>, resource: Json) -> Json {
    let known = older.and_then(|older| older.get("resources")).and_then(Json::as_array);
    let others = known.into_iter().flatten().filter(|other| other.get("name") != resource.get("name")).cloned();
    let mut resources: Vec<Json> = others.collect();
    resources.push(resource);
    resources.sort_by_key(|resource| resource.get("name").map(Json::to_string));
    json!({
        "name": "bilan", "title": "Claims about tolls and forces", "description": WHAT,
        "profile": "data-package", "resources": resources,
    })
}
