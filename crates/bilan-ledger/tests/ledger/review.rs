//! What people say of claims, and who may see a document.

use crate::invented::{bulletin, ledger, now};
use bilan::history::{Kinds, lines};
use bilan_ledger::{Access, Filter, Given, Ledger, Reviewing, Row, Verdict};
use std::path::Path;

fn said(row: &Row, verdict: Verdict) -> Reviewing {
    Reviewing { figure: row.figure.clone(), n: row.claim.n, verdict, field: None, value: None, note: None }
}

fn correct(row: &Row, field: &str, value: &str) -> Reviewing {
    let (field, value) = (Some(field.to_owned()), Some(value.to_owned()));
    Reviewing { field, value, ..said(row, Verdict::Correct) }
}

fn killed(ledger: &Ledger) -> Row {
    ledger.claims(&Filter { outcome: Some("killed".into()), ..Filter::default() }).unwrap().remove(0)
}

fn whole(ledger: &Ledger) {
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
}

#[test]
fn a_correction_shows_everywhere_and_what_was_read_stays() {
    let (_folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let row = killed(&ledger);
    let before = ledger.head().unwrap().unwrap().entry;
    ledger.review(&[correct(&row, "outcome", "wounded"), correct(&row, "value", "861")], "editor", now().time).unwrap();
    whole(&ledger);
    let fits = |filter: Filter| ledger.claims(&filter).unwrap();
    assert!(fits(Filter { outcome: Some("killed".into()), ..Filter::default() }).is_empty());
    let found = fits(Filter { among: vec![861], outcome: Some("wounded".into()), ..Filter::default() }).remove(0);
    assert_eq!((found.claim.value.to_string().as_str(), found.reviewed.len()), ("861", 2));
    assert_eq!((&found.words, &found.quote, found.id), (&row.words, &row.quote, row.id));
    // The order of arrival is kept, and nothing is told twice.
    let ids: Vec<i64> = fits(Filter::default()).iter().map(|row| row.id).collect();
    assert_eq!(ids, [1, 2]);
    for filter in [Filter::default(), Filter { place: Some("BO".into()), ..Filter::default() }] {
        let mut told = ledger.appearances(&filter).unwrap();
        told.sort_by_key(|told| (told.id, told.entry));
        let values: Vec<String> = told.iter().map(|told| format!("{} {}", told.key.outcome, told.value)).collect();
        assert_eq!(values, ["wounded 861", "wounded ~100"]);
    }
    // As the ledger knew it before.
    let then = Filter { known: Some(before), ..Filter::default() };
    assert_eq!(fits(then.clone())[0].claim.value.to_string(), "816");
    let told = ledger.appearances(&then).unwrap();
    assert_eq!(told.iter().min_by_key(|told| told.id).unwrap().value.to_string(), "816");
    assert_eq!(lines(&ledger.appearances(&then).unwrap(), &Kinds::embedded().unwrap()).len(), 2);
}

#[test]
fn a_review_outlives_the_reading_it_was_made_of() {
    let (_folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let row = killed(&ledger);
    let side = [correct(&row, "side", "SY"), said(&row, Verdict::Accept)];
    ledger.review(&side, "editor", now().time).unwrap();
    // The new reader errs in the value; the person had seen it.
    let mut again = bulletin(19, 816);
    again.reader = "reader-2".into();
    again.claims[0].value = "81".parse().unwrap();
    ledger.add(&[again.clone()], &now()).unwrap();
    whole(&ledger);
    let found = killed(&ledger);
    assert_eq!((found.claim.value.to_string().as_str(), found.claim.side.as_deref()), ("816", Some("SY")));
    assert!(ledger.reviews(None).unwrap().iter().all(|review| review.fits));
    // The next one finds nothing there: the reviews are told as no longer fitting.
    again.reader = "reader-3".into();
    again.claims.remove(0);
    ledger.add(&[again], &now()).unwrap();
    whole(&ledger);
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1);
    assert!(ledger.reviews(None).unwrap().iter().all(|review| !review.fits));
    ledger.rebuild().unwrap();
    whole(&ledger);
}

#[test]
fn a_rejected_claim_is_none_until_somebody_accepts_it() {
    let (_folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let row = killed(&ledger);
    ledger.review(&[said(&row, Verdict::Reject)], "editor", now().time).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 1);
    assert_eq!(ledger.appearances(&Filter::default()).unwrap().len(), 1);
    whole(&ledger);
    let open = Filter { reviewed: Some(false), ..Filter::default() };
    assert_eq!(ledger.claims(&open).unwrap().len(), 1);
    ledger.review(&[said(&row, Verdict::Accept)], "editor", now().time).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 2);
    assert_eq!(ledger.claims(&open).unwrap().len(), 1);
    whole(&ledger);
}

#[test]
fn a_review_that_fits_nothing_is_refused_whole() {
    let (_folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let row = killed(&ledger);
    let head = ledger.head().unwrap();
    let good = correct(&row, "value", "817");
    for (bad, told) in [
        (Reviewing { figure: format!("{}9", row.figure), ..good.clone() }, "no claim stands on the figure"),
        (Reviewing { n: 3, ..good.clone() }, "no claim stands on the figure"),
        (correct(&row, "confidence", "1"), "`confidence` is no field to review; expected one of value"),
        (correct(&row, "outcome", "dead"), "`dead` is no outcome; expected one of"),
        (correct(&row, "side", "Mali"), "`Mali` is no side that is known; expected the code of a country as `UA`"),
        (correct(&row, "side", "RU+Mali"), "`RU+Mali` is no side"),
        (correct(&row, "side", "UA/general-staff"), "`UA/general-staff` is no side"),
        (correct(&row, "claimant", "Mali/mod"), "`Mali/mod` is no claimant"),
        (correct(&row, "place", "Bamako"), "`Bamako` is no place"),
        (correct(&row, "value", "many"), "`many`"),
        (correct(&row, "stated", "yesterday"), "`yesterday` is not a date"),
        (Reviewing { value: None, ..good.clone() }, "`value` cannot be empty"),
        (said(&row, Verdict::Correct), "a correction names its field"),
        (said(&row, Verdict::Note), "a note has words"),
    ] {
        let error = ledger.review(&[good.clone(), bad], "editor", now().time).expect_err(told);
        assert!(error.is_no_review() && error.to_string().contains(told), "{error}");
        assert_eq!(ledger.head().unwrap(), head);
    }
    let known = [
        ("side", "ML"),
        ("side", "RU+UA"),
        ("side", "-"),
        ("side", ""),
        ("claimant", "UA/mod"),
        ("claimant", "ngo/of-our-own"),
        ("place", "ML/Bamako"),
    ];
    let good: Vec<_> = known.iter().map(|(field, value)| correct(&row, field, value)).collect();
    ledger.review(&good, "editor", now().time).unwrap();
    whole(&ledger);
}

#[test]
fn what_a_reading_tells_is_known_whatever_the_tree_holds() {
    let (_folder, mut ledger) = ledger();
    let mut other = bulletin(20, 820);
    other.claims[0].side = Some("QQ".into());
    ledger.add(&[bulletin(19, 816), other], &now()).unwrap();
    let row = killed(&ledger);
    ledger.review(&[correct(&row, "side", "QQ")], "editor", now().time).unwrap();
    assert_eq!(killed(&ledger).claim.side.as_deref(), Some("QQ"));
}

#[test]
fn a_note_goes_with_the_text_that_it_may_quote() {
    let (folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let row = killed(&ledger);
    let note = Reviewing { note: Some("INVENTED: le colonel Élysard".into()), ..said(&row, Verdict::Note) };
    ledger.review(&[note], "editor", now().time).unwrap();
    assert_eq!(ledger.reviews(Some("bulletin-19")).unwrap()[0].note.as_deref(), Some("INVENTED: le colonel Élysard"));
    assert_eq!(ledger.claims(&Filter::default()).unwrap()[0].reviewed.len(), 1);
    ledger.redact("bulletin-19", "INVENTED", "editor", now().time).unwrap().unwrap();
    whole(&ledger);
    assert_eq!(ledger.reviews(None).unwrap()[0].note, None);
    drop(ledger);
    let bytes = std::fs::read(folder.path().join("bilan.db")).unwrap();
    assert!(!bytes.windows(8).any(|part| part == "Élysard".as_bytes()), "the note is still in the file");
}

#[test]
fn who_may_see_a_document_holds_for_every_question() {
    let (_folder, mut ledger) = ledger();
    let readings = [bulletin(18, 810), bulletin(19, 816), bulletin(20, 820)];
    let levels = [Access::Public, Access::Internal, Access::Restricted];
    let given = |readings: &[bilan::Reading], access: &[Option<Access>]| -> Vec<(bilan::Reading, Option<Access>)> {
        readings.iter().cloned().zip(access.iter().copied()).collect()
    };
    let add = |ledger: &mut Ledger, batch: &[(bilan::Reading, Option<Access>)]| {
        let batch: Vec<Given> =
            batch.iter().map(|(reading, access)| Given { access: *access, ..reading.into() }).collect();
        ledger.add(batch, &now()).unwrap()
    };
    add(&mut ledger, &given(&readings, &levels.map(Some)));
    let count = |ledger: &Ledger, access: Access| {
        let filter = Filter { access: Some(access), ..Filter::default() };
        let (rows, told) = (ledger.claims(&filter).unwrap(), ledger.appearances(&filter).unwrap());
        assert!(rows.iter().all(|row| row.access <= access));
        assert_eq!(rows.len(), told.len());
        rows.len()
    };
    assert_eq!(levels.map(|access| count(&ledger, access)), [2, 4, 6]);
    // Given again without a word, it stays; with a word, it changes, though the reading is known.
    assert_eq!(add(&mut ledger, &given(&readings, &[None; 3])).access, 0);
    assert_eq!(levels.map(|access| count(&ledger, access)), [2, 4, 6]);
    let added = add(&mut ledger, &given(&readings, &[Some(Access::Restricted), None, Some(Access::Public)]));
    assert_eq!((added.already, added.access, added.readings), (3, 2, 0));
    assert_eq!(levels.map(|access| count(&ledger, access)), [2, 4, 6]);
    assert_eq!(ledger.document("bulletin-20").unwrap().unwrap().access, Access::Public);
    assert_eq!(ledger.documents(0, usize::MAX, Access::Restricted).unwrap()[0].access, Access::Restricted);
    whole(&ledger);
    ledger.rebuild().unwrap();
    assert_eq!(levels.map(|access| count(&ledger, access)), [2, 4, 6]);
    assert!(Path::new(ledger.path()).exists());
}
