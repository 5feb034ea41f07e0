//! Resolves what was typed into what it means: the page, the reader, the job.
//!
//! In: [`Args`](crate::args::Args), the environment, the terminal. Out: plain values that commands use.
//!
//! A pipe has no width. Cutting cells to a guessed width would lose words, and not cutting them gives a table nobody
//! can read in a log: 140 columns are the middle way, and `$COLUMNS` has the last word.

use crate::args::{Fetching, Packs, Sources, When};
use crate::fetch::Manners;
use crate::manifest::Manifest;
use crate::stream::Job;
use crate::table::Page;
use anyhow::{Context, Result, bail};
use bilan::Reader;
use bilan::document::Given;
use jiff::{Timestamp, Zoned, civil};
use std::io::IsTerminal;

const WIDTH_OF_A_PIPE: usize = 140;

/// How standard output takes a table.
pub fn page(when: When) -> Page {
    let terminal = std::io::stdout().is_terminal();
    let told = std::env::var("COLUMNS").ok().and_then(|columns| columns.parse::<usize>().ok()).filter(|&n| n >= 20);
    let seen = || terminal.then(terminal_size::terminal_size).flatten().map(|(width, _)| usize::from(width.0));
    Page { width: told.or_else(seen).unwrap_or(WIDTH_OF_A_PIPE), colour: colour(when, terminal) }
}

fn colour(when: When, terminal: bool) -> bool {
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// What is said of a path that cannot hold packs.
pub const NO_PACKS: &str = "no such folder; expected one that holds packs such as `fr/`";

/// The reader with the packs that were asked for.
pub fn reader(packs: &Packs) -> Result<Reader> {
    let packs = match &packs.packs {
        Some(dir) if !dir.is_dir() => bail!("{}: {NO_PACKS}", dir.display()),
        Some(dir) => bilan::pack::Packs::from_dir(dir).with_context(|| dir.display().to_string())?,
        None => bilan::pack::Packs::embedded().context("the packs inside the program")?,
    };
    Ok(Reader::new(packs))
}

/// Refuses a `--lang` of which nothing would be read.
pub fn reads(reader: &Reader, typed: Option<&str>) -> Result<()> {
    let known: Vec<&str> = reader.packs().langs.keys().map(String::as_str).collect();
    if let Some(typed) = typed
        && !typed.split(['-', '_', '.']).next().is_some_and(|name| known.contains(&&*name.to_ascii_lowercase()))
    {
        bail!("--lang {typed}: no language pack for it; languages read: {}", known.join(", "));
    }
    Ok(())
}

/// What to read, and with what.
pub fn job(sources: Sources, packs: &Packs) -> Result<Job> {
    let reader = reader(packs)?;
    reads(&reader, sources.lang.as_deref())?;
    let given = Given { months: reader.months(), ..given(&sources) };
    let manifest = sources.manifest.as_deref().map(Manifest::read).transpose()?.unwrap_or_default();
    let paths = if sources.paths.is_empty() { manifest.paths.clone() } else { sources.paths };
    let manners = manners(sources.fetching);
    Ok(Job { paths, given, manifest, manners, reader, with_bytes: false })
}

fn manners(fetching: Fetching) -> Manners {
    let Fetching { user_agent, proxy, allow_private, keep } = fetching;
    let usual = Manners::default();
    Manners { agent: user_agent.unwrap_or(usual.agent.clone()), proxy, private: allow_private, keep, ..usual }
}

/// Now: the only place where the program asks the clock.
pub fn now() -> Timestamp {
    Timestamp::now()
}

/// Today, where the person sits.
pub fn today() -> civil::Date {
    Zoned::now().date()
}

fn given(sources: &Sources) -> Given {
    Given {
        lang: sources.lang.clone(),
        published: sources.published,
        force_published: sources.force_published,
        kind: sources.kind,
        url: sources.url.clone(),
        ..Given::default()
    }
}
