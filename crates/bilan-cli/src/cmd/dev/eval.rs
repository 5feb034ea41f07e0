//! Scores the reader against claims marked by hand: `bilan dev eval`.
//!
//! In: a file of marked documents. Out: a page of figures; with `--misses`, what was wrong and where; with
//! `--entries`, what each pack entry did; with `--rows`, what the weights of confidence are learnt from.

use super::entries::Entries;
use super::gold::{self, Gold};
use super::rows::Rows;
use crate::args::Eval;
use crate::score::{FIELDS, Found, Marked, Score, Tally};
use crate::table::Page;
use crate::text::{plain, wrap};
use crate::{End, complain, config};
use anyhow::{Context, Result, anyhow};
use bilan::Claim;
use rayon::prelude::*;
use std::io::Write;

/// Scores.
pub fn run(args: Eval, page: Page) -> Result<End> {
    let reader = config::reader(&args.packs)?;
    let reader = if args.rows.is_some() { reader.with_doubtful() } else { reader };
    let mut end = End::Done;
    let mut golds = Vec::new();
    for gold in gold::read(&args.gold).map_err(|why| anyhow!(why))? {
        match gold {
            Ok(gold) => golds.push(gold),
            Err(line) => {
                complain(&line);
                end = End::Incomplete;
            }
        }
    }
    let read = |gold: Gold| (reader.read_with_reasons(gold.document), gold.claims);
    let readings: Vec<_> = golds.into_par_iter().map(read).collect();

    let mut out = super::super::stdout();
    let mut score = Score::default();
    let (mut entries, mut rows) = (Entries::default(), Rows::default());
    for ((reading, reasons), marked) in &readings {
        let found: Vec<Found> = reading.claims.iter().map(found).collect();
        let pairing = score.add(marked, &found);
        entries.add(reading, marked, &found, &pairing);
        rows.add(reading, reasons, marked, &found, &pairing);
        if !args.misses {
            continue;
        }
        let text = &reading.document.text;
        let mut tell = |what: &str, place: (usize, usize), detail: &str| -> Result<()> {
            writeln!(out, "{what} {}: {detail}", plain(&reading.document.id))?;
            for line in wrap(&around(text, place), page.width.saturating_sub(4)) {
                writeln!(out, "    {line}")?;
            }
            Ok(())
        };
        for &i in &pairing.missed {
            tell("missed", marked[i].place, &wanted(&marked[i]))?;
        }
        for &(i, j) in pairing.pairs.iter().filter(|(i, _)| !marked[*i].optional) {
            let wrong = wrong(&marked[i], &found[j]);
            if !wrong.is_empty() {
                tell("wrong ", marked[i].place, &wrong.join("; "))?;
            }
        }
        for &j in &pairing.extra {
            tell("extra ", found[j].places[0], &said(&found[j]))?;
        }
    }
    if args.misses {
        writeln!(out)?;
    }
    out.write_all(report(&score).as_bytes())?;
    if args.entries {
        out.write_all(entries.table().as_bytes())?;
    }
    out.flush()?;
    if let Some(path) = &args.rows {
        std::fs::write(path, rows.table()).with_context(|| format!("{}: cannot be written", path.display()))?;
    }
    let f1 = score.rates(score.whole)[2].unwrap_or(0.0);
    Ok(match args.at_least {
        Some(least) if end == End::Done && f1 < least => End::Failed,
        _ => end,
    })
}

fn found(claim: &Claim) -> Found {
    let place = |span: &bilan::claim::Span| (span.start as usize, span.end as usize);
    let date = |date: &Option<bilan::claim::Date>| date.as_ref().map(ToString::to_string);
    let fields = [
        ("value", Some(claim.value.to_string())),
        ("outcome", Some(claim.outcome.clone())),
        ("counted", Some(claim.counted.clone())),
        ("side", claim.side.clone()),
        ("claimant", claim.claimant.clone()),
        ("citing", claim.citing.clone()),
        ("stated", date(&claim.stated)),
        ("from", date(&claim.from)),
        ("to", date(&claim.to)),
        ("scope", Some(claim.scope.clone())),
        ("place", claim.place.clone()),
        ("said", Some(claim.said.clone())),
    ];
    Found {
        places: std::iter::once(&claim.span).chain(&claim.also).map(place).collect(),
        fields: fields.into_iter().collect(),
        confidence: f64::from(claim.confidence.claim.min(100)) / 100.0,
    }
}

fn report(score: &Score) -> String {
    let rate = |rate: Option<f64>| rate.map_or("    –".to_owned(), |rate| format!("{rate:.3}"));
    let of = |tally: Tally| format!("{}  {:>4} of {}", rate(tally.rate()), tally.right, tally.of);
    let again = match score.again {
        0 => String::new(),
        again => format!("{again} more where one is told again, "),
    };
    let mut out = format!(
        "{} documents, {} claims marked, {again}{} found\n\n{:38}precision  recall  F1\n",
        score.documents, score.marked, score.found, ""
    );
    for (what, right) in [
        ("value, outcome, counted, side", score.whole),
        ("the same, and the claimant's root", score.whole_and_claimant),
    ] {
        let [precision, recall, f1] = score.rates(right).map(rate);
        out.push_str(&format!("{what:38}{precision:9}  {recall:6}  {f1}\n"));
    }
    out.push_str("\nfields, in claims that were found\n");
    for field in FIELDS {
        if let Some(tally) = score.fields.get(field) {
            out.push_str(&format!("  {field:36}{}\n", of(*tally)));
        }
    }
    let every = Tally { right: score.every_field, of: score.marked };
    out.push_str(&format!("{:38}{}\n", "every judged field right", of(every)));
    out.push_str(&format!("{:38}{}\n", "dates given and wrong", of(score.wrong_dates)));
    let (documents, claims) = score.without_toll;
    let per_hundred = match documents {
        0 => "    –  no such document".to_owned(),
        _ => format!("{:5.1}  {claims} in {documents}", claims as f64 * 100.0 / documents as f64),
    };
    out.push_str(&format!("{:38}{per_hundred}\n", "false claims per 100 without a toll"));
    if let Some(brier) = score.brier() {
        out.push_str("\nconfidence     claims  said   right\n");
        for (i, &(claims, sum, right)) in score.reliability.iter().enumerate().filter(|(_, tenth)| tenth.0 > 0) {
            let n = claims as f64;
            let (low, high) = (i as f64 / 10.0, (i + 1) as f64 / 10.0);
            out.push_str(&format!("  {low:.1} to {high:.1}  {claims:7}  {:.3}  {:.3}\n", sum / n, right as f64 / n));
        }
        out.push_str(&format!("Brier score {brier:.3} (0 is best)\n"));
    }
    out
}

fn wanted(marked: &Marked) -> String {
    let fields = FIELDS.iter().filter_map(|field| Some((field, marked.fields.get(field)?.first()?.as_deref())));
    fields.map(|(field, value)| format!("{field} {}", value.unwrap_or("–"))).collect::<Vec<_>>().join(", ")
}

fn said(found: &Found) -> String {
    let fields = FIELDS.iter().filter_map(|field| Some((field, found.fields.get(field)?.as_deref()?)));
    fields.map(|(field, value)| format!("{field} {value}")).collect::<Vec<_>>().join(", ")
}

fn wrong(marked: &Marked, found: &Found) -> Vec<String> {
    let name = |value: Option<&str>| value.unwrap_or("–").to_owned();
    let wrong = FIELDS.iter().filter(|field| marked.judges(field, found) == Some(false));
    wrong
        .map(|field| {
            let right: Vec<String> = marked.fields[field].iter().map(|right| name(right.as_deref())).collect();
            let said = found.fields.get(field).and_then(Option::as_deref);
            format!("{field} {}, expected {}", name(said), right.join(" or "))
        })
        .collect()
}

/// The line of the text that holds the place, with the figure in angle marks.
fn around(text: &str, (start, end): (usize, usize)) -> String {
    let (Some(before), Some(words), Some(after)) = (text.get(..start), text.get(start..end), text.get(end..)) else {
        return String::new();
    };
    let stop = |c: char| c == '\n';
    let head = &before[before.rfind(stop).map_or(0, |at| at + 1)..];
    let head = head.rfind(". ").map_or(head, |at| &head[at + 2..]);
    let tail = &after[..after.find(stop).unwrap_or(after.len())];
    let tail = tail.find(". ").map_or(tail, |at| &tail[..=at]);
    plain(&format!("{head}»{words}«{tail}"))
}
