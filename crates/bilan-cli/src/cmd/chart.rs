//! Draws an answer into a file: `--chart FILE`.
//!
//! In: a drawing in the reader's language. Out: SVG or PNG, by the ending of the file.
//!
//! The picture is the one of the page: whoever prints it has the caption with it.

use crate::args::Chart;
use crate::names;
use anyhow::{Context, Result, bail};
use bilan_ledger::Ledger;
use bilan_view::answer::Coverage;
use bilan_view::chart::{self, Caption};
use bilan_view::label::Labels;
use std::path::Path;

/// Pixels of the file to one of the drawing: 300 dots an inch at 16 cm.
const SCALE: f32 = 2.5;

/// Draws, where a file was named. `draw` makes the picture from labels and a caption.
pub fn write(
    args: &Chart,
    ledger: &Ledger,
    coverage: &Coverage,
    draw: impl FnOnce(&Labels, &Caption) -> chart::Chart,
) -> Result<bool> {
    let Some(file) = &args.chart else { return Ok(false) };
    let form = form(file)?;
    if let Some(lang) = &args.chart_lang
        && Labels::languages().all(|(code, _)| code != lang)
    {
        let known: Vec<&str> = Labels::languages().map(|(code, _)| code).collect();
        bail!("--chart-lang {lang}: no picture speaks it; expected one of {}", known.join(", "));
    }
    let labels = names::labels(args.chart_lang.as_deref());
    let picture = draw(labels, &Caption::of(ledger, coverage, labels, false)?);
    let bytes = match form {
        "svg" => picture.svg().into_bytes(),
        _ => picture.png(SCALE)?,
    };
    std::fs::write(file, bytes).with_context(|| format!("{}: cannot be written", file.display()))?;
    Ok(true)
}

fn form(file: &Path) -> Result<&'static str> {
    match file.extension().and_then(|ending| ending.to_str()) {
        Some("svg") => Ok("svg"),
        Some("png") => Ok("png"),
        _ => bail!("{}: a picture is a .svg or a .png", file.display()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_pictures_are_drawn() {
        assert_eq!((form(Path::new("a/b.svg")).unwrap(), form(Path::new("c.png")).unwrap()), ("svg", "png"));
        assert!(form(Path::new("x.pdf")).unwrap_err().to_string().contains(".svg or a .png"));
    }
}
