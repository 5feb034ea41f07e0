//! Keeps the raw bytes of what was retrieved, each file once, under the hash of its content.
//!
//! In: bytes. Out: `<ledger>.bytes/ab/cdef…`.
//!
//! A file is written under another name and renamed when it is whole: a program killed half way leaves nothing that
//! could be taken for the page.

use crate::hash::hash;
use std::fs::{self, File};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

pub(crate) fn hash_of(bytes: &[u8]) -> String {
    hash("bilan/bytes/1", &[bytes])
}

/// Where the bytes of this hash lie.
pub(crate) fn place(ledger: &Path, hash: &str) -> PathBuf {
    let (first, rest) = hash.split_at_checked(2).unwrap_or((hash, ""));
    folder(ledger).join(first).join(rest)
}

/// The folder beside the ledger.
pub(crate) fn folder(ledger: &Path) -> PathBuf {
    let mut folder = ledger.as_os_str().to_owned();
    folder.push(".bytes");
    PathBuf::from(folder)
}

/// Keeps the bytes; on the disk when it returns.
pub(crate) fn keep(ledger: &Path, hash: &str, bytes: &[u8]) -> io::Result<()> {
    let place = place(ledger, hash);
    if fs::metadata(&place).is_ok_and(|file| file.len() == bytes.len() as u64) {
        return Ok(());
    }
    if let Some(folder) = place.parent() {
        fs::create_dir_all(folder)?;
    }
    let part = place.with_extension(format!("{}.part", std::process::id()));
    let written = File::create(&part).and_then(|mut file| {
        file.write_all(bytes)?;
        file.sync_data()
    });
    written.and_then(|()| fs::rename(&part, &place)).inspect_err(|_| {
        let _ = fs::remove_file(&part);
    })
}

/// What is wrong with the kept file, if something is.
pub(crate) fn check(ledger: &Path, hash: &str) -> Option<&'static str> {
    match fs::read(place(ledger, hash)) {
        Err(_) => Some("the file of its bytes is missing"),
        Ok(bytes) if hash_of(&bytes) != hash => Some("the file of its bytes was changed"),
        Ok(_) => None,
    }
}
