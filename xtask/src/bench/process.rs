//! Measures the command as a person runs it: memory as the input grows, and time to read one short file.
//!
//! In: the release binary. Out: two tables.
//!
//! The kernel forgets the high-water mark of a process that has ended, so it is asked all the while.

use crate::corpus::Corpus;
use anyhow::{Context, Result, bail};
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// How much more memory the largest input may take than the smallest, for it to be called flat.
const FLAT: f64 = 1.25;

/// A short file should be read in so many milliseconds.
const SHORT: f64 = 30.0;

/// Peak memory of `bilan read` on 10 MB to 1 GB.
pub fn memory(bilan: &Path, place: &Path, fast: bool) -> Result<String> {
    let sizes: &[u64] = if fast { &[10, 100] } else { &[10, 100, 1_000] };
    short_file(bilan, place)?;
    let mut table = String::from("bilan read, all cores       MB   seconds     MB/s  memory MB\n");
    let mut peaks = vec![];
    for size in sizes {
        let path = place.join("corpus.jsonl");
        let bytes = write_corpus(&path, size * 1_000_000)?;
        let result = watched(reading(bilan, &path).stdout(Stdio::null()));
        fs::remove_file(&path).with_context(|| format!("{}: cannot be removed", path.display()))?;
        let (took, peak) = result?;
        let (mb, seconds) = (bytes as f64 / 1e6, took.as_secs_f64());
        let peak = peak as f64 / 1e6;
        writeln!(table, "{:<23} {mb:>6.0} {seconds:>9.2} {:>8.1} {peak:>10.1}", "synthetic corpus", mb / seconds)?;
        peaks.push(peak);
    }
    let growth = peaks[peaks.len() - 1] / peaks[0].max(f64::MIN_POSITIVE);
    let verdict = if growth <= FLAT { "flat" } else { "BELOW: memory grows with the input" };
    writeln!(table, "memory of the largest input over the smallest: {growth:.2} ({verdict})")?;
    Ok(table)
}

/// Whole-process time of `bilan read` on one short file, the median of twenty.
pub fn start(bilan: &Path, place: &Path) -> Result<String> {
    let path = short_file(bilan, place)?;
    let mut runs = vec![];
    for _ in 0..20 {
        let start = Instant::now();
        reading(bilan, &path).stdout(Stdio::null()).stderr(Stdio::null()).status()?;
        runs.push(start.elapsed().as_secs_f64() * 1e3);
    }
    runs.sort_by(f64::total_cmp);
    let (median, last) = (runs[runs.len() / 2], runs[runs.len() - 1]);
    let verdict = if median < SHORT { "" } else { "  BELOW" };
    Ok(format!(
        "bilan read, one short file: median {median:.1} ms, slowest of 20 {last:.1} ms, goal {SHORT} ms{verdict}\n"
    ))
}

/// The most bytes that a process has held.
pub fn peak(process: &str) -> Result<u64> {
    let path = format!("/proc/{process}/status");
    let status = fs::read_to_string(&path).with_context(|| format!("{path}: cannot be read; memory needs Linux"))?;
    high_water(&status).with_context(|| format!("{path}: no VmHWM in it"))
}

fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: u64 = line.trim().strip_suffix(" kB")?.parse().ok()?;
    Some(kilobytes * 1024)
}

/// One short document, once it is known that `bilan read` reads it: the speed of nothing means nothing.
fn short_file(bilan: &Path, place: &Path) -> Result<PathBuf> {
    let path = place.join("short.jsonl");
    write_corpus(&path, 1)?;
    let output = reading(bilan, &path).output().with_context(|| format!("{}: cannot be run", bilan.display()))?;
    if !output.status.success() {
        bail!("{}: {}\n{}", path.display(), output.status, String::from_utf8_lossy(&output.stderr));
    }
    if output.stdout.is_empty() && output.stderr.is_empty() {
        bail!("`bilan read` printed nothing at all: it reads nothing yet");
    }
    Ok(path)
}

fn reading(bilan: &Path, path: &Path) -> Command {
    let mut command = Command::new(bilan);
    command.arg("read").arg(path).args(["--format", "jsonl"]).stdin(Stdio::null());
    command
}

pub fn watched(command: &mut Command) -> Result<(Duration, u64)> {
    let start = Instant::now();
    let mut child = command.spawn().with_context(|| crate::checkout::shown(command))?;
    let id = child.id().to_string();
    let mut last = 0;
    loop {
        // The last answer counts, not the largest: before it becomes bilan the child still has our memory.
        if let Ok(bytes) = peak(&id) {
            last = bytes;
        }
        if let Some(status) = child.try_wait()? {
            if !status.success() {
                bail!("{}: {status}", crate::checkout::shown(command));
            }
            return Ok((start.elapsed(), last));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
}

fn write_corpus(path: &Path, size: u64) -> Result<u64> {
    let failed = || format!("{}: cannot be written", path.display());
    let mut out = BufWriter::new(File::create(path).with_context(failed)?);
    let mut written = 0;
    for article in Corpus::new(1)? {
        let line = article.jsonl();
        out.write_all(line.as_bytes()).with_context(failed)?;
        written += line.len() as u64;
        if written >= size {
            break;
        }
    }
    out.flush().with_context(failed)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_mark_is_read_in_bytes() {
        assert_eq!(high_water("Name:\tx\nVmHWM:\t    2048 kB\nVmRSS:\t 10 kB\n"), Some(2_097_152));
        assert_eq!(high_water("Name:\tx\nState:\tZ (zombie)\n"), None);
    }
}
