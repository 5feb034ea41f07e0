//! Files that are no ledger, or not now.

use crate::invented::{bulletin, long, now, place};
use bilan_ledger::{Access, Filter, Ledger, LedgerError};
use rusqlite::Connection;
use std::fs;
use std::thread;
use std::time::{Duration, Instant};

fn error(opened: Result<Ledger, LedgerError>) -> LedgerError {
    match opened {
        Ok(_) => panic!("it opened"),
        Err(error) => error,
    }
}

#[test]
fn a_missing_or_empty_file_is_no_ledger_yet() {
    let (folder, path) = place();
    assert!(error(Ledger::open(&path)).is_missing());
    assert!(error(Ledger::open_read_only(&path)).is_missing());
    assert!(!path.exists());
    fs::write(&path, "").unwrap();
    assert!(error(Ledger::open(&path)).is_missing());
    assert!(error(Ledger::open_read_only(&path)).is_missing());
    Ledger::create(&path).unwrap();
    Ledger::open(&path).unwrap();
    let nowhere = error(Ledger::open_or_create(folder.path().join("no/such/folder.db")));
    assert!(nowhere.to_string().contains("folder.db: "), "{nowhere}");
    assert!(error(Ledger::open(folder.path())).is_not_a_ledger());
}

#[test]
fn create_never_writes_over_a_file() {
    let (_folder, path) = place();
    fs::write(&path, "notes").unwrap();
    assert!(error(Ledger::create(&path)).is_existing());
    assert_eq!(fs::read_to_string(&path).unwrap(), "notes");
}

#[test]
fn what_is_no_database_stays_untouched() {
    let (_folder, path) = place();
    for content in ["notes".to_owned(), "INVENTED notes, longer than the head of a database. ".repeat(200)] {
        fs::write(&path, &content).unwrap();
        assert!(error(Ledger::open(&path)).is_not_a_ledger());
        assert!(error(Ledger::open_or_create(&path)).is_not_a_ledger());
        let read_only = error(Ledger::open_read_only(&path));
        assert!(read_only.is_not_a_ledger());
        assert!(read_only.to_string().contains("bilan.db: this is not a database"), "{read_only}");
        assert_eq!(fs::read_to_string(&path).unwrap(), content);
    }
}

#[test]
fn the_database_of_another_program_stays_untouched() {
    for make in ["CREATE TABLE bookmarks (url)", "PRAGMA user_version = 1", "PRAGMA application_id = 7"] {
        let (_folder, path) = place();
        Connection::open(&path).unwrap().execute_batch(make).unwrap();
        let before = fs::read(&path).unwrap();
        for opened in [Ledger::open(&path), Ledger::open_or_create(&path), Ledger::open_read_only(&path)] {
            let error = error(opened);
            assert!(error.is_not_a_ledger(), "{make}: {error}");
            assert!(error.to_string().contains("another program"), "{error}");
        }
        assert_eq!(fs::read(&path).unwrap(), before);
    }
}

#[test]
fn a_newer_ledger_stays_untouched() {
    let (_folder, path) = place();
    drop(Ledger::create(&path).unwrap());
    Connection::open(&path).unwrap().execute_batch("PRAGMA user_version = 99").unwrap();
    let before = fs::read(&path).unwrap();
    for opened in [Ledger::open(&path), Ledger::open_or_create(&path), Ledger::open_read_only(&path)] {
        let error = error(opened);
        assert!(error.is_newer(), "{error}");
        assert!(error.to_string().contains("format 99"), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), before);
}

#[test]
fn a_writer_at_work_is_waited_for_then_named() {
    let (_folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    ledger.wait_at_most(Duration::from_millis(50)).unwrap();
    let other = Connection::open(&path).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let error = ledger.add(&[bulletin(19, 816)], &now()).unwrap_err();
    assert!(error.is_locked(), "{error}");
    // Readers go on.
    assert!(ledger.claims(&Filter::default()).unwrap().is_empty());
    assert!(Ledger::open_read_only(&path).unwrap().documents(0, usize::MAX, Access::Restricted).unwrap().is_empty());
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(ledger.add(&[bulletin(19, 816)], &now()).unwrap().readings, 1);
}

/// On a slow disk others hold the writer's lock one after the other for longer than one is ready to wait.
#[test]
fn a_writer_waits_as_long_as_others_get_on() {
    let (_folder, path) = place();
    let mut ledger = Ledger::create(&path).unwrap();
    let patience = Duration::from_millis(150);
    ledger.wait_at_most(patience).unwrap();
    let other = Connection::open(&path).unwrap();
    let version: i64 = other.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    let start = Instant::now();
    thread::scope(|scope| {
        scope.spawn(move || {
            for _ in 0..8 {
                thread::sleep(Duration::from_millis(100));
                // The same version again: something is written, and nothing said.
                other.execute_batch(&format!("PRAGMA user_version = {version}; COMMIT; BEGIN IMMEDIATE")).unwrap();
            }
            other.execute_batch("ROLLBACK").unwrap();
        });
        assert_eq!(ledger.add(&[bulletin(19, 816)], &now()).unwrap().readings, 1);
    });
    assert!(start.elapsed() > patience, "nobody had to wait: the test shows nothing");
}

#[test]
fn opened_to_read_it_reads_and_refuses_to_add() {
    let (_folder, path) = place();
    Ledger::create(&path).unwrap().add(&[bulletin(19, 816)], &now()).unwrap();
    let mut ledger = Ledger::open_read_only(&path).unwrap();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len(), 2);
    let error = ledger.add(&[bulletin(20, 820)], &now()).unwrap_err();
    assert!(error.is_read_only(), "{error}");
    let report = ledger.fsck(None).unwrap();
    assert!(report.wrong.is_none() && report.unchecked.len() == 1, "{report:?}");
}

#[cfg(unix)]
#[test]
fn a_file_in_a_folder_without_write_permission_can_be_read() {
    use std::os::unix::fs::PermissionsExt;
    let (folder, path) = place();
    Ledger::create(&path).unwrap().add(&[bulletin(19, 816)], &now()).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o555)).unwrap();
    let all_powerful = fs::write(folder.path().join("probe"), "").is_ok();
    assert_eq!(Ledger::open_read_only(&path).unwrap().documents(0, usize::MAX, Access::Restricted).unwrap().len(), 1);
    if !all_powerful {
        let added = Ledger::open(&path).and_then(|mut ledger| ledger.add(&[bulletin(20, 820)], &now()));
        let error = added.unwrap_err();
        assert!(error.is_read_only(), "{error}");
    }
    fs::set_permissions(folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
}

#[test]
fn a_ledger_is_read_where_the_file_that_readers_share_cannot_be_made() {
    let (_folder, path) = place();
    Ledger::create(&path).unwrap().add(&[bulletin(19, 816)], &now()).unwrap();
    // As in a folder without write permission, and true for root too.
    fs::create_dir(path.with_extension("db-shm")).unwrap();
    assert_eq!(Ledger::open_read_only(&path).unwrap().documents(0, usize::MAX, Access::Restricted).unwrap().len(), 1);
}

#[test]
fn a_damaged_file_is_named_as_damaged() {
    let (_folder, path) = place();
    Ledger::create(&path).unwrap().add(&[long("long", 300)], &now()).unwrap();
    let mut bytes = fs::read(&path).unwrap();
    let page = 4096;
    for byte in &mut bytes[page * 2..] {
        *byte ^= 0x55;
    }
    fs::write(&path, bytes).unwrap();
    let found = match Ledger::open(&path) {
        Err(error) => error.is_corrupted(),
        Ok(ledger) => {
            ledger.claims(&Filter::default()).is_err_and(|error| error.is_corrupted())
                && ledger.fsck(None).unwrap().wrong.is_some()
        }
    };
    assert!(found);
}
