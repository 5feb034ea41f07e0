//! Tells what came into a ledger since the last time: `bilan add --new`.
//!
//! In: a ledger after adding. Out: a line for each statement that is new, told by more texts, or gone.
//!
//! The program may be killed after adding and before telling. So what was told is noted beside the ledger, in
//! `<ledger>.told`, and only when it was told: the next run goes on from there, whoever had added meanwhile.

use crate::row::{date, readable};
use crate::text::plain;
use anyhow::{Context, Result};
use bilan::history::{self, Kinds, News, Relation, Statement};
use bilan_ledger::Ledger;
use std::fs;
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

/// What was told so far.
pub struct Told {
    note: PathBuf,
    entry: u64,
}

impl Told {
    /// Where telling goes on: the first time, from the end of the ledger as it is.
    pub fn open(ledger: &Ledger) -> Result<Told> {
        let mut note = ledger.path().as_os_str().to_owned();
        note.push(".told");
        let note = PathBuf::from(note);
        let entry = match fs::read_to_string(&note) {
            Ok(told) => {
                let number = told.split_whitespace().next().and_then(|word| word.parse().ok());
                number.with_context(|| {
                    format!("{}: no number of an entry; remove the file to begin anew", note.display())
                })?
            }
            Err(error) if error.kind() == ErrorKind::NotFound => {
                let entry = ledger.head()?.map_or(0, |head| head.entry);
                keep(&note, entry)?;
                entry
            }
            Err(error) => return Err(error).with_context(|| format!("{}: cannot be read", note.display())),
        };
        Ok(Told { note, entry })
    }

    /// Tells what came since, and notes that it was told.
    pub fn tell(self, ledger: &Ledger, mut out: impl Write) -> Result<()> {
        let head = ledger.head()?.map_or(0, |head| head.entry);
        if head > self.entry {
            let kinds = Kinds::embedded()?;
            let since = ledger.since(self.entry)?;
            let (before, now) = (history::lines(&since.before, &kinds), history::lines(&since.now, &kinds));
            let news = history::news(&before, &now);
            let first = |told: &Statement| told.appearances.first().map(|act| act.id);
            let ids = news.iter().filter_map(|news| match news {
                News::New { statement, .. } | News::Again { statement, .. } | News::Gone { statement } => {
                    first(statement)
                }
            });
            let places = ledger.places(ids)?;
            for news in &news {
                let (what, statement, more) = match news {
                    News::New { statement, step } => {
                        ("new  ", statement, step.as_ref().map(|(change, was)| follows(change, was.to_string())))
                    }
                    News::Again { statement, more } => {
                        ("again", statement, Some(crate::cmd::many(*more, "more text", "more texts")))
                    }
                    News::Gone { statement } => ("gone ", statement, None),
                };
                let place = first(statement).and_then(|id| places.get(&id));
                let document = place.map_or("", |place| place.document.as_str());
                let more = more.map(|more| format!(", {more}")).unwrap_or_default();
                writeln!(out, "{what}  {}{more}  ({})", said(statement), plain(document))?;
            }
        }
        out.flush()?;
        keep(&self.note, head)
    }
}

/// "XA/general-staff: 468 tank lost of XB, 5 May 2031"
fn said(statement: &Statement) -> String {
    let line = &statement.line;
    let whose = line.side.as_deref().map(|side| format!(" of {side}")).unwrap_or_default();
    let mut words =
        format!("{}: {} {} {}{whose}", line.voice, statement.value, readable(&line.counted), readable(&line.outcome));
    if line.scope != "cumulative" {
        words.push_str(&format!(" ({})", readable(&line.scope)));
    }
    if let Some(day) = statement.last {
        words.push_str(&format!(", {}", date(&day)));
    }
    plain(&words)
}

fn follows(change: &Relation, was: String) -> String {
    match change {
        Relation::Restates => format!("as before, {was}"),
        Relation::Differs => format!("after {was}"),
        change => format!("{change} {was}"),
    }
}

/// Written whole or not at all.
fn keep(note: &Path, entry: u64) -> Result<()> {
    let part = note.with_extension(format!("told.{}.part", std::process::id()));
    let written = fs::write(&part, format!("{entry}\n")).and_then(|()| fs::rename(&part, note));
    written.with_context(|| format!("{}: cannot be written", note.display()))
}
