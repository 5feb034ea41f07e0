//! Writes the footnote of a figure, or its sheet: `bilan cite`.
//!
//! In: a figure of the ledger. Out: one footnote in the style asked for, or a page to file.

use crate::End;
use crate::args::{Cite, Sheet};
use crate::text::shown;
use anyhow::{Context, Result};
use bilan_ledger::Ledger;
use bilan_view::answer::{self, Style, Which};
use std::io::Write;

/// Cites.
pub fn run(args: Cite) -> Result<End> {
    let style = Style::named(&args.style).with_context(|| {
        let known: Vec<&str> = Style::ALL.iter().map(|(name, _)| *name).collect();
        format!("--style \"{}\" is unknown; known: {}", args.style, known.join(", "))
    })?;
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let cite = answer::cite(&ledger, &args.figure, &Which::all(false))?;
    if let Some(format) = args.format.and_then(super::wire_format) {
        return super::answer(&cite, format);
    }
    let mut out = super::stdout();
    match args.sheet {
        Some(Sheet::Html) => out.write_all(cite.sheet_html()?.as_bytes())?,
        Some(Sheet::Text) => {
            let sheet = format!("{}\n{}\n", cite.sheet_text().trim_end(), cite.footnote(style));
            out.write_all(shown(&sheet).as_bytes())?;
        }
        None => {
            writeln!(out, "{}", shown(&cite.footnote(style)))?;
            crate::complain(&cite.coverage.to_string());
        }
    }
    out.flush()?;
    Ok(End::Done)
}
