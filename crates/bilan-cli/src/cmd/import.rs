//! Reads tables that others keep into the ledger: `bilan import`.
//!
//! In: CSV or JSON, and the map of their columns. Out: one entry a table, and a line for each odd thing in it.
//!
//! The tables of one command are read before the first is kept: one that no map fits leaves nothing of the others.

use crate::args::Import;
use crate::{End, config};
use anyhow::{Context, Result};
use bilan_ledger::{AddOptions, Ledger};
use bilan_view::import::{self, Given, Imported, Report};
use std::fs;
use std::io::Write;

const KINDS: [(&str, &str, &str); 8] = [
    ("broken", "broken row", "broken rows"),
    ("impossible_day", "impossible day", "impossible days"),
    ("before_start", "row before the start", "rows before the start"),
    ("double", "double", "doubles"),
    ("fall", "fall", "falls"),
    ("classes_change", "change of classes", "changes of classes"),
    ("two_names", "source under two names", "sources under two names"),
    ("unknown_column", "unknown column", "unknown columns"),
];

/// Imports.
pub fn run(args: Import) -> Result<End> {
    let maps = super::export::maps(&args.maps)?;
    let named = match &args.map {
        Some(name) => Some(maps.named(name).with_context(|| {
            let known: Vec<&str> = maps.iter().map(|map| map.name.as_str()).collect();
            format!("--map \"{name}\" is unknown; known: {}", known.join(", "))
        })?),
        None => None,
    };
    let mut tables = Vec::new();
    for file in &args.files {
        let bytes = fs::read(file).with_context(|| format!("{}: cannot be read", file.display()))?;
        let given = Given {
            name: file.file_name().map_or_else(|| file.display().to_string(), |name| name.to_string_lossy().into()),
            url: args.url.clone(),
            outlet: args.outlet.clone(),
            published: args.published,
            today: config::today(),
        };
        tables.push((import::import(&maps, named.as_ref(), &bytes, &given)?, bytes));
    }
    let mut out = super::stdout();
    let mut end = End::Done;
    for (table, _) in &tables {
        tell(&mut out, table, args.tell)?;
        if table.report.count("broken") + table.report.count("impossible_day") > 0 {
            end = End::Incomplete;
        }
    }
    if args.dry_run {
        writeln!(out, "nothing was kept (--dry-run)")?;
        out.flush()?;
        return Ok(end);
    }
    let mut ledger = Ledger::open_or_create(&args.ledger.ledger)?;
    let given = tables.iter().map(|(table, bytes)| bilan_ledger::Given {
        reading: &table.reading,
        bytes: Some(bytes.as_slice()),
        fetched: None,
        access: None,
    });
    let added = ledger.add(given, &AddOptions::at(config::now()))?;
    let mut line = format!(
        "{}; {}",
        super::many(added.readings, "table kept", "tables kept"),
        super::many(added.claims, "claim", "claims")
    );
    for (n, what) in [(added.already, "known already"), (added.redacted, "taken out before, and stay out")] {
        if n > 0 {
            line.push_str(&format!("; {n} {what}"));
        }
    }
    writeln!(out, "{line}")?;
    if let Some(head) = ledger.head()? {
        writeln!(out, "{}: entry {}, head {}", args.ledger.ledger.display(), head.entry, head.hash)?;
    }
    for unfit in &added.unfit {
        writeln!(
            out,
            "{}: not kept: {}; this is a fault of the program, please report it",
            unfit.document, unfit.because
        )?;
        end = End::Incomplete;
    }
    out.flush()?;
    Ok(end)
}

fn tell(out: &mut impl Write, table: &Imported, most: usize) -> Result<()> {
    let (name, report): (&str, &Report) = (&table.reading.document.id, &table.report);
    let days = match &report.days {
        Some((first, last)) => {
            format!(" on {} from {first} to {last}", super::many(report.different_days, "day", "days"))
        }
        None => String::new(),
    };
    writeln!(
        out,
        "{name}: read as {}: {} in {}{days}, {} in time",
        report.map,
        super::many(report.figures, "figure", "figures"),
        super::many(report.rows, "row", "rows"),
        super::many(report.lines, "line", "lines"),
    )?;
    for (kind, one, more) in KINDS {
        let found: Vec<_> = report.findings.iter().filter(|finding| finding.kind == kind).collect();
        if found.is_empty() {
            continue;
        }
        writeln!(out, "  {}", super::many(found.len(), one, more))?;
        for finding in found.iter().take(most) {
            let place = finding.line.map(|line| format!("line {line}: ")).unwrap_or_default();
            writeln!(out, "    {place}{}", crate::text::plain(&finding.words))?;
        }
        if found.len() > most {
            writeln!(out, "    and {} more (--tell {})", found.len() - most, found.len())?;
        }
    }
    Ok(())
}
