//! Holds the sentences with slots that the invented news is made of.
//!
//! In: `xtask/corpus/*.txt`. Out: [`Templates`], or the line whose slot nobody knows.
//!
//! `[heading]` opens a list, every other line is an entry; `{slot}` is filled, `{^slot}` with a capital.

use anyhow::{Result, bail};
use std::collections::BTreeMap;

/// All lists, by heading.
pub struct Templates {
    lists: BTreeMap<&'static str, Vec<Template>>,
}

/// One sentence, or one word of a list, in pieces.
pub struct Template(pub Vec<Piece>);

/// A stretch of a template.
pub enum Piece {
    /// As it stands.
    Text(&'static str),
    /// To be filled.
    Slot {
        /// Begins the sentence.
        capital: bool,
        /// What fills it.
        slot: Slot,
    },
}

/// What fills a slot.
#[derive(Clone, Copy)]
pub enum Slot {
    /// One entry of the list with this heading.
    List(&'static str),
    /// A form of the article's country, or of the country it speaks of as the other.
    Country {
        /// The other one.
        other: bool,
        /// Column of `[countries]`.
        form: usize,
    },
    /// A figure of at least and at most so many, with or without a hedge before it.
    Figure {
        /// At least.
        low: u64,
        /// At most.
        high: u64,
        /// A hedge may stand before it.
        hedged: bool,
    },
    /// Two digits, never in words.
    Digits,
    /// A decimal, as a share or a sum.
    Decimal,
    /// A day of a month.
    Day,
    /// A day with its year.
    Date,
    /// A time of day.
    Clock,
}

/// Columns of `[countries]`: with article, without, four adjectives, capital, towns.
const FORMS: [&str; 8] = ["pays", "nom", "ms", "fs", "mp", "fp", "capitale", "ville"];

impl Templates {
    /// The templates that lie in the project.
    pub fn load() -> Result<Templates> {
        let mut lists: BTreeMap<&str, Vec<Template>> = BTreeMap::new();
        let sources = [
            ("slots.txt", include_str!("../../corpus/slots.txt")),
            ("claims.txt", include_str!("../../corpus/claims.txt")),
            ("traps.txt", include_str!("../../corpus/traps.txt")),
            ("prose.txt", include_str!("../../corpus/prose.txt")),
            ("titles.txt", include_str!("../../corpus/titles.txt")),
        ];
        let headings: Vec<&str> = sources.iter().flat_map(|(_, source)| source.lines().filter_map(heading)).collect();
        for (file, source) in sources {
            let mut open = None;
            for (number, line) in source.lines().enumerate() {
                if line.is_empty() || line.starts_with('#') {
                    continue;
                }
                let at = format!("xtask/corpus/{file}:{}", number + 1);
                if let Some(name) = heading(line) {
                    open = Some(name);
                    continue;
                }
                let Some(name) = open else { bail!("{at}: an entry before the first [heading]") };
                lists.entry(name).or_default().push(parse(line, &headings, &at)?);
            }
        }
        for name in headings {
            if !lists.contains_key(name) {
                bail!("xtask/corpus: [{name}] has no entry");
            }
        }
        Ok(Templates { lists })
    }

    /// The entries under a heading; none when there is no such heading.
    pub fn list(&self, heading: &str) -> &[Template] {
        self.lists.get(heading).map_or(&[], Vec::as_slice)
    }
}

fn heading(line: &'static str) -> Option<&'static str> {
    line.strip_prefix('[')?.strip_suffix(']')
}

fn parse(line: &'static str, headings: &[&'static str], at: &str) -> Result<Template> {
    let (mut pieces, mut rest) = (vec![], line);
    while let Some(start) = rest.find('{') {
        let Some(end) = rest[start..].find('}').map(|end| start + end) else { bail!("{at}: a slot without its }}") };
        if start > 0 {
            pieces.push(Piece::Text(&rest[..start]));
        }
        let name = &rest[start + 1..end];
        let (capital, name) = name.strip_prefix('^').map_or((false, name), |name| (true, name));
        let Some(slot) = slot(name, headings) else {
            bail!("{at}: no list and no kind of figure is called {{{name}}}");
        };
        pieces.push(Piece::Slot { capital, slot });
        rest = &rest[end + 1..];
    }
    if !rest.is_empty() {
        pieces.push(Piece::Text(rest));
    }
    Ok(Template(pieces))
}

fn slot(name: &'static str, headings: &[&'static str]) -> Option<Slot> {
    let (hedged, plain) = name.strip_prefix('~').map_or((false, name), |plain| (true, plain));
    let figure = |low, high| Some(Slot::Figure { low, high, hedged });
    match plain {
        "few" => return figure(2, 60),
        "hundreds" => return figure(100, 990),
        "some" => return figure(12, 990),
        "many" => return figure(1_000, 900_000),
        "any" => return figure(2, 20_000),
        "age" => return figure(18, 97),
        "digits" => return Some(Slot::Digits),
        "decimal" => return Some(Slot::Decimal),
        "day" => return Some(Slot::Day),
        "date" => return Some(Slot::Date),
        "clock" => return Some(Slot::Clock),
        _ => {}
    }
    let (other, form) = name.strip_prefix("autre.").map_or((false, name), |form| (true, form));
    if let Some(form) = FORMS.iter().position(|known| *known == form) {
        return Some(Slot::Country { other, form });
    }
    headings.contains(&name).then_some(Slot::List(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_template_loads_and_there_are_enough_of_them() {
        let templates = Templates::load().expect("templates");
        let count = |prefix: &str| -> usize {
            templates.lists.iter().filter(|(name, _)| name.starts_with(prefix)).map(|(_, list)| list.len()).sum()
        };
        assert!(count("prose.") >= 150, "{} templates of ordinary prose", count("prose."));
        assert!(count("claim.") >= 50, "{} templates of claims", count("claim."));
        assert!(count("trap") >= 40, "{} templates of traps", count("trap"));
    }

    #[test]
    fn an_unknown_slot_is_named_with_its_line() {
        let error = parse("Il pleut sur {vile}.", &["jour"], "xtask/corpus/prose.txt:7").err().expect("refused");
        assert_eq!(error.to_string(), "xtask/corpus/prose.txt:7: no list and no kind of figure is called {vile}");
    }
}
