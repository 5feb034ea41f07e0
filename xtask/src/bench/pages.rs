//! Measures what is kept of real pages, and how fast, beside trafilatura on the same pages in the same run.
//!
//! In: a folder of pages with `pages.jsonl`: passages that the article must hold and must not. Out: shares, MB/s, and
//! each passage that failed.
//!
//! "Must not" is asked of the body: a headline is no furniture, though it stands in a teaser of the same page too.
//! It is another's word: a caption is not the article to a corpus of prose and is to us, who look for figures.
//! So every passage that fails is printed with what stands around it, and a person can judge.

use crate::checkout::{Checkout, output};
use anyhow::{Context, Result, bail};
use bilan::Reader;
use bilan::document::{Given, open};
use bilan::pack::Packs;
use serde::Deserialize;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

/// The share of passages that must be in the text, and of those that must not be and are not.
const KEPT: f64 = 0.97;
const LEFT_OUT: f64 = 0.93;

/// MB/s of one core, from bytes to text.
const SPEED: f64 = 8.0;

/// Times each page is read; the best counts.
const ROUNDS: usize = 3;

/// A line of `pages.jsonl`.
#[derive(Deserialize)]
struct Page {
    file: String,
    url: String,
    with: Vec<String>,
    without: Vec<String>,
}

/// The texts that one program made of the pages, in order.
struct Texts {
    name: String,
    /// Each with the bytes of it that are its title.
    texts: Vec<(usize, String)>,
    seconds: f64,
}

/// The table, and the passages that failed.
pub fn measure(at: &Checkout, folder: &Path, python: &Path) -> Result<String> {
    let list = folder.join("pages.jsonl");
    let lines = fs::read_to_string(&list).with_context(|| format!("{}: cannot be read", list.display()))?;
    let pages: Vec<Page> = lines
        .lines()
        .enumerate()
        .map(|(number, line)| {
            serde_json::from_str(line).with_context(|| format!("{}:{}: not a page", list.display(), number + 1))
        })
        .collect::<Result<_>>()?;
    let bytes: Vec<Vec<u8>> = pages
        .iter()
        .map(|page| fs::read(folder.join(&page.file)).with_context(|| format!("{}: cannot be read", page.file)))
        .collect::<Result<_>>()?;
    let size = bytes.iter().map(Vec::len).sum::<usize>() as f64 / 1e6;
    let (ours, article) = ours(&pages, &bytes)?;
    let mut table = format!(
        "{} pages, {size:.1} MB{:>20}kept  left out      MB/s\n{:38}{KEPT:>9.2} {LEFT_OUT:>9.2} {SPEED:>9.1}  goal\n",
        pages.len(),
        "",
        ""
    );
    let mut failures = String::new();
    for texts in [Ok(ours), Ok(article), others(at, folder, python, &pages)] {
        match texts {
            Ok(texts) => table += &row(&texts, &pages, size, &mut failures),
            Err(error) => table += &format!("NOT MEASURED trafilatura: {error:#}\n"),
        }
    }
    Ok(format!("{table}\n{failures}"))
}

/// What we keep of each page, and the same without what the packs take for the publisher's own text.
fn ours(pages: &[Page], bytes: &[Vec<u8>]) -> Result<(Texts, Texts)> {
    let reader = Reader::new(Packs::embedded().context("the packs cannot be loaded")?);
    let mut whole = Texts { name: "bilan".into(), texts: vec![], seconds: 0.0 };
    let mut article = Texts { name: "bilan, its boilerplate taken out".into(), texts: vec![], seconds: 0.0 };
    for (page, bytes) in pages.iter().zip(bytes) {
        let url = Some(page.url.clone()).filter(|url| url.starts_with("http"));
        let given = Given { url, ..Given::default() };
        let mut best = Duration::MAX;
        let mut document = None;
        for _ in 0..ROUNDS {
            let start = Instant::now();
            document = open(&page.file, &bytes[..], &given).next();
            best = best.min(start.elapsed());
        }
        whole.seconds += best.as_secs_f64();
        let Some(Ok(document)) = document else {
            whole.texts.push((0, String::new()));
            article.texts.push((0, String::new()));
            continue;
        };
        let reading = reader.read(document);
        let (mut text, mut from) = (String::new(), 0);
        for span in &reading.document.boilerplate {
            text += reading.document.text.get(from..span.start as usize).unwrap_or("");
            from = span.end as usize;
        }
        text += &reading.document.text[from..];
        let title = reading.document.title as usize;
        whole.texts.push((title, reading.document.text));
        article.texts.push((title, text));
    }
    Ok((whole, article))
}

/// What trafilatura keeps of each page.
fn others(at: &Checkout, folder: &Path, python: &Path, pages: &[Page]) -> Result<Texts> {
    #[derive(Deserialize)]
    struct Line {
        text: String,
        seconds: f64,
    }
    let python = python.to_str().context("the path of Python is no text")?;
    let folder = folder.to_str().context("the path of the pages is no text")?;
    let printed = output(&mut at.command(python, &["-c", include_str!("trafilatura.py"), folder]))?;
    let mut lines = printed.lines();
    let head: serde_json::Value = serde_json::from_str(lines.next().unwrap_or("{}"))?;
    let mut texts =
        Texts { name: format!("trafilatura {}", head["version"].as_str().unwrap_or("?")), texts: vec![], seconds: 0.0 };
    for line in lines {
        let line: Line = serde_json::from_str(line)?;
        texts.texts.push((0, line.text));
        texts.seconds += line.seconds;
    }
    if texts.texts.len() != pages.len() {
        bail!("{} texts for {} pages", texts.texts.len(), pages.len());
    }
    Ok(texts)
}

fn row(texts: &Texts, pages: &[Page], size: f64, failures: &mut String) -> String {
    let (mut with, mut kept, mut without, mut out) = (0, 0, 0, 0);
    for (page, (title, text)) in pages.iter().zip(&texts.texts) {
        let body = spaced(text.get(*title..).unwrap_or(""));
        let text = spaced(text);
        let mut say = |what: &str, passage: &str| {
            *failures += &format!("{:<34} {:<12} {what} {passage:?}\n", texts.name, page.file);
        };
        for passage in &page.with {
            with += 1;
            let found = text.contains(&spaced(passage));
            kept += usize::from(found);
            if !found {
                say("lost", passage);
            }
        }
        for passage in &page.without {
            without += 1;
            let found = body.contains(&spaced(passage));
            out += usize::from(!found);
            if found {
                say("kept", passage);
            }
        }
    }
    let share = |part: usize, all: usize| part as f64 / all.max(1) as f64;
    let speed = if texts.seconds > 0.0 { format!("{:.1}", size / texts.seconds) } else { String::new() };
    let (kept, out) = (share(kept, with), share(out, without));
    let below = if texts.name.starts_with("bilan") && (kept < KEPT || out < LEFT_OUT) { "  BELOW" } else { "" };
    format!("{:<38}{kept:>9.3} {out:>9.3} {speed:>9}{below}\n", texts.name)
}

/// One space between words, so that a line break in a passage does not count.
fn spaced(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shares_count_passages() {
        let page = Page {
            file: "a.html".into(),
            url: String::new(),
            with: vec!["deux  morts".into(), "trois".into()],
            without: vec!["pub".into()],
        };
        let texts = Texts { name: "bilan".into(), texts: vec![(6, "La pub\nDeux: deux\nmorts.".into())], seconds: 0.5 };
        let mut failures = String::new();
        let row = row(&texts, &[page], 1.0, &mut failures);
        assert_eq!(row.split_whitespace().collect::<Vec<_>>(), ["bilan", "0.500", "1.000", "2.0", "BELOW"]);
        assert!(failures.contains("a.html") && failures.contains("lost \"trois\""));
    }
}
