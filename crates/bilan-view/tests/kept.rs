//! Rows from a ledger are the rows of the readings that were added to it. INVENTED data.
#![allow(missing_docs)]

mod invented;

use bilan_ledger::{AddOptions, Filter, Ledger};
use bilan_view::answer::AnswerError;
use bilan_view::row::{Format, Row, Show, Writer, each_row};

#[test]
fn rows_from_a_ledger_equal_rows_as_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut ledger = Ledger::create(folder.path().join("bilan.db")).unwrap();
    let readings = [invented::reading(), invented::named("other", 1500)];
    ledger.add(&readings, &AddOptions::at("2031-05-20T08:00:00Z".parse().unwrap())).unwrap();
    let (mut read, mut kept_rows) = (writer(), writer());
    readings.iter().for_each(|reading| read.reading(reading, Show::Claims).unwrap());
    assert_eq!(kept(&ledger, &Filter::default(), &mut kept_rows), 1503);
    assert!(read.finish().unwrap() == kept_rows.finish().unwrap());

    let mut few = writer();
    let filter = Filter { limit: Some(1200), document: Some("other".into()), ..Filter::default() };
    assert_eq!(kept(&ledger, &filter, &mut few), 1200);
}

fn writer() -> Writer<Vec<u8>> {
    Writer::new(Vec::new(), Format::Jsonl, Show::Claims.columns()).unwrap()
}

fn kept(ledger: &Ledger, filter: &Filter, writer: &mut Writer<Vec<u8>>) -> usize {
    let mut written = 0;
    let mut take = |row: Row| {
        written += 1;
        writer.row(&row)
    };
    each_row(ledger, filter, |_, row| Ok::<(), AnswerError>(take(row)?)).unwrap();
    written
}
