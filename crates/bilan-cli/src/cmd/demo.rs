//! Shows an invented war in the browser: `bilan demo`.
//!
//! In: nothing. Out: a ledger made from the reports inside the program, served; it goes when the program ends.
//!
//! Somebody takes a picture of the screen, and the picture travels alone: INVENTED stands in every row and picture, and
//! as the outlet of every document in every file that leaves.

use super::serve;
use crate::End;
use crate::args::Demo;
use anyhow::{Context, Result, bail};
use bilan::document::{self, Given};
use bilan::{Reader, Reading, pack::Packs};
use bilan_ledger::{AddOptions, Ledger};
use bilan_view::serve::{Options, Server};
use std::path::Path;

/// Who prints all of it.
const OUTLET: &str = "INVENTED";

/// Some of the example reports, by name: a disaster or two beside the war, and a page without any toll.
const REPORTS: &[(&str, &str)] = &[
    ("bus-accident", include_str!("../../../../examples/reports/bus-accident.txt")),
    ("cyclone", include_str!("../../../../examples/reports/cyclone.txt")),
    ("earthquake", include_str!("../../../../examples/reports/earthquake.txt")),
    ("no-toll", include_str!("../../../../examples/reports/no-toll.txt")),
];

/// The war day by day, as lines of JSON.
const WAR: &str = include_str!("../../../../examples/war.jsonl");

/// Makes the ledger and serves it.
pub fn run(args: Demo) -> Result<End> {
    if let Some(file) = &args.keep {
        make(file)?;
        return Ok(End::Done);
    }
    let folder = tempfile::tempdir().context("a folder for the demonstration cannot be made")?;
    let ledger = folder.path().join("INVENTED.db");
    make(&ledger)?;
    let server = Server::bind(Options { invented: true, now, ..serve::options(&args.serving, ledger)? })?;
    serve::shown(server, &args.serving, "shows an INVENTED war; nothing of it is kept")
}

/// The day on which the invented war is looked at: without it, every figure would lie years ahead.
fn now() -> jiff::Zoned {
    jiff::civil::date(2031, 6, 22).at(9, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap_or_default()
}

fn make(ledger: &Path) -> Result<()> {
    if ledger.exists() {
        bail!("{}: exists already; give a name that is free", ledger.display());
    }
    let reader = Reader::new(Packs::embedded()?);
    let mut readings: Vec<Reading> = vec![];
    let given = |id: &str| Given { id: Some(id.to_owned()), ..Given::default() };
    let named = REPORTS.iter().map(|(name, text)| (*name, *text)).chain([("war", WAR)]);
    for (name, text) in named {
        for document in document::open(name, text.as_bytes(), &given(name)) {
            let mut document = document.with_context(|| format!("{name}: the example inside the program"))?;
            document.id = format!("{OUTLET}-{}", document.id);
            // The voices of the reports stay apart by their papers; whoever prints them is invented, and says so.
            document.outlet = Some(match document.outlet.take() {
                Some(outlet) => format!("{OUTLET}: {outlet}"),
                None => OUTLET.to_owned(),
            });
            readings.push(reader.read(document));
        }
    }
    Ledger::create(ledger)?.add(&readings, &AddOptions::at(now().timestamp()))?;
    Ok(())
}
