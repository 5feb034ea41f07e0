//! Lists what the gate checks, in the order it runs. A new part is one entry here.
//!
//! In: a [`Checkout`]. Out: nothing, or the reason it failed.

use super::{Need, Part, asked, browser, suites, tables};
use crate::checkout::{Checkout, output, run, shown};
use anyhow::{Result, bail};

/// Every part of the gate.
pub const PARTS: &[Part] = &[
    Part { name: "format", needs: &[], run: |at| run(&mut at.cargo(&["fmt", "--all", "--check"])) },
    Part {
        name: "lints",
        needs: &[],
        run: |at| {
            run(&mut at.cargo(&["clippy", "--workspace", "--all-targets", "--all-features", "--", "-D", "warnings"]))
        },
    },
    Part { name: "documentation", needs: &[], run: documentation },
    Part { name: "tests", needs: &[], run: tests },
    Part { name: "doctests", needs: &[], run: |at| run(&mut at.cargo(&["test", "--workspace", "--doc"])) },
    Part { name: "kills", needs: &[Need::Minutes(3)], run: kills },
    Part { name: "seeds", needs: &[Need::Shared("seeds/gold.jsonl")], run: seeds },
    Part { name: "suites", needs: &[Need::Shared("suites/score.py"), PYTHON], run: suites::run },
    Part { name: "tables", needs: &[PYTHON, tables::READERS], run: tables::tables },
    Part { name: "browser", needs: &[CHROMIUM, NPM, CURL], run: browser::run_all },
    Part { name: "asked", needs: &[PYTHON], run: asked::run_all },
];

const CHROMIUM: Need = Need::Program(
    "chromium",
    "--version",
    "apt-get update -q && apt-get install -q -y --no-install-recommends chromium fonts-dejavu-core",
);
const NPM: Need =
    Need::Program("npm", "--version", "apt-get update -q && apt-get install -q -y --no-install-recommends nodejs npm");
const CURL: Need =
    Need::Program("curl", "--version", "apt-get update -q && apt-get install -q -y --no-install-recommends curl");

const PYTHON: Need =
    Need::Program("python3", "--version", "apt-get update -q && apt-get install -q -y --no-install-recommends python3");

/// Without the command: its pages would overwrite those of the library, which has the same name.
fn documentation(at: &Checkout) -> Result<()> {
    let mut command = at.cargo(&["doc", "--workspace", "--exclude", "bilan-cli", "--no-deps"]);
    run(command.env("RUSTDOCFLAGS", "-D warnings"))
}

fn tests(at: &Checkout) -> Result<()> {
    if at.has("cargo", &["nextest", "--version"]) {
        run(&mut at.cargo(&["nextest", "run", "--workspace", "--no-fail-fast"]))
    } else {
        run(&mut at.cargo(&["test", "--workspace", "--tests", "--no-fail-fast"]))
    }
}

/// An adder killed at many moments: nothing lost that was told, nothing half, nothing doubled. Two hundred take nine
/// minutes, and are asked for by `BILAN_KILLS=200`.
fn kills(at: &Checkout) -> Result<()> {
    let mut command = at.cargo(&["test", "--workspace", "--test", "ledger", "a_killed_adder"]);
    run(command.env("BILAN_KILLS", std::env::var("BILAN_KILLS").unwrap_or_else(|_| "60".into())))
}

/// The two real reports, every claim of them right; `dev eval` exits 1 when one is not.
fn seeds(at: &Checkout) -> Result<()> {
    let gold = at.shared.join("seeds/gold.jsonl");
    let mut command = at.cargo(&["run", "--quiet", "--package", "bilan-cli", "--", "dev", "eval", "--misses"]);
    let printed = output(command.arg(gold))?;
    print!("{printed}");
    if printed.trim().is_empty() {
        bail!("{}: it printed nothing, so nothing was scored", shown(&command));
    }
    Ok(())
}
