//! What is added, what is there already, what stands for a document.

use crate::invented::{bulletin, ledger, long, now, place, reading};
use bilan_ledger::{Access, AddOptions, Filter, Given, Ledger, Unreadable};

#[test]
fn a_reading_comes_back_exactly_as_it_was_added() {
    let (_folder, mut ledger) = ledger();
    let mut odd = reading("odd", "", "INVENTED \0 with a NUL, \u{202e} and «'\"»");
    odd.document.url = None;
    odd.document.lang = None;
    odd.document.published = None;
    let batch = [bulletin(19, 816), odd];
    let added = ledger.add(&batch, &now()).unwrap();
    assert_eq!((added.documents, added.readings, added.already, added.claims, added.refusals), (2, 2, 0, 2, 1));
    for given in batch {
        let kept = ledger.document(&given.document.hash).unwrap().unwrap();
        assert_eq!(kept.reading, given);
        assert_eq!(ledger.document(&given.document.id).unwrap().unwrap().reading, given);
    }
    assert_eq!(ledger.document("nowhere").unwrap(), None);
}

#[test]
fn the_same_reading_twice_adds_nothing() {
    let (_folder, mut ledger) = ledger();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let head = ledger.head().unwrap();
    let added = ledger.add(&[bulletin(19, 816), bulletin(19, 816)], &now()).unwrap();
    assert_eq!((added.documents, added.readings, added.already, added.claims), (0, 0, 2, 0));
    assert_eq!(ledger.head().unwrap(), head);
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 2);
}

#[test]
fn the_same_reading_twice_in_one_batch_is_added_once() {
    let (_folder, mut ledger) = ledger();
    let added = ledger.add(&[bulletin(19, 816), bulletin(19, 816)], &now()).unwrap();
    assert_eq!((added.readings, added.already), (1, 1));
}

#[test]
fn a_newer_reader_appends_and_the_last_reading_is_shown() {
    let (_folder, mut ledger) = ledger();
    let first = bulletin(19, 816);
    ledger.add(&[first.clone(), bulletin(20, 820)], &now()).unwrap();
    let before = ledger.head().unwrap().unwrap().entry;
    let mut second = first.clone();
    second.reader = "reader-2".into();
    second.claims.remove(1);
    let added = ledger.add(&[second.clone()], &now()).unwrap();
    assert_eq!((added.documents, added.readings, added.already), (0, 1, 0));
    assert_eq!(ledger.document(&first.document.id).unwrap().unwrap().reading, second);
    let values = |filter: &Filter| -> Vec<String> {
        ledger.claims(filter).unwrap().iter().map(|row| row.claim.value.to_string()).collect()
    };
    assert_eq!(values(&Filter::default()), ["820", "~100", "816"]);
    // What the ledger knew before it was read again.
    assert_eq!(values(&Filter { known: Some(before), ..Filter::default() }), ["816", "~100", "820", "~100"]);
    assert_eq!(ledger.documents(0, usize::MAX, Access::Restricted).unwrap().len(), 2);
    // The older reader comes back: its reading is there, the last in the chain stays in force.
    assert_eq!(ledger.add(&[first], &now()).unwrap().already, 1);
    assert_eq!(ledger.document("bulletin-19").unwrap().unwrap().reading, second);
}

#[test]
fn another_date_or_language_is_another_reading() {
    let (_folder, mut ledger) = ledger();
    let mut reading = bulletin(19, 816);
    ledger.add(&[reading.clone()], &now()).unwrap();
    reading.document.published = None;
    assert_eq!(ledger.add(&[reading.clone()], &now()).unwrap().readings, 1);
    assert_eq!(ledger.add(&[reading.clone()], &now()).unwrap().already, 1);
    reading.document.lang = None;
    assert_eq!(ledger.add(&[reading.clone()], &now()).unwrap().readings, 1);
    assert_eq!(ledger.add(&[reading], &now()).unwrap().already, 1);
    assert_eq!(ledger.documents(0, usize::MAX, Access::Restricted).unwrap().len(), 1);
}

#[test]
fn a_reading_that_points_outside_its_text_stays_out_and_the_others_come_in() {
    let (_folder, mut ledger) = ledger();
    let mut cut = bulletin(19, 816);
    cut.document.text.truncate(40);
    let added = ledger.add(&[cut, bulletin(20, 820)], &now()).unwrap();
    assert_eq!((added.readings, added.unfit.len()), (1, 1));
    assert!(added.unfit[0].because.contains("is no place of the text"), "{}", added.unfit[0].because);
    assert_eq!(added.unfit[0].document, "bulletin-19");
}

#[test]
fn one_ledger_has_one_head_whoever_adds() {
    let head = || {
        let (_folder, mut ledger) = ledger();
        ledger.add(&[bulletin(19, 816), long("long", 20)], &now()).unwrap();
        ledger.head().unwrap().unwrap()
    };
    assert_eq!(head(), head());
    assert_eq!(head().hash.len(), 52);
}

#[test]
fn coverage_tells_what_was_not_read() {
    let (_folder, mut ledger) = ledger();
    let mut empty = reading("empty", "A title", "  ");
    empty.document.published = None;
    let mut foreign = reading("foreign", "", "INVENTED");
    foreign.document.lang = None;
    let unreadable =
        |input: &str| Unreadable { input: input.into(), reason: "no such file".into(), without_text: None };
    let options = AddOptions { unreadable: vec![unreadable("a"), unreadable("b"), unreadable("a")], ..now() };
    ledger.add(&[empty, foreign, bulletin(19, 816)], &options).unwrap();
    // The same failures the next morning, and one more.
    ledger.add(&[bulletin(19, 816)], &options).unwrap();
    let options = AddOptions { unreadable: vec![unreadable("a"), unreadable("c")], ..now() };
    ledger.add(&[bulletin(19, 816)], &options).unwrap();
    let coverage = ledger.coverage().unwrap();
    assert_eq!((coverage.documents, coverage.without_text, coverage.without_pack, coverage.without_date), (3, 1, 1, 1));
    assert_eq!((coverage.claims, coverage.refusals), (2, 1));
    assert_eq!(coverage.unreadable, 3);
    let file = rusqlite::Connection::open(ledger.path()).unwrap();
    let mut batches = file.prepare("SELECT given, already, readings, unreadable FROM coverage ORDER BY batch").unwrap();
    let batches = batches.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))).unwrap();
    let batches: Vec<(i64, i64, i64, i64)> = batches.map(Result::unwrap).collect();
    assert_eq!(batches, [(3, 0, 3, 2), (1, 1, 0, 1)]);
}

#[test]
fn an_input_that_holds_no_words_is_no_broken_one() {
    let (_folder, mut ledger) = ledger();
    let wordless = |records| Unreadable {
        input: "channel.json".into(),
        reason: format!("{records} messages without words"),
        without_text: Some(records),
    };
    let broken = Unreadable { input: "a".into(), reason: "no such file".into(), without_text: None };
    let counted = |ledger: &mut Ledger, unreadable: Vec<Unreadable>| {
        ledger.add(&[bulletin(19, 816)], &AddOptions { unreadable, ..now() }).unwrap();
        let coverage = ledger.coverage().unwrap();
        assert_eq!(ledger.fsck(None).unwrap().wrong, None);
        (coverage.documents, coverage.without_text, coverage.unreadable)
    };
    assert_eq!(counted(&mut ledger, vec![wordless(12), broken.clone()]), (1, 12, 1));
    assert_eq!(counted(&mut ledger, vec![wordless(12), broken]), (1, 12, 1), "told once");
    assert_eq!(counted(&mut ledger, vec![wordless(13)]), (1, 13, 1), "the channel grew by one");
    let scan = Unreadable { input: "scan.pdf".into(), reason: "no text".into(), without_text: Some(1) };
    assert_eq!(counted(&mut ledger, vec![scan]), (1, 14, 1));
}

#[test]
fn bytes_are_kept_once_under_their_hash() {
    let (_folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    let (one, two) = (bulletin(19, 816), bulletin(20, 820));
    let given = |reading| Given {
        reading,
        bytes: Some(b"<p>INVENTED page</p>"),
        fetched: Some(now().time),
        access: Some(Access::Public),
    };
    ledger.add([given(&one), given(&two)], &now()).unwrap();
    let kept = ledger.document("bulletin-19").unwrap().unwrap();
    assert_eq!((kept.access, kept.fetched.as_deref()), (Access::Public, Some("2022-04-01T12:00:00Z")));
    let hash = kept.bytes.unwrap();
    let file = path.with_file_name("bilan.db.bytes").join(&hash[..2]).join(&hash[2..]);
    assert_eq!(std::fs::read(&file).unwrap(), b"<p>INVENTED page</p>");
    assert!(ledger.fsck(None).unwrap().wrong.is_none());
    std::fs::write(&file, b"<p>INVENTED pagf</p>").unwrap();
    assert!(ledger.fsck(None).unwrap().wrong.unwrap().what.contains("was changed"));
    std::fs::remove_file(&file).unwrap();
    assert!(ledger.fsck(None).unwrap().wrong.unwrap().what.contains("is missing"));
    std::fs::remove_dir_all(path.with_file_name("bilan.db.bytes")).unwrap();
    let report = ledger.fsck(None).unwrap();
    assert!(report.wrong.is_none() && report.unchecked.len() == 1, "{report:?}");
}

#[test]
fn without_bytes_only_their_hash_is_kept() {
    let (_folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    let reading = bulletin(19, 816);
    let given = Given { bytes: Some(b"INVENTED"), ..Given::from(&reading) };
    ledger.add([given], &AddOptions { keep_bytes: false, ..now() }).unwrap();
    assert!(ledger.document("bulletin-19").unwrap().unwrap().bytes.is_some());
    assert!(!path.with_file_name("bilan.db.bytes").exists());
    assert!(ledger.fsck(None).unwrap().wrong.is_none());
}

#[test]
fn a_redacted_text_leaves_a_tombstone_and_no_word() {
    let (folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    let secret = bulletin(19, 816);
    let mut reprint = bulletin(19, 816);
    reprint.document.id = "reprint-of-19".into();
    reprint.document.hash = "reprint".into();
    let given = Given { bytes: Some(b"INVENTED raw page"), ..Given::from(&secret) };
    ledger.add([given], &now()).unwrap();
    ledger.add(&[reprint, bulletin(20, 820)], &now()).unwrap();
    let bytes = ledger.document("bulletin-19").unwrap().unwrap().bytes.unwrap();
    let redacted = ledger.redact("bulletin-19", "INVENTED reason", "editor", now().time).unwrap().unwrap();
    assert!(redacted.shared.is_empty());
    // Killed before the bytes were removed: told, and mended by doing it again.
    std::fs::write(path.with_file_name("bilan.db.bytes").join(&bytes[..2]).join(&bytes[2..]), "INVENTED raw page")
        .unwrap();
    assert!(ledger.fsck(None).unwrap().wrong.unwrap().what.contains("still there"));
    assert_eq!(ledger.redact(&secret.document.hash, "again", "editor", now().time).unwrap(), Some(redacted));
    assert_eq!(ledger.redact("nowhere", "x", "editor", now().time).unwrap(), None);
    let report = ledger.fsck(None).unwrap();
    assert_eq!((report.wrong, report.redacted), (None, 2));
    let kept = ledger.document(&secret.document.hash).unwrap().unwrap();
    assert!(kept.redacted && kept.reading.document.text.is_empty());
    let rows = ledger.claims(&Filter::default()).unwrap();
    assert_eq!(rows.len(), 6);
    assert_eq!((&rows[0].words, &rows[0].quote, &rows[0].url), (&None, &None, &None));
    assert_eq!(rows[0].claim.value.to_string(), "816");
    let search = Filter { words: Some("elysee".into()), ..Filter::default() };
    assert_eq!(ledger.claims(&search).unwrap().len(), 2, "only those of the other text");
    assert_eq!(ledger.coverage().unwrap().redacted, 2);
    // It does not come back.
    let mut newer = secret.clone();
    newer.reader = "reader-2".into();
    let added = ledger.add(&[newer], &now()).unwrap();
    assert_eq!((added.readings, added.redacted), (0, 1));
    drop(ledger);
    for file in walk(folder.path()) {
        let bytes = std::fs::read(&file).unwrap();
        for word in ["816 soldats", "bulletin-19", "Bulletin du 19", "raw page", "L'état-major de Sylvanie annonce 816"]
        {
            let found = bytes.windows(word.len()).any(|window| window == word.as_bytes());
            assert!(!found, "`{word}` is still in {}", file.display());
        }
    }
}

#[test]
fn bytes_that_hold_other_articles_too_are_left_and_named() {
    let (_folder, mut ledger) = ledger();
    let (one, two) = (bulletin(19, 816), bulletin(20, 820));
    let given = [&one, &two].map(|reading| Given { bytes: Some(b"INVENTED lines of JSON"), ..Given::from(reading) });
    ledger.add(given, &now()).unwrap();
    let redacted = ledger.redact("bulletin-19", "INVENTED", "editor", now().time).unwrap().unwrap();
    assert_eq!(redacted.shared.len(), 1);
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
    let redacted = ledger.redact("bulletin-20", "INVENTED", "editor", now().time).unwrap().unwrap();
    assert!(redacted.shared.is_empty());
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
}

fn walk(folder: &std::path::Path) -> Vec<std::path::PathBuf> {
    let mut files = vec![];
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() { files.extend(walk(&path)) } else { files.push(path) }
    }
    files
}
