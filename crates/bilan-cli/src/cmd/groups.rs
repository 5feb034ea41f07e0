//! Shows which documents are one text, or versions of one page: `bilan read --show groups`.
//!
//! In: a job. Out: a row for each document that is not alone, then the closing line.
//!
//! An agency's text comes back in forty papers, each with a headline of its own: forty documents are no forty voices.

use super::read::Seen;
use crate::args::Showing;
use crate::sheet::Sheet;
use crate::stream::Job;
use crate::table::{Cell, Column, Page, Row};
use crate::{End, complain, row};
use anyhow::Result;
use bilan::Document;
use bilan::document::alike::{Groups, Signature};
use bilan_view::row as wire;
use bilan_view::row::{Member, Part};
use std::collections::HashMap;
use std::io::Write;

/// Reads everything, then shows the groups.
pub fn run(job: &Job, showing: &Showing, page: Page) -> Result<End> {
    let mut seen = Seen::default();
    let (mut groups, mut members) = (Groups::default(), vec![]);
    job.each(|item| {
        if let Ok((reading, _)) = seen.count(item) {
            let document = &reading.document;
            groups.add(Signature::of(&document.text, &document.boilerplate));
            members.push(member(document));
        }
        Ok(())
    })?;
    let together = gathered(groups, &members, job.given.url.as_deref());
    let (in_groups, all) = (together.len(), together.last().map_or(0, |member| member.group));
    let mut out = super::stdout();
    let found =
        format!("{} in {}", super::many(in_groups, "document", "documents"), super::many(all, "group", "groups"));
    if let Some(format) = super::wire_format(showing.format) {
        let whole = format == wire::Format::Json;
        if whole {
            write!(out, "{{\"groups\":")?;
        }
        let mut writer = wire::Writer::new(&mut out, format, Member::columns())?;
        together.iter().try_for_each(|member| writer.row(&member.row()))?;
        writer.finish()?;
        if whole {
            writeln!(out, ",\"coverage\":{}}}", serde_json::to_string(&seen.coverage)?)?;
        }
        out.flush()?;
        complain(&format!("{found}; {}", seen.coverage));
        return Ok(seen.end);
    }
    let mut sheet = Sheet::new(&COLUMNS, page);
    for member in &together {
        sheet.add(cells(member), &mut out)?;
    }
    sheet.close(&mut out)?;
    writeln!(out, "{found}; {}", seen.coverage)?;
    out.flush()?;
    Ok(seen.end)
}

/// The members of all groups, the first of each before the others. An address that was typed for all inputs makes no
/// one page of them.
fn gathered(mut groups: Groups, members: &[Member], of_all: Option<&str>) -> Vec<Member> {
    let mut at_address = HashMap::new();
    for (number, member) in members.iter().enumerate() {
        if let Some(url) = member.url.as_deref().filter(|url| Some(*url) != of_all) {
            groups.join(*at_address.entry(page_of(url)).or_insert(number), number);
        }
    }
    let mut together = vec![];
    for (at, mut group) in groups.groups().into_iter().enumerate() {
        // Who tells no date comes last; of one date the one that was read first is first.
        group.sort_by(|&a, &b| {
            let [a, b] = [a, b].map(|number| members[number].published.as_ref().and_then(|date| date.first_day()));
            a.is_none().cmp(&b.is_none()).then(a.cmp(&b))
        });
        let first = group[0];
        for (place, &number) in group.iter().enumerate() {
            let own = &members[number];
            let version = |&&other: &&usize| {
                let other = &members[other];
                own.url.is_some() && own.url.as_deref().map(page_of) == other.url.as_deref().map(page_of)
            };
            let part = match place {
                0 => Part::First,
                _ if own.text_hash == members[first].text_hash => Part::Same,
                _ if group[..place].iter().any(|other| version(&other)) => Part::Revision,
                _ => Part::Alike,
            };
            let resemblance = groups.resemblance(first, number);
            together.push(Member { group: at + 1, part, resemblance, ..own.clone() });
        }
    }
    together
}

/// An address without what does not make another page of it.
fn page_of(url: &str) -> &str {
    let url = url.split('#').next().unwrap_or(url);
    let url = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or(url);
    url.strip_suffix('/').unwrap_or(url)
}

fn member(document: &Document) -> Member {
    Member {
        group: 0,
        part: Part::First,
        resemblance: None,
        document: document.id.clone(),
        hash: document.hash.clone(),
        text_hash: document.text_hash.clone(),
        title: wire::title(document).map(str::to_owned),
        outlet: document.outlet.clone(),
        url: document.url.clone(),
        published: document.published,
    }
}

const COLUMNS: [Column; 6] = [
    Column::number("group"),
    Column::whole("part"),
    Column::words("document"),
    Column::words("title").wide(),
    Column::words("outlet"),
    Column::whole("published"),
];

fn cells(member: &Member) -> Row {
    let share = member.resemblance.map_or(String::new(), |share| format!(", {:.0} % alike", share * 100.0));
    let part = match member.part {
        Part::First => "first".to_owned(),
        Part::Same => "same text".to_owned(),
        Part::Revision => format!("revision{share}"),
        Part::Alike => share.trim_start_matches(", ").to_owned(),
    };
    Row {
        cells: vec![
            Cell::of(member.group.to_string()),
            Cell::of(part),
            Cell::of(&member.document),
            Cell::of(member.title.as_deref().unwrap_or("")),
            Cell::of(member.outlet.as_deref().unwrap_or("")),
            Cell::of(member.published.as_ref().map(row::date).unwrap_or_default()),
        ],
        under: String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_one_page_however_it_is_written() {
        for url in ["https://a.example/b", "http://a.example/b/", "https://a.example/b#c"] {
            assert_eq!(page_of(url), "a.example/b");
        }
        assert_ne!(page_of("https://a.example/b?c"), page_of("https://a.example/b"));
    }
}
