//! Exports hold what their maps say, and nothing that may not leave. INVENTED data, read by the real reader.
#![allow(missing_docs)]

use bilan::Reader;
use bilan::document::{Given, open};
use bilan::pack::Packs;
use bilan_ledger::{Access, AddOptions, Filter, Ledger};
use bilan_view::export::{
    Choices, Clock, Csv, ExportError, Exported, Jsonl, Jsonld, Lens, Sink, export, package, resource,
};
use bilan_view::map::{Form, Maps, Unit};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// INVENTED.
const REPORTS: [(&str, Access, &str); 4] = [
    (
        "attack",
        Access::Public,
        " date 2031-06-12\nSelon le maire de Castelbrun, 12 civils valdoriens ont été tués mercredi à Castelbrun dans un \
         bombardement. Des dizaines de civils valdoriens ont été blessés mercredi à Castelbrun.\n",
    ),
    (
        "staff",
        Access::Internal,
        " date 2031-06-12\nSelon l'état-major valdorien, plus de 340 soldats karséniens ont été tués et 35 chars \
         karséniens détruits depuis le 3 mai.\n",
    ),
    (
        "reprint",
        Access::Internal,
        " date 2031-06-12\nSelon l'état-major valdorien, plus de 340 soldats karséniens ont été tués et 35 chars \
         karséniens détruits depuis le 3 mai.\n",
    ),
    (
        "secret",
        Access::Restricted,
        " date 2031-06-12\nSelon l'état-major valdorien, 777 soldats karséniens ont été blessés depuis le 3 mai.\n",
    ),
];

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let reader = Reader::new(Packs::embedded().unwrap());
    for (id, access, text) in REPORTS {
        let url = Some(format!("https://example.invalid/{id}"));
        let given = Given { id: Some(id.into()), url, outlet: Some("=cmd()".into()), ..Given::default() };
        let reading = reader.read(open(id, text.as_bytes(), &given).next().unwrap().unwrap());
        let given = bilan_ledger::Given { access: Some(access), ..(&reading).into() };
        ledger.add([given], &AddOptions::at("2031-06-13T08:00:00Z".parse().unwrap())).unwrap();
    }
    (folder, ledger)
}

fn choices() -> Choices {
    Choices { unit: None, clock: Clock::Stated, lens: None, access: Access::Internal }
}

struct Gathered(Vec<Vec<Json>>);

impl Sink for &mut Gathered {
    fn row(&mut self, cells: &[Json]) -> Result<(), ExportError> {
        self.0.push(cells.to_vec());
        Ok(())
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        Ok(())
    }
}

/// Rows by column.
fn table(name: &str, choices: &Choices) -> Result<(Vec<BTreeMap<String, Json>>, Exported), ExportError> {
    let (_folder, ledger) = ledger();
    let map = Maps::embedded().unwrap().named(name).unwrap();
    let mut gathered = Gathered(vec![]);
    let done = export(&ledger, &Filter::default(), &map, choices, &mut &mut gathered)?;
    let names = || map.columns.iter().map(|column| column.name.clone());
    Ok((gathered.0.into_iter().map(|cells| names().zip(cells).collect()).collect(), done))
}

#[test]
fn claims_leave_with_sentence_and_papers_and_restricted_ones_do_not() {
    let (rows, done) = table("csv", &choices()).unwrap();
    assert_eq!((rows.len(), done.rows), (6, 6));
    assert!(rows.iter().all(|row| row["sentence"].as_str().is_some_and(|s| s.len() > 20) && !row["url"].is_null()));
    assert!(rows.iter().all(|row| row["value"] != "777"));
    let (rows, done) = table("csv", &Choices { access: Access::Public, ..choices() }).unwrap();
    assert!(!rows.is_empty() && rows.iter().all(|row| row["access"] == "public"));
    // What stays behind is counted, and of restricted documents not even that.
    assert_eq!(done.left_out.values().sum::<usize>(), 4, "{:?}", done.left_out);
    let (rows, _) = table("csv", &Choices { access: Access::Restricted, ..choices() }).unwrap();
    assert!(rows.iter().all(|row| row["value"] != "777"), "no choice lets a restricted document out");
}

#[test]
fn a_statement_has_one_row_however_many_print_it() {
    let unit = Some(Unit::Statement);
    let (rows, _) = table("csv", &Choices { unit, ..choices() }).unwrap();
    assert_eq!(rows.len(), 4);
    let killed = rows.iter().find(|row| row["value"] == ">340").unwrap();
    assert_eq!((&killed["texts"], &killed["different_texts"]), (&2.into(), &1.into()));
}

#[test]
fn a_model_table_has_its_classes_its_days_and_a_chosen_number() {
    let refused = table("model", &choices()).unwrap_err().to_string();
    assert!(refused.contains("--lens"), "{refused}");
    let lens = Some(Lens::Low);
    let (rows, done) = table("model", &Choices { lens, ..choices() }).unwrap();
    let soldiers = rows.iter().find(|row| row["bilan_value"] == ">340").unwrap();
    for (name, expected) in [
        ("days", Json::from(3396)),
        ("loss_count", 340.into()),
        ("loss_type", "fatalities".into()),
        ("claim_source", "XA".into()),
        ("time_frame", "cumulative".into()),
        ("loss_country", "XB".into()),
        ("minimum", 341.into()),
        ("maximum", Json::Null),
        ("category", "military".into()),
        ("source_target", "XA_XB".into()),
    ] {
        assert_eq!(soldiers[name], expected, "{name}");
    }
    assert!(rows.iter().any(|row| row["loss_type"] == "tanks" && row["category"] == "equipment"));
    assert_eq!(done.rows + done.left_out.values().sum::<usize>(), 6);
}

#[test]
fn ged_holds_the_dead_of_single_events_only() {
    let (rows, done) = table("ged", &Choices { lens: Some(Lens::Acled), ..choices() }).unwrap();
    let [row] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((&row["best"], &row["deaths_civilians"], &row["deaths_unknown"]), (&12.into(), &12.into(), &Json::Null));
    assert_eq!((&row["date_start"], &row["date_prec"]), (&"2031-06-11".into(), &1.into()));
    assert!(row.keys().filter(|name| name.starts_with("bilan_")).count() > 5);
    assert_eq!(done.left_out.values().sum::<usize>(), 5);
}

#[test]
fn hxl_has_hashtags_and_the_dozens_of_the_lens() {
    let (rows, _) = table("hxl", &Choices { lens: Some(Lens::Acled), ..choices() }).unwrap();
    let hurt = rows.iter().find(|row| row["outcome"] == "wounded").unwrap();
    assert_eq!((&hurt["injured"], &hurt["killed"], &hurt["low"]), (&12.into(), &Json::Null, &20.into()));
    let map = Maps::embedded().unwrap().named("hxl").unwrap();
    assert!(map.columns.iter().all(|column| column.tag.starts_with('#')));
}

#[test]
fn schemaorg_names_author_and_appearances() {
    let (_folder, ledger) = ledger();
    let map = Maps::embedded().unwrap().named("schemaorg").unwrap();
    let mut bytes = Vec::new();
    let mut sink = Box::new(Jsonld::new(&mut bytes, &map).unwrap());
    export(&ledger, &Filter::default(), &map, &choices(), sink.as_mut()).unwrap();
    sink.finish().unwrap();
    let whole: Json = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(whole["@context"], "https://schema.org");
    let claims = whole["@graph"].as_array().unwrap();
    let soldiers = claims.iter().find(|claim| claim["about"]["value"] == ">340").unwrap();
    assert_eq!(soldiers["author"]["identifier"], "XA/general-staff");
    assert_eq!(soldiers["appearance"].as_array().unwrap().len(), 2);
    assert_eq!(soldiers["firstAppearance"]["url"], soldiers["appearance"][0]["url"]);
    assert_eq!(soldiers["about"].get("maxValue"), None, "an open end has no number");
}

#[test]
fn no_cell_runs_in_a_spreadsheet_and_the_package_tells_what_the_table_is() {
    let (_folder, ledger) = ledger();
    let map = Maps::embedded().unwrap().named("csv").unwrap();
    assert_eq!(map.form, Form::Csv);
    let mut bytes = Vec::new();
    let mut sink = Box::new(Csv::new(&mut bytes, &map).unwrap());
    let done = export(&ledger, &Filter::default(), &map, &choices(), sink.as_mut()).unwrap();
    sink.finish().unwrap();
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("'=cmd()") && !text.contains(",=cmd()"), "{text}");
    let mut lines = Vec::new();
    let mut sink = Box::new(Jsonl::new(&mut lines, &map));
    export(&ledger, &Filter::default(), &map, &choices(), sink.as_mut()).unwrap();
    sink.finish().unwrap();
    let first: Json = serde_json::from_slice(lines.split(|b| *b == b'\n').next().unwrap()).unwrap();
    assert_eq!(first["outlet"], "=cmd()", "JSON is the form without loss");

    let described = package(None, resource(&map, "claims.csv", &choices(), &done));
    let fields = described["resources"][0]["schema"]["fields"].as_array().unwrap();
    let header: Vec<&str> = text.lines().next().unwrap().split(',').collect();
    assert_eq!(fields.iter().map(|field| field["name"].as_str().unwrap()).collect::<Vec<_>>(), header);
    assert!(described["description"].as_str().unwrap().contains("never a count of what happened"));
    assert_eq!(described["resources"][0]["bilan"]["coverage"]["documents"], 4);
    let again = package(Some(&described), resource(&map, "other.csv", &choices(), &done));
    assert_eq!(again["resources"].as_array().unwrap().len(), 1, "a table of one name is told once");
}
