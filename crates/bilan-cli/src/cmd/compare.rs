//! Shows who says how many, at a date: `bilan compare`.
//!
//! In: a ledger, a day, and the day by which the ledger had learned it. Out: for each subject the latest known figure
//! of each claimant with its age; comparable ones together, and why others are not.

use crate::args::Compare;
use crate::table::{Cell, Column, Page, Row, Table};
use crate::text::{plain, wrap};
use crate::{End, config, row, told};
use anstyle::Style;
use anyhow::{Context, Result};
use bilan::history::Settings;
use bilan_ledger::Ledger;
use bilan_view::answer::{self, Apart, Figure, Group, Subject};
use std::collections::BTreeMap;
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
    let known = match &args.known {
        Some(by) => {
            let day = by.last_day().with_context(|| format!("--known {by}: the ledger's clock has years"))?;
            answer::known(&ledger, day, &jiff::tz::TimeZone::system())?
        }
        None => None,
    };
    let settings = Settings { tolerance_days: i64::from(args.within), read_losses_as: args.read_losses_as };
    let which = super::which(&ledger, args.filter)?;
    let answer = answer::compare(&ledger, &which, on, known, &settings)?;
    let draw = |labels: &_, caption: &_| bilan_view::chart::compare(&answer, labels, caption);
    if super::chart::write(&args.chart, &ledger, &answer.coverage, draw)? {
        return Ok(End::Done);
    }
    if let Some(format) = super::wire_format(args.format) {
        return super::answer(&answer, format);
    }
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
    out.write_all(shown(&answer, page).as_bytes())?;
    writeln!(out, "{}", answer.coverage)?;
    out.flush()?;
    Ok(End::Done)
}

fn shown(answer: &answer::Compare, page: Page) -> String {
    if answer.subjects.is_empty() && answer.undecided == 0 {
        return "\nthe ledger knows no figure that fits\n\n".to_owned();
    }
    let groups = || answer.subjects.iter().flat_map(|subject| &subject.groups);
    let rows: Vec<Row> = groups().flat_map(|group| &group.figures).map(figure).collect();
    let inner = Page { width: page.width.saturating_sub(2), ..page };
    let table = Table::new(&COLUMNS, &rows, inner);
    let mut out = String::from("\n");
    out.push_str(&indent(&table.head()));
    for subject in &answer.subjects {
        for (at, group) in subject.groups.iter().enumerate() {
            out.push_str(&format!("{}\n", page.paint(&plain(&heading(subject, group)), BOLD)));
            for why in apart(subject, at).iter().flat_map(|why| wrap(&plain(why), inner.width)) {
                out.push_str(&format!("  {}\n", page.paint(&why, DIM)));
            }
            out.extend(group.figures.iter().map(|known| indent(&table.row(&figure(known)))));
            for line in remarks(group).iter().flat_map(|remark| wrap(&plain(remark), inner.width)) {
                out.push_str(&format!("  {}\n", page.paint(&line, DIM)));
            }
            out.push('\n');
        }
    }
    if answer.undecided > 0 {
        let figures = super::many(answer.undecided, "figure has a date that does", "figures have dates that do");
        out.push_str(&format!("{figures} not tell whether they count by then\n"));
    }
    out
}

fn heading(subject: &Subject, group: &Group) -> String {
    let mut words = told::subject(subject.side.as_deref(), &subject.counted, &group.outcome);
    let Some(first) = group.figures.first().map(|figure| &figure.statement) else { return words };
    match (&subject.place, &subject.day) {
        (Some(place), Some(day)) => words.push_str(&format!(", {place}, {}", row::date(day))),
        _ if subject.event => {
            let document = first.told.appearances.first().map_or("", |place| &place.document);
            words.push_str(&format!(", {document} does not tell place or day"));
        }
        _ => {
            let scope = group.figures.iter().map(|figure| &figure.statement.line);
            // The figure that tells its start tells most.
            let line = scope.max_by_key(|line| line.since.is_some()).unwrap_or(&first.line);
            words.push_str(&format!(", {}", told::scope(line)));
            if let Some(place) = &first.line.place {
                words.push_str(&format!(", in {place}"));
            }
        }
    }
    words
}

/// Why the group stands alone: one line for each reason, with the groups above that it holds for.
fn apart(subject: &Subject, at: usize) -> Vec<String> {
    let group = &subject.groups[at];
    let mut reasons: Vec<(String, Vec<String>)> = Vec::new();
    let mut named = BTreeMap::new();
    for why in &group.apart {
        let Some(other) = subject.groups.get(why.group) else { continue };
        let mut name = row::readable(&other.outcome);
        if other.scope != group.scope {
            name.push_str(&format!(" ({})", told::scope_of(&other.scope)));
        }
        // The same word again needs what tells the two apart.
        if other.outcome == group.outcome
            && other.scope == group.scope
            && let Some(first) = other.figures.first().map(|figure| &figure.statement)
        {
            match &first.line.place {
                Some(place) if !subject.event => name.push_str(&format!(" in {place}")),
                _ => name.push_str(&format!(" of {}", told::day(&first.told.last))),
            }
        }
        let reason = reason(why);
        let place = *named.entry(reason.clone()).or_insert_with(|| {
            reasons.push((reason, vec![]));
            reasons.len() - 1
        });
        if !reasons[place].1.contains(&name) {
            reasons[place].1.push(name);
        }
    }
    let told =
        |(reason, names): (String, Vec<String>)| format!("not compared with {} above: {reason}", names.join(", "));
    reasons.into_iter().map(told).collect()
}

fn reason(why: &Apart) -> String {
    match (why.reason, why.between.as_slice()) {
        ("too_old", [days]) => format!("{days} days apart, too old"),
        ("other_outcome", _) => "another outcome".to_owned(),
        ("other_scope", _) => "another scope".to_owned(),
        ("only_if_read_as", [open, outcome]) => {
            format!("only if {open} is read as {outcome} (--read-losses-as {outcome})")
        }
        ("other_start", [one, other]) => format!("counted since {one} / since {other}"),
        ("other_place" | "other_counted" | "other_side", [one, other]) => format!("{one} / {other}"),
        _ => why.words.trim_start_matches("not comparable: ").to_owned(),
    }
}

fn figure(known: &Figure) -> Row {
    let (line, told) = (&known.statement.line, &known.statement.told);
    let cells = vec![
        told::who(line, told),
        Cell::of(told.value.to_string()).style(BOLD),
        Cell::of(told::as_of(told)),
        Cell::of(known.age_words()),
        Cell::of(told::texts(told)),
    ];
    Row { cells, under: String::new() }
}

fn remarks(group: &Group) -> Vec<String> {
    let name = |at: &usize| {
        let statement = &group.figures[*at].statement;
        format!("{} ({})", statement.told.value, statement.line.voice)
    };
    let names = |all: &[usize]| all.iter().map(name).collect::<Vec<_>>().join(", ");
    let mut out = Vec::new();
    for figure in &group.figures {
        let (value, said) = (figure.statement.told.value, &figure.statement.line.outcome);
        if *said != group.outcome {
            out.push(format!("{value} was said of {}", row::readable(said)));
        }
        if let Some(other) = &figure.rewords {
            out.push(format!("{value} may be the {} {} in another word", other.value, row::readable(&other.outcome)));
        }
        if let Some(whole) = figure.part {
            out.push(format!("{value} may be counted in {whole}"));
        }
        for contest in &figure.statement.told.contested {
            out.push(format!("{value} is {} by {}", contest.how, contest.who.as_deref().unwrap_or(row::REPORTER)));
        }
    }
    if let Some(range) = &group.range {
        out.push(format!("range of claims: {} to {}", names(&range.lowest), names(&range.highest)));
    }
    out.extend(group.contradictions.iter().map(|(a, b)| format!("cannot both hold: {}", names(&[*a, *b]))));
    out
}

/// Two columns to the right.
pub fn indent(lines: &str) -> String {
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
        let which = answer::Which::all(false);
        let answer = answer::compare(&ledger, &which, on.parse().unwrap(), None, settings).unwrap();
        shown(&answer, Page { width: 100, colour: false })
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

XB: military killed, running total since 2031-04-03
  le ministère karnais de la Déf… XB/mod          ~950  2031-05-09  3 days old  3 texts, 1 different
  Le ministère de la Défense d'O… XA/mod         >1200  2031-05-04  8 days old  1 text
  range of claims: ~950 (XB/mod) to >1200 (XA/mod)

XB: military losses, running total since 2031-04-03
  not compared with killed above: only if losses is read as killed (--read-losses-as killed)
  le ministère karnais de la Déf… XB/mod  [2000..9999]  2031-05-09  3 days old  3 texts, 1 different

XB: tank lost, running total since 2031-04-03
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
