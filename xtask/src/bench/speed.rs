//! Measures how fast one core reads text into claims.
//!
//! In: three bodies of text. Out: a table of MB/s and documents/s beside the goal, the slowest document, memory.
//!
//! The long bulletin is there for one thing: a pass that looks at every pair of a list is fast on news and takes
//! minutes on 2,000 lines.

use super::passes;
use crate::checkout::Checkout;
use crate::corpus::Corpus;
use anyhow::{Context, Result};
use bilan::mention::Look;
use bilan::pack::Packs;
use bilan::{Document, Reader};
use std::fmt::Write;
use std::fs;
use std::time::{Duration, Instant};

/// One body of text and the least speed it should have.
struct Body {
    name: &'static str,
    goal: f64,
    documents: Vec<Document>,
}

/// No document, however it is built, should be slower than this; MB/s.
const FLOOR: f64 = 5.0;

/// Figures and dates alone should be read at this, MB/s.
const MENTIONS: f64 = 100.0;

/// The table of all bodies.
pub fn measure(at: &Checkout, fast: bool) -> Result<String> {
    let (bytes, rounds) = if fast { (4_000_000, 3) } else { (20_000_000, 7) };
    let reader = Reader::new(Packs::embedded().context("the packs cannot be loaded")?);
    let mut table = String::from(
        "text to claims, one core    MB  documents     MB/s  goal  documents/s  slowest MB/s  claims  memory MB\n",
    );
    let (mut bodies, mut remarks) = (vec![], String::new());
    for body in [corpus(bytes), wikinews(at, bytes), bulletin(if fast { 5 } else { 40 })] {
        match body {
            Ok(body) => {
                row(&mut table, &reader, &body, rounds)?;
                bodies.push(body);
            }
            Err(error) => writeln!(remarks, "NOT MEASURED {error:#}")?,
        }
    }
    table += &remarks;
    table += "figures and dates alone\n";
    for body in &bodies {
        table += &mentions(&reader, body, rounds);
    }
    table += passes::HEAD;
    for body in &bodies {
        table += &passes::row(&reader, body.name, &body.documents, rounds)?;
    }
    Ok(table)
}

fn row(table: &mut String, reader: &Reader, body: &Body, rounds: usize) -> Result<()> {
    let bytes: usize = body.documents.iter().map(|document| document.text.len()).sum();
    let mut best = vec![Duration::MAX; body.documents.len()];
    let (mut totals, mut claims) = (vec![], 0);
    // The first round warms caches and is not counted.
    for round in 0..=rounds {
        let (mut total, mut found) = (Duration::ZERO, 0);
        for (document, best) in body.documents.iter().zip(&mut best) {
            let document = document.clone();
            let start = Instant::now();
            let reading = reader.read(document);
            let took = start.elapsed();
            found += reading.claims.len();
            *best = took.min(*best);
            total += took;
        }
        claims = found;
        if round > 0 {
            totals.push(total);
        }
    }
    totals.sort();
    let seconds = totals[totals.len() / 2].as_secs_f64();
    // A short document is all overhead: it says nothing about how the passes grow.
    let slowest = body.documents.iter().zip(&best).filter(|(document, _)| document.text.len() >= 2_000);
    let slowest = slowest.map(|(document, took)| speed(document.text.len(), *took)).fold(f64::INFINITY, f64::min);
    let speed = bytes as f64 / 1e6 / seconds;
    writeln!(
        table,
        "{:<25} {:>4.0} {:>10} {:>8.1} {:>5.0} {:>12.0} {:>13.1} {:>7} {:>10.1}  {}",
        body.name,
        bytes as f64 / 1e6,
        body.documents.len(),
        speed,
        body.goal,
        body.documents.len() as f64 / seconds,
        slowest,
        claims,
        memory(reader, body)?,
        match claims {
            0 => "no claim found: this speed means nothing",
            _ if speed < body.goal || slowest < FLOOR => "BELOW",
            _ => "",
        },
    )?;
    Ok(())
}

/// The row of figures and dates alone: the median of so many rounds.
fn mentions(reader: &Reader, body: &Body, rounds: usize) -> String {
    let bytes: usize = body.documents.iter().map(|document| document.text.len()).sum();
    let (mut times, mut found) = (vec![], 0);
    for _ in 0..=rounds {
        let start = Instant::now();
        found = body.documents.iter().map(|document| reader.mentions(document, Look::Back).len()).sum();
        times.push(start.elapsed());
    }
    // The first round warms caches.
    times[1..].sort();
    let speed = speed(bytes, times[1 + rounds / 2]);
    let (megabytes, documents) = (bytes as f64 / 1e6, body.documents.len());
    let below = if speed < MENTIONS { "  BELOW" } else { "" };
    format!(
        "{:<25} {megabytes:>4.0} {documents:>10} {speed:>8.1} {MENTIONS:>5.0}  {found} mentions{below}\n",
        body.name
    )
}

/// The most memory that reading takes beside the texts themselves, in MB.
fn memory(reader: &Reader, body: &Body) -> Result<f64> {
    // Writing 5 lowers the high-water mark to what is held now.
    fs::write("/proc/self/clear_refs", "5").context("/proc/self/clear_refs: the peak cannot be reset")?;
    let held = super::process::peak("self")?;
    for document in &body.documents {
        reader.read(document.clone());
    }
    // The allocator may have given back more meanwhile than was taken.
    Ok(super::process::peak("self")?.saturating_sub(held) as f64 / 1e6)
}

fn speed(bytes: usize, took: Duration) -> f64 {
    bytes as f64 / 1e6 / took.as_secs_f64().max(1e-9)
}

fn corpus(bytes: usize) -> Result<Body> {
    let (mut documents, mut sum) = (vec![], 0);
    for article in Corpus::new(1)? {
        let document = document(&article.published, &format!("{}\n\n{}", article.title, article.text))?;
        sum += document.text.len();
        documents.push(document);
        if sum >= bytes {
            break;
        }
    }
    Ok(Body { name: "synthetic corpus", goal: 40.0, documents })
}

fn wikinews(at: &Checkout, bytes: usize) -> Result<Body> {
    let path = at.shared.join("suites/wikinews-fr.jsonl");
    let lines = fs::read_to_string(&path).with_context(|| format!("{}: cannot be read", path.display()))?;
    let mut once = vec![];
    for (number, line) in lines.lines().enumerate() {
        let place = || format!("{}:{}: not a document", path.display(), number + 1);
        let row: serde_json::Value = serde_json::from_str(line).with_context(place)?;
        let text = row["text"].as_str().with_context(place)?;
        once.push(document(row["published"].as_str().with_context(place)?, text)?);
    }
    let size: usize = once.iter().map(|document| document.text.len()).sum();
    let times = bytes.div_ceil(size.max(1));
    let documents = std::iter::repeat_with(|| once.clone()).take(times).flatten().collect();
    Ok(Body { name: "wikinews, repeated", goal: 20.0, documents })
}

/// One invented page of 2,000 items, read so many times.
fn bulletin(times: usize) -> Result<Body> {
    let things = ["chars", "véhicules blindés", "pièces d'artillerie", "drones", "avions", "hélicoptères", "navires"];
    let mut text = String::from(
        "Les pertes de l'armée karsénienne (INVENTED)\n\nSelon l'état-major valdorien, les pertes karséniennes du \
         24 février au 19 mars s'élèvent à :\n",
    );
    for line in 0..2_000 {
        let thing = things[line % things.len()];
        text += &format!("{thing} – {} (+{})\n", 3_500 + line * 7, 2 + line % 40);
    }
    let documents = vec![document("2024-03-19", &text)?; times];
    Ok(Body { name: "bulletin of 2,000 lines", goal: FLOOR, documents })
}

/// A document as the engine takes it, with an address as most have.
fn document(published: &str, text: &str) -> Result<Document> {
    let published = published.parse().with_context(|| format!("{published}: not a date"))?;
    Ok(Document {
        id: "bench".into(),
        hash: "bench".into(),
        text_hash: "bench".into(),
        text: text.into(),
        title: text.find("\n\n").unwrap_or(0) as u32,
        url: Some("https://www.example.org/2024/invented".into()),
        outlet: None,
        lang: Some("fr".into()),
        published: Some(published),
        boilerplate: vec![],
        remarks: vec![],
    })
}
