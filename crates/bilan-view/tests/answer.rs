//! Answers hold what their questions ask for, whole as JSON and as rows. INVENTED data, read by the real reader.
#![allow(missing_docs)]

use bilan::Reader;
use bilan::document::{Given, open};
use bilan::history::Settings;
use bilan::pack::Packs;
use bilan_ledger::{Access, AddOptions, Column, Filter, Ledger};
use bilan_view::answer::{self, Answer, AnswerError, Wanted, Which};
use bilan_view::row::Format;
use serde_json::Value as Json;

/// INVENTED: a tally with a fall, a paper that rounds it, another voice, a reprint.
const REPORTS: [(&str, &str); 6] = [
    (
        "bulletin-1",
        " date 2031-05-10\nSelon l'état-major valdorien, l'armée karsénienne a perdu 466 chars depuis le 3 avril.\n",
    ),
    (
        "bulletin-2",
        " date 2031-05-11\nSelon l'état-major valdorien, l'armée karsénienne a perdu 473 chars depuis le 3 avril.\n",
    ),
    (
        "bulletin-3",
        " date 2031-05-12\nSelon l'état-major valdorien, l'armée karsénienne a perdu 468 chars depuis le 3 avril.\n",
    ),
    ("paper", " date 2031-05-11\nL'armée karsénienne a perdu plus de 450 chars depuis le 3 avril.\n"),
    (
        "ministry",
        " date 2031-05-11\nLe ministère karsénien de la Défense affirme que l'armée karsénienne a perdu 120 chars \
         depuis le 3 avril.\n",
    ),
    (
        "reprint",
        " date 2031-05-12\nSelon l'état-major valdorien, l'armée karsénienne a perdu 468 chars depuis le 3 avril.\n",
    ),
];

fn ledger() -> (tempfile::TempDir, Ledger) {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let reader = Reader::new(Packs::embedded().unwrap());
    for (day, (id, text)) in (1..).zip(REPORTS) {
        let url = Some(format!("https://example.invalid/{id}"));
        let given = Given { id: Some(id.into()), url, outlet: Some(format!("Gazette {id}")), ..Given::default() };
        let document = open(id, text.as_bytes(), &given).next().unwrap().unwrap();
        let time = format!("2031-06-0{day}T08:00:00Z").parse().unwrap();
        ledger.add([&reader.read(document)], &AddOptions::at(time)).unwrap();
    }
    (folder, ledger)
}

fn json(answer: &impl Answer) -> Json {
    let bytes = answer::write(answer, Vec::new(), Format::Json).unwrap();
    serde_json::from_slice(&bytes).unwrap()
}

/// Rows are the same as JSON lines and as CSV, and every column is a key of the rows.
fn rows(answer: &impl Answer) -> Vec<Json> {
    let lines = answer::write(answer, Vec::new(), Format::Jsonl).unwrap();
    let lines: Vec<Json> =
        String::from_utf8(lines).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let table = answer::write(answer, Vec::new(), Format::Csv).unwrap();
    let mut table = csv::Reader::from_reader(table.as_slice());
    let header = table.headers().unwrap().clone();
    let records: Vec<_> = table.records().map(Result::unwrap).collect();
    assert_eq!(records.len(), lines.len());
    for (record, line) in records.iter().zip(&lines) {
        for (name, cell) in header.iter().zip(record) {
            let value = line.get(name).unwrap_or_else(|| panic!("no key {name} in {line}"));
            assert_eq!(value.is_null() || value.as_array().is_some_and(Vec::is_empty), cell.is_empty(), "{name}");
        }
    }
    lines
}

#[test]
fn claims_come_in_pages_and_whole_with_the_same_bytes() {
    let (_folder, ledger) = ledger();
    let which = Which::all(false);
    let mut streamed = Vec::new();
    let (shown, _) = answer::write_claims(&ledger, &which, &mut streamed, Format::Json).unwrap();
    let whole = answer::claims(&ledger, &which).unwrap();
    assert_eq!(shown, whole.claims.len());
    assert_eq!(serde_json::from_slice::<Json>(&streamed).unwrap(), serde_json::to_value(&whole).unwrap());
    assert_eq!(whole.coverage.documents, 6);

    let mut paged = Vec::new();
    let mut filter = Filter { limit: Some(2), ..Filter::default() };
    loop {
        let page = answer::claims(&ledger, &Which::of(filter.clone(), false)).unwrap();
        paged.extend(page.claims);
        filter.after = page.next;
        if page.next.is_none() {
            break;
        }
    }
    assert_eq!(paged, whole.claims);
}

#[test]
fn a_reprint_is_a_text_and_not_a_statement() {
    let (_folder, ledger) = ledger();
    let answer = answer::statements(&ledger, &Which::all(false)).unwrap();
    let rows = rows(&answer);
    let reprinted = rows.iter().find(|row| row["value"] == "468").unwrap();
    assert_eq!((&reprinted["texts"], &reprinted["different_texts"]), (&2.into(), &1.into()));
    assert_eq!(reprinted["documents"], serde_json::json!(["bulletin-3", "reprint"]));
    let paper = rows.iter().find(|row| row["value"] == ">450").unwrap();
    assert!(paper["claimant"].is_null());
    assert_eq!(paper["voice"], "the reporter of Gazette paper");
}

#[test]
fn claimants_stand_beside_each_other_with_their_ages() {
    let (_folder, ledger) = ledger();
    let on = "2031-05-20".parse().unwrap();
    let answer = answer::compare(&ledger, &Which::all(false), on, None, &Settings::default()).unwrap();
    let whole = json(&answer);
    assert_eq!((&whole["on"], &whole["within"]), (&"2031-05-20".into(), &7.into()));
    let group = &whole["subjects"][0]["groups"][0];
    let figures: Vec<(&str, i64)> = group["figures"]
        .as_array()
        .unwrap()
        .iter()
        .map(|figure| (figure["value"].as_str().unwrap(), figure["age"][0].as_i64().unwrap()))
        .collect();
    assert_eq!(figures, [("468", 8), ("120", 9), (">450", 9)]);
    assert_eq!(group["range"]["lowest"], serde_json::json!([1]));
    let rows = rows(&answer);
    assert_eq!(rows.len(), 3);
    assert_eq!((&rows[1]["lowest"], &rows[0]["highest"]), (&true.into(), &true.into()));
    assert!(whole["coverage"]["claims"].as_u64().unwrap() >= 6);
}

#[test]
fn what_was_learned_later_leaves_no_trace() {
    let (_folder, ledger) = ledger();
    let utc = jiff::tz::TimeZone::UTC;
    let known = answer::known(&ledger, "2031-06-02".parse().unwrap(), &utc).unwrap();
    let on = "2031-05-20".parse().unwrap();
    let answer = answer::compare(&ledger, &Which::all(false), on, known, &Settings::default()).unwrap();
    let rows = rows(&answer);
    assert_eq!(rows.iter().map(|row| row["value"].as_str().unwrap()).collect::<Vec<_>>(), ["473"]);
    assert_eq!(answer::known(&ledger, "2031-06-30".parse().unwrap(), &utc).unwrap(), None);
}

#[test]
fn a_line_shows_its_fall_and_who_rounds_it() {
    let (_folder, ledger) = ledger();
    let filter = Filter { claimant: Some("XA".into()), ..Filter::default() };
    let answer = answer::series(&ledger, &Which::of(filter, false)).unwrap();
    let [line] = answer.lines.as_slice() else { panic!("{:?}", answer.lines) };
    assert_eq!((line.falls, line.points.len()), (1, 3));
    let changes: Vec<_> = line.points.iter().map(|point| point.change.as_ref().map(|c| (c.relation, c.by))).collect();
    assert_eq!(changes, [None, Some(("raises", Some(7))), Some(("lowers", Some(5)))]);
    let retold = line.points.iter().flat_map(|point| &point.retold).collect::<Vec<_>>();
    assert!(
        retold.iter().any(|told| told.relation == "rounds" && told.voice == "the reporter of Gazette paper"),
        "{retold:?}"
    );
    assert_eq!(rows(&answer).len(), 3);
}

/// Other claimants are not read when one is asked for; what tells its figures again still is.
#[test]
fn a_claimant_alone_has_the_lines_that_it_has_among_all() {
    let (_folder, ledger) = ledger();
    let all = answer::series(&ledger, &Which::all(false)).unwrap();
    assert!(all.lines.len() > 1, "{:?}", all.lines);
    for claimant in ledger.told(Column::Claimant, 100).unwrap().words {
        let filter = Filter { claimant: Some(claimant.clone()), ..Filter::default() };
        let alone = answer::series(&ledger, &Which::of(filter, false)).unwrap();
        let of = all.lines.iter().filter(|line| line.line.claimant.as_deref() == Some(&*claimant));
        assert_eq!(alone.lines.iter().collect::<Vec<_>>(), of.collect::<Vec<_>>(), "{claimant}");
    }
}

/// The page of a figure names all texts that print it; a series the first.
#[test]
fn a_series_for_eyes_has_all_figures_and_the_texts_of_its_first_rows_only() {
    let (_folder, ledger) = ledger();
    let which = Which::all(false);
    let whole = answer::series(&ledger, &which).unwrap();
    let figures: usize = whole.lines.iter().map(|line| line.points.len()).sum();
    assert!(figures >= 3 && whole.lines[0].points.iter().any(|point| !point.retold.is_empty()));
    for rows in 0..=figures {
        let shown = answer::series_shown(&ledger, &which, rows).unwrap();
        let mut expected = whole.clone();
        expected.sums.clear();
        for point in expected.lines.iter_mut().flat_map(|line| &mut line.points).skip(rows) {
            (point.retells, point.retold) = (vec![], vec![]);
        }
        // The first figure of a line gives it its name.
        for (line, drawn) in expected.lines.iter_mut().zip(&shown.lines) {
            for (point, drawn) in line.points.iter_mut().zip(&drawn.points) {
                if drawn.told.appearances.is_empty() {
                    (point.told.who, point.told.appearances) = (None, vec![]);
                }
            }
        }
        assert_eq!(shown, expected, "{rows} rows");
        let told = shown.lines.iter().flat_map(|line| &line.points).take(rows);
        assert!(told.clone().all(|point| !point.told.appearances.is_empty()), "{rows} rows");
    }
}

#[test]
fn a_figure_is_found_on_its_line_with_all_its_texts() {
    let (_folder, ledger) = ledger();
    let tanks = Filter { counted: Some("tank".into()), ..Filter::default() };
    let row = ledger.claims(&Filter { among: vec![468], ..tanks.clone() }).unwrap().remove(0);
    let (line, at) = answer::point(&ledger, &Which::of(tanks.clone(), false), row.id).unwrap().unwrap();
    let texts = |told: &answer::Told| told.appearances.len();
    assert_eq!((line.points[at].told.point, texts(&line.points[at].told)), (Some(468), 2));
    let series = answer::series(&ledger, &Which::of(tanks, false)).unwrap();
    let point = series.lines.iter().flat_map(|line| &line.points).find(|point| point.told.point == Some(468)).unwrap();
    assert_eq!((point.told.texts, texts(&point.told)), (2, 1));
}

#[test]
fn an_unknown_word_is_refused_with_the_known_ones() {
    let (_folder, ledger) = ledger();
    let refused = |wanted: Wanted| wanted.which(&ledger, false).unwrap().unwrap_err().to_string();
    let some = |word: &str| Some(word.to_owned());
    assert!(refused(Wanted { outcome: some("dead"), ..Wanted::default() }).contains("killed"));
    assert!(refused(Wanted { counted: some("tanks"), ..Wanted::default() }).contains("tank"));
    assert!(refused(Wanted { claimant: some("XA/generalstaff"), ..Wanted::default() }).contains("XA/general-staff"));
    assert!(refused(Wanted { document: some("bulletin"), ..Wanted::default() }).contains("bulletin-1"));
    assert!(refused(Wanted { from: some("hier"), ..Wanted::default() }).contains("2022-03-19"));
    assert!(refused(Wanted { from: some("--03-19"), ..Wanted::default() }).contains("2022-03-19"));
    // A party that the tree has and the ledger has not is an answer, and an empty one.
    for wanted in [
        Wanted { side: some("FR"), ..Wanted::default() },
        Wanted { side: some("-"), ..Wanted::default() },
        Wanted { words: some("zzz"), ..Wanted::default() },
        Wanted { outcome: some(""), ..Wanted::default() },
    ] {
        wanted.which(&ledger, false).unwrap().unwrap();
    }
    let read_as = Settings { read_losses_as: some("dead"), ..Settings::default() };
    let answer = answer::compare(&ledger, &Which::all(false), "2031-05-20".parse().unwrap(), None, &read_as);
    assert!(matches!(answer, Err(AnswerError::Unknown(_))));
}

#[test]
fn restricted_documents_do_not_leave_the_machine() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let reader = Reader::new(Packs::embedded().unwrap());
    let document = open("secret", REPORTS[0].1.as_bytes(), &Given::default()).next().unwrap().unwrap();
    let reading = reader.read(document);
    let given = bilan_ledger::Given { access: Some(Access::Restricted), ..(&reading).into() };
    ledger.add([given], &AddOptions::at("2031-06-01T08:00:00Z".parse().unwrap())).unwrap();
    for (beyond, seen) in [(false, 1), (true, 0)] {
        let which = Which::all(beyond);
        assert_eq!(answer::claims(&ledger, &which).unwrap().claims.len(), seen);
        assert_eq!(answer::statements(&ledger, &which).unwrap().statements.len(), seen);
        assert_eq!(answer::series(&ledger, &which).unwrap().lines.len(), seen);
        let on = "2031-05-20".parse().unwrap();
        let compared = answer::compare(&ledger, &which, on, None, &Settings::default()).unwrap();
        assert_eq!(compared.subjects.len(), seen);
        // Beyond this machine, what the ledger knows is not listed either.
        let wanted = Wanted { claimant: Some("XA/generalstaff".into()), ..Wanted::default() };
        let refused = wanted.which(&ledger, beyond).unwrap().unwrap_err().to_string();
        assert_eq!(refused.contains("general-staff"), !beyond, "{refused}");
    }
}
