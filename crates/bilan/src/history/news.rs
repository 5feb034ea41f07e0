//! Tells what changed in a history from one state of a ledger to a later one.
//!
//! In: the lines as they were, and as they are. Out: [`News`]: statements that are new, told by more texts, or gone.
//!
//! Every morning the same bulletin comes in twenty papers. The first is news; the others make it a statement with more
//! texts. A statement is gone when a newer reader reads its only text otherwise, or a person rejects it.

use super::line::{Key, Line, Statement};
use super::relation::Relation;
use super::run::RUN_GAP;
use super::series::Series;
use crate::claim::Value;
use std::collections::BTreeMap;

/// A statement of which there is something new.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum News<'a> {
    /// It was not there.
    New {
        /// What is said now.
        statement: Statement<'a>,
        /// On a series, how it follows the figure before it: `Raises`, `Lowers` …
        step: Option<(Relation, Value)>,
    },
    /// It was there, in fewer texts.
    Again {
        /// What is said now.
        statement: Statement<'a>,
        /// Documents that print it and did not before.
        more: usize,
    },
    /// It was there, and no reading in force has it.
    Gone {
        /// What was said.
        statement: Statement<'a>,
    },
}

/// What changed, in the order of the lines.
pub fn news<'a>(before: &[Line<'a>], now: &[Line<'a>]) -> Vec<News<'a>> {
    let mut known: BTreeMap<(Key, Value), Vec<&Statement<'a>>> = BTreeMap::new();
    for statement in before.iter().flat_map(|line| &line.statements) {
        known.entry((subject(statement), statement.value)).or_default().push(statement);
    }
    let mut standing: BTreeMap<(Key, Value), Vec<&Statement<'a>>> = BTreeMap::new();
    let mut found = Vec::new();
    for line in now {
        let series = Series::of(line).unwrap_or_default();
        for (at, statement) in line.statements.iter().enumerate() {
            let key = (subject(statement), statement.value);
            let was: Vec<_> = known.get(&key).into_iter().flatten().filter(|was| same(was, statement)).collect();
            if was.is_empty() {
                let step = series.steps.iter().find(|step| step.to == at);
                let step = step.map(|step| (step.change.clone(), line.statements[step.from].value));
                found.push(News::New { statement: statement.clone(), step });
            } else {
                let texts: usize = was.iter().map(|was| was.texts()).sum();
                if statement.texts() > texts {
                    found.push(News::Again { statement: statement.clone(), more: statement.texts() - texts });
                }
            }
            standing.entry(key).or_default().push(statement);
        }
    }
    for statement in before.iter().flat_map(|line| &line.statements) {
        let now = standing.get(&(subject(statement), statement.value));
        if !now.into_iter().flatten().any(|now| same(statement, now)) {
            found.push(News::Gone { statement: statement.clone() });
        }
    }
    found
}

/// The line without what its neighbours fill in: a start that an article tells later makes no new statement.
fn subject(statement: &Statement) -> Key {
    Key { since: None, country: None, ..Key::clone(&statement.line) }
}

/// Two states of one statement: the same ends or texts, or runs of days that touch.
fn same(was: &Statement, now: &Statement) -> bool {
    let (a, b) = (was.first_days(), now.last_days());
    let (c, d) = (now.first_days(), was.last_days());
    match (a.exact(), c.exact()) {
        (Some(_), Some(_)) if was.covers.is_none() => {
            super::Days { first: a.first, last: d.last }.apart(&super::Days { first: c.first, last: b.last }).0
                <= RUN_GAP
        }
        _ => {
            let text = |told: &Statement| told.appearances.first().map(|act| act.text);
            (was.covers, was.first) == (now.covers, now.first) && (was.first.is_some() || text(was) == text(now))
        }
    }
}
