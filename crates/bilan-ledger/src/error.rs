//! Says which file failed, why, and what to do.
//!
//! In: what SQLite or the file system answered. Out: one sentence.
//!
//! "database disk image is malformed" helps nobody: the sentence names the file and the next step.

use rusqlite::ErrorCode;
use std::io;
use std::path::{Path, PathBuf};

/// What keeps the ledger from being opened, read or written. Nothing is half written when it comes.
#[derive(Debug, thiserror::Error)]
#[error("{}: {because}", path.display())]
pub struct LedgerError {
    path: PathBuf,
    because: Because,
}

#[derive(Debug, thiserror::Error)]
pub(crate) enum Because {
    #[error("there is no ledger here; `bilan add` makes one")]
    Missing,
    #[error("there is a file here already; name another one for the new ledger")]
    Exists,
    #[error("this is not a database; name a ledger made by `bilan add`")]
    NotADatabase,
    #[error("this is a database of another program; name a ledger made by `bilan add`")]
    Foreign,
    #[error("this ledger has format {found}, this program knows formats up to {known}; use a newer bilan")]
    Newer { found: i64, known: i64 },
    #[error("another program is writing to this ledger; try again when it has ended")]
    Locked,
    #[error("this ledger cannot be written; check the permissions of the file and of its folder")]
    ReadOnly,
    #[error("this file cannot be opened; check that its folder exists, and the permissions of both")]
    Unopenable,
    #[error("there is no room left on the disk; nothing was added: make room and add again")]
    Full,
    #[error("this ledger is damaged ({0}); run `bilan fsck` and restore a copy")]
    Corrupted(String),
    #[error("this ledger has an older format; let a program that may write to it bring it up to date: bilan fsck")]
    Older,
    #[error("{0}; nothing was kept")]
    Review(String),
    #[error("{0}")]
    Io(io::Error),
    #[error("{0}")]
    Sqlite(rusqlite::Error),
}

impl LedgerError {
    pub(crate) fn new(path: &Path, because: impl Into<Because>) -> LedgerError {
        LedgerError { path: path.to_owned(), because: because.into() }
    }

    /// No file, or an empty one.
    pub fn is_missing(&self) -> bool {
        matches!(self.because, Because::Missing)
    }

    /// A new ledger was asked for where a file is.
    pub fn is_existing(&self) -> bool {
        matches!(self.because, Because::Exists)
    }

    /// No database at all, or the database of another program.
    pub fn is_not_a_ledger(&self) -> bool {
        matches!(self.because, Because::NotADatabase | Because::Foreign)
    }

    /// Made by a newer bilan.
    pub fn is_newer(&self) -> bool {
        matches!(self.because, Because::Newer { .. })
    }

    /// Another writer held it for too long.
    pub fn is_locked(&self) -> bool {
        matches!(self.because, Because::Locked)
    }

    /// It can be read but not written.
    pub fn is_read_only(&self) -> bool {
        matches!(self.because, Because::ReadOnly)
    }

    /// What SQLite answers to a reader that cannot make the file that readers share.
    pub(crate) fn lacks_room_to_share(&self) -> bool {
        matches!(self.because, Because::Unopenable | Because::ReadOnly)
    }

    /// The disk is full.
    pub fn is_full(&self) -> bool {
        matches!(self.because, Because::Full)
    }

    /// A review that fits no claim.
    pub fn is_no_review(&self) -> bool {
        matches!(self.because, Because::Review(_))
    }

    /// The file, or what is written in it, is damaged.
    pub fn is_corrupted(&self) -> bool {
        matches!(self.because, Because::Corrupted(_))
    }
}

impl From<rusqlite::Error> for Because {
    fn from(error: rusqlite::Error) -> Because {
        match error.sqlite_error_code() {
            Some(ErrorCode::NotADatabase) => Because::NotADatabase,
            Some(ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked) => Because::Locked,
            Some(ErrorCode::ReadOnly | ErrorCode::PermissionDenied) => Because::ReadOnly,
            Some(ErrorCode::CannotOpen) => Because::Unopenable,
            Some(ErrorCode::DiskFull) => Because::Full,
            Some(ErrorCode::DatabaseCorrupt) => Because::Corrupted(error.to_string()),
            _ => Because::Sqlite(error),
        }
    }
}

impl From<io::Error> for Because {
    fn from(error: io::Error) -> Because {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Because::Full,
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => Because::ReadOnly,
            _ => Because::Io(error),
        }
    }
}
