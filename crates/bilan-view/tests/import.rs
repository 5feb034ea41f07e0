//! Tables that others keep become claims that point at their cells, and their slips are told. INVENTED data; the real
//! tally is read where it lies.
#![allow(missing_docs)]

use bilan_ledger::{AddOptions, Filter, Ledger};
use bilan_view::answer::{self, Which};
use bilan_view::export::{self, Choices, Clock, Csv, Sink};
use bilan_view::import::{Given, ImportError, Imported, import};
use bilan_view::map::{Map, Maps};
use std::io::Write as _;
use std::path::PathBuf;

fn given(name: &str) -> Given {
    let today = "2031-06-30".parse().unwrap();
    Given { name: name.into(), url: None, outlet: None, published: None, today }
}

fn maps() -> Maps {
    Maps::embedded().unwrap()
}

fn found(imported: &Imported, kind: &str) -> Vec<(Option<usize>, String)> {
    let of_kind = imported.report.findings.iter().filter(|finding| finding.kind == kind);
    of_kind.map(|finding| (finding.line, finding.words.clone())).collect()
}

/// INVENTED: a tally with every slip there is.
const TALLY: &str = r#"[
{"date": "2031-05-01", "day": 3354, "tank": 466, "APC": 900, "field artillery": 12, "military auto": 70, "fuel tank": 5},
{"date": "2031-05-02", "day": 3355, "tank": 473, "APC": 905, "field artillery": 12, "military auto": 71, "fuel tank": 5},
{"date": "2031-05-02", "day": 3355, "tank": 473, "APC": 906, "field artillery": 12, "military auto": 71},
{"date": "2031-05-03", "day": 3356, "tank": 468, "APC": 907, "field artillery": 12, "vehicles and fuel tanks": 80},
{"date": "2031-05-04", "day": 99, "tank": 470, "APC": "many", "field artillery": 12, "vehicles and fuel tanks": 80},
{"date": "2031-02-30", "day": 1, "tank": 1},
{"date": "2031-07-01", "day": 3415, "tank": 500},
{"date": "2021-01-01", "day": -418, "tank": 2, "wheels": 7}
]
"#;

#[test]
fn every_slip_of_a_tally_is_told_with_its_line() {
    let read = import(&maps(), None, TALLY.as_bytes(), &given("tally.json")).unwrap();
    assert_eq!(read.report.map, "general-staff-equipment");
    let lines = |kind| found(&read, kind).into_iter().map(|(line, _)| line).collect::<Vec<_>>();
    assert_eq!(lines("impossible_day"), [Some(6), Some(7), Some(8)]);
    assert_eq!(lines("before_start"), [Some(9)]);
    assert_eq!(found(&read, "broken"), [(Some(6), "APC: \"many\" is no number".into())]);
    assert_eq!(
        found(&read, "fall"),
        [(Some(5), "tank falls by 5, from 473 on 2031-05-02 to 468 on 2031-05-03, says UA/general-staff".into())]
    );
    assert_eq!(
        found(&read, "classes_change"),
        [(
            None,
            "2031-05-03: no longer told: fuel tank, military auto; told from then on: vehicles and fuel tanks".into()
        )]
    );
    let doubles = found(&read, "double");
    assert!(doubles.iter().any(|(_, words)| words == "APC 906 again; line 3 says 905"), "{doubles:?}");
    assert_eq!(found(&read, "unknown_column").len(), 1);
    // 466 473 468 470, 900 905 906 907, 12 four times, 70 71, 5 5, 80 80: the same figure twice on a day is one.
    assert_eq!(read.report.figures, 18);
    for claim in &read.reading.claims {
        let text = &read.reading.document.text;
        assert_eq!(claim.span.of(text).parse::<u64>().ok(), claim.value.point());
        assert!(claim.quote.span.of(text).starts_with("{\"date\"") && claim.quote.span.of(text).ends_with('}'));
    }
}

#[test]
fn two_ends_are_one_figure_and_two_names_one_source() {
    let table = "date,source,country,estimate_type,estimate,source_type,weight\n\
                 2031-05-01,CSIS,russia,estimate_low,60000,deaths,0.5\n\
                 2031-05-01,CSIS,russia,estimate_high,70000,deaths,0.5\n\
                 2031-05-02,The Centre for Strategic and International Studies,russia,estimate,65000,deaths,1\n\
                 2031-05-02,Meduza,russia,estimate,456.7,deaths,0.3\n\
                 2031-05-02,Meduza,russia,estimate_low,336.2,deaths,0.3\n\
                 2031-05-02,Meduza,russia,estimate_high,576.1,deaths,0.3\n\
                 2031-05-03,IISS,russia,estimate_low,10,casualties,0.5\n\
                 2031-05-03,Nobody,russia,estimate,10,casualties,1\n\
                 2031-05-03,IISS,atlantis,estimate,10,casualties,1\n\
                 2031-05-04,IISS,russia,estimate_low,10,casualties,0.5\n\
                 2031-05-04,IISS,russia,estimate_high,5,casualties,0.5\n";
    let read = import(&maps(), None, table.as_bytes(), &given("estimates.csv")).unwrap();
    let values: Vec<String> = read.reading.claims.iter().map(|claim| claim.value.to_string()).collect();
    assert_eq!(values, ["60000..70000", "65000", "~457"]);
    assert_eq!(read.reading.claims[2].as_said["ends"], "336.2 to 576.1");
    assert!(read.reading.claims.iter().all(|claim| claim.said == "estimated" && claim.side.as_deref() == Some("RU")));
    let broken: Vec<_> = found(&read, "broken").into_iter().filter_map(|(line, _)| line).collect();
    assert_eq!(broken, [8, 9, 10, 11]);
    let names = found(&read, "two_names");
    assert!(names.len() == 1 && names[0].1.contains("ngo/csis"), "{names:?}");
}

#[test]
fn a_table_that_no_map_fits_is_refused_with_its_columns() {
    let error = |table: &str| import(&maps(), None, table.as_bytes(), &given("t.csv")).unwrap_err();
    let no_map = error("a,b\n1,2\n");
    assert!(matches!(no_map, ImportError::NoMap { .. }));
    assert!(no_map.to_string().starts_with("t.csv: no map fits its columns (a, b); known maps: "), "{no_map}");
    let named = maps().named("published-estimates");
    let misfit = import(&maps(), named.as_ref(), b"a,b\n1,2\n", &given("t.csv")).unwrap_err().to_string();
    assert!(misfit.contains("published-estimates") && misfit.contains("source_type"), "{misfit}");
    for broken in ["", "[{\"date\": 1},\n oops]", "just words\n", "a,a\n1,2\n"] {
        assert!(matches!(error(broken), ImportError::Broken { .. }), "{broken}");
    }
    let latin = import(&maps(), None, b"caf\xe9,b\n1,2\n", &given("t.csv")).unwrap_err();
    assert!(matches!(latin, ImportError::Encoding(_)));
    // A table of corrections has the columns of a tally: read as totals, it would fall every day.
    let corrections = "[{\"date\":\"2031-05-01\",\"tank\":-5,\"APC\":3,\"field artillery\":0}]";
    assert!(error(corrections).to_string().contains("no table of running totals"));
}

#[test]
fn the_table_is_the_document_and_importing_it_again_adds_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let time = "2031-06-30T08:00:00Z".parse().unwrap();
    for known in [0, 1] {
        let read = import(&maps(), None, TALLY.as_bytes(), &given("tally.json")).unwrap();
        let added = ledger.add([&read.reading], &AddOptions::at(time)).unwrap();
        assert_eq!((added.already, added.claims), (known, if known == 0 { 18 } else { 0 }));
        assert!(added.unfit.is_empty(), "{:?}", added.unfit);
    }
    assert!(ledger.fsck(None).unwrap().wrong.is_none());
    let coverage = answer::claims(&ledger, &Which::all(false)).unwrap().coverage;
    assert_eq!((coverage.documents, coverage.without_pack), (1, 0));
    let filter = Filter { counted: Some("tank".into()), ..Filter::default() };
    let series = answer::series(&ledger, &Which::of(filter, false)).unwrap();
    assert_eq!(series.lines[0].falls, 1);
}

/// What was exported is imported again, and exported again: the same table.
#[test]
fn a_table_of_claims_comes_back_as_it_went() {
    let table = |reading: &bilan::Reading| {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
        ledger.add([reading], &AddOptions::at("2031-06-30T08:00:00Z".parse().unwrap())).unwrap();
        let claims = maps().named("csv").unwrap();
        let path = folder.path().join("claims.csv");
        let choices = Choices { unit: None, clock: Clock::Stated, lens: None, access: Default::default() };
        let mut sink = Box::new(Csv::new(std::fs::File::create(&path).unwrap(), &claims).unwrap());
        export::export(&ledger, &Filter::default(), &claims, &choices, sink.as_mut()).unwrap();
        sink.finish().unwrap();
        std::fs::read_to_string(path).unwrap()
    };
    let read = import(&maps(), None, TALLY.as_bytes(), &given("tally.json")).unwrap();
    let first = table(&read.reading);
    let again = import(&maps(), None, first.as_bytes(), &given("claims.csv")).unwrap();
    let odd: Vec<&str> = again.report.findings.iter().map(|finding| finding.kind).collect();
    assert_eq!((again.report.map.as_str(), odd.as_slice()), ("claims", ["fall"].as_slice()));
    let fields = |table: &str| -> Vec<Vec<String>> {
        let mut table = csv::Reader::from_reader(table.as_bytes());
        let header = table.headers().unwrap().clone();
        let kept = [
            "value",
            "outcome",
            "counted",
            "side",
            "claimant",
            "stated",
            "from",
            "to",
            "scope",
            "said",
            "said_counted",
        ];
        let at: Vec<usize> = kept.iter().map(|name| header.iter().position(|n| n == *name).unwrap()).collect();
        let mut rows: Vec<Vec<String>> =
            table.records().map(|row| at.iter().map(|i| row.as_ref().unwrap()[*i].to_owned()).collect()).collect();
        rows.sort();
        rows
    };
    assert_eq!(fields(&first), fields(&table(&again.reading)));
}

// ---- the real tally

fn shared(file: &str) -> Option<Vec<u8>> {
    let root = std::env::var_os("BILAN_SHARED").map(PathBuf::from);
    let root = root.unwrap_or_else(|| PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../../shared"));
    let path = root.join("series").join(file);
    let read = std::fs::read(&path).ok();
    if read.is_none() {
        // Past the harness's capture: what did not run is never silent.
        let _ = writeln!(std::io::stderr(), "NOT RUN: {} is absent; BILAN_SHARED says where it lies", path.display());
    }
    read
}

#[test]
fn the_real_tally_has_its_falls_and_no_others() {
    let Some(bytes) = shared("general-staff-equipment.json") else { return };
    let read = import(&maps(), None, &bytes, &given("general-staff-equipment.json")).unwrap();
    // Days and classes of the file as it lay there; a newer one has more.
    let rows: Vec<serde_json::Map<String, serde_json::Value>> = serde_json::from_slice(&bytes).unwrap();
    assert_eq!(read.report.different_days, rows.len());
    let mut falls = Vec::new();
    let mut last = std::collections::BTreeMap::new();
    for row in &rows {
        for (class, value) in row.iter().filter(|(class, _)| *class != "day") {
            if let Some(now) = value.as_u64()
                && let Some(before) = last.insert(class, now)
                && now < before
            {
                falls.push(format!("{class} falls by {}, from {before} on ", before - now));
            }
        }
    }
    let told = found(&read, "fall");
    assert_eq!(told.len(), falls.len(), "{told:?}");
    for fall in &falls {
        assert!(told.iter().any(|(_, words)| words.starts_with(fall.as_str())), "{fall} is not told: {told:?}");
    }
    for kind in ["broken", "impossible_day", "before_start", "double", "unknown_column"] {
        assert_eq!(found(&read, kind), [], "{kind}");
    }
    let changed = found(&read, "classes_change");
    assert!(changed.iter().any(|(_, words)| words.starts_with("2022-05-01: no longer told: fuel tank, military auto")));
}

#[test]
fn the_real_personnel_line_keeps_its_hedges_and_the_real_estimates_their_ends() {
    let (Some(personnel), Some(estimates), Some(corrections)) = (
        shared("general-staff-personnel.json"),
        shared("published-estimates.csv"),
        shared("general-staff-equipment_correction.json"),
    ) else {
        return;
    };
    let read = import(&maps(), None, &personnel, &given("p.json")).unwrap();
    assert_eq!(read.report.map, "general-staff-personnel");
    assert!(read.report.findings.iter().all(|finding| finding.kind == "classes_change"), "{:?}", read.report.findings);
    assert!(read.reading.claims.iter().any(|claim| claim.value.to_string() == ">11000"));
    let read = import(&maps(), None, &estimates, &given("e.csv")).unwrap();
    assert_eq!(found(&read, "broken"), []);
    let names = found(&read, "two_names");
    assert!(names.len() == 1 && names[0].1.contains("\"CSIS\""), "{names:?}");
    let refused = import(&maps(), None, &corrections, &given("c.json")).unwrap_err().to_string();
    assert!(refused.contains("no table of running totals"), "{refused}");
}

/// A map of a user's own stands in place of ours, and a wrong one is refused with its file.
#[test]
fn maps_of_a_folder_replace_ours_and_are_checked() {
    let folder = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
    write("mine.toml", "about = \"x\"\n[[column]]\nname = \"n\"\nof = \"value\"\n");
    write("hxl.toml", "about = \"mine\"\n[[column]]\nname = \"n\"\nof = \"value\"\n");
    let maps = Maps::with_dir(folder.path()).unwrap();
    assert_eq!(maps.named("hxl").unwrap().about, "mine");
    assert!(maps.named("mine").is_some() && maps.named("model").is_some_and(|map: Map| map.class.is_some()));
    for (text, expected) in [
        ("about = \"x\"\n[[column]]\nname = \"n\"\nof = \"killed\"\n", "no claim has \"killed\""),
        ("about = \"x\"\n[[column]]\nname = \"n\"\n", "says neither `of`"),
        ("about = \"x\"\n[[column]]\nname = \"n\"\nfo = \"value\"\n", "line 4"),
        ("about = \"x\"\n", "neither a [[column]] nor a [table]"),
        (
            "about = \"x\"\n[table]\nmust = \"a\"\nday = \"a\"\nset = { outcome = \"dead\" }\nmeasure = [{ name = \"b\" }]\n",
            "dead",
        ),
        ("about = \"x\"\nclasses = \"none.toml\"\n[[column]]\nname = \"n\"\nof = \"value\"\n", "no none.toml"),
    ] {
        write("mine.toml", text);
        let wrong = Maps::with_dir(folder.path()).unwrap_err();
        assert!(wrong.file.ends_with("mine.toml") && wrong.what.contains(expected), "{wrong}");
    }
    let empty = tempfile::tempdir().unwrap();
    assert!(Maps::with_dir(empty.path()).unwrap_err().to_string().contains("no map is here"));
}
