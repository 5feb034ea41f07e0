//! Every change made behind the ledger's back is found.

use crate::invented::{bulletin, ledger, now, place};
use crate::refuses::{columns, full, tables};
use bilan_ledger::{Ledger, LedgerError};
use rusqlite::Connection;
use rusqlite::types::Value;
use std::fs;
use std::path::Path;

/// Does something that the triggers refuse, and puts the triggers back as they were.
fn behind_its_back(path: &Path, change: impl FnOnce(&Connection)) {
    let db = Connection::open(path).unwrap();
    db.execute_batch("PRAGMA foreign_keys = off; PRAGMA ignore_check_constraints = on").unwrap();
    let mut triggers = db.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").unwrap();
    let triggers: Vec<(String, String)> =
        triggers.query_map([], |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    for (name, _) in &triggers {
        db.execute_batch(&format!("DROP TRIGGER {name}")).unwrap();
    }
    change(&db);
    for (_, sql) in &triggers {
        db.execute_batch(sql).unwrap();
    }
}

fn wrong(path: &Path, head: Option<&str>) -> Option<String> {
    Ledger::open(path).unwrap().fsck(head).unwrap().wrong.map(|wrong| wrong.to_string())
}

/// What tells the rows of a table apart.
fn row(table: &str) -> &'static str {
    match table {
        "told" => "claim * 1000 + entry",
        "corrected" => "id",
        _ => "rowid",
    }
}

#[test]
fn a_changed_value_is_found_in_every_column_of_every_table() {
    let (folder, path) = place();
    drop(full(&path));
    let tables = tables(&Connection::open(&path).unwrap());
    let copy = folder.path().join("copy.db");
    let mut unfound = vec![];
    // `derived` only says whether the lines must be made again.
    for table in tables.into_iter().filter(|table| table != "derived") {
        let row = row(&table);
        for column in columns(&Connection::open(&path).unwrap(), &table) {
            fs::copy(&path, &copy).unwrap();
            fs::remove_dir_all(folder.path().join("copy.db.bytes")).ok();
            let mut changed = false;
            behind_its_back(&copy, |db| {
                let last = format!("SELECT {row}, \"{column}\" FROM {table} ORDER BY \"{column}\" IS NULL, {row} DESC");
                let (at, value): (i64, Value) = db.query_row(&last, [], |row| Ok((row.get(0)?, row.get(1)?))).unwrap();
                let other = match value {
                    Value::Integer(number) => Value::Integer(number ^ 64),
                    Value::Text(mut text) => {
                        // One bit of the last letter that stays a letter.
                        let at = text.rfind(|letter: char| letter.is_ascii_alphanumeric()).unwrap_or(0);
                        let flipped = text.as_bytes().get(at).map_or('x', |byte| (byte ^ 1) as char);
                        text.replace_range(at..(at + 1).min(text.len()), &flipped.to_string());
                        Value::Text(text)
                    }
                    _ => Value::Text("1".into()),
                };
                let update = format!("UPDATE {table} SET \"{column}\" = ? WHERE {row} = ?");
                changed = db.execute(&update, (other, at)).is_ok_and(|rows| rows == 1);
            });
            if changed && wrong(&copy, None).is_none() {
                unfound.push(format!("{table}.{column}"));
            }
            assert!(changed, "{table}.{column} could not be changed");
        }
    }
    assert!(unfound.is_empty(), "{unfound:?}");
}

#[test]
fn a_missing_or_extra_row_is_found_in_every_table() {
    let (folder, path) = place();
    drop(full(&path));
    let copy = folder.path().join("copy.db");
    // A row of these two that is missing is made again when the ledger is opened.
    let made = ["derived", "tally"];
    for table in tables(&Connection::open(&path).unwrap()).into_iter().filter(|table| !made.contains(&table.as_str())) {
        let row = row(&table);
        for order in ["ASC", "DESC"] {
            // The last entry alone is a tail that was cut: another test.
            if table == "entry" && order == "DESC" {
                continue;
            }
            fs::copy(&path, &copy).unwrap();
            behind_its_back(&copy, |db| {
                let delete = format!(
                    "DELETE FROM {table} WHERE {row} = (SELECT {row} FROM {table} ORDER BY {row} {order} LIMIT 1)"
                );
                assert_eq!(db.execute(&delete, []).unwrap(), 1);
            });
            assert!(wrong(&copy, None).is_some(), "a row of {table} is gone");
        }
    }
    for extra in [
        "INSERT INTO text VALUES ('x', 'article', 'x')",
        "INSERT INTO superseded VALUES (3, 4)",
        "INSERT INTO unreadable VALUES (99, 0, 'x', 'x', NULL)",
        "INSERT INTO redaction VALUES (99, 'x', 'x', 'x')",
        "INSERT INTO document VALUES ('x', 1, 'x', 'x', 'x', 'x', 'x', 'x')",
        "INSERT INTO retrieval VALUES ('x', 1, 0, 0)",
        "INSERT INTO line SELECT 1, side, counted, outcome, scope, voice, claimant, name, place, day, event, country, since
         FROM line LIMIT 1",
        "INSERT INTO told SELECT line, claim + 99, entry, until, access, value, stated, \"from\", \"to\", published,
         document, text, start, n, translated, contested, citing, via FROM told LIMIT 1",
        "INSERT INTO refusal VALUES (99, 2, 9, 'x', 0, 0, 'x', 'x', 'x', 'x', 'x')",
    ] {
        fs::copy(&path, &copy).unwrap();
        behind_its_back(&copy, |db| db.execute_batch(extra).unwrap());
        assert!(wrong(&copy, None).is_some(), "{extra}");
    }
}

#[test]
fn a_flipped_byte_of_the_file_is_found_or_changes_nothing() {
    let (folder, path) = place();
    drop(full(&path));
    let copy = folder.path().join("copy.db");
    let bytes = fs::read(&path).unwrap();
    let whole = dump(&path).unwrap();
    let (mut found, mut harmless) = (0, 0);
    // Every byte would take minutes: an odd stride meets every kind of page.
    for at in (0..bytes.len()).step_by((bytes.len() / 400) | 1) {
        let mut flipped = bytes.clone();
        flipped[at] ^= 1 << (at % 8);
        fs::write(&copy, flipped).unwrap();
        for left in ["copy.db-wal", "copy.db-shm"] {
            fs::remove_file(folder.path().join(left)).ok();
        }
        let seen = match Ledger::open(&copy) {
            Err(_) => true,
            Ok(ledger) => ledger.fsck(None).map_or(true, |report| report.wrong.is_some()),
        };
        match seen {
            true => found += 1,
            false if dump(&copy).is_ok_and(|dump| dump == whole) => harmless += 1,
            false => panic!("byte {at} was flipped, fsck saw nothing, the content changed"),
        }
    }
    assert!(found > 60, "{found} found, {harmless} in room that is not used");
}

fn dump(path: &Path) -> rusqlite::Result<Vec<Vec<Value>>> {
    let db = Connection::open(path)?;
    let mut all = vec![];
    let searches =
        ["SELECT rowid FROM quotes('elysee')", "SELECT rowid FROM quotes('sylvanie')", "SELECT * FROM claims"];
    let tables = tables(&db).into_iter().map(|table| format!("SELECT * FROM {table}"));
    for query in tables.chain(searches.map(str::to_owned)) {
        let mut rows = db.prepare(&query)?;
        let width = rows.column_count();
        let rows =
            rows.query_map([], |row| (0..width).map(|column| row.get(column)).collect::<rusqlite::Result<_>>())?;
        for row in rows {
            all.push(row?);
        }
    }
    Ok(all)
}

#[test]
fn a_sentence_changed_in_the_index_of_words_is_found() {
    let (_folder, path) = place();
    drop(full(&path));
    Connection::open(&path)
        .unwrap()
        .execute_batch("INSERT INTO quotes (rowid, quote) VALUES (1, 'INVENTED words that the claim does not have')")
        .unwrap();
    assert!(wrong(&path, None).unwrap().contains("index of words"));
}

#[test]
fn a_dropped_trigger_is_found() {
    let (_folder, path) = place();
    drop(full(&path));
    Connection::open(&path).unwrap().execute_batch("DROP TRIGGER claim_keeps").unwrap();
    assert_eq!(wrong(&path, None).unwrap(), "the schema lacks trigger claim_keeps");
}

#[test]
fn statistics_that_a_user_asked_for_are_no_fault() {
    let (_folder, path) = place();
    drop(full(&path));
    Connection::open(&path).unwrap().execute_batch("ANALYZE").unwrap();
    assert_eq!(wrong(&path, None), None);
}

#[test]
fn a_cut_tail_is_found_by_a_head_noted_elsewhere() {
    let (_folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let early = ledger.head().unwrap().unwrap().hash;
    ledger.add(&[bulletin(20, 820)], &now()).unwrap();
    let late = ledger.head().unwrap().unwrap().hash;
    drop(ledger);
    assert_eq!((wrong(&path, Some(&early)), wrong(&path, Some(&late))), (None, None));
    behind_its_back(&path, |db| {
        db.execute_batch(
            "DELETE FROM quotes WHERE rowid IN (SELECT id FROM claim WHERE entry > 2);
             DELETE FROM text WHERE hash IN (SELECT text FROM reading WHERE entry > 2);
             DELETE FROM text WHERE hash IN (SELECT words FROM reading WHERE entry > 2);
             DELETE FROM claim WHERE entry > 2; DELETE FROM refusal WHERE entry > 2;
             DELETE FROM document WHERE entry > 2; DELETE FROM reading WHERE entry > 2;
             DELETE FROM batch WHERE entry > 2; DELETE FROM entry WHERE number > 2;",
        )
        .unwrap();
    });
    assert_eq!((wrong(&path, None), wrong(&path, Some(&early))), (None, None));
    assert!(wrong(&path, Some(&late)).unwrap().contains("the end was cut"));
}

#[test]
fn an_empty_ledger_holds() -> Result<(), LedgerError> {
    let (_folder, ledger) = ledger();
    let report = ledger.fsck(None)?;
    assert_eq!((report.entries, report.head, report.wrong), (0, None, None));
    assert!(ledger.fsck(Some("x"))?.wrong.is_some());
    Ok(())
}
