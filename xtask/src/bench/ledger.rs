//! Measures a ledger as it grows: adding, asking, making its lines again.
//!
//! In: an invented war of ten thousand to a million claims. Out: a table, each figure beside its goal.
//!
//! A question is timed as a person asks it, the whole command from start to end: a fast index behind a slow opening
//! would help nobody. Adding and making the lines again are timed inside, for there is no command around them.

#[path = "../../../crates/bilan-ledger/tests/war/invented.rs"]
#[allow(dead_code, reason = "the tests ask for the truth of the war, the measurement does not")]
pub mod invented;

use super::process::{peak, watched};
use anyhow::{Context, Result, bail};
use bilan_ledger::{AddOptions, Filter, Ledger};
use invented::{Size, War};
use std::fmt::Write;
use std::fs;
use std::ops::Range;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Claims added in a second, at least.
const ADDED: f64 = 20_000.0;
/// A question takes at most so many milliseconds.
const ASKED: f64 = 100.0;
/// Lines of a million claims are made again in at most so many seconds, within so many megabytes.
const REBUILT: (f64, f64) = (60.0, 2_000.0);
/// Documents of one batch, as `bilan add` has them.
const BATCH: usize = 2_000;

/// So many claims stand on a page of a list.
const PAGE: usize = 50;

/// Lists of claims as people filter them: by subject, by voice, by a rare and by a common word, by day, by place.
fn lists() -> Result<Vec<Filter>> {
    let word = |word: &str| Some(word.to_owned());
    let page = || Filter { limit: Some(PAGE), ..Filter::default() };
    let day = Some("2031-01-05".parse()?);
    Ok(vec![
        Filter { side: word("XB"), counted: word("tank"), ..page() },
        Filter { side: word("XB"), claimant: word("XC"), ..page() },
        Filter { words: word("submarine"), counted: word("tank"), ..page() },
        Filter { words: word("according"), ..page() },
        Filter { from: day, to: day, counted: word("tank"), ..page() },
        Filter { place: word("XB"), counted: word("drone"), ..page() },
    ])
}

/// The slowest of these lists, in milliseconds, each at its fastest of five; opened once, as the page has it.
fn slowest_list(path: &Path) -> Result<f64> {
    let ledger = Ledger::open_read_only(path)?;
    let mut slowest = 0_f64;
    for filter in lists()? {
        let mut best = f64::INFINITY;
        for _ in 0..5 {
            let start = Instant::now();
            ledger.claims(&filter)?;
            best = best.min(start.elapsed().as_secs_f64() * 1e3);
        }
        slowest = slowest.max(best);
    }
    Ok(slowest)
}

/// A ledger of 10⁴, 10⁵ and 10⁶ claims.
pub fn measure(bilan: &Path, place: &Path, fast: bool) -> Result<String> {
    let mut table = String::from(
        "ledger, claims  documents  added/s  bytes/claim  compare ms  series ms  number ms  lists ms  all ms  rebuild s  memory MB\n",
    );
    let days: &[usize] = if fast { &[12, 120] } else { &[12, 120, 1200] };
    for days in days {
        row(&mut table, bilan, place, *days).with_context(|| format!("a war of {days} days"))?;
    }
    writeln!(
        table,
        "goals: {ADDED} added/s (reading apart); compare, series, number, lists at most {ASKED} ms; \
         10⁶ claims rebuilt in {} s and {} MB",
        REBUILT.0, REBUILT.1
    )?;
    Ok(table)
}

/// The invented war: about nine hundred claims in two hundred documents a day.
pub fn war(days: usize) -> War {
    War::new(Size { days, reprints: 4, translations: 3, articles: 60 }, 2031)
}

/// Adds some days of a war in batches, and says how long adding took, and the claims and documents that came.
pub fn add(ledger: &mut Ledger, war: &War, days: Range<usize>) -> Result<(Duration, usize, usize)> {
    let options = AddOptions::at("2036-01-01T00:00:00Z".parse()?);
    let (mut adding, mut claims, mut documents, last) = (Duration::ZERO, 0, 0, days.end);
    let mut batch = Vec::new();
    for day in days {
        batch.extend(war.documents(day));
        if batch.len() >= BATCH || day + 1 == last {
            let start = Instant::now();
            let added = ledger.add(&batch, &options)?;
            adding += start.elapsed();
            claims += added.claims;
            documents += added.documents;
            batch.clear();
        }
    }
    Ok((adding, claims, documents))
}

/// A ledger of so many days, where there was none.
pub fn made(path: &Path, war: &War, days: usize) -> Result<(Duration, usize, usize)> {
    for end in ["", "-wal", "-shm"] {
        let _ = fs::remove_file(format!("{}{end}", path.display()));
    }
    add(&mut Ledger::create(path)?, war, 0..days)
}

fn row(table: &mut String, bilan: &Path, place: &Path, days: usize) -> Result<()> {
    let (path, war) = (place.join("ledger.db"), war(days));
    let (adding, claims, documents) = made(&path, &war, days)?;
    let bytes = fs::metadata(&path)?.len();
    let last = war.date(days - 1).to_string();
    let subject = ["--side", "XB", "--counted", "tank", "--format", "json"];
    let compare = asked(bilan, &path, &[&["compare", "--on", &last][..], &subject].concat())?;
    let series = asked(bilan, &path, &[&["series", "--claimant", "XA/general-staff"][..], &subject].concat())?;
    let number = war.said(0, 1, days - 1).map_or(0, |value| value.first).to_string();
    let sentence = format!("{number} chars");
    let check = asked(bilan, &path, &["check", &sentence]);
    let all = asked(bilan, &path, &["compare", "--on", &last, "--format", "json"])?;
    let lists = slowest_list(&path)?;

    fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs: the peak cannot be reset")?;
    let start = Instant::now();
    Ledger::open(&path)?.rebuild()?;
    let rebuilt = start.elapsed().as_secs_f64();
    let memory = peak("self")? as f64 / 1e6;
    let added = claims as f64 / adding.as_secs_f64();
    let below = [
        (added < ADDED, "adding"),
        (compare > ASKED, "compare"),
        (series > ASKED, "series"),
        (check.as_ref().is_ok_and(|took| *took > ASKED), "number"),
        (lists > ASKED, "lists"),
        (rebuilt > REBUILT.0 || memory > REBUILT.1, "rebuild"),
    ];
    let below: Vec<&str> = below.iter().filter(|(below, _)| *below).map(|(_, what)| *what).collect();
    let below = if below.is_empty() { String::new() } else { format!("  BELOW: {}", below.join(", ")) };
    let check = check.map_or("none".to_owned(), |took| format!("{took:.0}"));
    writeln!(
        table,
        "{claims:>14} {documents:>10} {added:>8.0} {:>12.0} {compare:>11.0} {series:>10.0} {check:>10} {lists:>9.0} {all:>7.0} \
         {rebuilt:>10.1} {memory:>10.0}{below}",
        bytes as f64 / claims as f64,
    )?;
    Ok(())
}

/// The fastest of five whole runs, in milliseconds, once it is known that there is an answer.
fn asked(bilan: &Path, ledger: &Path, args: &[&str]) -> Result<f64> {
    let command = || {
        let mut command = Command::new(bilan);
        command.args(args).arg("--ledger").arg(ledger).stdin(Stdio::null());
        command
    };
    let output = command().output().with_context(|| format!("{}: cannot be run", bilan.display()))?;
    if !output.status.success() || output.stdout.len() < 200 {
        bail!("bilan {}: no answer\n{}", args.join(" "), String::from_utf8_lossy(&output.stderr));
    }
    let mut best = f64::INFINITY;
    for _ in 0..5 {
        let (took, _) = watched(command().stdout(Stdio::null()).stderr(Stdio::null()))?;
        best = best.min(took.as_secs_f64() * 1e3);
    }
    Ok(best)
}
