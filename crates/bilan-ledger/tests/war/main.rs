//! Follows an INVENTED war of three years and holds its history to the truth.
//!
//! In: [`invented::War`], whose truth is known. Out: a failure for each series that is not exact, each reprint counted as
//! a different text, each planted fall or contradiction that is not found, and each one found that was not planted.

#![allow(clippy::needless_range_loop, reason = "claimants and classes are numbers here, in every table")]

mod invented;

use bilan::history::{Appearance, Beside, Kinds, Line, Series, Settings, Voice, compare, lines};
use bilan_ledger::{AddOptions, Filter, Ledger};
use invented::{CLAIMANTS, CLASSES, Size, War};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

const SIZE: Size = Size { days: 1096, reprints: 1, translations: 1, articles: 6 };

/// The war of three years, told once for all tests.
static TOLD: LazyLock<(War, Vec<Appearance>)> = LazyLock::new(|| {
    let war = War::new(SIZE, 2031);
    let told = told(&war, SIZE.days);
    (war, told)
});

fn told(war: &War, days: usize) -> Vec<Appearance> {
    let mut told = Vec::new();
    for day in 0..days {
        for reading in war.documents(day) {
            let from = told.len() as i64;
            told.extend(
                reading.claims.iter().zip(from..).map(|(claim, id)| Appearance::of(id, 1, claim, &reading.document)),
            );
        }
    }
    told
}

/// The line on which a claimant counts a class.
fn line<'l, 'a>(lines: &'l [Line<'a>], claimant: usize, class: usize) -> &'l Line<'a> {
    let (party, side) = CLAIMANTS[claimant];
    let fits = |line: &&Line| {
        line.key.voice == Voice::Party(party.into())
            && line.key.side.as_deref() == Some(side)
            && line.key.counted == CLASSES[class]
            && line.key.outcome != "killed"
    };
    let mut found = lines.iter().filter(fits);
    let line = found.next().unwrap_or_else(|| panic!("{party} has no line of {}", CLASSES[class]));
    assert!(found.next().is_none(), "{party} has two lines of {}", CLASSES[class]);
    line
}

#[test]
fn every_series_of_three_years_is_exact_and_every_fall_is_found() {
    let (war, told) = &*TOLD;
    assert!(war.falls.len() > 20, "only {} falls are planted", war.falls.len());
    let kinds = Kinds::embedded().unwrap();
    let lines = lines(told, &kinds);
    let mut falls = Vec::new();
    for claimant in 0..2 {
        for class in 0..CLASSES.len() {
            let line = line(&lines, claimant, class);
            let series = Series::of(line).expect("a running total");
            // The truth: the day on which each figure was new.
            let mut truth: Vec<(jiff::civil::Date, u64)> = Vec::new();
            for day in 0..SIZE.days {
                if let Some(value) = war.said(claimant, class, day)
                    && truth.last().is_none_or(|(_, last)| *last != value.first)
                {
                    truth.push((war.date(day), value.first));
                }
            }
            let mut spine: Vec<(jiff::civil::Date, u64)> = Vec::new();
            let begin = series.steps.first().map(|step| step.from);
            for at in begin.into_iter().chain(series.steps.iter().map(|step| step.to)) {
                let statement = &line.statements[at];
                // The same figure again after a silence is a step of nothing.
                if spine.last().is_none_or(|(_, last)| *last != statement.value.first) {
                    spine.push((statement.first_days().exact().expect("a day"), statement.value.first));
                }
            }
            let odd = spine.iter().zip(&truth).find(|(found, truth)| found != truth);
            assert_eq!(odd, None, "{} of {}", CLASSES[class], CLAIMANTS[claimant].0);
            assert_eq!(spine.len(), truth.len(), "{} of {}", CLASSES[class], CLAIMANTS[claimant].0);
            for step in series.falls() {
                let (from, to) = (&line.statements[step.from], &line.statements[step.to]);
                falls.push((claimant, class, to.first_days().exact().unwrap(), from.value.first - to.value.first));
            }
        }
    }
    let mut planted: Vec<_> = war.falls.iter().map(|(c, k, day, by)| (*c, *k, war.date(*day), *by)).collect();
    falls.sort();
    planted.sort();
    assert_eq!(falls, planted);
}

#[test]
fn no_reprint_counts_as_a_different_text_and_no_slip_as_a_step() {
    let war = War::new(SIZE, 2031);
    let days = 120;
    // Texts by claimant, class and value, from the documents themselves.
    let mut texts: BTreeMap<(String, String, String), BTreeSet<String>> = BTreeMap::new();
    for reading in (0..days).flat_map(|day| war.documents(day)) {
        for claim in reading.claims.iter().filter(|claim| claim.outcome != "killed") {
            let key = (claim.claimant.clone().unwrap_or_default(), claim.counted.clone(), claim.value.to_string());
            texts.entry(key).or_default().insert(reading.document.text.clone());
        }
    }
    let told = told(&war, days);
    let lines = lines(&told, &Kinds::embedded().unwrap());
    let (mut printed, mut slips) = (0, 0);
    for claimant in 0..CLAIMANTS.len() {
        for (class, name) in CLASSES.iter().enumerate() {
            let line = line(&lines, claimant, class);
            let mut found: BTreeMap<String, BTreeSet<u64>> = BTreeMap::new();
            for statement in &line.statements {
                printed += statement.texts() - statement.different_texts();
                let of_value = found.entry(statement.value.to_string()).or_default();
                of_value.extend(statement.appearances.iter().map(|told| told.text));
            }
            for (value, marks) in found {
                let key = (CLAIMANTS[claimant].0.to_owned(), (*name).to_owned(), value);
                assert_eq!(marks.len(), texts[&key].len(), "{key:?}");
            }
            let series = Series::of(line).unwrap();
            slips += series.beside.values().filter(|beside| matches!(beside, Beside::Fewer | Beside::Late(_))).count();
            assert!(!series.beside.values().any(|beside| *beside == Beside::SameDay), "a day without a count");
        }
    }
    assert!(printed > days * CLASSES.len(), "{printed} reprints");
    assert!(slips > 30, "only {slips} slips were planted");
}

#[test]
fn every_planted_contradiction_is_found_and_no_other() {
    let (war, told) = &*TOLD;
    let kinds = Kinds::embedded().unwrap();
    let planted: BTreeSet<(usize, usize)> = war.contradictions.iter().copied().collect();
    assert!(planted.len() > 10, "only {} are planted", planted.len());
    let mut asked: Vec<(usize, usize)> = planted.iter().copied().collect();
    asked.extend((0..CLASSES.len()).flat_map(|class| (0..2).map(move |nth| (class, 40 + nth * 526 + class * 7))));
    for (class, day) in asked {
        let subject =
            told.iter().filter(|told| told.key.side.as_deref() == Some("XB") && told.key.counted == CLASSES[class]);
        let found = compare(subject, &kinds, war.date(day), None, &Settings::default());
        let mut pairs = Vec::new();
        for group in found.subjects.iter().flat_map(|subject| &subject.groups) {
            for (a, b) in &group.contradictions {
                let name = |at: usize| group.figures[at].statement.line.voice.to_string();
                pairs.push(BTreeSet::from([name(*a), name(*b)]));
            }
        }
        let expected: Vec<_> = planted
            .contains(&(class, day))
            .then(|| BTreeSet::from(["XA/general-staff".to_owned(), "XC/mod".to_owned()]))
            .into_iter()
            .collect();
        assert_eq!(pairs, expected, "{} on {}", CLASSES[class], war.date(day));
    }
}

/// Days arrive in another order, one reader is replaced by another, a text is taken out: the lines are those that a
/// rebuild makes, and give the history that the entries give.
#[test]
fn lines_kept_as_claims_arrive_are_those_of_a_rebuild() {
    let war = War::new(Size { days: 40, articles: 6, ..SIZE }, 7);
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let options = AddOptions::at("2032-01-01T00:00:00Z".parse().unwrap());
    let mut days: Vec<usize> = (0..40).collect();
    days.sort_by_key(|day| day * 17 % 40);
    for day in days {
        ledger.add(&war.documents(day), &options).unwrap();
    }
    let again: Vec<_> = war
        .documents(3)
        .into_iter()
        .map(|mut reading| {
            reading.reader = "reader-2".into();
            reading.claims.truncate(2);
            reading
        })
        .collect();
    ledger.add(&again, &options).unwrap();
    let out = war.documents(5)[0].document.id.clone();
    ledger.redact(&out, "INVENTED reason", "editor", options.time).unwrap().expect("a tombstone");
    let head = ledger.head().unwrap().unwrap().entry;
    let filters = [None, Some(20), Some(head - 1)].map(|known| Filter { known, ..Filter::default() });
    let ask = |ledger: &Ledger| {
        filters.clone().map(|filter| {
            let mut told = ledger.appearances(&filter).unwrap();
            told.sort_by_key(|told| told.id);
            told
        })
    };
    let before = ask(&ledger);
    for (filter, told) in filters.iter().zip(&before) {
        let rows: Vec<Appearance> = ledger.claims(filter).unwrap().iter().map(bilan_ledger::Row::appearance).collect();
        assert_eq!(told, &rows, "{filter:?}");
    }
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
    ledger.rebuild().unwrap();
    assert_eq!(ask(&ledger), before);
    assert_eq!(ledger.fsck(None).unwrap().wrong, None);
}
