//! Writes the footnote of a figure in a chosen style.
//!
//! In: a [`Cite`]. Out: one line of text, or a record for a wiki or a bibliography.
//!
//! What is not known is left out; nothing is invented: a page without a date is "n.d.", not of the day it was fetched.

use super::Cite;
use crate::label::Labels;
use bilan::claim::{Date, Partial, Value};

/// A style of footnotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Style {
    /// Chicago notes.
    Chicago,
    /// APA, for a list of references.
    Apa,
    /// MLA, for a list of works.
    Mla,
    /// ISO 690.
    Iso690,
    /// A template of Wikipedia.
    Wikipedia,
    /// A record of BibTeX.
    Bibtex,
}

impl Style {
    /// All of them, with the names by which they are asked for.
    pub const ALL: [(&'static str, Style); 6] = [
        ("chicago", Style::Chicago),
        ("apa", Style::Apa),
        ("mla", Style::Mla),
        ("iso690", Style::Iso690),
        ("wikipedia", Style::Wikipedia),
        ("bibtex", Style::Bibtex),
    ];

    /// By its name.
    pub fn named(name: &str) -> Option<Style> {
        Style::ALL.iter().find(|(known, _)| *known == name).map(|(_, style)| *style)
    }
}

const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];

impl Cite {
    /// The footnote in this style.
    pub fn footnote(&self, style: Style) -> String {
        let source = &self.source;
        let outlet = source.papers.outlet.as_deref();
        // A document without a title is named by its id, without quotation marks: it is no title.
        let title = source.papers.title.as_deref();
        let named = title.unwrap_or(&source.papers.document);
        let url = source.papers.url.as_deref();
        let published = source.papers.published.as_ref();
        let fetched = source.fetched.as_deref().and_then(|time| time.get(..10)?.parse::<Date>().ok());
        let quoted = |open: &str, close: &str, comma: &str| match title {
            Some(title) => format!("{open}{title}{comma}{close}"),
            None => format!("{named}{comma}"),
        };
        let join = |parts: Vec<Option<String>>, by: &str| parts.into_iter().flatten().collect::<Vec<_>>().join(by);
        match style {
            Style::Chicago => {
                let day = published.map(month_first).unwrap_or_else(|| "n.d.".into());
                let seen = fetched.as_ref().map(|day| format!(" (fetched {})", month_first(day))).unwrap_or_default();
                let parts = vec![Some(format!("{} {day}", quoted("“", "”", ","))), url.map(str::to_owned)];
                let source = join(vec![outlet.map(str::to_owned), Some(join(parts, ", "))], ", ");
                format!("{}. {source}{seen}. bilan figure {}.", self.claim_said(month_first), self.figure)
            }
            Style::Apa => {
                let day = published.map(apa_day).unwrap_or_else(|| "n.d.".into());
                let head = match outlet {
                    Some(outlet) => format!("{outlet}. ({day}). {named}."),
                    None => format!("{named}. ({day})."),
                };
                let seen =
                    fetched.as_ref().zip(url).map(|(day, url)| format!("Retrieved {}, from {url}", month_first(day)));
                join(
                    vec![
                        Some(head),
                        seen.or_else(|| url.map(str::to_owned)),
                        Some(format!("[bilan figure {}]", self.figure)),
                    ],
                    " ",
                )
            }
            Style::Mla => {
                let day = published.map(day_first).unwrap_or_else(|| "n.d.".into());
                let rest = join(vec![outlet.map(str::to_owned), Some(day), url.map(str::to_owned)], ", ");
                let seen = fetched.as_ref().map(|day| format!(" Accessed {}.", day_first(day))).unwrap_or_default();
                format!("{} {rest}.{seen} bilan figure {}.", quoted("“", "”", "."), self.figure)
            }
            Style::Iso690 => {
                let day = published.map(day_first).unwrap_or_else(|| "[n.d.]".into());
                let seen = fetched.as_ref().map(|day| format!(" [viewed {}]", day_first(day))).unwrap_or_default();
                let head = join(
                    vec![outlet.map(str::to_uppercase), Some(named.to_owned()), Some(format!("{day}{seen}"))],
                    ". ",
                );
                let at = url.map(|url| format!(" Available from: {url}.")).unwrap_or_default();
                format!("{head}.{at} bilan figure {}.", self.figure)
            }
            Style::Wikipedia => {
                let plain = |words: &str| words.replace("{{", "{ {").replace("}}", "} }").replace('|', "{{!}}");
                let field =
                    |name: &str, words: Option<String>| words.map(|words| format!(" |{name}={}", plain(&words)));
                let parts = vec![
                    field("title", Some(named.to_owned())),
                    field("newspaper", outlet.map(str::to_owned)),
                    field("date", published.map(day_first)),
                    field("url", url.map(|url| url.replace('|', "%7C"))),
                    field("access-date", fetched.as_ref().map(day_first)),
                    field("language", source.papers.lang.clone()),
                    field("quote", self.context.as_ref().map(|context| context.sentence.clone())),
                ];
                format!("<ref>{{{{cite news{}}}}}</ref>", join(parts, ""))
            }
            Style::Bibtex => {
                let field =
                    |name: &str, words: Option<String>| words.map(|words| format!("  {name} = {{{}}}", tex(&words)));
                let parts = vec![
                    field("title", Some(named.to_owned())),
                    field("organization", outlet.map(str::to_owned)),
                    field("date", published.map(Date::to_string)),
                    field("url", url.map(str::to_owned)),
                    field("urldate", fetched.as_ref().map(Date::to_string)),
                    field("langid", source.papers.lang.clone()),
                    field("note", Some(format!("{}; bilan figure {}", self.claim_words(), self.figure))),
                ];
                let key = source.papers.hash.get(..12).unwrap_or(&source.papers.hash);
                format!("@online{{bilan-{key},\n{}\n}}", join(parts, ",\n"))
            }
        }
    }

    /// "ministère valdorien de la Défense (XA/mod), 12 June 2031: more than 340 military killed, of Karsenia".
    pub fn claim_words(&self) -> String {
        self.claim_said(day_first)
    }

    /// The same with the day of saying as the style writes days.
    fn claim_said(&self, day: fn(&Date) -> String) -> String {
        let labels = Labels::choose(Some("en"), None);
        let value = self.field("value");
        let value = value.parse::<Value>().map_or(value.to_owned(), |value| labels.value(&value));
        let (counted, outcome) =
            (labels.kind("counted", self.field("counted")), self.field("outcome").replace('_', " "));
        let stated = self.field("stated").parse::<Date>();
        let stated = stated.map(|stated| format!(", {}", day(&stated))).unwrap_or_default();
        let side = match self.field("side") {
            "" => ", whose is not told".to_owned(),
            "-" => ", people of no country".to_owned(),
            side => format!(", of {}", labels.party(side)),
        };
        format!("{}{stated}: {value} {counted} {outcome}{side}", self.who())
    }
}

fn tex(words: &str) -> String {
    let mut out = String::with_capacity(words.len());
    for letter in words.chars() {
        match letter {
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => out.extend(['\\', letter]),
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            letter => out.push(letter),
        }
    }
    out
}

fn parts(date: &Date) -> Partial {
    match date {
        Date::At(at) | Date::Between(at, _) => *at,
    }
}

fn month(at: &Partial) -> Option<&'static str> {
    MONTHS.get(usize::from(at.month?).checked_sub(1)?).copied()
}

/// "12 June 2031"
fn day_first(date: &Date) -> String {
    if let Date::Between(from, to) = date {
        return format!("{} to {}", day_first(&Date::At(*from)), day_first(&Date::At(*to)));
    }
    let at = parts(date);
    let all = [at.day.map(|day| day.to_string()), month(&at).map(str::to_owned), at.year.map(|year| year.to_string())];
    all.into_iter().flatten().collect::<Vec<_>>().join(" ")
}

/// "June 12, 2031"
fn month_first(date: &Date) -> String {
    let at = parts(date);
    match (month(&at), at.day, at.year) {
        (Some(month), Some(day), Some(year)) if matches!(date, Date::At(_)) => format!("{month} {day}, {year}"),
        _ => day_first(date),
    }
}

/// "2031, June 12"
fn apa_day(date: &Date) -> String {
    let at = parts(date);
    match (at.year, month(&at), at.day) {
        (Some(year), Some(month), Some(day)) => format!("{year}, {month} {day}"),
        (Some(year), Some(month), None) => format!("{year}, {month}"),
        _ => day_first(date),
    }
}
