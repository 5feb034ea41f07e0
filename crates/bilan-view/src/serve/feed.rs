//! Tells of new and changed statements: an Atom feed.
//!
//! In: the newest claims of the ledger. Out: an entry for each, with who says how many, and what it says of itself.
//!
//! A newsreader shows an entry without its page: so "not reviewed" stands in the entry, and so does that it is invented.

use super::asked::{Asked, Made, NoPage};
use super::page::{brief, line_of};
use crate::answer::Which;
use std::collections::BTreeSet;
use std::fmt::Write;

/// Entries of the feed.
const NEWEST: usize = 100;

/// The feed.
pub fn feed(asked: &Asked) -> Result<Made, NoPage> {
    let labels = asked.labels;
    let which = Which::all(!asked.leave.whole);
    let head = asked.ledger.head()?;
    let updated = head.as_ref().map_or_else(|| "1970-01-01T00:00:00Z".to_owned(), |head| head.time.clone());
    let mut feed = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    let lang = labels.code();
    let _ = write!(
        feed,
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"{lang}\">\n<title>bilan: {}</title>\n<id>urn:bilan:feed</id>\n\
         <updated>{}</updated>\n<link rel=\"self\" href=\"{}\"/>\n<subtitle>{}</subtitle>\n<author><name>bilan</name></author>\n",
        xml(labels.say("feed_title")),
        xml(&updated),
        xml(&asked.frame().link("/feed.atom")),
        xml(labels.say("aim")),
    );
    // A statement that ten papers print is told once, by the newest of its claims.
    let mut told = BTreeSet::new();
    for row in asked.ledger.newest(4 * NEWEST, which.filter.access)? {
        let claim = &row.claim;
        let act = (
            claim.claimant.clone(),
            claim.side.clone(),
            claim.counted.clone(),
            claim.outcome.clone(),
            claim.value.to_string(),
            claim.to.or(claim.stated),
        );
        if !told.insert(act) {
            continue;
        }
        if told.len() > NEWEST {
            break;
        }
        let line = line_of(labels, &row);
        let mut title = format!(
            "{}: {} {}, {} ({})",
            line.claimant.ours, line.value, line.counted.ours, line.outcome.ours, line.side.ours
        );
        if asked.room.options.invented {
            title = format!("{} {title}", labels.say("invented_mark"));
        }
        let mut words = vec![labels.quoted(&line.sentence)];
        words.extend(line.translated.then(|| labels.say("translated").to_owned()));
        words.extend(line.contested.iter().cloned());
        match line.reviews.is_empty() {
            true => words.push(labels.say("not_reviewed").to_owned()),
            false => words.extend(line.reviews.iter().cloned()),
        }
        let _ = write!(
            feed,
            "<entry>\n<title>{}</title>\n<id>urn:bilan:figure:{}:{}</id>\n<updated>{}</updated>\n\
             <link rel=\"alternate\" href=\"{}\"/>\n<category term=\"{}\"/>\n<summary>{}</summary>\n</entry>\n",
            xml(&title),
            xml(&brief(&row.figure)),
            claim.n,
            xml(&asked.ledger.time_of(row.entry)?.unwrap_or_else(|| updated.clone())),
            xml(&asked.frame().link(&line.statement)),
            xml(&claim.outcome),
            xml(&words.join(" ")),
        );
    }
    feed.push_str("</feed>\n");
    Ok(Made { kind: "application/atom+xml; charset=utf-8", file: None, bytes: feed.into_bytes() })
}

fn xml(words: &str) -> String {
    let mut safe = String::new();
    crate::chart::escape(&mut safe, words);
    safe
}
