//! Reads the list of files that tells what their bytes do not: `--manifest docs.csv`.
//!
//! In: CSV with a header line. Out: what is known of each file, by its path.
//!
//! A scraper's folder is a thousand files without papers and one list beside them. A path in the list counts from the
//! list's own folder, so that the two can be moved together.

use anyhow::{Context, Result, bail};
use bilan::claim::Date;
use bilan_ledger::Access;
use jiff::Timestamp;
use serde::Deserialize;
use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};

/// The columns, of which only `path` must be there.
const COLUMNS: [&str; 7] = ["path", "url", "outlet", "published", "fetched", "lang", "access"];

/// What a list says.
#[derive(Debug, Default)]
pub struct Manifest {
    /// As listed, in order.
    pub paths: Vec<PathBuf>,
    papers: HashMap<PathBuf, Listed>,
}

/// What a list says of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listed {
    pub url: Option<String>,
    pub outlet: Option<String>,
    pub published: Option<Date>,
    pub fetched: Option<Timestamp>,
    pub lang: Option<String>,
    pub access: Option<Access>,
}

/// A line as written.
#[derive(Deserialize)]
struct Line {
    path: String,
    url: Option<String>,
    outlet: Option<String>,
    published: Option<String>,
    fetched: Option<String>,
    lang: Option<String>,
    access: Option<String>,
}

impl Manifest {
    /// Reads a list. A line that cannot be read fails it whole: half a list would give half of the files no date.
    pub fn read(path: &Path) -> Result<Manifest> {
        let name = path.display();
        let text = fs::read_to_string(path).with_context(|| format!("{name}: cannot be read"))?;
        let folder = path.parent().unwrap_or(Path::new(""));
        let mut table =
            csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.trim_start_matches('\u{FEFF}').as_bytes());
        let head = table.headers().with_context(|| format!("{name}:1: no header line"))?.clone();
        if let Some(other) = head.iter().find(|column| !COLUMNS.contains(column)) {
            bail!("{name}:1: no column is called `{other}`; expected some of {}", COLUMNS.join(", "));
        }
        if !head.iter().any(|column| column == "path") {
            bail!("{name}:1: no column `path`; expected a header line with some of {}", COLUMNS.join(", "));
        }
        let mut manifest = Manifest::default();
        for line in table.records() {
            let line = line.with_context(|| format!("{name}: not CSV"))?;
            let number = line.position().map_or(0, |place| place.line());
            let listed: Line = line.deserialize(Some(&head)).with_context(|| format!("{name}:{number}"))?;
            let path = folder.join(&listed.path);
            let listed = Listed::of(listed).with_context(|| format!("{name}:{number}"))?;
            let place = place(&path);
            if manifest.papers.insert(place, listed).is_some() {
                bail!("{name}:{number}: `{}` is listed twice", path.display());
            }
            manifest.paths.push(path);
        }
        Ok(manifest)
    }

    /// What is said of a file.
    pub fn of(&self, path: &Path) -> Option<&Listed> {
        if self.papers.is_empty() { None } else { self.papers.get(&place(path)) }
    }
}

impl Listed {
    fn of(line: Line) -> Result<Listed> {
        let some = |cell: Option<String>| cell.filter(|cell| !cell.is_empty());
        let access = match some(line.access).as_deref() {
            None => None,
            Some("internal") => Some(Access::Internal),
            Some("public") => Some(Access::Public),
            Some("restricted") => Some(Access::Restricted),
            Some(other) => bail!("`{other}` is no access; expected public, internal or restricted"),
        };
        let published = some(line.published).map(|date| date.parse()).transpose()?;
        let fetched = some(line.fetched).map(|time| moment(&time)).transpose()?;
        Ok(Listed { url: some(line.url), outlet: some(line.outlet), published, fetched, lang: some(line.lang), access })
    }
}

/// `2031-05-03T08:00:00Z`, or a day.
fn moment(text: &str) -> Result<Timestamp> {
    let day = |text: &str| text.parse::<jiff::civil::Date>()?.to_zoned(jiff::tz::TimeZone::UTC);
    let read = text.parse().or_else(|wrong| day(text).map(|day| day.timestamp()).map_err(|_| wrong));
    read.with_context(|| format!("`{text}` is no time; expected one such as 2031-05-03T08:00:00Z"))
}

/// One file has one place, however its path is written.
fn place(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Result<Manifest> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("docs.csv");
        fs::write(&path, text).unwrap();
        fs::write(folder.path().join("a.txt"), "").unwrap();
        let manifest = Manifest::read(&path)?;
        let found = manifest.of(&folder.path().join("./a.txt")).cloned();
        assert_eq!(
            found,
            Some(Listed {
                url: Some("https://a.example/1".into()),
                published: "2031-05".parse().ok(),
                fetched: "2031-05-03T00:00:00Z".parse().ok(),
                access: Some(Access::Public),
                ..Listed::default()
            })
        );
        Ok(manifest)
    }

    #[test]
    fn a_list_is_read_whole_or_not_at_all() {
        let good = "\u{FEFF}path,url,published,fetched,access,outlet\na.txt , https://a.example/1,2031-05,2031-05-03,public,\n";
        assert_eq!(read(good).unwrap().paths.len(), 1);
        for (text, words) in [
            ("path,date\n", ":1: no column is called `date`"),
            ("url\nx\n", ":1: no column `path`"),
            ("path,published\na.txt,hier\n", ":2"),
            ("path,access\na.txt,x\n", "`x` is no access"),
            ("path\na.txt\na.txt\n", ":3: "),
            ("path,url\na.txt\n", "not CSV"),
        ] {
            let wrong = format!("{:#}", read(text).unwrap_err());
            assert!(wrong.contains(words), "{wrong}");
        }
    }
}
