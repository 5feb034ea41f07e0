//! Learns how much each reason for a claim weighs, from claims that people judged.
//!
//! In: the rows that `bilan dev eval --rows` wrote. Out: what left-out documents say of the weights, and the weights.
//!
//! Claims of one document are right or wrong together, since one speaker or side is missed for all of them. So whole
//! documents are left out, never single claims.

mod fit;
mod rows;

use crate::checkout::Checkout;
use crate::corpus::random::Random;
use anyhow::Result;
use fit::fit;
use rows::{Row, Table};
use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::PathBuf;

/// Parts of the documents; each is left out once.
const FOLDS: u64 = 10;

/// Which documents fall into which part.
const SEED: u64 = 4;

/// As `cargo xtask train` takes them.
#[derive(clap::Args)]
pub struct Args {
    /// The folder of rows, as `bilan dev eval --rows` wrote them
    #[arg(value_name = "DIR")]
    rows: Option<PathBuf>,
    /// Also tell what each reason gains: the Brier score without it
    #[arg(long)]
    each: bool,
}

/// A row, and the confidence that weights give it.
type Said<'a> = (&'a Row, f64);

/// Prints what the weights are worth, and the weights.
pub fn run(at: &Checkout, args: &Args) -> Result<()> {
    let folder = args.rows.clone().unwrap_or_else(|| at.root.join("accuracy/fr/rows"));
    let table = rows::read(&folder)?;
    let parts = parts(&table);
    let documents = parts.len();
    println!("{} claims of {documents} documents, {} reasons\n", table.rows.len(), table.names.len());
    let said = left_out(&table, &parts, None);
    let constant = table.rows.iter().map(|row| f64::from(u8::from(row.right))).sum::<f64>() / table.rows.len() as f64;
    println!("Brier score (0 is best)");
    println!(
        "  a constant, {constant:.2}                     {:.4}",
        brier(table.rows.iter().map(|row| (row, constant)))
    );
    println!("  the reader that wrote the rows      {:.4}", brier(table.rows.iter().map(|row| (row, row.said))));
    println!("  fitted, on documents left out       {:.4}\n", brier(said.iter().copied()));
    println!("fitted, on documents left out\n{}", reliability(&said));
    let before: Vec<Said<'_>> = table.rows.iter().map(|row| (row, row.said)).collect();
    println!("the reader that wrote the rows\n{}", reliability(&before));
    if args.each {
        println!("Brier score on documents left out, without");
        for (without, name) in table.names.iter().enumerate().skip(1) {
            let score = brier(left_out(&table, &parts, Some(without)).into_iter());
            let touched = table.rows.iter().filter(|row| row.values.iter().any(|(at, _)| *at == without)).count();
            println!("  {name:24} {touched:5} claims  {:+.5}", score - brier(said.iter().copied()));
        }
        println!();
    }
    println!("{}", lines(&table.names, &weights(&table, table.rows.iter(), None)));
    Ok(())
}

/// The part of each document, the same for the same documents.
fn parts(table: &Table) -> BTreeMap<&str, u64> {
    let mut random = Random::new(SEED);
    let mut parts: BTreeMap<&str, u64> = table.rows.iter().map(|row| (row.document.as_str(), 0)).collect();
    parts.values_mut().for_each(|part| *part = random.between(1, FOLDS));
    parts
}

/// What weights say of each row that were learnt without its document.
fn left_out<'a>(table: &'a Table, parts: &BTreeMap<&str, u64>, without: Option<usize>) -> Vec<Said<'a>> {
    let part = |row: &Row| parts.get(row.document.as_str()).copied();
    let mut said = Vec::with_capacity(table.rows.len());
    for fold in 1..=FOLDS {
        let weights = weights(table, table.rows.iter().filter(|row| part(row) != Some(fold)), without);
        let left = table.rows.iter().filter(|row| part(row) == Some(fold));
        said.extend(left.map(|row| (row, confidence(&weights, row))));
    }
    said
}

/// Log-odds in hundredths, one for each reason.
fn weights<'a>(table: &Table, rows: impl Iterator<Item = &'a Row>, without: Option<usize>) -> Vec<i32> {
    let seen: Vec<(Vec<(usize, f64)>, bool)> = rows
        .map(|row| (row.values.iter().copied().filter(|(at, _)| Some(*at) != without).collect(), row.right))
        .collect();
    fit(&seen, table.names.len()).into_iter().map(|weight| (weight * 100.0).round() as i32).collect()
}

/// As the reader reckons it, in whole hundredths.
fn confidence(weights: &[i32], row: &Row) -> f64 {
    let odds: f64 = row.values.iter().map(|(at, value)| f64::from(weights[*at]) * value).sum();
    (100.0 / (1.0 + (-odds / 100.0).exp())).round().clamp(1.0, 99.0) / 100.0
}

/// Mean squared distance between what was said and what is.
fn brier<'a>(said: impl Iterator<Item = Said<'a>>) -> f64 {
    let (mut sum, mut of) = (0.0, 0);
    for (row, said) in said {
        sum += (said - f64::from(u8::from(row.right))).powi(2);
        of += 1;
    }
    sum / f64::from(of)
}

/// For each tenth: claims, what was said, what is right; and how many are said to be right in nine cases of ten.
fn reliability(said: &[Said<'_>]) -> String {
    let mut out = "confidence     claims  said   right\n".to_owned();
    let line = |out: &mut String, what: &str, some: &[&Said<'_>]| {
        let of = some.len() as f64;
        let (sum, right) =
            some.iter().fold((0.0, 0), |(sum, right), (row, said)| (sum + said, right + i32::from(row.right)));
        let _ = writeln!(out, "  {what:10}  {:7}  {:.3}  {:.3}", some.len(), sum / of, f64::from(right) / of);
    };
    for tenth in 0..10_usize {
        let here: Vec<&Said<'_>> =
            said.iter().filter(|(_, said)| ((said * 10.0 + 1e-9) as usize).min(9) == tenth).collect();
        if !here.is_empty() {
            line(&mut out, &format!("{:.1} to {:.1}", tenth as f64 / 10.0, (tenth + 1) as f64 / 10.0), &here);
        }
    }
    let sure = said.iter().filter(|(_, said)| *said >= 0.9 - 1e-9).count();
    let _ = writeln!(out, "{:.3} of the claims are given 0.9 or more", sure as f64 / said.len() as f64);
    out
}

/// As they stand in `sure.rs`.
fn lines(names: &[String], weights: &[i32]) -> String {
    let line = |(name, weight): (&String, &i32)| format!("    (\"{name}\", {weight}),\n");
    format!("for crates/bilan/src/claim/sure.rs\n{}", names.iter().zip(weights).map(line).collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Claims of forty invented documents; those with the reason are right in nine cases of ten, the others in three.
    fn known() -> Table {
        let mut random = Random::new(1);
        let rows = (0..2000).map(|number| {
            let reason = random.chance(1, 2);
            let right = random.chance(if reason { 9 } else { 3 }, 10);
            let values = if reason { vec![(0, 1.0), (1, 1.0)] } else { vec![(0, 1.0)] };
            Row { document: format!("invented-{}", number % 40), right, said: 0.5, values }
        });
        Table { names: vec!["base".into(), "reason".into()], rows: rows.collect() }
    }

    #[test]
    fn weights_say_what_is_so_on_documents_left_out() {
        let table = known();
        let said = left_out(&table, &parts(&table), None);
        assert_eq!(said.len(), 2000);
        for (row, said) in &said {
            let share = if row.values.len() == 2 { 0.9 } else { 0.3 };
            assert!((said - share).abs() < 0.05, "{said} for {share}");
        }
        let without = left_out(&table, &parts(&table), Some(1));
        assert!(brier(said.iter().copied()) + 0.05 < brier(without.iter().copied()));
        assert_eq!(said, left_out(&table, &parts(&table), None));
    }

    #[test]
    fn a_document_is_never_on_both_sides() {
        let table = known();
        let parts = parts(&table);
        assert_eq!(parts.len(), 40);
        assert!(parts.values().all(|part| (1..=FOLDS).contains(part)));
        assert!(parts.values().any(|part| part != &parts["invented-0"]));
    }

    #[test]
    fn what_is_printed_can_be_pasted() {
        let printed = lines(&["base".into(), "fit".into()], &[123, -4]);
        assert!(printed.ends_with("\n    (\"base\", 123),\n    (\"fit\", -4),\n"), "{printed}");
    }

    #[test]
    fn the_table_tells_said_from_right() {
        let row = |right| Row { document: "invented".into(), right, said: 0.0, values: vec![] };
        let (yes, no) = (row(true), row(false));
        let table = reliability(&[(&yes, 0.95), (&no, 0.9), (&no, 0.25), (&yes, 0.29)]);
        assert!(table.contains("  0.2 to 0.3        2  0.270  0.500\n"), "{table}");
        assert!(table.contains("  0.9 to 1.0        2  0.925  0.500\n"), "{table}");
        assert!(table.ends_with("0.500 of the claims are given 0.9 or more\n"), "{table}");
    }
}
