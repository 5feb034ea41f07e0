//! Measures speed and memory of a release build.
//!
//! In: a checkout. Out: tables of what it does beside what it should do.
//!
//! Speed is measured inside the engine, not through the command: starting, parsing JSON and printing would hide it. So
//! the task builds itself once more, in release and with the engine in it, and lets that one measure.

#[cfg(feature = "engine")]
mod alike;
#[cfg(feature = "engine")]
mod archive;
#[cfg(feature = "engine")]
mod ledger;
#[cfg(feature = "engine")]
mod pages;
#[cfg(feature = "engine")]
mod passes;
#[cfg(feature = "engine")]
mod process;
#[cfg(feature = "engine")]
mod serve;
#[cfg(feature = "engine")]
mod speed;

use crate::checkout::Checkout;
use anyhow::Result;
use std::path::Path;

/// As in the command: what is measured is what people run.
#[cfg(feature = "engine")]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// Builds release, then measures in it.
#[cfg(not(feature = "engine"))]
pub fn run(at: &Checkout, fast: bool, only: Option<&str>) -> Result<()> {
    use crate::checkout::run as run_command;

    run_command(&mut at.cargo(&["build", "--release", "--package", "bilan-cli"]))?;
    let mut command =
        at.cargo(&["run", "--release", "--quiet", "--package", "xtask", "--features", "engine", "--", "bench"]);
    command.args(fast.then_some("--fast"));
    run_command(command.args(only.map(|table| format!("--only={table}"))))
}

/// Builds release, then reads a folder of pages in it.
#[cfg(not(feature = "engine"))]
pub fn pages(at: &Checkout, folder: &Path, python: &Path) -> Result<()> {
    let mut command =
        at.cargo(&["run", "--release", "--quiet", "--package", "xtask", "--features", "engine", "--", "pages"]);
    let folder = std::path::absolute(folder)?;
    crate::checkout::run(command.arg(folder).arg("--python").arg(python))
}

/// Reads a folder of pages, and compares.
#[cfg(feature = "engine")]
pub fn pages(at: &Checkout, folder: &Path, python: &Path) -> Result<()> {
    println!("{}\n", machine());
    println!("{}", pages::measure(at, folder, python)?);
    Ok(())
}

/// Measures, every table even when one fails.
#[cfg(feature = "engine")]
pub fn run(at: &Checkout, fast: bool, only: Option<&str>) -> Result<()> {
    use crate::checkout::output;
    use anyhow::Context;

    let place = at.target.join("bench");
    std::fs::create_dir_all(&place).with_context(|| format!("{}: cannot be made", place.display()))?;
    let commit = output(&mut at.command("git", &["log", "-1", "--format=%h of %ad", "--date=short"]));
    println!("{}{}\n", commit.unwrap_or_default(), machine());

    let bilan = at.target.join("release/bilan");
    type Part<'p> = (&'p str, &'p dyn Fn() -> Result<String>);
    let parts: [Part; 7] = [
        ("speed", &|| speed::measure(at, fast)),
        ("memory", &|| process::memory(&bilan, &place, fast)),
        ("start", &|| process::start(&bilan, &place)),
        ("ledger", &|| ledger::measure(&bilan, &place, fast)),
        ("serve", &|| serve::measure(&bilan, &place, fast)),
        ("alike", &|| alike::measure(fast)),
        ("archive", &|| archive::measure(&place, fast)),
    ];
    if let Some(only) = only.filter(|only| parts.iter().all(|(name, _)| name != only)) {
        anyhow::bail!("no table is called `{only}`; expected {}", parts.map(|(name, _)| name).join(", "));
    }
    let mut failed = vec![];
    for (name, measure) in parts.iter().filter(|(name, _)| only.is_none_or(|only| only == *name)) {
        match measure() {
            Ok(table) => println!("{table}"),
            Err(error) => failed.push(format!("{name}: {error:#}")),
        }
    }
    if failed.is_empty() { Ok(()) } else { Err(anyhow::anyhow!(failed.join("\n"))) }
}

/// What it ran on: a speed without its machine says nothing.
#[cfg(feature = "engine")]
fn machine() -> String {
    let read = |path: &str| std::fs::read_to_string(path).unwrap_or_default();
    let cpus = read("/proc/cpuinfo");
    let model = cpus.lines().find_map(|line| line.strip_prefix("model name")?.split(": ").nth(1));
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let load = read("/proc/loadavg");
    let load = load.split(' ').next().unwrap_or("unknown");
    format!("{}, {cores} cores, load {load} (other work on the machine slows every figure)", model.unwrap_or("unknown"))
}
