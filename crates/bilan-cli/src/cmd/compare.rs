//! Shows who says how many, at a date: `bilan compare`.
//!
//! In: a ledger, a day, and the day by which the ledger had learned it. Out: for each subject the latest known figure
//! of each claimant with its age; comparable ones together, and why others are not.

use crate::args::Compare;
use crate::table::{Cell, Column, Page, Row, Table};
use crate::text::{plain, wrap};
use crate::{End, config, row};
use anstyle::Style;
use anyhow::{Context, Result, bail};
use bilan::claim::Date;
use bilan::history::{self, Appearance, Comparison, Group, Incident, Kinds, Known, Settings, Subject, Voice};
use bilan_ledger::{Ledger, Row as Told};
use std::collections::BTreeSet;
use std::io::Write;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

const COLUMNS: [Column; 5] = [
    Column::words("who says").wide(),
    Column::number("value"),
    Column::whole("as of"),
    Column::words("age"),
    Column::whole("told by"),
];

/// Compares.
pub fn run(args: Compare, page: Page) -> Result<End> {
    let ledger = Ledger::open_read_only(&args.ledger.ledger)?;
    let on = match &args.on {
        Some(date) => date.last_day().with_context(|| format!("--on {date}: a comparison needs a year"))?,
        None => config::today(),
    };
    let kinds = Kinds::embedded()?;
    let settings = Settings { tolerance_days: i64::from(args.within), read_losses_as: args.read_losses_as };
    if let Some(outcome) = &settings.read_losses_as
        && !["losses", "lost"].iter().any(|open| kinds.reads_as(open, outcome))
    {
        bail!("--read-losses-as {outcome}: losses cannot be read so; expected killed, casualties or destroyed");
    }
    let mut filter = super::claims::filter(args.filter)?;
    filter.known = args.known.as_ref().map(|date| known(&ledger, date)).transpose()?.flatten();
    let told: Vec<Appearance> = ledger.claims(&filter)?.into_iter().map(appearance).collect();
    let lines = history::lines(&told, &kinds);
    let comparison = history::compare(&lines, &kinds, on, filter.known, &settings);

    let mut out = super::stdout();
    let mut head = format!(
        "as of {on}; running totals at most {} apart are compared",
        super::many(usize::from(args.within), "day", "days")
    );
    if let Some(known) = &args.known {
        head.push_str(&format!("; as the ledger knew it by {known}"));
    }
    if let Some(outcome) = &settings.read_losses_as {
        head.push_str(&format!("; losses are read as {outcome}"));
    }
    for line in wrap(&head, page.width) {
        writeln!(out, "{line}")?;
    }
    out.write_all(shown(&comparison, page).as_bytes())?;
    out.flush()?;
    Ok(End::Done)
}

/// The last entry of that day; `None` when no entry came later.
fn known(ledger: &Ledger, by: &Date) -> Result<Option<u64>> {
    let day = by.last_day().with_context(|| format!("--known {by}: the ledger's clock has years"))?;
    let later = |time: &str| {
        time.parse::<jiff::Timestamp>().is_ok_and(|time| time.to_zoned(jiff::tz::TimeZone::system()).date() > day)
    };
    let batches = ledger.coverage()?.batches;
    Ok(batches.iter().find(|batch| later(&batch.time)).map(|batch| batch.entry.saturating_sub(1)))
}

fn appearance(row: Told) -> Appearance {
    Appearance {
        entry: row.entry,
        document: row.document,
        text_hash: row.text_hash,
        outlet: row.outlet,
        url: row.url,
        published: row.published,
        figure: row.figure,
        claim: row.claim,
    }
}

fn shown(comparison: &Comparison, page: Page) -> String {
    if comparison.subjects.is_empty() && comparison.undecided == 0 {
        return "\nthe ledger knows no figure that fits\n".to_owned();
    }
    let groups = || comparison.subjects.iter().flat_map(|subject| &subject.groups);
    let rows: Vec<Row> = groups().flat_map(|group| &group.figures).map(figure).collect();
    let inner = Page { width: page.width.saturating_sub(2), ..page };
    let table = Table::new(&COLUMNS, &rows, inner);
    let mut out = String::from("\n");
    out.push_str(&indent(&table.head()));
    for subject in &comparison.subjects {
        for group in &subject.groups {
            out.push_str(&format!("{}\n", page.paint(&plain(&heading(subject, group)), BOLD)));
            for why in apart(subject, group).iter().flat_map(|why| wrap(why, inner.width)) {
                out.push_str(&format!("  {}\n", page.paint(&why, DIM)));
            }
            out.extend(group.figures.iter().map(|known| indent(&table.row(&figure(known)))));
            for line in remarks(group).iter().flat_map(|remark| wrap(&plain(remark), inner.width)) {
                out.push_str(&format!("  {}\n", page.paint(&line, DIM)));
            }
            out.push('\n');
        }
    }
    if comparison.undecided > 0 {
        let figures = super::many(comparison.undecided, "figure has a date that does", "figures have dates that do");
        out.push_str(&format!("{figures} not tell whether they count by then\n"));
    }
    out
}

fn heading(subject: &Subject, group: &Group) -> String {
    let whose = match subject.side.as_deref() {
        Some("-") => "people of no country",
        Some(side) => side,
        None => "whose is not told",
    };
    let mut words = format!("{whose}: {} {}", row::readable(&subject.counted), row::readable(&group.outcome));
    match (&subject.incident, group.scope.as_str()) {
        (Some(Incident::Told(place, day)), _) => words.push_str(&format!(", {place}, {}", row::date(day))),
        (Some(Incident::Untold(_)), _) => words.push_str(", one event, place or day unknown"),
        (None, scope) => words.push_str(&format!(", {}", row::readable(scope))),
    }
    words
}

/// Why the group stands alone; one reason is told once, with the first group that it holds for.
fn apart(subject: &Subject, group: &Group) -> Vec<String> {
    let mut told = BTreeSet::new();
    let new = group.apart.iter().filter(|(_, reason)| told.insert(reason));
    new.map(|(other, reason)| match subject.groups.get(*other) {
        Some(other) => format!("not beside {}: {reason}", figures_of(other)),
        None => reason.to_string(),
    })
    .collect()
}

/// "killed of 2031-05-09": enough to find the group above.
fn figures_of(group: &Group) -> String {
    let outcome = row::readable(&group.outcome);
    match group.figures.first().and_then(|known| known.statement.last) {
        Some(day) => format!("{outcome} of {}", row::date(&day)),
        None => outcome,
    }
}

fn figure(known: &Known) -> Row {
    let statement = &known.statement;
    let said = statement.appearances.iter().find_map(|appearance| appearance.claim.as_said.get("claimant"));
    let (texts, different) = (statement.texts(), statement.different_texts());
    let told = match texts == different {
        true => super::many(texts, "text", "texts"),
        false => format!("{texts} texts, {different} different"),
    };
    let days = match (statement.first, statement.last) {
        (Some(first), Some(last)) => row::covers(Some(&first), Some(&last)),
        (first, last) => first.or(last).as_ref().map(row::date).unwrap_or_default(),
    };
    let who = match &statement.line.voice {
        Voice::Text(_) => Cell::of("the report itself"),
        Voice::Outlet(outlet) => Cell::of(format!("{outlet} itself")),
        voice => Cell::of(said.map_or("", String::as_str)).tail(voice.to_string()),
    };
    let cells = vec![
        who,
        Cell::of(statement.value.to_string()).style(BOLD),
        Cell::of(days),
        Cell::of(known.age.to_string()),
        Cell::of(told),
    ];
    Row { cells, under: String::new() }
}

fn remarks(group: &Group) -> Vec<String> {
    let name = |at: &usize| {
        let statement = &group.figures[*at].statement;
        format!("{} ({})", statement.value, statement.line.voice)
    };
    let names = |all: &[usize]| all.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut out = Vec::new();
    if let Some(range) = &group.range {
        out.push(format!("range of claims: {} to {}", names(&range.lowest), names(&range.highest)));
    }
    out.extend(group.contradictions.iter().map(|(a, b)| format!("cannot both hold: {}", names(&[*a, *b]))));
    out
}

fn indent(lines: &str) -> String {
    lines.lines().map(|line| format!("  {line}").trim_end().to_owned() + "\n").collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invented;
    use snapbox::{assert_data_eq, str};

    fn compared(on: &str, settings: &Settings) -> String {
        let folder = tempfile::tempdir().unwrap();
        let mut ledger = Ledger::create(folder.path().join("invented.db")).unwrap();
        let readings: Vec<_> = std::iter::once(invented::reading()).chain(invented::others()).collect();
        ledger.add(&readings, &bilan_ledger::AddOptions::at("2031-05-10T00:00:00Z".parse().unwrap())).unwrap();
        let told: Vec<Appearance> =
            ledger.claims(&bilan_ledger::Filter::default()).unwrap().into_iter().map(appearance).collect();
        let kinds = Kinds::embedded().unwrap();
        let lines = history::lines(&told, &kinds);
        let comparison = history::compare(&lines, &kinds, on.parse().unwrap(), None, settings);
        shown(&comparison, Page { width: 100, colour: false })
    }

    #[test]
    fn claimants_stand_side_by_side_with_the_age_of_their_figures() {
        assert_data_eq!(
            compared("2031-05-12", &Settings::default()),
            str![[r#"

  who says                                       value  as of       age         told by
  ──────────────────────────────────────────────────────────────────────────────────────────────────
XA: civilian wounded, XA/Valmont, 2031-05-03
  l'hôpital de Valmont XA/local/Valmont       [20..99]  2031-05-05  7 days old  1 text

XB: military killed, cumulative
  le ministère karnais de la Déf… XB/mod          ~950  2031-05-09  3 days old  3 texts, 1 different
  Le ministère de la Défense d'O… XA/mod         >1200  2031-05-04  8 days old  1 text
  range of claims: ~950 (XB/mod) to >1200 (XA/mod)

XB: military losses, cumulative
  not beside killed of 2031-05-09: comparable only if losses is read as killed
  le ministère karnais de la Déf… XB/mod  [2000..9999]  2031-05-09  3 days old  3 texts, 1 different

XB: tank lost, cumulative
  Le ministère de la Défense d'O… XA/mod           ~35  2031-05-04  8 days old  1 text


"#]]
        );
    }

    #[test]
    fn an_older_day_knows_less() {
        assert_data_eq!(
            compared("2031-05-03", &Settings::default()),
            str![[r#"

the ledger knows no figure that fits

"#]]
        );
    }
}
