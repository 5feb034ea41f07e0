//! Reads the entries of a feed.
//!
//! In: RSS, Atom or a JSON feed. Out: one [`Document`] an entry.
//!
//! One stray "&" makes a feed no XML, and a download that was cut has no end: then each entry is read by itself, under
//! the feed's own head, and only the broken one is lost.

use super::decode::decode_as;
use super::html;
use super::moment::{self, Months};
use super::open::NO_TEXT;
use super::papers::Papers;
use super::{Document, Given, Remark};
use chrono::{DateTime, Utc};
use feed_rs::model::{Entry, Feed};
use feed_rs::parser;
use std::collections::VecDeque;

/// Longest head of a feed: what stands before its first entry.
const HEAD: usize = 64 << 10;

/// The entries of a feed that are left.
pub(super) struct Entries {
    outlet: Option<String>,
    lang: Option<String>,
    remarks: Vec<Remark>,
    left: VecDeque<Result<Entry, Broken>>,
    number: usize,
}

/// An entry that cannot be read.
pub(super) struct Broken {
    pub what: String,
    pub record: Option<String>,
    pub offset: Option<u64>,
}

/// Reads a feed; `cut` says that its end was lost.
pub(super) fn entries(bytes: Vec<u8>, cut: bool, given: &Given) -> Result<Entries, String> {
    let mut remarks = vec![];
    let charset = given.charset.clone().or_else(|| html::declared(&bytes));
    let text = decode_as(bytes, cut, charset.as_deref(), given.lang.as_deref(), &mut remarks);
    // What the head says of the encoding is done.
    let start = text.trim_start_matches(['\u{FEFF}', ' ', '\n', '\r', '\t']);
    let declared = start.starts_with("<?xml").then(|| start.find("?>")).flatten().map_or(0, |end| end + 2);
    let skipped = text.len() - start.len() + declared;
    let text = &text[skipped..];
    let whole = parse(text, &given.months);
    let (feed, left) = match whole {
        Ok(mut feed) => {
            let entries = std::mem::take(&mut feed.entries).into_iter().map(Ok).collect();
            (feed, entries)
        }
        Err(wrong) => one_by_one(text, skipped, &given.months).ok_or(wrong)?,
    };
    if left.is_empty() {
        return Err(format!("{NO_TEXT}: the feed has no entries"));
    }
    let outlet = feed.title.map(|title| html::plain(&title.content)).filter(|title| !title.is_empty());
    Ok(Entries { outlet, lang: feed.language, remarks, left, number: 0 })
}

fn parse(text: &str, months: &Months) -> Result<Feed, String> {
    let months = months.clone();
    let parser = parser::Builder::new()
        // What has no id stays without: a random one would make two readings of one.
        .id_generator(|_, _, _| String::new())
        .timestamp_parser(move |text| noon(text, &months))
        .build();
    parser.parse(text.as_bytes()).map_err(|wrong| format!("a feed that cannot be read: {wrong}"))
}

/// Noon of the day as it is written, so that no time zone moves it.
fn noon(text: &str, months: &Months) -> Option<DateTime<Utc>> {
    let day = moment::day(text, months)?.only_day()?;
    let noon = day.at(12, 0, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).ok()?;
    DateTime::from_timestamp(noon.timestamp().as_second(), 0)
}

/// The entries of a feed that is broken somewhere, each parsed alone under the feed's head.
fn one_by_one(text: &str, skipped: usize, months: &Months) -> Option<(Feed, VecDeque<Result<Entry, Broken>>)> {
    let (tag, end) = [("<item", "</item>"), ("<entry", "</entry>")].into_iter().find(|(tag, _)| text.contains(tag))?;
    let starts: Vec<usize> =
        text.match_indices(tag).map(|(at, _)| at).filter(|at| opens(text, at + tag.len())).collect();
    let first = *starts.first()?;
    let head = text.get(..first).filter(|head| head.len() <= HEAD)?;
    // RSS 1.0 closes its channel before the first item.
    let channel = head.contains("<channel") && !head.contains("</channel>");
    let root = if tag == "<entry" {
        "</feed>"
    } else if head.contains("<rss") {
        "</rss>"
    } else {
        "</rdf:RDF>"
    };
    let tail = if channel { format!("</channel>{root}") } else { root.to_owned() };
    let mut feed = parse(&format!("{head}{tail}"), months).ok()?;
    let mut left = VecDeque::new();
    for (number, &start) in starts.iter().enumerate() {
        let until = starts.get(number + 1).copied().unwrap_or(text.len());
        let broken = |what: &str| Broken {
            what: what.to_owned(),
            record: Some(format!("entry {}", number + 1)),
            offset: Some((skipped + start) as u64),
        };
        let Some(stop) = text[start..until].find(end).map(|at| start + at + end.len()) else {
            left.push_back(Err(broken("an entry without an end; the others were read")));
            continue;
        };
        match parse(&format!("{head}{}{tail}", &text[start..stop]), months) {
            Ok(mut one) if !one.entries.is_empty() => left.push_back(Ok(one.entries.swap_remove(0))),
            Ok(_) => left.push_back(Err(broken("an entry that holds nothing"))),
            Err(wrong) => left.push_back(Err(broken(&format!("{wrong}; the other entries were read")))),
        }
    }
    feed.entries.clear();
    Some((feed, left))
}

/// A tag's name ends here: `<items>` is not `<item>`.
fn opens(text: &str, at: usize) -> bool {
    text.as_bytes().get(at).is_some_and(|byte| byte.is_ascii_whitespace() || matches!(byte, b'>' | b'/'))
}

impl Entries {
    /// The next entry; `None` when all were given.
    pub fn next(&mut self, given: &Given) -> Option<Result<Document, Broken>> {
        let entry = self.left.pop_front()?;
        self.number += 1;
        let record = format!("entry {}", self.number);
        Some(entry.and_then(|entry| {
            let broken = |what| Broken { what, record: Some(record), offset: None };
            self.document(entry, given).map_err(broken)
        }))
    }

    fn document(&self, entry: Entry, given: &Given) -> Result<Document, String> {
        let mut remarks = self.remarks.clone();
        let body = entry.content.and_then(|content| content.body).filter(|body| !body.trim().is_empty());
        let summary = entry.summary.map(|summary| summary.content);
        let body = match (body, summary) {
            (Some(body), _) => body,
            (None, Some(summary)) => {
                remarks.push(Remark::new("excerpt", "the feed gives only a summary of the article"));
                summary
            }
            (None, None) => String::new(),
        };
        let day = |moment: DateTime<Utc>| moment.format("%Y-%m-%d").to_string().parse().ok();
        let link = entry.links.iter().find(|link| link.rel.as_deref().is_none_or(|rel| rel == "alternate"));
        let url = link.or(entry.links.first()).map(|link| link.href.clone());
        if let Some(author) = entry.authors.iter().find_map(|author| author.name.clone()) {
            remarks.push(Remark::new("author", format!("by {}", html::plain(&author))));
        }
        let (published, updated) = (entry.published.and_then(day), entry.updated.and_then(day));
        if let Some(updated) = updated.filter(|updated| published.is_some_and(|day| day != *updated)) {
            remarks.push(Remark::new("modified", format!("changed on {updated}, as the feed says")));
        }
        let papers = Papers {
            id: Some(entry.id).filter(|id| !id.is_empty()).or_else(|| url.clone()),
            title: entry.title.map(|title| title.content),
            url,
            outlet: given.outlet.clone().or_else(|| self.outlet.clone()),
            lang: given.lang.clone().or(entry.language).or_else(|| self.lang.clone()),
            published: published.or(updated).map(|date| ("the feed", date)).into_iter().collect(),
        };
        html::of_piece(body, papers, remarks, given)
    }
}
