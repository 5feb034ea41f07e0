//! Measures the page and the API over a ledger of a million claims: alone, and with two hundred readers beside an adder.
//!
//! In: the release binary and an invented war. Out: two tables, each figure beside its goal.
//!
//! A page from the shelf costs nothing; what a person waits for is the page that nobody has asked for yet. So the first
//! answer of each address counts, and the readers ask also for documents and figures that nobody reads twice.

use super::ledger::{add, made, war};
use super::process::peak;
use anyhow::{Context, Result, bail, ensure};
use bilan_ledger::{Access, Filter, Ledger};
use std::fmt::Write as _;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// The first byte comes within so many milliseconds.
const FIRST: f64 = 200.0;
/// A page with all that it brings along has at most so many kilobytes, packed.
const PAGE: f64 = 150.0;
/// So many readers at once, for so many seconds.
const READERS: (usize, u64) = (200, 60);
/// Of a hundred answers under that load, ninety-nine come within so many milliseconds.
const SLOWEST: f64 = 300.0;
/// Memory of the server, in megabytes.
const MEMORY: f64 = 500.0;
/// The adder brings a day of the war, about two hundred documents, so often.
const ADDS_EVERY: Duration = Duration::from_secs(2);

/// What every page brings along.
const ASSETS: [&str; 4] = ["/style.css", "/page.js", "/font/regular.woff2", "/font/bold.woff2"];

/// Walks every route, then lets the readers come.
pub fn measure(bilan: &Path, place: &Path, fast: bool) -> Result<String> {
    let path = place.join("served.db");
    let days = if fast { 120 } else { 1200 };
    let war = war(days + 100);
    let (_, claims, _) = made(&path, &war, days)?;
    let known = Known::of(&path)?;
    let server = Server::start(bilan, &path)?;
    let mut table = format!("serve, {claims} claims          first byte ms  again ms  kB packed\n");
    let assets = ASSETS.iter().map(|path| Ok(server.ask(path, None)?.bytes)).sum::<Result<usize>>()?;
    let mut below = Vec::new();
    for (path, body) in known.addresses() {
        let (first, again) = (server.ask(&path, body)?, server.ask(&path, body)?);
        let page = if first.html { (first.bytes + assets) as f64 / 1e3 } else { first.bytes as f64 / 1e3 };
        let slow = first.first_byte > FIRST || (first.html && page > PAGE);
        below.extend(slow.then(|| path.clone()));
        let mark = if slow { "  BELOW" } else { "" };
        let shown: String = path.chars().take(70).collect();
        writeln!(table, "{shown:<70} {:>8.0} {:>9.0} {page:>10.1}{mark}", first.first_byte, again.first_byte)?;
    }
    writeln!(
        table,
        "goals: first byte within {FIRST} ms, a page with style, script and fonts within {PAGE} kB packed; {} below",
        below.len()
    )?;
    let alone = peak(&server.child.id().to_string())? as f64 / 1e6;
    let added = AtomicBool::new(false);
    let seconds = if fast { 10 } else { READERS.1 };
    let load = std::thread::scope(|scope| -> Result<Load> {
        let stop = &added;
        let adder = scope.spawn(|| adding(&path, &war, days, stop));
        let load = read_for(&server, &known, Duration::from_secs(seconds));
        stop.store(true, Ordering::Relaxed);
        let batches = adder.join().map_err(|_| anyhow::anyhow!("the adder panicked"))??;
        Ok(Load { batches, ..load? })
    })?;
    let memory = peak(&server.child.id().to_string())? as f64 / 1e6;
    let mark = |below: bool| if below { "  BELOW" } else { "" };
    writeln!(table, "\n{} readers for {seconds} s, {} batches added meanwhile", READERS.0, load.batches)?;
    writeln!(
        table,
        "answers {} ({:.0}/s), errors {}{}",
        load.times.len(),
        load.times.len() as f64 / seconds as f64,
        load.errors,
        mark(load.errors > 0)
    )?;
    let at = |share: f64| load.times[((load.times.len() - 1) as f64 * share) as usize];
    writeln!(
        table,
        "median {:.0} ms, p90 {:.0} ms, p99 {:.0} ms (goal {SLOWEST}){}, slowest {:.0} ms",
        at(0.5),
        at(0.9),
        at(0.99),
        mark(at(0.99) > SLOWEST),
        at(1.0)
    )?;
    writeln!(
        table,
        "memory: {alone:.0} MB after the walk, {memory:.0} MB after the readers (goal {MEMORY}){}",
        mark(memory > MEMORY)
    )?;
    for error in load.first_errors {
        writeln!(table, "error: {error}")?;
    }
    Ok(table)
}

/// Figures and documents of the ledger to ask for.
struct Known {
    figures: Vec<String>,
    documents: Vec<String>,
}

impl Known {
    fn of(path: &Path) -> Result<Known> {
        let ledger = Ledger::open_read_only(path)?;
        let all = ledger.size()? as i64;
        let mut figures = Vec::new();
        for nth in 0..200 {
            let filter = Filter { after: Some(all / 201 * nth), limit: Some(1), ..Filter::default() };
            figures.extend(ledger.claims(&filter)?.into_iter().map(|row| row.figure));
        }
        let documents = ledger.documents(0, 200, Access::Internal)?.into_iter().map(|row| row.hash).collect();
        Ok(Known { figures, documents })
    }

    /// Every route, some in several forms; with a body, it is posted.
    fn addresses(&self) -> Vec<(String, Option<&'static str>)> {
        let (figure, document) = (&self.figures[100], &self.documents[100]);
        let tank = "side=XB&counted=tank";
        let mut all: Vec<String> = [
            "/",
            "/series",
            "/claims",
            "/documents",
            "/check",
            "/review",
            "/methods",
            "/api",
            "/token",
            "/feed.atom",
            "/openapi.json",
            "/favicon.ico",
        ]
        .map(str::to_owned)
        .to_vec();
        all.extend(ASSETS.map(str::to_owned));
        all.extend([
            format!("/?{tank}&on=2034-04-14"),
            format!("/?{tank}&on=2032-06-01&lang=fr"),
            format!("/?{tank}&on=2032-06-01&known=2035-01-01"),
            format!("/series?{tank}"),
            format!("/series?{tank}&claimant=XA/general-staff"),
            "/claims?side=XB&counted=drone".into(),
            "/claims?words=tank+staff".into(),
            "/claims?words=according&after=500000".into(),
            "/claims?from=2031-03-01&to=2031-03-01&counted=tank".into(),
            "/claims?place=XB&claimant=XC".into(),
            "/documents?after=50000".into(),
            format!("/statement/{figure}?n=0"),
            format!("/document/{document}"),
            format!("/review?{tank}"),
            format!("/compare.csv?{tank}&on=2034-04-14"),
            format!("/compare.svg?{tank}&on=2034-04-14"),
            format!("/compare.png?{tank}&on=2034-04-14"),
            format!("/series.csv?{tank}"),
            format!("/series.svg?{tank}"),
            format!("/series.png?{tank}"),
            "/claims.csv?document=nothing-of-that-name".into(),
            "/claims.json?words=tank&from=2031-03-01&to=2031-03-01".into(),
            "/api/v1/documents".into(),
            format!("/api/v1/documents/{document}"),
            "/api/v1/claims?side=XB".into(),
            "/api/v1/search?words=submarine".into(),
            format!("/api/v1/statements?{tank}"),
            format!("/api/v1/series?{tank}"),
            format!("/api/v1/compare?{tank}&on=2034-04-14"),
            format!("/api/v1/cite/{figure}"),
            "/api/v1/export/csv?side=XB&limit=1000".into(),
            "/api/v1/review".into(),
        ]);
        let mut all: Vec<_> = all.into_iter().map(|path| (path, None)).collect();
        all.push(("/check".into(), Some("text=L%27arm%C3%A9e+a+perdu+10%C2%A0466+chars.&language=fr")));
        all.push(("/api/v1/check".into(), Some("{\"text\": \"12 chars ont été détruits.\", \"language\": \"fr\"}")));
        all
    }

    /// What a reader asks for next: a view that many look at, or now and then a figure or a document of its own.
    fn next(&self, nth: usize) -> String {
        const VIEWS: [&str; 12] = [
            "/",
            "/?side=XB&counted=tank",
            "/?side=XB&counted=military",
            "/?side=XA&counted=drone&lang=fr",
            "/series?side=XB&counted=tank",
            "/series?side=XB&counted=aircraft&claimant=XA/general-staff",
            "/claims",
            "/claims?words=tank",
            "/claims?side=XA&counted=ship",
            "/documents",
            "/methods",
            "/api/v1/compare?side=XB&counted=tank",
        ];
        match nth % 20 {
            7 => format!("/document/{}", self.documents[nth / 20 % self.documents.len()]),
            13 => format!("/statement/{}?n=0", self.figures[nth / 20 % self.figures.len()]),
            _ => VIEWS[nth % VIEWS.len()].to_owned(),
        }
    }
}

/// A server under measurement; it ends when dropped.
struct Server {
    child: Child,
    address: String,
}

/// An answer, timed from the request on.
struct Answer {
    first_byte: f64,
    bytes: usize,
    html: bool,
}

impl Server {
    fn start(bilan: &Path, ledger: &Path) -> Result<Server> {
        let mut command = Command::new(bilan);
        command.args(["serve", "--listen", "127.0.0.1:0", "--ledger"]).arg(ledger).stdin(Stdio::null());
        let mut child = command.stdout(Stdio::piped()).spawn().context("bilan serve cannot be started")?;
        let mut line = String::new();
        BufReader::new(child.stdout.take().context("its output is gone")?).read_line(&mut line)?;
        let address = line.split('/').nth(2).unwrap_or_default().to_owned();
        let server = Server { child, address };
        ensure!(server.address.contains(':'), "bilan serve printed `{}`, and no address", line.trim());
        Ok(server)
    }

    /// Asks on a connection of its own.
    fn ask(&self, path: &str, body: Option<&str>) -> Result<Answer> {
        let mut to = self.connect()?;
        let answer = exchange(&mut to, path, body).with_context(|| path.to_owned())?;
        Ok(answer)
    }

    fn connect(&self) -> Result<BufReader<TcpStream>> {
        let stream = TcpStream::connect(&self.address)?;
        stream.set_nodelay(true)?;
        stream.set_read_timeout(Some(Duration::from_secs(30)))?;
        Ok(BufReader::new(stream))
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// One request and its whole answer; another may follow on the same connection.
fn exchange(on: &mut BufReader<TcpStream>, path: &str, body: Option<&str>) -> Result<Answer> {
    let head = "Host: 127.0.0.1\r\nAccept-Encoding: gzip\r\nAccept-Language: en\r\n";
    let request = match body {
        None => format!("GET {path} HTTP/1.1\r\n{head}\r\n"),
        Some(body) => {
            let kind = if body.starts_with('{') { "application/json" } else { "application/x-www-form-urlencoded" };
            format!(
                "POST {path} HTTP/1.1\r\n{head}Content-Type: {kind}\r\nContent-Length: {}\r\n\r\n{body}",
                body.len()
            )
        }
    };
    let start = Instant::now();
    on.get_mut().write_all(request.as_bytes())?;
    ensure!(!on.fill_buf()?.is_empty(), "the connection ended");
    let first_byte = start.elapsed().as_secs_f64() * 1e3;
    let (mut status, mut length, mut html, mut line) = (String::new(), None, false, String::new());
    loop {
        line.clear();
        on.read_line(&mut line)?;
        let told = line.trim_end().to_ascii_lowercase();
        if told.is_empty() {
            break;
        }
        match told.split_once(": ") {
            None => status = told,
            Some(("content-length", bytes)) => length = bytes.parse::<usize>().ok(),
            Some(("content-type", kind)) => html = kind.starts_with("text/html"),
            Some(_) => {}
        }
    }
    let code = status.split(' ').nth(1).unwrap_or_default();
    let bytes = if code == "204" { 0 } else { length.context("an answer without length")? };
    let mut rest = vec![0; bytes];
    on.read_exact(&mut rest)?;
    if !matches!(code, "200" | "204") {
        bail!("{status}");
    }
    Ok(Answer { first_byte, bytes, html })
}

/// What the readers met.
struct Load {
    /// Of whole answers, in milliseconds, sorted.
    times: Vec<f64>,
    errors: usize,
    first_errors: Vec<String>,
    batches: usize,
}

fn read_for(server: &Server, known: &Known, time: Duration) -> Result<Load> {
    let end = Instant::now() + time;
    let each = std::thread::scope(|scope| {
        let readers: Vec<_> =
            (0..READERS.0).map(|reader| scope.spawn(move || read(server, known, reader, end))).collect();
        readers.into_iter().map(|reader| reader.join()).collect::<Vec<_>>()
    });
    let mut load = Load { times: vec![], errors: 0, first_errors: vec![], batches: 0 };
    for reader in each {
        let (times, errors) = reader.map_err(|_| anyhow::anyhow!("a reader panicked"))?;
        load.times.extend(times);
        load.errors += errors.len();
        load.first_errors.extend(errors);
    }
    load.first_errors.truncate(3);
    load.times.sort_by(f64::total_cmp);
    ensure!(!load.times.is_empty(), "no reader was answered: {:?}", load.first_errors);
    Ok(load)
}

/// One reader: the next page as soon as the last one is there, on one connection as browsers have it.
fn read(server: &Server, known: &Known, reader: usize, end: Instant) -> (Vec<f64>, Vec<String>) {
    let (mut times, mut errors, mut connection, mut nth) = (vec![], vec![], None, reader * 7);
    while Instant::now() < end {
        let path = known.next(nth);
        nth += 1;
        let start = Instant::now();
        let answer = match connection.take().map_or_else(|| server.connect(), Ok) {
            Ok(mut open) => exchange(&mut open, &path, None).map(|_| connection = Some(open)),
            Err(error) => Err(error),
        };
        match answer {
            Ok(()) => times.push(start.elapsed().as_secs_f64() * 1e3),
            Err(error) => errors.push(format!("{path}: {error:#}")),
        }
    }
    (times, errors)
}

/// Adds a day of the war again and again, until told to stop: this process is not the one that serves.
fn adding(path: &Path, war: &super::ledger::invented::War, from: usize, stop: &AtomicBool) -> Result<usize> {
    let mut ledger = Ledger::open(path)?;
    let mut batches = 0;
    while !stop.load(Ordering::Relaxed) && batches < 100 {
        let day = from + batches;
        add(&mut ledger, war, day..day + 1)?;
        batches += 1;
        std::thread::sleep(ADDS_EVERY);
    }
    Ok(batches)
}
