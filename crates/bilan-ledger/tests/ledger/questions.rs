//! Filters.

use crate::invented::{bulletin, claim, ledger, long, now, reading};
use bilan_ledger::{Filter, Ledger};
use std::ops::ControlFlow;
use tempfile::TempDir;

fn filled() -> (TempDir, Ledger) {
    let (folder, mut ledger) = ledger();
    let mut joint = reading("joint", "", "INVENTED. Deux alliés parlent de plus de 7 000 morts.");
    let mut one = claim(&joint, "plus de 7 000", ">7000", "killed");
    one.claimant = Some("GB/mod+US".into());
    one.side = Some("BO+SY".into());
    one.place = None;
    joint.claims.push(one);
    ledger.add(&[bulletin(19, 816), bulletin(20, 820), joint], &now()).unwrap();
    (folder, ledger)
}

fn values(ledger: &Ledger, filter: Filter) -> Vec<String> {
    ledger.claims(&filter).unwrap().iter().map(|row| row.claim.value.to_string()).collect()
}

fn word(word: &str) -> Option<String> {
    Some(word.to_owned())
}

#[test]
fn each_field_filters() {
    let (_folder, ledger) = filled();
    let all = ["816", "~100", "820", "~100", ">7000"];
    let none: [&str; 0] = [];
    let filter = Filter::default;
    assert_eq!(values(&ledger, filter()), all);
    assert_eq!(values(&ledger, Filter { side: word("BO"), ..filter() }), all[..4]);
    assert_eq!(values(&ledger, Filter { side: word("BO+SY"), ..filter() }), all[4..]);
    assert_eq!(values(&ledger, Filter { outcome: word("wounded"), ..filter() }), ["~100", "~100"]);
    assert_eq!(values(&ledger, Filter { counted: word("tank"), ..filter() }), none);
    assert_eq!(values(&ledger, Filter { scope: word("cumulative"), ..filter() }), all);
    assert_eq!(values(&ledger, Filter { place: word("BO"), ..filter() }), all[..4]);
    assert_eq!(values(&ledger, Filter { document: word("bulletin-20"), ..filter() }), all[2..4]);
    assert_eq!(values(&ledger, Filter { among: vec![820], ..filter() }), ["820"]);
    assert_eq!(values(&ledger, Filter { among: vec![u64::MAX], ..filter() }), none);
}

#[test]
fn a_claimant_stands_for_all_below_it_and_for_its_half_of_a_joint_one() {
    let (_folder, ledger) = filled();
    let of = |party: &str| values(&ledger, Filter { claimant: word(party), ..Filter::default() }).len();
    assert_eq!((of("SY"), of("SY/general-staff"), of("SY/general"), of("S")), (4, 4, 0, 0));
    assert_eq!((of("GB"), of("GB/mod"), of("US"), of("US/jcs"), of("GB/mod+US"), of("B")), (1, 1, 1, 0, 1, 0));
}

#[test]
fn days_filter_by_what_the_dates_can_mean() {
    let (_folder, ledger) = filled();
    let days = |from: Option<&str>, to: Option<&str>| {
        let day = |text: &str| text.parse().unwrap();
        values(&ledger, Filter { from: from.map(day), to: to.map(day), ..Filter::default() })
    };
    // "~100" has a last day without year: the day of saying stands for it.
    assert_eq!(days(Some("2022-03-20"), None), ["820", "~100"]);
    assert_eq!(days(None, Some("2022-03-19")), ["816", "~100", ">7000"]);
    assert_eq!(days(Some("2023-01-01"), None).len(), 0);
}

#[test]
fn words_are_found_without_accents_and_nothing_typed_is_an_operator() {
    let (_folder, ledger) = filled();
    let find = |words: &str| values(&ledger, Filter { words: word(words), ..Filter::default() });
    assert_eq!(find("elysee TUES"), ["816", "~100", "820", "~100"]);
    assert_eq!(find("L'ÉLYSÉE").len(), 4, "an apostrophe parts words");
    assert_eq!(find("allies OR \"sylvanie").len(), 0);
    assert_eq!(find("NEAR(").len(), 0);
    assert_eq!(find("  ").len(), 5);
}

#[test]
fn pages_follow_each_other_without_a_gap() {
    let (_folder, mut ledger) = filled();
    ledger.add(&[long("long", 100)], &now()).unwrap();
    let all = ledger.claims(&Filter::default()).unwrap();
    let (mut after, mut pages) = (None, vec![]);
    loop {
        let page = ledger.claims(&Filter { after, limit: Some(17), ..Filter::default() }).unwrap();
        let Some(last) = page.last() else { break };
        after = Some(last.id);
        pages.extend(page);
    }
    assert_eq!(pages, all);
    let mut some = 0;
    let stop = |_| {
        some += 1;
        if some == 3 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    };
    ledger.each_claim(&Filter::default(), stop).unwrap();
    assert_eq!(some, 3);
}

#[test]
fn a_row_carries_the_papers_of_its_document() {
    let (_folder, ledger) = filled();
    let row = ledger.claims(&Filter { among: vec![816], ..Filter::default() }).unwrap().remove(0);
    let reading = bulletin(19, 816);
    assert_eq!(row.claim, reading.claims[0]);
    assert_eq!(row.words.as_deref(), Some("816"));
    assert_eq!(row.quote.as_deref(), Some(reading.claims[0].quote.span.of(&reading.document.text)));
    assert_eq!(row.figure, format!("{}@{}+3", reading.document.hash, reading.claims[0].span.start));
    assert_eq!(row.title.as_deref(), Some("Bulletin du 19 mars"));
    assert_eq!((row.outlet, row.url), (reading.document.outlet, reading.document.url));
    assert_eq!(row.published, reading.document.published);
    let again = ledger.claims(&Filter { figure: Some(row.figure.clone()), ..Filter::default() }).unwrap();
    assert_eq!(again.len(), 1);
}

#[test]
fn views_read_by_hand() {
    let (folder, ledger) = filled();
    drop(ledger);
    let db = rusqlite::Connection::open(folder.path().join("bilan.db")).unwrap();
    let one = |query: &str| db.query_row(query, [], |row| row.get::<_, String>(0)).unwrap();
    assert_eq!(one("SELECT value FROM claims WHERE words = '816' AND \"to\" = '2022-03-19'"), "816");
    assert_eq!(one("SELECT json ->> 'value' FROM claims WHERE words = '820'"), "820");
    let latest = "SELECT group_concat(value) FROM latest_claims WHERE outcome = 'killed' AND side = 'BO'";
    assert_eq!(one(latest), "820");
    assert_eq!(one("SELECT reason FROM refusals WHERE words = '1962' LIMIT 1"), "year");
    assert_eq!(one("SELECT title FROM documents WHERE document = 'bulletin-20'"), "Bulletin du 20 mars");
    assert_eq!(one("SELECT readings || ' ' || without_date FROM coverage"), "3 0");
}
