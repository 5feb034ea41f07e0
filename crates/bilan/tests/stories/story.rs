//! Reads a story: a page of prose with tables of claims, and the history expected of them.
//!
//! In: Markdown with ```` ```claims ```` and ```` ```history ```` blocks. Out: the same page, each history block filled
//! by whoever is asked: the engine, or a ledger.
//!
//! A history block is told all claims above it, so that a page can go on "and the next day …". Words after `history`
//! make it a question: `on=2022-11-20 known=3 tolerance=7 losses=killed`.
//!
//! A `claims` block is a table; its first row names the columns, and an empty cell means "not told". Columns that a
//! table leaves out are filled as the reader would: `stated` from `published`, `to` from `stated`, `outlet` and `text`
//! from `document`, `scope` cumulative.

use bilan::claim::{Claim, Confidence, Contest, Date, Quote, Span, Value};
use bilan::history::{Kinds, Settings};
use std::collections::BTreeMap;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What a history block asks.
#[derive(Clone, Debug, Default)]
pub struct Question {
    /// The day, for "who says how many"; without it, the whole history.
    pub on: Option<jiff::civil::Date>,
    /// The last entry that counts as known.
    pub known: Option<u64>,
    /// What the reader chose.
    pub settings: Settings,
}

/// A claim of a story, with the story's own short names for document and text.
#[derive(Clone, Debug)]
pub struct Told {
    /// The number of its document, in order of telling.
    pub entry: u64,
    /// The document's name.
    pub document: String,
    /// The text's name; reprints have the same.
    pub text: String,
    /// Who published it.
    pub outlet: Option<String>,
    /// When.
    pub published: Option<Date>,
    /// What was said.
    pub claim: Claim,
}

/// The kinds that stories are told with: ours, and one invented armed group.
pub fn kinds() -> Kinds {
    let mut kinds = Kinds::embedded().unwrap_or_default();
    kinds.armed.insert("XA/front".to_owned());
    kinds
}

/// Every story of a folder, by name.
pub fn stories(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let entries = std::fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries.filter_map(|entry| entry.ok().map(|entry| entry.path())).collect();
    paths.retain(|path| path.extension().is_some_and(|end| end == "md"));
    paths.sort();
    Ok(paths)
}

/// The page with each history block filled by `answer`. Entries are numbered by document, from 1, in order of telling.
pub fn retell(page: &str, mut answer: impl FnMut(&[Told], &Question) -> String) -> Result<String, String> {
    let mut told: Vec<Told> = Vec::new();
    let mut out = String::new();
    let mut lines = page.lines().enumerate();
    while let Some((at, line)) = lines.next() {
        out += line;
        out.push('\n');
        let Some(info) = line.strip_prefix("```").filter(|info| !info.is_empty()) else { continue };
        let mut block = Vec::new();
        let closed = lines.by_ref().any(|(at, line)| {
            let end = line == "```";
            if !end {
                block.push((at + 1, line));
            }
            end
        });
        if !closed {
            return Err(format!("line {}: the block is not closed", at + 1));
        }
        let (kind, rest) = info.split_once(' ').unwrap_or((info, ""));
        match kind {
            "claims" => {
                claims(&block, &mut told)?;
                block.iter().for_each(|(_, line)| out += &format!("{line}\n"));
            }
            "history" => {
                let question = question(rest).map_err(|error| format!("line {}: {error}", at + 1))?;
                out += &answer(&told, &question);
            }
            _ => block.iter().for_each(|(_, line)| out += &format!("{line}\n")),
        }
        out += "```\n";
    }
    Ok(out)
}

fn question(words: &str) -> Result<Question, String> {
    let mut question = Question::default();
    for word in words.split_whitespace() {
        let (name, value) = word.split_once('=').ok_or_else(|| format!("`{word}` is not name=value"))?;
        match name {
            "on" => question.on = Some(parse(value)?),
            "known" => question.known = Some(parse(value)?),
            "tolerance" => question.settings.tolerance_days = parse(value)?,
            "losses" => question.settings.read_losses_as = Some(value.into()),
            _ => return Err(format!("`{name}` is none of on, known, tolerance, losses")),
        }
    }
    Ok(question)
}

fn claims(block: &[(usize, &str)], told: &mut Vec<Told>) -> Result<(), String> {
    let mut rows = block.iter().filter(|(_, row)| !row.trim().is_empty());
    let Some((_, head)) = rows.next() else { return Ok(()) };
    let columns: Vec<&str> = head.split('|').map(str::trim).collect();
    for (at, row) in rows {
        let cells: Vec<&str> = row.split('|').map(str::trim).collect();
        if cells.len() != columns.len() {
            return Err(format!("line {at}: {} cells under {} columns", cells.len(), columns.len()));
        }
        let row = Row(columns.iter().copied().zip(cells).collect());
        let one = row.told(told).map_err(|error| format!("line {at}: {error}"))?;
        told.push(one);
    }
    Ok(())
}

const COLUMNS: [&str; 22] = [
    "document",
    "text",
    "outlet",
    "published",
    "claimant",
    "words",
    "citing",
    "via",
    "value",
    "counted",
    "side",
    "outcome",
    "scope",
    "stated",
    "from",
    "to",
    "place",
    "said",
    "translated",
    "denied",
    "doubted",
    "confirmed",
];

struct Row<'p>(BTreeMap<&'p str, &'p str>);

impl Row<'_> {
    /// `None` when the table has no such column; `Some("")` when the cell is empty.
    fn cell(&self, name: &str) -> Option<&str> {
        self.0.get(name).copied()
    }

    fn text(&self, name: &str) -> Option<String> {
        self.cell(name).filter(|cell| !cell.is_empty()).map(str::to_owned)
    }

    fn needed(&self, name: &str) -> Result<String, String> {
        self.text(name).ok_or_else(|| format!("`{name}` is empty"))
    }

    fn date(&self, name: &str, otherwise: Option<Date>) -> Result<Option<Date>, String> {
        match self.cell(name) {
            None => Ok(otherwise),
            Some("") => Ok(None),
            Some(date) => parse(date).map(Some),
        }
    }

    fn told(&self, told: &[Told]) -> Result<Told, String> {
        if let Some(column) = self.0.keys().find(|column| !COLUMNS.contains(column)) {
            return Err(format!("`{column}` is no column; expected one of {}", COLUMNS.join(", ")));
        }
        let document = self.needed("document")?;
        let published = self.date("published", None)?;
        let stated = self.date("stated", published)?;
        let same = told.iter().find(|other| other.document == document);
        let entry = same.map(|other| other.entry);
        let entry = entry.unwrap_or_else(|| told.iter().map(|other| other.entry).max().unwrap_or(0) + 1);
        // A document's claims stand one after the other, ten bytes each.
        let start = 10 * told.iter().filter(|other| other.document == document).count() as u32;
        let span = Span { start, end: start + 5 };
        let contested = ["denied", "doubted", "confirmed"].iter().filter_map(|how| {
            let who = self.text(how)?;
            Some(Contest { who: (who != "reporter").then_some(who), how: (*how).into(), words: "…".into(), span })
        });
        let claim = Claim {
            span,
            n: 0,
            value: parse::<Value>(&self.needed("value")?)?,
            outcome: self.needed("outcome")?,
            counted: self.needed("counted")?,
            side: self.text("side"),
            claimant: self.text("claimant"),
            citing: self.text("citing"),
            via: self.text("via").into_iter().collect(),
            stated,
            from: self.date("from", None)?,
            to: self.date("to", stated)?,
            scope: self.text("scope").unwrap_or_else(|| "cumulative".into()),
            place: self.text("place"),
            said: self.text("said").unwrap_or_else(|| "asserted".into()),
            contested: contested.collect(),
            blamed: None,
            confidence: Confidence { claim: 100, claimant: 100 },
            quote: Quote { span, translated: self.text("translated").is_some() },
            also: vec![],
            as_said: self.text("words").map(|words| ("claimant".into(), words)).into_iter().collect(),
            spans: BTreeMap::new(),
            why: vec![],
        };
        Ok(Told {
            entry,
            text: self.text("text").unwrap_or_else(|| document.clone()),
            outlet: self.cell("outlet").map_or(Some(document.clone()), |_| self.text("outlet")),
            published,
            claim,
            document,
        })
    }
}

fn parse<T: FromStr>(text: &str) -> Result<T, String>
where
    T::Err: Display,
{
    text.parse().map_err(|error: T::Err| format!("`{text}`: {error}"))
}
