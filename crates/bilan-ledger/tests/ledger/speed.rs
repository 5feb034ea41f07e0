//! How fast readings are added. Run with `cargo test --release -p bilan-ledger speed -- --ignored --nocapture`.

use crate::invented::{bulletin, ledger, long, now};
use bilan_ledger::Filter;
use std::time::Instant;

#[test]
#[ignore = "a measurement: it needs a release build and a quiet machine"]
#[allow(clippy::print_stdout, reason = "what was measured")]
fn speed() {
    let (folder, mut ledger) = ledger();
    let batch: Vec<_> = (0..20_000).map(|nth| long(&format!("invented-{nth}"), 5)).collect();
    let claims = 5.0 * batch.len() as f64;
    let start = Instant::now();
    for part in batch.chunks(2_000) {
        ledger.add(part, &now()).unwrap();
    }
    println!("added: {:.0} claims/s", claims / start.elapsed().as_secs_f64());
    let start = Instant::now();
    assert_eq!(ledger.add(&batch, &now()).unwrap().already, batch.len());
    println!("added again: {:.0} documents/s", batch.len() as f64 / start.elapsed().as_secs_f64());
    let start = Instant::now();
    assert_eq!(ledger.claims(&Filter::default()).unwrap().len() as f64, claims);
    println!("all claims: {:.0} claims/s", claims / start.elapsed().as_secs_f64());
    ledger.add(&[bulletin(19, 816)], &now()).unwrap();
    let start = Instant::now();
    let found = ledger.claims(&Filter { point: Some(816), ..Filter::default() }).unwrap();
    println!("by number: {} in {:?}", found.len(), start.elapsed());
    let start = Instant::now();
    let found = ledger.claims(&Filter { words: Some("elysee".into()), ..Filter::default() }).unwrap();
    println!("by word: {} in {:?}", found.len(), start.elapsed());
    let start = Instant::now();
    assert!(ledger.fsck(None).unwrap().wrong.is_none());
    println!("fsck: {:?}", start.elapsed());
    let size = std::fs::metadata(folder.path().join("bilan.db")).unwrap().len();
    println!("{:.0} bytes a claim", size as f64 / claims);
}
