//! Opens a ledger, or makes one.
//!
//! In: a path. Out: a [`Ledger`], or what keeps the file from being one.
//!
//! Two programs may make the same ledger at the same moment: the schema is written under the writer's lock, and the
//! second finds it there.

use crate::error::{Because, LedgerError};
use crate::lines;
use rusqlite::{Connection, ErrorCode, OpenFlags, Transaction, TransactionBehavior};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

/// Each step leads from the version of its index to the next; a published one is never edited.
pub(crate) const SCHEMA: [&str; 6] = [
    include_str!("schema.sql"),
    include_str!("lines.sql"),
    include_str!("reviews.sql"),
    include_str!("found.sql"),
    include_str!("doubt.sql"),
    include_str!("unread.sql"),
];
const APPLICATION: i64 = 1_651_076_206;
const PATIENCE: Duration = Duration::from_secs(30);

/// The append-only store of readings.
///
/// One writer at a time, any number of readers beside it; a reader sees whole batches only. What [`Ledger::add`]
/// reported as added survives a crash of the program and of the machine.
pub struct Ledger {
    pub(crate) db: Connection,
    pub(crate) path: PathBuf,
}

/// A state of the ledger that stays until this is dropped.
#[must_use]
pub struct Look<'l> {
    _view: Option<Transaction<'l>>,
}

impl Ledger {
    /// A new ledger where there is no file yet.
    pub fn create(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        if fs::metadata(path).is_ok_and(|file| file.len() > 0) {
            return Err(LedgerError::new(path, Because::Exists));
        }
        Ledger::open_or_create(path)
    }

    /// An existing ledger, to read and to add.
    pub fn open(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        must_exist(path)?;
        let ledger = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE)?;
        ledger.prepare(false).map_err(|because| LedgerError::new(path, because))?;
        Ok(ledger)
    }

    /// The ledger there, or a new one.
    pub fn open_or_create(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        let ledger = Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_CREATE)?;
        ledger.prepare(true).map_err(|because| LedgerError::new(path, because))?;
        Ok(ledger)
    }

    /// An existing ledger, to read only.
    pub fn open_read_only(path: impl AsRef<Path>) -> Result<Ledger, LedgerError> {
        let path = path.as_ref();
        must_exist(path)?;
        let known = |ledger: Ledger| match ledger.known_version() {
            Ok(version) if version < SCHEMA.len() as i64 => match Ledger::open(path) {
                Ok(_) => Ok(ledger),
                Err(error) if error.is_read_only() => Err(LedgerError::new(path, Because::Older)),
                Err(error) => Err(error),
            },
            Ok(_) => Ok(ledger),
            Err(because) => Err(LedgerError::new(path, because)),
        };
        match Ledger::connect(path, OpenFlags::SQLITE_OPEN_READ_ONLY).and_then(known) {
            // A folder that cannot be written has no room for the file that readers share. Without a pending log the
            // file is all there is, and nobody changes it.
            Err(error) if error.lacks_room_to_share() && !has_pending_log(path) => {
                Ledger::connect_immutable(path).and_then(known)
            }
            opened => opened,
        }
    }

    /// Where it lies.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// How long to wait for other writers, counted from what they wrote last, before giving up; half a minute unless
    /// told.
    pub fn wait_at_most(&self, time: Duration) -> Result<(), LedgerError> {
        self.db.busy_timeout(time).map_err(|error| self.error(error))
    }

    /// Holds what is asked of the ledger still: several questions are answered from one state, and none looks anew
    /// whether another program has written, which takes as long as a small question. A look within a look is the same.
    pub fn look(&self) -> Result<Look<'_>, LedgerError> {
        if !self.db.is_autocommit() {
            return Ok(Look { _view: None });
        }
        let view = Transaction::new_unchecked(&self.db, TransactionBehavior::Deferred);
        Ok(Look { _view: Some(view.map_err(|error| self.error(error))?) })
    }

    pub(crate) fn error(&self, because: impl Into<Because>) -> LedgerError {
        LedgerError::new(&self.path, because)
    }

    fn connect(path: &Path, flags: OpenFlags) -> Result<Ledger, LedgerError> {
        Ledger::connected(path, Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX))
    }

    fn connect_immutable(path: &Path) -> Result<Ledger, LedgerError> {
        let name: String = path.as_os_str().as_encoded_bytes().iter().map(|byte| format!("%{byte:02x}")).collect();
        let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
        Ledger::connected(path, Connection::open_with_flags(format!("file:{name}?immutable=1"), flags))
    }

    fn connected(path: &Path, opened: rusqlite::Result<Connection>) -> Result<Ledger, LedgerError> {
        let ready = opened.and_then(|db| {
            db.busy_timeout(PATIENCE)?;
            // In KiB: a batch fits, and is not written out before its end. Readers are many, and share the system's memory.
            db.pragma_update(None, "cache_size", if db.is_readonly("main")? { -8_192 } else { -65_536 })?;
            // References are there to be read and followed; the triggers and `fsck` keep them.
            db.pragma_update(None, "foreign_keys", false)?;
            db.set_prepared_statement_cache_capacity(64);
            Ok(db)
        });
        match ready {
            Ok(db) => Ok(Ledger { db, path: path.to_owned() }),
            Err(error) => Err(LedgerError::new(path, error)),
        }
    }

    /// Brings the schema up to date, and refuses what is not ours before touching it.
    fn prepare(&self, create: bool) -> Result<(), Because> {
        let version = self.known_version().or_else(|because| match because {
            Because::Missing if create => Ok(0),
            other => Err(other),
        })?;
        if !self.log_ahead()? {
            // A file that cannot be written fails here, or later with the same words.
            self.db.pragma_update(None, "journal_mode", "wal")?;
        }
        self.db.pragma_update(None, "synchronous", "full")?;
        if version < SCHEMA.len() as i64 {
            let change = change(&self.db)?;
            let version: i64 = change.pragma_query_value(None, "user_version", |row| row.get(0))?;
            for step in SCHEMA.iter().skip(version as usize) {
                change.execute_batch(step)?;
            }
            change.pragma_update(None, "user_version", SCHEMA.len() as i64)?;
            change.commit()?;
        }
        lines::make_whole(&self.db)
    }

    fn log_ahead(&self) -> Result<bool, Because> {
        let mode: String = self.db.pragma_query_value(None, "journal_mode", |row| row.get(0))?;
        Ok(mode == "wal")
    }

    /// The version of the schema, if it is a ledger that this program knows.
    fn known_version(&self) -> Result<i64, Because> {
        // One statement, so that another program that is making the ledger is seen before or after, not between.
        let (application, found, tables): (i64, i64, i64) = self.db.query_row(
            "SELECT (SELECT application_id FROM pragma_application_id),
                    (SELECT user_version FROM pragma_user_version),
                    (SELECT count(*) FROM sqlite_schema)",
            [],
            |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)),
        )?;
        let known = SCHEMA.len() as i64;
        match (application, found) {
            (0, 0) if tables == 0 => Err(Because::Missing),
            (APPLICATION, 1..) if found <= known => Ok(found),
            (APPLICATION, 1..) => Err(Because::Newer { found, known }),
            _ => Err(Because::Foreign),
        }
    }
}

/// Begins to write. On a slow disk several adders hold the lock one after the other, for longer than anybody's patience,
/// and nothing is wrong: one gives up only when nothing was written for so long.
pub(crate) fn change(db: &Connection) -> rusqlite::Result<Transaction<'_>> {
    let written = || db.pragma_query_value(None, "data_version", |row| row.get::<_, i64>(0));
    let mut last = written()?;
    loop {
        match Transaction::new_unchecked(db, TransactionBehavior::Immediate) {
            Err(error) if error.sqlite_error_code() == Some(ErrorCode::DatabaseBusy) => {
                let now = written()?;
                if now == last {
                    return Err(error);
                }
                last = now;
            }
            begun => return begun,
        }
    }
}

fn must_exist(path: &Path) -> Result<(), LedgerError> {
    match fs::metadata(path) {
        Ok(file) if file.is_file() && file.len() > 0 => Ok(()),
        Ok(file) if file.is_file() => Err(LedgerError::new(path, Because::Missing)),
        Ok(_) => Err(LedgerError::new(path, Because::NotADatabase)),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Err(LedgerError::new(path, Because::Missing)),
        Err(error) => Err(LedgerError::new(path, error)),
    }
}

fn has_pending_log(path: &Path) -> bool {
    let mut log = path.as_os_str().to_owned();
    log.push("-wal");
    fs::metadata(log).is_ok_and(|file| file.len() > 0)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::DERIVED;

    /// A row whose writing may fail half-way makes SQLite copy each page that the row touches, to be able to take back
    /// that row alone. An index with a function is enough for that, and nothing says so but the time.
    #[test]
    fn no_row_of_an_entry_can_fail_half_way() {
        let folder = tempfile::tempdir().expect("a folder");
        let ledger = Ledger::create(folder.path().join("bilan.db")).expect("a ledger");
        for table in DERIVED {
            let mut explained = ledger.db.prepare(&format!("EXPLAIN {}", table.insert())).expect("a statement");
            let steps = explained.raw_query().mapped(|row| row.get::<_, String>(1));
            let steps: Vec<String> = steps.collect::<rusqlite::Result<_>>().expect("steps");
            assert!(steps.iter().any(|step| step == "Insert"), "{}: {steps:?}", table.name);
            assert!(!steps.iter().any(|step| step.ends_with("Func") || step == "Function"), "{}", table.name);
        }
    }
}
