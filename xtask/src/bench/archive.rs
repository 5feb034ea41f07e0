//! Measures how fast the pages of a crawl are read, and whether a long archive costs more memory than a short one.
//!
//! In: an invented WARC.gz, made for this and removed behind it. Out: MB/s of unpacked bytes beside unpacking alone,
//! the first and the last tenth of a long archive, memory.
//!
//! Each page is packed by itself, as crawlers do: a member of ten kilobytes is the hard case for whoever unpacks. Two
//! programs that take turns on a busy machine cannot be timed by the clock on the wall: the processor's time counts.

use crate::corpus::Corpus;
use anyhow::{Context, Result, bail};
use bilan_archive::Unpacked;
use bilan_archive::warc::Records;
use flate2::Compression;
use flate2::write::GzEncoder;
use std::fmt::Write as _;
use std::fs::{self, File};
use std::io::{self, BufReader, BufWriter, Read, Write};
use std::path::Path;

/// The least share of the speed of unpacking alone.
const SHARE: f64 = 0.6;

/// Most memory on a long archive, in MB.
const MEMORY: f64 = 300.0;

/// How much slower the last tenth may be than the first.
const SLOWER: f64 = 0.9;

/// The table.
pub fn measure(place: &Path, fast: bool) -> Result<String> {
    let (short, long) = if fast { (30, 200) } else { (150, 2_000) };
    let path = place.join("crawl.warc.gz");
    let measured =
        short_archive(&path, short * 1_000_000).and_then(|table| Ok(table + &long_archive(&path, long * 1_000_000)?));
    let _ = fs::remove_file(&path);
    measured
}

fn short_archive(path: &Path, size: u64) -> Result<String> {
    let (pages, bytes) = write(path, size)?;
    let (mut alone, mut records) = (f64::INFINITY, f64::INFINITY);
    for _ in 0..5 {
        let start = processor()?;
        let mut input = flate2::bufread::MultiGzDecoder::new(BufReader::with_capacity(1 << 16, File::open(path)?));
        let mut buffer = vec![0; 1 << 16];
        while input.read(&mut buffer)? > 0 {}
        alone = alone.min(processor()? - start);
        let start = processor()?;
        let read = read(path, |_| ())?;
        records = records.min(processor()? - start);
        if read != pages {
            bail!("{read} pages were read of {pages}");
        }
    }
    let mb = bytes as f64 / 1e6;
    let share = alone / records;
    let below = if share < SHARE { "  BELOW" } else { "" };
    let mut table = format!("a crawl of {pages} pages, {mb:.0} MB      MB/s  of unpacking alone  goal\n");
    writeln!(table, "{:<33} {:>9.0}", "unpacking alone", mb / alone)?;
    writeln!(table, "{:<33} {:>9.0} {share:>19.2} {SHARE:>5}{below}", "its records", mb / records)?;
    Ok(table)
}

fn long_archive(path: &Path, size: u64) -> Result<String> {
    let (pages, bytes) = write(path, size)?;
    fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs: the peak cannot be reset")?;
    let mut times = vec![processor()?];
    let tenth = pages / 10;
    let mut seen = 0;
    read(path, |_| {
        seen += 1;
        if seen % tenth == 0 {
            times.extend(processor());
        }
    })?;
    let memory = super::process::peak("self")? as f64 / 1e6;
    let speed = |n: usize| bytes as f64 / 1e7 / (times[n + 1] - times[n]);
    let (first, last) = (speed(0), speed(9));
    let slow = if last / first < SLOWER { "  BELOW" } else { "" };
    let heavy = if memory > MEMORY { "  BELOW" } else { "" };
    Ok(format!(
        "{pages} pages, {:.0} MB: first tenth {first:.0} MB/s, last tenth {last:.0} MB/s{slow}; {memory:.0} MB of memory, goal {MEMORY}{heavy}\n",
        bytes as f64 / 1e6
    ))
}

/// Seconds that this thread has had the processor.
fn processor() -> Result<f64> {
    let at = "/proc/thread-self/schedstat";
    let read = fs::read_to_string(at).with_context(|| format!("{at}: cannot be read"))?;
    let nanoseconds: f64 = read.split(' ').next().unwrap_or("").parse().with_context(|| format!("{at}: no number"))?;
    Ok(nanoseconds / 1e9)
}

fn read(path: &Path, mut page: impl FnMut(&[u8])) -> Result<u64> {
    let input = Unpacked::new(BufReader::with_capacity(1 << 16, File::open(path)?))?;
    let mut pages = 0;
    for record in Records::new(input, 64 << 20) {
        match record {
            Ok(record) => page(&record.body),
            Err(broken) => bail!("{}: {}", broken.place, broken.what),
        }
        pages += 1;
    }
    Ok(pages)
}

/// Writes an archive of so many unpacked bytes, and says how many pages and bytes there are.
fn write(path: &Path, size: u64) -> Result<(u64, u64)> {
    let file = File::create(path).with_context(|| format!("{}: cannot be written", path.display()))?;
    let mut out = BufWriter::with_capacity(1 << 20, file);
    // Each page holds several articles; making them anew for two gigabytes would take longer than reading them.
    let articles: Vec<_> = Corpus::new(9)?.take(4_000).collect();
    let (mut pages, mut bytes) = (0, 0);
    while bytes < size {
        let mut body = String::from("<html><head><title>INVENTED</title></head><body>");
        for n in 0..6 {
            let article = &articles[(pages as usize * 7 + n * 611) % articles.len()];
            write!(
                body,
                "<div class=\"card\" id=\"{pages}-{n}\"><h2>{}</h2><p>{}</p></div>",
                article.title, article.text
            )?;
        }
        let answer = format!("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n{body}</body></html>");
        bytes += member(&mut out, pages, "request", "GET / HTTP/1.1\r\nHost: example.org\r\n\r\n")?;
        bytes += member(&mut out, pages, "response", &answer)?;
        pages += 1;
    }
    out.flush()?;
    Ok((pages, bytes))
}

fn member(out: &mut impl Write, number: u64, kind: &str, block: &str) -> io::Result<u64> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:invented:{kind}:{number}>\r\n\
         WARC-Target-URI: https://example.org/{number}\r\nWARC-Date: 2031-06-12T08:30:00Z\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        block.len()
    );
    let mut encoder = GzEncoder::new(out, Compression::fast());
    encoder.write_all(head.as_bytes())?;
    encoder.write_all(block.as_bytes())?;
    encoder.write_all(b"\r\n\r\n")?;
    encoder.finish()?;
    Ok((head.len() + block.len() + 4) as u64)
}
