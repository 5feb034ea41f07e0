//! Shows one statement: what a claimant said, every text that prints it, and how it stands to others.
//!
//! In: a figure of it. Out: its appearances, equal texts together, and its relations in words.
//!
//! Three papers carry one agency's dispatch: one text, three places. They stand together, because three reprints are no
//! three witnesses.

use super::super::asked::{Asked, Made, NoPage};
use super::super::page::{Forms, Link, Place, StatementPage, TextGroup, line_of};
use super::compare::{all, texts};
use crate::answer::{self, Statement, Which};
use askama::Template;
use axum::http::StatusCode;
use bilan_ledger::{Filter, Row};

/// So many places of a statement are listed.
const PLACES: usize = 200;

/// The page.
pub fn statement(asked: &Asked) -> Result<Made, NoPage> {
    let (labels, frame) = (asked.labels, asked.frame());
    let none = || NoPage(StatusCode::NOT_FOUND, "no_figure", String::new());
    let n = asked.number::<u8>("n")?.unwrap_or(0);
    let kept = asked.ledger.claim(&asked.name, n)?.filter(|kept| all(asked).may_see(kept.access)).ok_or_else(none)?;
    let which = near(asked, &kept);
    let (statement, notes, retold) = match answer::point(asked.ledger, &which, kept.id)? {
        Some((line, at)) => {
            let point = line.points.get(at).ok_or_else(none)?;
            let retold = point.retold.iter().map(|again| {
                let day = again.first.map_or_else(|| labels.say("undated").to_owned(), |day| labels.date(&day));
                let what = [("value", &*labels.value(&again.value)), ("who", &labels.teller(again)), ("day", &day)];
                Link {
                    words: labels.fill("told_again", &what.map(|(key, words)| (key, words))),
                    href: again.figure.as_ref().map(|at| frame.link(&format!("/statement/{at}"))).unwrap_or_default(),
                    note: labels.relation(again.relation, again.words.as_ref(), None),
                }
            });
            let statement = Statement { line: line.line.clone(), told: point.told.clone() };
            (statement, super::series::notes(asked, &line, point), retold.collect())
        }
        None => {
            let holds = |told: &answer::Told| told.appearances.iter().any(|at| at.figure == kept.figure && at.n == n);
            let found = answer::statements(asked.ledger, &which)?.statements;
            (found.into_iter().find(|statement| holds(&statement.told)).ok_or_else(none)?, vec![], vec![])
        }
    };
    let (line, told) = (&statement.line, &statement.told);
    let mut groups: Vec<(String, TextGroup)> = vec![];
    for at in told.appearances.iter().take(PLACES) {
        let Some(row) = asked.ledger.claim(&at.figure, at.n)? else { continue };
        let place = Place {
            href: frame.link(&format!("/document/{}#f{}", row.document_hash, row.claim.span.start)),
            title: super::super::page::brief(row.title.as_deref().unwrap_or(&row.document)),
            outlet: row.outlet.as_deref().map(super::super::page::brief),
            published: row.published.as_ref().map(|date| labels.date(date)),
            figure: at.figure.clone(),
            reviews: row.reviewed.iter().map(|review| super::review::in_words(labels, review)).collect(),
        };
        match groups.iter_mut().find(|(hash, _)| *hash == row.text_hash) {
            Some((_, group)) => group.places.push(place),
            None => {
                groups.push((row.text_hash.clone(), TextGroup { line: line_of(labels, &row), places: vec![place] }))
            }
        }
    }
    let mut subject = vec![("counted".to_owned(), line.counted.clone())];
    subject.extend(line.side.clone().map(|side| ("side".to_owned(), side)));
    let mut alone = subject.clone();
    alone.push(("outcome".to_owned(), line.outcome.clone()));
    alone.extend(line.claimant.clone().map(|claimant| ("claimant".to_owned(), claimant)));
    // Its line in time is the picture and the table of a statement.
    let file = |form: &str| {
        (form.to_uppercase(), frame.link(&super::super::asked::query(&format!("/series.{form}"), alone.iter())))
    };
    let cited = ("JSON".to_owned(), format!("/api/v1/cite/{}?n={n}", kept.figure));
    let files = ["svg", "png", "csv"].map(file).into_iter().chain([cited]).collect();
    let page = StatementPage {
        title: labels.fill("whose_what", &[("whose", &labels.speaker(line)), ("what", &labels.spoken(&told.value))]),
        measure: labels.line(line),
        as_of: labels.as_of(told),
        stated: kept.claim.stated.as_ref().map(|date| labels.date(date)),
        texts: texts(labels, told),
        left_out: told.appearances.len().saturating_sub(PLACES),
        contested: told.contested.iter().map(|contest| labels.contest(contest)).collect(),
        via: told.via.iter().map(|party| labels.party(party)).collect(),
        citing: told.citing.iter().map(|party| labels.party(party)).collect(),
        groups: groups.into_iter().map(|(_, group)| group).collect(),
        in_time: frame.link(&super::super::asked::query("/series", alone.iter())),
        beside: frame.link(&super::super::asked::query("/", subject.iter())),
        figure: kept.figure.clone(),
        forms: Forms::at(asked, files),
        notes,
        retold,
        frame,
    };
    Ok(Made::html(page.render()?))
}

/// The claims that can be on one line with this one, or tell it again.
fn near(asked: &Asked, kept: &Row) -> Which {
    let claim = &kept.claim;
    let mut filter = Filter {
        side: claim.side.clone(),
        counted: Some(claim.counted.clone()),
        outcome: Some(claim.outcome.clone()),
        claimant: claim.claimant.clone(),
        ..Filter::default()
    };
    // Whose people is not told: no filter asks for that, and all sides would be read.
    if claim.side.is_none() && claim.claimant.is_none() {
        filter = Filter { document: Some(kept.document_hash.clone()), ..filter };
    }
    Which::of(filter, !asked.leave.whole)
}
