//! Measures where the time of reading goes: each pass by itself, over the same documents.
//!
//! In: documents. Out: nanoseconds a byte for each pass, and the time of a live sentence.
//!
//! The engine knows no clock, so its passes are called here one after the other through the functions that it calls
//! itself. What has no function of its own is a difference: clauses, with the drafts made of them, are the sentences
//! without their mentions. A sentence in which nothing can count is not read at all, and costs its words only.

use anyhow::{Context as _, Result};
use bilan::claim::{Finding, tokens};
use bilan::clause::Depth;
use bilan::mention::{Context, Look, find_dates, find_figures, find_numbers, tag};
use bilan::{Document, Reader};
use std::fmt::Write;
use std::time::{Duration, Instant};

/// Time that each pass took.
#[derive(Clone, Copy, Default)]
struct Times {
    boilerplate: Duration,
    words: Duration,
    /// Of `sentences`: its mentions.
    phrases: Duration,
    numbers: Duration,
    dates: Duration,
    figures: Duration,
    /// The gate, mentions, clauses and drafts.
    sentences: Duration,
    /// `sentences`, and speakers, sides, what is covered, claims.
    find: Duration,
    bytes: usize,
    live: u32,
}

/// A row of the table of passes; the best of so many rounds.
pub fn row(reader: &Reader, name: &str, documents: &[Document], rounds: usize) -> Result<String> {
    let mut best = round(reader, documents)?;
    for _ in 1..rounds {
        let next = round(reader, documents)?;
        if next.find + next.words < best.find + best.words {
            best = next;
        }
    }
    let a_byte = |took: Duration| took.as_nanos() as f64 / best.bytes.max(1) as f64;
    let mentions = best.phrases + best.numbers + best.dates + best.figures;
    let mut row = format!("{name:<25}");
    for took in [
        best.boilerplate,
        best.words,
        best.phrases,
        best.numbers,
        best.dates,
        best.figures,
        best.sentences.saturating_sub(mentions),
        best.find.saturating_sub(best.sentences),
    ] {
        write!(row, " {:>8.2}", a_byte(took))?;
    }
    let live = best.find.as_nanos() as f64 / 1e3 / f64::from(best.live.max(1));
    writeln!(row, " {:>8} {live:>13.1}", best.live)?;
    Ok(row)
}

/// The head of the table.
pub const HEAD: &str = "ns a byte, one core         own txt    words  phrases  numbers    dates  figures  clauses   claims     \
                        live  us a live one\n";

fn round(reader: &Reader, documents: &[Document]) -> Result<Times> {
    let mut times = Times::default();
    let (mut items, mut numerals, mut dates, mut figures) = (vec![], vec![], vec![], vec![]);
    for document in documents {
        let lang = document.lang.as_deref().unwrap_or("");
        let pack = reader.packs().langs.get(lang).with_context(|| format!("no pack for `{lang}`"))?;
        let text = document.text.as_str();
        let (tokens, paragraphs) = timed(&mut times.words, || tokens(text, pack));
        let boilerplate = timed(&mut times.boilerplate, || pack.own_text(text, &tokens, &paragraphs));
        let context = Context { text, tokens: &tokens, pack };
        let published = document.published;
        let finding = Finding {
            context,
            shared: &reader.packs().shared,
            published,
            boilerplate: &boilerplate,
            url: document.url.as_deref(),
            doubtful: false,
        };
        let sentences = timed(&mut times.sentences, || finding.sentences(&paragraphs));
        timed(&mut times.find, || finding.find(&paragraphs));
        for sentence in sentences.iter().filter(|sentence| sentence.depth > Depth::Unread) {
            timed(&mut times.phrases, || tag(pack, &tokens, sentence.first, sentence.end, &mut items));
            timed(&mut times.numbers, || find_numbers(&context, &mut items, &mut numerals));
            let look = Look::Back;
            timed(&mut times.dates, || find_dates(&context, published, look, &mut items, &numerals, &mut dates));
            timed(&mut times.figures, || find_figures(&context, &mut items, &numerals, &mut figures));
            times.live += u32::from(!sentence.groups.is_empty());
        }
        times.bytes += text.len();
    }
    Ok(times)
}

fn timed<T>(sum: &mut Duration, pass: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let done = pass();
    *sum += start.elapsed();
    done
}
