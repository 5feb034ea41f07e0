//! Puts a claim, a refusal or a document into the words of a table.
//!
//! In: the types of a reading. Out: the cells of a row, in the order of its columns.
//!
//! "plus de 14 400" and `>14400` stand side by side: what was said, then what we made of it. The hedge stands where it
//! was said, before or after the number.

use crate::table::{Cell, Column, Row};
use anstyle::Style;
use bilan::Reader;
use bilan::claim::{Claim, Date, Partial, Refusal, Span};
use bilan::document::Document;
use bilan_view::answer::{named, unidentified};

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();

/// Whose voice it is when nobody is named.
pub const REPORTER: &str = "the reporter";

/// The columns of a table of claims.
pub const CLAIMS: [Column; 10] = [
    Column::words("who says").wide(),
    Column::words("how many"),
    Column::number("value"),
    Column::words("who or what"),
    Column::words("whose"),
    Column::words("outcome"),
    Column::whole("covers").below(),
    Column::whole("said on").below(),
    Column::words("place").below(),
    Column::words("document").below(),
];

/// The columns of a table of refusals.
pub const REFUSED: [Column; 5] = [
    Column::number("figure"),
    Column::words("not taken: it is").wide(),
    Column::words("because of"),
    Column::words("by"),
    Column::words("document"),
];

/// The columns of a table of documents.
pub const DOCUMENTS: [Column; 8] = [
    Column::words("document"),
    Column::words("title").wide(),
    Column::words("outlet"),
    Column::whole("published"),
    Column::whole("lang"),
    Column::number("claims"),
    Column::number("refused"),
    Column::words("remarks").below(),
];

/// A claim as a row. `text` is the document's, `document` its name.
pub fn claim(claim: &Claim, text: &str, document: &str, sentence: bool) -> Row {
    let spoken = Spoken { claim, said: said(claim, text), document };
    spoken.row(if sentence { claim.quote.span.of(text) } else { "" })
}

/// A claim with its words already taken from the text.
pub struct Spoken<'a> {
    /// The claim.
    pub claim: &'a Claim,
    /// The figure and its hedge, as said.
    pub said: String,
    /// The name of its document.
    pub document: &'a str,
}

impl Spoken<'_> {
    /// As a row, with this sentence under it.
    pub fn row(&self, sentence: &str) -> Row {
        let claim = self.claim;
        let as_said = |field: &str| claim.as_said.get(field).map_or("", String::as_str);
        let claimant = match &claim.claimant {
            Some(party) => Cell::of(as_said("claimant")).tail(party),
            None => Cell::of(unidentified(claim).map_or(REPORTER.to_owned(), named)).style(DIM),
        };
        let counted = match claim.counted.as_str() {
            "other" => Cell::of(as_said("counted")).tail("(other)"),
            counted => Cell::of(readable(counted)),
        };
        let cells = vec![
            claimant,
            Cell::of(&self.said),
            Cell::of(claim.value.to_string()).style(BOLD),
            counted,
            Cell::of(side(claim.side.as_deref())),
            Cell::of(readable(&claim.outcome)),
            Cell::of(covers(claim.from.as_ref(), claim.to.as_ref())),
            Cell::of(claim.stated.as_ref().map(date).unwrap_or_default()),
            Cell::of(claim.place.as_deref().unwrap_or("")),
            Cell::of(self.document),
        ];
        Row { cells, under: sentence.to_owned() }
    }
}

/// A refusal as a row; `reason` is the sentence of `packs/kinds.toml` or its key.
pub fn refusal(refusal: &Refusal, reason: &str, document: &Document, sentence: bool) -> Row {
    let text = &document.text;
    let because = if refusal.because == refusal.span { "" } else { refusal.because.of(text) };
    Row {
        cells: vec![
            Cell::of(refusal.span.of(text)).style(BOLD),
            Cell::of(reason),
            Cell::of(because),
            Cell::of(refusal.claimant.as_deref().unwrap_or("")),
            Cell::of(&document.id),
        ],
        under: if sentence { refusal.quote.of(text).to_owned() } else { String::new() },
    }
}

/// A document as a row, with how many claims and refusals it gave.
pub fn document(document: &Document, remarks: &[String], claims: usize, refusals: usize) -> Row {
    let title = Span { start: 0, end: document.title };
    Row {
        cells: vec![
            Cell::of(&document.id),
            Cell::of(title.of(&document.text)),
            Cell::of(document.outlet.as_deref().unwrap_or("")),
            Cell::of(document.published.as_ref().map(date).unwrap_or_default()),
            Cell::of(document.lang.as_deref().unwrap_or("")),
            Cell::of(claims.to_string()),
            Cell::of(refusals.to_string()),
            Cell::of(remarks.join("; ")),
        ],
        under: String::new(),
    }
}

/// The figure with its hedge, in the order in which they were said.
pub fn said(claim: &Claim, text: &str) -> String {
    said_with(claim, claim.span.of(text))
}

/// The same, when the figure's words are at hand and the text is not.
pub fn said_with(claim: &Claim, figure: &str) -> String {
    let Some(hedge) = claim.as_said.get("hedge").filter(|hedge| !hedge.is_empty()) else { return figure.to_owned() };
    let at = claim.spans.get("hedge").and_then(|spans| spans.first());
    match at {
        Some(at) if claim.span.start <= at.start && at.end <= claim.span.end => figure.to_owned(),
        Some(at) if at.start >= claim.span.end => format!("{figure} {hedge}"),
        _ => format!("{hedge} {figure}"),
    }
}

/// A key as words: `killed_or_missing` reads "killed or missing".
pub fn readable(key: &str) -> String {
    key.replace('_', " ")
}

/// Why a figure was not taken, in the words of `packs/kinds.toml`.
pub fn reason(reader: &Reader, key: &str) -> String {
    reader.packs().shared.kinds.refused.get(key).cloned().unwrap_or_else(|| readable(key))
}

/// Whose: `-` is people of no country, which is not the same as not being told.
pub fn side(side: Option<&str>) -> &str {
    match side {
        Some("-") => "no country",
        Some(side) => side,
        None => "not told",
    }
}

/// A date for people: the month by name only where there is no year.
pub fn date(date: &Date) -> String {
    match date {
        Date::At(at) => moment(at),
        Date::Between(from, to) => stretch(&moment(from), &moment(to)),
    }
}

/// What a figure covers. An arrow without an end is an end that is not known.
pub fn covers(from: Option<&Date>, to: Option<&Date>) -> String {
    match (from, to) {
        (None, None) => String::new(),
        (Some(from), Some(to)) if from == to => date(from),
        (Some(from), None) => format!("{}→", date(from)),
        (None, Some(to)) => format!("→{}", date(to)),
        (Some(Date::At(from)), Some(Date::At(to))) => stretch(&moment(from), &moment(to)),
        (Some(from), Some(to)) => format!("{}→{}", date(from), date(to)),
    }
}

fn stretch(from: &str, to: &str) -> String {
    let from = if to.ends_with(NO_YEAR) { from.trim_end_matches(NO_YEAR) } else { from };
    let year = from.get(..5).filter(|year| year.ends_with('-') && to.len() == from.len());
    match year.and_then(|year| to.strip_prefix(year)) {
        Some(rest) => format!("{from}→{rest}"),
        None => format!("{from}→{to}"),
    }
}

const NO_YEAR: &str = ", no year";

fn moment(at: &Partial) -> String {
    const MONTHS: [&str; 12] = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];
    let month = at.month.and_then(|month| MONTHS.get(usize::from(month).checked_sub(1)?));
    match (at.year, at.day, month) {
        (None, Some(day), Some(month)) => format!("{day} {month}{NO_YEAR}"),
        (None, None, Some(month)) => format!("{month}{NO_YEAR}"),
        _ => at.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use snapbox::{assert_data_eq, str};

    fn table(width: usize, sentence: bool) -> String {
        let reading = crate::invented::reading();
        let rows =
            reading.claims.iter().map(|claim| super::claim(claim, &reading.document.text, "invented-1", sentence));
        let rows: Vec<Row> = rows.collect();
        let table = crate::table::Table::new(&CLAIMS, &rows, crate::table::Page { width, colour: false });
        table.head() + &rows.iter().map(|row| table.row(row)).collect::<String>()
    }

    #[test]
    fn claims_on_a_wide_page() {
        assert_data_eq!(
            table(200, false),
            str![[r#"
who says                                    how many          value  who or what  whose  outcome  covers            said on     place       document
──────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Le ministère de la Défense d'Ostrie XA/mod  plus de 1 200     >1200  military     XB     killed   2031-04-03→05-04  2031-05-04              invented-1
Le ministère de la Défense d'Ostrie XA/mod  environ 35          ~35  tank         XB     lost     2031-04-03→05-04  2031-05-04              invented-1
l'hôpital de Valmont XA/local/Valmont       dizaines       [20..99]  civilian     XA     wounded  2031-05-03        2031-05-05  XA/Valmont  invented-1

"#]]
        );
    }

    #[test]
    fn claims_on_a_usual_page() {
        assert_data_eq!(
            table(140, false),
            str![[r#"
who says                          how many          value  who or what  whose  outcome  covers            said on     place       document
────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────────
Le ministère de la Défen… XA/mod  plus de 1 200     >1200  military     XB     killed   2031-04-03→05-04  2031-05-04              invented-1
Le ministère de la Défen… XA/mod  environ 35          ~35  tank         XB     lost     2031-04-03→05-04  2031-05-04              invented-1
l'hôpital de V… XA/local/Valmont  dizaines       [20..99]  civilian     XA     wounded  2031-05-03        2031-05-05  XA/Valmont  invented-1

"#]]
        );
    }

    #[test]
    fn claims_with_their_sentences() {
        assert_data_eq!(
            table(100, true),
            str![[r#"
who says                                    how many          value  who or what  whose  outcome
────────────────────────────────────────────────────────────────────────────────────────────────
Le ministère de la Défense d'Ostrie XA/mod  plus de 1 200     >1200  military     XB     killed
    covers 2031-04-03→05-04 · said on 2031-05-04 · document invented-1
    Le ministère de la Défense d'Ostrie a affirmé mardi que plus de 1 200 soldats karnais avaient
    été tués depuis le début des combats, le 3 avril.

Le ministère de la Défense d'Ostrie XA/mod  environ 35          ~35  tank         XB     lost
    covers 2031-04-03→05-04 · said on 2031-05-04 · document invented-1
    Il a ajouté que la Karnie avait perdu environ 35 chars.

l'hôpital de Valmont XA/local/Valmont       dizaines       [20..99]  civilian     XA     wounded
    covers 2031-05-03 · said on 2031-05-05 · place XA/Valmont · document invented-1
    Selon l'hôpital de Valmont, des dizaines de civils ont été blessés lundi dans un bombardement.


"#]]
        );
    }

    #[test]
    fn claims_on_a_narrow_page() {
        assert_data_eq!(
            table(60, true),
            str![[r#"
who says     Le ministère de la Défense d'Ostrie XA/mod
how many     plus de 1 200
value        >1200
who or what  military
whose        XB
outcome      killed
covers       2031-04-03→05-04
said on      2031-05-04
document     invented-1
    Le ministère de la Défense d'Ostrie a affirmé mardi que
    plus de 1 200 soldats karnais avaient été tués depuis le
    début des combats, le 3 avril.

who says     Le ministère de la Défense d'Ostrie XA/mod
how many     environ 35
value        ~35
who or what  tank
whose        XB
outcome      lost
covers       2031-04-03→05-04
said on      2031-05-04
document     invented-1
    Il a ajouté que la Karnie avait perdu environ 35 chars.

who says     l'hôpital de Valmont XA/local/Valmont
how many     dizaines
value        [20..99]
who or what  civilian
whose        XA
outcome      wounded
covers       2031-05-03
said on      2031-05-05
place        XA/Valmont
document     invented-1
    Selon l'hôpital de Valmont, des dizaines de civils ont
    été blessés lundi dans un bombardement.


"#]]
        );
    }

    fn day(text: &str) -> Option<Date> {
        Some(text.parse().unwrap())
    }

    #[test]
    fn dates_are_read_by_people() {
        let shown = |from: &str, to: &str| covers(day(from).as_ref(), day(to).as_ref());
        assert_eq!(shown("2031-02-24", "2031-03-19"), "2031-02-24→03-19");
        assert_eq!(shown("2031-12-30", "2032-01-02"), "2031-12-30→2032-01-02");
        assert_eq!(shown("2031-02", "2031-03-19"), "2031-02→2031-03-19");
        assert_eq!(shown("2031-03-19", "2031-03-19"), "2031-03-19");
        assert_eq!(shown("--03-19", "--03-19"), "19 Mar, no year");
        assert_eq!(shown("--02-24", "--03-19"), "24 Feb→19 Mar, no year");
        assert_eq!(covers(None, day("2031").as_ref()), "→2031");
        assert_eq!(covers(day("2031-03-14/2031-03-20").as_ref(), None), "2031-03-14→03-20→");
    }

    #[test]
    fn no_country_is_not_the_same_as_not_told() {
        assert_eq!((side(Some("-")), side(None), side(Some("AA+BB"))), ("no country", "not told", "AA+BB"));
    }
}
