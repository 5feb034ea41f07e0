//! Lets people read after the machine: `bilan review`.
//!
//! In: a figure and a verdict; or nothing, for the claim that is least sure to be read right. Out: an entry, or the claim
//! with its sentence; at a terminal, one claim after the other with a question.
//!
//! Reviewed documents leave as gold for `bilan dev eval`, but only whole ones: a claim that nobody looked at would count
//! as one that is not there.

use crate::args::Review;
use crate::names::Names;
use crate::table::Page;
use crate::text::{plain, wrap};
use crate::{End, complain, config};
use anyhow::{Context, Result, anyhow, bail};
use bilan_ledger::{Access, Filter, Ledger, REVIEWED, Reviewing, Row, Verdict};
use serde_json::{Value as Json, json};
use std::collections::BTreeSet;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write};

/// Reviews.
pub fn run(args: Review, page: Page) -> Result<End> {
    if args.list {
        return list(&Ledger::open_read_only(&args.ledger.ledger)?, page);
    }
    if let Some(file) = &args.gold {
        let gold = gold(&Ledger::open_read_only(&args.ledger.ledger)?)?;
        fs::write(file, gold).with_context(|| format!("{}: cannot be written", file.display()))?;
        return Ok(End::Done);
    }
    let said = said(&args)?;
    match &args.figure {
        Some(figure) if !said.is_empty() => {
            let mut ledger = Ledger::open(&args.ledger.ledger)?;
            keep(&mut ledger, &said, &args.role)?;
            show(&one(&ledger, figure, args.nth)?, page)?;
            Ok(End::Done)
        }
        Some(figure) => {
            show(&one(&Ledger::open_read_only(&args.ledger.ledger)?, figure, args.nth)?, page)?;
            Ok(End::Done)
        }
        None => next(args, page),
    }
}

fn said(args: &Review) -> Result<Vec<Reviewing>> {
    let Some(figure) = &args.figure else { return Ok(Vec::new()) };
    let word =
        |verdict, field, value, note| Reviewing { figure: figure.clone(), n: args.nth, verdict, field, value, note };
    let mut said = Vec::new();
    for correct in &args.correct {
        let (field, value) = pair(correct)?;
        said.push(word(Verdict::Correct, Some(field), Some(value), None));
    }
    if let Some(field) = &args.accept {
        said.push(word(Verdict::Accept, Some(field.clone()).filter(|field| !field.is_empty()), None, None));
    }
    if args.reject {
        said.push(word(Verdict::Reject, None, None, None));
    }
    match (&args.note, said.last_mut()) {
        (Some(note), Some(last)) => last.note = Some(note.clone()),
        (Some(note), None) => said.push(word(Verdict::Note, None, None, Some(note.clone()))),
        (None, _) => {}
    }
    Ok(said)
}

fn pair(words: &str) -> Result<(String, String)> {
    let (field, value) =
        words.split_once('=').ok_or_else(|| anyhow!("`{words}` is not FIELD=VALUE, as value=816 or side="))?;
    Ok((field.trim().to_owned(), value.trim().to_owned()))
}

fn keep(ledger: &mut Ledger, said: &[Reviewing], role: &str) -> Result<()> {
    let time = config::now();
    match super::patiently(ledger, |ledger| ledger.review(said, role, time)) {
        Err(error) if error.is_no_review() => match near(ledger, said)? {
            Some(near) => bail!("{error}; nearest: {near}"),
            None => Err(error.into()),
        },
        kept => Ok(kept?),
    }
}

/// What the first value that is no code may stand for: `ML (Mali)` of `side=Mali`.
fn near(ledger: &Ledger, said: &[Reviewing]) -> Result<Option<String>> {
    for one in said {
        if let (Some(field), Some(value)) = (&one.field, one.value.as_deref().filter(|value| !value.is_empty())) {
            let names = Names::of(field, ledger)?;
            if !names.called(value).contains(&value) {
                return Ok(names.near(value));
            }
        }
    }
    Ok(None)
}

fn one(ledger: &Ledger, figure: &str, n: u8) -> Result<Row> {
    let all = ledger.claims_on(figure)?;
    let claims = super::many(all.len(), "claim", "claims");
    let row = all.into_iter().find(|row| row.claim.n == n);
    row.ok_or_else(|| anyhow!("{figure}: {claims} there; `bilan claims --format jsonl` has figures"))
}

/// The least sure claim that nobody has reviewed; at a terminal, one after the other.
fn next(args: Review, page: Page) -> Result<End> {
    let asks = io::stdin().is_terminal() && io::stdout().is_terminal();
    let mut ledger = match asks {
        true => Ledger::open(&args.ledger.ledger)?,
        false => Ledger::open_read_only(&args.ledger.ledger)?,
    };
    let doubt = match args.below {
        Some(below) if (0.0..=1.0).contains(&below) => Some((below * 100.0).round() as u8),
        Some(below) => bail!("--below {below}: between 0 and 1"),
        None => None,
    };
    let filter = Filter { reviewed: Some(false), doubt, ..super::which(&ledger, args.filter)?.filter };
    let mut seen = BTreeSet::new();
    loop {
        let Some(row) = ledger.least_sure(&filter, &seen)? else {
            complain(if seen.is_empty() { "every claim that fits is reviewed" } else { "that was the last" });
            return Ok(End::Done);
        };
        show(&row, page)?;
        if !asks {
            return Ok(End::Done);
        }
        seen.insert(row.id);
        if !ask(&mut ledger, &row, &args.role)? {
            return Ok(End::Done);
        }
    }
}

/// False when the person has had enough.
fn ask(ledger: &mut Ledger, row: &Row, role: &str) -> Result<bool> {
    loop {
        let mut question = io::stderr().lock();
        write!(question, "\na accept, r reject, FIELD=VALUE correct, n TEXT note, s skip, q quit: ")?;
        question.flush()?;
        drop(question);
        let mut line = String::new();
        if io::stdin().lock().read_line(&mut line)? == 0 {
            return Ok(false);
        }
        let word = |verdict, field, value, note| {
            vec![Reviewing { figure: row.figure.clone(), n: row.claim.n, verdict, field, value, note }]
        };
        let line = line.trim();
        let said = match line.split_once(' ').unwrap_or((line, "")) {
            ("q", "") => return Ok(false),
            ("s", "") => return Ok(true),
            ("a", "") => word(Verdict::Accept, None, None, None),
            ("r", "") => word(Verdict::Reject, None, None, None),
            ("n", note) if !note.trim().is_empty() => word(Verdict::Note, None, None, Some(note.trim().to_owned())),
            _ => match pair(line) {
                Ok((field, value)) => word(Verdict::Correct, Some(field), Some(value), None),
                Err(why) => {
                    complain(&why.to_string());
                    continue;
                }
            },
        };
        match keep(ledger, &said, role) {
            // A note and a correction leave the claim to be accepted or corrected further.
            Ok(()) if matches!(said[0].verdict, Verdict::Correct | Verdict::Note) => {}
            Ok(()) => return Ok(true),
            Err(why) => complain(&why.to_string()),
        }
    }
}

/// The claim, its sentence, and what was said of it.
fn show(row: &Row, page: Page) -> Result<()> {
    let mut out = super::stdout();
    writeln!(
        out,
        "\n{}{}",
        row.figure,
        if row.claim.n > 0 { format!(" (claim {})", row.claim.n) } else { String::new() }
    )?;
    let quote = row.quote.as_deref().unwrap_or("(the text was taken out)");
    for line in wrap(&plain(quote), page.width.saturating_sub(2)) {
        writeln!(out, "  {line}")?;
    }
    let wire = serde_json::to_value(&row.claim).unwrap_or_default();
    for field in REVIEWED {
        let value = match &wire[field] {
            Json::Null => "(not told)".to_owned(),
            Json::String(words) => words.clone(),
            other => other.to_string(),
        };
        let as_said = row.claim.as_said.get(field).map(|words| format!("  \"{}\"", plain(words))).unwrap_or_default();
        writeln!(out, "  {field:9} {}{as_said}", plain(&value))?;
    }
    let sure = row.claim.confidence;
    writeln!(
        out,
        "  {:9} {:.2} of the claim, {:.2} of its claimant",
        "sure",
        hundredths(sure.claim),
        hundredths(sure.claimant)
    )?;
    writeln!(out, "  {:9} {}", "document", plain(&row.document))?;
    for review in &row.reviewed {
        writeln!(out, "  {:9} {}", "reviewed", plain(&words(review)))?;
    }
    out.flush()?;
    Ok(())
}

fn hundredths(n: u8) -> f64 {
    f64::from(n) / 100.0
}

/// "correct value = 816 by editor, 2031-05-04: misread"
fn words(review: &bilan_ledger::Review) -> String {
    let mut words = review.verdict.as_str().to_owned();
    match (&review.field, review.fields.values().next()) {
        (Some(field), Some(value)) => {
            words.push_str(&format!(" {field} = {}", value.as_deref().unwrap_or("(not told)")))
        }
        (Some(field), None) => words.push_str(&format!(" {field}")),
        _ => {}
    }
    words.push_str(&format!(" by {}, {}", review.role, review.time.get(..10).unwrap_or(&review.time)));
    if let Some(note) = &review.note {
        words.push_str(&format!(": {note}"));
    }
    words
}

fn list(ledger: &Ledger, page: Page) -> Result<End> {
    let mut reviews = ledger.reviews(None)?;
    reviews.sort_by_key(|review| review.fits);
    let unfit = reviews.iter().filter(|review| !review.fits).count();
    let mut out = super::stdout();
    for review in &reviews {
        let gone = if review.fits { "" } else { "  no claim stands there any more" };
        for line in wrap(&plain(&format!("{} {}{gone}", review.figure, words(review))), page.width) {
            writeln!(out, "{line}")?;
        }
    }
    let all = super::many(reviews.len(), "review", "reviews");
    writeln!(out, "{all}; {unfit} of them fit no claim any more")?;
    out.flush()?;
    Ok(End::Done)
}

/// A line for each document whose every claim is reviewed.
fn gold(ledger: &Ledger) -> Result<String> {
    let mut lines = String::new();
    let (mut whole, mut open, mut shut) = (0, 0, 0);
    for reviewed in ledger.reviewed()? {
        let document = &reviewed.kept.reading.document;
        if reviewed.kept.access == Access::Restricted || reviewed.kept.redacted {
            shut += 1;
            continue;
        }
        if reviewed.open > 0 {
            open += 1;
            continue;
        }
        whole += 1;
        let claims = reviewed.claims.iter().map(|claim| {
            let mut marked = json!({
                "figure": claim.span.of(&document.text), "start": claim.span.start, "end": claim.span.end,
            });
            let wire = serde_json::to_value(claim).unwrap_or_default();
            REVIEWED.iter().for_each(|field| marked[*field] = wire[*field].clone());
            marked
        });
        let line = json!({
            "id": document.id, "text": document.text, "lang": document.lang, "published": document.published,
            "claims": claims.collect::<Vec<_>>(),
        });
        lines.push_str(&format!("{line}\n"));
    }
    complain(&format!(
        "{} written; {open} left out because not every claim is reviewed, {shut} because they must not leave; \
         what the reader missed is not marked in them",
        super::many(whole, "document", "documents")
    ));
    Ok(lines)
}
