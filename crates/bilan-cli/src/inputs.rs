//! Finds the files behind what was typed.
//!
//! In: paths, folders, addresses, `-`. Out: inputs in a stable order, and one line for each that is not there.
//!
//! A folder is walked in the order of its names, one folder in memory at a time. `bilan add .` finds its own ledger
//! there: ledgers and their bytes are left out, as hidden files are. A link to a folder is not followed: it may lead
//! back up.

use std::fs::{self, File};
use std::io::{self, BufRead, BufReader};
use std::path::{Path, PathBuf};

/// Something to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Input {
    /// Standard input.
    Stdin,
    /// A file.
    File(PathBuf),
    /// An address of the web.
    Url(String),
}

impl Input {
    /// As it is named to people and in ids.
    pub fn name(&self) -> String {
        match self {
            Input::Stdin => "-".to_owned(),
            Input::File(path) => path.display().to_string(),
            Input::Url(url) => url.clone(),
        }
    }

    /// Its bytes, where they lie on this machine.
    pub fn open(&self) -> Result<Box<dyn BufRead>, String> {
        match self {
            Input::Stdin => Ok(Box::new(BufReader::new(io::stdin()))),
            Input::File(path) => {
                let file = File::open(path).map_err(|error| complaint(path, &error))?;
                Ok(Box::new(BufReader::with_capacity(1 << 16, file)))
            }
            Input::Url(url) => Err(format!("{url}: not on this machine")),
        }
    }
}

/// All inputs behind these paths, in order; a complaint stands where its input would have stood.
pub fn find(paths: &[PathBuf]) -> impl Iterator<Item = Result<Input, String>> + '_ {
    paths.iter().flat_map(|path| match no_path(path) {
        Some(input) => Walk { root: path, left: vec![], only: Some(input), found: true },
        None => Walk { root: path, left: vec![path.clone()], only: None, found: false },
    })
}

/// What was typed in place of a path.
fn no_path(path: &Path) -> Option<Input> {
    match path.to_str()? {
        "-" => Some(Input::Stdin),
        url => {
            let (scheme, _) = url.split_once("://")?;
            scheme.chars().all(|c| c.is_ascii_alphanumeric()).then(|| Input::Url(url.to_owned()))
        }
    }
}

struct Walk<'p> {
    root: &'p Path,
    /// The next one is last.
    left: Vec<PathBuf>,
    only: Option<Input>,
    found: bool,
}

impl Iterator for Walk<'_> {
    type Item = Result<Input, String>;

    fn next(&mut self) -> Option<Self::Item> {
        if let Some(input) = self.only.take() {
            return Some(Ok(input));
        }
        while let Some(path) = self.left.pop() {
            let kind = match fs::metadata(&path) {
                Ok(kind) => kind,
                Err(error) => {
                    self.found = true;
                    return Some(Err(complaint(&path, &error)));
                }
            };
            let typed = path == self.root;
            if !kind.is_dir() {
                if typed || kind.is_file() {
                    self.found = true;
                    return Some(Ok(Input::File(path)));
                }
            } else if typed || !path.is_symlink() {
                match inside(&path) {
                    Ok(names) => self.left.extend(names.into_iter().rev()),
                    Err(error) => {
                        self.found = true;
                        return Some(Err(complaint(&path, &error)));
                    }
                }
            }
        }
        match std::mem::replace(&mut self.found, true) {
            true => None,
            false => Some(Err(format!("{}: the folder holds no file to read", self.root.display()))),
        }
    }
}

fn inside(folder: &Path) -> io::Result<Vec<PathBuf>> {
    let mut names = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name();
        if !is_left_out(&name.to_string_lossy()) {
            names.push(entry.path());
        }
    }
    names.sort();
    Ok(names)
}

/// What is not read where it was not named: hidden files, a database, what SQLite keeps beside it, and the folder of its
/// bytes.
pub fn is_left_out(name: &str) -> bool {
    let of_a_ledger = [".db", ".db-wal", ".db-shm", ".db-journal", ".db.bytes"].iter().any(|end| name.ends_with(end));
    of_a_ledger || (name.starts_with('.') && !matches!(name, "." | ".."))
}

fn complaint(path: &Path, error: &io::Error) -> String {
    let reason = match error.kind() {
        io::ErrorKind::NotFound => "no such file or folder".to_owned(),
        io::ErrorKind::PermissionDenied => "may not be read: permission denied".to_owned(),
        _ => error.to_string(),
    };
    format!("{}: {reason}", path.display())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_is_walked_in_order_and_hidden_files_are_left_out() {
        let root = tempfile::tempdir().unwrap();
        let file = |name: &str| {
            let path = root.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, "").unwrap();
            path
        };
        let (last, first, inner) = (file("b.txt"), file("a.txt"), file("a2/z.txt"));
        file(".hidden");
        file(".git/config");
        file("bilan.db");
        file("bilan.db.bytes/aa/bb");
        fs::create_dir(root.path().join("empty")).unwrap();
        let missing = root.path().join("none");
        let empty = root.path().join("empty");
        let paths = [missing.clone(), root.path().to_owned(), empty.clone(), "-".into()];
        let found: Vec<_> = find(&paths).collect();
        assert_eq!(
            found,
            [
                Err(format!("{}: no such file or folder", missing.display())),
                Ok(Input::File(first)),
                Ok(Input::File(inner)),
                Ok(Input::File(last)),
                Err(format!("{}: the folder holds no file to read", empty.display())),
                Ok(Input::Stdin),
            ]
        );
    }
}
