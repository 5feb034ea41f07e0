//! Looks a sentence up in the ledger: `bilan check`.
//!
//! In: a sentence as it stands in an article. Out: for each figure who said so, where and when, who says otherwise, or
//! plainly that the ledger knows nothing.

use crate::args::Check;
use crate::table::{Cell, Column, Page, Row, Table};
use crate::text::{plain, wrap};
use crate::{End, config, row, told};
use anstyle::Style;
use anyhow::{Context, Result, bail};
use bilan::document::Given;
use bilan_ledger::Ledger;
use bilan_view::answer::{self, Checked, Figure, Found, Which};
use std::io::{Read, Write};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
/// A sentence is no article.
const MOST: u64 = 1 << 20;

const COLUMNS: [Column; 6] = [
    Column::words("who says").wide(),
    Column::number("value"),
    Column::words("of what").wide(),
    Column::whole("as of"),
    Column::words("it is").wide(),
    Column::whole("told by"),
];

/// Checks.
pub fn run(args: Check, page: Page) -> Result<End> {
    let mut sentence = args.sentence;
    if sentence == "-" {
        sentence.clear();
        std::io::stdin().take(MOST).read_to_string(&mut sentence).context("standard input: not a text")?;
    }
    if sentence.trim().is_empty() {
        bail!("the sentence is empty");
    }
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let reader = config::reader(&args.packs)?;
    config::reads(&reader, args.lang.as_deref())?;
    let given = Given { lang: args.lang, force_published: args.published, ..Given::default() };
    let on = args.published.and_then(|date| date.last_day()).unwrap_or_else(config::today);
    let answer = answer::check(&ledger, &reader, &sentence, &given, on, &Which::all(false))?;
    if let Some(format) = super::wire_format(args.format) {
        return super::answer(&answer, format);
    }
    let mut out = super::stdout();
    if answer.figures.is_empty() {
        writeln!(out, "there is no figure in this sentence that could be a toll or a force")?;
    } else if answer.digits_only {
        writeln!(out, "no language pack reads this sentence: the digits are looked for, whatever they count")?;
    }
    for figure in &answer.figures {
        out.write_all(shown(figure, &answer, page).as_bytes())?;
    }
    writeln!(out, "{}", answer.coverage)?;
    out.flush()?;
    Ok(End::Done)
}

fn shown(figure: &Checked, answer: &answer::Check, page: Page) -> String {
    let mut head = format!("\"{}\"", figure.words);
    match (&figure.read, &figure.reason) {
        (Some(read), _) => {
            let who = read.claimant.as_deref().unwrap_or("nobody named");
            let subject = told::subject(read.side.as_deref(), &read.counted, &read.outcome);
            head.push_str(&format!(
                ", read as {} {subject}, {}; says {who}",
                figure.value,
                told::scope_of(&read.scope)
            ));
        }
        (None, Some(reason)) => {
            head.push_str(&format!(", no claim ({}); looked for by its number", row::readable(reason)))
        }
        (None, None) => {}
    }
    let mut out: String =
        wrap(&plain(&head), page.width).iter().map(|l| format!("{}\n", page.paint(l, BOLD))).collect();
    let inner = Page { width: page.width.saturating_sub(2), ..page };
    if figure.found.is_empty() && figure.otherwise.is_empty() {
        out.push_str("  the ledger knows nothing of this figure\n\n");
        return out;
    }
    let found: Vec<Row> = figure.found.iter().map(|one| found(figure, one)).collect();
    let others: Vec<Row> = figure.otherwise.iter().map(other).collect();
    let all: Vec<Row> = found.iter().chain(&others).cloned().collect();
    let table = Table::new(&COLUMNS, &all, inner);
    out.push_str(&super::compare::indent(&table.head()));
    out.extend(found.iter().map(|row| super::compare::indent(&table.row(row))));
    if figure.found.is_empty() {
        out.push_str("  nobody in the ledger says this number\n");
    }
    if figure.more > 0 {
        out.push_str(&format!(
            "  and {} with this number\n",
            super::many(figure.more, "more statement", "more statements")
        ));
    }
    if !others.is_empty() {
        let words = format!("others of the same subject, latest known on {}:", answer.on);
        out.push_str(&format!("  {}\n", page.paint(&words, DIM)));
        out.extend(others.iter().map(|row| super::compare::indent(&table.row(row))));
    }
    out.push('\n');
    out
}

fn found(figure: &Checked, found: &Found) -> Row {
    let (line, said) = (&found.statement.line, &found.statement.told);
    let mut it_is = vec![
        match found.number {
            "same" => "the same number",
            "same_number" => "the same number, hedged otherwise",
            "rounds" => "what the sentence rounds",
            "near" => "a near number",
            _ => "rounder than the sentence",
        }
        .to_owned(),
    ];
    if let Some(read) = &figure.read {
        for field in &found.differs {
            it_is.push(match *field {
                "outcome" => {
                    format!("other word: {}, not {}", row::readable(&line.outcome), row::readable(&read.outcome))
                }
                "counted" => {
                    format!("told of {}, not {}", row::readable(&line.counted), row::readable(&read.counted))
                }
                "side" => format!("told of {}", row::side(line.side.as_deref())),
                _ => "another voice".to_owned(),
            });
        }
    }
    let mut row = figures(line, said, it_is.join("; "));
    let place = said.appearances.first().map(|place| format!(" ({})", place.document)).unwrap_or_default();
    row.under = found.sentence.as_ref().map(|sentence| format!("{sentence}{place}")).unwrap_or_default();
    row
}

fn other(figure: &Figure) -> Row {
    figures(&figure.statement.line, &figure.statement.told, figure.age_words())
}

fn figures(line: &answer::Line, said: &answer::Told, it_is: String) -> Row {
    let cells = vec![
        told::who(line, said),
        Cell::of(said.value.to_string()).style(BOLD),
        Cell::of(told::subject(line.side.as_deref(), &line.counted, &line.outcome)),
        Cell::of(told::as_of(said)),
        Cell::of(it_is),
        Cell::of(told::texts(said)),
    ];
    Row { cells, under: String::new() }
}
