//! The wire format: what is snapshot here is what scripts rely on.
#![allow(missing_docs)]

mod invented;

use bilan::claim::Span;
use bilan_view::row::{Coverage, Format, Row, Rows, Show, Writer, claim_json, document_json, refusal_json};

fn pretty(row: &Row) -> String {
    serde_json::to_string_pretty(row).unwrap()
}

fn written(format: Format, show: Show) -> String {
    let mut writer = Writer::new(Vec::new(), format, show.columns()).unwrap();
    writer.reading(&invented::reading(), show).unwrap();
    String::from_utf8(writer.finish().unwrap()).unwrap()
}

#[test]
fn a_claim() {
    let reading = invented::reading();
    insta::assert_snapshot!(pretty(&claim_json(&reading.document, &reading.reader, &reading.claims[0])));
}

#[test]
fn a_refusal() {
    let reading = invented::reading();
    insta::assert_snapshot!(pretty(&refusal_json(&reading.document, &reading.reader, &reading.refusals[0])));
}

#[test]
fn a_document() {
    insta::assert_snapshot!(pretty(&document_json(&invented::reading())));
}

#[test]
fn tables() {
    insta::assert_snapshot!("claims_csv", written(Format::Csv, Show::Claims));
    insta::assert_snapshot!("refused_csv", written(Format::Csv, Show::Refused));
    insta::assert_snapshot!("documents_csv", written(Format::Csv, Show::Documents));
}

#[test]
fn keys_keep_the_order_of_the_design() {
    let reading = invented::reading();
    let row = claim_json(&reading.document, &reading.reader, &reading.claims[1]);
    let keys: Vec<&str> = row.keys().map(String::as_str).collect();
    let design = "figure document text_hash reader words start end char_start char_end page value point low high open \
                  bounds hedge outcome counted side claimant citing via stated from to scope place said contested blamed \
                  confidence quote also as_said spans why n title outlet url published";
    assert_eq!(keys, design.split_whitespace().collect::<Vec<_>>());
}

#[test]
fn offsets_quote_the_words_in_bytes_and_in_characters() {
    let reading = invented::reading();
    let rows = Rows::of(&reading.document, &reading.reader);
    let text = &reading.document.text;
    for row in reading.claims.iter().map(|claim| rows.claim(claim)) {
        let at = |key: &str| row[key].as_u64().unwrap() as usize;
        assert_eq!(&text[at("start")..at("end")], row["words"]);
        let characters: String = text.chars().skip(at("char_start")).take(at("char_end") - at("char_start")).collect();
        assert_eq!(characters, row["words"]);
        assert!(at("char_start") < at("start"), "the invented text has accents before every claim");
    }
}

#[test]
fn each_form_holds_the_same_rows() {
    for show in [Show::Claims, Show::Refused, Show::Documents] {
        let lines: Vec<Row> =
            written(Format::Jsonl, show).lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let array: Vec<Row> = serde_json::from_str(&written(Format::Json, show)).unwrap();
        assert_eq!(lines, array);
        let csv = written(Format::Csv, show);
        let mut table = csv::Reader::from_reader(csv.as_bytes());
        let header = table.headers().unwrap().clone();
        let records: Vec<_> = table.records().map(Result::unwrap).collect();
        assert_eq!(records.len(), lines.len());
        for (record, row) in records.iter().zip(&lines) {
            for key in ["document", "title", "outlet", "url", "published"] {
                let column = header.iter().position(|name| name == key).unwrap();
                assert_eq!(record[column], *row[key].as_str().unwrap());
            }
        }
    }
}

#[test]
fn no_rows_are_still_well_formed() {
    let empty = |format| Writer::new(Vec::new(), format, Show::Claims.columns()).unwrap().finish().unwrap();
    assert_eq!(empty(Format::Jsonl), b"");
    assert_eq!(empty(Format::Json), b"[]\n");
    assert_eq!(csv::Reader::from_reader(empty(Format::Csv).as_slice()).records().count(), 0);
}

#[test]
fn a_cell_never_runs_in_a_spreadsheet_and_fields_stay_as_they_are() {
    let mut reading = invented::reading();
    reading.document.outlet = Some("=HYPERLINK(\"http://example.invalid\",\"a, b\")".into());
    reading.document.id = "@SUM(A1)".into();
    reading.claims[0].side = Some("-".into());
    reading.claims[0].blamed = Some("+1".into());
    let mut writer = Writer::new(Vec::new(), Format::Csv, Show::Claims.columns()).unwrap();
    writer.reading(&reading, Show::Claims).unwrap();
    let csv = writer.finish().unwrap();
    let mut table = csv::Reader::from_reader(csv.as_slice());
    let header = table.headers().unwrap().clone();
    let first = table.records().next().unwrap().unwrap();
    let cell = |key: &str| &first[header.iter().position(|name| name == key).unwrap()];
    assert_eq!(cell("outlet"), "'=HYPERLINK(\"http://example.invalid\",\"a, b\")");
    assert_eq!(cell("document"), "'@SUM(A1)");
    assert_eq!(cell("blamed"), "'+1");
    assert_eq!((cell("side"), cell("from"), cell("value")), ("-", "--05-03", "~1200"));
}

#[test]
fn a_span_that_does_not_fit_gives_a_row_and_no_panic() {
    let mut reading = invented::reading();
    reading.claims[0].span = Span { start: u32::MAX, end: 3 };
    reading.claims[0].quote.span = Span { start: 1, end: u32::MAX };
    reading.document.title = u32::MAX;
    let row = claim_json(&reading.document, &reading.reader, &reading.claims[0]);
    for nothing in [&row["words"], &row["char_start"], &row["quote"]["text"], &row["title"]] {
        assert!(nothing.is_null(), "{nothing}");
    }
}

#[test]
fn the_closing_line_counts_what_was_not_read() {
    let mut coverage = Coverage::default();
    coverage.add(&invented::reading());
    assert_eq!(coverage.to_string(), "3 claims and 2 refused figures in 1 document");
    let mut other = invented::reading();
    (other.document.lang, other.claims, other.refusals) = (None, vec![], vec![]);
    coverage.add(&other);
    let mut unknown = other.clone();
    unknown.document.lang = Some("xx".into());
    unknown.remarks.push(bilan::document::Remark::new("language", "INVENTED: no pack reads it"));
    coverage.add(&unknown);
    other.document.text.clear();
    coverage.add(&other);
    coverage.add_loss(bilan::document::Loss::Unreadable);
    assert_eq!(
        coverage.to_string(),
        "3 claims and 2 refused figures in 1 document; 1 not read: without text; 2 not read: in another language; 1 unreadable"
    );
}
