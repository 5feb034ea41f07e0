//! Rows from a ledger are the rows of the readings that were added to it. INVENTED data.
#![allow(missing_docs)]

mod invented;

use bilan_ledger::{AddOptions, Filter, Ledger};
use bilan_view::row::{Format, Show, Writer};

#[test]
fn rows_from_a_ledger_equal_rows_as_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let readings = [invented::reading(), invented::named("other", 1500)];
    ledger.add(&readings, &AddOptions::at("2031-05-20T08:00:00Z".parse().unwrap())).unwrap();
    let (mut read, mut kept) = [(); 2].map(|()| Writer::new(Vec::new(), Format::Jsonl, Show::Claims).unwrap()).into();
    readings.iter().for_each(|reading| read.reading(reading).unwrap());
    assert_eq!(kept.claims(&ledger, &Filter::default()).unwrap(), 1503);
    assert!(read.finish().unwrap() == kept.finish().unwrap());

    let mut few = Writer::new(Vec::new(), Format::Jsonl, Show::Claims).unwrap();
    let filter = Filter { limit: Some(1200), document: Some("other".into()), ..Filter::default() };
    assert_eq!(few.claims(&ledger, &filter).unwrap(), 1200);
}
