//! Exports the example reports in every format and reads the tables with other people's programs.
//!
//! In: the command, a Python with pyarrow and frictionless. Out: nothing, or what a reader found wrong.
//!
//! A table that only its own writer can read is no table.

use super::Need;
use crate::checkout::{Checkout, run};
use anyhow::{Context, Result};
use std::fs;

/// Where the readers are installed.
pub const READERS: Need = Need::Program(
    "target/readers/bin/frictionless",
    "--version",
    "python3 -m venv target/readers && target/readers/bin/pip install --quiet pyarrow frictionless",
);

/// Exports, and reads.
pub fn tables(at: &Checkout) -> Result<()> {
    let folder = at.target.join("tables");
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).with_context(|| format!("{}: cannot make this folder", folder.display()))?;
    let ledger = folder.join("ledger.db");
    let bilan = |args: &[&str]| {
        let mut command = at.cargo(&["run", "--quiet", "--package", "bilan-cli", "--"]);
        run(command.args(args).arg("--ledger").arg(&ledger))
    };
    bilan(&["add", "examples/reports", "--no-bytes"])?;
    let into = folder.display().to_string();
    // CSV last: the package tells of the table that was written last under a name.
    for format in ["schemaorg", "parquet", "csv"] {
        bilan(&["export", format, "--into", &into])?;
    }
    for format in ["model", "ged", "hxl"] {
        bilan(&["export", format, "--lens", "low", "--into", &into])?;
    }
    run(at.command("target/readers/bin/python", &["xtask/src/test/tables.py"]).arg(&folder))
}
