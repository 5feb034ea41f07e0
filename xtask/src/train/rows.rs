//! Reads rows of claims that were judged.
//!
//! In: a folder of CSV. Out: a [`Table`], or the first line that is none of it.
//!
//! Rows of different builds have different reasons; they must not be learnt from together.

use anyhow::{Context, Result, bail, ensure};
use std::fs;
use std::path::Path;

/// A found claim.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Its document, with its file.
    pub document: String,
    /// Value, outcome, counted and side are right.
    pub right: bool,
    /// How sure the reader was, 0 to 1.
    pub said: f64,
    /// Its reasons that are not 0, by number.
    pub values: Vec<(usize, f64)>,
}

/// Rows of one build.
pub struct Table {
    /// Of the reasons; the first is the same for all claims.
    pub names: Vec<String>,
    /// In order of file and line.
    pub rows: Vec<Row>,
}

/// What stands before the reasons.
const LEAD: &str = "document,right,confidence,";

/// Reads every `.csv` of a folder.
pub fn read(folder: &Path) -> Result<Table> {
    let listed = fs::read_dir(folder).with_context(|| format!("{}: cannot be read", folder.display()))?;
    let mut paths: Vec<_> = listed.filter_map(|entry| Some(entry.ok()?.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|extension| extension == "csv"));
    paths.sort();
    let mut table = Table { names: vec![], rows: vec![] };
    for path in paths {
        let text = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        table.add(&name, &text).with_context(|| path.display().to_string())?;
    }
    let enough = table.rows.iter().any(|row| row.right) && table.rows.iter().any(|row| !row.right);
    ensure!(
        enough,
        "{}: rows of right and of wrong claims are needed; write them with `bilan dev eval --rows`",
        folder.display()
    );
    Ok(table)
}

impl Table {
    fn add(&mut self, file: &str, text: &str) -> Result<()> {
        let mut lines = text.lines();
        let Some(head) = lines.next() else { return Ok(()) };
        let Some(names) = head.strip_prefix(LEAD) else { bail!("line 1 does not begin with `{LEAD}`") };
        let names: Vec<String> = names.split(',').map(str::to_owned).collect();
        ensure!(
            self.names.is_empty() || self.names == names,
            "other reasons than in the files before; write all rows with one build"
        );
        self.names = names;
        for (number, line) in lines.enumerate() {
            let row = self.row(file, line).with_context(|| format!("line {}", number + 2))?;
            self.rows.push(row);
        }
        Ok(())
    }

    fn row(&self, file: &str, line: &str) -> Result<Row> {
        let cells: Vec<&str> = line.split(',').collect();
        let [document, right, said, values @ ..] = &cells[..] else { bail!("too short") };
        ensure!(values.len() == self.names.len(), "{} reasons, expected {}", values.len(), self.names.len());
        let right = match *right {
            "0" => false,
            "1" => true,
            other => bail!("right is `{other}`, expected 0 or 1"),
        };
        let said = f64::from(said.parse::<u8>().with_context(|| format!("confidence is `{said}`"))?) / 100.0;
        let mut kept = Vec::new();
        for (at, value) in values.iter().enumerate() {
            let value: i8 = value.parse().with_context(|| format!("{} is `{value}`", self.names[at]))?;
            if value != 0 {
                kept.push((at, f64::from(value)));
            }
        }
        Ok(Row { document: format!("{file}/{document}"), right, said, values: kept })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table(text: &str) -> Result<Table> {
        let mut table = Table { names: vec![], rows: vec![] };
        table.add("invented", text).map(|()| table)
    }

    #[test]
    fn a_row_keeps_what_is_not_zero() {
        let table = table("document,right,confidence,base,fit\none,1,85,1,-3\ntwo,0,4,1,0\n").unwrap();
        assert_eq!(table.names, ["base", "fit"]);
        let first = &table.rows[0];
        assert_eq!((first.document.as_str(), first.right, first.said), ("invented/one", true, 0.85));
        assert_eq!(first.values, [(0, 1.0), (1, -3.0)]);
        assert_eq!(table.rows[1].values, [(0, 1.0)]);
    }

    #[test]
    fn what_is_no_row_is_named() {
        let told = |text: &str| table(text).err().map(|error| format!("{error:#}")).unwrap_or_default();
        assert_eq!(told("a,b\n"), "line 1 does not begin with `document,right,confidence,`");
        let with = |line: &str| told(&format!("document,right,confidence,base\n{line}\n"));
        assert_eq!(with("one,1,85"), "line 2: 0 reasons, expected 1");
        assert_eq!(with("one,2,85,1"), "line 2: right is `2`, expected 0 or 1");
        assert!(with("one,1,85,x").starts_with("line 2: base is `x`"));
    }

    #[test]
    fn two_builds_are_not_mixed() {
        let mut both = table("document,right,confidence,base\none,1,85,1\n").unwrap();
        assert!(both.add("later", "document,right,confidence,base,fit\none,1,85,1,2\n").is_err());
    }
}
