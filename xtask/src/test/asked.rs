//! Lets a program ask the API at random, by its own description.
//!
//! In: schemathesis (PyPI) in an environment that can be thrown away, and the invented war. Out: nothing, or the requests
//! that were answered by a fault of the server, or otherwise than described.
//!
//! It also writes, with the token: the ledger of the demonstration goes when the server ends.

use super::browser::{Served, TOKEN};
use crate::checkout::{Checkout, run};
use anyhow::{Context, Result};
use std::fs;

/// The version the part was written for.
const SCHEMATHESIS: &str = "schemathesis>=4.4,<5";

/// Asks for about two minutes.
pub fn run_all(at: &Checkout) -> Result<()> {
    let place = at.target.join("asked");
    fs::create_dir_all(&place).with_context(|| format!("{}: cannot be made", place.display()))?;
    let program = place.join("python/bin/schemathesis");
    if !program.exists() {
        let python = place.join("python").display().to_string();
        run(&mut at.command("python3", &["-m", "venv", &python]))?;
        let pip = place.join("python/bin/pip").display().to_string();
        run(&mut at.command(&pip, &["install", "--quiet", SCHEMATHESIS]))
            .context("schemathesis could not be installed")?;
    }
    run(&mut at.cargo(&["build", "--quiet", "--package", "bilan-cli"]))?;
    let demo = Served::start(at, &["demo"], None)?;
    let described = format!("{}/openapi.json", demo.address);
    let bearer = format!("Authorization: Bearer {TOKEN}");
    let args = [
        "run",
        &described,
        "--header",
        &bearer,
        "--max-examples",
        "12",
        "--workers",
        "2",
        "--seed",
        "1",
        "--phases",
        "examples,coverage,fuzzing",
        "--checks",
        "not_a_server_error,status_code_conformance,content_type_conformance,response_schema_conformance,response_headers_conformance",
        "--suppress-health-check",
        "all",
        "--request-timeout",
        "20",
    ];
    run(at.command(&program.display().to_string(), &args).current_dir(&place))
}
