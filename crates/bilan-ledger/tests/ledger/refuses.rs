//! The database itself refuses to forget.

use crate::invented::{bulletin, now, place};
use bilan_ledger::{Access, AddOptions, Filter, Given, Ledger, Reviewing, Unreadable, Verdict};
use rusqlite::{Connection, ErrorCode};
use std::path::Path;

/// A ledger with a row in every table.
pub fn full(path: &Path) -> Ledger {
    let mut ledger = Ledger::create(path).unwrap();
    let mut again = bulletin(19, 816);
    again.reader = "reader-2".into();
    let batch = [bulletin(19, 816), bulletin(20, 820), bulletin(21, 850)];
    let unreadable = vec![Unreadable { input: "gone.txt".into(), reason: "no such file".into(), without_text: None }];
    let given = batch.iter().map(|reading| Given { bytes: Some(b"INVENTED raw page"), ..Given::from(reading) });
    ledger.add(given, &AddOptions { unreadable, ..now() }).unwrap();
    ledger.add(&[again], &now()).unwrap();
    ledger.redact("bulletin-21", "INVENTED", "editor", now().time).unwrap();
    let row = ledger.claims(&Filter { document: Some("bulletin-20".into()), ..Filter::default() }).unwrap().remove(0);
    let note = Some("INVENTED note".into());
    let (field, value) = (Some("value".into()), Some("821".into()));
    let said = Reviewing { figure: row.figure, n: 0, verdict: Verdict::Correct, field, value, note };
    ledger.review(&[said], "editor", now().time).unwrap();
    ledger.add([Given { access: Some(Access::Public), ..Given::from(&batch[1]) }], &now()).unwrap();
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
    ledger
}

/// The tables of the record: all but the index of words, which follows from `claim`.
pub fn tables(db: &Connection) -> Vec<String> {
    let tables =
        "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite%' AND name NOT LIKE 'quotes%'";
    let mut tables = db.prepare(tables).unwrap();
    tables.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

pub fn columns(db: &Connection, table: &str) -> Vec<String> {
    let mut columns = db.prepare("SELECT name FROM pragma_table_info(?)").unwrap();
    columns.query_map([table], |row| row.get(0)).unwrap().map(Result::unwrap).collect()
}

#[test]
fn no_row_of_any_table_is_changed_deleted_or_replaced() {
    let (_folder, path) = place();
    drop(full(&path));
    let db = Connection::open(&path).unwrap();
    // Lines are made from the rest, and can be made again.
    let tables: Vec<String> = tables(&db)
        .into_iter()
        .filter(|table| !["line", "told", "derived", "corrected", "tally"].contains(&table.as_str()))
        .collect();
    assert_eq!(tables.len(), 13, "{tables:?}");
    for table in tables {
        let count = || db.query_row(&format!("SELECT count(*) FROM {table}"), [], |row| row.get::<_, i64>(0)).unwrap();
        let before = count();
        assert!(before > 0, "{table} is empty: nothing is shown");
        let refuse = |change: &str| match db.execute(change, []) {
            Ok(_) => panic!("{change} was done"),
            Err(error) => {
                assert!(
                    matches!(error.sqlite_error_code(), Some(ErrorCode::ConstraintViolation | ErrorCode::TypeMismatch)),
                    "{error}"
                )
            }
        };
        refuse(&format!("DELETE FROM {table}"));
        for column in columns(&db, &table) {
            refuse(&format!("UPDATE {table} SET \"{column}\" = \"{column}\""));
            refuse(&format!("UPDATE {table} SET \"{column}\" = NULL"));
        }
        refuse(&format!("UPDATE {table} SET rowid = rowid + 1000"));
        for how in ["INSERT OR REPLACE", "REPLACE"] {
            refuse(&format!("{how} INTO {table} SELECT * FROM {table} LIMIT 1"));
            refuse(&format!("{how} INTO {table} SELECT * FROM {table} ORDER BY rowid DESC LIMIT 1"));
        }
        assert_eq!(count(), before);
    }
}

#[test]
fn after_a_redaction_words_may_go_and_nothing_else() {
    let (_folder, path) = place();
    drop(full(&path));
    let db = Connection::open(&path).unwrap();
    let redacted = "entry IN (SELECT entry FROM reading WHERE text IN (SELECT text FROM redaction))";
    for (table, words) in
        [("claim", &["words", "claimant_words", "quote"]), ("refusal", &["words", "because", "quote"])]
    {
        for column in columns(&db, table) {
            for to in ["NULL", "'x'", "7"] {
                let done = db.execute(&format!("UPDATE {table} SET \"{column}\" = {to} WHERE {redacted}"), []);
                let may = to == "NULL" && words.contains(&column.as_str());
                // What is null already may be made null.
                let was_null = to == "NULL"
                    && db
                        .query_row(
                            &format!("SELECT count(*) FROM {table} WHERE {redacted} AND \"{column}\" IS NOT NULL"),
                            [],
                            |row| row.get::<_, i64>(0),
                        )
                        .unwrap()
                        == 0;
                assert_eq!(done.is_ok(), may || was_null, "{table}.{column} = {to}: {done:?}");
            }
        }
    }
}

#[test]
fn an_entry_that_does_not_follow_the_last_one_is_refused() {
    let (_folder, path) = place();
    drop(full(&path));
    let db = Connection::open(&path).unwrap();
    let (number, hash): (i64, String) = db
        .query_row("SELECT number, hash FROM entry ORDER BY number DESC", [], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    let insert = |number: i64, prev: &str| {
        db.execute("INSERT INTO entry VALUES (?, 'review', '', ?, 'x', '{}')", (number, prev)).is_ok()
    };
    assert!(!insert(number + 2, &hash) && !insert(number + 1, "another") && !insert(number, &hash) && !insert(-5, ""));
    let claim = "INSERT INTO claim SELECT NULL, 1, 99, figure, start, \"end\", n, words, value, point, low, high, open,
        hedge, outcome, counted, side, claimant, claimant_words, citing, via, stated, stated_first, stated_last, \"from\",
        from_first, from_last, \"to\", to_first, to_last, scope, place, said, contested, confidence, confidence_claimant,
        quote, translated FROM claim LIMIT 1";
    assert!(db.execute(claim, []).unwrap_err().to_string().contains("once, with its entry"));
}
